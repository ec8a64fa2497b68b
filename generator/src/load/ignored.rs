//! Whether git would take a path into the next commit: names and addresses must not lie where it would.
//!
//! Asked of the `.gitignore` files alone, which everybody who clones has; what one person's own configuration ignores
//! protects nobody else. A file that was added before it was ignored is in the history already, and is not noticed here.

use std::fs;
use std::io::Read as _;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A `.gitignore` of more is not read further.
const GITIGNORE_BYTES_MAX: u64 = 1024 * 1024;

/// The folder of the built site when nobody chose another. Git ignores it, and it is published all the same.
pub const OUTPUT: &str = "public";

/// What lies at a path, or would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Whether `path` lies in the repository of `root`, and no `.gitignore` keeps it out of a commit.
///
/// Without git the folder of `accolade.yaml` counts as the repository: it is what gets published or copied around. A
/// folder that is a git repository of its own is not committed with this one.
#[must_use]
pub fn would_be_committed(root: &Utf8Path, path: &Utf8Path, kind: Kind) -> bool {
    let root = resolved(root);
    let path = resolved(path);
    let top = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&root);
    let Ok(below) = path.strip_prefix(top) else { return false };
    let mut here = top.to_owned();
    let mut rules = vec![rules_of(&here)];
    let last = below.components().count();
    for (part, place) in below.components().zip(1..) {
        here.push(part);
        if here.join(".git").exists() {
            return false;
        }
        let is_folder = place < last || kind == Kind::Folder;
        // The nearest file decides, as git has it; what is in an ignored folder cannot be taken back in.
        let found = rules.iter().rev().map(|rules| rules.matched(here.as_str(), is_folder));
        let decided = found.into_iter().find(|found| !found.is_none());
        if matches!(decided, Some(Match::Ignore(_))) {
            return false;
        }
        if is_folder {
            rules.push(rules_of(&here));
        }
    }
    true
}

/// Whether `path` lies in `folder` or is it, links and `..` followed, whether or not it is there yet.
#[must_use]
pub fn lies_in(folder: &Utf8Path, path: &Utf8Path) -> bool {
    resolved(path).starts_with(resolved(folder))
}

fn rules_of(folder: &Utf8Path) -> Gitignore {
    let mut text = String::new();
    let file = fs::File::open(folder.join(".gitignore"));
    // An unreadable or foreign file ignores nothing: then we refuse, which is the safe side.
    let _ = file.and_then(|file| file.take(GITIGNORE_BYTES_MAX).read_to_string(&mut text));
    let mut builder = GitignoreBuilder::new(folder);
    for line in text.lines() {
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The path without links and `..`; what is not there yet is taken as it is written.
fn resolved(path: &Utf8Path) -> Utf8PathBuf {
    let absolute = camino::absolute_utf8(path).unwrap_or_else(|_| path.to_owned());
    let there = absolute.ancestors().find_map(|folder| {
        let real = folder.canonicalize_utf8().ok()?;
        Some((real, absolute.strip_prefix(folder).ok()?.to_owned()))
    });
    let Some((mut real, rest)) = there else { return absolute };
    for part in rest.components() {
        match part {
            Utf8Component::ParentDir => drop(real.pop()),
            Utf8Component::Normal(name) => real.push(name),
            Utf8Component::CurDir | Utf8Component::RootDir | Utf8Component::Prefix(_) => {}
        }
    }
    real
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn with(files: &[(&str, &str)]) -> Self {
            let folder = Self(tempfile::tempdir().unwrap());
            for (path, text) in files {
                let place = folder.path(path);
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, text).unwrap();
            }
            folder
        }

        fn path(&self, below: &str) -> Utf8PathBuf {
            Utf8Path::from_path(self.0.path()).unwrap().join(below)
        }

        fn takes(&self, path: &str, kind: Kind) -> bool {
            would_be_committed(&self.path("site"), &self.path(path), kind)
        }
    }

    #[test]
    fn a_path_in_the_tree_is_taken_unless_a_gitignore_at_or_above_it_says_no() {
        let folder = Folder::with(&[
            ("site/.git/HEAD", "ref: refs/heads/main\n"),
            ("site/.gitignore", "*.csv\n/register/\n# /inbox/\n!kept.csv\n"),
            ("site/lists/.gitignore", "*\n"),
            ("site/badges/a.yaml", ""),
        ]);
        for (path, kind, taken) in [
            ("site/people.csv", Kind::File, false),
            ("site/badges/people.csv", Kind::File, false),
            ("site/kept.csv", Kind::File, true),
            ("site/people.txt", Kind::File, true),
            ("site/register", Kind::Folder, false),
            ("site/register/a.yaml", Kind::File, false),
            ("site/badges/register", Kind::Folder, true),
            ("site/inbox", Kind::Folder, true),
            ("site/lists/people.txt", Kind::File, false),
            ("site/badges/../../site/people.txt", Kind::File, true),
            ("people.txt", Kind::File, false),
            ("site/../register", Kind::Folder, false),
        ] {
            assert_eq!(folder.takes(path, kind), taken, "{path}");
        }
    }

    #[test]
    fn the_repository_may_be_larger_than_the_folder_of_the_settings() {
        let folder = Folder::with(&[
            (".git/HEAD", "ref: refs/heads/main\n"),
            (".gitignore", "/private/\n"),
            ("site/accolade.yaml", ""),
        ]);
        assert!(folder.takes("register", Kind::Folder));
        assert!(!folder.takes("private/register", Kind::Folder));
    }

    #[test]
    fn a_repository_of_its_own_is_not_committed_with_this_one() {
        let folder = Folder::with(&[
            ("site/.git/HEAD", "ref: refs/heads/main\n"),
            ("site/register/.git/HEAD", "ref: refs/heads/main\n"),
        ]);
        assert!(!folder.takes("site/register", Kind::Folder));
        assert!(!folder.takes("site/register/a.yaml", Kind::File));
        assert!(folder.takes("site/registers", Kind::Folder));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_judged_by_where_it_leads() {
        let folder = Folder::with(&[("site/.git/HEAD", ""), ("site/in/a", ""), ("out/a", "")]);
        std::os::unix::fs::symlink(folder.path("out"), folder.path("site/away")).unwrap();
        std::os::unix::fs::symlink(folder.path("site/in"), folder.path("back")).unwrap();
        assert!(!folder.takes("site/away", Kind::Folder));
        assert!(folder.takes("back/people.csv", Kind::File));
        assert!(lies_in(&folder.path("site"), &folder.path("back/new/x")));
        assert!(!lies_in(&folder.path("site"), &folder.path("site2")));
    }
}
