//! `vectors/openbadges-3.0`: the examples of the specification are read, every member comes back, and whole credentials
//! are in shape. And the published JSON Schema: each of its properties is a field of ours.
//!
//! Spec: OB3-SER-2, OB3-CONST-7, OB3-JS-5, OB3-VAL-3 … 9, and section 14 for what is wrong with the examples.

use std::process::ExitCode;

use accolade_tests::{examples, read_json, run, suite, workspace};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::member::Extra;
use openbadges::ob3::{self, shape};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

fn main() -> ExitCode {
    let exceptions = workspace().join("tests/conformance/ob3_examples.yaml");
    let mut trials = suite("vectors/openbadges-3.0", |folder| {
        examples::trials(folder, &exceptions, class_of, read_as)
    });
    let schema = "schemas/json-ld.ob_v3p0_achievementcredential_schema.json";
    trials.extend(suite(schema, properties));
    run(trials)
}

fn class_of(example: &Value) -> Option<&'static str> {
    let has =
        |name: &str| example["type"].as_array().is_some_and(|types| types.contains(&name.into()));
    let classes = ["OpenBadgeCredential", "EndorsementCredential", "Achievement", "Profile"];
    classes.into_iter().find(|class| has(class))
}

fn read_as(class: &str, value: &Value) -> Result<Value, String> {
    match class {
        "OpenBadgeCredential" => {
            let severe: Vec<_> = shape::of_credential(value)
                .into_iter()
                .filter(|violation| !violation.is_tolerable())
                .map(|violation| violation.to_string())
                .collect();
            if severe.is_empty() {
                back::<ob3::OpenBadgeCredential>(value)
            } else {
                Err(severe.join("\n"))
            }
        }
        "EndorsementCredential" => back::<ob3::EndorsementCredential>(value),
        "Achievement" => back::<ob3::Achievement>(value),
        "Profile" => back::<ob3::Profile>(value),
        "Related" => back::<ob3::Related>(value),
        "IdentityObject" => back::<ob3::IdentityObject>(value),
        "CredentialSchema" => back::<ob3::CredentialSchema>(value),
        other => Err(format!("no class is called `{other}`")),
    }
}

fn back<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, String> {
    let read: T = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    serde_json::to_value(read).map_err(|error| error.to_string())
}

/// One trial for each class of the schema: an object with every property is read without a leftover.
fn properties(path: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let schema = read_json(path)?;
    let mut definitions =
        schema.get("$defs").and_then(Value::as_object).ok_or("`$defs` is missing")?.clone();
    definitions.insert("OpenBadgeCredential".to_owned(), schema.clone());
    // What a proof holds is the affair of its suite; the other two are no classes.
    let classes = definitions
        .keys()
        .filter(|name| !["Proof", "Context", "ProfileRef"].contains(&name.as_str()));
    let trials = classes.map(|name| {
        let (name, definitions) = (name.clone(), definitions.clone());
        Trial::test(format!("schema/every property of {name} is a field"), move || {
            let instance = fill(&definitions, &name, 0)?;
            Ok(holds(&name, &instance)?)
        })
    });
    Ok(trials.collect())
}

fn holds(class: &str, instance: &Value) -> Result<(), String> {
    match class {
        "OpenBadgeCredential" => {
            let violations = shape::of_credential(instance);
            if !violations.is_empty() {
                return Err(format!("{violations:?}"));
            }
            named::<ob3::OpenBadgeCredential>(instance, |it| Some(&it.extra))
        }
        "EndorsementCredential" => {
            let violations = shape::of_endorsement(instance);
            if !violations.is_empty() {
                return Err(format!("{violations:?}"));
            }
            named::<ob3::EndorsementCredential>(instance, |it| Some(&it.extra))
        }
        "EndorsementSubject" => named::<ob3::EndorsementSubject>(instance, |it| Some(&it.extra)),
        "AchievementSubject" => named::<ob3::AchievementSubject>(instance, |it| Some(&it.extra)),
        "Achievement" => named::<ob3::Achievement>(instance, |it| Some(&it.extra)),
        "Profile" => named::<ob3::Profile>(instance, |it| Some(&it.extra)),
        "Address" => named::<ob3::Address>(instance, |it| Some(&it.extra)),
        "GeoCoordinates" => named::<ob3::GeoCoordinates>(instance, |it| Some(&it.extra)),
        "Alignment" => named::<ob3::Alignment>(instance, |it| Some(&it.extra)),
        "Criteria" => named::<ob3::Criteria>(instance, |it| Some(&it.extra)),
        "Evidence" => named::<ob3::Evidence>(instance, |it| Some(&it.extra)),
        "Related" => named::<ob3::Related>(instance, |it| Some(&it.extra)),
        "Result" => named::<ob3::AchievedResult>(instance, |it| Some(&it.extra)),
        "ResultDescription" => named::<ob3::ResultDescription>(instance, |it| Some(&it.extra)),
        "RubricCriterionLevel" => {
            named::<ob3::RubricCriterionLevel>(instance, |it| Some(&it.extra))
        }
        "CredentialSchema" => named::<ob3::CredentialSchema>(instance, |it| Some(&it.extra)),
        "CredentialStatus" => named::<ob3::CredentialStatus>(instance, |it| Some(&it.extra)),
        "RefreshService" => named::<ob3::RefreshService>(instance, |it| Some(&it.extra)),
        "TermsOfUse" => named::<ob3::TermsOfUse>(instance, |it| Some(&it.extra)),
        // Closed classes refuse what they do not name.
        "Image" => named::<ob3::Image>(instance, |_| None),
        "IdentityObject" => named::<ob3::IdentityObject>(instance, |_| None),
        "IdentifierEntry" => named::<ob3::IdentifierEntry>(instance, |_| None),
        other => Err(format!("the schema has a class `{other}`, and we have none")),
    }
}

