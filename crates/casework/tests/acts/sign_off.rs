//! Sign-off on a real store: the letter that is kept, approved and sent, words that an approver changes, and letters that nobody acts on.

use casework::desk::Shown;
use casework::handling::{approve, correct, decide};
use casework::jobs::{hand_on, post};
use casework::people::{OfficeHand, delegates};
use rules::case::event::LetterDelivered;
use rules::case::{ContactData, Decision, Event, Reference};
use rules::handling::correct::Correction;
use rules::handling::draft::AskSignOff;
use rules::handling::sign_off::Edit;
use rules::letters::Composed;
use rules::office::delegation::Delegation;
use rules::office::event::Changed;
use rules::people::{Actor, Person};
use testkit::office::OpenOffice;
use testkit::people::{dana, helen, iris, robin, ruth, samir, tom};
use testkit::{day, words};

use crate::support::{fields, open, refusal};

/// A letter of Dana's that waits for senior management.
async fn waits(office: &OpenOffice, key: &str) -> Reference {
    let reference = office.at_stage_2(key).await;
    office.prepared(&reference, &dana()).await;
    let decision = words::decision_on(&office.case(&reference).await);
    decide::submit_draft(office.hand(&dana(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    reference
}

async fn signed(office: &OpenOffice, reference: &Reference) {
    let read = words::waiting(&office.case(reference).await);
    approve::approve(office.hand(&samir(), reference), &read, None)
        .await
        .unwrap();
}

/// The words that wait in the post room.
async fn posted(office: &OpenOffice, reference: &Reference) -> Composed {
    office.letters(reference).await.pop().unwrap().words.unwrap()
}

async fn arrived(office: &OpenOffice, reference: &Reference) -> LetterDelivered {
    let told = office
        .history(reference)
        .await
        .into_iter()
        .rev()
        .find_map(|recorded| match recorded.event {
            Event::DecisionCommunicated(told) => Some(told),
            _ => None,
        });
    told.unwrap()
}

fn other_words() -> Edit {
    Edit {
        reasons: "Two access points restarted four times, and we did not see it.".to_owned(),
        what_we_did: "We replaced both access points.".to_owned(),
        findings: Vec::new(),
        why: "Say that we did not see it".to_owned(),
    }
}

#[tokio::test]
async fn what_was_approved_is_what_waits_in_the_post_room_and_what_is_on_record_afterwards() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    let letter = office.case(&reference).await.draft().unwrap().letter.clone().unwrap();
    assert!(
        letter
            .words
            .text
            .contains("Two access points restarted four times that afternoon.")
    );
    signed(&office, &reference).await;
    assert_eq!(posted(&office, &reference).await, letter.words);
    office.letters_arrive().await;
    let told = arrived(&office, &reference).await;
    assert_eq!((told.text, told.sha256), (letter.words.text, Some(letter.sha256)));
    let file = office.door(&samir()).case(&reference).await.unwrap();
    let proven: Vec<_> = file
        .proven
        .values()
        .map(|proven| (proven.version, proven.holds))
        .collect();
    assert_eq!(proven, [(Some(1), true)]);
}

#[tokio::test]
async fn staff_read_the_waiting_letter_without_the_way_back_of_the_complainant() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    let token = office.case(&reference).await.received.link_token;
    let kept = office.case(&reference).await.draft().unwrap().letter.clone().unwrap();
    assert!(kept.words.text.contains(&token), "the letter holds it");
    let file = office.door(&samir()).case(&reference).await.unwrap();
    let shown = file.case.draft().unwrap().letter.clone().unwrap();
    assert!(!shown.words.text.contains(&token) && !shown.words.html.contains(&token));
    assert_eq!(shown.sha256, kept.sha256, "and is known by the same hash");
}

#[tokio::test]
async fn another_address_changes_the_envelope_and_not_a_byte_of_what_was_approved() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    signed(&office, &reference).await;
    let before = office.letters(&reference).await.pop().unwrap();
    office.on("2026-06-12 10:00");
    let correction = Correction {
        contact: ContactData {
            name: Some("Somebody Else".to_owned()),
            email: Some("new@example.ac.uk".to_owned()),
            ..office.case(&reference).await.complainant.contact_data()
        },
        learnt: Some("She rang".to_owned()),
        again: Vec::new(),
    };
    correct::correct(office.hand(&ruth(), &reference), &correction)
        .await
        .unwrap();
    let after = office.letters(&reference).await.pop().unwrap();
    assert_eq!(after.to.as_deref(), Some("new@example.ac.uk"));
    assert_eq!((after.words, after.facts), (before.words, before.facts));
    let [letter] = post::claim(&office.office, 9).await.unwrap().try_into().unwrap();
    let words = letter.letter.words.clone().unwrap();
    assert!(post::is_as_fixed(&office.office, &letter, &words).await.unwrap());
}

