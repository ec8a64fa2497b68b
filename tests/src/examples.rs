//! Examples that specifications print: whole objects, fragments of objects, and what is listed as neither.

use std::collections::BTreeMap;

use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use serde::Deserialize;
use serde_json::Value;

use crate::{read_json, read_text};

/// A list beside a runner: which examples are read in part, and which are not, each with the reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    fragments: BTreeMap<String, BTreeMap<String, String>>,
    skips: BTreeMap<String, String>,
}

/// Reads a value as the class of that name and answers what it would be written as, or why it is refused.
pub type ReadAs = fn(class: &str, value: &Value) -> Result<Value, String>;

/// Names the class of a whole example.
pub type ClassOf = fn(example: &Value) -> Option<&'static str>;

/// One trial for each JSON file in `folder`: it is read as its class (or its fragments as theirs), and what is written
/// holds every member of what was read. A file that `exceptions` skips must be refused.
///
/// # Errors
/// When the folder or the list cannot be read, or the list names a file that is not there.
pub fn trials(
    folder: &Utf8Path,
    exceptions: &Utf8Path,
    class_of: ClassOf,
    read_as: ReadAs,
) -> Result<Vec<Trial>, Failed> {
    let listed: Exceptions = serde_yaml::from_str(&read_text(exceptions)?)?;
    let mut files: Vec<_> = folder.read_dir_utf8()?.collect::<Result<_, _>>()?;
    files.sort_by(|one, other| one.file_name().cmp(other.file_name()));
    for name in listed.fragments.keys().chain(listed.skips.keys()) {
        if !files.iter().any(|file| file.file_name() == name) {
            return Err(format!("`{exceptions}` lists `{name}`, which is not there").into());
        }
    }
    let mut trials = Vec::new();
    for file in files {
        let name = file.file_name().to_owned();
        if file.path().extension() != Some("json") || name == "index.json" {
            continue;
        }
        let path = file.path().to_owned();
        let fragments = listed.fragments.get(&name).cloned();
        let is_skipped = listed.skips.contains_key(&name);
        let folder = folder.file_name().unwrap_or_default();
        trials.push(Trial::test(format!("{folder}/{name}"), move || {
            let example = read_json(&path)?;
            let found = match fragments {
                Some(fragments) => read_fragments(&example, &fragments, read_as),
                None => class_of(&example)
                    .ok_or_else(|| "no class fits".to_owned())
                    .and_then(|class| keeps_all(class, &example, read_as)),
            };
            match (found, is_skipped) {
                (Ok(()), true) => Err("it is listed as unreadable, and can be read".into()),
                (Err(words), false) => Err(words.into()),
                _ => Ok(()),
            }
        }));
    }
    Ok(trials)
}

fn read_fragments(
    example: &Value,
    fragments: &BTreeMap<String, String>,
    read_as: ReadAs,
) -> Result<(), String> {
    for (pointer, class) in fragments {
        let fragment = example.pointer(pointer).ok_or(format!("nothing is at `{pointer}`"))?;
        keeps_all(class, fragment, read_as)?;
    }
    Ok(())
}

/// Whether every member of `value` comes back, a lone value and an array of one being the same.
fn keeps_all(class: &str, value: &Value, read_as: ReadAs) -> Result<(), String> {
    let written = read_as(class, value)?;
    if compacted(value) == compacted(&written) {
        return Ok(());
    }
    Err(format!("as `{class}`\nread    {value}\nwritten {written}"))
}

fn compacted(value: &Value) -> Value {
    match value {
        Value::Array(values) => match values.as_slice() {
            [lone] => compacted(lone),
            several => several.iter().map(compacted).collect(),
        },
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), compacted(value))).collect()
        }
        other => other.clone(),
    }
}
