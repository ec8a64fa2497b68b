//! Data Integrity proofs, byte for byte: canonical forms, hashes, and the published `proofValue` when the published key
//! signs.
//!
//! CRED-EDDSA-1 to CRED-EDDSA-10, CRED-JCS-1 to CRED-JCS-3, CRED-ECDSA-1, CRED-ECDSA-2, CRED-2020-1, CRED-SET-1,
//! CRED-SET-2, CRED-KEY-7.
//! Data: `vectors/vc-di-eddsa`, `vectors/vc-di-ecdsa`, `vectors/openbadges-3.0/linked-data-proof`, and contexts that no product accepts (CRED-VCDM-17).

use std::collections::BTreeMap;
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
use openbadges::proof::{
    self, Linked, Proof, ProofChecked, ProofError, ProofOptions, Secured, Suite, Unsecured,
};
use openbadges::rdfc::{self, Hash, Options, Reading};
use openbadges::time::Timestamp;
use openbadges::{jcs, multibase};
use serde_json::Value;
use sha2::{Digest as _, Sha256, Sha384};

fn main() -> ExitCode {
    let mut trials = suite("vectors/vc-di-eddsa", w3c);
    trials.extend(suite("vectors/vc-di-ecdsa", ecdsa));
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
    key: PublicKey,
    /// The secret half, where we sign with this suite.
    signing: Option<SigningKey>,
    contexts: Arc<ContextStore>,
}

impl Vector {
    fn canonical(&self, value: &Value) -> Result<String, Failed> {
        if self.suite == Suite::EddsaJcs2022 {
            return Ok(jcs::canonicalize(value));
        }
        let dataset = jsonld::to_rdf(value, &self.contexts)?;
        let hash = self.hash();
        let list = rdfc::canonicalize(&dataset, &Options { hash, ..Options::default() })?;
        let set = Options { hash, reading: Reading::Set, ..Options::default() };
        same_text(&list.nquads, &rdfc::canonicalize(&dataset, &set)?.nquads)?;
        Ok(list.nquads)
    }

    /// CRED-ECDSA-1: the same hash function throughout.
    fn hash(&self) -> Hash {
        if matches!(self.key, PublicKey::P384(_)) { Hash::Sha384 } else { Hash::Sha256 }
    }

    fn digest(&self, text: &str) -> String {
        match self.hash() {
            Hash::Sha384 => to_hex(Sha384::digest(text)),
            _ => to_hex(Sha256::digest(text)),
        }
    }

    fn document_is_canonical(&self) -> Result<(), Failed> {
        let found = self.canonical(&self.unsigned)?;
        same_text(&self.canonical_document, &found)?;
        same(&self.document_hash, &self.digest(&found))
    }

    fn config_is_canonical(&self) -> Result<(), Failed> {
        let found = self.canonical(&self.config)?;
        same_text(&self.canonical_config, &found)?;
        same(&self.config_hash, &self.digest(&found))
    }

    fn signs_alike(&self) -> Result<(), Failed> {
        let published = self.signed.get("proof").ok_or("there is no proof")?;
        let raw = multibase::decode(text_at(published, "/proofValue")?)?;
        same(&self.signature, &to_hex(raw))?;
        let Some(signing) = &self.signing else { return Ok(()) };
        let options = ProofOptions {
            suite: self.suite,
            verification_method: Iri::parse(text_at(published, "/verificationMethod")?)?,
            created: Timestamp::parse(text_at(published, "/created")?)?,
        };
        same(published, &proof::sign(&self.unsigned, &options, signing, &self.contexts)?)
    }

    fn verifies(&self) -> Result<(), Failed> {
        let secured = Secured::split(self.signed.clone())?;
        same(&self.unsigned, &secured.unsecured)?;
        let [published] = secured.proofs.as_slice() else { return Err("not one proof".into()) };
        let checked = proof::verify(&secured.unsecured, published, &self.key, &self.contexts)?;
        same(&self.suite, &checked.proof().suite)?;
        let changed = renamed(&secured.unsecured)?;
        let refused = proof::verify(&changed, published, &self.key, &self.contexts);
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
        let secret = SigningKey::from_secret_multikey(text_at(pair, "/privateKeyMultibase")?)?;
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
            key: secret.public(),
            signing: (suite != Suite::Ed25519Signature2020).then_some(secret),
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
    let elder = folder.join("Ed25519Signature2020");
    let unsigned_elder = unsecured(&read_json(elder.join("signedEdSig.json"))?);
    let mut elder = vector(Suite::Ed25519Signature2020, &alumni, elder, "EdSig", &pair)?;
    elder.unsigned = unsigned_elder;
    trials.extend(elder.trials("Ed25519Signature2020 alumni"));
    for name in ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"] {
        let file = folder.join("proof-set-chain").join(format!("{name}.json"));
        let contexts = Arc::clone(&contexts);
        trials.push(Trial::test(format!("data-integrity/{name}"), move || {
            each_proof_by_itself(&read_json(&file)?, &contexts)
        }));
    }
    Ok(trials)
}

