//! The entry that a credential carries: which list, which index, for what.

use serde_json::{Map, Value, json};

use crate::iri::Iri;

/// The two forms of a list of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListForm {
    /// `BitstringStatusList`, the one that is written.
    Bitstring,
    /// `StatusList2021`, its forerunner: read beside VCDM 1.1, never written.
    StatusList2021,
}

impl ListForm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Bitstring, Self::StatusList2021];

    /// The type of an entry.
    #[must_use]
    pub const fn entry_type(self) -> &'static str {
        match self {
            Self::Bitstring => ENTRY_TYPE,
            Self::StatusList2021 => "StatusList2021Entry",
        }
    }

    /// The type of the credential that holds a list.
    #[must_use]
    pub const fn credential_type(self) -> &'static str {
        match self {
            Self::Bitstring => "BitstringStatusListCredential",
            Self::StatusList2021 => "StatusList2021Credential",
        }
    }

    /// The type of a list.
    #[must_use]
    pub const fn list_type(self) -> &'static str {
        match self {
            Self::Bitstring => "BitstringStatusList",
            Self::StatusList2021 => "StatusList2021",
        }
    }
}

/// The type of the entries that are written here.
const ENTRY_TYPE: &str = "BitstringStatusListEntry";

/// The most bits an entry may take. The specification gives each value a text, so wider ones have no use.
const SIZE_MAX: u8 = 16;

/// The most texts and references that are read of one entry.
const ITEMS_MAX: usize = 1 << 16;

/// What a list tells about its credentials.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Purpose {
    /// Withdrawn for good.
    Revocation,
    /// Withdrawn for a time.
    Suspension,
    /// There is a newer one to be had.
    Refresh,
    /// A text for each value.
    Message,
    /// Anything else, as written.
    Other(String),
}

impl Purpose {
    /// Reads `statusPurpose`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text {
            "revocation" => Self::Revocation,
            "suspension" => Self::Suspension,
            "refresh" => Self::Refresh,
            "message" => Self::Message,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Writes `statusPurpose`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
            Self::Refresh => "refresh",
            Self::Message => "message",
            Self::Other(text) => text,
        }
    }
}

/// The text of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusMessage {
    /// The value.
    pub value: u64,
    /// Its text.
    pub message: String,
}

/// A `BitstringStatusListEntry`, or a `StatusList2021Entry`.
///
/// Spec: CRED-BSL-1 to CRED-BSL-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEntry {
    /// Which of the two forms; the list has the same.
    pub form: ListForm,
    /// Its own id, which is not that of the list.
    pub id: Option<Iri>,
    /// What for.
    pub purpose: Purpose,
    /// Which entry of the list; beyond every list when it is more than 64 bits hold.
    pub index: u64,
    /// Where the list is.
    pub list: Iri,
    /// The bits of an entry, if told here.
    pub size: Option<u8>,
    /// The texts of its values, if told here.
    pub messages: Vec<StatusMessage>,
    /// Where more is told.
    pub references: Vec<Iri>,
    /// The index was a JSON number. It is accepted and worth a note: it signs as another value than the text (CRED-BSL-4).
    pub index_is_number: bool,
}

impl StatusEntry {
    /// The entry that we write: revocation, at `index` of `list`, with the id `list#index`.
    ///
    /// # Errors
    /// [`EntryError::Malformed`] when `list` has a fragment and so cannot take another.
    pub fn revocation(list: &Iri, index: u64) -> Result<Self, EntryError> {
        let id = match list.split_fragment() {
            (before, None) => Iri::parse(&format!("{before}#{index}")).ok(),
            (_, Some(_)) => None,
        };
        Ok(Self {
            form: ListForm::Bitstring,
            id: Some(id.ok_or(EntryError::Malformed("statusListCredential"))?),
            purpose: Purpose::Revocation,
            index,
            list: list.clone(),
            size: None,
            messages: Vec::new(),
            references: Vec::new(),
            index_is_number: false,
        })
    }

