use serde_json::json;

use super::*;
use crate::ob3::tests::full;

/// What is wrong after `change` of a full credential.
fn after(change: impl FnOnce(&mut Value)) -> Vec<(String, Fault, &'static str)> {
    let mut document = full::credential();
    change(&mut document);
    let violations = of_credential(&document).into_iter();
    violations.map(|one| (one.pointer, one.fault, one.requirement)).collect()
}

fn one(
    pointer: &str,
    fault: Fault,
    requirement: &'static str,
) -> Vec<(String, Fault, &'static str)> {
    vec![(pointer.to_owned(), fault, requirement)]
}

/// Holds that `object` has all members of `class` and of the classes below, and no other.
fn assert_complete(object: &Value, class: &'static ClassTable) {
    let mut names: Vec<&str> = class.members.iter().map(|member| member.name).collect();
    if !matches!(class.typed, Typed::Untyped) {
        names.push("type");
    }
    // What a status entry and a proof hold depends on their type.
    if class.name == "CredentialStatus" {
        names.extend(["statusPurpose", "statusListIndex", "statusListCredential"]);
    }
    names.sort_unstable();
    let mut found: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, names, "{}", class.name);
}

#[test]
fn the_full_objects_have_every_member_of_the_tables() {
    for (object, class) in [
        (full::credential(), &classes::CREDENTIAL),
        (full::subject(), &classes::SUBJECT),
        (full::achievement(), &classes::ACHIEVEMENT),
        (full::profile(), &classes::PROFILE),
        (full::identity(), &classes::IDENTITY),
        (full::image(), &classes::IMAGE),
        (full::criteria(), &classes::CRITERIA),
        (full::evidence(), &classes::EVIDENCE),
        (full::alignment(), &classes::ALIGNMENT),
        (full::related(), &classes::RELATED),
        (full::result(), &classes::RESULT),
        (full::result_description(), &classes::RESULT_DESCRIPTION),
        (full::rubric_level(), &classes::RUBRIC_LEVEL),
        (full::identifier_entry(), &classes::IDENTIFIER_ENTRY),
        (full::address(), &classes::ADDRESS),
        (full::geo(), &classes::GEO),
        (full::schema(), &classes::SCHEMA),
        (full::status(), &classes::STATUS),
        (full::refresh(), &classes::REFRESH),
        (full::terms(), &classes::TERMS),
        (full::resource(), &classes::RESOURCE),
        (full::endorsement(), &classes::ENDORSEMENT),
        (full::endorsement()["credentialSubject"].clone(), &classes::ENDORSED),
    ] {
        assert_complete(&object, class);
    }
}

#[test]
fn full_documents_are_in_shape() {
    assert_eq!(of_credential(&full::credential()), []);
    assert_eq!(of_endorsement(&full::endorsement()), []);
}

#[test]
fn every_mandatory_member_is_missed() {
    // OB3-AC-1 … 11, OB3-ACH-1 … 5, OB3-IDO-2 … 4, OB3-RDS-1, OB3-RCL-1 …
    for pointer in [
        "/@context",
        "/id",
        "/type",
        "/issuer",
        "/validFrom",
        "/credentialSubject",
        "/credentialSubject/type",
        "/credentialSubject/achievement",
        "/credentialSubject/achievement/id",
        "/credentialSubject/achievement/type",
        "/credentialSubject/achievement/name",
        "/credentialSubject/achievement/description",
        "/credentialSubject/achievement/criteria",
        "/credentialSubject/identifier/0/type",
        "/credentialSubject/identifier/0/hashed",
        "/credentialSubject/identifier/0/identityHash",
        "/credentialSubject/identifier/0/identityType",
        "/credentialSubject/result/0/type",
        "/credentialSubject/source/type",
        "/issuer/id",
        "/issuer/type",
        "/issuer/parentOrg/type",
        "/issuer/otherIdentifier/0/identifier",
        "/issuer/address/type",
        "/issuer/address/geo/latitude",
        "/evidence/0/type",
        "/image/id",
        "/image/type",
        "/credentialSubject/achievement/creator/type",
        "/credentialSubject/achievement/alignment/0/targetUrl",
        "/credentialSubject/achievement/related/0/id",
        "/credentialSubject/achievement/resultDescription/0/resultType",
        "/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/name",
        "/endorsement/0/name",
        "/endorsement/0/credentialSubject/id",
        "/termsOfUse/0/type",
        "/credentialStatus/type",
        "/credentialSchema/0/id",
        "/refreshService/id",
        "/proof/0/type",
    ] {
        let found = after(|document| {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            document.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
        });
        assert_eq!(found.len(), 1, "{pointer}: {found:?}");
        assert_eq!((found[0].0.as_str(), &found[0].1), (pointer, &Fault::Missing));
    }
}

