//! How a class is offered, and which classes are near it: what its page tells beside the badge's meaning.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::Value;

use super::view::{View, link, list, record, time};
use crate::site::{Class, Request, Site};
use crate::urls;

/// Classes shown as related.
const RELATED_MAX: usize = 4;

/// Most classes with one word that are looked at: a word that all have brings none nearer.
const SHARED_MAX: usize = 200;

/// What nearness counts: a target in a framework says more than a tag.
const TARGET_WEIGHT: u32 = 3;
const TAG_WEIGHT: u32 = 2;

/// Which classes have a tag or a target in common, read once.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    shared: BTreeMap<(u32, String), Vec<usize>>,
}

impl Neighbours {
    pub(super) fn of(site: &Site) -> Self {
        let mut neighbours = Self::default();
        for (place, class) in site.classes.iter().enumerate() {
            for word in words(class) {
                neighbours.shared.entry(word).or_default().push(place);
            }
        }
        neighbours
    }

    /// The nearest classes first; those that `class` names itself are left out.
    fn near<'s>(&self, site: &'s Site, class: &Class) -> Vec<&'s Class> {
        let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
        for word in words(class) {
            let weight = word.0;
            let places = self.shared.get(&word).filter(|places| places.len() <= SHARED_MAX);
            for place in places.into_iter().flatten() {
                *scores.entry(*place).or_default() += weight;
            }
        }
        let mut near: Vec<(u32, usize)> =
            scores.into_iter().map(|(place, score)| (score, place)).collect();
        near.sort_by_key(|(score, place)| (Reverse(*score), *place));
        let classes = near.into_iter().filter_map(|(_, place)| site.classes.get(place));
        let other =
            |other: &&Class| other.slug != class.slug && !class.offer.next.contains(&other.slug);
        classes.filter(other).take(RELATED_MAX).collect()
    }
}

/// What makes classes near: tags, and targets in frameworks.
fn words(class: &Class) -> impl Iterator<Item = (u32, String)> {
    let version = class.current();
    let tags = version.tags.iter().map(|tag| (TAG_WEIGHT, tag.to_lowercase()));
    let targets = version.alignment.iter().map(|target| (TARGET_WEIGHT, target.url.clone()));
    tags.chain(targets)
}

impl View<'_> {
    /// The variable `offer`.
    pub(super) fn offer(&self, class: &Class, neighbours: &Neighbours) -> Value {
        let offer = &class.offer;
        let issuer = self.site.issuers.get(&class.current().issuer);
        let email = issuer.map(|issuer| issuer.email.as_str()).unwrap_or_default();
        let next = offer
            .next
            .iter()
            .filter_map(|slug| self.site.classes.iter().find(|other| other.slug == *slug));
        let near = neighbours.near(self.site, class);
        let places = self.territory(class).iter().map(|place| {
            let filter = urls::filter(urls::GALLERY, "territory", self.stable(place));
            record([("name", self.text(place).into()), ("url", self.page(&filter).into())])
        });
        record([
            ("since", offer.since.map(|since| time(since, &self.language.day(since))).into()),
            ("territory", list(places)),
            ("evidence", offer.evidence.as_ref().map(|text| self.text(text)).into()),
            ("request", offer.request.as_ref().map(|request| self.request(request, email)).into()),
            ("next", list(next.map(|class| self.card(class)))),
            ("related", list(near.into_iter().map(|class| self.card(class)))),
        ])
    }

    fn request(&self, request: &Request, email: &str) -> Value {
        let page = request.page.as_deref().and_then(|path| {
            self.find_page(path.strip_suffix("index").unwrap_or(path).trim_end_matches('/'))
        });
        let page = page.map(|page| {
            let path = urls::page(&page.path, &page.lang, self.default_lang());
            record([
                ("title", page.title.as_str().into()),
                ("lang", page.lang.as_str().into()),
                ("url", self.href(&path).into()),
            ])
        });
        record([
            ("how", self.text(&request.how).into()),
            ("page", page.into()),
            ("link", request.url.as_deref().map_or_else(Value::none, link)),
            ("email", email.into()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::site::Offer;

    #[test]
    fn classes_with_a_target_in_common_are_nearer_than_those_with_a_tag() {
        let mut site = sample::site();
        let model = site.classes.remove(1);
        let class = |name: &str, tag: &str, target: &str| {
            let mut class = Class { slug: sample::slug(name), ..model.clone() };
            let version = class.versions.get_mut(&1).unwrap();
            version.tags = vec![tag.to_owned()];
            version.alignment[0].url = target.to_owned();
            class
        };
        site.classes = vec![
            class("a", "sol", "https://f.example/1"),
            class("b", "sol", "https://f.example/2"),
            class("c", "eau", "https://f.example/1"),
            class("d", "air", "https://f.example/3"),
        ];
        let near = |site: &Site| -> Vec<String> {
            let near = Neighbours::of(site).near(site, &site.classes[0]);
            near.into_iter().map(|class| class.slug.to_string()).collect()
        };
        assert_eq!(near(&site), ["c", "b"]);
        site.classes[0].offer = Offer { next: vec![sample::slug("c")], ..Offer::default() };
        assert_eq!(near(&site), ["b"], "what is named as next is not told twice");
    }
}
