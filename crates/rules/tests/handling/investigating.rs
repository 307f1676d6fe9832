//! Before the letter: the points are agreed, conflicts declared, a plan made, evidence and interviews kept, findings written; and what of it
//! must be there before anything is sent (R71, R72, P26, P33).

use rules::case::event::{
    EvidenceAdded, EvidenceSight, FindingRecorded, InterviewHeld, NotesConfirmed, PlanLineAdded, PlanLineSettled,
    PointSetAside,
};
use rules::case::investigation::Agreed;
use rules::case::vocabulary::Outcome;
use rules::case::{AttachedFile, Event, Recorded, Refused, State};
use rules::confidential::{RecordViewed, Sight};
use rules::deadlines::{Duty, clock_of_line};
use rules::files::{Brought, FileName, Kind, SeenBy};
use rules::handling::attach::attach;
use rules::handling::awaited::{Asked, Question, awaited};
use rules::handling::draft::{self, AskSignOff};
use rules::handling::triage::assign;
use rules::handling::{contact, sign_off};
use rules::investigation::evidence::With;
use rules::investigation::points::Saying;
use rules::investigation::task::{Standing, Task, next_task, tasks};
use rules::investigation::{conflict, evidence, findings, interview, letter, plan, points, sight};
use rules::letters::LetterKind;
use rules::people::{Actor, Person, Role};
use testkit::investigated::{agreed, conversation, finding, item, line};
use testkit::people::{amara, dana, helen, owen, ruth, samir};
use testkit::{House, Story, at, day};

/// Dana investigates since Tuesday 9 June; the decision is due on Tuesday 7 July.
fn story() -> Story<'static> {
    Story::received().at_stage_2()
}

/// A house whose procedure asks for these tasks of an investigation and no others.
fn asking_for(tasks: &str) -> House {
    let text = testkit::house::procedure_text();
    House::with(&text.replace("\"conflict_declared\", \"points_agreed\", ", tasks))
}

/// The same story there.
fn story_in(house: &House) -> Story<'_> {
    let (form, by_web) = (testkit::words::form(), testkit::words::by_web());
    Story::begin_in(house, &form, &by_web, testkit::story::TUESDAY).at_stage_2()
}

