//! The checked issuer: everything a later stage may look at. Only `check` makes a [`Site`].
//!
//! Awards are compact rows: a network of a hundred thousand badges must fit a small machine, so the sealed bytes and
//! the narrative of an award stay on disk and are read again, one at a time, when its pages are rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use camino::Utf8PathBuf;
use openbadges::iri::BaseUrl;
use openbadges::key::PublicKey;
use openbadges::time::Timestamp;

use crate::design::Design;
use crate::id::AwardId;

/// A checked repository.
#[derive(Debug)]
pub struct Site {
    /// The folder that holds `accolade.yaml`.
    pub root: Utf8PathBuf,
    /// `accolade.yaml`.
    pub settings: Settings,
    /// By slug.
    pub issuers: BTreeMap<Slug, Issuer>,
    /// Sorted by slug; [`Award::class`] points here.
    pub classes: Vec<Class>,
    /// Awards with a sealed credential, sorted by id. Private ones too: the planner leaves them out.
    pub awards: Vec<Award>,
    /// Awards that wait for `seal`, sorted by id.
    pub pending: Vec<AwardEvent>,
    /// Awards that have no id yet, sorted by file.
    pub drafts: Vec<Draft>,
    /// What was withdrawn, when and why.
    pub revocations: BTreeMap<AwardId, Revocation>,
    /// What is left of forgotten awards.
    pub tombstones: BTreeMap<AwardId, Tombstone>,
    /// The pages of `site-content/`, sorted by path and language.
    pub pages: Vec<Page>,
    /// Every path of `badges/urls.ledger`.
    pub ledger: BTreeSet<String>,
}

/// A short name in a file name and a URL: `[a-z0-9]` and single inner hyphens, at most 64 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Box<str>);

impl Slug {
    /// Takes a slug, or nothing when a character is not allowed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let part_is_plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        (text.len() <= 64 && text.split('-').all(part_is_plain)).then(|| Self(text.into()))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

/// A language tag in the case the OB 3.0 schema demands (`fr`, `en-US`, `zh-Hant`).
///
/// Spec: OB3-ACH-13, OB3-I18N-4.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// Takes a tag in the schema's case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let language = parts.next()?;
        let lower = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase());
        let is_script = |part: &str| {
            part.len() == 4
                && part.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
                && part.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        };
        let is_region = |part: &str| {
            part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase())
                || part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit())
        };
        let mut rest: Vec<&str> = parts.collect();
        if rest.first().is_some_and(|part| is_script(part)) {
            rest.remove(0);
        }
        let region_ok =
            rest.is_empty() || rest.len() == 1 && rest.iter().all(|part| is_region(part));
        ((2..=4).contains(&language.len()) && lower(language) && region_ok)
            .then(|| Self(text.into()))
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

/// A text in one or more languages. `check` saw to it that the default language is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub BTreeMap<Lang, String>);

impl Text {
    /// The text in `lang`, or in any language that is there.
    #[must_use]
    pub fn in_lang<'a>(&'a self, lang: &Lang, default: &Lang) -> &'a str {
        let found =
            self.0.get(lang).or_else(|| self.0.get(default)).or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }
}

/// `accolade.yaml`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Part of every id that is ever signed.
    pub base_url: BaseUrl,
    /// Where the site was published before; ids signed then stay.
    pub former_base_urls: Vec<BaseUrl>,
    /// The first is the default language and has no prefix in URLs. Never empty.
    pub languages: Vec<Lang>,
    /// The site's name.
    pub title: Text,
    /// The folder below `themes/` that overrides the built-in look.
    pub theme: Slug,
    /// Whether strangers can read the repository.
    pub repository: Repository,
    /// The host's limits `check` counts against.
    pub hosting: Hosting,
    /// The verification function, if one is run.
    pub function: Option<String>,
    /// What an award is when it does not say.
    pub default_visibility: Visibility,
    /// The second, private folder with names and addresses.
    pub register: Option<Utf8PathBuf>,
    /// The branch on which sealing happens.
    pub seal_branch: String,
}

impl Settings {
    /// The language without a prefix in URLs.
    ///
    /// # Panics
    /// Never: `check` refuses an empty list of languages.
    #[must_use]
    pub fn default_lang(&self) -> &Lang {
        self.languages.first().expect("`check::settings` refuses an empty list of languages")
    }

    /// The address the site has, and those it had: [`Award::base`] counts in them.
    pub fn bases(&self) -> impl Iterator<Item = (u8, &BaseUrl)> {
        (0..=u8::MAX).zip(std::iter::once(&self.base_url).chain(&self.former_base_urls))
    }

