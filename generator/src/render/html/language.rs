//! One language of the pages: its messages, its dates, its durations.

use std::collections::BTreeMap;
use std::sync::Arc;

use openbadges::time::Timestamp;
use tera::{Kwargs, State, Value};

use super::TemplateError;
use super::theme::ThemeFiles;
use super::view::record;
use crate::site::Lang;
use crate::words::{Arg, Words};

/// The language whose messages are the complete set that every other one is measured by.
const REFERENCE: &str = "fr";

/// Numbers up to here take every plural form a language has for whole days.
const SAMPLES_MAX: i64 = 120;

/// One language of the pages.
#[derive(Debug, Clone)]
pub(super) struct Language {
    pub(super) lang: Lang,
    words: Arc<Words>,
    /// The messages that take no argument.
    plain: BTreeMap<String, Value>,
    /// Every message's id.
    ids: Vec<String>,
    /// The same, for `{{ words.… }}`.
    table: Value,
    months: Vec<String>,
}

impl Language {
    /// Reads the messages of `lang`, or of its language without the region.
    pub(super) fn read(theme: &ThemeFiles, lang: &Lang) -> Result<Self, TemplateError> {
        let primary = lang.as_str().split('-').next().unwrap_or_default();
        let mut sources = theme.messages(primary)?;
        if primary != lang.as_str() {
            sources.extend(theme.messages(lang.as_str())?);
        }
        if sources.is_empty() {
            let reason = format!(
                "the site speaks `{lang}` and the theme does not; translate `messages/en.ftl` into this file \
                 (the theme speaks {})",
                theme.message_languages().join(", ")
            );
            return Err(TemplateError::file(&format!("messages/{lang}.ftl"), reason));
        }
        let words = Words::read(lang.clone(), sources)
            .map_err(|error| TemplateError::file(&error.source_name, error.reason))?;
        let reference = theme.messages(REFERENCE)?;
        let ids: Vec<&str> = reference.iter().flat_map(|(_, text)| message_ids(text)).collect();
        let missing: Vec<&str> = ids.iter().copied().filter(|id| !words.has(id)).collect();
        if !missing.is_empty() {
            let reason = format!("messages are missing: {}", missing.join(", "));
            return Err(TemplateError::file(&format!("messages/{lang}.ftl"), reason));
        }
        let plain: BTreeMap<String, Value> = ids
            .iter()
            .map(|id| ((*id).to_owned(), words.say(id, &[])))
            .filter(|(_, said)| !said.contains("{$"))
            .map(|(id, said)| (id, Value::from(said)))
            .collect();
        let months = (1..=12).map(|month| words.say(&format!("month_{month}"), &[])).collect();
        let table = Value::from(plain.clone());
        let ids = ids.into_iter().map(str::to_owned).collect();
        Ok(Self { lang: lang.clone(), words: Arc::new(words), plain, ids, table, months })
    }

    /// The messages without arguments, by id.
    pub(super) fn table(&self) -> Value {
        self.table.clone()
    }

