//! `accolade.yaml`.

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::iri::{BaseUrl, BaseUrlError};

use super::Reading;
use super::fields::Doc;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::SETTINGS;
use crate::load::ignored::{self, Kind, OUTPUT};
use crate::load::yaml::{self, Node};
use crate::site::{Hosting, Lang, Repository, Settings, Slug, Visibility};

/// The version of the file formats; a later one means a newer program is needed.
pub(super) const FORMAT_VERSION: u32 = 1;

/// The look that is built in.
const DEFAULT_THEME: &str = "default";

const KEYS: &[&str] = &[
    "version",
    "base_url",
    "former_base_urls",
    "languages",
    "title",
    "theme",
    "repository",
    "hosting",
    "function",
    "privacy",
    "seal",
];

pub(super) const REPOSITORY: &[(&str, Repository)] =
    &[("public", Repository::Public), ("private", Repository::Private)];

pub(super) const HOSTING: &[(&str, Hosting)] = &[
    ("github", Hosting::Github),
    ("gitlab", Hosting::Gitlab),
    ("forgejo", Hosting::Forgejo),
    ("netlify", Hosting::Netlify),
    ("cloudflare", Hosting::Cloudflare),
    ("s3", Hosting::S3),
    ("other", Hosting::Other),
];

/// The word for a static host.
#[must_use]
pub fn hosting_word(hosting: Hosting) -> &'static str {
    let found = HOSTING.iter().find(|(_, known)| *known == hosting);
    found.map_or("other", |(word, _)| word)
}

/// The words for who sees an award.
pub(super) const VISIBILITY: &[(&str, Visibility)] = &[
    ("listed", Visibility::Listed),
    ("unlisted", Visibility::Unlisted),
    ("private", Visibility::Private),
];

/// Reads the settings. Without an address and a language nothing else can be judged, so the rest then waits.
pub(super) fn read(reading: &mut Reading<'_>) -> Option<Settings> {
    let file = Utf8Path::new(SETTINGS);
    let text = reading.text(file)?;
    let root = reading.yaml(file, &text)?;
    let themes = reading.sources.folders_in("themes/");
    let root_folder = reading.sources.root();
    let mut doc = Doc { file, languages: &[], wanted: &[], sink: &mut reading.sink };
    let map = doc.map(&root, KEYS)?;
    doc.need(&map, "version", format_version);
    let base_url = doc.need(&map, "base_url", base_url);
    let former = doc.may(&map, "former_base_urls", |doc, node| doc.list(node, base_url_item));
    let languages = doc.need(&map, "languages", languages)?;
    let mut doc = Doc { file, languages: &languages, wanted: &languages, sink: doc.sink };
    let title = doc.need(&map, "title", Doc::text);
    let theme = doc.may(&map, "theme", |doc, node| theme(doc, node, &themes));
    let repository = doc.need(&map, "repository", |doc, node| doc.one_of(node, REPOSITORY));
    let hosting = doc.may(&map, "hosting", |doc, node| doc.one_of(node, HOSTING));
    let function = doc.may(&map, "function", Doc::address);
    let privacy = doc.may(&map, "privacy", privacy).unwrap_or_default();
    if let Some((register, span)) = &privacy.register
        && repository == Some(Repository::Public)
        && is_published(register, root_folder)
    {
        doc.sink.report(register_in_public_tree(file, *span, register));
    }
    let seal_branch = doc.may(&map, "seal", |doc, node| {
        let map = doc.map(node, &["branch"])?;
        doc.may(&map, "branch", Doc::owned)
    });
    Some(Settings {
        base_url: base_url?,
        former_base_urls: former.unwrap_or_default(),
        languages: languages.clone(),
        title: title.unwrap_or_default(),
        theme: theme.or_else(|| Slug::parse(DEFAULT_THEME))?,
        repository: repository.unwrap_or(Repository::Public),
        hosting: hosting.unwrap_or(Hosting::Other),
        function,
        default_visibility: privacy.visibility.unwrap_or(Visibility::Unlisted),
        register: privacy.register.map(|(register, _)| register),
        seal_branch: seal_branch.unwrap_or_else(|| "main".to_owned()),
    })
}

