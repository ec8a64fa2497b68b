//! Honest badges of other issuers, in the forms they really have.

use super::*;

/// OB2-HOST-2, OB2-HOST-11: old ids begin with `http`, and their hosts have long answered with `https`.
#[test]
fn a_host_may_answer_an_old_address_with_its_secure_one() {
    let (old, new) = ("http://badges.example", "https://badges.example");
    let mut issuer = Issuer::new();
    let old_text = |value: &Value| {
        let text = value.to_string().replace(new, old);
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let mut published = Issuer::new();
    let presented = old_text(&hosted(&mut published, |_, _| {}));
    for (asked, answer) in published.documents.iter() {
        let body = answer.body.as_ref().unwrap();
        let document = old_text(&serde_json::from_slice(&body.bytes).unwrap());
        let asked = asked.as_str().replace(new, old);
        issuer.answer(&asked, body.url.as_str(), 200, document.to_string().into_bytes());
    }
    let report = issuer.verify(&presented);
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
}

/// The other way round, anybody between could have answered.
#[test]
fn a_secure_address_is_not_answered_by_an_insecure_one() {
    let mut issuer = Issuer::new();
    let did = issuer.did_document().to_string().into_bytes();
    let url = "https://badges.example/issuers/club/did.json";
    issuer.answer(url, &url.replace("https", "http"), 200, did);
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::DocumentOtherHost));
}

/// CRED-KEY-4: the end of a key is not the end of what was signed before it. A thief of an ended key would have to hold it.
#[test]
fn a_badge_signed_before_its_key_ended_stays_good() {
    for (end, expected) in [
        ("2026-05-01T00:00:00Z", Outcome::Pass(Code::IssuerConfirmed)),
        ("2026-03-12T09:59:59Z", Outcome::Fail(Code::KeyNotListed)),
    ] {
        let mut issuer = Issuer::new();
        let mut did = issuer.did_document();
        did["verificationMethod"][0]["expires"] = json!(end);
        issuer.publish(&format!("{BASE}/issuers/club/did.json"), &did);
        let badge = issuer.badge();
        assert_eq!(issuer.verify(&badge).answer(Question::Issuer), expected, "{end}");
    }
}

/// CRED-BSL-17, CRED-VCDM-6: a list need not say since when it holds.
#[test]
fn a_list_without_a_beginning_is_read() {
    let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
    let mut list = issuer.list();
    for member in ["validFrom", "proof"] {
        list.as_object_mut().unwrap().remove(member);
    }
    let list = issuer.secure(list, &[Suite::EddsaRdfc2022]);
    issuer.publish(Issuer::list_url().as_str(), &list);
    let badge = issuer.badge();
    assert_eq!(verdict(&issuer.verify(&badge)), (Verdict::Invalid, Status::Revoked));
}

/// OB2-ERR, Open Badges 1.x: a picture with a bare address of a 1.1 assertion is old, not broken.
#[test]
fn an_old_assertion_behind_a_bare_address_is_called_old() {
    let mut issuer = Issuer::new();
    let url = format!("{BASE}/old.json");
    let old = json!({ "uid": "1", "badge": format!("{BASE}/class.json"), "issuedOn": 1_400_000_000,
        "recipient": { "type": "email", "hashed": false, "identity": EMAIL },
        "verify": { "type": "hosted", "url": url } });
    issuer.publish(&url, &old);
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:o='http://openbadges.org' viewBox='0 0 1 1'>\
         <o:assertion verify='{url}'/></svg>"
    );
    let report = issuer.verify_with(&Input::File(svg.into_bytes()), &Policy::default());
    assert_eq!(report.verdict, Verdict::Unknown, "{:#?}", report.checks);
    assert!(report.found(Code::LegacyVersion), "{:#?}", report.checks);
}

/// OB3-IDO-6: a hash we cannot read is no comparison that failed.
#[test]
fn a_recipient_in_an_unknown_hash_is_not_another_person() {
    let mut issuer = Issuer::new();
    let mut badge = Issuer::unsigned_badge();
    let identifier = badge.pointer_mut("/credentialSubject/identifier/0/identityHash").unwrap();
    *identifier = json!(format!("sha512${}", "0".repeat(128)));
    let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]);
    let policy = Policy { recipient: Some(EMAIL.to_owned()), ..Policy::default() };
    let report = issuer.verify_with(&Input::File(badge.to_string().into_bytes()), &policy);
    let answer = report.answer(Question::Recipient);
    assert_eq!(answer, Outcome::Unknown(Code::RecipientNotComparable));
}

