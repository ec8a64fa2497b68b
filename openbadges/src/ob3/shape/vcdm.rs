//! The classes of the data model underneath, for what is no badge: other credentials, status lists, presentations.
//!
//! Only what VCDM itself demands; what a type of credential adds is the affair of those who know it.

use super::Cardinality::{AtLeastOne, Compact, One, Required};
use super::Kind::{Context, DateTime, Iri, IriOrObject, Number, Object, Tagged, Text};
use super::classes::{PROOF, RESOURCE, SCHEMA, STATUS, TERMS, member};
use super::{ClassTable, Typed};

/// VCDM 2.0 and 1.1. The dates of VCDM 1.1 stand in [`super::DATES_1_1`].
pub(super) static CREDENTIAL: ClassTable = ClassTable {
    name: "VerifiableCredential",
    typed: Typed::Set { contains: &["VerifiableCredential"], requirement: "CRED-VCDM-2" },
    is_closed: false,
    members: &[
        member("@context", Context, Required, "CRED-VCDM-1"),
        member("id", Iri, One, "CRED-VCDM-3"),
        member("name", Tagged, Compact, "CRED-VCDM-7"),
        member("description", Tagged, Compact, "CRED-VCDM-7"),
        member("issuer", IriOrObject(&ISSUER), Required, "CRED-VCDM-4"),
        member("validFrom", DateTime, One, "CRED-VCDM-6"),
        member("validUntil", DateTime, One, "CRED-VCDM-6"),
        member("credentialSubject", Object(&SUBJECT), AtLeastOne, "CRED-VCDM-5"),
        member("credentialStatus", Object(&STATUS), Compact, "CRED-VCDM-8"),
        member("credentialSchema", Object(&SCHEMA), Compact, "CRED-VCDM-9"),
        member("evidence", Object(&TYPED), Compact, "CRED-VCDM-10"),
        member("refreshService", Object(&TYPED), Compact, "CRED-VCDM-10"),
        member("termsOfUse", Object(&TERMS), Compact, "CRED-VCDM-10"),
        member("relatedResource", Object(&RESOURCE), Compact, "CRED-VCDM-11"),
        member("proof", Object(&PROOF), Compact, "CRED-VCDM-13"),
    ],
};

/// A list of statuses, Bitstring or its forerunner of 2021. One subject: two would be two lists.
pub(super) static STATUS_LIST: ClassTable = ClassTable {
    name: "StatusListCredential",
    typed: Typed::Set { contains: &["VerifiableCredential"], requirement: "CRED-BSL-10" },
    is_closed: false,
    members: &[
        member("@context", Context, Required, "CRED-VCDM-1"),
        member("id", Iri, One, "CRED-BSL-14"),
        member("issuer", IriOrObject(&ISSUER), Required, "CRED-VCDM-4"),
        member("validFrom", DateTime, One, "CRED-BSL-17"),
        member("validUntil", DateTime, One, "CRED-BSL-17"),
        member("credentialSubject", Object(&LIST), Required, "CRED-BSL-10"),
        member("proof", Object(&PROOF), Compact, "CRED-VCDM-13"),
    ],
};

static LIST: ClassTable = ClassTable {
    name: "StatusList",
    typed: Typed::Any { requirement: "CRED-BSL-10" },
    is_closed: false,
    members: &[
        member("id", Iri, One, "CRED-BSL-10"),
        member("statusPurpose", Text, AtLeastOne, "CRED-BSL-11"),
        member("encodedList", Text, Required, "CRED-BSL-12"),
        member("ttl", Number, One, "CRED-BSL-11"),
        member("statusSize", Number, One, "CRED-BSL-6"),
    ],
};

/// VCDM 2.0, section 4.13. Each credential inside is a document of its own and is judged as one.
pub(super) static PRESENTATION: ClassTable = ClassTable {
    name: "VerifiablePresentation",
    typed: Typed::Set { contains: &["VerifiablePresentation"], requirement: "CRED-VCDM-2" },
    is_closed: false,
    members: &[
        member("@context", Context, Required, "CRED-VCDM-1"),
        member("id", Iri, One, "CRED-VCDM-3"),
        member("holder", IriOrObject(&ISSUER), One, "CRED-VCDM-4"),
        member("verifiableCredential", Object(&PRESENTED), Compact, "CRED-VCDM-13"),
        member("proof", Object(&PROOF), Compact, "CRED-VCDM-13"),
    ],
};

static PRESENTED: ClassTable = ClassTable {
    name: "PresentedCredential",
    typed: Typed::Any { requirement: "CRED-VCDM-2" },
    is_closed: false,
    members: &[member("@context", Context, Required, "CRED-VCDM-1")],
};

static ISSUER: ClassTable = ClassTable {
    name: "Issuer",
    typed: Typed::Untyped,
    is_closed: false,
    members: &[
        member("id", Iri, Required, "CRED-VCDM-4"),
        member("name", Tagged, Compact, "CRED-VCDM-7"),
        member("description", Tagged, Compact, "CRED-VCDM-7"),
    ],
};

/// What is said of whom is the affair of the credential's own type; but something is said (CRED-VCDM-5).
static SUBJECT: ClassTable = ClassTable {
    name: "Subject",
    typed: Typed::Untyped,
    is_closed: false,
    members: &[member("id", Iri, One, "CRED-VCDM-5")],
};

static TYPED: ClassTable = ClassTable {
    name: "TypedThing",
    typed: Typed::Any { requirement: "CRED-VCDM-10" },
    is_closed: false,
    members: &[member("id", Iri, One, "CRED-VCDM-10")],
};
