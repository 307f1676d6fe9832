//! Sign-off of exactly what was read: versions, words that an approver changes, the checklist, and letters that nobody acts on (R77, R78, P34, P35).

use rules::case::event::SignOffHandedOn;
use rules::case::{Case, Change, Decision, LetterOwed, Refused, Setting, State};
use rules::handling::awaited::{Asked, Question, awaited};
use rules::handling::draft::{self, AskSignOff};
use rules::handling::hand_on::{AtWork, hand_on};
use rules::handling::sign_off::{self, Edit, Read};
use rules::handling::versions::{last_seen, versions};
use rules::letters::fixed::{self, NotFixed};
use rules::letters::{Composed, LetterKind, Scribe, Written};
use rules::office::delegation::Delegation;
use rules::people::{Actor, Person};
use rules::procedure::MustSay;
use testkit::people::{amara, dana, everybody, helen, owen, robin, ruth, samir};
use testkit::words::{judged_for, waiting};
use testkit::{House, Story, day};

/// Writes the reasons of the decision and nothing else; lacks what a reason in brackets says.
struct Clerk;

impl Scribe for Clerk {
    fn write(&self, case: &Case, owed: &LetterOwed, _: &Setting<'_>) -> Result<Written, String> {
        let State::Decided(_, decision) = &case.state else {
            return Err(format!("{} of a case that is {}", owed.kind.code(), case.state.name()));
        };
        if decision.reasons.contains("[no wording]") {
            return Err("line 3: the file is empty".to_owned());
        }
        let lacks = decision
            .reasons
            .contains("[no apology]")
            .then_some(MustSay::ApologyWhereUpheld);
        Ok(Written {
            words: Composed {
                subject: "Our decision".to_owned(),
                text: format!("{} {}", decision.reasons, decision.what_we_did),
                html: format!("<p>{}</p>", decision.reasons),
            },
            lacks: lacks.into_iter().collect(),
        })
    }
}

/// The change with its letters fixed, as the one write path does it.
fn fix(case: &Case, change: Change, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    fixed::fix(case, change, Actor::Staff(by.id), &Clerk, setting).map_err(|error| match error {
        NotFixed::Refused(refused) => refused,
        NotFixed::Unfit(unfit) => panic!("{unfit}"),
    })
}

fn submit(story: Story<'static>, reasons: &str) -> Story<'static> {
    let decision = Decision {
        reasons: reasons.to_owned(),
        ..story.decision()
    };
    story.act(&dana(), |case, setting| {
        fix(
            case,
            draft::submit(case, decision, AskSignOff::Yes, &dana(), setting)?,
            &dana(),
            setting,
        )
    })
}

/// Dana's letter waits for sign-off, whole.
fn asked() -> Story<'static> {
    submit(
        Story::received().at_stage_2().prepared(&dana()),
        "Two access points restarted.",
    )
}

fn words(reasons: &str) -> Edit {
    Edit {
        reasons: reasons.to_owned(),
        what_we_did: "We replaced both access points.".to_owned(),
        findings: Vec::new(),
        why: "Plainer".to_owned(),
    }
}

