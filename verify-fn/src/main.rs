//! The verification function on plain HTTP: wiring only.
//!
//! It answers for one published site from a folder, and for the rest of the web by the guarded fetcher: with `--offline`,
//! what is not in that folder is *unknown*, with the reason in the report.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;

use accolade_verify_fn::{Function, Limits, Log, Store, panics_without_words, router};
use camino::Utf8PathBuf;
use clap::Parser;
use openbadges::time::Timestamp;

/// Verifies Open Badges over HTTP, from the files of a published site.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The folder of the published site. Its catalogue names the address it is published at.
    #[arg(long, env = "ACCOLADE_SITE", value_name = "DIR")]
    site: Utf8PathBuf,
    /// Where to listen.
    #[arg(long, env = "ACCOLADE_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    limits: Limits,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            report(&message);
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), String> {
    let Arguments { site, listen, limits } = arguments;
    panics_without_words(Log::to(tell));
    let store = Store::folder(&site)
        .map_err(|_| format!("`{site}` is not a built site; run `accolade build` first"))?;
    let settings = limits.settings(Log::to(tell), random());
    let function = Function::with(store, limits.fetcher(), now, settings);
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    report(&format!("listening on http://{listen}"));
    let service = router(function).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stopped())
        .await
        .map_err(|error| error.to_string())
}

/// Somebody, or the system, asks us to end. What is under way is finished first.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a signal handler the process simply runs until it is killed.
    let _stopped = interrupted.await;
}

/// A number that no other process has: the hasher of the standard library has its seed from the system.
fn random() -> u64 {
    RandomState::new().hash_one(std::process::id())
}

fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}

#[expect(clippy::print_stderr, reason = "the one place where this program speaks to its operator")]
fn report(message: &str) {
    eprintln!("accolade-verify-fn: {message}");
}

/// A line of the log. That nobody reads it is no reason to stop.
fn tell(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
