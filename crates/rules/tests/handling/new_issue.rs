//! What the rules say of a new issue and of a VIP found by the list; on a real store they are told in `casework` (A12, A26).

use rules::case::event::{SetApartFrom, VipFlagged};
use rules::case::vocabulary::{Channel, StageReason, VipSource};
use rules::case::{Event, State};
use rules::handling::awaited::{Question, awaited};
use rules::handling::escalate::refuse;
use rules::handling::new_issue::{Message, as_feedback, can_set_apart, set_apart};
use rules::handling::vip::flag_listed;
use rules::handling::{consent, contact, triage};
use rules::intake::{Arrival, RawFeedback};
use rules::people::Actor;
use testkit::people::{amara, dana, iris, ruth};
use testkit::words::{by_web, form};
use testkit::{Story, house};

fn wrote() -> Story<'static> {
    let story = Story::received().at_stage_1().on("2026-06-10 12:00");
    story.complainant(|case, _| contact::message(case, "And the printer", Channel::Web))
}

#[test]
fn a_message_becomes_one_case_and_no_other_event_does() {
    let story = wrote();
    let message = Message::find(&story.history, story.case.sequence).unwrap();
    assert_eq!(
        (message.at, message.said.words.as_str()),
        (story.now, "And the printer")
    );
    assert!(Message::find(&story.history, 1).is_none() && Message::find(&story.history, 99).is_none());
    let done = story.clone().act(&amara(), |case, _| {
        set_apart(case, &message, "FC-10483".parse().unwrap(), &amara())
    });
    assert_eq!(
        can_set_apart(&done.case, &message, &amara()).unwrap_err().to_string(),
        "This message became FC-10483 already."
    );
    assert!(can_set_apart(&story.case, &message, &iris()).is_err());
}

#[test]
fn what_is_set_apart_remembers_where_it_came_from_and_older_receipts_are_read_without() {
    let story = wrote();
    let message = Message::find(&story.history, story.case.sequence).unwrap();
    let clerk = amara();
    let arrival = Arrival {
        logged_by: Some(&clerk),
        received_at: Some(message.at),
        set_apart_from: Some(message.of(&story.case)),
        ..by_web()
    };
    let made = Story::try_begin(house(), as_feedback(&story.case, &message), &arrival, story.now).unwrap();
    let from = SetApartFrom {
        case: story.case.reference.clone(),
        message: message.sequence,
    };
    assert_eq!(made.case.received.set_apart_from, Some(from));
    let event = &made.history[0].event;
    assert_eq!(
        &Event::decode(event.kind(), event.version(), &event.encode()).unwrap(),
        event
    );
    let old = &story.history[0].event;
    assert!(!String::from_utf8(old.encode()).unwrap().contains("set_apart_from"));
}

#[test]
fn a_vip_found_by_the_list_moves_and_the_coordinator_is_asked_who_investigates() {
    let flag = || VipFlagged {
        source: VipSource::List,
        detail: "Council".to_owned(),
    };
    let mut story = Story::received().at_stage_1().on("2026-06-11 09:00");
    story
        .try_as(Actor::System, |case, setting| Ok(flag_listed(case, flag(), setting)))
        .unwrap();
    let stay = story.case.stages.last().unwrap();
    assert_eq!((stay.entry.stage, stay.entry.reason), (2, StageReason::Vip));
    assert_eq!(stay.entry.clock_from, story.case.received.received_at, "A12");
    assert_eq!(story.case.owner, Some(amara().id));
    let asked = awaited(&story.case, &story.setting()).unwrap();
    assert_eq!(asked.question, Question::Investigator);
    let given = story.clone().act(&ruth(), |case, setting| {
        triage::assign(case, &dana(), None, &ruth(), setting)
    });
    assert_eq!(awaited(&given.case, &given.setting()), None);
    let again = flag_listed(&story.case, flag(), &story.setting());
    assert!(again.events.is_empty(), "once");
    for over in [
        Story::received().at_stage_1().decided(),
        Story::received().at_stage_1().decided().letters_arrive(),
    ] {
        assert!(flag_listed(&over.case, flag(), &over.setting()).events.is_empty());
    }
}

#[test]
fn stage_2_is_not_refused_in_words_while_nothing_may_be_told() {
    let raw = RawFeedback {
        acting_for: "Jonah Adeyemi".to_owned(),
        ..form()
    };
    let agrees = |story: Story<'static>| {
        let given = rules::case::event::ConsentGiven {
            way: rules::case::event::ConsentWay::Phone,
            on: testkit::day("2026-06-09"),
            words: "He rang".to_owned(),
        };
        story.act(&amara(), |case, setting| consent::give(case, &given, &amara(), setting))
    };
    let story = agrees(Story::begin(&raw, &by_web(), "2026-06-09 09:15").at_stage_1()).decided();
    let story = story.letters_arrive().asks_for_stage_2();
    let withdrawn = story.act(&amara(), |case, _| consent::withdraw(case, "He rang again", &amara()));
    let refused = withdrawn.refused(|case, setting| refuse(case, "It covers all", &ruth(), setting));
    assert!(refused.to_string().contains("has not agreed"), "{refused}");
    assert!(matches!(withdrawn.case.state, State::EscalationPending(..)));
    assert!(
        agrees(withdrawn)
            .act(&ruth(), |case, setting| refuse(case, "It covers all", &ruth(), setting))
            .case
            .escalation_refused
            .is_some()
    );
}
