//! The list credential: what it holds, and what it says of one entry.

use serde_json::{Value, json};

use super::bitstring::{Bitstring, DecodeBounds, EncodedListError};
use super::entry::{
    EntryError, ListForm, Purpose, StatusEntry, StatusMessage, read_messages, read_size,
};
use crate::iri::Iri;

/// The fewest entries a list may have, so that one entry hides among many.
///
/// Spec: CRED-BSL-12, CRED-BSL-22.
pub const LIST_ENTRIES_MIN: usize = 131_072;

/// Whether the least length is insisted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum LengthRule {
    /// As the specification has it.
    #[default]
    Strict,
    /// Shorter lists are read too: large issuers published lists of 100 000 entries (CRED-BSL-27, CRED-WILD-11).
    Lenient,
}

/// The content of a `BitstringStatusListCredential` or a `StatusList2021Credential`, decompressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    /// Which of the two forms.
    pub form: ListForm,
    /// The id of the credential, which should be the URL it was fetched from.
    pub id: Option<Iri>,
    /// What the list tells.
    pub purposes: Vec<Purpose>,
    /// The bits of an entry, if told here.
    pub size: Option<u8>,
    /// The texts of its values, if told here.
    pub messages: Vec<StatusMessage>,
    /// For how many milliseconds a copy may be kept, if told.
    pub ttl_ms: Option<u64>,
    /// The bits.
    pub bits: Bitstring,
}

/// What a list says of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What for.
    pub purpose: Purpose,
    /// The entry.
    pub index: u64,
    /// The value: 0 is what everybody hopes for.
    pub value: u64,
    /// The text of the value, if one is told.
    pub message: Option<String>,
}

impl Status {
    /// Whether the value is 0 (CRED-BSL-24).
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.value == 0
    }
}

impl StatusList {
    /// Reads a list credential, secured or not; the caller has checked its proof, its dates and its issuer.
    ///
    /// # Errors
    /// [`StatusError::Malformed`] names the member; [`StatusError::Encoded`] tells what is wrong with the bits.
    ///
    /// Spec: CRED-BSL-10 to CRED-BSL-12.
    pub fn parse(credential: &Value, bounds: &DecodeBounds) -> Result<Self, StatusError> {
        let is_named = |form: &ListForm| has_type(credential, form.credential_type());
        let form = ListForm::ALL.into_iter().find(is_named);
        let form = form.ok_or(StatusError::Malformed("type"))?;
        let subject = credential.get("credentialSubject").and_then(Value::as_object);
        let subject = subject.ok_or(StatusError::Malformed("credentialSubject"))?;
        if !subject.get("type").is_some_and(|types| names(types, form.list_type())) {
            return Err(StatusError::Malformed("credentialSubject.type"));
        }
        let purposes = match subject.get("statusPurpose") {
            Some(Value::String(text)) => Some(vec![Purpose::of(text)]),
            Some(Value::Array(items)) if !items.is_empty() => {
                items.iter().map(|item| item.as_str().map(Purpose::of)).collect()
            }
            _ => None,
        };
        let ttl_ms = match subject.get("ttl") {
            None => None,
            Some(ttl) => Some(ttl.as_u64().ok_or(StatusError::Malformed("ttl"))?),
        };
        let encoded = subject.get("encodedList").and_then(Value::as_str);
        let encoded = encoded.ok_or(StatusError::Malformed("encodedList"))?;
        let id = match credential.get("id") {
            None => None,
            Some(id) => {
                let id = id.as_str().and_then(|text| Iri::parse(text).ok());
                Some(id.ok_or(StatusError::Malformed("id"))?)
            }
        };
        let bits = match form {
            ListForm::Bitstring => Bitstring::decode(encoded, bounds),
            ListForm::StatusList2021 => Bitstring::decode_2021(encoded, bounds),
        };
        Ok(Self {
            form,
            id,
            purposes: purposes.ok_or(StatusError::Malformed("statusPurpose"))?,
            size: read_size(subject)?,
            messages: read_messages(subject)?,
            ttl_ms,
            bits: bits.map_err(StatusError::Encoded)?,
        })
    }

