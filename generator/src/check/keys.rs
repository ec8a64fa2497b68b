//! `badges/issuers/<slug>/keys/<kid>.yaml`: public keys. Private keys are nobody's business here; see `privacy`.

use std::collections::BTreeMap;

use camino::Utf8Path;
use openbadges::key::PublicKey;

use super::fields::{BareDate, Doc, Map};
use super::{Reading, issuers};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::issue::introduction::Introduction;
use crate::load::yaml::Node;
use crate::site::{IssuerKey, KeyState, Settings, Slug};
use crate::urls;

const KEYS: &[&str] =
    &["type", "multibase", "created", "retired", "revoked", "introduced_by", "recovery"];

/// The suites whose keys we sign with.
pub(super) const TYPES: &[(&str, ())] = &[("Ed25519", ())];

/// Reads the keys of an issuer, by key id; `None` when one of them cannot be read, because what it signed must not be
/// blamed.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
    issuer: &Slug,
) -> Option<BTreeMap<String, IssuerKey>> {
    let errors = reading.sink.errors();
    let prefix = format!("{}{issuer}/keys/", issuers::FOLDER);
    let sources = reading.sources;
    let mut keys: BTreeMap<String, IssuerKey> = BTreeMap::new();
    let mut introduced = Vec::new();
    for file in sources.below(&prefix) {
        let name = file.as_str().strip_prefix(&prefix).unwrap_or_default();
        let Some(kid) = name.strip_suffix(".yaml") else { continue };
        let Some(text) = reading.text(file) else { continue };
        if !is_kid(kid) {
            reading.sink.report(key_name(file, kid));
            continue;
        }
        let Some(root) = reading.yaml(file, &text) else { continue };
        let mut doc = reading.doc(file, settings, &[]);
        let Some(read) = key(&mut doc, &root, kid) else { continue };
        if let Some(other) = keys.values().find(|other| other.public == read.key.public) {
            reading.sink.report(key_shared(file, read.span, &other.kid));
        }
        introduced.extend(read.introducer.map(|introducer| (file, kid, introducer)));
        keys.insert(kid.to_owned(), read.key);
    }
    if reading.sink.errors() > errors {
        return None;
    }
    for (file, kid, introducer) in introduced {
        if let Err(problem) = introducer.judge(settings, issuer, kid, &keys) {
            reading.sink.report(key_introducer(file, &introducer, problem));
        }
    }
    Some(keys)
}

