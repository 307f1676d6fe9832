//! E-mail that is set aside: read here, and put where it belongs (lessons 5, 6 and 8).

pub mod handler;
pub mod standing;
pub mod standing_handler;
pub mod tried;

use hypertext::{Buffer, prelude::*};

use super::parts::form::FormState;
use super::parts::link::{Link, next_page};
use super::parts::notice::done;
use super::parts::panel::{Empty, page_head};
use super::parts::tag::{Tag, Tone};
use super::paths;
use crate::page::form::{Button, ButtonStyle, Open, details, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;

/// One list of what is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideList {
    /// What was just done.
    pub notice: Option<String>,
    /// The lists: words, address, and whether it is this one.
    pub lists: Vec<(String, String, bool)>,
    /// The word of this list, to which somebody comes back.
    pub list: String,
    /// What this list holds, in a sentence.
    pub about: String,
    /// The messages, the newest first.
    pub messages: Vec<AsideMessage>,
    /// What to say when there are none.
    pub empty: Empty,
    /// The rest of the list.
    pub next: Option<String>,
    /// The key of the forms, and what to mend in one that came back.
    pub form: FormState,
}

/// A message that is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideMessage {
    /// Its number.
    pub id: i64,
    /// Its subject.
    pub subject: String,
    /// "Ada Obi, ada@students.example"
    pub from: String,
    /// "today, 9:12am"
    pub when: String,
    /// Why it is set aside.
    pub why: String,
    /// Whether it is proven who sent it.
    pub sender: Option<Tag>,
    /// The beginning of its words.
    pub words: String,
    /// "2 files came with it."
    pub files: Option<String>,
    /// What a mail system reports.
    pub report: Option<String>,
    /// The case that it seems to belong to, or whose letter it reports about.
    pub case: Option<Link>,
    /// What can be done with it; nothing once it was emptied.
    pub choices: Vec<Choice>,
}

/// What can be done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It belongs to the case that is suggested.
    Put,
    /// It is a complaint of its own.
    Case,
    /// It is spam.
    Spam,
}