    /// Looks `entry` up.
    ///
    /// # Errors
    /// [`StatusError`]; each one leaves the status unknown, neither good nor bad (CRED-BSL-26).
    ///
    /// Spec: CRED-BSL-21 to CRED-BSL-25.
    pub fn status_of(&self, entry: &StatusEntry, rule: LengthRule) -> Result<Status, StatusError> {
        if self.form != entry.form {
            return Err(StatusError::Malformed("type"));
        }
        if !self.purposes.contains(&entry.purpose) {
            return Err(StatusError::Purpose);
        }
        let size = match (entry.size, self.size) {
            (Some(here), Some(there)) if here != there => {
                return Err(StatusError::Malformed("statusSize"));
            }
            (Some(size), _) | (None, Some(size)) => size,
            (None, None) => 1,
        };
        let entries = self.bits.bits() / usize::from(size.max(1));
        if rule == LengthRule::Strict && entries < LIST_ENTRIES_MIN {
            return Err(StatusError::Length);
        }
        let value = self.bits.value(entry.index, size).ok_or(StatusError::Range)?;
        let mut messages = entry.messages.iter().chain(&self.messages);
        let message = messages.find(|message| message.value == value);
        Ok(Status {
            purpose: entry.purpose.clone(),
            index: entry.index,
            value,
            message: message.map(|message| message.message.clone()),
        })
    }
}

/// The `credentialSubject` of the list at `list`; the credential around it belongs to the issuer.
///
/// Spec: CRED-BSL-10 to CRED-BSL-14.
#[must_use]
pub fn status_list_subject(list: &Iri, purpose: &Purpose, bits: &Bitstring) -> Value {
    json!({
        "id": format!("{list}#list"),
        "type": "BitstringStatusList",
        "statusPurpose": purpose.as_str(),
        "encodedList": bits.encode(),
    })
}

fn has_type(value: &Value, name: &str) -> bool {
    value.get("type").is_some_and(|types| names(types, name))
}

fn names(types: &Value, name: &str) -> bool {
    match types {
        Value::Array(types) => types.iter().any(|item| item == name),
        one => one == name,
    }
}

/// Why a list does not tell the status of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatusError {
    /// The member of the list, or of the entry, is missing or malformed.
    #[error("the member `{0}` of the status list is missing or malformed")]
    Malformed(&'static str),
    /// The bits cannot be read.
    #[error("{0}")]
    Encoded(EncodedListError),
    /// The list is for another purpose.
    #[error("the status list is for another purpose than the entry")]
    Purpose,
    /// The list is too short to hide anybody.
    #[error("the status list has fewer than {LIST_ENTRIES_MIN} entries")]
    Length,
    /// The index is beyond its end.
    #[error("the index is beyond the end of the status list")]
    Range,
}

impl StatusError {
    /// The name of the error in Bitstring Status List.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed(_) => "MALFORMED_VALUE_ERROR",
            Self::Encoded(EncodedListError::TooLarge) | Self::Length => "STATUS_LIST_LENGTH_ERROR",
            Self::Encoded(_) => "MALFORMED_VALUE_ERROR",
            Self::Purpose => "STATUS_VERIFICATION_ERROR",
            Self::Range => "RANGE_ERROR",
        }
    }
}

