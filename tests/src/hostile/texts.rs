//! JSON that is read in two ways, or not at all; files that are no badge.

use openbadges::verify::Code;
use serde_json::json;

use super::put;
use crate::issuer::{Case, Issuer, Scene};

const REFUSED: &[Code] = &[Code::JsonRefused];

/// The text of an honest badge, changed as a text.
fn edited(change: impl Fn(&str) -> Vec<u8>) -> Scene {
    let mut club = Issuer::new();
    let text = club.award().to_string();
    club.presents_bytes(change(&text))
}

/// The honest badge with `from`, which is in it, replaced once by `to`.
fn replaced(from: &str, to: &str) -> Scene {
    edited(|text| {
        assert!(text.contains(from), "{from} is not in {text}");
        text.replacen(from, to, 1).into_bytes()
    })
}

/// The honest badge with `more` as its first members.
fn with(more: &str) -> Scene {
    edited(|text| text.replacen('{', &format!("{{{more},"), 1).into_bytes())
}

/// Text of `depth` arrays around nothing.
fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

pub(super) fn cases() -> Vec<Case> {
    [honest(), doubles(), characters(), sizes(), numbers(), grammar(), no_badges()].concat()
}

fn honest() -> Vec<Case> {
    let mut club = Issuer::new();
    let pretty = format!("\n\t {:#}\r\n", club.award());
    let escaped = |text: &str| text.replace("Accueil", "\\u0041ccueil").into_bytes();
    let emoji = club.award_as(|draft| put(draft, "/name", json!("Accueil 🦀 \u{10ffff}")));
    let halves = emoji.to_string().replace('🦀', "\\ud83e\\udd80");
    vec![
        edited(|text| text.as_bytes().to_vec()).valid("text/honest", "OB3-VAL-16"),
        club.presents_bytes(pretty).valid("text/white-space-around", "RFC 8259"),
        edited(escaped).valid("text/an-escaped-letter-is-the-letter", "RFC 8259"),
        club.presents_bytes(halves).valid("text/a-whole-surrogate-pair", "CRED-SAFE-9"),
    ]
}

fn doubles() -> Vec<Case> {
    vec![
        with(r#""issuer":"did:web:evil.example""#).invalid(
            "text/a-member-twice",
            "CRED-SAFE-9",
            REFUSED,
        ),
        replaced(r#""name":"Accueil""#, r#""name":"Direction","name":"Accueil""#).invalid(
            "text/a-member-twice-further-down",
            "CRED-SAFE-9",
            REFUSED,
        ),
        with(r#""\u0069ssuer":"did:web:evil.example""#).invalid(
            "text/a-member-twice-once-in-escapes",
            "CRED-SAFE-9",
            REFUSED,
        ),
        replaced(r#""proofPurpose""#, r#""proofValue":"z1","proofPurpose""#).invalid(
            "text/a-member-of-the-proof-twice",
            "CRED-SAFE-9",
            REFUSED,
        ),
        edited(|text| [text, text].concat().into_bytes()).invalid(
            "text/two-documents",
            "RFC 8259",
            REFUSED,
        ),
    ]
}

