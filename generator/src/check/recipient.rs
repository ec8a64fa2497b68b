//! To whom a badge is awarded, and the name that only a private link reveals.

use camino::Utf8Path;
use openbadges::iri::Iri;
use openbadges::recipient::{HashAlgorithm, RecipientHash, Salt};

use super::fields::Doc;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::load::yaml::Node;
use crate::site::Recipient;

/// 128 random bits need 22 characters even in base64 (OB3-IDO-7).
const SALT_LENGTH_MIN: usize = 22;

#[derive(Clone, Copy)]
enum Mode {
    Email,
    Did,
    Url,
    Opaque,
}

pub(super) const EMAIL: &str = "email";
pub(super) const DID: &str = "did";
pub(super) const URL: &str = "url";
pub(super) const OPAQUE: &str = "opaque";

const MODES: &[(&str, Mode)] =
    &[(EMAIL, Mode::Email), (DID, Mode::Did), (URL, Mode::Url), (OPAQUE, Mode::Opaque)];

/// Reads `recipient`.
pub(super) fn read(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<Recipient> {
    let mode = match node.get("type") {
        Some(entry) => doc.one_of(&entry.value, MODES)?,
        None => {
            let map = doc.map(node, &["type", "hash", "salt", "id", "url"])?;
            return doc.need(&map, "type", |_, _| None);
        }
    };
    match mode {
        Mode::Email => {
            let map = doc.map(node, &["type", "hash", "salt"])?;
            let hash = doc.need(&map, "hash", hash);
            let salt = doc.need(&map, "salt", salt);
            Some(Recipient::Email { hash: hash?, salt: salt? })
        }
        Mode::Did => {
            let map = doc.map(node, &["type", "id"])?;
            doc.need(&map, "id", did).map(Recipient::Did)
        }
        Mode::Url => {
            let map = doc.map(node, &["type", "url"])?;
            doc.need(&map, "url", Doc::address).map(Recipient::Url)
        }
        Mode::Opaque => {
            let map = doc.map(node, &["type", "id"])?;
            doc.need(&map, "id", uuid).map(Recipient::Opaque)
        }
    }
}

/// Reads `hidden_name: { hash }`.
pub(super) fn hidden_name(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let map = doc.map(node, &["hash"])?;
    doc.need(&map, "hash", hash)
}

fn hash(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let text = doc.string(node)?;
    // MD5 is read in old badges and never written into new ones.
    let sound = RecipientHash::parse(text)
        .is_ok_and(|hash| hash.algorithm() == HashAlgorithm::Sha256 && hash.to_string() == text);
    kept(doc, node, text, sound, "hash")
}

fn salt(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let text = doc.string(node)?;
    let sound = text.len() >= SALT_LENGTH_MIN && Salt::parse(text).is_ok();
    kept(doc, node, text, sound, "salt")
}

fn did(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let text = doc.string(node)?;
    let sound = text.starts_with("did:") && Iri::parse(text).is_ok();
    kept(doc, node, text, sound, "did")
}

fn uuid(doc: &mut Doc<'_>, node: &Node<'_>) -> Option<String> {
    let text = doc.string(node)?;
    let sound = text.strip_prefix("urn:uuid:").is_some_and(|uuid| {
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        let hex = |b: u8| b == b'-' || matches!(b, b'0'..=b'9' | b'a'..=b'f');
        lengths == [8, 4, 4, 4, 12] && uuid.bytes().all(hex)
    });
    kept(doc, node, text, sound, "uuid")
}

fn kept(doc: &mut Doc<'_>, node: &Node<'_>, text: &str, sound: bool, what: &str) -> Option<String> {
    if !sound {
        doc.sink.report(recipient_form(doc.file, node.span, what));
        return None;
    }
    Some(text.to_owned())
}

/// `what` is `hash`, `salt`, `did` or `uuid`; the message has the words for them.
fn recipient_form(file: &Utf8Path, span: Span, what: &str) -> Diagnostic {
    Diagnostic::at(Code::RecipientForm, file, span).with("what", what)
}
