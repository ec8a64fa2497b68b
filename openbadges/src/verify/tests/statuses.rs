//! Lists of withdrawals in all their forms, and what is wrong with some.

use super::*;
use crate::status::LengthRule;

/// A signed list of `issuer` at its usual address, after `change` of the honest one.
fn publish_list(issuer: &mut Issuer, change: impl FnOnce(&mut Value)) {
    let mut list = issuer.list();
    list.as_object_mut().unwrap().remove("proof");
    change(&mut list);
    let list = issuer.secure(list, &[Suite::EddsaRdfc2022]);
    issuer.publish(Issuer::list_url().as_str(), &list);
}

/// A badge of `issuer` with another status.
fn badge_with(issuer: &Issuer, change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = Issuer::unsigned_badge();
    change(&mut badge["credentialStatus"]);
    issuer.secure(badge, &[Suite::EddsaRdfc2022])
}

fn encoded(bits: &[usize]) -> Value {
    let mut list = Bitstring::new(2 * 131_072);
    for bit in bits {
        list.set(*bit).unwrap();
    }
    json!(list.encode())
}

fn withdrawn(report: &Report) -> Outcome {
    report.answer(Question::NotWithdrawn)
}

/// CRED-BSL-3, CRED-BSL-24, CRED-BSL-29: revocation and suspension withdraw; a message and a refresh only tell.
#[test]
fn each_purpose_says_its_own() {
    let stands = Outcome::Pass(Code::NoStatusDeclared);
    for (purpose, outcome, note) in [
        ("revocation", Outcome::Fail(Code::Revoked), None),
        ("suspension", Outcome::Fail(Code::Suspended), None),
        ("refresh", stands, Some(Code::StatusRefresh)),
        ("message", stands, Some(Code::StatusMessage)),
        ("exclusion", Outcome::Unknown(Code::StatusUnsupported), None),
    ] {
        let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
        publish_list(&mut issuer, |list| {
            list["credentialSubject"]["statusPurpose"] = json!(purpose)
        });
        let badge = badge_with(&issuer, |status| status["statusPurpose"] = json!(purpose));
        let report = issuer.verify(&badge);
        assert_eq!(withdrawn(&report), outcome, "{purpose}: {report:#?}");
        assert!(note.is_none_or(|code| report.noted(code)), "{purpose}");
        let [read] = report.statuses.as_slice() else { panic!("one status") };
        assert_eq!((read.purpose.as_str(), read.value), (purpose, 1));
        assert_eq!(read.as_of.as_deref(), Some("2026-03-12T00:00:00Z"));
        // The same entry, clear.
        let mut issuer = Issuer::new();
        publish_list(&mut issuer, |list| {
            list["credentialSubject"]["statusPurpose"] = json!(purpose)
        });
        let report = issuer.verify(&badge);
        assert_eq!(report.verdict, Verdict::Valid, "{purpose}: {report:#?}");
    }
}

/// CRED-BSL-6, CRED-BSL-7, CRED-BSL-13: an entry of two bits, and the text of its value.
#[test]
fn a_status_of_several_bits_is_read_with_its_text() {
    let mut issuer = Issuer::new();
    // Entry 4711 of two bits is 10: two.
    publish_list(&mut issuer, |list| {
        list["credentialSubject"]["statusPurpose"] = json!(["revocation", "message"]);
        list["credentialSubject"]["encodedList"] = encoded(&[2 * INDEX]);
        list["credentialSubject"]["ttl"] = json!(300_000);
    });
    let messages: Vec<Value> = ["valide", "à l'examen", "remis en cause", "retiré"]
        .iter()
        .enumerate()
        .map(|(value, text)| json!({ "status": format!("0x{value}"), "message": text }))
        .collect();
    let badge = badge_with(&issuer, |status| {
        status["statusPurpose"] = json!("message");
        status["statusSize"] = json!(2);
        status["statusMessage"] = json!(messages);
    });
    let report = issuer.verify(&badge);
    assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
    let note = report.notes.iter().find(|note| note.code == Code::StatusMessage).unwrap();
    assert_eq!(note.detail.as_deref(), Some("remis en cause"));
    let [read] = report.statuses.as_slice() else { panic!("one status") };
    assert_eq!((read.value, read.ttl), (2, Some(300_000)));
    let badge = badge_with(&issuer, |status| status["statusSize"] = json!(2));
    assert_eq!(withdrawn(&issuer.verify(&badge)), Outcome::Fail(Code::Revoked));
}

