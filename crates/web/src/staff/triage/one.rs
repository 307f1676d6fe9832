//! Triage of one complaint: what it is about, how pressing, and who takes it.

use hypertext::{Buffer, prelude::*};

use crate::page::clock::clock;
use crate::page::form::{Button, InputKind, LabelSize, Width, error_summary, fieldset};
use crate::page::icon::Icon;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::staff_only;
use crate::staff::parts::panel::panel;
use crate::staff::parts::people_select::{Candidate, people_select};
use crate::staff::parts::tag::tags;
use crate::staff::paths;

/// Triage of one complaint. Fields: `service`, `problem`, `urgency`, `needs` (investigation, complex, high-risk),
/// `needs_reason`, `vip` (yes), `vip_source`, `job`, `action` (take, give, stage-2), `give_to`, `investigator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriageCase {
    /// Which case.
    pub case: CaseBrief,
    /// "received yesterday at 4:52pm, online form"
    pub received: String,
    /// Their words, exactly.
    pub words: String,
    /// What would put it right, if they said.
    pub to_put_right: Option<String>,
    /// Who it is from, how to reply.
    pub people: Vec<Fact>,
    /// Why it may be about a member of staff (A13), and what happens to such a complaint (R33). Staff only.
    pub names_staff: Option<String>,
    /// How we know that the person is a VIP, if the directory says so (R88).
    pub vip_known: Option<String>,
    /// Cases and jobs that look alike.
    pub related: Vec<RelatedCase>,
    /// What the decision dates would be: stage 1 and stage 2.
    pub stage_1_due: String,
    /// The date at stage 2.
    pub stage_2_due: String,
    /// The services, A1 to A16.
    pub services: Vec<Pick>,
    /// What can go wrong, B1 to B18.
    pub problems: Vec<Pick>,
    /// The urgencies with their criteria (A39).
    pub urgencies: Vec<Pick>,
    /// Who could take it at stage 1.
    pub staff: Vec<Candidate>,
    /// Who could investigate at stage 2.
    pub investigators: Vec<Candidate>,
    /// What was chosen so far.
    pub form: FormState,
}

/// Something that looks like the same matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedCase {
    /// Its reference or job number, linked.
    pub link: Link,
    /// What it is about.
    pub title: String,
    /// "Complaint, upheld on 2 October"
    pub about: String,
}

/// Draws related cases and jobs as a list.
pub(crate) fn related_list(related: &[RelatedCase]) -> impl Renderable {
    maud! {
        ul.fc-checks {
            @for one in related {
                li {
                    span { (Icon::Flag) }
                    span { (one.link) " " (one.title) br; span.fc-row__meta { (one.about) } }
                }
            }
        }
    }
}

impl StaffPage for TriageCase {
    fn title(&self) -> String {
        format!("Triage {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::Triage
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new("Triage", paths::TRIAGE)))
            (error_summary(&self.form.errors))
            div.moj-page-header-actions {
                div.moj-page-header-actions__title {
                    p.fc-eyebrow { span.fc-ref { (self.case.reference) } " · " (self.received) }
                    h1.govuk-heading-l { "Triage: " (self.case.title) }
                    (tags(&self.case.tags))
                }
            }
            @if let Some(words) = &self.names_staff { (staff_only(words)) }
            div.fc-case.fc-case--act {
                div {
                    (panel("told", &format!("What {} told us", self.case.person), self.told()))
                    form.fc-panel.fc-reveal method="post" action=(paths::triage(&self.case.reference)) novalidate {
                        div.fc-panel__body {
                            (shell.fields(&self.form))
                            (self.what())
                            (self.how_pressing())
                            (self.who())
                            (Button::new("Save and go on"))
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline and people" {
                    div.fc-panel { (clock(&self.case.clock)) }
                    (panel("ppl", "People", facts(&self.people)))
                    @if !self.related.is_empty() {
                        (panel("rel", "This may be related", related_list(&self.related)))
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl TriageCase {
    fn told(&self) -> impl Renderable {
        maud! {
            div.fc-prose {
                (paragraphs(&self.words))
                @if let Some(wish) = &self.to_put_right { p { strong { "To put it right: " } (wish) } }
            }
        }
    }

    fn what(&self) -> impl Renderable {
        maud! {
            h2.govuk-heading-m { "What is it about?" }
            div.fc-pair {
                (self.form.select("service", "Service", &self.services))
                (self.form.select("problem", "What went wrong", &self.problems))
            }
            (self.form.text("job", "About an existing job?").kind(InputKind::Reference).width(Width::Characters(10))
                .autocomplete("off").hint("Job number. Makes this a child of that job."))
        }
    }

    fn how_pressing(&self) -> impl Renderable {
        let reason = "Say why, if you tick any. Staff only; kept with the case.";
        maud! {
            h2.govuk-heading-m { "How pressing is it?" }
            (self.form.radios("urgency", "Urgency", &self.urgencies)
                .hint("Decides the order of work. It never makes the decision date later."))
            div.fc-pair {
                (self.form.boxes("needs", "Does any of these apply?", &NEEDS.map(|(value, label)| Pick::new(value, label)))
                    .hint("Each is a reason to start at stage 2."))
                (self.form.area("needs_reason", "Why").rows(3).hint(reason))
            }
            (self.vip())
        }
    }

    fn vip(&self) -> impl Renderable {
        let yes = [Pick::new("yes", "This is a VIP complaint")];
        let source = maud! {
            @if let Some(known) = &self.vip_known { p.govuk-body { (known) } }
            (self.form.boxes("vip", "VIP", &yes).size(LabelSize::Hidden))
            (self.form.text("vip_source", "How do you know?").hint("Needed if you tick it and the directory does not say so."))
        };
        fieldset(
            "vip-group",
            "VIP",
            LabelSize::Small,
            Some("A VIP complaint always goes to stage 2. Staff only."),
            source,
        )
    }

    fn who(&self) -> impl Renderable {
        let actions = [
            Pick::with_hint(
                "take",
                "I take it",
                &format!("Stage 1, decision due {}.", self.stage_1_due),
            ),
            Pick::with_hint(
                "give",
                "Give it to someone",
                &format!("Stage 1, decision due {}.", self.stage_1_due),
            ),
            Pick::with_hint(
                "stage-2",
                "Start at stage 2",
                &format!("Investigation, decision due {}.", self.stage_2_due),
            ),
        ];
        maud! {
            h2.govuk-heading-m { "Who takes it?" }
            (self.form.radios("action", "What happens next", &actions))
            div.fc-reveal__give { (people_select(&self.form, "give_to", "Give it to", &self.staff)) }
            div.fc-reveal__stage-2 { (people_select(&self.form, "investigator", "Who investigates?", &self.investigators)) }
        }
    }
}

/// The reasons to start at stage 2 (R53, R54, R69).
const NEEDS: [(&str, &str); 3] = [
    ("investigation", "It needs an investigation"),
    ("complex", "It is particularly complex"),
    ("high-risk", "The risk is high"),
];
