//! Other regimes beside the procedure: their clocks run from their own day, by their own calendar, and touch none of ours (A38).

use rules::case::event::{AnsweredBy, Event, InfoReceived, RegimeDone};
use rules::case::vocabulary::{Ending, Means};
use rules::case::{Alert, Case, Change, Refused, Setting, State};
use rules::clock::ClockName;
use rules::deadlines::{Deadline, Duty, deadlines};
use rules::handling::awaited::{Asked, Question, awaited};
use rules::handling::close::{close, reopen, withdraw};
use rules::handling::decide::{Spoken, Telling, decide};
use rules::handling::draft::{AskSignOff, sign_off_reason};
use rules::handling::grounds::regime_facts;
use rules::handling::regime::{Tagging, closing, done, elsewhere, tag, take_away};
use rules::handling::triage::triage;
use rules::people::{Person, Role};
use rules::procedure::{FactName, Facts};
use testkit::people::{amara, iris, leila, ruth, samir, tom};
use testkit::words::{by_web, form, judged_for, thanks};
use testkit::{House, Story, at, day};

const DATA_PROTECTION: &str = "data_protection";

fn as_of(regime: &str, began_on: Option<&str>) -> Tagging {
    Tagging {
        regime: regime.to_owned(),
        began_on: began_on.map(day),
        why: Some("Her results went to the whole course.".to_owned()),
    }
}

fn tagged(story: Story<'static>, regime: &str, began_on: Option<&str>) -> Story<'static> {
    let by = amara();
    story.act(&by, |case, setting| tag(case, &as_of(regime, began_on), &by, setting))
}

fn began(local: &str) -> Story<'static> {
    Story::begin(&form(), &by_web(), local)
}

fn what(regime: &str, clock: Option<&str>, on: &str) -> RegimeDone {
    RegimeDone {
        regime: regime.to_owned(),
        clock: clock.map(ClockName::new),
        on: day(on),
        words: "Confirmed by email, DP-2026-114.".to_owned(),
    }
}

fn acknowledged(on: &str) -> RegimeDone {
    what(DATA_PROTECTION, Some("data_protection_complaint"), on)
}

