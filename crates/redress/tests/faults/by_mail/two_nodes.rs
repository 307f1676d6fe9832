//! Two nodes that have the same mailbox in their configuration: one reads it, and the other goes on when that one dies.

use rules::mail::Fate;

use super::disk::put;
use super::place::{Place, until};
use crate::machine::Machine;
use crate::server::Schema;

#[test]
fn one_of_two_nodes_reads_a_mailbox_and_the_other_takes_over_when_it_dies() {
    let Some(schema) = Schema::new("two_nodes_by_mail") else {
        return;
    };
    let mailbox = format!("nodes-{}@office.example", std::process::id());
    let Some(place) = Place::make_on("by-mail-nodes", (&[&mailbox], &[]), Some(&schema.address)) else {
        return schema.remove();
    };
    let name = mailbox.split('@').next().unwrap_or_default();
    let reads = format!("this node reads the mailbox {name}");
    let first = place.start();
    until("the first node reads it", || {
        first.said().contains(&reads).then_some(())
    });
    let machine = Machine::under(&place.installation.folder);
    let second = place.start_node(&place.installation.second_node(), Some(&machine));
    put(&place.servers, &mailbox, "one");
    assert_eq!(place.ended(1)[0].0, Fate::NewCase);
    assert!(!second.said().contains(&reads), "{}", second.said());

    first.kill();
    // Its turn lasts a minute: the second node's clock says that it is over.
    machine.pass_every_lease();
    put(&place.servers, &mailbox, "two");
    let ended = place.ended(2);
    assert!(ended.iter().all(|(fate, _)| *fate == Fate::NewCase), "{ended:?}");
    assert!(second.said().contains(&reads), "{}", second.said());
    assert_eq!(place.met_again(), 0, "nothing was fetched twice");
    assert!(second.stop().success());
    place.remove();
    schema.remove();
}
