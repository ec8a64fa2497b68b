//! Pages that show a badge, and what a learner's link carries behind `#`.

use super::*;

use crate::recipient::NameSalt;

const NAME: &str = "Alizée Canular";

fn salt() -> NameSalt {
    NameSalt::from_random([3; 16])
}

/// The link of a learner whose badge hides their name.
fn link(name: &str, salt: &NameSalt) -> Input {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let text = format!("{BASE}/a/1/#n={name}&s={}", salt.as_str());
    Input::Address(Iri::parse(&text).unwrap())
}

/// An issuer with a learner's page whose head is `head`, and a badge that hides a name.
fn with_page(head: &str, hides_name: bool) -> Issuer {
    let mut issuer = Issuer::new();
    let mut badge = Issuer::unsigned_badge();
    if hides_name {
        let hash = RecipientHash::of_name(NAME, &salt()).to_string();
        badge["credentialSubject"]["identifier"].as_array_mut().unwrap().push(json!({
            "type": "IdentityObject", "identityType": "name", "hashed": true, "identityHash": hash
        }));
    }
    let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]);
    issuer.publish(&format!("{BASE}/a/1/credential.json"), &badge);
    let page = format!("{BASE}/a/1/");
    issuer.answer(&page, &page, 200, format!("<!DOCTYPE html><head>{head}").into_bytes());
    issuer
}

#[test]
fn the_name_in_a_private_link_answers_the_fifth_question() {
    let mut issuer = with_page("", true);
    let report = issuer.verify_with(&link("Alizée  Canular", &salt()), &Policy::default());
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(report.answer(Question::Recipient), Outcome::Pass(Code::RecipientNameMatches));
}

/// A link with another name, or another salt, is somebody's who changed it.
#[test]
fn a_private_link_that_was_changed_fails() {
    for (name, salt) in [("Alizée Canulard", salt()), (NAME, NameSalt::from_random([4; 16]))] {
        let report = with_page("", true).verify_with(&link(name, &salt), &Policy::default());
        assert_eq!(report.verdict, Verdict::Invalid, "{name}");
        assert_eq!(report.answer(Question::Recipient), Outcome::Fail(Code::RecipientNameDiffers));
    }
}

#[test]
fn a_private_link_to_a_badge_that_hides_no_name_proves_nothing() {
    let report = with_page("", false).verify_with(&link(NAME, &salt()), &Policy::default());
    assert_eq!(report.verdict, Verdict::Unknown);
    let expected = Outcome::Unknown(Code::RecipientNotComparable);
    assert_eq!(report.answer(Question::Recipient), expected);
}

#[test]
fn a_private_link_does_not_answer_for_another_identity() {
    let mut issuer = with_page("", true);
    let policy = Policy { recipient: Some("b@personnes.example".into()), ..Policy::default() };
    let report = issuer.verify_with(&link(NAME, &salt()), &policy);
    assert_eq!(report.answer(Question::Recipient), Outcome::Fail(Code::RecipientDiffers));
}

/// What stands behind `#` is asked of nobody.
#[test]
fn a_private_link_is_never_sent() {
    let step = verify(
        &link(NAME, &salt()),
        &Documents::new(),
        &Policy::default(),
        Timestamp::parse(NOW).unwrap(),
    );
    assert_eq!(step, Step::Need(vec![Iri::parse(&format!("{BASE}/a/1/")).unwrap()]));
}

#[test]
fn a_page_points_to_a_badge_that_is_judged_at_its_own_address() {
    let head = "<link rel=alternate type=application/ld+json href=copy.json>";
    let mut issuer = with_page(head, false);
    let badge = issuer.badge();
    issuer.publish(&format!("{BASE}/a/1/copy.json"), &badge);
    let input = Input::Address(Iri::parse(&format!("{BASE}/a/1/")).unwrap());
    let report = issuer.verify_with(&input, &Policy::default());
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert!(report.consulted.iter().any(|read| read.asked.as_str().ends_with("copy.json")));
}

/// Whoever shows a badge on a page of theirs lends it no name: the badge's own issuer answers for it.
#[test]
fn a_page_elsewhere_lends_its_domain_to_nobody() {
    let mut issuer = Issuer::new();
    let page = "https://university.example/people/";
    let badge = issuer.badge();
    issuer.publish(&format!("{BASE}/a/1/credential.json"), &badge);
    let html = format!(
        "<!doctype html><link rel=alternate type=application/ld+json href={BASE}/a/1/credential.json>"
    );
    issuer.answer(page, page, 200, html.into_bytes());
    let report = issuer.verify_with(&Input::Address(Iri::parse(page).unwrap()), &Policy::default());
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    let host = report.issuer.and_then(|issuer| issuer.host).unwrap();
    assert!(BASE.contains(&host) && host != "university.example");
}

#[test]
fn a_page_that_points_to_a_page_is_only_a_page() {
    let head = format!("<link rel=alternate type=application/ld+json href={BASE}/a/1/>");
    let mut issuer = with_page(&head, false);
    let input = Input::Address(Iri::parse(&format!("{BASE}/a/1/")).unwrap());
    let report = issuer.verify_with(&input, &Policy::default());
    assert_eq!(report.verdict, Verdict::Unknown);
    assert!(report.found(Code::InputIsPage));
}
