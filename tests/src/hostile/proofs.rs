//! Proofs that are past, for another purpose, of another document, or only look like proofs.

use openbadges::multibase;
use openbadges::verify::Code;
use serde_json::{Value, json};

use super::take;
use crate::issuer::{Case, Issuer, Scene};

const FAILED: &[Code] = &[Code::ProofFailed];
const MALFORMED: &[Code] = &[Code::ProofMalformed];
const UNSUPPORTED: &[Code] = &[Code::ProofUnsupported];
const TWO: &[Code] = &[Code::ProofSetInconsistent];

/// A badge with one honest proof, made with these options over the usual ones.
fn made_with(others: &Value) -> Scene {
    let mut club = Issuer::new();
    let mut badge = club.draft();
    badge["proof"] = json!([club.prove(&badge, "eddsa-rdfc-2022", others)]);
    club.presents(&badge)
}

/// A badge with one honest proof, which was changed afterwards.
fn changed(change: impl FnOnce(&mut Value)) -> Scene {
    let mut club = Issuer::new();
    let mut badge = club.award_as(|_| {});
    change(&mut badge["proof"][0]);
    club.presents(&badge)
}

/// A badge with both honest proofs, after a change to the array of them.
fn set(change: impl FnOnce(&mut Vec<Value>)) -> Scene {
    let mut club = Issuer::new();
    let mut badge = club.award();
    if let Some(proofs) = badge["proof"].as_array_mut() {
        change(proofs);
    }
    club.presents(&badge)
}

pub(super) fn cases() -> Vec<Case> {
    [honest(), options(), values(), sets(), chains(), transplants()].concat()
}

fn honest() -> Vec<Case> {
    vec![
        made_with(&json!({})).valid("proof/honest", "OB3-DI-1"),
        made_with(&json!({ "created": null })).valid("proof/without-a-date", "CRED-DI-5"),
        made_with(&json!({ "expires": "2027-01-01T00:00:00Z" }))
            .valid("proof/not-expired", "CRED-DI-6"),
        made_with(&json!({ "id": "urn:uuid:0c07c1ce-57cb-41af-bef2-1b932b986873" }))
            .valid("proof/with-an-id", "CRED-DI-10"),
        made_with(&json!({ "nonce": "u1234" })).valid("proof/with-a-nonce", "CRED-DI-10"),
        made_with(&json!({ "domain": "https://shop.example", "challenge": "1" }))
            .valid("proof/made-for-an-exchange", "CRED-DI-7"),
        set(|proofs| proofs.reverse()).valid("proof/a-set-in-another-order", "CRED-SET-1"),
        set(|proofs| proofs.truncate(1)).valid("proof/one-of-two-left-out", "OB3-DI-2"),
        set(|proofs| {
            proofs.remove(0);
        })
        .valid("proof/the-other-of-two-left-out", "OB3-DI-2"),
    ]
}

