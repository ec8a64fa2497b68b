//! A statement about an achievement, a profile or a credential: [`EndorsementCredential`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::credential::contexts;
use super::{
    Class, CredentialSchema, CredentialStatus, Evidence, Profile, RefreshService, TermsOfUse, Types,
};
use crate::iri::Iri;
use crate::member::{Compact, Extra, Link, Many};
use crate::time::DateTime;

/// An endorsement: a credential of its own, with its own contexts and proof, wherever it stands.
///
/// Spec: OB3-END-1 … 7.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndorsementCredential {
    /// As in a credential (OB3-END-1).
    #[serde(rename = "@context")]
    pub context: Many<Iri>,
    /// OB3-END-1.
    pub id: Iri,
    /// OB3-END-1.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// Mandatory here (OB3-END-2).
    pub name: String,
    /// OB3-END-7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who endorses (OB3-END-1).
    pub issuer: Link<Profile>,
    /// OB3-END-1.
    pub valid_from: DateTime,
    /// OB3-END-7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<DateTime>,
    /// OB3-END-7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_date: Option<DateTime>,
    /// OB3-END-3.
    pub credential_subject: EndorsementSubject,
    /// OB3-END-7.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub evidence: Many<Evidence>,
    /// OB3-END-7.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub credential_schema: Many<CredentialSchema>,
    /// OB3-END-7.
    #[serde(default, skip_serializing_if = "Compact::is_empty")]
    pub credential_status: Compact<CredentialStatus>,
    /// OB3-END-7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_service: Option<RefreshService>,
    /// OB3-END-7.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub terms_of_use: Many<TermsOfUse>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
    /// One proof or an array of them, see [`crate::proof`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Value>,
}

impl Class for EndorsementCredential {
    const TYPES: &'static [&'static str] = &["VerifiableCredential", "EndorsementCredential"];
}

impl EndorsementCredential {
    /// An endorsement with what it must have, under our two contexts.
    #[must_use]
    pub fn new(
        id: Iri,
        name: String,
        issuer: Link<Profile>,
        valid_from: DateTime,
        credential_subject: EndorsementSubject,
    ) -> Self {
        Self {
            context: contexts(),
            id,
            types: Types::default(),
            name,
            description: None,
            issuer,
            valid_from,
            valid_until: None,
            awarded_date: None,
            credential_subject,
            evidence: Many::default(),
            credential_schema: Many::default(),
            credential_status: Compact::default(),
            refresh_service: None,
            terms_of_use: Many::default(),
            extra: Extra::new(),
            proof: None,
        }
    }
}

/// What is endorsed, and what is said about it.
///
/// Spec: OB3-END-4 … 6.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndorsementSubject {
    /// The achievement, profile or credential (OB3-END-4).
    pub id: Iri,
    /// Contains `EndorsementSubject` (OB3-END-5).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// In Markdown (OB3-END-6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorsement_comment: Option<String>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for EndorsementSubject {
    const TYPES: &'static [&'static str] = &["EndorsementSubject"];
}
