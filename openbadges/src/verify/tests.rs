//! A simulated issuer, and the lies it can be made to tell.

use serde_json::{Value, json};

use super::*;
use crate::did::{Did, PublishedKey, did_web_document};
use crate::jsonld::ContextStore;
use crate::key::SigningKey;
use crate::proof::{self, ProofOptions, Suite};
use crate::recipient::{Identity, RecipientHash, Salt};
use crate::status::{Bitstring, Purpose, status_list_subject};

const BASE: &str = "https://badges.example";
const DID: &str = "did:web:badges.example:issuers:club";
const NOW: &str = "2026-09-01T09:00:00Z";
const INDEX: usize = 4711;
const EMAIL: &str = "alizee.canular@personnes.example";

/// An issuer with one key, one list and the web in its hands.
struct Issuer {
    key: SigningKey,
    documents: Documents,
    withdrawn: bool,
    revoked_key: bool,
}

impl Issuer {
    fn new() -> Self {
        let key = SigningKey::from_seed(&[7; 32]);
        Self { key, documents: Documents::new(), withdrawn: false, revoked_key: false }
    }

    fn method(&self) -> Iri {
        Iri::parse(&format!("{DID}#{}", self.key.public().to_multikey())).unwrap()
    }

    fn list_url() -> Iri {
        Iri::parse(&format!("{BASE}/issuers/club/status/revocation-1.json")).unwrap()
    }

    fn secure(&self, mut document: Value, suites: &[Suite]) -> Value {
        let proofs: Vec<Value> = suites
            .iter()
            .map(|suite| {
                let options = ProofOptions {
                    suite: *suite,
                    verification_method: self.method(),
                    created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
                };
                proof::sign(&document, &options, &self.key, ContextStore::embedded()).unwrap()
            })
            .collect();
        document["proof"] = json!(proofs);
        document
    }

    fn unsigned_badge() -> Value {
        let salt = Salt::from_random([9; 16]);
        let hash = RecipientHash::of(&Identity::email(EMAIL).unwrap(), &salt).to_string();
        json!({
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
            ],
            "id": format!("{BASE}/a/1/credential.json"),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": { "id": DID, "type": ["Profile"], "name": "Le club", "url": "https://club.example/" },
            "validFrom": "2026-03-12T00:00:00Z",
            "validUntil": "2029-03-12T23:59:59Z",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [{
                    "type": "IdentityObject", "identityType": "emailAddress", "hashed": true,
                    "identityHash": hash, "salt": salt.as_str()
                }],
                "achievement": {
                    "id": format!("{BASE}/badges/accueil/v1/achievement.fr.json"),
                    "type": ["Achievement"], "name": "Accueil", "description": "Accueille.",
                    "criteria": { "narrative": "Accueillir." }
                }
            },
            "credentialStatus": {
                "id": format!("{}#{INDEX}", Self::list_url()), "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation", "statusListIndex": INDEX.to_string(),
                "statusListCredential": Self::list_url()
            }
        })
    }

    fn badge(&self) -> Value {
        self.secure(Self::unsigned_badge(), &[Suite::EddsaRdfc2022, Suite::EddsaJcs2022])
    }

    fn list(&self) -> Value {
        let mut bits = Bitstring::new(131_072);
        if self.withdrawn {
            bits.set(INDEX).unwrap();
        }
        let list = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": Self::list_url(),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": DID,
            "validFrom": "2026-03-12T00:00:00Z",
            "credentialSubject": status_list_subject(&Self::list_url(), &Purpose::Revocation, &bits)
        });
        self.secure(list, &[Suite::EddsaRdfc2022])
    }

    fn did_document(&self) -> Value {
        let Ok(Did::Web(did)) = Did::parse(DID) else { panic!("a did:web") };
        let revoked = self.revoked_key.then(|| Timestamp::parse("2026-08-01T00:00:00Z").unwrap());
        did_web_document(&did, &[PublishedKey { key: self.key.public(), revoked }], &[])
    }

    fn publish(&mut self, url: &str, document: &Value) {
        self.answer(url, url, 200, document.to_string().into_bytes());
    }

    fn answer(&mut self, asked: &str, url: &str, status: u16, bytes: Vec<u8>) {
        let url = Iri::parse(url).unwrap();
        let body = Ok(Body { url, status, content_type: None, bytes });
        let answer = Answer { source: Source::Network, hops: vec![], body };
        self.documents.supply(Iri::parse(asked).unwrap(), answer);
    }

    fn unplug(&mut self, url: &str) {
        let body = Err(Unavailable::TooSlow);
        let answer = Answer { source: Source::Network, hops: vec![], body };
        self.documents.supply(Iri::parse(url).unwrap(), answer);
    }

    /// Publishes what was not published otherwise, and verifies `input`.
    fn verify_with(&mut self, input: &Input, policy: &Policy) -> Report {
        let (did, list) = (self.did_document(), self.list());
        self.publish(&format!("{BASE}/issuers/club/did.json"), &did);
        self.publish(Self::list_url().as_str(), &list);
        let now = Timestamp::parse(NOW).unwrap();
        for _ in 0..DOCUMENTS_MAX {
            match verify(input, &self.documents, policy, now) {
                Step::Done(report) => return *report,
                Step::Need(iris) => iris.iter().for_each(|iri| self.unplug(iri.as_str())),
            }
        }
        panic!("the loop did not end")
    }

    fn verify(&mut self, badge: &Value) -> Report {
        self.verify_with(&Input::File(badge.to_string().into_bytes()), &Policy::default())
    }
}

