//! Markdown to HTML that is safe to put on a page.
//!
//! This is the one place that makes HTML out of somebody's text: criteria, narratives of evidence and text pages all pass
//! through [`render`]. Raw HTML becomes text, links keep the schemes people need, pictures of other hosts become links
//! (a page of ours asks no other host for anything), and headings fit below the page's own heading.

use std::collections::BTreeSet;
use std::mem;

use pulldown_cmark::{
    CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html,
};
use pulldown_cmark_escape::escape_html;

/// HTML that a browser may read as HTML: only [`render`] makes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML as a value that templates do not escape again.
    pub(super) fn to_value(&self) -> tera::Value {
        tera::Value::safe_string(&self.0)
    }
}

/// How a text stands on its page.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The path of the site below its host, put before links that begin with `/`.
    pub root: &'a str,
    /// What the text's highest heading becomes: 2 for `<h2>`.
    pub top_heading: u8,
    /// Put before the ids of headings, so that they never meet the ids of the page; `None` makes no ids.
    pub anchors: Option<&'a str>,
    /// The language of the text, for its spaces.
    pub lang: &'a str,
}

/// Schemes a link may have. Everything else, `javascript:` above all, loses its link and keeps its words.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Longest id made of a heading, in characters.
const ANCHOR_CHARS_MAX: usize = 60;

/// Renders `markdown` at `place`.
#[must_use]
pub fn render(markdown: &str, place: &Place<'_>) -> Html {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events: Vec<Event<'_>> = TextMergeStream::new(Parser::new_ext(markdown, options)).collect();
    let top = events.iter().filter_map(heading_level).min().unwrap_or(1);
    let mut filter = Filter {
        place,
        shift: i32::from(place.top_heading) - i32::from(top),
        previous_heading: place.top_heading.saturating_sub(1),
        anchors: BTreeSet::new(),
        open: Vec::new(),
        in_head: false,
        out: Vec::with_capacity(events.len() + 16),
    };
    let mut rest = events.into_iter();
    while let Some(event) = rest.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => filter.heading(level, &mut rest),
            Event::Start(Tag::Image { dest_url, .. }) => filter.image(&dest_url, &mut rest),
            other => filter.event(other),
        }
    }
    let mut out = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut out, filter.out.into_iter());
    Html(out)
}

/// Puts the spaces French wants before `: ; ! ? »` and after `«` where no line may break.
#[must_use]
pub fn spaced(text: &str, lang: &str) -> String {
    if lang.split('-').next() != Some("fr") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let kept = match (before, c, chars.peek()) {
            (_, ' ', Some(':' | '»')) | (Some('«'), ' ', _) => '\u{a0}',
            (_, ' ', Some(';' | '!' | '?')) => '\u{202f}',
            _ => c,
        };
        out.push(kept);
        before = Some(c);
    }
    out
}

