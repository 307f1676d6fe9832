//! A question to the complainant: asked, answered, reminded of, given up; and no date ever waits for it (A22, A41).

use rules::case::event::{AnsweredBy, InfoReceived, InfoRequested};
use rules::case::vocabulary::{Channel, Ending, Means};
use rules::case::{Case, Change, Event, Refused, Setting, State};
use rules::deadlines::Duty;
use rules::handling::ask::{answered, ask, closable_from, next_reminder};
use rules::handling::close::close;
use rules::handling::{contact, draft, triage};
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use rules::people::Actor;
use testkit::people::{amara, dana, iris, ruth};
use testkit::words::{anonymous_form, by_web, form};
use testkit::{House, Story, at, day, house, reopen};

const QUESTION: &str = "On which floor were you, and when?";

fn question(by: Means, hoped_by: &str) -> InfoRequested {
    InfoRequested {
        question: format!(" {QUESTION} "),
        by,
        hoped_by: day(hoped_by),
    }
}

/// Dana asks on Wednesday 10 June 2026 at 10am: reminders on the 15th and the 18th, closing from the 25th on.
fn asked() -> Story<'static> {
    asking(Story::received().at_stage_2())
}

fn asking(story: Story<'_>) -> Story<'_> {
    story.on("2026-06-10 10:00").act(&dana(), |case, setting| {
        ask(case, &question(Means::Email, "2026-06-12"), &dana(), setting)
    })
}

fn closing(story: &Story<'_>) -> Result<(), Refused> {
    story.clone().try_act(&ruth(), close_unanswered)
}

fn close_unanswered(case: &Case, setting: &Setting<'_>) -> Result<Change, Refused> {
    let why = "We cannot find it without you.";
    close(case, Ending::NoResponse, why, &ruth(), setting)
}

fn reminders(story: &mut Story<'_>) -> usize {
    let events = story.look_at_clocks();
    let reminded = |event: &&Event| matches!(event, Event::InfoReminded(_));
    events.iter().filter(reminded).count()
}

/// Everything that could happen until the tenth working day has happened, and both reminders have arrived.
fn unanswered() -> Story<'static> {
    let mut story = asked().letters_arrive();
    for morning in ["2026-06-15 12:00", "2026-06-18 12:00"] {
        story = story.on(morning);
        assert_eq!(reminders(&mut story), 1, "{morning}");
        story = story.letters_arrive();
    }
    story
}

#[test]
fn a_question_is_a_letter_that_counts_as_news_and_moves_no_date() {
    let before = Story::received().at_stage_2().on("2026-06-10 10:00");
    let story = asked();
    assert_eq!(story.owed(), [LetterKind::Question]);
    assert_eq!(story.letters[0].body, QUESTION);
    assert!(story.case.waits_for_answer());
    assert_eq!(story.decision_on(), before.decision_on(), "no clock waits (A22)");
    assert_eq!(
        story.update_on(),
        day("2026-06-17"),
        "five working days after they heard from us"
    );
    assert!(
        matches!(story.case.state, State::Open(_)),
        "waiting is no state of its own"
    );
}

#[test]
fn a_question_needs_words_and_a_day_that_does_not_pass_the_decision() {
    let story = Story::received().at_stage_1();
    let refused = story.refused(|case, setting| {
        let empty = InfoRequested {
            question: " \n".to_owned(),
            ..question(Means::Email, "2026-06-08")
        };
        ask(case, &empty, &amara(), setting)
    });
    assert_eq!(
        refused.to_string(),
        "Write what you ask them. Choose today or a day to come"
    );
    let late = story.refused(|case, setting| ask(case, &question(Means::Email, "2026-06-13"), &amara(), setting));
    assert!(
        late.to_string()
            .starts_with("Choose Friday 12 June 2026 or an earlier day"),
        "{late}"
    );
    let auditor = story.refused(|case, setting| ask(case, &question(Means::Email, "2026-06-12"), &iris(), setting));
    assert!(matches!(auditor, Refused::NotAllowed { .. }));
    // Once the decision is late, there is no date left that an answer could come before.
    let overdue = Story::received().at_stage_1().on("2026-06-16 09:00");
    let asked = overdue.act(&amara(), |case, setting| {
        ask(case, &question(Means::Email, "2026-06-18"), &amara(), setting)
    });
    assert!(asked.case.waits_for_answer());
}

#[test]
fn one_question_waits_at_a_time_and_none_once_it_is_decided() {
    let again = |story: &Story<'_>| {
        story
            .refused(|case, setting| ask(case, &question(Means::Email, "2026-06-12"), &dana(), setting))
            .to_string()
    };
    assert!(again(&asked()).contains("before you ask another"));
    let decided = Story::received().at_stage_1().decided();
    assert!(again(&decided).contains("has been decided"));
    assert!(again(&decided.letters_arrive()).contains("is closed"));
}

