//! The server is told to end under load: what it took in is kept and answered before it goes, and what it did not take in is kept by the next one.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::installation::Installation;
use crate::kept::{assert_nothing_lost, assert_whole, block_on};
use crate::load::Load;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::{now, pause};

const ENDS: usize = 5;
const CLIENTS: usize = 16;
/// How long it is at work before it is told to end.
const AT_WORK: Duration = Duration::from_millis(400);
/// A client that was answered notes it within this time.
const NOTED: Duration = Duration::from_secs(10);

#[test]
fn told_to_end_under_load_it_answers_everything_that_it_saved() {
    let mail = MailServer::start();
    let installation = Installation::make("drained", &mail);
    let load = Load::on(vec![installation.address], Duration::ZERO);
    let last = load.beside(CLIENTS, || {
        for _ in 0..ENDS {
            let before = load.count();
            let server = start(&installation);
            pause(AT_WORK);
            assert!(load.count() > before, "it was at work");
            assert!(server.stop().success(), "it ends in order");
            // Nobody writes until the next one starts.
            assert_answered(&installation, &load);
        }
        vec![start(&installation)]
    });
    assert_nothing_lost(&installation, last, &load.saved(), &mail);
    installation.remove();
}

fn start(installation: &Installation) -> Running {
    let mut server = Running::start_with(&installation.node(), |_| {});
    server.until_it_answers();
    server
}

/// Asserts that whoever sent a form which is kept was told so.
fn assert_answered(installation: &Installation, load: &Load<'_>) {
    let kept = block_on(async {
        let store = installation.store().await;
        let cases = assert_whole(&store, &load.saved()).await;
        store.close().await.unwrap();
        cases.len()
    });
    let answered = || load.saved().iter().map(|one| one.form).collect::<BTreeSet<_>>().len();
    let begun = now();
    while answered() < kept {
        assert!(
            now().duration_since(begun) < NOTED,
            "{kept} cases are kept and {} of their senders were told so",
            answered()
        );
        pause(Duration::from_millis(5));
    }
    assert_eq!(answered(), kept);
}
