//! Every page of a small network, compared with the reviewed ones in `golden/`, and the promises a page must keep.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

use serde_json::json;
use tera::Value;

use super::award::Made;
use super::sample::{self, id, lang, slug};
use super::share::Addresses;
use super::{Badge, DIGEST_DIGITS, FileSizes, Renderer, TemplateError, ThemeFiles};
use crate::site::{Holder, Text, Visibility};
use crate::urls;

const DOCUMENTATION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/theme.md"));

/// Every page, by its path in the site.
fn pages(renderer: &Renderer<'_>) -> BTreeMap<String, String> {
    let site = renderer.site;
    let default = site.settings.default_lang();
    let mut pages = BTreeMap::new();
    let mut add = |path: String, page: Result<String, TemplateError>| {
        assert!(pages.insert(path.clone(), page.unwrap()).is_none(), "{path} twice");
    };
    for lang in &site.settings.languages {
        let at = |path: &str| urls::in_lang(path, lang, default);
        add(at(""), renderer.home(lang));
        add(at(urls::GALLERY), renderer.gallery(lang, 1));
        add(at(urls::VERIFY), renderer.verify(lang));
        add(at("404.html"), renderer.not_found(lang));
        for class in &site.classes {
            add(at(&urls::class(&class.slug)), renderer.class(class, lang));
            for (number, version) in &class.versions {
                let levels = version.levels.iter().map(|level| Some(level.id));
                for level in levels.chain([None]) {
                    let path = at(&urls::class_version(&class.slug, *number, level));
                    add(path, renderer.class_version(class, *number, level, lang));
                }
            }
        }
        for issuer in site.issuers.values() {
            add(at(&urls::issuer(&issuer.slug)), renderer.issuer(issuer, lang));
        }
    }
    for page in site.pages.iter().filter(|page| !page.path.is_empty()) {
        add(urls::page(&page.path, &page.lang, default), renderer.page(page));
    }
    for (n, award) in (1..).zip(&site.awards) {
        let path = urls::award(award.id);
        let made = renderer.award(award, &sample::sealed(n), SIZES).unwrap();
        add(format!("{path}embed/"), Ok(made.frame));
        add(path, Ok(made.page));
    }
    add(urls::AWARDS.to_owned(), renderer.award_index());
    add(urls::award(id(sample::FORGOTTEN)), renderer.tombstone(id(sample::FORGOTTEN)));
    pages
}

const SIZES: FileSizes = FileSizes { png: 21_001, svg: 9_900, credential: 4_700, assertion: 900 };

fn with_sample(check: impl FnOnce(&Renderer<'_>)) {
    let site = sample::site();
    check(&Renderer::new(&site, ThemeFiles::embedded()).unwrap());
}

/// The second theme of this repository.
fn atelier() -> ThemeFiles {
    let folder = format!("{}/../themes/atelier", env!("CARGO_MANIFEST_DIR"));
    let files = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        (path, fs::read(entry.path()).unwrap())
    });
    ThemeFiles::with_own(files.collect())
}

/// A promise that no theme may break.
fn with_themes(check: impl Fn(&Renderer<'_>)) {
    let site = sample::site();
    for theme in [ThemeFiles::embedded(), atelier()] {
        check(&Renderer::new(&site, theme).unwrap());
    }
}

fn own(files: &[(&str, &str)]) -> ThemeFiles {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    ThemeFiles::with_own(files.collect())
}

/// What lies between `open` and `close`, each time.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(|rest| rest.split(close).next()).collect()
}

#[test]
fn pages_are_the_reviewed_ones() {
    let golden = format!("{}/src/render/html/golden", env!("CARGO_MANIFEST_DIR"));
    let bless = env::var_os("ACCOLADE_BLESS").is_some();
    with_sample(|renderer| {
        let pages = pages(renderer);
        let name = |path: &str| match path.trim_end_matches('/').replace('/', "-") {
            name if name.is_empty() => "home.html".to_owned(),
            name => format!("{}.html", name.trim_end_matches(".html")),
        };
        for (path, page) in &pages {
            // The address of a static file changes with its bytes; that is no change of the page.
            let mut parts = page.split("?v=");
            let start = parts.next().unwrap_or_default().to_owned();
            let page = parts.fold(start, |page, part| page + part.split_at(DIGEST_DIGITS).1);
            let file = format!("{golden}/{}", name(path));
            if bless {
                fs::create_dir_all(&golden).unwrap();
                fs::write(&file, &page).unwrap();
            }
            let reviewed = fs::read_to_string(&file).unwrap_or_default();
            let difference = reviewed.lines().zip(page.lines()).find(|(old, new)| old != new);
            assert!(
                reviewed == page,
                "/{path} is not {file} (first difference: {difference:?}); look at it, then run with ACCOLADE_BLESS=1"
            );
        }
    });
}

