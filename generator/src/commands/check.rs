//! `accolade check`.

use super::{Exit, Session, publishing, remembering};
use crate::check::{self, Checked, Proofs};
use crate::cli;
use crate::publish;

/// Runs the command.
pub(super) fn run(typed: &cli::Check, session: &mut Session<'_>) -> Exit {
    match check(typed, session) {
        Ok(true) => Exit::Done,
        Ok(false) => Exit::No,
        Err(exit) => exit,
    }
}

/// Looks at everything that can be looked at: what an early step refuses is not asked of a later one.
fn check(typed: &cli::Check, session: &mut Session<'_>) -> Result<bool, Exit> {
    let root = session.root()?;
    let sources = publishing::open(session, &root)?;
    // First, because a revision that nobody knows is better said before a long check than after it.
    let remembered = remembering::compare(&sources, typed.against.as_deref(), session)?;
    let Checked { site, findings } = check::check(&sources, Proofs::All);
    let mut findings = findings.and(remembered);
    if let Some(site) = site {
        findings = findings.and(check::derived(&site));
        let theme = publishing::theme(session, &sources, &site)?;
        let prepared = publish::prepare(&site, theme);
        let (_, plan) = prepared.map_err(|error| publishing::refuse(&error, session))?;
        findings = findings.and(check::ledger(&site, &|path| plan.publishes(path)));
    }
    session.show_findings(&findings, &root);
    Ok(findings.is_buildable())
}
