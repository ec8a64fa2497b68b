//! Who was awarded what: [`Assertion`] and the small classes it is made of.

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;

use super::{
    BadgeClass, Class, Endorsement, Image, Related, Text, Types, VerificationType, Version, context,
};
use crate::iri::Iri;
use crate::member::{Compact, Extra, Link, Many};
use crate::time::DateTime;

/// A badge awarded to somebody.
///
/// Spec: OB2-ASN-1 … 13.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assertion {
    /// The context, as a string unless extensions need more (OB2-GEN-2).
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    pub context: Compact<Value>,
    /// The URL where it is hosted, or a `urn:uuid` when it is signed (OB2-ASN-1).
    pub id: Iri,
    /// Contains `Assertion` (OB2-ASN-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// The language of its texts (OB2-I18N-1).
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// OB2-ASN-3.
    pub recipient: IdentityObject,
    /// OB2-ASN-4.
    pub badge: Link<BadgeClass>,
    /// OB2-ASN-5; `verify` is read as well.
    #[serde(rename = "verification", alias = "verify")]
    pub verification: VerificationObject,
    /// OB2-ASN-6.
    pub issued_on: DateTime,
    /// OB2-ASN-10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<DateTime>,
    /// The baked picture, never that of the class (OB2-ASN-7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Link<Image>>,
    /// OB2-ASN-8.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub evidence: Many<Link<Evidence>>,
    /// In Markdown (OB2-ASN-9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<Text>,
    /// OB2-ASN-11; see [`RevokedAssertion`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// OB2-ASN-12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_reason: Option<Text>,
    /// Other languages and versions (OB2-REL-1).
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub related: Many<Link<Related>>,
    /// OB2-REL-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// OB2-END-10.
    #[serde(default, skip_serializing_if = "Compact::is_empty")]
    pub endorsement: Compact<Link<Endorsement>>,
    /// Read for old revocation lists, not written (OB2-ASN-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Assertion {
    const TYPES: &'static [&'static str] = &["Assertion"];
}

impl Assertion {
    /// A hosted assertion with what it must have.
    #[must_use]
    pub fn hosted(
        id: Iri,
        recipient: IdentityObject,
        badge: Link<BadgeClass>,
        issued_on: DateTime,
    ) -> Self {
        Self {
            context: context(),
            id,
            types: Types::default(),
            language: None,
            recipient,
            badge,
            verification: VerificationObject::new(VerificationType::hosted()),
            issued_on,
            expires: None,
            image: None,
            evidence: Many::default(),
            narrative: None,
            revoked: None,
            revocation_reason: None,
            related: Many::default(),
            version: None,
            endorsement: Compact::default(),
            uid: None,
            extra: Extra::new(),
        }
    }
}

/// What is left of a revoked hosted assertion: nothing about the recipient, and too little to pass for a badge.
///
/// Read it first: `revoked: true` means revoked whatever else the body says (OB2-HOST-3), so reading looks at these
/// members only.
///
/// Spec: OB2-REV-1 … 4, OB2-ASN-11.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedAssertion {
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    context: Compact<Value>,
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    types: Compact<String>,
    id: Iri,
    #[serde(deserialize_with = "only_true")]
    revoked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_reason: Option<Text>,
}

impl RevokedAssertion {
    /// The body for the assertion at `id`.
    #[must_use]
    pub fn new(id: Iri, revocation_reason: Option<Text>) -> Self {
        let types = String::from("Assertion").into();
        Self { context: context(), types, id, revoked: true, revocation_reason }
    }

    /// The id of the assertion.
    #[must_use]
    pub const fn id(&self) -> &Iri {
        &self.id
    }

    /// Why, if it is said.
    #[must_use]
    pub const fn revocation_reason(&self) -> Option<&Text> {
        self.revocation_reason.as_ref()
    }
}

pub(super) fn only_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    if bool::deserialize(deserializer)? {
        return Ok(true);
    }
    Err(de::Error::custom("it is not revoked"))
}

/// How the recipient is recognised: a hash, or the plain value.
///
/// What the texts mean, and how a person is matched with them, is the affair of [`crate::recipient`].
///
/// Spec: OB2-ID-1 … 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityObject {
    /// The property that identifies: `email`, `url`, `telephone` or `id` (OB2-ID-1).
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether `identity` is a hash (OB2-ID-3).
    pub hashed: bool,
    /// What was hashed behind the value (OB2-ID-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The hash, or the plain value (OB2-ID-2).
    pub identity: String,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

/// How an assertion is verified; or, in a [`Profile`](super::Profile), where its assertions may be hosted.
///
/// Spec: OB2-VER-1 … 6.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerificationObject {
    /// OB2-VER-1.
    #[serde(rename = "type")]
    pub kind: VerificationType,
    /// Only `id` exists; we leave it out (OB2-VER-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_property: Option<String>,
    /// In a profile: one of these begins the id of each assertion (OB2-VER-3).
    #[serde(default, skip_serializing_if = "Compact::is_empty")]
    pub starts_with: Compact<String>,
    /// In a profile: the hosts of its assertions (OB2-VER-4).
    #[serde(default, skip_serializing_if = "Compact::is_empty")]
    pub allowed_origins: Compact<String>,
    /// In a signed assertion: the key (OB2-VER-5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Iri>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl VerificationObject {
    /// A verification of this type and nothing more.
    #[must_use]
    pub fn new(kind: VerificationType) -> Self {
        Self {
            kind,
            verification_property: None,
            starts_with: Compact::default(),
            allowed_origins: Compact::default(),
            creator: None,
            extra: Extra::new(),
        }
    }
}

/// Something that shows that the criteria were met.
///
/// Spec: OB2-EVD-1 … 3.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// `Evidence` when absent (OB2-EVD-1).
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// The page that shows it (OB2-EVD-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// Its title (OB2-EVD-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// What it tells, in Markdown (OB2-EVD-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<Text>,
    /// What it is, shorter than the narrative (OB2-EVD-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Its kind (OB2-EVD-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<Text>,
    /// Whom it was made for (OB2-EVD-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Text>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}
