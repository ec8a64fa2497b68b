//! What `keygen`, `award`, `revoke` and `seal` share: the opened repository, the dice, and words for what stands in the
//! way.

use std::io::ErrorKind;

use camino::Utf8Path;
use openbadges::key::PublicKey;

use super::{Exit, Session, publishing, remembering, session};
use crate::issue::branch::Standing;
use crate::issue::desk::{Desk, OpenDeskError, SealDeskError};
use crate::issue::files::FileError;
use crate::issue::randomness::Randomness;
use crate::issue::seal::Report;
use crate::keys::{KeyRing, KeyRingError};
use crate::publish::PublishError;
use crate::reason;
use crate::site::{Issuer, IssuerKey, KeyState, Site};
use crate::words::Arg;

/// The system's randomness.
pub(super) struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&mut self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("every system this runs on has randomness");
    }
}

/// Opens the repository for a decision.
pub(super) fn open(session: &mut Session<'_>) -> Result<Desk, Exit> {
    let root = session.root()?;
    Desk::open(&root).map_err(|error| cannot_open(error, &root, session))
}

/// Says why the repository is not opened.
pub(super) fn cannot_open(
    error: OpenDeskError,
    root: &Utf8Path,
    session: &mut Session<'_>,
) -> Exit {
    match error {
        OpenDeskError::Findings(findings) => {
            session.show_findings(&findings, root);
            session.complain("issue-findings", &[]);
            Exit::No
        }
        OpenDeskError::File(error) => file(&error, session),
        OpenDeskError::History(error) => remembering::refuse(&error, session),
        OpenDeskError::Open(error) => {
            session.complain("build-unreadable", &[("reason", reason::open(&error))]);
            Exit::Undecided
        }
    }
}

/// Says that a file could not be read or written.
pub(super) fn file(error: &FileError, session: &mut Session<'_>) -> Exit {
    match error {
        FileError::Exists { path } => {
            session.complain("issue-file-exists", &[("file", path.as_str().into())]);
        }
        FileError::Busy => session.complain("issue-busy", &[]),
        FileError::Io { path, kind } => return refused(path, *kind, session),
    }
    Exit::Undecided
}

/// Says what the system refused: the two commonest refusals in a sentence of their own.
pub(super) fn refused(file: &Utf8Path, kind: ErrorKind, session: &mut Session<'_>) -> Exit {
    let told = [("file", file.as_str().into()), ("reason", reason::system(kind))];
    let message = match kind {
        ErrorKind::NotFound => "issue-file-missing",
        ErrorKind::InvalidInput | ErrorKind::IsADirectory => "issue-file-not-one",
        _ => "issue-file",
    };
    session.complain(message, &told);
    session::exit_of(kind)
}

/// The private keys at hand.
pub(super) fn keys(
    desk: &Desk,
    key_file: Option<&Utf8Path>,
    session: &mut Session<'_>,
) -> Result<KeyRing, Exit> {
    let host = desk.site().settings.base_url.host();
    let ring = KeyRing::gather(key_file, host).map_err(|error| key(&error, session))?;
    if let Some(file) = key_file {
        refuse_wrong(file, &ring, desk.site(), session)?;
    }
    Ok(ring)
}

/// A key that was named and can sign nothing here was not meant.
fn refuse_wrong(
    file: &Utf8Path,
    ring: &KeyRing,
    site: &Site,
    session: &mut Session<'_>,
) -> Result<(), Exit> {
    let named = || ring.held().filter(|(_, source)| *source == file.as_str());
    let worst = named().map(|(key, _)| Worth::of(&key, site)).max();
    match worst {
        Some(Worth::Signs) => return Ok(()),
        None => session.complain("key-none", &[("source", file.as_str().into())]),
        Some(worth) => session.complain("key-wrong", &worth.told(file.as_str())),
    }
    Err(Exit::Usage)
}

/// What a private key is worth here, the least first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    /// None of the issuers has it.
    Unknown,
    Ended {
        problem: &'static str,
        issuer: String,
        kid: String,
    },
    Signs,
}

impl Worth {
    fn of(key: &PublicKey, site: &Site) -> Self {
        let known = site.issuers.values().flat_map(|issuer| {
            issuer.keys.values().filter(|it| it.public == *key).map(move |it| (issuer, it))
        });
        let worth = |(issuer, it): (&Issuer, &IssuerKey)| {
            let ended = |problem| Self::Ended {
                problem,
                issuer: issuer.slug.to_string(),
                kid: it.kid.clone(),
            };
            match it.state {
                KeyState::Active => Self::Signs,
                KeyState::Retired(_) => ended("retired"),
                KeyState::Revoked { .. } => ended("revoked"),
            }
        };
        known.map(worth).max().unwrap_or(Self::Unknown)
    }

    fn told<'a>(&'a self, source: &'a str) -> [(&'static str, Arg<'a>); 4] {
        let (problem, issuer, kid) = match self {
            Self::Ended { problem, issuer, kid } => (*problem, issuer.as_str(), kid.as_str()),
            Self::Unknown | Self::Signs => ("unknown", "", ""),
        };
        [
            ("problem", problem.into()),
            ("issuer", issuer.into()),
            ("kid", kid.into()),
            ("source", source.into()),
        ]
    }
}

