//! The demonstration: an invented university and a year of its cases, made through the real acts with a moving clock.

mod act;
mod chance;
mod changes;
mod copies;
mod days;
mod desk;
pub(crate) mod directory;
mod files;
mod mail;
mod people;
mod plan;
mod reviews;
mod story;
mod texts;
mod views;
mod vocabulary;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use casework::jobs::{checkpoint, watch};
use casework::review::open::open_due;
use casework::{ActError, Institution, Office, StoppedClock};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use act::Stage;
use changes::Changes;
use days::Days;
use mail::Mail;
use people::Staff;
use reviews::Reviews;
use texts::Texts;

pub(crate) use copies::Grown;
pub(crate) use people::SIGN_INS;

/// The password of every sign-in of the demonstration.
pub(crate) const PASSWORD: &str = "calder brook stone";

/// Where the letters of the last days are kept as files.
pub(crate) struct LetterBoxHook {
    folder: PathBuf,
}

impl LetterBoxHook {
    /// Into this folder.
    pub(crate) fn into(folder: PathBuf) -> LetterBoxHook {
        LetterBoxHook { folder }
    }
}

/// Why the year could not be loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DemoError {
    /// A data file has a fault.
    #[error("{file}: {reason}")]
    Data {
        /// Which file.
        file: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A story names somebody who does not work here.
    #[error("nobody here is called {username}")]
    Nobody {
        /// The name.
        username: String,
    },
    /// An act failed.
    #[error(transparent)]
    Act(#[from] ActError),
    /// An act of a story failed.
    #[error("{step} on {at}: {source}")]
    Story {
        /// What was to be done.
        step: &'static str,
        /// When.
        at: Timestamp,
        /// Why it was not.
        source: ActError,
    },
    /// The calendar does not reach.
    #[error(transparent)]
    Clock(#[from] rules::clock::ClockError),
    /// A letter could not be put into words or kept.
    #[error("a letter could not be made: {0}")]
    Letter(String),
    /// A file was refused.
    #[error("a file could not be brought: {0}")]
    File(String),
}

/// What was loaded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summary {
    cases: usize,
    acts: usize,
    letters: usize,
    /// Monthly reviews that were held.
    reviews: usize,
    /// Steps of the plan that a rule refused.
    refused: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} cases, {} acts, {} letters, {} monthly reviews.",
            self.cases, self.acts, self.letters, self.reviews
        )?;
        match self.refused {
            0 => Ok(()),
            refused => write!(f, " The rules refused {refused} steps of the plan."),
        }
    }
}

/// What letters and the log say about the institution.
pub(crate) fn institution(public_url: String) -> Institution {
    Institution {
        organisation: "Calderbrook University".to_owned(),
        unit: "IT Services".to_owned(),
        service: "Feedback and complaints".to_owned(),
        phone: "01632 960 417".to_owned(),
        phone_hours: "24 hours, every day".to_owned(),
        email: "it-feedback@calderbrook.example".to_owned(),
        chat_url: None,
        desk: Some("IT desk, Main Library".to_owned()),
        public_url,
        reference_prefix: "FC".to_owned(),
    }
}

/// What pages say about the institution.
pub(crate) fn pages() -> web::page::public_shell::Institution {
    web::page::public_shell::Institution {
        chat_url: None,
        ..web::page::public_shell::Institution::sample()
    }
}

/// What is told: from the opening of the office until an instant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    /// Where it ends.
    pub(crate) until: Timestamp,
    /// How many cases chance tells; those of the desks come on top.
    pub(crate) cases: usize,
    /// Until how many there are these are copied; `None` where nothing is.
    pub(crate) grown: Option<Grown>,
}

/// How many cases chance tells of a small university's year.
pub(crate) const CASES: usize = 350;
/// As many as a large one has in a year: more cases than that are told over more years.
const MOST_A_YEAR: usize = 12_500;
const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

impl Span {
    /// When the first case may come.
    fn begins(self) -> Timestamp {
        let years = self.cases.div_ceil(MOST_A_YEAR).max(1);
        self.until - YEAR * i32::try_from(years).unwrap_or(1)
    }

    /// When the office opens: its procedure is published and its people settle in before the first case.
    pub(crate) fn opening(self) -> Timestamp {
        self.begins() - SignedDuration::from_hours(24 * 15)
    }
}

