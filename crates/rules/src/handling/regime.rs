//! Other regimes beside the procedure: saying that one applies, that it does not, that what it asks for was done, and where it goes on once the
//! case has ended. None of it touches a date of ours (A38).

use jiff::civil::Date;

use crate::case::change::{Change, FieldError, Fields, Refused, Setting, not_now, permit};
use crate::case::event::{Event, RegimeDone, RegimeElsewhere, RegimeTagged, RegimeTakenAway};
use crate::case::state::State;
use crate::case::vocabulary::FeedbackKind;
use crate::case::{Case, RegimeTag};
use crate::clock::full_date;
use crate::deadlines::deadlines;
use crate::handling::grounds::{Grounds, case_facts};
use crate::intake::feedback::{clean_text, optional_text};
use crate::people::{Act, Actor, Person};
use crate::procedure::Regime;

/// What somebody says when another regime applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tagging {
    /// The regime's code in the procedure.
    pub regime: String,
    /// The local day on which its clocks began; that of the receipt where it is left out.
    pub began_on: Option<Date>,
    /// What makes it so.
    pub why: Option<String>,
}

/// Whether the case can be tagged now.
///
/// # Errors
/// When the person may not, the case is closed, or the procedure names no other regime.
pub fn can_tag(case: &Case, by: &Person, setting: &Setting<'_>) -> Result<(), Refused> {
    permit(by, Act::TagRegime)?;
    if !case.is_open() {
        return Err(not_now("say that another regime applies", &case.state));
    }
    if setting.procedure.regimes.is_empty() {
        return Err(Refused::Rule("This procedure names no other regime.".to_owned()));
    }
    Ok(())
}

/// Tags the case with a regime of its procedure: its clocks run from the day that is named, beside ours.
///
/// # Errors
/// As for [`can_tag`]; when the procedure has no such regime, the case is tagged with it already, the day is still to come, or its date cannot be
/// counted.
pub fn tag(case: &Case, tagging: &Tagging, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_tag(case, by, setting)?;
    let began_on = tagging.began_on.unwrap_or(case.received.received_on);
    let mut wrong = Fields::default();
    let regime = setting.procedure.regime(&tagging.regime);
    match regime {
        None => wrong.ask("regime", unknown(&tagging.regime, setting)),
        Some(regime) if case.regime(&tagging.regime).is_some_and(|tag| tag.elsewhere.is_none()) => {
            wrong.ask(
                "regime",
                format!("This case is tagged with \"{}\" already", regime.name.name),
            );
        }
        Some(_) => {}
    }
    if began_on > setting.today() {
        wrong.ask("began_on", "Choose today or a day that has passed");
    }
    wrong.finish()?;
    let clocks = regime.map_or_else(Vec::new, |regime| running(case, regime, setting));
    let event = Event::RegimeTagged(RegimeTagged {
        regime: tagging.regime.clone(),
        clocks,
        began_on,
        why: tagging.why.as_deref().and_then(optional_text),
    });
    counted(case, &event, by, setting)?;
    Ok(Change::of(vec![event]))
}

fn unknown(code: &str, setting: &Setting<'_>) -> String {
    if code.is_empty() {
        return "Choose which regime applies".to_owned();
    }
    let regimes = setting.procedure.regimes.iter();
    let known: Vec<&str> = regimes.map(|regime| regime.name.name.as_str()).collect();
    format!("This procedure has no such regime. Choose one of: {}", known.join("; "))
}

/// The clocks of a regime that run for this case (P13, P21).
fn running(case: &Case, regime: &Regime, setting: &Setting<'_>) -> Vec<crate::clock::ClockName> {
    let facts = case_facts(case, Grounds::of(case).facts(), setting.procedure);
    let facts = regime
        .when
        .asserted()
        .into_iter()
        .fold(facts, |facts, fact| facts.yes(fact));
    let clocks = regime.clocks.iter().filter_map(|name| setting.procedure.clock(name));
    clocks
        .filter(|clock| clock.runs_for(&facts))
        .map(|clock| clock.rule.name.clone())
        .collect()
}

/// A date that nobody can count must not stand on a case: every later act would stumble over it.
fn counted(case: &Case, event: &Event, by: &Person, setting: &Setting<'_>) -> Result<(), Refused> {
    let tagged = case
        .preview(std::slice::from_ref(event), Actor::Staff(by.id), setting.now)
        .map_err(|unfit| Refused::NotNow(unfit.to_string()))?;
    deadlines(&tagged, setting).map_err(|error| Refused::field("began_on", error.to_string()))?;
    Ok(())
}

/// Takes a tag away that was a mistake.
///
/// # Errors
/// When the person may not, the case is not tagged with it, it ended with the case, or no reason is given.
pub fn take_away(case: &Case, regime: &str, reason: &str, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::TagRegime)?;
    let tag = tagged(case, regime, "taken")?;
    if tag.elsewhere.is_some() || !(case.is_open() || tag.is_open()) {
        return Err(Refused::NotNow(
            "It ended with the case. Reopen the case first.".to_owned(),
        ));
    }
    let reason = clean_text(reason);
    if reason.is_empty() {
        return Err(Refused::field("taken_why", "Say why it does not apply"));
    }
    let regime = regime.to_owned();
    Ok(Change::of(vec![Event::RegimeTakenAway(RegimeTakenAway {
        regime,
        reason,
    })]))
}

