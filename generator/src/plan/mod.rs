//! `Site → Plan`: every path of the built site exactly once, with the recipe for it.
//!
//! The plan makes nothing and reads nothing. It holds the fixed files by name and derives the seven or eight files of each
//! award when asked, in the order of their paths, so that a hundred thousand awards cost no memory here.
//!
//! Private awards are not in it: a bit in the status list is all the world sees of them.

mod recipe;

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;

use sha2::{Digest as _, Sha256};

pub use recipe::{AwardFile, FixedFile, ImageForm, Meaning, Recipe, TombstoneFile};

use crate::gallery;
use crate::id::AwardId;
use crate::site::{
    Award, Class, Hosting, Issuer, Lang, Page, Picture, Site, Tombstone, Visibility,
};
use crate::urls;

/// How many addresses one sitemap may name.
///
/// Spec: sitemaps.org protocol, "Sitemap file guidelines".
pub const SITEMAP_URLS_MAX: usize = 50_000;

/// The folder of all awards. Its paths sort by id, because ids are digits of an ordered alphabet.
const AWARDS: &str = urls::AWARDS;

/// Every file of the site.
#[derive(Debug)]
pub struct Plan<'s> {
    site: &'s Site,
    fixed: BTreeMap<String, FixedFile<'s>>,
    shards: Shards,
}

/// The folder of one award, or what is left of it.
#[derive(Debug, Clone, Copy)]
pub enum Folder<'s> {
    /// A sealed award that is not private.
    Award(&'s Award),
    /// A forgotten one.
    Tombstone(AwardId, &'s Tombstone),
}

/// A file of the site: where, and how.
#[derive(Debug, Clone)]
pub struct Planned<'s> {
    /// Without a leading slash.
    pub path: String,
    /// How it is made.
    pub recipe: Recipe<'s>,
}

impl<'s> Plan<'s> {
    /// Plans `site`; `static_files` are the paths of the theme's own files.
    ///
    /// # Errors
    /// [`PlanError`] when two recipes want one path, or one wants a file where another wants a folder.
    pub fn new<'p>(
        site: &'s Site,
        static_files: impl IntoIterator<Item = &'p str>,
    ) -> Result<Self, PlanError> {
        let mut fixed = Fixed { site, files: BTreeMap::new() };
        fixed.pages()?;
        for class in &site.classes {
            fixed.class(class)?;
        }
        for preview in previews(site) {
            fixed.preview(preview)?;
        }
        for issuer in site.issuers.values() {
            fixed.issuer(issuer)?;
        }
        for (place, path) in static_files.into_iter().enumerate() {
            fixed.add(path.to_owned(), FixedFile::Static(place))?;
        }
        let shards = Shards::of(site);
        fixed.machine_files(&shards)?;
        let fixed = fixed.files;
        folders_are_no_files(&fixed)?;
        Ok(Self { site, fixed, shards })
    }

    /// The files outside `/a/<id>/` that sort before it, in order.
    pub fn before_awards(&self) -> impl Iterator<Item = (&str, FixedFile<'s>)> {
        self.fixed.range(..AWARDS.to_owned()).map(|(path, file)| (path.as_str(), *file))
    }

    /// The folders of the awards, by id.
    pub fn folders(&self) -> impl Iterator<Item = Folder<'s>> + use<'s> {
        let public = self.site.awards.iter().filter(|award| is_public(award));
        let tombstones = self.site.tombstones.iter().map(|(id, tombstone)| (*id, tombstone));
        Folders { awards: public.peekable(), tombstones: tombstones.peekable() }
    }

    /// The files outside `/a/<id>/` that sort after it, in order.
    pub fn after_awards(&self) -> impl Iterator<Item = (&str, FixedFile<'s>)> {
        self.fixed.range(AWARDS.to_owned()..).map(|(path, file)| (path.as_str(), *file))
    }

    /// Every file, by path.
    pub fn files(&self) -> impl Iterator<Item = Planned<'s>> {
        let planned = |(path, file): (&str, FixedFile<'s>)| Planned {
            path: path.to_owned(),
            recipe: Recipe::Fixed(file),
        };
        self.before_awards()
            .map(planned)
            .chain(self.folders().flat_map(|folder| folder.files(self.site)))
            .chain(self.after_awards().map(planned))
    }

    /// Whether something is published at `path`: a file, or a folder with a page. Awards are not looked at.
    #[must_use]
    pub fn publishes(&self, path: &str) -> bool {
        let is_folder = path.is_empty() || path.ends_with('/');
        if is_folder {
            self.fixed.contains_key(&format!("{path}{INDEX}"))
        } else {
            self.fixed.contains_key(path)
        }
    }

    /// How many folders of awards there are.
    #[must_use]
    pub fn folder_count(&self) -> usize {
        self.folders().count()
    }

    /// How many other files there are.
    #[must_use]
    pub fn fixed_count(&self) -> usize {
        self.fixed.len()
    }

    /// The awards whose hashed ids begin with `prefix`.
    pub fn shard(&self, prefix: u8) -> impl Iterator<Item = &'s Award> {
        let site = self.site;
        self.shards.rows(prefix).filter_map(|row| site.awards.get(row))
    }

    /// The addresses of the pages a search engine may know, without those of awards: what the sitemap begins with.
    pub fn listed_pages(&self) -> impl Iterator<Item = &str> {
        listed_pages(&self.fixed)
    }
}