/// The variable `award` of the award `n`.
fn award_value(renderer: &Renderer<'_>, badge: &Badge<'_>, n: u8) -> Value {
    let award = &renderer.site.awards[usize::from(n) - 1];
    let view = renderer.view(&award.lang);
    let base = renderer.award_base(award, badge);
    let addresses = Addresses::of(&view, award);
    let made = Made {
        issued: "",
        sealed: &sample::sealed(n),
        sizes: SIZES,
        share: view.share(award, &base.share, &addresses, ""),
        code: renderer.codes.as_ref().map(|codes| codes.of(award.id)),
    };
    view.award(award, badge, made, &renderer.listing)
}

#[test]
fn every_variable_a_template_is_handed_is_documented_and_every_documented_one_is_handed() {
    with_sample(|renderer| {
        let view = renderer.view(renderer.site.settings.default_lang());
        let class = &renderer.site.classes[1];
        let badge = Badge { level: class.current().level(2), ..Badge::current(class) };
        let badge_value = view.badge(&badge);
        let award_value = award_value(renderer, &badge, sample::REVOKED);
        let offered = self::award_value(renderer, &badge, sample::LISTED);
        let issuer = view.issuer(&renderer.site.issuers[&slug("fablab")]);
        let listed = view.listed_award(&renderer.site.awards[0]).unwrap();
        let site = renderer.context(&view).get("site").unwrap().clone();
        let of = |value: &Value, path: &str| value.get_from_path(path).unwrap().clone();
        let first = |value: &Value, path: &str| of(value, path).as_array().unwrap()[0].clone();
        let head = super::view::Head {
            languages: vec![super::view::Translation {
                lang: lang("fr"),
                name: String::new(),
                locale: String::new(),
                path: String::new(),
            }],
            ..Default::default()
        };
        let page = head.value(&view);
        let offer = view.offer(&renderer.site.classes[0], &renderer.neighbours);
        let handed = [
            ("site", site.clone()),
            ("site.nav", first(&site, "nav")),
            ("page.languages", first(&page, "languages")),
            ("page.preview", renderer.preview(&view, &Badge::current(class))),
            ("page", page),
            ("badge", badge_value.clone()),
            ("badge.picture", of(&badge_value, "picture")),
            ("badge.level", of(&badge_value, "level")),
            (
                "badge.items",
                first(&view.badge(&Badge::current(&renderer.site.classes[0])), "items"),
            ),
            ("badge.tags", first(&badge_value, "tags")),
            ("badge.alignment", first(&badge_value, "alignment")),
            ("badge.licence", of(&badge_value, "licence")),
            ("badge.creator", of(&badge_value, "creator")),
            ("badge.versions", first(&badge_value, "versions")),
            ("badge.records", first(&badge_value, "records")),
            ("cards", view.card(class)),
            ("facets", renderer.facet_fields(&view).remove(0)),
            ("pages", super::gallery::page_link(&view, 1, 1)),
            ("offer.territory", first(&offer, "territory")),
            ("offer.request", of(&offer, "request")),
            ("offer", offer),
            ("checker", view.checker()),
            ("issuer", issuer.clone()),
            ("issuer.keys", first(&issuer, "keys")),
            ("award", award_value.clone()),
            ("award.issued", of(&award_value, "issued")),
            ("award.evidence", first(&award_value, "evidence")),
            ("award.withdrawn", of(&award_value, "withdrawn")),
            ("award.downloads", first(&award_value, "downloads")),
            ("award.qr", of(&award_value, "qr")),
            ("award.share", of(&offered, "share")),
            ("award.share.links", first(&of(&offered, "share"), "links")),
            ("award.share.fields", first(&of(&offered, "share"), "fields")),
            ("countdown", view.language.countdown()),
            ("holders", listed),
        ];
        for (name, value) in handed {
            assert_documented(name, value);
        }
    });
}

