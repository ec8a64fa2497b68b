//! Who issues: [`Profile`], and the key of those who sign: [`CryptographicKey`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Class, Endorsement, Image, Related, Text, Types, VerificationObject, Version, context,
};
use crate::iri::Iri;
use crate::member::{Compact, Extra, Link, Many};

/// An issuer, an endorser or a recipient.
///
/// Issuers have a name, a home page and an e-mail address: [`Profile::issuer`]. A recipient needs none (OB2-PROF-12).
///
/// Spec: OB2-PROF-1 … 13.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The context, as a string unless extensions need more (OB2-GEN-2).
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    pub context: Compact<Value>,
    /// OB2-PROF-1.
    pub id: Iri,
    /// Contains `Issuer` or `Profile` (OB2-PROF-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// The language of its texts (OB2-I18N-1).
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// OB2-PROF-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The home page (OB2-PROF-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Iri>,
    /// OB2-PROF-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// OB2-PROF-6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// OB2-PROF-7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// OB2-PROF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Link<Image>>,
    /// One id is what every validator takes (OB2-PROF-9).
    #[serde(default, skip_serializing_if = "Compact::is_empty")]
    pub public_key: Compact<Link<CryptographicKey>>,
    /// Where its assertions may be hosted (OB2-PROF-10).
    #[serde(rename = "verification", alias = "verify", skip_serializing_if = "Option::is_none")]
    pub verification: Option<VerificationObject>,
    /// OB2-PROF-11.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_list: Option<Iri>,
    /// Other languages and versions (OB2-REL-1).
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub related: Many<Link<Related>>,
    /// OB2-REL-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// OB2-END-10.
    #[serde(default, skip_serializing_if = "Compact::is_empty")]
    pub endorsement: Compact<Link<Endorsement>>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Profile {
    const TYPES: &'static [&'static str] = &["Issuer", "Profile"];
}

impl Profile {
    /// A profile with what any must have, of type `Issuer`.
    #[must_use]
    pub fn new(id: Iri) -> Self {
        Self {
            context: context(),
            id,
            types: Types::default(),
            language: None,
            name: None,
            url: None,
            email: None,
            telephone: None,
            description: None,
            image: None,
            public_key: Compact::default(),
            verification: None,
            revocation_list: None,
            related: Many::default(),
            version: None,
            endorsement: Compact::default(),
            extra: Extra::new(),
        }
    }

    /// An issuer with what it must have (OB2-PROF-3 … 5).
    #[must_use]
    pub fn issuer(id: Iri, name: Text, url: Iri, email: String) -> Self {
        Self { name: Some(name), url: Some(url), email: Some(email), ..Self::new(id) }
    }
}

/// The public key of an issuer that signs assertions.
///
/// Spec: OB2-KEY-1 … 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CryptographicKey {
    /// The context, as a string unless extensions need more (OB2-GEN-2).
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    pub context: Compact<Value>,
    /// Where it is served (OB2-KEY-1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// `CryptographicKey` (OB2-KEY-2).
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// The profile that lists it (OB2-KEY-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Iri>,
    /// SPKI in PEM (OB2-KEY-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key_pem: Option<String>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}
