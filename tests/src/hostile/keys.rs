//! Whose key it is: keys of others, keys that are over, keys that are published in an odd way or for something else.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::take;
use crate::issuer::{Case, Issuer, Scene, key, prove};

const NOT_LISTED: &[Code] = &[Code::KeyNotListed];
const NOT_CONTROLLER: &[Code] = &[Code::IssuerNotKeyController];
const MISMATCH: &[Code] = &[Code::IssuerMismatch];

/// The seed of a thief's key.
const THIEF: u8 = 66;

/// A badge in the club's name, signed with a thief's key under the name `method`.
fn forged(method: &str) -> Scene {
    let mut club = Issuer::new();
    let mut badge = club.draft();
    let options = json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
        "created": "2026-03-12T10:00:00Z", "verificationMethod": method
    });
    badge["proof"] = json!([prove(&badge, options, &key(THIEF))]);
    club.presents(&badge)
}

/// An honest badge, whose issuer's DID document is another one.
fn published(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award();
    club.lie(&club.did_url(), change);
    club.presents(&badge)
}

pub(super) fn cases() -> Vec<Case> {
    [honest(), others(), ends(), documents(), material()].concat()
}

fn honest() -> Vec<Case> {
    let mut rotated = Issuer::new();
    let old = rotated.award();
    rotated.rotate_key();
    let new = rotated.award();
    vec![
        rotated.presents(&old).valid("key/retired", "CRED-KEY-10"),
        rotated.presents(&new).valid("key/the-next-one", "CRED-KEY-10"),
        published(|did| {
            let method = did["verificationMethod"][0].clone();
            did["assertionMethod"] = json!([method]);
            did["verificationMethod"] = json!([]);
        })
        .valid("key/only-inside-the-relationship", "CRED-WILD-8"),
        published(|did| {
            let id = did["assertionMethod"][0].as_str().unwrap_or_default().to_owned();
            let fragment = id.split_once('#').map_or("", |(_, fragment)| fragment);
            did["verificationMethod"][0]["id"] = json!(format!("#{fragment}"));
            did["assertionMethod"] = json!([format!("#{fragment}")]);
        })
        .valid("key/with-a-relative-id", "CRED-DIDWEB-7"),
        published(|did| did["service"] = json!([{ "id": "#s", "type": "LinkedDomains" }]))
            .valid("key/beside-other-things", "CRED-KEY-1"),
    ]
}

fn others() -> Vec<Case> {
    let club = Issuer::new();
    let multikey = key(THIEF).public().to_multikey();
    let named = |controller: &str| forged(&format!("{controller}#{multikey}"));
    let mut thief = Issuer::at("evil.example", "issuers/club", THIEF);
    let mut badge = thief.draft();
    badge["issuer"]["id"] = json!(club.did());
    let mut scene = thief.presents(&thief.sign(badge));
    scene.web = thief.web();
    vec![
        named(&club.did()).invalid("key/of-a-thief-in-our-name", "OB3-DI-3", NOT_LISTED),
        forged(&club.method()).invalid(
            "key/of-a-thief-under-our-key-id",
            "OB3-DI-3",
            &[Code::ProofFailed],
        ),
        named(&format!("did:key:{multikey}")).invalid(
            "key/a-bare-key",
            "OB3-OV-15",
            NOT_CONTROLLER,
        ),
        forged(&format!("did:key:{multikey}")).invalid(
            "key/a-bare-key-without-fragment",
            "OB3-OV-15",
            NOT_CONTROLLER,
        ),
        named("did:web:evil.example").invalid("key/of-another-did", "OB3-DI-3", NOT_CONTROLLER),
        named("did:web:badges.example:issuers:other").invalid(
            "key/of-a-neighbour",
            "OB3-DI-3",
            NOT_CONTROLLER,
        ),
        named("did:web:badges.example").invalid(
            "key/of-the-whole-host",
            "OB3-DI-3",
            NOT_CONTROLLER,
        ),
        named("did:web:badges.example:issuers").invalid(
            "key/of-the-folder-above",
            "OB3-DI-3",
            NOT_CONTROLLER,
        ),
        named("did:web:badges.example:issuers:club:keys").invalid(
            "key/of-a-folder-below",
            "OB3-DI-3",
            NOT_CONTROLLER,
        ),
        named("did:web:BADGES.example:issuers:club").invalid(
            "key/of-us-in-capitals",
            "OB3-DI-3",
            NOT_CONTROLLER,
        ),
        named("https://badges.example/issuers/club").invalid(
            "key/of-our-address",
            "OB3-DI-3",
            NOT_CONTROLLER,
        ),
        named("https://evil.example/key").invalid(
            "key/of-another-address",
            "OB3-OV-14",
            NOT_CONTROLLER,
        ),
        named("http://127.0.0.1/key").invalid(
            "key/of-a-private-address",
            "OB2-HOST-14",
            NOT_CONTROLLER,
        ),
        named("urn:uuid:0").invalid("key/of-nobody", "OB3-DI-4", NOT_CONTROLLER),
        named("did:web:badges.example:issuers:club?x=1").invalid(
            "key/of-us-with-a-question",
            "CRED-DIDWEB-4",
            NOT_CONTROLLER,
        ),
        forged(&format!("{}#", club.did())).invalid("key/an-empty-name", "CRED-KEY-1", NOT_LISTED),
        forged(&club.did()).invalid("key/without-a-name", "CRED-KEY-1", NOT_LISTED),
        scene.invalid("key/of-a-thief-whose-web-is-all-there-is", "CRED-KEY-1", NOT_CONTROLLER),
    ]
}

