//! Badges in signed tokens: VC-JWT of Open Badges 3.0, and signed assertions of 2.0.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::*;
use crate::bake::{self, Record as Baked, Slot};

const WELL_KNOWN: &str = "https://badges.example/.well-known/jwks.json";
const DID_DOCUMENT: &str = "https://badges.example/issuers/club/did.json";

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

impl Issuer {
    fn token(&self, header: &Value, payload: &Value) -> String {
        let signed = format!("{}.{}", encode(header), encode(payload));
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    fn header(&self) -> Value {
        json!({"alg": "EdDSA", "typ": "JWT", "kid": self.method()})
    }

    fn verify_token(&mut self, token: &str) -> Report {
        self.verify_with(&Input::File(token.as_bytes().to_vec()), &Policy::default())
    }
}

/// The payload that Open Badges wants for [`Issuer::unsigned_badge`].
fn payload() -> Value {
    let mut payload = Issuer::unsigned_badge();
    payload["iss"] = json!(DID);
    payload["jti"] = payload["id"].clone();
    payload["nbf"] = json!(Timestamp::parse("2026-03-12T00:00:00Z").unwrap().unix_seconds());
    payload["exp"] = json!(Timestamp::parse("2029-03-12T23:59:59Z").unwrap().unix_seconds());
    payload
}

fn without(mut value: Value, member: &str) -> Value {
    value.as_object_mut().unwrap().remove(member);
    value
}

/// OB3-JWT-13, OB3-VAL-10: dates, withdrawal and recipient are those of any badge.
#[test]
fn a_badge_in_a_token_is_checked_like_any_other() {
    let mut issuer = Issuer::new();
    let token = issuer.token(&issuer.header(), &payload());
    let policy = Policy { recipient: Some(EMAIL.to_owned()), ..Policy::default() };
    let report = issuer.verify_with(&Input::File(token.into_bytes()), &policy);
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
    assert_eq!(report.answer(Question::Issuer), Outcome::Pass(Code::IssuerConfirmed));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::TokenVerified));
    assert_eq!(report.answer(Question::NotWithdrawn), Outcome::Pass(Code::NotWithdrawn));
    assert_eq!(report.answer(Question::Recipient), Outcome::Pass(Code::RecipientMatches));
    assert_eq!(report.records[0].name.as_deref(), Some("Accueil"));

    let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
    let token = issuer.token(&issuer.header(), &payload());
    assert_eq!(verdict(&issuer.verify_token(&token)), (Verdict::Invalid, Status::Revoked));
}

/// CRED-JOSE-10: each way to name a key, and none that leads elsewhere.
#[test]
fn a_key_is_found_by_each_form_of_its_name_and_only_at_its_issuers() {
    let multikey = Issuer::new().key.public().to_multikey();
    let jwk = Issuer::new().key.public().to_jwk();
    for header in [
        json!({"alg": "EdDSA", "kid": format!("#{multikey}")}),
        json!({"alg": "EdDSA", "kid": multikey}),
        json!({"alg": "Ed25519", "kid": format!("{DID}#{multikey}")}),
        json!({"alg": "EdDSA", "jwk": jwk}),
    ] {
        let mut issuer = Issuer::new();
        let token = issuer.token(&header, &payload());
        let report = issuer.verify_token(&token);
        assert_eq!(report.verdict, Verdict::Valid, "{header}: {:#?}", report.checks);
    }
    let stranger = SigningKey::from_seed(&[8; 32]);
    for (header, code) in [
        (json!({"alg": "EdDSA", "kid": "#other"}), Code::KeyNotListed),
        (json!({"alg": "EdDSA", "kid": "did:web:evil.example#k"}), Code::KeyNotListed),
        (json!({"alg": "EdDSA", "kid": "https://evil.example/k.json"}), Code::KeyNotListed),
        (json!({"alg": "EdDSA", "kid": "k 1"}), Code::KeyNotListed),
        (json!({"alg": "EdDSA", "jwk": stranger.public().to_jwk()}), Code::KeyNotListed),
        (json!({"alg": "EdDSA"}), Code::ClaimMissing),
    ] {
        let mut issuer = Issuer { key: SigningKey::from_seed(&[8; 32]), ..Issuer::new() };
        let token = issuer.token(&header, &payload());
        issuer.key = SigningKey::from_seed(&[7; 32]);
        let report = issuer.verify_token(&token);
        assert_eq!(report.verdict, Verdict::Invalid, "{header}: {:#?}", report.checks);
        assert_eq!(report.answer(Question::Issuer), Outcome::Fail(code), "{header}");
        assert!(!report.consulted.iter().any(|one| one.asked.as_str().contains("evil")));
    }
}