fn characters() -> Vec<Case> {
    let marked = |mark: &'static [u8]| edited(move |text| [mark, text.as_bytes()].concat());
    let broken = |bytes: &'static [u8]| {
        edited(move |text| {
            let at = text.find("Accueil").unwrap_or_default();
            let (before, after) = text.as_bytes().split_at(at);
            [before, bytes, after].concat()
        })
    };
    let utf_16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        // A mark in front: no JSON begins so (RFC 8259, 8.1), and it is no picture either.
        marked(b"\xef\xbb\xbf").unknown(
            "text/a-mark-in-front",
            "CRED-SAFE-9",
            &[Code::InputNotRecognised],
        ),
        edited(|_| utf_16.clone()).invalid("text/utf-16", "CRED-SAFE-9", REFUSED),
        broken(b"\xff").invalid("text/a-byte-that-is-no-utf-8", "CRED-SAFE-9", REFUSED),
        broken(b"\xc0\xaf").invalid("text/a-letter-too-long-in-utf-8", "CRED-SAFE-9", REFUSED),
        broken(b"\xed\xa0\x80").invalid("text/half-a-pair-in-utf-8", "CRED-SAFE-9", REFUSED),
        broken(b"\xf4\x90\x80\x80").invalid("text/beyond-the-last-letter", "CRED-SAFE-9", REFUSED),
        broken(b"\\ud800").invalid("text/a-lone-high-surrogate", "CRED-SAFE-9", REFUSED),
        broken(b"\\udc00").invalid("text/a-lone-low-surrogate", "CRED-SAFE-9", REFUSED),
        broken(b"\\ud800\\ud800").invalid("text/two-high-surrogates", "CRED-SAFE-9", REFUSED),
        broken(b"\x00").invalid("text/a-raw-nul", "RFC 8259", REFUSED),
        broken(b"\n").invalid("text/a-raw-line-break", "RFC 8259", REFUSED),
        broken(b"\\x41").invalid("text/an-escape-json-has-not", "RFC 8259", REFUSED),
        // Read whole, and then the signature notices.
        broken("\u{202e}".as_bytes()).invalid(
            "text/right-to-left-mark-added",
            "CRED-DI-23",
            &[Code::ProofFailed],
        ),
        broken(b"\\u0000").invalid("text/an-escaped-nul-added", "CRED-DI-23", &[Code::ProofFailed]),
        replaced("Accueil\",", "Accueil\u{301}\",").invalid(
            "text/an-accent-added",
            "CRED-DI-23",
            &[Code::ProofFailed],
        ),
    ]
}

