//! Another regime on a real store: its date among all dates, the worker that watches it, the lists that show it, and endings that say where it goes
//! on (A38).

use casework::desk::Shown;
use casework::desk::lists::list;
use casework::handling::{decide, regime};
use casework::jobs::watch;
use casework::rebuild::rebuild;
use rules::case::event::RegimeDone;
use rules::case::vocabulary::Ending;
use rules::case::{Reference, State};
use rules::clock::ClockName;
use rules::deadlines::Duty;
use rules::handling::decide::Telling;
use rules::handling::regime::Tagging;
use storage::deadlines::{DeadlineRow, of_case};
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, leila, ruth};
use testkit::{at, day, words};

use crate::support::{fields, open, refusal};

const CODE: &str = "data_protection";

fn tagging() -> Tagging {
    Tagging {
        regime: CODE.to_owned(),
        ..Tagging::default()
    }
}

fn confirmed(on: &str) -> RegimeDone {
    RegimeDone {
        regime: CODE.to_owned(),
        clock: Some(ClockName::new("data_protection_complaint")),
        on: day(on),
        words: "Confirmed by email, DP-2026-114.".to_owned(),
    }
}

/// At stage 1 since Tuesday 9 June 2026, tagged by Amara.
async fn tagged(office: &OpenOffice) -> Reference {
    let reference = office.at_stage_1("k").await;
    regime::tag(office.hand(&amara(), &reference), &tagging())
        .await
        .unwrap();
    reference
}

async fn row(office: &OpenOffice, reference: &Reference) -> DeadlineRow {
    let stream = reference.to_string();
    let rows = office
        .read(move |tx| Box::pin(async move { of_case(tx, &stream).await }))
        .await;
    let mut dates = rows.into_iter().filter(|row| row.kind == Duty::Regime.code());
    let date = dates.next().expect("the date of the regime has a row");
    assert_eq!(dates.next(), None);
    date
}

async fn card(office: &OpenOffice, reference: &Reference) -> serde_json::Value {
    serde_json::from_slice(&office.row(reference).await.card).unwrap()
}

async fn asked_of_leila(office: &OpenOffice) -> Vec<String> {
    let asked = list(&office.office, &Shown::AskedOfMe, None, &leila()).await.unwrap();
    asked
        .lines
        .iter()
        .map(|line| line.card.asked.clone().unwrap())
        .collect()
}

#[tokio::test]
async fn the_date_of_a_regime_stands_beside_ours_and_is_watched() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let decision = office.date(&reference, Duty::Decision).await;
    regime::tag(office.hand(&amara(), &reference), &tagging())
        .await
        .unwrap();
    assert_eq!(office.date(&reference, Duty::Regime).await.due_on, day("2026-07-08"));
    assert_eq!(
        office.date(&reference, Duty::Decision).await,
        decision,
        "no date of ours moves"
    );
    let known = row(&office, &reference).await;
    assert_eq!((known.due_on, known.met), (Some(day("2026-07-08")), false));
    assert_eq!(card(&office, &reference).await["regime"]["on"], "2026-07-08");
    office.on("2026-07-09 00:00:30");
    watch::look(&office.office).await.unwrap();
    let clock = "regime data_protection: data_protection_complaint";
    let passed = office.case(&reference).await.breached;
    assert!(passed.iter().any(|(name, _)| name == clock), "{passed:?}");
    assert_eq!(watch::look(&office.office).await.unwrap(), 0, "said once");
}

#[tokio::test]
async fn whoever_looks_after_it_finds_it_in_their_work_until_it_is_done() {
    let office = open().await;
    let reference = tagged(&office).await;
    assert_eq!(asked_of_leila(&office).await, ["See to what another regime asks for"]);
    assert_eq!(
        card(&office, &reference).await["asked_beside"],
        true,
        "Amara does not wait for it"
    );
    office.on("2026-06-10 11:00");
    let twice = RegimeDone {
        words: String::new(),
        ..confirmed("2026-06-11")
    };
    assert_eq!(
        fields(regime::done(office.hand(&leila(), &reference), &twice).await),
        ["done_on", "done_words"]
    );
    regime::done(office.hand(&leila(), &reference), &confirmed("2026-06-10"))
        .await
        .unwrap();
    assert_eq!(asked_of_leila(&office).await, [""; 0]);
    assert_eq!(
        office.date(&reference, Duty::Regime).await.met_at,
        Some(at("2026-06-10 11:00"))
    );
    assert!(row(&office, &reference).await.met);
    assert!(card(&office, &reference).await["regime"].is_null());
    let job = office.job(&office.case(&reference).await.job.unwrap().number).await;
    let said: Vec<&str> = job.updates.iter().map(|update| update.text.as_str()).collect();
    assert!(said.contains(&"What the other regime asks for was done"), "{said:?}");
}

