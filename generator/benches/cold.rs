//! What one verification by the command costs, from start to verdict: the CPU of the process and the most memory it took.
//!
//! ```text
//! cargo bench -p accolade --bench cold
//! ```
//! Builds the demonstration into a folder of its own and verifies one of its badges there, offline: as a file, and as a
//! picture with both generations. CPU is user and system time of the finished process, the mean of a batch, the median of
//! the batches. Linux only: the figures come from `/proc`.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench may stop at once when its machine is not what it needs"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The promise: from start to verdict, in milliseconds of CPU.
const CPU_MS_MAX: f64 = 15.0;

/// The promise: the most memory a verification takes, in MB.
const MEMORY_MB_MAX: f64 = 20.0;

/// The clock of the demonstration.
const NOW: &str = "2026-09-01T09:00:00Z";

/// `/proc` counts time in hundredths of a second, so a batch has as many runs as make that fine enough.
const TICK_MS: f64 = 10.0;
const BATCHES: usize = 7;
const RUNS: u16 = 40;

/// How often the memory is looked at; on a busy machine a run may be over before anybody looked.
const MEMORY_RUNS: usize = 60;

fn main() {
    // `cargo test --benches` only wants to know whether it runs.
    let is_test = std::env::args().any(|typed| typed == "--test");
    let (batches, runs) = if is_test { (1, 1) } else { (BATCHES, RUNS) };
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    finish(accolade().arg("--repo").arg(root).args(["build", "--quiet", "--out"]).arg(&site));
    let award = site.join("a").join(active_award(root));
    println!("{:>24} {:>9} {:>9}", "verify", "CPU ms", "RSS MB");
    let mut kept = true;
    for file in ["credential.json", "badge.png"] {
        let verify = || {
            let mut command = accolade();
            command.args(["verify", "--offline", "--now", NOW, "--site"]).arg(&site);
            command.arg(award.join(file));
            command
        };
        let cpu = cpu_ms(&verify, batches, runs);
        let memory = (0..MEMORY_RUNS).map(|_| memory_mb(verify())).fold(0.0, f64::max);
        println!("{file:>24} {cpu:>9.1} {memory:>9.1}");
        assert!(memory > 0.0, "the memory was not seen");
        kept &= is_test || cpu <= CPU_MS_MAX && memory <= MEMORY_MB_MAX;
    }
    assert!(kept, "at most {CPU_MS_MAX} ms of CPU and {MEMORY_MB_MAX} MB were promised");
}

fn accolade() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_accolade"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// An award that everybody may see and that is in force.
fn active_award(root: &Path) -> String {
    let text = fs::read(root.join("tests/expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let mut awards = expected["awards"].as_array().unwrap().iter();
    let found = awards.find(|one| one["status"] == "active" && one["visibility"] != "private");
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

fn finish(command: &mut Command) {
    let exit = command.status().unwrap();
    assert!(exit.success(), "{command:?}: {exit}");
}

/// The median over the batches of the mean of a batch.
fn cpu_ms(verify: &dyn Fn() -> Command, batches: usize, runs: u16) -> f64 {
    let mut means: Vec<f64> = (0..batches)
        .map(|_| {
            let before = children_ms();
            (0..runs).for_each(|_| finish(&mut verify()));
            (children_ms() - before) / f64::from(runs)
        })
        .collect();
    means.sort_by(f64::total_cmp);
    means[batches / 2]
}

/// User and system time of the children that ended: fields 16 and 17 of `/proc/self/stat`.
fn children_ms() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // The name in parentheses may hold spaces; the third field follows it.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks = [fields[13], fields[14]].map(|field| field.parse::<f64>().unwrap());
    ticks.iter().sum::<f64>() * TICK_MS
}

/// The most memory of one run: looked at without a pause, since it is over in milliseconds.
fn memory_mb(mut command: Command) -> f64 {
    let mut child = command.spawn().unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0.0_f64;
    loop {
        peak = peak.max(high_water_mark_mb(&status));
        if let Some(exit) = child.try_wait().unwrap() {
            assert!(exit.success(), "{command:?}: {exit}");
            return peak;
        }
    }
}

/// The peak so far; nothing while the process is still a copy of this one.
fn high_water_mark_mb(status: &Path) -> f64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    if !text.starts_with("Name:\taccolade\n") {
        return 0.0;
    }
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
