//! The texts that may stand in a slot.

use super::{Slot, TEXT_BYTES_MAX};

/// The parts of a compact JWS: header, payload, signature.
const JWS_PARTS: usize = 3;

/// What a text in a picture looks like. The content decides, not the place it was found in (OB2-BAKE-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A JSON object: a hosted assertion, or a credential with an embedded proof.
    Json,
    /// A compact JWS: a signed assertion, or a credential as VC-JWT.
    Jws,
    /// The address of a hosted assertion. It is read, and written for Open Badges 2.0 only.
    Url,
}

impl Form {
    /// The form of `text`, or `None` when it has none of them.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim_ascii();
        if text.starts_with('{') && text.ends_with('}') {
            return Some(Self::Json);
        }
        if is_web_address(text) {
            return Some(Self::Url);
        }
        let is_base64url = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let mut parts = text.split('.');
        let plain = parts.by_ref().take(JWS_PARTS).filter(|part| part.chars().all(is_base64url));
        // The payload may be empty (a detached JWS is no record, but its shape is one); header and signature may not.
        let counted = plain.count() == JWS_PARTS && parts.next().is_none();
        let bounded = !text.starts_with('.') && !text.ends_with('.');
        (counted && bounded).then_some(Self::Jws)
    }
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let forbidden = |c: char| c <= ' ' || c == '\u{7f}' || "<>\"{}|\\^`".contains(c);
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(forbidden)
}

/// A record on its way into a picture: which slot, and the exact text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    slot: Slot,
    text: &'a str,
    form: Form,
    hosted_at: Option<&'a str>,
}

impl<'a> Record<'a> {
    /// Takes the text for `slot`: JSON, a compact JWS or, for Open Badges 2.0, the address of a hosted assertion.
    ///
    /// The text is written as it stands, so that it stays the text of the hosted file (OB3-BAKE-9). An SVG needs the
    /// address beside the JSON of a hosted assertion: [`Record::hosted_at`].
    ///
    /// # Errors
    /// [`RecordError`] when it is none of these, too long, or has a character that neither JSON nor a picture may hold.
    pub fn new(slot: Slot, text: &'a str) -> Result<Self, RecordError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(RecordError::TooLong { bytes: text.len() });
        }
        // Every byte of a longer character is above these, and a look at all bytes is quicker than a stop at the first.
        let is_loose = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r');
        if text.bytes().fold(false, |found, byte| found | is_loose(byte)) {
            return Err(RecordError::ControlCharacter);
        }
        let form = Form::of(text).ok_or(RecordError::UnknownForm)?;
        if form != Form::Json && text.trim_ascii() != text {
            return Err(RecordError::UnknownForm);
        }
        if form == Form::Url && slot == Slot::OpenBadges3 {
            return Err(RecordError::AddressAsCredential);
        }
        Ok(Self { slot, text, form, hosted_at: None })
    }

    /// The same record, with the address at which the assertion is hosted (OB2-BAKE-10).
    ///
    /// # Errors
    /// [`RecordError::NotAnAddress`] when `url` is no `http` or `https` address.
    pub fn hosted_at(self, url: &'a str) -> Result<Self, RecordError> {
        if !is_web_address(url) {
            return Err(RecordError::NotAnAddress { text: url.to_owned() });
        }
        Ok(Self { hosted_at: Some(url), ..self })
    }

    /// The slot it belongs to.
    #[must_use]
    pub const fn slot(&self) -> Slot {
        self.slot
    }

    /// The exact text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// What the text looks like.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The address given with [`Record::hosted_at`].
    #[must_use]
    pub const fn hosted_url(&self) -> Option<&'a str> {
        self.hosted_at
    }
}

/// Why a text is no record for a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// Longer than [`TEXT_BYTES_MAX`].
    #[error("the record has {bytes} bytes, and a picture carries at most {TEXT_BYTES_MAX}")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A control character other than tab and line ends, which JSON never holds unescaped.
    #[error("the record has a control character")]
    ControlCharacter,
    /// Neither a JSON object, nor a compact JWS, nor an address.
    #[error("the record is neither a JSON object, nor a signed token, nor an address")]
    UnknownForm,
    /// Open Badges 3.0 bakes the credential itself (OB3-BAKE-1).
    #[error("an address cannot stand for an Open Badges 3.0 credential in a picture")]
    AddressAsCredential,
    /// The address of the hosted assertion is none.
    #[error("`{text}` is not an `https` address")]
    NotAnAddress {
        /// The refused text.
        text: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_what_a_text_is() {
        for (text, form) in [
            ("{}", Some(Form::Json)),
            (" {\"a\":1}\n", Some(Form::Json)),
            ("https://badges.example/a/1.json", Some(Form::Url)),
            ("http://badges.example/a", Some(Form::Url)),
            ("eyJhbGciOiJSUzI1NiJ9.eyJ9.AA-_", Some(Form::Jws)),
            ("eyJhbGciOiJSUzI1NiJ9..AA", Some(Form::Jws)),
            ("", None),
            ("..", None),
            ("a.b", None),
            ("a.b.c.d", None),
            ("a.b.c=", None),
            ("[1]", None),
            ("https://", None),
            ("https://a.example/a b", None),
            ("ftp://a.example/x", None),
            ("{\"a\":", None),
        ] {
            assert_eq!(Form::of(text), form, "{text:?}");
        }
    }

    #[test]
    fn a_text_that_is_no_record_is_refused() {
        let two = Slot::OpenBadges2;
        assert_eq!(Record::new(two, "hello"), Err(RecordError::UnknownForm));
        assert_eq!(Record::new(two, " a.b.c"), Err(RecordError::UnknownForm));
        assert_eq!(Record::new(two, "{\"a\":\"\0\"}"), Err(RecordError::ControlCharacter));
        let long = format!("{{{}}}", " ".repeat(TEXT_BYTES_MAX));
        assert_eq!(Record::new(two, &long), Err(RecordError::TooLong { bytes: long.len() }));
        let address = "https://badges.example/a/1.json";
        assert!(Record::new(two, address).is_ok());
        assert_eq!(Record::new(Slot::OpenBadges3, address), Err(RecordError::AddressAsCredential));
        let unhosted = Record::new(two, "{}").unwrap().hosted_at("urn:uuid:0");
        assert_eq!(unhosted, Err(RecordError::NotAnAddress { text: "urn:uuid:0".into() }));
    }
}
