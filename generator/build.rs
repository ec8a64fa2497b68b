//! Names the commit for `accolade --version`, read from `.git` itself: a source archive without one still builds.
//!
//! The version is said by the command and never enters a site, so two builds of one site stay equal. Where `git` is at
//! hand it is asked whether the sources differ from that commit: a name that promises other sources would be a lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the program is made of, seen from the root of the workspace.
const SOURCES: [&str; 5] = ["Cargo.lock", "Cargo.toml", "generator", "openbadges", "themes"];

/// The digits that are shown.
const SHOWN: usize = 12;

fn main() {
    let manifest = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let Some(root) = manifest.parent() else { return };
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", root.join(source).display());
    }
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    // `generator/../.git` and no other: an archive unpacked inside somebody's repository is not of their commit.
    let commit = git_folder(&root.join(".git")).and_then(|git| commit(&git));
    let text = match &commit {
        None => version,
        Some(commit) => {
            let shown = commit.get(..SHOWN).unwrap_or(commit);
            let changed = if is_changed(root) { "-changed" } else { "" };
            format!("{version} ({shown}{changed})")
        }
    };
    println!("cargo::rustc-env=ACCOLADE_VERSION={text}");
    println!("cargo::rustc-env=ACCOLADE_COMMIT={}", commit.unwrap_or_default());
}

/// The folder of git. In a worktree `.git` is a file that names it.
fn git_folder(place: &Path) -> Option<PathBuf> {
    if place.is_dir() {
        return Some(place.to_owned());
    }
    let named = fs::read_to_string(place).ok()?;
    let named = named.trim().strip_prefix("gitdir:")?.trim();
    Some(place.parent()?.join(named))
}

/// The commit that is checked out.
fn commit(git: &Path) -> Option<String> {
    let head = read(&git.join("HEAD"))?;
    let Some(reference) = head.strip_prefix("ref:") else { return is_commit(head) };
    let reference = reference.trim();
    let shared = match fs::read_to_string(git.join("commondir")) {
        Ok(named) => git.join(named.trim()),
        Err(_) => git.to_owned(),
    };
    if let Some(commit) = read(&shared.join(reference)) {
        return is_commit(commit);
    }
    let packed = read(&shared.join("packed-refs"))?;
    let line = packed.lines().find(|line| line.split(' ').nth(1) == Some(reference))?;
    is_commit(line.split(' ').next()?.to_owned())
}

fn read(file: &Path) -> Option<String> {
    // Watched only where it is: cargo would run this program every time for a file that is not there.
    let text = fs::read_to_string(file).ok()?;
    println!("cargo::rerun-if-changed={}", file.display());
    Some(text.trim().to_owned())
}

fn is_commit(text: String) -> Option<String> {
    let is_one = text.len() >= 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    is_one.then_some(text)
}

/// Whether the sources are other ones than those of the commit. Without `git` nobody knows, and nothing is said.
fn is_changed(root: &Path) -> bool {
    let mut git = Command::new("git");
    git.current_dir(root)
        .args(["--no-optional-locks", "status", "--porcelain", "--"])
        .args(SOURCES);
    git.output().is_ok_and(|output| output.status.success() && !output.stdout.is_empty())
}
