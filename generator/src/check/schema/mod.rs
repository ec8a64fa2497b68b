//! JSON Schemas of the files people write, for editors.
//!
//! `FILES` says once what each file may hold; `files` writes it as JSON Schema (draft 7, which editors know best) with
//! the words of one language. The readers of this folder stay the judges: a schema is a help while typing, and says nothing
//! that `check` does not. Tests hold the two together: each reader is shown every map of its file with a key that nobody
//! knows, and what it says about known and missing keys, words and ranges is what the schema must say.

mod forms;
#[cfg(test)]
mod tests;

use serde_json::{Map as Json, Value, json};

pub(crate) use forms::{FILES, File, Form, Key};

use crate::words::Words;

/// The dialect.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// Every schema: its name, such as `badge`, and its text.
#[must_use]
pub fn files(words: &Words) -> Vec<(&'static str, String)> {
    FILES.iter().map(|file| (file.name, text(&document(file, words)))).collect()
}

fn text(document: &Value) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

fn document(file: &File, words: &Words) -> Value {
    let describe = Describe { words, file: file.name };
    let mut document = Json::new();
    document.insert("$schema".to_owned(), DRAFT.into());
    document.insert("title".to_owned(), words.say(&format!("schema-{}", file.name), &[]).into());
    document.extend(map(file.keys, "", &describe));
    Value::Object(document)
}

/// The words for the keys of one file.
struct Describe<'a> {
    words: &'a Words,
    file: &'static str,
}

impl Describe<'_> {
    /// `schema-<file>.<path>`, with hyphens between the names of the path. A key that explains itself has no words.
    fn key(&self, path: &str) -> Option<String> {
        let id = format!("schema-{}.{}", self.file, path.replace('_', "-"));
        self.words.has(&id).then(|| self.words.say(&id, &[]))
    }
}

/// What a map may hold.
fn map(keys: &[Key], path: &str, describe: &Describe<'_>) -> Json<String, Value> {
    let mut properties = Json::new();
    for key in keys {
        let below = if path.is_empty() { key.name.into() } else { format!("{path}-{}", key.name) };
        let mut property = form(&key.form, &below, describe);
        if let (Some(words), Value::Object(property)) = (describe.key(&below), &mut property) {
            property.insert("description".to_owned(), words.into());
        }
        properties.insert(key.name.to_owned(), property);
    }
    let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut map = Json::new();
    map.insert("type".to_owned(), "object".into());
    map.insert("additionalProperties".to_owned(), false.into());
    map.insert("properties".to_owned(), properties.into());
    if !needed.is_empty() {
        map.insert("required".to_owned(), needed.into());
    }
    map
}

fn form(form: &Form, path: &str, describe: &Describe<'_>) -> Value {
    // Letters that look like a number are letters to our reader, and a number to an editor.
    let letters = json!({ "type": ["string", "number"] });
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match form {
        Form::Text => json!({ "anyOf": [
            letters,
            { "type": "object", "additionalProperties": letters, "minProperties": 1 },
        ] }),
        Form::String => letters,
        Form::Slug => json!({
            "type": ["string", "number"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64,
        }),
        Form::Address => pattern("^https?://"),
        Form::Email => pattern("^[^@\\s]+@[^@\\s]+$"),
        Form::Colour => pattern("^#[0-9A-Fa-f]{6}$"),
        Form::Moment => pattern("^\\d{4}-\\d{2}-\\d{2}(T.+)?$"),
        Form::Day => pattern("^\\d{4}-\\d{2}-\\d{2}$"),
        Form::Duration => pattern("^P"),
        Form::BaseUrl => pattern("^https://[a-z0-9.-]+(/[A-Za-z0-9._-]+)*$"),
        Form::Lang => pattern("^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\\d{3}))?$"),
        Form::Id => {
            json!({ "type": ["string", "number"], "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{25}$" })
        }
        Form::Hash => pattern("^sha256\\$[0-9a-f]{64}$"),
        Form::Did => pattern("^did:"),
        Form::Uuid => pattern("^urn:uuid:"),
        Form::PublicKey => pattern("^z"),
        Form::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Form::OneOf(words) => json!({ "enum": words() }),
        Form::List(item) => json!({ "type": "array", "items": self::form(item, path, describe) }),
        Form::Map(keys) => Value::Object(map(keys, path, describe)),
        Form::Either(maps) => {
            let maps: Vec<Value> =
                maps.iter().map(|keys| Value::Object(map(keys, path, describe))).collect();
            json!({ "anyOf": maps })
        }
    }
}
