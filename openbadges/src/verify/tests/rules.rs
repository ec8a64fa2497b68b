//! The rules of the design, section 6, that no other file here has at its centre: one test each.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::*;
use crate::jsonld::to_rdf;
use crate::multibase;
use crate::rdfc::{self, Reading};

const DID_DOCUMENT: &str = "https://badges.example/issuers/club/did.json";

fn signed(change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = Issuer::unsigned_badge();
    change(&mut badge);
    Issuer::new().secure(badge, &[Suite::EddsaRdfc2022])
}

/// Everything a run asks for when nobody answers, and the report in the end.
fn alone(badge: &Value) -> (BTreeSet<Iri>, Report) {
    let input = Input::File(badge.to_string().into_bytes());
    let now = Timestamp::parse(NOW).unwrap();
    let (mut asked, mut documents) = (BTreeSet::new(), Documents::new());
    loop {
        match verify(&input, &documents, &Policy::default(), now) {
            Step::Done(report) => return (asked, *report),
            Step::Need(iris) => {
                for iri in iris {
                    let body = Err(Unavailable::NameUnknown);
                    let answer = Answer { source: Source::Network, hops: vec![], body };
                    documents.supply(iri.clone(), answer);
                    assert!(asked.insert(iri), "a need is noted once");
                }
            }
        }
    }
}

/// design, section 6: at most 32 needs a run. OB2-SIGN-4: each listed key is a document.
#[test]
fn a_run_asks_for_no_more_than_its_bound() {
    let mut badge = Issuer::unsigned_badge();
    let proofs: Vec<Value> = (0..8)
        .map(|nth| json!({
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
            "created": format!("2026-03-12T10:00:0{nth}Z"), "verificationMethod": Issuer::new().method(),
            "proofValue": multibase::base58btc(&[nth; 64])
        }))
        .collect();
    let entries: Vec<Value> = (0..8)
        .map(|nth| {
            let mut entry = badge["credentialStatus"].clone();
            entry["statusListCredential"] = json!(format!("https://lists.example/{nth}"));
            entry
        })
        .collect();
    badge["proof"] = json!(proofs);
    badge["credentialStatus"] = json!(entries);
    // Nothing is proved: one key, and the lists that would most likely be needed.
    let (asked, report) = alone(&badge);
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert_eq!(report.verdict, Verdict::Unknown);
    // What nobody signed has nobody asked for a list.
    badge.as_object_mut().unwrap().remove("proof");
    let (asked, report) = alone(&badge);
    assert!(asked.is_empty(), "{asked:?}");
    assert_eq!(report.verdict, Verdict::Invalid);
    // Once the proof holds, its issuer said so: all of them, and one that the badge names twice is one.
    let badge = Issuer::new().secure(badge, &[Suite::EddsaJcs2022]);
    let report = Issuer::new().verify(&badge);
    let lists = report.consulted.iter().filter(|one| one.asked.as_str().contains("lists.example"));
    assert_eq!(lists.count(), 8, "{:#?}", report.consulted);
    assert!(report.consulted.len() <= DOCUMENTS_MAX);
}

/// What was fetched is named, also where the check stopped before it was read.
#[test]
fn every_document_that_was_asked_for_is_named() {
    let mut badge = signed(|_| {});
    badge["name"] = json!("Changed");
    let report = Issuer::new().verify(&badge);
    assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
    let named: Vec<&str> = report.consulted.iter().map(|one| one.asked.as_str()).collect();
    assert_eq!(named, [DID_DOCUMENT, Issuer::list_url().as_str()]);
}

/// A badge whose proof says more of itself, with a signature over it.
fn with_proof_members(members: &Value) -> Value {
    let mut badge = Issuer::unsigned_badge();
    let mut proof = json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
        "created": "2026-03-12T10:00:00Z", "verificationMethod": Issuer::new().method()
    });
    proof.as_object_mut().unwrap().append(&mut members.as_object().unwrap().clone());
    let digest = |value: &Value| Sha256::digest(crate::jcs::canonicalize(value));
    let data = [digest(&proof), digest(&badge)].concat();
    proof["proofValue"] = json!(multibase::base58btc(&Issuer::new().key.sign(&data)));
    badge["proof"] = proof;
    badge
}

