//! The OB 3.0 Achievement of a facet: embedded in credentials, and served by itself.

use openbadges::ob3::{
    Achievement, Alignment, Criteria, Image, Profile, Related, ResultDescription, ResultType,
    RubricCriterionLevel, Types,
};

use super::document::Standalone;
use super::{Facet, GENERATION_2, Records, iri, kind, language};

/// The type that says of a related thing that it is the OB 2.0 form (OB3-MIG-21).
pub(super) const BADGE_CLASS: &str = "https://w3id.org/openbadges#BadgeClass";

impl Records<'_> {
    /// `achievement.<lang>.json`.
    ///
    /// Spec: OB3-ACH-1 … 14, OB3-I18N-1, OB3-I18N-2, OB3-MIG-21.
    #[must_use]
    pub fn achievement(&self, facet: Facet<'_>) -> Standalone<Achievement> {
        Standalone::of(self.embedded_achievement(facet))
    }

    /// The Achievement: one for each language and level, with an id of its own.
    pub(super) fn embedded_achievement(&self, facet: Facet<'_>) -> Achievement {
        let version = facet.version;
        let id = iri(&self.url(&facet.achievement_path()));
        let criteria = Criteria {
            id: Some(iri(&self.page(&facet.page_path(), facet.lang))),
            narrative: Some(self.criteria_narrative(facet)),
            ..Criteria::default()
        };
        let name = self.name(facet);
        let mut achievement = Achievement::new(id, name, self.description(facet), criteria);
        achievement.image = Some(self.class_image(facet));
        achievement.achievement_type = Some(kind::achievement_type(version.kind));
        achievement.creator = version.creator.as_deref().map(|url| Profile::new(iri(url)));
        achievement.in_language = Some(language(facet.lang));
        achievement.version = Some(version.number.to_string());
        achievement.tag = version.tags.iter().cloned().collect();
        achievement.alignment = self.alignments(facet).into();
        achievement.result_description = self.scale(facet).into();
        achievement.related = self.related(facet).into();
        achievement
    }

    /// The raster: every wallet shows it, and its digest is signed.
    pub(super) fn class_image(&self, facet: Facet<'_>) -> Image {
        Image::new(iri(&self.url(&facet.image_path("png"))), Some(self.alt(facet)))
    }

    fn alignments(&self, facet: Facet<'_>) -> Vec<Alignment> {
        let default = self.site.settings.default_lang();
        let in_lang = |text: &crate::site::Text| text.in_lang(facet.lang, default).to_owned();
        let alignment = |target: &crate::site::Alignment| {
            let mut alignment = Alignment::new(in_lang(&target.name), iri(&target.url));
            alignment.target_code.clone_from(&target.code);
            alignment.target_framework = target.framework_name.as_ref().map(in_lang);
            alignment
        };
        facet.version.alignment.iter().map(alignment).collect()
    }

    /// The scale of a class with levels. Every level tells the whole scale, and which step it is itself.
    ///
    /// Spec: OB3-RDS-1 … 4, OB3-RCL-1, OB3-RCL-2.
    fn scale(&self, facet: Facet<'_>) -> Option<ResultDescription> {
        let default = self.site.settings.default_lang();
        let level = facet.level?;
        let name = self.scale_name(facet.lang);
        let id = iri(&self.scale_id(facet));
        let mut scale = ResultDescription::new(id, name, ResultType::RubricCriterionLevel);
        scale.required_level = Some(iri(&self.level_id(facet, level)));
        let step = |level: &crate::site::Level| {
            let name = level.name.in_lang(facet.lang, default).to_owned();
            let description = level.description.in_lang(facet.lang, default);
            let mut step = RubricCriterionLevel::new(iri(&self.level_id(facet, level.id)), name);
            step.description = (!description.is_empty()).then(|| description.to_owned());
            step.level = Some(level.id.to_string());
            step
        };
        scale.rubric_criterion_level = facet.version.levels.iter().map(step).collect();
        Some(scale)
    }

    /// What a result names as its description.
    pub(super) fn scale_id(&self, facet: Facet<'_>) -> String {
        format!("{}#levels", self.url(&facet.achievement_path()))
    }

    /// What a result names as the level that was reached.
    pub(super) fn level_id(&self, facet: Facet<'_>, level: u8) -> String {
        format!("{}#level-{level}", self.url(&facet.achievement_path()))
    }

    /// The other languages, the other levels, and the same thing in OB 2.0.
    ///
    /// Other *versions* are not named: an older one is finished when a newer one appears.
    fn related(&self, facet: Facet<'_>) -> Vec<Related> {
        let sibling = |other: Facet<'_>| {
            let mut related = Related::new(iri(&self.url(&other.achievement_path())));
            related.in_language = Some(language(other.lang));
            related.version = Some(other.version.number.to_string());
            related
        };
        let mut badge_class = Related::new(iri(&self.url(&facet.badge_class_path())));
        badge_class.types = Types::and(BADGE_CLASS);
        badge_class.version = Some(GENERATION_2.to_owned());
        let siblings = facet.siblings_by_lang().chain(facet.siblings_by_level());
        siblings.map(sibling).chain(std::iter::once(badge_class)).collect()
    }
}
