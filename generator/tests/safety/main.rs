//! What was published is not lost, changed or signed twice by accident, and goes when somebody asks to disappear: the real
//! command in a real git repository.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it fails"
)]

mod moved;
#[path = "../support/mod.rs"]
mod support;
mod theft;
mod versions;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use openbadges::key::SigningKey;
use serde_json::Value;
use support::{Award, Repository, id, key};

/// A repository under git, with its private key outside.
struct Desk {
    repository: Repository,
    outside: tempfile::TempDir,
}

impl Desk {
    /// Everything of [`support::everything`], committed.
    fn published() -> Self {
        let desk =
            Self { repository: support::everything(), outside: tempfile::tempdir().unwrap() };
        desk.key_file(&key(), "club-k1");
        desk.repository.write(".gitignore", "/public/\n/.accolade/\n");
        desk.git(&["init", "-q", "-b", "main"]);
        // The ledger is written by the command, not by the library call of the support.
        desk.done(&["seal"]);
        desk.commit();
        desk
    }

    /// Puts a private key where the command looks for it.
    fn key_file(&self, key: &SigningKey, name: &str) {
        self.key_file_at(key, &format!("badges.club.example/{name}"));
    }

    fn key_file_at(&self, key: &SigningKey, place: &str) {
        let folder = self.outside.path().join("accolade");
        let file = camino::Utf8PathBuf::from_path_buf(folder.join(format!("{place}.key"))).unwrap();
        accolade::keys::write_new(key, &file, "a test key").unwrap();
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=t", "-c", "user.email=t@t.invalid"]).args(arguments);
        let done = git.current_dir(self.repository.root()).output().unwrap();
        assert!(done.status.success(), "{arguments:?} {done:?}");
        String::from_utf8(done.stdout).unwrap()
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x"]);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.repository.command(arguments);
        command
            .env("XDG_CONFIG_HOME", self.outside.path())
            .env_remove("ACCOLADE_KEY")
            .env_remove("ACCOLADE_KEY_FILE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs what must go well, and gives both streams.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        told(&output)
    }

    /// Runs what must end with this code and say this.
    fn refused(&self, arguments: &[&str], code: i32, words: &str) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    }

