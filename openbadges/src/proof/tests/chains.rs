//! Proofs that build on others, and keys that belong to other suites.

use p256::ecdsa::signature::Signer as _;

use super::super::{Linked, in_order};
use super::*;

/// A proof over the badge with `previous` in its place, under the id `urn:x:<name>`.
fn chained(name: &str, previous: &[&Value]) -> Value {
    let mut proof = json!({
        "id": format!("urn:x:{name}"), "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-12T09:00:00Z", "proofPurpose": "assertionMethod",
        "verificationMethod": options(SUITES[0]).verification_method,
    });
    let mut document = badge();
    if !previous.is_empty() {
        proof["previousProof"] = previous.iter().map(|proof| proof["id"].clone()).collect();
        document["proof"] = previous.iter().map(|proof| (*proof).clone()).collect();
    }
    let to_rdf = |value: &Value| crate::jsonld::to_rdf(value, ContextStore::embedded()).unwrap();
    let mut config = hash::options(proof.as_object().unwrap());
    config.insert("@context".to_owned(), badge()["@context"].clone());
    let statements = hash::Statements::of_document(to_rdf(&document));
    let config = hash::Statements::of_options(to_rdf(&Value::Object(config)));
    let hash = crate::rdfc::Hash::Sha256;
    let (data, _) = statements.hash(&config, hash, crate::rdfc::Reading::List).unwrap();
    proof["proofValue"] = json!(multibase::base58btc(&key().sign(&data)));
    proof
}

/// CRED-SET-2, CRED-SET-3.
#[test]
fn a_proof_that_builds_on_another_is_checked_with_it_and_not_without() {
    let (badge, public) = (badge(), key().public());
    let content = Unsecured::new(&badge, ContextStore::embedded()).unwrap();
    let first = chained("first", &[]);
    let second = chained("second", &[&first]);
    let evidence = content.verify(&first, &public).unwrap();
    content.verify_after(Proof::parse(&second).unwrap(), &public, &[(&first, &evidence)]).unwrap();
    assert_eq!(content.verify(&second, &public), Err(ProofError::Chain));

    let missing = ProofError::BrokenChain(ChainError::Missing("urn:x:first".to_owned()));
    assert_eq!(content.verify_after(Proof::parse(&second).unwrap(), &public, &[]), Err(missing));
    // Evidence of another proof does not do, nor does another proof under the same name.
    let other = chained("other", &[]);
    let of_other = content.verify(&other, &public).unwrap();
    let refused =
        content.verify_after(Proof::parse(&second).unwrap(), &public, &[(&first, &of_other)]);
    assert_eq!(refused, Err(ProofError::Chain));
    let mut imposter = other.clone();
    imposter["id"] = json!("urn:x:first");
    let refused =
        content.verify_after(Proof::parse(&second).unwrap(), &public, &[(&imposter, &of_other)]);
    assert_eq!(refused, Err(ProofError::Chain));
}

/// CRED-DI-9, CRED-SET-5.
#[test]
fn proofs_are_put_in_the_order_of_their_chain() {
    let proof = |id: &str, previous: Value| json!({"id": id, "previousProof": previous});
    let alone = |id: &str| json!({ "id": id });
    let proofs = [proof("c", json!(["b", "a"])), alone("a"), proof("b", json!("a")), json!({})];
    let order = in_order(&proofs).unwrap();
    let found: Vec<(usize, Vec<usize>)> =
        order.into_iter().map(|Linked { at, after }| (at, after)).collect();
    assert_eq!(found, [(1, vec![]), (3, vec![]), (2, vec![1]), (0, vec![2, 1])]);

    let refused = |proofs: &[Value]| in_order(proofs).unwrap_err();
    let malformed = ChainError::Malformed("previousProof");
    assert_eq!(refused(&[proof("a", json!("b"))]), ChainError::Missing("b".to_owned()));
    assert_eq!(refused(&[alone("a"), alone("a")]), ChainError::SharedId("a".to_owned()));
    assert_eq!(refused(&[proof("a", json!("a"))]), ChainError::Circle);
    assert_eq!(refused(&[proof("a", json!("b")), proof("b", json!("a"))]), ChainError::Circle);
    assert_eq!(refused(&[proof("a", json!([]))]), malformed);
    assert_eq!(refused(&[proof("a", json!([1]))]), malformed);
    assert_eq!(refused(&[json!({"id": 1})]), ChainError::Malformed("id"));
}

fn ecdsa_signed(document: &Value) -> [(PublicKey, Value); 2] {
    let p256 = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let p384 = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
    let options = options(Suite::EcdsaRdfc2019);
    let contexts = ContextStore::embedded();
    let key = PublicKey::P256(*p256.verifying_key());
    let one = sign_with(document, &options, &key, contexts, |data| {
        let signature: p256::ecdsa::Signature = p256.sign(data);
        signature.to_bytes().to_vec()
    });
    let other_key = PublicKey::P384(*p384.verifying_key());
    let other = sign_with(document, &options, &other_key, contexts, |data| {
        let signature: p384::ecdsa::Signature = p384.sign(data);
        signature.to_bytes().to_vec()
    });
    [(key, one.unwrap()), (other_key, other.unwrap())]
}

/// CRED-ECDSA-1.
#[test]
fn a_badge_signed_with_ecdsa_verifies_with_its_key_only() {
    let [(p256, one), (p384, other)] = ecdsa_signed(&badge());
    let contexts = ContextStore::embedded();
    verify(&badge(), &one, &p256, contexts).unwrap();
    verify(&badge(), &other, &p384, contexts).unwrap();
    assert_eq!(verify(&badge(), &one, &p384, contexts), Err(ProofError::Signature));
    assert_eq!(verify(&badge(), &other, &p256, contexts), Err(ProofError::Signature));
    let mut changed = badge();
    changed["name"] = json!("Direction");
    assert_eq!(verify(&changed, &one, &p256, contexts), Err(ProofError::Signature));
    assert_eq!(verify(&changed, &other, &p384, contexts), Err(ProofError::Signature));
}

/// CRED-SUITE-1: a key serves in its own suite and in no other.
#[test]
fn a_key_of_another_kind_is_refused() {
    let [(p256, one), _] = ecdsa_signed(&badge());
    assert_eq!(check(&badge(), &one), Err(ProofError::KeyType));
    for suite in SUITES {
        let proof = signed(&badge(), suite);
        let refused = verify(&badge(), &proof, &p256, ContextStore::embedded());
        assert_eq!(refused, Err(ProofError::KeyType));
    }
    for suite in [Suite::EcdsaRdfc2019, Suite::Ed25519Signature2020] {
        let refused = sign(&badge(), &options(suite), &key(), ContextStore::embedded());
        assert_eq!(refused, Err(SignError::KeyType));
    }
}
