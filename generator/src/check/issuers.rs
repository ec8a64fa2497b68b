//! `badges/issuers/<slug>/`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::fields::Doc;
use super::{Reading, files, images, keys};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::SEALED_BYTES_MAX;
use crate::load::yaml::Node;
use crate::site::{Issuer, Picture, Settings, Slug, Text};
use crate::urls;

/// Where they are.
pub(super) const FOLDER: &str = "badges/issuers/";

const KEYS: &[&str] = &["name", "url", "email", "image", "description", "territory", "linkedin_id"];

/// The numbers LinkedIn gives to the pages of organisations.
pub(super) const LINKEDIN_IDS: RangeInclusive<u32> = 1..=u32::MAX;

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
    let lists = status_lists(reading, settings, &slug);
    let text = reading.named_text(&folder.join("issuer.yaml"))?;
    let file = folder.join("issuer.yaml");
    let root = reading.yaml(&file, &text)?;
    let profile = profile(reading, settings, &file, &root)?;
    let Profile { name, url, email, description, territory, linkedin_id, image } = profile;
    let keys = keys?;
    let (status_list, former_lists) = lists;
    Some(Issuer {
        slug,
        name,
        url,
        email,
        image,
        description,
        territory,
        linkedin_id,
        keys,
        status_list,
        former_lists,
    })
}

struct Profile {
    name: Text,
    url: String,
    email: String,
    description: Text,
    territory: Vec<Text>,
    linkedin_id: Option<u32>,
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
    let territory = doc.may(&map, "territory", |doc, node| doc.list(node, Doc::text));
    let territory = territory.unwrap_or_default();
    let linkedin_id = doc.may(&map, "linkedin_id", |doc, node| doc.number(node, &LINKEDIN_IDS));
    let image = map
        .get("image")
        .and_then(|node| images::read(reading, settings, file, node, &settings.languages, None));
    Some(Profile {
        name: name?,
        url: url?,
        email: email?,
        description: description?,
        territory,
        linkedin_id,
        image,
    })
}

fn email(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let text = doc.string(node)?;
    if super::privacy::first_email(text) != Some((0, text.len())) {
        doc.sink.report(email_form(doc.file, node.span, text));
        return None;
    }
    Some(text.to_owned())
}

/// The list of the present address, and those of former ones.
type Lists = (Option<Arc<[u8]>>, BTreeMap<u8, Arc<[u8]>>);

/// The bytes of the sealed lists, by the address of the site; `sealed` reads them.
///
/// A site that moved has its old list still in the place of the present one, until it seals under its new address.
fn status_lists(reading: &mut Reading<'_>, settings: &Settings, slug: &Slug) -> Lists {
    let mut lists = BTreeMap::new();
    for (number, _) in settings.bases() {
        let file = settings.list_file(slug, number);
        lists.extend(status_list(reading, &file).map(|bytes| (number, bytes)));
    }
    let present = lists.remove(&0);
    let moved = present.as_deref().and_then(|bytes| former_list(settings, slug, bytes));
    match (moved, present) {
        (Some(former), Some(bytes)) => {
            lists.entry(former).or_insert(bytes);
            (None, lists)
        }
        (_, present) => (present, lists),
    }
}

/// Which former address the list names, if one.
fn former_list(settings: &Settings, slug: &Slug, bytes: &[u8]) -> Option<u8> {
    let list = openbadges::json::parse(bytes).ok()?;
    let id = list.get("id")?.as_str()?;
    let mut formers = settings.bases().filter(|(number, _)| *number > 0);
    formers.find(|(_, base)| base.join(&urls::status_list(slug)) == id).map(|(number, _)| number)
}

fn status_list(reading: &mut Reading<'_>, file: &Utf8Path) -> Option<Arc<[u8]>> {
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
