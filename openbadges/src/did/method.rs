//! Verification methods: the keys that a controller document publishes, and what it publishes them for.

use serde_json::{Map, Value};

use crate::iri::Iri;
use crate::key::{KeyError, PublicKey};
use crate::time::{Timestamp, TimestampError};

/// A document nested deeper than this is not searched; the strict door lets none in.
const DEPTH_MAX: u8 = 64;

/// The most methods of a document that are compared with a key.
const METHODS_MAX: usize = 32;

/// Members that hold secret key material in the method types of the last ten years.
const SECRET_MEMBERS: [&str; 6] = [
    "secretKeyMultibase",
    "secretKeyJwk",
    "privateKeyMultibase",
    "privateKeyJwk",
    "privateKeyBase58",
    "privateKeyHex",
];

/// What a key is published for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Relationship {
    /// To make claims: every credential.
    AssertionMethod,
    /// To show who one is.
    Authentication,
}

impl Relationship {
    /// The member of a controller document, and the `proofPurpose` of a proof.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
        }
    }
}

/// A key as its controller publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationMethod {
    /// The absolute id.
    pub id: Iri,
    /// Who controls it: always the document it was found in.
    pub controller: Iri,
    /// The key.
    pub key: PublicKey,
    /// From when it must not be trusted, if it was revoked.
    pub revoked: Option<Timestamp>,
    /// Until when it was meant to be used.
    pub expires: Option<Timestamp>,
}

/// Finds `method_id` in the controller document that its primary part names.
///
/// The method may stand in `verificationMethod` or inside a relationship, its id may be absolute or a bare `#fragment`,
/// and the relationship may list it by either id or by value.
///
/// # Errors
/// [`MethodError`] in the order of the steps of CRED-KEY-1.
///
/// Spec: CRED-KEY-1 to CRED-KEY-3, CRED-KEY-5, CRED-KEY-6, CRED-DIDWEB-3, CRED-DIDWEB-7.
pub fn find_method(
    document: &Value,
    method_id: &Iri,
    relationship: Relationship,
) -> Result<VerificationMethod, MethodError> {
    let (primary, fragment) = method_id.split_fragment();
    let fragment = fragment.filter(|text| !text.is_empty()).ok_or(MethodError::NoFragment)?;
    let wanted = Wanted { absolute: method_id.as_str(), fragment: Some(fragment) };
    find_wanted(document, primary, &wanted, method_id, relationship)
}

/// Finds a method that the document of `controller` lists under an id outside itself, such as the address of a key in a
/// JWKS. The controller speaks for its keys wherever it files them.
///
/// # Errors
/// As [`find_method`].
///
/// Spec: CRED-KEY-1, CRED-JOSE-10.
pub fn find_method_of(
    document: &Value,
    controller: &str,
    method_id: &Iri,
    relationship: Relationship,
) -> Result<VerificationMethod, MethodError> {
    let wanted = match method_id.split_fragment() {
        (primary, fragment) if primary == controller => {
            Wanted { absolute: method_id.as_str(), fragment }
        }
        _ => Wanted { absolute: method_id.as_str(), fragment: None },
    };
    find_wanted(document, controller, &wanted, method_id, relationship)
}

/// Finds the method of `controller` that holds this very key.
///
/// # Errors
/// As [`find_method`]; [`MethodError::NotFound`] when none does.
///
/// Spec: OB3-JWT-14, OB3-JWT-15.
pub fn find_key_of(
    document: &Value,
    controller: &str,
    key: &PublicKey,
    relationship: Relationship,
) -> Result<VerificationMethod, MethodError> {
    let listed = match document.get(relationship.name()) {
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(entry) => std::slice::from_ref(entry),
        None => &[],
    };
    let found = listed.iter().take(METHODS_MAX).find_map(|entry| {
        let written = entry.as_str().or_else(|| entry.get("id").and_then(Value::as_str))?;
        let absolute = match written.strip_prefix('#') {
            Some(fragment) => format!("{controller}#{fragment}"),
            None => written.to_owned(),
        };
        let id = Iri::parse(&absolute).ok()?;
        let method = find_method_of(document, controller, &id, relationship).ok()?;
        (method.key == *key).then_some(method)
    });
    found.ok_or(MethodError::NotFound)
}

