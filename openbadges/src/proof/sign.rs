//! Making a proof.

use serde_json::{Map, Value, json};

use super::Suite;
use super::hash::{self, HashData, Statements};
use super::read::PROOF_TYPE;
use crate::did::Relationship;
use crate::iri::Iri;
use crate::jsonld::{ContextStore, JsonLdError, to_rdf};
use crate::key::{PublicKey, SigningKey};
use crate::multibase;
use crate::rdfc::{Hash, RdfcError, Reading};
use crate::time::Timestamp;

/// What a proof is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions {
    /// How to sign.
    pub suite: Suite,
    /// The published name of the key.
    pub verification_method: Iri,
    /// The moment of signing.
    pub created: Timestamp,
}

/// Makes a proof over `document`, which has none, and returns the proof object.
///
/// Each proof of a set is made over the same document without `proof`, so the order of signing does not matter.
///
/// # Errors
/// [`SignError`]. With `eddsa-rdfc-2022`, a document is refused whose canonical form the field reads in two ways: half
/// of the verifiers would call the badge forged.
///
/// Spec: CRED-EDDSA-1 to CRED-EDDSA-7, CRED-JCS-1, CRED-JCS-2, CRED-SET-1.
pub fn sign(
    document: &Value,
    options: &ProofOptions,
    key: &SigningKey,
    contexts: &ContextStore,
) -> Result<Value, SignError> {
    sign_with(document, options, &key.public(), contexts, |data| key.sign(data).to_vec())
}

/// Makes a proof as [`sign`] does, with a key that somebody else holds: `signer` answers with the raw signature of the
/// bytes it is given, by the secret half of `public`.
///
/// # Errors
/// As [`sign`]; [`SignError::KeyType`] when the suite does not sign with keys of this kind, or is one that is only read.
///
/// Spec: as [`sign`]; CRED-ECDSA-1.
pub fn sign_with(
    document: &Value,
    options: &ProofOptions,
    public: &PublicKey,
    contexts: &ContextStore,
    signer: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<Value, SignError> {
    if !options.suite.takes(public) || options.suite == Suite::Ed25519Signature2020 {
        return Err(SignError::KeyType);
    }
    let members = document.as_object().ok_or(SignError::NotAnObject)?;
    if members.contains_key("proof") {
        return Err(SignError::AlreadySecured);
    }
    let context = members.get("@context");
    let mut proof = Map::new();
    let mut say = |name: &str, value: Value| proof.insert(name.to_owned(), value);
    say("type", json!(PROOF_TYPE));
    say("cryptosuite", json!(options.suite.name()));
    say("created", json!(options.created));
    say("verificationMethod", json!(options.verification_method));
    say("proofPurpose", json!(Relationship::AssertionMethod.name()));
    if let Some(context) = context {
        say("@context", context.clone());
    }
    let unsigned = Value::Object(proof);
    let hash_data = match options.suite {
        Suite::EddsaJcs2022 => hash::of_json(document, &unsigned),
        Suite::EddsaRdfc2022 | Suite::EcdsaRdfc2019 | Suite::Ed25519Signature2020 => {
            let document = to_rdf(document, contexts).map_err(SignError::Statements)?;
            let options = to_rdf(&unsigned, contexts).map_err(SignError::Statements)?;
            hash_in_every_reading(
                &Statements::of_document(document),
                &Statements::of_options(options),
                hash::hash_of(public),
            )?
        }
    };
    let mut proof = unsigned;
    if let Some(members) = proof.as_object_mut() {
        if options.suite != Suite::EddsaJcs2022 {
            members.remove("@context");
        }
        let value = multibase::base58btc(&signer(&hash_data));
        members.insert("proofValue".to_owned(), Value::String(value));
    }
    Ok(proof)
}

fn hash_in_every_reading(
    document: &Statements,
    options: &Statements,
    function: Hash,
) -> Result<HashData, SignError> {
    let hash = |reading| document.hash(options, function, reading).map_err(SignError::Canonical);
    let (list, may_differ) = hash(Reading::List)?;
    if may_differ {
        let (set, _) = hash(Reading::Set)?;
        if set != list {
            return Err(SignError::ReadingsDiffer);
        }
    }
    Ok(list)
}

/// Why a document was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The document is no JSON object.
    #[error("the document is not an object")]
    NotAnObject,
    /// The suite does not sign with keys of this kind, or is one that is only read.
    #[error("this kind of proof is not made with this kind of key")]
    KeyType,
    /// The document has a `proof` already.
    #[error("the document is signed already")]
    AlreadySecured,
    /// The document cannot be turned into statements: something in it would not be covered.
    #[error("{0}")]
    Statements(JsonLdError),
    /// The statements cannot be put into their canonical form.
    #[error("{0}")]
    Canonical(RdfcError),
    /// The two readings of RDFC-1.0 give different forms of the document. Two equal embedded proofs do that; a different
    /// `created` in each avoids it.
    #[error("verifiers would read the document in two ways: two parts of it are alike")]
    ReadingsDiffer,
}