#[test]
fn each_type_is_held_to_its_class() {
    // OB3-VAL-3 … 8, OB3-END-1, OB3-END-5, OB3-SER-5.
    for (pointer, class, requirement) in [
        ("/type", "VerifiableCredential", "OB3-VAL-3"),
        ("/credentialSubject/type", "AchievementSubject", "OB3-VAL-4"),
        ("/credentialSubject/identifier/0/type", "IdentityObject", "OB3-VAL-5"),
        ("/credentialSubject/result/0/type", "Result", "OB3-VAL-6"),
        (
            "/credentialSubject/achievement/resultDescription/0/type",
            "ResultDescription",
            "OB3-VAL-6",
        ),
        ("/credentialSubject/source/type", "Profile", "OB3-VAL-7"),
        ("/issuer/type", "Profile", "OB3-VAL-7"),
        ("/issuer/parentOrg/type", "Profile", "OB3-VAL-7"),
        ("/issuer/otherIdentifier/0/type", "IdentifierEntry", "OB3-VAL-7"),
        ("/credentialSubject/achievement/creator/type", "Profile", "OB3-VAL-7"),
        ("/evidence/0/type", "Evidence", "OB3-VAL-8"),
        ("/image/type", "Image", "OB3-SER-5"),
        ("/endorsement/0/type", "VerifiableCredential", "OB3-END-1"),
    ] {
        let found = after(|it| *it.pointer_mut(pointer).unwrap() = json!(["Other"]));
        assert_eq!(found, one(pointer, Fault::Type(class), requirement));
    }
    let found = after(|it| it["type"] = json!(["VerifiableCredential"]));
    assert_eq!(found, one("/type", Fault::Type("OpenBadgeCredential"), "OB3-VAL-3"));
    let found = after(|it| it["image"]["type"] = json!(["Image"]));
    assert_eq!(found, one("/image/type", Fault::Type("Image"), "OB3-SER-5"));
    let old = after(|it| it["type"] = json!(["VerifiableCredential", "AchievementCredential"]));
    assert_eq!(old, []);
}

#[test]
fn somebody_and_a_reason_are_needed() {
    // OB3-SUB-1, OB3-VAL-9.
    let found = after(|it| {
        let subject = it["credentialSubject"].as_object_mut().unwrap();
        subject.remove("id").unwrap();
        subject.remove("identifier").unwrap();
    });
    let neither = Fault::Neither("id", "identifier");
    assert_eq!(found, one("/credentialSubject", neither, "OB3-SUB-1"));
    let found = after(|it| it["credentialSubject"]["achievement"]["criteria"] = json!({"a": 1}));
    let neither = Fault::Neither("id", "narrative");
    assert_eq!(found, one("/credentialSubject/achievement/criteria", neither, "OB3-VAL-9"));
    let found = after(|it| it["credentialSubject"]["achievement"]["criteria"] = json!("urn:x:c"));
    let object = Fault::NotA("an object");
    assert_eq!(found, one("/credentialSubject/achievement/criteria", object, "OB3-SER-3"));
}

