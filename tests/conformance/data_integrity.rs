//! Data Integrity proofs, byte for byte: canonical forms, hashes, and the published `proofValue` when the published key
//! signs.
//!
//! CRED-EDDSA-1 to CRED-EDDSA-10, CRED-JCS-1 to CRED-JCS-3, CRED-SET-1, CRED-KEY-7.
//! Data: `vectors/vc-di-eddsa`, `vectors/openbadges-3.0/linked-data-proof`, and contexts that no product accepts (CRED-VCDM-17).

use std::process::ExitCode;
use std::sync::Arc;

use accolade_tests::{
    contexts_of_vectors, read_json, read_text, run, same, same_text, suite, text_at, to_hex,
};
use camino::{Utf8Path, Utf8PathBuf};
use libtest_mimic::{Failed, Trial};
use openbadges::did::Did;
use openbadges::iri::Iri;
use openbadges::jsonld::{self, ContextStore};
use openbadges::key::{PublicKey, SigningKey};
use openbadges::proof::{self, ProofError, ProofOptions, Secured, Suite};
use openbadges::rdfc::{self, Options, Reading};
use openbadges::time::Timestamp;
use openbadges::{jcs, multibase};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn main() -> ExitCode {
    let mut trials = suite("vectors/vc-di-eddsa", w3c);
    trials.extend(suite("vectors/openbadges-3.0/linked-data-proof", open_badges));
    run(trials)
}

/// One published proof with all its intermediate values.
struct Vector {
    suite: Suite,
    unsigned: Value,
    signed: Value,
    config: Value,
    canonical_document: String,
    canonical_config: String,
    document_hash: String,
    config_hash: String,
    signature: String,
    key: SigningKey,
    contexts: Arc<ContextStore>,
}

impl Vector {
    fn canonical(&self, value: &Value) -> Result<String, Failed> {
        if self.suite == Suite::EddsaJcs2022 {
            return Ok(jcs::canonicalize(value));
        }
        let dataset = jsonld::to_rdf(value, &self.contexts)?;
        let list = rdfc::canonicalize(&dataset, &Options::default())?;
        let set = Options { reading: Reading::Set, ..Options::default() };
        same_text(&list.nquads, &rdfc::canonicalize(&dataset, &set)?.nquads)?;
        Ok(list.nquads)
    }

    fn document_is_canonical(&self) -> Result<(), Failed> {
        let found = self.canonical(&self.unsigned)?;
        same_text(&self.canonical_document, &found)?;
        same(&self.document_hash, &to_hex(Sha256::digest(found)))
    }

    fn config_is_canonical(&self) -> Result<(), Failed> {
        let found = self.canonical(&self.config)?;
        same_text(&self.canonical_config, &found)?;
        same(&self.config_hash, &to_hex(Sha256::digest(found)))
    }

    fn signs_alike(&self) -> Result<(), Failed> {
        let published = self.signed.get("proof").ok_or("there is no proof")?;
        let options = ProofOptions {
            suite: self.suite,
            verification_method: Iri::parse(text_at(published, "/verificationMethod")?)?,
            created: Timestamp::parse(text_at(published, "/created")?)?,
        };
        let made = proof::sign(&self.unsigned, &options, &self.key, &self.contexts)?;
        same(published, &made)?;
        let raw = multibase::decode(text_at(&made, "/proofValue")?)?;
        same(&self.signature, &to_hex(raw))
    }

    fn verifies(&self) -> Result<(), Failed> {
        let secured = Secured::split(&self.signed)?;
        same(&self.unsigned, &secured.unsecured)?;
        let [published] = secured.proofs.as_slice() else { return Err("not one proof".into()) };
        let key = self.key.public();
        let checked = proof::verify(&secured.unsecured, published, &key, &self.contexts)?;
        same(&self.suite, &checked.proof().suite)?;
        let changed = renamed(&secured.unsecured)?;
        let refused = proof::verify(&changed, published, &key, &self.contexts);
        same(&Err(ProofError::Signature), &refused)
    }

    fn trials(self, name: &str) -> Vec<Trial> {
        let vector = Arc::new(self);
        let trial = |what: &str, check: fn(&Self) -> Result<(), Failed>| {
            let vector = Arc::clone(&vector);
            Trial::test(format!("data-integrity/{name}: {what}"), move || check(&vector))
        };
        vec![
            trial("canonical document", Self::document_is_canonical),
            trial("canonical options", Self::config_is_canonical),
            trial("signs to the published proof", Self::signs_alike),
            trial("verifies", Self::verifies),
        ]
    }
}

