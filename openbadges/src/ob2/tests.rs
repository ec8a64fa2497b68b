//! Every property of the tables, in and out; what is written; and what is refused.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;
use crate::iri::Iri;
use crate::member::{Extra, Link};
use crate::time::DateTime;

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn refused<T: DeserializeOwned + fmt::Debug>(value: Value) -> String {
    serde_json::from_value::<T>(value).unwrap_err().to_string()
}

fn written(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn iri(text: &str) -> Iri {
    Iri::parse(text).unwrap()
}

fn any() -> Value {
    json!({"related": ["https://a.example/b", {"type": "BadgeClass", "id": "https://a.example/c", "@language": "en", "version": 2}],
        "version": "1", "endorsement": "https://b.example/e.json"})
}

fn with_any(mut value: Value) -> Value {
    value.as_object_mut().unwrap().extend(any().as_object().unwrap().clone());
    value
}

fn image() -> Value {
    json!({"id": "https://a.example/i.png", "type": "schema:ImageObject", "caption": "c", "author": "https://a.example/"})
}

fn verification() -> Value {
    json!({"type": "VerificationObject", "verificationProperty": "id", "startsWith": "https://a.example/a/",
        "allowedOrigins": ["a.example", "b.example"], "creator": "https://a.example/k.json"})
}

fn recipient() -> Value {
    json!({"type": "email", "hashed": true, "salt": "Kosher",
        "identity": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"})
}

fn evidence() -> Value {
    json!({"type": "Evidence", "id": "https://a.example/e", "name": "n", "narrative": "n",
        "description": "d", "genre": "g", "audience": "a"})
}

fn criteria() -> Value {
    json!({"type": "Criteria", "id": "https://a.example/c/", "narrative": "n"})
}

fn alignment() -> Value {
    json!({"type": "AlignmentObject", "targetName": "n", "targetUrl": "https://a.example/f",
        "targetDescription": "d", "targetFramework": "f", "targetCode": "c"})
}

fn profile() -> Value {
    with_any(json!({"@context": CONTEXT, "id": "https://a.example/issuer.json", "type": "Issuer",
        "@language": "fr", "name": "n", "url": "https://a.example/", "email": "e@a.example",
        "telephone": "+33100000000", "description": "d", "image": image(),
        "publicKey": "https://a.example/k.json", "verification": verification(),
        "revocationList": "https://a.example/r.json"}))
}

fn badge_class() -> Value {
    with_any(json!({"@context": CONTEXT, "id": "https://a.example/b.json", "type": "BadgeClass",
        "@language": "fr", "name": "n", "description": "d", "image": "https://a.example/i.png",
        "criteria": criteria(), "issuer": "https://a.example/issuer.json",
        "alignment": [alignment()], "tags": ["accueil"]}))
}

fn assertion() -> Value {
    with_any(json!({"@context": CONTEXT, "id": "https://a.example/a/1.json", "type": "Assertion",
        "@language": "fr", "recipient": recipient(), "badge": "https://a.example/b.json",
        "verification": {"type": "HostedBadge"}, "issuedOn": "2026-03-12T00:00:00Z",
        "expires": "2029-03-12T23:59:59Z", "image": {"id": "https://a.example/a/1.png"},
        "evidence": [evidence(), "https://a.example/e2"], "narrative": "n", "revoked": false,
        "revocationReason": "r", "uid": "u"}))
}

fn endorsement() -> Value {
    with_any(json!({"@context": CONTEXT, "id": "https://b.example/e.json", "type": "Endorsement",
        "@language": "fr",
        "claim": {"id": "https://a.example/b.json", "type": "BadgeClass", "endorsementComment": "c", "email": "e@a.example"},
        "issuer": "https://b.example/issuer.json", "issuedOn": "2026-03-12T00:00:00Z",
        "verification": {"type": "HostedBadge"}, "revoked": true, "revocationReason": "r"}))
}

fn revocation_list() -> Value {
    json!({"@context": CONTEXT, "id": "https://a.example/r.json", "type": "RevocationList",
        "issuer": "https://a.example/issuer.json",
        "revokedAssertions": ["urn:uuid:1",
            {"id": "urn:uuid:2", "type": "Assertion", "uid": "u", "revoked": true, "revocationReason": "r"},
            {"id": "urn:uuid:3", "revoked": false}, {"uid": "old"}]})
}

fn key() -> Value {
    json!({"@context": CONTEXT, "id": "https://a.example/k.json", "type": "CryptographicKey",
        "owner": "https://a.example/issuer.json", "publicKeyPem": "-----BEGIN PUBLIC KEY-----"})
}

#[test]
fn every_property_of_the_tables_is_a_field_and_comes_back_as_it_was() {
    // OB2-ASN-*, OB2-BC-*, OB2-PROF-*, OB2-ID-*, OB2-VER-*, OB2-EVD-*, OB2-IMG-*, OB2-CRIT-*, OB2-ALN-*, OB2-RL-*,
    // OB2-KEY-*, OB2-END-*, OB2-REL-*.
    fn check<T: DeserializeOwned + Serialize>(value: &Value, extra: impl Fn(&T) -> &Extra) {
        let typed: T = read(value.clone());
        assert!(extra(&typed).is_empty(), "an unnamed member in {value}");
        assert_eq!(&written(&typed), value);
    }
    check::<Assertion>(&assertion(), |it| &it.extra);
    check::<BadgeClass>(&badge_class(), |it| &it.extra);
    check::<Profile>(&profile(), |it| &it.extra);
    check::<IdentityObject>(&recipient(), |it| &it.extra);
    check::<VerificationObject>(&verification(), |it| &it.extra);
    check::<Evidence>(&evidence(), |it| &it.extra);
    check::<Image>(&image(), |it| &it.extra);
    check::<Criteria>(&criteria(), |it| &it.extra);
    check::<AlignmentObject>(&alignment(), |it| &it.extra);
    check::<RevocationList>(&revocation_list(), |it| &it.extra);
    check::<CryptographicKey>(&key(), |it| &it.extra);
    check::<Endorsement>(&endorsement(), |it| &it.extra);
    check::<Related>(&any()["related"][1], |it| &it.extra);
    let listed: RevocationList = read(revocation_list());
    let entries = listed.revoked_assertions.iter().filter_map(Link::object);
    assert!(entries.map(|entry| &entry.extra).all(Extra::is_empty));
    let claim: Claim = read(endorsement()["claim"].clone());
    assert_eq!(claim.extra.keys().collect::<Vec<_>>(), ["email"], "a claimed property is kept");
}

#[test]
fn a_hosted_assertion_is_written_in_order_and_without_blanks() {
    // OB2-GEN-2, OB2-GEN-5, OB2-ASN-5.
    let issued = DateTime::parse("2026-03-12T00:00:00Z").unwrap();
    let badge = iri("https://a.example/b.json").into();
    let assertion =
        Assertion::hosted(iri("https://a.example/a/1.json"), read(recipient()), badge, issued);
    assert_eq!(
        serde_json::to_string(&assertion).unwrap(),
        concat!(
            r#"{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/a/1.json","type":"Assertion","#,
            r#""recipient":{"type":"email","hashed":true,"salt":"Kosher","#,
            r#""identity":"sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"},"#,
            r#""badge":"https://a.example/b.json","verification":{"type":"HostedBadge"},"issuedOn":"2026-03-12T00:00:00Z"}"#
        )
    );
}

#[test]
fn an_issuer_and_a_class_are_written_with_what_they_must_have() {
    // OB2-PROF-2 … 5, OB2-BC-1 … 7.
    let id = iri("https://a.example/issuer.json");
    let issuer =
        Profile::issuer(id.clone(), "n".into(), iri("https://a.example/"), "e@a.example".into());
    assert_eq!(
        serde_json::to_string(&issuer).unwrap(),
        concat!(
            r#"{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/issuer.json","type":"Issuer","#,
            r#""name":"n","url":"https://a.example/","email":"e@a.example"}"#
        )
    );
    let image =
        Link::Object(Box::new(Image::new(iri("https://a.example/i.png"), Some("c".into()))));
    let criteria =
        Link::Object(Box::new(Criteria { narrative: Some("n".into()), ..Criteria::default() }));
    let class = BadgeClass::new(
        iri("https://a.example/b.json"),
        "n".into(),
        "d".into(),
        image,
        criteria,
        id.into(),
    );
    assert_eq!(
        serde_json::to_string(&class).unwrap(),
        concat!(
            r#"{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/b.json","type":"BadgeClass","#,
            r#""name":"n","description":"d","image":{"id":"https://a.example/i.png","caption":"c"},"#,
            r#""criteria":{"narrative":"n"},"issuer":"https://a.example/issuer.json"}"#
        )
    );
}

#[test]
fn links_may_be_embedded() {
    // OB2-GEN-9.
    let mut value = assertion();
    value["badge"] = badge_class();
    value["badge"]["issuer"] = profile();
    value["badge"]["issuer"]["publicKey"] = key();
    let typed: Assertion = read(value.clone());
    assert_eq!(written(&typed), value);
    let issuer = typed.badge.object().and_then(|class| class.issuer.object()).unwrap();
    assert!(issuer.public_key.first().and_then(Link::object).is_some());
}

#[test]
fn aliases_are_read_and_the_proper_names_written() {
    // OB2-CONST-8, OB2-ASN-5, OB2-VER-6, OB2-ALN-3.
    let mut value = assertion();
    let object = value.as_object_mut().unwrap();
    object.remove("verification");
    object.insert(
        "verify".into(),
        json!({"type": ["hosted", "extensions:Other"], "url": "https://a.example/a/1.json"}),
    );
    let typed: Assertion = read(value);
    assert!(typed.verification.kind.is_hosted() && !typed.verification.kind.is_signed());
    assert_eq!(typed.verification.extra["url"], "https://a.example/a/1.json");
    assert!(written(&typed).get("verify").is_none());
    let old: AlignmentObject =
        read(json!({"name": "n", "url": "https://a.example/f", "description": "d"}));
    let new =
        json!({"targetName": "n", "targetUrl": "https://a.example/f", "targetDescription": "d"});
    assert_eq!(written(&old), new);
    for (kind, is_signed) in [("SignedBadge", true), ("signed", true), ("HostedBadge", false)] {
        let kind: VerificationType = read(json!(kind));
        assert_eq!((kind.is_signed(), kind.is_hosted()), (is_signed, !is_signed));
    }
}

#[test]
fn texts_with_a_language_are_read() {
    // OB2-I18N-5.
    let text: Text = read(json!({"@value": "Étoile", "@language": "fr"}));
    assert_eq!(text.in_language("en"), "Étoile");
    let text: Text = read(json!({"fr": "Étoile", "en": "Star"}));
    assert_eq!((text.in_language("fr"), text.in_language("es")), ("Étoile", "Star"));
    assert!(serde_json::from_value::<Text>(json!(1)).is_err());
}

#[test]
fn what_a_validator_would_refuse_is_refused() {
    // OB2-ASN-2, OB2-ID-3, OB2-GEN-5, OB2-GEN-6, OB2-VER-1, OB2-RL-4.
    let without = |mut value: Value, name: &str| {
        value.as_object_mut().unwrap().remove(name).unwrap();
        value
    };
    for name in ["id", "type", "recipient", "badge", "verification", "issuedOn"] {
        let words = refused::<Assertion>(without(assertion(), name));
        assert!(words.contains(&format!("missing field `{name}`")), "{words}");
    }
    for name in ["id", "type", "name", "description", "image", "criteria", "issuer"] {
        assert!(refused::<BadgeClass>(without(badge_class(), name)).contains("missing field"));
    }
    for name in ["id", "type", "claim", "issuer", "issuedOn", "verification"] {
        assert!(refused::<Endorsement>(without(endorsement(), name)).contains("missing field"));
    }
    assert!(refused::<IdentityObject>(without(recipient(), "hashed")).contains("`hashed`"));
    assert!(
        refused::<RevocationList>(without(revocation_list(), "revokedAssertions"))
            .contains("missing field")
    );
    for (name, wrong, words) in [
        ("type", json!("BadgeClass"), "`type` lacks `Assertion`"),
        ("type", json!([]), "`type` lacks"),
        ("issuedOn", json!(1_773_273_600), "invalid type"),
        ("issuedOn", json!("2026-03-12"), "with a zone"),
        ("verification", json!({"type": []}), "empty array"),
        ("revoked", json!("true"), "invalid type"),
        ("badge", json!("b.json"), "absolute address"),
    ] {
        let mut value = assertion();
        value[name] = wrong;
        let found = refused::<Assertion>(value);
        assert!(found.contains(words), "{name}: {found}");
    }
}

#[test]
fn a_revoked_body_has_five_members_and_is_no_assertion() {
    // OB2-REV-1 … 3, OB2-ASN-11.
    let id = iri("https://a.example/a/1.json");
    let revoked = RevokedAssertion::new(id, Some("error".into()));
    assert_eq!(
        serde_json::to_string(&revoked).unwrap(),
        concat!(
            r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/a/1.json","#,
            r#""revoked":true,"revocationReason":"error"}"#
        )
    );
    assert!(serde_json::from_value::<Assertion>(written(&revoked)).is_err());
}

#[test]
fn revoked_true_means_revoked_whatever_else_is_said() {
    // OB2-HOST-3.
    let mut value = assertion();
    value["revoked"] = json!(true);
    let revoked: RevokedAssertion = read(value.clone());
    assert_eq!(revoked.revocation_reason(), Some(&"r".into()));
    value["revoked"] = json!(false);
    assert!(refused::<RevokedAssertion>(value).contains("not revoked"));
    assert!(refused::<RevokedAssertion>(json!({"id": "urn:x:1"})).contains("missing field"));
    assert!(
        refused::<RevokedAssertion>(json!({"id": "urn:x:1", "revoked": "true"}))
            .contains("invalid type")
    );
}

#[test]
fn a_revocation_list_is_searched_by_id_and_by_uid() {
    // OB2-RL-4, OB2-RL-7.
    let list: RevocationList = read(revocation_list());
    assert_eq!(list.find("urn:uuid:1", None), Some(Listed::Revoked(None)));
    assert_eq!(list.find("urn:uuid:2", None), Some(Listed::Revoked(Some(&"r".into()))));
    assert_eq!(list.find("urn:uuid:3", None), Some(Listed::NotRevoked));
    assert_eq!(list.find("urn:uuid:9", Some("old")), Some(Listed::Revoked(None)));
    assert_eq!(list.find("URN:uuid:1", None), None, "no normalisation");
    assert_eq!(list.find("urn:uuid:9", None), None);
    let mut lone = revocation_list();
    lone["revokedAssertions"] = json!("urn:uuid:1");
    let lone: RevocationList = read(lone);
    assert_eq!(lone.find("urn:uuid:1", None), Some(Listed::Revoked(None)));
    let empty =
        RevocationList::new(iri("https://a.example/r.json"), iri("https://a.example/i.json"));
    assert_eq!(written(&empty)["revokedAssertions"], json!([]));
}

#[test]
fn extensions_are_kept() {
    // OB2-GEN-12, OB2-GEN-13, OB2-EXT-1.
    let mut value = badge_class();
    value["@context"] = json!([CONTEXT, {"a": "https://a.example/a"}]);
    value["extensions:applyLink"] = json!({"@context": "https://w3id.org/openbadges/extensions/applyLinkExtension/context.json",
        "type": ["Extension", "extensions:ApplyLink"], "url": "https://a.example/"});
    let typed: BadgeClass = read(value.clone());
    assert_eq!(written(&typed), value);
}

#[test]
fn a_revoked_endorsement_keeps_its_issuer() {
    // OB2-END-8.
    let issuer = iri("https://b.example/issuer.json").into();
    let revoked = RevokedEndorsement::new(iri("https://b.example/e.json"), issuer, None);
    let value = json!({"@context": CONTEXT, "type": "Endorsement", "id": "https://b.example/e.json",
        "issuer": "https://b.example/issuer.json", "revoked": true});
    assert_eq!(written(&revoked), value);
    assert_eq!(read::<RevokedEndorsement>(endorsement()).revocation_reason(), Some(&"r".into()));
    let live = json!({"id": "urn:x:1", "issuer": "urn:x:2", "revoked": false});
    assert!(refused::<RevokedEndorsement>(live).contains("not revoked"));
}
