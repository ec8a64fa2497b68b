//! Issuers by their identifier: tricks with hosts and paths, identifiers without a domain, names that imitate.

use openbadges::verify::Code;
use serde_json::{Value, json};

use crate::issuer::{Case, Issuer, OPEN_BADGES_3, Scene, key, prove};

/// The seed of the key of everybody in this file.
const SEED: u8 = 9;

/// A badge signed by `did`, whose document is published wherever anybody could be led to look for it.
fn issued_by(did: &str, document_urls: &[&str]) -> Scene {
    let mut club = Issuer::at("badges.example", "issuers/club", SEED);
    let multikey = key(SEED).public().to_multikey();
    let method = format!("{did}#{multikey}");
    let mut badge = club.draft();
    badge["issuer"]["id"] = json!(did);
    if let Some(members) = badge.as_object_mut() {
        members.remove("credentialStatus");
    }
    let options = json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
        "created": "2026-03-12T10:00:00Z", "verificationMethod": method
    });
    badge["proof"] = json!([prove(&badge, options, &key(SEED))]);
    let document = json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], "id": did,
        "verificationMethod": [{
            "id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey
        }],
        "assertionMethod": [method]
    });
    for url in document_urls {
        club.publish(url, &document);
    }
    club.presents(&badge)
}

const BROKEN: &[Code] = &[Code::ProofMalformed];
const UNSUPPORTED: &[Code] = &[Code::IssuerUnsupported];

pub(super) fn cases() -> Vec<Case> {
    [honest(), hosts(), paths(), others(), names()].concat()
}

fn honest() -> Vec<Case> {
    vec![
        issued_by("did:web:badges.example", &["https://badges.example/.well-known/did.json"])
            .valid("issuer/a-whole-host", "CRED-DIDWEB-2"),
        issued_by("did:web:badges.example:a:b", &["https://badges.example/a/b/did.json"])
            .valid("issuer/a-path", "CRED-DIDWEB-2"),
        issued_by("did:web:badges.example%3A8443:a", &["https://badges.example:8443/a/did.json"])
            .valid("issuer/a-port", "CRED-DIDWEB-2"),
        issued_by("did:web:xn--strn-5qa.example:a", &["https://xn--strn-5qa.example/a/did.json"])
            .valid("issuer/an-a-label", "CRED-DIDWEB-4"),
        issued_by("https://club.example/issuer", &["https://club.example/issuer"])
            .valid("issuer/an-address-with-keys", "OB3-DI-4"),
    ]
}

