//! A case as its events tell it: replaying the log gives the same case every time (invariant 6).

use jiff::Timestamp;

use super::alert::Alert;
use super::consent::Consent;
use super::contact::Contact;
use super::event::{self, CategorySet, Event, JobRaised, Received, RiskAssessed, Unreadable};
use super::facts::{Action, Communicated, Complainant, Decision, Extension, Learning, Point};
use super::file::AttachedFile;
use super::hold::Hold;
use super::investigation::Investigation;
use super::question::OpenQuestion;
use super::reference::Reference;
use super::regime::RegimeTag;
use super::seal::Seal;
use super::stage::{Recount, StageRecord};
use super::state::{Impossible, State};
use super::tombstone::Tombstone;
use super::vocabulary::{FeedbackKind, Lane, Urgency};
use crate::confidential::StaffNamed;
use crate::people::{Actor, StaffId};

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its number within the case, counted from 1.
    pub sequence: u32,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

/// Why a log does not tell a case.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It does not begin with a receipt.
    #[error("the history does not begin with case.received")]
    NoBeginning,
    /// A number is missing or out of order.
    #[error("event number {found} stands where {expected} is expected")]
    Gap {
        /// The number that should come.
        expected: u32,
        /// The number that came.
        found: u32,
    },
    /// An event that cannot happen in its state.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// An event that this release cannot read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// That somebody was warned of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warned {
    /// The clock's name.
    pub clock: String,
    /// The date.
    pub due_at: Timestamp,
    /// When the warning was given.
    pub at: Timestamp,
}

impl Warned {
    pub(super) fn of(passed: &event::ClockPassed, at: Timestamp) -> Warned {
        Warned {
            clock: passed.clock.clone(),
            due_at: passed.due_at,
            at,
        }
    }
}

/// A case, folded from its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its reference.
    pub reference: Reference,
    /// The number of its last event.
    pub sequence: u32,
    /// How it arrived, word for word.
    pub received: Received,
    /// Who complained and how they are reached now: what was received, with every correction.
    pub complainant: Complainant,
    /// When it was written down; not earlier than received.
    pub logged_at: Timestamp,
    /// What it is now (R1, A24).
    pub kind: FeedbackKind,
    /// Where it stands.
    pub state: State,
    /// Who may see it at all: restricted from the receipt on where they said that it is about a member of staff (R33).
    pub lane: Lane,
    /// Whom of us it is about, as far as is known (R28).
    pub named: StaffNamed,
    /// It was held when it arrived, and nobody has said since whom it is about; see [`Case::is_held`].
    pub undecided: bool,
    /// Who is accountable (R40).
    pub owner: Option<StaffId>,
    /// When and how it was acknowledged (R18).
    pub acknowledged: Option<Communicated>,
    /// Its job (R3, R20).
    pub job: Option<JobRaised>,
    /// Its category (R60).
    pub category: Option<CategorySet>,
    /// How pressing it is (R22).
    pub urgency: Urgency,
    /// The triage answers (R56).
    pub risk: Option<RiskAssessed>,
    /// Since when the complainant is known to be a VIP, and how (R88).
    pub vip: Option<(event::VipFlagged, Timestamp)>,
    /// Its links with other cases about the same matter (A27).
    pub links: Vec<event::CaseLinked>,
    /// The consent of the person for whom they complain (A29).
    pub consent: Consent,
    /// Messages that became cases of their own (A26).
    pub set_apart: Vec<event::IssueSetApart>,
    /// A question to the complainant that waits for an answer (A41).
    pub question: Option<OpenQuestion>,
    /// Points of complaint, also those that are set aside (A25).
    pub points: Vec<Point>,
    /// What the investigator wrote down before the letter; on the heap, because a case is carried through every act.
    pub investigation: Box<Investigation>,
    /// Files that came with words, in the order in which they came.
    pub files: Vec<AttachedFile>,
    /// The id of their latest e-mail, without angle brackets: letters answer it (RFC 5322, 3.6.4).
    pub latest_mail: Option<String>,
    /// Every stage it went through, in order.
    pub stages: Vec<StageRecord>,
    /// Extensions that were approved.
    pub extensions: Vec<Extension>,
    /// An extension that waits for approval.
    pub extension_request: Option<event::ExtensionRequested>,
    /// The last contact with the complainant.
    pub contact: Contact,
    /// What staff must look at.
    pub alerts: Vec<Alert>,
    /// Clocks and dates for which a warning was given.
    pub warned: Vec<Warned>,
    /// Clocks and dates that were passed.
    pub breached: Vec<(String, Timestamp)>,
    /// Decision dates that were counted again after a change of the calendar (A42).
    pub recounts: Vec<Recount>,
    /// Other regimes that apply to it, in the order in which it was tagged (A38).
    pub regimes: Vec<RegimeTag>,
    /// Follow-on actions (R10).
    pub actions: Vec<Action>,
    /// Why it happened (R4).
    pub root_cause: Option<String>,
    /// What was learnt (R6).
    pub learning: Option<Learning>,
    /// The latest request for the next stage, with its instant.
    pub escalation: Option<(event::EscalationRequested, Timestamp)>,
    /// Why the latest request was refused.
    pub escalation_refused: Option<String>,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
    /// When it was taken up again, each time (A40).
    pub reopened_at: Vec<Timestamp>,
    /// Who has it where it is sealed; on the heap, because few cases are.
    pub seal: Box<Seal>,
    /// A legal hold that stands.
    pub hold: Option<Hold>,
    /// What was taken out of it, in the order in which that was done.
    pub tombstones: Vec<Tombstone>,
}

