//! Facts are written with the case, and the figures of a period are counted from them (R80).

use casework::ActError;
use casework::handling::decide;
use rules::people::Person;
use rules::review::facts::{Happened, Promptness, Timing};
use rules::review::{CaseFacts, Figure, Ledger, Month, Period, facts};
use storage::facts as kept;
use testkit::house;
use testkit::office::OpenOffice;
use testkit::people::{amara, helen, marcus, ruth};

use crate::support::{a_month, decided, differences, judged, june, receive, refusal};

async fn kept_facts(office: &OpenOffice, month: Month) -> Vec<CaseFacts> {
    office
        .read(move |tx| {
            Box::pin(async move {
                let numbers = kept::touching(tx, month.period()).await?;
                let mut all = Vec::new();
                for run in kept::runs(&numbers) {
                    all.extend(kept::load(tx, run).await?);
                }
                Ok(all)
            })
        })
        .await
}

async fn ledger(office: &OpenOffice, period: Period, by: &Person) -> Result<Ledger, ActError> {
    let (from, until) = (period.first.to_string(), period.last.to_string());
    Ok(office.door(by).report(&from, &until).await?.figures)
}

#[tokio::test]
async fn every_act_leaves_the_facts_that_its_events_say() {
    let office = a_month().await;
    let all = kept_facts(&office, june()).await;
    assert_eq!(all.len(), 5);
    for facts_kept in all {
        let case = office.case(&facts_kept.reference).await;
        let history = office.history(&facts_kept.reference).await;
        let right = facts(&case, &history, &house().setting(office.office.now()));
        assert_eq!(facts_kept, right);
    }
    assert_eq!(differences(&office).await, [""; 0]);
}

#[tokio::test]
async fn the_month_is_counted() {
    let office = a_month().await;
    let ledger = ledger(&office, june().period(), &helen()).await.unwrap();
    let n = |figure, group, item| ledger.get(figure, group, item);
    assert_eq!(n(Figure::Volume, "kind", "complaint"), 4);
    assert_eq!(n(Figure::Volume, "kind", "compliment"), 1);
    assert_eq!(ledger.rate(Figure::Stage1, "decisions", "in_time").percent(), Some(67));
    assert_eq!(n(Figure::Stage1, "decisions", "late"), 1);
    assert_eq!(n(Figure::Flow, "complaints", "carried_forward"), 1);
    assert_eq!(n(Figure::Confidential, "decisions", "in_time"), 1);
    assert_eq!(n(Figure::Action, "actions", "opened"), 1);
    assert_eq!(
        n(Figure::Action, "open", "overdue"),
        1,
        "promised for 30 June, and June is over"
    );
    assert_eq!(n(Figure::Category, "service", "none"), 1, "nobody judged the last one");
}

#[tokio::test]
async fn the_figures_follow_what_happens_later_and_a_year_holds_its_months() {
    let office = a_month().await;
    let open = "FC-10005".parse().unwrap();
    office.on("2026-07-07 10:00");
    judged(&office, &open).await;
    decided(&office, &open, None).await;
    let june_now = ledger(&office, june().period(), &helen()).await.unwrap();
    assert_eq!(
        june_now.get(Figure::Category, "service", "none"),
        0,
        "categorised in July, counted in June"
    );
    assert_eq!(june_now.get(Figure::Flow, "complaints", "carried_forward"), 1);
    let july: Month = "2026-07".parse().unwrap();
    let july = ledger(&office, july.period(), &helen()).await.unwrap();
    assert_eq!(july.get(Figure::Flow, "complaints", "brought_forward"), 1);
    assert_eq!(july.get(Figure::Stage1, "decisions", "all"), 1);
    let year = Period::year_from("2026-01".parse().unwrap());
    let year = ledger(&office, year, &helen()).await.unwrap();
    assert_eq!(year.get(Figure::Stage1, "decisions", "all"), 4);
    assert_eq!(year.get(Figure::Flow, "complaints", "received"), 4);
}

