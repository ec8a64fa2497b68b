//! What is achieved: [`Achievement`] and the small classes it is made of.

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{
    AchievementType, AlignmentTargetType, Class, CompactJws, EndorsementCredential, IdentifierType,
    LanguageCode, Profile, ResultType, Type, Types,
};
use crate::iri::Iri;
use crate::member::{Extra, Many};

/// What can be achieved, in one language and one version. It is embedded, and so signed, in every credential.
///
/// Spec: OB3-ACH-1 … 18.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// The URL that serves it, or a `urn:uuid` (OB3-ACH-1).
    pub id: Iri,
    /// Contains `Achievement` (OB3-ACH-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-ACH-3.
    pub name: String,
    /// OB3-ACH-4.
    pub description: String,
    /// How it is earned (OB3-ACH-5).
    pub criteria: Criteria,
    /// PNG or SVG (OB3-ACH-6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// OB3-ACH-7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achievement_type: Option<AchievementType>,
    /// Who designed it (OB3-ACH-8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Profile>,
    /// The language of its texts (OB3-ACH-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<LanguageCode>,
    /// OB3-ACH-14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// OB3-ACH-10.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub tag: Many<String>,
    /// OB3-ACH-9.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub alignment: Many<Alignment>,
    /// The results and levels it can have (OB3-ACH-11).
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub result_description: Many<ResultDescription>,
    /// Other languages and versions (OB3-ACH-12).
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub related: Many<Related>,
    /// OB3-ACH-15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_available: Option<Number>,
    /// OB3-ACH-16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_of_study: Option<String>,
    /// OB3-ACH-16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human_code: Option<String>,
    /// OB3-ACH-16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub specialization: Option<String>,
    /// OB3-ACH-17.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub other_identifier: Many<IdentifierEntry>,
    /// OB3-ACH-18.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub endorsement: Many<EndorsementCredential>,
    /// OB3-ACH-18.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub endorsement_jwt: Many<CompactJws>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Achievement {
    const TYPES: &'static [&'static str] = &["Achievement"];
}

impl Achievement {
    /// An achievement with what it must have.
    #[must_use]
    pub fn new(id: Iri, name: String, description: String, criteria: Criteria) -> Self {
        Self {
            id,
            types: Types::default(),
            name,
            description,
            criteria,
            image: None,
            achievement_type: None,
            creator: None,
            in_language: None,
            version: None,
            tag: Many::default(),
            alignment: Many::default(),
            result_description: Many::default(),
            related: Many::default(),
            credits_available: None,
            field_of_study: None,
            human_code: None,
            specialization: None,
            other_identifier: Many::default(),
            endorsement: Many::default(),
            endorsement_jwt: Many::default(),
            extra: Extra::new(),
        }
    }
}

/// How an achievement is earned. It has no `type`, and needs one of its two members (OB3-VAL-9).
///
/// Spec: OB3-CRI-1, OB3-CRI-2.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Criteria {
    /// The page that says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// The words themselves, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A picture, by its address or as a `data:` URI. The class is closed.
///
/// Spec: OB3-IMG-1 … 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Where it is, or the picture itself.
    pub id: Iri,
    /// The single string `Image`.
    #[serde(rename = "type")]
    pub types: Type<Self>,
    /// The words for those who do not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
}

impl Class for Image {
    const TYPES: &'static [&'static str] = &["Image"];
}

impl Image {
    /// The picture at `id`, with the words for those who do not see it.
    #[must_use]
    pub fn new(id: Iri, caption: Option<String>) -> Self {
        Self { id, types: Type::default(), caption }
    }
}

/// What an achievement corresponds to in a framework.
///
/// Spec: OB3-ALN-1 … 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alignment {
    /// Contains `Alignment`.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-ALN-2.
    pub target_name: String,
    /// OB3-ALN-3.
    pub target_url: Iri,
    /// OB3-ALN-4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    /// The name of the framework (OB3-ALN-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// Its code in the framework (OB3-ALN-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// OB3-ALN-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<AlignmentTargetType>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Alignment {
    const TYPES: &'static [&'static str] = &["Alignment"];
}

