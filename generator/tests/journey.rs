//! The life of a badge with the real command: key, award, seal, site, verdict, withdrawal, verdict; and what a wrong
//! word on the way is answered.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const MINIMAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/sites/golden/minimal");
/// The folders that a repository has only after its first award.
const OF_AWARDS: [&str; 3] = ["assertions", "revocations", "evidence"];

/// A copy of the minimal site as its issuer found it on the first morning: no key, no award.
struct Morning {
    folder: tempfile::TempDir,
}

impl Morning {
    fn new() -> Self {
        let morning = Self { folder: tempfile::tempdir().unwrap() };
        for entry in walkdir::WalkDir::new(MINIMAL).into_iter().map(Result::unwrap) {
            let place = morning.site().join(entry.path().strip_prefix(MINIMAL).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(place).unwrap();
            } else {
                fs::copy(entry.path(), place).unwrap();
            }
        }
        for folder in OF_AWARDS {
            fs::remove_dir_all(morning.site().join("badges").join(folder)).unwrap();
        }
        fs::remove_dir_all(morning.site().join("badges/issuers/atelier/keys")).unwrap();
        morning
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
        command
            .current_dir(self.site())
            .args(arguments)
            .args(["--lang", "en"])
            .env("XDG_CONFIG_HOME", self.folder.path().join("configuration"))
            .env_remove("ACCOLADE_KEY")
            .env_remove("ACCOLADE_KEY_FILE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs what must go well, and gives its answer.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what must be refused as a wrong use, with this sentence.
    fn refused(&self, arguments: &[&str], sentence: &str) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(sentence), "{arguments:?}: {}", told(&output));
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files below `folder` whose names end with `ending`.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.unwrap().into_path());
    files.filter(|path| path.is_file() && path.to_str().unwrap().ends_with(ending)).collect()
}

#[test]
fn a_badge_is_awarded_sealed_published_confirmed_withdrawn_and_known_as_withdrawn() {
    let morning = Morning::new();
    morning.done(&["keygen", "--issuer", "atelier"]);
    let award =
        ["award", "accueil", "--to", "ada@example.org", "--met", "presenter", "--met", "orienter"];
    let address = morning.done(&award);
    morning.done(&["seal"]);
    morning.done(&["build"]);

    let id = address.trim_end().trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    let picture = format!("public/a/{id}/badge.png");
    let now =
        morning.run(&["verify", &picture, "--site", "public", "--recipient", "ada@example.org"]);
    assert_eq!(now.status.code(), Some(0), "{}", String::from_utf8_lossy(&now.stdout));
    let other =
        morning.run(&["verify", &picture, "--site", "public", "--recipient", "bob@example.org"]);
    assert_eq!(other.status.code(), Some(1), "{}", String::from_utf8_lossy(&other.stdout));

    // The picture that the person kept says the same; the site behind it does not.
    let kept = morning.folder.path().join("kept.png");
    fs::copy(morning.site().join(&picture), &kept).unwrap();
    morning.done(&["revoke", &id, "--reason", "error"]);
    morning.done(&["build"]);
    let later = morning.run(&["verify", kept.to_str().unwrap(), "--site", "public"]);
    assert_eq!(later.status.code(), Some(1), "{}", String::from_utf8_lossy(&later.stdout));
    assert!(String::from_utf8_lossy(&later.stdout).contains("withdrawn"));
}

#[test]
fn a_wrong_word_is_answered_with_what_to_do() {
    let morning = Morning::new();
    morning.refused(&[], "A command is missing: init, keygen");
    morning.done(&["keygen", "--issuer", "atelier"]);
    morning.refused(&["keygen", "--issuer", "atelier", "--recovery", " "], "wants a reason");
    let award = ["award", "accueil", "--no-recipient", "--met", "presenter", "--met", "orienter"];
    morning.refused(&[&award[..], &["--key", "none.key"]].concat(), "`none.key` does not exist");
    morning.refused(&[&award[..], &["--key", "."]].concat(), "a file is wanted");
    assert_eq!(files(&morning.site().join("badges"), "k2.yaml"), Vec::<PathBuf>::new());
    assert!(!morning.site().join("badges/assertions").exists());
}

#[test]
fn a_file_that_is_no_badge_is_said_to_be_none() {
    let morning = Morning::new();
    let output = morning.run(&["verify", "accolade.yaml", "--offline"]);
    assert_eq!(output.status.code(), Some(3));
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.contains("there is nothing to verify"), "{answer}");
}

#[test]
fn a_command_killed_at_any_moment_leaves_whole_files_and_the_next_one_finishes() {
    let morning = Morning::new();
    morning.done(&["keygen", "--issuer", "atelier"]);
    let award = ["award", "accueil", "--no-recipient", "--met", "presenter", "--met", "orienter"];
    morning.done(&award);
    morning.done(&["build"]);
    for moment in 0..12 {
        for arguments in [&award[..], &["seal"], &["build"]] {
            let mut command = morning.command(arguments);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(moment * 8));
            child.kill().unwrap();
            child.wait().unwrap();
            for sealed in files(&morning.site().join("badges"), ".json") {
                let text = fs::read(&sealed).unwrap();
                assert!(serde_json::from_slice::<serde_json::Value>(&text).is_ok(), "{sealed:?}");
            }
            assert!(morning.site().join("public/index.html").is_file());
        }
    }
    morning.done(&["seal"]);
    morning.done(&["check"]);
    let mended = morning.done(&["build"]);
    assert_eq!(mended, morning.done(&["build", "--out", "../fresh"]));
}