/// CRED-DI-7, CRED-DI-26: odd, said, and no reason to doubt the badge.
#[test]
fn a_proof_from_the_future_and_one_for_an_exchange_are_remarked() {
    for (members, code) in [
        (json!({}), None),
        (json!({ "created": "2026-09-01T09:05:00Z" }), None),
        (json!({ "created": "2026-09-01T09:05:01Z" }), Some(Code::ProofDatedAhead)),
        (json!({ "domain": "shop.example" }), Some(Code::ProofForAnExchange)),
        (json!({ "challenge": "1" }), Some(Code::ProofForAnExchange)),
    ] {
        let report = Issuer::new().verify(&with_proof_members(&members));
        assert_eq!(report.verdict, Verdict::Valid, "{members}: {:#?}", report.checks);
        let said: Vec<Code> = report.notes.iter().map(|note| note.code).collect();
        assert_eq!(said, Vec::from_iter(code), "{members}");
    }
    // Of a signature that does not hold there is nothing to remark.
    let mut forged = with_proof_members(&json!({ "domain": "shop.example" }));
    forged["name"] = json!("Changed");
    assert_eq!(Issuer::new().verify(&forged).notes, []);
}

/// OB2-HASH-1: a nickname is neither the address a badge names nor another one.
#[test]
fn what_is_no_address_is_not_compared_with_one() {
    for (asked, outcome) in [
        (EMAIL, Outcome::Pass(Code::RecipientMatches)),
        ("other@example.org", Outcome::Fail(Code::RecipientDiffers)),
        ("bob", Outcome::Unknown(Code::RecipientNotComparable)),
        ("https://bob.example/", Outcome::Unknown(Code::RecipientNotComparable)),
    ] {
        let mut issuer = Issuer::new();
        let presented = hosted(&mut issuer, |_, _| {});
        let policy = Policy { recipient: Some(asked.to_owned()), ..Policy::default() };
        let input = Input::File(presented.to_string().into_bytes());
        let report = issuer.verify_with(&input, &policy);
        assert_eq!(report.answer(Question::Recipient), outcome, "{asked}");
    }
}

/// design, section 6; OB2-GEN-10, OB2-SIGN-11: what the input brings along never stands for what the web has to say.
#[test]
fn a_document_inside_the_input_answers_no_need() {
    let mut issuer = Issuer::new();
    let mut presented = hosted(&mut issuer, |_, _| {});
    let embedded = |issuer: &Issuer, url: &Value| {
        let url = Iri::parse(url.as_str().unwrap()).unwrap();
        let body = issuer.documents.get(&url).unwrap().body.as_ref().unwrap();
        serde_json::from_slice::<Value>(&body.bytes).unwrap()
    };
    let mut class = embedded(&issuer, &presented["badge"]);
    class["issuer"] = embedded(&issuer, &class["issuer"]);
    presented["badge"] = class;
    let (asked, report) = alone(&presented);
    assert_eq!(report.verdict, Verdict::Unknown);
    assert!(asked.contains(&Iri::parse(presented["id"].as_str().unwrap()).unwrap()));
    // The same in 3.0: a DID document inside the badge is no DID document.
    let mut badge = Issuer::new().badge();
    badge["issuer"]["verificationMethod"] =
        Issuer::new().did_document()["verificationMethod"].clone();
    let (asked, report) = alone(&badge);
    assert!(asked.contains(&Iri::parse(DID_DOCUMENT).unwrap()));
    assert_ne!(report.verdict, Verdict::Valid);
}

