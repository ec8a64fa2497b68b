//! What holds of every badge: signed ones verify, whatever they say; one changed byte anywhere, and they do not.

use accolade_tests::issuer::{EMAIL, Issuer, Scene};
use openbadges::bake::{Record, Slot, bake, extract};
use openbadges::verify::Verdict;
use proptest::prelude::*;
use serde_json::json;

/// Verifies the file with each of its bytes in `range` changed in turn, each in another of its bits.
fn every_flip(scene: impl Fn(Vec<u8>) -> Scene, file: &[u8], range: std::ops::Range<usize>) {
    assert_eq!(scene(file.to_vec()).verify().verdict, Verdict::Valid, "the honest one");
    for at in range {
        let mut flipped = file.to_vec();
        let byte = flipped.get_mut(at).expect("the range lies in the file");
        *byte ^= 1 << (at % 8);
        let around: Vec<u8> =
            flipped.iter().skip(at.saturating_sub(40)).take(60).copied().collect();
        let report = scene(flipped).verify();
        assert_ne!(report.verdict, Verdict::Valid, "byte {at}: {}", around.escape_ascii());
    }
}

/// Where `needle` is in `file`.
fn place(file: &[u8], needle: &[u8]) -> std::ops::Range<usize> {
    let at = file.windows(needle.len()).position(|window| window == needle);
    let at = at.expect("the record is in the picture");
    at..at + needle.len()
}

/// CRED-DI-1, OB3-VAL-10.
#[test]
fn no_byte_of_a_badge_with_one_proof_can_change() {
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        let mut club = Issuer::new();
        let mut badge = club.draft();
        badge["proof"] = json!([club.prove(&badge, suite, &json!({}))]);
        let file = badge.to_string().into_bytes();
        every_flip(|bytes| club.presents_bytes(bytes), &file, 0..file.len());
    }
}

/// CRED-SET-3: of two proofs one may become one of a kind that nobody here reads, and then the other one speaks alone. What
/// they speak of cannot change.
#[test]
fn no_byte_of_the_content_under_two_proofs_can_change() {
    let mut club = Issuer::new();
    let badge = club.award();
    let file = badge.to_string().into_bytes();
    let proofs = place(&file, badge["proof"].to_string().as_bytes());
    every_flip(|bytes| club.presents_bytes(bytes), &file, 0..proofs.start);
    every_flip(|bytes| club.presents_bytes(bytes), &file, proofs.end..file.len());
}

/// CRED-JOSE-11.
#[test]
fn no_letter_of_a_token_can_change() {
    let mut club = Issuer::new();
    let token = club.token(|_, _| {}).into_bytes();
    every_flip(|bytes| club.presents_bytes(bytes), &token, 0..token.len());
}

/// OB2-BAKE-14, OB3-BAKE-1 to OB3-BAKE-3.
#[test]
fn no_byte_of_a_record_in_a_picture_can_change() {
    let mut club = Issuer::new();
    let badge = club.award_as(|_| {}).to_string();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h1\"/></svg>".to_vec();
    let mut png = Vec::new();
    let mut writer = png::Encoder::new(&mut png, 1, 1).write_header().unwrap();
    writer.write_image_data(&[7]).unwrap();
    drop(writer);
    for picture in [svg, png] {
        let baked = bake(&picture, &[Record::new(Slot::OpenBadges3, &badge).unwrap()]).unwrap();
        let range = place(&baked, badge.as_bytes());
        every_flip(|bytes| club.presents_bytes(bytes), &baked, range);
    }
}

/// CRED-BSL-24, CRED-KEY-1: a list that was changed on its way withdraws nothing and clears nothing; a changed key
/// document lends its name to no other key.
#[test]
fn no_byte_of_the_list_or_of_the_key_can_change() {
    let mut club = Issuer::new();
    let badge = club.award();
    let list = club.list().to_string().into_bytes();
    let url = club.list_url();
    let served = |bytes: Vec<u8>| {
        let mut club = club.clone();
        club.serve(&url, 200, "application/json", bytes);
        club.presents(&badge)
    };
    every_flip(served, &list, 0..list.len());
    let key = club.key().public().to_multikey();
    let document = club.did_document().to_string();
    let url = club.did_url();
    let served = |bytes: Vec<u8>| {
        let mut club = club.clone();
        club.serve(&url, 200, "application/json", bytes);
        club.presents(&badge)
    };
    let material = format!("\"publicKeyMultibase\":\"{key}\"");
    let mut range = place(document.as_bytes(), material.as_bytes());
    range.end -= 1;
    every_flip(served, document.as_bytes(), range);
}

fn words() -> impl Strategy<Value = String> {
    let known = proptest::string::string_regex("[ -~À-ÿ\u{4e00}-\u{4e40}🦀\\n\\t\"\\\\]{1,60}");
    known.expect("the pattern is one")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// OB3-VAL-10, CRED-RDFC-1, CRED-JCS-1.
    #[test]
    fn what_is_signed_verifies_whatever_it_says(name in words(), description in words(), story in words()) {
        let mut club = Issuer::new();
        let mut draft = club.draft();
        draft["name"] = json!(name);
        draft["credentialSubject"]["achievement"]["description"] = json!(description);
        draft["credentialSubject"]["narrative"] = json!(story);
        let scene = club.presents(&club.sign(draft)).by(EMAIL);
        let report = scene.verify();
        prop_assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    }

    /// OB2-BAKE-18, OB3-BAKE-6: every text a badge may have goes into a picture and comes out of it.
    #[test]
    fn what_is_signed_verifies_out_of_a_picture(name in words()) {
        let mut club = Issuer::new();
        let mut draft = club.draft();
        draft["name"] = json!(name);
        let badge = club.sign(draft).to_string();
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        let baked = bake(svg, &[Record::new(Slot::OpenBadges3, &badge).unwrap()]).unwrap();
        let read = extract(&baked).unwrap();
        prop_assert_eq!(&read.get(Slot::OpenBadges3).unwrap().unwrap().text, &badge);
        prop_assert_eq!(club.presents_bytes(baked).verify().verdict, Verdict::Valid);
    }
}
