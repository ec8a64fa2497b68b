//! Which web addresses are asked at all, before any name is looked up.

use std::net::IpAddr;

use openbadges::verify::Unavailable;
use url::{Host, Url};

use crate::address::{Range, refused};
use crate::hosts::Hosts;

/// How far the fetcher goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Public hosts, `https`, port 443. An `http` address is asked by `https`.
    #[default]
    Public,
    /// This machine too, by `http` and on any port: for tests and for trying things out. Other private networks stay
    /// closed.
    PublicAndThisMachine,
}

impl Reach {
    /// Whether `address` may be asked.
    ///
    /// # Errors
    /// [`Unavailable::PrivateNetwork`] when it lies in a range that is nobody's business.
    pub fn admits(self, address: IpAddr) -> Result<(), Unavailable> {
        match refused(address) {
            None => Ok(()),
            Some(Range::Loopback) if self == Self::PublicAndThisMachine => Ok(()),
            Some(_) => Err(Unavailable::PrivateNetwork),
        }
    }
}

/// Names that never belong to a host of the public web (RFC 6761, RFC 6762, RFC 7686, RFC 8375, and ICANN's `internal`).
const LOCAL_SUFFIXES: &[&str] =
    &["localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "onion"];

/// The longest address that is asked.
const URL_BYTES_MAX: usize = 4096;

/// Takes an address apart, and gives it back as it will be asked: without a fragment, by `https`.
///
/// # Errors
/// [`Unavailable::AddressRefused`], [`Unavailable::HostRefused`] or [`Unavailable::PrivateNetwork`].
pub(crate) fn admit(text: &str, reach: Reach, hosts: &Hosts) -> Result<Url, Unavailable> {
    if text.len() > URL_BYTES_MAX {
        return Err(Unavailable::AddressRefused);
    }
    let mut url = Url::parse(text).map_err(|_| Unavailable::AddressRefused)?;
    url.set_fragment(None);
    let is_bare = url.username().is_empty() && url.password().is_none();
    if !is_bare || !matches!(url.scheme(), "http" | "https") {
        return Err(Unavailable::AddressRefused);
    }
    let is_here = reach == Reach::PublicAndThisMachine && is_this_machine(&url);
    if !is_here {
        // Ids of old badges begin with `http`; their hosts have long answered by `https` (OB2-HOST-11).
        if url.scheme() == "http" {
            url.set_scheme("https").map_err(|()| Unavailable::AddressRefused)?;
        }
        if url.port().is_some() {
            return Err(Unavailable::AddressRefused);
        }
    }
    match url.host() {
        None => return Err(Unavailable::AddressRefused),
        Some(Host::Ipv4(address)) => reach.admits(address.into())?,
        Some(Host::Ipv6(address)) => reach.admits(address.into())?,
        Some(Host::Domain(name)) => {
            if !is_here && is_local_name(name) {
                return Err(Unavailable::PrivateNetwork);
            }
        }
    }
    hosts.admit(url.host_str().unwrap_or_default())?;
    Ok(url)
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Whether a name is one of a local network: it has one label, ends with a dot, or ends in a suffix of such networks.
fn is_local_name(name: &str) -> bool {
    let ends_in = |suffix: &&str| {
        name.strip_suffix(*suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !name.contains('.') || name.ends_with('.') || LOCAL_SUFFIXES.iter().any(ends_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Result<String, Unavailable> {
        admit(text, Reach::Public, &Hosts::default()).map(Into::into)
    }

    #[test]
    fn a_public_address_is_asked_without_its_fragment_and_by_https() {
        for (typed, asked_for) in [
            ("https://a.example/b.json?c=d#e", "https://a.example/b.json?c=d"),
            ("http://a.example/b.json", "https://a.example/b.json"),
            ("https://a.example:443/", "https://a.example/"),
            ("http://a.example:80/", "https://a.example/"),
            ("https://éducation.example/", "https://xn--ducation-90a.example/"),
            ("https://9.9.9.9/", "https://9.9.9.9/"),
            ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ] {
            assert_eq!(asked(typed).as_deref(), Ok(asked_for), "{typed}");
        }
    }

    #[test]
    fn another_scheme_port_or_a_user_name_is_refused() {
        for text in [
            "https://a.example:8443/",
            "http://a.example:8080/",
            "https://a.example:80/",
            "https://user@a.example/",
            "https://user:word@a.example/",
            "https://:word@a.example/",
            "ftp://a.example/",
            "file:///etc/passwd",
            "did:web:a.example",
            "gopher://a.example/",
            "data:application/json,{}",
            "https://",
        ] {
            assert_eq!(asked(text), Err(Unavailable::AddressRefused), "{text}");
        }
        let long = format!("https://a.example/{}", "x".repeat(URL_BYTES_MAX));
        assert_eq!(asked(&long), Err(Unavailable::AddressRefused));
    }

    /// The forms of one address that a careless reader takes for names.
    #[test]
    fn a_private_address_is_refused_in_every_spelling() {
        for text in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://0x7f.1/",
            "https://127.0.0.1./",
            "https://0/",
            "https://①②⑦.0.0.1/",
            "https://127。0。0。1/",
            "https://%31%32%37.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[fe80::1]/",
            "https://[fd00:ec2::254]/",
            "https://[::127.0.0.1]/",
        ] {
            assert_eq!(asked(text), Err(Unavailable::PrivateNetwork), "{text}");
        }
    }

    #[test]
    fn a_name_of_a_local_network_is_not_even_looked_up() {
        for text in [
            "https://localhost/",
            "https://LOCALHOST/",
            "https:///etc/passwd",
            "https://nas.local/",
            "https://a.localhost/",
            "https://metadata.google.internal/",
            "https://box.home.arpa/",
            "https://a.example./",
            "https://localhost./",
            "https://a.b.onion/",
        ] {
            assert_eq!(asked(text), Err(Unavailable::PrivateNetwork), "{text}");
        }
        assert!(asked("https://notlocal.example/").is_ok());
        assert!(asked("https://mylocalhost.example/").is_ok());
    }

    #[test]
    fn this_machine_opens_by_an_explicit_switch_and_no_other_private_network_does() {
        let asked = |text: &str| admit(text, Reach::PublicAndThisMachine, &Hosts::default());
        for here in ["http://127.0.0.1:8080/a", "http://localhost:8000/", "http://[::1]:9/"] {
            assert_eq!(asked(here).unwrap().as_str(), here);
        }
        for private in ["http://10.0.0.1:80/", "https://169.254.169.254/", "https://nas.local/"] {
            assert_eq!(asked(private), Err(Unavailable::PrivateNetwork), "{private}");
        }
        assert_eq!(asked("https://a.example:8443/"), Err(Unavailable::AddressRefused));
    }
}
