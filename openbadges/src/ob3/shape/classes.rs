//! The data model as tables: every class, every property, its cardinality and its requirement.
//!
//! The lines follow the tables of the specification, so that the two can be read side by side.

use super::{Cardinality, ClassTable, Kind, Member, Typed};
use crate::ob3::{
    self, AchievementType, AlignmentTargetType, Class, IdentifierType, ResultStatusType, ResultType,
};

use Cardinality::{Compact, Many, One, Required};
use Kind::{
    Boolean, Context, Date, DateTime, Iri, IriOrObject, Jws, Language, Number, Object, Text,
};

pub(super) const fn member(
    name: &'static str,
    kind: Kind,
    cardinality: Cardinality,
    requirement: &'static str,
) -> Member {
    Member { name, kind, cardinality, requirement }
}

const fn set<C: Class>(requirement: &'static str) -> Typed {
    Typed::Set { contains: C::TYPES, requirement }
}

const fn single<C: Class>(requirement: &'static str) -> Typed {
    Typed::Single { is: C::TYPES, requirement }
}

const ACHIEVEMENT_TYPE: Kind = Kind::Term(|text| AchievementType::parse(text).is_ok());
const TARGET_TYPE: Kind = Kind::Term(|text| AlignmentTargetType::parse(text).is_ok());
const RESULT_TYPE: Kind = Kind::Term(|text| ResultType::parse(text).is_ok());
const RESULT_STATUS: Kind = Kind::Term(|text| ResultStatusType::parse(text).is_ok());
const IDENTIFIER_TYPE: Kind = Kind::Term(|text| IdentifierType::parse(text).is_ok());

/// 3.1; also `relatedResource` of VCDM 2.0. The dates of VCDM 1.1 stand in [`super::DATES_1_1`].
pub(super) static CREDENTIAL: ClassTable = ClassTable {
    name: "OpenBadgeCredential",
    typed: Typed::Credential { requirement: "OB3-VAL-3" },
    is_closed: false,
    members: &[
        member("@context", Context, Required, "OB3-AC-1"),
        member("id", Iri, Required, "OB3-AC-2"),
        member("name", Text, One, "OB3-AC-4"),
        member("description", Text, One, "OB3-AC-5"),
        member("image", Object(&IMAGE), One, "OB3-AC-6"),
        member("issuer", IriOrObject(&PROFILE), Required, "OB3-AC-7"),
        member("validFrom", DateTime, Required, "OB3-AC-8"),
        member("validUntil", DateTime, One, "OB3-AC-9"),
        member("awardedDate", DateTime, One, "OB3-AC-10"),
        member("credentialSubject", Object(&SUBJECT), Required, "OB3-AC-11"),
        member("endorsement", Object(&ENDORSEMENT), Many, "OB3-AC-12"),
        member("endorsementJwt", Jws, Many, "OB3-AC-13"),
        member("evidence", Object(&EVIDENCE), Many, "OB3-AC-14"),
        member("proof", Object(&PROOF), Compact, "OB3-AC-15"),
        member("credentialSchema", Object(&SCHEMA), Compact, "OB3-AC-16"),
        member("credentialStatus", Object(&STATUS), Compact, "OB3-AC-17"),
        member("refreshService", Object(&REFRESH), One, "OB3-AC-18"),
        member("termsOfUse", Object(&TERMS), Compact, "OB3-AC-19"),
        member("relatedResource", Object(&RESOURCE), Compact, "CRED-VCDM-11"),
    ],
};

/// 3.2.
pub(super) static SUBJECT: ClassTable = ClassTable {
    name: "AchievementSubject",
    typed: set::<ob3::AchievementSubject>("OB3-VAL-4"),
    is_closed: false,
    members: &[
        member("id", Iri, One, "OB3-SUB-1"),
        member("identifier", Object(&IDENTITY), Many, "OB3-SUB-3"),
        member("achievement", Object(&ACHIEVEMENT), Required, "OB3-VAL-9"),
        member("activityStartDate", DateTime, One, "OB3-SUB-5"),
        member("activityEndDate", DateTime, One, "OB3-SUB-5"),
        member("creditsEarned", Number, One, "OB3-SUB-6"),
        member("image", Object(&IMAGE), One, "OB3-SUB-7"),
        member("licenseNumber", Text, One, "OB3-SUB-8"),
        member("role", Text, One, "OB3-SUB-8"),
        member("term", Text, One, "OB3-SUB-8"),
        member("narrative", Text, One, "OB3-SUB-9"),
        member("result", Object(&RESULT), Many, "OB3-SUB-10"),
        member("source", Object(&PROFILE), One, "OB3-SUB-11"),
    ],
};

