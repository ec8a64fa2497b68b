//! The jobs that `init` writes for each forge, run step by step with the real command: what is proposed is checked without
//! the key, what is merged is signed, kept and published, and nothing else is.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]
#![cfg(unix)]

mod program;
mod runner;
mod secretary;
mod traces;

use std::fs;

use runner::{Association, BASE_URL, Event, Run, told};

const FORGES: [&str; 3] = ["github", "gitlab", "forgejo"];
const DRAFT: &str = "badges/assertions/new/2026-03-12-a.yaml";
const AWARD: &str = "class: benevole\nawarded: 2026-03-12\n";

/// The ids of the awards that are signed on the forge.
fn sealed(association: &Association) -> Vec<String> {
    let paths = association.paths_on_the_forge();
    let awards = paths.iter().filter(|path| path.starts_with("badges/assertions/"));
    let sealed = awards.filter_map(|path| path.strip_suffix(".json"));
    sealed.map(|path| path.rsplit('/').next().unwrap().to_owned()).collect()
}

/// What the one job that checks proposals said; it failed.
fn refusal(association: &mut Association, branch: &str) -> String {
    let runs = association.run(Event::Proposal(branch));
    let failed: Vec<&Run> = runs.iter().filter(|run| run.failed).collect();
    assert_eq!(failed.len(), 1, "{}: {runs:#?}", association.forge);
    assert_eq!(failed[0].name, "check");
    failed[0].log.clone()
}

#[test]
fn what_is_proposed_is_checked_and_what_is_merged_is_signed_kept_and_published() {
    for forge in FORGES {
        let mut club = Association::new(forge, "fr");
        club.give_the_secret();
        let first = club.publishes(Event::Push);
        assert!(first.join("badges/benevole/index.html").is_file(), "{forge}");
        assert_eq!(
            club.paths_on_the_forge().iter().filter(|path| path.ends_with(".json.yaml")).count(),
            0
        );

        club.propose("un-badge", DRAFT, Some(AWARD));
        let before = club.newest();
        let proposed = club.run(Event::Proposal("un-badge"));
        assert!(proposed.iter().any(|run| run.name == "check"), "{forge}: {proposed:#?}");
        for run in &proposed {
            assert!(!run.failed, "{forge}: {}", run.log);
            assert!(run.with_key.is_empty() && run.site.is_none(), "{forge}: {}", run.name);
        }
        assert_eq!(club.newest(), before, "{forge}: a proposal changes nothing");

        club.merge("un-badge");
        let site = club.publishes(Event::Push);
        let ids = sealed(&club);
        assert_eq!(ids.len(), 1, "{forge}");
        let place = format!("badges/assertions/2026/2026-03-12-a/{}", ids[0]);
        let paths = club.paths_on_the_forge();
        assert!(paths.contains(&format!("{place}.yaml")), "{forge}: {paths:#?}");
        assert!(!paths.contains(&DRAFT.to_owned()), "{forge}");
        let page = format!("a/{}/index.html", ids[0]);
        assert!(site.join(&page).is_file(), "{forge}");
        let hosted =
            fs::read_to_string(site.join(format!("a/{}/credential.json", ids[0]))).unwrap();
        assert_eq!(hosted.trim_end(), club.on_the_forge(&format!("{place}.json")), "{forge}");

        // Again, because somebody pressed the button: nothing is signed twice, and the site is the same.
        let after = club.newest();
        let again = club.publishes(Event::Button("main"));
        assert_eq!(club.newest(), after, "{forge}");
        assert_eq!(fs::read(again.join(&page)).unwrap(), fs::read(site.join(&page)).unwrap());
    }
}

#[test]
fn the_key_is_given_to_the_step_that_signs_and_to_no_other() {
    for forge in FORGES {
        let mut club = Association::new(forge, "en");
        club.give_the_secret();
        let with_key: Vec<String> =
            club.run(Event::Push).into_iter().flat_map(|run| run.with_key).collect();
        let expected = if forge == "gitlab" { "pages" } else { "Sign" };
        assert_eq!(with_key, [expected], "{forge}");
        // Another branch is not the publishing branch, whoever runs the jobs there.
        club.propose("aside", DRAFT, Some("class: volunteer\nawarded: 2026-03-12\n"));
        let elsewhere = club.run(Event::Button("aside"));
        assert!(
            elsewhere.iter().all(|run| run.with_key.is_empty() && run.site.is_none()),
            "{forge}"
        );
        assert!(sealed(&club).is_empty(), "{forge}");
    }
}

