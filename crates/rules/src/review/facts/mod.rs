//! The facts of a case: flat, without names and without words; what every figure is made from (model 3.7, R80).

mod moments;
mod now;
mod spells;
mod stays;
mod untriaged;
mod updates;

pub use moments::LATE_REQUEST;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::vocabulary::{
    Channel, ComplainantKind, Ending, FeedbackKind, LearningAnswer, Outcome, Satisfaction, StageReason, Urgency,
};
use crate::case::{Case, Recorded, Reference, Setting};
use crate::coded::coded;
use crate::procedure::{InFigures, StageEntryWay};

/// What a case is to the figures. Dates are local days of the procedure's time zone; nothing in it depends on the day of reading, so that
/// a row written at the last event stays true until the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// Its reference: leads back to the case for those who may see it.
    pub reference: Reference,
    /// What it is now (A24).
    pub kind: FeedbackKind,
    /// Whether its ending leaves it out of the figures: not a complaint, logged in error, or as the procedure says (model 3.7).
    pub counted: InFigures,
    /// How it arrived.
    pub channel: Channel,
    /// Who the complainant is to the institution.
    pub complainant: ComplainantKind,
    /// Nobody can be told (A28).
    pub anonymous: bool,
    /// Restricted, for it is about a member of staff: counted, never listed (K17, R36). Lists follow the lane that it is in now.
    pub restricted: bool,
    /// From a VIP (R55).
    pub vip: bool,
    /// Judged high risk (R54).
    pub high_risk: bool,
    /// How pressing it was at the end (A39).
    pub urgency: Urgency,
    /// Axis A, if it was categorised (R60).
    pub service: Option<String>,
    /// Axis B.
    pub problem: Option<String>,
    /// The day on which it reached us (A2).
    pub received_on: Date,
    /// The day on which it was written down.
    pub logged_on: Date,
    /// The first day on which somebody was accountable (R40).
    pub owned_on: Option<Date>,
    /// The day by which it was to be decided by what was known of it before anybody judged it: the clock runs already (A2).
    pub untriaged_due_on: Option<Date>,
    /// How it was acknowledged (R18).
    pub acknowledgement: Acknowledgement,
    /// How many letters never arrived and are given up.
    pub letters_lost: u32,
    /// Whether a job stands for it (R20).
    pub has_job: bool,
    /// Every time that it was open, in order; never empty.
    pub spells: Vec<Spell>,
    /// Every stay at a stage, in order.
    pub stays: Vec<Stay>,
    /// What else can be counted on a day.
    pub moments: Vec<Moment>,
}

/// The acknowledgement as a figure needs it (K3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// How it went.
    pub timing: AckTiming,
    /// The day by which it was owed.
    pub due_on: Option<Date>,
    /// Minutes from the start of its clock to the acknowledgement, a begun minute counted whole.
    pub minutes: Option<u32>,
    /// How many deliveries of it failed (A8).
    pub failures: u32,
}

coded! {
    /// How an acknowledgement went.
    pub enum AckTiming {
        /// Nobody is there to be told, or the procedure has no clock for the channel (A28).
        NotOwed = "not_owed", "nobody to tell";
        /// It has not been given yet.
        Waiting = "waiting", "not given yet";
        /// In time.
        InTime = "in_time", "in time";
        /// Late.
        Late = "late", "late";
    }
}

/// One time that a case was open: from its receipt, or from when it was taken up again, to its closing (A34, A40).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// The first day.
    pub opened_on: Date,
    /// Why it was open.
    pub opened_by: OpenedBy,
    /// The day of closing; none while it is open.
    pub closed_on: Option<Date>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// The stage that had decided last when it was closed; 0 where none had.
    pub decided_stage: u8,
    /// Working days from the receipt to the telling of that decision, or to the closing where thanks and ideas were passed on.
    pub days: Option<u32>,
    /// Whether that decision was to the complainant's satisfaction (R59).
    pub satisfaction: Option<Satisfaction>,
    /// How many updates fell due while it was open.
    pub updates_owed: u32,
    /// How many of them were made, in time or late.
    pub updates_made: u32,
    /// Why it happened (R4), as it was on record when the case was closed, or corrected before it was taken up again.
    pub root_cause: Option<String>,
    /// Whether something was learnt (R6), by the same rule.
    pub learning: Option<LearningAnswer>,
}

