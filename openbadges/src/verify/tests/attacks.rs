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
    assert!(report.found(Code::ProofVerified));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Unknown(Code::ShapeBroken));
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

/// OB2-HOST-9: on a host that strangers share, the path is all that tells them apart, and `..` leaves it.
#[test]
fn a_path_that_climbs_out_of_the_scope_is_outside() {
    for climbing in [
        "a/../../stranger/assertion.json",
        "a/%2e%2E/stranger/assertion.json",
        "a/..%2fstranger/assertion.json",
        "a/..%5Cstranger/assertion.json",
    ] {
        let mut issuer = Issuer::new();
        let mut assertion = hosted(&mut issuer, |_, _| {});
        let id = format!("{BASE}/{climbing}");
        assertion["id"] = json!(id);
        issuer.publish(&id, &assertion);
        let report = issuer.verify(&assertion);
        let out = Outcome::Fail(Code::IssuerOutOfScope);
        assert_eq!(report.answer(Question::Issuer), out, "{climbing}");
        assert_eq!(report.verdict, Verdict::Invalid);
    }
}

/// OB2-SIGN-9: a signed badge is withdrawn in its issuer's revocation list. Presented as hosted, that list was not asked.
#[test]
fn a_signed_badge_is_not_verified_as_a_hosted_one() {
    let mut issuer = Issuer::new();
    let presented = hosted(&mut issuer, |assertion, _| {
        assertion["verification"] =
            json!({ "type": "SignedBadge", "creator": "https://k.example" });
    });
    assert_eq!(presented["verification"]["type"], "HostedBadge");
    let report = issuer.verify(&presented);
    assert_eq!(verdict(&report), (Verdict::Unknown, Status::Unknown), "{:#?}", report.checks);
    assert!(report.found(Code::SignatureNotGiven));
}

/// OB2-HOST-3: `revoked` says it, whatever else the body says or leaves out; and it is never read as "not revoked" when it
/// is no boolean.
#[test]
fn a_body_that_says_revoked_says_nothing_else() {
    let url = format!("{BASE}/a/1/assertion.json");
    let mut issuer = Issuer::new();
    issuer.publish(&url, &json!({ "revoked": true }));
    let presented = hosted(&mut issuer, |_, _| {});
    assert_eq!(verdict(&issuer.verify(&presented)), (Verdict::Invalid, Status::Revoked));
    for odd in [json!("true"), json!(1), json!(null)] {
        let mut issuer = Issuer::new();
        let presented = hosted(&mut issuer, |assertion, _| assertion["revoked"] = odd.clone());
        let report = issuer.verify(&presented);
        assert_eq!(verdict(&report), (Verdict::Invalid, Status::Unknown), "{odd}");
        assert!(report.found(Code::ShapeBroken), "{odd}");
    }
}

/// OB3-DI-3: a key of another document cannot be the issuer's, so that document is not even asked for.
#[test]
fn a_badge_does_not_choose_the_documents_its_verifier_fetches() {
    let issuer = Issuer::new();
    let mut badge = issuer.badge();
    for (nth, proof) in badge["proof"].as_array_mut().unwrap().iter_mut().enumerate() {
        proof["verificationMethod"] = json!(format!("https://elsewhere{nth}.example/key#k"));
    }
    members(&mut badge).remove("credentialStatus");
    let input = Input::File(badge.to_string().into_bytes());
    let now = Timestamp::parse(NOW).unwrap();
    let step = verify(&input, &Documents::new(), &Policy::default(), now);
    let Step::Done(report) = step else { panic!("{step:?}") };
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::IssuerNotKeyController));
}

/// CRED-DIDWEB-3, OB3-DI-4: whoever sits between could publish a key for a plain `http` address.
#[test]
fn an_issuer_without_tls_is_not_confirmed() {
    let mut issuer = Issuer::new();
    let id = "http://badges.example/issuer";
    let method = format!("{id}#k");
    let mut badge = Issuer::unsigned_badge();
    badge["issuer"]["id"] = json!(id);
    let options = ProofOptions {
        suite: Suite::EddsaRdfc2022,
        verification_method: Iri::parse(&method).unwrap(),
        created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
    };
    badge["proof"] = proof::sign(&badge, &options, &issuer.key, ContextStore::embedded()).unwrap();
    issuer.publish(
        id,
        &json!({ "id": id, "assertionMethod": [{
            "id": method, "type": "Multikey", "controller": id,
            "publicKeyMultibase": issuer.key.public().to_multikey()
        }]}),
    );
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::IssuerUnsupported));
    assert_eq!(report.verdict, Verdict::Unknown);
}

