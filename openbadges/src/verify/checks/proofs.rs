//! Is it unaltered, and is the key the issuer's?
//!
//! Every present, supported proof must verify (design: one good and one bad proof mean *changed or re-saved*). The key
//! comes from the issuer's own document and from nowhere else; the signature without that tie proves nothing.
//!
//! Spec: CRED-DI-20..26, CRED-SET-1..5, CRED-ECDSA-1, CRED-2020-1, CRED-KEY-1..4, OB3-DI-1..6.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::did::{self, Did, DidError, DidKey, MethodError, Relationship, VerificationMethod};
use crate::iri::{Iri, IriError};
use crate::jsonld::{ContextStore, JsonLdError, Problem};
use crate::key::KeyError;
use crate::proof::{self, Proof, ProofChecked, ProofError, Unsecured};
use crate::time::Timestamp;

use super::super::code::Code;
use super::super::policy::CLOCK_SKEW_SECONDS;
use super::super::question::Question;
use super::super::report::{Note, Outcome};
use super::super::run::{Found, Run, Useless, Waiting};
use super::{Assured, filed_key, id_of, issuer, one_or_many, text};

/// A document whose proofs hold, and the evidence of it.
#[derive(Debug)]
pub(crate) struct Secured {
    /// What the proofs cover: the document without proofs, and without members an older context did not know.
    pub(crate) content: Value,
    /// The issuer the key belongs to.
    pub(crate) issuer: String,
    /// What later checks rely on.
    pub(crate) assured: Assured,
    /// Whether a token covers the very text, and with it what statements lose.
    pub(crate) is_text_covered: bool,
}

/// What was found of one document's proofs.
#[derive(Debug, Default)]
pub(crate) struct Examined {
    pub(crate) findings: Vec<Finding>,
    /// What is odd about proofs that hold.
    pub(crate) remarks: Vec<Note>,
    pub(crate) secured: Option<Secured>,
}

/// One finding, in the report's terms.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) question: Question,
    pub(crate) outcome: Outcome,
    pub(crate) subject: String,
    pub(crate) detail: Option<String>,
}

/// Checks the proofs of the badge itself and notes everything in the report.
pub(crate) fn check(
    run: &mut Run<'_>,
    badge: Value,
    subject: &str,
) -> Result<Option<Secured>, Waiting> {
    let issuer = badge.get("issuer").and_then(id_of).map(str::to_owned);
    let examined = examine(run, badge, subject)?;
    if let Some(id) = issuer {
        issuer::name(run, &id);
    }
    Ok(examined.tell(run))
}

/// Checks the proofs of a document without noting anything: a status list's proof answers no question by itself.
pub(crate) fn examine(
    run: &mut Run<'_>,
    document: Value,
    subject: &str,
) -> Result<Examined, Waiting> {
    let mut examined = Examined::default();
    let Some(issuer) = document.get("issuer").and_then(id_of).map(str::to_owned) else {
        examined.note(Question::Issuer, Outcome::Fail(Code::ShapeBroken), subject, "issuer");
        return Ok(examined);
    };
    match proofs_of(run, document, &issuer)? {
        Ok((unsecured, judged)) => {
            examined.remarks = judged.iter().flat_map(|one| one.remarks(run.now)).collect();
            Ok(conclude(examined, judged, unsecured, issuer, subject))
        }
        Err(error) => {
            examined.note(Question::Unaltered, outcome_of(&error), subject, &error.to_string());
            Ok(examined)
        }
    }
}

/// The document without its proofs, and what each of them amounts to.
fn proofs_of(
    run: &mut Run<'_>,
    document: Value,
    issuer: &str,
) -> Result<Result<(Value, Vec<Judged>), ProofError>, Waiting> {
    let proof::Secured { unsecured, proofs } = match proof::Secured::split(document) {
        Ok(parts) => parts,
        Err(error) => return Ok(Err(error)),
    };
    let content = match Unsecured::new(&unsecured, ContextStore::embedded()) {
        Ok(content) => content,
        Err(error) => return Ok(Err(error)),
    };
    let order = match proof::in_order(&proofs) {
        Ok(order) => order,
        Err(error) => return Ok(Err(ProofError::BrokenChain(error))),
    };
    let mut judged: BTreeMap<usize, Judged> = BTreeMap::new();
    // Every proof is looked at before waiting, so that one round fetches the keys of all.
    let mut waiting = Ok(());
    for proof::Linked { at, after, .. } in order {
        let Some(proof) = proofs.get(at) else { continue };
        let earlier =
            after.iter().filter_map(|at| Some((proofs.get(*at)?, judged.get(at)))).collect();
        match judge(run, &content, &Linked { proof, earlier }, issuer) {
            Ok(one) => drop(judged.insert(at, one)),
            Err(Waiting) => waiting = Err(Waiting),
        }
    }
    waiting?;
    Ok(Ok((unsecured, judged.into_values().collect())))
}