fn heading_level(event: &Event<'_>) -> Option<u8> {
    match event {
        Event::Start(Tag::Heading { level, .. }) => Some(depth(*level)),
        _ => None,
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

struct Filter<'p, 'e> {
    place: &'p Place<'p>,
    shift: i32,
    previous_heading: u8,
    anchors: BTreeSet<String>,
    /// For each open link, whether its tag was written.
    open: Vec<bool>,
    in_head: bool,
    out: Vec<Event<'e>>,
}

impl<'e> Filter<'_, 'e> {
    fn event(&mut self, event: Event<'e>) {
        let kept = match event {
            Event::Text(text) => Event::Text(spaced(&text, self.place.lang).into()),
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            // HTML5 writes void elements without a slash.
            Event::HardBreak => Event::Html("<br>\n".into()),
            Event::Rule => Event::Html("<hr>\n".into()),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                return self.open_link(link_type, &dest_url);
            }
            Event::End(TagEnd::Link) => {
                if self.open.pop() == Some(true) {
                    self.out.push(Event::Html("</a>".into()));
                }
                return;
            }
            // Alignments would become `style` attributes, which our content policy refuses.
            Event::Start(Tag::Table(columns)) => {
                Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()]))
            }
            Event::Start(Tag::TableHead) => {
                self.in_head = true;
                event
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                event
            }
            Event::Start(Tag::TableCell) if self.in_head => {
                Event::Html("<th scope=\"col\">".into())
            }
            Event::End(TagEnd::TableCell) if self.in_head => Event::Html("</th>".into()),
            other => other,
        };
        self.out.push(kept);
    }

    fn open_link(&mut self, link_type: LinkType, url: &str) {
        let url = if link_type == LinkType::Email { format!("mailto:{url}") } else { url.into() };
        // A link inside a link cannot be written in HTML.
        let target = if self.open.contains(&true) { None } else { self.target(&url) };
        self.open.push(target.is_some());
        if let Some(target) = target {
            self.out.push(Event::Html(format!("<a href=\"{}\">", escape(&target)).into()));
        }
    }

    /// Where a link may lead, or `None` when it may not be a link.
    fn target(&self, url: &str) -> Option<String> {
        // Browsers skip control characters and read `\` as `/`: both hide schemes and hosts.
        if url.is_empty() || url.contains(|c: char| c.is_control() || c == '\\') {
            return None;
        }
        if let Some(fragment) = url.strip_prefix('#') {
            return Some(format!("#{}{fragment}", self.place.anchors.unwrap_or_default()));
        }
        if url.starts_with("//") {
            return None;
        }
        if url.starts_with('/') {
            return Some(format!("{}{url}", self.place.root));
        }
        let end = url.find(['/', '?', '#']).unwrap_or(url.len());
        match url.split_once(':') {
            Some((scheme, _)) if scheme.len() < end => {
                let scheme = scheme.to_ascii_lowercase();
                SCHEMES.contains(&scheme.as_str()).then(|| url.to_owned())
            }
            _ => Some(url.to_owned()),
        }
    }

    /// A picture of this site is shown; one of another host becomes a link with the same words.
    fn image(&mut self, url: &str, rest: &mut impl Iterator<Item = Event<'e>>) {
        let words = spaced(&text_until_end(rest, &TagEnd::Image), self.place.lang);
        let target = self.target(url);
        let here = target.as_deref().filter(|target| !target.contains(':'));
        if let Some(here) = here {
            let tag = format!(
                "<img src=\"{}\" alt=\"{}\" loading=\"lazy\">",
                escape(here),
                escape(&words)
            );
            self.out.push(Event::Html(tag.into()));
            return;
        }
        let words = if words.is_empty() { url.to_owned() } else { words };
        self.open_link(LinkType::Inline, url);
        self.out.push(Event::Text(words.into()));
        self.event(Event::End(TagEnd::Link));
    }

    fn heading(&mut self, level: HeadingLevel, rest: &mut impl Iterator<Item = Event<'e>>) {
        // No level is skipped on the way down: a reader jumps from heading to heading.
        let wanted = i32::from(depth(level)) + self.shift;
        let deepest = i32::from(self.previous_heading) + 1;
        let depth = u8::try_from(wanted.min(deepest).clamp(1, 6)).unwrap_or(6);
        self.previous_heading = depth;

        let before = mem::take(&mut self.out);
        let mut words = String::new();
        let mut has_link = false;
        while let Some(event) = rest.next() {
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Start(Tag::Image { dest_url, .. }) => {
                    has_link = true;
                    self.image(&dest_url, rest);
                }
                event => {
                    has_link |= matches!(event, Event::Start(Tag::Link { .. }));
                    if let Event::Text(text) | Event::Code(text) = &event {
                        words.push_str(text);
                    }
                    self.event(event);
                }
            }
        }
        let inner = mem::replace(&mut self.out, before);
        let anchor = self.place.anchors.map(|prefix| self.anchor(prefix, &words));
        let (open, close): (CowStr<'e>, CowStr<'e>) = match anchor {
            Some(id) if has_link => {
                (format!("<h{depth} id=\"{id}\">").into(), format!("</h{depth}>\n").into())
            }
            Some(id) => (
                format!("<h{depth} id=\"{id}\"><a class=\"anchor\" href=\"#{id}\">").into(),
                format!("</a></h{depth}>\n").into(),
            ),
            None => (format!("<h{depth}>").into(), format!("</h{depth}>\n").into()),
        };
        self.out.push(Event::Html(open));
        self.out.extend(inner);
        self.out.push(Event::Html(close));
    }

    /// An id no other heading of this text has: letters, digits and hyphens.
    fn anchor(&mut self, prefix: &str, words: &str) -> String {
        let mut slug = String::new();
        for c in words.chars().flat_map(char::to_lowercase).take(ANCHOR_CHARS_MAX) {
            if c.is_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        let stem = format!("{prefix}{}", if slug.is_empty() { "section" } else { slug });
        let mut id = stem.clone();
        let mut count = 1_u32;
        while !self.anchors.insert(id.clone()) {
            count += 1;
            id = format!("{stem}-{count}");
        }
        id
    }
}

