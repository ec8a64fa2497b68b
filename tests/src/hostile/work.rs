//! As much work as fits through the bounds: what is dear here is what `benches/hostile.rs` measures.

use openbadges::status::Bitstring;
use openbadges::verify::Code;
use serde_json::{Value, json};

use super::pictures::{drawn, element, svg};
use crate::issuer::{Case, Issuer};

pub(super) fn cases() -> Vec<Case> {
    [drawings(), lists(), proofs(), texts()].concat()
}

/// SVG of almost five megabytes, each full of one thing.
fn drawings() -> Vec<Case> {
    let full = |open: &'static str, piece: &'static str, close: &'static str| {
        drawn(move |badge| {
            let room = openbadges::bake::IMAGE_BYTES_MAX - badge.len() - 1_000;
            let count = (room - open.len() - close.len()) / piece.len();
            svg(&format!("{open}{}{close}{}", piece.repeat(count), element(badge)))
        })
    };
    let busy: String = (0..128).map(|n| format!(" a{n}=''")).collect();
    let many = drawn(move |badge| {
        svg(&format!("{}{}", format!("<g{busy}/>").repeat(4_500), element(badge)))
    });
    let refused: &[Code] = &[Code::InputPictureBroken];
    vec![
        full("", "<g/>", "").unknown("work/empty-shapes", "OB2-BAKE-14", refused),
        full("", "<g></g>", "").unknown("work/open-and-closed-shapes", "OB2-BAKE-14", refused),
        full("", "<!---->", "").unknown("work/comments", "OB2-BAKE-14", refused),
        full("", "<?a?>", "").unknown("work/instructions", "OB2-BAKE-14", refused),
        full("<text>", "&lt;", "</text>").unknown("work/references", "OB2-BAKE-14", refused),
        full("<text>", "<![CDATA[]]>", "</text>").unknown(
            "work/empty-sections",
            "OB2-BAKE-14",
            refused,
        ),
        full("<text>", "]", "</text>").valid("work/brackets", "OB2-BAKE-14"),
        full("<!--", "-a", "-->").valid("work/one-comment", "OB2-BAKE-14"),
        full("<g a='", "&amp;", "'/>").valid("work/one-attribute", "OB2-BAKE-14"),
        full("<path d='", "M0 0h1v1z", "'/>").valid("work/one-path", "OB2-BAKE-14"),
        many.valid("work/attributes", "OB2-BAKE-14"),
    ]
}

fn lists() -> Vec<Case> {
    // Eight lists of the issuer's own, each as long as is read.
    let mut club = Issuer::new();
    let urls: Vec<String> =
        (0..8).map(|n| format!("https://badges.example/list-{n}.json")).collect();
    let badge = club.award_as(|draft| {
        let entry = draft["credentialStatus"].clone();
        draft["credentialStatus"] = urls
            .iter()
            .map(|url| {
                let mut entry = entry.clone();
                entry["id"] = json!(format!("{url}#1"));
                entry["statusListCredential"] = json!(url);
                entry
            })
            .collect();
    });
    let encoded = Bitstring::new(16 << 23).encode();
    let mut list = club.list_draft();
    list["credentialSubject"]["encodedList"] = json!(encoded);
    for url in &urls {
        list["id"] = json!(url);
        let list = club.sign_statements(list.clone());
        club.publish(url, &list);
    }
    vec![club.presents(&badge).valid("work/eight-lists-of-128-million-entries", "CRED-BSL-28")]
}

