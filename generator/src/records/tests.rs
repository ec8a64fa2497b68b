//! Whole records, word for word, so that a change of what is signed for ever is seen in a review.

use openbadges::status::Bitstring;
use serde_json::{Value, json};

use super::assertion::{self, AssertionError};
use super::credential::{EvidenceFile, Sealing};
use super::document::json;
use super::sealed::Sealed;
use super::{Facet, Records};
use crate::example::{event, key, lang, moment, site, slug, text};
use crate::site::{Evidence, KeyState, Lang, Reason, Recipient, Revocation, Site};

fn facet<'a>(site: &'a Site, class: usize, level: Option<u8>, tag: &'a Lang) -> Facet<'a> {
    let class = &site.classes[class];
    Facet { class, version: class.current(), level, lang: tag }
}

fn value(record: &impl serde::Serialize) -> Value {
    serde_json::from_slice(&json(record)).unwrap()
}

const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

fn achievement_of_accueil() -> Value {
    json!({
        "id": "https://badges.example/badges/accueil/v1/achievement.fr.json",
        "type": ["Achievement"],
        "name": "Accueil bénévole",
        "description": "La personne accueille.",
        "criteria": {
            "id": "https://badges.example/badges/accueil/v1/",
            "narrative": "## À quoi sert ce badge\n\nÀ accueillir.\n\n**Au moins 2 des 3 points suivants\u{a0}:**\n\n- Présenter le lieu.\n- Orienter.\n- Écouter.",
        },
        "image": {
            "id": "https://badges.example/badges/accueil/v1/image.png",
            "type": "Image",
            "caption": "Une main ouverte",
        },
        "achievementType": "CommunityService",
        "inLanguage": "fr",
        "version": "1",
        "tag": ["accueil"],
        "alignment": [{
            "type": ["Alignment"],
            "targetName": "Accueillir et orienter",
            "targetUrl": "https://reperes.example/rel-2",
            "targetFramework": "Repères",
            "targetCode": "REL-2",
        }],
        "related": [
            {
                "id": "https://badges.example/badges/accueil/v1/achievement.en.json",
                "type": ["Related"],
                "inLanguage": "en",
                "version": "1",
            },
            {
                "id": "https://badges.example/badges/accueil/v1/badgeclass.fr.json",
                "type": ["Related", "https://w3id.org/openbadges#BadgeClass"],
                "version": "Open Badges v2p0",
            },
        ],
    })
}

#[test]
fn an_achievement_is_complete_in_its_language_ob3_ach_1_to_14_ob3_mig_21() {
    let site = site();
    let records = Records::of(&site);
    let fr = lang("fr");
    let document = value(&records.achievement(facet(&site, 1, None, &fr)));
    let mut expected = achievement_of_accueil();
    expected["@context"] = json!(CONTEXTS);
    assert_eq!(document, expected);
}

#[test]
fn an_achievement_of_a_level_tells_the_scale_and_its_own_step_ob3_rds_ob3_rcl() {
    let site = site();
    let records = Records::of(&site);
    let english = lang("en");
    let achievement = value(&records.achievement(facet(&site, 0, Some(2), &english)));
    let id = "https://badges.example/badges/sol/v1/level-2/achievement.en.json";
    assert_eq!(achievement["id"], id);
    assert_eq!(achievement["name"], "Read a soil – Practises");
    let page = "https://badges.example/en/badges/sol/v1/level-2/";
    assert_eq!(achievement["criteria"]["id"], page);
    assert_eq!(
        achievement["image"]["id"],
        "https://badges.example/badges/sol/v1/level-2/image.png"
    );
    assert_eq!(
        achievement["resultDescription"],
        json!([{
            "id": format!("{id}#levels"),
            "type": ["ResultDescription"],
            "name": "Levels",
            "resultType": "RubricCriterionLevel",
            "requiredLevel": format!("{id}#level-2"),
            "rubricCriterionLevel": [
                { "id": format!("{id}#level-1"), "type": ["RubricCriterionLevel"], "name": "Discovers", "description": "Dug.", "level": "1" },
                { "id": format!("{id}#level-2"), "type": ["RubricCriterionLevel"], "name": "Practises", "description": "Digs alone.", "level": "2" },
            ],
        }])
    );
    let related = achievement["related"].as_array().unwrap();
    let ids: Vec<&str> = related.iter().map(|one| one["id"].as_str().unwrap()).collect();
    let base = "https://badges.example/badges/sol/v1";
    assert_eq!(
        ids,
        [
            format!("{base}/level-2/achievement.fr.json"),
            format!("{base}/level-1/achievement.en.json"),
            format!("{base}/level-2/badgeclass.en.json"),
        ]
    );
}