fn recorded(story: Story<'static>, record: &RegimeDone) -> Story<'static> {
    story.act(&leila(), |case, setting| done(case, record, &leila(), setting))
}

fn of_regimes(story: &Story<'_>) -> Vec<Deadline> {
    let dates = story.dates().into_iter();
    dates.filter(|date| date.duty == Duty::Regime).collect()
}

fn only(story: &Story<'_>) -> Deadline {
    let dates = of_regimes(story);
    assert_eq!(dates.len(), 1, "{dates:#?}");
    dates[0].clone()
}

fn decided_in_a_call(story: Story<'static>) -> Story<'static> {
    let (decision, told_at) = (story.decision(), story.now);
    let spoken = Telling::Spoken(Spoken {
        by: Means::Phone,
        at: told_at,
    });
    story.act(&amara(), |case, setting| {
        decide(case, decision, &spoken, &amara(), setting)
    })
}

fn close_now(case: &Case, setting: &Setting<'_>, handled_now: &str) -> Result<Change, Refused> {
    closing(case, handled_now, &ruth(), setting, |case| {
        close(case, Ending::Referred, "Estates", &ruth(), setting)
    })
}

fn fields(refused: Refused) -> Vec<&'static str> {
    let Refused::Fields { fields } = refused else {
        panic!("refused as a whole: {refused}")
    };
    fields.iter().map(|field| field.field).collect()
}

#[test]
fn a_data_protection_complaint_is_confirmed_within_30_days_that_begin_with_its_receipt() {
    for (received, due) in [
        ("2026-06-09 09:15", "2026-07-08"),
        ("2026-06-13 23:30", "2026-07-12"),
        ("2026-12-01 10:00", "2026-12-30"),
        ("2027-02-01 10:00", "2027-03-02"),
    ] {
        let date = only(&tagged(began(received), DATA_PROTECTION, None));
        assert_eq!(
            date.due_on,
            day(due),
            "received {received}: section 164A counts every day, weekends too"
        );
        assert_eq!((date.from, date.met_at), (at(received), None));
        assert_eq!(date.clock, "regime data_protection: data_protection_complaint");
    }
}

#[test]
fn each_regime_counts_over_christmas_by_its_own_calendar() {
    for (regime, received, due) in [
        // Closure days of the university are days like any other; bank holidays of any part of the kingdom are not.
        ("freedom_of_information", "2026-11-27 12:00", "2026-12-30"),
        ("information_review", "2026-11-27 12:00", "2026-12-30"),
        ("freedom_of_information", "2026-12-21 12:00", "2027-01-22"),
        // 27 December is a Sunday, 28 December a bank holiday in lieu.
        ("subject_access", "2026-11-27 12:00", "2026-12-29"),
        ("subject_access", "2026-11-30 12:00", "2026-12-30"),
        ("subject_access", "2026-12-31 12:00", "2027-02-01"),
    ] {
        let story = tagged(began(received), regime, None);
        assert_eq!(only(&story).due_on, day(due), "{regime}, received {received}");
    }
}

#[test]
fn a_tag_that_comes_later_counts_from_the_receipt_or_from_the_day_that_is_named() {
    let story = Story::received().at_stage_1().on("2026-06-11 16:00");
    let from_receipt = only(&tagged(story.clone(), DATA_PROTECTION, None));
    assert_eq!(from_receipt.due_on, day("2026-07-08"));
    assert!(
        from_receipt
            .explanation
            .to_text()
            .starts_with("received Tue 9 Jun 2026"),
        "{}",
        from_receipt.explanation.to_text()
    );
    for (began_on, due) in [
        ("2026-06-11", "2026-07-10"),
        ("2026-06-01", "2026-06-30"),
        ("2026-06-09", "2026-07-08"),
    ] {
        let date = only(&tagged(story.clone(), DATA_PROTECTION, Some(began_on)));
        assert_eq!(date.due_on, day(due), "began {began_on}");
    }
    let account = only(&tagged(story, DATA_PROTECTION, Some("2026-06-11"))).explanation;
    assert!(
        account
            .to_text()
            .starts_with("the clock of the other regime began Thu 11 Jun 2026;"),
        "{}",
        account.to_text()
    );
    assert!(account.procedure.is_some());
}

#[test]
fn no_date_of_ours_moves() {
    let plain = Story::received().at_stage_1();
    let ours = |story: &Story<'_>| {
        let dates = story.dates().into_iter();
        dates.filter(|date| date.duty != Duty::Regime).collect::<Vec<_>>()
    };
    let mut story = plain.clone();
    for regime in [
        DATA_PROTECTION,
        "subject_access",
        "freedom_of_information",
        "safeguarding",
    ] {
        story = tagged(story, regime, None);
        assert_eq!(ours(&story), ours(&plain), "after {regime}");
    }
    let story = recorded(story.on("2026-06-10 09:00"), &acknowledged("2026-06-10"));
    assert_eq!(ours(&story), ours(&plain.on("2026-06-10 09:00")));
}

#[test]
fn several_regimes_run_at_once_each_with_its_own_state() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let story = tagged(story, "subject_access", Some("2026-06-08"));
    let story = tagged(story, "freedom_of_information", None);
    let due: Vec<_> = of_regimes(&story).iter().map(|date| date.due_on).collect();
    // 15 June is a bank holiday in Scotland: of 20 working days that makes the last one 8 July.
    assert_eq!(due, [day("2026-07-08"), day("2026-07-08"), day("2026-07-08")]);
    let story = recorded(story.on("2026-06-15 11:00"), &acknowledged("2026-06-15"));
    let met: Vec<_> = of_regimes(&story).iter().map(|date| date.met_at.is_some()).collect();
    assert_eq!(met, [true, false, false]);
    assert_eq!(story.case.open_regimes().count(), 2);
}

#[test]
fn what_is_done_in_time_is_met_and_what_is_done_after_the_date_is_late() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None).on("2026-07-20 15:00");
    assert!(only(&story).is_late(story.now), "open and past its date");
    for (on, late) in [
        ("2026-06-09", false),
        ("2026-06-30", false),
        ("2026-07-08", false),
        ("2026-07-09", true),
        ("2026-07-20", true),
    ] {
        let story = recorded(story.clone(), &acknowledged(on));
        assert_eq!(only(&story).is_late(story.now), late, "done {on}");
        assert!(!story.case.has_open_regime());
    }
    let today = recorded(story.clone(), &acknowledged("2026-07-20"));
    assert_eq!(
        only(&today).met_at,
        Some(story.now),
        "what is recorded on its day has its hour"
    );
}