/// `k1`, `k2` …
fn is_kid(kid: &str) -> bool {
    kid.strip_prefix('k').is_some_and(|digits| {
        (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What a key file says.
struct Read {
    key: IssuerKey,
    /// Where the public key is written.
    span: Span,
    introducer: Option<Introducer>,
}

fn key(doc: &mut Doc<'_>, root: &Node<'_>, kid: &str) -> Option<Read> {
    let map = doc.map(root, KEYS)?;
    doc.need(&map, "type", |doc, node| doc.one_of(node, TYPES));
    let public = doc.need(&map, "multibase", public_key);
    let first_day = map.get("created").and_then(|node| doc.owned(node));
    let created = doc.need(&map, "created", |doc, node| doc.moment(node, BareDate::Begins));
    let retired = doc.may(&map, "retired", |doc, node| doc.moment(node, BareDate::Begins));
    let revoked = doc.may(&map, "revoked", |doc, node| {
        let map = doc.map(node, &["date", "reason"])?;
        let date = doc.need(&map, "date", |doc, node| doc.moment(node, BareDate::Begins));
        let reason = doc.need(&map, "reason", Doc::owned);
        Some((date?, reason?))
    });
    let introducer = doc.may(&map, "introduced_by", |doc, node| introducer(doc, node, first_day));
    doc.may(&map, "recovery", |doc, node| {
        let map = doc.map(node, &["reason"])?;
        doc.need(&map, "reason", Doc::owned)
    });
    let created = created?;
    for (name, end) in [("retired", retired), ("revoked", revoked.as_ref().map(|(date, _)| *date))]
    {
        if end.is_some_and(|end| end < created) {
            doc.sink.report(key_dates(doc.file, &map, name));
        }
    }
    let state = match (revoked, retired) {
        (Some((date, reason)), _) => KeyState::Revoked { date, reason },
        (None, Some(date)) => KeyState::Retired(date),
        (None, None) => KeyState::Active,
    };
    let key = IssuerKey { kid: kid.to_owned(), public: public?, created, state };
    Some(Read { key, span: map.value_span("multibase"), introducer })
}

fn public_key(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<PublicKey> {
    let text = doc.string(node)?;
    let key = PublicKey::from_multikey(text);
    if key.is_err() {
        doc.sink.report(key_form(doc.file, node.span, text));
    }
    key.ok()
}

/// Who vouches for a key, and with what.
struct Introducer {
    kid: String,
    proof: String,
    /// `created` as the file of the introduced key has it: it is signed as it is written.
    first_day: String,
    kid_span: Span,
    proof_span: Span,
}

fn introducer(doc: &mut Doc<'_>, node: &Node<'_>, first_day: Option<String>) -> Option<Introducer> {
    let map = doc.map(node, &["key", "proof"])?;
    let kid = doc.need(&map, "key", Doc::owned);
    let proof = doc.need(&map, "proof", Doc::owned);
    Some(Introducer {
        kid: kid?,
        proof: proof?,
        first_day: first_day?,
        kid_span: map.value_span("key"),
        proof_span: map.value_span("proof"),
    })
}

impl Introducer {
    /// Whether another key of the issuer signed for the key `introduced`, under any address the site ever had.
    fn judge(
        &self,
        settings: &Settings,
        issuer: &Slug,
        introduced: &str,
        keys: &BTreeMap<String, IssuerKey>,
    ) -> Result<(), IntroducerProblem> {
        let by = keys.get(&self.kid).filter(|by| by.kid != introduced);
        let by = by.ok_or(IntroducerProblem::Unknown)?;
        let multibase = keys.get(introduced).map(|key| key.public.to_multikey());
        let mut bases = std::iter::once(&settings.base_url).chain(&settings.former_base_urls);
        let vouched = bases.any(|base| {
            let introduction = Introduction {
                did: &urls::issuer_did(base, issuer),
                kid: introduced,
                multibase: multibase.as_deref().unwrap_or_default(),
                created: &self.first_day,
            };
            introduction.check(&self.proof, &by.public).is_ok()
        });
        if vouched { Ok(()) } else { Err(IntroducerProblem::Proof) }
    }
}

#[derive(Clone, Copy)]
enum IntroducerProblem {
    Unknown,
    Proof,
}

fn key_name(file: &Utf8Path, kid: &str) -> Diagnostic {
    Diagnostic::new(Code::KeyName, file).with("name", kid)
}

fn key_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::KeyForm, file, span).with("value", text)
}

fn key_introducer(
    file: &Utf8Path,
    introducer: &Introducer,
    problem: IntroducerProblem,
) -> Diagnostic {
    let (word, span) = match problem {
        IntroducerProblem::Unknown => ("unknown", introducer.kid_span),
        IntroducerProblem::Proof => ("proof", introducer.proof_span),
    };
    Diagnostic::at(Code::KeyIntroducer, file, span)
        .with("kid", &introducer.kid)
        .with("problem", word)
}

fn key_dates(file: &Utf8Path, map: &Map<'_, '_>, key: &str) -> Diagnostic {
    Diagnostic::at(Code::KeyDates, file, map.value_span(key)).with("key", key)
}

fn key_shared(file: &Utf8Path, span: Span, other: &str) -> Diagnostic {
    Diagnostic::at(Code::KeyShared, file, span).with("other", other)
}
