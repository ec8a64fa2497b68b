//! Which language an answer speaks, and whether a person or a program reads it.

use axum::http::{HeaderMap, HeaderName, header};
use openbadges::verify::Language;

/// The most parts of a header that are weighed.
const PARTS_MAX: usize = 32;

/// The language that was asked for: `lang` if it is one of ours, else the reader's favourite, else French.
pub(crate) fn language(lang: Option<&str>, headers: &HeaderMap) -> Language {
    let known = |tag: &str| match tag.split('-').next()?.to_ascii_lowercase().as_str() {
        "fr" => Some(Language::French),
        "en" => Some(Language::English),
        _ => None,
    };
    lang.and_then(known)
        .or_else(|| {
            weighed(headers, header::ACCEPT_LANGUAGE).iter().find_map(|(tag, _)| known(tag))
        })
        .unwrap_or(Language::French)
}

/// The tag of a language.
pub(crate) const fn tag(language: Language) -> &'static str {
    match language {
        Language::French => "fr",
        Language::English => "en",
    }
}

/// Whether a page is wanted rather than JSON: it is named in `Accept`, and JSON is not wanted more.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    let wanted = weighed(headers, header::ACCEPT);
    let weight =
        |kind: &str| wanted.iter().find(|(name, _)| name == kind).map(|(_, weight)| *weight);
    match (weight("text/html"), weight("application/json")) {
        (Some(page), json) => page >= json.unwrap_or(0),
        (None, _) => false,
    }
}

/// The parts of a header with their weights in thousandths, the favourite first.
fn weighed(headers: &HeaderMap, name: HeaderName) -> Vec<(String, u16)> {
    let text = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts: Vec<_> = text
        .split(',')
        .take(PARTS_MAX)
        .filter_map(|part| {
            let (name, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight = rest.split(';').find_map(|one| one.trim().strip_prefix("q="));
            let weight = weight.map_or(1000, thousandths);
            (weight > 0).then(|| (name.trim().to_ascii_lowercase(), weight))
        })
        .collect();
    parts.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    parts
}

/// `0.8` is 800; what is no weight is none.
fn thousandths(weight: &str) -> u16 {
    let (whole, part) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole, part.parse::<u16>()) {
        ("1", _) => 1000,
        ("0", Ok(part)) => part,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        [(name, value.parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn the_language_is_the_one_asked_for_else_the_readers_favourite_else_french() {
        let of =
            |lang, accepted: &str| tag(language(lang, &headers(header::ACCEPT_LANGUAGE, accepted)));
        assert_eq!(of(Some("en"), "fr"), "en");
        assert_eq!(of(Some("en-GB"), ""), "en");
        assert_eq!(of(Some("de"), "en;q=0.5, fr;q=0.8"), "fr");
        assert_eq!(of(None, "de, en-US;q=0.7, fr;q=0.3"), "en");
        assert_eq!(of(None, "en;q=0, de"), "fr");
        assert_eq!(of(None, ";;q=,,"), "fr");
        assert_eq!(tag(language(None, &HeaderMap::new())), "fr");
    }

    #[test]
    fn a_browser_gets_a_page_and_a_program_gets_json() {
        let page = |accepted: &str| wants_page(&headers(header::ACCEPT, accepted));
        assert!(page("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(page("application/json;q=0.5, text/html"));
        for json in
            ["", "*/*", "application/json", "application/json, text/html;q=0.9", "text/html;q=0"]
        {
            assert!(!page(json), "{json}");
        }
    }
}