fn sent(story: Story<'static>) -> Story<'static> {
    story.act(&dana(), |case, setting| {
        points::send(
            case,
            day("2026-06-16"),
            Some("The library has the noise."),
            &dana(),
            setting,
        )
    })
}

fn answers(story: Story<'static>, saying: &Saying) -> Story<'static> {
    story.complainant(|case, setting| points::answer(case, saying, 1, setting))
}

fn standing(story: &Story<'_>, task: Task) -> Standing {
    let now = tasks(&story.case, &story.setting())
        .into_iter()
        .find(|now| now.task == task);
    now.unwrap().standing
}

fn submitting(story: &Story<'static>) -> Result<(), Refused> {
    let decision = story.decision();
    story.clone().try_act(&dana(), |case, setting| {
        draft::submit(case, decision, AskSignOff::AsRulesSay, &dana(), setting)
    })
}

#[test]
fn nothing_is_sent_before_what_the_procedure_asks_for_and_the_refusal_says_what() {
    let story = story();
    assert_eq!(
        submitting(&story).unwrap_err().to_string(),
        "Before this can be sent: agree the points with the person; say whether you have a conflict of interest."
    );
    let story = story.act(&dana(), |case, setting| conflict::declare(case, None, &dana(), setting));
    assert_eq!(
        submitting(&story).unwrap_err().to_string(),
        "Before this can be sent: agree the points with the person."
    );
    let story = answers(sent(story), &Saying::Agree);
    assert_eq!(submitting(&story), Ok(()));
}

#[test]
fn a_procedure_that_asks_for_no_task_is_as_it_was() {
    let older = asking_for("");
    let story = story_in(&older);
    let decision = story.decision();
    let story = story.act(&dana(), |case, setting| {
        draft::submit(case, decision, AskSignOff::AsRulesSay, &dana(), setting)
    });
    assert!(matches!(story.case.state, State::Decided(..)));
}

#[test]
fn a_procedure_can_ask_for_plan_evidence_and_interviews() {
    let strict = asking_for(
        "\"conflict_declared\", \"points_agreed\", \"plan_made\", \"evidence_recorded\", \"interviews_recorded\", ",
    );
    let mut story = story_in(&strict).prepared(&dana());
    let decision = story.decision();
    let submit = |story: &mut Story<'_>| {
        story.try_act(&dana(), |case, setting| {
            draft::submit(case, decision.clone(), AskSignOff::AsRulesSay, &dana(), setting)
        })
    };
    assert_eq!(
        submit(&mut story).unwrap_err().to_string(),
        "Before this can be sent: make a plan; record the evidence, or that none is needed; record the interviews, or that none is needed."
    );
    let mut story = story
        .act(&dana(), |case, setting| plan::add(case, &line(), &dana(), setting))
        .act(&dana(), |case, setting| {
            evidence::not_needed(case, "Nothing is disputed", &dana(), setting)
        })
        .act(&dana(), |case, setting| {
            interview::not_needed(case, "The log says it all", &dana(), setting)
        });
    submit(&mut story).unwrap();
    let story = story.letters_arrive();
    assert!(!story.case.is_open(), "it closes by itself as ever");
}

#[test]
fn the_points_go_out_in_a_letter_and_the_complainant_agrees() {
    let story = sent(story());
    assert_eq!(story.owed(), [LetterKind::PointsToAgree]);
    assert_eq!(story.letters[0].body, "The library has the noise.");
    assert!(
        matches!(standing(&story, Task::Points), Standing::InProgress(words) if words.contains("Tuesday 16 June 2026"))
    );
    let story = answers(story.on("2026-06-10 20:00"), &Saying::Agree);
    let Standing::Done(done) = standing(&story, Task::Points) else {
        panic!()
    };
    assert_eq!((done.by, done.at), (Actor::Complainant, at("2026-06-10 20:00")));
    let refused = story.refused(|case, setting| points::answer(case, &Saying::Agree, 1, setting));
    assert!(refused.to_string().contains("not waiting for an answer"), "{refused}");
}

#[test]
fn what_they_correct_is_taken_in_before_it_counts() {
    let story = answers(sent(story()), &Saying::Correct(" It dropped six times ".to_owned()));
    assert!(
        matches!(story.case.investigation.agreement.standing(), Agreed::ToTakeIn(words) if words.words == "It dropped six times")
    );
    assert!(
        story.case.message_waits(),
        "it is words of theirs that somebody must read"
    );
    assert!(submitting(&story).is_err());
    let reworded = story.clone().act(&dana(), |case, setting| {
        points::reword(case, 1, "The Wi-Fi dropped six times", &dana(), setting)
    });
    assert!(matches!(standing(&reworded, Task::Points), Standing::Done(_)));
    assert!(!reworded.case.message_waits());
    // Or the words stay, with a reason.
    let kept = story.act(&dana(), |case, setting| {
        points::go_on(case, "The log has four", &dana(), setting)
    });
    assert!(matches!(standing(&kept, Task::Points), Standing::Done(_)));
}

#[test]
fn an_answer_is_to_the_points_that_were_read() {
    let story = sent(story());
    let story = story.act(&dana(), |case, _| contact::point(case, "Nobody called back", &dana()));
    let refused = story.refused(|case, setting| points::answer(case, &Saying::Agree, 1, setting));
    assert!(
        refused.to_string().contains("not waiting"),
        "the points are others now: {refused}"
    );
    let again = sent(story);
    let refused = again.refused(|case, setting| points::answer(case, &Saying::Agree, 1, setting));
    assert!(refused.to_string().contains("anew"), "{refused}");
    let agreed = again.complainant(|case, setting| points::answer(case, &Saying::Agree, 2, setting));
    assert!(matches!(standing(&agreed, Task::Points), Standing::Done(_)));
    // A point that comes later is not among what they agreed to.
    let later = agreed.act(&dana(), |case, _| contact::point(case, "And the printer", &dana()));
    assert_eq!(later.case.investigation.agreement.standing(), Agreed::Changed);
    assert!(submitting(&later).is_err());
}

#[test]
fn nobody_waits_for_ever_for_an_answer() {
    let go_on = |story: &Story<'static>| {
        story.clone().try_act(&dana(), |case, setting| {
            points::go_on(case, "No answer came", &dana(), setting)
        })
    };
    let story = story();
    assert!(
        go_on(&story)
            .unwrap_err()
            .to_string()
            .contains("Write the points to them first")
    );
    let story = sent(story).on("2026-06-16 23:59");
    assert!(
        go_on(&story)
            .unwrap_err()
            .to_string()
            .contains("until the end of Tuesday 16 June 2026")
    );
    let story = story.on("2026-06-17 00:00");
    assert_eq!(go_on(&story), Ok(()));
    let refused = story.refused(|case, setting| points::go_on(case, " ", &dana(), setting));
    assert!(
        matches!(&refused, Refused::Fields { fields } if fields[0].field == "go_on"),
        "{refused}"
    );
    // On the day of the decision there is nothing left to wait for, asked or not.
    assert_eq!(go_on(&self::story().on("2026-07-07 09:00")), Ok(()));
    assert!(go_on(&self::story().on("2026-07-06 09:00")).is_err());
}

