//! The working tree against a revision: what was published once may be added to, and changes in the few ways that leave
//! a trace. An award goes with a tombstone, a signature is renewed with its old bytes kept, a bit is set.
//!
//! Nothing here needs a [`Site`](crate::site::Site), so it also speaks where other rules stop.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use openbadges::json;
use openbadges::status::{DecodeBounds, StatusList};
use openbadges::time::Timestamp;
use serde_json::Value;

use super::revocations::tombstone_path;
use super::urls::LEDGER;
use super::{evidence, issuers};
use crate::diagnostic::{Code, Diagnostic, Sink, Span};
use crate::history::{Lost, Now, Past, SUPERSEDED, Was};
use crate::id::AwardId;
use crate::load::yaml::{self, Content, Node};
use crate::load::{ASSERTIONS, SEALED_BYTES_MAX, Sources};

/// What may change in the event of a sealed award: it is on the page, and in no signature.
const FREE: [&str; 2] = ["visibility", "holder"];

/// The folder of tombstones.
const TOMBSTONES: &str = "badges/tombstones/";

/// Everything that was published at a revision and is not as it must be.
#[must_use]
pub fn past(sources: &Sources, past: &Past) -> Sink {
    let mut sink = Sink::default();
    let sealed = past.files.keys().filter_map(|path| award_of(path, ".json")).collect();
    let compared = Compared { sources, past, sealed };
    for (path, was) in past.files.iter().filter(|(_, was)| was.now != Now::Same) {
        compared.file(&mut sink, path, was);
    }
    sink
}

/// Sealed awards that git remembers and the working tree has not: signing them anew would give one address two meanings.
#[must_use]
pub fn lost(sources: &Sources, lost: &BTreeMap<AwardId, Lost>) -> Sink {
    let mut sink = Sink::default();
    for (id, lost) in lost.iter().filter(|(id, _)| !is_forgotten(sources, **id)) {
        sink.report(sealed_missing(&lost.file, Some(*id), &lost.revision));
    }
    sink
}

fn is_forgotten(sources: &Sources, id: AwardId) -> bool {
    sources.has(tombstone_path(id).as_str())
}

/// The id in a file name below `badges/assertions/`.
fn award_of(path: &str, extension: &str) -> Option<AwardId> {
    let name = path.strip_prefix(ASSERTIONS)?.rsplit('/').next()?;
    AwardId::parse(name.strip_suffix(extension)?)
}

struct Compared<'a> {
    sources: &'a Sources,
    past: &'a Past,
    /// The awards that were sealed.
    sealed: BTreeSet<AwardId>,
}

