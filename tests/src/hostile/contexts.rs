//! Words with another meaning: contexts that are swapped, added, hidden or made up, and members no context knows.
//!
//! Every badge here carries the one proof that covers statements, because that is all a thief has to keep.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::{put, take};
use crate::issuer::{CREDENTIALS_V2, Case, Issuer, OPEN_BADGES_3, Scene};

/// A badge whose issuer wrote it like this.
fn written(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award_as(change);
    club.presents(&badge)
}

/// An honest badge, changed after it was signed over its statements.
fn changed(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let mut badge = club.award_as(|_| {});
    change(&mut badge);
    club.presents(&badge)
}

/// An honest badge whose `@context` was changed.
fn under(context: &Value) -> Scene {
    changed(|badge| badge["@context"] = context.clone())
}

const REFUSED: &[Code] = &[Code::ContextRefused];
const UNKNOWN: &[Code] = &[Code::ContextUnknown];
const UNSIGNED: &[Code] = &[Code::ContentNotSigned];
const SHAPE: &[Code] = &[Code::ShapeBroken];
const FAILED: &[Code] = &[Code::ProofFailed];
const COMPLEX: &[Code] = &[Code::ProofTooComplex];
/// Words of JSON-LD that are not read here: whatever they would hide stays undecided.
const UNSUPPORTED: &[Code] = &[Code::ProofUnsupported];

pub(super) fn cases() -> Vec<Case> {
    [honest(), contexts(), nested(), members(), moved(), poison()].concat()
}

fn honest() -> Vec<Case> {
    vec![
        written(|_| {}).valid("context/honest", "OB3-CTX-1"),
        changed(|badge| badge["proof"][0]["@context"] = badge["@context"].clone())
            .valid("context/a-proof-repeats-the-context", "CRED-EDDSA-4"),
        changed(|badge| badge["type"] = json!(["AchievementCredential", "VerifiableCredential"]))
            .valid("context/types-in-another-order", "CRED-UNSIGNED-7"),
        changed(|badge| badge["proof"] = badge["proof"][0].clone())
            .valid("context/a-lone-proof-without-an-array", "CRED-SET-1"),
        written(|draft| {
            put(draft, "/evidence", json!([{ "type": ["Evidence"], "narrative": "Vu." }]))
        })
        .valid("context/a-signed-member-more", "OB3-VAL-8"),
    ]
}