/// design, section 6: each hop speaks for itself, so that one strange hop on the way spoils the answer; and the report
/// names every hop, and who stood in.
#[test]
fn every_hop_is_looked_at_and_named() {
    for (hop, source, expected) in [
        ("https://badges.example/did", Source::StandIn, Verdict::Valid),
        ("https://evil.example/did", Source::Cache, Verdict::Unknown),
        ("http://badges.example/did", Source::Network, Verdict::Unknown),
        ("https://badges.example:8443/did", Source::Network, Verdict::Unknown),
    ] {
        let mut issuer = Issuer::new();
        let url = Iri::parse(DID_DOCUMENT).unwrap();
        let bytes = issuer.did_document().to_string().into_bytes();
        let body = Ok(Body { url: url.clone(), status: 200, content_type: None, bytes });
        let hops = vec![Iri::parse(hop).unwrap()];
        issuer.documents.supply(url, Answer { source, hops: hops.clone(), body });
        let badge = issuer.badge();
        let report = issuer.verify(&badge);
        assert_eq!(report.verdict, expected, "{hop}: {:#?}", report.checks);
        let consulted = report.consulted.iter().find(|one| one.asked.as_str() == DID_DOCUMENT);
        let consulted = consulted.unwrap();
        assert_eq!((consulted.source, &consulted.redirects), (source, &hops));
        let words = serde_json::to_string(&report.in_language(Language::English)).unwrap();
        assert!(words.contains(source.text()) && words.contains(hop), "{words}");
    }
}

/// design, section 6; CRED-JCS-3: a proof may repeat the context of the document, and not have another.
#[test]
fn a_proof_has_no_words_of_its_own() {
    type Change = fn(&mut Value);
    let same: Change = |context| *context = context.clone();
    let shorter: Change = |context| drop(context.as_array_mut().unwrap().pop());
    let longer: Change = |context| {
        context.as_array_mut().unwrap().push(json!("https://www.w3.org/ns/credentials/status/v1"));
    };
    let swapped: Change = |context| context.as_array_mut().unwrap().swap(0, 1);
    for (nth, suite) in [Suite::EddsaRdfc2022, Suite::EddsaJcs2022].into_iter().enumerate() {
        for (change, holds) in [(same, true), (shorter, false), (longer, false), (swapped, false)] {
            let mut badge = Issuer::new().secure(Issuer::unsigned_badge(), &[suite]);
            let mut context = badge["@context"].clone();
            change(&mut context);
            badge["proof"][0]["@context"] = context;
            let report = Issuer::new().verify(&badge);
            assert_eq!(report.verdict == Verdict::Valid, holds, "{nth}: {:#?}", report.checks);
            if !holds {
                assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofMalformed));
            }
        }
    }
}

/// OB3-CTX-5: under the form of April 2025 nobody signed an `endorsementJwt`, so that nobody reads one.
#[test]
fn what_an_older_context_did_not_cover_is_not_read() {
    let mut badge = signed(|_| {});
    badge["endorsementJwt"] = json!(["e30.e30.c2ln"]);
    let report = Issuer::new().verify(&badge);
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    let answer = report.answer(Question::Unaltered);
    assert_eq!(answer, Outcome::Pass(Code::ProofVerifiedOlderContext));
    assert!(report.endorsements.is_empty(), "{:#?}", report.endorsements);
    // Signed under the present form it is covered: one that was put in its place is a change.
    let mut badge = signed(|badge| badge["endorsementJwt"] = json!(["e30.e30.c2ln"]));
    assert_eq!(Issuer::new().verify(&badge).endorsements.len(), 1);
    badge["endorsementJwt"] = json!(["e30.e30.b3RoZXI"]);
    let report = Issuer::new().verify(&badge);
    assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
}