fn ends() -> Vec<Case> {
    let mut club = Issuer::new();
    let badge = club.award();
    let mut stolen = club.clone();
    stolen.compromise();
    let mut dropped = club.clone();
    dropped.drop_key();
    vec![
        stolen.presents(&badge).invalid("key/compromised", "CRED-KEY-10", &[Code::KeyRevoked]),
        dropped.presents(&badge).invalid("key/taken-away-in-silence", "CRED-KEY-1", NOT_LISTED),
        published(|did| did["verificationMethod"][0]["revoked"] = json!("2026-08-01T00:00:00Z"))
            .invalid("key/marked-revoked-and-still-listed", "CRED-KEY-4", &[Code::KeyRevoked]),
        published(|did| did["verificationMethod"][0]["revoked"] = json!("soon")).invalid(
            "key/revoked-at-no-time",
            "CRED-KEY-4",
            NOT_LISTED,
        ),
        published(|did| did["verificationMethod"][0]["expires"] = json!("2026-03-12T09:59:59Z"))
            .invalid("key/over-before-the-proof", "CRED-KEY-4", NOT_LISTED),
        published(|did| did["verificationMethod"][0]["expires"] = json!("2026-05-01T00:00:00Z"))
            .valid("key/over-after-the-proof", "CRED-KEY-4"),
    ]
}

fn documents() -> Vec<Case> {
    let club = Issuer::new();
    vec![
        published(|did| did["id"] = json!("did:web:badges.example:issuers:other")).invalid(
            "key-document/of-another-did",
            "CRED-DIDWEB-3",
            MISMATCH,
        ),
        published(|did| did["id"] = json!("did:web:badges.example:issuers:Club")).invalid(
            "key-document/in-capitals",
            "CRED-DIDWEB-3",
            MISMATCH,
        ),
        published(|did| {
            take(did, "/id");
        })
        .invalid("key-document/without-an-id", "CRED-KEY-1", MISMATCH),
        published(|did| *did = json!([did])).invalid(
            "key-document/an-array",
            "CRED-KEY-1",
            MISMATCH,
        ),
        published(|did| did["verificationMethod"][0]["controller"] = json!("did:web:evil.example"))
            .invalid("key-document/another-controller", "CRED-KEY-2", MISMATCH),
        published(|did| {
            take(did, "/verificationMethod/0/controller");
        })
        .invalid("key-document/no-controller", "CRED-KEY-2", MISMATCH),
        published(|did| did["assertionMethod"] = json!([])).invalid(
            "key-document/the-key-asserts-nothing",
            "CRED-KEY-1",
            NOT_LISTED,
        ),
        published(|did| {
            did["authentication"] = take(did, "/assertionMethod");
        })
        .invalid("key-document/the-key-only-logs-in", "CRED-KEY-1", NOT_LISTED),
        published(|did| {
            did["keyAgreement"] = take(did, "/assertionMethod");
        })
        .invalid("key-document/the-key-only-agrees", "CRED-KEY-1", NOT_LISTED),
        published(|did| {
            let mut second = did["verificationMethod"][0].clone();
            second["publicKeyMultibase"] = json!(key(THIEF).public().to_multikey());
            did["capabilityInvocation"] = json!([second]);
        })
        .invalid("key-document/two-keys-of-one-name", "CRED-KEY-1", NOT_LISTED),
        published(|did| {
            let copies = vec![did["verificationMethod"][0].clone(); 1_500];
            did["verificationMethod"] = json!(copies);
        })
        .valid("key-document/one-key-fifteen-hundred-times", "CRED-KEY-1"),
    ]
    .into_iter()
    .chain(served(&club))
    .collect()
}