fn contexts() -> Vec<Case> {
    let (vc, ob) = (CREDENTIALS_V2, OPEN_BADGES_3);
    let alias = json!({ "title": "https://schema.org/name" });
    vec![
        under(&json!([ob, vc])).invalid("context/swapped", "OB3-WILD-13", REFUSED),
        under(&json!([vc, ob, alias])).invalid(
            "context/an-inline-alias",
            "CRED-UNSIGNED-6",
            REFUSED,
        ),
        under(&json!([alias, vc, ob])).invalid(
            "context/an-inline-alias-in-front",
            "CRED-UNSIGNED-6",
            REFUSED,
        ),
        under(&json!([vc, ob, { "@vocab": "https://evil.example/#" }])).invalid(
            "context/an-inline-vocabulary",
            "CRED-SAFE-3",
            REFUSED,
        ),
        under(&json!([vc, ob, {}])).invalid(
            "context/an-empty-inline-context",
            "CRED-SAFE-3",
            REFUSED,
        ),
        under(&json!([vc, ob, null])).invalid(
            "context/null-forgets-all-words",
            "CRED-SAFE-3",
            REFUSED,
        ),
        under(&json!([vc, [ob]])).invalid("context/an-array-in-the-array", "CRED-SAFE-3", REFUSED),
        under(&json!({ "@import": vc })).unknown(
            "context/an-import",
            "CRED-SAFE-6",
            &[Code::TypeUnknown],
        ),
        under(&json!([vc, ob, "https://evil.example/context.json"])).unknown(
            "context/an-unknown-one-more",
            "CRED-SAFE-3",
            UNKNOWN,
        ),
        under(&json!([vc, ob, "https://www.w3.org/ns/credentials/undefined-terms/v2"])).unknown(
            "context/the-one-that-defines-everything",
            "CRED-VCDM-17",
            UNKNOWN,
        ),
        under(&json!([vc, ob, "https://www.w3.org/ns/credentials/examples/v2"])).unknown(
            "context/the-one-for-examples",
            "CRED-VCDM-17",
            UNKNOWN,
        ),
        under(&json!([vc, format!("{ob}/")])).unknown(
            "context/a-slash-too-many",
            "CRED-SAFE-4",
            UNKNOWN,
        ),
        under(&json!([vc, ob.replace("https", "http")])).unknown(
            "context/without-tls",
            "CRED-SAFE-4",
            UNKNOWN,
        ),
        under(&json!([vc, ob.to_uppercase()])).unknown(
            "context/in-capitals",
            "CRED-SAFE-4",
            UNKNOWN,
        ),
        under(&json!([vc, format!("{ob}#x")])).unknown(
            "context/with-a-fragment",
            "CRED-SAFE-4",
            UNKNOWN,
        ),
        under(&json!([vc, ob.replace("purl.imsglobal.org", "purl.imsgIobal.org")])).unknown(
            "context/a-host-that-looks-alike",
            "CRED-SAFE-4",
            UNKNOWN,
        ),
        under(&json!([vc])).invalid("context/without-open-badges", "OB3-CTX-1", REFUSED),
        under(&json!(vc)).invalid("context/a-lone-one", "OB3-CTX-1", REFUSED),
    ]
}

fn nested() -> Vec<Case> {
    let (vc, ob) = (CREDENTIALS_V2, OPEN_BADGES_3);
    let inside = |pointer: &'static str| {
        changed(move |badge| {
            put(badge, &format!("{pointer}/@context"), json!([vc, ob]));
        })
    };
    vec![
        inside("/credentialSubject").invalid("context/inside-the-subject", "CRED-SAFE-3", REFUSED),
        inside("/issuer").invalid("context/inside-the-issuer", "CRED-SAFE-3", REFUSED),
        inside("/credentialSubject/achievement").invalid(
            "context/inside-the-achievement",
            "CRED-SAFE-3",
            REFUSED,
        ),
        inside("/credentialStatus").invalid("context/inside-the-status", "CRED-SAFE-3", REFUSED),
        changed(|badge| badge["proof"][0]["@context"] = json!([vc])).invalid(
            "context/another-one-in-the-proof",
            "CRED-WILD-10",
            &[Code::ProofMalformed],
        ),
        changed(|badge| {
            badge["proof"][0]["@context"] = json!({ "@vocab": "https://evil.example/" })
        })
        .invalid(
            "context/an-inline-one-in-the-proof",
            "CRED-WILD-10",
            &[Code::ProofMalformed],
        ),
    ]
}

