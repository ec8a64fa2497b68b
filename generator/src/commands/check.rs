//! `accolade check`.

use super::{Exit, Session, publishing};
use crate::check::{self, Checked, Proofs};
use crate::cli;
use crate::publish;

/// Runs the command.
pub(super) fn run(_: &cli::Check, session: &mut Session<'_>) -> Exit {
    match check(session) {
        Ok(true) => Exit::Done,
        Ok(false) => Exit::No,
        Err(exit) => exit,
    }
}

/// Looks at everything that can be looked at: what an early step refuses is not asked of a later one.
fn check(session: &mut Session<'_>) -> Result<bool, Exit> {
    let root = session.root()?;
    let sources = publishing::open(session, &root)?;
    let Checked { site, mut findings } = check::check(&sources, Proofs::All);
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