    /// The file of an issuer's sealed list for one of the addresses. The present one needs no folder of its own, so a list
    /// that was published stays where it is until the site that moved seals under its new address.
    #[must_use]
    pub fn list_file(&self, issuer: &Slug, base: u8) -> Utf8PathBuf {
        let folder = format!("badges/issuers/{issuer}/status");
        let former = self.bases().find(|(place, _)| *place == base && base > 0);
        let under = former.map(|(_, base)| format!("/{}{}", base.host(), base.path()));
        Utf8PathBuf::from(format!("{folder}{}/revocation-1.json", under.unwrap_or_default()))
    }
}

impl Site {
    /// The site as its former address `base` still has to show it: with the awards that were sealed there, and none that
    /// came later. `None` when nothing was sealed there.
    #[must_use]
    pub fn at_former(&self, base: u8) -> Option<Self> {
        let (_, address) = self.settings.bases().find(|(place, _)| *place == base && base > 0)?;
        let sealed_there = |award: &&Award| award.base == base;
        let awards = self.awards.iter().filter(sealed_there).cloned();
        let awards: Vec<Award> = awards.map(|award| Award { base: 0, ..award }).collect();
        let lists = self.issuers.values().any(|issuer| issuer.former_lists.contains_key(&base));
        if awards.is_empty() && !lists {
            return None;
        }
        let mut settings = self.settings.clone();
        settings.base_url = address.clone();
        settings.former_base_urls = Vec::new();
        let issuer = |issuer: &Issuer| Issuer {
            status_list: issuer.former_lists.get(&base).cloned(),
            former_lists: BTreeMap::new(),
            ..issuer.clone()
        };
        Some(Self {
            root: self.root.clone(),
            settings,
            issuers: self.issuers.iter().map(|(slug, it)| (slug.clone(), issuer(it))).collect(),
            classes: self.classes.clone(),
            awards,
            drafts: Vec::new(),
            pending: Vec::new(),
            revocations: self.revocations.clone(),
            tombstones: self.tombstones.clone(),
            pages: self.pages.clone(),
            ledger: BTreeSet::new(),
        })
    }
}

/// Whether the repository itself is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repository {
    /// Anyone can read it: *unlisted* is not *secret*.
    Public,
    /// Only its members can.
    Private,
}

/// The static host, for its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the hosts'")]
pub enum Hosting {
    Github,
    Gitlab,
    Forgejo,
    Netlify,
    Cloudflare,
    S3,
    Other,
}

/// Who sees an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// In the gallery, the feed and the sitemap.
    Listed,
    /// Only for those who have the link.
    Unlisted,
    /// No page and no hosted record: a bit in the status list is all.
    Private,
}

/// `badges/issuers/<slug>/`.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// Its folder.
    pub slug: Slug,
    /// In every language of the site.
    pub name: Text,
    /// The issuer's own home page.
    pub url: String,
    /// Public contact; OB 2.0 demands it.
    pub email: String,
    /// The logo.
    pub image: Option<Picture>,
    /// What it is.
    pub description: Text,
    /// Where it is at work.
    pub territory: Vec<Text>,
    /// The number of its page on LinkedIn.
    pub linkedin_id: Option<u32>,
    /// Sorted by key id.
    pub keys: BTreeMap<String, IssuerKey>,
    /// The sealed list at `status/revocation-1.json`, when one was made: exactly its bytes.
    pub status_list: Option<Arc<[u8]>>,
    /// The sealed lists of the addresses the site had, by their place in [`Settings::bases`].
    pub former_lists: BTreeMap<u8, Arc<[u8]>>,
}

/// `keys/<kid>.yaml`.
#[derive(Debug, Clone)]
pub struct IssuerKey {
    /// `k1`, `k2` …
    pub kid: String,
    /// The public key.
    pub public: PublicKey,
    /// First day.
    pub created: Timestamp,
    /// What it may do.
    pub state: KeyState,
}

/// What a key may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// Signs.
    Active,
    /// Signs no more; what it signed stays good.
    Retired(Timestamp),
    /// Compromised: nothing it signed counts, whatever its date.
    Revoked {
        /// Since when.
        date: Timestamp,
        /// `lost`, `stolen` …
        reason: String,
    },
}

/// A picture in the forms we publish.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The drawing, when the source is SVG: exactly its bytes.
    pub svg: Option<Arc<[u8]>>,
    /// The raster. For a frozen version exactly the frozen bytes; otherwise the given PNG, or `None` until rastered.
    pub png: Option<Arc<[u8]>>,
    /// What it shows, for those who do not see it.
    pub alt: Text,
    /// What the drawing was made from, when it was not drawn by hand.
    pub design: Option<Arc<Design>>,
}

