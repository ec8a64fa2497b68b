//! Are the files a badge names the ones its issuer signed?
//!
//! A badge may carry the digest of its picture or of its evidence. A digest is compared where the file was handed in, or
//! where the policy has it fetched; a file nobody looked at is a remark.
//!
//! Spec: CRED-VCDM-11.

use std::cell::OnceCell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::iri::Iri;
use crate::multibase;

use super::super::code::Code;
use super::super::policy::{RESOURCES_MAX, Resources};
use super::super::question::Question;
use super::super::report::Outcome;
use super::super::run::{Run, Waiting};
use super::{Assured, id_of, one_or_many, text};

/// Compares what may be compared, and names the rest.
pub(crate) fn check(run: &mut Run<'_>, badge: &Value, _: Assured) -> Result<(), Waiting> {
    let carrying = picture(run, badge);
    let mut waiting = Ok(());
    for (nth, resource) in one_or_many(badge, "relatedResource").into_iter().enumerate() {
        let id = text(resource, "id").unwrap_or("relatedResource");
        let address = Iri::parse(id).ok().filter(Iri::is_http);
        let is_wanted =
            |address: &Iri| run.policy.resources == Resources::Fetch || run.is_at_hand(address);
        let Some(address) = address.filter(|one| nth < RESOURCES_MAX && is_wanted(one)) else {
            if carrying.as_deref() != Some(id) {
                run.note(Code::ResourceNotChecked, id, None);
            }
            continue;
        };
        match compare(run, &address, resource) {
            Ok(()) => {}
            Err(Waiting) => waiting = Err(Waiting),
        }
    }
    waiting
}

/// Compares the picture the badge came in with those whose digests are signed; the one it is comes back.
///
/// Applications save pictures anew and keep the record, so another picture is no forgery. But a reader who looks at the
/// drawing and not at the words would take a record in another badge's picture for that badge.
fn picture(run: &mut Run<'_>, badge: &Value) -> Option<String> {
    let bytes = run.picture.take()?;
    let digests = Digests::of(&bytes);
    let resources = one_or_many(badge, "relatedResource");
    let is_it = |resource: &&&Value| digests.compare(resource) == Some(true);
    if let Some(signed) = resources.iter().take(RESOURCES_MAX).find(is_it) {
        let id = text(signed, "id").unwrap_or("relatedResource");
        run.note(Code::ResourceMatches, id, None);
        return Some(id.to_owned());
    }
    let image = badge.pointer("/credentialSubject/achievement/image").and_then(id_of)?;
    if resources.iter().any(|resource| text(resource, "id") == Some(image)) {
        run.note(Code::PictureDiffers, image, None);
    }
    None
}

fn compare(run: &mut Run<'_>, address: &Iri, resource: &Value) -> Result<(), Waiting> {
    let id = address.as_str();
    let body = match run.body(address)? {
        Ok(body) if body.status == 200 => body,
        Ok(body) => {
            run.note(Code::ResourceNotChecked, id, Some(format!("HTTP {}", body.status)));
            return Ok(());
        }
        Err(useless) => {
            run.note(Code::ResourceNotChecked, id, Some(useless.detail));
            return Ok(());
        }
    };
    match Digests::of(&body.bytes).compare(resource) {
        Some(false) => {
            let outcome = Outcome::Fail(Code::ResourceDiffers);
            run.found(Question::Unaltered, outcome, id, None);
        }
        Some(true) => run.note(Code::ResourceMatches, id, None),
        None => run.note(Code::ResourceNotChecked, id, Some("digest".to_owned())),
    }
    Ok(())
}

/// The bytes of a file, and their digests, each made once at most: a badge may list one file under many.
struct Digests<'b> {
    bytes: &'b [u8],
    /// SHA-256, SHA-384 and SHA-512.
    made: [OnceCell<Vec<u8>>; 3],
}

