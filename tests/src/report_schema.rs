//! Reports held against `docs/schemas/report.schema.json`, which says exactly what a program may rely on.

use std::sync::OnceLock;

use jsonschema::Validator;
use openbadges::verify::{Language, Report};
use serde_json::Value;

/// Where the schema is, from the root of the workspace.
pub const FILE: &str = "docs/schemas/report.schema.json";

const TEXT: &str = include_str!("../../docs/schemas/report.schema.json");

/// Holds `report`, in both languages, against the published schema.
///
/// # Errors
/// The first place where the two differ, and how.
///
/// # Panics
/// When the schema is no schema.
pub fn hold(report: &Report) -> Result<(), String> {
    for language in [Language::French, Language::English] {
        let json = serde_json::to_value(report.in_language(language));
        hold_json(&json.map_err(|error| error.to_string())?)?;
    }
    Ok(())
}

/// Holds a report that is JSON already.
///
/// # Errors
/// The first place where the two differ, and how.
///
/// # Panics
/// When the schema is no schema.
pub fn hold_json(report: &Value) -> Result<(), String> {
    schema().validate(report).map_err(|error| {
        let place = error.instance_path().to_string();
        format!("{FILE}: `{place}`: {error}").chars().take(1000).collect()
    })
}

fn schema() -> &'static Validator {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let text: Value = serde_json::from_str(TEXT).expect("the published schema is JSON");
        jsonschema::options()
            .should_validate_formats(true)
            .build(&text)
            .expect("the published schema is a JSON Schema")
    })
}
