//! What earlier builds wrote: `.accolade/<output>.manifest`, and `.journal` while a build runs.
//!
//! Both are text, sorted by path, and read as streams beside the paths of the new site, which come in the same order: a
//! hundred thousand awards cost no memory. A line of both is `<hex>  <path>`, or `-  <path>` where the digest is not known.

use std::cmp::Ordering;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead as _, BufReader, BufWriter, ErrorKind, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};

use crate::patience;

use super::{Owner, WriteError, hex};

/// The folder of the repository that git does not see.
const FOLDER: &str = ".accolade";

/// Stands for the digest of a file of which only the path is known.
const NO_DIGEST: &str = "-";

/// The memory of one output folder.
#[derive(Debug)]
pub(super) struct Memory {
    manifest: Utf8PathBuf,
    journal: Utf8PathBuf,
    fresh: Utf8PathBuf,
    /// Held until the build ends, however it ends.
    lock: File,
}

/// The memory of an output folder while a build writes there.
#[derive(Debug)]
pub(super) struct Record {
    memory: Memory,
    old: Option<Lines>,
    announced: BufWriter<File>,
    noted: BufWriter<File>,
}

impl Memory {
    /// Finds what is known of `out`, and keeps other builds away from it.
    pub(super) fn open(root: &Utf8Path, out: &Utf8Path) -> Result<Self, MemoryError> {
        let folder = root.join(FOLDER);
        fs::create_dir_all(&folder).map_err(|error| refused(&folder, &error))?;
        // Also where `.gitignore` forgot it: the manifest names unlisted awards.
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n").map_err(|error| refused(&ignore, &error))?;
        }
        let name = name_of(root, out);
        let file = |extension: &str| folder.join(format!("{name}.{extension}"));
        let lock = lock(&file("lock"), out)?;
        let (manifest, journal, fresh) = (file("manifest"), file("journal"), file("fresh"));
        Ok(Self { manifest, journal, fresh, lock })
    }

    /// Whether a build of this repository wrote there before.
    pub(super) fn knows_output(&self) -> bool {
        self.manifest.exists() || self.journal.exists()
    }

    /// Takes over the journal of a build that died, and begins a new one.
    pub(super) fn begin(self) -> Result<Record, MemoryError> {
        take_over(&self.manifest, &self.journal, &self.fresh)?;
        let old = Lines::open(&self.manifest)?;
        let announced = create(&self.journal)?;
        let noted = create(&self.fresh)?;
        Ok(Record { memory: self, old, announced, noted })
    }
}

impl Record {
    /// Writes the next paths into the journal, and says which of them an earlier build wrote. A path where a stranger's
    /// file is now is not written down: the next build would take the file for one of ours.
    pub(super) fn announce<'p>(
        &mut self,
        paths: impl IntoIterator<Item = &'p str>,
        out: &Utf8Path,
    ) -> Result<Vec<Owner>, MemoryError> {
        let mut owners = Vec::new();
        // The folder that was looked at last. The root is there.
        let mut folder = ("", true);
        for path in paths {
            let ours = match &mut self.old {
                Some(lines) => lines.skip_to(path)? == Some(Ordering::Equal),
                None => false,
            };
            let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
            if !ours && folder.0 != parent {
                folder = (parent, out.join(parent).exists());
            }
            let stranger = !ours && folder.1 && out.join(path).symlink_metadata().is_ok();
            if !stranger {
                let written = writeln!(self.announced, "{NO_DIGEST}  {path}");
                written.map_err(|error| refused(&self.memory.journal, &error))?;
            }
            owners.push(if ours { Owner::Us } else { Owner::NotUs });
        }
        self.announced.flush().map_err(|error| refused(&self.memory.journal, &error))?;
        Ok(owners)
    }

    /// Adds a line to the new manifest.
    pub(super) fn note(&mut self, line: &str) -> Result<(), MemoryError> {
        self.noted.write_all(line.as_bytes()).map_err(|error| refused(&self.memory.fresh, &error))
    }

    /// Calls `remove` with every path of the old manifest that the new one does not have.
    pub(super) fn for_each_stale(
        &mut self,
        mut remove: impl FnMut(&str) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        self.noted.flush().map_err(|error| refused(&self.memory.fresh, &error))?;
        let Some(mut old) = Lines::open(&self.memory.manifest)? else { return Ok(()) };
        let Some(mut new) = Lines::open(&self.memory.fresh)? else { return Ok(()) };
        while let Some(path) = old.next_path()? {
            if new.skip_to(&path)? != Some(Ordering::Equal) {
                remove(&path)?;
            }
        }
        Ok(())
    }

    /// Makes the new manifest the one that counts.
    pub(super) fn finish(self) -> Result<(), MemoryError> {
        let Memory { manifest, journal, fresh, lock } = self.memory;
        let tell = |error: io::Error| refused(&fresh, &error);
        let file = self.noted.into_inner().map_err(|error| tell(error.into_error()))?;
        file.sync_all().map_err(tell)?;
        fs::rename(&fresh, &manifest).map_err(tell)?;
        fs::remove_file(&journal).map_err(|error| refused(&journal, &error))?;
        // Only now may another build begin.
        drop(lock);
        Ok(())
    }
}

