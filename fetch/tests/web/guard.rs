//! No address a stranger writes, no name and no redirect leads the fetcher into a private network.

use std::sync::{Arc, Mutex};

use crate::support::{PUBLIC, PUBLIC_6, Web, get, reply};
use accolade_fetch::{CacheBounds, Fetcher, Hosts, Options};
use openbadges::iri::Iri;
use openbadges::verify::{Source, Unavailable};

fn friendly() -> Web {
    Web::new(|_, out| reply(out, "200 OK", "content-type: application/json\r\n", b"{}"))
}

/// A server that leads on to `to`.
fn leading_to(to: &'static str) -> Web {
    Web::new(move |_, out| reply(out, "302 Found", &format!("location: {to}\r\n"), b""))
}

#[test]
fn a_public_document_comes_with_its_address_type_and_status() {
    let web = friendly();
    let answer = web.get("https://a.example/did.json#key");
    assert_eq!((answer.source, answer.hops.len()), (Source::Network, 0));
    let body = answer.body.unwrap();
    assert_eq!((body.url.as_str(), body.status), ("https://a.example/did.json", 200));
    assert_eq!(body.content_type.as_deref(), Some("application/json"));
    assert_eq!(body.bytes, b"{}");
    assert_eq!(web.reached(), [format!("{PUBLIC}:443").parse().unwrap()]);
}

#[test]
fn a_name_with_a_private_address_is_refused_and_nothing_is_connected_to() {
    for private in [
        "127.0.0.1",
        "10.1.2.3",
        "172.20.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "168.63.129.16",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "ff02::1",
        "2001:db8::1",
    ] {
        let web = friendly();
        web.name("a.example", &[&[private]]);
        let answer = web.get("https://a.example/");
        assert_eq!(answer.body, Err(Unavailable::PrivateNetwork), "{private}");
        assert_eq!(web.reached(), [], "{private}");
    }
}

/// A split answer cannot smuggle a private address in: the connection goes to the public one, or nowhere.
#[test]
fn of_a_name_with_both_kinds_of_addresses_only_the_public_ones_are_used() {
    let web = friendly();
    web.name("a.example", &[&["127.0.0.1", PUBLIC, "::1", PUBLIC_6]]);
    assert!(web.get("https://a.example/").body.is_ok());
    let reached: Vec<_> = web.reached().iter().map(|at| at.ip().to_string()).collect();
    assert_eq!(reached, [PUBLIC, PUBLIC_6]);
}

/// DNS rebinding: the first look-up is public, the next one is not. Not even an open connection is used again.
#[test]
fn a_name_that_turns_private_is_refused_at_the_next_question() {
    let web = friendly();
    web.name("a.example", &[&[PUBLIC], &["127.0.0.1"]]);
    let fetcher = Fetcher::new(web.options());
    assert!(get(&fetcher, "https://a.example/1").body.is_ok());
    assert_eq!(get(&fetcher, "https://a.example/2").body, Err(Unavailable::PrivateNetwork));
    assert_eq!(web.reached().len(), 1);
}

/// One question is one look-up: what was checked is what is connected to.
#[test]
fn the_address_that_was_checked_is_the_one_that_is_connected_to() {
    let web = friendly();
    web.name("a.example", &[&[PUBLIC], &["169.254.169.254"], &["10.0.0.1"]]);
    assert!(web.get("https://a.example/").body.is_ok());
    assert_eq!(web.reached(), [format!("{PUBLIC}:443").parse().unwrap()]);
}

#[test]
fn a_redirect_into_a_private_network_is_refused_in_every_form() {
    for to in [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://2130706433/",
        "http://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/x",
        "https://inside.example/",
        "https://localhost/",
        "https://metadata.google.internal/",
    ] {
        let web = leading_to(to);
        web.name("inside.example", &[&["10.0.0.8"]]);
        let answer = web.get("https://a.example/");
        assert_eq!(answer.body, Err(Unavailable::PrivateNetwork), "{to}");
        assert_eq!(answer.hops, [Iri::parse("https://a.example/").unwrap()], "{to}");
        assert_eq!(web.reached().len(), 1, "{to}");
    }
}

