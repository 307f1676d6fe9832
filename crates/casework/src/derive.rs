//! The rows that follow from a case: what lists, counts, the job register and the search need. All can be rebuilt from the events.

use std::collections::BTreeMap;

use rules::case::event::Event;
use rules::case::investigation::Agreed;
use rules::case::vocabulary::FeedbackKind;
use rules::case::{Case, Recorded, Setting, State};
use rules::clock::short_date;
use rules::confidential::sealing::report;
use rules::deadlines::{Deadline, Duty};
use rules::files::SeenBy;
use rules::handling::ask::next_reminder;
use rules::handling::awaited::awaited;
use rules::letters::LetterKind;
use rules::people::StaffId;
use rules::sentence::capital;
use serde::{Deserialize, Serialize};
use storage::cases::CaseRow;
use storage::deadlines::DeadlineRow;
use storage::search::Weight;

mod job;
mod keeping;

pub use self::job::{STUB, job_row, job_updates};
pub use self::keeping::keeping_row;

/// The personal part of a list line, sealed under the key of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// A line to know it by.
    pub title: String,
    /// Who it is from.
    pub from: String,
    /// What they are to the institution.
    pub from_kind: String,
    /// The first words, for triage.
    pub excerpt: String,
    /// It is restricted: it is about a member of staff.
    pub about_staff: bool,
    /// Those of staff whom it is about, by number.
    #[serde(default)]
    pub named: Vec<i64>,
    /// What to do next.
    pub next_step: String,
    /// The instant from which the open date counts.
    pub clock_from: Option<jiff::Timestamp>,
    /// The stage of the open date: before triage, the one at which it begins as far as is known.
    #[serde(default)]
    pub due_stage: u8,
    /// The number of the job.
    pub job: Option<String>,
    /// An update was missed.
    pub update_missed: bool,
    /// A letter came back.
    pub undelivered: bool,
    /// The complainant wrote and nobody has taken it up.
    #[serde(default)]
    pub message_waits: bool,
    /// A question to the complainant waits for their answer.
    #[serde(default)]
    pub waits_for_answer: bool,
    /// It was closed and is taken up again (A40).
    #[serde(default)]
    pub reopened: bool,
    /// What is asked of somebody other than its owner.
    #[serde(default)]
    pub asked: Option<String>,
    /// What is asked goes on beside the work: the owner does not wait for it.
    #[serde(default)]
    pub asked_beside: bool,
    /// What another regime asks for, where one does.
    #[serde(default)]
    pub regime: Option<RegimeDue>,
}

/// The next date of another regime (A38).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegimeDue {
    /// The day; none where no open regime sets one.
    pub on: Option<jiff::civil::Date>,
}

/// Those of staff whom a case is about, by number.
pub fn named(case: &Case) -> Vec<i64> {
    case.named.people.iter().map(|StaffId(id)| *id).collect()
}

/// The case that leads its group; nothing where it stands alone (A27).
pub fn group(case: &Case) -> Option<String> {
    case.leading().map(ToString::to_string)
}

/// True for an event after which the case may belong to another group.
pub fn changes_group(event: &Event) -> bool {
    matches!(event, Event::CaseLinked(_) | Event::CaseUnlinked(_))
}

/// The row of a case for lists and counts.
pub fn case_row(case: &Case, deadlines: &[Deadline], setting: &Setting<'_>) -> Result<CaseRow, serde_json::Error> {
    let awaited = awaited(case, setting);
    let due = open(deadlines, Duty::EscalationDecision).or_else(|| open(deadlines, Duty::Decision));
    let update = open(deadlines, Duty::Update);
    Ok(CaseRow {
        reference: case.reference.to_string(),
        number: case.reference.number(),
        kind: case.kind.code().to_owned(),
        state: case.state.name().to_owned(),
        stage: i64::from(case.stage()),
        lane: case.lane.code().to_owned(),
        owner_id: case.owner.map(|owner| owner.0),
        received_at: case.received.received_at,
        received_on: case.received.received_on,
        due_on: due.map(|due| due.due_on),
        due_at: due.map(|due| due.due_at),
        due_clock: due.map(|due| due.clock.clone()),
        update_due_at: update.map(|update| update.due_at),
        closed_at: case.closed_at,
        urgency: case.urgency as i64,
        vip: case.vip.is_some(),
        service: case.category.as_ref().map(|category| category.service.clone()),
        problem: case.category.as_ref().map(|category| category.problem.clone()),
        channel: case.received.channel.code().to_owned(),
        alerts: i64::try_from(case.alerts.len()).unwrap_or(i64::MAX),
        extended: due.is_some_and(|due| due.duty == Duty::Decision && case.extensions_now().next().is_some()),
        last_contact_at: Some(case.contact.at),
        procedure_version: case.received.procedure_version.clone(),
        last_sequence: i64::from(case.sequence),
        asked_of: awaited.map(|awaited| awaited.of.code()),
        waits_for_answer: case.waits_for_answer(),
        letters_lost: i64::try_from(case.given_up().count()).unwrap_or(i64::MAX),
        card: serde_json::to_vec(&Card {
            asked: awaited.map(|awaited| capital(awaited.question.words())),
            asked_beside: awaited.is_some_and(|awaited| awaited.question.is_beside()),
            regime: regime_due(case, deadlines),
            ..card(case, due)
        })?,
    })
}