#[test]
fn what_was_said_on_the_phone_counts_with_its_day() {
    let story = story().on("2026-06-10 09:00");
    let said = |on: &str| {
        let said = agreed(day(on));
        story
            .clone()
            .try_act(&dana(), |case, setting| points::heard(case, &said, &dana(), setting))
    };
    assert!(said("2026-06-08").is_err(), "before the complaint");
    assert!(said("2026-06-11").is_err(), "to come");
    assert_eq!(said("2026-06-09"), Ok(()));
}

#[test]
fn the_day_for_an_answer_lies_between_today_and_the_decision() {
    let story = story();
    let send = |on: &str| {
        story.clone().try_act(&dana(), |case, setting| {
            points::send(case, day(on), None, &dana(), setting)
        })
    };
    assert!(send("2026-06-09").is_err());
    assert_eq!(send("2026-06-10"), Ok(()));
    assert_eq!(send("2026-07-07"), Ok(()));
    assert!(
        send("2026-07-08")
            .unwrap_err()
            .to_string()
            .contains("Tuesday 7 July 2026")
    );
    assert_eq!(
        points::usual_answer_by(&story.case, &story.setting()),
        day("2026-06-16")
    );
    let late = story.on("2026-07-06 09:00");
    assert_eq!(points::usual_answer_by(&late.case, &late.setting()), day("2026-07-07"));
}

#[test]
fn a_point_is_set_aside_with_a_reason_and_never_the_last() {
    let aside = |number, with| PointSetAside {
        number,
        with,
        because: "It is the same call".to_owned(),
    };
    let set = |story: &Story<'static>, aside: PointSetAside| {
        story.clone().try_act(&dana(), |case, setting| {
            points::set_aside(case, &aside, &dana(), setting)
        })
    };
    let story = story();
    assert!(
        set(&story, aside(1, None))
            .unwrap_err()
            .to_string()
            .contains("only point left")
    );
    let story = story.act(&dana(), |case, _| contact::point(case, "Nobody called back", &dana()));
    for wrong in [
        aside(3, None),
        aside(2, Some(2)),
        aside(2, Some(3)),
        PointSetAside {
            because: String::new(),
            ..aside(2, None)
        },
    ] {
        assert!(set(&story, wrong.clone()).is_err(), "{wrong:?}");
    }
    let story = story.act(&dana(), |case, setting| {
        points::set_aside(case, &aside(2, Some(1)), &dana(), setting)
    });
    assert_eq!(story.case.points.len(), 2, "it stays on record");
    let numbers: Vec<u32> = story.case.points_to_answer().map(|point| point.number).collect();
    assert_eq!(numbers, [1]);
    assert_eq!(
        submitting(&story.clone().prepared(&dana())),
        Ok(()),
        "only what is to be answered is asked for"
    );
    let mut decision = story.decision();
    decision.points.push(rules::case::PointDecision {
        number: 2,
        outcome: Outcome::Upheld,
        finding: "Yes".to_owned(),
    });
    let refused = story
        .prepared(&dana())
        .refused(|case, setting| draft::submit(case, decision, AskSignOff::AsRulesSay, &dana(), setting));
    assert!(refused.to_string().contains("there is no other point 2"), "{refused}");
}

