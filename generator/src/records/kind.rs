//! What a kind of recognition is called in OB 3.0.

use openbadges::ob3::{AchievementType, ExtensionTerm};

use crate::site::Kind;

/// The `achievementType` of a kind: the nearest term of the published list, or one of our own behind `ext:`.
///
/// The value is signed into every credential of a class, so a line of this table may be added but never changed.
///
/// # Panics
/// Never: a test makes every one.
///
/// Spec: OB3-ACH-7, OB3-ENUM-1, OB3-ENUM-6.
#[must_use]
pub fn achievement_type(kind: Kind) -> AchievementType {
    let own = |term: &str| {
        let term = ExtensionTerm::parse(term);
        AchievementType::Extension(term.expect("our own terms are well formed"))
    };
    match kind {
        // Presence is no achievement, and the nearest term, `CoCurricular`, speaks of a school.
        Kind::Participation => own("ext:Participation"),
        Kind::Engagement => AchievementType::CommunityService,
        // What a person can do with their hands and what they can do with their head are one word in English.
        Kind::KnowHow | Kind::Competence => AchievementType::Competency,
        Kind::Achievement | Kind::Project => AchievementType::Achievement,
        Kind::Role => own("ext:Role"),
        Kind::Membership => AchievementType::Membership,
        Kind::Facilitation => own("ext:Facilitation"),
        Kind::Mentoring => own("ext:Mentoring"),
        // "Assures that an organisation meets prescribed requirements".
        Kind::Label => AchievementType::QualityAssuranceCredential,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [(Kind, &str); 11] = [
        (Kind::Participation, "ext:Participation"),
        (Kind::Engagement, "CommunityService"),
        (Kind::KnowHow, "Competency"),
        (Kind::Competence, "Competency"),
        (Kind::Achievement, "Achievement"),
        (Kind::Project, "Achievement"),
        (Kind::Role, "ext:Role"),
        (Kind::Membership, "Membership"),
        (Kind::Facilitation, "ext:Facilitation"),
        (Kind::Mentoring, "ext:Mentoring"),
        (Kind::Label, "QualityAssuranceCredential"),
    ];

    #[test]
    fn every_kind_has_its_term_ob3_enum_1_ob3_enum_6() {
        for (kind, term) in KINDS {
            assert_eq!(achievement_type(kind).as_str(), term, "{kind:?}");
        }
    }
}
