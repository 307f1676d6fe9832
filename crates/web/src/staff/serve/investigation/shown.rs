//! The tasks of an investigation in words: their states, the one to go on with, and what stands in the way of sending.

use casework::desk::CaseFile;
use rules::case::investigation::Done;
use rules::case::{Event, State};
use rules::clock::full_date;
use rules::investigation::task::{self, Standing, Task, TaskNow, next_task, tasks};
use rules::people::Actor;
use rules::sentence::capital;

use crate::staff::desk::Seat;
use crate::staff::investigate::{Returned, TaskLine, TaskList};
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::serve::brief::{brief, person};
use crate::staff::serve::draft;

/// What a task is called.
pub(crate) fn name(task: Task) -> &'static str {
    match task {
        Task::Points => "Agree the points",
        Task::Conflict => "Conflict check",
        Task::Plan => "Plan",
        Task::Evidence => "Evidence",
        Task::Interviews => "Interviews",
        Task::Findings => "Findings",
        Task::Letter => "Letter",
        Task::Send => "Send the letter",
    }
}

/// The list of tasks.
pub(crate) async fn list(seat: &Seat, file: &CaseFile, notice: Option<String>) -> TaskList {
    let all = tasks(&file.case, &file.in_force.setting(file.now));
    let mine = file.case.owner == Some(seat.door.person().id);
    let next = next_task(&all).filter(|_| mine);
    let continues = |task| Link::new(&format!("Continue: {}", name(task).to_lowercase()), &href(file, task));
    TaskList {
        case: brief(seat, file),
        notice,
        returned: returned(seat, file),
        tasks: all.iter().map(|now| line(seat, file, now)).collect(),
        next: next.map(continues),
        before_sending: before_sending(file),
        next_update: file.update_date().map(|update| {
            format!(
                "{} hears from us by the end of {}.",
                capital(&person(file)),
                seat.wall().day_inside(update.due_on)
            )
        }),
        group: super::super::group::panel_deciding(seat, file, "investigation/letter").await,
    }
}

fn line(seat: &Seat, file: &CaseFile, now: &TaskNow) -> TaskLine {
    let hint = match &now.standing {
        Standing::Done(done) => done_words(seat, file, done),
        Standing::InProgress(open) => capital(open),
        Standing::Blocked(why) => format!("Cannot start yet: {why}"),
        Standing::NotStarted if now.required => "Needed before the decision can be sent".to_owned(),
        Standing::NotStarted => "If it helps; the procedure does not ask for it".to_owned(),
    };
    TaskLine {
        name: name(now.task).to_owned(),
        href: way(seat, file, now),
        hint,
        status: standing_tag(Some(now)),
    }
}

/// To the page of a task that can be worked on. A letter that cannot be written now, since it waits or is not this reader's to write, is read
/// where all letters are; where there is none yet, no link leads to a refusal.
fn way(seat: &Seat, file: &CaseFile, now: &TaskNow) -> Option<String> {
    if matches!(now.standing, Standing::Blocked(_)) {
        return None;
    }
    match now.task {
        Task::Letter | Task::Send if draft::possible(seat, file).is_err() => {
            let written = file.case.draft().is_some() && now.task == Task::Letter;
            written.then(|| paths::case_act(&file.case.reference.to_string(), "letters"))
        }
        task => Some(href(file, task)),
    }
}

/// "Done on Tuesday 9 June 2026 by Dana Kowalczyk"
fn done_words(seat: &Seat, file: &CaseFile, done: &Done) -> String {
    let on = full_date(file.in_force.setting(file.now).local_date(done.at));
    let by = match done.by {
        Actor::Staff(id) => format!(" by {}", seat.door.office().name_of(id)),
        Actor::Complainant => format!(" by {}", person(file)),
        Actor::System | Actor::Holder => String::new(),
    };
    format!("Done on {on}{by}")
}

/// The state of a task.
pub(crate) fn standing_tag(now: Option<&TaskNow>) -> Tag {
    match now.map(|now| &now.standing) {
        Some(Standing::Done(_)) => Tag::new("Done", Tone::Good),
        Some(Standing::InProgress(_)) => Tag::new("In progress", Tone::Brand),
        Some(Standing::Blocked(_)) => Tag::new("Cannot start yet", Tone::Warn),
        Some(Standing::NotStarted) | None => Tag::new("Not started", Tone::Grey),
    }
}

/// Where a task is done.
fn href(file: &CaseFile, task: Task) -> String {
    let reference = file.case.reference.to_string();
    match task {
        Task::Send => format!("{}#send", paths::investigation_task(&reference, "letter")),
        task => paths::investigation_task(&reference, task.code()),
    }
}

/// The task to go on with, unless it is the one that is shown.
pub(crate) fn next_link(file: &CaseFile, all: &[TaskNow], shown: Task) -> Option<Link> {
    let next = next_task(all).filter(|next| *next != shown)?;
    Some(Link::new(&name(next).to_lowercase(), &href(file, next)))
}

/// What must be done before the decision can be sent, in the words of the rule; empty where nothing stands in the way.
pub(crate) fn before_sending(file: &CaseFile) -> String {
    let refused = task::before_sending(&file.case, &file.in_force.setting(file.now));
    refused.map_or_else(String::new, |refused| refused.to_string())
}

/// That the letter came back from sign-off.
pub(crate) fn returned(seat: &Seat, file: &CaseFile) -> Option<Returned> {
    let State::Open(work) = &file.case.state else {
        return None;
    };
    let words = work.returned.clone()?;
    let recorded = file
        .history
        .iter()
        .rev()
        .find(|recorded| matches!(recorded.event, Event::SignOffReturned(_)))?;
    let who = recorded
        .actor
        .staff()
        .map_or_else(|| "A senior manager".to_owned(), |id| seat.door.office().name_of(id));
    Some(Returned {
        by: format!("{who} sent it back {}", seat.wall().when_inside(recorded.at)),
        words,
    })
}
