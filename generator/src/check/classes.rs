//! `badges/classes/<slug>/`: the working version, and the frozen ones below `versions/`.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::alignment::{self, Targets};
use super::fields::{Doc, Map};
use super::frameworks::Framework;
use super::levels::{self, Step};
use super::{Reading, criteria, files, images, offer, pages};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::issue::duration::Duration;
use crate::load::yaml::Node;
use crate::site::{
    Alignment, Class, ClassVersion, Kind, Lang, Level, Picture, Settings, Slug, Text,
};

/// Where they are.
pub(super) const FOLDER: &str = "badges/classes/";

const KEYS: &[&str] = &[
    "issuer",
    "version",
    "name",
    "description",
    "kind",
    "image",
    "tags",
    "levels",
    "criteria",
    "expires",
    "alignment",
    "licence",
    "creator",
    "since",
    "territory",
    "evidence",
    "request",
    "next",
];

/// The words for what sort of recognition a class is.
pub(super) const KINDS: &[(&str, Kind)] = &[
    ("participation", Kind::Participation),
    ("engagement", Kind::Engagement),
    ("know-how", Kind::KnowHow),
    ("competence", Kind::Competence),
    ("achievement", Kind::Achievement),
    ("project", Kind::Project),
    ("role", Kind::Role),
    ("membership", Kind::Membership),
    ("facilitation", Kind::Facilitation),
    ("mentoring", Kind::Mentoring),
    ("label", Kind::Label),
];

/// What a class may name.
pub(super) struct Known<'a> {
    pub(super) settings: &'a Settings,
    pub(super) frameworks: &'a BTreeMap<Slug, Option<Framework>>,
    pub(super) issuers: &'a BTreeSet<&'a str>,
    /// The folders of the classes.
    pub(super) classes: &'a BTreeSet<&'a str>,
}

/// Reads every class, sorted by slug.
pub(super) fn read(reading: &mut Reading<'_>, known: &Known<'_>) -> Vec<Class> {
    let mut classes = Vec::new();
    for name in reading.sources.folders_in(FOLDER) {
        let folder = Utf8PathBuf::from(format!("{FOLDER}{name}"));
        match Slug::parse(name) {
            Some(slug) => classes.extend(class(reading, known, slug, &folder)),
            None => reading.sink.report(files::file_name(&folder)),
        }
    }
    classes
}

fn class(
    reading: &mut Reading<'_>,
    known: &Known<'_>,
    slug: Slug,
    folder: &Utf8Path,
) -> Option<Class> {
    let sources = reading.sources;
    let mut versions = frozen_versions(reading, known, folder);
    let last_frozen = versions.keys().next_back().copied();
    let errors = reading.sink.errors();
    let criteria = criteria::read(reading, known.settings, folder);
    let file = folder.join("badge.yaml");
    let text = reading.named_text(&file)?;
    let root = reading.yaml(&file, &text)?;
    let languages: Vec<Lang> = criteria.keys().cloned().collect();
    let mut doc = reading.doc(&file, known.settings, &languages);
    let map = doc.map(&root, KEYS)?;
    let draft = draft(&mut doc, &map, known, Targets::Live(known.frameworks));
    let image = doc.need(&map, "image", |_, node| Some(node));
    let draft = draft?;
    let requires = levels::requires(&mut doc, &draft.steps);
    let offer = offer::read(
        &mut doc,
        &map,
        &offer::Surroundings {
            class: &slug,
            classes: known.classes,
            page_exists: &|page| pages::exists(sources, page),
        },
    );
    let working = working(reading, known, &file, draft, image?, criteria)?;
    let current = working.number;
    if let Some(last) = last_frozen.filter(|last| *last > current) {
        reading.sink.report(class_version_behind(&file, map.value_span("version"), current, last));
    }
    match versions.get(&current) {
        // What cannot be read would count as changed.
        Some(_) if reading.sink.errors() > errors => {}
        Some(frozen) => {
            for key in differences(&working, frozen) {
                let span = map.key_span(key);
                reading.sink.report(frozen_version_changed(&file, span, key, current));
            }
        }
        None => drop(versions.insert(current, working)),
    }
    Some(Class { slug, current, versions, requires, offer })
}

/// What `badge.yaml` says, without the pictures.
struct Draft<'n, 's> {
    number: u32,
    issuer: Slug,
    name: Text,
    description: Text,
    kind: Kind,
    tags: Vec<String>,
    steps: Vec<Step<'n, 's>>,
    rule: criteria::Rule,
    expires: Option<String>,
    alignment: Vec<Alignment>,
    licence: Option<String>,
    creator: Option<String>,
}

