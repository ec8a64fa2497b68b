//! The readers are shown every map, list and value of their file with something in it that cannot be right; what they say
//! of it is what the schema must say. A key that is added to a reader and not to its schema fails here, and so does a word,
//! a bound, or a key that is no longer needed.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use serde_json::{Value, json};

use super::*;
use crate::check::{Proofs, check};
use crate::diagnostic::{Code, Diagnostic};
use crate::load;
use crate::load::yaml::{self, Content, Node};
use crate::site::Lang;
use crate::words::{Arg, PROGRAM_LANGUAGES};

/// A key, a word and a number that no file knows. It sorts before every key, so it is where a map is pointed to.
const STRANGE: &str = "AAA";
const ID: &str = "00000000000000000000000001";
const ERASED: &str = "00000000000000000000000002";
const HASH: &str = "sha256$0000000000000000000000000000000000000000000000000000000000000000";

struct Folder {
    folder: tempfile::TempDir,
}

/// Where the file of a schema is in the folder, and a text of it that uses every key.
#[expect(clippy::too_many_lines, reason = "a table with a row for each schema")]
fn sample(name: &str) -> (String, Value) {
    let text = json!({ "fr": "texte" });
    let image = json!({ "file": "image.svg", "alt": text });
    let key = crate::example::key(1).public().to_multikey();
    let (path, value) = match name {
        "accolade" => (
            "accolade.yaml".to_owned(),
            json!({
                "version": 1, "base_url": "https://badges.example", "languages": ["fr"], "title": text,
                "former_base_urls": ["https://old.example"], "theme": "default", "repository": "public",
                "hosting": "github", "function": "https://verify.example",
                "privacy": { "visibility": "listed", "register": "../register" }, "seal": { "branch": "main" },
            }),
        ),
        "issuer" => (
            "badges/issuers/club/issuer.yaml".to_owned(),
            json!({
                "name": text, "url": "https://club.example", "email": "a@club.example", "description": text,
                "image": image, "territory": [text], "linkedin_id": 1,
            }),
        ),
        "key" => (
            "badges/issuers/club/keys/k1.yaml".to_owned(),
            json!({
                "type": "Ed25519", "multibase": key, "created": "2026-01-01", "retired": "2026-02-01",
                "revoked": { "date": "2026-02-01", "reason": "lost" },
                "introduced_by": { "key": "k2", "proof": "z1" }, "recovery": { "reason": "lost" },
            }),
        ),
        "badge" => (
            "badges/classes/plain/badge.yaml".to_owned(),
            json!({
                "issuer": "club", "version": 1, "name": text, "description": text, "kind": "engagement",
                "image": image, "tags": ["a"], "expires": "P1Y", "licence": "CC0-1.0",
                "creator": "https://other.example",
                "since": "2026-01-01", "territory": [text], "evidence": text,
                "request": { "how": text, "page": "index", "url": "https://x.example" }, "next": ["other"],
                "levels": [{ "id": 1, "name": text, "description": text, "image": image, "requires": 1 }],
                "criteria": { "at_least": 1, "items": [{ "id": "one", "text": text }] },
                "alignment": [
                    { "framework": "frame", "code": "A" },
                    { "name": text, "url": "https://x.example", "code": "1", "framework_name": text },
                ],
            }),
        ),
        "award" => (
            format!("badges/assertions/2026/{ID}.yaml"),
            json!({
                "class": "plain", "version": 1, "lang": "fr", "awarded": "2026-03-12",
                "expires": "2027-03-12", "level": 1, "recipient": recipients()[0],
                "hidden_name": { "hash": HASH }, "criteria_met": ["one"], "role": "r", "renews": ID,
                "evidence": [{
                    "narrative": text, "url": "https://x.example", "genre": "photo", "file": "a.jpg", "alt": text,
                }],
                "visibility": "listed", "holder": { "name": "N", "consent": "2026-03-12" },
            }),
        ),
        "draft" => {
            let (_, mut value) = sample("award");
            value.as_object_mut().unwrap().remove("hidden_name");
            ("badges/assertions/new/a.yaml".to_owned(), value)
        }
        "revocation" => (
            format!("badges/revocations/{ID}.yaml"),
            json!({ "date": "2026-05-01", "reason": "error", "note": text, "replaced_by": ID }),
        ),
        "tombstone" => (
            format!("badges/tombstones/{ERASED}.yaml"),
            json!({ "date": "2026-05-01", "issuer": "club", "status_index": 7 }),
        ),
        "framework" => (
            "badges/frameworks/frame.yaml".to_owned(),
            json!({
                "name": text, "url": "https://frame.example", "licence": "CC0-1.0",
                "items": [{ "code": "A", "name": text, "url": "https://frame.example/a" }],
            }),
        ),
        "page" => (
            "site-content/index.md".to_owned(),
            json!({ "title": "T", "description": "D", "nav": 1 }),
        ),
        other => panic!("`{other}` has no sample: write one that uses every key"),
    };
    (path, value)
}

