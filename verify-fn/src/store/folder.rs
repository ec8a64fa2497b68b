//! A built site in a folder of this machine.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::time::Duration;

use bytes::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use openbadges::iri::BaseUrl;
use openbadges::verify::Unavailable;

use super::kept::{Asked, Copy, Kept};
use super::{FILE_BYTES_MAX, Missing};

/// For how long a document is given out before it is read again: as for a look-up shard.
const FRESH_FOR: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub(super) struct Folder {
    root: Utf8PathBuf,
    base_url: BaseUrl,
    kept: Kept,
}

impl Folder {
    pub(super) fn new(root: &Utf8Path, base_url: BaseUrl) -> Self {
        Self { root: root.to_owned(), base_url, kept: Kept::default() }
    }

    pub(super) fn base_url(&self) -> &BaseUrl {
        &self.base_url
    }

    /// Files of this machine are read on a thread that may wait for its disk.
    pub(super) async fn read(&self, path: &str) -> Result<Bytes, Missing> {
        let file = self.root.join(path);
        let read = tokio::task::spawn_blocking(move || read(&file));
        read.await.unwrap_or(Err(Missing::Unavailable(Unavailable::Unreadable)))
    }

    /// The same on this thread, or as it was read a moment ago.
    pub(super) async fn read_here(&self, path: &str) -> Result<Bytes, Missing> {
        let ask = async |_: Option<&str>| {
            let bytes = read(&self.root.join(path))?;
            self.kept.weigh(path, bytes.len());
            Ok(Asked::Read(Copy { bytes, mark: None }))
        };
        self.kept.slot(path).read(FRESH_FOR, ask).await
    }
}

pub(super) fn read(file: &Utf8Path) -> Result<Bytes, Missing> {
    let mut bytes = Vec::new();
    let read =
        File::open(file).and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes));
    match read {
        Ok(read) if u64::try_from(read).is_ok_and(|read| read <= FILE_BYTES_MAX) => {
            Ok(bytes.into())
        }
        Ok(_) => Err(Missing::Unavailable(Unavailable::TooLarge)),
        Err(error) => Err(match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Missing::NotThere,
            ErrorKind::PermissionDenied => Missing::Denied,
            _ => Missing::Unavailable(Unavailable::Unreadable),
        }),
    }
}
