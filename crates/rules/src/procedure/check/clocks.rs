//! Clocks: each starts some day, each can stop, and none waits for itself.

use crate::case::vocabulary::Channel;
use crate::clock::{ClockName, Recurrence, StartEvent, StopEvent};
use crate::data_file::Reading;
use crate::procedure::{Clock, Procedure, Refusal, StageEntryWay};

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    for clock in &procedure.clocks {
        starts(procedure, clock, reading);
        stops(procedure, clock, reading);
    }
    waits_for_itself(procedure, reading);
    updates(procedure, reading);
    acknowledgements(procedure, reading);
}

fn starts(procedure: &Procedure, clock: &Clock, reading: &Reading) {
    let mut told = Vec::new();
    for way in StageEntryWay::ALL {
        let start = clock.start_for(*way);
        if let Some(why) = never_starts(procedure, start).filter(|_| !told.contains(&start)) {
            told.push(start);
            let reason = format!(
                "the clock would start when {}, which never happens here: {why}",
                start.words()
            );
            reading.fault_at(&format!("clock.{}.start", clock.rule.name), reason);
        }
    }
}

fn never_starts(procedure: &Procedure, start: &StartEvent) -> Option<&'static str> {
    let never = match start {
        StartEvent::RoutedToUs => (
            procedure.routed_by.is_none(),
            "nobody passes complaints to us (routed_by)",
        ),
        StartEvent::Acknowledged => (
            procedure.acknowledgements.is_empty(),
            "nothing is acknowledged ([[acknowledge]])",
        ),
        StartEvent::EscalationRequested => (
            procedure.escalations.is_empty(),
            "no other stage can be asked for ([[escalation]])",
        ),
        StartEvent::EscalationRefused => (
            !procedure
                .escalations
                .iter()
                .any(|gate| gate.refusal == Refusal::WithReason),
            "no request for another stage can be refused",
        ),
        StartEvent::InformationComplete => (
            !procedure
                .pauses
                .iter()
                .any(|pause| pause.ends_on.contains(&StopEvent::InformationReceived)),
            "nothing waits for information ([[pause]] with ends_on = [\"information_received\"])",
        ),
        StartEvent::Reopened => (procedure.reopen.is_none(), "cases are not reopened ([reopen])"),
        _ => (false, ""),
    };
    never.0.then_some(never.1)
}

fn stops(procedure: &Procedure, clock: &Clock, reading: &Reading) {
    let path = format!("clock.{}.stop", clock.rule.name);
    if clock.rule.stop.is_empty() {
        reading.fault_at(
            &path,
            "nothing stops the clock: say stop = [\"decision_communicated\"] or the like",
        );
        return;
    }
    if clock.rule.stop.iter().all(|stop| never_stops(procedure, *stop)) {
        let stops: Vec<&str> = clock.rule.stop.iter().map(|stop| stop.code()).collect();
        reading.fault_at(
            &path,
            format!(
                "nothing that would stop the clock ever happens here: {}",
                stops.join(", ")
            ),
        );
    }
}

fn never_stops(procedure: &Procedure, stop: StopEvent) -> bool {
    match stop {
        StopEvent::EscalationRequested | StopEvent::EscalationDecided => procedure.escalations.is_empty(),
        StopEvent::AdmissibilityDecided => procedure.admissibility.is_none(),
        StopEvent::SignOffDecided => procedure.sign_off().next().is_none(),
        StopEvent::ExternalBodyAsked => procedure.signposts.is_empty(),
        _ => false,
    }
}

fn waits_for_itself(procedure: &Procedure, reading: &Reading) {
    let names: Vec<&ClockName> = procedure.clocks.iter().map(|clock| &clock.rule.name).collect();
    let next = |name: &ClockName| -> Vec<&ClockName> {
        let Some(clock) = procedure.clock(name) else {
            return Vec::new();
        };
        let mut waits: Vec<&ClockName> = StageEntryWay::ALL
            .iter()
            .filter_map(|way| match clock.start_for(*way) {
                StartEvent::ClockStopped(other) => Some(other),
                _ => None,
            })
            .collect();
        waits.extend(&clock.later_of);
        waits
    };
    if let Some(way) = super::circle(&names, next) {
        let way: Vec<&str> = way.iter().map(|name| name.as_str()).collect();
        let reason = format!("the clock waits for itself: {}", way.join(" waits for "));
        reading.fault_at(&format!("clock.{}.start", way[0]), reason);
    }
}

/// Every stage has a rhythm of updates (R24).
fn updates(procedure: &Procedure, reading: &Reading) {
    for stage in &procedure.stages {
        let Some(clock) = procedure.clock(&stage.update_clock) else {
            continue;
        };
        let path = format!("stage.{}.update_clock", stage.id);
        if clock.rule.recurrence == Recurrence::Once {
            let reason = format!(
                "the clock \"{}\" runs only once; updates need one with reset_by (R24)",
                clock.rule.name
            );
            reading.fault_at(&path, reason);
        }
        if clock.rule.amount == 0 {
            reading.fault_at(
                &path,
                format!("the clock \"{}\" would be due again at once, for ever", clock.rule.name),
            );
        }
    }
}

/// Every channel is acknowledged (R18, R19).
fn acknowledgements(procedure: &Procedure, reading: &Reading) {
    let missing: Vec<&str> = Channel::ALL
        .iter()
        .filter(|channel| {
            !procedure
                .acknowledgements
                .iter()
                .any(|target| target.channels.contains(channel))
        })
        .map(|channel| channel.code())
        .collect();
    if !missing.is_empty() {
        let reason = format!(
            "nothing says how soon these channels are acknowledged (R18): {}",
            missing.join(", ")
        );
        reading.fault_at("acknowledge", reason);
    }
}
