//! Whose host is it? Hosted badges of Open Badges 2.0.

use super::*;

/// Moves the whole hosted cluster below another root, the issuer's profile excepted.
fn moved(root: &str, profile_root: &str, change: impl Fn(&mut Value)) -> Report {
    let mut honest = Issuer::new();
    let presented = hosted(&mut honest, |_, profile| change(profile));
    let issuers = format!("{BASE}/issuers");
    let place = |text: &str| {
        let parts = text.split(issuers.as_str()).map(|part| part.replace(BASE, root));
        parts.collect::<Vec<_>>().join(&format!("{profile_root}/issuers"))
    };
    let mut issuer = Issuer::new();
    for (asked, answer) in honest.documents.iter() {
        let text = String::from_utf8(answer.body.as_ref().unwrap().bytes.clone()).unwrap();
        let url = place(asked.as_str());
        issuer.answer(&url, &url, 200, place(&text).into_bytes());
    }
    issuer.verify(&serde_json::from_str(&place(&presented.to_string())).unwrap())
}

fn without_scope(profile: &mut Value) {
    profile.as_object_mut().unwrap().remove("verification");
}

/// OB2-HOST-7 lets the same origin speak for an issuer. Where everybody shares one origin, that would let anybody.
#[test]
fn on_a_shared_host_only_the_issuers_own_part_speaks_for_it() {
    let raw = "https://raw.githubusercontent.com";
    let (club, thief) = (format!("{raw}/club/badges/main"), format!("{raw}/thief/badges/main"));
    let pass = Outcome::Pass(Code::IssuerHostsBadge);
    let out = Outcome::Fail(Code::IssuerOutOfScope);
    let own = moved(&club, &club, without_scope);
    assert_eq!(own.answer(Question::Issuer), pass, "{own:#?}");
    assert!(own.noted(Code::IssuerSharedHost));
    assert!(own.issuer.as_ref().unwrap().shared_host);
    assert_eq!(moved(&thief, &club, without_scope).answer(Question::Issuer), out);
    // A scope that names the whole host names nobody; one that names a part of it is the issuer's own word.
    let wide =
        moved(&thief, &club, |it| it["verification"] = json!({ "startsWith": format!("{raw}/") }));
    assert_eq!(wide.answer(Question::Issuer), out);
    let origin = json!({ "allowedOrigins": "raw.githubusercontent.com" });
    let by_origin = moved(&thief, &club, |it| it["verification"] = origin.clone());
    assert_eq!(by_origin.answer(Question::Issuer), out);
    let named = moved(&thief, &club, |it| {
        it["verification"] = json!({ "startsWith": format!("{raw}/thief/") })
    });
    assert_eq!(named.answer(Question::Issuer), pass);
    // Each name below `github.io` is an origin of its own.
    let pages = "https://club.github.io";
    assert_eq!(moved(pages, pages, without_scope).answer(Question::Issuer), pass);
    let beside = moved("https://thief.github.io", pages, without_scope);
    assert_eq!(beside.answer(Question::Issuer), out);
}

/// A document speaks only for its final host, and where everybody shares a host only for the part of it that was asked.
#[test]
fn a_shared_host_leads_to_no_other_tenants_document() {
    let raw = "https://raw.githubusercontent.com";
    let profile = format!("{raw}/club/badges/main/issuer.json");
    for (from, holds) in [("club/moved/main", true), ("thief/badges/main", false)] {
        let mut issuer = Issuer::new();
        let id = format!("{raw}/club/badges/main/a.json");
        let class = json!({ "id": format!("{raw}/club/badges/main/class.json"),
            "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "name": "Accueil",
            "description": "Accueille.", "image": format!("{raw}/i.png"),
            "criteria": { "narrative": "Accueillir." }, "issuer": profile });
        let assertion = json!({ "id": id, "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion", "badge": class["id"], "issuedOn": "2026-03-12T00:00:00Z",
            "recipient": { "type": "email", "hashed": false, "identity": EMAIL },
            "verification": { "type": "HostedBadge" } });
        issuer.publish(&id, &assertion);
        issuer.publish(class["id"].as_str().unwrap(), &class);
        let published = json!({ "id": profile, "@context": "https://w3id.org/openbadges/v2",
            "type": "Issuer", "name": "Club", "url": "https://club.example" });
        let bytes = published.to_string().into_bytes();
        issuer.answer(&profile, &format!("{raw}/{from}/issuer.json"), 200, bytes);
        let report = issuer.verify(&assertion);
        assert_eq!(report.verdict == Verdict::Valid, holds, "{from}: {:#?}", report.checks);
        assert_eq!(report.found(Code::DocumentOtherHost), !holds, "{from}");
    }
}

/// OB2-HOST-6, OB2-HOST-7: another host of the issuer's, named by it.
#[test]
fn an_issuer_may_name_another_host() {
    let elsewhere = "https://files.example";
    let named = moved(elsewhere, BASE, |it| {
        it["verification"] = json!({ "allowedOrigins": ["files.example"] })
    });
    assert_eq!(named.verdict, Verdict::Valid, "{named:#?}");
    let unnamed = moved(elsewhere, BASE, without_scope);
    assert_eq!(unnamed.answer(Question::Issuer), Outcome::Fail(Code::IssuerOutOfScope));
}

/// OB2-WILD-3: a sign-in page or a bot check in the place of the data.
#[test]
fn a_page_in_the_place_of_the_data_is_told_as_that() {
    let mut issuer = Issuer::new();
    let url = format!("{BASE}/issuers/club/issuer.json");
    issuer.answer(&url, &url, 200, b"<!DOCTYPE html><title>Connexion</title>".to_vec());
    let presented = hosted(&mut issuer, |_, _| {});
    let report = issuer.verify(&presented);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::DocumentIsPage));
    assert_eq!(report.verdict, Verdict::Unknown);
}
