//! The form that records a decision at stage 1 (R57, R59, R65, R6).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, Layout, Width};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;
use crate::staff::parts::case_head::{CaseBrief, act_head, clock_panel};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::group_panel::GroupPanel;
use crate::staff::parts::notice::caution;
use crate::staff::parts::panel::panel;
use crate::staff::paths;
use crate::staff::serve::decision::Lists;
use crate::staff::unsent::{DraftShown, drafts, save_button};

/// Record a decision. Fields: `outcome`, or `point-1`, `point-2` ... when there are several points; `found`, `did`,
/// `resolution` (apology, explanation, other), `remedy` (several), `satisfied`, `service`, `problem`, `root_cause`,
/// `learning` (yes, no), `learned`, `reply` (letter, phone, in_person, chat), `spoken_on`, `spoken_at`, `late_reason`.
/// Buttons send `step`: preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    /// Which case.
    pub case: CaseBrief,
    /// Their words, beside the form.
    pub told: String,
    /// Points of complaint, if more than one; then the outcome of the case follows from theirs (A25).
    pub points: Vec<PointField>,
    /// The services.
    pub services: Vec<Pick>,
    /// What can go wrong.
    pub problems: Vec<Pick>,
    /// Outcomes, resolutions, remedies and causes, as the procedure lists them.
    pub lists: Lists,
    /// How the decision can be told: the letter on their channel, or spoken and logged (A36).
    pub replies: Vec<Pick>,
    /// "This is 1 day late." Then a reason is asked for; it is shown in the monthly review.
    pub late: Option<String>,
    /// The other cases about the same matter, and the findings of the leading one to take over (A27).
    pub group: Option<GroupPanel>,
    /// That the words were taken over from another case.
    pub taken_over: Option<String>,
    /// What they wrote here before and did not send.
    pub drafts: Vec<DraftShown>,
    /// What was typed so far.
    pub form: FormState,
}

/// A point of complaint that gets an outcome of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointField {
    /// Its number from 1; the field is called `point-1`.
    pub number: u32,
    /// What they complain of.
    pub words: String,
}

impl StaffPage for Decide {
    fn title(&self) -> String {
        format!("Record decision on {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Record the decision", &self.form.errors))
            @if let Some(late) = &self.late { (caution(late)) }
            @if let Some(words) = &self.taken_over { (caution(words)) }
            (drafts(shell, &self.drafts))
            div.fc-case.fc-case--act {
                form.fc-panel.fc-reveal method="post" action=(paths::case_act(&self.case.reference, "decide")) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        (self.outcome())
                        (self.reasons())
                        (self.learning())
                        (self.telling())
                        div.fc-compose__foot {
                            (Button::new("Show me the letter").sends("step", "preview"))
                            (save_button(&paths::draft(&self.case.reference, "decide")))
                            a.govuk-link href=(self.case.href) { "Cancel" }
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline and complaint" {
                    (clock_panel(&self.case))
                    @if let Some(group) = &self.group { (panel("grp", "Same matter", group)) }
                    (panel("told", &format!("What {} told us", self.case.person), maud! { div.fc-prose { (paragraphs(&self.told)) } }))
                }
            }
        }
        .render_to(out);
    }
}

impl Decide {
    fn outcome(&self) -> impl Renderable {
        maud! {
            h2.govuk-heading-m { "Outcome" }
            @if self.points.len() > 1 {
                p.govuk-body {
                    "Decide each point. The case is upheld if all points are, partly upheld if some are, and not upheld if none is."
                }
                @for point in &self.points {
                    (self.form.radios(&format!("point-{}", point.number), &format!("{}. {}", point.number, point.words), &self.lists.outcomes))
                }
            } @else {
                (self.form.radios("outcome", "What did you decide?", &self.lists.outcomes))
            }
        }
    }

    fn reasons(&self) -> impl Renderable {
        let seen = format!("{} reads this in the letter.", self.case.person_first());
        maud! {
            h2.govuk-heading-m { "Reasons" }
            (self.form.area("found", "What did we find?").rows(4).hint(seen.clone()))
            (self.form.area("did", "What have we done?").rows(3).hint(seen.clone()))
            div.fc-pair {
                (self.form.boxes("resolution", "How was it resolved?", &self.lists.resolutions).hint("Tick all that apply."))
                (self.form.radios("satisfied", &format!("Is {} satisfied?", self.case.person), &Pick::list(&SATISFIED)))
            }
            div.fc-columns { (self.form.boxes("remedy", "What are we offering to put it right?", &self.lists.remedies).hint("Tick all that apply. Leave empty if none.")) }
        }
    }

