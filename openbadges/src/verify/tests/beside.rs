//! What lies beside a badge: files with digests, schemas, extensions, newer copies.

use base64::Engine as _;
use sha2::Digest as _;

use super::*;

const PICTURE: &str = "https://badges.example/badges/accueil/v1/image.svg";

fn badge_with(issuer: &Issuer, change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = Issuer::unsigned_badge();
    change(&mut badge);
    issuer.secure(badge, &[Suite::EddsaRdfc2022])
}

fn with_picture(issuer: &Issuer, bytes: &[u8]) -> Value {
    let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(bytes));
    badge_with(issuer, |badge| {
        badge["credentialSubject"]["achievement"]["image"] =
            json!({ "id": PICTURE, "type": "Image" });
        badge["relatedResource"] =
            json!([{ "id": PICTURE, "digestSRI": format!("sha256-{digest}") }]);
    })
}

/// CRED-VCDM-11: a swapped picture is noticed where it is looked at; where it is not, the report says so.
#[test]
fn a_swapped_picture_is_noticed_when_it_is_read() {
    let mut issuer = Issuer::new();
    let badge = with_picture(&issuer, b"<svg/>");
    let report = issuer.verify(&badge);
    assert_eq!(report.verdict, Verdict::Valid);
    assert!(report.noted(Code::ResourceNotChecked));
    let fetch = Policy { resources: Resources::Fetch, ..Policy::default() };
    let input = Input::File(badge.to_string().into_bytes());
    let ask = |bytes: &[u8], policy: &Policy| {
        let mut issuer = Issuer::new();
        issuer.answer(PICTURE, PICTURE, 200, bytes.to_vec());
        issuer.verify_with(&input, policy)
    };
    for policy in [&fetch, &Policy::default()] {
        let same = ask(b"<svg/>", policy);
        assert!(same.verdict == Verdict::Valid && same.noted(Code::ResourceMatches));
        let swapped = ask(b"<svg />", policy);
        assert_eq!(swapped.answer(Question::Unaltered), Outcome::Fail(Code::ResourceDiffers));
        assert_eq!(swapped.verdict, Verdict::Invalid);
    }
    // Asked for and not to be had: nobody looked at it.
    let report = issuer.verify_with(&input, &fetch);
    assert_eq!(report.verdict, Verdict::Valid);
    assert!(report.noted(Code::ResourceNotChecked));
}

/// CRED-VCDM-11; design, section 6: a record in another badge's picture, or in one that was saved anew, is as good as
/// elsewhere, and the reader is told not to go by the drawing.
#[test]
fn a_badge_in_another_picture_than_the_one_that_was_signed_is_remarked() {
    const DRAWING: &str =
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect/></svg>"#;
    let another = DRAWING.replace("rect", "path");
    let mut issuer = Issuer::new();
    let mut judged = |badge: &Value, drawing: &str| {
        let text = badge.to_string();
        let record = crate::bake::Record::new(crate::bake::Slot::OpenBadges3, &text).unwrap();
        let picture = crate::bake::bake(drawing.as_bytes(), &[record]).unwrap();
        let report = issuer.verify_with(&Input::File(picture), &Policy::default());
        assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
        let codes = [Code::ResourceMatches, Code::PictureDiffers, Code::ResourceNotChecked];
        codes.map(|code| report.noted(code))
    };
    let badge = with_picture(&Issuer::new(), DRAWING.as_bytes());
    assert_eq!(judged(&badge, DRAWING), [true, false, false]);
    assert_eq!(judged(&badge, &another), [false, true, true]);
    // Nobody signed what the badge looks like: there is nothing to say.
    assert_eq!(judged(&Issuer::new().badge(), &another), [false, false, false]);
}

