//! The facts of a letter, gathered from the case after the change that owes it.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::case::vocabulary::{Ending, Means, Outcome};
use rules::case::{Case, Decision, LetterOwed, Point, Setting, State};
use rules::clock::full_date;
use rules::deadlines::{self, Deadline};
use rules::handling::grounds::regime_facts;
use rules::handling::{ask, close, escalate};
use rules::letters::{Composed, LetterFacts, LetterKind, PointAnswer, PromisedAction};
use rules::procedure::Facts;
use serde::{Deserialize, Serialize};

pub(crate) mod holder;

use crate::Office;
use crate::secrets::{THEIR_CODE, THEIR_LINK};

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
    /// The id of their message that it answers, without angle brackets, where it came by e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// Its words, where they were fixed before it goes; then nothing is made from the facts any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Composed>,
}

/// Addresses a letter and gathers its facts.
pub fn gather(office: &Office, case: &Case, owed: &LetterOwed, setting: &Setting<'_>) -> Waiting {
    Waiting {
        words: owed.words.clone(),
        ..addressed(case, owed.kind, facts(office, case, owed, setting), setting)
    }
}

/// The same letter once more, to where the complainant is reached now. What it tells is what it told; how it greets, and the dates that
/// count from the day on which it goes out, are those of today. Of a letter that somebody approved only the envelope is new.
pub fn again(office: &Office, case: &Case, letter: &Waiting, setting: &Setting<'_>) -> Waiting {
    if letter
        .words
        .as_ref()
        .is_some_and(|words| case.approved(&words.sha256()))
    {
        return Waiting {
            words: letter.words.clone(),
            ..addressed(case, letter.kind, letter.facts.clone(), setting)
        };
    }
    let today = facts(office, case, &LetterOwed::automatic(letter.kind), setting);
    let facts = LetterFacts {
        greeting: today.greeting,
        missed_decision_date: today.missed_decision_date,
        next_update_date: today.next_update_date,
        escalate_by: today.escalate_by,
        answer_by: today.answer_by,
        missed_answer_by: today.missed_answer_by,
        ..letter.facts.clone()
    };
    addressed(case, letter.kind, facts, setting)
}

fn addressed(case: &Case, kind: LetterKind, facts: LetterFacts, setting: &Setting<'_>) -> Waiting {
    let complainant = &case.complainant;
    let own_name = || complainant.name.clone().unwrap_or_default();
    let (to, to_name) = match kind {
        _ if kind.is_for_holder() => holder::of(case).map_or_else(Default::default, |(holder, _)| {
            (Some(holder.email.clone()), holder.name.clone())
        }),
        // Who asks for the link again cannot read the page that it leads to.
        LetterKind::LinkAgain => (complainant.email.clone(), own_name()),
        _ => (complainant.writes_to().map(str::to_owned), own_name()),
    };
    Waiting {
        kind,
        by: Means::of_letter(to.as_deref()),
        to,
        to_name,
        facts,
        sequence: case.sequence,
        owed_at: setting.now,
        answers: case.latest_mail.clone().filter(|_| !kind.is_for_holder()),
        words: None,
    }
}

/// What this letter may state about this case.
pub fn facts(office: &Office, case: &Case, owed: &LetterOwed, setting: &Setting<'_>) -> LetterFacts {
    match owed.kind.is_for_holder() {
        true => holder::facts_for(office, case, setting),
        false => facts_for_complainant(office, case, owed, setting),
    }
}

fn facts_for_complainant(office: &Office, case: &Case, owed: &LetterOwed, setting: &Setting<'_>) -> LetterFacts {
    let institution = office.institution();
    let due = deadlines::decision_due(case, setting);
    let (decision_date, missed_decision_date) = decision_dates(due.as_ref(), setting.now);
    let signer = owed.signed_by.and_then(|id| office.person_ever(id));
    let handler = case.owner.and_then(|id| office.person(id));
    let received = &case.received;
    let mut facts = LetterFacts {
        organisation: institution.organisation.clone(),
        unit: institution.unit.clone(),
        phone: institution.phone.clone(),
        phone_hours: institution.phone_hours.clone(),
        greeting: case.complainant.greeting().to_owned(),
        reference: case.reference.to_string(),
        feedback: case.kind.words().to_owned(),
        // While it is held nobody has read it: no word of it goes out, and nothing is said of what nobody has decided (A13).
        about: if case.is_held() {
            String::new()
        } else {
            received.title.clone()
        },
        acting_for: case.complainant.acting_for.clone().unwrap_or_default(),
        confidential: case.is_restricted() && !case.is_held(),
        stage: stage_words(case, due.as_ref()),
        decision_date,
        missed_decision_date,
        old_decision_date: old_date(case, owed.kind).map_or_else(String::new, full_date),
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
        (LetterKind::Stage2Started, _) => facts.points = to_be_answered(case),
        (LetterKind::PointsToAgree, _) => {
            facts.points = to_be_answered(case);
            let sent = case.investigation.agreement.sent.as_ref();
            facts.answer_by = sent.map_or_else(String::new, |sent| full_date(sent.what.answer_by));
        }
        (LetterKind::EscalationRefused, _) => facts.signpost = elsewhere(case, setting),
        (LetterKind::ClosedWithoutDecision, State::Closed(ending, _)) => {
            if close::may_say_how(case, *ending) {
                facts.outcome_sentence = ending_sentence(*ending).to_owned();
            }
            facts.signpost = elsewhere(case, setting);
            if *ending == Ending::NoResponse {
                facts.return_by = reopen_by(setting).map_or_else(String::new, full_date);
            }
        }
        (LetterKind::Question | LetterKind::QuestionReminder, _) => add_question(&mut facts, case, setting),
        _ => {}
    }
    facts
}

