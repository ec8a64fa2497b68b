//! Who stands behind a badge: the domain in the issuer's identifier, and what to know about that domain.

use crate::iri::Iri;

use super::super::report::IssuerDomain;

/// Hosts on which strangers can publish: below them the path, or the first label, is the issuer's, not the host.
const SHARED_HOSTS: [&str; 14] = [
    "github.io",
    "gitlab.io",
    "codeberg.page",
    "netlify.app",
    "pages.dev",
    "vercel.app",
    "web.app",
    "firebaseapp.com",
    "surge.sh",
    "neocities.org",
    "amazonaws.com",
    "sites.google.com",
    "raw.githubusercontent.com",
    "wordpress.com",
];

/// Whether strangers can publish below `host`, so that the domain says little about who is behind a badge.
///
/// `host` is in lower case, without a port. Only well-known hosts are known here: `false` is no promise.
#[must_use]
pub fn is_shared_host(host: &str) -> bool {
    SHARED_HOSTS.iter().any(|shared| host == *shared || host.ends_with(&format!(".{shared}")))
}

/// Describes the issuer called `id`: a `did:web`, an address, or something without a domain.
pub(crate) fn describe(id: &str) -> IssuerDomain {
    let location =
        id.strip_prefix("did:web:").map(|rest| rest.replace(':', "/").replace("%3A", ":"));
    let location = location.or_else(|| address(id));
    let (host, path) = match &location {
        Some(location) => {
            let (host, path) = location.split_once('/').unwrap_or((location, ""));
            (Some(host.to_ascii_lowercase()), (!path.is_empty()).then(|| format!("/{path}")))
        }
        None => (None, None),
    };
    IssuerDomain {
        id: id.to_owned(),
        shared_host: host.as_deref().is_some_and(is_shared_host),
        international: host
            .as_deref()
            .is_some_and(|host| host.split('.').any(|l| l.starts_with("xn--"))),
        mixed_scripts: false,
        host_in_letters: None,
        host,
        path,
    }
}

fn address(id: &str) -> Option<String> {
    let iri = Iri::parse(id).ok().filter(Iri::is_http)?;
    let url = url::Url::parse(iri.as_str()).ok()?;
    let host = url.host_str()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    // What a host answers to a question may be anybody's words, so the question is part of the place.
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{host}{port}{}{query}", url.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_is_read_from_the_identifier_not_from_the_name() {
        let network = describe("did:web:badges.estran.example:issuers:estran");
        assert_eq!(network.host.as_deref(), Some("badges.estran.example"));
        assert_eq!(network.path.as_deref(), Some("/issuers/estran"));
        assert!(!network.shared_host && !network.international);
        let hosted = describe("https://badges.estran.example/issuers/estran/issuer.json");
        assert_eq!(hosted.host, network.host);
        assert_eq!(describe("did:key:z6Mk").host, None);
        let echo = describe("https://badges.example/echo?text=mine");
        assert_eq!(echo.path.as_deref(), Some("/echo?text=mine"));
    }

    #[test]
    fn shared_hosts_and_names_outside_ascii_are_marked() {
        assert!(describe("did:web:someone.github.io:badges").shared_host);
        assert!(!describe("did:web:notgithub.io").shared_host);
        assert!(describe("https://xn--strn-5qa.example/issuer.json").international);
        assert!(describe("https://éstran.example/issuer.json").international);
    }
}
