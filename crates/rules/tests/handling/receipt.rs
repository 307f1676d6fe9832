//! Receipt: acknowledged on the platform that was chosen, at any hour, with a job raised (R18-R20, R83, A8, A28).

use rules::case::Event;
use rules::case::event::VipFlagged;
use rules::case::vocabulary::{Channel, Means, VipSource};
use rules::deadlines::Duty;
use rules::intake::{Arrival, RawFeedback, read};
use rules::letters::LetterKind;
use testkit::people::amara;
use testkit::words::{anonymous_form, by, by_phone, by_web, form, thanks};
use testkit::{Story, at, day, house};

fn acknowledged_by(story: &Story<'_>) -> Option<Means> {
    story.case.acknowledged.as_ref().map(|told| told.by)
}

#[test]
fn a_form_with_an_address_is_acknowledged_when_the_letter_arrives() {
    let story = Story::begin(&form(), &by_web(), "2026-06-13 23:30");
    assert_eq!(acknowledged_by(&story), None);
    assert_eq!(story.owed(), [LetterKind::Acknowledgement]);
    let due = story.date(Duty::Acknowledge).unwrap();
    assert_eq!((due.due_at, due.met_at), (at("2026-06-13 23:45"), None));

    let story = story.on("2026-06-13 23:31").letters_arrive();
    assert_eq!(acknowledged_by(&story), Some(Means::Email));
    assert_eq!(
        story.date(Duty::Acknowledge).unwrap().met_at,
        Some(at("2026-06-13 23:31"))
    );
}

#[test]
fn a_form_without_an_address_is_acknowledged_on_the_page_itself() {
    let story = Story::begin(&anonymous_form(), &by_web(), "2026-06-13 23:30");
    assert_eq!(acknowledged_by(&story), Some(Means::TrackingPage));
    assert_eq!(story.owed(), []);
}

#[test]
fn a_form_with_an_address_that_asks_for_no_mail_gets_none() {
    let raw = RawFeedback {
        reply_by: "tracking_page".to_owned(),
        ..form()
    };
    let story = Story::begin(&raw, &by_web(), "2026-06-13 23:30");
    assert_eq!(acknowledged_by(&story), Some(Means::TrackingPage));
    assert_eq!(story.owed(), []);
}

#[test]
fn a_caller_is_acknowledged_in_the_call_and_gets_the_letter_too() {
    let clerk = amara();
    let story = Story::begin(&form(), &by_phone(&clerk), "2026-06-09 09:15");
    let told = story.case.acknowledged.clone().unwrap();
    assert_eq!((told.by, told.at), (Means::Phone, at("2026-06-09 09:15")));
    assert_eq!(told.proof, "Given in the same conversation by Amara Osei");
    assert_eq!(story.owed(), [LetterKind::Acknowledgement]);
    assert!(!story.date(Duty::Acknowledge).unwrap().is_late(at("2026-06-20 09:15")));
}

#[test]
fn every_conversation_acknowledges_by_itself() {
    let clerk = amara();
    for (channel, means) in [
        (Channel::Phone, Means::Phone),
        (Channel::InPerson, Means::InPerson),
        (Channel::Chat, Means::Chat),
        (Channel::SocialMedia, Means::SocialMedia),
    ] {
        let arrival = Arrival {
            channel,
            received_at: None,
            logged_by: Some(&clerk),
            vip: None,
            set_apart_from: None,
            suggested: None,
        };
        let story = Story::begin(&anonymous_form(), &arrival, "2026-06-09 09:15");
        assert_eq!(acknowledged_by(&story), Some(means));
    }
}

