//! Where people slip who do not know YAML: a tab, a key without its colon, a colon in a text without quotes.
//!
//! The parser reads on for as long as anything can be made of it, and stops words or lines after the slip. These three are
//! known by their look, so that the message can point at the slip itself and say what to type.

use super::{YamlError, YamlProblem};
use crate::diagnostic::Span;

/// The slip behind `problem`, which the parser met at byte `at`: on that line or on one beside it.
pub(super) fn near(text: &str, at: usize, problem: YamlProblem) -> Option<YamlError> {
    let lines: Vec<Line<'_>> = lines(text).collect();
    let stopped = lines.iter().rposition(|line| line.start <= at)?;
    let around = [Some(stopped), stopped.checked_sub(1), Some(stopped + 1)];
    let around = || around.into_iter().flatten().filter_map(|number| lines.get(number));
    match problem {
        YamlProblem::Bracket => around().find_map(Line::tab),
        YamlProblem::Other | YamlProblem::Key | YamlProblem::Indentation => around()
            .find_map(Line::tab)
            .or_else(|| around().find_map(Line::colon))
            .or_else(|| around().find_map(Line::key)),
        _ => None,
    }
}

/// A line and where it begins.
struct Line<'t> {
    start: usize,
    text: &'t str,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.split_inclusive('\n').scan(0, |next, text| {
        let start = *next;
        *next += text.len();
        Some(Line { start, text: text.trim_end() })
    })
}

impl Line<'_> {
    fn error(&self, from: usize, to: usize, problem: YamlProblem) -> YamlError {
        YamlError { span: Span::new(self.start + from, self.start + to), problem }
    }

    /// A tab before the first word.
    fn tab(&self) -> Option<YamlError> {
        let indent = self.text.len() - self.text.trim_start().len();
        let at = self.text.find('\t').filter(|at| *at < indent)?;
        Some(self.error(at, at + 1, YamlProblem::Tab))
    }

    /// `description: Accueil : les bases`
    fn colon(&self) -> Option<YamlError> {
        let (key, value) = self.text.split_once(": ")?;
        let text = value.trim_start();
        let start = self.text.len() - text.len();
        let is_plain = !text.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#']);
        let holds_one = text.contains(": ") || text.ends_with(':');
        let is_slip = is_key(key.trim_start_matches([' ', '-'])) && is_plain && holds_one;
        is_slip.then(|| self.error(start, self.text.len(), YamlProblem::Colon))
    }

    /// `name Accueil`, `name { fr: Accueil }` and `name:Accueil`.
    fn key(&self) -> Option<YamlError> {
        let words = self.text.trim_start_matches([' ', '-']);
        let start = self.text.len() - words.len();
        let (key, rest) = words.split_at_checked(words.find([' ', ':', '{', '[', '"'])?)?;
        let colon = rest.trim_start();
        let has_colon = colon.starts_with(": ") || colon == ":" || rest.starts_with("://");
        let is_slip = is_key(key) && !has_colon;
        is_slip.then(|| self.error(start, start + key.len(), YamlProblem::Key))
    }
}

/// Our keys are words of small letters.
fn is_key(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn a_slip_is_found_where_it_is_made() {
        for (text, problem, slip) in [
            ("a: b\n\tc: d\n", YamlProblem::Tab, "\t"),
            ("a: b\nc:\n  d: e\n\tf: g\n", YamlProblem::Tab, "\t"),
            ("a: b: c\n", YamlProblem::Colon, "b: c"),
            ("- a: b: c\n", YamlProblem::Colon, "b: c"),
            ("a: Accueil : les bases\nb: c\n", YamlProblem::Colon, "Accueil : les bases"),
            ("a: b\nname { fr: c, en: d }\n", YamlProblem::Key, "name"),
            ("a: b\nname Accueil\nc: d\n", YamlProblem::Key, "name"),
            ("a: b\nname:Accueil\nc: d\n", YamlProblem::Key, "name"),
        ] {
            let error = parse(text).unwrap_err();
            let found = text.get(error.span.start as usize..error.span.end as usize).unwrap();
            assert_eq!((error.problem, found), (problem, slip), "{text:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_slip_is_not_called_one() {
        for text in ["a: [b: c, d: e\n", "a: {b: https://c.example\n", "a: \"b: c\n"] {
            let error = parse(text).unwrap_err();
            assert!(!matches!(error.problem, YamlProblem::Colon | YamlProblem::Key), "{text:?}");
        }
    }
}