/// OB3-JS-1 to OB3-JS-4, CRED-VCDM-10.
#[test]
fn what_is_not_checked_is_said_and_decides_nothing() {
    let mut issuer = Issuer::new();
    let official = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
    let badge = badge_with(&issuer, |badge| {
        let contexts = badge["@context"].as_array_mut().unwrap();
        contexts.push(json!("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"));
        badge["credentialSchema"] = json!([
            { "id": official, "type": "1EdTechJsonSchemaValidator2019" },
            { "id": "https://a.example/schema.json", "type": "1EdTechJsonSchemaValidator2019" }
        ]);
        badge["evidence"] = json!([{ "id": "https://a.example/photo", "type": ["Evidence"] }]);
        badge["termsOfUse"] =
            json!([{ "id": "https://a.example/terms", "type": "https://a.example/T" }]);
    });
    let report = issuer.verify(&badge);
    assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
    for code in [
        Code::SchemaCovered,
        Code::SchemaNotChecked,
        Code::EvidenceNotChecked,
        Code::TermsNotChecked,
    ] {
        assert!(report.noted(code), "{code:?}");
    }
    assert_eq!(report.records[0].evidence, 1);
}

/// OB2-EXT-6.
#[test]
fn an_extension_of_open_badges_2_is_named_and_not_checked() {
    let mut issuer = Issuer::new();
    let presented = hosted(&mut issuer, |assertion, _| {
        assertion["extensions:exampleExtension"] = json!({
            "@context": "https://a.example/context.json",
            "type": ["Extension", "extensions:ExampleExtension"], "exampleProperty": "Bonjour"
        });
    });
    let report = issuer.verify(&presented);
    assert_eq!(report.verdict, Verdict::Valid);
    let note = report.notes.iter().find(|note| note.code == Code::ExtensionNotChecked).unwrap();
    assert_eq!(note.detail.as_deref(), Some("extensions:exampleExtension"));
}

/// OB2-RL-5, OB2-RL-7: what an issuer lists as withdrawn is withdrawn; without the list, the address decides.
#[test]
fn a_hosted_badge_that_its_issuer_lists_is_withdrawn() {
    let url = format!("{BASE}/revoked.json");
    let list = |entries: Value, issuer: &str| {
        json!({ "@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": url,
            "issuer": issuer, "revokedAssertions": entries })
    };
    let club = format!("{BASE}/issuers/club/issuer.json");
    let mine = format!("{BASE}/a/1/assertion.json");
    let revoked = (Verdict::Invalid, Status::Revoked);
    let valid = (Verdict::Valid, Status::Active);
    for (published, expected, note) in [
        (list(json!(mine), &club), revoked, None),
        (list(json!([{ "uid": "u-1", "revocationReason": "Erreur" }]), &club), revoked, None),
        (list(json!([{ "id": mine, "revoked": false }, mine]), &club), revoked, None),
        (list(json!([]), &club), valid, None),
        (
            list(json!([{ "id": mine, "revoked": false }]), &club),
            valid,
            Some(Code::RevocationEntryOdd),
        ),
        (
            list(json!([mine]), "https://other.example/issuer"),
            valid,
            Some(Code::RevocationListNotRead),
        ),
        (json!({ "type": "RevocationList" }), valid, Some(Code::RevocationListNotRead)),
    ] {
        let mut issuer = Issuer::new();
        issuer.publish(&url, &published);
        let presented = hosted(&mut issuer, |assertion, profile| {
            assertion["uid"] = json!("u-1");
            profile["revocationList"] = json!(url);
        });
        let report = issuer.verify(&presented);
        assert_eq!(verdict(&report), expected, "{published}: {report:#?}");
        assert!(note.is_none_or(|code| report.noted(code)), "{published}");
    }
}

const SERVICE: &str = "https://badges.example/refresh/1";

fn refreshable(issuer: &Issuer, change: impl FnOnce(&mut Value)) -> Value {
    badge_with(issuer, |badge| {
        let contexts = badge["@context"].as_array_mut().unwrap();
        contexts.push(json!("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"));
        badge["refreshService"] = json!({ "id": SERVICE, "type": "1EdTechCredentialRefresh" });
        badge["validUntil"] = json!("2026-08-01T00:00:00Z");
        change(badge);
    })
}

