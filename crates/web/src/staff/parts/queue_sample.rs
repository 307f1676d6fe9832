//! Ten made-up cases in five groups, for the samples of the pages that show the table of cases.

use super::queue::{Contact, QueueGroup, QueueRow, QueueTable};
use super::tag::{Tag, Tone};
use crate::page::clock::{Clock, ClockState};

impl QueueTable {
    /// A question about a case of somebody else, and nine cases grouped late, due today, this week, later.
    pub fn sample() -> Self {
        Self {
            caption: "Your open cases, soonest deadline first".to_owned(),
            groups: vec![
                group("asked", "Asked of you", Tone::Staff, asked()),
                group("late", "Late", Tone::Bad, late()),
                group("today", "Due today", Tone::Warn, today()),
                group("week", "This week", Tone::Grey, this_week()),
                group("later", "Later", Tone::Grey, later()),
            ],
        }
    }

    /// Five cases of several people in one group without a heading.
    pub fn sample_everybody() -> Self {
        let mut rows = late();
        rows.extend(today());
        rows.extend(later());
        rows.truncate(5);
        for (row, owner) in
            rows.iter_mut()
                .zip(["Amara Osei", "Tom Birch", "Nobody yet", "Dana Kowalczyk", "Amara Osei"])
        {
            row.owner = Some(owner.to_owned());
        }
        Self {
            caption: "Open cases, soonest deadline first".to_owned(),
            groups: vec![group("", "", Tone::Grey, rows)],
        }
    }
}

fn group(id: &str, name: &str, tone: Tone, rows: Vec<QueueRow>) -> QueueGroup {
    QueueGroup {
        id: id.to_owned(),
        name: name.to_owned(),
        tone,
        rows,
    }
}

/// A question about a case of somebody else.
fn asked() -> Vec<QueueRow> {
    let mut row = row(
        ["FC-10466", "No answer about a lost laptop", "Equipment and loans"],
        ["Noor Haddad", "Staff, online form"],
        Clock::new(ClockState::Soon, "Thu 15 Oct, next working day", 0, 1).with_sub("Stage 1, day 0 of 1"),
        Contact::Last("Today, 8:10am".to_owned()),
        "Decide on the request for stage 2",
    );
    row.owner = Some("Tom Birch".to_owned());
    vec![row]
}

fn late() -> Vec<QueueRow> {
    vec![row(
        [
            "FC-10471",
            "Password reset took two days before a deadline",
            "Accounts and passwords",
        ],
        ["Jonah Adeyemi", "Student, phone"],
        Clock::new(ClockState::Over, "Late by 1 day", 3, 3).with_sub("Stage 1, was due Tue 13 Oct"),
        Contact::Last("Mon, 3:15pm".to_owned()),
        "Decide today, or extend and say why",
    )]
}

fn today() -> Vec<QueueRow> {
    vec![
        row(
            ["FC-10476", "Printer in Rowan House jams every morning", "Printing"],
            ["Beth Lowry", "Staff, online form"],
            Clock::new(ClockState::Today, "Due today", 3, 3).with_sub("Stage 1, day 3 of 3"),
            Contact::UpdateDue("Update due today".to_owned()),
            "Confirm the new printer date",
        ),
        row(
            [
                "FC-10478",
                "Locked out of email after changing phone",
                "Accounts and passwords",
            ],
            ["Anonymous", "Not known, online form"],
            Clock::new(ClockState::Today, "Due today", 3, 3).with_sub("Stage 1, day 3 of 3"),
            Contact::Last("Yesterday, 10:40am".to_owned()),
            "Record decision",
        ),
    ]
}

fn this_week() -> Vec<QueueRow> {
    let mut captions = row(
        ["FC-10486", "Captions missing on recorded lectures", "Teaching room AV"],
        ["Samir Haddad", "Student, email"],
        Clock::new(ClockState::Ok, "Fri 16 Oct, 2 days", 1, 3).with_sub("Stage 1, day 1 of 3"),
        Contact::Last("Yesterday, 9:12am".to_owned()),
        "Ask triage: stage 2?",
    );
    captions.tags = vec![Tag::new("Risk", Tone::Warn), Tag::new("New message", Tone::Warn)];
    vec![
        row(
            [
                "FC-10482",
                "Wi-Fi dropping in the Main Library during a timed test",
                "Wi-Fi and network",
            ],
            ["Priya Nair", "Student, online form"],
            Clock::new(ClockState::Soon, "Thu 15 Oct, tomorrow", 2, 3).with_sub("Stage 1, day 2 of 3"),
            Contact::UpdateDue("Update due today".to_owned()),
            "Send the letter for her department",
        ),
        row(
            [
                "FC-10485",
                "Told three different things about a laptop loan",
                "Helpline service",
            ],
            ["Grace Whitlock", "Student, in person"],
            Clock::new(ClockState::Ok, "Fri 16 Oct, 2 days", 1, 3).with_sub("Stage 1, day 1 of 3"),
            Contact::Last("Yesterday, 4:55pm".to_owned()),
            "Check the loan record",
        ),
        captions,
    ]
}

fn later() -> Vec<QueueRow> {
    let mut exam = row(
        [
            "FC-10444",
            "Exam software failed for 12 students",
            "Software and licences",
        ],
        ["Dean’s office", "Staff, email"],
        Clock::new(ClockState::Ok, "Wed 28 Oct, 10 days", 10, 20).with_sub("Stage 2, day 10 of 20"),
        Contact::Last("Mon, 2pm".to_owned()),
        "Helping Dana: send call logs",
    );
    exam.tags = vec![Tag::new("VIP", Tone::Staff)];
    vec![
        row(
            [
                "FC-10487",
                "Emeritus account closed without warning",
                "Accounts and passwords",
            ],
            ["Prof. Ann Sturgess", "Public, phone"],
            Clock::new(ClockState::Ok, "Mon 19 Oct, 3 days", 0, 3).with_sub("Stage 1, received today"),
            Contact::Last("Today, 9:06am".to_owned()),
            "Call back after 11am",
        ),
        row(
            ["FC-10463", "Charged twice for poster printing", "Printing"],
            ["Milo Fern", "Student, chat"],
            Clock::new(ClockState::Extended, "Extended to Tue 20 Oct", 3, 3).with_sub("Stage 1, was due Thu 8 Oct"),
            Contact::Last("Mon, 11:30am".to_owned()),
            "Waiting for Finance, since Monday",
        ),
        exam,
    ]
}

fn row(case: [&str; 3], who: [&str; 2], clock: Clock, contact: Contact, next_step: &str) -> QueueRow {
    let [reference, title, category] = case.map(str::to_owned);
    let [from, from_kind] = who.map(str::to_owned);
    QueueRow {
        href: crate::staff::paths::case(&reference),
        title,
        reference,
        category,
        tags: Vec::new(),
        from,
        from_kind,
        clock,
        contact,
        next_step: next_step.to_owned(),
        owner: None,
    }
}