#[test]
fn a_token_of_a_taken_back_key_fails_and_one_of_an_unreachable_issuer_is_unknown() {
    let mut issuer = Issuer { revoked_key: true, ..Issuer::new() };
    let token = issuer.token(&issuer.header(), &payload());
    let report = issuer.verify_token(&token);
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyRevoked));

    let mut issuer = Issuer::new();
    issuer.unplug(DID_DOCUMENT);
    let report = issuer.verify_token(&token);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::DocumentUnavailable));
    assert_eq!(report.verdict, Verdict::Unknown);
}

/// OB3-JWT-6 to OB3-JWT-10, OB3-JWT-13, OB3-JWT-17.
#[test]
fn claims_that_say_something_else_are_refused() {
    let changed = |claim: &str, value: Value| {
        let mut payload = payload();
        payload[claim] = value;
        payload
    };
    for (payload, code) in [
        (changed("iss", json!("did:web:evil.example")), Code::ClaimsDisagree),
        (changed("iss", json!([DID])), Code::ClaimsDisagree),
        (changed("jti", json!("urn:x:1")), Code::ClaimsDisagree),
        (changed("sub", json!("did:key:z6Mk")), Code::ClaimsDisagree),
        (changed("nbf", json!(1)), Code::ClaimsDisagree),
        (changed("nbf", json!(1e300)), Code::ClaimsDisagree),
        (changed("exp", json!(4_000_000_000_i64)), Code::ClaimsDisagree),
        (changed("exp", json!("never")), Code::ClaimsRefused),
        (
            changed("vc", json!({"@context": ["https://www.w3.org/ns/credentials/v2"]})),
            Code::ClaimsRefused,
        ),
        (without(payload(), "iss"), Code::ClaimMissing),
        (without(payload(), "jti"), Code::ClaimMissing),
        (without(payload(), "nbf"), Code::ClaimMissing),
        (without(payload(), "exp"), Code::ClaimMissing),
    ] {
        let mut issuer = Issuer::new();
        let token = issuer.token(&issuer.header(), &payload);
        let report = issuer.verify_token(&token);
        assert_eq!(report.verdict, Verdict::Invalid, "{payload}");
        assert!(report.found(code), "{code:?} {payload}: {:#?}", report.checks);
    }
}

/// OB3-JWT-13: an end that only the claim gives is an end.
#[test]
fn an_end_in_the_claims_alone_ends_the_badge() {
    let mut issuer = Issuer::new();
    let mut payload = without(payload(), "validUntil");
    payload["exp"] = json!(Timestamp::parse("2026-08-01T00:00:00Z").unwrap().unix_seconds());
    let token = issuer.token(&issuer.header(), &payload);
    assert_eq!(verdict(&issuer.verify_token(&token)), (Verdict::Invalid, Status::Expired));
}

/// CRED-JOSE-1 to CRED-JOSE-4, CRED-JOSE-7.
#[test]
fn a_token_of_vc_jose_cose_needs_no_claims_and_ends_by_its_own_date() {
    let mut header = Issuer::new().header();
    header["typ"] = json!("vc+jwt");
    let verify = |payload: &Value| {
        let mut issuer = Issuer::new();
        let token = issuer.token(&header, payload);
        issuer.verify_token(&token)
    };
    let mut payload = Issuer::unsigned_badge();
    assert_eq!(verify(&payload).verdict, Verdict::Valid);
    payload["exp"] = json!(4_000_000_000_i64);
    assert_eq!(verify(&payload).verdict, Verdict::Valid);
    payload["exp"] = json!(1_600_000_000);
    assert!(verify(&payload).found(Code::ProofExpired));
    let mut payload = Issuer::unsigned_badge();
    payload["iss"] = json!("did:web:evil.example");
    assert!(verify(&payload).found(Code::ClaimsDisagree));
    let inside = json!({"vc": Issuer::unsigned_badge()});
    assert!(verify(&inside).found(Code::ClaimsRefused));
}

