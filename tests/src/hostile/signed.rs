//! Signed badges of Open Badges 2.0: keys that the issuer does not list or does not own, lists of withdrawals that hide
//! their one entry, and the algorithm confusion that published PEM keys invite.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::take;
use crate::issuer::{Case, EMAIL, Issuer, Scene, key};
use crate::token::{compact, p256_key, p256_public, pem, shared_secret, signed_by};

const NOT_LISTED: &[Code] = &[Code::KeyNotListed];
const FAILED: &[Code] = &[Code::ProofFailed];
const REVOKED: &[Code] = &[Code::Revoked];
const OWNER: &[Code] = &[Code::IssuerNotKeyController];

/// The seed of a thief's key.
const THIEF: u8 = 66;

const KEY: &str = "https://badges.example/issuers/club/key-1.json";
const LIST: &str = "https://badges.example/issuers/club/revoked.json";

/// A club, what it publishes for a signed badge, and the badge.
struct World {
    club: Issuer,
    header: Value,
    assertion: Value,
    class: Value,
    profile: Value,
    key: Value,
    list: Value,
}

impl World {
    fn new() -> Self {
        let mut club = Issuer::new();
        let (mut class, mut profile) = (Value::Null, Value::Null);
        let mut assertion = club.host_as(|_, hosted_class, hosted_profile| {
            class = hosted_class.clone();
            profile = hosted_profile.clone();
        });
        assertion["id"] = json!("urn:uuid:6a0d6a2e-0000-4000-8000-00000000000a");
        assertion["uid"] = json!("1");
        assertion["verification"] = json!({ "type": "SignedBadge", "creator": KEY });
        take(&mut profile, "/verification");
        profile["publicKey"] = json!(KEY);
        profile["revocationList"] = json!(LIST);
        let context = assertion["@context"].clone();
        let published = json!({
            "@context": context, "type": "CryptographicKey", "id": KEY, "owner": profile["id"],
            "publicKeyPem": pem(&club.key().public())
        });
        let list = json!({
            "@context": context, "type": "RevocationList", "id": LIST, "issuer": profile["id"],
            "revokedAssertions": []
        });
        let header = json!({ "alg": "EdDSA" });
        Self { club, header, assertion, class, profile, key: published, list }
    }

    /// Publishes what there is, and signs.
    fn scene(&self) -> Scene {
        self.presenting(&signed_by(&self.club.key(), &self.header, &self.assertion))
    }

    /// Publishes what there is; what is `null` cannot be reached.
    fn presenting(&self, token: &str) -> Scene {
        let mut club = self.club.clone();
        for (url, document) in [
            (club.class_url(), &self.class),
            (club.profile_url(), &self.profile),
            (KEY.to_owned(), &self.key),
            (LIST.to_owned(), &self.list),
        ] {
            if document.is_null() {
                club.unplug(&url);
            } else {
                club.publish(&url, document);
            }
        }
        club.presents_bytes(token)
    }
}

fn world(change: impl FnOnce(&mut World)) -> Scene {
    let mut world = World::new();
    change(&mut world);
    world.scene()
}

pub(super) fn cases() -> Vec<Case> {
    [honest(), keys(), tokens(), lists(), contents()].concat()
}

fn honest() -> Vec<Case> {
    vec![
        world(|_| {}).valid("signed/honest", "OB2-SIGN-1"),
        world(|w| w.header = json!({ "alg": "EdDSA", "typ": "JWS", "kid": "another" }))
            .valid("signed/a-header-with-more", "OB2-SIGN-8"),
        world(|w| w.assertion["verification"] = json!({ "type": "signed" }))
            .valid("signed/without-creator", "OB2-SIGN-4"),
        world(|w| {
            w.profile["publicKey"] = json!([KEY, "https://badges.example/issuers/club/key-0.json"]);
        })
        .valid("signed/one-of-two-keys", "OB2-SIGN-14"),
        world(|w| w.profile["publicKey"] = w.key.clone())
            .valid("signed/a-key-in-the-profile", "OB2-SIGN-4"),
        world(|w| w.list["revokedAssertions"] = json!(["urn:uuid:1", { "uid": "2" }]))
            .valid("signed/others-are-withdrawn", "OB2-SIGN-9"),
        world(|_| {}).by(EMAIL).valid("signed/of-the-right-person", "OB2-HASH-7"),
    ]
}