#[tokio::test]
async fn what_was_no_complaint_leaves_every_figure_but_its_own() {
    let office = a_month().await;
    let reference = "FC-10005".parse().unwrap();
    let ending = rules::case::vocabulary::Ending::NotAComplaint;
    decide::close(office.hand(&ruth(), &reference), ending, "A fault report")
        .await
        .unwrap();
    let ledger = ledger(&office, june().period(), &helen()).await.unwrap();
    assert_eq!(ledger.get(Figure::Volume, "kind", "complaint"), 3);
    assert_eq!(ledger.get(Figure::Volume, "left_out", "not_a_complaint"), 1);
    assert_eq!(ledger.get(Figure::Open, "open", "all"), 0);
}

#[tokio::test]
async fn more_time_is_a_moment_with_its_notice() {
    let office = OpenOffice::at("2026-06-09 09:15").await;
    let reference = receive(&office, "k", testkit::words::form()).await;
    judged(&office, &reference).await;
    let more = rules::handling::extend::MoreTime {
        new_due_on: testkit::day("2026-06-15"),
        reason_code: Some("major_incident".to_owned()),
        reason: "The network team is dealing with an outage.".to_owned(),
    };
    casework::handling::extend::extend(office.hand(&marcus(), &reference), &more)
        .await
        .unwrap();
    office.letters_arrive().await;
    office.on("2026-06-15 17:00");
    decided(&office, &reference, None).await;
    let facts = kept_facts(&office, june()).await.remove(0);
    let mut extended = facts.moments.iter();
    let extended = extended.find(|moment| moment.what == Happened::Extended).unwrap();
    assert_eq!((extended.days, extended.code.as_deref()), (1, Some("major_incident")));
    assert_eq!(extended.promptness, Some(Promptness::InTime));
    assert_eq!(facts.stays[0].timing, Some(Timing::Extended));
}

#[tokio::test]
async fn a_fact_that_somebody_changed_is_named_and_mended() {
    let office = a_month().await;
    for (sql, expected) in [
        (
            "UPDATE case_facts SET channel = 'phone' WHERE number = 10001",
            "case_facts FC-10001 changed",
        ),
        (
            "UPDATE case_stays SET timing = 'in_time' WHERE number = 10002",
            "case_facts FC-10002 changed",
        ),
        (
            "DELETE FROM case_spells WHERE number = 10003",
            "case_facts FC-10003 changed",
        ),
        (
            "DELETE FROM case_facts WHERE number = 10004",
            "case_facts FC-10004 missing",
        ),
        ("UPDATE reviews SET progress = 'finished'", "reviews 2026-06 changed"),
        ("DELETE FROM reviews", "reviews 2026-06 missing"),
        (
            "UPDATE follow_on_actions SET due_on = '2030-01-01'",
            "follow_on_actions FC-10001-1 changed",
        ),
        ("DELETE FROM follow_on_actions", "follow_on_actions FC-10001-1 missing"),
    ] {
        assert_eq!(office.tamper(sql).await, 1, "{sql}");
        assert_eq!(differences(&office).await, [expected], "{sql}");
        assert_eq!(differences(&office).await, [""; 0], "mended after {sql}");
    }
}

#[tokio::test]
async fn only_readers_of_reviews_are_given_figures() {
    let office = a_month().await;
    let refused = refusal(ledger(&office, june().period(), &amara()).await);
    assert!(
        refused.starts_with("You cannot read the monthly review. Ask "),
        "{refused}"
    );
}

#[tokio::test]
async fn a_report_stands_beside_the_same_days_a_year_before_once_there_were_cases_then() {
    let office = a_month().await;
    let door = office.door(&helen());
    let now = door.report("", "").await.unwrap();
    assert_eq!(now.period.last, now.today, "the business year so far");
    assert_eq!(
        now.before.map(|(period, _)| period),
        None,
        "nobody complained a year ago"
    );
    office.on("2027-06-30 10:00");
    let later = door.report("2027-06-01", "2027-06-30").await.unwrap();
    assert_eq!(later.figures.get(Figure::Flow, "complaints", "received"), 0);
    let (period, before) = later.before.unwrap();
    assert_eq!(period, june().period());
    assert_eq!(before.get(Figure::Flow, "complaints", "received"), 4);
    let refused = refusal(door.report("2027-07-01", "").await);
    assert!(refused.contains("a first day that has come"), "{refused}");
}
