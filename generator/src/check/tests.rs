//! What a good repository becomes. What a bad one is told is in `tests/sites/diagnostics/`.

use camino::{Utf8Path, Utf8PathBuf};

use super::*;
use crate::load;
use crate::site::{Award, Class, Recipient, Repository, Visibility};

fn golden() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/sites/golden/minimal")
}

fn site() -> Site {
    let checked = check(&load::open(&golden()).unwrap(), Proofs::All);
    checked.site.unwrap_or_else(|| panic!("{:#?}", checked.findings))
}

fn class<'s>(site: &'s Site, slug: &str) -> &'s Class {
    site.classes.iter().find(|class| class.slug.as_str() == slug).unwrap()
}

#[test]
fn settings_that_are_not_written_have_their_defaults() {
    let settings = site().settings;
    assert_eq!(settings.theme.as_str(), "default");
    assert_eq!(settings.repository, Repository::Private);
    assert_eq!(settings.default_visibility, Visibility::Unlisted);
    assert_eq!((settings.seal_branch.as_str(), settings.register), ("main", None));
}

#[test]
fn a_class_speaks_to_frameworks_in_full() {
    let site = site();
    let version = class(&site, "accueil").current();
    let urls: Vec<&str> = version.alignment.iter().map(|target| target.url.as_str()).collect();
    assert_eq!(
        urls,
        ["https://badges.atelier.example/reperes/#REL-1", "https://competences.example/s/1"]
    );
    assert!(version.alignment[0].framework_name.is_some());
    assert!(version.image.svg.is_some() && version.image.png.is_none());
    assert_eq!((version.items.len(), version.at_least), (3, Some(2)));
    assert_eq!(version.criteria.len(), 2);
    assert!(!version.frozen);
    let levels: Vec<u8> = class(&site, "marche").current().levels.iter().map(|l| l.id).collect();
    assert_eq!(levels, [1, 2]);
}

#[test]
fn awards_without_a_seal_wait_and_are_read_again_alike() {
    let site = site();
    assert_eq!((site.awards.len(), site.pending.len()), (0, 3));
    let event = site.pending.last().unwrap();
    assert!(matches!(event.recipient, Recipient::Email { .. }));
    assert_eq!(event.visibility, Visibility::Private);
    assert_eq!(event.renews, Some(site.pending[0].id));
    let again = award_event(&site, &event.file).unwrap();
    assert_eq!(format!("{again:?}"), format!("{event:?}"));
}

#[test]
fn an_event_that_is_not_there_is_told_as_a_diagnostic() {
    let site = site();
    let file = Utf8Path::new("badges/assertions/2026/70000000000000000000000000.yaml");
    let findings = award_event(&site, file).unwrap_err();
    assert_eq!(findings.diagnostics[0].code.as_str(), "file-missing");
}

#[test]
fn pages_have_a_path_a_language_and_a_body() {
    let site = site();
    let pages: Vec<_> =
        site.pages.iter().map(|page| (page.path.as_str(), page.lang.as_str(), page.nav)).collect();
    assert_eq!(pages, [("", "en", Some(1)), ("", "fr", None)]);
    assert_eq!(site.pages[1].markdown, "Bienvenue.\n");
}

#[test]
fn a_row_stays_small() {
    // A hundred thousand of them must fit a small machine: half a kilobyte each, with what they point to.
    assert!(size_of::<Award>() <= 208, "{}", size_of::<Award>());
}
