//! Mail addresses as people type them, and what is wrong with one: said without repeating it, because terminals are
//! shown to others and logs of build servers are public.

use openbadges::recipient::Identity;

/// RFC 5321, section 4.5.3.1.3, without the angle brackets.
const ADDRESS_BYTES_MAX: usize = 254;

/// Reads an address that somebody will be awarded by. The core takes whatever a stranger's badge says; a slip of the
/// finger is better found before it is hashed, because nobody can see it afterwards.
///
/// # Errors
/// [`EmailProblem`] says which slip.
pub fn parse(text: &str) -> Result<Identity, EmailProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(EmailProblem::Empty);
    }
    if text.len() > ADDRESS_BYTES_MAX {
        return Err(EmailProblem::TooLong);
    }
    if text.contains(char::is_whitespace) {
        return Err(EmailProblem::Space);
    }
    let is_stray = |c: char| is_unseen(c) || "<>()[],;:\\\"/|".contains(c);
    if let Some(character) = text.chars().find(|c| is_stray(*c)) {
        return Err(EmailProblem::Character(character));
    }
    let (local, domain) = match text.split('@').collect::<Vec<_>>().as_slice() {
        [_] => return Err(EmailProblem::NoAt),
        [local, domain] => (*local, *domain),
        _ => return Err(EmailProblem::TwoAts),
    };
    if local.is_empty() || domain.is_empty() {
        return Err(EmailProblem::Incomplete);
    }
    let dots_are_odd =
        |part: &str| part.starts_with('.') || part.ends_with('.') || part.contains("..");
    if dots_are_odd(local) || dots_are_odd(domain) {
        return Err(EmailProblem::Dots);
    }
    let last = domain.rsplit('.').next().unwrap_or_default();
    if last == domain || last.chars().count() < 2 || last.bytes().all(|b| b.is_ascii_digit()) {
        return Err(EmailProblem::Domain);
    }
    Identity::email(text).map_err(|_| EmailProblem::Incomplete)
}

/// What keeps a text from being an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EmailProblem {
    /// Nothing is written.
    Empty,
    /// No `@`.
    NoAt,
    /// More than one `@`: two addresses, or a slip.
    TwoAts,
    /// White space inside.
    Space,
    /// A character no address has without quotes.
    Character(char),
    /// Nothing before or after the `@`.
    Incomplete,
    /// A dot at an end, or two in a row.
    Dots,
    /// What follows the `@` is no domain: `personnes`, `personnes.1`.
    Domain,
    /// Longer than any address.
    TooLong,
}

impl EmailProblem {
    /// The word that the messages `award-not-email` and `csv-email` choose by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoAt => "no-at",
            Self::TwoAts => "two-ats",
            Self::Space => "space",
            Self::Character(_) => "character",
            Self::Incomplete => "incomplete",
            Self::Dots => "dots",
            Self::Domain => "domain",
            Self::TooLong => "long",
        }
    }

    /// The character at fault, or nothing.
    #[must_use]
    pub fn character(self) -> String {
        match self {
            Self::Character(character) if is_unseen(character) => {
                format!("U+{:04X}", u32::from(character))
            }
            Self::Character(character) => character.to_string(),
            _ => String::new(),
        }
    }
}

/// Whether a character leaves no mark: it came along when a text was pasted, and nobody would ever type it again.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    let has_no_width = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || has_no_width || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The shape of a text without what it says: every word is its first letter and `…`. Enough to find the cell, and to see
/// a missing `@` or a space.
#[must_use]
pub fn shape(text: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 60;
    let mut shape = String::new();
    let mut in_word = false;
    for c in text.chars().filter(|c| !c.is_control()) {
        if c.is_alphanumeric() {
            if !in_word {
                shape.extend([c, '…']);
            }
            in_word = true;
        } else {
            shape.push(c);
            in_word = false;
        }
    }
    shape.chars().take(SHOWN_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honest_addresses_are_taken_and_slips_are_named() {
        for (text, lower) in [
            ("Alizee.Canular@Personnes.example", "alizee.canular@personnes.example"),
            (" a+b_c'd@x-y.org ", "a+b_c'd@x-y.org"),
            ("zoé@élan.example", "zoé@élan.example"),
        ] {
            assert_eq!(parse(text).unwrap().as_str(), lower);
        }
        let long = format!("{}@b.example", "a".repeat(250));
        for (text, problem) in [
            (" ", EmailProblem::Empty),
            ("alizee.personnes.example", EmailProblem::NoAt),
            ("a@b.example@c.example", EmailProblem::TwoAts),
            ("alizee canular@personnes.example", EmailProblem::Space),
            ("a@b.example;c@d.example", EmailProblem::Character(';')),
            ("<a@b.example>", EmailProblem::Character('<')),
            ("a\u{0}@b.example", EmailProblem::Character('\0')),
            ("a@b.example\u{200b}", EmailProblem::Character('\u{200b}')),
            ("@b.example", EmailProblem::Incomplete),
            ("a@", EmailProblem::Incomplete),
            ("a.@b.example", EmailProblem::Dots),
            ("a@b..example", EmailProblem::Dots),
            ("a@b", EmailProblem::Domain),
            ("a@b.c", EmailProblem::Domain),
            ("a@192.0.2.10", EmailProblem::Domain),
            (&long, EmailProblem::TooLong),
        ] {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn a_shape_tells_the_slip_and_not_the_address() {
        assert_eq!(shape("jean dupont@club.example"), "j… d…@c….e…");
        assert_eq!(shape("alizee.club,example"), "a….c…,e…");
        assert_eq!(shape("\u{1b}[31mx"), "[3…");
    }
}
