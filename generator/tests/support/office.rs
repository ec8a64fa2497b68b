//! A desk as an association has it: a public repository under git, the private key and the register outside it, a folder
//! for spreadsheets. Everything the command says is kept, to be looked through afterwards.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use accolade::id::AwardId;
use accolade::register::{Entry, Register};
use camino::Utf8Path;
use serde_json::Value;

use super::leaks::{Place, Secrets};
use super::{Repository, key};

const CRITERIA: &str = "criteria:\n  at_least: 2\n  items:\n    - { id: presenter, text: { fr: Présenter le lieu., en: Show the place. } }\n    \
     - { id: orienter, text: { fr: Orienter., en: Guide. } }\n    - { id: ecouter, text: { fr: Écouter., en: Listen. } }\n";
const LEVELS: &str = "levels:\n  - { id: 1, name: { fr: Découvre, en: Discovers }, description: { fr: À deux., en: With someone. } }\n  \
     - { id: 2, name: { fr: Pratique, en: Practises }, description: { fr: Seul., en: Alone. }, requires: 1 }\n";

/// The desk.
pub struct Office {
    pub repository: Repository,
    outside: tempfile::TempDir,
    said: RefCell<Vec<u8>>,
}

impl Office {
    /// A public repository with a register. Classes: `accueil` (plain), `sol` (two levels, the second wants the first),
    /// `atelier` (two of three criteria), `mandat` (ends after a year). No award.
    pub fn new() -> Self {
        let office = Self {
            repository: Repository::new(),
            outside: tempfile::tempdir().unwrap(),
            said: RefCell::default(),
        };
        office.repository.class("sol", LEVELS, true);
        office.repository.class("atelier", CRITERIA, true);
        office.repository.class("mandat", "expires: P1Y\n", true);
        office.repository.write(".gitignore", "/public/\n/.accolade/\n");
        fs::create_dir(office.register_folder()).unwrap();
        office.settings("public", Some(&office.register_folder()));
        let file = office.outside("accolade/badges.club.example/club-k1.key");
        accolade::keys::write_new(&key(), Utf8Path::from_path(&file).unwrap(), "a test key")
            .unwrap();
        office.git(&["init", "-q", "-b", "main"]);
        office.commit();
        office
    }

    pub fn settings(&self, repository: &str, register: Option<&Path>) {
        let privacy = register.map_or_else(String::new, |folder| {
            format!("privacy: {{ register: \"{}\" }}\n", folder.display())
        });
        self.repository.write(
            "accolade.yaml",
            &format!(
                "version: 1\nbase_url: https://badges.club.example\nlanguages: [fr, en]\n\
                 title: {{ fr: Badges du Club, en: Club badges }}\ntheme: default\n\
                 repository: {repository}\nhosting: github\n{privacy}"
            ),
        );
    }

    /// A place beside the repository.
    pub fn outside(&self, path: &str) -> PathBuf {
        self.outside.path().join(path)
    }

    pub fn register_folder(&self) -> PathBuf {
        self.outside("register")
    }

    pub fn entries(&self) -> BTreeMap<AwardId, Entry> {
        let folder = self.register_folder();
        Register::in_folder(Utf8Path::from_path(&folder).unwrap()).entries().unwrap()
    }

    /// Writes a spreadsheet and gives its path.
    pub fn sheet(&self, bytes: impl AsRef<[u8]>) -> String {
        let place = self.outside("people.csv");
        fs::write(&place, bytes).unwrap();
        place.into_os_string().into_string().unwrap()
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=t", "-c", "user.email=t@t.invalid"]).args(arguments);
        let done = git.current_dir(self.repository.root()).output().unwrap();
        assert!(done.status.success(), "{arguments:?} {done:?}");
        String::from_utf8(done.stdout).unwrap()
    }

    pub fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "Badges"]);
    }

    /// Runs the command in a language.
    pub fn run_in(&self, lang: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
        command
            .current_dir(self.repository.root())
            .args(arguments)
            .args(["--lang", lang])
            .env("XDG_CONFIG_HOME", self.outside.path())
            .env_remove("ACCOLADE_KEY")
            .env_remove("ACCOLADE_KEY_FILE");
        command.output().unwrap()
    }

    /// Runs the command, and keeps what it said.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let output = self.run_in("en", arguments);
        let mut said = self.said.borrow_mut();
        said.extend(output.stdout.iter().chain(&output.stderr));
        output
    }

    /// Runs what must go well, and gives its answer and what it said beside.
    pub fn done(&self, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let (out, err) = streams(&output);
        assert!(output.status.success(), "{arguments:?}: {out}{err}");
        (out, err)
    }

    /// Runs what must end with this code, and gives what it said.
    pub fn refused(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let (out, err) = streams(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {out}{err}");
        out + &err
    }

    /// Runs what answers a program.
    pub fn json(&self, arguments: &[&str], code: i32) -> Value {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        let (out, err) = streams(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {out}{err}");
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
    }

    /// Every event and sealed file of awards.
    pub fn awards(&self) -> Vec<String> {
        if !self.repository.path("badges/assertions").exists() {
            return Vec::new();
        }
        self.repository.files("badges/assertions").into_iter().map(|(path, _)| path).collect()
    }

    /// Looks for what the register knows, and for `more`, in everything but the register and the messages.
    pub fn assert_quiet(&self, more: Secrets) {
        let secrets = Secrets::of_register(&self.register_folder()).and(more);
        let root = self.repository.root().as_std_path();
        secrets.assert_nowhere(&[Place::Repository(root), Place::Said(&self.said.borrow())]);
    }
}

pub fn streams(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// A message, read back.
#[derive(Debug)]
pub struct Message {
    pub head: String,
    pub body: String,
}

/// The messages of a folder, by the name of their file.
pub fn messages(folder: &Path) -> Vec<(String, Message)> {
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().min_depth(1) {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let body = match head.contains("base64") {
            true => from_base64(body),
            false => from_quoted_printable(body),
        };
        let body = String::from_utf8(body).unwrap().replace("\r\n", "\n");
        let name = entry.file_name().to_str().unwrap().to_owned();
        all.push((name, Message { head: head.to_owned(), body }));
    }
    all
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> =
        text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=').collect();
    let mut bytes = Vec::new();
    for group in letters.chunks(4) {
        let bits = group.iter().fold(0_u32, |bits, c| bits << 6 | u32::from(value(*c)));
        let bits = bits << (6 * (4 - group.len()));
        bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(group.len() - 1));
    }
    bytes
}

fn from_quoted_printable(text: &str) -> Vec<u8> {
    let joined = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        let pair = [rest.next().unwrap(), rest.next().unwrap()];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap());
    }
    bytes
}
