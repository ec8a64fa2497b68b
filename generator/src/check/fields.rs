//! From a node to a typed value, or a diagnostic: the form of keys and values, whatever file they stand in.
//!
//! A reader asks a [`Doc`] for what it needs and gets `None` where the file is wrong; the reason is then in the sink, so
//! nobody reports twice and everything is reported at once.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use camino::Utf8Path;
use openbadges::iri::Iri;
use openbadges::time::Timestamp;

use crate::diagnostic::{Code, Diagnostic, Sink, Span};
use crate::id::AwardId;
use crate::load::yaml::{Content, Entry, Node};
use crate::site::{Lang, Slug, Text};
use crate::spelling;

/// The longest inline text. Longer prose belongs in a Markdown file.
const TEXT_CHARS_MAX: usize = 5_000;

/// One file that is being read.
pub(super) struct Doc<'a> {
    /// Relative to the repository.
    pub(super) file: &'a Utf8Path,
    /// The languages of the site, the default first.
    pub(super) languages: &'a [Lang],
    /// The languages a text should be written in, once it is written in more than one.
    pub(super) wanted: &'a [Lang],
    /// Where the diagnostics go.
    pub(super) sink: &'a mut Sink,
}

/// A map whose keys were looked at.
#[derive(Clone, Copy)]
pub(super) struct Map<'n, 's> {
    entries: &'n [Entry<'s>],
    /// Where to point when something is missing.
    anchor: Span,
}

impl<'n, 's> Map<'n, 's> {
    /// The value of `key`.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node<'s>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Where `key` is written, or the map when it is not.
    pub(super) fn key_span(&self, key: &str) -> Span {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        entry.map_or(self.anchor, |entry| entry.key_span)
    }

    /// Where the value of `key` is written, or the map when it is not.
    pub(super) fn value_span(&self, key: &str) -> Span {
        self.get(key).map_or(self.anchor, |node| node.span)
    }
}

/// What a bare date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BareDate {
    /// 00:00:00Z of that day.
    Begins,
    /// 23:59:59Z of that day.
    Ends,
}