/// The elder suite adds a context of its own, so what it signs is not the common example.
fn unsecured(signed: &Value) -> Value {
    let mut document = signed.clone();
    document.as_object_mut().map(|members| members.remove("proof"));
    document
}

fn ecdsa(folder: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let contexts = Arc::new(contexts_of_vectors()?);
    let mut trials = Vec::new();
    for (curve, suffix) in [("p256", "ECDSAP256"), ("p384", "ECDSAP384")] {
        let pair = read_json(folder.join(format!("{curve}KeyPair.json")))?;
        let key = PublicKey::from_multikey(text_at(&pair, "/publicKeyMultibase")?)?;
        let alumni = folder.join(format!("ecdsa-rdfc-2019-{curve}"));
        for (what, folder, unsigned) in [
            ("employment", alumni.join("employ"), folder.join("employmentAuth.json")),
            ("alumni", alumni, folder.join("unsigned.json")),
        ] {
            let text = |name: &str| read_text(folder.join(format!("{name}{suffix}.txt")));
            let json = |name: &str| read_json(folder.join(format!("{name}{suffix}.json")));
            let signed = json("signed")?;
            // The employment document names another issuer for each curve; what was signed is in the signed file.
            let plain = if what == "alumni" { read_json(unsigned)? } else { unsecured(&signed) };
            let vector = Vector {
                suite: Suite::EcdsaRdfc2019,
                unsigned: plain,
                config: json("proofConfig")?,
                canonical_document: text("canonDoc")?,
                canonical_config: text("proofCanon")?,
                document_hash: text("docHash")?.trim().to_owned(),
                config_hash: text("proofHash")?.trim().to_owned(),
                signature: text("sigHex")?.trim().to_owned(),
                key: key.clone(),
                signing: None,
                contexts: Arc::clone(&contexts),
                signed,
            };
            trials.extend(vector.trials(&format!("ecdsa {curve} {what}")));
        }
    }
    Ok(trials)
}

/// Every proof of a set verifies by itself, and every proof of a chain with those before it; none over another document.
fn each_proof_by_itself(document: &Value, contexts: &ContextStore) -> Result<(), Failed> {
    let secured = Secured::split(document.clone())?;
    let changed = renamed(&secured.unsecured)?;
    let content = Unsecured::new(&secured.unsecured, contexts)?;
    let of_changed = Unsecured::new(&changed, contexts)?;
    let mut checked: BTreeMap<usize, ProofChecked> = BTreeMap::new();
    for Linked { at, after, .. } in proof::in_order(&secured.proofs)? {
        let published = secured.proofs.get(at).ok_or("no such proof")?;
        let earlier: Vec<_> =
            after.iter().filter_map(|at| secured.proofs.get(*at).zip(checked.get(at))).collect();
        let key = key_of_method(text_at(published, "/verificationMethod")?)?;
        let found = content.verify_after(Proof::parse(published)?, &key, &earlier)?;
        same(
            &Err(ProofError::Signature),
            &of_changed.verify_after(Proof::parse(published)?, &key, &earlier).map(|_| ()),
        )?;
        if !after.is_empty() {
            same(&Err(ProofError::Chain), &content.verify(published, &key).map(|_| ()))?;
        }
        checked.insert(at, found);
    }
    same(&secured.proofs.len(), &checked.len())
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
    let public = key.public();
    same(&text_at(&pair, "/publicKeyMultibase")?, &public.to_multikey().as_str())?;
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
        key: public,
        signing: Some(key),
        // The embedded contexts and no other.
        contexts: Arc::new(ContextStore::with_extra(&[])?),
    };
    Ok(vector.trials("the badge of Open Badges 3.0"))
}
