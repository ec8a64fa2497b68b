//! The only reader and writer of private keys.
//!
//! A key file is text: one secret Multikey (`z3u2…`) on a line, `#` for comments. Keys come from `--key FILE`, from
//! `ACCOLADE_KEY` (the key itself) and `ACCOLADE_KEY_FILE` (a path), and from the configuration folder, all at once:
//! which one signs is decided by the public keys of the issuer, so a wrong key is never used, only not found.
//!
//! Nothing here is ever printed; the memory of a key is cleared when it is dropped.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use etcetera::BaseStrategy as _;
use openbadges::key::{KeyError, PublicKey, SigningKey};
use zeroize::Zeroizing;

use crate::site::Slug;

/// A key file holds a handful of lines.
const KEY_FILE_BYTES_MAX: u64 = 64 * 1024;

/// The variable that holds a key itself, for build servers.
const KEY_VARIABLE: &str = "ACCOLADE_KEY";
/// The variable that names a key file, for build servers that mount secrets as files.
const KEY_FILE_VARIABLE: &str = "ACCOLADE_KEY_FILE";

/// The private keys at hand.
#[derive(Default)]
pub struct KeyRing {
    keys: Vec<Held>,
}

/// A private key, and where it came from.
struct Held {
    key: SigningKey,
    /// A file or a variable; empty for a key that a program handed in.
    source: String,
}

impl KeyRing {
    /// Collects the keys of `--key`, the environment, and the configuration folder of the site at `host`.
    ///
    /// # Errors
    /// [`KeyRingError`] when a source is named and cannot be used. An absent configuration folder is no error.
    pub fn gather(key_file: Option<&Utf8Path>, host: &str) -> Result<Self, KeyRingError> {
        Sources {
            key_file: key_file.map(Utf8Path::to_owned),
            variable: std::env::var(KEY_VARIABLE).ok().map(Zeroizing::new),
            file_variable: std::env::var(KEY_FILE_VARIABLE).ok().map(Utf8PathBuf::from),
            folder: folder_of(host),
        }
        .read()
    }

    /// A ring of these keys, for programs that derive theirs.
    #[must_use]
    pub fn of(keys: impl IntoIterator<Item = SigningKey>) -> Self {
        let held = |key| Held { key, source: String::new() };
        Self { keys: keys.into_iter().map(held).collect() }
    }

    /// The keys of one file.
    ///
    /// # Errors
    /// [`KeyRingError`] when it cannot be used.
    pub fn of_file(file: &Utf8Path) -> Result<Self, KeyRingError> {
        let mut ring = Self::default();
        ring.add_file(file)?;
        Ok(ring)
    }

    /// The last key that was collected.
    #[must_use]
    pub fn into_last(mut self) -> Option<SigningKey> {
        self.keys.pop().map(|held| held.key)
    }

    /// The secret half of `public`.
    #[must_use]
    pub fn find(&self, public: &PublicKey) -> Option<&SigningKey> {
        self.keys.iter().map(|held| &held.key).find(|key| key.public() == *public)
    }

    /// The public half of every key, and the file or the variable it came from.
    pub fn held(&self) -> impl Iterator<Item = (PublicKey, &str)> {
        self.keys.iter().map(|held| (held.key.public(), held.source.as_str()))
    }

    /// Whether there is no key at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Reads the lines of a key file.
    fn add(&mut self, text: &str, source: &str) -> Result<(), KeyRingError> {
        for (number, line) in (1_u32..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = SigningKey::from_secret_multikey(line).map_err(|error| {
                KeyRingError::NotAKey { source_name: source.to_owned(), line: number, error }
            })?;
            self.keys.push(Held { key, source: source.to_owned() });
        }
        Ok(())
    }

    fn add_file(&mut self, file: &Utf8Path) -> Result<(), KeyRingError> {
        self.add(&read(file)?, file.as_str())
    }
}

/// Shows the public halves alone.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.held()).finish()
    }
}

/// Where keys may be.
struct Sources {
    key_file: Option<Utf8PathBuf>,
    variable: Option<Zeroizing<String>>,
    file_variable: Option<Utf8PathBuf>,
    folder: Option<Utf8PathBuf>,
}

