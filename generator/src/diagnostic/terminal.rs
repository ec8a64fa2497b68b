//! Diagnostics for people: an excerpt with the place marked, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use camino::Utf8Path;

use super::{Diagnostic, Findings, Severity, positions};
use crate::plain;
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
    text.push_str(&findings.summary(words));
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
    let file = plain::line(diagnostic.file.as_str());
    let mut group: Group<'_> = match text {
        Some((text, span)) if !diagnostic.code.shows_excerpt() => {
            let (start, _) = positions(&text, span);
            title.element(Origin::path(file).line(start.line).char_column(start.column))
        }
        Some((text, span)) => {
            let range = span.range_in(&text);
            let mark = AnnotationKind::Primary.span(range).label(diagnostic.label(words));
            let text = plain::source(&text).into_owned();
            title.element(Snippet::source(text).path(file).annotation(mark))
        }
        None => title.element(Origin::path(file)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Sink, Span, json};
    use crate::site::Lang;

    const SOURCE: &str = "name: Ø\nexpirse: P3Y\n";

    fn source(_: &Utf8Path) -> Option<String> {
        Some(SOURCE.to_owned())
    }

    fn french() -> Words {
        Words::of_program(&Lang::parse("fr").unwrap())
    }

    fn misspelt() -> Findings {
        let file = Utf8Path::new("badges/classes/a/badge.yaml");
        let diagnostic = Diagnostic::at(Code::UnknownKey, file, Span::new(9, 16))
            .with("key", "expirse")
            .with("known", "expires, name")
            .suggest("expirse", ["expires", "name"]);
        let mut sink = Sink::default();
        sink.report(diagnostic);
        sink.finish()
    }

    #[test]
    fn a_person_sees_the_place_and_what_to_do() {
        let text = render(&misspelt(), &french(), &source, Style::Plain);
        let expected = "\
erreur[unknown-key]: la clé `expirse` n’est pas connue ici
 --> badges/classes/a/badge.yaml:2:1
  |
2 | expirse: P3Y
  | ^^^^^^^ clé inconnue
  |
  = aide: vouliez-vous écrire `expires`\u{202f}?
  = aide: connues ici\u{202f}: expires, name

une erreur, aucun avertissement, dans un fichier
";
        assert_eq!(text, expected);
        assert!(!text.contains('\u{1b}'));
        let coloured = render(&misspelt(), &french(), &source, Style::Coloured);
        assert!(coloured.contains("\u{1b}["));
    }

    #[test]
    fn a_program_gets_code_place_and_words() {
        let found = json::render(&misspelt(), &french(), &source);
        let expected = serde_json::json!({
            "version": 1, "errors": 1, "warnings": 0, "files": 1, "left_out": 0,
            "diagnostics": [{
                "code": "unknown-key",
                "severity": "error",
                "file": "badges/classes/a/badge.yaml",
                "range": {"start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 8}},
                "message": "la clé `expirse` n’est pas connue ici",
                "label": "clé inconnue",
                "help": [
                    "vouliez-vous écrire `expires`\u{202f}?",
                    "connues ici\u{202f}: expires, name",
                ],
            }],
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn what_a_stranger_wrote_cannot_steer_the_terminal() {
        const HOSTILE: &str = "a: \u{1b}[2J\u{9b}31m\u{202e}x\u{200f}\r\n\u{85}b: 1\n";
        let file = Utf8Path::new("badges/\u{1b}]0;x\u{7}\u{9b}.yaml");
        let place = Diagnostic::at(Code::UnknownKey, file, Span::new(0, 20))
            .with("key", HOSTILE)
            .with("known", HOSTILE)
            .with_reason(HOSTILE.into())
            .with_suggestion(HOSTILE);
        let source = |_: &Utf8Path| Some(HOSTILE.to_owned());
        let trick = |c: &char| *c != '\n' && (c.is_control() || "\u{202e}\u{200f}".contains(*c));
        for diagnostic in [Diagnostic { span: None, ..place.clone() }, place] {
            let text = one(&diagnostic, &french(), &source, Style::Plain);
            assert_eq!(text.chars().find(trick), None, "{text:?}");
            // Our own colours begin an escape sequence, and nothing else does.
            let text = one(&diagnostic, &french(), &source, Style::Coloured);
            let mut pieces = text.split("\u{1b}[");
            assert_eq!(pieces.next(), Some(""));
            for piece in pieces {
                let (colour, shown) = piece.split_once('m').unwrap();
                assert!(colour.bytes().all(|b| b.is_ascii_digit() || b == b';'), "{text:?}");
                assert_eq!(shown.chars().find(trick), None, "{text:?}");
            }
        }
    }

    #[test]
    fn a_secret_is_pointed_at_and_not_repeated() {
        for code in [Code::PrivateKeyInTree, Code::EmailInPublicTree] {
            let place = Diagnostic::at(code, Utf8Path::new("badges/a.md"), Span::new(9, 16));
            let text = one(&place, &french(), &source, Style::Plain);
            assert!(text.contains("badges/a.md:2:1"), "{text}");
            assert!(!text.contains("expirse"), "{text}");
        }
    }
}
