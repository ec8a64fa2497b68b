//! The published site, as far as look-ups need it: one small file each.

use std::fs::File;
use std::io::{ErrorKind, Read as _};

use camino::{Utf8Path, Utf8PathBuf};

/// The largest look-up shard: some 30 000 awards, of which a site has 256 times as many.
const SHARD_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Where the published site is.
#[derive(Debug)]
pub(crate) struct Store {
    folder: Utf8PathBuf,
}

/// Why a shard cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// There is none: no published award has such an id.
    NotThere,
    /// It is there, and cannot be read now.
    Unreadable,
}

impl Store {
    pub(crate) fn new(folder: &Utf8Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Whether the site is there.
    pub(crate) fn is_reachable(&self) -> bool {
        self.folder.join("catalog.json").is_file()
    }

    /// The look-up shard of the hashes that begin with `prefix`, two hexadecimal digits.
    pub(crate) fn shard(&self, prefix: &str) -> Result<Vec<u8>, Missing> {
        let file = self.folder.join("status/ids").join(format!("{prefix}.json"));
        let mut bytes = Vec::new();
        let read = File::open(file)
            .and_then(|file| file.take(SHARD_BYTES_MAX + 1).read_to_end(&mut bytes));
        match read {
            Ok(read) if u64::try_from(read).is_ok_and(|read| read <= SHARD_BYTES_MAX) => Ok(bytes),
            Ok(_) => Err(Missing::Unreadable),
            // Shards that hold nothing are not published; without the site nothing is known.
            Err(error) if error.kind() == ErrorKind::NotFound && self.is_reachable() => {
                Err(Missing::NotThere)
            }
            Err(_) => Err(Missing::Unreadable),
        }
    }
}
