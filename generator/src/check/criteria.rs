//! What a person shows: the prose in `criteria*.md`, and the items of the rule.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::fields::{self, Doc};
use super::levels::duplicate_id;
use super::{Reading, files};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::yaml::Node;
use crate::site::{ClassVersion, CriteriaItem, Lang, Settings, Slug};

/// More is a syllabus; it belongs in several classes.
pub(super) const ITEMS_MAX: u32 = 100;

/// Reads `criteria.md`, in the default language, and `criteria.<lang>.md`, all in `folder`.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
    folder: &Utf8Path,
) -> BTreeMap<Lang, String> {
    let default = settings.default_lang();
    let prefix = format!("{folder}/criteria.");
    let mut prose = BTreeMap::new();
    let sources = reading.sources;
    for file in sources.below(&prefix) {
        let name = file.as_str().strip_prefix(&prefix).unwrap_or_default();
        let tag = match name.strip_suffix(".md") {
            Some(tag) => tag,
            None if name == "md" => default.as_str(),
            None => continue,
        };
        let Some(text) = reading.text(file) else { continue };
        let Some(lang) = settings.languages.iter().find(|lang| lang.as_str() == tag) else {
            let span = files::first_line(&text);
            let unknown = fields::unknown_language(file, span, tag, &settings.languages);
            reading.sink.report(unknown);
            continue;
        };
        if text.trim().is_empty() {
            reading.sink.report(fields::text_length(file, files::first_line(&text), 0));
        }
        prose.insert(lang.clone(), text);
    }
    // What is there and cannot be read was told already.
    let plain = folder.join("criteria.md");
    if !prose.contains_key(default) && !sources.has(plain.as_str()) {
        reading.sink.report(files::file_missing(&plain));
    }
    prose
}

/// The items, and how many of them are needed.
#[derive(Default)]
pub(super) struct Rule {
    pub(super) items: Vec<CriteriaItem>,
    pub(super) at_least: Option<u32>,
}

/// Reads `criteria: { at_least, items: [{ id, text }] }`.
pub(super) fn rule(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<Rule> {
    let map = doc.map(node, &["at_least", "items"])?;
    let mut items: Vec<CriteriaItem> = Vec::new();
    doc.need(&map, "items", |doc, node| {
        doc.list(node, |doc, node| {
            let map = doc.map(node, &["id", "text"])?;
            let id = doc.need(&map, "id", Doc::slug);
            let text = doc.need(&map, "text", Doc::text);
            let id = id?.to_string();
            if items.iter().any(|item| item.id == id) {
                doc.sink.report(duplicate_id(doc.file, map.value_span("id"), &id));
            }
            items.push(CriteriaItem { id, text: text? });
            Some(())
        })?;
        if items.is_empty() {
            doc.sink.report(fields::list_empty(doc.file, node.span));
        }
        Some(())
    })?;
    let at_least = doc.may(&map, "at_least", |doc, node| doc.number(node, &(1..=ITEMS_MAX)));
    let there = u32::try_from(items.len()).unwrap_or(u32::MAX);
    if at_least.is_some_and(|needed| needed > there) {
        doc.sink.report(criteria_too_many(doc.file, map.value_span("at_least"), there));
    }
    Some(Rule { items, at_least })
}

/// Reads `criteria_met` of an award: items of its class, and enough of them.
pub(super) fn met(
    doc: &mut Doc<'_>,
    node: &Node<'_>,
    class: &Slug,
    version: &ClassVersion,
) -> Option<Vec<String>> {
    let mut met: BTreeSet<String> = BTreeSet::new();
    let known: Vec<&str> = version.items.iter().map(|item| item.id.as_str()).collect();
    let list = doc.list(node, |doc, node| {
        let id = doc.string(node)?;
        if !known.contains(&id) {
            doc.sink.report(unknown_criterion(doc.file, node.span, id, class, &known));
        } else if !met.insert(id.to_owned()) {
            doc.sink.report(duplicate_id(doc.file, node.span, id));
        }
        Some(id.to_owned())
    })?;
    let needed = version.at_least.map_or(known.len(), |n| usize::try_from(n).unwrap_or(usize::MAX));
    if met.len() < needed && list.iter().all(|id| known.contains(&id.as_str())) {
        doc.sink.report(criteria_too_few(doc.file, node.span, met.len(), needed));
    }
    Some(list)
}

fn criteria_too_many(file: &Utf8Path, span: Span, there: u32) -> Diagnostic {
    Diagnostic::at(Code::CriteriaTooMany, file, span).with_number("count", there)
}

fn unknown_criterion(
    file: &Utf8Path,
    span: Span,
    id: &str,
    class: &Slug,
    known: &[&str],
) -> Diagnostic {
    Diagnostic::at(Code::UnknownCriterion, file, span)
        .with("id", id)
        .with("class", class.as_str())
        .with("known", known.join(", "))
        .suggest(id, known.iter().copied())
}

fn criteria_too_few(file: &Utf8Path, span: Span, met: usize, needed: usize) -> Diagnostic {
    Diagnostic::at(Code::CriteriaTooFew, file, span)
        .with_number("met", met)
        .with_number("needed", needed)
}
