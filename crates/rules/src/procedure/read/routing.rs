//! Reading roles, jumps, gates, confidential handling, pauses, regimes, signposts and ways back in.

use super::{clock_name, clock_name_if, clock_names, condition, condition_if, role_or_word, stage_id};
use crate::case::vocabulary::Channel;
use crate::data_file::Section;
use crate::procedure::list::CodedName;
use crate::procedure::routing::{
    AcknowledgementTarget, AdmissibilityRule, ComplainantReason, ConfidentialRule, EscalationGate, JobTreatment, Jump,
    JumpClock, LateRequests, NoAnswerRule, Override, PauseEffect, PauseRule, Refusal, Regime, ReopenRule, RoleHolding,
    SeemsSo, Signpost, WithdrawRule,
};

pub(super) struct Parts {
    pub(super) roles: Vec<RoleHolding>,
    pub(super) jumps: Vec<Jump>,
    pub(super) escalations: Vec<EscalationGate>,
    pub(super) acknowledgements: Vec<AcknowledgementTarget>,
    pub(super) confidential: Option<ConfidentialRule>,
    pub(super) pauses: Vec<PauseRule>,
    pub(super) admissibility: Option<AdmissibilityRule>,
    pub(super) regimes: Vec<Regime>,
    pub(super) signposts: Vec<Signpost>,
    pub(super) reopen: Option<ReopenRule>,
    pub(super) no_answer: Option<NoAnswerRule>,
}

impl Parts {
    pub(super) fn read(root: &Section<'_>) -> Self {
        Self {
            roles: root.sections("role", "role").iter().map(role).collect(),
            jumps: root.sections("jump", "reason").iter().map(jump).collect(),
            escalations: root.sections("escalation", "from").iter().map(gate).collect(),
            acknowledgements: root.sections("acknowledge", "").iter().map(acknowledge).collect(),
            confidential: root.section("confidential").map(|section| confidential(&section)),
            pauses: root.sections("pause", "reason").iter().map(pause).collect(),
            admissibility: root.section("admissibility").map(|section| admissibility(&section)),
            regimes: root.sections("regime", "code").iter().map(regime).collect(),
            signposts: root.sections("signpost", "body").iter().map(signpost).collect(),
            reopen: root.section("reopen").map(|section| reopen(&section)),
            no_answer: root.section("no_answer").map(|section| no_answer(&section)),
        }
    }
}

pub(super) fn withdraw(section: &Section<'_>) -> WithdrawRule {
    WithdrawRule {
        undo_working_days: section.whole("undo_working_days"),
        followed_up_by: section.code("followed_up_by"),
    }
}

pub(super) fn coded_names(pairs: Vec<(String, String)>) -> Vec<CodedName> {
    pairs.into_iter().map(|(code, name)| CodedName { code, name }).collect()
}

fn role(section: &Section<'_>) -> RoleHolding {
    RoleHolding {
        role: section.code("role"),
        called: section.text("called"),
        group: section.text_if("group"),
    }
}

fn jump(section: &Section<'_>) -> Jump {
    if !section.has("when") {
        section.fault("when", "say when the rule applies: when = \"complainant.vip\"");
    }
    Jump {
        reason: CodedName {
            code: section.text("reason"),
            name: section.text("name"),
        },
        to: stage_id(section, "to"),
        plain_text: section.text_if("plain_text"),
        when: condition(section, "when"),
        clock_from: section.code_or("clock_from", JumpClock::Received),
        overridden_by: role_or_word(section, "override", "never").map_or(Override::Never, Override::By),
    }
}

fn gate(section: &Section<'_>) -> EscalationGate {
    EscalationGate {
        from: stage_id(section, "from"),
        to: stage_id(section, "to"),
        requires: section.codes("requires"),
        assent_by: role_or_word(section, "assent_by", "nobody"),
        refusal: section.code_or("refusal", Refusal::WithReason),
        complainant_reason: section.code_or("complainant_reason", ComplainantReason::Optional),
        decide_within: clock_name_if(section, "decide_within"),
        window_working_days: section.whole_if("window_working_days"),
        window_clock: clock_name_if(section, "window_clock"),
        late: section.code_or("late", LateRequests::Flag),
    }
}

fn acknowledge(section: &Section<'_>) -> AcknowledgementTarget {
    AcknowledgementTarget {
        channels: section.codes("channels"),
        clock: clock_name(section, "clock"),
        how: section.code("how"),
    }
}

fn confidential(section: &Section<'_>) -> ConfidentialRule {
    ConfidentialRule {
        when: condition(section, "when"),
        handler: section.code("handler"),
        top_of_line: section.text("top_of_line"),
        job_system: section.code_or("job_system", JobTreatment::Stub),
        handled_by: section.code_or("handled_by", Channel::Email),
        seems_so: section.code_or("seems_so", SeemsSo::Hold),
    }
}

fn pause(section: &Section<'_>) -> PauseRule {
    PauseRule {
        reason: CodedName {
            code: section.text("reason"),
            name: section.text("name"),
        },
        clocks: clock_names(section, "clocks"),
        ends_on: section.codes("ends_on"),
        max_working_days: section.whole_if("max_working_days"),
        max_count: section.whole_if("max_count"),
        approver: section.code("approver"),
        effect: section.code_or("effect", PauseEffect::StatusOnly),
    }
}

fn admissibility(section: &Section<'_>) -> AdmissibilityRule {
    AdmissibilityRule {
        decided_by: section.code("decided_by"),
        clock: clock_name_if(section, "clock"),
        reasons: coded_names(section.pairs("reasons")),
    }
}

fn regime(section: &Section<'_>) -> Regime {
    Regime {
        name: CodedName {
            code: section.text("code"),
            name: section.text("name"),
        },
        when: condition(section, "when"),
        clocks: clock_names(section, "clocks"),
        handler: section.code("handler"),
        asks: section.text_if("asks"),
        source: section.text_if("source"),
    }
}

fn signpost(section: &Section<'_>) -> Signpost {
    Signpost {
        complainants: section.codes("complainants"),
        when: condition_if(section, "when"),
        body: section.text("body"),
        text: section.text("text"),
        window: clock_name_if(section, "window"),
    }
}

fn reopen(section: &Section<'_>) -> ReopenRule {
    ReopenRule {
        within_working_days: section.whole("within_working_days"),
        approver: section.code("approver"),
    }
}

fn no_answer(section: &Section<'_>) -> NoAnswerRule {
    NoAnswerRule {
        reminders_after_working_days: section.wholes("reminders_after_working_days"),
        may_close_after_working_days: section.whole_if("may_close_after_working_days"),
    }
}
