//! A key that an issuer with an `https` address files under another address than its own.
//!
//! That a key names the issuer as its controller shows nothing: anybody can write that. It is the issuer's where the issuer's
//! own document lists it, or where the issuer's own host publishes it as the issuer's. No other address is asked.
//!
//! Spec: OB3-DI-3, OB3-DI-4, OB3-OV-16, CRED-DI-25, CRED-KEY-1.

use serde_json::Value;

use crate::did::{self, MethodError, Relationship};
use crate::iri::Iri;
use crate::json;

use super::super::code::Code;
use super::super::report::Outcome;
use super::super::run::{Found, Run, Useless, Waiting};
use super::issuer;
use super::proofs::{is_revoked, refused};

/// Finds the key `method` of `issuer`, whose document it is not in by its address.
pub(crate) fn find(run: &mut Run<'_>, method: &Iri, issuer: &str) -> Result<Found, Waiting> {
    let (controller, _) = method.split_fragment();
    let stranger = || (Outcome::Fail(Code::IssuerNotKeyController), controller.to_owned());
    let own = Iri::parse(issuer).ok().filter(|own| own.is_http() && own.scheme() == "https");
    let (Some(own), true) = (own, method.is_http() && method.scheme() == "https") else {
        return Ok(Err(stranger()));
    };
    let listed = match document(run, &own)? {
        Ok(Some(document)) if is_revoked(&document, method) => {
            return Ok(Err((Outcome::Fail(Code::KeyRevoked), method.to_string())));
        }
        Ok(Some(document)) => {
            did::find_method_of(&document, issuer, method, Relationship::AssertionMethod)
        }
        Ok(None) => Err(MethodError::NoDocument),
        Err(Useless { code, detail }) => return Ok(Err((Outcome::Unknown(code), detail))),
    };
    let error = match listed {
        Ok(method) => return Ok(Ok(method)),
        Err(error) => error,
    };
    if !matches!(error, MethodError::NotFound | MethodError::NoDocument) {
        // The document knows the key, and does not publish it for claims.
        return Ok(Err((refused(error, &Value::Null, method), error.to_string())));
    }
    let address = Iri::parse(controller).ok().filter(|address| *address != own);
    let Some(address) = address.filter(|address| issuer::is_host_of(issuer, address)) else {
        return Ok(Err(stranger()));
    };
    Ok(match document(run, &address)? {
        Ok(Some(document)) => did::lone_method(&document, issuer, method)
            .map_err(|error| (refused(error, &document, method), error.to_string())),
        Ok(None) => Err(stranger()),
        Err(Useless { code, detail }) => Err((Outcome::Unknown(code), detail)),
    })
}

/// The JSON at an address; nothing where the host says that there is none.
fn document(run: &mut Run<'_>, address: &Iri) -> Result<Result<Option<Value>, Useless>, Waiting> {
    Ok(match run.body(address)? {
        Ok(body) if body.status == 200 => Ok(json::parse(&body.bytes).ok()),
        Ok(body) if matches!(body.status, 404 | 410) => Ok(None),
        Ok(body) => Err(Useless {
            code: Code::DocumentUnavailable,
            detail: format!("{address}: HTTP {}", body.status),
        }),
        Err(useless) => Err(useless),
    })
}
