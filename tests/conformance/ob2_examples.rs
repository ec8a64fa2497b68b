//! `vectors/openbadges-2.0`: the examples of the specification are read, and every member comes back.
//!
//! Spec: OB2-GEN-4, OB2-GEN-9, OB2-GEN-12, and section 16 for what is wrong with the examples.

use std::process::ExitCode;

use accolade_tests::{examples, run, suite, workspace};
use openbadges::member::Link;
use openbadges::ob2;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

fn main() -> ExitCode {
    let exceptions = workspace().join("tests/conformance/ob2_examples.yaml");
    run(suite("vectors/openbadges-2.0", |folder| {
        examples::trials(folder, &exceptions, class_of, read_as)
    }))
}

fn class_of(example: &Value) -> Option<&'static str> {
    let name = example["type"].as_str()?;
    let classes = [
        "Assertion",
        "BadgeClass",
        "Issuer",
        "Profile",
        "Endorsement",
        "RevocationList",
        "CryptographicKey",
    ];
    classes.into_iter().find(|class| *class == name)
}

fn read_as(class: &str, value: &Value) -> Result<Value, String> {
    match class {
        "Assertion" => back::<ob2::Assertion>(value),
        "RevokedAssertion" => back::<ob2::RevokedAssertion>(value),
        "BadgeClass" => back::<ob2::BadgeClass>(value),
        "Issuer" | "Profile" => back::<ob2::Profile>(value),
        "Endorsement" => back::<ob2::Endorsement>(value),
        "RevokedEndorsement" => back::<ob2::RevokedEndorsement>(value),
        "RevocationList" => back::<ob2::RevocationList>(value),
        "CryptographicKey" => back::<ob2::CryptographicKey>(value),
        "Criteria" => back::<Link<ob2::Criteria>>(value),
        "Evidence" => back::<Link<ob2::Evidence>>(value),
        "Image" => back::<Link<ob2::Image>>(value),
        "Related" => back::<Link<ob2::Related>>(value),
        "AlignmentObject" => back::<ob2::AlignmentObject>(value),
        "Text" => back::<ob2::Text>(value),
        other => Err(format!("no class is called `{other}`")),
    }
}

fn back<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, String> {
    let read: T = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    serde_json::to_value(read).map_err(|error| error.to_string())
}
