//! A repository opened for a decision: locked, read, checked; then award, revoke, seal. Every command of this kind goes
//! through here, and so does the maker of the demonstration.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use openbadges::time::Timestamp;

use super::award::{self, AwardError, AwardRequest, Decision, NewAward};
use super::branch::{self, Standing};
use super::drafts::{self, DraftError, DraftProblem, Numbered};
use super::event::{award_file, revocation_file};
use super::evidence::{self, EvidenceError};
use super::files::{FileError, Files};
use super::keygen::{self, KeygenError, NewKey, RetiredKey};
use super::ledger;
use super::randomness::Randomness;
use super::reseal::{self, ResealError, ResealRequest, Resealing};
use super::revoke::{self, RevokeError, RevokeRequest, Withdrawal};
use super::same::Known;
use super::seal::{self, SealError, evidence_folder};
use crate::check::{self, Checked, Proofs};
use crate::diagnostic::Findings;
use crate::history::{History, HistoryError};
use crate::id::AwardId;
use crate::keys::KeyRing;
use crate::load::{self, OpenError, SEALED_BYTES_MAX};
use crate::plan::PlanError;
use crate::records::sealed::Sealed;
use crate::register::{Entry, Place, Register, RegisterError};
use crate::site::{Award, Recipient, Site, Slug};

/// A repository that is ours until this is dropped.
#[derive(Debug)]
pub struct Desk {
    files: Files,
    site: Site,
    memory: Memory,
    register: Place,
    /// What was read of the register, once somebody asked.
    entries: OnceCell<BTreeMap<AwardId, Entry>>,
    /// Recipients of sealed awards that were asked for: a list of people asks for the same ones again and again.
    recipients: RefCell<BTreeMap<AwardId, Option<Recipient>>>,
}

/// Whether git is asked what was published before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Memory {
    Asked,
    NotAsked,
}

impl Desk {
    /// Opens the repository at `root`. It is locked before it is read, so what is decided rests on what is there.
    ///
    /// # Errors
    /// [`OpenDeskError`]; with [`OpenDeskError::Findings`] the files are there and say what cannot be.
    pub fn open(root: &Utf8Path) -> Result<Self, OpenDeskError> {
        Self::open_with(root, Memory::Asked)
    }

    /// Opens a repository whose published awards are made again on purpose: git is not asked whether one is missing.
    /// For the maker of the demonstration, and for nobody whose badges mean something.
    ///
    /// # Errors
    /// [`OpenDeskError`].
    pub fn open_to_remake(root: &Utf8Path) -> Result<Self, OpenDeskError> {
        Self::open_with(root, Memory::NotAsked)
    }

    fn open_with(root: &Utf8Path, memory: Memory) -> Result<Self, OpenDeskError> {
        let files = Files::take(root).map_err(OpenDeskError::File)?;
        let site = read(root, memory)?;
        let register = Place::of(&site);
        let (entries, recipients) = Default::default();
        Ok(Self { files, site, memory, register, entries, recipients })
    }

    /// The same desk with another register than the settings name.
    #[must_use]
    pub fn with_register(self, register: Register) -> Self {
        Self { register: Place::Here(register), entries: OnceCell::new(), ..self }
    }

    /// Where the register is.
    #[must_use]
    pub fn register(&self) -> &Place {
        &self.register
    }

    /// The entries of the register; none where it is not here.
    ///
    /// # Errors
    /// [`RegisterError`].
    pub fn entries(&self) -> Result<&BTreeMap<AwardId, Entry>, RegisterError> {
        if self.entries.get().is_none() {
            let read = self.register.here().map(Register::entries).transpose()?;
            let _ = self.entries.set(read.unwrap_or_default());
        }
        Ok(self.entries.get_or_init(BTreeMap::new))
    }

    /// What was read.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Who awarded `id`, sealed or not.
    #[must_use]
    pub fn issuer_of(&self, id: AwardId) -> Option<&Slug> {
        let (site, find) = (&self.site, |award: &&Award| award.id == id);
        let sealed = site.awards.iter().find(find).and_then(|award| {
            let class = usize::try_from(award.class).ok().and_then(|at| site.classes.get(at))?;
            class.versions.get(&award.version)
        });
        let pending = || {
            let event = site.pending.iter().find(|event| event.id == id)?;
            let class = site.classes.iter().find(|class| class.slug == event.class)?;
            class.versions.get(&event.version)
        };
        sealed.or_else(pending).map(|version| &version.issuer)
    }

