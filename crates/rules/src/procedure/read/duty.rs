//! Reading letters, reviews, retention and how figures count.

use super::condition_if;
use crate::data_file::Section;
use crate::procedure::duty::{
    Anonymise, ClusterRule, ErasureRule, ExtensionReporting, ReportingRule, RetentionFrom, RetentionRule, ReviewDuty,
};
use crate::procedure::letter::LetterRule;
use crate::procedure::list::CodedName;

pub(super) struct Duties {
    pub(super) letters: Vec<LetterRule>,
    pub(super) reviews: Vec<ReviewDuty>,
    pub(super) retention: Vec<RetentionRule>,
    pub(super) erasure: ErasureRule,
    pub(super) reporting: ReportingRule,
}

impl Duties {
    pub(super) fn read(root: &Section<'_>) -> Self {
        let reporting = root.section("reporting");
        let extended = reporting.as_ref().map(|section| section.code("extended"));
        Self {
            letters: root.sections("letter", "kind").iter().map(letter).collect(),
            reviews: root.sections("review", "code").iter().map(review).collect(),
            retention: root.sections("retention", "code").iter().map(retention).collect(),
            erasure: root
                .section("erasure")
                .map_or_else(ErasureRule::default, |section| erasure(&section)),
            reporting: ReportingRule {
                extended: extended.unwrap_or(ExtensionReporting::Separately),
                cluster: reporting
                    .and_then(|section| section.section("cluster"))
                    .map(|section| cluster(&section)),
            },
        }
    }
}

fn cluster(section: &Section<'_>) -> ClusterRule {
    let (complaints, days) = (section.whole("complaints"), section.whole("days"));
    if complaints == 1 {
        section.fault("complaints", "one complaint is no cluster: 2 or more");
    }
    ClusterRule { complaints, days }
}

fn letter(section: &Section<'_>) -> LetterRule {
    LetterRule {
        kind: section.code("kind"),
        must_say: section.codes("must_say"),
    }
}

fn review(section: &Section<'_>) -> ReviewDuty {
    let month = section.whole_if("year_starts_in_month").unwrap_or(1);
    let year_starts_in_month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    if year_starts_in_month.is_none() {
        section.fault("year_starts_in_month", "a month is 1 to 12");
    }
    ReviewDuty {
        name: CodedName {
            code: section.text("code"),
            name: section.text("name"),
        },
        every: section.code("every"),
        year_starts_in_month: year_starts_in_month.unwrap_or(1),
        due_working_days: section.whole("due_working_days"),
        held_by: section.codes("held_by"),
        read_by: section.codes("read_by"),
        covers: section.codes("covers"),
    }
}

fn erasure(section: &Section<'_>) -> ErasureRule {
    let notice_days = section.whole("notice_days");
    let access_log_years = section.whole_if("access_log_years");
    if notice_days == 0 {
        section.fault("notice_days", "nobody could stop what goes without notice: 1 or more");
    }
    if access_log_years == Some(0) {
        section.fault("access_log_years", "nobody could look who took a list along: 1 or more");
    }
    ErasureRule {
        notice_days,
        access_log_years: access_log_years.unwrap_or(ErasureRule::default().access_log_years),
    }
}

fn retention(section: &Section<'_>) -> RetentionRule {
    RetentionRule {
        class: CodedName {
            code: section.text("code"),
            name: section.text("name"),
        },
        kind: section.code_if("kind"),
        when: condition_if(section, "when"),
        keep_years: section.whole("keep_years"),
        from: section.code_or("from", RetentionFrom::Closed),
        then: section.code_or("then", Anonymise::KeepFigures),
    }
}
