//! The register: who the awards are for. One private file for each award, `<id>.yaml`, in a folder or a repository of its
//! own (`privacy: register:`).
//!
//! The only reader and writer of these files. Nothing here is needed to build, seal or verify, and nothing of it is
//! copied into the tree that is published. Files are readable by their owner alone. The folder is never made: whoever
//! keeps a register decides where, and a folder made up by a command would be forgotten by its owner.

mod entry;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

pub use entry::Entry;

use crate::id::AwardId;
use crate::site::{Settings, Site};

/// An entry is a few lines.
const ENTRY_BYTES_MAX: u64 = 64 * 1024;
/// More than any issuer has awards.
const ENTRIES_MAX: usize = 1_000_000;

/// Where the register of a site is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The site names none.
    None,
    /// The folder it names is not here: the second repository is not checked out, or not made yet.
    Absent(Utf8PathBuf),
    /// Here.
    Here(Register),
}

impl Place {
    /// Where the register of `site` is.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        Self::in_settings(&site.root, &site.settings)
    }

    /// Where the register is that `settings` name; `root` is the folder they lie in.
    #[must_use]
    pub fn in_settings(root: &Utf8Path, settings: &Settings) -> Self {
        let Some(folder) = &settings.register else { return Self::None };
        let folder = root.join(folder);
        if folder.is_dir() { Self::Here(Register { folder }) } else { Self::Absent(folder) }
    }

    /// The register, when it is here.
    #[must_use]
    pub fn here(&self) -> Option<&Register> {
        match self {
            Self::Here(register) => Some(register),
            Self::None | Self::Absent(_) => None,
        }
    }
}

/// A folder with one file for each award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    folder: Utf8PathBuf,
}