fn verdict(report: &Report) -> (Verdict, Status) {
    (report.verdict, report.status)
}

#[test]
fn an_honest_badge_is_valid_and_every_answer_says_why() {
    let mut issuer = Issuer::new();
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{report:#?}");
    assert_eq!(report.answer(Question::Issuer), Outcome::Pass(Code::IssuerConfirmed));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::ProofVerified));
    assert_eq!(report.answer(Question::InDate), Outcome::Pass(Code::DatesHold));
    assert_eq!(report.answer(Question::NotWithdrawn), Outcome::Pass(Code::NotWithdrawn));
    assert_eq!(report.answer(Question::Recipient), Outcome::Unknown(Code::RecipientNotAsked));
    assert_eq!(report.issuer.unwrap().host.as_deref(), Some("badges.example"));
    assert_eq!(report.consulted.len(), 2);
}

#[test]
fn one_round_asks_for_the_key_and_the_list_together() {
    let issuer = Issuer::new();
    let input = Input::File(issuer.badge().to_string().into_bytes());
    let now = Timestamp::parse(NOW).unwrap();
    let Step::Need(iris) = verify(&input, &Documents::new(), &Policy::default(), now) else {
        panic!("nothing was needed")
    };
    assert_eq!(iris.len(), 2, "{iris:?}");
}

/// OB3-VAL-13.
#[test]
fn the_fifth_question_is_answered_for_the_right_person_only() {
    let mut issuer = Issuer::new();
    let input = Input::File(issuer.badge().to_string().into_bytes());
    let mut ask = |who: &str| {
        let policy = Policy { recipient: Some(who.to_owned()), ..Policy::default() };
        let report = issuer.verify_with(&input, &policy);
        (report.verdict, report.answer(Question::Recipient))
    };
    assert_eq!(ask(EMAIL), (Verdict::Valid, Outcome::Pass(Code::RecipientMatches)));
    assert_eq!(ask("Alizee.Canular@personnes.example").0, Verdict::Valid);
    assert_eq!(
        ask("b@personnes.example"),
        (Verdict::Invalid, Outcome::Fail(Code::RecipientDiffers))
    );
    assert_eq!(ask("did:key:z6Mk").0, Verdict::Unknown);
}

/// CRED-UNSIGNED-1, CRED-UNSIGNED-6, CRED-DI-23.
#[test]
fn a_changed_badge_fails_for_the_right_reason() {
    let changes: [(&str, Value, Code); 6] = [
        ("/credentialSubject/achievement/name", json!("Direction"), Code::ProofFailed),
        ("/validUntil", json!("2039-03-12T23:59:59Z"), Code::ProofFailed),
        ("/credentialStatus/statusListIndex", json!("12"), Code::ProofFailed),
        ("/level", json!("gold"), Code::ContentNotSigned),
        ("/credentialSubject/achievement/name", json!({ "en": "Boss" }), Code::ContentNotSigned),
        ("/@context/2", json!({ "title": "https://schema.org/name" }), Code::ContextRefused),
    ];
    for (pointer, value, code) in changes {
        let mut issuer = Issuer::new();
        let mut badge = issuer.badge();
        put(&mut badge, pointer, value);
        let report = issuer.verify(&badge);
        assert_eq!(verdict(&report), (Verdict::Invalid, Status::Unknown), "{pointer}");
        assert!(report.found(code), "{pointer}: {:#?}", report.checks);
    }
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Array(items) => items.push(value),
        parent => parent[name] = value,
    }
}

