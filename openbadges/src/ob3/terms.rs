//! Enumerations and the small texts with a syntax.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The prefix of terms an issuer adds to an extensible enumeration: OB3-ENUM-6.
const EXTENSION_PREFIX: &str = "ext:";

/// A term that an issuer adds to an extensible enumeration: `ext:` and letters, digits, `.`, `-`, `_` or `|`.
///
/// Spec: OB3-ENUM-6 (the published pattern is not anchored; here it is).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExtensionTerm(Box<str>);

impl ExtensionTerm {
    /// Takes a term with its prefix; `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.strip_prefix(EXTENSION_PREFIX)?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_|".contains(c);
        (!name.is_empty() && name.chars().all(is_plain)).then(|| Self(text.into()))
    }

    /// The term with its prefix.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text is no term of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no term of `{enumeration}`")]
pub struct TermError {
    /// The name of the enumeration.
    pub enumeration: &'static str,
    /// The refused text.
    pub text: String,
}

macro_rules! enumeration {
    (
        $(#[$doc:meta])*
        $name:ident: $published:literal $(, extended by $extension:ident)?
        { $($variant:ident = $term:literal),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $term, "`")] $variant,)+
            $(
                /// A term the issuer added.
                $extension(ExtensionTerm),
            )?
        }

        impl $name {
            /// The published terms, in the order of the specification.
            pub const TERMS: &'static [&'static str] = &[$($term),+];

            /// Takes a term.
            ///
            /// # Errors
            /// [`TermError`] when it is neither published nor, where that is allowed, an [`ExtensionTerm`].
            pub fn parse(text: &str) -> Result<Self, TermError> {
                match text {
                    $($term => Ok(Self::$variant),)+
                    _ => {
                        $(
                            if let Some(term) = ExtensionTerm::parse(text) {
                                return Ok(Self::$extension(term));
                            }
                        )?
                        Err(TermError { enumeration: $published, text: text.to_owned() })
                    }
                }
            }

            /// The term as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $term,)+
                    $(Self::$extension(term) => term.as_str(),)?
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    };
}

enumeration! {
    /// What kind of achievement it is: OB3-ENUM-1.
    AchievementType: "AchievementType", extended by Extension {
        Achievement = "Achievement",
        ApprenticeshipCertificate = "ApprenticeshipCertificate",
        Assessment = "Assessment",
        Assignment = "Assignment",
        AssociateDegree = "AssociateDegree",
        Award = "Award",
        Badge = "Badge",
        BachelorDegree = "BachelorDegree",
        Certificate = "Certificate",
        CertificateOfCompletion = "CertificateOfCompletion",
        Certification = "Certification",
        CommunityService = "CommunityService",
        Competency = "Competency",
        Course = "Course",
        CoCurricular = "CoCurricular",
        Degree = "Degree",
        Diploma = "Diploma",
        DoctoralDegree = "DoctoralDegree",
        Fieldwork = "Fieldwork",
        GeneralEducationDevelopment = "GeneralEducationDevelopment",
        JourneymanCertificate = "JourneymanCertificate",
        LearningProgram = "LearningProgram",
        License = "License",
        Membership = "Membership",
        ProfessionalDoctorate = "ProfessionalDoctorate",
        QualityAssuranceCredential = "QualityAssuranceCredential",
        MasterCertificate = "MasterCertificate",
        MasterDegree = "MasterDegree",
        MicroCredential = "MicroCredential",
        ResearchDoctorate = "ResearchDoctorate",
        SecondarySchoolDiploma = "SecondarySchoolDiploma",
    }
}

enumeration! {
    /// What an alignment points at: OB3-ENUM-2.
    AlignmentTargetType: "AlignmentTargetType", extended by Extension {
        CeasnCompetency = "ceasn:Competency",
        CetermsCredential = "ceterms:Credential",
        CfItem = "CFItem",
        CfRubric = "CFRubric",
        CfRubricCriterion = "CFRubricCriterion",
        CfRubricCriterionLevel = "CFRubricCriterionLevel",
        Ctdl = "CTDL",
    }
}

