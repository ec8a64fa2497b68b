//! A class as templates see it: whole on its own pages, small on a card.

use tera::Value;

use super::view::{View, link, list, machine_record, record, web_address};
use crate::site::{Alignment, Class, ClassVersion, Kind, Lang, Level, Picture};
use crate::urls;
use crate::words::Arg;

/// Media types of the machine-readable forms.
pub(super) const JSON: &str = "application/json";
pub(super) const JSON_LD: &str = "application/ld+json";

/// Before the ids of headings in criteria: `criteria` itself is the section's id.
const CRITERIA_ANCHORS: &str = "criteria-";

/// Headings of criteria stand below the section's `<h2>`.
const CRITERIA_HEADING: u8 = 3;

/// A class version, or one level of it, that is being shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Badge<'a> {
    pub(super) class: &'a Class,
    pub(super) version: &'a ClassVersion,
    pub(super) level: Option<&'a Level>,
}

impl<'a> Badge<'a> {
    pub(super) fn current(class: &'a Class) -> Self {
        Self { class, version: class.current(), level: None }
    }

    /// Whether its picture is a drawing: the level's own, else the class's.
    pub(super) fn has_drawing(&self) -> bool {
        let own = self.level.and_then(|level| level.image.as_ref());
        own.unwrap_or(&self.version.image).svg.is_some()
    }

    /// The path of this version or level of it.
    pub(super) fn path(&self) -> String {
        urls::class_version(&self.class.slug, self.version.number, self.level.map(|level| level.id))
    }
}