impl Case {
    /// Replays a history.
    ///
    /// # Errors
    /// When the history does not begin with a receipt, has a gap, or holds an event that cannot happen.
    pub fn replay(reference: Reference, history: &[Recorded]) -> Result<Case, Unfit> {
        let (first, rest) = history.split_first().ok_or(Unfit::NoBeginning)?;
        let mut case = Case::begin(reference, first)?;
        for recorded in rest {
            case = case.after(recorded)?;
        }
        Ok(case)
    }

    /// The case as it would be if these events happened now.
    ///
    /// # Errors
    /// When one of them cannot happen.
    pub fn preview(&self, events: &[Event], actor: Actor, at: Timestamp) -> Result<Case, Unfit> {
        events.iter().try_fold(self.clone(), |case, event| {
            let recorded = Recorded {
                sequence: case.sequence + 1,
                at,
                actor,
                event: event.clone(),
            };
            case.after(&recorded)
        })
    }

    fn begin(reference: Reference, first: &Recorded) -> Result<Case, Unfit> {
        let Event::Received(received) = &first.event else {
            return Err(Unfit::NoBeginning);
        };
        if first.sequence != 1 {
            return Err(Unfit::Gap {
                expected: 1,
                found: first.sequence,
            });
        }
        Ok(Case {
            reference,
            sequence: 1,
            logged_at: first.at,
            kind: received.kind,
            state: State::Received,
            lane: if received.about_staff {
                Lane::Restricted
            } else {
                Lane::Open
            },
            named: StaffNamed::default(),
            undecided: received.suggested.is_some() && !received.about_staff,
            owner: None,
            acknowledged: None,
            job: None,
            category: None,
            urgency: Urgency::Normal,
            risk: None,
            vip: None,
            links: Vec::new(),
            consent: Consent::default(),
            set_apart: Vec::new(),
            question: None,
            points: vec![Point::new(1, &received.title)],
            investigation: Box::default(),
            files: Vec::new(),
            latest_mail: None,
            stages: Vec::new(),
            extensions: Vec::new(),
            extension_request: None,
            contact: Contact::since(received.received_at),
            alerts: Vec::new(),
            warned: Vec::new(),
            breached: Vec::new(),
            recounts: Vec::new(),
            regimes: Vec::new(),
            actions: Vec::new(),
            root_cause: None,
            learning: None,
            escalation: None,
            escalation_refused: None,
            closed_at: None,
            reopened_at: Vec::new(),
            seal: Box::default(),
            hold: None,
            tombstones: Vec::new(),
            complainant: received.complainant.clone(),
            received: received.clone(),
        })
    }

    /// The case after one more event.
    ///
    /// # Errors
    /// When the event's number does not follow, or it cannot happen now.
    pub fn after(mut self, recorded: &Recorded) -> Result<Case, Unfit> {
        if recorded.sequence != self.sequence + 1 {
            return Err(Unfit::Gap {
                expected: self.sequence + 1,
                found: recorded.sequence,
            });
        }
        self.sequence = recorded.sequence;
        let staff = recorded.actor.staff();
        self.state = self.state.after(&recorded.event, staff, recorded.at)?;
        self.note_handling(&recorded.event, staff, recorded.at);
        self.note_contact(&recorded.event, staff, recorded.at);
        self.note_regime(&recorded.event, recorded.at);
        self.note_judgement(&recorded.event, recorded.at);
        self.note_point(&recorded.event);
        self.note_consent(&recorded.event, recorded.at);
        self.note_question(&recorded.event, recorded.at);
        self.note_seal(&recorded.event, recorded.sequence, recorded.at);
        self.note_investigation(recorded);
        self.note_hold(recorded);
        self.tombstones.extend(Tombstone::of(recorded));
        AttachedFile::note(&mut self.files, recorded);
        Ok(self)
    }

