//! Endorsements, by other issuers: listed, and never in the way of the badge.

use super::*;

const ENDORSER: &str = "did:web:reseau.example";

/// Another issuer's key, and its document in `issuer`'s web.
fn endorser(issuer: &mut Issuer) -> SigningKey {
    let key = SigningKey::from_seed(&[21; 32]);
    let Ok(Did::Web(did)) = Did::parse(ENDORSER) else { panic!("a did:web") };
    let document =
        did_web_document(&did, &[PublishedKey { key: key.public(), revoked: None }], &[]);
    issuer.publish("https://reseau.example/.well-known/did.json", &document);
    key
}

fn endorsement(key: &SigningKey, about: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut endorsement = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ],
        "id": format!("urn:uuid:endorsement-of-{}", about.len()), "name": "Avis",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": { "id": ENDORSER, "type": ["Profile"], "name": "Le réseau" },
        "validFrom": "2026-03-13T00:00:00Z",
        "credentialSubject": {
            "id": about, "type": ["EndorsementSubject"], "endorsementComment": "Bien vu."
        }
    });
    change(&mut endorsement);
    let method = format!("{ENDORSER}#{}", key.public().to_multikey());
    let options = ProofOptions {
        suite: Suite::EddsaRdfc2022,
        verification_method: Iri::parse(&method).unwrap(),
        created: Timestamp::parse("2026-03-13T10:00:00Z").unwrap(),
    };
    endorsement["proof"] =
        proof::sign(&endorsement, &options, key, ContextStore::embedded()).unwrap();
    endorsement
}

fn endorsed_badge(issuer: &Issuer, endorsements: &[Value]) -> Value {
    let mut badge = Issuer::unsigned_badge();
    badge["endorsement"] = json!(endorsements);
    issuer.secure(badge, &[Suite::EddsaRdfc2022])
}

/// OB3-END-8, OB3-END-9, OB3-VAL-14.
#[test]
fn an_endorsement_is_listed_by_its_endorsers_domain() {
    let class = format!("{BASE}/badges/accueil/v1/achievement.fr.json");
    let badge_id = format!("{BASE}/a/1/credential.json");
    for (about, of) in [(badge_id.as_str(), "badge"), (&class, "class"), (DID, "issuer")] {
        let mut issuer = Issuer::new();
        let key = endorser(&mut issuer);
        let badge = endorsed_badge(&issuer, &[endorsement(&key, about, |_| {})]);
        let report = issuer.verify(&badge);
        assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
        let [one] = report.endorsements.as_slice() else { panic!("one endorsement") };
        assert_eq!((one.outcome, one.of), (Outcome::Pass(Code::EndorsementHolds), of), "{one:?}");
        assert_eq!(one.endorser.as_ref().unwrap().host.as_deref(), Some("reseau.example"));
        assert_eq!(one.comment.as_deref(), Some("Bien vu."));
        assert_eq!(report.issuer.as_ref().unwrap().host.as_deref(), Some("badges.example"));
        let words = serde_json::to_value(report.in_language(Language::French)).unwrap();
        assert_eq!(words["endorsements"][0]["domain"], "reseau.example");
    }
}

/// OB3-END-10: forged, expired, about something else: the badge stays what it is.
#[test]
fn an_endorsement_that_does_not_hold_leaves_the_badge_alone() {
    type Change = fn(&mut Value);
    let fails = Outcome::Fail(Code::EndorsementFails);
    let undecided = Outcome::Unknown(Code::EndorsementUndecided);
    let id = format!("{BASE}/a/1/credential.json");
    // What the endorser signs, and what somebody does with it later.
    let cases: [(Change, Change, Outcome, Option<Code>); 6] = [
        (
            |_| {},
            |it| it["credentialSubject"]["endorsementComment"] = json!("Excellent."),
            fails,
            Some(Code::ProofFailed),
        ),
        (|it| it["validUntil"] = json!("2026-08-01T00:00:00Z"), |_| {}, fails, Some(Code::Expired)),
        (
            |it| {
                it["credentialSubject"]["id"] = json!("https://badges.example/a/2/credential.json")
            },
            |_| {},
            Outcome::Fail(Code::EndorsementOfAnother),
            None,
        ),
        (
            |it| {
                it.as_object_mut().unwrap().remove("name");
            },
            |_| {},
            fails,
            Some(Code::ShapeBroken),
        ),
        (
            |_| {},
            |it| {
                it.as_object_mut().unwrap().remove("proof");
            },
            fails,
            Some(Code::ProofMissing),
        ),
        (
            |it| it["credentialStatus"] = json!({ "id": "urn:x:1", "type": "https://a.example/S" }),
            |_| {},
            undecided,
            Some(Code::StatusUnsupported),
        ),
    ];
    for (signs, changes, outcome, reason) in cases {
        let mut issuer = Issuer::new();
        let key = endorser(&mut issuer);
        let mut endorsement = endorsement(&key, &id, signs);
        changes(&mut endorsement);
        let badge = endorsed_badge(&issuer, &[endorsement]);
        let report = issuer.verify(&badge);
        let [one] = report.endorsements.as_slice() else { panic!("one endorsement: {report:#?}") };
        assert_eq!((one.outcome, one.reason), (outcome, reason), "{one:#?}");
        assert_eq!((&one.comment, &one.name), (&None, &None));
        assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
    }
}

