//! `site-content/**/*.md`: the words around the badges.

use camino::Utf8Path;

use super::fields::Doc;
use super::{Reading, fields, files};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::{Sources, yaml};
use crate::site::{Lang, Page, Settings, Slug};

/// Where they are.
pub(super) const FOLDER: &str = "site-content/";

/// The file that is the page of its folder.
const INDEX: &str = "index";

/// The line above and below the front matter.
const FENCE: &str = "---";

/// Reads every page, sorted by path and language.
pub(super) fn read(reading: &mut Reading<'_>, settings: &Settings) -> Vec<Page> {
    let sources = reading.sources;
    let mut pages: Vec<Page> = Vec::new();
    for file in sources.below(FOLDER) {
        let name = file.as_str().strip_prefix(FOLDER).unwrap_or_default();
        let Some(name) = name.strip_suffix(".md") else { continue };
        let Some(text) = reading.text(file) else { continue };
        let (path, tag) = match name.rsplit_once('.') {
            Some((path, tag)) if !tag.contains('/') => (path, tag),
            _ => (name, settings.default_lang().as_str()),
        };
        let Some(lang) = settings.languages.iter().find(|lang| lang.as_str() == tag) else {
            let span = files::first_line(&text);
            let unknown = fields::unknown_language(file, span, tag, &settings.languages);
            reading.sink.report(unknown);
            continue;
        };
        let path = match path.strip_suffix(INDEX) {
            Some("") => "",
            Some(folder) if folder.ends_with('/') => folder.trim_end_matches('/'),
            _ => path,
        };
        if !path.is_empty() && !path.split('/').all(|part| Slug::parse(part).is_some()) {
            reading.sink.report(files::file_name(file));
            continue;
        }
        pages.extend(page(reading, settings, file, &text, path, lang));
    }
    pages.sort_by(|a, b| (&a.path, &a.lang).cmp(&(&b.path, &b.lang)));
    pages
}

/// Whether there is a page at `path`, in the default language.
pub(super) fn exists(sources: &Sources, path: &str) -> bool {
    let found = |name: String| sources.listed(&format!("{FOLDER}{name}.md")).is_some();
    found(path.to_owned()) || found(format!("{path}/{INDEX}"))
}

fn page(
    reading: &mut Reading<'_>,
    settings: &Settings,
    file: &Utf8Path,
    text: &str,
    path: &str,
    lang: &Lang,
) -> Option<Page> {
    let Some((front, offset, markdown)) = split(text) else {
        reading.sink.report(front_matter_missing(file, text));
        return None;
    };
    let root = match yaml::parse_part(front, offset) {
        Ok(root) => root,
        Err(error) => {
            reading.sink.report(files::not_yaml(file, error));
            return None;
        }
    };
    let mut doc = reading.doc(file, settings, &[]);
    let map = doc.map(&root, &["title", "description", "nav"])?;
    let title = doc.need(&map, "title", Doc::owned);
    let description = doc.need(&map, "description", Doc::owned);
    let nav = doc.may(&map, "nav", |doc, node| doc.number(node, &(1..=99_u32)));
    Some(Page {
        path: path.to_owned(),
        lang: lang.clone(),
        title: title?,
        description: description?,
        nav,
        markdown: markdown.to_owned(),
    })
}

/// The front matter, the byte it begins at, and what follows it.
fn split(text: &str) -> Option<(&str, usize, &str)> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = body.split_inclusive('\n').next().filter(|line| line.trim_end() == FENCE)?;
    let front_start = first.len();
    let mut at = front_start;
    for line in body.get(front_start..)?.split_inclusive('\n') {
        if line.trim_end() == FENCE {
            let front = body.get(front_start..at)?;
            let rest = body.get(at + line.len()..)?;
            return Some((front, text.len() - body.len() + front_start, rest));
        }
        at += line.len();
    }
    None
}

fn front_matter_missing(file: &Utf8Path, text: &str) -> Diagnostic {
    let first = Span::new(0, text.lines().next().unwrap_or_default().len());
    Diagnostic::at(Code::FrontMatterMissing, file, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_the_second_fence() {
        let text = "---\ntitle: a\n---\nbody\n---\nmore\n";
        assert_eq!(split(text), Some(("title: a\n", 4, "body\n---\nmore\n")));
        let windows = "\u{feff}---\r\ntitle: a\r\n---\r\nbody";
        assert_eq!(split(windows), Some(("title: a\r\n", 8, "body")));
        for text in ["", "---", "title: a\n", "---\ntitle: a\n", "# ---\n---\n"] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
