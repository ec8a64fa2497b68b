//! The verification function on plain HTTP: wiring only.
//!
//! It answers for one published site, from a folder or a bucket, and for the rest of the web by the guarded fetcher.

mod server;

use std::net::SocketAddr;
use std::process::ExitCode;

use accolade_verify_fn::{Configuration, Handler, begin, report};
use clap::Parser;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// Verifies Open Badges over HTTP, from the files of a published site.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    configuration: Configuration,
    /// Where to listen.
    #[arg(long, env = "ACCOLADE_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

fn main() -> ExitCode {
    let Arguments { configuration, listen } = Arguments::parse();
    let handler = match begin(&configuration) {
        Ok(handler) => handler,
        Err(status) => return status,
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            report(&format!("cannot begin: {}", error.kind()));
            return ExitCode::FAILURE;
        }
    };
    let served = runtime.block_on(serve(listen, handler));
    // A verification that still waits for somebody's host has nobody to tell its answer to.
    runtime.shutdown_background();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            report(&message);
            ExitCode::FAILURE
        }
    }
}

async fn serve(listen: SocketAddr, handler: Handler) -> Result<(), String> {
    // Taken before the address is announced: whoever reads it may stop us at once.
    let stop = stop().map_err(|error| format!("cannot wait for signals: {}", error.kind()))?;
    let in_words = |error: std::io::Error| format!("cannot listen on {listen}: {}", error.kind());
    let listener = TcpListener::bind(listen).await.map_err(in_words)?;
    let address = listener.local_addr().map_err(in_words)?;
    report(&format!("listening on http://{address}"));
    server::serve(listener, handler, stop).await;
    Ok(())
}

/// Ends when Ctrl-C is pressed or the machine asks us to stop.
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
