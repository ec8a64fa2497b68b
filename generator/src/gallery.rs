//! How the gallery is cut: pages of cards for those who read, parts of an index for those who search.
//!
//! The planner names the files and the renderer fills them, so both ask here. A cut depends on the classes alone.

use std::ops::Range;

use crate::site::{Class, Site, Text};

/// Cards on one page: about 30 kB of HTML.
pub const CARDS_PER_PAGE: usize = 48;

/// The largest part of the index as `weight` counts it, which is twice the texts: uncompressed it has little more than
/// half of that, and compressed less than 300 kB whatever the texts are.
pub const PART_WEIGHT_MAX: usize = 576 * 1024;

/// What an entry holds besides its texts: names of members, addresses, marks.
const ENTRY_FRAME_BYTES: usize = 512;

/// The classes as the pages show them: by issuer, then by slug.
#[must_use]
pub fn order(site: &Site) -> Vec<&Class> {
    let mut classes: Vec<&Class> = site.classes.iter().collect();
    classes.sort_by_key(|class| (&class.current().issuer, &class.slug));
    classes
}

/// How many pages there are; one even without a class.
#[must_use]
pub fn page_count(site: &Site) -> u32 {
    u32::try_from(site.classes.len().div_ceil(CARDS_PER_PAGE).max(1)).unwrap_or(u32::MAX)
}

/// The parts of the index, as ranges of [`Site::classes`]; the same in every language.
#[must_use]
pub fn parts(site: &Site) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0_usize);
    for (at, class) in site.classes.iter().enumerate() {
        let more = weight(site, class);
        if at > start && bytes + more > PART_WEIGHT_MAX {
            parts.push(start..at);
            (start, bytes) = (at, 0);
        }
        bytes += more;
    }
    if start < site.classes.len() {
        parts.push(start..site.classes.len());
    }
    parts
}

/// More bytes than the entry of a class has in any language: quotation marks and line ends take two.
fn weight(site: &Site, class: &Class) -> usize {
    let longest = |text: &Text| text.0.values().map(String::len).max().unwrap_or_default();
    let version = class.current();
    let places = site.issuers.get(&version.issuer).map_or(&[][..], |issuer| &issuer.territory);
    let places = class.offer.territory.iter().chain(places).map(|place| longest(place) + 4);
    let tags = version.tags.iter().map(|tag| tag.len() + 4);
    let levels = version.levels.len() * 4;
    let texts = longest(&version.name)
        + longest(&version.description)
        + tags.sum::<usize>()
        + places.sum::<usize>();
    2 * (texts + levels + 4 * class.slug.as_str().len()) + ENTRY_FRAME_BYTES
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::site::Slug;

    fn site_of(count: usize) -> Site {
        let mut site = crate::example::site();
        let model = site.classes.remove(0);
        site.classes = (0..count)
            .map(|n| Class { slug: Slug::parse(&format!("c{n:05}")).unwrap(), ..model.clone() })
            .collect();
        site
    }

    #[test]
    fn every_class_is_in_one_part_and_no_part_is_too_large() {
        let site = site_of(5_000);
        let parts = parts(&site);
        assert!(parts.len() > 1, "{parts:?}");
        let mut next = 0;
        for part in &parts {
            assert_eq!(part.start, next);
            next = part.end;
            let bytes: usize = site.classes[part.clone()].iter().map(|c| weight(&site, c)).sum();
            assert!(bytes <= PART_WEIGHT_MAX, "{bytes}");
        }
        assert_eq!(next, 5_000);
        assert_eq!(page_count(&site), 105);
    }

    #[test]
    fn a_class_with_endless_words_has_a_part_of_its_own() {
        let mut site = site_of(3);
        let version = site.classes[1].versions.get_mut(&1).unwrap();
        let lang = site.settings.languages[0].clone();
        version.description = Text(BTreeMap::from([(lang, "x".repeat(PART_WEIGHT_MAX))]));
        assert_eq!(parts(&site), [0..1, 1..2, 2..3]);
    }

    #[test]
    fn a_site_without_classes_has_one_page_and_no_part() {
        let site = site_of(0);
        assert_eq!((page_count(&site), parts(&site).len()), (1, 0));
    }
}
