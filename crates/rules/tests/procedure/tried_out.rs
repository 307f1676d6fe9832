//! Trying procedures out: the dates that cases would get (P44, P16, A12, A18).

use super::desk::{at, it_services, preset, shelf};
use rules::case::vocabulary::Channel;
use rules::clock::{Calendar, StopEvent};
use rules::procedure::simulate::{Happening, Path, Timeline, simulate, simulate_with};
use rules::procedure::{FactName, Facts, Procedure, StageEntryWay, StageId};

fn calendar(procedure: &Procedure) -> Calendar {
    // Bank holidays alone, as in the worked examples.
    shelf().layered(&procedure.calendar[..1]).unwrap()
}

fn run(procedure: &Procedure, received: &str, path: &Path) -> Timeline {
    simulate_with(procedure, (&calendar(procedure), &shelf()), at(received), path).unwrap()
}

fn days(timeline: &Timeline, clock: &str) -> Vec<String> {
    timeline.of(clock).map(|date| date.due.due_on.to_string()).collect()
}

#[test]
fn stage_1_then_stage_2() {
    let path = Path::new(Channel::Email, Facts::new())
        .then(at("2026-06-12 15:00"), Happening::DecisionCommunicated)
        .then(at("2026-06-16 18:20"), Happening::EscalationRequested);
    let timeline = run(&it_services(), "2026-06-09 09:15", &path);
    assert_eq!(
        timeline.of("acknowledge").next().unwrap().due.due_at,
        at("2026-06-09 09:30")
    );
    assert_eq!(days(&timeline, "stage_1"), ["2026-06-12"]);
    assert_eq!(
        days(&timeline, "stage_1_update"),
        ["2026-06-10", "2026-06-11", "2026-06-12"]
    );
    assert_eq!(days(&timeline, "escalation"), ["2026-06-17"]);
    assert_eq!(days(&timeline, "stage_2"), ["2026-07-14"]);
    let ways: Vec<StageEntryWay> = timeline.stages.iter().map(|(_, way)| *way).collect();
    assert_eq!(ways, [StageEntryWay::Direct, StageEntryWay::Escalated]);
}

#[test]
fn moved_without_a_decision_counts_from_receipt() {
    let rerouted = Path::new(Channel::Phone, Facts::new())
        .then(at("2026-06-11 15:00"), Happening::Rerouted(StageId::new("stage-2")))
        .then(at("2026-06-30 15:00"), Happening::Extended(10));
    let timeline = run(&it_services(), "2026-06-09 09:15", &rerouted);
    assert_eq!(days(&timeline, "stage_2"), ["2026-07-21"], "7 July and 10 working days");
}

#[test]
fn a_vip_found_late_gains_no_time_and_never_goes_back() {
    let vip = Facts::new().yes(FactName::ComplainantVip);
    let late = Path::new(Channel::Phone, Facts::new()).then(at("2026-06-11 15:00"), Happening::Learnt(vip.clone()));
    let timeline = run(&it_services(), "2026-06-09 09:15", &late);
    assert_eq!(days(&timeline, "stage_2"), ["2026-07-07"], "A12");
    assert_eq!(
        timeline.stages.last().unwrap(),
        &(StageId::new("stage-2"), StageEntryWay::Rerouted)
    );
    let known = Path::new(Channel::Web, vip).then(at("2026-06-11 15:00"), Happening::Learnt(Facts::new()));
    let timeline = run(&it_services(), "2026-06-09 09:15", &known);
    assert_eq!(
        timeline.stages,
        [(StageId::new("stage-2"), StageEntryWay::Direct)],
        "R55"
    );
    assert_eq!(
        days(&timeline, "stage_2_update"),
        ["2026-06-16", "2026-06-23", "2026-06-30", "2026-07-07"]
    );
}

#[test]
fn a_jump_to_where_the_case_is_changes_nothing() {
    let complex = Facts::new().yes(FactName::TriageComplex);
    let again = complex.clone().yes(FactName::ComplainantVip);
    let path = Path::new(Channel::Web, complex).then(at("2026-06-11 15:00"), Happening::Learnt(again));
    let timeline = run(&it_services(), "2026-06-09 09:15", &path);
    assert_eq!(timeline.stages.len(), 1, "it is in stage 2 already");
    assert_eq!(days(&timeline, "stage_2"), ["2026-07-07"]);
}