    fn learning(&self) -> impl Renderable {
        maud! {
            h2.govuk-heading-m { "Category and learning" }
            p.govuk-body-s.fc-muted { "Staff only. Goes into the monthly review without names." }
            div.fc-pair.fc-pair--fields {
                (self.form.select("service", "Service", &self.services).hint("Check that it is still right."))
                (self.form.select("problem", "What went wrong", &self.problems).hint("The main one."))
            }
            div.fc-pair {
                (self.form.select("root_cause", "Root cause", &self.lists.root_causes))
                (self.form.radios("learning", "Is there something to learn?", &Pick::list(&LEARNING)).layout(Layout::Inline))
            }
            div.fc-reveal__learning { (self.form.area("learned", "What should change?").rows(2)) }
        }
    }

    fn telling(&self) -> impl Renderable {
        maud! {
            h2.govuk-heading-m { "Telling " (self.case.person) }
            (self.form.radios("reply", "How?", &self.replies))
            div.fc-reveal__spoken {
                div.fc-pair.fc-pair--fields {
                    (self.form.date("spoken_on", "Day"))
                    (self.form.text("spoken_at", "Time").width(Width::Characters(5)).hint("For example 16:30"))
                }
            }
            @if self.late.is_some() {
                (self.form.area("late_reason", "Why is it late?").rows(2).hint("Shown in the monthly review."))
            }
        }
    }
}

impl Lists {
    /// A few entries of each list.
    pub(crate) fn sample() -> Self {
        Self {
            outcomes: vec![
                Pick::with_hint(
                    "resolved",
                    "Resolved",
                    "What we agreed settles it; we did not need to find who was right.",
                ),
                Pick::with_hint("upheld", "Upheld", "We agree: we got it wrong."),
                Pick::with_hint("partly_upheld", "Partly upheld", "We agree with some of it."),
                Pick::with_hint("not_upheld", "Not upheld", "We looked, and we did what we should have."),
            ],
            resolutions: Pick::list(&[
                ("apology", "On-the-spot apology"),
                ("explanation", "Explanation"),
                ("other", "Other action"),
            ]),
            remedies: Pick::list(&[
                ("apology", "Apology"),
                ("explanation", "Explanation"),
                ("fix", "Fix, or the service delivered"),
                ("refund", "Refund or expenses"),
            ]),
            root_causes: Pick::list(&[
                ("communication", "Communication"),
                ("system_defect", "Defect in a system"),
                ("unknown", "Not known"),
            ]),
        }
    }
}

/// Whether there is something to learn (R6).
pub(crate) const LEARNING: [(&str, &str); 2] = [("yes", "Yes"), ("no", "No")];

const SATISFIED: [(&str, &str); 3] = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")];

impl Decide {
    /// Half filled in.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            told: "The Wi-Fi on the second floor of the Main Library kept dropping during my timed online test on Friday.\n\n\
                   I reported it to the Helpline at the time but nobody came back to me."
                .to_owned(),
            points: Vec::new(),
            services: crate::staff::triage::sample_services(),
            problems: crate::staff::triage::sample_problems(),
            lists: Lists::sample(),
            replies: vec![
                Pick::with_hint("letter", "By letter, sent by email", "You see it before it goes."),
                Pick::with_hint("phone", "I have told her on the phone", "Allowed at stage 1. It is logged with the time."),
            ],
            late: None,
            group: None,
            taken_over: None,
            drafts: Vec::new(),
            form: FormState::fresh("d-1").answered(&[
                ("outcome", "upheld"),
                ("found", "Two Wi-Fi points on the second floor restarted four times on Friday afternoon."),
                ("resolution", "apology"),
                ("resolution", "other"),
                ("remedy", "apology"),
                ("remedy", "fix"),
                ("service", "A3"),
                ("problem", "B11"),
                ("learning", "yes"),
                ("learned", "Check with people before closing a job."),
                ("reply", "letter"),
            ]),
        }
    }

    /// In a group whose leading case is decided, with its words taken over.
    pub fn sample_in_group() -> Self {
        Self {
            group: Some(GroupPanel::sample_deciding()),
            taken_over: Some(crate::staff::serve::group::taken_from("FC-10479")),
            ..Self::sample()
        }
    }

    /// Late, with three points, sent with much missing.
    pub fn sample_errors() -> Self {
        let point = |number, words: &str| PointField {
            number,
            words: words.to_owned(),
        };
        let form = FormState::fresh("d-2")
            .answered(&[
                ("point-1", "upheld"),
                ("reply", "phone"),
                ("found", "The reset waited in a queue."),
            ])
            .wrong("point-2", "Choose whether point 2 was upheld")
            .wrong("did", "Say what we have done")
            .wrong("learning", "Choose whether there is something to learn")
            .wrong("spoken_on", "Choose the day on which you spoke")
            .wrong("late_reason", "Say why it is late");
        Self {
            case: CaseBrief::sample_late(),
            told: "My password reset took two days and nobody told me how long it would take.".to_owned(),
            points: vec![
                point(1, "The password reset took two days"),
                point(2, "Nobody said how long it would take"),
            ],
            late: Some(
                "This is 1 day late. Say why at the end of the form; the reason is shown in the monthly review."
                    .to_owned(),
            ),
            form,
            ..Self::sample()
        }
    }
}
