//! The demonstration in its second theme, and a picture that was made from a few words, through the real command.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::{Award, Repository};
use walkdir::WalkDir;

/// A copy of the demonstration, in another theme.
fn demonstration(theme: &str) -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().unwrap();
    for part in ["badges", "site-content", "themes"] {
        for entry in WalkDir::new(root.join(part)).into_iter().map(Result::unwrap) {
            let to = folder.path().join(entry.path().strip_prefix(&root).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    let settings = fs::read_to_string(root.join("accolade.yaml")).unwrap();
    let changed = settings.replace("theme: default", &format!("theme: {theme}"));
    fs::write(folder.path().join("accolade.yaml"), changed).unwrap();
    folder
}

fn command(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_accolade"));
    let answer = command.arg("--repo").arg(folder.path()).args(arguments).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap()
}

/// The addresses of a site, without the files of its theme.
fn addresses(folder: &tempfile::TempDir) -> BTreeSet<String> {
    let planned = command(folder, &["build", "--dry-run", "--format", "json"]);
    let planned: Vec<serde_json::Value> = serde_json::from_str(&planned).unwrap();
    let paths = planned.iter().map(|file| file["path"].as_str().unwrap().to_owned());
    paths.filter(|path| !path.starts_with("static/")).collect()
}

#[test]
fn the_demonstration_is_built_in_the_second_theme_under_the_same_addresses() {
    let folder = demonstration("atelier");
    assert_eq!(addresses(&demonstration("default")), addresses(&folder));
    let out = folder.path().join("public");
    command(&folder, &["build", "--quiet", "--out", out.to_str().unwrap()]);
    let home = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(home.contains("class=\"wall\"") && !home.contains("class=\"pebbles\""));
    let css = fs::read_to_string(out.join("static/site.css")).unwrap();
    assert!(css.contains("/* Atelier:"));
}

#[test]
fn a_picture_made_from_words_is_frozen_as_it_was_drawn_and_may_not_be_asked_for_anew() {
    let repository = Repository::new();
    let badge = "badges/classes/accueil/badge.yaml";
    let designed = |pictogram: &str| {
        let drawn = "image: { file: image.svg, alt: { fr: Un rond, en: A disc } }";
        let words = format!(
            "image: {{ design: {{ pictogram: {pictogram}, ground: \"#0f3d4b\", ink: \"#ffffff\", text: Accueil }}, \
             alt: {{ fr: Un rond, en: A disc }} }}"
        );
        let text = repository.read(badge);
        let line = text.lines().find(|line| line.starts_with("image:")).unwrap_or(drawn);
        repository.write(badge, &text.replace(line, &words));
    };
    designed("heart");
    fs::remove_file(repository.path("badges/classes/accueil/image.svg")).unwrap();
    repository.award(Award::new(0, "listed"));
    repository.seal();
    let svg = repository.read("badges/classes/accueil/versions/1/image.svg");
    assert!(svg.starts_with("<svg ") && !svg.contains("<text"), "{svg:.80}");
    assert!(repository.path("badges/classes/accueil/versions/1/image.png").exists());
    let check = |repository: &Repository| {
        let answer = repository.run(&["check"]);
        (answer.status.code(), String::from_utf8(answer.stderr).unwrap())
    };
    let (code, said) = check(&repository);
    assert_eq!(code, Some(0), "{said}");
    designed("star");
    let (code, said) = check(&repository);
    assert_eq!(code, Some(1));
    assert!(said.contains("frozen-version-changed") && said.contains("`image`"), "{said}");
}