/// A proof, and what became of those it builds on, where that is known.
struct Linked<'p> {
    proof: &'p Value,
    earlier: Vec<(&'p Value, Option<&'p Judged>)>,
}

impl Linked<'_> {
    /// The evidence for the proofs this one builds on, or what is known when one of them does not stand (CRED-SET-3).
    fn evidence(&self) -> Result<Vec<(&Value, &ProofChecked)>, Outcome> {
        let evidence = self.earlier.iter().map(|(proof, judged)| {
            let unsupported = Outcome::Unknown(Code::ProofUnsupported);
            match judged {
                Some(Judged { checked: Some(checked), .. }) => Ok((*proof, checked)),
                Some(judged) if judged.unaltered == unsupported => Err(unsupported),
                _ => Err(NOT_REACHED),
            }
        });
        evidence.collect()
    }
}

/// What one proof amounts to.
#[derive(Debug)]
struct Judged {
    method: String,
    issuer: Outcome,
    unaltered: Outcome,
    detail: Option<String>,
    checked: Option<ProofChecked>,
}

impl Judged {
    fn stopped(
        method: &str,
        issuer: Outcome,
        unaltered: Outcome,
        detail: impl Into<Option<String>>,
    ) -> Self {
        Self { method: method.to_owned(), issuer, unaltered, detail: detail.into(), checked: None }
    }

    /// What a reader should know of a proof that holds, and that changes no answer (CRED-DI-7, CRED-DI-26).
    fn remarks(&self, now: Timestamp) -> Vec<Note> {
        let Some(checked) = &self.checked else { return Vec::new() };
        let proof = checked.proof();
        let latest = now.unix_seconds().saturating_add(CLOCK_SKEW_SECONDS);
        let ahead = proof.created.filter(|created| created.unix_seconds() > latest);
        let ahead = ahead.map(|created| (Code::ProofDatedAhead, Some(created.to_string())));
        let exchange = proof.is_for_an_exchange.then_some((Code::ProofForAnExchange, None));
        let remark = |(code, detail)| Note { code, subject: self.method.clone(), detail };
        ahead.into_iter().chain(exchange).map(remark).collect()
    }
}

pub(crate) const NOT_REACHED: Outcome = Outcome::Unknown(Code::NotReached);

/// Judges one proof: its form, its key, its signature.
fn judge(
    run: &mut Run<'_>,
    content: &Unsecured<'_>,
    linked: &Linked<'_>,
    issuer: &str,
) -> Result<Judged, Waiting> {
    let proof = linked.proof;
    let written = text(proof, "verificationMethod").unwrap_or_default();
    let read = match Proof::parse(proof) {
        Ok(read) => read,
        Err(error) => {
            let unaltered = outcome_of(&error);
            return Ok(Judged::stopped(written, NOT_REACHED, unaltered, error.to_string()));
        }
    };
    if let Some(end) = read.expires.filter(|end| *end < run.now) {
        let unaltered = Outcome::Fail(Code::ProofExpired);
        return Ok(Judged::stopped(written, NOT_REACHED, unaltered, end.to_string()));
    }
    // Only the issuer's own document, or its own host, can show that a key is the issuer's; another is not worth a fetch.
    let named = &read.verification_method;
    let is_own = named.split_fragment().0 == issuer;
    let found = if is_own { resolve(run, named)? } else { filed_key::find(run, named, issuer)? };
    let method = match found {
        Ok(method) => method,
        Err((outcome, detail)) => {
            return Ok(Judged::stopped(written, outcome, NOT_REACHED, detail));
        }
    };
    // A key that is marked revoked fails whatever the date of the proof: a thief chooses dates.
    if let Some(since) = method.revoked {
        let outcome = Outcome::Fail(Code::KeyRevoked);
        return Ok(Judged::stopped(written, outcome, NOT_REACHED, since.to_string()));
    }
    // A key that came to its end was not stolen: what it signed until then stays good (CRED-KEY-4).
    let is_late = |end: &Timestamp| read.created.is_none_or(|created| created > *end);
    if let Some(end) = method.expires.filter(|end| *end < run.now && is_late(end)) {
        let outcome = Outcome::Fail(Code::KeyNotListed);
        return Ok(Judged::stopped(written, outcome, NOT_REACHED, end.to_string()));
    }
    Ok(signature(content, linked, read, &method))
}

