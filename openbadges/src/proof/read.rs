//! Proofs as they stand in a document.

use serde_json::{Map, Value};

use super::{ChainError, Suite, hash};
use crate::did::Relationship;
use crate::iri::Iri;
use crate::jsonld::{JsonLdError, Problem};
use crate::multibase::{self, MultibaseError};
use crate::rdfc::RdfcError;
use crate::time::Timestamp;

/// The most proofs of a document that are looked at (CRED-SET-5).
pub const PROOFS_MAX: usize = 8;

/// The type of the proofs that name a suite.
pub(super) const PROOF_TYPE: &str = "DataIntegrityProof";

/// What a proof may say. Another word is one that nobody reads here, or another name of one of these: vocabularies that are
/// known have two for the end of a proof, and the statements stay the same under either (CRED-UNSIGNED-6, CRED-SAFE-8).
const MEMBERS: [&str; 13] = [
    "@context",
    "challenge",
    "created",
    "cryptosuite",
    "domain",
    "expires",
    "id",
    "nonce",
    "previousProof",
    "proofPurpose",
    "proofValue",
    "type",
    "verificationMethod",
];

/// The width of a signature by Ed25519 or P-256.
const SIGNATURE_BYTES: usize = 64;

/// The width of a signature by P-384.
const SIGNATURE_BYTES_P384: usize = 96;

/// A secured document, taken apart: what the proofs cover, and the proofs.
#[derive(Debug, Clone, PartialEq)]
pub struct Secured {
    /// The document without `proof`.
    pub unsecured: Value,
    /// The proofs in their order, unread.
    pub proofs: Vec<Value>,
}

impl Secured {
    /// Takes a document apart, which may be a large one: nothing is copied.
    ///
    /// # Errors
    /// [`ProofError::Malformed`] when it is no object or `proof` holds no objects, [`ProofError::NoProof`] when there is
    /// none, [`ProofError::TooManyProofs`] beyond [`PROOFS_MAX`].
    ///
    /// Spec: CRED-DI-20, CRED-SET-1, CRED-SET-5.
    pub fn split(document: Value) -> Result<Self, ProofError> {
        let mut unsecured = document;
        let members = unsecured.as_object_mut().ok_or(ProofError::NotAnObject)?;
        let proofs = match members.remove("proof") {
            None => return Err(ProofError::NoProof),
            Some(Value::Array(proofs)) => proofs,
            Some(proof) => vec![proof],
        };
        if proofs.is_empty() {
            return Err(ProofError::NoProof);
        }
        if proofs.len() > PROOFS_MAX {
            return Err(ProofError::TooManyProofs);
        }
        if !proofs.iter().all(Value::is_object) {
            return Err(ProofError::Malformed("proof"));
        }
        Ok(Self { unsecured, proofs })
    }
}

/// What a proof says of itself, once its form is sound. The signature is not yet checked.
///
/// Spec: CRED-DI-1 to CRED-DI-10.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proof {
    /// How it was made.
    pub suite: Suite,
    /// The key it names.
    pub verification_method: Iri,
    /// When it was made, by its own account.
    pub created: Option<Timestamp>,
    /// Until when it is meant to be trusted; the caller compares it with the time (CRED-DI-6).
    pub expires: Option<Timestamp>,
    /// It was made for one place or one exchange (`domain`, `challenge`), which is odd for a badge (CRED-DI-7).
    pub is_for_an_exchange: bool,
    /// Whether it builds on other proofs (`previousProof`), which [`super::in_order`] finds.
    pub is_chained: bool,
    pub(super) signature: Box<[u8]>,
    /// What the signature covers of the proof.
    pub(super) options: Map<String, Value>,
}

impl Proof {
    /// Reads one proof.
    ///
    /// # Errors
    /// [`ProofError::UnknownType`] and [`ProofError::UnknownSuite`] for what is not supported; [`ProofError::Purpose`],
    /// [`ProofError::Malformed`], [`ProofError::UnknownMember`] and [`ProofError::Value`] for what is wrong.
    ///
    /// Spec: CRED-DI-1 to CRED-DI-9, CRED-DI-21, CRED-EDDSA-2, CRED-EDDSA-4, CRED-EDDSA-7, CRED-ECDSA-1, CRED-2020-1,
    /// CRED-SUITE-1.
    pub fn parse(proof: &Value) -> Result<Self, ProofError> {
        let members = proof.as_object().ok_or(ProofError::Malformed("proof"))?;
        let text =
            |name| members.get(name).and_then(Value::as_str).ok_or(ProofError::Malformed(name));
        let suite = match text("type")? {
            PROOF_TYPE => {
                let name = text("cryptosuite")?;
                Suite::of(name).ok_or_else(|| ProofError::UnknownSuite(name.to_owned()))?
            }
            // A type of its own, which has no suites.
            "Ed25519Signature2020" if members.contains_key("cryptosuite") => {
                return Err(ProofError::Malformed("cryptosuite"));
            }
            "Ed25519Signature2020" => Suite::Ed25519Signature2020,
            other => return Err(ProofError::UnknownType(other.to_owned())),
        };
        if let Some(other) = members.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
            return Err(ProofError::UnknownMember(other.clone()));
        }
        if text("proofPurpose")? != Relationship::AssertionMethod.name() {
            return Err(ProofError::Purpose);
        }
        let method = Iri::parse(text("verificationMethod")?);
        Ok(Self {
            suite,
            verification_method: method.map_err(|_| ProofError::Malformed("verificationMethod"))?,
            created: read_moment(members, "created")?,
            expires: read_moment(members, "expires")?,
            is_for_an_exchange: ["domain", "challenge"]
                .iter()
                .any(|name| members.contains_key(*name)),
            is_chained: members.contains_key("previousProof"),
            signature: read_signature(suite, text("proofValue")?)?,
            options: hash::options(members),
        })
    }
}

