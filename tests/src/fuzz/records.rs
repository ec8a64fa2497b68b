//! Records and pictures: JSON, statements, canonical forms, lists of withdrawals, PNG, SVG.

use openbadges::bake::{Kind, Record, Slot, bake, check_svg, extract};
use openbadges::jsonld::{ContextStore, to_rdf, to_rdf_reporting};
use openbadges::rdf::nquads;
use openbadges::rdfc::{Options, RdfcError, Reading, canonicalize};
use openbadges::status::{Bitstring, DecodeBounds, StatusEntry, StatusList};
use openbadges::{jcs, json, ob2, ob3};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::hostile;
use crate::issuer::Issuer;

/// The door is narrower than `serde_json` and reads the same; the canonical form is read back and is its own (CRED-SAFE-9,
/// CRED-JCS-4).
pub(super) fn json(bytes: &[u8]) {
    let Ok(value) = json::parse(bytes) else { return };
    let lenient: Value = match serde_json::from_slice(bytes) {
        Ok(lenient) => lenient,
        Err(error) => panic!("the strict door lets in what is no JSON: {error}"),
    };
    // `-0` is 0 for one and -0.0 for the other; canonically it is 0.
    let canonical = jcs::canonicalize(&value);
    assert_eq!(canonical, jcs::canonicalize(&lenient), "the two readers differ");
    let again: Value = match serde_json::from_str(&canonical) {
        Ok(again) => again,
        Err(error) => panic!("the canonical form is no JSON: {error}"),
    };
    assert_eq!(jcs::canonicalize(&again), canonical, "the canonical form is not its own");
}

/// Statements are written and read back, and have one canonical form in each reading (CRED-RDFC-1, CRED-RDFC-7).
pub(super) fn jsonld(bytes: &[u8]) {
    let Ok(value) = json::parse(bytes) else { return };
    let _older = to_rdf_reporting(&value, ContextStore::embedded_april_2025());
    let Ok(statements) = to_rdf(&value, ContextStore::embedded()) else { return };
    let options = Options::default();
    let Ok(canonical) = canonicalize(&statements, &options) else { return };
    let read = match nquads::parse(&canonical.nquads) {
        Ok(read) => read,
        Err(error) => panic!("canonical statements cannot be read: {error:?}"),
    };
    assert_eq!(read.len(), statements.len(), "a statement was lost");
    stable(&canonical.nquads);
}

/// A canonical form is its own canonical form, whatever the nodes were called.
pub(super) fn rdfc(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(statements) = nquads::parse(text) else { return };
    for reading in [Reading::List, Reading::Set] {
        let options = Options { reading, ..Options::default() };
        if let Ok(canonical) = canonicalize(&statements, &options)
            && !canonical.readings_may_differ
        {
            stable(&canonical.nquads);
        }
    }
}

fn stable(canonical: &str) {
    let Ok(read) = nquads::parse(canonical) else { panic!("{canonical} cannot be read") };
    match canonicalize(&read, &Options::default()) {
        Ok(again) => assert_eq!(again.nquads, canonical, "a canonical form is not its own"),
        // The labels changed, so the permutations come in another order and may cost a little more.
        Err(RdfcError::TooComplex) => {}
        Err(error) => panic!("{error}"),
    }
}

/// Every reader of a record's members.
pub(super) fn shapes(bytes: &[u8]) {
    let Ok(value) = json::parse(bytes) else { return };
    let _credential = ob3::shape::of_credential(&value);
    let _entry = StatusEntry::parse(&value);
    let _list = StatusList::parse(&value, &DecodeBounds { inflated_bytes_max: 1 << 16 });
    let _endorsement = ob3::shape::of_endorsement(&value);
    kept::<ob2::Assertion>(&value);
    kept::<ob2::BadgeClass>(&value);
    kept::<ob2::Profile>(&value);
    kept::<ob2::RevocationList>(&value);
    kept::<ob3::OpenBadgeCredential>(&value);
}

