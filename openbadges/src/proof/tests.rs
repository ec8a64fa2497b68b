mod chains;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::iri::Iri;
use crate::jsonld::{ContextStore, Problem};
use crate::key::{PublicKey, SigningKey};
use crate::multibase::{self, MultibaseError};
use crate::rdfc::RdfcError;
use crate::time::Timestamp;

const SUITES: [Suite; 2] = [Suite::EddsaRdfc2022, Suite::EddsaJcs2022];

fn key() -> SigningKey {
    SigningKey::from_seed(&[5; 32])
}

fn options(suite: Suite) -> ProofOptions {
    let multikey = key().public().to_multikey();
    ProofOptions {
        suite,
        verification_method: Iri::parse(&format!("did:web:badges.example:issuers:club#{multikey}"))
            .unwrap(),
        created: Timestamp::parse("2026-03-12T09:00:00Z").unwrap(),
    }
}

fn badge() -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://badges.example/a/1/credential.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Accueil bénévole",
        "issuer": {"id": "did:web:badges.example:issuers:club", "type": ["Profile"], "name": "Club"},
        "validFrom": "2026-03-12T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example/badges/accueil/v1/achievement.fr.json",
                "type": ["Achievement"],
                "name": "Accueil bénévole",
                "description": "Accueille les visiteurs.",
                "criteria": {"narrative": "Accueillir pendant trois ouvertures."},
            },
        },
    })
}

fn signed(document: &Value, suite: Suite) -> Value {
    sign(document, &options(suite), &key(), ContextStore::embedded()).unwrap()
}

fn check(document: &Value, proof: &Value) -> Result<ProofChecked, ProofError> {
    verify(document, proof, &key().public(), ContextStore::embedded())
}

/// The proof with one member changed, or removed by `null`; not signed again.
fn with(suite: Suite, name: &str, value: Value) -> Value {
    let mut proof = signed(&badge(), suite);
    let members = proof.as_object_mut().unwrap();
    members.remove(name);
    if !value.is_null() {
        members.insert(name.to_owned(), value);
    }
    proof
}

#[test]
fn a_signed_badge_verifies_with_its_key_only() {
    for suite in SUITES {
        let proof = signed(&badge(), suite);
        let checked = check(&badge(), &proof).unwrap();
        assert_eq!(checked.proof().suite, suite);
        assert_eq!(checked.proof().created, Timestamp::parse("2026-03-12T09:00:00Z").ok());
        assert_eq!(checked.proof().verification_method, options(suite).verification_method);
        assert_eq!(checked.reading(), MatchedReading::Any);
        assert_eq!(checked.context_form(), ContextForm::Current);
        assert_eq!(checked.covered(badge()), badge());
        let other: PublicKey = SigningKey::from_seed(&[6; 32]).public();
        let answer = verify(&badge(), &proof, &other, ContextStore::embedded());
        assert_eq!(answer, Err(ProofError::Signature));
    }
}

/// CRED-SET-1: each proof is made over the document without `proof`.
#[test]
fn each_proof_of_a_set_stands_for_itself() {
    let mut document = badge();
    document["proof"] = SUITES.iter().map(|suite| signed(&badge(), *suite)).collect();
    let secured = Secured::split(document.clone()).unwrap();
    assert_eq!(secured.unsecured, badge());
    assert_eq!(secured.proofs.len(), 2);
    for proof in &secured.proofs {
        check(&secured.unsecured, proof).unwrap();
    }
    document["proof"] = secured.proofs[1].clone();
    assert_eq!(Secured::split(document.clone()).unwrap().proofs, secured.proofs[1..]);
}

/// CRED-DI-20, CRED-SET-5.
#[test]
fn a_document_without_proofs_or_with_too_many_is_refused() {
    let split = |proof: Value| Secured::split(json!({"proof": proof})).unwrap_err();
    assert_eq!(Secured::split(json!({})), Err(ProofError::NoProof));
    assert_eq!(Secured::split(json!([])), Err(ProofError::NotAnObject));
    assert_eq!(split(json!([])), ProofError::NoProof);
    assert_eq!(split(json!("z")), ProofError::Malformed("proof"));
    assert_eq!(split(json!([{}, "z"])), ProofError::Malformed("proof"));
    assert_eq!(split(json!([{}, {}, {}, {}, {}, {}, {}, {}, {}])), ProofError::TooManyProofs);
}

