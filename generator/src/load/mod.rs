//! The only reader of disk: which files a repository has, and the one door to their bytes.
//!
//! [`open`] lists; nothing is read before a later stage asks. A network of a hundred thousand awards is two hundred
//! thousand files, so awards are listed as ids, not as paths, and [`crate::check`] reads each one once.
//!
//! Links are never followed, every read has a bound, and a path is always relative to the repository and inside it.

pub mod ignored;
pub mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::ops::Bound;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use walkdir::{DirEntry, WalkDir};

use crate::id::AwardId;

/// The file that makes a folder a repository of badges.
pub const SETTINGS: &str = "accolade.yaml";

/// The folders that are read, and no other.
const FOLDERS: [&str; 3] = ["badges", "site-content", "themes"];

/// The folder of awards; its own listing, see [`Sources::awards`].
pub const ASSERTIONS: &str = "badges/assertions/";

/// The folder of awards that have no id yet.
pub const DRAFTS: &str = "badges/assertions/new/";

/// How deep folders nest. Awards are sharded by year and two letters; pages go a few folders down.
const FOLDER_DEPTH_MAX: usize = 12;

/// YAML and Markdown written by people. A framework of ten thousand items is half of it.
pub const TEXT_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// A picture before it is judged; `check::images` is stricter.
pub const IMAGE_BYTES_MAX: u64 = 5 * 1024 * 1024;

/// A file among the evidence; hosts and readers choke on more.
pub const EVIDENCE_BYTES_MAX: u64 = 25 * 1024 * 1024;

/// A sealed credential or list; the JSON door of the core has the same bound.
pub const SEALED_BYTES_MAX: u64 = 1024 * 1024;

/// Finds the repository that `start` is in: the nearest folder upwards that holds `accolade.yaml`.
#[must_use]
pub fn find_root(start: &Utf8Path) -> Option<Utf8PathBuf> {
    start.ancestors().find(|folder| folder.join(SETTINGS).is_file()).map(Utf8Path::to_owned)
}

/// Lists the files of the repository at `root`.
///
/// # Errors
/// [`OpenError`] when there is no `accolade.yaml`, or when a folder cannot be listed.
pub fn open(root: &Utf8Path) -> Result<Sources, OpenError> {
    if !root.join(SETTINGS).is_file() {
        return Err(OpenError::NotARepository { folder: root.to_owned() });
    }
    let mut sources = Sources { root: root.to_owned(), ..Sources::default() };
    for folder in FOLDERS {
        let start = root.join(folder);
        // `symlink_metadata`, because a linked folder would lead out of the tree.
        match start.symlink_metadata() {
            Ok(meta) if meta.is_dir() => sources.list(&start)?,
            Ok(meta) if meta.is_symlink() => sources.links.push(folder.into()),
            Ok(_) | Err(_) => {}
        }
    }
    if root.join(SETTINGS).is_symlink() {
        sources.links.push(SETTINGS.into());
    } else {
        sources.files.insert(SETTINGS.into());
    }
    sources.links.sort_unstable();
    Ok(sources)
}

/// The files of a repository.
#[derive(Debug, Default)]
pub struct Sources {
    root: Utf8PathBuf,
    files: BTreeSet<Box<str>>,
    awards: Vec<AwardFiles>,
    award_folders: Vec<Box<str>>,
    links: Vec<Utf8PathBuf>,
    odd_names: Vec<Utf8PathBuf>,
}

/// The files of one award: `<folder>/<id>.yaml` and `<folder>/<id>.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AwardFiles {
    /// The id in the file name.
    pub id: AwardId,
    folder: u32,
    /// Whether the event is there.
    pub has_event: bool,
    /// Whether the sealed credential is there.
    pub is_sealed: bool,
}

impl Sources {
    /// The folder that holds `accolade.yaml`.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Every award, sorted by id.
    #[must_use]
    pub fn awards(&self) -> &[AwardFiles] {
        &self.awards
    }

    /// The event of an award, relative to the repository.
    #[must_use]
    pub fn event_path(&self, award: &AwardFiles) -> Utf8PathBuf {
        self.award_path(award, "yaml")
    }

    /// The sealed credential of an award, relative to the repository.
    #[must_use]
    pub fn sealed_path(&self, award: &AwardFiles) -> Utf8PathBuf {
        self.award_path(award, "json")
    }

    fn award_path(&self, award: &AwardFiles, extension: &str) -> Utf8PathBuf {
        let folder = usize::try_from(award.folder).ok().and_then(|at| self.award_folders.get(at));
        let folder = folder.map_or("", |folder| folder);
        Utf8PathBuf::from(format!("{folder}{}.{extension}", award.id))
    }