fn members() -> Vec<Case> {
    let add =
        |pointer: &'static str, value: Value| changed(move |badge| put(badge, pointer, value));
    let drop = |pointer: &'static str| {
        changed(move |badge| {
            take(badge, pointer);
        })
    };
    vec![
        add("/level", json!("gold")).invalid(
            "member/one-no-context-knows",
            "CRED-UNSIGNED-1",
            UNSIGNED,
        ),
        add("/credentialSubject/achievement/level", json!(3)).invalid(
            "member/one-no-context-knows-further-down",
            "CRED-UNSIGNED-1",
            UNSIGNED,
        ),
        add("/validUntil2", json!(null)).invalid("member/null", "CRED-UNSIGNED-2", UNSIGNED),
        add("/evidence", json!([])).invalid("member/an-empty-array", "CRED-UNSIGNED-2", UNSIGNED),
        add("/evidence", json!(null)).invalid(
            "member/a-known-one-that-is-null",
            "CRED-UNSIGNED-2",
            UNSIGNED,
        ),
        add("/name", json!({ "fr": "Direction" })).invalid(
            "member/a-language-map",
            "CRED-UNSIGNED-4",
            UNSIGNED,
        ),
        add("/@index", json!("1")).unknown("member/an-index", "CRED-UNSIGNED-3", UNSUPPORTED),
        add("/@included", json!([{ "id": "urn:x:1", "name": "Direction" }])).unknown(
            "member/included",
            "CRED-UNSIGNED-8",
            UNSUPPORTED,
        ),
        add("/@reverse", json!({ "issuer": { "id": "urn:x:1" } })).unknown(
            "member/reverse",
            "CRED-SAFE-6",
            UNSUPPORTED,
        ),
        add("/@graph", json!([])).unknown("member/graph", "CRED-SAFE-6", UNSUPPORTED),
        add("/evidence", json!([{ "type": ["Evidence"], "narrative": "Vu." }])).invalid(
            "member/evidence-added",
            "CRED-DI-23",
            FAILED,
        ),
        add("/credentialSubject/id", json!("did:web:evil.example")).invalid(
            "member/another-person-added",
            "CRED-DI-23",
            FAILED,
        ),
        add("/credentialSubject/achievement/name", json!("Direction")).invalid(
            "member/another-name",
            "CRED-DI-23",
            FAILED,
        ),
        add("/issuer/name", json!("Ministère")).invalid(
            "member/another-issuer-name",
            "CRED-DI-23",
            FAILED,
        ),
        add("/issuer/image", json!({ "id": "https://evil.example/logo.png", "type": "Image" }))
            .invalid("member/a-logo-added", "CRED-DI-23", FAILED),
        add("/id", json!("https://badges.example/a/2/credential.json")).invalid(
            "member/another-id",
            "CRED-DI-23",
            FAILED,
        ),
        drop("/validUntil").invalid("member/the-end-taken-away", "CRED-DI-23", FAILED),
        drop("/credentialStatus").invalid("member/the-status-taken-away", "CRED-DI-23", FAILED),
        drop("/credentialSubject/identifier").invalid(
            "member/the-person-taken-away",
            "CRED-DI-23",
            FAILED,
        ),
        drop("/credentialSubject").invalid("member/the-subject-taken-away", "CRED-DI-23", FAILED),
        drop("/id").invalid("member/the-id-taken-away", "CRED-DI-23", FAILED),
        drop("/type").unknown("member/the-type-taken-away", "OB3-VAL-3", &[Code::TypeUnknown]),
        drop("/issuer").invalid("member/the-issuer-taken-away", "OB3-VAL-7", SHAPE),
        add("/type", json!(["VerifiableCredential", "EndorsementCredential"])).invalid(
            "member/another-type",
            "OB3-VAL-3",
            &[Code::EndorsementAlone, Code::ProofFailed],
        ),
        add("/type", json!(["VerifiableCredential"])).invalid(
            "member/no-type-of-a-badge",
            "OB3-VAL-3",
            &[Code::NotABadge, Code::ProofFailed],
        ),
        add("/type", json!(["VerifiableCredential", "OpenBadgeCredential", "Diploma"])).invalid(
            "member/a-type-no-context-knows",
            "CRED-SAFE-6",
            UNSIGNED,
        ),
        add(
            "/type",
            json!(["VerifiableCredential", "OpenBadgeCredential", "EndorsementCredential"]),
        )
        .invalid("member/a-known-type-more", "CRED-DI-23", FAILED),
    ]
}

