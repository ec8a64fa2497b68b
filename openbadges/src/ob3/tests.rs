//! Every property of the tables, in and out; and what is refused.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Value, json};

use super::*;
use crate::iri::Iri;
use crate::member::{Extra, Link, Many};
use crate::time::DateTime;

/// One object of each class with every property, written the way we write it.
pub(super) mod full {
    use super::{Value, json};

    pub(in crate::ob3) fn image() -> Value {
        json!({"id": "https://a.example/i.png", "type": "Image", "caption": "Une étoile"})
    }

    pub(in crate::ob3) fn criteria() -> Value {
        json!({"id": "https://a.example/c/", "narrative": "*Bravo*"})
    }

    pub(in crate::ob3) fn identity() -> Value {
        json!({"type": "IdentityObject", "hashed": true, "identityHash": "sha256$00",
            "identityType": "emailAddress", "salt": "s"})
    }

    pub(in crate::ob3) fn evidence() -> Value {
        json!({"id": "https://a.example/e", "type": ["Evidence", "https://w3id.org/openbadges#Assertion"],
            "name": "n", "narrative": "n", "description": "d", "genre": "photo", "audience": "a"})
    }

    pub(in crate::ob3) fn alignment() -> Value {
        json!({"type": ["Alignment"], "targetName": "n", "targetUrl": "https://a.example/f#1",
            "targetDescription": "d", "targetFramework": "f", "targetCode": "c", "targetType": "CFItem"})
    }

    pub(in crate::ob3) fn related() -> Value {
        json!({"id": "https://a.example/b", "type": ["Related"], "inLanguage": "en-GB", "version": "1"})
    }

    pub(in crate::ob3) fn result() -> Value {
        json!({"type": ["Result"], "resultDescription": "urn:x:1", "achievedLevel": "urn:x:2",
            "value": "v", "status": "Completed", "alignment": [alignment()]})
    }

    pub(in crate::ob3) fn rubric_level() -> Value {
        json!({"id": "urn:x:2", "type": ["RubricCriterionLevel"], "name": "n", "description": "d",
            "level": "2", "points": "3", "alignment": [alignment()]})
    }

    pub(in crate::ob3) fn result_description() -> Value {
        json!({"id": "urn:x:1", "type": ["ResultDescription"], "name": "n",
            "resultType": "RubricCriterionLevel", "allowedValue": ["low", "high"],
            "requiredLevel": "urn:x:2", "requiredValue": "high", "valueMin": "0", "valueMax": "1",
            "rubricCriterionLevel": [rubric_level()], "alignment": [alignment()]})
    }

    pub(in crate::ob3) fn identifier_entry() -> Value {
        json!({"type": "IdentifierEntry", "identifier": "1", "identifierType": "ext:siret"})
    }

    pub(in crate::ob3) fn geo() -> Value {
        json!({"type": "GeoCoordinates", "latitude": 48.5, "longitude": -4})
    }

    pub(in crate::ob3) fn address() -> Value {
        json!({"type": ["Address"], "addressCountry": "France", "addressCountryCode": "FR",
            "addressRegion": "Bretagne", "addressLocality": "Marée-Haute", "streetAddress": "1 quai",
            "postOfficeBoxNumber": "1", "postalCode": "00000", "geo": geo()})
    }

    pub(in crate::ob3) fn endorsement() -> Value {
        json!({"@context": [super::CONTEXT_CREDENTIALS, super::CONTEXT],
            "id": "urn:uuid:1", "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "n", "description": "d", "issuer": "did:web:b.example",
            "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z",
            "awardedDate": "2026-01-01T00:00:00.5+01:00",
            "credentialSubject": {"id": "urn:uuid:0", "type": ["EndorsementSubject"], "endorsementComment": "c"},
            "evidence": [evidence()], "credentialSchema": [schema()], "credentialStatus": status(),
            "refreshService": refresh(), "termsOfUse": [terms()], "proof": {"type": "DataIntegrityProof"}})
    }

    pub(in crate::ob3) fn schema() -> Value {
        json!({"id": "https://a.example/s.json", "type": super::SCHEMA_VALIDATOR})
    }