#[test]
fn a_conflict_stops_the_investigation_until_a_coordinator_has_said_what_follows() {
    let story = story().act(&dana(), |case, setting| {
        conflict::declare(case, Some("I led the team until March"), &dana(), setting)
    });
    let asked = awaited(&story.case, &story.setting()).unwrap();
    assert_eq!(
        (asked.question, asked.of),
        (Question::Conflict, Asked::Role(Role::ComplaintsCoordinator))
    );
    let refused = story.refused(|case, setting| evidence::add(case, &item(), With::Words, &dana(), setting));
    assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
    assert!(matches!(submitting(&story), Err(Refused::Conflict(_))));
    assert!(matches!(standing(&story, Task::Evidence), Standing::Blocked(_)));
    // Nobody sets aside a conflict of their own, whatever roles they have.
    let both = Person {
        roles: [Role::Investigator, Role::ComplaintsCoordinator].into(),
        ..dana()
    };
    let refused = story.refused(|case, setting| conflict::set_aside(case, "Long ago", &both, setting));
    assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
    for not_asked in [amara(), samir()] {
        let refused = story.refused(|case, setting| conflict::set_aside(case, "Long ago", &not_asked, setting));
        assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused}");
    }
    let overridden = story.clone().act(&ruth(), |case, setting| {
        conflict::set_aside(case, "It is another team now", &ruth(), setting)
    });
    assert_eq!(awaited(&overridden.case, &overridden.setting()), None);
    assert!(matches!(standing(&overridden, Task::Conflict), Standing::Done(_)));
    // Or the case goes to somebody else, who declares anew.
    let passed = story.act(&ruth(), |case, setting| assign(case, &owen(), None, &ruth(), setting));
    assert_eq!(awaited(&passed.case, &passed.setting()), None);
    assert_eq!(standing(&passed, Task::Conflict), Standing::NotStarted);
}

#[test]
fn a_procedure_that_asks_for_no_declaration_still_stops_for_a_conflict() {
    let older = asking_for("");
    let story = story_in(&older).act(&dana(), |case, setting| {
        conflict::declare(case, Some("My brother"), &dana(), setting)
    });
    let decision = story.decision();
    let refused = story.refused(|case, setting| draft::submit(case, decision, AskSignOff::Yes, &dana(), setting));
    assert!(matches!(refused, Refused::Conflict(_)), "{refused}");
}

