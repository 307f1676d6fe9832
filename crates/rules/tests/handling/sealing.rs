//! A complaint about a member of staff is handed over to a line manager and leaves what the office shares (R33 to R35, A14 to A17).

use rules::case::event::{Event, Holder, MessageReceived};
use rules::case::facts::Communicated;
use rules::case::vocabulary::{Channel, Lane, Means, Outcome};
use rules::case::{Case, Change, Refused, Setting};
use rules::confidential::lane::{Naming, name, named_and_triaged};
use rules::confidential::sealing::carried::Carried;
use rules::confidential::sealing::hand_over::{Acceptance, HandOver, accepted, ask, can_ask, take_back};
use rules::confidential::sealing::report::{Finished, added_to, finished, next_reminder, taken, told};
use rules::confidential::sealing::stub::history_of;
use rules::confidential::{Guard, Sight, StaffNamed, sight};
use rules::handling::escalate;
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use rules::people::{Actor, Person};
use testkit::people::{amara, dana, everybody, helen, iris, jo, owen, robin, ruth, samir};
use testkit::words::{by_web, form, judged_for};
use testkit::{Story, at, day};

fn manager() -> Holder {
    Holder {
        name: "Grace Obi".to_owned(),
        email: "grace.obi@example.ac.uk".to_owned(),
    }
}

fn another_manager() -> Holder {
    Holder {
        name: "Ewan Reid".to_owned(),
        email: "ewan.reid@example.ac.uk".to_owned(),
    }
}

fn to(holder: Holder) -> HandOver {
    HandOver {
        to: holder,
        why: String::new(),
        link: "00112233445566778899aabbccddeeff".to_owned(),
    }
}

/// About Jo, with nobody dealing with it yet.
fn about_jo() -> Story<'static> {
    let about_staff = RawFeedback {
        about_staff: "yes".to_owned(),
        ..form()
    };
    let story = Story::begin(&about_staff, &by_web(), "2026-06-09 09:15").letters_arrive();
    let naming = Naming {
        named: StaffNamed {
            people: vec![jo().id],
            others: None,
        },
        to: None,
    };
    story.act(&ruth(), |case, setting| name(case, &naming, &ruth(), setting))
}

fn asked(story: Story<'static>, holder: Holder) -> Story<'static> {
    story.act(&ruth(), |case, setting| ask(case, &to(holder), &[], &ruth(), setting))
}

/// The mail server has the letter: what the post room does with the answer of the rule.
fn accept(story: &mut Story<'static>) {
    let number = story.case.seal.asked.as_ref().map_or(0, |asked| asked.number);
    let acceptance = Acceptance {
        owed_by: number,
        accepted: Communicated {
            by: Means::Email,
            at: story.now,
            proof: "250 2.0.0 accepted".to_owned(),
        },
        looked: vec![helen().id, ruth().id],
        carried: None,
        up_to: None,
    };
    let change = accepted(&story.case, &story.history, &acceptance, &story.setting()).unwrap();
    if let Some(Event::Sealed(sealed)) = change.events.first() {
        story.history = history_of(&sealed.history).unwrap();
        story.case = Case::replay(story.case.reference.clone(), &story.history).unwrap();
    }
    for event in change.events {
        story.append(event, Actor::System);
    }
    story.letters.clear();
}

pub(crate) fn sealed() -> Story<'static> {
    let mut story = asked(about_jo(), manager());
    accept(&mut story);
    story
}

