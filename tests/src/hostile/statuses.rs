//! Lists of withdrawals: of others, of another kind, too short, too long, lying, gone; and entries that point past them.

use std::io::Write as _;

use openbadges::multibase;
use openbadges::status::{Bitstring, LIST_ENTRIES_MIN, LengthRule};
use openbadges::verify::Code;
use serde_json::{Value, json};

use super::{put, take};
use crate::issuer::{Case, Issuer, Scene, index_of};

const BROKEN: &[Code] = &[Code::StatusListBroken];
const FOREIGN: &[Code] = &[Code::StatusListForeign];
const GONE: &[Code] = &[Code::StatusUnavailable];
const SHORT: &[Code] = &[Code::StatusListTooShort];
const UNSUPPORTED: &[Code] = &[Code::StatusUnsupported];

/// A badge whose issuer wrote its status entry like this.
fn entered(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award_as(|draft| change(&mut draft["credentialStatus"]));
    club.presents(&badge)
}

/// A withdrawn badge, whose issuer's list was changed before it was signed.
fn listed(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award();
    club.revoke(&badge);
    club.list_as(change);
    club.presents(&badge)
}

/// A withdrawn badge, whose issuer's list was changed after it was signed.
fn tampered(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award();
    club.revoke(&badge);
    club.lie(&club.list_url(), change);
    club.presents(&badge)
}

/// A badge whose list holds this text as its bits.
fn encoded(text: String) -> Scene {
    listed(move |list| list["credentialSubject"]["encodedList"] = json!(text))
}

fn index(value: Value) -> Scene {
    entered(move |entry| entry["statusListIndex"] = value)
}

fn gzip(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    let written = gzip.write_all(bytes).and_then(|()| gzip.finish());
    written.unwrap_or_default()
}

pub(super) fn cases() -> Vec<Case> {
    [honest(), entries(), indexes(), strangers(), bits(), lies(), outages(), several()].concat()
}

fn honest() -> Vec<Case> {
    vec![
        entered(|_| {}).valid("status/clear", "CRED-BSL-24"),
        listed(|_| {}).invalid("status/withdrawn", "CRED-BSL-24", &[Code::Revoked]),
        entered(|entry| entry["type"] = json!(["BitstringStatusListEntry"]))
            .valid("status/a-type-in-an-array", "OB3-SER-2"),
        listed(|list| {
            take(list, "/validFrom");
        })
        .invalid("status/a-list-without-a-beginning", "CRED-BSL-17", &[Code::Revoked]),
        listed(|list| list["validUntil"] = json!("2026-09-01T09:00:00Z")).invalid(
            "status/a-list-in-its-last-second",
            "CRED-BSL-17",
            &[Code::Revoked],
        ),
        listed(|list| {
            put(list, "/credentialSubject/statusPurpose", json!(["suspension", "revocation"]))
        })
        .invalid("status/a-list-for-two-purposes", "CRED-BSL-11", &[Code::Revoked]),
        entered(|entry| {
            take(entry, "/id");
        })
        .valid("status/an-entry-without-an-id", "CRED-BSL-2"),
        index(json!(index_of(1))).valid("status/an-index-as-a-number", "CRED-BSL-4"),
    ]
}

fn entries() -> Vec<Case> {
    let mut club = Issuer::new();
    let none = club.award_as(|draft| {
        take(draft, "/credentialStatus");
    });
    let null = club.award_as(|_| {});
    let mut null = null;
    null["credentialStatus"] = json!(null);
    vec![
        club.presents(&none).valid("status-entry/none", "CRED-VCDM-8"),
        club.presents(&null).invalid("status-entry/null", "CRED-UNSIGNED-2", &[Code::ContentNotSigned]),
        entered(|entry| entry["statusPurpose"] = json!("suspension")).unknown(
            "status-entry/of-another-purpose-than-the-list",
            "CRED-BSL-21",
            BROKEN,
        ),
        entered(|entry| entry["statusPurpose"] = json!("Revocation")).unknown(
            "status-entry/a-purpose-in-capitals",
            "CRED-BSL-3",
            BROKEN,
        ),
        entered(|entry| entry["statusPurpose"] = json!("")).unknown("status-entry/no-purpose", "CRED-BSL-3", BROKEN),
        entered(|entry| entry["id"] = entry["statusListCredential"].clone()).unknown(
            "status-entry/with-the-id-of-the-list",
            "CRED-BSL-2",
            BROKEN,
        ),
        entered(|entry| entry["statusSize"] = json!(0)).unknown("status-entry/of-no-bits", "CRED-BSL-6", BROKEN),
        entered(|entry| entry["statusSize"] = json!(64)).unknown("status-entry/of-64-bits", "CRED-BSL-6", BROKEN),
        entered(|entry| entry["statusSize"] = json!(2)).unknown(
            "status-entry/wider-than-the-list",
            "CRED-BSL-22",
            SHORT,
        ),
        entered(|entry| {
            *entry = json!({ "id": "https://badges.example/revoked.json#1", "type": "1EdTechCredentialRefresh" });
        })
        .unknown("status-entry/of-another-kind", "CRED-BSL-29", UNSUPPORTED),
    ]
}

