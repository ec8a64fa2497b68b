//! Data Integrity proofs: sign a document, and check what a proof says of one.
//!
//! A proof covers the document without its `proof`, and every member of itself but `proofValue`. What exactly the
//! signature is made over depends on the suite, and is in `hash.rs`: statements for `eddsa-rdfc-2022`, JSON for
//! `eddsa-jcs-2022`.
//!
//! Whose key it is, and whether the proof came in time, is not decided here: the caller finds the key ([`crate::did`])
//! and judges the dates that [`ProofChecked`] hands on. Proof chains are refused by name; each proof of a set stands for
//! itself (CRED-SET-1).
//!
//! Spec: CRED-DI-*, CRED-EDDSA-*, CRED-JCS-*, CRED-SET-*.

mod check;
mod hash;
mod read;
mod sign;

pub use check::{ContextForm, MatchedReading, ProofChecked, Unsecured, verify};
pub use read::{PROOFS_MAX, Proof, ProofError, Secured};
pub use sign::{ProofOptions, SignError, sign};

/// The cryptographic suites that are written and read. Both sign with Ed25519.
///
/// A closed list: what a document names only chooses from it (CRED-SUITE-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Suite {
    /// Over the statements of the document (RDFC-1.0, SHA-256).
    EddsaRdfc2022,
    /// Over its JSON (RFC 8785, SHA-256). No certification accepts it; browsers can check it (CRED-JCS-5).
    EddsaJcs2022,
}

impl Suite {
    /// The `cryptosuite` of a proof.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
        }
    }

    /// The suite of this exact name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        [Self::EddsaRdfc2022, Self::EddsaJcs2022].into_iter().find(|suite| suite.name() == name)
    }
}

#[cfg(test)]
mod tests;
