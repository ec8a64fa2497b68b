//! Who stands behind a badge: the domain in the issuer's identifier, and what to know about that domain.

use unicode_script::{Script, UnicodeScript as _};

use crate::iri::Iri;

use super::super::code::Code;
use super::super::report::IssuerDomain;
use super::super::run::{Run, host};

/// Hosts below which each name belongs to somebody else: `club.github.io` is the club's, and nobody else's.
const SHARED_BY_NAME: [&str; 16] = [
    "github.io",
    "gitlab.io",
    "codeberg.page",
    "netlify.app",
    "pages.dev",
    "workers.dev",
    "vercel.app",
    "web.app",
    "firebaseapp.com",
    "surge.sh",
    "neocities.org",
    "amazonaws.com",
    "cloudfront.net",
    "blob.core.windows.net",
    "wordpress.com",
    "blogspot.com",
];

/// Hosts on which everybody publishes under one name, and how many parts of the path tell whose a document is. That two
/// documents lie on such a host says nothing: the default origin rule of OB2-HOST-7 would let anybody issue for anybody.
const SHARED_BY_PATH: [(&str, usize); 16] = [
    ("raw.githubusercontent.com", 1),
    ("gist.githubusercontent.com", 1),
    ("github.com", 1),
    ("gitlab.com", 1),
    ("codeberg.org", 1),
    ("bitbucket.org", 1),
    ("sites.google.com", 2),
    ("drive.google.com", 3),
    ("storage.googleapis.com", 1),
    ("firebasestorage.googleapis.com", 3),
    ("dl.dropboxusercontent.com", 2),
    ("www.dropbox.com", 2),
    ("cdn.jsdelivr.net", 2),
    ("purl.org", 1),
    ("w3id.org", 1),
    ("ipfs.io", 2),
];

/// Whether strangers can publish below `host`, so that the domain says little about who is behind a badge.
///
/// `host` is in lower case, without a port. Only well-known hosts are known here: `false` is no promise.
#[must_use]
pub fn is_shared_host(host: &str) -> bool {
    let is_below = |shared: &&str| host == *shared || host.ends_with(&format!(".{shared}"));
    SHARED_BY_NAME.iter().any(is_below) || parts_of_path(host).is_some()
}

/// The hosts below which each name belongs to somebody else, for readers in another language than this one.
pub fn hosts_shared_by_name() -> impl Iterator<Item = &'static str> {
    SHARED_BY_NAME.into_iter()
}

/// The hosts on which everybody publishes under one name, and how many parts of the path tell whose a document is.
pub fn hosts_shared_by_path() -> impl Iterator<Item = (&'static str, usize)> {
    SHARED_BY_PATH.into_iter()
}

/// Describes the issuer called `id`: a `did:web`, an address, or something without a domain.
pub(crate) fn describe(id: &str) -> IssuerDomain {
    let (host, path) = match location(id) {
        // `did:web:` names no host, and a path without one is nobody's.
        Some(location) if !location.is_empty() && !location.starts_with('/') => {
            let (host, path) = location.split_once('/').unwrap_or((&location, ""));
            (Some(host.to_ascii_lowercase()), (!path.is_empty()).then(|| format!("/{path}")))
        }
        Some(_) | None => (None, None),
    };
    let letters = host.as_deref().and_then(in_letters);
    IssuerDomain {
        id: id.to_owned(),
        shared_host: host.as_deref().is_some_and(is_shared_host),
        international: host
            .as_deref()
            .is_some_and(|host| host.split('.').any(|l| l.starts_with("xn--"))),
        mixed_scripts: letters.as_deref().is_some_and(|host| host.split('.').any(mixes_scripts)),
        host_in_letters: letters,
        host,
        path,
    }
}

/// Names the issuer in the report, with what a reader should know of its domain.
pub(crate) fn name(run: &mut Run<'_>, id: &str) {
    let issuer = describe(id);
    if issuer.shared_host {
        run.note(Code::IssuerSharedHost, id, issuer.host.clone());
    }
    if issuer.mixed_scripts {
        run.note(Code::IssuerMixedScripts, id, issuer.host_in_letters.clone());
    }
    run.name_issuer(issuer);
}

/// Whether only the issuer called `id` can publish at `url`: it is on the issuer's own host and, where everybody shares
/// that, in the issuer's part of it.
pub(crate) fn is_host_of(id: &str, url: &Iri) -> bool {
    let Some(issuer) = location(id).and_then(|place| Iri::parse(&format!("https://{place}")).ok())
    else {
        return false;
    };
    let is_same = host(url).is_some_and(|there| host(&issuer).is_some_and(|here| there == here));
    is_same && is_same_tenant(&issuer, url)
}

/// Whether what lies at `other`, if its host is one that everybody shares, lies in the part of it that `one` lies in.
pub(crate) fn is_same_tenant(one: &Iri, other: &Iri) -> bool {
    match (tenant(one), tenant(other)) {
        (_, Ok(None)) => true,
        (Ok(Some(one)), Ok(Some(other))) => one == other,
        _ => false,
    }
}

/// Whether a prefix of addresses names a tenant of a shared host, and not the whole of it.
pub(crate) fn names_tenant(prefix: &Iri) -> bool {
    tenant(prefix).is_ok()
}

/// The path is too short to say whose a document is.
struct Nobodys;

