//! The rail of a case: its date explained, alerts, what can be done now and what cannot and why, people and links.

use casework::desk::CaseFile;
use rules::case::vocabulary::{FeedbackKind, ReplyBy};
use rules::case::{Alert as Warning, Event, State};
use rules::confidential::lane::can_restrict;
use rules::handling::consent::may_be_told;
use rules::handling::group::stands_alone;
use rules::handling::{escalate, extend};
use rules::letters::LetterKind;
use rules::people::{Act, permission};
use rules::sentence::capital;

use super::brief::{person, what_was_due, who_complained};
use super::undelivered::failed_letter;
use crate::page::explained::explained;
use crate::staff::case::{CaseAction, CaseRail, Weight};
use crate::staff::desk::Seat;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::Alert;
use crate::staff::paths;

/// The rail.
pub(crate) fn rail(seat: &Seat, file: &CaseFile) -> CaseRail {
    let wall = seat.wall();
    CaseRail {
        explained: file.open_date().or(file.decision_date()).map(explained),
        promised: file.update_date().map(|update| match update.due_on {
            on if on < wall.today() => format!("An update was due by the end of {}", wall.day_inside(on)),
            on => format!("Update owed by the end of {}", wall.day_inside(on)),
        }),
        alerts: alerts(seat, file)
            .into_iter()
            .chain(super::assign::owner_left(seat, file))
            .collect(),
        actions: actions(seat, file)
            .into_iter()
            .chain(super::question::action(seat, file))
            .chain(super::group::action(seat, file))
            .chain(super::regime::action(seat, file))
            .chain(lane(seat, file))
            .chain(handover(seat, file))
            .chain(super::keeping::action(seat, file))
            .chain(super::redact::action(seat, file))
            .collect(),
        regimes: super::regime::panel(seat, file),
        group: None,
        people: people(seat, file),
    }
}

/// What somebody must look at.
pub(crate) fn alerts(seat: &Seat, file: &CaseFile) -> Vec<Alert> {
    let alerts = file.case.alerts.iter().map(|alert| warning(seat, file, alert));
    let first = super::consent::alert(seat, file)
        .into_iter()
        .chain(super::question::alert(seat, file));
    first.chain(alerts).collect()
}

fn warning(seat: &Seat, file: &CaseFile, alert: &Warning) -> Alert {
    let wall = seat.wall();
    match alert {
        Warning::Undelivered { .. } => {
            let words = failed_letter(seat, file, alert)
                .map(|failed| format!("{} {} {}", failed.what, failed.why, failed.next))
                .unwrap_or_default();
            match seat.may(Act::Write) {
                true => Alert::with_link(&words, Link::new("Correct or send again", &contact_path(file))),
                false => Alert::new(&words),
            }
        }
        Warning::UpdateMissed { due_at } => {
            let link = Link::new(
                "Write now",
                &format!("{}#write", paths::case(&file.case.reference.to_string())),
            );
            Alert::with_link(
                &format!(
                    "{} was owed an update by {}.",
                    capital(&person(file)),
                    wall.day_inside(wall.local(*due_at).date())
                ),
                link,
            )
        }
        Warning::MessageWaits { since } => message_waits(seat, file, &wall.when_inside(*since)),
        Warning::Breached { clock, due_at } => Alert::new(&format!(
            "{} was due by {}: the date has passed.",
            capital(&what_was_due(file, clock)),
            wall.day_inside(wall.local(*due_at).date())
        )),
    }
}

/// Somebody wrote and waits for an answer; after the end only a note can say what became of it.
fn message_waits(seat: &Seat, file: &CaseFile, when: &str) -> Alert {
    let (who, page) = (capital(&person(file)), paths::case(&file.case.reference.to_string()));
    let latest = file.history.iter().rev().find_map(|recorded| match recorded.event {
        Event::MessageReceived(_) => Some(recorded.sequence),
        _ => None,
    });
    let answered = matches!(file.case.state, State::Answered(..) | State::Closed(..));
    let (words, link) = if let Some(message) = latest.filter(|_| answered) {
        (
            format!(
                "{who} wrote {when}, after our decision. Say what it is: thanks, something new, or the wish for the next stage."
            ),
            Link::new(
                "What did they mean?",
                &format!(
                    "{}?wrote={message}",
                    paths::case_act(&file.case.reference.to_string(), "issue")
                ),
            ),
        )
    } else if file.case.is_open() {
        (
            format!("{who} wrote {when} and has no answer yet. Write back, or add a note that says why not."),
            Link::new("Write back", &format!("{page}#write")),
        )
    } else {
        (
            format!(
                "{who} wrote {when}, after the case was closed. Take it up again, or add a note that says why not."
            ),
            Link::new("Add a note", &format!("{page}?write=note#write")),
        )
    };
    match seat.may(Act::Write) {
        true => Alert::with_link(&words, link),
        false => Alert::new(&words),
    }
}