/// Reads a document that is nothing but the method `method_id`, at an address of its own, which names `controller`.
///
/// That it does so is its own word: whose address it is, the caller has to judge.
///
/// # Errors
/// [`MethodError`].
///
/// Spec: OB3-OV-16, CRED-KEY-3.
pub fn lone_method(
    document: &Value,
    controller: &str,
    method_id: &Iri,
) -> Result<VerificationMethod, MethodError> {
    let method = document.as_object().ok_or(MethodError::NoDocument)?;
    let named = |name: &str| method.get(name).and_then(Value::as_str);
    if named("id") != Some(method_id.as_str()) {
        return Err(MethodError::DocumentId);
    }
    if named("controller") != Some(controller) {
        return Err(MethodError::Controller);
    }
    Ok(VerificationMethod {
        id: method_id.clone(),
        controller: Iri::parse(controller).map_err(|_| MethodError::Controller)?,
        key: read_key(method)?,
        revoked: read_moment(method, "revoked")?,
        expires: read_moment(method, "expires")?,
    })
}

fn find_wanted(
    document: &Value,
    controller: &str,
    wanted: &Wanted<'_>,
    method_id: &Iri,
    relationship: Relationship,
) -> Result<VerificationMethod, MethodError> {
    let document_id = document.get("id").and_then(Value::as_str).ok_or(MethodError::NoDocument)?;
    if document_id != controller {
        return Err(MethodError::DocumentId);
    }
    let mut found = Vec::new();
    wanted.collect(document, DEPTH_MAX, &mut found)?;
    // The same method may be written out twice; two methods under one id would be read as either.
    found.dedup();
    let method = match found.as_slice() {
        [method] => *method,
        [] => return Err(MethodError::NotFound),
        _ => return Err(MethodError::Ambiguous),
    };
    if method.get("controller").and_then(Value::as_str) != Some(document_id) {
        return Err(MethodError::Controller);
    }
    if !wanted.is_listed(document.get(relationship.name())) {
        return Err(MethodError::NotInRelationship);
    }
    Ok(VerificationMethod {
        id: method_id.clone(),
        controller: Iri::parse(document_id).map_err(|_| MethodError::NoDocument)?,
        key: read_key(method)?,
        revoked: read_moment(method, "revoked")?,
        expires: read_moment(method, "expires")?,
    })
}

/// The id that is looked for, in the two spellings a document may use.
struct Wanted<'a> {
    absolute: &'a str,
    /// What follows `#`, where the id is in the document's own name space.
    fragment: Option<&'a str>,
}

impl Wanted<'_> {
    fn is_id(&self, id: &Value) -> bool {
        id.as_str().is_some_and(|id| {
            let bare = id.strip_prefix('#');
            id == self.absolute || bare.is_some() && bare == self.fragment
        })
    }

    /// Gathers every object of that id, wherever it stands. An object without a type is a mere reference.
    fn collect<'d>(
        &self,
        value: &'d Value,
        depth: u8,
        found: &mut Vec<&'d Map<String, Value>>,
    ) -> Result<(), MethodError> {
        let depth = depth.checked_sub(1).ok_or(MethodError::NoDocument)?;
        match value {
            Value::Object(members) => {
                if members.contains_key("type")
                    && members.get("id").is_some_and(|id| self.is_id(id))
                {
                    found.push(members);
                }
                members.values().try_for_each(|member| self.collect(member, depth, found))
            }
            Value::Array(items) => {
                items.iter().try_for_each(|item| self.collect(item, depth, found))
            }
            _ => Ok(()),
        }
    }

    fn is_listed(&self, relationship: Option<&Value>) -> bool {
        let entry_is_it = |entry: &Value| match entry {
            Value::Object(members) => members.get("id").is_some_and(|id| self.is_id(id)),
            text => self.is_id(text),
        };
        match relationship {
            Some(Value::Array(entries)) => entries.iter().any(entry_is_it),
            Some(entry) => entry_is_it(entry),
            None => false,
        }
    }
}

fn read_key(method: &Map<String, Value>) -> Result<PublicKey, MethodError> {
    if SECRET_MEMBERS.iter().any(|name| method.contains_key(*name)) {
        return Err(MethodError::Key(KeyError::SecretMember));
    }
    let multibase = method.get("publicKeyMultibase");
    let jwk = method.get("publicKeyJwk");
    if multibase.is_some() && jwk.is_some() {
        return Err(MethodError::Ambiguous);
    }
    let key = match method.get("type").and_then(Value::as_str) {
        Some(kind @ ("Multikey" | "Ed25519VerificationKey2020")) => {
            let text = multibase.and_then(Value::as_str);
            let text = text.ok_or(MethodError::Member("publicKeyMultibase"))?;
            match PublicKey::from_multikey(text) {
                Ok(PublicKey::Ed25519(key)) => Ok(PublicKey::Ed25519(key)),
                Ok(_) if kind == "Ed25519VerificationKey2020" => {
                    return Err(MethodError::Member("publicKeyMultibase"));
                }
                read => read,
            }
        }
        Some("JsonWebKey" | "JsonWebKey2020") => {
            PublicKey::from_jwk(jwk.ok_or(MethodError::Member("publicKeyJwk"))?)
        }
        Some(_) => return Err(MethodError::UnknownType),
        None => return Err(MethodError::Member("type")),
    };
    key.map_err(MethodError::Key)
}

