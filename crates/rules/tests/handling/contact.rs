//! Words between us and the complainant, notes among staff, and what the post room reports (R18, R19, R24, A7, A8).

use rules::case::event::{DeliveryFailed, UpdateSent};
use rules::case::vocabulary::{Channel, Means};
use rules::case::{Alert, Refused};
use rules::handling::contact::{message, note, point, update};
use rules::handling::post;
use rules::letters::LetterKind;
use rules::people::Actor;
use testkit::people::{amara, everybody, grace, iris, tom};
use testkit::{Story, at, day};

fn news(by: Means) -> UpdateSent {
    UpdateSent {
        words: " Nothing new today. ".to_owned(),
        by,
        next_on: None,
    }
}

fn failure(letter: LetterKind, given_up: bool) -> DeliveryFailed {
    DeliveryFailed {
        letter,
        reason: "550 no such mailbox".to_owned(),
        attempts: 1,
        given_up,
        came_back: None,
        may_have_gone: false,
    }
}

#[test]
fn news_by_mail_is_a_letter_and_news_by_phone_is_none() {
    let story = Story::received().at_stage_1();
    let by_mail = story.clone().act(&amara(), |case, setting| {
        update(case, &news(Means::Email), &amara(), setting)
    });
    assert_eq!(by_mail.owed(), [LetterKind::Update]);
    assert_eq!(
        (by_mail.letters[0].body.as_str(), by_mail.letters[0].signed_by),
        ("Nothing new today.", Some(amara().id))
    );
    let by_phone = story.act(&amara(), |case, setting| {
        update(case, &news(Means::Phone), &amara(), setting)
    });
    assert_eq!(by_phone.owed(), []);
}

#[test]
fn news_has_words_and_promises_no_past_day() {
    let story = Story::received().at_stage_1();
    let silent = UpdateSent {
        words: " \n".to_owned(),
        ..news(Means::Email)
    };
    assert_eq!(
        story
            .refused(|case, setting| update(case, &silent, &amara(), setting))
            .to_string(),
        "Write your message"
    );
    let past = UpdateSent {
        next_on: Some(day("2026-06-08")),
        ..news(Means::Email)
    };
    let refused = story.refused(|case, setting| update(case, &past, &amara(), setting));
    assert_eq!(
        refused.to_string(),
        "Choose a day for the next update that is not in the past (Monday 8 June 2026 is)"
    );
    let today = UpdateSent {
        next_on: Some(day("2026-06-09")),
        ..news(Means::Email)
    };
    assert!(
        story
            .clone()
            .try_act(&amara(), |case, setting| update(case, &today, &amara(), setting))
            .is_ok()
    );
}

#[test]
fn a_closed_case_is_not_written_to() {
    let story = Story::received().at_stage_1().decided().letters_arrive();
    let refused = story.refused(|case, setting| update(case, &news(Means::Email), &amara(), setting));
    assert_eq!(refused.to_string(), "This case is closed. Reopen it before you write.");
}

#[test]
fn a_note_is_for_staff_and_owes_no_letter() {
    let story = Story::received().act(&amara(), |_, _| note(" Ask the network team. ", &amara()));
    assert_eq!(
        (story.kinds().last(), story.owed().len()),
        (Some(&"note.added"), 1),
        "only the acknowledgement is owed"
    );
    let contact = story.case.contact.clone();
    assert_eq!(contact.at, at("2026-06-09 09:15"), "a note is no contact");
    assert_eq!(story.refused(|_, _| note(" ", &amara())).to_string(), "Write your note");
}

#[test]
fn readers_write_nothing() {
    let story = Story::received().at_stage_1();
    for by in [iris(), tom(), grace()] {
        assert!(
            matches!(story.refused(|_, _| note("x", &by)), Refused::NotAllowed { .. }),
            "{}",
            by.name
        );
        assert!(matches!(
            story.refused(|case, setting| update(case, &news(Means::Phone), &by, setting)),
            Refused::NotAllowed { .. }
        ));
        assert!(matches!(
            story.refused(|case, _| point(case, "x", &by)),
            Refused::NotAllowed { .. }
        ));
    }
}

