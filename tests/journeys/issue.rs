//! An award from the decision to the verdict, and back again when it is withdrawn.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use accolade::id::AwardId;
use accolade::issue::award::{AwardRequest, Decision, NewAward, To};
use accolade::issue::desk::{Desk, Noted};
use accolade::issue::randomness::Randomness;
use accolade::issue::revoke::{RevokeRequest, Withdrawal};
use accolade::keys::KeyRing;
use accolade::site::{Reason, Slug, Visibility};
use accolade_tests::demo::keys;
use accolade_tests::demo::random::Published as PublishedBytes;
use accolade_tests::repository::{Published, Repository};
use openbadges::bake::{self, Slot};
use openbadges::iri::Iri;
use openbadges::recipient::{NameSalt, RecipientHash};
use openbadges::time::Timestamp;
use openbadges::verify::{Input, Question, Status, Verdict};
use serde_json::Value;

const EMAIL: &str = "Iris.Prototype@personnes.example";

fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn request() -> AwardRequest {
    let class = Slug::parse("accueil-benevole").unwrap();
    AwardRequest {
        level: Some(2),
        public_hash: true,
        hidden_name: Some("Iris Prototype".to_owned()),
        criteria_met: ["presenter", "orienter", "ecouter"].map(str::to_owned).into(),
        visibility: Some(Visibility::Unlisted),
        ..AwardRequest::new(class, To::Email(EMAIL.to_owned()))
    }
}

fn dice(label: &str) -> impl Randomness {
    PublishedBytes::new(label, &[])
}

/// Awards and seals, and gives what was decided.
fn award(repository: &Repository, now: &str) -> NewAward {
    let mut desk = Desk::open(repository.root()).unwrap();
    let Decision::New(award) = desk.decide(&request(), moment(now), &mut dice("award")).unwrap()
    else {
        panic!("awarded before")
    };
    let written = desk.write_award(&award).unwrap();
    assert_eq!(written.register, Noted::Nowhere);
    let ring = KeyRing::of([keys::secret("fablab-maree-haute", "k1")]);
    let report = desk.seal(&ring, moment(now), &mut dice("seal")).unwrap();
    assert_eq!(report.sealed, [award.event.id]);
    assert!(report.frozen.is_empty() && report.lists.is_empty(), "{report:?}");
    *award
}

fn credential(id: AwardId) -> String {
    format!("a/{id}/credential.json")
}

fn address(site: &Published, path: &str) -> Input {
    Input::Address(Iri::parse(&format!("{}/{path}", site.base)).unwrap())
}

#[test]
fn an_award_verifies_in_both_generations_for_its_recipient_alone() {
    let repository = Repository::of_the_demo();
    let award = award(&repository, "2026-09-02T10:00:00Z");
    let site = repository.publish();
    let id = award.event.id;
    let now = moment("2026-09-03T00:00:00Z");
    let picture = site.file(&format!("a/{id}/badge.png"));
    let baked = bake::extract(&picture).unwrap();
    for slot in Slot::ALL {
        assert!(baked.get(slot).unwrap().is_some(), "{slot:?}");
    }
    let drawing = site.file(&format!("a/{id}/badge.svg"));
    for input in [
        address(&site, &credential(id)),
        address(&site, &format!("a/{id}/assertion.json")),
        Input::File(site.file(&credential(id))),
        Input::File(picture),
        Input::File(drawing),
    ] {
        let report = site.verify(&input, Some("iris.prototype@personnes.example"), now);
        assert_eq!(
            (report.verdict, report.status),
            (Verdict::Valid, Status::Active),
            "{report:#?}"
        );
        let other = site.verify(&input, Some("basile.exemple@personnes.example"), now);
        assert_eq!(other.verdict, Verdict::Invalid);
        let blamed = other.answer(Question::Recipient);
        assert!(matches!(blamed, openbadges::verify::Outcome::Fail(_)), "{blamed:?}");
        // Three years later it has ended, and nothing else has changed.
        let later = site.verify(&input, None, moment("2029-09-03T00:00:00Z"));
        assert_eq!((later.verdict, later.status), (Verdict::Invalid, Status::Expired));
    }
}

