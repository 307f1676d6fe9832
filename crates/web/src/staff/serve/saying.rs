//! Every event in plain words, with who may see it: the timeline and the audit tab say the same.

use casework::desk::CaseFile;
use rules::case::event::{ContactCorrected, DeliveryFailed, Event};
use rules::case::vocabulary::Means;
use rules::case::{Communicated, FileScanned, Recorded};
use rules::clock::full_date;
use rules::confidential::StaffNamed;
use rules::letters::LetterKind;
use rules::mail::ReportKind;
use rules::people::{Actor, StaffId};

mod dates;
mod endings;
mod investigating;
mod mail;
mod regimes;
mod sign_off;

use self::dates::dates;
use self::endings::endings;
use self::investigating::investigating;
use self::mail::mail;
pub(crate) use self::mail::sender as mail_sender;
use self::regimes::regimes;
use self::sign_off::sign_off;
use super::brief::{category_name, person};
use super::undelivered::{sentence, still_to_do};
use crate::page::timeline::{TimelineKind, Words};
use crate::staff::desk::Seat;
use rules::sentence::capital;

/// An event in words.
pub(crate) struct Saying {
    /// Who may see it, and which way it went.
    pub(crate) kind: TimelineKind,
    /// What happened.
    pub(crate) title: String,
    /// The words that were said.
    pub(crate) words: Option<Words>,
}

fn quiet(title: impl Into<String>) -> Saying {
    Saying {
        kind: TimelineKind::System,
        title: title.into(),
        words: None,
    }
}

fn with(kind: TimelineKind, title: impl Into<String>, words: impl Into<String>) -> Saying {
    let words: String = words.into();
    Saying {
        kind,
        title: title.into(),
        words: Some(Words::Typed(words)).filter(|words| !words.text().trim().is_empty()),
    }
}

/// A letter as it went out.
fn letter(title: String, text: &str) -> Saying {
    Saying {
        kind: TimelineKind::Sent,
        title,
        words: Some(Words::Letter(text.to_owned())).filter(|words| !words.text().trim().is_empty()),
    }
}

/// What an event says.
pub(crate) fn saying(seat: &Seat, file: &CaseFile, recorded: &Recorded) -> Saying {
    let who = person(file);
    let name = |id: StaffId| seat.door.office().name_of(id);
    match &recorded.event {
        Event::Received(received) => quiet(format!("Received {}", through(received.channel.words()))),
        Event::JobRaised(job) => quiet(match &job.parent {
            Some(parent) => format!("Job {} raised as a child of {parent}", job.number),
            None => format!("Job {} raised", job.number),
        }),
        Event::JobLinked(link) => quiet(format!("Job became a child of {}", link.parent)),
        Event::CategorySet(set) => quiet(format!(
            "Category: {}; {}",
            category_name(file, "service", &set.service),
            category_name(file, "problem", &set.problem)
        )),
        Event::UrgencySet(set) => quiet(format!("Urgency: {}", set.urgency.words())),
        Event::Assigned(assigned) => quiet(match &assigned.reason {
            Some(reason) => format!("Passed to {}: {reason}", name(assigned.to)),
            None => format!("Owner: {}", name(assigned.to)),
        }),
        Event::UpdateSent(update) => with(
            TimelineKind::Sent,
            format!("Update to {who} {}", through(update.by.words())),
            update.words.clone(),
        ),
        Event::MessageReceived(message) => with(
            TimelineKind::Received,
            format!("Message from {who}"),
            message.words.clone(),
        ),
        Event::NoteAdded(note) => with(TimelineKind::StaffOnly, "Note", note.words.clone()),
        Event::FileAttached(file) => quiet(format!("File attached: {} ({})", file.name, file.about())),
        Event::FileScanned(said) => scanned(file, said),
        Event::MailKept(kept) => mail(kept),
        _ => post(seat, file, recorded),
    }
}

/// What was said of a file after it came: of a virus in it somebody should know.
fn scanned(file: &CaseFile, said: &FileScanned) -> Saying {
    let attached = file.case.files.iter().find(|kept| kept.file.id == said.id);
    let name = match attached.filter(|_| !said.scanned.is_unsaid()) {
        Some(kept) => kept.file.name.as_str(),
        None => "a file",
    };
    let title = format!("Scanned for viruses: {name}, {}", said.scanned.full_label());
    match said.scanned.carries() {
        Some(_) => with(
            TimelineKind::Trouble,
            "A virus was found",
            format!("{name} {}. It is kept as it came.", said.scanned.full_label()),
        ),
        None => quiet(title),
    }
}