#[test]
fn a_change_of_the_document_is_noticed() {
    for suite in SUITES {
        let proof = signed(&badge(), suite);
        for (pointer, value) in [
            ("/name", json!("Accueil bénévole ")),
            ("/validFrom", json!("2026-03-12T00:00:00.000Z")),
            ("/issuer/id", json!("did:web:evil.example")),
            ("/credentialSubject/achievement/criteria/narrative", json!("Rien.")),
        ] {
            let mut document = badge();
            *document.pointer_mut(pointer).unwrap() = value;
            assert_eq!(check(&document, &proof), Err(ProofError::Signature), "{pointer}");
        }
    }
}

/// CRED-UNSIGNED-1, CRED-UNSIGNED-2: what statements would drop is an error that names it, not a passing signature.
#[test]
fn a_member_that_no_context_defines_is_refused() {
    let proof = signed(&badge(), Suite::EddsaRdfc2022);
    let mut document = badge();
    document["level"] = json!("gold");
    let Err(ProofError::Statements(error)) = check(&document, &proof) else {
        panic!("an undefined term went through")
    };
    assert_eq!(error.problem, Problem::UndefinedTerm("level".to_owned()));
    let options = options(Suite::EddsaRdfc2022);
    let refused = sign(&document, &options, &key(), ContextStore::embedded());
    assert_eq!(refused, Err(SignError::Statements(error)));
}

#[test]
fn an_unknown_context_is_unsupported_and_an_undefined_term_is_not() {
    let proof = signed(&badge(), Suite::EddsaRdfc2022);
    let mut document = badge();
    document["@context"][1] = json!("https://elsewhere.example/context.json");
    let error = check(&document, &proof).unwrap_err();
    assert!(error.is_unsupported(), "{error}");
    document = badge();
    document["level"] = json!("gold");
    assert!(!check(&document, &proof).unwrap_err().is_unsupported());
}

/// CRED-DI-11: every member but `proofValue` is covered.
#[test]
fn a_change_of_the_proof_is_noticed() {
    for suite in SUITES {
        for (name, value) in [
            ("created", json!("2026-03-12T09:00:01Z")),
            ("created", json!(null)),
            ("expires", json!("2030-01-01T00:00:00Z")),
            ("verificationMethod", json!("did:web:evil.example#k")),
            ("nonce", json!("abc")),
            ("domain", json!("badges.example")),
        ] {
            let proof = with(suite, name, value);
            assert_eq!(check(&badge(), &proof), Err(ProofError::Signature), "{suite:?} {name}");
        }
    }
}

/// CRED-DI-1 to CRED-DI-9, CRED-EDDSA-2, CRED-EDDSA-4, CRED-EDDSA-7, CRED-SUITE-1.
#[test]
fn a_malformed_proof_is_refused_for_its_reason() {
    let malformed = ProofError::Malformed;
    for (name, value, error) in [
        ("type", json!(null), malformed("type")),
        ("type", json!(["DataIntegrityProof"]), malformed("type")),
        (
            "type",
            json!("JsonWebSignature2020"),
            ProofError::UnknownType("JsonWebSignature2020".to_owned()),
        ),
        ("cryptosuite", json!(null), malformed("cryptosuite")),
        ("cryptosuite", json!("eddsa-2022"), ProofError::UnknownSuite("eddsa-2022".to_owned())),
        ("proofPurpose", json!(null), malformed("proofPurpose")),
        ("proofPurpose", json!("authentication"), ProofError::Purpose),
        ("verificationMethod", json!(null), malformed("verificationMethod")),
        ("verificationMethod", json!("#k1"), malformed("verificationMethod")),
        ("verificationMethod", json!({"id": "did:web:a"}), malformed("verificationMethod")),
        ("created", json!("2026-03-12"), malformed("created")),
        ("created", json!(["2026-03-12T09:00:00Z"]), malformed("created")),
        ("expires", json!("soon"), malformed("expires")),
        ("type", json!("Ed25519Signature2020"), malformed("cryptosuite")),
        ("previousProof", json!("urn:uuid:1"), ProofError::Chain),
        ("proofValue", json!(null), malformed("proofValue")),
        ("proofValue", json!("z111"), malformed("proofValue")),
        ("proofValue", json!("uAAAA"), ProofError::Value(MultibaseError::Base('u'))),
        ("proofValue", json!("z0"), ProofError::Value(MultibaseError::Alphabet)),
    ] {
        for suite in SUITES {
            let proof = with(suite, name, value.clone());
            assert_eq!(check(&badge(), &proof), Err(error.clone()), "{name}: {value}");
        }
    }
    assert_eq!(check(&badge(), &json!([])), Err(malformed("proof")));
}