#[test]
fn a_letter_on_paper_is_not_acknowledged_by_a_page_that_nobody_saw() {
    let clerk = amara();
    let by_post = Arrival {
        channel: Channel::Post,
        received_at: None,
        logged_by: Some(&clerk),
        vip: None,
        set_apart_from: None,
        suggested: None,
    };
    let raw = RawFeedback {
        name: "Edith Moss".to_owned(),
        phone: "01632 960 417".to_owned(),
        ..anonymous_form()
    };
    let story = Story::begin(&raw, &by_post, "2026-06-09 16:00");
    assert_eq!(acknowledged_by(&story), None);
    let due = story.date(Duty::Acknowledge).unwrap();
    assert_eq!(
        (due.due_on, due.met_at),
        (day("2026-06-09"), None),
        "by the end of the day on which it is opened (A8)"
    );
}

#[test]
fn a_letter_with_an_address_in_it_is_acknowledged_by_mail() {
    let clerk = amara();
    let by_post = Arrival {
        channel: Channel::Post,
        received_at: None,
        logged_by: Some(&clerk),
        vip: None,
        set_apart_from: None,
        suggested: None,
    };
    let story = Story::begin(&form(), &by_post, "2026-06-09 16:00");
    assert_eq!(acknowledged_by(&story), None);
    assert_eq!(
        story.letters_arrive().case.acknowledged.map(|told| told.by),
        Some(Means::Email)
    );
}

#[test]
fn nobody_is_there_to_be_acknowledged_when_an_anonymous_letter_comes() {
    let clerk = amara();
    let by_post = Arrival {
        channel: Channel::Post,
        received_at: None,
        logged_by: Some(&clerk),
        vip: None,
        set_apart_from: None,
        suggested: None,
    };
    let story = Story::begin(&anonymous_form(), &by_post, "2026-06-09 16:00");
    assert_eq!(acknowledged_by(&story), None);
    assert_eq!(
        story.date(Duty::Acknowledge),
        None,
        "no acknowledgement clock runs (A28)"
    );
}

#[test]
fn thanks_are_acknowledged_with_a_letter_of_their_own() {
    let story = Story::begin(&thanks(), &by_web(), "2026-06-09 09:15");
    assert_eq!(story.owed(), [LetterKind::FeedbackReceived]);
    let story = story.letters_arrive();
    assert!(story.case.acknowledged.is_some());
    assert_eq!(story.date(Duty::Decision), None);
    assert_eq!(story.date(Duty::Update), None);
}

#[test]
fn every_case_has_a_job_of_the_feedback_profile() {
    let job = Story::received().case.job.unwrap();
    assert_eq!(job.profile, "General-Customer Feedback");
    assert_eq!(job.parent, None);
    let about_a_job = RawFeedback {
        existing_job: "F1000100".to_owned(),
        ..form()
    };
    let job = Story::begin(&about_a_job, &by_web(), "2026-06-09 09:15")
        .case
        .job
        .unwrap();
    assert_eq!(job.parent.as_deref(), Some("F1000100"));
}

#[test]
fn the_history_says_what_happened_in_order() {
    let clerk = amara();
    let vip = VipFlagged {
        source: VipSource::Directory,
        detail: "governors".to_owned(),
    };
    let arrival = Arrival {
        vip: Some(vip),
        ..by_phone(&clerk)
    };
    let story = Story::begin(&form(), &arrival, "2026-06-09 09:15");
    assert_eq!(
        story.kinds(),
        ["case.received", "ack.sent", "job.created", "vip.flagged"]
    );
    let Event::Received(received) = &story.history[0].event else {
        panic!()
    };
    assert_eq!(received.logged_by, Some(clerk.id));
    assert_eq!(
        (received.procedure.as_str(), received.procedure_version.as_str()),
        ("it-services", "1")
    );
}

#[test]
fn a_receipt_in_the_future_is_refused() {
    let clerk = amara();
    let arrival = Arrival {
        received_at: Some(at("2026-06-09 09:16")),
        ..by_phone(&clerk)
    };
    let refused = Story::try_begin(house(), read(&form()).unwrap(), &arrival, at("2026-06-09 09:15")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "The time of receipt is in the future. Enter when it reached us"
    );
}

