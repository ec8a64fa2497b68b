//! What is wrong with the shape of a received credential.
//!
//! A proof covers RDF, and a reader sees JSON: a member may be moved, renamed by a context or hidden without breaking the
//! proof. So a verifier reads a document only after this check, and only the members it has seen (CRED-SAFE-8). The check
//! works on the parsed bytes, not on the types of [`crate::ob3`], because it has to list everything that is wrong.
//!
//! Contexts and proofs are not its affair, nor is whether a statement is true.
//!
//! Spec: OB3-VAL-3 … 9, OB3-VAL-15, OB3-SER-2 … 9, OB3-END-11, CRED-SAFE-6, CRED-SAFE-8.

mod classes;
mod twice;
mod vcdm;

use std::fmt;

use serde_json::{Map, Value};

use crate::iri::Iri;
use crate::ob3::{CompactJws, LanguageCode};
use crate::time::Timestamp;

/// More of one kind are not listed: a document with so many is hopeless, and a stranger chose its size.
const VIOLATIONS_MAX: usize = 100;

/// Endorsements inside endorsements (OB3-END-11).
const ENDORSEMENT_DEPTH_MAX: usize = 3;

/// The first context of a credential of VCDM 1.1.
const CONTEXT_1_1: &str = "https://www.w3.org/2018/credentials/v1";

/// The names VCDM 1.1 has for two dates, and what replaces them (OB3-VAL-15).
const DATES_1_1: [(&str, &str); 2] =
    [("issuanceDate", "validFrom"), ("expirationDate", "validUntil")];

/// A departure from the data model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What it is.
    pub fault: Fault,
    /// Where it is, as a JSON Pointer (RFC 6901) into the document.
    pub pointer: String,
    /// The requirement that is not met, such as `OB3-VAL-5`.
    pub requirement: &'static str,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, pointer, requirement } = self;
        write!(f, "`{pointer}`: {fault} ({requirement})")
    }
}

impl Violation {
    /// Whether a reader may take such a document with a note: a lone value where an array belongs, which the published
    /// `json/` schemas let pass and proofs do not notice (CRED-UNSIGNED-7); and a text with its language, as VCDM has it,
    /// which proofs cover (OB3-SER-8).
    #[must_use]
    pub const fn is_tolerable(&self) -> bool {
        matches!(self.fault, Fault::NotAnArray | Fault::ValueObject)
    }

    /// Whether it is only the affair of an endorsement inside the document, which stands or falls by itself (OB3-END-10).
    /// What is described again there is the affair of the badge.
    #[must_use]
    pub fn is_of_an_endorsement(&self) -> bool {
        self.pointer.contains("/endorsement/") && self.fault != Fault::DescribedTwice
    }
}

