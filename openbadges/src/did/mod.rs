//! Decentralised identifiers: `did:key` and `did:web`, and the keys their documents publish.
//!
//! Nothing is fetched here: `did:key` carries its document in itself, and [`DidWeb::document_url`] names the address
//! that somebody else asks. Documents are read as plain JSON by their fixed member names; a DID document is not signed,
//! so its meaning is not that of JSON-LD but that of the host that served it.
//!
//! Spec: CRED-DIDKEY-*, CRED-DIDWEB-*, CRED-KEY-*.

mod document;
mod key;
mod method;
mod web;

pub use document::{PublishedKey, did_web_document};
pub use key::{DidKey, DidKeyError, did_key_document};
pub use method::{
    MethodError, Relationship, VerificationMethod, find_key_of, find_method, find_method_of,
    lone_method,
};
pub use web::{DidWeb, DidWebError};

use std::fmt;

/// The longest identifier that is read.
const DID_CHARS_MAX: usize = 2048;

/// A decentralised identifier of a method we know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Did {
    /// `did:key`: the key is the identifier.
    Key(DidKey),
    /// `did:web`: a host publishes the document.
    Web(DidWeb),
}

impl Did {
    /// Reads a DID, without path, query or fragment.
    ///
    /// # Errors
    /// [`DidError`] with the reason of the method at hand.
    pub fn parse(text: &str) -> Result<Self, DidError> {
        if text.len() > DID_CHARS_MAX {
            return Err(DidError::TooLong);
        }
        let after_scheme = text.strip_prefix("did:").ok_or(DidError::NotADid)?;
        let (method, identifier) = after_scheme.split_once(':').ok_or(DidError::NotADid)?;
        match method {
            "key" => DidKey::parse(identifier).map(Self::Key).map_err(DidError::Key),
            "web" => DidWeb::parse(identifier).map(Self::Web).map_err(DidError::Web),
            _ => Err(DidError::UnknownMethod),
        }
    }
}

impl fmt::Display for Did {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(did) => did.fmt(f),
            Self::Web(did) => did.fmt(f),
        }
    }
}

/// Why a text is no DID that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DidError {
    /// It does not begin with `did:`, a method and a colon.
    #[error("this is not a DID, such as `did:web:badges.example:issuers:club`")]
    NotADid,
    /// It is longer than any honest DID.
    #[error("the DID is too long")]
    TooLong,
    /// Another method than `key` and `web`.
    #[error("only the DID methods `key` and `web` are read")]
    UnknownMethod,
    /// The `did:key` is malformed.
    #[error("{0}")]
    Key(DidKeyError),
    /// The `did:web` is malformed.
    #[error("{0}")]
    Web(DidWebError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_did_is_read_by_its_method() {
        for text in [
            "did:web:badges.estran.example:issuers:estran",
            "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
        ] {
            assert_eq!(Did::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Did::parse("https://a.example"), Err(DidError::NotADid));
        assert_eq!(Did::parse("did:web"), Err(DidError::NotADid));
        assert_eq!(Did::parse("DID:web:a.example"), Err(DidError::NotADid));
        assert_eq!(Did::parse("did:example:123"), Err(DidError::UnknownMethod));
        let long = format!("did:web:a.example:{}", "a".repeat(DID_CHARS_MAX));
        assert_eq!(Did::parse(&long), Err(DidError::TooLong));
    }
}
