//! Who achieved it, and how: [`AchievementSubject`].

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{
    Achievement, Alignment, Class, IdentifierType, Image, Profile, ResultStatusType, Type, Types,
};
use crate::iri::Iri;
use crate::member::{Extra, Many};
use crate::time::DateTime;

/// The person (or organisation) a credential is about, and the achievement.
///
/// It needs `id` or an `identifier` (OB3-SUB-1); a credential to bearer is nobody's.
///
/// Spec: OB3-SUB-1 … 11.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievementSubject {
    /// OB3-SUB-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// Contains `AchievementSubject` (OB3-SUB-2).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB3-SUB-3.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub identifier: Many<IdentityObject>,
    /// OB3-SUB-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// In Markdown (OB3-SUB-9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// OB3-SUB-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_start_date: Option<DateTime>,
    /// OB3-SUB-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_end_date: Option<DateTime>,
    /// OB3-SUB-6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits_earned: Option<Number>,
    /// The recipient's own baked picture, not that of the achievement (OB3-SUB-7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// OB3-SUB-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license_number: Option<String>,
    /// OB3-SUB-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// OB3-SUB-10.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub result: Many<AchievedResult>,
    /// Who assessed (OB3-SUB-11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Profile>,
    /// OB3-SUB-4.
    pub achievement: Achievement,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for AchievementSubject {
    const TYPES: &'static [&'static str] = &["AchievementSubject"];
}

impl AchievementSubject {
    /// A subject with what it must have. Give it an `id` or an `identifier` too (OB3-SUB-1).
    #[must_use]
    pub fn new(achievement: Achievement) -> Self {
        Self {
            id: None,
            types: Types::default(),
            identifier: Many::default(),
            role: None,
            narrative: None,
            activity_start_date: None,
            activity_end_date: None,
            credits_earned: None,
            image: None,
            license_number: None,
            term: None,
            result: Many::default(),
            source: None,
            achievement,
            extra: Extra::new(),
        }
    }
}

/// How the recipient is recognised: a hash, or the plain value. The class is closed.
///
/// What the texts mean, and how a person is matched with them, is the affair of [`crate::recipient`].
///
/// Spec: OB3-IDO-1 … 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityObject {
    /// The single string `IdentityObject`.
    #[serde(rename = "type")]
    pub types: Type<Self>,
    /// Whether `identity_hash` is a hash.
    pub hashed: bool,
    /// The hash, or the plain value when it is none.
    pub identity_hash: String,
    /// `emailAddress` for an e-mail address, not `email`.
    pub identity_type: IdentifierType,
    /// What was hashed behind the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

impl Class for IdentityObject {
    const TYPES: &'static [&'static str] = &["IdentityObject"];
}

/// A result that was achieved: the class `Result` of the data model.
///
/// Spec: OB3-RES-1 … 5.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AchievedResult {
    /// Contains `Result`.
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// The `ResultDescription` of the achievement it belongs to (OB3-RES-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_description: Option<Iri>,
    /// The `RubricCriterionLevel` of that description (OB3-RES-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achieved_level: Option<Iri>,
    /// OB3-RES-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// OB3-RES-4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ResultStatusType>,
    /// OB3-RES-5.
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    pub alignment: Many<Alignment>,
    /// Members the class does not name.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for AchievedResult {
    const TYPES: &'static [&'static str] = &["Result"];
}
