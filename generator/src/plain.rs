//! Text from somebody's files, fit for a terminal and a log.
//!
//! A pull request brings file names, texts and pictures of strangers, and what they hold is repeated in messages. A
//! control character would move the cursor or paint over a line; a direction override would make a line read as another.
//! Whatever is shown to a person passes through here once, at the door ([`crate::commands::Session`]) or, for an excerpt
//! with places in it, where the excerpt is cut.

use std::borrow::Cow;

/// Whether a character does something else than being read.
fn is_trick(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Stands for a character that is not shown.
const NOT_SHOWN: char = '\u{fffd}';

/// One line: line breaks and tabs are spaces.
#[must_use]
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    shown(text, |c| match c {
        '\n' | '\t' => ' ',
        c if is_trick(c) => NOT_SHOWN,
        c => c,
    })
}

/// Some lines: line breaks stay.
#[must_use]
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    shown(text, |c| match c {
        '\n' => '\n',
        '\t' => ' ',
        c if is_trick(c) => NOT_SHOWN,
        c => c,
    })
}

/// The text of a file, of the same length in bytes, so that places in it stay true.
#[must_use]
pub(crate) fn source(text: &str) -> Cow<'_, str> {
    shown(text, |c| match (c, c.len_utf8()) {
        // Shown as pictures of themselves, or as spaces, by the renderer of excerpts.
        (c, 1) => c,
        (c, _) if !is_trick(c) => c,
        (_, 2) => '·',
        _ => NOT_SHOWN,
    })
}

fn shown(text: &str, show: impl Fn(char) -> char) -> Cow<'_, str> {
    if text.chars().all(|c| show(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(show).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\u{1b}[31m\u{9b}2J\u{202e}b\u{200f}\tc\r\n\u{85}d";

    #[test]
    fn nothing_that_is_shown_can_steer_a_terminal() {
        assert_eq!(line(HOSTILE), "a�[31m�2J�b� c� �d");
        assert_eq!(lines(HOSTILE), "a�[31m�2J�b� c�\n�d");
        assert_eq!(line("Été, `x`\u{202f}: 日本"), "Été, `x`\u{202f}: 日本");
    }

    #[test]
    fn an_excerpt_keeps_every_place() {
        let safe = source(HOSTILE);
        assert_eq!(safe.len(), HOSTILE.len());
        for (at, c) in HOSTILE.char_indices() {
            assert!(safe.is_char_boundary(at), "{at}");
            assert!(c.len_utf8() == 1 || !safe.contains(c), "{c:?}");
        }
    }
}
