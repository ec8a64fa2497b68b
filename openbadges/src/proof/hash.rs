//! The 64 bytes that a signature is made over: the digest of the proof's options, then that of the document.

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::jcs;
use crate::rdf::Dataset;
use crate::rdfc::{self, Canonical, Options, RdfcError, Reading};

/// What Ed25519 signs, in both suites.
pub(super) type HashData = [u8; 64];

/// **Options first.**
///
/// Spec: CRED-EDDSA-5, CRED-JCS-2.
fn join(options: &str, document: &str) -> HashData {
    let mut joined = [0; 64];
    let (first, second) = joined.split_at_mut(32);
    first.copy_from_slice(&Sha256::digest(options));
    second.copy_from_slice(&Sha256::digest(document));
    joined
}

/// Spec: CRED-JCS-2.
pub(super) fn of_json(document: &Value, options: &Value) -> HashData {
    join(&jcs::canonicalize(options), &jcs::canonicalize(document))
}

/// The statements of a document and of the options of a proof over it.
pub(super) struct Statements {
    pub(super) document: Dataset,
    pub(super) options: Dataset,
}

impl Statements {
    /// The hash data in one reading of RDFC-1.0, and whether the other reading may have another.
    ///
    /// Spec: CRED-EDDSA-3 to CRED-EDDSA-5.
    pub(super) fn hash(&self, reading: Reading) -> Result<(HashData, bool), RdfcError> {
        let how = Options { reading, ..Options::default() };
        let document = rdfc::canonicalize(&self.document, &how)?;
        let options = rdfc::canonicalize(&self.options, &how)?;
        let differ = |canonical: &Canonical| canonical.readings_may_differ;
        let may_differ = differ(&document) || differ(&options);
        Ok((join(&options.nquads, &document.nquads), may_differ))
    }
}

/// The options of a proof: all its members but `proofValue`, under the document's `@context` for statements.
///
/// Spec: CRED-DI-11, CRED-EDDSA-1, CRED-EDDSA-4.
pub(super) fn options(proof: &Map<String, Value>) -> Map<String, Value> {
    let covered = proof.iter().filter(|(name, _)| *name != "proofValue");
    covered.map(|(name, value)| (name.clone(), value.clone())).collect()
}
