//! Recipes to bytes. Pure: nothing here reads a disk, a clock or the network.
//!
//! [`Renderer`] holds what is made once for a whole site (compiled templates, pictures cut open for baking) and is shared
//! by all threads. What an award has on disk, its sealed credential, is handed in.

mod award;
mod catalog;
mod feed;
pub mod html;
mod shard;
mod sitemap;

use std::borrow::Cow;
use std::collections::BTreeMap;

use openbadges::bake::BakeError;
use serde::Serialize;

pub use award::Rendered;
pub use feed::FEED_ENTRIES_MAX;

use crate::id::AwardId;
use crate::plan::{ImageForm, Meaning, Plan, Recipe, TombstoneFile};
use crate::raster::{self, RasterError};
use crate::records;
use crate::site::{Picture, Site, Slug};
use award::Templates;

/// Makes the files of one site.
#[derive(Debug)]
pub struct Renderer<'s> {
    site: &'s Site,
    html: html::Renderer<'s>,
    static_files: Vec<(String, Vec<u8>)>,
    templates: BTreeMap<TemplateKey, Templates<'s>>,
}

/// Class, version and level.
type TemplateKey = (u32, u32, Option<u8>);

impl<'s> Renderer<'s> {
    /// Compiles the theme and cuts the class pictures open.
    ///
    /// # Errors
    /// [`RenderError`] when a file of the theme or a picture cannot be used.
    pub fn new(site: &'s Site, theme: html::ThemeFiles) -> Result<Self, RenderError> {
        let html = html::Renderer::new(site, theme)?;
        let static_files =
            html.static_files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        Ok(Self { site, html, static_files, templates: award::templates(site)? })
    }

    /// The paths of the theme's own files, for the plan.
    pub fn static_paths(&self) -> impl Iterator<Item = &str> {
        self.static_files.iter().map(|(path, _)| path.as_str())
    }

    /// Makes one file that is not an award's.
    ///
    /// # Errors
    /// [`RenderError`] when a template fails or a picture cannot be drawn.
    pub fn fixed<'a>(
        &'a self,
        recipe: &Recipe<'s>,
        plan: &Plan<'s>,
    ) -> Result<Cow<'a, [u8]>, RenderError> {
        let (site, html) = (self.site, &self.html);
        Ok(match *recipe {
            Recipe::Home(lang) => page(html.home(lang)?),
            Recipe::Gallery(lang) => page(html.gallery(lang)?),
            Recipe::ClassPage(class, lang) => page(html.class(class, lang)?),
            Recipe::VersionPage(Meaning { class, version, level }, lang) => {
                page(html.class_version(class, version, level, lang)?)
            }
            Recipe::IssuerPage(issuer, lang) => page(html.issuer(issuer, lang)?),
            Recipe::TextPage(text) => page(html.page(text)?),
            Recipe::VerifyPage(lang) => page(html.verify(lang)?),
            Recipe::NotFound(lang) => page(html.not_found(lang)?),
            Recipe::AwardIndex => page(html.award_index()?),
            Recipe::Static(place) => {
                Cow::Borrowed(self.static_files.get(place).map_or(&[], |(_, bytes)| bytes))
            }
            Recipe::BadgeClass(meaning, lang) => {
                readable(&records::badge_class(site, meaning, lang))
            }
            Recipe::Achievement(meaning, lang) => {
                readable(&records::achievement(site, meaning, lang))
            }
            Recipe::ClassImage(meaning, form) => {
                picture(meaning.picture(), form, &meaning.class.slug)?
            }
            Recipe::IssuerOb2(issuer) => readable(&records::issuer_ob2(site, issuer)),
            Recipe::IssuerProfile(issuer) => readable(&records::issuer_profile(site, issuer)),
            Recipe::DidDocument(issuer) => readable(&records::did_document(site, issuer)),
            Recipe::StatusList(bytes) => Cow::Borrowed(bytes),
            Recipe::IssuerImage(issuer, form) => {
                self.issuer_image(issuer, form)?
            }
            Recipe::StatusShard(prefix) => Cow::Owned(shard::shard(site, plan, prefix)),
            Recipe::Catalog => Cow::Owned(catalog::catalog(site)),
            Recipe::Feed => Cow::Owned(feed::feed(site)),
            Recipe::Sitemap(part) => Cow::Owned(sitemap::sitemap(site, plan, part)),
            Recipe::SitemapIndex => Cow::Owned(sitemap::sitemap_index(site, plan)),
            Recipe::Robots => Cow::Owned(sitemap::robots(site)),
            Recipe::NoJekyll => Cow::Borrowed(b""),
            Recipe::Tombstone(id, _, file) => self.tombstone(id, file)?,
            Recipe::Award(..) => Cow::Borrowed(b""),
        })
    }
}
