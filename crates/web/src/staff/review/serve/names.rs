//! What the cells of the figures are called: the rules' own words for closed lists, the procedure's for the rest.

use casework::office::InForce;
use rules::case::vocabulary::{
    Channel, ComplainantKind, Ending, FeedbackKind, LearningAnswer, Outcome, Satisfaction, StageReason,
};
use rules::procedure::{CodedName, ExtensionReasons, StageEntryWay};
use rules::review::facts::{AckTiming, OpenedBy, Promptness, Timing};
use rules::review::figure::Figure;
use rules::review::{Cell, ledger};

use rules::sentence::capital;

/// The names that a procedure gives its codes, and those of categories that only older versions know.
pub(in crate::staff) struct Names<'a>(pub(in crate::staff) &'a InForce);

impl Names<'_> {
    /// A service, or the code where the procedure no longer has it.
    pub(in crate::staff) fn service(&self, code: Option<&str>) -> String {
        self.category("service", code)
    }

    /// What went wrong.
    pub(in crate::staff) fn problem(&self, code: Option<&str>) -> String {
        self.category("problem", code)
    }

    fn category(&self, axis: &str, code: Option<&str>) -> String {
        let Some(code) = code.filter(|code| *code != rules::review::figure::NOT_CATEGORISED) else {
            return "Not categorised".to_owned();
        };
        self.0.catalogue.name_or_code(axis, code).to_owned()
    }

    /// "Network and Wi-Fi: Outage".
    pub(in crate::staff) fn both(&self, service: Option<&str>, problem: Option<&str>) -> String {
        match problem {
            Some(_) => format!("{}: {}", self.service(service), self.problem(problem)),
            None => self.service(service),
        }
    }

    fn stage(&self, code: &str) -> String {
        let number = code.strip_prefix("stage-").unwrap_or(code);
        match number {
            "0" => "Not judged yet".to_owned(),
            "whole" => "Receipt to last decision".to_owned(),
            number => format!("Stage {number}"),
        }
    }

    /// The name of one part of a group.
    pub(in crate::staff) fn item(&self, figure: Figure, group: &str, item: &str) -> String {
        if item == ledger::ALL {
            return "All".to_owned();
        }
        let (services, problems) = (group == "service", group == "problem" || group.starts_with("service:"));
        let words = match figure {
            _ if item.starts_with("stage-") => Some(self.stage(item)),
            Figure::Category | Figure::Praise if services => Some(self.service(Some(item))),
            Figure::Category if problems => Some(self.problem(Some(item))),
            Figure::Confidential if group == "received" => Some(self.problem(Some(item))),
            Figure::Learning if group == "cause" => Some(self.listed(&self.0.procedure.root_causes, item)),
            Figure::Remedy if group == "remedy" => Some(self.listed(&self.0.procedure.remedies, item)),
            Figure::Remedy => Some(self.listed(&self.0.procedure.resolution_kinds, item)),
            Figure::Extension if group == "reason" => Some(self.reason(item)),
            _ => None,
        };
        capital(&words.or_else(|| closed(item)).unwrap_or_else(|| ours(item).to_owned()))
    }

    fn listed(&self, list: &[CodedName], code: &str) -> String {
        let found = list.iter().find(|known| known.code == code);
        found.map_or_else(|| ours(code).to_owned(), |known| known.name.clone())
    }

    fn reason(&self, code: &str) -> String {
        let lists = self
            .0
            .procedure
            .stages
            .iter()
            .filter_map(|stage| match &stage.extension.as_ref()?.reasons {
                ExtensionReasons::Codes(codes) => Some(codes),
                ExtensionReasons::FreeText => None,
            });
        let mut known = lists.flatten();
        let found = known.find(|known| known.code == code);
        found.map_or_else(|| ours(code).to_owned(), |known| known.name.clone())
    }

    /// A cell in a sentence of its own: "Stage 1 on time: late".
    pub(in crate::staff) fn cell(&self, cell: &Cell) -> String {
        let group = match cell.group.as_ref() {
            group if group.starts_with("stage-") => self.stage(group),
            group => match group.strip_prefix("service:") {
                Some(service) => self.service(Some(service)),
                None => String::new(),
            },
        };
        let item = self.item(cell.figure, &cell.group, &cell.item).to_lowercase();
        match (group.as_str(), cell.item.as_ref()) {
            ("", ledger::ALL) => format!("{}, {}", cell.figure.words(), cell.group.replace('_', " ")),
            ("", _) => format!("{}: {item}", cell.figure.words()),
            (group, ledger::ALL) => format!("{}: {group}", cell.figure.words()),
            (group, _) => format!("{}: {group}, {item}", cell.figure.words()),
        }
    }
}