#[tokio::test]
async fn a_decided_case_stays_open_for_its_regime_and_closes_by_itself_after_it() {
    let office = open().await;
    let reference = tagged(&office).await;
    let decision = words::decision_on(&office.case(&reference).await);
    decide::decide(office.hand(&amara(), &reference), &decision, &Telling::InWriting)
        .await
        .unwrap();
    office.letters_arrive().await;
    assert!(matches!(office.case(&reference).await.state, State::Answered(..)));
    let next = card(&office, &reference).await["next_step"].clone();
    assert_eq!(
        next,
        "Another regime is open: record what was done, or say where it is handled now"
    );
    assert_eq!(
        fields(regime::elsewhere(office.hand(&ruth(), &reference), CODE, " ").await),
        ["handled_now"]
    );
    regime::elsewhere(office.hand(&ruth(), &reference), CODE, "With Leila as DP-2026-114")
        .await
        .unwrap();
    let case = office.case(&reference).await;
    assert!(matches!(case.state, State::Closed(Ending::Decided, _)));
    assert_eq!(asked_of_leila(&office).await, [""; 0]);
}

#[tokio::test]
async fn closing_says_where_the_regime_is_handled_now() {
    let office = open().await;
    let reference = tagged(&office).await;
    let ruth = ruth();
    let hand = office.hand(&ruth, &reference);
    assert_eq!(
        fields(decide::close(hand, Ending::Referred, "Estates").await),
        ["handled_now"]
    );
    assert_eq!(
        fields(regime::close(hand, Ending::Referred, "", "").await),
        ["reason", "handled_now"]
    );
    assert_eq!(fields(decide::withdraw(hand, "She called").await), ["handled_now"]);
    let closed = regime::close(hand, Ending::Referred, "Estates", "With Leila")
        .await
        .unwrap();
    assert_eq!(
        closed.regimes[0].elsewhere.as_ref().map(|(words, _)| words.as_str()),
        Some("With Leila")
    );
    let other = office.at_stage_1("l").await;
    regime::tag(office.hand(&amara(), &other), &tagging()).await.unwrap();
    let stopped = regime::withdraw(office.hand(&amara(), &other), "She called", "With Leila")
        .await
        .unwrap();
    assert!(matches!(stopped.state, State::Closed(Ending::Withdrawn, _)));
}

#[tokio::test]
async fn a_complainant_may_stop_and_the_law_goes_on_with_somebody_who_sees_it() {
    let office = open().await;
    let reference = tagged(&office).await;
    let code = office.case(&reference).await.received.receipt_code;
    let came = office
        .public()
        .enter(&reference.to_string(), &code, "192.0.2.7")
        .await
        .unwrap();
    office.public().stop(&came, "It is fine now", "w").await.unwrap();
    assert!(!office.case(&reference).await.is_open());
    assert!(!row(&office, &reference).await.met, "the watch still looks at it");
    assert_eq!(asked_of_leila(&office).await, ["See to what another regime asks for"]);
    let rebuilt = rebuild(&office.office).await.unwrap();
    assert_eq!(rebuilt.differences, [], "the rows are those of the events");
    office.on("2026-07-09 08:00");
    assert_eq!(watch::look(&office.office).await.unwrap(), 1);
    regime::done(office.hand(&leila(), &reference), &confirmed("2026-07-09"))
        .await
        .unwrap();
    assert_eq!(asked_of_leila(&office).await, [""; 0]);
    assert_eq!(office.case(&reference).await.alerts, []);
}

#[tokio::test]
async fn a_tag_can_be_a_mistake_and_nobody_without_the_right_makes_one() {
    let office = open().await;
    let reference = tagged(&office).await;
    let twice = regime::tag(office.hand(&amara(), &reference), &tagging()).await;
    assert!(refusal(twice).ends_with(" already"));
    let stranger = regime::tag(office.hand(&iris(), &reference), &tagging()).await;
    assert!(refusal(stranger).starts_with("You cannot say what another regime asks for."));
    assert_eq!(
        fields(regime::take_away(office.hand(&amara(), &reference), CODE, "").await),
        ["taken_why"]
    );
    let without = regime::take_away(office.hand(&amara(), &reference), CODE, "It was a printer")
        .await
        .unwrap();
    assert_eq!(without.regimes, []);
    assert!(card(&office, &reference).await["regime"].is_null());
    assert_eq!(asked_of_leila(&office).await, [""; 0]);
}

#[tokio::test]
async fn the_last_letter_names_the_regulator_where_the_regime_has_one() {
    let office = open().await;
    let (plain, reference) = (office.at_stage_2("p").await, office.at_stage_2("k").await);
    regime::tag(office.hand(&amara(), &reference), &tagging())
        .await
        .unwrap();
    let says = |case: &rules::case::Case| {
        let in_force = office.office.active();
        casework::letter::signpost(case, &in_force.setting(office.office.now()))
    };
    let (with, without) = (says(&office.case(&reference).await), says(&office.case(&plain).await));
    assert!(with.starts_with(&without) && !without.is_empty(), "{with}");
    assert!(
        with.contains("the Information Commissioner") && !without.contains("Information Commissioner"),
        "{with}"
    );
}
