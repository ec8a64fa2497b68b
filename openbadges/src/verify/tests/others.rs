//! What is handed in and is no badge, or no badge of today: endorsements, other credentials, presentations, badges of 1.x.

use super::*;

const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";

fn endorsement() -> Value {
    let mut endorsement = Issuer::unsigned_badge();
    endorsement["id"] = json!(format!("{BASE}/e/1/endorsement.json"));
    endorsement["name"] = json!("Avis");
    endorsement["type"] = json!(["VerifiableCredential", "EndorsementCredential"]);
    endorsement["credentialSubject"] = json!({
        "id": "https://other.example/issuer", "type": ["EndorsementSubject"],
        "endorsementComment": "Bien vu."
    });
    endorsement
}

fn membership() -> Value {
    let mut credential = Issuer::unsigned_badge();
    credential["@context"] = json!([CREDENTIALS_V2]);
    credential["type"] = json!(["VerifiableCredential"]);
    credential["name"] = json!({ "@value": "Adhésion", "@language": "fr" });
    credential["issuer"] = json!(DID);
    credential["credentialSubject"] = json!({ "id": "did:example:member" });
    credential.as_object_mut().unwrap().remove("validFrom");
    credential
}

fn signed(document: Value) -> Value {
    Issuer::new().secure(document, &[Suite::EddsaRdfc2022])
}

fn under(document: &Value, accept: Accept) -> Report {
    let policy = Policy { accept, ..Policy::default() };
    Issuer::new().verify_with(&Input::File(document.to_string().into_bytes()), &policy)
}

/// OB3-END-8, OB3-VAL-3: who asked for a badge does not read "valid" of something else, and yet learns all there is.
#[test]
fn what_is_no_badge_is_verified_and_never_called_a_valid_one() {
    for (document, kind, code, version) in [
        (endorsement(), Kind::Endorsement, Code::EndorsementAlone, "3.0"),
        (membership(), Kind::Credential, Code::NotABadge, "vcdm"),
    ] {
        let document = signed(document);
        let report = under(&document, Accept::Badges);
        assert_eq!(verdict(&report), (Verdict::Unknown, Status::Active), "{:#?}", report.checks);
        assert!(report.found(code));
        assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::ProofVerified));
        assert_eq!(report.answer(Question::NotWithdrawn), Outcome::Pass(Code::NotWithdrawn));
        assert_eq!((report.records[0].kind, report.records[0].version), (kind, version));
        let report = under(&document, Accept::Credentials);
        assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
        assert!(report.noted(code) && !report.found(code));
    }
}

/// Each kind is held to its own form, dates, withdrawal and signature (OB3-END-2, CRED-VCDM-5, CRED-BSL-24).
#[test]
fn what_is_no_badge_fails_as_a_badge_would() {
    type Draft = fn() -> Value;
    type Change = fn(&mut Value);
    let cases: [(Draft, Change, Code); 6] = [
        (endorsement, |it| drop(it.as_object_mut().unwrap().remove("name")), Code::ShapeBroken),
        (endorsement, |it| it["validUntil"] = json!("2026-08-01T00:00:00Z"), Code::Expired),
        (
            endorsement,
            |it| drop(it.as_object_mut().unwrap().remove("validFrom")),
            Code::ShapeBroken,
        ),
        (membership, |it| it["validUntil"] = json!("2026-08-01T00:00:00Z"), Code::Expired),
        (membership, |it| it["validFrom"] = json!("2027-08-01T00:00:00Z"), Code::NotYetValid),
        (membership, |it| it["name"] = json!(7), Code::ShapeBroken),
    ];
    for (document, change, code) in cases {
        let mut document = document();
        change(&mut document);
        let report = under(&signed(document), Accept::Credentials);
        assert_eq!(report.verdict, Verdict::Invalid, "{code:?}: {:#?}", report.checks);
        assert!(report.found(code), "{code:?}: {:#?}", report.checks);
    }
    for document in [endorsement(), membership()] {
        let mut changed = signed(document.clone());
        changed["credentialSubject"]["id"] = json!("did:example:thief");
        let report = under(&changed, Accept::Credentials);
        assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
        let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
        let report = issuer.verify(&signed(document));
        assert_eq!(verdict(&report), (Verdict::Invalid, Status::Revoked));
    }
    let mut nothing = signed(membership());
    nothing["type"] = json!(["Diploma"]);
    assert!(under(&nothing, Accept::Credentials).found(Code::TypeUnknown));
}