fn recipients() -> [Value; 4] {
    [
        json!({ "type": "email", "hash": HASH, "salt": "0000000000000000000000" }),
        json!({ "type": "did", "id": "did:key:z6Mk" }),
        json!({ "type": "url", "url": "https://x.example" }),
        json!({ "type": "opaque", "id": "urn:uuid:00000000-0000-4000-8000-000000000000" }),
    ]
}

impl Folder {
    fn new() -> Self {
        let folder = Self { folder: tempfile::tempdir().unwrap() };
        for file in FILES {
            folder.write_sample(file.name);
        }
        for picture in ["badges/issuers/club/image.svg", "badges/classes/plain/image.svg"] {
            folder.write(picture, crate::example::DRAWING);
        }
        folder.write("badges/classes/plain/criteria.md", "Texte.\n");
        folder.write(&format!("badges/evidence/{ID}/a.jpg"), "");
        folder
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn write_sample(&self, name: &str) {
        let (path, value) = sample(name);
        self.write_value(&path, &value);
    }

    /// JSON is YAML.
    fn write_value(&self, path: &str, value: &Value) {
        let text = value.to_string();
        let text = if path.ends_with(".md") { format!("---\n{text}\n---\n") } else { text };
        self.write(path, &text);
    }

    /// What the reader says of `value` in the place of the sample `name`.
    fn told(&self, name: &str, value: &Value) -> Vec<Diagnostic> {
        let (path, _) = sample(name);
        self.write_value(&path, value);
        let found = check(&load::open(self.root()).unwrap(), Proofs::None).findings;
        self.write_sample(name);
        found.diagnostics.into_iter().filter(|told| told.file == path).collect()
    }
}

fn argument<'a>(told: &'a Diagnostic, name: &str) -> Option<&'a str> {
    told.args.iter().find(|(known, _)| *known == name).and_then(|(_, value)| match value {
        Arg::Text(text) => Some(text.as_ref()),
        _ => None,
    })
}

fn only<'a>(told: &'a [Diagnostic], code: Code, what: &str) -> &'a Diagnostic {
    let found: Vec<&Diagnostic> = told.iter().filter(|told| told.code == code).collect();
    assert_eq!(found.len(), 1, "{what}: {} in {told:#?}", code.as_str());
    found[0]
}

/// The steps from the top of a file to a value.
type Path = Vec<&'static str>;

/// `value` with `replaced` at `path`; a list on the way is followed into its first item, and ends with it.
fn with(value: &Value, path: &[&str], replaced: &Value) -> Value {
    let Some((first, rest)) = path.split_first() else { return replaced.clone() };
    match value {
        Value::Array(items) => Value::Array(vec![with(&items[0], path, replaced)]),
        Value::Object(map) => {
            let mut map = map.clone();
            map.insert((*first).to_owned(), with(&value[*first], rest, replaced));
            Value::Object(map)
        }
        other => panic!("{path:?} leads into {other}"),
    }
}

/// Holds a map of the schema against what the reader says of a map with a strange key in it.
fn hold_map(folder: &Folder, name: &str, path: &Path, in_list: bool, held: &Held<'_>) {
    let (_, value) = sample(name);
    let what = format!("{name}: {path:?}");
    let mut probe = json!({ STRANGE: 1 });
    for (key, word) in held.given {
        probe[*key] = word.clone();
    }
    let probe = if in_list { json!([probe]) } else { probe };
    let told = folder.told(name, &with(&value, path, &probe));
    let strange: Vec<Diagnostic> = told
        .iter()
        .filter(|told| argument(told, "key") == Some(STRANGE) && told.code == Code::UnknownKey)
        .cloned()
        .collect();
    let strange = only(&strange, Code::UnknownKey, &what);
    let known: BTreeSet<&str> = argument(strange, "known").unwrap().split(", ").collect();
    let ours: BTreeSet<&str> = held.keys.iter().map(|key| key.name).collect();
    assert!(ours.is_subset(&known), "{what}: the reader knows {known:?}, the schema {ours:?}");
    let all = known.iter().all(|key| ours.contains(key) || held.others.contains(key));
    assert!(all, "{what}: the reader knows {known:?}, the schema {ours:?}");
    let missing: BTreeSet<&str> = told
        .iter()
        .filter(|told| told.span == strange.span)
        .filter_map(|told| match told.code {
            Code::MissingKey => argument(told, "key"),
            Code::ImageWithoutAlt => Some("alt"),
            _ => None,
        })
        .collect();
    let given = |key: &Key| held.given.iter().any(|(name, _)| *name == key.name);
    let needed: BTreeSet<&str> =
        held.keys.iter().filter(|key| key.needed && !given(key)).map(|key| key.name).collect();
    assert_eq!(missing, needed, "{what}: what the reader misses, what the schema needs");
}

