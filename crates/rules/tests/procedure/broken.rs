//! Files with one fault each: what is said, and at which line (P44).

use super::desk::SMALL;
use rules::procedure::{Invalid, Procedure};

/// The faults of the small procedure after one change.
fn faults_after(old: &str, new: &str) -> (String, Vec<Invalid>) {
    assert!(SMALL.contains(old), "the small procedure has no {old:?}");
    let text = SMALL.replacen(old, new, 1);
    let faults = Procedure::parse(&text, "small.toml").err().unwrap_or_default();
    (text, faults)
}

/// A change, a part of the line at which its fault is, and a part of what is said.
fn refuses(old: &str, new: &str, line: &str, says: &str) {
    let (text, faults) = faults_after(old, new);
    let fits = |fault: &Invalid| {
        let at = fault.line.checked_sub(1).and_then(|before| text.lines().nth(before));
        fault.reason.contains(says) && at.is_some_and(|found| found.contains(line))
    };
    let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.iter().any(fits),
        "{new:?} should be refused at {line:?} with {says:?}; found:\n{}",
        all.join("\n")
    );
    assert!(faults.iter().all(|fault| fault.file.ends_with("small.toml")));
}

fn without(old: &str, line: &str, says: &str) {
    refuses(old, "", line, says);
}

#[test]
fn the_small_procedure_is_sound() {
    let (_, faults) = faults_after("Stage 1", "Stage 1");
    assert_eq!(faults, []);
}

#[test]
fn names_that_lead_nowhere() {
    refuses(
        "decision_clock = \"one\"",
        "decision_clock = \"uno\"",
        "decision_clock = \"uno\"",
        "no clock is called \"uno\"",
    );
    refuses(
        "next = [\"s2\"]",
        "next = [\"s3\"]",
        "next = [\"s3\"]",
        "no stage is called \"s3\"",
    );
    refuses(
        "to = \"s2\"\nwhen",
        "to = \"s9\"\nwhen",
        "to = \"s9\"",
        "no stage is called \"s9\"",
    );
    refuses(
        "clock = \"ack\"",
        "clock = \"acc\"",
        "clock = \"acc\"",
        "no clock is called \"acc\"",
    );
    refuses(
        "outcomes = [\"upheld\",",
        "outcomes = [\"uphold\",",
        "uphold",
        "no outcome is called \"uphold\"",
    );
    refuses(
        "start = \"received\"\nunit = \"working_days\"",
        "start = \"clock:nine\"\nunit = \"working_days\"",
        "clock:nine",
        "no clock is called \"nine\"",
    );
}

#[test]
fn words_outside_the_closed_lists() {
    refuses(
        "approver = \"frontline_manager\"",
        "approver = \"boss\"",
        "approver = \"boss\"",
        "there is no \"boss\" here; choose one of",
    );
    refuses(
        "when = \"complainant.vip\"",
        "when = \"complainant.vipp\"",
        "complainant.vipp",
        "no fact is called \"complainant.vipp\"",
    );
    refuses(
        "when = \"risk == 'high'\"",
        "when = \"risk == 'huge'\"",
        "risk == 'huge'",
        "it can be: low, medium, high",
    );
    refuses(
        "\"acknowledged\", \"outcome\"]",
        "\"acknowledged\", \"outcomes\"]",
        "close_requires",
        "there is no \"outcomes\" here",
    );
    refuses(
        "stop = [\"acknowledged\"]",
        "stop = [\"answered\"]",
        "stop = [\"answered\"]",
        "there is no \"answered\" here",
    );
    refuses(
        "start = \"received\"",
        "start = \"arrived\"",
        "start = \"arrived\"",
        "nothing called \"arrived\" starts a clock",
    );
    refuses(
        "unit = \"minutes\"",
        "unit = \"fortnights\"",
        "fortnights",
        "choose one of: minutes, hours",
    );
    refuses(
        "\"reference\", \"stage\"",
        "\"referense\", \"stage\"",
        "referense",
        "there is no \"referense\" here",
    );
}

