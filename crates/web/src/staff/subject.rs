//! A copy of what is kept about somebody, for them: finding their cases, choosing what is left out, and the record of copies (R31, R32).

pub mod archive;
pub mod document;
pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::form::{FormState, Pick};
use super::parts::notice::caution;
use super::parts::panel::{page_head, panel};
use super::parts::table::{Column, Holds, Table};
use super::paths;
use crate::page::form::{Button, ButtonStyle, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;

/// Making a copy. Forms send `step`: find has `asked_on`, `name`, `email`, `phone`, `username`, `references`; preview has these and `case` for each
/// case; again and make have `asked_on`, `case`, `leave` for each suggestion that is followed, `also` and `changed_why`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectAccess {
    /// Where it stands.
    pub now: Now,
    /// Copies that were made: when and by whom, whose and of which cases, asked and due, hashes.
    pub given: Vec<[String; 4]>,
    /// What was typed so far.
    pub form: FormState,
}

/// Where making a copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// Nobody was looked for.
    Ask,
    /// Cases that seem to be theirs.
    Cases {
        /// To be chosen from.
        cases: Vec<Pick>,
        /// What is to be known besides.
        notes: Vec<String>,
    },
    /// What is left out, before it is made.
    Preview {
        /// The cases, by reference.
        cases: Vec<String>,
        /// What the rules would leave out.
        suggestions: Vec<Pick>,
        /// The copy as it would be if all of it were left out, in words.
        shown: Vec<Shown>,
    },
}

/// An entry of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// "FC-10482, no. 3: Somebody here made a note".
    pub what: String,
    /// Its words.
    pub words: String,
}

const GIVEN: [Column; 4] = [
    Column::new("Made", Holds::Words),
    Column::new("For", Holds::Words),
    Column::new("Asked, and due", Holds::Words),
    Column::new("Known by", Holds::Words),
];

impl StaffPage for SubjectAccess {
    fn title(&self) -> String {
        "Subject access".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Subject
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let sub = "A copy of what is kept about one person, for them. It is made when you save it, and nothing of it stays here but the record that it \
                   was made. They must have it within one month of asking.";
        maud! {
            (error_summary(&self.form.errors))
            (page_head("Subject access", sub))
            div.fc-narrow {
                @match &self.now {
                    Now::Ask => { (panel("ask", "Who asks?", self.ask(shell))) }
                    Now::Cases { cases, notes } => { (panel("cases", "Which cases are theirs?", self.cases(shell, cases, notes))) }
                    Now::Preview { cases, suggestions, shown } => {
                        (panel("preview", "What is left out?", self.preview(shell, cases, suggestions)))
                        (panel("shown", "The copy as it would be", shown_words(shown)))
                    }
                }
            }
            div."govuk-!-margin-top-4" { (panel("given", "Copies that were made", self.given())) }
        }
        .render_to(out);
    }
}

/// The answers of the first form, which go along to the next.
const ASKED: [&str; 6] = ["asked_on", "name", "email", "phone", "username", "references"];

impl SubjectAccess {
    fn ask<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::SUBJECT) novalidate {
                (shell.fields(&self.form))
                p.govuk-body { "Make sure first that they are who they say they are. Then enter what they gave you; leave the rest empty." }
                (self.form.date("asked_on", "On which day did they ask?"))
                (self.form.text("name", "Name"))
                (self.form.text("email", "Email address"))
                (self.form.text("phone", "Phone number"))
                (self.form.text("username", "Username"))
                (self.form.text("references", "References").hint("With a space between them: FC-10482 FC-10510"))
                (Button::new("Find their cases").sends("step", "find"))
            }
        }
    }

    fn cases<'a>(&'a self, shell: &'a StaffShell, cases: &'a [Pick], notes: &'a [String]) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::SUBJECT) novalidate {
                (shell.fields(&self.form))
                @for name in ASKED { (hidden(name, self.form.answers.get(name))) }
                @for note in notes { (caution(note)) }
                p.govuk-body-s {
                    "What a line manager has alone is found by nothing but its reference. Whoever asks about such a complaint gives it; of that case the "
                    "copy tells dates and stage."
                }
                @if cases.is_empty() {
                    p.govuk-body { "No case was found by what they gave." }
                } @else {
                    (self.form.boxes("case", "Choose those that are this person's", cases))
                    p.govuk-body-s { "More than one person may have one name. Choose a case only where you know that it is theirs." }
                    (Button::new("Show what would be given").sends("step", "preview"))
                }
            }
            p.govuk-body { a.govuk-link href=(paths::SUBJECT) { "Look again" } }
        }
    }

    fn preview<'a>(
        &'a self,
        shell: &'a StaffShell,
        cases: &'a [String],
        suggestions: &'a [Pick],
    ) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::SUBJECT) novalidate {
                (shell.fields(&self.form))
                @for name in ASKED { (hidden(name, self.form.answers.get(name))) }
                @for case in cases { (hidden("case", case)) }
                @if suggestions.is_empty() {
                    p.govuk-body { "Nothing was found that is about other people. Read it yourself before you give it." }
                } @else {
                    (self.form.boxes("leave", "Leave out, wherever it stands", suggestions))
                }
                (self.form.area("also", "What else is left out?").rows(3).hint("Words as they stand in the copy, one a line."))
                (self.form.area("changed_why", "Why is more or less left out than was suggested?").rows(2)
                    .hint("Only if you changed something. It stays on record: do not say the words themselves."))
                div.govuk-button-group {
                    (Button::new("Make the copy and save it").sends("step", "make"))
                    (Button::new("Show it again").sends("step", "again").style(ButtonStyle::Secondary))
                }
            }
            p.govuk-body { a.govuk-link href=(paths::SUBJECT) { "Begin again" } }
        }
    }

    fn given(&self) -> impl Renderable {
        maud! {
            @if self.given.is_empty() {
                p.govuk-body { "None yet." }
            } @else {
                (Table { name: "Copies that were made", columns: &GIVEN, rows: self.given.iter().map(|row| row.to_vec()).collect() })
            }
        }
    }
}

