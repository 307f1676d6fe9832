//! Letters that did not arrive and that nobody tries any more: why, what to do, and a button to send each again (R18, A8).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::facts::{Fact, facts};
use super::parts::form::FormState;
use super::parts::link::{Link, next_page};
use super::parts::notice::done;
use super::parts::panel::{Empty, page_head, panel_with_link};
use super::paths;
use crate::page::form::{Button, ButtonStyle, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The letters. Fields of each form: `reference`, `letter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// What was just done.
    pub notice: Option<String>,
    /// The letters, the newest first.
    pub letters: Vec<UndeliveredLetter>,
    /// The rest of the list.
    pub next: Option<String>,
    /// What came back of a form.
    pub form: FormState,
}

/// A letter that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndeliveredLetter {
    /// The case.
    pub reference: String,
    /// Which letter, as its code.
    pub code: String,
    /// Which letter: "The decision".
    pub what: String,
    /// "Tuesday 9 June 2026, 9:15am"
    pub when: String,
    /// Why it did not arrive; nothing of a restricted case, whose page says it and puts on record who looked.
    pub why: Option<String>,
    /// What to do.
    pub to_do: String,
    /// Whether the case lets it go out again now.
    pub again: Again,
}

/// Whether a letter can go out again from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// By the button.
    Button,
    /// Not from here: the page of the case says how.
    OnItsCase,
}

impl StaffPage for Undelivered {
    fn title(&self) -> String {
        "Letters not delivered".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Undelivered
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary = "Nobody tries these again by itself. A letter leaves the list when it goes out again or the person is told another way.";
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            (page_head("Letters not delivered", summary))
            @if self.letters.is_empty() { (Empty::new("Every letter has left, or is still being tried.")) }
            div.fc-narrow {
                @for (at, letter) in self.letters.iter().enumerate() { (self.letter(shell, at, letter)) }
            }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

impl Undelivered {
    fn letter<'a>(&'a self, shell: &'a StaffShell, at: usize, letter: &'a UndeliveredLetter) -> impl Renderable + 'a {
        let case = Link::new(&format!("Open {}", letter.reference), &paths::case(&letter.reference));
        let mut rows = vec![Fact::new("Written", &letter.when)];
        rows.extend(letter.why.as_deref().map(|why| Fact::new("Why", why)));
        rows.push(Fact::new("What to do", &letter.to_do));
        let heading = format!("{}, {}", letter.what, letter.reference);
        let id = format!("letter-{at}");
        maud! { (panel_with_link(&id, &heading, &case, self.what_to_do(shell, &rows, letter))) }.memoize()
    }

    fn what_to_do<'a>(
        &'a self,
        shell: &'a StaffShell,
        rows: &'a [Fact],
        letter: &'a UndeliveredLetter,
    ) -> impl Renderable + 'a {
        let button = format!("Send {} of {} again", lower(&letter.what), letter.reference);
        maud! {
            (facts(rows))
            @if letter.again == Again::Button {
                form."govuk-!-margin-top-4" method="post" action=(paths::UNDELIVERED) {
                    (shell.fields(&self.form))
                    (hidden("reference", &letter.reference))
                    (hidden("letter", &letter.code))
                    (Button::new(button.clone()).style(ButtonStyle::Secondary))
                }
            }
        }
    }

    /// Two letters, one of a restricted case.
    pub fn sample() -> Self {
        Self {
            notice: None,
            letters: vec![
                UndeliveredLetter {
                    reference: "FC-10488".to_owned(),
                    code: "acknowledgement".to_owned(),
                    what: "The acknowledgement".to_owned(),
                    when: "Today, 9:12am".to_owned(),
                    why: Some(
                        "The mail server had taken it, and it came back. r.bevan@calderbrok.example: there is no such mail domain (5.1.2)."
                            .to_owned(),
                    ),
                    to_do: "Ring them on 01632 960 417, or correct the address and send it again.".to_owned(),
                    again: Again::Button,
                },
                UndeliveredLetter {
                    reference: "FC-10459".to_owned(),
                    code: "update".to_owned(),
                    what: "The update".to_owned(),
                    when: "Yesterday, 4:40pm".to_owned(),
                    why: None,
                    to_do: "Open the case: it is restricted, and its page says why and how to reach them.".to_owned(),
                    again: Again::OnItsCase,
                },
            ],
            next: None,
            form: FormState::fresh("9b2e"),
        }
    }

    /// The same after one was sent again.
    pub fn sample_sent() -> Self {
        let mut page = Self::sample();
        page.notice = Some(handler::SENT_AGAIN.to_owned());
        page.letters.remove(0);
        page
    }

    /// None.
    pub fn sample_empty() -> Self {
        Self {
            letters: Vec::new(),
            ..Self::sample()
        }
    }
}

fn lower(what: &str) -> String {
    let mut letters = what.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}