/// A map of a schema, beside the other maps that could stand there.
struct Held<'a> {
    keys: &'a [Key],
    /// What says which of several maps is meant.
    given: &'a [(&'static str, Value)],
    /// Keys of the other maps.
    others: BTreeSet<&'a str>,
}

fn hold(folder: &Folder, name: &str, form: &Form, path: &Path, in_list: bool) {
    let (_, value) = sample(name);
    let what = format!("{name}: {path:?}");
    let wrong = |wanted: &str, probe: Value| {
        let probe = if in_list { json!([probe]) } else { probe };
        let told = folder.told(name, &with(&value, path, &probe));
        let found = told
            .iter()
            .any(|told| told.code == Code::WrongType && argument(told, "wanted") == Some(wanted));
        assert!(found, "{what}: `{probe}` is not {wanted}: {told:#?}");
    };
    let strange = || {
        let probe = if in_list { json!([STRANGE]) } else { json!(STRANGE) };
        folder.told(name, &with(&value, path, &probe))
    };
    match form {
        Form::Map(keys) => {
            wrong("map", json!("x"));
            hold_map(
                folder,
                name,
                path,
                in_list,
                &Held { keys, given: &[], others: BTreeSet::new() },
            );
            hold_keys(folder, name, keys, path);
        }
        Form::Either(maps) => {
            wrong("map", json!("x"));
            for (place, keys) in maps.iter().enumerate() {
                let given = says_which(path, place);
                let others = maps.iter().flat_map(|keys| keys.iter()).map(|key| key.name).collect();
                hold_map(folder, name, path, in_list, &Held { keys, given: &given, others });
            }
        }
        Form::List(item) => {
            wrong("list", json!("x"));
            assert!(!in_list, "{what}: a list of lists");
            hold(folder, name, item, path, true);
        }
        Form::OneOf(words) => {
            wrong("text", json!([1]));
            let told = strange();
            let told = only(&told, Code::UnknownValue, &what);
            assert_eq!(argument(told, "known").unwrap(), words().join(", "), "{what}");
        }
        Form::Number(least, most) => {
            wrong("text", json!([1]));
            if path == &["version"] && name == "accolade" {
                // Another version of the format is not a number out of range, but a newer program's file.
                return assert_eq!((*least, strange()[0].code), (*most, Code::FormatVersion));
            }
            let told = strange();
            let told = only(&told, Code::NumberRange, &what);
            let range = (argument(told, "least").unwrap(), argument(told, "most").unwrap());
            assert_eq!(range, (least.to_string().as_str(), most.to_string().as_str()), "{what}");
        }
        _ => wrong("text", json!([1])),
    }
}

fn hold_keys(folder: &Folder, name: &str, keys: &'static [Key], path: &Path) {
    for key in keys {
        let path = [&path[..], &[key.name]].concat();
        hold(folder, name, &key.form, &path, false);
    }
}

fn design() -> Value {
    json!({
        "shape": "circle", "ground": "#000000", "ink": "#ffffff", "edge": "#ffffff", "pictogram": "wave",
        "ring": { "reached": 1, "of": 2 }, "text": "A",
    })
}

