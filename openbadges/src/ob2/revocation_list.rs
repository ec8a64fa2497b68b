//! Which signed assertions were withdrawn: [`RevocationList`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Class, Profile, Text, Types, context};
use crate::iri::Iri;
use crate::member::{Compact, Extra, Link, Many};

/// The withdrawn assertions and endorsements of an issuer that signs. Hosted ones are withdrawn where they are hosted.
///
/// Spec: OB2-RL-1 … 8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevocationList {
    /// The context, as a string unless extensions need more (OB2-GEN-2).
    #[serde(rename = "@context", default, skip_serializing_if = "Compact::is_empty")]
    pub context: Compact<Value>,
    /// OB2-RL-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// Contains `RevocationList` (OB2-RL-1).
    #[serde(rename = "type")]
    pub types: Types<Self>,
    /// OB2-RL-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Link<Profile>>,
    /// What is revoked; mandatory even when empty (OB2-RL-4).
    pub revoked_assertions: Many<Link<RevokedEntry>>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}

impl Class for RevocationList {
    const TYPES: &'static [&'static str] = &["RevocationList"];
}

impl RevocationList {
    /// The list at `id`, empty.
    #[must_use]
    pub fn new(id: Iri, issuer: Iri) -> Self {
        Self {
            context: context(),
            id: Some(id),
            types: Types::default(),
            issuer: Some(issuer.into()),
            revoked_assertions: Many::default(),
            extra: Extra::new(),
        }
    }

    /// What the list says of the assertion with this `id`, and `uid` if it has one; `None` when it is not listed.
    ///
    /// Ids are compared to the letter. Spec: OB2-RL-7.
    #[must_use]
    pub fn find(&self, id: &str, uid: Option<&str>) -> Option<Listed<'_>> {
        let listed = self.revoked_assertions.iter().filter_map(|entry| match entry {
            Link::Id(listed) => (listed.as_str() == id).then_some(Listed::Revoked(None)),
            Link::Object(entry) => {
                let has_id = entry.id.as_ref().is_some_and(|listed| listed.as_str() == id);
                let has_uid = entry.uid.is_some() && entry.uid.as_deref() == uid;
                (has_id || has_uid).then_some(match entry.revoked {
                    Some(false) => Listed::NotRevoked,
                    Some(true) | None => Listed::Revoked(entry.revocation_reason.as_ref()),
                })
            }
        });
        // One entry that revokes is enough, whatever stands before it.
        listed.reduce(|one, other| if one == Listed::NotRevoked { other } else { one })
    }
}

/// What a revocation list says of an assertion it lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed<'a> {
    /// It is revoked, for this reason if one is given.
    Revoked(Option<&'a Text>),
    /// It is listed with `revoked: false`, which is odd and does not revoke (OB2-RL-7).
    NotRevoked,
}

/// An entry of a revocation list that is more than an id.
///
/// Spec: OB2-RL-4.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedEntry {
    /// The assertion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Iri>,
    /// Its type, if given.
    #[serde(rename = "type", default, skip_serializing_if = "Compact::is_empty")]
    pub types: Compact<String>,
    /// Its legacy id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Revoked when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_reason: Option<Text>,
    /// Extensions and other members the class does not name (OB2-GEN-13).
    #[serde(flatten)]
    pub extra: Extra,
}
