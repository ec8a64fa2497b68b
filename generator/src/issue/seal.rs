//! Sealing: signs what waits, and keeps the lists of withdrawn awards.
//!
//! The order makes a killed command harmless. For each issuer: its list is made before the first award names it; a class
//! version is frozen before an award means it; an award gets its place and is written; then the list is brought up to
//! date. Nothing but the sealed files says which places are taken, so the next run starts from what is really there, and
//! whatever a killed run drew and did not write was never anybody's.

mod lists;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;
use rayon::prelude::*;

use self::lists::Lists;
use super::files::{self, FileError, Files};
use super::freeze::{self, FreezeError};
use super::indexes::Indexes;
use super::randomness::Randomness;
use super::signer::{SignatureError, Signer};
use super::withdrawn::{self, ListError};
use crate::id::AwardId;
use crate::keys::KeyRing;
use crate::load::EVIDENCE_BYTES_MAX;
use crate::records::credential::{EvidenceFile, Sealing};
use crate::records::{Facet, Records, digest};
use crate::site::{AwardEvent, Class, ClassVersion, Issuer, IssuerKey, Site, Slug};

/// Awards that are signed and brought to the disk together.
const BATCH: usize = 256;

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
        let mut lists = Lists::of(self)?;
        let pending = self.pending()?;
        let due = withdrawn::due(self.site, slug, &[]);
        let behind = lists.behind(&due);
        if pending.is_empty() && behind.is_empty() {
            return Ok(());
        }
        let Some((key, secret)) = super::signing_key(self.issuer, ring) else {
            let waiting = Waiting { awards: pending.len(), list: !behind.is_empty() };
            report.waiting.insert(slug.clone(), waiting);
            return Ok(());
        };
        let key = Key { key, secret };
        if !behind.is_empty() {
            lists.publish(&behind, &due, key)?;
            report.lists.push(slug.clone());
        }
        let fresh = self.awards(&pending, &mut lists, key, random, report)?;
        let due = withdrawn::due(self.site, slug, &fresh);
        let behind = lists.behind(&due);
        if !behind.is_empty() {
            lists.publish(&behind, &due, key)?;
            if report.lists.last() != Some(slug) {
                report.lists.push(slug.clone());
            }
        }
        Ok(())
    }

    /// Signs what waits, and says which place each got. The list is made, or made longer, before an award names a place
    /// in it.
    fn awards(
        &self,
        pending: &[(&'a AwardEvent, &'a Class, &'a ClassVersion)],
        lists: &mut Lists<'a>,
        key: Key<'_>,
        random: &mut dyn Randomness,
        report: &mut Report,
    ) -> Result<Vec<(AwardId, u32)>, SealError> {
        let slug = &self.issuer.slug;
        if pending.is_empty() {
            return Ok(Vec::new());
        }
        let mut taken = withdrawn::held(self.site, slug);
        taken.extend(withdrawn::set_bits(&lists.bits));
        if lists.make_room(pending.len(), &taken) {
            lists.publish(&[0], &BTreeSet::new(), key)?;
            if report.lists.last() != Some(slug) {
                report.lists.push(slug.clone());
            }
        }
        let places = u32::try_from(lists.bits.bits()).unwrap_or(u32::MAX);
        let mut indexes = Indexes::new(places, taken);
        let Self { records, issuer, .. } = *self;
        let signer = Signer::new(records, issuer, key.key, key.secret, self.now);
        let pen = Pen { root: self.files.root(), records, issuer, signer };
        let mut fresh = Vec::new();
        let mut frozen = BTreeMap::new();
        for batch in pending.chunks(BATCH) {
            let mut drawn = Vec::with_capacity(batch.len());
            for (event, class, version) in batch {
                let index = indexes.draw(random);
                let index = index.ok_or_else(|| SealError::ListFull { issuer: slug.clone() })?;
                self.frozen(class, version, &mut frozen, report)?;
                drawn.push((*event, *class, version.number, index));
            }
            let signed = drawn.par_iter().map(|(event, class, number, index)| {
                let kept = frozen.get(&(&class.slug, *number));
                let version = kept.ok_or(SealError::UnknownVersion { award: event.id })?;
                Ok((sealed_path(event), pen.award(event, class, version, *index)?))
            });
            let signed = signed.collect::<Result<Vec<_>, SealError>>()?;
            if let Some((path, _)) = signed.iter().find(|(path, _)| self.files.has(path)) {
                return Err(FileError::Exists { path: path.clone() }.into());
            }
            self.files.replace_all(&signed)?;
            for (event, _, _, index) in drawn {
                fresh.push((event.id, index));
                report.sealed.push(event.id);
            }
        }
        Ok(fresh)
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
}

/// What signs the awards of one issuer, on all threads at once.
struct Pen<'a> {
    root: &'a Utf8Path,
    records: &'a Records<'a>,
    issuer: &'a Issuer,
    signer: Signer<'a>,
}

impl Pen<'_> {
    fn award(
        &self,
        event: &AwardEvent,
        class: &Class,
        version: &ClassVersion,
        status_index: u32,
    ) -> Result<Vec<u8>, SealError> {
        let facet = Facet { class, version, level: event.level, lang: &event.lang };
        let evidence = self.evidence(event)?;
        let sealing = Sealing { facet, issuer: self.issuer, status_index, files: &evidence };
        let credential = self.records.credential(event, &sealing);
        self.signer
            .seal(credential, |mut credential, proof| {
                credential.proof = Some(proof);
                credential
            })
            .map_err(|error| SealError::Award { award: event.id, error })
    }

    fn evidence(&self, event: &AwardEvent) -> Result<Vec<EvidenceFile>, SealError> {
        let folder = self.root.join(evidence_folder(event.id));
        let names = event.evidence.iter().filter_map(|seen| seen.file.as_ref());
        let file = |name: &String| -> Result<EvidenceFile, SealError> {
            let bytes = files::read(&folder.join(name), EVIDENCE_BYTES_MAX)?;
            Ok(EvidenceFile { name: name.clone(), digest_sri: digest::sri(&bytes) })
        };
        names.map(file).collect()
    }
}

/// A key of the issuer, and its secret half.
#[derive(Clone, Copy)]
struct Key<'k> {
    key: &'k IssuerKey,
    secret: &'k SigningKey,
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
    /// Every place is taken, and a longer list would be more than readers take.
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