/// 3.3.
pub(super) static ACHIEVEMENT: ClassTable = ClassTable {
    name: "Achievement",
    typed: set::<ob3::Achievement>("OB3-ACH-2"),
    is_closed: false,
    members: &[
        member("id", Iri, Required, "OB3-ACH-1"),
        member("name", Text, Required, "OB3-ACH-3"),
        member("description", Text, Required, "OB3-ACH-4"),
        member("criteria", Object(&CRITERIA), Required, "OB3-ACH-5"),
        member("image", Object(&IMAGE), One, "OB3-ACH-6"),
        member("achievementType", ACHIEVEMENT_TYPE, One, "OB3-ACH-7"),
        member("creator", Object(&PROFILE), One, "OB3-ACH-8"),
        member("alignment", Object(&ALIGNMENT), Many, "OB3-ACH-9"),
        member("tag", Text, Many, "OB3-ACH-10"),
        member("resultDescription", Object(&RESULT_DESCRIPTION), Many, "OB3-ACH-11"),
        member("related", Object(&RELATED), Many, "OB3-ACH-12"),
        member("inLanguage", Language, One, "OB3-ACH-13"),
        member("version", Text, One, "OB3-ACH-14"),
        member("creditsAvailable", Number, One, "OB3-ACH-15"),
        member("fieldOfStudy", Text, One, "OB3-ACH-16"),
        member("humanCode", Text, One, "OB3-ACH-16"),
        member("specialization", Text, One, "OB3-ACH-16"),
        member("otherIdentifier", Object(&IDENTIFIER_ENTRY), Many, "OB3-ACH-17"),
        member("endorsement", Object(&ENDORSEMENT), Many, "OB3-ACH-18"),
        member("endorsementJwt", Jws, Many, "OB3-ACH-18"),
    ],
};

/// 3.4.
pub(super) static PROFILE: ClassTable = ClassTable {
    name: "Profile",
    typed: set::<ob3::Profile>("OB3-VAL-7"),
    is_closed: false,
    members: &[
        member("id", Iri, Required, "OB3-PROF-1"),
        member("name", Text, One, "OB3-PROF-3"),
        member("description", Text, One, "OB3-PROF-3"),
        member("email", Text, One, "OB3-PROF-3"),
        member("phone", Text, One, "OB3-PROF-3"),
        member("official", Text, One, "OB3-PROF-3"),
        member("url", Iri, One, "OB3-PROF-4"),
        member("image", Object(&IMAGE), One, "OB3-PROF-5"),
        member("address", Object(&ADDRESS), One, "OB3-PROF-6"),
        member("otherIdentifier", Object(&IDENTIFIER_ENTRY), Many, "OB3-PROF-7"),
        member("parentOrg", Object(&PROFILE), One, "OB3-PROF-8"),
        member("familyName", Text, One, "OB3-PROF-9"),
        member("givenName", Text, One, "OB3-PROF-9"),
        member("additionalName", Text, One, "OB3-PROF-9"),
        member("patronymicName", Text, One, "OB3-PROF-9"),
        member("honorificPrefix", Text, One, "OB3-PROF-9"),
        member("honorificSuffix", Text, One, "OB3-PROF-9"),
        member("familyNamePrefix", Text, One, "OB3-PROF-9"),
        member("dateOfBirth", Date, One, "OB3-PROF-9"),
        member("endorsement", Object(&ENDORSEMENT), Many, "OB3-PROF-10"),
        member("endorsementJwt", Jws, Many, "OB3-PROF-10"),
    ],
};

/// 3.5.
pub(super) static IDENTITY: ClassTable = ClassTable {
    name: "IdentityObject",
    typed: single::<ob3::IdentityObject>("OB3-VAL-5"),
    is_closed: true,
    members: &[
        member("hashed", Boolean, Required, "OB3-IDO-2"),
        member("identityHash", Text, Required, "OB3-IDO-3"),
        member("identityType", IDENTIFIER_TYPE, Required, "OB3-IDO-4"),
        member("salt", Text, One, "OB3-IDO-5"),
    ],
};

// 3.6, in the order of the specification.

pub(super) static IMAGE: ClassTable = ClassTable {
    name: "Image",
    typed: single::<ob3::Image>("OB3-SER-5"),
    is_closed: true,
    members: &[member("id", Iri, Required, "OB3-IMG-1"), member("caption", Text, One, "OB3-IMG-3")],
};