/// design, section 6: RDFC-1.0 is read in two ways in the field, and a signature over either is one.
#[test]
fn a_signature_in_either_reading_holds_and_no_other() {
    let mut badge = Issuer::unsigned_badge();
    // Four endorsements by one hand, whose proofs are alike: their graphs are told apart by what they are about alone.
    badge["endorsement"] = ["a", "b", "c", "d"]
        .map(|name| {
            json!({
                "@context": badge["@context"], "id": format!("urn:x:{name}"), "name": "Avis",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "issuer": { "id": "https://friend.example", "type": ["Profile"] },
                "validFrom": "2026-03-12T00:00:00Z",
                "credentialSubject": {
                    "id": format!("https://{name}.example"), "type": ["EndorsementSubject"]
                },
                "proof": {
                    "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
                    "created": "2026-03-12T00:00:00Z", "proofPurpose": "assertionMethod",
                    "verificationMethod": "https://friend.example#k",
                    "proofValue": multibase::base58btc(&[1; 64])
                }
            })
        })
        .into_iter()
        .collect();
    let method = Issuer::new().method();
    let mut proof = json!({
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
        "created": "2026-03-12T10:00:00Z", "verificationMethod": method
    });
    let mut options = proof.clone();
    options["@context"] = badge["@context"].clone();
    let mut signatures = BTreeSet::new();
    for reading in [Reading::List, Reading::Set] {
        let digest = |value: &Value| {
            let statements = to_rdf(value, ContextStore::embedded()).unwrap();
            let how = rdfc::Options { reading, ..rdfc::Options::default() };
            Sha256::digest(rdfc::canonicalize(&statements, &how).unwrap().nquads)
        };
        let data = [digest(&options), digest(&badge)].concat();
        let signature = Issuer::new().key.sign(&data);
        assert!(signatures.insert(signature), "the readings differ");
        proof["proofValue"] = json!(multibase::base58btc(&signature));
        let mut secured = badge.clone();
        secured["proof"] = proof.clone();
        let report = Issuer::new().verify(&secured);
        assert_eq!(report.verdict, Verdict::Valid, "{reading:?}: {:#?}", report.checks);
        secured["endorsement"][1]["name"] = json!("b");
        let report = Issuer::new().verify(&secured);
        assert_eq!(report.answer(Question::Unaltered), Outcome::Fail(Code::ProofFailed));
    }
}

/// CRED-KEY-10: a retired key stays published, and what it signed stays good; a new key changes nothing for old badges.
#[test]
fn a_retired_key_keeps_its_badges() {
    let newer = SigningKey::from_seed(&[8; 32]);
    let mut issuer = Issuer::new();
    let Ok(Did::Web(did)) = Did::parse(DID) else { panic!("a did:web") };
    let keys = [newer.public(), issuer.key.public()].map(|key| PublishedKey { key, revoked: None });
    issuer.publish(DID_DOCUMENT, &did_web_document(&did, &keys, &[]));
    let badge = issuer.badge();
    assert_eq!(issuer.verify(&badge).verdict, Verdict::Valid);
    let later = Issuer { key: newer, ..Issuer::new() }.badge();
    assert_eq!(issuer.verify(&later).verdict, Verdict::Valid);
}

/// CRED-BSL-17: a list without an end is read for ever; one that has an end is not read after it.
#[test]
fn a_list_that_gave_itself_an_end_is_not_read_after_it() {
    for (until, expected) in [
        (None, Outcome::Pass(Code::NotWithdrawn)),
        (Some("2026-09-01T09:00:00Z"), Outcome::Pass(Code::NotWithdrawn)),
        (Some("2026-09-01T08:59:59Z"), Outcome::Unknown(Code::StatusListBroken)),
    ] {
        let mut issuer = Issuer::new();
        let mut list = issuer.list();
        list.as_object_mut().unwrap().remove("proof");
        if let Some(until) = until {
            list["validUntil"] = json!(until);
        }
        let list = issuer.secure(list, &[Suite::EddsaRdfc2022]);
        issuer.publish(Issuer::list_url().as_str(), &list);
        let badge = issuer.badge();
        assert_eq!(issuer.verify(&badge).answer(Question::NotWithdrawn), expected, "{until:?}");
    }
}

