//! The published site, file by file: from the folder it was built into, or from a bucket.
//!
//! Everything that answers from the site asks here, for one file at a time: look-ups for a shard, verifications for the
//! site's own documents, which never go through the public network. What is not there, and what could not be had, are
//! different answers.

#[cfg(feature = "s3")]
mod bucket;
mod folder;
mod kept;

use std::time::Duration;

use accolade_fetch::{NotASite, page_of};
use bytes::Bytes;
use camino::Utf8Path;
use futures_util::future::join_all;
use openbadges::iri::{BaseUrl, Iri};
use openbadges::verify::{Answer, Body, Source, Unavailable};
use serde::Deserialize;

#[cfg(feature = "s3")]
use bucket::Bucket;
use folder::Folder;

/// The file that names the address a site is published at, and that every site has.
const CATALOGUE: &str = "catalog.json";

/// The largest file that is read: a baked picture is the largest thing a badge points to.
const FILE_BYTES_MAX: u64 = 5 * 1024 * 1024;

/// The largest look-up shard: some 30 000 awards, of which a site has 256 times as many.
const SHARD_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What was begun, and broke off.
const BROKEN: Unavailable = Unavailable::Broken;

/// Where the published site is.
#[derive(Debug)]
pub struct Store {
    place: Place,
    /// The address that the operator gave.
    base_url: Option<BaseUrl>,
}

#[derive(Debug)]
enum Place {
    Folder(Folder),
    #[cfg(feature = "s3")]
    Bucket(Box<Bucket>),
}

/// Where a bucket is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "an address has no more parts")]
pub struct BucketOptions {
    /// Its name.
    pub bucket: String,
    /// What the keys of the site begin with: nothing, or a path that ends with `/`.
    pub prefix: String,
    /// Its region.
    pub region: String,
    /// The service that keeps it, when it is not Amazon's: asked with the name of the bucket in the path.
    pub endpoint: Option<String>,
    /// For how long a file is given out before it is asked for again: after that long, a publication is seen.
    pub fresh_for: Duration,
}

/// Why a file cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The site is there, and publishes no such file.
    NotThere,
    /// Whoever keeps the site does not let us read it.
    Denied,
    /// It could not be read now.
    Unavailable(Unavailable),
}

impl Store {
    /// The built site in `folder`, at the address that its catalogue names.
    ///
    /// # Errors
    /// [`NotASite`] when the folder has no catalogue of a built site.
    pub fn folder(folder: &Utf8Path) -> Result<Self, NotASite> {
        let refuse = || NotASite { folder: folder.to_owned() };
        let catalogue = folder::read(&folder.join(CATALOGUE)).map_err(|_| refuse())?;
        let base_url = address(&catalogue).ok_or_else(refuse)?;
        Ok(Self { place: Place::Folder(Folder::new(folder, base_url)), base_url: None })
    }

    /// The site in a bucket. Nothing is asked of it yet.
    #[cfg(feature = "s3")]
    #[must_use]
    pub fn bucket(options: BucketOptions) -> Self {
        Self { place: Place::Bucket(Box::new(Bucket::new(options))), base_url: None }
    }

    /// The same, speaking for `base_url` whatever the catalogue says.
    #[must_use]
    pub fn at(self, base_url: BaseUrl) -> Self {
        Self { base_url: Some(base_url), ..self }
    }

    /// Whether the site is there.
    pub(crate) async fn is_reachable(&self) -> bool {
        self.read(CATALOGUE).await.is_ok()
    }

    /// The look-up shard of the hashes that begin with `prefix`, two hexadecimal digits.
    ///
    /// Shards that hold nothing are not published: only of a site that is there does it mean that nothing is known.
    pub(crate) async fn shard(&self, prefix: &str) -> Result<Bytes, Missing> {
        match self.read(&format!("status/ids/{prefix}.json")).await {
            Err(Missing::NotThere) => match self.read(CATALOGUE).await {
                Ok(_) => Err(Missing::NotThere),
                Err(Missing::NotThere) => Err(Missing::Unavailable(Unavailable::Unreadable)),
                Err(missing) => Err(missing),
            },
            Ok(bytes) if bytes.len() > SHARD_BYTES_MAX => {
                Err(Missing::Unavailable(Unavailable::TooLarge))
            }
            read => read,
        }
    }

    /// An answer for each of the site's own documents among `needs`; nothing for documents of others. A verification asks, on a
    /// thread of its own that may wait for the disk.
    pub(crate) async fn answers(&self, needs: &[Iri]) -> Vec<Option<Answer>> {
        join_all(needs.iter().map(|need| self.answer(need))).await
    }

    async fn answer(&self, need: &Iri) -> Option<Answer> {
        let base_url = self.base_url().await?;
        let path = page_of(need, base_url)?;
        let (address, _) = need.split_fragment();
        let url = Iri::parse(address).ok()?;
        let found = |status, bytes| Ok(Body { url, status, content_type: None, bytes });
        let read = match &self.place {
            // To wake another thread would cost more than to read.
            Place::Folder(folder) => folder.read_here(&path).await,
            #[cfg(feature = "s3")]
            Place::Bucket(bucket) => bucket.read(&path).await,
        };
        let body = match read {
            Ok(bytes) => found(200, bytes.into()),
            // As on the web.
            Err(Missing::NotThere) => found(404, Vec::new()),
            Err(Missing::Denied) => found(403, Vec::new()),
            Err(Missing::Unavailable(why)) => Err(why),
        };
        Some(Answer { source: Source::StandIn, hops: vec![], body })
    }

    async fn base_url(&self) -> Option<&BaseUrl> {
        match (&self.base_url, &self.place) {
            (Some(given), _) => Some(given),
            (None, Place::Folder(folder)) => Some(folder.base_url()),
            #[cfg(feature = "s3")]
            (None, Place::Bucket(bucket)) => bucket.base_url().await,
        }
    }

    /// The bytes of the file at `path` of the site, without a leading slash.
    async fn read(&self, path: &str) -> Result<Bytes, Missing> {
        match &self.place {
            Place::Folder(folder) => folder.read(path).await,
            #[cfg(feature = "s3")]
            Place::Bucket(bucket) => bucket.read(path).await,
        }
    }
}

/// The address that a catalogue names.
fn address(catalogue: &[u8]) -> Option<BaseUrl> {
    #[derive(Deserialize)]
    struct Catalogue {
        url: String,
    }
    let Catalogue { url } = serde_json::from_slice(catalogue).ok()?;
    BaseUrl::parse(url.strip_suffix('/').unwrap_or(&url)).ok()
}