    /// Which branch the repository stands on.
    ///
    /// # Errors
    /// [`FileError`] when `.git` cannot be read.
    pub fn standing(&self) -> Result<Standing, FileError> {
        let root = self.files.root();
        branch::standing(root, &self.site.settings.seal_branch)
            .map_err(|error| FileError::Io { path: root.join(".git"), kind: error.kind() })
    }

    /// Decides an award without writing it.
    ///
    /// # Errors
    /// [`AwardRefusal`].
    pub fn decide(
        &self,
        request: &AwardRequest,
        now: Timestamp,
        random: &mut dyn Randomness,
    ) -> Result<Decision, AwardRefusal> {
        let entries = self.entries().map_err(AwardRefusal::Register)?;
        let register = self.register.here().map(|_| entries);
        let sealed = |award: &Award| self.sealed_recipient(award);
        award::decide(&self.site, request, &Known { sealed: &sealed, register }, now, random)
            .map_err(AwardRefusal::Award)
    }

    fn sealed_recipient(&self, award: &Award) -> Option<Recipient> {
        let mut known = self.recipients.borrow_mut();
        known.entry(award.id).or_insert_with(|| self.read_recipient(award)).clone()
    }

    fn read_recipient(&self, award: &Award) -> Option<Recipient> {
        let bytes = self.files.read(Utf8Path::new(&*award.sealed), SEALED_BYTES_MAX).ok()?;
        Sealed::read(&bytes).ok()?.recipient()
    }

    /// Writes an award: its evidence, its entry in the register if there is one, and the event last, so that a killed
    /// command leaves no event that promises what is not there.
    ///
    /// # Errors
    /// [`WriteAwardError`]; when it is of the evidence, nothing was written.
    pub fn write_award(&mut self, award: &NewAward) -> Result<Written, WriteAwardError> {
        let written = self.lay(award)?;
        self.settle()?;
        Ok(written)
    }

    /// Writes the awards of a list, one after the other, and gives how many were written when one could not be. What is
    /// written is on the disk for good at the end: to wait for the disk after each would take a minute for a thousand.
    ///
    /// # Errors
    /// How many were written, and why the next one was not.
    pub fn write_awards(&mut self, awards: &[&NewAward]) -> Result<(), (usize, WriteAwardError)> {
        for (award, done) in awards.iter().zip(0_usize..) {
            self.lay(award).map_err(|error| (done, error))?;
        }
        self.settle().map_err(|error| (awards.len(), error))
    }

    /// Brings what was written to the disk: the register first, for an award whose names are lost cannot be told.
    fn settle(&self) -> Result<(), WriteAwardError> {
        let register = self.register.here();
        register.map_or(Ok(()), Register::settle).map_err(WriteAwardError::Register)?;
        self.files.settle().map_err(WriteAwardError::File)
    }

    fn lay(&mut self, award: &NewAward) -> Result<Written, WriteAwardError> {
        let event = &award.event;
        let examined = evidence::examine(&award.copies).map_err(WriteAwardError::Evidence)?;
        for file in &examined {
            let target = evidence_folder(event.id).join(&file.name);
            // The maker of an award may have put the file in its place already.
            if !self.files.has(&target) {
                self.files.create(&target, &file.bytes).map_err(WriteAwardError::File)?;
            }
        }
        let register = self.write_register(award).map_err(WriteAwardError::Register)?;
        let written = self.files.create(&event.file, award_file(event).as_bytes());
        written.map_err(WriteAwardError::File)?;
        let place = self.site.pending.partition_point(|other| other.id < event.id);
        self.site.pending.insert(place, event.clone());
        let notes = examined.into_iter().filter_map(|file| Some((file.name, file.note?)));
        Ok(Written { event: event.file.clone(), register, notes: notes.collect() })
    }

    /// The register is a folder of its own, often a second repository. Where it is not checked out, nothing is written
    /// in its place.
    fn write_register(&mut self, award: &NewAward) -> Result<Noted, RegisterError> {
        if award.register.is_empty() {
            return Ok(Noted::NothingToKeep);
        }
        let register = match &self.register {
            Place::None => return Ok(Noted::Nowhere),
            Place::Absent(folder) => return Ok(Noted::Absent(folder.clone())),
            Place::Here(register) => register,
        };
        let file = register.create(award.event.id, &award.register)?;
        if let Some(entries) = self.entries.get_mut() {
            entries.insert(award.event.id, award.register.clone());
        }
        Ok(Noted::Kept(file))
    }

