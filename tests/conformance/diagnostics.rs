//! Every rule of `accolade check` against a repository that breaks it.
//!
//! A fixture is a folder `tests/sites/diagnostics/<code>/`, or `<code>--<case>/` for a second way to break the rule: files laid over a copy of `tests/sites/golden/minimal/` without
//! its awards. What is expected stands in the fixture. In a file that has comments, the line above says the columns (from 1, the end
//! exclusive), the severity and the code:
//!
//! ```text
//! # expect: error 1-8 unknown-key
//! expirse: P3Y
//! ```
//! Elsewhere a file `EXPECT` says it, one line each: `error badges/urls.ledger:2:1-9 ledger-line`, or without a place when
//! the file as a whole is meant. A file `SETUP` does what git cannot hold: `remove PATH`, `grow PATH BYTES`,
//! `link PATH TARGET`, `replace PATH OLD NEW`, `copy PATH TARGET`,
//! `write PATH LINE`, `append PATH LINE`, `folder PATH`, `same-place CREDENTIAL CREDENTIAL`, `withdraw ID MOMENT`. A first line `sealed` keeps the awards, sealed with a
//! test key. A line `commit` makes what is there so far the last commit of a git repository: the files of the fixture and the lines below it come
//! after that, and are compared with it.
//!
//! What is found must be what is expected, no less and no more. With `ACCOLADE_BLESS=1` the guides
//! `docs/diagnostics.md` and `docs/diagnostics.fr.md` are written from the messages and the fixtures; without, they are
//! compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, ExitCode};
use std::sync::LazyLock;

use accolade::check::{self, Proofs};
use accolade::diagnostic::{Code, Findings, positions, terminal};
use accolade::history::History;
use accolade::issue::files::Files;
use accolade::issue::randomness::Randomness;
use accolade::issue::seal::seal;
use accolade::keys::KeyRing;
use accolade::load;
use accolade::plan::Plan;
use accolade::site::{Lang, Site};
use accolade::words::Words;
use accolade_tests::{read_json, read_text, run, same_text, text_at, workspace};
use camino::{Utf8Path, Utf8PathBuf};
use libtest_mimic::{Failed, Trial};
use openbadges::key::SigningKey;
use openbadges::time::Timestamp;
use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

const FIXTURES: &str = "tests/sites/diagnostics";
const GOLDEN: &str = "tests/sites/golden/minimal";

/// What there is only because of awards.
const OF_AWARDS: [&str; 6] = [
    "badges/assertions",
    "badges/evidence",
    "badges/revocations",
    "badges/issuers/atelier/status",
    "badges/classes/accueil/versions",
    "badges/classes/marche/versions",
];

/// Codes whose fixture no folder can be, and why.
const WITHOUT_FIXTURE: &[(&str, &str)] =
    &[("file-unreadable", "whoever runs the tests may read everything")];

