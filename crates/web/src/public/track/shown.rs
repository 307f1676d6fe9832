//! What a complainant sees of their case: never more than they were told (invariant 6).

use casework::desk::CaseFile;
use jiff::Timestamp;
use rules::case::event::Event;
use rules::case::vocabulary::{FeedbackKind, Outcome};
use rules::case::{Action, Case, Recorded, State};
use rules::deadlines::{Deadline, Duty};
use rules::handling::escalate;
use rules::letters::LetterKind;
use rules::people::Actor;

use super::{AfterDecision, Decision, From, Reply, Signpost, Status, TrackPage, Undelivered, Update};
use crate::http::Site;
use crate::page::clock::{Clock, ClockState};
use crate::page::explained::explained;
use crate::page::timeline::{TimelineFile, Words};
use crate::page::words::{count, date_long, machine_moment, moment};
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

fn status(site: &Site, file: &CaseFile) -> Status {
    let case = &file.case;
    let who = site.public().handler_name(file);
    let sentence = |words: &str| match &who {
        Some(name) => format!("{name} {words}"),
        None => "It is waiting for somebody to read it.".to_owned(),
    };
    let (heading, sentence) = match &case.state {
        State::Received if case.kind != FeedbackKind::Complaint => {
            ("We have it", "We read everything and pass it on.".to_owned())
        }
        State::Received => (
            "We have your complaint",
            "Somebody will read it and tell you who deals with it.".to_owned(),
        ),
        State::Open(work) if work.stage() > 1 => ("We are investigating", sentence("is investigating your complaint.")),
        State::Open(_) => ("We are working on it", sentence("is dealing with your complaint.")),
        State::SignOff(..) => (
            "We are checking our decision",
            sentence("has written our decision. A senior manager checks it before we send it."),
        ),
        State::Decided(..) if case.given_up().any(LetterKind::decides) => (
            "We have decided",
            "Our decision did not reach you. Tell us how to reach you, and you get it.".to_owned(),
        ),
        State::Decided(..) => ("We have decided", "Our decision is on its way to you.".to_owned()),
        State::Answered(..) => ("You have our decision", "It is below.".to_owned()),
        State::EscalationPending(..) => ("You asked us to look again", asked(file)),
        State::Closed(ending, _) => ("It is closed", format!("This is closed: {}.", ending.words())),
    };
    let asked_again = matches!(case.state, State::EscalationPending(..));
    let open = file.open_date().filter(|_| case.is_open() && !asked_again);
    // A decision that is made but did not reach them has no date to wait for.
    let waits_for_us = case.is_open() && !case.given_up().any(LetterKind::decides);
    let promised = open.map(|deadline| deadline.due_on).or_else(|| before_triage(file));
    Status {
        heading: heading.to_owned(),
        sentence,
        decision_by: promised.filter(|_| waits_for_us).map(date_long),
        clock: open
            .or(file.decision_date().filter(|_| !asked_again))
            .filter(|_| waits_for_us || !case.is_open())
            .and_then(|deadline| clock(file, deadline)),
    }
}

/// By when they hear whether there is a stage 2 (R68).
fn asked(file: &CaseFile) -> String {
    let answer = file.open_date().filter(|open| open.duty == Duty::EscalationDecision);
    let by = answer.map_or_else(String::new, |answer| {
        format!(" by the end of {}", date_long(answer.due_on))
    });
    format!("We will tell you{by} whether a manager investigates your complaint.")
}

/// Before triage the first stage's date is the promise.
fn before_triage(file: &CaseFile) -> Option<jiff::civil::Date> {
    if file.case.state != State::Received || file.case.kind != FeedbackKind::Complaint {
        return None;
    }
    let setting = file.in_force.setting(file.now);
    let stage = rules::handling::triage::first_stage(setting.procedure);
    rules::deadlines::would_be_due(stage.number, file.case.received.received_at, &setting)
        .ok()
        .flatten()
        .map(|due| due.due_on)
}

/// Complainants see a clock on track, extended or done; lateness is said in words by a letter, not by a colour.
fn clock(file: &CaseFile, deadline: &Deadline) -> Option<Clock> {
    match deadline.met_at {
        Some(met_at) => done(file, deadline, met_at),
        None => Some(running(file, deadline)),
    }
}

/// On which working day they had our decision; nothing where that was after the date that we promised.
fn done(file: &CaseFile, deadline: &Deadline, met_at: Timestamp) -> Option<Clock> {
    let on = file.in_force.setting(file.now).local_date(met_at);
    if on > deadline.due_on || deadline.passed_before {
        return None;
    }
    let total = file.days(deadline).total;
    let counted = deadline.explanation.steps.iter().filter(|step| step.on <= on);
    let day = counted.filter_map(|step| step.counted).max().unwrap_or_default();
    let line = match day {
        0 => "Decided before the first working day".to_owned(),
        day => format!("Decided on working day {day} of {total}"),
    };
    Some(Clock::new(ClockState::Done, &line, day, total))
}

fn running(file: &CaseFile, deadline: &Deadline) -> Clock {
    let days = file.days(deadline);
    let extended = file
        .case
        .extensions
        .iter()
        .any(|extension| extension.stage == deadline.stage);
    let tomorrow = file.in_force.setting(file.now).today().tomorrow().ok();
    let line = match days.left {
        0 => "Decision due today".to_owned(),
        1 if tomorrow == Some(deadline.due_on) => "Decision due tomorrow".to_owned(),
        1 => "Decision due on the next working day".to_owned(),
        left if left > 1 => format!(
            "Decision due in {}",
            count(left.unsigned_abs().into(), "working day", "working days")
        ),
        _ => "Our decision is late. We are sorry".to_owned(),
    };
    let state = if extended { ClockState::Extended } else { ClockState::Ok };
    let sub = format!("Working day {} of {}", days.used.min(days.total), days.total);
    Clock::new(state, &line, days.used, days.total).with_sub(&sub)
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
        files: files(file, recorded),
    })
}

/// The files that came with an entry and that they may open.
fn files(file: &CaseFile, recorded: &Recorded) -> Vec<TimelineFile> {
    let reference = file.case.reference.to_string();
    let theirs = file.case.files.iter().filter(|kept| kept.is_theirs_too());
    theirs
        .filter(|kept| kept.file.came_with == recorded.sequence)
        .map(|kept| TimelineFile {
            name: kept.file.name.to_string(),
            href: paths::file(&reference, &kept.file.id),
            about: kept.file.about(),
        })
        .collect()
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
