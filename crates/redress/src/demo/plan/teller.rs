//! Telling one story by chance: how it comes, who takes it, what becomes of it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::case::vocabulary::{Channel, FeedbackKind};
use rules::clock::{month_name, weekday_name};
use rules::confidential::names::{People, find};
use rules::intake::RawFeedback;

use super::person::Caller;
use crate::demo::DemoError;
use crate::demo::act::channel;
use crate::demo::chance::Chance;
use crate::demo::days::Days;
use crate::demo::people::{AMARA, CALLUM, DANA, ISAAC, JO, NADIA};
use crate::demo::story::{Step, Story, Then, What};
use crate::demo::texts::{Again, NotAComplaint, Text, Texts};
use crate::demo::words::Kept;

/// Whom of us a complaint is about: somebody at the Helpline, or somebody whom nobody can name yet.
const WHOM: &[&str] = &[AMARA, JO, "Whoever was at the desk at that hour"];

/// Tells one story.
pub(in crate::demo) struct Teller<'a> {
    pub(super) texts: &'a Texts,
    pub(super) days: &'a Days,
    pub(in crate::demo) chance: Chance,
    clerks: &'static [(&'static str, u32)],
    kept: Kept,
    received_on: Date,
    /// Who complains.
    pub(in crate::demo) caller: Caller,
    /// They tick that it is about a member of staff: few can see it, and a manager deals with it.
    pub(super) restricted: bool,
    /// It is more urgent than most.
    pub(super) urgent: bool,
    /// Words that have been said in this story: nobody writes the same sentence twice.
    pub(super) said: Vec<String>,
    steps: Vec<Step>,
}

/// What is known when a complaint has been taken.
pub(super) struct Told {
    pub(super) at: Timestamp,
    pub(super) owner: &'static str,
    pub(super) is_taken: bool,
}

