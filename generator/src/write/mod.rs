//! The only writer of the site. It works in place, so that a build that is killed leaves a usable site behind.
//!
//! - Files come in the order of their paths. What is unchanged is compared and not touched; what is new is created; what
//!   changed is written beside its place and renamed over it, so that no reader ever sees half a file.
//! - Nothing is removed until everything is written, and only what an earlier build wrote: a stranger's file is never
//!   overwritten and never deleted.
//! - `.accolade/` in the repository remembers what was written: a manifest after each finished build, and during one a
//!   journal of the paths that are about to be written, which the next build takes over when this one dies.
//! - The digest of the site is the SHA-256 of the manifest's lines: `<hex>  <path>\n`, sorted by path.
//!
//! No file is flushed to the disk one by one: that costs more than the whole build. After a power cut the next build reads,
//! compares and repairs.

mod memory;

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};

use memory::{Memory, MemoryError, Record};

/// Where changed files wait for their rename. In the output folder, because a rename cannot leave the file system.
const WAITING: &str = ".accolade-waiting";

/// Folders of the repository that hold sources: the site may not go there.
const SOURCES: [&str; 5] = ["badges", "site-content", "themes", ".git", ".accolade"];

/// The site while it is written.
#[derive(Debug)]
pub struct Writer {
    folder: Folder,
    record: Record,
    digest: Sha256,
    line: String,
    tally: Tally,
}

/// The part of the writer that many threads use at once.
#[derive(Debug)]
pub struct Folder {
    out: Utf8PathBuf,
    waiting: Utf8PathBuf,
    next: AtomicU64,
}

/// Whose file is at a path, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An earlier build wrote it.
    Us,
    /// Nobody, or a stranger.
    NotUs,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It was not there.
    Created,
    /// It had other bytes.
    Changed,
    /// It had these bytes already.
    Same,
}

/// A file that was written, for the manifest.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its path in the site.
    pub path: String,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// What happened.
    pub done: Done,
}

/// What a build did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Files of the site.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were not there.
    pub created: usize,
    /// Files that had other bytes.
    pub changed: usize,
    /// Files that are no longer part of the site.
    pub pruned: usize,
}

/// A finished build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The site digest, in hex.
    pub digest: String,
    /// What was done.
    pub tally: Tally,
}

impl Writer {
    /// Opens `out` for the site of the repository at `root`, and keeps other builds away from it.
    ///
    /// # Errors
    /// [`WriteError`] when the folder is one of the sources, holds files no build wrote, or is being written right now.
    pub fn open(root: &Utf8Path, out: &Utf8Path) -> Result<Self, WriteError> {
        let root = canonical(root)?;
        let out = resolve(out)?;
        refuse_sources(&root, &out)?;
        let memory = Memory::open(&root, &out)?;
        if !memory.knows_output() && !is_empty(&out)? {
            return Err(WriteError::NotOurs { folder: out });
        }
        fs::create_dir_all(&out).map_err(|error| refused(&out, &error))?;
        let waiting = out.join(WAITING);
        remove_tree(&waiting)?;
        let record = memory.begin()?;
        let folder = Folder { out, waiting, next: AtomicU64::new(0) };
        let (digest, line, tally) = (Sha256::new(), String::new(), Tally::default());
        Ok(Self { folder, record, digest, line, tally })
    }

    /// Announces the next paths, in order, before any of them is written, and says who wrote what may be there.
    ///
    /// # Errors
    /// [`WriteError`] when `.accolade/` cannot be written.
    pub fn announce<'p>(
        &mut self,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> Result<Vec<Owner>, WriteError> {
        Ok(self.record.announce(paths, &self.folder.out)?)
    }

    /// The folder, for writing from many threads.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Notes a file that was written. Files are noted in the order of their paths.
    ///
    /// # Errors
    /// [`WriteError`] when `.accolade/` cannot be written.
    pub fn note(&mut self, written: &Written, bytes: usize) -> Result<(), WriteError> {
        self.line.clear();
        self.line.extend(digits(&written.sha256));
        self.line.push_str("  ");
        self.line.push_str(&written.path);
        self.line.push('\n');
        self.digest.update(&self.line);
        self.record.note(&self.line)?;
        self.tally.files += 1;
        self.tally.bytes += u64::try_from(bytes).unwrap_or(u64::MAX);
        match written.done {
            Done::Created => self.tally.created += 1,
            Done::Changed => self.tally.changed += 1,
            Done::Same => {}
        }
        Ok(())
    }

