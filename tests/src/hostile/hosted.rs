//! Hosted badges of Open Badges 2.0: on foreign ground, outside their issuer's scope, copies that say something else.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::{put, take};
use crate::issuer::{Case, EMAIL, Issuer, OPEN_BADGES_2, Scene};

const OUT: &[Code] = &[Code::IssuerOutOfScope];
const SHAPE: &[Code] = &[Code::ShapeBroken];
const DIFFERS: &[Code] = &[Code::HostedCopyDiffers];
const REVOKED: &[Code] = &[Code::Revoked];

/// A hosted badge, with a change to what is published: assertion, class, profile.
fn hosted(change: impl FnOnce(&mut Value, &mut Value, &mut Value)) -> Scene {
    let mut club = Issuer::new();
    let presented = club.host_as(change);
    club.presents(&presented)
}

/// A hosted badge, with a change to the copy that is presented.
fn copied(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let mut presented = club.host();
    change(&mut presented);
    club.presents(&presented)
}

/// A hosted badge whose profile declares this scope.
fn scope(scope: Value) -> Scene {
    hosted(move |_, _, profile| profile["verification"] = scope)
}

/// A badge of the club at this address, which is somewhere else.
fn lying_at(id: &str) -> Scene {
    let mut club = Issuer::new();
    let mut assertion = club.host();
    assertion["id"] = json!(id);
    club.publish(id, &assertion);
    club.presents(&assertion)
}

pub(super) fn cases() -> Vec<Case> {
    [honest(), scopes(), origins(), climbing(), foreign(), copies(), withdrawn(), shapes()].concat()
}

fn honest() -> Vec<Case> {
    let mut club = Issuer::new();
    let presented = club.host();
    let address = presented["id"].as_str().unwrap_or_default().to_owned();
    vec![
        hosted(|_, _, _| {}).valid("hosted/honest", "OB2-HOST-5"),
        club.presents_address(&address).valid("hosted/by-its-address", "OB2-HOST-1"),
        hosted(|_, _, profile| {
            take(profile, "/verification");
        })
        .valid("hosted/without-a-scope", "OB2-HOST-7"),
        hosted(|_, _, profile| profile["type"] = json!(["Profile"]))
            .valid("hosted/a-profile", "OB2-PROF"),
        copied(|copy| {
            for member in ["/recipient", "/badge", "/issuedOn", "/expires"] {
                take(copy, member);
            }
        })
        .valid("hosted/a-copy-that-says-little", "OB2-HOST-1"),
        copied(|copy| {
            copy["badge"] = json!({ "type": "BadgeClass", "id": copy["badge"], "name": "Autre" })
        })
        .valid("hosted/an-embedded-class-is-read-from-its-address", "OB2-HOST-5"),
    ]
}

fn scopes() -> Vec<Case> {
    let begins = |prefix: &str| scope(json!({ "startsWith": prefix }));
    vec![
        begins("https://badges.example/a/").valid("scope/honest", "OB2-HOST-6"),
        begins("https://badges.example").valid("scope/a-whole-host", "OB2-HOST-9"),
        begins("https://BADGES.example/a/").valid("scope/a-host-in-capitals", "OB2-HOST-9"),
        begins("https://badges.example:443/a/").valid("scope/the-usual-port", "OB2-HOST-9"),
        scope(json!({ "startsWith": ["https://other.example/", "https://badges.example/a/"] }))
            .valid("scope/one-of-two", "OB2-HOST-6"),
        begins("https://badges.example/b/").invalid("scope/another-folder", "OB2-HOST-6", OUT),
        begins("https://badges.example/A/").invalid(
            "scope/a-folder-in-capitals",
            "OB2-HOST-6",
            OUT,
        ),
        begins("http://badges.example/a/").invalid("scope/without-tls", "OB2-HOST-9", OUT),
        begins("https://badges.example:8443/a/").invalid("scope/another-port", "OB2-HOST-9", OUT),
        begins("https://other.example/").invalid("scope/another-host", "OB2-HOST-6", OUT),
        begins("badges.example/a/").invalid("scope/no-address", "OB2-HOST-9", OUT),
        begins("").invalid("scope/empty", "OB2-HOST-9", OUT),
        begins("https").invalid("scope/a-scheme", "OB2-HOST-9", OUT),
        begins("https://").invalid("scope/a-scheme-and-slashes", "OB2-HOST-9", OUT),
        begins("https://badges.example@other.example/").invalid("scope/a-user", "OB2-HOST-9", OUT),
        scope(json!({ "startsWith": [7, null] })).invalid("scope/numbers", "OB2-HOST-6", OUT),
        scope(json!({ "startsWith": { "prefix": "https://badges.example/" } })).invalid(
            "scope/an-object",
            "OB2-HOST-6",
            OUT,
        ),
    ]
}

