//! Writes a new repository into a folder that is empty, or that an interrupted `init` began to fill.
//!
//! A note in `.accolade/` is the first file and the last to go: a run that was killed leaves it behind, and the next one
//! takes what is there for its own. Whatever else is in the folder is never touched.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::NewFile;
use crate::issue::files::{FileError, Files};

/// The note of a run that has not finished.
const NOTE: &str = ".accolade/init";

/// A folder with more entries than this is not listed to the end.
const LISTED_MAX: usize = 10;

/// What may be in a folder that counts as empty: somebody cloned a repository without a commit.
const NOT_IN_THE_WAY: [&str; 1] = [".git"];

/// A repository that is being started.
#[derive(Debug)]
pub struct Start {
    root: Utf8PathBuf,
    /// Whether an earlier run was interrupted here.
    pub resumed: bool,
}

/// Writes the files. `theirs` are further files that this run will make, so that they are not in its way when it is run
/// again.
///
/// # Errors
/// [`StartError`]; with [`StartError::InTheWay`] nothing was written.
pub fn begin(
    root: &Utf8Path,
    files: &[NewFile],
    theirs: &[Utf8PathBuf],
) -> Result<Start, StartError> {
    let resumed = root.join(NOTE).is_file();
    let in_the_way =
        if resumed { changed(root, files, theirs)? } else { entries(root)?.into_iter().collect() };
    if !in_the_way.is_empty() {
        let more = in_the_way.len().saturating_sub(LISTED_MAX);
        let listed = in_the_way.into_iter().take(LISTED_MAX).collect();
        return Err(StartError::InTheWay { listed, more });
    }
    fs::create_dir_all(root).map_err(|error| refused(root, &error))?;
    let writer = Files::take(root).map_err(StartError::File)?;
    if !resumed {
        writer.create(Utf8Path::new(NOTE), b"").map_err(StartError::File)?;
    }
    for file in files {
        let path = Utf8Path::new(&file.path);
        if !writer.has(path) {
            writer.create(path, file.text.as_bytes()).map_err(StartError::File)?;
        }
        if file.runs {
            let place = root.join(path);
            let made = make_program(&place);
            made.map_err(|error| refused(&place, &error))?;
        }
    }
    writer.settle().map_err(StartError::File)?;
    Ok(Start { root: root.to_owned(), resumed })
}

impl Start {
    /// Everything is there: from now on the folder is an ordinary repository.
    ///
    /// # Errors
    /// [`StartError::File`].
    pub fn finish(self) -> Result<(), StartError> {
        let note = self.root.join(NOTE);
        fs::remove_file(&note).map_err(|error| refused(&note, &error))
    }
}

/// What is in the folder itself, by name.
fn entries(root: &Utf8Path) -> Result<BTreeSet<String>, StartError> {
    let listing = match fs::read_dir(root) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(StartError::NotAFolder);
        }
        Err(error) => return Err(refused(root, &error)),
    };
    let mut names = BTreeSet::new();
    for entry in listing {
        let entry = entry.map_err(|error| refused(root, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !NOT_IN_THE_WAY.contains(&name.as_str()) {
            names.insert(name);
        }
    }
    Ok(names)
}

/// The files of an interrupted run that are not what this run would write.
fn changed(
    root: &Utf8Path,
    files: &[NewFile],
    theirs: &[Utf8PathBuf],
) -> Result<Vec<String>, StartError> {
    let ours = |path: &str| {
        theirs.iter().any(|their| their.as_str() == path)
            || path.starts_with(".accolade/")
            || NOT_IN_THE_WAY.iter().any(|name| path.starts_with(&format!("{name}/")))
    };
    let mut changed = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
            StartError::File(FileError::Io { path: root.to_owned(), kind })
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let place = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path = place.to_string_lossy().replace('\\', "/");
        let planned = files.iter().find(|file| file.path == path);
        let same = planned.is_some_and(|file| {
            fs::read(entry.path()).is_ok_and(|bytes| bytes == file.text.as_bytes())
        });
        if !same && !ours(&path) {
            changed.push(path);
        }
    }
    Ok(changed)
}