fn open(deadlines: &[Deadline], duty: Duty) -> Option<&Deadline> {
    deadlines
        .iter()
        .rev()
        .find(|deadline| deadline.duty == duty && deadline.met_at.is_none())
}

fn card(case: &Case, due: Option<&Deadline>) -> Card {
    use rules::case::Alert;
    let words = &case.received.words;
    Card {
        title: case.received.title.clone(),
        from: case.complainant.display_name().to_owned(),
        from_kind: case.complainant.kind.words().to_owned(),
        excerpt: words.chars().take(400).collect(),
        about_staff: case.is_restricted(),
        named: named(case),
        next_step: with_plan(case),
        clock_from: due.map(|due| due.from),
        due_stage: due.map_or(0, |due| due.stage),
        job: case.job.as_ref().map(|job| job.number.clone()),
        update_missed: case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::UpdateMissed { .. })),
        undelivered: case
            .alerts
            .iter()
            .any(|alert| matches!(alert, Alert::Undelivered { .. })),
        message_waits: case.message_waits(),
        waits_for_answer: case.waits_for_answer(),
        reopened: case.is_open() && !case.reopened_at.is_empty(),
        asked: None,
        asked_beside: false,
        regime: None,
    }
}

/// The soonest open date of a regime that is ours.
fn regime_due(case: &Case, deadlines: &[Deadline]) -> Option<RegimeDue> {
    let open = deadlines
        .iter()
        .filter(|deadline| deadline.duty == Duty::Regime && deadline.met_at.is_none());
    case.has_open_regime().then(|| RegimeDue {
        on: open.map(|deadline| deadline.due_on).min(),
    })
}

/// What the owner does next, with the next day of their plan while they investigate.
fn with_plan(case: &Case) -> String {
    let step = next_step(case);
    match case.investigation.open_lines().first() {
        Some(line) if matches!(case.state, State::Open(_)) => {
            format!("{step}; next in the plan by {}", short_date(line.line.by_on))
        }
        _ => step.to_owned(),
    }
}

/// What the owner does next, in a few words.
pub fn next_step(case: &Case) -> &'static str {
    if let Some(step) = of_a_handover(case) {
        return step;
    }
    match &case.state {
        State::Received if case.kind == FeedbackKind::Complaint => "Triage",
        State::Received => "Read it and pass it on",
        State::Open(work) if work.returned.is_some() => "Change the letter: it came back from sign-off",
        State::Open(_) if case.extension_request.is_some() => "Waiting for an answer on more time",
        State::Open(_) if case.waits_for_answer() => "Waiting for their answer",
        State::Open(_) if case.conflict_of_owner().is_some() => "Waiting for an answer on a conflict of interest",
        State::Open(_) if matches!(case.investigation.agreement.standing(), Agreed::ToTakeIn(_)) => {
            "Take in what they said about the points"
        }
        State::Open(work) if work.draft.is_some() => "Finish the draft and send it for sign-off",
        State::Open(work) if work.stage() > 1 => "Investigate and write the decision",
        State::Open(_) => "Record the decision",
        State::SignOff(_, draft) if !draft.edited_by.is_empty() => {
            "Waiting for sign-off: words of your letter were changed, see Letters"
        }
        State::SignOff(..) => "Waiting for sign-off",
        State::Decided(..) if case.given_up().any(LetterKind::decides) => {
            "The decision did not arrive: correct the address, or tell them another way"
        }
        State::Decided(work, _) if work.draft.as_ref().is_some_and(|draft| !draft.edited_by.is_empty()) => {
            "The letter is on its way; its words were changed before sign-off, see Letters"
        }
        State::Decided(..) => "The letter is on its way",
        State::Answered(..) if case.has_open_regime() => {
            "Another regime is open: record what was done, or say where it is handled now"
        }
        State::Answered(..) => "Close it",
        State::EscalationPending(..) => "Waiting for an answer on stage 2",
        State::Closed(..) if case.has_open_regime() => "Closed; another regime is open",
        State::Closed(..) => "Nothing: it is closed",
    }
}

/// What is next where a line manager has the case, or is about to (R34).
fn of_a_handover(case: &Case) -> Option<&'static str> {
    if case.seal.asked.is_some() {
        return Some("On its way to a line manager");
    }
    let held = case.held().filter(|_| case.is_sealed() && case.is_open())?;
    Some(match (&case.state, held.taken_at) {
        (State::EscalationPending(..), _) => "Hand it over to another manager: they asked for stage 2",
        (_, None) => "With a line manager, who has not said yet that they have it",
        (_, Some(_)) => "With a line manager",
    })
}

