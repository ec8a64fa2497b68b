//! What the hostile corpus costs: `cargo bench -p accolade-tests --bench hostile`.
//!
//! Each case is verified from its file to its report, its documents at hand. Time is CPU time of the thread, the best of
//! three runs, so that the figure is the work's and not the machine's; memory is the most that was allocated at once,
//! above what the case itself holds. Ends with 1 when a case is above a bound, which makes it a gate.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::process::ExitCode;
use std::time::Duration;

use accolade_tests::hostile;
use accolade_tests::issuer::Case;
use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// The most CPU time that a case may take.
const CPU_MAX: Duration = Duration::from_millis(200);

/// The most memory that a case may take.
const MEMORY_BYTES_MAX: usize = 64 << 20;

/// How often a case is run.
const RUNS: usize = 3;

/// How many of the worst cases are printed.
const PRINTED: usize = 12;

struct Cost {
    name: &'static str,
    cpu: Duration,
    memory_bytes: usize,
}

fn main() -> ExitCode {
    // The contexts are compiled once in a process; that is not a case's doing.
    let cases = hostile::cases();
    let warm = cases.iter().take(1).map(cost).collect::<Vec<_>>();
    let mut costs: Vec<Cost> = cases.iter().map(cost).collect();
    println!(
        "{} cases, the first of them warmed up in {:?}",
        costs.len(),
        warm.iter().map(|one| one.cpu).max()
    );
    costs.sort_by_key(|one| std::cmp::Reverse(one.cpu));
    println!("\nmost CPU time (bound {CPU_MAX:?})");
    costs.iter().take(PRINTED).for_each(print);
    let slowest = costs.first().map(|one| one.cpu).unwrap_or_default();
    costs.sort_by_key(|one| std::cmp::Reverse(one.memory_bytes));
    println!("\nmost memory (bound {} MB)", MEMORY_BYTES_MAX >> 20);
    costs.iter().take(PRINTED).for_each(print);
    let largest = costs.first().map(|one| one.memory_bytes).unwrap_or_default();
    println!("\nworst: {:.1} ms CPU, {:.1} MB", slowest.as_secs_f64() * 1e3, megabytes(largest));
    if slowest > CPU_MAX || largest > MEMORY_BYTES_MAX {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn cost(case: &Case) -> Cost {
    let mut cost = Cost { name: case.name, cpu: Duration::MAX, memory_bytes: 0 };
    for _ in 0..RUNS {
        let before = ALLOCATED.current_usage();
        ALLOCATED.reset_peak_usage();
        let clock = ThreadTime::now();
        let report = case.scene.verify();
        cost.cpu = cost.cpu.min(clock.elapsed());
        cost.memory_bytes = cost.memory_bytes.max(ALLOCATED.peak_usage().saturating_sub(before));
        drop(std::hint::black_box(report));
    }
    cost
}

fn print(cost: &Cost) {
    let Cost { name, cpu, memory_bytes } = cost;
    println!("{:>9.2} ms {:>8.2} MB  {name}", cpu.as_secs_f64() * 1e3, megabytes(*memory_bytes));
}

#[expect(clippy::cast_precision_loss, reason = "it is printed with two digits")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