/// A picture of both generations, whose badge has another name, or a recipient hashed under another salt.
fn in_both_generations(name: &str, salt: [u8; 16], policy: &Policy) -> Report {
    let mut issuer = Issuer::new();
    let salt = Salt::from_random(salt);
    let hash = RecipientHash::of(&Identity::email(EMAIL).unwrap(), &salt).to_string();
    let assertion = hosted(&mut issuer, |assertion, _| {
        assertion["recipient"] = json!({
            "type": "email", "hashed": true, "identity": hash, "salt": salt.as_str()
        });
        assertion["expires"] = json!("2029-03-12T23:59:59Z");
    });
    let assertion = json!({ "@context": assertion["@context"], "id": assertion["id"],
        "type": "Assertion", "verification": assertion["verification"] });
    let mut badge = Issuer::unsigned_badge();
    badge["credentialSubject"]["achievement"]["name"] = json!(name);
    let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]).to_string();
    let assertion = assertion.to_string();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'></svg>";
    let two = crate::bake::Record::new(crate::bake::Slot::OpenBadges2, &assertion).unwrap();
    let records = [
        two.hosted_at("https://badges.example/a/1/assertion.json").unwrap(),
        crate::bake::Record::new(crate::bake::Slot::OpenBadges3, &badge).unwrap(),
    ];
    let picture = crate::bake::bake(svg, &records).unwrap();
    let report = issuer.verify_with(&Input::File(picture), policy);
    assert_eq!(report.records.len(), 2);
    report
}

/// A holder may say where a badge is withdrawn, and a person may be awarded two badges on one day.
#[test]
fn a_picture_with_two_different_badges_does_not_agree() {
    for (name, agree) in [("Accueil", true), ("Direction", false)] {
        let report = in_both_generations(name, [9; 16], &Policy::default());
        assert_eq!(report.found(Code::RecordsAgree), agree, "{:#?}", report.checks);
        assert_eq!(report.found(Code::RecordsDisagree), !agree);
        assert_eq!(report.verdict == Verdict::Valid, agree, "{:#?}", report.checks);
    }
}

/// OB2-HASH-5: each generation may have a salt of its own. Whether both mean one person shows when somebody says who it is.
#[test]
fn two_hashes_under_two_salts_are_no_disagreement_and_no_agreement() {
    let report = in_both_generations("Accueil", [8; 16], &Policy::default());
    assert_eq!(report.verdict, Verdict::Unknown, "{:#?}", report.checks);
    assert!(report.found(Code::RecordsNotComparable));
    let asked = |who: &str| Policy { recipient: Some(who.to_owned()), ..Policy::default() };
    let report = in_both_generations("Accueil", [8; 16], &asked(EMAIL));
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert!(report.found(Code::RecordsAgree));
    let report = in_both_generations("Accueil", [8; 16], &asked("b@personnes.example"));
    assert_eq!(report.verdict, Verdict::Invalid);
    let report = in_both_generations("Direction", [8; 16], &asked(EMAIL));
    assert!(report.found(Code::RecordsDisagree));
}

/// CRED-BSL-29: of two withdrawals, the one that is final is told.
#[test]
fn a_badge_that_is_suspended_and_revoked_is_revoked() {
    let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
    let suspension = format!("{BASE}/issuers/club/status/suspension-1.json");
    let mut list = issuer.list();
    members(&mut list).remove("proof");
    list["id"] = json!(suspension);
    list["credentialSubject"]["id"] = json!(format!("{suspension}#list"));
    list["credentialSubject"]["statusPurpose"] = json!("suspension");
    let list = issuer.secure(list, &[Suite::EddsaRdfc2022]);
    issuer.publish(&suspension, &list);
    let badge = signed(&issuer, |badge| {
        let revocation = badge["credentialStatus"].clone();
        let mut entry = revocation.clone();
        entry["id"] = json!(format!("{suspension}#{INDEX}"));
        entry["statusPurpose"] = json!("suspension");
        entry["statusListCredential"] = json!(suspension);
        badge["credentialStatus"] = json!([entry, revocation]);
    });
    let report = issuer.verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Revoked), "{:#?}", report.checks);
    assert_eq!(report.answer(Question::NotWithdrawn), Outcome::Fail(Code::Revoked));
}

