//! Does what came add up? Seen = cases + added + parked, day by day, counted in two ways (lesson 8).

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::case::change::permit;
use rules::mail::Fate;
use rules::people::{Act, Person};
use storage::StorageError;
use storage::mail::boxes::{self, Mailbox};
use storage::mail::{self, days};

use crate::{ActError, Office};

/// How long a message may be on its way to its end before that is an alarm: a large one is read twice, and its files are stored.
const SLOW: SignedDuration = SignedDuration::from_mins(15);

/// How long a mailbox may be silent. Over a weekend nobody may write; a working day and more without a message, or an hour without a look, is worth
/// one of ours.
const SILENT: SignedDuration = SignedDuration::from_hours(4 * 24);
const UNREACHED: SignedDuration = SignedDuration::from_hours(1);

/// How many days are shown.
const DAYS: i64 = 14;

/// The messages of a day by one way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// How many were taken, counted when they came.
    pub seen: u64,
    /// How many of them were met once more, and taken for the same.
    pub again: u64,
    /// How many became cases, also those that could not be read.
    pub cases: u64,
    /// How many were added to cases.
    pub added: u64,
    /// How many are set aside, by why.
    pub parked: BTreeMap<Fate, u64>,
    /// How many have not ended.
    pub open: u64,
}

impl Day {
    /// How many are set aside.
    #[must_use]
    pub fn set_aside(&self) -> u64 {
        self.parked.values().sum()
    }

    /// Whether every message that was seen is accounted for.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.seen == self.cases + self.added + self.set_aside() + self.open
    }
}

/// Something that somebody has to look into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarm {
    /// What came on a day is not what the ledger says it became.
    DoesNotAddUp {
        /// The day.
        day: Date,
        /// The mailbox.
        mailbox: String,
        /// Seen, and accounted for.
        counts: (u64, u64),
    },
    /// Messages are said to be at cases that are not there.
    NoSuchCase {
        /// How many.
        many: u64,
    },
    /// A message has been on its way for too long.
    Slow {
        /// Since when.
        since: Timestamp,
    },
    /// Nothing came by a mailbox for days.
    Silent {
        /// The mailbox.
        mailbox: String,
        /// Since when.
        since: Timestamp,
    },
    /// A mailbox cannot be reached.
    Unreached {
        /// The mailbox.
        mailbox: String,
        /// Since when.
        since: Timestamp,
        /// Why.
        why: String,
    },
}

impl std::fmt::Display for Alarm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Alarm::DoesNotAddUp {
                day,
                mailbox,
                counts: (seen, accounted),
            } => write!(
                f,
                "on {day}, {seen} came by {mailbox} and {accounted} are accounted for"
            ),
            Alarm::NoSuchCase { many } => write!(f, "{many} are said to be at a case that is not there"),
            Alarm::Slow { since } => write!(f, "one that came at {since} has not come to its end"),
            Alarm::Silent { mailbox, since } => write!(f, "nothing came by {mailbox} since {since}"),
            Alarm::Unreached { mailbox, since, why } => {
                write!(f, "{mailbox} cannot be reached since {since}: {why}")
            }
        }
    }
}

/// How incoming mail stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Day by day and mailbox by mailbox, the latest first.
    pub days: Vec<(Date, String, Day)>,
    /// The mailboxes.
    pub mailboxes: Vec<Mailbox>,
    /// What somebody has to look into.
    pub alarms: Vec<Alarm>,
}

/// How incoming mail stands, for whoever looks after it: numbers, and no word of a message.
///
/// # Errors
/// When the person may not see it, or the store cannot be read.
pub async fn standing(office: &Office, by: &Person) -> Result<Standing, ActError> {
    permit(by, Act::SeeMail)?;
    look(office).await
}

/// The same for the doctor and the timetable.
///
/// # Errors
/// When the store cannot be read.
pub async fn look(office: &Office) -> Result<Standing, ActError> {
    let now = office.now();
    let today = office.active().setting(now).today();
    let from = today.checked_sub(jiff::Span::new().days(DAYS - 1)).unwrap_or(today);
    let (counted, became, lost, oldest, mailboxes) = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, StorageError>((
                    days::counted(tx, from, today).await?,
                    days::became(tx, from, today).await?,
                    days::without_case(tx, from, today).await?,
                    mail::oldest_open(tx).await?,
                    boxes::all(tx).await?,
                ))
            })
        })
        .await?;
    let days = joined(counted, became);
    let mut alarms: Vec<Alarm> = days.iter().filter_map(does_not_add_up).collect();
    alarms.extend((lost > 0).then_some(Alarm::NoSuchCase { many: lost }));
    let slow = oldest.filter(|since| now.duration_since(*since) >= SLOW);
    alarms.extend(slow.map(|since| Alarm::Slow { since }));
    alarms.extend(mailboxes.iter().filter_map(|mailbox| silent(mailbox, now)));
    Ok(Standing {
        days,
        mailboxes,
        alarms,
    })
}

fn joined(counted: Vec<days::Counted>, became: Vec<days::Became>) -> Vec<(Date, String, Day)> {
    let mut all: BTreeMap<(Date, String), Day> = BTreeMap::new();
    for one in counted {
        let day = all.entry((one.day, one.mailbox)).or_default();
        (day.seen, day.again) = (one.seen, one.again);
    }
    for one in became {
        let day = all.entry((one.day, one.mailbox)).or_default();
        match one.fate {
            None => day.open += one.many,
            Some(fate) if fate.is_case() => day.cases += one.many,
            Some(Fate::Added) => day.added += one.many,
            Some(fate) => *day.parked.entry(fate).or_default() += one.many,
        }
    }
    all.into_iter()
        .rev()
        .map(|((day, mailbox), counts)| (day, mailbox, counts))
        .collect()
}

fn does_not_add_up((day, mailbox, counts): &(Date, String, Day)) -> Option<Alarm> {
    let accounted = counts.cases + counts.added + counts.set_aside() + counts.open;
    (!counts.adds_up()).then(|| Alarm::DoesNotAddUp {
        day: *day,
        mailbox: mailbox.clone(),
        counts: (counts.seen, accounted),
    })
}

fn silent(mailbox: &Mailbox, now: Timestamp) -> Option<Alarm> {
    let name = mailbox.name.clone();
    if let Some((why, since)) = &mailbox.fault
        && now.duration_since(*since) >= UNREACHED
    {
        return Some(Alarm::Unreached {
            mailbox: name,
            since: *since,
            why: why.clone(),
        });
    }
    let since = mailbox.message_at.filter(|at| now.duration_since(*at) >= SILENT)?;
    Some(Alarm::Silent { mailbox: name, since })
}