#[test]
fn a_design_has_the_keys_of_its_schema_and_a_level_may_leave_each_out() {
    let folder = Folder::new();
    let (_, value) = sample("badge");
    let text = json!({ "fr": "texte" });
    let told = |path: &[&str], design: &Value| {
        let image = json!({ "design": design, "alt": text });
        let value = with(&value, &["image"], &json!({ "design": self::design(), "alt": text }));
        let level = if path.len() > 1 { json!([value["levels"][0].clone()]) } else { json!(null) };
        let image = match level {
            Value::Null => with(&value, path, &image),
            mut level => {
                level[0]["image"] = image;
                with(&value, &["levels"], &level)
            }
        };
        folder.told("badge", &image)
    };
    let names = |keys: &[Key], needed: bool| -> BTreeSet<&str> {
        keys.iter().filter(|key| key.needed || !needed).map(|key| key.name).collect()
    };
    for (path, keys) in
        [(&["image"][..], forms::DESIGN), (&["levels", "image"], forms::LEVEL_DESIGN)]
    {
        let found = told(path, &json!({ STRANGE: 1 }));
        let strange = only(&found, Code::UnknownKey, "design");
        let known: BTreeSet<&str> = argument(strange, "known").unwrap().split(", ").collect();
        assert_eq!(known, names(keys, false));
        let missing = found.iter().filter(|told| told.code == Code::MissingKey);
        let missing: BTreeSet<&str> = missing.filter_map(|told| argument(told, "key")).collect();
        assert_eq!(missing, names(keys, true), "{path:?}");
        let strange = [Code::UnknownKey, Code::MissingKey, Code::WrongType, Code::UnknownValue];
        let whole = told(path, &design());
        assert!(whole.iter().all(|told| !strange.contains(&told.code)), "{path:?}: {whole:#?}");
    }
}

/// What says which of several maps is meant.
fn says_which(path: &Path, place: usize) -> Vec<(&'static str, Value)> {
    match (path.as_slice(), place) {
        (["recipient"], place) => vec![("type", recipients()[place]["type"].clone())],
        (["image"] | ["levels", "image"], 0) => Vec::new(),
        (["image"] | ["levels", "image"], _) => vec![("design", design())],
        (["alignment"], 0) => vec![("framework", json!("frame"))],
        (["alignment"], _) => Vec::new(),
        other => panic!("{other:?}: say how its maps are told apart"),
    }
}

#[test]
fn every_reader_knows_the_keys_words_and_ranges_of_its_schema_and_no_other() {
    let folder = Folder::new();
    for file in FILES {
        let top = Held { keys: file.keys, given: &[], others: BTreeSet::new() };
        if file.name == "accolade" {
            // Without an address and a language nothing else is judged.
            let given = [("languages", json!(["fr"])), ("base_url", json!("https://a.example"))];
            hold_map(&folder, file.name, &Vec::new(), false, &Held { given: &given, ..top });
        } else {
            hold_map(&folder, file.name, &Vec::new(), false, &top);
        }
        hold_keys(&folder, file.name, file.keys, &Vec::new());
    }
}

#[test]
fn the_samples_use_every_key_and_each_form_of_a_recipient_is_read() {
    let folder = Folder::new();
    let strange = [Code::UnknownKey, Code::MissingKey, Code::WrongType, Code::RecipientForm];
    for file in FILES {
        let (_, value) = sample(file.name);
        used(file.name, file.keys, &value);
        let told = folder.told(file.name, &value);
        assert!(told.iter().all(|told| !strange.contains(&told.code)), "{}: {told:#?}", file.name);
    }
    for recipient in recipients() {
        let (_, value) = sample("award");
        let told = folder.told("award", &with(&value, &["recipient"], &recipient));
        assert!(told.iter().all(|told| !strange.contains(&told.code)), "{recipient}: {told:#?}");
    }
}

fn used(name: &str, keys: &[Key], value: &Value) {
    for key in keys {
        let value = value.get(key.name).unwrap_or_else(|| panic!("{name}: `{}`", key.name));
        match (&key.form, value) {
            (Form::Map(keys), value) => used(name, keys, value),
            (Form::List(Form::Map(keys)), Value::Array(items)) => used(name, keys, &items[0]),
            _ => {}
        }
    }
}

