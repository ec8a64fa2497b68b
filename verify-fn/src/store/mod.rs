//! The published site, file by file: from the folder it was built into.
//!
//! Everything that answers from the site asks here, for one file at a time: look-ups for a shard, verifications for the
//! site's own documents, which never go through the public network. What is not there, and what could not be had, are
//! different answers.

mod folder;

use accolade_fetch::{NotASite, page_of};
use camino::Utf8Path;
use openbadges::iri::{BaseUrl, Iri};
use openbadges::verify::{Answer, Body, Source, Unavailable};
use serde::Deserialize;

use folder::Folder;

/// The file that names the address a site is published at, and that every site has.
const CATALOGUE: &str = "catalog.json";

/// The largest file that is read: a baked picture is the largest thing a badge points to.
const FILE_BYTES_MAX: u64 = 5 * 1024 * 1024;

/// The largest look-up shard: some 30 000 awards, of which a site has 256 times as many.
const SHARD_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Where the published site is.
#[derive(Debug)]
pub struct Store {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(Folder),
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
        let place = Folder::new(folder);
        let catalogue = place.read_now(CATALOGUE).map_err(|_| refuse())?;
        let base_url = address(&catalogue).ok_or_else(refuse)?;
        Ok(Self { place: Place::Folder(place.at(base_url)) })
    }

    /// Whether the site is there.
    pub(crate) async fn is_reachable(&self) -> bool {
        self.read(CATALOGUE).await.is_ok()
    }

    /// The look-up shard of the hashes that begin with `prefix`, two hexadecimal digits.
    ///
    /// Shards that hold nothing are not published: only of a site that is there does it mean that nothing is known.
    pub(crate) async fn shard(&self, prefix: &str) -> Result<Vec<u8>, Missing> {
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

    /// An answer for each of the site's own documents among `needs`; nothing for documents of others.
    pub(crate) async fn answers(&self, needs: &[Iri]) -> Vec<Option<Answer>> {
        let mut answers = Vec::with_capacity(needs.len());
        for need in needs {
            answers.push(self.answer(need).await);
        }
        answers
    }

    async fn answer(&self, need: &Iri) -> Option<Answer> {
        let base_url = self.base_url().await?;
        let path = page_of(need, base_url)?;
        let (address, _) = need.split_fragment();
        let url = Iri::parse(address).ok()?;
        let found = |status, bytes| Ok(Body { url, status, content_type: None, bytes });
        let body = match self.read(&path).await {
            Ok(bytes) => found(200, bytes),
            // As on the web.
            Err(Missing::NotThere) => found(404, Vec::new()),
            Err(Missing::Denied) => found(403, Vec::new()),
            Err(Missing::Unavailable(why)) => Err(why),
        };
        Some(Answer { source: Source::StandIn, hops: vec![], body })
    }

    async fn base_url(&self) -> Option<&BaseUrl> {
        match &self.place {
            Place::Folder(folder) => folder.base_url(),
        }
    }

    /// The bytes of the file at `path` of the site, without a leading slash.
    async fn read(&self, path: &str) -> Result<Vec<u8>, Missing> {
        match &self.place {
            Place::Folder(folder) => folder.read(path).await,
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
