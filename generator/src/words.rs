//! Words for people, in their language: Fluent messages in, text out.
//!
//! Two sets of messages use it: the program's own (`generator/messages/<lang>/*.ftl`, compiled in) and those of a theme.
//! A message is named `id` or `id.attribute`. Text is returned as it is: whoever puts it into HTML escapes it there.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use crate::site::Lang;

static MESSAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/messages");

/// The languages the program itself speaks; the first one is spoken when nothing else was asked for.
pub const PROGRAM_LANGUAGES: [&str; 2] = ["fr", "en"];

/// The messages of one language, and of a second one where the first has a gap.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    fallback: Option<Box<Self>>,
}

impl Words {
    /// The program's own words: French for every `fr…`, English for any other language.
    ///
    /// # Panics
    /// Never: a test reads every message file that is compiled in.
    #[must_use]
    pub fn of_program(lang: &Lang) -> Self {
        let french = lang.as_str().split('-').next() == Some("fr");
        let folder = if french { "fr" } else { "en" };
        let sources =
            MESSAGES.get_dir(folder).into_iter().flat_map(Dir::files).filter_map(|file| {
                let name = file.path().to_string_lossy().into_owned();
                let text = file.contents_utf8()?;
                // What is signed is never set anew: it would not be what was signed before.
                let is_set = french && !name.ends_with("signed.ftl");
                Some((name, if is_set { with_french_spaces(text) } else { text.to_owned() }))
            });
        let lang = Lang::parse(folder).expect("`fr` and `en` are language tags");
        Self::read(lang, sources).expect("the embedded messages are read by a test")
    }

    /// Reads messages. `sources` are pairs of a name, for errors, and the text of a `.ftl` file; where two define the
    /// same message, the later one counts, so that a theme can override file by file or message by message.
    ///
    /// # Errors
    /// [`WordsError`] names the source that is not Fluent.
    pub fn read(
        lang: Lang,
        sources: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, WordsError> {
        // Every tag that `Lang` takes is a Unicode language identifier; the plural rules follow it.
        let identifier: LanguageIdentifier = lang.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // The isolation marks help where two writing directions meet; in a terminal and in JSON they are noise.
        bundle.set_use_isolating(false);
        for (name, text) in sources {
            let resource = FluentResource::try_new(text).map_err(|(_, errors)| WordsError {
                source_name: name,
                reason: errors.first().map(ToString::to_string).unwrap_or_default(),
            })?;
            bundle.add_resource_overriding(resource);
        }
        Ok(Self { lang, bundle, fallback: None })
    }

    /// Fills the gaps of these words with `other`.
    #[must_use]
    pub fn or_else(mut self, other: Self) -> Self {
        self.fallback = Some(match self.fallback {
            None => Box::new(other),
            Some(nearer) => Box::new(nearer.or_else(other)),
        });
        self
    }

    /// The language of these words.
    #[must_use]
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    /// Whether the message `id` (or `id.attribute`) is there, in this language or in the one behind it.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.format(id, &[]).is_some() || self.fallback.as_ref().is_some_and(|words| words.has(id))
    }

    /// The message `id` (or `id.attribute`) with its arguments. A message that is nowhere is its own id, so that a gap
    /// in a theme is seen on the page and breaks nothing.
    #[must_use]
    pub fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.format(id, args).unwrap_or_else(|| match &self.fallback {
            Some(words) => words.say(id, args),
            None => id.to_owned(),
        })
    }

    fn format(&self, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let (message, attribute) = match id.split_once('.') {
            Some((message, attribute)) => (message, Some(attribute)),
            None => (id, None),
        };
        let message = self.bundle.get_message(message)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let values: FluentArgs<'_> =
            args.iter().map(|(name, arg)| (*name, arg.value(self))).collect();
        // A missing argument leaves `{$name}` in the text: seen, and harmless.
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).field("fallback", &self.fallback).finish()
    }
}

/// Puts the narrow space that no line breaks at before `: ; ! ? »` and after `«`, as French typography wants it; who
/// writes a message types a plain one.
fn with_french_spaces(text: &str) -> String {
    let mut set = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let opens = set.ends_with('«');
        let closes = matches!(rest.peek(), Some(':' | ';' | '!' | '?' | '»'));
        let is_space = matches!(c, ' ' | '\u{a0}');
        set.push(if is_space && (opens || closes) { '\u{202f}' } else { c });
    }
    set
}

/// What a message is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Put in as it is.
    Text(Cow<'a, str>),
    /// Chooses the plural form, and is written in digits.
    Number(i64),
    /// Another message, said in the language of the whole.
    Message {
        /// Its id.
        id: &'static str,
        /// What it is told.
        args: Vec<(&'static str, Self)>,
    },
}

impl Arg<'_> {
    fn value(&self, words: &Words) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_ref()),
            Self::Number(number) => FluentValue::from(*number),
            Self::Message { id, args } => FluentValue::from(words.say(id, args)),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// A source of messages is not Fluent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the messages in `{source_name}` cannot be read: {reason}")]
pub struct WordsError {
    /// The name the source was given.
    pub source_name: String,
    /// The first complaint.
    pub reason: String,
}