/// Loads the cases of a span.
pub(crate) async fn load(
    office: &Arc<Office>,
    clock: &StoppedClock,
    span: Span,
    hook: &LetterBoxHook,
) -> Result<Summary, DemoError> {
    let until = span.until;
    let texts = Texts::load()?;
    let days = Days::of(office.active());
    clock.set(span.opening());
    let staff = Staff::settle_in(office).await?;
    views::save(office, &staff).await?;
    let stories = plan::stories(&texts, &days, span)?;
    let mail = Mail::new(hook.folder.clone(), until, mail::full_mailboxes(&stories))?;
    let mut stage = Stage {
        office,
        staff: &staff,
        days: &days,
        named: BTreeMap::new(),
        references: vec![None; stories.len()],
        letters: 0,
        refused: 0,
        form: None,
    };
    let mut steps: Vec<_> = stories
        .iter()
        .enumerate()
        .flat_map(|(case, story)| story.steps.iter().map(move |step| (step.at, case, step)))
        .collect();
    steps.sort_by_key(|(at, case, _)| (*at, *case));
    let first = steps.first().map_or(until, |(at, ..)| *at);
    let mut beside = Beside {
        office,
        clock,
        mail: &mail,
        rounds: Rounds::from(&days, span.opening() + SignedDuration::from_hours(24 * 10))?,
        reviews: match span.grown {
            Some(_) => Reviews::plan(office, &staff, &days, (first, until))?.of_actions_alone(),
            None => Reviews::plan(office, &staff, &days, (first, until))?,
        },
        changes: Changes::plan(office, &staff, &days, until)?,
    };
    let mut acts = 0;
    for (at, case, step) in steps.into_iter().take_while(|(at, ..)| *at <= until) {
        beside.up_to(at).await?;
        clock.set(at);
        if stage.act(case, &stories[case], step).await? {
            acts += 1;
            stage.letters += mail.round(office, clock).await?;
        }
    }
    beside.up_to(until).await?;
    clock.set(until);
    let copied = match span.grown {
        Some(grown) => copies::grow(office, (&staff, &days), clock, grown, until).await?,
        None => 0,
    };
    watch::look(office).await?;
    open_due(office).await?;
    checkpoint::sign(office).await?;
    Ok(Summary {
        cases: stage.references.iter().flatten().count() + copied,
        acts,
        letters: stage.letters,
        reviews: beside.reviews.held,
        refused: stage.refused,
    })
}

/// What goes on beside the cases: the rounds of the watch, the reviews, and what the office itself changes.
struct Beside<'a> {
    office: &'a Arc<Office>,
    clock: &'a StoppedClock,
    mail: &'a Mail,
    rounds: Rounds<'a>,
    reviews: Reviews<'a>,
    changes: Changes<'a>,
}

impl Beside<'_> {
    /// All of it until an instant, in the order of its times.
    async fn up_to(&mut self, until: Timestamp) -> Result<(), DemoError> {
        while let Some(at) = self.changes.next_at().filter(|at| *at <= until) {
            self.rounds_and_reviews(at).await?;
            self.changes.act(self.clock, self.mail).await?;
        }
        self.rounds_and_reviews(until).await
    }

    async fn rounds_and_reviews(&mut self, until: Timestamp) -> Result<(), DemoError> {
        while let Some(at) = self.reviews.next_at().filter(|at| *at <= until) {
            self.rounds.up_to(at, self.office, self.clock).await?;
            self.reviews.act(self.clock).await?;
        }
        self.rounds.up_to(until, self.office, self.clock).await
    }
}

/// The rounds of the watch: at five on a working day, when it warns of what is due, and when that day has ended. Nothing is due on others.
struct Rounds<'a> {
    days: &'a Days,
    day: Date,
    next: Timestamp,
}

/// A minute past five, in minutes after midnight.
const AT_FIVE: i64 = 17 * 60 + 1;

impl Rounds<'_> {
    /// From the day after an instant on.
    fn from(days: &Days, at: Timestamp) -> Result<Rounds<'_>, DemoError> {
        let day = days.working_day(days.day(at), 1)?;
        let next = days.at(day, AT_FIVE)?;
        Ok(Rounds { days, day, next })
    }

    /// Warnings, dates that passed, updates that were missed, reviews that begin, each when its time has come.
    async fn up_to(&mut self, at: Timestamp, office: &Arc<Office>, clock: &StoppedClock) -> Result<(), DemoError> {
        while self.next <= at {
            clock.set(self.next);
            watch::look(office).await?;
            open_due(office).await?;
            checkpoint::sign(office).await?;
            let ended = self.days.at(self.day + 1.days(), 1)?;
            if self.next < ended {
                self.next = ended;
            } else {
                self.day = self.days.working_day(self.day, 1)?;
                self.next = self.days.at(self.day, AT_FIVE)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