/// What can be wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A mandatory member is not there.
    #[error("is missing")]
    Missing,
    /// Neither of two members is there, and one is needed.
    #[error("has neither `{0}` nor `{1}`")]
    Neither(&'static str, &'static str),
    /// `null`, which no proof covers (OB3-SER-4, CRED-UNSIGNED-2).
    #[error("is null")]
    Null,
    /// An empty array, which no proof covers (OB3-SER-4, CRED-UNSIGNED-2).
    #[error("is an empty array")]
    EmptyArray,
    /// A lone value where an array belongs (OB3-SER-2).
    #[error("is one value where an array belongs")]
    NotAnArray,
    /// An array where one value belongs.
    #[error("is an array where one value belongs")]
    Several,
    /// A value of another kind.
    #[error("is not {0}")]
    NotA(&'static str),
    /// `type` lacks the class, or is another single string.
    #[error("lacks `{0}`")]
    Type(&'static str),
    /// A term that the enumeration does not have (OB3-ENUM-1 … 6).
    #[error("is no term of the enumeration")]
    UnknownTerm,
    /// A member that a closed class does not have.
    #[error("does not belong to the closed class `{0}`")]
    UnknownMember(&'static str),
    /// A JSON-LD keyword as a member name; such words can hide members from a reader (CRED-SAFE-8).
    #[error("is a JSON-LD keyword")]
    Keyword,
    /// A text by language, which no embedded proof covers (OB3-SER-7, OB3-SER-9).
    #[error("is a text by language, which the signature does not cover")]
    LanguageMap,
    /// A text with its language in the place of a bare one: covered by every proof, and not what the schemas of Open Badges
    /// say (OB3-SER-8).
    #[error("is a value object in the place of a text")]
    ValueObject,
    /// A member with the name of another one in other letters, such as `Criteria`: a class name that means the same.
    #[error("is another spelling of `{0}`")]
    OtherSpelling(&'static str),
    /// The credential, its subject or its achievement is described a second time: a reader of the first place would miss
    /// what the second says (CRED-UNSIGNED-8).
    #[error("describes again what the document describes elsewhere")]
    DescribedTwice,
    /// An endorsement too deep inside others.
    #[error("is an endorsement inside more than {ENDORSEMENT_DEPTH_MAX} others")]
    TooDeep,
}

/// Lists what is wrong with an `OpenBadgeCredential`, in the order of the data model; nothing when it is in shape.
///
/// A credential whose first context is that of VCDM 1.1 is held to that version's dates and must have a `name`.
#[must_use]
pub fn of_credential(document: &Value) -> Vec<Violation> {
    let mut check = Check::default();
    check.object(document, &classes::CREDENTIAL);
    twice::check(&mut check, document, twice::IN_A_BADGE);
    check.violations
}

/// Lists what is wrong with an `EndorsementCredential`; nothing when it is in shape.
///
/// Spec: OB3-END-1 … 8.
#[must_use]
pub fn of_endorsement(document: &Value) -> Vec<Violation> {
    let mut check = Check { endorsements: 1, ..Check::default() };
    check.object(document, &classes::ENDORSEMENT);
    check.violations
}

/// Lists what is wrong with any verifiable credential, by the rules of the data model alone.
///
/// Spec: CRED-VCDM-1 … 13, CRED-SAFE-8.
#[must_use]
pub fn of_any_credential(document: &Value) -> Vec<Violation> {
    let mut check = Check::default();
    check.object(document, &vcdm::CREDENTIAL);
    twice::check(&mut check, document, twice::IN_A_CREDENTIAL);
    check.violations
}

/// Lists what is wrong with the credential that holds a status list; what the bits are is not looked at.
///
/// Spec: CRED-BSL-10, CRED-BSL-11, CRED-BSL-17, CRED-SAFE-8.
#[must_use]
pub fn of_status_list(document: &Value) -> Vec<Violation> {
    let mut check = Check::default();
    check.object(document, &vcdm::STATUS_LIST);
    twice::check(&mut check, document, twice::IN_A_LIST);
    check.violations
}

/// Lists what is wrong with a presentation; the credentials inside are looked at by themselves.
#[must_use]
pub fn of_presentation(document: &Value) -> Vec<Violation> {
    let mut check = Check::default();
    check.object(document, &vcdm::PRESENTATION);
    check.violations
}

/// A class of the data model.
struct ClassTable {
    name: &'static str,
    typed: Typed,
    is_closed: bool,
    members: &'static [Member],
}

/// A property of a class, other than `type`.
struct Member {
    name: &'static str,
    kind: Kind,
    cardinality: Cardinality,
    requirement: &'static str,
}

/// What `type` must be.
enum Typed {
    /// The class has none.
    Untyped,
    /// Any string or set of strings.
    Any { requirement: &'static str },
    /// A string or a set with these names in it.
    Set { contains: &'static [&'static str], requirement: &'static str },
    /// This very string.
    Single { is: &'static [&'static str], requirement: &'static str },
    /// A set with the two names of a credential (OB3-CONST-6).
    Credential { requirement: &'static str },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cardinality {
    /// At most one value.
    One,
    /// Exactly one value.
    Required,
    /// A set, always an array.
    Many,
    /// A set, an array or a lone value.
    Compact,
    /// The same, and never empty.
    AtLeastOne,
}

#[derive(Clone, Copy)]
enum Kind {
    Boolean,
    Context,
    Date,
    DateTime,
    Iri,
    IriOrObject(&'static ClassTable),
    Jws,
    Language,
    Number,
    Object(&'static ClassTable),
    /// A text, or a value object with its language.
    Tagged,
    Term(fn(&str) -> bool),
    Text,
}

/// The walk: where it is, and what it has found.
#[derive(Default)]
struct Check {
    pointer: String,
    endorsements: usize,
    of_endorsements: usize,
    tolerable: usize,
    others: usize,
    violations: Vec<Violation>,
}

impl Check {
    fn report(&mut self, fault: Fault, requirement: &'static str) {
        let pointer = self.pointer.clone();
        let violation = Violation { fault, pointer, requirement };
        // Each kind has its own bound, or a hundred that are let pass would hide one that is not.
        let listed = match (violation.is_of_an_endorsement(), violation.is_tolerable()) {
            (true, _) => &mut self.of_endorsements,
            (false, true) => &mut self.tolerable,
            (false, false) => &mut self.others,
        };
        if *listed < VIOLATIONS_MAX {
            *listed += 1;
            self.violations.push(violation);
        }
    }

    /// Runs `check` one step further down the document.
    fn below(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        if step.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        } else {
            self.pointer.push_str(step);
        }
        check(self);
        self.pointer.truncate(length);
    }

    fn object(&mut self, value: &Value, class: &'static ClassTable) {
        let Value::Object(object) = value else {
            return self.report(Fault::NotA("an object"), "OB3-SER-3");
        };
        self.types(object, &class.typed);
        let first = object.get("@context").and_then(|contexts| contexts.get(0).or(Some(contexts)));
        let is_1_1 = first.is_some_and(|context| context == CONTEXT_1_1);
        for member in class.members {
            let old_name = DATES_1_1.iter().find(|(_, new)| is_1_1 && *new == member.name);
            let name = old_name.map_or(member.name, |(old, _)| old);
            // OB3-AC-4: the name was mandatory in the VCDM 1.1 form. So was the date, in every credential (CRED-VCDM-16).
            let is_name_1_1 = is_1_1 && name == "name" && class.name != vcdm::CREDENTIAL.name;
            let is_required =
                matches!(member.cardinality, Cardinality::Required | Cardinality::AtLeastOne)
                    || is_name_1_1
                    || is_1_1 && name == "issuanceDate";
            self.below(name, |check| match object.get(name) {
                None if is_required => check.report(Fault::Missing, member.requirement),
                None => {}
                Some(value) => check.member(value, member),
            });
        }
        let has = |name: &str| object.contains_key(name);
        match class.name {
            "AchievementSubject" if !has("id") && !has("identifier") => {
                self.report(Fault::Neither("id", "identifier"), "OB3-SUB-1");
            }
            "Criteria" if !has("id") && !has("narrative") => {
                self.report(Fault::Neither("id", "narrative"), "OB3-VAL-9");
            }
            // A digest may also be moved to where the document names the resource as evidence (CRED-UNSIGNED-8).
            "Subject" if object.is_empty() => {
                self.report(Fault::NotA("an object that says something"), "CRED-VCDM-5");
            }
            "RelatedResource" if !has("digestSRI") && !has("digestMultibase") => {
                self.report(Fault::Neither("digestSRI", "digestMultibase"), "CRED-VCDM-11");
            }
            _ => {}
        }
        self.other_members(object, class);
    }

    fn types(&mut self, object: &Map<String, Value>, typed: &Typed) {
        let value = object.get("type");
        let contains = |name: &str| match value {
            Some(Value::Array(names)) => names.iter().any(|one| one == name),
            Some(one) => one == name,
            None => false,
        };
        let (missing, requirement) = match *typed {
            Typed::Untyped => return,
            Typed::Any { requirement } => (None, requirement),
            Typed::Set { contains: names, requirement } => {
                (names.iter().copied().find(|name| !contains(name)), requirement)
            }
            Typed::Single { is: names, requirement } => {
                let is_it = |name: &&str| value.and_then(Value::as_str) == Some(*name);
                (names.iter().copied().find(|name| !is_it(name)), requirement)
            }
            Typed::Credential { requirement } => {
                let is_badge = contains("OpenBadgeCredential") || contains("AchievementCredential");
                let missing = match (contains("VerifiableCredential"), is_badge) {
                    (false, _) => Some("VerifiableCredential"),
                    (true, false) => Some("OpenBadgeCredential"),
                    (true, true) => None,
                };
                (missing, requirement)
            }
        };
        self.below("type", |check| match (value, missing) {
            (None, _) => check.report(Fault::Missing, requirement),
            (Some(_), Some(name)) => check.report(Fault::Type(name), requirement),
            (Some(Value::String(_)), None) => {}
            (Some(Value::Array(names)), None)
                if !names.is_empty() && names.iter().all(Value::is_string) => {}
            (Some(_), None) => {
                check.report(Fault::NotA("a type name or a set of them"), requirement)
            }
        });
    }

    fn member(&mut self, value: &Value, member: &Member) {
        let requirement = member.requirement;
        let is_set = matches!(
            member.cardinality,
            Cardinality::Many | Cardinality::Compact | Cardinality::AtLeastOne
        );
        match value {
            Value::Null => self.report(Fault::Null, "OB3-SER-4"),
            Value::Array(values) if values.is_empty() => {
                self.report(Fault::EmptyArray, "OB3-SER-4");
            }
            Value::Array(values) if is_set => {
                for (nth, value) in values.iter().enumerate() {
                    self.below(&nth.to_string(), |check| check.value(value, member));
                }
            }
            Value::Array(_) if !matches!(member.kind, Kind::Context) => {
                self.report(Fault::Several, requirement);
            }
            _ => {
                if member.cardinality == Cardinality::Many {
                    self.report(Fault::NotAnArray, "OB3-SER-2");
                }
                self.value(value, member);
            }
        }
    }

    fn value(&mut self, value: &Value, member: &Member) {
        let requirement = member.requirement;
        match (member.kind, value) {
            (_, Value::Null) => self.report(Fault::Null, "OB3-SER-4"),
            (Kind::Object(class), _) | (Kind::IriOrObject(class), Value::Object(_)) => {
                self.nested(value, class);
            }
            (Kind::Boolean, Value::Bool(_))
            | (Kind::Number, Value::Number(_))
            | (Kind::Context, Value::Array(_) | Value::String(_)) => {}
            (Kind::Text | Kind::Tagged, Value::String(_)) => {}
            (Kind::Tagged, Value::Object(object)) if is_tagged_text(object) => {}
            (Kind::Text, Value::Object(object))
                if is_tagged_text(object) && object.contains_key("@language") =>
            {
                self.report(Fault::ValueObject, "OB3-SER-8");
            }
            (Kind::Text, Value::Object(object)) if object.contains_key("@value") => {
                self.report(Fault::NotA(member.kind.words()), requirement);
            }
            (Kind::Text, Value::Object(_)) => self.report(Fault::LanguageMap, "OB3-SER-7"),
            (Kind::Term(is_term), Value::String(text)) => {
                if !is_term(text) {
                    self.report(Fault::UnknownTerm, requirement);
                }
            }
            (kind, Value::String(text)) if kind.reads(text) => {}
            (kind, _) => self.report(Fault::NotA(kind.words()), requirement),
        }
    }

    fn nested(&mut self, value: &Value, class: &'static ClassTable) {
        let is_endorsement = class.name == classes::ENDORSEMENT.name;
        if is_endorsement && self.endorsements >= ENDORSEMENT_DEPTH_MAX {
            return self.report(Fault::TooDeep, "OB3-END-11");
        }
        self.endorsements += usize::from(is_endorsement);
        self.object(value, class);
        self.endorsements -= usize::from(is_endorsement);
    }

    /// Members the tables do not name: none in a closed class, no keyword, no null anywhere.
    fn other_members(&mut self, object: &Map<String, Value>, class: &'static ClassTable) {
        let is_known = |name: &str| {
            let is_type = name == "type" && !matches!(class.typed, Typed::Untyped);
            is_type || class.members.iter().any(|member| member.name == name)
        };
        let spelled_otherwise = |name: &str| {
            let mut members = class.members.iter();
            members.find(|member| member.name.eq_ignore_ascii_case(name)).map(|member| member.name)
        };
        for (name, value) in object.iter().filter(|(name, _)| !is_known(name)) {
            self.below(name, |check| {
                if let Some(known) = spelled_otherwise(name) {
                    check.report(Fault::OtherSpelling(known), "CRED-SAFE-8");
                } else if name.starts_with('@') {
                    check.report(Fault::Keyword, "CRED-SAFE-8");
                } else if class.is_closed {
                    check.report(Fault::UnknownMember(class.name), "OB3-VAL-1");
                } else if value.is_null() {
                    check.report(Fault::Null, "OB3-SER-4");
                }
            });
        }
    }
}

impl Kind {
    /// Whether a string is a value of this kind, for the kinds with a syntax.
    fn reads(self, text: &str) -> bool {
        match self {
            Self::Date => is_date(text),
            Self::DateTime => Timestamp::parse(text).is_ok(),
            Self::Iri | Self::IriOrObject(_) => Iri::parse(text).is_ok(),
            Self::Jws => CompactJws::parse(text).is_ok(),
            Self::Language => LanguageCode::parse(text).is_ok(),
            Self::Term(is_term) => is_term(text),
            Self::Text => true,
            Self::Boolean | Self::Context | Self::Number | Self::Object(_) | Self::Tagged => false,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Boolean => "true or false",
            Self::Context => "an array of contexts",
            Self::Date => "a date",
            Self::DateTime => "a date and time with a zone",
            Self::Iri => "an absolute address",
            Self::IriOrObject(_) => "an absolute address or an object",
            Self::Jws => "a compact JWS",
            Self::Language => "a language code",
            Self::Number => "a number",
            Self::Object(_) => "an object",
            Self::Term(_) => "a term",
            Self::Tagged => "a text, or one with its language and nothing else",
            Self::Text => "a text",
        }
    }
}

/// Whether a value object is a text with its language and direction, and nothing more.
///
/// Spec: CRED-VCDM-7.
fn is_tagged_text(object: &Map<String, Value>) -> bool {
    let is_known = |name: &str| matches!(name, "@value" | "@language" | "@direction");
    object.contains_key("@value")
        && object.iter().all(|(name, value)| is_known(name) && value.is_string())
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && Timestamp::parse(&format!("{text}T00:00:00Z")).is_ok()
}

#[cfg(test)]
mod tests;