    /// Removes what is no longer part of the site, and remembers what is.
    ///
    /// # Errors
    /// [`WriteError`] when a file cannot be removed or `.accolade/` cannot be written.
    pub fn finish(mut self) -> Result<Finished, WriteError> {
        let out = &self.folder.out;
        let mut pruned = 0;
        self.record.for_each_stale(|path| {
            match fs::remove_file(out.join(path)) {
                Ok(()) => pruned += 1,
                Err(error) if is_gone(&error) => {}
                Err(error) => return Err(refused(&out.join(path), &error)),
            }
            remove_empty_folders(out, path);
            Ok(())
        })?;
        remove_tree(&self.folder.waiting)?;
        self.record.finish()?;
        self.tally.pruned = pruned;
        Ok(Finished { digest: hex(&self.digest.finalize()), tally: self.tally })
    }
}

impl Folder {
    /// Makes the file at `path` hold `bytes`. `scratch` is room for comparing.
    ///
    /// # Errors
    /// [`WriteError::Stranger`] when a file that no build wrote has other bytes, or what the system says.
    pub fn put(
        &self,
        path: String,
        bytes: &[u8],
        owner: Owner,
        scratch: &mut Vec<u8>,
    ) -> Result<Written, WriteError> {
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(WriteError::Outside { path });
        }
        let place = self.out.join(&path);
        let done = match owner {
            Owner::Us => match self.update(&place, bytes, scratch)? {
                Some(done) => done,
                None => self.create(&place, bytes)?.ok_or_else(|| busy(&place))?,
            },
            Owner::NotUs => match self.create(&place, bytes)? {
                Some(done) => done,
                None if holds(&place, bytes, scratch)? => Done::Same,
                None => return Err(WriteError::Stranger { file: place }),
            },
        };
        Ok(Written { path, sha256: Sha256::digest(bytes).into(), done })
    }

    /// Creates the file; `None` when there is one.
    fn create(&self, place: &Utf8Path, bytes: &[u8]) -> Result<Option<Done>, WriteError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let opened = match options.open(place) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let parent = place.parent().unwrap_or(&self.out);
                fs::create_dir_all(parent).map_err(|error| refused(parent, &error))?;
                options.open(place)
            }
            opened => opened,
        };
        match opened {
            Ok(mut file) => {
                file.write_all(bytes).map_err(|error| refused(place, &error))?;
                Ok(Some(Done::Created))
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(refused(place, &error)),
        }
    }

    /// Compares, and replaces when needed; `None` when there is no file.
    fn update(
        &self,
        place: &Utf8Path,
        bytes: &[u8],
        scratch: &mut Vec<u8>,
    ) -> Result<Option<Done>, WriteError> {
        match holds(place, bytes, scratch) {
            Ok(true) => return Ok(Some(Done::Same)),
            Ok(false) => {}
            Err(WriteError::Refused { kind: ErrorKind::NotFound, .. }) => return Ok(None),
            Err(error) => return Err(error),
        }
        let waiting = self.waiting.join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        self.create(&waiting, bytes)?.ok_or_else(|| busy(&waiting))?;
        fs::rename(&waiting, place).map_err(|error| refused(place, &error))?;
        Ok(Some(Done::Changed))
    }
}

/// Whether the file at `place` has exactly `bytes`.
fn holds(place: &Utf8Path, bytes: &[u8], scratch: &mut Vec<u8>) -> Result<bool, WriteError> {
    let tell = |error: io::Error| refused(place, &error);
    let mut file = File::open(place).map_err(tell)?;
    let metadata = file.metadata().map_err(tell)?;
    if !metadata.is_file() {
        return Err(WriteError::Stranger { file: place.to_owned() });
    }
    if u64::try_from(bytes.len()) != Ok(metadata.len()) {
        return Ok(false);
    }
    scratch.clear();
    file.read_to_end(scratch).map_err(tell)?;
    Ok(scratch == bytes)
}

