//! Claims that say something else than the badge, and all that is asked of a badge in a token as outside.

use openbadges::verify::Code;
use serde_json::{Value, json};

use super::super::take;
use super::{THIEF, claimed, headed, issued, merge};
use crate::issuer::{Case, Issuer, key};
use crate::token::{claims, signed_by};

const FAILED: &[Code] = &[Code::ProofFailed];
const NOT_LISTED: &[Code] = &[Code::KeyNotListed];
const MISSING: &[Code] = &[Code::ClaimMissing];
const DISAGREE: &[Code] = &[Code::ClaimsDisagree];
const CLAIMS_REFUSED: &[Code] = &[Code::ClaimsRefused];

pub(super) fn cases() -> Vec<Case> {
    [repeated_claims(), jose(), contents()].concat()
}

/// What Open Badges wants repeated says the same (OB3-JWT-6 to OB3-JWT-10, OB3-JWT-17).
fn repeated_claims() -> Vec<Case> {
    let says = |name: &str, value: Value| claimed(&json!({ name: value }));
    let second = 1_773_273_600_i64;
    vec![
        says("iss", json!("did:web:evil.example")).invalid(
            "token-claim/another-issuer",
            "OB3-JWT-6",
            DISAGREE,
        ),
        says("iss", json!([Issuer::new().did()])).invalid(
            "token-claim/issuers-in-an-array",
            "OB3-JWT-6",
            DISAGREE,
        ),
        says("iss", json!({ "id": Issuer::new().did() })).invalid(
            "token-claim/an-issuer-as-an-object",
            "OB3-JWT-6",
            DISAGREE,
        ),
        says("iss", json!(format!("{}/", Issuer::new().did()))).invalid(
            "token-claim/an-issuer-with-a-slash",
            "OB3-JWT-6",
            DISAGREE,
        ),
        says("iss", json!(null)).invalid("token-claim/no-issuer", "OB3-JWT-6", MISSING),
        says("jti", json!("urn:uuid:1")).invalid("token-claim/another-id", "OB3-JWT-7", DISAGREE),
        says("jti", json!(1)).invalid("token-claim/a-number-for-an-id", "OB3-JWT-7", DISAGREE),
        says("jti", json!(null)).invalid("token-claim/no-id", "OB3-JWT-7", MISSING),
        says("sub", json!("did:key:z6Mk")).invalid(
            "token-claim/a-person-of-its-own",
            "OB3-JWT-8",
            DISAGREE,
        ),
        says("nbf", json!(second + 1)).invalid(
            "token-claim/a-second-later",
            "OB3-JWT-17",
            DISAGREE,
        ),
        says("nbf", json!(1e300)).invalid("token-claim/never", "OB3-JWT-17", DISAGREE),
        says("nbf", json!("2026-03-12")).invalid(
            "token-claim/a-text-for-a-date",
            "OB3-JWT-9",
            CLAIMS_REFUSED,
        ),
        says("nbf", json!(true)).invalid(
            "token-claim/true-for-a-date",
            "OB3-JWT-9",
            CLAIMS_REFUSED,
        ),
        says("nbf", json!(null)).invalid("token-claim/no-beginning", "OB3-JWT-9", MISSING),
        says("exp", json!(4_102_444_800_i64)).invalid(
            "token-claim/a-later-end",
            "OB3-JWT-10",
            DISAGREE,
        ),
        says("exp", json!(null)).invalid("token-claim/no-end", "OB3-JWT-10", MISSING),
        claimed(&json!({ "validUntil": null, "exp": 1_785_000_000 })).invalid(
            "token-claim/an-end-of-its-own-that-is-over",
            "OB3-JWT-13",
            &[Code::Expired],
        ),
        claimed(&json!({ "validUntil": null, "exp": -1 })).invalid(
            "token-claim/an-end-before-1970",
            "OB3-JWT-13",
            &[Code::DatesBroken],
        ),
        claimed(&json!({ "validUntil": null, "exp": 1e18 })).invalid(
            "token-claim/an-end-after-the-last-year",
            "OB3-JWT-13",
            DISAGREE,
        ),
        issued(|_, payload| {
            let vc = payload.clone();
            payload["vc"] = vc;
        })
        .invalid("token-claim/a-badge-in-a-badge", "OB3-JWT-5", CLAIMS_REFUSED),
        issued(|_, payload| *payload = json!({ "iss": payload["iss"], "vc": payload.clone() }))
            .invalid("token-claim/a-badge-of-2-0-where-1-1-has-it", "OB3-JWT-5", CLAIMS_REFUSED),
    ]
}