fn options() -> Vec<Case> {
    vec![
        made_with(&json!({ "expires": "2026-08-31T23:59:59Z" })).invalid(
            "proof/expired",
            "CRED-DI-6",
            &[Code::ProofExpired],
        ),
        changed(|proof| proof["expires"] = json!("2036-01-01T00:00:00Z")).invalid(
            "proof/an-end-added",
            "CRED-DI-11",
            FAILED,
        ),
        made_with(&json!({ "proofPurpose": "authentication" })).invalid(
            "proof/made-to-log-in",
            "CRED-DI-21",
            MALFORMED,
        ),
        made_with(&json!({ "proofPurpose": "capabilityInvocation" })).invalid(
            "proof/made-to-use-a-right",
            "CRED-DI-21",
            MALFORMED,
        ),
        made_with(&json!({ "proofPurpose": null })).invalid(
            "proof/made-for-nothing",
            "CRED-DI-21",
            MALFORMED,
        ),
        made_with(&json!({ "verificationMethod": null })).invalid(
            "proof/made-with-no-key",
            "CRED-DI-21",
            MALFORMED,
        ),
        changed(|proof| proof["proofPurpose"] = json!(["assertionMethod"])).invalid(
            "proof/purposes-in-an-array",
            "CRED-DI-21",
            MALFORMED,
        ),
        changed(|proof| proof["created"] = json!("2020-01-01T00:00:00Z")).invalid(
            "proof/an-earlier-date",
            "CRED-DI-11",
            FAILED,
        ),
        changed(|proof| proof["created"] = json!("yesterday")).invalid(
            "proof/a-date-that-is-none",
            "CRED-EDDSA-4",
            MALFORMED,
        ),
        changed(|proof| proof["created"] = json!(0)).invalid(
            "proof/a-date-in-digits",
            "CRED-EDDSA-4",
            MALFORMED,
        ),
        changed(|proof| proof["note"] = json!("approved")).invalid(
            "proof/a-member-no-context-knows",
            "CRED-SAFE-8",
            MALFORMED,
        ),
        changed(|proof| proof["domain"] = json!("https://shop.example")).invalid(
            "proof/a-place-added",
            "CRED-DI-11",
            FAILED,
        ),
        changed(|proof| {
            take(proof, "/created");
        })
        .invalid("proof/its-date-taken-away", "CRED-DI-11", FAILED),
        changed(|proof| proof["type"] = json!("Ed25519Signature2018")).unknown(
            "proof/of-an-old-type",
            "CRED-SUITE-1",
            UNSUPPORTED,
        ),
        changed(|proof| proof["cryptosuite"] = json!("eddsa-rdfc-2022 ")).unknown(
            "proof/a-suite-with-a-blank",
            "CRED-EDDSA-2",
            UNSUPPORTED,
        ),
        changed(|proof| proof["cryptosuite"] = json!("EdDSA-RDFC-2022")).unknown(
            "proof/a-suite-in-capitals",
            "CRED-EDDSA-2",
            UNSUPPORTED,
        ),
        changed(|proof| proof["cryptosuite"] = json!("bbs-2023")).unknown(
            "proof/another-suite",
            "CRED-SUITE-1",
            UNSUPPORTED,
        ),
        changed(|proof| proof["cryptosuite"] = json!("eddsa-jcs-2022")).invalid(
            "proof/the-sister-suite",
            "CRED-EDDSA-2",
            FAILED,
        ),
        changed(|proof| {
            take(proof, "/cryptosuite");
        })
        .invalid("proof/without-a-suite", "CRED-DI-2", MALFORMED),
    ]
}

fn values() -> Vec<Case> {
    let value = |text: String| changed(move |proof| proof["proofValue"] = json!(text));
    let bytes = |bytes: &[u8]| value(multibase::base58btc(bytes));
    // S of an honest signature plus the order of the group: plain arithmetic accepts it, RFC 8032 does not.
    let above_order = |proof: &mut Value| {
        const ORDER: [u8; 32] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9,
            0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        let text = proof["proofValue"].as_str().unwrap_or_default();
        let mut signature = multibase::decode_base58btc(text).unwrap_or_default();
        let mut carry = 0_u16;
        for (byte, order) in signature.iter_mut().skip(32).zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(order) + carry;
            [*byte, _] = sum.to_le_bytes();
            carry = sum >> 8;
        }
        proof["proofValue"] = json!(multibase::base58btc(&signature));
    };
    let mut neutral = [0; 64];
    neutral[0] = 1;
    vec![
        value(String::new()).invalid("proof-value/empty", "CRED-EDDSA-7", MALFORMED),
        value("z".to_owned()).invalid("proof-value/a-bare-letter", "CRED-EDDSA-7", MALFORMED),
        bytes(&[7; 63]).invalid("proof-value/a-byte-too-few", "CRED-EDDSA-7", MALFORMED),
        bytes(&[7; 65]).invalid("proof-value/a-byte-too-many", "CRED-EDDSA-7", MALFORMED),
        bytes(&[7; 64]).invalid("proof-value/of-the-right-length", "CRED-EDDSA-6", FAILED),
        bytes(&[0; 64]).invalid("proof-value/all-zero", "CRED-EDDSA-8", FAILED),
        bytes(&neutral).invalid("proof-value/the-neutral-point", "CRED-EDDSA-8", FAILED),
        value(format!("u{}", "A".repeat(86))).invalid(
            "proof-value/in-another-base",
            "CRED-EDDSA-7",
            MALFORMED,
        ),
        value("z0OIl".to_owned()).invalid(
            "proof-value/letters-base58-has-not",
            "CRED-EDDSA-7",
            MALFORMED,
        ),
        value(format!("z{}", "2".repeat(900_000))).invalid(
            "proof-value/a-megabyte",
            "CRED-EDDSA-7",
            MALFORMED,
        ),
        changed(|proof| proof["proofValue"] = json!([proof["proofValue"]])).invalid(
            "proof-value/in-an-array",
            "CRED-DI-8",
            MALFORMED,
        ),
        changed(above_order).invalid("proof-value/s-above-the-order", "CRED-EDDSA-8", FAILED),
    ]
}

