//! The `did:web` document that an issuer of ours publishes.

use serde_json::{Value, json};

use crate::did::DidWeb;
use crate::iri::Iri;
use crate::key::PublicKey;
use crate::time::Timestamp;

/// A key that an issuer publishes or has published.
///
/// A *retired* key stays as it is: what it signed must go on verifying, so it needs no mark here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedKey {
    /// The key.
    pub key: PublicKey,
    /// From when nothing it signs is to be trusted, if it was compromised.
    pub revoked: Option<Timestamp>,
}

impl PublishedKey {
    /// The absolute id of the key in the document of `did`: its fragment is the multibase text itself, which is the one
    /// form that the official validator accepts and that leads to the right key.
    ///
    /// Spec: OB3-DI-6, OB3-OV-14.
    #[must_use]
    pub fn method_id(&self, did: &DidWeb) -> String {
        format!("{did}#{}", self.key.to_multikey())
    }
}

/// The document of `did`, with every key the issuer ever had.
///
/// Ids are absolute and `assertionMethod` is a list of strings: the strictest common reading. A revoked key stays listed
/// with its date, so that readers can say why, and is good for nothing.
///
/// Spec: CRED-KEY-10, CRED-DIDWEB-7, OB3-OV-17.
#[must_use]
pub fn did_web_document(did: &DidWeb, keys: &[PublishedKey], also_known_as: &[Iri]) -> Value {
    let methods: Vec<Value> = keys.iter().map(|key| method(did, key)).collect();
    let active = keys.iter().filter(|key| key.revoked.is_none());
    let assertion: Vec<String> = active.map(|key| key.method_id(did)).collect();
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did.as_str(),
        "verificationMethod": methods,
        "assertionMethod": assertion,
    });
    if let Some(members) = document.as_object_mut().filter(|_| !also_known_as.is_empty()) {
        members.insert("alsoKnownAs".to_owned(), json!(also_known_as));
    }
    document
}

fn method(did: &DidWeb, published: &PublishedKey) -> Value {
    let mut method = json!({
        "id": published.method_id(did),
        "type": "Multikey",
        "controller": did.as_str(),
        "publicKeyMultibase": published.key.to_multikey(),
    });
    if let (Some(members), Some(revoked)) = (method.as_object_mut(), published.revoked) {
        members.insert("revoked".to_owned(), json!(revoked));
    }
    method
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::did::{Did, MethodError, Relationship, find_method};
    use crate::key::SigningKey;

    fn did() -> DidWeb {
        match Did::parse("did:web:badges.estran.example:issuers:estran") {
            Ok(Did::Web(did)) => did,
            other => panic!("{other:?}"),
        }
    }

    fn published(seed: u8, revoked: Option<&str>) -> PublishedKey {
        let key = SigningKey::from_seed(&[seed; 32]).public();
        PublishedKey { key, revoked: revoked.map(|text| Timestamp::parse(text).unwrap()) }
    }

    fn find(document: &Value, key: &PublishedKey) -> Result<PublicKey, MethodError> {
        let id = Iri::parse(&key.method_id(&did())).unwrap();
        find_method(document, &id, Relationship::AssertionMethod).map(|method| method.key)
    }

    /// CRED-KEY-10: the compromised key is listed, dated, and asserts nothing.
    #[test]
    fn active_and_retired_keys_assert_and_a_revoked_one_does_not() {
        let (first, second) = (published(1, None), published(2, Some("2025-05-02T00:00:00Z")));
        let keys = [first.clone(), second.clone()];
        let also = Iri::parse("https://badges.estran.example/issuers/estran/issuer.json").unwrap();
        let document = did_web_document(&did(), &keys, std::slice::from_ref(&also));
        assert_eq!(find(&document, &first), Ok(first.key.clone()));
        assert_eq!(find(&document, &second), Err(MethodError::NotInRelationship));
        let methods = document["verificationMethod"].as_array().unwrap();
        assert_eq!(methods.len(), 2);
        assert_eq!(methods[0].get("revoked"), None);
        assert_eq!(methods[1]["revoked"], "2025-05-02T00:00:00Z");
        assert_eq!(document["alsoKnownAs"], json!([also]));
    }

    /// OB3-OV-17: strings, absolute ids.
    #[test]
    fn the_document_takes_the_strictest_common_form() {
        let key = published(1, None);
        let multikey = key.key.to_multikey();
        let did_text = "did:web:badges.estran.example:issuers:estran";
        assert_eq!(
            did_web_document(&did(), &[key], &[]),
            json!({
                "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
                "id": did_text,
                "verificationMethod": [{
                    "id": format!("{did_text}#{multikey}"),
                    "type": "Multikey",
                    "controller": did_text,
                    "publicKeyMultibase": multikey,
                }],
                "assertionMethod": [format!("{did_text}#{multikey}")],
            })
        );
    }
}