#[test]
fn what_no_proof_covers_is_found() {
    // OB3-SER-4, OB3-SER-7, OB3-SER-8, CRED-UNSIGNED-2, CRED-UNSIGNED-4.
    let name = "/credentialSubject/achievement/name";
    let put = |value: Value| after(|it| *it.pointer_mut(name).unwrap() = value);
    assert_eq!(put(json!({"en": "n"})), one(name, Fault::LanguageMap, "OB3-SER-7"));
    let object = json!({"@value": "n", "@language": "en"});
    assert_eq!(put(object), one(name, Fault::ValueObject, "OB3-SER-8"));
    assert_eq!(put(Value::Null), one(name, Fault::Null, "OB3-SER-4"));
    assert_eq!(put(json!([])), one(name, Fault::EmptyArray, "OB3-SER-4"));
    let found = after(|it| it["level"] = Value::Null);
    assert_eq!(found, one("/level", Fault::Null, "OB3-SER-4"));
    let found = after(|it| it["evidence"] = json!([null]));
    assert_eq!(found, one("/evidence/0", Fault::Null, "OB3-SER-4"));
}

#[test]
fn keywords_hide_nothing() {
    // CRED-SAFE-3, CRED-SAFE-8.
    for (parent, keyword) in [
        ("", "@graph"),
        ("", "@included"),
        ("/issuer", "@context"),
        ("/credentialSubject/achievement", "@reverse"),
        ("/image", "@index"),
    ] {
        let found = after(|it| it.pointer_mut(parent).unwrap()[keyword] = json!("x"));
        let pointer = format!("{parent}/{keyword}");
        assert_eq!(found, one(&pointer, Fault::Keyword, "CRED-SAFE-8"));
    }
}

#[test]
fn closed_classes_take_nothing_else_and_open_ones_do() {
    let found = after(|it| it["image"]["width"] = json!(1));
    assert_eq!(found, one("/image/width", Fault::UnknownMember("Image"), "OB3-VAL-1"));
    assert_eq!(after(|it| it["issuer"]["ext"] = json!({"a": 1})), []);
}

#[test]
fn kinds_and_terms_are_held_to() {
    let achievement = "/credentialSubject/achievement";
    for (pointer, value, fault, requirement) in [
        ("/id", json!("a/b"), Fault::NotA("an absolute address"), "OB3-AC-2"),
        ("/validFrom", json!("2026-01-01"), Fault::NotA("a date and time with a zone"), "OB3-AC-8"),
        ("/validUntil", json!(1), Fault::NotA("a date and time with a zone"), "OB3-AC-9"),
        ("/issuer", json!("x"), Fault::NotA("an absolute address or an object"), "OB3-AC-7"),
        ("/issuer/dateOfBirth", json!("29/02/2000"), Fault::NotA("a date"), "OB3-PROF-9"),
        ("/endorsementJwt/0", json!("a.b"), Fault::NotA("a compact JWS"), "OB3-AC-13"),
        ("/credentialSubject", json!([]), Fault::EmptyArray, "OB3-SER-4"),
        ("/credentialSubject", json!([{}]), Fault::Several, "OB3-AC-11"),
        (
            "/credentialSubject/identifier/0/hashed",
            json!("true"),
            Fault::NotA("true or false"),
            "OB3-IDO-2",
        ),
        (
            "/credentialSubject/identifier/0/identityType",
            json!("email"),
            Fault::UnknownTerm,
            "OB3-IDO-4",
        ),
        ("/credentialSubject/creditsEarned", json!("3"), Fault::NotA("a number"), "OB3-SUB-6"),
        ("/credentialSubject/result/0/status", json!("ext:x"), Fault::UnknownTerm, "OB3-RES-4"),
        (
            &format!("{achievement}/achievementType"),
            json!("badge"),
            Fault::UnknownTerm,
            "OB3-ACH-7",
        ),
        (
            &format!("{achievement}/inLanguage"),
            json!("en-us"),
            Fault::NotA("a language code"),
            "OB3-ACH-13",
        ),
        (
            &format!("{achievement}/alignment/0/targetType"),
            json!("CF"),
            Fault::UnknownTerm,
            "OB3-ALN-5",
        ),
        (
            "/type",
            json!(["VerifiableCredential", "OpenBadgeCredential", 1]),
            Fault::NotA("a type name or a set of them"),
            "OB3-VAL-3",
        ),
    ] {
        let found = after(|it| *it.pointer_mut(pointer).unwrap() = value.clone());
        assert_eq!(found, one(pointer, fault, requirement), "{value}");
    }
    let extension = json!("ext:Facilitation");
    let found = after(|it| it["credentialSubject"]["achievement"]["achievementType"] = extension);
    assert_eq!(found, []);
}