impl Alignment {
    /// An alignment with what it must have.
    #[must_use]
    pub fn new(target_name: String, target_url: Iri) -> Self {
        Self {
            types: Types::default(),
            target_name,
            target_url,
            target_description: None,
            target_framework: None,
            target_code: None,
            target_type: None,
            extra: Extra::new(),
        }
    }
}

/// Another language or version of an achievement, or its Open Badges 2.0 counterpart (OB3-MIG-21).
///
/// Spec: OB3-REL-1 … 3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// OB3-REL-1.
    pub id: Iri,
    /// Contains `Related` (OB3-REL-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-REL-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<LanguageCode>,
    /// OB3-REL-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for Related {
    const TYPES: &'static [&'static str] = &["Related"];
}

impl Related {
    /// The related thing.
    #[must_use]
    pub fn new(id: Iri) -> Self {
        let types = Types::default();
        Self { id, types, in_language: None, version: None, extra: Extra::new() }
    }
}

/// A result an achievement can have: its scale.
///
/// Spec: OB3-RDS-1 … 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultDescription {
    /// What results refer to.
    pub id: Iri,
    /// Contains `ResultDescription`.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-RDS-1.
    pub name: String,
    /// OB3-RDS-1.
    pub result_type: ResultType,
    /// In order, low to high (OB3-RDS-2).
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub allowed_value: Many<String>,
    /// The level to reach (OB3-RDS-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_level: Option<Iri>,
    /// OB3-RDS-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_value: Option<String>,
    /// OB3-RDS-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_min: Option<String>,
    /// OB3-RDS-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_max: Option<String>,
    /// The levels (OB3-RDS-4).
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub rubric_criterion_level: Many<RubricCriterionLevel>,
    /// OB3-RDS-5.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub alignment: Many<Alignment>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for ResultDescription {
    const TYPES: &'static [&'static str] = &["ResultDescription"];
}

impl ResultDescription {
    /// A description with what it must have.
    #[must_use]
    pub fn new(id: Iri, name: String, result_type: ResultType) -> Self {
        Self {
            id,
            types: Types::default(),
            name,
            result_type,
            allowed_value: Many::default(),
            required_level: None,
            required_value: None,
            value_min: None,
            value_max: None,
            rubric_criterion_level: Many::default(),
            alignment: Many::default(),
            extra: Extra::new(),
        }
    }
}

/// A level of a scale.
///
/// Spec: OB3-RCL-1, OB3-RCL-2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RubricCriterionLevel {
    /// What `achievedLevel` and `requiredLevel` refer to.
    pub id: Iri,
    /// Contains `RubricCriterionLevel`.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-RCL-1.
    pub name: String,
    /// OB3-RCL-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// OB3-RCL-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// OB3-RCL-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// OB3-RCL-2.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub alignment: Many<Alignment>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for RubricCriterionLevel {
    const TYPES: &'static [&'static str] = &["RubricCriterionLevel"];
}

impl RubricCriterionLevel {
    /// A level with what it must have.
    #[must_use]
    pub fn new(id: Iri, name: String) -> Self {
        Self {
            id,
            types: Types::default(),
            name,
            description: None,
            level: None,
            points: None,
            alignment: Many::default(),
            extra: Extra::new(),
        }
    }
}

/// Another identifier of an achievement or a profile. The class is closed.
///
/// Spec: OB3-IDE-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentifierEntry {
    /// The single string `IdentifierEntry`.
    #[serde(rename = "type")]
    pub types: Type<Self>,
    /// The identifier.
    pub identifier: String,
    /// What kind it is.
    pub identifier_type: IdentifierType,
}

impl Class for IdentifierEntry {
    const TYPES: &'static [&'static str] = &["IdentifierEntry"];
}
