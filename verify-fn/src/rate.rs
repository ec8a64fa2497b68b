//! How often one client may ask: a bucket of tokens each, in memory that does not grow with the number of clients.
//!
//! There is a fixed number of buckets. A client's is found by a keyed hash of its address, so that nobody can aim at somebody
//! else's; two that meet in one bucket share it. An IPv6 client is its /64: whoever has one address there has them all.
//! (`governor` keeps a map that grows with every address seen and has to be swept; here there is nothing to sweep.)

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderName};

/// The number of buckets: eight bytes each.
const BUCKETS: usize = 16_384;

/// How often one client may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Tokens that come back each second. A look-up takes one, a verification [`Rate::VERIFICATION`].
    pub per_second: u32,
    /// The most tokens a client can have saved up.
    pub burst: u32,
}

impl Rate {
    /// The tokens of a verification, and of a list of ids.
    pub const VERIFICATION: u32 = 10;
}

impl Default for Rate {
    /// A hundred verifications at once and twenty a second: a school class behind one address, and no flood.
    fn default() -> Self {
        Self { per_second: 200, burst: 1000 }
    }
}

/// The address of who asks, where the server knows better than the connection: put in by whoever hands a request on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl Client {
    /// Who asks: by the header of a trusted proxy if there is one, else by what the server knows.
    ///
    /// Of a list of addresses the last one counts: it is the one our own proxy has seen, while those before it are anybody's
    /// word.
    pub(crate) fn of(
        headers: &HeaderMap,
        extensions: &Extensions,
        trusted: Option<&HeaderName>,
    ) -> Option<Self> {
        let Some(trusted) = trusted else {
            let connected = || extensions.get::<ConnectInfo<std::net::SocketAddr>>();
            let known = extensions.get::<Self>().copied();
            return known.or_else(|| connected().map(|ConnectInfo(peer)| Self(peer.ip())));
        };
        let last = headers.get_all(trusted).iter().next_back()?.to_str().ok()?;
        let last = last.rsplit(',').next()?.trim();
        last.parse()
            .or_else(|_| last.parse().map(|peer: std::net::SocketAddr| peer.ip()))
            .ok()
            .map(Self)
    }

    /// What is counted as one.
    fn key(self) -> u128 {
        match self.0.to_canonical() {
            IpAddr::V4(address) => u128::from(u32::from(address)),
            IpAddr::V6(address) => u128::from(address) >> 64 << 64 | 1 << 32,
        }
    }
}

/// The buckets. Each holds the moment at which it will be full again, in nanoseconds since the start (GCRA).
#[derive(Debug)]
pub(crate) struct Buckets {
    nanos_per_token: u64,
    burst: u32,
    since: Instant,
    hasher: RandomState,
    full_at: Box<[AtomicU64]>,
}

impl Buckets {
    /// Nothing when `rate` lets nobody through: then nobody is counted.
    pub(crate) fn new(rate: Rate) -> Option<Self> {
        let nanos_per_token = 1_000_000_000_u64.checked_div(rate.per_second.into())?;
        Some(Self {
            nanos_per_token,
            burst: rate.burst,
            since: Instant::now(),
            hasher: RandomState::new(),
            full_at: (0..BUCKETS).map(|_| AtomicU64::new(0)).collect(),
        })
    }

    /// Takes `tokens`, or tells how long it takes until they are there.
    pub(crate) fn take(&self, client: Client, tokens: u32, now: Instant) -> Result<(), Duration> {
        let now =
            u64::try_from(now.saturating_duration_since(self.since).as_nanos()).unwrap_or(u64::MAX);
        let cost = self.nanos_per_token * u64::from(tokens.min(self.burst));
        let whole = self.nanos_per_token * u64::from(self.burst);
        let at = self.hasher.hash_one(client.key()) % BUCKETS as u64;
        let Some(full_at) = usize::try_from(at).ok().and_then(|at| self.full_at.get(at)) else {
            return Ok(());
        };
        let after = |full_at: u64| full_at.max(now) + cost;
        let fits = |full_at: u64| Some(after(full_at)).filter(|after| after - now <= whole);
        match full_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fits) {
            Ok(_) => Ok(()),
            Err(full_at) => Err(Duration::from_nanos(after(full_at) - now - whole)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(text: &str) -> Client {
        Client(text.parse().unwrap())
    }

    #[test]
    fn a_client_may_ask_until_its_tokens_are_gone_and_again_when_they_came_back() {
        let buckets = Buckets::new(Rate { per_second: 10, burst: 20 }).unwrap();
        let now = buckets.since;
        assert_eq!(buckets.take(client("192.0.2.1"), 10, now), Ok(()));
        assert_eq!(buckets.take(client("192.0.2.1"), 10, now), Ok(()));
        let wait = buckets.take(client("192.0.2.1"), 5, now).unwrap_err();
        assert_eq!(wait, Duration::from_millis(500));
        assert_eq!(buckets.take(client("192.0.2.2"), 1, now), Ok(()), "another client");
        let early = wait - Duration::from_millis(1);
        assert!(buckets.take(client("192.0.2.1"), 5, now + early).is_err());
        assert_eq!(buckets.take(client("192.0.2.1"), 5, now + wait), Ok(()));
        // More than a client can ever save up is as much as it can save up, not never.
        assert_eq!(buckets.take(client("192.0.2.3"), 1000, now), Ok(()));
        assert!(Buckets::new(Rate { per_second: 0, burst: 1 }).is_none());
    }

    #[test]
    fn a_client_of_ipv6_is_its_network_and_a_mapped_address_is_the_one_inside() {
        assert_eq!(client("2001:db8::1").key(), client("2001:db8::ffff:1").key());
        assert_ne!(client("2001:db8:0:1::1").key(), client("2001:db8::1").key());
        assert_eq!(client("::ffff:192.0.2.1").key(), client("192.0.2.1").key());
        assert_ne!(client("192.0.2.1").key(), client("192.0.2.2").key());
    }

    #[test]
    fn a_header_counts_only_when_it_is_trusted_and_then_its_last_address() {
        let name = HeaderName::from_static("x-forwarded-for");
        let headers = [(name.clone(), "203.0.113.9, 192.0.2.7".parse().unwrap())];
        let headers: HeaderMap = headers.into_iter().collect();
        let mut extensions = Extensions::new();
        assert_eq!(Client::of(&headers, &extensions, None), None);
        let peer: std::net::SocketAddr = "198.51.100.4:999".parse().unwrap();
        extensions.insert(ConnectInfo(peer));
        assert_eq!(Client::of(&headers, &extensions, None), Some(client("198.51.100.4")));
        assert_eq!(Client::of(&headers, &extensions, Some(&name)), Some(client("192.0.2.7")));
        assert_eq!(Client::of(&HeaderMap::new(), &extensions, Some(&name)), None);
        extensions.insert(client("192.0.2.9"));
        assert_eq!(Client::of(&headers, &extensions, None), Some(client("192.0.2.9")));
    }
}
