//! Tokens, keys, names, and the files people write.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use openbadges::did::Did;
use openbadges::iri::{BaseUrl, Iri};
use openbadges::key::PublicKey;
use openbadges::multibase;
use openbadges::proof::jws::Jws;
use openbadges::recipient::{Identity, NameSalt, PrivateLink, RecipientHash, Salt};
use openbadges::time::{DateTime, Timestamp};
use serde_json::Value;

use super::hostile;
use crate::issuer::{Issuer, key};
use crate::token::pem;

/// A signature holds for the tokens that were signed, letter by letter, and for no other text (CRED-JOSE-8, CRED-JOSE-9).
pub(super) fn token(bytes: &[u8]) {
    static SIGNED: OnceLock<BTreeSet<String>> = OnceLock::new();
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(jws) = Jws::parse(text) else { return };
    let signed = SIGNED.get_or_init(|| {
        token_seeds().into_iter().filter_map(|seed| String::from_utf8(seed).ok()).collect()
    });
    if jws.verify(&key(7).public()).is_ok() {
        assert!(signed.contains(text), "a signature holds for another text");
    }
}

/// A key, a DID and a multibase text have one spelling (CRED-KEY-3, CRED-DIDKEY-1, CRED-DIDWEB-1).
pub(super) fn keys(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(decoded) = multibase::decode_base58btc(text) {
        assert_eq!(multibase::base58btc(&decoded), text);
    }
    if let Ok(decoded) = multibase::decode_base64url(text) {
        assert_eq!(multibase::base64url(&decoded), text);
    }
    let _other = multibase::decode(text);
    if let Ok(key) = PublicKey::from_multikey(text) {
        assert_eq!(key.to_multikey(), text);
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()).as_ref(), Ok(&key));
    }
    let _pem = PublicKey::from_pem(text);
    if let Ok(jwk) = openbadges::json::parse(bytes)
        && let Ok(key) = PublicKey::from_jwk(&jwk)
    {
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()).as_ref(), Ok(&key));
    }
    match Did::parse(text) {
        Ok(Did::Web(did)) => {
            let url = did.document_url();
            assert!(url.as_str().starts_with("https://"), "{url} is not safe");
            assert!(!did.host().is_empty());
        }
        Ok(Did::Key(did)) => assert_eq!(did.to_string(), text),
        Ok(_) | Err(_) => {}
    }
}

/// Names, addresses and moments are written as they are read.
pub(super) fn names(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(iri) = Iri::parse(text) {
        assert_eq!(iri.as_str(), text);
        let (before, fragment) = iri.split_fragment();
        assert_eq!(before.len() + fragment.map_or(0, |fragment| fragment.len() + 1), text.len());
    }
    if let Ok(base) = BaseUrl::parse(text) {
        assert_eq!(BaseUrl::parse(base.as_str()).as_ref(), Ok(&base));
    }
    if let Ok(moment) = Timestamp::parse(text) {
        // Written to the second.
        let written = moment.to_string();
        assert_eq!(Timestamp::parse(&written).map(|again| again.to_string()), Ok(written));
    }
    if let Ok(written) = DateTime::parse(text) {
        assert_eq!(written.as_str(), text);
    }
    if let Ok(hash) = RecipientHash::parse(text) {
        assert_eq!(RecipientHash::parse(&hash.to_string()), Ok(hash));
    }
    let _link = PrivateLink::parse(text);
    let _salts = (Salt::parse(text).is_ok(), NameSalt::parse(text).is_ok());
    if let Ok(email) = Identity::email(text) {
        assert_eq!(
            Identity::email(email.as_str()).map(|again| again.as_str().to_owned()),
            Ok(email.as_str().to_owned())
        );
    }
}

/// The files of an issuer's repository.
pub(super) fn yaml(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Err(error) = accolade::load::yaml::parse(text) {
        assert!(!error.problem.as_str().is_empty());
    }
}

/// Sheets of people, in any letters.
pub(super) fn csv(bytes: &[u8]) {
    match accolade::sheet::read(bytes) {
        Ok(sheet) => assert!(sheet.rows.len() <= accolade::sheet::ROWS_MAX),
        Err(problems) => assert!(!problems.is_empty(), "refused without a word"),
    }
}

pub(super) fn token_seeds() -> Vec<Vec<u8>> {
    hostile(|bytes| bytes.starts_with(b"ey"))
}

pub(super) fn key_seeds() -> Vec<Vec<u8>> {
    let mut club = Issuer::new();
    let public = club.key().public();
    let texts = [
        public.to_multikey(),
        public.to_jwk().to_string(),
        pem(&public),
        club.did(),
        format!("did:key:{}", public.to_multikey()),
        "did:web:badges.example%3A8443:issuers:club".to_owned(),
        "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv".to_owned(),
        "uAQID".to_owned(),
        club.award()
            .pointer("/proof/0/proofValue")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
    ];
    texts.map(String::into_bytes).to_vec()
}

pub(super) fn name_seeds() -> Vec<Vec<u8>> {
    [
        "https://badges.example/a/1/?x=1#n=Aliz%C3%A9e&s=0123456789abcdefghjkmnpqrs",
        "n=Aliz%C3%A9e%20C&s=0123456789abcdefghjkmnpqrs",
        "https://xn--caf-dma.example/site",
        "2026-03-12T10:00:00.123+02:00",
        "2026-12-31T23:59:60Z",
        "2026-03-12",
        "sha256$5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
        "Alizee.CANULAR+tag@Personnes.example",
        "urn:uuid:6a0d6a2e-0000-4000-8000-00000000000a",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

pub(super) fn yaml_seeds() -> Vec<Vec<u8>> {
    ["accolade.yaml", "badges/classes", "badges/issuers", "badges/revocations"]
        .iter()
        .flat_map(|place| walkdir::WalkDir::new(crate::workspace().join(place)).sort_by_file_name())
        .filter_map(|entry| std::fs::read(entry.ok()?.path()).ok())
        .filter(|bytes| {
            bytes.len() < super::SEED_BYTES_MAX && bytes.is_ascii() | str::from_utf8(bytes).is_ok()
        })
        .take(60)
        .collect()
}

pub(super) fn csv_seeds() -> Vec<Vec<u8>> {
    vec![
        "email,name,date\na@b.example,Alizée,2026-03-12\n".into(),
        "E-mail;Nom;Date\r\n\"a@b.example\";\"Alizée \"\"Zou\"\"\";12/03/2026\r\n".into(),
        "\u{feff}courriel\tnom\na@b.example\tZo\u{eb}\n".into(),
        b"email;nom\na@b.example;Zo\xeb\n".to_vec(),
        b"\xff\xfee\0m\0a\0i\0l\0\n\0".to_vec(),
    ]
}