coded! {
    /// Why a case was open.
    pub enum OpenedBy {
        /// It arrived.
        Received = "received", "received";
        /// It was taken up again on new information (A40).
        Reopened = "reopened", "new information";
        /// The complainant asked for the next stage after it was closed (R52).
        AskedAgain = "asked_again", "asked for stage 2";
    }
}

/// One stay at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The stage's number.
    pub stage: u8,
    /// How it came there.
    pub way: StageEntryWay,
    /// Why.
    pub reason: StageReason,
    /// The day on which it came there.
    pub entered_on: Date,
    /// The day by which the decision was due before any extension.
    pub due_on: Option<Date>,
    /// The last day on which it was in time, extensions included; an approval after the date has passed moves nothing (invariant 10).
    pub last_day: Option<Date>,
    /// Whether more time was approved.
    pub extended: bool,
    /// The day on which the complainant was told; only that counts (A7).
    pub told_on: Option<Date>,
    /// How the telling stood to its date.
    pub timing: Option<Timing>,
    /// Working days from the start of the stage's clock to the telling.
    pub days: Option<u32>,
    /// What was decided and told.
    pub outcome: Option<Outcome>,
    /// The outcome that an earlier stage had told.
    pub earlier_outcome: Option<Outcome>,
    /// Whether it was to the complainant's satisfaction (R59).
    pub satisfaction: Option<Satisfaction>,
    /// Told in conversation on the day of receipt, with nothing needed in between (R48).
    pub first_contact: bool,
    /// Whether senior management saw a letter that it had to see (R78).
    pub sign_off: SignedOff,
    /// Decided by somebody who had decided at an earlier stage: must never be (R28).
    pub same_decider: bool,
    /// Known to be a VIP's when it was decided (R55).
    pub vip: bool,
}

coded! {
    /// How a decision stood to its date (K4, K5).
    pub enum Timing {
        /// Within the procedure's own limit.
        InTime = "in_time", "in time";
        /// Within an approved extension.
        Extended = "extended", "in time after an extension";
        /// After the date.
        Late = "late", "late";
    }
}

coded! {
    /// Whether a decision was signed off (R78).
    pub enum SignedOff {
        /// No rule asked for it.
        NotNeeded = "not_needed", "not needed";
        /// Senior management approved it.
        Approved = "approved", "approved";
        /// A rule asked for it and nobody approved: must never be.
        Missing = "missing", "missing";
    }
}

/// Something that happened on a day and can be counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What.
    pub what: Happened,
    /// The day. For an update the day by which it was due.
    pub on: Date,
    /// The stage at which it happened; 0 before any.
    pub stage: u8,
    /// A code of the procedure: the reason of an extension, the kind of a remedy.
    pub code: Option<String>,
    /// Working days that an extension added.
    pub days: u32,
    /// The day by which it, or the letter that tells of it, was due.
    pub due_on: Option<Date>,
    /// How it stood to that day.
    pub promptness: Option<Promptness>,
}

coded! {
    /// What can be counted on a day.
    pub enum Happened {
        /// An update fell due, or was made before it did (K11, A9).
        UpdateOwed = "update_owed", "update due";
        /// More time was approved (K9); its promptness is that of the notice (R76).
        Extended = "extended", "more time approved";
        /// The complainant asked for the next stage (K8).
        Asked = "asked", "asked for the next stage";
        /// Somebody with authority said yes.
        Granted = "granted", "request accepted";
        /// Somebody with authority said no.
        Refused = "refused", "request refused";
        /// A remedy was offered in a decision that was told (K15).
        Remedy = "remedy", "remedy";
        /// How a decision that was told resolved the matter (R57).
        Resolution = "resolution", "kind of resolution";
        /// It is about the same matter as a complaint that leads its group: it is a complaint more, and no matter more (A27). Stands on the day
        /// of its receipt.
        Follows = "follows", "same matter as another complaint";
    }
}