#[test]
fn a_plan_fits_before_the_decision_and_reminds_on_its_own() {
    let story = story();
    let add = |by_on: &str| {
        let line = PlanLineAdded {
            by_on: day(by_on),
            ..line()
        };
        story
            .clone()
            .try_act(&dana(), |case, setting| plan::add(case, &line, &dana(), setting))
    };
    assert!(add("2026-06-08").is_err());
    assert!(
        add("2026-07-08")
            .unwrap_err()
            .to_string()
            .contains("Tuesday 7 July 2026")
    );
    assert_eq!(add("2026-07-07"), Ok(()));
    let mut story = story.act(&dana(), |case, setting| plan::add(case, &line(), &dana(), setting));
    let warned = |events: &[Event]| {
        events
            .iter()
            .filter(|event| matches!(event, Event::ClockWarned(passed) if passed.clock == clock_of_line(1)))
            .count()
    };
    story = story.on("2026-06-16 12:00");
    assert_eq!(warned(&story.look_at_clocks()), 0);
    story = story.on("2026-06-17 00:00");
    assert_eq!(warned(&story.look_at_clocks()), 1, "on the working day before");
    story = story.on("2026-06-18 00:00");
    assert_eq!(warned(&story.look_at_clocks()), 1, "on the day");
    story = story.on("2026-06-19 09:00");
    let late = story.look_at_clocks();
    assert!(
        !late.iter().any(|event| matches!(event, Event::ClockBreached(_))),
        "it was promised to nobody: {late:?}"
    );
    let done = PlanLineSettled {
        number: 1,
        dropped: None,
    };
    let story = story.act(&dana(), |case, setting| plan::settle(case, &done, &dana(), setting));
    assert!(matches!(standing(&story, Task::Plan), Standing::Done(_)));
    assert_eq!(story.date(Duty::PlanLine), None);
    assert!(
        story
            .clone()
            .try_act(&dana(), |case, setting| plan::settle(case, &done, &dana(), setting))
            .is_err()
    );
}

#[test]
fn an_investigation_is_reminded_of_on_days_10_15_18_and_19_and_on_the_last_afternoon() {
    let story = Story::received().at_stage_2();
    let due = story.date(Duty::Decision).unwrap();
    let calendar = story.house.setting(story.now).calendar;
    let working_day = |n| calendar.add_working_days(day("2026-06-09"), n).unwrap();
    let local = |at: jiff::Timestamp| calendar.time_zone().to_datetime(at).date();
    let days: Vec<_> = due.warn_at.iter().map(|at| local(*at)).collect();
    assert_eq!(days, [10, 15, 18, 19, 20].map(working_day));
    // The watch gives each of them.
    let mut story = story;
    for at in due.warn_at {
        story.now = at;
        let said = story.look_at_clocks();
        assert!(
            said.iter()
                .any(|event| matches!(event, Event::ClockWarned(passed) if passed.clock == "stage_2")),
            "{at}"
        );
    }
}

fn a_file(name: &str) -> Brought {
    Brought {
        id: "00112233445566778899aabbccddeeff".to_owned(),
        name: FileName::of(name),
        size: 10,
        kind: Kind::Text,
        sha256: "a".repeat(64),
        stored_sha256: "b".repeat(64),
        scanned: rules::files::Scanned::default(),
    }
}

fn with_file(story: Story<'static>, item: &EvidenceAdded) -> (Story<'static>, AttachedFile) {
    let story = story.act(&dana(), |case, setting| {
        attach(
            evidence::add(case, item, With::Files, &dana(), setting)?,
            &[a_file("restarts.txt")],
            case.sequence,
        )
    });
    let file = story.case.files.last().unwrap().clone();
    (story, file)
}

#[test]
fn evidence_is_seen_by_those_whom_it_is_for_and_never_by_the_complainant() {
    for (seen_by, kept, everybody) in [
        (EvidenceSight::Investigation, SeenBy::Investigation, false),
        (EvidenceSight::Case, SeenBy::Staff, true),
        (EvidenceSight::Quotable, SeenBy::Staff, true),
    ] {
        let (story, file) = with_file(story(), &EvidenceAdded { seen_by, ..item() });
        assert_eq!(file.file.seen_by, kept);
        assert!(!file.is_theirs_too());
        for (who, sees) in [
            (dana(), true),
            (ruth(), true),
            (amara(), everybody),
            (samir(), everybody),
        ] {
            assert_eq!(
                sight::may_open(&story.case, &file, &who),
                sees,
                "{} of {seen_by}",
                who.name
            );
        }
        // What was set aside is for those who investigate, whatever it was before.
        let aside = story.act(&dana(), |case, setting| {
            evidence::set_aside(case, 1, "The wrong day", &dana(), setting)
        });
        assert!(!sight::may_open(&aside.case, &file, &amara()));
        assert!(sight::may_open(&aside.case, &file, &dana()));
    }
}