#[tokio::test]
async fn the_post_room_learns_that_other_words_are_not_those_on_record() {
    let office = open().await;
    for (key, signs) in [("k", true), ("l", false)] {
        let reference = office.at_stage_2(key).await;
        office.prepared(&reference, &dana()).await;
        let decision = words::decision_on(&office.case(&reference).await);
        let ask = if signs { AskSignOff::Yes } else { AskSignOff::AsRulesSay };
        decide::submit_draft(office.hand(&dana(), &reference), &decision, ask)
            .await
            .unwrap();
        if signs {
            signed(&office, &reference).await;
        }
        let [letter] = post::claim(&office.office, 9).await.unwrap().try_into().unwrap();
        let words = letter.letter.words.clone().unwrap();
        assert!(
            post::is_as_fixed(&office.office, &letter, &words).await.unwrap(),
            "{key}"
        );
        for other in [
            Composed {
                subject: format!("{} ", words.subject),
                ..words.clone()
            },
            Composed {
                text: format!("{} ", words.text),
                ..words.clone()
            },
            Composed {
                html: format!("{} ", words.html),
                ..words.clone()
            },
        ] {
            assert!(
                !post::is_as_fixed(&office.office, &letter, &other).await.unwrap(),
                "{key}"
            );
        }
    }
}

#[tokio::test]
async fn an_approver_who_read_the_version_before_the_change_approves_nothing() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    let read = words::waiting(&office.case(&reference).await);
    let (samir, robin) = (samir(), robin());
    approve::edit(office.hand(&robin, &reference), &read, &other_words())
        .await
        .unwrap();
    let old = approve::approve(office.hand(&samir, &reference), &read, None).await;
    assert!(refusal(old).contains("version 2 is waiting now"));
    assert_eq!(office.outbox(&reference).await.len(), 2, "nothing goes out");
    let line = office
        .door(&dana())
        .list(&Shown::Mine(dana().id), None)
        .await
        .unwrap()
        .lines
        .remove(0);
    assert!(
        line.card.next_step.contains("words of your letter were changed"),
        "the author is told: {}",
        line.card.next_step
    );
    let now = words::waiting(&office.case(&reference).await);
    approve::approve(office.hand(&robin, &reference), &now, None)
        .await
        .unwrap();
    assert!(posted(&office, &reference).await.text.contains("and we did not see it"));
    let case = office.case(&reference).await;
    assert_eq!(
        case.stages[0].decided_by.map(|(who, _)| who),
        Some(dana().id),
        "the author decided (R28)"
    );
}

#[tokio::test]
async fn what_a_letter_lacks_stops_it_before_it_waits_for_anybody() {
    let office = open().await;
    let reference = office.at_stage_2("k").await;
    office.prepared(&reference, &dana()).await;
    let decision = Decision {
        reasons: "We looked. [lacks apology_where_upheld]".to_owned(),
        ..words::decision_on(&office.case(&reference).await)
    };
    for ask in [AskSignOff::Yes, AskSignOff::AsRulesSay] {
        let answer = decide::submit_draft(office.hand(&dana(), &reference), &decision, ask).await;
        assert_eq!(fields(answer), ["found"]);
    }
    assert_eq!(office.row(&reference).await.state, "open");
    decide::save_draft(office.hand(&dana(), &reference), &decision)
        .await
        .unwrap();
}