enumeration! {
    /// How a result is expressed: OB3-ENUM-3.
    ResultType: "ResultType", extended by Extension {
        GradePointAverage = "GradePointAverage",
        LetterGrade = "LetterGrade",
        Percent = "Percent",
        PerformanceLevel = "PerformanceLevel",
        PredictedScore = "PredictedScore",
        RawScore = "RawScore",
        Result = "Result",
        RubricCriterion = "RubricCriterion",
        RubricCriterionLevel = "RubricCriterionLevel",
        RubricScore = "RubricScore",
        ScaledScore = "ScaledScore",
        Status = "Status",
    }
}

enumeration! {
    /// Where somebody stands: OB3-ENUM-4. No further terms.
    ResultStatusType: "ResultStatusType" {
        Completed = "Completed",
        Enrolled = "Enrolled",
        Failed = "Failed",
        InProgress = "InProgress",
        OnHold = "OnHold",
        Provisional = "Provisional",
        Withdrew = "Withdrew",
    }
}

enumeration! {
    /// What kind of identifier it is: OB3-ENUM-5.
    IdentifierType: "IdentifierTypeEnum", extended by Extension {
        Name = "name",
        SourcedId = "sourcedId",
        SystemId = "systemId",
        ProductId = "productId",
        UserName = "userName",
        AccountId = "accountId",
        EmailAddress = "emailAddress",
        NationalIdentityNumber = "nationalIdentityNumber",
        Isbn = "isbn",
        Issn = "issn",
        LisSourcedId = "lisSourcedId",
        OneRosterSourcedId = "oneRosterSourcedId",
        SisSourcedId = "sisSourcedId",
        LtiContextId = "ltiContextId",
        LtiDeploymentId = "ltiDeploymentId",
        LtiToolId = "ltiToolId",
        LtiPlatformId = "ltiPlatformId",
        LtiUserId = "ltiUserId",
        Identifier = "identifier",
    }
}

/// A language code in the case the schemas demand: `fr`, `en-US`, `zh-Hant`.
///
/// Spec: OB3-ACH-13, OB3-I18N-4.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode(Box<str>);