    /// Stages, owners, decisions and endings.
    fn note_handling(&mut self, event: &Event, by: Option<StaffId>, at: Timestamp) {
        match event {
            Event::StageEntered(entry) => {
                self.extension_request = None;
                self.stages.push(StageRecord::begin(entry, at));
            }
            Event::Assigned(assigned) => {
                self.owner = Some(assigned.to);
                if let Some(stage) = self.stages.last_mut() {
                    stage.owners.push(assigned.to);
                }
            }
            Event::SignOffApproved(approved) => {
                if let Some(stage) = self.stages.last_mut() {
                    stage.approved_letter.clone_from(&approved.sha256);
                }
            }
            Event::DecisionRecorded(recorded) => self.note_decision(&recorded.decision, by, at),
            Event::ExtensionRequested(request) => self.extension_request = Some(request.clone()),
            Event::ExtensionRefused(_) => self.extension_request = None,
            Event::ExtensionApproved(extension) => {
                self.extension_request = None;
                self.extensions.push(extension.clone());
                if let Some(stage) = self.stages.last_mut() {
                    stage.extensions.push(extension.clone());
                }
            }
            Event::ClockRecomputed(again) => self.recounts.push(Recount {
                again: again.clone(),
                after_extensions: self.extensions_now().count(),
            }),
            Event::EscalationRequested(request) => {
                self.escalation = Some((request.clone(), at));
                self.closed_at = None;
                self.escalation_refused = None;
            }
            Event::EscalationRefused(refusal) => self.escalation_refused = Some(refusal.reason.clone()),
            Event::ActionCreated(created) => self.actions.push(created.action.clone()),
            Event::Closed(_) => self.closed_at = Some(at),
            Event::Reopened(_) => {
                self.closed_at = None;
                // What was asked for in its first life is settled: it is decided anew.
                (self.escalation, self.escalation_refused, self.extension_request) = (None, None, None);
                self.reopened_at.push(at);
            }
            _ => {}
        }
    }

    fn note_decision(&mut self, decision: &Decision, by: Option<StaffId>, at: Timestamp) {
        self.extension_request = None;
        // The letter's author decided; the approver only signed it off (R28).
        let author = self
            .state
            .work()
            .and_then(|work| work.draft.as_ref())
            .and_then(|draft| draft.author)
            .or(by);
        if let Some(stage) = self.stages.last_mut() {
            stage.decided_by = author.map(|author| (author, at));
            stage.decision = Some(decision.clone());
        }
        self.root_cause = decision.root_cause.clone().or(self.root_cause.take());
        self.learning = decision.learning.clone().or(self.learning.take());
    }

    /// Contact data, category, urgency, risk, VIP, job and learning.
    fn note_judgement(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::ContactCorrected(corrected) => {
                self.complainant = self.complainant.clone().reached_by(&corrected.contact);
            }
            Event::JobRaised(job) => self.job = Some(job.clone()),
            Event::JobLinked(link) => {
                if let Some(job) = &mut self.job {
                    job.parent = Some(link.parent.clone());
                }
            }
            Event::Reclassified(change) => self.kind = change.to,
            Event::CategorySet(category) => self.category = Some(category.clone()),
            Event::UrgencySet(set) => self.urgency = set.urgency,
            Event::RiskAssessed(risk) => self.risk = Some(risk.clone()),
            Event::VipFlagged(flag) => {
                self.vip.get_or_insert_with(|| (flag.clone(), at));
            }
            Event::LaneRestricted(_) => self.lane = Lane::Restricted,
            Event::LaneOpened(_) => {
                self.undecided = false;
                self.lane = Lane::Open;
                self.named = StaffNamed::default();
            }
            Event::StaffNamed(named) => {
                // The receipt raises the job after it has said whom the finder suggested; what is said later, a person says.
                self.undecided = self.undecided && self.job.is_none();
                self.named = named.clone();
            }
            Event::IssueSetApart(issue) => self.set_apart.push(issue.clone()),
            Event::CaseLinked(link) => self.links.push(link.clone()),
            Event::CaseUnlinked(link) => self.links.retain(|known| known.with != link.with),
            Event::RootCauseSet(set) => self.root_cause = Some(set.cause.clone()),
            Event::LearningRecorded(learning) => self.learning = Some(learning.clone()),
            _ => {}
        }
    }
}
