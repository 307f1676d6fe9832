//! Complaints about a member of staff: who sees them, who may have them, and what is kept of who looked (R28, R31, R33 to R36, A13, A16).

use rules::case::vocabulary::Lane;
use rules::case::{Case, Change, Refused, Setting};
use rules::confidential::lane::{Naming, Restriction, can_restrict, name, named_and_triaged, open, restrict};
use rules::confidential::sight::{may_be_given, reach, reach_of_words};
use rules::confidential::viewed::look;
use rules::confidential::{Beyond, Guard, Reach, Sight, StaffNamed, sight};
use rules::handling::awaited::awaited;
use rules::handling::draft::{AskSignOff, submit};
use rules::handling::triage::{assign, check_owner, first_stage, triage};
use rules::handling::{decide, escalate, extend, sign_off};
use rules::intake::RawFeedback;
use rules::people::{Actor, Person, Role};
use testkit::people::{amara, dana, everybody, helen, iris, jo, marcus, owen, person, robin, ruth, samir};
use testkit::words::{by_web, form, judged_for};
use testkit::{Story, at, day, house};

/// The usual complaint, with the box ticked.
fn ticked() -> Story<'static> {
    let about_staff = RawFeedback {
        about_staff: "yes".to_owned(),
        ..form()
    };
    Story::begin(&about_staff, &by_web(), "2026-06-09 09:15")
}

/// Reads personal data, decides nothing.
fn protector() -> Person {
    person(
        20,
        "Oliver Tran",
        "Data Protection Officer",
        &[Role::DataProtectionOfficer],
    )
}

fn about(people: &[Person]) -> StaffNamed {
    StaffNamed {
        people: people.iter().map(|person| person.id).collect(),
        others: None,
    }
}

fn somebody_else() -> StaffNamed {
    StaffNamed {
        people: Vec::new(),
        others: Some("The man at the desk on Monday night".to_owned()),
    }
}

/// Judged by Ruth as a complaint about these people, and given to somebody at stage 1.
fn given(to: &Person, named: &StaffNamed) -> Result<Story<'static>, Refused> {
    let mut story = ticked().letters_arrive();
    let judgement = judged_for(to);
    story.try_act(&ruth(), |case, setting| {
        named_and_triaged(case, (named, &judgement), &ruth(), setting)
    })?;
    Ok(story)
}

fn sees(case: &Case, who: &Person) -> Option<Sight> {
    sight(&Guard::of(case), who)
}

/// The names of those who see the whole case, of everybody who works here.
fn readers(case: &Case) -> Vec<String> {
    let all = everybody().into_iter().chain([protector()]);
    all.filter(|person| sees(case, person) == Some(Sight::Whole))
        .map(|person| person.name)
        .collect()
}

#[test]
fn a_tick_restricts_a_case_from_the_moment_it_arrives() {
    assert_eq!(Story::received().case.lane, Lane::Open);
    let story = ticked();
    assert_eq!(story.case.lane, Lane::Restricted);
    // Robin is a coordinator among other things.
    assert_eq!(
        readers(&story.case),
        ["Ruth Abara", "Helen Marsh", "Robin Castle", "Oliver Tran"]
    );
    assert_eq!(
        sees(&story.case, &iris()),
        Some(Sight::Outline),
        "an auditor sees when and where, and no word"
    );
    for other in [amara(), jo(), marcus(), dana(), samir()] {
        assert_eq!(sees(&story.case, &other), None, "{}", other.name);
    }
}

#[test]
fn triage_asks_whom_it_is_about_and_gives_it_to_none_of_them() {
    let story = ticked();
    let refused = story.refused(|case, setting| triage(case, &judged_for(&marcus()), &ruth(), setting));
    assert_eq!(
        refused.to_string(),
        "Say whom of staff it is about: choose them, or describe them"
    );

    let refused = given(&marcus(), &about(&[marcus()])).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "This complaint is about Marcus Bell, so Marcus has no part in it. Choose someone else."
    );
    let refused = given(&amara(), &about(&[jo()])).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Amara Osei cannot work on a complaint about a member of staff at Stage 1: frontline resolution. \
         Choose a frontline manager or a complaints coordinator."
    );

    let story = given(&marcus(), &about(&[jo()])).unwrap();
    assert_eq!(story.case.owner, Some(marcus().id));
    assert_eq!(story.case.named.people, [jo().id]);
    assert_eq!(
        readers(&story.case),
        [
            "Marcus Bell",
            "Ruth Abara",
            "Helen Marsh",
            "Robin Castle",
            "Oliver Tran"
        ]
    );
    assert_eq!(sees(&story.case, &jo()), None);
}