/// The members of `value` are those that the section `name` of the documentation lists.
fn assert_documented(name: &str, value: Value) {
    let keys: BTreeSet<String> =
        value.into_map().unwrap().keys().map(|key| key.as_str().unwrap().to_owned()).collect();
    let section = between(DOCUMENTATION, &format!("\n### `{name}`\n"), "\n##");
    assert_eq!(section.len(), 1, "docs/theme.md has no heading `{name}`");
    let documented: BTreeSet<String> =
        between(section[0], "\n| `", "`").into_iter().map(str::to_owned).collect();
    assert_eq!(keys, documented, "`{name}` in docs/theme.md");
}

#[test]
fn a_page_never_says_that_a_badge_is_valid() {
    with_themes(|renderer| {
        for (path, page) in pages(renderer) {
            let text = page.to_lowercase();
            for claim in ["valide", "is valid", "verified", "vérifié", "authenti"] {
                assert!(!text.contains(claim), "/{path} says `{claim}`");
            }
        }
    });
}

#[test]
fn no_page_asks_another_host_for_anything_or_runs_a_script_of_its_own() {
    with_themes(|renderer| {
        let pages = pages(renderer);
        for (path, page) in &pages {
            assert!(page.contains("default-src 'none'"), "/{path} has no content policy");
            let styled = between(page, "<", ">").into_iter().find(|tag| tag.contains(" style="));
            assert!(
                styled.is_none() && !page.contains("<style"),
                "/{path} has a style: {styled:?}"
            );
            // What search engines read is no script: a browser runs nothing of a type it does not know.
            let scripts = page
                .replace("<script type=\"application/ld+json\">", "")
                .matches("<script")
                .count();
            assert_eq!(scripts, page.matches("<script type=\"module\" src=\"/static/").count());
            for source in between(page, " src=\"", "\"") {
                assert!(source.starts_with('/') && !source.starts_with("//"), "/{path}: {source}");
            }
            for link in between(page, "<link ", ">") {
                let asked = link.contains("stylesheet") || link.contains("icon");
                assert!(!asked || link.contains("href=\"/static/"), "/{path}: {link}");
            }
        }
        let known: BTreeSet<&str> = renderer.static_files().map(|(path, _)| path).collect();
        let home = &pages[""];
        for asked in between(home, "\"/static/", "?") {
            assert!(known.contains(format!("static/{asked}").as_str()), "{asked}");
        }
    });
}

#[test]
fn an_unlisted_award_is_named_on_its_own_page_only_and_kept_out_of_search() {
    with_themes(|renderer| {
        let pages = pages(renderer);
        for n in [sample::UNLISTED, sample::ORGANISATION] {
            let id = id(n).text();
            let naming: Vec<&String> =
                pages.iter().filter(|(_, page)| page.contains(&id)).map(|(path, _)| path).collect();
            let own = [format!("a/{id}/"), format!("a/{id}/embed/")];
            assert_eq!(
                naming,
                own.iter().collect::<Vec<_>>(),
                "`renews` and `replaced_by` keep quiet too"
            );
            for path in own {
                assert!(pages[&path].contains("<meta name=\"robots\" content=\"noindex\">"));
            }
        }
        let listed = &pages[&urls::award(id(sample::LISTED))];
        assert!(!listed.contains("noindex"));
        assert!(pages[""].contains(&id(sample::LISTED).text()));
    });
}

#[test]
fn only_holders_who_agreed_and_whose_badge_stands_are_named() {
    with_themes(|renderer| {
        let pages = pages(renderer);
        assert!(pages["badges/sol-vivant/"].contains("Alizée Canular"));
        assert!(
            pages["badges/accueil-benevole/"].contains("Équipe «\u{a0}Vague 7\u{a0}»")
                || pages["badges/accueil-benevole/"].contains("Équipe « Vague 7 »")
        );
        for (path, page) in &pages {
            let own = path == &urls::award(id(sample::REVOKED));
            assert!(
                own || !page.contains("Zéphyr"),
                "/{path} names the holder of a withdrawn badge"
            );
        }
    });
}

/// The name itself is in nobody's file: only its holder's link has it.
#[test]
fn the_page_of_a_hidden_name_carries_what_a_private_link_is_compared_with_and_no_other_page_does() {
    with_themes(|renderer| {
        for (path, page) in &pages(renderer) {
            let own = path == &urls::award(id(sample::UNLISTED));
            let carried = format!("<bdi id=\"holder\" data-sha256=\"{}\">", sample::HIDDEN_NAME);
            assert_eq!(page.contains(&carried), own, "/{path}");
            assert_eq!(page.contains("/static/holder.js?v="), own, "/{path}");
        }
    });
}

