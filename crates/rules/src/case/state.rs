//! The whole life of a case on one screen: the states, and what each event turns them into (model 3.2).

use jiff::Timestamp;

use super::event::{DecisionRecorded, EscalationRequested, Event, SignOffHandedOn, StageEntered};
use super::facts::Decision;
use super::vocabulary::Ending;
use crate::letters::FixedLetter;
use crate::people::StaffId;

/// Where a case stands. States carry their facts; the stage is data of the procedure, so there is no variant per stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It arrived and nobody has judged it yet.
    Received,
    /// It is being worked on at a stage.
    Open(Work),
    /// A drafted decision waits for senior management.
    SignOff(Work, Draft),
    /// The decision is made and its letter is on the way.
    Decided(Work, Decision),
    /// The decision has reached the complainant.
    Answered(Work, Decision),
    /// The complainant asked for the next stage and someone with authority must say.
    EscalationPending(Work, Escalation),
    /// It is over, with the last stage and its decision where one was given.
    Closed(Ending, Option<Box<(Work, Decision)>>),
}

/// Work at a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// How it came into the stage.
    pub entry: StageEntered,
    /// When.
    pub entered_at: Timestamp,
    /// The latest draft of its decision.
    pub draft: Option<Draft>,
    /// Why senior management sent the draft back, until a new one is submitted.
    pub returned: Option<String>,
}

/// A drafted decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Counted from 1.
    pub version: u32,
    /// What it says.
    pub decision: Decision,
    /// Points whose outcome nobody has chosen yet.
    pub undecided: Vec<u32>,
    /// Who wrote it.
    pub author: Option<StaffId>,
    /// Those who may approve it and changed its words since.
    pub edited_by: Vec<StaffId>,
    /// The letter whole, while it waits for approval.
    pub letter: Option<FixedLetter>,
    /// To whom it was handed on because nobody had acted.
    pub handed_on: Option<SignOffHandedOn>,
}

/// A request for the next stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// The request.
    pub request: EscalationRequested,
    /// When it was received: the next stage's clock counts from here (A18).
    pub requested_at: Timestamp,
    /// The decision that they are not happy with.
    pub decision: Decision,
}

impl Work {
    /// The stage's number.
    pub fn stage(&self) -> u8 {
        self.entry.stage
    }

    /// The same with a draft that waits for senior management.
    fn waiting(self, draft: Draft) -> State {
        let work = Work {
            draft: Some(draft.clone()),
            ..self
        };
        State::SignOff(work, draft)
    }
}

/// An event came in a state in which it cannot happen: the log is not one that this product wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the event {event} cannot happen to a case that is {state}")]
pub struct Impossible {
    /// The event's stored name.
    pub event: &'static str,
    /// The state's name.
    pub state: &'static str,
}