    fn path(&self, path: &str) -> PathBuf {
        self.repository.path(path)
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Where an award's file is; the support spreads them over folders.
    fn file_of(&self, n: u32, extension: &str) -> String {
        format!("badges/assertions/2026/{:02}/{}.{extension}", n % 100, id(n))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn a_deleted_sealed_file_is_neither_signed_again_nor_dropped_from_the_site() {
    let desk = Desk::published();
    desk.done(&["check"]);
    let sealed = desk.file_of(1, "json");
    let bytes = fs::read(desk.path(&sealed)).unwrap();
    desk.remove(&sealed);
    let back = format!("`git checkout HEAD -- {sealed}`");
    desk.refused(&["check"], 1, &back);
    desk.refused(&["seal"], 1, &back);
    desk.refused(&["build"], 1, &back);
    desk.refused(&["award", "accueil", "--no-recipient"], 1, &back);
    assert!(!desk.path(&sealed).exists(), "nothing took its place");
    // Committed, the deletion is still a deletion.
    desk.commit();
    desk.refused(&["seal"], 1, "sealed-missing");
    desk.refused(&["build"], 1, "sealed-missing");
    let said = told(&desk.run(&["check"]));
    let restore = said.split('`').find(|code| code.starts_with("git checkout ")).unwrap();
    let restore: Vec<&str> = restore.split(' ').collect();
    desk.git(&restore[1..]);
    assert_eq!(fs::read(desk.path(&sealed)).unwrap(), bytes, "the remedy that is told works");
    desk.done(&["check"]);
}

#[test]
fn an_award_that_was_never_published_may_go_as_it_came() {
    let desk = Desk::published();
    desk.done(&["award", "accueil", "--no-recipient"]);
    desk.git(&["clean", "-q", "-f", "-d"]);
    desk.git(&["checkout", "-q", "."]);
    desk.done(&["check"]);
}

#[test]
fn a_pull_request_is_held_against_what_is_published() {
    let desk = Desk::published();
    desk.git(&["checkout", "-q", "-b", "may"]);
    desk.done(&["award", "sol", "--level", "1", "--no-recipient"]);
    desk.commit();
    desk.done(&["check", "--against", "main"]);
    // Sealed over there meanwhile, and not merged here: not missing.
    desk.git(&["checkout", "-q", "main"]);
    desk.done(&["award", "accueil", "--no-recipient"]);
    desk.commit();
    desk.git(&["checkout", "-q", "may"]);
    desk.done(&["check", "--against", "main"]);
    let (event, sealed) = (desk.file_of(2, "yaml"), desk.file_of(2, "json"));
    desk.remove(&event);
    desk.remove(&sealed);
    desk.commit();
    desk.refused(&["check", "--against", "main"], 1, "sealed-missing");
    desk.git(&["revert", "--no-edit", "HEAD"]);
    let text = desk.repository.read(&event);
    // Who sees it may change; what was decided may not.
    desk.repository.write(&event, &text.replace("visibility: unlisted", "visibility: listed"));
    desk.commit();
    desk.done(&["check", "--against", "main"]);
    desk.repository.write(&event, &(text + "renews: 00000000000000000000000000\n"));
    desk.commit();
    desk.refused(&["check", "--against", "main"], 1, "award-changed");
    let answer = desk.run(&["check", "--against", "main", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let codes = answer["diagnostics"].as_array().unwrap();
    assert!(codes.iter().any(|found| found["code"] == "award-changed"), "{answer:#}");
}

#[test]
fn a_revision_that_cannot_be_asked_is_said_to_be_so() {
    let desk = Desk::published();
    desk.refused(&["check", "--against", "v9"], 2, "git knows no revision `v9`");
    desk.refused(&["check", "--against=--all"], 2, "git knows no revision");
    let bare = support::everything();
    let output = bare.run(&["check", "--against", "main"]);
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("no git repository"), "{}", told(&output));
    // A program that is not there, and a clone without its past.
    let output = desk.command(&["check", "--against", "main"]).env("PATH", "/nowhere").output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("`git` was not found"), "{}", told(&output));
    let output = desk.command(&["check"]).env("PATH", "/nowhere").output().unwrap();
    assert!(output.status.success() && told(&output).contains("could not be asked"));
    let output = desk.command(&["seal"]).env("PATH", "/nowhere").output().unwrap();
    assert_eq!(output.status.code(), Some(3), "nobody knows what was sealed: {}", told(&output));
    desk.git(&["commit", "-q", "--allow-empty", "-m", "second"]);
    let old = desk.git(&["rev-parse", "HEAD^"]);
    let origin = format!("file://{}", desk.repository.root());
    let shallow = desk.outside.path().join("shallow");
    let place = shallow.to_str().unwrap();
    desk.git(&["clone", "-q", "--depth", "1", &origin, place]);
    let output = desk.run(&["check", "--repo", place, "--against", old.trim()]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("fetch --unshallow"), "{}", told(&output));
}

#[test]
fn forgetting_leaves_a_tombstone_and_a_bit_and_nothing_of_the_person() {
    let desk = Desk::published();
    let register = desk.outside.path().join("register");
    fs::create_dir(&register).unwrap();
    let settings = desk.repository.read("accolade.yaml");
    let settings = format!("{settings}privacy: {{ register: {} }}\n", register.display());
    desk.repository.write("accolade.yaml", &settings);
    let entry = register.join(format!("{}.yaml", id(1)));
    fs::write(&entry, "name: Alizé\n").unwrap();
    let (event, sealed) = (desk.file_of(1, "yaml"), desk.file_of(1, "json"));
    let salt = desk.repository.read(&sealed);
    let salt = salt.split("\"salt\":").nth(1).unwrap().split('"').nth(1).unwrap().to_owned();
    desk.done(&["build"]);
    let text = id(1).text();

    let before = desk.repository.files("badges");
    desk.refused(&["forget", &text], 2, "--yes");
    let shown = desk.done(&["forget", &text, "--dry-run"]);
    for file in [&event, &sealed, &format!("badges/evidence/{text}")] {
        assert!(shown.contains(file.as_str()), "{shown}");
    }
    assert!(desk.repository.files("badges") == before && entry.exists(), "only shown");

    let page = format!("https://badges.club.example/a/{text}/");
    let said = desk.done(&["forget", &page, "--yes"]);
    for gone in [&event, &sealed, &format!("badges/evidence/{text}")] {
        assert!(!desk.path(gone).exists(), "{gone}");
    }
    assert!(!entry.exists());
    let stone = desk.repository.read(&format!("badges/tombstones/{text}.yaml"));
    assert!(stone.contains("issuer: club\nstatus_index: "), "{stone}");
    assert!(said.contains("git filter-repo --invert-paths"), "{said}");
    assert!(said.contains(&format!("--path badges/evidence/{text}/photo.jpg")), "{said}");
    assert!(!said.contains(&format!("--path badges/tombstones/{text}.yaml")), "{said}");
    desk.done(&["check"]);
    desk.done(&["check", "--against", "main"]);
    desk.commit();
    desk.done(&["check", "--against", "HEAD^"]);

    let built = desk.done(&["build"]);
    assert!(!built.contains("error"), "{built}");
    let assertion: Value = serde_json::from_slice(
        &fs::read(desk.path(&format!("public/a/{text}/assertion.json"))).unwrap(),
    )
    .unwrap();
    assert_eq!(assertion["revoked"], true);
    assert!(!desk.path(&format!("public/a/{text}/evidence")).exists());
    for (path, bytes) in
        desk.repository.files("public").iter().chain(&desk.repository.files("badges"))
    {
        let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!holds(&salt) && !holds("not really a photo"), "{path}");
    }
    // Again: nothing to do, and no error.
    let again = desk.json(&["forget", &text, "--yes"]);
    assert_eq!(again["already"], true);
    assert_eq!(again["deleted"].as_array().unwrap().len(), 0);
}

#[test]
fn the_rewriting_that_forget_tells_empties_the_history() {
    let desk = Desk::published();
    let text = id(1).text();
    desk.done(&["forget", &text, "--yes"]);
    desk.commit();
    let told = desk.json(&["forget", &text, "--yes"]);
    let paths: Vec<&str> =
        told["history"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert_eq!(paths.len(), 3, "{paths:?}");
    // `git filter-repo` is not everywhere; `filter-branch` takes the same paths out.
    let filter = format!("git rm -q --cached --ignore-unmatch {}", paths.join(" "));
    let mut git = Command::new("git");
    git.args(["filter-branch", "-f", "--index-filter", &filter, "--", "--all"]);
    git.env("FILTER_BRANCH_SQUELCH_WARNING", "1").current_dir(desk.repository.root());
    assert!(git.output().unwrap().status.success());
    let left = desk.git(&["log", "main", "--format=", "--name-only", "--", &format!("*{text}*")]);
    assert_eq!(left.trim(), format!("badges/tombstones/{text}.yaml"));
    desk.done(&["check"]);
}

#[test]
fn every_sort_of_award_can_be_forgotten_and_an_unknown_one_cannot() {
    let desk = Desk::published();
    // Unlisted, private, withdrawn.
    for n in [2, 3, 4] {
        desk.done(&["forget", &id(n).text(), "--yes"]);
        desk.done(&["check"]);
    }
    // Never sealed.
    desk.repository.award(Award::new(7, "listed"));
    let waiting = desk.json(&["forget", &id(7).text(), "--yes"]);
    assert_eq!(waiting["status_index"], Value::Null);
    assert_eq!(waiting["history"].as_array().unwrap().len(), 0);
    desk.done(&["check"]);
    // Deleted by hand before: git knows its place in the list.
    desk.remove(&desk.file_of(5, "yaml"));
    desk.remove(&desk.file_of(5, "json"));
    desk.commit();
    desk.refused(&["check"], 1, &format!("accolade forget {}", id(5)));
    let lost = desk.json(&["forget", &id(5).text(), "--yes"]);
    assert!(lost["status_index"].is_u64() && lost["sealed"] == true, "{lost}");
    desk.done(&["check"]);
    desk.refused(&["forget", &id(99).text(), "--yes"], 2, "there is no award");
    let mut typed = id(6).text();
    typed.replace_range(3..4, "u");
    desk.refused(&["forget", &typed, "--yes"], 2, &format!("did you mean `{}`?", id(6)));
    desk.refused(&["revoke", &id(2).text()], 2, "forgotten");
}

#[test]
fn a_forgotten_award_waits_for_its_bit_where_nobody_seals() {
    let desk = Desk::published();
    desk.git(&["checkout", "-q", "-b", "may"]);
    let told = desk.json(&["forget", &id(1).text(), "--yes"]);
    assert_eq!(told["sealed"], false);
    desk.commit();
    let said = desk.done(&["check", "--against", "main"]);
    assert!(said.contains("revocation-unsealed"), "{said}");
    desk.git(&["checkout", "-q", "main"]);
    desk.git(&["merge", "-q", "may"]);
    desk.done(&["seal"]);
    let said = desk.done(&["check"]);
    assert!(!said.contains("warning["), "{said}");
}
