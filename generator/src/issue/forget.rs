//! Forgetting an award: everything of it goes, and a tombstone stays.
//!
//! The tombstone is written first. It holds the place in the issuer's list, which the sealed file knew, and from then on
//! every later run knows what is still to be deleted; so a killed command is finished by running it again. Nothing here
//! needs a repository without mistakes: a half-forgotten award is one.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::json;
use openbadges::time::Timestamp;
use serde_json::Value;

use super::files::{FileError, Files};
use super::seal::evidence_folder;
use super::yaml::Node;
use crate::history::{History, HistoryError, SUPERSEDED};
use crate::id::AwardId;
use crate::load::yaml;
use crate::load::{ASSERTIONS, AwardFiles, SEALED_BYTES_MAX, Sources};
use crate::register::{self, Register, RegisterError};
use crate::site::{Settings, Slug, Tombstone};

/// How many letters of an id may be wrong before nobody can say which one was meant.
const SLIPS_MAX: usize = 4;

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Forgetting {
    /// The award.
    pub id: AwardId,
    /// What stays.
    pub tombstone: Tombstone,
    /// Whether it is there already.
    pub begun: bool,
    /// What is deleted in the repository, in this order.
    pub files: Vec<Utf8PathBuf>,
    /// The register, which may be another repository, when it has an entry to delete.
    pub register: Option<Register>,
    /// Where the register would be, when it is not here: what it keeps of the person is deleted there.
    pub register_absent: Option<Utf8PathBuf>,
    /// Pages of the site that name the award: people wrote them, and people change them.
    pub named_in: Vec<Utf8PathBuf>,
}

impl Forgetting {
    /// Every file that is deleted, here and in the register.
    #[must_use]
    pub fn deleted(&self) -> Vec<Utf8PathBuf> {
        let entry = self.register.as_ref().map(|register| register.file(self.id));
        self.files.iter().cloned().chain(entry).collect()
    }

    /// Whether everything was done before.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.begun && self.files.is_empty() && self.register.is_none()
    }
}

/// `badges/tombstones/<id>.yaml`.
#[must_use]
pub fn tombstone_path(id: AwardId) -> Utf8PathBuf {
    format!("badges/tombstones/{id}.yaml").into()
}

/// The text of a tombstone.
#[must_use]
pub fn tombstone_file(tombstone: &Tombstone) -> String {
    let mut entries = vec![
        ("date", Node::plain(tombstone.date)),
        ("issuer", Node::text(tombstone.issuer.as_str())),
    ];
    entries.extend(tombstone.status_index.map(|index| ("status_index", Node::plain(index))));
    Node::Map(entries).to_file()
}

/// Finds everything of an award, also what a person or a killed command left of it.
///
/// # Errors
/// [`ForgetError`].
pub fn plan(
    sources: &Sources,
    settings: &Settings,
    history: Option<&History>,
    id: AwardId,
    now: Timestamp,
) -> Result<Forgetting, ForgetError> {
    let row = row(sources, id);
    let stone = sources.has(tombstone_path(id).as_str()).then(|| read_tombstone(sources, id));
    let begun = stone.is_some();
    let tombstone = match stone {
        Some(stone) => stone?,
        None => {
            let place = place(sources, history, row, id)?;
            Tombstone { date: now, issuer: place.issuer, status_index: place.index }
        }
    };
    let (register, register_absent) = match register::Place::in_settings(sources.root(), settings) {
        register::Place::None => (None, None),
        register::Place::Absent(folder) => (None, Some(folder)),
        register::Place::Here(register) => (Some(register), None),
    };
    Ok(Forgetting {
        id,
        tombstone,
        begun,
        files: files_of(sources, row, id),
        register: register.filter(|register| register.has(id)),
        register_absent,
        named_in: named_in(sources, id),
    })
}

fn row(sources: &Sources, id: AwardId) -> Option<&AwardFiles> {
    let awards = sources.awards();
    awards.binary_search_by_key(&id, |award| award.id).ok().and_then(|at| awards.get(at))
}

