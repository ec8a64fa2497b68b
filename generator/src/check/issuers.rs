//! `badges/issuers/<slug>/`.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::fields::Doc;
use super::{Reading, files, images, keys};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::SEALED_BYTES_MAX;
use crate::load::yaml::Node;
use crate::site::{Issuer, Picture, Settings, Slug, Text};

/// Where they are.
pub(super) const FOLDER: &str = "badges/issuers/";

/// The sealed list of withdrawn awards.
pub(super) fn status_list_path(slug: &Slug) -> Utf8PathBuf {
    format!("{FOLDER}{slug}/status/revocation-1.json").into()
}

const KEYS: &[&str] = &["name", "url", "email", "image", "description"];

/// Reads every issuer, by slug.
pub(super) fn read(reading: &mut Reading<'_>, settings: &Settings) -> BTreeMap<Slug, Issuer> {
    let mut issuers = BTreeMap::new();
    for name in reading.sources.folders_in(FOLDER) {
        let folder = Utf8PathBuf::from(format!("{FOLDER}{name}"));
        let Some(slug) = Slug::parse(name) else {
            reading.sink.report(files::file_name(&folder));
            continue;
        };
        if let Some(issuer) = issuer(reading, settings, slug.clone(), &folder) {
            issuers.insert(slug, issuer);
        }
    }
    issuers
}

fn issuer(
    reading: &mut Reading<'_>,
    settings: &Settings,
    slug: Slug,
    folder: &Utf8Path,
) -> Option<Issuer> {
    let keys = keys::read(reading, settings, &slug);
    let status_list = status_list(reading, &slug);
    let text = reading.named_text(&folder.join("issuer.yaml"))?;
    let file = folder.join("issuer.yaml");
    let root = reading.yaml(&file, &text)?;
    let profile = profile(reading, settings, &file, &root)?;
    let Profile { name, url, email, description, image } = profile;
    let keys = keys?;
    Some(Issuer { slug, name, url, email, image, description, keys, status_list })
}

struct Profile {
    name: Text,
    url: String,
    email: String,
    description: Text,
    image: Option<Picture>,
}

fn profile(
    reading: &mut Reading<'_>,
    settings: &Settings,
    file: &Utf8Path,
    root: &Node<'_>,
) -> Option<Profile> {
    let mut doc = reading.doc(file, settings, &settings.languages);
    let map = doc.map(root, KEYS)?;
    let name = doc.need(&map, "name", Doc::text);
    let url = doc.need(&map, "url", Doc::address);
    let email = doc.need(&map, "email", email);
    let description = doc.need(&map, "description", Doc::text);
    let image = map
        .get("image")
        .and_then(|node| images::read(reading, settings, file, node, &settings.languages));
    Some(Profile { name: name?, url: url?, email: email?, description: description?, image })
}

fn email(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let text = doc.string(node)?;
    if super::privacy::first_email(text) != Some((0, text.len())) {
        doc.sink.report(email_form(doc.file, node.span, text));
        return None;
    }
    Some(text.to_owned())
}

/// The bytes of the sealed list; `sealed` reads them.
fn status_list(reading: &mut Reading<'_>, slug: &Slug) -> Option<Arc<[u8]>> {
    let file = status_list_path(slug);
    let file = reading.sources.listed(file.as_str())?;
    reading.used.insert(file.as_str());
    match reading.sources.bytes(file, SEALED_BYTES_MAX) {
        Ok(bytes) => Some(bytes.into()),
        Err(error) => {
            reading.sink.report(files::unreadable(file, &error));
            None
        }
    }
}

fn email_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::EmailForm, file, span).with("value", text)
}
