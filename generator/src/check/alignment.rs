//! `alignment:` of a class: targets of a framework of the repository, by code, or any page on the web.
//!
//! The words of a framework may be mended at any time; what awards mean may not. So the first award of a class version
//! keeps the targets as they are that day, in `versions/<n>/alignment.yaml`, and the frozen version reads them there.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::Reading;
use super::fields::Doc;
use super::frameworks::Framework;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::yaml::Node;
use crate::site::{Alignment, Settings, Slug};

/// The file of a frozen version.
pub(crate) const KEPT: &str = "alignment.yaml";

/// By framework and code.
pub(super) type Kept = BTreeMap<(Slug, String), Alignment>;

/// Where the targets of a framework are looked up.
#[derive(Clone, Copy)]
pub(super) enum Targets<'a> {
    /// In the frameworks as they stand.
    Live(&'a BTreeMap<Slug, Option<Framework>>),
    /// In what a frozen version kept of them.
    Kept(&'a Kept),
}

/// Reads one target.
pub(super) fn read(doc: &mut Doc<'_>, node: &Node<'_>, targets: Targets<'_>) -> Option<Alignment> {
    if node.get("framework").is_none() {
        let map = doc.map(node, &["name", "url", "code", "framework_name", "framework"])?;
        let name = doc.need(&map, "name", Doc::text);
        let url = doc.need(&map, "url", Doc::address);
        let code = doc.may(&map, "code", Doc::owned);
        let framework_name = doc.may(&map, "framework_name", Doc::text);
        let framework = None;
        return Some(Alignment { name: name?, url: url?, code, framework_name, framework });
    }
    let map = doc.map(node, &["framework", "code"])?;
    let slug = doc.need(&map, "framework", Doc::slug);
    let code = doc.need(&map, "code", Doc::owned)?;
    let slug = slug?;
    match targets {
        Targets::Live(frameworks) => {
            let Some(framework) = frameworks.get(&slug) else {
                let known = frameworks.keys().map(Slug::as_str);
                let span = map.value_span("framework");
                doc.sink.report(unknown_framework(doc.file, span, &slug, known));
                return None;
            };
            let framework = framework.as_ref()?;
            let Some(item) = framework.items.get(&code) else {
                let known = framework.items.keys().map(String::as_str);
                let span = map.value_span("code");
                doc.sink.report(unknown_framework_code(doc.file, span, &code, &slug, known));
                return None;
            };
            Some(Alignment {
                name: item.name.clone(),
                url: item.url.clone(),
                code: Some(code),
                framework_name: Some(framework.name.clone()),
                framework: Some(slug),
            })
        }
        Targets::Kept(kept) => {
            let found = kept.get(&(slug.clone(), code.clone())).cloned();
            if found.is_none() {
                let of_it = kept.keys().filter(|(framework, _)| *framework == slug);
                let known = of_it.map(|(_, code)| code.as_str());
                let span = map.value_span("code");
                doc.sink.report(unknown_framework_code(doc.file, span, &code, &slug, known));
            }
            found
        }
    }
}

/// What the frozen version in `folder` kept: `Some(None)` when it was frozen without, `None` when it cannot be read.
pub(super) fn kept(
    reading: &mut Reading<'_>,
    settings: &Settings,
    folder: &Utf8Path,
) -> Option<Option<Kept>> {
    let Some(file) = reading.sources.listed(folder.join(KEPT).as_str()) else { return Some(None) };
    let text = reading.text(file)?;
    let root = reading.yaml(file, &text)?;
    let mut doc = reading.doc(file, settings, &[]);
    let map = doc.map(&root, &["items"])?;
    let items = doc.need(&map, "items", |doc, node| doc.list(node, item))?;
    Some(Some(items.into_iter().collect()))
}

fn item(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<((Slug, String), Alignment)> {
    let map = doc.map(node, &["framework", "code", "name", "url", "framework_name"])?;
    let framework = doc.need(&map, "framework", Doc::slug);
    let code = doc.need(&map, "code", Doc::owned);
    let name = doc.need(&map, "name", Doc::text);
    let url = doc.need(&map, "url", Doc::address);
    let framework_name = doc.need(&map, "framework_name", Doc::text);
    let (framework, code) = (framework?, code?);
    let target = Alignment {
        name: name?,
        url: url?,
        code: Some(code.clone()),
        framework_name: Some(framework_name?),
        framework: Some(framework.clone()),
    };
    Some(((framework, code), target))
}

/// Whether the working class names the same targets: those of a framework by their code, whatever its words are today.
pub(super) fn is_kept(working: &[Alignment], frozen: &[Alignment]) -> bool {
    let is_same = |(one, other): (&Alignment, &Alignment)| match (&one.framework, &other.framework)
    {
        (Some(one_of), Some(other_of)) => one_of == other_of && one.code == other.code,
        _ => one == other,
    };
    working.len() == frozen.len() && working.iter().zip(frozen).all(is_same)
}

fn unknown_framework<'a>(
    file: &Utf8Path,
    span: Span,
    slug: &Slug,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::at(Code::UnknownFramework, file, span)
        .with("framework", slug.as_str())
        .suggest(slug.as_str(), known)
}

fn unknown_framework_code<'a>(
    file: &Utf8Path,
    span: Span,
    code: &str,
    framework: &Slug,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::at(Code::UnknownFrameworkCode, file, span)
        .with("code", code)
        .with("framework", framework.as_str())
        .suggest(code, known)
}