fn read_moment(
    method: &Map<String, Value>,
    name: &'static str,
) -> Result<Option<Timestamp>, MethodError> {
    let Some(value) = method.get(name) else { return Ok(None) };
    let text = value.as_str().ok_or(MethodError::Member(name))?;
    let moment = Timestamp::parse(text);
    moment.map(Some).map_err(|TimestampError { .. }| MethodError::Member(name))
}

/// Why a document does not give the key that a proof names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MethodError {
    /// The method id has no fragment.
    #[error("the verification method is not an address with a `#` and a name")]
    NoFragment,
    /// The document is not an object with an `id`.
    #[error("the controller document is not an object with an `id`")]
    NoDocument,
    /// The document says that it is another.
    #[error("the controller document has another `id` than the one that was asked for")]
    DocumentId,
    /// No object of the document has the id.
    #[error("the controller document does not have this verification method")]
    NotFound,
    /// Two objects have the id and differ, or one has two keys.
    #[error("the controller document has two keys under the name of one")]
    Ambiguous,
    /// The method is controlled by somebody else.
    #[error("the verification method names another controller than its document")]
    Controller,
    /// The key is not published for this use.
    #[error("the controller document does not list the key for this use")]
    NotInRelationship,
    /// A type we cannot check.
    #[error("the verification method is of a type that is not known")]
    UnknownType,
    /// A member is missing or malformed.
    #[error("the member `{0}` of the verification method is missing or malformed")]
    Member(&'static str),
    /// The key is malformed, or its secret half is published.
    #[error("{0}")]
    Key(KeyError),
}

impl MethodError {
    /// The name of the error in Controlled Identifiers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoFragment => "INVALID_VERIFICATION_METHOD_URL",
            Self::NoDocument => "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
            Self::DocumentId => "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID",
            Self::NotInRelationship => "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD",
            Self::NotFound
            | Self::Ambiguous
            | Self::Controller
            | Self::UnknownType
            | Self::Member(_)
            | Self::Key(_) => "INVALID_VERIFICATION_METHOD",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::key::SigningKey;

    const DID: &str = "did:web:badges.example:issuers:club";
    const ASSERTION: Relationship = Relationship::AssertionMethod;

    fn key(seed: u8) -> PublicKey {
        SigningKey::from_seed(&[seed; 32]).public()
    }

    fn id() -> Iri {
        Iri::parse(&format!("{DID}#k1")).unwrap()
    }

    fn method() -> Value {
        json!({"id": id(), "type": "Multikey", "controller": DID,
            "publicKeyMultibase": key(1).to_multikey()})
    }

    fn document() -> Value {
        json!({"id": DID, "verificationMethod": [method()], "assertionMethod": [id()]})
    }

    fn find(document: &Value) -> Result<VerificationMethod, MethodError> {
        find_method(document, &id(), ASSERTION)
    }

    fn changed(pointer: &str, value: Value) -> Result<VerificationMethod, MethodError> {
        let mut document = document();
        *document.pointer_mut(pointer).unwrap() = value;
        find(&document)
    }

    fn with(name: &str, value: Value) -> Result<VerificationMethod, MethodError> {
        let mut document = document();
        document["verificationMethod"][0][name] = value;
        find(&document)
    }

    /// CRED-KEY-2, CRED-DIDWEB-7.
    #[test]
    fn a_method_is_found_in_every_place_and_spelling() {
        let mut relative = method();
        relative["id"] = json!("#k1");
        for document in [
            document(),
            json!({"id": DID, "verificationMethod": [method()], "assertionMethod": ["#k1"]}),
            json!({"id": DID, "verificationMethod": [method()], "assertionMethod": id()}),
            json!({"id": DID, "verificationMethod": method(), "assertionMethod": [{"id": id()}]}),
            json!({"id": DID, "assertionMethod": [method()]}),
            json!({"id": DID, "assertionMethod": [relative.clone()]}),
            json!({"id": DID, "verificationMethod": [relative], "assertionMethod": [id()]}),
            json!({"id": DID, "verificationMethod": [method()], "assertionMethod": [method()]}),
            json!({"id": DID, "authentication": [method()], "assertionMethod": [id()]}),
        ] {
            let found = find(&document).unwrap_or_else(|error| panic!("{document}: {error}"));
            assert_eq!((found.key, found.controller.as_str()), (key(1), DID));
        }
    }

