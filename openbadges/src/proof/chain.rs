//! Proof chains: which proof builds on which, and in which order they can be checked.

use serde_json::Value;

use super::read::PROOFS_MAX;

/// A proof of a document, by its place, and the places of the proofs it builds on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Linked {
    /// Its place among the proofs.
    pub at: usize,
    /// The places of those it builds on, in the order it names them; empty for a proof that stands for itself.
    pub after: Vec<usize>,
}

/// Puts the proofs of a document in an order in which each comes after those it builds on; without chains, that is the
/// order they are written in.
///
/// # Errors
/// [`ChainError`] when a proof builds on one that is not there, or in a circle, or when two share a name.
///
/// Spec: CRED-DI-9, CRED-SET-2, CRED-SET-5.
pub fn in_order(proofs: &[Value]) -> Result<Vec<Linked>, ChainError> {
    let names: Vec<Option<&str>> = proofs.iter().map(name).collect::<Result<_, _>>()?;
    let mut seen = std::collections::BTreeSet::new();
    if let Some(twice) = names.iter().flatten().find(|name| !seen.insert(**name)) {
        return Err(ChainError::SharedId((*twice).to_owned()));
    }
    let place = |wanted: &str| {
        let found = names.iter().position(|name| *name == Some(wanted));
        found.ok_or_else(|| ChainError::Missing(wanted.to_owned()))
    };
    let mut waiting = Vec::with_capacity(proofs.len());
    for (at, proof) in proofs.iter().enumerate() {
        let after = previous(proof.get("previousProof"))?
            .into_iter()
            .map(place)
            .collect::<Result<_, _>>()?;
        waiting.push(Linked { at, after });
    }
    let mut ordered: Vec<Linked> = Vec::with_capacity(proofs.len());
    while !waiting.is_empty() {
        let is_done = |place: &usize| ordered.iter().any(|linked| linked.at == *place);
        let (ready, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|linked| linked.after.iter().all(is_done));
        if ready.is_empty() {
            return Err(ChainError::Circle);
        }
        ordered.extend(ready);
        waiting = rest;
    }
    Ok(ordered)
}

/// The ids in `previousProof`, which a proof builds on; none when it stands for itself.
pub(super) fn previous(named: Option<&Value>) -> Result<Vec<&str>, ChainError> {
    match named {
        None => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one]),
        Some(Value::Array(many)) if !many.is_empty() && many.len() <= PROOFS_MAX => many
            .iter()
            .map(|one| one.as_str().ok_or(ChainError::Malformed("previousProof")))
            .collect(),
        Some(_) => Err(ChainError::Malformed("previousProof")),
    }
}

fn name(proof: &Value) -> Result<Option<&str>, ChainError> {
    match proof.get("id") {
        None => Ok(None),
        Some(Value::String(id)) => Ok(Some(id)),
        Some(_) => Err(ChainError::Malformed("id")),
    }
}

/// Why proofs do not hang together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// A proof builds on one that the document does not have.
    #[error("the proof `{0}` that another one builds on is not there")]
    Missing(String),
    /// Two proofs have one name: which of them is built on?
    #[error("two proofs have the id `{0}`")]
    SharedId(String),
    /// Proofs build on each other in a circle, so that none can be the first.
    #[error("proofs build on each other in a circle")]
    Circle,
    /// A member is no text, or no list of texts.
    #[error("the member `{0}` of a proof is malformed")]
    Malformed(&'static str),
}
