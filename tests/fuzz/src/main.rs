//! One binary for every target; `ACCOLADE_FUZZ_TARGET` names the one to run.

#![no_main]

use std::sync::OnceLock;

use accolade_tests::fuzz::{Target, target};
use libfuzzer_sys::fuzz_target;

fn chosen() -> &'static Target {
    static CHOSEN: OnceLock<&'static Target> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("ACCOLADE_FUZZ_TARGET").expect("ACCOLADE_FUZZ_TARGET names a target");
        target(&name).expect("ACCOLADE_FUZZ_TARGET names a target that there is")
    })
}

fuzz_target!(
    // What is made once, the hostile corpus above all, is no input's doing.
    init: {
        (chosen().seeds)().iter().take(1).for_each(|seed| (chosen().run)(seed));
    },
    |bytes: &[u8]| (chosen().run)(bytes)
);