/// The rows of the index of dates, and of the instant at which the complainant is reminded of a question (A41). A case that is taken up again on the day on which it ended owes the same date twice: that is one row,
/// met once both are.
pub fn deadline_rows(case: &Case, deadlines: &[Deadline], setting: &Setting<'_>) -> Vec<DeadlineRow> {
    let closed = !case.is_open();
    let mut rows: BTreeMap<_, DeadlineRow> = BTreeMap::new();
    if let Some((number, due_at)) = next_reminder(case, setting) {
        let reminder = DeadlineRow {
            reference: case.reference.to_string(),
            clock: format!("reminder {number}"),
            due_at,
            due_on: None,
            kind: "reminder".to_owned(),
            met: false,
        };
        rows.insert((due_at, reminder.clock.clone(), reminder.kind.clone()), reminder);
    }
    if let Some(due_at) = report::next_reminder(case, setting).filter(|_| case.is_sealed()) {
        let reminder = DeadlineRow {
            reference: case.reference.to_string(),
            clock: "handover".to_owned(),
            due_at,
            due_on: None,
            kind: "reminder".to_owned(),
            met: false,
        };
        rows.insert((due_at, reminder.clock.clone(), reminder.kind.clone()), reminder);
    }
    for deadline in deadlines {
        // What another regime asks for does not end with the complaint.
        let ended = closed && deadline.duty != Duty::Regime;
        let met = deadline.met_at.is_some() || ended;
        let row = |kind: &str, due_at, due_on| DeadlineRow {
            reference: case.reference.to_string(),
            clock: deadline.clock.clone(),
            due_at,
            due_on,
            kind: kind.to_owned(),
            met,
        };
        let date = row(deadline.duty.code(), deadline.due_at, Some(deadline.due_on));
        let warnings = deadline.warn_at.iter().map(|at| row("warning", *at, None));
        for row in std::iter::once(date).chain(warnings) {
            let key = (row.due_at, row.clock.clone(), row.kind.clone());
            rows.entry(key).and_modify(|known| known.met &= row.met).or_insert(row);
        }
    }
    rows.into_values().collect()
}

/// What the search finds the case by: names, references and jobs, its title, its words. Somebody is found by what they gave at first
/// and by every correction: callers say the name and the address that they think we have.
pub fn search_texts(case: &Case, history: &[Recorded]) -> Vec<(Weight, String)> {
    let received = &case.received;
    let mut texts = vec![
        (Weight::Exact, case.reference.to_string()),
        (Weight::Summary, received.title.clone()),
        (Weight::Words, received.words.clone()),
    ];
    let names = [&received.complainant.username, &received.complainant.acting_for];
    texts.extend(names.into_iter().flatten().map(|name| (Weight::Name, name.clone())));
    texts.extend(received.existing_job.clone().map(|job| (Weight::Exact, job)));
    let corrected = history.iter().filter_map(|recorded| match &recorded.event {
        Event::ContactCorrected(corrected) => Some(corrected.contact.clone()),
        _ => None,
    });
    for contact in std::iter::once(received.complainant.contact_data()).chain(corrected) {
        texts.extend(contact.name.map(|name| (Weight::Name, name)));
        let exact = [contact.email, contact.phone];
        texts.extend(exact.into_iter().flatten().map(|text| (Weight::Exact, text)));
    }
    if let Some(job) = &case.job {
        texts.push((Weight::Exact, job.number.clone()));
        texts.extend(job.parent.clone().map(|parent| (Weight::Exact, parent)));
    }
    texts.extend(case.received.wanted.clone().map(|wanted| (Weight::Words, wanted)));
    let words = history.iter().filter_map(|recorded| searchable(&recorded.event));
    texts.extend(words.map(|words| (Weight::Words, words.to_owned())));
    texts
}

/// True for an event after which the case is found by something new.
pub fn changes_search(event: &Event) -> bool {
    matches!(
        event,
        Event::Received(_) | Event::ContactCorrected(_) | Event::JobLinked(_) | Event::Sealed(_) | Event::Redacted(_)
    ) || searchable(event).is_some()
}

/// The words of an event by which somebody may look for the case.
fn searchable(event: &Event) -> Option<&str> {
    match event {
        Event::UpdateSent(update) => Some(&update.words),
        Event::MessageReceived(message) => Some(&message.words),
        Event::NoteAdded(note) => Some(&note.words),
        Event::DecisionRecorded(decision) => Some(&decision.decision.reasons),
        Event::PointAdded(point) => Some(&point.text),
        Event::PointReworded(point) => Some(&point.text),
        Event::PointsCorrected(corrected) => Some(&corrected.words),
        // Nobody finds a case by what they may not read of it.
        Event::FileAttached(file) if file.seen_by == SeenBy::Investigation => None,
        Event::FileAttached(file) => Some(file.name.as_str()),
        _ => None,
    }
}
