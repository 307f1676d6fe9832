//! On behalf of somebody: nothing about them is told before they agree, and the clock does not wait for it (A29, R32).

use rules::case::Refused;
use rules::case::event::{ConsentAsked, ConsentGiven, ConsentWay, UpdateSent};
use rules::case::vocabulary::{Ending, Means};
use rules::deadlines::decision_due;
use rules::handling::decide::{Spoken, Telling, decide};
use rules::handling::draft::{AskSignOff, submit};
use rules::handling::{close, consent, contact, send_again, sign_off, triage};
use rules::intake::RawFeedback;
use rules::letters::LetterKind;
use testkit::people::{amara, dana, iris, ruth, samir};
use testkit::words::{by_web, decision_on, form, judged_for};
use testkit::{Story, at, day};

fn story() -> Story<'static> {
    let raw = RawFeedback {
        acting_for: "Jonah Adeyemi".to_owned(),
        ..form()
    };
    Story::begin(&raw, &by_web(), "2026-06-09 09:15").letters_arrive()
}

fn at_stage_1() -> Story<'static> {
    let mut story = story();
    let judgement = judged_for(&amara());
    story
        .try_act(&ruth(), |case, setting| {
            triage::triage(case, &judgement, &ruth(), setting)
        })
        .unwrap();
    story.letters_arrive()
}

fn at_stage_2() -> Story<'static> {
    let mut story = story();
    let mut judgement = judged_for(&dana());
    judgement.risk.complex = true;
    judgement.risk.high_risk = true;
    judgement.risk.reason = Some("Three teams were involved".to_owned());
    story
        .try_act(&ruth(), |case, setting| {
            triage::triage(case, &judgement, &ruth(), setting)
        })
        .unwrap();
    story.letters_arrive()
}

fn agreed() -> ConsentGiven {
    ConsentGiven {
        way: ConsentWay::Phone,
        on: day("2026-06-09"),
        words: " Jonah rang: Priya may know everything ".to_owned(),
    }
}

fn asked(by: Means) -> ConsentAsked {
    ConsentAsked { by, words: None }
}

fn consents(story: &mut Story<'_>) {
    story
        .try_act(&amara(), |case, setting| {
            consent::give(case, &agreed(), &amara(), setting)
        })
        .unwrap();
}

fn deciding(story: &mut Story<'_>, telling: &Telling) -> Result<(), Refused> {
    let decision = decision_on(&story.case);
    story.try_act(&amara(), |case, setting| {
        decide(case, decision.clone(), telling, &amara(), setting)
    })
}

#[test]
fn a_complaint_for_somebody_else_is_taken_and_its_clock_runs() {
    let story = at_stage_1();
    assert_eq!(story.case.consent_lacks(), Some("Jonah Adeyemi"));
    let own = {
        let mut own = Story::received();
        let judgement = judged_for(&amara());
        own.try_act(&ruth(), |case, setting| {
            triage::triage(case, &judgement, &ruth(), setting)
        })
        .unwrap();
        own
    };
    assert_eq!(own.case.consent_lacks(), None);
    let due = |story: &Story<'_>| decision_due(&story.case, &story.setting()).unwrap().due_on;
    assert_eq!(due(&story), due(&own));
}

#[test]
fn no_decision_and_no_news_is_told_before_they_agree_and_the_refusal_says_what_to_do() {
    let mut story = at_stage_1();
    let spoken = Telling::Spoken(Spoken {
        by: Means::Phone,
        at: at("2026-06-09 09:30"),
    });
    story = story.on("2026-06-09 10:00");
    for telling in [Telling::InWriting, spoken] {
        let refused = deciding(&mut story, &telling).unwrap_err().to_string();
        assert!(
            refused.contains("(Jonah Adeyemi) has not agreed")
                && refused.contains("Ask for their consent and record it"),
            "{refused}"
        );
    }
    let news = UpdateSent {
        words: "Jonah's account was locked".to_owned(),
        by: Means::Email,
        next_on: None,
    };
    let refused = story.try_act(&amara(), |case, setting| {
        contact::update(case, &news, &amara(), setting)
    });
    assert!(refused.unwrap_err().to_string().contains("has not agreed"));
    consents(&mut story);
    story
        .try_act(&amara(), |case, setting| {
            contact::update(case, &news, &amara(), setting)
        })
        .unwrap();
    deciding(&mut story, &Telling::InWriting).unwrap();
    assert_eq!(story.case.state.name(), "decided");
}

