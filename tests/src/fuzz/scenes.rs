//! Whole verifications: whatever the bytes are, nothing that was not signed is shown as valid.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};

use accolade_fetch::{Bounds, Fetcher, Names, Options};
use openbadges::iri::Iri;
use openbadges::verify::{Input, Report, Summary, Verdict};
use serde_json::Value;

use super::{hostile, texts};
use crate::issuer::{Issuer, Scene, iri};

/// The scene of an honest club, whose input is to be replaced, with what the seeds that are valid there say of themselves.
fn honest() -> &'static (Scene, Vec<Summary>) {
    static HONEST: OnceLock<(Scene, Vec<Summary>)> = OnceLock::new();
    HONEST.get_or_init(|| {
        let club = Issuer::new();
        let verified = file_seeds().into_iter().map(|seed| club.presents_bytes(seed).verify());
        let valid = verified.filter(|report| report.verdict == Verdict::Valid);
        let said = valid.flat_map(|report| report.records).collect();
        (club.presents(&Value::Null), said)
    })
}

/// A badge that is called valid says what an honest one says, member by member.
fn nothing_forged(report: &Report) {
    if report.verdict != Verdict::Valid {
        return;
    }
    assert!(!report.records.is_empty(), "valid, and nothing was read");
    let (_, said) = honest();
    for record in &report.records {
        let known = said.iter().any(|honest| {
            honest.name == record.name
                && honest.issuer_name == record.issuer_name
                && honest.recipients.len() == record.recipients.len()
                && honest.awarded == record.awarded
        });
        assert!(known, "a valid badge says what nobody signed: {record:?}");
    }
}

/// Any file.
pub(super) fn file(bytes: &[u8]) {
    let (scene, _) = honest();
    let scene = Scene { input: Input::File(bytes.to_vec()), ..scene.clone() };
    nothing_forged(&scene.verify());
}

/// Any answer at an address that was given.
pub(super) fn page(bytes: &[u8]) {
    let mut club = Issuer::new();
    let _badge = club.award();
    let address = "https://badges.example/a/1/";
    club.serve(address, 200, "text/html", bytes);
    nothing_forged(&club.presents_address(address).verify());
}

/// Any answer at the address of the keys, the list, the class, the profile or the assertion.
pub(super) fn documents(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let mut club = Issuer::new();
    let (badge, hosted) = (club.award(), club.host());
    let id = hosted.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let places = [club.did_url(), club.list_url(), club.class_url(), club.profile_url(), id];
    let place = places.iter().cycle().nth(usize::from(*which)).cloned().unwrap_or_default();
    club.serve(&place, 200, "application/json", bytes);
    let signed = club.presents(&badge).verify();
    if which % 5 < 2 {
        nothing_forged(&signed);
    }
    let _hosted = club.presents(&hosted).verify();
}

/// Names that all lead into this machine, and roads that end at once: nothing is asked of anybody.
struct Inside;

impl Names for Inside {
    fn addresses(&self, _: &str) -> std::io::Result<Vec<IpAddr>> {
        Ok(vec![IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), IpAddr::V4(Ipv4Addr::LOCALHOST)])
    }

    fn route(&self, checked: SocketAddr) -> SocketAddr {
        // A public address that stood in the text itself.
        assert!(accolade_fetch::refused(checked.ip()).is_none(), "{checked} is private");
        SocketAddr::from((Ipv4Addr::LOCALHOST, 1))
    }
}

/// Any address: one that leads into a private network is never connected to (OB2-HOST-14).
pub(super) fn address(bytes: &[u8]) {
    static FETCHER: OnceLock<Fetcher> = OnceLock::new();
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(asked) = Iri::parse(text) else { return };
    let fetcher = FETCHER.get_or_init(|| {
        let names: Arc<dyn Names> = Arc::new(Inside);
        Fetcher::new(Options {
            names: Some(names),
            bounds: Bounds::default(),
            ..Options::default()
        })
    });
    let answer = fetcher.get(&asked, &fetcher.allowance());
    assert!(answer.body.is_err(), "{asked} was read");
}

pub(super) fn file_seeds() -> Vec<Vec<u8>> {
    let mut club = Issuer::new();
    let badge = club.award().to_string().into_bytes();
    let mut seeds = hostile(|_| true);
    seeds.push(badge);
    seeds
}

pub(super) fn page_seeds() -> Vec<Vec<u8>> {
    let link = "<html><head><link rel=\"alternate\" type=\"application/json\" href=\"credential.json\"></head></html>";
    let meta = "<!doctype html><meta property='og:image' content=\"https://badges.example/a/1/badge.png\"><!-- -->";
    let script = "<script type='application/ld+json'>{\"@context\":\"https://w3id.org/openbadges/v2\"}</script>";
    [link, meta, script].map(|text| text.as_bytes().to_vec()).to_vec()
}

pub(super) fn document_seeds() -> Vec<Vec<u8>> {
    let mut club = Issuer::new();
    let hosted = club.host();
    let id = iri(hosted.get("id").and_then(Value::as_str).unwrap_or_default());
    let places = [club.did_url(), club.list_url(), club.class_url(), club.profile_url()]
        .map(|url| iri(&url));
    let places = places.into_iter().chain([id]);
    let bodies = places.filter_map(|url| club.web().answer(&url).body.ok());
    bodies.zip(0_u8..).map(|(body, nth)| [&[nth], body.bytes.as_slice()].concat()).collect()
}

pub(super) fn address_seeds() -> Vec<Vec<u8>> {
    let addresses = [
        "https://127.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/latest",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://localhost/",
        "https://user@badges.example:443/a",
        "http://badges.example/",
        "https://xn--caf-dma.example/",
        "https://1.1.1.1/",
    ];
    addresses.iter().map(|text| text.as_bytes().to_vec()).chain(texts::name_seeds()).collect()
}
