//! Random people do random things in random order: whatever the rules allow, the case stays whole (invariants 6 and 7, R24, R28, R40, R50, R55).

mod figures;
mod retold;
mod stub;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use rules::case::event::{
    AnsweredBy, CategorySet, ConsentAsked, ConsentGiven, ConsentWay, DeliveryFailed, InfoReceived, InfoRequested,
    RegimeDone, Sameness, UpdateSent, UrgencySet, VipFlagged,
};
use rules::case::facts::{ContactData, Remedy};
use rules::case::vocabulary::{
    Channel, Ending, FeedbackKind, Means, Outcome, ReplyBy, StageReason, Urgency, VipSource,
};
use rules::case::{Case, Change, Decision, Event, Refused, RegimeTag, Setting, State};
use rules::deadlines::Duty;
use rules::handling::correct::{Correction, correct, correct_own};
use rules::handling::decide::{Spoken, Telling};
use rules::handling::draft::AskSignOff;
use rules::handling::escalate::Reroute;
use rules::handling::extend::MoreTime;
use rules::handling::new_issue::{self, Message};
use rules::handling::send_again::send_again;
use rules::handling::triage::Triage;
use rules::handling::{
    ask, close, consent, contact, decide, draft, escalate, extend, group, post, regime, sign_off, tell, triage, vip,
};
use rules::intake::{Arrival, RawFeedback};
use rules::investigation::task::fulfilled;
use rules::investigation::{conflict, points};
use rules::letters::{LetterKind, Posted, Standing};
use rules::people::{Act, Actor, Person, permission};
use testkit::Story;
use testkit::people::{self, everybody};
use testkit::words::{self, form};

/// How many histories each property is tried on.
const HISTORIES: u32 = 3_125;

/// One thing that somebody tries.
#[derive(Debug, Clone)]
struct Try {
    what: usize,
    who: usize,
    other: usize,
    chance: u32,
    minutes: i64,
}