    /// Reads one value of `credentialStatus`.
    ///
    /// # Errors
    /// [`EntryError::UnknownType`] for the entry of another mechanism, which says nothing about this one;
    /// [`EntryError::Malformed`] names the member that is missing or malformed.
    pub fn parse(value: &Value) -> Result<Self, EntryError> {
        let types = match value.get("type") {
            Some(Value::Array(types)) => types.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let is_named = |form: &ListForm| types.iter().any(|name| name == form.entry_type());
        let Some(form) = ListForm::ALL.into_iter().find(is_named) else {
            let other =
                types.first().and_then(Value::as_str).ok_or(EntryError::Malformed("type"))?;
            return Err(EntryError::UnknownType(other.to_owned()));
        };
        let members = value.as_object().ok_or(EntryError::Malformed("type"))?;
        let list = read_iri(members, "statusListCredential")?;
        let list = list.ok_or(EntryError::Malformed("statusListCredential"))?;
        let id = read_iri(members, "id")?;
        if id.as_ref() == Some(&list) {
            return Err(EntryError::Malformed("id"));
        }
        let purpose = members.get("statusPurpose").and_then(Value::as_str);
        let purpose = purpose.filter(|text| !text.is_empty());
        let (index, index_is_number) = read_index(members)?;
        Ok(Self {
            form,
            id,
            purpose: Purpose::of(purpose.ok_or(EntryError::Malformed("statusPurpose"))?),
            index,
            list,
            size: read_size(members)?,
            messages: read_messages(members)?,
            references: read_references(members)?,
            index_is_number,
        })
    }

    /// Writes the members that [`StatusEntry::revocation`] sets; the index as text, as the specification wants it signed.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut value = json!({
            "type": ENTRY_TYPE,
            "statusPurpose": self.purpose.as_str(),
            "statusListIndex": self.index.to_string(),
            "statusListCredential": self.list,
        });
        if let (Some(members), Some(id)) = (value.as_object_mut(), &self.id) {
            members.insert("id".to_owned(), json!(id));
        }
        value
    }
}

/// Why a value is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// The entry is of another mechanism: *not checked*, never *not revoked* (CRED-BSL-29).
    #[error("a status of the type `{0}` is not checked here")]
    UnknownType(String),
    /// The member is missing or malformed.
    #[error("the member `{0}` of the status entry is missing or malformed")]
    Malformed(&'static str),
}

/// Decimal digits as text; a JSON integer is tolerated.
///
/// Spec: CRED-BSL-4.
fn read_index(members: &Map<String, Value>) -> Result<(u64, bool), EntryError> {
    let malformed = EntryError::Malformed("statusListIndex");
    match members.get("statusListIndex") {
        Some(Value::String(text)) => {
            let plain = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
            let padded = text.len() > 1 && text.starts_with('0');
            if !plain || padded {
                return Err(malformed);
            }
            // What does not fit is beyond the end of every list, and is told as that.
            Ok((text.parse().unwrap_or(u64::MAX), false))
        }
        Some(number) => Ok((number.as_u64().ok_or(malformed)?, true)),
        None => Err(malformed),
    }
}

fn read_iri(members: &Map<String, Value>, name: &'static str) -> Result<Option<Iri>, EntryError> {
    let Some(value) = members.get(name) else { return Ok(None) };
    let iri = value.as_str().and_then(|text| Iri::parse(text).ok());
    iri.map(Some).ok_or(EntryError::Malformed(name))
}

/// `statusSize`: a positive integer, in the entry or in the list's subject.
pub(super) fn read_size(members: &Map<String, Value>) -> Result<Option<u8>, EntryError> {
    let Some(value) = members.get("statusSize") else { return Ok(None) };
    let size = value.as_u64().and_then(|size| u8::try_from(size).ok());
    let size = size.filter(|size| (1..=SIZE_MAX).contains(size));
    size.map(Some).ok_or(EntryError::Malformed("statusSize"))
}

/// `statusMessage`, which the specification also spells `statusMessages`, in the entry or in the list's subject.
///
/// Spec: CRED-BSL-7, CRED-ERR-2.
pub(super) fn read_messages(
    members: &Map<String, Value>,
) -> Result<Vec<StatusMessage>, EntryError> {
    let malformed = EntryError::Malformed("statusMessage");
    let Some(value) = members.get("statusMessage").or_else(|| members.get("statusMessages")) else {
        return Ok(Vec::new());
    };
    let items = value.as_array().filter(|items| items.len() <= ITEMS_MAX);
    let read = |item: &Value| {
        let digits = item.get("status")?.as_str()?.strip_prefix("0x")?;
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let value = u64::from_str_radix(digits, 16).ok().filter(|_| plain)?;
        Some(StatusMessage { value, message: item.get("message")?.as_str()?.to_owned() })
    };
    let messages = items.and_then(|items| items.iter().map(read).collect());
    messages.ok_or(malformed)
}