/// Checks the signature itself with a key that is the issuer's.
fn signature(
    content: &Unsecured<'_>,
    linked: &Linked<'_>,
    proof: Proof,
    method: &VerificationMethod,
) -> Judged {
    let written = method.id.as_str();
    let issuer = if written.starts_with("did:key:") {
        Outcome::Unknown(Code::IssuerKeyOnly)
    } else {
        Outcome::Pass(Code::IssuerConfirmed)
    };
    let earlier = match linked.evidence() {
        Ok(earlier) => earlier,
        Err(outcome) => {
            return Judged::stopped(written, NOT_REACHED, outcome, "previousProof".to_owned());
        }
    };
    let suite = proof.suite;
    match content.verify_after(proof, &method.key, &earlier) {
        Ok(checked) => {
            let whole = checked.uncovered().is_empty();
            let code = if whole { Code::ProofVerified } else { Code::ProofVerifiedOlderContext };
            Judged {
                method: written.to_owned(),
                issuer,
                unaltered: Outcome::Pass(code),
                detail: Some(suite.name().to_owned()),
                checked: Some(checked),
            }
        }
        Err(error) => {
            let unaltered = outcome_of(&error);
            // A key of the issuer's that did not sign this shows nothing about the issuer.
            Judged::stopped(written, NOT_REACHED, unaltered, error.to_string())
        }
    }
}

fn outcome_of(error: &ProofError) -> Outcome {
    match error {
        ProofError::NoProof => Outcome::Fail(Code::ProofMissing),
        ProofError::Canonical(_)
        | ProofError::Statements(JsonLdError {
            problem: Problem::TooManyContexts | Problem::TooDeep,
            ..
        }) => Outcome::Unknown(Code::ProofTooComplex),
        error if error.is_unsupported() => Outcome::Unknown(Code::ProofUnsupported),
        ProofError::Signature => Outcome::Fail(Code::ProofFailed),
        ProofError::BrokenChain(_) => Outcome::Fail(Code::ProofChainBroken),
        // Signed, and yet not where a reader would find it.
        ProofError::Statements(JsonLdError { problem: Problem::NotCompact { .. }, .. }) => {
            Outcome::Fail(Code::ShapeBroken)
        }
        ProofError::Statements(_) => Outcome::Fail(Code::ContentNotSigned),
        _ => Outcome::Fail(Code::ProofMalformed),
    }
}

/// Finds the key a proof names, in the document its controller publishes.
fn resolve(run: &mut Run<'_>, method: &Iri) -> Result<Found, Waiting> {
    if let Some(found) = run.known_key(method) {
        return Ok(found);
    }
    let (controller, _) = method.split_fragment();
    let found = match controller_of(controller) {
        Ok(Controller::Key(key)) if key.is_named_by(method) => Ok(key_of(&key)),
        Ok(Controller::Key(_)) => Err((Outcome::Fail(Code::KeyNotListed), method.to_string())),
        Ok(Controller::At(address)) => match run.json(&address)? {
            Ok(document) => Ok(find(&document, method)),
            Err(Useless { code, detail }) => Err((Outcome::Unknown(code), detail)),
        },
        Err(outcome) => Err((outcome, controller.to_owned())),
    };
    let found = found.flatten();
    run.remember_key(method, &found);
    Ok(found)
}

fn find(document: &Value, method: &Iri) -> Found {
    let found = did::find_method(document, method, Relationship::AssertionMethod);
    found.map_err(|error| (refused(error, document, method), error.to_string()))
}

/// The one key of a `did:key`, which a proof may also name by the bare DID (CRED-DIDKEY-5).
pub(crate) fn key_of(key: &DidKey) -> Found {
    let broken = |error: IriError| (Outcome::Fail(Code::ProofMalformed), error.to_string());
    find(&did::did_key_document(key), &Iri::parse(&key.method_id()).map_err(broken)?)
}

/// Where a controller publishes its keys.
pub(crate) enum Controller {
    /// In the identifier itself.
    Key(DidKey),
    /// At an address.
    At(Iri),
}

