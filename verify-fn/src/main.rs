//! The verification function on plain HTTP: wiring only.
//!
//! It answers for one published site from a folder, and for the rest of the web by the guarded fetcher: with `--offline`,
//! what is not in that folder is *unknown*, with the reason in the report.

use std::net::SocketAddr;
use std::process::ExitCode;

use accolade_fetch::{CacheBounds, Fetcher, Options, Reach};
use accolade_verify_fn::{Function, Store, router};
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
    /// Asks nobody else: a document that is not in the folder makes a verdict unknown.
    #[arg(long, env = "ACCOLADE_OFFLINE")]
    offline: bool,
    /// Also asks this machine, by `http` and on any port: for tests only.
    #[arg(long, env = "ACCOLADE_ALLOW_LOOPBACK", hide = true)]
    allow_loopback: bool,
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
    let Arguments { site, listen, offline, allow_loopback } = arguments;
    let reach = if allow_loopback { Reach::PublicAndThisMachine } else { Reach::Public };
    let cache = Some(CacheBounds::default());
    let options = Options { reach, cache, ..Options::default() };
    let fetcher = (!offline).then(|| Fetcher::new(options));
    let store = Store::folder(&site)
        .map_err(|_| format!("`{site}` is not a built site; run `accolade build` first"))?;
    let function = Function::new(store, fetcher, now);
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    report(&format!("listening on http://{listen}"));
    let stop = async {
        // Without a signal handler the process simply runs until it is killed.
        let _stopped = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, router(function))
        .with_graceful_shutdown(stop)
        .await
        .map_err(|error| error.to_string())
}

fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}

#[expect(clippy::print_stderr, reason = "the one place where this program speaks to its operator")]
fn report(message: &str) {
    eprintln!("accolade-verify-fn: {message}");
}
