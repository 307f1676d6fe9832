//! Where one writes on a case: to the person, or a note that only staff see. Two forms, two names, never mixed up.

use hypertext::prelude::*;

use crate::page::form::{Button, ButtonStyle, Open, Width, details};
use crate::page::staff_shell::StaffShell;
use crate::staff::meanwhile::Interruption;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::paths;
use crate::staff::unsent::save_button;

/// The composer. Fields when writing: `message`, `how`, `next_on`; of a note: `note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composer {
    /// Which of the two forms is open.
    pub mode: ComposerMode,
    /// What happens to a message: "sent by email and shown on her tracking page".
    pub goes: String,
    /// A line under the label: "You promised an update by the end of today."
    pub hint: Option<String>,
    /// A starter for the message.
    pub starter: Option<Link>,
    /// How it can be told, the chosen channel first; "I told Priya by phone" logs a spoken update.
    pub ways: Vec<Pick>,
    /// Why nothing can be told now, in place of the form for a message: the words that were typed are shown all the same.
    pub held: Option<String>,
    /// Somebody replied while the person wrote: shown above the draft, never merged.
    pub interruption: Option<Interruption>,
    /// How much is taken of files, in a sentence.
    pub file_limits: String,
    /// What was typed so far.
    pub form: FormState,
}

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComposerMode {
    /// A message to the person who complained.
    Write,
    /// A staff-only note.
    Note,
}

impl Composer {
    /// Draws it with the tabs that change its mode. Its button stands out where nothing else of the page does.
    pub(super) fn draw<'a>(
        &'a self,
        shell: &'a StaffShell,
        case: &'a CaseBrief,
        style: ButtonStyle,
    ) -> impl Renderable + 'a {
        let write = self.mode == ComposerMode::Write;
        maud! {
            section."govuk-!-margin-top-5" aria-labelledby="write" {
                h2 #write .govuk-visually-hidden { "Write to " (case.person) " or add a note" }
                div.fc-compose.fc-compose--staff[!write] {
                    nav.fc-compose__modes aria-label="Kind of message" {
                        a href={ (case.href) "#write" } aria-current=[write.then_some("true")] data-key="u" { "Write to " (case.person) }
                        a href={ (case.href) "?write=note#write" } aria-current=[(!write).then_some("true")] data-key="i" { "Staff-only note" }
                    }
                    @match self.mode {
                        ComposerMode::Write => {
                            @match self.held.as_ref().filter(|_| self.form.answers.get("message").is_empty()) {
                                Some(words) => { div.fc-compose__body { p.govuk-body { (words) } } }
                                None => { (self.write(shell, case, style)) }
                            }
                        }
                        ComposerMode::Note => { (self.note(shell, case, style)) }
                    }
                }
            }
        }
    }

    fn write<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief, style: ButtonStyle) -> impl Renderable + 'a {
        let label = format!("Message to {}, {}", case.person, self.goes);
        maud! {
            form.fc-compose__body method="post" enctype="multipart/form-data" action=(paths::case_act(&case.reference, "message")) novalidate {
                (shell.fields(&self.form))
                @if let Some(came) = &self.interruption {
                    (came)
                }
                (self.message(&label))
                div.fc-pair.fc-pair--fields {
                    @if self.ways.len() > 1 { (crate::page::form::Select::new("how", "How", pairs(&self.ways))
                        .size(crate::page::form::LabelSize::Small).chosen(self.form.answers.get("how")).width(Width::Full)) }
                    (self.form.date("next_on", "Next update by, if you promise one"))
                }
                (self.files(format!("Add files that {} can open", case.person)))
                div.fc-compose__foot {
                    (Button::new(format!("Send to {}", case.person)).style(style))
                    (save_button(&paths::draft(&case.reference, "message")))
                    span.fc-row__meta { kbd { "Ctrl" } " " kbd { "Enter" } " to send" }
                }
            }
        }
    }

    fn message<'a>(&'a self, label: &'a str) -> impl Renderable + 'a {
        let area = self.form.area("message", label).rows(4);
        let area = match &self.hint {
            Some(hint) => area.hint(hint.as_str()),
            None => area,
        };
        maud! {
            (area)
            @if let Some(starter) = &self.starter { p.govuk-body-s { (starter) } }
        }
    }

    fn files(&self, summary: String) -> impl Renderable {
        let open = if self.form.has_files() {
            Open::FromTheStart
        } else {
            Open::WhenAsked
        };
        details(summary, open, self.form.files("Files", &self.file_limits))
    }

    fn note<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief, style: ButtonStyle) -> impl Renderable + 'a {
        maud! {
            form.fc-compose__body method="post" enctype="multipart/form-data" action=(paths::case_act(&case.reference, "note")) novalidate {
                (shell.fields(&self.form))
                (self.form.area("note", "Note, staff only").rows(4)
                    .hint(format!("{} cannot see this. It is kept with the case, and would be disclosed if they ask for their data.", case.person_first())))
                (self.files("Add files, staff only".to_owned()))
                div.fc-compose__foot {
                    (Button::new("Save note").style(style))
                    (save_button(&paths::draft(&case.reference, "note")))
                    span.fc-row__meta { kbd { "Ctrl" } " " kbd { "Enter" } " to save" }
                }
            }
        }
    }
}

fn pairs(picks: &[Pick]) -> impl Iterator<Item = (&str, &str)> {
    picks.iter().map(|pick| (pick.value.as_str(), pick.label.as_str()))
}

impl Composer {
    /// A message that is being written.
    pub(super) fn sample() -> Self {
        Self {
            mode: ComposerMode::Write,
            goes: "sent by email and shown on her tracking page".to_owned(),
            hint: Some("You promised an update by the end of today.".to_owned()),
            starter: Some(Link::new(
                "Start with a few words",
                "/staff/c/FC-10482?starter=update#write",
            )),
            ways: Pick::list(&[
                ("email", "Send it by email"),
                ("phone", "I have told her by phone"),
                ("person", "I have told her in person"),
            ]),
            held: None,
            interruption: None,
            file_limits: rules::files::Limits::default().words(),
            form: FormState::fresh("m-1"),
        }
    }
}