#[test]
fn somebody_who_is_described_counts_as_named() {
    let story = given(&marcus(), &somebody_else()).unwrap();
    assert!(!story.case.named.is_empty());
    let nobody = StaffNamed {
        people: Vec::new(),
        others: Some("  ".to_owned()),
    };
    assert!(given(&marcus(), &nobody).is_err());
}

#[test]
fn whoever_is_named_has_no_part_in_it_whatever_their_roles() {
    // Robin coordinates, investigates, reviews and signs off; the complaint is about Robin.
    let story = given(&ruth(), &about(&[robin()])).unwrap();
    let case = &story.case;
    assert_eq!(sees(case, &robin()), None);
    let conflict = |refused: Refused| {
        assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
        assert!(
            refused.to_string().starts_with("This complaint is about Robin Castle"),
            "{refused}"
        );
    };
    conflict(story.refused(|case, setting| assign(case, &robin(), None, &ruth(), setting)));
    conflict(story.refused(|case, setting| {
        decide::decide(case, story.decision(), &decide::Telling::InWriting, &robin(), setting)
    }));
    conflict(story.refused(|case, setting| extend::extend(case, &more_time(), &robin(), setting)));
    let stage_2 = house().procedure.stage_number(2).unwrap();
    conflict(check_owner(case, &robin(), stage_2).unwrap_err());
    conflict(check_owner(case, &robin(), first_stage(&house().procedure)).unwrap_err());

    let asked = decided_by(story, &ruth()).asks_for_stage_2();
    conflict(asked.refused(|case, setting| escalate::accept(case, &dana(), None, &robin(), setting)));
    conflict(asked.refused(|case, setting| escalate::accept(case, &robin(), None, &helen(), setting)));
    conflict(asked.refused(|case, setting| escalate::refuse(case, "Nothing new", &robin(), setting)));

    let waiting = asked
        .act(&helen(), |case, setting| {
            escalate::accept(case, &dana(), None, &helen(), setting)
        })
        .letters_arrive()
        .drafted();
    let version = waiting.case.draft().unwrap().version;
    conflict(
        waiting.refused(|case, setting| {
            sign_off::approve(case, &testkit::words::version(version), None, &robin(), setting)
        }),
    );
    conflict(waiting.refused(|case, _| sign_off::send_back(case, version, "Softer", &robin())));
}

fn more_time() -> extend::MoreTime {
    extend::MoreTime {
        new_due_on: day("2026-06-15"),
        reason_code: Some("person_away".to_owned()),
        reason: "The only witness is on leave until Monday.".to_owned(),
    }
}

