//! The kept corpus of every fuzz target, and a short pass of plain mutations over it and the seeds. Minutes of a
//! coverage-guided engine: `tests/fuzz/run`.

use std::process::ExitCode;

use accolade_tests::fuzz::{Mutator, TARGETS, Target, kept};
use accolade_tests::run;
use libtest_mimic::{Failed, Trial};

/// How many mutated inputs each target gets.
const MUTATIONS: usize = 400;

fn main() -> ExitCode {
    let trials = TARGETS.iter().flat_map(|target| {
        [
            Trial::test(format!("{}/kept", target.name), || replay(target)),
            Trial::test(format!("{}/mutated", target.name), || mutate(target)),
        ]
    });
    run(trials.collect())
}

fn replay(target: &Target) -> Result<(), Failed> {
    let inputs = kept(target.name)?;
    if inputs.is_empty() {
        return Err("no input is kept".into());
    }
    inputs.iter().for_each(|input| (target.run)(input));
    Ok(())
}

fn mutate(target: &Target) -> Result<(), Failed> {
    let seeds: Vec<Vec<u8>> = (target.seeds)().into_iter().chain(kept(target.name)?).collect();
    if seeds.is_empty() {
        return Err("there is no seed".into());
    }
    (target.run)(&[]);
    let mut mutator = Mutator::new(0x000a_cc01_ade0);
    for _ in 0..MUTATIONS {
        (target.run)(&mutator.next(&seeds));
    }
    Ok(())
}
