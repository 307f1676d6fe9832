//! The facts of a letter, gathered from the case after the change that owes it.

use jiff::Timestamp;
use rules::case::vocabulary::{Means, Outcome};
use rules::case::{Case, Decision, LetterOwed, Setting, State};
use rules::clock::full_date;
use rules::deadlines;
use rules::handling::escalate;
use rules::letters::{LetterFacts, LetterKind, PointAnswer, PromisedAction};
use serde::{Deserialize, Serialize};

use crate::Office;

/// A letter that waits in the outbox: facts and address; words and bytes are made when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Which letter.
    pub kind: LetterKind,
    /// By e-mail, or shown on the tracking page.
    pub by: Means,
    /// The address, for e-mail.
    pub to: Option<String>,
    /// The name beside the address.
    pub to_name: String,
    /// What it may state.
    pub facts: LetterFacts,
    /// The number of the event that owes it: the same for every try, so that the message id stays.
    pub sequence: u32,
    /// When it was owed.
    pub owed_at: Timestamp,
}

/// Addresses a letter and gathers its facts.
pub fn gather(office: &Office, case: &Case, owed: &LetterOwed, setting: &Setting<'_>) -> Waiting {
    addressed(case, owed.kind, facts(office, case, owed, setting), setting)
}

/// The same letter once more, to where the complainant is reached now. What it tells is what it told; how it greets, and the dates that
/// count from the day on which it goes out, are those of today.
pub fn again(office: &Office, case: &Case, letter: &Waiting, setting: &Setting<'_>) -> Waiting {
    let today = facts(office, case, &LetterOwed::automatic(letter.kind), setting);
    let facts = LetterFacts {
        greeting: today.greeting,
        next_update_date: today.next_update_date,
        escalate_by: today.escalate_by,
        ..letter.facts.clone()
    };
    addressed(case, letter.kind, facts, setting)
}

fn addressed(case: &Case, kind: LetterKind, facts: LetterFacts, setting: &Setting<'_>) -> Waiting {
    let complainant = &case.complainant;
    let to = complainant.writes_to().map(str::to_owned);
    Waiting {
        kind,
        by: if to.is_some() {
            Means::Email
        } else {
            Means::TrackingPage
        },
        to,
        to_name: complainant.name.clone().unwrap_or_default(),
        facts,
        sequence: case.sequence,
        owed_at: setting.now,
    }
}

/// What this letter may state about this case.
pub fn facts(office: &Office, case: &Case, owed: &LetterOwed, setting: &Setting<'_>) -> LetterFacts {
    let institution = office.institution();
    let due = deadlines::decision_due(case, setting);
    let signer = owed.signed_by.and_then(|id| office.person_ever(id));
    let handler = case.owner.and_then(|id| office.person(id));
    let received = &case.received;
    let mut facts = LetterFacts {
        organisation: institution.organisation.clone(),
        unit: institution.unit.clone(),
        phone: institution.phone.clone(),
        greeting: case.complainant.greeting().to_owned(),
        reference: case.reference.to_string(),
        feedback: case.kind.words().to_owned(),
        about: received.title.clone(),
        stage: stage_words(case),
        decision_date: due.map_or_else(|| first_decision_date(case, setting), |due| full_date(due.due_on)),
        old_decision_date: case
            .extensions
            .last()
            .map_or_else(String::new, |extension| full_date(extension.old_due_on)),
        next_update_date: deadlines::update_due(case, setting).map_or_else(String::new, |due| full_date(due.due_on)),
        tracking_link: tracking_link(office, case),
        body: owed.body.clone(),
        signed_by: signer
            .as_ref()
            .map_or_else(|| institution.unit.clone(), |person| person.name.clone()),
        signed_job: signer.map_or_else(|| institution.organisation.clone(), |person| person.job_title),
        handled_by: handler.map_or_else(String::new, |person| format!("{}, {}", person.name, person.job_title)),
        ..LetterFacts::default()
    };
    if matches!(owed.kind, LetterKind::Acknowledgement | LetterKind::FeedbackReceived) {
        facts.receipt_code = grouped(&received.receipt_code);
    }
    match (owed.kind, &case.state) {
        (
            LetterKind::Stage1Decision | LetterKind::Stage2Decision,
            State::Decided(_, decision) | State::Answered(_, decision),
        ) => {
            add_decision(&mut facts, case, decision, setting);
        }
        (LetterKind::EscalationRefused, _) => facts.signpost = elsewhere(case, setting),
        _ => {}
    }
    facts
}

