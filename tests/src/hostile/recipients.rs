//! Somebody else's badge: salts, spellings, hashes and identities that are bent to fit.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::take;
use crate::issuer::{Case, EMAIL, Issuer, Scene, hash, salt};

const DIFFERS: &[Code] = &[Code::RecipientDiffers];
const NOTHING: &[Code] = &[Code::RecipientNotComparable];

/// A badge whose issuer named its recipient like this.
fn named(identifier: &Value) -> Scene {
    let mut club = Issuer::new();
    let badge =
        club.award_as(|draft| draft["credentialSubject"]["identifier"] = json!([identifier]));
    club.presents(&badge)
}

/// A badge for an e-mail address, by its hash with the salt of the first award.
fn hashed(identity: &str) -> Scene {
    named(&email(&hash(identity, &salt(1)), Some(&salt(1))))
}

fn email(stored: &str, salt: Option<&str>) -> Value {
    let mut identifier = json!({
        "type": "IdentityObject", "identityType": "emailAddress", "hashed": true, "identityHash": stored
    });
    if let Some(salt) = salt {
        identifier["salt"] = json!(salt);
    }
    identifier
}

/// A hosted badge whose host names its recipient like this.
fn hosted(recipient: Value) -> Scene {
    let mut club = Issuer::new();
    let mut presented = club.host_as(|assertion, _, _| assertion["recipient"] = recipient);
    take(&mut presented, "/recipient");
    club.presents(&presented)
}

pub(super) fn cases() -> Vec<Case> {
    [honest(), spellings(), salts(), hashes(), kinds(), of_hosted()].concat()
}

fn honest() -> Vec<Case> {
    vec![
        hashed(EMAIL).by(EMAIL).valid("person/the-right-one", "OB3-IDO-6"),
        hashed(EMAIL).by("Alizee.Canular@Personnes.Example").valid("person/typed-in-capitals", "OB2-HASH-4"),
        hashed(EMAIL).by(&format!("  {EMAIL}\n")).valid("person/typed-with-blanks", "OB2-HASH-4"),
        hashed(EMAIL).valid("person/nobody-asked", "OB3-VAL-13"),
        named(&email(&hash(EMAIL, ""), None)).by(EMAIL).valid("person/without-a-salt", "OB3-IDO-5"),
        named(&email(&hash(EMAIL, &salt(1)).to_uppercase().replace("SHA256", "sha256"), Some(&salt(1))))
            .by(EMAIL)
            .valid("person/a-hash-in-capitals", "OB2-HASH-2"),
        named(&json!({
            "type": "IdentityObject", "identityType": "emailAddress", "hashed": false, "identityHash": EMAIL
        }))
        .by(EMAIL)
        .valid("person/in-clear", "OB3-IDO-3"),
    ]
}

fn spellings() -> Vec<Case> {
    let idn = "alizée@étran.example";
    vec![
        hashed(EMAIL).by("b@personnes.example").invalid(
            "person/another-one",
            "OB3-VAL-13",
            DIFFERS,
        ),
        hashed(EMAIL).by("alizee.canular@personnes.example.evil").invalid(
            "person/a-longer-host",
            "OB3-VAL-13",
            DIFFERS,
        ),
        hashed(EMAIL).by("alizeecanular@personnes.example").invalid(
            "person/without-the-dot",
            "OB3-VAL-13",
            DIFFERS,
        ),
        hashed(EMAIL).by("alizee.canular+x@personnes.example").invalid(
            "person/with-a-tag",
            "OB3-VAL-13",
            DIFFERS,
        ),
        hashed(EMAIL).by("аlizee.canular@personnes.example").invalid(
            "person/a-cyrillic-letter",
            "OB3-VAL-13",
            DIFFERS,
        ),
        hashed(idn).by(idn).valid("person/an-address-with-accents", "OB2-HASH-4"),
        hashed(idn).by("alize\u{301}e@e\u{301}tran.example").invalid(
            "person/accents-apart",
            "OB2-HASH-4",
            DIFFERS,
        ),
        hashed(idn).by("alizée@xn--tran-9oa.example").invalid(
            "person/an-a-label",
            "OB2-HASH-4",
            DIFFERS,
        ),
        hashed("Alizee@Personnes.example")
            .by("Alizee@Personnes.example")
            .valid("person/hashed-in-capitals-and-typed-so", "OB2-HASH-4"),
        hashed("Alizee@Personnes.example").by("alizee@personnes.example").invalid(
            "person/hashed-in-capitals-and-typed-small",
            "OB2-HASH-4",
            DIFFERS,
        ),
        hashed("").by("@").invalid("person/an-empty-identity", "OB3-IDO-6", DIFFERS),
        hashed("").by("").unknown("person/nobody-at-all", "OB3-IDO-6", NOTHING),
    ]
}

