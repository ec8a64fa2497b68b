//! Checking a proof.

use std::cell::OnceCell;
use std::fmt;

use serde_json::{Map, Value};

use super::Suite;
use super::chain::{self, ChainError};
use super::hash::{self, HashData, Statements};
use super::read::{Proof, ProofError};
use crate::jsonld::{ContextStore, JsonLdError, to_rdf, to_rdf_reporting};
use crate::key::PublicKey;
use crate::rdfc::{Hash, Reading};

/// Evidence that a proof over a document was checked with a key. Only [`Unsecured::verify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofChecked {
    proof: Proof,
    reading: MatchedReading,
    context_form: ContextForm,
    uncovered: Vec<String>,
}

/// The reading of RDFC-1.0 under which a signature matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchedReading {
    /// The suite does not canonicalise RDF, or both readings are one for this document.
    Any,
    /// [`Reading::List`] alone.
    List,
    /// [`Reading::Set`] alone.
    Set,
}

/// The published form of the contexts under which a signature matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContextForm {
    /// The contexts the caller gave.
    Current,
    /// `context-3.0.3.json` as it was in April 2025, before terms were added in place (OB3-CTX-4, OB3-CTX-5).
    April2025,
}

impl ProofChecked {
    /// The proof.
    #[must_use]
    pub fn proof(&self) -> &Proof {
        &self.proof
    }

    /// The reading that matched.
    #[must_use]
    pub fn reading(&self) -> MatchedReading {
        self.reading
    }

    /// The form of the contexts that matched.
    #[must_use]
    pub fn context_form(&self) -> ContextForm {
        self.context_form
    }

    /// JSON pointers of the members that the signature does not cover. They are to be removed before anything is read,
    /// which [`ProofChecked::covered`] does.
    #[must_use]
    pub fn uncovered(&self) -> &[String] {
        &self.uncovered
    }

    /// The part of `unsecured` that the signature covers.
    ///
    /// Spec: OB3-CTX-5.
    #[must_use]
    pub fn covered(&self, unsecured: Value) -> Value {
        let mut covered = unsecured;
        for pointer in &self.uncovered {
            let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
            let parent = covered.pointer_mut(parent).and_then(Value::as_object_mut);
            parent.map(|members| members.remove(name));
        }
        covered
    }
}

/// Checks one proof over `unsecured`, the document without its `proof`.
///
/// For several proofs over one document make an [`Unsecured`] and ask that. Whose key `key` is, and what the proof's dates
/// mean now, is for the caller to judge.
///
/// # Errors
/// As [`Unsecured::new`] and [`Unsecured::verify`].
pub fn verify(
    unsecured: &Value,
    proof: &Value,
    key: &PublicKey,
    contexts: &ContextStore,
) -> Result<ProofChecked, ProofError> {
    Unsecured::new(unsecured, contexts)?.verify(proof, key)
}

/// A document without its `proof`, and what the proofs over it have in common, worked out once.
pub struct Unsecured<'d> {
    document: &'d Map<String, Value>,
    value: &'d Value,
    contexts: &'d ContextStore,
    current: OnceCell<Result<Statements, JsonLdError>>,
    april_2025: OnceCell<Option<(Statements, Vec<String>)>>,
}

impl<'d> Unsecured<'d> {
    /// Takes a document whose `proof` was removed.
    ///
    /// # Errors
    /// [`ProofError::NotAnObject`], [`ProofError::StillSecured`].
    pub fn new(value: &'d Value, contexts: &'d ContextStore) -> Result<Self, ProofError> {
        if value.get("proof").is_some() {
            return Err(ProofError::StillSecured);
        }
        Self::of(value, contexts)
    }

    fn of(value: &'d Value, contexts: &'d ContextStore) -> Result<Self, ProofError> {
        let document = value.as_object().ok_or(ProofError::NotAnObject)?;
        let (current, april_2025) = (OnceCell::new(), OnceCell::new());
        Ok(Self { document, value, contexts, current, april_2025 })
    }

    /// Checks one proof that stands for itself.
    ///
    /// # Errors
    /// [`ProofError`]; [`ProofError::Chain`] for a proof that builds on others, [`ProofError::Signature`] only when
    /// everything else was in order.
    ///
    /// Spec: CRED-DI-20 to CRED-DI-24, CRED-EDDSA-1 to CRED-EDDSA-8, CRED-JCS-2, CRED-JCS-3, CRED-ECDSA-1, CRED-2020-1,
    /// OB3-CTX-5.
    pub fn verify(&self, proof: &Value, key: &PublicKey) -> Result<ProofChecked, ProofError> {
        self.verify_alone(Proof::parse(proof)?, key)
    }

    fn verify_alone(&self, proof: Proof, key: &PublicKey) -> Result<ProofChecked, ProofError> {
        if proof.is_chained { Err(ProofError::Chain) } else { self.verify_read(proof, key) }
    }

