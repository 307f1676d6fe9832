//! One follow-on action: what is to be done, by whom and when, what happened to it, and what can be done next (R10, R40).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, ButtonStyle, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::{caution, done};
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionPage {
    /// "FC-10402-1".
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// "Promised in FC-10402".
    pub sub: String,
    /// Where it stands.
    pub status: Tag,
    /// What was just done.
    pub notice: Option<String>,
    /// That it is late.
    pub caution: Option<String>,
    /// Owner, date, where it comes from.
    pub facts: Vec<Fact>,
    /// Links to the cases behind it; none for a reader who may not see cases.
    pub cases: Vec<Link>,
    /// What everybody reads: what people said and what was done.
    pub published: Option<(String, String)>,
    /// What happened, the latest first.
    pub history: Vec<Entry>,
    /// What the reader may do next; none where there is nothing.
    pub next: Option<NextStep>,
    /// To the words that everybody may read, for whoever may publish.
    pub publish: Option<Link>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// "Accepted by Grace Lindqvist".
    pub what: String,
    /// "Wednesday 14 October, 11am".
    pub when: String,
    /// What they wrote.
    pub words: String,
}

/// What can be done next. Fields: `step` (radios), `remark`, `owner`, `due_on`, `review` (hidden).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// The steps that are open to the reader.
    pub steps: Vec<Pick>,
    /// Whether owner and date are asked for.
    pub asks_charge: AsksCharge,
    /// What was typed so far.
    pub form: FormState,
}

/// Whether owner and date belong to one of the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsksCharge {
    /// They do.
    Yes,
    /// They do not.
    No,
}

impl StaffPage for ActionPage {
    fn title(&self) -> String {
        format!("Follow-on action {}", self.id)
    }

    fn nav(&self) -> Nav {
        Nav::Actions
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            @if let Some(next) = &self.next { (error_summary(&next.form.errors)) }
            (back_link(&Link::new("Follow-on actions", paths::ACTIONS)))
            (page_head(&self.text, &self.sub))
            @if let Some(words) = &self.caution { (caution(words)) }
            div.fc-case.fc-case--act {
                div {
                    @if let Some(next) = &self.next { (self.form(next, shell)) }
                    (panel("history", "What happened", self.history()))
                }
                aside.fc-rail aria-label="Owner and date" {
                    (panel("facts", "Where it stands", maud! {
                        p { (self.status) }
                        (facts(&self.facts))
                        @if !self.cases.is_empty() {
                            ul.fc-cases { @for case in &self.cases { li { a.govuk-link href=(case.href) { span.fc-ref { (case.label) } } } } }
                        }
                    }))
                    @if self.published.is_some() || self.publish.is_some() { (panel("public", "You said, we did", self.public())) }
                }
            }
        }
        .render_to(out);
    }
}

impl ActionPage {
    fn form<'a>(&'a self, next: &'a NextStep, shell: &'a StaffShell) -> impl Renderable + 'a {
        let review = next.form.answers.get("review");
        maud! {
            form.fc-panel method="post" action=(paths::action(&self.id)) novalidate {
                div.fc-panel__body {
                    (shell.fields(&next.form))
                    @if !review.is_empty() { input type="hidden" name="review" value=(review); }
                    (next.form.radios("step", "What happens next?", &next.steps))
                    @if next.asks_charge == AsksCharge::Yes {
                        div.fc-pair {
                            (next.form.text("owner", "Owner").hint("A team or a person"))
                            (next.form.date("due_on", "By").hint("The day by which it is done"))
                        }
                    }
                    (next.form.area("remark", "In a sentence or two").rows(3).hint("What was done, what is missing, or why."))
                    div.fc-compose__foot { (Button::new("Save")) }
                }
            }
        }
    }

    fn history(&self) -> impl Renderable {
        maud! {
            ul.fc-said {
                @for entry in &self.history {
                    li {
                        (entry.what) @if !entry.words.is_empty() { ": " (entry.words) }
                        span.fc-said__by { (entry.when) }
                    }
                }
            }
        }
    }

    fn public(&self) -> impl Renderable {
        maud! {
            @match &self.published {
                Some((said, did)) => { p { strong { "You said: " } (said) } p { strong { "We did: " } (did) } }
                None => { p { "Nobody outside reads of it yet." } }
            }
            @if let Some(publish) = &self.publish { p."govuk-!-margin-0".fc-noprint { (publish) } }
        }
    }

    /// Promised in a case, and late.
    pub fn sample() -> Self {
        let entry = |what: &str, when: &str, words: &str| Entry {
            what: what.to_owned(),
            when: when.to_owned(),
            words: words.to_owned(),
        };
        Self {
            id: "FC-10388-1".to_owned(),
            text: "Weekend cover in the halls network contract".to_owned(),
            sub: "Promised in a decision".to_owned(),
            status: Tag::new("14 days late", Tone::Bad),
            notice: None,
            caution: Some("This was to be done by Wednesday 30 September. It is 14 days late.".to_owned()),
            facts: vec![
                Fact::new("Owner", "Contracts"),
                Fact::new("By", "Wednesday 30 September 2026"),
                Fact::new("Service", "Network and Wi-Fi"),
            ],
            cases: vec![Link::new("FC-10388", &paths::case("FC-10388"))],
            published: None,
            history: vec![
                entry(
                    "Begun by Marcus Bell",
                    "Monday 7 September, 10:15am",
                    "The supplier sends an offer.",
                ),
                entry("Promised by Dana Kowalczyk", "Friday 28 August, 3:40pm", ""),
            ],
            next: Some(NextStep {
                steps: vec![
                    Pick::new("done", "It is done"),
                    Pick::new("change", "Owner or date change"),
                    Pick::with_hint(
                        "drop",
                        "It will not be done",
                        "It was promised to a complainant: say how they were told.",
                    ),
                ],
                asks_charge: AsksCharge::Yes,
                form: FormState::fresh("a-1").answered(&[("owner", "Contracts"), ("due_on", "2026-09-30")]),
            }),
            publish: None,
        }
    }

    /// Nothing chosen.
    pub fn sample_errors() -> Self {
        let page = Self::sample();
        let form = FormState::fresh("a-2")
            .wrong("step", "Choose what happens next")
            .wrong("owner", "Enter who is accountable: a team or a person")
            .wrong("due_on", "Choose the day by which it is to be done")
            .wrong("remark", "Say what was done, so that somebody else can see that it is");
        Self {
            next: page.next.clone().map(|next| NextStep { form, ..next }),
            ..page
        }
    }

    /// Done, verified and published, for somebody who only reads.
    pub fn sample_published() -> Self {
        Self {
            status: Tag::new("Verified", Tone::Good),
            caution: None,
            published: Some((
                "The internet in the halls was off over a weekend.".to_owned(),
                "The contract now has cover on Saturdays and Sundays.".to_owned(),
            )),
            notice: Some("Everybody can read it now.".to_owned()),
            next: None,
            cases: Vec::new(),
            publish: Some(Link::new("Change the words", &paths::publish_action("FC-10388-1"))),
            ..Self::sample()
        }
    }
}

/// Buttons beside the form are secondary: saving is what the page is for.
pub(super) const BESIDE: ButtonStyle = ButtonStyle::Secondary;