/// A learner's link carries a private part behind `#`; hosts and reports have no business with it.
#[test]
fn a_page_is_recognised_with_a_query_and_a_private_part() {
    for address in [format!("{BASE}/a/1/#name=secret"), format!("{BASE}/a/1/?lang=fr#secret")] {
        let mut issuer = Issuer::new();
        let asked = address.split('#').next().unwrap();
        issuer.answer(
            asked,
            asked,
            200,
            b"\xef\xbb\xbf<!-- made by hand -->\n<!DOCTYPE HTML>".to_vec(),
        );
        let badge = issuer.badge();
        issuer.publish(&format!("{BASE}/a/1/credential.json"), &badge);
        let input = Input::Address(Iri::parse(&address).unwrap());
        let report = issuer.verify_with(&input, &Policy::default());
        assert_eq!(report.verdict, Verdict::Valid, "{address}: {:#?}", report.checks);
        let words = serde_json::to_string(&report.in_language(Language::English)).unwrap();
        assert!(!words.contains("secret"), "{words}");
    }
}

/// CRED-DIDKEY-5: a bare `did:key` can only mean its one key, if it is the issuer.
#[test]
fn a_bare_did_key_is_tolerated_where_it_is_the_issuer() {
    let mut issuer = Issuer::new();
    let did = format!("did:key:{}", issuer.key.public().to_multikey());
    let mut badge = Issuer::unsigned_badge();
    badge["issuer"]["id"] = json!(did);
    let options = ProofOptions {
        suite: Suite::EddsaRdfc2022,
        verification_method: Iri::parse(&did).unwrap(),
        created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
    };
    badge["proof"] = proof::sign(&badge, &options, &issuer.key, ContextStore::embedded()).unwrap();
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::IssuerKeyOnly));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::ProofVerified));
}

/// CRED-VCDM-9, OB3-SER-2: a type may stand in an array, also that of a status.
#[test]
fn a_status_entry_with_its_type_in_an_array_is_read() {
    let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
    let mut badge = Issuer::unsigned_badge();
    badge["credentialStatus"]["type"] = json!(["BitstringStatusListEntry"]);
    let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]);
    assert_eq!(verdict(&issuer.verify(&badge)), (Verdict::Invalid, Status::Revoked));
}

/// A short link, or a site that added `www`: a badge stands by what it says of its own address. A withdrawal, which is told
/// by the address alone, is believed of its own host only.
#[test]
fn a_badge_behind_a_short_link_is_as_good_as_any() {
    let short = "https://short.example/x";
    let read = |status: u16, at: &str, bytes: Vec<u8>| {
        let mut issuer = Issuer::new();
        issuer.answer(short, at, status, bytes);
        let badge = issuer.badge();
        issuer.publish(&format!("{BASE}/a/1/credential.json"), &badge);
        issuer.verify_with(&Input::Address(Iri::parse(short).unwrap()), &Policy::default())
    };
    let badge = Issuer::new().badge().to_string().into_bytes();
    let report = read(200, &format!("{BASE}/a/1/credential.json"), badge.clone());
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert_eq!(report.issuer.unwrap().host.as_deref(), Some("badges.example"));
    // The page is the one it leads to: what lies beside it is looked for there.
    let report = read(200, &format!("{BASE}/a/1/"), b"<!doctype html>".to_vec());
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    let report = read(410, &format!("{BASE}/a/1/credential.json"), vec![]);
    assert_eq!(verdict(&report), (Verdict::Unknown, Status::Unknown), "{:#?}", report.checks);
    assert!(report.found(Code::DocumentUnavailable));
}

/// OB2-GEN-5: hosts have written one moment in several ways over the years; a copy keeps the way of its day.
#[test]
fn a_copy_with_the_same_moment_in_other_words_is_the_same() {
    for (written, is_same) in [
        ("2026-03-12T00:00:00Z", true),
        ("2026-03-12T01:00:00.000+01:00", true),
        ("2026-03-12T00:00:01Z", false),
        ("2026-03-12", false),
    ] {
        let mut issuer = Issuer::new();
        let mut presented = hosted(&mut issuer, |_, _| {});
        presented["issuedOn"] = json!(written);
        let report = issuer.verify(&presented);
        assert_eq!(report.found(Code::HostedCopyDiffers), !is_same, "{written}");
        assert_eq!(report.verdict == Verdict::Valid, is_same, "{written}");
    }
}

/// OB3-SER-8: the way of VCDM 2.0 to say in which language a text is. Every proof covers it.
#[test]
fn a_text_with_its_language_is_read_and_remarked() {
    let mut issuer = Issuer::new();
    let mut badge = Issuer::unsigned_badge();
    let name = badge.pointer_mut("/credentialSubject/achievement/name").unwrap();
    *name = json!({ "@value": "Accueil", "@language": "fr" });
    let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]);
    let report = issuer.verify(&badge);
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert!(report.noted(Code::ShapeTolerated));
    assert_eq!(report.records[0].name.as_deref(), Some("Accueil"));
    let mut changed = badge;
    changed["credentialSubject"]["achievement"]["name"]["@language"] = json!("en");
    let answer = issuer.verify(&changed).answer(Question::Unaltered);
    assert_eq!(answer, Outcome::Fail(Code::ProofFailed));
}
