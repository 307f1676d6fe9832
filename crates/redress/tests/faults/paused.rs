//! A node stands still for longer than everything that it holds, another one does its work, and it goes on as if no time had passed.

use std::fs;
use std::time::Duration;

use storage::{StorageError, audit};

use crate::installation::Installation;
use crate::kept::{assert_nothing_lost, block_on, until_every_letter_is_out};
use crate::load::{Load, sender};
use crate::machine::Machine;
use crate::mail_server::MailServer;
use crate::running::Running;
use crate::server::Schema;
use crate::{now, wait_until};

/// How many letters a node hands over at once; the others of its handful wait for their turn.
const AT_ONCE: usize = 4;
/// How many letters it has in hand when it stands still.
const IN_HAND: usize = 12;
/// A node signs at its start and then each minute.
const NO_SECOND_CHECKPOINT: Duration = Duration::from_secs(50);

#[test]
fn a_node_that_stood_still_while_another_did_its_work_sends_nothing_twice_and_signs_nothing() {
    let Some(schema) = Schema::new("paused") else { return };
    let mail = MailServer::start();
    let installation = Installation::make_on("paused", &mail, Some(&schema.address));
    let machine = Machine::under(&installation.folder);
    let (first, second) = (installation.node(), installation.second_node());
    let load = Load::on(vec![first.address], Duration::ZERO);

    // While the first letter waits for the mail server, others come; then they are taken as one handful.
    let mut slept = Running::start_on(&machine, &first);
    slept.until_it_answers();
    mail.shut();
    assert!(load.send(1));
    wait_until("the first letter waits", || mail.waiting() == 1);
    (2..=IN_HAND + 1).for_each(|form| assert!(load.send(form)));
    mail.let_one_in();
    wait_until("the handful waits", || mail.waiting() == AT_ONCE);
    slept.pause();

    // The mail server is well again, the leases are over, and the other node does all of it.
    mail.open();
    machine.pass_every_lease();
    let begun = now();
    let earlier = signed(&installation);
    let mut other = Running::start_on(&machine, &second);
    other.until_it_answers();
    block_on(async {
        let store = installation.store().await;
        until_every_letter_is_out(&store).await;
        store.close().await.unwrap();
    });
    wait_until("it signs, as each node does that begins to look at the clocks", || {
        signed(&installation) > earlier
    });
    let before = signed(&installation);

    // Those four have been let in meanwhile, eight have their turn now; it is told to end, and does all that it means to do before.
    slept.go_on();
    assert!(slept.stop().success());
    let after = signed(&installation);
    let said = fs::read_to_string(&first.log).unwrap();
    assert!(
        said.contains("another node looks at the clocks"),
        "it found out: {said}"
    );
    if now().duration_since(begun) < NO_SECOND_CHECKPOINT {
        assert_eq!(after, before, "whoever lost its turn signs nothing");
    }
    let taken = mail.taken();
    for form in 1..=IN_HAND + 1 {
        assert_eq!(taken[&sender(form)].len(), 1, "form {form}: {taken:?}");
    }
    let (cases, again) = assert_nothing_lost(&installation, [other], &load.saved(), &mail);
    assert_eq!((cases.len(), again), (IN_HAND + 1, 0));
    println!("a node stood still with {IN_HAND} letters in hand; another sent them, and none went out twice");
    schema.remove();
    installation.remove();
}

/// How many checkpoints were signed.
fn signed(installation: &Installation) -> usize {
    block_on(async {
        let store = installation.store().await;
        let signed: Result<Vec<String>, StorageError> = store
            .read(|tx| Box::pin(async move { audit::checkpoints(tx).await }))
            .await;
        store.close().await.unwrap();
        signed.unwrap().len()
    })
}