/// OB3-JWT-12: a proof inside the token is one more claim that has to hold.
#[test]
fn a_token_around_a_badge_with_a_broken_proof_does_not_pass() {
    let with_proof = |badge: &Value| {
        let mut payload = payload();
        payload["proof"] = badge["proof"].clone();
        let mut issuer = Issuer::new();
        let token = issuer.token(&issuer.header(), &payload);
        issuer.verify_token(&token)
    };
    let report = with_proof(&Issuer::new().badge());
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    let stranger = Issuer { key: SigningKey::from_seed(&[8; 32]), ..Issuer::new() };
    let mut broken = stranger.badge();
    for proof in broken["proof"].as_array_mut().unwrap() {
        proof["verificationMethod"] = json!(Issuer::new().method());
    }
    assert_eq!(with_proof(&broken).answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
}

/// OB3-BAKE-1, OB3-BAKE-3; VC Data Model 2.0, 4.13.
#[test]
fn a_token_is_found_in_pictures_and_in_an_envelope() {
    let token = Issuer::new().token(&Issuer::new().header(), &payload());
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";
    let record = Baked::new(Slot::OpenBadges3, &token).unwrap();
    let svg = bake::bake(svg, &[record]).unwrap();
    let envelope = |media_type: &str| {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": "EnvelopedVerifiableCredential",
            "id": format!("data:{media_type},{token}"),
        })
    };
    let spaced = format!("\n{token}\r\n").into_bytes();
    let enveloped = envelope("application/vc+jwt").to_string().into_bytes();
    for (bytes, found_in) in [(svg, "svg"), (spaced, "jwt"), (enveloped, "json")] {
        let report = Issuer::new().verify_with(&Input::File(bytes), &Policy::default());
        assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
        assert_eq!(report.records[0].found_in, found_in);
    }
    let report = Issuer::new().verify(&envelope("application/vc+cose"));
    assert_eq!(report.verdict, Verdict::Unknown);
    assert!(report.found(Code::FormUnsupported));
}

/// An issuer known by its address, whose keys are at the well-known place of its host (OB3-JWT-14).
fn by_address(set: &Value) -> Report {
    let id = format!("{BASE}/issuers/club/profile.json");
    let mut payload = without(payload(), "credentialStatus");
    payload["issuer"]["id"] = json!(id);
    payload["iss"] = json!(id);
    let mut issuer = Issuer::new();
    let kid = format!("{BASE}/keys#k1");
    let token = issuer.token(&json!({"alg": "EdDSA", "kid": kid}), &payload);
    issuer.publish(&id, &json!({"id": id, "type": ["Profile"], "name": "Club"}));
    match set {
        Value::Null => issuer.answer(WELL_KNOWN, WELL_KNOWN, 404, Vec::new()),
        Value::Bool(_) => issuer.unplug(WELL_KNOWN),
        set => issuer.publish(WELL_KNOWN, set),
    }
    issuer.verify_token(&token)
}

#[test]
fn a_key_set_of_the_host_ties_a_key_to_its_issuer() {
    let key = Issuer::new().key.public().to_jwk();
    let jwk = |kid: &str, iss: Value| {
        let mut jwk = key.clone();
        jwk["kid"] = json!(kid);
        if !iss.is_null() {
            jwk["iss"] = iss;
        }
        jwk
    };
    let id = format!("{BASE}/issuers/club/profile.json");
    let own = json!({"keys": [jwk("k1", json!(id))]});
    assert_eq!(by_address(&own).verdict, Verdict::Valid);
    assert_eq!(by_address(&json!({"keys": [jwk("k1", json!(null))]})).verdict, Verdict::Valid);
    let not_listed = Outcome::Fail(Code::KeyNotListed);
    for set in [
        json!({"keys": [jwk("k1", json!("https://badges.example/other"))]}),
        json!({"keys": [jwk("k2", json!(null))]}),
        json!({"keys": [jwk("k1", json!(null)), jwk("k1", json!(null))]}),
        json!({"keys": []}),
        json!(null),
    ] {
        assert_eq!(by_address(&set).answer(Question::Issuer), not_listed, "{set}");
    }
    let unknown = Outcome::Unknown(Code::DocumentUnavailable);
    assert_eq!(by_address(&json!(true)).answer(Question::Issuer), unknown);
}