/// Says of each private key at hand that signs nothing here why it does not.
pub(super) fn tell_wrong(ring: &KeyRing, site: &Site, session: &mut Session<'_>) {
    for (key, source) in ring.held().filter(|(_, source)| !source.is_empty()) {
        let worth = Worth::of(&key, site);
        if worth != Worth::Signs {
            session.note("key-at-hand", &worth.told(source));
        }
    }
}

/// Says what is wrong with a source of private keys.
pub(super) fn key(error: &KeyRingError, session: &mut Session<'_>) -> Exit {
    match error {
        KeyRingError::Exposed { file } => {
            session.complain("key-exposed", &[("file", file.as_str().into())]);
        }
        KeyRingError::NotAKey { source_name, line, error } => {
            let told: [(&str, Arg<'_>); 3] = [
                ("source", source_name.into()),
                ("line", (*line).into()),
                ("reason", reason::key(error)),
            ];
            session.complain("key-not-one", &told);
        }
        KeyRingError::Exists { file } => {
            session.complain("key-exists", &[("file", file.as_str().into())]);
        }
        KeyRingError::Unreadable { file, kind } => return refused(file, *kind, session),
    }
    Exit::Usage
}

/// Where the repository stands, or the exit code once it was told that nobody knows.
pub(super) fn standing(desk: &Desk, session: &mut Session<'_>) -> Result<Standing, Exit> {
    desk.standing().map_err(|error| file(&error, session))
}

/// Where the repository stands, when it may sign there; else the exit code once it was told where signing happens.
pub(super) fn where_signing_happens(
    desk: &Desk,
    session: &mut Session<'_>,
) -> Result<Standing, Exit> {
    let standing = standing(desk, session)?;
    let publishing = &desk.site().settings.seal_branch;
    if let Some((id, told)) = elsewhere(&standing, publishing, "seal-elsewhere") {
        session.complain(&id, &told.each_ref().map(|(name, text)| (*name, text.into())));
        return Err(Exit::Usage);
    }
    Ok(standing)
}

/// Says why nothing is sealed here. `id` is the message to say it with.
fn elsewhere(
    standing: &Standing,
    publishing: &str,
    id: &str,
) -> Option<(String, [(&'static str, String); 2])> {
    let here = match standing {
        Standing::Publishing | Standing::NoRepository => return None,
        Standing::Branch(branch) => branch.clone(),
        Standing::Detached(commit) => commit.chars().take(12).collect(),
    };
    Some((id.to_owned(), [("here", here), ("branch", publishing.to_owned())]))
}

/// Seals what waits, now.
pub(super) fn seal(
    desk: &mut Desk,
    ring: &KeyRing,
    session: &mut Session<'_>,
) -> Result<Report, Exit> {
    let root = desk.site().root.clone();
    desk.seal(ring, super::now(), &mut SystemRandomness).map_err(|error| match error {
        SealDeskError::Seal(error) => {
            session.complain("seal-refused", &[("reason", reason::seal(&error))]);
            Exit::Undecided
        }
        SealDeskError::Reread(error) => cannot_open(error, &root, session),
        SealDeskError::Plan(error) => publishing::refuse(&PublishError::Plan(error), session),
    })
}

/// Seals at once where that is possible, and otherwise says what is still to be done.
///
/// The answer is what was sealed; nothing on another branch.
pub(super) fn seal_at_once(
    desk: &mut Desk,
    ring: &KeyRing,
    standing: &Standing,
    session: &mut Session<'_>,
) -> Result<Option<Report>, Exit> {
    let publishing = desk.site().settings.seal_branch.clone();
    if let Some((id, told)) = elsewhere(standing, &publishing, "seal-later-branch") {
        session.note(&id, &told.each_ref().map(|(name, text)| (*name, text.into())));
        return Ok(None);
    }
    let report = seal(desk, ring, session)?;
    tell_waiting(&report, desk, ring, session);
    Ok(Some(report))
}

/// Says whose key is missing.
pub(super) fn tell_waiting(
    report: &Report,
    desk: &Desk,
    ring: &KeyRing,
    session: &mut Session<'_>,
) {
    for (issuer, waiting) in &report.waiting {
        let wanted = desk.site().issuers.get(issuer).map(active_keys).unwrap_or_default();
        let told: [(&str, Arg<'_>); 3] = [
            ("issuer", issuer.as_str().into()),
            ("awards", waiting.awards.into()),
            ("wanted", wanted.as_str().into()),
        ];
        let message = match (wanted.is_empty(), waiting.awards > 0) {
            (true, _) => "seal-no-key",
            (false, true) => "seal-later-key",
            (false, false) => "seal-later-list",
        };
        session.note(message, &told);
    }
    if !report.waiting.is_empty() {
        tell_wrong(ring, desk.site(), session);
        session.note("seal-later-help", &[]);
    }
}

/// `k2, k3`: any of them would do.
fn active_keys(issuer: &Issuer) -> String {
    let active = issuer.keys.values().filter(|key| key.state == KeyState::Active);
    active.map(|key| key.kid.as_str()).collect::<Vec<_>>().join(", ")
}
