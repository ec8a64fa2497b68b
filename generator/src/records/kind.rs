//! What a kind of recognition is called in OB 3.0.

use crate::site::Kind;

/// The `achievementType` of a kind: the nearest term of the closed list, or one of our own behind `ext:`.
///
/// The value is signed into every credential of a class, so a line of this table may be added but never changed.
///
/// Spec: OB3-ACH-7, OB3-ENUM-1, OB3-ENUM-6.
#[must_use]
pub const fn achievement_type(kind: Kind) -> &'static str {
    match kind {
        // Presence is no achievement, and the nearest term, `CoCurricular`, speaks of a school.
        Kind::Participation => "ext:Participation",
        Kind::Engagement => "CommunityService",
        // What a person can do with their hands and what they can do with their head are one word in English.
        Kind::KnowHow | Kind::Competence => "Competency",
        Kind::Achievement | Kind::Project => "Achievement",
        Kind::Role => "ext:Role",
        Kind::Membership => "Membership",
        Kind::Facilitation => "ext:Facilitation",
        Kind::Mentoring => "ext:Mentoring",
        // "Assures that an organisation meets prescribed requirements".
        Kind::Label => "QualityAssuranceCredential",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OB3-ENUM-1, all 31.
    const TERMS: &str = "Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge \
        BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency Course \
        CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment JourneymanCertificate \
        LearningProgram License Membership ProfessionalDoctorate QualityAssuranceCredential MasterCertificate \
        MasterDegree MicroCredential ResearchDoctorate SecondarySchoolDiploma";

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
    fn every_kind_is_a_term_of_the_list_or_an_extension_ob3_enum_1_ob3_enum_6() {
        assert_eq!(TERMS.split_whitespace().count(), 31);
        for (kind, term) in KINDS {
            assert_eq!(achievement_type(kind), term, "{kind:?}");
            let extension = term.strip_prefix("ext:").is_some_and(|name| {
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
            });
            assert!(extension || TERMS.split_whitespace().any(|known| known == term), "{term}");
        }
    }
}
