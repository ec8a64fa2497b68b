//! Writes the small YAML files of decisions: one key order, no comments, a text always spelled the same way.
//!
//! A serialiser would do, but a person reads these files in a review: texts that need no quotes have none, and what
//! another YAML reader could take for a number, a date or `no` is quoted.

use std::fmt::Write as _;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// A moment, a day or a number, in letters that need no quotes.
    Plain(String),
    /// A text.
    Text(String),
    /// Key and value, in this order.
    Map(Vec<(&'static str, Self)>),
    /// Keys that are not ours: language tags.
    Languages(Vec<(String, String)>),
    /// Several of a kind.
    List(Vec<Self>),
}

impl Node {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    #[expect(clippy::needless_pass_by_value, reason = "numbers and moments, as `map` hands them")]
    pub(crate) fn plain(value: impl ToString) -> Self {
        Self::Plain(value.to_string())
    }

    /// The file: a map at its top.
    pub(crate) fn to_file(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Plain(_) | Self::Text(_) => false,
            Self::Map(entries) => entries.is_empty(),
            Self::Languages(entries) => entries.is_empty(),
            Self::List(items) => items.is_empty(),
        }
    }

    /// Writes the lines of a map or a list, each after `indent` blanks.
    fn write(&self, out: &mut String, indent: usize) {
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::Text(text) => scalar(text, out),
            Self::Map(entries) => {
                for (key, value) in entries {
                    entry(key, value, out, indent);
                }
            }
            Self::Languages(entries) => {
                for (tag, text) in entries {
                    entry(tag, &Self::text(text), out, indent);
                }
            }
            Self::List(items) => {
                for item in items {
                    let mut lines = String::new();
                    item.write(&mut lines, indent + 2);
                    // The dash takes the place of the first line's indent.
                    let first = lines.trim_start_matches(' ').trim_end_matches('\n');
                    let _ = writeln!(out, "{:indent$}- {first}", "");
                }
            }
        }
    }
}

fn entry(key: &str, value: &Node, out: &mut String, indent: usize) {
    let _ = write!(out, "{:indent$}{key}:", "");
    match value {
        Node::Plain(_) | Node::Text(_) => {
            out.push(' ');
            value.write(out, indent);
            out.push('\n');
        }
        nested if nested.is_empty() => out.push_str(" []\n"),
        nested => {
            out.push('\n');
            nested.write(out, indent + 2);
        }
    }
}

/// A text as it stands after a key, with the quotes it needs.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::new();
    scalar(text, &mut out);
    out
}

fn scalar(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Whether every YAML reader takes these letters for this text.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let begins_as_a_word = text.chars().next().is_some_and(char::is_alphabetic);
    let is_a_word = WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    let strange = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    begins_as_a_word
        && !is_a_word
        && !text.contains(strange)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        // `.inf` and `.nan` begin with a dot; `Inf` and the like are words to some.
        && !["inf", "nan"].iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_as_a_person_would() {
        let file = Node::Map(vec![
            ("class", Node::text("accueil-benevole")),
            ("version", Node::plain(1)),
            (
                "recipient",
                Node::Map(vec![("type", Node::text("email")), ("salt", Node::text("0e1"))]),
            ),
            ("criteria_met", Node::List(vec![Node::text("presenter"), Node::text("2")])),
            (
                "evidence",
                Node::List(vec![Node::Map(vec![
                    (
                        "narrative",
                        Node::Languages(vec![("fr".to_owned(), "Trois : un".to_owned())]),
                    ),
                    ("genre", Node::text("photo")),
                ])]),
            ),
        ]);
        assert_eq!(
            file.to_file(),
            "class: accueil-benevole\nversion: 1\nrecipient:\n  type: email\n  salt: \"0e1\"\n\
             criteria_met:\n  - presenter\n  - \"2\"\n\
             evidence:\n  - narrative:\n      fr: \"Trois : un\"\n    genre: photo\n"
        );
    }

    #[test]
    fn every_text_survives_a_yaml_reader() {
        for text in [
            "",
            " ",
            "a",
            "no",
            "NO",
            "null",
            "~",
            "1",
            "1e5",
            "0x1f",
            "2026-03-12",
            "12:30:00",
            "- a",
            "a: b",
            "a #b",
            "a:",
            "#a",
            "&a",
            "*a",
            "!a",
            "@a",
            "`a`",
            "'a'",
            "\"a\"",
            "{a}",
            "[a]",
            "a\nb",
            "a\tb",
            "tél. : 02",
            "l’équipe « Vague 7 »",
            "Μακέτα",
            "Ø",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}a",
            "a\u{0}b",
            "\\n",
            "😀",
            "%a",
            "|",
            ">",
            "?",
            "a, b",
            "Inf",
            ".nan",
            "e\u{301}",
        ] {
            let file =
                Node::Map(vec![("a", Node::text(text)), ("b", Node::List(vec![Node::text(text)]))])
                    .to_file();
            #[derive(serde::Deserialize)]
            struct Read {
                a: String,
                b: Vec<String>,
            }
            let read: Read = serde_yaml::from_str(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
            assert_eq!((read.a.as_str(), read.b[0].as_str()), (text, text), "{file}");
        }
    }
}
