//! Lines of a list as rows of the table of cases.

use casework::derive::RegimeDue;
use casework::desk::DeskLine;
use casework::desk::lists::LineDue;
use rules::case::vocabulary::{ComplainantKind, FeedbackKind};
use rules::confidential::Sight;
use rules::people::Act;
use rules::sentence::capital;

use super::moment::Wall;
use super::seat::Seat;
use crate::page::clock::{Clock, ClockState};
use crate::page::words::count;
use crate::staff::parts::queue::{Contact, QueueGroup, QueueRow, QueueTable};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// Whether a table names the owner of each case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owners {
    /// Every line is this person's.
    Mine,
    /// They differ.
    Named,
}

/// Who complained, where they said it, and by which way: "student, online form".
pub(crate) fn who_and_how(line: &DeskLine) -> String {
    match line.card.from_kind.as_str() {
        unsaid if unsaid == ComplainantKind::NotSaid.words() => line.channel.words().to_owned(),
        kind => format!("{kind}, {}", line.channel.words()),
    }
}

/// A table in one group without a heading.
pub(crate) fn flat(seat: &Seat, caption: &str, lines: &[DeskLine]) -> QueueTable {
    let rows = lines.iter().map(|line| row(seat, line, Owners::Named)).collect();
    QueueTable {
        caption: caption.to_owned(),
        groups: vec![QueueGroup {
            id: String::new(),
            name: String::new(),
            tone: Tone::Grey,
            rows,
        }],
    }
}

/// A table grouped by how soon the date is: late, due today, this week, later.
pub(crate) fn by_date(seat: &Seat, caption: &str, lines: &[DeskLine]) -> QueueTable {
    let of = |wanted: Soon| {
        lines
            .iter()
            .filter(|line| soon(line) == wanted)
            .map(|line| row(seat, line, Owners::Mine))
            .collect()
    };
    let group = |id: &str, name: &str, tone, wanted| QueueGroup {
        id: id.to_owned(),
        name: name.to_owned(),
        tone,
        rows: of(wanted),
    };
    QueueTable {
        caption: caption.to_owned(),
        groups: vec![
            group("late", "Late", Tone::Bad, Soon::Late),
            group("today", "Due today", Tone::Warn, Soon::Today),
            group("week", "This week", Tone::Grey, Soon::Week),
            group("later", "Later", Tone::Grey, Soon::Later),
        ],
    }
}

/// What is asked of somebody about cases of others, in a group of its own.
pub(crate) fn asked(seat: &Seat, lines: &[DeskLine]) -> QueueGroup {
    let rows = lines.iter().map(|line| {
        let row = row(seat, line, Owners::Named);
        QueueRow {
            href: match line.state.as_str() {
                "sign_off" => paths::sign_off(&line.reference),
                _ => row.href,
            },
            next_step: line.card.asked.clone().unwrap_or(row.next_step),
            ..row
        }
    });
    QueueGroup {
        id: "asked".to_owned(),
        name: "Asked of you".to_owned(),
        tone: Tone::Staff,
        rows: rows.collect(),
    }
}

/// How soon a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soon {
    /// It has passed.
    Late,
    /// It is today.
    Today,
    /// Within five working days.
    Week,
    /// Later, or there is none.
    Later,
}

/// How soon the date of a line is.
pub(crate) fn soon(line: &DeskLine) -> Soon {
    match line.due.map(|due| due.left) {
        Some(left) if left < 0 => Soon::Late,
        Some(0) => Soon::Today,
        Some(1..=5) => Soon::Week,
        _ => Soon::Later,
    }
}

/// One line.
pub(crate) fn row(seat: &Seat, line: &DeskLine, owners: Owners) -> QueueRow {
    let owner = line.owner.map(|owner| seat.door.office().name_in_list(owner));
    let row = QueueRow {
        href: if line.state == "received" && seat.may(Act::Triage) {
            paths::triage(&line.reference)
        } else {
            paths::case(&line.reference)
        },
        title: line.card.title.clone(),
        reference: line.reference.clone(),
        category: line.service.clone().unwrap_or_else(|| line.kind.words().to_owned()),
        tags: tags(seat, line),
        from: line.card.from.clone(),
        from_kind: who_and_how(line),
        clock: clock(seat, line),
        contact: contact(seat, line),
        next_step: line.card.next_step.clone(),
        owner: if owners == Owners::Named {
            Some(owner.unwrap_or_else(|| "Nobody yet".to_owned()))
        } else {
            None
        },
    };
    match line.sight {
        Sight::Whole => row,
        Sight::Outline => QueueRow {
            href: paths::case(&line.reference),
            from: NOT_SHOWN.to_owned(),
            from_kind: String::new(),
            next_step: NOT_SHOWN.to_owned(),
            owner: None,
            ..row
        },
    }
}

