//! A stranger's text in a table that will be opened in a spreadsheet.

use crate::plain;

/// The longest text of a cell.
const CHARS_MAX: usize = 300;

/// One line that no spreadsheet takes for a formula: what begins like one is led by an apostrophe, which shows it as text
/// (OWASP, "CSV injection").
pub(super) fn of(text: &str) -> String {
    let text: String = plain::line(text.trim()).chars().take(CHARS_MAX).collect();
    let is_formula = text
        .chars()
        .next()
        // The full-width forms are read as operators by some spreadsheets.
        .is_some_and(|c| {
            matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%')
        });
    if is_formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_shown_as_text() {
        for text in [
            "=HYPERLINK(\"https://evil.example\")",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1",
            "\t=1",
            "\r\n=1",
            "＝1+1",
            "|calc",
            "%0A",
        ] {
            assert!(of(text).starts_with('\''), "{text:?}: {}", of(text));
        }
        for text in ["Accueil bénévole", "3 = trois", "a@b.example", "", "«=»"] {
            assert_eq!(of(text), text);
        }
        assert!(!of("a\u{1b}[2J\nb").contains(['\u{1b}', '\n']));
        assert_eq!(of(&"x".repeat(1000)).len(), CHARS_MAX);
    }
}
