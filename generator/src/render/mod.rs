//! Recipes to bytes. Pure: nothing here reads a disk, a clock or the network.
//!
//! [`Renderer`] holds what is made once for a whole site (compiled templates, pictures cut open for baking) and is shared
//! by all threads. What an award has on disk, its sealed credential, is handed in.

mod award;
mod catalog;
mod feed;
pub mod html;
mod picture;
mod preview;
mod shard;
mod sitemap;
mod tombstone;

use std::borrow::Cow;
use std::collections::BTreeMap;

use openbadges::bake::{BakeError, RecordError};
use serde::Serialize;

pub use award::AwardFiles;
pub use feed::FEED_ENTRIES_MAX;

use crate::id::AwardId;
use crate::plan::{FixedFile, Meaning, Plan};
use crate::raster::RasterError;
use crate::records::{Facet, Records};
use crate::site::{Lang, Site};
use award::{TemplateKey, Templates};

/// Makes the files of one site.
#[derive(Debug)]
pub struct Renderer<'s> {
    site: &'s Site,
    html: html::Renderer<'s>,
    records: Records<'s>,
    static_files: Vec<(String, Vec<u8>)>,
    previews: preview::Previews,
    templates: BTreeMap<TemplateKey, Templates<'s>>,
}

impl<'s> Renderer<'s> {
    /// Compiles the theme and cuts the class pictures open.
    ///
    /// # Errors
    /// [`RenderError`] when a file of the theme or a picture cannot be used.
    pub fn new(site: &'s Site, theme: html::ThemeFiles) -> Result<Self, RenderError> {
        let html = html::Renderer::new(site, theme)?;
        let static_files = html.static_files();
        let static_files =
            static_files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        let (records, templates) = (Records::of(site), award::templates(site)?);
        let previews = preview::Previews::default();
        Ok(Self { site, html, records, static_files, previews, templates })
    }

    /// The paths of the theme's own files, for the plan.
    pub fn static_paths(&self) -> impl Iterator<Item = &str> {
        self.static_files.iter().map(|(path, _)| path.as_str())
    }

    /// Says whether the preview of `meaning` can be drawn.
    ///
    /// # Errors
    /// [`RenderError::Picture`] when the picture of the class cannot be read.
    pub fn test_preview(meaning: Meaning<'_>) -> Result<(), RenderError> {
        preview::Previews::test(meaning)
    }

    /// Makes a file that is not an award's.
    ///
    /// # Errors
    /// [`RenderError`] when a template fails or a picture cannot be drawn.
    pub fn fixed<'a>(
        &'a self,
        file: FixedFile<'s>,
        plan: &Plan<'s>,
    ) -> Result<Cow<'a, [u8]>, RenderError> {
        let (site, html, records) = (self.site, &self.html, &self.records);
        Ok(match file {
            FixedFile::Home(lang) => page(html.home(lang)?),
            FixedFile::Gallery(lang, number) => page(html.gallery(lang, number)?),
            FixedFile::GalleryIndex(lang) => Cow::Owned(html.gallery_index(lang)),
            FixedFile::GalleryPart(lang, part) => Cow::Owned(html.gallery_part(lang, part)),
            FixedFile::ClassPage(class, lang) => page(html.class(class, lang)?),
            FixedFile::VersionPage(Meaning { class, version, level }, lang) => {
                page(html.class_version(class, version.number, level, lang)?)
            }
            FixedFile::IssuerPage(issuer, lang) => page(html.issuer(issuer, lang)?),
            FixedFile::TextPage(text) => page(html.page(text)?),
            FixedFile::VerifyPage(lang) => page(html.verify(lang)?),
            FixedFile::NotFound(lang) => page(html.not_found(lang)?),
            FixedFile::AwardIndex => page(html.award_index()?),
            FixedFile::Static(place) => {
                Cow::Borrowed(self.static_files.get(place).map_or(&[], |(_, bytes)| bytes))
            }
            FixedFile::BadgeClass(meaning, lang) => {
                Cow::Owned(readable(&records.badge_class(facet(meaning, lang))))
            }
            FixedFile::Achievement(meaning, lang) => {
                Cow::Owned(readable(&records.achievement(facet(meaning, lang))))
            }
            FixedFile::ClassImage(meaning, form) => {
                picture::bytes(meaning.picture(), form, meaning.class.slug.as_str())?
            }
            FixedFile::Preview(meaning, lang) => {
                Cow::Owned(self.previews.png(html, meaning, lang)?)
            }
            FixedFile::IssuerOb2(issuer) => Cow::Owned(readable(&records.issuer_ob2(issuer))),
            FixedFile::IssuerProfile(issuer) => Cow::Owned(readable(&records.profile(issuer))),
            FixedFile::DidDocument(issuer) => Cow::Owned(readable(&records.did_document(issuer))),
            FixedFile::StatusList(bytes) => Cow::Borrowed(bytes),
            FixedFile::IssuerImage(issuer, image, form) => {
                picture::bytes(image, form, issuer.slug.as_str())?
            }
            FixedFile::StatusShard(prefix) => Cow::Owned(shard::shard(site, plan, prefix)),
            FixedFile::Catalog => Cow::Owned(catalog::catalog(site)),
            FixedFile::Feed => Cow::Owned(feed::feed(site, records)),
            FixedFile::Sitemap(part) => Cow::Owned(sitemap::sitemap(site, plan, part)),
            FixedFile::SitemapIndex => Cow::Owned(sitemap::sitemap_index(site, plan)),
            FixedFile::Robots => Cow::Owned(sitemap::robots(site)),
            FixedFile::NoJekyll => Cow::Borrowed(b""),
        })
    }
}

fn facet<'s>(meaning: Meaning<'s>, lang: &'s Lang) -> Facet<'s> {
    let Meaning { class, version, level } = meaning;
    Facet { class, version, level, lang }
}

fn page(html: String) -> Cow<'static, [u8]> {
    Cow::Owned(html.into_bytes())
}

/// A record that people may want to read, too.
fn readable(record: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(record).expect("our records have text keys only");
    bytes.push(b'\n');
    bytes
}

/// A document for programs.
fn json(document: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(document).expect("our documents have text keys only");
    bytes.push(b'\n');
    bytes
}

/// Why a file cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The theme cannot be used, or one of its templates failed on a page.
    #[error(transparent)]
    Template(#[from] html::TemplateError),
    /// A drawing cannot be turned into pixels.
    #[error("the picture of `{of}` cannot be drawn: {error}")]
    Picture {
        /// The class or issuer.
        of: String,
        /// Why.
        error: RasterError,
    },
    /// A class picture cannot carry records.
    #[error("the picture of `{of}` cannot carry badges: {error}")]
    Carrier {
        /// The class.
        of: String,
        /// Why.
        error: BakeError,
    },
    /// The sealed credential of an award is not what `check` saw.
    #[error("the sealed credential of `{id}` cannot be used: {reason}")]
    Sealed {
        /// The award.
        id: AwardId,
        /// Why.
        reason: String,
    },
    /// An award's records do not go into its picture.
    #[error("the picture of `{id}` cannot be baked: {error}")]
    Bake {
        /// The award.
        id: AwardId,
        /// Why.
        error: BakeError,
    },
    /// An award's record is none that a picture can carry.
    #[error("a record of `{id}` cannot go into a picture: {error}")]
    Record {
        /// The award.
        id: AwardId,
        /// Why.
        error: RecordError,
    },
}
