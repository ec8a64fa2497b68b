//! `did:key`: the public key is the identifier, and the document follows from it.

use std::fmt;

use serde_json::{Value, json};

use crate::iri::Iri;
use crate::key::{KeyError, PublicKey};
use crate::multibase;

/// The multicodec prefixes of key types, with the length of the raw key where it is fixed.
///
/// Spec: CRED-CONST-13, CRED-DIDKEY-2.
const KEY_TYPES: [(KeyType, [u8; 2], Option<usize>); 8] = [
    (KeyType::Ed25519, [0xed, 0x01], Some(32)),
    (KeyType::X25519, [0xec, 0x01], Some(32)),
    (KeyType::P256, [0x80, 0x24], Some(33)),
    (KeyType::P384, [0x81, 0x24], Some(49)),
    (KeyType::P521, [0x82, 0x24], Some(67)),
    (KeyType::Secp256k1, [0xe7, 0x01], Some(33)),
    (KeyType::Bls12381G2, [0xeb, 0x01], Some(96)),
    (KeyType::Rsa, [0x85, 0x24], None),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyType {
    Ed25519,
    X25519,
    P256,
    P384,
    P521,
    Secp256k1,
    Bls12381G2,
    Rsa,
}

/// A `did:key` identifier whose multibase text holds a key of a known type and the right length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DidKey {
    identifier: Box<str>,
    multikey: Box<str>,
    key_type: KeyType,
}

impl DidKey {
    /// Reads what follows `did:key:`: a multibase text, with or without the version `1.1` in front.
    pub(super) fn parse(identifier: &str) -> Result<Self, DidKeyError> {
        let multikey = match identifier.split_once(':') {
            None => identifier,
            Some(("1.1", multikey)) => multikey,
            Some(_) => return Err(DidKeyError::Version),
        };
        let bytes = multibase::decode_base58btc(multikey).map_err(|_| DidKeyError::Multibase)?;
        let known = KEY_TYPES.iter().find_map(|(key_type, prefix, length)| {
            bytes.strip_prefix(prefix).map(|raw| (*key_type, raw, *length))
        });
        let (key_type, raw, length) = known.ok_or(DidKeyError::UnknownType)?;
        if length.is_some_and(|length| length != raw.len()) {
            return Err(DidKeyError::Length);
        }
        Ok(Self { identifier: identifier.into(), multikey: multikey.into(), key_type })
    }

    /// The `did:key` of a public key.
    #[must_use]
    pub fn of(key: &PublicKey) -> Self {
        let multikey: Box<str> = key.to_multikey().into();
        let key_type = match key {
            PublicKey::Ed25519(_) => KeyType::Ed25519,
            PublicKey::P256(_) => KeyType::P256,
            PublicKey::P384(_) => KeyType::P384,
            PublicKey::Rsa(_) => KeyType::Rsa,
        };
        Self { identifier: multikey.clone(), multikey, key_type }
    }

    /// The key that checks signatures.
    ///
    /// # Errors
    /// [`KeyError`] when the key is of a type we do not check, or no point of its curve.
    pub fn public_key(&self) -> Result<PublicKey, KeyError> {
        PublicKey::from_multikey(&self.multikey)
    }

    /// The id of its one verification method.
    ///
    /// Spec: CRED-DIDKEY-3.
    #[must_use]
    pub fn method_id(&self) -> String {
        format!("{self}#{}", self.multikey)
    }

    /// Whether `method` names this DID's key. The bare DID is no method id; it is tolerated where the issuer is that
    /// very DID, because then nothing else could be meant.
    ///
    /// Spec: CRED-DIDKEY-5.
    #[must_use]
    pub fn is_named_by(&self, method: &Iri) -> bool {
        method.as_str() == self.method_id() || method.as_str() == self.to_string()
    }
}

impl fmt::Display for DidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "did:key:{}", self.identifier)
    }
}