#[test]
fn files_of_an_interview_are_seen_by_those_who_may_read_its_notes() {
    for (seen_by, kept, everybody) in [
        (EvidenceSight::Investigation, SeenBy::Investigation, false),
        (EvidenceSight::Case, SeenBy::Staff, true),
        (EvidenceSight::Quotable, SeenBy::Staff, true),
    ] {
        // Signed notes say it all; nobody has to type them again.
        let held = InterviewHeld {
            seen_by,
            notes: String::new(),
            ..conversation()
        };
        let refused = story().refused(|case, setting| interview::hold(case, &held, With::Words, &dana(), setting));
        assert!(refused.to_string().contains("or choose a file"), "{refused}");
        let story = story().act(&dana(), |case, setting| {
            let change = interview::hold(case, &held, With::Files, &dana(), setting)?;
            attach(change, &[a_file("signed-by-nadia.txt")], case.sequence)
        });
        let file = story.case.files.last().unwrap();
        assert_eq!(file.file.seen_by, kept);
        assert_eq!(file.file.came_with, story.case.investigation.interviews[0].sequence);
        assert!(!file.is_theirs_too());
        for (who, sees) in [
            (dana(), true),
            (ruth(), true),
            (amara(), everybody),
            (samir(), everybody),
        ] {
            assert_eq!(
                sight::may_open(&story.case, file, &who),
                sees,
                "{} of {seen_by}",
                who.name
            );
        }
        let told = story.history.iter().map(|recorded| {
            let shown = sight::withheld(&story.case, recorded.sequence, recorded.event.clone());
            String::from_utf8(shown.encode()).unwrap()
        });
        assert_eq!(
            told.collect::<String>().contains("signed-by-nadia"),
            everybody,
            "{seen_by}"
        );
    }
}

#[test]
fn senior_management_sees_what_a_letter_rests_on_while_it_waits_for_them() {
    let (story, file) = with_file(story(), &item());
    assert!(!sight::may_open(&story.case, &file, &samir()));
    let waiting = story.drafted();
    assert!(sight::may_open(&waiting.case, &file, &samir()));
    let back = waiting.act(&samir(), |case, _| sign_off::send_back(case, 1, "Say more", &samir()));
    assert!(!sight::may_open(&back.case, &file, &samir()));
}

#[test]
fn what_is_withheld_has_no_word_left_and_the_rest_is_as_it_was() {
    let (story, _) = with_file(story(), &item());
    let story = story
        .act(&dana(), |case, setting| plan::add(case, &line(), &dana(), setting))
        .act(&dana(), |case, setting| {
            interview::hold(case, &conversation(), With::Words, &dana(), setting)
        })
        .act(&dana(), |case, setting| {
            findings::save(case, &[finding()], &dana(), setting)
        })
        .act(&dana(), |case, setting| {
            evidence::set_aside(case, 1, "Restart log of the wrong day", &dana(), setting)
        });
    let seen = |recorded: &Recorded| sight::withheld(&story.case, recorded.sequence, recorded.event.clone());
    let told: String = story
        .history
        .iter()
        .map(|recorded| String::from_utf8(seen(recorded).encode()).unwrap())
        .collect();
    for secret in [
        "Restart log",
        "restarts.txt",
        "Four restarts",
        "Nadia",
        "told nobody",
        "access points restarted",
        "wrong day",
    ] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    let looked = Event::RecordViewed(RecordViewed { saw: Sight::Whole });
    assert_eq!(sight::withheld(&story.case, 1, looked.clone()), looked);
    let open = with_file(
        self::story(),
        &EvidenceAdded {
            seen_by: EvidenceSight::Case,
            ..item()
        },
    )
    .0;
    for recorded in &open.history {
        assert_eq!(
            sight::withheld(&open.case, recorded.sequence, recorded.event.clone()),
            recorded.event
        );
    }
}