fn proofs() -> Vec<Case> {
    // Every document of a run is poisoned: the badge, its endorsements.
    let ring = |size: usize| -> Value {
        let name = |n: usize| format!("_:n{}", n % size);
        (0..size)
            .map(|n| json!({ "id": name(n), "type": ["Achievement"], "related": [
                { "id": name(n + 1), "type": ["Related"] }, { "id": name(n + 7), "type": ["Related"] }
            ]}))
            .collect()
    };
    let mut club = Issuer::new();
    let mut badge = club.award_as(|_| {});
    badge["credentialSubject"]["achievement"]["related"] = ring(60);
    let proof = badge["proof"][0].clone();
    let mut eight = badge.clone();
    eight["proof"] = json!(vec![proof.clone(); 8]);
    let mut listed = Issuer::new();
    let good = listed.award();
    let mut list = listed.list();
    list["credentialSubject"]["related"] = ring(60);
    listed.publish(&listed.list_url(), &list);
    let mut endorsed = Issuer::new();
    let mut praised = endorsed.draft();
    let honest = json!({
        "@context": praised["@context"], "id": "urn:uuid:1", "name": "Avis",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": { "id": endorsed.did(), "type": ["Profile"] }, "validFrom": "2026-03-13T00:00:00Z",
        "credentialSubject": { "id": praised["id"], "type": ["EndorsementSubject"] }
    });
    praised["endorsement"] = (0..16)
        .map(|n| {
            let mut one = honest.clone();
            one["id"] = json!(format!("urn:uuid:{n}"));
            let mut one = endorsed.sign_statements(one);
            one["credentialSubject"]["related"] = ring(20);
            one
        })
        .collect();
    praised["proof"] = json!([endorsed.prove(&praised, "eddsa-jcs-2022", &json!({}))]);
    vec![
        club.presents(&badge).unknown(
            "work/one-poisoned-proof",
            "CRED-RDFC-4",
            &[Code::ProofTooComplex],
        ),
        club.presents(&eight).unknown(
            "work/eight-poisoned-proofs",
            "CRED-RDFC-4",
            &[Code::ProofTooComplex],
        ),
        listed.presents(&good).unknown(
            "work/a-poisoned-list",
            "CRED-RDFC-4",
            &[Code::StatusListBroken],
        ),
        endorsed.presents(&praised).valid("work/sixteen-poisoned-endorsements", "CRED-RDFC-4"),
    ]
}

/// JSON of a megabyte, which every step has to carry.
fn texts() -> Vec<Case> {
    let signed = |change: fn(&mut Value)| {
        let mut club = Issuer::new();
        let mut draft = club.draft();
        change(&mut draft);
        draft["proof"] = json!([club.prove(&draft, "eddsa-jcs-2022", &json!({}))]);
        club.presents(&draft)
    };
    let failed: &[Code] = &[Code::ProofFailed];
    let shape: &[Code] = &[Code::ShapeBroken];
    let many = |draft: &mut Value| {
        draft["evidence"] =
            (0..18_000).map(|_| json!({ "type": ["Evidence"], "narrative": "a" })).collect();
    };
    let mut changed = Issuer::new();
    let mut badge = changed.draft();
    many(&mut badge);
    badge["proof"] = json!(vec![changed.prove(&badge, "eddsa-jcs-2022", &json!({})); 8]);
    badge["name"] = json!("Direction");
    vec![
        signed(many).valid("work/eighteen-thousand-pieces-of-evidence", "CRED-SAFE-9"),
        changed.presents(&badge).invalid("work/eight-proofs-over-a-megabyte", "CRED-SET-5", failed),
        signed(|draft| {
            let tags: Vec<String> = (0..80_000).map(|n| format!("t{n}")).collect();
            draft["credentialSubject"]["achievement"]["tag"] = json!(tags);
        })
        .valid("work/eighty-thousand-tags", "CRED-SAFE-9"),
        signed(|draft| {
            draft["credentialSubject"]["identifier"] =
                (0..12_000).map(|_| json!({ "type": "IdentityObject" })).collect();
        })
        .invalid("work/twelve-thousand-people", "OB3-IDO-1", shape),
        signed(|draft| {
            draft["credentialSubject"]["achievement"]["related"] = (0..15_000)
                .map(|n| json!({ "id": format!("urn:x:{n}"), "type": ["Related"] }))
                .collect();
        })
        .valid("work/fifteen-thousand-relations", "CRED-SAFE-9"),
    ]
}
