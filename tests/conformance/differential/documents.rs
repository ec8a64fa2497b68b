//! Random JSON-LD documents, made of the terms that the embedded contexts define.
//!
//! A document is a pure function of a row of bytes, each of which makes one choice; so a failing case shrinks.

use std::collections::BTreeMap;

use openbadges::jsonld::ContextStore;
use serde_json::{Map, Value, json};

/// What a context lets a document say: its types with the terms they bring, and the terms that are always there.
pub(crate) struct Vocabulary {
    pub(crate) contexts: Vec<&'static str>,
    types: Vec<(String, BTreeMap<String, Term>)>,
    terms: BTreeMap<String, Term>,
}

/// How the values of a term are written.
#[derive(Clone, Debug, Default)]
struct Term {
    coercion: String,
    container: String,
}

/// Which combinations of contexts are tried: with VCDM 2.0, alone, and with VCDM 1.1.
const ROOTS: &[&[&str]] = &[
    &[
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ],
    &[
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "https://w3id.org/security/suites/ed25519-2020/v1",
    ],
    &[
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "https://w3id.org/security/data-integrity/v1",
        "https://w3id.org/vc/status-list/2021/v1",
    ],
    &["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    &["https://w3id.org/security/v2"],
];

impl Vocabulary {
    pub(crate) fn all() -> Vec<Self> {
        ROOTS.iter().map(|contexts| Self::of(contexts)).collect()
    }

    fn of(contexts: &[&'static str]) -> Self {
        let texts: BTreeMap<&str, &str> = ContextStore::embedded().texts().collect();
        let mut vocabulary =
            Self { contexts: contexts.to_vec(), types: Vec::new(), terms: BTreeMap::new() };
        for url in contexts {
            let document: Value = serde_json::from_str(texts[url]).unwrap();
            vocabulary.add(&document["@context"], &texts);
        }
        vocabulary
    }

    fn add(&mut self, context: &Value, texts: &BTreeMap<&str, &str>) {
        match context {
            Value::Array(entries) => entries.iter().for_each(|entry| self.add(entry, texts)),
            Value::String(url) => {
                let document: Value = serde_json::from_str(texts[url.as_str()]).unwrap();
                self.add(&document["@context"], texts);
            }
            Value::Object(members) => {
                for (name, definition) in members {
                    let is_type = name.starts_with(|c: char| c.is_ascii_uppercase() || c == '1');
                    if is_type && Term::of(definition).is_some_and(|term| term.is_bare()) {
                        let scoped = definition.get("@context").and_then(Value::as_object);
                        let terms = scoped.map(terms).unwrap_or_default();
                        self.types.push((name.clone(), terms));
                    }
                }
                self.terms.extend(terms(members));
            }
            _ => unreachable!("contexts are addresses, objects or lists of them"),
        }
    }
}

/// Not used: `cnf` gives the protected term `kid` another meaning, as a property's context may; sophia 0.10 refuses it.
const UNUSED: [&str; 1] = ["cnf"];

fn terms(context: &Map<String, Value>) -> BTreeMap<String, Term> {
    let is_term = |name: &str| {
        !UNUSED.contains(&name)
            && !name.starts_with(|c: char| c == '@' || c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    context
        .iter()
        .filter(|(name, _)| is_term(name))
        .filter_map(|(name, definition)| Some((name.clone(), Term::of(definition)?)))
        .collect()
}

impl Term {
    /// `None` for aliases of keywords, for prefixes, and for terms below which no context is left.
    fn of(definition: &Value) -> Option<Self> {
        let (id, members) = match definition {
            Value::String(id) => (id.as_str(), &Map::new()),
            Value::Object(members) => (members.get("@id")?.as_str()?, members),
            _ => return None,
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
        let is_usable = !id.starts_with('@')
            && !id.ends_with(['#', '/'])
            && members.get("@context") != Some(&Value::Null);
        is_usable.then(|| Self { coercion: text("@type"), container: text("@container") })
    }

    fn is_bare(&self) -> bool {
        self.coercion.is_empty() && self.container.is_empty()
    }
}

/// The bytes that make the choices; when they run out, every choice is the first.
pub(crate) struct Choices<'a>(pub(crate) &'a [u8]);

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                usize::from(*first) % count.max(1)
            }
            None => 0,
        }
    }

    fn one_of<'t, T>(&mut self, choices: &'t [T]) -> &'t T {
        &choices[self.below(choices.len())]
    }
}

const DEPTH_MAX: usize = 4;

/// A whole document.
pub(crate) fn document(vocabulary: &Vocabulary, choices: &mut Choices<'_>) -> Value {
    let mut members = node(vocabulary, choices, 0);
    members.insert("@context".into(), json!(vocabulary.contexts));
    // Something is always stated.
    members.entry("type").or_insert_with(|| json!("https://example.org/Type"));
    Value::Object(members)
}

