//! A map of documents that stand in for the web, as people write it: one JSON object, with an object for each address.

use std::collections::BTreeMap;
use std::io::ErrorKind;

use openbadges::iri::Iri;
use serde_json::{Map, Value};

/// What a map says of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) gives: Gives,
    pub(crate) status: Option<u16>,
    pub(crate) content_type: Option<String>,
}

/// What is found at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Gives {
    /// A file, from the folder of the map.
    File(String),
    /// A text.
    Body(String),
    /// Another address.
    Redirect(String),
    /// A status without a body.
    StatusOnly,
}

/// Why a map cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapError {
    /// The file cannot be read.
    Unreadable(ErrorKind),
    /// The file is too large.
    TooLarge {
        /// The most that is read.
        bytes_max: u64,
    },
    /// It is not JSON.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// It is not an object.
    NotAMap,
    /// This name is not an address.
    Address(String),
    /// What stands in for this address is not said, said twice, or said in a way that is not understood.
    Entry(String),
    /// The status of this address is none.
    Status(String),
    /// A key is not known.
    Key {
        /// The address it belongs to.
        address: String,
        /// The key.
        key: String,
    },
}

pub(crate) fn read(text: &[u8]) -> Result<BTreeMap<String, Entry>, MapError> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let map: Value = serde_json::from_slice(text).map_err(|error| MapError::NotJson {
        line: error.line().max(1),
        column: error.column().max(1),
    })?;
    let Value::Object(map) = map else { return Err(MapError::NotAMap) };
    map.into_iter().map(|(address, said)| Ok((address.clone(), entry(address, said)?))).collect()
}

fn entry(address: String, said: Value) -> Result<Entry, MapError> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    if !is_web || Iri::parse(&address).is_err() {
        return Err(MapError::Address(address));
    }
    let Value::Object(mut said) = said else { return Err(MapError::Entry(address)) };
    let status = match said.remove("status") {
        None => None,
        Some(status) => match status.as_u64().and_then(|status| u16::try_from(status).ok()) {
            Some(status) if (200..600).contains(&status) => Some(status),
            _ => return Err(MapError::Status(address)),
        },
    };
    let mut text = |key: &str| take_text(&mut said, key).ok_or(MapError::Entry(address.clone()));
    let content_type = text("content_type")?;
    let gives = match (text("file")?, text("body")?, text("redirect")?) {
        (Some(file), None, None) => Gives::File(file),
        (None, Some(body), None) => Gives::Body(body),
        (None, None, Some(to)) => Gives::Redirect(to),
        (None, None, None) if status.is_some() => Gives::StatusOnly,
        (None, None, None) => match said.keys().next() {
            // A key that was misspelt says more than what is missing for it.
            Some(key) => return Err(MapError::Key { address, key: key.clone() }),
            None => return Err(MapError::Entry(address)),
        },
        _ => return Err(MapError::Entry(address)),
    };
    match said.keys().next() {
        Some(key) => Err(MapError::Key { address, key: key.clone() }),
        None => Ok(Entry { gives, status, content_type }),
    }
}

/// The text under `key`, which need not be there; nothing when it is no text.
fn take_text(said: &mut Map<String, Value>, key: &str) -> Option<Option<String>> {
    match said.remove(key) {
        None => Some(None),
        Some(Value::String(text)) => Some(Some(text)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_that_cannot_be_meant_is_refused_for_its_reason() {
        let address = || "https://a.example/".to_owned();
        let key = |key: &str| MapError::Key { address: address(), key: key.to_owned() };
        for (text, problem) in [
            ("", MapError::NotJson { line: 1, column: 1 }),
            ("{\n\"x", MapError::NotJson { line: 2, column: 2 }),
            ("[]", MapError::NotAMap),
            (r#"{"a.example":{"body":""}}"#, MapError::Address("a.example".into())),
            (r#"{"ftp://a.example":{"body":""}}"#, MapError::Address("ftp://a.example".into())),
            (r#"{"https://a b/":{"body":""}}"#, MapError::Address("https://a b/".into())),
            (r#"{"https://a.example/":"did.json"}"#, MapError::Entry(address())),
            (r#"{"https://a.example/":{}}"#, MapError::Entry(address())),
            (r#"{"https://a.example/":{"content_type":"x"}}"#, MapError::Entry(address())),
            (r#"{"https://a.example/":{"file":7}}"#, MapError::Entry(address())),
            (r#"{"https://a.example/":{"file":"x","body":"y"}}"#, MapError::Entry(address())),
            (r#"{"https://a.example/":{"body":"x","redirect":"y"}}"#, MapError::Entry(address())),
            (r#"{"https://a.example/":{"fiel":"x"}}"#, key("fiel")),
            (r#"{"https://a.example/":{"file":"x","type":"y"}}"#, key("type")),
            (r#"{"https://a.example/":{"status":"410"}}"#, MapError::Status(address())),
            (r#"{"https://a.example/":{"status":99}}"#, MapError::Status(address())),
            (r#"{"https://a.example/":{"status":70000}}"#, MapError::Status(address())),
        ] {
            assert_eq!(read(text.as_bytes()), Err(problem), "{text}");
        }
    }

    #[test]
    fn what_stands_in_for_an_address_is_one_thing_with_a_status_and_a_type() {
        let map =
            br#"{"https://a.example/":{"body":"x","status":500,"content_type":"text/plain"}}"#;
        let expected = Entry {
            gives: Gives::Body("x".into()),
            status: Some(500),
            content_type: Some("text/plain".into()),
        };
        assert_eq!(read(map).unwrap().into_values().collect::<Vec<_>>(), [expected]);
        let gone = read(br#"{"https://a.example/":{"status":410}}"#).unwrap();
        assert!(gone.values().all(|entry| entry.gives == Gives::StatusOnly));
    }
}