#[test]
fn asked_on_the_phone_it_is_kept_and_no_letter_goes() {
    let story = Story::received().act(&ruth(), |case, setting| {
        ask(case, &question(Means::Phone, "2026-06-10"), &ruth(), setting)
    });
    assert_eq!(
        story.owed(),
        [LetterKind::Acknowledgement],
        "the letter that was owed before"
    );
    assert_eq!(
        story.case.acknowledged.as_ref().unwrap().by,
        Means::Phone,
        "whoever speaks to them acknowledges"
    );
    assert!(story.case.waits_for_answer(), "also before triage");
}

#[test]
fn their_message_answers_it_and_so_does_what_staff_write_down() {
    let by_page = asked().complainant(|case, _| contact::message(case, "On the second", Channel::Web));
    assert!(!by_page.case.waits_for_answer());
    assert_eq!(
        by_page.kinds()[by_page.kinds().len() - 2..],
        ["message.received", "info.received"]
    );
    assert_eq!(by_page.history.last().unwrap().actor, Actor::Complainant);
    let by_phone = asked().act(&dana(), |case, _| {
        contact::heard(case, "The second", Channel::Phone, &dana())
    });
    assert!(!by_phone.case.waits_for_answer());
    let unasked = Story::received().complainant(|case, _| contact::message(case, "More", Channel::Web));
    assert_eq!(unasked.kinds().last(), Some(&"message.received"), "nothing was asked");
}

#[test]
fn staff_record_that_it_was_answered_otherwise_or_is_not_needed() {
    let answer = |by, words: &str| InfoReceived {
        by,
        words: Some(words.to_owned()),
    };
    let story = asked();
    for (by, missing) in [
        (AnsweredBy::Told, "Write what they answered"),
        (AnsweredBy::NotNeeded, "Say why the answer is not needed any more"),
        (AnsweredBy::Message, "Choose how it came to its end"),
    ] {
        let refused = story.refused(|case, _| answered(case, &answer(by, " "), &dana()));
        assert_eq!(refused.to_string(), missing);
    }
    for by in [AnsweredBy::Told, AnsweredBy::NotNeeded] {
        let done = story
            .clone()
            .act(&dana(), |case, _| answered(case, &answer(by, " In the log "), &dana()));
        let Some(Event::InfoReceived(received)) = done.history.last().map(|last| &last.event) else {
            panic!("{by:?}")
        };
        assert_eq!(received.words.as_deref(), Some("In the log"));
        assert!(!done.case.waits_for_answer());
        let twice = done.refused(|case, _| answered(case, &answer(by, "x"), &dana()));
        assert_eq!(twice.to_string(), "No question waits for an answer.");
    }
}

#[test]
fn they_are_reminded_twice_on_the_morning_of_the_third_and_the_sixth_working_day() {
    let story = asked().letters_arrive();
    assert_eq!(
        next_reminder(&story.case, &story.setting()),
        Some((1, at("2026-06-15 09:00")))
    );
    let mut early = story.clone().on("2026-06-15 08:59");
    assert_eq!(reminders(&mut early), 0);
    let mut first = story.on("2026-06-15 09:00");
    assert_eq!(reminders(&mut first), 1);
    assert_eq!(first.owed(), [LetterKind::QuestionReminder]);
    assert_eq!(first.letters[0].body, QUESTION);
    assert_eq!(reminders(&mut first), 0, "once");
    let mut second = first.letters_arrive().on("2026-06-18 09:00");
    assert_eq!(reminders(&mut second), 1);
    assert_eq!(next_reminder(&second.case, &second.setting()), None, "two, and no more");
    let mut later = second.on("2026-08-18 08:00");
    assert_eq!(reminders(&mut later), 0);
}

#[test]
fn reminders_that_were_held_up_keep_their_distance() {
    // Nothing ran for two weeks: the second reminder does not follow on the heels of the first.
    let mut story = asked().letters_arrive().on("2026-06-24 12:00");
    assert_eq!(reminders(&mut story), 1);
    assert_eq!(reminders(&mut story), 0);
    assert_eq!(
        next_reminder(&story.case, &story.setting()),
        Some((2, at("2026-06-29 09:00")))
    );
}

#[test]
fn nobody_is_reminded_who_has_answered_or_left_no_name_or_may_not_be_told() {
    let mut answered = asked()
        .complainant(|case, _| contact::message(case, "The second", Channel::Web))
        .on("2026-06-16 12:00");
    assert_eq!(reminders(&mut answered), 0);
    let anonymous = Story::begin(&anonymous_form(), &by_web(), "2026-06-09 09:15").at_stage_2();
    let mut anonymous = asking(anonymous).letters_arrive().on("2026-06-16 12:00");
    assert_eq!(reminders(&mut anonymous), 0, "A28");
    assert!(
        closing(&anonymous.on("2026-06-25 09:00")).is_ok(),
        "whom nobody can remind has had the same time"
    );
}

