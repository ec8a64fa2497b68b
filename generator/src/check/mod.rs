//! `Sources → Site`, or everything that is wrong.
//!
//! One file per family of rules. A rule is one function that makes one [`Code`](crate::diagnostic::Code); it looks at what
//! its family has read, and reports where the issuer will look for it. Text becomes a type on the way (see
//! `fields.rs`), so a [`Site`] holds nothing that was not checked.
//!
//! What needs the later stages is asked for by them: [`ledger`] by whoever has a plan.

pub(crate) mod alignment;
mod awards;
mod classes;
mod criteria;
mod derived;
mod design;
mod drafts;
mod evidence;
mod fields;
mod files;
mod frameworks;
mod images;
mod issuers;
mod keys;
mod levels;
mod offer;
mod pages;
mod past;
mod privacy;
mod proofs;
mod recipient;
mod revocations;
pub mod schema;
mod sealed;
mod settings;
mod superseded;
mod urls;

use std::collections::BTreeSet;

use camino::Utf8Path;

pub use awards::award_event;
pub use derived::derived;
pub use drafts::place as draft_place;
pub use evidence::is_picture;
pub use past::{lost, past};
pub use privacy::holds_email;
pub use proofs::Proofs;
pub use settings::hosting_word;
pub use urls::ledger;

use crate::diagnostic::{Findings, Sink};
use crate::load::Sources;
use crate::load::yaml::{self, Node};
use crate::site::{Lang, Settings, Site};
use fields::Doc;
use proofs::Keys;

/// Checks the files of a repository, and as many signatures as `proofs` says.
#[must_use]
pub fn check(sources: &Sources, proofs: Proofs) -> Checked {
    let mut reading = Reading { sources, sink: Sink::default(), used: BTreeSet::new() };
    let settings = settings::read(&mut reading);
    let site = settings.and_then(|settings| read_all(&mut reading, settings, proofs));
    let findings = reading.sink.finish();
    Checked { site: site.filter(|_| findings.is_buildable()), findings }
}

/// Reads `accolade.yaml` alone, whatever else is wrong: for a command that mends.
#[must_use]
pub fn settings(sources: &Sources) -> Option<Settings> {
    settings::read(&mut Reading { sources, sink: Sink::default(), used: BTreeSet::new() })
}

/// What a check gives.
#[derive(Debug)]
pub struct Checked {
    /// The site, when there is no error.
    pub site: Option<Site>,
    /// Errors and warnings.
    pub findings: Findings,
}

fn read_all(reading: &mut Reading<'_>, settings: Settings, proofs: Proofs) -> Option<Site> {
    let frameworks = frameworks::read(reading, &settings);
    let issuers = issuers::read(reading, &settings);
    let issuer_names = reading.sources.folders_in(issuers::FOLDER);
    let known = classes::Known {
        settings: &settings,
        frameworks: &frameworks,
        issuers: &issuer_names,
        classes: &reading.sources.folders_in(classes::FOLDER),
    };
    let classes = classes::read(reading, &known);
    let withdrawn = revocations::read(reading, &settings, &issuer_names);
    let keys = Keys::of(&settings, &issuers, proofs);
    let awards = awards::read(reading, &settings, &classes, &withdrawn, &keys);
    superseded::check(reading, &classes, &awards.sealed, &keys);
    let drafts = drafts::read(reading, &settings, &classes, &withdrawn);
    let pages = pages::read(reading, &settings);
    let ledger = urls::read(reading);
    let places = sealed::places(&mut reading.sink, &classes, &awards, &withdrawn);
    privacy::check(reading);
    files::check(reading);
    sealed::lists(&mut reading.sink, &settings, &issuers, &keys, &places, &withdrawn);
    Some(Site {
        root: reading.sources.root().to_owned(),
        settings,
        issuers,
        classes,
        awards: awards.sealed,
        pending: awards.pending,
        drafts,
        revocations: withdrawn.revocations,
        tombstones: withdrawn.tombstones,
        pages,
        ledger,
    })
}

/// What is shared while a repository is read.
struct Reading<'a> {
    sources: &'a Sources,
    sink: Sink,
    /// The files that somebody looked at, so that a misspelt name does not go unseen.
    used: BTreeSet<&'a str>,
}

impl<'a> Reading<'a> {
    /// The text of a file that the listing has, or a diagnostic.
    fn text(&mut self, file: &'a Utf8Path) -> Option<String> {
        self.used.insert(file.as_str());
        files::text(self.sources, file, &mut self.sink)
    }

    /// The text of a file that must be there, or a diagnostic.
    fn named_text(&mut self, file: &Utf8Path) -> Option<String> {
        match self.sources.listed(file.as_str()) {
            Some(file) => self.text(file),
            None => {
                self.sink.report(files::file_missing(file));
                None
            }
        }
    }

    /// Parses the text of `file`, or reports why it is no YAML.
    fn yaml<'s>(&mut self, file: &Utf8Path, text: &'s str) -> Option<Node<'s>> {
        yaml::parse(text).map_err(|error| self.sink.report(files::not_yaml(file, error))).ok()
    }

    /// Begins to read the values of `file`.
    fn doc<'d>(
        &'d mut self,
        file: &'d Utf8Path,
        settings: &'d Settings,
        wanted: &'d [Lang],
    ) -> Doc<'d> {
        Doc { file, languages: &settings.languages, wanted, sink: &mut self.sink }
    }
}

#[cfg(test)]
mod tests;
