//! Settings: incoming mail. Whether what came adds up, and how the mailboxes stand (lesson 8).

use hypertext::{Buffer, prelude::*};

use super::super::parts::form::FormState;
use super::super::parts::notice::{Alert, alerts, done};
use super::super::parts::panel::{Empty, page_head, panel};
use super::super::parts::table::{Column, Holds, Table};
use super::tried::Tried;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// How incoming mail stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailStanding {
    /// What somebody has to look into.
    pub alarms: Vec<Alert>,
    /// Day by day: day, mailbox, seen, cases, added, set aside, on its way, whether it adds up.
    pub days: Vec<[String; 8]>,
    /// Mailboxes: name, last reached, last message, what is wrong.
    pub mailboxes: Vec<[String; 4]>,
    /// What the latest trial found.
    pub tried: Tried,
    /// The key of the form that asks for another.
    pub form: FormState,
}

const DAYS: [Column; 8] = [
    Column::new("Day", Holds::Short),
    Column::new("Mailbox", Holds::Short),
    Column::new("Seen", Holds::Number),
    Column::new("Cases", Holds::Number),
    Column::new("Added", Holds::Number),
    Column::new("Set aside", Holds::Number),
    Column::new("On its way", Holds::Number),
    Column::new("Adds up", Holds::Short),
];
const MAILBOXES: [Column; 4] = [
    Column::new("Mailbox", Holds::Short),
    Column::new("Reached", Holds::Moment),
    Column::new("Last message", Holds::Moment),
    Column::new("Trouble", Holds::Words),
];

impl StaffPage for MailStanding {
    fn title(&self) -> String {
        "Incoming mail".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::MailStanding
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let sub = "Every message that was seen became a case, was added to one, or is set aside. The numbers are counted twice: when a message comes, and by what became of it.";
        let fine = self.alarms.is_empty() && !self.days.is_empty();
        maud! {
            (page_head("Incoming mail", sub))
            (alerts(&self.alarms))
            (done(fine.then_some("Everything adds up.")))
            (panel("days", "The last 14 days", maud! {
                @if self.days.is_empty() {
                    (Empty::new("No e-mail came yet."))
                } @else {
                    (Table { name: "What came, day by day", columns: &DAYS, rows: rows(&self.days) })
                }
            }))
            (panel("mailboxes", "Mailboxes", maud! {
                @if self.mailboxes.is_empty() {
                    (Empty::new("No mailbox was reached yet. Which are read stands in the configuration, under [mail]."))
                } @else {
                    (Table { name: "Mailboxes", columns: &MAILBOXES, rows: rows(&self.mailboxes) })
                }
            }))
            (panel("try", "Try it", self.tried.shown(shell, &self.form)))
        }
        .render_to(out);
    }
}

impl MailStanding {
    /// An ordinary week.
    pub fn sample() -> Self {
        let day = |texts: [&str; 8]| texts.map(str::to_owned);
        Self {
            alarms: Vec::new(),
            days: vec![
                day(["Tue 13 Oct", "helpline", "18", "7", "6", "5", "0", "Yes"]),
                day(["Tue 13 Oct", "lmtp", "3", "1", "0", "1", "1", "Yes"]),
                day(["Mon 12 Oct", "helpline", "31", "12", "9", "10", "0", "Yes"]),
            ],
            mailboxes: vec![
                ["helpline", "Today, 9:41am", "Today, 9:12am", "None"].map(str::to_owned),
                ["lmtp", "Today, 9:38am", "Today, 9:38am", "None"].map(str::to_owned),
            ],
            tried: Tried::sample(),
            form: FormState::fresh("t-1"),
        }
    }

    /// Trouble of every kind.
    pub fn sample_alarms() -> Self {
        let sample = Self::sample();
        let mut days = sample.days.clone();
        days[2] = ["Mon 12 Oct", "helpline", "31", "12", "9", "9", "0", "No"].map(str::to_owned);
        Self {
            alarms: vec![
                Alert::new("On Monday 12 October, 31 messages came by helpline and 30 are accounted for."),
                Alert::new(
                    "The mailbox feedback cannot be reached since today, 7:02am: the server refused the password.",
                ),
            ],
            days,
            mailboxes: vec![
                sample.mailboxes[0].clone(),
                [
                    "feedback",
                    "Yesterday, 6:58am",
                    "Yesterday, 6:40am",
                    "The server refused the password",
                ]
                .map(str::to_owned),
            ],
            tried: Tried::sample_faults(),
            ..sample
        }
    }

    /// Nothing came yet.
    pub fn sample_empty() -> Self {
        Self {
            alarms: Vec::new(),
            days: Vec::new(),
            mailboxes: Vec::new(),
            tried: Tried::Never,
            form: FormState::fresh("t-1"),
        }
    }

    /// A trial that is under way.
    pub fn sample_trying() -> Self {
        Self {
            tried: Tried::sample_under_way(),
            ..Self::sample_empty()
        }
    }
}

fn rows<const N: usize>(lines: &[[String; N]]) -> Vec<Vec<String>> {
    lines.iter().map(|line| line.to_vec()).collect()
}
