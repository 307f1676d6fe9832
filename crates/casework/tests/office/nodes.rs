//! Two nodes over one database: what one changes the other knows, and what only one may do is done once.

use casework::account::signed_in;
use casework::jobs::checkpoint;
use casework::nodes::{Turn, follow};
use casework::people::add;
use rules::people::StaffId;
use testkit::house;
use testkit::office::OpenOffice;
use testkit::people::tom;
use testkit::story::TUESDAY;
use tokio::sync::{mpsc, watch};

use crate::people::kit;
use crate::written::hand;

#[tokio::test]
async fn somebody_added_at_one_node_is_known_at_the_other() {
    let one = OpenOffice::at(TUESDAY).await;
    let other = one.opened_again(house::calendar_files()).await;
    let (closing, closed) = watch::channel(false);
    let (read, mut was_read) = mpsc::unbounded_channel();
    let following = tokio::spawn(follow(other.office.clone(), closed, move |_| read.send(()).unwrap()));
    let id: StaffId = add(hand(&one.office, &tom(), "k"), &kit()).await.unwrap();
    while other.office.person(id).is_none() {
        was_read.recv().await.unwrap();
    }
    closing.send_replace(true);
    following.await.unwrap();
}

#[tokio::test]
async fn whoever_changed_something_at_one_node_finds_it_at_the_other_with_the_next_request() {
    let one = OpenOffice::at(TUESDAY).await;
    let other = one.opened_again(house::calendar_files()).await;
    let session = one.sign_in(&tom()).await;
    let id: StaffId = add(hand(&one.office, &tom(), "k"), &kit()).await.unwrap();
    // The other node follows nothing: it hears of it from the request alone.
    assert!(other.office.person(id).is_none());
    assert!(signed_in(&other.office, &session.token).await.unwrap().is_some());
    assert_eq!(other.office.person(id).unwrap().name, kit().name);
}

#[tokio::test]
async fn the_timetable_is_one_nodes_and_one_that_slept_signs_nothing() {
    let one = OpenOffice::at(TUESDAY).await;
    let other = one.opened_again(house::calendar_files()).await;
    let (mut first, mut second) = (Turn::of(&one.office), Turn::of(&other.office));
    let lease = first.take(one.office.now()).await.unwrap();
    assert!(
        second.take(other.office.now()).await.is_none(),
        "while the first has it"
    );
    one.on("2026-06-09 09:16");
    let taken = second.take(other.office.now()).await.unwrap();
    assert_eq!(taken.fence, lease.fence + 1);

    // The first one wakes and goes on where it was.
    assert_eq!(checkpoint::sign_in_turn(&one.office, &lease).await.unwrap(), None);
    assert!(checkpoint::sign_in_turn(&other.office, &taken).await.unwrap().is_some());
    assert!(
        first.take(one.office.now()).await.is_none(),
        "it asks, and hears that it has lost it"
    );

    second.let_go(other.office.now()).await;
    let again = first.take(one.office.now()).await.unwrap();
    assert_eq!(again.fence, taken.fence + 1, "given back, it is free at once");
}

#[tokio::test]
async fn each_mailbox_has_a_turn_of_its_own_and_whoever_asks_keeps_it() {
    let one = OpenOffice::at(TUESDAY).await;
    let other = one.opened_again(house::calendar_files()).await;
    let turns = |office| ["helpline", "complaints"].map(|name| Turn::at_mailbox(office, name));
    let ([mut helpline, _], [mut theirs, mut complaints]) = (turns(&one.office), turns(&other.office));
    assert!(helpline.ask(one.office.now()).await.unwrap().is_some());
    assert!(
        complaints.ask(other.office.now()).await.unwrap().is_some(),
        "another mailbox"
    );
    for second in ["2026-06-09 09:15:50", "2026-06-09 09:16:40"] {
        one.on(second);
        assert!(
            helpline.ask(one.office.now()).await.unwrap().is_some(),
            "{second}: renewed"
        );
        assert!(
            theirs.ask(other.office.now()).await.unwrap().is_none(),
            "{second}: it is not free"
        );
    }
    helpline.let_go(one.office.now()).await;
    assert!(theirs.ask(other.office.now()).await.unwrap().is_some(), "given back");
}