impl StaffPage for AsideList {
    fn title(&self) -> String {
        "E-mail set aside".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Mail
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let sub = "Nothing that comes by e-mail is thrown away unseen. What is not taken as a complaint stands here for 30 days.";
        maud! {
            (error_summary(&self.form.errors))
            (done(self.notice.as_deref()))
            (page_head("E-mail set aside", sub))
            nav.moj-sub-navigation aria-label="Lists" {
                ul.moj-sub-navigation__list {
                    @for (words, href, is_here) in &self.lists {
                        li.moj-sub-navigation__item {
                            a.moj-sub-navigation__link href=(href) aria-current=[is_here.then_some("page")] { (words) }
                        }
                    }
                }
            }
            p.govuk-body { (self.about) }
            @if self.messages.is_empty() { (self.empty) }
            @for message in &self.messages { (self.message(shell, message)) }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

impl AsideList {
    fn message<'a>(&'a self, shell: &'a StaffShell, message: &'a AsideMessage) -> impl Renderable + 'a {
        let heading = format!("mail-{}", message.id);
        maud! {
            section.fc-panel aria-labelledby=(&heading) {
                div.fc-panel__head {
                    h2 #(&heading) .govuk-heading-s.fc-anywhere { (message.subject) }
                    @if let Some(sender) = &message.sender { (sender) }
                }
                div.fc-panel__body {
                    p.fc-row__meta.fc-anywhere { (message.from) ", " (message.when) }
                    p.govuk-body."govuk-!-margin-bottom-2" {
                        (message.why) "."
                        @if let Some(case) = &message.case {
                            (if message.choices.contains(&Choice::Put) { " It seems to be about " } else { " It is about " }) (case) "."
                        }
                    }
                    @if let Some(report) = &message.report { p.govuk-body.fc-anywhere { (report) } }
                    @if !message.words.is_empty() {
                        (details("What it says", Open::WhenAsked, maud! { div.fc-note.fc-anywhere { (paragraphs(&message.words)) } }))
                    }
                    @if let Some(files) = &message.files { p.govuk-body-s { (files) } }
                    @if message.choices.is_empty() {
                        p.govuk-body-s { "It was emptied after 30 days. That it came stays on record." }
                    } @else { (self.choices(shell, message)) }
                }
            }
        }
    }

    fn choices<'a>(&'a self, shell: &'a StaffShell, message: &'a AsideMessage) -> impl Renderable + 'a {
        let id = message.id.to_string();
        maud! {
            form.fc-noprint method="post" action=(paths::MAIL) {
                (shell.fields(&self.form))
                (hidden("id", &id))
                (hidden("list", &self.list))
                div.govuk-button-group."govuk-!-margin-bottom-0" {
                    @if let Some(case) = &message.case { (hidden("case", &case.label)) }
                    @for choice in &message.choices {
                        (Button::new(choice.words(message)).style(ButtonStyle::Secondary).sends("do", choice.code()))
                    }
                }
            }
        }
    }

    /// What waits for a person.
    pub fn sample() -> Self {
        Self {
            notice: None,
            lists: lists("waits"),
            list: "waits".to_owned(),
            about: handler::about(rules::mail::Fate::Waits).to_owned(),
            messages: vec![
                AsideMessage {
                    id: 412,
                    subject: "Re: Your complaint [FC-10482]".to_owned(),
                    from: "Ada Obi, ada.obi@mail.example".to_owned(),
                    when: "today, 9:12am".to_owned(),
                    why: "Its subject names a case, and its sender is not the complainant".to_owned(),
                    sender: Some(Tag::new("Sender proven", Tone::Good)),
                    words:
                        "I write from home now. It dropped again at ten last night, and I lost the exam page.\n\nAda"
                            .to_owned(),
                    files: Some(
                        "1 file came with it. It carries a virus (Doc.Dropper.Agent-1388584), so nobody is handed it."
                            .to_owned(),
                    ),
                    report: None,
                    case: Some(Link::new("FC-10482", &paths::case("FC-10482"))),
                    choices: vec![Choice::Put, Choice::Case, Choice::Spam],
                },
                AsideMessage {
                    id: 409,
                    subject: "Re: We have your complaint (FC-10471)".to_owned(),
                    from: "p.natarajan@students.example".to_owned(),
                    when: "today, 7:40am".to_owned(),
                    why: "It answers a letter of ours, but nothing proves who sent it, and the case is confidential"
                        .to_owned(),
                    sender: Some(Tag::new("Sender not proven", Tone::Warn)),
                    words: "There is something else that you should know about that afternoon.".to_owned(),
                    files: None,
                    report: None,
                    case: Some(Link::new("FC-10471", &paths::case("FC-10471"))),
                    choices: vec![Choice::Put, Choice::Case, Choice::Spam],
                },
            ],
            empty: Empty::new(handler::NOTHING),
            next: None,
            form: FormState::fresh("m-1"),
        }
    }

    /// Reports about letters, one emptied since.
    pub fn sample_reports() -> Self {
        let report = AsideMessage {
            id: 398,
            subject: "Undelivered Mail Returned to Sender".to_owned(),
            from: "Mail Delivery System, mailer-daemon@mail.example".to_owned(),
            when: "yesterday, 4:02pm".to_owned(),
            why: "A mail system reports that a letter did not arrive".to_owned(),
            sender: None,
            words: String::new(),
            files: None,
            report: Some("kai@example.org: there is no such mailbox (5.1.1).".to_owned()),
            case: Some(Link::new("FC-10466", &paths::case("FC-10466"))),
            choices: vec![Choice::Case],
        };
        let emptied = AsideMessage {
            id: 120,
            subject: "A message without a subject".to_owned(),
            from: "Somebody".to_owned(),
            when: "Monday 12 October, 8:15am".to_owned(),
            why: "It is set aside".to_owned(),
            report: None,
            case: None,
            choices: Vec::new(),
            ..report.clone()
        };
        Self {
            notice: Some("It becomes a complaint now, and its sender is told that we have it.".to_owned()),
            lists: lists("reports"),
            list: "reports".to_owned(),
            about: handler::about(rules::mail::Fate::Bounce).to_owned(),
            messages: vec![report, emptied],
            next: Some(format!("{}?list=reports&before=120", paths::MAIL)),
            ..Self::sample()
        }
    }

    /// Nothing.
    pub fn sample_empty() -> Self {
        Self {
            messages: Vec::new(),
            ..Self::sample()
        }
    }
}

impl Choice {
    fn words(self, message: &AsideMessage) -> String {
        match (self, &message.case) {
            (Choice::Put, Some(case)) => format!("Put it with {}", case.label),
            (Choice::Put, None) => "Put it with its case".to_owned(),
            (Choice::Case, _) => "It is a complaint".to_owned(),
            (Choice::Spam, _) => "It is spam".to_owned(),
        }
    }

    fn code(self) -> &'static str {
        match self {
            Choice::Put => "put",
            Choice::Case => "case",
            Choice::Spam => "spam",
        }
    }
}

fn lists(here: &str) -> Vec<(String, String, bool)> {
    handler::lists(here)
}