#[test]
fn a_reopened_case_has_a_new_clock() {
    let path = Path::new(Channel::Web, Facts::new())
        .then(at("2026-06-10 15:00"), Happening::DecisionCommunicated)
        .then(at("2026-06-22 10:00"), Happening::Reopened);
    assert_eq!(
        days(&run(&it_services(), "2026-06-09 09:15", &path), "stage_1"),
        ["2026-06-12", "2026-06-25"],
        "A40"
    );
}

#[test]
fn regimes_run_beside_with_their_own_calendars() {
    let facts = Facts::new().yes(FactName::RegimeDataProtection);
    let timeline = run(&it_services(), "2026-07-01 12:00", &Path::new(Channel::Email, facts));
    assert_eq!(days(&timeline, "data_protection_complaint"), ["2026-07-30"]);
    let request = Path::new(Channel::Email, Facts::new().yes(FactName::RegimeInformationRequest));
    let timeline = run(&it_services(), "2026-11-27 12:00", &request);
    assert_eq!(days(&timeline, "freedom_of_information"), ["2026-12-30"]);
    let procedure = it_services();
    let alone = simulate(&procedure, &calendar(&procedure), at("2026-11-27 12:00"), &request).unwrap_err();
    assert!(alone.to_string().contains("any-part-of-uk"), "{alone}");
}

#[test]
fn chained_clocks_wait_for_each_other() {
    let lgsco = preset("lgsco-2026.toml");
    let received = "2026-06-13 23:30";
    let waiting = run(&lgsco, received, &Path::new(Channel::Web, Facts::new()));
    assert_eq!(days(&waiting, "acknowledge"), ["2026-06-19"]);
    assert_eq!(days(&waiting, "stage_1"), [""; 0], "nothing was acknowledged yet");
    for (acknowledged, due) in [("2026-06-15 09:00", "2026-06-29"), ("2026-06-19 23:00", "2026-07-03")] {
        let path = Path::new(Channel::Web, Facts::new()).then(at(acknowledged), Happening::Acknowledged);
        assert_eq!(days(&run(&lgsco, received, &path), "stage_1"), [due]);
    }
    let path = Path::new(Channel::Web, Facts::new())
        .then(at("2026-06-15 09:00"), Happening::Acknowledged)
        .then(at("2026-06-29 09:00"), Happening::DecisionCommunicated)
        .then(at("2026-07-01 09:00"), Happening::EscalationRequested);
    let escalated = run(&lgsco, received, &path);
    assert_eq!(days(&escalated, "acknowledge_stage_2"), ["2026-07-08"]);
    assert_eq!(
        days(&escalated, "stage_2"),
        [""; 0],
        "the request was not acknowledged yet"
    );
    let path = path.then(at("2026-07-02 09:00"), Happening::Acknowledged);
    assert_eq!(days(&run(&lgsco, received, &path), "stage_2"), ["2026-07-30"]);
}

#[test]
fn months_and_weeks_in_other_codes() {
    let gdpr = preset("uk-gdpr-rights-request.toml");
    let path = Path::new(Channel::Email, Facts::new()).then(at("2028-02-10 09:00"), Happening::Extended(2));
    assert_eq!(days(&run(&gdpr, "2028-01-31 12:00", &path), "answer"), ["2028-05-02"]);
    let fca = preset("fca-disp.toml");
    let payment = Path::new(Channel::Email, Facts::new().yes(FactName::ClassPayment));
    let timeline = run(&fca, "2026-12-23 12:00", &payment);
    assert_eq!(days(&timeline, "final_response"), ["2027-02-17"]);
    assert_eq!(days(&timeline, "payment"), ["2027-01-18"]);
    assert_eq!(timeline.of("quick").next().unwrap().due.due_at, at("2026-12-30 17:00"));
    let other = Path::new(Channel::Email, Facts::new())
        .then(at("2026-12-30 12:00"), Happening::Other(StopEvent::ResolutionAccepted));
    assert_eq!(
        days(&run(&fca, "2026-12-23 12:00", &other), "payment"),
        [""; 0],
        "not a payment service"
    );
}

#[test]
fn the_account_names_the_procedure() {
    let timeline = run(
        &it_services(),
        "2026-06-13 23:30",
        &Path::new(Channel::Web, Facts::new()),
    );
    let date = timeline.of("stage_1").next().unwrap();
    let stamp = date.due.explanation.procedure.clone().unwrap();
    assert_eq!((stamp.id.as_str(), stamp.version.as_str()), ("it-services", "1"));
    assert!(
        date.due
            .explanation
            .to_text()
            .starts_with("received Sat 13 Jun 2026 23:30; Sun 14 Jun is not counted (Sunday)")
    );
}
