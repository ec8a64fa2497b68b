//! Who may be named in lists: awards whose holder asked for it, and nobody else.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::id::AwardId;
use crate::site::{Award, Site, Visibility};

/// Awards shown on the home page.
const LATEST: usize = 8;

/// Most holders named on a class page; a class of thousands stays a page one can load.
pub(super) const HOLDERS_MAX: usize = 500;

/// Indexes into [`Site::awards`] of what may be listed. Four bytes an award, whatever the size of the network.
#[derive(Debug, Default)]
pub(super) struct Listing {
    latest: Vec<u32>,
    holders: BTreeMap<u32, Vec<u32>>,
    renewals: BTreeMap<AwardId, AwardId>,
}

impl Listing {
    /// Reads the awards once.
    pub(super) fn of(site: &Site) -> Self {
        let mut listing = Self::default();
        let mut listed = Vec::new();
        for (index, award) in (0_u32..).zip(&site.awards) {
            if let Some(earlier) = award.renews {
                listing.renewals.insert(earlier, award.id);
            }
            if !is_listed(site, award) {
                continue;
            }
            listed.push(index);
            if award.holder.is_some() {
                listing.holders.entry(award.class).or_default().push(index);
            }
        }
        let newest_first = |index: &u32| {
            let award = site.awards.get(usize::try_from(*index).unwrap_or(usize::MAX));
            award.map(|award| (Reverse(award.awarded), award.id))
        };
        for holders in listing.holders.values_mut() {
            holders.sort_by_cached_key(newest_first);
        }
        listed.sort_by_cached_key(newest_first);
        listed.truncate(LATEST);
        listing.latest = listed;
        listing
    }

    /// The newest listed awards.
    pub(super) fn latest<'s>(&'s self, site: &'s Site) -> impl Iterator<Item = &'s Award> {
        awards(site, &self.latest)
    }

    /// Those who hold class number `class` and asked to be shown, newest first.
    pub(super) fn holders<'s>(
        &'s self,
        site: &'s Site,
        class: u32,
    ) -> impl Iterator<Item = &'s Award> {
        awards(site, self.holders.get(&class).map_or(&[], Vec::as_slice))
    }

    /// The award that follows `id`.
    pub(super) fn renewal(&self, id: AwardId) -> Option<AwardId> {
        self.renewals.get(&id).copied()
    }
}

/// Whether an award may be named outside its own page: its holder asked for it and nobody withdrew it.
///
/// Spec: design, section 2, rule 7: nothing published enumerates what is unlisted.
pub(super) fn is_listed(site: &Site, award: &Award) -> bool {
    award.visibility == Visibility::Listed && !site.revocations.contains_key(&award.id)
}

fn awards<'s>(site: &'s Site, indexes: &'s [u32]) -> impl Iterator<Item = &'s Award> {
    indexes.iter().filter_map(|index| site.awards.get(usize::try_from(*index).ok()?))
}
