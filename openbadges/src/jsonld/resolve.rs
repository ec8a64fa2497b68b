//! Applying contexts while one document is walked: from memory where possible, and not without end.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{ActiveContext, LocalContext, Origin, process};
use super::error::Problem;
use super::store::{ContextStore, Step};

/// How many different active contexts one document may bring about. A badge with every kind of node in it needs about
/// sixty. It bounds the work of a document that combines contexts in ways nobody has met before.
const CONTEXTS_MAX: usize = 256;
/// Where the numbers of contexts begin that the store did not keep.
const OWN_FIRST: u32 = 1 << 31;

/// The contexts of one document.
pub(super) struct Resolver<'s> {
    pub(super) store: &'s ContextStore,
    /// What the store had no room for.
    own: BTreeMap<Step, Arc<ActiveContext>>,
    /// One bit for each number of a context in the store that this document used.
    seen: Vec<u64>,
    distinct: usize,
}

impl<'s> Resolver<'s> {
    pub(super) fn new(store: &'s ContextStore) -> Self {
        Self { store, own: BTreeMap::new(), seen: Vec::new(), distinct: 0 }
    }

    /// What `local` makes of `active`.
    pub(super) fn apply(
        &mut self,
        active: &Arc<ActiveContext>,
        local: &LocalContext,
        origin: Origin,
    ) -> Result<Arc<ActiveContext>, Problem> {
        let step = (active.id, local.id, origin);
        if let Some(known) = self.store.recall(step) {
            self.count(known.id)?;
            return Ok(known);
        }
        if let Some(known) = self.own.get(&step) {
            return Ok(Arc::clone(known));
        }
        let made = process(active, &local.value, origin, self.store)?;
        // A step from a context that only this document knows has no place in the store.
        let kept = if active.id < OWN_FIRST { self.store.remember(step, made) } else { Err(made) };
        match kept {
            Ok(kept) => {
                self.count(kept.id)?;
                Ok(kept)
            }
            Err(mut own) => {
                self.count_one()?;
                own.id =
                    u32::try_from(self.own.len()).map_or(u32::MAX, |number| OWN_FIRST + number);
                let own = Arc::new(own);
                self.own.insert(step, Arc::clone(&own));
                Ok(own)
            }
        }
    }

    /// Counts a context of the store the first time this document uses it, so that the verdict does not depend on what
    /// the store happened to remember.
    fn count(&mut self, id: u32) -> Result<(), Problem> {
        let (word, bit) = (usize::try_from(id / 64).unwrap_or(usize::MAX), 1_u64 << (id % 64));
        if self.seen.len() <= word {
            self.seen.resize(word + 1, 0);
        }
        match self.seen.get_mut(word) {
            Some(bits) if *bits & bit == 0 => *bits |= bit,
            _ => return Ok(()),
        }
        self.count_one()
    }

    fn count_one(&mut self) -> Result<(), Problem> {
        self.distinct += 1;
        if self.distinct > CONTEXTS_MAX { Err(Problem::TooManyContexts) } else { Ok(()) }
    }
}
