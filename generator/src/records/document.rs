//! Records as files: with their contexts, in the one spelling that is served.

use openbadges::ob3::{CONTEXT, CONTEXT_CREDENTIALS};
use serde::Serialize;

/// An OB 3.0 object that is served by itself. Inside a credential the contexts are those of the credential.
///
/// Spec: OB3-CTX-1, OB3-ACH-1, OB3-PROF-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standalone<T> {
    #[serde(rename = "@context")]
    context: [&'static str; 2],
    #[serde(flatten)]
    record: T,
}

impl<T> Standalone<T> {
    pub(super) fn of(record: T) -> Self {
        Self { context: [CONTEXT_CREDENTIALS, CONTEXT], record }
    }
}

/// The bytes of a record: JSON for people who look into a file, with a final line end.
///
/// # Panics
/// Never: a record has text keys only, and no number that JSON cannot write.
#[must_use]
pub fn json(record: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(record).expect("records are made of JSON values");
    bytes.push(b'\n');
    bytes
}