fn origins() -> Vec<Case> {
    let allowed = |origins: Value| scope(json!({ "allowedOrigins": origins }));
    vec![
        allowed(json!("badges.example")).valid("origin/honest", "OB2-HOST-10"),
        allowed(json!("BADGES.EXAMPLE")).valid("origin/in-capitals", "OB2-HOST-10"),
        allowed(json!(["a.example", "badges.example"])).valid("origin/one-of-two", "OB2-HOST-10"),
        allowed(json!("https://badges.example")).invalid("origin/an-address", "OB2-WILD-2", OUT),
        allowed(json!("badges.example/")).invalid("origin/a-slash", "OB2-HOST-10", OUT),
        allowed(json!("example")).invalid("origin/a-suffix", "OB2-HOST-10", OUT),
        allowed(json!("*.example")).invalid("origin/a-star", "OB2-HOST-10", OUT),
        allowed(json!("badges.example.")).invalid("origin/a-dot-at-the-end", "OB2-HOST-10", OUT),
        allowed(json!("badges.example:8443")).invalid("origin/another-port", "OB2-HOST-10", OUT),
        allowed(json!("")).invalid("origin/empty", "OB2-HOST-10", OUT),
        scope(json!({ "startsWith": "https://badges.example/a/", "allowedOrigins": "other.example" })).invalid(
            "origin/a-good-prefix-and-a-bad-origin",
            "OB2-HOST-8",
            OUT,
        ),
        scope(json!({ "startsWith": "https://badges.example/b/", "allowedOrigins": "badges.example" })).invalid(
            "origin/a-bad-prefix-and-a-good-origin",
            "OB2-HOST-8",
            OUT,
        ),
    ]
}

fn climbing() -> Vec<Case> {
    let at = |path: &str| lying_at(&format!("https://badges.example/{path}"));
    vec![
        at("a/2/assertion.json").valid("path/below-the-scope", "OB2-HOST-6"),
        at("b/2/assertion.json").invalid("path/beside-the-scope", "OB2-HOST-6", OUT),
        at("a/../b/assertion.json").invalid("path/up", "OB2-HOST-9", OUT),
        at("a/%2e%2e/b/assertion.json").invalid("path/up-in-percent", "OB2-HOST-9", OUT),
        at("a/.%2E/b/assertion.json").invalid("path/up-half-in-percent", "OB2-HOST-9", OUT),
        at("a/..%2fb/assertion.json").invalid("path/an-encoded-slash", "OB2-HOST-9", OUT),
        at("a/..%5Cb/assertion.json").invalid("path/an-encoded-backslash", "OB2-HOST-9", OUT),
        at("a/%252e%252e/b/assertion.json").valid("path/percent-twice-is-a-name", "OB2-HOST-9"),
    ]
}

