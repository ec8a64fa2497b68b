//! `tests/demo/awards.yaml`: what the demonstration is made from, row by row.

use std::collections::BTreeMap;

use accolade::id::AwardId;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::Problem;

/// The whole table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The form of the table.
    pub version: u32,
    /// What every derived value begins with.
    pub seed: String,
    /// The moment by which states are told.
    pub clock: String,
    /// The rows.
    pub awards: Vec<Row>,
}

/// One award.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// `A01` …
    pub n: String,
    /// Derived from `n`.
    pub id: String,
    /// The class.
    pub class: String,
    /// The level, for a class with a scale that this award uses.
    pub level: Option<u8>,
    /// For the register.
    pub name: String,
    /// For the register; hashed where the recipient is an address.
    pub email: Option<String>,
    /// How the recipient is named.
    pub recipient: Mode,
    /// The value of the mode `did`.
    pub did: Option<String>,
    /// The value of the mode `url`.
    pub url: Option<String>,
    /// Whether the name is hidden in the credential.
    #[serde(default)]
    pub hidden_name: bool,
    /// The day.
    pub issued: String,
    /// The end, where the class does not give it.
    pub expires: Option<String>,
    /// The row it renews.
    pub renews: Option<String>,
    /// Who sees it.
    pub visibility: String,
    /// Shown by consent.
    pub holder: Option<Holder>,
    /// The language.
    pub lang: String,
    /// Items.
    #[serde(default)]
    pub criteria_met: Vec<String>,
    /// A function.
    pub role: Option<String>,
    /// What was seen.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// When and why it was withdrawn.
    pub revocation: Option<Revocation>,
    /// The issuer's key that signs it.
    pub key: String,
    /// The state at the clock.
    pub status: Status,
    /// For the makers.
    pub note: String,
}

/// How a recipient is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of an award file")]
pub enum Mode {
    Email,
    Did,
    Url,
    Opaque,
}

/// The state of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the words of the table")]
pub enum Status {
    Active,
    Expired,
    Revoked,
}

/// A name shown by consent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The name.
    pub name: String,
    /// The day of the consent.
    pub consent: String,
}

/// A piece of evidence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The story, by language.
    pub narrative: Option<BTreeMap<String, String>>,
    /// A page elsewhere.
    pub url: Option<String>,
    /// A file in `badges/evidence/<id>/`.
    pub file: Option<String>,
    /// Its kind.
    pub genre: Option<String>,
    /// What a picture shows, by language.
    pub alt: Option<BTreeMap<String, String>>,
}

/// A withdrawal.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// The day.
    pub date: String,
    /// The public reason.
    pub reason: Option<String>,
}

impl Table {
    /// Reads the table and checks that every id is the one its row derives.
    ///
    /// # Errors
    /// [`Problem`].
    pub fn read(text: &str) -> Result<Self, Problem> {
        let table: Self = serde_yaml::from_str(text).map_err(Problem::of("the table"))?;
        if table.version != 1 {
            return Err(Problem(format!("version {} of the table", table.version)));
        }
        for row in &table.awards {
            if table.id(&row.n).text() != row.id {
                return Err(Problem(format!("{}: the id is {}", row.n, table.id(&row.n))));
            }
        }
        Ok(table)
    }

    /// The first 128 bits of SHA-256(seed + label).
    #[must_use]
    pub fn bits(&self, label: &str) -> [u8; 16] {
        let digest = Sha256::digest(format!("{}{label}", self.seed));
        let mut bits = [0; 16];
        for (bit, byte) in bits.iter_mut().zip(digest) {
            *bit = byte;
        }
        bits
    }

    /// The id of a row.
    #[must_use]
    pub fn id(&self, n: &str) -> AwardId {
        AwardId::from_bits(self.bits(n))
    }

    /// The row called `n`.
    #[must_use]
    pub fn row(&self, n: &str) -> Option<&Row> {
        self.awards.iter().find(|row| row.n == n)
    }
}
