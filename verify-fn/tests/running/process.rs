//! The program of a machine as a process: how it begins, how it is told to stop, and what it says of wrong settings.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::bucket::one;
use crate::support::{Bucket, Day, Program};

fn signal(program: &Program, name: &str) {
    let sent = Command::new("kill").args([name, &program.child.id().to_string()]).status();
    assert!(sent.unwrap().success());
}

fn ends(program: &mut Program) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = program.child.try_wait().unwrap() {
            return status.code();
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn asked_to_stop_it_answers_what_is_under_way_and_ends_well() {
    let bucket = Bucket::with_the_demo();
    let id = one(&bucket, "active");
    for name in ["-TERM", "-INT"] {
        let mut program = bucket.program();
        bucket.day(Day::Slow(Duration::from_secs(1)));
        std::thread::scope(|scope| {
            let url = format!("{}/status/{id}", program.address);
            let asked = scope.spawn(move || crate::support::get(&url));
            std::thread::sleep(Duration::from_millis(300));
            signal(&program, name);
            let (status, told) = asked.join().unwrap();
            assert_eq!((status, told["status"].as_str()), (200, Some("active")), "{name}");
        });
        assert_eq!(ends(&mut program), Some(0), "{name}");
        bucket.day(Day::Good);
    }
}

/// A client that never ends its request must not keep the machine from stopping.
#[test]
fn one_who_never_ends_does_not_keep_it_from_stopping() {
    let bucket = Bucket::with_the_demo();
    let mut program = bucket.program();
    let mut open = TcpStream::connect(program.address.trim_start_matches("http://")).unwrap();
    open.write_all(b"POST /verify HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    signal(&program, "-TERM");
    assert_eq!(ends(&mut program), Some(0));
    let mut rest = Vec::new();
    let _closed = open.read_to_end(&mut rest);
}

/// A request that arrives a byte at a time, and a connection on which none comes, are both let go.
#[test]
fn a_head_that_does_not_arrive_is_not_waited_for() {
    let bucket = Bucket::with_the_demo();
    let program = bucket.program();
    let address = program.address.trim_start_matches("http://");
    let begun = Instant::now();
    for sent in [&b"GET /healthz HTTP/1.1\r\nhost:"[..], b""] {
        let mut open = TcpStream::connect(address).unwrap();
        open.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        open.write_all(sent).unwrap();
        let mut rest = Vec::new();
        let closed = open.read_to_end(&mut rest);
        assert!(closed.is_ok(), "it is still open: {closed:?}");
        let rest = String::from_utf8(rest).unwrap();
        assert!(rest.is_empty() || rest.starts_with("HTTP/1.1 408"), "{rest}");
    }
    assert!(begun.elapsed() > Duration::from_secs(10), "others are slow, and honest");
    assert_eq!(crate::support::get(&format!("{}/healthz", program.address)).0, 200);
}

#[test]
fn settings_that_cannot_be_meant_are_told_and_nothing_is_begun() {
    for (arguments, said) in [
        (vec![], "--site public/"),
        (vec!["--site", "/nonexistent"], "accolade build"),
        (vec!["--site", "x", "--bucket", "badges"], "either in a folder or in a bucket"),
        (vec!["--bucket", "badges"], "--region eu-west-3"),
        (vec!["--bucket", "badges", "--region", "Paris"], "eu-west-3"),
        (vec!["--bucket", "b", "--region", "eu-west-3"], "3 to 63"),
        (vec!["--bucket", "badges", "--region", "eu-west-3", "--endpoint", "x"], "--endpoint"),
        (vec!["--bucket", "badges", "--region", "eu-west-3", "--fresh-seconds", "3601"], "3600"),
        (vec!["--site", "x", "--listen", "80"], "--listen"),
        (vec!["--site", "x", "--base-url", "badges.example"], "https://badges.example.org"),
        (
            vec!["--bucket", "badges", "--region", "eu-west-3", "--deny", "https://x.example"],
            "--deny",
        ),
        (vec!["--sites", "x"], "--site"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_accolade-verify-fn"))
            .args(&arguments)
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
        assert!(output.stdout.is_empty() && !stderr.contains("os error"), "{stderr}");
    }
}

#[test]
fn a_place_that_is_taken_is_told_in_words() {
    let bucket = Bucket::with_the_demo();
    let program = bucket.program();
    let address = program.address.trim_start_matches("http://");
    let output = Command::new(env!("CARGO_BIN_EXE_accolade-verify-fn"))
        .args(["--site", bucket.site().as_str(), "--listen", address])
        .env_clear()
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr.contains(address) && stderr.contains("in use"), "{stderr}");
    assert!(!stderr.contains("os error"), "{stderr}");
}
