//! `badges/revocations/<id>.yaml` and `badges/tombstones/<id>.yaml`: what was withdrawn, and what was forgotten.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::Reading;
use super::classes::issuer_named;
use super::fields::{self, BareDate, Doc};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::AwardId;
use crate::load::Sources;
use crate::load::yaml::Node;
use crate::site::{Reason, Revocation, Settings, Tombstone};

const REVOCATIONS: &str = "badges/revocations/";
const TOMBSTONES: &str = "badges/tombstones/";

/// The public reasons.
pub(super) const REASONS: &[(&str, Reason)] = &[
    ("error", Reason::Error),
    ("superseded", Reason::Superseded),
    ("holder-request", Reason::HolderRequest),
    ("criteria-not-met", Reason::CriteriaNotMet),
    ("term-ended", Reason::TermEnded),
    ("other", Reason::Other),
];

/// What is no more, by id.
#[derive(Debug, Default)]
pub(super) struct Withdrawn {
    pub(super) revocations: BTreeMap<AwardId, Revocation>,
    pub(super) tombstones: BTreeMap<AwardId, Tombstone>,
}

/// The file of a revocation.
pub(super) fn revocation_path(id: AwardId) -> Utf8PathBuf {
    format!("{REVOCATIONS}{id}.yaml").into()
}

/// The file of a forgotten award.
pub(super) fn tombstone_path(id: AwardId) -> Utf8PathBuf {
    format!("{TOMBSTONES}{id}.yaml").into()
}

/// Reads both folders.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
    issuers: &BTreeSet<&str>,
) -> Withdrawn {
    let mut withdrawn = Withdrawn::default();
    for_each(reading, settings, TOMBSTONES, |doc, root, id, sources| {
        if has_award(sources, id) {
            doc.sink.report(tombstone_and_award(doc.file, id));
        }
        withdrawn.tombstones.extend(tombstone(doc, root, issuers).map(|found| (id, found)));
    });
    for_each(reading, settings, REVOCATIONS, |doc, root, id, sources| {
        let exists = |id: AwardId| has_award(sources, id) || withdrawn.tombstones.contains_key(&id);
        if !exists(id) {
            doc.sink.report(unknown_award(doc.file, None, id));
        }
        withdrawn.revocations.extend(revocation(doc, root, &exists).map(|found| (id, found)));
    });
    withdrawn
}

fn for_each(
    reading: &mut Reading<'_>,
    settings: &Settings,
    folder: &str,
    mut read: impl FnMut(&mut Doc<'_>, &Node<'_>, AwardId, &Sources),
) {
    let sources = reading.sources;
    for file in sources.below(folder) {
        let name = file.as_str().strip_prefix(folder).unwrap_or_default();
        let Some(name) = name.strip_suffix(".yaml") else { continue };
        let Some(text) = reading.text(file) else { continue };
        let Some(id) = AwardId::parse(name) else {
            reading.sink.report(fields::award_id_form(file, None, name));
            continue;
        };
        let Some(root) = reading.yaml(file, &text) else { continue };
        let mut doc = reading.doc(file, settings, &settings.languages);
        read(&mut doc, &root, id, sources);
    }
}

fn has_award(sources: &Sources, id: AwardId) -> bool {
    sources.awards().binary_search_by_key(&id, |award| award.id).is_ok()
}

fn revocation(
    doc: &mut Doc<'_>,
    root: &Node<'_>,
    exists: &dyn Fn(AwardId) -> bool,
) -> Option<Revocation> {
    let map = doc.map(root, &["date", "reason", "note", "replaced_by"])?;
    let date = doc.need(&map, "date", |doc, node| doc.moment(node, BareDate::Begins));
    let reason = doc.may(&map, "reason", |doc, node| doc.one_of(node, REASONS));
    let note = doc.may(&map, "note", Doc::text);
    let replaced_by = doc.may(&map, "replaced_by", |doc, node| award_named(doc, node, exists));
    Some(Revocation { date: date?, reason, note, replaced_by })
}

fn tombstone(doc: &mut Doc<'_>, root: &Node<'_>, issuers: &BTreeSet<&str>) -> Option<Tombstone> {
    let map = doc.map(root, &["date", "issuer", "status_index"])?;
    let date = doc.need(&map, "date", |doc, node| doc.moment(node, BareDate::Begins));
    let issuer = doc.need(&map, "issuer", |doc, node| issuer_named(doc, node, issuers));
    let index = doc.may(&map, "status_index", |doc, node| doc.number(node, &(1..=u32::MAX)));
    Some(Tombstone { date: date?, issuer: issuer?, status_index: index })
}

/// Reads the id of an award that is there, or was.
pub(super) fn award_named(
    doc: &mut Doc<'_>,
    node: &Node<'_>,
    exists: &dyn Fn(AwardId) -> bool,
) -> Option<AwardId> {
    let id = doc.award_id(node)?;
    if !exists(id) {
        doc.sink.report(unknown_award(doc.file, Some(node.span), id));
        return None;
    }
    Some(id)
}

pub(super) fn unknown_award(file: &Utf8Path, span: Option<Span>, id: AwardId) -> Diagnostic {
    Diagnostic { span, ..Diagnostic::new(Code::UnknownAward, file) }.with("id", id.text())
}

fn tombstone_and_award(file: &Utf8Path, id: AwardId) -> Diagnostic {
    Diagnostic::new(Code::TombstoneAndAward, file).with("id", id.text())
}
