//! Badges signed in every way that is read, from end to end: other curves, the elder proof type, sets and chains, and the
//! data model before the present one.

use p256::ecdsa::signature::Signer as _;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::jsonld::to_rdf;
use crate::key::PublicKey;
use crate::multibase;
use crate::rdfc::{Options, canonicalize};

const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";
const DID_DOCUMENT: &str = "https://badges.example/issuers/club/did.json";

fn p256_key() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap()
}

fn p384_key() -> p384::ecdsa::SigningKey {
    p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap()
}

/// The issuer's web with these keys in its DID document.
fn publishing(keys: &[PublicKey]) -> Issuer {
    let mut issuer = Issuer::new();
    let Ok(Did::Web(did)) = Did::parse(DID) else { panic!("a did:web") };
    let keys: Vec<PublishedKey> =
        keys.iter().map(|key| PublishedKey { key: key.clone(), revoked: None }).collect();
    issuer.publish(DID_DOCUMENT, &did_web_document(&did, &keys, &[]));
    issuer
}

fn ecdsa_options(key: &PublicKey) -> ProofOptions {
    ProofOptions {
        suite: Suite::EcdsaRdfc2019,
        verification_method: Iri::parse(&format!("{DID}#{}", key.to_multikey())).unwrap(),
        created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
    }
}

fn by_p256(document: &Value) -> Value {
    let key = PublicKey::P256(*p256_key().verifying_key());
    let sign = |data: &[u8]| {
        let signature: p256::ecdsa::Signature = p256_key().sign(data);
        signature.to_bytes().to_vec()
    };
    let (options, contexts) = (ecdsa_options(&key), ContextStore::embedded());
    proof::sign_with(document, &options, &key, contexts, sign).unwrap()
}

fn by_p384(document: &Value) -> Value {
    let key = PublicKey::P384(*p384_key().verifying_key());
    let sign = |data: &[u8]| {
        let signature: p384::ecdsa::Signature = p384_key().sign(data);
        signature.to_bytes().to_vec()
    };
    let (options, contexts) = (ecdsa_options(&key), ContextStore::embedded());
    proof::sign_with(document, &options, &key, contexts, sign).unwrap()
}

/// A proof with exactly these options over the statements of `document`, whose `proof`, if any, is what it builds on.
fn by_hand(document: &Value, mut options: Value, key: &SigningKey) -> Value {
    let digest = |value: &Value| {
        let statements = to_rdf(value, ContextStore::embedded()).unwrap();
        Sha256::digest(canonicalize(&statements, &Options::default()).unwrap().nquads)
    };
    let mut read_as = options.clone();
    read_as["@context"] = document["@context"].clone();
    let signed = [digest(&read_as), digest(document)].concat();
    options["proofValue"] = json!(multibase::base58btc(&key.sign(&signed)));
    options
}

fn proof_options(issuer: &Issuer, others: &Value) -> Value {
    let mut options = json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-12T10:00:00Z", "proofPurpose": "assertionMethod",
        "verificationMethod": issuer.method()
    });
    options.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    options
}

/// CRED-ECDSA-1, CRED-ECDSA-2: both curves, from the key in the DID document to the verdict.
#[test]
fn a_badge_signed_with_ecdsa_is_valid_and_a_changed_one_is_not() {
    let keys = [
        PublicKey::P256(*p256_key().verifying_key()),
        PublicKey::P384(*p384_key().verifying_key()),
    ];
    for sign in [by_p256, by_p384] {
        let mut badge = Issuer::unsigned_badge();
        badge["proof"] = sign(&badge);
        let report = publishing(&[Issuer::new().key.public(), keys[0].clone(), keys[1].clone()])
            .verify(&badge);
        assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
        badge["credentialSubject"]["achievement"]["name"] = json!("Direction");
        let report = publishing(&[Issuer::new().key.public(), keys[0].clone(), keys[1].clone()])
            .verify(&badge);
        assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
        let report = publishing(&[Issuer::new().key.public()]).verify(&badge);
        assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyNotListed));
    }
}

