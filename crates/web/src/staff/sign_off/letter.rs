//! One letter, read before it goes: approve it or send it back.

use hypertext::{Buffer, prelude::*};

use super::findings::Findings;
use crate::page::form::{Button, LabelSize, error_summary};
use crate::page::icon::Icon;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::case_head::{CaseBrief, clock_panel};
use crate::staff::parts::changes::{Changes, legend};
use crate::staff::parts::checks::{Check, checks};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::letter::Letter;
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::{caution, done};
use crate::staff::parts::panel::panel;
use crate::staff::parts::tag::tags;
use crate::staff::paths;
use crate::staff::serve::letters::short;

/// One letter. Fields: `decision` (approve, edit, return), `comments`, `read` (yes), `version`, `sha256`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffLetter {
    /// Which case.
    pub case: CaseBrief,
    /// Other pages of the case that the reader may open, beside its timeline.
    pub others: Vec<Link>,
    /// "investigated by Dana Kowalczyk, Service Delivery Manager"
    pub by: String,
    /// First name of the investigator: "Send it back to Dana".
    pub author: String,
    /// Number of the version shown; sent back as `version`, so that nobody approves what they have not read.
    pub version: u32,
    /// The hash of the letter shown; sent back as `sha256`, so that exactly this is approved. Empty for one that was sent before letters were fixed.
    pub sha256: String,
    /// The letter.
    pub letter: Letter,
    /// What changed since the reader last had it before them, or since the first version.
    pub changes: Option<Since>,
    /// What was found, and what that rests on; none where no investigation stands behind the letter.
    pub findings: Option<Findings>,
    /// Whether the procedure lets whoever approves change words.
    pub may_edit: bool,
    /// What was looked at in it.
    pub checks: Vec<Check>,
    /// "This letter changed while you were reading. This is version 3."
    pub changed: Option<String>,
    /// What was just done, after a redirect.
    pub notice: Option<String>,
    /// Why the reader may not sign it (R28, P26), and who may.
    pub lock: Option<Lock>,
    /// What was chosen so far.
    pub form: FormState,
}

/// What changed since an older version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// "Changes since version 1, which you sent back"
    pub heading: String,
    /// The letter with its marks.
    pub changes: Changes,
    /// Other versions to compare with.
    pub others: Vec<Link>,
}

/// Why somebody may not sign a letter off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// "You investigated this complaint, so you cannot sign it off."
    pub reason: String,
    /// Who can.
    pub delegates: Vec<String>,
    /// Where the reader names somebody who stands in for them; none for whoever signs nothing anyway.
    pub name_one: Option<Link>,
}

impl StaffPage for SignOffLetter {
    fn title(&self) -> String {
        format!("Sign off {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::SignOff
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (back_link(&Link::new("Sign-off", paths::SIGN_OFF)))
            (error_summary(&self.form.errors))
            (self.head())
            @if let Some(changed) = &self.changed { (caution(changed)) }
            div.fc-case.fc-case--signoff {
                div {
                    (self.tabs())
                    (self.letter)
                    @if let Some(since) = &self.changes { (panel("since", &since.heading, since)) }
                    @if let Some(findings) = &self.findings { (panel("findings", "Findings and what they rest on", findings)) }
                }
                aside.fc-rail.fc-noprint aria-label="Deadline, checks and your decision" {
                    (clock_panel(&self.case))
                    @match &self.lock {
                        Some(lock) => { (panel("dec", "Your decision", lock)) }
                        None => { (self.decision(shell)) }
                    }
                    (panel("chk", "Checks on the letter", checks(&self.checks)))
                }
            }
        }
        .render_to(out);
    }
}

impl SignOffLetter {
    fn head(&self) -> impl Renderable {
        maud! {
            div.moj-page-header-actions.fc-noprint {
                div.moj-page-header-actions__title {
                    p.fc-eyebrow { span.fc-ref { (self.case.reference) } " · " (self.by) }
                    h1.govuk-heading-l { "Sign off: " (self.case.title) }
                    (tags(&self.case.tags))
                }
            }
        }
    }

    fn tabs(&self) -> impl Renderable {
        maud! {
            nav.moj-sub-navigation.fc-noprint aria-label="Sign-off" {
                ul.moj-sub-navigation__list {
                    li.moj-sub-navigation__item {
                        a.moj-sub-navigation__link aria-current="page" href=(paths::sign_off(&self.case.reference)) {
                            "Letter, version " (self.version)
                        }
                    }
                    @if let Some(label) = self.findings.as_ref().and_then(Findings::label) {
                        li.moj-sub-navigation__item { a.moj-sub-navigation__link href="#findings" { (label) } }
                    }
                    li.moj-sub-navigation__item { a.moj-sub-navigation__link href=(self.case.href) { "Timeline" } }
                    @for other in &self.others {
                        li.moj-sub-navigation__item { a.moj-sub-navigation__link href=(other.href) { (other.label) } }
                    }
                }
            }
        }
    }