/// The act, the permission it needs, and who would usually do it.
type Attempt = (&'static str, Option<Act>, fn() -> Person);

/// What people try.
const ACTS: &[Attempt] = &[
    ("triage", Some(Act::Triage), people::ruth),
    ("take", Some(Act::LogFeedback), people::amara),
    ("decide in writing", Some(Act::DecideFrontline), people::amara),
    ("decide in a call", Some(Act::DecideFrontline), people::amara),
    ("save a draft", Some(Act::Investigate), people::dana),
    ("declare a conflict", Some(Act::Investigate), people::dana),
    ("override a conflict", Some(Act::OverrideConflict), people::ruth),
    ("hear about the points", Some(Act::Investigate), people::dana),
    ("submit", Some(Act::Investigate), people::dana),
    ("submit for sign-off", Some(Act::Investigate), people::dana),
    ("approve", Some(Act::SignOff), people::samir),
    ("send back", Some(Act::SignOff), people::samir),
    ("ask for stage 2", None, people::tom),
    ("accept", Some(Act::DecideEscalation), people::ruth),
    ("refuse", Some(Act::DecideEscalation), people::ruth),
    ("reroute", Some(Act::MoveToStage2), people::amara),
    ("extend", Some(Act::AskExtension), people::marcus),
    ("ask for more time", Some(Act::AskExtension), people::dana),
    ("grant", None, people::helen),
    ("deny", None, people::helen),
    ("flag a VIP", Some(Act::FlagVip), people::ruth),
    ("close", Some(Act::Close), people::ruth),
    ("close unanswered", Some(Act::Close), people::ruth),
    ("stop for them", Some(Act::Close), people::amara),
    ("stop", None, people::tom),
    ("reopen", Some(Act::Close), people::ruth),
    ("write", Some(Act::Write), people::amara),
    ("note", Some(Act::Write), people::dana),
    ("reply", None, people::tom),
    ("add a point", Some(Act::Write), people::amara),
    ("assign", Some(Act::Assign), people::ruth),
    ("categorise", Some(Act::Categorise), people::amara),
    ("reclassify", Some(Act::Triage), people::ruth),
    ("letters arrive", None, people::tom),
    ("a letter fails", None, people::tom),
    ("clocks", None, people::tom),
    ("tell", None, people::amara),
    ("correct the address", Some(Act::Write), people::amara),
    ("correct their own address", None, people::tom),
    ("send again", Some(Act::Write), people::amara),
    ("ask them something", Some(Act::Write), people::amara),
    ("record an answer", Some(Act::Write), people::amara),
    ("ask for consent", Some(Act::Write), people::amara),
    ("record consent", Some(Act::Write), people::amara),
    ("withdraw consent", Some(Act::Write), people::amara),
    ("stand on the list", None, people::tom),
    ("link with another", Some(Act::LinkCases), people::ruth),
    ("take the link back", Some(Act::LinkCases), people::ruth),
    ("set apart", Some(Act::LogFeedback), people::amara),
    ("tag with a regime", Some(Act::TagRegime), people::amara),
    ("record what a regime asks for", Some(Act::TagRegime), people::leila),
    ("take a regime away", Some(Act::TagRegime), people::amara),
    ("say where a regime is", Some(Act::TagRegime), people::ruth),
    ("close and say where", Some(Act::Close), people::ruth),
];

/// A random act, or in three of four tries one that the case is ready for, so that histories go deep.
fn tries() -> impl Strategy<Value = Vec<Try>> {
    let minutes = prop_oneof![Just(0), 1_i64..300, 300_i64..6_000];
    let one = (0..ACTS.len() * 4, 0_usize..48, 0_usize..36, any::<u32>(), minutes);
    let one = one.prop_map(|(what, who, other, chance, minutes)| Try {
        what,
        who,
        other,
        chance,
        minutes,
    });
    proptest::collection::vec(one, 1..40)
}

/// Whether nothing but the decision itself is missing before it can go.
fn may_be_sent(case: &Case) -> bool {
    use rules::procedure::Requirement;
    [Requirement::PointsAgreed, Requirement::ConflictDeclared]
        .into_iter()
        .all(|asked| fulfilled(asked, case) == Some(true))
}

/// What a case is ready for.
fn ready_for(case: &Case) -> &'static [&'static str] {
    match &case.state {
        State::Received => &["triage", "triage", "take", "letters arrive"],
        State::Open(_) if case.extension_request.is_some() => &["grant", "deny"],
        State::Open(_) if case.consent_lacks().is_some() => &["ask for consent", "record consent", "record consent"],
        State::Open(_) if case.waits_for_answer() => &[
            "clocks",
            "clocks",
            "clocks",
            "clocks",
            "close unanswered",
            "close unanswered",
            "close unanswered",
            "reply",
            "record an answer",
        ],
        State::Open(work) if work.stage() == 1 => &[
            "decide in writing",
            "decide in a call",
            "reroute",
            "extend",
            "ask for more time",
            "ask them something",
            "tag with a regime",
            "close and say where",
        ],
        State::Open(_) if case.conflict_of_owner().is_some() => {
            // Passed on it stays with somebody who declares nothing here, and whoever declared it is not given it again.
            const MOSTLY: [&str; 8] = {
                let mut acts = ["override a conflict"; 8];
                acts[7] = "assign";
                acts
            };
            &MOSTLY
        }
        State::Open(_) if !may_be_sent(case) => &["declare a conflict", "hear about the points"],
        State::Open(_) => &[
            "save a draft",
            "submit",
            "submit for sign-off",
            "submit for sign-off",
            "extend",
            "ask them something",
        ],
        State::SignOff(..) => &["approve", "approve", "send back"],
        State::Decided(..) if case.given_up().next().is_some() => {
            &["send again", "correct the address", "correct their own address", "tell"]
        }
        State::Decided(..) => &[
            "letters arrive",
            "letters arrive",
            "a letter fails",
            "a letter fails",
            "tell",
        ],
        State::Answered(..) => &[
            "record what a regime asks for",
            "record what a regime asks for",
            "say where a regime is",
            "take a regime away",
        ],
        State::EscalationPending(..) => &["accept", "accept", "refuse"],
        State::Closed(..) => &[
            "ask for stage 2",
            "ask for stage 2",
            "ask for stage 2",
            "ask for stage 2",
            "ask for stage 2",
            "reopen",
            "reply",
            "set apart",
            "link with another",
            "take the link back",
            "withdraw consent",
        ],
    }
}

