//! The 64 bytes that a signature is made over: the digest of the proof's options, then that of the document.

use std::cell::OnceCell;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::jcs;
use crate::rdf::Dataset;
use crate::rdfc::{self, Budget, Options, RdfcError, Reading};

/// What Ed25519 signs, in both suites.
pub(super) type HashData = [u8; 64];

/// **Options first.**
///
/// Spec: CRED-EDDSA-5, CRED-JCS-2.
fn join(options: &[u8; 32], document: &[u8; 32]) -> HashData {
    let mut joined = [0; 64];
    let (first, second) = joined.split_at_mut(32);
    first.copy_from_slice(options);
    second.copy_from_slice(document);
    joined
}

/// Spec: CRED-JCS-2.
pub(super) fn of_json(document: &Value, options: &Value) -> HashData {
    let digest = |value| Sha256::digest(jcs::canonicalize(value)).into();
    join(&digest(options), &digest(document))
}

/// Statements, and the digests of their canonical forms, each made once: a document may have many proofs, and a hostile one
/// costs a whole budget each time.
pub(super) struct Statements {
    dataset: Dataset,
    budget: Budget,
    list: OnceCell<Result<Digested, RdfcError>>,
    set: OnceCell<Result<Digested, RdfcError>>,
}

#[derive(Clone, Copy)]
struct Digested {
    digest: [u8; 32],
    readings_may_differ: bool,
}

impl Statements {
    /// Those of a document.
    pub(super) fn of_document(dataset: Dataset) -> Self {
        Self { dataset, budget: Budget::default(), list: OnceCell::new(), set: OnceCell::new() }
    }

    /// Those of the options of a proof: five lines about one node, and perhaps a few more.
    pub(super) fn of_options(dataset: Dataset) -> Self {
        let budget = Budget { quads_max: 64, blank_nodes_max: 16, steps_max: 10_000 };
        Self { budget, ..Self::of_document(dataset) }
    }

    /// The hash data in one reading of RDFC-1.0, and whether the other reading may have another.
    ///
    /// Spec: CRED-EDDSA-3 to CRED-EDDSA-5.
    pub(super) fn hash(
        &self,
        options: &Self,
        reading: Reading,
    ) -> Result<(HashData, bool), RdfcError> {
        let (options, document) = (options.digested(reading)?, self.digested(reading)?);
        let may_differ = document.readings_may_differ || options.readings_may_differ;
        Ok((join(&options.digest, &document.digest), may_differ))
    }

    fn digested(&self, reading: Reading) -> Result<Digested, RdfcError> {
        let digested = match reading {
            Reading::List => &self.list,
            Reading::Set => &self.set,
        };
        *digested.get_or_init(|| {
            let how = Options { reading, budget: self.budget, ..Options::default() };
            let canonical = rdfc::canonicalize(&self.dataset, &how)?;
            Ok(Digested {
                digest: Sha256::digest(canonical.nquads).into(),
                readings_may_differ: canonical.readings_may_differ,
            })
        })
    }
}

/// The options of a proof: all its members but `proofValue`, under the document's `@context` for statements.
///
/// Spec: CRED-DI-11, CRED-EDDSA-1, CRED-EDDSA-4.
pub(super) fn options(proof: &Map<String, Value>) -> Map<String, Value> {
    let covered = proof.iter().filter(|(name, _)| *name != "proofValue");
    covered.map(|(name, value)| (name.clone(), value.clone())).collect()
}