/// CRED-BSL-22, CRED-BSL-27, CRED-WILD-11.
#[test]
fn a_short_list_is_read_on_request_and_the_report_says_so() {
    let mut issuer = Issuer::new();
    publish_list(&mut issuer, |list| {
        list["credentialSubject"]["encodedList"] = json!(Bitstring::new(100_000).encode());
    });
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(withdrawn(&report), Outcome::Unknown(Code::StatusListTooShort));
    let policy = Policy { status_length: LengthRule::Lenient, ..Policy::default() };
    let report = issuer.verify_with(&Input::File(badge.to_string().into_bytes()), &policy);
    assert_eq!(report.verdict, Verdict::Valid, "{report:#?}");
    assert!(report.noted(Code::StatusListShort));
}

/// design, section 6: readers keep the newest `validFrom` seen. An honest but older list hides a withdrawal.
#[test]
fn a_list_older_than_one_seen_before_is_not_read() {
    let mut issuer = Issuer::new();
    let badge = issuer.badge();
    let mut ask = |seen: &str| {
        let seen = Timestamp::parse(seen).unwrap();
        let newest_lists = [(Issuer::list_url(), seen)].into();
        let policy = Policy { newest_lists, ..Policy::default() };
        issuer.verify_with(&Input::File(badge.to_string().into_bytes()), &policy)
    };
    assert_eq!(ask("2026-03-12T00:00:00Z").verdict, Verdict::Valid);
    let report = ask("2026-03-12T00:00:01Z");
    assert_eq!(withdrawn(&report), Outcome::Unknown(Code::StatusListOutdated));
    assert_eq!(report.verdict, Verdict::Unknown);
}

/// CRED-BSL-14: one list of an issuer does not stand in for another on a host that is not the issuer's.
#[test]
fn another_host_cannot_give_one_list_for_another() {
    let elsewhere = "https://lists.example/1.json";
    for (id, expected) in [
        (elsewhere, Outcome::Pass(Code::NotWithdrawn)),
        ("https://lists.example/2.json", Outcome::Unknown(Code::StatusListBroken)),
    ] {
        let mut issuer = Issuer::new();
        let mut list = issuer.list();
        list.as_object_mut().unwrap().remove("proof");
        list["id"] = json!(id);
        let list = issuer.secure(list, &[Suite::EddsaRdfc2022]);
        issuer.publish(elsewhere, &list);
        let badge = badge_with(&issuer, |status| status["statusListCredential"] = json!(elsewhere));
        assert_eq!(withdrawn(&issuer.verify(&badge)), expected, "{id}");
    }
}

/// CRED-BSL-29: what only informs may fail to inform; what withdraws may not.
#[test]
fn a_list_of_messages_that_is_down_changes_no_verdict() {
    for (purpose, verdict) in [("message", Verdict::Valid), ("suspension", Verdict::Unknown)] {
        let mut issuer = Issuer::new();
        issuer.unplug("https://lists.example/down.json");
        let mut badge = Issuer::unsigned_badge();
        let mut second = badge["credentialStatus"].clone();
        second["id"] = json!("urn:uuid:2");
        second["statusPurpose"] = json!(purpose);
        second["statusListCredential"] = json!("https://lists.example/down.json");
        badge["credentialStatus"] = json!([badge["credentialStatus"], second]);
        let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]);
        let report = issuer.verify(&badge);
        assert_eq!(report.verdict, verdict, "{purpose}: {report:#?}");
        assert_eq!(report.noted(Code::StatusRemarkNotRead), purpose == "message");
    }
}

#[test]
fn a_badge_with_more_lists_than_are_read_is_left_undecided() {
    let mut issuer = Issuer::new();
    let mut badge = Issuer::unsigned_badge();
    let entries: Vec<Value> = (0..=STATUS_ENTRIES_MAX)
        .map(|nth| {
            let mut entry = badge["credentialStatus"].clone();
            entry["id"] = json!(format!("urn:uuid:{nth}"));
            entry
        })
        .collect();
    badge["credentialStatus"] = json!(entries);
    let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]);
    let report = issuer.verify(&badge);
    assert_eq!(withdrawn(&report), Outcome::Unknown(Code::StatusTooMany));
}

/// CRED-BSL-29, CRED-WILD-6: a status of an unknown kind is not checked, and never "not withdrawn".
#[test]
fn a_status_of_an_unknown_kind_is_unknown() {
    let mut issuer = Issuer::new();
    let badge = badge_with(&issuer, |status| {
        *status = json!({ "id": "https://a.example/status", "type": "https://a.example/Status" });
    });
    let report = issuer.verify(&badge);
    assert_eq!(withdrawn(&report), Outcome::Unknown(Code::StatusUnsupported), "{report:#?}");
    assert_eq!(report.verdict, Verdict::Unknown);
}