/// Says that sealed awards name an address the settings have forgotten: once, however many awards do.
pub(super) fn abandoned(reading: &mut Reading<'_>, base: &str, awards: u32) {
    let file = Utf8Path::new(SETTINGS);
    let text = reading.sources.text(file).unwrap_or_default();
    let root = yaml::parse(&text).ok();
    let entry = root.as_ref().and_then(|root| root.get("base_url"));
    let span = entry.map_or(Span::new(0, 0), |entry| entry.value.span);
    reading.sink.report(base_url_abandoned(file, span, base, awards));
}

fn format_version(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<()> {
    let text = doc.string(node)?;
    if text.parse() != Ok(FORMAT_VERSION) {
        doc.sink.report(unknown_format_version(doc.file, node.span, text));
    }
    Some(())
}

fn base_url_item(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<BaseUrl> {
    base_url(doc, node)
}

fn base_url(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<BaseUrl> {
    let text = doc.string(node)?;
    BaseUrl::parse(text)
        .map_err(|error| doc.sink.report(base_url_form(doc.file, node.span, text, error)))
        .ok()
}

fn languages(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<Vec<Lang>> {
    let mut languages: Vec<Lang> = Vec::new();
    doc.list(node, |doc, item| {
        let text = doc.string(item)?;
        match Lang::parse(text) {
            None => doc.sink.report(language_form(doc.file, item.span, text)),
            Some(lang) if languages.contains(&lang) => {
                doc.sink.report(super::levels::duplicate_id(doc.file, item.span, text));
            }
            Some(lang) => languages.push(lang),
        }
        Some(())
    })?;
    if languages.is_empty() {
        doc.sink.report(super::fields::list_empty(doc.file, node.span));
        return None;
    }
    Some(languages)
}

fn theme(
    doc: &mut Doc<'_>,
    node: &Node<'_>,
    themes: &std::collections::BTreeSet<&str>,
) -> Option<Slug> {
    let theme = doc.slug(node)?;
    if theme.as_str() != DEFAULT_THEME && !themes.contains(theme.as_str()) {
        doc.sink.report(unknown_theme(doc.file, node.span, &theme, themes));
    }
    Some(theme)
}

#[derive(Default)]
struct Privacy {
    visibility: Option<Visibility>,
    register: Option<(Utf8PathBuf, Span)>,
}

fn privacy(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<Privacy> {
    let map = doc.map(node, &["visibility", "register"])?;
    Some(Privacy {
        visibility: doc.may(&map, "visibility", |doc, node| doc.one_of(node, VISIBILITY)),
        register: doc.may(&map, "register", |doc, node| {
            Some((Utf8PathBuf::from(doc.owned(node)?), node.span))
        }),
    })
}

/// Whether a commit or the built site would hold what lies in the register.
fn is_published(register: &Utf8Path, root: &Utf8Path) -> bool {
    let folder = root.join(register);
    ignored::would_be_committed(root, &folder, Kind::Folder)
        || ignored::lies_in(&root.join(OUTPUT), &folder)
}

fn register_in_public_tree(file: &Utf8Path, span: Span, register: &Utf8Path) -> Diagnostic {
    Diagnostic::at(Code::RegisterInPublicTree, file, span).with("folder", register)
}

fn unknown_format_version(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::FormatVersion, file, span)
        .with("value", text)
        .with_number("version", FORMAT_VERSION)
}

fn base_url_form(file: &Utf8Path, span: Span, text: &str, error: BaseUrlError) -> Diagnostic {
    let problem = match error {
        BaseUrlError::NotHttps => "not-https",
        BaseUrlError::FinalSlash => "final-slash",
        BaseUrlError::PortOrUser => "port-or-user",
        BaseUrlError::Host => "host",
        _ => "path",
    };
    Diagnostic::at(Code::BaseUrlForm, file, span).with("value", text).with("problem", problem)
}

fn base_url_abandoned(file: &Utf8Path, span: Span, base: &str, awards: u32) -> Diagnostic {
    Diagnostic::at(Code::BaseUrlAbandoned, file, span)
        .with("base", base)
        .with_number("awards", awards)
}

fn language_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::LanguageForm, file, span).with("value", text)
}

fn unknown_theme<'a>(
    file: &Utf8Path,
    span: Span,
    theme: &Slug,
    themes: impl IntoIterator<Item = &'a &'a str>,
) -> Diagnostic {
    let known = themes.into_iter().copied().chain([DEFAULT_THEME]);
    Diagnostic::at(Code::UnknownTheme, file, span)
        .with("theme", theme.as_str())
        .suggest(theme.as_str(), known)
}
