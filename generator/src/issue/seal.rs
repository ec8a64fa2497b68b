//! Sealing: signs what waits, and keeps the lists of withdrawn awards.
//!
//! The order makes a killed command harmless. For each issuer: its list is made before the first award names it; a class
//! version is frozen before an award means it; an award gets its place and is written; then the list is brought up to
//! date. Nothing but the sealed files says which places are taken, so the next run starts from what is really there, and
//! whatever a killed run drew and did not write was never anybody's.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::status::Bitstring;
use openbadges::time::Timestamp;

use super::files::{FileError, Files};
use super::freeze::{self, FreezeError};
use super::indexes::Indexes;
use super::randomness::Randomness;
use super::signer::{SignatureError, Signer};
use super::withdrawn::{self, ListError, Published};
use crate::id::AwardId;
use crate::keys::KeyRing;
use crate::load::EVIDENCE_BYTES_MAX;
use crate::records::credential::{EvidenceFile, Sealing};
use crate::records::{Facet, Records, digest};
use crate::site::{AwardEvent, Class, ClassVersion, Issuer, Site, Slug};

/// What was done, and what could not be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Awards that were signed.
    pub sealed: Vec<AwardId>,
    /// Class versions that will not change any more.
    pub frozen: Vec<(Slug, u32)>,
    /// Issuers whose list was made or changed.
    pub lists: Vec<Slug>,
    /// What waits for a key that is not at hand.
    pub waiting: BTreeMap<Slug, Waiting>,
}

impl Report {
    /// Whether any file was written.
    #[must_use]
    pub fn changed(&self) -> bool {
        !(self.sealed.is_empty() && self.frozen.is_empty() && self.lists.is_empty())
    }
}

/// What an issuer's missing key keeps waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Awards to be signed.
    pub awards: usize,
    /// Whether the list does not yet say what it should.
    pub list: bool,
}

/// Seals what waits. Running it again changes nothing.
///
/// `files` holds the repository for this command alone, and was taken before `site` was read.
///
/// # Errors
/// [`SealError`]; what was sealed before it stays sealed.
pub fn seal(
    site: &Site,
    files: &Files,
    ring: &KeyRing,
    now: Timestamp,
    random: &mut dyn Randomness,
) -> Result<Report, SealError> {
    let records = Records::of(site);
    let mut report = Report::default();
    for issuer in site.issuers.values() {
        let sealer = Sealer { site, files, records: &records, issuer, now };
        sealer.run(ring, random, &mut report)?;
    }
    files.settle()?;
    Ok(report)
}

/// The work for one issuer.
struct Sealer<'a> {
    site: &'a Site,
    files: &'a Files,
    records: &'a Records<'a>,
    issuer: &'a Issuer,
    now: Timestamp,
}

impl<'a> Sealer<'a> {
    fn run(
        &self,
        ring: &KeyRing,
        random: &mut dyn Randomness,
        report: &mut Report,
    ) -> Result<(), SealError> {
        let slug = &self.issuer.slug;
        let published = Published::read(self.issuer)
            .map_err(|error| SealError::List { issuer: slug.clone(), error })?;
        let pending = self.pending()?;
        let due = withdrawn::due(self.site, slug, &[]);
        let held = withdrawn::held(self.site, slug);
        let list_is_due = match &published {
            Some(list) => !list.stands || due.iter().any(|index| !is_set(&list.bits, *index)),
            None => !held.is_empty(),
        };
        if pending.is_empty() && !list_is_due {
            return Ok(());
        }
        let Some((key, secret)) = super::signing_key(self.issuer, ring) else {
            let waiting = Waiting { awards: pending.len(), list: list_is_due };
            report.waiting.insert(slug.clone(), waiting);
            return Ok(());
        };
        let signer = Signer::new(self.records, self.issuer, key, secret, self.now);
        let since = published.as_ref().and_then(|list| list.valid_from);
        let since = since.map_or(self.now, |since| since.max(self.now));
        let mut bits = published.as_ref().map_or_else(withdrawn::empty, |list| list.bits.clone());
        if published.is_none() || list_is_due {
            self.publish_list(&mut bits, &due, since, &signer)?;
            report.lists.push(slug.clone());
        }
        let taken = held.into_iter().chain(withdrawn::set_bits(&bits));
        let mut indexes = Indexes::new(u32::try_from(bits.bits()).unwrap_or(u32::MAX), taken);
        let mut fresh = Vec::new();
        let mut frozen = BTreeMap::new();
        for (event, class, version) in pending {
            let index = indexes.draw(random);
            let index = index.ok_or_else(|| SealError::ListFull { issuer: slug.clone() })?;
            let version = self.frozen(class, version, &mut frozen, report)?;
            self.award(event, class, version, index, &signer)?;
            fresh.push((event.id, index));
            report.sealed.push(event.id);
        }
        let due = withdrawn::due(self.site, slug, &fresh);
        if due.iter().any(|index| !is_set(&bits, *index)) {
            self.publish_list(&mut bits, &due, since, &signer)?;
            if report.lists.last() != Some(slug) {
                report.lists.push(slug.clone());
            }
        }
        Ok(())
    }

