//! `/badges/` and what its search reads: pages of cards, and an index cut in parts.
//!
//! The pages are complete without script. The script of the theme fetches the head of the index, and the parts once
//! somebody searches; both hold listed things only, since a class is public and an award is not in them.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::badge::{Badge, kind_id};
use super::view::{Head, View, list, record};
use super::{Renderer, TemplateError};
use crate::gallery::{self, CARDS_PER_PAGE};
use crate::site::{Class, Lang, Text};
use crate::urls;

/// The form of the index; a reader skips members it does not know.
const VERSION: u32 = 1;

/// The head of the index.
#[derive(Serialize)]
struct Index {
    version: u32,
    badges: usize,
    /// Addresses of the parts.
    parts: Vec<String>,
    /// What can be chosen: value, words, how many badges.
    facets: BTreeMap<&'static str, Vec<(String, String, u32)>>,
}

/// One badge in a part of the index.
#[derive(Serialize)]
struct Entry<'s> {
    slug: &'s str,
    url: String,
    /// The language of its words, when the page's is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'s str>,
    name: String,
    description: String,
    issuer: &'s str,
    kind: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    scale: String,
    picture: String,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tag: &'s [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    level: Vec<u8>,
    language: Vec<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    territory: Vec<&'s str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    request: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

/// What the filters are called in addresses, in the order they are shown in.
const FACETS: [&str; 6] = ["issuer", "kind", "tag", "level", "language", "territory"];

impl Renderer<'_> {
    /// `/badges/` and the pages that go on with it, counted from 1: every class, by issuer.
    ///
    /// # Errors
    /// [`TemplateError::Page`] names the template that failed.
    pub fn gallery(&self, lang: &Lang, number: u32) -> Result<String, TemplateError> {
        let view = self.view(lang);
        let classes = gallery::order(self.site);
        let place = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        let shown = classes.chunks(CARDS_PER_PAGE).nth(place).unwrap_or_default();
        let count = gallery::page_count(self.site);
        let mut context = self.context(&view);
        context.insert_value("groups", self.groups(&view, shown));
        // A site of thousands has its tags in the search; a list of them all would be the longest page.
        let tags = if count == 1 { tags(&view, &classes) } else { list([]) };
        context.insert_value("tags", tags);
        context.insert_value("facets", self.facet_fields(&view).into());
        let requestable = self.site.classes.iter().any(|class| class.offer.request.is_some());
        context.insert_value("requestable", requestable.into());
        context.insert_value("index", view.href(&urls::gallery_index(&view.language.lang)).into());
        context.insert_value("cards_count", classes.len().into());
        context.insert_value(
            "issuers_count",
            self.site
                .issuers
                .values()
                .filter(|issuer| classes.iter().any(|class| class.current().issuer == issuer.slug))
                .count()
                .into(),
        );
        context.insert_value("pages", list((1..=count).map(|n| page_link(&view, n, number))));
        let path = urls::gallery_page(number);
        let title = view.language.say("badges", &[]);
        let head = Head {
            kind: "gallery",
            title: if number > 1 { format!("{title} ({number})") } else { title },
            description: view.language.say("gallery_description", &[]),
            languages: self.in_every_language(&path),
            path: Some(view.path(&path)),
            ..Head::default()
        };
        self.finish("gallery.html", head, &view, context)
    }

    /// The cards of one page, by issuer.
    fn groups(&self, view: &View<'_>, shown: &[&Class]) -> Value {
        list(shown.chunk_by(|a, b| a.current().issuer == b.current().issuer).map(|group| {
            let issuer =
                group.first().and_then(|class| self.site.issuers.get(&class.current().issuer));
            record([
                ("issuer", issuer.map(|issuer| view.issuer(issuer)).into()),
                ("cards", list(group.iter().map(|class| view.card(class)))),
            ])
        }))
    }

    /// The head of the index that the gallery's search reads.
    #[must_use]
    pub fn gallery_index(&self, lang: &Lang) -> Vec<u8> {
        let view = self.view(lang);
        let parts = 1..=gallery::parts(self.site).len();
        let part = |n| view.href(&urls::gallery_part(&view.language.lang, n));
        crate::render::json(&Index {
            version: VERSION,
            badges: self.site.classes.len(),
            parts: parts.map(part).collect(),
            facets: self.facets(&view),
        })
    }

    /// One part of the index, counted from 1.
    #[must_use]
    pub fn gallery_part(&self, lang: &Lang, number: usize) -> Vec<u8> {
        let view = self.view(lang);
        let part = gallery::parts(self.site).into_iter().nth(number.saturating_sub(1));
        let classes = part.and_then(|part| self.site.classes.get(part)).unwrap_or_default();
        crate::render::json(&classes.iter().map(|class| view.entry(class)).collect::<Vec<_>>())
    }

    /// The filters that leave a choice, in the order they are shown in.
    pub(super) fn facet_fields(&self, view: &View<'_>) -> Vec<Value> {
        let facets = self.facets(view);
        let a_choice = |id: &&str| facets.get(*id).is_some_and(|values| values.len() > 1);
        let name = |id: &str| view.language.word(&format!("facet_{id}"));
        FACETS
            .iter()
            .filter(|id| a_choice(id))
            .map(|id| record([("id", (*id).into()), ("name", name(id))]))
            .collect()
    }

    /// What can be chosen in each filter.
    fn facets(&self, view: &View<'_>) -> BTreeMap<&'static str, Vec<(String, String, u32)>> {
        let mut counted: BTreeMap<&'static str, BTreeMap<String, (String, u32)>> =
            FACETS.into_iter().map(|facet| (facet, BTreeMap::new())).collect();
        let mut count = |facet: &'static str, value: String, words: &dyn Fn() -> String| {
            let values = counted.entry(facet).or_default();
            values.entry(value).or_insert_with(|| (words(), 0)).1 += 1;
        };
        for class in &self.site.classes {
            let version = class.current();
            let issuer = self.site.issuers.get(&version.issuer);
            count("issuer", version.issuer.to_string(), &|| {
                issuer.map(|issuer| view.text(&issuer.name)).unwrap_or_default()
            });
            count("kind", kind_id(version.kind).to_owned(), &|| view.kind_name(version.kind));
            for tag in &version.tags {
                count("tag", tag.clone(), &|| tag.clone());
            }
            for level in &version.levels {
                count("level", level.id.to_string(), &|| level.id.to_string());
            }
            for lang in version.criteria.keys() {
                let name = || self.language_name(lang).unwrap_or_else(|| lang.to_string());
                count("language", lang.to_string(), &name);
            }
            for place in view.territory(class) {
                count("territory", view.stable(place).to_owned(), &|| view.text(place));
            }
        }
        let by_words = |values: BTreeMap<String, (String, u32)>| {
            let mut values: Vec<_> =
                values.into_iter().map(|(value, (words, n))| (value, words, n)).collect();
            // Levels are numbers, and come in their order.
            values.sort_by_key(|(value, words, _)| {
                (value.parse().unwrap_or(u32::MAX), alphabetical(words))
            });
            values
        };
        counted.into_iter().map(|(facet, values)| (facet, by_words(values))).collect()
    }
}

