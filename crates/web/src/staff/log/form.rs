//! Log a complaint: one required box, so that a call is logged in under a minute.

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, InputKind, LabelSize, Layout, Open, Width, details, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;
use crate::staff::unsent::{DraftShown, drafts, save_button};

/// Log a complaint. Fields: `via` (a channel), `feedback` (a kind of feedback), `words`, `to_put_right`, `who`, `reply`, `kind`,
/// `about_staff` (yes), `needs`, `service`, `problem`, `job`, `received_on`, `received_at`, `vip_source`, `outcome` (now, mine, triage, stage-2); for
/// `now`: `did`, `resolution` (several), `satisfied`, `learned`; for `stage-2`: `why`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogComplaint {
    /// How they can have reached us (R84).
    pub channels: Vec<Pick>,
    /// Complaint, thanks, suggestion, comment (R1).
    pub feedback: Vec<Pick>,
    /// What they are: student, member of staff, applicant ... (R86).
    pub kinds: Vec<Pick>,
    /// The services, as the procedure lists them.
    pub services: Vec<Pick>,
    /// What can go wrong.
    pub problems: Vec<Pick>,
    /// Apology, explanation, other action (R57); they may combine.
    pub resolutions: Vec<Pick>,
    /// The decision date at stage 1, in full.
    pub stage_1_due: String,
    /// The decision date at stage 2, in full.
    pub stage_2_due: String,
    /// Words to read out.
    pub say: String,
    /// How much is taken of files, in a sentence.
    pub file_limits: String,
    /// What they wrote here before and did not send.
    pub drafts: Vec<DraftShown>,
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
            (drafts(shell, &self.drafts))
            div.fc-log {
                form.fc-panel.fc-reveal method="post" enctype="multipart/form-data" action=(paths::LOG) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        (self.call())
                        (self.about_staff())
                        (self.person())
                        (self.about())
                        (self.rest())
                        (self.outcome())
                        div.fc-compose__foot {
                            (Button::new("Save and get reference"))
                            (save_button(paths::LOG_DRAFT))
                            a.govuk-link href=(paths::MY_WORK) { "Cancel" }
                        }
                    }
                }
                aside aria-label="Help while you talk" {
                    div.fc-say {
                        h2.govuk-heading-s."govuk-!-margin-bottom-1" { "Say this" }
                        p { (self.say) }
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
            (self.form.radios("via", "How did they contact us?", &self.channels).layout(Layout::Inline))
            (self.form.radios("feedback", "What is it?", &self.feedback).layout(Layout::Inline)
                .hint("Their words decide: any word that somebody is not happy is a complaint. Everything else is read and passed on."))
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
        }
    }

    /// Whoever calls about one of us is protected as much as whoever ticks the box of the public form.
    fn about_staff(&self) -> impl Renderable {
        let yes = [Pick::with_hint(
            "yes",
            "It is about a member of staff",
            "It goes to the complaints coordinator, who gives it to a manager. The Helpline cannot open it after this.",
        )];
        maud! { (self.form.boxes("about_staff", "Is it about one of us?", &yes).size(LabelSize::Hidden)) }
    }

    fn person(&self) -> impl Renderable {
        maud! {
            div.fc-pair.fc-pair--fields {
                (self.form.text("who", "Username or name").kind(InputKind::Name).autocomplete("off")
                    .hint("Leave it empty if they want to stay anonymous."))
                (self.form.text("reply", "Reply to").autocomplete("off").hint("Email or phone."))
            }
        }
    }

    fn about(&self) -> impl Renderable {
        maud! {
            div.fc-pair.fc-pair--fields {
                (self.form.select("service", "Service", &self.services).hint(LATER))
                (self.form.select("problem", "What went wrong", &self.problems).hint(LATER))
            }
        }
    }

    /// What few calls need, behind one stop of the keyboard: a call is logged in eight.
    fn rest(&self) -> impl Renderable {
        details(
            "More: existing job, files, an earlier day, for somebody else, needs, VIP",
            self.opened(),
            maud! {
                div.fc-pair.fc-pair--fields {
                    (self.form.text("job", "About an existing job?").kind(InputKind::Reference).autocomplete("off")
                        .hint("Job number. Makes this a child of that job."))
                    (self.form.select("kind", "They are", &self.kinds).hint("As they say, or as you know."))
                }
                (self.form.area("to_put_right", "What would put it right?").rows(2))
                (self.form.files("Files, as they gave them to you; they can open them too", &self.file_limits))
                div.fc-pair.fc-pair--fields {
                    (self.form.date("received_on", "Day, if it reached us earlier").hint("The clock starts then, not when it is logged."))
                    (self.form.text("received_at", "Time").width(Width::Characters(5)).hint("For example 4:30pm, if you know it"))
                }
                (self.form.text("acting_for", "If they complain for somebody else: for whom?").autocomplete("off")
                    .hint("Name, or who it is: \"a friend\". Nothing about that person is told before they agree; the letter that asks for it is on the case."))
                (self.form.text("needs", "What would help them?").hint("Large print, an interpreter, only by text."))
                (self.form.text("vip_source", "If they are a VIP: how do you know?")
                    .hint("Staff only. Triage then chooses who investigates."))
            },
        )
    }

    /// The folded part is open when something in it was answered or is wrong.
    fn opened(&self) -> Open {
        let used = |field: &&str| !self.form.answers.get(field).is_empty() || self.form.errors.on(field).is_some();
        if REST.iter().any(used) || self.form.has_files() {
            Open::FromTheStart
        } else {
            Open::WhenAsked
        }
    }

    fn outcome(&self) -> impl Renderable {
        let picks = [
            Pick::new("now", "Yes, I have resolved it in this conversation"),
            Pick::new(
                "mine",
                &format!("Not yet, and I keep it: stage 1, decision due {}", self.stage_1_due),
            ),
            Pick::with_hint(
                "triage",
                "Not yet: triage chooses who takes it",
                &format!("If stage 1, decision due {}.", self.stage_1_due),
            ),
            Pick::new(
                "stage-2",
                &format!("It needs an investigation: stage 2, decision due {}", self.stage_2_due),
            ),
        ];
        maud! {
            (self.form.radios("outcome", "Can you sort it out now?", &picks))
            div.fc-reveal__now {
                (self.form.area("did", "What did you do?").rows(3).hint("If you resolved it. This is the decision that we keep."))
                div.fc-pair {
                    (self.form.boxes("resolution", "How was it resolved?", &self.resolutions))
                    (self.form.radios("satisfied", "Are they satisfied?", &Pick::list(&SATISFIED)).size(LabelSize::Small))
                }
                (self.form.text("learned", "What should change, if anything?"))
            }
            div.fc-reveal__why { (self.form.area("why", "Why does it need an investigation?").rows(2)) }
        }
    }

    /// An untouched form.
    pub fn sample_blank() -> Self {
        Self {
            channels: Pick::list(&[
                ("phone", "Phone"),
                ("chat", "Chat"),
                ("in_person", "In person"),
                ("email", "Email"),
            ]),
            feedback: Pick::list(&[
                ("complaint", "Complaint"),
                ("compliment", "Compliment"),
                ("suggestion", "Suggestion"),
            ]),
            kinds: Pick::list(&[
                ("student", "Student"),
                ("staff", "Member of staff"),
                ("applicant", "Applicant"),
                ("public", "Member of the public"),
            ]),
            services: crate::staff::triage::sample_services(),
            problems: crate::staff::triage::sample_problems(),
            resolutions: Pick::list(&[
                ("apology", "On-the-spot apology"),
                ("explanation", "Explanation"),
                ("other", "Other action"),
            ]),
            stage_1_due: "Monday 19 October 2026".to_owned(),
            stage_2_due: "Wednesday 11 November 2026".to_owned(),
            say: "“I am sorry about that. I am logging it now and you will have a reference before we finish. \
                  We will give you a decision by Monday 19 October.”"
                .to_owned(),
            file_limits: rules::files::Limits::default().words(),
            drafts: Vec::new(),
            form: FormState::fresh("l-1").answered(&[
                ("via", "phone"),
                ("feedback", "complaint"),
                ("outcome", "triage"),
            ]),
        }
    }

    /// A call about a teaching room.
    pub fn sample() -> Self {
        let words = "Teams meetings keep freezing in room CB204, third week running. Rang last Tuesday, was told someone \
                     would come, nobody did. Has 60 students in there Thursday 10am.";
        Self {
            form: FormState::fresh("l-2").answered(&[
                ("via", "phone"),
                ("feedback", "complaint"),
                ("words", words),
                ("who", "l.marchetti"),
                ("reply", "l.marchetti@calderbrook.example"),
                ("kind", "staff"),
                ("service", "A4"),
                ("problem", "B6"),
                ("job", "F0980554"),
                ("outcome", "mine"),
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

/// The fields of the folded part, besides files.
const REST: [&str; 8] = [
    "job",
    "kind",
    "to_put_right",
    "received_on",
    "received_at",
    "acting_for",
    "needs",
    "vip_source",
];

/// Beside what triage can fill in later.
const LATER: &str = "Needed if you resolve or keep it.";

/// Whether it was resolved to the person's satisfaction (R59).
const SATISFIED: [(&str, &str); 3] = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")];
