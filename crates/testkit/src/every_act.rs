//! Everything that a member of staff can do to a case, by name: for stories in which each of them is refused alike.

use casework::ActError;
use casework::handling::{
    Hand, approve, ask, confidential, consent, correct, decide, escalate, extend, group, judge, regime, send_again,
    tell, write,
};
use rules::case::event::{
    AnsweredBy, CategorySet, ConsentAsked, ConsentGiven, ConsentWay, InfoReceived, InfoRequested, RegimeDone, Sameness,
    UpdateSent, UrgencySet,
};
use rules::case::vocabulary::{Channel, Ending, FeedbackKind, Means, StageReason, Urgency};
use rules::case::{Case, ContactData};
use rules::clock::ClockName;
use rules::confidential::StaffNamed;
use rules::confidential::lane::{Naming, Restriction};
use rules::handling::correct::Correction;
use rules::handling::decide::Telling;
use rules::handling::draft::AskSignOff;
use rules::handling::escalate::Reroute;
use rules::handling::extend::MoreTime;
use rules::handling::group::Linking;
use rules::handling::regime::Tagging;
use rules::handling::sign_off::{Edit, Read};
use rules::handling::tell::Told;
use rules::letters::LetterKind;
use rules::people::Person;

use crate::investigating::investigating;
use crate::people::{dana, owen};
use crate::{at, day, words};

/// The name of each act.
pub const EVERY_ACT: &[&str] = &[
    "triage",
    "name and triage",
    "restrict",
    "name",
    "open",
    "assign",
    "categorise",
    "flag VIP",
    "reclassify",
    "decide",
    "save draft",
    "save unfinished",
    "submit draft",
    "close",
    "withdraw",
    "reopen",
    "request stage 2",
    "accept",
    "refuse",
    "reroute",
    "extend",
    "grant",
    "deny",
    "update",
    "note",
    "heard",
    "point",
    "tell",
    "correct",
    "send again",
    "approve",
    "edit letter",
    "send back",
    "link",
    "take link back",
    "ask for consent",
    "record consent",
    "withdraw consent",
    "ask",
    "record an answer",
    "tag with a regime",
    "take a regime away",
    "record what a regime asks for",
    "say where a regime is",
    "send points",
    "hear points",
    "go on",
    "reword point",
    "set point aside",
    "declare conflict",
    "override conflict",
    "plan",
    "settle line",
    "add evidence",
    "set evidence aside",
    "no evidence",
    "interview",
    "confirm notes",
    "no interviews",
    "save findings",
];

/// Does the act of this name, with words that would do; where it passes the case on, to `owner`.
///
/// # Errors
/// When the act is refused.
///
/// # Panics
/// When no act has the name.
pub async fn do_act(name: &str, hand: Hand<'_>, case: &Case, owner: &Person) -> Result<Case, ActError> {
    // In parts and on the heap: the futures of all acts together would not fit onto the stack of a test.
    match name {
        "triage" | "name and triage" | "restrict" | "name" | "open" | "assign" | "categorise" | "flag VIP"
        | "reclassify" | "decide" | "save draft" => Box::pin(judging(name, hand, case, owner)).await,
        "save unfinished" | "submit draft" | "close" | "withdraw" | "reopen" | "request stage 2" | "accept"
        | "refuse" | "reroute" | "extend" | "grant" => Box::pin(deciding(name, hand, case)).await,
        "deny" | "update" | "note" | "heard" | "point" | "tell" | "correct" | "send again" | "approve"
        | "edit letter" | "send back" => Box::pin(telling(name, hand, case)).await,
        "link"
        | "take link back"
        | "ask for consent"
        | "record consent"
        | "withdraw consent"
        | "ask"
        | "record an answer"
        | "tag with a regime"
        | "take a regime away"
        | "record what a regime asks for"
        | "say where a regime is" => Box::pin(about_others(name, hand, case)).await,
        other => Box::pin(investigating(other, hand, case)).await,
    }
}

/// Who it is about, who has it, what it is.
async fn judging(name: &str, hand: Hand<'_>, case: &Case, owner: &Person) -> Result<Case, ActError> {
    let decision = words::decision_on(case);
    match name {
        "triage" => judge::triage(hand, &words::judged_for(owner)).await,
        "name and triage" => confidential::named_and_triaged(hand, &about_owen(), &words::judged_for(owner)).await,
        "restrict" => confidential::restrict(hand, &restriction(owner)).await,
        "name" => confidential::name(hand, &naming(owner)).await,
        "open" => confidential::open(hand, "About the queue").await,
        "assign" => judge::assign(hand, owner, None).await,
        "categorise" => judge::categorise(hand, &category(), &urgency()).await,
        "flag VIP" => judge::flag_vip(hand, "Chair of the governors", &dana()).await,
        "reclassify" => judge::reclassify(hand, FeedbackKind::Comment, "No complaint").await,
        "decide" => decide::decide(hand, &decision, &Telling::InWriting).await,
        "save draft" => decide::save_draft(hand, &decision).await,
        other => panic!("no act {other}"),
    }
}

/// The way to a decision, and more time for it.
async fn deciding(name: &str, hand: Hand<'_>, case: &Case) -> Result<Case, ActError> {
    let decision = words::decision_on(case);
    match name {
        "save unfinished" => decide::save_unfinished(hand, &decision, &[1]).await,
        "submit draft" => decide::submit_draft(hand, &decision, AskSignOff::Yes).await,
        "close" => decide::close(hand, Ending::Referred, "Elsewhere").await,
        "withdraw" => decide::withdraw(hand, "They called").await,
        "reopen" => decide::reopen(hand, "A new log").await,
        "request stage 2" => escalate::request(hand, Channel::Phone, None).await,
        "accept" => escalate::accept(hand, &dana(), None).await,
        "refuse" => escalate::refuse(hand, "Nothing new").await,
        "reroute" => escalate::reroute(hand, &reroute()).await,
        "extend" => extend::extend(hand, &more_time()).await,
        "grant" => extend::grant(hand).await,
        other => panic!("no act {other}"),
    }
}