fn decided_by(story: Story<'static>, who: &Person) -> Story<'static> {
    let decision = story.decision();
    story
        .act(who, |case, setting| {
            decide::decide(case, decision, &decide::Telling::InWriting, who, setting)
        })
        .letters_arrive()
}

#[test]
fn senior_management_sees_it_only_while_a_letter_waits_for_them() {
    let story = ticked().letters_arrive();
    let mut judgement = judged_for(&dana());
    judgement.risk.needs_investigation = true;
    judgement.risk.reason = Some("Two people were there".to_owned());
    let story = story
        .act(&ruth(), |case, setting| {
            named_and_triaged(case, (&about(&[jo()]), &judgement), &ruth(), setting)
        })
        .letters_arrive();
    assert_eq!(sees(&story.case, &samir()), None);
    let waiting = story.drafted();
    assert_eq!(sees(&waiting.case, &samir()), Some(Sight::Whole));
    assert_eq!(sees(&waiting.case, &owen()), None, "another investigator");
    let signed = waiting.signed_off();
    assert_eq!(sees(&signed.case, &samir()), None);
    assert_eq!(
        sees(&signed.letters_arrive().case, &dana()),
        Some(Sight::Whole),
        "who dealt with it keeps it"
    );
}

#[test]
fn a_letter_written_by_somebody_who_is_named_later_is_not_approved() {
    let story = Story::received().at_stage_2().drafted();
    let story = story.act(&ruth(), |case, setting| {
        restrict(case, &restriction(&about(&[dana()]), Some(&owen())), &ruth(), setting)
    });
    assert_eq!(story.case.owner, Some(owen().id));
    let version = story.case.draft().unwrap().version;
    let refused = story
        .refused(|case, setting| sign_off::approve(case, &testkit::words::version(version), None, &samir(), setting));
    assert_eq!(
        refused.to_string(),
        "This letter was written by somebody whom the complaint is about. Send it back: somebody else must decide."
    );
    let back = story.act(&samir(), |case, _| {
        sign_off::send_back(case, version, "Owen decides", &samir())
    });
    let decision = back.decision();
    let refused = back.refused(|case, setting| submit(case, decision, AskSignOff::Yes, &dana(), setting));
    assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
    let decision = back.decision();
    assert!(
        back.clone()
            .prepared(&owen())
            .try_act(&owen(), |case, setting| submit(
                case,
                decision,
                AskSignOff::Yes,
                &owen(),
                setting
            ))
            .is_ok()
    );
}

fn restriction(named: &StaffNamed, to: Option<&Person>) -> Restriction {
    Restriction {
        reason: "It is about the person at the desk".to_owned(),
        named: named.clone(),
        to: to.cloned(),
    }
}

#[test]
fn its_owner_or_who_may_triage_restricts_a_case_at_any_time() {
    let story = Story::received().at_stage_1();
    for by in [amara(), marcus(), ruth(), helen()] {
        assert_eq!(can_restrict(&story.case, &by), Ok(()), "{}", by.name);
    }
    let refused = can_restrict(&story.case, &jo()).unwrap_err().to_string();
    assert!(
        refused.starts_with("Only its owner can restrict this case, or a frontline manager"),
        "{refused}"
    );
    for by in [iris(), samir()] {
        assert!(
            matches!(can_restrict(&story.case, &by), Err(Refused::NotAllowed { .. })),
            "{}",
            by.name
        );
    }

    let refused = story.refused(|case, setting| {
        let silent = Restriction {
            reason: " ".to_owned(),
            ..restriction(&about(&[jo()]), Some(&marcus()))
        };
        restrict(case, &silent, &amara(), setting)
    });
    assert_eq!(refused.to_string(), "Say why it is about a member of staff");
    let refused = story.refused(|case, setting| {
        restrict(
            case,
            &restriction(&StaffNamed::default(), Some(&marcus())),
            &amara(),
            setting,
        )
    });
    assert_eq!(
        refused.to_string(),
        "Say whom of staff it is about: choose them, or describe them"
    );
    let refused = story.refused(|case, setting| restrict(case, &restriction(&about(&[jo()]), None), &amara(), setting));
    assert_eq!(refused.to_string(), "Choose who deals with it from now on");
    let refused =
        story.refused(|case, setting| restrict(case, &restriction(&about(&[jo()]), Some(&amara())), &amara(), setting));
    assert!(
        refused
            .to_string()
            .starts_with("Amara Osei cannot work on a complaint about a member of staff")
    );

    let due = story.decision_on();
    let story = story.act(&amara(), |case, setting| {
        restrict(case, &restriction(&about(&[jo()]), Some(&marcus())), &amara(), setting)
    });
    assert_eq!(
        story.kinds().last_chunk(),
        Some(&["lane.restricted", "staff.named", "case.assigned"])
    );
    assert_eq!(sees(&story.case, &amara()), None, "the Helpline keeps none of it");
    assert_eq!(sees(&story.case, &marcus()), Some(Sight::Whole));
    assert_eq!(story.decision_on(), due, "no time is gained or lost");
    assert_eq!(
        can_restrict(&story.case, &ruth()).unwrap_err().to_string(),
        "This case is restricted already."
    );
}

#[test]
fn what_nobody_works_on_is_restricted_without_naming_anybody_yet() {
    let story = Story::received().act(&marcus(), |case, setting| {
        restrict(case, &restriction(&StaffNamed::default(), None), &marcus(), setting)
    });
    assert_eq!(sees(&story.case, &marcus()), None, "a coordinator takes it from here");
    let closed = Story::received().at_stage_1().decided().letters_arrive();
    let closed = closed.act(&ruth(), |case, setting| {
        restrict(case, &restriction(&about(&[amara()]), None), &ruth(), setting)
    });
    assert_eq!(sees(&closed.case, &amara()), None);
}

#[test]
fn a_case_is_opened_by_the_coordinator_once_nobody_of_staff_is_named() {
    let story = given(&marcus(), &about(&[jo()])).unwrap();
    let refused = story.refused(|case, _| open(case, "It is about the queue", &ruth()));
    assert!(
        refused
            .to_string()
            .starts_with("Somebody of staff is named in this case."),
        "{refused}"
    );
    for by in [helen(), marcus()] {
        let refused = ticked().refused(|case, _| open(case, "It is about the queue", &by));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{}", by.name);
    }
    let naming = Naming {
        named: StaffNamed::default(),
        to: Some(marcus()),
    };
    let corrected = story.act(&ruth(), |case, setting| name(case, &naming, &ruth(), setting));
    let refused = corrected.refused(|case, _| open(case, "", &ruth()));
    assert_eq!(refused.to_string(), "Say why nobody of staff is complained about");
    let opened = corrected.act(&ruth(), |case, _| open(case, "It is about the queue", &ruth()));
    assert_eq!(sees(&opened.case, &amara()), Some(Sight::Whole));
    assert_eq!(opened.case.lane, Lane::Open);
}

#[test]
fn naming_the_owner_takes_the_case_from_them() {
    let story = given(&marcus(), &somebody_else()).unwrap();
    let rename = |to: Option<Person>| {
        let naming = Naming {
            named: about(&[marcus()]),
            to,
        };
        move |case: &Case, setting: &Setting<'_>| -> Result<Change, Refused> { name(case, &naming, &ruth(), setting) }
    };
    assert_eq!(
        story.refused(rename(Some(marcus()))).to_string(),
        "This complaint is about Marcus Bell, so Marcus has no part in it. Choose someone else."
    );
    assert_eq!(
        story.refused(rename(None)).to_string(),
        "Choose who deals with it from now on"
    );
    let story = story.act(&ruth(), rename(Some(ruth())));
    assert_eq!(story.case.owner, Some(ruth().id));
    assert_eq!(sees(&story.case, &marcus()), None);
    let refused = story.refused(|case, setting| {
        let naming = Naming {
            named: somebody_else(),
            to: Some(ruth()),
        };
        name(case, &naming, &marcus(), setting)
    });
    assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused}");
}