    /// Whether there is an award directly in `folder`, which ends with a slash.
    #[must_use]
    pub fn has_award_in(&self, folder: &str) -> bool {
        self.award_folders.iter().any(|known| known.as_ref() == folder)
    }

    /// Whether the file is there; `path` is relative to the repository. Awards are not among them.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// The path of a file that is there, to keep.
    #[must_use]
    pub fn listed(&self, path: &str) -> Option<&Utf8Path> {
        self.files.get(path).map(|path| Utf8Path::new(path.as_ref()))
    }

    /// Every file whose path begins with `prefix`, sorted. Awards are not among them.
    pub fn below<'a, 'p>(
        &'a self,
        prefix: &'p str,
    ) -> impl Iterator<Item = &'a Utf8Path> + use<'a, 'p> {
        self.files
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |path| path.starts_with(prefix))
            .map(|path| Utf8Path::new(path.as_ref()))
    }

    /// The names of the folders directly in `folder`, which ends with a slash, sorted.
    #[must_use]
    pub fn folders_in(&self, folder: &str) -> BTreeSet<&str> {
        self.below(folder)
            .filter_map(|path| path.as_str().strip_prefix(folder)?.split_once('/'))
            .map(|(first, _)| first)
            .collect()
    }

    /// Symbolic links, which are not followed.
    #[must_use]
    pub fn links(&self) -> &[Utf8PathBuf] {
        &self.links
    }

    /// Files whose names are not UTF-8, shown as well as they can be.
    #[must_use]
    pub fn odd_names(&self) -> &[Utf8PathBuf] {
        &self.odd_names
    }

    /// How many bytes a listed file has; none when it is gone.
    #[must_use]
    pub fn size(&self, path: &Utf8Path) -> u64 {
        self.root.join(path).symlink_metadata().map_or(0, |meta| meta.len())
    }

    /// The bytes of a file, at most `bytes_max`.
    ///
    /// # Errors
    /// [`ReadError`] says what stood in the way.
    pub fn bytes(&self, path: &Utf8Path, bytes_max: u64) -> Result<Vec<u8>, ReadError> {
        bytes(&self.root, path, bytes_max)
    }

    /// The text of a file of [`TEXT_BYTES_MAX`] at most.
    ///
    /// # Errors
    /// [`ReadError`] says what stood in the way.
    pub fn text(&self, path: &Utf8Path) -> Result<String, ReadError> {
        text(&self.root, path)
    }

    fn list(&mut self, start: &Utf8Path) -> Result<(), OpenError> {
        let mut folders: BTreeMap<Box<str>, u32> = BTreeMap::new();
        let shown = |entry: &DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
        let entries = WalkDir::new(start).follow_links(false).max_depth(FOLDER_DEPTH_MAX);
        for entry in entries.into_iter().filter_entry(shown) {
            let entry = entry.map_err(|error| unlisted(start, &error))?;
            if entry.file_type().is_dir() {
                if entry.depth() == FOLDER_DEPTH_MAX {
                    let folder = entry.path().to_string_lossy().into_owned();
                    return Err(OpenError::TooDeep { folder: folder.into() });
                }
                continue;
            }
            let Some(path) = Utf8Path::from_path(entry.path()) else {
                let shown = entry.path().to_string_lossy().into_owned();
                self.odd_names.push(self.relative(Utf8Path::new(&shown)).to_owned());
                continue;
            };
            let path = self.relative(path);
            if entry.file_type().is_symlink() {
                self.links.push(path.to_owned());
            } else if let Some((folder, id, is_event)) = award_file(path) {
                let next = u32::try_from(folders.len()).unwrap_or(u32::MAX);
                let folder = match folders.get(folder) {
                    Some(known) => *known,
                    None => *folders.entry(folder.into()).or_insert(next),
                };
                let (has_event, is_sealed) = (is_event, !is_event);
                self.awards.push(AwardFiles { id, folder, has_event, is_sealed });
            } else {
                self.files.insert(path.as_str().into());
            }
        }
        if !folders.is_empty() {
            self.sort_awards(folders);
        }
        Ok(())
    }

    /// Numbers the folders in the order of their names, whatever the order of discovery, and makes one row of the two
    /// files of an award.
    fn sort_awards(&mut self, folders: BTreeMap<Box<str>, u32>) {
        let renumbered: BTreeMap<u32, u32> = folders.values().copied().zip(0..).collect();
        self.award_folders = folders.into_keys().collect();
        for award in &mut self.awards {
            award.folder = renumbered.get(&award.folder).copied().unwrap_or_default();
        }
        self.awards.sort_unstable_by_key(|award| (award.id, award.folder));
        self.awards.dedup_by(|later, kept| {
            let same = (later.id, later.folder) == (kept.id, kept.folder);
            if same {
                kept.has_event |= later.has_event;
                kept.is_sealed |= later.is_sealed;
            }
            same
        });
    }

    fn relative<'p>(&self, path: &'p Utf8Path) -> &'p Utf8Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