fn indexes() -> Vec<Case> {
    let text = |text: &str| index(json!(text));
    vec![
        text("-1").unknown("status-index/negative", "CRED-BSL-4", BROKEN),
        text("+1").unknown("status-index/a-plus-sign", "CRED-BSL-4", BROKEN),
        text("").unknown("status-index/empty", "CRED-BSL-4", BROKEN),
        text("007").unknown("status-index/leading-zeros", "CRED-BSL-4", BROKEN),
        text(" 7").unknown("status-index/a-blank", "CRED-BSL-4", BROKEN),
        text("7.0").unknown("status-index/a-point", "CRED-BSL-4", BROKEN),
        text("7e0").unknown("status-index/an-exponent", "CRED-BSL-4", BROKEN),
        text("0x7").unknown("status-index/hexadecimal", "CRED-BSL-4", BROKEN),
        text("8abc").unknown("status-index/letters-behind", "OB3-OV-24", BROKEN),
        text("٧").unknown("status-index/digits-of-another-script", "CRED-BSL-4", BROKEN),
        text("131071").valid("status-index/the-last-one", "CRED-BSL-23"),
        text("131072").unknown("status-index/one-too-far", "CRED-BSL-23", BROKEN),
        text("18446744073709551616").unknown("status-index/beyond-64-bits", "CRED-BSL-23", BROKEN),
        text(&"9".repeat(100_000)).unknown(
            "status-index/a-hundred-thousand-digits",
            "CRED-BSL-23",
            BROKEN,
        ),
        index(json!(-1)).unknown("status-index/a-negative-number", "CRED-BSL-4", BROKEN),
        index(json!(7.5)).unknown("status-index/a-fraction", "CRED-BSL-4", BROKEN),
        index(json!(true)).unknown("status-index/true", "CRED-BSL-4", BROKEN),
    ]
}

fn strangers() -> Vec<Case> {
    let mut club = Issuer::new();
    let badge = club.award();
    club.revoke(&badge);
    // A stranger's clear list, at our address: our host was broken into, its key was not.
    let stranger = Issuer::at("evil.example", "issuers/club", 66);
    let mut theirs = stranger.list_draft();
    theirs["id"] = json!(club.list_url());
    let mut broken_into = club.clone();
    broken_into.publish(&club.list_url(), &stranger.sign_statements(theirs.clone()));
    let mut in_our_name = club.clone();
    theirs["issuer"] = json!(club.did());
    in_our_name.publish(&club.list_url(), &stranger.sign_statements(theirs));
    // A badge that names a stranger's list.
    let mut elsewhere = Issuer::new();
    let lost = elsewhere.award_as(|draft| {
        draft["credentialStatus"]["statusListCredential"] = json!(stranger.list_url())
    });
    elsewhere.publish(&stranger.list_url(), &stranger.list());
    elsewhere.publish(&stranger.did_url(), &stranger.did_document());
    // A neighbour on the same host.
    let neighbour = Issuer::at("badges.example", "issuers/other", 44);
    let mut beside = Issuer::new();
    let near = beside.award_as(|draft| {
        draft["credentialStatus"]["statusListCredential"] = json!(neighbour.list_url())
    });
    beside.publish(&neighbour.list_url(), &neighbour.list());
    beside.publish(&neighbour.did_url(), &neighbour.did_document());
    vec![
        broken_into.presents(&badge).unknown(
            "status-list/a-strangers-at-our-address",
            "CRED-BSL-15",
            FOREIGN,
        ),
        in_our_name.presents(&badge).unknown(
            "status-list/a-strangers-in-our-name",
            "CRED-BSL-15",
            BROKEN,
        ),
        elsewhere.presents(&lost).unknown(
            "status-list/a-strangers-at-home",
            "CRED-BSL-15",
            FOREIGN,
        ),
        beside.presents(&near).unknown("status-list/a-neighbours", "CRED-BSL-15", FOREIGN),
        listed(|list| list["issuer"] = json!(null)).unknown(
            "status-list/of-nobody",
            "CRED-BSL-15",
            FOREIGN,
        ),
    ]
}