/// CRED-WILD-12: validators that look at the first proof alone would accept this.
#[test]
fn one_good_and_one_bad_proof_mean_changed() {
    let mut issuer = Issuer::new();
    let mut badge = issuer.badge();
    let other = Issuer { key: SigningKey::from_seed(&[8; 32]), ..Issuer::new() }.badge();
    badge["proof"][1]["proofValue"] = other["proof"][1]["proofValue"].clone();
    let report = issuer.verify(&badge);
    assert!(report.found(Code::ProofSetInconsistent));
    assert_eq!(report.verdict, Verdict::Invalid);
}

/// OB3-DI-2: an unsupported proof beside a good one is no reason to doubt; alone it leaves the answer open.
#[test]
fn a_proof_we_cannot_check_is_neither_good_nor_bad() {
    let mut issuer = Issuer::new();
    let mut badge = issuer.badge();
    badge["proof"][1]["cryptosuite"] = json!("bbs-2023");
    assert_eq!(issuer.verify(&badge).verdict, Verdict::Valid);
    badge["proof"] = json!([badge["proof"][1]]);
    let report = issuer.verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Unknown, Status::Unknown));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Unknown(Code::ProofUnsupported));
    badge.as_object_mut().unwrap().remove("proof");
    assert_eq!(
        issuer.verify(&badge).answer(Question::Unaltered),
        Outcome::Fail(Code::ProofMissing)
    );
}

/// OB3-DI-3, OB3-OV-14: the key must be the issuer's, whatever the fragment says.
#[test]
fn a_key_of_somebody_else_signs_nothing_for_this_issuer() {
    let mut issuer = Issuer::new();
    let thief = SigningKey::from_seed(&[66; 32]);
    let sign = |method: String| {
        let mut badge = Issuer::unsigned_badge();
        let options = ProofOptions {
            suite: Suite::EddsaRdfc2022,
            verification_method: Iri::parse(&method).unwrap(),
            created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
        };
        badge["proof"] = proof::sign(&badge, &options, &thief, ContextStore::embedded()).unwrap();
        badge
    };
    let multikey = thief.public().to_multikey();
    let in_our_name = issuer.verify(&sign(format!("{DID}#{multikey}")));
    assert_eq!(in_our_name.answer(Question::Issuer), Outcome::Fail(Code::KeyNotListed));
    assert_eq!(in_our_name.verdict, Verdict::Invalid);
    let bare_key = issuer.verify(&sign(format!("did:key:{multikey}#{multikey}")));
    assert_eq!(bare_key.answer(Question::Issuer), Outcome::Fail(Code::IssuerNotKeyController));
    assert_eq!(bare_key.verdict, Verdict::Invalid);
}

#[test]
fn a_compromised_key_fails_whatever_the_date_of_the_proof() {
    let mut issuer = Issuer { revoked_key: true, ..Issuer::new() };
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(
        report.answer(Question::Issuer),
        Outcome::Fail(Code::KeyRevoked),
        "{:#?}",
        report.checks
    );
    assert_eq!(report.verdict, Verdict::Invalid);
}

#[test]
fn a_withdrawn_badge_is_revoked() {
    let mut issuer = Issuer { withdrawn: true, ..Issuer::new() };
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Revoked));
    assert_eq!(report.answer(Question::Unaltered), Outcome::Pass(Code::ProofVerified));
}

/// CRED-BSL-26, OB3-VAL-16: unknown is neither revoked nor fine.
#[test]
fn a_list_that_cannot_be_read_leaves_the_status_unknown() {
    let url = Issuer::list_url();
    let answered = |prepare: &dyn Fn(&mut Issuer)| {
        let mut issuer = Issuer::new();
        prepare(&mut issuer);
        let badge = issuer.badge();
        let report = issuer.verify(&badge);
        assert_eq!(verdict(&report), (Verdict::Unknown, Status::Unknown));
        report.answer(Question::NotWithdrawn)
    };
    let changed = |change: &dyn Fn(&mut Value)| {
        answered(&|issuer| {
            let mut list = issuer.list();
            change(&mut list);
            issuer.publish(url.as_str(), &list);
        })
    };
    assert_eq!(
        answered(&|issuer| issuer.unplug(url.as_str())),
        Outcome::Unknown(Code::StatusUnavailable)
    );
    let missing = answered(&|issuer| issuer.answer(url.as_str(), url.as_str(), 404, vec![]));
    assert_eq!(missing, Outcome::Unknown(Code::StatusUnavailable));
    let broken = Outcome::Unknown(Code::StatusListBroken);
    assert_eq!(changed(&|list| list["validFrom"] = json!("2026-03-13T00:00:00Z")), broken);
    assert_eq!(changed(&|list| list["proof"] = json!([])), broken);
    assert_eq!(changed(&|list| list["type"] = json!(["VerifiableCredential"])), broken);
}