#[test]
fn more_time_for_a_restricted_case_is_granted_by_somebody_who_can_see_it() {
    let mut story = given(&marcus(), &about(&[jo()])).unwrap();
    story = story.act(&ruth(), |case, setting| assign(case, &ruth(), None, &ruth(), setting));
    let granted = story.act(&ruth(), |case, setting| {
        extend::extend(case, &more_time(), &ruth(), setting)
    });
    assert_eq!(
        granted.decision_on(),
        day("2026-06-15"),
        "Marcus, whom the procedure names, cannot see it"
    );
    let open = Story::received().at_stage_1().act(&ruth(), |case, setting| {
        extend::extend(case, &more_time(), &ruth(), setting)
    });
    assert_eq!(open.decision_on(), day("2026-06-12"), "an open case waits for Marcus");
    let of = |story: &Story<'_>| awaited(&story.case, &story.setting()).map(|awaited| awaited.of.code());
    assert_eq!(of(&open).as_deref(), Some(Role::FrontlineManager.code()));
    let shut = open.act(&ruth(), |case, setting| {
        restrict(case, &restriction(&about(&[jo()]), Some(&ruth())), &ruth(), setting)
    });
    assert_eq!(
        of(&shut).as_deref(),
        Some(Role::ComplaintsCoordinator.code()),
        "asked of somebody who sees it"
    );
}

#[test]
fn a_restricted_case_that_is_taken_up_again_is_with_whoever_took_it_up() {
    let closed = Story::received().at_stage_1().decided().letters_arrive();
    let closed = closed.act(&ruth(), |case, setting| {
        restrict(case, &restriction(&about(&[amara()]), None), &ruth(), setting)
    });
    let story = closed.act(&ruth(), |case, setting| {
        testkit::reopen(case, "There is a recording", &ruth(), setting)
    });
    assert_eq!(
        story.case.owner,
        Some(ruth().id),
        "not with Amara, who had it and whom it is about"
    );
}

