//! What a sealed credential says, for whoever shows it: the page, the OB 2.0 assertion, the question "the same award?".
//!
//! This is a view for reading our own sealed bytes quickly, one in the time of a file copy; it names the members it
//! needs and skips the rest. Nothing is decided on it that a proof should decide, and nothing is written from it again:
//! the bytes themselves are what is published.

use serde::Deserialize;
use serde_json::Value;

use crate::site::Recipient;

/// A sealed `OpenBadgeCredential`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sealed {
    /// The address of the credential.
    pub id: String,
    /// The achievement's name, with its level.
    pub name: Option<String>,
    /// Who issued it.
    pub issuer: Named,
    /// From when it counts.
    pub valid_from: String,
    /// When it was awarded; absent in what others made.
    pub awarded_date: Option<String>,
    /// When it ends.
    pub valid_until: Option<String>,
    /// To whom, and what for.
    pub credential_subject: Subject,
    /// What was seen.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Its place in the list of the issuer.
    pub credential_status: Status,
}

/// Something with an id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// The id.
    pub id: String,
}

/// `credentialSubject`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Subject {
    /// The recipient, when it is not hashed.
    pub id: Option<String>,
    /// The recipient, when it is hashed; and a hidden name.
    #[serde(default)]
    pub identifier: Vec<Identifier>,
    /// A function held.
    pub role: Option<String>,
    /// What the person was seen to do, in Markdown.
    pub narrative: Option<String>,
    /// What was achieved.
    pub achievement: Achievement,
}

/// `IdentityObject`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identifier {
    /// `emailAddress` or `name`.
    pub identity_type: String,
    /// Whether the next one is a hash.
    pub hashed: bool,
    /// The hash.
    pub identity_hash: String,
    /// Its salt; a hidden name has none here.
    pub salt: Option<String>,
}

/// What is read of the embedded achievement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// Its address.
    pub id: String,
    /// Its language.
    pub in_language: Option<String>,
    /// Other languages, other levels, and the OB 2.0 BadgeClass.
    #[serde(default)]
    pub related: Vec<Related>,
}

/// A related thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Related {
    /// Its address.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub types: Vec<String>,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Evidence {
    /// Its address.
    pub id: Option<String>,
    /// The story, in Markdown.
    pub narrative: Option<String>,
    /// What a picture shows.
    pub description: Option<String>,
    /// `photo`, `text` …
    pub genre: Option<String>,
}

/// `credentialStatus`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The place, as decimal text.
    pub status_list_index: String,
}

impl Sealed {
    /// Reads sealed bytes.
    ///
    /// # Errors
    /// [`SealedError`] when they are not a credential as `seal` writes it.
    pub fn read(bytes: &[u8]) -> Result<Self, SealedError> {
        serde_json::from_slice(bytes).map_err(|error| SealedError { reason: error.to_string() })
    }

    /// Reads a sealed document that was parsed already.
    ///
    /// # Errors
    /// [`SealedError`] when it is not a credential as `seal` writes it.
    pub fn of(document: &Value) -> Result<Self, SealedError> {
        Self::deserialize(document).map_err(|error| SealedError { reason: error.to_string() })
    }

    /// The recipient as an award event names it.
    #[must_use]
    pub fn recipient(&self) -> Option<Recipient> {
        let subject = &self.credential_subject;
        if let Some(id) = &subject.id {
            let scheme = id.split(':').next().unwrap_or_default();
            return Some(match scheme {
                "did" => Recipient::Did(id.clone()),
                "http" | "https" => Recipient::Url(id.clone()),
                _ => Recipient::Opaque(id.clone()),
            });
        }
        let address = subject.identifier.iter().find(|one| one.identity_type == "emailAddress")?;
        Some(Recipient::Email {
            hash: address.identity_hash.clone(),
            salt: address.salt.clone().unwrap_or_default(),
        })
    }

    /// The address of the BadgeClass that says the same in OB 2.0 (OB3-MIG-21).
    #[must_use]
    pub fn badge_class(&self) -> Option<&str> {
        let is_badge_class = |related: &&Related| {
            related.types.iter().any(|name| name == super::achievement::BADGE_CLASS)
        };
        let related = &self.credential_subject.achievement.related;
        related.iter().find(is_badge_class).map(|related| related.id.as_str())
    }
}

/// The bytes are not a sealed credential of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a sealed credential: {reason}")]
pub struct SealedError {
    /// The reader's words.
    pub reason: String,
}