/// What became of letters, and how the person is reached.
fn post(seat: &Seat, file: &CaseFile, recorded: &Recorded) -> Saying {
    let who = person(file);
    let failure = |failed: &DeliveryFailed| {
        let to_do = still_to_do(seat, file, recorded.sequence, failed.letter).unwrap_or_default();
        format!("{}\n\n{to_do}", sentence(&failed.reason))
    };
    match &recorded.event {
        Event::Acknowledged(told) => acknowledged(told),
        Event::AcknowledgementFailed(failed) => {
            with(TimelineKind::Trouble, "Acknowledgement not delivered", failure(failed))
        }
        Event::LetterFailed(failed) => with(
            TimelineKind::Trouble,
            format!("Letter not delivered: {}", failed.letter.words()),
            failure(failed),
        ),
        Event::LetterReported(reported) => {
            let kind = match reported.told {
                ReportKind::Delivered | ReportKind::Shown => TimelineKind::System,
                ReportKind::Failed | ReportKind::Delayed | ReportKind::Complained => TimelineKind::Trouble,
            };
            let title = format!("{} {}", capital(reported.letter.words()), reported.told.words());
            with(kind, title, reported.words.clone())
        }
        Event::LetterOwedAgain(owed) => quiet(match &owed.to {
            Some(to) => format!("Sent again to {to}: {}", owed.letter.words()),
            None => format!("Shown on the tracking page instead: {}", owed.letter.words()),
        }),
        Event::ContactCorrected(corrected) => contact(&who, recorded.actor, corrected),
        Event::LetterDelivered(delivered)
            if delivered.letter == LetterKind::ClosedWithoutDecision && !delivered.is_told() =>
        {
            letter(
                format!(
                    "Told {who} {} that there will be no decision",
                    through(delivered.communicated.by.words())
                ),
                &delivered.text,
            )
        }
        Event::LetterDelivered(delivered) => {
            let title = format!(
                "{} reached {who} {}",
                capital(delivered.letter.words()),
                through(delivered.communicated.by.words())
            );
            match (delivered.is_told(), delivered.communicated.by) {
                (true, _) => with(TimelineKind::Sent, title, delivered.text.clone()),
                // That it arrived nobody knows before the other side says so, or it comes back.
                (false, Means::Email) => with(
                    TimelineKind::System,
                    format!(
                        "{} to {who}: accepted by the mail server",
                        capital(delivered.letter.words())
                    ),
                    delivered.communicated.proof.clone(),
                ),
                (false, _) => quiet(title),
            }
        }
        other => lane(seat, file, other),
    }
}

/// Who may see the case, and who looked.
fn lane(seat: &Seat, file: &CaseFile, event: &Event) -> Saying {
    match event {
        Event::LaneRestricted(reason) => with(TimelineKind::StaffOnly, "Restricted", reason.reason.clone()),
        Event::LaneOpened(reason) => with(
            TimelineKind::StaffOnly,
            "Opened to everybody who deals with cases",
            reason.reason.clone(),
        ),
        Event::StaffNamed(named) => with(TimelineKind::StaffOnly, "Whom it is about", whom(seat, named)),
        Event::RecordViewed(viewed) => quiet(format!("Looked at {}", viewed.saw.words())),
        Event::LinkRequested(_) => quiet("Somebody who knew the reference and the address asked for the link again"),
        other => match sign_off(seat, other) {
            Some(said) => said,
            None => consent(file, other),
        },
    }
}

/// Whether the person for whom they complain agrees.
fn consent(file: &CaseFile, event: &Event) -> Saying {
    match event {
        Event::ConsentAsked(asked) => with(
            TimelineKind::Sent,
            format!("Asked {} for consent {}", person(file), through(asked.by.words())),
            asked.words.clone().unwrap_or_default(),
        ),
        Event::ConsentGiven(given) => with(
            TimelineKind::StaffOnly,
            format!("Consent given on {}, {}", full_date(given.on), given.way.words()),
            given.words.clone(),
        ),
        Event::ConsentWithdrawn(reason) => with(TimelineKind::StaffOnly, "Consent withdrawn", reason.reason.clone()),
        other => question(file, other),
    }
}

/// A question to the person, and what became of it; what they wrote about something else.
fn question(file: &CaseFile, event: &Event) -> Saying {
    let who = person(file);
    match event {
        Event::InfoRequested(asked) => with(
            TimelineKind::Sent,
            format!(
                "Asked {who} {}, hoping for an answer by {}",
                through(asked.by.words()),
                full_date(asked.hoped_by)
            ),
            asked.question.clone(),
        ),
        Event::InfoReminded(reminded) => quiet(format!("Reminded {who} of our question, time {}", reminded.number)),
        Event::InfoReceived(received) => match &received.words {
            Some(words) => with(
                TimelineKind::StaffOnly,
                format!("The question: {}", received.by.words()),
                words.clone(),
            ),
            None => quiet("Their message answers our question"),
        },
        Event::IssueSetApart(issue) if file.hides(&issue.to) => quiet("On record"),
        Event::IssueSetApart(issue) => quiet(format!("What {who} wrote about something else became {}", issue.to)),
        other => group(file, other),
    }
}

