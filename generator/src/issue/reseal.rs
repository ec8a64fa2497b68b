//! Signing again, after a theft, what the stolen key signed for the issuer.
//!
//! From the moment a key is declared compromised nothing it signed counts, whatever its date, because a thief chooses
//! dates. The issuer says once more what it said: each sealed award that stands in the repository is signed by another
//! key, under the same address, word for word; `awardedDate` stays and `validFrom` moves (OB3-AC-10), so that readers see
//! which copy is the newer one. The old bytes go to `badges/superseded/`.
//!
//! What was changed since the old key signed it is not signed again. A withdrawn award is not either: its signature would
//! prove nothing that its place in the list does not deny.
//!
//! The order makes a killed command harmless: the key is declared, then each award keeps its old bytes aside before it
//! gets its new ones. Run again, it goes on with what the key still signs.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::json;
use openbadges::jsonld::ContextStore;
use openbadges::key::{PublicKey, SigningKey};
use openbadges::ob3::OpenBadgeCredential;
use openbadges::proof::{self, Proof, Secured};
use openbadges::time::Timestamp;
use rayon::prelude::*;
use serde_json::Value;

use super::files::{self, FileError, Files};
use super::key_end::{KEY_FILE_BYTES_MAX, KeyEnd};
use super::signer::{SignatureError, Signer};
use crate::history::SUPERSEDED;
use crate::id::AwardId;
use crate::keys::KeyRing;
use crate::load::SEALED_BYTES_MAX;
use crate::records::Records;
use crate::site::{Award, Issuer, IssuerKey, KeyState, Site, Slug};

/// Copies of one award by one key that are told apart: after that somebody has to look.
const COPIES_MAX: u32 = 100;

/// Awards that are signed and brought to the disk together.
const BATCH: usize = 256;

/// What somebody asks for.
#[derive(Debug, Clone, Copy)]
pub struct ResealRequest<'a> {
    /// The stolen key.
    pub kid: &'a str,
    /// Whose it is, when several issuers have one of that name.
    pub issuer: Option<&'a Slug>,
    /// Why it does not count any more, when its file does not say so yet.
    pub reason: Option<&'a str>,
}

/// What is to be done. Nothing was written.
#[derive(Debug)]
pub struct Resealing {
    /// Whose key it is.
    pub issuer: Slug,
    /// The stolen key.
    pub kid: String,
    /// The key that signs instead.
    pub by: String,
    /// The file of the stolen key with the lines that declare it; `None` when it is declared already.
    pub declaration: Option<(Utf8PathBuf, String)>,
    /// What is signed again, sorted by id.
    pub awards: Vec<Again>,
    /// Withdrawn awards that keep the signature that counts for nothing.
    pub withdrawn: Vec<AwardId>,
}

/// An award that the stolen key signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Its id.
    pub id: AwardId,
    /// Its class.
    pub class: Slug,
    /// When it was awarded, by its event.
    pub awarded: Timestamp,
    /// When it was signed, by the signature: whoever has the key can write another date.
    pub signed: Option<Timestamp>,
    /// The sealed file.
    pub file: Utf8PathBuf,
    base: u8,
}

/// Finds everything that a stolen key signed and that another key at hand can sign instead.
///
/// # Errors
/// [`ResealError`].
pub fn plan(
    site: &Site,
    files: &Files,
    request: &ResealRequest<'_>,
    ring: &KeyRing,
    now: Timestamp,
) -> Result<Resealing, ResealError> {
    let (issuer, stolen) = named(site, request)?;
    let (by, _) = instead(issuer, stolen, ring)?;
    let declaration = declaration(files, issuer, stolen, request.reason, now)?;
    let mut awards = Vec::new();
    let mut withdrawn = Vec::new();
    let signed: Vec<Option<Again>> = site
        .awards
        .par_iter()
        .map(|award| signed_by(site, issuer, &stolen.public, award))
        .collect::<Result<_, ResealError>>()?;
    for again in signed.into_iter().flatten() {
        if site.revocations.contains_key(&again.id) {
            withdrawn.push(again.id);
        } else {
            awards.push(again);
        }
    }
    Ok(Resealing {
        issuer: issuer.slug.clone(),
        kid: stolen.kid.clone(),
        by: by.kid.clone(),
        declaration,
        awards,
        withdrawn,
    })
}

