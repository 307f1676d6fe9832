//! Which tables each figure has, in which order, and what is said of it: definition, base and source (model 3.7).

use rules::review::Figure;

/// A table: the group, its caption, and the items that always stand in it, in order; whatever else was counted follows by number.
pub(super) type Layout = (&'static str, &'static str, &'static [&'static str]);

const TIMING: &[&str] = &["in_time", "extended", "late"];

const VOLUME: &[Layout] = &[
    ("kind", "By kind", &["complaint", "compliment", "suggestion", "comment"]),
    ("channel", "Complaints by channel", &[]),
    ("complainant", "Complaints by who complained", &[]),
    ("entry", "Complaints by the stage at which they began", &[]),
    (
        "matter",
        "Complaints and matters: several about the same are one matter",
        &["own_matter", "joined_matter"],
    ),
    ("left_out", "Left out of the figures", &[]),
];
const FLOW: &[Layout] = &[
    (
        "complaints",
        "Complaints",
        &[
            "brought_forward",
            "received",
            "taken_up_again",
            "closed",
            "carried_forward",
        ],
    ),
    ("taken_up_again", "Why they were taken up again", &[]),
];
const ACKNOWLEDGEMENT: &[Layout] = &[(
    "owed",
    "Acknowledgements owed",
    &["in_time", "late", "overdue", "waiting"],
)];
const STAGE1: &[Layout] = &[("decisions", "Decisions told", TIMING)];
const STAGE2: &[Layout] = &[
    ("decisions", "Decisions told", TIMING),
    ("direct", "Begun at stage 2", TIMING),
    ("escalated", "Asked for after stage 1", TIMING),
    ("rerouted", "Moved without a stage 1 decision", TIMING),
    ("reopened", "Taken up again", TIMING),
];
const EARLY: &[Layout] = &[
    (
        "decided",
        "Closed with a decision, by the stage that decided last",
        &["stage-1", "stage-2"],
    ),
    (
        "first_contact",
        "Stage 1 decisions told in the first conversation",
        &["yes"],
    ),
    ("satisfied", "To their satisfaction", &["yes", "no", "not_known"]),
    ("ending", "How cases ended", &[]),
];
const ESCALATION: &[Layout] = &[
    ("asked", "Requests for stage 2", &["late"]),
    ("answers", "Answers to requests", &["granted", "refused", "late"]),
    ("direct", "Began at stage 2", &[]),
    ("moved", "Moved to stage 2 by us", &[]),
];
const EXTENSION: &[Layout] = &[
    ("stage-1", "Stage 1 decisions told", &["extended"]),
    ("stage-2", "Stage 2 decisions told", &["extended"]),
    (
        "approved",
        "Approved in the period",
        &["stage-1", "stage-2", "too_late"],
    ),
    ("days", "Working days that were added", &["stage-1", "stage-2"]),
    ("reason", "Reasons", &[]),
    (
        "notice",
        "The notice reached them before the old date",
        &["in_time", "late", "waiting"],
    ),
];
const OUTCOME: &[Layout] = &[
    (
        "stage-1",
        "Stage 1",
        &["upheld", "partly_upheld", "not_upheld", "resolved"],
    ),
    (
        "stage-2",
        "Stage 2",
        &["upheld", "partly_upheld", "not_upheld", "resolved"],
    ),
    ("changed", "Stage 2 came to another outcome than stage 1", &["yes"]),
];
const UPDATE: &[Layout] = &[
    ("due", "Updates that fell due", &["in_time", "late", "missed"]),
    ("closed", "Closed cases in which an update fell due", &["silent"]),
];
const CATEGORY: &[Layout] = &[("service", "By service", &[]), ("problem", "By what went wrong", &[])];
const LEARNING: &[Layout] = &[
    ("cause", "Root causes", &[]),
    ("answered", "Did we learn something?", &["yes", "no", "none"]),
];
const ACTION: &[Layout] = &[
    ("actions", "In the period", &["opened", "done", "verified", "dropped"]),
    ("open", "Open at the end", &["overdue"]),
    ("age", "Age of those open", &["0-30", "31-90", "91+"]),
    ("recommendations", "Recommendations", &["made", "accepted", "dropped"]),
];
const REMEDY: &[Layout] = &[("remedy", "Offered", &[]), ("resolution", "Kind of resolution", &[])];
const OPEN: &[Layout] = &[
    ("open", "Open at the end", &["late", "due", "no_owner"]),
    ("age", "Age since the receipt", &["0-3", "4-10", "11-20", "21+"]),
    ("stage", "Where they stand", &["stage-0", "stage-1", "stage-2"]),
];
const CONFIDENTIAL: &[Layout] = &[("received", "Received", &[]), ("decisions", "Decisions told", TIMING)];
const SATISFACTION: &[Layout] = &[("decisions", "Decisions told", &["yes", "no", "not_known"])];
const PRAISE: &[Layout] = &[("service", "Received, by service", &[])];
const COMPLIANCE: &[Layout] = &[
    (
        "decisions",
        "Decisions told",
        &["no_sign_off", "same_decider", "vip_at_stage_1"],
    ),
    (
        "received",
        "Complaints received",
        &["no_job", "letter_lost", "logged_later"],
    ),
    ("closed", "Closed with a decision", &["no_category"]),
];