fn issuer_in_french() -> Value {
    json!({
        "id": "did:web:badges.example:issuers:club",
        "type": ["Profile"],
        "name": "Le Club",
        "url": "https://club.example",
        "email": "bonjour@club.example",
        "description": "Un club.",
        "image": {
            "id": "https://badges.example/issuers/club/image.png",
            "type": "Image",
            "caption": "Un phare",
        },
    })
}

#[test]
fn a_profile_names_its_older_form_ob3_prof_1_to_7_ob3_mig_22() {
    let site = site();
    let records = Records::of(&site);
    let issuer = &site.issuers[&slug("club")];
    let mut expected = issuer_in_french();
    expected["@context"] = json!(CONTEXTS);
    expected["otherIdentifier"] = json!([{
        "type": "IdentifierEntry",
        "identifier": "https://badges.example/issuers/club/issuer.json",
        "identifierType": "identifier",
    }]);
    assert_eq!(value(&records.profile(issuer)), expected);
    let english = value(&records.issuer_object(issuer, &lang("en")));
    assert_eq!(english["name"], "The Club");
}

#[test]
fn the_did_document_lists_every_key_and_lets_the_honest_ones_assert_cred_key_10() {
    let mut site = site();
    let club = slug("club");
    let date = moment("2026-02-01T00:00:00Z");
    let stolen = KeyState::Revoked { date, reason: "stolen".to_owned() };
    let keys = &mut site.issuers.get_mut(&club).unwrap().keys;
    let third =
        crate::site::IssuerKey { public: key(3).public(), state: stolen, ..keys["k2"].clone() };
    keys.insert("k3".to_owned(), third);
    let records = Records::of(&site);
    let document = records.did_document(&site.issuers[&club]);
    let did = "did:web:badges.example:issuers:club";
    let id = |number: u8| format!("{did}#{}", key(number).public().to_multikey());
    let method = |number: u8| {
        json!({
            "id": id(number),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key(number).public().to_multikey(),
        })
    };
    let mut third = method(3);
    third["revoked"] = json!("2026-02-01T00:00:00Z");
    assert_eq!(
        document,
        json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": did,
            "alsoKnownAs": ["https://badges.example/issuers/club/issuer.json"],
            "verificationMethod": [method(1), method(2), third],
            "assertionMethod": [id(1), id(2)],
        })
    );
}

#[test]
fn a_status_list_is_at_its_own_address_and_never_ends_cred_bsl_10_to_14() {
    let site = site();
    let records = Records::of(&site);
    let bits = Bitstring::new(131_072);
    let issuer = &site.issuers[&slug("club")];
    let list = records.status_list(issuer, &bits, moment("2026-03-12T14:30:00Z"));
    let url = "https://badges.example/issuers/club/status/revocation-1.json";
    assert_eq!(
        value(&list),
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": "did:web:badges.example:issuers:club",
            "validFrom": "2026-03-12T14:30:00Z",
            "credentialSubject": {
                "id": format!("{url}#list"),
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": bits.encode(),
            },
        })
    );
}

fn drawn() -> Site {
    let mut site = site();
    for class in &mut site.classes {
        for version in class.versions.values_mut() {
            version.image.png = Some(std::sync::Arc::from(b"pixels".as_slice()));
            version.image.svg = Some(std::sync::Arc::from(b"drawing".as_slice()));
        }
    }
    site
}

fn sealing<'a>(site: &'a Site, facet: Facet<'a>, files: &'a [EvidenceFile]) -> Sealing<'a> {
    Sealing { facet, issuer: &site.issuers[&slug("club")], status_index: 4711, files }
}

