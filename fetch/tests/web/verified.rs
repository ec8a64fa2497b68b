//! The same attacks with a badge at stake: a signed badge of the demonstration, its key and its list on a hostile web. No
//! attack makes it valid, none makes it *forged*, and the report says which document was not had, and why.

use std::io::{self, Write};
use std::time::Duration;

use accolade_fetch::{Fetcher, StandIns, Web as Shell};
use flate2::Compression;
use flate2::write::GzEncoder;
use openbadges::did::{Did, PublishedKey, did_web_document};
use openbadges::iri::Iri;
use openbadges::key::PublicKey;
use openbadges::time::Timestamp;
use openbadges::verify::{Code, Input, Outcome, Policy, Question, Report, Unavailable, Verdict};
use serde_json::Value;

use crate::support::{PUBLIC, Shown, Web, reply};

const HOST: &str = "badges.estran.example";
const ISSUER: &str = "fablab-maree-haute";
const BADGE: &[u8] =
    include_bytes!("../../../badges/assertions/2026/47f607rb6xeme0s9ep2khpxmh8.json");
const LIST: &[u8] =
    include_bytes!("../../../badges/issuers/fablab-maree-haute/status/revocation-1.json");

/// The key document of the badge's issuer.
fn key_document() -> Vec<u8> {
    let badge: Value = serde_json::from_slice(BADGE).unwrap();
    let method = badge["proof"][0]["verificationMethod"].as_str().unwrap();
    let (did, multikey) = method.split_once('#').unwrap();
    let Ok(Did::Web(did)) = Did::parse(did) else { panic!("{did}") };
    let key = PublishedKey { key: PublicKey::from_multikey(multikey).unwrap(), revoked: None };
    serde_json::to_vec(&did_web_document(&did, &[key], &[])).unwrap()
}

/// Which of the two documents is attacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attacked {
    Key,
    List,
}

impl Attacked {
    fn path(self) -> String {
        let name = match self {
            Self::Key => "did.json",
            Self::List => "status/revocation-1.json",
        };
        format!("/issuers/{ISSUER}/{name}")
    }

    /// The answer that the report must give.
    fn answer(self, report: &Report) -> (Outcome, Outcome) {
        match self {
            Self::Key => {
                (report.answer(Question::Issuer), Outcome::Unknown(Code::DocumentUnavailable))
            }
            Self::List => {
                (report.answer(Question::NotWithdrawn), Outcome::Unknown(Code::StatusUnavailable))
            }
        }
    }
}

type Attack = fn(&mut dyn Write, &[u8]) -> io::Result<()>;

/// A web where the badge's documents are, but for one that behaves as `attack` has it.
fn hostile(attacked: Option<Attacked>, shown: Shown, attack: Attack) -> Web {
    let documents = [(Attacked::Key, key_document()), (Attacked::List, LIST.to_vec())];
    let web = Web::showing(shown, move |request, out| {
        let path = request.path.split('?').next().unwrap_or_default();
        let found = documents.iter().find(|(which, _)| path == which.path());
        match found {
            Some((which, body)) if Some(*which) == attacked => attack(out, body),
            Some((_, body)) => reply(out, "200 OK", "content-type: application/json\r\n", body),
            // Where an attack leads on to, the true bytes are.
            None if request.path == "/elsewhere" => reply(out, "200 OK", "", &key_document()),
            None => reply(out, "404 Not Found", "", b""),
        }
    });
    web.name(HOST, &[&[PUBLIC]]);
    web
}

fn verify(web: &Web) -> Report {
    let now = Timestamp::parse("2026-09-01T09:00:00Z").unwrap();
    let shell = Shell::new(StandIns::default(), Some(Fetcher::new(web.options())));
    shell.verify(&Input::File(BADGE.to_vec()), &Policy::default(), now)
}

fn honest(out: &mut dyn Write, body: &[u8]) -> io::Result<()> {
    reply(out, "200 OK", "", body)
}

fn lead_on(out: &mut dyn Write, to: &str) -> io::Result<()> {
    reply(out, "302 Found", &format!("location: {to}\r\n"), b"")
}

