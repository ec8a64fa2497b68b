//! Keys of issuers with an `https` address, filed under another one.

use super::*;

const ISSUER: &str = "https://badges.example/issuers/club/profile.json";
const KEY: &str = "https://badges.example/keys/1.json";

/// A badge of [`ISSUER`], signed with the key that is called `method`, in a web with these documents.
fn signed_by(method: &str, web: &[(&str, Value)]) -> Report {
    let mut issuer = Issuer::new();
    let mut badge = Issuer::unsigned_badge();
    badge["issuer"]["id"] = json!(ISSUER);
    badge.as_object_mut().unwrap().remove("credentialStatus");
    let options = ProofOptions {
        suite: Suite::EddsaRdfc2022,
        verification_method: Iri::parse(method).unwrap(),
        created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
    };
    badge["proof"] = proof::sign(&badge, &options, &issuer.key, ContextStore::embedded()).unwrap();
    for (url, document) in web {
        match document {
            Value::Null => issuer.answer(url, url, 404, vec![]),
            document => issuer.publish(url, document),
        }
    }
    issuer.verify(&badge)
}

fn key(id: &str) -> Value {
    json!({
        "id": id, "type": "Multikey", "controller": ISSUER,
        "publicKeyMultibase": Issuer::new().key.public().to_multikey()
    })
}

fn profile(methods: &[Value], listed: &Value) -> Value {
    json!({
        "id": ISSUER, "type": ["Profile"], "name": "Le club", "verificationMethod": methods,
        "assertionMethod": listed
    })
}

/// OB3-DI-4, OB3-DI-6: the usual form, a fragment of the issuer's own address.
#[test]
fn a_key_in_the_issuers_own_document_is_found() {
    let method = format!("{ISSUER}#k1");
    let report = signed_by(&method, &[(ISSUER, profile(&[key(&method)], &json!([method])))]);
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
    let report = signed_by(&method, &[(ISSUER, profile(&[key(&method)], &json!([])))]);
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyNotListed));
}

/// CRED-KEY-1: what the issuer's document lists is the issuer's, wherever it is filed; only that document was asked.
#[test]
fn a_key_that_the_issuer_lists_under_another_address_is_the_issuers() {
    let elsewhere = "https://keys.example/club#1";
    let listed = profile(&[key(elsewhere)], &json!([elsewhere]));
    let report = signed_by(elsewhere, &[(ISSUER, listed)]);
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
    assert_eq!(report.consulted.len(), 1);
    let mut revoked = key(elsewhere);
    revoked["revoked"] = json!("2026-08-01T00:00:00Z");
    let report = signed_by(elsewhere, &[(ISSUER, profile(&[revoked], &json!([])))]);
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyRevoked));
    let unlisted = profile(&[key(elsewhere)], &json!([]));
    let report = signed_by(elsewhere, &[(ISSUER, unlisted)]);
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyNotListed));
}

/// OB3-OV-16: a key in a document of its own, on the issuer's own host.
#[test]
fn a_key_by_itself_on_the_issuers_own_host_is_the_issuers() {
    let bare = profile(&[], &json!([]));
    for own in [bare.clone(), Value::Null] {
        let report = signed_by(KEY, &[(ISSUER, own), (KEY, key(KEY))]);
        assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
    }
    let changed = |member: &str, value: Value| {
        let mut key = key(KEY);
        key[member] = value;
        signed_by(KEY, &[(ISSUER, bare.clone()), (KEY, key)]).answer(Question::Issuer)
    };
    let mismatch = Outcome::Fail(Code::IssuerMismatch);
    assert_eq!(changed("controller", json!("https://badges.example/other")), mismatch);
    assert_eq!(changed("id", json!("https://badges.example/keys/2.json")), mismatch);
    let since = json!("2026-08-01T00:00:00Z");
    assert_eq!(changed("revoked", since), Outcome::Fail(Code::KeyRevoked));
    // The issuer's document cannot be had, and might say that the key was stolen.
    let report = signed_by(KEY, &[(KEY, key(KEY))]);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::DocumentUnavailable));
    let report = signed_by(KEY, &[(ISSUER, bare)]);
    assert_ne!(report.verdict, Verdict::Valid);
}

/// OB3-DI-3, OB3-OV-14: a stranger's key that names the issuer is a stranger's, and its address is not asked.
#[test]
fn a_key_on_another_host_is_nobodys() {
    for elsewhere in [
        "https://evil.example/key.json",
        "http://badges.example/key.json",
        "https://badges.example:8443/k",
    ] {
        let own = profile(&[], &json!([]));
        let report = signed_by(elsewhere, &[(ISSUER, own), (elsewhere, key(elsewhere))]);
        let answer = report.answer(Question::Issuer);
        assert_eq!(answer, Outcome::Fail(Code::IssuerNotKeyController), "{elsewhere}");
        assert_eq!(report.verdict, Verdict::Invalid);
        assert!(report.consulted.iter().all(|one| one.asked.as_str() == ISSUER), "{elsewhere}");
    }
}