fn sizes() -> Vec<Case> {
    let deep = |depth: usize| with(&format!(r#""deep":{}"#, nested(depth)));
    let objects = |depth: usize| {
        with(&format!(r#""deep":{}0{}"#, r#"{"a":"#.repeat(depth), "}".repeat(depth)))
    };
    vec![
        // As deep as is read: then it is content that no signature covers.
        deep(63).invalid("text/nested-to-the-bound", "CRED-SAFE-9", &[Code::ContentNotSigned]),
        deep(64).invalid("text/nested-beyond-the-bound", "CRED-SAFE-9", REFUSED),
        deep(100_000).invalid("text/nested-a-hundred-thousand-times", "CRED-SAFE-9", REFUSED),
        edited(|_| format!("{{\"a\":{}", "[".repeat(900_000)).into_bytes()).invalid(
            "text/arrays-that-never-close",
            "CRED-SAFE-9",
            REFUSED,
        ),
        objects(20_000).invalid("text/objects-in-objects", "CRED-SAFE-9", REFUSED),
        edited(|text| format!("{}{text}", " ".repeat(1 << 20)).into_bytes()).invalid(
            "text/larger-than-the-bound",
            "CRED-SAFE-9",
            REFUSED,
        ),
        edited(|text| format!("{}{text}", " ".repeat((1 << 20) - text.len())).into_bytes())
            .valid("text/as-large-as-the-bound", "CRED-SAFE-9"),
        with(&(0..40_000).map(|n| format!("\"m{n}\":{n}")).collect::<Vec<_>>().join(",")).invalid(
            "text/forty-thousand-members",
            "CRED-SAFE-5",
            &[Code::ContentNotSigned],
        ),
        replaced(
            r#""narrative":"Accueillir.""#,
            &format!(r#""narrative":"{}""#, "a".repeat(900_000)),
        )
        .invalid("text/a-text-of-a-megabyte", "CRED-DI-23", &[Code::ProofFailed]),
        // The proof over the JSON notices; the other one is not even tried.
        replaced(r#""AchievementSubject""#, &vec![r#""AchievementSubject""#; 30_000].join(","))
            .invalid("text/a-type-thirty-thousand-times", "CRED-SAFE-9", &[Code::ProofTooComplex]),
    ]
}

fn numbers() -> Vec<Case> {
    let level = |number: &str| with(&format!(r#""level":{number}"#));
    vec![
        level("9007199254740993").invalid(
            "text/an-integer-two-readers-differ-on",
            "CRED-SAFE-9",
            REFUSED,
        ),
        level(&"9".repeat(400_000)).invalid("text/an-integer-without-end", "CRED-SAFE-9", REFUSED),
        level("1e400").invalid("text/a-number-beyond-floats", "CRED-SAFE-9", REFUSED),
        level("-01").invalid("text/a-leading-zero", "RFC 8259", REFUSED),
        level("+1").invalid("text/a-plus-sign", "RFC 8259", REFUSED),
        level("0x10").invalid("text/hexadecimal", "RFC 8259", REFUSED),
        level(".5").invalid("text/a-bare-point", "RFC 8259", REFUSED),
        level("NaN").invalid("text/not-a-number", "RFC 8259", REFUSED),
        level("Infinity").invalid("text/infinity", "RFC 8259", REFUSED),
        level("1e308").invalid(
            "text/a-large-number-nobody-signed",
            "CRED-UNSIGNED-1",
            &[Code::ContentNotSigned],
        ),
    ]
}

fn grammar() -> Vec<Case> {
    vec![
        edited(|text| text.replacen('{', "{/* a note */", 1).into_bytes()).invalid(
            "text/a-comment",
            "RFC 8259",
            REFUSED,
        ),
        edited(|text| text.replacen('}', ",}", 1).into_bytes()).invalid(
            "text/a-comma-too-many",
            "RFC 8259",
            REFUSED,
        ),
        edited(|text| text.replace('"', "'").into_bytes()).invalid(
            "text/single-quotes",
            "RFC 8259",
            REFUSED,
        ),
        edited(|text| format!("{text}\0").into_bytes()).invalid(
            "text/a-nul-behind",
            "RFC 8259",
            REFUSED,
        ),
        edited(|text| text.as_bytes()[..text.len() / 2].to_vec()).invalid(
            "text/cut-in-half",
            "RFC 8259",
            REFUSED,
        ),
        edited(|_| b"{".to_vec()).invalid("text/one-brace", "RFC 8259", REFUSED),
    ]
}

fn no_badges() -> Vec<Case> {
    let file = |bytes: &'static [u8]| edited(move |_| bytes.to_vec());
    let nothing: &[Code] = &[Code::InputNotRecognised];
    vec![
        file(b"").unknown("text/an-empty-file", "OB3-BAKE-5", nothing),
        file(b"GIF89a\x01\x00\x01\x00").unknown("text/another-picture", "OB3-BAKE-5", nothing),
        file(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n").unknown("text/a-pdf", "OB3-BAKE-5", nothing),
        file(b"PK\x03\x04\x14\x00").unknown("text/an-archive", "OB3-BAKE-5", nothing),
        file(b"[]").unknown("text/an-array", "CRED-DI-20", nothing),
        file(b"null").unknown("text/null", "CRED-DI-20", nothing),
        file(b"{}").unknown("text/an-empty-object", "OB3-VAL-3", &[Code::TypeUnknown]),
        file(br#"{"@context":"https://www.w3.org/ns/activitystreams","type":"Note"}"#).unknown(
            "text/a-document-of-another-trade",
            "OB3-VAL-3",
            &[Code::TypeUnknown],
        ),
        file(br#"{"recipient":"a@b.example","badge":{"version":"0.5.0"},"verify":{"type":"hosted"}}"#)
            .unknown("text/a-badge-of-the-oldest-kind", "OB2-OV-4", &[Code::LegacyVersion]),
    ]
}