fn july(delegate: &Person) -> Delegation {
    Delegation {
        who: samir().id,
        delegate: delegate.id,
        from: day("2026-06-29"),
        until: day("2026-07-31"),
    }
}

async fn name(office: &OpenOffice, delegate: &Person) {
    let hand = OfficeHand {
        office: &office.office,
        by: &samir(),
        once: "",
    };
    assert!(delegates::name(hand, &july(delegate)).await.unwrap());
}

#[tokio::test]
async fn a_letter_that_nobody_acts_on_is_asked_of_the_delegate_who_then_signs_it() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    name(&office, &helen()).await;
    let asked = |who: Person| {
        let office = &office;
        async move { office.listed(Shown::AskedOfMe, &who).await }
    };
    assert_eq!(asked(samir()).await, [reference.to_string()]);
    assert_eq!(asked(helen()).await, [""; 0]);
    office.on("2026-07-05 20:00");
    assert_eq!(hand_on::look(&office.office).await.unwrap(), 0, "Sunday");
    office.on("2026-07-06 08:00");
    assert_eq!(hand_on::look(&office.office).await.unwrap(), 1);
    assert_eq!(hand_on::look(&office.office).await.unwrap(), 0, "once");
    assert_eq!(office.last_event(&reference).await.kind(), "signoff.handed_on");
    assert_eq!(asked(helen()).await, [reference.to_string()]);
    assert_eq!(
        asked(samir()).await,
        [""; 0],
        "it is still in the list of letters that wait"
    );
    assert_eq!(office.listed(Shown::SignOff, &samir()).await, [reference.to_string()]);
    assert_eq!(office.counts(&helen()).await.asked, 1);
    let read = words::waiting(&office.case(&reference).await);
    let not_asked = approve::approve(office.hand(&ruth(), &reference), &read, None).await;
    assert!(refusal(not_asked).starts_with("You cannot approve or return a letter"));
    approve::approve(office.hand(&helen(), &reference), &read, None)
        .await
        .unwrap();
    assert_eq!(asked(helen()).await, [""; 0]);
}

#[tokio::test]
async fn without_a_delegate_who_may_it_shows_as_overdue_to_whoever_signs_or_reviews() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    office.on("2026-07-06 08:00");
    assert_eq!(hand_on::look(&office.office).await.unwrap(), 1);
    for who in [samir(), robin(), helen()] {
        let lines = office.door(&who).list(&Shown::AskedOfMe, None).await.unwrap().lines;
        let said = lines[0].card.asked.clone().unwrap();
        assert!(
            said.contains("nobody has acted, and there is no delegate"),
            "{}: {said}",
            who.name
        );
    }
    for who in [dana(), ruth(), iris()] {
        assert_eq!(office.listed(Shown::AskedOfMe, &who).await, [""; 0], "{}", who.name);
    }
    name(&office, &robin()).await;
    assert_eq!(
        hand_on::look(&office.office).await.unwrap(),
        1,
        "whoever is named late is asked still"
    );
    assert_eq!(office.listed(Shown::AskedOfMe, &robin()).await, [reference.to_string()]);
}

#[tokio::test]
async fn who_stands_in_is_on_record_in_the_office_and_is_taken_back() {
    let office = open().await;
    name(&office, &helen()).await;
    assert_eq!(delegates::of(&office.office, samir().id), [july(&helen())]);
    let again = office.opened_again(testkit::house::calendar_files()).await;
    assert_eq!(delegates::of(&again.office, samir().id), [july(&helen())], "kept");
    let (ruth, samir) = (ruth(), samir());
    let hand = |by| OfficeHand {
        office: &office.office,
        by,
        once: "",
    };
    assert!(refusal(delegates::take_back(hand(&ruth), &july(&helen())).await).starts_with("You cannot add people"));
    assert!(delegates::take_back(hand(&samir), &july(&helen())).await.unwrap());
    assert_eq!(delegates::of(&office.office, samir.id), []);
}

