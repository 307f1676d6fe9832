//! A sealed case is opened by breaking the glass: asked for, answered by a second person, read, each on record before it happens (R31, R33).

use jiff::Timestamp;
use rules::case::change::permit;
use rules::case::event::{Event, Ground, Reason};
use rules::case::{Case, Reference, Refused};
use rules::confidential::Sight;
use rules::confidential::sealing::glass::{self, AskToOpen, READS, Standing, WAITS};
use rules::intake::feedback::clean_text;
use rules::people::{Act, Actor, Person, StaffId};
use storage::{StorageError, sealed};

use super::added::into_record;
use super::record::{self, SealedRecord};
use crate::clearance::look;
use crate::files::Download;
use crate::handling::Hand;
use crate::looks::put_outline;
use crate::record::{By, change_beside, read_event};
use crate::{ActError, Office};

/// Where opening a sealed case stands, for somebody who sees the stub.
#[derive(Debug, Clone)]
pub struct Glass {
    /// The case.
    pub reference: Reference,
    /// The number of its last event.
    pub sequence: u32,
    /// Who asked, if it waits or is open.
    pub asked: Option<AskedToOpen>,
    /// Why this person cannot ask now.
    pub cannot_ask: Option<Refused>,
    /// Why this person cannot answer now.
    pub cannot_answer: Option<Refused>,
}

/// A request to open it.
#[derive(Debug, Clone)]
pub struct AskedToOpen {
    /// Who asked.
    pub by: StaffId,
    /// Why, as a ground.
    pub ground: Ground,
    /// Why, in words, for those who may ask or answer.
    pub words: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The second person, where one agreed.
    pub agreed: Option<(StaffId, Timestamp)>,
    /// Until when it waits, or may be read.
    pub until: Timestamp,
}

/// Where it stands. That they looked is on record.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such sealed case for them.
pub async fn standing(office: &Office, reference: &Reference, by: &Person) -> Result<Glass, ActError> {
    permit(by, Act::SeeSealed)?;
    let case = look(office, reference, by, Sight::Outline).await?.case;
    if !case.is_sealed() {
        return Err(ActError::NotFound);
    }
    put_outline(office, reference, by).await?;
    let now = office.now();
    let asked = match glass::standing(&case, now) {
        Standing::Waits(opening) => Some((opening, opening.at + WAITS)),
        Standing::Open(opening) => opening.agreed.map(|(_, at)| (opening, at + READS)),
        Standing::Nobody => None,
    };
    let asked = match asked {
        Some((opening, until)) => Some(AskedToOpen {
            by: opening.by,
            ground: opening.ground,
            words: reason(office, reference, by).await?,
            at: opening.at,
            agreed: opening.agreed,
            until,
        }),
        None => None,
    };
    Ok(Glass {
        reference: case.reference.clone(),
        sequence: case.sequence,
        asked,
        cannot_ask: glass::can_ask(&case, by, now).err(),
        cannot_answer: glass::can_answer(&case, by, now).err(),
    })
}

/// The words of the last request: the only ones of a sealed record that are opened for somebody who does not read it.
async fn reason(office: &Office, reference: &Reference, by: &Person) -> Result<Option<String>, ActError> {
    if permit(by, Act::OpenSealed).is_err() && permit(by, Act::AgreeToOpen).is_err() {
        return Ok(None);
    }
    let wanted = reference.to_string();
    let given: Result<_, StorageError> = office
        .store
        .read(move |tx| Box::pin(async move { sealed::added_of_kind(tx, &wanted, "reason.given").await }))
        .await;
    let Some(last) = given?.pop() else { return Ok(None) };
    Ok(match read_event(&last)?.event {
        Event::ReasonGiven(given) => Some(given.reason),
        _ => None,
    })
}

/// Asks to open it; the words go into the record in the same transaction.
///
/// # Errors
/// See [`glass::ask`]; when the installation has no key for sealed cases.
pub async fn ask(hand: Hand<'_>, asked: &AskToOpen) -> Result<Case, ActError> {
    permit(hand.by, Act::SeeCases)?;
    let reason = Event::ReasonGiven(Reason {
        reason: clean_text(&asked.words),
    });
    let beside = into_record(hand.office, hand.reference, reason, Actor::Staff(hand.by.id));
    let by = By {
        actor: Actor::Staff(hand.by.id),
        seen: hand.seen,
        least: Sight::Outline,
        once: hand.once,
    };
    let rule = |case: &Case, setting: &rules::case::Setting<'_>| glass::ask(case, asked, hand.by, setting.now);
    Box::pin(change_beside(hand.office, hand.reference, by, rule, beside)).await
}

/// A second person agrees.
///
/// # Errors
/// See [`glass::agree`].
pub async fn agree(hand: Hand<'_>) -> Result<Case, ActError> {
    hand.act_on_stub(|case, setting| glass::agree(case, hand.by, setting.now))
        .await
}

/// A second person refuses, or whoever asked ends it.
///
/// # Errors
/// See [`glass::end`].
pub async fn end(hand: Hand<'_>) -> Result<Case, ActError> {
    hand.act_on_stub(|case, setting| glass::end(case, hand.by, setting.now))
        .await
}

/// The record, for whoever asked and was agreed with; that they looked is on record before it is opened.
///
/// # Errors
/// See [`glass::look`].
pub async fn read(hand: Hand<'_>) -> Result<SealedRecord, ActError> {
    hand.act_on_stub(|case, setting| glass::look(case, hand.by, setting.now))
        .await?;
    record::open(hand.office, hand.reference).await
}

/// A file of the record; that they fetched it is on record as a look.
///
/// # Errors
/// See [`glass::look`]; [`ActError::NotFound`] when the record has no such file.
pub async fn file(hand: Hand<'_>, id: &str) -> Result<Download, ActError> {
    let record = read(hand).await?;
    record::file(hand.office, (hand.reference, &record), id).await
}