#[cfg(unix)]
fn make_program(file: &Utf8Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

/// Elsewhere nothing marks a program; the forges call it with `sh`.
#[cfg(not(unix))]
fn make_program(_: &Utf8Path) -> io::Result<()> {
    Ok(())
}

fn refused(path: &Utf8Path, error: &io::Error) -> StartError {
    StartError::File(FileError::Io { path: path.to_owned(), kind: error.kind() })
}

/// Why no repository was started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The folder has something in it. Nothing is ever written over.
    #[error("the folder is not empty: {}", listed.join(", "))]
    InTheWay {
        /// The first of them.
        listed: Vec<String>,
        /// How many more there are.
        more: usize,
    },
    /// There is a file of that name.
    #[error("it is a file, not a folder")]
    NotAFolder,
    /// The system refused.
    #[error(transparent)]
    File(FileError),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> NewFile {
        NewFile { path: path.to_owned(), text: text.to_owned(), runs: path == "ci/run" }
    }

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().join("new")).unwrap();
        (folder, root)
    }

    #[test]
    fn an_empty_folder_and_a_fresh_clone_are_filled_and_nothing_is_left_aside() {
        let (_keep, root) = folder();
        fs::create_dir_all(root.join(".git")).unwrap();
        let files = [file("a/b.yaml", "b"), file("ci/run", "#!/bin/sh\n")];
        begin(&root, &files, &[]).unwrap().finish().unwrap();
        assert_eq!(fs::read(root.join("a/b.yaml")).unwrap(), b"b");
        assert!(!root.join(NOTE).exists());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(root.join("ci/run")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o755);
        }
    }

    #[test]
    fn what_is_in_the_way_is_listed_and_kept() {
        let (_keep, root) = folder();
        fs::create_dir_all(&root).unwrap();
        for name in 0..12 {
            fs::write(root.join(format!("{name:02}.txt")), "mine").unwrap();
        }
        let refused = begin(&root, &[file("00.txt", "ours")], &[]).unwrap_err();
        let StartError::InTheWay { listed, more } = refused else { panic!("{refused}") };
        assert_eq!((listed.len(), more, listed[0].as_str()), (LISTED_MAX, 2, "00.txt"));
        assert_eq!(fs::read(root.join("00.txt")).unwrap(), b"mine");
        assert!(!root.join(".accolade").exists());
        let in_a_file = begin(&root.join("00.txt"), &[], &[]).unwrap_err();
        assert_eq!(in_a_file, StartError::NotAFolder);
    }

    #[test]
    fn an_interrupted_run_is_finished_by_the_next_one_and_by_no_other() {
        let files = [file("a.yaml", "a"), file("b/c.yaml", "c"), file("d.md", "d")];
        let key = [Utf8PathBuf::from("keys/k1.yaml")];
        for written in 0..=files.len() {
            let (_keep, root) = folder();
            begin(&root, &files[..written], &key).unwrap();
            fs::create_dir_all(root.join("keys")).unwrap();
            fs::write(root.join("keys/k1.yaml"), "k").unwrap();
            let again = begin(&root, &files, &key).unwrap();
            assert!(again.resumed);
            again.finish().unwrap();
            assert!(files.iter().all(|file| root.join(&file.path).is_file()));
        }
        let (_keep, root) = folder();
        begin(&root, &files, &key).unwrap();
        fs::write(root.join("notes.txt"), "mine").unwrap();
        fs::write(root.join("a.yaml"), "another answer").unwrap();
        let refused = begin(&root, &files, &key).unwrap_err();
        let listed = vec!["a.yaml".to_owned(), "notes.txt".to_owned()];
        assert_eq!(refused, StartError::InTheWay { listed, more: 0 });
    }
}
