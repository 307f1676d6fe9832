//! The doctor: every derived row is what the events say, and what is not is named and mended (invariant 3, R21).

use casework::handling::{approve, decide, judge, write};
use casework::intake::log::{LogCall, Next, log};
use casework::jobs::watch;
use casework::rebuild::rebuild;
use rules::case::vocabulary::Channel;
use rules::handling::draft::AskSignOff;
use rules::handling::extend::MoreTime;
use storage::doctor::How;
use testkit::office::OpenOffice;
use testkit::people::{amara, dana, marcus, ruth, samir};
use testkit::{day, words};

use crate::support::open;

/// What differed, in words.
async fn differences(office: &OpenOffice) -> Vec<String> {
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

/// Cases at every point of their life, made by every kind of act, on a clock that shows fractions of a second as a real one does.
async fn busy() -> OpenOffice {
    let office = OpenOffice::at("2026-06-09 09:15:00.123456789").await;
    office.receive("received").await;
    let linked = rules::handling::triage::Triage {
        existing_job: Some("F0998877".to_owned()),
        ..words::judged_for(&amara())
    };
    let open = office.receive("open").await;
    judge::triage(office.hand(&ruth(), &open), &linked).await.unwrap();
    office.asked_for_stage_2("asked").await;
    let reopened = office.answered("reopened").await;
    decide::reopen(office.hand(&ruth(), &reopened), "A new log")
        .await
        .unwrap();
    let signed = office.at_stage_2("signed").await;
    write::point(office.hand(&dana(), &signed), "Nobody called back")
        .await
        .unwrap();
    let decision = words::decision_on(&office.case(&signed).await);
    office.prepared(&signed, &dana()).await;
    decide::submit_draft(office.hand(&dana(), &signed), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    approve::approve(
        office.hand(&samir(), &signed),
        &words::waiting(&office.case(&signed).await),
        None,
    )
    .await
    .unwrap();
    let vip = office.at_stage_1("vip").await;
    judge::flag_vip(office.hand(&ruth(), &vip), "Chair of the governors", &dana())
        .await
        .unwrap();
    let more = MoreTime {
        new_due_on: day("2026-06-15"),
        reason_code: Some("major_incident".to_owned()),
        reason: "The network team is dealing with an outage.".to_owned(),
    };
    let extended = office.at_stage_1("extended").await;
    casework::handling::extend::extend(office.hand(&marcus(), &extended), &more)
        .await
        .unwrap();
    let stopped = office.at_stage_1("stopped").await;
    decide::withdraw(office.hand(&amara(), &stopped), "They called")
        .await
        .unwrap();
    office.public().complain(&words::thanks(), "thanks").await.unwrap();
    office
        .public()
        .complain(&words::anonymous_form(), "anonymous")
        .await
        .unwrap();
    let call = LogCall {
        raw: words::form(),
        channel: Channel::Phone,
        received_at: None,
        vip: None,
        next: Next::Take(words::taken()),
        key: "call".to_owned(),
    };
    log(&office.office, call, &amara()).await.unwrap();
    office.on("2026-06-18 10:00:00.987654321");
    watch::look(&office.office).await.unwrap();
    write::note(office.hand(&amara(), &open), "A last note").await.unwrap();
    office
}

#[tokio::test]
async fn what_the_acts_wrote_is_what_the_events_say() {
    let office = busy().await;
    let before = office.counts(&ruth()).await;
    let rebuilt = rebuild(&office.office).await.unwrap();
    assert_eq!(rebuilt.cases, 11);
    assert_eq!(rebuilt.differences, [], "the rows of the acts are those of the events");
    assert_eq!(office.counts(&ruth()).await, before);
    office.on("2026-09-01 10:00");
    assert_eq!(differences(&office).await, [""; 0], "whenever it is done");
}

#[tokio::test]
async fn a_row_that_somebody_changed_is_named_and_mended() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let owner = office.row(&reference).await.owner_id;
    for (sql, expected) in [
        ("UPDATE cases SET owner_id = 99", "cases FC-10001 changed"),
        ("UPDATE cases SET due_on = '2027-01-01'", "cases FC-10001 changed"),
        ("DELETE FROM cases", "cases FC-10001 missing"),
        ("UPDATE jobs SET status = 'closed'", "jobs F1000001 changed"),
        (
            "DELETE FROM job_updates WHERE sequence = 1",
            "job_updates F1000001 1 missing",
        ),
        ("DELETE FROM search_documents", "search FC-10001 missing"),
        // As an index is that was made by a version that folded words in another way.
        ("UPDATE search_documents SET words = names", "search FC-10001 changed"),
        ("DELETE FROM access_codes", "access_codes FC-10001 missing"),
        (
            "UPDATE access_codes SET code_hash = X'00'",
            "access_codes FC-10001 changed",
        ),
    ] {
        assert_eq!(office.tamper(sql).await, 1, "{sql}");
        assert_eq!(differences(&office).await, [expected], "{sql}");
        assert_eq!(differences(&office).await, [""; 0], "mended after {sql}");
    }
    assert_eq!(office.row(&reference).await.owner_id, owner);
    assert_eq!(office.found("Natarajan").await, [reference.to_string()]);
    assert_eq!(office.job("F1000001").await.updates[0].sequence, 1);
}

#[tokio::test]
async fn dates_that_somebody_changed_are_named_and_mended() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let sql = "UPDATE deadlines SET met = TRUE WHERE clock = 'stage_1' AND kind = 'decision'";
    assert_eq!(office.tamper(sql).await, 1);
    let found = differences(&office).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("deadlines FC-10001 stage_1 decision") && found[0].ends_with("changed"),
        "{found:?}"
    );
    office
        .tamper("INSERT INTO deadlines (reference, clock, kind, due_at, met) VALUES ('FC-77777', 'stage_1', 'decision', 1, FALSE)")
        .await;
    assert_eq!(
        differences(&office).await,
        ["deadlines FC-77777 stage_1 decision 1 extra"]
    );
    office.on("2026-06-13 00:01");
    assert_eq!(
        watch::look(&office.office).await.unwrap(),
        2,
        "the watch sees the date of {reference} again"
    );
}