/// An endorser whose host is down, or who claims a domain without a key there.
#[test]
fn an_endorser_who_cannot_be_confirmed_is_not_listed_as_holding() {
    let id = format!("{BASE}/a/1/credential.json");
    let mut issuer = Issuer::new();
    let key = SigningKey::from_seed(&[21; 32]);
    let badge = endorsed_badge(&issuer, &[endorsement(&key, &id, |_| {})]);
    let report = issuer.verify(&badge);
    assert_eq!(report.endorsements[0].outcome, Outcome::Unknown(Code::EndorsementUndecided));
    assert_eq!(report.endorsements[0].reason, Some(Code::DocumentUnavailable));
    assert_eq!(report.verdict, Verdict::Valid);
    let mut issuer = Issuer::new();
    endorser(&mut issuer);
    let thief = SigningKey::from_seed(&[22; 32]);
    let badge = endorsed_badge(&issuer, &[endorsement(&thief, &id, |_| {})]);
    let report = issuer.verify(&badge);
    assert_eq!(report.endorsements[0].outcome, Outcome::Fail(Code::EndorsementFails));
    assert_eq!(report.endorsements[0].reason, Some(Code::KeyNotListed));
}

/// A stranger's many endorsements cannot use up the documents a badge needs, nor make a run endless.
#[test]
fn endorsements_never_cost_the_badge_its_answer() {
    let mut issuer = Issuer::new();
    let key = SigningKey::from_seed(&[21; 32]);
    let id = format!("{BASE}/a/1/credential.json");
    let many =
        (0..ENDORSEMENTS_MAX + 5).map(|nth| {
            endorsement(&key, &id, |it| {
                it["id"] = json!(format!("urn:uuid:{nth}"));
                let lists: Vec<Value> = (0..4)
                .map(|list| json!({
                    "id": format!("urn:uuid:{nth}-{list}"), "type": "BitstringStatusListEntry",
                    "statusPurpose": "revocation", "statusListIndex": "1",
                    "statusListCredential": format!("https://lists{nth}.example/{list}")
                }))
                .collect();
                it["credentialStatus"] = json!(lists);
            })
        });
    let badge = endorsed_badge(&issuer, &many.collect::<Vec<_>>());
    let input = Input::File(badge.to_string().into_bytes());
    let before = issuer.documents.len();
    let report = issuer.verify_with(&input, &Policy::default());
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert_eq!(report.endorsements.len(), ENDORSEMENTS_MAX);
    assert!(report.noted(Code::EndorsementsLeftOut));
    let reasons: Vec<_> = report.endorsements.iter().filter_map(|one| one.reason).collect();
    assert!(reasons.contains(&Code::TooManyDocuments), "{reasons:?}");
    assert!(issuer.documents.len() - before <= DOCUMENTS_MAX);
}

/// OB2-END-1 to OB2-END-11: beside the badge, at its endorser's address, under its endorser's scope rules.
#[test]
fn an_endorsement_of_open_badges_2_is_read_at_its_endorsers() {
    let context = "https://w3id.org/openbadges/v2";
    let home = "https://reseau.example";
    let class = format!("{BASE}/badges/accueil/v1/badgeclass.fr.json");
    for (at, about, outcome) in [
        (home, class.as_str(), Outcome::Pass(Code::EndorsementHolds)),
        (home, "https://other.example/class", Outcome::Fail(Code::EndorsementOfAnother)),
        ("https://thief.example", &class, Outcome::Fail(Code::EndorsementFails)),
    ] {
        let mut issuer = Issuer::new();
        let id = format!("{at}/e/1.json");
        let presented = hosted(&mut issuer, |assertion, _| assertion["endorsement"] = json!([id]));
        issuer.publish(
            &id,
            &json!({
                "@context": context, "type": "Endorsement", "id": id,
                "claim": { "id": about, "endorsementComment": "Bien vu." },
                "issuer": format!("{home}/issuer.json"), "issuedOn": "2026-03-13T00:00:00Z",
                "verification": { "type": "HostedBadge" }
            }),
        );
        issuer.publish(
            &format!("{home}/issuer.json"),
            &json!({
                "@context": context, "type": "Issuer", "id": format!("{home}/issuer.json"),
                "name": "Le réseau", "url": home, "email": "a@reseau.example"
            }),
        );
        let report = issuer.verify(&presented);
        assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
        let [one] = report.endorsements.as_slice() else { panic!("one endorsement") };
        assert_eq!(one.outcome, outcome, "{one:#?}");
        let says = (outcome == Outcome::Pass(Code::EndorsementHolds)).then_some("Le réseau");
        assert_eq!(one.name.as_deref(), says);
    }
    // Withdrawn by its endorser.
    let mut issuer = Issuer::new();
    let id = format!("{home}/e/1.json");
    issuer.answer(&id, &id, 410, vec![]);
    let presented = hosted(&mut issuer, |_, profile| profile["endorsement"] = json!(id));
    let report = issuer.verify(&presented);
    assert_eq!(report.endorsements[0].reason, Some(Code::Revoked));
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active));
}
