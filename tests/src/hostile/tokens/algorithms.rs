//! Headers that choose how they are judged: no algorithm, a shared secret, another one than the key's, conditions.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::{THIEF, forged, headed, merge, of_bytes, on_p256, parts, respelled, split};
use crate::issuer::{Case, Issuer, key};
use crate::token::{
    claims, compact, encode, p256_key, p256_signature, pem, shared_secret, signed_by,
    signed_by_p256,
};

const FAILED: &[Code] = &[Code::ProofFailed];
const NOTHING: &[Code] = &[Code::TokenProvesNothing];
const OTHER: &[Code] = &[Code::TokenOtherAlgorithm];
const UNSUPPORTED: &[Code] = &[Code::ProofUnsupported];
const MALFORMED: &[Code] = &[Code::TokenMalformed];
const CONDITIONS: &[Code] = &[Code::TokenSetsConditions];
const JSON_REFUSED: &[Code] = &[Code::JsonRefused];

pub(super) fn cases() -> Vec<Case> {
    [without_proof(), algorithms(), signatures(), conditions()].concat()
}

/// RFC 8725, 3.1 and 3.2; CVE-2015-9235.
fn without_proof() -> Vec<Case> {
    let unsigned = |name: &str| {
        let mut club = Issuer::new();
        let header = json!({ "alg": name, "typ": "JWT", "kid": club.method() });
        let payload = claims(&club.draft());
        club.presents_bytes(compact(header.to_string(), payload.to_string(), |_| Vec::new()))
    };
    let secret = |name: &str, make: fn(&Issuer) -> Vec<u8>| {
        let mut club = Issuer::new();
        let header = json!({ "alg": name, "typ": "JWT", "kid": club.method() });
        let payload = claims(&club.draft());
        club.presents_bytes(shared_secret(&make(&club), &header, &payload))
    };
    let rule = "OB3-JWT-15";
    vec![
        unsigned("none").invalid("token-alg/none", rule, NOTHING),
        unsigned("None").invalid("token-alg/none-with-a-capital", rule, NOTHING),
        unsigned("NONE").invalid("token-alg/none-in-capitals", rule, NOTHING),
        unsigned("nOnE").invalid("token-alg/none-in-mixed-letters", rule, NOTHING),
        headed(&json!({ "alg": "none" })).invalid("token-alg/none-with-a-signature", rule, NOTHING),
        forged(&json!({ "alg": "none", "kid": null })).invalid(
            "token-alg/none-of-nobody",
            rule,
            NOTHING,
        ),
        secret("HS256", |club| match club.key().public() {
            openbadges::key::PublicKey::Ed25519(key) => key.as_bytes().to_vec(),
            other => unreachable!("{other:?}"),
        })
        .invalid("token-alg/the-public-key-as-a-secret", rule, NOTHING),
        secret("HS256", |club| club.key().public().to_multikey().into_bytes()).invalid(
            "token-alg/the-multikey-as-a-secret",
            rule,
            NOTHING,
        ),
        secret("HS256", |club| club.key().public().to_jwk().to_string().into_bytes()).invalid(
            "token-alg/the-jwk-as-a-secret",
            rule,
            NOTHING,
        ),
        secret("HS256", |club| pem(&club.key().public()).into_bytes()).invalid(
            "token-alg/the-pem-as-a-secret",
            rule,
            NOTHING,
        ),
        secret("hs256", |_| Vec::new()).invalid("token-alg/an-empty-secret", rule, NOTHING),
        secret("HS384", |_| b"secret".to_vec()).invalid("token-alg/hs384", rule, NOTHING),
        secret("HS512", |_| b"secret".to_vec()).invalid("token-alg/hs512", rule, NOTHING),
    ]
}

