//! A case that is taken up again has a life more: what was counted of the first stays counted, the second is counted beside it, nothing is lost
//! from month to month, and what was promised goes on through all of them (A40, R10, R80).

use casework::handling::decide;
use casework::intake::track;
use casework::review::follow::Step;
use casework::review::register::Part;
use rules::case::vocabulary::{Ending, Outcome};
use rules::case::{Action, Decision, Reference};
use rules::follow_on::{FollowOnId, Status};
use rules::handling::decide::Telling;
use rules::review::hold::Meeting;
use rules::review::{Figure, Ledger, Month, facts};
use testkit::office::OpenOffice;
use testkit::people::{amara, helen, marcus, ruth};
use testkit::{day, house, words};

use crate::support::{a_month, decided, differences, judged, june, receive, refusal};

fn first() -> Reference {
    "FC-10001".parse().unwrap()
}

fn july() -> Month {
    june().later(1)
}

async fn of(office: &OpenOffice, month: Month) -> Ledger {
    let (from, until) = (month.period().first.to_string(), month.period().last.to_string());
    office.door(&helen()).report(&from, &until).await.unwrap().figures
}

async fn reopen(office: &OpenOffice, reference: &Reference) {
    decide::reopen(office.hand(&ruth(), reference), "A new log has come")
        .await
        .unwrap();
}

/// Brought forward, received, taken up again, closed and carried forward, of some months one after another: nothing is lost between them.
async fn flow(office: &OpenOffice, months: u32) -> Vec<[u32; 5]> {
    let mut rows: Vec<[u32; 5]> = Vec::new();
    for later in 0..months {
        let month = june().later(later.try_into().unwrap());
        let ledger = of(office, month).await;
        let row = [
            "brought_forward",
            "received",
            "taken_up_again",
            "closed",
            "carried_forward",
        ]
        .map(|item| ledger.get(Figure::Flow, "complaints", item));
        assert_eq!(row[0] + row[1] + row[2], row[3] + row[4], "{month}: {row:?}");
        assert_eq!(row[4], ledger.get(Figure::Open, "open", "all"), "{month}");
        if let Some(before) = rows.last() {
            assert_eq!(before[4], row[0], "carried into {month}");
        }
        rows.push(row);
    }
    rows
}

/// Decided anew, late, with another outcome and another cause.
async fn decided_otherwise(office: &OpenOffice, reference: &Reference, promise: Option<Action>) {
    let case = office.case(reference).await;
    let mut decision = words::decision_on(&case);
    for point in &mut decision.points {
        point.outcome = Outcome::NotUpheld;
    }
    let decision = Decision {
        outcome: Outcome::NotUpheld,
        root_cause: Some("supplier".to_owned()),
        late_reason: Some("A supplier was late".to_owned()),
        actions: promise.into_iter().collect(),
        ..decision
    };
    decide::decide(office.hand(&amara(), reference), &decision, &Telling::InWriting)
        .await
        .unwrap();
    office.letters_arrive().await;
}

#[tokio::test]
async fn the_first_life_stays_counted_as_it_was_and_the_second_is_counted_beside_it() {
    let office = a_month().await;
    let before = of(&office, june()).await;
    let cause = |ledger: &Ledger, code: &str| ledger.get(Figure::Learning, "cause", code);
    assert_eq!(cause(&before, "supplier"), 0);
    office.on("2026-07-07 10:00");
    reopen(&office, &first()).await;
    assert_eq!(of(&office, june()).await, before, "June does not change by it");
    office.on("2026-07-14 10:00");
    decided_otherwise(&office, &first(), None).await;
    assert_eq!(
        of(&office, june()).await,
        before,
        "nor by another decision for another cause"
    );

    let july = of(&office, july()).await;
    let n = |figure, group, item| july.get(figure, group, item);
    assert_eq!(n(Figure::Flow, "taken_up_again", "reopened"), 1);
    assert_eq!(
        (
            n(Figure::Stage1, "reopened", "all"),
            n(Figure::Stage1, "reopened", "late")
        ),
        (1, 1),
        "due on 10 July, told on 14 July"
    );
    assert_eq!(n(Figure::Outcome, "stage-1", "not_upheld"), 1);
    assert_eq!(
        n(Figure::Outcome, "changed", "all"),
        0,
        "the same stage decided again is no stage that changed another's decision"
    );
    assert_eq!((cause(&july, "all"), cause(&july, "supplier")), (1, 1));
    let stage: Vec<_> = july.spread(Figure::Duration, "stage-1").values().collect();
    assert_eq!(stage, [(5, 1)], "working days from when it was taken up again");
    let whole: Vec<_> = july.spread(Figure::Duration, "whole").values().collect();
    assert_eq!(whole, [(25, 1)], "and from the receipt on 9 June");
    office.on("2026-09-01 10:00");
    assert_eq!(
        flow(&office, 3).await,
        [[0, 4, 0, 3, 1], [1, 0, 1, 1, 1], [1, 0, 0, 0, 1]],
        "June, July, August"
    );
    assert_eq!(differences(&office).await, [""; 0]);
}