#[test]
fn an_investigation_goes_on_and_its_letter_waits() {
    let mut story = at_stage_2().prepared(&dana());
    let decision = decision_on(&story.case);
    let submitting = |story: &mut Story<'_>| {
        story.try_act(&dana(), |case, setting| {
            submit(case, decision.clone(), AskSignOff::Yes, &dana(), setting)
        })
    };
    story
        .try_act(&dana(), |case, setting| {
            rules::handling::draft::save(case, decision.clone(), &dana(), setting)
        })
        .unwrap();
    assert!(
        submitting(&mut story)
            .unwrap_err()
            .to_string()
            .contains("has not agreed")
    );
    consents(&mut story);
    submitting(&mut story).unwrap();
    // Jonah changes his mind while the letter waits for sign-off.
    story
        .try_act(&amara(), |case, _| consent::withdraw(case, "He rang", &amara()))
        .unwrap();
    let approving = |story: &mut Story<'_>| {
        let version = story.case.draft().unwrap().version;
        story.try_act(&samir(), |case, setting| {
            sign_off::approve(case, &testkit::words::version(version), None, &samir(), setting)
        })
    };
    assert!(
        approving(&mut story)
            .unwrap_err()
            .to_string()
            .contains("has not agreed")
    );
    consents(&mut story);
    approving(&mut story).unwrap();
}

#[test]
fn consent_is_asked_for_by_a_letter_or_in_a_conversation_and_both_count_as_contact() {
    let mut story = at_stage_1();
    story = story.on("2026-06-10 11:00");
    story
        .try_act(&amara(), |case, setting| {
            consent::ask(case, &asked(Means::Email), &amara(), setting)
        })
        .unwrap();
    assert_eq!(story.owed(), [LetterKind::ConsentAsked]);
    assert_eq!(story.case.contact.at, at("2026-06-10 11:00"));
    let mut story = at_stage_1();
    story = story.on("2026-06-10 11:00");
    story
        .try_act(&amara(), |case, setting| {
            consent::ask(case, &asked(Means::Phone), &amara(), setting)
        })
        .unwrap();
    assert_eq!(story.owed(), []);
    assert_eq!(story.case.consent.asked.as_ref().unwrap().1, at("2026-06-10 11:00"));
}

#[test]
fn what_was_agreed_says_how_when_and_in_what_words() {
    let mut story = at_stage_1();
    let wrong = ConsentGiven {
        on: day("2026-06-30"),
        words: " ".to_owned(),
        ..agreed()
    };
    let refused = story.try_act(&amara(), |case, setting| consent::give(case, &wrong, &amara(), setting));
    let Err(Refused::Fields { fields }) = refused else {
        panic!("{refused:?}")
    };
    let fields: Vec<&str> = fields.iter().map(|field| field.field).collect();
    assert_eq!(fields, ["given_on", "words"]);
    consents(&mut story);
    let given = story.case.consent.given.clone().unwrap();
    assert_eq!(given.words, "Jonah rang: Priya may know everything");
    let again = story.try_act(&amara(), |case, setting| {
        consent::give(case, &agreed(), &amara(), setting)
    });
    assert!(again.unwrap_err().to_string().contains("on record"));
    let asking = story.try_act(&amara(), |case, setting| {
        consent::ask(case, &asked(Means::Email), &amara(), setting)
    });
    assert!(asking.unwrap_err().to_string().contains("on record"));
}

#[test]
fn a_consent_that_is_withdrawn_closes_everything_again() {
    let mut story = at_stage_1();
    consents(&mut story);
    let silent = story.try_act(&amara(), |case, _| consent::withdraw(case, " ", &amara()));
    assert!(silent.is_err());
    story
        .try_act(&amara(), |case, _| {
            consent::withdraw(case, "He rang and said no", &amara())
        })
        .unwrap();
    assert_eq!(story.case.consent_lacks(), Some("Jonah Adeyemi"));
    assert!(deciding(&mut story, &Telling::InWriting).is_err());
    let twice = story.try_act(&amara(), |case, _| consent::withdraw(case, "Again", &amara()));
    assert!(twice.is_err());
    let again = send_again::send_again(&story.case, &[], &[LetterKind::Update], &amara());
    assert!(again.unwrap_err().to_string().contains("has not agreed"));
}

#[test]
fn without_consent_it_can_be_closed_in_words_that_tell_nothing() {
    let mut story = at_stage_1();
    story
        .try_act(&amara(), |case, setting| {
            consent::ask(case, &asked(Means::Email), &amara(), setting)
        })
        .unwrap();
    let mut story = story.letters_arrive();
    let mut closing = |local: &str| {
        story = story.clone().on(local);
        story.try_act(&amara(), |case, setting| {
            let why = "Jonah has not told us that he agrees.";
            close::close(case, Ending::NoResponse, why, &amara(), setting)
        })
    };
    // Ten working days after we asked, and not on the tenth.
    let early = closing("2026-06-23 17:00").unwrap_err();
    assert!(
        early.to_string().contains("until the end of Tuesday 23 June 2026"),
        "{early}"
    );
    closing("2026-06-24 09:00").unwrap();
    assert_eq!(story.owed(), [LetterKind::ClosedWithoutDecision]);
    let asking = story.try_act(&amara(), |case, setting| {
        consent::ask(case, &asked(Means::Email), &amara(), setting)
    });
    assert!(asking.unwrap_err().to_string().contains("closed"));
}

