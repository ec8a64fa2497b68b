//! What a signature is made over: the digest of the proof's options, then that of the document.

use std::cell::OnceCell;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256, Sha384};

use crate::jcs;
use crate::key::PublicKey;
use crate::rdf::Dataset;
use crate::rdfc::{self, Budget, Hash, Options, RdfcError, Reading};

/// The two digests, one after the other: 64 bytes, or 96 with SHA-384.
pub(super) type HashData = Vec<u8>;

/// **Options first.**
///
/// Spec: CRED-EDDSA-5, CRED-JCS-2, CRED-ECDSA-1.
fn join(options: &[u8], document: &[u8]) -> HashData {
    [options, document].concat()
}

/// The hash function that goes with a key, in the canonicalisation too.
///
/// Spec: CRED-ECDSA-1.
pub(super) fn hash_of(key: &PublicKey) -> Hash {
    match key {
        PublicKey::P384(_) => Hash::Sha384,
        PublicKey::Ed25519(_) | PublicKey::P256(_) | PublicKey::Rsa(_) => Hash::Sha256,
    }
}

/// Spec: CRED-JCS-2.
pub(super) fn of_json(document: &Value, options: &Value) -> HashData {
    let digest = |value| Sha256::digest(jcs::canonicalize(value));
    join(&digest(options), &digest(document))
}

/// Statements, and the digests of their canonical forms, each made once: a document may have many proofs, and a hostile one
/// costs a whole budget each time.
pub(super) struct Statements {
    dataset: Dataset,
    budget: Budget,
    /// By reading, for SHA-256 and then for SHA-384.
    digests: [OnceCell<Result<Digested, RdfcError>>; 4],
}

struct Digested {
    digest: Box<[u8]>,
    readings_may_differ: bool,
}

impl Statements {
    /// Those of a document.
    pub(super) fn of_document(dataset: Dataset) -> Self {
        Self { dataset, budget: Budget::default(), digests: Default::default() }
    }

    /// Those of the options of a proof: five lines about one node, and perhaps a few more.
    pub(super) fn of_options(dataset: Dataset) -> Self {
        let budget = Budget { quads_max: 64, blank_nodes_max: 16, steps_max: 10_000 };
        Self { budget, ..Self::of_document(dataset) }
    }

    /// The hash data in one reading of RDFC-1.0, and whether the other reading may have another.
    ///
    /// Spec: CRED-EDDSA-3 to CRED-EDDSA-5, CRED-ECDSA-1.
    pub(super) fn hash(
        &self,
        options: &Self,
        hash: Hash,
        reading: Reading,
    ) -> Result<(HashData, bool), RdfcError> {
        let options = options.digested(hash, reading).as_ref().map_err(|error| *error)?;
        let document = self.digested(hash, reading).as_ref().map_err(|error| *error)?;
        let may_differ = document.readings_may_differ || options.readings_may_differ;
        Ok((join(&options.digest, &document.digest), may_differ))
    }

    fn digested(&self, hash: Hash, reading: Reading) -> &Result<Digested, RdfcError> {
        let [list_256, set_256, list_384, set_384] = &self.digests;
        let cell = match (hash, reading) {
            (Hash::Sha256, Reading::List) => list_256,
            (Hash::Sha256, Reading::Set) => set_256,
            (Hash::Sha384, Reading::List) => list_384,
            (Hash::Sha384, Reading::Set) => set_384,
        };
        cell.get_or_init(|| {
            let how = Options { hash, reading, budget: self.budget };
            let canonical = rdfc::canonicalize(&self.dataset, &how)?;
            let digest = match hash {
                Hash::Sha256 => Sha256::digest(canonical.nquads).as_slice().into(),
                Hash::Sha384 => Sha384::digest(canonical.nquads).as_slice().into(),
            };
            Ok(Digested { digest, readings_may_differ: canonical.readings_may_differ })
        })
    }
}

/// The options of a proof: all its members but `proofValue`. For statements, the document's `@context` joins them.
///
/// Spec: CRED-DI-11, CRED-EDDSA-1, CRED-EDDSA-4.
pub(super) fn options(proof: &Map<String, Value>) -> Map<String, Value> {
    let covered = proof.iter().filter(|(name, _)| *name != "proofValue");
    covered.map(|(name, value)| (name.clone(), value.clone())).collect()
}