impl From<EntryError> for StatusError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::Malformed(member) => Self::Malformed(member),
            EntryError::UnknownType(_) => Self::Malformed("type"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Iri {
        Iri::parse("https://badges.example/issuers/club/status/revocation-1.json").unwrap()
    }

    fn credential() -> Value {
        let mut bits = Bitstring::new(LIST_ENTRIES_MIN);
        bits.set(7).unwrap();
        json!({
            "id": url(),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "credentialSubject": status_list_subject(&url(), &Purpose::Revocation, &bits),
        })
    }

    fn parse(credential: &Value) -> Result<StatusList, StatusError> {
        StatusList::parse(credential, &DecodeBounds::default())
    }

    fn entry(index: u64) -> StatusEntry {
        StatusEntry::revocation(&url(), index).unwrap()
    }

    fn status(list: &StatusList, entry: &StatusEntry) -> Result<u64, StatusError> {
        list.status_of(entry, LengthRule::Strict).map(|status| status.value)
    }

    /// CRED-BSL-23, CRED-BSL-24.
    #[test]
    fn a_list_tells_who_was_withdrawn() {
        let list = parse(&credential()).unwrap();
        assert_eq!(list.id, Some(url()));
        assert_eq!((status(&list, &entry(7)), status(&list, &entry(8))), (Ok(1), Ok(0)));
        assert_eq!(status(&list, &entry(131_072)), Err(StatusError::Range));
        assert_eq!(status(&list, &entry(u64::MAX)), Err(StatusError::Range));
        assert!(!list.status_of(&entry(7), LengthRule::Strict).unwrap().is_clear());
    }

    /// CRED-BSL-21.
    #[test]
    fn a_list_for_another_purpose_tells_nothing() {
        let mut list = parse(&credential()).unwrap();
        list.purposes = vec![Purpose::Suspension];
        assert_eq!(status(&list, &entry(7)), Err(StatusError::Purpose));
        list.purposes.push(Purpose::Revocation);
        assert_eq!(status(&list, &entry(7)), Ok(1));
    }

    /// The forerunner of 2021: no multibase prefix, either alphabet, padding or none; and no mixing of the two forms.
    #[test]
    fn a_list_of_2021_is_read_for_an_entry_of_2021() {
        let mut old = credential();
        old["type"] = json!(["VerifiableCredential", "StatusList2021Credential"]);
        old["credentialSubject"]["type"] = json!("StatusList2021");
        let encoded = text_of(&old).trim_start_matches('u').to_owned();
        let standard = format!("{}==", encoded.replace('-', "+").replace('_', "/"));
        for text in [encoded, standard] {
            old["credentialSubject"]["encodedList"] = json!(text);
            let list = parse(&old).unwrap();
            let entry_2021 = StatusEntry { form: ListForm::StatusList2021, ..entry(7) };
            assert_eq!(status(&list, &entry_2021), Ok(1));
            assert_eq!(status(&list, &entry(7)), Err(StatusError::Malformed("type")));
        }
        old["credentialSubject"]["encodedList"] =
            credential()["credentialSubject"]["encodedList"].clone();
        assert!(matches!(parse(&old), Err(StatusError::Encoded(_))));
    }

    fn text_of(credential: &Value) -> &str {
        credential["credentialSubject"]["encodedList"].as_str().unwrap()
    }

    /// CRED-BSL-22, CRED-BSL-27.
    #[test]
    fn a_short_list_is_read_by_the_lenient_rule_only() {
        let mut list = parse(&credential()).unwrap();
        list.bits = Bitstring::new(100_000);
        assert_eq!(status(&list, &entry(7)), Err(StatusError::Length));
        assert!(list.status_of(&entry(7), LengthRule::Lenient).unwrap().is_clear());
        assert_eq!(list.status_of(&entry(100_000), LengthRule::Lenient), Err(StatusError::Range));
    }

    /// CRED-BSL-6, CRED-BSL-7, CRED-ERR-2.
    #[test]
    fn sizes_and_texts_are_read_in_both_places() {
        let mut list = parse(&credential()).unwrap();
        list.bits = Bitstring::new(2 * LIST_ENTRIES_MIN);
        list.bits.set(7).unwrap();
        list.messages = vec![StatusMessage { value: 1, message: "in der Prüfung".to_owned() }];
        let mut entry = entry(3);
        entry.size = Some(2);
        let found = list.status_of(&entry, LengthRule::Strict).unwrap();
        assert_eq!((found.value, found.message.as_deref()), (1, Some("in der Prüfung")));
        entry.messages = vec![StatusMessage { value: 1, message: "à l'examen".to_owned() }];
        let found = list.status_of(&entry, LengthRule::Strict).unwrap();
        assert_eq!(found.message.as_deref(), Some("à l'examen"));
        list.size = Some(4);
        let differing = list.status_of(&entry, LengthRule::Strict);
        assert_eq!(differing, Err(StatusError::Malformed("statusSize")));
        entry.size = None;
        assert_eq!(list.status_of(&entry, LengthRule::Strict), Err(StatusError::Length));
    }

    /// CRED-BSL-10, CRED-BSL-11, CRED-BSL-25.
    #[test]
    fn a_malformed_list_is_refused_and_the_member_named() {
        for (pointer, value, member) in [
            ("/type", json!(["VerifiableCredential"]), "type"),
            ("/id", json!("revocation-1.json"), "id"),
            ("/credentialSubject", json!([]), "credentialSubject"),
            ("/credentialSubject/type", json!("StatusList2021"), "credentialSubject.type"),
            ("/credentialSubject/statusPurpose", json!([]), "statusPurpose"),
            ("/credentialSubject/statusPurpose", json!([1]), "statusPurpose"),
            ("/credentialSubject/encodedList", json!(null), "encodedList"),
        ] {
            let mut credential = credential();
            *credential.pointer_mut(pointer).unwrap() = value;
            assert_eq!(parse(&credential), Err(StatusError::Malformed(member)), "{pointer}");
        }
        let mut credential = credential();
        credential["credentialSubject"]["ttl"] = json!("300000");
        assert_eq!(parse(&credential), Err(StatusError::Malformed("ttl")));
        credential["credentialSubject"]["ttl"] = json!(300_000);
        assert_eq!(parse(&credential).unwrap().ttl_ms, Some(300_000));
        credential["credentialSubject"]["encodedList"] = json!("uAAAA");
        assert_eq!(parse(&credential), Err(StatusError::Encoded(EncodedListError::Gzip)));
    }
}