#[test]
fn a_withdrawn_badge_says_so_first_and_without_blame() {
    with_themes(|renderer| {
        let page = &pages(renderer)[&urls::award(id(sample::REVOKED))];
        let notice = page.find("class=\"notice\"").unwrap();
        assert!(notice < page.find("<h1").unwrap());
        assert!(page.contains("1er\u{a0}août 2026\u{a0}: fin du mandat"), "{page}");
        assert!(page.contains("Mandat rendu.") && page.contains("noindex"));
        assert!(page.contains("le badge est retiré"), "the pictures are told to be bare");
    });
}

#[test]
fn what_people_wrote_stays_text() {
    let hostile = "</title><script>alert(1)</script>\" onload='x' \u{202e}{{ 7 * 7 }}";
    let mut site = sample::site();
    let everywhere = Text(BTreeMap::from([(lang("fr"), hostile.to_owned())]));
    site.settings.title = everywhere.clone();
    for issuer in site.issuers.values_mut() {
        (issuer.name, issuer.description) = (everywhere.clone(), everywhere.clone());
        issuer.email = hostile.to_owned();
        issuer.url = "javascript://a.example/%0aalert(1)".to_owned();
    }
    for version in site.classes.iter_mut().flat_map(|class| class.versions.values_mut()) {
        version.name = everywhere.clone();
        version.description = everywhere.clone();
        version.image.alt = everywhere.clone();
        version.tags = vec![hostile.to_owned()];
        version.licence = Some(hostile.to_owned());
        version.creator = Some("javascript://a.example/%0aalert(1)".to_owned());
        version.criteria = BTreeMap::from([(lang("fr"), hostile.to_owned())]);
        for target in &mut version.alignment {
            target.name = everywhere.clone();
            target.url = "data:text/html,<script>alert(1)</script>".to_owned();
        }
    }
    for award in &mut site.awards {
        award.holder = Some(Box::new(Holder { name: hostile.to_owned(), consent: String::new() }));
    }
    let sealed = json!({
        "credentialSubject": { "id": "javascript://a.example/%0aalert(1)", "role": hostile, "narrative": hostile },
        "evidence": { "id": "javascript://a.example/%0aalert(1)", "name": hostile, "narrative": hostile, "genre": hostile, "description": hostile },
    });
    for theme in [ThemeFiles::embedded(), atelier()] {
        let renderer = Renderer::new(&site, theme).unwrap();
        let mut pages = pages(&renderer);
        let made = renderer.award(&site.awards[0], &sealed, SIZES).unwrap();
        pages.insert("hostile".to_owned(), made.page);
        pages.insert("hostile frame".to_owned(), made.frame);
        for (path, page) in pages {
            assert!(!page.contains("<script>"), "/{path}");
            let ended = between(&page, "<", ">").into_iter().find(|tag| tag.contains("\" onload"));
            assert_eq!(ended, None, "/{path} let an attribute end");
            assert!(
                !page.contains("=\"javascript:") && !page.contains("=\"data:"),
                "/{path} has a link"
            );
            assert!(!page.contains("49"), "/{path} evaluated a text");
        }
    }
}

#[test]
fn a_site_below_a_path_links_below_it() {
    let mut site = sample::site();
    site.settings.base_url =
        openbadges::iri::BaseUrl::parse("https://estran.example/badges-du-reseau").unwrap();
    let renderer = Renderer::new(&site, ThemeFiles::embedded()).unwrap();
    for (path, page) in pages(&renderer) {
        let links =
            between(&page, " href=\"", "\"").into_iter().chain(between(&page, " src=\"", "\""));
        for link in links.filter(|link| link.starts_with('/')) {
            assert!(link.starts_with("/badges-du-reseau/"), "/{path}: {link}");
        }
    }
}