    /// The awards of this issuer that wait, with what they mean.
    fn pending(&self) -> Result<Vec<(&'a AwardEvent, &'a Class, &'a ClassVersion)>, SealError> {
        let mut pending = Vec::new();
        for event in &self.site.pending {
            let class = self.site.classes.iter().find(|class| class.slug == event.class);
            let version = class.and_then(|class| class.versions.get(&event.version));
            let (Some(class), Some(version)) = (class, version) else {
                return Err(SealError::UnknownVersion { award: event.id });
            };
            if version.issuer == self.issuer.slug {
                pending.push((event, class, version));
            }
        }
        Ok(pending)
    }

    /// The version as it is kept for ever, freezing it when this is its first award.
    fn frozen<'f>(
        &self,
        class: &'a Class,
        version: &'a ClassVersion,
        kept: &'f mut BTreeMap<(&'a Slug, u32), ClassVersion>,
        report: &mut Report,
    ) -> Result<&'f ClassVersion, SealError> {
        match kept.entry((&class.slug, version.number)) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let frozen = freeze::freeze(self.files, class, version)
                    .map_err(|error| SealError::Freeze { class: class.slug.clone(), error })?;
                if frozen.new {
                    report.frozen.push((class.slug.clone(), version.number));
                }
                Ok(entry.insert(frozen.version))
            }
        }
    }

    fn award(
        &self,
        event: &AwardEvent,
        class: &Class,
        version: &ClassVersion,
        status_index: u32,
        signer: &Signer<'_>,
    ) -> Result<(), SealError> {
        let facet = Facet { class, version, level: event.level, lang: &event.lang };
        let evidence = self.evidence(event)?;
        let sealing = Sealing { facet, issuer: self.issuer, status_index, files: &evidence };
        let credential = self.records.credential(event, &sealing);
        let bytes = signer
            .seal(credential, |mut credential, proof| {
                credential.proof = Some(proof);
                credential
            })
            .map_err(|error| SealError::Award { award: event.id, error })?;
        Ok(self.files.create(&sealed_path(event), &bytes)?)
    }

    fn evidence(&self, event: &AwardEvent) -> Result<Vec<EvidenceFile>, SealError> {
        let folder = evidence_folder(event.id);
        let names = event.evidence.iter().filter_map(|seen| seen.file.as_ref());
        let file = |name: &String| -> Result<EvidenceFile, SealError> {
            let bytes = self.files.read(&folder.join(name), EVIDENCE_BYTES_MAX)?;
            Ok(EvidenceFile { name: name.clone(), digest_sri: digest::sri(&bytes) })
        };
        names.map(file).collect()
    }

    /// Sets what is due and signs the list. A bit that is set stays set (CRED-BSL-42).
    fn publish_list(
        &self,
        bits: &mut Bitstring,
        due: &BTreeSet<u32>,
        since: Timestamp,
        signer: &Signer<'_>,
    ) -> Result<(), SealError> {
        let slug = &self.issuer.slug;
        for index in due {
            let set = usize::try_from(*index).map(|index| bits.set(index));
            if !matches!(set, Ok(Ok(()))) {
                return Err(SealError::IndexOutside { issuer: slug.clone(), index: *index });
            }
        }
        let list = self.records.status_list(self.issuer, bits, since);
        let bytes = signer
            .seal(list, |mut list, proof| {
                list.proof = Some(proof);
                list
            })
            .map_err(|error| SealError::ListSignature { issuer: slug.clone(), error })?;
        Ok(self.files.replace(&list_path(slug), &bytes)?)
    }
}

fn is_set(bits: &Bitstring, index: u32) -> bool {
    usize::try_from(index).ok().and_then(|index| bits.get(index)) == Some(true)
}

/// The sealed file stands beside its event.
#[must_use]
pub fn sealed_path(event: &AwardEvent) -> Utf8PathBuf {
    event.file.with_extension("json")
}

/// `badges/evidence/<id>`.
#[must_use]
pub fn evidence_folder(id: AwardId) -> Utf8PathBuf {
    Utf8Path::new("badges/evidence").join(id.text())
}

/// `badges/issuers/<slug>/status/revocation-1.json`.
#[must_use]
pub fn list_path(issuer: &Slug) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("badges/issuers/{issuer}/status/revocation-1.json"))
}

/// Why something is not sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The class version could not be frozen.
    #[error("class `{class}` cannot be frozen: {error}")]
    Freeze {
        /// Which.
        class: Slug,
        /// Why.
        error: FreezeError,
    },
    /// The award could not be signed.
    #[error("award {award} cannot be signed: {error}")]
    Award {
        /// Which.
        award: AwardId,
        /// Why.
        error: SignatureError,
    },
    /// The list could not be signed.
    #[error("the list of `{issuer}` cannot be signed: {error}")]
    ListSignature {
        /// Whose.
        issuer: Slug,
        /// Why.
        error: SignatureError,
    },
    /// The published list cannot be read.
    #[error("the list of `{issuer}` cannot be read: {error}")]
    List {
        /// Whose.
        issuer: Slug,
        /// Why.
        error: ListError,
    },
    /// Every place is taken.
    #[error("the list of `{issuer}` is full")]
    ListFull {
        /// Whose.
        issuer: Slug,
    },
    /// An award holds a place beyond the end of the list.
    #[error("the list of `{issuer}` has no place {index}")]
    IndexOutside {
        /// Whose.
        issuer: Slug,
        /// The place.
        index: u32,
    },
    /// `check` takes no award of a version that is not there, so this is our mistake.
    #[error("award {award} names a class version that is not there")]
    UnknownVersion {
        /// Which.
        award: AwardId,
    },
}

#[cfg(test)]
mod tests;