impl View<'_> {
    /// The variable `badge`.
    pub(super) fn badge(&self, badge: &Badge<'_>) -> Value {
        let Badge { class, version, level } = badge;
        let lang = self.lang_of(version.criteria.keys());
        let criteria = version.criteria.get(lang).map_or("", String::as_str);
        let criteria = self.prose(criteria, lang, CRITERIA_HEADING, Some(CRITERIA_ANCHORS));
        let items = version.items.iter().map(|item| {
            record([("id", item.id.as_str().into()), ("text", self.text(&item.text).into())])
        });
        let levels = version.levels.iter().map(|level| self.level(badge, level));
        let level = level.map(|level| self.level(badge, level));
        let tags = version.tags.iter().map(|tag| {
            let url = self.page(&urls::filter(urls::GALLERY, "tag", tag));
            record([("name", tag.as_str().into()), ("url", url.into())])
        });
        record([
            ("slug", class.slug.as_str().into()),
            ("url", self.page(&urls::class(&class.slug)).into()),
            ("version_url", self.page(&badge.path()).into()),
            ("version", version.number.into()),
            ("version_name", self.version_name(version.number).into()),
            ("frozen", version.frozen.into()),
            ("superseded", (version.number < class.current).into()),
            ("lang", self.lang_of(version.name.0.keys()).as_str().into()),
            ("name", self.text(&version.name).into()),
            ("description", self.text(&version.description).into()),
            ("kind", kind_id(version.kind).into()),
            ("kind_name", self.kind_name(version.kind).into()),
            ("tags", list(tags)),
            ("picture", self.badge_picture(badge)),
            ("level", level.into()),
            ("levels", list(levels)),
            ("criteria_html", criteria.to_value()),
            ("items", list(items)),
            ("rule", self.rule(version).into()),
            ("validity", self.validity(version).into()),
            ("alignment", list(version.alignment.iter().map(|target| self.alignment(target)))),
            ("licence", version.licence.as_deref().map(licence).into()),
            ("creator", version.creator.as_deref().map_or_else(Value::none, link)),
            ("versions", self.versions(class)),
            ("records", list(self.badge_records(badge))),
        ])
    }

    /// A class in a list of classes.
    pub(super) fn card(&self, class: &Class) -> Value {
        let badge = Badge::current(class);
        let version = badge.version;
        let issuer = self.site.issuers.get(&version.issuer);
        let issuer_name = issuer.map(|issuer| self.text(&issuer.name)).unwrap_or_default();
        let (name, description) = (self.text(&version.name), self.text(&version.description));
        let kind_name = self.kind_name(version.kind);
        record([
            ("slug", class.slug.as_str().into()),
            ("url", self.page(&urls::class(&class.slug)).into()),
            ("lang", self.lang_of(version.name.0.keys()).as_str().into()),
            ("name", name.into()),
            ("description", description.into()),
            ("kind", kind_id(version.kind).into()),
            ("kind_name", kind_name.into()),
            ("scale", self.scale(version).into()),
            ("picture", self.badge_picture(&badge)),
            ("issuer_name", issuer_name.into()),
        ])
    }

    pub(super) fn kind_name(&self, kind: Kind) -> String {
        self.language.say(&format!("kind_{}", kind_id(kind).replace('-', "_")), &[])
    }

    pub(super) fn level_title(&self, level: &Level) -> String {
        let name = self.text(&level.name);
        self.language
            .say("level_title", &[("id", u32::from(level.id).into()), ("name", (&name).into())])
    }

    /// The picture of a version or level: the level's own, else the class's.
    pub(super) fn badge_picture(&self, badge: &Badge<'_>) -> Value {
        let Badge { class, version, level } = badge;
        let own = level.and_then(|level| Some((level.id, level.image.as_ref()?)));
        let (id, picture) = match own {
            Some((id, picture)) => (Some(id), picture),
            None => (None, &version.image),
        };
        let file = |extension: &str| urls::class_image(&class.slug, version.number, id, extension);
        self.picture(picture, &file)
    }

    /// What the picture of a version or level shows.
    pub(super) fn picture_alt(&self, badge: &Badge<'_>) -> String {
        let own = badge.level.and_then(|level| level.image.as_ref());
        self.text(&own.unwrap_or(&badge.version.image).alt)
    }

    /// `src` (the drawing where there is one), `png` and `absolute` (the raster), `alt`.
    pub(super) fn picture(&self, picture: &Picture, file: &dyn Fn(&str) -> String) -> Value {
        let png = file("png");
        let src = if picture.svg.is_some() { file("svg") } else { png.clone() };
        record([
            ("src", self.href(&src).into()),
            ("png", self.href(&png).into()),
            ("absolute", self.base().join(&png).into()),
            ("alt", self.text(&picture.alt).into()),
        ])
    }

    fn level(&self, badge: &Badge<'_>, level: &Level) -> Value {
        let of_level = Badge { level: Some(level), ..*badge };
        let picture = level.image.is_some().then(|| self.badge_picture(&of_level));
        record([
            ("id", level.id.into()),
            ("name", self.text(&level.name).into()),
            ("title", self.level_title(level).into()),
            ("description", self.text(&level.description).into()),
            ("url", self.page(&of_level.path()).into()),
            ("picture", picture.into()),
        ])
    }

    /// How many of the items are needed, in words.
    fn rule(&self, version: &ClassVersion) -> String {
        let of = Arg::from(version.items.len());
        match version.at_least {
            Some(n) if usize::try_from(n).is_ok_and(|n| n < version.items.len()) => {
                self.language.say("rule_at_least", &[("n", n.into()), ("of", of)])
            }
            _ => self.language.say("rule_all", &[("of", of)]),
        }
    }

    fn validity(&self, version: &ClassVersion) -> String {
        let Some(iso) = &version.expires else { return self.language.say("never_expires", &[]) };
        let duration = self.language.duration(iso);
        self.language.say("validity_for", &[("duration", (&duration).into())])
    }

    /// The range of the levels in words; empty without levels.
    pub(super) fn scale(&self, version: &ClassVersion) -> String {
        let (Some(low), Some(high)) = (version.levels.first(), version.levels.last()) else {
            return String::new();
        };
        let (low, high) = (u32::from(low.id), u32::from(high.id));
        if low == high {
            return self.language.say("scale_one", &[("low", low.into())]);
        }
        self.language.say("scale_range", &[("low", low.into()), ("high", high.into())])
    }

    fn alignment(&self, target: &Alignment) -> Value {
        let url = web_address(&target.url).map(|(url, _)| url);
        let framework = target.framework_name.as_ref().map(|name| self.text(name));
        record([
            ("name", self.text(&target.name).into()),
            ("url", url.into()),
            ("code", target.code.clone().into()),
            ("framework", framework.into()),
        ])
    }

    fn version_name(&self, number: u32) -> String {
        self.language.say("version", &[("n", number.into())])
    }

    fn versions(&self, class: &Class) -> Value {
        list(class.versions.keys().rev().map(|number| {
            let path = urls::class_version(&class.slug, *number, None);
            record([
                ("number", (*number).into()),
                ("name", self.version_name(*number).into()),
                ("url", self.page(&path).into()),
                ("current", (*number == class.current).into()),
            ])
        }))
    }

    /// Both records of what is being shown, in every language it speaks. A version with levels has none of its own:
    /// those of its levels stand in, in the language of the page.
    pub(super) fn badge_records(&self, badge: &Badge<'_>) -> Vec<Value> {
        let Badge { version, level, .. } = badge;
        if level.is_some() || version.levels.is_empty() {
            return version.criteria.keys().flat_map(|lang| self.records_in(badge, lang)).collect();
        }
        let lang = self.lang_of(version.criteria.keys());
        let levels = version.levels.iter().map(|level| Badge { level: Some(level), ..*badge });
        levels.flat_map(|of_level| self.records_in(&of_level, lang)).collect()
    }

    fn records_in(&self, badge: &Badge<'_>, lang: &Lang) -> [Value; 2] {
        let Badge { class, version, level } = badge;
        let of = level.map(|level| format!(" · {}", self.level_title(level))).unwrap_or_default();
        let titled = |id: &str| Value::from(format!("{}{of} ({lang})", self.language.say(id, &[])));
        let level = level.map(|level| level.id);
        [
            machine_record(
                titled("record_achievement"),
                self.language.word("record_ob3"),
                JSON_LD,
                self.href(&urls::achievement(&class.slug, version.number, level, lang)),
            ),
            machine_record(
                titled("record_badgeclass"),
                self.language.word("record_ob2"),
                JSON_LD,
                self.href(&urls::badge_class(&class.slug, version.number, level, lang)),
            ),
        ]
    }
}