#[test]
fn one_changed_letter_of_a_sealed_file_is_noticed() {
    let repository = Repository::of_the_demo();
    let award = award(&repository, "2026-09-02T10:00:00Z");
    let site = repository.publish();
    let text = String::from_utf8(site.file(&credential(award.event.id))).unwrap();
    let now = moment("2026-09-03T00:00:00Z");
    for (from, to) in [
        ("Accueil bénévole", "Accueil benevole"),
        ("2029-09-02", "2039-09-02"),
        ("sha384-", "sha384-A"),
        ("\"level\": \"2\"", "\"level\": \"3\""),
    ] {
        let forged = text.replacen(from, to, 1);
        assert_ne!(forged, text, "{from} is not in the credential");
        let report = site.verify(&Input::File(forged.into_bytes()), None, now);
        assert_eq!(report.verdict, Verdict::Invalid, "{from} → {to}");
    }
}

#[test]
fn a_hidden_name_can_be_shown_by_whoever_has_the_link_and_by_nobody_else() {
    let repository = Repository::of_the_demo();
    let award = award(&repository, "2026-09-02T10:00:00Z");
    let salt = award.register.name_salt.clone().unwrap();
    let sealed: Value = {
        let site = repository.publish();
        serde_json::from_slice(&site.file(&credential(award.event.id))).unwrap()
    };
    let identifiers = sealed["credentialSubject"]["identifier"].as_array().unwrap();
    let name = identifiers.iter().find(|one| one["identityType"] == "name").unwrap();
    assert_eq!(name.get("salt"), None);
    let hash = RecipientHash::parse(name["identityHash"].as_str().unwrap()).unwrap();
    let private = NameSalt::parse(&salt).unwrap();
    assert!(hash.is_of_name("Iris Prototype", &private));
    assert!(!hash.is_of_name("Basile Exemple", &private));
    assert!(award.link.ends_with(&format!("#n=Iris%20Prototype&s={salt}")));
    // Neither the salt nor the name is in any file of the repository.
    for entry in walkdir::WalkDir::new(repository.root().join("badges/assertions")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            assert!(!text.contains(&salt), "{}", entry.path().display());
        }
    }
}

#[test]
fn a_withdrawn_award_is_told_by_the_list_and_by_the_assertion() {
    let repository = Repository::of_the_demo();
    let award = award(&repository, "2026-09-02T10:00:00Z");
    let id = award.event.id;
    let mut desk = Desk::open(repository.root()).unwrap();
    let withdraw = RevokeRequest {
        award: id,
        reason: Some(Reason::Error),
        note: None,
        replaced_by: None,
        date: None,
    };
    let later = moment("2026-09-05T10:00:00Z");
    assert!(matches!(desk.revoke(&withdraw, later), Ok(Withdrawal::New { .. })));
    let ring = KeyRing::of([keys::secret("fablab-maree-haute", "k1")]);
    let report = desk.seal(&ring, later, &mut dice("again")).unwrap();
    assert_eq!(report.lists.len(), 1);
    // The same request again changes nothing.
    assert!(matches!(desk.revoke(&withdraw, later), Ok(Withdrawal::Already(_))));
    assert!(!desk.seal(&ring, later, &mut dice("again")).unwrap().changed());
    drop(desk);
    let site = repository.publish();
    let now = moment("2026-09-06T00:00:00Z");
    for path in [credential(id), format!("a/{id}/assertion.json")] {
        let report = site.verify(&address(&site, &path), None, now);
        let told = (report.verdict, report.status);
        assert_eq!(told, (Verdict::Invalid, Status::Revoked), "{path}: {report:#?}");
    }
    let body: Value =
        serde_json::from_slice(&site.file(&format!("a/{id}/assertion.json"))).unwrap();
    let members: Vec<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["@context", "id", "revocationReason", "revoked", "type"]);
    let picture = bake::extract(&site.file(&format!("a/{id}/badge.png"))).unwrap();
    assert!(picture.is_unbaked(), "a withdrawn badge's picture carries nothing");
}

#[test]
fn the_same_award_is_made_once() {
    let repository = Repository::of_the_demo();
    let first = award(&repository, "2026-09-02T10:00:00Z");
    let desk = Desk::open(repository.root()).unwrap();
    // Sealed by now: the address is found again through the salt of the sealed credential.
    let again = desk.decide(&request(), moment("2026-09-02T18:00:00Z"), &mut dice("other"));
    assert!(matches!(again, Ok(Decision::Same(id)) if id == first.event.id), "{again:?}");
    let tomorrow = desk.decide(&request(), moment("2026-09-03T10:00:00Z"), &mut dice("other"));
    assert!(matches!(tomorrow, Ok(Decision::New(_))), "{tomorrow:?}");
}