/// CRED-BSL-3: a list of messages or of newer badges says nothing about withdrawal, and the answer does not claim it.
#[test]
fn a_list_for_another_purpose_does_not_say_that_the_badge_stands() {
    for purpose in ["refresh", "message", "rating"] {
        let mut issuer = Issuer::new();
        let mut list = issuer.list();
        members(&mut list).remove("proof");
        list["credentialSubject"]["statusPurpose"] = json!(purpose);
        let list = issuer.secure(list, &[Suite::EddsaRdfc2022]);
        issuer.publish(Issuer::list_url().as_str(), &list);
        let badge =
            signed(&issuer, |badge| badge["credentialStatus"]["statusPurpose"] = json!(purpose));
        let report = issuer.verify(&badge);
        let answer = report.answer(Question::NotWithdrawn);
        assert_eq!(answer, Outcome::Pass(Code::NoStatusDeclared), "{purpose}");
    }
}

/// OB3-VAL-16: the key is the domain's, and the signature is not the key's; so the domain issued nothing here.
#[test]
fn a_domain_is_not_confirmed_by_a_signature_that_fails() {
    let mut issuer = Issuer::new();
    let mut badge = signed(&issuer, |_| {});
    badge["proof"][0]["proofValue"] = json!(crate::multibase::base58btc(&[7; 64]));
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::NotReached));
}

/// OB2-STAT-1: an end in another form than a text is not read as no end.
#[test]
fn a_hosted_badge_with_an_end_nobody_can_read_is_not_active() {
    for end in [json!(1_400_000_000), json!(["2020-01-01T00:00:00Z"]), json!(null)] {
        let mut issuer = Issuer::new();
        let presented = hosted(&mut issuer, |assertion, _| assertion["expires"] = end.clone());
        let report = issuer.verify(&presented);
        assert_eq!(report.answer(Question::InDate), Outcome::Fail(Code::DatesBroken), "{end}");
        assert_eq!(verdict(&report), (Verdict::Invalid, Status::Unknown), "{end}");
    }
}

/// CRED-SAFE-9, CRED-RDFC-4: as deep as the strict door allows, on a thread with a small stack.
#[test]
fn the_deepest_document_does_not_overflow_the_stack() {
    let issuer = Issuer::new();
    for member in ["endorsement", "image", "issuer", "extension"] {
        let mut badge = signed(&issuer, |_| {});
        badge[member] = (0..62).fold(json!({ "id": "_:a" }), |inner, n| {
            let mut node = json!({ "id": format!("_:n{}", n % 3), "type": ["Achievement"] });
            node[member] = inner;
            node
        });
        let mut issuer = Issuer::new();
        let small = std::thread::Builder::new().stack_size(1 << 20);
        let verdict = small.spawn(move || issuer.verify(&badge).verdict).unwrap().join().unwrap();
        assert_eq!(verdict, Verdict::Invalid, "{member}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// CRED-DI-23: of a badge with both proofs, every byte counts that JSON counts.
    #[test]
    fn a_changed_byte_leaves_no_badge_valid(at in 0_usize..6000, byte in 0_u8..=255) {
        let mut issuer = Issuer::new();
        let badge = issuer.badge();
        let mut bytes = badge.to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        // A proof may be made one of a kind we cannot check: the other one still covers the rest (OB3-DI-2).
        let says = |mut badge: Value| badge.as_object_mut().map(|members| {
            members.remove("proof");
            std::mem::take(members)
        });
        let changed = serde_json::from_slice::<Value>(&bytes);
        let is_same = changed.is_ok_and(|changed| says(changed) == says(badge));
        let report = issuer.verify_with(&Input::File(bytes), &Policy::default());
        proptest::prop_assert!(report.verdict != Verdict::Valid || is_same);
    }

    #[test]
    fn no_damage_to_a_picture_makes_it_panic(
        is_svg in proptest::bool::ANY,
        damage in proptest::collection::vec((0_usize..6000, 0_u8..=255), 1..8),
        cut in 0_usize..6000,
    ) {
        let mut issuer = Issuer::new();
        let badge = issuer.badge().to_string();
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><g/></svg>".to_vec();
        let image = if is_svg { svg } else { png() };
        let record = crate::bake::Record::new(crate::bake::Slot::OpenBadges3, &badge).unwrap();
        let mut picture = crate::bake::bake(&image, &[record]).unwrap();
        for (at, byte) in damage {
            let at = at % picture.len();
            picture[at] = byte;
        }
        picture.truncate(cut.max(8));
        let report = issuer.verify_with(&Input::File(picture), &Policy::default());
        let verdict = report.verdict;
        proptest::prop_assert!(verdict != Verdict::Valid || cut > badge.len());
    }
}

/// One grey pixel.
fn png() -> Vec<u8> {
    let mut image = Vec::new();
    let mut encoder = png::Encoder::new(&mut image, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&[0x80]).unwrap();
    image
}