/// design, section 6; UTS 39: a domain that imitates another is good for itself, and marked.
#[test]
fn a_domain_in_two_alphabets_is_marked() {
    let did = "did:web:xn--bdges-4ve.example";
    let mut issuer = Issuer::new();
    let Ok(Did::Web(web)) = Did::parse(did) else { panic!("a did:web") };
    let keys = [PublishedKey { key: issuer.key.public(), revoked: None }];
    let document = did_web_document(&web, &keys, &[]);
    issuer.publish(web.document_url().as_str(), &document);
    let mut badge = Issuer::unsigned_badge();
    badge["issuer"]["id"] = json!(did);
    badge.as_object_mut().unwrap().remove("credentialStatus");
    let options = ProofOptions {
        suite: Suite::EddsaRdfc2022,
        verification_method: Iri::parse(&format!("{did}#{}", issuer.key.public().to_multikey()))
            .unwrap(),
        created: Timestamp::parse("2026-03-12T10:00:00Z").unwrap(),
    };
    badge["proof"] = proof::sign(&badge, &options, &issuer.key, ContextStore::embedded()).unwrap();
    let report = issuer.verify(&badge);
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert!(report.noted(Code::IssuerMixedScripts), "{:#?}", report.issuer);
    assert_eq!(report.issuer.unwrap().host.as_deref(), Some("xn--bdges-4ve.example"));
}

/// OB3-VAL-11: once. What a newer copy names as its own service is not asked.
#[test]
fn a_newer_copy_is_not_refreshed_again() {
    let service = |nth: u8| format!("{BASE}/refresh/{nth}");
    let copy = |nth: u8| {
        signed(|badge| {
            let contexts = badge["@context"].as_array_mut().unwrap();
            contexts.push(json!("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"));
            badge["refreshService"] =
                json!({ "id": service(nth), "type": "1EdTechCredentialRefresh" });
            badge["description"] = json!(format!("{nth}"));
        })
    };
    let mut issuer = Issuer::new();
    issuer.publish(&service(1), &copy(2));
    let report = issuer.verify(&copy(1));
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    assert!(report.noted(Code::Refreshed));
    assert!(issuer.documents.get(&Iri::parse(&service(2)).unwrap()).is_none());
}

/// CRED-VCDM-11: evidence and pictures by either kind of digest.
#[test]
fn a_file_of_evidence_is_compared_with_its_multihash() {
    let photo = format!("{BASE}/a/1/evidence/photo.jpg");
    let hash = [&[0x12, 0x20], Sha256::digest(b"photo").as_slice()].concat();
    let badge = signed(|badge| {
        badge["evidence"] = json!([{ "id": photo, "type": ["Evidence"] }]);
        badge["relatedResource"] =
            json!([{ "id": photo, "digestMultibase": multibase::base64url(&hash) }]);
    });
    for (bytes, verdict) in [(&b"photo"[..], Verdict::Valid), (b"other", Verdict::Invalid)] {
        let mut issuer = Issuer::new();
        issuer.answer(&photo, &photo, 200, bytes.to_vec());
        let report = issuer.verify(&badge);
        assert_eq!(report.verdict, verdict, "{:#?}", report.checks);
        assert_eq!(report.found(Code::ResourceDiffers), verdict == Verdict::Invalid);
    }
}

/// OB3-I18N-1, OB2-I18N-2: the language of a badge, and where its other languages and its other generation are.
#[test]
fn languages_and_related_classes_are_told() {
    let english = format!("{BASE}/badges/accueil/v1/achievement.en.json");
    let badge = signed(|badge| {
        let achievement = &mut badge["credentialSubject"]["achievement"];
        achievement["inLanguage"] = json!("fr");
        achievement["version"] = json!("1");
        achievement["related"] = json!([
            { "id": english, "type": ["Related"], "inLanguage": "en" },
            { "id": format!("{BASE}/badges/accueil/v1/badgeclass.fr.json"),
              "type": ["Related", "https://w3id.org/openbadges#BadgeClass"],
              "version": "Open Badges v2p0" }
        ]);
    });
    let report = Issuer::new().verify(&badge);
    assert_eq!(report.verdict, Verdict::Valid, "{:#?}", report.checks);
    let [said] = report.records.as_slice() else { panic!("one record") };
    assert_eq!(said.language.as_deref(), Some("fr"));
    let [first, second] = said.related.as_slice() else { panic!("two related classes") };
    assert_eq!((first.id.as_str(), first.language.as_deref()), (english.as_str(), Some("en")));
    assert_eq!(second.version.as_deref(), Some("Open Badges v2p0"));
}