/// Why the document at `path` was not had, as the report tells it.
fn missed(report: &Report, path: &str) -> Option<Unavailable> {
    let asked = format!("https://{HOST}{path}");
    let told = report.consulted.iter().find(|one| one.asked.as_str() == asked);
    told.unwrap_or_else(|| panic!("{asked} is not in {:#?}", report.consulted)).answer.clone().err()
}

#[test]
fn the_badge_is_good_on_an_honest_web() {
    let report = verify(&hostile(None, Shown::Good, honest));
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert_eq!(report.consulted.len(), 2, "{:#?}", report.consulted);
}

#[test]
fn a_document_that_cannot_be_had_makes_the_badge_undecided_for_its_reason() {
    let attacks: [(&str, Attack, Unavailable); 14] = [
        ("private", |out, _| lead_on(out, "https://10.0.0.8/"), Unavailable::PrivateNetwork),
        ("loopback", |out, _| lead_on(out, "https://[::1]/"), Unavailable::PrivateNetwork),
        (
            "metadata",
            |out, _| lead_on(out, "http://169.254.169.254/latest/"),
            Unavailable::PrivateNetwork,
        ),
        ("by name", |out, _| lead_on(out, "https://inside.example/"), Unavailable::PrivateNetwork),
        ("port", |out, _| lead_on(out, "https://a.example:8080/"), Unavailable::AddressRefused),
        ("file", |out, _| lead_on(out, "file:///etc/passwd"), Unavailable::AddressRefused),
        ("user", |out, _| lead_on(out, "https://u@a.example/"), Unavailable::AddressRefused),
        ("loop", |out, _| lead_on(out, "?again"), Unavailable::TooManyRedirects),
        ("endless", |out, _| without_end(out), Unavailable::TooLarge),
        ("bomb", |out, _| bomb(out), Unavailable::TooLarge),
        ("slow", |out, _| drip(out), Unavailable::TooSlow),
        ("silent", |_, _| silence(), Unavailable::TooSlow),
        ("cut", |out, body| cut(out, body), Unavailable::Broken),
        ("nonsense", |out, _| out.write_all(b"SSH-2.0-x\r\n\r\n"), Unavailable::Broken),
    ];
    for attacked in [Attacked::Key, Attacked::List] {
        for (name, attack, reason) in attacks {
            let web = hostile(Some(attacked), Shown::Good, attack);
            web.name("inside.example", &[&["192.168.1.1"]]);
            let report = verify(&web);
            assert_eq!(report.verdict, Verdict::Unknown, "{name} {attacked:?}");
            let (told, expected) = attacked.answer(&report);
            assert_eq!(told, expected, "{name} {attacked:?}: {:#?}", report.checks);
            assert_eq!(missed(&report, &attacked.path()), Some(reason), "{name} {attacked:?}");
            let here = format!("{PUBLIC}:443");
            assert!(web.reached().iter().all(|at| at.to_string() == here), "{name}");
        }
    }
}

fn without_end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    loop {
        out.write_all(&[b' '; 4096])?;
    }
}

fn drip(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n")?;
    loop {
        out.write_all(b" ")?;
        out.flush()?;
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn silence() -> io::Result<()> {
    std::thread::sleep(Duration::from_secs(2));
    Ok(())
}

fn bomb(out: &mut dyn Write) -> io::Result<()> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 32 * 1024 * 1024])?;
    reply(out, "200 OK", "content-encoding: gzip\r\n", &encoder.finish()?)
}

fn cut(out: &mut dyn Write, body: &[u8]) -> io::Result<()> {
    write!(out, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len())?;
    out.write_all(&body[..body.len() / 2])?;
    out.flush()?;
    Err(io::ErrorKind::Other.into())
}

/// A redirect that nobody meant to lend: the true bytes, from a host that is not the issuer's.
#[test]
fn a_key_document_of_another_host_lends_the_issuer_no_name() {
    let web = hostile(Some(Attacked::Key), Shown::Good, |out, _| {
        lead_on(out, "https://a.example/elsewhere")
    });
    let report = verify(&web);
    assert_eq!(report.verdict, Verdict::Unknown);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::DocumentOtherHost));
}

