//! One file of the register, as text: what is kept of a person, for one award.

use camino::Utf8Path;

use super::{EntryProblem, RegisterError};
use crate::diagnostic::{Span, positions};
use crate::issue::yaml::Node as Writer;
use crate::load::yaml::{self, Content, Node};

/// What the register keeps of a person. Nothing of it is ever published, but for a name that is shown by consent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// As the person writes it.
    pub name: Option<String>,
    /// Where to write to; lower case.
    pub email: Option<String>,
    /// The issuer's own number or word for the person, so that nobody is awarded twice.
    pub local_id: Option<String>,
    /// The salt of the hidden name; without it the name cannot be shown to anybody.
    pub name_salt: Option<String>,
    /// The day on which the person agreed that the name is shown, `YYYY-MM-DD`.
    pub consent: Option<String>,
    /// Why the award was made although an earlier level is wanted first.
    pub override_reason: Option<String>,
    /// The day on which a message to the person was written, `YYYY-MM-DD`.
    pub message: Option<String>,
}

/// The keys, in the order of the file.
const KEYS: [&str; 7] =
    ["name", "email", "local_id", "name_salt", "consent", "override", "message"];

impl Entry {
    /// Whether there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn fields(&self) -> [&Option<String>; KEYS.len()] {
        let Self { name, email, local_id, name_salt, consent, override_reason, message } = self;
        [name, email, local_id, name_salt, consent, override_reason, message]
    }

    /// The file.
    #[must_use]
    pub fn to_file(&self) -> String {
        let fields = KEYS.into_iter().zip(self.fields());
        // A day reads best without quotes.
        let written = |text: &String| match text.parse::<jiff::civil::Date>() {
            Ok(day) if day.to_string() == *text => Writer::plain(text),
            _ => Writer::text(text),
        };
        let entries = fields.filter_map(|(key, value)| Some((key, written(value.as_ref()?))));
        Writer::Map(entries.collect()).to_file()
    }

    /// Reads a file. Every key may be absent: an entry says what there was to say on its day.
    pub(super) fn read(file: &Utf8Path, text: &str) -> Result<Self, RegisterError> {
        let broken = |span: Span, problem: EntryProblem| {
            let line = positions(text, span).0.line;
            RegisterError::Broken { file: file.to_owned(), line, problem }
        };
        let root = yaml::parse(text).map_err(|error| broken(error.span, EntryProblem::NotYaml))?;
        let entries = match &root.content {
            Content::Map(entries) => entries.as_slice(),
            _ if root.is_empty() => &[],
            Content::Scalar { .. } | Content::List(_) => {
                return Err(broken(root.span, EntryProblem::NotAMap));
            }
        };
        let mut entry = Self::default();
        for line in entries {
            let unknown = || EntryProblem::UnknownKey { key: line.key.chars().take(64).collect() };
            let field = entry.field(&line.key).ok_or_else(|| broken(line.key_span, unknown()))?;
            *field = value(&line.value)
                .ok_or_else(|| broken(line.value.span, EntryProblem::NotAText))?;
        }
        Ok(entry)
    }

    fn field(&mut self, key: &str) -> Option<&mut Option<String>> {
        Some(match key {
            "name" => &mut self.name,
            "email" => &mut self.email,
            "local_id" => &mut self.local_id,
            "name_salt" => &mut self.name_salt,
            "consent" => &mut self.consent,
            "override" => &mut self.override_reason,
            "message" => &mut self.message,
            _ => return None,
        })
    }
}

/// A text, or nothing where nothing is written: a salt that was deleted by hand erases the name.
#[expect(clippy::option_option, reason = "no text is an answer, no scalar is a mistake")]
fn value(node: &Node<'_>) -> Option<Option<String>> {
    match &node.content {
        Content::Scalar { text, .. } if node.is_empty() || text.trim().is_empty() => Some(None),
        Content::Scalar { text, .. } => Some(Some(text.clone().into_owned())),
        Content::List(_) | Content::Map(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Entry, RegisterError> {
        Entry::read(Utf8Path::new("a.yaml"), text)
    }

    fn problem(text: &str) -> (usize, EntryProblem) {
        match read(text) {
            Err(RegisterError::Broken { line, problem, .. }) => (line, problem),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_entry_is_read_back_as_it_was_written() {
        let text = |text: &str| Some(text.to_owned());
        let entry = Entry {
            name: text("Ø Simulacre"),
            email: text("o.simulacre@personnes.example"),
            local_id: text("0042"),
            name_salt: text("0123"),
            consent: text("2026-03-12"),
            override_reason: text("jury: du 2 juin"),
            message: text("2026-03-13"),
        };
        let file = entry.to_file();
        assert_eq!(
            file,
            "name: Ø Simulacre\nemail: o.simulacre@personnes.example\nlocal_id: \"0042\"\n\
             name_salt: \"0123\"\nconsent: 2026-03-12\noverride: \"jury: du 2 juin\"\n\
             message: 2026-03-13\n"
        );
        assert_eq!(read(&file), Ok(entry));
        assert_eq!(read(""), Ok(Entry::default()));
        assert!(Entry::default().is_empty());
    }

    #[test]
    fn an_entry_of_earlier_days_and_one_mended_by_hand_are_read() {
        let old = read("name: Alizé\nemail: alize@example.org\nname_salt: \"0ab\"\n").unwrap();
        assert_eq!(old.name_salt.as_deref(), Some("0ab"));
        let erased = read("name: Alizé\nname_salt:\nlocal_id: 42 # her number\n").unwrap();
        assert_eq!((erased.name_salt, erased.local_id.as_deref()), (None, Some("42")));
    }

    #[test]
    fn a_broken_entry_says_the_line_and_what_it_is() {
        assert_eq!(problem("name: a: b\n"), (1, EntryProblem::NotYaml));
        assert_eq!(problem("- a\n"), (1, EntryProblem::NotAMap));
        assert_eq!(problem("name: a\nemail: [b]\n"), (2, EntryProblem::NotAText));
        let unknown = EntryProblem::UnknownKey { key: "mail".to_owned() };
        assert_eq!(problem("name: a\nmail: b\n"), (2, unknown));
    }
}