#[test]
fn a_regime_that_sets_no_date_stands_open_until_it_is_done() {
    let story = tagged(Story::received().at_stage_1(), "safeguarding", None);
    assert_eq!(of_regimes(&story), []);
    assert!(story.case.has_open_regime());
    let story = recorded(story, &what("safeguarding", None, "2026-06-09"));
    assert!(!story.case.has_open_regime());
}

#[test]
fn a_tag_is_refused_in_words() {
    let story = Story::received().at_stage_1();
    let by = amara();
    let refused = |story: &Story<'static>, tagging: &Tagging, by: &Person| {
        story.refused(|case, setting| tag(case, tagging, by, setting))
    };
    let unknown = refused(&story, &as_of("gdpr", None), &by).to_string();
    assert!(
        unknown.starts_with("This procedure has no such regime. Choose one of: Complaint about personal data; "),
        "{unknown}"
    );
    assert_eq!(
        refused(&story, &as_of("", None), &by).to_string(),
        "Choose which regime applies"
    );
    let to_come = refused(&story, &as_of(DATA_PROTECTION, Some("2026-06-10")), &by);
    assert_eq!(to_come.to_string(), "Choose today or a day that has passed");
    assert_eq!(
        fields(refused(&story, &as_of("gdpr", Some("2026-06-10")), &by)),
        ["regime", "began_on"],
        "all at once"
    );
    let twice = refused(
        &tagged(story.clone(), DATA_PROTECTION, None),
        &as_of(DATA_PROTECTION, None),
        &by,
    );
    assert_eq!(
        twice.to_string(),
        "This case is tagged with \"Complaint about personal data\" already"
    );
    let done = recorded(
        tagged(story.clone(), DATA_PROTECTION, None),
        &acknowledged("2026-06-09"),
    );
    assert!(
        refused(&done, &as_of(DATA_PROTECTION, None), &by)
            .to_string()
            .ends_with(" already")
    );
    for somebody in [iris(), tom(), samir()] {
        let refused = refused(&story, &as_of(DATA_PROTECTION, None), &somebody).to_string();
        assert!(
            refused.starts_with("You cannot say what another regime asks for. Ask "),
            "{refused}"
        );
    }
    let closed = story.letters_arrive().decided().letters_arrive();
    let refused = refused(&closed, &as_of(DATA_PROTECTION, None), &by).to_string();
    assert_eq!(
        refused,
        "You cannot say that another regime applies now: this case is closed. Reopen it first."
    );
}

#[test]
fn a_date_that_cannot_be_counted_is_refused_and_leaves_the_case_as_it_was() {
    let refused = Story::received().refused(|case, setting| {
        tag(
            case,
            &as_of("freedom_of_information", Some("1999-01-04")),
            &amara(),
            setting,
        )
    });
    assert!(refused.to_string().contains("is needed"), "{refused}");
    assert_eq!(fields(refused), ["began_on"]);
    let text = testkit::house::procedure_text().replace("[\"any-part-of-uk\"]", "[\"moon\"]");
    let house = House::with(&text);
    let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15");
    let refused = story.refused(|case, setting| tag(case, &as_of("freedom_of_information", None), &amara(), setting));
    assert!(
        refused.to_string().starts_with("There is no calendar called \"moon\"."),
        "{refused}"
    );
}

#[test]
fn a_procedure_without_regimes_offers_none() {
    let text = testkit::house::procedure_text();
    let (before, rest) = text.split_once("[[regime]]").unwrap();
    let (_, after) = rest.split_once("[[signpost]]").unwrap();
    let house = House::with(&format!("{before}[[signpost]]{after}"));
    let story = Story::begin_in(&house, &form(), &by_web(), "2026-06-09 09:15");
    let refused = story.refused(|case, setting| tag(case, &as_of(DATA_PROTECTION, None), &amara(), setting));
    assert_eq!(refused.to_string(), "This procedure names no other regime.");
}