fn hosts() -> Vec<Case> {
    let trick = |did: &str| {
        issued_by(
            did,
            &[
                "https://badges.example/did.json",
                "https://badges.example/.well-known/did.json",
                "https://badges.example/a/did.json",
                "https://evil.example/did.json",
                "https://evil.example/.well-known/did.json",
                "https://127.0.0.1/.well-known/did.json",
            ],
        )
    };
    vec![
        trick("did:web:").invalid("issuer-host/none", "CRED-DIDWEB-1", BROKEN),
        trick("did:web::a").invalid("issuer-host/empty", "CRED-DIDWEB-1", BROKEN),
        trick("did:web:127.0.0.1").invalid("issuer-host/an-ip-address", "CRED-DIDWEB-1", BROKEN),
        trick("did:web:2130706433").invalid(
            "issuer-host/an-ip-address-in-one-number",
            "CRED-DIDWEB-1",
            BROKEN,
        ),
        trick("did:web:0x7f.0.0.1").invalid(
            "issuer-host/an-ip-address-in-hexadecimal",
            "CRED-DIDWEB-1",
            BROKEN,
        ),
        trick("did:web:%5B%3A%3A1%5D").invalid(
            "issuer-host/an-ipv6-address",
            "CRED-DIDWEB-1",
            BROKEN,
        ),
        trick("did:web:localhost").invalid("issuer-host/this-machine", "CRED-DIDWEB-1", BROKEN),
        trick("did:web:intranet").invalid(
            "issuer-host/a-name-without-a-dot",
            "CRED-DIDWEB-1",
            BROKEN,
        ),
        trick("did:web:badges.example.").invalid(
            "issuer-host/a-dot-at-the-end",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges..example").invalid("issuer-host/two-dots", "CRED-DIDWEB-4", BROKEN),
        trick("did:web:-badges.example").invalid(
            "issuer-host/a-hyphen-in-front",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges_example.evil.example").invalid(
            "issuer-host/an-underscore",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example%40evil.example").invalid(
            "issuer-host/a-user",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example@evil.example").invalid(
            "issuer-host/a-user-in-clear",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example%2Fa").invalid("issuer-host/a-slash", "CRED-DIDWEB-4", BROKEN),
        trick("did:web:badges.example%23.evil.example").invalid(
            "issuer-host/a-fragment",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example%3F.evil.example").invalid(
            "issuer-host/a-question",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges%2Eexample").invalid(
            "issuer-host/a-dot-in-percent",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example%3A0").invalid(
            "issuer-host/port-zero",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example%3A99999").invalid(
            "issuer-host/a-port-too-far",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example%3A0443").invalid(
            "issuer-host/a-port-with-a-zero",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example%3A443%3A443").invalid(
            "issuer-host/two-ports",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:éstran.example").invalid(
            "issuer-host/letters-not-in-a-label",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:xn--a.example").invalid(
            "issuer-host/an-a-label-that-is-none",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick(&format!("did:web:{}.example", "a".repeat(64))).invalid(
            "issuer-host/a-label-too-long",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
    ]
}

fn paths() -> Vec<Case> {
    let trick = |did: &str| {
        issued_by(
            did,
            &[
                "https://badges.example/did.json",
                "https://badges.example/.well-known/did.json",
                "https://badges.example/b/did.json",
                "https://badges.example/a/b/did.json",
            ],
        )
    };
    vec![
        trick("did:web:badges.example:..:b").invalid("issuer-path/up", "CRED-DIDWEB-4", BROKEN),
        trick("did:web:badges.example:a:%2e%2e:b").invalid(
            "issuer-path/up-in-percent",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:.:b").invalid("issuer-path/a-dot", "CRED-DIDWEB-4", BROKEN),
        trick("did:web:badges.example::b").invalid(
            "issuer-path/an-empty-step",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:").invalid(
            "issuer-path/a-colon-at-the-end",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:a%2Fb").invalid(
            "issuer-path/a-slash",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:a/b").invalid(
            "issuer-path/a-slash-in-clear",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:a%5Cb").invalid(
            "issuer-path/a-backslash",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:a%00").invalid("issuer-path/a-nul", "CRED-DIDWEB-4", BROKEN),
        trick("did:web:badges.example:a%252F").invalid(
            "issuer-path/percent-twice",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:a%2").invalid(
            "issuer-path/half-a-percent",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
        trick("did:web:badges.example:a?x=1").invalid(
            "issuer-path/a-question",
            "CRED-DIDWEB-4",
            BROKEN,
        ),
    ]
}

fn others() -> Vec<Case> {
    let multikey = key(SEED).public().to_multikey();
    let at = |id: &str| issued_by(id, &[id]);
    vec![
        at(&format!("did:key:{multikey}")).unknown(
            "issuer/a-bare-key",
            "CRED-DIDKEY-6",
            &[Code::IssuerKeyOnly],
        ),
        at("did:key:z6MkNotAKey").invalid("issuer/a-key-that-is-none", "CRED-DIDKEY-1", BROKEN),
        at(&format!("did:key:2.0:{multikey}")).invalid(
            "issuer/a-key-of-a-later-version",
            "CRED-DIDKEY-1",
            BROKEN,
        ),
        at("did:ebsi:zfEmvX5twhXjQJiCWsukvQA").unknown(
            "issuer/another-method",
            "OB3-OV-19",
            UNSUPPORTED,
        ),
        at("did:jwk:eyJrdHkiOiJPS1AifQ").unknown(
            "issuer/a-method-nobody-here-reads",
            "OB3-OV-19",
            UNSUPPORTED,
        ),
        at("did:WEB:badges.example").unknown(
            "issuer/a-method-in-capitals",
            "CRED-DIDWEB-1",
            UNSUPPORTED,
        ),
        at("urn:uuid:a8a2ecf4-4b3c-4b0f-8c4c-1b5d8b5b0c0d").unknown(
            "issuer/a-number",
            "OB3-WILD-12",
            UNSUPPORTED,
        ),
        at("http://club.example/issuer").unknown(
            "issuer/an-address-without-tls",
            "OB3-DI-4",
            UNSUPPORTED,
        ),
        at("ftp://club.example/issuer").unknown("issuer/another-scheme", "OB3-DI-4", UNSUPPORTED),
        at("mailto:club@club.example").unknown("issuer/a-mail-address", "OB3-DI-4", UNSUPPORTED),
    ]
}

/// Whatever a badge calls its issuer, the domain decides: these are good badges of `evil.example`, and say so.
fn names() -> Vec<Case> {
    let mut thief = Issuer::at("evil.example", "issuers/club", SEED);
    let mut spoof = |change: fn(&mut Value)| {
        let badge = thief.award_as(change);
        thief.presents(&badge)
    };
    vec![
        spoof(|draft| {
            draft["issuer"]["name"] = json!("Ministère de l'Éducation nationale");
            draft["issuer"]["url"] = json!("https://www.education.gouv.fr/");
            draft["issuer"]["email"] = json!("contact@education.gouv.fr");
        })
        .valid("issuer-name/of-a-ministry", "OB3-VAL-17"),
        spoof(|draft| {
            draft["issuer"]["parentOrg"] =
                json!({ "id": "did:web:badges.example:issuers:club", "type": ["Profile"], "name": "Le club" });
        })
        .valid("issuer-name/a-famous-parent", "OB3-VAL-17"),
        spoof(|draft| draft["id"] = json!("https://badges.example/a/1/credential.json"))
            .valid("issuer-name/an-id-on-a-famous-host", "OB3-VAL-17"),
        spoof(|draft| draft["issuer"] = json!([draft["issuer"], "did:web:badges.example:issuers:club"])).invalid(
            "issuer-name/two-issuers",
            "CRED-VCDM-4",
            &[Code::ShapeBroken],
        ),
        spoof(|draft| draft["issuer"]["id"] = json!("did:web:badges.example:issuers:club")).invalid(
            "issuer-name/the-famous-did-itself",
            "OB3-DI-3",
            &[Code::IssuerNotKeyController],
        ),
        spoof(|draft| draft["@context"] = json!([draft["@context"][0], OPEN_BADGES_3, OPEN_BADGES_3]))
            .valid("issuer-name/a-context-twice", "CRED-UNSIGNED-5"),
    ]
}
