//! Are the words of the document the standard's words?
//!
//! A signature covers what the words mean, not what they look like; so before any proof is checked, every context must
//! be one we hold, by its exact address, in the standard's order, and nothing may redefine words further down.
//!
//! Spec: CRED-SAFE-1..4, OB3-CTX-1, OB3-CTX-6.

use serde_json::Value;

use crate::jsonld::ContextStore;

use super::super::code::Code;
use super::super::report::Outcome;
use super::has_type;

const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";
const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";
/// What may stand second; the first two of them beside VC 2.0, all of them beside VC 1.1 (OB3-CTX-2, OB3-CTX-6).
const OPEN_BADGES: [&str; 5] = [
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld",
];
const BESIDE_CREDENTIALS_V2: usize = 2;

/// Whether a credential follows VCDM 1.1, which names its dates otherwise.
pub(crate) fn is_1_1(document: &Value) -> bool {
    urls(document).is_ok_and(|urls| urls.first() == Some(&CREDENTIALS_V1))
}

/// Whether the first context is one of the data model's. What a presentation names after it has no say in the credential
/// inside, which brings its own.
pub(crate) fn begins_as_credential(document: &Value) -> bool {
    let contexts = document.get("@context");
    let first = contexts.and_then(|contexts| contexts.get(0).or(Some(contexts)));
    matches!(first.and_then(Value::as_str), Some(CREDENTIALS_V2 | CREDENTIALS_V1))
}

/// Judges the contexts of a badge: that of VC 2.0 or 1.1 first, Open Badges second, then others we hold.
pub(crate) fn of_badge(document: &Value) -> Outcome {
    let urls = match urls(document) {
        Ok(urls) => urls,
        Err(outcome) => return outcome,
    };
    let beside = if urls.first() == Some(&CREDENTIALS_V1) {
        OPEN_BADGES.len()
    } else {
        BESIDE_CREDENTIALS_V2
    };
    match urls.get(1) {
        Some(second) if OPEN_BADGES.iter().take(beside).any(|one| one == second) => {
            of_credential(document)
        }
        // A vocabulary in the making, or of somebody's own, may well define the same words; who knows.
        Some(second) if !ContextStore::embedded().contains(second) => {
            Outcome::Unknown(Code::ContextUnknown)
        }
        _ => Outcome::Fail(Code::ContextRefused),
    }
}

/// Judges the contexts of any credential, those of endorsements inside it included.
pub(crate) fn of_credential(document: &Value) -> Outcome {
    match own(document) {
        Outcome::Pass(_) if nested_are_refused(document) => Outcome::Fail(Code::ContextRefused),
        outcome => outcome,
    }
}

/// Judges the `@context` of one object, and nothing below it.
fn own(document: &Value) -> Outcome {
    let urls = match urls(document) {
        Ok(urls) => urls,
        Err(outcome) => return outcome,
    };
    let other = match urls.first() {
        Some(&CREDENTIALS_V2) => CREDENTIALS_V1,
        Some(&CREDENTIALS_V1) => CREDENTIALS_V2,
        _ => return Outcome::Fail(Code::ContextRefused),
    };
    // With both, the words of one generation would hide behind those of the other.
    if urls.contains(&other) {
        return Outcome::Fail(Code::ContextRefused);
    }
    let known = ContextStore::embedded();
    if !urls.iter().all(|url| known.contains(url)) {
        return Outcome::Unknown(Code::ContextUnknown);
    }
    Outcome::Pass(Code::ProofVerified)
}

/// The context addresses; an inline context is refused, since it can rename any word.
fn urls(document: &Value) -> Result<Vec<&str>, Outcome> {
    let refused = Outcome::Fail(Code::ContextRefused);
    match document.get("@context") {
        Some(Value::Array(many)) => many.iter().map(|one| one.as_str().ok_or(refused)).collect(),
        Some(Value::String(one)) => Ok(vec![one]),
        _ => Err(refused),
    }
}

