//! The investigation of a case as its events tell it: what was agreed, declared, planned, collected and found (R71, R72).

use jiff::Timestamp;

use super::event::{
    Event, EvidenceAdded, FindingRecorded, InterviewHeld, PlanLineAdded, PlanLineSettled, PointsAgreed,
    PointsCorrected, PointsSent,
};
use super::fold::{Case, Recorded};
use crate::people::{Actor, StaffId};

/// Who did something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// Something that was written down, with who did it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<T> {
    /// What.
    pub what: T,
    /// By whom and when.
    pub done: Done,
}

/// Everything that an investigator wrote down before the letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Investigation {
    /// Whether the complainant agrees with the points.
    pub agreement: Agreement,
    /// What people declared about conflicts, the latest last.
    pub declarations: Vec<Declaration>,
    /// What is to be found out.
    pub plan: Vec<PlanLine>,
    /// What shows it.
    pub evidence: Vec<EvidenceItem>,
    /// Why no evidence is needed, where that was said.
    pub no_evidence: Option<Kept<String>>,
    /// Conversations.
    pub interviews: Vec<Interview>,
    /// Why no interviews are needed, where that was said.
    pub no_interviews: Option<Kept<String>>,
    /// The latest finding on each point.
    pub findings: Vec<Kept<FindingRecorded>>,
    /// Who saved the letter last, and when.
    pub drafted: Option<Done>,
    /// Who sent it last, for sign-off or at once, and when.
    pub sent: Option<Done>,
}

/// The points between us and the complainant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The latest letter that states them.
    pub sent: Option<Kept<PointsSent>>,
    /// What came of it.
    pub answer: Option<Kept<Answer>>,
    /// Whether a point was added, reworded or set aside after the letter or the answer.
    pub changed: bool,
}

/// What came of the letter that states the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// They agree.
    Agreed(PointsAgreed),
    /// They say that we misunderstood.
    Corrected(PointsCorrected),
    /// We go on with the points as they are, because of this.
    GoneOn(String),
}

/// Where the agreement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreed<'a> {
    /// Nobody has asked yet.
    NotAsked,
    /// We wait for an answer to this letter.
    Waiting(&'a PointsSent),
    /// They told us what is wrong, and nobody has taken it in.
    ToTakeIn(&'a PointsCorrected),
    /// The points are others than those that they read.
    Changed,
    /// The points stand.
    Settled(Done),
}

impl Agreement {
    /// Where it stands. What they corrected is settled by a change of the points; what they agreed to is not any more.
    pub fn standing(&self) -> Agreed<'_> {
        let Some(answer) = &self.answer else {
            return match &self.sent {
                None => Agreed::NotAsked,
                Some(_) if self.changed => Agreed::Changed,
                Some(sent) => Agreed::Waiting(&sent.what),
            };
        };
        match &answer.what {
            Answer::Corrected(words) if !self.changed => Agreed::ToTakeIn(words),
            Answer::Agreed(_) | Answer::GoneOn(_) if self.changed => Agreed::Changed,
            _ => Agreed::Settled(answer.done),
        }
    }
}

/// What somebody declared about conflicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Who.
    pub who: StaffId,
    /// When.
    pub at: Timestamp,
    /// What the conflict is; nothing where there is none.
    pub conflict: Option<String>,
    /// Who said that it does not stand in the way, and why.
    pub overridden: Option<Kept<String>>,
}

/// A line of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Counted from 1.
    pub number: u32,
    /// What is to be found out.
    pub line: PlanLineAdded,
    /// That it is done, or why it is not needed.
    pub settled: Option<Kept<PlanLineSettled>>,
}

/// An item of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceItem {
    /// Counted from 1.
    pub number: u32,
    /// The number of the event, which files that came with it name.
    pub sequence: u32,
    /// What it is.
    pub item: EvidenceAdded,
    /// Who added it, and when.
    pub done: Done,
    /// Why it was set aside.
    pub aside: Option<String>,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview {
    /// Counted from 1.
    pub number: u32,
    /// The number of the event, which files that came with it name.
    pub sequence: u32,
    /// What was said.
    pub held: InterviewHeld,
    /// Who wrote it down, and when.
    pub done: Done,
    /// When the person confirmed the notes.
    pub confirmed_at: Option<Timestamp>,
    /// What the person said is wrong, each time.
    pub corrections: Vec<String>,
}

impl Investigation {
    /// The latest declaration of somebody.
    pub fn declaration_of(&self, who: StaffId) -> Option<&Declaration> {
        self.declarations.iter().rev().find(|declared| declared.who == who)
    }

    /// A conflict that somebody declared and that nobody overrode.
    pub fn conflict_of(&self, who: StaffId) -> Option<&str> {
        let declared = self
            .declaration_of(who)
            .filter(|declared| declared.overridden.is_none())?;
        declared.conflict.as_deref()
    }

    /// The latest finding on a point.
    pub fn finding(&self, point: u32) -> Option<&FindingRecorded> {
        self.findings
            .iter()
            .map(|kept| &kept.what)
            .find(|finding| finding.point == point)
    }

    /// Lines of the plan that are neither done nor dropped, the soonest first.
    pub fn open_lines(&self) -> Vec<&PlanLine> {
        let mut open: Vec<&PlanLine> = self.plan.iter().filter(|line| line.settled.is_none()).collect();
        open.sort_by_key(|line| (line.line.by_on, line.number));
        open
    }

    /// Evidence that counts.
    pub fn evidence_that_counts(&self) -> impl Iterator<Item = &EvidenceItem> {
        self.evidence.iter().filter(|item| item.aside.is_none())
    }
}

