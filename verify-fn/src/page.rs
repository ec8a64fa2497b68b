//! What every page for people has in common, and the pages that are no report: where one begins, and what went wrong.
//!
//! A page is one file: no script, no picture, one style sheet inside. It asks nobody for anything, and the only links lead to
//! this function itself.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openbadges::verify::{Language, Sentence};
use sha2::{Digest as _, Sha256};

use crate::language::tag;
use crate::problem::Problem;

const STYLE: &str = include_str!("page.css");

/// Nothing but the page itself, its one style sheet, and a form that leads here.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    // Base64 is fit for a header.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// The headers of a page.
pub(crate) fn headers(headers: &mut HeaderMap) {
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, html);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
}

/// For how long a page that says the same to everybody may be kept.
const KEPT: &str = "public, max-age=3600";

/// A page that says the same to everybody, as an answer.
pub(crate) fn answer(html: String, language: Language) -> Response {
    let mut response = html.into_response();
    headers(response.headers_mut());
    let mut put =
        |name, value| response.headers_mut().insert(name, HeaderValue::from_static(value));
    put(header::CONTENT_LANGUAGE, tag(language));
    put(header::VARY, "accept, accept-language");
    put(header::CACHE_CONTROL, KEPT);
    response
}

/// The document around `inside`, which is markup, as is `title`.
pub(crate) fn frame(language: Language, title: &str, inside: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n<main>\n{inside}</main>\n",
        tag(language)
    )
}

/// A link to where one begins; `words` are markup.
pub(crate) fn link_to_start(language: Language, words: &str) -> String {
    format!("<a href=\"/verify?lang={}\">{words}</a>", tag(language))
}

/// Where one begins: an address, or a file. It works without a script.
pub(crate) fn start(language: Language) -> String {
    let say = |fr, en| escaped(&Sentence { fr, en }.in_print(language));
    let title = say("Vérifier un badge", "Verify a badge");
    let (other, name) = match language {
        Language::French => (Language::English, "English"),
        Language::English => (Language::French, "Français"),
    };
    let inside = format!(
        "<p class=\"what\"><a href=\"/verify?lang={other}\" lang=\"{other}\" hreflang=\"{other}\">{name}</a></p>\n\
         <h1>{title}</h1>\n<p>{promise}</p>\n\
         <form method=\"post\" action=\"/verify\" enctype=\"multipart/form-data\">\n\
         <input type=\"hidden\" name=\"lang\" value=\"{lang}\">\n\
         <label for=\"file\">{file}</label>\n\
         <input type=\"file\" id=\"file\" name=\"file\" \
         accept=\".png,.svg,.json,.jwt,.txt,image/png,image/svg+xml,application/json\">\n\
         <label for=\"url\">{url}</label>\n\
         <input type=\"url\" id=\"url\" name=\"url\" maxlength=\"4096\" placeholder=\"https://\" autocomplete=\"off\">\n\
         <label for=\"recipient\">{recipient}</label>\n\
         <input type=\"text\" id=\"recipient\" name=\"recipient\" maxlength=\"4096\" autocomplete=\"off\" \
         aria-describedby=\"why\">\n\
         <p class=\"hint\" id=\"why\">{why}</p>\n\
         <button>{verify}</button>\n</form>\n<p class=\"hint\">{kept}</p>\n",
        other = tag(other),
        lang = tag(language),
        promise = say(
            "Cinq questions, cinq réponses : ce domaine l'a-t-il délivré, est-il intact, en cours de validité, toujours \
             maintenu, et remis à la bonne personne ?",
            "Five questions, five answers: was it issued by this domain, is it unaltered, in date, still stood by, and \
             this person's?"
        ),
        file = say("Le fichier du badge", "The badge's file"),
        url = say("ou son adresse", "or its address"),
        recipient = say("À qui il a été remis (facultatif)", "Whose it should be (optional)"),
        why = say(
            "L'adresse électronique de la personne, par exemple. Elle sert à cette comparaison, et n'est ni enregistrée ni transmise.",
            "The person's e-mail address, for instance. It is compared, and neither recorded nor passed on."
        ),
        verify = say("Vérifier", "Verify"),
        kept = say(
            "Rien de ce que vous envoyez n'est enregistré. Les sites que le badge nomme sont interrogés.",
            "Nothing you send is recorded. The sites that the badge names are asked."
        ),
    );
    frame(language, &title, &inside)
}

/// One problem, for the person who ran into it.
pub(crate) fn of_problem(problem: Problem, language: Language) -> String {
    let title = escaped(&problem.title().in_print(language));
    let detail = escaped(&problem.detail().in_print(language));
    let again =
        escaped(&Sentence { fr: "Vérifier un badge", en: "Verify a badge" }.in_print(language));
    let inside = format!(
        "<h1>{title}</h1>\n<p>{detail}</p>\n<p>{}</p>\n\
         <p class=\"when\">{} · <code>{}</code></p>\n",
        link_to_start(language, &again),
        problem.status().as_u16(),
        problem.code(),
    );
    frame(language, &title, &inside)
}

/// `GET /problems`: all of them.
pub(crate) fn problems(language: Language) -> String {
    let heading = Sentence { fr: "Quand il n'y a pas de réponse", en: "When there is no answer" };
    let title = escaped(&heading.in_print(language));
    let mut inside = format!("<h1>{title}</h1>\n");
    for problem in Problem::ALL {
        let of = |sentence: Sentence| escaped(&sentence.in_print(language));
        let (code, status) = (problem.code(), problem.status().as_u16());
        let (title, detail) = (of(problem.title()), of(problem.detail()));
        // Writing to a string does not fail.
        let _ = writeln!(
            inside,
            "<h2 id=\"{code}\">{title}</h2>\n<p>{detail}</p>\n<p class=\"hint\">{status} · <code>{}</code></p>",
            problem.kind()
        );
    }
    frame(language, &title, &inside)
}

/// Text as markup.
pub(crate) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