fn bits() -> Vec<Case> {
    let text = |bytes: &[u8]| multibase::base64url(bytes);
    let zeros = vec![0; LIST_ENTRIES_MIN / 8];
    let honest = gzip(&zeros, 6);
    let half = honest.split_at(honest.len() / 2).0.to_vec();
    let bomb = gzip(&vec![0; 700 << 20 >> 3], 9);
    let short = Bitstring::new(100_000).encode();
    let mut lenient = encoded(short.clone());
    lenient.policy.status_length = LengthRule::Lenient;
    let mut raw = text(&zeros);
    raw.truncate(900_000);
    let zip = flate2_zlib(&zeros);
    vec![
        encoded(short).unknown("status-bits/too-few", "CRED-BSL-22", SHORT),
        lenient.valid("status-bits/too-few-for-a-lenient-reader", "CRED-BSL-27"),
        encoded(Bitstring::new(8).encode()).unknown("status-bits/eight", "CRED-BSL-22", SHORT),
        encoded(text(&gzip(&[], 6))).unknown("status-bits/none", "CRED-BSL-22", SHORT),
        encoded(String::new()).unknown("status-bits/empty", "CRED-BSL-25", BROKEN),
        encoded("u".to_owned()).unknown("status-bits/a-bare-letter", "CRED-BSL-25", BROKEN),
        encoded(text(&honest).replacen('u', "", 1)).unknown(
            "status-bits/without-their-letter",
            "CRED-WILD-2",
            BROKEN,
        ),
        encoded(format!("u{}", text(&honest))).unknown(
            "status-bits/with-two-letters",
            "CRED-WILD-2",
            BROKEN,
        ),
        encoded(format!("{}=", text(&honest))).unknown("status-bits/padded", "CRED-BSL-12", BROKEN),
        encoded(raw).unknown("status-bits/not-compressed", "CRED-BSL-12", BROKEN),
        encoded(text(&zip)).unknown("status-bits/compressed-otherwise", "CRED-BSL-12", BROKEN),
        encoded("0".repeat(131_072)).unknown("status-bits/as-letters", "CRED-WILD-7", BROKEN),
        encoded(text(&half)).unknown("status-bits/cut-in-half", "CRED-BSL-12", BROKEN),
        encoded(text(&[honest.as_slice(), &[0]].concat())).unknown(
            "status-bits/a-byte-behind",
            "CRED-BSL-28",
            BROKEN,
        ),
        encoded(text(&[honest.as_slice(), &honest].concat())).unknown(
            "status-bits/twice",
            "CRED-BSL-28",
            BROKEN,
        ),
        encoded(text(&bomb)).unknown("status-bits/a-bomb", "CRED-BSL-28", BROKEN),
        encoded(text(&gzip(&vec![0; 16 << 20], 9)))
            .valid("status-bits/as-many-as-are-read", "CRED-BSL-28"),
        encoded(text(&gzip(&vec![0; (16 << 20) + 1], 9))).unknown(
            "status-bits/a-byte-too-many",
            "CRED-BSL-28",
            BROKEN,
        ),
    ]
}

fn flate2_zlib(bytes: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    let written = zlib.write_all(bytes).and_then(|()| zlib.finish());
    written.unwrap_or_default()
}

fn lies() -> Vec<Case> {
    let clear = Bitstring::new(LIST_ENTRIES_MIN).encode();
    let (one, two) = (clear.clone(), clear.clone());
    vec![
        tampered(move |list| list["credentialSubject"]["encodedList"] = json!(one)).unknown(
            "status-list/cleared-after-signing",
            "CRED-BSL-21",
            BROKEN,
        ),
        tampered(|list| {
            take(list, "/proof");
        })
        .unknown("status-list/unsigned", "CRED-BSL-21", BROKEN),
        tampered(|list| list["proof"] = json!([])).unknown(
            "status-list/signed-by-nobody",
            "CRED-BSL-21",
            BROKEN,
        ),
        tampered(|list| list["validFrom"] = json!("2026-08-01T00:00:00Z")).unknown(
            "status-list/made-newer",
            "CRED-BSL-21",
            BROKEN,
        ),
        tampered(|list| {
            list["@context"] = json!([list["@context"][0], { "encodedList": "urn:x" }])
        })
        .unknown("status-list/an-inline-context", "CRED-SAFE-3", BROKEN),
        tampered(move |list| {
            let mut second = list["credentialSubject"].clone();
            second["encodedList"] = json!(two);
            list["credentialSubject"] = json!([second, list["credentialSubject"]]);
        })
        .unknown("status-list/described-twice", "CRED-BSL-25", BROKEN),
        listed(move |list| {
            let mut second = list["credentialSubject"].clone();
            second["encodedList"] = json!(clear);
            list["credentialSubject"] = json!([second, list["credentialSubject"]]);
        })
        .unknown("status-list/described-twice-by-its-issuer", "CRED-BSL-25", BROKEN),
        listed(|list| list["validUntil"] = json!("2026-08-31T23:59:59Z")).unknown(
            "status-list/over",
            "CRED-BSL-17",
            BROKEN,
        ),
        listed(|list| list["validFrom"] = json!("2026-09-02T00:00:00Z")).unknown(
            "status-list/of-tomorrow",
            "CRED-BSL-17",
            BROKEN,
        ),
        listed(|list| list["type"] = json!(["VerifiableCredential"])).unknown(
            "status-list/not-called-a-list",
            "CRED-BSL-10",
            BROKEN,
        ),
        listed(|list| list["credentialSubject"]["type"] = json!("AchievementSubject")).unknown(
            "status-list/about-something-else",
            "CRED-BSL-10",
            BROKEN,
        ),
        listed(|list| list["credentialSubject"]["statusPurpose"] = json!("suspension")).unknown(
            "status-list/for-another-purpose",
            "CRED-BSL-21",
            BROKEN,
        ),
        listed(|list| put(list, "/credentialSubject/ttl", json!("soon"))).unknown(
            "status-list/a-lifetime-in-words",
            "CRED-BSL-25",
            BROKEN,
        ),
    ]
}

