//! The terms of an active context, which every member of a document is looked up in.

use std::cmp::Ordering;
use std::sync::Arc;

use super::definition::TermDefinition;

/// Terms and their definitions, sorted by length and then by bytes: a look-up compares numbers beside each other, and reads
/// the names only of terms that are as long.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms(Vec<(Arc<str>, Arc<TermDefinition>)>);

impl Terms {
    pub(super) fn get(&self, name: &str) -> Option<&Arc<TermDefinition>> {
        let at = self.place(name).ok()?;
        self.0.get(at).map(|(_, definition)| definition)
    }

    /// Defines a term, again or for the first time.
    pub(super) fn insert(&mut self, name: &str, definition: Arc<TermDefinition>) {
        match self.place(name) {
            Ok(at) => drop(self.0.get_mut(at).map(|(_, place)| *place = definition)),
            Err(at) => self.0.insert(at, (name.into(), definition)),
        }
    }

    /// Takes a definition away.
    pub(super) fn remove(&mut self, name: &str) -> Option<Arc<TermDefinition>> {
        let at = self.place(name).ok()?;
        Some(self.0.remove(at).1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<TermDefinition>)> {
        self.0.iter().map(|(name, definition)| (name, definition))
    }

    /// Where a term is, or where it belongs.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| match other.len().cmp(&name.len()) {
            Ordering::Equal => (**other).cmp(name),
            different => different,
        })
    }
}
