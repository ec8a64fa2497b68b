//! `badges/assertions/**/<id>.yaml`: what was decided, and — with `sealed` — what was signed of it.
//!
//! There may be a hundred thousand. Each is read, judged and made a row at once, many at a time; nothing else is kept.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::fields::{BareDate, Doc, Map};
use super::levels;
use super::proofs::{Keys, Voice};
use super::revocations::{Withdrawn, award_named};
use super::{Reading, criteria, evidence, files, privacy, recipient, sealed};
use crate::diagnostic::{Code, Diagnostic, Findings, Sink, Span};
use crate::id::AwardId;
use crate::load::yaml::{self, Node};
use crate::load::{self, ASSERTIONS, AwardFiles, DRAFTS, SEALED_BYTES_MAX, Sources};
use crate::site::{Award, AwardEvent, Class, ClassVersion, Holder, Lang, Settings, Site, Slug};

/// Awards that one task reads before it takes the next ones.
const CHUNK: usize = 64;

/// Tasks between two collections of rows, so that rows are not held twice.
const CHUNKS_IN_WINDOW: usize = 64;

const KEYS: &[&str] = &[
    "class",
    "version",
    "lang",
    "awarded",
    "expires",
    "level",
    "recipient",
    "hidden_name",
    "criteria_met",
    "role",
    "evidence",
    "renews",
    "visibility",
    "holder",
];

/// What an award may name.
pub(super) struct Known<'a> {
    pub(super) settings: &'a Settings,
    /// Sorted by slug.
    pub(super) classes: &'a [Class],
    /// The folders of classes, those that could not be read too: their awards are not to blame.
    pub(super) class_names: BTreeSet<&'a str>,
    pub(super) award_exists: &'a (dyn Fn(AwardId) -> bool + Sync),
    pub(super) file_exists: &'a (dyn Fn(&str) -> bool + Sync),
    pub(super) is_withdrawn: &'a (dyn Fn(AwardId) -> bool + Sync),
}

/// The awards of a repository.
#[derive(Default)]
pub(super) struct Awards {
    /// Sorted by id.
    pub(super) sealed: Vec<Award>,
    /// Sorted by id.
    pub(super) pending: Vec<AwardEvent>,
    /// The first award of each version that was sealed and not kept.
    not_kept: BTreeMap<(u32, u32), Diagnostic>,
    /// Addresses that awards were sealed under and that the settings do not name, and how many awards.
    pub(super) abandoned: BTreeMap<String, u32>,
    sink: Sink,
}

/// Reads every award.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
    classes: &[Class],
    withdrawn: &Withdrawn,
    keys: &Keys<'_>,
) -> Awards {
    let sources = reading.sources;
    let award_exists = |id: AwardId| {
        sources.awards().binary_search_by_key(&id, |award| award.id).is_ok()
            || withdrawn.tombstones.contains_key(&id)
    };
    let file_exists = |path: &str| sources.has(path);
    let known = Known {
        settings,
        classes,
        class_names: sources.folders_in(super::classes::FOLDER),
        award_exists: &award_exists,
        file_exists: &file_exists,
        is_withdrawn: &|id| withdrawn.revocations.contains_key(&id),
    };
    let mut all = Awards::default();
    all.sealed.reserve_exact(sources.awards().iter().filter(|award| award.is_sealed).count());
    for window in sources.awards().chunks(CHUNK * CHUNKS_IN_WINDOW) {
        let chunks: Vec<Awards> = window
            .par_chunks(CHUNK)
            .map(|chunk| {
                let mut awards = Awards::default();
                for files in chunk {
                    awards.take(sources, &known, keys, files);
                }
                awards
            })
            .collect();
        for chunk in chunks {
            all.sealed.extend(chunk.sealed);
            all.pending.extend(chunk.pending);
            reading.sink.absorb(chunk.sink);
            for (base, count) in chunk.abandoned {
                *all.abandoned.entry(base).or_default() += count;
            }
            for (version, diagnostic) in chunk.not_kept {
                all.not_kept.entry(version).or_insert(diagnostic);
            }
        }
    }
    for (base, count) in &all.abandoned {
        super::settings::abandoned(reading, base, *count);
    }
    for diagnostic in std::mem::take(&mut all.not_kept).into_values() {
        reading.sink.report(diagnostic);
    }
    duplicates(reading);
    misnamed(reading);
    all
}

