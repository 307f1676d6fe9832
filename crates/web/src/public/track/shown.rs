//! What a complainant sees of their case: never more than they were told (invariant 6).

use casework::desk::CaseFile;
use jiff::Timestamp;
use rules::case::event::Event;
use rules::case::vocabulary::Outcome;
use rules::case::{Action, Case, Recorded, State};
use rules::handling::escalate;
use rules::handling::grounds::regime_facts;
use rules::procedure::Facts;

use super::points::points;
use super::standing::status;
use super::updates::updates;
use super::{AfterDecision, Decision, Question, Reply, Signpost, TrackPage, Undelivered, sealed};
use crate::http::Site;
use crate::page::explained::explained;
use crate::page::timeline::Words;
use crate::page::words::date_long;
use crate::public::ask_stage_2::can_ask;
use crate::public::contact::undelivered;
use crate::public::paths;

/// The page of a case.
pub(super) fn shown(site: &Site, file: &CaseFile, reply: Reply) -> TrackPage {
    let case = &file.case;
    let reference = case.reference.to_string();
    let open = case.is_open();
    let mut actions = Vec::new();
    // Of a sealed case we keep no address: the manager who has it does.
    if !case.is_sealed() {
        actions.push(super::Action {
            words: "Change how we reach you".to_owned(),
            path: paths::contact(&reference),
        });
    }
    if open && !matches!(case.state, State::Decided(..)) {
        actions.push(super::Action {
            words: "Stop this complaint".to_owned(),
            path: paths::stop(&reference),
        });
    }
    TrackPage {
        title: match case.is_sealed() {
            true => sealed::TITLE.to_owned(),
            false => case.received.title.clone(),
        },
        status: status(site, file),
        decision: decision(site, file).filter(|_| case.consent_lacks().is_none()),
        undelivered: undelivered(file).map(|words| Undelivered {
            words,
            path: paths::contact(&reference),
        }),
        question: question(file),
        set_apart: Vec::new(),
        held: held(file),
        points: points(file),
        explained: file.open_date().or(file.decision_date()).map(explained),
        updates: updates(site, file),
        next_update_by: file.update_date().map(|update| date_long(update.due_on)),
        reply: Some(reply),
        actions,
        reference,
    }
}

/// Our question, while it waits for their answer. Whoever may not be told is not asked either (A29).
fn question(file: &CaseFile) -> Option<Question> {
    let case = &file.case;
    let waiting = case.question.as_ref().filter(|_| case.consent_lacks().is_none())?;
    let (hoped_by, today) = (waiting.asked.hoped_by, file.in_force.setting(file.now).today());
    let due = file.open_date().map(|due| date_long(due.due_on));
    Some(Question {
        words: waiting.asked.question.clone(),
        hoped_by: match hoped_by < today {
            true => format!("We hoped for your answer by {}.", date_long(hoped_by)),
            false => format!("We hope for your answer by {}.", date_long(hoped_by)),
        },
        meanwhile: match due {
            Some(_) => {
                "Our date does not wait for it: if we do not hear from you, we decide on what we know.".to_owned()
            }
            None => "If we do not hear from you, we go on with what we know.".to_owned(),
        },
    })
}

/// Why only the status is shown, and what opens the rest.
fn held(file: &CaseFile) -> Option<String> {
    let whose = file.case.consent_lacks()?;
    Some(format!(
        "You complain for somebody else ({whose}). Until that person tells us that we may speak about them with you, this page says how far we \
         are and nothing more. They can tell us in an email of their own, on the phone, in person, or on paper with their signature."
    ))
}

fn decision(site: &Site, file: &CaseFile) -> Option<Decision> {
    let case = &file.case;
    let stage = case.stages.iter().rev().find(|stage| stage.communicated.is_some())?;
    let (decided, told) = (stage.decision.as_ref()?, stage.communicated.as_ref()?);
    let setting = file.in_force.setting(file.now);
    let letter = match case.is_sealed() {
        true => Words::Typed(sealed::decision_words(file)),
        false => letter(case, &file.history, stage.entry.stage, told.at),
    };
    let spoken = matches!(letter, Words::Typed(_));
    let signed = stage
        .decided_by
        .filter(|_| spoken)
        .and_then(|(who, _)| site.public().writer(who))
        .map(|(name, job)| vec![name, job]);
    Some(Decision {
        heading: heading(decided.outcome).to_owned(),
        about: format!(
            "Stage {} decision, {}",
            stage.entry.stage,
            date_long(setting.local_date(told.at))
        ),
        letter,
        signed: signed.unwrap_or_default(),
        changes: decided.actions.iter().filter(|_| spoken).map(change).collect(),
        next: next(file),
    })
}

/// "Check with people before closing a job (Helpline, by Friday 6 November 2026)", as letters say it.
fn change(action: &Action) -> String {
    let text = action.text.trim_end_matches('.');
    format!("{text} ({}, by {})", action.owner, date_long(action.due_on))
}

fn heading(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Resolved => "We have settled your complaint",
        Outcome::Upheld => "We agree with your complaint",
        Outcome::PartlyUpheld => "We agree with part of your complaint",
        Outcome::NotUpheld => "We do not agree with your complaint",
    }
}

/// The letter as it went out; for a decision that was spoken, its reasons and what was done.
fn letter(case: &Case, history: &[Recorded], stage: u8, told_at: Timestamp) -> Words {
    let sent = history.iter().rev().find_map(|recorded| match &recorded.event {
        Event::DecisionCommunicated(delivered)
            if delivered.communicated.at == told_at && !delivered.is_told() && !delivered.text.is_empty() =>
        {
            Some(Words::Letter(delivered.text.clone()))
        }
        _ => None,
    });
    let decision = case
        .stages
        .iter()
        .rev()
        .find(|record| record.entry.stage == stage)
        .and_then(|record| record.decision.as_ref());
    sent.unwrap_or_else(|| {
        Words::Typed(decision.map_or_else(String::new, |decision| {
            format!("{}\n\n{}", decision.reasons, decision.what_we_did)
        }))
    })
}

fn next(file: &CaseFile) -> AfterDecision {
    let case = &file.case;
    let setting = file.in_force.setting(file.now);
    let path = paths::stage_2(&case.reference.to_string());
    if can_ask(file) {
        return match escalate::ask_by(case, &setting) {
            Some(last) if setting.today() > last => AfterDecision::AskLate {
                path,
                last_day: date_long(last),
            },
            last => AfterDecision::AskForStage2 {
                path,
                last_day: last.map(date_long),
            },
        };
    }
    if let Some((_, at)) = case.escalation.as_ref().filter(|_| case.is_open()) {
        return AfterDecision::Asked {
            on: date_long(setting.local_date(*at)),
        };
    }
    let kind = case.complainant.kind;
    let facts = regime_facts(case, setting.procedure, Facts::new());
    let fitting = setting.procedure.signposts.iter().filter(|signpost| {
        let applies = signpost.when.as_ref().is_none_or(|when| when.holds(&facts));
        applies && (signpost.complainants.is_empty() || signpost.complainants.contains(&kind))
    });
    AfterDecision::Elsewhere(
        fitting
            .map(|signpost| Signpost {
                name: signpost.body.clone(),
                about: signpost.text.clone(),
                url: None,
            })
            .collect(),
    )
}
