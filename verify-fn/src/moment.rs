//! When something was read, and how old it is.

use std::time::{Duration, Instant, SystemTime};

/// A point in time whose age counts the time that the machine slept: between two invocations Lambda stops the machine, and
/// then its monotonic clock may stand still while badges are withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    monotonic: Instant,
    wall: SystemTime,
}

impl Moment {
    pub(crate) fn now() -> Self {
        Self { monotonic: Instant::now(), wall: SystemTime::now() }
    }

    /// The longer of what both clocks say: a wall clock that was set back makes nothing young.
    pub(crate) fn age(self) -> Duration {
        let by_wall = self.wall.elapsed().unwrap_or_default();
        self.monotonic.elapsed().max(by_wall)
    }

    /// The same moment, had it been so much earlier by the wall clock alone: as after a sleep.
    #[cfg(test)]
    pub(crate) fn slept(self, by: Duration) -> Self {
        Self { wall: self.wall - by, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_counts_the_time_asleep_and_a_clock_set_back_makes_nothing_young() {
        let minute = Duration::from_secs(60);
        assert!(Moment::now().age() < minute);
        assert!(Moment::now().slept(minute).age() >= minute);
        let now = Moment::now();
        let earlier = Moment { monotonic: now.monotonic.checked_sub(minute).unwrap(), ..now };
        let set_back = Moment { wall: now.wall + minute, ..earlier };
        assert!(set_back.age() >= minute);
    }
}