pub(crate) fn controller_of(controller: &str) -> Result<Controller, Outcome> {
    let unsupported = Outcome::Unknown(Code::IssuerUnsupported);
    if !controller.starts_with("did:") {
        // Without TLS anybody on the way could publish a key in the issuer's name (OB3-DI-4).
        let address = Iri::parse(controller).ok();
        let address = address.filter(|address| address.is_http() && address.scheme() == "https");
        return address.map(Controller::At).ok_or(unsupported);
    }
    match Did::parse(controller) {
        Ok(Did::Key(key)) => Ok(Controller::Key(key)),
        Ok(Did::Web(web)) => Ok(Controller::At(web.document_url())),
        Err(DidError::UnknownMethod) => Err(unsupported),
        Err(_) => Err(Outcome::Fail(Code::ProofMalformed)),
    }
}

pub(crate) fn refused(error: MethodError, document: &Value, method: &Iri) -> Outcome {
    match error {
        MethodError::DocumentId | MethodError::NoDocument | MethodError::Controller => {
            Outcome::Fail(Code::IssuerMismatch)
        }
        MethodError::UnknownType | MethodError::Key(KeyError::UnknownType) => {
            Outcome::Unknown(Code::ProofUnsupported)
        }
        // A compromised key stays in the document, marked, and leaves the relationship.
        MethodError::NotInRelationship if is_revoked(document, method) => {
            Outcome::Fail(Code::KeyRevoked)
        }
        _ => Outcome::Fail(Code::KeyNotListed),
    }
}

pub(crate) fn is_revoked(document: &Value, method: &Iri) -> bool {
    let (_, fragment) = method.split_fragment();
    let is_it = |id: &str| id == method.as_str() || (id.strip_prefix('#') == fragment);
    one_or_many(document, "verificationMethod")
        .iter()
        .any(|one| text(one, "id").is_some_and(is_it) && one.get("revoked").is_some())
}

/// Puts the findings of all proofs together.
fn conclude(
    mut examined: Examined,
    judged: Vec<Judged>,
    mut content: Value,
    issuer: String,
    subject: &str,
) -> Examined {
    let passed = judged.iter().any(|one| one.checked.is_some());
    let supported = |one: &&Judged| one.unaltered != Outcome::Unknown(Code::ProofUnsupported);
    let failed = judged.iter().any(|one| matches!(one.unaltered, Outcome::Fail(_)));
    if passed && failed {
        let outcome = Outcome::Fail(Code::ProofSetInconsistent);
        examined.note(Question::Unaltered, outcome, subject, "");
    }
    let all_unsupported = judged.iter().filter(supported).count() == 0;
    for one in &judged {
        // Beside a proof we can check, one we cannot is no reason to doubt (OB3-DI-2); alone it is.
        if supported(&one) || all_unsupported {
            let detail = one.detail.as_deref().unwrap_or_default();
            examined.note(Question::Issuer, one.issuer, &one.method, detail);
            examined.note(Question::Unaltered, one.unaltered, &one.method, detail);
        }
    }
    let holds = judged.iter().filter(supported).all(|one| one.checked.is_some());
    let evidence: Vec<ProofChecked> = judged.into_iter().filter_map(|one| one.checked).collect();
    if holds && let Some(assured) = Assured::by_proofs(&evidence) {
        for checked in &evidence {
            content = checked.covered(content);
        }
        examined.secured = Some(Secured { content, issuer, assured, is_text_covered: false });
    }
    examined
}

impl Examined {
    /// Notes everything in the report; what is assured comes back.
    pub(crate) fn tell(self, run: &mut Run<'_>) -> Option<Secured> {
        for Finding { question, outcome, subject, detail } in self.findings {
            run.found(question, outcome, &subject, detail);
        }
        for Note { code, subject, detail } in self.remarks {
            run.note(code, &subject, detail);
        }
        self.secured
    }

    pub(crate) fn note(
        &mut self,
        question: Question,
        outcome: Outcome,
        subject: &str,
        detail: &str,
    ) {
        let detail = (!detail.is_empty()).then(|| detail.to_owned());
        self.findings.push(Finding { question, outcome, subject: subject.to_owned(), detail });
    }
}

impl Assured {
    fn by_proofs(evidence: &[ProofChecked]) -> Option<Self> {
        (!evidence.is_empty()).then_some(Self(()))
    }
}
