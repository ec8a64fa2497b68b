//! Texts as this version allows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// A text. We write plain strings; the other two forms are read (OB2-I18N-5).
///
/// Spec: OB2-GEN-6, OB2-I18N-1 … 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// A plain string, in the language of the object it belongs to.
    Plain(String),
    /// A JSON-LD value object.
    Tagged(TaggedText),
    /// A text for each language.
    ByLanguage(BTreeMap<String, String>),
}

/// A text with its own language, as a JSON-LD value object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaggedText {
    /// The text.
    #[serde(rename = "@value")]
    pub value: String,
    /// Its language.
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Text {
    /// The text; of a text by language, the one in `language`, or else the first.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Tagged(text) => &text.value,
            Self::ByLanguage(texts) => {
                let first = || texts.values().next();
                texts.get(language).or_else(first).map_or("", String::as_str)
            }
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

/// A version, as a text or a number: OB2-REL-2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Version {
    /// A text; what we write.
    Text(String),
    /// A number.
    Number(Number),
}
