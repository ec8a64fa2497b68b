use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::iri::BaseUrl;

use super::*;
use crate::example::{lang, moment};
use crate::issue::desk::{Desk, OpenDeskError};
use crate::issue::randomness::tests::Stream;
use crate::scaffold::{self, Answers, BRANCH, Forge, issuer_slug, start};
use crate::site::Repository;
use crate::words::Words;

const NOW: &str = "2026-03-12T14:30:00Z";
const DRAFT: &str = "badges/assertions/new/2026-03-12-a.yaml";

struct Club {
    folder: tempfile::TempDir,
}

impl Club {
    /// A new repository, as `init` writes it.
    fn new() -> Self {
        let club = Self { folder: tempfile::tempdir().unwrap() };
        let answers = Answers {
            name: "Club".to_owned(),
            issuer: issuer_slug("Club").unwrap(),
            base_url: BaseUrl::parse("https://badges.club.example").unwrap(),
            lang: lang("en"),
            forge: Forge::Forgejo,
            repository: Repository::Public,
            branch: BRANCH.to_owned(),
        };
        let files = scaffold::files(&answers, &Words::of_program(&lang("en")), "", "");
        start::begin(club.root(), &files, &[]).unwrap().finish().unwrap();
        club
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn number(&self, seed: &str) -> Result<Vec<Numbered>, DraftError> {
        let mut desk = Desk::open(self.root()).unwrap();
        desk.number_drafts(moment(NOW), &mut Stream::of(seed))
    }

    /// Every event below `badges/assertions/`.
    fn events(&self) -> Vec<Utf8PathBuf> {
        let all = walkdir::WalkDir::new(self.root().join("badges/assertions")).sort_by_file_name();
        let paths = all.into_iter().map(|entry| entry.unwrap().into_path());
        let paths = paths.map(|path| Utf8PathBuf::from_path_buf(path).unwrap());
        let yaml = paths.filter(|path| matches!(path.extension(), Some("yaml" | "yml")));
        yaml.map(|path| path.strip_prefix(self.root()).unwrap().to_owned()).collect()
    }
}

#[test]
fn a_draft_becomes_an_award_in_a_folder_of_its_name() {
    let club = Club::new();
    club.write(
        DRAFT,
        "class: volunteer\nawarded: 2026-03-12\nevidence:\n  - narrative: Ran the bar.\nholder: { name: Wren Fable, consent: 2026-03-01 }\n",
    );
    club.write("badges/assertions/new/b.yml", "class: volunteer\nawarded: 2025-12-31\nrecipient: { type: url, url: https://mill.example }\n");
    let numbered = club.number("one").unwrap();
    let names: Vec<&str> = numbered.iter().map(|it| it.draft.as_str()).collect();
    assert_eq!(names, ["2026-03-12-a", "b"]);
    let place = format!("badges/assertions/2026/2026-03-12-a/{}.yaml", numbered[0].id);
    let other = format!("badges/assertions/2025/b/{}.yaml", numbered[1].id);
    assert_eq!(club.events(), [other.clone(), place.clone()]);
    assert_eq!(numbered[0].link, format!("https://badges.club.example/a/{}/", numbered[0].id));
    let event = fs::read_to_string(club.root().join(place)).unwrap();
    assert!(event.contains("version: 1\nlang: en\nawarded: 2026-03-12T00:00:00Z\n"), "{event}");
    assert!(event.contains("type: opaque\n"), "{event}");
    assert!(event.contains("consent: 2026-03-01"), "{event}");
    let event = fs::read_to_string(club.root().join(other)).unwrap();
    assert!(event.contains("url: https://mill.example"), "{event}");
    let again = Desk::open(club.root()).unwrap();
    assert_eq!((again.site().drafts.len(), again.site().pending.len()), (0, 2));
    drop(again);
    assert_eq!(club.number("two").unwrap(), []);
}

#[test]
fn a_command_killed_at_any_write_leaves_one_award_and_the_next_one_finishes() {
    for writes in 0..3 {
        let club = Club::new();
        club.write(DRAFT, "class: volunteer\nawarded: 2026-03-12\n");
        let desk = Desk::open(club.root()).unwrap();
        let draft = desk.site().drafts[0].clone();
        let site = club_site(desk);
        let files = Files::take(club.root()).unwrap().killed_after(writes);
        let sealed = |_: &crate::site::Award| None;
        let known = Known { sealed: &sealed, register: None };
        let killed = number(&draft, &site, &files, &known, moment(NOW), &mut Stream::of("one"));
        assert_eq!(killed.is_ok(), writes >= 2, "{writes}");
        drop(files);
        assert_eq!(club.events().len(), 1, "{writes}: {:?}", club.events());
        club.number("two").unwrap();
        assert_eq!(club.events().len(), 1, "{writes}");
        assert!(!club.root().join(DRAFT).exists());
    }
}

/// Gives the lock back and keeps what was read.
fn club_site(desk: Desk) -> Site {
    let root = desk.site().root.clone();
    drop(desk);
    let sources = crate::load::open(&root).unwrap();
    crate::check::check(&sources, crate::check::Proofs::None).site.unwrap()
}

#[test]
fn what_award_refuses_is_refused_and_stays_a_draft() {
    let club = Club::new();
    let tomorrow = "class: volunteer\nawarded: 2026-03-13\n";
    club.write(DRAFT, tomorrow);
    let refused = club.number("one").unwrap_err();
    assert_eq!(refused.file, DRAFT);
    assert!(matches!(refused.problem, DraftProblem::Award(AwardError::InTheFuture { .. })));
    assert_eq!(fs::read_to_string(club.root().join(DRAFT)).unwrap(), tomorrow);
    let mill = "class: volunteer\nawarded: 2026-03-12\nrecipient: { type: url, url: https://mill.example }\n";
    club.write(DRAFT, mill);
    let id = club.number("one").unwrap()[0].id;
    club.write("badges/assertions/new/b.yaml", mill);
    assert_eq!(club.number("two").unwrap_err().problem, DraftProblem::Same(id));
}

#[test]
fn a_draft_that_a_merge_brings_back_is_not_awarded_again() {
    let club = Club::new();
    let text = "class: volunteer\nawarded: 2026-03-12\n";
    club.write(DRAFT, text);
    club.number("one").unwrap();
    club.write(DRAFT, text);
    let OpenDeskError::Findings(findings) = Desk::open(club.root()).unwrap_err() else {
        panic!("it is taken");
    };
    let codes: Vec<&str> = findings.diagnostics.iter().map(|told| told.code.as_str()).collect();
    assert!(codes.contains(&"draft-name-taken"), "{codes:?}");
}

#[test]
fn what_a_browser_cannot_draw_or_must_not_tell_is_refused_with_its_reason() {
    for (name, text, code) in [
        ("a.yaml", "awarded: 2026-03-12\n", "missing-key"),
        ("a.yaml", "class: volunteer\n", "missing-key"),
        ("a.yaml", "class: volunteer\nawarded: 2026-02-30\n", "date-form"),
        ("a.yaml", "class: voluntear\nawarded: 2026-03-12\n", "unknown-class"),
        ("a.yaml", "class: volunteer\nawarded: 2026-03-12\nversion: 2\n", "unknown-version"),
        (
            "a.yaml",
            "class: volunteer\nawarded: 2026-03-12\nhidden_name: { hash: x }\n",
            "unknown-key",
        ),
        (
            "a.yaml",
            "class: volunteer\nawarded: 2026-03-12\nrecipient: { type: email, email: wren@people.example }\n",
            "email-in-public-tree",
        ),
        (
            "a.yaml",
            "class: volunteer\nawarded: 2026-03-12\nevidence: [{ file: a.pdf }]\n",
            "evidence-form",
        ),
        ("Wren Fable.yaml", "class: volunteer\nawarded: 2026-03-12\n", "file-name"),
        ("deeper/a.yaml", "class: volunteer\nawarded: 2026-03-12\n", "file-name"),
    ] {
        let club = Club::new();
        club.write(&format!("badges/assertions/new/{name}"), text);
        let OpenDeskError::Findings(findings) = Desk::open(club.root()).unwrap_err() else {
            panic!("{name}: {text}");
        };
        let codes: Vec<&str> = findings.diagnostics.iter().map(|told| told.code.as_str()).collect();
        assert!(codes.contains(&code), "{name}: {text}: {codes:?}");
    }
}