/// The number of the act that is tried.
fn act_of(attempt: &Try, case: &Case) -> usize {
    let ready = ready_for(case);
    let name = ready[attempt.chance as usize / 3 % ready.len()];
    let found = ACTS.iter().position(|(known, ..)| *known == name).unwrap();
    if attempt.what < ACTS.len() { attempt.what } else { found }
}

/// The usual person, whoever is accountable for an investigation, or in one of four tries anybody at all.
fn who(attempt: &Try, story: &Story<'_>) -> Person {
    let all = everybody();
    let (_, needs, usual) = ACTS[attempt.what];
    let owner = all
        .iter()
        .find(|person| Some(person.id) == story.case.owner && needs == Some(Act::Investigate));
    all.get(attempt.who).or(owner).cloned().unwrap_or_else(usual)
}

/// Whoever fits the work at hand, or in half of the tries anybody at all.
fn other(story: &Story<'_>, attempt: &Try) -> Person {
    let fitting = if matches!(ACTS[attempt.what].0, "reroute" | "accept" | "flag a VIP")
        || story.case.stage() == 2
        || attempt.chance.is_multiple_of(3)
    {
        people::dana()
    } else {
        people::amara()
    };
    everybody().get(attempt.other).cloned().unwrap_or(fitting)
}

fn begin(seed: u32) -> Story<'static> {
    let clerk = people::amara();
    let kind = if seed.is_multiple_of(9) {
        "compliment"
    } else {
        "complaint"
    };
    let email = if seed.is_multiple_of(4) {
        String::new()
    } else {
        form().email
    };
    let reply_by = if email.is_empty() { "" } else { "email" };
    let raw = RawFeedback {
        kind: kind.to_owned(),
        email,
        reply_by: reply_by.to_owned(),
        acting_for: if seed.is_multiple_of(10) {
            "Jonah Adeyemi".to_owned()
        } else {
            String::new()
        },
        ..form()
    };
    let channel = Channel::ALL[seed as usize / 16 % Channel::ALL.len()];
    let vip = seed.is_multiple_of(7).then(|| VipFlagged {
        source: VipSource::List,
        detail: "governors".to_owned(),
    });
    let logged_by = (channel != Channel::Web).then_some(&clerk);
    Story::begin(
        &raw,
        &Arrival {
            channel,
            received_at: None,
            logged_by,
            vip,
            set_apart_from: None,
            suggested: None,
        },
        "2026-06-09 09:15",
    )
}

fn decision(case: &Case, chance: u32) -> Decision {
    let mut decision = words::decision_on(case);
    decision.late_reason = Some("A supplier was late".to_owned());
    if chance.is_multiple_of(5) {
        decision.remedies.push(Remedy {
            kind: "refund".to_owned(),
            text: None,
        });
    }
    if chance.is_multiple_of(11) {
        decision.reasons.clear();
    }
    if chance.is_multiple_of(13) {
        decision.outcome = Outcome::NotUpheld;
    }
    decision
}

fn judgement(owner: Person, chance: u32) -> Triage {
    let mut judgement = words::judged_for(&owner);
    judgement.risk.complex = chance.is_multiple_of(3);
    judgement.risk.high_risk = chance.is_multiple_of(10);
    judgement.risk.reason = Some("Marks were lost".to_owned());
    judgement.urgency = Urgency::ALL[chance as usize / 7 % Urgency::ALL.len()];
    judgement.vip = chance.is_multiple_of(8).then(|| "Chair of the governors".to_owned());
    judgement
}