#[test]
fn a_proposal_that_would_harm_turns_red_and_says_where() {
    for forge in FORGES {
        let mut club = Association::new(forge, "fr");
        club.give_the_secret();
        club.propose("un-badge", DRAFT, Some(AWARD));
        club.merge("un-badge");
        club.publishes(Event::Push);
        let id = sealed(&club).remove(0);
        let credential = format!("badges/assertions/2026/2026-03-12-a/{id}.json");
        let settings = club.on_the_forge("accolade.yaml");
        let signed = club.on_the_forge(&credential);
        let changed = signed.replacen("2026-03-12", "2026-03-13", 1);
        assert_ne!(changed, signed);
        for (n, (path, text, said)) in [
            (
                "badges/assertions/new/b.yaml",
                Some("class: benevol\nawarded: 2026-03-12\n"),
                "benevole",
            ),
            (
                "badges/assertions/new/b.yaml",
                Some("class: benevole\nawarded: 2026-02-30\n"),
                "2026-02-30",
            ),
            ("badges/assertions/new/b.yaml", Some("class: benevole\n"), "awarded"),
            ("badges/assertions/new/b", Some(AWARD), "draft-ending"),
            (
                "badges/assertions/new/b.yaml",
                Some("class: benevole\nawarded: 2026-03-12\nrole: soin : bottes\n"),
                "entre guillemets",
            ),
            (
                "badges/assertions/new/b.yaml",
                Some("class: benevole\nawarded: 2026-03-12\nrole: merle@amis.example\n"),
                "email-in-public-tree",
            ),
            (credential.as_str(), Some(changed.as_str()), credential.as_str()),
            (credential.as_str(), None, credential.as_str()),
            (
                "accolade.yaml",
                Some(settings.replace(BASE_URL, "https://ailleurs.example").as_str()),
                "base_url",
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let branch = format!("faute-{n}");
            club.propose(&branch, path, text);
            let log = refusal(&mut club, &branch);
            assert!(log.contains(said) && log.contains(path), "{forge}: {path}: {log}");
        }
    }
}

#[test]
fn without_the_secret_nothing_is_published_and_the_step_says_what_to_do() {
    for forge in FORGES {
        let mut club = Association::new(forge, "fr");
        club.propose("un-badge", DRAFT, Some(AWARD));
        club.merge("un-badge");
        let before = club.newest();
        let runs = club.run(Event::Push);
        let last = runs.last().unwrap();
        assert!(last.failed && last.log.contains("ACCOLADE_KEY"), "{forge}: {}", last.log);
        assert!(runs.iter().all(|run| run.site.is_none()), "{forge}");
        assert_eq!(club.newest(), before, "{forge}");
        // It was given later: the same award is signed, once.
        club.give_the_secret();
        club.publishes(Event::Button("main"));
        assert_eq!(sealed(&club).len(), 1, "{forge}");
    }
}

#[test]
fn a_wrong_secret_is_told_from_none() {
    let mut club = Association::new("forgejo", "fr");
    club.propose("un-badge", DRAFT, Some(AWARD));
    club.merge("un-badge");
    for secret in ["z6MkNotAKey", "zz"] {
        club.secret = Some(secret.to_owned());
        let runs = club.run(Event::Push);
        let last = runs.last().unwrap();
        assert!(last.failed && last.log.contains("ACCOLADE_KEY"), "{}", last.log);
        assert!(!last.log.contains(secret), "a key is never repeated: {}", last.log);
    }
}

#[test]
fn a_folder_that_is_not_empty_is_left_as_it_is() {
    let mut club = Association::new("github", "fr");
    let place = club.path(".");
    let again = ["init", "badges", "--name", "Autre", "--base-url", BASE_URL, "--yes"];
    let refused = club.accolade(&place, &again);
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(told(&refused).contains("n’est pas vide"), "{}", told(&refused));
    assert_eq!(club.git("badges", &["status", "--porcelain"]), "");
}
