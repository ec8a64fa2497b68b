//! What is wrong in somebody's files: values with a code, a place and arguments. Words come last.
//!
//! `load` and `check` put [`Diagnostic`]s into a [`Sink`]; nothing is thrown, so one run tells everything. The renderers
//! [`terminal`], [`json`] and [`forge`] are leaves: they turn a finished [`Findings`] into text, with the words of a language.
//!
//! To add a rule: a line in [`Code`], a message in `messages/{fr,en}/diagnostics.ftl`, one function in `check/` that makes
//! it, a folder of the same name in `tests/sites/diagnostics/`. A test of the workspace fails while one is missing, and
//! writes the heading in `docs/diagnostics.md`.

mod code;
pub mod forge;
pub mod json;
pub mod terminal;

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

pub use code::{Code, Severity};

use crate::plain;
use crate::spelling;
use crate::words::{Arg, Words};

/// How many diagnostics a run keeps. A hundred thousand awards with the same mistake need one fix, not as many messages.
pub const DIAGNOSTICS_MAX: usize = 10_000;

/// The longest piece of somebody's file that a message repeats, in characters.
const QUOTE_CHARS_MAX: usize = 120;

/// Something in the issuer's files that must or should change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What sort of thing; also the id of the message.
    pub code: Code,
    /// The file, relative to the repository.
    pub file: Utf8PathBuf,
    /// The place in the file; `None` when the file as a whole is meant.
    pub span: Option<Span>,
    /// What the message is told.
    pub args: Vec<(&'static str, Arg<'static>)>,
}

impl Diagnostic {
    /// A diagnostic about a whole file.
    pub(crate) fn new(code: Code, file: &Utf8Path) -> Self {
        Self { code, file: file.to_owned(), span: None, args: Vec::new() }
    }

    /// A diagnostic about a place in a file.
    pub(crate) fn at(code: Code, file: &Utf8Path, span: Span) -> Self {
        Self { span: Some(span), ..Self::new(code, file) }
    }

    /// Adds a text for the message; a long one is cut, and control characters do not reach the terminal.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, text: impl AsRef<str>) -> Self {
        self.args.push((name, Arg::from(quote(text.as_ref()))));
        self
    }

    /// Adds the words that may stand there. They are ours, so none of them is cut.
    #[must_use]
    pub(crate) fn with_known<'a>(mut self, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        self.args.push(("known", Arg::from(known.join(", "))));
        self
    }

    /// Adds a number for the message.
    #[must_use]
    pub(crate) fn with_number(
        mut self,
        name: &'static str,
        number: impl Into<Arg<'static>>,
    ) -> Self {
        self.args.push((name, number.into()));
        self
    }

    /// Adds the words for what stood in the way; see [`crate::reason`].
    #[must_use]
    pub(crate) fn with_reason(mut self, reason: Arg<'static>) -> Self {
        self.args.push(("reason", reason));
        self
    }

    /// Adds the word that was probably meant, when there is one.
    #[must_use]
    pub(crate) fn suggest<'a>(
        self,
        written: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        match spelling::nearest(written, known) {
            Some(word) => self.with_suggestion(word),
            None => self,
        }
    }

    /// Adds a word that is surely meant.
    #[must_use]
    pub(crate) fn with_suggestion(self, word: &str) -> Self {
        self.with(SUGGESTION, word)
    }

    /// The sentence.
    #[must_use]
    pub fn message(&self, words: &Words) -> String {
        self.say(self.code.as_str(), words)
    }

    /// The few words under the excerpt.
    #[must_use]
    pub fn label(&self, words: &Words) -> Option<String> {
        let id = format!("{}.label", self.code.as_str());
        words.has(&id).then(|| self.say(&id, words))
    }

    /// What to do, one sentence each.
    #[must_use]
    pub fn help(&self, words: &Words) -> Vec<String> {
        let suggested = self.args.iter().any(|(name, _)| *name == SUGGESTION);
        let suggestion = suggested.then(|| self.say("did-you-mean", words));
        let id = format!("{}.help", self.code.as_str());
        let general = words.has(&id).then(|| self.say(&id, words));
        suggestion.into_iter().chain(general).collect()
    }

    /// One line, whatever the arguments hold.
    fn say(&self, id: &str, words: &Words) -> String {
        plain::line(&words.say(id, &self.args)).into_owned()
    }
}

/// The argument that holds a suggestion.
const SUGGESTION: &str = "suggestion";

fn quote(text: &str) -> String {
    let start: String = text.chars().take(QUOTE_CHARS_MAX).collect();
    let mut quoted = plain::line(&start).into_owned();
    if start.len() < text.len() {
        quoted.push('…');
    }
    quoted
}

/// A place in a file: byte offsets, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of two offsets; files are bounded far below 4 GiB.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: offset(start), end: offset(end.max(start)) }
    }

    /// The span `by` bytes later, for a part of a file that was parsed alone.
    #[must_use]
    pub(crate) fn shifted(self, by: usize) -> Self {
        let by = u32::try_from(by).unwrap_or(u32::MAX);
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
    }

    /// The span within `text`, moved back to where the text ends and characters begin.
    fn range_in(self, text: &str) -> std::ops::Range<usize> {
        let boundary = |offset: u32| {
            let mut at = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        boundary(self.start)..boundary(self.end)
    }
}

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// Where a span begins and ends in the text of its file.
#[must_use]
pub fn positions(text: &str, span: Span) -> (Position, Position) {
    let range = span.range_in(text);
    let position = |offset: usize| {
        let before = text.get(..offset).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    };
    (position(range.start), position(range.end))
}

