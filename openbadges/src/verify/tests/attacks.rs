//! What a thief, a holder of a withdrawn badge or a vandal would try.

use super::*;

/// A badge of `issuer` made from the honest one, with the one proof that covers statements and not JSON: a holder may
/// leave the other one out.
fn signed(issuer: &Issuer, change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = Issuer::unsigned_badge();
    change(&mut badge);
    issuer.secure(badge, &[Suite::EddsaRdfc2022])
}

fn members(value: &mut Value) -> &mut serde_json::Map<String, Value> {
    value.as_object_mut().unwrap()
}

/// CRED-UNSIGNED-6, CRED-VCDM-12: the statements stay the same, and a reader of JSON no longer finds the member.
#[test]
fn a_member_renamed_to_the_address_it_means_does_not_disappear() {
    let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
    let mut badge = signed(&issuer, |badge| badge["validUntil"] = json!("2026-08-01T00:00:00Z"));
    let all = members(&mut badge);
    let until = all.remove("validUntil").unwrap();
    let status = all.remove("credentialStatus").unwrap();
    let date_time = "http://www.w3.org/2001/XMLSchema#dateTime";
    let typed = json!({ "@value": until, "@type": date_time });
    all.insert("https://www.w3.org/2018/credentials#validUntil".to_owned(), typed);
    all.insert("https://www.w3.org/2018/credentials#credentialStatus".to_owned(), status);
    let report = issuer.verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Unknown), "{:#?}", report.checks);
    assert!(report.found(Code::ShapeBroken), "{:#?}", report.checks);
}

/// CRED-UNSIGNED-8: an endorsement of the badge names it a second time, and RDF does not care where a thing is described.
#[test]
fn a_member_moved_to_another_place_that_names_the_badge_does_not_disappear() {
    let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
    let mut badge = signed(&issuer, |badge| {
        badge["validUntil"] = json!("2026-08-01T00:00:00Z");
        badge["endorsement"] = json!([{
            "@context": badge["@context"], "id": "urn:uuid:1", "name": "Avis",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": { "id": "did:web:other.example", "type": ["Profile"] },
            "validFrom": "2026-03-13T00:00:00Z",
            "credentialSubject": { "id": badge["id"], "type": ["EndorsementSubject"] }
        }]);
    });
    let report = issuer.verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Revoked), "{:#?}", report.checks);
    let moved: Vec<(String, Value)> = ["validUntil", "credentialStatus"]
        .map(|name| (name.to_owned(), members(&mut badge).remove(name).unwrap()))
        .into();
    let subject = badge.pointer_mut("/endorsement/0/credentialSubject").unwrap();
    subject["type"] = json!(["VerifiableCredential", "OpenBadgeCredential", "EndorsementSubject"]);
    members(subject).extend(moved);
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::ProofVerified));
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Unknown), "{:#?}", report.checks);
    assert!(report.found(Code::ShapeBroken), "{:#?}", report.checks);
}

/// CRED-SAFE-8: a member in another form than the reader knows is not read as an absent one.
#[test]
fn a_badge_out_of_shape_is_not_called_active() {
    let mut issuer = Issuer::new();
    let mut badge = signed(&issuer, |badge| badge["validUntil"] = json!("2026-08-01T00:00:00Z"));
    let date_time = "http://www.w3.org/2001/XMLSchema#dateTime";
    badge["validUntil"] = json!({ "@value": badge["validUntil"], "@type": date_time });
    let report = issuer.verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Unknown), "{:#?}", report.checks);
}

/// CRED-SAFE-3: nested contexts are looked at once each; they cost 2⁶⁰ looks when every level looks again below itself.
#[test]
fn contexts_inside_contexts_are_refused_in_no_time() {
    let mut issuer = Issuer::new();
    let mut badge = issuer.badge();
    let context = badge["@context"].clone();
    let mut inner = json!({});
    for _ in 0..60 {
        inner =
            json!({ "@context": context, "type": ["EndorsementCredential"], "endorsement": inner });
    }
    badge["endorsement"] = inner;
    let report = issuer.verify(&badge);
    assert_eq!(report.verdict, Verdict::Invalid);
}
