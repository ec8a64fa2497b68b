//! Which branch is checked out, read from `.git` itself: no program is started.
//!
//! Sealing draws status indexes, and two branches that draw on their own may draw the same one. So it happens on the
//! publishing branch alone.

use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// The largest file of `.git` that is read here: `packed-refs` of a repository with very many branches.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Where a folder stands, as far as sealing is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// On the publishing branch, or (as build servers do) at its newest commit without being on any branch.
    Publishing,
    /// On another branch.
    Branch(String),
    /// At a commit that is not the newest one of the publishing branch.
    Detached(String),
    /// In no git repository: there are no other branches to collide with.
    NoRepository,
}

impl Standing {
    /// Whether sealing is safe here.
    #[must_use]
    pub fn may_seal(&self) -> bool {
        matches!(self, Self::Publishing | Self::NoRepository)
    }
}

/// Finds out where `root` stands. `publishing` is the name of the publishing branch.
///
/// # Errors
/// When `.git` is there and cannot be read.
pub fn standing(root: &Utf8Path, publishing: &str) -> io::Result<Standing> {
    let Some(git) = git_folder(root)? else { return Ok(Standing::NoRepository) };
    let head = read(&git.join("HEAD"))?.unwrap_or_default();
    let head = head.trim();
    if let Some(reference) = head.strip_prefix("ref:") {
        let reference = reference.trim();
        let branch = reference.strip_prefix("refs/heads/").unwrap_or(reference);
        return Ok(if branch == publishing {
            Standing::Publishing
        } else {
            Standing::Branch(branch.to_owned())
        });
    }
    let shared = common_folder(&git)?;
    for reference in
        [format!("refs/heads/{publishing}"), format!("refs/remotes/origin/{publishing}")]
    {
        if !head.is_empty() && commit_of(&shared, &reference)?.as_deref() == Some(head) {
            return Ok(Standing::Publishing);
        }
    }
    Ok(Standing::Detached(head.to_owned()))
}

/// Where `root` lies in its repository of git: empty when it is the top, or in none.
#[must_use]
pub fn place_in_git(root: &Utf8Path) -> Utf8PathBuf {
    let Ok(root) = root.canonicalize_utf8() else { return Utf8PathBuf::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists());
    top.and_then(|top| root.strip_prefix(top).ok()).map(Utf8Path::to_owned).unwrap_or_default()
}

/// Whether `root` is in a git repository, as far as its folders tell.
///
/// # Errors
/// When `.git` is there and cannot be read.
pub fn is_in_repository(root: &Utf8Path) -> io::Result<bool> {
    git_folder(root).map(|found| found.is_some())
}

/// The nearest `.git` at or above `root`. In a worktree it is a file that names the folder.
fn git_folder(root: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    let root = root.canonicalize_utf8()?;
    for folder in root.ancestors() {
        let git = folder.join(".git");
        if git.is_dir() {
            return Ok(Some(git));
        }
        if let Some(text) = read(&git)? {
            let named = text.trim().strip_prefix("gitdir:").unwrap_or_default().trim();
            return Ok(Some(folder.join(named)));
        }
    }
    Ok(None)
}

/// Where the branches are: a worktree shares those of the main folder.
fn common_folder(git: &Utf8Path) -> io::Result<Utf8PathBuf> {
    Ok(match read(&git.join("commondir"))? {
        Some(text) => git.join(text.trim()),
        None => git.to_owned(),
    })
}

/// The commit a branch points to: one file for each branch, or all of them in `packed-refs`.
fn commit_of(git: &Utf8Path, reference: &str) -> io::Result<Option<String>> {
    if let Some(text) = read(&git.join(reference))? {
        return Ok(Some(text.trim().to_owned()));
    }
    let packed = read(&git.join("packed-refs"))?.unwrap_or_default();
    Ok(packed.lines().find_map(|line| {
        let (commit, name) = line.split_once(' ')?;
        (name == reference).then(|| commit.to_owned())
    }))
}

