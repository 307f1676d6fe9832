//! What the stories share: a month with a few cases in it, and how an act was refused.

use casework::ActError;
use casework::handling::{confidential, decide, judge};
use casework::rebuild::rebuild;
use casework::review::open::open_due;
use jiff::civil::Date;
use rules::case::{Action, Decision, Reference};
use rules::confidential::StaffNamed;
use rules::handling::decide::Telling;
use rules::intake::RawFeedback;
use rules::review::Month;
use storage::doctor::How;
use testkit::office::OpenOffice;
use testkit::people::{amara, jo, marcus, ruth};
use testkit::words;

/// June 2026.
pub(crate) fn june() -> Month {
    "2026-06".parse().unwrap()
}

/// Feedback by the online form; its acknowledgement arrives.
pub(crate) async fn receive(office: &OpenOffice, key: &str, form: RawFeedback) -> Reference {
    let receipt = office.public().complain(&form, key).await.unwrap();
    office.letters_arrive().await;
    receipt.reference
}

/// Judged by Ruth and given to Amara.
pub(crate) async fn judged(office: &OpenOffice, reference: &Reference) {
    let judgement = words::judged_for(&amara());
    judge::triage(office.hand(&ruth(), reference), &judgement)
        .await
        .unwrap();
    office.letters_arrive().await;
}

/// Judged by Ruth as about Jo, and given to Marcus.
pub(crate) async fn judged_about_jo(office: &OpenOffice, reference: &Reference) {
    let named = StaffNamed {
        people: vec![jo().id],
        others: None,
    };
    let ruth = ruth();
    confidential::named_and_triaged(office.hand(&ruth, reference), &named, &words::judged_for(&marcus()))
        .await
        .unwrap();
    office.letters_arrive().await;
}

/// Decided by its owner in writing, perhaps with a promise; the letter arrives.
pub(crate) async fn decided(office: &OpenOffice, reference: &Reference, promise: Option<(&str, Date)>) {
    let case = office.case(reference).await;
    let owner = if case.is_restricted() { marcus() } else { amara() };
    let promise = promise.map(|(text, due_on)| Action {
        text: text.to_owned(),
        owner: "Helpline".to_owned(),
        due_on,
    });
    let decision = Decision {
        actions: promise.into_iter().collect(),
        late_reason: Some("A supplier was late".to_owned()),
        ..words::decision_on(&case)
    };
    decide::decide(office.hand(&owner, reference), &decision, &Telling::InWriting)
        .await
        .unwrap();
    office.letters_arrive().await;
}

/// June with four complaints: one decided in time with a promise, one decided late, one about a member of staff, one still open; and words of
/// thanks. It is Monday 6 July, and the review of June has begun.
pub(crate) async fn a_month() -> OpenOffice {
    let office = OpenOffice::at("2026-06-09 09:15").await;
    let first = receive(&office, "in time", words::form()).await;
    let late = receive(&office, "late", words::form()).await;
    let staff = RawFeedback {
        about_staff: "yes".to_owned(),
        ..words::form()
    };
    let about_staff = receive(&office, "about staff", staff).await;
    for reference in [&first, &late] {
        judged(&office, reference).await;
    }
    judged_about_jo(&office, &about_staff).await;
    office.on("2026-06-10 10:00");
    let promise = ("Ask before closing a job", testkit::day("2026-06-30"));
    decided(&office, &first, Some(promise)).await;
    decided(&office, &about_staff, None).await;
    office.on("2026-06-17 10:00");
    decided(&office, &late, None).await;
    receive(&office, "thanks", words::thanks()).await;
    office.on("2026-06-30 16:00");
    receive(&office, "open", words::form()).await;
    office.on("2026-07-06 09:00");
    open_due(&office.office).await.unwrap();
    office
}

/// The words of a refusal.
#[track_caller]
pub(crate) fn refusal<T: std::fmt::Debug>(answer: Result<T, ActError>) -> String {
    match answer {
        Err(ActError::Refused(refused)) => refused.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

/// What the doctor finds, in words.
pub(crate) async fn differences(office: &OpenOffice) -> Vec<String> {
    let rebuilt = rebuild(&office.office).await.unwrap();
    let words = rebuilt.differences.iter().map(|found| {
        let how = match found.how {
            How::Missing => "missing",
            How::Extra => "extra",
            How::Changed => "changed",
        };
        format!("{} {} {how}", found.table, found.key)
    });
    words.collect()
}