/// Class, version, level and language of a picture that shared links show.
pub type Preview<'s> = (u32, u32, Option<u8>, &'s Lang);

/// The previews of a site: of each class as it is awarded today, in every language, and of each meaning that was awarded,
/// in the language of its awards. They belong to the badge, not to the person.
#[must_use]
pub fn previews(site: &Site) -> BTreeSet<Preview<'_>> {
    let classes = (0_u32..).zip(&site.classes).flat_map(|(place, class)| {
        site.settings.languages.iter().map(move |lang| (place, class.current().number, None, lang))
    });
    let awards = site.awards.iter().filter(|award| is_public(award));
    let awards = awards.map(|award| (award.class, award.version, award.level, &award.lang));
    classes.chain(awards).collect()
}

/// Whether an award has a page and hosted records.
#[must_use]
pub fn is_public(award: &Award) -> bool {
    award.visibility != Visibility::Private
}

/// The awards that may be named outside their own folder and still count, by id.
pub fn listed_awards(site: &Site) -> impl Iterator<Item = &Award> {
    site.awards.iter().filter(|award| {
        award.visibility == Visibility::Listed && !site.revocations.contains_key(&award.id)
    })
}

fn listed_pages<'p>(fixed: &'p BTreeMap<String, FixedFile<'_>>) -> impl Iterator<Item = &'p str> {
    fixed.iter().filter_map(|(path, file)| match file {
        FixedFile::Home(_)
        | FixedFile::Gallery(..)
        | FixedFile::ClassPage(..)
        | FixedFile::VersionPage(..)
        | FixedFile::IssuerPage(..)
        | FixedFile::TextPage(_)
        | FixedFile::VerifyPage(_) => path.strip_suffix(INDEX),
        _ => None,
    })
}

const INDEX: &str = "index.html";

/// The fixed files while they are collected.
struct Fixed<'s> {
    site: &'s Site,
    files: BTreeMap<String, FixedFile<'s>>,
}

impl<'s> Fixed<'s> {
    fn add(&mut self, path: String, file: FixedFile<'s>) -> Result<(), PlanError> {
        if path.strip_prefix(AWARDS).is_some_and(|rest| rest != INDEX) {
            return Err(PlanError::AmongAwards { path });
        }
        if !is_plain(&path) {
            return Err(PlanError::NotPlain { path });
        }
        if self.files.contains_key(&path) {
            return Err(PlanError::Twice { path });
        }
        self.files.insert(path, file);
        Ok(())
    }

