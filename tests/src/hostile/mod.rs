//! What thieves, vandals and careless software hand to a verifier, made by code, each with the verdict and the codes it
//! must get; and beside each thing that is refused its honest neighbour, which must pass, so that refusing everything
//! is no way to please this corpus.
//!
//! `conformance/hostile.rs` runs it, `benches/hostile.rs` measures what each case costs, and the seeds of the fuzz
//! targets are made of it. A case is a [`Scene`](crate::issuer::Scene): input, web, clock and policy.

#![expect(
    clippy::indexing_slicing,
    reason = "a place that is not there stops the test that makes the case"
)]
#![expect(clippy::too_many_lines, reason = "a function is a table of cases")]

mod contexts;
mod controllers;
mod dates;
mod documents;
mod hosted;
mod keys;
mod pictures;
mod proofs;
mod recipients;
mod signed;
mod statuses;
mod texts;
mod tokens;
mod work;

use serde_json::Value;

use crate::issuer::Case;

/// Every case, in a fixed order.
#[must_use]
pub fn cases() -> Vec<Case> {
    [
        texts::cases(),
        contexts::cases(),
        proofs::cases(),
        keys::cases(),
        controllers::cases(),
        tokens::cases(),
        statuses::cases(),
        dates::cases(),
        recipients::cases(),
        hosted::cases(),
        signed::cases(),
        documents::cases(),
        pictures::cases(),
        work::cases(),
    ]
    .concat()
}

/// Puts `value` at `pointer`; the parent is there.
fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    match document.pointer_mut(parent) {
        Some(Value::Array(items)) => items.push(value),
        Some(parent) => parent[name] = value,
        None => unreachable!("nothing is at `{parent}`"),
    }
}

/// Takes what is at `pointer` away, and answers it.
fn take(document: &mut Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let members = document.pointer_mut(parent).and_then(Value::as_object_mut);
    members
        .and_then(|members| members.remove(name))
        .unwrap_or_else(|| unreachable!("nothing is at `{pointer}`"))
}