#[test]
fn a_lone_value_in_the_place_of_a_set_can_be_tolerated() {
    // OB3-SER-2.
    let mut document = full::credential();
    document["evidence"] = full::evidence();
    document["proof"] = json!({"type": "DataIntegrityProof"});
    let found = of_credential(&document);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].pointer, "/evidence");
    assert!(found[0].is_tolerable());
    document["evidence"]["type"] = json!("Other");
    assert!(!of_credential(&document)[1].is_tolerable());
}

#[test]
fn a_credential_of_vcdm_1_1_has_the_older_dates_and_a_name() {
    // OB3-VAL-15, OB3-AC-4.
    let older = |it: &mut Value| {
        it["@context"][0] = json!("https://www.w3.org/2018/credentials/v1");
        let object = it.as_object_mut().unwrap();
        let from = object.remove("validFrom").unwrap();
        object.insert("issuanceDate".into(), from);
    };
    assert_eq!(after(older), []);
    let found = after(|it| {
        older(it);
        it.as_object_mut().unwrap().remove("issuanceDate");
    });
    assert_eq!(found, one("/issuanceDate", Fault::Missing, "OB3-AC-8"));
    let found = after(|it| {
        older(it);
        it.as_object_mut().unwrap().remove("name");
    });
    assert_eq!(found, one("/name", Fault::Missing, "OB3-AC-4"));
    let found = after(|it| {
        it.as_object_mut().unwrap().remove("name");
    });
    assert_eq!(found, [], "VCDM 2.0 does not need a name");
}

#[test]
fn endorsements_nest_three_deep() {
    // OB3-END-11.
    let nest = |depth: usize| {
        let mut document = full::endorsement();
        for _ in 1..depth {
            let mut outer = full::endorsement();
            outer["issuer"] =
                json!({"id": "did:web:b.example", "type": ["Profile"], "endorsement": [document]});
            document = outer;
        }
        document
    };
    assert_eq!(of_endorsement(&nest(3)), []);
    let found = of_endorsement(&nest(4));
    assert_eq!((found.len(), &found[0].fault), (1, &Fault::TooDeep));
    let found = after(|it| it["endorsement"] = json!([nest(4)]));
    assert_eq!((found.len(), &found[0].1), (1, &Fault::TooDeep));
}

#[test]
fn a_hopeless_document_is_not_listed_to_its_end() {
    let found = after(|it| it["evidence"] = json!(vec![Value::Null; 1000]));
    assert_eq!(found.len(), VIOLATIONS_MAX);
    assert_eq!(of_credential(&json!([]))[0].fault, Fault::NotA("an object"));
}

#[test]
fn a_violation_says_where_and_why() {
    let mut document = full::credential();
    document["issuer"]["a/b~"] = Value::Null;
    let words = of_credential(&document)[0].to_string();
    assert_eq!(words, "`/issuer/a~1b~0`: is null (OB3-SER-4)");
}

