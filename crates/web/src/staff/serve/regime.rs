//! Serving the other regimes of a case (A38).

mod shown;

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::regime as acts;
use rules::case::event::RegimeDone;
use rules::case::regime::{clock_of_regime, regime_of_clock};
use rules::case::{Refused, RegimePart, RegimeTag};
use rules::clock::{ClockName, full_date};
use rules::deadlines::Deadline;
use rules::handling::regime as rule;
use rules::handling::regime::Tagging;
use rules::people::Act;
use rules::procedure::Regime;
use rules::sentence::capital;

pub(crate) use self::shown::panel;
use self::shown::view;
use super::brief::brief;
use super::notice::Notice;
use super::sent::{Again, Sent, date, not_now};
use super::{OnCase, fresh};
use crate::staff::case::{CaseAction, Weight};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;
use crate::staff::regime::{Choice, RegimePage};

/// What applies and what can be done, or why there is nothing to do.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    let refused = rule::can_tag(&file.case, seat.door.person(), &file.in_force.setting(file.now)).err();
    match refused.filter(|_| file.case.regimes.is_empty() || !seat.may(Act::TagRegime)) {
        Some(refused) => not_now(&seat, &file, LABEL, refused).await,
        None => seat.page(&page(&seat, &file, fresh(&file))).await,
    }
}

/// What the way to the page is called.
const LABEL: &str = "Another regime also applies";

/// Tags, records, says where, or takes away.
pub async fn post(sent: Sent) -> Response {
    let (acted, first_field) = match sent.form.get("step") {
        "done" => (done(&sent).await, "duty"),
        "elsewhere" => (elsewhere(&sent).await, "handled"),
        "take" => (take_away(&sent).await, "taken"),
        _ => (tag(&sent).await, "regime"),
    };
    sent.answer(acted, Again { first_field, page }).await
}

async fn tag(sent: &Sent) -> Result<Notice, Fault> {
    let tagging = Tagging {
        regime: sent.form.get("regime").to_owned(),
        began_on: date(&sent.form, "began_on")?,
        why: sent.form.posted.some("why").map(str::to_owned),
    };
    let once = sent.form.once();
    acts::tag(sent.hand(&once), &tagging).await?;
    Ok(Notice::RegimeTagged)
}

async fn done(sent: &Sent) -> Result<Notice, Fault> {
    let (regime, clock) = match sent.form.get("duty").split_once(':') {
        Some((regime, clock)) => (regime, Some(ClockName::new(clock))),
        None => (sent.form.get("duty"), None),
    };
    let on = date(&sent.form, "done_on")?;
    let done = RegimeDone {
        regime: regime.to_owned(),
        clock,
        on: on.ok_or_else(|| Refused::field("done_on", "Choose the day on which it was done"))?,
        words: sent.form.get("done_words").to_owned(),
    };
    let once = sent.form.once();
    acts::done(sent.hand(&once), &done).await?;
    Ok(Notice::RegimeDone)
}

async fn elsewhere(sent: &Sent) -> Result<Notice, Fault> {
    let once = sent.form.once();
    acts::elsewhere(sent.hand(&once), sent.form.get("handled"), sent.form.get("handled_now")).await?;
    Ok(Notice::RegimeElsewhere)
}

async fn take_away(sent: &Sent) -> Result<Notice, Fault> {
    let once = sent.form.once();
    acts::take_away(sent.hand(&once), sent.form.get("taken"), sent.form.get("taken_why")).await?;
    Ok(Notice::RegimeTakenAway)
}

/// The page with every form untouched but the one that came back: that one is there whatever has become of the case.
fn page(seat: &Seat, file: &CaseFile, form: FormState) -> RegimePage {
    let forms = Forms { file, came: form };
    let case = &file.case;
    let (duties, tags) = (duties(file), || case.regimes.iter().map(|tag| pick(file, tag)));
    let open: Vec<Pick> = case.open_regimes().map(|tag| pick(file, tag)).collect();
    let leaves = if rule::may_leave(case) { open } else { Vec::new() };
    let today = seat.wall().today().to_string();
    let received = case.received.received_on.to_string();
    let offered = if case.is_open() { offered(file) } else { Vec::new() };
    let taken: Vec<Pick> = if case.is_open() || case.has_open_regime() {
        tags().collect()
    } else {
        Vec::new()
    };
    RegimePage {
        case: brief(seat, file),
        regimes: case.regimes.iter().map(|tag| view(seat, file, tag)).collect(),
        done: forms.choice("done", ("duty", duties), Some(("done_on", &today))),
        elsewhere: forms.choice("elsewhere", ("handled", leaves), None),
        tagging: forms.choice("tag", ("regime", offered), Some(("began_on", &received))),
        taking: forms.choice("take", ("taken", taken), None),
    }
}

