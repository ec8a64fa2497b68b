//! The scale of a class: `levels: [{ id, name, description, image, requires }]`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use camino::Utf8Path;

use super::fields::Doc;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::yaml::Node;
use crate::site::{ClassVersion, Text};

/// A scale has a few steps; a hundred of them would be a mark, which is not what a badge says.
pub(super) const LEVELS: RangeInclusive<u8> = 1..=20;

/// A step as it is written; `images` reads its picture.
pub(super) struct Step<'n, 's> {
    pub(super) id: u8,
    pub(super) name: Text,
    pub(super) description: Text,
    pub(super) image: Option<&'n Node<'s>>,
    /// The level that is wanted first, and where it is written.
    requires: Option<(u8, Span)>,
}

/// Reads the scale, sorted by id.
pub(super) fn read<'n, 's>(doc: &mut Doc<'_>, node: &'n Node<'s>) -> Option<Vec<Step<'n, 's>>> {
    let mut steps: Vec<Step<'n, 's>> = Vec::new();
    doc.list(node, |doc, node| {
        let map = doc.map(node, &["id", "name", "description", "image", "requires"])?;
        let id = doc.need(&map, "id", |doc, node| doc.number(node, &LEVELS));
        let name = doc.need(&map, "name", Doc::text);
        let description = doc.need(&map, "description", Doc::text);
        let requires = doc.may(&map, "requires", |doc, node| doc.number(node, &LEVELS));
        let requires = requires.map(|level| (level, map.value_span("requires")));
        let (id, name, description) = (id?, name?, description?);
        if steps.iter().any(|step| step.id == id) {
            doc.sink.report(duplicate_id(doc.file, map.value_span("id"), &id.to_string()));
        }
        steps.push(Step { id, name, description, image: map.get("image"), requires });
        Some(())
    })?;
    steps.sort_by_key(|step| step.id);
    Some(steps)
}

/// Which level wants which one first: an earlier one of the same scale.
pub(super) fn requires(doc: &mut Doc<'_>, steps: &[Step<'_, '_>]) -> BTreeMap<u8, u8> {
    let mut wanted = BTreeMap::new();
    for step in steps {
        let Some((first, span)) = step.requires else { continue };
        if first < step.id && steps.iter().any(|other| other.id == first) {
            wanted.insert(step.id, first);
        } else {
            doc.sink.report(level_requires(doc.file, span, step.id, first));
        }
    }
    wanted
}

/// Whether an award names a level when, and only when, its class has a scale that has it.
pub(super) fn of_award(
    doc: &mut Doc<'_>,
    version: &ClassVersion,
    level: Option<u8>,
    span: Span,
) -> Option<()> {
    let wrong = match level {
        None if version.levels.is_empty() => return Some(()),
        Some(level) if version.level(level).is_some() => return Some(()),
        None => level_required(doc.file, span, version),
        Some(_) if version.levels.is_empty() => level_forbidden(doc.file, span),
        Some(level) => unknown_level(doc.file, span, level, version),
    };
    doc.sink.report(wrong);
    None
}

fn known(version: &ClassVersion) -> String {
    let ids: Vec<String> = version.levels.iter().map(|level| level.id.to_string()).collect();
    ids.join(", ")
}

fn level_required(file: &Utf8Path, span: Span, version: &ClassVersion) -> Diagnostic {
    Diagnostic::at(Code::LevelRequired, file, span).with("known", known(version))
}

fn level_requires(file: &Utf8Path, span: Span, level: u8, first: u8) -> Diagnostic {
    Diagnostic::at(Code::LevelRequires, file, span)
        .with_number("level", u32::from(level))
        .with_number("first", u32::from(first))
}

fn level_forbidden(file: &Utf8Path, span: Span) -> Diagnostic {
    Diagnostic::at(Code::LevelForbidden, file, span)
}

fn unknown_level(file: &Utf8Path, span: Span, level: u8, version: &ClassVersion) -> Diagnostic {
    Diagnostic::at(Code::UnknownLevel, file, span)
        .with_number("level", u32::from(level))
        .with("known", known(version))
}

/// Two things in one list have the same id.
pub(super) fn duplicate_id(file: &Utf8Path, span: Span, id: &str) -> Diagnostic {
    Diagnostic::at(Code::DuplicateId, file, span).with("id", id)
}
