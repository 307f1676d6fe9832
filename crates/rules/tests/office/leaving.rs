//! Somebody leaves: where their open cases go, and who cannot go.

use rules::case::event::Assigned;
use rules::case::{Event, State};
use rules::office::event::{OfficeEvent, PassedOn, PersonLeft};
use rules::office::leave::{leave, successors};
use rules::people::{Actor, Role};
use testkit::Story;
use testkit::people::{amara, dana, jo, owen, person, robin, ruth, tom};

use crate::staff::{account, everybody, fields, former, held};

#[test]
fn somebody_without_open_cases_leaves() {
    // Whoever was chosen to take the cases takes none.
    for to in [None, Some(&jo())] {
        let change = leave(&everybody(), &account(amara()), &[], to, &tom()).unwrap();
        let left = PersonLeft {
            who: amara().id,
            passed_on: None,
        };
        assert_eq!(change.events, [OfficeEvent::PersonLeft(left)]);
        assert_eq!(change.cases, []);
    }
}

#[test]
fn their_open_cases_must_go_somewhere_first_and_the_refusal_counts_them() {
    let (one, two) = (Story::received().at_stage_1(), Story::received().at_stage_1());
    let staff = everybody();
    let said = fields(leave(&staff, &account(amara()), &[held(&one), held(&two)], None, &tom()).unwrap_err());
    let words = "Amara Osei still has 2 open cases. Choose who takes them, or have them passed on first";
    assert_eq!(said, [("to", words.to_owned())]);
    let said = fields(leave(&staff, &account(amara()), &[held(&one)], None, &tom()).unwrap_err());
    let words = "Amara Osei still has 1 open case. Choose who takes it, or have it passed on first";
    assert_eq!(said, [("to", words.to_owned())]);
}

#[test]
fn one_person_takes_them_all_in_the_same_act() {
    let (one, two) = (Story::received().at_stage_1(), Story::received().at_stage_1().decided());
    let cases = [held(&one), held(&two)];
    let change = leave(&everybody(), &account(amara()), &cases, Some(&jo()), &tom()).unwrap();
    let left = PersonLeft {
        who: amara().id,
        passed_on: Some(PassedOn { to: jo().id, cases: 2 }),
    };
    assert_eq!(change.events, [OfficeEvent::PersonLeft(left)]);
    assert_eq!(change.cases.len(), 2);
    let assigned = Event::Assigned(Assigned {
        to: jo().id,
        reason: Some("Amara Osei has left.".to_owned()),
    });
    for (_, handed) in &change.cases {
        assert_eq!(handed.events, std::slice::from_ref(&assigned));
        assert_eq!(handed.letters, [], "the complainant is told with the next update");
    }
}

/// A case at every point at which somebody can own it, and where it stands.
fn everywhere() -> Vec<(&'static str, Story<'static>)> {
    let asked = |story: Story<'static>| story.decided().letters_arrive().asks_for_stage_2();
    let stories = vec![
        ("open", Story::received().at_stage_1()),
        ("open", Story::received().at_stage_2()),
        ("sign_off", Story::received().at_stage_2().drafted()),
        ("decided", Story::received().at_stage_1().decided()),
        ("escalation_pending", asked(Story::received().at_stage_1())),
    ];
    for (state, story) in &stories {
        assert_eq!(story.case.state.name(), *state);
    }
    stories
}

#[test]
fn a_case_goes_over_wherever_it_stands_and_stays_where_it_was() {
    for (state, mut story) in everywhere() {
        let leaver = everybody()
            .into_iter()
            .find(|account| Some(account.id()) == story.case.owner)
            .unwrap();
        // Robin holds every role of the office and decided nothing.
        let change = leave(&everybody(), &leaver, &[held(&story)], Some(&robin()), &tom())
            .unwrap_or_else(|refused| panic!("{state}: {refused}"));
        for (_, handed) in change.cases {
            for event in handed.events {
                story.append(event, Actor::Staff(tom().id));
            }
        }
        assert_eq!(story.case.owner, Some(robin().id), "{state}");
        assert_eq!(story.case.state.name(), state);
    }
}

#[test]
fn nobody_gets_a_case_by_this_that_they_could_not_have_otherwise() {
    let investigated = Story::received().at_stage_2();
    let said = fields(
        leave(
            &everybody(),
            &account(dana()),
            &[held(&investigated)],
            Some(&jo()),
            &tom(),
        )
        .unwrap_err(),
    );
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].0, "to");
    assert!(said[0].1.starts_with("Jo Whitfield cannot work on "), "{said:?}");

    // Robin decided at stage 1, so the investigation cannot go to them (R28).
    let decided_by_robin = {
        let story = Story::received();
        let judgement = testkit::words::judged_for(&robin());
        let mut story = story.act(&ruth(), |case, setting| {
            rules::handling::triage::triage(case, &judgement, &ruth(), setting)
        });
        let decision = testkit::words::decision_on(&story.case);
        story = story.act(&robin(), |case, setting| {
            rules::handling::decide::decide(
                case,
                decision.clone(),
                &rules::handling::decide::Telling::InWriting,
                &robin(),
                setting,
            )
        });
        story.letters_arrive().asks_for_stage_2().accepted()
    };
    assert!(matches!(&decided_by_robin.case.state, State::Open(work) if work.stage() == 2));
    let said = fields(
        leave(
            &everybody(),
            &account(dana()),
            &[held(&decided_by_robin)],
            Some(&robin()),
            &tom(),
        )
        .unwrap_err(),
    );
    assert!(
        said[0].1.contains("decided this complaint at an earlier stage"),
        "{said:?}"
    );
}

#[test]
fn who_is_chosen_to_take_over_cannot_be_the_one_who_leaves() {
    let story = Story::received().at_stage_1();
    let said = fields(leave(&everybody(), &account(amara()), &[held(&story)], Some(&amara()), &tom()).unwrap_err());
    assert_eq!(
        said,
        [(
            "to",
            "Amara Osei cannot keep the cases. Choose somebody else".to_owned()
        )]
    );
}

#[test]
fn those_who_work_on_cases_are_offered_and_each_other_is_barred_with_the_reason() {
    let investigated = Story::received().at_stage_2();
    let mut staff = everybody();
    staff[5] = former(owen());
    let offered = successors(&staff, &account(dana()), &[held(&investigated)]);
    let names: Vec<(&str, bool)> = offered
        .iter()
        .map(|one| (one.person.name.as_str(), one.barred.is_none()))
        .collect();
    let expected = [
        ("Amara Osei", false),
        ("Helen Marsh", true),
        ("Jo Whitfield", false),
        ("Marcus Bell", false),
        ("Robin Castle", true),
        ("Ruth Abara", true),
        ("Samir Haddad", false),
    ];
    // The shipped procedure names who handles stage 2; Owen has left, and those who work on no case are not offered.
    assert_eq!(names, expected);
}

#[test]
fn the_last_administrator_does_not_leave() {
    let words = "Tom Ferreira is the only administrator. Make somebody else an administrator first.";
    let mut staff = everybody();
    let refused = leave(&staff, &account(tom()), &[], None, &tom()).unwrap_err();
    assert_eq!(refused.to_string(), words);
    staff.push(account(person(
        14,
        "Ada Vance",
        "Systems Administrator",
        &[Role::Administrator],
    )));
    assert!(leave(&staff, &account(tom()), &[], None, &tom()).is_ok());
}

#[test]
fn nobody_leaves_twice() {
    let refused = leave(&everybody(), &former(amara()), &[], None, &tom()).unwrap_err();
    assert_eq!(refused.to_string(), "Amara Osei has left. Let them come back first.");
}