impl Compared<'_> {
    fn file(&self, sink: &mut Sink, path: &str, was: &Was) {
        let file = Utf8Path::new(path);
        if let Some(id) = award_of(path, ".json") {
            self.sealed_award(sink, file, id, was);
        } else if let Some(id) = award_of(path, ".yaml") {
            self.event(sink, id, was);
        } else if path == LEDGER {
            self.ledger(sink, was);
        } else if let Some(name) = path.strip_prefix(TOMBSTONES) {
            if was.now == Now::Gone {
                sink.report(tombstone_removed(file, name, &self.past.revision));
            }
        } else if path.starts_with(super::classes::FOLDER) && path.contains("/versions/") {
            sink.report(frozen_file_changed(file, was.now, &self.past.revision));
        } else if let Some(name) = path.strip_prefix(evidence::FOLDER) {
            let id = name.split('/').next().and_then(AwardId::parse);
            if id.is_some_and(|id| self.sealed.contains(&id) && !is_forgotten(self.sources, id)) {
                sink.report(evidence_changed(file, was.now, &self.past.revision));
            }
        } else if path.starts_with(issuers::FOLDER) && path.contains("/keys/") {
            self.key(sink, file, was);
        } else if path.starts_with(issuers::FOLDER) && path.contains("/status/") {
            self.list(sink, file, was);
        } else if is_other_sealed(path) {
            self.other_sealed(sink, file, was);
        }
    }

    fn sealed_award(&self, sink: &mut Sink, file: &Utf8Path, id: AwardId, was: &Was) {
        if is_forgotten(self.sources, id) || was.resealed {
            return;
        }
        match was.now {
            Now::Changed => sink.report(sealed_changed(file, &self.past.revision)),
            // Moved into another folder, it is looked at by the proofs.
            Now::Gone if !self.is_sealed(id) => {
                sink.report(sealed_missing(file, Some(id), &self.past.revision));
            }
            Now::Gone | Now::Same => {}
        }
    }

    fn is_sealed(&self, id: AwardId) -> bool {
        self.row(id).is_some_and(|award| award.is_sealed)
    }

    fn row(&self, id: AwardId) -> Option<&crate::load::AwardFiles> {
        let awards = self.sources.awards();
        awards.binary_search_by_key(&id, |award| award.id).ok().and_then(|at| awards.get(at))
    }

    /// Endorsements, and the bytes that were signed anew.
    fn other_sealed(&self, sink: &mut Sink, file: &Utf8Path, was: &Was) {
        let name = file.file_name().unwrap_or_default();
        let id = name.get(..AwardId::LENGTH).and_then(AwardId::parse);
        if was.resealed || id.is_some_and(|id| is_forgotten(self.sources, id)) {
            return;
        }
        sink.report(match was.now {
            Now::Gone => sealed_missing(file, None, &self.past.revision),
            Now::Changed | Now::Same => sealed_changed(file, &self.past.revision),
        });
    }

    /// A decision that was signed. Without its seal it may still change.
    fn event(&self, sink: &mut Sink, id: AwardId, was: &Was) {
        if !self.sealed.contains(&id) || is_forgotten(self.sources, id) {
            return;
        }
        let (Some(row), Some(before)) = (self.row(id).filter(|row| row.has_event), text(was))
        else {
            return;
        };
        let file = self.sources.event_path(row);
        let Ok(after) = self.sources.text(&file) else { return };
        let (Ok(before), Ok(after)) = (yaml::parse(before), yaml::parse(&after)) else { return };
        for (key, span) in differing_keys(&before, &after) {
            if !FREE.contains(&key) {
                sink.report(award_changed(&file, span, key, &self.past.revision));
            }
        }
    }

    fn ledger(&self, sink: &mut Sink, was: &Was) {
        let now = self.sources.text(Utf8Path::new(LEDGER)).unwrap_or_default();
        let now: BTreeSet<&str> = super::urls::lines(&now).map(|(_, line)| line).collect();
        for (_, line) in super::urls::lines(text(was).unwrap_or_default()) {
            if !now.contains(line) {
                sink.report(ledger_line_removed(line, &self.past.revision));
            }
        }
    }

    fn key(&self, sink: &mut Sink, file: &Utf8Path, was: &Was) {
        let kid = file.file_stem().unwrap_or_default();
        let removed = |problem| key_removed(file, kid, problem, &self.past.revision);
        if was.now == Now::Gone {
            return sink.report(removed("gone"));
        }
        let after = self.sources.text(file).unwrap_or_default();
        let (Some(Ok(before)), Ok(after)) = (text(was).map(yaml::parse), yaml::parse(&after))
        else {
            return;
        };
        if scalar(&before, "multibase") != scalar(&after, "multibase") {
            sink.report(removed("changed"));
        }
        if before.get("revoked").is_some() && after.get("revoked").is_none() {
            sink.report(key_restored(file, kid));
        }
    }

    /// A list may lie in another file once the site has moved house: its own address says which one it is.
    fn list(&self, sink: &mut Sink, file: &Utf8Path, was: &Was) {
        let Some(before) = was.bytes.as_deref().and_then(List::read) else { return };
        let folder = file.as_str().split("/status/").next().unwrap_or_default();
        let folder = format!("{folder}/status/");
        let found = self.sources.below(&folder).filter_map(|file| {
            let bytes = self.sources.bytes(file, SEALED_BYTES_MAX).ok()?;
            List::read(&bytes).filter(|list| list.id == before.id).map(|list| (file, list))
        });
        let Some((file, after)) = found.max_by_key(|(_, list)| list.valid_from) else {
            if was.now == Now::Gone || !self.is_broken(file) {
                sink.report(sealed_missing(file, None, &self.past.revision));
            }
            return;
        };
        if !after.list.bits.keeps_all_of(&before.list.bits) {
            sink.report(status_bit_cleared(file, &before, &after, &self.past.revision));
        }
        // A reader keeps the newest list it has seen.
        if after.valid_from < before.valid_from {
            sink.report(status_list_older(file, &after, &before));
        }
    }

    /// What cannot be read is reported by others.
    fn is_broken(&self, file: &Utf8Path) -> bool {
        let bytes = self.sources.bytes(file, SEALED_BYTES_MAX);
        bytes.is_ok_and(|bytes| List::read(&bytes).is_none())
    }
}

fn is_other_sealed(path: &str) -> bool {
    path.starts_with(SUPERSEDED)
        || path.starts_with("badges/endorsements/") && path.ends_with(".json")
}