/// `badges/classes/<slug>/`.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its folder.
    pub slug: Slug,
    /// The number in the working `badge.yaml`; always a key of `versions`.
    pub current: u32,
    /// Frozen versions, and the working one.
    pub versions: BTreeMap<u32, ClassVersion>,
    /// Which level wants which earlier one first. A rule for whoever awards: it is not signed, and may change at any
    /// time.
    pub requires: BTreeMap<u8, u8>,
    /// How it is offered today.
    pub offer: Offer,
}

/// What a class page tells beside what the badge means: where, since when and how one comes by it. Never signed and never
/// frozen, so it may change at any time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer {
    /// The day since which the working version is offered.
    pub since: Option<Timestamp>,
    /// Where it can be earned; empty when that is where its issuer is.
    pub territory: Vec<Text>,
    /// What a person brings to show it.
    pub evidence: Option<Text>,
    /// How it is asked for; none when it cannot be.
    pub request: Option<Request>,
    /// The classes, by slug, that a holder may go on to.
    pub next: Vec<Slug>,
}

/// How a badge is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// In one or two sentences.
    pub how: Text,
    /// A page of `site-content/` that says more, without its ending.
    pub page: Option<String>,
    /// An address elsewhere that says more, or has a form.
    pub url: Option<String>,
}

impl Class {
    /// The working version.
    ///
    /// # Panics
    /// Never: `check::classes` puts the working version among the versions.
    #[must_use]
    pub fn current(&self) -> &ClassVersion {
        self.versions
            .get(&self.current)
            .expect("`check::classes` keeps the working version among the versions")
    }
}

/// One version of a class: what its awards mean.
#[derive(Debug, Clone)]
pub struct ClassVersion {
    /// From 1.
    pub number: u32,
    /// Whether an award named it, so that it may not change.
    pub frozen: bool,
    /// Who awards it.
    pub issuer: Slug,
    /// The badge's name.
    pub name: Text,
    /// One or two sentences.
    pub description: Text,
    /// What sort of recognition it is.
    pub kind: Kind,
    /// The class picture.
    pub image: Picture,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Empty when the class has no scale. Sorted by id.
    pub levels: Vec<Level>,
    /// `criteria.md` and its translations, as Markdown. The languages of a class are the keys of this map.
    pub criteria: BTreeMap<Lang, String>,
    /// The items of the rule; empty when the criteria are prose alone.
    pub items: Vec<CriteriaItem>,
    /// How many items are needed; `None` means all.
    pub at_least: Option<u32>,
    /// How long an award counts, as ISO 8601 wrote it.
    pub expires: Option<String>,
    /// Frameworks the badge speaks to.
    pub alignment: Vec<Alignment>,
    /// SPDX-like licence name of the texts.
    pub licence: Option<String>,
    /// Who designed it, when it is someone else.
    pub creator: Option<String>,
}

impl ClassVersion {
    /// The level called `id`.
    #[must_use]
    pub fn level(&self, id: u8) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }
}

/// One step of a class's scale.
#[derive(Debug, Clone)]
pub struct Level {
    /// From 1, low to high.
    pub id: u8,
    /// The step's name.
    pub name: Text,
    /// What a person does at this step.
    pub description: Text,
    /// The step's own picture; the class picture serves when there is none.
    pub image: Option<Picture>,
}

/// One thing a person shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriaItem {
    /// Named by `criteria_met`.
    pub id: String,
    /// What it is.
    pub text: Text,
}

/// A target in a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// The target's name.
    pub name: Text,
    /// Where it is described.
    pub url: String,
    /// Its code there.
    pub code: Option<String>,
    /// The framework's name.
    pub framework_name: Option<Text>,
    /// The framework of the repository it was looked up in, by slug; none for a target that the class writes out.
    pub framework: Option<Slug>,
}

/// What sort of recognition a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the words of badge.yaml")]
pub enum Kind {
    Participation,
    Engagement,
    KnowHow,
    Competence,
    Achievement,
    Project,
    Role,
    Membership,
    Facilitation,
    Mentoring,
    Label,
}

/// A sealed award, as a row.
#[derive(Debug, Clone)]
pub struct Award {
    /// Its id.
    pub id: AwardId,
    /// Index into [`Site::classes`].
    pub class: u32,
    /// The frozen version it names.
    pub version: u32,
    /// The level, when the class has a scale.
    pub level: Option<u8>,
    /// The language of its strings.
    pub lang: Lang,
    /// When it was decided.
    pub awarded: Timestamp,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Shown on the page, with consent, never signed.
    pub holder: Option<Box<Holder>>,
    /// The award it follows.
    pub renews: Option<AwardId>,
    /// Its place in the issuer's list.
    pub status_index: u32,
    /// Under which of [`Settings::bases`] it was sealed.
    pub base: u8,
    /// The sealed file, relative to the repository.
    pub sealed: Box<str>,
    /// File names below `badges/evidence/<id>/`, as the event names them.
    pub evidence_files: Box<[Box<str>]>,
}