fn add_decision(facts: &mut LetterFacts, case: &Case, decision: &Decision, setting: &Setting<'_>) {
    facts.outcome_sentence = outcome_sentence(decision.outcome).to_owned();
    facts.apology_owed = matches!(decision.outcome, Outcome::Upheld | Outcome::PartlyUpheld);
    facts.body.clone_from(&decision.reasons);
    facts.what_we_did.clone_from(&decision.what_we_did);
    facts.points = decision
        .points
        .iter()
        .map(|answer| PointAnswer {
            number: answer.number,
            text: case
                .points
                .iter()
                .find(|point| point.number == answer.number)
                .map_or_else(String::new, |point| point.text.clone()),
            finding: answer.finding.clone(),
            outcome: answer.outcome.words().to_owned(),
        })
        .collect();
    facts.actions = decision
        .actions
        .iter()
        .map(|action| PromisedAction {
            text: action.text.clone(),
            owner: action.owner.clone(),
            by: full_date(action.due_on),
        })
        .collect();
    facts.escalate_by = escalate_by(case, setting).map_or_else(String::new, full_date);
    facts.signpost = signpost(case, setting);
}

/// The last day to ask for the next stage, counted from the day on which this letter goes out.
fn escalate_by(case: &Case, setting: &Setting<'_>) -> Option<jiff::civil::Date> {
    if let Some(date) = escalate::ask_by(case, setting) {
        return Some(date);
    }
    let stage = setting.procedure.stage_number(case.stage())?;
    let days = setting.procedure.gate_from(&stage.id)?.window_working_days?;
    setting.calendar.add_working_days(setting.today(), days).ok()
}

/// Where else to turn after the last stage, by what the complainant is to the institution (A37).
pub fn signpost(case: &Case, setting: &Setting<'_>) -> String {
    let stage = setting.procedure.stage_number(case.stage());
    if stage.is_some_and(|stage| setting.procedure.gate_from(&stage.id).is_some()) {
        return String::new();
    }
    elsewhere(case, setting)
}

fn elsewhere(case: &Case, setting: &Setting<'_>) -> String {
    let kind = case.complainant.kind;
    let mut signposts = setting
        .procedure
        .signposts
        .iter()
        .filter(|signpost| signpost.when.is_none());
    let fitting = signposts.clone().find(|signpost| signpost.complainants.contains(&kind));
    fitting
        .or_else(|| signposts.find(|signpost| signpost.complainants.is_empty()))
        .map_or_else(String::new, |signpost| signpost.text.clone())
}

/// "We agree with your complaint." and its like: the decision in the first line.
pub fn outcome_sentence(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Resolved => "We have settled your complaint.",
        Outcome::Upheld => "We agree with your complaint.",
        Outcome::PartlyUpheld => "We agree with part of your complaint.",
        Outcome::NotUpheld => "We do not agree with your complaint.",
    }
}

fn stage_words(case: &Case) -> String {
    if case.stage() == 0 {
        "stage 1".to_owned()
    } else {
        format!("stage {}", case.stage())
    }
}

/// Before triage the first stage's date is the promise.
fn first_decision_date(case: &Case, setting: &Setting<'_>) -> String {
    let before_triage = case.stages.is_empty() && case.kind == rules::case::vocabulary::FeedbackKind::Complaint;
    let stage = rules::handling::triage::first_stage(setting.procedure);
    let due = deadlines::would_be_due(stage.number, case.received.received_at, setting);
    match due {
        Ok(Some(due)) if before_triage => full_date(due.due_on),
        _ => String::new(),
    }
}

/// The private address of the tracking page.
pub fn tracking_link(office: &Office, case: &Case) -> String {
    format!(
        "{}/track/{}/k/{}",
        office.institution().public_url,
        case.reference,
        case.received.link_token
    )
}

/// The receipt code in groups of four, as it is shown and read out.
pub fn grouped(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}