/// CRED-SET-1, CRED-WILD-12: proofs of several suites are each checked, wherever they stand.
#[test]
fn every_proof_of_a_mixed_set_counts() {
    let keys = [Issuer::new().key.public(), PublicKey::P384(*p384_key().verifying_key())];
    let badge = Issuer::unsigned_badge();
    let elder = Issuer::new().secure(badge.clone(), &[Suite::EddsaRdfc2022])["proof"][0].clone();
    let mut set = badge.clone();
    set["proof"] = json!([elder, by_p384(&badge)]);
    assert_eq!(publishing(&keys).verify(&set).verdict, Verdict::Valid);
    let mut other = badge.clone();
    other["name"] = json!("Autre");
    set["proof"] = json!([elder, by_p384(&other)]);
    let report = publishing(&keys).verify(&set);
    assert!(report.found(Code::ProofSetInconsistent), "{:#?}", report.checks);
    assert_eq!(report.verdict, Verdict::Invalid);
}

/// CRED-2020-1: the elder proof type, with its context in the document and its key type in the DID document.
#[test]
fn a_badge_with_the_elder_proof_type_is_read() {
    let elder = "https://w3id.org/security/suites/ed25519-2020/v1";
    let verified = |change: fn(&mut Value)| {
        let mut issuer = Issuer::new();
        let mut document = issuer.did_document();
        document["verificationMethod"][0]["type"] = json!("Ed25519VerificationKey2020");
        issuer.publish(DID_DOCUMENT, &document);
        let mut badge = Issuer::unsigned_badge();
        badge["@context"].as_array_mut().unwrap().push(json!(elder));
        let mut options = proof_options(&issuer, &json!({ "type": "Ed25519Signature2020" }));
        options.as_object_mut().unwrap().remove("cryptosuite");
        badge["proof"] = by_hand(&badge, options, &issuer.key);
        change(&mut badge);
        issuer.verify(&badge)
    };
    let report = verified(|_| {});
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
    let report = verified(|badge| badge["validUntil"] = json!("2039-01-01T00:00:00Z"));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
    let report = verified(|badge| badge["proof"]["cryptosuite"] = json!("eddsa-rdfc-2022"));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofMalformed));
}

/// A badge whose second proof covers the first.
fn chained(issuer: &Issuer) -> Value {
    let mut badge = Issuer::unsigned_badge();
    let first = proof_options(issuer, &json!({ "id": "urn:uuid:first" }));
    let first = by_hand(&badge, first, &issuer.key);
    let second = proof_options(
        issuer,
        &json!({ "id": "urn:uuid:second", "previousProof": "urn:uuid:first" }),
    );
    badge["proof"] = json!([first]);
    let second = by_hand(&badge, second, &issuer.key);
    badge["proof"] = json!([second, first]);
    badge
}

/// CRED-SET-2, CRED-SET-3: a chain holds as a whole; a changed, missing or unsupported first link does not carry the second.
#[test]
fn a_chain_of_proofs_holds_as_a_whole() {
    let badge = chained(&Issuer::new());
    let report = Issuer::new().verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
    let verified = |change: fn(&mut Value)| {
        let mut badge = badge.clone();
        change(&mut badge);
        Issuer::new().verify(&badge)
    };
    let swapped = verified(|badge| badge["proof"][1]["created"] = json!("2026-03-12T10:00:01Z"));
    assert_eq!(swapped.verdict, Verdict::Invalid, "{:#?}", swapped.checks);
    assert!(swapped.found(Code::ProofFailed));
    let cut = verified(|badge| drop(badge["proof"].as_array_mut().unwrap().pop()));
    assert_eq!(cut.answer(Question::Unaltered), Outcome::Fail(Code::ProofChainBroken));
    let freed = verified(|badge| {
        badge["proof"][0].as_object_mut().unwrap().remove("previousProof");
    });
    assert!(freed.found(Code::ProofSetInconsistent), "{:#?}", freed.checks);
    let circle = verified(|badge| badge["proof"][1]["previousProof"] = json!("urn:uuid:second"));
    assert_eq!(circle.answer(Question::Unaltered), Outcome::Fail(Code::ProofChainBroken));
    // Of the two, the one we cannot check takes the one that builds on it along.
    let unread = verified(|badge| badge["proof"][1]["cryptosuite"] = json!("bbs-2023"));
    assert_eq!(unread.verdict, Verdict::Unknown, "{:#?}", unread.checks);
    assert_eq!(unread.answer(Question::Unaltered), Outcome::Unknown(Code::ProofUnsupported));
}