#[test]
fn evidence_has_a_title_a_source_and_words_or_a_file() {
    let story = story();
    let add = |item: EvidenceAdded, with| {
        story.clone().try_act(&dana(), |case, setting| {
            evidence::add(case, &item, with, &dana(), setting)
        })
    };
    let without = |change: fn(&mut EvidenceAdded)| {
        let mut item = item();
        change(&mut item);
        item
    };
    for (wrong, field) in [
        (without(|item| item.title.clear()), "title"),
        (without(|item| item.source.clear()), "source"),
        (without(|item| item.words.clear()), "words"),
        (without(|item| item.points = vec![2]), "points"),
        (without(|item| item.from_on = Some(day("2026-06-10"))), "from_on"),
    ] {
        let refused = add(wrong, With::Words).unwrap_err();
        assert!(
            matches!(&refused, Refused::Fields { fields } if fields.len() == 1 && fields[0].field == field),
            "{refused}"
        );
    }
    assert_eq!(add(without(|item| item.words.clear()), With::Files), Ok(()));
}

#[test]
fn notes_are_confirmed_or_corrected_by_whoever_spoke() {
    let story = story();
    let future = InterviewHeld {
        held_at: at("2026-06-09 09:16"),
        ..conversation()
    };
    let refused = story.refused(|case, setting| interview::hold(case, &future, With::Words, &dana(), setting));
    assert!(refused.to_string().contains("not in the future"), "{refused}");
    let story = story.act(&dana(), |case, setting| {
        interview::hold(case, &conversation(), With::Words, &dana(), setting)
    });
    assert!(
        matches!(standing(&story, Task::Interviews), Standing::InProgress(words) if words == "notes of 1 of 1 not confirmed")
    );
    let said = |correction: Option<&str>| NotesConfirmed {
        number: 1,
        correction: correction.map(str::to_owned),
    };
    let story = story.act(&dana(), |case, setting| {
        interview::confirm(case, &said(Some("It was on Tuesday")), &dana(), setting)
    });
    assert_eq!(
        story.case.investigation.interviews[0].corrections,
        ["It was on Tuesday"]
    );
    let story = story.act(&dana(), |case, setting| {
        interview::confirm(case, &said(None), &dana(), setting)
    });
    assert!(matches!(standing(&story, Task::Interviews), Standing::Done(_)));
    let refused = story.refused(|case, setting| interview::confirm(case, &said(None), &dana(), setting));
    assert!(refused.to_string().contains("not confirmed yet"), "{refused}");
}

#[test]
fn findings_rest_on_evidence_of_the_case_and_make_the_answers_of_the_letter() {
    let story = story().act(&dana(), |case, _| contact::point(case, "Nobody called back", &dana()));
    let refused = story.refused(|case, setting| findings::save(case, &[finding()], &dana(), setting));
    assert!(
        refused.to_string().contains("evidence and interviews of this case"),
        "{refused}"
    );
    let story = story.act(&dana(), |case, setting| {
        evidence::add(case, &item(), With::Words, &dana(), setting)
    });
    let story = story.act(&dana(), |case, setting| {
        findings::save(case, &[finding()], &dana(), setting)
    });
    assert_eq!(
        standing(&story, Task::Findings),
        Standing::InProgress("1 of 2 open".to_owned())
    );
    assert_eq!(findings::answers(&story.case).undecided, [2]);
    let before = story.history.len();
    let story = story.act(&dana(), |case, setting| {
        findings::save(case, &[finding()], &dana(), setting)
    });
    assert_eq!(story.history.len(), before, "what did not change is not written again");
    let second = FindingRecorded {
        point: 2,
        finding: "She was called.".to_owned(),
        outcome: Some(Outcome::NotUpheld),
        evidence: Vec::new(),
        interviews: Vec::new(),
    };
    let story = story.act(&dana(), |case, setting| {
        findings::save(case, &[second], &dana(), setting)
    });
    assert!(matches!(standing(&story, Task::Findings), Standing::Done(_)));
    let answers = findings::answers(&story.case);
    let outcomes: Vec<Outcome> = answers.points.iter().map(|answer| answer.outcome).collect();
    assert_eq!(
        (outcomes, answers.undecided),
        (vec![Outcome::Upheld, Outcome::NotUpheld], Vec::new())
    );
    assert_eq!(
        letter::found(&story.case),
        "We agree with point 1. We do not agree with point 2."
    );
}