#[tokio::test]
async fn a_finished_review_has_nothing_to_correct_because_a_case_was_taken_up_again() {
    let office = a_month().await;
    let door = office.door(&helen());
    let meeting = Meeting {
        on: Some(day("2026-07-06")),
        present: vec![helen().id],
        others: String::new(),
        words: "Look at the libraries again".to_owned(),
    };
    door.review_desk(june(), "finish").finish(meeting).await.unwrap();
    office.on("2026-07-07 10:00");
    reopen(&office, &first()).await;
    office.on("2026-07-14 10:00");
    decided_otherwise(&office, &first(), None).await;
    let file = door.review(june()).await.unwrap();
    assert_eq!(file.changed, [], "no number of June became another");
}

#[tokio::test]
async fn three_lives_in_three_months_are_three_closings() {
    let office = a_month().await;
    office.on("2026-07-07 10:00");
    reopen(&office, &first()).await;
    decided(&office, &first(), None).await;
    office.on("2026-08-03 10:00");
    reopen(&office, &first()).await;
    let all = flow(&office, 3).await;
    assert_eq!(all, [[0, 4, 0, 3, 1], [1, 0, 1, 1, 1], [1, 0, 1, 0, 2]]);
    office.on("2026-08-04 10:00");
    decided(&office, &first(), None).await;
    office.on("2026-10-01 10:00");
    let all = flow(&office, 4).await;
    assert_eq!(all[2..], [[1, 0, 1, 1, 1], [1, 0, 0, 0, 1]]);
    for month in 0..3 {
        let month = june().later(month);
        let ledger = of(&office, month).await;
        assert!(ledger.get(Figure::Early, "ending", "decided") >= 1, "{month}");
    }
    let case = office.case(&first()).await;
    let history = office.history(&first()).await;
    let kept = facts(&case, &history, &house().setting(office.office.now()));
    assert_eq!((kept.spells.len(), kept.stays.len()), (3, 3));
}

#[tokio::test]
async fn a_withdrawal_and_its_undoing_are_a_closing_and_a_life_more() {
    let office = OpenOffice::at("2026-06-09 09:15").await;
    let reference = receive(&office, "k", words::form()).await;
    judged(&office, &reference).await;
    let link = office.case(&reference).await.received.link_token;
    let who = track::enter_with_link(&office.office, &reference.to_string(), &link)
        .await
        .unwrap();
    office.on("2026-06-29 16:00");
    track::stop(&office.office, &who, "It works again", "stop")
        .await
        .unwrap();
    office.letters_arrive().await;
    let before = of(&office, june()).await;
    assert_eq!(before.get(Figure::Early, "ending", "withdrawn"), 1);
    assert_eq!(before.get(Figure::Early, "decided", "all"), 0, "nothing was decided");
    assert_eq!(before.get(Figure::Stage1, "decisions", "all"), 0);

    office.on("2026-07-02 10:00");
    track::reply(&office.office, &who, "It is broken again", "after")
        .await
        .unwrap();
    let asked = office.listed(casework::desk::Shown::AskedOfMe, &ruth()).await;
    assert_eq!(asked, [reference.to_string()], "a message opens nothing by itself");
    reopen(&office, &reference).await;
    office.on("2026-07-06 10:00");
    decided(&office, &reference, None).await;
    assert_eq!(of(&office, june()).await, before);
    let july = of(&office, july()).await;
    assert_eq!(july.get(Figure::Early, "ending", "decided"), 1);
    assert_eq!(july.get(Figure::Stage1, "reopened", "in_time"), 1);
    assert_eq!(flow(&office, 2).await, [[0, 1, 0, 1, 0], [0, 0, 1, 1, 0]]);
    assert_eq!(differences(&office).await, [""; 0]);
}