fn keys() -> Vec<Case> {
    let elsewhere = "https://evil.example/key.json";
    let mut moved = World::new();
    moved.club.redirect(KEY, elsewhere);
    let token = signed_by(&moved.club.key(), &moved.header, &moved.assertion);
    let mut scene = moved.presenting(&token);
    let mut club = moved.club.clone();
    let mut published = moved.key.clone();
    published["id"] = json!(KEY);
    club.publish(&moved.club.class_url(), &moved.class);
    club.publish(&moved.club.profile_url(), &moved.profile);
    club.publish(elsewhere, &published);
    scene.web = club.web();
    let thief = |w: &mut World| w.key["publicKeyPem"] = json!(pem(&key(THIEF).public()));
    vec![
        world(|w| w.assertion["verification"]["creator"] = json!(elsewhere)).invalid(
            "signed-key/of-a-stranger",
            "OB2-SIGN-4",
            NOT_LISTED,
        ),
        world(|w| {
            // The thief's own key, on the thief's own host, signed with it: but the profile lists another.
            w.assertion["verification"]["creator"] = json!(elsewhere);
            let mut own = w.key.clone();
            own["id"] = json!(elsewhere);
            thief(w);
            w.club.publish(elsewhere, &own);
        })
        .invalid("signed-key/of-a-stranger-who-publishes-it", "OB2-SIGN-4", NOT_LISTED),
        world(|w| {
            take(&mut w.profile, "/publicKey");
        })
        .invalid("signed-key/the-issuer-lists-none", "OB2-SIGN-4", NOT_LISTED),
        world(|w| w.profile["publicKey"] = json!([])).invalid(
            "signed-key/an-empty-list",
            "OB2-SIGN-4",
            NOT_LISTED,
        ),
        world(thief).invalid("signed-key/another-key-at-the-address", "OB2-SIGN-6", FAILED),
        world(|w| w.key["owner"] = json!("https://evil.example/issuer.json")).invalid(
            "signed-key/another-owner",
            "OB2-SIGN-10",
            OWNER,
        ),
        world(|w| {
            take(&mut w.key, "/owner");
        })
        .invalid("signed-key/no-owner", "OB2-KEY-3", OWNER),
        world(|w| w.key["id"] = json!(elsewhere)).invalid(
            "signed-key/another-id",
            "OB2-SIGN-10",
            &[Code::IssuerMismatch],
        ),
        world(|w| w.key["revoked"] = json!(true)).invalid(
            "signed-key/revoked",
            "OB2-SIGN-14",
            &[Code::KeyRevoked],
        ),
        world(|w| {
            w.key["publicKeyPem"] =
                json!("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
        })
        .invalid("signed-key/a-private-one", "OB2-KEY-5", &[Code::TokenHoldsSecret]),
        world(|w| {
            w.key["publicKeyPem"] =
                json!("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
        })
        .invalid("signed-key/no-key-in-the-pem", "OB2-KEY-4", NOT_LISTED),
        world(|w| w.key["publicKeyPem"] = json!("A".repeat(500_000))).invalid(
            "signed-key/half-a-megabyte",
            "OB2-KEY-4",
            NOT_LISTED,
        ),
        world(|w| w.key = Value::Null).unknown(
            "signed-key/nobody-answers",
            "OB2-SIGN-5",
            &[Code::DocumentUnavailable],
        ),
        scene.unknown("signed-key/another-host-answers", "OB2-SIGN-10", &[Code::DocumentOtherHost]),
        world(|w| w.profile["publicKey"] = json!("http://badges.example/key.json")).invalid(
            "signed-key/creator-and-profile-differ",
            "OB2-SIGN-4",
            NOT_LISTED,
        ),
        world(|w| {
            w.profile["publicKey"] = json!("http://10.0.0.1/key.json");
            w.assertion["verification"] = json!({ "type": "SignedBadge" });
        })
        .unknown(
            "signed-key/at-a-private-address",
            "OB2-HOST-14",
            &[Code::IssuerUnsupported],
        ),
        // A profile inside the signed text proves nothing: its address is asked (OB2-SIGN-11).
        world(|w| {
            let mut own = w.profile.clone();
            own["publicKey"] = w.key.clone();
            w.class["issuer"] = own;
            w.assertion["badge"] = w.class.clone();
            thief(w);
        })
        .invalid("signed-key/in-a-profile-that-came-along", "OB2-SIGN-11", FAILED),
        world(|w| {
            w.class["issuer"] = w.profile.clone();
            w.profile = Value::Null;
        })
        .unknown(
            "signed-key/the-profile-only-came-along",
            "OB2-SIGN-11",
            &[Code::DocumentUnavailable],
        ),
    ]
}

fn tokens() -> Vec<Case> {
    let by = |make: &dyn Fn(&World) -> String| {
        let world = World::new();
        world.presenting(&make(&world))
    };
    let es256 = |header: &Value| {
        let mut world = World::new();
        world.key["publicKeyPem"] = json!(pem(&p256_public(&p256_key(7))));
        world.header = header.clone();
        world.scene()
    };
    let named = |name: &'static str| move |w: &mut World| w.header = json!({ "alg": name });
    vec![
        // CVE-2015-9235: the published PEM, taken for a shared secret.
        by(&|w| {
            let text = w.key["publicKeyPem"].as_str().unwrap_or_default();
            shared_secret(text.as_bytes(), &json!({ "alg": "HS256" }), &w.assertion)
        })
        .invalid(
            "signed-alg/the-pem-as-a-secret",
            "OB2-SIGN-7",
            &[Code::TokenProvesNothing],
        ),
        by(&|w| compact(r#"{"alg":"none"}"#, w.assertion.to_string(), |_| Vec::new())).invalid(
            "signed-alg/none",
            "OB2-SIGN-7",
            &[Code::TokenProvesNothing],
        ),
        world(named("RS256")).invalid(
            "signed-alg/rs256-for-an-ed25519-key",
            "OB2-SIGN-7",
            &[Code::TokenOtherAlgorithm],
        ),
        es256(&json!({ "alg": "EdDSA" })).invalid(
            "signed-alg/eddsa-for-a-p256-key",
            "OB2-SIGN-7",
            &[Code::TokenOtherAlgorithm],
        ),
        world(named("PS256")).unknown("signed-alg/ps256", "OB2-SIGN-7", &[Code::ProofUnsupported]),
        by(&|w| signed_by(&key(THIEF), &w.header, &w.assertion)).invalid(
            "signed-token/by-a-thief",
            "OB2-SIGN-6",
            FAILED,
        ),
        by(&|w| {
            let jwk = key(THIEF).public().to_jwk();
            signed_by(&key(THIEF), &json!({ "alg": "EdDSA", "jwk": jwk }), &w.assertion)
        })
        .invalid("signed-token/by-a-thief-with-a-jwk", "OB2-SIGN-4", FAILED),
        by(&|w| signed_by(&w.club.key(), &json!({ "alg": "EdDSA", "crit": ["x"] }), &w.assertion))
            .invalid("signed-token/with-a-condition", "OB2-SIGN-12", &[Code::TokenSetsConditions]),
        by(&|w| format!("{}=", signed_by(&w.club.key(), &w.header, &w.assertion))).invalid(
            "signed-token/padded",
            "OB2-SIGN-12",
            &[Code::TokenMalformed],
        ),
        by(&|w| {
            let text = w.assertion.to_string().replacen('{', r#"{"recipient":null,"#, 1);
            compact(w.header.to_string(), text, |signed| w.club.key().sign(signed).to_vec())
        })
        .invalid("signed-token/a-member-twice", "OB2-SIGN-12", &[Code::JsonRefused]),
        // Without its signature a signed assertion is a text that anybody can write.
        by(&|w| w.assertion.to_string()).unknown(
            "signed-token/the-bare-assertion",
            "OB2-SIGN-1",
            &[Code::SignatureNotGiven],
        ),
    ]
}

/// One entry, many forms; the official validator overlooks a list with a single one.
fn lists() -> Vec<Case> {
    let entries = |entries: Value| world(|w| w.list["revokedAssertions"] = entries);
    let id = World::new().assertion["id"].clone();
    let rule = "OB2-SIGN-9";
    let mut moved = World::new();
    moved.club.redirect(LIST, "https://evil.example/revoked.json");
    let token = signed_by(&moved.club.key(), &moved.header, &moved.assertion);
    let mut club = moved.club.clone();
    for (url, document) in [
        (club.class_url(), &moved.class),
        (club.profile_url(), &moved.profile),
        (KEY.to_owned(), &moved.key),
        ("https://evil.example/revoked.json".to_owned(), &moved.list),
    ] {
        club.publish(&url, document);
    }
    vec![
        entries(json!([id])).invalid("signed-list/one-entry", rule, REVOKED),
        entries(json!(id)).invalid("signed-list/one-entry-without-a-list", rule, REVOKED),
        entries(json!({ "id": id })).invalid("signed-list/one-object", rule, REVOKED),
        entries(json!([{ "id": id, "revocationReason": "Erreur" }])).invalid(
            "signed-list/with-a-reason",
            rule,
            REVOKED,
        ),
        entries(json!([{ "uid": "1" }])).invalid("signed-list/by-uid", "OB2-RL-4", REVOKED),
        entries(json!(["urn:uuid:1", "urn:uuid:2", id])).invalid(
            "signed-list/the-last-of-three",
            rule,
            REVOKED,
        ),
        entries((0..20_000).map(|n| json!(format!("urn:uuid:{n}"))).chain([id.clone()]).collect())
            .invalid("signed-list/the-last-of-twenty-thousand", rule, REVOKED),
        world(|w| w.list = Value::Null).unknown(
            "signed-list/nobody-answers",
            rule,
            &[Code::StatusUnavailable],
        ),
        world(|w| w.list["issuer"] = json!("https://evil.example/issuer.json")).unknown(
            "signed-list/of-another-issuer",
            "OB2-RL-3",
            &[Code::StatusListForeign],
        ),
        club.presents_bytes(token).unknown(
            "signed-list/on-another-host",
            rule,
            &[Code::StatusUnavailable],
        ),
        world(|w| w.list["type"] = json!("BadgeClass")).unknown(
            "signed-list/of-another-kind",
            "OB2-RL-1",
            &[Code::StatusListBroken],
        ),
        world(|w| {
            take(&mut w.list, "/revokedAssertions");
        })
        .unknown("signed-list/without-its-list", "OB2-RL-4", &[Code::StatusListBroken]),
        world(|w| w.profile["revocationList"] = json!(["a", "b"])).unknown(
            "signed-list/no-address",
            rule,
            &[Code::StatusListBroken],
        ),
        world(|w| w.assertion["revoked"] = json!(true)).invalid(
            "signed-list/revoked-by-itself",
            "OB2-RL-7",
            REVOKED,
        ),
        world(|w| w.assertion["revoked"] = json!("true")).invalid(
            "signed-list/revoked-as-a-text",
            "OB2-RL-7",
            REVOKED,
        ),
    ]
}

fn contents() -> Vec<Case> {
    vec![
        world(|w| w.assertion["expires"] = json!("2026-08-01T00:00:00Z")).invalid(
            "signed-badge/over",
            "OB2-STAT-1",
            &[Code::Expired],
        ),
        world(|w| w.assertion["issuedOn"] = json!("2026-10-01T00:00:00Z")).invalid(
            "signed-badge/of-tomorrow",
            "OB2-STAT-2",
            &[Code::NotYetValid],
        ),
        world(|_| {}).by("another@personnes.example").invalid(
            "signed-badge/of-another-person",
            "OB2-HASH-7",
            &[Code::RecipientDiffers],
        ),
        world(|w| {
            take(&mut w.assertion, "/recipient");
        })
        .invalid("signed-badge/of-nobody", "OB2-SIGN-3", &[Code::ShapeBroken]),
        // A token around an assertion that says it is hosted: the host is asked, and hosts no such badge.
        world(|w| {
            w.assertion["id"] = json!("https://badges.example/a/99/assertion.json");
            w.assertion["verification"] = json!({ "type": "HostedBadge" });
        })
        .unknown(
            "signed-badge/that-says-it-is-hosted",
            "OB2-SIGN-1",
            &[Code::DocumentUnavailable],
        ),
        world(|w| w.class["issuer"] = json!("https://evil.example/issuer.json")).unknown(
            "signed-badge/a-class-of-another-issuer",
            "OB2-SIGN-3",
            &[Code::DocumentUnavailable],
        ),
        world(|w| {
            w.profile["id"] = json!("https://famous.example/issuer.json");
        })
        .invalid(
            "signed-badge/a-profile-with-a-famous-id",
            "OB2-SIGN-3",
            &[Code::ShapeBroken],
        ),
    ]
}
