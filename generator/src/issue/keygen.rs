//! A new key pair for an issuer.

use camino::Utf8PathBuf;
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;
use zeroize::Zeroizing;

use super::files::{FileError, Files};
use super::introduction::Introduction;
use super::key_end::{KEY_FILE_BYTES_MAX, KeyEnd};
use super::randomness::Randomness;
use super::yaml::Node;
use crate::keys::KeyRing;
use crate::site::{Issuer, KeyState, Site, Slug};
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

/// A key that signs no more from today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetiredKey {
    /// `k1`, `k2` …
    pub kid: String,
    /// Its file, and the file's new text.
    pub file: (Utf8PathBuf, String),
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
    let mut seed = Zeroizing::new([0; 32]);
    random.fill(seed.as_mut_slice());
    with_secret(SigningKey::from_seed(&seed), site, issuer, surety, ring, now)
}

/// The same for a secret half that is there already: an `init` that was interrupted, or done again, finds the key it made.
///
/// # Errors
/// [`KeygenError`].
pub fn with_secret(
    secret: SigningKey,
    site: &Site,
    issuer: &Slug,
    surety: Surety<'_>,
    ring: &KeyRing,
    now: Timestamp,
) -> Result<NewKey, KeygenError> {
    let issuer = site
        .issuers
        .get(issuer)
        .ok_or_else(|| KeygenError::UnknownIssuer { issuer: issuer.clone() })?;
    let kid = next_kid(issuer);
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

/// Retires a key of `issuer`: what it signed stays good.
///
/// # Errors
/// [`KeygenError`].
pub fn retire(
    site: &Site,
    files: &Files,
    issuer: &Slug,
    kid: &str,
    now: Timestamp,
) -> Result<RetiredKey, KeygenError> {
    let unknown = || KeygenError::UnknownIssuer { issuer: issuer.clone() };
    let keys = &site.issuers.get(issuer).ok_or_else(unknown)?.keys;
    let key = keys.get(kid).ok_or_else(|| KeygenError::UnknownKey {
        kid: kid.to_owned(),
        known: keys.keys().cloned().collect(),
    })?;
    if key.state != KeyState::Active {
        return Err(KeygenError::EndedAlready { kid: kid.to_owned() });
    }
    let path = Utf8PathBuf::from(format!("badges/issuers/{issuer}/keys/{kid}.yaml"));
    let bytes = files.read(&path, KEY_FILE_BYTES_MAX).map_err(KeygenError::File)?;
    // A day that begins before the key did would be no end.
    let day = now.max(key.created).date();
    let text = std::str::from_utf8(&bytes).ok();
    match text.and_then(|text| KeyEnd::Retired.append(text, &day)) {
        Some(text) => Ok(RetiredKey { kid: kid.to_owned(), file: (path, text) }),
        None => Err(KeygenError::KeyFile { file: path, lines: KeyEnd::Retired.lines(&day) }),
    }
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
    /// No such key.
    #[error("there is no key `{kid}`")]
    UnknownKey {
        /// What was typed.
        kid: String,
        /// The keys there are.
        known: Vec<String>,
    },
    /// It is retired or revoked.
    #[error("`{kid}` signs no more already")]
    EndedAlready {
        /// Which.
        kid: String,
    },
    /// The file of the key is not written so that a line can be added.
    #[error("`{file}` takes no line at its end")]
    KeyFile {
        /// Which.
        file: Utf8PathBuf,
        /// What has to be in it.
        lines: String,
    },
    /// A file could not be read.
    #[error(transparent)]
    File(FileError),
    /// None of the issuer's active keys is at hand.
    #[error("a new key of `{issuer}` must be introduced by an active one, and none is at hand")]
    NobodyIntroduces {
        /// Whose.
        issuer: Slug,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{key, moment, site, slug};
    use crate::issue::randomness::tests::Stream;

    fn made(site: &Site, surety: Surety<'_>, ring: &KeyRing) -> Result<NewKey, KeygenError> {
        let now = moment("2026-03-12T14:30:00Z");
        make(site, &slug("club"), surety, ring, now, &mut Stream::of("keygen"))
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct KeyFile {
        r#type: String,
        multibase: String,
        created: String,
        introduced_by: Option<Introducer>,
        recovery: Option<Recovery>,
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Introducer {
        key: String,
        proof: String,
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Recovery {
        reason: String,
    }

    fn file(key: &NewKey) -> KeyFile {
        serde_yaml::from_str(&key.public_text).unwrap()
    }

    #[test]
    fn the_first_key_needs_nobody() {
        let mut site = site();
        site.issuers.values_mut().for_each(|issuer| issuer.keys.clear());
        let key = made(&site, Surety::ActiveKey, &KeyRing::default()).unwrap();
        assert_eq!(key.kid, "k1");
        assert_eq!(key.public_file, "badges/issuers/club/keys/k1.yaml");
        let file = file(&key);
        assert_eq!(file.multibase, key.secret.public().to_multikey());
        assert_eq!((file.r#type.as_str(), file.created.as_str()), ("Ed25519", "2026-03-12"));
        assert!(file.introduced_by.is_none() && file.recovery.is_none());
        assert!(!key.public_text.contains(key.secret.to_secret_multikey().as_str()));
    }

    #[test]
    fn a_later_key_is_introduced_by_an_active_one() {
        let site = site();
        let made_key = made(&site, Surety::ActiveKey, &KeyRing::of([key(1), key(2)])).unwrap();
        assert_eq!(made_key.kid, "k3");
        let file = file(&made_key);
        let introducer = file.introduced_by.unwrap();
        assert_eq!(introducer.key, "k2", "k1 is retired");
        let introduction = Introduction {
            did: "did:web:badges.example:issuers:club",
            kid: "k3",
            multibase: &file.multibase,
            created: &file.created,
        };
        assert_eq!(introduction.check(&introducer.proof, &key(2).public()), Ok(()));
    }

    #[test]
    fn a_retired_or_foreign_key_introduces_nobody() {
        let nobody = Err(KeygenError::NobodyIntroduces { issuer: slug("club") });
        for ring in [KeyRing::default(), KeyRing::of([key(1)]), KeyRing::of([key(9)])] {
            let made = made(&site(), Surety::ActiveKey, &ring).map(|key| key.kid);
            assert_eq!(made, nobody, "{ring:?}");
        }
        let mut stolen = site();
        let date = moment("2026-03-01T00:00:00Z");
        for issuer in stolen.issuers.values_mut() {
            for key in issuer.keys.values_mut() {
                key.state = KeyState::Revoked { date, reason: "stolen".to_owned() };
            }
        }
        let ring = KeyRing::of([key(2)]);
        assert_eq!(made(&stolen, Surety::ActiveKey, &ring).map(|key| key.kid), nobody);
        let recovered = made(&stolen, Surety::Recovery { reason: "stolen" }, &ring).unwrap();
        assert_eq!(file(&recovered).recovery.unwrap().reason, "stolen");
    }

    #[test]
    fn an_unknown_issuer_gets_no_key() {
        let now = moment("2026-03-12T14:30:00Z");
        let ring = KeyRing::default();
        let random = &mut Stream::of("keygen");
        let made = make(&site(), &slug("ferme"), Surety::ActiveKey, &ring, now, random);
        let unknown = KeygenError::UnknownIssuer { issuer: slug("ferme") };
        assert_eq!(made.map(|key| key.kid), Err(unknown));
    }
}