#[tokio::test]
async fn a_case_that_was_made_up_is_named_and_goes() {
    let office = open().await;
    office.at_stage_1("k").await;
    let sql = "INSERT INTO jobs SELECT 'F9999999', reference, profile, parent, status, opened_at, updated_at FROM jobs";
    assert_eq!(office.tamper(sql).await, 1);
    assert_eq!(differences(&office).await, ["jobs F9999999 extra"]);
}

#[tokio::test]
async fn a_complainant_whose_code_was_exchanged_gets_in_again() {
    let office = open().await;
    let receipt = office.public().complain(&words::form(), "k1").await.unwrap();
    office.public().complain(&words::form(), "k2").await.unwrap();
    let enters = || async {
        let public = office.public();
        let by_code = public
            .enter("FC-10001", &receipt.receipt_code, "192.0.2.1")
            .await
            .is_ok();
        (by_code, public.follow("FC-10001", &receipt.link_token).await.is_ok())
    };
    assert_eq!(enters().await, (true, true));
    let code = "UPDATE access_codes SET code_hash = (SELECT code_hash FROM access_codes WHERE reference = 'FC-10002')
                WHERE reference = 'FC-10001'";
    office.tamper(code).await;
    office
        .tamper("UPDATE link_tokens SET reference = 'FC-10002' WHERE reference = 'FC-10001'")
        .await;
    assert_eq!(enters().await, (false, false), "the hashes are what is compared");
    let found = differences(&office).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], "access_codes FC-10001 changed");
    assert!(
        found[1].starts_with("link_tokens ") && found[1].ends_with(" changed"),
        "{found:?}"
    );
    assert_eq!(enters().await, (true, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn acts_that_come_during_a_rebuild_are_not_undone_by_it() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..30 {
        let (door, reference) = (office.door(&amara()), reference.clone());
        tasks.spawn(async move {
            let hand = door.hand(&reference, casework::handling::Seen::Whatever, "");
            write::note(hand, &format!("note {number}")).await.map(|_| 0)
        });
        let office = office.office.clone();
        tasks.spawn(async move { rebuild(&office).await.map(|rebuilt| rebuilt.differences.len()) });
    }
    while let Some(done) = tasks.join_next().await {
        assert_eq!(
            done.unwrap().unwrap(),
            0,
            "a rebuild in the middle of work finds nothing to mend"
        );
    }
    let row = office.row(&reference).await;
    assert_eq!(row.last_sequence, i64::from(office.case(&reference).await.sequence));
    assert_eq!(differences(&office).await, [""; 0]);
}

#[tokio::test]
async fn every_step_of_a_case_is_copied_to_its_job_and_what_is_for_staff_is_not() {
    let office = open().await;
    let reference = office.asked_for_stage_2("k").await;
    write::note(office.hand(&ruth(), &reference), "Between us")
        .await
        .unwrap();
    casework::handling::escalate::accept(office.hand(&ruth(), &reference), &dana(), None)
        .await
        .unwrap();
    let decision = words::decision_on(&office.case(&reference).await);
    office.prepared(&reference, &dana()).await;
    decide::submit_draft(office.hand(&dana(), &reference), &decision, AskSignOff::Yes)
        .await
        .unwrap();
    approve::approve(
        office.hand(&samir(), &reference),
        &words::waiting(&office.case(&reference).await),
        None,
    )
    .await
    .unwrap();
    office.letters_arrive().await;
    let job = office.job("F1000001").await;
    let told: Vec<&str> = job.updates.iter().map(|update| &*update.text).collect();
    assert_eq!(
        told,
        [
            "Received by online form: The Wi-Fi in the Main Library dropped four times during my online test. Nobody called me back.",
            "Job raised, profile \"General-Customer Feedback\"",
            "Acknowledged by email",
            "Categorised: service A3, problem B11",
            "Urgency: Normal",
            "Stage 1 began: straightforward enough for the front line",
            "Passed to a new owner",
            "Decision at stage 1: upheld",
            "Decision given by email",
            "Closed: decided",
            "The complainant asked for stage 2",
            "The request for stage 2 was accepted",
            "Stage 2 began: you asked us to look again",
            "Passed to a new owner",
            "The complainant agreed with the points",
            "Draft decision sent for sign-off",
            "Decision signed off",
            "Decision at stage 2: upheld",
            "Decision given by email",
            "Closed: decided",
        ]
    );
}

#[tokio::test]
async fn a_kept_number_that_somebody_changed_is_named_and_mended() {
    let office = open().await;
    office.at_stage_1("k").await;
    for (sql, how) in [
        ("UPDATE tallies SET n = n + 1 WHERE place = 'now' AND n > 0", "changed"),
        ("DELETE FROM tallies WHERE place = 'balance'", "missing"),
        (
            "INSERT INTO tallies (place, what, n) VALUES ('balance', '2020-01', 1)",
            "extra",
        ),
    ] {
        assert_eq!(office.tamper(sql).await, 1, "{sql}");
        let found = differences(&office).await;
        assert_eq!(found.len(), 1, "{sql}: {found:?}");
        assert!(
            found[0].starts_with("tallies ") && found[0].ends_with(how),
            "{sql}: {found:?}"
        );
        assert_eq!(differences(&office).await, [""; 0], "mended after {sql}");
    }
}