    /// The ids of all messages.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    pub(super) fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.words.say(id, args)
    }

    /// The message `id`, which takes no argument; nothing when there is no such message.
    pub(super) fn word(&self, id: &str) -> Value {
        self.plain.get(id).cloned().unwrap_or_else(Value::none)
    }

    /// The language and its country as social networks write them: the region of the tag, else what the messages say.
    ///
    /// Spec: ogp.me, `og:locale`.
    pub(super) fn locale(&self) -> String {
        let mut parts = self.lang.as_str().split('-');
        let language = parts.next().unwrap_or_default();
        let is_country =
            |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase());
        match parts.find(is_country) {
            Some(country) => format!("{language}_{country}"),
            None => self.say("locale", &[]),
        }
    }

    /// A day in words, in UTC.
    pub(super) fn day(&self, moment: Timestamp) -> String {
        let date = jiff::Timestamp::from(moment).to_zoned(jiff::tz::TimeZone::UTC).date();
        let month = usize::try_from(date.month() - 1).ok().and_then(|index| self.months.get(index));
        let args = [
            ("day", Arg::Number(date.day().into())),
            ("month", month.map_or("", String::as_str).into()),
            ("year", date.year().to_string().into()),
        ];
        self.say("date", &args)
    }

    /// The month in words, in UTC.
    pub(super) fn month(&self, moment: Timestamp) -> String {
        let date = jiff::Timestamp::from(moment).to_zoned(jiff::tz::TimeZone::UTC).date();
        let month = usize::try_from(date.month() - 1).ok().and_then(|index| self.months.get(index));
        let month = month.map_or("", String::as_str);
        self.say("month_year", &[("month", month.into()), ("year", date.year().to_string().into())])
    }

    /// The variable `countdown`: what the page's script says of days it counts when the page is read.
    pub(super) fn countdown(&self) -> Value {
        record(["starts_in", "ends_in", "ended_since"].map(|id| (id, self.forms(id).into())))
    }

    /// Every form that the message `id` takes for `$n`, each with the first number that takes it: `1 ends in {n} day|2 …`.
    /// A script finds the form of any number by the plural rules of the browser, so that none is written down twice.
    fn forms(&self, id: &str) -> String {
        let mut forms: Vec<(i64, String)> = Vec::new();
        for n in 0..=SAMPLES_MAX {
            let said = self.say(id, &[("n", Arg::Number(n))]).replace(&n.to_string(), "{n}");
            if !forms.iter().any(|(_, form)| *form == said) {
                forms.push((n, said));
            }
        }
        let forms: Vec<String> = forms.iter().map(|(n, form)| format!("{n} {form}")).collect();
        forms.join("|")
    }

    /// An ISO 8601 duration of years, months, weeks and days in words; another one stays as it is.
    pub(super) fn duration(&self, iso: &str) -> String {
        let Some(parts) = duration_parts(iso) else { return iso.to_owned() };
        let mut said = parts.into_iter().map(|(id, n)| self.say(id, &[("n", Arg::Number(n))]));
        let first = said.next().unwrap_or_default();
        said.fold(first, |first, second| {
            self.say("and", &[("first", (&first).into()), ("second", (&second).into())])
        })
    }
}

/// The template function `t(id="…", n=3, name="…")`: the message `id` of the page's language.
pub(super) fn message_function(
    languages: &BTreeMap<Lang, Language>,
) -> impl Fn(Kwargs, &State<'_>) -> Result<String, tera::Error> + Send + Sync + 'static {
    let words: BTreeMap<String, Arc<Words>> = languages
        .iter()
        .map(|(lang, language)| (lang.to_string(), Arc::clone(&language.words)))
        .collect();
    move |kwargs, state| {
        let lang: Option<String> = state.get("lang")?;
        let words = lang.as_ref().and_then(|lang| words.get(lang)).ok_or_else(|| {
            tera::Error::message("`t` needs `lang`: a component has to declare `@lang`")
        })?;
        let id: &str = kwargs.must_get("id")?;
        if !words.has(id) {
            return Err(tera::Error::message(format!("there is no message `{id}`")));
        }
        let args: Vec<(String, Arg<'static>)> = kwargs
            .iter()
            .filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value)))
            .map(|(name, value)| match value.as_i64() {
                Some(number) => (name, Arg::Number(number)),
                None => (name, Arg::from(value.to_string())),
            })
            .collect();
        let args: Vec<(&str, Arg<'_>)> =
            args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
        Ok(words.say(id, &args))
    }
}

/// The ids of the messages in `text`: Fluent begins a message, and nothing else, with a letter at the start of a line.
fn message_ids(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(id, _)| id.trim()))
}

