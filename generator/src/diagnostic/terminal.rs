//! Diagnostics for people: an excerpt with the place marked, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use camino::Utf8Path;

use super::{Diagnostic, Findings, Severity, positions};
use crate::words::Words;

/// Whether to paint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Letters only: for files, pipes and tests.
    Plain,
    /// Escape sequences: for a terminal that did not refuse them.
    Coloured,
}

/// Writes the findings and a last line that counts them; `source` gives the text of a file.
#[must_use]
pub fn render(
    findings: &Findings,
    words: &Words,
    source: &dyn Fn(&Utf8Path) -> Option<String>,
    style: Style,
) -> String {
    let mut text = String::new();
    for diagnostic in &findings.diagnostics {
        text.push_str(&one(diagnostic, words, source, style));
        text.push_str("\n\n");
    }
    if findings.left_out > 0 {
        text.push_str(&words.say("diagnostics-left-out", &[("count", findings.left_out.into())]));
        text.push('\n');
    }
    let counts = [("errors", findings.errors.into()), ("warnings", findings.warnings().into())];
    text.push_str(&words.say("diagnostics-count", &counts));
    text.push('\n');
    text
}

/// Writes one diagnostic, without a final line break.
#[must_use]
pub fn one(
    diagnostic: &Diagnostic,
    words: &Words,
    source: &dyn Fn(&Utf8Path) -> Option<String>,
    style: Style,
) -> String {
    let severity = diagnostic.code.severity();
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let level = level.with_name(words.say(severity.message_id(), &[]));
    let title = level.primary_title(diagnostic.message(words)).id(diagnostic.code.as_str());
    let text = diagnostic.span.and_then(|span| Some((source(&diagnostic.file)?, span)));
    let mut group: Group<'_> = match text {
        Some((text, span)) if !diagnostic.code.shows_excerpt() => {
            let (start, _) = positions(&text, span);
            let origin = Origin::path(diagnostic.file.as_str());
            title.element(origin.line(start.line).char_column(start.column))
        }
        Some((text, span)) => {
            let range = span.range_in(&text);
            let mark = AnnotationKind::Primary.span(range).label(diagnostic.label(words));
            title.element(Snippet::source(text).path(diagnostic.file.as_str()).annotation(mark))
        }
        None => title.element(Origin::path(diagnostic.file.as_str())),
    };
    for help in diagnostic.help(words) {
        let level = Level::HELP.with_name(words.say("severity-help", &[]));
        group = group.element(level.message(help));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.render(&[group])
}
