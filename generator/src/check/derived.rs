//! Every sealed credential against what would be signed today over the same event and the same frozen version.
//!
//! The first pass compares what an event decides. This one derives the whole credential again, so that a kept text, a
//! picture, a piece of evidence or a framework that changed under a signature is found. It needs the finished site and
//! reads every award a second time; a build does without.

use std::collections::BTreeSet;

use camino::Utf8Path;
use openbadges::json;
use rayon::prelude::*;
use serde_json::{Map, Value};

use super::evidence;
use super::{awards, files, sealed};
use crate::diagnostic::{Code, Diagnostic, Sink, Span};
use crate::load::yaml;
use crate::load::{self, EVIDENCE_BYTES_MAX, SEALED_BYTES_MAX};
use crate::records::credential::{EvidenceFile, Sealing};
use crate::records::{Facet, Records, digest};
use crate::site::{Award, AwardEvent, Class, Site};
use crate::urls;

/// Awards that one task reads before it takes the next ones.
const CHUNK: usize = 64;

/// Members that may differ: `reseal` moves `validFrom`, an issuer may move house, and proofs are no statement.
const FREE: [&str; 3] = ["proof", "validFrom", "issuer"];

/// Derives every sealed credential again and compares.
#[must_use]
pub fn derived(site: &Site) -> Sink {
    let mut sink = at_present(site);
    let formers = site.settings.bases().filter_map(|(base, _)| site.at_former(base));
    formers.for_each(|former| sink.absorb(at_present(&former)));
    sink
}

/// The awards that were sealed under the present address.
fn at_present(site: &Site) -> Sink {
    let records = Records::of(site);
    let chunks: Vec<Sink> = site
        .awards
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut sink = Sink::default();
            for award in chunk.iter().filter(|award| award.base == 0) {
                credential(&mut sink, site, &records, award);
            }
            sink
        })
        .collect();
    let mut sink = Sink::default();
    chunks.into_iter().for_each(|chunk| sink.absorb(chunk));
    sink
}

/// Nothing is compared where something cannot be read: the first pass said so.
fn credential(sink: &mut Sink, site: &Site, records: &Records<'_>, award: &Award) -> Option<()> {
    let file = Utf8Path::new(award.sealed.as_ref());
    let bytes = load::bytes(&site.root, file, SEALED_BYTES_MAX).ok()?;
    let Value::Object(sealed) = json::parse(&bytes).ok()? else { return None };
    let event_file = file.with_extension("yaml");
    let event = awards::award_event(site, &event_file).ok()?;
    let class = site.classes.get(usize::try_from(award.class).ok()?)?;
    let files = evidence_files(sink, site, &event)?;
    let derived = derive(site, records, award, &event, class, &files)?;
    let differing = differing(&derived, &sealed);
    let of_class = ["achievement", "relatedResource", "name"];
    if let Some(what) = differing.iter().find(|what| of_class.contains(*what)) {
        let evidence_changed =
            *what == "relatedResource" && resources(&derived, class) == resources(&sealed, class);
        if !evidence_changed {
            sink.report(frozen_version_disagrees(file, class, award.version));
            return Some(());
        }
    }
    for what in differing {
        let key = key_of(what);
        let span = span_of(site, &event_file, key);
        let text = |credential: &Map<String, Value>| {
            let of_subject = || credential.get("credentialSubject")?.get(what);
            credential.get(what).or_else(of_subject).map(Value::to_string).unwrap_or_default()
        };
        let (decided, signed) = (text(&derived), text(&sealed));
        sink.report(sealed::sealed_disagrees(&event_file, span, key, &decided, &signed));
    }
    Some(())
}

fn derive(
    site: &Site,
    records: &Records<'_>,
    award: &Award,
    event: &AwardEvent,
    class: &Class,
    files: &[EvidenceFile],
) -> Option<Map<String, Value>> {
    let version = class.versions.get(&award.version)?;
    let issuer = site.issuers.get(&version.issuer)?;
    let facet = Facet { class, version, level: award.level, lang: &award.lang };
    let sealing = Sealing { facet, issuer, status_index: award.status_index, files };
    match serde_json::to_value(records.credential(event, &sealing)).ok()? {
        Value::Object(derived) => Some(derived),
        _ => None,
    }
}

fn evidence_files(sink: &mut Sink, site: &Site, event: &AwardEvent) -> Option<Vec<EvidenceFile>> {
    let names = event.evidence.iter().filter_map(|seen| seen.file.as_ref());
    let file = |name: &String| {
        let path = format!("{}{}/{name}", evidence::FOLDER, event.id);
        let path = Utf8Path::new(&path);
        match load::bytes(&site.root, path, EVIDENCE_BYTES_MAX) {
            Ok(bytes) => Some(EvidenceFile { name: name.clone(), digest_sri: digest::sri(&bytes) }),
            Err(error) => {
                sink.report(files::unreadable(path, &error));
                None
            }
        }
    };
    names.map(file).collect()
}

/// The members in which the two differ; those of the subject without its name.
fn differing<'v>(
    derived: &'v Map<String, Value>,
    sealed: &'v Map<String, Value>,
) -> BTreeSet<&'v str> {
    let mut differing = members_differing(derived, sealed);
    if differing.remove("credentialSubject") {
        let subject = |credential: &'v Map<String, Value>| {
            credential.get("credentialSubject").and_then(Value::as_object)
        };
        match (subject(derived), subject(sealed)) {
            (Some(derived), Some(sealed)) => differing.extend(members_differing(derived, sealed)),
            _ => drop(differing.insert("credentialSubject")),
        }
    }
    differing
}

fn members_differing<'v>(
    derived: &'v Map<String, Value>,
    sealed: &'v Map<String, Value>,
) -> BTreeSet<&'v str> {
    let names = derived.keys().chain(sealed.keys()).map(String::as_str);
    names.filter(|name| !FREE.contains(name) && derived.get(*name) != sealed.get(*name)).collect()
}

/// The pictures of the class among the resources whose digests are signed.
fn resources<'v>(credential: &'v Map<String, Value>, class: &Class) -> Vec<&'v Value> {
    let listed = credential.get("relatedResource");
    let listed = match listed {
        Some(Value::Array(listed)) => listed.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let folder = format!("/{}", urls::class(&class.slug));
    let of_class = |resource: &&Value| {
        resource.get("id").and_then(Value::as_str).is_some_and(|id| id.contains(&folder))
    };
    listed.iter().filter(of_class).collect()
}

/// The key of an event that decides a member of a credential.
fn key_of(member: &str) -> &'static str {
    match member {
        "awardedDate" => "awarded",
        "validUntil" => "expires",
        "evidence" | "relatedResource" => "evidence",
        "narrative" => "criteria_met",
        "result" => "level",
        "identifier" | "id" => "recipient",
        "role" => "role",
        _ => "class",
    }
}

fn span_of(site: &Site, file: &Utf8Path, key: &str) -> Span {
    let text = load::text(&site.root, file).unwrap_or_default();
    let root = yaml::parse(&text).ok();
    let entry = root.as_ref().and_then(|root| root.get(key));
    entry.map_or_else(|| files::first_line(&text), |entry| entry.key_span)
}

fn frozen_version_disagrees(file: &Utf8Path, class: &Class, version: u32) -> Diagnostic {
    Diagnostic::new(Code::FrozenVersionDisagrees, file)
        .with("class", class.slug.as_str())
        .with_number("version", version)
}