/// Identity and salt are hashed without a separator, so either may lend the other its letters.
fn salts() -> Vec<Case> {
    let stored = hash(EMAIL, "Kosher");
    vec![
        named(&email(&stored, Some("Kosher"))).by(EMAIL).valid("salt/honest", "OB2-HASH-6"),
        named(&email(&stored, Some("kosher"))).by(EMAIL).invalid(
            "salt/another-one",
            "OB2-HASH-6",
            DIFFERS,
        ),
        named(&email(&stored, None)).by(EMAIL).invalid("salt/taken-away", "OB3-IDO-5", DIFFERS),
        named(&email(&hash("Kosher", EMAIL), Some("Kosher"))).by(EMAIL).invalid(
            "salt/in-front",
            "OB2-HASH-1",
            DIFFERS,
        ),
        named(&email(&stored, Some("")))
            .by(&format!("{EMAIL}Kosher"))
            .valid("salt/moved-into-the-address", "OB2-HASH-1"),
        named(&email(&stored, Some("e.exampleKosher")))
            .by("alizee.canular@personnes.exampl")
            .invalid("salt/longer-than-its-share", "OB2-HASH-1", DIFFERS),
        named(&email(&hash(EMAIL, &"s".repeat(1000)), Some(&"s".repeat(1025)))).by(EMAIL).unknown(
            "salt/longer-than-any",
            "OB3-IDO-5",
            NOTHING,
        ),
    ]
}

fn hashes() -> Vec<Case> {
    let digest = hash(EMAIL, &salt(1)).replace("sha256$", "");
    let of = |stored: String| named(&email(&stored, Some(&salt(1)))).by(EMAIL);
    let plain = |stored: &str, hashed: bool| {
        named(&json!({
            "type": "IdentityObject", "identityType": "emailAddress", "hashed": hashed, "identityHash": stored
        }))
        .by(EMAIL)
    };
    let short: String = digest.chars().take(62).collect();
    vec![
        of(format!("sha256${digest}")).valid("hash/honest", "OB2-HASH-2"),
        of(digest.clone()).unknown("hash/without-its-name", "OB2-HASH-2", NOTHING),
        of(format!("SHA256${digest}")).unknown("hash/a-name-in-capitals", "OB2-HASH-2", NOTHING),
        of(format!("sha1${digest}")).unknown("hash/of-another-kind", "OB2-HASH-2", NOTHING),
        of(format!("md5${digest}")).unknown("hash/of-the-wrong-length", "OB2-HASH-2", NOTHING),
        of(format!("sha256${short}")).unknown("hash/cut", "OB2-HASH-2", NOTHING),
        of(format!("sha256${digest}00")).unknown("hash/with-more-behind", "OB2-HASH-2", NOTHING),
        of(format!("sha256${digest} ")).unknown("hash/with-a-blank", "OB2-HASH-2", NOTHING),
        plain(&format!("sha256${digest}"), false).unknown("hash/said-to-be-in-clear", "OB2-ID-5", NOTHING),
        plain(EMAIL, true).unknown("hash/an-address-said-to-be-one", "OB2-ID-5", NOTHING),
        named(&json!({
            "type": "IdentityObject", "identityType": "emailAddress", "hashed": true, "identityHash": "md5$e34c3a2ddb3d4e4ce3a3dc5a0d5c5b5f"
        }))
        .by(EMAIL)
        .invalid("hash/md5-of-another", "OB2-HASH-2", DIFFERS),
    ]
}

