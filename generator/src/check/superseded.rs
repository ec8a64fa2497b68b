//! `badges/superseded/<id>-<kid>.json`: the bytes that `reseal` took out of publication, kept as they were signed.
//!
//! They are published nowhere. They say what was signed before, so they must not change either, and those of a forgotten
//! award must not stay.

use camino::Utf8Path;
use rayon::prelude::*;

use super::proofs::{Keys, Voice};
use super::revocations::unknown_award;
use super::{Reading, fields, files, sealed};
use crate::diagnostic::Sink;
use crate::history::SUPERSEDED;
use crate::id::AwardId;
use crate::load::{SEALED_BYTES_MAX, Sources};
use crate::site::{Award, Class, Slug};

/// Looks at every kept file; `awards` is sorted by id.
pub(super) fn check(
    reading: &mut Reading<'_>,
    classes: &[Class],
    awards: &[Award],
    keys: &Keys<'_>,
) {
    let sources = reading.sources;
    let mut kept = Vec::new();
    for file in sources.below(SUPERSEDED) {
        let name = file.as_str().strip_prefix(SUPERSEDED).unwrap_or_default();
        let Some(stem) = name.strip_suffix(".json") else { continue };
        reading.used.insert(file.as_str());
        let id = stem.split_once('-').and_then(|(id, _)| AwardId::parse(id));
        let Some(id) = id else {
            reading.sink.report(fields::award_id_form(file, None, stem));
            continue;
        };
        if sources.awards().binary_search_by_key(&id, |award| award.id).is_err() {
            reading.sink.report(unknown_award(file, None, id));
            continue;
        }
        // What could not be read was reported where it is.
        kept.extend(issuer_of(classes, awards, id).map(|issuer| (file, issuer)));
    }
    if !keys.are_asked() {
        return;
    }
    let sinks: Vec<Sink> =
        kept.par_iter().map(|(file, issuer)| proofs(sources, keys, file, issuer)).collect();
    sinks.into_iter().for_each(|sink| reading.sink.absorb(sink));
}

fn issuer_of<'a>(classes: &'a [Class], awards: &[Award], id: AwardId) -> Option<&'a Slug> {
    let row = awards.get(awards.binary_search_by_key(&id, |award| award.id).ok()?)?;
    let class = classes.get(usize::try_from(row.class).ok()?)?;
    class.versions.get(&row.version).map(|version| &version.issuer)
}

fn proofs(sources: &Sources, keys: &Keys<'_>, file: &Utf8Path, issuer: &Slug) -> Sink {
    let mut sink = Sink::default();
    match sources.bytes(file, SEALED_BYTES_MAX) {
        Ok(bytes) => {
            if let Some(credential) = sealed::parse(&mut sink, file, &bytes) {
                keys.check_as(&mut sink, file, issuer, credential, Voice::Kept);
            }
        }
        Err(error) => sink.report(files::unreadable(file, &error)),
    }
    sink
}