/// A name shown by consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// As the person writes it.
    pub name: String,
    /// The day of the consent, `YYYY-MM-DD`.
    pub consent: String,
}

/// `badges/assertions/<yyyy>/<id>.yaml`: what was decided, before it is sealed.
#[derive(Debug, Clone)]
pub struct AwardEvent {
    /// Its id.
    pub id: AwardId,
    /// The event's file, relative to the repository.
    pub file: Utf8PathBuf,
    /// The class.
    pub class: Slug,
    /// Which version of it.
    pub version: u32,
    /// The language of the credential.
    pub lang: Lang,
    /// When it was decided.
    pub awarded: Timestamp,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// The level, when the class has a scale.
    pub level: Option<u8>,
    /// To whom.
    pub recipient: Recipient,
    /// `sha256$…` of a name whose salt is only in the private link.
    pub hidden_name: Option<String>,
    /// Ids of the criteria items that were met.
    pub criteria_met: Vec<String>,
    /// A function held, for roles.
    pub role: Option<String>,
    /// What was seen.
    pub evidence: Vec<Evidence>,
    /// The award it follows.
    pub renews: Option<AwardId>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Shown on the page, with consent, never signed.
    pub holder: Option<Holder>,
}

/// `badges/assertions/new/<name>.yaml`: an award as somebody writes it in a browser, without id, salt or version. Sealing
/// makes an [`AwardEvent`] of it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The file, relative to the repository.
    pub file: Utf8PathBuf,
    /// The name it was given. It becomes a folder of the year, where its writer finds it again.
    pub name: Slug,
    /// The class; its working version is meant.
    pub class: Slug,
    /// The language, when it is not the site's default.
    pub lang: Option<Lang>,
    /// When it was decided.
    pub awarded: Timestamp,
    /// When it ends, when not as the class says.
    pub expires: Option<Timestamp>,
    /// The level, when the class has a scale.
    pub level: Option<u8>,
    /// To whom; whoever holds the link when absent.
    pub recipient: Option<Recipient>,
    /// Ids of criteria items.
    pub criteria_met: Vec<String>,
    /// A function held.
    pub role: Option<String>,
    /// What was seen. No files.
    pub evidence: Vec<Evidence>,
    /// The award it follows.
    pub renews: Option<AwardId>,
    /// Who sees it, when not as the site says.
    pub visibility: Option<Visibility>,
    /// A name to be shown.
    pub holder: Option<Holder>,
}

/// To whom a badge is awarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A salted hash of an address.
    Email {
        /// `sha256$…`.
        hash: String,
        /// At least 128 random bits.
        salt: String,
    },
    /// A decentralised identifier.
    Did(String),
    /// An organisation's address on the web.
    Url(String),
    /// `urn:uuid:…`, known to nobody.
    Opaque(String),
}

/// What was seen of an award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The story.
    pub narrative: Option<Text>,
    /// A page elsewhere.
    pub url: Option<String>,
    /// A file below `badges/evidence/<id>/`; its digest is sealed.
    pub file: Option<String>,
    /// `photo`, `text` …
    pub genre: Option<String>,
    /// What a picture shows.
    pub alt: Option<Text>,
}

/// `badges/revocations/<id>.yaml`.
#[derive(Debug, Clone)]
pub struct Revocation {
    /// When.
    pub date: Timestamp,
    /// Why, in one of the neutral public codes; nothing by default.
    pub reason: Option<Reason>,
    /// A public note.
    pub note: Option<Text>,
    /// The award that takes its place.
    pub replaced_by: Option<AwardId>,
}

/// A neutral public reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the words of a revocation file")]
pub enum Reason {
    Error,
    Superseded,
    HolderRequest,
    CriteriaNotMet,
    TermEnded,
    Other,
}

/// `badges/tombstones/<id>.yaml`.
#[derive(Debug, Clone)]
pub struct Tombstone {
    /// When it was forgotten.
    pub date: Timestamp,
    /// Whose list its bit is in.
    pub issuer: Slug,
    /// Its bit.
    pub status_index: Option<u32>,
}

/// A page of `site-content/`.
#[derive(Debug, Clone)]
pub struct Page {
    /// The URL without language prefix and slashes: empty for the home page, `a-propos`, `aide/porter`.
    pub path: String,
    /// Its language.
    pub lang: Lang,
    /// Title.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// Place in the menu, from 1; absent = not in the menu.
    pub nav: Option<u32>,
    /// The Markdown below the front matter.
    pub markdown: String,
}