/// The algorithm is the key's, whatever the header says (RFC 8725, 3.1).
fn algorithms() -> Vec<Case> {
    let called = |name: Value| headed(&json!({ "alg": name }));
    let rule = "CRED-JOSE-8";
    let (p256, mut header, payload) = on_p256();
    header["alg"] = json!("EdDSA");
    let as_eddsa = p256.presents_bytes(signed_by_p256(&p256_key(7), &header, &payload));
    header["alg"] = json!("ES384");
    let as_es384 = p256.presents_bytes(signed_by_p256(&p256_key(7), &header, &payload));
    header["alg"] = json!("EdDSA");
    let by_a_thief = p256.presents_bytes(signed_by(&key(THIEF), &header, &payload));
    vec![
        called(json!("ES256")).invalid("token-alg/es256-for-an-ed25519-key", rule, OTHER),
        called(json!("ES384")).invalid("token-alg/es384-for-an-ed25519-key", rule, OTHER),
        called(json!("RS256")).invalid("token-alg/rs256-for-an-ed25519-key", rule, OTHER),
        as_eddsa.invalid("token-alg/eddsa-for-a-p256-key", rule, OTHER),
        as_es384.invalid("token-alg/es384-for-a-p256-key", rule, OTHER),
        by_a_thief.invalid("token-alg/a-thiefs-ed25519-for-a-p256-key", rule, OTHER),
        called(json!("PS256")).unknown("token-alg/ps256", rule, UNSUPPORTED),
        called(json!("RS512")).unknown("token-alg/rs512", rule, UNSUPPORTED),
        called(json!("ES256K")).unknown("token-alg/es256k", rule, UNSUPPORTED),
        called(json!("Ed448")).unknown("token-alg/ed448", rule, UNSUPPORTED),
        called(json!("eddsa")).unknown("token-alg/in-small-letters", rule, UNSUPPORTED),
        called(json!("EdDSA ")).unknown("token-alg/with-a-blank", rule, UNSUPPORTED),
        called(json!("")).unknown("token-alg/empty", rule, UNSUPPORTED),
        called(json!("RSA-OAEP")).unknown("token-alg/one-that-encrypts", rule, UNSUPPORTED),
        called(json!(null)).invalid("token-alg/absent", rule, MALFORMED),
        called(json!(["EdDSA"])).invalid("token-alg/in-an-array", rule, MALFORMED),
        called(json!({ "alg": "EdDSA" })).invalid("token-alg/in-an-object", rule, MALFORMED),
        called(json!(0)).invalid("token-alg/a-number", rule, MALFORMED),
        of_bytes(br#"{"alg":"none","alg":"EdDSA"}"#, b"{}").invalid(
            "token-alg/twice",
            "CRED-JOSE-9",
            MALFORMED,
        ),
        of_bytes(br#"{"alg":"EdDSA","\u0061lg":"none"}"#, b"{}").invalid(
            "token-alg/twice-once-in-escapes",
            "CRED-JOSE-9",
            MALFORMED,
        ),
    ]
}