#[test]
fn a_person_may_close_it_once_both_reminders_went_and_ten_working_days_have_passed() {
    let refused = |story: &Story<'_>| closing(story).unwrap_err().to_string();
    let early = asked().letters_arrive();
    assert!(
        refused(&early).contains("a reminder of our question on Monday 15 June 2026 first. Decide on what is known")
    );
    let reminded = unanswered();
    assert_eq!(
        closable_from(&reminded.case, &reminded.setting()),
        Some(day("2026-06-25"))
    );
    let tenth = reminded.clone().on("2026-06-24 17:00");
    assert!(refused(&tenth).contains("until the end of Wednesday 24 June 2026. Decide on what is known"));
    let mut after = reminded.on("2026-06-25 09:00");
    assert_eq!(reminders(&mut after), 0);
    assert!(after.case.is_open(), "the system closes nothing (A41)");
    let closed = after.act(&ruth(), close_unanswered);
    assert_eq!(closed.owed(), [LetterKind::ClosedWithoutDecision]);
    assert!(!closed.case.waits_for_answer());
    assert_eq!(closed.date(Duty::Update), None);
    // They answer after all: it is taken up again.
    let late = closed
        .on("2026-07-01 09:00")
        .complainant(|case, _| contact::message(case, "The second floor", Channel::Web))
        .act(&ruth(), |case, setting| reopen(case, "They answered", &ruth(), setting));
    assert!(late.case.is_open() && !late.case.waits_for_answer());
}

#[test]
fn it_is_not_closed_for_want_of_an_answer_to_a_question_that_nobody_asked() {
    let story = Story::received().at_stage_2().on("2026-08-10 10:00");
    let refused = closing(&story).unwrap_err().to_string();
    assert_eq!(
        refused,
        "No question of ours waits for their answer. Decide on what is known"
    );
}

#[test]
fn the_day_that_was_hoped_for_has_to_pass_as_well() {
    let story = Story::received()
        .at_stage_2()
        .on("2026-06-10 10:00")
        .act(&dana(), |case, setting| {
            ask(case, &question(Means::Email, "2026-07-03"), &dana(), setting)
        });
    assert_eq!(closable_from(&story.case, &story.setting()), Some(day("2026-07-04")));
}

#[test]
fn a_decision_on_what_is_known_ends_the_question() {
    let decided = asked().letters_arrive().drafted();
    assert!(decided.case.waits_for_answer(), "a draft decides nothing");
    let decided = decided.signed_off();
    assert!(!decided.case.waits_for_answer());
    let sent_back = asked().letters_arrive();
    let saved = sent_back.clone().act(&dana(), |case, setting| {
        draft::save(case, sent_back.decision(), &dana(), setting)
    });
    assert!(saved.case.waits_for_answer());
}

#[test]
fn moving_to_stage_2_keeps_the_question() {
    let story = Story::received().at_stage_1().act(&amara(), |case, setting| {
        ask(case, &question(Means::Email, "2026-06-11"), &amara(), setting)
    });
    let moved = story.act(&amara(), |case, setting| {
        rules::handling::escalate::reroute(
            case,
            &rules::handling::escalate::Reroute {
                reason: rules::case::vocabulary::StageReason::Complex,
                note: "Three teams".to_owned(),
                investigator: dana(),
            },
            &amara(),
            setting,
        )
    });
    assert!(moved.case.waits_for_answer());
}

#[test]
fn a_procedure_without_the_rule_reminds_nobody_and_closes_nothing() {
    let text = house::procedure_text();
    let start = text.find("[no_answer]").unwrap();
    let end = start + text[start..].find("\n\n").unwrap();
    let house = House::with(&[&text[..start], &text[end..]].concat());
    assert!(
        house
            .procedure
            .warnings
            .iter()
            .any(|warning| warning.to_string().contains("A41"))
    );
    let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15").at_stage_2();
    let mut story = asking(story).letters_arrive().on("2026-08-10 10:00");
    assert_eq!(reminders(&mut story), 0);
    let refused = closing(&story).unwrap_err().to_string();
    assert_eq!(
        refused,
        "This procedure does not close a case because nobody answered. Decide on what is known"
    );
}

#[test]
fn before_the_person_agrees_whoever_complains_for_them_is_asked_nothing() {
    let raw = RawFeedback {
        acting_for: "Jonah Adeyemi".to_owned(),
        ..form()
    };
    let story = Story::begin(&raw, &by_web(), "2026-06-09 09:15").act(&ruth(), |case, setting| {
        triage::triage(case, &testkit::words::judged_for(&amara()), &ruth(), setting)
    });
    for by in [Means::Email, Means::Phone] {
        let refused = story.refused(|case, setting| ask(case, &question(by, "2026-06-12"), &amara(), setting));
        assert!(refused.to_string().contains("has not agreed"), "{refused}");
    }
}