/// An endorsement speaks of a thing, and was awarded to nobody.
#[test]
fn an_endorsement_is_no_persons() {
    let policy =
        Policy { recipient: Some("https://other.example/issuer".to_owned()), ..Policy::default() };
    let input = Input::File(signed(endorsement()).to_string().into_bytes());
    let report = Issuer::new().verify_with(&input, &policy);
    let answer = report.answer(Question::Recipient);
    assert_eq!(answer, Outcome::Unknown(Code::RecipientNotComparable));
}

fn hosted_endorsement(issuer: &mut Issuer, change: impl FnOnce(&mut Value)) -> Value {
    let assertion = hosted(issuer, |_, _| {});
    let mut endorsement = json!({
        "@context": assertion["@context"], "type": "Endorsement",
        "id": format!("{BASE}/a/e1.json"), "issuedOn": "2026-03-12T00:00:00Z",
        "issuer": format!("{BASE}/issuers/club/issuer.json"),
        "claim": { "id": "https://other.example/", "endorsementComment": "Bien vu." },
        "verification": { "type": "HostedBadge" }
    });
    let presented = endorsement.clone();
    change(&mut endorsement);
    issuer.publish(presented["id"].as_str().unwrap(), &endorsement);
    presented
}

/// OB2-END-1 to OB2-END-9: read again at its address, under the endorser's own scope.
#[test]
fn an_endorsement_of_open_badges_2_by_itself_is_read_at_its_address() {
    let mut issuer = Issuer::new();
    let presented = hosted_endorsement(&mut issuer, |_| {});
    let report = issuer.verify(&presented);
    assert_eq!(verdict(&report), (Verdict::Unknown, Status::Active), "{:#?}", report.checks);
    assert!(report.found(Code::EndorsementAlone));
    assert_eq!(report.records[0].description.as_deref(), Some("Bien vu."));
    let mut forged = presented.clone();
    forged["claim"]["endorsementComment"] = json!("Excellent.");
    let report = issuer.verify(&forged);
    assert!(report.found(Code::HostedCopyDiffers));
    assert_eq!(report.verdict, Verdict::Invalid);
    let mut issuer = Issuer::new();
    let presented = hosted_endorsement(&mut issuer, |it| it["revoked"] = json!(true));
    assert_eq!(verdict(&issuer.verify(&presented)), (Verdict::Invalid, Status::Revoked));
    let mut issuer = Issuer::new();
    let mut stranger = hosted_endorsement(&mut issuer, |_| {});
    stranger["id"] = json!("https://other.example/e1.json");
    issuer.publish("https://other.example/e1.json", &stranger);
    let report = issuer.verify(&stranger);
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::IssuerOutOfScope));
}

/// OB2-GEN-1: the other members of the cluster are no badges, and not broken ones.
#[test]
fn a_class_or_an_issuer_by_itself_is_no_badge() {
    for class in ["BadgeClass", "Issuer", "Profile", "RevocationList", "CryptographicKey"] {
        let document = json!({
            "@context": "https://w3id.org/openbadges/v2", "type": class, "id": format!("{BASE}/x")
        });
        let report = Issuer::new().verify(&document);
        assert_eq!(report.verdict, Verdict::Unknown, "{class}");
        assert!(report.found(Code::TypeUnknown), "{class}: {:#?}", report.checks);
    }
}

fn presentation(credentials: &Value) -> Value {
    json!({
        "@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"],
        "holder": "did:example:holder", "verifiableCredential": credentials
    })
}