fn w3c(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let contexts = Arc::new(contexts_of_vectors()?);
    let vector = |suite, unsigned: &str, folder: Utf8PathBuf, suffix: &str, pair: &Value| {
        let text = |name: &str| read_text(folder.join(format!("{name}{suffix}.txt")));
        let json = |name: &str| read_json(folder.join(format!("{name}{suffix}.json")));
        Ok::<_, Failed>(Vector {
            suite,
            unsigned: read_json(unsigned)?,
            signed: json("signed")?,
            config: json("proofConfig")?,
            canonical_document: text("canonDoc")?,
            canonical_config: text("proofCanon")?,
            document_hash: text("docHash")?.trim().to_owned(),
            config_hash: text("proofHash")?.trim().to_owned(),
            signature: text("sigHex")?.trim().to_owned(),
            key: SigningKey::from_secret_multikey(text_at(pair, "/privateKeyMultibase")?)?,
            contexts: Arc::clone(&contexts),
        })
    };
    let pair = read_json(folder.join("keyPair.json"))?;
    let alumni = folder.join("unsigned.json").into_string();
    let employment = folder.join("employmentAuth.json").into_string();
    let (rdfc, jcs) = (folder.join("eddsa-rdfc-2022"), folder.join("eddsa-jcs-2022"));
    let mut trials = Vec::new();
    let (rdfc_suite, jcs_suite) = (Suite::EddsaRdfc2022, Suite::EddsaJcs2022);
    let employ = rdfc.join("employ");
    trials.extend(vector(rdfc_suite, &alumni, rdfc, "DataInt", &pair)?.trials("rdfc alumni"));
    trials.extend(
        vector(rdfc_suite, &employment, employ, "DataInt", &pair)?.trials("rdfc employment"),
    );
    trials.extend(vector(jcs_suite, &alumni, jcs, "JCS", &pair)?.trials("jcs alumni"));
    for name in ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"] {
        let file = folder.join("proof-set-chain").join(format!("{name}.json"));
        let contexts = Arc::clone(&contexts);
        trials.push(Trial::test(format!("data-integrity/{name}"), move || {
            each_proof_by_itself(&read_json(&file)?, &contexts)
        }));
    }
    Ok(trials)
}

/// The proofs of a set verify one by one; one that builds on another is refused as that, never skipped or passed.
fn each_proof_by_itself(document: &Value, contexts: &ContextStore) -> Result<(), Failed> {
    let secured = Secured::split(document)?;
    for published in &secured.proofs {
        let key = key_of_method(text_at(published, "/verificationMethod")?)?;
        let found = proof::verify(&secured.unsecured, published, &key, contexts);
        if published.get("previousProof").is_some() {
            same(&Err(ProofError::Chain), &found.map(|_| ()))?;
            continue;
        }
        found?;
        let changed = renamed(&secured.unsecured)?;
        let refused = proof::verify(&changed, published, &key, contexts);
        same(&Err(ProofError::Signature), &refused)?;
    }
    Ok(())
}

/// The nearest forgery: the same document under another name.
fn renamed(document: &Value) -> Result<Value, Failed> {
    let mut document = document.clone();
    let name = document.pointer_mut("/name").ok_or("the document has no name")?;
    *name = Value::from("Another name");
    Ok(document)
}

fn key_of_method(method: &str) -> Result<PublicKey, Failed> {
    match Did::parse(method.split('#').next().unwrap_or_default())? {
        Did::Key(did) => Ok(did.public_key()?),
        other => Err(format!("{other} is no did:key").into()),
    }
}

/// The signed badge of the Open Badges specification, whose printed secret key has 64 bytes.
fn open_badges(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let hashes = read_json(folder.join("hashes.json"))?;
    let pair = read_json(folder.join("keyPair.json"))?;
    let hash = |name: &str| text_at(&hashes, name).map(str::to_owned);
    let key = SigningKey::from_secret_multikey(text_at(&pair, "/secretKeyMultibase_as_printed")?)?;
    same(&text_at(&pair, "/publicKeyMultibase")?, &key.public().to_multikey().as_str())?;
    let vector = Vector {
        suite: Suite::EddsaRdfc2022,
        unsigned: read_json(folder.join("unsigned.json"))?,
        signed: read_json(folder.join("signed.json"))?,
        config: read_json(folder.join("proofConfig.json"))?,
        canonical_document: read_text(folder.join("document-canon.nq"))?,
        canonical_config: read_text(folder.join("proof-canon.nq"))?,
        document_hash: hash("/documentHash")?,
        config_hash: hash("/proofHash")?,
        signature: hash("/signatureHex")?,
        key,
        // The embedded contexts and no other.
        contexts: Arc::new(ContextStore::with_extra(&[])?),
    };
    Ok(vector.trials("the badge of Open Badges 3.0"))
}