/// A link to page `n` of the gallery on its page `here`.
pub(super) fn page_link(view: &View<'_>, n: u32, here: u32) -> Value {
    record([
        ("number", n.into()),
        ("url", view.page(&urls::gallery_page(n)).into()),
        ("here", (n == here).into()),
    ])
}

/// What puts words into the order of a dictionary: `école` stands beside `ecole`, not behind `zoo`.
fn alphabetical(words: &str) -> String {
    let plain = words.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    plain.fold(String::new(), |mut key, c| {
        match c {
            'œ' => key.push_str("oe"),
            'æ' => key.push_str("ae"),
            c => key.push(c),
        }
        key
    })
}

fn tags(view: &View<'_>, classes: &[&Class]) -> Value {
    let mut tags: BTreeMap<&str, Vec<&Class>> = BTreeMap::new();
    for class in classes {
        for tag in &class.current().tags {
            tags.entry(tag).or_default().push(class);
        }
    }
    let mut tags: Vec<_> = tags.into_iter().collect();
    tags.sort_by_cached_key(|(tag, _)| alphabetical(tag));
    list(tags.into_iter().map(|(tag, classes)| {
        let badges = classes.into_iter().map(|class| view.card(class));
        record([("name", tag.into()), ("badges", list(badges))])
    }))
}

impl<'a> View<'a> {
    /// Where a class can be earned: its own places, or those of its issuer.
    pub(super) fn territory<'c>(&self, class: &'c Class) -> &'c [Text]
    where
        'a: 'c,
    {
        let own = class.offer.territory.as_slice();
        let issuer = self.site.issuers.get(&class.current().issuer);
        if own.is_empty() { issuer.map_or(&[], |issuer| issuer.territory.as_slice()) } else { own }
    }

    /// The words of a place in addresses: the same in every language.
    pub(super) fn stable<'t>(&self, text: &'t Text) -> &'t str {
        text.in_lang(self.default_lang(), self.default_lang())
    }

    fn entry(&self, class: &'a Class) -> Entry<'a> {
        let badge = Badge::current(class);
        let version = badge.version;
        let lang = self.lang_of(version.name.0.keys());
        let picture = self.badge_picture(&badge);
        let picture = picture.get_from_path("src").and_then(Value::as_str).unwrap_or_default();
        Entry {
            slug: class.slug.as_str(),
            url: self.page(&urls::class(&class.slug)),
            lang: (*lang != self.language.lang).then_some(lang.as_str()),
            name: self.text(&version.name),
            description: self.text(&version.description),
            issuer: version.issuer.as_str(),
            kind: kind_id(version.kind),
            scale: self.scale(version),
            picture: picture.to_owned(),
            tag: &version.tags,
            level: version.levels.iter().map(|level| level.id).collect(),
            language: version.criteria.keys().map(Lang::as_str).collect(),
            territory: self.territory(class).iter().map(|place| self.stable(place)).collect(),
            request: class.offer.request.is_some(),
            since: class.offer.since.map(|since| since.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::alphabetical;

    #[test]
    fn words_are_in_the_order_of_a_dictionary() {
        let mut words = ["zoo", "Œuvre", "mer", "école", "eau", "offre", "Élan", "orge"];
        words.sort_by_key(|word| alphabetical(word));
        assert_eq!(words, ["eau", "école", "Élan", "mer", "Œuvre", "offre", "orge", "zoo"]);
    }
}