fn sets() -> Vec<Case> {
    vec![
        set(|proofs| proofs[1]["proofValue"] = proofs[0]["proofValue"].clone()).invalid(
            "proof-set/one-good-one-bad",
            "CRED-WILD-12",
            TWO,
        ),
        set(|proofs| proofs[0]["proofValue"] = proofs[1]["proofValue"].clone()).invalid(
            "proof-set/one-bad-one-good",
            "CRED-WILD-12",
            TWO,
        ),
        set(|proofs| proofs[1]["expires"] = json!("2026-01-01T00:00:00Z")).invalid(
            "proof-set/one-good-one-expired",
            "CRED-WILD-12",
            TWO,
        ),
        set(|proofs| proofs[1]["proofPurpose"] = json!("authentication")).invalid(
            "proof-set/one-good-one-for-another-purpose",
            "CRED-WILD-12",
            TWO,
        ),
        set(|proofs| proofs[1]["cryptosuite"] = json!("bbs-2023"))
            .valid("proof-set/one-good-one-of-a-kind-nobody-here-reads", "OB3-DI-2"),
        set(|proofs| proofs.extend(vec![proofs[0].clone(); 6]))
            .valid("proof-set/as-many-as-are-read", "CRED-SET-5"),
        set(|proofs| proofs.extend(vec![proofs[0].clone(); 7])).invalid(
            "proof-set/too-many",
            "CRED-SET-5",
            MALFORMED,
        ),
        set(|proofs| proofs.extend(vec![proofs[0].clone(); 2_000])).invalid(
            "proof-set/two-thousand",
            "CRED-SET-5",
            MALFORMED,
        ),
        set(Vec::clear).invalid("proof-set/empty", "CRED-DI-20", &[Code::ProofMissing]),
        set(|proofs| proofs.push(json!("z1"))).invalid(
            "proof-set/a-text-among-them",
            "CRED-DI-20",
            MALFORMED,
        ),
        set(|proofs| proofs.push(json!(null))).invalid(
            "proof-set/null-among-them",
            "CRED-DI-20",
            MALFORMED,
        ),
        set(|proofs| *proofs = vec![json!(proofs.clone())]).invalid(
            "proof-set/a-set-in-a-set",
            "CRED-DI-20",
            MALFORMED,
        ),
    ]
}

fn chains() -> Vec<Case> {
    let first = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544";
    let second = "urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54";
    let chained = |own: &str, previous: &Value| {
        let mut club = Issuer::new();
        let mut badge = club.draft();
        let one = club.prove(&badge, "eddsa-rdfc-2022", &json!({ "id": first }));
        let mut before = badge.clone();
        before["proof"] = json!([one]);
        let two = club.prove(
            &before,
            "eddsa-rdfc-2022",
            &json!({ "id": own, "previousProof": previous }),
        );
        badge["proof"] = json!([one, two]);
        club.presents(&badge)
    };
    let alone = |previous: &str| made_with(&json!({ "id": second, "previousProof": previous }));
    vec![
        chained(second, &json!(first)).valid("proof-chain/honest", "CRED-SET-2"),
        alone(first).invalid(
            "proof-chain/the-previous-proof-is-missing",
            "CRED-SET-2",
            &[Code::ProofChainBroken],
        ),
        alone(second).invalid(
            "proof-chain/a-proof-that-builds-on-itself",
            "CRED-SET-5",
            &[Code::ProofChainBroken],
        ),
        chained(second, &json!([first, "urn:uuid:0"])).invalid(
            "proof-chain/one-of-two-is-missing",
            "CRED-SET-2",
            &[Code::ProofChainBroken],
        ),
    ]
}

fn transplants() -> Vec<Case> {
    let mut club = Issuer::new();
    let (one, mut other) = (club.award(), club.award());
    other["proof"] = one["proof"].clone();
    let mut bare = one.clone();
    take(&mut bare, "/proof");
    let mut lone = one.clone();
    lone["proof"] = json!("z1");
    let mut hidden = one.clone();
    let proof = take(&mut hidden, "/proof");
    hidden["https://w3id.org/security#proof"] = proof;
    vec![
        club.presents(&other).invalid("proof/of-another-badge", "CRED-DI-23", FAILED),
        club.presents(&bare).invalid("proof/none", "CRED-VCDM-13", &[Code::ProofMissing]),
        club.presents(&lone).invalid("proof/a-text", "CRED-DI-20", MALFORMED),
        club.presents(&hidden).invalid(
            "proof/under-its-address",
            "CRED-VCDM-12",
            &[Code::ContextRefused],
        ),
    ]
}