coded! {
    /// How something stood to the day by which it was due.
    pub enum Promptness {
        /// Before or on the day.
        InTime = "in_time", "in time";
        /// After the day.
        Late = "late", "late";
        /// Never.
        Missed = "missed", "missed";
        /// It has not happened yet.
        Waiting = "waiting", "not yet";
    }
}

impl CaseFacts {
    /// A complaint that the figures count. All figures are over these unless they say otherwise.
    pub fn is_counted_complaint(&self) -> bool {
        self.kind == FeedbackKind::Complaint && self.counted == InFigures::Counted
    }

    /// Whether it is about a matter that another complaint had brought to us, so that the two are one matter (A27).
    pub fn follows(&self) -> bool {
        self.moments.iter().any(|moment| moment.what == Happened::Follows)
    }

    /// The stay at which the case was at the end of a day, if it had reached a stage.
    pub fn stay_on(&self, day: Date) -> Option<&Stay> {
        self.stays.iter().rev().find(|stay| stay.entered_on <= day)
    }

    /// The day by which the complainant was to be told, as the case stood at the end of a day; nothing where it was not open, where they had been
    /// told, or where no date was known. Before triage that is the date which it would have if nothing were found (A2).
    pub fn due_after(&self, day: Date) -> Option<Date> {
        if !self.is_open_after(day) {
            return None;
        }
        match self.stay_on(day) {
            None => self.untriaged_due_on,
            Some(stay) if stay.told_on.is_some_and(|told_on| told_on <= day) => None,
            Some(stay) => stay.last_day,
        }
    }

    /// The days on which it began to stand otherwise than before, in order: between two of them it stood alike at the end of each day.
    pub fn turns(&self) -> Vec<Date> {
        let spells = self.spells.iter();
        let spells = spells.flat_map(|spell| [Some(spell.opened_on), spell.closed_on]);
        let stays = self.stays.iter();
        let stays = stays.flat_map(|stay| [Some(stay.entered_on), stay.told_on]);
        let mut turns: Vec<Date> = spells.chain(stays).chain([self.owned_on]).flatten().collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }

    /// Whether the case was open at the end of a day.
    pub fn is_open_after(&self, day: Date) -> bool {
        self.spells.iter().any(|spell| spell.is_open_after(day))
    }
}

impl Spell {
    /// Whether it had begun and not ended at the end of a day.
    pub fn is_open_after(&self, day: Date) -> bool {
        self.opened_on <= day && self.closed_on.is_none_or(|closed_on| closed_on > day)
    }
}

/// A case, event by event: what every part of the facts is gathered from.
pub(super) struct Step<'a> {
    /// The case before the event; none before the first.
    before: Option<&'a Case>,
    /// The event.
    recorded: &'a Recorded,
    /// The case after it.
    after: &'a Case,
}

/// The facts of a case. `history` is its whole log, of which `case` is the fold. Dates that the calendar does not reach are left out.
pub fn facts(case: &Case, history: &[Recorded], setting: &Setting<'_>) -> CaseFacts {
    let mut spells = spells::Spells::default();
    let mut stays = stays::Stays::default();
    let mut moments = moments::Moments::default();
    let mut updates = updates::Updates::default();
    let mut untriaged = untriaged::Untriaged::default();
    let mut owned_on = None;
    let mut before: Option<Case> = None;
    for recorded in history {
        let after = match before.clone() {
            None => Case::replay(case.reference.clone(), std::slice::from_ref(recorded)),
            Some(case) => case.after(recorded),
        };
        // The caller folded this very history: an event that does not fit was refused there.
        let Ok(after) = after else { break };
        let step = Step {
            before: before.as_ref(),
            recorded,
            after: &after,
        };
        updates.see(&step, setting);
        spells.see(&step, &updates, setting);
        stays.see(&step, setting);
        moments.see(&step, setting);
        if owned_on.is_none() && after.owner.is_some() {
            owned_on = Some(setting.local_date(recorded.at));
        }
        untriaged.see(&step, setting);
        before = Some(after);
    }
    let spells = spells.finish(&updates);
    let mut moments = moments.finish();
    moments.extend(updates.finish());
    CaseFacts {
        owned_on,
        untriaged_due_on: untriaged.finish(),
        spells,
        stays: stays.finish(),
        moments,
        ..now::of_case(case, history, setting)
    }
}
