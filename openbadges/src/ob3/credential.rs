//! The credential: [`OpenBadgeCredential`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AchievementSubject, CONTEXT, CONTEXT_CREDENTIALS, Class, CompactJws, EndorsementCredential,
    Image, Profile, Types,
};
use crate::iri::{Iri, IriError};
use crate::member::{Compact, Extra, Link, Many};
use crate::time::DateTime;

/// An achievement of somebody, said by somebody: the document that is signed.
///
/// The old name `AchievementCredential` is read as well (OB3-CONST-6).
///
/// Spec: OB3-AC-1 … 19; `relatedResource`: CRED-VCDM-11.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenBadgeCredential {
    /// First VCDM 2.0, second Open Badges, then others (OB3-CTX-1).
    #[serde(rename = "@context")]
    pub context: Many<Iri>,
    /// An https URL or a `urn:uuid` (OB3-AC-2).
    pub id: Iri,
    /// OB3-AC-3.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-AC-4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// OB3-AC-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Shown in wallets (OB3-AC-6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// OB3-AC-7; we write the object.
    pub issuer: Link<Profile>,
    /// OB3-AC-8.
    pub valid_from: DateTime,
    /// OB3-AC-9.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<DateTime>,
    /// When it was first awarded, if `valid_from` has moved on (OB3-AC-10).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_date: Option<DateTime>,
    /// OB3-AC-11.
    pub credential_subject: AchievementSubject,
    /// OB3-AC-14.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub evidence: Many<Evidence>,
    /// OB3-AC-12.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub endorsement: Many<EndorsementCredential>,
    /// OB3-AC-13.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub endorsement_jwt: Many<CompactJws>,
    /// OB3-AC-16.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub credential_schema: Many<CredentialSchema>,
    /// OB3-AC-17.
    #[serde(default, skip_serializing_if = "Compact::is_empty")]
    pub credential_status: Compact<CredentialStatus>,
    /// OB3-AC-18.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_service: Option<RefreshService>,
    /// OB3-AC-19.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub terms_of_use: Many<TermsOfUse>,
    /// Digests of files the credential speaks of (CRED-VCDM-11).
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub related_resource: Many<RelatedResource>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
    /// One proof or an array of them (OB3-AC-15), see [`crate::proof`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Value>,
}

impl Class for OpenBadgeCredential {
    const TYPES: &'static [&'static str] = &["VerifiableCredential", "OpenBadgeCredential"];

    fn fits(types: &[String]) -> bool {
        let has = |name: &str| types.iter().any(|one| one == name);
        has("VerifiableCredential") && (has("OpenBadgeCredential") || has("AchievementCredential"))
    }
}

impl OpenBadgeCredential {
    /// A credential with what it must have, under our two contexts.
    #[must_use]
    pub fn new(
        id: Iri,
        issuer: Link<Profile>,
        valid_from: DateTime,
        credential_subject: AchievementSubject,
    ) -> Self {
        Self {
            context: contexts(),
            id,
            types: Types::default(),
            name: None,
            description: None,
            image: None,
            issuer,
            valid_from,
            valid_until: None,
            awarded_date: None,
            credential_subject,
            evidence: Many::default(),
            endorsement: Many::default(),
            endorsement_jwt: Many::default(),
            credential_schema: Many::default(),
            credential_status: Compact::default(),
            refresh_service: None,
            terms_of_use: Many::default(),
            related_resource: Many::default(),
            extra: Extra::new(),
            proof: None,
        }
    }
}

/// The two contexts of every document we write, in order: OB3-CONST-1, OB3-CONST-2, OB3-CTX-6.
pub(super) fn contexts() -> Many<Iri> {
    let contexts: Result<_, IriError> =
        [CONTEXT_CREDENTIALS, CONTEXT].into_iter().map(Iri::parse).collect();
    contexts.expect("both constants are absolute IRIs")
}

/// Something that shows that the criteria were met.
///
/// Spec: OB3-EV-1, OB3-EV-2.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// Contains `Evidence`.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it tells, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// What it is, shorter than the narrative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its kind: poetry, prose, film …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// Whom it was made for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Evidence {
    const TYPES: &'static [&'static str] = &["Evidence"];
}

/// A JSON Schema the credential conforms to.
///
/// Spec: OB3-SCH-1, OB3-JS-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialSchema {
    /// The address of the schema.
    pub id: Iri,
    /// [`SCHEMA_VALIDATOR`](super::SCHEMA_VALIDATOR), or another method.
    #[serde(rename = "type")]
    pub kind: String,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Where to ask whether the credential was withdrawn.
///
/// Which members are there depends on `kind`; the lists are the affair of [`crate::status`].
///
/// Spec: OB3-STA-1, OB3-RL-1, CRED-BSL-1 … 8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialStatus {
    /// The entry, or for a 1EdTech list the list itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// `BitstringStatusListEntry`, `1EdTechRevocationList` …
    #[serde(rename = "type")]
    pub kind: String,
    /// CRED-BSL-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_purpose: Option<String>,
    /// A decimal number, as a string (CRED-BSL-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_list_index: Option<String>,
    /// CRED-BSL-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_list_credential: Option<Iri>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Where to get the current form of the credential.
///
/// Spec: OB3-RFS-1, OB3-RF-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefreshService {
    /// The address that serves it.
    pub id: Iri,
    /// [`CREDENTIAL_REFRESH`](super::CREDENTIAL_REFRESH).
    #[serde(rename = "type")]
    pub kind: String,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Terms under which the credential may be used.
///
/// Spec: OB3-AC-19, CRED-VCDM-10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TermsOfUse {
    /// Where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// Their kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file the credential speaks of, with its digest, so that a swapped file is noticed.
///
/// Spec: CRED-VCDM-11.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RelatedResource {
    /// Where the file is.
    pub id: Iri,
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Subresource Integrity: `sha384-` and base64.
    #[serde(rename = "digestSRI", skip_serializing_if = "Option::is_none")]
    pub digest_sri: Option<String>,
    /// A multihash in multibase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest_multibase: Option<String>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}