fn edited(story: Story<'static>, by: &Person, edit: &Edit) -> Story<'static> {
    let read = waiting(&story.case);
    story.act(by, |case, setting| {
        fix(case, sign_off::edit(case, &read, edit, by, setting)?, by, setting)
    })
}

fn approved(story: Story<'static>, by: &Person) -> Story<'static> {
    let read = waiting(&story.case);
    story.act(by, |case, setting| {
        fix(case, sign_off::approve(case, &read, None, by, setting)?, by, setting)
    })
}

fn drafted(story: &Story<'_>) -> Decision {
    story.case.draft().unwrap().decision.clone()
}

fn conflict(refused: Refused) -> String {
    assert!(matches!(refused, Refused::Conflict(_)), "{refused:?}");
    refused.to_string()
}

#[test]
fn the_letter_is_whole_when_sign_off_is_asked_for_and_exactly_that_goes_out() {
    let story = asked();
    let letter = story.case.draft().unwrap().letter.clone().unwrap();
    assert_eq!(letter.kind, LetterKind::Stage2Decision);
    assert_eq!(
        letter.words.text,
        "Two access points restarted. We replaced both access points."
    );
    assert_eq!(letter.sha256, letter.words.sha256());
    let story = approved(story, &samir());
    assert_eq!(story.letters.len(), 1);
    assert_eq!(story.letters[0].words.as_ref(), Some(&letter.words));
    assert!(story.case.approved(&letter.sha256));
    let on_record = fixed::on_record(&story.history, story.case.sequence);
    assert_eq!(on_record, Some(&*letter.sha256), "the decision names its letter");
}

#[test]
fn every_byte_counts_and_so_does_where_it_stands() {
    let words = |subject: &str, text: &str, html: &str| Composed {
        subject: subject.to_owned(),
        text: text.to_owned(),
        html: html.to_owned(),
    };
    let all = [
        words("ab", "c", "d"),
        words("a", "bc", "d"),
        words("ab", "", "cd"),
        words("ab", "c", "d "),
    ];
    let mut hashes: Vec<String> = all.iter().map(Composed::sha256).collect();
    assert!(hashes.iter().all(|hash| hash.len() == 64));
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), all.len());
}

#[test]
fn an_old_hash_approves_nothing_even_where_the_version_is_right() {
    let story = asked();
    let other = Read {
        sha256: "0".repeat(64),
        ..waiting(&story.case)
    };
    for read in [other, testkit::words::version(1)] {
        let refused = story.refused(|case, setting| sign_off::approve(case, &read, None, &samir(), setting));
        assert!(refused.to_string().contains("changed while you read it"), "{refused}");
    }
}

#[test]
fn what_the_checklist_asks_for_and_the_letter_lacks_stops_it_with_what_to_do() {
    let story = Story::received().at_stage_2().prepared(&dana());
    for (reasons, message) in [
        (
            "[no apology]",
            "The letter does not say an apology where the complaint is upheld. Say sorry",
        ),
        (
            "[no wording]",
            "The wording of this letter has a fault, so it cannot go out: line 3",
        ),
    ] {
        for ask in [AskSignOff::Yes, AskSignOff::AsRulesSay] {
            let decision = Decision {
                reasons: reasons.to_owned(),
                ..story.decision()
            };
            let refused = story.refused(|case, setting| {
                fix(
                    case,
                    draft::submit(case, decision.clone(), ask, &dana(), setting)?,
                    &dana(),
                    setting,
                )
            });
            let said = match &refused {
                Refused::Fields { fields } => fields[0].message.clone(),
                other => other.to_string(),
            };
            assert!(said.starts_with(message), "{said}");
        }
    }
}

#[test]
fn a_decision_that_nobody_signs_off_has_its_words_fixed_too() {
    let story = Story::received().at_stage_2().prepared(&dana());
    let decision = story.decision();
    let story = story.act(&dana(), |case, setting| {
        fix(
            case,
            draft::submit(case, decision, AskSignOff::AsRulesSay, &dana(), setting)?,
            &dana(),
            setting,
        )
    });
    let words = story.letters[0].words.clone().unwrap();
    assert_eq!(
        fixed::on_record(&story.history, story.case.sequence),
        Some(&*words.sha256())
    );
    assert!(!story.case.approved(&words.sha256()));
}

#[test]
fn an_approver_changes_words_the_author_stays_and_the_approver_still_approves() {
    let story = edited(asked(), &samir(), &words("Two access points restarted four times."));
    let draft = story.case.draft().unwrap();
    assert_eq!(
        (draft.version, draft.author, &draft.edited_by),
        (2, Some(dana().id), &vec![samir().id])
    );
    assert!(
        draft
            .letter
            .as_ref()
            .unwrap()
            .words
            .text
            .starts_with("Two access points restarted four times.")
    );
    let story = approved(story, &samir());
    assert_eq!(
        story.case.stages[0].decided_by.unwrap().0,
        dana().id,
        "the author decided (R28)"
    );
    assert_eq!(story.letters[0].signed_by, Some(dana().id));
}

