//! Made-up second, third and fourth tabs.

use super::audit_tab::{AuditProof, AuditRow, AuditTab};
use super::details_tab::{DetailsEdit, DetailsTab, FactSection, PointView, VipForm};
use super::jobs_tab::{JobUpdate, JobView, JobsTab};
use super::letters_tab::LettersTab;
use super::{CasePage, CaseTab};
use crate::page::staff_shell::Nav;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::{paths, triage};

impl CasePage {
    /// The letters tab with versions, a comparison and what went out.
    pub fn sample_letters() -> Self {
        Self {
            tab: CaseTab::Letters(LettersTab::sample()),
            ..Self::sample()
        }
    }

    /// The letters tab of a case for which nothing is drafted.
    pub fn sample_no_letters() -> Self {
        Self {
            tab: CaseTab::Letters(LettersTab::sample_empty()),
            ..Self::sample()
        }
    }

    /// The details tab.
    pub fn sample_details() -> Self {
        Self {
            tab: CaseTab::Details(DetailsTab::sample()),
            ..Self::sample()
        }
    }

    /// The details tab of a stage 2 case with decided points, after a correction without a reason.
    pub fn sample_details_stage_2() -> Self {
        let mut tab = DetailsTab::sample();
        tab.points = vec![
            point(
                "The mailbox was missing for 9 working days",
                Some(Tag::new("Upheld", Tone::Brand)),
            ),
            point(
                "We did not tell you about the move",
                Some(Tag::new("Partly upheld", Tone::Brand)),
            ),
            point("The Helpline closed your job twice", None),
        ];
        if let Some(edit) = &mut tab.edit {
            edit.urgency = FormState::fresh("u-2")
                .answered(&[("urgency", "high")])
                .wrong("why", "Say why it is more urgent");
        }
        Self {
            nav: Nav::AllCases,
            case: CaseBrief::sample_stage_2(),
            tab: CaseTab::Details(tab),
            ..Self::sample()
        }
    }

    /// The jobs tab.
    pub fn sample_jobs() -> Self {
        Self {
            tab: CaseTab::Jobs(JobsTab {
                job: Some(JobView::sample()),
                none: String::new(),
            }),
            ..Self::sample()
        }
    }

    /// The jobs tab before a job was raised.
    pub fn sample_jobs_none() -> Self {
        let none =
            "No job has been raised yet. The job system has not answered since 2:05pm; we try again every minute.";
        Self {
            job_count: 0,
            tab: CaseTab::Jobs(JobsTab {
                job: None,
                none: none.to_owned(),
            }),
            ..Self::sample()
        }
    }

    /// The audit tab.
    pub fn sample_audit() -> Self {
        Self {
            tab: CaseTab::Audit(AuditTab::sample()),
            ..Self::sample()
        }
    }
}

impl DetailsTab {
    fn sample() -> Self {
        Self {
            sections: vec![
                FactSection::new(
                    "Receipt",
                    vec![
                        Fact::new("Reference", "FC-10482"),
                        Fact::new("Kind", "Complaint"),
                        Fact::new("Channel", "Online form"),
                        Fact::new("Received", "Monday 12 October 2026, 2:05pm"),
                        Fact::new("Logged", "Monday 12 October 2026, 2:05pm, by the form"),
                        Fact::new("Acknowledged", "Monday 12 October 2026, 2:05pm, by email"),
                        Fact::linked(
                            "Procedure",
                            Link::new("IT Services feedback, version 1", paths::PROCEDURE),
                        ),
                    ],
                ),
                FactSection::new(
                    "Person",
                    vec![
                        Fact::new("Name", "Priya Nair"),
                        Fact::new("Kind", "Student"),
                        Fact::new("Email", "p.nair@student.calderbrook.example"),
                        Fact::new("Phone", "Not given"),
                        Fact::new("Contact needs", "None told"),
                        Fact::new("VIP", "No"),
                    ],
                ),
                FactSection::new(
                    "Assessment",
                    vec![
                        Fact::new("Service", "A3 Network and Wi-Fi"),
                        Fact::new(
                            "What went wrong",
                            "B11 Outage or availability (main)\nB5 No updates, or closed without a fix",
                        ),
                        Fact::new("Urgency", "High: an exam or a deadline this week"),
                        Fact::new("Needs an investigation", "No"),
                        Fact::new("Risk", "Ordinary"),
                        Fact::new("Names a member of staff", "No"),
                    ],
                ),
            ],
            points: Vec::new(),
            add_point: Some(FormState::fresh("p-1")),
            edit: Some(DetailsEdit {
                services: triage::sample_services(),
                problems: triage::sample_problems(),
                urgencies: triage::sample_urgencies(),
                category: FormState::fresh("c-1").answered(&[("service", "A3"), ("problem", "B11")]),
                urgency: FormState::fresh("u-1").answered(&[("urgency", "high")]),
            }),
            vip: Some(VipForm {
                then: "The case goes to stage 2 at once. Its date counts from the day we received it.".to_owned(),
                investigators: triage::sample_investigators(),
                form: FormState::fresh("v-1"),
            }),
        }
    }
}