fn contact_path(file: &CaseFile) -> String {
    paths::case_act(&file.case.reference.to_string(), "contact")
}

/// What can be done next, and in every state: say how the person is reached.
fn actions(seat: &Seat, file: &CaseFile) -> Vec<CaseAction> {
    let mut all = by_state(seat, file);
    all.extend(change_contact(seat, file).map(|link| CaseAction::open(&link.label, &link.href, Weight::Link)));
    all
}

/// The way to the page on which somebody changes how the person is reached, for those who may.
pub(crate) fn change_contact(seat: &Seat, file: &CaseFile) -> Option<Link> {
    let label = format!("Change how we reach {}", person(file));
    seat.may(Act::Write).then(|| Link::new(&label, &contact_path(file)))
}

/// What can be done next, in the order of likelihood, by state.
fn by_state(seat: &Seat, file: &CaseFile) -> Vec<CaseAction> {
    let offer = Offer { seat, file };
    match &file.case.state {
        State::Received if seat.may(Act::Triage) => vec![offer.triage(), offer.no_decision()],
        State::Received => vec![offer.triage()],
        State::Open(work) if work.stage() > 1 => offer.while_investigated(),
        State::Open(_) => offer.at_the_front_line(),
        State::SignOff(..) => vec![offer.sign_off()],
        State::Decided(..) if file.case.given_up().any(LetterKind::decides) => vec![
            offer.act(
                &format!("Get the decision to {}", person(file)),
                "contact",
                Weight::Primary,
                Act::Write,
            ),
            CaseAction::not_now("Close it", "The decision has not arrived. The case closes when it has."),
        ],
        State::Decided(..) => vec![CaseAction::not_now(
            "Close it",
            "The letter is on its way. The case closes when it has arrived.",
        )],
        State::EscalationPending(..) => vec![offer.act(
            "Decide on the request for stage 2",
            "escalation",
            Weight::Primary,
            Act::DecideEscalation,
        )],
        State::Answered(..) | State::Closed(..) => offer.when_answered(),
    }
}

/// Whether the case is about a member of staff: said by whoever may restrict it, changed by whoever may say whom it is about.
fn lane(seat: &Seat, file: &CaseFile) -> Option<CaseAction> {
    let page = paths::case_act(&file.case.reference.to_string(), "confidential");
    if file.case.is_restricted() {
        return Some(CaseAction::open("Who can see this case", &page, Weight::Link));
    }
    let label = "It is about a member of staff";
    can_restrict(&file.case, seat.door.person())
        .is_ok()
        .then(|| match stands_alone(&file.case) {
            Ok(()) => CaseAction::open(label, &page, Weight::Link),
            Err(refused) => CaseAction::not_now(label, &refused.to_string()),
        })
}

/// Handing it over to a line manager, for those who may (R34).
fn handover(seat: &Seat, file: &CaseFile) -> Option<CaseAction> {
    let offered = file.case.is_restricted() && seat.may(Act::Seal);
    let page = paths::case_act(&file.case.reference.to_string(), "handover");
    offered.then(|| match &file.case.seal.asked {
        Some(_) => CaseAction::open("On its way to a line manager", &page, Weight::Link),
        None => CaseAction::open("Hand it over to a line manager", &page, Weight::Link),
    })
}

/// What this person is offered on this case: permissions decide between a link and a reason.
struct Offer<'a> {
    seat: &'a Seat,
    file: &'a CaseFile,
}