/// CRED-DI-5.
#[test]
fn a_moment_without_zone_is_in_utc() {
    let read = Proof::parse(&with(SUITES[0], "created", json!("2026-03-12T09:00:00"))).unwrap();
    assert_eq!(read.created, Timestamp::parse("2026-03-12T09:00:00Z").ok());
}

/// CRED-DI-6, CRED-DI-7.
#[test]
fn the_end_of_a_proof_and_its_exchange_are_told() {
    let read = Proof::parse(&with(SUITES[0], "expires", json!("2030-01-01T00:00:00Z"))).unwrap();
    assert_eq!(read.expires, Timestamp::parse("2030-01-01T00:00:00Z").ok());
    assert!(!read.is_for_an_exchange);
    assert!(Proof::parse(&with(SUITES[0], "challenge", json!("1"))).unwrap().is_for_an_exchange);
}

/// CRED-JCS-1, CRED-JCS-3: a proof's own context is that of the document or a reason to refuse.
#[test]
fn a_proof_with_another_context_is_refused() {
    assert_eq!(signed(&badge(), Suite::EddsaJcs2022)["@context"], badge()["@context"]);
    assert_eq!(signed(&badge(), Suite::EddsaRdfc2022).get("@context"), None);
    for suite in SUITES {
        let proof = with(suite, "@context", json!(["https://www.w3.org/ns/credentials/v2"]));
        assert_eq!(check(&badge(), &proof), Err(ProofError::Context));
        let proof = with(suite, "@context", badge()["@context"].clone());
        check(&badge(), &proof).unwrap();
    }
}

#[test]
fn a_document_is_signed_and_checked_without_its_proof() {
    for suite in SUITES {
        let proof = signed(&badge(), suite);
        let mut document = badge();
        document["proof"] = proof.clone();
        assert_eq!(check(&document, &proof), Err(ProofError::StillSecured));
        let again = sign(&document, &options(suite), &key(), ContextStore::embedded());
        assert_eq!(again, Err(SignError::AlreadySecured));
        let text = sign(&json!("badge"), &options(suite), &key(), ContextStore::embedded());
        assert_eq!(text, Err(SignError::NotAnObject));
    }
}

/// Endorsements whose proofs are alike but for their place: the field reads the canonical form in two ways.
fn ambiguous() -> Value {
    let endorsement = |subject: &str| {
        let mut endorsement = json!({
            "@context": badge()["@context"],
            "id": format!("urn:x:{subject}"),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": "https://friend.example", "type": ["Profile"], "name": "Friend"},
            "validFrom": "2026-03-12T00:00:00Z",
            "name": "Endorsement",
            "credentialSubject": {"id": subject, "type": ["EndorsementSubject"],
                "endorsementComment": "Good."},
        });
        endorsement["proof"] = json!({
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-03-12T00:00:00Z", "proofPurpose": "assertionMethod",
            "verificationMethod": "https://friend.example#k",
            "proofValue": multibase::base58btc(&[1; 64]),
        });
        endorsement
    };
    let mut document = badge();
    let friends =
        ["https://a.example", "https://b.example", "https://c.example", "https://d.example"];
    document["endorsement"] = friends.map(endorsement).into_iter().collect();
    document
}

