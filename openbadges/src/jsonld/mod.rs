//! JSON-LD 1.1 to RDF, over embedded contexts, in safe mode.
//!
//! A signature of the `rdfc` suites covers statements, not JSON. What JSON-LD would drop in silence, anybody could add to a
//! signed document or change in it; so here whatever does not become a statement is an error that names it and where it
//! stands (CRED-SAFE-5, CRED-UNSIGNED-1 to 5).
//!
//! - [`ContextStore`] holds the contexts: compiled in, looked up by exact address, never fetched (CRED-SAFE-4, -11).
//! - `context` is the Context Processing algorithm: which meaning a term has at a place.
//! - `walk` is Expansion and Deserialize JSON-LD to RDF in one pass over the document.
//!
//! Not supported, and refused by name wherever it is met: inline contexts, `@base`, `@direction`, `@graph`, `@import`,
//! `@included`, `@index`, `@json` values in the document, `@list` and `@set` objects, `@nest`, `@reverse`, and containers
//! by id, index, language or type. The base IRI is null (CRED-SAFE-7). A member may be named by an address only where no
//! term stands for it: the document must be in compacted form (CRED-VCDM-12).

use serde_json::Value;

use crate::rdf::Dataset;

mod context;
mod definition;
mod error;
mod literal;
mod pointer;
mod resolve;
mod store;
mod terms;
mod walk;

pub use error::{ContextProblem, JsonLdError, Problem};
pub use store::ContextStore;

/// Turns a document into the statements it makes.
///
/// # Errors
/// [`JsonLdError`] for the first thing that would not be covered, is not supported, or has no meaning in `contexts`.
///
/// Spec: JSON-LD 1.1 API, sections 5 and 8.1; CRED-SAFE-3 to CRED-SAFE-11, CRED-RDFC-7.
pub fn to_rdf(document: &Value, contexts: &ContextStore) -> Result<Dataset, JsonLdError> {
    walk::walk(document, contexts, &[]).map(|(dataset, _)| dataset)
}

/// The terms that 1EdTech added to `context-3.0.3.json` in place, after badges had been signed under it (OB3-CTX-4).
const ADDED_IN_PLACE: [&str; 2] = ["endorsementJwt", "jti"];

/// Turns a document into statements as software did that had the April 2025 form of `context-3.0.3.json`: members named
/// `endorsementJwt` or `jti` that `contexts` does not define make no statement. Any other undefined term is an error.
///
/// Returns the JSON pointers of those members too: nothing signed covers them, so they must be removed before anything is
/// read from the document.
///
/// # Errors
/// As [`to_rdf`].
///
/// Spec: OB3-CTX-5. The store to give is [`ContextStore::embedded_april_2025`].
pub fn to_rdf_reporting(
    document: &Value,
    contexts: &ContextStore,
) -> Result<(Dataset, Vec<String>), JsonLdError> {
    walk::walk(document, contexts, &ADDED_IN_PLACE)
}

#[cfg(test)]
mod tests;
