//! The lists of one issuer: one for each address under which it has sealed awards, all with the same bits.
//!
//! A credential names its list by address, and the address of a site that moved stays in what was sealed before. So the old
//! list goes on being signed under the old name, and says the same as the new one.

use std::collections::{BTreeMap, BTreeSet};

use openbadges::status::Bitstring;
use openbadges::time::Timestamp;

use super::{Key, SealError, Sealer};
use crate::issue::signer::Signer;
use crate::issue::withdrawn::{self, Published};
use crate::records::Records;

/// How much of a list may be taken: in a list with few free places a new award would tell its neighbours in time.
///
/// Spec: CRED-BSL-40.
const TAKEN_EIGHTHS_MAX: usize = 7;

/// The longest list: 16 million places, which readers unpack in two mebibytes.
const BITS_MAX: usize = 1 << 24;

/// The lists of the issuer that a [`Sealer`] works for.
pub(super) struct Lists<'s> {
    sealer: &'s Sealer<'s>,
    /// What all of them withdraw.
    pub(super) bits: Bitstring,
    published: BTreeMap<u8, Published>,
    /// Those that are needed and not there.
    wanted: BTreeSet<u8>,
}

impl<'s> Lists<'s> {
    pub(super) fn of(sealer: &'s Sealer<'s>) -> Result<Self, SealError> {
        let (site, slug) = (sealer.site, &sealer.issuer.slug);
        let published = Published::read(sealer.issuer)
            .map_err(|error| SealError::List { issuer: slug.clone(), error })?;
        let mut wanted = withdrawn::bases_of(site, slug);
        // Tombstones alone need a list as well, whichever address theirs had.
        if published.is_empty() && !withdrawn::held(site, slug).is_empty() {
            wanted.insert(0);
        }
        wanted.retain(|base| !published.contains_key(base));
        Ok(Self { sealer, bits: withdrawn::union(published.values()), published, wanted })
    }

    /// The lists that have to be signed so that all say what is due.
    pub(super) fn behind(&self, due: &BTreeSet<u32>) -> Vec<u8> {
        let behind = self.published.iter().filter(|(_, list)| list.is_behind(due));
        self.wanted.iter().copied().chain(behind.map(|(base, _)| *base)).collect()
    }

    /// Sees to it that the present list is there and has room for so many more awards. The answer is whether it has to be
    /// signed for that. A list grows where it lies: its address is in every credential.
    pub(super) fn make_room(&mut self, awards: usize, taken: &BTreeSet<u32>) -> bool {
        let needed = taken.len().saturating_add(awards).saturating_mul(8) / TAKEN_EIGHTHS_MAX;
        let mut bits = self.bits.bits();
        while bits < needed && bits < BITS_MAX {
            bits = bits.saturating_mul(2);
        }
        let grows = bits > self.bits.bits();
        self.bits = withdrawn::grown(&self.bits, bits);
        grows || !self.published.contains_key(&0)
    }

    /// Sets what is due and signs these lists. A bit that is set stays set (CRED-BSL-42).
    pub(super) fn publish(
        &mut self,
        bases: &[u8],
        due: &BTreeSet<u32>,
        key: Key<'_>,
    ) -> Result<(), SealError> {
        let slug = &self.sealer.issuer.slug;
        for index in due {
            let set = usize::try_from(*index).map(|index| self.bits.set(index));
            if !matches!(set, Ok(Ok(()))) {
                return Err(SealError::IndexOutside { issuer: slug.clone(), index: *index });
            }
        }
        for base in bases {
            let since = self.published.get(base).and_then(|list| list.valid_from);
            // Readers keep the newest, so a clock that went back does not date a list before the one it follows.
            let since = since.map_or(self.sealer.now, |since| since.max(self.sealer.now));
            self.publish_one(*base, since, key)?;
            self.wanted.remove(base);
            let list = Published { bits: self.bits.clone(), valid_from: Some(since), stands: true };
            self.published.insert(*base, list);
        }
        Ok(())
    }

    fn publish_one(&self, base: u8, since: Timestamp, key: Key<'_>) -> Result<(), SealError> {
        let Sealer { site, files, issuer, .. } = *self.sealer;
        let slug = &issuer.slug;
        let former = if base == 0 { None } else { site.at_former(base) };
        let of_former = former.as_ref().map(Records::of);
        let records = of_former.as_ref().unwrap_or(self.sealer.records);
        let signer = Signer::new(records, issuer, key.key, key.secret, self.sealer.now);
        let list = records.status_list(issuer, &self.bits, since);
        let bytes = signer
            .seal(list, |mut list, proof| {
                list.proof = Some(proof);
                list
            })
            .map_err(|error| SealError::ListSignature { issuer: slug.clone(), error })?;
        if base == 0 {
            self.clear_the_place()?;
        }
        Ok(files.replace(&site.settings.list_file(slug, base), &bytes)?)
    }

    /// Moves a list of a former address out of the place of the present one, byte for byte.
    fn clear_the_place(&self) -> Result<(), SealError> {
        let Sealer { site, files, issuer, .. } = *self.sealer;
        for (base, bytes) in &issuer.former_lists {
            let file = site.settings.list_file(&issuer.slug, *base);
            if !files.has(&file) {
                files.create(&file, bytes)?;
            }
        }
        Ok(())
    }
}
