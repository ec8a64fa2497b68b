//! The one writer of the repository: each file is there whole or not at all, and nothing is written over.
//!
//! A file is written aside, brought to the disk and renamed into place, so that a killed command leaves either the old
//! state or the new one. What was left aside is in `.accolade/`, which git ignores.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use crate::patience;

/// Threads that wait for the disk at once; a disk takes many files in one go.
const WAITERS: usize = 16;

/// A repository that may be written to. While it lives, no other command writes.
#[derive(Debug)]
pub struct Files {
    root: Utf8PathBuf,
    aside: Utf8PathBuf,
    /// Folders whose entries changed and are not on the disk yet.
    touched: RefCell<BTreeSet<Utf8PathBuf>>,
    #[cfg(test)]
    writes_left: std::cell::Cell<Option<u32>>,
    /// Held for its lock.
    _lock: File,
}

impl Files {
    /// Takes the repository at `root` for itself.
    ///
    /// # Errors
    /// [`FileError::Busy`] when another command writes; [`FileError::Io`] when `.accolade/` cannot be made.
    pub fn take(root: &Utf8Path) -> Result<Self, FileError> {
        let aside = root.join(".accolade");
        fs::create_dir_all(&aside).map_err(|error| FileError::io(&aside, &error))?;
        let lock_file = aside.join("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_file)
            .map_err(|error| FileError::io(&lock_file, &error))?;
        match patience::lock(&lock) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FileError::Busy),
            Err(TryLockError::Error(error)) => return Err(FileError::io(&lock_file, &error)),
        }
        Ok(Self {
            root: root.to_owned(),
            aside,
            touched: RefCell::default(),
            #[cfg(test)]
            writes_left: std::cell::Cell::new(None),
            _lock: lock,
        })
    }

    /// The folder that holds `accolade.yaml`.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Reads a file of at most `bytes_max` bytes.
    ///
    /// # Errors
    /// [`FileError::Io`] when it is not there, too large or unreadable.
    pub fn read(&self, path: &Utf8Path, bytes_max: u64) -> Result<Vec<u8>, FileError> {
        read(&self.root.join(path), bytes_max)
    }

    /// Whether there is something at `path`.
    #[must_use]
    pub fn has(&self, path: &Utf8Path) -> bool {
        self.root.join(path).exists()
    }

    /// Writes a new file.
    ///
    /// # Errors
    /// [`FileError::Exists`] when there is one.
    pub fn create(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), FileError> {
        if self.has(path) {
            return Err(FileError::Exists { path: path.to_owned() });
        }
        self.replace(path, bytes)
    }

    /// Writes a file in the place of another.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn replace(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), FileError> {
        self.count_a_write()?;
        let draft = self.aside.join(format!("{}.new", split(path).1));
        write_through(&draft, bytes)?;
        self.put(&draft, path)
    }

    /// Writes several files, each in the place of another or new, in this order. Their bytes go to the disk together: one
    /// after the other would be a wait for the disk each time, which is most of what a large seal takes.
    ///
    /// # Errors
    /// [`FileError::Io`]; the files before the one that failed are written.
    pub fn replace_all(&self, files: &[(Utf8PathBuf, Vec<u8>)]) -> Result<(), FileError> {
        let draft = |path: &Utf8Path| self.aside.join(format!("{}.new", split(path).1));
        let drafts: Vec<(Utf8PathBuf, &[u8])> =
            files.iter().map(|(path, bytes)| (draft(path), bytes.as_slice())).collect();
        std::thread::scope(|scope| {
            let share = drafts.len().div_ceil(WAITERS).max(1);
            let write = |share: &[(Utf8PathBuf, &[u8])]| {
                share.iter().try_for_each(|(draft, bytes)| write_through(draft, bytes))
            };
            let waiters: Vec<_> =
                drafts.chunks(share).map(|share| scope.spawn(move || write(share))).collect();
            waiters.into_iter().try_for_each(|waiter| {
                waiter.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })?;
        for ((path, _), (draft, _)) in files.iter().zip(&drafts) {
            self.count_a_write()?;
            self.put(draft, path)?;
        }
        Ok(())
    }

    /// Moves what was written aside into its place.
    fn put(&self, draft: &Utf8Path, path: &Utf8Path) -> Result<(), FileError> {
        let (folder, name) = split(path);
        let folder = self.root.join(folder);
        self.make_folder(&folder)?;
        fs::rename(draft, folder.join(name)).map_err(|error| FileError::io(path, &error))?;
        self.touched.borrow_mut().insert(folder);
        Ok(())
    }

    /// Gives a file another place.
    ///
    /// # Errors
    /// [`FileError::Exists`] when there is one.
    pub fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> Result<(), FileError> {
        if self.has(to) {
            return Err(FileError::Exists { path: to.to_owned() });
        }
        self.count_a_write()?;
        let (old, new) = (self.root.join(split(from).0), self.root.join(split(to).0));
        self.make_folder(&new)?;
        fs::rename(self.root.join(from), self.root.join(to))
            .map_err(|error| FileError::io(to, &error))?;
        self.touched.borrow_mut().extend([old, new]);
        Ok(())
    }

    /// Makes a new folder with its files: all of them at once.
    ///
    /// # Errors
    /// [`FileError::Exists`] when there is one.
    pub fn create_folder(
        &self,
        path: &Utf8Path,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), FileError> {
        if self.has(path) {
            return Err(FileError::Exists { path: path.to_owned() });
        }
        self.count_a_write()?;
        let (parent, name) = split(path);
        let draft = self.aside.join(format!("{name}.new"));
        // A folder that an earlier, killed command left aside.
        if draft.exists() {
            fs::remove_dir_all(&draft).map_err(|error| FileError::io(&draft, &error))?;
        }
        fs::create_dir_all(&draft).map_err(|error| FileError::io(&draft, &error))?;
        for (name, bytes) in files {
            write_through(&draft.join(name), bytes)?;
        }
        sync_folder(&draft)?;
        let parent = self.root.join(parent);
        self.make_folder(&parent)?;
        fs::rename(&draft, parent.join(name)).map_err(|error| FileError::io(path, &error))?;
        self.touched.borrow_mut().insert(parent);
        Ok(())
    }

    /// Deletes a file, or a folder with everything in it. What is gone already is gone.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn remove(&self, path: &Utf8Path) -> Result<(), FileError> {
        self.count_a_write()?;
        let place = self.root.join(path);
        remove(&place)?;
        self.touched.borrow_mut().extend(place.parent().map(Utf8Path::to_owned));
        Ok(())
    }

    /// Brings the names of all written files to the disk.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn settle(&self) -> Result<(), FileError> {
        for folder in std::mem::take(&mut *self.touched.borrow_mut()) {
            sync_folder(&folder)?;
        }
        Ok(())
    }

    fn make_folder(&self, folder: &Utf8Path) -> Result<(), FileError> {
        if folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(folder).map_err(|error| FileError::io(folder, &error))?;
        let above = folder.ancestors().skip(1).take_while(|above| above.starts_with(&self.root));
        self.touched.borrow_mut().extend(above.map(Utf8Path::to_owned));
        Ok(())
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "tests cut the power here")]
    fn count_a_write(&self) -> Result<(), FileError> {
        Ok(())
    }

    /// Cuts the power before a write: every test of killed commands goes through here.
    #[cfg(test)]
    fn count_a_write(&self) -> Result<(), FileError> {
        match self.writes_left.get() {
            Some(0) => Err(FileError::Busy),
            left => {
                self.writes_left.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn killed_after(self, writes: u32) -> Self {
        self.writes_left.set(Some(writes));
        self
    }
}

fn remove(place: &Utf8Path) -> Result<(), FileError> {
    let is_folder = place.symlink_metadata().is_ok_and(|found| found.is_dir());
    let removed = if is_folder { fs::remove_dir_all(place) } else { fs::remove_file(place) };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(|error| FileError::io(place, &error)),
    }
}

/// Reads a file of at most `bytes_max` bytes.
///
/// # Errors
/// [`FileError::Io`] when it is not there, too large, unreadable, or no file: a pipe would be waited for without end.
pub fn read(path: &Utf8Path, bytes_max: u64) -> Result<Vec<u8>, FileError> {
    let found = fs::metadata(path).map_err(|error| FileError::io(path, &error))?;
    if !found.is_file() && !found.is_dir() {
        return Err(FileError::Io { path: path.to_owned(), kind: io::ErrorKind::InvalidInput });
    }
    if found.len() > bytes_max {
        return Err(FileError::Io { path: path.to_owned(), kind: io::ErrorKind::FileTooLarge });
    }
    fs::read(path).map_err(|error| FileError::io(path, &error))
}

fn split(path: &Utf8Path) -> (&Utf8Path, &str) {
    let folder = path.parent().unwrap_or_else(|| Utf8Path::new(""));
    (folder, path.file_name().unwrap_or_default())
}

fn write_through(path: &Utf8Path, bytes: &[u8]) -> Result<(), FileError> {
    let write = || -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| FileError::io(path, &error))
}