fn more_time(case: &Case, setting: &Setting<'_>, chance: u32) -> MoreTime {
    let due = rules::deadlines::decision_due(case, setting).map_or(setting.today(), |due| due.due_on);
    let new_due_on = setting.calendar.add_working_days(due, 1 + chance % 3).unwrap_or(due);
    MoreTime {
        new_due_on,
        reason_code: Some("person_away".to_owned()),
        reason: "Only Lee knows the system.".to_owned(),
    }
}

fn rule(attempt: &Try, by: &Person, other: &Person, case: &Case, setting: &Setting<'_>) -> Result<Change, Refused> {
    let chance = attempt.chance;
    let version = case.draft().map_or(1, |draft| draft.version) + u32::from(chance.is_multiple_of(6));
    let spoken = |by| Spoken { by, at: setting.now };
    match ACTS[attempt.what].0 {
        "triage" => triage::triage(case, &judgement(other.clone(), chance), by, setting),
        "take" => triage::take(case, &words::taken(), by, setting),
        "decide in writing" => decide::decide(case, decision(case, chance), &Telling::InWriting, by, setting),
        "decide in a call" => decide::decide(
            case,
            decision(case, chance),
            &Telling::Spoken(spoken(Means::Phone)),
            by,
            setting,
        ),
        "save a draft" => draft::save(case, decision(case, chance), by, setting),
        "declare a conflict" => {
            let known = chance.is_multiple_of(5).then_some("I led the team until March");
            conflict::declare(case, known, by, setting)
        }
        "override a conflict" => conflict::set_aside(case, "It is another team now", by, setting),
        "hear about the points" => points::heard(case, &testkit::investigated::agreed(setting.today()), by, setting),
        "submit" => draft::submit(case, decision(case, chance), AskSignOff::AsRulesSay, by, setting),
        "submit for sign-off" => draft::submit(case, decision(case, chance), AskSignOff::Yes, by, setting),
        "approve" => sign_off::approve(case, &testkit::words::version(version), None, by, setting),
        "send back" => sign_off::send_back(case, version, "Say what changes", by),
        "ask for stage 2" => escalate::request(case, Channel::Web, None, setting),
        "accept" => escalate::accept(case, other, None, by, setting),
        "refuse" => escalate::refuse(case, "It covers everything", by, setting),
        "reroute" => {
            let reason = StageReason::ALL[chance as usize % StageReason::ALL.len()];
            escalate::reroute(
                case,
                &Reroute {
                    reason,
                    note: "Three teams".to_owned(),
                    investigator: other.clone(),
                },
                by,
                setting,
            )
        }
        "extend" | "ask for more time" => extend::extend(case, &more_time(case, setting, chance), by, setting),
        "grant" => extend::grant(case, by, setting),
        "deny" => extend::deny(case, "Lee is back on Monday", by, setting),
        "flag a VIP" if !chance.is_multiple_of(2) => Err(Refused::NotNow("rarely".to_owned())),
        "flag a VIP" => vip::flag_vip(
            case,
            VipFlagged {
                source: VipSource::Manager,
                detail: "Chair".to_owned(),
            },
            other,
            by,
            setting,
        ),
        "close" => close::close(
            case,
            Ending::ALL[chance as usize % Ending::ALL.len()],
            "A fault report",
            by,
            setting,
        ),
        "close unanswered" => close::close(case, Ending::NoResponse, "We cannot find it", by, setting),
        "ask them something" => ask::ask(case, &question(case, setting, chance), by, setting),
        "record an answer" => {
            let answer = InfoReceived {
                by: AnsweredBy::ALL[chance as usize % AnsweredBy::ALL.len()],
                words: Some("The second floor".to_owned()),
            };
            ask::answered(case, &answer, by)
        }
        "ask for consent" => {
            let asked = ConsentAsked {
                by: means(chance),
                words: None,
            };
            consent::ask(case, &asked, by, setting)
        }
        "record consent" => {
            let given = ConsentGiven {
                way: ConsentWay::Phone,
                on: setting.today(),
                words: "He rang".to_owned(),
            };
            consent::give(case, &given, by, setting)
        }
        "withdraw consent" => consent::withdraw(case, "He rang again", by),
        "stand on the list" if !chance.is_multiple_of(2) => Err(Refused::NotNow("rarely".to_owned())),
        "stand on the list" => {
            let flag = VipFlagged {
                source: VipSource::List,
                detail: "Council".to_owned(),
            };
            Ok(vip::flag_listed(case, flag, setting))
        }
        "link with another" => {
            let linking = group::Linking {
                same: Sameness::SameMatter,
                reason: "The same evening".to_owned(),
            };
            group::link(case, another(), &linking, by).map(|both| both.here)
        }
        "take the link back" => group::unlink(case, another(), "Another library", by).map(|both| both.here),
        "stop for them" => close::withdraw(case, "She called", Some(by)),
        "stop" => close::withdraw(case, "", None),
        "reopen" => testkit::reopen(case, "They sent the log", by, setting),
        "write" => contact::update(
            case,
            &UpdateSent {
                words: "Nothing new.".to_owned(),
                by: means(chance),
                next_on: None,
            },
            by,
            setting,
        ),
        "note" => contact::note("Ask the network team.", by),
        "reply" => contact::message(case, "It happened again.", Channel::Web),
        "add a point" => contact::point(case, "Nobody called back", by),
        "assign" => triage::assign(case, other, None, by, setting),
        "categorise" => {
            let urgency = UrgencySet {
                urgency: Urgency::ALL[chance as usize % Urgency::ALL.len()],
                reason: None,
            };
            triage::categorise(
                case,
                CategorySet {
                    service: "A1".to_owned(),
                    problem: "B1".to_owned(),
                },
                urgency,
                by,
                setting,
            )
        }
        "reclassify" => triage::reclassify(case, FeedbackKind::ALL[chance as usize % 4], "Their own words", by),
        "tag with a regime" => {
            let regime = &setting.procedure.regimes[chance as usize % setting.procedure.regimes.len()];
            let tagging = regime::Tagging {
                regime: regime.name.code.clone(),
                began_on: chance.is_multiple_of(3).then(|| setting.today()),
                why: None,
            };
            regime::tag(case, &tagging, by, setting)
        }
        "record what a regime asks for" => regime::done(case, &done_now(case, setting), by, setting),
        "take a regime away" => {
            let tag = case.regimes.get(chance as usize % 3);
            regime::take_away(case, tag.map_or("none", RegimeTag::code), "A mistake", by)
        }
        "say where a regime is" => {
            let tag = case.open_regimes().next();
            regime::elsewhere(case, tag.map_or("none", RegimeTag::code), "With the office for it", by)
        }
        "close and say where" => {
            let ending = Ending::ALL[chance as usize % Ending::ALL.len()];
            regime::closing(case, "With the office for it", by, setting, |case| {
                close::close(case, ending, "A fault report", by, setting)
            })
        }
        "tell" => {
            let letters = tell::outstanding_letters(case, setting);
            let told = tell::Told {
                letter: letters.first().copied().unwrap_or(LetterKind::Stage1Decision),
                by: means(chance),
                at: setting.now,
                words: "I read it out.".to_owned(),
            };
            tell::tell(case, &told, by, setting)
        }
        "correct the address" => {
            let correction = Correction {
                contact: contact_data(case, chance),
                learnt: None,
                again: case.given_up().collect(),
            };
            correct(case, &given_up(case), &correction, by)
        }
        "correct their own address" => correct_own(case, &given_up(case), &contact_data(case, chance)),
        "send again" => send_again(case, &given_up(case), &case.given_up().collect::<Vec<_>>(), by),
        other => panic!("nobody knows how to {other}"),
    }
}