    pub(in crate::ob3) fn status() -> Value {
        json!({"id": "https://a.example/l.json#7", "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": "7",
            "statusListCredential": "https://a.example/l.json"})
    }

    pub(in crate::ob3) fn refresh() -> Value {
        json!({"id": "https://a.example/r", "type": super::CREDENTIAL_REFRESH})
    }

    pub(in crate::ob3) fn terms() -> Value {
        json!({"id": "https://a.example/t", "type": "Terms"})
    }

    pub(in crate::ob3) fn resource() -> Value {
        json!({"id": "https://a.example/i.png", "mediaType": "image/png", "digestSRI": "sha384-AA",
            "digestMultibase": "zQm"})
    }

    pub(in crate::ob3) fn profile() -> Value {
        let mut profile = json!({"id": "did:web:a.example", "type": ["Profile"], "name": "n",
            "url": "https://a.example/", "email": "e@a.example", "phone": "+33100000000",
            "description": "d", "image": image(), "address": address(), "official": "o",
            "parentOrg": {"id": "https://p.example/", "type": ["Profile"]},
            "otherIdentifier": [identifier_entry()], "endorsement": [endorsement()],
            "endorsementJwt": ["a.b.c"]});
        for name in [
            "familyName",
            "givenName",
            "additionalName",
            "patronymicName",
            "honorificPrefix",
            "honorificSuffix",
            "familyNamePrefix",
        ] {
            profile[name] = name.into();
        }
        profile["dateOfBirth"] = "2000-02-29".into();
        profile
    }

    pub(in crate::ob3) fn achievement() -> Value {
        json!({"id": "https://a.example/a.json", "type": ["Achievement"], "name": "n",
            "description": "d", "criteria": criteria(), "image": image(),
            "achievementType": "Competency", "creator": profile(), "inLanguage": "fr",
            "version": "2", "tag": ["accueil"], "alignment": [alignment()],
            "resultDescription": [result_description()], "related": [related()],
            "creditsAvailable": 3.5, "fieldOfStudy": "f", "humanCode": "h", "specialization": "s",
            "otherIdentifier": [identifier_entry()], "endorsement": [endorsement()],
            "endorsementJwt": ["a..c"]})
    }

    pub(in crate::ob3) fn subject() -> Value {
        json!({"id": "did:key:z6Mk", "type": ["AchievementSubject"], "identifier": [identity()],
            "role": "r", "narrative": "n", "activityStartDate": "2026-01-01T00:00:00Z",
            "activityEndDate": "2026-01-02T00:00:00Z", "creditsEarned": 3, "image": image(),
            "licenseNumber": "l", "term": "t", "result": [result()], "source": profile(),
            "achievement": achievement()})
    }