fn by_holder<R>(story: &mut Story<'static>, rule: R) -> Result<(), Refused>
where
    R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
{
    story.try_as(Actor::Holder, rule)
}

fn sees(case: &Case, who: &Person) -> Option<Sight> {
    sight(&Guard::of(case), who)
}

#[test]
fn nothing_is_taken_away_before_the_mail_server_has_the_letter() {
    let story = asked(about_jo(), manager());
    assert_eq!(story.case.lane, Lane::Restricted);
    assert_eq!(story.owed(), [LetterKind::Handover]);
    assert!(story.case.received.words.contains("Wi-Fi"));
    assert_eq!(sees(&story.case, &ruth()), Some(Sight::Whole));
}

#[test]
fn a_sealed_case_keeps_its_dates_and_loses_its_words() {
    let before = asked(about_jo(), manager());
    let due = before.decision_on();
    let mut story = before;
    accept(&mut story);
    assert_eq!(story.case.lane, Lane::Sealed);
    assert_eq!(story.case.stage(), 1, "the line manager acts at stage 1 (A17)");
    assert_eq!(story.decision_on(), due);
    assert_eq!(story.case.received.words, "");
    assert_eq!(story.case.received.title, "Feedback, handled separately");
    assert_eq!(story.case.complainant.email, None);
    assert_eq!(story.case.complainant.writes_to(), None);
    assert_eq!(story.case.complainant.display_name(), "withheld");
    assert_eq!(story.case.held().map(|held| held.holder.clone()), Some(manager()));
    assert_eq!(story.case.owner, None);
}

#[test]
fn who_had_seen_it_before_is_on_record() {
    let story = sealed();
    let seen = story.history.iter().find_map(|recorded| match &recorded.event {
        Event::Sealed(sealed) => Some(sealed.seen_by.clone()),
        _ => None,
    });
    assert_eq!(seen, Some(vec![ruth().id, helen().id]), "who acted, and who looked");
}

#[test]
fn nobody_of_staff_sees_a_sealed_case_whole_and_few_see_that_it_is_there() {
    let story = sealed();
    for person in everybody() {
        assert_ne!(sees(&story.case, &person), Some(Sight::Whole), "{}", person.name);
    }
    let there = |person: &Person| sees(&story.case, person) == Some(Sight::Outline);
    assert!(
        there(&ruth()) && there(&helen()) && there(&iris()),
        "who chases and who audits"
    );
    for person in [amara(), dana(), jo(), samir(), owen()] {
        assert!(!there(&person), "{} could infer it", person.name);
    }
    let mut about_ruth = story.case;
    about_ruth.named.people.push(ruth().id);
    assert_eq!(sees(&about_ruth, &ruth()), None, "a coordinator whom it is about");
}

#[test]
fn only_some_may_hand_it_over_and_only_when_it_can_be() {
    let story = about_jo();
    let refused = |by: &Person| can_ask(&story.case, by).unwrap_err().to_string();
    assert!(can_ask(&story.case, &ruth()).is_ok() && can_ask(&story.case, &helen()).is_ok());
    assert!(
        refused(&amara()).starts_with("You cannot hand a case over"),
        "{}",
        refused(&amara())
    );
    let open = Story::received();
    assert!(
        can_ask(&open.case, &ruth())
            .unwrap_err()
            .to_string()
            .starts_with("Restrict this case first")
    );
    let mut nobody_named = story.case.clone();
    nobody_named.named = StaffNamed::default();
    assert!(
        can_ask(&nobody_named, &ruth())
            .unwrap_err()
            .to_string()
            .starts_with("Say first whom")
    );
    let mut about_ruth = story.case.clone();
    about_ruth.named.people.push(ruth().id);
    assert!(matches!(can_ask(&about_ruth, &ruth()), Err(Refused::Conflict(_))));
    let waits = asked(story.clone(), manager());
    assert_eq!(
        can_ask(&waits.case, &ruth()).unwrap_err().to_string(),
        "It is on its way to Grace Obi already. Take that back first."
    );
}

#[test]
fn a_letter_that_waits_for_sign_off_is_settled_first() {
    let story = Story::received().at_stage_2().drafted().act(&ruth(), |case, setting| {
        let restriction = rules::confidential::lane::Restriction {
            reason: "It is about Jo.".to_owned(),
            named: StaffNamed {
                people: vec![jo().id],
                others: None,
            },
            to: Some(dana()),
        };
        rules::confidential::lane::restrict(case, &restriction, &ruth(), setting)
    });
    let why = can_ask(&story.case, &ruth()).unwrap_err().to_string();
    assert!(
        why.starts_with("You cannot hand it over now: this case is waiting for sign-off"),
        "{why}"
    );
}

#[test]
fn the_holder_is_nobody_close_to_it() {
    let story = about_jo();
    let known = [Holder {
        name: "Jo Bramley".to_owned(),
        email: "jo.bramley@example.ac.uk".to_owned(),
    }];
    let refused = |holder: Holder| {
        ask(&story.case, &to(holder), &known, &ruth(), &story.setting())
            .unwrap_err()
            .to_string()
    };
    let jo_by_mail = Holder {
        name: "J. B.".to_owned(),
        email: " JO.bramley@example.ac.uk".to_owned(),
    };
    assert!(refused(jo_by_mail).starts_with("This complaint is about"));
    let jo_by_name = Holder {
        name: "Jo Bramley".to_owned(),
        ..manager()
    };
    assert!(refused(jo_by_name).starts_with("This complaint is about"));
    let complainant = Holder {
        email: story.case.complainant.email.clone().unwrap(),
        ..manager()
    };
    assert!(refused(complainant).starts_with("This is the address of whoever complained"));
    let nowhere = Holder {
        email: "grace".to_owned(),
        ..manager()
    };
    assert!(refused(nowhere).starts_with("Enter their e-mail address"));
    let nobody = Holder {
        name: "  ".to_owned(),
        ..manager()
    };
    assert!(refused(nobody).starts_with("Say who is to deal with it"));
}

#[test]
fn a_handover_is_taken_back_until_it_is_accepted_and_a_late_acceptance_seals_nothing() {
    let story = asked(about_jo(), manager());
    let number = story.case.seal.asked.as_ref().unwrap().number;
    let story = story.act(&ruth(), |case, _| take_back(case, "The address was wrong.", &ruth()));
    assert_eq!(story.case.seal.asked, None);
    let acceptance = Acceptance {
        owed_by: number,
        accepted: Communicated {
            by: Means::Email,
            at: story.now,
            proof: "250".to_owned(),
        },
        looked: Vec::new(),
        carried: None,
        up_to: None,
    };
    let late = accepted(&story.case, &story.history, &acceptance, &story.setting()).unwrap();
    assert_eq!(late, Change::default());
    assert!(take_back(&story.case, "", &ruth()).is_err());
    let again = asked(story, another_manager());
    let late = accepted(&again.case, &again.history, &acceptance, &again.setting()).unwrap();
    assert_eq!(late, Change::default(), "the acceptance of another letter");
}

#[test]
fn the_holder_reports_by_two_links_and_the_case_closes() {
    let mut story = sealed();
    by_holder(&mut story, |case, _| taken(case)).unwrap();
    assert_eq!(story.case.held().unwrap().taken_at, Some(story.now));
    by_holder(&mut story, |case, _| taken(case)).unwrap();
    let mut story = story.on("2026-06-11 10:00");
    by_holder(&mut story, |case, _| told(case)).unwrap();
    assert_eq!(story.case.contact.at, story.now);
    let report = Finished {
        on: Some(day("2026-06-10")),
        outcome: Some(Outcome::Upheld),
    };
    by_holder(&mut story, |case, setting| finished(case, &report, setting)).unwrap();
    assert_eq!(story.case.state.name(), "closed");
    let told_at = story.case.stages[0].communicated.as_ref().unwrap().at;
    assert_eq!(
        told_at,
        at("2026-06-10 12:00"),
        "the clock stops on the day on which they were told"
    );
    let again = by_holder(&mut story, |case, setting| finished(case, &report, setting)).unwrap_err();
    assert_eq!(again.to_string(), "You have told us already that it is finished.");
    by_holder(&mut story, |case, _| taken(case)).unwrap();
}

#[test]
fn a_report_that_cannot_be_is_refused_in_words() {
    let story = sealed().on("2026-06-11 10:00");
    let refused = |on: Option<&str>, outcome| {
        let report = Finished {
            on: on.map(day),
            outcome,
        };
        finished(&story.case, &report, &story.setting())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(None, None),
        "Enter the day on which you told them. Choose how it ended"
    );
    assert!(refused(Some("2026-06-12"), Some(Outcome::Upheld)).starts_with("That day is still to come"));
    assert!(refused(Some("2026-06-08"), Some(Outcome::Upheld)).starts_with("That was before you had it"));
    let open = Story::received().at_stage_1();
    assert!(taken(&open.case).is_err() && told(&open.case).is_err() && added_to(&open.case).is_err());
}

#[test]
fn stage_2_goes_to_somebody_who_has_not_dealt_with_it() {
    let mut story = sealed();
    let report = Finished {
        on: Some(day("2026-06-09")),
        outcome: Some(Outcome::NotUpheld),
    };
    by_holder(&mut story, |case, setting| finished(case, &report, setting)).unwrap();
    let story = story
        .on("2026-06-15 09:00")
        .complainant(|case, setting| escalate::request(case, rules::case::vocabulary::Channel::Web, None, setting));
    assert_eq!(story.case.state.name(), "escalation_pending");
    let same = ask(&story.case, &to(manager()), &[], &ruth(), &story.setting()).unwrap_err();
    assert_eq!(
        same.to_string(),
        "Grace Obi dealt with it before, and somebody else must look again. Choose another manager."
    );
    let mut story = asked(story, another_manager());
    accept(&mut story);
    assert_eq!(story.case.stage(), 2);
    assert_eq!(story.case.state.name(), "open");
    assert_eq!(
        story.case.held().map(|held| held.holder.clone()),
        Some(another_manager())
    );
    let kinds = story.kinds();
    assert_eq!(
        kinds[kinds.len() - 3..],
        ["seal.passed_on", "escalation.accepted", "stage.entered"]
    );
}

#[test]
fn it_is_passed_on_where_the_holder_cannot() {
    let story = sealed();
    let same = ask(&story.case, &to(manager()), &[], &ruth(), &story.setting()).unwrap_err();
    assert_eq!(same.to_string(), "Grace Obi has it already.");
    let mut story = asked(story, another_manager());
    accept(&mut story);
    assert_eq!(story.case.seal.holders.len(), 2);
    assert_eq!(story.case.stage(), 1);
}

#[test]
fn a_silent_holder_is_reminded_every_working_day_for_five_and_a_date_that_comes_reminds_them_too() {
    // Tuesday.
    let mut story = sealed();
    assert_eq!(
        next_reminder(&story.case, &story.setting()),
        Some(at("2026-06-10 09:00"))
    );
    let mut reminded = 0;
    for day in 9..=30 {
        story = story.on(&format!("2026-06-{day:02} 09:05"));
        if story.case.is_open() {
            let said = story.look_at_clocks();
            reminded += said.iter().filter(|event| event.kind() == "seal.reminded").count();
        }
    }
    assert!((5..=12).contains(&reminded), "{reminded}");
    assert_eq!(next_reminder(&story.case, &story.setting()), None);

    let mut story = sealed();
    by_holder(&mut story, |case, _| taken(case)).unwrap();
    assert_eq!(next_reminder(&story.case, &story.setting()), None);
    let mut story = story.on("2026-06-13 00:01");
    let said = story.look_at_clocks();
    assert!(
        said.iter().any(|event| event.kind() == "clock.breached"),
        "the clock works from the stub"
    );
    assert!(story.owed().contains(&LetterKind::HandoverReminder));
    assert_eq!(story.look_at_clocks(), []);
}

#[test]
fn words_that_are_added_later_are_told_to_the_holder_and_stand_nowhere_in_the_stub() {
    let mut story = sealed();
    story.try_as(Actor::Complainant, |case, _| added_to(case)).unwrap();
    assert_eq!(story.case.seal.additions, 1);
    assert_eq!(story.owed(), [LetterKind::HandoverNews]);
    assert!(!story.case.message_waits());
}

#[test]
fn a_case_that_somebody_worked_on_is_sealed_with_its_stage() {
    let about_staff = RawFeedback {
        about_staff: "yes".to_owned(),
        ..form()
    };
    let mut story = Story::begin(&about_staff, &by_web(), "2026-06-09 09:15").letters_arrive();
    let named = StaffNamed {
        people: vec![jo().id],
        others: Some("The man at the desk".to_owned()),
    };
    let judgement = judged_for(&robin());
    story
        .try_act(&ruth(), |case, setting| {
            named_and_triaged(case, (&named, &judgement), &ruth(), setting)
        })
        .unwrap();
    let before = story.case.stages.clone();
    let mut story = asked(story, manager());
    accept(&mut story);
    assert_eq!(story.case.stages.len(), before.len());
    assert_eq!(
        story.case.named.people,
        [jo().id],
        "the rule of sight needs to know from whom it is kept"
    );
    assert_eq!(story.case.named.others, None);
}

#[test]
fn what_is_added_while_a_letter_with_the_complaint_in_it_is_on_its_way_is_told_of() {
    let story = asked(about_jo(), manager());
    let asked = story.case.seal.asked.as_ref().unwrap().number;
    let acceptance = |up_to| Acceptance {
        owed_by: asked,
        accepted: Communicated {
            by: Means::Email,
            at: story.now,
            proof: "250".to_owned(),
        },
        looked: Vec::new(),
        carried: Some(Carried::Key {
            fingerprint: "9A2E".to_owned(),
            left_out: 0,
        }),
        up_to,
    };
    let letters = |story: &Story<'static>, up_to| {
        let change = accepted(&story.case, &story.history, &acceptance(up_to), &story.setting()).unwrap();
        let Some(Event::Sealed(sealed)) = change.events.first() else {
            panic!("{change:?}")
        };
        assert!(matches!(sealed.carried, Some(Carried::Key { .. })));
        change.letters.iter().map(|letter| letter.kind).collect::<Vec<_>>()
    };
    let read = story.case.sequence;
    assert_eq!(letters(&story, Some(read)), [], "the letter holds all of it");
    let mut more = story.clone();
    more.append(
        Event::MessageReceived(MessageReceived {
            channel: Channel::Web,
            words: "He did it again.".to_owned(),
        }),
        Actor::Complainant,
    );
    assert_eq!(letters(&more, Some(read)), [LetterKind::HandoverNews]);
    assert_eq!(letters(&more, Some(read + 1)), [], "it was read with the rest");
    assert_eq!(letters(&more, None), [], "behind a link is always everything");
}
