//! An issuer's list of withdrawn awards, before it is signed.

use openbadges::iri::Iri;
use openbadges::ob3::CONTEXT_CREDENTIALS;
use openbadges::status::{Bitstring, Purpose, status_list_subject};
use openbadges::time::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{Records, iri};
use crate::site::Issuer;
use crate::urls;

/// A `BitstringStatusListCredential`.
///
/// It has no `validUntil`: a list that is not renewed during a holiday would turn every badge red. `validFrom` moves only
/// when a bit does, so readers keep the newest list they have seen.
///
/// Spec: CRED-BSL-10 … 17.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusListCredential {
    #[serde(rename = "@context")]
    context: [&'static str; 1],
    id: Iri,
    #[serde(rename = "type")]
    types: [&'static str; 2],
    issuer: Iri,
    valid_from: Timestamp,
    credential_subject: Value,
    /// Set when it is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Value>,
}

impl Records<'_> {
    /// The list of `issuer` with these bits, as of `valid_from`.
    #[must_use]
    pub fn status_list(
        &self,
        issuer: &Issuer,
        bits: &Bitstring,
        valid_from: Timestamp,
    ) -> StatusListCredential {
        let id = self.status_list_id(issuer);
        StatusListCredential {
            context: [CONTEXT_CREDENTIALS],
            credential_subject: status_list_subject(&id, &Purpose::Revocation, bits),
            id,
            types: ["VerifiableCredential", "BitstringStatusListCredential"],
            issuer: iri(&self.issuer_did(issuer)),
            valid_from,
            proof: None,
        }
    }

    /// Its address, which is its `id` (CRED-BSL-14).
    pub(super) fn status_list_id(&self, issuer: &Issuer) -> Iri {
        iri(&self.url(&urls::status_list(&issuer.slug)))
    }
}
