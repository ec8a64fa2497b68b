//! Whole records, word for word, so that a change of what is signed for ever is seen in a review.

use openbadges::status::Bitstring;
use serde_json::{Value, json};

use super::credential::{EvidenceFile, Sealing};
use super::document::json;
use super::sealed::Sealed;
use super::{Facet, Records};
use crate::example::{event, key, lang, moment, site, slug, text};
use crate::site::{Evidence, KeyState, Lang, Recipient, Site};

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
    assert_eq!(value(&records.achievement(facet(&site, 1, None, &fr))), achievement_of_accueil());
    let document = value(&records.achievement_document(facet(&site, 1, None, &fr)));
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
    assert_eq!(value(&records.profile_document(issuer)), expected);
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
