//! Tokens in other forms, spellings and wrappings; payloads that are read in two ways, or not at all.

use openbadges::bake::{Record, Slot, bake};
use openbadges::verify::Code;
use serde_json::{Value, json};

use super::super::pictures::{png, svg};
use super::{THIEF, headed, merge, of_bytes, parts, respelled, split};
use crate::issuer::{CREDENTIALS_V2, Case, Issuer, key};
use crate::token::{claims, compact, encode, signed_by};

const FAILED: &[Code] = &[Code::ProofFailed];
const NOTHING: &[Code] = &[Code::TokenProvesNothing];
const MALFORMED: &[Code] = &[Code::TokenMalformed];
const MISSING: &[Code] = &[Code::ClaimMissing];
const DISAGREE: &[Code] = &[Code::ClaimsDisagree];
const JSON_REFUSED: &[Code] = &[Code::JsonRefused];
const OTHER_FORM: &[Code] = &[Code::InputNotRecognised];

pub(super) fn cases() -> Vec<Case> {
    [forms(), payloads(), nested()].concat()
}

fn forms() -> Vec<Case> {
    let rule = "CRED-JOSE-9";
    let flattened = |token: &str| {
        let [header, payload, signature] = split(token);
        json!({ "protected": header, "payload": payload, "signature": signature }).to_string()
    };
    let general = |token: &str| {
        let [header, payload, signature] = split(token);
        let one = json!({ "protected": header, "signature": signature });
        json!({ "payload": payload, "signatures": [one] }).to_string()
    };
    vec![
        parts(|parts| parts[2] = "=".to_owned()).invalid(
            "token-form/a-bare-padding",
            rule,
            MALFORMED,
        ),
        respelled(|token| format!("{token}==")).invalid("token-form/padded", rule, MALFORMED),
        parts(|parts| parts[1] += "=").invalid("token-form/a-padded-payload", rule, MALFORMED),
        parts(|parts| parts[2] = parts[2].replace(['-', '_'], "+")).invalid(
            "token-form/in-the-other-alphabet",
            rule,
            MALFORMED,
        ),
        parts(|parts| parts[1].insert(5, '\n')).invalid(
            "token-form/a-line-break-inside",
            rule,
            MALFORMED,
        ),
        parts(|parts| {
            let last = parts[2].pop().map(u32::from).unwrap_or_default();
            parts[2].extend(char::from_u32(last + 1));
        })
        .invalid("token-form/bits-left-over", rule, MALFORMED),
        parts(|parts| parts[2].truncate(40)).invalid("token-form/cut", rule, FAILED),
        respelled(|token| {
            token.rsplit_once('.').map(|(cut, _)| cut.to_owned()).unwrap_or_default()
        })
        .invalid("token-form/two-parts", rule, MALFORMED),
        respelled(|token| format!("{token}.e30")).invalid("token-form/four-parts", rule, MALFORMED),
        respelled(|token| format!("{token}.AA.AA")).invalid(
            "token-form/five-parts",
            rule,
            MALFORMED,
        ),
        respelled(|token| token.replace('.', "..")).invalid(
            "token-form/empty-parts",
            rule,
            MALFORMED,
        ),
        respelled(|token| token.replace('.', "")).invalid("token-form/one-part", rule, MALFORMED),
        respelled(|token| format!("{token}~WyJhIiwiYiIsImMiXQ~")).invalid(
            "token-form/with-disclosures",
            rule,
            MALFORMED,
        ),
        respelled(|token| format!("{token}\n{token}")).invalid(
            "token-form/two-of-them",
            rule,
            MALFORMED,
        ),
        respelled(|token| format!("Bearer {token}")).unknown(
            "token-form/as-a-header-of-http",
            rule,
            OTHER_FORM,
        ),
        respelled(flattened).unknown("token-form/in-json", rule, &[Code::TypeUnknown]),
        respelled(general).unknown("token-form/in-json-with-two-hands", rule, &[Code::TypeUnknown]),
        respelled(|token| format!("\"{token}\"")).unknown("token-form/in-quotes", rule, OTHER_FORM),
        parts(|parts| parts[1] = "eyJ9".repeat(500_000)).invalid(
            "token-form/beyond-the-bound",
            "CRED-SAFE-9",
            MALFORMED,
        ),
        respelled(|_| "eyJ".repeat(100_000)).invalid("token-form/without-a-point", rule, MALFORMED),
        respelled(|_| format!("eyJ{}", ".".repeat(500_000))).invalid(
            "token-form/nothing-but-points",
            rule,
            MALFORMED,
        ),
        of_bytes(b"[]", b"{}").unknown("token-header/an-array", rule, OTHER_FORM),
        of_bytes(b"{}", b"{}").unknown("token-header/empty", rule, OTHER_FORM),
        of_bytes(b"{\"alg\":\"EdDSA\"", b"{}").invalid("token-header/cut", rule, MALFORMED),
        of_bytes(b"{\"alg\":\"EdDSA\",\"kid\":\"\xff\"}", b"{}").invalid(
            "token-header/no-utf-8",
            rule,
            MALFORMED,
        ),
        of_bytes(format!("{{\"alg\":\"EdDSA\",\"x\":{}", "[".repeat(10_000)).as_bytes(), b"{}")
            .invalid("token-header/deep", "CRED-SAFE-9", MALFORMED),
        headed(&json!({ "typ": 7 })).invalid("token-header/a-number-for-a-type", rule, MALFORMED),
        // Of encryption: `zip` and `enc` have no meaning in a signed token and change nothing.
        headed(&json!({ "zip": "DEF", "enc": "A128GCM" }))
            .valid("token-header/members-of-another-standard", rule),
    ]
}

