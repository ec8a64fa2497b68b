//! What is written for each language, forge and kind of repository.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::*;
use crate::check::{Proofs, check as check_sources};
use crate::load;

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

fn words(lang: &str) -> Words {
    Words::of_program(&Lang::parse(lang).unwrap())
}

fn answers(name: &str, lang: &str, forge: Forge, repository: Repository) -> Answers {
    Answers {
        name: name.to_owned(),
        issuer: issuer_slug(name).unwrap(),
        base_url: BaseUrl::parse("https://badges.club.example").unwrap(),
        lang: Lang::parse(lang).unwrap(),
        forge,
        repository,
        branch: BRANCH.to_owned(),
    }
}

fn every_answer() -> Vec<Answers> {
    let mut all = Vec::new();
    for lang in ["fr", "en"] {
        for forge in Forge::ALL {
            for repository in [Repository::Public, Repository::Private] {
                all.push(answers("Les Amis du marais", lang, forge, repository));
            }
        }
    }
    all
}

fn written(answers: &Answers) -> Vec<NewFile> {
    files(answers, &words(answers.lang.as_str()), COMMIT, "")
}

fn text<'f>(files: &'f [NewFile], path: &str) -> &'f str {
    let found = files.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("{path}")).text
}

#[test]
fn every_word_is_filled_in_and_every_path_is_one() {
    for answers in every_answer() {
        for file in written(&answers) {
            let whole = format!("{} {}", file.path, file.text);
            let holes: Vec<&str> = whole
                .split('@')
                .skip(1)
                .filter(|word| {
                    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                })
                .collect();
            assert!(holes.is_empty(), "{}: {holes:?}", file.path);
            assert!(!whole.contains("scaffold-") && !whole.contains("schema-"), "{}", file.path);
            assert!(!file.path.contains("dot.") && !file.path.starts_with('/'), "{}", file.path);
            assert!(file.text.ends_with('\n'), "{}", file.path);
        }
    }
}

#[test]
fn a_new_repository_has_nothing_to_be_told() {
    // Names that YAML or Markdown could take for something else.
    for name in ["Les Amis du marais", "Club: \"A\" & {b} #1", "no", "*Étoile* [sic]", "L'Oie"] {
        for lang in ["fr", "en"] {
            let answers = answers(name, lang, Forge::Forgejo, Repository::Public);
            let folder = tempfile::tempdir().unwrap();
            let root = Utf8Path::from_path(folder.path()).unwrap();
            start::begin(root, &written(&answers), &[]).unwrap().finish().unwrap();
            let checked = check_sources(&load::open(root).unwrap(), Proofs::All);
            assert_eq!(checked.findings.diagnostics, [], "{name}");
            let site = checked.site.unwrap();
            let issuer = &site.issuers[&answers.issuer];
            assert_eq!(issuer.name.in_lang(&answers.lang, &answers.lang), name);
            assert_eq!(site.classes[0].slug.as_str(), answers.class());
            assert_eq!(issuer.url, "https://club.example");
            assert_eq!(issuer.email, "contact@club.example");
        }
    }
}

#[test]
fn an_address_below_somebody_elses_domain_guesses_no_site_above_it() {
    let mut answers = answers("Club", "en", Forge::Github, Repository::Public);
    answers.base_url = BaseUrl::parse("https://club.github.io/badges").unwrap();
    assert!(answers.is_on_a_shared_host());
    let files = written(&answers);
    let issuer = text(&files, "badges/issuers/club/issuer.yaml");
    assert!(issuer.contains("url: https://club.github.io/badges\n"), "{issuer}");
    assert!(text(&files, "README.md").contains("a borrowed address"));
}

#[test]
fn no_person_no_key_and_nothing_built_can_be_committed_by_accident() {
    let files = written(&every_answer()[0]);
    let ignored: BTreeSet<&str> = text(&files, ".gitignore").lines().collect();
    for wanted in [
        "*.csv",
        "*.key",
        "*.pdf",
        "!/badges/evidence/**/*.pdf",
        "register/",
        "/.accolade/",
        "/public/",
    ] {
        assert!(ignored.contains(wanted), "{wanted}");
    }
}

#[test]
fn git_keeps_sealed_bytes_as_the_demonstration_does() {
    let demo = include_str!("../../../.gitattributes");
    let files = written(&every_answer()[0]);
    let ours: BTreeSet<&str> =
        text(&files, ".gitattributes").lines().filter(|line| line.contains("-text")).collect();
    let theirs: BTreeSet<&str> =
        demo.lines().filter(|line| line.starts_with("badges/") && line.contains("-text")).collect();
    assert_eq!(ours, theirs);
}

/// Of what sort a file is; the layout of an association is the layout of the demonstration.
fn kind(path: &str) -> &'static str {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["accolade.yaml"] => "settings",
        [".gitignore" | ".gitattributes"] => "git",
        ["README.md"] => "README",
        ["badges", "issuers", _, "issuer.yaml"] => "issuer",
        ["badges", "classes", _, "badge.yaml"] => "class",
        ["badges", "classes", _, "criteria.md"] => "criteria",
        ["badges", "classes", _, "image.svg"] => "picture",
        ["site-content", page] if page.ends_with(".md") => "page",
        _ => "other",
    }
}

#[test]
fn the_layout_is_that_of_the_demonstration() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut demo = BTreeSet::new();
    for entry in ["accolade.yaml", ".gitignore", ".gitattributes", "README.md"] {
        assert!(root.join(entry).is_file(), "{entry}");
        demo.insert(kind(entry));
    }
    for folder in ["badges", "site-content"] {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap();
            demo.insert(kind(path));
        }
    }
    // The forge's jobs, the program they run, the editor's schemas, and how to award in a browser.
    let beside = |path: &str| {
        ["ci/", "schemas/", ".vscode/", ".github/", ".gitlab-ci.yml", ".forgejo/"]
            .iter()
            .any(|start| path.starts_with(start))
            || path == "badges/assertions/new/README.md"
    };
    for answers in every_answer() {
        let files = written(&answers);
        let ours: BTreeSet<&str> =
            files.iter().filter(|file| !beside(&file.path)).map(|file| kind(&file.path)).collect();
        assert!(!ours.contains("other"), "{files:#?}");
        demo.remove("other");
        assert_eq!(ours, demo);
    }
}

#[test]
fn the_editor_is_told_a_schema_that_is_there_for_every_file() {
    let files = written(&every_answer()[0]);
    let settings: serde_json::Value =
        serde_json::from_str(text(&files, ".vscode/settings.json")).unwrap();
    for schema in settings["yaml.schemas"].as_object().unwrap().keys() {
        text(&files, schema.trim_start_matches("./"));
    }
}