/// CRED-DIDKEY-6: such a badge is tied to its key, and to no domain.
#[test]
fn a_token_of_a_did_key_is_tied_to_that_key_alone() {
    let key = Issuer::new().key.public();
    let did = crate::did::DidKey::of(&key).to_string();
    let mut payload = without(payload(), "credentialStatus");
    payload["issuer"]["id"] = json!(did);
    payload["iss"] = json!(did);
    let verify = |seed: u8, header: &Value| {
        let issuer = Issuer { key: SigningKey::from_seed(&[seed; 32]), ..Issuer::new() };
        let token = issuer.token(header, &payload);
        Issuer::new().verify_token(&token)
    };
    let header = json!({"alg": "EdDSA", "kid": format!("{did}#{}", key.to_multikey())});
    let report = verify(7, &header);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::IssuerKeyOnly));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::TokenVerified));
    let other = SigningKey::from_seed(&[8; 32]).public();
    let report = verify(8, &json!({"alg": "EdDSA", "jwk": other.to_jwk()}));
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyNotListed));
    assert_eq!(verify(8, &header).answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
}

/// OB3-SER-9: what no embedded proof covers is part of the text that a token covers.
#[test]
fn a_text_by_language_is_read_where_a_token_covers_it() {
    let mut payload = payload();
    let name = payload.pointer_mut("/credentialSubject/achievement/name").unwrap();
    *name = json!({ "fr": "Accueil", "en": "Welcome" });
    let mut issuer = Issuer::new();
    let token = issuer.token(&issuer.header(), &payload);
    let report = issuer.verify_token(&token);
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert!(report.noted(Code::ShapeTolerated));
    assert_eq!(report.records[0].names.get("en").map(String::as_str), Some("Welcome"));
    let mut badge = Issuer::unsigned_badge();
    badge["credentialSubject"]["achievement"]["name"] = json!({ "fr": "Accueil" });
    let badge = Issuer::new().secure(badge, &[Suite::EddsaJcs2022]);
    assert!(Issuer::new().verify(&badge).found(Code::ShapeBroken));
}

/// OB3-RF-1, OB3-VAL-11: a newer copy may come in a token, and holds by that.
#[test]
fn a_newer_copy_in_a_token_is_used_if_it_holds() {
    let service = format!("{BASE}/refresh/1");
    let refreshable = |until: &str| {
        let mut badge = payload();
        let contexts = badge["@context"].as_array_mut().unwrap();
        contexts.push(json!("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"));
        badge["refreshService"] = json!({ "id": service, "type": "1EdTechCredentialRefresh" });
        badge["validUntil"] = json!(until);
        badge["exp"] = json!(Timestamp::parse(until).unwrap().unix_seconds());
        badge
    };
    let presented = refreshable("2026-08-01T00:00:00Z");
    let newer = refreshable("2029-08-01T00:00:00Z");
    let thief = Issuer { key: SigningKey::from_seed(&[66; 32]), ..Issuer::new() };
    let mut other = newer.clone();
    other["id"] = json!(format!("{BASE}/a/2/credential.json"));
    other["jti"] = other["id"].clone();
    for (signer, newer, is_used) in
        [(Issuer::new(), &newer, true), (thief, &newer, false), (Issuer::new(), &other, false)]
    {
        let mut issuer = Issuer::new();
        let fresh = signer.token(&issuer.header(), newer);
        issuer.answer(&service, &service, 200, format!("{fresh}\n").into_bytes());
        let token = issuer.token(&issuer.header(), &presented);
        let report = issuer.verify_token(&token);
        let status = if is_used { Status::Active } else { Status::Expired };
        assert_eq!(report.status, status, "{:#?} {:#?}", report.checks, report.notes);
        assert_eq!(report.noted(Code::Refreshed), is_used);
    }
}

// Open Badges 2.0

const PROFILE: &str = "https://badges.example/issuer.json";
const KEY: &str = "https://badges.example/key.json";
const CLASS: &str = "https://badges.example/class.json";
const LIST: &str = "https://badges.example/revoked.json";

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion",
        "id": "urn:uuid:6a0d6a2e-0000-4000-8000-00000000000a", "uid": "old-1",
        "recipient": {"type": "email", "hashed": false, "identity": EMAIL},
        "badge": CLASS, "issuedOn": "2026-03-12T00:00:00Z",
        "verification": {"type": "SignedBadge", "creator": KEY},
    })
}