    pub(in crate::ob3) fn credential() -> Value {
        json!({"@context": [super::CONTEXT_CREDENTIALS, super::CONTEXT],
            "id": "https://a.example/a/1/credential.json",
            "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "n",
            "description": "d", "image": image(), "issuer": profile(),
            "validFrom": "2026-03-12T00:00:00Z", "validUntil": "2029-03-12T23:59:59Z",
            "awardedDate": "2026-03-12T00:00:00Z", "credentialSubject": subject(),
            "evidence": [evidence()], "endorsement": [endorsement()], "endorsementJwt": ["a.b.c"],
            "credentialSchema": [schema()], "credentialStatus": status(),
            "refreshService": refresh(), "termsOfUse": [terms()], "relatedResource": [resource()],
            "proof": [{"type": "DataIntegrityProof"}]})
    }
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn refused<T: DeserializeOwned + fmt::Debug>(value: Value) -> String {
    serde_json::from_value::<T>(value).unwrap_err().to_string()
}

/// The names of the members in the order in which they are written.
fn written_order(value: &impl Serialize) -> Vec<String> {
    struct Names(Vec<String>);

    impl<'de> Visitor<'de> for Names {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Vec<String>, A::Error> {
            while let Some((name, _)) = object.next_entry::<String, IgnoredAny>()? {
                self.0.push(name);
            }
            Ok(self.0)
        }
    }

    let text = serde_json::to_string(value).unwrap();
    serde_json::Deserializer::from_str(&text).deserialize_map(Names(Vec::new())).unwrap()
}

#[test]
fn every_property_of_the_tables_is_a_field_and_comes_back_as_it_was() {
    // OB3-AC-*, OB3-SUB-*, OB3-ACH-*, OB3-PROF-*, OB3-IDO-*, OB3-IMG-* … OB3-PRF-1, OB3-END-1 … 7.
    fn check<T: DeserializeOwned + Serialize>(value: &Value, extra: impl Fn(&T) -> Option<&Extra>) {
        let typed: T = read(value.clone());
        assert!(extra(&typed).is_none_or(Extra::is_empty), "an unnamed member in {value}");
        assert_eq!(&serde_json::to_value(&typed).unwrap(), value);
    }
    check::<Image>(&full::image(), |_| None);
    check::<IdentityObject>(&full::identity(), |_| None);
    check::<IdentifierEntry>(&full::identifier_entry(), |_| None);
    check::<Criteria>(&full::criteria(), |it| Some(&it.extra));
    check::<Evidence>(&full::evidence(), |it| Some(&it.extra));
    check::<Alignment>(&full::alignment(), |it| Some(&it.extra));
    check::<Related>(&full::related(), |it| Some(&it.extra));
    check::<AchievedResult>(&full::result(), |it| Some(&it.extra));
    check::<ResultDescription>(&full::result_description(), |it| Some(&it.extra));
    check::<RubricCriterionLevel>(&full::rubric_level(), |it| Some(&it.extra));
    check::<Address>(&full::address(), |it| Some(&it.extra));
    check::<GeoCoordinates>(&full::geo(), |it| Some(&it.extra));
    check::<CredentialSchema>(&full::schema(), |it| Some(&it.extra));
    check::<CredentialStatus>(&full::status(), |it| Some(&it.extra));
    check::<RefreshService>(&full::refresh(), |it| Some(&it.extra));
    check::<TermsOfUse>(&full::terms(), |it| Some(&it.extra));
    check::<RelatedResource>(&full::resource(), |it| Some(&it.extra));
    check::<Profile>(&full::profile(), |it| Some(&it.extra));
    check::<Achievement>(&full::achievement(), |it| Some(&it.extra));
    check::<AchievementSubject>(&full::subject(), |it| Some(&it.extra));
    check::<EndorsementCredential>(&full::endorsement(), |it| Some(&it.extra));
    check::<EndorsementSubject>(&full::endorsement()["credentialSubject"], |it| Some(&it.extra));
    check::<OpenBadgeCredential>(&full::credential(), |it| Some(&it.extra));
}

#[test]
fn a_credential_is_written_in_our_order_with_the_proof_last() {
    let mut value = full::credential();
    value["zzz"] = json!(1);
    value["aaa"] = json!({"b": [1, 2.5]});
    let credential: OpenBadgeCredential = read(value.clone());
    assert_eq!(
        serde_json::to_value(&credential).unwrap(),
        value,
        "members it does not know are kept"
    );
    let order = written_order(&credential);
    assert_eq!(&order[..4], ["@context", "id", "type", "name"]);
    assert_eq!(&order[order.len() - 3..], ["aaa", "zzz", "proof"]);
    let order = written_order(&credential.credential_subject.achievement);
    assert_eq!(&order[..5], ["id", "type", "name", "description", "criteria"]);
}

#[test]
fn a_bare_credential_has_no_null_and_no_empty_array() {
    // OB3-SER-2, OB3-SER-4, OB3-CTX-1, OB3-CTX-6.
    let iri = |text| Iri::parse(text).unwrap();
    let criteria = Criteria { narrative: Some("c".into()), ..Criteria::default() };
    let achievement = Achievement::new(iri("urn:x:a"), "n".into(), "d".into(), criteria);
    let subject =
        AchievementSubject { id: Some(iri("urn:uuid:0")), ..AchievementSubject::new(achievement) };
    let issuer = Link::Object(Box::new(Profile::new(iri("did:web:a.example"))));
    let from = DateTime::parse("2026-03-12T00:00:00Z").unwrap();
    let credential = OpenBadgeCredential::new(iri("urn:x:c"), issuer, from, subject);
    assert_eq!(
        serde_json::to_string(&credential).unwrap(),
        concat!(
            r#"{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"#,
            r#""id":"urn:x:c","type":["VerifiableCredential","OpenBadgeCredential"],"#,
            r#""issuer":{"id":"did:web:a.example","type":["Profile"]},"validFrom":"2026-03-12T00:00:00Z","#,
            r#""credentialSubject":{"id":"urn:uuid:0","type":["AchievementSubject"],"#,
            r#""achievement":{"id":"urn:x:a","type":["Achievement"],"name":"n","description":"d","criteria":{"narrative":"c"}}}}"#
        )
    );
    assert_eq!(shape::of_credential(&serde_json::to_value(&credential).unwrap()), []);
}

#[test]
fn compacted_values_are_read_and_written_as_sets() {
    // OB3-SER-2; OB3-AC-17: one status is written bare, two as an array.
    let mut value = full::credential();
    value["credentialSchema"] = full::schema();
    value["credentialSubject"]["type"] = json!("AchievementSubject");
    value["evidence"] = full::evidence();
    value["credentialStatus"] = json!([full::status()]);
    let credential: OpenBadgeCredential = read(value);
    assert_eq!(serde_json::to_value(&credential).unwrap(), full::credential());
    let mut value = full::credential();
    value["credentialStatus"] = json!([full::status(), full::status()]);
    let credential: OpenBadgeCredential = read(value.clone());
    assert_eq!(serde_json::to_value(&credential).unwrap(), value);
}

#[test]
fn the_old_name_of_a_credential_is_read() {
    // OB3-CONST-6.
    let mut value = full::credential();
    value["type"] = json!(["VerifiableCredential", "AchievementCredential"]);
    assert!(read::<OpenBadgeCredential>(value.clone()).types.contains("AchievementCredential"));
    for types in [json!(["VerifiableCredential"]), json!("OpenBadgeCredential"), json!([])] {
        value["type"] = types;
        assert!(refused::<OpenBadgeCredential>(value.clone()).contains("`type` lacks"));
    }
}

#[test]
fn closed_classes_and_single_types_are_held_to() {
    // OB3-IMG-2, OB3-IDO-1, OB3-IDE-1, OB3-SER-5.
    let mut image = full::image();
    image["type"] = json!(["Image"]);
    assert!(refused::<Image>(image).contains("invalid type"));
    let mut image = full::image();
    image["type"] = json!("Picture");
    assert!(refused::<Image>(image).contains("`type` is `Picture`"));
    let with_width = |mut value: Value| {
        value["width"] = json!(1);
        value
    };
    for words in [
        refused::<Image>(with_width(full::image())),
        refused::<IdentityObject>(with_width(full::identity())),
        refused::<IdentifierEntry>(with_width(full::identifier_entry())),
    ] {
        assert!(words.contains("unknown field `width`"), "{words}");
    }
    let mut identity = full::identity();
    identity["identityType"] = json!("email");
    assert!(refused::<IdentityObject>(identity).contains("no term of `IdentifierTypeEnum`"));
}

#[test]
fn texts_are_plain_and_dates_have_a_zone() {
    // OB3-SER-7, OB3-SER-8, OB3-AC-8.
    let mut achievement = full::achievement();
    achievement["name"] = json!({"en": "n", "fr": "n"});
    assert!(refused::<Achievement>(achievement).contains("invalid type: map"));
    let mut endorsement = full::endorsement();
    endorsement["validFrom"] = json!("2026-01-01");
    assert!(refused::<EndorsementCredential>(endorsement).contains("with a zone"));
}

#[test]
fn an_achievement_names_its_older_sibling() {
    // OB3-MIG-21.
    let mut related = Related::new(Iri::parse("https://a.example/badgeclass.json").unwrap());
    related.types = Types::and("https://w3id.org/openbadges#BadgeClass");
    let value = serde_json::to_value(&related).unwrap();
    assert_eq!(value["type"], json!(["Related", "https://w3id.org/openbadges#BadgeClass"]));
    let read: Many<Related> = read(json!([value]));
    assert_eq!(read.first(), Some(&related));
}
