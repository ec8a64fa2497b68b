//! A new key pair for an issuer.

use camino::Utf8PathBuf;
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;
use zeroize::Zeroizing;

use super::introduction::Introduction;
use super::randomness::Randomness;
use super::yaml::Node;
use crate::keys::KeyRing;
use crate::site::{Issuer, Site, Slug};
use crate::urls;

/// A key pair that is not written yet.
#[derive(Debug)]
pub struct NewKey {
    /// `k1`, `k2` …
    pub kid: String,
    /// The secret half.
    pub secret: SigningKey,
    /// `badges/issuers/<slug>/keys/<kid>.yaml`.
    pub public_file: Utf8PathBuf,
    /// Its text.
    pub public_text: String,
}

/// Who answers for a new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surety<'a> {
    /// An active key of the issuer, if there is one already.
    ActiveKey,
    /// Nobody: the active keys are lost. The reason is public.
    Recovery {
        /// `lost`, `stolen` …
        reason: &'a str,
    },
}

/// Makes a key for `issuer`, the first one on its own, each later one introduced by a key that is active.
///
/// # Errors
/// [`KeygenError`].
pub fn make(
    site: &Site,
    issuer: &Slug,
    surety: Surety<'_>,
    ring: &KeyRing,
    now: Timestamp,
    random: &mut dyn Randomness,
) -> Result<NewKey, KeygenError> {
    let issuer = site
        .issuers
        .get(issuer)
        .ok_or_else(|| KeygenError::UnknownIssuer { issuer: issuer.clone() })?;
    let kid = next_kid(issuer);
    let mut seed = Zeroizing::new([0; 32]);
    random.fill(seed.as_mut_slice());
    let secret = SigningKey::from_seed(&seed);
    let multibase = secret.public().to_multikey();
    let created = now.date();
    let did = urls::issuer_did(&site.settings.base_url, &issuer.slug);
    let introduction =
        Introduction { did: &did, kid: &kid, multibase: &multibase, created: &created };
    let mut entries = vec![
        ("type", Node::text("Ed25519")),
        ("multibase", Node::text(&multibase)),
        ("created", Node::plain(&created)),
    ];
    entries.extend(answer_for(&introduction, issuer, surety, ring)?);
    let folder = Utf8PathBuf::from(format!("badges/issuers/{}/keys", issuer.slug));
    Ok(NewKey {
        public_file: folder.join(format!("{kid}.yaml")),
        public_text: Node::Map(entries).to_file(),
        kid,
        secret,
    })
}

fn answer_for(
    introduction: &Introduction<'_>,
    issuer: &Issuer,
    surety: Surety<'_>,
    ring: &KeyRing,
) -> Result<Option<(&'static str, Node)>, KeygenError> {
    if issuer.keys.is_empty() {
        return Ok(None);
    }
    if let Surety::Recovery { reason } = surety {
        let reason = Node::Map(vec![("reason", Node::text(reason))]);
        return Ok(Some(("recovery", reason)));
    }
    let (key, secret) = super::signing_key(issuer, ring)
        .ok_or_else(|| KeygenError::NobodyIntroduces { issuer: issuer.slug.clone() })?;
    Ok(Some((
        "introduced_by",
        Node::Map(vec![
            ("key", Node::text(&key.kid)),
            ("proof", Node::text(introduction.sign(secret))),
        ]),
    )))
}

/// One above the highest number, so that the name of a key that was removed is not given again by accident.
fn next_kid(issuer: &Issuer) -> String {
    let numbers = issuer.keys.keys().filter_map(|kid| kid.strip_prefix('k')?.parse::<u32>().ok());
    format!("k{}", numbers.max().map_or(1, |highest| highest.saturating_add(1)))
}

/// Why no key was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeygenError {
    /// No such folder.
    #[error("there is no issuer `{issuer}` in `badges/issuers/`")]
    UnknownIssuer {
        /// The slug that was typed.
        issuer: Slug,
    },
    /// None of the issuer's active keys is at hand.
    #[error("a new key of `{issuer}` must be introduced by an active one, and none is at hand")]
    NobodyIntroduces {
        /// Whose.
        issuer: Slug,
    },
}