/// The forms of the page, of which one may have come back.
struct Forms<'a> {
    file: &'a CaseFile,
    came: FormState,
}

impl Forms<'_> {
    /// A form that begins with a choice; what is the only one is chosen.
    fn choice(&self, step: &str, (field, picks): (&str, Vec<Pick>), filled: Option<(&str, &str)>) -> Option<Choice> {
        if self.came.answers.get("step") == step {
            let form = self.came.clone();
            return Some(Choice { picks, form });
        }
        let untouched = fresh(self.file);
        let mut answers = untouched.answers.clone();
        if let [only] = picks.as_slice() {
            answers = answers.and(field, &only.value);
        }
        if let Some((name, value)) = filled {
            answers = answers.and(name, value);
        }
        let form = FormState { answers, ..untouched };
        (!picks.is_empty()).then_some(Choice { picks, form })
    }
}

/// The regimes of the procedure that the case is not tagged with.
fn offered(file: &CaseFile) -> Vec<Pick> {
    let untagged = |regime: &&Regime| {
        let tag = file.case.regime(&regime.name.code);
        tag.is_none_or(|tag| tag.elsewhere.is_some())
    };
    let regimes = file.in_force.procedure.regimes.iter().filter(untagged);
    regimes
        .map(|regime| match asks(regime) {
            Some(asks) => Pick::with_hint(&regime.name.code, &regime.name.name, &asks),
            None => Pick::new(&regime.name.code, &regime.name.name),
        })
        .collect()
}

/// "We confirm that we have it (Data Protection Act 2018, section 164A)".
fn asks(regime: &Regime) -> Option<String> {
    let asks = capital(regime.asks.as_deref()?);
    Some(match &regime.source {
        Some(source) => format!("{asks} ({source})"),
        None => asks,
    })
}

fn pick(file: &CaseFile, tag: &RegimeTag) -> Pick {
    Pick::new(tag.code(), name(file, tag))
}

/// What the procedure calls a regime.
fn name<'a>(file: &'a CaseFile, tag: &'a RegimeTag) -> &'a str {
    let regime = file.in_force.procedure.regime(tag.code());
    regime.map_or(tag.code(), |regime| &regime.name.name)
}

/// What is open, one for each clock.
fn duties(file: &CaseFile) -> Vec<Pick> {
    let parts = file.case.open_regimes().flat_map(RegimeTag::parts);
    let open = parts.filter(|part| part.is_open());
    open.map(|part| {
        let by = deadline(file, part).map_or_else(String::new, |date| format!(", by {}", full_date(date.due_on)));
        let value = match part.clock {
            Some(clock) => format!("{}:{clock}", part.tag.code()),
            None => part.tag.code().to_owned(),
        };
        Pick::new(&value, &format!("{}{by}", name(file, part.tag)))
    })
    .collect()
}

/// The names of the regimes that are still open, as a sentence has them: what an ending asks about.
pub(crate) fn still_open(file: &CaseFile) -> Option<String> {
    let names: Vec<&str> = file.case.open_regimes().map(|tag| name(file, tag)).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// The date of a part among those of the case.
fn deadline<'a>(file: &'a CaseFile, part: RegimePart<'_>) -> Option<&'a Deadline> {
    let name = clock_of_regime(part.tag.code(), part.clock?);
    file.deadlines.iter().find(|deadline| deadline.clock == name)
}

/// What a date belongs to, where it is one of another regime.
pub(crate) fn named_by_clock<'a>(file: &'a CaseFile, clock: &str) -> Option<&'a str> {
    let regime = regime_of_clock(clock, &file.in_force.procedure)?;
    Some(&regime.name.name)
}

/// The way to the page, where a regime can be said to apply.
pub(crate) fn action(seat: &Seat, file: &CaseFile) -> Option<CaseAction> {
    rule::can_tag(&file.case, seat.door.person(), &file.in_force.setting(file.now)).ok()?;
    Some(CaseAction::open(LABEL, &path(file), Weight::Link))
}

fn path(file: &CaseFile) -> String {
    paths::case_act(&file.case.reference.to_string(), "regimes")
}