/// The kind as `badge.yaml` writes it.
pub(super) const fn kind_id(kind: Kind) -> &'static str {
    match kind {
        Kind::Participation => "participation",
        Kind::Engagement => "engagement",
        Kind::KnowHow => "know-how",
        Kind::Competence => "competence",
        Kind::Achievement => "achievement",
        Kind::Project => "project",
        Kind::Role => "role",
        Kind::Membership => "membership",
        Kind::Facilitation => "facilitation",
        Kind::Mentoring => "mentoring",
        Kind::Label => "label",
    }
}

/// `name` and `url` of a licence; Creative Commons licences have an address made of their name.
pub(super) fn licence(spdx: &str) -> Value {
    let url = match spdx.strip_prefix("CC-") {
        Some(rest) => rest.rsplit_once('-').map(|(terms, version)| {
            format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase())
        }),
        None if spdx == "CC0-1.0" => {
            Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned())
        }
        None => None,
    };
    let name = match spdx.strip_prefix("CC-").and_then(|rest| rest.rsplit_once('-')) {
        Some((terms, version)) => format!("CC {terms} {version}"),
        None => spdx.replace("CC0-", "CC0 "),
    };
    record([("name", name.into()), ("url", url.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_named_and_linked_as_their_authors_do() {
        let shown = |spdx: &str| {
            let value = licence(spdx);
            let get = |key: &str| {
                value.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            (get("name"), get("url"))
        };
        let owned = |name: &str, url: &str| (name.to_owned(), url.to_owned());
        assert_eq!(
            shown("CC-BY-SA-4.0"),
            owned("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/")
        );
        assert_eq!(
            shown("CC0-1.0"),
            owned("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
        );
        assert_eq!(shown("MIT"), owned("MIT", ""));
    }
}