pub(super) static CRITERIA: ClassTable = ClassTable {
    name: "Criteria",
    typed: Typed::Untyped,
    is_closed: false,
    members: &[member("id", Iri, One, "OB3-CRI-1"), member("narrative", Text, One, "OB3-CRI-2")],
};

pub(super) static EVIDENCE: ClassTable = ClassTable {
    name: "Evidence",
    typed: set::<ob3::Evidence>("OB3-VAL-8"),
    is_closed: false,
    members: &[
        member("id", Iri, One, "OB3-EV-2"),
        member("narrative", Text, One, "OB3-EV-2"),
        member("name", Text, One, "OB3-EV-2"),
        member("description", Text, One, "OB3-EV-2"),
        member("genre", Text, One, "OB3-EV-2"),
        member("audience", Text, One, "OB3-EV-2"),
    ],
};

pub(super) static ALIGNMENT: ClassTable = ClassTable {
    name: "Alignment",
    typed: set::<ob3::Alignment>("OB3-ALN-1"),
    is_closed: false,
    members: &[
        member("targetName", Text, Required, "OB3-ALN-2"),
        member("targetUrl", Iri, Required, "OB3-ALN-3"),
        member("targetCode", Text, One, "OB3-ALN-4"),
        member("targetDescription", Text, One, "OB3-ALN-4"),
        member("targetFramework", Text, One, "OB3-ALN-4"),
        member("targetType", TARGET_TYPE, One, "OB3-ALN-5"),
    ],
};

pub(super) static RELATED: ClassTable = ClassTable {
    name: "Related",
    typed: set::<ob3::Related>("OB3-REL-2"),
    is_closed: false,
    members: &[
        member("id", Iri, Required, "OB3-REL-1"),
        member("inLanguage", Language, One, "OB3-REL-3"),
        member("version", Text, One, "OB3-REL-3"),
    ],
};

pub(super) static RESULT: ClassTable = ClassTable {
    name: "Result",
    typed: set::<ob3::AchievedResult>("OB3-VAL-6"),
    is_closed: false,
    members: &[
        member("resultDescription", Iri, One, "OB3-RES-2"),
        member("achievedLevel", Iri, One, "OB3-RES-2"),
        member("value", Text, One, "OB3-RES-3"),
        member("status", RESULT_STATUS, One, "OB3-RES-4"),
        member("alignment", Object(&ALIGNMENT), Many, "OB3-RES-5"),
    ],
};

pub(super) static RESULT_DESCRIPTION: ClassTable = ClassTable {
    name: "ResultDescription",
    typed: set::<ob3::ResultDescription>("OB3-VAL-6"),
    is_closed: false,
    members: &[
        member("id", Iri, Required, "OB3-RDS-1"),
        member("name", Text, Required, "OB3-RDS-1"),
        member("resultType", RESULT_TYPE, Required, "OB3-RDS-1"),
        member("allowedValue", Text, Many, "OB3-RDS-2"),
        member("requiredLevel", Iri, One, "OB3-RDS-3"),
        member("requiredValue", Text, One, "OB3-RDS-3"),
        member("valueMin", Text, One, "OB3-RDS-3"),
        member("valueMax", Text, One, "OB3-RDS-3"),
        member("rubricCriterionLevel", Object(&RUBRIC_LEVEL), Many, "OB3-RDS-4"),
        member("alignment", Object(&ALIGNMENT), Many, "OB3-RDS-5"),
    ],
};

pub(super) static RUBRIC_LEVEL: ClassTable = ClassTable {
    name: "RubricCriterionLevel",
    typed: set::<ob3::RubricCriterionLevel>("OB3-RCL-1"),
    is_closed: false,
    members: &[
        member("id", Iri, Required, "OB3-RCL-1"),
        member("name", Text, Required, "OB3-RCL-1"),
        member("description", Text, One, "OB3-RCL-2"),
        member("level", Text, One, "OB3-RCL-2"),
        member("points", Text, One, "OB3-RCL-2"),
        member("alignment", Object(&ALIGNMENT), Many, "OB3-RCL-2"),
    ],
};

pub(super) static IDENTIFIER_ENTRY: ClassTable = ClassTable {
    name: "IdentifierEntry",
    typed: single::<ob3::IdentifierEntry>("OB3-VAL-7"),
    is_closed: true,
    members: &[
        member("identifier", Text, Required, "OB3-IDE-1"),
        member("identifierType", IDENTIFIER_TYPE, Required, "OB3-IDE-1"),
    ],
};