#[test]
fn a_credential_says_everything_in_one_language_ob3_ac_1_to_17_cred_vcdm_11() {
    let site = drawn();
    let records = Records::of(&site);
    let fr = lang("fr");
    let mut event = event(1);
    event.recipient = Recipient::Email { hash: "sha256$ab".to_owned(), salt: "pepper".to_owned() };
    event.hidden_name = Some("sha256$cd".to_owned());
    event.role = Some("trésorerie".to_owned());
    event.evidence.push(Evidence {
        narrative: None,
        url: Some("https://club.example/journal".to_owned()),
        file: Some("photo.jpg".to_owned()),
        genre: Some("photo".to_owned()),
        alt: Some(text("Un taquet", "A cleat")),
    });
    let files =
        [EvidenceFile { name: "photo.jpg".to_owned(), digest_sri: "sha384-photo".to_owned() }];
    let sealing = sealing(&site, facet(&site, 1, None, &fr), &files);
    let credential = value(&records.credential(&event, &sealing));
    let award = format!("https://badges.example/a/{}", event.id);
    let list = "https://badges.example/issuers/club/status/revocation-1.json";
    let image = "https://badges.example/badges/accueil/v1/image";
    assert_eq!(
        credential,
        json!({
            "@context": CONTEXTS,
            "id": format!("{award}/credential.json"),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": "Accueil bénévole",
            "issuer": issuer_in_french(),
            "validFrom": "2026-03-12T09:00:00Z",
            "validUntil": "2029-03-12T23:59:59Z",
            "awardedDate": "2026-03-12T09:00:00Z",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [
                    { "type": "IdentityObject", "hashed": true, "identityHash": "sha256$ab", "identityType": "emailAddress", "salt": "pepper" },
                    { "type": "IdentityObject", "hashed": true, "identityHash": "sha256$cd", "identityType": "name" },
                ],
                "role": "trésorerie",
                "narrative": "**Points remplis\u{a0}:**\n\n- Présenter le lieu.\n- Écouter.",
                "achievement": achievement_of_accueil(),
            },
            "evidence": [
                { "type": ["Evidence"], "narrative": "Onze permanences.", "genre": "text" },
                { "type": ["Evidence"], "id": "https://club.example/journal", "genre": "photo" },
                { "type": ["Evidence"], "id": format!("{award}/evidence/photo.jpg"), "description": "Un taquet" },
            ],
            "credentialStatus": {
                "id": format!("{list}#4711"),
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "4711",
                "statusListCredential": list,
            },
            "relatedResource": [
                { "id": format!("{image}.png"), "digestSRI": super::digest::sri(b"pixels") },
                { "id": format!("{image}.svg"), "digestSRI": super::digest::sri(b"drawing") },
                { "id": format!("{award}/evidence/photo.jpg"), "digestSRI": "sha384-photo" },
            ],
        })
    );
}

#[test]
fn an_award_of_a_level_names_the_level_that_was_reached_ob3_res_2() {
    let site = drawn();
    let records = Records::of(&site);
    let english = lang("en");
    let mut event = event(1);
    event.class = slug("sol");
    event.lang = english.clone();
    event.level = Some(1);
    event.expires = None;
    event.criteria_met = Vec::new();
    let sealing = sealing(&site, facet(&site, 0, Some(1), &english), &[]);
    let credential = value(&records.credential(&event, &sealing));
    let subject = &credential["credentialSubject"];
    let id = "https://badges.example/badges/sol/v1/level-1/achievement.en.json";
    assert_eq!(subject["achievement"]["id"], id);
    assert_eq!(
        subject["result"],
        json!([{
            "type": ["Result"],
            "resultDescription": format!("{id}#levels"),
            "achievedLevel": format!("{id}#level-1"),
        }])
    );
    // What is not there leaves no trace: no null, no empty array (OB3-SER-4).
    assert_eq!(subject.get("narrative"), None);
    assert_eq!(subject.get("identifier"), None);
    assert_eq!(credential.get("validUntil"), None);
    assert_eq!(credential["evidence"][0]["narrative"], "Eleven sessions.");
}

#[test]
fn every_recipient_is_read_back_as_it_was_awarded() {
    let site = drawn();
    let records = Records::of(&site);
    let fr = lang("fr");
    for recipient in [
        Recipient::Email { hash: "sha256$ab".to_owned(), salt: "pepper".to_owned() },
        Recipient::Did("did:key:z6Mkmf8JZMZKDpQcumG94haxMEKw9FUSu1MbhBfZcq7Yez1d".to_owned()),
        Recipient::Url("https://maree-haute.example".to_owned()),
        Recipient::Opaque("urn:uuid:00000000-0000-4000-8000-000000000001".to_owned()),
    ] {
        let mut event = event(1);
        event.recipient = recipient.clone();
        event.hidden_name = Some("sha256$cd".to_owned());
        let sealing = sealing(&site, facet(&site, 1, None, &fr), &[]);
        let sealed = Sealed::read(&json(&records.credential(&event, &sealing))).unwrap();
        assert_eq!(sealed.recipient(), Some(recipient));
        let badge_class = "https://badges.example/badges/accueil/v1/badgeclass.fr.json";
        assert_eq!(sealed.badge_class(), Some(badge_class));
        assert_eq!(sealed.credential_status.status_list_index, "4711");
    }
    assert!(Sealed::read(b"{}").is_err());
}

