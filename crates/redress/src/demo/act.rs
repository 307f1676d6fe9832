//! Acting a story: each step calls the act that a page would call.

use std::sync::Arc;

use casework::handling::{Hand, Seen, approve, decide, escalate, extend, judge, write};
use casework::intake::log::{LogCall, Next, log};
use casework::intake::{complain, track};
use casework::{ActError, Office};
use rules::case::event::{RiskAssessed, UpdateSent};
use rules::case::vocabulary::{Channel, Ending, LearningAnswer, Means, Outcome, Satisfaction, StageReason, Urgency};
use rules::case::{Decision, Learning, PointDecision, Reference, Remedy};
use rules::handling::decide::{Spoken, Telling};
use rules::handling::draft::AskSignOff;
use rules::handling::escalate::Reroute;
use rules::handling::extend::MoreTime;
use rules::handling::triage::{Taken, Triage};
use rules::people::Person;

use super::DemoError;
use super::days::Days;
use super::people::{Staff, WENDY};
use super::story::{Step, Story, What, promised};
use super::texts::{Again, Finding};

/// Where stories are acted.
pub(super) struct Stage<'a> {
    pub(super) office: &'a Arc<Office>,
    pub(super) staff: &'a Staff,
    pub(super) days: &'a Days,
    /// The reference and the link of each story that has begun.
    pub(super) references: Vec<Option<(Reference, String)>>,
    pub(super) letters: usize,
}