fn main() -> ExitCode {
    let mut trials = vec![
        Trial::test("golden/minimal has nothing to say", golden),
        Trial::test("every code has a fixture, and every fixture a code", complete),
        Trial::test("every code is made by exactly one function", one_maker),
        Trial::test("the guides say what the messages say, in both languages", guides),
        Trial::test("the table of mistakes names fixtures and tests that are there", table),
        Trial::test(
            "whatever is written, the check answers, and points inside the file",
            mutations,
        ),
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
    let code = code_of(name);
    if !expected.iter().any(|expected| expected.ends_with(&format!(" {code}"))) {
        return Err(format!("the fixture does not expect `{code}`").into());
    }
    Ok(())
}

/// Mistakes that nobody thought of: bytes of the golden files replaced, doubled and taken away, the same ones every run.
fn mutations() -> Result<(), Failed> {
    let original = workspace().join(GOLDEN);
    let repository = Repository::copy_of(&original)?;
    let mut random = Counting(0);
    for file in files_below(&original)? {
        let path = file.strip_prefix(&original)?;
        let bytes = fs::read(&file)?;
        for _ in 0..MUTATIONS_PER_FILE {
            fs::write(repository.root.join(path), mutated(&bytes, &mut random))?;
            for diagnostic in repository.findings()?.diagnostics {
                let length = fs::metadata(repository.root.join(&diagnostic.file))
                    .map_or(u64::MAX, |meta| meta.len());
                if diagnostic.span.is_some_and(|span| u64::from(span.end) > length) {
                    return Err(format!("{diagnostic:?} points behind the end").into());
                }
            }
        }
        fs::write(repository.root.join(path), &bytes)?;
    }
    Ok(())
}

const MUTATIONS_PER_FILE: usize = 25;

fn mutated(bytes: &[u8], random: &mut Counting) -> Vec<u8> {
    let mut drawn = [0; 8];
    random.fill(&mut drawn);
    let [kind, byte, high, low, length, ..] = drawn;
    let at = usize::from(u16::from_be_bytes([high, low])) % bytes.len().max(1);
    let (before, after) = bytes.split_at(at);
    let (cut, rest) = after.split_at(usize::from(length % 16).min(after.len()));
    let letters = *b":-[]{}#'\"\n\t &*!|>@%\0";
    let letter = letters.get(usize::from(byte) % letters.len()).copied().unwrap_or(byte);
    let inserted = match kind % 4 {
        0 => vec![byte],
        1 => vec![letter],
        2 => [cut, cut].concat(),
        _ => Vec::new(),
    };
    [before, &inserted, rest].concat()
}

fn complete() -> Result<(), Failed> {
    let excused = WITHOUT_FIXTURE.iter().map(|(code, _)| (*code).to_owned());
    let fixtures = fixtures();
    let fixtures = fixtures.iter().map(|name| code_of(name).to_owned());
    let there: BTreeSet<String> = fixtures.chain(excused).collect();
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
            if file.file_name() == Some("tests.rs") {
                continue;
            }
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

fn guides() -> Result<(), Failed> {
    let examples = examples()?;
    for (path, lang, head) in GUIDES {
        let words = Words::of_program(&Lang::parse(lang).expect("a tag"));
        let text = write_guide(&words, head, &examples)?;
        let file = workspace().join(path);
        if std::env::var("ACCOLADE_BLESS").is_ok() {
            fs::write(&file, &text)?;
        }
        same_text(&read_text(&file)?, &text)?;
    }
    Ok(())
}

/// The repository that shows each code, and what is found there.
fn examples() -> Result<BTreeMap<Code, (Repository, Findings)>, Failed> {
    let excused = |code: &&Code| !WITHOUT_FIXTURE.iter().any(|(name, _)| *name == code.as_str());
    let example = |code: &Code| {
        let (repository, _) = Repository::of_fixture(code.as_str())?;
        let findings = repository.findings()?;
        Ok((*code, (repository, findings)))
    };
    Code::ALL.iter().filter(excused).map(example).collect()
}

/// Each mistake that issuers make, and who holds it.
const TABLE: &str = "tests/sites/README.md";

/// The list of mistakes is long; fewer rows mean that some were lost.
const MISTAKES_MIN: usize = 35;

fn table() -> Result<(), Failed> {
    let text = read_text(workspace().join(TABLE))?;
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let rows: Vec<_> = rows.filter(|(_, held_by)| held_by.contains('`')).collect();
    if rows.len() < MISTAKES_MIN {
        return Err(format!("{TABLE} has {} rows", rows.len()).into());
    }
    for (mistake, held_by) in rows {
        for named in held_by.split('`').skip(1).step_by(2) {
            if !is_held(named)? {
                return Err(format!("{mistake}: there is no `{named}`").into());
            }
        }
    }
    Ok(())
}

/// `diagnostics/<fixture>`, or `<file>: <test>`.
fn is_held(named: &str) -> Result<bool, Failed> {
    match named.split_once(": ") {
        None => Ok(fixtures().iter().any(|name| format!("diagnostics/{name}") == named)),
        Some((file, test)) => Ok(read_text(workspace().join(file))?.contains(test)),
    }
}

fn write_guide(
    words: &Words,
    head: &str,
    examples: &BTreeMap<Code, (Repository, Findings)>,
) -> Result<String, Failed> {
    let mut text = head.to_owned();
    for code in Code::ALL {
        let severity = words.say(&format!("severity-{}", code.severity().as_str()), &[]);
        let why = words.say(&format!("{code}.why"), &[]);
        write!(text, "\n## {code}\n\n*{severity}*\n\n{why}\n")?;
        if let Some((repository, findings)) = examples.get(code) {
            let example = repository.example(*code, findings, words)?;
            writeln!(text, "\n```text\n{example}\n```")?;
        }
    }
    Ok(text)
}

const GUIDES: [(&str, &str, &str); 2] = [
    ("docs/diagnostics.md", "en", GUIDE_HEAD),
    ("docs/diagnostics.fr.md", "fr", GUIDE_HEAD_FRENCH),
];

const GUIDE_HEAD: &str = "\
# Diagnostics

*En français : [diagnostics.fr.md](diagnostics.fr.md).*

What `accolade check` can say, one heading for each code.
An *error* stops the build; a *warning* does not.

Programs read the same with `accolade check --format json`: `code`, `severity`, `file` and `range` are stable, the words are not, and
[schemas/diagnostics.schema.json](schemas/diagnostics.schema.json) says it exactly. `--format github` (for Forgejo too) and
`--format gitlab` put each remark beside its line in a pull request.

This page is made from the program's own messages and from the fixtures in `tests/sites/diagnostics/`:
`ACCOLADE_BLESS=1 cargo test -p accolade-tests --test diagnostics` writes it again, in both languages.
";

const GUIDE_HEAD_FRENCH: &str = "\
# Ce que dit `accolade check`

*In English: [diagnostics.md](diagnostics.md).*

Un titre pour chaque code.
Une *erreur* empêche de produire le site ; ce qui est marqué *attention* ne l’empêche pas.

Les programmes lisent la même chose avec `accolade check --format json` : `code`, `severity`, `file` et `range` sont stables, les mots
ne le sont pas, et [schemas/diagnostics.schema.json](schemas/diagnostics.schema.json) le dit exactement. `--format github` (pour
Forgejo aussi) et `--format gitlab` mettent chaque remarque à côté de sa ligne dans une demande de fusion.

Cette page est faite des messages du programme et des exemples de `tests/sites/diagnostics/` :
`ACCOLADE_BLESS=1 cargo test -p accolade-tests --test diagnostics` la récrit, dans les deux langues.
";

/// The golden repository, sealed: signatures are made here, so that no fixture can grow old.
static SEALED: LazyLock<Result<Repository, String>> = LazyLock::new(|| {
    let repository =
        Repository::copy_of(&workspace().join(GOLDEN)).map_err(|failed| said(&failed))?;
    let sources = load::open(&repository.root).map_err(|error| error.to_string())?;
    let checked = check::check(&sources, Proofs::None);
    let site = checked.site.ok_or_else(|| format!("{:#?}", checked.findings))?;
    seal_all(&site, &repository.root, "2026-09-01T09:00:00Z").map_err(|failed| said(&failed))?;
    Ok(repository)
});

fn seal_all(site: &Site, root: &Utf8Path, now: &str) -> Result<(), Failed> {
    let seed: [u8; 32] = Sha256::digest("accolade-tests/atelier/k1").into();
    let ring = KeyRing::of([SigningKey::from_seed(&seed)]);
    let now = Timestamp::parse(now)?;
    let files = Files::take(root)?;
    seal(site, &files, &ring, now, &mut Counting(0))?;
    fs::remove_dir_all(root.join(".accolade"))?;
    Ok(())
}

fn said(failed: &Failed) -> String {
    failed.message().unwrap_or("a file cannot be copied").to_owned()
}

/// The same bits in every run.
struct Counting(u32);

impl Randomness for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0 += 1;
        let digest = Sha256::digest(self.0.to_be_bytes());
        for (byte, random) in bytes.iter_mut().zip(digest.iter().cycle()) {
            *byte = *random;
        }
    }
}