/// Declares the key, and signs again.
///
/// # Errors
/// [`ResealError`]; what was signed before stays, and running it again goes on from there.
pub fn perform(
    site: &Site,
    files: &Files,
    resealing: &Resealing,
    ring: &KeyRing,
    now: Timestamp,
) -> Result<(), ResealError> {
    let Resealing { issuer, kid, .. } = resealing;
    let request = ResealRequest { kid, issuer: Some(issuer), reason: None };
    let (issuer, stolen) = named(site, &request)?;
    let (key, secret) = instead(issuer, stolen, ring)?;
    if let Some((file, text)) = &resealing.declaration {
        files.replace(file, text.as_bytes())?;
        files.settle()?;
    }
    let mut by_base: BTreeMap<u8, Vec<&Again>> = BTreeMap::new();
    for again in &resealing.awards {
        by_base.entry(again.base).or_default().push(again);
    }
    for (base, awards) in by_base {
        let former = if base == 0 { None } else { site.at_former(base) };
        let records = Records::of(former.as_ref().unwrap_or(site));
        let signer = Signer::new(&records, issuer, key, secret, now);
        for batch in awards.chunks(BATCH) {
            let root = files.root();
            let signed = batch.par_iter().map(|again| sign(root, again, &signer, now));
            let signed = signed.collect::<Result<Vec<Signed>, ResealError>>()?;
            let (mut old, mut new) = (Vec::new(), Vec::new());
            for (again, signed) in batch.iter().zip(signed) {
                let kept = place_to_keep(files, again.id, &stolen.kid, &signed.old)?;
                old.push((kept, signed.old));
                new.push((again.file.clone(), signed.new));
            }
            files.replace_all(&old)?;
            files.settle()?;
            files.replace_all(&new)?;
        }
    }
    Ok(files.settle()?)
}

/// The issuer and the key that are meant.
fn named<'s>(
    site: &'s Site,
    request: &ResealRequest<'_>,
) -> Result<(&'s Issuer, &'s IssuerKey), ResealError> {
    let kid = request.kid;
    if let Some(slug) = request.issuer
        && !site.issuers.contains_key(slug)
    {
        return Err(ResealError::UnknownIssuer { issuer: slug.clone() });
    }
    let meant =
        site.issuers.values().filter(|it| request.issuer.is_none_or(|slug| it.slug == *slug));
    let having: Vec<(&Issuer, &IssuerKey)> =
        meant.filter_map(|issuer| Some((issuer, issuer.keys.get(kid)?))).collect();
    match having.as_slice() {
        [one] => Ok(*one),
        [] => {
            let keys = site.issuers.values().flat_map(|issuer| issuer.keys.keys().cloned());
            let mut known: Vec<String> = keys.collect();
            known.sort();
            known.dedup();
            Err(ResealError::UnknownKey { kid: kid.to_owned(), known })
        }
        several => {
            let issuers = several.iter().map(|(issuer, _)| issuer.slug.clone()).collect();
            Err(ResealError::SeveralIssuers { kid: kid.to_owned(), issuers })
        }
    }
}