fn read(file: &Utf8Path) -> io::Result<Option<String>> {
    let length = match fs::metadata(file) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        // A file stands where a folder was looked for.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(None),
        Err(error) => return Err(error),
    };
    if length > FILE_BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, file.as_str()));
    }
    fs::read_to_string(file).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "412fe5d0f35c6b3fd7be45bfe4f6c3d1a6a8a4f1";
    const OTHER: &str = "9f06356b4e26d0d3d0d6dc6f2d5a0f3f3a6a6a6a";

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn with(files: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for (path, text) in files {
                let file = folder.path().join(path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            Self(folder)
        }

        fn standing(&self, below: &str) -> Standing {
            let root = Utf8Path::from_path(self.0.path()).unwrap().join(below);
            fs::create_dir_all(&root).unwrap();
            standing(&root, "main").unwrap()
        }
    }

    #[test]
    fn the_publishing_branch_is_recognised_from_any_folder_below() {
        let folder = Folder::with(&[(".git/HEAD", "ref: refs/heads/main\n")]);
        assert_eq!(folder.standing(""), Standing::Publishing);
        assert_eq!(folder.standing("network/estran"), Standing::Publishing);
        assert!(Standing::Publishing.may_seal());
    }

    #[test]
    fn another_branch_is_named_and_may_not_seal() {
        for branch in ["badges-de-mai", "fix/main", "main2"] {
            let folder = Folder::with(&[(".git/HEAD", &format!("ref: refs/heads/{branch}\n"))]);
            assert_eq!(folder.standing(""), Standing::Branch(branch.to_owned()));
            assert!(!folder.standing("").may_seal());
        }
    }

    #[test]
    fn badges_may_lie_below_the_top_of_a_repository() {
        let folder = Folder::with(&[(".git/HEAD", "ref: refs/heads/main\n"), ("our/badges/a", "")]);
        let root = Utf8Path::from_path(folder.0.path()).unwrap();
        assert_eq!(place_in_git(&root.join("our/badges")), "our/badges");
        assert_eq!(place_in_git(root), "");
        assert_eq!(place_in_git(&root.join("not there")), "");
    }

    #[test]
    fn a_worktree_has_its_own_head() {
        let folder = Folder::with(&[
            ("main/.git/HEAD", "ref: refs/heads/main\n"),
            ("main/.git/worktrees/may/HEAD", "ref: refs/heads/may\n"),
            ("main/.git/worktrees/may/commondir", "../..\n"),
            ("may/.git", "gitdir: ../main/.git/worktrees/may\n"),
        ]);
        assert_eq!(folder.standing("main"), Standing::Publishing);
        assert_eq!(folder.standing("may"), Standing::Branch("may".to_owned()));
    }

    #[test]
    fn a_build_server_without_a_branch_may_seal_at_the_newest_commit_only() {
        let packed = format!("# pack-refs with: peeled\n{COMMIT} refs/remotes/origin/main\n");
        let head = |commit: &str| {
            Folder::with(&[(".git/HEAD", commit), (".git/packed-refs", &packed)]).standing("")
        };
        assert_eq!(head(COMMIT), Standing::Publishing);
        assert_eq!(head(OTHER), Standing::Detached(OTHER.to_owned()));
        let loose = Folder::with(&[(".git/HEAD", OTHER), (".git/refs/heads/main", OTHER)]);
        assert_eq!(loose.standing(""), Standing::Publishing);
        let nothing = Folder::with(&[(".git/HEAD", "")]);
        assert_eq!(nothing.standing(""), Standing::Detached(String::new()));
    }

    #[test]
    fn without_git_there_is_nobody_to_collide_with() {
        // A temporary folder is below no repository, unless the machine is odd; then the test would say so.
        assert_eq!(Folder::with(&[]).standing(""), Standing::NoRepository);
        assert!(Standing::NoRepository.may_seal());
    }
}