impl Stage<'_> {
    /// Does a step. A rule may refuse it, as it does in life when somebody else was faster; the story then goes on without it.
    pub(super) async fn act(&mut self, case: usize, story: &Story, step: &Step) -> Result<bool, DemoError> {
        let done = match &step.what {
            What::Arrives | What::Logged { .. } => self.begin(case, story, step).await,
            _ => self.go_on(case, story, step).await,
        };
        match done {
            Ok(()) => Ok(true),
            Err(DemoError::Act(ActError::Refused(refused))) => {
                tracing::debug!(step = step.what.name(), at = %step.at, %refused, "a step of the story was refused");
                Ok(false)
            }
            Err(DemoError::Act(source)) => Err(DemoError::Story {
                step: step.what.name(),
                at: step.at,
                source,
            }),
            Err(other) => Err(other),
        }
    }

    async fn begin(&mut self, case: usize, story: &Story, step: &Step) -> Result<(), DemoError> {
        let key = format!("demo{case}");
        let receipt = match &step.what {
            What::Logged { by, keeps, vip } => {
                let taken = Taken {
                    service: story.service.clone(),
                    problem: story.problem.clone(),
                    urgency: urgency(story),
                };
                let call = LogCall {
                    raw: story.raw.clone(),
                    channel: story.channel,
                    received_at: None,
                    vip: vip.clone(),
                    next: if *keeps { Next::Take(taken) } else { Next::Triage },
                    key,
                };
                log(self.office, call, self.staff.get(by)?).await?
            }
            _ => complain::complain(self.office, &story.raw, &key).await?,
        };
        self.references[case] = Some((receipt.reference, receipt.link_token));
        Ok(())
    }

    async fn go_on(&self, case: usize, story: &Story, step: &Step) -> Result<(), DemoError> {
        let Some((reference, token)) = &self.references[case] else {
            return Ok(());
        };
        match &step.what {
            What::Message { words } | What::AsksStage2 { words } | What::Stopped { words } => {
                let who = track::enter_with_link(self.office, &reference.to_string(), token).await?;
                match &step.what {
                    What::Message { .. } => track::reply(self.office, &who, words, "").await?,
                    What::AsksStage2 { .. } => track::ask_stage_2(self.office, &who, words, "").await?,
                    _ => track::stop(self.office, &who, words, "").await?,
                };
                Ok(())
            }
            What::Triaged { owner, risk, vip } => {
                let triage = Triage {
                    service: story.service.clone(),
                    problem: story.problem.clone(),
                    urgency: urgency(story),
                    risk: assessed(risk.as_ref()),
                    vip: vip.clone(),
                    existing_job: None,
                    owner: self.staff.get(owner)?.clone(),
                };
                judge::triage(self.hand(reference, WENDY)?, &triage).await?;
                Ok(())
            }
            other => self.by_staff(reference, other).await,
        }
    }

    async fn by_staff(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        let today = self.days.day(self.office.now());
        match what {
            What::Update {
                by,
                words,
                next_in_days,
            } => {
                let next_on = next_in_days
                    .map(|days| self.days.working_day(today, days))
                    .transpose()?;
                let update = UpdateSent {
                    words: words.clone(),
                    by: Means::Email,
                    next_on,
                };
                write::update(self.hand(reference, by)?, &update).await?;
            }
            What::Note { by, words } => drop(write::note(self.hand(reference, by)?, words).await?),
            What::Decided {
                by,
                finding,
                spoken,
                late,
            } => {
                let telling = if *spoken {
                    Telling::Spoken(Spoken {
                        by: Means::Phone,
                        at: self.office.now(),
                    })
                } else {
                    Telling::InWriting
                };
                decide::decide(self.hand(reference, by)?, &self.found(finding, *spoken, late), &telling).await?;
            }
            What::MoreTime { by, days, code, words } => {
                let file = casework::desk::case_file::for_operator(self.office, reference).await?;
                let Some(due) = file.open_date() else { return Ok(()) };
                let new_due_on = self.days.working_day(due.due_on, i64::from(*days))?;
                extend::extend(
                    self.hand(reference, by)?,
                    &MoreTime {
                        new_due_on,
                        reason_code: code.clone(),
                        reason: words.clone(),
                    },
                )
                .await?;
            }
            What::Points { by, points } => {
                for point in points {
                    write::point(self.hand(reference, by)?, point).await?;
                }
            }
            What::NotAComplaint { by, reason, ending } => {
                let ending = ending
                    .as_deref()
                    .and_then(Ending::from_code)
                    .unwrap_or(Ending::NotAComplaint);
                decide::close(self.hand(reference, by)?, ending, reason).await?;
            }
            other => self.at_stage_2(reference, other).await?,
        }
        Ok(())
    }

    async fn at_stage_2(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        match what {
            What::Accepted { investigator, words } => {
                let remark = Some(words.clone()).filter(|words| !words.is_empty());
                escalate::accept(self.hand(reference, WENDY)?, self.staff.get(investigator)?, remark).await?;
            }
            What::Refused { words } => drop(escalate::refuse(self.hand(reference, WENDY)?, words).await?),
            What::Rerouted {
                by,
                investigator,
                why,
                because,
            } => {
                let reason = StageReason::from_code(why).unwrap_or(StageReason::Complex);
                let reroute = Reroute {
                    reason,
                    note: because.clone(),
                    investigator: self.staff.get(investigator)?.clone(),
                };
                escalate::reroute(self.hand(reference, by)?, &reroute).await?;
            }
            What::Draft { by, again, send } => {
                let decision = self.investigated(reference, again).await?;
                let hand = self.hand(reference, by)?;
                if *send {
                    decide::submit_draft(hand, &decision, AskSignOff::Yes).await?;
                } else {
                    decide::save_draft(hand, &decision).await?;
                }
            }
            What::SentBack { by, words } | What::Signed { by, words } => {
                let file = casework::desk::case_file::for_operator(self.office, reference).await?;
                let version = file.case.draft().map_or(0, |draft| draft.version);
                let hand = self.hand(reference, by)?;
                if matches!(what, What::SentBack { .. }) {
                    approve::send_back(hand, version, words).await?;
                } else {
                    approve::approve(hand, version, Some(words.clone()).filter(|words| !words.is_empty())).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn hand<'h>(&'h self, reference: &'h Reference, by: &str) -> Result<Hand<'h>, DemoError> {
        let by: &Person = self.staff.get(by)?;
        Ok(Hand {
            office: self.office,
            by,
            reference,
            seen: Seen::Whatever,
            once: None,
        })
    }

    fn found(&self, finding: &Finding, spoken: bool, late: &str) -> Decision {
        let today = self.days.day(self.office.now());
        Decision {
            outcome: Outcome::from_code(&finding.outcome).unwrap_or(Outcome::Upheld),
            points: Vec::new(),
            reasons: finding.found.clone(),
            what_we_did: finding.did.clone(),
            resolution_kinds: finding.kinds.clone(),
            remedies: finding
                .remedies
                .iter()
                .map(|kind| Remedy {
                    kind: kind.clone(),
                    text: None,
                })
                .collect(),
            actions: finding
                .action
                .iter()
                .filter_map(|promise| promised(promise, self.days, today))
                .collect(),
            satisfaction: if spoken {
                Satisfaction::Yes
            } else {
                Satisfaction::NotKnown
            },
            root_cause: Some(finding.cause.clone()),
            learning: Some(learnt(finding.learnt.as_deref())),
            late_reason: Some(late.to_owned()),
        }
    }

    async fn investigated(&self, reference: &Reference, again: &Again) -> Result<Decision, DemoError> {
        let case = casework::desk::case_file::for_operator(self.office, reference)
            .await?
            .case;
        let today = self.days.day(self.office.now());
        let points: Vec<PointDecision> = case
            .points
            .iter()
            .map(|point| {
                let known = again.points.iter().find(|known| known.text == point.text);
                let (outcome, finding) =
                    known.map_or((&again.outcome, &again.found), |known| (&known.outcome, &known.found));
                PointDecision {
                    number: point.number,
                    outcome: Outcome::from_code(outcome).unwrap_or(Outcome::Upheld),
                    finding: finding.clone(),
                }
            })
            .collect();
        Ok(Decision {
            outcome: Decision::outcome_of_points(&points).unwrap_or(Outcome::Upheld),
            points,
            reasons: again.reasons.clone(),
            what_we_did: again.did.clone(),
            resolution_kinds: Vec::new(),
            remedies: again
                .remedies
                .iter()
                .map(|kind| Remedy {
                    kind: kind.clone(),
                    text: None,
                })
                .collect(),
            actions: again
                .actions
                .iter()
                .filter_map(|promise| promised(promise, self.days, today))
                .collect(),
            satisfaction: Satisfaction::NotKnown,
            root_cause: Some(again.cause.clone()),
            learning: Some(learnt(Some(&again.learnt))),
            late_reason: Some("The records of three months had to be read before it could be answered.".to_owned()),
        })
    }
}

fn learnt(text: Option<&str>) -> Learning {
    match text {
        Some(text) => Learning {
            answer: LearningAnswer::Yes,
            text: Some(text.to_owned()),
        },
        None => Learning {
            answer: LearningAnswer::No,
            text: None,
        },
    }
}

fn urgency(story: &Story) -> Urgency {
    Urgency::from_code(&story.urgency).unwrap_or(Urgency::Normal)
}

fn assessed(risk: Option<&(String, String)>) -> RiskAssessed {
    let is = |code: &str| risk.is_some_and(|(why, _)| why == code);
    RiskAssessed {
        complex: is("complex"),
        high_risk: is("high_risk"),
        needs_investigation: is("needs_investigation"),
        reason: risk.map(|(_, because)| because.clone()),
    }
}

/// The channel that a code names; the form where it names none.
pub(super) fn channel(code: &str) -> Channel {
    Channel::from_code(code).unwrap_or(Channel::Web)
}
