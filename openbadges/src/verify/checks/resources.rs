//! Are the files a badge names the ones its issuer signed?
//!
//! A badge may carry the digest of its picture or of its evidence. A digest is compared where the file was handed in, or
//! where the policy has it fetched; a file nobody looked at is a remark.
//!
//! Spec: CRED-VCDM-11.

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
use super::{Assured, one_or_many, text};

/// Compares what may be compared, and names the rest.
pub(crate) fn check(run: &mut Run<'_>, badge: &Value, _: Assured) -> Result<(), Waiting> {
    let mut waiting = Ok(());
    for (nth, resource) in one_or_many(badge, "relatedResource").into_iter().enumerate() {
        let id = text(resource, "id").unwrap_or("relatedResource");
        let address = Iri::parse(id).ok().filter(Iri::is_http);
        let is_wanted =
            |address: &Iri| run.policy.resources == Resources::Fetch || run.is_at_hand(address);
        let Some(address) = address.filter(|one| nth < RESOURCES_MAX && is_wanted(one)) else {
            run.note(Code::ResourceNotChecked, id, None);
            continue;
        };
        match compare(run, &address, resource) {
            Ok(()) => {}
            Err(Waiting) => waiting = Err(Waiting),
        }
    }
    waiting
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
    let digests = [
        text(resource, "digestSRI").map(|text| matches_sri(text, &body.bytes)),
        text(resource, "digestMultibase").map(|text| matches_multibase(text, &body.bytes)),
    ];
    let said: Vec<Option<bool>> = digests.into_iter().flatten().collect();
    if said.contains(&Some(false)) {
        let outcome = Outcome::Fail(Code::ResourceDiffers);
        run.found(Question::Unaltered, outcome, id, None);
    } else if said.contains(&Some(true)) {
        run.note(Code::ResourceMatches, id, None);
    } else {
        run.note(Code::ResourceNotChecked, id, Some("digest".to_owned()));
    }
    Ok(())
}

/// Whether `bytes` have the digest; of several, one of the strongest kind is enough, and nothing when no kind is known.
///
/// Spec: Subresource Integrity, 3.3.5.
fn matches_sri(text: &str, bytes: &[u8]) -> Option<bool> {
    let known = text.split_ascii_whitespace().filter_map(|one| {
        let (name, rest) = one.split_once('-')?;
        let encoded = rest.split('?').next()?;
        let strength = ["sha256", "sha384", "sha512"].iter().position(|known| *known == name)?;
        Some((strength, STANDARD.decode(encoded).unwrap_or_default()))
    });
    let known: Vec<(usize, Vec<u8>)> = known.collect();
    let strongest = known.iter().map(|(strength, _)| *strength).max()?;
    let digest = match strongest {
        0 => Sha256::digest(bytes).to_vec(),
        1 => Sha384::digest(bytes).to_vec(),
        _ => Sha512::digest(bytes).to_vec(),
    };
    Some(known.iter().any(|(strength, value)| *strength == strongest && *value == digest))
}

/// Whether `bytes` have the multihash; nothing when its kind is not known.
fn matches_multibase(text: &str, bytes: &[u8]) -> Option<bool> {
    let multihash = multibase::decode(text).ok()?;
    match multihash.as_slice() {
        [0x12, 0x20, digest @ ..] => Some(digest == Sha256::digest(bytes).as_slice()),
        [0x20, 0x30, digest @ ..] => Some(digest == Sha384::digest(bytes).as_slice()),
        [0x13, 0x40, digest @ ..] => Some(digest == Sha512::digest(bytes).as_slice()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
