//! `badges/frameworks/<slug>.yaml`: lists of things a badge can speak to, written once.
//!
//! ```yaml
//! name: { fr: Repères de l’Estran, en: Estran markers }
//! url: https://badges.estran.example/reperes/      # its page
//! licence: CC-BY-4.0                               # optional
//! items:
//!   - code: REL-1
//!     name: { fr: Écouter sans juger, en: Listen without judging }
//!     url: https://…                               # optional; else the page's address and `#REL-1`
//! ```

use std::collections::BTreeMap;

use super::Reading;
use super::fields::{self, Doc};
use super::levels::duplicate_id;
use crate::diagnostic::Span;
use crate::load::yaml::Node;
use crate::site::{Settings, Slug, Text};

/// Where they are.
pub(super) const FOLDER: &str = "badges/frameworks/";

/// A framework.
#[derive(Debug)]
pub(super) struct Framework {
    pub(super) name: Text,
    /// By code.
    pub(super) items: BTreeMap<String, Item>,
}

/// One thing in it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: Text,
    pub(super) url: String,
}

/// Reads every framework, by slug. One that cannot be read is `None`, so that the classes that name it are not blamed.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
) -> BTreeMap<Slug, Option<Framework>> {
    let mut frameworks = BTreeMap::new();
    let sources = reading.sources;
    for file in sources.below(FOLDER) {
        let Some(name) = file.as_str().strip_prefix(FOLDER).and_then(|n| n.strip_suffix(".yaml"))
        else {
            continue;
        };
        let Some(text) = reading.text(file) else { continue };
        let Some(slug) = Slug::parse(name) else {
            reading.sink.report(super::files::file_name(file));
            continue;
        };
        let Some(root) = reading.yaml(file, &text) else {
            frameworks.insert(slug, None);
            continue;
        };
        let mut doc = reading.doc(file, settings, &settings.languages);
        frameworks.insert(slug, framework(&mut doc, &root));
    }
    frameworks
}

fn framework(doc: &mut Doc<'_>, root: &Node<'_>) -> Option<Framework> {
    let map = doc.map(root, &["name", "url", "licence", "items"])?;
    let name = doc.need(&map, "name", Doc::text);
    let url = doc.need(&map, "url", Doc::address);
    doc.may(&map, "licence", Doc::owned);
    let mut items = BTreeMap::new();
    let base = url.clone().unwrap_or_default();
    doc.need(&map, "items", |doc, node| {
        doc.list(node, |doc, node| {
            let (code, span, item) = item(doc, node, &base)?;
            if items.contains_key(&code) {
                doc.sink.report(duplicate_id(doc.file, span, &code));
            }
            items.insert(code, item);
            Some(())
        })
    });
    url?;
    Some(Framework { name: name?, items })
}

fn item(doc: &mut Doc<'_>, node: &Node<'_>, base: &str) -> Option<(String, Span, Item)> {
    let map = doc.map(node, &["code", "name", "url"])?;
    let code = doc.need(&map, "code", Doc::owned);
    let name = doc.need(&map, "name", Doc::text);
    let url = doc.may(&map, "url", Doc::address);
    let code = code?;
    let fragment = fields::fragment(&code);
    let url = url.unwrap_or_else(|| format!("{base}#{fragment}"));
    Some((code, map.value_span("code"), Item { name: name?, url }))
}
