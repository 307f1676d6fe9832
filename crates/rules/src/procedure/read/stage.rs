//! Reading `[[stage]]`, its extension and its sign-off rules.

use super::{clock_name, clock_name_if, condition, stage_id};
use crate::data_file::Section;
use crate::procedure::StageId;
use crate::procedure::list::CodedName;
use crate::procedure::stage::{
    Agreement, ApproverEdits, Expiry, ExtensionReasons, ExtensionRule, Notice, SignOffRule, Stage, StageEntry,
};

pub(super) fn stages(root: &Section<'_>) -> Vec<Stage> {
    let mut stages: Vec<Stage> = root.sections("stage", "id").iter().map(stage).collect();
    stages.sort_by_key(|stage| stage.number);
    stages
}

fn stage(section: &Section<'_>) -> Stage {
    if !section.has("update_clock") {
        section.fault(
            "update_clock",
            "the stage has no rhythm of updates: an open complaint must always have a next update due (R24)",
        );
    }
    Stage {
        id: stage_id(section, "id"),
        number: number(section),
        name: section.text("name"),
        plain_name: section.text("plain_name"),
        plain_text: section.text("plain_text"),
        promise_when: section.text_if("promise_when"),
        entry: section.code_or("entry", StageEntry::ByJump),
        handlers: section.codes("handlers"),
        decision_clock: clock_name(section, "decision_clock"),
        update_clock: clock_name_if(section, "update_clock").unwrap_or_else(|| crate::clock::ClockName::new("")),
        response: section.code("response"),
        outcomes: section.texts("outcomes"),
        close_requires: section.codes("close_requires"),
        extension: section.section("extension").map(|section| extension(&section)),
        next: section.texts("next").iter().map(|id| StageId::new(id)).collect(),
        sign_off: section.sections("sign_off", "role").iter().map(sign_off).collect(),
    }
}

fn number(section: &Section<'_>) -> u8 {
    let number = section.whole("number");
    u8::try_from(number)
        .ok()
        .filter(|number| (1..=9).contains(number))
        .unwrap_or_else(|| {
            section.fault("number", "the number of a stage is 1 to 9");
            1
        })
}

fn extension(section: &Section<'_>) -> ExtensionRule {
    let max_each_days = section.whole("max_each_days");
    ExtensionRule {
        max_count: section.whole_if("max_count"),
        max_each_days,
        max_total_days: section.whole_if("max_total_days").unwrap_or(max_each_days),
        approver: section.code("approver"),
        reasons: reasons(section),
        before_expiry: section.code_or("before_expiry", Expiry::MustBeBefore),
        notify: section.code_or("notify", Notice::MustTell),
        agreement: section.code_or("agreement", Agreement::NotAsked),
        then: section.text_if("then").map(|id| StageId::new(&id)),
    }
}

/// `reasons = "free_text"`, or `[stage.extension.reasons]` with codes and names.
fn reasons(section: &Section<'_>) -> ExtensionReasons {
    if !section.has("reasons") {
        section.fault(
            "reasons",
            "say which reasons are good: \"free_text\", or a table of codes and names",
        );
        return ExtensionReasons::FreeText;
    }
    match section.text_or_pairs("reasons") {
        Ok(text) if text == "free_text" => ExtensionReasons::FreeText,
        Ok(text) => {
            section.fault(
                "reasons",
                format!("\"{text}\" is not known; say \"free_text\", or a table of codes and names"),
            );
            ExtensionReasons::FreeText
        }
        Err(pairs) => ExtensionReasons::Codes(pairs.into_iter().map(|(code, name)| CodedName { code, name }).collect()),
    }
}

fn sign_off(section: &Section<'_>) -> SignOffRule {
    SignOffRule {
        role: section.code("role"),
        when: condition(section, "when"),
        delegates: section.codes("delegates"),
        clock: clock_name_if(section, "clock"),
        delegate_before: section.read_if("delegate_before", working_days),
        edits: section.code_or("edits", ApproverEdits::GoBack),
    }
}

/// "1 working day", "2 working days".
fn working_days(text: &str) -> Result<u32, String> {
    let number = text
        .strip_suffix(" working days")
        .or_else(|| text.strip_suffix(" working day"));
    number
        .and_then(|number| number.parse().ok())
        .filter(|days| *days > 0)
        .ok_or_else(|| format!("\"{text}\" is no number of working days; say \"1 working day\""))
}
