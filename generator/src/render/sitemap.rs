//! `sitemap.xml` and `robots.txt`: where a search engine may look. Listed pages only.

use std::fmt::Write as _;

use crate::plan::{Plan, SITEMAP_URLS_MAX, listed_awards};
use crate::site::Site;
use crate::urls;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Writes the sitemap, or its `part`, counted from 1.
///
/// Spec: sitemaps.org protocol. No path of ours has a character that XML would escape.
#[must_use]
pub(super) fn sitemap(site: &Site, plan: &Plan<'_>, part: Option<u32>) -> Vec<u8> {
    let base = &site.settings.base_url;
    let pages = plan.listed_pages().map(|path| (base.join(path), None));
    let awards = listed_awards(site)
        .map(|award| (base.join(&urls::award(award.id)), Some(award.awarded.date())));
    let part = usize::try_from(part.unwrap_or(1).saturating_sub(1)).unwrap_or(usize::MAX);
    let before = part.saturating_mul(SITEMAP_URLS_MAX);
    let mut xml = start("urlset");
    for (address, day) in pages.chain(awards).skip(before).take(SITEMAP_URLS_MAX) {
        // Writing into a `String` cannot fail.
        let _ = match day {
            Some(day) => writeln!(xml, "<url><loc>{address}</loc><lastmod>{day}</lastmod></url>"),
            None => writeln!(xml, "<url><loc>{address}</loc></url>"),
        };
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// Writes the list of the sitemap's parts.
#[must_use]
pub(super) fn sitemap_index(site: &Site, plan: &Plan<'_>) -> Vec<u8> {
    let addresses = plan.listed_pages().count() + listed_awards(site).count();
    let parts = u32::try_from(addresses.div_ceil(SITEMAP_URLS_MAX)).unwrap_or(u32::MAX);
    let mut xml = start("sitemapindex");
    for part in 1..=parts {
        let address = site.settings.base_url.join(&urls::sitemap_part(part));
        let _ = writeln!(xml, "<sitemap><loc>{address}</loc></sitemap>");
    }
    xml.push_str("</sitemapindex>\n");
    xml.into_bytes()
}

/// Writes `robots.txt`. It hides nothing: a page that is not to be found says so itself, and a list of what is not to be
/// looked at would be a list of it.
#[must_use]
pub(super) fn robots(site: &Site) -> Vec<u8> {
    let sitemap = site.settings.base_url.join("sitemap.xml");
    format!("User-agent: *\nAllow: /\nSitemap: {sitemap}\n").into_bytes()
}

fn start(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AwardId;
    use crate::sample::{self, LISTED, PRIVATE, REVOKED, UNLISTED, WITH_LEVEL, id};
    use crate::site::Award;

    #[test]
    fn the_sitemap_names_every_listed_page_and_no_other() {
        let site = sample::site();
        let plan = Plan::new(&site, []).unwrap();
        let xml = String::from_utf8(sitemap(&site, &plan, None)).unwrap();
        let has =
            |path: &str| xml.contains(&format!("<loc>https://badges.club.example/{path}</loc>"));
        for path in
            ["", "en/", "badges/", "badges/sol/v1/level-1/", "en/issuers/club/", "aide/porter/"]
        {
            assert!(has(path), "{path}: {xml}");
        }
        for n in [LISTED, WITH_LEVEL] {
            assert!(has(&urls::award(id(n))));
        }
        for n in [UNLISTED, PRIVATE, REVOKED, sample::FORGOTTEN] {
            assert!(!xml.contains(&id(n).text()));
        }
        assert!(!xml.contains("404") && !has("a/"));
    }

    #[test]
    fn the_parts_of_a_long_sitemap_name_every_page_once() {
        let mut site = sample::site();
        let row = site.awards[0].clone();
        site.awards = (0..SITEMAP_URLS_MAX)
            .map(|n| {
                let id = AwardId::from_bits(u128::try_from(n).unwrap().to_be_bytes());
                Award { id, ..row.clone() }
            })
            .collect();
        let plan = Plan::new(&site, []).unwrap();
        let index = String::from_utf8(sitemap_index(&site, &plan)).unwrap();
        assert_eq!(index.matches("<loc>").count(), 2);
        let parts =
            [1, 2].map(|part| String::from_utf8(sitemap(&site, &plan, Some(part))).unwrap());
        let counts = parts.map(|part| part.matches("<url>").count());
        assert_eq!(counts, [SITEMAP_URLS_MAX, plan.listed_pages().count()]);
    }
}
