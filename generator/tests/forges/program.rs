//! `ci/accolade`: where a job takes the program from.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest as _, Sha256};

use crate::runner::{Association, told};

/// What stands for the program that is downloaded or built.
const PROGRAM: &str = "#!/bin/sh\necho \"program $*\"\n";

/// A machine that has the tools of the script, and no `accolade`.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        let bin = machine.folder.path().join("bin");
        fs::create_dir(&bin).unwrap();
        for tool in ["sh", "dirname", "mkdir", "sha256sum", "chmod", "mv", "cp"] {
            let search =
                Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().unwrap();
            let place = String::from_utf8(search.stdout).unwrap();
            std::os::unix::fs::symlink(place.trim(), bin.join(tool)).unwrap();
        }
        fs::write(machine.folder.path().join("program"), PROGRAM).unwrap();
        machine
    }

    /// A tool that writes down how it was called, then runs `script`.
    fn tool(&self, name: &str, script: &str) {
        let place = self.folder.path().join("bin").join(name);
        let log = self.folder.path().join("called");
        let text = format!("#!/bin/sh\necho \"{name} $*\" >> {}\n{script}\n", log.display());
        fs::write(&place, text).unwrap();
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// `curl --output FILE …` that gives the program.
    fn download(&self) {
        let program = self.folder.path().join("program");
        self.tool(
            "curl",
            &format!(
                "while [ $# -gt 1 ]; do [ \"$1\" = --output ] && cp {} \"$2\"; shift; done",
                program.display()
            ),
        );
    }

    fn called(&self) -> String {
        fs::read_to_string(self.folder.path().join("called")).unwrap_or_default()
    }

    fn run(&self, repository: &Path, variables: &[(&str, &str)]) -> Output {
        let mut sh = Command::new("sh");
        sh.env_clear().env("PATH", self.folder.path().join("bin")).env("HOME", self.folder.path());
        sh.envs(variables.iter().copied()).args(["ci/accolade", "check", "a b"]);
        sh.current_dir(repository).output().unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn a_download_is_run_when_its_digest_is_the_one_that_was_written_down() {
    let club = Association::new("github", "en");
    let repository = club.path("badges");
    let machine = Machine::new();
    machine.download();
    let digest: String = Sha256::digest(PROGRAM).iter().map(|byte| format!("{byte:02x}")).collect();
    let from = ("ACCOLADE_DOWNLOAD", "https://downloads.example/accolade");
    let other = machine.run(&repository, &[from, ("ACCOLADE_SHA256", &"0".repeat(64))]);
    assert!(
        !other.status.success() && said(&other).is_empty() || !said(&other).contains("program"),
        "{other:?}"
    );
    let none = machine.run(&repository, &[from]);
    assert!(!none.status.success() && told(&none).contains("ACCOLADE_SHA256"), "{none:?}");
    let right = machine.run(&repository, &[from, ("ACCOLADE_SHA256", &digest)]);
    assert_eq!(said(&right), "program check a b", "{}", told(&right));
    // Once is enough.
    let called = machine.called();
    assert!(
        called.contains("--proto =https") && called.contains("https://downloads.example/accolade")
    );
    machine.run(&repository, &[]);
    assert_eq!(machine.called(), called);
    assert_eq!(club.git("badges", &["status", "--porcelain"]), "", "tools are not committed");
}

#[test]
fn the_sources_are_built_at_the_commit_that_wrote_the_jobs() {
    let club = Association::new("gitlab", "en");
    let repository = club.path("badges");
    let machine = Machine::new();
    let program = machine.folder.path().join("program");
    machine.tool(
        "cargo",
        &format!(
            "while [ $# -gt 1 ]; do [ \"$1\" = --root ] && cp {} \"$2/bin/accolade\" && chmod 755 \"$2/bin/accolade\"; shift; done; exit 0",
            program.display()
        ),
    );
    let source = ("ACCOLADE_SOURCE", "https://forge.example/accolade.git");
    let built = machine.run(&repository, &[source, ("ACCOLADE_COMMIT", "abc123")]);
    assert_eq!(said(&built), "program check a b", "{}", told(&built));
    let called = machine.called();
    assert!(
        called.contains("--locked") && called.contains("--git https://forge.example/accolade.git")
    );
    assert!(called.contains("--rev abc123"), "{called}");
}

#[test]
fn a_forge_that_was_told_nothing_is_told_what_to_say() {
    let club = Association::new("forgejo", "fr");
    let machine = Machine::new();
    let lost = machine.run(&club.path("badges"), &[]);
    assert!(!lost.status.success());
    assert!(
        told(&lost).contains("ACCOLADE_DOWNLOAD") && told(&lost).contains("README.md"),
        "{lost:?}"
    );
}