fn signatures() -> Vec<Case> {
    let (club, header, payload) = on_p256();
    let on_p256 = |sign: &dyn Fn(&[u8]) -> Vec<u8>| {
        let token = compact(header.to_string(), payload.to_string(), |signed| sign(signed));
        club.presents_bytes(token)
    };
    let signature = |bytes: &[u8]| parts(|parts| parts[2] = encode(bytes));
    // The order of the curve, which stands for zero.
    let order = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
        0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let mut other = Issuer::new();
    let [first, second] = [other.token(|_, _| {}), other.token(|_, _| {})].map(|one| split(&one));
    let swapped = [first[0].clone(), first[1].clone(), second[2].clone()].join(".");
    let rule = "CRED-JOSE-8";
    vec![
        signature(&[]).invalid("token-signature/empty", rule, FAILED),
        signature(&[0; 64]).invalid("token-signature/all-zero", rule, FAILED),
        signature(&[0; 63]).invalid("token-signature/a-byte-short", rule, FAILED),
        signature(&[1; 100_000]).invalid("token-signature/of-a-hundred-kilobytes", rule, FAILED),
        other.presents_bytes(swapped).invalid("token-signature/of-another-badge", rule, FAILED),
        forged(&json!({})).invalid("token-signature/of-a-thief-under-our-kid", rule, FAILED),
        on_p256(&|signed| p256_signature(&p256_key(7), signed).1).invalid(
            "token-signature/in-der",
            rule,
            FAILED,
        ),
        // CVE-2022-21449: zero, and numbers that stand for zero.
        on_p256(&|_| vec![0; 64]).invalid("token-signature/two-zeros", rule, FAILED),
        on_p256(&|_| [order, order].concat()).invalid("token-signature/two-orders", rule, FAILED),
        on_p256(&|_| [[0; 32], order].concat()).invalid(
            "token-signature/a-zero-and-an-order",
            rule,
            FAILED,
        ),
        on_p256(&|signed| [p256_signature(&p256_key(7), signed).0, vec![0]].concat()).invalid(
            "token-signature/a-byte-more",
            rule,
            FAILED,
        ),
    ]
}

/// Headers that ask to be read in another way (RFC 7515, 4.1.11; RFC 7797).
fn conditions() -> Vec<Case> {
    let rule = "CRED-JOSE-9";
    let mut club = Issuer::new();
    let mut header = club.token_header();
    merge(&mut header, &json!({ "b64": false, "crit": ["b64"] }));
    // Signed over the payload as it is. It has no point in it, so that it can stand between two.
    let raw = claims(&club.draft()).to_string().replace('.', "\\u002e");
    let signed = format!("{}.{raw}", encode(header.to_string()));
    let unencoded = format!("{signed}.{}", encode(club.key().sign(signed.as_bytes())));
    let detached = |token: &str| {
        let [header, _, signature] = split(token);
        format!("{header}..{signature}")
    };
    let mut sparse = Issuer::new();
    let unencoded_and_detached = {
        let token =
            sparse.token(|header, _| merge(header, &json!({ "b64": false, "crit": ["b64"] })));
        detached(&token)
    };
    vec![
        headed(&json!({ "crit": ["exp"] })).invalid("token-crit/a-claim", rule, CONDITIONS),
        headed(&json!({ "crit": ["http://evil.example/x"], "http://evil.example/x": 1 })).invalid(
            "token-crit/an-extension-nobody-knows",
            rule,
            CONDITIONS,
        ),
        headed(&json!({ "crit": [] })).invalid("token-crit/empty", rule, CONDITIONS),
        headed(&json!({ "crit": ["kid"] })).invalid(
            "token-crit/a-member-of-the-standard",
            rule,
            CONDITIONS,
        ),
        headed(&json!({ "crit": "b64" })).invalid("token-crit/a-text", rule, CONDITIONS),
        headed(&json!({ "crit": false })).invalid("token-crit/false", rule, CONDITIONS),
        headed(&json!({ "crit": ["b64"], "b64": true })).invalid(
            "token-crit/b64-as-ever",
            rule,
            CONDITIONS,
        ),
        headed(&json!({ "b64": false })).invalid(
            "token-b64/false-and-not-critical",
            rule,
            CONDITIONS,
        ),
        headed(&json!({ "b64": "false" })).invalid("token-b64/a-text", rule, CONDITIONS),
        headed(&json!({ "b64": 0 })).invalid("token-b64/zero", rule, CONDITIONS),
        club.presents_bytes(unencoded).invalid("token-b64/an-unencoded-payload", rule, CONDITIONS),
        sparse.presents_bytes(unencoded_and_detached).invalid(
            "token-b64/unencoded-and-detached",
            rule,
            CONDITIONS,
        ),
        respelled(detached).invalid("token-form/detached", "CRED-JOSE-9", JSON_REFUSED),
    ]
}