    /// Adds a page in every language of the site. `folder` ends with a slash or is empty.
    fn in_every_language(
        &mut self,
        folder: &str,
        file: impl Fn(&'s Lang) -> FixedFile<'s>,
    ) -> Result<(), PlanError> {
        let settings = &self.site.settings;
        settings.languages.iter().try_for_each(|lang| {
            let folder = urls::in_lang(folder, lang, settings.default_lang());
            self.add(format!("{folder}{INDEX}"), file(lang))
        })
    }

    fn pages(&mut self) -> Result<(), PlanError> {
        let settings = &self.site.settings;
        self.in_every_language("", FixedFile::Home)?;
        for number in 1..=gallery::page_count(self.site) {
            let folder = urls::gallery_page(number);
            self.in_every_language(&folder, |lang| FixedFile::Gallery(lang, number))?;
        }
        let parts = gallery::parts(self.site).len();
        for lang in &settings.languages {
            self.add(urls::gallery_index(lang), FixedFile::GalleryIndex(lang))?;
            for part in 1..=parts {
                self.add(urls::gallery_part(lang, part), FixedFile::GalleryPart(lang, part))?;
            }
        }
        for lang in &settings.languages {
            let path = urls::in_lang("404.html", lang, settings.default_lang());
            self.add(path, FixedFile::NotFound(lang))?;
            let path = urls::in_lang(urls::VERIFY, lang, settings.default_lang());
            self.add(format!("{path}{INDEX}"), FixedFile::VerifyPage(lang))?;
        }
        // The text of the home page and that of the page that verifies stand on those, which are there in any case.
        let is_apart = |page: &&Page| page.path.is_empty() || urls::is_verify(page);
        for page in self.site.pages.iter().filter(|page| !is_apart(page)) {
            let folder = urls::page(&page.path, &page.lang, settings.default_lang());
            self.add(format!("{folder}{INDEX}"), FixedFile::TextPage(page))?;
        }
        self.add(format!("{AWARDS}{INDEX}"), FixedFile::AwardIndex)
    }

    fn class(&mut self, class: &'s Class) -> Result<(), PlanError> {
        self.in_every_language(&urls::class(&class.slug), |lang| {
            FixedFile::ClassPage(class, lang)
        })?;
        for version in class.versions.values() {
            let whole = Meaning { class, version, level: None };
            self.meaning(whole, version.levels.is_empty())?;
            for level in &version.levels {
                self.meaning(Meaning { level: Some(level.id), ..whole }, true)?;
            }
        }
        Ok(())
    }

    /// Adds the folder of a version or level. A version with levels is no badge by itself: it has a page and a picture.
    fn meaning(&mut self, meaning: Meaning<'s>, is_badge: bool) -> Result<(), PlanError> {
        let Meaning { class, version, level } = meaning;
        let (slug, number) = (&class.slug, version.number);
        let folder = urls::class_version(slug, number, level);
        self.in_every_language(&folder, |lang| FixedFile::VersionPage(meaning, lang))?;
        for form in forms(meaning.picture()) {
            let path = urls::class_image(slug, number, level, form.extension());
            self.add(path, FixedFile::ClassImage(meaning, form))?;
        }
        if is_badge {
            for lang in version.criteria.keys() {
                let path = urls::badge_class(slug, number, level, lang);
                self.add(path, FixedFile::BadgeClass(meaning, lang))?;
                let path = urls::achievement(slug, number, level, lang);
                self.add(path, FixedFile::Achievement(meaning, lang))?;
            }
        }
        Ok(())
    }

    fn preview(&mut self, (class, version, level, lang): Preview<'s>) -> Result<(), PlanError> {
        let class = usize::try_from(class).ok().and_then(|class| self.site.classes.get(class));
        let Some(class) = class else { return Ok(()) };
        let Some(version) = class.versions.get(&version) else { return Ok(()) };
        let path = urls::class_preview(&class.slug, version.number, level, lang);
        self.add(path, FixedFile::Preview(Meaning { class, version, level }, lang))
    }

    fn issuer(&mut self, issuer: &'s Issuer) -> Result<(), PlanError> {
        let slug = &issuer.slug;
        self.in_every_language(&urls::issuer(slug), |lang| FixedFile::IssuerPage(issuer, lang))?;
        self.add(urls::issuer_ob2(slug), FixedFile::IssuerOb2(issuer))?;
        self.add(urls::issuer_profile(slug), FixedFile::IssuerProfile(issuer))?;
        self.add(urls::issuer_did_document(slug), FixedFile::DidDocument(issuer))?;
        if let Some(bytes) = &issuer.status_list {
            self.add(urls::status_list(slug), FixedFile::StatusList(bytes))?;
        }
        if let Some(picture) = &issuer.image {
            for form in forms(picture) {
                let path = urls::issuer_image(slug, form.extension());
                self.add(path, FixedFile::IssuerImage(issuer, picture, form))?;
            }
        }
        Ok(())
    }

    fn machine_files(&mut self, shards: &Shards) -> Result<(), PlanError> {
        let settings = &self.site.settings;
        for prefix in 0..=u8::MAX {
            if !shards.is_empty(prefix) {
                let path = urls::status_shard(&format!("{prefix:02x}"));
                self.add(path, FixedFile::StatusShard(prefix))?;
            }
        }
        self.add(urls::CATALOG.to_owned(), FixedFile::Catalog)?;
        self.add(urls::FEED.to_owned(), FixedFile::Feed)?;
        let addresses = listed_pages(&self.files).count() + listed_awards(self.site).count();
        if addresses <= SITEMAP_URLS_MAX {
            self.add("sitemap.xml".to_owned(), FixedFile::Sitemap(None))?;
        } else {
            self.add("sitemap.xml".to_owned(), FixedFile::SitemapIndex)?;
            let parts = addresses.div_ceil(SITEMAP_URLS_MAX);
            for part in 1..=u32::try_from(parts).unwrap_or(u32::MAX) {
                self.add(urls::sitemap_part(part), FixedFile::Sitemap(Some(part)))?;
            }
        }
        // Crawlers look for it at the root of the host only.
        if settings.base_url.path().is_empty() {
            self.add("robots.txt".to_owned(), FixedFile::Robots)?;
        }
        if settings.hosting == Hosting::Github {
            self.add(".nojekyll".to_owned(), FixedFile::NoJekyll)?;
        }
        Ok(())
    }
}

/// Whether every part of the path uses the characters that no host, browser or validator changes.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| {
        !matches!(part, "" | "." | "..")
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
    })
}

