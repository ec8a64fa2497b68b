use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use super::*;

struct Host {
    server: Server,
    folder: tempfile::TempDir,
}

const PAGE: &str = "<html><body><p>Bonjour</p></body></html>";

impl Host {
    fn new(mount: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        fs::create_dir_all(out.join("a/x")).unwrap();
        fs::create_dir_all(out.join("en")).unwrap();
        fs::write(out.join("index.html"), PAGE).unwrap();
        fs::write(out.join("404.html"), "rien").unwrap();
        fs::write(out.join("en/404.html"), "nothing").unwrap();
        fs::write(out.join("a/x/index.html"), "no end of body").unwrap();
        fs::write(out.join("a/x/credential.json"), "{}").unwrap();
        fs::write(out.join("a/x/badge.svg"), "<svg/>").unwrap();
        fs::write(out.join(".nojekyll"), "").unwrap();
        fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        let out = Utf8PathBuf::from_path_buf(out).unwrap();
        let server = Server::start(bind(0).unwrap(), &out, mount, || {}).unwrap();
        Self { server, folder }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        let request = format!("{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response.to_ascii_lowercase()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1"))
    }
}

fn status(response: &str) -> &str {
    response.split(' ').nth(1).unwrap()
}

fn header<'r>(response: &'r str, name: &str) -> Option<&'r str> {
    let mut lines = response.split("\r\n\r\n").next().unwrap().lines();
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn body(response: &str) -> &str {
    response.split_once("\r\n\r\n").unwrap().1
}

#[test]
fn a_file_has_its_type_and_records_and_pictures_are_open_to_other_sites() {
    let host = Host::new("");
    for (path, file_type, open) in [
        ("/", "text/html; charset=utf-8", false),
        ("/a/x/", "text/html; charset=utf-8", false),
        ("/a/x/credential.json", "application/json", true),
        ("/a/x/badge.svg", "image/svg+xml", true),
    ] {
        let response = host.get(path);
        assert_eq!(status(&response), "200", "{path}");
        assert_eq!(header(&response, "content-type"), Some(file_type), "{path}");
        assert_eq!(header(&response, "access-control-allow-origin").is_some(), open, "{path}");
        assert_eq!(header(&response, "x-content-type-options"), Some("nosniff"));
    }
    assert_eq!(body(&host.get("/a/x/credential.json")), "{}");
}

#[test]
fn only_pages_get_the_reload_script_and_only_on_their_way_out() {
    let host = Host::new("");
    let script = "<script src=\"/.accolade/reload.js\" async></script>";
    let page = host.get("/");
    assert_eq!(body(&page), format!("<html><body><p>bonjour</p>{script}</body></html>"));
    assert_eq!(body(&host.get("/a/x/")), format!("no end of body{script}"));
    assert_eq!(body(&host.get("/a/x/badge.svg")), "<svg/>");
    assert!(body(&host.get("/.accolade/reload.js")).contains("eventsource"));
    assert_eq!(fs::read_to_string(host.folder.path().join("public/index.html")).unwrap(), PAGE);
}

#[test]
fn a_folder_without_its_slash_is_redirected() {
    let host = Host::new("");
    let response = host.get("/a/x");
    assert_eq!((status(&response), header(&response, "location")), ("301", Some("/a/x/")));
    // A folder without a page is not listed.
    assert_eq!(status(&host.get("/a/")), "404");
    assert_eq!(status(&host.get("/a/x/credential.json/")), "404");
}

#[test]
fn what_is_not_there_gets_the_page_that_says_so_in_its_language() {
    let host = Host::new("");
    let response = host.get("/nowhere/");
    assert_eq!((status(&response), body(&response).get(..4)), ("404", Some("rien")));
    let response = host.get("/en/nowhere/x.json");
    assert_eq!((status(&response), body(&response).get(..7)), ("404", Some("nothing")));
    assert_eq!(header(&response, "content-type"), Some("text/html; charset=utf-8"));
}

#[test]
fn no_path_leaves_the_site() {
    let host = Host::new("");
    for path in [
        "/../secret.txt",
        "/a/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a%2f..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "//secret.txt",
        "/a//x/",
        "/%00",
        "/%zz",
        "/%",
        "/.nojekyll",
        "//evil.example/%2e%2e",
    ] {
        let response = host.get(path);
        assert_eq!(status(&response), "404", "{path}");
        assert!(!response.contains("secret"), "{path}");
        assert_eq!(header(&response, "location"), None, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_is_not_followed() {
    let host = Host::new("");
    let link = host.folder.path().join("public/link.txt");
    std::os::unix::fs::symlink(host.folder.path().join("secret.txt"), link).unwrap();
    assert_eq!(status(&host.get("/link.txt")), "404");
}

#[test]
fn a_head_request_has_the_headers_and_no_body() {
    let host = Host::new("");
    let (get, head) =
        (host.get("/a/x/credential.json"), host.ask("HEAD /a/x/credential.json HTTP/1.1"));
    for name in ["content-type", "content-length", "etag", "access-control-allow-origin"] {
        assert_eq!(header(&get, name), header(&head, name), "{name}");
    }
    assert_eq!((status(&head), body(&head)), ("200", ""));
}

#[test]
fn a_file_the_client_has_is_not_sent_again() {
    let host = Host::new("");
    let tag = header(&host.get("/"), "etag").unwrap().to_owned();
    for known in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let response = host.ask(&format!("GET / HTTP/1.1\r\nIf-None-Match: {known}"));
        assert_eq!((status(&response), body(&response)), ("304", ""), "{known}");
    }
    fs::write(host.folder.path().join("public/index.html"), "changed").unwrap();
    let response = host.ask(&format!("GET / HTTP/1.1\r\nIf-None-Match: {tag}"));
    assert_eq!(status(&response), "200");
}

#[test]
fn writing_is_not_allowed_and_a_preflight_is_answered() {
    let host = Host::new("");
    let response = host.ask("POST / HTTP/1.1\r\nContent-Length: 0");
    assert_eq!(
        (status(&response), header(&response, "allow")),
        ("405", Some("get, head, options"))
    );
    let response = host.ask("OPTIONS /a/x/credential.json HTTP/1.1");
    assert_eq!(status(&response), "204");
    assert_eq!(header(&response, "access-control-allow-origin"), Some("*"));
}

#[test]
fn a_site_below_a_folder_is_served_below_it() {
    let host = Host::new("/badges");
    assert_eq!(status(&host.get("/badges/a/x/")), "200");
    for path in ["/", "/badges"] {
        let response = host.get(path);
        assert_eq!(
            (status(&response), header(&response, "location")),
            ("301", Some("/badges/")),
            "{path}"
        );
    }
    for path in ["/a/x/", "/badgesa/x/", "/bad"] {
        assert_eq!(status(&host.get(path)), "404", "{path}");
    }
}

#[test]
fn open_pages_hear_of_a_build() {
    let host = Host::new("");
    let mut stream = TcpStream::connect(host.server.address()).unwrap();
    stream.write_all(b"GET /.accolade/reload HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.eq_ignore_ascii_case("content-type: text/event-stream")));
    host.server.built("");
    assert!(lines.any(|line| line == "event: built"));
}

#[test]
fn a_taken_port_is_named() {
    let taken = bind(0).unwrap();
    let port = taken.local_addr().unwrap().port();
    assert_eq!(bind(port).map(drop), Err(ServeError::PortTaken { port }));
}