/// OB3-VAL-11: once, only for the same badge of the same issuer, never backwards.
#[test]
fn a_newer_copy_is_used_when_it_is_one() {
    type Change = fn(&mut Value);
    let cases: [(Change, bool); 4] = [
        (|it| it["validUntil"] = json!("2029-08-01T00:00:00Z"), true),
        (|it| it["id"] = json!("https://badges.example/a/2/credential.json"), false),
        (|it| it["validFrom"] = json!("2026-03-11T00:00:00Z"), false),
        (|it| it["name"] = json!(1), false),
    ];
    for (change, is_used) in cases {
        let mut issuer = Issuer::new();
        let presented = refreshable(&issuer, |_| {});
        let newer = refreshable(&issuer, |badge| {
            badge["validUntil"] = json!("2029-08-01T00:00:00Z");
            change(badge);
        });
        issuer.publish(SERVICE, &newer);
        let report = issuer.verify(&presented);
        let expected = if is_used {
            (Verdict::Valid, Status::Active)
        } else {
            (Verdict::Invalid, Status::Expired)
        };
        assert_eq!(verdict(&report), expected, "{report:#?}");
        assert_eq!(report.noted(Code::Refreshed), is_used);
        assert_eq!(report.noted(Code::RefreshNotUsed), !is_used);
        assert_eq!(report.records[0].found_in, if is_used { "refreshed" } else { "json" });
    }
}

#[test]
fn the_refresh_service_is_not_asked_when_the_policy_says_so() {
    let issuer = Issuer::new();
    let badge = refreshable(&issuer, |_| {});
    let mut documents = Issuer::new();
    let policy = Policy { refresh: Refresh::Never, ..Policy::default() };
    let report = documents.verify_with(&Input::File(badge.to_string().into_bytes()), &policy);
    assert!(report.noted(Code::RefreshNotUsed));
    assert!(documents.documents.get(&Iri::parse(SERVICE).unwrap()).is_none());
}

/// A refreshed copy that changes the issuer, or is forged, is a stranger's.
#[test]
fn a_forged_newer_copy_is_not_used() {
    let mut issuer = Issuer::new();
    let presented = refreshable(&issuer, |_| {});
    let thief = Issuer { key: SigningKey::from_seed(&[66; 32]), ..Issuer::new() };
    let forged = refreshable(&thief, |badge| badge["validUntil"] = json!("2029-08-01T00:00:00Z"));
    issuer.publish(SERVICE, &forged);
    let report = issuer.verify(&presented);
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Expired), "{report:#?}");
    let note = report.notes.iter().find(|note| note.code == Code::RefreshNotUsed).unwrap();
    assert_eq!(note.detail.as_deref(), Some("proof"));
}

/// design, section 6: after a compromise the true badges are signed anew under the same id. The old bytes fail, and the
/// report says where a fresh copy is, once it has seen that one hold.
#[test]
fn a_badge_signed_with_a_stolen_key_leads_to_its_fresh_copy() {
    let stolen = SigningKey::from_seed(&[7; 32]);
    let own = format!("{BASE}/a/1/credential.json");
    for (fresh_key, is_led) in [([9; 32], true), ([10; 32], false)] {
        let old = Issuer::new().badge();
        let mut issuer = Issuer { key: SigningKey::from_seed(&[9; 32]), ..Issuer::new() };
        let Ok(Did::Web(did)) = Did::parse(DID) else { panic!("a did:web") };
        let since = Timestamp::parse("2026-08-01T00:00:00Z").unwrap();
        let keys = [
            PublishedKey { key: issuer.key.public(), revoked: None },
            PublishedKey { key: stolen.public(), revoked: Some(since) },
        ];
        let document = did_web_document(&did, &keys, &[]);
        issuer.publish(&format!("{BASE}/issuers/club/did.json"), &document);
        let signer = Issuer { key: SigningKey::from_seed(&fresh_key), ..Issuer::new() };
        let fresh = badge_with(&signer, |badge| {
            badge["awardedDate"] = json!("2026-03-12T00:00:00Z");
            badge["validFrom"] = json!("2026-08-02T00:00:00Z");
        });
        issuer.publish(&own, &fresh);
        let report = issuer.verify(&old);
        assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::KeyRevoked));
        assert_eq!(report.verdict, Verdict::Invalid);
        assert_eq!(report.noted(Code::FreshCopy), is_led, "{:#?}", report.notes);
    }
}
