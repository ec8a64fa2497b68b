//! The Open Badges 2.0 vocabulary.
//!
//! One type for each class, one field for each property, in the order in which we write them. Documents of this version
//! are plain JSON under fixed names: nothing here processes JSON-LD. What we write is strict (`verification`, one type as
//! a string, UTC); what we read is as wide as the specification: an id or an object, one value or several, the aliases
//! `verify`, `hosted` and `signed`, texts with a language. Members a class does not name are kept.
//!
//! - [`Assertion`] → [`BadgeClass`] → [`Profile`] are the cluster a badge consists of.
//! - [`RevokedAssertion`] is what stays at the address of a revoked one; look for it before anything else.
//! - [`RevocationList`] and [`CryptographicKey`] belong to signed assertions.
//!
//! Spec: Open Badges 2.0; ids `OB2-ASN-*` to `OB2-REL-*`, `OB2-GEN-*`, `OB2-I18N-*`.

mod assertion;
mod badge_class;
mod class;
mod endorsement;
mod profile;
mod revocation_list;
mod text;

use serde_json::Value;

pub use assertion::{Assertion, Evidence, IdentityObject, RevokedAssertion, VerificationObject};
pub use badge_class::{AlignmentObject, BadgeClass, Criteria, Image, Related};
pub use class::{Class, Types, VerificationType};
pub use endorsement::{Claim, Endorsement, RevokedEndorsement};
pub use profile::{CryptographicKey, Profile};
pub use revocation_list::{Listed, RevocationList, RevokedEntry};
pub use text::{TaggedText, Text, Version};

use crate::member::Compact;

/// The context of every document we write: OB2-CONST-1.
pub const CONTEXT: &str = "https://w3id.org/openbadges/v2";

/// The vocabulary: OB2-CONST-3.
pub const VOCABULARY: &str = "https://w3id.org/openbadges#";

/// The context as a plain string, the safest form (OB2-GEN-2).
fn context() -> Compact<Value> {
    Value::from(CONTEXT).into()
}

#[cfg(test)]
mod tests;
