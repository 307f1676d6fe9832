//! What mail systems report of letters: one that comes back is an alert until they are told, and the same report again changes nothing (A7, A8).

use rules::case::event::LetterDelivered;
use rules::case::vocabulary::Means;
use rules::case::{Alert, Change, Communicated, Event, State};
use rules::handling::post;
use rules::handling::report::{ReportedLetter, report};
use rules::handling::tell::{Told, outstanding_letters, tell};
use rules::letters::LetterKind;
use rules::mail::{Recipient, Report, ReportKind};
use rules::people::Actor;
use testkit::people::amara;
use testkit::{Story, at};

const TO: &str = "priya@example.ac.uk";

fn letter(kind: LetterKind) -> ReportedLetter<'static> {
    ReportedLetter {
        kind,
        number: 77,
        to: TO,
        attempts: 1,
    }
}

fn no_such_mailbox(kind: ReportKind) -> Report {
    Report {
        kind,
        recipients: vec![Recipient {
            address: Some(TO.to_owned()),
            status: Some("5.1.1".to_owned()),
            reason: "user_unknown".to_owned(),
            diagnostic: Some("550 5.1.1\r\n No such user.".to_owned()),
        }],
        letter: None,
        envelope: None,
    }
}

fn sent(kind: LetterKind) -> LetterDelivered {
    LetterDelivered {
        letter: kind,
        communicated: Communicated {
            by: Means::Email,
            at: at("2026-06-11 10:05"),
            proof: "250 2.0.0 Ok".to_owned(),
        },
        subject: "Our decision".to_owned(),
        text: "We agree.".to_owned(),
        owed_by: Some(3),
        sha256: None,
    }
}

fn take(story: &mut Story<'_>, kind: LetterKind, told: ReportKind) -> Change {
    let change = report(&story.case, &story.history, letter(kind), &no_such_mailbox(told));
    story.try_as(Actor::System, |_, _| Ok(change.clone())).unwrap();
    change
}

/// A decision that the mail server took, and that came back.
fn came_back() -> Story<'static> {
    let mut story = Story::received().at_stage_1().on("2026-06-11 10:00").decided();
    story.letters.clear();
    story
        .try_as(Actor::System, |case, _| {
            Ok(post::delivered(case, sent(LetterKind::Stage1Decision)))
        })
        .unwrap();
    assert!(
        !matches!(story.case.state, State::Decided(..)),
        "it was sent, and the clock stopped"
    );
    take(&mut story, LetterKind::Stage1Decision, ReportKind::Failed);
    story
}

#[test]
fn a_decision_that_comes_back_is_an_alert_with_the_reason_in_words() {
    let story = came_back();
    let Some(Alert::Undelivered { reason, given_up, .. }) = story.case.undelivered(LetterKind::Stage1Decision) else {
        panic!("no alert: {:?}", story.case.alerts);
    };
    assert!(given_up);
    assert_eq!(
        reason,
        "The mail server had taken it, and it came back. priya@example.ac.uk: there is no such mailbox (5.1.1). \
         Their mail server said: 550 5.1.1 No such user."
    );
    assert!(story.case.stages[0].communicated.is_some(), "the clock stays as it was");
}

#[test]
fn the_same_report_again_changes_nothing() {
    let mut story = came_back();
    let again = take(&mut story, LetterKind::Stage1Decision, ReportKind::Failed);
    assert_eq!(again, Change::default());
    let late = take(&mut story, LetterKind::Stage1Decision, ReportKind::Delayed);
    assert_eq!(late, Change::default(), "what came back is not late any more");
}

#[test]
fn an_arrival_that_was_reported_is_not_undone_by_a_copy_that_failed() {
    let mut story = Story::received().at_stage_1();
    for told in [
        ReportKind::Delayed,
        ReportKind::Delivered,
        ReportKind::Shown,
        ReportKind::Complained,
    ] {
        let change = take(&mut story, LetterKind::Acknowledgement, told);
        assert!(matches!(&change.events[..], [Event::LetterReported(reported)] if reported.told == told));
    }
    assert_eq!(
        take(&mut story, LetterKind::Acknowledgement, ReportKind::Failed),
        Change::default()
    );
    assert_eq!(story.case.undelivered(LetterKind::Acknowledgement), None);
}

#[test]
fn an_acknowledgement_that_came_back_is_an_alert_until_they_are_told_another_way() {
    let mut story = Story::received().at_stage_1();
    story.letters.clear();
    story
        .try_as(Actor::System, |case, _| {
            Ok(post::delivered(case, sent(LetterKind::Acknowledgement)))
        })
        .unwrap();
    let change = take(&mut story, LetterKind::Acknowledgement, ReportKind::Failed);
    assert!(matches!(&change.events[..], [Event::AcknowledgementFailed(_)]));
    assert!(story.case.undelivered(LetterKind::Acknowledgement).is_some());
    let told = Told {
        letter: LetterKind::Acknowledgement,
        by: Means::Phone,
        at: at("2026-06-12 10:00"),
        words: "I rang and said that we have it.".to_owned(),
    };
    let mut story = story.on("2026-06-12 10:05");
    story
        .try_act(&amara(), |case, setting| tell(case, &told, &amara(), setting))
        .unwrap();
    assert_eq!(story.case.undelivered(LetterKind::Acknowledgement), None);
}

#[test]
fn a_decision_that_came_back_can_be_told_another_way() {
    let mut story = came_back().on("2026-06-12 10:05");
    let kind = LetterKind::Stage1Decision;
    assert_eq!(outstanding_letters(&story.case, &story.setting()), [kind]);
    let told = Told {
        letter: kind,
        by: Means::Phone,
        at: at("2026-06-12 10:00"),
        words: "I read her the decision.".to_owned(),
    };
    story
        .try_act(&amara(), |case, setting| tell(case, &told, &amara(), setting))
        .unwrap();
    assert_eq!(story.case.undelivered(kind), None);
}
