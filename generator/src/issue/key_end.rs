//! The end of a key, written into its file: lines are added, and every other byte stays as a person wrote it.

use super::yaml::Node;
use crate::load::yaml;

/// The largest key file that is written to.
pub(super) const KEY_FILE_BYTES_MAX: u64 = 64 * 1024;

/// How a key ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyEnd<'a> {
    /// It signs no more; what it signed stays good.
    Retired,
    /// It is in other hands: nothing it signed counts.
    Compromised {
        /// `stolen`, `published by mistake` … It is public.
        reason: &'a str,
    },
}

impl KeyEnd<'_> {
    /// The lines that say so in `keys/<kid>.yaml`.
    #[must_use]
    pub fn lines(&self, day: &str) -> String {
        let entry = match self {
            Self::Retired => ("retired", Node::plain(day)),
            Self::Compromised { reason } => {
                let entries = vec![("date", Node::plain(day)), ("reason", Node::text(*reason))];
                ("revoked", Node::Map(entries))
            }
        };
        Node::Map(vec![entry]).to_file()
    }

    /// `text`, with the lines at its end; `None` where lines at the end say nothing, as after a map in braces.
    #[must_use]
    pub fn append(&self, text: &str, day: &str) -> Option<String> {
        let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let ended = format!("{text}{newline}{}", self.lines(day));
        let key = match self {
            Self::Retired => "retired",
            Self::Compromised { .. } => "revoked",
        };
        let before = yaml::parse(text).ok()?;
        let after = yaml::parse(&ended).ok()?;
        let is_said = before.get(key).is_none() && after.get(key).is_some();
        is_said.then_some(ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = "2026-05-02";

    #[test]
    fn an_end_is_added_and_nothing_else_is_touched() {
        let text = "# by hand\ntype:   Ed25519\r\nmultibase: z6Mk\ncreated: 2025-01-10";
        let retired = KeyEnd::Retired.append(text, DAY).unwrap();
        assert_eq!(retired, format!("{text}\nretired: 2026-05-02\n"));
        let stolen = KeyEnd::Compromised { reason: "stolen: a laptop, #2" };
        let ended = stolen.append(&retired, DAY).unwrap();
        let added = "revoked:\n  date: 2026-05-02\n  reason: \"stolen: a laptop, #2\"\n";
        assert_eq!(ended, format!("{retired}{added}"));
    }

    #[test]
    fn a_file_that_takes_no_line_or_says_so_already_is_left_alone() {
        for text in [
            "{ type: Ed25519, created: 2025-01-10 }\n",
            "retired: 2026-01-10\n",
            "  type: Ed25519\n  created: 2025-01-10\n",
        ] {
            assert_eq!(KeyEnd::Retired.append(text, DAY), None, "{text}");
        }
        assert_eq!(KeyEnd::Compromised { reason: "lost" }.append("revoked: {}\n", DAY), None);
    }
}
