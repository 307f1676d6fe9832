//! Members of configured groups are VIPs, from the receipt on and when it is learnt later (R88, A11, A12).

use casework::directory::keep::{Fewer, read};
use casework::jobs::schedule;
use casework::jobs::steady::Begun;
use casework::people::OfficeHand;
use casework::vips::{list, set};
use rules::case::vocabulary::VipSource;
use std::time::Duration;
use testkit::directory::{InventedDirectory, listed};
use testkit::office::OpenOffice;
use testkit::people::ruth;

/// The complainant of the usual form is in the directory; in a group if it is named.
fn people(group: &str) -> Vec<rules::directory::DirectoryPerson> {
    let mut priya = listed("Priya Member", "bea");
    priya.groups = vec![format!("cn={group},ou=groups,dc=example")];
    vec![listed("Bea Boss", ""), priya]
}

async fn open(group: &str) -> (OpenOffice, InventedDirectory) {
    let office = OpenOffice::at("2026-06-08T09:00").await;
    let directory = InventedDirectory::of(people(group));
    office.office.keep_directory(directory.parts());
    read(&office.office, Fewer::Refused)
        .await
        .expect("the store")
        .expect("a reading");
    (office, directory)
}

#[tokio::test]
async fn a_member_is_marked_at_the_receipt_and_the_list_says_it_first() {
    let (office, _) = open("Executive").await;
    let first = office.receive("a").await;
    let (flag, _) = office.case(&first).await.vip.expect("a member");
    assert_eq!((flag.source, &*flag.detail), (VipSource::Directory, "executive"));
    let ruth = ruth();
    let mark = list(&office.office, &ruth).await.unwrap().mark;
    let hand = OfficeHand {
        office: &office.office,
        by: &ruth,
        once: "1",
    };
    assert!(set(hand, "priya@example.ac.uk, Council member", &mark).await.unwrap());
    let second = office.receive("b").await;
    let (flag, _) = office.case(&second).await.vip.expect("listed");
    assert_eq!((flag.source, &*flag.detail), (VipSource::List, "Council member"));
}

#[tokio::test]
async fn somebody_who_becomes_a_member_is_marked_at_the_next_receipt_on_every_node_and_on_open_cases() {
    let (office, directory) = open("others").await;
    let other = office.opened_again(testkit::house::calendar_files()).await;
    other.office.keep_directory(directory.parts());
    let before = other.receive("a").await;
    assert_eq!(other.case(&before).await.vip, None);
    directory.holds(people("executive"));
    read(&office.office, Fewer::Refused)
        .await
        .expect("the store")
        .expect("a reading");
    let after = other.receive("b").await;
    assert!(
        other.case(&after).await.vip.is_some(),
        "the other node finds out in the transaction"
    );
    schedule::look(&office.office, Begun::now(&office.office), Duration::ZERO).await;
    let (flag, _) = office.case(&before).await.vip.expect("marked later");
    assert_eq!(flag.source, VipSource::Directory);
    directory.holds(people("others"));
    read(&office.office, Fewer::Refused)
        .await
        .expect("the store")
        .expect("a reading");
    let last = office.receive("c").await;
    assert_eq!(
        office.case(&last).await.vip,
        None,
        "who left the group is no VIP at the next receipt"
    );
    assert!(office.case(&after).await.vip.is_some(), "and what was marked stays");
}
