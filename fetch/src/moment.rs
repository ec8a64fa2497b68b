//! When something was read, and how old it is.

use std::time::{Duration, Instant, SystemTime};

/// A point in time whose age counts the time that the machine slept: between two invocations Lambda stops the machine, and
/// a laptop is closed; then the monotonic clock may stand still while badges are withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    monotonic: Instant,
    wall: SystemTime,
}

impl Moment {
    /// This moment.
    #[must_use]
    pub fn now() -> Self {
        Self::at(Instant::now(), SystemTime::now())
    }

    /// The moment at which the two clocks say so.
    #[must_use]
    pub const fn at(monotonic: Instant, wall: SystemTime) -> Self {
        Self { monotonic, wall }
    }

    /// How long ago it was.
    #[must_use]
    pub fn age(self) -> Duration {
        Self::now().since(self)
    }

    /// The time since `earlier`: the longer of what both clocks say, since a wall clock that was set back makes nothing
    /// young.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        let by_wall = self.wall.duration_since(earlier.wall).unwrap_or_default();
        self.monotonic.saturating_duration_since(earlier.monotonic).max(by_wall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_counts_the_time_asleep_and_a_clock_set_back_makes_nothing_young() {
        let (now, minute) = (Moment::now(), Duration::from_secs(60));
        assert!(now.age() < minute);
        let slept = Moment::at(now.monotonic, now.wall + minute);
        assert_eq!(slept.since(now), minute);
        let set_back = Moment::at(now.monotonic + minute, now.wall - minute);
        assert_eq!(set_back.since(now), minute);
        assert_eq!(now.since(set_back), minute, "by the wall clock");
    }
}
