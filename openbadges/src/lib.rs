//! Open Badges 2.0 and 3.0, from bytes to a verdict: values in, values out.
//!
//! This crate reaches no disk, no network, no clock and no source of randomness; `clippy.toml` beside it holds that.
//! A caller brings bytes, the time and the documents; the crate answers with values.
//!
//! Where to enter:
//! - [`json`] is the strict door every received document passes; [`document`] keeps the bytes beside the parsed view.
//! - [`ob3`] and [`ob2`] are the two vocabularies. There is no third, "unified" one.
//! - [`jsonld`] turns a document into RDF over pinned contexts, [`rdfc`] canonicalises it, [`proof`] signs and checks.
//! - [`bake`] puts records into pictures and takes them out; it knows bytes only.
//! - [`verify`] is the step loop: `Need(iris)` or `Done(report)`.

pub mod bake;
pub mod did;
pub mod document;
pub mod iri;
pub mod jcs;
pub mod json;
pub mod jsonld;
pub mod key;
pub mod member;
pub mod multibase;
pub mod ob2;
pub mod ob3;
pub mod proof;
pub mod rdf;
pub mod rdfc;
pub mod recipient;
pub mod status;
pub mod time;
pub mod verify;
