//! What an operator can set about who may ask, how often and how long, and whom the function may ask: the same for every way
//! it is run.

use std::time::Duration;

use accolade_fetch::{Bounds, CacheBounds, Fetcher, Hosts, Options, Reach};
use axum::http::HeaderName;
use clap::Args;

use crate::{Log, Rate, Settings};

/// Flags, each with its environment variable.
#[derive(Debug, Clone, Args)]
pub struct Limits {
    /// Asks nobody else: a document that is not on the site makes a verdict unknown.
    #[arg(long, env = "ACCOLADE_OFFLINE", value_parser = switch)]
    pub offline: bool,
    /// The only hosts that may be asked, with commas; `*.a.example` is every host below. Without it, every public host.
    #[arg(long, env = "ACCOLADE_ALLOW_HOSTS", value_name = "HOSTS", value_delimiter = ',')]
    pub allow_hosts: Vec<String>,
    /// Hosts that are never asked. They win over those that may be.
    #[arg(long, env = "ACCOLADE_DENY_HOSTS", value_name = "HOSTS", value_delimiter = ',')]
    pub deny_hosts: Vec<String>,
    /// Seconds that other people's hosts may take in one verification; what is missing then is unknown.
    #[arg(long, env = "ACCOLADE_TIME_BUDGET", value_name = "SECONDS", default_value_t = 20,
        value_parser = clap::value_parser!(u64).range(1..=600))]
    pub time_budget: u64,
    /// Verifications under way at a time.
    #[arg(long, env = "ACCOLADE_AT_ONCE", value_name = "NUMBER", default_value_t = 64,
        value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub at_once: u16,
    /// Look-ups a second for each client, a verification counting as ten; five times as many at once. 0 counts nobody.
    #[arg(long, env = "ACCOLADE_RATE", value_name = "NUMBER", default_value_t = 200,
        value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub rate: u32,
    /// The header in which your proxy names the client, `x-forwarded-for` for instance. Only behind a proxy that sets it.
    #[arg(long, env = "ACCOLADE_CLIENT_HEADER", value_name = "NAME")]
    pub client_header: Option<HeaderName>,
    /// No line of the log for each request.
    #[arg(long, env = "ACCOLADE_QUIET", value_parser = switch)]
    pub quiet: bool,
    /// Also asks this machine, by `http` and on any port: for tests only.
    #[arg(long, env = "ACCOLADE_ALLOW_LOOPBACK", value_parser = switch, hide = true)]
    pub allow_loopback: bool,
}

/// A switch in the environment. One that is there and empty is off, as in files of settings that are filled in later.
fn switch(text: &str) -> Result<bool, &'static str> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Ok(true),
        "false" | "no" | "off" | "0" | "" => Ok(false),
        _ => Err("write `true` or `false`"),
    }
}

/// A burst is the tokens of so many seconds.
const BURST_SECONDS: u32 = 5;

impl Limits {
    /// The way out, unless there is none.
    #[must_use]
    pub fn fetcher(&self) -> Option<Fetcher> {
        if self.offline {
            return None;
        }
        let reach = if self.allow_loopback { Reach::PublicAndThisMachine } else { Reach::Public };
        let mut hosts = Hosts::default().deny(self.deny_hosts.iter().map(String::as_str));
        if !self.allow_hosts.is_empty() {
            hosts = hosts.allow(self.allow_hosts.iter().map(String::as_str));
        }
        let run_time_max = Duration::from_secs(self.time_budget);
        let bounds = Bounds { run_time_max, ..Bounds::default() };
        let cache = Some(CacheBounds::default());
        Some(Fetcher::new(Options { reach, bounds, hosts, cache, ..Options::default() }))
    }

    /// What is left to say; `log` takes the lines, and `process` is a random number.
    #[must_use]
    pub fn settings(&self, log: Log, process: u64) -> Settings {
        let rate = Rate { per_second: self.rate, burst: self.rate.saturating_mul(BURST_SECONDS) };
        Settings {
            at_once_max: self.at_once.into(),
            rate: (self.rate > 0).then_some(rate),
            client_header: self.client_header.clone(),
            log: (!self.quiet).then_some(log),
            process,
            ..Settings::default()
        }
    }
}