#[test]
fn a_redirect_to_another_scheme_port_or_user_is_refused() {
    for to in [
        "https://b.example:8443/",
        "ftp://b.example/",
        "file:///etc/passwd",
        "https://u:p@b.example/",
    ] {
        let web = leading_to(to);
        assert_eq!(web.get("https://a.example/").body, Err(Unavailable::AddressRefused), "{to}");
        assert_eq!(web.reached().len(), 1, "{to}");
    }
}

#[test]
fn a_redirect_is_followed_and_every_step_is_in_the_answer() {
    let web = Web::new(|request, out| match request.path.as_str() {
        "/1" => reply(out, "301 Moved Permanently", "location: /2?x\r\n", b"moved"),
        "/2?x" => reply(out, "307 Temporary Redirect", "location: http://b.example/3#f\r\n", b""),
        _ => reply(out, "200 OK", "", b"here"),
    });
    let answer = web.get("http://a.example/1");
    let hops: Vec<_> = answer.hops.iter().map(Iri::as_str).collect();
    let steps = ["http://a.example/1", "https://a.example/1", "https://a.example/2?x"];
    assert_eq!(hops, [&steps[..], &["http://b.example/3"]].concat());
    assert_eq!(answer.body.unwrap().url.as_str(), "https://b.example/3");
}

#[test]
fn a_loop_of_redirects_ends_after_five() {
    let web = leading_to("/again");
    let answer = web.get("https://a.example/");
    assert_eq!(answer.body, Err(Unavailable::TooManyRedirects));
    assert_eq!(answer.hops.len(), 6);
}

#[test]
fn a_redirect_to_nowhere_is_a_broken_answer() {
    let web = Web::new(|_, out| reply(out, "302 Found", "", b""));
    assert_eq!(web.get("https://a.example/").body, Err(Unavailable::Broken));
    let web = leading_to("https://[::1");
    assert_eq!(web.get("https://a.example/").body, Err(Unavailable::Broken));
}

#[test]
fn a_host_that_is_denied_is_not_asked_not_even_by_a_redirect() {
    let web = leading_to("https://b.example/");
    let options = Options { hosts: Hosts::default().deny(["b.example"]), ..web.options() };
    let answer = get(&Fetcher::new(options), "https://a.example/");
    assert_eq!(answer.body, Err(Unavailable::HostRefused));
    assert_eq!(web.reached().len(), 1);
}

/// No cookie comes back, no referrer and no credentials go out, and caches on the way are told to ask anew.
#[test]
fn a_request_says_who_asks_and_nothing_of_what_came_before() {
    let seen = Arc::new(Mutex::new(vec![]));
    let noted = Arc::clone(&seen);
    let web = Web::new(move |request, out| {
        noted.lock().unwrap().push(request.headers.clone());
        match request.path.as_str() {
            "/1" => reply(out, "302 Found", "set-cookie: id=7\r\nlocation: /2\r\n", b""),
            _ => reply(out, "200 OK", "", b""),
        }
    });
    assert!(web.get("https://a.example/1").body.is_ok());
    let seen = seen.lock().unwrap();
    let names: Vec<_> = seen[1].keys().map(String::as_str).collect();
    assert_eq!(names, ["accept", "accept-encoding", "cache-control", "host", "user-agent"]);
    assert!(seen[1]["user-agent"].starts_with("accolade/"));
    assert_eq!(seen[1]["cache-control"], "no-cache");
    assert_eq!(seen[1]["accept-encoding"], "identity");
}

#[test]
fn one_connection_serves_the_documents_of_one_host() {
    let web = friendly();
    let fetcher = Fetcher::new(web.options());
    for document in ["1", "2", "3"] {
        assert!(get(&fetcher, &format!("https://a.example/{document}")).body.is_ok());
    }
    assert_eq!(*web.connections.lock().unwrap(), 1);
}

#[test]
fn a_kept_document_is_not_asked_for_again_and_says_so() {
    let web = friendly();
    let options = Options { cache: Some(CacheBounds::default()), ..web.options() };
    let fetcher = Fetcher::new(options);
    assert_eq!(get(&fetcher, "https://a.example/1").source, Source::Network);
    assert_eq!(get(&fetcher, "https://a.example/1#x").source, Source::Cache);
    assert_eq!(web.reached().len(), 1);
}
