//! Whether files are scanned for viruses: clamd is asked who it is, shown the harmless test file, and a package that it cannot open to its end.

use channels::scan::{Asking, CALL, Trial};
use jiff::{SignedDuration, Timestamp};

use super::finding::Finding;
use crate::config::Config;

/// Signatures come several times a day. Older ones than this mean that nobody fetches them.
const OLD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Asks clamd, where the configuration names one.
pub(super) async fn look(config: &Config, now: Timestamp) -> Vec<Finding> {
    let Some(clamd) = &config.files.clamd else {
        return vec![Finding::well(
            "scanner",
            "No scanner is set up: files are not scanned for viruses, and staff are told so. Name a clamd in [files] if they shall be.",
        )];
    };
    let asking = Asking {
        clamd: clamd.clone(),
        patience: CALL,
    };
    match asking.try_out().await {
        Ok(trial) => judged(&trial, now),
        Err(why) => vec![Finding::fault(
            "scanner",
            format!("clamd at {clamd} does not work: {why}."),
            "Nothing is held up: files are taken as not scanned, and scanned when it does. docs/operating/scanning.md says what to do.",
        )],
    }
}

fn judged(trial: &Trial, now: Timestamp) -> Vec<Finding> {
    let version = &trial.version;
    let fetch = "Does freshclam run where clamd does?";
    let signatures = match trial.signatures_at {
        None => Finding::warning(
            "scanner",
            format!("{version} does not say how old its signatures are."),
            fetch,
        ),
        Some(at) => {
            let age = now.duration_since(at);
            let says = format!("{version} has signatures that are {} hours old.", age.as_hours());
            match age > OLD {
                true => Finding::warning("scanner", says, fetch),
                false => Finding::well("scanner", says),
            }
        }
    };
    let mut found = vec![signatures];
    if !trial.knows_test_file {
        found.push(Finding::fault(
            "scanner",
            "It calls the test file of EICAR clean, which every scanner knows.",
            "It has no signatures, or none of its makers: look after freshclam.",
        ));
    }
    if !trial.says_when_it_stops {
        found.push(Finding::fault(
            "scanner",
            "It calls clean what it did not look at to its end.",
            "Set AlertExceedsMax yes in clamd.conf; docs/operating/scanning.md has the rest of it.",
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn what_makes_a_scanner_useless_is_a_fault_and_old_signatures_are_a_warning() {
        let now: Timestamp = "2026-11-26T12:00:00Z".parse().expect("an instant");
        let states = |trial: &Trial| -> Vec<State> { judged(trial, now).iter().map(|found| found.state).collect() };
        let good = Trial {
            version: "ClamAV 1.4.6".to_owned(),
            signatures_at: Some(now - SignedDuration::from_hours(20)),
            knows_test_file: true,
            says_when_it_stops: true,
        };
        assert_eq!(states(&good), [State::Well]);
        let old = Trial {
            signatures_at: Some(now - SignedDuration::from_hours(200)),
            ..good.clone()
        };
        assert_eq!(states(&old), [State::Warning]);
        let silent = Trial {
            signatures_at: None,
            says_when_it_stops: false,
            ..good.clone()
        };
        assert_eq!(states(&silent), [State::Warning, State::Fault]);
        let blind = Trial {
            knows_test_file: false,
            ..good
        };
        assert_eq!(states(&blind), [State::Well, State::Fault]);
    }
}