#[tokio::test]
async fn what_was_promised_goes_on_through_every_ending_of_its_case_and_stands_in_each_review() {
    let office = a_month().await;
    let action = |number| -> FollowOnId { FollowOnId::Case(first(), number) };
    let stands = |id: FollowOnId| {
        let office = &office;
        async move { office.door(&ruth()).follow_on(&id).await.unwrap().action.status }
    };
    office.on("2026-07-07 10:00");
    reopen(&office, &first()).await;
    assert_eq!(stands(action(1)).await, Status::Accepted, "reopened");
    let second = Action {
        text: "Call back within a day".to_owned(),
        owner: "Helpline".to_owned(),
        due_on: day("2026-09-30"),
    };
    decided_otherwise(&office, &first(), Some(second)).await;
    assert_eq!(stands(action(1)).await, Status::Accepted, "decided otherwise");
    assert_eq!(
        stands(action(2)).await,
        Status::Accepted,
        "and a promise more, under a number of its own"
    );
    office.on("2026-07-08 10:00");
    reopen(&office, &first()).await;
    decide::withdraw(office.hand(&ruth(), &first()), "She called")
        .await
        .unwrap();
    for number in [1, 2] {
        assert_eq!(stands(action(number)).await, Status::Accepted, "withdrawn");
    }
    for (month, open, overdue) in [(june(), 1, 1), (july(), 2, 1), (june().later(3), 2, 2)] {
        let ledger = of(&office, month).await;
        let n = |item| ledger.get(Figure::Action, "open", item);
        office.on("2026-12-01 10:00");
        assert_eq!((n("all"), n("overdue")), (open, overdue), "{month}");
    }
    let register = office.door(&ruth()).register(Part::ToDo, 1).await.unwrap();
    assert_eq!(register.actions.len(), 2);
    let done = Step::Done("The Helpline asks now".to_owned());
    office
        .door(&marcus())
        .follow_up(&action(1), "")
        .take(done)
        .await
        .unwrap();
    let verified = Step::Verify("Listened to ten calls".to_owned());
    office
        .door(&helen())
        .follow_up(&action(1), "")
        .take(verified)
        .await
        .unwrap();
    assert_eq!(stands(action(1)).await, Status::Verified);
    let drop = |words: &str| Step::Drop(words.to_owned());
    let silent = office.door(&helen()).follow_up(&action(2), "").take(drop(" ")).await;
    assert!(
        refusal_words(silent).contains("how they were told"),
        "a promise is not dropped in silence"
    );
    assert_eq!(differences(&office).await, [""; 0]);
}

fn refusal_words(answer: Result<(), casework::ActError>) -> String {
    match answer {
        Err(casework::ActError::Refused(rules::case::Refused::Fields { fields })) => fields[0].message.clone(),
        other => refusal(other),
    }
}

#[tokio::test]
async fn an_ending_that_leaves_the_case_out_of_the_figures_keeps_its_promise_in_the_register() {
    let office = a_month().await;
    office.on("2026-07-07 10:00");
    reopen(&office, &first()).await;
    decide::close(
        office.hand(&ruth(), &first()),
        Ending::LoggedInError,
        "It was another person's",
    )
    .await
    .unwrap();
    let ledger = of(&office, june()).await;
    assert_eq!(ledger.get(Figure::Volume, "left_out", "logged_in_error"), 1);
    assert_eq!(
        ledger.get(Figure::Action, "open", "all"),
        1,
        "it was promised to somebody"
    );
}