fn read_references(members: &Map<String, Value>) -> Result<Vec<Iri>, EntryError> {
    let items = match members.get("statusReference") {
        None => return Ok(Vec::new()),
        Some(Value::Array(items)) => items.as_slice(),
        Some(item) => std::slice::from_ref(item),
    };
    let read = |item: &Value| Iri::parse(item.as_str()?).ok();
    let references = items.iter().take(ITEMS_MAX).map(read).collect::<Option<_>>();
    references.ok_or(EntryError::Malformed("statusReference"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "https://badges.example/issuers/club/status/revocation-1.json";

    fn entry() -> Value {
        json!({"id": format!("{LIST}#94567"), "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": "94567", "statusListCredential": LIST})
    }

    fn with(name: &str, value: Value) -> Result<StatusEntry, EntryError> {
        let mut entry = entry();
        entry[name] = value;
        StatusEntry::parse(&entry)
    }

    #[test]
    fn what_we_write_is_read_back() {
        let written = StatusEntry::revocation(&Iri::parse(LIST).unwrap(), 94_567).unwrap();
        assert_eq!(written.to_value(), entry());
        assert_eq!(StatusEntry::parse(&entry()), Ok(written));
        let fragment = Iri::parse(&format!("{LIST}#list")).unwrap();
        assert!(StatusEntry::revocation(&fragment, 1).is_err());
    }

    /// CRED-BSL-4.
    #[test]
    fn an_index_is_decimal_digits() {
        for index in ["-1", "1.0", "0x5", "", "+1", " 1", "01", "٣"] {
            let refused = Err(EntryError::Malformed("statusListIndex"));
            assert_eq!(with("statusListIndex", json!(index)), refused, "{index}");
        }
        for index in [json!(-1), json!(1.5), json!(null), json!([1])] {
            assert!(with("statusListIndex", index).is_err());
        }
        let number = with("statusListIndex", json!(7)).unwrap();
        assert_eq!((number.index, number.index_is_number), (7, true));
        let huge = with("statusListIndex", json!("99999999999999999999999")).unwrap();
        assert_eq!(huge.index, u64::MAX);
    }

    /// CRED-BSL-1, CRED-BSL-2, CRED-BSL-3, CRED-BSL-5, CRED-BSL-6, CRED-BSL-8.
    #[test]
    fn a_malformed_member_is_named() {
        for (name, value) in [
            ("type", json!(7)),
            ("id", json!(LIST)),
            ("id", json!("no iri")),
            ("statusPurpose", json!("")),
            ("statusPurpose", json!(["revocation"])),
            ("statusListCredential", json!("revocation-1.json")),
            ("statusListCredential", json!(null)),
            ("statusSize", json!(0)),
            ("statusSize", json!("2")),
            ("statusSize", json!(17)),
            ("statusMessage", json!("0x0")),
            ("statusMessage", json!([{"status": "0", "message": "a"}])),
            ("statusMessage", json!([{"status": "0x+1", "message": "a"}])),
            ("statusReference", json!(["no iri"])),
        ] {
            assert_eq!(
                with(name, value.clone()),
                Err(EntryError::Malformed(name)),
                "{name}: {value}"
            );
        }
    }

    /// CRED-BSL-29.
    #[test]
    fn another_mechanism_is_named_and_not_read() {
        let other = "1EdTechRevocationList";
        assert_eq!(with("type", json!(other)), Err(EntryError::UnknownType(other.to_owned())));
    }

    #[test]
    fn purposes_keep_their_spelling() {
        for text in ["revocation", "suspension", "refresh", "message", "Revocation"] {
            assert_eq!(Purpose::of(text).as_str(), text);
        }
        assert_eq!(Purpose::of("Revocation"), Purpose::Other("Revocation".to_owned()));
    }
}
