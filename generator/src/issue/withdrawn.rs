//! One issuer's published list of withdrawn awards: what it says, and what it should say.

use std::collections::{BTreeMap, BTreeSet};

use openbadges::json::{self, JsonError};
use openbadges::proof::{Proof, ProofError, Secured};
use openbadges::status::{Bitstring, DecodeBounds, LIST_ENTRIES_MIN, StatusError, StatusList};
use openbadges::time::Timestamp;
use serde_json::Value;

use crate::id::AwardId;
use crate::site::{Award, Issuer, KeyState, Site, Slug};

/// The list as it is published.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) bits: Bitstring,
    /// Since when it says so. The next list may say the same second, and never an earlier one: readers keep the newest.
    pub(super) valid_from: Option<Timestamp>,
    /// Whether its proofs are by keys that may still assert.
    pub(super) stands: bool,
}

impl Published {
    /// Reads the issuer's lists, by the address of the site that each is for. There is none before the first award.
    pub(super) fn read(issuer: &Issuer) -> Result<BTreeMap<u8, Self>, ListError> {
        let former = issuer.former_lists.iter().map(|(base, bytes)| (*base, bytes));
        let lists = issuer.status_list.iter().map(|bytes| (0, bytes)).chain(former);
        lists.map(|(base, bytes)| Ok((base, Self::read_one(issuer, bytes)?))).collect()
    }

    fn read_one(issuer: &Issuer, bytes: &[u8]) -> Result<Self, ListError> {
        let document = json::parse(bytes).map_err(ListError::Json)?;
        let secured = Secured::split(document).map_err(ListError::Proof)?;
        let list = StatusList::parse(&secured.unsecured, &DecodeBounds::default());
        let list = list.map_err(ListError::Content)?;
        let mut stands = true;
        for proof in &secured.proofs {
            let proof = Proof::parse(proof).map_err(ListError::Proof)?;
            stands &= asserts(issuer, proof.verification_method.split_fragment().1);
        }
        let valid_from = secured.unsecured.get("validFrom").and_then(Value::as_str);
        let valid_from = valid_from.and_then(|text| Timestamp::parse(text).ok());
        Ok(Self { bits: list.bits, valid_from, stands })
    }

    /// Whether it says less than it should, or in a voice that does not count any more.
    pub(super) fn is_behind(&self, due: &BTreeSet<u32>) -> bool {
        !self.stands || due.iter().any(|index| !is_set(&self.bits, *index))
    }
}

/// Whether the place is withdrawn.
pub(super) fn is_set(bits: &Bitstring, index: u32) -> bool {
    usize::try_from(index).ok().and_then(|index| bits.get(index)) == Some(true)
}

/// Everything that any of the lists withdraws, in a list at least as long as the longest.
pub(super) fn union<'l>(lists: impl IntoIterator<Item = &'l Published>) -> Bitstring {
    lists.into_iter().fold(empty(), |all, list| {
        let mut all = grown(&all, list.bits.bits());
        for index in set_bits(&list.bits) {
            // Cannot be beyond the end: it was made as long as this list.
            let _ = usize::try_from(index).map(|index| all.set(index));
        }
        all
    })
}

/// Whether the key of this name may still assert: one that was compromised vouches for no list.
fn asserts(issuer: &Issuer, multikey: Option<&str>) -> bool {
    let mut keys = issuer.keys.values();
    let named = keys.find(|key| Some(key.public.to_multikey().as_str()) == multikey);
    named.is_some_and(|key| !matches!(key.state, KeyState::Revoked { .. }))
}

/// A list in which nobody is withdrawn.
pub(super) fn empty() -> Bitstring {
    Bitstring::new(LIST_ENTRIES_MIN)
}

/// The same places in a list of `bits`, at least.
pub(super) fn grown(list: &Bitstring, bits: usize) -> Bitstring {
    let mut all = Bitstring::new(bits.max(list.bits()));
    for index in set_bits(list) {
        // Cannot be beyond the end: the new list is no shorter.
        let _ = usize::try_from(index).map(|index| all.set(index));
    }
    all
}

