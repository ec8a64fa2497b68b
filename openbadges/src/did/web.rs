//! `did:web`: a host name, perhaps a path, and the address where the document must be.

use std::fmt;

use url::Url;

use crate::iri::Iri;

/// The longest host name of the domain name system, and its longest label.
const HOST_CHARS_MAX: usize = 253;
const LABEL_CHARS_MAX: usize = 63;

/// A `did:web` identifier that names a host and nothing hostile. The text is kept as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DidWeb {
    text: Box<str>,
    host: Box<str>,
    port: Option<u16>,
    url: Iri,
}

impl DidWeb {
    /// Reads what follows `did:web:`.
    ///
    /// The text is split at its colons before anything is decoded, and only a port's colon is ever decoded.
    ///
    /// Spec: CRED-DIDWEB-1, CRED-DIDWEB-2, CRED-DIDWEB-4.
    pub(super) fn parse(identifier: &str) -> Result<Self, DidWebError> {
        let (authority, path) = match identifier.split_once(':') {
            Some((authority, path)) => (authority, Some(path)),
            None => (identifier, None),
        };
        let (host, port) = read_authority(authority)?;
        let path = match path {
            Some(path) => {
                path.split(':').try_for_each(check_segment)?;
                path.replace(':', "/")
            }
            None => ".well-known".to_owned(),
        };
        let port_text = port.map(|port| format!(":{port}")).unwrap_or_default();
        let address = format!("https://{host}{port_text}/{path}/did.json");
        // A second reader must see the same address: what it would rewrite (an address in numbers, a dot segment, an
        // A-label that is none) is something the checks above have missed.
        let again = Url::parse(&address).ok().filter(|again| again.as_str() == address);
        again.ok_or(DidWebError::Host)?;
        let url = Iri::parse(&address).map_err(|_| DidWebError::Segment)?;
        Ok(Self { text: format!("did:web:{identifier}").into(), host: host.into(), port, url })
    }

    /// The address of the DID document, always `https`.
    ///
    /// Spec: CRED-DIDWEB-2.
    #[must_use]
    pub fn document_url(&self) -> Iri {
        self.url.clone()
    }

    /// The host name in lower case.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, unless it is the usual one.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The identifier as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for DidWeb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn read_authority(authority: &str) -> Result<(String, Option<u16>), DidWebError> {
    if authority.is_empty() {
        return Err(DidWebError::Empty);
    }
    let lower = authority.to_ascii_lowercase();
    let (host, port) = match lower.split_once("%3a") {
        Some((host, port)) => (host, Some(read_port(port)?)),
        None => (lower.as_str(), None),
    };
    let label_is_plain = |label: &str| {
        (1..=LABEL_CHARS_MAX).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if host.len() > HOST_CHARS_MAX || !host.split('.').all(label_is_plain) {
        return Err(DidWebError::Host);
    }
    // `localhost`, and names that only an inner network knows, say nothing to the world.
    let (_, last_label) = host.rsplit_once('.').ok_or(DidWebError::Host)?;
    // A last label in digits makes the whole an IP address in one of its many spellings.
    if last_label.bytes().all(|byte| byte.is_ascii_digit()) || last_label.starts_with("0x") {
        return Err(DidWebError::IpAddress);
    }
    // The usual port is left out, as every reader of URLs leaves it out.
    Ok((host.to_owned(), port.filter(|port| *port != 443)))
}

fn read_port(text: &str) -> Result<u16, DidWebError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain).ok_or(DidWebError::Port)
}

/// A path segment: the characters of a DID, and percent-encoded ones that no reader could take for structure.
fn check_segment(segment: &str) -> Result<(), DidWebError> {
    let mut decoded = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let code = digit().zip(digit()).map(|(high, low)| high << 4 | low);
                let code = code.and_then(|code| u8::try_from(code).ok());
                decoded.push(code.ok_or(DidWebError::Segment)?);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => decoded.push(byte),
            _ => return Err(DidWebError::Segment),
        }
    }
    if decoded.is_empty() {
        return Err(DidWebError::EmptySegment);
    }
    if matches!(decoded.as_slice(), b"." | b"..") {
        return Err(DidWebError::DotSegment);
    }
    if decoded.iter().any(|byte| matches!(byte, 0..=0x1f | 0x7f | b'/' | b'\\' | b'%')) {
        return Err(DidWebError::Segment);
    }
    Ok(())
}