#[test]
fn an_edit_says_something_new_says_why_and_leaves_the_decision_whole() {
    let story = asked();
    let read = waiting(&story.case);
    let same = Edit {
        findings: Vec::new(),
        why: " ".to_owned(),
        ..words("Two access points restarted.")
    };
    for (edit, wrong) in [(same, vec!["found", "why"]), (words(" "), vec!["found"])] {
        let refused = story.refused(|case, setting| sign_off::edit(case, &read, &edit, &samir(), setting));
        let Refused::Fields { fields } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(fields.iter().map(|field| field.field).collect::<Vec<_>>(), wrong);
    }
    let edit = Edit {
        findings: vec![(1, "They restarted.".to_owned()), (9, "No such point".to_owned())],
        ..words("Two access points restarted four times.")
    };
    let before = drafted(&story);
    let story = edited(story, &samir(), &edit);
    let after = drafted(&story);
    assert_eq!(after.points[0].finding, "They restarted.");
    assert_eq!(
        (after.outcome, after.actions, after.remedies),
        (before.outcome, before.actions, before.remedies)
    );
}

#[test]
fn where_the_procedure_does_not_say_so_the_letter_goes_back() {
    let house = House::with(&testkit::house::procedure_text().replace("edits = \"by_approver\"\n", ""));
    let form = testkit::words::form();
    let story = Story::begin_in(&house, &form, &testkit::words::by_web(), testkit::story::TUESDAY)
        .at_stage_2()
        .prepared(&dana())
        .drafted();
    let read = waiting(&story.case);
    let refused = story.refused(|case, setting| sign_off::edit(case, &read, &words("Other"), &samir(), setting));
    assert!(
        refused.to_string().contains("Send it back and say what to change"),
        "{refused}"
    );
}

#[test]
fn nobody_with_a_part_in_the_case_changes_words_of_the_letter() {
    let story = asked();
    let read = waiting(&story.case);
    let refused = story.refused(|case, setting| sign_off::edit(case, &read, &words("Other"), &owen(), setting));
    assert!(matches!(refused, Refused::NotAllowed { .. }), "{refused:?}");
    let mut judgement = judged_for(&robin());
    judgement.risk.complex = true;
    judgement.risk.reason = Some("Three teams".to_owned());
    let own = Story::received().letters_arrive().act(&ruth(), |case, setting| {
        rules::handling::triage::triage(case, &judgement, &ruth(), setting)
    });
    let decision = own.decision();
    let own = own.prepared(&robin()).act(&robin(), |case, setting| {
        draft::submit(case, decision, AskSignOff::Yes, &robin(), setting)
    });
    let read = waiting(&own.case);
    let words_of_conflict =
        conflict(own.refused(|case, setting| sign_off::edit(case, &read, &words("Other"), &robin(), setting)));
    assert!(words_of_conflict.contains("wrote this letter"));
}

#[test]
fn versions_say_who_saved_what_and_which_one_an_approver_had_seen() {
    let story = asked();
    assert_eq!(
        last_seen(&story.history, samir().id),
        Some(1),
        "never seen: since the first"
    );
    let story = story.act(&samir(), |case, _| sign_off::send_back(case, 1, "Say when", &samir()));
    let draft = story.decision();
    let story = story.act(&dana(), |case, setting| draft::save(case, draft, &dana(), setting));
    let story = submit(story, "Two access points restarted on 5 June.");
    assert_eq!(last_seen(&story.history, samir().id), Some(1), "what Samir sent back");
    let story = edited(story, &robin(), &words("Both access points restarted on 5 June."));
    assert_eq!(last_seen(&story.history, samir().id), Some(1));
    assert_eq!(last_seen(&story.history, robin().id), Some(4));
    let told: Vec<_> = versions(&story.history)
        .iter()
        .map(|version| {
            (
                version.number,
                version.by,
                version.author,
                version.letter.is_some(),
                version.why.is_some(),
            )
        })
        .collect();
    let (dana, robin) = (Some(dana().id), Some(robin().id));
    assert_eq!(
        told,
        [
            (1, dana, dana, true, false),
            (2, dana, dana, false, false),
            (3, dana, dana, true, false),
            (4, robin, dana, true, true)
        ]
    );
}