#[test]
fn a_text_in_another_language_than_its_page_says_so() {
    with_themes(|renderer| {
        let pages = pages(renderer);
        assert!(pages["en/badges/accueil-benevole/"].contains("<h1 lang=\"fr\">Accueil bénévole"));
        assert!(pages["badges/accueil-benevole/"].contains("<h1>Accueil bénévole"));
        assert!(pages["en/"].contains("hreflang=\"fr\" lang=\"fr\">Porter un badge"));
        let english = &pages[&urls::award(id(sample::RENEWAL))];
        assert!(english.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{english:.60}");
    });
}

#[test]
fn pages_name_their_other_languages_and_machine_forms() {
    with_themes(|renderer| {
        let pages = pages(renderer);
        let class = &pages["badges/sol-vivant/v1/level-2/"];
        for link in [
            "rel=\"canonical\" href=\"https://badges.estran.example/badges/sol-vivant/v1/level-2/\"",
            "hreflang=\"en\" href=\"https://badges.estran.example/en/badges/sol-vivant/v1/level-2/\"",
            "href=\"/badges/sol-vivant/v1/level-2/achievement.fr.json\"",
            "href=\"/badges/sol-vivant/v1/level-2/badgeclass.en.json\"",
            "content=\"https://badges.estran.example/badges/sol-vivant/v1/level-2/preview.fr.png\"",
        ] {
            assert!(class.contains(link), "{link}");
        }
        let award = &pages[&urls::award(id(sample::LISTED))];
        for file in ["credential.json", "assertion.json", "badge.png", "badge.svg"] {
            assert!(award.contains(&format!("/{}/{file}\"", id(sample::LISTED))), "{file}");
        }
    });
}

#[test]
fn a_mistake_in_a_template_names_the_template_and_the_page() {
    let site = sample::site();
    let theme = own(&[("templates/issuer.html", "{{ issuer.nme }}")]);
    let renderer = Renderer::new(&site, theme).unwrap();
    let issuer = &site.issuers[&slug("fablab")];
    let error = renderer.issuer(issuer, &lang("en")).unwrap_err();
    assert!(
        matches!(&error, TemplateError::Page { template, page, reason }
            if template == "issuer.html" && page == "en/issuers/fablab/" && reason.contains("nme")),
        "{error:?}"
    );
}

#[test]
fn a_theme_that_cannot_work_is_refused_before_any_page() {
    let site = sample::site();
    for (path, text, told) in [
        ("templates/home.html", "{% if %}", "home.html"),
        ("templates/home.html", "{{ page.title | shout }}", "shout"),
        ("templates/home.html", "{% extends \"nowhere.html\" %}", "nowhere.html"),
        ("messages/fr.ftl", "home = { $", "messages/fr.ftl"),
        ("theme.yaml", "version: 2", "version 2"),
    ] {
        let error = Renderer::new(&site, own(&[(path, text)])).unwrap_err();
        assert!(matches!(error, TemplateError::File { .. }), "{error:?}");
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn a_theme_can_neither_switch_escaping_off_nor_ask_for_a_file_it_lacks() {
    let site = sample::site();
    for (template, told) in [
        ("{{ site.title | safe }}", "safe"),
        ("{{ asset(path=\"lost.css\") }}", "lost.css"),
        ("{{ t(id=\"nothing\") }}", "nothing"),
    ] {
        let renderer = Renderer::new(&site, own(&[("templates/home.html", template)])).unwrap();
        let error = renderer.home(&lang("fr")).unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn a_theme_changes_one_message_and_one_template_and_keeps_the_rest() {
    let site = sample::site();
    let theme = own(&[
        ("messages/fr.ftl", "see_badges = Nos badges\n"),
        ("templates/awards.html", "{% extends \"base.html\" %}{% block main %}Rien.{% endblock %}"),
        ("static/own.txt", "x"),
    ]);
    let renderer = Renderer::new(&site, theme).unwrap();
    let home = renderer.home(&lang("fr")).unwrap();
    assert!(home.contains(">Nos badges<") && home.contains(">Vérifier un badge<"));
    let index = renderer.award_index().unwrap();
    assert!(index.contains("Rien.") && index.contains("<footer"));
    assert!(renderer.static_files().any(|(path, _)| path == "static/own.txt"));
}

#[test]
fn an_award_in_a_language_the_site_does_not_publish_has_a_page_of_the_default_one() {
    let mut site = sample::site();
    site.awards[1].lang = lang("br");
    site.awards[1].visibility = Visibility::Unlisted;
    let renderer = Renderer::new(&site, ThemeFiles::embedded()).unwrap();
    let page =
        renderer.award(&site.awards[1], &sample::sealed(sample::UNLISTED), SIZES).unwrap().page;
    assert!(page.contains("<html lang=\"fr\">") && page.contains("href=\"/badges/\""));
}

#[test]
fn the_renderer_is_shared_between_threads() {
    fn shared<T: Sync>(_: &T) {}
    with_sample(|renderer| {
        shared(renderer);
        let award = &renderer.site.awards[0];
        let sealed = sample::sealed(sample::LISTED);
        let alone = renderer.award(award, &sealed, SIZES).unwrap();
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| renderer.award(award, &sealed, SIZES).unwrap()))
                .collect();
            for thread in threads {
                assert_eq!(thread.join().unwrap(), alone);
            }
        });
    });
}

/// A translation of the words into no language: every message twice as long, and the letters run from right to left.
fn pseudo_arabic() -> String {
    let english =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../themes/default/messages/en.ftl"));
    let lines = english.lines().map(|line| match line.split_once(" = ") {
        Some(("direction", _)) => "direction = rtl".to_owned(),
        Some(("language_name", _)) => "language_name = العربية".to_owned(),
        Some((id, said)) if !id.starts_with([' ', '#']) && !said.contains(['{', '}']) => {
            format!("{id} = ‹{said} {said}›")
        }
        _ => line.to_owned(),
    });
    lines.fold(String::new(), |text, line| text + &line + "\n")
}

#[test]
fn one_more_language_is_one_more_file_and_runs_the_way_its_letters_do() {
    let mut site = sample::site();
    site.settings.languages.push(lang("ar"));
    let words = pseudo_arabic();
    let renderer = Renderer::new(&site, own(&[("messages/ar.ftl", &words)])).unwrap();
    let pages = pages(&renderer);
    for (path, page) in &pages {
        let head = page.split('>').nth(1).unwrap_or_default();
        let wanted = if path.starts_with("ar/") {
            "\n<html lang=\"ar\" dir=\"rtl\""
        } else {
            "\n<html lang=\""
        };
        assert!(head.starts_with(wanted), "/{path}: {head}");
        assert_eq!(head.contains("dir="), path.starts_with("ar/"), "/{path}");
    }
    let gallery = &pages["ar/badges/"];
    assert!(gallery.contains("‹Search Search›") && gallery.contains("<h1>‹Badges Badges›</h1>"));
    assert!(gallery.contains("hreflang=\"fr\" lang=\"fr\">Français"));
    assert!(pages["badges/"].contains("hreflang=\"ar\" lang=\"ar\">العربية"));
    let index = String::from_utf8(renderer.gallery_index(&lang("ar"))).unwrap();
    assert!(index.contains("/catalog/ar-1.json") && index.contains("‹Engagement Engagement›"));
    // What the issuer did not translate is told in their own language, and says so.
    assert!(pages["ar/badges/sol-vivant/"].contains("<h1 lang=\"fr\">Lire un sol"));
}

#[test]
fn style_sheets_know_no_left_and_no_right() {
    for theme in [ThemeFiles::embedded(), atelier()] {
        let site = sample::site();
        let renderer = Renderer::new(&site, theme).unwrap();
        for (path, bytes) in renderer.static_files().filter(|(path, _)| path.ends_with(".css")) {
            let css = str::from_utf8(bytes).unwrap().replace(": ", ":");
            for side in ["left", "right"] {
                for property in ["margin", "padding", "border", "text-align:", "float:"] {
                    let wanted = format!("{property}-{side}").replace(":-", ":");
                    assert!(!css.contains(&wanted), "{path}: {wanted}");
                }
            }
        }
    }
}

#[test]
fn the_second_theme_is_another_page_and_keeps_what_it_does_not_change() {
    let site = sample::site();
    let (one, other) = (
        Renderer::new(&site, ThemeFiles::embedded()).unwrap(),
        Renderer::new(&site, atelier()).unwrap(),
    );
    let (first, second) = (pages(&one), pages(&other));
    assert!(first.keys().eq(second.keys()));
    assert_ne!(first[""], second[""]);
    assert!(second[""].contains("class=\"wall\"") && !second[""].contains("class=\"pebbles\""));
    let file = |renderer: &Renderer<'_>, wanted: &str| -> Vec<u8> {
        let found = renderer.static_files().find(|(path, _)| *path == wanted);
        found.map(|(_, bytes)| bytes.to_vec()).unwrap_or_default()
    };
    assert_eq!(file(&one, "static/gallery.js"), file(&other, "static/gallery.js"));
    let css = String::from_utf8(file(&other, "static/site.css")).unwrap();
    assert!(css.starts_with(":root{--paper:#fffdf6;") && css.contains("/* Atelier:"), "{css:.60}");
}