/// Records that what a regime asks for was done: acknowledged, answered, passed on. Also after the complainant has stopped.
///
/// # Errors
/// When the person may not, the regime does not ask for it, it was done before or is handled elsewhere, the day is not between the beginning of
/// the clock and today, or nothing says what was done.
pub fn done(case: &Case, done: &RegimeDone, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::TagRegime)?;
    let tag = tagged(case, &done.regime, "duty")?;
    let part = tag.parts().into_iter().find(|part| part.clock == done.clock.as_ref());
    let Some(part) = part else {
        return Err(Refused::field("duty", "Choose what was done"));
    };
    if part.done().is_some() {
        return Err(Refused::field("duty", "It is recorded as done already"));
    }
    if !part.is_open() {
        return Err(Refused::field("duty", "It is handled elsewhere now"));
    }
    let mut wrong = Fields::default();
    let began_on = tag.tagged.began_on;
    if done.on > setting.today() {
        wrong.ask("done_on", "Choose today or a day that has passed");
    } else if done.on < began_on {
        wrong.ask(
            "done_on",
            format!("Choose {}, when it began, or a later day", full_date(began_on)),
        );
    }
    let words = clean_text(&done.words);
    if words.is_empty() {
        wrong.ask("done_words", "Write what was done, in a sentence");
    }
    wrong.finish()?;
    Ok(Change::of(vec![Event::RegimeDone(RegimeDone {
        words,
        ..done.clone()
    })]))
}

/// Whether a regime can go on elsewhere by itself: the case waits for nothing but that. Until then it is ours.
pub fn may_leave(case: &Case) -> bool {
    let only_that = matches!(case.state, State::Answered(..) | State::Closed(..));
    (only_that || case.kind != FeedbackKind::Complaint) && case.has_open_regime()
}

/// Says where a regime is handled now that nothing else keeps the case open.
///
/// # Errors
/// When the person may not, the regime asks for nothing any more, the case is still worked on, or nothing says where.
pub fn elsewhere(case: &Case, regime: &str, handled_now: &str, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::TagRegime)?;
    if !tagged(case, regime, "handled")?.is_open() {
        return Err(Refused::field("handled", "It asks for nothing any more"));
    }
    if !may_leave(case) {
        return Err(Refused::NotNow(
            "Its date stays with this case while the complaint is worked on. Record what was done, or say where it is handled when the case ends."
                .to_owned(),
        ));
    }
    let handled_now = clean_text(handled_now);
    if handled_now.is_empty() {
        return Err(say_where());
    }
    Ok(Change::of(vec![gone(regime, &handled_now)]))
}

/// An ending, with where the regimes are handled that are still open. What the ending itself lacks is said together with that.
///
/// # Errors
/// What the ending refuses; when a regime asks for something and nothing says where it is handled now.
pub fn closing<R>(
    case: &Case,
    handled_now: &str,
    by: &Person,
    setting: &Setting<'_>,
    ending: R,
) -> Result<Change, Refused>
where
    R: FnOnce(&Case) -> Result<Change, Refused>,
{
    let handled_now = clean_text(handled_now);
    let mut events: Vec<Event> = case.open_regimes().map(|tag| gone(tag.code(), &handled_now)).collect();
    let without = case
        .preview(&events, Actor::Staff(by.id), setting.now)
        .map_err(|unfit| Refused::NotNow(unfit.to_string()))?;
    let answer = ending(&without);
    if events.is_empty() || !handled_now.is_empty() {
        let mut change = answer?;
        events.append(&mut change.events);
        return Ok(Change { events, ..change });
    }
    match answer {
        Err(Refused::Fields { mut fields }) => {
            fields.push(where_it_is());
            Err(Refused::Fields { fields })
        }
        Err(other) => Err(other),
        Ok(_) => Err(say_where()),
    }
}

/// That no ending leaves a regime behind without a word.
pub(super) fn leaves_no_regime(case: &Case) -> Result<(), Refused> {
    if case.has_open_regime() {
        Err(say_where())
    } else {
        Ok(())
    }
}

fn gone(regime: &str, handled_now: &str) -> Event {
    Event::RegimeElsewhere(RegimeElsewhere {
        regime: regime.to_owned(),
        handled_now: handled_now.to_owned(),
    })
}

fn say_where() -> Refused {
    where_it_is().into()
}

fn where_it_is() -> FieldError {
    FieldError::new(
        "handled_now",
        "Say where the other regime is handled now: what it asks for is not done",
    )
}

fn tagged<'a>(case: &'a Case, regime: &str, field: &'static str) -> Result<&'a RegimeTag, Refused> {
    let untagged = || Refused::field(field, "Choose a regime that this case is tagged with");
    case.regime(regime).ok_or_else(untagged)
}
