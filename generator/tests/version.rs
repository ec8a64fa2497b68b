//! `accolade --version`.

use std::path::Path;
use std::process::Command;

use accolade::cli::{COMMIT, VERSION};

#[test]
fn the_version_names_the_commit_it_was_built_from() {
    let output = Command::new(env!("CARGO_BIN_EXE_accolade")).arg("--version").output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(told, format!("accolade {VERSION}\n"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let git = Command::new("git").current_dir(root).args(["rev-parse", "HEAD"]).output();
    match git {
        Ok(git) if git.status.success() && root.join(".git").exists() => {
            let commit = String::from_utf8(git.stdout).unwrap();
            assert_eq!(COMMIT, commit.trim());
            assert!(VERSION.contains(&format!(" ({}", COMMIT.get(..12).unwrap())), "{VERSION}");
        }
        // A source archive: there is no commit to name, and none is made up.
        Ok(_) | Err(_) => assert!(COMMIT.is_empty() && !VERSION.contains('('), "{VERSION}"),
    }
}