    fn decision<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let mut picks = vec![
            Pick::new("approve", "Sign off and send it now"),
            Pick::new("return", &format!("Send it back to {}", self.author)),
        ];
        if self.may_edit {
            let hint = format!(
                "On the next page. {} is told, and you sign it off afterwards.",
                self.author
            );
            picks.insert(1, Pick::with_hint("edit", "Change words first", &hint));
        }
        let read = [Pick::new(
            "yes",
            "I have read the findings, and I was not involved in what happened or in the stage 1 decision",
        )];
        let form = maud! {
            form method="post" action=(paths::sign_off(&self.case.reference)) novalidate {
                (shell.fields(&self.form))
                input type="hidden" name="version" value=(self.version);
                input type="hidden" name="sha256" value=(self.sha256);
                (self.form.radios("decision", "What should happen to this letter?", &picks).size(LabelSize::Hidden))
                (self.form.area("comments", &format!("Comments for {}", self.author)).rows(3)
                    .hint("Needed if you send it back. Staff only."))
                (self.form.boxes("read", "Confirm", &read).size(LabelSize::Hidden))
                (Button::new("Confirm decision"))
                @if !self.sha256.is_empty() {
                    p.govuk-body-s.fc-muted {
                        "Exactly this letter goes out. Its fingerprint: " code { (short(&self.sha256)) }
                    }
                }
            }
        };
        maud! { (panel("dec", "Your decision", &form)) }
    }

    /// Ready to be signed.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_stage_2(),
            others: vec![
                Link::new("Details", &paths::case_act("FC-10391", "details")),
                Link::new("Audit", &paths::case_act("FC-10391", "audit")),
            ],
            by: "investigated by Dana Kowalczyk, Service Delivery Manager".to_owned(),
            author: "Dana".to_owned(),
            version: 2,
            sha256: "3f2a9c4177d0b6e23f2a9c4177d0b6e23f2a9c4177d0b6e23f2a9c4177d0b6e2".to_owned(),
            letter: Letter::sample_stage_2(),
            changes: Some(Since::sample()),
            findings: Some(Findings::sample()),
            may_edit: true,
            checks: vec![
                Check::passed("Answers all 3 points of complaint"),
                Check::passed("Says sorry, and what for"),
                Check::passed("Each change has an owner and a date"),
                Check::passed("Says how to take it further"),
                Check::passed("Names no other member of staff"),
                Check::look("Hard to read: for readers of about 15 years. Shorter sentences and plainer words help"),
            ],
            changed: None,
            notice: None,
            lock: None,
            form: FormState::fresh("g-1"),
        }
    }

    /// Sent back without comments; the letter changed meanwhile.
    pub fn sample_errors() -> Self {
        Self {
            changed: Some(
                "This letter changed while you were reading. This is version 2; changes are marked.".to_owned(),
            ),
            form: FormState::fresh("g-2")
                .answered(&[("decision", "return")])
                .wrong("comments", "Tell Dana what to change")
                .wrong("read", "Confirm that you have read the findings"),
            ..Self::sample()
        }
    }

    /// The reader made the stage 1 decision, and does not investigate.
    pub fn sample_locked() -> Self {
        Self {
            findings: Some(Findings::Withheld),
            lock: Some(Lock {
                reason: "You made the stage 1 decision, so you cannot sign this off.".to_owned(),
                delegates: vec!["Peter Lund".to_owned(), "Ines Caro, in place of Wendy Marsh".to_owned()],
                name_one: Some(Link::new(
                    "Name somebody who stands in for you",
                    &format!("{}#away", paths::ME),
                )),
            }),
            ..Self::sample()
        }
    }
}

impl Since {
    fn sample() -> Self {
        Self {
            heading: "Changes since version 1, which you sent back".to_owned(),
            changes: Changes::between(
                "Version 2 with the changes since version 1",
                "Dear Dr Bevan.\n\nWhat we found\n\nNobody checked the list of mailboxes.\n\nDana Kowalczyk",
                "Dear Dr Bevan.\n\nWhat we found\n\nNobody checked the list of mailboxes before the move on 2 October.\n\nDana Kowalczyk",
            ),
            others: vec![Link::new("All versions", &paths::case_act("FC-10391", "letters"))],
        }
    }
}

impl Renderable for Since {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            p.govuk-body { strong { (self.changes.summary()) "." } }
            @if !self.changes.is_empty() { (legend()) (self.changes) }
            p.govuk-body-s { @for (n, other) in self.others.iter().enumerate() { @if n > 0 { " · " } a.govuk-link href=(other.href) { (other.label) } } }
        }
        .render_to(out);
    }
}

impl Renderable for Lock {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            p.fc-lock { (Icon::Lock) span { (self.reason) } }
            @if !self.delegates.is_empty() {
                p.govuk-body-s { "These people can: " (self.delegates.join("; ")) "." }
            } @else {
                p.govuk-body-s { "Nobody else can sign it off now." }
            }
            @if let Some(link) = &self.name_one { p.govuk-body-s { a.govuk-link href=(link.href) { (link.label) } } }
        }
        .render_to(out);
    }
}