#[test]
fn keys_that_nobody_knows() {
    refuses(
        "title = \"Small\"",
        "title = \"Small\"\ntitel = \"Small\"",
        "titel",
        "nothing here is called \"titel\"",
    );
    refuses(
        "max_count = 1",
        "max_count = 1\nmax_days = 3",
        "max_days",
        "nothing here is called \"max_days\"",
    );
    refuses(
        "[source]",
        "[sauce]\nname = \"x\"\n[source]",
        "[sauce]",
        "nothing here is called \"sauce\"",
    );
}

#[test]
fn values_of_the_wrong_kind() {
    refuses(
        "amount = 15",
        "amount = \"15\"",
        "amount = \"15\"",
        "\"amount\" must be a whole number",
    );
    refuses(
        "amount = 15",
        "amount = -1",
        "amount = -1",
        "must be a whole number, 0 or more",
    );
    refuses(
        "valid_from = 2026-01-01",
        "valid_from = 2026",
        "valid_from",
        "must be a day",
    );
    refuses(
        "amount = 3\n",
        "amount = 3\ncutoff = \"25:00\"\n",
        "25:00",
        "must be a time of day",
    );
    refuses(
        "amount = 3\n",
        "amount = 3\nwarn = [\"soon\"]\n",
        "soon",
        "\"soon\" is no warning point",
    );
    refuses("title = \"Small\"", "title = \"\"", "title", "must not be empty");
    refuses(
        "time_zone = \"Europe/London\"",
        "time_zone = \"Europe/Camelot\"",
        "Camelot",
        "there is no time zone called",
    );
    refuses("[public]", "[public", "[public", "this is not TOML");
}

#[test]
fn what_is_missing() {
    without("title = \"Small\"\n", "[procedure]", "\"title\" is missing here");
    without("how = \"automatic\"\n", "[[acknowledge]]", "\"how\" is missing here");
    let (_, faults) = faults_after(
        "[withdraw]\nundo_working_days = 10\nfollowed_up_by = \"reviewer\"\n",
        "",
    );
    assert_eq!(
        (faults[0].line, faults[0].reason.as_str()),
        (0, "the part [withdraw] is missing")
    );
}

#[test]
fn a_stage_that_no_case_can_come_to() {
    let text = SMALL.replace(
        "to = \"s2\"\nwhen = \"complainant.vip\"",
        "to = \"s3\"\nwhen = \"complainant.vip\"",
    );
    let third = "[[stage]]\nid = \"s3\"\nnumber = 3\nname = \"Stage 3\"\nplain_name = \"third\"\nplain_text = \"x\"\nhandlers = [\"reviewer\"]\n\
                 decision_clock = \"two\"\nupdate_clock = \"news\"\nresponse = \"spoken_or_written\"\noutcomes = [\"upheld\"]\nclose_requires = [\"outcome\"]\n\n[[jump]]";
    let text = text.replace("[[jump]]", third);
    assert_eq!(Procedure::parse(&text, "small.toml").err(), None, "a jump leads to it");
    let (_, faults) = faults_after("[[jump]]", third);
    let says = |needle: &str| {
        faults
            .iter()
            .any(|fault| fault.reason.contains(needle) && fault.path == "stage.s3")
    };
    assert!(says("no case can come to the stage \"s3\""), "{faults:#?}");
    refuses(
        "entry = \"default\"",
        "entry = \"by_jump\"",
        "[[stage]]",
        "no case can come to the stage \"s1\"",
    );
    refuses(
        "entry = \"default\"",
        "entry = \"by_jump\"",
        "[[stage]]",
        "no stage has entry = \"default\"",
    );
}

#[test]
fn ways_that_come_back() {
    refuses(
        "\"sign_off_if_required\"]",
        "\"sign_off_if_required\"]\nnext = [\"s1\"]",
        "next",
        "a case could go round for ever: s1 -> s2 -> s1",
    );
    refuses(
        "to = \"s2\"\nwhen",
        "to = \"s1\"\nwhen",
        "to = \"s1\"",
        "a jump leads forward",
    );
    refuses("number = 2", "number = 1", "[[stage]]", "two stages with the number 1");
}