impl Doc<'_> {
    /// Reads a map that may have `known` keys and no other.
    pub(super) fn map<'n, 's>(
        &mut self,
        node: &'n Node<'s>,
        known: &[&'static str],
    ) -> Option<Map<'n, 's>> {
        let Content::Map(entries) = &node.content else {
            self.sink.report(wrong_type(self.file, node, "map"));
            return None;
        };
        self.keys(entries, known);
        let anchor = entries.first().map_or(node.span, |entry| entry.key_span);
        Some(Map { entries, anchor })
    }

    fn keys(&mut self, entries: &[Entry<'_>], known: &[&'static str]) {
        for (at, entry) in entries.iter().enumerate() {
            if entries.iter().take(at).any(|earlier| earlier.key == entry.key) {
                self.sink.report(yaml_duplicate_key(self.file, entry));
            } else if !known.contains(&entry.key.as_ref()) {
                self.sink.report(unknown_key(self.file, entry, known));
            }
        }
    }

    /// Reads the value of a key that must be there.
    pub(super) fn need<'n, 's, T>(
        &mut self,
        map: &Map<'n, 's>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'n Node<'s>) -> Option<T>,
    ) -> Option<T> {
        match map.get(key) {
            Some(node) => read(self, node),
            None => {
                self.sink.report(missing_key(self.file, map.anchor, key));
                None
            }
        }
    }

    /// Reads the value of a key that may be absent.
    pub(super) fn may<'n, 's, T>(
        &mut self,
        map: &Map<'n, 's>,
        key: &str,
        read: impl FnOnce(&mut Self, &'n Node<'s>) -> Option<T>,
    ) -> Option<T> {
        read(self, map.get(key)?)
    }

    /// Reads a list, item by item.
    pub(super) fn list<'n, 's, T>(
        &mut self,
        node: &'n Node<'s>,
        mut read: impl FnMut(&mut Self, &'n Node<'s>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Content::List(items) = &node.content else {
            self.sink.report(wrong_type(self.file, node, "list"));
            return None;
        };
        Some(items.iter().filter_map(|item| read(self, item)).collect())
    }

    /// Reads a text in one language.
    pub(super) fn string<'n>(&mut self, node: &'n Node<'_>) -> Option<&'n str> {
        let Content::Scalar { text, .. } = &node.content else {
            self.sink.report(wrong_type(self.file, node, "text"));
            return None;
        };
        if node.is_empty() {
            self.sink.report(wrong_type(self.file, node, "text"));
            return None;
        }
        let length = text.trim().chars().count();
        if length == 0 || length > TEXT_CHARS_MAX {
            self.sink.report(text_length(self.file, node.span, length));
            return None;
        }
        Some(text)
    }

    /// Reads a text in one language, to keep.
    pub(super) fn owned(&mut self, node: &Node<'_>) -> Option<String> {
        self.string(node).map(str::to_owned)
    }

    /// Reads a *Text*: a string in the default language, or a map by language.
    pub(super) fn text(&mut self, node: &Node<'_>) -> Option<Text> {
        let default = self.languages.first()?;
        let Content::Map(entries) = &node.content else {
            let text = self.string(node)?.to_owned();
            return Some(Text([(default.clone(), text)].into()));
        };
        let mut text = Text::default();
        for entry in entries {
            let lang = self.language_key(entry);
            let words = self.owned(&entry.value);
            if let (Some(lang), Some(words)) = (lang, words)
                && text.0.insert(lang, words).is_some()
            {
                self.sink.report(yaml_duplicate_key(self.file, entry));
            }
        }
        let anchor = entries.first().map_or(node.span, |entry| entry.key_span);
        for lang in self.wanted {
            if !text.0.contains_key(lang) {
                let missing = if lang == default { language_missing } else { translation_missing };
                self.sink.report(missing(self.file, anchor, lang));
            }
        }
        Some(text)
    }

    fn language_key(&mut self, entry: &Entry<'_>) -> Option<Lang> {
        let found = self.languages.iter().find(|lang| lang.as_str() == entry.key).cloned();
        if found.is_none() {
            self.sink.report(unknown_language(
                self.file,
                entry.key_span,
                &entry.key,
                self.languages,
            ));
        }
        found
    }

    /// Reads one of the site's languages.
    pub(super) fn lang(&mut self, node: &Node<'_>) -> Option<Lang> {
        let text = self.string(node)?;
        let found = self.languages.iter().find(|lang| lang.as_str() == text).cloned();
        if found.is_none() {
            self.sink.report(unknown_language(self.file, node.span, text, self.languages));
        }
        found
    }

    /// Reads a whole number.
    pub(super) fn number<T: FromStr + PartialOrd + Display>(
        &mut self,
        node: &Node<'_>,
        range: &RangeInclusive<T>,
    ) -> Option<T> {
        let text = self.string(node)?;
        let number = text.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            self.sink.report(number_range(self.file, node.span, text, range));
        }
        number
    }

    /// Reads one word of a closed list.
    pub(super) fn one_of<T: Copy>(&mut self, node: &Node<'_>, words: &[(&str, T)]) -> Option<T> {
        let text = self.string(node)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.sink.report(unknown_value(self.file, node.span, text, &words));
        }
        found
    }

    /// Reads a slug.
    pub(super) fn slug(&mut self, node: &Node<'_>) -> Option<Slug> {
        let text = self.string(node)?;
        let slug = Slug::parse(text);
        if slug.is_none() {
            self.sink.report(slug_form(self.file, node.span, text));
        }
        slug
    }

    /// Reads an absolute `https:` or `http:` address.
    pub(super) fn address(&mut self, node: &Node<'_>) -> Option<String> {
        let text = self.string(node)?;
        let is_address = Iri::parse(text).is_ok_and(|iri| iri.is_http())
            && url::Url::parse(text).is_ok_and(|url| url.has_host());
        if !is_address {
            self.sink.report(address_form(self.file, node.span, text));
            return None;
        }
        Some(text.to_owned())
    }

    /// Reads a moment with a zone, or a day.
    pub(super) fn moment(&mut self, node: &Node<'_>, bare: BareDate) -> Option<Timestamp> {
        let text = self.string(node)?;
        let moment = match (text.len(), bare) {
            (10, BareDate::Begins) => Timestamp::parse(&format!("{text}T00:00:00Z")),
            (10, BareDate::Ends) => Timestamp::parse(&format!("{text}T23:59:59Z")),
            _ => Timestamp::parse(text),
        };
        if moment.is_err() {
            self.sink.report(date_form(self.file, node.span, text));
        }
        moment.ok()
    }

    /// Reads a day, kept as it is written.
    pub(super) fn day(&mut self, node: &Node<'_>) -> Option<String> {
        let text = self.string(node)?;
        if text.len() == 10 && Timestamp::parse(&format!("{text}T00:00:00Z")).is_ok() {
            return Some(text.to_owned());
        }
        self.sink.report(date_form(self.file, node.span, text));
        None
    }

    /// Reads an award id.
    pub(super) fn award_id(&mut self, node: &Node<'_>) -> Option<AwardId> {
        let text = self.string(node)?;
        let id = AwardId::parse(text);
        if id.is_none() {
            self.sink.report(award_id_form(self.file, Some(node.span), text));
        }
        id
    }
}