/// Collects diagnostics in any order.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    left_out: usize,
    errors: usize,
}

impl Sink {
    /// Takes one more.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.code.severity() == Severity::Error);
        if self.found.len() < DIAGNOSTICS_MAX {
            self.found.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// Takes all that another sink has.
    pub fn absorb(&mut self, other: Self) {
        let errors = self.errors + other.errors;
        self.left_out += other.left_out;
        for diagnostic in other.found {
            self.report(diagnostic);
        }
        self.errors = errors;
    }

    /// How many errors were reported.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The folders of files that have an error at some place inside.
    pub(crate) fn folders_with_errors_inside(&self) -> BTreeSet<Utf8PathBuf> {
        let inside = |d: &&Diagnostic| d.span.is_some() && d.code.severity() == Severity::Error;
        let folder = |d: &Diagnostic| d.file.parent().map(Utf8Path::to_owned);
        self.found.iter().filter(inside).filter_map(folder).collect()
    }

    /// Files and folders that an error speaks of as a whole.
    pub(crate) fn paths_with_errors(&self) -> BTreeSet<Utf8PathBuf> {
        let whole = |d: &&Diagnostic| d.span.is_none() && d.code.severity() == Severity::Error;
        self.found.iter().filter(whole).map(|d| d.file.clone()).collect()
    }

    /// Sorts by file and place.
    #[must_use]
    pub fn finish(mut self) -> Findings {
        self.found.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.span.map(|span| span.start), d.code);
            a.file.cmp(&b.file).then_with(|| key(a).cmp(&key(b)))
        });
        self.found.dedup();
        Findings { diagnostics: self.found, errors: self.errors, left_out: self.left_out }
    }
}

/// All diagnostics of a run, sorted by file and place.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Findings {
    /// At most [`DIAGNOSTICS_MAX`].
    pub diagnostics: Vec<Diagnostic>,
    /// How many errors there are, those that are not in the list included.
    pub errors: usize,
    /// How many diagnostics are not in the list.
    pub left_out: usize,
}

impl Findings {
    /// Whether a site can be built: warnings do not stop it.
    #[must_use]
    pub fn is_buildable(&self) -> bool {
        self.errors == 0
    }

    /// How many warnings are in the list.
    #[must_use]
    pub fn warnings(&self) -> usize {
        let warning = |d: &&Diagnostic| d.code.severity() == Severity::Warning;
        self.diagnostics.iter().filter(warning).count()
    }

    /// In how many files something was found.
    #[must_use]
    pub fn files(&self) -> usize {
        self.diagnostics.iter().map(|found| found.file.as_path()).collect::<BTreeSet<_>>().len()
    }

    /// The line that counts.
    #[must_use]
    pub fn summary(&self, words: &Words) -> String {
        let counts = [
            ("errors", self.errors.into()),
            ("warnings", self.warnings().into()),
            ("files", self.files().into()),
        ];
        words.say("diagnostics-count", &counts)
    }

    /// These findings and those of a later step.
    #[must_use]
    pub fn and(self, later: Sink) -> Self {
        let mut sink =
            Sink { found: self.diagnostics, left_out: self.left_out, errors: self.errors };
        sink.absorb(later);
        sink.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(code: Code, file: &str, start: usize) -> Diagnostic {
        Diagnostic::at(code, Utf8Path::new(file), Span::new(start, start + 1))
    }

    #[test]
    fn findings_are_sorted_by_file_then_place_whatever_the_order_of_discovery() {
        let wanted = [("a.yaml", 3), ("a.yaml", 20), ("b.yaml", 1)];
        let mut sink = Sink::default();
        for (file, start) in wanted.iter().rev() {
            sink.report(diagnostic(Code::UnknownKey, file, *start));
        }
        let places: Vec<_> =
            sink.finish().diagnostics.into_iter().map(|d| (d.file, d.span)).collect();
        let expected: Vec<_> = wanted
            .iter()
            .map(|(file, at)| (Utf8PathBuf::from(*file), Some(Span::new(*at, at + 1))))
            .collect();
        assert_eq!(places, expected);
    }

    #[test]
    fn beyond_the_bound_errors_are_counted_and_not_kept() {
        let mut sink = Sink::default();
        for start in 0..DIAGNOSTICS_MAX + 5 {
            sink.report(diagnostic(Code::UnknownKey, "a", start));
        }
        let mut all = Sink::default();
        all.absorb(sink);
        let findings = all.finish();
        assert_eq!(findings.errors, DIAGNOSTICS_MAX + 5);
        assert_eq!((findings.diagnostics.len(), findings.left_out), (DIAGNOSTICS_MAX, 5));
    }

    #[test]
    fn what_is_quoted_is_short_and_cannot_steer_a_terminal() {
        let shown = quote("a\u{1b}[31m\u{202e}b");
        assert_eq!(shown, "a\u{fffd}[31m\u{fffd}b");
        assert_eq!(quote(&"é".repeat(500)).chars().count(), QUOTE_CHARS_MAX + 1);
    }

    #[test]
    fn columns_count_characters() {
        let text = "a: é\nbé: x\n";
        let at = text.find('x').unwrap();
        let (start, end) = positions(text, Span::new(at, at + 1));
        assert_eq!((start.line, start.column, end.column), (2, 5, 6));
    }
}
