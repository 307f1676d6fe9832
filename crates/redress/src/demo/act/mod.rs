//! Acting a story: each step calls the act that a page would call.

mod approving;
mod beside;
mod bring;
mod decision;
mod investigating;
mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;

use casework::desk::CaseFile;
use casework::desk::case_file::for_operator;
use casework::handling::{Hand, Seen, confidential, consent, decide, escalate, extend, judge, write};
use casework::intake::log::{LogCall, Next, log};
use casework::intake::{complain, track};
use casework::{ActError, Office};
use rules::case::Reference;
use rules::case::event::{CategorySet, ConsentAsked, ConsentGiven, ConsentWay, RiskAssessed, UrgencySet};
use rules::case::vocabulary::{Channel, Ending, Means, Satisfaction, StageReason, Urgency};
use rules::confidential::StaffNamed;
use rules::handling::decide::{Spoken, Telling};
use rules::handling::draft::AskSignOff;
use rules::handling::escalate::Reroute;
use rules::handling::extend::MoreTime;
use rules::handling::triage::{Taken, Triage};
use rules::people::Person;

use super::DemoError;
use super::days::Days;
use super::people::{Staff, WENDY};
use super::story::{Letter, Step, Story, Then, What};
use bring::arrival_key;
use decision::Deciding;

/// Where stories are acted.
pub(super) struct Stage<'a> {
    pub(super) office: &'a Arc<Office>,
    pub(super) staff: &'a Staff,
    pub(super) days: &'a Days,
    /// The latest case of everybody who gave a name.
    pub(super) named: BTreeMap<String, Reference>,
    /// The reference and the link of each story that has begun.
    pub(super) references: Vec<Option<(Reference, String)>>,
    pub(super) letters: usize,
    /// Steps that a rule refused.
    pub(super) refused: usize,
    /// The key of the form that files were brought for.
    pub(super) form: Option<String>,
}

