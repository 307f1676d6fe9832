//! Triage of one complaint: what it is about, how pressing, and who takes it.

use hypertext::{Buffer, prelude::*};

use crate::page::clock::clock;
use crate::page::form::{
    Button, ButtonStyle, Errors, InputKind, LabelSize, Open, Width, details, error_summary, fieldset,
};
use crate::page::icon::Icon;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::marked_words::{MarkedPlace, marked_words, who_may_be_meant};
use crate::staff::parts::notice::{Alert, alerts, done, staff_only};
use crate::staff::parts::panel::panel;
use crate::staff::parts::people_select::{Candidate, people_select};
use crate::staff::parts::staff_named::staff_named;
use crate::staff::parts::tag::tags;
use crate::staff::paths;

/// Triage of one complaint. Fields: `service`, `problem`, `urgency`, `needs` (investigation, complex, high-risk),
/// `needs_reason`, `vip` (yes), `vip_source`, `job`, `action` (take, give, stage-2), `give_to`, `investigator`; of a restricted case also
/// `about` (several) and `about_others`.
/// Fields of the form that says it is something else: `to`, `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriageCase {
    /// Which case.
    pub case: CaseBrief,
    /// What was just done, after a redirect.
    pub notice: Option<String>,
    /// What it is, which decides what there is to choose.
    pub kind: TriageKind,
    /// "received yesterday at 4:52pm, online form"
    pub received: String,
    /// Their words, exactly.
    pub words: String,
    /// Where somebody seems to be named in them; only in a restricted case.
    pub places: Vec<MarkedPlace>,
    /// The form that opens a case which was held although it is about nobody of staff; `step` and `reason`.
    pub opening: Option<FormState>,
    /// What would put it right, if they said.
    pub to_put_right: Option<String>,
    /// Who it is from, how to reply.
    pub people: Vec<Fact>,
    /// Where to change how they are reached.
    pub change_contact: Option<Link>,
    /// What is wrong already, such as an acknowledgement that did not arrive (A8).
    pub alerts: Vec<Alert>,
    /// Why it may be about a member of staff (A13), and what happens to such a complaint (R33). Staff only.
    pub names_staff: Option<String>,
    /// Everybody whom it could be about; none where the case is open to everybody who deals with cases.
    pub whom: Option<Vec<Pick>>,
    /// Where the case is restricted, or opened where a tick was wrong.
    pub lane: Option<Link>,
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
    /// What else it could be: thanks, a suggestion, a comment, a complaint (A24).
    pub other_kinds: Vec<Pick>,
    /// What was chosen so far in the form that says it is something else.
    pub reclassify: FormState,
}

/// What is triaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriageKind {
    /// A complaint that may go to any stage.
    Complaint,
    /// A complaint that the rules send to stage 2 whatever is chosen; why, as a sentence.
    InvestigatedComplaint(String),
    /// Something that is read and passed on; what it is: "compliment".
    PassedOn(String),
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
    /// What one press does to link the two; nothing for a job, or where it cannot be done.
    pub linking: Option<OnePress>,
}

/// A link that one press makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnePress {
    /// "Link it as sent twice"
    pub label: String,
    /// The answers of the form that links, hidden.
    pub form: FormState,
}

/// Draws related cases and jobs as a list, each with the button that links it.
fn related_list<'a>(shell: &'a StaffShell, own: &'a str, related: &'a [RelatedCase]) -> impl Renderable + 'a {
    maud! {
        ul.fc-checks {
            @for one in related {
                li {
                    span { (Icon::Flag) }
                    div {
                        (one.link) " " (one.title) br; span.fc-row__meta { (one.about) }
                        @if let Some(press) = &one.linking { (one_press(shell, own, press)) }
                    }
                }
            }
        }
    }
}