#[tokio::test]
async fn an_administrator_names_changes_and_ends_a_delegate_for_somebody_who_cannot_and_the_letter_follows() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    let (tom, ruth) = (tom(), ruth());
    let hand = |by| OfficeHand {
        office: &office.office,
        by,
        once: "",
    };
    let asked = |who: Person| {
        let office = &office;
        async move { office.listed(Shown::AskedOfMe, &who).await }
    };
    assert!(refusal(delegates::name(hand(&ruth), &july(&helen())).await).starts_with("You cannot add people"));
    assert!(delegates::name(hand(&tom), &july(&helen())).await.unwrap());
    office.on("2026-07-06 08:00");
    assert_eq!(hand_on::look(&office.office).await.unwrap(), 1);
    assert_eq!(asked(helen()).await, [reference.to_string()]);
    let changed = Changed {
        from: july(&helen()),
        to: july(&robin()),
    };
    assert!(refusal(delegates::change(hand(&ruth), changed.clone()).await).starts_with("You cannot add people"));
    assert!(delegates::change(hand(&tom), changed.clone()).await.unwrap());
    assert_eq!(
        hand_on::look(&office.office).await.unwrap(),
        1,
        "Helen does not stand in any more"
    );
    assert_eq!(asked(helen()).await, [""; 0]);
    assert_eq!(asked(robin()).await, [reference.to_string()]);
    assert!(refusal(delegates::change(hand(&tom), changed).await).contains("meanwhile"));
    assert!(delegates::take_back(hand(&tom), &july(&robin())).await.unwrap());
    assert_eq!(hand_on::look(&office.office).await.unwrap(), 1);
    assert_eq!(
        asked(samir()).await,
        [reference.to_string()],
        "everybody who could see to it"
    );
    let file = casework::people::read(&office.office, samir().id, &tom).await.unwrap();
    let told: Vec<_> = file
        .history
        .iter()
        .map(|line| (line.event.kind(), line.actor))
        .collect();
    assert_eq!(
        told[..3],
        [
            ("delegate.taken_back", Actor::Staff(tom.id)),
            ("delegate.changed", Actor::Staff(tom.id)),
            ("delegate.named", Actor::Staff(tom.id))
        ],
        "who did it is on record"
    );
    let again = office.opened_again(testkit::house::calendar_files()).await;
    assert_eq!(delegates::of(&again.office, samir().id), [], "and so it is kept");
}

#[tokio::test]
async fn two_who_take_back_the_same_delegate_at_once_are_not_both_told_that_they_did() {
    let office = open().await;
    name(&office, &helen()).await;
    let (samir, july) = (samir(), july(&helen()));
    let hand = |once| OfficeHand {
        office: &office.office,
        by: &samir,
        once,
    };
    let (one, other) = tokio::join!(
        delegates::take_back(hand("one"), &july),
        delegates::take_back(hand("other"), &july)
    );
    assert!(one.unwrap());
    assert!(refusal(other).starts_with("It was taken back already"));
}

#[tokio::test]
async fn forgetting_a_case_forgets_its_letters_and_breaks_no_proof() {
    let office = open().await;
    let reference = waits(&office, "k").await;
    let (stream, now) = (reference.to_string(), office.office.now());
    let destroyed = office
        .office
        .store()
        .write(move |tx| Box::pin(async move { storage::stream_keys::destroy(tx, &stream, now).await }));
    assert!(destroyed.await.map_err(|error: storage::StorageError| error).unwrap());
    let gone = office.door(&samir()).case(&reference).await;
    assert!(matches!(gone, Err(casework::ActError::NotFound)), "{gone:?}");
    let report = casework::evidence::verify(&office.office).await.unwrap();
    assert_eq!(report.faults, [""; 0]);
}
