//! What must not be in a tree that anyone can read: mail addresses of people, and private keys.
//!
//! Awards are looked at while they are read; this family looks at all other files.

use camino::Utf8Path;

use super::Reading;
use crate::diagnostic::{Code, Diagnostic, Sink, Span};

/// Texts that are looked at. Pictures and papers among the evidence are not text.
const TEXT_EXTENSIONS: [&str; 7] = ["yaml", "yml", "md", "svg", "txt", "csv", "key"];

/// `80 26` in base58btc: what every secret Ed25519 Multikey begins with (CRED-KEY-7).
const SECRET_MULTIKEY: &str = "z3u2";

/// The characters of such a key, at least.
const SECRET_MULTIKEY_LENGTH: usize = 46;

/// What a PEM file of a private key says in its first line.
const PEM: &str = "PRIVATE KEY-----";

/// Looks at every text file below `badges/`, and for keys also at the settings, the pages and the themes.
pub(super) fn check(reading: &mut Reading<'_>) {
    let sources = reading.sources;
    for file in sources.below("") {
        if !file.extension().is_some_and(|extension| TEXT_EXTENSIONS.contains(&extension)) {
            continue;
        }
        // A file that cannot be read was reported by whoever needs it.
        let Ok(text) = sources.text(file) else { continue };
        look(&mut reading.sink, file, &text);
    }
}

/// Looks at one text.
pub(super) fn look(sink: &mut Sink, file: &Utf8Path, text: &str) {
    if let Some(span) = private_key(text) {
        sink.report(private_key_in_tree(file, span));
    }
    let issuers_own = file.as_str().starts_with(super::issuers::FOLDER)
        && file.file_name() == Some("issuer.yaml");
    if file.starts_with("badges")
        && !issuers_own
        && let Some((start, end)) = first_email(text)
    {
        sink.report(email_in_public_tree(file, Span::new(start, end)));
    }
}

/// Whether a text holds a mail address, which no text below `badges/` may.
#[must_use]
pub fn holds_email(text: &str) -> bool {
    first_email(text).is_some()
}

/// The first mail address in a text: where it begins and ends.
pub(super) fn first_email(text: &str) -> Option<(usize, usize)> {
    let local = |b: u8| b.is_ascii_alphanumeric() || b"._%+-".contains(&b) || b >= 0x80;
    let domain = |b: u8| b.is_ascii_alphanumeric() || b"-.".contains(&b) || b >= 0x80;
    text.match_indices('@').find_map(|(at, _)| {
        let before = text.get(..at)?.bytes().rev().take_while(|b| local(*b)).count();
        let after = text.get(at + 1..)?.bytes().take_while(|b| domain(*b)).count();
        let host = text.get(at + 1..at + 1 + after)?.trim_end_matches(['.', '-']);
        let last = host.rsplit('.').next()?;
        let is_host = host.contains('.')
            && !host.contains("..")
            && last.len() >= 2
            && last.chars().all(char::is_alphabetic);
        (before > 0 && is_host).then_some((at - before, at + 1 + host.len()))
    })
}

fn private_key(text: &str) -> Option<Span> {
    if let Some(at) = text.find(PEM) {
        let line = text.get(..at)?.rfind('\n').map_or(0, |before| before + 1);
        return Some(Span::new(line, at + PEM.len()));
    }
    text.match_indices(SECRET_MULTIKEY).find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let before = text.get(..at)?.bytes().next_back();
        let begins_here = !before.is_some_and(|b| b.is_ascii_alphanumeric());
        (begins_here && length >= SECRET_MULTIKEY_LENGTH).then(|| Span::new(at, at + length))
    })
}

fn email_in_public_tree(file: &Utf8Path, span: Span) -> Diagnostic {
    // The address is not repeated: logs of a public repository are public too.
    Diagnostic::at(Code::EmailInPublicTree, file, span)
}

fn private_key_in_tree(file: &Utf8Path, span: Span) -> Diagnostic {
    Diagnostic::at(Code::PrivateKeyInTree, file, span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_is_found_and_what_looks_like_one_is_not() {
        for (text, found) in [
            ("a: nom.prénom@personnes.example.", Some("nom.prénom@personnes.example")),
            ("<x+y@a-b.example>", Some("x+y@a-b.example")),
            ("https://social.example/@name", None),
            ("package@1.0.0", None),
            ("a @ b.example", None),
            ("class@1", None),
            ("@context and me@localhost", None),
        ] {
            let span = first_email(text).and_then(|(start, end)| text.get(start..end));
            assert_eq!(span, found, "{text}");
        }
    }

    #[test]
    fn a_secret_key_is_found_in_both_spellings_and_a_public_one_is_not() {
        let secret = "z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq";
        for (text, found) in [
            (format!("key: {secret}\n"), true),
            ("a\n-----BEGIN PRIVATE KEY-----\nx".to_owned(), true),
            ("-----BEGIN EC PRIVATE KEY-----".to_owned(), true),
            ("multibase: z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPt4swbTQ2u".to_owned(), false),
            ("z3u2 is how a secret begins".to_owned(), false),
            (format!("a{secret}"), false),
        ] {
            assert_eq!(private_key(&text).is_some(), found, "{text}");
        }
    }
}