fn foreign() -> Vec<Case> {
    let evil = |host: &str| lying_at(&format!("{host}/a/1/assertion.json"));
    // A whole cluster on foreign ground, that names the club's profile as its issuer.
    let cluster = |profile_at: Option<&str>| {
        let mut club = Issuer::new();
        club.host();
        let mut thief = Issuer::at("evil.example", "issuers/club", 66);
        let (profile, own) = (club.profile_url(), thief.profile_url());
        let assertion = thief.host_as(|_, class, theirs| {
            class["issuer"] = json!(profile_at.map_or(profile.as_str(), |_| own.as_str()));
            if let Some(id) = profile_at {
                theirs["id"] = json!(id);
            }
        });
        let web = club.web();
        let mut scene = thief.presents(&assertion);
        scene.web = scene.web.and(web);
        scene
    };
    let mut thief = Issuer::at("evil.example", "issuers/club", 66);
    let spoof = thief
        .host_as(|_, _, profile| profile["name"] = json!("Ministère de l'Éducation nationale"));
    let embedded = hosted(|_, class, profile| {
        let mut inside = profile.clone();
        inside["verification"] = json!({ "startsWith": "https://" });
        class["issuer"] = inside;
        profile["verification"] = json!({ "startsWith": "https://badges.example/b/" });
    });
    vec![
        thief.presents(&spoof).valid("foreign/a-famous-name-at-its-own-domain", "OB3-VAL-17"),
        evil("https://evil.example").invalid("foreign/another-host", "OB2-WILD-7", OUT),
        evil("https://badges.example.evil.example").invalid(
            "foreign/a-longer-host",
            "OB2-HOST-9",
            OUT,
        ),
        evil("https://badges.example@evil.example").invalid("foreign/a-user", "OB2-HOST-9", OUT),
        evil("https://badges.example:8443").invalid("foreign/another-port", "OB2-HOST-11", OUT),
        evil("https://sub.badges.example").invalid("foreign/a-host-below", "OB2-HOST-10", OUT),
        evil("http://badges.example").invalid("foreign/without-tls", "OB2-HOST-11", OUT),
        evil("https://badges.example.").invalid("foreign/a-dot-at-the-end", "OB2-HOST-9", OUT),
        cluster(None).invalid("foreign/a-class-that-names-a-famous-issuer", "OB2-WILD-7", OUT),
        cluster(Some("https://badges.example/issuers/club/issuer.json")).invalid(
            "foreign/a-profile-with-a-famous-id",
            "OB2-HOST-4",
            SHAPE,
        ),
        embedded.invalid("foreign/an-embedded-profile-with-a-wider-scope", "OB2-SIGN-11", OUT),
    ]
}

fn copies() -> Vec<Case> {
    let mine = |pointer: &'static str, value: Value| copied(move |copy| put(copy, pointer, value));
    let mut club = Issuer::new();
    let elsewhere = club.host_as(|assertion, _, _| {
        assertion["id"] = json!("https://badges.example/a/9/assertion.json")
    });
    vec![
        mine(
            "/recipient",
            json!({ "type": "email", "hashed": false, "identity": "thief@evil.example" }),
        )
        .invalid("copy/another-person", "OB2-HOST-1", DIFFERS),
        mine("/recipient", json!({ "type": "email", "hashed": false, "identity": EMAIL })).invalid(
            "copy/the-person-in-clear",
            "OB2-HOST-1",
            DIFFERS,
        ),
        mine("/badge", json!("https://badges.example/badges/direction.json")).invalid(
            "copy/another-class",
            "OB2-HOST-1",
            DIFFERS,
        ),
        mine("/issuedOn", json!("2020-01-01T00:00:00Z")).invalid(
            "copy/an-earlier-date",
            "OB2-HOST-1",
            DIFFERS,
        ),
        mine("/expires", json!("2039-01-01T00:00:00Z")).invalid(
            "copy/a-later-end",
            "OB2-HOST-1",
            DIFFERS,
        ),
        mine("/revoked", json!(true)).valid("copy/revoked-on-its-own-word", "OB2-HOST-1"),
        mine("/id", json!("https://badges.example/a/404/assertion.json")).unknown(
            "copy/an-id-nobody-answers-for",
            "OB2-HOST-2",
            &[Code::DocumentUnavailable],
        ),
        club.presents(&elsewhere).invalid(
            "copy/the-host-publishes-another-id",
            "OB2-HOST-4",
            SHAPE,
        ),
        mine("/id", json!("a/1/assertion.json")).invalid("copy/a-relative-id", "OB2-HOST-1", SHAPE),
        mine("/id", json!("urn:uuid:0")).invalid("copy/a-number-for-an-id", "OB2-HOST-1", SHAPE),
        mine("/id", json!("file:///etc/passwd")).invalid(
            "copy/a-file-for-an-id",
            "OB2-HOST-14",
            SHAPE,
        ),
        mine(
            "/verification",
            json!({ "type": "SignedBadge", "creator": "https://badges.example/k.json" }),
        )
        .unknown("copy/hosted-called-signed", "OB2-SIGN-9", &[Code::SignatureNotGiven]),
        mine("/verification", json!({ "type": "Trusted" })).invalid(
            "copy/verified-by-a-word",
            "OB2-VER-1",
            SHAPE,
        ),
        copied(|copy| {
            take(copy, "/verification");
        })
        .invalid("copy/without-verification", "OB2-VER-1", SHAPE),
    ]
}

