//! The pages: from the checked [`Site`] and a theme to HTML. Pure, and safe to share between threads.
//!
//! [`Renderer::new`] compiles the theme and reads its messages once. Each method then makes one page. Templates see plain
//! values (documented in `docs/theme.md`); what an issuer or a holder wrote is escaped by the templates, except the HTML
//! that [`markdown`] made safe. A page says what was issued and when; nothing here knows what day it is, so nothing here
//! can say that a badge is valid.

mod award;
mod badge;
mod certificate;
mod checker;
mod gallery;
mod issuer;
mod language;
mod listing;
pub mod markdown;
mod offer;
mod pages;
#[cfg(test)]
mod sample;
mod script;
mod share;
mod structured;
#[cfg(test)]
mod tests;
mod theme;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use self::badge::Badge;
use self::language::Language;
use self::listing::Listing;
use self::markdown::Html;
use self::offer::Neighbours;
use self::share::ShareBase;
pub use self::theme::ThemeFiles;
use self::view::{View, record};
use crate::colour::Colour;
use crate::plan::{self, Meaning, Preview};
use crate::qr::Codes;
use crate::site::{Award, Lang, Page, Site};
use crate::urls;

/// Width and height of the picture that shared links show, in pixels.
pub const PREVIEW: (u32, u32) = (1200, 630);

/// Digits of a static file's digest in its address: enough that a changed file has another address.
const DIGEST_DIGITS: usize = 10;

/// Makes the pages of one site in one theme.
#[derive(Debug)]
pub struct Renderer<'s> {
    site: &'s Site,
    tera: Tera,
    languages: BTreeMap<Lang, Language>,
    /// What every template of a language is handed: `lang`, `root`, `words`, `site`, `foot_html`.
    contexts: BTreeMap<Lang, Context>,
    static_files: BTreeMap<String, Vec<u8>>,
    listing: Listing,
    neighbours: Neighbours,
    /// The colours of the theme for light screens, by name.
    colours: BTreeMap<&'static str, Colour>,
    previews: BTreeSet<Preview<'s>>,
    codes: Option<Codes>,
    /// What the pages of awards of the same class version, level and language have in common, made once.
    award_bases: BTreeMap<AwardKey, OnceLock<AwardBase>>,
}

/// Class, version, level and language of an award.
type AwardKey = (u32, u32, Option<u8>, Lang);

/// The part of an award's page that does not depend on the award.
#[derive(Debug)]
struct AwardBase {
    context: Context,
    badge_name: String,
    issuer_name: String,
    picture: Value,
    preview: Value,
    share: ShareBase,
}

/// The pages of an award, and what describes one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardPages {
    /// The learner's page.
    pub page: String,
    /// The page made for frames on other sites.
    pub frame: String,
    /// The oEmbed document.
    pub oembed: Vec<u8>,
}

/// How many bytes the files have that a learner takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileSizes {
    /// The pixels.
    pub png: usize,
    /// The drawing.
    pub svg: usize,
    /// The sealed OB 3.0 credential.
    pub credential: usize,
    /// The OB 2.0 assertion.
    pub assertion: usize,
}

/// The words of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewWords {
    /// What sort of recognition it is.
    pub kind: String,
    /// The badge's name.
    pub name: String,
    /// Number and name of the level.
    pub level: Option<String>,
    /// The domain that is the issuer's identity.
    pub host: String,
    /// The issuer's name.
    pub issuer: String,
}

impl<'s> Renderer<'s> {
    /// Compiles `theme` for `site`.
    ///
    /// # Errors
    /// [`TemplateError::File`] names the theme's file that cannot be used: a template with a mistake or a filter nobody
    /// knows, messages missing in a language of the site, colours that cannot be read.
    pub fn new(site: &'s Site, theme: ThemeFiles) -> Result<Self, TemplateError> {
        let manifest = theme.manifest()?;
        let languages: BTreeMap<Lang, Language> = site
            .settings
            .languages
            .iter()
            .map(|lang| Ok((lang.clone(), Language::read(&theme, lang)?)))
            .collect::<Result<_, TemplateError>>()?;
        let script::Published { files: mut static_files, versions } =
            script::whole(&theme.published(&manifest))?;
        let worker = checker::take_worker(&mut static_files);
        static_files.extend(checker::words(&languages));
        let assets = asset_addresses(site.settings.base_url.path(), &static_files, &versions);
        static_files.extend(checker::offline(site, &languages, &assets, &worker));
        let colours = manifest.light();
        let logo = manifest.logo.as_ref().and_then(|logo| assets.get(logo).cloned());
        let tera = compile(theme, &languages, assets)?;
        let mut renderer = Self {
            site,
            tera,
            languages,
            contexts: BTreeMap::new(),
            static_files,
            listing: Listing::of(site),
            neighbours: Neighbours::of(site),
            colours,
            previews: plan::previews(site),
            codes: Codes::new(&site.settings.base_url),
            award_bases: award_keys(site),
        };
        renderer.contexts = renderer
            .languages
            .keys()
            .map(|lang| Ok((lang.clone(), renderer.frame(lang, logo.as_deref())?)))
            .collect::<Result<_, TemplateError>>()?;
        Ok(renderer)
    }