fn unknown_key(file: &Utf8Path, entry: &Entry<'_>, known: &[&str]) -> Diagnostic {
    Diagnostic::at(Code::UnknownKey, file, entry.key_span)
        .with("key", &entry.key)
        .with_known(known.iter().copied())
        .suggest(&entry.key, known.iter().copied())
}

fn yaml_duplicate_key(file: &Utf8Path, entry: &Entry<'_>) -> Diagnostic {
    Diagnostic::at(Code::YamlDuplicateKey, file, entry.key_span).with("key", &entry.key)
}

fn missing_key(file: &Utf8Path, anchor: Span, key: &str) -> Diagnostic {
    Diagnostic::at(Code::MissingKey, file, anchor).with("key", key)
}

/// `wanted` is `map`, `list` or `text`; the message has the words for them.
fn wrong_type(file: &Utf8Path, node: &Node<'_>, wanted: &str) -> Diagnostic {
    let found = match &node.content {
        _ if node.is_empty() => "nothing",
        Content::Scalar { .. } => "text",
        Content::List(_) => "list",
        Content::Map(_) => "map",
    };
    Diagnostic::at(Code::WrongType, file, node.span).with("wanted", wanted).with("found", found)
}

fn unknown_value(file: &Utf8Path, span: Span, text: &str, words: &[&str]) -> Diagnostic {
    Diagnostic::at(Code::UnknownValue, file, span)
        .with("value", text)
        .with_known(words.iter().copied())
        .suggest(text, words.iter().copied())
}

fn number_range<T: Display>(
    file: &Utf8Path,
    span: Span,
    text: &str,
    range: &RangeInclusive<T>,
) -> Diagnostic {
    Diagnostic::at(Code::NumberRange, file, span)
        .with("value", text)
        .with("least", range.start().to_string())
        .with("most", range.end().to_string())
}

pub(super) fn text_length(file: &Utf8Path, span: Span, length: usize) -> Diagnostic {
    Diagnostic::at(Code::TextLength, file, span)
        .with_number("length", length)
        .with_number("most", TEXT_CHARS_MAX)
}

pub(super) fn slug_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::SlugForm, file, span).with("value", text)
}

fn address_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    Diagnostic::at(Code::AddressForm, file, span).with("value", text)
}

fn date_form(file: &Utf8Path, span: Span, text: &str) -> Diagnostic {
    let problem = spelling::date_problem(text);
    Diagnostic::at(Code::DateForm, file, span).with("value", text).with("problem", problem)
}

/// In a file, or — without a span — in its name.
pub(super) fn award_id_form(file: &Utf8Path, span: Option<Span>, text: &str) -> Diagnostic {
    Diagnostic { span, ..Diagnostic::new(Code::AwardIdForm, file) }.with("value", text)
}

/// In a file, or in its name.
pub(super) fn unknown_language(
    file: &Utf8Path,
    span: Span,
    text: &str,
    languages: &[Lang],
) -> Diagnostic {
    let known = || languages.iter().map(Lang::as_str);
    Diagnostic::at(Code::UnknownLanguage, file, span)
        .with("value", text)
        .with("known", known().collect::<Vec<_>>().join(", "))
        .suggest(text, known())
}

fn language_missing(file: &Utf8Path, anchor: Span, lang: &Lang) -> Diagnostic {
    Diagnostic::at(Code::LanguageMissing, file, anchor).with("lang", lang.as_str())
}

fn translation_missing(file: &Utf8Path, anchor: Span, lang: &Lang) -> Diagnostic {
    Diagnostic::at(Code::TranslationMissing, file, anchor).with("lang", lang.as_str())
}

/// A list that must hold something.
pub(super) fn list_empty(file: &Utf8Path, span: Span) -> Diagnostic {
    Diagnostic::at(Code::ListEmpty, file, span)
}

/// A code as the fragment of an address.
pub(super) fn fragment(code: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    code.bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