/// Somebody stands in for Samir all of July.
fn for_samir(delegate: &Person) -> Delegation {
    Delegation {
        who: samir().id,
        delegate: delegate.id,
        from: day("2026-06-29"),
        until: day("2026-07-31"),
    }
}

fn looked_at(mut story: Story<'static>, delegations: &[Delegation]) -> Story<'static> {
    let people = everybody();
    let at_work = AtWork {
        people: &people,
        delegations,
    };
    if let Some(found) = hand_on(&story.case, at_work, &story.setting()) {
        story.append(found, Actor::System);
    }
    story
}

fn handed_on(story: &Story<'_>) -> Option<SignOffHandedOn> {
    story.case.draft().and_then(|draft| draft.handed_on.clone())
}

/// The day before the decision date, which is Tuesday 7 July.
const DAY_BEFORE: &str = "2026-07-06 00:01";

#[test]
fn what_nobody_acts_on_goes_to_the_delegate_a_working_day_before_the_date() {
    let named = [for_samir(&helen())];
    let story = looked_at(asked().on("2026-07-05 23:59"), &named);
    assert_eq!(handed_on(&story), None, "Sunday: the working day before is Monday");
    let story = looked_at(story.on(DAY_BEFORE), &named);
    let on = handed_on(&story).unwrap();
    assert_eq!((on.to, on.instead_of), (Some(helen().id), Some(samir().id)));
    let asks = awaited(&story.case, &story.setting()).unwrap();
    assert_eq!(
        (asks.question, asks.of),
        (Question::SignOffHandedOn, Asked::Person(helen().id))
    );
    let events = story.history.len();
    let story = looked_at(story, &named);
    assert_eq!(story.history.len(), events, "once");
    let story = approved(story, &helen());
    assert!(
        matches!(story.case.state, State::Decided(..)),
        "Helen may, because it was handed to her"
    );
}

#[test]
fn what_was_handed_on_goes_on_when_the_delegate_does_not_stand_in_any_more() {
    let first = [for_samir(&helen()), for_samir(&robin())];
    let story = looked_at(asked().on(DAY_BEFORE), &first);
    assert_eq!(handed_on(&story).unwrap().to, Some(helen().id));
    // Helen falls ill as well: she is taken back, and the letter does not lie with her.
    let story = looked_at(story, &[for_samir(&robin())]);
    let on = handed_on(&story).unwrap();
    assert_eq!((on.to, on.instead_of), (Some(robin().id), Some(samir().id)));
    let read = waiting(&story.case);
    let refused = story.refused(|case, setting| sign_off::approve(case, &read, None, &helen(), setting));
    assert!(
        matches!(refused, Refused::NotAllowed { .. }),
        "what is over signs nothing: {refused:?}"
    );
    // Somebody who is named first meanwhile does not take it out of Robin's hands.
    let events = story.history.len();
    let story = looked_at(story, &first);
    assert_eq!(story.history.len(), events);
    // Nobody is left: those who could see to it are asked, Samir among them, and once.
    let ended = Delegation {
        until: day("2026-07-05"),
        ..for_samir(&robin())
    };
    let story = looked_at(story, std::slice::from_ref(&ended));
    let asks = awaited(&story.case, &story.setting()).unwrap();
    assert_eq!(
        (asks.question, asks.of),
        (Question::SignOffOverdue, Asked::WhoeverSignsOrReviews)
    );
    let events = story.history.len();
    assert_eq!(looked_at(story, &[ended]).history.len(), events, "once");
}

#[test]
fn a_delegate_had_no_part_in_it_holds_the_role_and_is_there_on_the_day() {
    let over = Delegation {
        until: day("2026-07-05"),
        ..for_samir(&helen())
    };
    let of_nobody_who_signs = Delegation {
        who: ruth().id,
        ..for_samir(&helen())
    };
    // Dana investigated; Amara's role does not sign; Owen is not a delegate's role.
    for no in [
        for_samir(&dana()),
        for_samir(&amara()),
        for_samir(&owen()),
        over,
        of_nobody_who_signs,
    ] {
        let story = looked_at(asked().on(DAY_BEFORE), std::slice::from_ref(&no));
        assert_eq!(handed_on(&story).unwrap().to, None, "{no:?}");
    }
}

#[test]
fn a_delegate_who_investigated_is_passed_over_for_the_next() {
    let mut judgement = judged_for(&helen());
    judgement.risk.complex = true;
    judgement.risk.reason = Some("Three teams".to_owned());
    let story = Story::received().letters_arrive().act(&ruth(), |case, setting| {
        rules::handling::triage::triage(case, &judgement, &ruth(), setting)
    });
    let decision = story.decision();
    let story = story.prepared(&helen()).act(&helen(), |case, setting| {
        draft::submit(case, decision, AskSignOff::Yes, &helen(), setting)
    });
    let story = looked_at(story.on(DAY_BEFORE), &[for_samir(&helen()), for_samir(&robin())]);
    assert_eq!(
        handed_on(&story).unwrap().to,
        Some(robin().id),
        "Helen investigated (R28)"
    );
}

#[test]
fn without_a_delegate_everybody_who_could_see_to_it_is_asked() {
    let story = looked_at(asked().on(DAY_BEFORE), &[]);
    let asks = awaited(&story.case, &story.setting()).unwrap();
    assert_eq!(asks.question, Question::SignOffOverdue);
    for (who, asked) in [
        (samir(), true),
        (helen(), true),
        (robin(), true),
        (dana(), false),
        (ruth(), false),
    ] {
        assert_eq!(Asked::codes_of(&who).contains(&asks.of.code()), asked, "{}", who.name);
    }
    let refused = story.refused(|case, setting| sign_off::approve(case, &waiting(case), None, &helen(), setting));
    assert!(
        matches!(refused, Refused::NotAllowed { .. }),
        "she is told, and may not sign: {refused:?}"
    );
    let story = looked_at(story, &[for_samir(&helen())]);
    assert_eq!(
        handed_on(&story).unwrap().to,
        Some(helen().id),
        "named late is named still"
    );
}

#[test]
fn where_the_procedure_names_no_day_nothing_is_handed_on() {
    let text = testkit::house::procedure_text().replace("delegate_before = \"1 working day\"\n", "");
    let house = House::with(&text);
    let form = testkit::words::form();
    let story = Story::begin_in(&house, &form, &testkit::words::by_web(), testkit::story::TUESDAY)
        .at_stage_2()
        .prepared(&dana())
        .drafted();
    let people = everybody();
    let at_work = AtWork {
        people: &people,
        delegations: &[for_samir(&helen())],
    };
    let story = story.on("2026-07-07 12:00");
    assert_eq!(hand_on(&story.case, at_work, &story.setting()), None);
}

#[test]
fn a_letter_that_went_out_is_held_against_what_was_approved() {
    let story = approved(asked(), &samir());
    let (sequence, words) = (story.case.sequence, story.letters[0].words.clone().unwrap());
    let sent = rules::case::event::LetterDelivered {
        subject: words.subject.clone(),
        text: words.text.clone(),
        owed_by: Some(sequence),
        sha256: Some(words.sha256()),
        ..story.arrival(LetterKind::Stage2Decision)
    };
    let proven = fixed::prove(&story.history, &sent).unwrap();
    assert!(proven.holds);
    assert_eq!(proven.version, Some(1));
    let other = rules::case::event::LetterDelivered {
        text: format!("{} ", words.text),
        ..sent.clone()
    };
    assert!(!fixed::prove(&story.history, &other).unwrap().holds, "other words");
    let other = rules::case::event::LetterDelivered {
        sha256: Some("0".repeat(64)),
        ..sent
    };
    assert!(!fixed::prove(&story.history, &other).unwrap().holds, "another hash");
}