/// The language the program speaks: the first of `wishes` it knows, else French.
///
/// A wish is what `--lang`, `LC_ALL`, `LC_MESSAGES` or `LANG` says: `en`, `fr_FR.UTF-8`, `en-GB`. `C` and `POSIX` are
/// no wish.
#[must_use]
pub fn program_lang<'a>(wishes: impl IntoIterator<Item = &'a str>) -> Lang {
    let known = wishes.into_iter().find_map(|wish| {
        let language = wish.split(['_', '-', '.', '@']).next()?;
        PROGRAM_LANGUAGES.into_iter().find(|known| known.eq_ignore_ascii_case(language))
    });
    let [first, ..] = PROGRAM_LANGUAGES;
    Lang::parse(known.unwrap_or(first)).expect("the program's languages are language tags")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(text: &str) -> Lang {
        Lang::parse(text).unwrap()
    }

    fn words(tag: &str, text: &str) -> Words {
        Words::read(lang(tag), [("test".to_owned(), text.to_owned())]).unwrap()
    }

    #[test]
    fn every_embedded_message_file_reads_and_both_languages_name_the_same_messages() {
        let ids = |folder: &str| -> Vec<String> {
            let files = MESSAGES.get_dir(folder).unwrap().files();
            let text: String =
                files.map(|file| file.contents_utf8().unwrap()).collect::<Vec<_>>().join("\n");
            let mut message = String::new();
            let mut ids = Vec::new();
            for line in text.lines() {
                let Some((name, _)) = line.split_once('=') else { continue };
                if let Some(attribute) = name.trim_start().strip_prefix('.') {
                    ids.push(format!("{message}.{}", attribute.trim()));
                } else if name.starts_with(|c: char| c.is_ascii_lowercase()) {
                    message = name.trim().to_owned();
                    ids.push(message.clone());
                }
            }
            ids.sort();
            ids
        };
        let (french, english) = (Words::of_program(&lang("fr")), Words::of_program(&lang("en-GB")));
        assert_eq!((french.lang().as_str(), english.lang().as_str()), ("fr", "en"));
        assert_eq!(ids("fr"), ids("en"));
        assert!(!ids("fr").is_empty());
        for id in ids("fr") {
            assert!(french.has(&id) && english.has(&id), "{id}");
        }
    }

    #[test]
    fn a_message_takes_text_and_plural_numbers() {
        let words = words(
            "fr",
            "found = { $count ->\n    [one] un badge de { $name }\n   *[other] { $count } badges de { $name }\n  }\n    .help = relire\n",
        );
        let say = |count: u32| words.say("found", &[("count", count.into()), ("name", "Ø".into())]);
        assert_eq!(say(0), "un badge de Ø", "French counts zero as one");
        assert_eq!(say(1), "un badge de Ø");
        assert_eq!(say(12), "12 badges de Ø");
        assert_eq!(words.say("found.help", &[]), "relire");
    }

    #[test]
    fn a_message_may_be_told_another_one() {
        let words = words("fr", "outer = non : { $reason }\ninner = { $n } octets de trop\n");
        let inner = Arg::Message { id: "inner", args: vec![("n", 3_u32.into())] };
        assert_eq!(words.say("outer", &[("reason", inner)]), "non : 3 octets de trop");
    }

    #[test]
    fn french_punctuation_has_its_narrow_space_and_what_is_signed_stays_as_it_was() {
        assert_eq!(
            with_french_spaces("a : « b » ? c: d"),
            "a\u{202f}: «\u{202f}b\u{202f}»\u{202f}? c: d"
        );
        let words = Words::of_program(&lang("fr"));
        assert!(words.say("severity-help", &[]).is_ascii());
        assert!(words.say("cli-heading-usage", &[]).ends_with("\u{202f}:"));
        assert!(words.say("signed-all-of", &[]).ends_with("\u{a0}:"));
    }

    #[test]
    fn a_gap_is_filled_from_behind_and_else_shows_its_id() {
        let behind = words("en", "a = english a\nb = english b\n");
        let words = words("br", "a = a e brezhoneg\n").or_else(behind);
        assert_eq!(words.say("a", &[]), "a e brezhoneg");
        assert_eq!(words.say("b", &[]), "english b");
        assert_eq!(words.say("c.help", &[]), "c.help");
        assert!(words.has("b") && !words.has("c"));
    }

    #[test]
    fn a_later_source_overrides_message_by_message() {
        let sources = [("a", "x = 1\ny = 1\n"), ("b", "y = 2\n")];
        let words = Words::read(lang("fr"), sources.map(|(n, t)| (n.to_owned(), t.to_owned())));
        let words = words.unwrap();
        assert_eq!((words.say("x", &[]), words.say("y", &[])), ("1".to_owned(), "2".to_owned()));
    }

    #[test]
    fn broken_messages_name_their_source() {
        let broken = Words::read(lang("fr"), [("bad.ftl".to_owned(), "a = { $".to_owned())]);
        assert_eq!(broken.unwrap_err().source_name, "bad.ftl");
    }

    #[test]
    fn the_program_speaks_the_first_language_it_knows() {
        for (wishes, spoken) in [
            (vec!["en"], "en"),
            (vec!["fr_FR.UTF-8", "en"], "fr"),
            (vec!["de_DE", "en_GB.UTF-8"], "en"),
            (vec!["C"], "fr"),
            (vec!["", "C.UTF-8", "POSIX"], "fr"),
            (vec!["EN-us"], "en"),
        ] {
            assert_eq!(program_lang(wishes.clone()).as_str(), spoken, "{wishes:?}");
        }
    }
}
