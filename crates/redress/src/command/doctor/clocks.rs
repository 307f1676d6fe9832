//! Whether the machine's clock can be believed: beside the record, and beside the clock of the database server.

use casework::jobs::steady;
use casework::{ActError, Office};
use jiff::{SignedDuration, Timestamp};
use storage::condition::Condition;

use super::finding::Finding;

/// More than any network and any two machines that keep time differ.
const APART: SignedDuration = SignedDuration::from_secs(5);
/// So far apart, leases end while somebody still counts on them.
const FAR: SignedDuration = SignedDuration::from_secs(30);

/// Looks at the clock.
pub(super) async fn look(office: &Office, condition: &Condition) -> Result<Vec<Finding>, ActError> {
    let todo = "See that it keeps the time of a time server (NTP).";
    let record = match steady::standing(office).await?.words() {
        None => Finding::well("clock", "The machine's clock agrees with the record."),
        Some(words) => Finding::fault("clock", words, todo),
    };
    let server = condition.clock.map(|clock| beside(office.now(), clock));
    Ok(std::iter::once(record).chain(server).collect())
}

fn beside(now: Timestamp, server: Timestamp) -> Finding {
    let apart = now.duration_since(server);
    let says = format!(
        "The clock of this machine is {}.{:01} s {} that of the database server.",
        apart.as_secs().abs(),
        (apart.as_millis().abs() % 1000) / 100,
        if apart.is_negative() { "behind" } else { "ahead of" }
    );
    let todo = "Let both keep the time of the same servers (NTP).";
    match apart.abs() {
        apart if apart > FAR => Finding::fault("clock", says, todo),
        apart if apart > APART => Finding::warning("clock", says, todo),
        _ => Finding::well("clock", says),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn two_clocks_may_be_some_seconds_apart() {
        let now: Timestamp = "2026-11-26T12:00:00Z".parse().expect("an instant");
        let state = |seconds| beside(now, now + SignedDuration::from_secs(seconds)).state;
        assert_eq!(
            [0, -5, 6, -31].map(state),
            [State::Well, State::Well, State::Warning, State::Fault]
        );
    }
}
