//! Every path of the published site, once. A path has no leading slash; a folder's path ends with one.
//!
//! These paths are signed into credentials and printed on paper: they may be added to, never changed.

use openbadges::iri::BaseUrl;

use crate::id::AwardId;
use crate::site::{Lang, Page, Slug};

/// The folder of the gallery.
pub const GALLERY: &str = "badges/";

/// The folder of the page on how to verify.
pub const VERIFY: &str = "verify/";

/// The folder of all awards, whose page keeps hosts from listing it; what an OB 2.0 assertion's address starts with.
pub const AWARDS: &str = "a/";

/// The machine-readable catalogue of classes.
pub const CATALOG: &str = "catalog.json";

/// The Atom feed of listed awards.
pub const FEED: &str = "feed.xml";

/// The folder of an award: page, hosted records, baked pictures.
#[must_use]
pub fn award(id: AwardId) -> String {
    format!("a/{id}/")
}

/// The sealed OB 3.0 credential; its `id`.
#[must_use]
pub fn credential(id: AwardId) -> String {
    format!("a/{id}/credential.json")
}

/// The hosted OB 2.0 assertion; its `id`.
#[must_use]
pub fn assertion(id: AwardId) -> String {
    format!("a/{id}/assertion.json")
}

/// An evidence file, published with its award.
#[must_use]
pub fn evidence(id: AwardId, file: &str) -> String {
    format!("a/{id}/evidence/{file}")
}

/// The folder of a class page.
#[must_use]
pub fn class(slug: &Slug) -> String {
    format!("badges/{slug}/")
}

/// The folder of a page of the gallery, counted from 1.
#[must_use]
pub fn gallery_page(number: u32) -> String {
    if number > 1 { format!("badges/list/{number}/") } else { GALLERY.to_owned() }
}

/// A gallery that shows only what has `value` in `facet`.
#[must_use]
pub fn filter(gallery: &str, facet: &str, value: &str) -> String {
    let query: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair(facet, value).finish();
    format!("{gallery}?{query}")
}

/// The head of the index that the gallery's search reads.
#[must_use]
pub fn gallery_index(lang: &Lang) -> String {
    format!("catalog/{lang}.json")
}

/// A part of that index, counted from 1.
#[must_use]
pub fn gallery_part(lang: &Lang, part: usize) -> String {
    format!("catalog/{lang}-{part}.json")
}

/// The folder of one version of a class, or of one level of it: criteria page, both records, frozen pictures.
#[must_use]
pub fn class_version(slug: &Slug, version: u32, level: Option<u8>) -> String {
    match level {
        Some(level) => format!("badges/{slug}/v{version}/level-{level}/"),
        None => format!("badges/{slug}/v{version}/"),
    }
}

/// The OB 3.0 Achievement; its `id`.
#[must_use]
pub fn achievement(slug: &Slug, version: u32, level: Option<u8>, lang: &Lang) -> String {
    format!("{}achievement.{lang}.json", class_version(slug, version, level))
}

/// The OB 2.0 BadgeClass; its `id`.
#[must_use]
pub fn badge_class(slug: &Slug, version: u32, level: Option<u8>, lang: &Lang) -> String {
    format!("{}badgeclass.{lang}.json", class_version(slug, version, level))
}

/// The frozen picture: `extension` is `png` or `svg`.
#[must_use]
pub fn class_image(slug: &Slug, version: u32, level: Option<u8>, extension: &str) -> String {
    format!("{}image.{extension}", class_version(slug, version, level))
}

/// The picture that a shared link to a version or level shows, in `lang`.
#[must_use]
pub fn class_preview(slug: &Slug, version: u32, level: Option<u8>, lang: &Lang) -> String {
    format!("{}preview.{lang}.png", class_version(slug, version, level))
}

/// The folder of an issuer.
#[must_use]
pub fn issuer(slug: &Slug) -> String {
    format!("issuers/{slug}/")
}

/// The OB 2.0 Profile; its `id`.
#[must_use]
pub fn issuer_ob2(slug: &Slug) -> String {
    format!("issuers/{slug}/issuer.json")
}

/// The OB 3.0 Profile document.
#[must_use]
pub fn issuer_profile(slug: &Slug) -> String {
    format!("issuers/{slug}/profile.json")
}

/// The issuer's DID document.
#[must_use]
pub fn issuer_did_document(slug: &Slug) -> String {
    format!("issuers/{slug}/did.json")
}

/// The issuer's logo.
#[must_use]
pub fn issuer_image(slug: &Slug, extension: &str) -> String {
    format!("issuers/{slug}/image.{extension}")
}

/// The issuer's list of withdrawn awards; its `id`.
#[must_use]
pub fn status_list(slug: &Slug) -> String {
    format!("issuers/{slug}/status/revocation-1.json")
}

/// The issuer's identity in OB 3.0.
#[must_use]
pub fn issuer_did(base: &BaseUrl, slug: &Slug) -> String {
    base.did_web(&format!("issuers/{slug}"))
}

/// The shard that answers for ids whose SHA-256 begins with `prefix` (two lower-case hex digits).
#[must_use]
pub fn status_shard(prefix: &str) -> String {
    format!("status/ids/{prefix}.json")
}

/// A part of the sitemap, counted from 1, where one file may not name all pages.
#[must_use]
pub fn sitemap_part(part: u32) -> String {
    format!("sitemap-{part}.xml")
}

/// `path` in `lang`: the default language has no prefix.
#[must_use]
pub fn in_lang(path: &str, lang: &Lang, default: &Lang) -> String {
    if lang == default { path.to_owned() } else { format!("{lang}/{path}") }
}

/// Whether a text page is the issuer's own words about verifying: they stand on the page where badges are verified.
#[must_use]
pub fn is_verify(page: &Page) -> bool {
    VERIFY.strip_suffix('/') == Some(&*page.path)
}

/// The folder of a text page: empty for the home page.
#[must_use]
pub fn page(path: &str, lang: &Lang, default: &Lang) -> String {
    let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
    in_lang(&folder, lang, default)
}