impl Stage<'_> {
    /// Does a step. A rule may refuse it, as it does in life when somebody else was faster; the story then goes on without it.
    pub(super) async fn act(&mut self, case: usize, story: &Story, step: &Step) -> Result<bool, DemoError> {
        self.form = self.bring(case, story, step).await?;
        let done = match &step.what {
            What::Arrives | What::Logged { .. } => self.begin(case, story, step).await,
            _ => Box::pin(self.go_on(case, story, step)).await,
        };
        match done {
            Ok(()) => Ok(true),
            Err(DemoError::Act(ActError::Refused(refused))) => {
                tracing::debug!(step = step.what.name(), at = %step.at, title = %story.raw.words, %refused, "a step of the story was refused");
                self.refused += 1;
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
        let key = arrival_key(case);
        let receipt = match &step.what {
            What::Logged { by, then, vip } => {
                let call = LogCall {
                    raw: story.raw.clone(),
                    channel: story.channel,
                    received_at: None,
                    vip: vip.clone(),
                    next: self.next(story, then),
                    key,
                };
                log(self.office, call, self.staff.get(by)?).await?
            }
            _ => complain::complain(self.office, &story.raw, &key).await?,
        };
        self.named.insert(story.raw.name.clone(), receipt.reference.clone());
        self.references[case] = Some((receipt.reference, receipt.link_token));
        Ok(())
    }

    fn next(&self, story: &Story, then: &Then) -> Next {
        let taken = || Taken {
            service: story.service.clone(),
            problem: story.problem.clone(),
            urgency: urgency(&story.urgency),
        };
        match then {
            Then::Waits => Next::Triage,
            Then::Kept => Next::Take(taken()),
            Then::Investigation(why) => Next::Investigation(why.clone()),
            Then::Settled(finding) => {
                let decision = self.deciding().found(finding, Satisfaction::Yes);
                Next::Resolved(taken(), Box::new(decision))
            }
        }
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
            What::Triaged { owner, risk, vip, whom } => {
                let triage = Triage {
                    service: story.service.clone(),
                    problem: story.problem.clone(),
                    urgency: urgency(&story.urgency),
                    risk: assessed(risk.as_ref()),
                    vip: vip.clone(),
                    existing_job: None,
                    owner: self.staff.get(owner)?.clone(),
                };
                let hand = self.hand(reference, WENDY)?;
                match whom {
                    Some(whom) => confidential::named_and_triaged(hand, &self.named(whom), &triage).await?,
                    None => judge::triage(hand, &triage).await?,
                };
                Ok(())
            }
            What::Urgency { by, code, why } => {
                let category = CategorySet {
                    service: story.service.clone(),
                    problem: story.problem.clone(),
                };
                let set = UrgencySet {
                    urgency: urgency(code),
                    reason: Some(why.clone()),
                };
                judge::categorise(self.hand(reference, by)?, &category, &set).await?;
                Ok(())
            }
            // On the heap: these futures are large, and a year is acted on one stack.
            other => Box::pin(self.by_staff(reference, other)).await,
        }
    }

    /// Whom of us a complaint is about: somebody with this username, or somebody in words.
    fn named(&self, whom: &str) -> StaffNamed {
        match self.staff.get(whom) {
            Ok(person) => StaffNamed {
                people: vec![person.id],
                others: None,
            },
            Err(_) => StaffNamed {
                people: Vec::new(),
                others: Some(whom.to_owned()),
            },
        }
    }

    async fn by_staff(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        match what {
            What::Passed { to, words } => {
                let reason = Some(words.clone());
                judge::assign(self.hand(reference, WENDY)?, self.staff.get(to)?, reason).await?;
            }
            What::Update { .. } => self.update(reference, what).await?,
            What::Note { by, words } => drop(write::note(self.hand(reference, by)?, words).await?),
            What::Points { by, points } => Box::pin(self.agreed(reference, by, points)).await?,
            What::PointsSent { by, points } => Box::pin(self.sent_points(reference, by, points)).await?,
            What::Looks { .. } => Box::pin(self.looks(reference, what)).await?,
            What::Decided { .. } => self.decided(reference, what).await?,
            What::MoreTime { .. } => self.more_time(reference, what).await?,
            What::Granted { by } => drop(extend::grant(self.hand(reference, by)?).await?),
            What::Reopened { words } => drop(decide::reopen(self.hand(reference, WENDY)?, words).await?),
            What::NotAComplaint { by, reason, ending } => {
                let ending = ending
                    .as_deref()
                    .and_then(Ending::from_code)
                    .unwrap_or(Ending::NotAComplaint);
                decide::close(self.hand(reference, by)?, ending, reason).await?;
            }
            What::Linked { by, with, why } => Box::pin(self.linked(reference, (by, with, why))).await?,
            What::Asks {
                by,
                words,
                hoped_in_days,
            } => Box::pin(self.asks(reference, by, (words, *hoped_in_days))).await?,
            What::Regime { .. } | What::RegimeDone { .. } => Box::pin(self.beside(reference, what)).await?,
            What::ConsentAsked { by, words } => {
                let asked = ConsentAsked {
                    by: Means::Email,
                    words: said(words),
                };
                consent::ask(self.hand(reference, by)?, &asked).await?;
            }
            What::ConsentGiven { by } => {
                let given = ConsentGiven {
                    way: ConsentWay::Email,
                    on: self.days.day(self.office.now()),
                    words: "Wrote from their own address that we may speak about it.".to_owned(),
                };
                consent::give(self.hand(reference, by)?, &given).await?;
            }
            other => Box::pin(self.at_stage_2(reference, other)).await?,
        }
        Ok(())
    }

    async fn decided(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        let What::Decided {
            by,
            finding,
            spoken,
            late,
        } = what
        else {
            return Ok(());
        };
        let (satisfaction, telling) = match *spoken {
            Some(means) => {
                let at = self.office.now();
                // Who hears that we did what we should have is seldom pleased.
                let pleased = match finding.outcome.as_str() {
                    "not_upheld" => Satisfaction::No,
                    _ => Satisfaction::Yes,
                };
                (pleased, Telling::Spoken(Spoken { by: means, at }))
            }
            None => (Satisfaction::NotKnown, Telling::InWriting),
        };
        let deciding = self.deciding();
        let mut decision = deciding.found(finding, satisfaction);
        decision.late_reason = deciding.why_late(&self.file(reference).await?, late);
        decide::decide(self.hand(reference, by)?, &decision, &telling).await?;
        Ok(())
    }

    async fn more_time(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        let What::MoreTime { by, days, code, words } = what else {
            return Ok(());
        };
        let Some(due_on) = self.file(reference).await?.open_date().map(|due| due.due_on) else {
            return Ok(());
        };
        let more = MoreTime {
            new_due_on: self.days.working_day(due_on, i64::from(*days))?,
            reason_code: code.clone(),
            reason: words.clone(),
        };
        extend::extend(self.hand(reference, by)?, &more).await?;
        Ok(())
    }

    async fn at_stage_2(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        match what {
            What::Accepted { investigator, words } => {
                let remark = said(words);
                escalate::accept(self.hand(reference, WENDY)?, self.staff.get(investigator)?, remark).await?;
            }
            What::Refused { words } => drop(escalate::refuse(self.hand(reference, WENDY)?, words).await?),
            What::Rerouted {
                by,
                investigator,
                why,
                because,
            } => {
                let reroute = Reroute {
                    reason: StageReason::from_code(why).unwrap_or(StageReason::Complex),
                    note: because.clone(),
                    investigator: self.staff.get(investigator)?.clone(),
                };
                escalate::reroute(self.hand(reference, by)?, &reroute).await?;
            }
            What::Draft { by, again, then, late } => {
                let (deciding, file) = (self.deciding(), self.file(reference).await?);
                let mut decision = deciding.investigated(&file, again);
                decision.late_reason = deciding.why_late(&file, late);
                Box::pin(self.prepared(reference, by)).await?;
                Box::pin(self.found(reference, by, again)).await?;
                let hand = self.hand(reference, by)?;
                match then {
                    Letter::ForSignOff => decide::submit_draft(hand, &decision, AskSignOff::Yes).await?,
                    Letter::Kept => decide::save_draft(hand, &decision).await?,
                };
            }
            other => Box::pin(self.signed_off(reference, other)).await?,
        }
        Ok(())
    }

    async fn file(&self, reference: &Reference) -> Result<CaseFile, DemoError> {
        Ok(for_operator(self.office, reference).await?)
    }

    fn deciding(&self) -> Deciding<'_> {
        Deciding {
            office: self.office,
            days: self.days,
        }
    }

    fn hand<'h>(&'h self, reference: &'h Reference, by: &str) -> Result<Hand<'h>, DemoError> {
        let by: &Person = self.staff.get(by)?;
        Ok(Hand {
            office: self.office,
            by,
            reference,
            seen: Seen::Whatever,
            once: self.form.as_deref(),
        })
    }
}

fn said(words: &str) -> Option<String> {
    Some(words.to_owned()).filter(|words| !words.is_empty())
}

fn urgency(code: &str) -> Urgency {
    Urgency::from_code(code).unwrap_or(Urgency::Normal)
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
