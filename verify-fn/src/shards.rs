//! Look-up shards, read once and kept for a moment, so that ten thousand look-ups do not read one file ten thousand times.
//!
//! There is a place for each of the 256 shards. Whoever finds one empty or old reads it, while the others of that shard wait;
//! what has not changed is not parsed again. What could not be read is not kept: the next one tries again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use accolade_fetch::Moment;
use bytes::Bytes;
use openbadges::time::Timestamp;
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::status::{Reason, Revoked};
use crate::store::{Missing, Store};

/// For how long a shard is believed. A fresh publication is unseen for no longer than this, and what `Cache-Control` says.
const AGE_MAX: Duration = Duration::from_secs(2);

/// The most bytes of shards that are kept, as published.
const KEPT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The only form of a shard that is read.
const VERSION: u32 = 1;

/// SHA-256 of an id.
pub(crate) type Hash = [u8; 32];

/// Which shard a hash is in: its first byte.
pub(crate) const fn prefix([first, ..]: &Hash) -> u8 {
    *first
}

/// What is published of one award.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) valid_until: Option<Timestamp>,
    pub(crate) revoked: Option<Revoked>,
}

/// The awards whose hashes begin with the same byte.
#[derive(Debug, Default)]
pub(crate) struct Shard(BTreeMap<Hash, Entry>);

impl Shard {
    pub(crate) fn get(&self, hash: &Hash) -> Option<&Entry> {
        self.0.get(hash)
    }

    fn parse(bytes: &[u8]) -> Result<Self, Reason> {
        #[derive(Deserialize)]
        struct Published {
            version: u32,
            ids: BTreeMap<String, Entry>,
        }
        let published: Published = serde_json::from_slice(bytes).map_err(|_| Reason::Unreadable)?;
        if published.version != VERSION {
            return Err(Reason::Unreadable);
        }
        let entries =
            published.ids.into_iter().map(|(hash, entry)| Some((from_hex(&hash)?, entry)));
        entries.collect::<Option<_>>().map(Self).ok_or(Reason::Unreadable)
    }
}

/// All shards that were read lately.
#[derive(Debug)]
pub(crate) struct Shards {
    places: Box<[Mutex<Option<Kept>>]>,
    kept_bytes: AtomicUsize,
}

#[derive(Debug)]
struct Kept {
    read_at: Moment,
    /// As published; nothing when it is not.
    bytes: Option<Bytes>,
    shard: Arc<Shard>,
}

impl Default for Shards {
    fn default() -> Self {
        let places = (0..=u8::MAX).map(|_| Mutex::new(None)).collect();
        Self { places, kept_bytes: AtomicUsize::new(0) }
    }
}

impl Shards {
    /// The shard that `hash` would be in.
    pub(crate) async fn of(&self, store: &Store, hash: &Hash) -> Result<Arc<Shard>, Reason> {
        let prefix = prefix(hash);
        let place = self.places.get(usize::from(prefix)).ok_or(Reason::Unreadable)?;
        let mut place = place.lock().await;
        if let Some(kept) = place.as_ref().filter(|kept| kept.read_at.age() < AGE_MAX) {
            return Ok(Arc::clone(&kept.shard));
        }
        let before = place.take().inspect(|kept| {
            let less = kept.bytes.as_ref().map_or(0, Bytes::len);
            self.kept_bytes.fetch_sub(less, Ordering::Relaxed);
        });
        // Boxed: it happens once in a while, and is larger than all the rest of a look-up.
        let read = Box::pin(async { store.shard(&format!("{prefix:02x}")).await });
        let bytes = match read.await {
            Ok(bytes) => Some(bytes),
            // A shard that holds nothing is not published.
            Err(Missing::NotThere) => None,
            Err(Missing::Denied) => return Err(Reason::Denied),
            Err(Missing::Unavailable(why)) => return Err(Reason::Unavailable(why)),
        };
        let shard = match (before, &bytes) {
            (Some(before), _) if before.bytes == bytes => before.shard,
            (_, Some(bytes)) => Arc::new(Shard::parse(bytes)?),
            (_, None) => Arc::default(),
        };
        self.keep(&mut place, bytes, &shard);
        Ok(shard)
    }

    fn keep(&self, place: &mut Option<Kept>, bytes: Option<Bytes>, shard: &Arc<Shard>) {
        let more = bytes.as_ref().map_or(0, Bytes::len);
        if self.kept_bytes.fetch_add(more, Ordering::Relaxed) + more > KEPT_BYTES_MAX {
            self.kept_bytes.fetch_sub(more, Ordering::Relaxed);
            return;
        }
        *place = Some(Kept { read_at: Moment::now(), bytes, shard: Arc::clone(shard) });
    }
}

fn from_hex(text: &str) -> Option<Hash> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
    bytes.try_into().ok().filter(|_| rest.is_empty())
}