/// The tables of a figure.
pub(super) fn tables(figure: Figure) -> &'static [Layout] {
    match figure {
        Figure::Volume => VOLUME,
        Figure::Flow => FLOW,
        Figure::Acknowledgement => ACKNOWLEDGEMENT,
        Figure::Stage1 => STAGE1,
        Figure::Stage2 => STAGE2,
        Figure::Duration => &[],
        Figure::Early => EARLY,
        Figure::Escalation => ESCALATION,
        Figure::Extension => EXTENSION,
        Figure::Outcome => OUTCOME,
        Figure::Update => UPDATE,
        Figure::Category => CATEGORY,
        Figure::Learning => LEARNING,
        Figure::Action => ACTION,
        Figure::Remedy => REMEDY,
        Figure::Open => OPEN,
        Figure::Confidential => CONFIDENTIAL,
        Figure::Satisfaction => SATISFACTION,
        Figure::Praise => PRAISE,
        Figure::Compliance => COMPLIANCE,
    }
}

/// What is counted, over which cases, and from when.
pub(super) fn definition(figure: Figure) -> &'static str {
    match figure {
        Figure::Volume => {
            "Everything that was received in the period, by the day of receipt. Volume is shown as it is: fewer complaints are no aim."
        }
        Figure::Flow => {
            "Brought forward + received + taken up again = closed + carried forward. Counted from the days on which each complaint was open."
        }
        Figure::Acknowledgement => {
            "Complaints received in the period whose acknowledgement was owed. In time is within the procedure's own clock; minutes count from receipt, or from logging where that came later."
        }
        Figure::Stage1 => {
            "Stage 1 decisions whose telling falls into the period: only being told stops the clock. In time is within the procedure's own limit, without any extension."
        }
        Figure::Stage2 => "Stage 2 decisions whose telling falls into the period, also by how the case came there.",
        Figure::Duration => {
            "Working days. By stage: from the start of its clock to the telling, of decisions told in the period. Whole: from receipt to the last decision, of cases closed in the period. The median is the middle value; nine in ten took no longer than the 90th percentile. No clock is ever paused."
        }
        Figure::Early => {
            "Complaints that were closed in the period. First conversation: told in conversation on the day of receipt, with nothing needed in between."
        }
        Figure::Escalation => {
            "Requests that came in the period, beside the stage 1 decisions that were told in it, and answers that were given in it. A request and its answer need not fall into the same month."
        }
        Figure::Extension => {
            "Of the decisions told in the period, those that had been extended; and the extensions that were approved in it."
        }
        Figure::Outcome => "Decisions told in the period, by stage.",
        Figure::Update => {
            "Updates by the day on which they were due. Several words on one day are one update; a day that passes without a word is missed."
        }
        Figure::Category => "Complaints received in the period by their main category, as they are categorised now.",
        Figure::Learning => "Complaints closed in the period with a decision.",
        Figure::Action => {
            "From the register. Open at the end are those that were promised or accepted and neither done nor dropped by the last day."
        }
        Figure::Remedy => {
            "Remedies in decisions told in the period; a decision may offer several. Sums of money are not recorded."
        }
        Figure::Open => {
            "Complaints open at the end of the last day. Late is one whose decision date had passed; before triage that is the date which it would get."
        }
        Figure::Confidential => "Complaints about a member of staff. They are counted and never listed.",
        Figure::Satisfaction => {
            "Whether the decision was to the complainant's satisfaction, of decisions told in the period. Satisfaction with how it was handled is not asked yet."
        }
        Figure::Praise => "Compliments received in the period, and those passed on in it.",
        Figure::Compliance => {
            "What must never be, counted so that it can be seen that it is not. Written down on a later day is no fault by itself: a call of Saturday night is written down on Monday."
        }
    }
}
