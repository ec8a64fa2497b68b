//! `catalog.json`: the classes of the site, for machines that list badges. It names no award.

use std::collections::BTreeMap;

use openbadges::ob3::AchievementType;
use serde::Serialize;

use crate::plan::Meaning;
use crate::records::kind::achievement_type;
use crate::site::{Class, ClassVersion, Issuer, Lang, Settings, Site, Text};
use crate::urls;

/// The form of the file; it may gain members, and a reader skips those it does not know.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Catalog<'s> {
    version: u32,
    url: String,
    languages: Vec<&'s str>,
    title: Words<'s>,
    issuers: Vec<IssuerEntry<'s>>,
    classes: Vec<ClassEntry<'s>>,
}

#[derive(Serialize)]
struct IssuerEntry<'s> {
    id: String,
    name: Words<'s>,
    url: &'s str,
    page: String,
    profile: String,
    issuer: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClassEntry<'s> {
    slug: &'s str,
    /// The identity of the issuer.
    issuer: String,
    name: Words<'s>,
    description: Words<'s>,
    achievement_type: AchievementType,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'s [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'s str>,
    pages: BTreeMap<&'s str, String>,
    current: u32,
    versions: Vec<VersionEntry<'s>>,
}

#[derive(Serialize)]
struct VersionEntry<'s> {
    version: u32,
    badges: Vec<BadgeEntry<'s>>,
}

/// What can be awarded: a version, or one level of it.
#[derive(Serialize)]
struct BadgeEntry<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Words<'s>>,
    image: String,
    achievement: BTreeMap<&'s str, String>,
    badgeclass: BTreeMap<&'s str, String>,
}

type Words<'s> = BTreeMap<&'s str, &'s str>;

/// Writes the catalogue.
#[must_use]
pub(super) fn catalog(site: &Site) -> Vec<u8> {
    let settings = &site.settings;
    super::json(&Catalog {
        version: VERSION,
        url: settings.base_url.join(""),
        languages: settings.languages.iter().map(Lang::as_str).collect(),
        title: words(&settings.title),
        issuers: site.issuers.values().map(|issuer| issuer_entry(issuer, settings)).collect(),
        classes: site.classes.iter().map(|class| class_entry(class, settings)).collect(),
    })
}

fn issuer_entry<'s>(issuer: &'s Issuer, settings: &Settings) -> IssuerEntry<'s> {
    let (base, slug) = (&settings.base_url, &issuer.slug);
    IssuerEntry {
        id: urls::issuer_did(base, slug),
        name: words(&issuer.name),
        url: &issuer.url,
        page: base.join(&urls::issuer(slug)),
        profile: base.join(&urls::issuer_profile(slug)),
        issuer: base.join(&urls::issuer_ob2(slug)),
    }
}

fn class_entry<'s>(class: &'s Class, settings: &'s Settings) -> ClassEntry<'s> {
    let current = class.current();
    let page = |lang| {
        let path = urls::in_lang(&urls::class(&class.slug), lang, settings.default_lang());
        settings.base_url.join(&path)
    };
    ClassEntry {
        slug: class.slug.as_str(),
        issuer: urls::issuer_did(&settings.base_url, &current.issuer),
        name: words(&current.name),
        description: words(&current.description),
        achievement_type: achievement_type(current.kind),
        tags: &current.tags,
        licence: current.licence.as_deref(),
        pages: settings.languages.iter().map(|lang| (lang.as_str(), page(lang))).collect(),
        current: class.current,
        versions: class
            .versions
            .values()
            .map(|version| version_entry(class, version, settings))
            .collect(),
    }
}

fn version_entry<'s>(
    class: &'s Class,
    version: &'s ClassVersion,
    settings: &Settings,
) -> VersionEntry<'s> {
    let whole = Meaning { class, version, level: None };
    let levels = version.levels.iter();
    let badges = if version.levels.is_empty() {
        vec![badge_entry(whole, None, settings)]
    } else {
        let of = |level: &'s crate::site::Level| {
            badge_entry(Meaning { level: Some(level.id), ..whole }, Some(&level.name), settings)
        };
        levels.map(of).collect()
    };
    VersionEntry { version: version.number, badges }
}

fn badge_entry<'s>(
    meaning: Meaning<'s>,
    name: Option<&'s Text>,
    settings: &Settings,
) -> BadgeEntry<'s> {
    let Meaning { class, version, level } = meaning;
    let (base, slug, number) = (&settings.base_url, &class.slug, version.number);
    let in_each = |url: &dyn Fn(&Lang) -> String| {
        version.criteria.keys().map(|lang| (lang.as_str(), base.join(&url(lang)))).collect()
    };
    BadgeEntry {
        level,
        name: name.map(words),
        image: base.join(&urls::class_image(slug, number, level, "png")),
        achievement: in_each(&|lang| urls::achievement(slug, number, level, lang)),
        badgeclass: in_each(&|lang| urls::badge_class(slug, number, level, lang)),
    }
}

fn words(text: &Text) -> Words<'_> {
    text.0.iter().map(|(lang, text)| (lang.as_str(), text.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::plan::Plan;
    use crate::sample;

    #[test]
    fn every_address_of_the_catalogue_is_a_planned_path() {
        let site = sample::site();
        let plan = Plan::new(&site, []).unwrap();
        let text = String::from_utf8(catalog(&site)).unwrap();
        let addresses = text.split('"').filter_map(|part| {
            part.strip_prefix("https://badges.club.example/").map(ToOwned::to_owned)
        });
        let mut count = 0;
        for address in addresses {
            let path = if address.is_empty() || address.ends_with('/') {
                format!("{address}index.html")
            } else {
                address
            };
            assert!(plan.files().any(|planned| planned.path == path), "{path}");
            count += 1;
        }
        assert_eq!(count, 26);
    }

    #[test]
    fn a_class_with_levels_offers_its_levels_and_no_award_is_named() {
        let site = sample::site();
        let text = String::from_utf8(catalog(&site)).unwrap();
        let catalog: Value = serde_json::from_str(&text).unwrap();
        let badges = &catalog["classes"][1]["versions"][0]["badges"];
        assert_eq!((&badges[0]["level"], &badges[1]["level"]), (&1.into(), &2.into()));
        assert_eq!(catalog["classes"][0]["versions"][1]["badges"][0].get("level"), None);
        assert!(site.awards.iter().all(|award| !text.contains(&award.id.text())));
    }
}
