//! A complaint that seems to be about somebody of staff, although nobody said so, is held before anybody is told of it (R33, R36, A13).

use casework::desk::{Shown, jobs};
use casework::handling::confidential;
use casework::intake::log::{LogCall, Next, log};
use casework::jobs::post;
use casework::rebuild::rebuild;
use casework::{ActError, PublicDoor};
use rules::case::vocabulary::Channel;
use rules::case::{Reference, Refused};
use rules::confidential::StaffNamed;
use rules::handling::triage::Taken;
use rules::intake::RawFeedback;
use rules::people::{Person, Role};
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, everybody, helen, jo, marcus, person, robin, ruth, samir};
use testkit::words::{form, judged_for};

use crate::support::{hand, open};

const ABOUT_JO: &str = "Jo Whitfield laughed at my question and hung up on me.";

fn says(words: &str) -> RawFeedback {
    RawFeedback {
        words: words.to_owned(),
        ..form()
    }
}

async fn complained(office: &OpenOffice, words: &str, key: &str) -> Reference {
    let door = PublicDoor::of(office.office.clone());
    door.complain(&says(words), key).await.unwrap().reference
}

async fn sees(office: &OpenOffice, who: &Person, reference: &Reference) -> bool {
    let door = office.door(who);
    let listed = door.list(&Shown::Triage, None).await.unwrap().lines;
    let listed = listed.iter().any(|line| line.reference == reference.to_string());
    let found = !door.find("laughed").await.unwrap().is_empty();
    let read = match door.case(reference).await {
        Ok(_) => true,
        Err(ActError::NotFound) => false,
        Err(fault) => panic!("{fault}"),
    };
    assert_eq!((listed, found), (read, read), "{} sees all of it or nothing", who.name);
    read
}

#[tokio::test]
async fn nobody_but_those_who_decide_sees_anything_of_what_is_held() {
    let office = open().await;
    let reference = complained(&office, ABOUT_JO, "k").await;
    for who in [amara(), jo(), marcus(), dana(), samir()] {
        assert!(!sees(&office, &who, &reference).await, "{}", who.name);
    }
    for who in [ruth(), helen(), robin()] {
        assert!(sees(&office, &who, &reference).await, "{}", who.name);
    }
    let file = office.door(&ruth()).case(&reference).await.unwrap();
    assert!(file.case.is_held());
    assert_eq!(file.case.named.people, [jo().id]);
    let suggested = file.case.received.suggested.clone().unwrap();
    assert_eq!(suggested.finder, rules::confidential::names::VERSION);
    assert_eq!(
        &ABOUT_JO[suggested.spans[0].from..suggested.spans[0].to],
        "Jo Whitfield"
    );
    // The job is a stub from its first moment on.
    let number = file.case.job.unwrap().number;
    let job = jobs::get(&office.office, &number, &helen()).await.unwrap();
    assert_eq!(job.job.unwrap().profile, "Feedback, handled separately");
    assert!(
        job.updates.iter().all(|update| !update.text.contains("Jo")),
        "{:?}",
        job.updates
    );
}

#[tokio::test]
async fn the_letter_holds_no_word_of_it_and_says_nothing_that_nobody_decided() {
    let office = open().await;
    complained(&office, ABOUT_JO, "k").await;
    let letters = post::claim(&office.office, 20).await.unwrap();
    assert_eq!(letters.len(), 1);
    let facts = &letters[0].letter.facts;
    assert_eq!((facts.about.as_str(), facts.confidential), ("", false));
    assert!(!facts.reference.is_empty());
}

#[tokio::test]
async fn opened_it_is_like_any_other_and_what_was_suggested_stays_on_record() {
    let office = open().await;
    let reference = complained(&office, ABOUT_JO, "k").await;
    let ruth = ruth();
    confidential::open(hand(&office, &ruth, &reference), "Jo is a parrot in the foyer")
        .await
        .unwrap();
    for who in [amara(), jo(), ruth.clone()] {
        assert!(sees(&office, &who, &reference).await, "{}", who.name);
    }
    let case = office.case(&reference).await;
    assert!(!case.is_held() && case.named.is_empty() && case.received.suggested.is_some());
    rebuild(&office.office).await.unwrap();
    assert!(sees(&office, &jo(), &reference).await);
}