/// The part of a path that says whose a document on a shared host is; nothing for a host that is not shared by path.
fn tenant(iri: &Iri) -> Result<Option<String>, Nobodys> {
    let url = url::Url::parse(iri.as_str()).map_err(|_| Nobodys)?;
    let name = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let Some(parts) = parts_of_path(&name) else { return Ok(None) };
    let path = url.path();
    let lower = path.to_ascii_lowercase();
    // Where a host decodes these, the path leads elsewhere than it says.
    if lower.contains("%2f") || lower.contains("%5c") || lower.contains("%2e") {
        return Err(Nobodys);
    }
    let segments: Vec<&str> = path.split('/').skip(1).take(parts.saturating_add(1)).collect();
    // Something has to follow: `/club` may be the beginning of `/clubhouse`.
    if segments.len() <= parts || segments.iter().take(parts).any(|segment| segment.is_empty()) {
        return Err(Nobodys);
    }
    Ok(Some(segments.get(..parts).unwrap_or_default().join("/")))
}

fn parts_of_path(host: &str) -> Option<usize> {
    // `s3.eu-west-3.amazonaws.com/bucket/…`, but `bucket.s3.eu-west-3.amazonaws.com/…`.
    let is_bare_s3 =
        host.ends_with(".amazonaws.com") && (host.starts_with("s3.") || host.starts_with("s3-"));
    let listed = SHARED_BY_PATH.iter().find(|(shared, _)| *shared == host);
    listed.map(|(_, parts)| *parts).or_else(|| is_bare_s3.then_some(1))
}

/// Host and path of an issuer's identifier: `host/path`, without a scheme.
fn location(id: &str) -> Option<String> {
    let decode = |rest: &str| rest.replace(':', "/").replace("%3A", ":").replace("%3a", ":");
    id.strip_prefix("did:web:").map(decode).or_else(|| address(id))
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

/// A host name in its own letters, if those are not ASCII.
fn in_letters(host: &str) -> Option<String> {
    let (letters, _lenient) = idna::domain_to_unicode(host);
    (!letters.is_ascii()).then_some(letters)
}

/// Whether one label has letters of scripts that no language writes together. Japanese mixes three, Korean two.
///
/// Spec: Unicode Technical Standard 39, section 5.1, without its tables of languages.
fn mixes_scripts(label: &str) -> bool {
    let scripts = label.chars().map(|letter| match letter.script() {
        Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => Script::Han,
        script => script,
    });
    let mut seen: Vec<Script> = Vec::new();
    for script in scripts.filter(|script| !matches!(script, Script::Common | Script::Inherited)) {
        if !seen.contains(&script) {
            seen.push(script);
        }
    }
    // Latin beside Han is usual; beside letters that look like its own it is not.
    seen.len() > 1
        && !(seen.len() == 2 && seen.contains(&Script::Latin) && seen.contains(&Script::Han))
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
        assert!(
            describe("https://raw.githubusercontent.com/club/badges/main/issuer.json").shared_host
        );
        assert!(!describe("did:web:notgithub.io").shared_host);
        assert!(describe("https://xn--strn-5qa.example/issuer.json").international);
        assert!(describe("https://éstran.example/issuer.json").international);
    }

    /// UTS 39: one alphabet in a label is a name in a language; two are a disguise.
    #[test]
    fn a_name_of_mixed_alphabets_is_marked() {
        for (host, mixed) in [
            ("badges.example", false),
            ("éstran.example", false),
            ("пример.example", false),
            ("日本語カタカナ.example", false),
            ("例abc.example", false),
            ("bаdges.example", true), // a Cyrillic а
            ("οpen.example", true),   // a Greek ο
        ] {
            let described = describe(&format!("https://{host}/issuer.json"));
            assert_eq!(described.mixed_scripts, mixed, "{host}");
            assert_eq!(described.host_in_letters.is_some(), !host.is_ascii(), "{host}");
            let ascii = described.host.clone().unwrap();
            assert_eq!(describe(&format!("did:web:{ascii}")).mixed_scripts, mixed, "{ascii}");
        }
    }

    #[test]
    fn on_a_host_that_everybody_shares_the_path_says_whose_a_document_is() {
        let iri = |text: &str| Iri::parse(text).unwrap();
        for (one, other, same) in [
            ("https://a.example/x", "https://a.example/y", true),
            ("https://github.com/club/i", "https://a.example/y", true),
            ("https://a.example/x", "https://github.com/club/i", false),
            ("https://club.github.io/a", "https://club.github.io/b", true),
            (
                "https://raw.githubusercontent.com/club/b/i",
                "https://raw.githubusercontent.com/club/a/1",
                true,
            ),
            (
                "https://raw.githubusercontent.com/club/b/i",
                "https://raw.githubusercontent.com/thief/a/1",
                false,
            ),
            (
                "https://sites.google.com/view/club/i",
                "https://sites.google.com/view/thief/i",
                false,
            ),
            (
                "https://s3.eu-west-3.amazonaws.com/club/i",
                "https://s3.eu-west-3.amazonaws.com/thief/i",
                false,
            ),
            ("https://club.s3.amazonaws.com/i", "https://club.s3.amazonaws.com/a/1", true),
            ("https://github.com/club/i", "https://github.com/club/../thief/i", false),
            ("https://github.com/club/i", "https://github.com/club%2f..%2fthief/i", false),
            ("https://github.com/club", "https://github.com/club", false),
        ] {
            assert_eq!(is_same_tenant(&iri(one), &iri(other)), same, "{one} {other}");
        }
    }

    /// OB3-RL-4.
    #[test]
    fn only_the_issuers_own_host_speaks_for_it() {
        let list = |text: &str| Iri::parse(text).unwrap();
        let club = "did:web:badges.example:issuers:club";
        assert!(is_host_of(club, &list("https://badges.example/revoked.json")));
        assert!(!is_host_of(club, &list("http://badges.example/revoked.json")));
        assert!(!is_host_of(club, &list("https://badges.example.evil/revoked.json")));
        assert!(is_host_of("did:web:a.example%3A8443", &list("https://a.example:8443/r")));
        assert!(!is_host_of("did:key:z6Mk", &list("https://badges.example/revoked.json")));
    }
}
