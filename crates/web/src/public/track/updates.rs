//! What happened to a complaint, for the person who made it: what they were told and what they told us.

use casework::desk::CaseFile;
use jiff::Timestamp;
use rules::case::Recorded;
use rules::case::event::Event;
use rules::handling::close;
use rules::letters::LetterKind;
use rules::people::Actor;

use super::{From, Update, sealed};
use crate::http::Site;
use crate::page::timeline::TimelineFile;
use crate::page::words::{date_long, machine_moment, moment};
use crate::public::paths;

/// What they were told and what they told us, the newest first. Notes and inner workings have no way here.
pub(super) fn updates(site: &Site, file: &CaseFile) -> Vec<Update> {
    file.history
        .iter()
        .rev()
        .filter_map(|recorded| update(site, file, recorded).map(|shown| held_back(file, recorded, shown)))
        .collect()
}

/// Without its words and files where the person for whom they complain has not agreed: what they wrote themselves stays, and what we asked of them (A29).
fn held_back(file: &CaseFile, recorded: &Recorded, shown: Update) -> Update {
    let theirs = matches!(shown.from, From::You | From::YourComplaint);
    let tells = !theirs && !matches!(recorded.event, Event::ConsentAsked(_));
    match tells && file.case.consent_lacks().is_some() {
        true => Update {
            words: None,
            files: Vec::new(),
            ..shown
        },
        false => shown,
    }
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
        _ if file.case.is_sealed() => sealed::happened(recorded)?,
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
        Event::ClockRecomputed(again) if again.new_on > again.old_on => {
            let words = format!(
                "A day before our date became one on which we do not work. You will have our decision by the end of {}.",
                date_long(again.new_on)
            );
            (From::Us, "Our date moved".to_owned(), Some(words))
        }
        Event::LetterDelivered(delivered) if delivered.is_told() => (
            From::Us,
            format!("Message from {by_us}, by {}", delivered.communicated.by.words()),
            Some(delivered.text.clone()),
        ),
        Event::ContactCorrected(_) => match recorded.actor {
            Actor::Complainant => (From::You, "You changed how we reach you".to_owned(), None),
            _ => (From::Us, "We corrected how we reach you".to_owned(), None),
        },
        _ => asked(file, recorded).or_else(|| stages(file, recorded))?,
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
        .map(|kept| TimelineFile::of(kept, paths::file(&reference, &kept.file.id), kept.file.about()))
        .collect()
}

/// The way through the stages, and how it ended.
/// What we asked of them, and what they said to it.
fn asked(file: &CaseFile, recorded: &Recorded) -> Option<(From, String, Option<String>)> {
    Some(match &recorded.event {
        Event::InfoRequested(asked) => (
            From::Us,
            "We asked you something".to_owned(),
            Some(asked.question.clone()),
        ),
        Event::InfoReminded(_) => (From::Us, "We reminded you of our question".to_owned(), None),
        Event::IssueSetApart(_) => (
            From::Us,
            "We deal with something that you wrote as a complaint of its own".to_owned(),
            None,
        ),
        Event::PointsSent(_) => (
            From::OurLetter,
            "We asked whether we have understood your complaint".to_owned(),
            letter_after(file, recorded, LetterKind::PointsToAgree),
        ),
        Event::PointsAgreed(_) => (From::You, "You told us that this is right".to_owned(), None),
        Event::PointsCorrected(corrected) => (
            From::You,
            "You told us what is wrong or missing".to_owned(),
            Some(corrected.words.clone()),
        ),
        Event::ConsentAsked(asked) => (From::Us, "We asked you for consent".to_owned(), asked.words.clone()),
        Event::ConsentGiven(_) => (From::Us, "We have the consent that we asked for".to_owned(), None),
        _ => return None,
    })
}

fn stages(file: &CaseFile, recorded: &Recorded) -> Option<(From, String, Option<String>)> {
    Some(match &recorded.event {
        Event::StageEntered(entry) if entry.stage > 1 => (
            From::OurLetter,
            format!("Stage {} began", entry.stage),
            letter_after(file, recorded, LetterKind::Stage2Started),
        ),
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
        // The latest one stands above.
        Event::DecisionCommunicated(delivered) => (
            From::OurLetter,
            "Our decision".to_owned(),
            Some(delivered.text.clone()).filter(|text| !text.is_empty() && is_overtaken(file, recorded)),
        ),
        Event::Withdrawn(_) => (From::You, "You stopped it".to_owned(), None),
        // How it ended may tell about the person for whom they complain (A29).
        Event::Closed(closed) if !close::may_say_how(&file.case, closed.ending) => {
            (From::Us, "We closed it without a decision".to_owned(), None)
        }
        Event::Closed(closed) if closed.ending.is_told() => (
            From::Us,
            format!("We closed it without a decision: {}", closed.ending.words()),
            Some(no_decision(file, recorded, closed.reason.as_deref())),
        ),
        // Why is a note of staff for staff.
        Event::Reopened(_) => (From::Us, "We took it up again".to_owned(), None),
        _ => return None,
    })
}

/// The letter that followed an ending, as it went out; its reason until then, for somebody whom no letter reaches (A28, A37), and where the
/// letter could not say it because the person for whom they complain agreed later (A29).
fn no_decision(file: &CaseFile, closed: &Recorded, reason: Option<&str>) -> String {
    let agreed_later = file
        .history
        .iter()
        .any(|recorded| recorded.sequence > closed.sequence && matches!(recorded.event, Event::ConsentGiven(_)));
    let letter = letter_after(file, closed, LetterKind::ClosedWithoutDecision).filter(|_| !agreed_later);
    letter.unwrap_or_else(|| reason.unwrap_or_default().to_owned())
}

/// The first letter of a kind that reached them after an event, as it went out.
fn letter_after(file: &CaseFile, event: &Recorded, kind: LetterKind) -> Option<String> {
    file.history.iter().find_map(|recorded| match &recorded.event {
        Event::LetterDelivered(delivered) if recorded.sequence > event.sequence && delivered.letter == kind => {
            Some(delivered.text.clone()).filter(|text| !text.is_empty())
        }
        _ => None,
    })
}

/// Whether another decision was told after this one.
fn is_overtaken(file: &CaseFile, told: &Recorded) -> bool {
    let later = |recorded: &&Recorded| recorded.sequence > told.sequence;
    file.history
        .iter()
        .filter(later)
        .any(|recorded| matches!(recorded.event, Event::DecisionCommunicated(_)))
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
