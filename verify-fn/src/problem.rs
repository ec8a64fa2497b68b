//! What stood in the way of an answer, as a problem document (RFC 9457), in the words of one catalogue.
//!
//! A handler says which problem it is; [`word`] gives it its words afterwards, when the language and the form the caller
//! wants are at hand: JSON for programs, a page for people. `GET /problems` explains them all, so that every `type` leads
//! somewhere.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use openbadges::verify::{Language, Sentence};
use serde_json::{Value, json};

use crate::language::{tag, wants_page};
use crate::page;

/// After how many seconds one who was turned away may come back, unless the problem knows better.
const RETRY_AFTER_SECONDS: &str = "2";

/// Where every problem is explained.
pub(crate) const PATH: &str = "/problems";

/// Declares [`Problem`]: variant, stable word, HTTP status, then title and detail in French and English.
macro_rules! problems {
    ($($variant:ident $code:literal $status:ident
        $title_fr:literal $title_en:literal $detail_fr:literal $detail_en:literal)*) => {
        /// Why there is no answer. Grouped by who must act: the caller, or we.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Problem {
            $(#[doc = $title_en] $variant,)*
        }

        impl Problem {
            /// Every problem.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable word, which is the last part of its `type`.
            pub(crate) const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The HTTP status.
            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            /// What happened.
            pub(crate) const fn title(self) -> Sentence {
                match self { $(Self::$variant => Sentence { fr: $title_fr, en: $title_en },)* }
            }

            /// What to do.
            pub(crate) const fn detail(self) -> Sentence {
                match self { $(Self::$variant => Sentence { fr: $detail_fr, en: $detail_en },)* }
            }
        }
    };
}

problems! {
    // The caller can help it
    NothingGiven "nothing-given" BAD_REQUEST
        "Il n'y a rien à vérifier."
        "There is nothing to verify."
        "Envoyez une image, un badge en JSON ou en JWT, ou {\"url\": …} dans le corps de la requête."
        "Send a picture, a JSON or JWT badge, or {\"url\": …} as the body of the request."
    Unreadable "unreadable" BAD_REQUEST
        "La requête ne peut pas être lue."
        "The request cannot be read."
        "Son contenu n'est pas ce que son type annonce, ou il porte un champ inconnu : voyez /openapi.json."
        "Its body is not what its content type says, or has a field of another name: see /openapi.json."
    NotAnAddress "not-an-address" BAD_REQUEST
        "Ce n'est pas une adresse."
        "That is not an address."
        "Écrivez l'adresse en entier, avec https://."
        "Write the address in full, with https://."
    NotAnId "not-an-id" BAD_REQUEST
        "Ce n'est pas l'identifiant d'un badge remis."
        "That is not the id of an award."
        "Un identifiant compte 26 signes parmi 0-9 et a-z, sans i, l, o ni u : il suit /a/ dans l'adresse du badge."
        "An id is 26 of the characters 0-9 and a-z without i, l, o and u: it follows /a/ in a badge's address."
    UnknownOption "unknown-option" BAD_REQUEST
        "Cette option n'existe pas ici."
        "There is no such option here."
        "Les options sont returnCredential, checks, challenge et domain : voyez /openapi.json."
        "The options are returnCredential, checks, challenge and domain: see /openapi.json."
    NotFound "not-found" NOT_FOUND
        "Il n'y a rien ici."
        "There is nothing here."
        "Essayez /verify, /status/{id} ou /openapi.json."
        "Try /verify, /status/{id} or /openapi.json."
    MethodNotAllowed "method-not-allowed" METHOD_NOT_ALLOWED
        "Cela ne se demande pas de cette manière."
        "This is not asked for in that way."
        "L'en-tête Allow donne les méthodes possibles, et /openapi.json ce qu'elles font."
        "The header Allow names the methods there are, and /openapi.json says what they do."
    TooSlow "too-slow" REQUEST_TIMEOUT
        "La requête a mis trop de temps à arriver."
        "The request took too long to arrive."
        "Renvoyez-la avec une meilleure connexion, ou envoyez l'adresse du badge plutôt que son image."
        "Send it again over a better connection, or send the badge's address instead of its picture."
    TooLarge "too-large" PAYLOAD_TOO_LARGE
        "La requête est trop grande."
        "The request is too large."
        "Un badge fait au plus 5 Mio, une adresse au plus 4096 signes."
        "A badge has at most 5 MiB, an address at most 4096 characters."
    TooManyIds "too-many-ids" PAYLOAD_TOO_LARGE
        "Il y a trop d'identifiants."
        "There are too many ids."
        "Demandez-en 1000 au plus à la fois."
        "Ask for at most 1000 at a time."
    UnknownType "unknown-type" UNSUPPORTED_MEDIA_TYPE
        "Un badge n'arrive pas sous ce type."
        "Badges do not come in this type."
        "Envoyez un PNG, un SVG, du JSON, un JWT ou un formulaire, sans compression, ou n'annoncez aucun type."
        "Send a PNG, an SVG, JSON, a JWT or a form, not compressed, or name no content type at all."
    NotJson "not-json" UNSUPPORTED_MEDIA_TYPE
        "Ici, on n'attend que du JSON."
        "Only JSON is taken here."
        "Envoyez du JSON et annoncez-le : content-type: application/json."
        "Send JSON, and say so: content-type: application/json."
    Busy "busy" TOO_MANY_REQUESTS
        "Il y a trop de vérifications en même temps."
        "There are too many verifications just now."
        "Réessayez dans un instant."
        "Try again in a moment."
    TooOften "too-often" TOO_MANY_REQUESTS
        "Cette adresse pose trop de questions à la fois."
        "This address asks too often."
        "Attendez autant de secondes que le dit l'en-tête Retry-After ; /status répond jusqu'à 1000 fois en une seule requête."
        "Wait for as many seconds as the header Retry-After says; /status answers up to 1000 at once."
    // Only we can
    BrokeOff "broke-off" INTERNAL_SERVER_ERROR
        "La vérification s'est interrompue."
        "The verification broke off."
        "C'est une erreur de notre part : elle ne dit rien du badge. Réessayez."
        "The fault is ours, and says nothing about the badge. Try again."
    OutOfTime "out-of-time" GATEWAY_TIMEOUT
        "Il n'est plus resté de temps pour répondre."
        "There was no time left for an answer."
        "Cela ne dit rien du badge. Réessayez, ou envoyez le badge lui-même plutôt que son adresse."
        "That says nothing about the badge. Try again, or send the badge itself instead of its address."
}

