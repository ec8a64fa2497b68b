//! What was seen of an award: stories, addresses, and files in `badges/evidence/<id>/`.

use camino::Utf8Path;

use super::awards::Known;
use super::fields::Doc;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::id::AwardId;
use crate::load::yaml::Node;
use crate::site::Evidence;

/// Where the files are.
pub(super) const FOLDER: &str = "badges/evidence/";

/// Files that are looked at rather than read.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// Reads the list of an award.
pub(super) fn read(
    doc: &mut Doc<'_>,
    node: &Node<'_>,
    id: AwardId,
    known: &Known<'_>,
) -> Option<Vec<Evidence>> {
    doc.list(node, |doc, node| {
        let map = doc.map(node, &["narrative", "url", "genre", "file", "alt"])?;
        let narrative = doc.may(&map, "narrative", Doc::text);
        let url = doc.may(&map, "url", Doc::address);
        let genre = doc.may(&map, "genre", Doc::owned);
        let file = doc.may(&map, "file", |doc, node| file(doc, node, id, known));
        let alt = doc.may(&map, "alt", Doc::text);
        if ["narrative", "url", "file"].iter().all(|key| map.get(key).is_none()) {
            doc.sink.report(evidence_form(doc.file, map.key_span("narrative"), "empty"));
        }
        let is_picture = |file: &String| is_picture(Utf8Path::new(file));
        if file.as_ref().is_some_and(is_picture) && map.get("alt").is_none() {
            doc.sink.report(evidence_without_alt(doc.file, map.value_span("file")));
        }
        Some(Evidence { narrative, url, file, genre, alt })
    })
}

/// Whether a file is looked at rather than read, by its name.
#[must_use]
pub fn is_picture(file: &Utf8Path) -> bool {
    let extension = file.extension().unwrap_or_default();
    PICTURES.iter().any(|picture| picture.eq_ignore_ascii_case(extension))
}

fn file(doc: &mut Doc<'_>, node: &Node<'_>, id: AwardId, known: &Known<'_>) -> Option<String> {
    let name = doc.string(node)?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    if name.starts_with('.') || !name.bytes().all(plain) {
        doc.sink.report(evidence_form(doc.file, node.span, "name"));
        return None;
    }
    let path = format!("{FOLDER}{id}/{name}");
    if !(known.file_exists)(&path) {
        doc.sink.report(evidence_missing(doc.file, node.span, &path));
        return None;
    }
    Some(name.to_owned())
}

/// `problem` is `empty`, `name` or `draft`; the message has the words for them.
pub(super) fn evidence_form(file: &Utf8Path, span: Span, problem: &str) -> Diagnostic {
    Diagnostic::at(Code::EvidenceForm, file, span).with("problem", problem)
}

fn evidence_missing(file: &Utf8Path, span: Span, path: &str) -> Diagnostic {
    Diagnostic::at(Code::EvidenceMissing, file, span).with("file", path)
}

fn evidence_without_alt(file: &Utf8Path, span: Span) -> Diagnostic {
    Diagnostic::at(Code::EvidenceWithoutAlt, file, span)
}