/// Deletes what was planned. The tombstone comes first and the event last, so that what is half done is seen.
///
/// # Errors
/// [`PerformError`]; running it again goes on from there.
pub fn perform(files: &Files, forgetting: &Forgetting) -> Result<(), PerformError> {
    if !forgetting.begun {
        let text = tombstone_file(&forgetting.tombstone);
        files.create(&tombstone_path(forgetting.id), text.as_bytes())?;
        // On the disk before anything is deleted: it alone knows the place in the list.
        files.settle()?;
    }
    if let Some(register) = &forgetting.register {
        register.remove(forgetting.id).map_err(PerformError::Register)?;
    }
    for file in &forgetting.files {
        files.remove(file)?;
    }
    Ok(files.settle()?)
}

/// Why something of an award is still there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PerformError {
    /// The repository cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The entry of the register cannot be deleted.
    #[error(transparent)]
    Register(RegisterError),
}

/// Sealed bytes old and new, evidence, endorsements, the withdrawal, and the event.
fn files_of(sources: &Sources, row: Option<&AwardFiles>, id: AwardId) -> Vec<Utf8PathBuf> {
    let mut all: Vec<Utf8PathBuf> = Vec::new();
    all.extend(row.filter(|row| row.is_sealed).map(|row| sources.sealed_path(row)));
    let superseded = format!("{SUPERSEDED}{id}-");
    all.extend(sources.below(&superseded).map(Utf8Path::to_owned));
    let evidence = evidence_folder(id);
    if sources.root().join(&evidence).exists() {
        all.push(evidence);
    }
    let names_it = |file: &&Utf8Path| mentions(sources, file, id);
    all.extend(sources.below("badges/endorsements/").filter(names_it).map(Utf8Path::to_owned));
    let revocation = format!("badges/revocations/{id}.yaml");
    all.extend(sources.listed(&revocation).map(Utf8Path::to_owned));
    all.extend(row.filter(|row| row.has_event).map(|row| sources.event_path(row)));
    all
}

fn named_in(sources: &Sources, id: AwardId) -> Vec<Utf8PathBuf> {
    let pages = sources.below("site-content/").filter(|file| mentions(sources, file, id));
    pages.map(Utf8Path::to_owned).collect()
}

fn mentions(sources: &Sources, file: &Utf8Path, id: AwardId) -> bool {
    file.as_str().contains(&id.text())
        || sources.text(file).is_ok_and(|text| text.contains(&id.text()))
}

/// Whose award it is, and where in the list.
struct Place {
    issuer: Slug,
    index: Option<u32>,
}

/// From the sealed file, here or in the history; for an award that was never sealed, from its class.
fn place(
    sources: &Sources,
    history: Option<&History>,
    row: Option<&AwardFiles>,
    id: AwardId,
) -> Result<Place, ForgetError> {
    let sealed = row.filter(|row| row.is_sealed).map(|row| sources.sealed_path(row));
    let bytes = match sealed {
        Some(file) => sources.bytes(&file, SEALED_BYTES_MAX).ok(),
        None => remembered(sources, history, id)?,
    };
    if let Some(bytes) = &bytes {
        return place_sealed(bytes).ok_or(ForgetError::Unreadable { id });
    }
    let row = row.ok_or(ForgetError::Unknown { id })?;
    let issuer = issuer_of_event(sources, &sources.event_path(row));
    Ok(Place { issuer: issuer.ok_or(ForgetError::Unreadable { id })?, index: None })
}

fn remembered(
    sources: &Sources,
    history: Option<&History>,
    id: AwardId,
) -> Result<Option<Vec<u8>>, ForgetError> {
    let Some(history) = history else { return Ok(None) };
    let lost = history.lost(sources).map_err(ForgetError::History)?;
    let bytes = lost.get(&id).map(|lost| history.bytes(lost)).transpose();
    bytes.map_err(ForgetError::History)
}

fn place_sealed(bytes: &[u8]) -> Option<Place> {
    let credential = json::parse(bytes).ok()?;
    let status = credential.get("credentialStatus")?;
    let index = status.get("statusListIndex").and_then(Value::as_str)?.parse().ok()?;
    let list = status.get("statusListCredential").and_then(Value::as_str)?;
    let (_, below) = list.rsplit_once("/issuers/")?;
    let issuer = Slug::parse(below.split('/').next()?)?;
    Some(Place { issuer, index: Some(index) })
}