/// A name for the files about `out`: its last part for people, and a digest of where it is, seen from the repository, so
/// that moving both together changes nothing.
fn name_of(root: &Utf8Path, out: &Utf8Path) -> String {
    let place = out.strip_prefix(root).unwrap_or(out);
    let digest = hex(&Sha256::digest(place.as_str()));
    let readable: String = place
        .file_name()
        .unwrap_or("site")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(32)
        .collect();
    format!("{readable}-{}", digest.get(..12).unwrap_or_default())
}

/// Two builds into one folder would mix two sites. The system frees the lock when the process ends, however it ends.
fn lock(place: &Utf8Path, out: &Utf8Path) -> Result<File, MemoryError> {
    let file = File::create(place).map_err(|error| refused(place, &error))?;
    match patience::lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(MemoryError::Busy { folder: out.to_owned() }),
        Err(TryLockError::Error(error)) => Err(refused(place, &error)),
    }
}

/// A journal that is there belongs to a build that died: what it announced may have been written, so it is ours.
fn take_over(manifest: &Utf8Path, journal: &Utf8Path, fresh: &Utf8Path) -> Result<(), MemoryError> {
    let Some(mut announced) = Lines::open(journal)? else { return Ok(()) };
    let mut old = Lines::open(manifest)?;
    let mut merged = create(fresh)?;
    let tell = |error: io::Error| refused(fresh, &error);
    let mut next = announced.next_path()?;
    let mut written = match &mut old {
        Some(lines) => lines.next_path()?,
        None => None,
    };
    loop {
        let path = match (&next, &written) {
            (Some(one), Some(other)) => one.min(other).clone(),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => break,
        };
        writeln!(merged, "{NO_DIGEST}  {path}").map_err(tell)?;
        if next.as_ref() == Some(&path) {
            next = announced.next_path()?;
        }
        if written.as_ref() == Some(&path) {
            written = match &mut old {
                Some(lines) => lines.next_path()?,
                None => None,
            };
        }
    }
    merged.into_inner().map_err(|error| tell(error.into_error()))?;
    fs::rename(fresh, manifest).map_err(tell)?;
    fs::remove_file(journal).map_err(|error| refused(journal, &error))
}

fn create(place: &Utf8Path) -> Result<BufWriter<File>, MemoryError> {
    File::create(place).map(BufWriter::new).map_err(|error| refused(place, &error))
}

/// The paths of a manifest or a journal, one after the other.
#[derive(Debug)]
struct Lines {
    place: Utf8PathBuf,
    reader: BufReader<File>,
    line: String,
    /// Whether `line` was read and not yet passed.
    waits: bool,
}

impl Lines {
    fn open(place: &Utf8Path) -> Result<Option<Self>, MemoryError> {
        match File::open(place) {
            Ok(file) => Ok(Some(Self {
                place: place.to_owned(),
                reader: BufReader::new(file),
                line: String::new(),
                waits: false,
            })),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(refused(place, &error)),
        }
    }

    /// The next path. A last line without its end was never finished, so nothing was written under its name.
    fn next_path(&mut self) -> Result<Option<String>, MemoryError> {
        Ok(if self.fill()? {
            self.waits = false;
            Some(self.path().to_owned())
        } else {
            None
        })
    }

    /// Passes every path before `path`, and says how the one that is reached compares to it.
    fn skip_to(&mut self, path: &str) -> Result<Option<Ordering>, MemoryError> {
        while self.fill()? {
            let order = self.path().cmp(path);
            if order != Ordering::Less {
                self.waits = order == Ordering::Greater;
                return Ok(Some(order));
            }
            self.waits = false;
        }
        Ok(None)
    }

    fn fill(&mut self) -> Result<bool, MemoryError> {
        if !self.waits {
            self.line.clear();
            let read = self.reader.read_line(&mut self.line);
            read.map_err(|error| refused(&self.place, &error))?;
            self.waits = self.line.ends_with('\n');
        }
        Ok(self.waits)
    }

    fn path(&self) -> &str {
        let line = self.line.trim_end_matches('\n');
        line.split_once("  ").map_or(line, |(_, path)| path)
    }
}

fn refused(place: &Utf8Path, error: &io::Error) -> MemoryError {
    MemoryError::Refused { place: place.to_owned(), kind: error.kind() }
}

/// Why `.accolade/` cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MemoryError {
    /// Another build holds the lock.
    Busy {
        /// The output folder.
        folder: Utf8PathBuf,
    },
    /// The system refused.
    Refused {
        /// The file or folder.
        place: Utf8PathBuf,
        /// What the system says.
        kind: ErrorKind,
    },
}
