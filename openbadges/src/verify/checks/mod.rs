//! One file per check. A check takes what it judges, and the evidence of the checks it relies on.

pub(super) mod agreement;
pub(super) mod claims;
pub(super) mod context;
pub(super) mod dates;
pub(super) mod endorsements;
pub(super) mod enveloped;
pub(super) mod filed_key;
pub(super) mod hosted;
pub(super) mod issuer;
pub(super) mod jws_key;
pub(super) mod kind;
pub(super) mod legacy;
pub(super) mod proofs;
pub(super) mod recipient;
pub(super) mod refresh;
pub(super) mod remarks;
pub(super) mod resources;
pub(super) mod revocation_list;
pub(super) mod signed;
pub(super) mod signed_assertion;
pub(super) mod status;
pub(super) mod summary;

use serde_json::Value;

/// Evidence that the content in hand is the issuer's: its signature was checked, or its host was asked.
///
/// Dates, status and recipient are anybody's word before that, so their checks take one of these.
#[derive(Debug, Clone, Copy)]
pub(super) struct Assured(());

/// The values of a member that may be one or many (OB3-SER-2, OB2-GEN-4).
pub(super) fn one_or_many<'v>(value: &'v Value, member: &str) -> Vec<&'v Value> {
    match value.get(member) {
        None => vec![],
        Some(Value::Array(many)) => many.iter().collect(),
        Some(one) => vec![one],
    }
}

/// Whether `type` names `wanted`, alone or among others.
pub(super) fn has_type(value: &Value, wanted: &str) -> bool {
    one_or_many(value, "type").iter().any(|name| name.as_str() == Some(wanted))
}

/// A member's text.
pub(super) fn text<'v>(value: &'v Value, member: &str) -> Option<&'v str> {
    value.get(member).and_then(Value::as_str)
}

/// The identifier of a thing that is named or embedded.
pub(super) fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| text(value, "id"))
}