/// What a type reads it writes, and reads to the same again.
fn kept<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(value: &Value) {
    let Ok(read) = serde_json::from_value::<T>(value.clone()) else { return };
    let Ok(written) = serde_json::to_value(&read) else { panic!("{read:?} cannot be written") };
    match serde_json::from_value::<T>(written) {
        Ok(again) => assert_eq!(again, read, "a member was lost"),
        Err(error) => panic!("what was written cannot be read: {error}"),
    }
}

/// What is decoded is encoded to the same bits (CRED-BSL-12).
pub(super) fn bitstring(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let bounds = DecodeBounds { inflated_bytes_max: 1 << 16 };
    let _older = Bitstring::decode_2021(text, &bounds);
    let Ok(bits) = Bitstring::decode(text, &bounds) else { return };
    assert!(bits.bytes().len() <= bounds.inflated_bytes_max, "the bound does not hold");
    let wide = DecodeBounds::default();
    assert_eq!(Bitstring::decode(&bits.encode(), &wide).as_ref(), Ok(&bits));
}

/// A picture that can be read carries a new record, and gives back exactly that one (OB2-BAKE-18, OB3-BAKE-2).
pub(super) fn picture(bytes: &[u8]) {
    let _unfit = check_svg(bytes);
    if extract(bytes).is_err() {
        return;
    }
    assert!(Kind::detect(bytes).is_ok(), "what was read is a picture");
    let text = r#"{"id":"urn:x:1"}"#;
    let Ok(record) = Record::new(Slot::OpenBadges3, text) else { panic!("the record is one") };
    let Ok(baked) = bake(bytes, &[record]) else { return };
    match extract(&baked) {
        Ok(read) => match read.get(Slot::OpenBadges3) {
            Ok(Some(found)) => assert_eq!(found.text, text),
            other => panic!("what was baked is not found: {other:?}"),
        },
        Err(error) => panic!("what was baked cannot be read: {error}"),
    }
}

pub(super) fn json_seeds() -> Vec<Vec<u8>> {
    hostile(|bytes| bytes.first() == Some(&b'{'))
}

pub(super) fn rdfc_seeds() -> Vec<Vec<u8>> {
    let cliques = [
        "_:a <urn:p> _:b .\n_:b <urn:p> _:c .\n_:c <urn:p> _:a .\n",
        "_:a <urn:p> _:b _:g .\n_:b <urn:q> \"x\"@fr _:g .\n",
        "<urn:s> <urn:p> \"a\\u00e9\\n\\\"\"^^<http://www.w3.org/2001/XMLSchema#date> <urn:g> .\n",
        "_:a <urn:p> _:a .\n_:b <urn:p> _:b .\n",
    ];
    let badges = json_seeds().into_iter().filter_map(|bytes| {
        let statements = to_rdf(&json::parse(&bytes).ok()?, ContextStore::embedded()).ok()?;
        Some(canonicalize(&statements, &Options::default()).ok()?.nquads.into_bytes())
    });
    badges.take(20).chain(cliques.map(|text| text.as_bytes().to_vec())).collect()
}

pub(super) fn bitstring_seeds() -> Vec<Vec<u8>> {
    let mut bits = Bitstring::new(4096);
    let empty = bits.encode();
    let _in_range = bits.set(77);
    vec![empty.into_bytes(), bits.encode().into_bytes(), b"uH4sIAAAAAAAA_w".to_vec()]
}

pub(super) fn png_seeds() -> Vec<Vec<u8>> {
    hostile(|bytes| bytes.starts_with(b"\x89PNG"))
}

pub(super) fn svg_seeds() -> Vec<Vec<u8>> {
    let honest = Issuer::new().award().to_string();
    let mut seeds = hostile(|bytes| bytes.first() == Some(&b'<'));
    seeds.retain(|seed| seed.len() < honest.len() * 2);
    seeds
}
