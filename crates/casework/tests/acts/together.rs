//! People who act on the same case at the same moment: nobody's words are lost, and nobody acts on what they have not read.

use casework::ActError;
use casework::handling::{Seen, decide, judge, write};
use casework::intake::track;
use casework::jobs::watch;
use rules::handling::decide::Telling;
use rules::people::Actor;
use testkit::people::{amara, jo, marcus, ruth};
use testkit::words;

use crate::support::open;

#[tokio::test]
async fn an_act_on_words_that_are_older_than_the_case_is_shown_what_happened() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let read = office.case(&reference).await.sequence;
    let (amara, marcus) = (office.door(&amara()), office.door(&marcus()));
    judge::assign(marcus.hand(&reference, Seen::UpTo(read), "m"), &jo(), None)
        .await
        .unwrap();
    let decision = words::decision_on(&office.case(&reference).await);
    let stale = decide::decide(
        amara.hand(&reference, Seen::UpTo(read), "a"),
        &decision,
        &Telling::InWriting,
    )
    .await;
    let Err(ActError::Stale { sequence }) = stale else {
        panic!("{stale:?}")
    };
    assert_eq!(sequence, read + 1);
    assert_eq!(
        office.case(&reference).await.sequence,
        read + 1,
        "nothing of it was done"
    );
    decide::decide(
        amara.hand(&reference, Seen::UpTo(sequence), "a"),
        &decision,
        &Telling::InWriting,
    )
    .await
    .expect("the same form after reading what happened");
}

#[tokio::test]
async fn one_s_own_acts_and_the_clocks_make_nothing_stale() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let read = office.case(&reference).await.sequence;
    let door = office.door(&amara());
    write::note(door.hand(&reference, Seen::UpTo(read), "1"), "Called the supplier")
        .await
        .unwrap();
    office.on("2026-06-15 08:00");
    assert!(watch::look(&office.office).await.unwrap() > 0);
    write::note(door.hand(&reference, Seen::UpTo(read), "2"), "Called again")
        .await
        .unwrap();
    let link = office.case(&reference).await.received.link_token;
    let who = track::enter_with_link(&office.office, &reference.to_string(), &link)
        .await
        .unwrap();
    track::reply(&office.office, &who, "Any news?", "r").await.unwrap();
    let third = write::note(door.hand(&reference, Seen::UpTo(read), "3"), "And again").await;
    assert!(
        matches!(third, Err(ActError::Stale { .. })),
        "what the complainant wrote is read first"
    );
}

#[tokio::test]
async fn one_press_is_one_act_even_when_the_case_moved_on() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let door = office.door(&amara());
    let decision = words::decision_on(&office.case(&reference).await);
    let read = office.case(&reference).await.sequence;
    let hand = door.hand(&reference, Seen::UpTo(read), "press");
    decide::decide(hand, &decision, &Telling::InWriting).await.unwrap();
    office.letters_arrive().await;
    let case = decide::decide(hand, &decision, &Telling::InWriting)
        .await
        .expect("the second press of the same button");
    assert!(!case.is_open());
    let letters = office.outbox(&reference).await.len();
    assert_eq!(letters, 2, "one acknowledgement, one decision");

    // The key belongs to the person and the case: the same digits in another form are another act.
    let other = office.at_stage_1("k2").await;
    decide::decide(
        door.hand(&other, Seen::Whatever, "press"),
        &decision,
        &Telling::InWriting,
    )
    .await
    .unwrap();
    assert_eq!(office.outbox(&other).await.len(), 2);
}

#[tokio::test]
async fn both_presses_at_the_same_moment_are_one_act() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let door = office.door(&amara());
    let hand = door.hand(&reference, Seen::Whatever, "press");
    let (left, right) = tokio::join!(write::note(hand, "Once"), write::note(hand, "Once"));
    left.unwrap();
    right.unwrap();
    let notes = office
        .kinds(&reference)
        .await
        .into_iter()
        .filter(|kind| *kind == "note.added")
        .count();
    assert_eq!(notes, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_acts_on_one_case_at_once_none_is_lost() {
    const EACH: usize = 20;
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let before = office.case(&reference).await.sequence;
    let link = office.case(&reference).await.received.link_token;
    let who = track::enter_with_link(&office.office, &reference.to_string(), &link)
        .await
        .unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..EACH {
        let (door, reference) = (office.door(&[amara(), ruth()][number % 2]), reference.clone());
        tasks.spawn(async move {
            let words = format!("note {number}");
            write::note(door.hand(&reference, Seen::Whatever, &words), &words)
                .await
                .map(|_| ())
        });
        let (office, who) = (office.office.clone(), who.clone());
        tasks.spawn(async move {
            let words = format!("reply {number}");
            track::reply(&office, &who, &words, &words).await.map(|_| ())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap().expect("every act is kept");
    }
    let history = office.history(&reference).await;
    assert_eq!(history.len(), before as usize + 2 * EACH);
    for (expected, recorded) in (1..).zip(&history) {
        assert_eq!(recorded.sequence, expected, "without a gap");
    }
    let by = |actor| {
        history
            .iter()
            .filter(|said| said.actor == actor && said.sequence > before)
            .count()
    };
    assert_eq!(by(Actor::Complainant), EACH);
    assert_eq!(by(Actor::Staff(amara().id)) + by(Actor::Staff(ruth().id)), EACH);
    assert_eq!(
        office.row(&reference).await.last_sequence,
        i64::try_from(history.len()).unwrap()
    );
    for number in 0..EACH {
        let found = office.found(&format!("reply {number}")).await;
        assert_eq!(found, [reference.to_string()], "reply {number} is found");
    }
    let verified = casework::evidence::verify(&office.office).await.unwrap();
    assert_eq!(verified.faults, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_forms_at_once_each_has_its_own_number() {
    let office = open().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let public = office.public();
        tasks.spawn(async move { public.complain(&words::form(), &format!("k{number}")).await });
    }
    let mut numbers = Vec::new();
    while let Some(done) = tasks.join_next().await {
        numbers.push(done.unwrap().unwrap().reference.number());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (10_001..10_041).collect::<Vec<_>>());
}