fn named<T: DeserializeOwned + Serialize>(
    instance: &Value,
    extra: fn(&T) -> Option<&Extra>,
) -> Result<(), String> {
    let read: T = serde_json::from_value(instance.clone()).map_err(|error| error.to_string())?;
    if let Some(extra) = extra(&read).filter(|extra| !extra.is_empty()) {
        return Err(format!("no field has the name {:?}", extra.keys()));
    }
    let written = serde_json::to_value(&read).map_err(|error| error.to_string())?;
    if &written == instance { Ok(()) } else { Err(format!("read {instance}\nwritten {written}")) }
}

/// How deep optional properties are filled in; below, an object has what it must have.
const FILLED_DEPTH: usize = 4;

/// An object of the class with every property.
fn fill(definitions: &Map<String, Value>, class: &str, depth: usize) -> Result<Value, String> {
    let definition = definitions.get(class).ok_or_else(|| format!("`{class}` is not defined"))?;
    let no_members = Map::new();
    let members = definition["properties"].as_object().unwrap_or(&no_members);
    let is_required = |name: &str| {
        definition["required"].as_array().is_some_and(|all| all.contains(&name.into()))
    };
    let mut object = Map::new();
    for (name, schema) in members {
        if depth < FILLED_DEPTH || is_required(name) {
            let value = match name.as_str() {
                "@context" => json!([ob3::CONTEXT_CREDENTIALS, ob3::CONTEXT]),
                "type" => types(schema),
                // A badge that shares its id with an endorsement would be described twice (CRED-UNSIGNED-8).
                "id" => json!(format!("https://a.example/{class}")),
                _ => value(definitions, schema, depth)?,
            };
            object.insert(name.clone(), value);
        }
    }
    // The schemas say nothing of these two either-or rules: OB3-SUB-1, OB3-VAL-9.
    if class == "Criteria" {
        object.entry("narrative").or_insert_with(|| "n".into());
    }
    if class == "AchievementSubject" {
        object.entry("id").or_insert_with(|| "urn:uuid:0".into());
    }
    Ok(object.into())
}

fn value(definitions: &Map<String, Value>, schema: &Value, depth: usize) -> Result<Value, String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return match reference.rsplit('/').next().unwrap_or_default() {
            "ProfileRef" => fill(definitions, "Profile", depth + 1),
            class => fill(definitions, class, depth + 1),
        };
    }
    if let Some(first) = schema["oneOf"].get(0) {
        return value(definitions, first, depth);
    }
    if let Some(first) = schema["enum"].get(0) {
        return Ok(first.clone());
    }
    Ok(match (schema["type"].as_str(), schema["format"].as_str(), schema["pattern"].as_str()) {
        (Some("array"), ..) => json!([value(definitions, &schema["items"], depth)?]),
        (Some("boolean"), ..) => json!(true),
        (Some("number"), ..) => json!(2.5),
        (Some("string"), Some("date-time"), _) => json!("2026-03-12T00:00:00Z"),
        (Some("string"), Some("date"), _) => json!("2026-03-12"),
        (Some("string"), None, Some(pattern)) if pattern.contains("\\.") => json!("a.b.c"),
        (Some("string"), None, Some(_)) => json!("fr"),
        // An address is a text, too.
        (Some("string"), None, None) => json!("https://a.example/x"),
        _ => return Err(format!("this test does not know how to fill {schema}")),
    })
}

/// The single string, or every name the set must contain.
fn types(schema: &Value) -> Value {
    let mut names = Vec::new();
    contained(schema, &mut names);
    match (names.is_empty(), schema["enum"].get(0)) {
        (true, Some(single)) => single.clone(),
        (true, None) => json!("Any"),
        (false, _) => names.into(),
    }
}

fn contained(schema: &Value, names: &mut Vec<Value>) {
    match schema {
        Value::Object(members) => {
            // Of several that will do (the two names of a credential), the last one is ours.
            let last = members.get("contains").and_then(|it| it["enum"].as_array()?.last());
            names.extend(last.cloned());
            members.values().for_each(|member| contained(member, names));
        }
        Value::Array(members) => members.iter().for_each(|member| contained(member, names)),
        _ => {}
    }
}