/// The forms a picture is published in. Pixels always: what is not rastered yet will be.
fn forms(picture: &Picture) -> impl Iterator<Item = ImageForm> {
    let svg = picture.svg.is_some().then_some(ImageForm::Svg);
    [Some(ImageForm::Png), svg].into_iter().flatten()
}

/// Refuses a file where another one needs a folder.
fn folders_are_no_files(files: &BTreeMap<String, FixedFile<'_>>) -> Result<(), PlanError> {
    for path in files.keys() {
        let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        for folder in folders {
            if files.contains_key(folder) {
                return Err(PlanError::FileIsFolder { path: folder.to_owned() });
            }
        }
        if path == "a" {
            return Err(PlanError::FileIsFolder { path: path.clone() });
        }
    }
    Ok(())
}

/// Awards and tombstones, merged by id.
struct Folders<A: Iterator, T: Iterator> {
    awards: Peekable<A>,
    tombstones: Peekable<T>,
}

impl<'s, A, T> Iterator for Folders<A, T>
where
    A: Iterator<Item = &'s Award>,
    T: Iterator<Item = (AwardId, &'s Tombstone)>,
{
    type Item = Folder<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        let award_first = match (self.awards.peek(), self.tombstones.peek()) {
            (Some(award), Some((id, _))) => award.id < *id,
            (award, _) => award.is_some(),
        };
        if award_first {
            return self.awards.next().map(Folder::Award);
        }
        self.tombstones.next().map(|(id, tombstone)| Folder::Tombstone(id, tombstone))
    }
}

impl<'s> Folder<'s> {
    /// The award's id.
    #[must_use]
    pub fn id(&self) -> AwardId {
        match self {
            Self::Award(award) => award.id,
            Self::Tombstone(id, _) => *id,
        }
    }

