//! Documents kept for a while, within bounds. What comes from here says so in the report.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use openbadges::verify::{Answer, Source};

use crate::moment::Moment;

/// How much is kept, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheBounds {
    /// A document is asked for again once it is older. A withdrawal may stay unseen for as long.
    pub age_max: Duration,
    /// The most bytes of bodies.
    pub bytes_max: usize,
    /// The most documents.
    pub documents_max: usize,
}

impl Default for CacheBounds {
    fn default() -> Self {
        Self { age_max: Duration::from_secs(60), bytes_max: 32 * 1024 * 1024, documents_max: 1024 }
    }
}

#[derive(Debug)]
pub(crate) struct Cache {
    bounds: CacheBounds,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    by_address: BTreeMap<String, (Moment, Answer)>,
    /// Oldest first, by their number.
    by_age: BTreeMap<u64, String>,
    bytes: usize,
    count: u64,
}

impl Cache {
    pub(crate) fn new(bounds: CacheBounds) -> Self {
        Self { bounds, kept: Mutex::default() }
    }

    /// The answer kept for `address`, if it is still young enough at `now`.
    pub(crate) fn get(&self, address: &str, now: Moment) -> Option<Answer> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, answer) = kept.by_address.get(address)?;
        let is_young = now.since(*since) < self.bounds.age_max;
        is_young.then(|| Answer { source: Source::Cache, ..answer.clone() })
    }

    /// Keeps `answer`, and lets go of the oldest ones beyond the bounds. Only a document that was found is worth keeping.
    pub(crate) fn put(&self, address: &str, answer: &Answer, now: Moment) {
        let Ok(body) = &answer.body else { return };
        let bytes = body.bytes.len();
        if body.status != 200 || bytes > self.bounds.bytes_max || self.bounds.documents_max == 0 {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.forget(address);
        while kept.bytes + bytes > self.bounds.bytes_max
            || kept.by_address.len() >= self.bounds.documents_max
        {
            let Some((_, oldest)) = kept.by_age.pop_first() else { break };
            kept.forget(&oldest);
        }
        kept.count += 1;
        kept.bytes += bytes;
        let count = kept.count;
        kept.by_age.insert(count, address.to_owned());
        kept.by_address.insert(address.to_owned(), (now, answer.clone()));
    }
}

impl Kept {
    fn forget(&mut self, address: &str) {
        if let Some((_, answer)) = self.by_address.remove(address) {
            self.bytes -= answer.body.map_or(0, |body| body.bytes.len());
            self.by_age.retain(|_, kept| kept != address);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Instant, SystemTime};

    use openbadges::iri::Iri;
    use openbadges::verify::{Body, Unavailable};

    use super::*;

    fn found(status: u16, bytes: usize) -> Answer {
        let url = Iri::parse("https://a.example/").unwrap();
        let body = Body { url, status, content_type: None, bytes: vec![0; bytes] };
        Answer { source: Source::Network, hops: vec![], body: Ok(body) }
    }

    fn cache() -> Cache {
        let age_max = Duration::from_secs(10);
        Cache::new(CacheBounds { age_max, bytes_max: 100, documents_max: 3 })
    }

    #[test]
    fn a_kept_document_says_so_and_is_asked_for_again_once_it_is_old() {
        let (cache, steady) = (cache(), Instant::now());
        // The machine sleeps in between: its steady clock stands still.
        let after =
            |seconds| Moment::at(steady, SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        let now = after(0);
        cache.put("a", &found(200, 5), now);
        assert_eq!(cache.get("a", now).unwrap().source, Source::Cache);
        assert!(cache.get("a", after(9)).is_some());
        assert!(cache.get("a", after(10)).is_none());
        assert!(cache.get("b", now).is_none());
    }

    #[test]
    fn the_oldest_documents_go_first_and_the_bounds_hold() {
        let (cache, now) = (cache(), Moment::now());
        for address in ["a", "b", "c", "d"] {
            cache.put(address, &found(200, 20), now);
        }
        assert!(cache.get("a", now).is_none() && cache.get("b", now).is_some());
        cache.put("e", &found(200, 90), now);
        let kept = cache.kept.lock().unwrap();
        assert_eq!(kept.by_address.keys().collect::<Vec<_>>(), ["e"]);
        assert_eq!((kept.bytes, kept.by_age.len()), (90, 1));
    }

    #[test]
    fn a_second_answer_takes_the_place_of_the_first() {
        let (cache, now) = (cache(), Moment::now());
        cache.put("a", &found(200, 60), now);
        cache.put("a", &found(200, 70), now);
        let kept = cache.kept.lock().unwrap();
        assert_eq!((kept.bytes, kept.by_age.len(), kept.by_address.len()), (70, 1, 1));
    }

    /// A host that is down for a second must not be down for a minute, nor a badge gone that is back.
    #[test]
    fn what_was_not_found_is_not_kept() {
        let (cache, now) = (cache(), Moment::now());
        let failed = Err(Unavailable::TooSlow);
        cache.put("a", &Answer { source: Source::Network, hops: vec![], body: failed }, now);
        for status in [404, 410, 500] {
            cache.put("a", &found(status, 1), now);
        }
        cache.put("a", &found(200, 101), now);
        assert!(cache.get("a", now).is_none());
    }
}