/// VC Data Model 2.0, 4.13: one badge is taken out and verified; who presents it is not asked.
#[test]
fn the_one_badge_of_a_presentation_is_verified() {
    let badge = Issuer::new().badge();
    for credentials in [json!([badge]), badge.clone()] {
        let report = Issuer::new().verify(&presentation(&credentials));
        assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{:#?}", report.checks);
        assert!(report.noted(Code::PresentationNotChecked));
    }
    let mut forged = badge.clone();
    forged["name"] = json!("Direction");
    let report = Issuer::new().verify(&presentation(&json!([forged])));
    assert!(report.found(Code::ProofFailed));
    for several in [json!([badge, badge]), json!([])] {
        let report = Issuer::new().verify(&presentation(&several));
        assert_ne!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    }
    let report = Issuer::new().verify(&presentation(&json!([badge, forged])));
    assert!(report.found(Code::PresentationNotOne));
    assert_eq!(report.verdict, Verdict::Unknown);
    let mut broken = presentation(&json!([badge]));
    broken["holder"] = json!({ "name": "Acme" });
    assert!(Issuer::new().verify(&broken).found(Code::ShapeBroken));
    let mut first = presentation(&json!([badge]));
    first["@context"] = json!([{ "holder": "https://a.example/holder" }, CREDENTIALS_V2]);
    assert!(Issuer::new().verify(&first).found(Code::ContextRefused));
    // A presentation around a presentation holds no badge.
    let nested = Issuer::new().verify(&presentation(&json!([presentation(&json!([badge]))])));
    assert_ne!(nested.verdict, Verdict::Valid, "{:#?}", nested.checks);
}

fn old(version: &str) -> Value {
    let url = format!("{BASE}/old/1.json");
    let mut badge = json!({
        "uid": "1", "issuedOn": 1_400_000_000, "badge": format!("{BASE}/class.json"),
        "recipient": { "type": "email", "hashed": false, "identity": EMAIL },
        "verify": { "type": "hosted", "url": url }
    });
    match version {
        "1.1" => badge["@context"] = json!("https://w3id.org/openbadges/v1"),
        "0.5" => {
            badge["recipient"] = json!("sha256$00");
            badge["badge"] = json!({ "version": "0.5.0", "name": "Accueil" });
            badge.as_object_mut().unwrap().remove("verify");
        }
        _ => {}
    }
    badge
}

/// OB2-OLD-1 to OB2-OLD-4: recognised, explained, and nothing of it shown as if it were known.
#[test]
fn an_old_badge_is_called_by_its_generation() {
    let url = format!("{BASE}/old/1.json");
    for version in ["1.1", "1.0", "0.5"] {
        let mut issuer = Issuer::new();
        let badge = old(version);
        issuer.publish(&url, &badge);
        let report = issuer.verify(&badge);
        assert_eq!(verdict(&report), (Verdict::Unknown, Status::Unknown), "{version}");
        assert!(report.found(Code::LegacyVersion), "{version}: {:#?}", report.checks);
        let [record] = report.records.as_slice() else { panic!("one record") };
        assert_eq!((record.version, record.name.as_deref()), (version, None));
        assert_eq!(report.noted(Code::LegacyPublished), version != "0.5", "{version}");
        let mut other = badge.clone();
        other["recipient"] = json!("thief@personnes.example");
        assert!(!issuer.verify(&other).noted(Code::LegacyPublished), "{version}");
    }
}

/// OB2-HOST-3: what its address withdrew is withdrawn, however old.
#[test]
fn an_old_badge_may_be_withdrawn() {
    let url = format!("{BASE}/old/1.json");
    let mut issuer = Issuer::new();
    issuer.answer(&url, &url, 410, vec![]);
    assert_eq!(verdict(&issuer.verify(&old("1.0"))), (Verdict::Invalid, Status::Revoked));
    let mut issuer = Issuer::new();
    issuer.publish(&url, &json!({ "revoked": true }));
    assert_eq!(verdict(&issuer.verify(&old("1.1"))), (Verdict::Invalid, Status::Revoked));
    let mut issuer = Issuer::new();
    issuer.unplug(&url);
    assert_eq!(verdict(&issuer.verify(&old("1.1"))), (Verdict::Unknown, Status::Unknown));
}