fn outages() -> Vec<Case> {
    let mut club = Issuer::new();
    let badge = club.award();
    let answering = |status: u16, bytes: &[u8]| {
        let mut club = club.clone();
        club.serve(&club.list_url(), status, "application/json", bytes);
        club.presents(&badge)
    };
    let mut unplugged = club.clone();
    unplugged.unplug(&club.list_url());
    let mut moved = club.clone();
    moved.redirect(&club.list_url(), "https://evil.example/list.json");
    moved.publish("https://evil.example/list.json", &club.list());
    let list = club.list().to_string();
    let doubled = list.replacen('{', r#"{"id":"urn:x:1","#, 1);
    vec![
        unplugged.presents(&badge).unknown("status-outage/no-answer", "CRED-BSL-20", GONE),
        answering(404, b"").unknown("status-outage/not-found", "CRED-BSL-20", GONE),
        answering(500, list.as_bytes()).unknown(
            "status-outage/an-error-with-a-list",
            "CRED-BSL-20",
            GONE,
        ),
        answering(410, list.as_bytes()).unknown("status-outage/gone", "CRED-BSL-20", GONE),
        answering(200, b"<!doctype html>").unknown("status-outage/a-page", "CRED-BSL-20", GONE),
        answering(200, b"").unknown("status-outage/nothing", "CRED-BSL-20", GONE),
        answering(200, doubled.as_bytes()).unknown(
            "status-outage/a-member-twice",
            "CRED-SAFE-9",
            GONE,
        ),
        moved.presents(&badge).unknown("status-outage/another-host-answers", "CRED-DIDWEB-5", GONE),
    ]
}

fn several() -> Vec<Case> {
    let many = |count: usize, set: bool| {
        let mut club = Issuer::new();
        let mut second = String::new();
        let badge = club.award_as(|draft| {
            let entry = draft["credentialStatus"].clone();
            second = format!(
                "{}#again",
                entry["id"].as_str().unwrap_or_default().split('#').next().unwrap_or_default()
            );
            let entries: Vec<Value> = (0..count)
                .map(|n| {
                    let mut entry = entry.clone();
                    entry["id"] = json!(format!("{second}{n}"));
                    // The last one is the real one; all others look where nobody is.
                    if n + 1 < count {
                        entry["statusListIndex"] = json!((20 + n).to_string());
                    }
                    entry
                })
                .collect();
            draft["credentialStatus"] = json!(entries);
        });
        if set {
            club.revoke(&badge);
        }
        club.presents(&badge)
    };
    vec![
        many(3, false).valid("status-entries/three-clear-ones", "CRED-BSL-29"),
        many(3, true).invalid(
            "status-entries/the-last-of-three-is-set",
            "CRED-BSL-29",
            &[Code::Revoked],
        ),
        many(8, true).invalid(
            "status-entries/the-last-of-eight-is-set",
            "CRED-BSL-29",
            &[Code::Revoked],
        ),
        many(9, true).unknown(
            "status-entries/more-than-are-read",
            "CRED-BSL-29",
            &[Code::StatusTooMany],
        ),
        many(3_000, true).unknown(
            "status-entries/three-thousand",
            "CRED-BSL-29",
            &[Code::StatusTooMany],
        ),
    ]
}
