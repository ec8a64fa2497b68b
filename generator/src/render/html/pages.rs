//! One method for each sort of page.

use std::collections::BTreeSet;

use tera::Value;

use super::award::Made;
use super::badge::{Badge, JSON_LD};
use super::listing::HOLDERS_MAX;
use super::share::Addresses;
use super::view::{Head, Translation, View, list, machine_record, record, time};
use super::{AwardPages, FileSizes, Html, Renderer, TemplateError};
use crate::id::AwardId;
use crate::site::{Award, Class, Issuer, Lang, Page, Visibility};
use crate::urls;

/// Most classes shown as cards on the home page; the gallery has them all.
const HOME_CARDS_MAX: usize = 24;

/// Pictures in the heap of badges at the head of the home page.
const PEBBLES: usize = 7;

/// The media type by which consumers of oEmbed find the document. Spec: oembed.com, 4.
const OEMBED: &str = "application/json+oembed";

/// Headings of text pages stand below the page's `<h1>`.
const PAGE_HEADING: u8 = 2;

impl Renderer<'_> {
    /// `/`: what the network is, its badges, its issuers, the latest listed awards.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn home(&self, lang: &Lang) -> Result<String, TemplateError> {
        let view = self.view(lang);
        let words = view.find_page("");
        let title = view.text(&self.site.settings.title);
        let mut context = self.context(&view);
        let cards = self.site.classes.iter().take(HOME_CARDS_MAX).map(|class| view.card(class));
        let cards: Vec<Value> = cards.collect();
        context.insert_value(
            "pebbles",
            cards.iter().take(PEBBLES).cloned().collect::<Vec<_>>().into(),
        );
        context.insert_value("cards", cards.into());
        context.insert_value("cards_count", self.site.classes.len().into());
        context.insert_value("issuers", list(self.site.issuers.values().map(|i| view.issuer(i))));
        let latest = self.listing.latest(self.site).filter_map(|award| view.listed_award(award));
        context.insert_value("latest", list(latest));
        let content = words.map(|page| {
            (&page.lang, view.prose(&page.markdown, &page.lang, PAGE_HEADING, Some("text-")))
        });
        context
            .insert_value("content_lang", content.as_ref().map(|(lang, _)| lang.as_str()).into());
        context.insert_value(
            "content_html",
            content.map_or_else(Value::none, |(_, html)| html.to_value()),
        );
        let head = Head {
            kind: "home",
            title,
            description: words.map(|page| page.description.clone()).unwrap_or_default(),
            languages: self.in_every_language(""),
            path: Some(view.path("")),
            ..Head::default()
        };
        self.finish("home.html", head, &view, context)
    }

    /// `/badges/<slug>/`: a class as it is awarded today.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn class(&self, class: &Class, lang: &Lang) -> Result<String, TemplateError> {
        let view = self.view(lang);
        let mut context = self.context(&view);
        let index = self.site.classes.binary_search_by(|other| other.slug.cmp(&class.slug));
        let index = index.ok().and_then(|index| u32::try_from(index).ok()).unwrap_or(u32::MAX);
        let holders = self.listing.holders(self.site, index);
        let shown: Vec<Value> =
            holders.take(HOLDERS_MAX).filter_map(|award| view.listed_award(award)).collect();
        let more = self.listing.holders(self.site, index).count().saturating_sub(shown.len());
        context.insert_value("holders", shown.into());
        context.insert_value("holders_more", more.into());
        context.insert_value("offer", view.offer(class, &self.neighbours));
        let badge = Badge::current(class);
        let head = self.badge_head(&view, &badge, "class", &urls::class(&class.slug));
        self.finish_badge("class.html", &badge, head, &view, context)
    }

    /// `/badges/<slug>/v<version>/[level-<id>/]`: the text awards of that version refer to.
    ///
    /// A version or level the class does not have gives the page of the working version.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn class_version(
        &self,
        class: &Class,
        version: u32,
        level: Option<u8>,
        lang: &Lang,
    ) -> Result<String, TemplateError> {
        let view = self.view(lang);
        let version = class.versions.get(&version).unwrap_or_else(|| class.current());
        let level = level.and_then(|level| version.level(level));
        let badge = Badge { class, version, level };
        let head = self.badge_head(&view, &badge, "version", &badge.path());
        self.finish_badge("version.html", &badge, head, &view, self.context(&view))
    }

    /// `/issuers/<slug>/`.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn issuer(&self, issuer: &Issuer, lang: &Lang) -> Result<String, TemplateError> {
        let view = self.view(lang);
        let mut context = self.context(&view);
        let value = view.issuer(issuer);
        let picture = value.get_from_path("picture").filter(|picture| picture.is_map()).cloned();
        context.insert_value("issuer", value);
        let own = self.site.classes.iter().filter(|class| class.current().issuer == issuer.slug);
        context.insert_value("cards", list(own.map(|class| view.card(class))));
        let path = urls::issuer(&issuer.slug);
        let head = Head {
            kind: "issuer",
            title: view.text(&issuer.name),
            description: view.text(&issuer.description),
            languages: self.in_every_language(&path),
            path: Some(view.path(&path)),
            records: view.issuer_records(issuer),
            picture,
            ..Head::default()
        };
        self.finish("issuer.html", head, &view, context)
    }

    /// `/a/<id>/`: the learner's page and what stands for it elsewhere, from the row and the sealed credential.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn award(
        &self,
        award: &Award,
        sealed: &serde_json::Value,
        sizes: FileSizes,
    ) -> Result<AwardPages, TemplateError> {
        let view = self.view(&award.lang);
        let path = urls::award(award.id);
        let Some(badge) = view.badge_of(award) else {
            let reason = "the award names a class version that is not there".to_owned();
            return Err(TemplateError::Page { template: "award.html".into(), page: path, reason });
        };
        let key = (award.class, award.version, award.level, award.lang.clone());
        let made;
        let base = match self.award_bases.get(&key) {
            Some(base) => base.get_or_init(|| self.award_base(award, &badge)),
            None => {
                made = self.award_base(award, &badge);
                &made
            }
        };
        let issued = view.language.day(award.awarded);
        let statement = view.statement(award, &base.issuer_name, &issued);
        let mut context = base.context.clone();
        context.insert_value("statement", statement.as_str().into());
        let addresses = Addresses::of(&view, award);
        let made = Made {
            issued: &issued,
            sealed,
            sizes,
            share: view.share(award, &base.share, &addresses, &statement),
            code: self.codes.as_ref().map(|codes| codes.of(award.id)),
        };
        context.insert_value("award", view.award(award, &badge, made, &self.listing));
        let machine = |title: &str, note: &str, path: String| {
            let (title, note) = (view.language.word(title), view.language.word(note));
            machine_record(title, note, JSON_LD, view.href(&path))
        };
        let title = view.award_title(award, &base.badge_name);
        let mut records = vec![
            machine("file_ob3", "record_ob3", urls::credential(award.id)),
            machine("file_ob2", "record_ob2", urls::assertion(award.id)),
            machine_record("oEmbed".into(), Value::none(), OEMBED, addresses.oembed.clone()),
        ];
        records.extend(view.baked_records(award, &badge));
        let thumbnail = base.preview.get_from_path("absolute").and_then(Value::as_str);
        let oembed = view.oembed(&base.share, &addresses, thumbnail);
        let head = Head {
            kind: "award",
            title,
            description: statement,
            noindex: award.visibility != Visibility::Listed
                || self.site.revocations.contains_key(&award.id),
            records,
            path: Some(path.clone()),
            picture: Some(base.picture.clone()),
            preview: Some(base.preview.clone()),
            ..Head::default()
        };
        context.insert_value("page", head.value(&view));
        Ok(AwardPages {
            page: self.render("award.html", &path, &context)?,
            frame: self.render("embed.html", &path, &context)?,
            oembed,
        })
    }

    /// `/a/`: says that there is no list, so that no host makes one.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn award_index(&self) -> Result<String, TemplateError> {
        let view = self.view(self.site.settings.default_lang());
        let head = Head {
            kind: "awards",
            title: view.language.say("awards_title", &[]),
            description: view.language.say("awards_lede", &[]),
            path: Some(urls::AWARDS.to_owned()),
            noindex: true,
            ..Head::default()
        };
        self.finish("awards.html", head, &view, self.context(&view))
    }

    /// A text page of `site-content/`; the home page has its own method.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn page(&self, page: &Page) -> Result<String, TemplateError> {
        let view = self.view(&page.lang);
        let mut context = self.context(&view);
        let html: Html = view.prose(&page.markdown, &page.lang, PAGE_HEADING, Some("text-"));
        context.insert_value("content_html", html.to_value());
        let default = view.default_lang();
        let translations = self.site.pages.iter().filter(|other| other.path == page.path);
        let translated: BTreeSet<&Lang> = translations.map(|other| &other.lang).collect();
        let languages =
            self.site.settings.languages.iter().filter(|lang| translated.contains(lang));
        let languages = languages
            .filter_map(|lang| self.translation(lang, urls::page(&page.path, lang, default)))
            .collect();
        let head = Head {
            kind: "text",
            title: page.title.clone(),
            description: page.description.clone(),
            path: Some(urls::page(&page.path, &page.lang, default)),
            languages,
            ..Head::default()
        };
        self.finish("page.html", head, &view, context)
    }

    /// `/verify/`: where a badge is verified, above the issuer's own words about it or the theme's.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn verify(&self, lang: &Lang) -> Result<String, TemplateError> {
        let view = self.view(lang);
        let own = self.site.pages.iter().find(|page| urls::is_verify(page) && page.lang == *lang);
        let mut context = self.context(&view);
        let content = own.map(|page| {
            view.prose(&page.markdown, &page.lang, PAGE_HEADING, Some("text-")).to_value()
        });
        context.insert_value("content_html", content.unwrap_or_else(Value::none));
        context.insert_value("checker", view.checker());
        let word = |id: &str| view.language.say(id, &[]);
        let head = Head {
            kind: "verify",
            title: own.map_or_else(|| word("verify_title"), |page| page.title.clone()),
            description: own.map_or_else(|| word("verify_lede"), |page| page.description.clone()),
            languages: self.in_every_language(urls::VERIFY),
            path: Some(view.path(urls::VERIFY)),
            ..Head::default()
        };
        self.finish("verify.html", head, &view, context)
    }

    /// `404.html`.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn not_found(&self, lang: &Lang) -> Result<String, TemplateError> {
        let view = self.view(lang);
        let head = Head {
            kind: "not-found",
            title: view.language.say("not_found_title", &[]),
            noindex: true,
            languages: self.in_every_language(""),
            ..Head::default()
        };
        self.finish("not_found.html", head, &view, self.context(&view))
    }

    /// The page at the address of a forgotten award: that something was here, and nothing of what it was.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn tombstone(&self, id: AwardId) -> Result<String, TemplateError> {
        let view = self.view(self.site.settings.default_lang());
        let mut context = self.context(&view);
        let date = self
            .site
            .tombstones
            .get(&id)
            .map(|tombstone| time(tombstone.date, &view.language.day(tombstone.date)));
        context.insert_value("tombstone", record([("date", date.into())]));
        let head = Head {
            kind: "tombstone",
            title: view.language.say("tombstone_title", &[]),
            noindex: true,
            ..Head::default()
        };
        self.finish("tombstone.html", head, &view, context)
    }

    fn badge_head(
        &self,
        view: &View<'_>,
        badge: &Badge<'_>,
        kind: &'static str,
        path: &str,
    ) -> Head {
        let name = view.text(&badge.version.name);
        let title = match badge.level {
            Some(level) => view.language.say(
                "award_title",
                &[("badge", (&name).into()), ("holder", view.level_title(level).into())],
            ),
            None => name,
        };
        Head {
            kind,
            title,
            description: view.text(&badge.version.description),
            languages: self.in_every_language(path),
            path: Some(view.path(path)),
            records: view.badge_records(badge),
            picture: Some(view.badge_picture(badge)),
            preview: Some(self.preview(view, badge)),
            data: Some(view.structured(badge)),
            ..Head::default()
        }
    }

    fn finish_badge(
        &self,
        template: &str,
        badge: &Badge<'_>,
        head: Head,
        view: &View<'_>,
        mut context: tera::Context,
    ) -> Result<String, TemplateError> {
        let issuer = self.site.issuers.get(&badge.version.issuer);
        context.insert_value("badge", view.badge(badge));
        context.insert_value("issuer", issuer.map(|issuer| view.issuer(issuer)).into());
        self.finish(template, head, view, context)
    }

    pub(super) fn finish(
        &self,
        template: &str,
        head: Head,
        view: &View<'_>,
        mut context: tera::Context,
    ) -> Result<String, TemplateError> {
        let page = head.path.clone().unwrap_or_else(|| head.kind.to_owned());
        context.insert_value("page", head.value(view));
        self.render(template, &page, &context)
    }

    /// The languages of a page that exists in all of them.
    pub(super) fn in_every_language(&self, path: &str) -> Vec<Translation> {
        let settings = &self.site.settings;
        let languages = settings.languages.iter();
        languages
            .filter_map(|lang| {
                self.translation(lang, urls::in_lang(path, lang, settings.default_lang()))
            })
            .collect()
    }

    pub(super) fn language_name(&self, lang: &Lang) -> Option<String> {
        Some(self.languages.get(lang)?.say("language_name", &[]))
    }

    fn translation(&self, lang: &Lang, path: String) -> Option<Translation> {
        let (name, language) = (self.language_name(lang)?, self.languages.get(lang)?);
        Some(Translation { lang: lang.clone(), name, locale: language.locale(), path })
    }
}

