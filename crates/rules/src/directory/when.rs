//! When the directory is read again, and when the copy is too old to be relied on without a word.

use jiff::{SignedDuration, Timestamp};

/// How reading goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Course {
    /// When it was last read whole.
    pub read_at: Option<Timestamp>,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// How often that failed in a row, up to then.
    pub failures: u32,
    /// When somebody asked for it and it was not tried since.
    pub asked_at: Option<Timestamp>,
}

/// How often, and from what age on the copy is called old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// From one reading that went well to the next.
    pub every: SignedDuration,
    /// From this age on everybody who looks is warned.
    pub old_after: SignedDuration,
}

/// The first wait after a reading that failed; each further one doubles it.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);

impl Course {
    /// Whether it is to be read now: somebody asked, it never was, its time has come, or the wait after a failure is over. A wait is never longer than
    /// the usual time between readings.
    ///
    /// ```
    /// use jiff::{SignedDuration, Timestamp};
    /// use rules::directory::when::{Course, Pace};
    /// let pace = Pace { every: SignedDuration::from_hours(6), old_after: SignedDuration::from_hours(24) };
    /// let nine: Timestamp = "2026-10-12T09:00:00Z".parse().unwrap();
    /// let failed = Course { tried_at: Some(nine), failures: 3, ..Course::default() };
    /// let after = |minutes| failed.is_due(pace, nine + SignedDuration::from_mins(minutes));
    /// assert_eq!([after(3), after(4)], [false, true]);
    /// ```
    pub fn is_due(&self, pace: Pace, now: Timestamp) -> bool {
        let Some(tried_at) = self.tried_at else { return true };
        if self.asked_at.is_some() {
            return true;
        }
        let wait = match self.failures {
            0 => pace.every,
            failures => {
                let doubled = FIRST_WAIT.checked_mul(1 << (failures - 1).min(20));
                doubled.unwrap_or(pace.every).min(pace.every)
            }
        };
        // A clock that was set back does not stop the readings.
        now < tried_at || now.duration_since(tried_at) >= wait
    }

    /// How old the copy is; nothing where there is none.
    pub fn age(&self, now: Timestamp) -> Option<SignedDuration> {
        self.read_at.map(|at| now.duration_since(at).max(SignedDuration::ZERO))
    }

    /// Whether the copy is too old, or there is none although it was tried.
    pub fn is_old(&self, pace: Pace, now: Timestamp) -> bool {
        match self.age(now) {
            Some(age) => age >= pace.old_after,
            None => self.failures > 0,
        }
    }
}
