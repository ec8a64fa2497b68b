//! A page on the web that shows a badge: what it points to.
//!
//! A page is anybody's writing, so it is searched for one thing, the address of a record, and believed in nothing. The
//! reader below knows comments, scripts and quoted attributes; a page that fools it only points somewhere else.

use crate::iri::Iri;

/// How far into a page its head is looked for.
const HEAD_BYTES_MAX: usize = 64 * 1024;

/// The types a record is announced by, the ones that name a badge rather than any JSON first.
const RECORD_TYPES: &[&str] = &[
    "application/vc",
    "application/vc+jwt",
    "application/vc+ld+json",
    "application/ld+json",
    "application/json",
];

/// Whether `bytes` begin an HTML page, perhaps behind a mark, comments and an XML declaration.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = head(bytes).to_ascii_lowercase();
    let mut rest = head.trim_start_matches('\u{feff}').trim_ascii_start();
    while let Some((_, after)) = rest
        .strip_prefix("<!--")
        .and_then(|comment| comment.split_once("-->"))
        .or_else(|| rest.strip_prefix("<?").and_then(|instruction| instruction.split_once("?>")))
    {
        rest = after.trim_ascii_start();
    }
    rest.starts_with("<!doctype html") || rest.starts_with("<html")
}

/// The address of the record that the page at `address` offers: the first `<link rel="alternate">` of the best type, else
/// the file that lies beside a learner's page under a fixed name.
pub(super) fn pointer(html: &[u8], address: &Iri) -> Option<Iri> {
    let base = url::Url::parse(address.as_str()).ok()?;
    let html = head(html);
    let offered = links(&html)
        .filter_map(|link| {
            let named = attribute(link, "rel")?;
            let is_alternate =
                named.split_whitespace().any(|w| w.eq_ignore_ascii_case("alternate"));
            let kind = attribute(link, "type")?;
            let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            let rank = RECORD_TYPES.iter().position(|known| *known == kind)?;
            let mut to = base.join(attribute(link, "href")?.trim()).ok()?;
            to.set_fragment(None);
            let is_web = matches!(to.scheme(), "http" | "https");
            (is_alternate && is_web).then_some((rank, to))
        })
        .min_by_key(|(rank, _)| *rank);
    match offered {
        Some((_, to)) => Iri::parse(to.as_str()).ok(),
        None => beside(address),
    }
}

fn beside(address: &Iri) -> Option<Iri> {
    let (path, _query) = address.as_str().split_once('?').unwrap_or((address.as_str(), ""));
    let folder = path.strip_suffix("index.html").unwrap_or(path);
    folder.ends_with('/').then(|| Iri::parse(&format!("{folder}credential.json")).ok()).flatten()
}

fn head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..HEAD_BYTES_MAX).unwrap_or(bytes)).into_owned()
}

/// The insides of the `<link>` tags of a page, without those in comments and scripts.
fn links(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('<')?;
            if let Some(comment) = after.strip_prefix("!--") {
                rest = comment.split_once("-->")?.1;
                continue;
            }
            let (tag, after) = tag(after)?;
            rest = after;
            let name = tag.split(|c: char| c.is_ascii_whitespace() || c == '/').next()?;
            if let Some(raw) = ["script", "style", "title", "noscript", "template"]
                .iter()
                .find(|raw| name.eq_ignore_ascii_case(raw))
            {
                rest = after_raw_text(rest, raw)?;
            } else if name.eq_ignore_ascii_case("link") {
                return tag.get(name.len()..);
            } else if name.eq_ignore_ascii_case("body") {
                return None;
            }
        }
    })
}

/// A tag up to the `>` that is not inside quotes, and what follows.
fn tag(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let end = text.bytes().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (Some(open), close) if open == close => {
            quote = None;
            false
        }
        _ => false,
    })?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

fn after_raw_text<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let mut from = 0;
    loop {
        let found = from + html.get(from..)?.find("</")?;
        let after = html.get(found + 2..)?;
        if after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return after.split_once('>').map(|(_, rest)| rest);
        }
        from = found + 2;
    }
}

/// The value of an attribute inside a tag, with `&amp;` read.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/');
        let (name, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        if name.is_empty() && !after.starts_with('=') {
            return None;
        }
        rest = after.trim_ascii_start();
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_ascii_start();
        let (value, after) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => value.get(1..)?.split_once(quote)?,
            None => value.split_at_checked(
                value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()),
            )?,
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value.replace("&amp;", "&"));
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(html: &str) -> Option<String> {
        let address = Iri::parse("https://a.example/people/one.html?x#y").unwrap();
        pointer(html.as_bytes(), &address).map(|iri| iri.to_string())
    }

    #[test]
    fn a_page_points_by_a_link_of_a_type_that_a_badge_may_have() {
        for (html, expected) in [
            (
                r#"<!DOCTYPE html><link rel="alternate" type="application/ld+json" href="/a/1.json">"#,
                "https://a.example/a/1.json",
            ),
            (
                "<LINK HREF='one.json' TYPE='application/json; charset=utf-8' REL='Alternate nofollow' />",
                "https://a.example/people/one.json",
            ),
            (
                "<link rel=alternate type=application/vc href=https://b.example/c?d&amp;e#f>",
                "https://b.example/c?d&e",
            ),
            (
                "<link rel=alternate type=application/json href=1><link rel=alternate type=application/vc href=2>",
                "https://a.example/people/2",
            ),
            (
                "<link title='a > b' data-x rel=alternate type=application/ld+json href=3>",
                "https://a.example/people/3",
            ),
            (
                "<script>'<link rel=alternate type=application/vc href=4>'</ScRiPt ><link rel=alternate type=application/json href=5>",
                "https://a.example/people/5",
            ),
        ] {
            assert_eq!(to(html).as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn what_is_no_offer_of_a_record_is_passed_over() {
        for html in [
            "<!-- <link rel=alternate type=application/ld+json href=1> -->",
            "<link rel=stylesheet type=application/ld+json href=1>",
            "<link rel=alternate type=application/atom+xml href=1>",
            "<link rel=alternate href=1>",
            "<link rel=alternate type=application/ld+json>",
            "<link rel=alternate type=application/ld+json href='javascript:alert(1)'>",
            "<link rel=alternate type=application/ld+json href='file:///etc/passwd'>",
            "<link rel=alternate type=application/ld+json href=\"1",
            "<body><link rel=alternate type=application/ld+json href=1>",
            "<title><link rel=alternate type=application/ld+json href=1></title>",
            "<linked rel=alternate type=application/ld+json href=1>",
            "<",
            "<!--",
            "<script>",
            "<link =",
            "<link rel",
            "",
        ] {
            assert_eq!(to(html), None, "{html}");
        }
    }

    #[test]
    fn beside_a_learners_page_lies_its_record() {
        let of = |address: &str| pointer(b"<!doctype html>", &Iri::parse(address).unwrap());
        let record = Iri::parse("https://a.example/a/1/credential.json").ok();
        assert_eq!(of("https://a.example/a/1/"), record);
        assert_eq!(of("https://a.example/a/1/index.html?lang=fr"), record);
        assert_eq!(of("https://a.example/a/1"), None);
    }

    #[test]
    fn the_head_of_a_page_is_read_and_no_more() {
        let far = format!(
            "{}<link rel=alternate type=application/json href=1>",
            " ".repeat(HEAD_BYTES_MAX)
        );
        assert_eq!(to(&far), None);
    }
}
