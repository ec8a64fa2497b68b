//! Every rule of `accolade check` against a repository that breaks it.
//!
//! A fixture is a folder `tests/sites/diagnostics/<code>/`: files laid over a copy of `tests/sites/golden/minimal/`. What is
//! expected stands in the fixture. In a file that has comments, the line above says the columns (from 1, the end
//! exclusive), the severity and the code:
//!
//! ```text
//! # expect: error 1-8 unknown-key
//! expirse: P3Y
//! ```
//! Elsewhere a file `EXPECT` says it, one line each: `error badges/urls.ledger:2:1-9 ledger-line`, or without a place when
//! the file as a whole is meant. A file `SETUP` does what git cannot hold: `remove PATH`, `grow PATH BYTES`,
//! `link PATH TARGET`, `replace PATH OLD NEW`.
//!
//! What is found must be what is expected, no less and no more. With `ACCOLADE_BLESS=1` the guide `docs/diagnostics.md` is
//! written from the messages and the fixtures; without, it is compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::ExitCode;

use accolade::check::{self, Proofs};
use accolade::diagnostic::{Code, Findings, positions, terminal};
use accolade::load;
use accolade::site::Lang;
use accolade::words::Words;
use accolade_tests::{read_text, run, same_text, workspace};
use camino::{Utf8Path, Utf8PathBuf};
use libtest_mimic::{Failed, Trial};
use walkdir::WalkDir;

const FIXTURES: &str = "tests/sites/diagnostics";
const GOLDEN: &str = "tests/sites/golden/minimal";
const GUIDE: &str = "docs/diagnostics.md";

/// Codes whose fixture no folder can be, and why.
const WITHOUT_FIXTURE: &[(&str, &str)] =
    &[("file-unreadable", "whoever runs the tests may read everything")];

fn main() -> ExitCode {
    let mut trials = vec![
        Trial::test("golden/minimal has nothing to say", golden),
        Trial::test("every code has a fixture, and every fixture a code", complete),
        Trial::test("every code is made by exactly one function", one_maker),
        Trial::test("the guide says what the messages say", guide),
    ];
    for name in fixtures() {
        let title = format!("diagnostics/{name}");
        trials.push(Trial::test(title, move || fixture(&name)));
    }
    run(trials)
}

fn golden() -> Result<(), Failed> {
    let repository = Repository::of_golden()?;
    let found = repository.found()?;
    if found.is_empty() { Ok(()) } else { Err(format!("{found:#?}").into()) }
}

fn fixture(name: &str) -> Result<(), Failed> {
    let (repository, expected) = Repository::of_fixture(name)?;
    let found = repository.found()?;
    let missing: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    if !missing.is_empty() || !surplus.is_empty() {
        return Err(format!(
            "expected, not found: {missing:#?}\nfound, not expected: {surplus:#?}"
        )
        .into());
    }
    if !expected.iter().any(|expected| expected.ends_with(&format!(" {name}"))) {
        return Err(format!("the fixture does not expect `{name}`").into());
    }
    Ok(())
}

fn complete() -> Result<(), Failed> {
    let excused = WITHOUT_FIXTURE.iter().map(|(code, _)| (*code).to_owned());
    let there: BTreeSet<String> = fixtures().into_iter().chain(excused).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(ToString::to_string).collect();
    let missing: Vec<_> = codes.difference(&there).collect();
    let unknown: Vec<_> = there.difference(&codes).collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(());
    }
    Err(format!("codes without fixture: {missing:?}\nfixtures without code: {unknown:?}").into())
}