/// Whether something below the top brings a `@context` it may not. Embedded endorsements may, under the same rule; a
/// proof may repeat the document's, which the proof check compares. Each place is looked at once.
fn nested_are_refused(value: &Value) -> bool {
    let refused = |member: &Value| {
        let may_bring =
            || has_type(member, "EndorsementCredential") && matches!(own(member), Outcome::Pass(_));
        member.get("@context").is_some() && !may_bring() || nested_are_refused(member)
    };
    match value {
        Value::Array(items) => items.iter().any(refused),
        Value::Object(members) => {
            let below = |name: &str| name != "proof" && name != "@context";
            members.iter().any(|(name, member)| below(name) && refused(member))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn badge_with(context: &Value) -> Value {
        json!({ "@context": context, "type": ["VerifiableCredential", "OpenBadgeCredential"] })
    }

    #[test]
    fn the_two_standard_contexts_pass_in_their_order() {
        let [ob, ..] = OPEN_BADGES;
        assert_eq!(
            of_badge(&badge_with(&json!([CREDENTIALS_V2, ob]))),
            Outcome::Pass(Code::ProofVerified)
        );
        // OB3-WILD-13
        let swapped = badge_with(&json!([ob, CREDENTIALS_V2]));
        assert_eq!(of_badge(&swapped), Outcome::Fail(Code::ContextRefused));
    }

    /// OB3-CTX-2, OB3-CTX-6, OB3-VAL-15.
    #[test]
    fn older_vocabularies_pass_beside_vc_1_1_and_not_beside_2_0() {
        for ob in OPEN_BADGES {
            let badge = badge_with(&json!([CREDENTIALS_V1, ob]));
            assert_eq!(of_badge(&badge), Outcome::Pass(Code::ProofVerified), "{ob}");
            assert!(is_1_1(&badge));
        }
        let [_, _, older, ..] = OPEN_BADGES;
        let refused = Outcome::Fail(Code::ContextRefused);
        assert_eq!(of_badge(&badge_with(&json!([CREDENTIALS_V2, older]))), refused);
        let both = badge_with(&json!([CREDENTIALS_V1, older, CREDENTIALS_V2]));
        assert_eq!(of_badge(&both), refused);
        let draft = "https://imsglobal.github.io/openbadges-specification/context.json";
        let draft = badge_with(&json!([CREDENTIALS_V1, draft]));
        assert_eq!(of_badge(&draft), Outcome::Unknown(Code::ContextUnknown));
    }

    #[test]
    fn an_inline_context_is_refused_and_an_unknown_one_is_unknown() {
        let [ob, ..] = OPEN_BADGES;
        // CRED-UNSIGNED-6
        let renamed =
            badge_with(&json!([CREDENTIALS_V2, ob, { "title": "https://schema.org/name" }]));
        assert_eq!(of_badge(&renamed), Outcome::Fail(Code::ContextRefused));
        // CRED-VCDM-17
        let vocab = badge_with(&json!([
            CREDENTIALS_V2,
            ob,
            "https://www.w3.org/ns/credentials/undefined-terms/v2"
        ]));
        assert_eq!(of_badge(&vocab), Outcome::Unknown(Code::ContextUnknown));
    }

    #[test]
    fn a_context_further_down_is_refused_outside_endorsements() {
        let [ob, ..] = OPEN_BADGES;
        let mut badge = badge_with(&json!([CREDENTIALS_V2, ob]));
        badge["credentialSubject"] = json!({ "@context": [CREDENTIALS_V2], "id": "urn:x:1" });
        assert_eq!(of_badge(&badge), Outcome::Fail(Code::ContextRefused));
        badge["credentialSubject"] = json!({ "id": "urn:x:1" });
        badge["endorsement"] = json!([{ "@context": [CREDENTIALS_V2, ob], "type": ["VerifiableCredential", "EndorsementCredential"] }]);
        assert_eq!(of_badge(&badge), Outcome::Pass(Code::ProofVerified));
    }
}