#[test]
fn a_tag_that_was_a_mistake_is_taken_away_with_a_reason() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let why = story.refused(|case, _| take_away(case, DATA_PROTECTION, " ", &amara()));
    assert_eq!(
        (why.to_string().as_str(), fields(why)),
        ("Say why it does not apply", vec!["taken_why"])
    );
    let never = story.refused(|case, _| take_away(case, "subject_access", "A mistake", &amara()));
    assert_eq!(never.to_string(), "Choose a regime that this case is tagged with");
    assert!(matches!(
        story.refused(|case, _| take_away(case, DATA_PROTECTION, "A mistake", &iris())),
        Refused::NotAllowed { .. }
    ));
    let story = story.act(&amara(), |case, _| {
        take_away(case, DATA_PROTECTION, "It was a printer", &amara())
    });
    assert_eq!((of_regimes(&story), story.case.regimes.len()), (Vec::new(), 0));
    let again = tagged(story.on("2026-06-10 09:00"), DATA_PROTECTION, Some("2026-06-10"));
    assert_eq!(only(&again).due_on, day("2026-07-09"));
}

#[test]
fn what_is_recorded_as_done_lies_between_the_beginning_and_today_and_is_said_in_words() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None).on("2026-06-12 10:00");
    let refused = |story: &Story<'static>, record: RegimeDone| {
        story.refused(|case, setting| done(case, &record, &leila(), setting))
    };
    assert_eq!(
        refused(&story, acknowledged("2026-06-13")).to_string(),
        "Choose today or a day that has passed"
    );
    assert_eq!(
        refused(&story, acknowledged("2026-06-08")).to_string(),
        "Choose Tuesday 9 June 2026, when it began, or a later day"
    );
    let silent = RegimeDone {
        words: " ".to_owned(),
        ..acknowledged("2026-06-13")
    };
    assert_eq!(fields(refused(&story, silent)), ["done_on", "done_words"]);
    assert_eq!(
        fields(refused(&story, what(DATA_PROTECTION, None, "2026-06-10"))),
        ["duty"],
        "it has a clock"
    );
    assert_eq!(
        fields(refused(
            &story,
            what(DATA_PROTECTION, Some("subject_access"), "2026-06-10")
        )),
        ["duty"]
    );
    assert_eq!(
        fields(refused(&story, what("safeguarding", None, "2026-06-10"))),
        ["duty"]
    );
    let story = recorded(story, &acknowledged("2026-06-11"));
    assert_eq!(
        refused(&story, acknowledged("2026-06-12")).to_string(),
        "It is recorded as done already"
    );
    let stranger = story.refused(|case, setting| done(case, &acknowledged("2026-06-12"), &tom(), setting));
    assert!(matches!(stranger, Refused::NotAllowed { .. }));
}

#[test]
fn the_watch_warns_before_the_date_of_a_regime_and_says_when_it_has_passed() {
    let mut story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let name = "regime data_protection: data_protection_complaint";
    let mut said = |local: &str| -> Vec<&'static str> {
        story.now = at(local);
        let events = story.look_at_clocks();
        let about = events.iter().filter(|event| match event {
            Event::ClockWarned(passed) | Event::ClockBreached(passed) => passed.clock == name,
            _ => false,
        });
        about.map(Event::kind).collect()
    };
    assert_eq!(said("2026-06-20 10:00"), [""; 0]);
    assert_eq!(said("2026-06-25 10:00"), ["clock.warned"], "half of the time has gone");
    assert_eq!(said("2026-06-26 10:00"), [""; 0]);
    assert_eq!(said("2026-07-08 23:59"), [""; 0]);
    assert_eq!(said("2026-07-09 00:00"), ["clock.breached"]);
    assert_eq!(said("2026-07-10 09:00"), [""; 0]);
    let stands = |story: &Story<'_>| {
        let mut alerts = story.case.alerts.iter();
        alerts.any(|alert| matches!(alert, Alert::Breached { clock, .. } if clock == name))
    };
    assert!(stands(&story));
    let settled = recorded(story.clone(), &acknowledged("2026-07-10"));
    assert!(!stands(&settled), "what is done needs no look");
    let mut mistaken = story.act(&amara(), |case, _| {
        take_away(case, DATA_PROTECTION, "A mistake", &amara())
    });
    assert!(!stands(&mistaken));
    mistaken = tagged(mistaken, DATA_PROTECTION, None);
    mistaken.look_at_clocks();
    assert!(stands(&mistaken), "a new tag begins anew");
}