fn draft<'n, 's>(
    doc: &mut Doc<'_>,
    map: &Map<'n, 's>,
    known: &Known<'_>,
    targets: Targets<'_>,
) -> Option<Draft<'n, 's>> {
    let issuer = doc.need(map, "issuer", |doc, node| issuer_named(doc, node, known.issuers));
    let number = doc.need(map, "version", |doc, node| doc.number(node, &(1..=9_999_u32)));
    let name = doc.need(map, "name", Doc::text);
    let description = doc.need(map, "description", Doc::text);
    let kind = doc.need(map, "kind", |doc, node| doc.one_of(node, KINDS));
    let tags = doc.may(map, "tags", |doc, node| doc.list(node, Doc::owned));
    let steps = doc.may(map, "levels", levels::read);
    let rule = doc.may(map, "criteria", criteria::rule);
    let expires = doc.may(map, "expires", duration);
    let alignment = doc.may(map, "alignment", |doc, node| {
        doc.list(node, |doc, node| alignment::read(doc, node, targets))
    });
    let licence = doc.may(map, "licence", Doc::owned);
    let creator = doc.may(map, "creator", Doc::address);
    Some(Draft {
        number: number?,
        issuer: issuer?,
        name: name?,
        description: description?,
        kind: kind?,
        tags: tags.unwrap_or_default(),
        steps: steps.unwrap_or_default(),
        rule: rule.unwrap_or_default(),
        expires,
        alignment: alignment.unwrap_or_default(),
        licence,
        creator,
    })
}

fn finish(
    draft: Draft<'_, '_>,
    frozen: bool,
    image: Picture,
    levels: Vec<Level>,
    criteria: BTreeMap<Lang, String>,
) -> ClassVersion {
    ClassVersion {
        number: draft.number,
        frozen,
        issuer: draft.issuer,
        name: draft.name,
        description: draft.description,
        kind: draft.kind,
        image,
        tags: draft.tags,
        levels,
        criteria,
        items: draft.rule.items,
        at_least: draft.rule.at_least,
        expires: draft.expires,
        alignment: draft.alignment,
        licence: draft.licence,
        creator: draft.creator,
    }
}

fn working(
    reading: &mut Reading<'_>,
    known: &Known<'_>,
    file: &Utf8Path,
    mut draft: Draft<'_, '_>,
    image: &Node<'_>,
    criteria: BTreeMap<Lang, String>,
) -> Option<ClassVersion> {
    let languages: Vec<Lang> = criteria.keys().cloned().collect();
    let mut picture =
        |node, model| images::read(reading, known.settings, file, node, &languages, model);
    let image = picture(image, None);
    let design = image.as_ref().and_then(|image| image.design.clone());
    let mut levels = Vec::new();
    for step in std::mem::take(&mut draft.steps) {
        let image = step.image.and_then(|node| picture(node, design.as_deref()));
        levels.push(Level { id: step.id, name: step.name, description: step.description, image });
    }
    Some(finish(draft, false, image?, levels, criteria))
}

fn frozen_versions(
    reading: &mut Reading<'_>,
    known: &Known<'_>,
    folder: &Utf8Path,
) -> BTreeMap<u32, ClassVersion> {
    let versions = format!("{folder}/versions/");
    let mut frozen = BTreeMap::new();
    for name in reading.sources.folders_in(&versions) {
        let folder = Utf8PathBuf::from(format!("{versions}{name}"));
        let number = name.parse().ok().filter(|number: &u32| *number > 0);
        match number.filter(|number| number.to_string() == name) {
            Some(number) => {
                let version = frozen_version(reading, known, &folder, number);
                frozen.extend(version.map(|version| (number, version)));
            }
            None => reading.sink.report(files::file_name(&folder)),
        }
    }
    frozen
}