/// Words, letters and sign-off.
async fn telling(name: &str, hand: Hand<'_>, case: &Case) -> Result<Case, ActError> {
    match name {
        "deny" => extend::deny(hand, "No").await,
        "update" => write::update(hand, &update()).await,
        "note" => write::note(hand, "A note").await,
        "heard" => write::heard(hand, "They called", Channel::Phone).await,
        "point" => write::point(hand, "Nobody called back").await,
        "tell" => tell::tell(hand, &told()).await,
        "correct" => correct::correct(hand, &correction(case)).await,
        "send again" => send_again::send_again(hand, &[LetterKind::Acknowledgement]).await,
        "approve" => approve::approve(hand, &read(case), None).await,
        "edit letter" => approve::edit(hand, &read(case), &edit()).await,
        "send back" => approve::send_back(hand, 1, "Change it").await,
        other => panic!("no act {other}"),
    }
}

/// The acts that have to do with somebody or something else than the case itself.
async fn about_others(name: &str, hand: Hand<'_>, case: &Case) -> Result<Case, ActError> {
    match name {
        "link" => group::link(hand, &case.reference, &linking()).await,
        "take link back" => group::unlink(hand, &case.reference, "Another library").await,
        "ask for consent" => consent::ask(hand, &asked_consent()).await,
        "record consent" => consent::give(hand, &agreed()).await,
        "withdraw consent" => consent::withdraw(hand, "They rang").await,
        "ask" => ask::ask(hand, &question()).await,
        "record an answer" => ask::answered(hand, &answer()).await,
        "tag with a regime" => regime::tag(hand, &tagging()).await,
        "take a regime away" => regime::take_away(hand, "data_protection", "A mistake").await,
        "record what a regime asks for" => regime::done(hand, &confirmed()).await,
        "say where a regime is" => regime::elsewhere(hand, "data_protection", "With its office").await,
        other => panic!("no act {other}"),
    }
}

fn tagging() -> Tagging {
    Tagging {
        regime: "data_protection".to_owned(),
        ..Tagging::default()
    }
}

fn confirmed() -> RegimeDone {
    RegimeDone {
        regime: "data_protection".to_owned(),
        clock: Some(ClockName::new("data_protection_complaint")),
        on: day("2026-06-09"),
        words: "Confirmed by email".to_owned(),
    }
}

fn read(case: &Case) -> Read {
    case.draft().map_or_else(|| words::version(1), Read::of)
}

fn edit() -> Edit {
    Edit {
        reasons: "Two access points restarted.".to_owned(),
        what_we_did: "We replaced both.".to_owned(),
        findings: Vec::new(),
        why: "Shorter".to_owned(),
    }
}

fn about_owen() -> StaffNamed {
    StaffNamed {
        people: vec![owen().id],
        others: None,
    }
}

fn restriction(owner: &Person) -> Restriction {
    Restriction {
        reason: "About the desk".to_owned(),
        named: about_owen(),
        to: Some(owner.clone()),
    }
}

fn naming(owner: &Person) -> Naming {
    Naming {
        named: about_owen(),
        to: Some(owner.clone()),
    }
}

fn linking() -> Linking {
    Linking {
        same: Sameness::SameMatter,
        reason: "The same evening".to_owned(),
    }
}

fn asked_consent() -> ConsentAsked {
    ConsentAsked {
        by: Means::Email,
        words: None,
    }
}

fn agreed() -> ConsentGiven {
    ConsentGiven {
        way: ConsentWay::Phone,
        on: day("2026-06-09"),
        words: "They may know".to_owned(),
    }
}

fn question() -> InfoRequested {
    InfoRequested {
        question: "On which floor?".to_owned(),
        by: Means::Email,
        hoped_by: day("2026-06-11"),
    }
}

fn answer() -> InfoReceived {
    InfoReceived {
        by: AnsweredBy::Told,
        words: Some("The second".to_owned()),
    }
}

fn category() -> CategorySet {
    CategorySet {
        service: "A1".to_owned(),
        problem: "B1".to_owned(),
    }
}

fn urgency() -> UrgencySet {
    UrgencySet {
        urgency: Urgency::High,
        reason: None,
    }
}

fn reroute() -> Reroute {
    Reroute {
        reason: StageReason::Complex,
        note: "Two teams".to_owned(),
        investigator: dana(),
    }
}

fn more_time() -> MoreTime {
    MoreTime {
        new_due_on: day("2026-06-15"),
        reason_code: Some("major_incident".to_owned()),
        reason: "The network team is dealing with an outage.".to_owned(),
    }
}

fn update() -> UpdateSent {
    UpdateSent {
        words: "News".to_owned(),
        by: Means::Email,
        next_on: None,
    }
}

fn told() -> Told {
    Told {
        letter: LetterKind::Acknowledgement,
        by: Means::Phone,
        at: at("2026-06-09 09:20"),
        words: "We have your complaint".to_owned(),
    }
}

fn correction(case: &Case) -> Correction {
    Correction {
        contact: ContactData {
            email: Some("priya.n@example.ac.uk".to_owned()),
            ..case.complainant.contact_data()
        },
        learnt: Some("She called".to_owned()),
        again: Vec::new(),
    }
}