impl Offer<'_> {
    fn act(&self, label: &str, page: &str, weight: Weight, needed: Act) -> CaseAction {
        if self.seat.may(needed) {
            let reference = self.file.case.reference.to_string();
            CaseAction::open(label, &paths::case_act(&reference, page), weight)
        } else {
            let (words, who) = (needed.words(), permission::who_may(needed));
            CaseAction::not_now(label, &format!("You cannot {words}. Ask {who}."))
        }
    }

    fn no_decision(&self) -> CaseAction {
        self.act("Close without a decision", "close", Weight::Link, Act::Close)
    }

    fn triage(&self) -> CaseAction {
        if self.seat.may(Act::Triage) {
            let page = paths::triage(&self.file.case.reference.to_string());
            CaseAction::open("Triage it", &page, Weight::Primary)
        } else {
            CaseAction::not_now("Triage it", &format!("Ask {}.", permission::who_may(Act::Triage)))
        }
    }

    fn at_the_front_line(&self) -> Vec<CaseAction> {
        let mut all = match may_be_told(&self.file.case) {
            Ok(()) => vec![self.act("Record decision", "decide", Weight::Primary, Act::DecideFrontline)],
            Err(refused) => vec![
                self.act(
                    "Consent: ask for it or record it",
                    "consent",
                    Weight::Primary,
                    Act::Write,
                ),
                CaseAction::not_now("Record decision", &refused.to_string()),
            ],
        };
        all.extend([
            self.act("Move to stage 2", "stage-2", Weight::Secondary, Act::MoveToStage2),
            more_time(self.seat, self.file),
            self.act("Pass to someone else", "assign", Weight::Link, Act::Assign),
            self.no_decision(),
            self.act("The person wants to stop it", "withdraw", Weight::Link, Act::Close),
        ]);
        all
    }

    fn while_investigated(&self) -> Vec<CaseAction> {
        let write = "Investigate and write the decision";
        let mine = self.file.case.owner == Some(self.seat.door.person().id);
        let write = if mine {
            self.act(write, "investigation", Weight::Primary, Act::Investigate)
        } else {
            CaseAction::not_now(write, "Somebody else is investigating. It can be passed on.")
        };
        vec![
            write,
            more_time(self.seat, self.file),
            self.act("Pass to someone else", "assign", Weight::Link, Act::Assign),
            self.no_decision(),
            self.act("The person wants to stop it", "withdraw", Weight::Link, Act::Close),
        ]
    }

    fn sign_off(&self) -> CaseAction {
        if self.seat.may(Act::SignOff) {
            let page = paths::sign_off(&self.file.case.reference.to_string());
            CaseAction::open("Read the letter and decide", &page, Weight::Primary)
        } else {
            CaseAction::not_now("Send the decision", "It waits for senior management to sign it off.")
        }
    }

    fn when_answered(&self) -> Vec<CaseAction> {
        let (seat, file) = (self.seat, self.file);
        let setting = file.in_force.setting(file.now);
        let mut all = Vec::new();
        let decided = matches!(file.case.state, State::Answered(..) | State::Closed(_, Some(_)));
        if decided && escalate::gate(&file.case, &setting).is_ok() {
            all.push(self.act(
                &format!("{} asks for stage 2", capital(&person(file))),
                "ask-stage-2",
                Weight::Secondary,
                Act::Write,
            ));
        }
        let allowed = setting
            .procedure
            .reopen
            .as_ref()
            .is_some_and(|rule| seat.door.person().is(rule.approver));
        if matches!(file.case.state, State::Closed(..)) && allowed {
            all.push(self.act("Reopen", "reopen", Weight::Link, Act::Close));
        }
        if file.case.kind == FeedbackKind::Complaint && all.is_empty() {
            all.push(CaseAction::not_now(
                "Ask for stage 2",
                "This was the last stage of the procedure.",
            ));
        }
        all
    }
}

fn more_time(seat: &Seat, file: &CaseFile) -> CaseAction {
    let setting = file.in_force.setting(file.now);
    let page = paths::case_act(&file.case.reference.to_string(), "extend");
    if !seat.may(Act::AskExtension) {
        return CaseAction::not_now(
            "Extend the deadline",
            &format!("Ask {}.", permission::who_may(Act::AskExtension)),
        );
    }
    if file.case.extension_request.is_some() {
        return CaseAction::open("Decide on the request for more time", &page, Weight::Secondary);
    }
    match extend::possible(&file.case, &setting) {
        Ok(()) => CaseAction::open("Extend the deadline", &page, Weight::Link),
        Err(refused) => CaseAction::not_now("Extend the deadline", &refused.to_string()),
    }
}

fn people(seat: &Seat, file: &CaseFile) -> Vec<Fact> {
    let case = &file.case;
    let complainant = &case.complainant;
    let from = who_complained(file);
    let reply = match complainant.reply_by {
        ReplyBy::Email => complainant.email.clone().unwrap_or_else(|| "Email".to_owned()),
        ReplyBy::Phone => complainant.phone.clone().unwrap_or_else(|| "Phone".to_owned()),
        ReplyBy::TrackingPage => "Tracking page only".to_owned(),
    };
    let mut facts = vec![Fact::new("From", &from), Fact::new("Reply by", &reply)];
    if let Some(words) = super::consent::acting_for(file) {
        facts.push(match seat.may(Act::Write) {
            true => Fact::linked("Acting for", Link::new(&words, &super::consent::path(file))),
            false => Fact::new("Acting for", &words),
        });
    }
    if let Some(needs) = &complainant.needs {
        facts.push(Fact::new("Needs", needs));
    }
    let owner = match case.owner {
        Some(owner) if owner == seat.door.person().id => "You".to_owned(),
        Some(owner) => seat.door.office().name_in_list(owner),
        None => "Nobody yet: triage gives it to someone".to_owned(),
    };
    facts.push(Fact::new("Owner", &owner));
    if let Some(job) = &case.job {
        facts.push(Fact::linked("Job", Link::new(&job.number, &paths::job(&job.number))));
        if let Some(parent) = &job.parent {
            facts.push(Fact::linked("Parent job", Link::new(parent, &paths::job(parent))));
        }
    }
    facts
}