impl<'a> View<'a> {
    /// The class version and level an award names.
    fn badge_of(&self, award: &Award) -> Option<Badge<'a>> {
        let class = self.site.classes.get(usize::try_from(award.class).ok()?)?;
        let version = class.versions.get(&award.version)?;
        let level = award.level.and_then(|level| version.level(level));
        Some(Badge { class, version, level })
    }

    /// The text page at `path` in the page's language, or in the default one.
    pub(super) fn find_page(&self, path: &str) -> Option<&'a Page> {
        let find = |lang: &Lang| {
            self.site.pages.iter().find(|page| page.path == path && page.lang == *lang)
        };
        find(&self.language.lang).or_else(|| find(self.default_lang()))
    }

    /// The text pages of the menu, in their order: each in the page's language, or else in the default one.
    pub(super) fn menu(&self) -> Vec<&'a Page> {
        let mut places: Vec<(u32, &str)> =
            self.text_pages().filter_map(|page| Some((page.nav?, page.path.as_str()))).collect();
        places.sort_unstable();
        let mut seen = BTreeSet::new();
        places.retain(|(_, path)| seen.insert(*path));
        places.into_iter().filter_map(|(_, path)| self.find_page(path)).collect()
    }

    /// The other text pages, by path.
    pub(super) fn beside_the_menu(&self) -> Vec<&'a Page> {
        let in_menu: BTreeSet<&str> =
            self.menu().into_iter().map(|page| page.path.as_str()).collect();
        let paths: BTreeSet<&str> = self.text_pages().map(|page| page.path.as_str()).collect();
        paths.difference(&in_menu).filter_map(|path| self.find_page(path)).collect()
    }

    /// The pages of `site-content/` that the menu does not know by itself.
    fn text_pages(&self) -> impl Iterator<Item = &'a Page> {
        self.site.pages.iter().filter(|page| !page.path.is_empty() && !urls::is_verify(page))
    }
}