/// vc-jose-cose wants no claims; that must be no way round those of Open Badges.
fn jose() -> Vec<Case> {
    let bare = |members: &Value| {
        issued(|header, payload| {
            header["typ"] = json!("vc+jwt");
            for claim in ["iss", "jti", "nbf", "exp"] {
                take(payload, &format!("/{claim}"));
            }
            merge(payload, members);
        })
    };
    vec![
        bare(&json!({})).valid("token-jose/honest", "CRED-JOSE-1"),
        bare(&json!({ "exp": 4_102_444_800_i64 }))
            .valid("token-jose/a-signature-that-ends-later", "CRED-JOSE-4"),
        bare(&json!({ "exp": 1_785_000_000 })).invalid(
            "token-jose/a-signature-that-is-over",
            "CRED-JOSE-4",
            &[Code::ProofExpired],
        ),
        bare(&json!({ "nbf": 4_102_444_800_i64 })).invalid(
            "token-jose/a-signature-of-the-future",
            "CRED-JOSE-4",
            &[Code::NotYetValid],
        ),
        bare(&json!({ "iss": "did:web:evil.example" })).invalid(
            "token-jose/another-issuer",
            "CRED-JOSE-5",
            DISAGREE,
        ),
        bare(&json!({ "jti": "urn:uuid:1" })).invalid(
            "token-jose/another-id",
            "CRED-JOSE-4",
            DISAGREE,
        ),
        bare(&json!({ "sub": "did:key:z6Mk" })).invalid(
            "token-jose/another-person",
            "CRED-JOSE-4",
            DISAGREE,
        ),
        bare(&json!({ "vc": {} })).unknown(
            "token-jose/an-empty-claim",
            "CRED-JOSE-1",
            &[Code::TypeUnknown],
        ),
        bare(&json!({ "validUntil": "2026-08-01T00:00:00Z" })).invalid(
            "token-jose/a-badge-that-is-over",
            "CRED-JOSE-4",
            &[Code::Expired],
        ),
    ]
}

/// In a token as outside: everything that is asked of a badge.
fn contents() -> Vec<Case> {
    let mut withdrawn = Issuer::new();
    let mut id = Value::Null;
    let token = withdrawn.token(|_, payload| id = payload["id"].clone());
    withdrawn.revoke(&json!({ "id": id }));
    let inline = json!({ "name": "https://schema.org/description" });
    let with_proof = |seed: u8| {
        let mut club = Issuer::new();
        let draft = club.draft();
        let options = json!({
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
            "created": "2026-03-12T10:00:00Z", "verificationMethod": club.method()
        });
        let mut badge = draft.clone();
        badge["proof"] = crate::issuer::prove(&draft, options, &key(seed));
        club.presents_bytes(signed_by(&club.key(), &club.token_header(), &claims(&badge)))
    };
    let mut thief = Issuer::at("evil.example", "issuers/club", THIEF);
    let mut payload = claims(&thief.draft());
    payload["issuer"]["id"] = json!(Issuer::new().did());
    payload["iss"] = payload["issuer"]["id"].clone();
    let mut own_web =
        thief.presents_bytes(signed_by(&thief.key(), &thief.token_header(), &payload));
    own_web.web = own_web.web.and(Issuer::new().web());
    let did = openbadges::did::DidKey::of(&key(THIEF).public()).to_string();
    let mut payload = claims(&Issuer::new().draft());
    take(&mut payload, "/credentialStatus");
    payload["issuer"]["id"] = json!(did);
    payload["iss"] = json!(did);
    let kid = format!("{did}#{}", key(THIEF).public().to_multikey());
    let header = json!({ "alg": "EdDSA", "kid": kid });
    let by_key = Issuer::new().presents_bytes(signed_by(&key(THIEF), &header, &payload));
    let by_another = Issuer::new().presents_bytes(signed_by(&key(67), &header, &payload));
    vec![
        withdrawn.presents_bytes(token).invalid(
            "token-badge/withdrawn",
            "OB3-VAL-10",
            &[Code::Revoked],
        ),
        claimed(&json!({ "validUntil": "2026-08-01T00:00:00Z", "exp": 1_785_542_400 })).invalid(
            "token-badge/over",
            "OB3-VAL-10",
            &[Code::Expired],
        ),
        headed(&json!({})).by("another@personnes.example").invalid(
            "token-badge/of-another-person",
            "OB3-VAL-10",
            &[Code::RecipientDiffers],
        ),
        issued(|_, payload| {
            payload["@context"].as_array_mut().into_iter().for_each(|all| all.push(inline.clone()))
        })
        .invalid("token-badge/an-inline-context", "CRED-SAFE-3", &[Code::ContextRefused]),
        issued(|_, payload| payload["credentialSubject"]["@context"] = inline.clone()).invalid(
            "token-badge/a-context-further-down",
            "CRED-SAFE-3",
            &[Code::ContextRefused],
        ),
        claimed(&json!({ "type": ["VerifiableCredential"] })).unknown(
            "token-badge/another-credential",
            "OB3-VAL-10",
            &[Code::NotABadge],
        ),
        with_proof(7).valid("token-badge/with-an-honest-proof", "OB3-JWT-12"),
        with_proof(THIEF).invalid("token-badge/with-a-thiefs-proof", "OB3-JWT-12", FAILED),
        own_web.invalid("token-badge/in-our-name-on-a-thiefs-web", "CRED-KEY-1", NOT_LISTED),
        by_key.unknown("token-badge/of-a-bare-key", "OB3-OV-15", &[Code::IssuerKeyOnly]),
        by_another.invalid("token-badge/of-a-bare-key-by-another", "OB3-OV-15", FAILED),
    ]
}
