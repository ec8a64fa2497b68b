//! Names of things on the web: [`Iri`] for any absolute IRI, [`BaseUrl`] for the root of a published site.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An absolute IRI, kept exactly as it was written. Two are equal when their texts are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iri(Box<str>);

impl Iri {
    /// Takes an absolute IRI: a scheme, a colon, and no white space, control character or `<>"{}|\^` and backtick.
    ///
    /// # Errors
    /// [`IriError`] holds the refused text.
    pub fn parse(text: &str) -> Result<Self, IriError> {
        if is_absolute(text) {
            Ok(Self(text.into()))
        } else {
            Err(IriError { text: text.to_owned() })
        }
    }

    /// The IRI as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scheme in lower case: `https`, `did`, `urn` …
    #[must_use]
    pub fn scheme(&self) -> String {
        self.0.split(':').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// The IRI without its fragment, and the fragment if there is one.
    #[must_use]
    pub fn split_fragment(&self) -> (&str, Option<&str>) {
        match self.0.split_once('#') {
            Some((before, fragment)) => (before, Some(fragment)),
            None => (&self.0, None),
        }
    }

    /// Whether the IRI begins with `https://` or `http://`.
    #[must_use]
    pub fn is_http(&self) -> bool {
        matches!(self.scheme().as_str(), "http" | "https") && self.0.contains("://")
    }
}

/// Whether `text` is what [`Iri::parse`] takes; for callers that keep the text elsewhere.
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    let starts_with_letter = letters.next().is_some_and(|first| first.is_ascii_alphabetic());
    let scheme_is_plain = letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let refused = |b: u8| {
        matches!(b, 0..=b' ' | 0x7f | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`')
    };
    starts_with_letter && scheme_is_plain && !rest.is_empty() && !rest.bytes().any(refused)
}

impl fmt::Display for Iri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Iri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

impl Serialize for Iri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Iri {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// The text is not an absolute IRI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an absolute address, such as `https://badges.example/`")]
pub struct IriError {
    /// The refused text.
    pub text: String,
}

/// The root of a published site: `https`, a host name, no port, an optional plain path, no final slash.
///
/// It is part of every id a site signs, so it is held to the narrowest form every validator reads
/// (paths of `[A-Za-z0-9._-]`, no port: OB3-OV-18, OB2-OV-21).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BaseUrl {
    text: Box<str>,
}

impl BaseUrl {
    /// Takes a base URL.
    ///
    /// # Errors
    /// [`BaseUrlError`] says which part is not allowed.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let rest = text.strip_prefix("https://").ok_or(BaseUrlError::NotHttps)?;
        if rest.ends_with('/') {
            return Err(BaseUrlError::FinalSlash);
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.contains(':') || host.contains('@') {
            return Err(BaseUrlError::PortOrUser);
        }
        let label_is_plain = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let all_digits = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !host.contains('.') || all_digits || !host.split('.').all(label_is_plain) {
            return Err(BaseUrlError::Host);
        }
        let segment_is_plain = |segment: &str| {
            !segment.is_empty()
                && !matches!(segment, "." | "..")
                && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        };
        if rest.contains('/') && !path.split('/').all(segment_is_plain) {
            return Err(BaseUrlError::Path);
        }
        Ok(Self { text: text.into() })
    }

    /// The base URL, without a final slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host name.
    #[must_use]
    pub fn host(&self) -> &str {
        self.after_scheme().split('/').next().unwrap_or_default()
    }

    /// The path below the host, with a leading slash and no final one; empty at the root of a host.
    #[must_use]
    pub fn path(&self) -> &str {
        self.after_scheme().strip_prefix(self.host()).unwrap_or_default()
    }

    /// The address of the site's file or folder at `path`, which begins without a slash.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}/{path}", self.text)
    }

    /// The `did:web` identifier whose document is published at `path/did.json`.
    ///
    /// Spec: CRED-DIDWEB-1, CRED-DIDWEB-2 (path form).
    #[must_use]
    pub fn did_web(&self, path: &str) -> String {
        format!("did:web:{}", format!("{}/{path}", self.after_scheme()).replace('/', ":"))
    }

    fn after_scheme(&self) -> &str {
        self.text.strip_prefix("https://").unwrap_or(&self.text)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Why a text is no base URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It does not begin with `https://`.
    #[error("the address of the site must begin with `https://`")]
    NotHttps,
    /// It ends with a slash.
    #[error("the address of the site is written without a final `/`")]
    FinalSlash,
    /// It names a port or a user.
    #[error(
        "the address of the site has no port and no user: validators cannot fetch such a `did:web`"
    )]
    PortOrUser,
    /// The host is not a lower-case domain name.
    #[error("the host must be a domain name in lower case, such as `badges.example.org`")]
    Host,
    /// The path has other characters than letters, digits, `.`, `_` and `-`.
    #[error("a path may use letters, digits, `.`, `_` and `-` only")]
    Path,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_knows_its_host_path_and_did() {
        let root = BaseUrl::parse("https://badges.estran.example").unwrap();
        assert_eq!((root.host(), root.path()), ("badges.estran.example", ""));
        assert_eq!(root.did_web("issuers/estran"), "did:web:badges.estran.example:issuers:estran");
        let below = BaseUrl::parse("https://estran.example/badges").unwrap();
        assert_eq!((below.host(), below.path()), ("estran.example", "/badges"));
        assert_eq!(below.join("a/"), "https://estran.example/badges/a/");
    }

    #[test]
    fn what_validators_cannot_fetch_is_refused() {
        for (text, error) in [
            ("http://a.example", BaseUrlError::NotHttps),
            ("https://a.example/", BaseUrlError::FinalSlash),
            ("https://a.example:8443", BaseUrlError::PortOrUser),
            ("https://localhost", BaseUrlError::Host),
            ("https://192.0.2.1", BaseUrlError::Host),
            ("https://A.example", BaseUrlError::Host),
            ("https://a.example/é", BaseUrlError::Path),
            ("https://a.example/a//b", BaseUrlError::Path),
            ("https://a.example/../b", BaseUrlError::Path),
        ] {
            assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_relative_reference_is_no_iri() {
        for text in ["", "a/b", "/a", "//host/a", "https:", "ht tp://a", "https://a.example/a b"] {
            assert!(Iri::parse(text).is_err(), "{text}");
        }
        assert!(Iri::parse("urn:uuid:0").is_ok());
    }
}