#[test]
fn a_decision_does_not_close_a_case_while_a_regime_asks_for_something() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None).on("2026-06-10 10:00");
    let answered = decided_in_a_call(story);
    assert!(
        matches!(answered.case.state, State::Answered(..)),
        "{}",
        answered.case.state.name()
    );
    assert_eq!(only(&answered).met_at, None, "our decision is not what it asks for");
    assert!(answered.date(Duty::Decision).unwrap().met_at.is_some());
    let done = recorded(answered.clone(), &acknowledged("2026-06-10"));
    assert!(
        matches!(done.case.state, State::Closed(Ending::Decided, _)),
        "then it closes by itself"
    );
    let mistake = answered.clone().act(&amara(), |case, _| {
        take_away(case, DATA_PROTECTION, "A mistake", &amara())
    });
    assert!(matches!(mistake.case.state, State::Closed(Ending::Decided, _)));
    let nowhere = answered.refused(|case, _| elsewhere(case, DATA_PROTECTION, "", &ruth()));
    assert_eq!(fields(nowhere), ["handled_now"]);
    let gone = answered.act(&ruth(), |case, _| {
        elsewhere(case, DATA_PROTECTION, "DP-2026-114, with Leila", &ruth())
    });
    assert!(matches!(gone.case.state, State::Closed(Ending::Decided, _)));
    assert_eq!(of_regimes(&gone), [], "its date is kept elsewhere");
    assert_eq!(
        gone.case.regimes[0]
            .elsewhere
            .as_ref()
            .map(|(where_to, _)| where_to.as_str()),
        Some("DP-2026-114, with Leila")
    );
}

#[test]
fn nobody_lets_go_of_a_regime_while_the_complaint_is_worked_on() {
    for story in [
        Story::received(),
        Story::received().at_stage_1(),
        Story::received().at_stage_2(),
    ] {
        let story = tagged(story, DATA_PROTECTION, None);
        let refused = story.refused(|case, _| elsewhere(case, DATA_PROTECTION, "With Leila", &ruth()));
        assert!(
            refused.to_string().starts_with("Its date stays with this case"),
            "{refused}"
        );
    }
}

#[test]
fn closing_without_a_decision_says_where_each_open_regime_is_handled_now() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let story = recorded(
        tagged(story, "safeguarding", None),
        &what("safeguarding", None, "2026-06-09"),
    );
    let plain = story.refused(|case, setting| close(case, Ending::Referred, "Estates", &ruth(), setting));
    assert_eq!(fields(plain), ["handled_now"], "no other door leads past it");
    let silent = story.refused(|case, setting| close_now(case, setting, " "));
    assert_eq!(fields(silent), ["handled_now"]);
    let empty = story.refused(|case, setting| {
        closing(case, "", &ruth(), setting, |case| {
            close(case, Ending::Referred, "", &ruth(), setting)
        })
    });
    assert_eq!(
        fields(empty),
        ["reason", "handled_now"],
        "everything that is missing at once"
    );
    let closed = story.act(&ruth(), |case, setting| {
        close_now(case, setting, "With the data protection office")
    });
    assert_eq!(closed.case.state, State::Closed(Ending::Referred, None));
    let kinds = closed.kinds();
    assert_eq!(
        kinds[kinds.len() - 2..],
        ["regime.elsewhere", "case.closed"],
        "only the open one"
    );
    assert!(
        closed.case.regime("safeguarding").unwrap().elsewhere.is_none(),
        "what was done stays done"
    );
}

