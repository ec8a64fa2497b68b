//! Which key signed a token, and does its issuer publish it?
//!
//! A token names its key, or brings it along. Neither shows whose it is: only what the issuer's own document says, or the
//! key set at the well-known address of the issuer's host, ties a key to the issuer. The address in `kid` is therefore
//! never asked by itself.
//!
//! Spec: OB3-JWT-3, OB3-JWT-13 to OB3-JWT-16, CRED-JOSE-5, CRED-JOSE-6, CRED-JOSE-10.

use serde_json::Value;

use crate::did::{self, DidKey, MethodError, Relationship, VerificationMethod};
use crate::iri::Iri;
use crate::json;
use crate::key::PublicKey;
use crate::proof::jws::Jws;

use super::super::code::Code;
use super::super::report::Outcome;
use super::super::run::{Found, Run, Useless, Waiting, host};
use super::proofs::{Controller, controller_of, is_revoked, key_of, refused};
use super::text;

/// Where a host publishes its keys.
const WELL_KNOWN: &str = "/.well-known/jwks.json";

/// The most keys of a set that are looked at.
const KEYS_MAX: usize = 64;

/// What a token says of its key.
enum Named<'j> {
    /// By a name: absolute, or one in the issuer's name space; beside it, the name as written.
    Id(Iri, &'j str),
    /// By the key itself.
    Key(&'j PublicKey),
    /// Not at all.
    Unnamed,
}

/// Finds the key of a token among those its issuer publishes.
pub(crate) fn find(run: &mut Run<'_>, jws: &Jws, issuer: &str) -> Result<Found, Waiting> {
    let named = match named(jws, issuer) {
        Ok(named) => named,
        Err(problem) => return Ok(Err(problem)),
    };
    let address = match controller_of(issuer) {
        Ok(Controller::Key(did)) => return Ok(in_did_key(&did, &named)),
        Ok(Controller::At(address)) => address,
        Err(outcome) => return Ok(Err((outcome, issuer.to_owned()))),
    };
    if matches!(named, Named::Unnamed) {
        return Ok(Err((Outcome::Fail(Code::ClaimMissing), "kid".to_owned())));
    }
    let own = match run.json(&address)? {
        Ok(document) => in_document(&document, issuer, &named),
        Err(Useless { code, detail }) => Err((Outcome::Unknown(code), detail)),
    };
    match own {
        Ok(method) => Ok(Ok(method)),
        // A key the issuer took back is not looked for elsewhere.
        Err((Outcome::Fail(Code::KeyRevoked), detail)) => {
            Ok(Err((Outcome::Fail(Code::KeyRevoked), detail)))
        }
        // The document of a DID is all there is to ask.
        Err(problem) if issuer.starts_with("did:") => Ok(Err(problem)),
        Err(problem) => in_well_known(run, &address, issuer, &named, problem),
    }
}

fn named<'j>(jws: &'j Jws, issuer: &str) -> Result<Named<'j>, (Outcome, String)> {
    let Some(written) = jws.key_id() else {
        return Ok(jws.key().map_or(Named::Unnamed, Named::Key));
    };
    // A name without a scheme is one in the issuer's own document.
    let absolute = match Iri::parse(written) {
        Ok(iri) if iri.is_http() || iri.scheme() == "did" => Ok(iri),
        _ => Iri::parse(&format!("{issuer}#{}", written.trim_start_matches('#'))),
    };
    let malformed = |_| (Outcome::Fail(Code::KeyNotListed), written.to_owned());
    absolute.map(|id| Named::Id(id, written)).map_err(malformed)
}

fn in_did_key(did: &DidKey, named: &Named<'_>) -> Found {
    let method = key_of(did)?;
    let is_it = match named {
        Named::Id(id, _) => did.is_named_by(id),
        Named::Key(key) => method.key == **key,
        Named::Unnamed => true,
    };
    if is_it { Ok(method) } else { Err((Outcome::Fail(Code::KeyNotListed), did.to_string())) }
}

/// Looks in the issuer's own document, which may file its keys under other addresses.
fn in_document(document: &Value, issuer: &str, named: &Named<'_>) -> Found {
    let purpose = Relationship::AssertionMethod;
    let (found, id) = match named {
        Named::Id(id, _) => (did::find_method_of(document, issuer, id, purpose), Some(id)),
        Named::Key(key) => (did::find_key_of(document, issuer, key, purpose), None),
        Named::Unnamed => (Err(MethodError::NotFound), None),
    };
    found.map_err(|error| {
        let outcome = match id {
            Some(id) if is_revoked(document, id) => Outcome::Fail(Code::KeyRevoked),
            Some(id) => refused(error, document, id),
            None => Outcome::Fail(Code::KeyNotListed),
        };
        (outcome, error.to_string())
    })
}

/// Looks in the key set of the issuer's host; `problem` is why the issuer's document did not do.
fn in_well_known(
    run: &mut Run<'_>,
    issuer_at: &Iri,
    issuer: &str,
    named: &Named<'_>,
    problem: (Outcome, String),
) -> Result<Found, Waiting> {
    let address = host(issuer_at).map(|host| format!("{host}{WELL_KNOWN}"));
    let Some(address) = address.and_then(|address| Iri::parse(&address).ok()) else {
        return Ok(Err(problem));
    };
    let body = match run.body(&address)? {
        Ok(body) => body,
        // What could not be asked may list the key.
        Err(Useless { code, detail }) => return Ok(Err((Outcome::Unknown(code), detail))),
    };
    if body.status != 200 {
        return Ok(Err(problem));
    }
    let Ok(set) = json::parse(&body.bytes) else { return Ok(Err(problem)) };
    match in_set(&set, issuer, named) {
        Some(key) => {
            let id = match named {
                Named::Id(id, _) => id.clone(),
                Named::Key(_) | Named::Unnamed => address,
            };
            let controller = issuer_at.clone();
            Ok(Ok(VerificationMethod { id, controller, key, revoked: None, expires: None }))
        }
        // The host was asked, and lists the key nowhere.
        None => Ok(Err((Outcome::Fail(Code::KeyNotListed), address.to_string()))),
    }
}

/// The one key of a set that is meant. A key that names another issuer is that one's.
fn in_set(set: &Value, issuer: &str, named: &Named<'_>) -> Option<PublicKey> {
    let keys = set.get("keys")?.as_array()?;
    let is_issuers = |jwk: &&Value| match jwk.get("iss") {
        None => true,
        Some(iss) => iss.as_str() == Some(issuer),
    };
    let is_it = |jwk: &&Value| match named {
        Named::Id(id, written) => {
            let (_, fragment) = id.split_fragment();
            let kid = text(jwk, "kid");
            kid.is_some() && (kid == Some(id.as_str()) || kid == Some(*written) || kid == fragment)
        }
        Named::Key(key) => PublicKey::from_jwk(jwk).as_ref() == Ok(*key),
        Named::Unnamed => false,
    };
    let mut found = keys.iter().take(KEYS_MAX).filter(is_issuers).filter(is_it);
    match (found.next(), found.next()) {
        (Some(jwk), None) => PublicKey::from_jwk(jwk).ok(),
        // Two keys under one name would be read as either.
        _ => None,
    }
}