/// A renamed file is on the disk only when its folder is. Windows has no such call, and needs none.
fn sync_folder(folder: &Utf8Path) -> Result<(), FileError> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| FileError::io(folder, &error))?;
    }
    Ok(())
}

/// A file of the repository could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// There is one already.
    #[error("`{path}` exists already and is not written over")]
    Exists {
        /// Which.
        path: Utf8PathBuf,
    },
    /// Another command is writing to this repository.
    #[error("another command is writing to this repository")]
    Busy,
    /// The system refused.
    #[error("`{path}`: {kind}")]
    Io {
        /// Which.
        path: Utf8PathBuf,
        /// What the system said.
        kind: io::ErrorKind,
    },
}

impl FileError {
    fn io(path: &Utf8Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), kind: error.kind() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self) -> &Utf8Path {
            Utf8Path::from_path(self.0.path()).unwrap()
        }

        fn names(&self, below: &str) -> Vec<String> {
            let entries = fs::read_dir(self.path().join(below)).unwrap();
            let mut names: Vec<String> =
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    #[test]
    fn a_file_is_written_once_and_replaced_only_when_asked() {
        let folder = Folder::new();
        let files = Files::take(folder.path()).unwrap();
        let path = Utf8Path::new("badges/assertions/2026/a.yaml");
        files.create(path, b"one").unwrap();
        assert_eq!(files.create(path, b"two"), Err(FileError::Exists { path: path.to_owned() }));
        assert_eq!(files.read(path, 3).unwrap(), b"one");
        files.replace(path, b"two").unwrap();
        assert_eq!(files.read(path, 3).unwrap(), b"two");
        let kind = io::ErrorKind::FileTooLarge;
        let path = folder.path().join(path);
        assert_eq!(files.read(&path, 2), Err(FileError::Io { path, kind }));
        files.settle().unwrap();
        assert_eq!(folder.names(".accolade"), ["lock"], "nothing is left aside");
        assert_eq!(folder.names("badges/assertions/2026"), ["a.yaml"]);
    }

    #[test]
    fn a_folder_appears_with_all_its_files_even_after_a_killed_command() {
        let folder = Folder::new();
        fs::create_dir_all(folder.path().join(".accolade/1.new")).unwrap();
        fs::write(folder.path().join(".accolade/1.new/left.md"), "old").unwrap();
        let files = Files::take(folder.path()).unwrap();
        let path = Utf8Path::new("badges/classes/x/versions/1");
        let content = [("badge.yaml".to_owned(), b"a".to_vec()), ("image.png".to_owned(), vec![1])];
        files.create_folder(path, &content).unwrap();
        assert_eq!(folder.names(path.as_str()), ["badge.yaml", "image.png"]);
        let again = files.create_folder(path, &content);
        assert_eq!(again, Err(FileError::Exists { path: path.to_owned() }));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        let folder = Folder::new();
        let path = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let kind = io::ErrorKind::InvalidInput;
        assert_eq!(read(&path, 10), Err(FileError::Io { path, kind }));
    }

    #[test]
    fn two_commands_do_not_write_at_once() {
        let folder = Folder::new();
        let first = Files::take(folder.path()).unwrap();
        assert_eq!(Files::take(folder.path()).unwrap_err(), FileError::Busy);
        drop(first);
        assert!(Files::take(folder.path()).is_ok());
    }
}
