//! The Open Badges 3.0 vocabulary: credentials on VCDM 2.0.
//!
//! One type for each class of the data model, one field for each property, in the order in which we write them. A type is
//! written in the strictest form the schemas allow: sets are arrays, no null, no empty array, plain strings. Reading takes
//! what the specification allows to be compacted, refuses other types and enumeration values, and keeps members the
//! class does not name (in the classes that are open).
//!
//! - [`OpenBadgeCredential`] and [`EndorsementCredential`] are the two documents. Their `proof` is plain JSON: making and
//!   checking it is the affair of [`crate::proof`], over the received bytes and never over these types.
//! - [`shape`] lists what is wrong with a received credential. A verifier reads a document only after that.
//!
//! Spec: Open Badges 3.0, "Data Model"; ids `OB3-AC-*` to `OB3-END-*`, `OB3-SER-*`, `OB3-ENUM-*`.

mod achievement;
mod class;
mod credential;
mod endorsement;
mod profile;
pub mod shape;
mod subject;
mod terms;

pub use achievement::{
    Achievement, Alignment, Criteria, IdentifierEntry, Image, Related, ResultDescription,
    RubricCriterionLevel,
};
pub use class::{Class, Type, Types};
pub use credential::{
    CredentialSchema, CredentialStatus, Evidence, OpenBadgeCredential, RefreshService,
    RelatedResource, TermsOfUse,
};
pub use endorsement::{EndorsementCredential, EndorsementSubject};
pub use profile::{Address, GeoCoordinates, Profile};
pub use subject::{AchievedResult, AchievementSubject, IdentityObject};
pub use terms::{
    AchievementType, AlignmentTargetType, CompactJws, ExtensionTerm, IdentifierType, LanguageCode,
    LanguageCodeError, NotACompactJws, ResultStatusType, ResultType, TermError,
};

/// The first context of every credential: OB3-CONST-1.
pub const CONTEXT_CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";

/// The second context of every credential we write: OB3-CONST-2.
pub const CONTEXT: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// The vocabulary: OB3-CONST-5.
pub const VOCABULARY: &str = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";

/// `type` of a schema entry that Open Badges verifiers act on: OB3-JS-1.
pub const SCHEMA_VALIDATOR: &str = "1EdTechJsonSchemaValidator2019";

/// `type` of a refresh service: OB3-RF-1.
pub const CREDENTIAL_REFRESH: &str = "1EdTechCredentialRefresh";

#[cfg(test)]
mod tests;