impl Register {
    /// The register in `folder`, which is there.
    #[must_use]
    pub fn in_folder(folder: impl Into<Utf8PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// The file of an award.
    #[must_use]
    pub fn file(&self, id: AwardId) -> Utf8PathBuf {
        self.folder.join(format!("{id}.yaml"))
    }

    /// Whether an award has an entry, or the draft of one.
    #[must_use]
    pub fn has(&self, id: AwardId) -> bool {
        [self.file(id), self.draft(id)].iter().any(|file| file.symlink_metadata().is_ok())
    }

    /// Writes a new entry, whole or not at all. Its name is on the disk for good after [`Register::settle`].
    ///
    /// # Errors
    /// [`RegisterError::Exists`] when the award has one.
    pub fn create(&self, id: AwardId, entry: &Entry) -> Result<Utf8PathBuf, RegisterError> {
        let file = self.file(id);
        if file.exists() {
            return Err(RegisterError::Exists { file });
        }
        self.replace(id, entry)
    }

    /// Writes an entry in the place of another, whole or not at all; then as [`Register::create`].
    ///
    /// # Errors
    /// [`RegisterError::Io`].
    pub fn replace(&self, id: AwardId, entry: &Entry) -> Result<Utf8PathBuf, RegisterError> {
        let file = self.file(id);
        let draft = self.draft(id);
        write_privately(&draft, entry.to_file().as_bytes())
            .and_then(|()| fs::rename(&draft, &file))
            .map_err(|error| RegisterError::io(&file, &error))?;
        Ok(file)
    }

    /// Brings the names of all written entries to the disk: once for a whole sheet of people.
    ///
    /// # Errors
    /// [`RegisterError::Io`].
    pub fn settle(&self) -> Result<(), RegisterError> {
        sync(&self.folder).map_err(|error| RegisterError::io(&self.folder, &error))
    }

    /// The entry of an award, when there is one.
    ///
    /// # Errors
    /// [`RegisterError`] when it is there and cannot be read.
    pub fn read(&self, id: AwardId) -> Result<Option<Entry>, RegisterError> {
        let file = self.file(id);
        let opened = match File::open(&file) {
            Ok(opened) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(RegisterError::io(&file, &error)),
        };
        let mut bytes = Vec::new();
        let read = opened.take(ENTRY_BYTES_MAX + 1).read_to_end(&mut bytes);
        read.map_err(|error| RegisterError::io(&file, &error))?;
        let broken = |problem| RegisterError::Broken { file: file.clone(), line: 1, problem };
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > ENTRY_BYTES_MAX {
            return Err(broken(EntryProblem::TooLong));
        }
        let text = String::from_utf8(bytes).map_err(|_| broken(EntryProblem::NotUtf8))?;
        Entry::read(&file, &text).map(Some)
    }

    /// Every entry. Files of another name (a README, a `.git` folder) are no entries.
    ///
    /// # Errors
    /// [`RegisterError`] when one cannot be read: a person who might be in it is neither known nor unknown.
    pub fn entries(&self) -> Result<BTreeMap<AwardId, Entry>, RegisterError> {
        let unreadable = |error: io::Error| RegisterError::io(&self.folder, &error);
        let mut entries = BTreeMap::new();
        for listed in self.folder.read_dir_utf8().map_err(unreadable)? {
            let listed = listed.map_err(unreadable)?;
            let name = listed.file_name().strip_suffix(".yaml");
            let Some(id) = name.and_then(AwardId::parse) else { continue };
            if entries.len() >= ENTRIES_MAX {
                return Err(RegisterError::TooMany { folder: self.folder.clone() });
            }
            entries.extend(self.read(id)?.map(|entry| (id, entry)));
        }
        Ok(entries)
    }

    /// Deletes the entry of an award, and says whether there was one. What a version control system keeps of it is not
    /// touched.
    ///
    /// # Errors
    /// [`RegisterError::Io`] when it is there and cannot be deleted.
    pub fn remove(&self, id: AwardId) -> Result<bool, RegisterError> {
        let mut found = false;
        // The draft that a killed command left holds as much as the entry.
        for file in [self.draft(id), self.file(id)] {
            match fs::remove_file(&file) {
                Ok(()) => found = true,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(RegisterError::io(&file, &error)),
            }
        }
        if found {
            self.settle()?;
        }
        Ok(found)
    }

    /// Where an entry is written before it takes its place.
    fn draft(&self, id: AwardId) -> Utf8PathBuf {
        self.folder.join(format!(".{id}.new"))
    }
}

/// Writes a file that only its owner can read.
pub(crate) fn write_privately(file: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    // A draft that a killed command left may have been made with another mode.
    #[cfg(unix)]
    opened.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    opened.write_all(bytes)?;
    opened.sync_all()
}

/// A renamed file is on the disk only when its folder is. Windows has no such call, and needs none.
fn sync(folder: &Utf8Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// What the register cannot do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The award has an entry.
    #[error("`{file}` exists already and is not written over")]
    Exists {
        /// The entry.
        file: Utf8PathBuf,
    },
    /// An entry cannot be understood.
    #[error("`{file}`, line {line}: {problem}")]
    Broken {
        /// The entry.
        file: Utf8PathBuf,
        /// From 1.
        line: usize,
        /// What it is.
        problem: EntryProblem,
    },
    /// More entries than any register has.
    #[error("`{folder}` has more than {ENTRIES_MAX} entries")]
    TooMany {
        /// The register.
        folder: Utf8PathBuf,
    },
    /// The system refused.
    #[error("`{path}`: {kind}")]
    Io {
        /// Which.
        path: Utf8PathBuf,
        /// What the system said.
        kind: io::ErrorKind,
    },
}

impl RegisterError {
    fn io(path: &Utf8Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), kind: error.kind() }
    }
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryProblem {
    /// The text is not YAML.
    #[error("this is not YAML")]
    NotYaml,
    /// The text is not UTF-8.
    #[error("this is not UTF-8")]
    NotUtf8,
    /// It is longer than any entry.
    #[error("an entry has at most {ENTRY_BYTES_MAX} bytes")]
    TooLong,
    /// It is a list or a lone value.
    #[error("an entry is made of keys and values")]
    NotAMap,
    /// A value is a list or a map.
    #[error("the value is not a text")]
    NotAText,
    /// A key that no entry has.
    #[error("`{key}` is not a key of an entry")]
    UnknownKey {
        /// The key.
        key: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{id, site};

    fn register() -> (tempfile::TempDir, Register) {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::in_folder(Utf8Path::from_path(folder.path()).unwrap());
        (folder, register)
    }

    fn entry(name: &str) -> Entry {
        Entry { name: Some(name.to_owned()), ..Entry::default() }
    }

    #[test]
    fn an_entry_is_never_written_over_unless_asked_and_goes_when_it_is_removed() {
        let (folder, register) = register();
        let file = register.create(id(1), &entry("Alizé")).unwrap();
        let again = register.create(id(1), &entry("Basile"));
        assert_eq!(again, Err(RegisterError::Exists { file }));
        assert_eq!(register.read(id(1)), Ok(Some(entry("Alizé"))));
        register.replace(id(1), &entry("Basile")).unwrap();
        assert_eq!(register.entries(), Ok(BTreeMap::from([(id(1), entry("Basile"))])));
        fs::write(register.folder().join(format!(".{}.new", id(1))), "left by a kill").unwrap();
        assert_eq!(register.remove(id(1)), Ok(true));
        assert_eq!(register.remove(id(1)), Ok(false), "there was none any more");
        assert_eq!(register.read(id(1)), Ok(None));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left aside");
    }

    #[cfg(unix)]
    #[test]
    fn an_entry_is_readable_by_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_folder, register) = register();
        fs::write(register.folder().join(format!(".{}.new", id(1))), "left by a kill").unwrap();
        let file = register.create(id(1), &entry("Alizé")).unwrap();
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn other_files_are_no_entries_and_a_broken_entry_is_not_stepped_over() {
        let (_folder, register) = register();
        register.create(id(1), &entry("Alizé")).unwrap();
        fs::create_dir(register.folder().join(".git")).unwrap();
        fs::write(register.folder().join("README.md"), "Our register.").unwrap();
        assert_eq!(register.entries().unwrap().len(), 1);
        let file = register.file(id(2));
        for (bytes, problem) in [
            (&b"\xff"[..], EntryProblem::NotUtf8),
            (&[b'a'; 70_000][..], EntryProblem::TooLong),
            (&b"a: b: c"[..], EntryProblem::NotYaml),
        ] {
            fs::write(&file, bytes).unwrap();
            let refused = register.entries();
            let broken = RegisterError::Broken { file: file.clone(), line: 1, problem };
            assert_eq!(refused, Err(broken));
        }
    }

    #[test]
    fn a_register_is_where_the_settings_say_or_nowhere() {
        let (folder, register) = register();
        let mut site = site();
        assert_eq!(Place::of(&site), Place::None);
        site.settings.register = Some(register.folder().join("absent"));
        assert_eq!(Place::of(&site), Place::Absent(register.folder().join("absent")));
        site.settings.register = Some(register.folder().to_owned());
        assert_eq!(Place::of(&site).here(), Some(&register));
        drop(folder);
    }
}