#[test]
fn one_look_an_hour_is_kept_and_none_of_an_open_case() {
    let story = given(&marcus(), &about(&[jo()])).unwrap();
    let mut story = story.on("2026-06-09 10:00");
    let view = |story: &Story<'_>, who: &Person, saw| look(&story.case, &story.history, (who.id, saw), story.now);
    let first = view(&story, &marcus(), Sight::Whole).unwrap();
    assert_eq!(first.kind(), "record.viewed");
    story.append(first, Actor::Staff(marcus().id));
    assert_eq!(
        view(&story.clone().on("2026-06-09 10:59"), &marcus(), Sight::Whole),
        None
    );
    assert!(view(&story.clone().on("2026-06-09 11:00"), &marcus(), Sight::Whole).is_some());
    assert!(
        view(&story, &ruth(), Sight::Whole).is_some(),
        "everybody for themselves"
    );

    let outline = view(&story, &iris(), Sight::Outline).unwrap();
    story.append(outline, Actor::Staff(iris().id));
    assert_eq!(view(&story, &iris(), Sight::Outline), None);
    assert!(
        view(&story, &iris(), Sight::Whole).is_some(),
        "more than before is a look of its own"
    );

    let open = Story::received().at_stage_1();
    assert_eq!(view(&open, &amara(), Sight::Whole), None);
    assert_eq!(at("2026-06-09 10:00"), story.now);
}

/// Whether a list that reaches so far holds a case: what the queries of the store do.
fn within(reach: Reach, guard: &Guard) -> bool {
    let own = guard.owner == Some(reach.of);
    let beyond = match reach.beyond {
        Beyond::Nothing => false,
        Beyond::Own => own,
        Beyond::WaitingLetters => guard.letter_waits,
        Beyond::OwnAndWaitingLetters => own || guard.letter_waits,
        Beyond::AllWithWords => true,
        Beyond::All => return guard.lane == Lane::Open || !guard.named.contains(&reach.of),
    };
    let beyond = beyond && guard.lane != Lane::Sealed;
    guard.lane == Lane::Open || (beyond && !guard.named.contains(&reach.of))
}

#[test]
fn lists_reach_exactly_as_far_as_the_rule_shows() {
    let mut people: Vec<Person> = everybody().into_iter().chain([protector()]).collect();
    people.push(person(
        21,
        "Kit Lane",
        "Manager",
        &[Role::Investigator, Role::SignOffAuthority],
    ));
    people.push(person(
        22,
        "Bo Sand",
        "Auditor",
        &[Role::Auditor, Role::FrontlineManager],
    ));
    let mut looked = 0;
    for who in people
        .iter()
        .filter(|who| rules::people::may(who, rules::people::Act::SeeCases))
    {
        for lane in Lane::ALL {
            for owner in [None, Some(who.id), Some(jo().id)] {
                for letter_waits in [false, true] {
                    for named in [vec![], vec![who.id], vec![dana().id]] {
                        let guard = Guard {
                            lane: *lane,
                            owner,
                            letter_waits,
                            named,
                        };
                        let seen = sight(&guard, who);
                        assert_eq!(within(reach(who), &guard), seen.is_some(), "{} and {guard:?}", who.name);
                        let whole = seen == Some(Sight::Whole);
                        assert_eq!(within(reach_of_words(who), &guard), whole, "{} and {guard:?}", who.name);
                        looked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(looked, 54 * 13, "thirteen people see cases");
}

#[test]
fn the_helpline_is_given_no_restricted_case_and_a_reader_of_packs_sees_none() {
    assert!(!may_be_given(&amara()));
    assert!(may_be_given(&marcus()) && may_be_given(&dana()) && may_be_given(&robin()));
    let owned = Guard {
        lane: Lane::Restricted,
        owner: Some(amara().id),
        letter_waits: true,
        named: Vec::new(),
    };
    assert_eq!(sight(&owned, &amara()), None);
    assert_eq!(sight(&owned, &testkit::people::grace()), None);
    assert_eq!(sight(&owned, &testkit::people::tom()), None);
}
