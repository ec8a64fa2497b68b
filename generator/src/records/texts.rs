//! The texts both generations share: the name with its level, the criteria as one Markdown text.

use super::{Facet, Records};
use crate::issue::reason_word;
use crate::site::{Lang, Revocation};

impl Records<'_> {
    /// The name of the class, with the level behind it when there is one.
    #[must_use]
    pub fn name(&self, facet: Facet<'_>) -> String {
        let default = self.site.settings.default_lang();
        let name = facet.version.name.in_lang(facet.lang, default);
        match facet.level.and_then(|id| facet.version.level(id)) {
            None => name.to_owned(),
            Some(level) => {
                let level = level.name.in_lang(facet.lang, default);
                let args = [("name", name.into()), ("level", level.into())];
                self.words(facet.lang).say("signed-level-name", &args)
            }
        }
    }

    pub(super) fn description(&self, facet: Facet<'_>) -> String {
        let default = self.site.settings.default_lang();
        facet.version.description.in_lang(facet.lang, default).to_owned()
    }

    pub(super) fn alt(&self, facet: Facet<'_>) -> String {
        let default = self.site.settings.default_lang();
        facet.picture().alt.in_lang(facet.lang, default).to_owned()
    }

    /// The criteria: what `criteria.md` says, then the level, then the rule and its items.
    ///
    /// Headings are left to the author: what is added is emphasis and lists, which every reader shows (OB2-GEN-11).
    #[must_use]
    pub fn criteria_narrative(&self, facet: Facet<'_>) -> String {
        let prose = facet.version.criteria.get(facet.lang).map(|text| text.trim().to_owned());
        let parts = [prose, self.level_text(facet), self.rule_text(facet)];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        parts.join("\n\n")
    }

    fn level_text(&self, facet: Facet<'_>) -> Option<String> {
        let default = self.site.settings.default_lang();
        let level = facet.level.and_then(|id| facet.version.level(id))?;
        let name = level.name.in_lang(facet.lang, default);
        let args = [("number", u32::from(level.id).into()), ("level", name.into())];
        let heading = self.words(facet.lang).say("signed-level", &args);
        let description = level.description.in_lang(facet.lang, default).trim();
        Some(if description.is_empty() {
            format!("**{heading}**")
        } else {
            format!("**{heading}**\n\n{description}")
        })
    }

    fn rule_text(&self, facet: Facet<'_>) -> Option<String> {
        let version = facet.version;
        if version.items.is_empty() {
            return None;
        }
        let words = self.words(facet.lang);
        let rule = match version.at_least {
            Some(at_least) => {
                let args = [("at_least", at_least.into()), ("total", version.items.len().into())];
                words.say("signed-at-least", &args)
            }
            None => words.say("signed-all-of", &[]),
        };
        let ids = version.items.iter().map(|item| item.id.as_str());
        Some(format!("**{rule}**\n\n{}", self.items(facet, ids)))
    }

    /// What the person was seen to do, for the narrative of one award. `None` when the event names no item.
    pub(super) fn criteria_met(&self, facet: Facet<'_>, ids: &[String]) -> Option<String> {
        if ids.is_empty() {
            return None;
        }
        let heading = self.words(facet.lang).say("signed-met", &[]);
        Some(format!("**{heading}**\n\n{}", self.items(facet, ids.iter().map(String::as_str))))
    }

    fn items<'i>(&self, facet: Facet<'_>, ids: impl Iterator<Item = &'i str>) -> String {
        let default = self.site.settings.default_lang();
        let line = |id: &str| {
            let item = facet.version.items.iter().find(|item| item.id == id)?;
            let text = item.text.in_lang(facet.lang, default);
            Some(format!("- {}", text.split_whitespace().collect::<Vec<_>>().join(" ")))
        };
        ids.filter_map(line).collect::<Vec<_>>().join("\n")
    }

    /// Why an award was withdrawn, in the site's default language: one of the neutral sentences, and the issuer's note.
    #[must_use]
    pub fn revocation_reason(&self, revocation: &Revocation) -> Option<String> {
        let default = self.site.settings.default_lang();
        let code = revocation.reason.map(|code| format!("record-reason-{}", reason_word(code)));
        let sentence = code.map(|id| self.words(default).say(&id, &[]));
        let note = revocation.note.as_ref().map(|note| note.in_lang(default, default).to_owned());
        let parts: Vec<String> = sentence.into_iter().chain(note).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// What the scale is called in `lang`.
    pub(super) fn scale_name(&self, lang: &Lang) -> String {
        self.words(lang).say("signed-levels", &[])
    }
}