fn issuer_of_event(sources: &Sources, event: &Utf8Path) -> Option<Slug> {
    let class = value_in(sources, event, "class")?;
    let class = Slug::parse(&class)?;
    let badge = format!("badges/classes/{class}/badge.yaml");
    Slug::parse(&value_in(sources, Utf8Path::new(&badge), "issuer")?)
}

fn value_in(sources: &Sources, file: &Utf8Path, key: &str) -> Option<String> {
    let text = sources.text(file).ok()?;
    let root = yaml::parse(&text).ok()?;
    root.get(key)?.value.scalar().map(str::to_owned)
}

fn read_tombstone(sources: &Sources, id: AwardId) -> Result<Tombstone, ForgetError> {
    let file = tombstone_path(id);
    let value = |key| value_in(sources, &file, key);
    let date = value("date").and_then(|text| super::moment::When::parse(&text));
    let read = || {
        Some(Tombstone {
            date: date?.begins()?,
            issuer: Slug::parse(&value("issuer")?)?,
            status_index: value("status_index").map(|text| text.parse().ok()).unwrap_or(None),
        })
    };
    read().ok_or(ForgetError::Unreadable { id })
}

/// The award whose id is a few slips away from what was typed.
#[must_use]
pub fn nearest(typed: &str, sources: &Sources) -> Option<AwardId> {
    let known = sources.awards().iter().map(|award| award.id);
    nearest_of(typed, known)
}

/// The id among `known` that is a few slips away from what was typed: an id, or an address that ends with one.
#[must_use]
pub fn nearest_of(typed: &str, known: impl IntoIterator<Item = AwardId>) -> Option<AwardId> {
    let typed = typed.split(['#', '?']).next().unwrap_or_default();
    let words: BTreeSet<String> =
        typed.split('/').filter(|word| word.len() > SLIPS_MAX).map(str::to_lowercase).collect();
    let lengths = AwardId::LENGTH - SLIPS_MAX..=AwardId::LENGTH + SLIPS_MAX;
    let word = words.iter().find(|word| lengths.contains(&word.chars().count()))?;
    let slips = |id: &AwardId| strsim::osa_distance(word, &id.text());
    let nearest = known.into_iter().map(|id| (slips(&id), id)).min()?;
    (nearest.0 <= SLIPS_MAX).then_some(nearest.1)
}