pub(super) static ADDRESS: ClassTable = ClassTable {
    name: "Address",
    typed: set::<ob3::Address>("OB3-ADR-1"),
    is_closed: false,
    members: &[
        member("addressCountry", Text, One, "OB3-ADR-1"),
        member("addressCountryCode", Text, One, "OB3-ADR-1"),
        member("addressRegion", Text, One, "OB3-ADR-1"),
        member("addressLocality", Text, One, "OB3-ADR-1"),
        member("streetAddress", Text, One, "OB3-ADR-1"),
        member("postOfficeBoxNumber", Text, One, "OB3-ADR-1"),
        member("postalCode", Text, One, "OB3-ADR-1"),
        member("geo", Object(&GEO), One, "OB3-ADR-1"),
    ],
};

pub(super) static GEO: ClassTable = ClassTable {
    name: "GeoCoordinates",
    typed: single::<ob3::GeoCoordinates>("OB3-SER-5"),
    is_closed: false,
    members: &[
        member("latitude", Number, Required, "OB3-ADR-2"),
        member("longitude", Number, Required, "OB3-ADR-2"),
    ],
};

pub(super) static SCHEMA: ClassTable = ClassTable {
    name: "CredentialSchema",
    typed: Typed::Any { requirement: "OB3-SCH-1" },
    is_closed: false,
    members: &[member("id", Iri, Required, "OB3-SCH-1")],
};

/// What else an entry holds depends on its type and is checked with the status.
pub(super) static STATUS: ClassTable = ClassTable {
    name: "CredentialStatus",
    typed: Typed::Any { requirement: "OB3-STA-1" },
    is_closed: false,
    members: &[member("id", Iri, One, "OB3-STA-1")],
};

pub(super) static REFRESH: ClassTable = ClassTable {
    name: "RefreshService",
    typed: Typed::Any { requirement: "OB3-RFS-1" },
    is_closed: false,
    members: &[member("id", Iri, Required, "OB3-RFS-1")],
};

pub(super) static TERMS: ClassTable = ClassTable {
    name: "TermsOfUse",
    typed: Typed::Any { requirement: "OB3-AC-19" },
    is_closed: false,
    members: &[member("id", Iri, One, "OB3-AC-19")],
};

pub(super) static RESOURCE: ClassTable = ClassTable {
    name: "RelatedResource",
    typed: Typed::Untyped,
    is_closed: false,
    members: &[
        member("id", Iri, Required, "CRED-VCDM-11"),
        member("mediaType", Text, One, "CRED-VCDM-11"),
        member("digestSRI", Text, One, "CRED-VCDM-11"),
        member("digestMultibase", Text, One, "CRED-VCDM-11"),
    ],
};

/// What a proof needs is checked with the proof.
pub(super) static PROOF: ClassTable = ClassTable {
    name: "Proof",
    typed: Typed::Any { requirement: "OB3-PRF-1" },
    is_closed: false,
    members: &[],
};

/// 3.7.
pub(super) static ENDORSEMENT: ClassTable = ClassTable {
    name: "EndorsementCredential",
    typed: set::<ob3::EndorsementCredential>("OB3-END-1"),
    is_closed: false,
    members: &[
        member("@context", Context, Required, "OB3-END-1"),
        member("id", Iri, Required, "OB3-END-1"),
        member("name", Text, Required, "OB3-END-2"),
        member("description", Text, One, "OB3-END-7"),
        member("issuer", IriOrObject(&PROFILE), Required, "OB3-END-1"),
        member("validFrom", DateTime, Required, "OB3-END-1"),
        member("validUntil", DateTime, One, "OB3-END-7"),
        member("awardedDate", DateTime, One, "OB3-END-7"),
        member("credentialSubject", Object(&ENDORSED), Required, "OB3-END-3"),
        member("evidence", Object(&EVIDENCE), Many, "OB3-END-7"),
        member("proof", Object(&PROOF), Compact, "OB3-END-7"),
        member("credentialSchema", Object(&SCHEMA), Compact, "OB3-END-7"),
        member("credentialStatus", Object(&STATUS), Compact, "OB3-END-7"),
        member("refreshService", Object(&REFRESH), One, "OB3-END-7"),
        member("termsOfUse", Object(&TERMS), Compact, "OB3-END-7"),
    ],
};

pub(super) static ENDORSED: ClassTable = ClassTable {
    name: "EndorsementSubject",
    typed: set::<ob3::EndorsementSubject>("OB3-END-5"),
    is_closed: false,
    members: &[
        member("id", Iri, Required, "OB3-END-4"),
        member("endorsementComment", Text, One, "OB3-END-6"),
    ],
};