/// The words up to the matching end, without any mark-up.
fn text_until_end<'e>(rest: &mut impl Iterator<Item = Event<'e>>, end: &TagEnd) -> String {
    let mut words = String::new();
    let mut nested = 0_u32;
    for event in rest {
        match event {
            Event::End(tag) if tag == *end && nested == 0 => break,
            Event::End(tag) if tag == *end => nested -= 1,
            Event::Start(Tag::Image { .. }) => nested += 1,
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// `text` for an element or an attribute in double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place<'static> {
        Place { root: "/base", top_heading: 3, anchors: Some("c-"), lang: "en" }
    }

    fn rendered(markdown: &str) -> String {
        render(markdown, &place()).0
    }

    #[test]
    fn raw_html_becomes_text() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div onclick='x'>\n\n*a*\n\n</div>",
            "<!-- -->",
            "<svg/onload=alert(1)>",
            "![<img src=x onerror=alert(1)>](https://elsewhere.example/a.png)",
            "[<b onmouseover=alert(1)>](/a)",
            "# <script>alert(1)</script>",
        ] {
            let html = rendered(hostile);
            for tag in ["<script", "<img", "<div", "<!--", "<svg", "<b "] {
                assert!(!html.contains(tag), "{hostile} gave {html}");
            }
        }
    }

    #[test]
    fn a_link_of_another_scheme_keeps_only_its_words() {
        for url in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//elsewhere.example/a",
            "/\\elsewhere.example",
            "\\\\elsewhere.example",
            "<java\u{1}script:alert(1)>",
            "&#x6A;avascript:alert(1)",
        ] {
            let html = rendered(&format!("[words]({url})"));
            assert!(!html.contains("<a"), "{url} gave {html}");
            assert!(html.contains("words"), "{url} gave {html}");
        }
    }

    #[test]
    fn links_lead_where_they_may() {
        assert_eq!(
            rendered("[a](https://a.example/?b=1&c=2)"),
            "<p><a href=\"https://a.example/?b=1&amp;c=2\">a</a></p>\n"
        );
        assert_eq!(rendered("[a](/en/badges/)"), "<p><a href=\"/base/en/badges/\">a</a></p>\n");
        assert_eq!(rendered("[a](#why)"), "<p><a href=\"#c-why\">a</a></p>\n");
        assert_eq!(rendered("[a](../b/#c:d)"), "<p><a href=\"../b/#c:d\">a</a></p>\n");
        assert_eq!(
            rendered("<hello@a.example>"),
            "<p><a href=\"mailto:hello@a.example\">hello@a.example</a></p>\n"
        );
        assert_eq!(
            rendered("[\"](https://a.example/\"onclick=alert%281%29)"),
            "<p><a href=\"https://a.example/&quot;onclick=alert%281%29\">\"</a></p>\n"
        );
    }

    #[test]
    fn a_picture_of_another_host_becomes_a_link() {
        assert_eq!(
            rendered("![A shell](https://elsewhere.example/a.png)"),
            "<p><a href=\"https://elsewhere.example/a.png\">A shell</a></p>\n"
        );
        assert_eq!(
            rendered("[![A shell](https://elsewhere.example/a.png)](/b/)"),
            "<p><a href=\"/base/b/\">A shell</a></p>\n"
        );
        assert_eq!(
            rendered("![A \"shell\"](/a.png)"),
            "<p><img src=\"/base/a.png\" alt=\"A &quot;shell&quot;\" loading=\"lazy\"></p>\n"
        );
        for hidden in ["data:image/png;base64,AA", "//elsewhere.example/a.png"] {
            assert!(!rendered(&format!("![x]({hidden})")).contains('"'), "{hidden}");
        }
    }

    #[test]
    fn headings_fit_below_the_page_and_skip_no_level() {
        let html = rendered("# Why\n\n#### How *much*\n\n# Why\n");
        assert_eq!(
            html,
            "<h3 id=\"c-why\"><a class=\"anchor\" href=\"#c-why\">Why</a></h3>\n\
             <h4 id=\"c-how-much\"><a class=\"anchor\" href=\"#c-how-much\">How <em>much</em></a></h4>\n\
             <h3 id=\"c-why-2\"><a class=\"anchor\" href=\"#c-why-2\">Why</a></h3>\n"
        );
        assert!(rendered("###### a\n").starts_with("<h3 "));
        let with_link = rendered("## See [this](/a)");
        assert_eq!(with_link.matches("<a").count(), 1, "{with_link}");
        let hostile = rendered("## \"><script>");
        assert!(hostile.starts_with("<h3 id=\"c-section\">"), "{hostile}");
    }

    #[test]
    fn tables_have_scopes_and_no_style() {
        let html = rendered("| a | b |\n|:-:|--:|\n| 1 | 2 |\n");
        assert!(html.contains("<th scope=\"col\">a</th>"), "{html}");
        assert!(html.contains("<td>1</td>"), "{html}");
        assert!(!html.contains("style"), "{html}");
    }

    #[test]
    fn french_spaces_do_not_break() {
        let fr = Place { lang: "fr", ..place() };
        assert_eq!(
            render("Il dit : « Ah ! » ; `a : b`", &fr).0,
            "<p>Il dit\u{a0}: «\u{a0}Ah\u{202f}!\u{a0}»\u{202f}; <code>a : b</code></p>\n"
        );
        assert_eq!(rendered("a : b"), "<p>a : b</p>\n");
    }
}