#[test]
fn what_is_no_document_is_not_read_as_one() {
    let not_documents: [(&str, Attack, Code); 5] = [
        ("page", |out, _| page(out), Code::DocumentIsPage),
        ("picture", |out, _| reply(out, "200 OK", "", b"\x89PNG\r\n\x1a\n"), Code::DocumentRefused),
        ("empty", |out, _| reply(out, "200 OK", "", b""), Code::DocumentRefused),
        ("twice", |out, _| reply(out, "200 OK", "", b"{\"id\":1,\"id\":2}"), Code::DocumentRefused),
        ("missing", |out, body| reply(out, "404 Not Found", "", body), Code::DocumentUnavailable),
    ];
    for (name, attack, code) in not_documents {
        let report = verify(&hostile(Some(Attacked::Key), Shown::Good, attack));
        assert_eq!(report.verdict, Verdict::Unknown, "{name}");
        assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(code), "{name}");
        let report = verify(&hostile(Some(Attacked::List), Shown::Good, attack));
        let told = (report.verdict, report.answer(Question::NotWithdrawn));
        assert_eq!(told, (Verdict::Unknown, Outcome::Unknown(Code::StatusUnavailable)), "{name}");
    }
}

fn page(out: &mut dyn Write) -> io::Result<()> {
    reply(
        out,
        "200 OK",
        "content-type: application/json\r\n",
        b"<!doctype html><title>Sign in</title>",
    )
}

#[test]
fn a_host_that_cannot_prove_who_it_is_confirms_nothing() {
    for (shown, reason) in [
        (Shown::ForAnotherName, Unavailable::CertificateForOtherHost),
        (Shown::OutOfDate, Unavailable::CertificateExpired),
        (Shown::SelfSigned, Unavailable::CertificateUnknown),
        (Shown::None, Unavailable::NotSecure),
    ] {
        let report = verify(&hostile(None, shown, honest));
        assert_eq!(report.verdict, Verdict::Unknown, "{shown:?}");
        assert_eq!(missed(&report, &Attacked::Key.path()), Some(reason), "{shown:?}");
        let all = report.consulted.iter().map(|one| one.answer.clone().err());
        assert!(all.into_iter().all(|one| one == Some(reason)), "{:#?}", report.consulted);
    }
}

/// DNS rebinding: after the first look-up the name is a machine of the reader's own network.
#[test]
fn a_name_that_turns_private_half_way_makes_the_badge_undecided() {
    let web = hostile(None, Shown::Good, honest);
    web.name(HOST, &[&[PUBLIC], &["127.0.0.1"]]);
    let report = verify(&web);
    assert_eq!(report.verdict, Verdict::Unknown, "{:#?}", report.checks);
    // Which document the second look-up was for is chance.
    let missed: Vec<_> =
        report.consulted.iter().filter_map(|one| one.answer.clone().err()).collect();
    assert_eq!(missed, [Unavailable::PrivateNetwork]);
    assert!(web.reached().iter().all(|at| at.ip().to_string() == PUBLIC), "{:?}", web.reached());
}

/// The address of a badge is a stranger's, too.
#[test]
fn an_address_of_a_badge_in_a_private_network_is_not_asked() {
    let web = hostile(None, Shown::Good, honest);
    web.name("inside.example", &[&["10.0.0.8"]]);
    let shell = Shell::new(StandIns::default(), Some(Fetcher::new(web.options())));
    let now = Timestamp::parse("2026-09-01T09:00:00Z").unwrap();
    for (address, reason) in [
        ("https://inside.example/a/1/", Unavailable::PrivateNetwork),
        ("https://localhost/a/1/", Unavailable::PrivateNetwork),
        ("http://169.254.169.254/latest/meta-data/", Unavailable::PrivateNetwork),
        ("https://0x7f.1/", Unavailable::PrivateNetwork),
        ("https://a.example:22/", Unavailable::AddressRefused),
    ] {
        let input = Input::Address(Iri::parse(address).unwrap());
        let report = shell.verify(&input, &Policy::default(), now);
        assert_eq!(report.verdict, Verdict::Unknown, "{address}");
        let codes: Vec<_> = report.checks.iter().map(|check| check.outcome).collect();
        assert!(codes.contains(&Outcome::Unknown(Code::DocumentUnavailable)), "{codes:?}");
        assert_eq!(report.consulted[0].answer, Err(reason), "{address}");
        assert_eq!(web.reached(), []);
    }
}