    /// Notes in the register, where it has entries, that messages to these people were written.
    ///
    /// # Errors
    /// [`RegisterError`].
    pub fn note_messages(&mut self, ids: &[AwardId], now: Timestamp) -> Result<(), RegisterError> {
        self.entries()?;
        let (Some(entries), Place::Here(register)) = (self.entries.get_mut(), &self.register)
        else {
            return Ok(());
        };
        for id in ids {
            if let Some(entry) = entries.get_mut(id) {
                entry.message = Some(now.date());
                register.replace(*id, entry)?;
            }
        }
        register.settle()
    }

    /// Decides that an award is withdrawn, and writes it.
    ///
    /// # Errors
    /// [`DecideError`].
    pub fn revoke(
        &mut self,
        request: &RevokeRequest,
        now: Timestamp,
    ) -> Result<Withdrawal, DecideError> {
        let withdrawal = revoke::decide(&self.site, request, now).map_err(DecideError::Revoke)?;
        if let Withdrawal::New { file, revocation } = &withdrawal {
            self.files
                .create(file, revocation_file(revocation).as_bytes())
                .and_then(|()| self.files.settle())
                .map_err(DecideError::File)?;
            self.site.revocations.insert(request.award, revocation.clone());
        }
        Ok(withdrawal)
    }

    /// Retires a key of `issuer`, without writing it.
    ///
    /// # Errors
    /// [`KeygenError`].
    pub fn retire(
        &self,
        issuer: &Slug,
        kid: &str,
        now: Timestamp,
    ) -> Result<RetiredKey, KeygenError> {
        keygen::retire(&self.site, &self.files, issuer, kid, now)
    }

    /// Writes the public half of a new key, and then the end of those it follows: an issuer is never without a key.
    ///
    /// # Errors
    /// [`FileError`].
    pub fn write_public_key(&self, key: &NewKey, retired: &[RetiredKey]) -> Result<(), FileError> {
        self.files.create(&key.public_file, key.public_text.as_bytes())?;
        self.files.settle()?;
        for RetiredKey { file: (path, text), .. } in retired {
            self.files.replace(path, text.as_bytes())?;
        }
        self.files.settle()
    }

    /// Makes events of the drafts, so that they can be sealed. Like sealing, this is for the publishing branch alone.
    ///
    /// # Errors
    /// [`DraftError`] for the first draft that cannot be one; those before it are events.
    pub fn number_drafts(
        &mut self,
        now: Timestamp,
        random: &mut dyn Randomness,
    ) -> Result<Vec<Numbered>, DraftError> {
        let mut numbered = Vec::new();
        while let Some(draft) = self.site.drafts.first().cloned() {
            let sealed = |award: &Award| self.sealed_recipient(award);
            // A draft has no address and no number of the issuer's own, so the register could tell nothing.
            let known = Known { sealed: &sealed, register: None };
            let (event, made) =
                drafts::number(&draft, &self.site, &self.files, &known, now, random)?;
            let place = self.site.pending.partition_point(|other| other.id < event.id);
            self.site.pending.insert(place, event);
            self.site.drafts.remove(0);
            self.files.settle().map_err(|error| DraftError {
                file: draft.file,
                problem: DraftProblem::File(error),
            })?;
            numbered.push(made);
        }
        Ok(numbered)
    }

    /// Finds what a stolen key signed, without writing anything.
    ///
    /// # Errors
    /// [`ResealError`].
    pub fn plan_reseal(
        &self,
        request: &ResealRequest<'_>,
        ring: &KeyRing,
        now: Timestamp,
    ) -> Result<Resealing, ResealError> {
        reseal::plan(&self.site, &self.files, request, ring, now)
    }

    /// Declares a stolen key and signs again what it signed. The lists it signed are signed again by [`Desk::seal`].
    ///
    /// # Errors
    /// [`ResealDeskError`].
    pub fn reseal(
        &mut self,
        resealing: &Resealing,
        ring: &KeyRing,
        now: Timestamp,
    ) -> Result<(), ResealDeskError> {
        reseal::perform(&self.site, &self.files, resealing, ring, now)
            .map_err(ResealDeskError::Reseal)?;
        self.site = read(self.files.root(), self.memory).map_err(ResealDeskError::Reread)?;
        Ok(())
    }