/// By when we hope for an answer, and what may follow where none comes (A41).
fn add_question(facts: &mut LetterFacts, case: &Case, setting: &Setting<'_>) {
    let Some(question) = &case.question else { return };
    let by = full_date(question.asked.hoped_by);
    match question.asked.hoped_by < setting.today() {
        true => facts.missed_answer_by = by,
        false => facts.answer_by = by,
    }
    facts.close_from = ask::closable_from(case, setting).map_or_else(String::new, full_date);
}

/// The last day on which what is closed today can be taken up again (A40).
fn reopen_by(setting: &Setting<'_>) -> Option<Date> {
    let days = setting.procedure.reopen.as_ref()?.within_working_days;
    setting.calendar.add_working_days(setting.today(), days).ok()
}

/// The date that a letter takes back.
fn old_date(case: &Case, kind: LetterKind) -> Option<Date> {
    match kind {
        LetterKind::DateMoved => case.recounts.last().map(|recount| recount.again.old_on),
        _ => case.extensions.last().map(|extension| extension.old_due_on),
    }
}

/// The points of the case, before there is an answer to them.
fn to_be_answered(case: &Case) -> Vec<PointAnswer> {
    let point = |point: &Point| PointAnswer {
        number: point.number,
        text: point.text.clone(),
        ..PointAnswer::default()
    };
    case.points_to_answer().map(point).collect()
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
            outcome_sentence: point_sentence(answer.outcome).to_owned(),
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
    let usual = fitting.or_else(|| signposts.find(|signpost| signpost.complainants.is_empty()));
    let facts = regime_facts(case, setting.procedure, Facts::new());
    // Which regime applies may tell about the person for whom they complain (A29).
    let of_regimes = setting
        .procedure
        .signposts
        .iter()
        .filter(|_| case.consent_lacks().is_none())
        .filter(|signpost| signpost.when.as_ref().is_some_and(|when| when.holds(&facts)));
    let all: Vec<&str> = usual
        .into_iter()
        .chain(of_regimes)
        .map(|signpost| signpost.text.as_str())
        .collect();
    all.join(" ")
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

/// As [`outcome_sentence`], of one point among several.
fn point_sentence(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Resolved => "We have settled this point.",
        Outcome::Upheld => "We agree with this point.",
        Outcome::PartlyUpheld => "We agree with part of this point.",
        Outcome::NotUpheld => "We do not agree with this point.",
    }
}

/// What happens instead of a decision: the first line of the letter that says that there will be none; empty for an ending that nobody is
/// told of.
pub fn ending_sentence(ending: Ending) -> &'static str {
    match ending {
        Ending::NotAComplaint => "We are dealing with what you told us as a request for help.",
        Ending::Referred => "Another procedure deals with what you told us.",
        Ending::Duplicate => {
            "We are dealing with what you told us together with another complaint about the same matter."
        }
        Ending::NoResponse => "We asked you for more information, and we did not hear from you.",
        Ending::Refused => "Our procedure cannot deal with what you told us.",
        Ending::Decided | Ending::Withdrawn | Ending::LoggedInError | Ending::Noted => "",
    }
}

/// The stage that it is at, or, before triage, the one whose date it has.
fn stage_words(case: &Case, due: Option<&Deadline>) -> String {
    let stage = match case.stage() {
        0 => due.map_or(1, |due| due.stage),
        stage => stage,
    };
    format!("stage {stage}")
}

/// The day by whose end the decision is due, in words, as a date to come or as one that has passed; the other is empty.
fn decision_dates(due: Option<&Deadline>, now: Timestamp) -> (String, String) {
    match due {
        Some(due) if due.is_late(now) => (String::new(), full_date(due.due_on)),
        Some(due) => (full_date(due.due_on), String::new()),
        None => Default::default(),
    }
}

/// The private address of the tracking page. For a case that was read for staff, whose secret is taken out, an address that opens nothing.
pub fn tracking_link(office: &Office, case: &Case) -> String {
    let token = match case.received.link_token.as_str() {
        THEIR_LINK => OPENS_NOTHING,
        token => token,
    };
    format!("{}/track/{}/k/{token}", office.institution().public_url, case.reference)
}

/// Stands in the address of a letter that is only shown to staff, until [`without_way_back`] takes the address out.
pub(crate) const OPENS_NOTHING: &str = "-";

/// The words of a letter as staff may read them before it goes out: marks where the reader gets the link and the code.
pub fn without_way_back(words: &str, facts: &LetterFacts) -> String {
    let masked = |words: String, secret: &str, mark: &str| match secret {
        "" => words,
        secret => words.replace(secret, mark),
    };
    let words = masked(words.to_owned(), &facts.tracking_link, THEIR_LINK);
    masked(words, &facts.receipt_code, THEIR_CODE)
}

/// The receipt code in groups of four, as it is shown and read out.
pub fn grouped(code: &str) -> String {
    if code == THEIR_CODE {
        return code.to_owned();
    }
    let digits: Vec<char> = code.chars().collect();
    digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}
