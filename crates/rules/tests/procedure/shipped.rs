//! What ships can be read, uses calendars that ship, and says what the requirements say.

use super::desk::{IT_SERVICES, PRESETS, SMALL, it_services, preset, read, shelf};
use rules::case::vocabulary::{Channel, FeedbackKind, Urgency};
use rules::clock::{StartEvent, StopEvent, Unit};
use rules::letters::LetterKind;
use rules::people::Role;
use rules::procedure::{
    ExtensionReasons, FactName, LateRequests, MustSay, Override, Refusal, Requirement, Response, ReviewEvery,
    StageEntryWay, StageId,
};

#[test]
fn everything_that_ships_can_be_read_and_finds_its_calendars() {
    let shelf = shelf();
    for (name, text) in PRESETS
        .into_iter()
        .chain([("it-services.toml", IT_SERVICES), ("small.toml", SMALL)])
    {
        let procedure = read(text, name);
        for clock in &procedure.clocks {
            shelf
                .of_clock(&clock.rule.calendar, &procedure.calendar)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn the_customers_procedure_has_nothing_unusual() {
    assert_eq!(it_services().warnings, []);
}

#[test]
fn limits_are_those_of_the_procedure() {
    let procedure = it_services();
    let clock = |name: &str| {
        procedure
            .clocks
            .iter()
            .find(|clock| clock.rule.name.as_str() == name)
            .unwrap()
    };
    for (name, unit, amount) in [
        ("stage_1", Unit::WorkingDays, 3),
        ("stage_2", Unit::WorkingDays, 20),
        ("acknowledge", Unit::Minutes, 15),
        ("stage_1_update", Unit::WorkingDays, 1),
        ("stage_2_update", Unit::WorkingDays, 5),
        ("escalation", Unit::WorkingDays, 1),
    ] {
        assert_eq!(
            (clock(name).rule.unit, clock(name).rule.amount),
            (unit, amount),
            "{name}"
        );
    }
    let stage_2 = clock("stage_2");
    assert_eq!(*stage_2.start_for(StageEntryWay::Direct), StartEvent::Received, "A18");
    assert_eq!(*stage_2.start_for(StageEntryWay::Rerouted), StartEvent::Received, "A12");
    assert_eq!(
        *stage_2.start_for(StageEntryWay::Escalated),
        StartEvent::EscalationRequested,
        "A18"
    );
    assert_eq!(*stage_2.start_for(StageEntryWay::Reopened), StartEvent::Reopened, "A40");
    assert!(procedure.pauses.is_empty(), "A22: no clock is ever paused");
    assert_eq!(procedure.job_profile, "General-Customer Feedback", "A31");
}

#[test]
fn extensions_are_those_of_a10() {
    let procedure = it_services();
    let first = procedure.stage_number(1).unwrap().extension.clone().unwrap();
    assert_eq!(
        (first.max_count, first.max_each_days, first.max_total_days),
        (Some(1), 2, 2)
    );
    assert_eq!(
        (first.approver, first.then),
        (Role::FrontlineManager, Some(StageId::new("stage-2")))
    );
    assert!(
        matches!(&first.reasons, ExtensionReasons::Codes(codes) if codes.first().unwrap().code == "major_incident")
    );
    let second = procedure.stage_number(2).unwrap().extension.clone().unwrap();
    assert_eq!(
        (second.max_count, second.max_each_days, second.max_total_days),
        (None, 10, 20)
    );
    assert_eq!(
        (second.approver, second.reasons),
        (Role::Reviewer, ExtensionReasons::FreeText)
    );
}

#[test]
fn vips_go_to_stage_2_without_exception() {
    let procedure = it_services();
    let vip = procedure.jumps.first().unwrap();
    assert_eq!(
        (vip.reason.code.as_str(), vip.to.as_str(), vip.overridden_by),
        ("vip", "stage-2", Override::Never),
        "R55"
    );
    assert_eq!(vip.plain_text, None, "A11: nobody is to learn that they are one");
}

#[test]
fn stage_2_is_asked_for_and_assented_to() {
    let procedure = it_services();
    let gate = procedure.gate_from(&StageId::new("stage-1")).unwrap();
    assert_eq!(gate.requires, [Requirement::DecisionCommunicated], "R67");
    assert_eq!(
        (gate.assent_by, gate.refusal),
        (Some(Role::ComplaintsCoordinator), Refusal::WithReason),
        "R68, A20"
    );
    assert_eq!(
        (gate.window_working_days, gate.late),
        (Some(20), LateRequests::Flag),
        "A19"
    );
}

#[test]
fn closing_asks_for_what_must_be_recorded() {
    let procedure = it_services();
    let stage = |number| procedure.stage_number(number).unwrap();
    for requirement in [
        Requirement::Acknowledged,
        Requirement::Categorised,
        Requirement::Outcome,
        Requirement::ResolutionKind,
        Requirement::Satisfaction,
        Requirement::Learning,
    ] {
        assert!(stage(1).close_requires.contains(&requirement), "{requirement}");
    }
    assert!(stage(1).sign_off.is_empty(), "R49: no approval at stage 1");
    for requirement in [
        Requirement::PointsAnswered,
        Requirement::WrittenResponseSent,
        Requirement::SignOffIfRequired,
        Requirement::ActionsAssigned,
        Requirement::Learning,
    ] {
        assert!(stage(2).close_requires.contains(&requirement), "{requirement}");
    }
    assert_eq!(
        (stage(1).response, stage(2).response),
        (Response::SpokenOrWritten, Response::Written),
        "A36, R77"
    );
}

#[test]
fn letters_say_what_people_need() {
    let procedure = it_services();
    let says = |kind, item| procedure.letter(kind).unwrap().must_say.contains(&item);
    assert!(says(LetterKind::Stage1Decision, MustSay::EscalationHow), "R87");
    assert!(says(LetterKind::Stage2Decision, MustSay::Signpost), "A37");
    for kind in LetterKind::ALL {
        assert!(procedure.letter(kind).is_some(), "{}", kind.code());
    }
}

#[test]
fn every_channel_kind_and_urgency_is_there() {
    let procedure = it_services();
    for channel in Channel::ALL {
        let targets = procedure
            .acknowledgements
            .iter()
            .filter(|target| target.channels.contains(channel))
            .count();
        assert_eq!(targets, 1, "{}", channel.code());
    }
    assert_eq!(
        procedure.kinds.iter().map(|named| named.kind).collect::<Vec<_>>(),
        FeedbackKind::ALL
    );
    assert_eq!(
        procedure.urgencies.iter().map(|level| level.level).collect::<Vec<_>>(),
        Urgency::ALL
    );
    let axes: Vec<(&str, usize)> = procedure
        .categories
        .iter()
        .map(|axis| (axis.code.as_str(), axis.categories.len()))
        .collect();
    assert_eq!(axes, [("service", 16), ("problem", 18)], "model 3.5");
    let every: Vec<ReviewEvery> = procedure.reviews.iter().map(|review| review.every).collect();
    assert_eq!(every, [ReviewEvery::Month, ReviewEvery::Year], "R42, R45");
}

#[test]
fn presets_carry_other_codes() {
    let lgsco = preset("lgsco-2026.toml");
    let stage_1 = lgsco.clock(&lgsco.stages[0].decision_clock).unwrap();
    assert_eq!(
        (*stage_1.start_for(StageEntryWay::Direct)).clone(),
        StartEvent::Acknowledged,
        "a chain"
    );
    let gdpr = preset("uk-gdpr-rights-request.toml");
    assert_eq!(
        gdpr.clock(&gdpr.stages[0].decision_clock).unwrap().rule.unit,
        Unit::Months
    );
    assert_eq!(gdpr.pauses.len(), 2);
    let spso = preset("spso-he-2021.toml");
    assert_eq!(
        spso.clock(&spso.escalations[0].window_clock.clone().unwrap())
            .unwrap()
            .later_of
            .as_ref()
            .unwrap()
            .as_str(),
        "from_event"
    );
    for (name, text) in PRESETS {
        assert!(text.contains("read_on = "), "{name} says when its source was read");
    }
}

#[test]
fn the_manual_names_every_code() {
    let manual = include_str!("../../../../docs/manual/procedure-format.md");
    let words: Vec<&str> = manual
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || "._".contains(letter)))
        .collect();
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(Role::ALL.iter().map(|role| role.code()));
    codes.extend(FactName::ALL.iter().map(|fact| fact.code()));
    codes.extend(
        FactName::ALL
            .iter()
            .flat_map(|fact| fact.values())
            .filter(|value| value.len() < 9),
    );
    codes.extend(MustSay::ALL.iter().map(|item| item.code()));
    codes.extend(Requirement::ALL.iter().map(|requirement| requirement.code()));
    codes.extend(StopEvent::ALL.iter().map(|stop| stop.code()));
    codes.extend(StartEvent::LIST.iter().map(|(code, _, _)| *code));
    codes.extend(Unit::ALL.iter().map(|unit| unit.code()));
    codes.extend(LetterKind::ALL.iter().map(|kind| kind.code()));
    let who = [
        "student", "staff", "alumnus", "visitor", "partner", "public", "not_said",
    ];
    for code in codes.into_iter().filter(|code| !who.contains(code)) {
        let named = words.iter().any(|word| word.trim_matches('.') == code);
        assert!(named, "the manual does not name \"{code}\"");
    }
}