impl<'b> Digests<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, made: Default::default() }
    }

    fn digest(&self, strength: Strength) -> &[u8] {
        let [sha256, sha384, sha512] = &self.made;
        match strength {
            Strength::Sha256 => sha256.get_or_init(|| Sha256::digest(self.bytes).to_vec()),
            Strength::Sha384 => sha384.get_or_init(|| Sha384::digest(self.bytes).to_vec()),
            Strength::Sha512 => sha512.get_or_init(|| Sha512::digest(self.bytes).to_vec()),
        }
    }

    /// Whether the bytes have the digests of `resource`; nothing when no digest of a known kind is there.
    fn compare(&self, resource: &Value) -> Option<bool> {
        let said = [
            text(resource, "digestSRI").and_then(|text| self.matches_sri(text)),
            text(resource, "digestMultibase").and_then(|text| self.matches_multibase(text)),
        ];
        said.into_iter().flatten().reduce(|one, other| one && other)
    }

    /// Whether the bytes have the digest; of several, one of the strongest kind is enough, and nothing when no kind is known.
    ///
    /// Spec: Subresource Integrity, 3.3.5.
    fn matches_sri(&self, text: &str) -> Option<bool> {
        let known = text.split_ascii_whitespace().filter_map(|one| {
            let (name, rest) = one.split_once('-')?;
            let encoded = rest.split('?').next()?;
            Some((Strength::of(name)?, STANDARD.decode(encoded).unwrap_or_default()))
        });
        let known: Vec<(Strength, Vec<u8>)> = known.collect();
        let strongest = known.iter().map(|(strength, _)| *strength).max()?;
        let digest = self.digest(strongest);
        Some(known.iter().any(|(strength, value)| *strength == strongest && *value == digest))
    }

    /// Whether the bytes have the multihash; nothing when its kind is not known.
    fn matches_multibase(&self, text: &str) -> Option<bool> {
        let multihash = multibase::decode(text).ok()?;
        let (strength, digest) = match multihash.as_slice() {
            [0x12, 0x20, digest @ ..] => (Strength::Sha256, digest),
            [0x20, 0x30, digest @ ..] => (Strength::Sha384, digest),
            [0x13, 0x40, digest @ ..] => (Strength::Sha512, digest),
            _ => return None,
        };
        Some(digest == self.digest(strength))
    }
}

/// The hash functions that are known, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sha256,
    Sha384,
    Sha512,
}

impl Strength {
    fn of(name: &str) -> Option<Self> {
        match name {
            "sha256" => Some(Self::Sha256),
            "sha384" => Some(Self::Sha384),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches_sri(text: &str, bytes: &[u8]) -> Option<bool> {
        Digests::of(bytes).matches_sri(text)
    }

    fn matches_multibase(text: &str, bytes: &[u8]) -> Option<bool> {
        Digests::of(bytes).matches_multibase(text)
    }

    fn sri(name: &str, digest: &[u8]) -> String {
        format!("{name}-{}", STANDARD.encode(digest))
    }

    #[test]
    fn the_strongest_digest_decides() {
        let weak = sri("sha256", &Sha256::digest(b"a"));
        let strong = sri("sha512", &Sha512::digest(b"a"));
        assert_eq!(matches_sri(&weak, b"a"), Some(true));
        assert_eq!(matches_sri(&weak, b"b"), Some(false));
        assert_eq!(matches_sri(&format!("{weak} {strong}"), b"a"), Some(true));
        let other = sri("sha512", &Sha512::digest(b"b"));
        assert_eq!(matches_sri(&format!("{weak} {other}"), b"a"), Some(false));
        assert_eq!(matches_sri(&format!("{other} {strong}?x"), b"a"), Some(true));
        assert_eq!(matches_sri("md5-AAAA", b"a"), None);
        assert_eq!(matches_sri("sha256-no base64", b"a"), Some(false));
    }

    #[test]
    fn a_multihash_is_read_in_both_bases() {
        let hash = [&[0x12, 0x20], Sha256::digest(b"a").as_slice()].concat();
        for text in [multibase::base58btc(&hash), multibase::base64url(&hash)] {
            assert_eq!(matches_multibase(&text, b"a"), Some(true));
            assert_eq!(matches_multibase(&text, b"b"), Some(false));
        }
        assert_eq!(matches_multibase("uAAAA", b"a"), None);
        assert_eq!(matches_multibase("no multibase", b"a"), None);
    }
}
