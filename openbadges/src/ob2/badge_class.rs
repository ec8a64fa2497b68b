//! What is awarded: [`BadgeClass`] and the small classes it is made of.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Class, Endorsement, Profile, Text, Types, Version, context};
use crate::iri::Iri;
use crate::member::{Compact, Extra, Link, Many};

/// What can be awarded, in one language and one version.
///
/// Spec: OB2-BC-1 … 9.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BadgeClass {
    /// The context, as a string unless extensions need more (OB2-GEN-2).
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    pub context: Compact<Value>,
    /// OB2-BC-1.
    pub id: Iri,
    /// Contains `BadgeClass` (OB2-BC-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// The language of its texts (OB2-I18N-1).
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// OB2-BC-3.
    pub name: Text,
    /// OB2-BC-4.
    pub description: Text,
    /// One picture, PNG or SVG (OB2-BC-5).
    pub image: Link<Image>,
    /// OB2-BC-6.
    pub criteria: Link<Criteria>,
    /// OB2-BC-7.
    pub issuer: Link<Profile>,
    /// OB2-BC-8.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub alignment: Many<AlignmentObject>,
    /// OB2-BC-9.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub tags: Many<Text>,
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

impl Class for BadgeClass {
    const TYPES: &'static [&'static str] = &["BadgeClass"];
}

impl BadgeClass {
    /// A class with what it must have.
    #[must_use]
    pub fn new(
        id: Iri,
        name: Text,
        description: Text,
        image: Link<Image>,
        criteria: Link<Criteria>,
        issuer: Link<Profile>,
    ) -> Self {
        Self {
            context: context(),
            id,
            types: Types::default(),
            language: None,
            name,
            description,
            image,
            criteria,
            issuer,
            alignment: Many::default(),
            tags: Many::default(),
            related: Many::default(),
            version: None,
            endorsement: Compact::default(),
            extra: Extra::new(),
        }
    }
}

/// A picture with words.
///
/// Spec: OB2-IMG-1 … 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// Where it is, or a `data:` URI (OB2-IMG-2).
    pub id: Iri,
    /// `schema:ImageObject` when absent (OB2-IMG-1).
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// The words for those who do not see it (OB2-IMG-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text>,
    /// OB2-IMG-4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Iri>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl Image {
    /// The picture at `id`, with the words for those who do not see it.
    #[must_use]
    pub fn new(id: Iri, caption: Option<Text>) -> Self {
        Self { id, types: Compact::default(), caption, author: None, extra: Extra::new() }
    }
}

/// How a badge is earned. It needs one of `id` and `narrative`; we write both (OB2-CRIT-4).
///
/// Spec: OB2-CRIT-1 … 5.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Criteria {
    /// `Criteria` when absent (OB2-CRIT-1).
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// The page that says it (OB2-CRIT-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// The words themselves, in Markdown (OB2-CRIT-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<Text>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

/// What a badge corresponds to in a framework. The names of version 1.x are read as well.
///
/// Spec: OB2-ALN-1 … 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlignmentObject {
    /// `AlignmentObject` when given.
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// OB2-ALN-1.
    #[serde(rename = "targetName", alias = "name")]
    pub target_name: Text,
    /// OB2-ALN-2.
    #[serde(rename = "targetUrl", alias = "url")]
    pub target_url: Iri,
    /// OB2-ALN-3.
    #[serde(
        rename = "targetDescription",
        alias = "description",
        skip_serializing_if = "Option::is_none"
    )]
    pub target_description: Option<Text>,
    /// The name of the framework (OB2-ALN-3, OB2-CONST-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<Text>,
    /// Its code in the framework (OB2-ALN-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl AlignmentObject {
    /// An alignment with what it must have.
    #[must_use]
    pub fn new(target_name: Text, target_url: Iri) -> Self {
        Self {
            types: Compact::default(),
            target_name,
            target_url,
            target_description: None,
            target_framework: None,
            target_code: None,
            extra: Extra::new(),
        }
    }
}

/// Another language or version of the same thing, or its Open Badges 3.0 counterpart (OB3-MIG-21).
///
/// Spec: OB2-REL-1, OB2-I18N-2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// Absent between things of the same class.
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// The other thing.
    pub id: Iri,
    /// The language of its texts (OB2-I18N-1).
    #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// OB2-REL-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl Related {
    /// The related thing.
    #[must_use]
    pub fn new(id: Iri) -> Self {
        Self { types: Compact::default(), id, language: None, version: None, extra: Extra::new() }
    }
}
