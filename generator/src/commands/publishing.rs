//! What `build` and `serve` share: the repository on disk → a site in a folder, with words for everything that can happen.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{ProgressBar, ProgressStyle};
use openbadges::iri::BaseUrl;

use super::{Exit, Session, remembering};
use crate::check::{self, Checked};
use crate::diagnostic::Findings;
use crate::load::{self, Sources};
use crate::plan::{Plan, PlanError};
use crate::publish::{self, Publication, PublishError};
use crate::reason;
use crate::render::Renderer;
use crate::render::html::ThemeFiles;
use crate::site::Site;
use crate::words::Arg;
use crate::write::{Finished, WriteError};

/// Where the site goes when nothing else is said.
pub(super) const OUTPUT: &str = load::ignored::OUTPUT;

/// A checked site, and what else its files need.
pub(super) struct Read {
    pub(super) site: Site,
    pub(super) findings: Findings,
    pub(super) theme: ThemeFiles,
}

/// Reads and checks the repository. What stands in the way is said here.
pub(super) fn read(session: &mut Session<'_>, root: &Utf8Path) -> Result<Read, Exit> {
    let sources = open(session, root)?;
    let Checked { site, findings } = check::check(&sources, check::Proofs::None);
    let findings = findings.and(remembering::lost(&sources, session));
    let Some(site) = site.filter(|_| findings.is_buildable()) else {
        session.show_findings(&findings, root);
        return Err(Exit::No);
    };
    let theme = theme(session, &sources, &site)?;
    Ok(Read { site, findings, theme })
}

/// Lists the files of the repository. What stands in the way is said here.
pub(super) fn open(session: &mut Session<'_>, root: &Utf8Path) -> Result<Sources, Exit> {
    load::open(root).map_err(|error| unreadable(session, reason::open(&error)))
}

fn unreadable(session: &mut Session<'_>, reason: Arg<'_>) -> Exit {
    session.complain("build-unreadable", &[("reason", reason)]);
    Exit::Undecided
}

/// The issuer's own files over the built-in look.
pub(super) fn theme(
    session: &mut Session<'_>,
    sources: &Sources,
    site: &Site,
) -> Result<ThemeFiles, Exit> {
    let folder = format!("themes/{}/", site.settings.theme);
    let own = sources.below(&folder).map(|file| {
        let path = file.as_str().strip_prefix(&folder).unwrap_or(file.as_str());
        let bytes = sources.bytes(file, load::IMAGE_BYTES_MAX);
        bytes
            .map(|bytes| (path.to_owned(), bytes))
            .map_err(|error| reason::in_file(file, reason::read(&error)))
    });
    own.collect::<Result<BTreeMap<_, _>, Arg<'_>>>()
        .map(ThemeFiles::with_own)
        .map_err(|reason| unreadable(session, reason))
}

/// Lays the site out, and refuses to let a published address vanish.
pub(super) fn prepare<'s>(
    session: &mut Session<'_>,
    site: &'s Site,
    theme: ThemeFiles,
    findings: Findings,
) -> Result<(Renderer<'s>, Plan<'s>), Exit> {
    let (renderer, plan) =
        publish::prepare(site, theme).map_err(|error| refuse(&error, session))?;
    let vanished = check::ledger(site, &|path| plan.publishes(path));
    let findings = findings.and(vanished);
    if !findings.is_buildable() || !session.global.quiet && !findings.diagnostics.is_empty() {
        session.show_findings(&findings, &site.root);
    }
    if findings.is_buildable() { Ok((renderer, plan)) } else { Err(Exit::No) }
}

/// Which of its addresses a site is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trees {
    /// The present one.
    Present,
    /// Each that something was ever sealed under: what was sealed names the address it had.
    All,
}

/// Reads, checks, lays out and writes the site; `go_on` is asked now and then.
pub(super) fn publish(
    session: &mut Session<'_>,
    root: &Utf8Path,
    out: &Utf8Path,
    trees: Trees,
    go_on: &dyn Fn() -> bool,
) -> Result<Published, Exit> {
    let Read { site, findings, theme } = read(session, root)?;
    let (renderer, plan) = prepare(session, &site, theme.clone(), findings)?;
    let finished = write(session, &site, &renderer, &plan, out, go_on)?;
    let mut former = Vec::new();
    if trees == Trees::All {
        for (base, address) in site.settings.bases() {
            let Some(there) = site.at_former(base) else { continue };
            let (renderer, plan) =
                publish::prepare(&there, theme.clone()).map_err(|error| refuse(&error, session))?;
            let out = former_output(out, address);
            keep_from_git(&out, session)?;
            let finished = write(session, &there, &renderer, &plan, &out, go_on)?;
            former.push(Former { address: address.to_string(), out, finished });
        }
    }
    let mount = site.settings.base_url.path().to_owned();
    Ok(Published { finished, mount, former })
}