fn pem(key: &p256::ecdsa::VerifyingKey) -> String {
    // The head of a SubjectPublicKeyInfo with a point of P-256.
    let head = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    let der = [head.as_slice(), key.to_sec1_point(false).as_bytes()].concat();
    let (first, second) = (STANDARD.encode(&der[..48]), STANDARD.encode(&der[48..]));
    format!("-----BEGIN PUBLIC KEY-----\n{first}\n{second}\n-----END PUBLIC KEY-----\n")
}

/// A signed badge in a world that `change` may change: assertion, class, profile, key, list.
fn signed(change: impl FnOnce(&mut [Value; 5])) -> Report {
    use p256::ecdsa::signature::Signer as _;

    let secret = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let pem = pem(secret.verifying_key());
    let context = "https://w3id.org/openbadges/v2";
    let mut world = [
        assertion(),
        json!({"@context": context, "type": "BadgeClass", "id": CLASS, "name": "Accueil",
            "description": "Accueille.", "image": "https://badges.example/i.png",
            "criteria": {"narrative": "Accueillir."}, "issuer": PROFILE}),
        json!({"@context": context, "type": "Issuer", "id": PROFILE, "name": "Club",
            "url": "https://club.example", "email": "c@club.example", "publicKey": KEY,
            "revocationList": LIST}),
        json!({"@context": context, "type": "CryptographicKey", "id": KEY, "owner": PROFILE,
            "publicKeyPem": pem}),
        json!({"@context": context, "type": "RevocationList", "id": LIST, "issuer": PROFILE,
            "revokedAssertions": []}),
    ];
    change(&mut world);
    let [assertion, class, profile, key, list] = &world;
    let mut issuer = Issuer::new();
    for (url, document) in [(CLASS, class), (PROFILE, profile), (KEY, key), (LIST, list)] {
        if document.is_null() {
            issuer.unplug(url);
        } else {
            issuer.publish(url, document);
        }
    }
    let signed = format!("{}.{}", encode(&json!({"alg": "ES256"})), encode(assertion));
    let signature: p256::ecdsa::Signature = secret.sign(signed.as_bytes());
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()));
    issuer.verify_token(&token)
}

/// OB2-SIGN-1 to OB2-SIGN-6.
#[test]
fn a_signed_assertion_is_valid_wherever_it_lies() {
    let report = signed(|_| {});
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
    assert_eq!(report.answer(Question::Issuer), Outcome::Pass(Code::IssuerConfirmed));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::TokenVerified));
    assert_eq!(report.answer(Question::NotWithdrawn), Outcome::Pass(Code::NotWithdrawn));
    // Without `creator` every listed key is tried, and a class under a `urn:` is read where it stands (OB2-SIGN-13).
    let report = signed(|[assertion, class, profile, key, _]| {
        assertion["verification"] = json!({"type": "signed"});
        class["id"] = json!("urn:uuid:6a0d6a2e-0000-4000-8000-00000000000b");
        assertion["badge"] = class.clone();
        profile["publicKey"] = json!(["https://badges.example/issuers/club/did.json", key.clone()]);
    });
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
}

/// OB2-SIGN-4, OB2-SIGN-10, OB2-SIGN-11, OB2-KEY-3, OB2-KEY-5.
#[test]
fn a_key_speaks_for_the_issuer_only_if_each_names_the_other() {
    type Change = fn(&mut [Value; 5]);
    let cases: [(Change, Outcome); 7] = [
        (
            |w| w[0]["verification"]["creator"] = json!("https://k.example"),
            Outcome::Fail(Code::KeyNotListed),
        ),
        (|w| w[2]["publicKey"] = json!([]), Outcome::Fail(Code::KeyNotListed)),
        (
            |w| w[3]["owner"] = json!("https://evil.example"),
            Outcome::Fail(Code::IssuerNotKeyController),
        ),
        (
            |w| w[3]["id"] = json!("https://evil.example/key.json"),
            Outcome::Fail(Code::IssuerMismatch),
        ),
        (|w| w[3]["revoked"] = json!(true), Outcome::Fail(Code::KeyRevoked)),
        (
            |w| w[3]["publicKeyPem"] = json!("-----BEGIN PRIVATE KEY-----"),
            Outcome::Fail(Code::TokenHoldsSecret),
        ),
        (|w| w[3] = Value::Null, Outcome::Unknown(Code::DocumentUnavailable)),
    ];
    for (change, expected) in cases {
        let report = signed(change);
        assert_eq!(report.answer(Question::Issuer), expected, "{:#?}", report.checks);
        assert_ne!(report.verdict, Verdict::Valid);
    }
    // A profile inside the signed text proves nothing: its address is asked.
    let report = signed(|[_, class, profile, ..]| {
        class["issuer"] = profile.clone();
        *profile = Value::Null;
    });
    assert_eq!(report.verdict, Verdict::Unknown);
}