fn unlisted(start: &Utf8Path, error: &walkdir::Error) -> OpenError {
    let folder = error.path().and_then(Utf8Path::from_path).unwrap_or(start).to_owned();
    // Only a loop of links has no error of the system, and links are not followed.
    let kind = error.io_error().map_or(std::io::ErrorKind::Other, std::io::Error::kind);
    OpenError::Listing { folder, kind }
}

/// The folder, the id and whether it is an event, for `badges/assertions/…/<id>.{yaml,json}`.
fn award_file(path: &Utf8Path) -> Option<(&str, AwardId, bool)> {
    let below = path.as_str().strip_prefix(ASSERTIONS)?;
    let name = below.rsplit('/').next()?;
    let folder = path.as_str().strip_suffix(name)?;
    let (id, is_event) = match name.rsplit_once('.')? {
        (id, "yaml") => (id, true),
        (id, "json") => (id, false),
        _ => return None,
    };
    Some((folder, AwardId::parse(id)?, is_event))
}

/// The bytes of the file at `path`, relative to `root`, at most `bytes_max`.
///
/// # Errors
/// [`ReadError`] says what stood in the way.
pub fn bytes(root: &Utf8Path, path: &Utf8Path, bytes_max: u64) -> Result<Vec<u8>, ReadError> {
    let plain = |part: Utf8Component<'_>| matches!(part, Utf8Component::Normal(_));
    if !path.components().all(plain) {
        return Err(ReadError::OutsideOfRepository);
    }
    let io = |error: &std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing,
        kind => ReadError::Unreadable { kind },
    };
    let file = std::fs::File::open(root.join(path)).map_err(|error| io(&error))?;
    let size = file.metadata().map_err(|error| io(&error))?.len();
    let too_big = ReadError::TooBig { bytes_max };
    if size > bytes_max {
        return Err(too_big);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // One more than allowed, because a file may grow between the two calls.
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|error| io(&error))?;
    let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if read > bytes_max { Err(too_big) } else { Ok(bytes) }
}

/// The text of the file at `path`, relative to `root`, at most [`TEXT_BYTES_MAX`].
///
/// # Errors
/// [`ReadError`] says what stood in the way.
pub fn text(root: &Utf8Path, path: &Utf8Path) -> Result<String, ReadError> {
    let bytes = bytes(root, path, TEXT_BYTES_MAX)?;
    String::from_utf8(bytes)
        .map_err(|error| ReadError::NotUtf8 { valid_up_to: error.utf8_error().valid_up_to() })
}

/// Whether there is a file, not a link, at `path`, relative to `root`.
#[must_use]
pub fn is_file(root: &Utf8Path, path: &Utf8Path) -> bool {
    let plain = |part: Utf8Component<'_>| matches!(part, Utf8Component::Normal(_));
    path.components().all(plain)
        && root.join(path).symlink_metadata().is_ok_and(|meta| meta.is_file())
}