#[test]
fn clocks_that_wait_for_each_other() {
    let (text, faults) = faults_after(
        "start = \"received\"\nunit = \"working_days\"",
        "start = \"clock:two\"\nunit = \"working_days\"",
    );
    assert_eq!(faults, [], "a chain is no circle");
    let text = text.replace("direct = \"received\"", "direct = \"clock:one\"");
    let faults = Procedure::parse(&text, "small.toml").unwrap_err();
    assert!(
        faults.iter().any(|fault| fault
            .reason
            .contains("the clock waits for itself: one waits for two waits for one")),
        "{faults:#?}"
    );
}

#[test]
fn clocks_that_never_start_or_stop() {
    without("stop = [\"acknowledged\"]\n", "[clock.ack]", "nothing stops the clock");
    refuses(
        "stop = [\"acknowledged\"]",
        "stop = [\"external_body_asked\"]",
        "external_body_asked",
        "nothing that would stop the clock ever happens",
    );
    refuses(
        "start = \"received\"",
        "start = \"routed_to_us\"",
        "routed_to_us",
        "which never happens here: nobody passes complaints to us",
    );
    refuses(
        "start = \"received\"",
        "start = \"reopened\"",
        "reopened",
        "which never happens here: cases are not reopened",
    );
    refuses(
        "start = \"received\"",
        "start = \"information_complete\"",
        "information_complete",
        "nothing waits for information",
    );
    let gate = "[[escalation]]\nfrom = \"s1\"\nto = \"s2\"\nrequires = [\"decision_communicated\"]\nassent_by = \"reviewer\"\n";
    without(
        gate,
        "[clock.two]",
        "which never happens here: no other stage can be asked for",
    );
}

#[test]
fn months_have_no_first_day() {
    refuses(
        "unit = \"working_days\"\namount = 3",
        "unit = \"months\"\ncount = \"inclusive\"\namount = 3",
        "count",
        "say month_rule instead",
    );
}

#[test]
fn extensions_that_do_not_add_up() {
    refuses(
        "max_each_days = 2",
        "max_each_days = 9",
        "max_each_days = 9",
        "a single one is more than the total",
    );
    refuses(
        "max_total_days = 2",
        "max_total_days = 9",
        "max_total_days = 9",
        "never reach the total of 9",
    );
    refuses("max_count = 1", "max_count = 0", "max_count = 0", "may happen 0 times");
    refuses(
        "{ illness = \"Illness\" }",
        "{}",
        "reasons = {}",
        "the list of reasons is empty",
    );
    refuses(
        "{ illness = \"Illness\" }",
        "\"any\"",
        "reasons",
        "\"any\" is not known",
    );
    refuses(
        "max_count = 1",
        "max_count = 1\nthen = \"s1\"",
        "then = \"s1\"",
        "not among the next stages",
    );
}

#[test]
fn people_who_cannot_be_there() {
    refuses(
        "approver = \"frontline_manager\"",
        "approver = \"sign_off_authority\"",
        "approver",
        "nobody may hold the role \"sign_off_authority\"",
    );
    refuses(
        "assent_by = \"reviewer\"",
        "assent_by = \"auditor\"",
        "assent_by",
        "only reads or carries out",
    );
    refuses(
        "handlers = [\"reviewer\"]",
        "handlers = []",
        "handlers",
        "nobody may deal with its cases",
    );
}

#[test]
fn letters_that_leave_something_out() {
    refuses(
        "\"reasons\", \"escalation_how\"]",
        "\"reasons\"]",
        "must_say",
        "must say \"escalation_how\"",
    );
    for (item, why) in [
        ("reference", "R85"),
        ("stage", "R25"),
        ("decision_date", "R25"),
        ("next_update_date", "R25"),
    ] {
        let all = "must_say = [\"reference\", \"stage\", \"decision_date\", \"next_update_date\"]";
        let fewer = all
            .replace(&format!("\"{item}\", "), "")
            .replace(&format!(", \"{item}\""), "");
        refuses(all, &fewer, "must_say", why);
    }
    without(
        "[[letter]]\nkind = \"extension\"\nmust_say = [\"reasons\", \"new_date\"]\n",
        "[[letter]]",
        "owes the letter \"extension\"",
    );
    refuses(
        "[\"reasons\", \"new_date\"]",
        "[\"reasons\"]",
        "must_say",
        "must say \"new_date\"",
    );
}