/// The words of a code of one of the rules' closed lists.
fn closed(code: &str) -> Option<String> {
    let words = FeedbackKind::from_code(code)
        .map(FeedbackKind::words)
        .or_else(|| Timing::from_code(code).map(Timing::words))
        .or_else(|| AckTiming::from_code(code).map(AckTiming::words))
        .or_else(|| Outcome::from_code(code).map(Outcome::words))
        .or_else(|| Ending::from_code(code).map(Ending::words))
        .or_else(|| Channel::from_code(code).map(Channel::words))
        .or_else(|| ComplainantKind::from_code(code).map(ComplainantKind::words))
        .or_else(|| OpenedBy::from_code(code).map(OpenedBy::words))
        .or_else(|| Promptness::from_code(code).map(Promptness::words))
        .or_else(|| StageEntryWay::from_code(code).map(StageEntryWay::words))
        .or_else(|| Satisfaction::from_code(code).map(Satisfaction::words))
        .or_else(|| LearningAnswer::from_code(code).map(LearningAnswer::words));
    let reason = || StageReason::from_code(code).map(reason);
    words.or_else(reason).map(str::to_owned)
}

/// Why a case began beyond the first stage, for staff.
fn reason(reason: StageReason) -> &'static str {
    match reason {
        StageReason::Vip => "VIP",
        StageReason::Complex => "Complex",
        StageReason::HighRisk => "High risk",
        StageReason::NeedsInvestigation => "Needs an investigation",
        other => other.words(),
    }
}

/// What only the figures call by a code.
fn ours(code: &str) -> &str {
    match code {
        "none" => "Not said",
        "undated" => "No date could be counted",
        "overdue" => "Overdue",
        "own_matter" => "A matter of its own",
        "joined_matter" => "The same matter as another complaint",
        "brought_forward" => "Brought forward",
        "taken_up_again" => "Taken up again",
        "closed" => "Closed",
        "carried_forward" => "Carried forward",
        "yes" => "Yes",
        "granted" => "Accepted",
        "refused" => "Refused",
        "extended" => "Extended",
        "too_late" => "After the date had passed",
        "in_words" => "In words of its own",
        "silent" => "Without any update",
        "due" => "Due within a week",
        "no_owner" => "Without an owner",
        "0-3" => "0 to 3 working days",
        "4-10" => "4 to 10 working days",
        "11-20" => "11 to 20 working days",
        "21+" => "More than 20 working days",
        "unknown" => "Not known",
        "no_sign_off" => "Without the sign-off that a rule asks for",
        "same_decider" => "Decided by somebody who had decided before",
        "vip_at_stage_1" => "VIP, decided at stage 1",
        "no_job" => "Without a job",
        "letter_lost" => "With a letter that never arrived",
        "logged_later" => "Written down on a later day",
        "no_category" => "Closed without a category",
        "opened" => "Promised or accepted",
        "done" => "Reported done",
        "verified" => "Verified",
        "dropped" => "Dropped",
        "0-30" => "Up to 30 days old",
        "31-90" => "31 to 90 days old",
        "91+" => "More than 90 days old",
        "made" => "Made",
        "accepted" => "Accepted",
        other => other,
    }
}
