//! Files of a site that are kept for a while, so that ten thousand questions are not ten thousand reads.
//!
//! A file is asked for once however many wait for it; for a while it is given out as it is; then it is asked for again by its
//! mark, which costs no transfer when nothing changed. What is old is never given out in place of an answer that could
//! not be had: a withdrawn badge must not come back to life because its bucket is down.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use accolade_fetch::Moment;
use bytes::Bytes;

use super::Missing;

/// For how long a failure is given out, so that those who waited for one that was slow do not each wait in their turn.
const FAILED_FOR: Duration = Duration::from_secs(1);

/// The largest file that is kept.
const FILE_BYTES_MAX: usize = 1024 * 1024;

/// All kept files together.
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// The most paths that are known, those of missing files included.
const PATHS_MAX: usize = 2048;

/// A file as it was read, with the mark to ask for it again by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Copy {
    pub(super) bytes: Bytes,
    pub(super) mark: Option<String>,
}

/// What is known of one path. Its lock is held while the file is asked for.
#[derive(Debug, Default)]
pub(super) struct Slot(tokio::sync::Mutex<Option<Known>>);

#[derive(Debug)]
struct Known {
    read: Result<Copy, Missing>,
    at: Moment,
}

/// What came of asking for a file again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    Read(Copy),
    /// A folder has no marks to ask by.
    #[cfg_attr(not(any(test, feature = "s3")), expect(dead_code, reason = "only a bucket says so"))]
    Unchanged,
}

impl Slot {
    /// The file: as it is known if that is fresh, for which it has `fresh_for`; or what `ask` makes of it, given the mark of the copy that is here.
    pub(super) async fn read(
        &self,
        fresh_for: Duration,
        ask: impl AsyncFnOnce(Option<&str>) -> Result<Asked, Missing>,
    ) -> Result<Bytes, Missing> {
        let mut known = self.0.lock().await;
        if let Some(Known { read, at }) = &*known {
            let is_failure = !matches!(read, Ok(_) | Err(Missing::NotThere));
            if at.age() < if is_failure { FAILED_FOR } else { fresh_for } {
                return read.as_ref().map(|copy| copy.bytes.clone()).map_err(|missing| *missing);
            }
        }
        let copy = known.take().and_then(|known| known.read.ok());
        let mark = copy.as_ref().and_then(|copy| copy.mark.as_deref());
        let read = match (ask(mark).await, copy) {
            (Ok(Asked::Read(copy)), _) | (Ok(Asked::Unchanged), Some(copy)) => Ok(copy),
            // It says that nothing changed, of a file that was never read.
            (Ok(Asked::Unchanged), None) => Err(Missing::Unavailable(super::BROKEN)),
            (Err(missing), _) => Err(missing),
        };
        let given = read.as_ref().map(|copy| copy.bytes.clone()).map_err(|missing| *missing);
        let is_kept = read.as_ref().map_or(true, |copy| copy.bytes.len() <= FILE_BYTES_MAX);
        *known = is_kept.then(|| Known { read, at: Moment::now() });
        given
    }
}

/// The slots of all paths, within bounds.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Slots>);

#[derive(Debug, Default)]
struct Slots {
    by_path: BTreeMap<String, Entry>,
    /// Counts uses, to know which was used last.
    uses: u64,
}

#[derive(Debug)]
struct Entry {
    slot: Arc<Slot>,
    bytes: usize,
    used: u64,
}

impl Kept {
    /// The slot of `path`.
    pub(super) fn slot(&self, path: &str) -> Arc<Slot> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.uses += 1;
        let used = slots.uses;
        if let Some(entry) = slots.by_path.get_mut(path) {
            entry.used = used;
            return Arc::clone(&entry.slot);
        }
        let slot = Arc::new(Slot::default());
        let entry = Entry { slot: Arc::clone(&slot), bytes: 0, used };
        slots.by_path.insert(path.to_owned(), entry);
        slots.shrink();
        slot
    }

    /// Says how large the file at `path` was found, so that the bound of all holds.
    pub(super) fn weigh(&self, path: &str, bytes: usize) {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = slots.by_path.get_mut(path) {
            entry.bytes = if bytes <= FILE_BYTES_MAX { bytes } else { 0 };
            slots.shrink();
        }
    }
}