#[test]
fn a_reply_is_cleaned_and_opens_nothing() {
    let story = Story::received().at_stage_1().decided().letters_arrive();
    let story = story.complainant(|case, _| message(case, " Thank\0 you\u{202E} ", Channel::Web));
    assert_eq!(
        story.case.state.name(),
        "closed",
        "a closed stage is not opened by a reply (lesson 18)"
    );
    let rules::case::Event::MessageReceived(received) = &story.history.last().unwrap().event else {
        panic!()
    };
    assert_eq!(received.words, "Thank you");
    assert_eq!(story.history.last().unwrap().actor, Actor::Complainant);
    assert_eq!(
        message(&Story::received().case, "\0", Channel::Web)
            .unwrap_err()
            .to_string(),
        "Write your message"
    );
}

#[test]
fn a_call_acknowledges_what_a_letter_could_not() {
    let mut story = Story::received();
    story.letters.clear();
    let failed = post::failed(failure(LetterKind::Acknowledgement, true));
    story.try_as(Actor::System, |_, _| Ok(failed)).unwrap();
    assert!(
        story
            .case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::Undelivered { given_up: true, .. }))
    );
    let story = story.on("2026-06-09 10:00").act(&amara(), |case, setting| {
        update(case, &news(Means::Phone), &amara(), setting)
    });
    let told = story.case.acknowledged.clone().unwrap();
    assert_eq!((told.by, told.at), (Means::Phone, at("2026-06-09 10:00")));
    assert!(
        !story
            .case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::Undelivered { .. })),
        "somebody spoke to them"
    );
}

#[test]
fn a_letter_that_comes_back_is_an_alert_until_it_arrives() {
    let mut story = Story::received();
    let failed = post::failed(failure(LetterKind::Acknowledgement, false));
    story.try_as(Actor::System, |_, _| Ok(failed.clone())).unwrap();
    assert_eq!(story.kinds().last(), Some(&"ack.delivery_failed"));
    assert_eq!(story.case.alerts.len(), 1);
    story.try_as(Actor::System, |_, _| Ok(failed)).unwrap();
    assert_eq!(story.case.alerts.len(), 1, "the same letter is one alert");
    assert_eq!(story.letters_arrive().case.alerts, []);
}

#[test]
fn the_acknowledgement_counts_once() {
    let story = Story::received().on("2026-06-09 09:16").letters_arrive();
    let again = story
        .clone()
        .on("2026-06-09 09:20")
        .arrival(LetterKind::Acknowledgement);
    let mut story = story.on("2026-06-09 09:20");
    story
        .try_as(Actor::System, |case, _| Ok(post::delivered(case, again)))
        .unwrap();
    assert_eq!(story.kinds().last(), Some(&"letter.delivered"));
    assert_eq!(story.case.acknowledged.unwrap().at, at("2026-06-09 09:16"));
}

#[test]
fn a_late_acknowledgement_does_not_set_the_last_contact_back() {
    let story = Story::received().on("2026-06-09 12:00");
    let story = story.act(&amara(), |case, setting| {
        update(case, &news(Means::Phone), &amara(), setting)
    });
    let story = story.on("2026-06-09 12:30").letters_arrive();
    assert_eq!(story.case.contact.at, at("2026-06-09 12:30"));
}

#[test]
fn a_decision_letter_that_fails_keeps_the_clock_running() {
    let mut story = Story::received().at_stage_1().decided();
    let failed = post::failed(failure(LetterKind::Stage1Decision, true));
    story.try_as(Actor::System, |_, _| Ok(failed)).unwrap();
    assert_eq!(story.case.state.name(), "decided");
    assert_eq!(story.date(rules::deadlines::Duty::Decision).unwrap().met_at, None);
    let mut story = story.on("2026-06-13 00:00");
    assert!(
        story
            .look_at_clocks()
            .iter()
            .any(|event| event.kind() == "clock.breached")
    );
}

#[test]
fn every_name_has_a_first_name() {
    for person in everybody() {
        assert!(person.name.starts_with(person.first_name()) && !person.first_name().contains(' '));
    }
}