/// The DID document that a `did:key` stands for.
///
/// A key-agreement key (X25519) is listed as such and under no relationship that signs; nothing is derived.
///
/// Spec: CRED-DIDKEY-3.
#[must_use]
pub fn did_key_document(did: &DidKey) -> Value {
    let (id, method) = (did.to_string(), did.method_id());
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": id,
        "verificationMethod": [{
            "id": method,
            "type": "Multikey",
            "controller": id,
            "publicKeyMultibase": did.multikey,
        }],
    });
    let relationships: &[&str] = match did.key_type {
        KeyType::X25519 => &["keyAgreement"],
        _ => &["authentication", "assertionMethod", "capabilityDelegation", "capabilityInvocation"],
    };
    if let Some(members) = document.as_object_mut() {
        members.extend(relationships.iter().map(|name| ((*name).to_owned(), json!([method]))));
    }
    document
}

/// Why a text is no `did:key`.
///
/// Spec: CRED-DIDKEY-1, CRED-DIDKEY-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DidKeyError {
    /// A version other than 1.1.
    #[error("this version of `did:key` is not known")]
    Version,
    /// The text is not base58btc multibase.
    #[error("a `did:key` is a multibase text that begins with `z`")]
    Multibase,
    /// The prefix is that of no key type at all. A type that is known and that we do not check is told by
    /// [`DidKey::public_key`].
    #[error("the `did:key` holds no key of a known type")]
    UnknownType,
    /// The key has not the length of its type.
    #[error("the `did:key` holds a key of the wrong length")]
    Length,
}

impl DidKeyError {
    /// The name of the error in the `did:key` method.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Version | Self::Multibase | Self::UnknownType => "invalidDid",
            Self::Length => "invalidPublicKeyLength",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Did;
    use super::super::{MethodError, Relationship, find_method};
    use super::*;
    use crate::key::SigningKey;

    fn did() -> DidKey {
        DidKey::of(&SigningKey::from_seed(&[3; 32]).public())
    }

    #[test]
    fn the_key_of_a_did_is_found_in_the_document_it_stands_for() {
        let document = did_key_document(&did());
        let method_id = Iri::parse(&did().method_id()).unwrap();
        let method = find_method(&document, &method_id, Relationship::AssertionMethod).unwrap();
        assert_eq!(Ok(method.key), did().public_key());
        assert!(did().is_named_by(&method_id));
        assert!(did().is_named_by(&Iri::parse(&did().to_string()).unwrap()));
        assert!(!did().is_named_by(&Iri::parse(&format!("{}#key-1", did())).unwrap()));
    }

    #[test]
    fn version_1_1_is_read_and_keeps_its_spelling() {
        let text = format!("did:key:1.1:{}", did().multikey);
        let Ok(Did::Key(versioned)) = Did::parse(&text) else { panic!("{text} is a did:key") };
        assert_eq!(versioned.to_string(), text);
        assert_eq!(versioned.public_key(), did().public_key());
    }

    /// CRED-DIDKEY-3.
    #[test]
    fn a_key_agreement_key_asserts_nothing() {
        let did = DidKey::parse("z6LSbgBAXJos6Tik6PNmXeWxKbDUr9Y7hcB9syigVTeXiNmn").unwrap();
        let method_id = Iri::parse(&did.method_id()).unwrap();
        assert_eq!(
            find_method(&did_key_document(&did), &method_id, Relationship::AssertionMethod),
            Err(MethodError::NotInRelationship)
        );
        assert_eq!(did.public_key(), Err(KeyError::UnknownType));
    }

    #[test]
    fn a_malformed_did_key_is_refused_for_its_reason() {
        let of = |bytes: &[u8]| DidKey::parse(&multibase::base58btc(bytes));
        assert_eq!(of(&[0xed, 0x01, 1]), Err(DidKeyError::Length));
        assert_eq!(of(&[0xed, 0x02, 1]), Err(DidKeyError::UnknownType));
        assert_eq!(DidKey::parse(""), Err(DidKeyError::Multibase));
        assert_eq!(DidKey::parse("1.2:z6Mk"), Err(DidKeyError::Version));
    }
}
