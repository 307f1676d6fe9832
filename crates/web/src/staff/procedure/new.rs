//! A new version of the procedure: a file, or its text. Nothing is published here; the next page says what would change.

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, MULTIPART, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::one_file::OneFile;
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::paths;

/// A new version. Fields: `text_file`, or `procedure_text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProcedure {
    /// What is wrong with the text, in the order of its lines.
    pub findings: Vec<Finding>,
    /// What is typed: at first the procedure in force.
    pub form: FormState,
}

/// Something that is wrong with the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// "Line 12"; none where it is in no line.
    pub line: Option<String>,
    /// Where in the data: "stage.stage-1.extension.approver".
    pub place: String,
    /// What is wrong, and what to do.
    pub words: String,
}

impl StaffPage for NewProcedure {
    fn title(&self) -> String {
        "New version of the procedure".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Procedure
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary = "Nothing is published yet: the next page shows what would change, in words.";
        maud! {
            (back_link(&Link::new("Procedure", paths::PROCEDURE)))
            (error_summary(&self.form.errors))
            (page_head("New version of the procedure", summary))
            @if !self.findings.is_empty() { (panel("findings", "What to put right", self.what_is_wrong())) }
            (panel("new", "The new version", self.new_one(shell)))
        }
        .render_to(out);
    }
}

impl NewProcedure {
    fn what_is_wrong(&self) -> impl Renderable {
        maud! {
            ul.govuk-list.govuk-list--bullet {
                @for Finding { line, place, words } in &self.findings {
                    li {
                        @if let Some(line) = line { strong { (line) } ": " }
                        (words)
                        @if !place.is_empty() { " " span.fc-muted.fc-anywhere { "(" (place) ")" } }
                    }
                }
            }
        }
    }

    fn new_one<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form.fc-source method="post" action=(paths::PROCEDURE_NEW) enctype=(MULTIPART) novalidate {
                (shell.fields(&self.form))
                (OneFile {
                    name: "text_file",
                    label: "Choose a file",
                    hint: "A procedure file, at most 1 MB. It is taken instead of the text below.",
                    accept: ".toml,text/plain",
                    error: self.form.errors.on("text_file"),
                })
                (self.form.area("procedure_text", "Or change the text").rows(24)
                    .hint("It begins as the procedure in force. Give it a new version; the manual explains every key."))
                (Button::new("Show what would change"))
            }
        }
    }

    /// The procedure in force, to be changed.
    pub fn sample() -> Self {
        let text = "[procedure]\nid = \"it-services\"\nversion = \"1\"\n";
        Self {
            findings: Vec::new(),
            form: FormState::fresh("pr-1").answered(&[("procedure_text", text)]),
        }
    }

    /// A text that is no procedure.
    pub fn sample_findings() -> Self {
        Self {
            findings: vec![
                Finding {
                    line: Some("Line 12".to_owned()),
                    place: "clock.stage_1.amount".to_owned(),
                    words: "must be a whole number, 0 or more".to_owned(),
                },
                Finding {
                    line: None,
                    place: "withdraw".to_owned(),
                    words: "the part [withdraw] is missing".to_owned(),
                },
            ],
            form: Self::sample()
                .form
                .wrong("procedure_text", "Put right what is listed, then look again"),
        }
    }

    /// A file that is no text.
    pub fn sample_no_text() -> Self {
        Self {
            findings: Vec::new(),
            form: Self::sample().form.wrong(
                "text_file",
                "Save the file as UTF-8 and choose it again: a character in line 3 is stored in another way",
            ),
        }
    }
}