#[test]
fn a_letter_quotes_only_what_may_be_quoted() {
    let story = story()
        .act(&dana(), |case, setting| {
            evidence::add(case, &item(), With::Words, &dana(), setting)
        })
        .act(&dana(), |case, _| contact::point(case, "Nobody called back", &dana()));
    assert_eq!(letter::found(&story.case), "");
    let quotable = EvidenceAdded {
        title: "the record of your call".to_owned(),
        seen_by: EvidenceSight::Quotable,
        ..item()
    };
    let story = story
        .act(&dana(), |case, setting| {
            evidence::add(case, &quotable, With::Words, &dana(), setting)
        })
        .act(&dana(), |case, setting| {
            interview::hold(case, &conversation(), With::Words, &dana(), setting)
        });
    assert_eq!(
        letter::found(&story.case),
        "I looked at: the record of your call. I spoke with 1 person."
    );
}

#[test]
fn only_the_accountable_investigator_does_it_and_only_while_it_is_open() {
    for not_theirs in [amara(), ruth(), helen(), samir()] {
        let refused = story().refused(|case, setting| evidence::add(case, &item(), With::Words, &not_theirs, setting));
        assert!(
            matches!(refused, Refused::NotAllowed { .. } | Refused::Rule(_)),
            "{}: {refused}",
            not_theirs.name
        );
    }
    let first = Story::received().at_stage_1();
    assert!(
        first
            .clone()
            .try_act(&dana(), |case, setting| conflict::declare(case, None, &dana(), setting))
            .is_err()
    );
    let waiting = story().drafted();
    let refused = waiting.refused(|case, setting| evidence::add(case, &item(), With::Words, &dana(), setting));
    assert!(refused.to_string().contains("waiting for sign-off"), "{refused}");
}

#[test]
fn the_next_task_is_the_first_that_can_be_gone_on_with() {
    let next = |story: &Story<'_>| next_task(&tasks(&story.case, &story.setting()));
    let story = story();
    assert_eq!(next(&story), Some(Task::Points));
    let story = sent(story);
    assert_eq!(
        next(&story),
        Some(Task::Conflict),
        "nobody sits and waits for an answer"
    );
    let story = story.act(&dana(), |case, setting| conflict::declare(case, None, &dana(), setting));
    assert_eq!(next(&story), Some(Task::Findings));
    let story = answers(story, &Saying::Agree).act(&dana(), |case, setting| {
        findings::save(
            case,
            &[FindingRecorded {
                evidence: Vec::new(),
                ..finding()
            }],
            &dana(),
            setting,
        )
    });
    assert_eq!(next(&story), Some(Task::Letter));
    let decision = story.decision();
    let story = story.act(&dana(), |case, setting| draft::save(case, decision, &dana(), setting));
    assert!(matches!(standing(&story, Task::Letter), Standing::Done(_)));
    assert_eq!(next(&story), Some(Task::Send));
    let story = story.drafted();
    assert!(matches!(standing(&story, Task::Send), Standing::Done(_)));
}

#[test]
fn a_letter_that_was_sent_back_is_gone_on_with_before_it_is_sent_again() {
    let story = story().drafted();
    let version = story.case.draft().expect("a draft").version;
    let story = story.act(&samir(), |case, _| {
        sign_off::send_back(case, version, "Say what changes", &samir())
    });
    assert!(matches!(standing(&story, Task::Letter), Standing::InProgress(_)));
    assert!(matches!(standing(&story, Task::Send), Standing::Blocked(_)));
    assert_eq!(next_task(&tasks(&story.case, &story.setting())), Some(Task::Letter));
    let story = story.drafted();
    assert!(matches!(standing(&story, Task::Letter), Standing::Done(_)));
}