/// A badge of the data model 1.1 under one of the Open Badges contexts of its time.
fn early(open_badges: &str) -> Value {
    let mut badge = Issuer::unsigned_badge();
    badge["@context"] =
        json!([CREDENTIALS_V1, open_badges, "https://w3id.org/security/data-integrity/v2"]);
    badge["name"] = json!("Accueil");
    let members = badge.as_object_mut().unwrap();
    let (from, until) = (members.remove("validFrom"), members.remove("validUntil"));
    members.remove("credentialStatus");
    members.insert("issuanceDate".to_owned(), from.unwrap());
    members.insert("expirationDate".to_owned(), until.unwrap());
    badge
}

/// OB3-CTX-2, OB3-CTX-6, OB3-VAL-15, CRED-EDDSA-9: every published context of 3.0 beside that of VCDM 1.1.
#[test]
fn an_early_badge_is_read_under_each_context_of_its_time() {
    for open_badges in [
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    ] {
        let badge = early(open_badges);
        let signed = |badge: Value| Issuer::new().secure(badge, &[Suite::EddsaRdfc2022]);
        let report = Issuer::new().verify(&signed(badge.clone()));
        assert_eq!(
            verdict(&report),
            (Verdict::Valid, Status::Active),
            "{open_badges}: {report:#?}"
        );
        assert_eq!(report.records[0].awarded.as_deref(), Some("2026-03-12T00:00:00Z"));
        // CRED-VCDM-16: an end under its old name is an end.
        let mut ended = badge.clone();
        ended["expirationDate"] = json!("2026-08-01T00:00:00Z");
        let report = Issuer::new().verify(&signed(ended));
        assert_eq!(verdict(&report), (Verdict::Invalid, Status::Expired), "{open_badges}");
        // OB3-AC-4: in this form a badge has a name.
        let mut nameless = badge.clone();
        nameless.as_object_mut().unwrap().remove("name");
        assert!(Issuer::new().verify(&signed(nameless)).found(Code::ShapeBroken), "{open_badges}");
        let mut changed = signed(badge);
        changed["expirationDate"] = json!("2039-01-01T00:00:00Z");
        let report = Issuer::new().verify(&changed);
        assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
    }
}

/// CRED-EDDSA-9: without the words of Data Integrity the options of the proof would not be covered by it.
#[test]
fn an_early_badge_without_the_words_of_its_proof_is_not_covered() {
    let mut badge = early("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json");
    badge = Issuer::new().secure(badge, &[Suite::EddsaRdfc2022]);
    badge["@context"].as_array_mut().unwrap().pop();
    let report = Issuer::new().verify(&badge);
    assert_eq!(report.verdict, Verdict::Invalid, "{:#?}", report.checks);
    assert!(report.found(Code::ContentNotSigned), "{:#?}", report.checks);
}

/// OB3-CTX-1, CRED-SAFE-3: the words of the two data models do not stand side by side.
#[test]
fn the_two_data_models_are_not_mixed() {
    let mut issuer = Issuer::new();
    let mut badge = issuer.badge();
    badge["@context"].as_array_mut().unwrap().push(json!(CREDENTIALS_V1));
    assert!(issuer.verify(&badge).found(Code::ContextRefused));
    // CRED-WILD-14: an end under the name of the other model is an end, where a signature over the JSON covers it.
    let mut badge = Issuer::unsigned_badge();
    badge["expirationDate"] = json!("2026-08-01T00:00:00Z");
    let signed = Issuer::new().secure(badge, &[Suite::EddsaJcs2022]);
    let report = Issuer::new().verify(&signed);
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Expired), "{:#?}", report.checks);
}

/// CRED-UNSIGNED-6, CRED-DI-6: `security/v1` has another word for the end of a proof. Under it, the statements of the proof
/// stay what they were.
#[test]
fn the_end_of_a_proof_does_not_hide_under_another_word() {
    let elder = "https://w3id.org/security/v1";
    let early = early("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json");
    for mut badge in [Issuer::unsigned_badge(), early] {
        let issuer = Issuer::new();
        let options = proof_options(&issuer, &json!({ "expires": "2026-08-01T00:00:00Z" }));
        badge["proof"] = by_hand(&badge, options, &issuer.key);
        let report = Issuer::new().verify(&badge);
        assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofExpired));
        badge["@context"].as_array_mut().unwrap().push(json!(elder));
        let proof = badge["proof"].as_object_mut().unwrap();
        let end = proof.remove("expires").unwrap();
        proof.insert("expiration".to_owned(), end);
        let report = Issuer::new().verify(&badge);
        let answer = report.answer(Question::Unaltered);
        assert_eq!(answer, Outcome::Fail(Code::ProofMalformed), "{:#?}", report.checks);
    }
}
