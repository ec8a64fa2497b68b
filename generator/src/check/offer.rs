//! How a class is offered today: `since`, `territory`, `evidence`, `request`, `next` of its `badge.yaml`.
//!
//! None of it is signed or frozen, so the reader of a frozen version does not look at it.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::awards::unknown_class;
use super::fields::{BareDate, Doc, Map};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::yaml::Node;
use crate::site::{Offer, Request, Slug};

/// What an offer may point to.
pub(super) struct Surroundings<'a> {
    pub(super) class: &'a Slug,
    /// The folders of the classes.
    pub(super) classes: &'a BTreeSet<&'a str>,
    /// Whether `site-content/` has a page.
    pub(super) page_exists: &'a dyn Fn(&str) -> bool,
}

/// Reads the keys; what is wrong is reported and left out.
pub(super) fn read(doc: &mut Doc<'_>, map: &Map<'_, '_>, around: &Surroundings<'_>) -> Offer {
    let since = doc.may(map, "since", |doc, node| doc.moment(node, BareDate::Begins));
    let territory = doc.may(map, "territory", |doc, node| doc.list(node, Doc::text));
    let evidence = doc.may(map, "evidence", Doc::text);
    let request = doc.may(map, "request", |doc, node| request(doc, node, around));
    let next = doc
        .may(map, "next", |doc, node| doc.list(node, |doc, node| class_after(doc, node, around)));
    Offer {
        since,
        territory: territory.unwrap_or_default(),
        evidence,
        request,
        next: next.unwrap_or_default(),
    }
}

fn request(doc: &mut Doc<'_>, node: &Node<'_>, around: &Surroundings<'_>) -> Option<Request> {
    let map = doc.map(node, &["how", "page", "url"])?;
    let how = doc.need(&map, "how", Doc::text);
    let page = doc.may(&map, "page", |doc, node| {
        let page = doc.string(node)?;
        if !(around.page_exists)(page) {
            doc.sink.report(unknown_page(doc.file, node.span, page));
            return None;
        }
        Some(page.to_owned())
    });
    let url = doc.may(&map, "url", Doc::address);
    Some(Request { how: how?, page, url })
}

/// Reads the slug of another class that exists.
fn class_after(doc: &mut Doc<'_>, node: &Node<'_>, around: &Surroundings<'_>) -> Option<Slug> {
    let slug = doc.slug(node)?;
    if slug == *around.class || !around.classes.contains(slug.as_str()) {
        let others: BTreeSet<&str> =
            around.classes.iter().copied().filter(|name| *name != around.class.as_str()).collect();
        doc.sink.report(unknown_class(doc.file, node.span, &slug, &others));
        return None;
    }
    Some(slug)
}

fn unknown_page(file: &Utf8Path, span: Span, page: &str) -> Diagnostic {
    Diagnostic::at(Code::UnknownPage, file, span).with("page", page)
}