fn payloads() -> Vec<Case> {
    let club = Issuer::new();
    let header = club.token_header().to_string();
    let of = |payload: &[u8]| of_bytes(header.as_bytes(), payload);
    let rule = "CRED-SAFE-9";
    let text = claims(&Issuer::new().draft()).to_string();
    let twice = text.replacen('{', r#"{"issuer":"did:web:evil.example","#, 1);
    let renamed = parts(|parts| {
        parts[1] = encode(text.replace("Accueil", "Doctorat"));
    });
    let replaced = parts(|parts| {
        parts[0] = encode(r#"{"alg":"EdDSA","typ":"JWT"}"#);
    });
    vec![
        renamed.invalid("token-payload/another-name", "OB3-JWT-13", FAILED),
        replaced.invalid("token-header/another-one", "OB3-JWT-3", MISSING),
        of(twice.as_bytes()).invalid("token-payload/a-member-twice", rule, JSON_REFUSED),
        of(b"").invalid("token-payload/empty", rule, JSON_REFUSED),
        of(b"{\"a\":\"\xc3\"}").invalid("token-payload/no-utf-8", rule, JSON_REFUSED),
        of("[".repeat(900_000).as_bytes()).invalid("token-payload/deep", rule, JSON_REFUSED),
        of(b"\xef\xbb\xbf{}").invalid("token-payload/a-mark-in-front", rule, JSON_REFUSED),
        of(b"null").unknown("token-payload/null", rule, &[Code::TypeUnknown]),
        of(b"[]").unknown("token-payload/an-array", rule, &[Code::TypeUnknown]),
        of(b"{}").unknown("token-payload/an-empty-object", rule, &[Code::TypeUnknown]),
        of(b"{\"sub\":\"alizee\",\"admin\":true}").unknown(
            "token-payload/a-token-of-another-trade",
            rule,
            &[Code::TypeUnknown],
        ),
    ]
}

/// Tokens in tokens, in envelopes and in pictures.
fn nested() -> Vec<Case> {
    let mut club = Issuer::new();
    let token = club.token(|_, _| {});
    let forged = {
        let payload = claims(&club.draft());
        signed_by(&key(THIEF), &club.token_header(), &payload)
    };
    let enveloped = |id: String, more: &Value| {
        let mut envelope = json!({
            "@context": [CREDENTIALS_V2], "type": ["EnvelopedVerifiableCredential"], "id": id
        });
        merge(&mut envelope, more);
        club.presents(&envelope)
    };
    let envelope = |token: &str| enveloped(format!("data:application/vc+jwt,{token}"), &json!({}));
    let inside = compact(
        json!({ "alg": "EdDSA", "typ": "JWT", "cty": "JWT", "kid": club.method() }).to_string(),
        &token,
        |signed| club.key().sign(signed).to_vec(),
    );
    let inside_a_claim =
        signed_by(&club.key(), &club.token_header(), &json!({ "iss": club.did(), "vc": token }));
    let envelope_inside = signed_by(
        &club.key(),
        &club.token_header(),
        &json!({
            "@context": [CREDENTIALS_V2], "type": ["EnvelopedVerifiableCredential"],
            "id": format!("data:application/vc+jwt,{token}"), "iss": club.did()
        }),
    );
    let twice = json!({
        "@context": [CREDENTIALS_V2], "type": ["EnvelopedVerifiableCredential"],
        "id": format!("data:application/vc+jwt,{token}")
    });
    let baked = |token: &str, picture: &[u8]| {
        let record = Record::new(Slot::OpenBadges3, token);
        let record = record.unwrap_or_else(|error| unreachable!("{error}"));
        bake(picture, &[record]).unwrap_or_else(|error| unreachable!("{error}"))
    };
    let bare = svg("");
    vec![
        envelope(&token).valid("token-nested/in-an-envelope", "CRED-VCDM-16"),
        club.presents_bytes(baked(&token, bare.as_bytes())).valid("token-nested/in-an-svg", "OB3-BAKE-3"),
        club.presents_bytes(baked(&token, &png(&[]))).valid("token-nested/in-a-png", "OB3-BAKE-1"),
        club.presents_bytes(baked(&forged, bare.as_bytes())).invalid(
            "token-nested/a-forged-one-in-an-svg",
            "OB3-BAKE-3",
            FAILED,
        ),
        envelope(&forged).invalid("token-nested/a-forged-one-in-an-envelope", "CRED-VCDM-16", FAILED),
        envelope("eyJhbGciOiJub25lIn0.e30.").invalid(
            "token-nested/an-unsigned-one-in-an-envelope",
            "CRED-VCDM-16",
            NOTHING,
        ),
        envelope("").invalid("token-nested/an-empty-envelope", "CRED-VCDM-16", MALFORMED),
        enveloped(format!("data:text/html,{token}"), &json!({})).unknown(
            "token-nested/an-envelope-of-another-kind",
            "CRED-VCDM-16",
            &[Code::FormUnsupported],
        ),
        enveloped(format!("data:application/vc+jwt;base64,{}", encode(&token)), &json!({})).invalid(
            "token-nested/an-envelope-in-base64",
            "CRED-VCDM-16",
            MALFORMED,
        ),
        enveloped("https://evil.example/token".to_owned(), &json!({})).unknown(
            "token-nested/an-envelope-that-points",
            "CRED-VCDM-16",
            &[Code::FormUnsupported],
        ),
        // Beside the token an envelope says nothing: what it shows is not read.
        enveloped(
            format!("data:application/vc+jwt,{forged}"),
            &json!({ "issuer": club.did(), "credentialSubject": { "type": ["AchievementSubject"] } }),
        )
        .invalid("token-nested/an-envelope-that-talks", "CRED-VCDM-16", FAILED),
        club.presents_bytes(inside).invalid("token-nested/a-token-for-a-payload", "CRED-JOSE-1", JSON_REFUSED),
        club.presents_bytes(inside_a_claim).unknown(
            "token-nested/a-token-in-a-claim",
            "CRED-JOSE-1",
            &[Code::TypeUnknown],
        ),
        club.presents_bytes(envelope_inside).invalid(
            "token-nested/an-envelope-in-a-token",
            "CRED-JOSE-1",
            DISAGREE,
        ),
        enveloped(format!("data:application/vc+jwt,{}", encode(twice.to_string())), &json!({})).invalid(
            "token-nested/an-envelope-in-an-envelope",
            "CRED-VCDM-16",
            MALFORMED,
        ),
    ]
}