fn one_maker() -> Result<(), Failed> {
    let mut makers: BTreeMap<String, usize> = BTreeMap::new();
    for folder in ["generator/src/check", "generator/src/load"] {
        for file in files_below(&workspace().join(folder))? {
            let text = read_text(&file)?;
            let code = text.split("mod tests {").next().unwrap_or_default();
            for after in code.split("Code::").skip(1) {
                let name = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                *makers.entry(name.to_owned()).or_default() += 1;
            }
        }
    }
    let wrong: Vec<String> = Code::ALL
        .iter()
        .map(|code| (format!("{code:?}"), makers.get(&format!("{code:?}")).copied()))
        .filter(|(_, count)| *count != Some(1))
        .map(|(code, count)| format!("{code}: {}", count.unwrap_or_default()))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn guide() -> Result<(), Failed> {
    let text = write_guide()?;
    let file = workspace().join(GUIDE);
    if std::env::var("ACCOLADE_BLESS").is_ok() {
        fs::write(&file, &text)?;
    }
    same_text(&read_text(&file)?, &text)
}

fn write_guide() -> Result<String, Failed> {
    let [french, english] =
        ["fr", "en"].map(|lang| Words::of_program(&Lang::parse(lang).expect("a tag")));
    let mut text = GUIDE_HEAD.to_owned();
    for code in Code::ALL {
        let why = |words: &Words| words.say(&format!("{code}.why"), &[]);
        write!(text, "\n## {code}\n\n*{}*\n\n", code.severity().as_str())?;
        writeln!(text, "{}\n\n> {}", why(&english), why(&french))?;
        let excused = WITHOUT_FIXTURE.iter().any(|(excused, _)| *excused == code.as_str());
        if !excused {
            let (repository, _) = Repository::of_fixture(code.as_str())?;
            writeln!(text, "\n```text\n{}\n```", repository.example(*code, &english)?)?;
        }
    }
    Ok(text)
}

const GUIDE_HEAD: &str = "\
# Diagnostics

What `accolade check` can say, one heading for each code, in English and then in French.
An *error* stops the build; a *warning* does not.

`accolade check --format json` says the same to programs: `code`, `severity`, `file` and `range` are stable, the words are not.

This page is made from the program's own messages and from the fixtures in `tests/sites/diagnostics/`:
`ACCOLADE_BLESS=1 cargo test -p accolade-tests --test diagnostics` writes it again.
";

/// A repository in a folder of its own.
struct Repository {
    root: Utf8PathBuf,
    _folder: tempfile::TempDir,
}

impl Repository {
    fn of_golden() -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned())
            .map_err(|path| format!("{} is not UTF-8", path.display()))?;
        copy(&workspace().join(GOLDEN), &root)?;
        Ok(Self { root, _folder: folder })
    }

    /// The repository of a fixture, and what it expects.
    fn of_fixture(name: &str) -> Result<(Self, BTreeSet<String>), Failed> {
        let repository = Self::of_golden()?;
        let fixture = workspace().join(FIXTURES).join(name);
        copy(&fixture, &repository.root)?;
        let mut expected = BTreeSet::new();
        for file in files_below(&fixture)? {
            let path = file.strip_prefix(&fixture)?;
            let Ok(text) = read_text(&file) else { continue };
            match path.as_str() {
                "EXPECT" => expected.extend(text.lines().map(str::to_owned)),
                "SETUP" => text.lines().try_for_each(|line| repository.set_up(line))?,
                _ => expected.extend(expected_in(path, &text)?),
            }
        }
        for name in ["EXPECT", "SETUP"] {
            let file = repository.root.join(name);
            if file.exists() {
                fs::remove_file(file)?;
            }
        }
        Ok((repository, expected))
    }

    fn set_up(&self, line: &str) -> Result<(), Failed> {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["remove", path] => fs::remove_file(self.root.join(path))?,
            ["grow", path, bytes] => {
                let length = bytes.parse()?;
                fs::File::options().write(true).open(self.root.join(path))?.set_len(length)?;
            }
            ["link", path, target] => std::os::unix::fs::symlink(target, self.root.join(path))?,
            ["replace", path, old, new] => {
                let text = read_text(self.root.join(path))?;
                if !text.contains(old) {
                    return Err(format!("`{path}` does not hold `{old}`").into());
                }
                fs::write(self.root.join(path), text.replace(old, new))?;
            }
            _ => return Err(format!("SETUP does not know `{line}`").into()),
        }
        Ok(())
    }

    fn findings(&self) -> Result<Findings, Failed> {
        let sources = load::open(&self.root)?;
        let checked = check::check(&sources, Proofs::All);
        let Some(site) = checked.site else { return Ok(checked.findings) };
        let ledger = check::ledger(&site, &|path| !path.starts_with("gone/"));
        Ok(checked.findings.and(ledger))
    }

    fn source(&self) -> impl Fn(&Utf8Path) -> Option<String> + '_ {
        |path| load::text(&self.root, path).ok()
    }

    /// What was found, in the words of `EXPECT`.
    fn found(&self) -> Result<BTreeSet<String>, Failed> {
        let source = self.source();
        let shown = |diagnostic: &accolade::diagnostic::Diagnostic| {
            let place = diagnostic.span.and_then(|span| {
                let (start, end) = positions(&source(&diagnostic.file)?, span);
                let column = if start.line == end.line { end.column } else { 0 };
                Some(format!(":{}:{}-{column}", start.line, start.column))
            });
            let severity = diagnostic.code.severity().as_str();
            let place = place.unwrap_or_default();
            format!("{severity} {}{place} {}", diagnostic.file, diagnostic.code)
        };
        Ok(self.findings()?.diagnostics.iter().map(shown).collect())
    }

    /// The first diagnostic of `code`, as a terminal shows it.
    fn example(&self, code: Code, words: &Words) -> Result<String, Failed> {
        let findings = self.findings()?;
        let found = findings.diagnostics.iter().find(|diagnostic| diagnostic.code == code);
        let found = found.ok_or_else(|| format!("the fixture of `{code}` does not make it"))?;
        let text = terminal::one(found, words, &self.source(), terminal::Style::Plain);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        Ok(lines.join("\n"))
    }
}

/// What the comments of a file expect of the lines below them.
fn expected_in(path: &Utf8Path, text: &str) -> Result<Vec<String>, Failed> {
    let mut expected = Vec::new();
    let mut waiting: Vec<(String, String, String)> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if let Some((_, rest)) = line.split_once("expect: ") {
            let mut words = rest.split_whitespace().map(str::to_owned);
            let (Some(severity), Some(columns), Some(code)) =
                (words.next(), words.next(), words.next())
            else {
                return Err(format!("{path}:{number}: `{line}` expects nothing").into());
            };
            waiting.push((severity, columns, code));
        } else {
            for (severity, columns, code) in waiting.drain(..) {
                expected.push(format!("{severity} {path}:{number}:{columns} {code}"));
            }
        }
    }
    Ok(expected)
}

fn fixtures() -> Vec<String> {
    let folder = workspace().join(FIXTURES);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn files_below(folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Failed> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = Utf8PathBuf::from_path_buf(entry.into_path());
            files.push(path.map_err(|path| format!("{} is not UTF-8", path.display()))?);
        }
    }
    Ok(files)
}

fn copy(from: &Utf8Path, to: &Utf8Path) -> Result<(), Failed> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &target)?;
    }
    Ok(())
}
