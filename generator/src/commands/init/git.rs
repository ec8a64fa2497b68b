//! The first commit. Everything here may fail without harm: the files are there, and what is left to type is said.

use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use camino::Utf8Path;

use crate::scaffold::{Answers, BRANCH};
use crate::words::Words;

/// What became of the first commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Committed {
    /// It is there.
    Yes,
    /// There is no git on this machine.
    NoGit,
    /// The folder is inside another repository, whose commits are not ours to make.
    Inside,
    /// git does not know who commits.
    Nobody,
    /// git refused, or there were commits already.
    No,
}

impl Committed {
    /// The message that says it; there is nothing to say of a commit that was made.
    pub(super) fn message(self) -> Option<&'static str> {
        match self {
            Self::Yes => None,
            Self::NoGit => Some("init-git-absent"),
            Self::Inside => Some("init-git-inside"),
            Self::Nobody => Some("init-git-nobody"),
            Self::No => Some("init-git-no"),
        }
    }
}

/// The branch that a cloned repository without commits is on; ours when there is none yet.
pub(super) fn branch_of(root: &Utf8Path) -> String {
    let head = fs::read_to_string(root.join(".git/HEAD")).unwrap_or_default();
    let branch = head.trim().strip_prefix("ref: refs/heads/").unwrap_or(BRANCH);
    // It stands in the forge's files, where a stranger's letters could mean something else.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
    if branch.bytes().all(plain) { branch.to_owned() } else { BRANCH.to_owned() }
}

/// Makes the folder a repository, unless it is one, and commits what was written.
pub(super) fn commit(root: &Utf8Path, answers: &Answers, words: &Words) -> Committed {
    if !root.join(".git").exists() {
        if is_inside(root) {
            return Committed::Inside;
        }
        let branch = format!("--initial-branch={}", answers.branch);
        match git(root).args(["init", "--quiet", &branch]).output() {
            Ok(made) if made.status.success() => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Committed::NoGit,
            Ok(_) | Err(_) => return Committed::No,
        }
    }
    if succeeds(root, &["rev-parse", "--verify", "--quiet", "HEAD"]) {
        return Committed::No;
    }
    if !succeeds(root, &["config", "user.name"]) || !succeeds(root, &["config", "user.email"]) {
        return Committed::Nobody;
    }
    let message = words.say("scaffold-first-commit", &[]);
    let made = succeeds(root, &["add", "--all"])
        && succeeds(root, &["commit", "--quiet", "--message", &message]);
    if made { Committed::Yes } else { Committed::No }
}

fn is_inside(root: &Utf8Path) -> bool {
    let above = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
    above.ancestors().skip(1).any(|folder| folder.join(".git").exists())
}

fn git(root: &Utf8Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(root);
    git
}

fn succeeds(root: &Utf8Path, arguments: &[&str]) -> bool {
    git(root).args(arguments).output().is_ok_and(|output| output.status.success())
}