/// Removes the folders of `path` that are empty now, from the innermost outwards.
fn remove_empty_folders(out: &Utf8Path, path: &str) {
    let folders = Utf8Path::new(path).ancestors().skip(1);
    for folder in folders.filter(|folder| !folder.as_str().is_empty()) {
        // A folder that is not empty refuses, and that is the answer.
        if fs::remove_dir(out.join(folder)).is_err() {
            return;
        }
    }
}

fn refuse_sources(root: &Utf8Path, out: &Utf8Path) -> Result<(), WriteError> {
    let in_sources = SOURCES.iter().any(|source| out.starts_with(root.join(source)));
    if in_sources || root.starts_with(out) {
        return Err(WriteError::AmongSources { folder: out.to_owned() });
    }
    Ok(())
}

fn is_empty(folder: &Utf8Path) -> Result<bool, WriteError> {
    match fs::read_dir(folder) {
        // A checkout of the branch that publishes the site is empty, too, when it holds nothing but git's own.
        Ok(entries) => Ok(entries.flatten().all(|entry| entry.file_name() == ".git")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(refused(folder, &error)),
    }
}

fn remove_tree(folder: &Utf8Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(refused(folder, &error)),
        _ => Ok(()),
    }
}

/// The real path of a folder that need not exist yet.
fn resolve(folder: &Utf8Path) -> Result<Utf8PathBuf, WriteError> {
    let absolute = std::path::absolute(folder).map_err(|error| refused(folder, &error))?;
    let absolute = Utf8PathBuf::from_path_buf(absolute)
        .map_err(|_| WriteError::NotText { folder: folder.to_owned() })?;
    let mut real = Utf8PathBuf::new();
    for part in absolute.components() {
        match part {
            Utf8Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
        // Step by step, because `link/..` is where the link leads, and one level up.
        if real.exists() {
            real = canonical(&real)?;
        }
    }
    Ok(real)
}

fn canonical(folder: &Utf8Path) -> Result<Utf8PathBuf, WriteError> {
    folder.canonicalize_utf8().map_err(|error| refused(folder, &error))
}

/// A file that is gone, or whose folder is.
fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn busy(place: &Utf8Path) -> WriteError {
    WriteError::Refused { place: place.to_owned(), kind: ErrorKind::ResourceBusy }
}

fn refused(place: &Utf8Path, error: &io::Error) -> WriteError {
    WriteError::Refused { place: place.to_owned(), kind: error.kind() }
}

fn hex(bytes: &[u8]) -> String {
    digits(bytes).collect()
}

fn digits(bytes: &[u8]) -> impl Iterator<Item = char> {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(move |byte| [digit(byte >> 4), digit(byte & 15)])
}

/// Why the site cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The output folder is among the sources, or around them.
    #[error("`{folder}` holds the sources of the site; choose another folder for the output")]
    AmongSources {
        /// The folder.
        folder: Utf8PathBuf,
    },
    /// The output folder has files, and no build of this repository wrote them.
    #[error("`{folder}` has files that no build wrote; empty it, or choose another folder")]
    NotOurs {
        /// The folder.
        folder: Utf8PathBuf,
    },
    /// A stranger's file is where the site wants one.
    #[error(
        "`{file}` was not written by a build, and the site wants another file there; move it away"
    )]
    Stranger {
        /// The file.
        file: Utf8PathBuf,
    },
    /// Another build is writing there.
    #[error("another build is writing `{folder}`")]
    Busy {
        /// The folder.
        folder: Utf8PathBuf,
    },
    /// A path that would leave the output folder.
    #[error("`{path}` does not stay inside the site")]
    Outside {
        /// The path.
        path: String,
    },
    /// A path that is no Unicode text cannot be remembered.
    #[error("the path of `{folder}` is not Unicode text")]
    NotText {
        /// The folder.
        folder: Utf8PathBuf,
    },
    /// The system refused.
    #[error("`{place}`: {kind}")]
    Refused {
        /// The file or folder.
        place: Utf8PathBuf,
        /// What the system says.
        kind: ErrorKind,
    },
}

impl From<MemoryError> for WriteError {
    fn from(error: MemoryError) -> Self {
        match error {
            MemoryError::Busy { folder } => Self::Busy { folder },
            MemoryError::Refused { place, kind } => Self::Refused { place, kind },
        }
    }
}

#[cfg(test)]
mod tests;
