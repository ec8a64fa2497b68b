//! Every sealed file against the keys of its issuer, so that a changed byte is found before anything is published.
//!
//! Only the repository is asked. Whether a key was good at its time, or an award withdrawn since, is for verifiers.

use std::collections::BTreeMap;

use camino::Utf8Path;
use openbadges::jsonld::ContextStore;
use openbadges::proof::{self, Proof, ProofError, Suite};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::reason;
use crate::site::{Issuer, IssuerKey, KeyState, Settings, Slug};
use crate::urls;

/// Which signatures of sealed files are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proofs {
    /// None: for every command but `check`, because a signature costs more than a page.
    None,
    /// Both of every sealed file. For `check`.
    All,
}

impl Proofs {
    fn suites(self) -> &'static [Suite] {
        match self {
            Self::None => &[],
            Self::All => &[Suite::EddsaRdfc2022, Suite::EddsaJcs2022],
        }
    }
}

/// What a signature is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// Somebody relies on it.
    Counts,
    /// The bytes are kept as they were: of a withdrawn award, or of one that was signed again. The key may be compromised.
    Kept,
}

/// The keys of every issuer.
pub(super) struct Keys<'s> {
    issuers: BTreeMap<&'s Slug, IssuerKeys<'s>>,
    proofs: Proofs,
}

impl<'s> Keys<'s> {
    pub(super) fn of(
        settings: &Settings,
        issuers: &'s BTreeMap<Slug, Issuer>,
        proofs: Proofs,
    ) -> Self {
        let keys = |issuer: &'s Issuer| (&issuer.slug, IssuerKeys::of(settings, issuer));
        Self { issuers: issuers.values().map(keys).collect(), proofs }
    }

    /// Checks what is sealed in `file`, in the name of `issuer`.
    pub(super) fn check(&self, sink: &mut Sink, file: &Utf8Path, issuer: &Slug, sealed: Value) {
        self.check_as(sink, file, issuer, sealed, Voice::Counts);
    }

    /// Checks what is sealed in `file`, in the name of `issuer`, and stands there for as much as `voice` says.
    pub(super) fn check_as(
        &self,
        sink: &mut Sink,
        file: &Utf8Path,
        issuer: &Slug,
        sealed: Value,
        voice: Voice,
    ) {
        // An issuer that could not be read was reported, and is not told twice.
        let Some(keys) = self.issuers.get(issuer) else { return };
        if let Err(problem) = keys.judge(sealed, self.proofs.suites(), voice) {
            sink.report(sealed_proof(file, &problem));
        }
    }

    /// Whether any signature is looked at.
    pub(super) fn are_asked(&self) -> bool {
        self.proofs == Proofs::All
    }
}

/// The keys of an issuer, by the address of each as a verification method.
struct IssuerKeys<'s> {
    by_method: BTreeMap<String, &'s IssuerKey>,
}

impl<'s> IssuerKeys<'s> {
    fn of(settings: &Settings, issuer: &'s Issuer) -> Self {
        let bases = std::iter::once(&settings.base_url).chain(&settings.former_base_urls);
        let dids: Vec<String> = bases.map(|base| urls::issuer_did(base, &issuer.slug)).collect();
        let method = |key: &'s IssuerKey| {
            let multibase = key.public.to_multikey();
            dids.iter().map(move |did| (format!("{did}#{multibase}"), key)).collect::<Vec<_>>()
        };
        Self { by_method: issuer.keys.values().flat_map(method).collect() }
    }

    fn judge(&self, mut sealed: Value, suites: &[Suite], voice: Voice) -> Result<(), Problem<'s>> {
        // Taken out, not copied: there are a hundred thousand of them.
        let proof = sealed.as_object_mut().and_then(|members| members.remove("proof"));
        let proofs = match proof {
            Some(Value::Array(proofs)) => proofs,
            Some(proof) => vec![proof],
            None => Vec::new(),
        };
        for suite in suites {
            let name = |proof: &&Value| {
                proof.get("cryptosuite").and_then(Value::as_str) == Some(suite.name())
            };
            let mut of_suite = proofs.iter().filter(name).peekable();
            if of_suite.peek().is_none() {
                return Err(Problem::NoProof);
            }
            of_suite.try_for_each(|proof| self.judge_one(&sealed, proof, voice))?;
        }
        Ok(())
    }

    fn judge_one(&self, unsecured: &Value, proof: &Value, voice: Voice) -> Result<(), Problem<'s>> {
        let read = Proof::parse(proof).map_err(Problem::Other)?;
        let key = self.by_method.get(read.verification_method.as_str()).ok_or(Problem::Key)?;
        proof::verify(unsecured, proof, &key.public, ContextStore::embedded()).map_err(
            |error| match error {
                ProofError::Signature => Problem::Changed,
                error => Problem::Other(error),
            },
        )?;
        match key.state {
            KeyState::Active | KeyState::Retired(_) => Ok(()),
            KeyState::Revoked { .. } if voice == Voice::Kept => Ok(()),
            KeyState::Revoked { .. } => Err(Problem::Revoked(&key.kid)),
        }
    }
}

enum Problem<'s> {
    NoProof,
    Key,
    Changed,
    Revoked(&'s str),
    Other(ProofError),
}

fn sealed_proof(file: &Utf8Path, problem: &Problem<'_>) -> Diagnostic {
    let (word, kid, reason) = match problem {
        Problem::NoProof => ("no-proof", "", "".into()),
        Problem::Key => ("key", "", "".into()),
        Problem::Changed => ("changed", "", "".into()),
        Problem::Revoked(kid) => ("revoked", *kid, "".into()),
        Problem::Other(error) => ("other", "", reason::proof(error)),
    };
    Diagnostic::new(Code::SealedProof, file)
        .with("problem", word)
        .with("kid", kid)
        .with_reason(reason)
}