fn write(
    session: &mut Session<'_>,
    site: &Site,
    renderer: &Renderer<'_>,
    plan: &Plan<'_>,
    out: &Utf8Path,
    go_on: &dyn Fn() -> bool,
) -> Result<Finished, Exit> {
    let bar = progress_bar(session);
    let mut progress = |done: usize, total: usize| {
        if let Some(bar) = &bar {
            bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
            bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        }
        if go_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let written = Publication::new(site, renderer, plan).write(out, &mut progress);
    if let Some(bar) = &bar {
        bar.finish_and_clear();
    }
    written.map_err(|error| refuse(&error, session))
}

/// `public-former/<host>` beside `public`: outside of it, because it belongs to another host.
fn former_output(out: &Utf8Path, address: &BaseUrl) -> Utf8PathBuf {
    let out = camino::absolute_utf8(out).unwrap_or_else(|_| out.to_owned());
    let name = format!("{}-former", out.file_name().unwrap_or(OUTPUT));
    let host = format!("{}{}", address.host(), address.path()).replace('/', "_");
    out.with_file_name(name).join(host)
}

/// A repository whose `.gitignore` names `public/` alone does not commit the other trees either.
fn keep_from_git(out: &Utf8Path, session: &mut Session<'_>) -> Result<(), Exit> {
    let Some(folder) = out.parent() else { return Ok(()) };
    let ignore = folder.join(".gitignore");
    if ignore.exists() {
        return Ok(());
    }
    let made = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&ignore, "*\n"));
    made.map_err(|error| {
        let error = WriteError::Refused { place: ignore, kind: error.kind() };
        refuse(&PublishError::Write(error), session)
    })
}

/// A site that was written.
pub(super) struct Published {
    pub(super) finished: Finished,
    /// The path below the host that its links begin with.
    pub(super) mount: String,
    /// The same for the addresses it had.
    pub(super) former: Vec<Former>,
}

/// A site as one of its former addresses has to go on showing it.
pub(super) struct Former {
    pub(super) address: String,
    pub(super) out: Utf8PathBuf,
    pub(super) finished: Finished,
}

impl Published {
    /// Says what was done, beside the answer.
    pub(super) fn tell(&self, session: &mut Session<'_>, out: &Utf8Path) {
        let tally = &self.finished.tally;
        let tenths = tally.bytes.div_ceil(100_000);
        let decimal = session.words.say("decimal-sign", &[]);
        let told: [(&str, Arg<'_>); 6] = [
            ("out", Session::from_here(out).into_string().into()),
            ("files", tally.files.into()),
            ("created", tally.created.into()),
            ("changed", tally.changed.into()),
            ("pruned", tally.pruned.into()),
            ("megabytes", format!("{}{decimal}{}", tenths / 10, tenths % 10).into()),
        ];
        session.note("build-done", &told);
        for former in &self.former {
            let told: [(&str, Arg<'_>); 3] = [
                ("address", former.address.as_str().into()),
                ("out", Session::from_here(&former.out).into_string().into()),
                ("files", former.finished.tally.files.into()),
            ];
            session.note("build-former", &told);
        }
    }
}

/// A bar for people who wait; nothing for pipes, logs and programs.
fn progress_bar(session: &Session<'_>) -> Option<ProgressBar> {
    if !session.is_terminal() || session.global.quiet || session.is_json() {
        return None;
    }
    let label = session.words.say("build-progress", &[]);
    let style = ProgressStyle::with_template(&format!("{label} {{wide_bar}} {{pos}}/{{len}}"));
    Some(ProgressBar::new(1).with_style(style.ok()?))
}

/// Where the site goes: what was typed, seen from the current folder, or `public/` in the repository.
pub(super) fn output(typed: Option<&Utf8PathBuf>, root: &Utf8Path) -> Utf8PathBuf {
    typed.cloned().unwrap_or_else(|| root.join(OUTPUT))
}

/// Says why the site was not written, and what that means for the exit code.
pub(super) fn refuse(error: &PublishError, session: &mut Session<'_>) -> Exit {
    let (id, exit, told): Told = match error {
        PublishError::Plan(error) => plan_words(error),
        PublishError::Write(error) => write_words(error),
        PublishError::Stray { path, id } => {
            ("build-stray", Exit::No, vec![("path", path.clone().into()), ("id", id.text().into())])
        }
        PublishError::Stopped => ("build-stopped", Exit::Undecided, Vec::new()),
        PublishError::Read { file, error } => {
            let reason = reason::in_file(file, reason::read(error));
            ("build-unreadable", Exit::Undecided, vec![("reason", reason)])
        }
        PublishError::Render(error) => {
            ("build-render", Exit::No, vec![("reason", reason::render(error))])
        }
    };
    session.complain(id, &told);
    exit
}

type Told = (&'static str, Exit, Vec<(&'static str, Arg<'static>)>);

fn plan_words(error: &PlanError) -> Told {
    let (id, path) = match error {
        PlanError::Twice { path } => ("build-path-twice", path),
        PlanError::FileIsFolder { path } => ("build-path-folder", path),
        PlanError::NotPlain { path } => ("build-path-letters", path),
        PlanError::AmongAwards { path } => ("build-path-awards", path),
    };
    (id, Exit::No, vec![("path", path.clone().into())])
}

fn write_words(error: &WriteError) -> Told {
    let shown = |path: &Utf8Path| Session::from_here(path).into_string().into();
    let folder = |id, exit, folder: &Utf8Path| (id, exit, vec![("folder", shown(folder))]);
    match error {
        WriteError::AmongSources { folder: at } => folder("build-out-sources", Exit::Usage, at),
        WriteError::NotOurs { folder: at } => folder("build-out-not-ours", Exit::Usage, at),
        WriteError::NotText { folder: at } => folder("build-out-name", Exit::Usage, at),
        WriteError::Busy { folder: at } => folder("build-out-busy", Exit::Undecided, at),
        WriteError::Stranger { file } => {
            ("build-out-stranger", Exit::Usage, vec![("file", shown(file))])
        }
        WriteError::Outside { path } => {
            ("build-path-letters", Exit::No, vec![("path", path.clone().into())])
        }
        WriteError::Refused { place, kind } => {
            let reason = reason::in_file(&Session::from_here(place), reason::system(*kind));
            ("build-out-refused", Exit::Undecided, vec![("reason", reason)])
        }
    }
}
