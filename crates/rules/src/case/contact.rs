//! What passed between us and the complainant: what reached them, what did not, and what they wrote (R18, R24, A9).

use jiff::Timestamp;
use jiff::civil::Date;

use super::alert::Alert;
use super::event::{ClockPassed, Event};
use super::fold::{Case, Warned};
use super::state::State;
use crate::letters::LetterKind;
use crate::people::StaffId;

/// The last time that the complainant heard from us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// When.
    pub at: Timestamp,
    /// The day by which we promised to write again, if we did.
    pub next_on: Option<Date>,
}

impl Contact {
    /// They were in contact with us then, and no update is promised.
    pub(super) fn since(at: Timestamp) -> Contact {
        Contact { at, next_on: None }
    }
}

impl Case {
    /// What reached the complainant, and what did not.
    pub(super) fn note_contact(&mut self, event: &Event, by: Option<StaffId>, at: Timestamp) {
        match event {
            Event::Acknowledged(communicated) => {
                self.settle(LetterKind::Acknowledgement);
                self.settle(LetterKind::FeedbackReceived);
                self.contact.at = self.contact.at.max(communicated.at);
                self.acknowledged.get_or_insert_with(|| communicated.clone());
            }
            // A reminder goes out by itself and tells nothing new: it keeps no promise of news (R24).
            Event::LetterDelivered(delivered) if delivered.letter == LetterKind::QuestionReminder => {
                self.settle(delivered.letter);
            }
            Event::LetterDelivered(delivered) => {
                self.settle(delivered.letter);
                self.contact.at = self.contact.at.max(delivered.communicated.at);
                self.alerts.retain(|alert| !matches!(alert, Alert::UpdateMissed { .. }));
            }
            Event::DecisionCommunicated(delivered) => {
                // Whatever did not reach them before is overtaken: the decision says more.
                self.alerts.retain(|alert| !matches!(alert, Alert::Undelivered { .. }));
                self.contact = Contact {
                    at: delivered.communicated.at,
                    next_on: None,
                };
                self.alerts.retain(|alert| !matches!(alert, Alert::UpdateMissed { .. }));
                if let Some(stage) = self.stages.last_mut() {
                    stage.communicated = Some(delivered.communicated.clone());
                }
            }
            Event::AcknowledgementFailed(failed) | Event::LetterFailed(failed) => {
                self.settle(failed.letter);
                // A decision that was told in another way meanwhile has reached them: what became of its letter is on record only. One that came
                // back after the mail server had taken it did not, whatever was thought since.
                let told =
                    failed.letter.decides() && failed.came_back.is_none() && !matches!(self.state, State::Decided(..));
                self.alerts.extend((!told).then(|| Alert::Undelivered {
                    letter: failed.letter,
                    reason: failed.reason.clone(),
                    given_up: failed.given_up,
                    again_at: None,
                }));
            }
            // Its arrival is proven now, whatever was said of it before.
            Event::LetterReported(reported) if reported.told.has_arrived() => self.settle(reported.letter),
            Event::LetterOwedAgain(owed) => self.note_again(owed.letter, at),
            Event::UpdateSent(update) => self.note_written(at, update.next_on),
            Event::ConsentAsked(_) | Event::InfoRequested(_) => self.note_written(at, None),
            // The request was confirmed to them, and a case that is taken up again has missed nothing: the rhythm begins anew.
            Event::EscalationRequested(_) | Event::Reopened(_) => self.contact = Contact { at, next_on: None },
            Event::MessageReceived(_) => self.note_message(by, at),
            Event::MailKept(kept) => self.latest_mail = kept.message_id.clone().or(self.latest_mail.take()),
            Event::NoteAdded(_) | Event::DecisionRecorded(_) => self.take_up_message(),
            Event::UpdateMissed(missed) => self.alerts.push(Alert::UpdateMissed { due_at: missed.due_at }),
            Event::ClockWarned(passed) => self.warned.push(Warned::of(passed, at)),
            Event::ClockBreached(passed) => self.note_breach(passed),
            Event::Closed(_) => {
                let alerts = std::mem::take(&mut self.alerts);
                self.alerts = alerts.into_iter().filter(|alert| self.outlives(alert)).collect();
            }
            _ => {}
        }
    }

    /// Words of ours: what they wrote is taken up, and the rhythm of updates begins anew.
    fn note_written(&mut self, at: Timestamp, next_on: Option<Date>) {
        self.contact = Contact { at, next_on };
        self.take_up_message();
        self.alerts.retain(|alert| !matches!(alert, Alert::UpdateMissed { .. }));
    }

    fn note_breach(&mut self, passed: &ClockPassed) {
        self.breached.push((passed.clock.clone(), passed.due_at));
        self.alerts.push(Alert::Breached {
            clock: passed.clock.clone(),
            due_at: passed.due_at,
        });
    }
}