impl LanguageCode {
    /// Takes a code: two to four small letters, then a script `-Xxxx`, then a region `-XX` or `-000`, both optional.
    ///
    /// # Errors
    /// [`LanguageCodeError`] when it has another form; case counts.
    pub fn parse(text: &str) -> Result<Self, LanguageCodeError> {
        let mut parts = text.split('-');
        let language = parts.next().unwrap_or_default();
        let is_small = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_script = |part: &str| {
            let (first, rest) = part.split_at_checked(1).unwrap_or_default();
            first.bytes().all(|byte| byte.is_ascii_uppercase()) && rest.len() == 3 && is_small(rest)
        };
        let is_region = |part: &str| {
            (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
                || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let tail_fits = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => true,
            (Some(one), None, _) => is_script(one) || is_region(one),
            (Some(one), Some(two), None) => is_script(one) && is_region(two),
            (Some(_), Some(_), Some(_)) => false,
        };
        if (2..=4).contains(&language.len()) && is_small(language) && tail_fits {
            return Ok(Self(text.into()));
        }
        Err(LanguageCodeError { text: text.to_owned() })
    }

    /// Takes a code in any case and puts it into the one the schemas demand.
    ///
    /// # Errors
    /// [`LanguageCodeError`] when it is no such code in any case.
    pub fn normalize(text: &str) -> Result<Self, LanguageCodeError> {
        let parts = text.split('-').enumerate().map(|(nth, part)| match (nth, part.len()) {
            (0, _) => part.to_ascii_lowercase(),
            (_, 4) => {
                let (first, rest) = part.split_at_checked(1).unwrap_or_default();
                first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
            }
            _ => part.to_ascii_uppercase(),
        });
        Self::parse(&parts.collect::<Vec<_>>().join("-"))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text is no language code that credentials may hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no language code such as `fr`, `en-US` or `zh-Hant`")]
pub struct LanguageCodeError {
    /// The refused text.
    pub text: String,
}

/// A compact JWS: three parts in base64url, the middle one possibly empty.
///
/// Spec: OB3-AC-13.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompactJws(Box<str>);

impl CompactJws {
    /// Takes a compact JWS by its shape; nothing is decoded.
    ///
    /// # Errors
    /// [`NotACompactJws`] when it has another shape.
    pub fn parse(text: &str) -> Result<Self, NotACompactJws> {
        let is_base64url = |part: &str| {
            part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        let mut parts = text.split('.');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(header), Some(payload), Some(signature), None)
                if !header.is_empty()
                    && !signature.is_empty()
                    && [header, payload, signature].into_iter().all(is_base64url) =>
            {
                Ok(Self(text.into()))
            }
            _ => Err(NotACompactJws),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text is no compact JWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is no compact JWS: three parts in base64url, joined by dots")]
pub struct NotACompactJws;

macro_rules! text_in_json {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    )+};
}

text_in_json!(LanguageCode, CompactJws);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enumerations_have_as_many_terms_as_published() {
        // OB3-ENUM-1 … 5.
        let counts = [
            AchievementType::TERMS.len(),
            AlignmentTargetType::TERMS.len(),
            ResultType::TERMS.len(),
            ResultStatusType::TERMS.len(),
            IdentifierType::TERMS.len(),
        ];
        assert_eq!(counts, [31, 7, 12, 7, 19]);
    }

    #[test]
    fn extensible_enumerations_keep_ext_terms_and_refuse_inventions() {
        // OB3-ENUM-6.
        let kept = AchievementType::parse("ext:Facilitation").unwrap();
        assert_eq!(kept.to_string(), "ext:Facilitation");
        for text in ["", "badge", "ext:", "ext:a b", "Ext:a", "facilitation"] {
            let error = TermError { enumeration: "AchievementType", text: text.to_owned() };
            assert_eq!(AchievementType::parse(text), Err(error));
        }
        // `email` is the identity type people write by mistake (OB3-IDO-4).
        assert!(IdentifierType::parse("email").is_err());
        assert!(ResultStatusType::parse("ext:Paused").is_err(), "OB3-ENUM-4 is closed");
    }

    #[test]
    fn every_term_reads_back() {
        for term in AchievementType::TERMS {
            assert_eq!(AchievementType::parse(term).unwrap().as_str(), *term);
        }
        for term in IdentifierType::TERMS {
            assert_eq!(IdentifierType::parse(term).unwrap().as_str(), *term);
        }
    }

    #[test]
    fn a_language_code_has_the_case_of_the_schemas() {
        // OB3-ACH-13, OB3-I18N-4.
        for text in ["fr", "en-US", "zh-Hant", "zh-Hant-TW", "es-419", "gsw"] {
            assert_eq!(LanguageCode::parse(text).unwrap().as_str(), text);
        }
        for text in
            ["", "f", "en-us", "EN", "zh-hant", "fr-", "en-US-x", "en-Latn-US-1", "français"]
        {
            assert!(LanguageCode::parse(text).is_err(), "{text}");
        }
        assert_eq!(LanguageCode::normalize("EN-us").unwrap().as_str(), "en-US");
        assert_eq!(LanguageCode::normalize("zh-HANT-tw").unwrap().as_str(), "zh-Hant-TW");
        assert!(LanguageCode::normalize("english").is_err());
    }

    #[test]
    fn a_compact_jws_has_three_parts() {
        // OB3-AC-13.
        for text in ["a.b.c", "a..c"] {
            assert!(CompactJws::parse(text).is_ok(), "{text}");
        }
        for text in ["", "a.b", ".b.c", "a.b.", "a.b.c.d", "a.b=.c"] {
            assert_eq!(CompactJws::parse(text), Err(NotACompactJws), "{text}");
        }
    }
}
