//! `accolade serve`: build, serve, watch, build again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::publishing::{self, Trees};
use super::{Exit, Session};
use crate::cli;
use crate::reason;
use crate::serve::{self, Change, ServeError, Server, Watcher};

/// Runs the command until it is stopped.
pub(super) fn run(typed: &cli::Serve, session: &mut Session<'_>) -> Exit {
    match serve(typed, session) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn serve(typed: &cli::Serve, session: &mut Session<'_>) -> Result<(), Exit> {
    let root = session.root()?;
    let out = publishing::output(typed.out.as_ref(), &root);
    let listener = serve::bind(typed.port).map_err(|error| refuse(&error, session))?;
    // From before the first build, so that an edit during it is not missed.
    let mut watcher = Watcher::start(&root).unwrap_or_else(|error| {
        session.complain("serve-watch", &[("reason", reason::watch(&error))]);
        Watcher::blind(&root)
    });
    let published = publishing::publish(session, &root, &out, Trees::Present, &|| true)?;
    published.tell(session, &out);
    let (stopping, wake) = (Arc::new(AtomicBool::new(false)), watcher.stopper());
    let stop = {
        let stopping = Arc::clone(&stopping);
        move || {
            stopping.store(true, Ordering::Relaxed);
            wake();
        }
    };
    let server = Server::start(listener, &out, &published.mount, stop)
        .map_err(|error| refuse(&error, session))?;
    let address = format!("http://{}{}/", server.address(), published.mount);
    session.say("serve-ready", &[("address", address.into())]);
    while watcher.wait() == Change::Files {
        let go_on = || !stopping.load(Ordering::Relaxed);
        match publishing::publish(session, &root, &out, Trees::Present, &go_on) {
            Ok(published) => {
                let tally = published.finished.tally;
                if tally.created + tally.changed + tally.pruned > 0 {
                    published.tell(session, &out);
                    server.built(&published.mount);
                }
            }
            Err(_) if !go_on() => break,
            // What is wrong was said; it may be right after the next edit.
            Err(_) => session.note("serve-last-good", &[]),
        }
    }
    session.note("serve-stopped", &[]);
    Ok(())
}

fn refuse(error: &ServeError, session: &mut Session<'_>) -> Exit {
    match error {
        ServeError::PortTaken { port } => {
            session.complain("serve-port-taken", &[("port", u32::from(*port).into())]);
        }
        ServeError::NoPort { port, kind } => {
            let told = [("port", u32::from(*port).into()), ("reason", reason::system(*kind))];
            session.complain("serve-no-port", &told);
        }
        ServeError::System { kind } => {
            session.complain("serve-refused", &[("reason", reason::system(*kind))]);
        }
    }
    Exit::Undecided
}