/// CRED-SAFE-8: in `context-3.0.3.json` the class `Criteria` and the property `criteria` mean the same address.
#[test]
fn a_member_in_other_letters_is_noticed() {
    let moved = after(|badge| {
        let achievement = badge["credentialSubject"]["achievement"].as_object_mut().unwrap();
        let image = achievement.remove("image").unwrap();
        achievement.insert("Image".to_owned(), image);
    });
    let pointer = "/credentialSubject/achievement/Image";
    assert_eq!(moved, one(pointer, Fault::OtherSpelling("image"), "CRED-SAFE-8"));
}

/// CRED-UNSIGNED-8: the status of a badge could hide in an endorsement of it, a result in a profile of its holder.
#[test]
fn what_a_verdict_rests_on_is_described_once() {
    let again = Fault::DescribedTwice;
    let pointer = "/endorsement/0/credentialSubject";
    let found = after(|badge| {
        let subject = json!({"id": badge["id"], "type": ["EndorsementSubject"]});
        badge["endorsement"][0]["credentialSubject"] = subject;
    });
    assert_eq!(found, []);
    let found = after(|badge| {
        badge["endorsement"][0]["credentialSubject"] =
            json!({"id": badge["id"], "type": ["EndorsementSubject", "VerifiableCredential"]});
    });
    assert_eq!(found, one(pointer, again.clone(), "CRED-UNSIGNED-8"));
    let found = after(|badge| {
        badge["endorsement"][0]["credentialSubject"] = json!({"id": badge["id"],
            "type": ["EndorsementSubject"], "awardedDate": "2020-01-01T00:00:00Z"});
    });
    assert_eq!(found, one(pointer, again.clone(), "CRED-UNSIGNED-8"));
    let found = after(|badge| {
        badge["endorsement"][0]["credentialSubject"] =
            json!({"id": badge["id"], "type": ["EndorsementSubject"], "image": badge["image"]});
    });
    assert_eq!(found, one(pointer, again.clone(), "CRED-UNSIGNED-8"));
    let found = after(|badge| {
        badge["extension"] = json!({"@id": badge["id"], "@type": "VerifiableCredential"});
    });
    assert_eq!(found, one("/extension", again.clone(), "CRED-UNSIGNED-8"));
    let found = after(|badge| {
        badge["extension"] = json!({"id": badge["id"],
            "https://www.w3.org/2018/credentials#validUntil": {"@value": "a", "@type": "b:c"}});
    });
    assert_eq!(found, one("/extension", again.clone(), "CRED-UNSIGNED-8"));
    let found = after(|badge| {
        badge["extension"] = json!([{"id": badge["credentialSubject"]["id"],
            "type": "AchievementSubject", "role": "none"}]);
    });
    assert_eq!(found, one("/extension/0", again.clone(), "CRED-UNSIGNED-8"));
    let found = after(|badge| {
        let achievement = &badge["credentialSubject"]["achievement"];
        badge["extension"] =
            json!({"id": achievement["id"], "type": ["Achievement"], "tag": ["a"]});
    });
    assert_eq!(found, one("/extension", again, "CRED-UNSIGNED-8"));
}

/// CRED-VCDM-11, CRED-UNSIGNED-8: a digest that stands beside the evidence of the same address is one nobody compares.
#[test]
fn a_related_resource_has_a_digest() {
    let found = after(|badge| {
        let resource = badge["relatedResource"][0].as_object_mut().unwrap();
        resource.remove("digestMultibase");
    });
    assert_eq!(found, []);
    let found = after(|badge| {
        let resource = badge["relatedResource"][0].as_object_mut().unwrap();
        resource.remove("digestMultibase");
        let digest = resource.remove("digestSRI").unwrap();
        badge["evidence"][0]["digestSRI"] = digest;
    });
    let neither = Fault::Neither("digestSRI", "digestMultibase");
    assert_eq!(found, one("/relatedResource/0", neither, "CRED-VCDM-11"));
}

