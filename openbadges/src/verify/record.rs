//! What a badge says of itself, for display.

use std::collections::BTreeMap;

use serde::Serialize;

/// What a badge says of itself. Only what a check covered; all of it is the issuer's own word, and hostile text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// `2.0` or `3.0`; `1.1`, `1.0` or `0.5` for a badge of an old generation; `vcdm` for a credential that is neither
    /// badge nor endorsement.
    pub version: &'static str,
    /// Where in the input it was: `json`, `jwt`, `png`, `svg`; `refreshed` for the newer copy its issuer gave.
    pub found_in: &'static str,
    /// What it is: `badge`, `endorsement` or `credential`.
    pub kind: Kind,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The badge's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The badge's name by language, where the badge gives several.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// The language of its texts, if it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What it is awarded for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The class it is an award of: the id of the Achievement or BadgeClass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The page with the criteria.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criteria: Option<String>,
    /// The picture of the class; never fetched for this report unless the policy asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The results and levels that were reached, each in the words of the badge.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<String>,
    /// How many pieces of evidence it names; none of them is judged.
    pub evidence: usize,
    /// The same class in other languages, versions or generations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// The issuer's name: its own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_name: Option<String>,
    /// The issuer's home page: its own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_url: Option<String>,
    /// Whom it was awarded to, in every way it says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Recipient>,
    /// When it was awarded, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded: Option<String>,
    /// When it ends, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Why it was withdrawn, in the issuer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_reason: Option<String>,
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A badge awarded to somebody.
    #[default]
    Badge,
    /// A statement about a badge, a class or an issuer.
    Endorsement,
    /// A verifiable credential that is neither.
    Credential,
}

/// A document that the badge calls related.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// Its id.
    pub id: String,
    /// Its language, if it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Its version, if it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// One way in which a badge names its recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// The kind of identity, as written: `email`, `emailAddress`, `id`, `url`, `name`…
    pub kind: String,
    /// Whether `identity` is a hash, so that it names nobody by itself.
    pub hashed: bool,
    /// The identity, or its hash.
    pub identity: String,
}