fn text(was: &Was) -> Option<&str> {
    was.bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// A signed list, as far as it is compared.
struct List {
    id: String,
    valid_from: Option<Timestamp>,
    list: StatusList,
}

impl List {
    fn read(bytes: &[u8]) -> Option<Self> {
        let document = json::parse(bytes).ok()?;
        let member = |name: &str| document.get(name).and_then(Value::as_str);
        let valid_from = member("validFrom").and_then(|text| Timestamp::parse(text).ok());
        let list = StatusList::parse(&document, &DecodeBounds::default()).ok()?;
        Some(Self { id: member("id")?.to_owned(), valid_from, list })
    }

    fn day(&self) -> String {
        self.valid_from.map(|day| day.to_string()).unwrap_or_default()
    }
}

/// The keys at the top of two files that say something else, and where to look in the later one.
fn differing_keys<'n>(before: &'n Node<'_>, after: &'n Node<'_>) -> Vec<(&'n str, Span)> {
    let (Content::Map(old), Content::Map(new)) = (&before.content, &after.content) else {
        return Vec::new();
    };
    let whole = new.first().map_or(after.span, |entry| entry.key_span);
    let changed = new.iter().filter(|entry| {
        !before.get(&entry.key).is_some_and(|then| is_same(&then.value, &entry.value))
    });
    let changed = changed.map(|entry| (entry.key.as_ref(), entry.key_span));
    let gone = old.iter().filter(|entry| after.get(&entry.key).is_none());
    changed.chain(gone.map(|entry| (entry.key.as_ref(), whole))).collect()
}

/// The same values, wherever they are written and however they are quoted.
fn is_same(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.content, &other.content) {
        (Content::Scalar { text: one, .. }, Content::Scalar { text: other, .. }) => one == other,
        (Content::List(one), Content::List(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Content::Map(entries), Content::Map(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|entry| {
                    let found = other.get(&entry.key);
                    found.is_some_and(|found| is_same(&entry.value, &found.value))
                })
        }
        _ => false,
    }
}

fn scalar<'n>(node: &'n Node<'_>, key: &str) -> Option<&'n str> {
    node.get(key)?.value.scalar()
}

fn problem(now: Now) -> &'static str {
    if now == Now::Gone { "gone" } else { "changed" }
}

fn sealed_missing(file: &Utf8Path, id: Option<AwardId>, revision: &str) -> Diagnostic {
    let kind = if id.is_some() { "award" } else { "other" };
    Diagnostic::new(Code::SealedMissing, file)
        .with("kind", kind)
        .with("file", file)
        .with("id", id.map(AwardId::text).unwrap_or_default())
        .with("revision", revision)
}

fn sealed_changed(file: &Utf8Path, revision: &str) -> Diagnostic {
    Diagnostic::new(Code::SealedChanged, file).with("file", file).with("revision", revision)
}

fn award_changed(file: &Utf8Path, span: Span, key: &str, revision: &str) -> Diagnostic {
    Diagnostic::at(Code::AwardChanged, file, span)
        .with("key", key)
        .with("file", file)
        .with("revision", revision)
}

fn evidence_changed(file: &Utf8Path, now: Now, revision: &str) -> Diagnostic {
    Diagnostic::new(Code::EvidenceChanged, file)
        .with("problem", problem(now))
        .with("file", file)
        .with("revision", revision)
}

fn frozen_file_changed(file: &Utf8Path, now: Now, revision: &str) -> Diagnostic {
    Diagnostic::new(Code::FrozenFileChanged, file)
        .with("problem", problem(now))
        .with("file", file)
        .with("revision", revision)
}

fn key_removed(file: &Utf8Path, kid: &str, problem: &str, revision: &str) -> Diagnostic {
    Diagnostic::new(Code::KeyRemoved, file)
        .with("problem", problem)
        .with("kid", kid)
        .with("file", file)
        .with("revision", revision)
}

fn key_restored(file: &Utf8Path, kid: &str) -> Diagnostic {
    Diagnostic::new(Code::KeyRestored, file).with("kid", kid)
}

fn status_bit_cleared(file: &Utf8Path, before: &List, after: &List, revision: &str) -> Diagnostic {
    let bits = before.list.bits.bits();
    let cleared = (0..bits).filter(|at| {
        before.list.bits.get(*at) == Some(true) && after.list.bits.get(*at) != Some(true)
    });
    let count = u32::try_from(cleared.count()).unwrap_or(u32::MAX);
    Diagnostic::new(Code::StatusBitCleared, file)
        .with_number("count", count)
        .with("file", file)
        .with("revision", revision)
}

fn status_list_older(file: &Utf8Path, after: &List, before: &List) -> Diagnostic {
    Diagnostic::new(Code::StatusListOlder, file)
        .with("now", after.day())
        .with("before", before.day())
}

fn tombstone_removed(file: &Utf8Path, name: &str, revision: &str) -> Diagnostic {
    Diagnostic::new(Code::TombstoneRemoved, file)
        .with("id", name.strip_suffix(".yaml").unwrap_or(name))
        .with("file", file)
        .with("revision", revision)
}

fn ledger_line_removed(line: &str, revision: &str) -> Diagnostic {
    Diagnostic::new(Code::LedgerLineRemoved, Utf8Path::new(LEDGER))
        .with("path", line)
        .with("revision", revision)
}