#[test]
fn a_message_found_later_counts_from_when_it_came() {
    let clerk = amara();
    let arrival = Arrival {
        received_at: Some(at("2026-06-05 18:20")),
        ..by_phone(&clerk)
    };
    let story = Story::begin(&form(), &arrival, "2026-06-09 09:15");
    assert_eq!(story.case.received.received_on, day("2026-06-05"));
    assert_eq!(story.case.logged_at, at("2026-06-09 09:15"));
    let story = story.at_stage_1();
    assert_eq!(
        story.decision_on(),
        day("2026-06-10"),
        "3 working days after Friday 5 June"
    );
    assert!(
        !story.date(Duty::Acknowledge).unwrap().is_late(story.now),
        "nobody could acknowledge before it was found"
    );
}

#[test]
fn a_receipt_from_before_the_procedure_is_refused_with_the_day() {
    let clerk = amara();
    let arrival = Arrival {
        received_at: Some(at("2023-12-31 12:00")),
        ..by_phone(&clerk)
    };
    let refused = Story::try_begin(house(), read(&form()).unwrap(), &arrival, at("2026-06-09 09:15")).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("The procedure in force begins on Monday 1 January 2024."),
        "{refused}"
    );
}

#[test]
fn the_day_of_receipt_is_the_day_in_london() {
    // Half past midnight in summer is still yesterday in UTC: counted there, the decision would be due a day early (4.5).
    let story = Story::begin(&form(), &by_web(), "2026-07-31 00:30");
    assert_eq!(story.now.to_string(), "2026-07-30T23:30:00Z");
    assert_eq!(story.case.received.received_on, day("2026-07-31"));
    assert_eq!(story.at_stage_1().decision_on(), day("2026-08-05"));
    let story = Story::begin(&form(), &by_web(), "2026-08-03 00:15");
    assert_eq!(story.at_stage_1().decision_on(), day("2026-08-06"));
}

#[test]
fn the_hour_that_happens_twice_is_one_day() {
    for instant in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
        let story = Story::try_begin(house(), read(&form()).unwrap(), &by_web(), instant.parse().unwrap()).unwrap();
        assert_eq!(story.case.received.received_on, day("2026-10-25"));
        assert_eq!(story.at_stage_1().decision_on(), day("2026-10-28"));
    }
}

#[test]
fn the_worked_examples_hold_for_cases() {
    let bank_holidays_only = testkit::House::without_closures();
    for (received, stage_1, stage_2) in [
        ("2026-06-09 09:15", "2026-06-12", "2026-07-07"),
        ("2026-06-12 16:59", "2026-06-17", "2026-07-10"),
        ("2026-06-13 23:30", "2026-06-17", "2026-07-10"),
        ("2026-06-14 00:05", "2026-06-17", "2026-07-10"),
        ("2026-05-01 23:59", "2026-05-07", "2026-06-02"),
        ("2026-05-02 00:00", "2026-05-07", "2026-06-02"),
        ("2026-04-02 23:59", "2026-04-09", "2026-05-05"),
        ("2026-12-23 16:00", "2026-12-30", "2027-01-25"),
        ("2027-12-25 12:00", "2027-12-31", "2028-01-26"),
        ("2027-03-25 17:30", "2027-04-01", "2027-04-26"),
        ("2028-02-29 09:00", "2028-03-03", "2028-03-28"),
    ] {
        let story = Story::begin_in(&bank_holidays_only, &form(), &by_web(), received);
        assert_eq!(story.clone().at_stage_1().decision_on(), day(stage_1), "{received}");
        assert_eq!(story.at_stage_2().decision_on(), day(stage_2), "{received}");
    }
}

#[test]
fn a_chat_without_a_clerk_is_not_acknowledged_on_a_page_that_it_has_not() {
    let story = Story::begin(&form(), &by(Channel::Email), "2026-06-13 23:30");
    assert_eq!(acknowledged_by(&story), None);
    assert_eq!(story.owed(), [LetterKind::Acknowledgement]);
}