    /// The theme's static files: their paths in the site and their bytes.
    pub fn static_files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.static_files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The colours of the theme for light screens, by name.
    pub(crate) const fn colours(&self) -> &BTreeMap<&'static str, Colour> {
        &self.colours
    }

    /// The words of the preview of `meaning` in `lang`.
    pub(crate) fn preview_words(&self, meaning: Meaning<'_>, lang: &Lang) -> PreviewWords {
        let view = self.view(lang);
        let version = meaning.version;
        let level = meaning.level.and_then(|level| version.level(level));
        let issuer = self.site.issuers.get(&version.issuer);
        PreviewWords {
            kind: view.kind_name(version.kind),
            name: view.text(&version.name),
            level: level.map(|level| view.level_title(level)),
            host: view.base().host().to_owned(),
            issuer: issuer.map(|issuer| view.text(&issuer.name)).unwrap_or_default(),
        }
    }

    /// The site in `lang`, or in the default language when the site does not publish `lang`; texts stay in `lang`.
    fn view<'a>(&'a self, lang: &'a Lang) -> View<'a> {
        let default = self.site.settings.default_lang();
        let primary = || Lang::parse(lang.as_str().split('-').next()?);
        let language = self
            .languages
            .get(lang)
            .or_else(|| self.languages.get(&primary()?))
            .or_else(|| self.languages.get(default))
            .expect("`new` read every language of the site, the default one too");
        View { site: self.site, language, texts: lang }
    }

    /// What every template of `lang` is handed, with the foot of the page, which is the same on each.
    fn frame(&self, lang: &Lang, logo: Option<&str>) -> Result<Context, TemplateError> {
        let view = self.view(lang);
        let mut context = view.context(logo);
        let foot = self.render("foot.html", &view.path(""), &context)?;
        // The template escaped it.
        context.insert_value("foot_html", Value::safe_string(&foot));
        Ok(context)
    }

    /// The variables every template of the view's language is handed.
    fn context(&self, view: &View<'_>) -> Context {
        self.contexts.get(&view.language.lang).cloned().unwrap_or_default()
    }

    fn render(
        &self,
        template: &str,
        page: &str,
        context: &Context,
    ) -> Result<String, TemplateError> {
        self.tera.render(template, context).map_err(|error| {
            let (template, reason) = match error.kind() {
                ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                    (report.filename(), error.to_string())
                }
                _ => (template, error.to_string()),
            };
            TemplateError::Page { template: template.to_owned(), page: page.to_owned(), reason }
        })
    }

    fn award_base(&self, award: &Award, badge: &Badge<'_>) -> AwardBase {
        let view = self.view(&award.lang);
        let mut context = self.context(&view);
        let issuer = self.site.issuers.get(&badge.version.issuer);
        context.insert_value("badge", view.badge(badge));
        context.insert_value("issuer", issuer.map(|issuer| view.issuer(issuer)).into());
        context.insert_value("countdown", view.language.countdown());
        let issuer_name = issuer.map(|issuer| view.text(&issuer.name)).unwrap_or_default();
        AwardBase {
            context,
            badge_name: view.text(&badge.version.name),
            picture: view.badge_picture(badge),
            preview: self.preview(&view, badge),
            share: ShareBase::of(
                &view,
                badge,
                &issuer_name,
                issuer.and_then(|issuer| issuer.linkedin_id),
            ),
            issuer_name,
        }
    }

    /// The variable `page.preview` of a page that shows `badge`, or none when no such picture is made.
    fn preview(&self, view: &View<'_>, badge: &Badge<'_>) -> Value {
        let Badge { class, version, level } = badge;
        let place = self.site.classes.binary_search_by(|other| other.slug.cmp(&class.slug));
        let Some(place) = place.ok().and_then(|place| u32::try_from(place).ok()) else {
            return Value::none();
        };
        let level = level.map(|level| level.id);
        if !self.previews.contains(&(place, version.number, level, view.texts)) {
            return Value::none();
        }
        let path = urls::class_preview(&class.slug, version.number, level, view.texts);
        let name = view.text(&version.name);
        let args = [("badge", (&name).into()), ("host", view.base().host().into())];
        record([
            ("absolute", view.base().join(&path).into()),
            ("width", PREVIEW.0.into()),
            ("height", PREVIEW.1.into()),
            ("alt", view.language.say("preview_alt", &args).into()),
        ])
    }
}

