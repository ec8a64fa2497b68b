//! What an issuer with many awards pays: the CPU of a full `build` against the CPU of `cp -r` of its own output, and the
//! memory of a build against the number of awards.
//!
//! ```text
//! cargo bench -p accolade --bench build              # 1 000 and 10 000 awards
//! cargo bench -p accolade --bench build -- 1000      # other numbers
//! ```
//! Runs on tmpfs (`/dev/shm`, or `ACCOLADE_BENCH_DIR`), because creating files on a disk just after others were removed
//! costs many times the CPU. CPU is user and system time of the finished child; only ratios within one run mean anything.
//! The awards are signed before anything is measured. Linux only: the figures come from `/proc`.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench may stop at once when its machine is not what it needs"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use support::{Award, Repository};

/// The promise: a full build costs at most so many times the copy of its output.
const CPU_RATIO_MAX: f64 = 3.0;

/// The promise: memory grows by at most so many bytes an award.
const BYTES_PER_AWARD_MAX: f64 = 512.0;

/// `/proc` counts time in hundredths of a second.
const TICKS_PER_SECOND: f64 = 100.0;

/// Below this, ticks are too coarse to tell a ratio, so runs are repeated.
const SECONDS_MIN: f64 = 1.0;

/// And this is enough for anyone.
const RUNS_MAX: u32 = 20;

fn main() {
    // `cargo test --benches` only wants to know whether it runs.
    let is_test = std::env::args().any(|typed| typed == "--test");
    let typed: Vec<u32> = std::env::args().filter_map(|typed| typed.parse().ok()).collect();
    let counts = match (is_test, typed.is_empty()) {
        (true, _) => vec![20],
        (false, true) => vec![1_000, 10_000],
        (false, false) => typed,
    };
    println!(
        "{:>8} {:>9} {:>9} {:>7} {:>9} {:>9} {:>9}",
        "awards", "build s", "cp -r s", "ratio", "again s", "RSS MB", "files"
    );
    let mut kept = true;
    let mut memory: Vec<(u32, u64)> = Vec::new();
    for count in counts {
        let measured = measure(count);
        let ratio = measured.build / measured.copy;
        println!(
            "{count:>8} {:>9.3} {:>9.3} {ratio:>7.2} {:>9.3} {:>9.1} {:>9}",
            measured.build,
            measured.copy,
            measured.again,
            f64::from(u32::try_from(measured.memory / 1024).unwrap()) / 1024.0,
            measured.files,
        );
        kept &= is_test || count < 10_000 || ratio <= CPU_RATIO_MAX;
        memory.push((count, measured.memory));
    }
    if let [(few, small), .., (many, large)] = memory.as_slice() {
        let grown = f64::from(u32::try_from(large.saturating_sub(*small)).unwrap());
        let each = grown / f64::from(many - few);
        println!("memory grows by {each:.0} bytes an award");
        kept &= each <= BYTES_PER_AWARD_MAX;
    }
    assert!(
        kept,
        "at most {CPU_RATIO_MAX} x `cp -r` and {BYTES_PER_AWARD_MAX} bytes an award were promised"
    );
}

struct Measured {
    build: f64,
    copy: f64,
    again: f64,
    /// Peak of the build, in bytes.
    memory: u64,
    files: usize,
}

fn measure(count: u32) -> Measured {
    let folder = std::env::var_os("ACCOLADE_BENCH_DIR")
        .map_or_else(|| PathBuf::from("/dev/shm"), PathBuf::from);
    let repository = Repository::in_folder(&folder);
    for n in 0..count {
        repository.award(Award::new(n, if n % 10 == 0 { "listed" } else { "unlisted" }));
    }
    repository.seal();
    let (mut build, mut copy, mut again, mut memory, mut files) = (0.0, 0.0, 0.0, 0, 0);
    let mut runs = 0_u32;
    while build < SECONDS_MIN && runs < RUNS_MAX {
        // Never on ground that was just cleared: each run has folders of its own.
        let (out, to) =
            (repository.path(&format!("out{runs}")), repository.path(&format!("copy{runs}")));
        let (cpu, peak) =
            run(repository.command(&["build", "--quiet", "--out", out.to_str().unwrap()]));
        build += cpu;
        memory = memory.max(peak);
        let mut cp = Command::new("cp");
        cp.arg("-r").arg(&out).arg(&to);
        copy += run(cp).0;
        again += run(repository.command(&["build", "--quiet", "--out", out.to_str().unwrap()])).0;
        files = walkdir::WalkDir::new(&out)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .count();
        fs::remove_dir_all(&to).unwrap();
        fs::remove_dir_all(&out).unwrap();
        runs += 1;
    }
    let runs = f64::from(runs);
    Measured { build: build / runs, copy: copy / runs, again: again / runs, memory, files }
}

/// Runs a command; its CPU in seconds and the peak of its memory in bytes.
fn run(mut command: Command) -> (f64, u64) {
    let before = children_seconds();
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let exit = loop {
        peak = peak.max(high_water_mark(&status));
        if let Some(exit) = child.try_wait().unwrap() {
            break exit;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(exit.success(), "{command:?}");
    (children_seconds() - before, peak)
}

/// User and system time of the children that ended: fields 16 and 17 of `/proc/self/stat`.
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // The name in parentheses may hold spaces; the third field follows it.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 =
        [fields[13], fields[14]].iter().map(|field| field.parse::<f64>().unwrap()).sum();
    ticks / TICKS_PER_SECOND
}

fn high_water_mark(status: &Path) -> u64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