impl Awards {
    fn take(&mut self, sources: &Sources, known: &Known<'_>, keys: &Keys<'_>, files: &AwardFiles) {
        let sealed_file = sources.sealed_path(files);
        if !files.has_event {
            self.sink.report(sealed_without_event(&sealed_file));
            return;
        }
        let file = sources.event_path(files);
        let Some(text) = files::text(sources, &file, &mut self.sink) else { return };
        privacy::look(&mut self.sink, &file, &text);
        let root = match yaml::parse(&text) {
            Ok(root) => root,
            Err(error) => return self.sink.report(files::not_yaml(&file, error)),
        };
        let languages = &known.settings.languages;
        let errors = self.sink.errors();
        let mut doc = Doc { file: &file, languages, wanted: &[], sink: &mut self.sink };
        let Some((event, place)) = event(&mut doc, &root, files.id, known) else { return };
        if self.sink.errors() > errors {
            return;
        }
        if !files.is_sealed {
            self.sink.report(award_unsealed(&file));
            self.pending.push(event);
            return;
        }
        if !place.version.frozen {
            let key = (place.class, event.version);
            let span = place.map.value_span("version");
            let missing = || frozen_version_missing(&file, span, &event);
            self.not_kept.entry(key).or_insert_with(missing);
        }
        self.take_sealed(sources, known, keys, event, &place, sealed_file);
    }

    fn take_sealed(
        &mut self,
        sources: &Sources,
        known: &Known<'_>,
        keys: &Keys<'_>,
        event: AwardEvent,
        place: &Place<'_, '_, '_>,
        file: Utf8PathBuf,
    ) {
        let sink = &mut self.sink;
        let bytes = match sources.bytes(&file, SEALED_BYTES_MAX) {
            Ok(bytes) => bytes,
            Err(error) => return sink.report(files::unreadable(&file, &error)),
        };
        let Some(credential) = sealed::parse(sink, &file, &bytes) else { return };
        if let Some(base) = sealed::foreign_base(&event, known.settings, &credential) {
            *self.abandoned.entry(base.to_string()).or_default() += 1;
            return;
        }
        let languages = &known.settings.languages;
        let mut doc = Doc { file: &event.file, languages, wanted: &[], sink };
        let agrees = sealed::compare(&mut doc, &event, place, known.settings, &credential);
        let index = sealed::status_index(sink, &file, &credential);
        // A withdrawn award is not signed again after a theft.
        let voice = if (known.is_withdrawn)(event.id) { Voice::Kept } else { Voice::Counts };
        keys.check_as(sink, &file, &place.version.issuer, credential, voice);
        if let (Some(base), Some(status_index)) = (agrees, index) {
            let row = row(event, place.class, file.into_string().into());
            self.sealed.push(Award { status_index, base, ..row });
        }
    }
}

/// The row of a sealed award; the seal tells its place and its address.
fn row(event: AwardEvent, class: u32, sealed: Box<str>) -> Award {
    let files = event.evidence.into_iter().filter_map(|evidence| evidence.file);
    Award {
        id: event.id,
        class,
        version: event.version,
        level: event.level,
        lang: event.lang,
        awarded: event.awarded,
        expires: event.expires,
        visibility: event.visibility,
        holder: event.holder.map(Box::new),
        renews: event.renews,
        status_index: 0,
        base: 0,
        sealed,
        evidence_files: files.map(String::into_boxed_str).collect(),
    }
}

/// Reads one event again, when its row is not enough: to render a story, to seal, to check what was just written.
///
/// # Errors
/// The diagnostics of this file.
pub fn award_event(site: &Site, file: &Utf8Path) -> Result<AwardEvent, Findings> {
    let mut sink = Sink::default();
    let award_exists = |id: AwardId| {
        site.awards.binary_search_by_key(&id, |award| award.id).is_ok()
            || site.pending.iter().any(|event| event.id == id)
            || site.tombstones.contains_key(&id)
    };
    let file_exists = |path: &str| load::is_file(&site.root, Utf8Path::new(path));
    let known = Known {
        settings: &site.settings,
        classes: &site.classes,
        class_names: site.classes.iter().map(|class| class.slug.as_str()).collect(),
        award_exists: &award_exists,
        file_exists: &file_exists,
        is_withdrawn: &|id| site.revocations.contains_key(&id),
    };
    let event = read_event(&mut sink, site, file, &known);
    match event.filter(|_| sink.errors() == 0) {
        Some(event) => Ok(event),
        None => Err(sink.finish()),
    }
}