/// The youngest active key at hand that is not the stolen one.
fn instead<'a>(
    issuer: &'a Issuer,
    stolen: &IssuerKey,
    ring: &'a KeyRing,
) -> Result<(&'a IssuerKey, &'a SigningKey), ResealError> {
    let is_left = |key: &&IssuerKey| key.state == KeyState::Active && key.kid != stolen.kid;
    let left = || issuer.keys.values().filter(is_left);
    let at_hand = left().filter_map(|key| ring.find(&key.public).map(|secret| (key, secret)));
    at_hand.max_by_key(|(key, _)| (key.created, key.kid.as_str())).ok_or_else(|| {
        let issuer = issuer.slug.clone();
        let wanted: Vec<String> = left().map(|key| key.kid.clone()).collect();
        if wanted.is_empty() {
            ResealError::NoOtherKey { issuer }
        } else {
            ResealError::NotAtHand { issuer, wanted }
        }
    })
}

fn declaration(
    files: &Files,
    issuer: &Issuer,
    stolen: &IssuerKey,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<Option<(Utf8PathBuf, String)>, ResealError> {
    if matches!(stolen.state, KeyState::Revoked { .. }) {
        return Ok(None);
    }
    let kid = &stolen.kid;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).ok_or_else(|| {
        ResealError::NotDeclared { issuer: issuer.slug.clone(), kid: kid.clone() }
    })?;
    let file = Utf8PathBuf::from(format!("badges/issuers/{}/keys/{kid}.yaml", issuer.slug));
    let bytes = files.read(&file, KEY_FILE_BYTES_MAX)?;
    let end = KeyEnd::Compromised { reason };
    // A key that was made in the future by the calendar of this machine cannot end before that.
    let day = now.max(stolen.created).date();
    let text = std::str::from_utf8(&bytes).ok().and_then(|text| end.append(text, &day));
    match text {
        Some(text) => Ok(Some((file, text))),
        None => Err(ResealError::KeyFile { file, lines: end.lines(&day) }),
    }
}

/// The award, if it is sealed with `key`. Its signatures are checked: the theft of a key must not hide a changed file.
fn signed_by(
    site: &Site,
    issuer: &Issuer,
    key: &PublicKey,
    award: &Award,
) -> Result<Option<Again>, ResealError> {
    let class = usize::try_from(award.class).ok().and_then(|at| site.classes.get(at));
    let version = class.and_then(|class| class.versions.get(&award.version));
    let (Some(class), Some(version)) = (class, version) else { return Ok(None) };
    if version.issuer != issuer.slug {
        return Ok(None);
    }
    let file = Utf8Path::new(&*award.sealed);
    let changed = || ResealError::Changed { award: award.id, file: file.to_owned() };
    let bytes = files::read(&site.root.join(file), SEALED_BYTES_MAX)?;
    let document = json::parse(&bytes).map_err(|_| changed())?;
    let Secured { unsecured, proofs } = Secured::split(document).map_err(|_| changed())?;
    let multikey = key.to_multikey();
    let mut signed = None;
    let mut by_it = 0;
    for proof in &proofs {
        let read = Proof::parse(proof).map_err(|_| changed())?;
        if read.verification_method.split_fragment().1 == Some(&multikey) {
            proof::verify(&unsecured, proof, key, ContextStore::embedded())
                .map_err(|_| changed())?;
            signed = signed.max(read.created);
            by_it += 1;
        }
    }
    match by_it {
        0 => Ok(None),
        all if all == proofs.len() => Ok(Some(Again {
            id: award.id,
            class: class.slug.clone(),
            awarded: award.awarded,
            signed,
            file: file.to_owned(),
            base: award.base,
        })),
        _ => Err(changed()),
    }
}

/// The bytes of a sealed file, before and after.
struct Signed {
    old: Vec<u8>,
    new: Vec<u8>,
}