#[tokio::test]
async fn what_is_confirmed_is_a_complaint_about_staff_like_one_that_was_ticked() {
    let office = open().await;
    let reference = complained(&office, ABOUT_JO, "k").await;
    let (ruth, marcus) = (ruth(), marcus());
    let about = StaffNamed {
        people: vec![jo().id],
        others: None,
    };
    confidential::named_and_triaged(hand(&office, &ruth, &reference), &about, &judged_for(&marcus))
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert!(case.is_restricted() && !case.is_held());
    assert!(!sees_case(&office, &jo(), &reference).await && sees_case(&office, &marcus, &reference).await);
    let refused = confidential::open(hand(&office, &ruth, &reference), "No").await;
    assert!(
        matches!(refused, Err(ActError::Refused(Refused::Rule(_)))),
        "somebody is named by a person now"
    );
}

async fn sees_case(office: &OpenOffice, who: &Person, reference: &Reference) -> bool {
    office.door(who).case(reference).await.is_ok()
}

#[tokio::test]
async fn praise_and_the_name_of_the_author_hold_nothing() {
    let office = open().await;
    for (key, words) in [
        (
            "a",
            "Thanks to Jo Whitfield, who was brilliant. The wifi is still slow.",
        ),
        ("b", "My name is Jo Whitfield and my account is locked again."),
        ("c", "The printer is broken.\n\nRegards,\nPriya Natarajan"),
        ("d", "The printers in the Whitfield Building never work."),
    ] {
        let reference = complained(&office, words, key).await;
        assert!(!office.case(&reference).await.is_restricted(), "{words}");
    }
}

#[tokio::test]
async fn two_people_with_one_name_are_both_kept_away_until_it_is_said_who_is_meant() {
    let mut people = everybody();
    let next = i64::try_from(people.len()).unwrap() + 1;
    let other = person(
        next,
        "Joanne Whitfield",
        "Library Assistant",
        &[Role::ComplaintsCoordinator],
    );
    people.push(other.clone());
    let office = OpenOffice::with(people, testkit::story::TUESDAY).await;
    let reference = complained(&office, ABOUT_JO, "k").await;
    assert_eq!(office.case(&reference).await.named.people, [jo().id, other.id]);
    assert!(
        !sees(&office, &other, &reference).await,
        "a reader, and perhaps the one who is meant"
    );
    let ruth = ruth();
    let about = StaffNamed {
        people: vec![jo().id],
        others: None,
    };
    confidential::named_and_triaged(hand(&office, &ruth, &reference), &about, &judged_for(&marcus()))
        .await
        .unwrap();
    assert!(sees_case(&office, &other, &reference).await);
}

#[tokio::test]
async fn a_suggestion_alone_hides_nothing_from_everybody() {
    let mut people = everybody();
    for person in &mut people {
        let reads = rules::confidential::sight::READERS.iter().any(|role| person.is(*role));
        if reads && person.id != ruth().id {
            person.roles = [Role::Investigator].into_iter().collect();
        }
    }
    let office = OpenOffice::with(people, testkit::story::TUESDAY).await;
    let reference = complained(&office, "Ruth Abara laughed at me and hung up.", "k").await;
    let case = office.case(&reference).await;
    assert!(case.is_held() && case.named.is_empty());
    assert!(sees(&office, &ruth(), &reference).await, "nobody else could decide");
}

fn call(words: &str, next: Next, key: &str) -> LogCall {
    LogCall {
        raw: says(words),
        channel: Channel::Phone,
        received_at: None,
        vip: None,
        next,
        key: key.to_owned(),
    }
}

fn taken() -> Next {
    let judged = judged_for(&amara());
    Next::Take(Taken {
        service: judged.service,
        problem: judged.problem,
        urgency: judged.urgency,
    })
}

#[tokio::test]
async fn a_call_that_waits_for_triage_is_held_and_one_that_the_clerk_takes_is_not_unless_it_is_about_them() {
    let office = open().await;
    let waits = log(&office.office, call(ABOUT_JO, Next::Triage, "a"), &amara())
        .await
        .unwrap();
    assert!(office.case(&waits.reference).await.is_held());
    let investigated = Next::Investigation("It is the third time".to_owned());
    let waits = log(&office.office, call(ABOUT_JO, investigated, "d"), &amara())
        .await
        .unwrap();
    assert!(office.case(&waits.reference).await.is_held());
    let takes = log(&office.office, call(ABOUT_JO, taken(), "b"), &amara())
        .await
        .unwrap();
    assert!(!office.case(&takes.reference).await.is_restricted());
    let own = log(
        &office.office,
        call("Amara Osei hung up on me.", taken(), "c"),
        &amara(),
    )
    .await;
    assert!(matches!(own, Err(ActError::Refused(Refused::Fields { .. }))), "{own:?}");
}