/// Why an award is not forgotten.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ForgetError {
    /// There is nothing of it, neither here nor in the history.
    #[error("there is no award {id} below `{ASSERTIONS}`")]
    Unknown {
        /// The id that was typed.
        id: AwardId,
    },
    /// Its files do not say whose it is.
    #[error("the files of {id} do not say whose it is")]
    Unreadable {
        /// Which.
        id: AwardId,
    },
    /// Git does not answer, and its sealed file may be in there.
    #[error(transparent)]
    History(HistoryError),
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::check;
    use crate::example::moment;
    use crate::load;

    const ID: &str = "01040g2081040g2081040g2081";

    fn id() -> AwardId {
        AwardId::parse(ID).unwrap()
    }

    fn repository() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap().join("repository");
        let status = r#"{"statusListIndex":"4711","statusListCredential":"https://b.example/issuers/club/status/revocation-1.json"}"#;
        for (path, text) in [
            (
                "accolade.yaml".to_owned(),
                "version: 1\nbase_url: https://b.example\nlanguages: [fr]\ntitle: B\nrepository: public\nprivacy: { register: ../register }\n".to_owned(),
            ),
            (format!("badges/assertions/2026/{ID}.yaml"), "class: accueil\n".to_owned()),
            (format!("badges/assertions/2026/{ID}.json"), format!(r#"{{"credentialStatus":{status}}}"#)),
            (format!("badges/superseded/{ID}-k1.json"), "{}".to_owned()),
            (format!("badges/evidence/{ID}/photo.jpg"), "light".to_owned()),
            (format!("badges/evidence/{ID}/.hidden"), "too".to_owned()),
            (format!("badges/revocations/{ID}.yaml"), "date: 2026-08-01\n".to_owned()),
            ("badges/endorsements/0z.yaml".to_owned(), format!("of: https://b.example/a/{ID}/\n")),
            ("badges/endorsements/1z.yaml".to_owned(), "of: https://b.example/a/x/\n".to_owned()),
            ("site-content/index.md".to_owned(), format!("[a](/a/{ID}/)\n")),
            (format!("../register/{ID}.yaml"), "name: Ø\n".to_owned()),
        ] {
            let place = root.join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        (folder, root)
    }

    fn planned(root: &Utf8Path) -> Result<Forgetting, ForgetError> {
        let sources = load::open(root).unwrap();
        let settings = check::settings(&sources).unwrap();
        plan(&sources, &settings, None, id(), moment("2026-09-01T09:00:00Z"))
    }

    #[test]
    fn everything_of_an_award_is_found_wherever_it_lies() {
        let (_folder, root) = repository();
        let plan = planned(&root).unwrap();
        let files: Vec<&str> = plan.files.iter().map(|file| file.as_str()).collect();
        assert_eq!(
            files,
            [
                format!("badges/assertions/2026/{ID}.json"),
                format!("badges/superseded/{ID}-k1.json"),
                format!("badges/evidence/{ID}"),
                "badges/endorsements/0z.yaml".to_owned(),
                format!("badges/revocations/{ID}.yaml"),
                format!("badges/assertions/2026/{ID}.yaml"),
            ]
        );
        assert!(plan.register.is_some());
        assert_eq!(plan.named_in, ["site-content/index.md"]);
        assert_eq!(
            (plan.tombstone.issuer.as_str(), plan.tombstone.status_index),
            ("club", Some(4711))
        );
    }

    #[test]
    fn killed_at_any_moment_it_is_finished_by_the_next_run() {
        let mut kills = 0;
        for writes in 0.. {
            let (_folder, root) = repository();
            let files = Files::take(&root).unwrap().killed_after(writes);
            let first = perform(&files, &planned(&root).unwrap());
            drop(files);
            let files = Files::take(&root).unwrap();
            let again = planned(&root).unwrap();
            assert_eq!(again.begun, writes > 0, "{writes}");
            perform(&files, &again).unwrap();
            let rest = planned(&root).unwrap();
            assert!(rest.is_done(), "{rest:?}");
            assert_eq!(rest.tombstone.status_index, Some(4711), "the place is never lost");
            assert!(!root.join(format!("../register/{ID}.yaml")).exists());
            assert!(root.join("badges/endorsements/1z.yaml").exists());
            if first.is_ok() {
                break;
            }
            kills += 1;
        }
        assert_eq!(kills, 7, "before the tombstone and before each deletion in the repository");
    }

    #[test]
    fn what_nobody_knows_is_not_forgotten() {
        let (_folder, root) = repository();
        fs::remove_dir_all(root.join("badges/assertions")).unwrap();
        assert_eq!(planned(&root).unwrap_err(), ForgetError::Unknown { id: id() });
        fs::create_dir_all(root.join("badges/assertions")).unwrap();
        fs::write(root.join(format!("badges/assertions/{ID}.yaml")), "class: nothing\n").unwrap();
        assert_eq!(planned(&root).unwrap_err(), ForgetError::Unreadable { id: id() });
    }

    #[test]
    fn a_slip_of_the_hand_is_seen_and_another_id_is_not_guessed() {
        let known = [id(), AwardId::from_bits([9; 16])];
        for typed in [
            "01040G2081040g2081040g2081",
            "0104og2o81040g2o81o40g2081",
            "01040g2081040g208140g2081",
            "https://b.example/a/01040g2081040g2081040g2082/#n=x",
        ] {
            assert_eq!(nearest_of(typed, known), Some(id()), "{typed}");
        }
        for typed in ["", "a", "zzzzzzzzzzzzzzzzzzzzzzzzzz", "https://b.example/a/"] {
            assert_eq!(nearest_of(typed, known), None, "{typed}");
        }
    }
}