fn node(vocabulary: &Vocabulary, choices: &mut Choices<'_>, depth: usize) -> Map<String, Value> {
    let mut members = Map::new();
    let mut visible = vocabulary.terms.clone();
    let mut types = Vec::new();
    for _ in 0..choices.below(3) {
        let (name, terms) = choices.one_of(&vocabulary.types);
        // Sophia 0.10 takes two equal definitions for different ones when their own contexts are written in another order.
        if terms.contains_key("proofPurpose") && visible.contains_key("proofPurpose") {
            continue;
        }
        visible.extend(terms.clone());
        types.push(json!(name));
    }
    match types.len() {
        0 => {}
        1 if choices.below(2) == 0 => {
            members.insert("type".into(), types.remove(0));
        }
        _ => {
            members.insert("type".into(), json!(types));
        }
    }
    match choices.below(4) {
        1 => {
            members.insert("id".into(), identifier(choices));
        }
        2 => {
            members.insert("id".into(), json!(["_:a", "_:b"][choices.below(2)]));
        }
        _ => {}
    }
    let visible: Vec<(String, Term)> = visible.into_iter().collect();
    if visible.is_empty() {
        return members;
    }
    for _ in 0..choices.below(6) {
        let (name, term) = choices.one_of(&visible);
        if let Some(value) = values(vocabulary, term, choices, depth + 1) {
            members.insert(name.clone(), value);
        }
    }
    members
}

fn values(
    vocabulary: &Vocabulary,
    term: &Term,
    choices: &mut Choices<'_>,
    depth: usize,
) -> Option<Value> {
    match term.container.as_str() {
        "" | "@set" | "@list" => {}
        "@graph" => {
            let mut graph = node(vocabulary, choices, depth);
            // A graph that states nothing is refused.
            graph.entry("type").or_insert_with(|| json!("https://example.org/Stated"));
            return Some(Value::Object(graph));
        }
        _ => return None,
    }
    if term.coercion == "@json" {
        return Some(json!({ "b": [1, "é", null, {}], "a": choices.below(9) }));
    }
    match choices.below(4) {
        0 | 1 => value(vocabulary, term, choices, depth),
        _ if term.container == "@list" && choices.below(4) == 0 => Some(json!([])),
        _ => {
            let count = 1 + choices.below(3);
            let items = (0..count).map(|_| value(vocabulary, term, choices, depth));
            items.collect::<Option<Vec<Value>>>().map(Value::Array)
        }
    }
}

fn value(
    vocabulary: &Vocabulary,
    term: &Term,
    choices: &mut Choices<'_>,
    depth: usize,
) -> Option<Value> {
    const TEXTS: [&str; 6] =
        ["", "a", "Été \"18\" \\ ok\n", "2026-01-01T00:00:00Z", "é", "🙂\u{7f}"];
    let is_text = match (term.coercion.as_str(), choices.below(8)) {
        ("@id", 0 | 1) => return Some(identifier(choices)),
        ("@vocab", 0..=3) => return Some(json!(["assertionMethod", "urn:x:y"][choices.below(2)])),
        ("@id" | "@vocab" | "", 2..=4) if depth < DEPTH_MAX => {
            return Some(Value::Object(node(vocabulary, choices, depth)));
        }
        ("@id" | "@vocab", 5) => return Some(json!("_:b")),
        ("@id" | "@vocab", _) => return Some(identifier(choices)),
        (_, 5) => return Some(number(choices)),
        (_, 6) => return Some(json!(choices.below(2) == 0)),
        (_, 7) => {
            return Some(match choices.below(3) {
                0 => json!({ "@value": choices.one_of(&TEXTS), "@language": "fr-ca" }),
                1 => json!({ "@value": choices.one_of(&TEXTS), "@type": "urn:x:datatype" }),
                _ => json!({ "@value": number(choices) }),
            });
        }
        _ => true,
    };
    is_text.then(|| json!(choices.one_of(&TEXTS)))
}

/// Without whole numbers written with a fraction or an exponent (3.0, 1e20), which sophia 0.10 takes for doubles.
fn number(choices: &mut Choices<'_>) -> Value {
    let numbers = [
        json!(0),
        json!(3),
        json!(-17),
        json!(3.5),
        json!(0.1),
        json!(14.42),
        json!(1e21),
        json!(-1.5e-10),
        json!(9_007_199_254_740_991_i64),
        json!(123_456.789),
    ];
    choices.one_of(&numbers).clone()
}

fn identifier(choices: &mut Choices<'_>) -> Value {
    const IDENTIFIERS: [&str; 6] = [
        "https://example.org/a",
        "https://example.org/b?q=1#f",
        "did:web:example.org:issuers:a#z6Mk",
        "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "mailto:a@example.org",
        "https://example.org/é",
    ];
    json!(choices.one_of(&IDENTIFIERS))
}
