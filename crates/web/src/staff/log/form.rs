//! Log a complaint: one required box, so that a call is logged in under a minute.

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, InputKind, LabelSize, Layout, Open, Width, details, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::panel::panel;
use crate::staff::paths;
use crate::staff::triage::RelatedCase;

/// Log a complaint. Fields: `via` (phone, chat, person, email, social), `words`, `to_put_right`, `who`, `reply`, `kind`,
/// `category`, `job`, `received_on`, `received_at`, `outcome` (now, stage-1, stage-2), and for `now`: `did`, `resolution`
/// (apology, explanation, other), `satisfied` (yes, no, unknown).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogComplaint {
    /// What they are: student, member of staff, applicant ... (R86).
    pub kinds: Vec<Pick>,
    /// Categories to pick from or type.
    pub categories: Vec<String>,
    /// The directory's line for the username typed, after a look-up: "Luca Marchetti, lecturer, School of Design".
    pub who_found: Option<String>,
    /// The decision date at stage 1, in full.
    pub stage_1_due: String,
    /// The decision date at stage 2, in full.
    pub stage_2_due: String,
    /// Words to read out.
    pub say: String,
    /// Cases and jobs that look alike.
    pub related: Vec<RelatedCase>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for LogComplaint {
    fn title(&self) -> String {
        "Log a complaint".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            h1.govuk-heading-l."govuk-!-margin-bottom-1" { "Log a complaint" }
            p.fc-head__sub.govuk-body-s."govuk-!-margin-bottom-4" {
                "Type while they talk. Only the first box is required. "
                kbd { "Ctrl" } " " kbd { "Enter" } " saves and gives you the reference."
            }
            div.fc-log {
                form.fc-panel.fc-reveal method="post" action=(paths::LOG) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        (self.call())
                        (self.person())
                        (self.about())
                        (self.earlier())
                        (self.outcome())
                        div.fc-compose__foot {
                            (Button::new("Save and get reference"))
                            a.govuk-link href=(paths::MY_WORK) { "Cancel" }
                        }
                    }
                }
                aside aria-label="Help while you talk" {
                    div.fc-say {
                        h2.govuk-heading-s."govuk-!-margin-bottom-1" { "Say this" }
                        p { (self.say) }
                    }
                    @if !self.related.is_empty() {
                        div."govuk-!-margin-top-4" {
                            (panel("rel", "This may be related", crate::staff::triage::related_list(&self.related)))
                        }
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl LogComplaint {
    fn call(&self) -> impl Renderable {
        let error = self.form.errors.on("words");
        maud! {
            (self.form.radios("via", "How did they contact us?", &Pick::list(&CHANNELS)).layout(Layout::Inline))
            div.govuk-form-group.govuk-form-group--error[error.is_some()] {
                label.govuk-label.govuk-label--s for="words" { "What went wrong?" }
                @if let Some(error) = error {
                    p #words-error .govuk-error-message { span.govuk-visually-hidden { "Error: " } (error) }
                }
                textarea #words .govuk-textarea.govuk-textarea--error[error.is_some()] name="words" rows="6"
                    autofocus[self.form.errors.is_empty()] aria-describedby=[error.map(|_| "words-error")] {
                    (self.form.answers.get("words"))
                }
            }
            (self.form.area("to_put_right", "What would put it right?").rows(2))
        }
    }

    fn person(&self) -> impl Renderable {
        let found = self
            .who_found
            .as_deref()
            .unwrap_or("Leave it empty if they want to stay anonymous.");
        maud! {
            div.fc-pair {
                (self.form.text("who", "Username or name").kind(InputKind::Name).autocomplete("off").hint(found))
                (self.form.text("reply", "Reply to").autocomplete("off")
                    .hint("Email or phone. Filled in from the directory."))
            }
            (self.form.select("kind", "They are", &self.kinds).width(Width::Half))
        }
    }

    fn about(&self) -> impl Renderable {
        maud! {
            div.fc-pair {
                div.govuk-form-group {
                    label.govuk-label.govuk-label--s for="category" { "Category" }
                    div #category-hint .govuk-hint { "Type or pick. Triage can change it." }
                    input #category .govuk-input name="category" list="categories" autocomplete="off"
                        aria-describedby="category-hint" value=(self.form.answers.get("category"));
                    datalist #categories { @for category in &self.categories { option value=(category) {} } }
                }
                (self.form.text("job", "About an existing job?").kind(InputKind::Reference).autocomplete("off")
                    .hint("Job number. Makes this a child of that job."))
            }
        }
    }

    fn earlier(&self) -> impl Renderable {
        let open = match self.form.answers.get("received_on").is_empty() && self.form.errors.on("received_on").is_none()
        {
            true => Open::WhenAsked,
            false => Open::FromTheStart,
        };
        details(
            "It reached us earlier",
            open,
            maud! {
                p.govuk-body-s { "The clock starts when it reached us, not when it is logged." }
                div.fc-pair {
                    (self.form.date("received_on", "Day"))
                    (self.form.text("received_at", "Time").width(Width::Characters(5)).hint("For example 4:30pm, if you know it"))
                }
            },
        )
    }

    fn outcome(&self) -> impl Renderable {
        let picks = [
            Pick::new("now", "Yes, I have resolved it on this call"),
            Pick::new(
                "stage-1",
                &format!("Not yet: stage 1, decision due {}", self.stage_1_due),
            ),
            Pick::new(
                "stage-2",
                &format!(
                    "It needs an investigation, or is from a VIP: stage 2, decision due {}",
                    self.stage_2_due
                ),
            ),
        ];
        maud! {
            (self.form.radios("outcome", "Can you sort it out now?", &picks))
            div.fc-reveal__now {
                (self.form.area("did", "What did you do?").rows(3).hint("If you resolved it. This is the decision that we keep."))
                div.fc-pair {
                    (self.form.boxes("resolution", "How was it resolved?", &Pick::list(&RESOLUTIONS)))
                    (self.form.radios("satisfied", "Are they satisfied?", &Pick::list(&SATISFIED)).size(LabelSize::Small))
                }
            }
        }
    }

    /// An untouched form.
    pub fn sample_blank() -> Self {
        Self {
            kinds: Pick::list(&[
                ("student", "Student"),
                ("staff", "Member of staff"),
                ("applicant", "Applicant"),
                ("alumnus", "Former student"),
                ("visitor", "Visitor or contractor"),
                ("public", "Member of the public"),
            ]),
            categories: [
                "Accounts and passwords",
                "Email and calendar",
                "Helpline service",
                "Printing",
                "Teaching room AV",
                "Wi-Fi and network",
            ]
            .map(str::to_owned)
            .to_vec(),
            who_found: None,
            stage_1_due: "Monday 19 October 2026".to_owned(),
            stage_2_due: "Wednesday 11 November 2026".to_owned(),
            say: "“I am sorry about that. I am logging it now and you will have a reference before we finish. \
                  We will give you a decision by Monday 19 October.”"
                .to_owned(),
            related: Vec::new(),
            form: FormState::fresh("l-1").answered(&[("via", "phone"), ("outcome", "stage-1")]),
        }
    }

    /// A call about a teaching room.
    pub fn sample() -> Self {
        let words = "Teams meetings keep freezing in room CB204, third week running. Rang last Tuesday, was told someone \
                     would come, nobody did. Has 60 students in there Thursday 10am.";
        Self {
            who_found: Some("Luca Marchetti, lecturer, School of Design".to_owned()),
            related: vec![
                RelatedCase::sample(
                    "F0980554",
                    "/staff/jobs/F0980554",
                    "CB204 Teams freezing",
                    "Job, open since 6 October",
                ),
                RelatedCase::sample(
                    "FC-10459",
                    "/staff/c/FC-10459",
                    "CB204 screen and sound",
                    "Complaint, upheld on 2 October",
                ),
            ],
            form: FormState::fresh("l-2").answered(&[
                ("via", "phone"),
                ("words", words),
                ("who", "l.marchetti"),
                ("reply", "l.marchetti@calderbrook.example"),
                ("kind", "staff"),
                ("category", "Teaching room AV"),
                ("job", "F0980554"),
                ("outcome", "stage-1"),
            ]),
            ..Self::sample_blank()
        }
    }

    /// Sent without words, as resolved but without saying how.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("l-3")
            .answered(&[("via", "phone"), ("outcome", "now"), ("received_on", "2026-10-20")])
            .wrong("words", "Tell us what went wrong")
            .wrong("received_on", "Choose a day that is not in the future")
            .wrong("did", "Say what you did")
            .wrong("resolution", "Choose how it was resolved");
        Self {
            form,
            ..Self::sample_blank()
        }
    }
}

const CHANNELS: [(&str, &str); 5] = [
    ("phone", "Phone"),
    ("chat", "Chat"),
    ("person", "In person"),
    ("email", "Email"),
    ("social", "Social media"),
];

/// The kinds of resolution at stage 1 (R57); they may combine.
const RESOLUTIONS: [(&str, &str); 3] = [
    ("apology", "I apologised"),
    ("explanation", "I explained"),
    ("other", "I did something else"),
];

/// Whether it was resolved to the person's satisfaction (R59).
const SATISFIED: [(&str, &str); 3] = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")];
