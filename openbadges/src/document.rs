//! A received document: its bytes, and a parsed view over them.
//!
//! The bytes are the evidence and are never written anew; the view is for reading. Members nobody knows stay in it.

use std::fmt;

use serde_json::Value;

use crate::json::{self, Bounds, JsonError};

/// A JSON document as it came, with its strictly parsed view.
#[derive(Clone, PartialEq)]
pub struct Document {
    bytes: Box<[u8]>,
    value: Value,
}

impl Document {
    /// Takes the bytes of a JSON document within [`Bounds::RECORD`].
    ///
    /// # Errors
    /// [`JsonError`] when the strict door ([`json`]) refuses them.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, JsonError> {
        Self::parse_with(bytes, &Bounds::RECORD)
    }

    /// Takes the bytes of a JSON document within other bounds, such as those of a large status list.
    ///
    /// # Errors
    /// [`JsonError`] when the strict door ([`json`]) refuses them.
    pub fn parse_with(bytes: Vec<u8>, bounds: &Bounds) -> Result<Self, JsonError> {
        let value = json::parse_with(&bytes, bounds)?;
        Ok(Self { bytes: bytes.into(), value })
    }

    /// The bytes as they came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The parsed view.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Gives up both halves: the bytes and the view.
    #[must_use]
    pub fn into_parts(self) -> (Box<[u8]>, Value) {
        (self.bytes, self.value)
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.value.get("id").and_then(Value::as_str).unwrap_or("no id");
        write!(f, "Document({} bytes, {id})", self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::JsonErrorKind;

    #[test]
    fn the_bytes_are_kept_as_they_came_and_unknown_members_too() {
        let text = b"{ \"id\":\"urn:x\",  \"level\" : \"gold\" }\n".to_vec();
        let document = Document::parse(text.clone()).unwrap();
        assert_eq!(document.bytes(), text);
        assert_eq!(document.value()["level"], "gold");
    }

    #[test]
    fn a_document_passes_the_strict_door() {
        let error = Document::parse(b"{\"id\":1,\"id\":2}".to_vec()).unwrap_err();
        assert_eq!(error.kind, JsonErrorKind::DuplicateMember);
    }
}
