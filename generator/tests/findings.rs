//! What the real command says when something is wrong: to programs, to forges, to people; and with which exit code.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod support;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use support::{Award, Repository, everything, id};

const SCHEMA: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas/diagnostics.schema.json");

/// An error with a place, an error without one, a warning, and a suggestion.
fn with_mistakes() -> Repository {
    let repository = everything();
    let badge = repository.read("badges/classes/sol/badge.yaml");
    repository.write("badges/classes/sol/badge.yaml", &badge.replace("kind:", "knid:"));
    fs::remove_file(repository.path("badges/classes/accueil/criteria.md")).unwrap();
    repository.award(Award::new(70, "listed"));
    repository
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn every_command_tells_programs_its_diagnostics_as_the_schema_says() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(SCHEMA).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let repository = with_mistakes();
    let one = id(1).text();
    for arguments in [
        &["check"][..],
        &["build"],
        &["build", "--dry-run"],
        &["serve", "--port", "0"],
        &["seal"],
        &["award", "accueil", "--no-recipient"],
        &["revoke", &one],
        &["keygen", "--issuer", "club"],
    ] {
        let output = repository.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!(code(&output), Some(1), "{arguments:?}: {}", told(&output));
        let document = json(&output);
        let faults: Vec<String> =
            schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{arguments:?}: {faults:#?}");
        assert_eq!(document["errors"], 3, "{document:#}");
        let found = |code: &str| {
            let all = document["diagnostics"].as_array().unwrap().iter();
            all.filter(|one| one["code"] == code).count()
        };
        assert_eq!((found("unknown-key"), found("missing-key"), found("file-missing")), (1, 1, 1));
    }
    let nothing = everything().run(&["check", "--format", "json"]);
    assert_eq!(code(&nothing), Some(0), "{}", told(&nothing));
    assert!(schema.is_valid(&json(&nothing)));
    let mut wrong = json(&nothing);
    wrong["errors"] = Value::from("none");
    assert!(!schema.is_valid(&wrong), "the schema refuses something");
}

#[test]
fn a_forge_gets_remarks_beside_the_lines_from_the_top_of_the_repository_of_git() {
    let repository = with_mistakes();
    let github = repository.run(&["check", "--format", "github"]);
    assert_eq!(code(&github), Some(1));
    let lines = String::from_utf8(github.stdout).unwrap();
    let line = lines.lines().find(|line| line.contains("unknown-key")).unwrap();
    let start = "::error file=badges/classes/sol/badge.yaml,line=5,endLine=5,col=1,endColumn=5,\
                 title=unknown-key::the key `knid` is not known here%0Adid you mean `kind`?%0A";
    assert!(line.starts_with(start), "{line}");
    assert!(lines.ends_with("3 errors, one warning, in 3 files\n"), "{lines}");
    assert!(!lines.lines().any(|line| line.contains(" | ")), "no excerpt: {lines}");

    let gitlab = json(&repository.run(&["check", "--format", "gitlab"]));
    let report = gitlab.as_array().unwrap();
    assert_eq!(report.len(), 4, "{gitlab:#}");
    for entry in report {
        assert!(["major", "minor"].contains(&entry["severity"].as_str().unwrap()));
        assert_eq!(entry["fingerprint"].as_str().unwrap().len(), 64);
        assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    for arguments in [&["build", "--format", "github"][..], &["seal", "--format", "gitlab"]] {
        let output = repository.run(arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(told(&output).contains("`accolade check` alone"), "{}", told(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_is_no_text_or_a_command_is_named_harmlessly() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let repository = everything();
    let folder = repository.path("site-content");
    fs::write(folder.join(OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
    fs::write(folder.join("a\n::error::b\u{1b}[2J\u{9b}c.md"), "x").unwrap();
    for format in ["human", "github"] {
        let output = repository.run(&["check", "--format", format]);
        assert_eq!(code(&output), Some(1));
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("caf\u{fffd}.md"), "{text}");
        assert!(!text.contains(|c: char| c != '\n' && c.is_control()), "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with("::error::")), "{text}");
    }
}

#[test]
fn a_named_file_that_is_not_there_is_a_wrong_usage_everywhere() {
    let repository = everything();
    let secret = repository.path("../none.key");
    let secret = secret.to_str().unwrap();
    for (arguments, named) in [
        (&["verify", "none.png"][..], "none.png"),
        (&["extract", "none.png"], "none.png"),
        (&["bake", "none.png", "none.json"], "none.png"),
        (&["seal", "--key", secret], "none.key"),
        (
            &["award", "accueil", "--no-recipient", "--evidence", "none.jpg", "--alt", "x"],
            "none.jpg",
        ),
        (&["extract", "badges"], "badges"),
    ] {
        let output = repository.run(arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(named), "{arguments:?}: {}", told(&output));
        assert!(!told(&output).contains("os error"), "{}", told(&output));
    }
}

#[test]
fn a_slip_of_the_fingers_is_answered_with_the_word_that_was_meant() {
    let repository = everything();
    let one = id(1).text();
    for (arguments, meant) in [
        (&["revoke", &one, "--reason", "superceded"][..], "did you mean `superseded`?"),
        (&["keygen", "--issuer", "clbu"], "did you mean `club`?"),
        (&["chekc"], "`check`"),
    ] {
        let output = repository.run(arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(meant), "{arguments:?}: {}", told(&output));
    }
    let far = repository.run(&["keygen", "--issuer", "nothing-like-it"]);
    assert!(!told(&far).contains("did you mean"), "{}", told(&far));
}

#[test]
fn a_picture_is_never_baked_over_what_it_is_made_from() {
    let repository = everything();
    let credential = format!("badges/assertions/2026/01/{}.json", id(1));
    let picture = repository.path("badge.png");
    repository.build(&[]);
    fs::copy(repository.path("public/badges/accueil/v1/image.png"), &picture).unwrap();
    let before = (fs::read(&picture).unwrap(), repository.read(&credential));
    for out in ["badge.png", "./badge.png", "badges/../badge.png", credential.as_str()] {
        let output = repository.run(&["bake", "badge.png", &credential, "--out", out]);
        assert_eq!(code(&output), Some(2), "{out}: {}", told(&output));
        assert!(told(&output).contains("is made from"), "{}", told(&output));
    }
    assert_eq!(before, (fs::read(&picture).unwrap(), repository.read(&credential)));
    // Nobody named the usual place, so nothing there is lost; a named one is meant.
    repository.write("badge-baked.png", "mine");
    let usual = repository.run(&["bake", "badge.png", &credential]);
    assert_eq!(code(&usual), Some(2), "{}", told(&usual));
    assert_eq!(repository.read("badge-baked.png"), "mine");
    let named = repository.run(&["bake", "badge.png", &credential, "--out", "badge-baked.png"]);
    assert_eq!(code(&named), Some(0), "{}", told(&named));

    let mut child = repository
        .command(&["extract", "-", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let baked = fs::read(repository.path("badge-baked.png")).unwrap();
    child.stdin.take().unwrap().write_all(&baked).unwrap();
    let extracted = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(extracted.stdout).unwrap().trim_end(), before.1.trim_end());
}

#[test]
fn a_build_names_its_folder_as_the_user_would_type_it_and_counts_as_the_language_does() {
    let repository = everything();
    for (place, lang, start, size) in [
        ("", "fr", "public\u{202f}: ", "\u{a0}Mo)"),
        ("badges", "en", &*format!("{}: ", repository.out()), "\u{a0}MB)"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
        command.current_dir(repository.path(place)).args(["build", "--lang", lang]);
        let output = command.output().unwrap();
        let text = told(&output);
        let line =
            text.lines().find(|line| line.contains(size)).unwrap_or_else(|| panic!("{text}"));
        assert!(line.starts_with(start), "{line}");
        assert_eq!(line.contains("0,"), lang == "fr", "{line}");
    }
}

#[cfg(unix)]
/// Ten things that go wrong on an ordinary day, in French: no English, no number of the system, no word of a programmer.
#[test]
fn a_french_sentence_is_french_to_its_end() {
    let repository = everything();
    repository.write("broken.png", "\u{89}PNG, nearly");
    repository.write("broken.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>");
    repository.write("broken.key", "z3u2abc");
    let secret = repository.path("broken.key");
    fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    for (arguments, part) in [
        (&["extract", "rien.png"][..], "ne peut pas être lu\u{202f}: il n’existe pas"),
        (&["extract", "badges"], "c’est un dossier"),
        (&["extract", "accolade.yaml"], "ni une image PNG ni une image SVG"),
        (&["extract", "broken.svg"], "une balise n’est pas fermée"),
        (&["bake", "broken.svg", "accolade.yaml"], "n’est ni une assertion"),
        (&["bidon"], "n’est pas une commande"),
        (&["build", "--out", "badges"], "contient les sources du site"),
        (&["build", "--format", "github"], "avec `accolade check` seulement"),
        (&["seal", "--key", secret.to_str().unwrap()], "clé"),
        (&["revoke", "personne"], "il n’y a pas d’attribution"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
        command.current_dir(repository.root()).args(arguments).args(["--lang", "fr"]);
        let output = command.output().unwrap();
        let text = told(&output);
        assert!(matches!(code(&output), Some(1..=3)), "{arguments:?}: {text}");
        assert!(text.contains(part), "{arguments:?}: {text}");
        let english = [" the ", " is ", "cannot", "os error", " not ", "error"];
        assert!(!english.iter().any(|word| text.contains(word)), "{arguments:?}: {text}");
        assert!(!text.contains(" :") && !text.contains(" ;") && !text.contains(" ?"), "{text}");
    }
}
