//! Bitstring status lists: encode, decode, look up.
//!
//! A list says for each index whether the credential of that index was withdrawn. Here is only what the list itself says:
//! that it came from its host, that its proof holds and that it is in date is for [`crate::verify`] to find out first.
//!
//! Spec: CRED-BSL-1 to CRED-BSL-46.

mod bitstring;
mod entry;
mod list;

pub use bitstring::{Bitstring, DecodeBounds, EncodedListError, OutOfRange};
pub use entry::{EntryError, ListForm, Purpose, StatusEntry, StatusMessage};
pub use list::{
    LIST_ENTRIES_MIN, LengthRule, Status, StatusError, StatusList, status_list_subject,
};
