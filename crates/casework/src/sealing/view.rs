//! Where the handover of a case stands, for those who may know that the case is there: no word of it, and no name but whom it is on its way to.

use jiff::Timestamp;
use rules::case::change::permit;
use rules::case::{Alert, Case, Reference, Refused};
use rules::confidential::Sight;
use rules::confidential::sealing::carried::Carried;
use rules::confidential::sealing::hand_over::can_ask;
use rules::confidential::sealing::report;
use rules::letters::{LetterFacts, LetterKind};
use rules::people::{Act, Person};

use super::enclose::{facts_carried, planned};
use super::hand_over::ToHolder;
use super::suggest::{Suggested, suggested};
use crate::clearance::look;
use crate::letter::OPENS_NOTHING;
use crate::letter::holder::{self, facts_of_handover};
use crate::looks::put_outline;
use crate::{ActError, Office};

/// Where it stands.
#[derive(Debug, Clone)]
pub struct Handover {
    /// The case.
    pub reference: Reference,
    /// The number of its last event.
    pub sequence: u32,
    /// True once nobody here can read it.
    pub is_sealed: bool,
    /// To whom it is on its way, if it is.
    pub on_its_way: Option<OnItsWay>,
    /// Who has it, if anybody has.
    pub held: Option<HeldNow>,
    /// The complainant asked for the next stage: somebody else has to have it.
    pub wants_another: bool,
    /// Whether this person could remind whoever has it now.
    pub can_chase: bool,
    /// Whom the directory would choose.
    pub suggested: Option<Suggested>,
    /// Why it cannot be handed over now, or not by this person.
    pub not_now: Option<Refused>,
}

/// A handover that no mail server has taken yet.
#[derive(Debug, Clone)]
pub struct OnItsWay {
    /// The name that was typed.
    pub name: String,
    /// The address that was typed.
    pub email: String,
    /// Since when.
    pub since: Timestamp,
    /// What the mail server said, where it did not take it, and whether nobody tries any more.
    pub trouble: Option<(String, bool)>,
}

/// Whoever has it: when what happened, and not who.
#[derive(Debug, Clone)]
pub struct HeldNow {
    /// Since when.
    pub since: Timestamp,
    /// How their letter carries the complaint, where that is on record.
    pub carried: Option<Carried>,
    /// When they said that they have it.
    pub taken_at: Option<Timestamp>,
    /// When they were last reminded.
    pub reminded_at: Option<Timestamp>,
    /// When they said that they have finished.
    pub finished_at: Option<Timestamp>,
}

/// Where the handover of a case stands, for somebody who may hand over or chase. That they looked is on record.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such case for them.
pub async fn handover(office: &Office, reference: &Reference, by: &Person) -> Result<Handover, ActError> {
    permit(by, Act::SeeCases)?;
    let case = look(office, reference, by, Sight::Outline).await?.case;
    put_outline(office, reference, by).await?;
    let not_now = can_ask(&case, by).err();
    let suggested = match &not_now {
        None => suggested(office, &case).await?,
        Some(_) => None,
    };
    let in_force = office.procedure_of(&case)?;
    Ok(Handover {
        suggested,
        can_chase: report::chase(&case, by, &in_force.setting(office.now())).is_ok(),
        reference: case.reference.clone(),
        sequence: case.sequence,
        is_sealed: case.is_sealed(),
        on_its_way: on_its_way(&case),
        held: case.held().filter(|_| case.is_sealed()).map(|held| HeldNow {
            since: held.since,
            carried: held.carried.clone(),
            taken_at: held.taken_at,
            reminded_at: held.reminded_at,
            finished_at: held.finished_at,
        }),
        wants_another: matches!(case.state, rules::case::State::EscalationPending(..)),
        not_now,
    })
}

fn on_its_way(case: &Case) -> Option<OnItsWay> {
    let asked = case.seal.asked.as_ref()?;
    let trouble = case.undelivered(LetterKind::Handover).and_then(|alert| match alert {
        Alert::Undelivered { reason, given_up, .. } => Some((reason.clone(), *given_up)),
        _ => None,
    });
    Some(OnItsWay {
        name: asked.to.name.clone(),
        email: asked.to.email.clone(),
        since: asked.at,
        trouble,
    })
}

/// What the letter to a holder would state if it went now, with an address that opens nothing, and how it would carry the complaint.
///
/// # Errors
/// As for [`handover`].
pub async fn facts_of_letter(
    office: &Office,
    reference: &Reference,
    (to, by): (&ToHolder, &Person),
) -> Result<(LetterFacts, Carried), ActError> {
    permit(by, Act::Seal)?;
    let case = look(office, reference, by, Sight::Outline).await?.case;
    let in_force = office.procedure_of(&case)?;
    let carried = planned(office, &case, &to.to.email).await?;
    let facts = LetterFacts {
        tracking_link: holder::link(office, &case, OPENS_NOTHING),
        ..facts_of_handover(office, &case, &to.to.name, &in_force.setting(office.now()))
    };
    Ok((facts_carried(facts, &carried), carried))
}
