//! A statement about a badge, a class or a profile: [`Endorsement`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::assertion::only_true;
use super::{Class, Profile, Related, Text, Types, VerificationObject, Version, context};
use crate::iri::Iri;
use crate::member::{Compact, Extra, Link, Many};
use crate::time::DateTime;

/// An endorsement, hosted or signed like an assertion.
///
/// Spec: OB2-END-1 … 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endorsement {
    /// The context, as a string unless extensions need more (OB2-GEN-2).
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    pub context: Compact<Value>,
    /// OB2-END-1.
    pub id: Iri,
    /// Contains `Endorsement` (OB2-END-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// The language of its texts (OB2-I18N-1).
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// OB2-END-3.
    pub claim: Link<Claim>,
    /// OB2-END-5.
    pub issuer: Link<Profile>,
    /// OB2-END-6.
    pub issued_on: DateTime,
    /// OB2-END-7.
    #[serde(rename = "verification", alias = "verify")]
    pub verification: VerificationObject,
    /// OB2-END-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// OB2-END-8.
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
    pub endorsement: Compact<Link<Self>>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Endorsement {
    const TYPES: &'static [&'static str] = &["Endorsement"];
}

impl Endorsement {
    /// An endorsement with what it must have.
    #[must_use]
    pub fn new(
        id: Iri,
        claim: Link<Claim>,
        issuer: Link<Profile>,
        issued_on: DateTime,
        verification: VerificationObject,
    ) -> Self {
        Self {
            context: context(),
            id,
            types: Types::default(),
            language: None,
            claim,
            issuer,
            issued_on,
            verification,
            revoked: None,
            revocation_reason: None,
            related: Many::default(),
            version: None,
            endorsement: Compact::default(),
            extra: Extra::new(),
        }
    }
}

/// What is left of a revoked endorsement.
///
/// Spec: OB2-END-8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedEndorsement {
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    context: Compact<Value>,
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    types: Compact<String>,
    id: Iri,
    issuer: Link<Profile>,
    #[serde(deserialize_with = "only_true")]
    revoked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_reason: Option<Text>,
}

impl RevokedEndorsement {
    /// The body for the endorsement at `id`.
    #[must_use]
    pub fn new(id: Iri, issuer: Link<Profile>, revocation_reason: Option<Text>) -> Self {
        let types = String::from("Endorsement").into();
        Self { context: context(), types, id, issuer, revoked: true, revocation_reason }
    }

    /// The id of the endorsement.
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

/// What is endorsed, and what is claimed about it.
///
/// Spec: OB2-END-3, OB2-END-4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// The endorsed thing.
    pub id: Iri,
    /// Its type, if given.
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// In Markdown (OB2-END-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorsement_comment: Option<Text>,
    /// Other properties that are claimed, and extensions.
    #[serde(flatten)]
    pub extra: Extra,
}