/// The first thing that is open, done today.
fn done_now(case: &Case, setting: &Setting<'_>) -> RegimeDone {
    let open = case
        .open_regimes()
        .flat_map(RegimeTag::parts)
        .find(|part| part.is_open());
    RegimeDone {
        regime: open.map_or("none", |part| part.tag.code()).to_owned(),
        clock: open.and_then(|part| part.clock.cloned()),
        on: setting.today(),
        words: "Confirmed by email".to_owned(),
    }
}

fn question(case: &Case, setting: &Setting<'_>, chance: u32) -> InfoRequested {
    let due = rules::deadlines::decision_due(case, setting).map_or(setting.today(), |due| due.due_on);
    InfoRequested {
        question: "On which floor were you?".to_owned(),
        by: means(chance),
        hoped_by: due.max(setting.today()),
    }
}

/// A complaint of somebody else that stands alone and came before all of these.
fn another() -> &'static Case {
    static ANOTHER: OnceLock<Case> = OnceLock::new();
    ANOTHER.get_or_init(|| {
        let mut case = Story::begin(&form(), &words::by_web(), "2026-01-02 09:15").case;
        case.reference = "FC-777".parse().unwrap();
        case
    })
}

/// The post room as far as a story knows it: what nobody tries any more.
fn given_up(case: &Case) -> Vec<Posted> {
    let posted = |(number, letter)| Posted {
        number,
        letter,
        standing: Standing::GivenUp,
        to: case.complainant.writes_to().map(str::to_owned),
    };
    (1..).zip(case.given_up()).map(posted).collect()
}