#[test]
fn an_ending_without_a_decision_that_nobody_is_told_of() {
    let refused = "[[closing_reason]]\ncode = \"refused\"\nname = \"Outside\"\n\n[[review]]";
    refuses(
        "[[review]]",
        refused,
        "[[letter]]",
        "owes the letter \"closed_without_decision\"",
    );
    let silent = format!("[[letter]]\nkind = \"closed_without_decision\"\nmust_say = [\"reference\"]\n\n{refused}");
    refuses("[[review]]", &silent, "must_say", "must say \"reasons\"");
}

#[test]
fn rhythms_that_are_none() {
    without("update_clock = \"news\"\n", "[[stage]]", "no rhythm of updates");
    refuses(
        "update_clock = \"news\"",
        "update_clock = \"one\"",
        "update_clock = \"one\"",
        "runs only once",
    );
    refuses(
        "amount = 5",
        "amount = 0",
        "update_clock",
        "due again at once, for ever",
    );
}

#[test]
fn twice_is_once_too_often() {
    refuses("id = \"s2\"", "id = \"s1\"", "[[stage]]", "two stages called \"s1\"");
    refuses(
        "code = \"not_upheld\"",
        "code = \"upheld\"",
        "[[outcome]]",
        "two outcomes called \"upheld\"",
    );
    refuses(
        "[[acknowledge]]",
        "[[acknowledge]]\nchannels = [\"web\"]\nclock = \"ack\"\nhow = \"automatic\"\n[[acknowledge]]",
        "",
        "the channel \"web\"",
    );
    refuses(
        "\"in_person\", \"post\"]",
        "\"in_person\"]",
        "acknowledge",
        "R18): post",
    );
}

#[test]
fn closing_that_asks_too_little() {
    refuses(
        "\"written_response_sent\", ",
        "",
        "close_requires",
        "must require \"written_response_sent\"",
    );
    refuses(
        ", \"sign_off_if_required\"]",
        "]",
        "close_requires",
        "must require \"sign_off_if_required\"",
    );
}

#[test]
fn all_faults_come_at_once() {
    let text = SMALL
        .replace("approver = \"frontline_manager\"", "approver = \"boss\"")
        .replace("decision_clock = \"one\"", "decision_clock = \"uno\"")
        .replace("when = \"complainant.vip\"", "when = \"complainant.vip or\"")
        .replace("title = \"Small\"", "titel = \"Small\"");
    let faults = Procedure::parse(&text, "small.toml").unwrap_err();
    let reasons: Vec<&str> = faults.iter().map(|fault| fault.reason.as_str()).collect();
    for needle in [
        "\"title\" is missing",
        "called \"titel\"",
        "no \"boss\" here",
        "no clock is called \"uno\"",
        "breaks off",
    ] {
        assert!(
            reasons.iter().any(|reason| reason.contains(needle)),
            "{needle} in {reasons:#?}"
        );
    }
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert!(lines.is_sorted(), "in the order of the file: {lines:?}");
}

#[test]
fn a_missing_vip_rule_is_only_unusual() {
    let text = SMALL.replace("when = \"complainant.vip\"", "when = \"triage.complex\"");
    let procedure = Procedure::parse(&text, "small.toml").unwrap();
    assert!(
        procedure.warnings.iter().any(|warning| warning.reason.contains("R55")),
        "{:?}",
        procedure.warnings
    );
    let text = SMALL.replace("override = \"never\"", "override = \"reviewer\"");
    let procedure = Procedure::parse(&text, "small.toml").unwrap();
    assert!(
        procedure
            .warnings
            .iter()
            .any(|warning| warning.reason.contains("can be overridden"))
    );
}