impl<'a> Teller<'a> {
    /// A teller with chance and clerks of its own.
    pub(in crate::demo) fn new(
        texts: &'a Texts,
        days: &'a Days,
        chance: Chance,
        clerks: &'static [(&'static str, u32)],
    ) -> Teller<'a> {
        Teller {
            texts,
            days,
            chance,
            clerks,
            kept: Kept::default(),
            received_on: Date::default(),
            caller: Caller::default(),
            restricted: false,
            urgent: false,
            said: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// A story of somebody by chance, who says this then.
    pub(super) fn by_chance(mut self, text: &Text, at: Timestamp) -> Result<Story, DemoError> {
        let kind = FeedbackKind::from_code(&text.kind).unwrap_or(FeedbackKind::Complaint);
        let mut text = text.clone();
        let mistaken = (kind == FeedbackKind::Complaint && self.chance.permille(25))
            .then(|| self.chance.pick(&self.texts.filler.not_a_complaint).clone());
        if let Some(none) = &mistaken {
            text.words.clone_from(&none.words);
            text.service.clone_from(&none.service);
            (text.wanted, text.again, text.urgency) = (None, None, None);
            text.about_staff = false;
            text.channels = vec!["web".to_owned()];
        }
        self.remember(at);
        let channel = self.channel(&text, at);
        self.caller = Caller::by_chance(&text, channel, &self.texts.names, &mut self.chance);
        self.urgent = text.urgency.is_some();
        let raw = self.raw(&text);
        let told = self.begin(kind, channel, at);
        match (kind, mistaken) {
            (FeedbackKind::Complaint, Some(none)) => self.mistaken(&none, &told)?,
            (FeedbackKind::Complaint, None) => self.complaint(&text, &told)?,
            _ => {
                let read_at = self.days.in_hours(at, (60, 1_200), &mut self.chance)?;
                self.triaged(read_at, told.owner, None, None);
            }
        }
        Ok(self.finish(&text, raw, channel))
    }

    /// Days and months that texts name, as they are when somebody writes to us first.
    pub(in crate::demo) fn remember(&mut self, at: Timestamp) {
        self.received_on = self.days.day(at);
        let before = |days: i64| self.days.day(at - SignedDuration::from_hours(24 * days));
        self.kept.keep("weekday", weekday(before(2)));
        for (name, days) in [("last_month", 31), ("two_months_ago", 61), ("three_months_ago", 92)] {
            self.kept.keep(name, month_name(before(days)));
        }
    }

    /// The text with every choice made.
    pub(in crate::demo) fn fill(&mut self, text: &str) -> String {
        self.kept.fill(text, &self.texts.lists, &mut self.chance)
    }

    /// The text with every choice made, and with the days that it names as they are called then: nobody says tomorrow on a Friday.
    pub(in crate::demo) fn fill_then(&mut self, text: &str, at: Timestamp) -> Result<String, DemoError> {
        let today = self.days.day(at);
        let (next, last) = (self.days.working_day(today, 1)?, self.days.working_day(today, -1)?);
        let is_near = |day: Date| today.duration_since(day).as_hours().abs() == 24;
        let on = |day: Date| format!("on {}", weekday(day));
        let named = |day: Date, near: &str| if is_near(day) { near.to_owned() } else { on(day) };
        self.kept.keep("tomorrow", named(next, "tomorrow"));
        self.kept.keep("yesterday", named(last, "yesterday"));
        self.kept
            .keep("by_tomorrow", named(next, "tomorrow").trim_start_matches("on "));
        self.kept.keep("second_day", weekday(self.days.working_day(today, 2)?));
        // What was put right is put right between the receipt and the letter that says so.
        let done = if last > self.received_on {
            on(last)
        } else {
            "this morning".to_owned()
        };
        self.kept.keep("done_day", done.trim_start_matches("on "));
        self.kept.keep("done", done);
        Ok(self.fill(text))
    }

    /// One of the words that fit many cases and have not been said in this one; the first again where all have.
    pub(super) fn one_of(&mut self, words: &[String], at: Timestamp) -> Result<String, DemoError> {
        let fresh: Vec<&String> = words.iter().filter(|words| !self.said.contains(words)).collect();
        let chosen = match fresh.is_empty() {
            true => self.chance.pick(words).clone(),
            false => (*self.chance.pick(&fresh)).clone(),
        };
        self.said.push(chosen.clone());
        self.fill_then(&chosen, at)
    }

    /// The next thing that happens.
    pub(in crate::demo) fn then(&mut self, at: Timestamp, what: What) {
        self.steps.push(Step { at, what });
    }

    pub(super) fn triaged(
        &mut self,
        at: Timestamp,
        owner: &'static str,
        risk: Option<(String, String)>,
        vip: Option<String>,
    ) {
        let whom = self.restricted.then(|| (*self.chance.pick(WHOM)).to_owned());
        self.then(at, What::Triaged { owner, risk, vip, whom });
    }

    /// The form as they fill it in.
    pub(in crate::demo) fn raw(&mut self, text: &Text) -> RawFeedback {
        let ticked = text.about_staff && self.chance.permille(700);
        let is_complaint = text.kind == FeedbackKind::Complaint.code();
        let existing_job = if text.job || (is_complaint && self.chance.permille(120)) {
            format!("F09{:05}", self.chance.between(70_000, 99_999))
        } else {
            String::new()
        };
        let words = self.fill(&text.words);
        let wanted = text.wanted.clone().map(|wanted| self.fill(&wanted)).unwrap_or_default();
        // Who does not tick it is held where the words say it all the same.
        let seems_so = |words: &str| find(words, &People::default(), None).names_staff;
        self.restricted = ticked || seems_so(&words) || seems_so(&wanted);
        self.caller.fill_in(RawFeedback {
            kind: text.kind.clone(),
            words,
            wanted,
            about_staff: if ticked { "yes" } else { "" }.to_owned(),
            existing_job,
            ..RawFeedback::default()
        })
    }

    /// The whole story, its steps in the order of time.
    pub(in crate::demo) fn finish(mut self, text: &Text, mut raw: RawFeedback, channel: Channel) -> Story {
        self.steps.sort_by_key(|step| step.at);
        if self.caller.acts_for_somebody() {
            self.with_consent(&mut raw);
        }
        Story {
            text: text.id.clone(),
            raw,
            channel,
            service: text.service.clone(),
            problem: text.problem.clone(),
            urgency: text.urgency.clone().unwrap_or_else(|| "normal".to_owned()),
            mailbox_full_at: None,
            steps: self.steps,
        }
    }

    /// In the year everybody for whom somebody complains agrees as soon as somebody has the case; what is settled on the spot is one's own.
    fn with_consent(&mut self, raw: &mut RawFeedback) {
        let taken = self
            .steps
            .iter()
            .enumerate()
            .find_map(|(place, step)| match &step.what {
                What::Triaged { owner, .. } => Some((place, step.at, *owner)),
                What::Logged {
                    by, then: Then::Kept, ..
                } => Some((place, step.at, *by)),
                _ => None,
            });
        // Who keeps what they logged cannot see it any more where it is restricted.
        match taken.filter(|_| !self.restricted) {
            Some((place, at, by)) => self.steps.insert(
                place + 1,
                Step {
                    at,
                    what: What::ConsentGiven { by },
                },
            ),
            None => raw.acting_for.clear(),
        }
    }

    /// At night nobody stands at a counter.
    fn channel(&mut self, text: &Text, at: Timestamp) -> Channel {
        let any = [
            ("web", 52),
            ("phone", 22),
            ("email", 10),
            ("in_person", 9),
            ("chat", 6),
            ("social_media", 1),
        ];
        let open = self.days.is_office_hours(at);
        let fitting: Vec<(&'static str, u32)> = any
            .into_iter()
            .filter(|(code, _)| text.channels.is_empty() || text.channels.iter().any(|known| known == code))
            .filter(|(code, _)| open || *code != "in_person")
            .collect();
        if fitting.is_empty() {
            return Channel::Web;
        }
        channel(self.chance.weighted::<&str>(&fitting))
    }

    /// It arrives on the form, or whoever is on duty writes it down and keeps it if it is plain.
    fn begin(&mut self, kind: FeedbackKind, channel: Channel, at: Timestamp) -> Told {
        let owner = match self.restricted {
            true => NADIA,
            false => *self.chance.weighted(self.clerks),
        };
        if channel == Channel::Web {
            self.then(at, What::Arrives);
            return Told {
                at,
                owner,
                is_taken: false,
            };
        }
        let by = if self.days.is_office_hours(at) { owner } else { CALLUM };
        let is_taken = kind == FeedbackKind::Complaint && !self.restricted && self.chance.permille(600);
        let then = if is_taken { Then::Kept } else { Then::Waits };
        self.then(at, What::Logged { by, then, vip: None });
        Told {
            at,
            owner: if is_taken { by } else { owner },
            is_taken,
        }
    }

    /// It came on the form for complaints and is none.
    fn mistaken(&mut self, none: &NotAComplaint, told: &Told) -> Result<(), DemoError> {
        let triaged = self.days.in_hours(told.at, (20, 600), &mut self.chance)?;
        self.triaged(triaged, told.owner, None, None);
        self.then(
            triaged + SignedDuration::from_mins(9),
            What::NotAComplaint {
                by: told.owner,
                reason: none.reason.clone(),
                ending: none.ending.clone(),
            },
        );
        Ok(())
    }

    fn complaint(&mut self, text: &Text, told: &Told) -> Result<(), DemoError> {
        let triaged = self.days.in_hours(told.at, (20, 600), &mut self.chance)?;
        if !told.is_taken && self.chance.permille(25) {
            let words = self.one_of(&self.texts.filler.stopped, triaged)?;
            self.then(triaged, What::Stopped { words });
            return Ok(());
        }
        if told.is_taken {
            return self.front_line(text, told, triaged);
        }
        if let Some(again) = text
            .again
            .clone()
            .filter(|again| !again.only_escalated && self.caller.gets_letters())
            && self.straight_to_stage_2(&again, triaged)?
        {
            return Ok(());
        }
        self.triaged(triaged, told.owner, None, None);
        self.front_line(text, told, triaged)
    }

    /// Some are complex or risky, and some come from somebody who is a VIP.
    fn straight_to_stage_2(&mut self, again: &Again, triaged: Timestamp) -> Result<bool, DemoError> {
        let risk = self
            .chance
            .permille(110)
            .then(|| (again.why.clone(), again.because.clone()));
        let vip = self
            .chance
            .permille(25)
            .then(|| self.chance.pick(&self.texts.filler.vip).clone());
        if risk.is_none() && vip.is_none() {
            return Ok(false);
        }
        let investigator = *self.chance.pick(&[DANA, ISAAC]);
        self.triaged(triaged, investigator, risk, vip);
        self.investigation(again, investigator, triaged)?;
        Ok(true)
    }
}

/// "Friday".
fn weekday(day: Date) -> &'static str {
    weekday_name(day.weekday())
}