/// A moment; without a zone it is in UTC (CRED-DI-5).
fn read_moment(
    members: &Map<String, Value>,
    name: &'static str,
) -> Result<Option<Timestamp>, ProofError> {
    let Some(value) = members.get(name) else { return Ok(None) };
    let text = value.as_str().ok_or(ProofError::Malformed(name))?;
    let moment = Timestamp::parse(text).or_else(|_| Timestamp::parse(&format!("{text}Z")));
    moment.map(Some).map_err(|_| ProofError::Malformed(name))
}

/// Spec: CRED-EDDSA-7, CRED-ECDSA-1.
fn read_signature(suite: Suite, text: &str) -> Result<Box<[u8]>, ProofError> {
    let bytes = multibase::decode_base58btc(text).map_err(ProofError::Value)?;
    let widths: &[usize] = match suite {
        Suite::EcdsaRdfc2019 => &[SIGNATURE_BYTES, SIGNATURE_BYTES_P384],
        Suite::EddsaRdfc2022 | Suite::EddsaJcs2022 | Suite::Ed25519Signature2020 => {
            &[SIGNATURE_BYTES]
        }
    };
    if !widths.contains(&bytes.len()) {
        return Err(ProofError::Malformed("proofValue"));
    }
    Ok(bytes.into())
}

/// Why a proof does not stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The document is no JSON object.
    #[error("the document is not an object")]
    NotAnObject,
    /// There is nothing that secures the document.
    #[error("the document has no proof")]
    NoProof,
    /// More proofs than are looked at.
    #[error("the document has more than {PROOFS_MAX} proofs")]
    TooManyProofs,
    /// A document handed over as unsecured still has a `proof`. The caller's mistake.
    #[error("the document still has its `proof`")]
    StillSecured,
    /// A member of the proof is missing or malformed.
    #[error("the member `{0}` of the proof is missing or malformed")]
    Malformed(&'static str),
    /// A member that proofs of this kind do not have.
    #[error("the proof has a member `{0}`, which is not one of a proof's")]
    UnknownMember(String),
    /// Another type than those that are read: unsupported, which says nothing of the document.
    #[error("a proof of the type `{0}` is not supported")]
    UnknownType(String),
    /// Another suite: unsupported, and never treated as one with a similar name.
    #[error("the cryptographic suite `{0}` is not supported")]
    UnknownSuite(String),
    /// The proof builds on others, and was checked without the evidence of those.
    #[error("the proof builds on other proofs, which were not checked first")]
    Chain,
    /// The proofs of the document do not hang together.
    #[error("{0}")]
    BrokenChain(ChainError),
    /// The key is of another kind than the suite signs with.
    #[error("the key is of another kind than this proof is made with")]
    KeyType,
    /// The proof is for another purpose than making claims.
    #[error("the proof is not made for claims (`assertionMethod`)")]
    Purpose,
    /// The proof's own `@context` is not that of the document.
    #[error("the proof has another `@context` than the document")]
    Context,
    /// `proofValue` is no base58btc text.
    #[error("{0}")]
    Value(MultibaseError),
    /// The document, or the options of the proof, cannot be turned into statements.
    #[error("{0}")]
    Statements(JsonLdError),
    /// The statements cannot be put into their canonical form.
    #[error("{0}")]
    Canonical(RdfcError),
    /// The signature does not belong to this document and key.
    #[error("the signature does not belong to this document and key")]
    Signature,
}

impl ProofError {
    /// The name of the error in Data Integrity and in the data model.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotAnObject | Self::StillSecured => "PARSING_ERROR",
            Self::Statements(_) if self.is_unsupported() => "PROOF_TRANSFORMATION_ERROR",
            Self::Statements(_) => "DATA_LOSS_DETECTION_ERROR",
            Self::Canonical(_) => "PROOF_TRANSFORMATION_ERROR",
            Self::NoProof
            | Self::TooManyProofs
            | Self::Malformed(_)
            | Self::UnknownMember(_)
            | Self::UnknownType(_)
            | Self::UnknownSuite(_)
            | Self::Chain
            | Self::BrokenChain(_)
            | Self::KeyType
            | Self::Purpose
            | Self::Context
            | Self::Value(_)
            | Self::Signature => "PROOF_VERIFICATION_ERROR",
        }
    }

    /// Whether the proof is only of a kind we cannot check: *could not be checked*, and neither good nor forged.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        match self {
            Self::UnknownType(_) | Self::UnknownSuite(_) | Self::Canonical(_) => true,
            Self::Statements(error) => {
                matches!(error.problem, Problem::UnknownContext(_) | Problem::Unsupported(_))
            }
            _ => false,
        }
    }
}