/// Why a folder cannot be read as a repository.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no `accolade.yaml`.
    #[error("`{folder}` holds no `accolade.yaml`")]
    NotARepository {
        /// Where it was looked for.
        folder: Utf8PathBuf,
    },
    /// A folder cannot be listed.
    #[error("`{folder}` cannot be listed: {kind}")]
    Listing {
        /// The folder.
        folder: Utf8PathBuf,
        /// What the system says.
        kind: std::io::ErrorKind,
    },
    /// Folders nest deeper than anything we read; files in there would be left out in silence.
    #[error("`{folder}` is more than {FOLDER_DEPTH_MAX} folders deep")]
    TooDeep {
        /// The folder.
        folder: Utf8PathBuf,
    },
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is not there.
    #[error("the file does not exist")]
    Missing,
    /// The path is absolute or climbs.
    #[error("the path leads out of the repository")]
    OutsideOfRepository,
    /// The system refuses.
    #[error("the file cannot be read: {kind}")]
    Unreadable {
        /// What the system says.
        kind: std::io::ErrorKind,
    },
    /// It is larger than the bound of its kind.
    #[error("the file is larger than {bytes_max} bytes")]
    TooBig {
        /// The bound.
        bytes_max: u64,
    },
    /// It is no UTF-8.
    #[error("the file is not UTF-8 from byte {valid_up_to} on")]
    NotUtf8 {
        /// The first wrong byte.
        valid_up_to: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "00000000000000000000000000";
    const B: &str = "70000000000000000000000000";

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        (folder, root)
    }

    fn write(root: &Utf8Path, path: &str, text: &str) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn the_nearest_settings_upwards_are_the_repository() {
        let (_keep, root) = folder();
        write(&root, "accolade.yaml", "");
        write(&root, "badges/issuers/a/issuer.yaml", "");
        assert_eq!(find_root(&root.join("badges/issuers/a")), Some(root.clone()));
        assert_eq!(find_root(&root), Some(root.clone()));
        assert_eq!(find_root(Utf8Path::new("/")), None);
    }

    #[test]
    fn a_folder_without_settings_is_no_repository() {
        let (_keep, root) = folder();
        let refused = open(&root).unwrap_err();
        assert_eq!(refused, OpenError::NotARepository { folder: root });
    }

    #[test]
    fn awards_are_joined_by_id_at_any_depth_and_other_files_stay_files() {
        let (_keep, root) = folder();
        write(&root, "accolade.yaml", "");
        write(&root, &format!("badges/assertions/2026/7z/{B}.yaml"), "");
        write(&root, &format!("badges/assertions/2026/7z/{B}.json"), "");
        write(&root, &format!("badges/assertions/2025/{A}.yaml"), "");
        write(&root, "badges/assertions/2025/note.txt", "");
        write(&root, "badges/classes/c/badge.yaml", "");
        write(&root, "badges/classes/d/badge.yaml", "");
        write(&root, "badges/.DS_Store", "");
        write(&root, "badges/.cache/x.yaml", "");
        write(&root, "target/debug/x", "");
        let sources = open(&root).unwrap();
        let awards: Vec<_> = sources
            .awards()
            .iter()
            .map(|award| (sources.event_path(award), award.has_event, award.is_sealed))
            .collect();
        let expected = [
            (format!("badges/assertions/2025/{A}.yaml").into(), true, false),
            (format!("badges/assertions/2026/7z/{B}.yaml").into(), true, true),
        ];
        assert_eq!(awards, expected);
        assert!(sources.has("badges/assertions/2025/note.txt"));
        assert_eq!(sources.below("badges/classes/").count(), 2);
        let classes: Vec<_> = sources.folders_in("badges/classes/").into_iter().collect();
        assert_eq!(classes, ["c", "d"]);
        let unread = ["target/debug/x", "badges/.DS_Store", "badges/.cache/x.yaml"];
        assert!(!unread.iter().any(|path| sources.has(path)));
    }

    #[test]
    fn what_nests_too_deep_is_refused_rather_than_left_out() {
        let (_keep, root) = folder();
        write(&root, "accolade.yaml", "");
        let deep = format!("badges/assertions/{}a.yaml", "x/".repeat(FOLDER_DEPTH_MAX));
        write(&root, &deep, "");
        assert!(matches!(open(&root), Err(OpenError::TooDeep { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_named_and_never_followed() {
        let (_keep, root) = folder();
        let (_other, outside) = folder();
        write(&outside, "secret.md", "x");
        write(&root, "accolade.yaml", "");
        write(&root, "badges/a.yaml", "");
        std::os::unix::fs::symlink(&outside, root.join("badges/out")).unwrap();
        std::os::unix::fs::symlink(&outside, root.join("themes")).unwrap();
        let sources = open(&root).unwrap();
        assert_eq!(sources.links(), ["badges/out", "themes"]);
        assert_eq!(sources.below("").count(), 2);
    }

    #[test]
    fn reading_is_bounded_and_stays_inside() {
        let (_keep, root) = folder();
        write(&root, "a", "1234");
        std::fs::write(root.join("latin1"), b"caf\xe9").unwrap();
        let read = |path: &str, max| bytes(&root, Utf8Path::new(path), max);
        assert_eq!(read("a", 4).unwrap(), b"1234");
        assert_eq!(read("a", 3), Err(ReadError::TooBig { bytes_max: 3 }));
        assert_eq!(read("b", 3), Err(ReadError::Missing));
        for outside in ["../a", "/etc/hostname", "x/../../a"] {
            assert_eq!(read(outside, 3), Err(ReadError::OutsideOfRepository), "{outside}");
        }
        let refused = text(&root, Utf8Path::new("latin1")).unwrap_err();
        assert_eq!(refused, ReadError::NotUtf8 { valid_up_to: 3 });
    }
}
