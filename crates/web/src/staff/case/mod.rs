//! The page of one case: head, five tabs, and the rail with deadline, actions and people.

mod audit_tab;
mod composer;
mod details_tab;
mod explain;
mod jobs_tab;
mod letters_tab;
mod outline;
mod rail;
mod sample;
mod sample_tabs;
mod sample_timeline;
mod timeline_tab;

pub use crate::page::explained::{ExplainStep, ExplainedDate};
pub use audit_tab::{AuditProof, AuditRow, AuditTab};
pub use composer::{Composer, ComposerMode};
pub use details_tab::{DetailsEdit, DetailsTab, FactSection, PointView, VipForm};
pub use jobs_tab::{JobUpdate, JobView, JobsTab};
pub use letters_tab::{Compared, LettersTab, SentLetter, VersionLine};
pub use outline::{CaseOutline, OutlineStep};
pub use rail::{ActionHow, CaseAction, CaseRail, Weight};
pub use timeline_tab::{TimelineTab, Told};

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, view_head};
use super::parts::link::Link;
use super::parts::notice::{done, staff_only};
use super::paths;
use crate::page::form::Errors;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePage {
    /// Which entry of the navigation is marked: My work for one's own cases, else All open cases.
    pub nav: Nav,
    /// The way back to the list.
    pub back: Link,
    /// Which case.
    pub case: CaseBrief,
    /// "received Monday 12 October 2026, 2:05pm, online form"
    pub received: String,
    /// What was just done, after a redirect: "Sent to Priya."
    pub notice: Option<String>,
    /// What only staff may know about the whole case, such as that it names one of us.
    pub staff_only: Option<String>,
    /// How many jobs, for the name of the tab.
    pub job_count: u32,
    /// How many audit entries, for the name of the tab; none for somebody who may not read them.
    pub audit_count: Option<u32>,
    /// The open tab.
    pub tab: CaseTab,
    /// Deadline, actions, people.
    pub rail: CaseRail,
}

/// The open tab of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "one per request; boxing would only make it harder to fill"
)]
pub enum CaseTab {
    /// What happened, and where one writes.
    Timeline(TimelineTab),
    /// Every captured field, points of complaint, forms to correct category and urgency.
    Details(DetailsTab),
    /// Versions of the decision, and letters as they went out.
    Letters(LettersTab),
    /// The job in the job system, and related ones.
    Jobs(JobsTab),
    /// Every event, with proof.
    Audit(AuditTab),
}

impl StaffPage for CasePage {
    fn title(&self) -> String {
        format!("{} {}", self.case.reference, self.case.title)
    }

    fn nav(&self) -> Nav {
        self.nav
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (view_head(&self.back, &self.received, &self.case, self.tab.errors()))
            @if let Some(words) = &self.staff_only { (staff_only(words)) }
            div.fc-case {
                div {
                    (self.tabs())
                    @match &self.tab {
                        CaseTab::Timeline(tab) => { (tab.draw(shell, &self.case, self.rail.beside())) }
                        CaseTab::Details(tab) => { (tab.draw(shell, &self.case)) }
                        CaseTab::Letters(tab) => { (tab.draw(&self.case.reference)) }
                        CaseTab::Jobs(tab) => { (tab) }
                        CaseTab::Audit(tab) => { (tab) }
                    }
                }
                (self.rail.draw(shell, &self.case))
            }
        }
        .render_to(out);
    }
}

impl CasePage {
    fn tabs(&self) -> impl Renderable {
        let reference = &self.case.reference;
        let open = self.tab.number();
        let mut tabs = vec![
            ("Timeline".to_owned(), paths::case(reference)),
            ("Details".to_owned(), paths::case_act(reference, "details")),
            ("Letters".to_owned(), paths::case_act(reference, "letters")),
            (format!("Jobs ({})", self.job_count), paths::case_act(reference, "jobs")),
        ];
        tabs.extend(
            self.audit_count
                .map(|count| (format!("Audit ({count})"), paths::case_act(reference, "audit"))),
        );
        maud! {
            nav.moj-sub-navigation aria-label="Case" {
                ul.moj-sub-navigation__list {
                    @for (n, (label, href)) in tabs.iter().enumerate() {
                        li.moj-sub-navigation__item {
                            a.moj-sub-navigation__link href=(href) aria-current=[(n == open).then_some("page")] { (label) }
                        }
                    }
                }
            }
        }
    }
}

impl CaseTab {
    /// What is wrong with the form that was sent, if one was.
    fn errors(&self) -> Option<&Errors> {
        match self {
            Self::Timeline(tab) => tab.composer.as_ref().map(|composer| &composer.form.errors),
            Self::Details(tab) => tab.errors(),
            Self::Letters(_) | Self::Jobs(_) | Self::Audit(_) => None,
        }
    }

    fn number(&self) -> usize {
        match self {
            Self::Timeline(_) => 0,
            Self::Details(_) => 1,
            Self::Letters(_) => 2,
            Self::Jobs(_) => 3,
            Self::Audit(_) => 4,
        }
    }
}
