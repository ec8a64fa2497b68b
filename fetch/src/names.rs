//! From a host's name to the addresses that may be connected to.
//!
//! The addresses are checked after the name was looked up, and the connection goes to exactly these: there is no second
//! look-up that could answer something else (DNS rebinding).

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use openbadges::verify::Unavailable;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::target::Reach;

/// Who knows the addresses of a host.
pub trait Names: Send + Sync + 'static {
    /// The addresses of `host`, in the order they should be tried.
    ///
    /// # Errors
    /// When there is no such name, or nobody who knows names can be reached.
    fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>>;

    /// Where a connection to `checked` really goes. Tests lead it to a server of theirs, so that everything before the last
    /// step is what runs in earnest.
    fn route(&self, checked: SocketAddr) -> SocketAddr {
        checked
    }
}

/// The names this machine knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let any_port = 443;
        Ok((host, any_port).to_socket_addrs()?.map(|found| found.ip()).collect())
    }
}

/// The most addresses of one host that are looked at.
const ADDRESSES_MAX: usize = 16;

/// The most look-ups that may be under way: a system's look-up cannot be called off, only left behind.
const LOOKUPS_MAX: usize = 64;

/// Looks names up and lets through what `reach` admits.
pub(crate) struct Guard {
    pub(crate) names: Arc<dyn Names>,
    pub(crate) reach: Reach,
    under_way: Arc<AtomicUsize>,
}

impl Guard {
    pub(crate) fn new(names: Arc<dyn Names>, reach: Reach) -> Self {
        Self { names, reach, under_way: Arc::default() }
    }

    fn look_up(&self, host: &str, timeout: &NextTimeout) -> Result<Vec<IpAddr>, ureq::Error> {
        if self.under_way.fetch_add(1, Ordering::Relaxed) >= LOOKUPS_MAX {
            self.under_way.fetch_sub(1, Ordering::Relaxed);
            return Err(refuse(Unavailable::Exhausted));
        }
        let (tell, hear) = mpsc::sync_channel(1);
        let (names, under_way, host) =
            (Arc::clone(&self.names), Arc::clone(&self.under_way), host.to_owned());
        thread::spawn(move || {
            let found = names.addresses(&host);
            under_way.fetch_sub(1, Ordering::Relaxed);
            // Nobody listens any more when the look-up took too long.
            let _ = tell.send(found);
        });
        match hear.recv_timeout(*timeout.after) {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(_)) => Err(ureq::Error::HostNotFound),
            Err(_) => Err(ureq::Error::Timeout(timeout.reason)),
        }
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or_else(|| refuse(Unavailable::AddressRefused))?;
        let port =
            uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let found = match literal {
            Ok(address) => vec![address],
            Err(_) => self.look_up(host, &timeout)?,
        };
        if found.is_empty() {
            return Err(ureq::Error::HostNotFound);
        }
        // A name with public and private addresses keeps its public ones: the connection cannot go anywhere else.
        let mut admitted = self.empty();
        for address in found.into_iter().take(ADDRESSES_MAX) {
            if self.reach.admits(address).is_ok() {
                admitted.push(self.names.route(SocketAddr::new(address, port)));
            }
        }
        if admitted.is_empty() { Err(refuse(Unavailable::PrivateNetwork)) } else { Ok(admitted) }
    }
}

fn refuse(reason: Unavailable) -> ureq::Error {
    ureq::Error::Other(Box::new(reason))
}