fn contact_data(case: &Case, chance: u32) -> ContactData {
    ContactData {
        email: Some(format!("priya{}@example.ac.uk", chance % 50)),
        reply_by: ReplyBy::ALL[chance as usize % ReplyBy::ALL.len()],
        phone: Some("01632 960 417".to_owned()),
        name: case.complainant.name.clone(),
    }
}

fn means(chance: u32) -> Means {
    Means::ALL[chance as usize / 5 % Means::ALL.len()]
}

/// Plays a try; answers whether anything happened.
fn play(story: &mut Story<'static>, attempt: &Try) -> Result<Option<&'static str>, TestCaseError> {
    let attempt = &Try {
        what: act_of(attempt, &story.case),
        ..attempt.clone()
    };
    let (name, needs, _) = ACTS[attempt.what];
    let before = story.history.len();
    match name {
        "letters arrive" => *story = story.clone().letters_arrive(),
        "a letter fails" => {
            let kind = story.letters.first().map(|letter| letter.kind);
            let given_up = attempt.chance.is_multiple_of(2);
            let failed = kind.map(|letter| DeliveryFailed {
                letter,
                reason: "451 later".to_owned(),
                attempts: 1,
                given_up,
                came_back: None,
                may_have_gone: false,
            });
            if let Some(failed) = failed {
                if given_up {
                    story.letters.remove(0);
                }
                story.try_as(Actor::System, |_, _| Ok(post::failed(failed))).unwrap();
            }
        }
        "set apart" => {
            let found =
                story.history.iter().rev().find_map(|recorded| {
                    matches!(recorded.event, Event::MessageReceived(_)).then_some(recorded.sequence)
                });
            let (by, history) = (who(attempt, story), story.history.clone());
            if let Some(message) = found.and_then(|sequence| Message::find(&history, sequence)) {
                let to = "FC-99999".parse().unwrap();
                let made = story.try_act(&by, |case, _| new_issue::set_apart(case, &message, to, &by));
                prop_assert!(made.is_err() || permission::may(&by, Act::LogFeedback));
            }
        }
        "clocks" => {
            if attempt.chance.is_multiple_of(2) {
                story.now = story.now.max(waited_for(story));
            }
            story.look_at_clocks();
            prop_assert_eq!(story.look_at_clocks(), [], "the clocks said the same thing twice");
        }
        _ => {
            let (by, other) = (who(attempt, story), other(story, attempt));
            let actor = if matches!(name, "ask for stage 2" | "stop" | "reply" | "correct their own address") {
                Actor::Complainant
            } else if name == "stand on the list" {
                Actor::System
            } else {
                Actor::Staff(by.id)
            };
            let unchanged = story.case.clone();
            let answer = story.try_as(actor, |case, setting| rule(attempt, &by, &other, case, setting));
            if answer.is_err() {
                prop_assert_eq!(&story.case, &unchanged, "a refusal changed the case");
            }
            let allowed = needs.is_none_or(|act| permission::may(&by, act));
            prop_assert!(
                allowed || answer.is_err(),
                "{} could {name} without the right to",
                by.name
            );
        }
    }
    Ok((story.history.len() > before).then_some(name))
}

/// The morning of the next reminder of a question, or of the day from which the case may be closed for want of an answer.
fn waited_for(story: &Story<'static>) -> Timestamp {
    let setting = story.setting();
    let reminder = ask::next_reminder(&story.case, &setting).map(|(_, at)| at);
    let closable = || ask::closable_from(&story.case, &setting).map(|day| testkit::at(&format!("{day} 09:00")));
    reminder.or_else(closable).unwrap_or(story.now)
}

fn stands(story: &Story<'static>) -> Result<(), TestCaseError> {
    let case = &story.case;
    if let State::Open(work) | State::SignOff(work, _) | State::Decided(work, _) = &case.state {
        prop_assert!(
            case.vip.is_none() || work.stage() == 2,
            "a VIP is worked on at stage 1 (invariant 7)"
        );
        prop_assert!(work.stage() <= 2, "there are two stages (R50)");
    }
    if case.is_open() && case.state != State::Received {
        prop_assert!(case.owner.is_some(), "nobody is accountable (R40)");
    }
    let waits = case.is_open() && !matches!(case.state, State::Answered(..)) && case.kind == FeedbackKind::Complaint;
    if waits {
        prop_assert!(
            story.date(Duty::Update).is_some_and(|date| date.met_at.is_none()),
            "no news is due (R24) while {}",
            case.state.name()
        );
    }
    if let Some(question) = &case.question {
        prop_assert!(
            !matches!(case.state, State::Decided(..) | State::Answered(..) | State::Closed(..)),
            "a question waits after the decision"
        );
        let most = story
            .setting()
            .procedure
            .no_answer
            .as_ref()
            .map_or(0, |rule| rule.reminders_after_working_days.len());
        prop_assert!(question.reminded_at.len() <= most, "too many reminders (A41)");
    }
    if let State::Closed(Ending::NoResponse, _) = &case.state {
        let last = story
            .history
            .iter()
            .rfind(|recorded| matches!(recorded.event, Event::Closed(_)));
        prop_assert!(
            last.is_some_and(|last| last.actor.staff().is_some()),
            "the system closed it (A41)"
        );
    }
    regimes_stand(story)?;
    for stage in &case.stages {
        let earlier = case.deciders_before(stage.entry.stage);
        prop_assert!(
            stage.decided_by.is_none_or(|(who, _)| !earlier.contains(&who)),
            "one person decided two stages (R28)"
        );
        prop_assert!(
            stage.communicated.is_none() || stage.decision.is_some(),
            "a decision was told that was not made"
        );
    }
    Ok(())
}

/// What a regime asks for stands in the dates of the case while it is open, and no ending of ours leaves it behind without a word (A38).
fn regimes_stand(story: &Story<'static>) -> Result<(), TestCaseError> {
    let case = &story.case;
    let ours = case.regimes.iter().filter(|tag| tag.elsewhere.is_none());
    let clocks: usize = ours.map(|tag| tag.tagged.clocks.len()).sum();
    let dates: Vec<_> = story
        .dates()
        .into_iter()
        .filter(|date| date.duty == Duty::Regime)
        .collect();
    prop_assert_eq!(dates.len(), clocks, "a date of a regime is missing");
    for tag in &case.regimes {
        for part in tag.parts() {
            let name = part
                .clock
                .map(|clock| rules::case::regime::clock_of_regime(tag.code(), clock));
            let met = dates
                .iter()
                .find(|date| Some(&date.clock) == name.as_ref())
                .map(|date| date.met_at);
            prop_assert!(
                met.is_none_or(|met| met.is_none() == part.is_open()),
                "{} is met by something else than what was recorded",
                tag.code()
            );
        }
    }
    if let State::Closed(ending, _) = &case.state {
        prop_assert!(
            *ending == Ending::Withdrawn || !case.has_open_regime(),
            "closed with an open regime: {ending:?}"
        );
    }
    Ok(())
}

/// What the history as a whole must show.
fn history_stands(story: &Story<'static>) -> Result<(), TestCaseError> {
    let again = Case::replay(story.case.reference.clone(), &story.history);
    prop_assert_eq!(
        again.as_ref().ok(),
        Some(&story.case),
        "the history tells another case (invariant 6)"
    );
    let mut author = None;
    let mut vip = false;
    for (at, recorded) in story.history.iter().enumerate() {
        let event = &recorded.event;
        let stored = Event::decode(event.kind(), event.version(), &event.encode()).ok();
        prop_assert_eq!(stored.as_ref(), Some(event), "an event is stored other than it is");
        match event {
            Event::VipFlagged(_) => vip = true,
            Event::StageEntered(entry) => prop_assert!(!vip || entry.stage == 2, "a VIP enters stage 1"),
            Event::DraftSaved(_) => author = recorded.actor.staff(),
            Event::SignOffApproved(_) => prop_assert_ne!(
                author,
                recorded.actor.staff(),
                "an author approved their own letter (R28)"
            ),
            Event::DecisionRecorded(recorded) if vip => {
                prop_assert_eq!(recorded.stage, 2, "a VIP is decided at stage 1");
                prop_assert_eq!(
                    story.history[at - 1].event.kind(),
                    "signoff.approved",
                    "a VIP's letter went out unsigned (R78)"
                );
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn whatever_people_do_the_case_stays_whole() {
    let done: RefCell<BTreeMap<&'static str, u32>> = RefCell::default();
    let ends: RefCell<BTreeMap<&'static str, u32>> = RefCell::default();
    let config = Config {
        cases: HISTORIES,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&(any::<u32>(), tries()), |(seed, attempts)| {
        let mut story = begin(seed);
        for attempt in &attempts {
            story.now = story
                .now
                .saturating_add(SignedDuration::from_mins(attempt.minutes))
                .unwrap();
            if let Some(name) = play(&mut story, attempt)? {
                *done.borrow_mut().entry(name).or_default() += 1;
                stands(&story)?;
            }
        }
        *ends.borrow_mut().entry(story.case.state.name()).or_default() += 1;
        stub::stub_stands(&story)?;
        retold::retelling_stands(&story)?;
        history_stands(&story)
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    // A property that is never tried holds always: every act must have happened, and every state been an end.
    let done = done.into_inner();
    for (name, ..) in ACTS {
        assert!(
            done.get(name).is_some_and(|times| *times >= 40),
            "nobody could {name}: {done:?}"
        );
    }
    assert_eq!(ends.into_inner().len(), 7, "every state is an end");
}

#[test]
fn dates_never_move_earlier_while_work_goes_on() {
    let config = Config {
        cases: HISTORIES,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&(any::<u32>(), tries()), |(seed, attempts)| {
        let mut story = begin(seed);
        let mut known: BTreeMap<usize, jiff::civil::Date> = BTreeMap::new();
        for attempt in &attempts {
            story.now = story
                .now
                .saturating_add(SignedDuration::from_mins(attempt.minutes))
                .unwrap();
            play(&mut story, attempt)?;
            let Some(due) = rules::deadlines::decision_due(&story.case, &story.setting()) else {
                continue;
            };
            let before = known.insert(story.case.stages.len(), due.due_on);
            prop_assert!(
                before.is_none_or(|before| before <= due.due_on),
                "{before:?} became {}",
                due.due_on
            );
            let working = story.setting().calendar.is_working_day(due.due_on);
            prop_assert!(working, "{} is no working day", due.due_on);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