/// CRED-BSL-15.
#[test]
fn a_strangers_list_says_nothing() {
    let mut issuer = Issuer::new();
    let mut list = issuer.list();
    list.as_object_mut().unwrap().remove("proof");
    let stranger = SigningKey::from_seed(&[5; 32]);
    let multikey = stranger.public().to_multikey();
    list["issuer"] = json!(format!("did:key:{multikey}"));
    let options = ProofOptions {
        suite: Suite::EddsaRdfc2022,
        verification_method: Iri::parse(&format!("did:key:{multikey}#{multikey}")).unwrap(),
        created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
    };
    list["proof"] = proof::sign(&list, &options, &stranger, ContextStore::embedded()).unwrap();
    issuer.publish(Issuer::list_url().as_str(), &list);
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::NotWithdrawn), Outcome::Unknown(Code::StatusListForeign));
    assert_eq!(report.verdict, Verdict::Unknown);
}

/// An open redirect on the issuer's host must not lend its name to a stranger's key.
#[test]
fn a_document_speaks_only_for_its_final_host() {
    let mut issuer = Issuer::new();
    let did = issuer.did_document().to_string().into_bytes();
    issuer.answer(
        &format!("{BASE}/issuers/club/did.json"),
        "https://evil.example/did.json",
        200,
        did,
    );
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Issuer), Outcome::Unknown(Code::DocumentOtherHost));
    assert_eq!(report.verdict, Verdict::Unknown);
}

/// CRED-DIDWEB-3.
#[test]
fn a_document_of_another_did_is_refused() {
    let mut issuer = Issuer::new();
    let mut did = issuer.did_document();
    did["id"] = json!("did:web:badges.example:issuers:other");
    issuer.publish(&format!("{BASE}/issuers/club/did.json"), &did);
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    assert_eq!(report.answer(Question::Issuer), Outcome::Fail(Code::IssuerMismatch));
}

mod attacks;
mod beside;
mod endorsed;
mod filed;
mod honest;
mod hosts;
mod others;
mod pages;
mod rules;
mod statuses;
mod suites;
mod tokens;

/// A hosted OB 2.0 cluster under `BASE`.
fn hosted(issuer: &mut Issuer, change: impl Fn(&mut Value, &mut Value)) -> Value {
    let context = "https://w3id.org/openbadges/v2";
    let mut assertion = json!({
        "@context": context, "type": "Assertion", "id": format!("{BASE}/a/1/assertion.json"),
        "recipient": { "type": "email", "hashed": false, "identity": EMAIL },
        "badge": format!("{BASE}/badges/accueil/v1/badgeclass.fr.json"),
        "issuedOn": "2026-03-12T00:00:00Z", "verification": { "type": "HostedBadge" }
    });
    let class = json!({
        "@context": context, "type": "BadgeClass", "id": assertion["badge"],
        "name": "Accueil", "description": "Accueille.", "image": format!("{BASE}/i.png"),
        "criteria": { "narrative": "Accueillir." }, "issuer": format!("{BASE}/issuers/club/issuer.json")
    });
    let mut profile = json!({
        "@context": context, "type": "Issuer", "id": class["issuer"], "name": "Le club",
        "url": "https://club.example/", "email": "club@club.example",
        "verification": {
            "type": "VerificationObject", "startsWith": format!("{BASE}/a/"),
            "allowedOrigins": "badges.example"
        }
    });
    let presented = assertion.clone();
    change(&mut assertion, &mut profile);
    issuer.publish(presented["id"].as_str().unwrap(), &assertion);
    issuer.publish(class["id"].as_str().unwrap(), &class);
    issuer.publish(class["issuer"].as_str().unwrap(), &profile);
    presented
}

/// OB2-HOST-1 to OB2-HOST-7.
#[test]
fn a_hosted_badge_is_what_its_host_says() {
    let mut issuer = Issuer::new();
    let presented = hosted(&mut issuer, |_, _| {});
    let report = issuer.verify(&presented);
    assert_eq!(verdict(&report), (Verdict::Valid, Status::Active), "{report:#?}");
    assert_eq!(report.answer(Question::Issuer), Outcome::Pass(Code::IssuerHostsBadge));
    let mut forged = presented;
    forged["recipient"]["identity"] = json!("thief@example.org");
    let report = issuer.verify(&forged);
    assert!(report.found(Code::HostedCopyDiffers));
    assert_eq!(report.verdict, Verdict::Invalid);
}