#[cfg(test)]
mod tests {
    use crate::example::{lang, site};

    use super::*;

    fn facet<'a>(
        site: &'a crate::site::Site,
        class: usize,
        level: Option<u8>,
        tag: &'a Lang,
    ) -> Facet<'a> {
        let class = &site.classes[class];
        Facet { class, version: class.current(), level, lang: tag }
    }

    #[test]
    fn the_level_stands_behind_the_name() {
        let site = site();
        let records = Records::of(&site);
        let (fr, en) = (lang("fr"), lang("en"));
        assert_eq!(records.name(facet(&site, 1, None, &fr)), "Accueil bénévole");
        assert_eq!(records.name(facet(&site, 0, Some(2), &fr)), "Lire un sol – Pratique");
        assert_eq!(records.name(facet(&site, 0, Some(2), &en)), "Read a soil – Practises");
    }

    #[test]
    fn the_criteria_are_prose_then_level_then_rule_in_both_languages() {
        let site = site();
        let records = Records::of(&site);
        let (fr, en) = (lang("fr"), lang("en"));
        assert_eq!(
            records.criteria_narrative(facet(&site, 1, None, &fr)),
            "## À quoi sert ce badge\n\nÀ accueillir.\n\n**Au moins 2 des 3 points suivants\u{a0}:**\n\n\
             - Présenter le lieu.\n- Orienter.\n- Écouter."
        );
        assert_eq!(
            records.criteria_narrative(facet(&site, 0, Some(1), &en)),
            "## What it is for\n\nFor welcoming.\n\n**Level 1: Discovers**\n\nDug."
        );
        assert_eq!(
            records.criteria_narrative(facet(&site, 0, Some(2), &fr)),
            "## À quoi sert ce badge\n\nÀ accueillir.\n\n**Niveau 2\u{a0}: Pratique**\n\nCreuse seul."
        );
    }

    #[test]
    fn a_rule_without_a_number_asks_for_everything() {
        let mut site = site();
        site.classes[1].versions.get_mut(&1).unwrap().at_least = None;
        let records = Records::of(&site);
        let narrative = records.criteria_narrative(facet(&site, 1, None, &lang("en"))).clone();
        assert!(narrative.contains("**All of the following:**\n\n- Introduce"), "{narrative}");
    }

    #[test]
    fn the_items_that_were_met_are_told_in_the_language_of_the_award() {
        let site = site();
        let records = Records::of(&site);
        let met = ["ecouter".to_owned(), "presenter".to_owned()];
        assert_eq!(
            records.criteria_met(facet(&site, 1, None, &lang("en")), &met).unwrap(),
            "**Criteria met:**\n\n- Listen.\n- Introduce the place."
        );
        assert_eq!(records.criteria_met(facet(&site, 1, None, &lang("en")), &[]), None);
    }

    #[test]
    fn a_class_with_levels_has_a_facet_for_each_level_and_language_and_none_without() {
        let site = site();
        let facets = |class: usize| -> Vec<(Option<u8>, String)> {
            let class = &site.classes[class];
            Facet::all(class, class.current()).map(|f| (f.level, f.lang.to_string())).collect()
        };
        let pair = |level: Option<u8>, lang: &str| (level, lang.to_owned());
        assert_eq!(facets(1), [pair(None, "en"), pair(None, "fr")]);
        assert_eq!(
            facets(0),
            [pair(Some(1), "en"), pair(Some(1), "fr"), pair(Some(2), "en"), pair(Some(2), "fr")]
        );
    }
}