fn kinds() -> Vec<Case> {
    let typed = |kind: &str| {
        named(&json!({
            "type": "IdentityObject", "identityType": kind, "hashed": true, "salt": salt(1),
            "identityHash": hash(EMAIL, &salt(1))
        }))
        .by(EMAIL)
    };
    let name = "Alizée Canular";
    let hidden = |length: usize| {
        let salt = "0".repeat(length);
        named(&json!({
            "type": "IdentityObject", "identityType": "name", "hashed": true, "identityHash": hash(name, &salt)
        }))
        .by(name)
    };
    let mut club = Issuer::new();
    let did = "did:web:alizee.example";
    let owned = club.award_as(|draft| {
        take(draft, "/credentialSubject/identifier");
        draft["credentialSubject"]["id"] = json!(did);
    });
    let bare = club.award_as(|draft| {
        take(draft, "/credentialSubject/identifier");
    });
    let many = club.award_as(|draft| {
        draft["credentialSubject"]["identifier"] =
            (0..40).map(|n| email(&hash(&format!("{n}@a.example"), ""), None)).collect();
    });
    let other = club.award_as(|draft| draft["credentialSubject"]["id"] = json!(did));
    vec![
        typed("emailAddress").valid("kind/an-address", "OB3-IDO-4"),
        typed("name").unknown("kind/an-address-called-a-name", "OB3-IDO-4", NOTHING),
        typed("ext:mail").unknown("kind/an-address-called-something", "OB3-IDO-4", NOTHING),
        typed("email").invalid("kind/the-older-word", "OB3-IDO-4", &[Code::ShapeBroken]),
        hidden(26).unknown("kind/a-hidden-name", "design 5", NOTHING),
        hidden(0).unknown("kind/a-hidden-name-without-a-salt", "design 5", NOTHING),
        club.presents(&owned).by(did).valid("kind/a-did", "OB3-VAL-13"),
        club.presents(&owned).by("did:web:evil.example").invalid(
            "kind/another-did",
            "OB3-VAL-13",
            DIFFERS,
        ),
        club.presents(&owned).by("DID:web:alizee.example").unknown(
            "kind/a-did-in-capitals",
            "OB3-VAL-13",
            NOTHING,
        ),
        club.presents(&owned).by(EMAIL).unknown("kind/an-address-of-a-did", "OB3-VAL-13", NOTHING),
        club.presents(&other).by(did).valid("kind/one-of-two-identities", "OB3-VAL-13"),
        club.presents(&bare).by(EMAIL).invalid("kind/nobody", "OB3-VAL-1", &[Code::ShapeBroken]),
        // No more than 32 are compared; the rest is not searched for a match.
        club.presents(&many).by("39@a.example").invalid("kind/forty-people", "OB3-IDO-6", DIFFERS),
    ]
}

fn of_hosted() -> Vec<Case> {
    let mail = |hashed: Value, identity: &str| {
        hosted(json!({ "type": "email", "hashed": hashed, "identity": identity, "salt": salt(1) }))
            .by(EMAIL)
    };
    let stored = hash(EMAIL, &salt(1));
    vec![
        mail(json!(true), &stored).valid("hosted-person/the-right-one", "OB2-HASH-7"),
        mail(json!(true), &hash("b@b.example", &salt(1))).invalid(
            "hosted-person/another-one",
            "OB2-HASH-7",
            DIFFERS,
        ),
        mail(json!(false), EMAIL).valid("hosted-person/in-clear", "OB2-ID-2"),
        mail(json!(true), EMAIL).unknown(
            "hosted-person/in-clear-called-hashed",
            "OB2-ID-5",
            NOTHING,
        ),
        mail(json!(false), &stored).unknown(
            "hosted-person/hashed-called-in-clear",
            "OB2-ID-5",
            NOTHING,
        ),
        mail(json!("true"), &stored).invalid(
            "hosted-person/true-as-a-text",
            "OB2-ID-3",
            &[Code::ShapeBroken],
        ),
        mail(json!(1), &stored).invalid(
            "hosted-person/true-as-a-number",
            "OB2-ID-3",
            &[Code::ShapeBroken],
        ),
        hosted(json!({ "type": "url", "hashed": true, "identity": stored, "salt": salt(1) }))
            .by(EMAIL)
            .unknown("hosted-person/an-address-called-a-url", "OB2-HASH-7", NOTHING),
        hosted(json!({ "type": "email", "hashed": true, "identity": [stored], "salt": salt(1) }))
            .by(EMAIL)
            .invalid("hosted-person/in-an-array", "OB2-ID-2", &[Code::ShapeBroken]),
        hosted(json!(EMAIL)).by(EMAIL).invalid(
            "hosted-person/a-bare-text",
            "OB2-ID-1",
            &[Code::ShapeBroken],
        ),
        hosted(json!(null)).by(EMAIL).invalid(
            "hosted-person/null",
            "OB2-ID-1",
            &[Code::ShapeBroken],
        ),
    ]
}