fn sign(
    root: &Utf8Path,
    again: &Again,
    signer: &Signer<'_>,
    now: Timestamp,
) -> Result<Signed, ResealError> {
    let changed = || ResealError::Changed { award: again.id, file: again.file.clone() };
    let old = files::read(&root.join(&again.file), SEALED_BYTES_MAX)?;
    let document = json::parse(&old).map_err(|_| changed())?;
    let Secured { unsecured, .. } = Secured::split(document).map_err(|_| changed())?;
    let mut credential: OpenBadgeCredential =
        serde_json::from_value(unsecured.clone()).map_err(|_| changed())?;
    // Word for word: a member that our types do not hold would be lost.
    if serde_json::to_value(&credential).ok().as_ref() != Some(&unsecured) {
        return Err(ResealError::Foreign { award: again.id, file: again.file.clone() });
    }
    let first = credential.valid_from.moment();
    if credential.awarded_date.is_none() {
        credential.awarded_date = Some(credential.valid_from.clone());
    }
    // An award that is over keeps its days: nothing begins after it has ended.
    let is_over = credential.valid_until.as_ref().is_some_and(|until| until.moment() <= now);
    if !is_over {
        credential.valid_from = first.max(now).into();
    }
    let new = signer
        .seal(credential, |mut credential, proof: Value| {
            credential.proof = Some(proof);
            credential
        })
        .map_err(|error| ResealError::Signature { award: again.id, error })?;
    Ok(Signed { old, new })
}

/// `badges/superseded/<id>-<kid>.json`, or with a number behind it; where these bytes are already when a killed command kept
/// them.
fn place_to_keep(
    files: &Files,
    id: AwardId,
    kid: &str,
    bytes: &[u8],
) -> Result<Utf8PathBuf, ResealError> {
    let place = |copy: u32| {
        let number = if copy > 1 { format!("-{copy}") } else { String::new() };
        Utf8PathBuf::from(format!("{SUPERSEDED}{id}-{kid}{number}.json"))
    };
    let free = (1..=COPIES_MAX).map(place).find(|file| {
        !files.has(file) || files.read(file, SEALED_BYTES_MAX).is_ok_and(|kept| kept == bytes)
    });
    free.ok_or_else(|| FileError::Exists { path: place(1) }.into())
}

/// Why nothing is signed again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResealError {
    /// No such folder.
    #[error("there is no issuer `{issuer}`")]
    UnknownIssuer {
        /// The slug that was typed.
        issuer: Slug,
    },
    /// No such key.
    #[error("there is no key `{kid}`")]
    UnknownKey {
        /// What was typed.
        kid: String,
        /// The keys there are.
        known: Vec<String>,
    },
    /// Several issuers have a key of that name.
    #[error("several issuers have a key `{kid}`")]
    SeveralIssuers {
        /// What was typed.
        kid: String,
        /// Who has one.
        issuers: Vec<Slug>,
    },
    /// Nothing says that the key does not count any more, and no reason was given.
    #[error("`{kid}` of `{issuer}` is not declared compromised")]
    NotDeclared {
        /// Whose.
        issuer: Slug,
        /// Which.
        kid: String,
    },
    /// There is no other key that may sign.
    #[error("`{issuer}` has no other active key")]
    NoOtherKey {
        /// Whose.
        issuer: Slug,
    },
    /// There is one, and its secret half is not here.
    #[error("no other active key of `{issuer}` is at hand")]
    NotAtHand {
        /// Whose.
        issuer: Slug,
        /// Any of these would do.
        wanted: Vec<String>,
    },
    /// The file of the key is not written so that a line can be added.
    #[error("`{file}` takes no line at its end")]
    KeyFile {
        /// Which.
        file: Utf8PathBuf,
        /// What has to be in it.
        lines: String,
    },
    /// It is not what the key signed.
    #[error("`{file}` was changed after it was signed")]
    Changed {
        /// Which.
        award: AwardId,
        /// Its sealed file.
        file: Utf8PathBuf,
    },
    /// It holds what no version of this program signs.
    #[error("`{file}` holds members of another program")]
    Foreign {
        /// Which.
        award: AwardId,
        /// Its sealed file.
        file: Utf8PathBuf,
    },
    /// It could not be signed.
    #[error("award {award} cannot be signed: {error}")]
    Signature {
        /// Which.
        award: AwardId,
        /// Why.
        error: SignatureError,
    },
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}