fn read_event(
    sink: &mut Sink,
    site: &Site,
    file: &Utf8Path,
    known: &Known<'_>,
) -> Option<AwardEvent> {
    let name = file.file_stem().unwrap_or_default();
    let Some(id) = AwardId::parse(name) else {
        sink.report(super::fields::award_id_form(file, None, name));
        return None;
    };
    let text = match load::text(&site.root, file) {
        Ok(text) => text,
        Err(error) => {
            sink.report(files::unreadable(file, &error));
            return None;
        }
    };
    let root = match yaml::parse(&text) {
        Ok(root) => root,
        Err(error) => {
            sink.report(files::not_yaml(file, error));
            return None;
        }
    };
    let mut doc = Doc { file, languages: &site.settings.languages, wanted: &[], sink };
    event(&mut doc, &root, id, known).map(|(event, _)| event)
}

/// What an event names, and where its keys are written.
pub(super) struct Place<'n, 's, 'k> {
    pub(super) map: Map<'n, 's>,
    pub(super) class: u32,
    pub(super) version: &'k ClassVersion,
}

fn event<'n, 's, 'k>(
    doc: &mut Doc<'_>,
    root: &'n Node<'s>,
    id: AwardId,
    known: &Known<'k>,
) -> Option<(AwardEvent, Place<'n, 's, 'k>)> {
    let map = doc.map(root, KEYS)?;
    let class = doc.need(&map, "class", |doc, node| class_named(doc, node, known));
    let number = doc.need(&map, "version", |doc, node| doc.number(node, &(1..=9_999_u32)));
    let lang = doc.need(&map, "lang", Doc::lang);
    let awarded = doc.need(&map, "awarded", |doc, node| doc.moment(node, BareDate::Begins));
    let expires = doc.may(&map, "expires", |doc, node| doc.moment(node, BareDate::Ends));
    if let (Some(awarded), Some(expires)) = (awarded, expires)
        && expires <= awarded
    {
        doc.sink.report(expires_before_awarded(doc.file, map.value_span("expires")));
    }
    let level = doc.may(&map, "level", |doc, node| doc.number(node, &levels::LEVELS));
    let recipient = doc.need(&map, "recipient", recipient::read);
    let hidden_name = doc.may(&map, "hidden_name", recipient::hidden_name);
    let role = doc.may(&map, "role", Doc::owned);
    let evidence = doc.may(&map, "evidence", |doc, node| evidence::read(doc, node, id, known));
    let renews = doc.may(&map, "renews", |doc, node| award_named(doc, node, known.award_exists));
    let visibility =
        doc.may(&map, "visibility", |doc, node| doc.one_of(node, super::settings::VISIBILITY));
    let holder = doc.may(&map, "holder", holder);
    let (class, slug) = class?;
    let (lang, number) = (lang?, number?);
    let version = version_named(doc, &map, class, number, known)?;
    class_language(doc, &map, &lang, version);
    if map.get("level").is_none() || level.is_some() {
        levels::of_award(doc, version, level, map.value_span("level"));
    }
    let criteria_met =
        doc.may(&map, "criteria_met", |doc, node| criteria::met(doc, node, &slug, version));
    let event = AwardEvent {
        id,
        file: doc.file.to_owned(),
        class: slug,
        version: number,
        lang,
        awarded: awarded?,
        expires,
        level,
        recipient: recipient?,
        hidden_name,
        criteria_met: criteria_met.unwrap_or_default(),
        role,
        evidence: evidence.unwrap_or_default(),
        renews,
        visibility: visibility.unwrap_or(known.settings.default_visibility),
        holder,
    };
    Some((event, Place { map, class, version }))
}

