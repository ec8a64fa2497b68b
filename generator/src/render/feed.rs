//! `feed.xml`: the newest listed awards, as Atom. Without a clock: the feed is as new as its newest entry.
//!
//! An entry names the badge, never the person: the consent to a name is for the person's own page.

use std::cmp::Reverse;

use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use openbadges::time::Timestamp;

use crate::plan::{listed_awards, meaning};
use crate::records::Records;
use crate::site::{Award, Lang, Site};
use crate::urls;

/// How many awards the feed holds: a reader that looks once a week misses none of a large network.
pub const FEED_ENTRIES_MAX: usize = 100;

/// Writes the feed.
///
/// Spec: RFC 4287.
#[must_use]
pub(super) fn feed(site: &Site, records: &Records<'_>) -> Vec<u8> {
    let base = &site.settings.base_url;
    let lang = site.settings.default_lang();
    let newest = newest(site);
    let updated = newest.first().map(|award| award.awarded).or_else(|| oldest_key(site));
    let feed = Feed {
        title: text(site.settings.title.in_lang(lang, lang)),
        id: base.join(urls::FEED),
        updated: moment(updated),
        generator: Some(Generator { value: "Accolade".to_owned(), ..Generator::default() }),
        links: vec![
            link("self", base.join(urls::FEED), "application/atom+xml", None),
            link("alternate", base.join(""), "text/html", Some(lang)),
        ],
        entries: newest.into_iter().filter_map(|award| entry(site, records, award)).collect(),
        lang: Some(lang.to_string()),
        ..Feed::default()
    };
    let mut bytes = feed.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn newest(site: &Site) -> Vec<&Award> {
    let mut awards: Vec<&Award> = listed_awards(site).collect();
    awards.sort_unstable_by_key(|award| (Reverse(award.awarded), award.id));
    awards.truncate(FEED_ENTRIES_MAX);
    awards
}

/// What an empty feed is as new as.
fn oldest_key(site: &Site) -> Option<Timestamp> {
    let keys = site.issuers.values().flat_map(|issuer| issuer.keys.values());
    keys.map(|key| key.created).min()
}

fn entry(site: &Site, records: &Records<'_>, award: &Award) -> Option<Entry> {
    let settings = &site.settings;
    let (lang, default) = (&award.lang, settings.default_lang());
    let meaning = meaning(site, award)?;
    let page = settings.base_url.join(&urls::award(award.id));
    let awarded = moment(Some(award.awarded));
    let author = site.issuers.get(&meaning.version.issuer).map(|issuer| Person {
        name: issuer.name.in_lang(lang, default).to_owned(),
        uri: Some(issuer.url.clone()),
        ..Person::default()
    });
    Some(Entry {
        title: text(&records.name(super::facet(meaning, lang))),
        id: page.clone(),
        updated: awarded,
        published: Some(awarded),
        authors: author.into_iter().collect(),
        links: vec![link("alternate", page, "text/html", Some(lang))],
        summary: Some(text(meaning.version.description.in_lang(lang, default))),
        ..Entry::default()
    })
}

fn text(value: &str) -> Text {
    Text::plain(value)
}

fn link(rel: &str, href: String, mime_type: &str, lang: Option<&Lang>) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        hreflang: lang.map(ToString::to_string),
        mime_type: Some(mime_type.to_owned()),
        ..Link::default()
    }
}

/// `Timestamp` writes RFC 3339, which is what Atom dates are.
fn moment(at: Option<Timestamp>) -> FixedDateTime {
    at.and_then(|at| at.to_string().parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, LISTED, REVOKED, UNLISTED, WITH_LEVEL, id};

    fn bytes(site: &Site) -> Vec<u8> {
        feed(site, &Records::of(site))
    }

    #[test]
    fn the_feed_holds_listed_awards_that_count_newest_first() {
        let feed = Feed::read_from(bytes(&sample::site()).as_slice()).unwrap();
        let ids: Vec<_> = feed.entries.iter().map(|entry| entry.id.clone()).collect();
        let page = |n| format!("https://badges.club.example/a/{}/", id(n));
        assert_eq!(ids, [page(WITH_LEVEL), page(LISTED)]);
        assert!(!ids.contains(&page(UNLISTED)) && !ids.contains(&page(REVOKED)));
        assert_eq!(feed.updated.to_rfc3339(), "2026-03-05T00:00:00+00:00");
    }

    #[test]
    fn an_entry_speaks_the_language_of_its_award_and_names_nobody() {
        let mut site = sample::site();
        site.awards[0].holder = Some(Box::new(crate::site::Holder {
            name: "Alizée Canular".into(),
            consent: "2026-03-12".into(),
        }));
        let bytes = bytes(&site);
        assert!(!String::from_utf8(bytes.clone()).unwrap().contains("Canular"));
        let feed = Feed::read_from(bytes.as_slice()).unwrap();
        let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.value.clone()).collect();
        assert_eq!(titles, ["Welcome & <listening> – Practises", "Accueil & <écoute>"]);
    }

    #[test]
    fn a_feed_without_awards_needs_no_clock() {
        let mut site = sample::site();
        site.awards.clear();
        let feed = Feed::read_from(bytes(&site).as_slice()).unwrap();
        assert_eq!(feed.updated.to_rfc3339(), "2025-01-10T00:00:00+00:00");
    }
}