    /// CRED-KEY-6.
    #[test]
    fn the_other_method_types_are_read() {
        let mut document = document();
        document["verificationMethod"][0]["type"] = json!("Ed25519VerificationKey2020");
        assert_eq!(find(&document).unwrap().key, key(1));
        document["verificationMethod"] = json!([{"id": id(), "type": "JsonWebKey",
            "controller": DID, "publicKeyJwk": key(2).to_jwk()}]);
        assert_eq!(find(&document).unwrap().key, key(2));
    }

    /// CRED-KEY-4.
    #[test]
    fn the_end_of_a_key_is_told() {
        let found = with("revoked", json!("2025-05-02T00:00:00Z")).unwrap();
        assert_eq!(found.revoked, Timestamp::parse("2025-05-02T00:00:00Z").ok());
        let found = with("expires", json!("2026-05-02T00:00:00Z")).unwrap();
        assert_eq!(found.expires, Timestamp::parse("2026-05-02T00:00:00Z").ok());
        assert_eq!(with("revoked", json!("2025-05-02")), Err(MethodError::Member("revoked")));
        assert_eq!(with("revoked", json!(true)), Err(MethodError::Member("revoked")));
    }

    /// CRED-KEY-1, step by step.
    #[test]
    fn each_step_of_the_retrieval_has_its_own_refusal() {
        let bare = Iri::parse(DID).unwrap();
        let refused = find_method(&document(), &bare, ASSERTION).unwrap_err();
        assert_eq!(refused.name(), "INVALID_VERIFICATION_METHOD_URL");
        let empty = Iri::parse(&format!("{DID}#")).unwrap();
        assert_eq!(find_method(&document(), &empty, ASSERTION), Err(MethodError::NoFragment));
        assert_eq!(find(&json!([document()])), Err(MethodError::NoDocument));
        assert_eq!(changed("/id", json!("did:web:evil.example")), Err(MethodError::DocumentId));
        assert_eq!(changed("/verificationMethod", json!([])), Err(MethodError::NotFound));
        let absolute_of_other = json!("did:web:evil.example#k1");
        assert_eq!(
            changed("/verificationMethod/0/id", absolute_of_other),
            Err(MethodError::NotFound)
        );
        assert_eq!(with("controller", json!("did:web:evil.example")), Err(MethodError::Controller));
        assert_eq!(with("controller", json!(null)), Err(MethodError::Controller));
        assert_eq!(changed("/assertionMethod", json!([])), Err(MethodError::NotInRelationship));
        assert_eq!(
            find_method(&document(), &id(), Relationship::Authentication),
            Err(MethodError::NotInRelationship)
        );
    }

    #[test]
    fn two_keys_under_one_name_are_refused() {
        let mut other = method();
        other["publicKeyMultibase"] = json!(key(2).to_multikey());
        let methods = json!([method(), other]);
        assert_eq!(changed("/verificationMethod", methods), Err(MethodError::Ambiguous));
        assert_eq!(changed("/assertionMethod", json!([other])), Err(MethodError::Ambiguous));
        assert_eq!(with("publicKeyJwk", key(1).to_jwk()), Err(MethodError::Ambiguous));
    }

    /// CRED-KEY-3, CRED-KEY-5.
    #[test]
    fn a_method_without_a_usable_key_is_refused_for_its_reason() {
        let secret = Err(MethodError::Key(KeyError::SecretMember));
        assert_eq!(with("secretKeyMultibase", json!("z3u2")), secret);
        assert_eq!(
            with("type", json!("EcdsaSecp256k1VerificationKey2019")),
            Err(MethodError::UnknownType)
        );
        assert_eq!(with("type", json!(["Multikey"])), Err(MethodError::Member("type")));
        assert_eq!(
            with("publicKeyMultibase", json!(1)),
            Err(MethodError::Member("publicKeyMultibase"))
        );
        assert_eq!(
            with("publicKeyMultibase", json!("z11")),
            Err(MethodError::Key(KeyError::UnknownType))
        );
        assert_eq!(with("type", json!("JsonWebKey")), Err(MethodError::Member("publicKeyJwk")));
    }

    #[test]
    fn a_document_of_endless_depth_is_not_searched() {
        let deep = (0..200).fold(json!({}), |inner, _| json!([inner]));
        let mut document = document();
        document["service"] = deep;
        assert_eq!(find(&document), Err(MethodError::NoDocument));
    }
}