/// OB2-HOST-9, OB2-HOST-10, OB2-WILD-7.
#[test]
fn a_badge_outside_its_issuers_scope_is_refused() {
    for scope in [
        json!({ "startsWith": "https://badges.example.evil" }),
        json!({ "startsWith": format!("{BASE}/b/") }),
        json!({ "allowedOrigins": "https://badges.example" }),
        json!({ "allowedOrigins": "other.example" }),
    ] {
        let mut issuer = Issuer::new();
        let presented = hosted(&mut issuer, |_, profile| profile["verification"] = scope.clone());
        let report = issuer.verify(&presented);
        assert_eq!(
            report.answer(Question::Issuer),
            Outcome::Fail(Code::IssuerOutOfScope),
            "{scope}"
        );
        assert_eq!(verdict(&report), (Verdict::Invalid, Status::Unknown));
    }
}

/// OB2-HOST-3, OB2-REV-2, OB2-WILD-1: the official validator calls both of these valid.
#[test]
fn a_withdrawn_hosted_badge_is_revoked_by_body_and_by_status() {
    let mut issuer = Issuer::new();
    let presented = hosted(&mut issuer, |assertion, _| assertion["revoked"] = json!(true));
    assert_eq!(verdict(&issuer.verify(&presented)), (Verdict::Invalid, Status::Revoked));
    let mut issuer = Issuer::new();
    let url = format!("{BASE}/a/1/assertion.json");
    issuer.answer(&url, &url, 410, vec![]);
    let presented = hosted(&mut issuer, |_, _| {});
    assert_eq!(verdict(&issuer.verify(&presented)), (Verdict::Invalid, Status::Revoked));
    let address = Input::Address(Iri::parse(&url).unwrap());
    let report = issuer.verify_with(&address, &Policy::default());
    assert_eq!(verdict(&report), (Verdict::Invalid, Status::Revoked));
}

/// OB2-HOST-3: another error is no revocation.
#[test]
fn a_host_that_is_down_is_unknown() {
    let mut issuer = Issuer::new();
    issuer.unplug(&format!("{BASE}/a/1/assertion.json"));
    let presented = hosted(&mut issuer, |_, _| {});
    let report = issuer.verify(&presented);
    assert_eq!(verdict(&report), (Verdict::Unknown, Status::Unknown));
}

#[test]
fn what_is_no_badge_is_unknown_and_says_so() {
    let mut issuer = Issuer::new();
    for (bytes, code) in [
        (&b"hello"[..], Code::InputNotRecognised),
        (b"{}", Code::TypeUnknown),
        (
            br#"{"@context":"https://w3id.org/openbadges/v1","type":"Assertion"}"#,
            Code::LegacyVersion,
        ),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Code::InputWithoutBadge),
        (b"\x89PNG\r\n\x1a\n", Code::InputPictureBroken),
    ] {
        let report = issuer.verify_with(&Input::File(bytes.to_vec()), &Policy::default());
        assert_eq!(report.verdict, Verdict::Unknown);
        assert!(report.found(code), "{code:?}: {:?}", report.checks);
    }
    let twice = br#"{"@context":[],"id":"a","id":"b"}"#;
    let report = issuer.verify_with(&Input::File(twice.to_vec()), &Policy::default());
    assert!(report.found(Code::JsonRefused));
}

/// A shell may keep documents of earlier runs: what this one does not ask for is no reason to stop.
#[test]
fn documents_that_were_handed_in_unasked_do_not_count() {
    let mut issuer = Issuer::new();
    let badge = issuer.badge();
    for n in 0..DOCUMENTS_MAX {
        issuer.unplug(&format!("https://elsewhere.example/{n}"));
    }
    assert_eq!(issuer.verify(&badge).verdict, Verdict::Valid);
}

/// The same record gives the same report, and the report speaks both languages.
#[test]
fn a_report_serialises_in_both_languages() {
    let mut issuer = Issuer::new();
    let badge = issuer.badge();
    let report = issuer.verify(&badge);
    let french = serde_json::to_value(report.in_language(Language::French)).unwrap();
    let english = serde_json::to_value(report.in_language(Language::English)).unwrap();
    assert_eq!(french["questions"].as_array().unwrap().len(), 5);
    assert_eq!(french["questions"][0]["asked"], "Ce domaine l’a-t-il vraiment délivré\u{202f}?");
    assert_eq!(english["questions"][0]["code"], "issuer-confirmed");
    assert_eq!(english["verdict"], "valid");
}
