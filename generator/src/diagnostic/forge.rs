//! Diagnostics beside the lines of a pull request: the commands that GitHub and Forgejo runners read from a log, and the
//! Code Quality report that GitLab reads from a file.
//!
//! A stranger's pull request decides what stands in messages and file names, and the runner obeys lines that begin with
//! `::`. So nothing is written but our own commands, with every letter escaped that could end one.
//!
//! - <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
//! - <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::collections::BTreeMap;

use camino::Utf8Path;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Diagnostic, Findings, Severity, positions};
use crate::plain;
use crate::words::Words;

/// Where the repository of badges lies in the repository of git: forges count paths from there.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a>(pub &'a Utf8Path);

impl Within<'_> {
    fn path(self, file: &Utf8Path) -> String {
        plain::line(self.0.join(file).as_str()).into_owned()
    }
}

/// One workflow command a line, and a last line that counts.
#[must_use]
pub fn github(
    findings: &Findings,
    words: &Words,
    source: &dyn Fn(&Utf8Path) -> Option<String>,
    within: Within<'_>,
) -> String {
    let one = |diagnostic: &Diagnostic| {
        let command = diagnostic.code.severity().as_str();
        let mut properties = vec![format!("file={}", property(&within.path(&diagnostic.file)))];
        let text = diagnostic.span.and_then(|span| Some((source(&diagnostic.file)?, span)));
        if let Some((text, span)) = text {
            let (start, end) = positions(&text, span);
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // Columns of a place over several lines are refused.
            if start.line == end.line {
                properties.push(format!("col={},endColumn={}", start.column, end.column));
            }
        }
        properties.push(format!("title={}", property(diagnostic.code.as_str())));
        let sentences = std::iter::once(diagnostic.message(words)).chain(diagnostic.help(words));
        let message = data(&sentences.collect::<Vec<_>>().join("\n"));
        format!("::{command} {}::{message}\n", properties.join(","))
    };
    let mut text: String = findings.diagnostics.iter().map(one).collect();
    text.push_str(&findings.summary(words));
    text.push('\n');
    text
}

/// What follows the second `::` of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The whole report.
#[must_use]
pub fn gitlab(
    findings: &Findings,
    words: &Words,
    source: &dyn Fn(&Utf8Path) -> Option<String>,
    within: Within<'_>,
) -> Value {
    // The same thing twice in a file needs two names.
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let one = |diagnostic: &Diagnostic| {
        let path = within.path(&diagnostic.file);
        let message = diagnostic.message(words);
        let text = diagnostic.span.and_then(|span| Some((source(&diagnostic.file)?, span)));
        let line = text.map_or(1, |(text, span)| positions(&text, span).0.line);
        // No line: what moves in its file stays the same finding.
        let name = format!("{}\n{path}\n{message}", diagnostic.code);
        let times = seen.entry(name.clone()).and_modify(|times| *times += 1).or_default();
        json!({
            "description": message,
            "check_name": diagnostic.code.as_str(),
            "fingerprint": fingerprint(&format!("{name}\n{times}")),
            "severity": match diagnostic.code.severity() {
                Severity::Error => "major",
                Severity::Warning => "minor",
            },
            "location": { "path": path, "lines": { "begin": line } },
        })
    };
    Value::Array(findings.diagnostics.iter().map(one).collect())
}

fn fingerprint(name: &str) -> String {
    Sha256::digest(name).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Sink, Span};
    use crate::site::Lang;

    fn source(_: &Utf8Path) -> Option<String> {
        Some("name: Ø\nexpirse: P3Y\n".to_owned())
    }

    fn english() -> Words {
        Words::of_program(&Lang::parse("en").unwrap())
    }

    fn findings(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Findings {
        let mut sink = Sink::default();
        diagnostics.into_iter().for_each(|diagnostic| sink.report(diagnostic));
        sink.finish()
    }

    fn misspelt(file: &str, key: &str, at: usize) -> Diagnostic {
        let span = Span::new(at, at + 7);
        Diagnostic::at(Code::UnknownKey, Utf8Path::new(file), span)
            .with("key", key)
            .with("known", "100 %")
    }

    #[test]
    fn a_command_names_the_place_in_the_whole_repository_of_git() {
        let found = findings([
            misspelt("accolade.yaml", "expirse", 9),
            Diagnostic::new(Code::AwardUnsealed, Utf8Path::new("badges/a,b.yaml")),
        ]);
        let text = github(&found, &english(), &source, Within(Utf8Path::new("our badges")));
        let expected = "\
::error file=our badges/accolade.yaml,line=2,endLine=2,col=1,endColumn=8,title=unknown-key\
::the key `expirse` is not known here%0Aknown here: 100 %25
::warning file=our badges/badges/a%2Cb.yaml,title=award-unsealed\
::the award is not sealed, so it is not on the site%0Anothing to mend: `accolade seal` signs it, on the branch where sealing happens
one error, one warning, in 2 files
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_stranger_cannot_write_a_command() {
        let hostile = "x\n::stop-commands::pwned\r\n##[set-env name=A]%0A::error::\u{1b}[2J";
        let file = "badges/a\n::error file=b,line=1::no.yaml";
        let found = findings([misspelt(file, hostile, 9), misspelt(file, hostile, 9)]);
        let text = github(&found, &english(), &source, Within(Utf8Path::new("")));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "equal findings are one: {text}");
        assert!(lines[0].starts_with("::error file=badges/a %3A%3Aerror file=b%2Cline=1"));
        assert!(!text.contains('\u{1b}') && !text.contains("]%0A"), "{text}");
    }

    #[test]
    fn a_report_has_a_name_of_its_own_for_each_finding_that_stays_when_the_line_moves() {
        let found = |by: usize| {
            let two = [misspelt("a.yaml", "x", by), misspelt("a.yaml", "x", by + 1)];
            gitlab(&findings(two), &english(), &source, Within(Utf8Path::new("")))
        };
        let (here, there) = (found(0), found(9));
        let names = |report: &Value| -> Vec<String> {
            let entries = report.as_array().unwrap().iter();
            entries.map(|entry| entry["fingerprint"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&here), names(&there));
        assert_ne!(names(&here)[0], names(&here)[1]);
        assert_eq!(there[0]["location"], json!({ "path": "a.yaml", "lines": { "begin": 2 } }));
        assert_eq!(
            (&there[0]["severity"], &there[0]["check_name"]),
            (&json!("major"), &json!("unknown-key"))
        );
    }
}