fn frozen_version(
    reading: &mut Reading<'_>,
    known: &Known<'_>,
    folder: &Utf8Path,
    number: u32,
) -> Option<ClassVersion> {
    let criteria = criteria::read(reading, known.settings, folder);
    let kept = alignment::kept(reading, known.settings, folder)?;
    let file = folder.join("badge.yaml");
    let text = reading.named_text(&file)?;
    let root = reading.yaml(&file, &text)?;
    // A frozen version cannot be translated any more, so nothing is wanted of it.
    let mut doc = reading.doc(&file, known.settings, &[]);
    let map = doc.map(&root, KEYS)?;
    let targets = kept.as_ref().map_or(Targets::Live(known.frameworks), Targets::Kept);
    let draft = draft(&mut doc, &map, known, targets);
    let alt = doc.need(&map, "image", |doc, node| images::told(doc, node, None));
    let mut draft = draft?;
    if draft.number != number {
        let span = map.value_span("version");
        doc.sink.report(frozen_version_changed(&file, span, "version", number));
    }
    let design = alt.as_ref().and_then(|(_, design)| design.clone());
    let mut levels = Vec::new();
    for step in std::mem::take(&mut draft.steps) {
        let mut doc = reading.doc(&file, known.settings, &[]);
        let model = design.as_deref();
        let alt = step.image.and_then(|node| images::told(&mut doc, node, model));
        let stem = format!("level-{}", step.id);
        let image = alt.and_then(|alt| images::frozen(reading, folder, &stem, alt));
        levels.push(Level { id: step.id, name: step.name, description: step.description, image });
    }
    let image = images::frozen(reading, folder, "image", alt?)?;
    Some(finish(draft, true, image, levels, criteria))
}

/// The keys in which the working files say something else than the frozen ones.
fn differences(working: &ClassVersion, frozen: &ClassVersion) -> Vec<&'static str> {
    // A later program may draw a design in another way: what was asked for is compared, and the frozen drawing is kept.
    let picture = |picture: &Picture| {
        let alt = picture.alt.clone();
        match (&picture.design, &picture.svg) {
            (Some(design), _) => (None, None, Some(design.clone()), alt),
            (None, Some(svg)) => (Some(svg.clone()), None, None, alt),
            (None, None) => (None, picture.png.clone(), None, alt),
        }
    };
    let levels = |version: &ClassVersion| -> Vec<_> {
        let level = |level: &Level| {
            let words = (level.name.clone(), level.description.clone());
            (level.id, words, level.image.as_ref().map(picture))
        };
        version.levels.iter().map(level).collect()
    };
    let rule_is_kept = working.items == frozen.items
        && working.at_least == frozen.at_least
        && working.criteria == frozen.criteria;
    let kept = [
        ("issuer", working.issuer == frozen.issuer),
        ("name", working.name == frozen.name),
        ("description", working.description == frozen.description),
        ("kind", working.kind == frozen.kind),
        ("image", picture(&working.image) == picture(&frozen.image)),
        ("tags", working.tags == frozen.tags),
        ("levels", levels(working) == levels(frozen)),
        ("criteria", rule_is_kept),
        ("expires", working.expires == frozen.expires),
        ("alignment", alignment::is_kept(&working.alignment, &frozen.alignment)),
        ("licence", working.licence == frozen.licence),
        ("creator", working.creator == frozen.creator),
    ];
    kept.into_iter().filter(|(_, kept)| !kept).map(|(key, _)| key).collect()
}

/// Reads the slug of an issuer that exists.
pub(super) fn issuer_named(
    doc: &mut Doc<'_>,
    node: &Node<'_>,
    issuers: &BTreeSet<&str>,
) -> Option<Slug> {
    let slug = doc.slug(node)?;
    if !issuers.contains(slug.as_str()) {
        doc.sink.report(unknown_issuer(doc.file, node.span, &slug, issuers));
        return None;
    }
    Some(slug)
}

fn duration(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let text = doc.string(node)?;
    if Duration::parse(text).is_err() {
        doc.sink.report(duration_form(doc.file, node.span, text));
        return None;
    }
    Some(text.to_owned())
}

fn class_version_behind(file: &Utf8Path, span: Span, current: u32, last: u32) -> Diagnostic {
    Diagnostic::at(Code::ClassVersionBehind, file, span)
        .with_number("current", current)
        .with_number("last", last)
}

fn frozen_version_changed(file: &Utf8Path, span: Span, key: &str, number: u32) -> Diagnostic {
    Diagnostic::at(Code::FrozenVersionChanged, file, span)
        .with("key", key)
        .with_number("version", number)
        .with_number("next", number.saturating_add(1))
}

fn unknown_issuer(
    file: &Utf8Path,
    span: Span,
    slug: &Slug,
    issuers: &BTreeSet<&str>,
) -> Diagnostic {
    Diagnostic::at(Code::UnknownIssuer, file, span)
        .with("issuer", slug.as_str())
        .with_number("count", issuers.len())
        .with("known", issuers.iter().copied().collect::<Vec<_>>().join(", "))
        .suggest(slug.as_str(), issuers.iter().copied())
}

fn duration_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::DurationForm, file, span).with("value", text)
}