#[test]
fn staff_who_stop_it_for_somebody_say_where_and_the_complainant_need_not() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let refused = story.refused(|case, _| withdraw(case, "She called", Some(&amara())));
    assert_eq!(fields(refused), ["handled_now"]);
    let stopped = story.clone().act(&amara(), |case, setting| {
        closing(case, "With Leila", &amara(), setting, |case| {
            withdraw(case, "She called", Some(&amara()))
        })
    });
    assert_eq!(of_regimes(&stopped), []);

    let mut stopped = story.complainant(|case, _| withdraw(case, "It is fine now", None));
    assert!(matches!(stopped.case.state, State::Closed(Ending::Withdrawn, _)));
    assert_eq!(only(&stopped).met_at, None, "the law goes on");
    let asked = awaited(&stopped.case, &stopped.setting()).unwrap();
    assert_eq!(
        (asked.question, asked.of),
        (Question::Regime, Asked::Role(Role::DataProtectionOfficer))
    );
    stopped.now = at("2026-07-09 08:00");
    let kinds: Vec<_> = stopped.look_at_clocks().iter().map(Event::kind).collect();
    assert_eq!(kinds, ["clock.breached"], "and its date is watched, and no other");
    assert_eq!(stopped.look_at_clocks(), []);
    let done = recorded(stopped.clone(), &acknowledged("2026-07-09"));
    assert!(done.case.alerts.is_empty() && awaited(&done.case, &done.setting()).is_none());
    let gone = stopped.act(&ruth(), |case, _| {
        elsewhere(case, DATA_PROTECTION, "With Leila", &ruth())
    });
    assert!(gone.case.alerts.is_empty() && of_regimes(&gone).is_empty());
}

#[test]
fn a_passed_date_of_a_regime_stays_an_alert_when_the_complainant_stops() {
    let mut story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    story.now = at("2026-07-10 08:00");
    story.look_at_clocks();
    assert!(story.case.alerts.len() > 1, "ours have passed as well");
    let stopped = story.complainant(|case, _| withdraw(case, "", None));
    assert!(
        matches!(stopped.case.alerts.as_slice(), [Alert::Breached { clock, .. }] if clock.starts_with("regime ")),
        "{:?}",
        stopped.case.alerts
    );
}

#[test]
fn a_reopened_case_keeps_what_was_done_and_what_went_elsewhere_and_can_be_tagged_anew() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let story = recorded(
        tagged(story, "freedom_of_information", None),
        &what("freedom_of_information", Some("freedom_of_information"), "2026-06-09"),
    );
    let closed = story.act(&ruth(), |case, setting| close_now(case, setting, "With Leila"));
    let over = closed.refused(|case, _| take_away(case, "freedom_of_information", "A mistake", &ruth()));
    assert_eq!(over.to_string(), "It ended with the case. Reopen the case first.");
    let reopened = closed.on("2026-06-15 10:00").act(&ruth(), |case, setting| {
        reopen(case, "They sent the log", &ruth(), setting)
    });
    let met: Vec<_> = of_regimes(&reopened)
        .iter()
        .map(|date| (date.due_on, date.met_at.is_some()))
        .collect();
    assert_eq!(met, [(day("2026-07-08"), true)]);
    let before = reopened.date(Duty::Decision).unwrap();
    let again = tagged(reopened, DATA_PROTECTION, Some("2026-06-15"));
    assert_eq!(
        of_regimes(&again).last().unwrap().due_on,
        day("2026-07-14"),
        "its own clock, not that of the reopening"
    );
    assert_eq!(again.date(Duty::Decision), Some(before));
    assert_eq!(again.case.regimes.len(), 2);
}

#[test]
fn a_regime_that_was_open_when_they_stopped_is_still_open_when_the_case_is_taken_up_again() {
    let stopped =
        tagged(Story::received().at_stage_1(), DATA_PROTECTION, None).complainant(|case, _| withdraw(case, "", None));
    let reopened = stopped.on("2026-06-12 10:00").act(&ruth(), |case, setting| {
        reopen(case, "They want it after all", &ruth(), setting)
    });
    assert_eq!(
        (only(&reopened).due_on, only(&reopened).met_at),
        (day("2026-07-08"), None)
    );
}