impl Case {
    /// A conflict of the person who is accountable now, which nobody overrode (P26).
    pub fn conflict_of_owner(&self) -> Option<&str> {
        self.investigation.conflict_of(self.owner?)
    }

    pub(super) fn note_investigation(&mut self, recorded: &Recorded) {
        let done = Done {
            by: recorded.actor,
            at: recorded.at,
        };
        let waited = matches!(self.investigation.agreement.standing(), Agreed::ToTakeIn(_));
        self.note_points(&recorded.event, done);
        if waited && !matches!(self.investigation.agreement.standing(), Agreed::ToTakeIn(_)) {
            self.take_up_message();
        }
        self.note_collected(recorded, done);
        self.note_declared(&recorded.event, done);
    }

    /// What passed between us and the complainant about the points.
    fn note_points(&mut self, event: &Event, done: Done) {
        let agreement = &mut self.investigation.agreement;
        let answer = match event {
            Event::PointsSent(sent) => {
                *agreement = Agreement {
                    sent: Some(Kept {
                        what: sent.clone(),
                        done,
                    }),
                    ..Agreement::default()
                };
                return;
            }
            Event::PointAdded(_) | Event::PointReworded(_) | Event::PointSetAside(_) => {
                agreement.changed = agreement.sent.is_some() || agreement.answer.is_some();
                return;
            }
            Event::PointsAgreed(agreed) => Answer::Agreed(agreed.clone()),
            Event::PointsCorrected(corrected) => {
                // What they wrote by themselves is for the owner to read.
                self.note_message(done.by.staff(), done.at);
                Answer::Corrected(corrected.clone())
            }
            Event::PointsGoneOn(reason) => Answer::GoneOn(reason.reason.clone()),
            _ => return,
        };
        let agreement = &mut self.investigation.agreement;
        agreement.answer = Some(Kept { what: answer, done });
        agreement.changed = false;
    }

    /// Plan, evidence, interviews and findings.
    fn note_collected(&mut self, recorded: &Recorded, done: Done) {
        let here = &mut self.investigation;
        match &recorded.event {
            Event::PlanLineAdded(line) => {
                let number = next(here.plan.len());
                here.plan.push(PlanLine {
                    number,
                    line: line.clone(),
                    settled: None,
                });
            }
            Event::PlanLineSettled(settled) => {
                if let Some(line) = here.plan.iter_mut().find(|line| line.number == settled.number) {
                    line.settled = Some(Kept {
                        what: settled.clone(),
                        done,
                    });
                }
            }
            Event::EvidenceAdded(item) => {
                let number = next(here.evidence.len());
                let sequence = recorded.sequence;
                here.evidence.push(EvidenceItem {
                    number,
                    sequence,
                    item: item.clone(),
                    done,
                    aside: None,
                });
            }
            Event::EvidenceSetAside(aside) => {
                if let Some(item) = here.evidence.iter_mut().find(|item| item.number == aside.number) {
                    item.aside = Some(aside.because.clone());
                }
            }
            _ => self.note_conversations(recorded, done),
        }
    }

    /// What is not needed, interviews, findings, and the letter that they end in.
    fn note_conversations(&mut self, recorded: &Recorded, done: Done) {
        let here = &mut self.investigation;
        match &recorded.event {
            Event::EvidenceNotNeeded(reason) => {
                here.no_evidence = Some(Kept {
                    what: reason.reason.clone(),
                    done,
                });
            }
            Event::InterviewsNotNeeded(reason) => {
                here.no_interviews = Some(Kept {
                    what: reason.reason.clone(),
                    done,
                });
            }
            Event::InterviewHeld(held) => {
                let number = next(here.interviews.len());
                let (confirmed_at, corrections) = (None, Vec::new());
                here.interviews.push(Interview {
                    number,
                    sequence: recorded.sequence,
                    held: held.clone(),
                    done,
                    confirmed_at,
                    corrections,
                });
            }
            Event::NotesConfirmed(confirmed) => {
                if let Some(held) = here.interviews.iter_mut().find(|held| held.number == confirmed.number) {
                    match &confirmed.correction {
                        Some(correction) => held.corrections.push(correction.clone()),
                        None => held.confirmed_at = Some(recorded.at),
                    }
                }
            }
            Event::DraftSaved(_) => here.drafted = Some(done),
            Event::SignOffRequested(_) => here.sent = Some(done),
            Event::DecisionRecorded(_) => here.sent = here.sent.or(Some(done)),
            Event::SignOffReturned(_) | Event::StageEntered(_) => here.sent = None,
            Event::FindingRecorded(finding) => {
                here.findings.retain(|known| known.what.point != finding.point);
                here.findings.push(Kept {
                    what: finding.clone(),
                    done,
                });
            }
            _ => {}
        }
    }

    /// Conflicts, and that somebody may go on in spite of one.
    fn note_declared(&mut self, event: &Event, done: Done) {
        let declarations = &mut self.investigation.declarations;
        match event {
            Event::ConflictDeclared(declared) => declarations.extend(done.by.staff().map(|who| Declaration {
                who,
                at: done.at,
                conflict: declared.conflict.clone(),
                overridden: None,
            })),
            Event::ConflictOverridden(over) => {
                if let Some(declared) = declarations.iter_mut().rev().find(|declared| declared.who == over.of) {
                    declared.overridden = Some(Kept {
                        what: over.reason.clone(),
                        done,
                    });
                }
            }
            _ => {}
        }
    }
}

/// The number of the next one of a list that is counted from 1.
pub(super) fn next(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX).saturating_add(1)
}