#[test]
fn whoever_complains_for_themselves_needs_nobodys_consent() {
    let mut own = Story::received();
    let refused = own.try_act(&amara(), |case, setting| {
        consent::give(case, &agreed(), &amara(), setting)
    });
    assert!(refused.unwrap_err().to_string().contains("for themselves"));
    let mut story = at_stage_1();
    let auditor = story.try_act(&iris(), |case, setting| {
        consent::give(case, &agreed(), &iris(), setting)
    });
    assert!(matches!(auditor, Err(Refused::NotAllowed { .. })));
}

#[test]
fn news_is_held_back_in_speech_as_in_writing_and_more_time_goes_out_without_its_reason() {
    for by in [Means::Email, Means::Phone, Means::InPerson] {
        let update = UpdateSent {
            words: "His account was locked".to_owned(),
            by,
            next_on: None,
        };
        let refused = at_stage_1().refused(|case, setting| contact::update(case, &update, &amara(), setting));
        assert!(refused.to_string().contains("has not agreed"), "{by:?}: {refused}");
    }
    let more = rules::handling::extend::MoreTime {
        new_due_on: day("2026-06-15"),
        reason_code: Some("major_incident".to_owned()),
        reason: "His account was used elsewhere".to_owned(),
    };
    let marcus = testkit::people::marcus();
    let extended = |story: Story<'static>| {
        story.act(&marcus, |case, setting| {
            rules::handling::extend::extend(case, &more, &marcus, setting)
        })
    };
    let silent = extended(at_stage_1());
    assert_eq!(silent.letters[0].body, "");
    assert_eq!(silent.case.extensions[0].reason, "His account was used elsewhere");
    let mut agreed = at_stage_1();
    consents(&mut agreed);
    assert_eq!(extended(agreed).letters[0].body, "His account was used elsewhere");
}

#[test]
fn consent_that_is_withdrawn_holds_back_what_was_on_its_way() {
    let mut story = at_stage_1();
    consents(&mut story);
    let question = rules::case::event::InfoRequested {
        question: "Which library was it?".to_owned(),
        by: Means::Email,
        hoped_by: day("2026-06-12"),
    };
    let no_longer = |story: Story<'static>| {
        story.act(&amara(), |case, _| {
            consent::withdraw(case, "He rang and said no", &amara())
        })
    };
    let asked = story.clone().act(&amara(), |case, setting| {
        rules::handling::ask::ask(case, &question, &amara(), setting)
    });
    let reminder = |story: &Story<'_>| rules::handling::ask::next_reminder(&story.case, &story.setting());
    assert!(reminder(&asked).is_some());
    assert_eq!(
        reminder(&no_longer(asked)),
        None,
        "nobody is reminded who may not be told"
    );
    let decided = no_longer(story.decided());
    let told = rules::handling::tell::Told {
        letter: LetterKind::Stage1Decision,
        by: Means::Phone,
        at: decided.now,
        words: "I read it out".to_owned(),
    };
    let refused = decided.refused(|case, setting| rules::handling::tell::tell(case, &told, &amara(), setting));
    assert!(refused.to_string().contains("has not agreed"), "{refused}");
}

#[test]
fn a_closing_letter_says_why_and_how_only_once_the_person_agrees() {
    let why = "Jonah's account was locked by the disciplinary office.";
    let closed = |story: Story<'static>, ending: Ending| {
        story.act(&amara(), |case, setting| {
            close::close(case, ending, why, &amara(), setting)
        })
    };
    for ending in [
        Ending::Referred,
        Ending::Refused,
        Ending::Duplicate,
        Ending::NotAComplaint,
    ] {
        let story = closed(at_stage_1(), ending);
        assert_eq!(
            story.owed(),
            [LetterKind::ClosedWithoutDecision],
            "they learn that it is over"
        );
        assert_eq!(story.letters[0].body, "", "{ending:?}");
        assert!(!close::may_say_how(&story.case, ending), "{ending:?}");
        let kept = story.history.last().map(|recorded| &recorded.event);
        assert!(
            matches!(kept, Some(rules::case::Event::Closed(closed)) if closed.reason.as_deref() == Some(why)),
            "it stays with the case"
        );
        let mut agreed = at_stage_1();
        consents(&mut agreed);
        let told = closed(agreed, ending);
        assert_eq!(told.letters[0].body, why, "{ending:?}");
        assert!(close::may_say_how(&told.case, ending));
    }
    assert!(
        close::may_say_how(&at_stage_1().case, Ending::NoResponse),
        "that nobody answered is about whoever complains"
    );
    let silent = at_stage_1().refused(|case, setting| close::close(case, Ending::Refused, " ", &amara(), setting));
    assert_eq!(
        silent.to_string(),
        "Say why: it stays with the case until the person for whom they complain agrees"
    );
}