    /// The files of the folder, by path.
    #[must_use]
    pub fn files(self, site: &'s Site) -> Vec<Planned<'s>> {
        match self {
            Self::Award(award) => award_files(award, site),
            Self::Tombstone(id, tombstone) => tombstone_files(id, tombstone),
        }
    }
}

fn award_files<'s>(award: &'s Award, site: &'s Site) -> Vec<Planned<'s>> {
    let folder = urls::award(award.id);
    let planned = |name: &str, file| Planned {
        path: format!("{folder}{name}"),
        recipe: Recipe::Award(award, file),
    };
    let mut files = vec![planned("assertion.json", AwardFile::Assertion)];
    let pictures = meaning(site, award).map(|meaning| forms(meaning.picture()));
    for form in pictures.into_iter().flatten() {
        files.push(planned(&format!("badge.{}", form.extension()), AwardFile::Picture(form)));
    }
    files.push(planned("credential.json", AwardFile::Credential));
    files.push(planned("embed/index.html", AwardFile::Frame));
    let mut evidence: Vec<&str> = award.evidence_files.iter().map(AsRef::as_ref).collect();
    evidence.sort_unstable();
    evidence.dedup();
    for name in evidence {
        files.push(planned(&format!("evidence/{name}"), AwardFile::Evidence(name)));
    }
    files.push(planned(INDEX, AwardFile::Page));
    files.push(planned("oembed.json", AwardFile::OEmbed));
    files
}

fn tombstone_files(id: AwardId, tombstone: &Tombstone) -> Vec<Planned<'_>> {
    let folder = urls::award(id);
    [
        ("assertion.json", TombstoneFile::Assertion),
        ("badge.png", TombstoneFile::Picture(ImageForm::Png)),
        ("badge.svg", TombstoneFile::Picture(ImageForm::Svg)),
        ("credential.json", TombstoneFile::Credential),
        ("embed/index.html", TombstoneFile::Page),
        (INDEX, TombstoneFile::Page),
        ("oembed.json", TombstoneFile::OEmbed),
    ]
    .into_iter()
    .map(|(name, file)| Planned {
        path: format!("{folder}{name}"),
        recipe: Recipe::Tombstone(id, tombstone, file),
    })
    .collect()
}

/// The meaning of an award. `None` only for a row that `check` would not have let through.
#[must_use]
pub fn meaning<'s>(site: &'s Site, award: &Award) -> Option<Meaning<'s>> {
    let class = site.classes.get(usize::try_from(award.class).ok()?)?;
    let version = class.versions.get(&award.version)?;
    Some(Meaning { class, version, level: award.level })
}

/// The rows of [`Site::awards`] by the first byte of the SHA-256 of their id: four bytes an award.
#[derive(Debug)]
struct Shards {
    rows: Vec<u32>,
    /// Where the rows of a prefix begin; one more than there are prefixes.
    starts: Vec<usize>,
    tombstones: Vec<u8>,
}

impl Shards {
    fn of(site: &Site) -> Self {
        let mut keyed: Vec<(u8, u32)> = (0_u32..)
            .zip(&site.awards)
            .filter(|(_, award)| is_public(award))
            .map(|(row, award)| (first_byte(award.id), row))
            .collect();
        keyed.sort_unstable();
        let starts = (0..=256_u16)
            .map(|prefix| keyed.partition_point(|(byte, _)| u16::from(*byte) < prefix))
            .collect();
        let tombstones = site.tombstones.keys().map(|id| first_byte(*id)).collect();
        Self { rows: keyed.into_iter().map(|(_, row)| row).collect(), starts, tombstones }
    }

    fn rows(&self, prefix: u8) -> impl Iterator<Item = usize> {
        let bound = |place: usize| self.starts.get(place).copied().unwrap_or_default();
        let (start, end) = (bound(usize::from(prefix)), bound(usize::from(prefix) + 1));
        let rows = self.rows.get(start..end).unwrap_or_default();
        rows.iter().filter_map(|row| usize::try_from(*row).ok())
    }

    fn is_empty(&self, prefix: u8) -> bool {
        self.rows(prefix).next().is_none() && !self.tombstones.contains(&prefix)
    }
}

fn first_byte(id: AwardId) -> u8 {
    Sha256::digest(id.text()).first().copied().unwrap_or_default()
}

/// The site cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Two recipes want one path.
    #[error("two files of the site want the path `{path}`")]
    Twice {
        /// The path.
        path: String,
    },
    /// A file stands where a folder must be.
    #[error("`{path}` is wanted as a file and as a folder")]
    FileIsFolder {
        /// The path.
        path: String,
    },
    /// A path has other characters than `[A-Za-z0-9._-]`.
    #[error("`{path}` may use letters without accents, digits, `.`, `_` and `-` only")]
    NotPlain {
        /// The path.
        path: String,
    },
    /// A page or a theme file is below `/a/`, which belongs to the awards.
    #[error("`{path}` is below `a/`, where only awards are published")]
    AmongAwards {
        /// The path.
        path: String,
    },
}

#[cfg(test)]
mod tests;
