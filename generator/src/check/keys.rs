//! `badges/issuers/<slug>/keys/<kid>.yaml`: public keys. Private keys are nobody's business here; see `privacy`.

use std::collections::BTreeMap;

use camino::Utf8Path;
use openbadges::key::PublicKey;
use openbadges::multibase;

use super::Reading;
use super::fields::{BareDate, Doc, Map};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::yaml::Node;
use crate::site::{IssuerKey, KeyState, Settings};

const KEYS: &[&str] =
    &["type", "multibase", "created", "retired", "revoked", "introduced_by", "recovery"];

/// Reads the keys of the issuer in `folder`, by key id; `None` when one of them cannot be read, because what it signed
/// must not be blamed.
pub(super) fn read(
    reading: &mut Reading<'_>,
    settings: &Settings,
    folder: &Utf8Path,
) -> Option<BTreeMap<String, IssuerKey>> {
    let errors = reading.sink.errors();
    let prefix = format!("{folder}/keys/");
    let listed = reading.sources.below(&prefix).filter_map(|file| {
        let kid = file.as_str().strip_prefix(&prefix)?.strip_suffix(".yaml")?;
        Some((kid, file))
    });
    let listed: BTreeMap<&str, &Utf8Path> = listed.collect();
    let mut keys: BTreeMap<String, IssuerKey> = BTreeMap::new();
    for (kid, file) in &listed {
        let Some(text) = reading.text(file) else { continue };
        if !is_kid(kid) {
            reading.sink.report(key_name(file, kid));
            continue;
        }
        let Some(root) = reading.yaml(file, &text) else { continue };
        let mut doc = reading.doc(file, settings, &[]);
        let known = |other: &str| other != *kid && listed.contains_key(other);
        let Some((key, span)) = key(&mut doc, &root, kid, &known) else { continue };
        if let Some(other) = keys.values().find(|other| other.public == key.public) {
            reading.sink.report(key_shared(file, span, &other.kid));
        }
        keys.insert((*kid).to_owned(), key);
    }
    (reading.sink.errors() == errors).then_some(keys)
}

/// `k1`, `k2` …
fn is_kid(kid: &str) -> bool {
    kid.strip_prefix('k').is_some_and(|digits| {
        (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn key(
    doc: &mut Doc<'_>,
    root: &Node<'_>,
    kid: &str,
    known: &dyn Fn(&str) -> bool,
) -> Option<(IssuerKey, Span)> {
    let map = doc.map(root, KEYS)?;
    doc.need(&map, "type", |doc, node| doc.one_of(node, &[("Ed25519", ())]));
    let public = doc.need(&map, "multibase", public_key);
    let created = doc.need(&map, "created", |doc, node| doc.moment(node, BareDate::Begins));
    let retired = doc.may(&map, "retired", |doc, node| doc.moment(node, BareDate::Begins));
    let revoked = doc.may(&map, "revoked", |doc, node| {
        let map = doc.map(node, &["date", "reason"])?;
        let date = doc.need(&map, "date", |doc, node| doc.moment(node, BareDate::Begins));
        let reason = doc.need(&map, "reason", Doc::owned);
        Some((date?, reason?))
    });
    doc.may(&map, "introduced_by", |doc, node| introducer(doc, node, known));
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
    Some((key, map.value_span("multibase")))
}

fn public_key(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<PublicKey> {
    let text = doc.string(node)?;
    let key = PublicKey::from_multikey(text);
    if key.is_err() {
        doc.sink.report(key_form(doc.file, node.span, text));
    }
    key.ok()
}

fn introducer(doc: &mut Doc<'_>, node: &Node<'_>, known: &dyn Fn(&str) -> bool) -> Option<()> {
    let map = doc.map(node, &["key", "proof"])?;
    doc.need(&map, "key", |doc, node| {
        let kid = doc.string(node)?;
        if !known(kid) {
            doc.sink.report(key_introducer(doc.file, node.span, kid));
        }
        Some(())
    });
    doc.need(&map, "proof", |doc, node| {
        let text = doc.string(node)?;
        if multibase::decode(text).is_err() {
            doc.sink.report(key_form(doc.file, node.span, text));
        }
        Some(())
    })
}

fn key_name(file: &Utf8Path, kid: &str) -> Diagnostic {
    Diagnostic::new(Code::KeyName, file).with("name", kid)
}

fn key_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::KeyForm, file, span).with("value", text)
}

fn key_introducer(file: &Utf8Path, span: Span, kid: &str) -> Diagnostic {
    Diagnostic::at(Code::KeyIntroducer, file, span).with("kid", kid)
}

fn key_dates(file: &Utf8Path, map: &Map<'_, '_>, key: &str) -> Diagnostic {
    Diagnostic::at(Code::KeyDates, file, map.value_span(key)).with("key", key)
}

fn key_shared(file: &Utf8Path, span: Span, other: &str) -> Diagnostic {
    Diagnostic::at(Code::KeyShared, file, span).with("other", other)
}