/// The indexes that are set.
pub(super) fn set_bits(bits: &Bitstring) -> impl Iterator<Item = u32> + '_ {
    (0_u32..).zip(bits.bytes()).filter(|(_, byte)| **byte != 0).flat_map(|(at, byte)| {
        (0..8_u32).filter(move |bit| byte & (0x80 >> bit) != 0).map(move |bit| at * 8 + bit)
    })
}

/// The places that sealed awards and tombstones of `issuer` hold.
pub(super) fn held(site: &Site, issuer: &Slug) -> BTreeSet<u32> {
    let tombstones = site.tombstones.values().filter(|stone| stone.issuer == *issuer);
    let awards = awards_of(site, issuer).map(|(_, index)| index);
    awards.chain(tombstones.filter_map(|stone| stone.status_index)).collect()
}

/// Under which addresses of the site `issuer` has sealed awards.
pub(super) fn bases_of(site: &Site, issuer: &Slug) -> BTreeSet<u8> {
    rows_of(site, issuer).map(|award| award.base).collect()
}

/// The places that must be set: withdrawn and forgotten awards. `fresh` are those sealed since the site was read.
pub(super) fn due(site: &Site, issuer: &Slug, fresh: &[(AwardId, u32)]) -> BTreeSet<u32> {
    let awards = awards_of(site, issuer).chain(fresh.iter().copied());
    let withdrawn = awards.filter(|(id, _)| site.revocations.contains_key(id));
    let tombstones = site.tombstones.values().filter(|stone| stone.issuer == *issuer);
    let forgotten = tombstones.filter_map(|stone| stone.status_index);
    withdrawn.map(|(_, index)| index).chain(forgotten).collect()
}

fn awards_of<'a>(site: &'a Site, issuer: &'a Slug) -> impl Iterator<Item = (AwardId, u32)> + 'a {
    rows_of(site, issuer).map(|award| (award.id, award.status_index))
}

fn rows_of<'a>(site: &'a Site, issuer: &'a Slug) -> impl Iterator<Item = &'a Award> + 'a {
    let by_issuer = move |award: &&Award| {
        let class = usize::try_from(award.class).ok().and_then(|at| site.classes.get(at));
        let version = class.and_then(|class| class.versions.get(&award.version));
        version.is_some_and(|version| version.issuer == *issuer)
    };
    site.awards.iter().filter(by_issuer)
}

/// The published list cannot be read, so nobody knows which places are taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// It is not JSON.
    #[error("{0}")]
    Json(JsonError),
    /// It is not signed.
    #[error("{0}")]
    Proof(ProofError),
    /// It is no status list.
    #[error("{0}")]
    Content(StatusError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{award, id, moment, site, slug};
    use crate::site::{Revocation, Tombstone};

    #[test]
    fn set_bits_are_found_where_they_were_set_cred_bsl_13() {
        let mut bits = empty();
        let places = [1, 7, 8, 4711, 131_071];
        for place in places {
            bits.set(usize::try_from(place).unwrap()).unwrap();
        }
        assert_eq!(set_bits(&bits).collect::<Vec<u32>>(), places);
        assert_eq!(set_bits(&empty()).count(), 0);
    }

    #[test]
    fn withdrawn_and_forgotten_awards_are_due_and_all_awards_hold_their_place() {
        let mut site = site();
        let date = moment("2026-08-01T00:00:00Z");
        site.awards = vec![award(1, 11), award(2, 12)];
        let revocation = Revocation { date, reason: None, note: None, replaced_by: None };
        site.revocations.insert(id(2), revocation.clone());
        site.revocations.insert(id(4), revocation);
        let stone = |issuer| Tombstone { date, issuer: slug(issuer), status_index: Some(13) };
        site.tombstones.insert(id(3), stone("club"));
        site.tombstones.insert(id(5), Tombstone { status_index: None, ..stone("club") });
        site.tombstones.insert(id(6), Tombstone { status_index: Some(99), ..stone("ferme") });
        let club = slug("club");
        assert_eq!(held(&site, &club), BTreeSet::from([11, 12, 13]));
        assert_eq!(due(&site, &club, &[]), BTreeSet::from([12, 13]));
        assert_eq!(due(&site, &club, &[(id(4), 14), (id(9), 15)]), BTreeSet::from([12, 13, 14]));
        assert_eq!(held(&site, &slug("ferme")), BTreeSet::from([99]));
    }
}