impl Sources {
    fn read(&self) -> Result<KeyRing, KeyRingError> {
        let mut ring = KeyRing::default();
        if let Some(file) = &self.key_file {
            ring.add_file(file)?;
        }
        if let Some(key) = &self.variable {
            ring.add(key, KEY_VARIABLE)?;
        }
        if let Some(file) = self.file_variable.as_ref().filter(|file| !file.as_str().is_empty()) {
            ring.add_file(file)?;
        }
        for file in key_files(self.folder.as_deref())? {
            ring.add_file(&file)?;
        }
        Ok(ring)
    }
}

/// `<configuration folder>/accolade/<host>`.
fn folder_of(host: &str) -> Option<Utf8PathBuf> {
    let configuration = etcetera::choose_base_strategy().ok()?.config_dir();
    Some(Utf8PathBuf::from_path_buf(configuration).ok()?.join("accolade").join(host))
}

/// Where `keygen` puts a private key when it is not told.
#[must_use]
pub fn default_file(host: &str, issuer: &Slug, kid: &str) -> Option<Utf8PathBuf> {
    Some(folder_of(host)?.join(format!("{issuer}-{kid}.key")))
}

fn key_files(folder: Option<&Utf8Path>) -> Result<Vec<Utf8PathBuf>, KeyRingError> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let entries = match folder.read_dir_utf8() {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(KeyRingError::unreadable(folder, &error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| KeyRingError::unreadable(folder, &error))?;
        if entry.path().extension() == Some("key") {
            files.push(entry.into_path());
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Utf8Path) -> Result<Zeroizing<String>, KeyRingError> {
    let unreadable = |error: io::Error| KeyRingError::unreadable(file, &error);
    let opened = File::open(file).map_err(unreadable)?;
    let found = opened.metadata().map_err(unreadable)?;
    if others_may_read(&found) {
        return Err(KeyRingError::Exposed { file: file.to_owned() });
    }
    if found.len() > KEY_FILE_BYTES_MAX {
        return Err(KeyRingError::unreadable(file, &io::ErrorKind::FileTooLarge.into()));
    }
    // Room for the whole file at once: a string that grows leaves copies of itself in memory.
    let room = usize::try_from(KEY_FILE_BYTES_MAX).unwrap_or_default();
    let mut text = Zeroizing::new(String::with_capacity(room));
    opened.take(KEY_FILE_BYTES_MAX).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

#[cfg(unix)]
fn others_may_read(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    found.is_file() && found.permissions().mode() & 0o077 != 0
}

/// Elsewhere a file in the user's folder is the user's; there is no mode to read.
#[cfg(not(unix))]
fn others_may_read(_: &fs::Metadata) -> bool {
    false
}

/// Writes a private key into a new file that only its owner can read.
///
/// # Errors
/// [`KeyRingError::Exists`] when there is a file; it may hold the only copy of another key.
pub fn write_new(key: &SigningKey, file: &Utf8Path, comment: &str) -> Result<(), KeyRingError> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| KeyRingError::unreadable(folder, &error))?;
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || -> io::Result<()> {
        let mut opened = options.open(file)?;
        for line in comment.lines() {
            writeln!(opened, "# {line}")?;
        }
        opened.write_all(key.to_secret_multikey().as_bytes())?;
        opened.write_all(b"\n")?;
        opened.sync_all()
    };
    write().map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => KeyRingError::Exists { file: file.to_owned() },
        _ => KeyRingError::unreadable(file, &error),
    })
}

/// A source of private keys cannot be used. No variant holds any part of a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyRingError {
    /// Other users of the machine can read the file.
    #[error("others on this machine can read `{file}`; type `chmod 600 {file}`")]
    Exposed {
        /// The file.
        file: Utf8PathBuf,
    },
    /// A line is no secret key.
    #[error("line {line} of {source_name} is no private key: {error}")]
    NotAKey {
        /// The file or the variable.
        source_name: String,
        /// From 1.
        line: u32,
        /// Why.
        error: KeyError,
    },
    /// A private key is never written over.
    #[error("`{file}` exists already; a private key is never written over")]
    Exists {
        /// The file.
        file: Utf8PathBuf,
    },
    /// The system refused.
    #[error("`{file}`: {kind}")]
    Unreadable {
        /// The file or folder.
        file: Utf8PathBuf,
        /// What the system said.
        kind: io::ErrorKind,
    },
}