fn withdrawn() -> Vec<Case> {
    let says = |value: Value| hosted(move |assertion, _, _| assertion["revoked"] = value);
    let answering = |status: u16, body: &str| {
        let mut club = Issuer::new();
        let presented = club.host();
        let id = presented["id"].as_str().unwrap_or_default();
        club.serve(id, status, "application/json", body);
        club.presents(&presented)
    };
    let full = Issuer::new().host().to_string();
    vec![
        says(json!(false)).valid("withdrawn/not", "OB2-HOST-3"),
        says(json!(true)).invalid("withdrawn/in-a-full-body", "OB2-REV-3", REVOKED),
        says(json!("true")).invalid("withdrawn/as-a-text", "OB2-HOST-3", SHAPE),
        says(json!(1)).invalid("withdrawn/as-a-number", "OB2-HOST-3", SHAPE),
        says(json!(null)).invalid("withdrawn/null", "OB2-HOST-3", SHAPE),
        answering(410, "").invalid("withdrawn/gone", "OB2-HOST-3", REVOKED),
        answering(410, &full).invalid("withdrawn/gone-with-a-full-body", "OB2-HOST-3", REVOKED),
        answering(200, r#"{"revoked":true}"#).invalid(
            "withdrawn/nothing-else-is-said",
            "OB2-HOST-3",
            REVOKED,
        ),
        answering(404, &full).unknown(
            "withdrawn/not-found",
            "OB2-HOST-3",
            &[Code::DocumentUnavailable],
        ),
        answering(500, &full).unknown(
            "withdrawn/an-error",
            "OB2-HOST-3",
            &[Code::DocumentUnavailable],
        ),
        answering(200, "<!doctype html>").unknown(
            "withdrawn/a-page",
            "OB2-WILD-3",
            &[Code::DocumentIsPage],
        ),
    ]
}

fn shapes() -> Vec<Case> {
    vec![
        hosted(|assertion, _, _| assertion["type"] = json!("BadgeClass")).invalid(
            "shape/no-assertion",
            "OB2-OV-11",
            SHAPE,
        ),
        hosted(|_, class, _| class["type"] = json!("Issuer")).invalid(
            "shape/no-class",
            "OB2-OV-11",
            SHAPE,
        ),
        hosted(|_, _, profile| profile["type"] = json!("BadgeClass")).invalid(
            "shape/no-issuer",
            "OB2-OV-11",
            SHAPE,
        ),
        hosted(|assertion, _, _| assertion["badge"] = json!(7)).invalid(
            "shape/a-number-for-a-class",
            "OB2-ASN",
            SHAPE,
        ),
        hosted(|_, class, _| class["issuer"] = json!("did:web:badges.example:issuers:club"))
            .invalid("shape/a-did-for-an-issuer", "OB2-OV-17", SHAPE),
        hosted(|assertion, _, _| assertion["badge"] = assertion["id"].clone()).invalid(
            "shape/a-badge-of-itself",
            "OB2-OV-11",
            SHAPE,
        ),
        hosted(|_, class, _| {
            take(class, "/criteria");
        })
        .invalid("shape/without-criteria", "OB2-BC", SHAPE),
        hosted(|_, _, profile| {
            take(profile, "/name");
        })
        .invalid("shape/an-issuer-without-a-name", "OB2-PROF", SHAPE),
        hosted(|assertion, _, _| assertion["@context"] = json!("https://w3id.org/openbadges/v1"))
            .unknown("shape/an-old-badge", "OB2-OV-4", &[Code::LegacyVersion]),
        copied(|copy| {
            copy["@context"] = json!([OPEN_BADGES_2, "https://www.w3.org/ns/credentials/v2"])
        })
        .invalid("shape/two-generations-in-one", "OB3-CTX-1", &[Code::ContextRefused]),
    ]
}
