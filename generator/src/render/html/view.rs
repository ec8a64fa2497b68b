//! The site as one page sees it: in one language, with the addresses its templates write.

use openbadges::iri::BaseUrl;
use openbadges::time::Timestamp;
use tera::{Map, Value};
use url::Url;

use super::language::Language;
use super::markdown::{self, Html, Place};
use crate::site::{Lang, Site, Text};
use crate::urls;

/// A record for templates: a map whose keys are known here, so that nobody walks it in hash order.
pub(super) fn record<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    let mut map = Map::with_capacity(N);
    for (name, value) in fields {
        map.insert(name.into(), value);
    }
    Value::from(map)
}

/// The site in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    /// The language of the page's own words; one the site publishes.
    pub(super) language: &'a Language,
    /// The language wanted of the issuer's texts: the page's, or that of an award.
    pub(super) texts: &'a Lang,
}

impl<'a> View<'a> {
    pub(super) fn base(&self) -> &'a BaseUrl {
        &self.site.settings.base_url
    }

    /// The text in the wanted language, spaced as its language wants.
    pub(super) fn text(&self, text: &Text) -> String {
        let lang = self.lang_of(text.0.keys());
        markdown::spaced(text.in_lang(self.texts, self.default_lang()), lang.as_str())
    }

    /// Which of `there` is shown: the wanted language, else the default one, else the first.
    pub(super) fn lang_of<'t>(&self, mut there: impl Iterator<Item = &'t Lang> + Clone) -> &'t Lang
    where
        'a: 't,
    {
        let find = |lang: &Lang| there.clone().find(|other| *other == lang);
        let found = find(self.texts).or_else(|| find(self.default_lang()));
        found.or_else(|| there.next()).unwrap_or(self.texts)
    }

    pub(super) fn default_lang(&self) -> &'a Lang {
        self.site.settings.default_lang()
    }

    /// The address of `path` on whatever host serves the site.
    pub(super) fn href(&self, path: &str) -> String {
        format!("{}/{path}", self.base().path())
    }

    /// `path` in the page's language.
    pub(super) fn path(&self, path: &str) -> String {
        urls::in_lang(path, &self.language.lang, self.default_lang())
    }

    /// The address of the page at `path` in the page's language.
    pub(super) fn page(&self, path: &str) -> String {
        self.href(&self.path(path))
    }

    /// Markdown whose highest heading becomes `top_heading`.
    pub(super) fn prose(
        &self,
        markdown: &str,
        lang: &Lang,
        top_heading: u8,
        anchors: Option<&str>,
    ) -> Html {
        let place = Place { root: self.base().path(), top_heading, anchors, lang: lang.as_str() };
        markdown::render(markdown, &place)
    }
}

/// A link out: only `http` and `https` addresses are links, and the host is shown as browsers resolve it.
pub(super) fn web_address(url: &str) -> Option<(String, String)> {
    let parsed = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = parsed.host_str()?.to_owned();
    Some((parsed.into(), host))
}

/// `url` and `host` of a link out, or nothing.
pub(super) fn link(url: &str) -> Value {
    web_address(url).map_or_else(Value::none, |(url, host)| {
        record([("url", url.into()), ("host", host.into())])
    })
}

/// One of the machine-readable forms of a page.
pub(super) fn machine_record(title: Value, note: Value, media_type: &str, url: String) -> Value {
    record([("title", title), ("note", note), ("type", media_type.into()), ("url", url.into())])
}

/// The head of a page: what its template says about the page itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The sort of page: a class of `<body>`, and a condition in templates.
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    /// The page's own path, with its language; none when it stands in for another (404).
    pub(super) path: Option<String>,
    /// Kept out of search engines.
    pub(super) noindex: bool,
    /// The languages this page exists in; empty when there is one only.
    pub(super) languages: Vec<Translation>,
    /// Machine-readable forms.
    pub(super) records: Vec<Value>,
    /// The picture of what the page is about.
    pub(super) picture: Option<Value>,
    /// The wide picture shown when the page is shared.
    pub(super) preview: Option<Value>,
    /// What search engines may know, as JSON-LD that is safe inside a `<script>`.
    pub(super) data: Option<String>,
}

/// A page in one of its languages.
#[derive(Debug)]
pub(super) struct Translation {
    pub(super) lang: Lang,
    /// The language's own name.
    pub(super) name: String,
    /// As networks write it, such as `fr_FR`.
    pub(super) locale: String,
    pub(super) path: String,
}

impl Head {
    /// The variable `page`.
    pub(super) fn value(self, view: &View<'_>) -> Value {
        let languages = self.languages.into_iter().map(|other| {
            record([
                ("lang", other.lang.as_str().into()),
                ("name", other.name.into()),
                ("locale", other.locale.into()),
                ("url", view.href(&other.path).into()),
                ("absolute", view.base().join(&other.path).into()),
                ("default", (other.lang == *view.default_lang()).into()),
            ])
        });
        record([
            ("kind", self.kind.into()),
            ("title", self.title.into()),
            ("description", self.description.into()),
            ("path", self.path.as_deref().map(|path| view.href(path)).into()),
            ("url", self.path.as_deref().map(|path| view.base().join(path)).into()),
            ("noindex", self.noindex.into()),
            ("locale", view.language.locale().into()),
            ("languages", list(languages)),
            ("records", list(self.records)),
            ("picture", self.picture.into()),
            ("preview", self.preview.into()),
            ("data_html", self.data.map_or_else(Value::none, |data| Value::safe_string(&data))),
        ])
    }
}

/// A moment for a `<time>` element, and its day in words.
pub(super) fn time(moment: Timestamp, day: &str) -> Value {
    record([("iso", moment.to_string().into()), ("text", day.into())])
}

/// An array for templates.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let shown = web_address("https://éxample.example/a?b=c");
        let url = "https://xn--xample-9ua.example/a?b=c".to_owned();
        assert_eq!(shown, Some((url, "xn--xample-9ua.example".to_owned())));
        for other in [
            "javascript:alert(1)",
            "javascript://a.example/%0aalert(1)",
            "ftp://a.example/",
            "data:text/html,x",
            "mailto:a@b.example",
            "//a.example/",
            "/a",
            "",
        ] {
            assert_eq!(web_address(other), None, "{other}");
        }
    }
}
