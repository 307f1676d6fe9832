//! Changing a calendar from the pages: what would move is shown first, then it moves, and a restart does not undo it (A1, A42).

use casework::ActError;
use casework::calendars::{Edition, Moves, list, preview, publish};
use casework::people::OfficeHand;
use rules::case::Refused;
use rules::deadlines::Duty;
use rules::letters::LetterKind;
use rules::office::day_off::{DayChange, DayOff};
use rules::people::Person;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, robin, tom};
use testkit::{day, house};

use crate::support::{fields, open, refusal};

fn founders_day() -> DayChange {
    DayChange::Add {
        on: day("2026-06-11"),
        name: "Founder's day".to_owned(),
        kind: DayOff::Closure,
    }
}

async fn closures(office: &OpenOffice) -> Edition {
    let calendars = list(&office.office, &tom()).await.unwrap();
    let found = calendars.into_iter().find(|calendar| calendar.id == "closures-example");
    let calendar = found.unwrap();
    assert!(calendar.counts);
    Edition {
        id: calendar.id,
        version: calendar.version,
    }
}

fn hand<'a>(office: &'a OpenOffice, by: &'a Person, once: &'a str) -> OfficeHand<'a> {
    OfficeHand {
        office: &office.office,
        by,
        once,
    }
}

#[tokio::test]
async fn what_would_move_is_shown_and_nothing_has_moved() {
    let office = open().await;
    let (investigated, waiting) = (office.at_stage_2("k").await, office.receive("l").await);
    office.answered("m").await;
    let seen = closures(&office).await;
    let moves = preview(&office.office, &seen, &founders_day(), &robin_publishes())
        .await
        .unwrap();
    let told: Vec<_> = moves
        .moved
        .iter()
        .map(|at| (at.reference.clone(), at.from, at.to))
        .collect();
    assert_eq!(
        told,
        [
            (investigated.clone(), day("2026-07-07"), day("2026-07-08")),
            (waiting, day("2026-06-12"), day("2026-06-15")),
        ]
    );
    let unseen = preview(&office.office, &seen, &founders_day(), &tom()).await.unwrap();
    let expected = Moves {
        moved_unseen: 2,
        ..Moves::default()
    };
    assert_eq!(unseen, expected, "an administrator sees no case (invariant 12)");
    assert_eq!(
        office.date(&investigated, Duty::Decision).await.due_on,
        day("2026-07-07")
    );
    assert_eq!(closures(&office).await, seen);
}

/// Somebody who sees cases and may publish.
fn robin_publishes() -> Person {
    let mut robin = robin();
    robin.roles.insert(rules::people::Role::ProcedureOwner);
    robin
}

#[tokio::test]
async fn a_published_day_moves_dates_once_and_survives_a_restart() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    let seen = closures(&office).await;
    let moved = publish(hand(&office, &tom(), "once"), &seen, &founders_day())
        .await
        .unwrap();
    assert_eq!(moved, 1);
    assert_eq!(office.date(&reference, Duty::Decision).await.due_on, day("2026-07-08"));
    let letter = office.letters(&reference).await.pop().unwrap();
    assert_eq!(letter.kind, LetterKind::DateMoved);
    assert_eq!(
        publish(hand(&office, &tom(), "once"), &seen, &founders_day())
            .await
            .unwrap(),
        0,
        "the same press"
    );

    let office = office.opened_again(house::calendar_files()).await;
    assert_ne!(closures(&office).await, seen, "the files of before do not undo it");
    assert_eq!(office.date(&reference, Duty::Decision).await.due_on, day("2026-07-08"));
    let back = DayChange::TakeBack { on: day("2026-06-11") };
    let seen = closures(&office).await;
    let moves = preview(&office.office, &seen, &back, &tom()).await.unwrap();
    assert_eq!((moves.moved_unseen, moves.kept), (0, 0), "the promise stays by itself");
    publish(hand(&office, &tom(), "back"), &seen, &back).await.unwrap();
    assert_eq!(office.date(&reference, Duty::Decision).await.due_on, day("2026-07-08"));
    let fresh = office.at_stage_2("later").await;
    assert_eq!(office.date(&fresh, Duty::Decision).await.due_on, day("2026-07-07"));
}

#[tokio::test]
async fn who_may_not_and_what_cannot_be_is_refused_and_nothing_is_published() {
    let office = open().await;
    let seen = closures(&office).await;
    for by in [amara(), iris()] {
        let refused = publish(hand(&office, &by, ""), &seen, &founders_day()).await;
        assert!(
            refusal(refused).starts_with("You cannot publish the procedure"),
            "{}",
            by.name
        );
    }
    let past = DayChange::TakeBack { on: day("2026-06-08") };
    assert_eq!(fields(publish(hand(&office, &tom(), ""), &seen, &past).await), ["on"]);
    let unknown = Edition {
        id: "none".to_owned(),
        ..seen.clone()
    };
    let missing = publish(hand(&office, &tom(), ""), &unknown, &founders_day()).await;
    assert!(matches!(missing, Err(ActError::NotFound)), "{missing:?}");
    publish(hand(&office, &tom(), "first"), &seen, &founders_day())
        .await
        .unwrap();
    let stale = publish(hand(&office, &tom(), "second"), &seen, &founders_day()).await;
    let Err(ActError::Refused(Refused::NotNow(words))) = &stale else {
        panic!("{stale:?}")
    };
    assert!(words.starts_with("Somebody changed this calendar"), "{words}");
}