/// Why a text is no `did:web` that we ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DidWebError {
    /// Nothing follows `did:web:`.
    #[error("a `did:web` names a host")]
    Empty,
    /// The host is no domain name in letters, digits and hyphens (A-labels for other scripts).
    #[error("the host of a `did:web` is a domain name, such as `badges.example.org`")]
    Host,
    /// The host is an IP address.
    #[error("the host of a `did:web` is a name, not an IP address")]
    IpAddress,
    /// The port is no number from 1 to 65535.
    #[error("the port of a `did:web` is written `%3A` and a number")]
    Port,
    /// Two colons in a row, or one at the end.
    #[error("a `did:web` has an empty path segment")]
    EmptySegment,
    /// A segment is `.` or `..`, encoded or not.
    #[error("a `did:web` has a path segment of dots")]
    DotSegment,
    /// A segment holds what could be taken for structure: a slash, a query, a fragment, a control character.
    #[error("a `did:web` has a character in its path that does not belong there")]
    Segment,
}

#[cfg(test)]
mod tests {
    use super::super::{Did, DidError};
    use super::*;
    use crate::iri::BaseUrl;

    fn web(text: &str) -> DidWeb {
        match Did::parse(text) {
            Ok(Did::Web(did)) => did,
            other => panic!("{text}: {other:?}"),
        }
    }

    /// CRED-DIDWEB-2.
    #[test]
    fn the_document_is_where_the_method_says() {
        for (did, url) in [
            ("did:web:example.com", "https://example.com/.well-known/did.json"),
            ("did:web:example.com%3a8443:a", "https://example.com:8443/a/did.json"),
            ("did:web:example.com%3A443", "https://example.com/.well-known/did.json"),
            ("did:web:xn--caf-dma.example:A:b", "https://xn--caf-dma.example/A/b/did.json"),
        ] {
            assert_eq!(web(did).document_url().as_str(), url, "{did}");
            assert_eq!(web(did).to_string(), did);
        }
        assert_eq!(web("did:web:Example.COM%3A3000").host(), "example.com");
        assert_eq!(web("did:web:Example.COM%3A3000").port(), Some(3000));
    }

    #[test]
    fn the_did_of_a_site_leads_back_to_the_site() {
        let base = BaseUrl::parse("https://estran.example/badges").unwrap();
        let did = web(&base.did_web("issuers/fablab"));
        assert_eq!(did.document_url().as_str(), base.join("issuers/fablab/did.json"));
    }

    /// CRED-DIDWEB-1, CRED-DIDWEB-4.
    #[test]
    fn hostile_forms_are_refused_for_their_reason() {
        for (identifier, error) in [
            ("", DidWebError::Empty),
            (":a", DidWebError::Empty),
            ("localhost", DidWebError::Host),
            ("example.com.", DidWebError::Host),
            ("-a.example", DidWebError::Host),
            ("exämple.com", DidWebError::Host),
            ("xn--a.example", DidWebError::Host),
            ("example.com%2Fpath", DidWebError::Host),
            ("example.com%23x", DidWebError::Host),
            ("example.com#x", DidWebError::Host),
            ("example.com?x", DidWebError::Host),
            ("example.com/x", DidWebError::Host),
            ("user@example.com", DidWebError::Host),
            ("user%40example.com", DidWebError::Host),
            ("user%3Apw%40example.com", DidWebError::Port),
            ("[::1]", DidWebError::Host),
            ("127.0.0.1", DidWebError::IpAddress),
            ("127.1", DidWebError::IpAddress),
            ("1.0x7f", DidWebError::IpAddress),
            ("127.0.0.1%3A80", DidWebError::IpAddress),
            ("example.com%3A", DidWebError::Port),
            ("example.com%3A0", DidWebError::Port),
            ("example.com%3A080", DidWebError::Port),
            ("example.com%3A65536", DidWebError::Port),
            ("example.com%3A+80", DidWebError::Port),
            ("example.com%3A80%3A80", DidWebError::Port),
            ("example.com:", DidWebError::EmptySegment),
            ("example.com:a::b", DidWebError::EmptySegment),
            ("example.com:..:a", DidWebError::DotSegment),
            ("example.com:.", DidWebError::DotSegment),
            ("example.com:%2e%2E:a", DidWebError::DotSegment),
            ("example.com:.%2e", DidWebError::DotSegment),
            ("example.com:a%2Fb", DidWebError::Segment),
            ("example.com:a%5cb", DidWebError::Segment),
            ("example.com:a%252e", DidWebError::Segment),
            ("example.com:a%00", DidWebError::Segment),
            ("example.com:a%0", DidWebError::Segment),
            ("example.com:a%+f", DidWebError::Segment),
            ("example.com:a/b", DidWebError::Segment),
            ("example.com:a?b", DidWebError::Segment),
            ("example.com:a#b", DidWebError::Segment),
            ("example.com:a@b", DidWebError::Segment),
            ("example.com:é", DidWebError::Segment),
        ] {
            let text = format!("did:web:{identifier}");
            assert_eq!(Did::parse(&text), Err(DidError::Web(error)), "{text}");
        }
    }
}
