//! The OB 2.0 BadgeClass of a facet.

use openbadges::member::Link;
use openbadges::ob2::{AlignmentObject, BadgeClass, Criteria, Related, Version};
use openbadges::ob3::VOCABULARY;

use super::{Facet, GENERATION_3, Records, iri};
use crate::urls;

impl Records<'_> {
    /// The BadgeClass: one for each language and level, as an assertion points at exactly one.
    ///
    /// The picture is a plain address: bags expect one, and its words are on the page and in OB 3.0.
    ///
    /// Spec: OB2-BC-1 … 9, OB2-I18N-1 … 6, OB2-REL-1, OB2-REL-2, OB3-MIG-21.
    #[must_use]
    pub fn badge_class(&self, facet: Facet<'_>) -> BadgeClass {
        let version = facet.version;
        let criteria = Criteria {
            id: Some(iri(&self.page(&facet.page_path(), facet.lang))),
            narrative: Some(self.criteria_narrative(facet).into()),
            ..Criteria::default()
        };
        let mut class = BadgeClass::new(
            iri(&self.url(&facet.badge_class_path())),
            self.name(facet).into(),
            self.description(facet).into(),
            Link::Id(iri(&self.url(&facet.image_path("png")))),
            Link::Object(Box::new(criteria)),
            Link::Id(iri(&self.url(&urls::issuer_ob2(&version.issuer)))),
        );
        class.language = Some(facet.lang.to_string());
        class.version = Some(Version::Text(version.number.to_string()));
        class.tags = version.tags.iter().map(|tag| tag.as_str().into()).collect();
        class.alignment = self.targets(facet).into();
        class.related = self.counterparts(facet).into_iter().map(object).collect();
        class
    }

    fn targets(&self, facet: Facet<'_>) -> Vec<AlignmentObject> {
        let default = self.site.settings.default_lang();
        let in_lang = |text: &crate::site::Text| text.in_lang(facet.lang, default).to_owned();
        let target = |target: &crate::site::Alignment| {
            let mut object = AlignmentObject::new(in_lang(&target.name).into(), iri(&target.url));
            object.target_code.clone_from(&target.code);
            object.target_framework = target.framework_name.as_ref().map(in_lang).map(Into::into);
            object
        };
        facet.version.alignment.iter().map(target).collect()
    }

    /// Every sibling but itself, and the same thing in OB 3.0.
    fn counterparts(&self, facet: Facet<'_>) -> Vec<Related> {
        let sibling = |other: Facet<'_>| {
            let mut related = Related::new(iri(&self.url(&other.badge_class_path())));
            related.language = Some(other.lang.to_string());
            related
        };
        let mut achievement = Related::new(iri(&self.url(&facet.achievement_path())));
        achievement.types = format!("{VOCABULARY}Achievement").into();
        achievement.version = Some(Version::Text(GENERATION_3.to_owned()));
        let siblings = facet.siblings_by_lang().chain(facet.siblings_by_level());
        siblings.map(sibling).chain(std::iter::once(achievement)).collect()
    }
}

pub(super) fn object<T>(value: T) -> Link<T> {
    Link::Object(Box::new(value))
}
