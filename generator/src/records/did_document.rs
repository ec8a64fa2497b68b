//! The issuer's DID document: its keys, and what they may do.

use openbadges::did::{Did, DidWeb, PublishedKey, did_web_document};
use serde_json::Value;

use super::{Records, iri};
use crate::site::{Issuer, IssuerKey, KeyState};
use crate::urls;

impl Records<'_> {
    /// `did.json`. Active and retired keys assert; a compromised one is listed with its date and asserts nothing.
    ///
    /// Spec: CRED-KEY-10, CRED-DIDWEB-7, OB3-OV-17, OB3-MIG-22.
    #[must_use]
    pub fn did_document(&self, issuer: &Issuer) -> Value {
        let keys: Vec<PublishedKey> = issuer.keys.values().map(published).collect();
        let ob2 = iri(&self.url(&urls::issuer_ob2(&issuer.slug)));
        did_web_document(&self.did_web(issuer), &keys, &[ob2])
    }

    /// The `verificationMethod` of a proof by `key`.
    ///
    /// Spec: OB3-DI-6.
    pub(crate) fn method_id(&self, issuer: &Issuer, key: &IssuerKey) -> String {
        published(key).method_id(&self.did_web(issuer))
    }

    fn did_web(&self, issuer: &Issuer) -> DidWeb {
        match Did::parse(&self.issuer_did(issuer)) {
            Ok(Did::Web(did)) => did,
            other => unreachable!("a base URL and a slug make a `did:web`, not {other:?}"),
        }
    }
}

fn published(key: &IssuerKey) -> PublishedKey {
    let revoked = match &key.state {
        KeyState::Active | KeyState::Retired(_) => None,
        KeyState::Revoked { date, .. } => Some(*date),
    };
    PublishedKey { key: key.public.clone(), revoked }
}
