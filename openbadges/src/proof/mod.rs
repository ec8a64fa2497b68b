//! Data Integrity proofs: sign a document, and check what a proof says of one.
//!
//! A proof covers the document without its `proof`, and every member of itself but `proofValue`. What exactly the
//! signature is made over depends on the suite, and is in `hash.rs`: JSON for `eddsa-jcs-2022`, statements for the
//! others.
//!
//! Whose key it is, and whether the proof came in time, is not decided here: the caller finds the key ([`crate::did`])
//! and judges the dates that [`ProofChecked`] hands on. Each proof of a set stands for itself (CRED-SET-1); one that
//! builds on others is checked with the evidence of those (CRED-SET-2, [`Unsecured::verify_after`]).
//!
//! Spec: CRED-DI-*, CRED-EDDSA-*, CRED-JCS-*, CRED-ECDSA-*, CRED-2020-1, CRED-SET-*.

mod chain;
mod check;
mod hash;
pub mod jws;
mod read;
mod sign;

pub use chain::{ChainError, Linked, in_order};
pub use check::{ContextForm, MatchedReading, ProofChecked, Unsecured, verify};
pub use read::{PROOFS_MAX, Proof, ProofError, Secured};
pub use sign::{ProofOptions, SignError, sign, sign_with};

use crate::key::PublicKey;

/// The cryptographic suites that are read. The generator writes the first two.
///
/// A closed list: what a document names only chooses from it (CRED-SUITE-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Suite {
    /// Over the statements of the document (RDFC-1.0, SHA-256), with Ed25519.
    EddsaRdfc2022,
    /// Over its JSON (RFC 8785, SHA-256), with Ed25519. No certification accepts it; browsers can check it (CRED-JCS-5).
    EddsaJcs2022,
    /// Over the statements, with ECDSA: P-256 and SHA-256, or P-384 and SHA-384 throughout (CRED-ECDSA-1).
    EcdsaRdfc2019,
    /// The elder form of [`Self::EddsaRdfc2022`], a proof type of its own. Read, never written (CRED-2020-1).
    Ed25519Signature2020,
}

impl Suite {
    /// The `cryptosuite` of a proof; of a proof from before there were any, its `type`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
            Self::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Self::Ed25519Signature2020 => "Ed25519Signature2020",
        }
    }

    /// The suite with this exact `cryptosuite`.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        [Self::EddsaRdfc2022, Self::EddsaJcs2022, Self::EcdsaRdfc2019]
            .into_iter()
            .find(|suite| suite.name() == name)
    }

    /// Whether the suite signs with keys of this kind. A key never serves in a suite it was not made for.
    #[must_use]
    pub fn takes(self, key: &PublicKey) -> bool {
        match self {
            Self::EddsaRdfc2022 | Self::EddsaJcs2022 | Self::Ed25519Signature2020 => {
                matches!(key, PublicKey::Ed25519(_))
            }
            Self::EcdsaRdfc2019 => matches!(key, PublicKey::P256(_) | PublicKey::P384(_)),
        }
    }
}

#[cfg(test)]
mod tests;
