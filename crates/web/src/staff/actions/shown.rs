//! Actions in words: lines of lists, and what happened to one.

use casework::review::carried::Listed;
use casework::review::register::FollowOnFile;
use casework::review::{CarriedForward, Registered, ReviewFile};
use jiff::civil::Date;
use rules::follow_on::{FollowOnEvent, FollowOnId, Happened, Status};
use rules::people::{Act, permission};

use super::line::{ActionLine, Source};
use super::one::Entry;
use crate::page::words::{count, date_brief, date_in_year, date_long};
use crate::staff::desk::Seat;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::review::month::FollowOn;
use crate::staff::review::serve::cases::{Holds, link};

/// What is said of an action whose words were written in a case, to a reader who may not see cases.
const PROMISED: &str = "Promised in a decision";

/// The text of an action as this reader may read it.
pub(super) fn text(action: &Registered) -> String {
    action
        .text
        .clone()
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| PROMISED.to_owned())
}

/// A line of the register.
pub(super) fn line(seat: &Seat, action: &Registered, today: Date) -> ActionLine {
    let id = action.id.to_string();
    let card = &action.card;
    ActionLine {
        action: Link::new(&text(action), &paths::action(&id)),
        from: from(action),
        owner: card.owner.clone().unwrap_or_else(|| "Nobody yet".to_owned()),
        by: action.facts.due_on.map_or_else(|| "No date yet".to_owned(), date_brief),
        status: status(action, today),
        next: publish(seat, action),
    }
}

fn from(action: &Registered) -> Source {
    let words = match (&action.id, action.card.month) {
        (FollowOnId::Case(..), _) if action.card.cases.is_empty() => "A case".to_owned(),
        (FollowOnId::Case(reference, _), _) => return Source::Case(link(reference)),
        (FollowOnId::Review(month, _), _) => match action.card.cases.len() {
            0 => format!("Review of {}", month.words()),
            n => format!("Review of {}, {}", month.words(), count(n as u64, "case", "cases")),
        },
    };
    Source::Words(words)
}

/// Where it stands; how late it is, if it is.
pub(super) fn status(action: &Registered, today: Date) -> Tag {
    if action.is_overdue(today) {
        let days = action
            .facts
            .due_on
            .map_or(0, |due_on| today.duration_since(due_on).as_hours() / 24);
        let late = count(days.unsigned_abs(), "day late", "days late");
        return Tag::new(&late, Tone::Bad);
    }
    let tone = match action.status {
        Status::Proposed => Tone::Warn,
        Status::Accepted | Status::InProgress => Tone::Brand,
        Status::Done | Status::Verified => Tone::Good,
        Status::Dropped => Tone::Grey,
    };
    let words = if action.facts.published_on.is_some() {
        "Published"
    } else {
        action.status.words()
    };
    Tag::new(words, tone)
}

fn publish(seat: &Seat, action: &Registered) -> Option<Link> {
    let ready = matches!(action.status, Status::Done | Status::Verified) && action.facts.published_on.is_none();
    (ready && seat.may(Act::PublishChanges))
        .then(|| Link::new("Publish", &paths::publish_action(&action.id.to_string())))
}

/// What happened to an action, the latest first. Words that were written in a case stay with readers who may see cases.
pub(super) fn history(seat: &Seat, file: &FollowOnFile) -> Vec<Entry> {
    let entitled = permission::may(seat.door.person(), Act::SeeCases);
    let from_case = matches!(file.action.id, FollowOnId::Case(..));
    let hides = from_case && !entitled;
    file.history
        .iter()
        .rev()
        .map(|happened| {
            let entry = entry(seat, happened);
            Entry {
                words: if hides { String::new() } else { entry.words },
                ..entry
            }
        })
        .collect()
}

fn entry(seat: &Seat, happened: &Happened) -> Entry {
    let who = happened
        .actor
        .staff()
        .map_or_else(|| "the system".to_owned(), |who| seat.door.office().name_of(who));
    let (what, words) = match &happened.event {
        FollowOnEvent::Promised(promised) => (
            format!("Promised by {who}, to be done by {}", date_long(promised.due_on)),
            String::new(),
        ),
        FollowOnEvent::Proposed(_) => (format!("Recommended by {who}"), String::new()),
        FollowOnEvent::Accepted(accepted) => (
            format!(
                "Accepted by {who}: {} does it by {}",
                accepted.owner,
                date_long(accepted.due_on)
            ),
            String::new(),
        ),
        FollowOnEvent::Started(said) => (format!("Begun by {who}"), said.words.clone()),
        FollowOnEvent::Changed(changed) => (
            format!("Changed by {who}: {} by {}", changed.owner, date_long(changed.due_on)),
            changed.reason.clone(),
        ),
        FollowOnEvent::Done(said) => (format!("Reported done by {who}"), said.words.clone()),
        FollowOnEvent::Verified(said) => (format!("Verified by {who}"), said.words.clone()),
        FollowOnEvent::SentBack(said) => (format!("Sent back by {who}"), said.words.clone()),
        FollowOnEvent::Dropped(said) => (format!("Dropped by {who}"), said.words.clone()),
        FollowOnEvent::Published(_) => (format!("Published by {who}"), String::new()),
        FollowOnEvent::Unpublished(said) => (format!("Taken back by {who}"), said.words.clone()),
    };
    Entry {
        what,
        when: seat.wall().when(happened.at),
        words,
    }
}

/// The actions that a month's review shows: what was to be done when it was held, or is now; and what was done or dropped since the month
/// began. Each says how it stands now.
pub(in crate::staff) fn review_lines(seat: &Seat, file: &ReviewFile, holds: Holds) -> FollowOn {
    let CarriedForward {
        soon,
        later,
        ended,
        ahead,
        ..
    } = &file.actions;
    let to_do = |listed: &Listed| {
        let shown = listed.shown.iter();
        shown.map(|action| review_line(seat, action, file, holds)).collect()
    };
    let since = date_in_year(file.month.period().first);
    FollowOn {
        later_words: format!("{} more, due after {}", later.in_all, date_in_year(*ahead)),
        ended_words: format!("{} done or dropped since {since}", ended.in_all),
        soon: to_do(soon),
        later: to_do(later),
        ended: ended
            .shown
            .iter()
            .map(|action| line(seat, action, file.today))
            .collect(),
        unlisted: [soon, later, ended]
            .iter()
            .map(|listed| listed.in_all - listed.shown.len())
            .sum(),
    }
}

fn review_line(seat: &Seat, action: &Registered, file: &ReviewFile, holds: Holds) -> ActionLine {
    let line = line(seat, action, file.today);
    if holds == Holds::No || action.status != Status::Proposed {
        return line;
    }
    let href = format!("{}?review={}", paths::action(&action.id.to_string()), file.month);
    ActionLine {
        next: Some(Link::new("Agree", &href)),
        ..line
    }
}