/// A repository in a folder of its own.
struct Repository {
    root: Utf8PathBuf,
    _folder: tempfile::TempDir,
}

impl Repository {
    fn copy_of(original: &Utf8Path) -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned())
            .map_err(|path| format!("{} is not UTF-8", path.display()))?;
        copy(original, &root)?;
        Ok(Self { root, _folder: folder })
    }

    fn of_golden() -> Result<Self, Failed> {
        let sealed = SEALED.as_ref().map_err(Failed::from)?;
        Self::copy_of(&sealed.root)
    }

    /// The repository of a fixture, and what it expects.
    fn of_fixture(name: &str) -> Result<(Self, BTreeSet<String>), Failed> {
        let fixture = workspace().join(FIXTURES).join(name);
        let set_up = fs::read_to_string(fixture.join("SETUP")).unwrap_or_default();
        let repository = Self::of_golden()?;
        if !set_up.starts_with("sealed") {
            for of_awards in OF_AWARDS {
                fs::remove_dir_all(repository.root.join(of_awards))?;
            }
        }
        let (before, after) = set_up.split_once("commit\n").unwrap_or(("", &set_up));
        if before.len() + after.len() < set_up.len() {
            before.lines().try_for_each(|line| repository.set_up(line))?;
            repository.commit()?;
        }
        copy(&fixture, &repository.root)?;
        let mut expected = BTreeSet::new();
        for file in files_below(&fixture)? {
            let path = file.strip_prefix(&fixture)?;
            let Ok(text) = read_text(&file) else { continue };
            match path.as_str() {
                "EXPECT" => expected.extend(text.lines().map(str::to_owned)),
                "SETUP" => {}
                _ => expected.extend(expected_in(path, &text)?),
            }
        }
        after.lines().try_for_each(|line| repository.set_up(line))?;
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
            ["sealed"] => {}
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
            ["copy", path, target] => drop(fs::copy(self.root.join(path), self.root.join(target))?),
            ["write", path, words @ ..] => {
                fs::write(self.root.join(path), format!("{}\n", words.join(" ")))?;
            }
            ["append", path, words @ ..] => {
                let text = read_text(self.root.join(path))? + &words.join(" ") + "\n";
                fs::write(self.root.join(path), text)?;
            }
            ["folder", path] => fs::create_dir_all(self.root.join(path))?,
            ["withdraw", id, now] => {
                let file = format!("badges/revocations/{id}.yaml");
                fs::create_dir_all(self.root.join("badges/revocations"))?;
                fs::write(self.root.join(file), "date: 2026-08-01\n")?;
                let sources = load::open(&self.root)?;
                let checked = check::check(&sources, Proofs::None);
                let site = checked.site.ok_or_else(|| format!("{:#?}", checked.findings))?;
                seal_all(&site, &self.root, now)?;
            }
            ["same-place", first, second] => {
                let [first, second] = [first, second].map(|path| self.root.join(path));
                let [of_first, of_second] = [read_json(&first)?, read_json(&second)?];
                let index = |credential| text_at(credential, "/credentialStatus/statusListIndex");
                let (old, new) = (index(&of_second)?, index(&of_first)?);
                fs::write(&second, read_text(&second)?.replace(old, new))?;
            }
            _ => return Err(format!("SETUP does not know `{line}`").into()),
        }
        Ok(())
    }

    /// Makes everything that is there the last commit.
    fn commit(&self) -> Result<(), Failed> {
        let me = ["-c", "user.name=fixture", "-c", "user.email=fixture@example.invalid"];
        for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-q", "-m", "fixture"]] {
            let mut git = Command::new("git");
            let done = git.current_dir(&self.root).args(me).args(arguments).output()?;
            if !done.status.success() {
                return Err(format!("{arguments:?}: {done:?}").into());
            }
        }
        Ok(())
    }

    fn findings(&self) -> Result<Findings, Failed> {
        let sources = load::open(&self.root)?;
        let mut checked = check::check(&sources, Proofs::All);
        if let Some(history) = History::of(&self.root)?
            && let Some(commit) = history.head()?
        {
            let past = history.past(&commit, &sources)?;
            let lost = history.lost(&sources)?;
            checked.findings = checked.findings.and(check::past(&sources, &past));
            checked.findings = checked.findings.and(check::lost(&sources, &lost));
        }
        let Some(site) = checked.site else { return Ok(checked.findings) };
        let plan = Plan::new(&site, []).map_err(|error| error.to_string())?;
        let ledger = check::ledger(&site, &|path| plan.publishes(path));
        Ok(checked.findings.and(ledger).and(check::derived(&site)))
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
    fn example(&self, code: Code, findings: &Findings, words: &Words) -> Result<String, Failed> {
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

fn code_of(fixture: &str) -> &str {
    fixture.split("--").next().unwrap_or(fixture)
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
