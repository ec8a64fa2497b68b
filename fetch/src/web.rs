//! The loop between the engine, which says what it needs, and those who can give it.

use std::thread;

use openbadges::iri::Iri;
use openbadges::time::Timestamp;
use openbadges::verify::{
    Answer, Documents, Input, Policy, Report, Source, Step, Unavailable, verify,
};

use crate::fetcher::{Allowance, Fetcher, Outbound};
use crate::stand_in::StandIns;

/// The most documents that are asked for at the same time.
const AT_ONCE_MAX: usize = 6;

/// Verifies `input`, with `answer` for whatever the engine needs. An answer for each need, in the same order; a need that is
/// left without one was not asked for.
pub fn run(
    input: &Input,
    policy: &Policy,
    now: Timestamp,
    mut answer: impl FnMut(&[Iri]) -> Vec<Answer>,
) -> Report {
    let mut documents = Documents::new();
    loop {
        match verify(input, &documents, policy, now) {
            Step::Done(report) => return *report,
            Step::Need(needs) => {
                let answers = answer(&needs).into_iter().chain(std::iter::repeat_with(offline));
                for (need, answer) in needs.into_iter().zip(answers) {
                    documents.supply(need, answer);
                }
            }
        }
    }
}

/// Everything a shell answers from: stand-ins first, then the network if it may be used.
#[derive(Debug, Default)]
pub struct Web {
    stand_ins: StandIns,
    fetcher: Option<Fetcher>,
}

impl Web {
    /// Answers from `stand_ins`, and from the network where they have nothing to say.
    #[must_use]
    pub fn new(stand_ins: StandIns, fetcher: Option<Fetcher>) -> Self {
        Self { stand_ins, fetcher }
    }

    /// How far other people's servers can be reached.
    #[must_use]
    pub fn outbound(&self) -> Outbound {
        self.fetcher.as_ref().map_or(Outbound::Off, Fetcher::outbound)
    }

    /// Verifies `input` within the bounds of one run.
    #[must_use]
    pub fn verify(&self, input: &Input, policy: &Policy, now: Timestamp) -> Report {
        self.verify_with(input, policy, now, |needs| vec![None; needs.len()])
    }

    /// The same, when the caller has documents of its own: `own` is asked before the stand-ins and the network, and answers
    /// in the order of the needs.
    #[must_use]
    pub fn verify_with(
        &self,
        input: &Input,
        policy: &Policy,
        now: Timestamp,
        mut own: impl FnMut(&[Iri]) -> Vec<Option<Answer>>,
    ) -> Report {
        // Begins with the first need that goes to the network.
        let mut allowance = None;
        run(input, policy, now, |needs| {
            let own = own(needs).into_iter().chain(std::iter::repeat_with(|| None));
            let or_stand_in = |(answer, need): (Option<Answer>, &Iri)| {
                answer.or_else(|| self.stand_ins.answer(need))
            };
            let mut answers: Vec<_> = own.zip(needs).map(or_stand_in).collect();
            if let Some(fetcher) = &self.fetcher {
                let allowance = allowance.get_or_insert_with(|| fetcher.allowance());
                fill(&mut answers, needs, fetcher, allowance);
            }
            answers.into_iter().map(|answer| answer.unwrap_or_else(offline)).collect()
        })
    }
}

/// Asks the network for what has no answer yet, several at a time.
fn fill(answers: &mut [Option<Answer>], needs: &[Iri], fetcher: &Fetcher, allowance: &Allowance) {
    let mut open: Vec<_> =
        answers.iter_mut().zip(needs).filter(|(answer, _)| answer.is_none()).collect();
    if let [(answer, need)] = open.as_mut_slice() {
        **answer = Some(fetcher.get(need, allowance));
        return;
    }
    for several in open.chunks_mut(AT_ONCE_MAX) {
        thread::scope(|scope| {
            for (answer, need) in several {
                scope.spawn(|| **answer = Some(fetcher.get(need, allowance)));
            }
        });
    }
}

fn offline() -> Answer {
    Answer { source: Source::Network, hops: vec![], body: Err(Unavailable::Offline) }
}