#[test]
fn praise_that_holds_a_request_is_not_noted_away() {
    let story = tagged(
        Story::begin(&thanks(), &by_web(), "2026-06-09 09:15"),
        "subject_access",
        None,
    );
    assert_eq!(only(&story).due_on, day("2026-07-09"));
    let noting = |case: &Case, setting: &Setting<'_>| triage(case, &judged_for(&amara()), &ruth(), setting);
    assert!(
        story
            .refused(noting)
            .to_string()
            .starts_with("Another regime applies to this case.")
    );
    let gone = story.act(&ruth(), |case, _| {
        elsewhere(case, "subject_access", "SAR 2026-41", &ruth())
    });
    assert!(!gone.act(&ruth(), noting).case.is_open());
}

#[test]
fn whoever_looks_after_a_regime_is_asked_and_the_owner_does_not_wait() {
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let asked = awaited(&story.case, &story.setting()).unwrap();
    assert_eq!(
        (asked.question, asked.of),
        (Question::Regime, Asked::Role(Role::DataProtectionOfficer))
    );
    assert!(asked.question.is_beside());
    let other = tagged(Story::received().at_stage_1(), "safeguarding", None);
    let asked = awaited(&other.case, &other.setting()).unwrap();
    assert_eq!(asked.of, Asked::Role(Role::ComplaintsCoordinator));
    let done = recorded(story, &acknowledged("2026-06-09"));
    assert_eq!(awaited(&done.case, &done.setting()), None);
}

#[test]
fn the_rules_of_the_procedure_can_ask_about_a_regime() {
    let story = tagged(Story::received().at_stage_1(), "subject_access", None);
    let facts = |story: &Story<'_>| regime_facts(&story.case, &story.house.procedure, Facts::new());
    let holds = |story: &Story<'_>| {
        [
            FactName::RegimeDataProtection,
            FactName::RegimeInformationRequest,
            FactName::RegimeSafeguarding,
        ]
        .map(|fact| facts(story).is(fact))
    };
    assert_eq!(holds(&story), [true, true, false]);
    let request = tagged(Story::received().at_stage_1(), "freedom_of_information", None);
    assert_eq!(
        holds(&request),
        [false, true, false],
        "what a condition denies is not so"
    );
    let text = testkit::house::procedure_text();
    let text = text.replacen(
        "[[stage.sign_off]]",
        "[[stage.sign_off]]\nrole = \"sign_off_authority\"\nwhen = \"regime.data_protection\"\n\n[[stage.sign_off]]",
        1,
    );
    let house = House::with(&text);
    let stage = house
        .procedure
        .stages
        .iter()
        .find(|stage| !stage.sign_off.is_empty())
        .unwrap();
    let reason = |story: &Story<'_>| {
        let decision = story.decision();
        sign_off_reason(&story.case, &decision, stage, AskSignOff::AsRulesSay, &house.procedure)
    };
    assert_eq!(reason(&story).as_deref(), Some("data protection is at issue"));
    assert_eq!(reason(&request), None);
}

#[test]
fn a_question_to_the_complainant_does_not_hold_the_clock_of_a_regime() {
    use rules::case::event::InfoRequested;
    use rules::handling::ask::{answered, ask};
    let story = tagged(Story::received().at_stage_1(), DATA_PROTECTION, None);
    let before = only(&story);
    let question = InfoRequested {
        question: "Which list was it?".to_owned(),
        by: Means::Phone,
        hoped_by: day("2026-06-11"),
    };
    let asked = story.act(&amara(), |case, setting| ask(case, &question, &amara(), setting));
    assert_eq!(only(&asked), before);
    let answer = InfoReceived {
        by: AnsweredBy::Told,
        words: Some("The course list".to_owned()),
    };
    let heard = asked.act(&amara(), |case, _| answered(case, &answer, &amara()));
    assert_eq!(only(&heard), before);
}

#[test]
fn the_dates_of_a_case_are_the_same_function_of_its_events_at_every_instant() {
    let story = recorded(
        tagged(Story::received().at_stage_1(), DATA_PROTECTION, None),
        &acknowledged("2026-06-09"),
    );
    let replayed = Case::replay(story.case.reference.clone(), &story.history).unwrap();
    for now in ["2026-06-09 10:00", "2026-08-01 10:00"] {
        let setting = story.house.setting(at(now));
        assert_eq!(
            deadlines(&replayed, &setting).unwrap(),
            deadlines(&story.case, &setting).unwrap()
        );
    }
}
