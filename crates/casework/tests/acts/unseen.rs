//! What nobody sees is in nothing that staff write: not in what is kept, nor in what goes out, and where it is all that they wrote they are told.

use casework::handling::{judge, write};
use casework::people::{self, OfficeHand};
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Means;
use rules::case::{Event, Recorded};
use rules::office::OfficeEvent;
use rules::people::{Actor, Role};
use rules::unseen::is_unseen;
use testkit::people::{amara, jo, ruth, tom};

use crate::support::{open, refusal};

/// "evil" turned around, and a space without width.
const SOILED: &str = "The switch \u{202E}live\u{202C} is\u{200B} back\u{FEFF}";
const PLAIN: &str = "The switch live is back";

fn shows_all(history: &[Recorded]) {
    for recorded in history {
        let payload = String::from_utf8(recorded.event.encode()).unwrap();
        assert!(!payload.chars().any(is_unseen), "{payload}");
        for mark in ["\\u202e", "\\u200b", "\\ufeff"] {
            assert!(!payload.to_lowercase().contains(mark), "{payload}");
        }
    }
}

#[tokio::test]
async fn notes_reasons_and_letters_of_staff_are_kept_and_sent_without_it() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    write::note(office.hand(&amara(), &reference), SOILED).await.unwrap();
    assert!(
        matches!(office.last_event(&reference).await, Event::NoteAdded(note) if note.words == PLAIN),
        "the note"
    );
    judge::assign(office.hand(&ruth(), &reference), &jo(), Some(SOILED.to_owned()))
        .await
        .unwrap();
    judge::assign(office.hand(&ruth(), &reference), &amara(), None)
        .await
        .unwrap();
    let news = UpdateSent {
        words: SOILED.to_owned(),
        by: Means::Email,
        next_on: None,
    };
    write::update(office.hand(&amara(), &reference), &news).await.unwrap();
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.facts.body, PLAIN, "what goes out is what is kept");
    shows_all(&office.history(&reference).await);
    let found = office.listed(casework::desk::Shown::Mine(amara().id), &amara()).await;
    assert_eq!(found, [reference.to_string()]);
}

#[tokio::test]
async fn words_of_nothing_else_are_refused_and_change_nothing() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let before = office.history(&reference).await.len();
    for words in ["\u{200B}", "\u{202E}\u{2060}"] {
        let refused = write::note(office.hand(&amara(), &reference), words).await;
        assert!(refusal(refused).contains("cannot be seen"), "{words:?}");
    }
    assert_eq!(office.history(&reference).await.len(), before);
}

#[tokio::test]
async fn the_office_keeps_no_name_with_it_and_no_wording() {
    let office = open().await;
    let tom = tom();
    let hand = OfficeHand {
        office: &office.office,
        by: &tom,
        once: "",
    };
    let new = people::NewPerson {
        username: "kit".to_owned(),
        email: "kit@calderbrook.example".to_owned(),
        name: "Kit\u{202E} Vale\u{200B}".to_owned(),
        job_title: "Helpline\u{2066} Analyst".to_owned(),
        roles: [Role::FrontlineHandler].into(),
        password: "three calm words".to_owned(),
    };
    people::add(hand, &new).await.unwrap();
    let listed = people::list(&office.office, &tom).await.unwrap();
    let kit = listed.iter().find(|listed| listed.account.username == "kit").unwrap();
    assert_eq!(kit.account.person.name, "Kit Vale");
    assert_eq!(kit.account.person.job_title, "Helpline Analyst");
    let file = people::read(&office.office, kit.account.id(), &tom).await.unwrap();
    let [line] = file.history.as_slice() else {
        panic!("{:?}", file.history)
    };
    assert!(
        matches!(&line.event, OfficeEvent::PersonAdded(added) if added.name == "Kit Vale"),
        "the row is what the event says"
    );
    assert_eq!(line.actor, Actor::Staff(tom.id));
}