fn schemas(lang: &str) -> Vec<(&'static str, Value)> {
    let words = Words::of_program(&Lang::parse(lang).unwrap());
    let parse = |(name, text): (&'static str, String)| (name, serde_json::from_str(&text).unwrap());
    files(&words).into_iter().map(parse).collect()
}

#[test]
fn every_schema_has_a_title_and_speaks_one_language() {
    for lang in PROGRAM_LANGUAGES {
        let words = Words::of_program(&Lang::parse(lang).unwrap());
        for (name, schema) in schemas(lang) {
            assert!(words.has(&format!("schema-{name}")), "{lang}: {name}");
            let described = schema["properties"].as_object().unwrap();
            for (key, property) in described {
                assert!(property["description"].is_string(), "{lang}: {name}: {key}");
            }
        }
    }
}

/// A value as an editor reads it: letters without quotes that are a number are one.
fn as_editor(node: &Node<'_>) -> Value {
    match &node.content {
        Content::Scalar { text, plain: true } if text.parse::<i64>().is_ok() => {
            json!(text.parse::<i64>().unwrap())
        }
        Content::Scalar { text, .. } => json!(text),
        Content::List(items) => items.iter().map(as_editor).collect(),
        Content::Map(entries) => entries
            .iter()
            .map(|entry| (entry.key.to_string(), as_editor(&entry.value)))
            .collect::<Json<_, _>>()
            .into(),
    }
}

/// The part of JSON Schema that our schemas use, without patterns.
fn fits(schema: &Value, value: &Value) -> bool {
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Bool(_) | Value::Null => "other",
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        Value::String(one) => vec![one.as_str()],
        _ => vec![kind],
    };
    let type_fits = types.contains(&kind) || kind == "integer" && types.contains(&"number");
    let enumerated = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    let any = schema["anyOf"].as_array();
    let any = any.is_none_or(|schemas| schemas.iter().any(|schema| fits(schema, value)));
    let number = value.as_i64().unwrap_or_default();
    let bounded = |bound: &Value, holds: fn(i64, i64) -> bool| {
        bound.as_i64().is_none_or(|bound| holds(number, bound))
    };
    let range =
        bounded(&schema["minimum"], |n, b| n >= b) && bounded(&schema["maximum"], |n, b| n <= b);
    let items = value.as_array().into_iter().flatten().all(|item| fits(&schema["items"], item));
    let entries = value.as_object().into_iter().flatten().all(|(key, value)| {
        match (schema["properties"].get(key), &schema["additionalProperties"]) {
            (Some(schema), _) => fits(schema, value),
            (None, Value::Bool(allowed)) => *allowed,
            (None, schema) => fits(schema, value),
        }
    });
    let required = schema["required"].as_array().into_iter().flatten();
    let complete = required.filter_map(Value::as_str).all(|key| value.get(key).is_some());
    type_fits && enumerated && any && range && items && entries && complete
}

#[test]
fn the_files_of_the_demonstration_fit_their_schemas_and_a_misspelt_one_does_not() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let schemas = schemas("en");
    let schema = |name: &str| &schemas.iter().find(|(known, _)| *known == name).unwrap().1;
    let mut judged = BTreeSet::new();
    for entry in walkdir::WalkDir::new(root.join("badges")) {
        let entry = entry.unwrap();
        let path = entry.path().to_str().unwrap();
        let below = path.rsplit_once("/badges/").map_or("", |(_, below)| below);
        let name = match below.split('/').collect::<Vec<_>>().as_slice() {
            ["issuers", _, "issuer.yaml"] => "issuer",
            ["issuers", _, "keys", _] => "key",
            ["classes", .., "badge.yaml"] => "badge",
            ["assertions", .., file] if file.ends_with(".yaml") => "award",
            ["revocations", _] => "revocation",
            ["tombstones", _] => "tombstone",
            ["frameworks", _] => "framework",
            _ => continue,
        };
        judged.insert(name);
        let text = fs::read_to_string(path).unwrap();
        let value = as_editor(&yaml::parse(&text).unwrap());
        assert!(fits(schema(name), &value), "{path}: {value}");
        let mut misspelt = value.clone();
        misspelt[STRANGE] = json!(1);
        assert!(!fits(schema(name), &misspelt), "{path}");
    }
    assert!(judged.len() >= 6, "{judged:?}");
    let settings = fs::read_to_string(root.join("accolade.yaml")).unwrap();
    assert!(fits(schema("accolade"), &as_editor(&yaml::parse(&settings).unwrap())));
}

/// `docs/schemas/` is what editors of other repositories can point to. `ACCOLADE_BLESS=1` writes it.
/// A `*.schema.json` there is the shape of something the program says; each has its own test.
#[test]
fn the_published_schemas_are_those_of_the_readers() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas");
    let words = Words::of_program(&Lang::parse("en").unwrap());
    let schemas = files(&words);
    if std::env::var_os("ACCOLADE_BLESS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &schemas {
            fs::write(folder.join(format!("{name}.json")), text).unwrap();
        }
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        // Answers of the program, which have an owner of their own.
        .filter(|name| !name.ends_with(".schema.json"))
        .collect();
    let wanted: BTreeSet<String> = schemas.iter().map(|(name, _)| format!("{name}.json")).collect();
    assert_eq!(there, wanted);
    for (name, text) in schemas {
        let published = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        assert!(published == text, "docs/schemas/{name}.json: run again with ACCOLADE_BLESS=1");
    }
}
