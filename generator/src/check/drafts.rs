//! `badges/assertions/new/<name>.yaml`: awards that have no id yet, as somebody writes them in a forge's web editor.
//!
//! A draft is an award whose `version`, `lang` and `recipient` may be left out; `seal` draws what is random and gives it its
//! place. Files of evidence and hidden names want an id or a salt first, so a draft has neither.

use camino::{Utf8Path, Utf8PathBuf};

use super::awards::{self, Known};
use super::fields::{BareDate, Doc, Map};
use super::revocations::{Withdrawn, award_named};
use super::{Reading, criteria, evidence, files, levels, recipient, settings};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::AwardId;
use crate::load::DRAFTS;
use crate::load::yaml::{Content, Node};
use crate::site::{Class, Draft, Evidence, Settings, Slug};

const KEYS: &[&str] = &[
    "class",
    "version",
    "lang",
    "awarded",
    "expires",
    "level",
    "recipient",
    "criteria_met",
    "role",
    "evidence",
    "renews",
    "visibility",
    "holder",
];

/// Reads every draft, sorted by file.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
    classes: &[Class],
    withdrawn: &Withdrawn,
) -> Vec<Draft> {
    let sources = reading.sources;
    let award_exists = |id: AwardId| {
        sources.awards().binary_search_by_key(&id, |award| award.id).is_ok()
            || withdrawn.tombstones.contains_key(&id)
    };
    let known = Known {
        settings,
        classes,
        class_names: sources.folders_in(super::classes::FOLDER),
        award_exists: &award_exists,
        // A file cannot be there before its folder has a name; `no_files` says so.
        file_exists: &|_| true,
        is_withdrawn: &|_| false,
    };
    let mut drafts = Vec::new();
    for file in sources.below(DRAFTS) {
        // People who type `.yml` mean the same, and the file is renamed anyway.
        if !matches!(file.extension(), Some("yaml" | "yml")) {
            // A warning would be green, and nobody would learn that no badge came of it.
            let name = file.file_name().unwrap_or_default();
            if !files::is_paper(name) && !name.starts_with('.') {
                reading.sink.report(draft_ending(file));
            }
            continue;
        }
        let Some(text) = reading.text(file) else { continue };
        let name = file.as_str().strip_prefix(DRAFTS).filter(|name| !name.contains('/'));
        let Some(name) = name.and_then(|_| Slug::parse(file.file_stem()?)) else {
            reading.sink.report(files::file_name(file));
            continue;
        };
        let Some(root) = reading.yaml(file, &text) else { continue };
        let errors = reading.sink.errors();
        let mut doc = reading.doc(file, settings, &[]);
        let Some(draft) = draft(&mut doc, &root, name, &known) else { continue };
        let place = place(&draft);
        if sources.has_award_in(&format!("{place}/")) {
            reading.sink.report(draft_name_taken(file, &place));
        }
        if reading.sink.errors() == errors {
            reading.sink.report(awards::award_unsealed(file));
            drafts.push(draft);
        }
    }
    drafts
}

/// The folder that a draft becomes: its writer finds it by the name they gave it, and a file that comes back by a merge is
/// not awarded again.
#[must_use]
pub fn place(draft: &Draft) -> Utf8PathBuf {
    format!("badges/assertions/{:04}/{}", draft.awarded.year(), draft.name).into()
}

fn draft(doc: &mut Doc<'_>, root: &Node<'_>, name: Slug, known: &Known<'_>) -> Option<Draft> {
    let map = doc.map(root, KEYS)?;
    let class = doc.need(&map, "class", |doc, node| awards::class_named(doc, node, known));
    let number = doc.may(&map, "version", |doc, node| doc.number(node, &(1..=9_999_u32)));
    let lang = doc.may(&map, "lang", Doc::lang);
    let awarded = doc.need(&map, "awarded", |doc, node| doc.moment(node, BareDate::Begins));
    let expires = doc.may(&map, "expires", |doc, node| doc.moment(node, BareDate::Ends));
    if let (Some(awarded), Some(expires)) = (awarded, expires)
        && expires <= awarded
    {
        doc.sink.report(awards::expires_before_awarded(doc.file, map.value_span("expires")));
    }
    let level = doc.may(&map, "level", |doc, node| doc.number(node, &levels::LEVELS));
    let recipient = doc.may(&map, "recipient", recipient::read);
    let role = doc.may(&map, "role", Doc::owned);
    let evidence = doc.may(&map, "evidence", |doc, node| seen(doc, node, known));
    let renews = doc.may(&map, "renews", |doc, node| award_named(doc, node, known.award_exists));
    let visibility =
        doc.may(&map, "visibility", |doc, node| doc.one_of(node, settings::VISIBILITY));
    let holder = doc.may(&map, "holder", awards::holder);
    let (index, class) = class?;
    let current = known.classes.get(usize::try_from(index).ok()?)?;
    let criteria_met = of_class(doc, &map, current, number, level, lang.as_ref());
    Some(Draft {
        file: doc.file.to_owned(),
        name,
        class,
        lang,
        awarded: awarded?,
        expires,
        level,
        recipient,
        criteria_met,
        role,
        evidence: evidence.unwrap_or_default(),
        renews,
        visibility,
        holder,
    })
}

/// What its class says of a draft: the working version alone is awarded. Gives the criteria that were met.
fn of_class(
    doc: &mut Doc<'_>,
    map: &Map<'_, '_>,
    class: &Class,
    number: Option<u32>,
    level: Option<u8>,
    lang: Option<&crate::site::Lang>,
) -> Vec<String> {
    let version = class.current();
    if number.is_some_and(|number| number != class.current) {
        let span = map.value_span("version");
        doc.sink.report(awards::unknown_version(doc.file, span, class, number.unwrap_or_default()));
    }
    if let Some(lang) = lang {
        awards::class_language(doc, map, lang, version);
    }
    if map.get("level").is_none() || level.is_some() {
        levels::of_award(doc, version, level, map.value_span("level"));
    }
    let met =
        doc.may(map, "criteria_met", |doc, node| criteria::met(doc, node, &class.slug, version));
    met.unwrap_or_default()
}

/// Stories and pages; a file has no folder yet.
fn seen(doc: &mut Doc<'_>, node: &Node<'_>, known: &Known<'_>) -> Option<Vec<Evidence>> {
    let nowhere = AwardId::from_bits([0; 16]);
    let seen = evidence::read(doc, node, nowhere, known);
    let items: &[Node<'_>] = match &node.content {
        Content::List(items) => items,
        Content::Scalar { .. } | Content::Map(_) => &[],
    };
    for entry in items.iter().filter_map(|item| item.get("file")) {
        doc.sink.report(evidence::evidence_form(doc.file, entry.value.span, "draft"));
    }
    seen
}

fn draft_ending(file: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::DraftEnding, file)
        .with("name", file.file_name().unwrap_or_default())
        .with("better", file.with_extension("yaml").file_name().unwrap_or_default())
}

fn draft_name_taken(file: &Utf8Path, place: &Utf8Path) -> Diagnostic {
    Diagnostic::new(Code::DraftNameTaken, file).with("folder", place)
}