/// OB2-SIGN-9, OB2-RL-3 to OB2-RL-7. With one entry the official validator sees none.
#[test]
fn a_list_of_any_shape_withdraws_what_it_names() {
    let id = assertion()["id"].clone();
    let revoked = (Verdict::Invalid, Status::Revoked);
    for entries in [
        json!(id),
        json!([id]),
        json!({"id": id, "revocationReason": "Erreur"}),
        json!([{"uid": "old-1"}]),
        json!(["urn:x:1", {"id": id, "revoked": true}]),
    ] {
        let report = signed(|world| world[4]["revokedAssertions"] = entries.clone());
        assert_eq!(verdict(&report), revoked, "{entries}: {:#?}", report.checks);
    }
    for entries in [
        json!([]),
        json!("urn:x:1"),
        json!([{"id": id, "revoked": false}]),
        json!([{"uid": "old-2"}]),
    ] {
        let report = signed(|world| world[4]["revokedAssertions"] = entries.clone());
        assert_eq!(report.verdict, Verdict::Valid, "{entries}: {:#?}", report.checks);
    }
    let reason = signed(|world| {
        world[4]["revokedAssertions"] = json!({"id": id, "revocationReason": "Erreur"})
    });
    assert_eq!(reason.records[0].revocation_reason.as_deref(), Some("Erreur"));
    assert_eq!(verdict(&signed(|world| world[0]["revoked"] = json!(true))), revoked);
}

/// OB2-SIGN-9: a list that cannot be read leaves the question open.
#[test]
fn a_list_that_cannot_be_read_leaves_the_answer_open() {
    type Change = fn(&mut [Value; 5]);
    let cases: [(Change, Outcome); 5] = [
        (|w| w[4] = Value::Null, Outcome::Unknown(Code::StatusUnavailable)),
        (
            |w| w[4]["issuer"] = json!("https://evil.example"),
            Outcome::Unknown(Code::StatusListForeign),
        ),
        (|w| w[4]["type"] = json!("BadgeClass"), Outcome::Unknown(Code::StatusListBroken)),
        (
            |w| w[4] = without(w[4].take(), "revokedAssertions"),
            Outcome::Unknown(Code::StatusListBroken),
        ),
        (|w| w[2] = without(w[2].take(), "revocationList"), Outcome::Pass(Code::NoStatusDeclared)),
    ];
    for (change, expected) in cases {
        assert_eq!(signed(change).answer(Question::NotWithdrawn), expected);
    }
}

/// OB2-STAT-1, OB2-HASH-7: the checks after the signature are those of any badge.
#[test]
fn a_signed_assertion_ends_and_belongs_to_somebody() {
    let report = signed(|world| world[0]["expires"] = json!("2026-08-01T00:00:00Z"));
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Expired));
    let report = signed(|world| world[0]["expires"] = json!(1));
    assert!(report.found(Code::DatesBroken));
    let report = signed(|world| world[0] = without(world[0].take(), "recipient"));
    assert!(report.found(Code::ShapeBroken));
    // A token around an assertion that says it is hosted: the host is asked.
    let report = signed(|world| world[0]["verification"] = json!({"type": "HostedBadge"}));
    assert_ne!(report.verdict, Verdict::Valid);
}

/// CRED-ECDSA-1, CRED-DI-9, CRED-SET-5: the same engine over other suites and over chains.
#[test]
fn a_chain_with_a_missing_link_fails_as_that() {
    let mut issuer = Issuer::new();
    let mut badge = issuer.badge();
    badge["proof"][1]["previousProof"] = json!("urn:x:gone");
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofChainBroken));
    let mut badge = issuer.badge();
    for proof in badge["proof"].as_array_mut().unwrap() {
        proof["id"] = json!("urn:x:one");
    }
    assert!(Issuer::new().verify(&badge).found(Code::ProofChainBroken));
}