/// The index of a class and its slug.
pub(super) fn class_named(
    doc: &mut Doc<'_>,
    node: &Node<'_>,
    known: &Known<'_>,
) -> Option<(u32, Slug)> {
    let slug = doc.slug(node)?;
    if !known.class_names.contains(slug.as_str()) {
        doc.sink.report(unknown_class(doc.file, node.span, &slug, &known.class_names));
        return None;
    }
    let index = known.classes.binary_search_by(|class| class.slug.cmp(&slug)).ok()?;
    Some((u32::try_from(index).ok()?, slug))
}

pub(super) fn version_named<'k>(
    doc: &mut Doc<'_>,
    map: &Map<'_, '_>,
    class: u32,
    number: u32,
    known: &Known<'k>,
) -> Option<&'k ClassVersion> {
    let class = known.classes.get(usize::try_from(class).ok()?)?;
    let version = class.versions.get(&number);
    if version.is_none() {
        doc.sink.report(unknown_version(doc.file, map.value_span("version"), class, number));
    }
    version
}

pub(super) fn class_language(
    doc: &mut Doc<'_>,
    map: &Map<'_, '_>,
    lang: &Lang,
    version: &ClassVersion,
) {
    if !version.criteria.contains_key(lang) {
        doc.sink.report(class_language_missing(doc.file, map.value_span("lang"), lang, version));
    }
}

pub(super) fn holder(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<Holder> {
    let map = doc.map(node, &["name", "consent"])?;
    let name = doc.need(&map, "name", Doc::owned);
    let consent = doc.need(&map, "consent", Doc::day);
    Some(Holder { name: name?, consent: consent? })
}

/// Files that stand among the awards and are named after none.
fn misnamed(reading: &mut Reading<'_>) {
    let sources = reading.sources;
    for file in sources.below(ASSERTIONS) {
        if file.extension() == Some("yaml") && !file.as_str().starts_with(DRAFTS) {
            reading.used.insert(file.as_str());
            let name = file.file_stem().unwrap_or_default();
            reading.sink.report(super::fields::award_id_form(file, None, name));
        }
    }
}

/// Two folders with the same award.
fn duplicates(reading: &mut Reading<'_>) {
    let sources = reading.sources;
    for pair in sources.awards().windows(2) {
        if let [first, second] = pair
            && first.id == second.id
        {
            let file = sources.event_path(second);
            reading.sink.report(duplicate_award(&file, &sources.event_path(first)));
        }
    }
}

pub(super) fn unknown_class(
    file: &Utf8Path,
    span: Span,
    slug: &Slug,
    names: &BTreeSet<&str>,
) -> Diagnostic {
    Diagnostic::at(Code::UnknownClass, file, span)
        .with("class", slug.as_str())
        .with_number("count", names.len())
        .with("known", names.iter().copied().collect::<Vec<_>>().join(", "))
        .suggest(slug.as_str(), names.iter().copied())
}

pub(super) fn unknown_version(
    file: &Utf8Path,
    span: Span,
    class: &Class,
    number: u32,
) -> Diagnostic {
    let known: Vec<String> = class.versions.keys().map(u32::to_string).collect();
    Diagnostic::at(Code::UnknownVersion, file, span)
        .with("class", class.slug.as_str())
        .with_number("version", number)
        .with("known", known.join(", "))
}

fn class_language_missing(
    file: &Utf8Path,
    span: Span,
    lang: &Lang,
    version: &ClassVersion,
) -> Diagnostic {
    let known: Vec<&str> = version.criteria.keys().map(Lang::as_str).collect();
    Diagnostic::at(Code::ClassLanguage, file, span)
        .with("lang", lang.as_str())
        .with("known", known.join(", "))
}

pub(super) fn expires_before_awarded(file: &Utf8Path, span: Span) -> Diagnostic {
    Diagnostic::at(Code::ExpiresBeforeAwarded, file, span)
}

fn frozen_version_missing(file: &Utf8Path, span: Span, event: &AwardEvent) -> Diagnostic {
    Diagnostic::at(Code::FrozenVersionMissing, file, span)
        .with("class", event.class.as_str())
        .with_number("version", event.version)
}

pub(super) fn award_unsealed(file: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::AwardUnsealed, file)
}

fn sealed_without_event(file: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::SealedWithoutEvent, file)
        .with("event", file.with_extension("yaml").file_name().unwrap_or_default())
}

fn duplicate_award(file: &Utf8Path, first: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::DuplicateAward, file).with("first", first)
}