/// That cases are about the same matter; of one that the reader does not see, nothing is said (invariant 12).
fn group(file: &CaseFile, event: &Event) -> Saying {
    match event {
        Event::CaseLinked(link) if file.hides(&link.with) => quiet("On record"),
        Event::CaseUnlinked(link) if file.hides(&link.with) => quiet("On record"),
        Event::CaseLinked(link) => with(
            TimelineKind::StaffOnly,
            format!("Linked with {}: {}", link.with, link.same.words()),
            link.reason.clone(),
        ),
        Event::CaseUnlinked(link) => with(
            TimelineKind::StaffOnly,
            format!("The link with {} was taken back", link.with),
            link.reason.clone(),
        ),
        other => decisions(file, &person(file), other),
    }
}

/// Those of staff whom a complaint is about, in words.
pub(crate) fn whom(seat: &Seat, named: &StaffNamed) -> String {
    let people = named.people.iter().map(|id| seat.door.office().name_of(*id));
    let all: Vec<String> = people.chain(named.others.clone()).collect();
    if all.is_empty() {
        "Nobody is named yet".to_owned()
    } else {
        all.join("; ")
    }
}

/// Stages, judgements, decisions and endings.
fn decisions(file: &CaseFile, who: &str, event: &Event) -> Saying {
    match event {
        Event::Reclassified(change) => with(
            TimelineKind::StaffOnly,
            format!("Now a {}", change.to.words()),
            change.reason.clone(),
        ),
        Event::RiskAssessed(risk) => {
            let found: Vec<&str> = [
                (risk.complex, "complex"),
                (risk.high_risk, "high risk"),
                (risk.needs_investigation, "needs an investigation"),
            ]
            .into_iter()
            .filter_map(|(yes, words)| yes.then_some(words))
            .collect();
            let title = if found.is_empty() {
                "Judged straightforward".to_owned()
            } else {
                format!("Judged: {}", found.join(", "))
            };
            match &risk.reason {
                Some(reason) => with(TimelineKind::StaffOnly, title, reason.clone()),
                None => quiet(title),
            }
        }
        Event::VipFlagged(flag) => with(
            TimelineKind::StaffOnly,
            format!("Marked as VIP, known from {}", flag.source.words()),
            flag.detail.clone(),
        ),
        Event::PointAdded(point) => with(TimelineKind::StaffOnly, "Point of complaint added", point.text.clone()),
        Event::StageEntered(entry) => match &entry.note {
            Some(note) => with(
                TimelineKind::StaffOnly,
                format!("Stage {} began: {}", entry.stage, entry.reason.words()),
                note.clone(),
            ),
            None => quiet(format!(
                "Stage {} began: {}",
                entry.stage,
                reason_words(entry.reason.words(), who)
            )),
        },
        other => investigating(who, other).unwrap_or_else(|| dates(file, who, other)),
    }
}

/// What a person was told counts as words to them; the mail server's answer is proof for staff.
fn acknowledged(told: &Communicated) -> Saying {
    let title = format!("Acknowledged {}", through(told.by.words()));
    match told.by {
        Means::Email | Means::TrackingPage => Saying {
            words: Some(Words::Typed(told.proof.clone())),
            ..quiet(title)
        },
        _ => with(TimelineKind::Sent, title, told.proof.clone()),
    }
}

/// The words of a reason are written to the complainant; staff read them about the complainant.
fn reason_words(words: &str, who: &str) -> String {
    words.replace("you asked us", &format!("{who} asked us"))
}

/// Who is reached how from now on; the words are for staff.
fn contact(who: &str, by: Actor, corrected: &ContactCorrected) -> Saying {
    let contact = &corrected.contact;
    let said = |name: &str, value: Option<&String>| format!("{name}: {}", value.map_or("none", String::as_str));
    let mut lines = vec![
        said("Name", contact.name.as_ref()),
        said("Email", contact.email.as_ref()),
        said("Phone", contact.phone.as_ref()),
        format!("Reply by: {}", contact.reply_by.words()),
    ];
    lines.extend(corrected.learnt.as_ref().map(|learnt| format!("\n{learnt}")));
    match by {
        Actor::Complainant => with(
            TimelineKind::Received,
            format!("{} changed how we reach them", capital(who)),
            lines.join("\n"),
        ),
        _ => with(TimelineKind::StaffOnly, "Contact details corrected", lines.join("\n")),
    }
}

fn date(file: &CaseFile, at: jiff::Timestamp) -> String {
    full_date(file.in_force.setting(file.now).local_date(at))
}

/// "by email", "in person", "on the tracking page": how something came or went.
pub(crate) fn through(means: &str) -> String {
    match means {
        "in person" => means.to_owned(),
        "the tracking page" | "social media" => format!("on {means}"),
        _ => format!("by {means}"),
    }
}

/// Who did it, in words.
pub(crate) fn actor(seat: &Seat, file: &CaseFile, actor: Actor) -> Option<String> {
    match actor {
        Actor::Staff(id) => Some(format!("by {}", seat.door.office().name_of(id))),
        Actor::Complainant => Some(format!("by {}", person(file))),
        Actor::System => None,
        Actor::Holder => Some("by the line manager who has it".to_owned()),
    }
}
