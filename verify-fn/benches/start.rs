//! What a start costs: from exec to the moment a program is ready, what it then holds in memory, and how large it is.
//!
//! `cargo bench -p accolade-verify-fn --bench start --profile function`
//!
//! Ready is the line that names the address, or, under Lambda, the first request for an event. Under the bucket stands a
//! server of a few lines: the time to the first answer from it includes the making of the client, not a network.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops where it fails, and prints"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Starts of each kind; the first ones warm the page cache.
const STARTS: usize = 45;
const WARMING: usize = 5;

const PROGRAM: &str = env!("CARGO_BIN_EXE_accolade-verify-fn");
const BOOTSTRAP: &str = env!("CARGO_BIN_EXE_bootstrap");
const CATALOGUE: &str = r#"{"url":"https://badges.example/"}"#;

fn main() {
    // `cargo test --benches` must not take minutes.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let site = tempfile::tempdir().unwrap();
    fs::write(site.path().join("catalog.json"), CATALOGUE).unwrap();
    let site = site.path().to_str().unwrap().to_owned();
    let bucket = format!("http://{}", listen(answer_with_the_catalogue));
    let in_folder = ["--site", &site];
    let in_bucket =
        ["--bucket", "badges", "--region", "eu-west-3", "--endpoint", &bucket, "--offline"];

    println!("{:<44} {:>9} {:>9} {:>9} {:>9}", "", "median ms", "p95 ms", "RSS MB", "size MB");
    row("a folder: exec to ready", PROGRAM, || started(&in_folder, None));
    row("a folder: exec to first answer", PROGRAM, || started(&in_folder, Some("/healthz")));
    row("a bucket: exec to ready", PROGRAM, || started(&in_bucket, None));
    row("a bucket: exec to first answer from it", PROGRAM, || {
        started(&in_bucket, Some("/healthz"))
    });
    row("Lambda, a bucket: exec to first /next", BOOTSTRAP, || invoked(&bucket));
}

/// One line of the table.
fn row(name: &str, program: &str, start: impl Fn() -> (Duration, u64)) {
    let mut times: Vec<_> = (0..STARTS).map(|_| start()).skip(WARMING).collect();
    let rss = times.iter().map(|(_, rss)| *rss).max().unwrap_or_default();
    times.sort();
    let at = |part: usize| times.get(times.len() * part / 100).unwrap().0.as_secs_f64() * 1e3;
    let size = fs::metadata(program).unwrap().len();
    let megabytes = |bytes: u64| u32::try_from(bytes / 1000).map(f64::from).unwrap() / 1e3;
    println!(
        "{name:<44} {:>9.2} {:>9.2} {:>9.1} {:>9.2}",
        at(50),
        at(95),
        megabytes(rss),
        megabytes(size)
    );
}

/// Until the program says where it listens, or has answered `path`; and its resident memory then.
fn started(arguments: &[&str], path: Option<&str>) -> (Duration, u64) {
    let since = Instant::now();
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .args(["--listen", "127.0.0.1:0"])
        .env("AWS_ACCESS_KEY_ID", "a")
        .env("AWS_SECRET_ACCESS_KEY", "b")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    stderr.read_line(&mut line).unwrap();
    let address = line.trim().rsplit('/').next().unwrap();
    if let Some(path) = path {
        let mut connection = TcpStream::connect(address).unwrap();
        write!(connection, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    (since.elapsed(), ended(child))
}

/// Until `bootstrap` asks an emulated Runtime API for its first event.
fn invoked(bucket: &str) -> (Duration, u64) {
    let runtime = TcpListener::bind("127.0.0.1:0").unwrap();
    let since = Instant::now();
    let child = Command::new(BOOTSTRAP)
        .env("AWS_LAMBDA_RUNTIME_API", runtime.local_addr().unwrap().to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "accolade")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("ACCOLADE_BUCKET", "badges")
        .env("ACCOLADE_REGION", "eu-west-3")
        .env("ACCOLADE_ENDPOINT", bucket)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (connection, _) = runtime.accept().unwrap();
    let mut line = String::new();
    BufReader::new(&connection).read_line(&mut line).unwrap();
    assert!(line.contains("/runtime/invocation/next"), "{line}");
    (since.elapsed(), ended(child))
}

/// Ends a program; its resident memory before.
fn ended(mut child: Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kibibytes: u64 = resident.trim().trim_end_matches(" kB").parse().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    kibibytes * 1024
}

fn listen(answer: fn(TcpStream)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            thread::spawn(move || answer(connection));
        }
    });
    address
}

fn answer_with_the_catalogue(mut connection: TcpStream) {
    let head = BufReader::new(connection.try_clone().unwrap()).lines();
    let _head = head.map_while(Result::ok).take_while(|line| !line.is_empty()).count();
    let _sent = write!(
        connection,
        "HTTP/1.1 200 OK\r\netag: \"1\"\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{CATALOGUE}",
        CATALOGUE.len()
    );
}