impl Slots {
    /// Lets go of what was not used for longest, until the bounds hold.
    fn shrink(&mut self) {
        let mut bytes: usize = self.by_path.values().map(|entry| entry.bytes).sum();
        while bytes > BYTES_MAX || self.by_path.len() > PATHS_MAX {
            let oldest = self.by_path.iter().min_by_key(|(_, entry)| entry.used);
            let Some(path) = oldest.map(|(path, _)| path.clone()) else { return };
            bytes -= self.by_path.remove(&path).map_or(0, |entry| entry.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Instant, SystemTime};

    use openbadges::verify::Unavailable;

    use super::*;

    const FRESH_FOR: Duration = Duration::from_secs(60);

    fn copy(bytes: &'static [u8], mark: &str) -> Copy {
        Copy { bytes: Bytes::from_static(bytes), mark: Some(mark.to_owned()) }
    }

    /// Makes what a slot knows as old as if it had been read so long ago.
    async fn age(slot: &Slot, by: Duration) {
        let mut known = slot.0.lock().await;
        let known = known.as_mut().unwrap();
        known.at = Moment::at(Instant::now(), SystemTime::now() - by);
    }

    #[tokio::test]
    async fn a_file_is_asked_for_again_by_its_mark_once_it_is_a_minute_old() {
        let slot = Slot::default();
        let first = slot.read(FRESH_FOR, async |mark| {
            assert_eq!(mark, None);
            Ok(Asked::Read(copy(b"1", "m")))
        });
        assert_eq!(first.await.unwrap(), "1");
        let unasked = slot.read(FRESH_FOR, async |_| panic!("it is fresh")).await;
        assert_eq!(unasked.unwrap(), "1");
        age(&slot, FRESH_FOR).await;
        let again = slot.read(FRESH_FOR, async |mark| {
            assert_eq!(mark, Some("m"));
            Ok(Asked::Unchanged)
        });
        assert_eq!(again.await.unwrap(), "1");
        assert_eq!(slot.read(FRESH_FOR, async |_| panic!("it is fresh again")).await.unwrap(), "1");
        age(&slot, FRESH_FOR).await;
        let changed = slot.read(FRESH_FOR, async |_| Ok(Asked::Read(copy(b"2", "n")))).await;
        assert_eq!(changed.unwrap(), "2");
    }

    #[tokio::test]
    async fn what_is_old_never_stands_in_for_what_could_not_be_had() {
        let slot = Slot::default();
        slot.read(FRESH_FOR, async |_| Ok(Asked::Read(copy(b"active", "m")))).await.unwrap();
        age(&slot, FRESH_FOR).await;
        let down = Missing::Unavailable(Unavailable::NoConnection);
        assert_eq!(slot.read(FRESH_FOR, async |_| Err(down)).await, Err(down));
        assert_eq!(
            slot.read(FRESH_FOR, async |_| panic!("those who waited are told")).await,
            Err(down)
        );
        age(&slot, FAILED_FOR).await;
        let back = slot.read(FRESH_FOR, async |mark| {
            assert_eq!(mark, None);
            Ok(Asked::Read(copy(b"revoked", "n")))
        });
        assert_eq!(back.await.unwrap(), "revoked");
    }

    #[tokio::test]
    async fn that_there_is_no_such_file_is_known_for_a_minute_too() {
        let slot = Slot::default();
        let missing = slot.read(FRESH_FOR, async |_| Err(Missing::NotThere)).await;
        assert_eq!(missing, Err(Missing::NotThere));
        age(&slot, FAILED_FOR).await;
        let unasked = slot.read(FRESH_FOR, async |_| panic!("it is fresh")).await;
        assert_eq!(unasked, Err(Missing::NotThere));
    }

    #[tokio::test]
    async fn unchanged_from_nothing_is_no_answer() {
        let slot = Slot::default();
        let read = slot.read(FRESH_FOR, async |_| Ok(Asked::Unchanged)).await;
        assert_eq!(read, Err(Missing::Unavailable(Unavailable::Broken)));
    }

    #[test]
    fn the_bounds_hold_and_the_longest_unused_goes_first() {
        let kept = Kept::default();
        let first = kept.slot("first");
        for index in 1..PATHS_MAX {
            kept.slot(&index.to_string());
        }
        assert!(Arc::ptr_eq(&first, &kept.slot("first")));
        kept.slot("one more");
        assert!(Arc::ptr_eq(&first, &kept.slot("first")));
        let paths = |kept: &Kept| kept.0.lock().unwrap().by_path.len();
        assert_eq!(paths(&kept), PATHS_MAX);
        for index in 0..32 {
            let path = format!("large {index}");
            kept.slot(&path);
            kept.weigh(&path, FILE_BYTES_MAX);
        }
        let slots = kept.0.lock().unwrap();
        assert_eq!(slots.by_path.values().map(|entry| entry.bytes).sum::<usize>(), BYTES_MAX);
        assert!(slots.by_path.contains_key("large 31") && !slots.by_path.contains_key("large 0"));
    }
}
