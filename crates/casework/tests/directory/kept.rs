//! The copy: replaced whole, kept when the directory is down, never taken from a reading that holds too little.

use casework::ActError;
use casework::directory::keep::{Fewer, if_due, read};
use casework::directory::{copy, for_settings, look_up, read_now, standing};
use casework::people::OfficeHand;
use rules::case::Refused;
use rules::directory::{Away, DirectoryPerson, Kind};
use storage::directory::Taken;
use testkit::directory::{InventedDirectory, listed};
use testkit::office::OpenOffice;
use testkit::people::{amara, ruth, tom};

const NINE: &str = "2026-06-08T09:00";

fn five() -> Vec<DirectoryPerson> {
    [
        "Bea Boss",
        "Ada Green/bea",
        "Tom Tech/ada",
        "Tim Tech/ada",
        "Nell Alone",
    ]
    .map(|line| {
        let (name, manager) = line.split_once('/').unwrap_or((line, ""));
        listed(name, manager)
    })
    .to_vec()
}

async fn open() -> (OpenOffice, InventedDirectory) {
    let office = OpenOffice::at(NINE).await;
    let directory = InventedDirectory::of(five());
    office.office.keep_directory(directory.parts());
    (office, directory)
}

/// Whether it was read now: how many people, or why not.
async fn due(office: &OpenOffice) -> Option<Result<u32, String>> {
    let read = if_due(&office.office).await.expect("the store");
    read.map(|read| read.map(|outcome| outcome.people).map_err(|unread| unread.0))
}

#[tokio::test]
async fn an_office_without_a_directory_has_nobody_in_it() {
    let office = OpenOffice::at(NINE).await;
    assert_eq!(due(&office).await, None);
    assert_eq!(standing(&office.office).await.unwrap(), None);
    assert!(copy(&office.office).await.unwrap().directory.people().is_empty());
    assert_eq!(look_up(&office.office, &ruth(), "ada").await.unwrap(), None);
    let unread = read(&office.office, Fewer::Refused).await.unwrap().unwrap_err();
    assert!(unread.0.contains("[directory]"), "{unread}");
}

#[tokio::test]
async fn it_is_read_at_once_and_again_when_its_time_has_come() {
    let (office, directory) = open().await;
    assert_eq!(due(&office).await, Some(Ok(5)));
    assert_eq!(due(&office).await, None);
    directory.holds(five()[..4].to_vec());
    office.on("2026-06-08T14:59");
    assert_eq!(due(&office).await, None);
    office.on("2026-06-08T15:00");
    assert_eq!(due(&office).await, Some(Ok(4)));
    let copy = copy(&office.office).await.unwrap();
    assert_eq!(copy.directory.people().len(), 4);
    assert_eq!(copy.directory.person("nell"), None, "nothing of the old copy is left");
}

#[tokio::test]
async fn while_it_is_down_the_last_good_copy_stays_and_its_age_is_shown() {
    let (office, directory) = open().await;
    due(&office).await;
    directory.is_down();
    office.on("2026-06-08T15:00");
    assert_eq!(due(&office).await, Some(Err("The server does not answer.".to_owned())));
    assert_eq!(due(&office).await, None, "it waits before it tries again");
    office.on("2026-06-08T15:01");
    assert!(due(&office).await.is_some());
    office.on("2026-06-08T15:02");
    assert_eq!(due(&office).await, None, "and longer each time");
    let state = standing(&office.office).await.unwrap().unwrap();
    assert_eq!(state.failed, Some((2, "The server does not answer.".to_owned())));
    assert_eq!((state.people, state.is_old), (5, false));
    assert_eq!(state.age.map(|age| age.as_hours()), Some(6));
    assert_eq!(copy(&office.office).await.unwrap().directory.people().len(), 5);
    office.on("2026-06-10T09:00");
    let state = standing(&office.office).await.unwrap().unwrap();
    assert!(state.is_old, "two days");
    let found = look_up(&office.office, &ruth(), "ada").await.unwrap().unwrap();
    assert!(found.is_old && found.count == 1);
}

#[tokio::test]
async fn a_complaint_is_taken_while_the_directory_is_down() {
    let office = OpenOffice::at(NINE).await;
    let directory = InventedDirectory::of(Vec::new());
    directory.is_down();
    office.office.keep_directory(directory.parts());
    assert!(matches!(due(&office).await, Some(Err(_))));
    let reference = office.receive("k").await;
    assert_eq!(office.case(&reference).await.vip, None);
    let state = standing(&office.office).await.unwrap().unwrap();
    assert!(
        state.is_old && state.read_at.is_none(),
        "there never was a copy, and that is said"
    );
}