/// OB3-END-10, CRED-UNSIGNED-8: what is wrong with an endorsement is its own affair, and cannot use up the room for what
/// is wrong with the badge.
#[test]
fn faults_that_are_let_pass_hide_no_other() {
    let mut badge = full::credential();
    badge["endorsement"][0]["evidence"] = json!(vec![Value::Null; 1000]);
    let alone = json!({"type": ["Alignment"], "targetName": "a", "targetUrl": "urn:a:b"});
    let result = json!({"type": ["Result"], "alignment": alone});
    badge["credentialSubject"]["result"] = json!(vec![result; 1000]);
    badge["extension"] = json!({"id": badge["id"], "type": "VerifiableCredential"});
    let found = of_credential(&badge);
    let fatal: Vec<_> = found
        .iter()
        .filter(|one| !one.is_tolerable() && !one.is_of_an_endorsement())
        .map(|one| &one.fault)
        .collect();
    assert_eq!(fatal, [&Fault::DescribedTwice]);
}

fn list() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": "https://a.example/list",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:a.example", "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": { "id": "https://a.example/list#list", "type": "BitstringStatusList",
            "statusPurpose": "revocation", "encodedList": "uH4sI" }
    })
}

/// CRED-BSL-10, CRED-UNSIGNED-8: two lists, or one that is described in two places, could be read as either.
#[test]
fn a_status_list_is_one_and_is_described_once() {
    assert_eq!(of_status_list(&list()), []);
    let broken = |change: fn(&mut Value)| {
        let mut list = list();
        change(&mut list);
        of_status_list(&list).into_iter().map(|one| one.fault).collect::<Vec<_>>()
    };
    let two = broken(|it| it["credentialSubject"] = json!([it["credentialSubject"]]));
    assert_eq!(two, [Fault::Several]);
    let moved = broken(|it| {
        it["evidence"] = json!({ "id": it["id"], "type": "VerifiableCredential",
            "validUntil": "2026-02-01T00:00:00Z" });
    });
    assert_eq!(moved, [Fault::DescribedTwice]);
    let again = broken(|it| {
        it["x"] = json!({ "id": "https://a.example/list#list", "type": ["BitstringStatusList"] });
    });
    assert_eq!(again, [Fault::DescribedTwice]);
    assert_eq!(broken(|it| it["issuer"] = json!({ "name": "A" })), [Fault::Missing]);
}

/// CRED-VCDM-5, CRED-VCDM-7, CRED-VCDM-16.
#[test]
fn any_credential_is_held_to_the_data_model() {
    let with = |change: fn(&mut Value)| {
        let mut credential = list();
        credential["type"] = json!(["VerifiableCredential"]);
        change(&mut credential);
        of_any_credential(&credential).into_iter().map(|one| one.fault).collect::<Vec<_>>()
    };
    assert_eq!(with(|it| it["name"] = json!([{ "@value": "a", "@language": "fr" }, "b"])), []);
    let words = "a text, or one with its language and nothing else";
    let more = with(|it| it["name"] = json!({ "@value": "a", "url": "b" }));
    assert_eq!(more, [Fault::NotA(words)]);
    let silent = with(|it| it["credentialSubject"] = json!([{ "id": "urn:a:b" }, {}]));
    assert_eq!(silent, [Fault::NotA("an object that says something")]);
    let undated = with(|it| it["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]));
    assert_eq!(undated, [Fault::Missing]);
}

#[test]
fn a_presentation_holds_objects_with_types() {
    let presentation = |credential: Value| {
        of_presentation(&json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "type": "VerifiablePresentation",
            "holder": "did:web:a.example", "verifiableCredential": credential
        }))
    };
    assert_eq!(presentation(json!([list()])), []);
    assert_eq!(presentation(json!(["eyJ"])).len(), 1);
    assert_eq!(presentation(json!({ "@context": ["urn:a:b"] })).len(), 1);
}
