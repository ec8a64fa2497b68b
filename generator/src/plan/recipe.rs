//! How one file of the site is made, named and not yet done.

use std::fmt;

use crate::id::AwardId;
use crate::site::{Award, Class, ClassVersion, Issuer, Lang, Page, Picture, Tombstone};

/// How one file of the site is made.
#[derive(Debug, Clone, Copy)]
pub enum Recipe<'s> {
    /// A file that every site has, or one for each class, issuer or page.
    Fixed(FixedFile<'s>),
    /// One file of an award.
    Award(&'s Award, AwardFile<'s>),
    /// What is left of one file of a forgotten award.
    Tombstone(AwardId, &'s Tombstone, TombstoneFile),
}

/// A file outside the folders of the awards.
#[derive(Debug, Clone, Copy)]
pub enum FixedFile<'s> {
    /// The home page.
    Home(&'s Lang),
    /// A page of all classes, counted from 1.
    Gallery(&'s Lang, u32),
    /// The head of the index that the gallery's search reads.
    GalleryIndex(&'s Lang),
    /// A part of that index, counted from 1.
    GalleryPart(&'s Lang, usize),
    /// A class, in the words of its current version.
    ClassPage(&'s Class, &'s Lang),
    /// One version of a class, or one level of it, with its criteria.
    VersionPage(Meaning<'s>, &'s Lang),
    /// An issuer.
    IssuerPage(&'s Issuer, &'s Lang),
    /// A page of `site-content/`.
    TextPage(&'s Page),
    /// How a badge is verified.
    VerifyPage(&'s Lang),
    /// What a host shows for an unknown address.
    NotFound(&'s Lang),
    /// The page that keeps a host from listing `/a/`.
    AwardIndex,
    /// A file of the theme, by its place among them.
    Static(usize),

    /// The OB 2.0 BadgeClass.
    BadgeClass(Meaning<'s>, &'s Lang),
    /// The OB 3.0 Achievement.
    Achievement(Meaning<'s>, &'s Lang),
    /// The picture of a version or level.
    ClassImage(Meaning<'s>, ImageForm),
    /// What a shared link to it shows.
    Preview(Meaning<'s>, &'s Lang),

    /// The OB 2.0 Profile.
    IssuerOb2(&'s Issuer),
    /// The OB 3.0 Profile.
    IssuerProfile(&'s Issuer),
    /// The issuer's DID document.
    DidDocument(&'s Issuer),
    /// The sealed list of withdrawn awards: exactly its bytes.
    StatusList(&'s [u8]),
    /// The issuer's logo.
    IssuerImage(&'s Issuer, &'s Picture, ImageForm),

    /// Hashed ids for the look-up of withdrawn awards; the number is the first byte of their SHA-256.
    StatusShard(u8),
    /// The classes, for machines.
    Catalog,
    /// The newest listed awards.
    Feed,
    /// Every listed page; the number counts parts from 1 where one file may not hold all.
    Sitemap(Option<u32>),
    /// Where the parts of the sitemap are.
    SitemapIndex,
    /// Where the sitemap is.
    Robots,
    /// Tells GitHub Pages to publish the files as they are.
    NoJekyll,
}

/// What an award means: a version of a class, and the level when there is a scale.
#[derive(Debug, Clone, Copy)]
pub struct Meaning<'s> {
    /// The class.
    pub class: &'s Class,
    /// The version.
    pub version: &'s ClassVersion,
    /// The level.
    pub level: Option<u8>,
}

impl<'s> Meaning<'s> {
    /// The level's own picture, or else the one of the class.
    #[must_use]
    pub fn picture(&self) -> &'s Picture {
        let level = self.level.and_then(|id| self.version.level(id));
        level.and_then(|level| level.image.as_ref()).unwrap_or(&self.version.image)
    }
}

/// The form of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImageForm {
    /// Pixels.
    Png,
    /// A drawing.
    Svg,
}

impl ImageForm {
    /// The end of the file name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// One file of an award's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardFile<'s> {
    /// The learner's page.
    Page,
    /// The OB 2.0 hosted assertion.
    Assertion,
    /// The sealed OB 3.0 credential: exactly its bytes.
    Credential,
    /// The picture that carries both records; without them once the award is withdrawn.
    Picture(ImageForm),
    /// A file of evidence, by name.
    Evidence(&'s str),
    /// The page made for frames on other sites.
    Frame,
    /// What describes that page to those who embed it.
    OEmbed,
}

/// One file of a forgotten award's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TombstoneFile {
    /// The page.
    Page,
    /// The OB 2.0 body of something withdrawn.
    Assertion,
    /// A document that is no credential.
    Credential,
    /// A picture of nothing.
    Picture(ImageForm),
    /// A description of nothing, for those who embed.
    OEmbed,
}

impl FixedFile<'_> {
    /// Whether a mistake in a theme or in a drawing can keep the file from being made.
    #[must_use]
    pub const fn can_fail(&self) -> bool {
        match self {
            Self::Home(_)
            | Self::Gallery(..)
            | Self::ClassPage(..)
            | Self::VersionPage(..)
            | Self::IssuerPage(..)
            | Self::TextPage(_)
            | Self::VerifyPage(_)
            | Self::NotFound(_)
            | Self::AwardIndex
            | Self::ClassImage(..)
            | Self::Preview(..)
            | Self::IssuerImage(..) => true,
            Self::Static(_)
            | Self::GalleryIndex(_)
            | Self::GalleryPart(..)
            | Self::BadgeClass(..)
            | Self::Achievement(..)
            | Self::IssuerOb2(_)
            | Self::IssuerProfile(_)
            | Self::DidDocument(_)
            | Self::StatusList(_)
            | Self::StatusShard(_)
            | Self::Catalog
            | Self::Feed
            | Self::Sitemap(_)
            | Self::SitemapIndex
            | Self::Robots
            | Self::NoJekyll => false,
        }
    }
}

impl fmt::Display for Recipe<'_> {
    /// The recipe's name, as `build --dry-run` shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(file) => return file.fmt(f),
            Self::Award(_, AwardFile::Page) => "award",
            Self::Award(_, AwardFile::Assertion) => "assertion",
            Self::Award(_, AwardFile::Credential) => "credential",
            Self::Award(_, AwardFile::Picture(_)) => "baked-picture",
            Self::Award(_, AwardFile::Evidence(_)) => "evidence",
            Self::Award(_, AwardFile::Frame) => "award-frame",
            Self::Award(_, AwardFile::OEmbed) => "oembed",
            Self::Tombstone(..) => "tombstone",
        })
    }
}

impl fmt::Display for FixedFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Home(_) => "home",
            Self::Gallery(..) => "gallery",
            Self::GalleryIndex(_) | Self::GalleryPart(..) => "gallery-index",
            Self::ClassPage(..) => "class",
            Self::VersionPage(..) => "class-version",
            Self::IssuerPage(..) => "issuer",
            Self::TextPage(_) => "page",
            Self::VerifyPage(_) => "verify",
            Self::NotFound(_) => "not-found",
            Self::AwardIndex => "award-index",
            Self::Static(_) => "theme",
            Self::BadgeClass(..) => "badge-class",
            Self::Achievement(..) => "achievement",
            Self::ClassImage(..) => "class-image",
            Self::Preview(..) => "preview",
            Self::IssuerOb2(_) => "issuer-ob2",
            Self::IssuerProfile(_) => "issuer-profile",
            Self::DidDocument(_) => "did-document",
            Self::StatusList(_) => "status-list",
            Self::IssuerImage(..) => "issuer-image",
            Self::StatusShard(_) => "status-shard",
            Self::Catalog => "catalog",
            Self::Feed => "feed",
            Self::Sitemap(_) => "sitemap",
            Self::SitemapIndex => "sitemap-index",
            Self::Robots => "robots",
            Self::NoJekyll => "no-jekyll",
        })
    }
}
