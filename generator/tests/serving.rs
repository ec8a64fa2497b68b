//! The real `serve`: it builds, serves, watches, keeps the last good site, and stops when asked.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use support::{Repository, everything};

/// Nothing here takes so long on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Served {
    child: Child,
    address: String,
    told: Receiver<String>,
}

impl Served {
    fn start(repository: &Repository) -> Self {
        let mut child = repository
            .command(&["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, told) = channel();
        let stderr = child.stderr.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let address = ready.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address: {ready}")).to_owned();
        Self { child, address, told }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).unwrap();
        String::from_utf8_lossy(&response).into_owned()
    }

    fn wait_until_served(&self, path: &str, text: &str) {
        let start = Instant::now();
        while !self.get(path).contains(text) {
            assert!(start.elapsed() < PATIENCE, "`{text}` never came");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn wait_until_told(&self, text: &str) {
        while let Ok(line) = self.told.recv_timeout(PATIENCE) {
            if line.contains(text) {
                return;
            }
        }
        panic!("`{text}` was never said");
    }

    /// Ctrl-C.
    fn interrupt(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn about(text: &str) -> String {
    format!("---\ntitle: À propos\ndescription: Qui nous sommes.\nnav: 1\n---\n{text}\n")
}

#[test]
fn an_edit_is_served_and_a_broken_one_keeps_the_last_good_site() {
    let repository = everything();
    let served = Served::start(&repository);
    assert!(served.get("/a-propos/").starts_with("HTTP/1.1 200"));
    repository.write("site-content/a-propos.md", &about("Premier essai."));
    served.wait_until_served("/a-propos/", "Premier essai.");
    repository.write("badges/classes/accueil/badge.yaml", "issuer: [club\n");
    served.wait_until_told("badges/classes/accueil/badge.yaml");
    served.wait_until_told("last good site");
    assert!(served.get("/badges/accueil/").starts_with("HTTP/1.1 200"));
    assert!(served.get("/a-propos/").contains("Premier essai."));
    repository.class("accueil", "", true);
    repository.write("site-content/a-propos.md", &about("Second essai."));
    served.wait_until_served("/a-propos/", "Second essai.");
}

#[test]
fn open_pages_are_told_to_reload_only_when_something_changed() {
    let repository = everything();
    let served = Served::start(&repository);
    let mut stream = TcpStream::connect(&served.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(b"GET /.accolade/reload HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.is_empty()), "the headers end");
    // Read by the site, and the same site: no reload.
    repository.write("site-content/a-propos.md", &about("Nous."));
    repository.write("site-content/a-propos.md", &about("Encore."));
    assert!(lines.any(|line| line == "event: built"));
    assert!(served.get("/a-propos/").contains("Encore."));
}

#[test]
fn the_files_on_disk_have_no_reload_script() {
    let repository = everything();
    let served = Served::start(&repository);
    assert!(served.get("/").contains("/.accolade/reload.js"));
    assert!(!repository.read("public/index.html").contains("reload.js"));
}

#[test]
fn ctrl_c_ends_it_cleanly() {
    let repository = everything();
    let mut served = Served::start(&repository);
    // An open event stream does not hold it back.
    let mut stream = TcpStream::connect(&served.address).unwrap();
    stream.write_all(b"GET /.accolade/reload HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    served.interrupt();
    served.wait_until_told("stopped");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = served.child.try_wait().unwrap() {
            break status;
        }
        assert!(start.elapsed() < PATIENCE, "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(status.code(), Some(0));
    // Nothing was left half done.
    repository.build(&[]);
}

#[test]
fn a_repository_with_mistakes_is_not_served_and_a_taken_port_is_named() {
    let repository = everything();
    let served = Served::start(&repository);
    let port = served.address.rsplit(':').next().unwrap();
    let other = everything();
    let output = other.run(&["serve", "--port", port]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains(port) && told.contains("--port"), "{told}");
    assert!(!other.path("public").exists());
    other.write("accolade.yaml", "version: 1\n");
    assert_eq!(other.run(&["serve", "--port", "0"]).status.code(), Some(1));
}
