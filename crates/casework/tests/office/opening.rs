//! Opening an office publishes what is new, once, in the name of the system; the first administrator comes before everybody.

use std::sync::Arc;

use casework::people::{NewPerson, add_first};
use casework::{ActError, Office, OfficeParts, StoppedClock, evidence};
use rules::office::OfficeEvent;
use rules::office::publish::hash_of;
use rules::people::Role;
use storage::{Keys, Store};
use testkit::office::OpenOffice;
use testkit::{at, house};

use crate::written::{log, since};

const TUESDAY: &str = "2026-06-09 09:15";

async fn open(store: &Store, procedure: &str, calendars: Vec<(String, String)>) -> Result<Arc<Office>, ActError> {
    let institution = OpenOffice::at(TUESDAY).await.office.institution();
    let parts = OfficeParts {
        store: store.clone(),
        clock: Arc::new(StoppedClock::at(at(TUESDAY))),
        institution,
        procedure: ("it-services.toml".to_owned(), procedure.to_owned()),
        calendars,
        files: rules::files::Limits::default(),
        letters: Arc::new(testkit::plain_words::PlainWords),
    };
    Office::open(parts).await
}

/// The shipped procedure under another version.
fn next_version() -> String {
    let text = house::procedure_text();
    let line = text.lines().find(|line| line.starts_with("version = ")).unwrap();
    text.replacen(line, "version = \"2099.1\"", 1)
}

fn store() -> Store {
    Store::in_memory(Keys::for_tests()).unwrap()
}

#[tokio::test]
async fn the_first_opening_publishes_everything_and_the_second_nothing() {
    let store = store();
    let office = open(&store, house::procedure_text(), house::calendar_files())
        .await
        .unwrap();
    let files = house::calendar_files().len();
    let mut expected = vec![("system".to_owned(), "procedure.published")];
    expected.extend((0..files).map(|_| ("system".to_owned(), "calendar.published")));
    assert_eq!(since(&office, 0).await, expected);
    let OfficeEvent::ProcedurePublished(published) = &log(&office).await[0].event else {
        panic!("not the procedure");
    };
    assert_eq!(published.id, "it-services");
    assert_eq!(published.sha256, hash_of(house::procedure_text()));

    let again = open(&store, house::procedure_text(), house::calendar_files())
        .await
        .unwrap();
    assert_eq!(log(&again).await.len(), files + 1);
    assert!(evidence::verify(&again).await.unwrap().is_whole());
}

#[tokio::test]
async fn a_new_version_of_the_file_is_published_once_and_stays_when_the_file_goes_back() {
    let store = store();
    let (first, second) = (house::procedure_text(), next_version());
    let known = log(&open(&store, first, house::calendar_files()).await.unwrap())
        .await
        .len();
    for procedure in [&second, &second, first] {
        open(&store, procedure, house::calendar_files()).await.unwrap();
    }
    let office = open(&store, first, house::calendar_files()).await.unwrap();
    let versions: Vec<String> = log(&office).await[known..]
        .iter()
        .map(|line| match &line.event {
            OfficeEvent::ProcedurePublished(published) => published.version.clone(),
            other => panic!("{}", other.kind()),
        })
        .collect();
    assert_eq!(versions, ["2099.1"]);
    // What was published last stays, as for calendars: the way back is a version of its own.
    assert_eq!(office.active().procedure.version, "2099.1");
}

#[tokio::test]
async fn another_text_under_a_published_version_keeps_the_office_shut() {
    let store = store();
    let office = open(&store, house::procedure_text(), house::calendar_files())
        .await
        .unwrap();
    let known = log(&office).await.len();
    let changed = format!("{}\n# a remark\n", house::procedure_text());
    let refused = open(&store, &changed, house::calendar_files()).await.err().unwrap();
    assert!(
        refused
            .to_string()
            .ends_with("Give the changed procedure a new version"),
        "{refused}"
    );
    let mut calendars = house::calendar_files();
    calendars[0].1.push_str("\n# a remark\n");
    let refused = open(&store, house::procedure_text(), calendars).await.err().unwrap();
    assert!(
        refused.to_string().ends_with("Give the changed calendar a new version"),
        "{refused}"
    );
    assert_eq!(log(&office).await.len(), known, "nothing was published by halves");
}

#[tokio::test]
async fn a_calendar_may_change_the_days_to_come_and_none_that_has_passed() {
    let store = store();
    let office = open(&store, house::procedure_text(), house::calendar_files())
        .await
        .unwrap();
    let known = log(&office).await.len();
    let changed = |from: &str, to: &str| {
        let mut files = house::calendar_files();
        let closures = files
            .iter_mut()
            .find(|(name, _)| name == "closures-example.toml")
            .unwrap();
        let dated = closures
            .1
            .lines()
            .find(|line| line.starts_with("source_date"))
            .unwrap()
            .to_owned();
        closures.1 = closures
            .1
            .replacen(&dated, "source_date = 2026-12-24", 1)
            .replacen(from, to, 1);
        files
    };
    let closures = "[closures]\n";
    for (from, to, words) in [
        (
            closures,
            "[closures]\n2026-06-08 = \"Yesterday\"\n",
            "Monday 8 June 2026 has passed and cannot change",
        ),
        (
            "covers_from = 2017-01-01",
            "covers_from = 2017-04-01",
            "it no longer covers Sunday 1 January 2017",
        ),
    ] {
        let refused = open(&store, house::procedure_text(), changed(from, to))
            .await
            .err()
            .unwrap();
        assert!(refused.to_string().contains(words), "{refused}");
        assert_eq!(log(&office).await.len(), known, "nothing was published by halves");
    }
    let today = changed(closures, "[closures]\n2026-06-09 = \"Today\"\n");
    open(&store, house::procedure_text(), today).await.unwrap();
    assert_eq!(log(&office).await.len(), known + 1);
}

#[tokio::test]
async fn the_first_administrator_is_added_by_the_system_and_nobody_after_them() {
    let store = store();
    let office = open(&store, house::procedure_text(), house::calendar_files())
        .await
        .unwrap();
    let known = log(&office).await.len();
    let rosa = NewPerson {
        username: "rosa".to_owned(),
        email: "rosa@calderbrook.example".to_owned(),
        name: "Rosa Lindqvist".to_owned(),
        job_title: "Administrator".to_owned(),
        roles: vec![Role::Administrator],
        password: "three green apples".to_owned(),
    };
    let id = add_first(&office, &rosa).await.unwrap();
    assert_eq!(office.person(id).unwrap().name, "Rosa Lindqvist");
    let other = NewPerson {
        username: "eve".to_owned(),
        email: "eve@calderbrook.example".to_owned(),
        ..rosa
    };
    let refused = add_first(&office, &other).await.unwrap_err().to_string();
    assert!(refused.starts_with("There are people already."), "{refused}");
    assert_eq!(since(&office, known).await, [("system".to_owned(), "person.added")]);
}
