//! Every JSON record of the site, one file each: from the checked [`Site`] to a value. Pure.
//!
//! | record | made from | file |
//! |---|---|---|
//! | OB 3.0 Achievement, Profile, DID document | the site | `achievement`, `profile`, `did_document` |
//! | OB 2.0 BadgeClass, issuer Profile | the site | `badge_class`, `issuer_ob2` |
//! | OB 2.0 Assertion | **the sealed bytes alone** | `assertion` |
//! | OB 3.0 credential, status list, before they are signed | an event and a frozen version; the withdrawn awards | `credential`, `status_list` |
//!
//! The two generations name each other by the addresses of their JSON files: Achievement and BadgeClass both ways
//! (OB3-MIG-21), the issuer by `alsoKnownAs`, `otherIdentifier` and `related` (OB3-MIG-22). A credential does not list
//! its own OB 2.0 assertion as *evidence* (OB3-MIG-23 suggests it): that file says the same thing once more, readers show
//! evidence to people as what was seen, and a private award has no such file.
//!
//! What was signed once must come out the same for ever, so nothing here depends on a theme, a clock, or what was
//! awarded later; the few words that are ours are in `signed.ftl` and are never changed.

mod achievement;
pub mod assertion;
mod badge_class;
pub mod credential;
mod did_document;
pub mod digest;
pub mod document;
mod issuer_ob2;
pub mod kind;
mod profile;
pub mod sealed;
mod status_list;
#[cfg(test)]
mod tests;
mod texts;

pub use status_list::StatusListCredential;

use std::collections::{BTreeMap, BTreeSet};

use openbadges::iri::Iri;
use openbadges::ob3::LanguageCode;

use crate::site::{Class, ClassVersion, Lang, Picture, Site};
use crate::urls;
use crate::words::Words;

/// How the official guide names the older generation in `related` (OB3-MIG-21).
const GENERATION_2: &str = "Open Badges v2p0";
/// How it names the newer one.
const GENERATION_3: &str = "Open Badges v3p0";

/// The site, and the words that are signed: what every record is made from.
#[derive(Debug)]
pub struct Records<'a> {
    site: &'a Site,
    words: BTreeMap<&'a Lang, Words>,
}

impl<'a> Records<'a> {
    /// Gets ready to make the records of `site`.
    #[must_use]
    pub fn of(site: &'a Site) -> Self {
        let written = site.classes.iter().flat_map(|class| class.versions.values());
        let langs = written.flat_map(|version| version.criteria.keys());
        // Reading the messages of a language takes longer than making hundreds of records.
        let langs: BTreeSet<&Lang> = langs.chain(&site.settings.languages).collect();
        let words = langs.into_iter().map(|lang| (lang, Words::of_program(lang))).collect();
        Self { site, words }
    }

    fn words(&self, lang: &Lang) -> &Words {
        let default = self.site.settings.default_lang();
        let words = self.words.get(lang).or_else(|| self.words.get(default));
        words.expect("`of` takes the words of every language of the site")
    }

    /// The full address of a path of the site.
    fn url(&self, path: &str) -> String {
        self.site.settings.base_url.join(path)
    }

    /// The address of a page in `lang`.
    fn page(&self, path: &str, lang: &Lang) -> String {
        self.url(&urls::in_lang(path, lang, self.site.settings.default_lang()))
    }
}

/// One version of a class, or one level of it, in one language: what has a record of its own in each generation.
#[derive(Debug, Clone, Copy)]
pub struct Facet<'a> {
    /// The class.
    pub class: &'a Class,
    /// The version.
    pub version: &'a ClassVersion,
    /// The level, when the class has a scale.
    pub level: Option<u8>,
    /// The language.
    pub lang: &'a Lang,
}

impl<'a> Facet<'a> {
    /// Every facet of a version: each level in each language. A class with levels has none without a level.
    pub fn all(class: &'a Class, version: &'a ClassVersion) -> impl Iterator<Item = Self> {
        let plain = version.levels.is_empty().then_some(None);
        let levels = plain.into_iter().chain(version.levels.iter().map(|level| Some(level.id)));
        let langs = version.criteria.keys();
        levels.flat_map(move |level| {
            langs.clone().map(move |lang| Self { class, version, level, lang })
        })
    }

    /// The same class in the other languages.
    fn siblings_by_lang(self) -> impl Iterator<Item = Self> {
        let langs = self.version.criteria.keys().filter(move |lang| *lang != self.lang);
        langs.map(move |lang| Self { lang, ..self })
    }

    /// The other levels of the class, in the same language.
    fn siblings_by_level(self) -> impl Iterator<Item = Self> {
        let levels = self.version.levels.iter().map(|level| Some(level.id));
        levels.filter(move |level| *level != self.level).map(move |level| Self { level, ..self })
    }

    /// The picture: the level's own, or that of the class.
    #[must_use]
    pub fn picture(self) -> &'a Picture {
        let level = self.level.and_then(|id| self.version.level(id));
        level.and_then(|level| level.image.as_ref()).unwrap_or(&self.version.image)
    }

    fn achievement_path(self) -> String {
        urls::achievement(&self.class.slug, self.version.number, self.level, self.lang)
    }

    fn badge_class_path(self) -> String {
        urls::badge_class(&self.class.slug, self.version.number, self.level, self.lang)
    }

    fn image_path(self, extension: &str) -> String {
        urls::class_image(&self.class.slug, self.version.number, self.level, extension)
    }

    fn page_path(self) -> String {
        urls::class_version(&self.class.slug, self.version.number, self.level)
    }
}

/// An address that was made of checked parts, or that `check` took for one.
fn iri(text: &str) -> Iri {
    Iri::parse(text).expect("a site holds checked addresses only")
}

fn language(lang: &Lang) -> LanguageCode {
    LanguageCode::parse(lang.as_str()).expect("`Lang` has the case the OB 3.0 schema demands")
}
