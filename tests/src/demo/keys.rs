//! The demonstration's keys: derived from published seeds, so nobody may trust them, and their names say so.

use std::fs;

use accolade::issue::desk::Desk;
use accolade::issue::introduction::Introduction;
use accolade::issue::keygen::{self, Surety};
use accolade::keys::{self, KeyRing};
use accolade::site::Slug;
use accolade::urls;
use camino::Utf8Path;
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;
use sha2::{Digest as _, Sha256};

use super::random::Published;
use super::{Problem, open};

/// A key's life.
#[derive(Debug)]
pub struct Life {
    /// Whose.
    pub issuer: &'static str,
    /// Its name.
    pub kid: &'static str,
    /// Its first day.
    pub created: &'static str,
    /// The key that introduces it, unless it is the first.
    pub introduced_by: Option<&'static str>,
    /// How it ends: what is added to its file, and on which day.
    pub end: Option<(&'static str, &'static str)>,
}

/// Every key, oldest first.
pub const LIVES: [Life; 5] = [
    Life {
        issuer: "fablab-maree-haute",
        kid: "k1",
        created: "2023-01-10",
        introduced_by: None,
        end: None,
    },
    Life {
        issuer: "ferme-des-haies",
        kid: "k1",
        created: "2023-01-12",
        introduced_by: None,
        end: None,
    },
    Life {
        issuer: "estran",
        kid: "k1",
        created: "2024-01-10",
        introduced_by: None,
        end: Some(("2026-01-10", "retired: 2026-01-10\n")),
    },
    // A second key for the market stall's laptop, which was lost. It signed nothing that is here.
    Life {
        issuer: "ferme-des-haies",
        kid: "k0",
        created: "2025-02-03",
        introduced_by: Some("k1"),
        end: Some(("2025-05-02", "revoked:\n  date: 2025-05-02\n  reason: lost\n")),
    },
    Life {
        issuer: "estran",
        kid: "k2",
        created: "2025-11-15",
        introduced_by: Some("k1"),
        end: None,
    },
];

/// The secret key: SHA-256("estran-demo/key/" + issuer + "/" + kid).
#[must_use]
pub fn secret(issuer: &str, kid: &str) -> SigningKey {
    SigningKey::from_seed(&seed(issuer, kid))
}

fn seed(issuer: &str, kid: &str) -> [u8; 32] {
    Sha256::digest(format!("estran-demo/key/{issuer}/{kid}")).into()
}

/// Makes the key of `life`: the public file in the repository, the private one in `tests/keys/`.
///
/// # Errors
/// [`Problem`].
pub fn make(root: &Utf8Path, life: &Life, now: Timestamp) -> Result<(), Problem> {
    let desk = open(root)?;
    if life.kid == "k0" {
        by_hand(root, life, &desk)?;
    } else {
        let slug = Slug::parse(life.issuer).ok_or_else(|| Problem(life.issuer.to_owned()))?;
        let ring = KeyRing::of(life.introduced_by.into_iter().map(|kid| secret(life.issuer, kid)));
        let random = &mut Published::new("", &seed(life.issuer, life.kid));
        let key = keygen::make(desk.site(), &slug, Surety::ActiveKey, &ring, now, random)
            .map_err(Problem::of(life.kid))?;
        if key.kid != life.kid {
            return Err(Problem(format!("{} of {} became {}", life.kid, life.issuer, key.kid)));
        }
        desk.write_public_key(&key, &[]).map_err(Problem::of(life.kid))?;
    }
    let name = format!("DEMO-WORTHLESS-{}-{}.key", life.issuer, life.kid);
    let comment = "DEMO, WORTHLESS: the seed of this key is published.\nNever trust what it signs.";
    let file = root.join("tests/keys").join(name);
    keys::write_new(&secret(life.issuer, life.kid), &file, comment).map_err(Problem::of(life.kid))
}

/// `keygen` counts upwards and never makes a `k0`; an issuer who writes the file by hand may.
fn by_hand(root: &Utf8Path, life: &Life, desk: &Desk) -> Result<(), Problem> {
    let slug = Slug::parse(life.issuer).ok_or_else(|| Problem(life.issuer.to_owned()))?;
    let did = urls::issuer_did(&desk.site().settings.base_url, &slug);
    let multibase = secret(life.issuer, life.kid).public().to_multikey();
    let introduction =
        Introduction { did: &did, kid: life.kid, multibase: &multibase, created: life.created };
    let introducer = life.introduced_by.unwrap_or_default();
    let proof = introduction.sign(&secret(life.issuer, introducer));
    let text = format!(
        "type: Ed25519\nmultibase: {multibase}\ncreated: {}\nintroduced_by:\n  key: {introducer}\n  proof: {proof}\n",
        life.created
    );
    fs::write(public_file(root, life), text).map_err(Problem::of(life.kid))
}

/// Writes how a key ended.
///
/// # Errors
/// [`Problem`].
pub fn end(root: &Utf8Path, life: &Life, words: &str) -> Result<(), Problem> {
    let file = public_file(root, life);
    let text = fs::read_to_string(&file).map_err(Problem::of(&file))?;
    // After `created`, where `docs/formats.md` has it.
    let (before, after) =
        text.split_once("introduced_by:").map_or((text.as_str(), None), |(b, a)| (b, Some(a)));
    let after = after.map(|after| format!("introduced_by:{after}")).unwrap_or_default();
    fs::write(&file, format!("{before}{words}{after}")).map_err(Problem::of(&file))
}

fn public_file(root: &Utf8Path, life: &Life) -> camino::Utf8PathBuf {
    root.join(format!("badges/issuers/{}/keys/{}.yaml", life.issuer, life.kid))
}
