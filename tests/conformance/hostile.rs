//! The hostile corpus (`accolade_tests::hostile`) before the real verifier: the verdict of every case, and the codes.

mod promised;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use accolade_tests::issuer::Case;
use accolade_tests::{hostile, read_text, report_schema, run, workspace};
use libtest_mimic::{Failed, Trial};
use openbadges::verify::{Report, Verdict};

/// The fewest cases the corpus has.
const CASES_MIN: usize = 200;

fn main() -> ExitCode {
    let cases = hostile::cases();
    let whole = whole(&cases).and_then(|()| promised::check(&cases));
    let skips = match skips() {
        Ok(skips) => skips,
        Err(failed) => return run(vec![Trial::test("skips", || Err(failed))]),
    };
    let mut trials: Vec<Trial> = cases.into_iter().map(|case| trial(case, &skips)).collect();
    trials.push(Trial::test("the corpus is whole", move || whole));
    run(trials)
}

fn trial(case: Case, skips: &BTreeMap<String, String>) -> Trial {
    let is_skipped = skips.contains_key(case.name);
    Trial::test(case.name, move || match (judge(&case), is_skipped) {
        (Ok(()), true) => Err("it passes: take it off `hostile_skips.yaml`".into()),
        (Err(_), true) => Ok(()),
        (judged, false) => judged,
    })
}

fn judge(case: &Case) -> Result<(), Failed> {
    let report = case.scene.verify();
    report_schema::hold(&report)?;
    let missing: Vec<&str> =
        case.codes.iter().filter(|code| !report.found(**code)).map(|code| code.text()).collect();
    let says_why = case.verdict == Verdict::Valid || !case.codes.is_empty();
    if report.verdict == case.verdict && missing.is_empty() && says_why {
        return Ok(());
    }
    let Case { rule, verdict, .. } = case;
    let found = found(&report);
    Err(format!(
        "{rule}: expected {verdict:?}, found {:?}\nmissing {missing:?}\n{found}",
        report.verdict
    )
    .into())
}

fn found(report: &Report) -> String {
    let line = |check: &openbadges::verify::Check| {
        let detail: String =
            check.detail.iter().flat_map(|detail| detail.chars()).take(120).collect();
        format!("  {:?} {detail}\n", check.outcome)
    };
    report.checks.iter().take(12).map(line).collect()
}

/// Names are not given twice, every area has honest neighbours, and there are enough cases.
fn whole(cases: &[Case]) -> Result<(), Failed> {
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    if names.len() != cases.len() {
        return Err("a name is given twice".into());
    }
    if cases.len() < CASES_MIN {
        return Err(format!("there are {} cases, and {CASES_MIN} are wanted", cases.len()).into());
    }
    let honest = cases.iter().filter(|case| case.verdict == Verdict::Valid).count();
    if honest * 8 < cases.len() {
        return Err(format!(
            "{honest} of {} cases must pass: too few to notice a verifier that refuses all",
            cases.len()
        )
        .into());
    }
    Ok(())
}

/// Cases that fail for a known reason, by name. A listed case that passes fails the run.
fn skips() -> Result<BTreeMap<String, String>, Failed> {
    let list = workspace().join("tests/conformance/hostile_skips.yaml");
    Ok(serde_yaml::from_str(&read_text(list)?)?)
}