#[tokio::test]
async fn a_reading_that_holds_nobody_or_far_fewer_is_not_taken_unless_somebody_says_so() {
    let (office, directory) = open().await;
    due(&office).await;
    for few in [0, 2] {
        directory.holds(five()[..few].to_vec());
        let unread = read(&office.office, Fewer::Refused).await.unwrap().unwrap_err();
        assert!(
            unread.0.contains(if few == 0 { "Nobody was found" } else { "holds 5" }),
            "{unread}"
        );
    }
    assert_eq!(copy(&office.office).await.unwrap().directory.people().len(), 5);
    let taken = read(&office.office, Fewer::Taken).await.unwrap().unwrap();
    assert_eq!((taken.people, taken.taken), (2, Taken::New));
    directory.holds(Vec::new());
    assert!(
        read(&office.office, Fewer::Taken).await.unwrap().is_err(),
        "nobody at all is never right"
    );
}

#[tokio::test]
async fn the_same_again_is_no_other_copy() {
    let (office, directory) = open().await;
    due(&office).await;
    let first = copy(&office.office).await.unwrap();
    office.on("2026-06-08T15:00");
    directory.holds(five().into_iter().rev().collect());
    let again = read(&office.office, Fewer::Refused).await.unwrap().unwrap();
    assert_eq!(again.taken, Taken::Same);
    let second = copy(&office.office).await.unwrap();
    assert_eq!(second.directory, first.directory);
    assert!(second.read_at > first.read_at, "only its age is new");
}

#[tokio::test]
async fn what_is_odd_is_told_to_whoever_looks_after_it_and_to_nobody_else() {
    let (office, directory) = open().await;
    let mut people = five();
    people[2].managers = vec!["gone".to_owned()];
    directory.holds(people);
    due(&office).await;
    let office = &office.office;
    let state = standing(office).await.unwrap().unwrap();
    let kinds: Vec<Kind> = state.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Kind::Dangling, Kind::Top, Kind::EmptyGroup]);
    for by in [ruth(), amara()] {
        assert!(for_settings(office, &by).await.is_err());
    }
    assert!(
        look_up(office, &tom(), "ada").await.is_err(),
        "who may not triage looks nobody up"
    );
}

#[tokio::test]
async fn somebody_who_asks_has_it_read_by_the_worker() {
    let (office, directory) = open().await;
    due(&office).await;
    directory.holds(five()[..4].to_vec());
    let (admin, ruth) = (tom(), ruth());
    let hand = |by| OfficeHand {
        office: &office.office,
        by,
        once: "",
    };
    let refused = read_now(hand(&ruth)).await;
    assert!(
        matches!(refused, Err(ActError::Refused(Refused::NotAllowed { .. }))),
        "{refused:?}"
    );
    assert_eq!(due(&office).await, None);
    read_now(hand(&admin)).await.unwrap();
    assert!(standing(&office.office).await.unwrap().unwrap().is_asked);
    assert_eq!(due(&office).await, Some(Ok(4)));
    assert!(!standing(&office.office).await.unwrap().unwrap().is_asked);
}

#[tokio::test]
async fn whoever_is_listed_as_absent_is_away_in_the_copy() {
    let office = OpenOffice::at(NINE).await;
    let mut parts = InventedDirectory::of(five()).parts();
    parts.absent = vec!["ADA@example.ac.uk".to_owned()];
    office.office.keep_directory(parts);
    due(&office).await;
    let copy = copy(&office.office).await.unwrap();
    let ada = copy.directory.person("ada").unwrap();
    assert_eq!(ada.away, Some(Away::Absent));
    let found = look_up(&office.office, &ruth(), "tom").await.unwrap().unwrap();
    assert_eq!(found.lines[0].line_manager.as_deref(), Some("Bea Boss"));
    assert_eq!(found.lines[0].because[0], "Ada Green was passed over: they are away.");
}

#[tokio::test]
async fn another_node_finds_the_copy_and_a_directory_elsewhere_is_read_at_once() {
    let (office, directory) = open().await;
    due(&office).await;
    let other = office.opened_again(testkit::house::calendar_files()).await;
    other.office.keep_directory(directory.parts());
    assert_eq!(copy(&other.office).await.unwrap().directory.people().len(), 5);
    read(&other.office, Fewer::Refused).await.unwrap().unwrap();
    directory.holds(five()[..3].to_vec());
    read(&other.office, Fewer::Refused).await.unwrap().unwrap();
    assert_eq!(
        copy(&office.office).await.unwrap().directory.people().len(),
        3,
        "what the other read"
    );
}