/// What stands for a name or a word in the outline of a restricted case.
pub(crate) const NOT_SHOWN: &str = "Not shown";

fn tags(seat: &Seat, line: &DeskLine) -> Vec<Tag> {
    let mut tags = Vec::new();
    if line.vip {
        tags.push(Tag::new("VIP", Tone::Staff));
    }
    if line.card.about_staff {
        tags.push(Tag::new("Restricted", Tone::Staff));
    }
    if line.urgency >= rules::case::vocabulary::Urgency::High {
        tags.push(Tag::new(line.urgency.words(), Tone::Bad));
    }
    tags.extend(line.group.map(|place| {
        let words = format!("{} of {} in a group", place.position, place.of);
        Tag::new(&words, Tone::Grey)
    }));
    if line.card.reopened {
        tags.push(Tag::new("Reopened", Tone::Warn));
    }
    tags.extend(line.card.regime.as_ref().map(|regime| of_regime(&seat.wall(), regime)));
    if line.card.waits_for_answer {
        tags.push(Tag::new("Waiting for an answer", Tone::Warn));
    }
    if line.card.message_waits {
        tags.push(Tag::new("New message", Tone::Warn));
    }
    if line.card.undelivered {
        tags.push(Tag::new("Not delivered", Tone::Bad));
    }
    if line.kind != FeedbackKind::Complaint {
        tags.push(Tag::new(&capital(line.kind.words()), Tone::Grey));
    }
    tags
}

/// How many days before its date another regime looks pressing in a list.
const SOON_DAYS: i32 = 7;

/// The next date of another regime (A38).
fn of_regime(wall: &Wall, regime: &RegimeDue) -> Tag {
    let Some(on) = regime.on else {
        return Tag::new("Other regime", Tone::Warn);
    };
    let left = (on - wall.today()).get_days();
    match left {
        left if left < 0 => Tag::new("Other regime: late", Tone::Bad),
        0 => Tag::new("Other regime: today", Tone::Warn),
        1..=SOON_DAYS => Tag::new(&format!("Other regime: {}", wall.short(on)), Tone::Warn),
        _ => Tag::new(&format!("Other regime: {}", wall.short(on)), Tone::Grey),
    }
}

/// The day of an update that is owed today or was owed before.
pub(crate) fn update_owed(wall: &Wall, line: &DeskLine) -> Option<jiff::civil::Date> {
    line.update_due_at
        .map(|at| wall.local(at).date())
        .filter(|on| *on <= wall.today())
}

fn contact(seat: &Seat, line: &DeskLine) -> Contact {
    let wall = seat.wall();
    let owed = update_owed(&wall, line);
    match (owed, line.last_contact_at) {
        (Some(on), _) if on < wall.today() => Contact::UpdateDue("Update is late".to_owned()),
        (Some(_), _) => Contact::UpdateDue("Update due today".to_owned()),
        (None, Some(at)) => Contact::Last(wall.when(at)),
        (None, None) => Contact::Last("Not yet".to_owned()),
    }
}

fn clock(seat: &Seat, line: &DeskLine) -> Clock {
    let Some(due) = line.due else {
        let text = match line.state.as_str() {
            "closed" => "Closed",
            "received" => "Waiting for triage",
            "decided" if line.card.undelivered => "Letter not delivered",
            "decided" => "Letter on its way",
            _ => "No date",
        };
        let state = if line.state == "closed" {
            ClockState::Done
        } else {
            ClockState::Ok
        };
        return Clock {
            state,
            line: text.to_owned(),
            used: 0,
            total: 0,
            sub: None,
        };
    };
    let stage = if line.stage == 0 {
        "Before triage".to_owned()
    } else {
        format!("Stage {}", line.stage)
    };
    Clock {
        state: state(due),
        line: words(seat, due),
        used: due.used,
        total: due.total,
        sub: Some(format!("{stage}, day {} of {}", due.used.min(due.total), due.total)),
    }
}

/// How pressing a date is.
pub(crate) fn state(due: LineDue) -> ClockState {
    match due.left {
        left if left < 0 => ClockState::Over,
        0 => ClockState::Today,
        1 => ClockState::Soon,
        _ if due.extended => ClockState::Extended,
        _ => ClockState::Ok,
    }
}

/// A date in the words of a list.
pub(crate) fn words(seat: &Seat, due: LineDue) -> String {
    let short = seat.wall().short(due.on);
    match due.left {
        left if left < 0 => format!("Late by {}", count(left.unsigned_abs().into(), "day", "days")),
        0 => "Due today".to_owned(),
        1 => format!("{short}, next working day"),
        _ if due.extended => format!("Extended to {short}"),
        left => format!("{short}, {}", count(left.unsigned_abs().into(), "day", "days")),
    }
}