    /// Checks one proof that builds on others: those are part of what it signs, and it counts only if they do. Each comes
    /// with the evidence that it was checked.
    ///
    /// # Errors
    /// As [`Unsecured::verify`]; [`ProofError::BrokenChain`] when `previous` are not the proofs that it names, in its
    /// order, and [`ProofError::Chain`] when the evidence is of other proofs.
    ///
    /// Spec: CRED-SET-2, CRED-SET-3.
    pub fn verify_after(
        &self,
        proof: Proof,
        key: &PublicKey,
        previous: &[(&Value, &ProofChecked)],
    ) -> Result<ProofChecked, ProofError> {
        let named = proof.options.get("previousProof");
        let named = chain::previous(named).map_err(ProofError::BrokenChain)?;
        let at_hand = previous.iter().map(|(value, _)| value.get("id").and_then(Value::as_str));
        if !named.iter().map(|id| Some(*id)).eq(at_hand) {
            let missing = named.first().copied().unwrap_or_default().to_owned();
            return Err(ProofError::BrokenChain(ChainError::Missing(missing)));
        }
        if previous
            .iter()
            .any(|(value, checked)| Proof::parse(value).as_ref() != Ok(checked.proof()))
        {
            return Err(ProofError::Chain);
        }
        if previous.is_empty() {
            return self.verify_alone(proof, key);
        }
        let mut document = self.document.clone();
        let matching = previous.iter().map(|(value, _)| (*value).clone()).collect();
        document.insert("proof".to_owned(), Value::Array(matching));
        let document = Value::Object(document);
        Unsecured::of(&document, self.contexts)?.verify_read(proof, key)
    }

    fn verify_read(&self, proof: Proof, key: &PublicKey) -> Result<ProofChecked, ProofError> {
        if !proof.suite.takes(key) {
            return Err(ProofError::KeyType);
        }
        let context = self.document.get("@context");
        // Stricter than the suites, which let a proof name fewer contexts than the document: then one and the same text
        // would have two meanings.
        if proof.options.get("@context").is_some_and(|own| Some(own) != context) {
            return Err(ProofError::Context);
        }
        let options = proof.options.clone();
        let matches = |data: &HashData| key.verify_strict(data, &proof.signature).is_ok();
        let (reading, context_form, uncovered) = match proof.suite {
            Suite::EddsaJcs2022 => {
                let data = hash::of_json(self.value, &Value::Object(options));
                matches(&data).then_some((MatchedReading::Any, ContextForm::Current, Vec::new()))
            }
            Suite::EddsaRdfc2022 | Suite::EcdsaRdfc2019 | Suite::Ed25519Signature2020 => {
                self.match_statements(options, hash::hash_of(key), matches)?
            }
        }
        .ok_or(ProofError::Signature)?;
        Ok(ProofChecked { proof, reading, context_form, uncovered })
    }

    /// Tries the contexts as given, and then their older published form where that has fewer terms.
    fn match_statements(
        &self,
        mut options: Map<String, Value>,
        function: Hash,
        matches: impl Fn(&HashData) -> bool,
    ) -> Result<Option<Matched>, ProofError> {
        if let Some(context) = self.document.get("@context") {
            options.insert("@context".to_owned(), context.clone());
        }
        let current = self
            .current
            .get_or_init(|| to_rdf(self.value, self.contexts).map(Statements::of_document));
        let current = current.as_ref().map_err(|error| ProofError::Statements(error.clone()))?;
        let options =
            to_rdf(&Value::Object(options), self.contexts).map_err(ProofError::Statements)?;
        let options = Statements::of_options(options);
        if let Some(reading) = match_readings(current, &options, function, &matches)? {
            return Ok(Some((reading, ContextForm::Current, Vec::new())));
        }
        let older = self.april_2025.get_or_init(|| statements_of_april_2025(self.value));
        let Some((older, uncovered)) = older else { return Ok(None) };
        let reading = match_readings(older, &options, function, &matches)?;
        Ok(reading.map(|reading| (reading, ContextForm::April2025, uncovered.clone())))
    }
}

impl fmt::Debug for Unsecured<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unsecured").field(self.value).finish()
    }
}

type Matched = (MatchedReading, ContextForm, Vec<String>);

/// The statements under the older form, if it leaves any member out. A document it cannot read is not one of its time.
fn statements_of_april_2025(unsecured: &Value) -> Option<(Statements, Vec<String>)> {
    let older = to_rdf_reporting(unsecured, ContextStore::embedded_april_2025());
    let (older, uncovered) = older.ok().filter(|(_, uncovered)| !uncovered.is_empty())?;
    Some((Statements::of_document(older), uncovered))
}

/// Either reading may match: each is an injective relabelling of the same statements, so neither lets another document
/// pass for this one.
fn match_readings(
    document: &Statements,
    options: &Statements,
    function: Hash,
    matches: impl Fn(&HashData) -> bool,
) -> Result<Option<MatchedReading>, ProofError> {
    let hash = |reading| document.hash(options, function, reading);
    let list = hash(Reading::List);
    if let Ok((data, may_differ)) = &list {
        if matches(data) {
            let same = !may_differ || hash(Reading::Set).is_ok_and(|(set, _)| set == *data);
            return Ok(Some(if same { MatchedReading::Any } else { MatchedReading::List }));
        }
        if !may_differ {
            return Ok(None);
        }
    }
    // The set reading compares less and may stay within the budget where the list reading does not.
    match (list, hash(Reading::Set)) {
        (_, Ok((set, _))) if matches(&set) => Ok(Some(MatchedReading::Set)),
        (Err(error), _) | (_, Err(error)) => Err(ProofError::Canonical(error)),
        _ => Ok(None),
    }
}
