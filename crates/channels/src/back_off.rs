//! When a letter that could not be handed over is tried again, and when we stop trying.

use jiff::{SignedDuration, Timestamp};

/// Minutes to wait after each failed attempt; after the last of these, an hour each time.
///
/// RFC 5321, section 4.5.4.1 asks a sender to try again, not to hammer, and to stretch the waits; its half hour is meant for servers that
/// talk to each other. We hand over to the institution's own server, where most faults last a minute, and an acknowledgement should
/// go out within 15 (A8), so the first attempts come sooner.
const WAITS_MINUTES: [i64; 6] = [1, 2, 5, 15, 30, 60];

/// How long we try. RFC 5321 speaks of four to five days; a stage 1 decision is due in three working days (R63), so after two days a
/// person must be told and reach the complainant in another way.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(48);

/// The jitter adds at most this part of the wait, so that letters that failed together do not all come back together.
const LARGEST_JITTER: f64 = 0.2;

/// What to do about a letter that could not be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Try again at this instant.
    RetryAt(Timestamp),
    /// Stop, and tell a person.
    GiveUp,
}

/// Says what follows the failed attempt number `attempts` (1 for the first). `first_at` is when the letter was first tried, `jitter` a
/// number from 0 to 1 by chance. The last attempt comes no later than 48 hours after the first.
#[must_use]
pub fn next_attempt(attempts: u32, now: Timestamp, first_at: Timestamp, jitter: f64) -> Next {
    let last_at = first_at.saturating_add(GIVE_UP_AFTER).unwrap_or(Timestamp::MAX);
    if now >= last_at {
        return Next::GiveUp;
    }
    let retry_at = now.saturating_add(wait(attempts, jitter)).unwrap_or(Timestamp::MAX);
    Next::RetryAt(retry_at.min(last_at))
}

fn wait(attempts: u32, jitter: f64) -> SignedDuration {
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let minutes = WAITS_MINUTES[index.min(WAITS_MINUTES.len() - 1)];
    let jitter = if jitter.is_finite() {
        jitter.clamp(0.0, 1.0)
    } else {
        0.0
    };
    SignedDuration::from_mins(minutes) + SignedDuration::from_mins(minutes).mul_f64(LARGEST_JITTER * jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        let start: Timestamp = "2026-10-12T08:00:00Z".parse().unwrap();
        start + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn waits_grow_to_an_hour_and_stay_there() {
        let mut now = at(0);
        let mut waits = Vec::new();
        for attempts in 1..=9 {
            let Next::RetryAt(retry_at) = next_attempt(attempts, now, at(0), 0.0) else {
                panic!("gave up after {attempts} attempts")
            };
            waits.push(retry_at.duration_since(now).as_mins());
            now = retry_at;
        }
        assert_eq!(waits, [1, 2, 5, 15, 30, 60, 60, 60, 60]);
    }

    #[test]
    fn chance_adds_at_most_a_fifth() {
        let waited = |jitter| match next_attempt(4, at(0), at(0), jitter) {
            Next::RetryAt(retry_at) => retry_at.duration_since(at(0)).as_secs(),
            Next::GiveUp => panic!("gave up"),
        };
        assert_eq!(
            [0.0, 0.5, 1.0, 7.0, -1.0, f64::NAN].map(waited),
            [900, 990, 1080, 1080, 900, 900]
        );
    }

    #[test]
    fn the_last_attempt_is_after_48_hours_and_then_we_stop() {
        let two_days = 48 * 60;
        assert_eq!(
            next_attempt(50, at(two_days - 20), at(0), 0.5),
            Next::RetryAt(at(two_days))
        );
        assert_eq!(next_attempt(51, at(two_days), at(0), 0.5), Next::GiveUp);
        assert_eq!(next_attempt(1, at(two_days + 1), at(0), 0.0), Next::GiveUp);
    }

    #[test]
    fn a_letter_is_tried_fifty_odd_times_and_no_more() {
        let (mut attempts, mut now) = (1, at(0));
        while let Next::RetryAt(retry_at) = next_attempt(attempts, now, at(0), 0.0) {
            assert!(retry_at > now);
            (attempts, now) = (attempts + 1, retry_at);
        }
        // At once, after 1, 2, 5, 15 and 30 minutes, 47 times after an hour, and at the end of the 48 hours.
        assert_eq!((attempts, now), (54, at(48 * 60)));
    }
}