impl KeyRingError {
    fn unreadable(file: &Utf8Path, error: &io::Error) -> Self {
        Self::Unreadable { file: file.to_owned(), kind: error.kind() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; 32])
    }

    fn secret(seed: u8) -> Zeroizing<String> {
        key(seed).to_secret_multikey()
    }

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self, name: &str) -> Utf8PathBuf {
            Utf8Path::from_path(self.0.path()).unwrap().join(name)
        }

        fn key_file(&self, name: &str, seed: u8) -> Utf8PathBuf {
            let file = self.path(name);
            write_new(&key(seed), &file, "a test key\nof two lines").unwrap();
            file
        }
    }

    const NOWHERE: Sources =
        Sources { key_file: None, variable: None, file_variable: None, folder: None };

    #[test]
    fn keys_from_every_source_are_in_one_ring_and_found_by_their_public_half() {
        let folder = Folder::new();
        folder.key_file("config/estran-k1.key", 4);
        folder.key_file("config/estran-k1.key.old", 5);
        let ring = Sources {
            key_file: Some(folder.key_file("a.key", 1)),
            variable: Some(secret(2)),
            file_variable: Some(folder.key_file("b.key", 3)),
            folder: Some(folder.path("config")),
        };
        let ring = ring.read().unwrap();
        for seed in 1..=4 {
            assert!(ring.find(&key(seed).public()).is_some(), "{seed}");
        }
        assert!(ring.find(&key(5).public()).is_none(), "only `*.key` is a key file");
        assert!(!ring.is_empty());
    }

    #[test]
    fn no_source_is_an_empty_ring_and_a_named_one_must_be_there() {
        let folder = Folder::new();
        let absent = Sources { folder: Some(folder.path("none")), ..NOWHERE };
        assert!(absent.read().unwrap().is_empty());
        let empty = Sources { file_variable: Some(Utf8PathBuf::new()), ..NOWHERE };
        assert!(empty.read().unwrap().is_empty());
        let file = folder.path("none.key");
        let named = Sources { key_file: Some(file.clone()), ..NOWHERE };
        let kind = io::ErrorKind::NotFound;
        assert_eq!(named.read().unwrap_err(), KeyRingError::Unreadable { file, kind });
    }

    #[test]
    fn what_is_no_key_is_refused_without_showing_it() {
        let text = format!("# first\n\n{}\nz3u2not-a-key\n", *secret(1));
        let broken = Sources { variable: Some(Zeroizing::new(text)), ..NOWHERE };
        let error = broken.read().unwrap_err();
        assert!(
            matches!(&error, KeyRingError::NotAKey { source_name, line: 4, .. } if source_name == KEY_VARIABLE)
        );
        assert!(!error.to_string().contains("z3u2"), "{error}");
        let public = Zeroizing::new(key(1).public().to_multikey());
        let error = Sources { variable: Some(public), ..NOWHERE }.read().unwrap_err();
        assert!(matches!(error, KeyRingError::NotAKey { error: KeyError::UnknownType, .. }));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_command_that_helps() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = Folder::new();
        let file = folder.key_file("a.key", 1);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        for mode in [0o640, 0o604, 0o644, 0o660] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let exposed = Sources { key_file: Some(file.clone()), ..NOWHERE };
            let error = exposed.read().unwrap_err();
            assert_eq!(error, KeyRingError::Exposed { file: file.clone() }, "{mode:o}");
            assert!(error.to_string().contains(&format!("chmod 600 {file}")));
        }
    }

    #[test]
    fn a_private_key_is_never_written_over() {
        let folder = Folder::new();
        let file = folder.key_file("a.key", 1);
        let again = write_new(&key(2), &file, "");
        assert_eq!(again, Err(KeyRingError::Exists { file: file.clone() }));
        assert!(fs::read_to_string(file).unwrap().contains(secret(1).as_str()));
    }

    #[test]
    fn a_ring_never_prints_a_secret() {
        let ring = KeyRing::of([key(1)]);
        let printed = format!("{ring:?} {:?}", key(1));
        assert!(!printed.contains(secret(1).as_str()));
        assert!(printed.contains(&key(1).public().to_multikey()));
    }
}