#[test]
fn a_badge_class_is_complete_in_its_language_ob2_bc_ob2_i18n() {
    let site = site();
    let records = Records::of(&site);
    let fr = lang("fr");
    let achievement = achievement_of_accueil();
    let base = "https://badges.example/badges/accueil/v1";
    assert_eq!(
        value(&records.badge_class(facet(&site, 1, None, &fr))),
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "BadgeClass",
            "id": format!("{base}/badgeclass.fr.json"),
            "@language": "fr",
            "name": "Accueil bénévole",
            "description": "La personne accueille.",
            "image": format!("{base}/image.png"),
            "criteria": achievement["criteria"],
            "issuer": "https://badges.example/issuers/club/issuer.json",
            "alignment": [{
                "targetName": "Accueillir et orienter",
                "targetUrl": "https://reperes.example/rel-2",
                "targetFramework": "Repères",
                "targetCode": "REL-2",
            }],
            "tags": ["accueil"],
            "version": "1",
            "related": [
                { "id": format!("{base}/badgeclass.en.json"), "@language": "en" },
                {
                    "type": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement",
                    "id": format!("{base}/achievement.fr.json"),
                    "version": "Open Badges v3p0",
                },
            ],
        })
    );
}

/// OB2-I18N-2, OB2-I18N-4: each facet names every sibling in both directions, and never itself.
#[test]
fn related_classes_name_each_other_and_never_themselves() {
    let site = site();
    let records = Records::of(&site);
    for class in &site.classes {
        let facets: Vec<Facet<'_>> = Facet::all(class, class.current()).collect();
        let related: Vec<(String, Vec<String>)> = facets
            .iter()
            .map(|facet| {
                let class = value(&records.badge_class(*facet));
                let related = class["related"].as_array().unwrap().iter();
                let ids = related.map(|one| one["id"].as_str().unwrap().to_owned()).collect();
                (class["id"].as_str().unwrap().to_owned(), ids)
            })
            .collect();
        for (id, ids) in &related {
            assert!(!ids.contains(id), "{id} names itself");
            for other in ids.iter().filter(|other| other.contains("/badgeclass.")) {
                let (_, back) = related.iter().find(|(id, _)| id == other).unwrap();
                assert!(back.contains(id), "{other} does not name {id}");
            }
        }
    }
}

#[test]
fn an_ob2_issuer_says_where_its_assertions_are_and_names_no_did_ob2_prof_ob2_ver_3_ob2_ver_4() {
    let site = site();
    let records = Records::of(&site);
    let issuer = value(&records.issuer_ob2(&site.issuers[&slug("club")]));
    assert_eq!(
        issuer,
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Issuer",
            "id": "https://badges.example/issuers/club/issuer.json",
            "@language": "fr",
            "name": "Le Club",
            "url": "https://club.example",
            "email": "bonjour@club.example",
            "description": "Un club.",
            "image": "https://badges.example/issuers/club/image.png",
            "verification": {
                "type": "VerificationObject",
                "startsWith": "https://badges.example/a/",
                "allowedOrigins": "badges.example",
            },
            "related": [{
                "type": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile",
                "id": "https://badges.example/issuers/club/profile.json",
                "version": "Open Badges v3p0",
            }],
        })
    );
    assert!(!issuer.to_string().contains("did:"));
    for class in &site.classes {
        for facet in Facet::all(class, class.current()) {
            assert!(!value(&records.badge_class(facet)).to_string().contains("did:"));
        }
    }
}

fn sealed_document(recipient: Recipient) -> Value {
    let site = drawn();
    let records = Records::of(&site);
    let fr = lang("fr");
    let mut event = event(1);
    event.recipient = recipient;
    event.hidden_name = Some("sha256$cd".to_owned());
    event.role = Some("trésorerie".to_owned());
    let sealing = sealing(&site, facet(&site, 1, None, &fr), &[]);
    value(&records.credential(&event, &sealing))
}