/// The statements stay the same; a reader of JSON no longer finds them.
fn moved() -> Vec<Case> {
    let expired = |draft: &mut Value| draft["validUntil"] = json!("2026-08-01T00:00:00Z");
    let date_time = "http://www.w3.org/2001/XMLSchema#dateTime";
    let hide = |change: fn(&mut Value)| {
        let mut club = Issuer::new();
        let mut badge = club.award_as(expired);
        change(&mut badge);
        club.presents(&badge)
    };
    vec![
        written(expired).invalid("moved/an-honest-end", "OB3-VAL-12", &[Code::Expired]),
        hide(|badge| {
            let until = take(badge, "/validUntil");
            let typed =
                json!({ "@value": until, "@type": "http://www.w3.org/2001/XMLSchema#dateTime" });
            badge["https://www.w3.org/2018/credentials#validUntil"] = typed;
        })
        .invalid("moved/a-member-under-its-address", "CRED-VCDM-12", SHAPE),
        changed(|badge| {
            badge["validUntil"] = json!({ "@value": badge["validUntil"], "@type": date_time })
        })
        .invalid("moved/a-date-in-a-value-object", "CRED-SAFE-8", SHAPE),
        changed(|badge| {
            badge["credentialSubject"]["achievement"]["name"] = json!({ "@value": "Accueil" });
        })
        .invalid("moved/a-name-in-a-value-object", "OB3-SER-8", SHAPE),
        changed(|badge| badge["credentialSubject"] = json!([badge["credentialSubject"]])).invalid(
            "moved/the-subject-in-an-array",
            "OB3-SER-3",
            SHAPE,
        ),
        changed(|badge| {
            let achievement = take(badge, "/credentialSubject/achievement");
            put(badge, "/credentialSubject/Achievement", achievement);
        })
        .invalid("moved/a-member-in-capitals", "CRED-SAFE-8", FAILED),
        changed(|badge| {
            let id = take(badge, "/id");
            badge["@id"] = id;
        })
        .invalid("moved/the-id-under-its-keyword", "CRED-SAFE-8", SHAPE),
    ]
}

/// Blank nodes that look alike, in numbers that would keep a verifier busy for years.
fn poison() -> Vec<Case> {
    // Every node names every other.
    let clique = |size: usize| -> Value {
        let name = |n: usize| format!("_:n{n}");
        (0..size)
            .map(|n| {
                let others: Vec<String> = (0..size).filter(|m| *m != n).map(name).collect();
                json!({ "id": name(n), "type": ["Related"], "otherCode": others })
            })
            .collect()
    };
    let linked = |size: usize, step: usize| -> Value {
        let name = |n: usize| format!("_:n{}", n % size);
        (0..size)
            .map(|n| json!({ "id": name(n), "type": ["Achievement"], "related": [
                { "id": name(n + 1), "type": ["Related"] }, { "id": name(n + step), "type": ["Related"] }
            ]}))
            .collect()
    };
    let poisoned = |graph: Value| {
        changed(move |badge| put(badge, "/credentialSubject/achievement/related", graph))
    };
    let nodes: Vec<Value> =
        (0..2_000).map(|_| json!({ "type": ["Evidence"], "narrative": "a" })).collect();
    let statements: Vec<String> = (0..6_000).map(|n| format!("t{n}")).collect();
    vec![
        poisoned(linked(12, 5)).invalid("poison/a-ring-of-twelve", "CRED-RDFC-3", FAILED),
        poisoned(linked(60, 7)).unknown("poison/a-ring-of-sixty", "CRED-RDFC-3", COMPLEX),
        poisoned(linked(400, 19)).unknown("poison/a-ring-of-four-hundred", "CRED-RDFC-3", COMPLEX),
        poisoned(clique(9)).invalid("poison/a-clique-in-unknown-words", "CRED-RDFC-3", UNSIGNED),
        changed(move |badge| badge["evidence"] = json!(nodes)).unknown(
            "poison/two-thousand-unnamed-nodes",
            "CRED-RDFC-4",
            &[Code::ProofTooComplex],
        ),
        changed(move |badge| put(badge, "/credentialSubject/achievement/tag", json!(statements)))
            .unknown("poison/six-thousand-statements", "CRED-RDFC-4", &[Code::ProofTooComplex]),
    ]
}