/// `P1Y6M` as messages and counts, or `None` when there is something else in it.
fn duration_parts(iso: &str) -> Option<Vec<(&'static str, i64)>> {
    let mut rest = iso.strip_prefix('P')?;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (count, after) = rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit())?)?;
        let mut unit = after.chars();
        let id = match unit.next()? {
            'Y' => "years",
            'M' => "months",
            'W' => "weeks",
            'D' => "days",
            _ => return None,
        };
        parts.push((id, count.parse().ok()?));
        rest = unit.as_str();
    }
    (!parts.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(lang: &str) -> Language {
        Language::read(&ThemeFiles::embedded(), &Lang::parse(lang).unwrap()).unwrap()
    }

    #[test]
    fn days_are_said_as_the_language_says_them() {
        let day = |text: &str| Timestamp::parse(text).unwrap();
        let (fr, en) = (language("fr"), language("en-GB"));
        assert_eq!(fr.day(day("2026-03-12T00:00:00Z")), "12\u{a0}mars 2026");
        assert_eq!(fr.day(day("2026-08-01T23:59:59Z")), "1er\u{a0}août 2026");
        assert_eq!(en.day(day("2026-03-12T00:00:00Z")), "12\u{a0}March 2026");
        assert_eq!(
            en.day(day("2026-12-31T23:59:59-01:00")),
            "1\u{a0}January 2027",
            "days are of UTC"
        );
    }

    #[test]
    fn a_countdown_has_each_form_of_a_message_once() {
        let forms = |lang: &str, id: &str| language(lang).forms(id);
        assert_eq!(
            forms("en", "ends_in"),
            "0 expires today|1 expires tomorrow|2 expires in {n} days"
        );
        assert_eq!(
            forms("fr", "ended_since"),
            "0 expiré depuis aujourd’hui|1 expiré depuis hier|2 expiré depuis {n} jours"
        );
        let source = "ends_in = { $n ->\n [zero] z{ $n }\n [one] o{ $n }\n [two] t{ $n }\n [few] f{ $n }\n [many] m{ $n }\n *[other] x{ $n }\n }";
        let files = BTreeMap::from([("messages/cy.ftl".to_owned(), theme_in(source))]);
        let welsh =
            Language::read(&ThemeFiles::with_own(files), &Lang::parse("cy").unwrap()).unwrap();
        assert_eq!(welsh.forms("ends_in"), "0 z{n}|1 o{n}|2 t{n}|3 f{n}|4 x{n}|6 m{n}");
    }

    /// The English messages as those of another language, with `own` over them.
    fn theme_in(own: &str) -> Vec<u8> {
        let english = ThemeFiles::embedded().messages("en").unwrap().remove(0).1;
        format!("{english}\n{own}\n").into_bytes()
    }

    #[test]
    fn durations_are_said_in_words() {
        let (fr, en) = (language("fr"), language("en"));
        assert_eq!(fr.duration("P3Y"), "3 ans");
        assert_eq!(fr.duration("P1Y6M"), "1 an et 6 mois");
        assert_eq!(en.duration("P1M"), "1 month");
        for other in ["PT5M", "P", "P3", "3Y", "P-1Y", "PY"] {
            assert_eq!(en.duration(other), other);
        }
    }

    #[test]
    fn every_language_of_the_theme_is_complete() {
        let theme = ThemeFiles::embedded();
        assert_eq!(theme.message_languages(), ["en", "fr"]);
        let ids = |lang: &str| -> Vec<String> {
            let sources = theme.messages(lang).unwrap();
            let mut ids: Vec<_> =
                sources.iter().flat_map(|(_, text)| message_ids(text)).map(str::to_owned).collect();
            ids.sort();
            ids
        };
        assert_eq!(ids("fr"), ids("en"));
    }

    #[test]
    fn a_language_without_messages_or_with_a_gap_is_refused_by_name() {
        let breton = Lang::parse("br").unwrap();
        let read = |theme: &ThemeFiles| Language::read(theme, &breton).unwrap_err();
        let error = read(&ThemeFiles::embedded());
        assert!(
            matches!(&error, TemplateError::File { file, reason } if file == "messages/br.ftl" && reason.contains("en, fr")),
            "{error:?}"
        );
        let files = BTreeMap::from([("messages/br.ftl".to_owned(), b"home = Degemer\n".to_vec())]);
        let error = read(&ThemeFiles::with_own(files));
        assert!(
            matches!(&error, TemplateError::File { reason, .. } if reason.contains("badges, ")),
            "{error:?}"
        );
    }

    #[test]
    fn french_puts_unbreakable_spaces_before_its_marks() {
        let theme = ThemeFiles::embedded();
        for (_, text) in theme.messages("fr").unwrap() {
            for line in text.lines().filter(|line| !line.starts_with('#') && !line.contains('$')) {
                let said = line.split_once(" = ").map_or(line, |(_, said)| said);
                for wrong in [" :", " ;", " !", " ?", "« ", " »"] {
                    assert!(!said.contains(wrong), "`{wrong}` in {line}");
                }
            }
        }
    }
}