impl State {
    /// The stored name of the state, used in lists and filters.
    pub fn name(&self) -> &'static str {
        match self {
            State::Received => "received",
            State::Open(_) => "open",
            State::SignOff(..) => "sign_off",
            State::Decided(..) => "decided",
            State::Answered(..) => "answered",
            State::EscalationPending(..) => "escalation_pending",
            State::Closed(..) => "closed",
        }
    }

    /// The work at the current stage, while there is one.
    pub fn work(&self) -> Option<&Work> {
        match self {
            State::Open(work) | State::SignOff(work, _) | State::Decided(work, _) => Some(work),
            State::Answered(work, _) | State::EscalationPending(work, _) => Some(work),
            State::Received | State::Closed(..) => None,
        }
    }

    /// The state after the event. Events that only add to the record leave it as it is.
    ///
    /// # Errors
    /// When the event cannot happen in this state.
    pub fn after(self, event: &Event, by: Option<StaffId>, at: Timestamp) -> Result<State, Impossible> {
        let impossible = Impossible {
            event: event.kind(),
            state: self.name(),
        };
        match (self, event) {
            (_, Event::Received(_)) => Err(impossible),
            (
                State::Received | State::Open(_) | State::SignOff(..) | State::EscalationPending(..),
                Event::StageEntered(entry),
            ) => Ok(State::Open(Work {
                entry: entry.clone(),
                entered_at: at,
                draft: None,
                returned: None,
            })),
            (_, Event::StageEntered(_)) => Err(impossible),
            (State::Open(work), Event::DraftSaved(saved)) => {
                let draft = Draft {
                    version: saved.version,
                    decision: saved.decision.clone(),
                    undecided: saved.undecided.clone(),
                    author: by,
                    edited_by: Vec::new(),
                    letter: None,
                    handed_on: None,
                };
                Ok(State::Open(Work {
                    draft: Some(draft),
                    ..work
                }))
            }
            (_, Event::DraftSaved(_)) => Err(impossible),
            (
                State::Open(Work {
                    draft: Some(draft),
                    entry,
                    entered_at,
                    ..
                }),
                Event::SignOffRequested(asked),
            ) => {
                let work = Work {
                    entry,
                    entered_at,
                    draft: None,
                    returned: None,
                };
                let letter = asked.letter.clone();
                Ok(work.waiting(Draft { letter, ..draft }))
            }
            (_, Event::SignOffRequested(_)) => Err(impossible),
            (State::SignOff(work, mut draft), Event::SignOffEdited(edited)) => {
                draft.edited_by.extend(by);
                Ok(work.waiting(Draft {
                    version: edited.version,
                    decision: edited.decision.clone(),
                    letter: edited.letter.clone(),
                    ..draft
                }))
            }
            (_, Event::SignOffEdited(_)) => Err(impossible),
            (State::SignOff(work, draft), Event::SignOffHandedOn(on)) => {
                let handed_on = Some(on.clone());
                Ok(work.waiting(Draft { handed_on, ..draft }))
            }
            (_, Event::SignOffHandedOn(_)) => Err(impossible),
            (State::SignOff(work, _), Event::SignOffReturned(reason)) => Ok(State::Open(Work {
                returned: Some(reason.reason.clone()),
                ..work
            })),
            (_, Event::SignOffReturned(_)) => Err(impossible),
            (state @ State::SignOff(..), Event::SignOffApproved(_)) => Ok(state),
            (_, Event::SignOffApproved(_)) => Err(impossible),
            (
                State::Open(work) | State::SignOff(work, _),
                Event::DecisionRecorded(DecisionRecorded { decision, .. }),
            ) => Ok(State::Decided(work, decision.clone())),
            (_, Event::DecisionRecorded(_)) => Err(impossible),
            (State::Decided(work, decision), Event::DecisionCommunicated(_)) => Ok(State::Answered(work, decision)),
            (_, Event::DecisionCommunicated(_)) => Err(impossible),
            (State::Answered(work, decision), Event::EscalationRequested(request)) => {
                let request = request.clone();
                Ok(State::EscalationPending(
                    work,
                    Escalation {
                        request,
                        requested_at: at,
                        decision,
                    },
                ))
            }
            (State::Closed(_, Some(last)), Event::EscalationRequested(request)) => {
                let (work, decision) = *last;
                Ok(State::EscalationPending(
                    work,
                    Escalation {
                        request: request.clone(),
                        requested_at: at,
                        decision,
                    },
                ))
            }
            (_, Event::EscalationRequested(_)) => Err(impossible),
            (state @ State::EscalationPending(..), Event::EscalationAccepted(_)) => Ok(state),
            (_, Event::EscalationAccepted(_)) => Err(impossible),
            (State::EscalationPending(work, escalation), Event::EscalationRefused(_)) => {
                Ok(State::Answered(work, escalation.decision))
            }
            (_, Event::EscalationRefused(_)) => Err(impossible),
            (State::Closed(..), Event::Reopened(_)) => Ok(State::Received),
            (_, Event::Reopened(_)) => Err(impossible),
            (State::Closed(..), Event::Closed(_)) => Err(impossible),
            (State::Answered(work, decision), Event::Closed(closed)) => {
                Ok(State::Closed(closed.ending, Some(Box::new((work, decision)))))
            }
            (State::EscalationPending(work, escalation), Event::Closed(closed)) => Ok(State::Closed(
                closed.ending,
                Some(Box::new((work, escalation.decision))),
            )),
            (_, Event::Closed(closed)) => Ok(State::Closed(closed.ending, None)),
            (state, _) => Ok(state),
        }
    }
}