fn point(words: &str, outcome: Option<Tag>) -> PointView {
    PointView {
        words: words.to_owned(),
        outcome,
    }
}

impl JobView {
    /// A child job with two updates.
    pub fn sample() -> Self {
        let update = |when: &str, who: &str, words: &str, copied: &str| JobUpdate {
            when: when.to_owned(),
            who: who.to_owned(),
            words: words.to_owned(),
            copied: copied.to_owned(),
        };
        Self {
            facts: vec![
                Fact::linked("Number", Link::new("F0981334", "/staff/jobs/F0981334")),
                Fact::new("Profile", "General-Customer Feedback"),
                Fact::linked("Relation", Link::new("Child of F0981207", "/staff/jobs/F0981207")),
                Fact::new("Status", "Open"),
                Fact::new("Job system", "Built-in register"),
            ],
            updates: vec![
                update(
                    "Yesterday, 4:20pm",
                    "Amara Osei",
                    "Update sent to the customer by email.",
                    "Copied at 4:20pm",
                ),
                update(
                    "Monday 12 October, 2:05pm",
                    "The service",
                    "Acknowledged by email.",
                    "Copied at 2:05pm",
                ),
            ],
        }
    }
}

impl AuditTab {
    fn sample() -> Self {
        let row = |number, when: &str, who: &str, what: &str, leaf: &str| AuditRow {
            number,
            when: when.to_owned(),
            who: who.to_owned(),
            what: what.to_owned(),
            leaf: leaf.to_owned(),
        };
        Self {
            seen_by: Some(Link::new("Who has seen this", "/staff/c/FC-10482/seen")),
            rows: vec![
                row(
                    5288,
                    "Tue 13 Oct 2026, 4:20:07pm",
                    "Amara Osei, frontline handler",
                    "update sent",
                    "9f31c07a",
                ),
                row(
                    5279,
                    "Tue 13 Oct 2026, 9:05:44am",
                    "Amara Osei, frontline handler",
                    "case assigned",
                    "c2b8815d",
                ),
                row(
                    5278,
                    "Tue 13 Oct 2026, 9:05:44am",
                    "Amara Osei, frontline handler",
                    "triaged: stage 1",
                    "07aa93e1",
                ),
                row(
                    412,
                    "Mon 12 Oct 2026, 2:05:12pm",
                    "The service",
                    "acknowledged by email",
                    "41d0fe62",
                ),
                row(
                    411,
                    "Mon 12 Oct 2026, 2:05:11pm",
                    "The public form",
                    "received",
                    "e8b94c17",
                ),
            ],
            proof: AuditProof {
                line: "This case has 5 entries in the log. The latest signed checkpoint covers all of them.".to_owned(),
                command: "redress audit verify FC-10482".to_owned(),
                download: Some(Link::new("Download the proof", "/staff/c/FC-10482/audit/proof")),
            },
            next: Some("/staff/c/FC-10482/audit?before=411".to_owned()),
        }
    }
}