/// The address of the keys answers with something else.
fn served(club: &Issuer) -> Vec<Case> {
    let answering = |bytes: Vec<u8>| {
        let mut club = club.clone();
        let badge = club.award();
        club.serve(&club.did_url(), 200, "application/json", bytes);
        club.presents(&badge)
    };
    let did = club.did_document().to_string();
    let twice = did.replacen('{', r#"{"id":"did:web:evil.example","#, 1);
    vec![
        answering(twice.into_bytes()).unknown(
            "key-document/a-member-twice",
            "CRED-SAFE-9",
            &[Code::DocumentRefused],
        ),
        answering([b"\xef\xbb\xbf".as_slice(), did.as_bytes()].concat()).unknown(
            "key-document/a-mark-in-front",
            "CRED-SAFE-9",
            &[Code::DocumentRefused],
        ),
        answering(b"<!DOCTYPE html><title>Connexion</title>".to_vec()).unknown(
            "key-document/a-page-to-log-in",
            "OB2-WILD-3",
            &[Code::DocumentIsPage],
        ),
        answering("[".repeat(900_000).into_bytes()).unknown(
            "key-document/deep",
            "CRED-SAFE-9",
            &[Code::DocumentRefused],
        ),
        answering(" ".repeat((1 << 20) + 1).into_bytes()).unknown(
            "key-document/too-large",
            "CRED-SAFE-9",
            &[Code::DocumentRefused],
        ),
        answering(Vec::new()).unknown("key-document/empty", "CRED-KEY-1", &[Code::DocumentRefused]),
    ]
}

/// The bytes of the key.
fn material() -> Vec<Case> {
    let keyed = |material: Value| {
        published(move |did| did["verificationMethod"][0]["publicKeyMultibase"] = material)
    };
    let secret = key(7).to_secret_multikey().to_string();
    vec![
        keyed(json!(secret)).invalid("key-material/a-secret", "CRED-KEY-6", NOT_LISTED),
        keyed(json!("")).invalid("key-material/empty", "CRED-KEY-5", NOT_LISTED),
        keyed(json!(null)).invalid("key-material/null", "CRED-KEY-5", NOT_LISTED),
        keyed(json!("z6Mk")).unknown(
            "key-material/too-short-to-name-a-type",
            "CRED-KEY-5",
            &[Code::ProofUnsupported],
        ),
        keyed(json!(format!("z{}", "6".repeat(900_000)))).invalid(
            "key-material/a-megabyte",
            "CRED-KEY-5",
            NOT_LISTED,
        ),
        // All zero: a point of small order, under which one signature fits many texts.
        keyed(json!(openbadges::multibase::base58btc(
            &[&[0xed, 0x01], [0; 32].as_slice()].concat()
        )))
        .invalid("key-material/a-point-of-small-order", "CRED-EDDSA-8", NOT_LISTED),
        keyed(json!(key(THIEF).public().to_multikey())).invalid(
            "key-material/another-key-under-the-name",
            "OB3-DI-6",
            &[Code::ProofFailed],
        ),
        keyed(json!("z6LSbgBAXJos6Tik6PNmXeWxKbDUr9Y7hcB9syigVTeXiNmn")).unknown(
            "key-material/a-key-that-cannot-sign",
            "CRED-DIDKEY-3",
            &[Code::ProofUnsupported],
        ),
        published(|did| did["verificationMethod"][0]["privateKeyMultibase"] = json!("z3u2"))
            .invalid("key-material/a-secret-beside", "CRED-KEY-6", NOT_LISTED),
        published(|did| did["verificationMethod"][0]["publicKeyJwk"] = key(7).public().to_jwk())
            .invalid("key-material/two-keys-in-one", "CRED-KEY-5", NOT_LISTED),
        published(|did| did["verificationMethod"][0]["type"] = json!("Bls12381G2Key2020")).unknown(
            "key-material/of-an-unknown-type",
            "CRED-KEY-3",
            &[Code::ProofUnsupported],
        ),
        published(|did| {
            take(did, "/verificationMethod/0/publicKeyMultibase");
            did["verificationMethod"][0]["type"] = json!("JsonWebKey");
            did["verificationMethod"][0]["publicKeyJwk"] = key(7).public().to_jwk();
        })
        .valid("key-material/as-a-jwk", "CRED-KEY-3"),
    ]
}
