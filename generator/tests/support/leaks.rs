//! What must be nowhere: addresses, names without consent, salts of hidden names. Looked for in every file of a
//! repository, in every object git keeps, in the built site, and in all that the command said.
//!
//! ```ignore
//! let secrets = Secrets::of_register(&register).with("phone number", "06 00 00 00 00");
//! secrets.assert_nowhere(&[Place::Repository(root), Place::Folder(site), Place::Said(&everything_said)]);
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use accolade::register::Register;
use aho_corasick::AhoCorasick;
use camino::Utf8Path;
use unicode_normalization::UnicodeNormalization as _;

/// A shorter text is found by chance in what is random.
const NEEDLE_CHARS_MIN: usize = 6;

/// What is looked for: what it is, and the text.
#[derive(Debug, Clone, Default)]
pub struct Secrets(Vec<(String, String)>);

/// Where to look.
#[derive(Debug, Clone, Copy)]
pub enum Place<'a> {
    /// Every file of a working tree, ignored ones too, and every object of its git.
    Repository(&'a Path),
    /// Every file of a folder.
    Folder(&'a Path),
    /// What was said.
    Said(&'a [u8]),
}

/// Something that is where it must not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    pub place: String,
    pub what: String,
}

impl Secrets {
    /// Everything in the entries of a register that is for nobody else: of a person who agreed, the name is not.
    pub fn of_register(folder: &Path) -> Self {
        let register = Register::in_folder(Utf8Path::from_path(folder).unwrap());
        let mut secrets = Self::default();
        for (id, entry) in register.entries().unwrap() {
            let name = entry.name.filter(|_| entry.consent.is_none());
            for (what, text) in [
                ("address", entry.email),
                ("name", name),
                ("salt", entry.name_salt),
                ("number", entry.local_id),
                ("reason", entry.override_reason),
            ] {
                secrets.0.extend(text.map(|text| (format!("{what} of {id}"), text)));
            }
        }
        secrets
    }

    /// Something else that must be nowhere.
    pub fn with(mut self, what: &str, text: &str) -> Self {
        self.0.push((what.to_owned(), text.to_owned()));
        self
    }

    /// What is known of one place and not of the other: for what was deleted.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Looks everywhere.
    pub fn find(&self, places: &[Place<'_>]) -> BTreeSet<Leak> {
        let (searched, meaning): (Vec<String>, Vec<&str>) = self.spellings().into_iter().unzip();
        assert!(!searched.is_empty(), "a scan for nothing finds nothing");
        let search = AhoCorasick::builder().ascii_case_insensitive(true).build(&searched).unwrap();
        let mut leaks = BTreeSet::new();
        let mut look = |place: &str, bytes: &[u8]| {
            for found in search.find_overlapping_iter(bytes) {
                let what = meaning[found.pattern().as_usize()].to_owned();
                leaks.insert(Leak { place: place.to_owned(), what });
            }
        };
        for place in places {
            match place {
                Place::Repository(root) => {
                    walk(root, &mut look);
                    objects(root, &mut look);
                }
                Place::Folder(folder) => walk(folder, &mut look),
                Place::Said(bytes) => look("what was said", bytes),
            }
        }
        leaks
    }

    pub fn assert_nowhere(&self, places: &[Place<'_>]) {
        let leaks = self.find(places);
        assert!(leaks.is_empty(), "{leaks:#?}");
    }

    /// Every text as files of ours would write it: as it is, decomposed, small, in a link, in JSON, in HTML.
    fn spellings(&self) -> BTreeSet<(String, &str)> {
        let mut spellings = BTreeSet::new();
        for (what, text) in &self.0 {
            if text.chars().count() < NEEDLE_CHARS_MIN {
                continue;
            }
            let forms = [text.clone(), text.to_lowercase(), text.to_uppercase()];
            for form in forms {
                let decomposed: String = form.nfd().collect();
                let escaped =
                    |quote: fn(char) -> String| form.chars().map(quote).collect::<String>();
                let html = form.replace('&', "&amp;").replace('\'', "&#39;");
                for spelling in [escaped(in_link), escaped(in_json), html, decomposed, form.clone()]
                {
                    spellings.insert((spelling, what.as_str()));
                }
            }
        }
        spellings
    }
}

fn in_link(c: char) -> String {
    if c.is_ascii_alphanumeric() || "-._~".contains(c) {
        return c.to_string();
    }
    c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn in_json(c: char) -> String {
    if c.is_ascii() {
        return c.to_string();
    }
    let mut units = [0; 2];
    c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// Names of files count too.
fn walk(folder: &Path, look: &mut impl FnMut(&str, &[u8])) {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        look(&path, path.as_bytes());
        if entry.file_type().is_file() {
            look(&path, &fs::read(entry.path()).unwrap());
        }
    }
}

/// Files, trees, commits and tags, also those that no branch leads to any more. Git keeps them compressed.
fn objects(root: &Path, look: &mut impl FnMut(&str, &[u8])) {
    if !root.join(".git").exists() {
        return;
    }
    let mut git = Command::new("git");
    git.args(["cat-file", "--batch-all-objects", "--batch", "--buffer"]).current_dir(root);
    let output = git.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "git does not show its objects");
    look("the history of git", &output.stdout);
}

/// An address of somebody in a text, apart from those that may be there.
pub fn strangers<'t>(text: &'t str, known: &[&str]) -> Vec<&'t str> {
    let is_part = |c: char| c.is_alphanumeric() || "@._+-".contains(c);
    let words = text.split(|c| !is_part(c)).map(|word| word.trim_matches('.'));
    let is_address = |word: &&str| {
        let parts = word.split_once('@');
        parts.is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@')
        })
    };
    words.filter(is_address).filter(|word| !known.contains(word)).collect()
}