fn one_press<'a>(shell: &'a StaffShell, own: &'a str, press: &'a OnePress) -> impl Renderable + 'a {
    maud! {
        form method="post" action=(paths::case_act(own, "group")) {
            (shell.fields(&press.form))
            (press.form.answers.hidden(&["seen"]))
            (Button::new(press.label.as_str()).style(ButtonStyle::Secondary).sends("step", "link"))
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
            (done(self.notice.as_deref()))
            (back_link(&Link::new("Triage", paths::TRIAGE)))
            (error_summary(self.errors()))
            div.moj-page-header-actions {
                div.moj-page-header-actions__title {
                    p.fc-eyebrow { span.fc-ref { (self.case.reference) } " · " (self.received) }
                    h1.govuk-heading-l { "Triage: " (self.case.title) }
                    (tags(&self.case.tags))
                }
            }
            (alerts(&self.alerts))
            @if let Some(words) = &self.names_staff { (staff_only(words)) }
            div.fc-case.fc-case--act {
                div {
                    (panel("told", &format!("What {} told us", self.case.person), self.told()))
                    @if let Some(form) = &self.opening { (panel("nobody", "It is about nobody of staff", self.open_it(shell, form))) }
                    form.fc-panel.fc-reveal method="post" action=(paths::triage(&self.case.reference)) novalidate {
                        div.fc-panel__body {
                            (shell.fields(&self.form))
                            (self.what())
                            @if let Some(staff) = &self.whom {
                                h2.govuk-heading-m { "Whom is it about?" }
                                (staff_named(&self.form, staff))
                            }
                            @match &self.kind {
                                TriageKind::PassedOn(kind) => {
                                    p.govuk-body { "A " (kind) " goes through no stages: it is read and passed on. Saving closes it." }
                                    (Button::new("Read and passed on"))
                                }
                                TriageKind::Complaint | TriageKind::InvestigatedComplaint(_) => {
                                    (self.how_pressing())
                                    (self.who())
                                    (Button::new("Save and go on"))
                                }
                            }
                        }
                    }
                    @if let Some(lane) = &self.lane { p.govuk-body."govuk-!-margin-top-4" { (lane) } }
                    (self.something_else(shell))
                }
                aside.fc-rail aria-label="Deadline and people" {
                    div.fc-panel { (clock(&self.case.clock)) }
                    (panel("ppl", "People", self.who_it_is_from()))
                    @if !self.related.is_empty() {
                        (panel("rel", "This may be related", related_list(shell, &self.case.reference, &self.related)))
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl TriageCase {
    fn errors(&self) -> &Errors {
        if self.form.errors.is_empty() {
            &self.reclassify.errors
        } else {
            &self.form.errors
        }
    }

    fn who_it_is_from(&self) -> impl Renderable {
        maud! {
            (facts(&self.people))
            @if let Some(link) = &self.change_contact { p.govuk-body-s."govuk-!-margin-top-2" { (link) } }
        }
    }

    fn told(&self) -> impl Renderable {
        maud! {
            div.fc-prose {
                (marked_words(&self.words, &self.places))
                @if let Some(wish) = &self.to_put_right { p { strong { "To put it right: " } (wish) } }
                @if !self.places.is_empty() { (who_may_be_meant(&self.words, &self.places)) }
            }
        }
    }

    /// The other choice: the finder was wrong. The first one is to say below whom it is about.
    fn open_it<'a>(&'a self, shell: &'a StaffShell, form: &'a FormState) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::case_act(&self.case.reference, "confidential")) novalidate {
                (shell.fields(form))
                (form.answers.hidden(&["seen"]))
                p.govuk-body { "Names are found by rules, and rules are wrong at times. Everybody who deals with cases can read it then, and it waits here as usual." }
                p.govuk-body-s { "Kept as the reason: “" (form.answers.get("reason")) "” " a.govuk-link href=(paths::case_act(&self.case.reference, "confidential")) { "Give another reason" } }
                (Button::new("Open it to everybody who deals with cases").style(ButtonStyle::Secondary).sends("step", "open"))
            }
        }
    }

    fn what(&self) -> impl Renderable {
        maud! {
            h2.govuk-heading-m { "What is it about?" }
            div.fc-pair.fc-pair--fields {
                (self.form.select("service", "Service", &self.services))
                @if !matches!(self.kind, TriageKind::PassedOn(_)) {
                    (self.form.select("problem", "What went wrong", &self.problems))
                }
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
            @match &self.vip_known {
                Some(known) => { p.govuk-body { (known) } }
                None => {
                    (self.form.boxes("vip", "VIP", &yes).size(LabelSize::Hidden))
                    (self.form.text("vip_source", "How do you know?").hint("Needed if you tick it."))
                }
            }
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
        let stage_1 = format!("Stage 1, decision due {}.", self.stage_1_due);
        let stage_2 = Pick::with_hint(
            "stage-2",
            "Start at stage 2",
            &format!("Investigation, decision due {}.", self.stage_2_due),
        );
        let (rule, actions) = match &self.kind {
            TriageKind::InvestigatedComplaint(why) => (why.as_str(), vec![stage_2]),
            TriageKind::Complaint | TriageKind::PassedOn(_) => {
                let take = Pick::with_hint("take", "I take it", &stage_1);
                let give = Pick::with_hint("give", "Give it to someone", &stage_1);
                (RULE, vec![take, give, stage_2])
            }
        };
        maud! {
            h2.govuk-heading-m { "Who takes it?" }
            (self.form.radios("action", "What happens next", &actions).hint(rule.to_owned()))
            @if actions.len() > 1 { div.fc-reveal__give { (people_select(&self.form, "give_to", "Give it to", &self.staff)) } }
            div.fc-reveal__stage-2 { (people_select(&self.form, "investigator", "Who investigates?", &self.investigators)) }
        }
    }

    fn something_else<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let open = if self.reclassify.errors.is_empty() {
            Open::WhenAsked
        } else {
            Open::FromTheStart
        };
        details(
            "This is something else",
            open,
            maud! {
                form method="post" action=(paths::triage_kind(&self.case.reference)) novalidate {
                    (shell.fields(&self.reclassify))
                    p.govuk-body-s { "Their own words decide: any word that somebody is not happy is a complaint. The time of receipt stays." }
                    (self.reclassify.select("to", "It is a", &self.other_kinds).width(Width::Half))
                    (self.reclassify.area("reason", "Why").rows(2))
                    (Button::new("Change what it is").style(ButtonStyle::Secondary))
                }
            },
        )
    }
}

/// What the page says before anything is chosen: rules of the procedure come before choices (R53-R55).
const RULE: &str = "A VIP complaint, and one that is complex, high risk or needs an investigation, starts at stage 2 whatever you choose here.";

/// The reasons to start at stage 2 (R53, R54, R69).
const NEEDS: [(&str, &str); 3] = [
    ("investigation", "It needs an investigation"),
    ("complex", "It is particularly complex"),
    ("high-risk", "The risk is high"),
];
