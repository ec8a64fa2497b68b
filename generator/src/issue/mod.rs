//! Deciding and signing: awards, revocations, seals. Never part of `build`.

pub mod award;
pub mod batch;
pub mod branch;
pub mod desk;
pub mod drafts;
pub mod duration;
pub mod email;
pub mod event;
pub mod evidence;
pub mod files;
pub mod forget;
pub mod freeze;
pub mod indexes;
pub mod introduction;
pub mod key_end;
pub mod keygen;
pub mod ledger;
pub mod moment;
pub mod post;
pub mod randomness;
pub mod reseal;
pub mod revoke;
pub mod same;
pub mod seal;
mod signer;
pub mod version;
mod withdrawn;
pub(crate) mod yaml;

pub use event::reason_word;
pub use signer::SignatureError;
pub use withdrawn::ListError;
pub use yaml::text as yaml_text;

use openbadges::key::SigningKey;

use crate::keys::KeyRing;
use crate::site::{Issuer, IssuerKey, KeyState};

/// The key an issuer signs with: the youngest of its active keys whose secret half is at hand.
#[must_use]
pub fn signing_key<'a>(
    issuer: &'a Issuer,
    ring: &'a KeyRing,
) -> Option<(&'a IssuerKey, &'a SigningKey)> {
    let active = issuer.keys.values().filter(|key| key.state == KeyState::Active);
    active
        .filter_map(|key| ring.find(&key.public).map(|secret| (key, secret)))
        .max_by_key(|(key, _)| (key.created, key.kid.as_str()))
}