/// The two readings differ: signing refuses, and either reading verifies.
#[test]
fn a_document_that_is_read_in_two_ways_is_not_signed_and_verifies_in_either() {
    let refused =
        sign(&ambiguous(), &options(SUITES[0]), &key(), ContextStore::embedded()).unwrap_err();
    assert_eq!(refused, SignError::ReadingsDiffer);
    let mut proof = signed(&badge(), SUITES[0]);
    let mut covered = hash::options(proof.as_object().unwrap());
    covered.insert("@context".to_owned(), badge()["@context"].clone());
    let to_rdf = |value: &Value| crate::jsonld::to_rdf(value, ContextStore::embedded()).unwrap();
    let statements = hash::Statements::of_document(to_rdf(&ambiguous()));
    let options = hash::Statements::of_options(to_rdf(&Value::Object(covered)));
    for (reading, matched) in [
        (crate::rdfc::Reading::List, MatchedReading::List),
        (crate::rdfc::Reading::Set, MatchedReading::Set),
    ] {
        let (data, may_differ) =
            statements.hash(&options, crate::rdfc::Hash::Sha256, reading).unwrap();
        assert!(may_differ);
        proof["proofValue"] = json!(multibase::base58btc(&key().sign(&data)));
        assert_eq!(check(&ambiguous(), &proof).unwrap().reading(), matched);
    }
}

/// OB3-CTX-5.
#[test]
fn a_badge_signed_under_the_older_contexts_verifies_and_its_uncovered_members_are_told() {
    let proof = signed(&badge(), SUITES[0]);
    let mut later = badge();
    later["endorsementJwt"] = json!(["e30.e30.c2ln"]);
    later["credentialSubject"]["achievement"]["endorsementJwt"] = json!(["e30.e30.c2ln"]);
    let checked = check(&later, &proof).unwrap();
    assert_eq!(checked.context_form(), ContextForm::April2025);
    assert_eq!(
        checked.uncovered(),
        ["/credentialSubject/achievement/endorsementJwt", "/endorsementJwt"]
    );
    assert_eq!(checked.covered(later.clone()), badge());
    // Under the current form the same members are covered.
    let proof = signed(&later, SUITES[0]);
    assert_eq!(check(&later, &proof).unwrap().context_form(), ContextForm::Current);
    later["endorsementJwt"] = json!(["e30.e30.b3RoZXI"]);
    assert_eq!(check(&later, &proof), Err(ProofError::Signature));
}

proptest! {
    #[test]
    fn a_flipped_bit_of_the_signature_is_noticed(at in 0_usize..64, bit in 0_u8..8) {
        for suite in SUITES {
            let mut proof = signed(&badge(), suite);
            let mut raw = multibase::decode(proof["proofValue"].as_str().unwrap()).unwrap();
            raw[at] ^= 1 << bit;
            proof["proofValue"] = json!(multibase::base58btc(&raw));
            prop_assert_eq!(check(&badge(), &proof), Err(ProofError::Signature));
        }
    }
}

/// CRED-RDFC-3: the options of a proof are five lines. Eight proofs with hostile ones must not cost eight budgets.
#[test]
fn the_options_of_a_proof_have_a_small_budget() {
    let node = |n: u8| {
        let others = (0..6).filter(|other| *other != n);
        let others: Vec<Value> = others.map(|o| json!({"id": format!("_:n{o}")})).collect();
        json!({"id": format!("_:n{n}"), "endorsement": others})
    };
    let mut proof = signed(&badge(), Suite::EddsaRdfc2022);
    proof["domain"] = (0..6).map(node).collect();
    let too_complex = ProofError::Canonical(RdfcError::TooComplex);
    assert_eq!(check(&badge(), &proof).unwrap_err(), too_complex);
}