impl View<'_> {
    /// `lang`, `root`, `words`, `site`.
    fn context(&self, logo: Option<&str>) -> Context {
        let settings = &self.site.settings;
        let word = |id: &str| self.language.say(id, &[]);
        let link = |title: String, lang: &Lang, url: String| {
            record([("title", title.into()), ("lang", lang.as_str().into()), ("url", url.into())])
        };
        let lang = &self.language.lang;
        let page = |page: &Page| {
            let path = urls::page(&page.path, &page.lang, self.default_lang());
            link(page.title.clone(), &page.lang, self.href(&path))
        };
        let mut nav = vec![link(word("badges"), lang, self.page(urls::GALLERY))];
        nav.extend(self.menu().into_iter().map(page));
        nav.push(link(word("verify"), lang, self.page(urls::VERIFY)));
        let more = self.beside_the_menu().into_iter().map(page).collect::<Vec<_>>();
        let site = record([
            ("title", self.text(&settings.title).into()),
            ("base_url", self.base().as_str().into()),
            ("host", self.base().host().into()),
            ("home", self.page("").into()),
            ("badges", self.page(urls::GALLERY).into()),
            ("verify", self.page(urls::VERIFY).into()),
            ("catalog", self.href(urls::CATALOG).into()),
            ("feed", self.href(urls::FEED).into()),
            ("logo", logo.into()),
            ("nav", nav.into()),
            ("more", more.into()),
        ]);
        let mut context = Context::new();
        context.insert_value("lang", lang.as_str().into());
        context.insert_value("root", self.base().path().into());
        context.insert_value("words", self.language.table());
        context.insert_value("site", site);
        context
    }
}

/// Loads the templates. Autoescape is on for every one, whatever its name, and nothing can switch it off.
fn compile(
    theme: ThemeFiles,
    languages: &BTreeMap<Lang, Language>,
    assets: BTreeMap<String, String>,
) -> Result<Tera, TemplateError> {
    let mut tera = Tera::new();
    tera.autoescape_on([""]);
    tera.register_filter("safe", |_: &str, _: Kwargs, _: &State<'_>| -> tera::TeraResult<String> {
        Err(tera::Error::message(
            "`safe` is not available: only the `…_html` variables hold HTML, and they need no filter",
        ))
    });
    tera.register_function("t", language::message_function(languages));
    tera.register_function("asset", move |args: Kwargs, _: &State<'_>| {
        let path: &str = args.must_get("path")?;
        assets
            .get(path)
            .cloned()
            .ok_or_else(|| tera::Error::message(format!("the theme has no `static/{path}`")))
    });
    tera.add_raw_templates(theme.into_templates()?).map_err(|error| {
        let file = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.filename(),
            _ => "",
        };
        TemplateError::file(&format!("templates/{file}"), error.to_string())
    })?;
    Ok(tera)
}

/// The address of each static file, with a part of its digest so that no browser keeps an old one.
fn asset_addresses(
    root: &str,
    static_files: &BTreeMap<String, Vec<u8>>,
    versions: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    static_files
        .iter()
        .map(|(path, bytes)| {
            let version = versions.get(path).cloned().unwrap_or_else(|| version(bytes));
            let name = path.strip_prefix("static/").unwrap_or(path);
            (name.to_owned(), format!("{root}/{path}?v={version}"))
        })
        .collect()
}

/// What stands in the address of a file with these bytes.
fn version(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    digest.split_at_checked(DIGEST_DIGITS).map_or("", |(start, _)| start).to_owned()
}

fn award_keys(site: &Site) -> BTreeMap<AwardKey, OnceLock<AwardBase>> {
    let mut keys = BTreeMap::new();
    for award in &site.awards {
        let key = (award.class, award.version, award.level, award.lang.clone());
        keys.entry(key).or_insert_with(OnceLock::new);
    }
    keys
}

/// A page that cannot be made, or a theme that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// A file of the theme cannot be used.
    #[error("the theme's `{file}` cannot be used: {reason}")]
    File {
        /// Its path in the theme.
        file: String,
        /// What is wrong, with the place in the file where that is known.
        reason: String,
    },
    /// A template failed on a page.
    #[error("the template `{template}` failed on the page `/{page}`: {reason}")]
    Page {
        /// The template's name below `templates/`.
        template: String,
        /// The page's path.
        page: String,
        /// What went wrong, with an excerpt of the template.
        reason: String,
    },
}

impl TemplateError {
    fn file(file: &str, reason: String) -> Self {
        Self::File { file: file.to_owned(), reason }
    }
}
