//! Reading kinds, categories, outcomes, closing reasons, urgency and the plain lists.

use super::clock_name_if;
use super::routing::coded_names;
use crate::data_file::Section;
use crate::procedure::list::{
    Category, CategoryAxis, CategoryStanding, ClosingReason, CodedName, ConfidentialCheck, InFigures, Outcome,
    UrgencyLevel,
};
use crate::procedure::routing::{NamedKind, Staged};

pub(super) struct Lists {
    pub(super) kinds: Vec<NamedKind>,
    pub(super) categories: Vec<CategoryAxis>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) closing_reasons: Vec<ClosingReason>,
    pub(super) resolution_kinds: Vec<CodedName>,
    pub(super) remedies: Vec<CodedName>,
    pub(super) root_causes: Vec<CodedName>,
    pub(super) learning_kinds: Vec<CodedName>,
    pub(super) urgencies: Vec<UrgencyLevel>,
}

impl Lists {
    pub(super) fn read(root: &Section<'_>) -> Self {
        Self {
            kinds: root.sections("kind", "kind").iter().map(kind).collect(),
            categories: root.sections("axis", "code").iter().map(axis).collect(),
            outcomes: root.sections("outcome", "code").iter().map(outcome).collect(),
            closing_reasons: root
                .sections("closing_reason", "code")
                .iter()
                .map(closing_reason)
                .collect(),
            resolution_kinds: coded_names(root.pairs("resolution_kinds")),
            remedies: coded_names(root.pairs("remedies")),
            root_causes: coded_names(root.pairs("root_causes")),
            learning_kinds: coded_names(root.pairs("learning")),
            urgencies: root.sections("urgency", "level").iter().map(urgency).collect(),
        }
    }
}

fn kind(section: &Section<'_>) -> NamedKind {
    NamedKind {
        kind: section.code("kind"),
        plain_text: section.text("text"),
        clock: clock_name_if(section, "clock"),
        staged: section.code_or("staged", Staged::PassedOn),
    }
}

fn axis(section: &Section<'_>) -> CategoryAxis {
    CategoryAxis {
        code: section.text("code"),
        name: section.text("name"),
        categories: section.sections("category", "code").iter().map(category).collect(),
    }
}

fn category(section: &Section<'_>) -> Category {
    Category {
        code: section.text("code"),
        name: section.text("name"),
        subcategories: coded_names(section.pairs("sub")),
        confidential_check: section.code_or("named_staff", ConfidentialCheck::No),
        standing: section.code_or("standing", CategoryStanding::Offered),
    }
}

fn outcome(section: &Section<'_>) -> Outcome {
    Outcome {
        code: section.text("code"),
        name: section.text("name"),
        plain_text: section.text("text"),
        core: section.code("core"),
    }
}

fn closing_reason(section: &Section<'_>) -> ClosingReason {
    ClosingReason {
        code: section.text("code"),
        name: section.text("name"),
        counted: section.code_or("figures", InFigures::Counted),
    }
}

fn urgency(section: &Section<'_>) -> UrgencyLevel {
    UrgencyLevel {
        level: section.code("level"),
        criteria: section.texts("criteria"),
        update_every_working_days: section.whole_if("update_every_working_days"),
    }
}
