//! A copy of the demonstration in a folder of its own, its built site, and the verifier over that site: no network, no
//! command, no clock.

#![expect(clippy::panic, reason = "a test stops where it fails")]

use std::fs;
use std::ops::ControlFlow;

use accolade::check::{self, Proofs};
use accolade::load;
use accolade::publish::{self, Publication};
use accolade::render::html::ThemeFiles;
use camino::{Utf8Path, Utf8PathBuf};
use openbadges::iri::Iri;
use openbadges::time::Timestamp;
use openbadges::verify::{
    Answer, Body, Documents, Input, Policy, Report, Source, Step, Unavailable, verify,
};
use serde_json::Value;

use crate::{association, workspace};

/// What makes the demonstration an issuer's repository.
const PARTS: [&str; 4] = ["accolade.yaml", "badges", "site-content", "tests/demo"];

/// A repository and, once it was published, its site.
#[derive(Debug)]
pub struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// Copies the demonstration.
    ///
    /// # Panics
    /// When it cannot be copied.
    #[must_use]
    pub fn of_the_demo() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let repository = Self { folder };
        for part in PARTS {
            copy(&workspace().join(part), &repository.root().join(part));
        }
        repository
    }

    /// Makes a young association, and what judges must say of its awards.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn of_an_association() -> (Self, Value) {
        let made = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let expected = association::make(made.root());
        let expected = expected.unwrap_or_else(|problem| panic!("{problem}"));
        (made, expected)
    }

    /// The folder of `accolade.yaml`.
    ///
    /// # Panics
    /// When the temporary folder has a name that is not text.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).expect("temporary folders have plain names")
    }

    /// Builds the site.
    ///
    /// # Panics
    /// When it cannot be built; the findings say why.
    #[must_use]
    pub fn publish(&self) -> Published {
        let sources = load::open(self.root()).expect("a repository");
        let checked = check::check(&sources, Proofs::All);
        let site = checked.site.unwrap_or_else(|| panic!("{:#?}", checked.findings));
        let (renderer, plan) =
            publish::prepare(&site, ThemeFiles::embedded()).expect("a site that can be laid out");
        let folder = self.root().join("public");
        let go_on = &mut |_: usize, _: usize| ControlFlow::Continue(());
        Publication::new(&site, &renderer, &plan).write(&folder, go_on).expect("a written site");
        Published { folder, base: site.settings.base_url.to_string() }
    }
}

impl Repository {
    /// Builds the site, and keeps the repository beside it.
    #[must_use]
    pub fn publish_and_keep(self) -> Kept {
        Kept { site: self.publish(), repository: self }
    }
}

/// A published repository.
#[derive(Debug)]
pub struct Kept {
    /// Its site.
    pub site: Published,
    repository: Repository,
}

impl Kept {
    /// The sealed file of an award.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn sealed(&self, id: &str) -> Vec<u8> {
        let name = format!("{id}.json");
        let mut all = walkdir::WalkDir::new(self.repository.root().join("badges/assertions"))
            .into_iter()
            .filter_map(Result::ok);
        let found = all.find(|entry| entry.file_name().to_str() == Some(&name));
        let found = found.unwrap_or_else(|| panic!("{name} is not there"));
        fs::read(found.path()).expect("a readable file")
    }
}

/// A built site that answers for its address.
#[derive(Debug)]
pub struct Published {
    /// Where its files are.
    pub folder: Utf8PathBuf,
    /// Where they are published.
    pub base: String,
}

impl Published {
    /// A file of the site.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn file(&self, path: &str) -> Vec<u8> {
        fs::read(self.folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Verifies `input` with the documents of this site alone.
    #[must_use]
    pub fn verify(&self, input: &Input, recipient: Option<&str>, now: Timestamp) -> Report {
        let policy = Policy { recipient: recipient.map(ToOwned::to_owned), ..Policy::default() };
        let mut documents = Documents::new();
        loop {
            match verify(input, &documents, &policy, now) {
                Step::Done(report) => return *report,
                Step::Need(iris) => {
                    for iri in iris {
                        let answer = self.answer(&iri);
                        documents.supply(iri, answer);
                    }
                }
            }
        }
    }

    fn answer(&self, iri: &Iri) -> Answer {
        let (address, _) = iri.split_fragment();
        let path = address.strip_prefix(&self.base).and_then(|path| path.strip_prefix('/'));
        let body = match path {
            None => Err(Unavailable::Offline),
            Some(path) => {
                let file = if path.is_empty() || path.ends_with('/') {
                    format!("{path}index.html")
                } else {
                    path.to_owned()
                };
                let found = fs::read(self.folder.join(file));
                Ok(Body {
                    url: iri.clone(),
                    status: if found.is_ok() { 200 } else { 404 },
                    content_type: None,
                    bytes: found.unwrap_or_default(),
                })
            }
        };
        Answer { source: Source::StandIn, hops: Vec::new(), body }
    }
}

/// Copies a file or a folder.
///
/// # Panics
/// When a file cannot be read or written.
pub fn copy(from: &Utf8Path, to: &Utf8Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a readable folder");
        let below = entry.path().strip_prefix(from).expect("below the folder that is walked");
        let target = if below.as_os_str().is_empty() {
            to.as_std_path().to_owned()
        } else {
            to.as_std_path().join(below)
        };
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("a folder that can be made");
        } else {
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).expect("a folder that can be made");
            }
            fs::copy(entry.path(), &target).expect("a file that can be copied");
        }
    }
}