impl Problem {
    /// The URI reference that names it.
    pub(crate) fn kind(self) -> String {
        format!("{PATH}#{}", self.code())
    }

    /// The document (RFC 9457, 3).
    pub(crate) fn document(self, language: Language) -> Value {
        json!({
            "type": self.kind(),
            "title": self.title().in_print(language),
            "detail": self.detail().in_print(language),
            "status": self.status().as_u16(),
        })
    }
}

/// Tells [`word`] which language the request asked for, where that stands in its body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked(pub(crate) Language);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status() == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }
}

/// Gives a problem its words: `language` is that of the request's query and headers.
pub(crate) fn word(response: Response, language: Language, wanted: &HeaderMap) -> Response {
    let Some(problem) = response.extensions().get::<Problem>().copied() else { return response };
    let language = response.extensions().get::<Asked>().map_or(language, |asked| asked.0);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = if wants_page(wanted) {
        page::headers(&mut parts.headers);
        page::of_problem(problem, language)
    } else {
        let kind = HeaderValue::from_static("application/problem+json");
        parts.headers.insert(header::CONTENT_TYPE, kind);
        problem.document(language).to_string()
    };
    parts.headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(tag(language)));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language"));
    Response::from_parts(parts, body.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_a_word_of_its_own_and_no_other_status_than_a_problem_has() {
        let codes: std::collections::BTreeSet<_> =
            Problem::ALL.iter().map(|problem| problem.code()).collect();
        assert_eq!(codes.len(), Problem::ALL.len());
        for problem in Problem::ALL {
            let is_ours = matches!(problem, Problem::BrokeOff | Problem::OutOfTime);
            assert_eq!(problem.status().is_client_error(), !is_ours);
        }
    }
}
