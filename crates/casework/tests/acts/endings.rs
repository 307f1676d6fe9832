//! Endings without a decision, and beginnings after an ending: withdrawn, closed, reopened (P32, A24, A40).

use casework::desk::{Shown, Standing, Wanted};
use casework::handling::decide;
use casework::intake::track;
use rules::case::State;
use rules::case::vocabulary::{Ending, StageReason};
use rules::deadlines::Duty;
use rules::letters::LetterKind;
use rules::people::Actor;
use testkit::people::{amara, iris, marcus, ruth};
use testkit::{at, day};

use crate::support::{fields, open, refusal};

#[tokio::test]
async fn the_complainant_stops_it_and_is_told_that_we_stopped() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let link = office.case(&reference).await.received.link_token;
    let who = track::enter_with_link(&office.office, &reference.to_string(), &link)
        .await
        .unwrap();
    office.on("2026-06-10 12:00");
    track::stop(&office.office, &who, "It works again", "stop")
        .await
        .unwrap();
    let history = office.history(&reference).await;
    let [.., withdrawn, closed] = history.as_slice() else {
        panic!()
    };
    assert_eq!(
        (withdrawn.event.kind(), withdrawn.actor),
        ("case.withdrawn", Actor::Complainant)
    );
    assert_eq!((closed.event.kind(), closed.actor), ("case.closed", Actor::System));
    assert_eq!(
        office.letters(&reference).await.pop().unwrap().kind,
        LetterKind::Withdrawn
    );
    let row = office.row(&reference).await;
    assert_eq!(
        (&*row.state, row.due_on, row.closed_at),
        ("closed", None, Some(at("2026-06-10 12:00")))
    );
    assert_eq!(office.job("F1000001").await.job.unwrap().status, "closed");
    track::stop(&office.office, &who, "It works again", "stop")
        .await
        .expect("the same press again is no new act");
    assert_eq!(office.history(&reference).await.len(), history.len());
    let again = track::stop(&office.office, &who, "", "another press").await;
    assert!(refusal(again).contains("cannot stop it now"));
}

#[tokio::test]
async fn staff_stop_it_for_them_and_say_how_they_know() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    assert_eq!(
        fields(decide::withdraw(office.hand(&amara(), &reference), " ").await),
        ["reason"]
    );
    assert!(
        refusal(decide::withdraw(office.hand(&iris(), &reference), "They called").await)
            .starts_with("You cannot close")
    );
    decide::withdraw(office.hand(&amara(), &reference), "They called and were content")
        .await
        .unwrap();
    assert!(matches!(
        office.case(&reference).await.state,
        State::Closed(Ending::Withdrawn, _)
    ));
}

#[tokio::test]
async fn what_is_no_complaint_is_closed_with_a_reason_and_counted_so() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let marcus = marcus();
    let hand = office.hand(&marcus, &reference);
    for ending in [Ending::Decided, Ending::Withdrawn, Ending::Noted] {
        assert_eq!(
            fields(decide::close(hand, ending, "Because").await),
            ["ending"],
            "{ending:?}"
        );
    }
    assert_eq!(fields(decide::close(hand, Ending::NotAComplaint, "").await), ["reason"]);
    decide::close(hand, Ending::NotAComplaint, "A fault report: job F1000777")
        .await
        .unwrap();
    assert!(matches!(
        office.case(&reference).await.state,
        State::Closed(Ending::NotAComplaint, None)
    ));
    assert_eq!(
        office
            .listed(Shown::Cases(Wanted::standing(Standing::Closed)), &ruth())
            .await,
        [reference.to_string()]
    );
    assert!(refusal(decide::close(hand, Ending::Referred, "Twice").await).contains("is closed"));
}

#[tokio::test]
async fn a_request_for_stage_2_is_answered_and_not_closed_away() {
    let office = open().await;
    let reference = office.asked_for_stage_2("k").await;
    let away = decide::close(office.hand(&ruth(), &reference), Ending::Referred, "Too much").await;
    assert!(refusal(away).contains("waiting for a decision on the request for stage 2"));
    assert_eq!(office.row(&reference).await.state, "escalation_pending");
}

#[tokio::test]
async fn a_closed_case_is_taken_up_again_at_its_stage_with_a_new_clock() {
    let office = open().await;
    let reference = office.answered("k").await;
    office.on("2026-06-22 10:00");
    assert!(
        refusal(decide::reopen(office.hand(&amara(), &reference), "New log").await)
            .contains("Only a complaints coordinator")
    );
    assert_eq!(
        fields(decide::reopen(office.hand(&ruth(), &reference), "").await),
        ["reason"]
    );
    decide::reopen(office.hand(&ruth(), &reference), "A new log has come")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert_eq!(
        (case.stage(), case.owner, case.reopened_at.len()),
        (1, Some(amara().id), 1)
    );
    assert_eq!(case.stages[1].entry.reason, StageReason::Reopened);
    let row = office.row(&reference).await;
    assert_eq!(
        (&*row.state, row.due_on, row.closed_at),
        ("open", Some(day("2026-06-25")), None)
    );
    assert_eq!(office.date(&reference, Duty::Decision).await.met_at, None);
    assert_eq!(office.job("F1000001").await.job.unwrap().status, "open");
    assert_eq!(office.listed(Shown::Mine(amara().id), &amara()).await.len(), 1);
    assert!(refusal(decide::reopen(office.hand(&ruth(), &reference), "Twice").await).contains("is open"));
}

#[tokio::test]
async fn after_twenty_working_days_it_is_a_new_complaint() {
    let office = open().await;
    let reference = office.answered("k").await;
    office.on("2026-07-08 10:00");
    let late = decide::reopen(office.hand(&ruth(), &reference), "A new log").await;
    assert!(refusal(late).contains("Log a new complaint"));
    office.on("2026-07-07 23:59");
    decide::reopen(office.hand(&ruth(), &reference), "A new log")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_case_whose_owner_left_is_taken_up_by_whoever_takes_it_up() {
    let office = open().await;
    let reference = office.answered("k").await;
    let tom = testkit::people::tom();
    let hand = casework::people::OfficeHand {
        office: &office.office,
        by: &tom,
        once: "",
    };
    casework::people::leave(hand, amara().id, None).await.unwrap();
    assert_eq!(
        office.case(&reference).await.owner,
        Some(amara().id),
        "what is over stays hers"
    );
    decide::reopen(office.hand(&ruth(), &reference), "A new log has come")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert_eq!(
        (case.stage(), case.owner),
        (1, Some(ruth().id)),
        "it is with somebody (R40)"
    );
    assert_eq!(
        office.listed(Shown::Mine(ruth().id), &ruth()).await,
        [reference.to_string()]
    );
}

#[tokio::test]
async fn the_window_is_counted_over_the_closure_at_christmas_on_a_real_store_too() {
    let office = open().await;
    office.on("2026-12-23 10:00");
    let reference = office.answered("k").await;
    let closed_at = office.case(&reference).await.closed_at.unwrap();
    assert_eq!(closed_at, at("2026-12-23 10:00"), "the story stands still");
    office.on("2027-01-30 00:00");
    let late = decide::reopen(office.hand(&ruth(), &reference), "A new log").await;
    assert!(refusal(late).contains("Log a new complaint"));
    office.on("2027-01-29 23:59");
    decide::reopen(office.hand(&ruth(), &reference), "A new log")
        .await
        .unwrap();
}