fn shown_words(shown: &[Shown]) -> impl Renderable {
    maud! {
        @for one in shown {
            p.govuk-body-s."govuk-!-margin-bottom-1" { (one.what) }
            @if !one.words.is_empty() { div.govuk-inset-text.fc-anywhere."govuk-!-margin-top-0" { (paragraphs(&one.words)) } }
        }
    }
}

impl SubjectAccess {
    /// Nobody was looked for; one copy was made.
    pub fn sample() -> Self {
        Self {
            now: Now::Ask,
            given: vec![[
                "Tuesday 6 October 2026 at 2pm, by Leila Haddad".to_owned(),
                "Priya Natarajan: FC-10482, FC-10510".to_owned(),
                "Monday 5 October 2026, by Thursday 5 November 2026".to_owned(),
                "page 5326072725924be2, data 9b74c9897bac770f; 12 places left out".to_owned(),
            ]],
            form: FormState::fresh("s-1"),
        }
    }

    /// No day was entered.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("s-2").wrong("asked_on", "Enter the day on which they asked"),
            given: Vec::new(),
            ..Self::sample()
        }
    }

    /// Two cases, one by the name alone.
    pub fn sample_cases() -> Self {
        Self {
            now: Now::Cases {
                cases: vec![
                    Pick::with_hint("FC-10482", "FC-10482, Priya Natarajan, Monday 28 September 2026", "The Wi-Fi in the Main Library dropped: the same email address, the same name"),
                    Pick::with_hint("FC-10391", "FC-10391, Priya Natarajan, Tuesday 4 August 2026", "A printer on the third floor: the same name"),
                    Pick::with_hint("FC-10500", "FC-10500, Thursday 1 October 2026, with a line manager", "Its dates and its stage alone are told, and where the rest is asked for. Choose it only if they showed you its letter or its receipt code."),
                ],
                notes: vec![
                    "Nobody here can read FC-10500. Have its line manager answer for what they hold, or ask to open it because somebody asks for their own data.".to_owned(),
                ],
            },
            form: FormState::fresh("s-3").answered(&[("case", "FC-10482"), ("asked_on", "2026-10-05"), ("email", "priya@example.ac.uk")]),
            ..Self::sample()
        }
    }

    /// What is left out of a copy.
    pub fn sample_preview() -> Self {
        let shown = |what: &str, words: &str| Shown {
            what: what.to_owned(),
            words: words.to_owned(),
        };
        Self {
            now: Now::Preview {
                cases: vec!["FC-10482".to_owned(), "FC-10500".to_owned()],
                suggestions: vec![
                    Pick::with_hint(
                        "e:FC-10482:9",
                        "Somebody was interviewed, no. 9 of FC-10482",
                        "Somebody else's words: She saw the restarts.",
                    ),
                    Pick::with_hint(
                        "w:Jo Bramley",
                        "Jo Bramley, in 3 places",
                        "Somebody who works here: …I spoke to Jo Bramley at the desk…",
                    ),
                ],
                shown: vec![
                    shown(
                        "FC-10482, no. 1: What you told us arrived",
                        "I spoke to [left out] at the desk.",
                    ),
                    shown("FC-10482, no. 9: Somebody was interviewed", "[left out]"),
                    shown(
                        "FC-10500",
                        "Stage: 1\n\nDecision due by: Monday 5 October 2026\n\nA manager alone deals with this complaint.",
                    ),
                ],
            },
            form: FormState::fresh("s-4").answered(&[
                ("leave", "e:FC-10482:9"),
                ("leave", "w:Jo Bramley"),
                ("asked_on", "2026-10-05"),
            ]),
            ..Self::sample()
        }
    }
}