#[test]
fn an_assertion_says_what_the_sealed_bytes_say_and_no_more_ob2_asn_ob3_mig() {
    let email = Recipient::Email { hash: "sha256$ab".to_owned(), salt: "pepper".to_owned() };
    let assertion = value(&assertion::derive(&sealed_document(email)).unwrap());
    let award = format!("https://badges.example/a/{}", event(1).id);
    assert_eq!(
        assertion,
        json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": format!("{award}/assertion.json"),
            "@language": "fr",
            "recipient": { "type": "email", "hashed": true, "salt": "pepper", "identity": "sha256$ab" },
            "badge": "https://badges.example/badges/accueil/v1/badgeclass.fr.json",
            "verification": { "type": "HostedBadge" },
            "issuedOn": "2026-03-12T09:00:00Z",
            "expires": "2029-03-12T23:59:59Z",
            "image": format!("{award}/badge.png"),
            "evidence": [{ "narrative": "Onze permanences.", "genre": "text" }],
            "narrative": "**Points remplis\u{a0}:**\n\n- Présenter le lieu.\n- Écouter.",
        })
    );
}

#[test]
fn an_assertion_keeps_the_day_of_the_award_when_it_was_signed_again_ob3_mig_6() {
    let opaque = || Recipient::Opaque("urn:uuid:00000000-0000-4000-8000-000000000001".to_owned());
    let issued =
        |credential: &Value| value(&assertion::derive(credential).unwrap())["issuedOn"].clone();
    let mut again = sealed_document(opaque());
    again["validFrom"] = json!("2026-08-01T00:00:00Z");
    assert_eq!(issued(&again), "2026-03-12T09:00:00Z");
    let mut foreign = sealed_document(opaque());
    foreign.as_object_mut().unwrap().remove("awardedDate");
    assert_eq!(issued(&foreign), "2026-03-12T09:00:00Z");
}

#[test]
fn every_recipient_has_its_ob2_form_ob2_id_1_to_5_ob3_mig_5() {
    let plain =
        |kind: &str, identity: &str| json!({ "type": kind, "hashed": false, "identity": identity });
    let did = "did:key:z6Mkmf8JZMZKDpQcumG94haxMEKw9FUSu1MbhBfZcq7Yez1d";
    let urn = "urn:uuid:00000000-0000-4000-8000-000000000001";
    for (recipient, expected) in [
        (Recipient::Did(did.to_owned()), plain("id", did)),
        (Recipient::Opaque(urn.to_owned()), plain("id", urn)),
        (Recipient::Url("https://a.example".to_owned()), plain("url", "https://a.example")),
    ] {
        let assertion = value(&assertion::derive(&sealed_document(recipient)).unwrap());
        assert_eq!(assertion["recipient"], expected);
    }
}

#[test]
fn what_seal_did_not_make_has_no_assertion() {
    let opaque = Recipient::Opaque("urn:uuid:00000000-0000-4000-8000-000000000001".to_owned());
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut document = sealed_document(opaque.clone());
        change(&mut document);
        assertion::derive(&document).unwrap_err()
    };
    let id = refused(&|document| document["id"] = json!("urn:uuid:1"));
    assert_eq!(id, AssertionError::Member("id"));
    let related = refused(&|document| {
        document["credentialSubject"]["achievement"]["related"] = json!([]);
    });
    assert_eq!(related, AssertionError::Member("related"));
    let nobody = refused(&|document| {
        document["credentialSubject"].as_object_mut().unwrap().remove("id");
    });
    assert_eq!(nobody, AssertionError::Member("identifier"));
    let date = refused(&|document| document["validUntil"] = json!("tomorrow"));
    assert_eq!(date, AssertionError::Member("validUntil"));
    assert!(matches!(refused(&|document| *document = json!([])), AssertionError::Sealed(_)));
}

#[test]
fn a_withdrawn_award_leaves_five_members_and_a_forgotten_one_four_ob2_rev_3() {
    let site = site();
    let records = Records::of(&site);
    let id = event(1).id;
    let body = |reason, note| {
        let date = moment("2026-08-01T00:00:00Z");
        let revocation = Revocation { date, reason, note, replaced_by: None };
        value(&assertion::revoked(id, &revocation, &records))
    };
    let mut expected = json!({
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": format!("https://badges.example/a/{id}/assertion.json"),
        "revoked": true,
    });
    assert_eq!(body(None, None), expected);
    assert_eq!(value(&assertion::forgotten(id, &site)), expected);
    expected["revocationReason"] = json!("Le mandat a pris fin.");
    assert_eq!(body(Some(Reason::TermEnded), None), expected);
    expected["revocationReason"] = json!("Le mandat a pris fin. Merci !");
    assert_eq!(body(Some(Reason::TermEnded), Some(text("Merci !", "Thanks!"))), expected);
    expected["revocationReason"] = json!("Merci !");
    assert_eq!(body(None, Some(text("Merci !", "Thanks!"))), expected);
}
