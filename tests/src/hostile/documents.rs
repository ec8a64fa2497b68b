//! Addresses that lead elsewhere, pages in the place of badges, and webs without end.

use openbadges::verify::Code;
use serde_json::json;

use crate::issuer::{Case, Issuer, Scene};

const OTHER_HOST: &[Code] = &[Code::DocumentOtherHost];
const UNAVAILABLE: &[Code] = &[Code::DocumentUnavailable];

/// A badge whose keys are asked for at an address that leads on to `to`, where they are published too.
fn keys_led_to(to: &str) -> Scene {
    let mut club = Issuer::new();
    let badge = club.award();
    let did = club.did_document();
    club.redirect(&club.did_url(), to);
    club.publish(to, &did);
    club.presents(&badge)
}

pub(super) fn cases() -> Vec<Case> {
    [redirects(), addresses(), bounds()].concat()
}

fn redirects() -> Vec<Case> {
    let mut circle = Issuer::new();
    let badge = circle.award();
    circle.redirect(&circle.did_url(), &circle.did_url());
    // There and back again: whoever stood in the middle chose the end.
    let mut detour = Issuer::new();
    let did = detour.did_document();
    detour.redirect(&detour.did_url(), "https://evil.example/next");
    detour.redirect("https://evil.example/next", "https://badges.example/uploads/did.json");
    detour.publish("https://badges.example/uploads/did.json", &did);
    let mut hosted = Issuer::new();
    let presented = hosted.host();
    let id = presented["id"].as_str().unwrap_or_default().to_owned();
    hosted.redirect(&id, "https://evil.example/a.json");
    hosted.publish("https://evil.example/a.json", &presented);
    let mut profile = Issuer::new();
    let mut copy = profile.host();
    copy["x"] = json!(null);
    profile.redirect(&profile.profile_url(), "https://evil.example/issuer.json");
    vec![
        keys_led_to("https://badges.example/keys/did.json")
            .valid("redirect/on-the-same-host", "CRED-DIDWEB-5"),
        keys_led_to("https://evil.example/did.json").unknown(
            "redirect/to-another-host",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        keys_led_to("https://sub.badges.example/did.json").unknown(
            "redirect/to-a-host-below",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        keys_led_to("https://badges.example:8443/did.json").unknown(
            "redirect/to-another-port",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        keys_led_to("http://badges.example/did.json").unknown(
            "redirect/without-tls",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        keys_led_to("https://badges.example.evil.example/did.json").unknown(
            "redirect/to-a-longer-host",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        keys_led_to("https://badges.example@evil.example/did.json").unknown(
            "redirect/to-a-user",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        keys_led_to("data:application/json,%7B%7D").unknown(
            "redirect/to-data",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        keys_led_to("file:///etc/did.json").unknown(
            "redirect/to-a-file",
            "CRED-DIDWEB-5",
            OTHER_HOST,
        ),
        detour.presents(&badge).unknown("redirect/there-and-back", "CRED-DIDWEB-5", OTHER_HOST),
        circle.presents(&badge).unknown("redirect/in-a-circle", "CRED-DIDWEB-5", UNAVAILABLE),
        hosted.presents(&presented).unknown(
            "redirect/a-hosted-badge-elsewhere",
            "OB2-HOST-4",
            OTHER_HOST,
        ),
        hosted.presents_address(&id).unknown(
            "redirect/a-given-address-elsewhere",
            "OB2-HOST-4",
            OTHER_HOST,
        ),
        profile.presents(&copy).unknown(
            "redirect/an-issuer-nobody-finds",
            "OB2-HOST-5",
            UNAVAILABLE,
        ),
    ]
}

fn addresses() -> Vec<Case> {
    let page = b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><!DOCTYPE html><title>Badge</title>"
        .as_slice();
    let served = |path: &str, content_type: &'static str, body: &[u8]| {
        let mut club = Issuer::new();
        let badge = club.award();
        let url = format!("https://badges.example/{path}");
        club.serve(&url, 200, content_type, body);
        club.publish("https://badges.example/a/1/credential.json", &badge);
        club.presents_address(&url)
    };
    let badge = Issuer::new().award().to_string();
    let missing = {
        let mut club = Issuer::new();
        club.award();
        club.presents_address("https://badges.example/nothing.json")
    };
    let private = {
        let mut club = Issuer::new();
        let badge = club.award();
        club.publish("https://badges.example/a/1/credential.json", &badge);
        club.presents_address("https://badges.example/a/1/credential.json#n=Aliz%C3%A9e&s=secret")
    };
    vec![
        served("a/1/", "text/html", page).valid("address/a-learners-page", "design 4"),
        served("badge.json", "application/json", badge.as_bytes())
            .valid("address/a-badge", "OB3-VAL-16"),
        // What it is, its bytes say; a plain host says anything.
        served("badge.json", "text/html", badge.as_bytes())
            .valid("address/a-badge-called-a-page", "CRED-VCDM-18"),
        served("badge.json", "application/json", page).unknown(
            "address/a-page-called-a-badge",
            "OB2-WILD-3",
            &[Code::InputIsPage],
        ),
        served("badge.json", "application/json", b"").unknown(
            "address/nothing",
            "OB2-WILD-3",
            &[Code::InputNotRecognised],
        ),
        missing.unknown("address/not-there", "OB2-HOST-2", UNAVAILABLE),
        private.valid("address/with-a-private-part", "design 5"),
    ]
}

fn bounds() -> Vec<Case> {
    // Eight lists, each signed with a key of its own document: more than a badge needs, and not without end.
    let mut club = Issuer::new();
    let hungry = club.award_as(|draft| {
        let entry = draft["credentialStatus"].clone();
        draft["credentialStatus"] = (0..8)
            .map(|n| {
                let mut entry = entry.clone();
                entry["id"] = json!(format!("urn:x:{n}"));
                entry["statusListCredential"] = json!(format!("https://list{n}.example/list.json"));
                entry
            })
            .collect();
    });
    // Every proof names another document.
    let mut scattered = club.award();
    let proof = scattered["proof"][0].clone();
    scattered["proof"] = (0..8)
        .map(|n| {
            let mut proof = proof.clone();
            proof["verificationMethod"] = json!(format!("https://key{n}.example/keys#k"));
            proof
        })
        .collect();
    vec![
        club.presents(&hungry).unknown(
            "bound/eight-lists-nobody-has",
            "design 6",
            &[Code::StatusUnavailable],
        ),
        club.presents(&scattered).invalid(
            "bound/eight-keys-elsewhere",
            "OB3-DI-3",
            &[Code::IssuerNotKeyController],
        ),
    ]
}
