//! The value beside a reason, for a person. The engine writes what went wrong inside of it in English, for its maker;
//! a reader of another language gets the values it quotes, and `--json` has it all.

use openbadges::verify::{Code, Language, Unavailable};

use crate::words::Words;

/// The detail of a check or a remark as it is shown; nothing when it says no more than the sentence before it.
pub(super) fn of(code: Code, detail: &str, language: Language, words: &Words) -> Option<String> {
    if let Some((address, reason)) = unavailable(detail) {
        let args =
            [("address", address.into()), ("why", reason.sentence().in_print(language).into())];
        return Some(words.say("verify-remark-why", &args));
    }
    if !is_of_the_engine(code) || language == Language::English {
        return Some(detail.to_owned());
    }
    if detail.starts_with("https://") || detail.starts_with("http://") {
        let (address, rest) = detail.split_once(": ").unwrap_or((detail, ""));
        let status = rest.strip_prefix("HTTP ").filter(|status| status.len() == 3);
        return Some(status.map_or_else(|| address.to_owned(), |_| detail.to_owned()));
    }
    let quoted: Vec<_> =
        detail.split('`').skip(1).step_by(2).map(|one| format!("`{one}`")).collect();
    if !quoted.is_empty() {
        return Some(quoted.join(", "));
    }
    let is_sentence = detail.contains(' ');
    (!is_sentence).then(|| detail.to_owned())
}

/// An address that could not be had, with the code of why: `https://a.example/ (too-slow)`.
fn unavailable(detail: &str) -> Option<(&str, Unavailable)> {
    let (address, code) = detail.strip_suffix(')')?.rsplit_once(" (")?;
    let reason = Unavailable::ALL.iter().find(|reason| reason.code() == code)?;
    Some((address, *reason))
}

/// Whether the details of `code` are the engine's own words rather than a value of the badge.
const fn is_of_the_engine(code: Code) -> bool {
    matches!(
        code,
        Code::InputPictureBroken
            | Code::JsonRefused
            | Code::FormUnsupported
            | Code::ShapeBroken
            | Code::ShapeTolerated
            | Code::DocumentRefused
            | Code::DocumentIsPage
            | Code::DocumentUnavailable
            | Code::IssuerUnsupported
            | Code::TokenMalformed
            | Code::TokenProvesNothing
            | Code::TokenOtherAlgorithm
            | Code::TokenSetsConditions
            | Code::TokenHoldsSecret
            | Code::ClaimMissing
            | Code::ClaimsDisagree
            | Code::ClaimsRefused
            | Code::ProofMissing
            | Code::ProofFailed
            | Code::ProofSetInconsistent
            | Code::ProofMalformed
            | Code::ProofChainBroken
            | Code::ProofUnsupported
            | Code::ProofTooComplex
            | Code::KeyNotListed
            | Code::ContextUnknown
            | Code::ContextRefused
            | Code::ContentNotSigned
            | Code::DatesBroken
            | Code::StatusUnavailable
            | Code::StatusListBroken
            | Code::StatusUnsupported
            | Code::RefreshNotUsed
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Lang;

    #[test]
    fn a_french_reader_gets_values_and_no_english() {
        let words = Words::of_program(&Lang::parse("fr").unwrap());
        let french = |code, detail: &str| of(code, detail, Language::French, &words);
        let shown = |text: &str| Some(text.to_owned());
        let sentence = "the signature does not belong to this document and key";
        assert_eq!(french(Code::ProofFailed, sentence), None);
        let suite = "the cryptographic suite `bbs-2023` is not supported";
        assert_eq!(french(Code::ProofUnsupported, suite), shown("`bbs-2023`"));
        let refused = "https://a.example/did.json: line 1, column 1: expected a value";
        assert_eq!(french(Code::DocumentRefused, refused), shown("https://a.example/did.json"));
        let missing = "https://a.example/did.json: HTTP 404";
        assert_eq!(french(Code::DocumentUnavailable, missing), shown(missing));
        let slow = "https://a.example/ (too-slow)";
        let told = "https://a.example/\u{202f}: L’hôte n’a pas répondu à temps.";
        assert_eq!(french(Code::StatusUnavailable, slow), shown(told));
        assert_eq!(french(Code::Expired, "2026-01-01T00:00:00Z"), shown("2026-01-01T00:00:00Z"));
        assert_eq!(french(Code::RecipientNameMatches, "Ada Lovelace"), shown("Ada Lovelace"));
    }

    #[test]
    fn an_english_reader_gets_everything() {
        let words = Words::of_program(&Lang::parse("en").unwrap());
        let sentence = "the signature does not belong to this document and key";
        let shown = of(Code::ProofFailed, sentence, Language::English, &words);
        assert_eq!(shown.as_deref(), Some(sentence));
    }
}
