//! The demonstration: made twice alike, and every award what the table says it is.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeMap;
use std::fs;

use accolade_tests::repository::Repository;
use accolade_tests::{demo, report_schema, workspace};
use camino::Utf8Path;
use openbadges::time::Timestamp;
use openbadges::verify::{Input, Report};
use serde_json::Value;

fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Every file below `badges/` and what the maker writes below `tests/`, with its bytes.
fn files(root: &Utf8Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for part in ["badges", "tests/keys", "tests/register", "tests/expected.json"] {
        for entry in walkdir::WalkDir::new(root.join(part)) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// Another processor may draw an edge of a picture in another way; its digest is signed, so everything would differ.
#[cfg_attr(not(target_arch = "x86_64"), ignore = "the pictures were drawn on x86-64")]
#[test]
fn the_demonstration_is_what_its_table_makes() {
    let repository = Repository::of_the_demo();
    demo::make(repository.root()).unwrap();
    let (kept, made) = (files(workspace()), files(repository.root()));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&kept));
    for (path, bytes) in &kept {
        assert!(made[path] == *bytes, "{path} is not what the table makes");
    }
}

#[test]
fn every_award_has_the_verdict_of_the_table_in_every_form_it_is_published_in() {
    let expected = fs::read(workspace().join("tests/expected.json")).unwrap();
    let expected: Value = serde_json::from_slice(&expected).unwrap();
    let now = moment(expected["now"].as_str().unwrap());
    let published = Repository::of_the_demo().publish_and_keep();
    let awards = expected["awards"].as_array().unwrap();
    assert_eq!(awards.len(), 38);
    for award in awards {
        let id = award["id"].as_str().unwrap();
        let email = award["email"].as_str();
        let told = |report: &Report, form: &str| {
            report_schema::hold(report).unwrap();
            let report = serde_json::json!([report.verdict, report.status]);
            assert_eq!(
                report,
                serde_json::json!([award["verdict"], award["status"]]),
                "{award} {form}"
            );
        };
        if award["visibility"] == "private" {
            assert!(!published.site.folder.join(format!("a/{id}")).exists(), "{award}");
            let sealed = published.sealed(id);
            told(&published.site.verify(&Input::File(sealed), email, now), "sealed file");
            continue;
        }
        let revoked = award["status"] == "revoked";
        for name in ["credential.json", "assertion.json"] {
            let address = format!("{}/a/{id}/{name}", published.site.base);
            let input = Input::Address(openbadges::iri::Iri::parse(&address).unwrap());
            let person = email.filter(|_| !revoked);
            told(&published.site.verify(&input, person, now), name);
        }
        if !revoked {
            let picture = published.site.file(&format!("a/{id}/badge.png"));
            told(&published.site.verify(&Input::File(picture), email, now), "badge.png");
        }
    }
}
