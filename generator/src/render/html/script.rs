//! Scripts in several modules, published as few and small files.
//!
//! A script of `static/` that imports others (`import { a } from "./b.js";`) is published with those inside it, and the
//! modules it imports are not published by themselves. What it asks for only when it is needed (`await import("./c.js")`)
//! becomes a file of its own, which takes what it shares with the script from there. So a page asks for one file, whose
//! address changes when any part does, and a theme still replaces one module alone. All of them are written as shortly as
//! they can be (`oxc`): comments, spaces and long names are for readers of the source. A script that imports nothing and
//! is imported by none is published as it is.
//!
//! Not a bundler for the world: modules import names from files of the theme, export what they declare by name, and do
//! not import each other in a circle.

mod chunk;
mod module;

use std::collections::{BTreeMap, BTreeSet};

use super::TemplateError;
use chunk::Graph;
use module::Module;

/// The files of a site, once its scripts are whole.
#[derive(Debug)]
pub(super) struct Published {
    /// The files, by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Of scripts that name each other, the version that stands in their addresses. One for all of them: each would else
    /// hold the digest of the other.
    pub versions: BTreeMap<String, String>,
}

/// The files of a site with every script that imports others made whole.
///
/// # Errors
/// [`TemplateError::File`] names the script and the line: a mistake in it, an import that leads nowhere or back to
/// itself, and what is not read here.
pub(super) fn whole(files: &BTreeMap<String, Vec<u8>>) -> Result<Published, TemplateError> {
    let mut modules = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".js")) {
        // A script in another encoding imports nothing that could be found here.
        let Ok(text) = str::from_utf8(bytes) else { continue };
        modules.insert(path.as_str(), Module::read(path, text)?);
    }
    let imported: BTreeSet<&str> = modules
        .values()
        .flat_map(|module| module.imports.iter().chain(&module.loads).map(|one| one.from.as_str()))
        .collect();
    let mut published = Published { files: BTreeMap::new(), versions: BTreeMap::new() };
    for (path, bytes) in files {
        match modules.get(path.as_str()) {
            Some(_) if imported.contains(path.as_str()) => {}
            Some(module) if module.is_alone() => {
                published.files.insert(path.clone(), bytes.clone());
            }
            Some(_) => publish(path, &modules, &mut published)?,
            None => drop(published.files.insert(path.clone(), bytes.clone())),
        }
    }
    // A circle that nothing outside leads into would be published nowhere.
    for path in imported {
        chunk::order(path, &modules)?;
    }
    Ok(published)
}

/// Publishes the script at `path` and what it loads when it is needed.
fn publish(
    path: &str,
    modules: &BTreeMap<&str, Module>,
    published: &mut Published,
) -> Result<(), TemplateError> {
    let texts = Graph::of(path, modules)?.texts()?;
    let all: Vec<u8> = texts.values().flat_map(|text| text.bytes()).collect();
    let version = super::version(&all);
    for (file, text) in texts {
        let mark = chunk::version_mark(modules);
        let text = text.replace(&format!("?v={mark}"), &format!("?v={version}"));
        if published.files.insert(file.to_owned(), text.into_bytes()).is_some() {
            let reason = "two scripts load it when it is needed; let one load it, or import it";
            return Err(TemplateError::file(file, reason.to_owned()));
        }
        published.versions.insert(file.to_owned(), version.clone());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
