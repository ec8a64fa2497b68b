//! What people write in a cell: days, yes and no, languages.

use jiff::civil::Date;

use super::columns::fold;
use crate::issue::moment::When;
use crate::site::{Lang, Visibility};

/// Why a cell is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDay {
    /// The letters are no date.
    Form,
    /// They are, and no calendar has that day.
    NotInTheCalendar,
}

/// Reads `2026-03-12`, a moment, or the day first as in `12/03/2026` and `12.3.2026`.
///
/// The month never stands first: a sheet that is read in two ways would award on a wrong day and nobody would see it.
///
/// # Errors
/// [`NoDay`].
pub fn day(text: &str) -> Result<When, NoDay> {
    if let Some(when) = When::parse(text) {
        return Ok(when);
    }
    let has = |c: char| text.contains(c);
    let separator = ['/', '.', '-'].into_iter().find(|c| has(*c)).ok_or(NoDay::Form)?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let numbers = |lengths: [usize; 3]| {
        let [Some(a), Some(b), Some(c)] = [0, 1, 2].map(|at| parts.get(at).copied()) else {
            return None;
        };
        let is_number = |(part, max): (&str, usize)| {
            (1..=max).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        let all = [a, b, c].into_iter().zip(lengths).all(is_number);
        (parts.len() == 3 && all).then_some((a, b, c))
    };
    let (year, month, day) = match (separator, numbers([2, 2, 4]), numbers([4, 2, 2])) {
        (_, Some((day, month, year)), _) if year.len() == 4 => (year, month, day),
        ('-', _, Some((year, month, day))) if year.len() == 4 => (year, month, day),
        _ => return Err(NoDay::Form),
    };
    let date = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    date().map(When::Day).ok_or(NoDay::NotInTheCalendar)
}

/// Reads yes or no.
#[must_use]
pub fn yes(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "oui" | "o" | "yes" | "y" | "x" | "vrai" | "true" | "1" => Some(true),
        "non" | "n" | "no" | "faux" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Finds the language that is meant among those there are: by its tag, or by its name in French, in English or in itself.
#[must_use]
pub fn language<'a>(text: &str, known: impl Iterator<Item = &'a Lang>) -> Option<&'a Lang> {
    let folded = fold(text);
    let tag = match folded.as_str() {
        "francais" | "french" => "fr",
        "anglais" | "english" => "en",
        "breton" | "brezhoneg" => "br",
        "allemand" | "german" | "deutsch" => "de",
        "espagnol" | "spanish" | "espanol" => "es",
        other => other,
    };
    known.into_iter().find(|lang| fold(lang.as_str()) == tag)
}

/// Reads who sees an award.
#[must_use]
pub fn visibility(text: &str) -> Option<Visibility> {
    match fold(text).as_str() {
        "listed" | "liste" | "listee" => Some(Visibility::Listed),
        "unlisted" | "nonliste" | "nonlistee" => Some(Visibility::Unlisted),
        "private" | "prive" | "privee" => Some(Visibility::Private),
        _ => None,
    }
}

/// The words of a cell that lists ids: between commas, semicolons, bars, white space.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || ",;|".contains(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_in_france_and_in_files() {
        for text in
            ["2026-03-12", "12/03/2026", "12/3/2026", "12.03.2026", "12-03-2026", "2026-3-12"]
        {
            assert_eq!(day(text), Ok(When::parse("2026-03-12").unwrap()), "{text}");
        }
        assert!(day("2026-03-12T10:00:00Z").is_ok());
    }

    #[test]
    fn a_day_that_can_be_read_in_two_ways_or_in_none_is_refused() {
        for text in [
            "12/03/26",
            "03/2026",
            "mars 2026",
            "12 mars 2026",
            "46093",
            "12/03/2026/1",
            "",
            "--",
            "2026/03/12",
            "a/b/cccc",
        ] {
            assert_eq!(day(text), Err(NoDay::Form), "{text}");
        }
        for text in ["31/02/2026", "2026-02-30", "03/25/2026", "00/01/2026", "2026-13-1"] {
            assert_eq!(day(text), Err(NoDay::NotInTheCalendar), "{text}");
        }
    }

    #[test]
    fn words_of_daily_life_are_understood() {
        assert_eq!(
            ["Oui", "X", "non", "peut-être"].map(yes),
            [Some(true), Some(true), Some(false), None]
        );
        let known = ["fr", "en", "pt-BR"].map(|tag| Lang::parse(tag).unwrap());
        let found = |text| language(text, known.iter()).map(Lang::as_str);
        assert_eq!(
            ["FR", "Anglais", "pt_br", "breton"].map(found),
            [Some("fr"), Some("en"), Some("pt-BR"), None]
        );
        assert_eq!(visibility("Non listé"), Some(Visibility::Unlisted));
        assert_eq!(visibility("public"), None, "which could mean either");
        assert_eq!(words("a, b;c\nd |e").collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
    }
}