    /// Seals what waits, and lets the ledger grow. Whether this is the place to seal is for the caller to ask first
    /// ([`Desk::standing`]).
    ///
    /// # Errors
    /// [`SealDeskError`].
    pub fn seal(
        &mut self,
        ring: &KeyRing,
        now: Timestamp,
        random: &mut dyn Randomness,
    ) -> Result<seal::Report, SealDeskError> {
        let report =
            seal::seal(&self.site, &self.files, ring, now, random).map_err(SealDeskError::Seal)?;
        if report.changed() {
            self.site = read(self.files.root(), self.memory).map_err(SealDeskError::Reread)?;
        }
        // Nothing is published for good before the first badge is.
        if !self.site.awards.is_empty() {
            let paths = ledger::paths(&self.site).map_err(SealDeskError::Plan)?;
            ledger::append(&self.files, &self.site.ledger, &paths)
                .map_err(|error| SealDeskError::Seal(SealError::File(error)))?;
            self.site.ledger.extend(paths);
        }
        Ok(report)
    }
}

fn read(root: &Utf8Path, memory: Memory) -> Result<Site, OpenDeskError> {
    let sources = load::open(root).map_err(OpenDeskError::Open)?;
    let Checked { site, findings } = check::check(&sources, Proofs::None);
    let history = match memory {
        Memory::Asked => History::of(root).map_err(OpenDeskError::History)?,
        Memory::NotAsked => None,
    };
    let lost = history.map(|history| history.lost(&sources)).transpose();
    let lost = lost.map_err(OpenDeskError::History)?.unwrap_or_default();
    let findings = findings.and(check::lost(&sources, &lost));
    site.filter(|_| findings.is_buildable()).ok_or(OpenDeskError::Findings(findings))
}

/// Where an award was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The event.
    pub event: Utf8PathBuf,
    /// What became of the names and addresses.
    pub register: Noted,
    /// What whoever awards should know of a file of evidence, by its name.
    pub notes: Vec<(String, evidence::Note)>,
}

/// What became of the names and addresses of an award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// There was no name and no address.
    NothingToKeep,
    /// The site has no register: whoever made the award keeps them, or nobody.
    Nowhere,
    /// The folder of the register is not here.
    Absent(Utf8PathBuf),
    /// Written here.
    Kept(Utf8PathBuf),
}

/// Why a repository is not opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenDeskError {
    /// It cannot be locked.
    File(FileError),
    /// It cannot be listed.
    Open(OpenError),
    /// Git does not say what was published, and a published award must not be signed twice.
    History(HistoryError),
    /// Its files contradict themselves; nothing is decided on them.
    Findings(Findings),
}

/// Why nothing is awarded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AwardRefusal {
    /// The request cannot be granted.
    #[error(transparent)]
    Award(AwardError),
    /// The register cannot be read, so nobody knows who has the badge already.
    #[error(transparent)]
    Register(RegisterError),
}

/// Why an award is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteAwardError {
    /// A file of evidence cannot be published.
    #[error(transparent)]
    Evidence(EvidenceError),
    /// The register cannot be written.
    #[error(transparent)]
    Register(RegisterError),
    /// The repository cannot be written.
    #[error(transparent)]
    File(FileError),
}

/// Why an award is not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecideError {
    /// The request cannot be granted.
    #[error(transparent)]
    Revoke(RevokeError),
    /// The file cannot be written.
    #[error(transparent)]
    File(FileError),
}

/// Why something is not signed again.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResealDeskError {
    /// It failed; what was signed again before stays so.
    Reseal(ResealError),
    /// What was signed is not what `check` takes.
    Reread(OpenDeskError),
}

/// Why something is not sealed.
#[derive(Debug)]
#[non_exhaustive]
pub enum SealDeskError {
    /// Sealing failed; what was sealed before stays sealed.
    Seal(SealError),
    /// What was sealed is not what `check` takes.
    Reread(OpenDeskError),
    /// The site cannot be laid out, so nobody knows its paths.
    Plan(PlanError),
}
