//! What a complainant sees of their case: never more than they were told (invariant 6).

use casework::desk::CaseFile;
use jiff::Timestamp;
use rules::case::event::Event;
use rules::case::vocabulary::Outcome;
use rules::case::{Action, Case, Recorded, State};
use rules::handling::escalate;
use rules::letters::LetterKind;
use rules::people::Actor;

use super::standing::status;
use super::{AfterDecision, Decision, From, Reply, Signpost, TrackPage, Undelivered, Update};
use crate::http::Site;
use crate::page::explained::explained;
use crate::page::timeline::Words;
use crate::page::words::{date_long, machine_moment, moment};
use crate::public::ask_stage_2::can_ask;
use crate::public::contact::undelivered;
use crate::public::paths;

/// The page of a case.
pub(super) fn shown(site: &Site, file: &CaseFile, reply: Reply) -> TrackPage {
    let case = &file.case;
    let reference = case.reference.to_string();
    let open = case.is_open();
    let mut actions = vec![super::Action {
        words: "Change how we reach you".to_owned(),
        path: paths::contact(&reference),
    }];
    if open && !matches!(case.state, State::Decided(..)) {
        actions.push(super::Action {
            words: "Stop this complaint".to_owned(),
            path: paths::stop(&reference),
        });
    }
    TrackPage {
        title: case.received.title.clone(),
        status: status(site, file),
        decision: decision(site, file),
        undelivered: undelivered(file).map(|words| Undelivered {
            words,
            path: paths::contact(&reference),
        }),
        explained: file.open_date().or(file.decision_date()).map(explained),
        updates: updates(site, file),
        next_update_by: file.update_date().map(|update| date_long(update.due_on)),
        reply: Some(reply),
        actions,
        reference,
    }
}

fn decision(site: &Site, file: &CaseFile) -> Option<Decision> {
    let case = &file.case;
    let stage = case.stages.iter().rev().find(|stage| stage.communicated.is_some())?;
    let (decided, told) = (stage.decision.as_ref()?, stage.communicated.as_ref()?);
    let setting = file.in_force.setting(file.now);
    let letter = letter(case, &file.history, stage.entry.stage, told.at);
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
        letter_file: None,
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
    let fitting = setting.procedure.signposts.iter().filter(|signpost| {
        signpost.when.is_none() && (signpost.complainants.is_empty() || signpost.complainants.contains(&kind))
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

/// What they were told and what they told us, the newest first. Notes and inner workings have no way here.
fn updates(site: &Site, file: &CaseFile) -> Vec<Update> {
    file.history
        .iter()
        .rev()
        .filter_map(|recorded| update(site, file, recorded))
        .collect()
}

fn update(site: &Site, file: &CaseFile, recorded: &Recorded) -> Option<Update> {
    let writer = match recorded.actor {
        Actor::Staff(id) => site
            .public()
            .writer(id)
            .and_then(|(name, _)| name.split_whitespace().next().map(str::to_owned)),
        _ => None,
    };
    let by_us = writer.unwrap_or_else(|| "us".to_owned());
    let (from, title, words) = match &recorded.event {
        Event::Received(received) => (
            From::YourComplaint,
            format!("You sent your {}", file.case.kind.words()),
            Some(received.words.clone()),
        ),
        Event::MessageReceived(message) => (From::You, "Your message".to_owned(), Some(message.words.clone())),
        Event::UpdateSent(update) => (From::Us, format!("Update from {by_us}"), Some(update.words.clone())),
        Event::ExtensionApproved(extension) => {
            let words = format!(
                "{}\n\nYou will have our decision by the end of {}.",
                extension.reason,
                date_long(extension.new_due_on)
            );
            (From::Us, "We need more time".to_owned(), Some(words))
        }
        Event::StageEntered(entry) if entry.stage > 1 => (From::Us, format!("Stage {} began", entry.stage), None),
        Event::EscalationRequested(request) => (From::You, "You asked for stage 2".to_owned(), request.words.clone()),
        Event::EscalationRefused(refusal) => (
            From::Us,
            "We will not look at it again".to_owned(),
            Some(refusal.reason.clone()),
        ),
        Event::DecisionCommunicated(delivered) if delivered.is_told() => (
            From::Us,
            format!("Our decision, by {}", delivered.communicated.by.words()),
            Some(delivered.text.clone()).filter(|words| !words.is_empty()),
        ),
        Event::DecisionCommunicated(_) => (From::Us, "Our decision".to_owned(), None),
        Event::LetterDelivered(delivered) if delivered.is_told() => (
            From::Us,
            format!("Message from {by_us}, by {}", delivered.communicated.by.words()),
            Some(delivered.text.clone()),
        ),
        Event::ContactCorrected(_) => match recorded.actor {
            Actor::Complainant => (From::You, "You changed how we reach you".to_owned(), None),
            _ => (From::Us, "We corrected how we reach you".to_owned(), None),
        },
        Event::Withdrawn(_) => (From::You, "You stopped it".to_owned(), None),
        Event::Closed(closed) if closed.ending.is_told() => (
            From::Us,
            format!("We closed it without a decision: {}", closed.ending.words()),
            Some(no_decision(file, recorded, closed.reason.as_deref())),
        ),
        Event::Reopened(reopened) => (
            From::Us,
            "We took it up again".to_owned(),
            Some(reopened.reason.clone()),
        ),
        _ => return None,
    };
    let at = recorded.at.to_zoned_in(file);
    Some(Update {
        from,
        title,
        when: moment(&at),
        when_machine: machine_moment(&at),
        words,
    })
}

/// The letter that followed an ending, as it went out; its reason until then, and for somebody whom no letter reaches (A28, A37).
fn no_decision(file: &CaseFile, closed: &Recorded, reason: Option<&str>) -> String {
    let letter = file.history.iter().find_map(|recorded| match &recorded.event {
        Event::LetterDelivered(delivered)
            if recorded.sequence > closed.sequence && delivered.letter == LetterKind::ClosedWithoutDecision =>
        {
            Some(delivered.text.clone())
        }
        _ => None,
    });
    letter.unwrap_or_else(|| reason.unwrap_or_default().to_owned())
}

/// An instant on the clocks of the institution.
trait ToZonedIn {
    fn to_zoned_in(self, file: &CaseFile) -> jiff::ZonedDateTime;
}

impl ToZonedIn for Timestamp {
    fn to_zoned_in(self, file: &CaseFile) -> jiff::ZonedDateTime {
        self.to_zoned_datetime(file.in_force.calendar.time_zone().clone())
    }
}
