//! One case walking through a procedure: events start clocks, stop them, and lead from stage to stage.

use jiff::Timestamp;

use super::{Happening, Path, PlannedDate, SimulateError, Timeline};
use crate::case::vocabulary::Channel;
use crate::clock::{
    Calendar, CalendarShelf, ClockRule, Due, StartEvent, StopEvent, brought_forward, due, extend, later,
    next_update_due,
};
use crate::procedure::{Clock, Facts, JumpClock, Procedure, Stage, StageEntry, StageEntryWay, StageId};

/// The state of the walk.
pub(super) struct Run<'a> {
    procedure: &'a Procedure,
    calendar: &'a Calendar,
    shelf: &'a CalendarShelf,
    received_at: Timestamp,
    facts: Facts,
    seen: Vec<(StartEvent, Timestamp)>,
    /// Decision clocks whose start has not happened yet.
    waiting: Vec<(&'a Stage, &'a Clock, StartEvent)>,
    pub(super) timeline: Timeline,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        procedure: &'a Procedure,
        (calendar, shelf): (&'a Calendar, &'a CalendarShelf),
        received_at: Timestamp,
        path: &Path,
    ) -> Self {
        Self {
            procedure,
            calendar,
            shelf,
            received_at,
            facts: path.facts.clone(),
            seen: vec![
                (StartEvent::Received, received_at),
                (StartEvent::RoutedToUs, received_at),
            ],
            waiting: Vec::new(),
            timeline: Timeline {
                dates: Vec::new(),
                stages: Vec::new(),
            },
        }
    }

    pub(super) fn arrive(&mut self, channel: Channel) -> Result<(), SimulateError> {
        let procedure = self.procedure;
        let target = procedure
            .acknowledgements
            .iter()
            .find(|target| target.channels.contains(&channel));
        if let Some(clock) = target.and_then(|target| procedure.clock(&target.clock)) {
            self.plan(clock, None, self.received_at)?;
        }
        let facts = self.facts.clone();
        for regime in procedure.regimes.iter().filter(|regime| regime.when.holds(&facts)) {
            let clocks = regime.clocks.iter().filter_map(|name| procedure.clock(name));
            for clock in clocks.filter(|clock| clock.runs_for(&facts)) {
                self.plan(clock, None, self.received_at)?;
            }
        }
        let first = procedure.stages.iter().find(|stage| stage.entry == StageEntry::Default);
        let stage = jump_beyond(procedure, 0, &self.facts).map(|(stage, _)| stage).or(first);
        let stage = stage.ok_or_else(|| SimulateError::NoStage("no case can begin under this procedure".to_owned()))?;
        self.enter(stage, StageEntryWay::Direct, self.received_at)
    }

    pub(super) fn happen(&mut self, at: Timestamp, happening: &Happening) -> Result<(), SimulateError> {
        let current = self.current()?;
        match happening {
            Happening::Acknowledged => self.event(StartEvent::Acknowledged, Some(StopEvent::Acknowledged), at),
            Happening::DecisionCommunicated => self.event(
                StartEvent::DecisionCommunicated,
                Some(StopEvent::DecisionCommunicated),
                at,
            ),
            Happening::EscalationRequested => self.escalate(current, at),
            Happening::Learnt(facts) => {
                self.facts = facts.clone();
                match jump_beyond(self.procedure, current.number, &self.facts) {
                    Some((stage, JumpClock::Received)) => self.enter(stage, StageEntryWay::Rerouted, at),
                    Some((stage, JumpClock::Now)) => self.enter_counting_from(stage, at),
                    None => Ok(()),
                }
            }
            Happening::Rerouted(id) => self.enter(stage_of(self.procedure, id)?, StageEntryWay::Rerouted, at),
            Happening::Extended(days) => self.extend(current, *days),
            Happening::Other(stop) => self.event(None, Some(*stop), at),
            Happening::Reopened => {
                self.event(StartEvent::Reopened, None, at)?;
                self.enter(current, StageEntryWay::Reopened, at)
            }
        }
    }

    fn escalate(&mut self, current: &'a Stage, at: Timestamp) -> Result<(), SimulateError> {
        let gate = self.procedure.gate_from(&current.id);
        let gate =
            gate.ok_or_else(|| SimulateError::NoStage(format!("nothing can be asked for after \"{}\"", current.id)))?;
        // What was acknowledged before was the complaint, not this request.
        self.seen.retain(|(event, _)| *event != StartEvent::Acknowledged);
        self.event(
            StartEvent::EscalationRequested,
            Some(StopEvent::EscalationRequested),
            at,
        )?;
        if let Some(clock) = gate.decide_within.as_ref().and_then(|name| self.procedure.clock(name)) {
            self.plan(clock, Some(&current.id), at)?;
        }
        self.enter(stage_of(self.procedure, &gate.to)?, StageEntryWay::Escalated, at)
    }

    fn enter(&mut self, stage: &'a Stage, way: StageEntryWay, at: Timestamp) -> Result<(), SimulateError> {
        self.seen.push((StartEvent::StageEntered, at));
        self.timeline.stages.push((stage.id.clone(), way));
        self.waiting.clear();
        let Some(clock) = self.procedure.clock(&stage.decision_clock) else {
            return Ok(());
        };
        let start = clock.start_for(way);
        let decision = match self.last(start) {
            Some(from_at) => Some(self.plan(clock, Some(&stage.id), from_at)?),
            None => {
                self.waiting.push((stage, clock, start.clone()));
                None
            }
        };
        self.updates(stage, at, decision.as_ref())
    }

    fn enter_counting_from(&mut self, stage: &'a Stage, at: Timestamp) -> Result<(), SimulateError> {
        self.timeline.stages.push((stage.id.clone(), StageEntryWay::Rerouted));
        let Some(clock) = self.procedure.clock(&stage.decision_clock) else {
            return Ok(());
        };
        let decision = self.plan(clock, Some(&stage.id), at)?;
        self.updates(stage, at, Some(&decision))
    }

    /// Updates as they come if each is sent on its last day, until the decision is due.
    fn updates(&mut self, stage: &'a Stage, at: Timestamp, decision: Option<&Due>) -> Result<(), SimulateError> {
        let Some(clock) = self.procedure.clock(&stage.update_clock) else {
            return Ok(());
        };
        let calendar = self.calendar_of(&clock.rule)?;
        let mut from_at = at;
        loop {
            let next = next_update_due(&clock.rule, &calendar, from_at)?;
            let last = decision.is_none_or(|decision| next.due_at >= decision.due_at);
            let due_at = next.due_at;
            self.note(clock, Some(&stage.id), from_at, next);
            if last {
                return Ok(());
            }
            from_at = due_at;
        }
    }

    fn extend(&mut self, stage: &Stage, days: u32) -> Result<(), SimulateError> {
        let Some(clock) = self.procedure.clock(&stage.decision_clock) else {
            return Ok(());
        };
        let calendar = self.calendar_of(&clock.rule)?;
        let planned = self
            .timeline
            .dates
            .iter_mut()
            .rev()
            .find(|date| date.clock == clock.rule.name);
        if let Some(planned) = planned {
            planned.due = extend(&planned.due, &clock.rule, &calendar, days)?;
        }
        Ok(())
    }

    /// Something happened: clocks that it stops let others start, and clocks that waited for it begin.
    fn event(
        &mut self,
        start: impl Into<Option<StartEvent>>,
        stop: Option<StopEvent>,
        at: Timestamp,
    ) -> Result<(), SimulateError> {
        self.seen.extend(start.into().map(|start| (start, at)));
        self.bring_forward(stop, at);
        let stopped: Vec<StartEvent> = self
            .timeline
            .dates
            .iter()
            .filter_map(|date| self.procedure.clock(&date.clock))
            .filter(|clock| stop.is_some_and(|stop| clock.rule.stop.contains(&stop)))
            .map(|clock| StartEvent::ClockStopped(clock.rule.name.clone()))
            .collect();
        self.seen.extend(stopped.into_iter().map(|event| (event, at)));
        for (stage, clock, waits_for) in std::mem::take(&mut self.waiting) {
            match self.last(&waits_for) {
                Some(from_at) => {
                    self.plan(clock, Some(&stage.id), from_at)?;
                }
                None => self.waiting.push((stage, clock, waits_for)),
            }
        }
        Ok(())
    }

    /// Clocks that fall due at once when this happens first (P20).
    fn bring_forward(&mut self, stop: Option<StopEvent>, at: Timestamp) {
        let Some(stop) = stop else { return };
        for date in &mut self.timeline.dates {
            let clock = self.procedure.clock(&date.clock);
            if clock.is_some_and(|clock| clock.due_at_once_on.contains(&stop)) {
                date.due = brought_forward(&date.due, self.calendar, at, stop.words());
            }
        }
    }

    fn plan(&mut self, clock: &Clock, stage: Option<&StageId>, from_at: Timestamp) -> Result<Due, SimulateError> {
        let calendar = self.calendar_of(&clock.rule)?;
        let mut due = due(&clock.rule, &calendar, from_at)?;
        if let Some(other) = clock.later_of.as_ref() {
            let others = self.timeline.dates.iter().rev().find(|date| date.clock == *other);
            due = others.map_or(due.clone(), |date| later(&due, &date.due));
        }
        self.note(clock, stage, from_at, due.clone());
        Ok(due)
    }

    fn note(&mut self, clock: &Clock, stage: Option<&StageId>, from_at: Timestamp, mut due: Due) {
        due.explanation = due.explanation.under(&self.procedure.id, &self.procedure.version);
        let date = PlannedDate {
            clock: clock.rule.name.clone(),
            stage: stage.cloned(),
            from_at,
            due,
        };
        self.timeline.dates.push(date);
    }

    fn calendar_of(&self, rule: &ClockRule) -> Result<Calendar, SimulateError> {
        if rule.calendar.is_default() {
            return Ok(self.calendar.clone());
        }
        Ok(self.shelf.layered(&rule.calendar.0)?)
    }

    fn last(&self, start: &StartEvent) -> Option<Timestamp> {
        self.seen
            .iter()
            .rev()
            .find(|(event, _)| event == start)
            .map(|(_, at)| *at)
    }

    fn current(&self) -> Result<&'a Stage, SimulateError> {
        let id = self.timeline.stages.last().map(|(id, _)| id);
        let stage = id.and_then(|id| self.procedure.stage(id));
        stage.ok_or_else(|| SimulateError::NoStage("the case is in no stage".to_owned()))
    }
}

/// The weightiest jump that leads beyond a stage for these facts: cases never go back (R55).
fn jump_beyond<'a>(procedure: &'a Procedure, number: u8, facts: &Facts) -> Option<(&'a Stage, JumpClock)> {
    let jumps = procedure.jumps.iter().filter(|jump| jump.when.holds(facts));
    jumps
        .filter_map(|jump| Some((procedure.stage(&jump.to)?, jump.clock_from)))
        .find(|(stage, _)| stage.number > number)
}

fn stage_of<'a>(procedure: &'a Procedure, id: &StageId) -> Result<&'a Stage, SimulateError> {
    procedure
        .stage(id)
        .ok_or_else(|| SimulateError::NoStage(format!("there is no stage \"{id}\"")))
}
