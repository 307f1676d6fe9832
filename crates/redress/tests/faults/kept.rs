//! What is kept, counted against what was answered with "saved": nothing lost, nothing doubled, one acknowledgement and one job each.

use std::collections::BTreeMap;
use std::time::Duration;

use storage::jobs::{self, JobFilter};
use storage::outbox::{self, OutboxState};
use storage::{StorageError, Store, audit, events};

use crate::installation::Installation;
use crate::load::{KNOWN_BY, Saved, sender};
use crate::mail_server::{MailServer, Taken};
use crate::running::Running;
use crate::{now, pause};

/// One case as the tables and the log tell it.
#[derive(Debug)]
pub(crate) struct Case {
    /// The number of the form that it came with.
    form: usize,
    jobs: usize,
    /// Acknowledgements that are owed or were sent.
    owed: Vec<OutboxState>,
    /// How often the log says that it was acknowledged.
    acknowledged: usize,
}

/// Every case of a store, by reference.
pub(crate) type Cases = BTreeMap<String, Case>;

/// Reads what is kept.
async fn cases(store: &Store) -> Cases {
    let read = store.read(|tx| {
        Box::pin(async move {
            let mut cases = Cases::new();
            let mut position = 0;
            loop {
                let page = events::load_after(tx, position, 1_000).await?;
                let Some(last) = page.last() else { break };
                position = last.position;
                for event in page {
                    if event.kind == "case.received" {
                        let case = Case {
                            form: form_of(&String::from_utf8_lossy(&event.payload)),
                            jobs: 0,
                            owed: Vec::new(),
                            acknowledged: 0,
                        };
                        assert!(cases.insert(event.stream, case).is_none(), "a case arrives once");
                    } else if event.kind == "ack.sent" {
                        cases.get_mut(&event.stream).expect("it was received").acknowledged += 1;
                    }
                }
            }
            for (reference, case) in &mut cases {
                let of_case = JobFilter {
                    reference: Some(reference.clone()),
                    ..JobFilter::default()
                };
                case.jobs = jobs::list(tx, &of_case, None, 10).await?.len();
                let letters = outbox::for_case(tx, reference).await?;
                let acknowledgements = letters.iter().filter(|letter| letter.kind == "acknowledgement");
                case.owed = acknowledgements.map(|letter| letter.state).collect();
            }
            Ok::<_, StorageError>(cases)
        })
    });
    read.await.unwrap()
}

fn form_of(payload: &str) -> usize {
    let (_, rest) = payload.split_once(KNOWN_BY).expect("a form of the test");
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

/// Asserts that all that was saved is there, that no form made two cases, that each case has one job and owes or was sent one
/// acknowledgement, which the log tells once at most, and that the log verifies.
pub(crate) async fn assert_whole(store: &Store, saved: &[Saved]) -> Cases {
    let report = audit::verify(store).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
    let cases = cases(store).await;
    let mut of_form: BTreeMap<usize, &str> = BTreeMap::new();
    for (reference, case) in &cases {
        let other = of_form.insert(case.form, reference);
        assert_eq!(
            other, None,
            "form {} made two cases, one of them {reference}",
            case.form
        );
        assert_eq!(case.jobs, 1, "{reference}: {case:?}");
        assert_eq!(case.owed.len(), 1, "{reference}: {case:?}");
        let told = usize::from(case.owed == [OutboxState::Sent]);
        // The log is written first; then the letter leaves the outbox.
        assert!((told..=1).contains(&case.acknowledged), "{reference}: {case:?}");
    }
    for one in saved {
        let kept = of_form.get(&one.form).copied();
        assert_eq!(kept, Some(&*one.reference), "form {} was answered \"saved\"", one.form);
    }
    cases
}

/// How often a letter went out a second time, because the server was killed between the mail server's "250" and its own note of it; it is then
/// the same letter under the same number, which mail programs show once.
fn assert_told(cases: &Cases, taken: &Taken) -> usize {
    let mut again = 0;
    for (reference, case) in cases {
        assert_eq!(
            (case.acknowledged, &*case.owed),
            (1, &[OutboxState::Sent][..]),
            "{reference}"
        );
        let letters = taken
            .get(&sender(case.form))
            .unwrap_or_else(|| panic!("{reference} got no letter"));
        assert!(letters.iter().all(|number| *number == letters[0]), "{letters:?}");
        again += letters.len() - 1;
    }
    again
}

/// Waits until every letter is out, ends the servers as an operator does, and asserts all of the above and what the commands say. Answers the
/// cases, and how many letters went out a second time.
pub(crate) fn assert_nothing_lost(
    installation: &Installation,
    servers: impl IntoIterator<Item = Running>,
    saved: &[Saved],
    mail: &MailServer,
) -> (Cases, usize) {
    let cases = block_on(async {
        let store = installation.store().await;
        until_every_letter_is_out(&store).await;
        for server in servers {
            assert!(server.stop().success(), "it ends when it is told to");
        }
        let cases = assert_whole(&store, saved).await;
        store.close().await.unwrap();
        cases
    });
    let again = assert_told(&cases, &mail.taken());
    assert_commands_agree(installation);
    (cases, again)
}

/// A letter is on its way within seconds of the act that owes it.
const ON_ITS_WAY: Duration = Duration::from_secs(60);

pub(crate) async fn until_every_letter_is_out(store: &Store) {
    let begun = now();
    let oldest = || store.read(|tx| Box::pin(async move { outbox::oldest_waiting(tx).await }));
    while let Some(since) = oldest().await.unwrap() {
        assert!(now().duration_since(begun) < ON_ITS_WAY, "a letter waits since {since}");
        pause(Duration::from_millis(20));
    }
}

/// Asserts what the commands say to the operator: the record is whole, and every derived row is as the events say.
fn assert_commands_agree(installation: &Installation) {
    let said = |words: &[&str]| {
        let output = installation.run(words);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (said, output.status.success())
    };
    let (audit, success) = said(&["audit", "verify"]);
    assert!(success && audit.contains("The record is whole"), "{audit}");
    // Whether this machine has room, backups and a right clock is not asked here.
    let (doctor, _) = said(&["doctor", "--rebuild"]);
    let fault = doctor
        .lines()
        .find(|line| line.starts_with("FAULT") && !line.starts_with("FAULT    clock"));
    assert!(
        fault.is_none() && doctor.contains("Every derived row was as the events say"),
        "{doctor}"
    );
}

/// Runs what waits for the store.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}