/// A badge whose status is a `1EdTechRevocationList` at `url`.
fn named_badge(issuer: &Issuer, url: &str) -> Value {
    let mut badge = Issuer::unsigned_badge();
    let contexts = badge["@context"].as_array_mut().unwrap();
    contexts.push(json!("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"));
    badge["credentialStatus"] = json!({ "id": url, "type": "1EdTechRevocationList" });
    issuer.secure(badge, &[Suite::EddsaRdfc2022])
}

/// OB3-RL-1 to OB3-RL-5: the list is unsigned, so that only the issuer's own host can say it.
#[test]
fn a_list_of_names_is_believed_of_its_issuer_only() {
    let url = format!("{BASE}/issuers/club/revoked.json");
    let list = |entries: Value| json!({ "id": url, "issuer": DID, "revokedCredential": entries });
    let mine = format!("{BASE}/a/1/credential.json");
    let mut foreign = list(json!([]));
    foreign["issuer"] = json!("did:web:other.example");
    for (list, expected) in [
        (list(json!([])), Outcome::Pass(Code::NotWithdrawn)),
        (list(json!([{ "id": "urn:uuid:2" }])), Outcome::Pass(Code::NotWithdrawn)),
        (list(json!({ "id": mine })), Outcome::Fail(Code::Revoked)),
        (list(json!([{ "id": mine, "revoked": true }])), Outcome::Fail(Code::Revoked)),
        (list(json!([{ "id": mine, "revoked": false }])), Outcome::Pass(Code::NotWithdrawn)),
        (foreign, Outcome::Unknown(Code::StatusListForeign)),
        (json!({ "id": url, "issuer": DID }), Outcome::Unknown(Code::StatusListBroken)),
    ] {
        let mut issuer = Issuer::new();
        issuer.publish(&url, &list);
        let badge = named_badge(&issuer, &url);
        let report = issuer.verify(&badge);
        assert_eq!(withdrawn(&report), expected, "{list}: {:#?}", report.checks);
        assert_eq!(report.noted(Code::RevocationEntryOdd), list.to_string().contains("false"));
    }
    let mut issuer = Issuer::new();
    issuer.unplug(&url);
    let badge = named_badge(&issuer, &url);
    assert_eq!(withdrawn(&issuer.verify(&badge)), Outcome::Unknown(Code::StatusUnavailable));
    for elsewhere in ["https://other.example/revoked.json", "http://badges.example/revoked.json"] {
        let mut issuer = Issuer::new();
        issuer.publish(elsewhere, &list(json!([])));
        let badge = named_badge(&issuer, elsewhere);
        let outcome = withdrawn(&issuer.verify(&badge));
        assert!(matches!(outcome, Outcome::Unknown(_)), "{elsewhere}: {outcome:?}");
    }
}

/// The forerunner of the bitstring list, beside VCDM 1.1: read, never written (OB3-VAL-15).
#[test]
fn a_badge_of_vcdm_1_1_with_a_list_of_2021_is_read() {
    for (bit, expected) in
        [(INDEX, Outcome::Fail(Code::Revoked)), (0, Outcome::Pass(Code::NotWithdrawn))]
    {
        let mut issuer = Issuer::new();
        let contexts = json!([
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
            "https://w3id.org/vc/status-list/2021/v1",
            "https://w3id.org/security/data-integrity/v2"
        ]);
        let mut badge = Issuer::unsigned_badge();
        badge["@context"] = contexts.clone();
        badge["name"] = json!("Accueil");
        badge["issuanceDate"] = json!("2026-03-12T00:00:00Z");
        badge["expirationDate"] = json!("2029-03-12T23:59:59Z");
        for later in ["validFrom", "validUntil"] {
            badge.as_object_mut().unwrap().remove(later);
        }
        badge["credentialStatus"]["type"] = json!("StatusList2021Entry");
        let badge = issuer.secure(badge, &[Suite::EddsaRdfc2022]);
        let text = encoded(&[bit]).as_str().unwrap().trim_start_matches('u').to_owned();
        let list = json!({
            "@context": [contexts[0], contexts[2], contexts[3]],
            "id": Issuer::list_url(),
            "type": ["VerifiableCredential", "StatusList2021Credential"],
            "issuer": DID, "issuanceDate": "2026-03-12T00:00:00Z",
            "credentialSubject": { "id": format!("{}#list", Issuer::list_url()),
                "type": "StatusList2021", "statusPurpose": "revocation", "encodedList": text }
        });
        let list = issuer.secure(list, &[Suite::EddsaRdfc2022]);
        issuer.publish(Issuer::list_url().as_str(), &list);
        let report = issuer.verify(&badge);
        assert_eq!(withdrawn(&report), expected, "{report:#?}");
        assert_eq!(report.answer(Question::InDate), Outcome::Pass(Code::DatesHold));
        assert_eq!(report.records[0].expires.as_deref(), Some("2029-03-12T23:59:59Z"));
    }
}
