//! Diagnostics for programs.
//!
//! ```json
//! {"version": 1, "errors": 1, "warnings": 0, "files": 1, "left_out": 0, "diagnostics": [
//!   {"code": "unknown-key", "severity": "error", "file": "accolade.yaml",
//!    "range": {"start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 7}},
//!    "message": "…", "label": "…", "help": ["…"]}]}
//! ```
//! Lines and columns count from 1, columns in characters, ends are exclusive; `range` and `label` may be absent. `code`,
//! `severity`, `file` and `range` are stable; the words are for people. `docs/schemas/diagnostics.schema.json` says it exactly.

use camino::Utf8Path;
use serde_json::{Map, Value, json};

use super::{Diagnostic, Findings, positions};
use crate::words::Words;

/// Writes the findings; `source` gives the text of a file.
#[must_use]
pub fn render(
    findings: &Findings,
    words: &Words,
    source: &dyn Fn(&Utf8Path) -> Option<String>,
) -> Value {
    let one = |diagnostic: &Diagnostic| {
        let mut object = Map::new();
        object.insert("code".into(), diagnostic.code.as_str().into());
        object.insert("severity".into(), diagnostic.code.severity().as_str().into());
        object.insert("file".into(), diagnostic.file.as_str().into());
        let text = diagnostic.span.and_then(|span| Some((source(&diagnostic.file)?, span)));
        if let Some((text, span)) = text {
            let (start, end) = positions(&text, span);
            let point = |at: super::Position| json!({"line": at.line, "column": at.column});
            object.insert("range".into(), json!({"start": point(start), "end": point(end)}));
        }
        object.insert("message".into(), diagnostic.message(words).into());
        if let Some(label) = diagnostic.label(words) {
            object.insert("label".into(), label.into());
        }
        object.insert("help".into(), diagnostic.help(words).into());
        Value::Object(object)
    };
    json!({
        "version": 1,
        "errors": findings.errors,
        "warnings": findings.warnings(),
        "files": findings.files(),
        "left_out": findings.left_out,
        "diagnostics": findings.diagnostics.iter().map(one).collect::<Vec<_>>(),
    })
}
