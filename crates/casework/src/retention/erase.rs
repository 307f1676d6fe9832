//! Erasing one case: everything inside the database in one transaction, then its files. Wherever it ends, the next round finishes it.

use jiff::Timestamp;
use rules::case::{Case, Reference, Setting};
use rules::people::{Actor, Person};
use rules::procedure::Anonymise;
use rules::retention::{Beside, Erased, Why, class_of};
use rules::review::{Month, Progress};
use storage::{Tx, erasure, facts, follow_on, outbox, reviews};

use super::record;
use crate::files::sweep;
use crate::handling::Hand;
use crate::in_force::{Versions, version_of};
use crate::record::{Loaded, load, load_within};
use crate::{ActError, Office};

/// How many files are removed at once, and how many half-erased cases finished.
const AT_ONCE: u32 = 500;

/// Who erases, when, and by which procedures.
pub(super) struct Erasing {
    pub(super) versions: Versions,
    pub(super) actor: Actor,
    pub(super) now: Timestamp,
}

impl Erasing {
    pub(super) fn by(office: &Office, actor: Actor) -> Erasing {
        Erasing {
            versions: office.versions_by_name(),
            actor,
            now: office.now(),
        }
    }
}

/// Erases a case because the person asks for it. It is gone when this answers; what stands on record says that it was asked for, and by whom it was
/// decided, and nothing of the case.
///
/// # Errors
/// [`ActError::NotFound`] where there is no such case for whoever decides; what [`rules::retention::erase_as_asked`] refuses; when it could not be
/// saved.
pub async fn erase_as_asked(hand: Hand<'_>) -> Result<(), ActError> {
    let Hand {
        office, by, reference, ..
    } = hand;
    rules::retention::can_decide(by)?;
    let _turn = office.turns.take(reference).await;
    let loaded = load(office, reference).await?;
    crate::clearance::allowed(office, &loaded.case, Actor::Staff(by.id))?;
    let (erasing, reference, by) = (
        Erasing::by(office, Actor::Staff(by.id)),
        reference.clone(),
        Person::clone(by),
    );
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                within(tx, &erasing, &reference, |case, beside, _| {
                    Ok(Some(rules::retention::erase_as_asked(case, beside, &by)?))
                })
                .await
            })
        })
        .await?;
    remove_left_files(office).await
}

/// Erases a case as a transaction sees it, if whoever decides says why. The case is read, judged and erased in one transaction: nothing can happen
/// to it in between.
pub(super) async fn within<D>(
    tx: &mut Tx<'_>,
    erasing: &Erasing,
    reference: &Reference,
    decide: D,
) -> Result<bool, ActError>
where
    D: FnOnce(&Case, &Beside, &Setting<'_>) -> Result<Option<Why>, ActError>,
{
    let Erasing { versions, actor, now } = erasing;
    let Loaded { case, history, .. } = load_within(tx, reference).await?;
    let in_force = version_of(versions, &case)?;
    let setting = in_force.setting(*now);
    let beside = beside(tx, &case, &setting).await?;
    let Some(why) = decide(&case, &beside, &setting)? else {
        return Ok(false);
    };
    let rule = class_of(&case, setting.procedure);
    let keeps_figures = rule.is_none_or(|rule| rule.then == Anonymise::KeepFigures);
    let counted = keeps_figures.then(|| Box::new(rules::review::facts(&case, &history, &setting)));
    if counted.is_none() {
        facts::remove(tx, reference.number()).await?;
    }
    let class = rule.map(|rule| rule.class.clone());
    let erased = Erased {
        reference: reference.clone(),
        class: class.as_ref().map(|class| class.code.clone()),
        class_name: class.map(|class| class.name),
        why,
        closed_on: case.closed_at.map(|at| setting.local_date(at)),
        facts: counted,
    };
    record::put(tx, erased, (*actor, *now)).await?;
    erasure::erase(tx, &reference.to_string(), *now).await?;
    Ok(true)
}

/// What stands beside a case and is asked before it goes.
pub(super) async fn beside(tx: &mut Tx<'_>, case: &Case, setting: &Setting<'_>) -> Result<Beside, ActError> {
    let reference = case.reference.to_string();
    let letters = outbox::unsent_of_case(tx, &reference).await?;
    let month = case.closed_at.map(|at| Month::of(setting.local_date(at)));
    let unfinished_review = match month {
        None => None,
        Some(month) => {
            let finished = reviews::get(tx, month)
                .await?
                .is_some_and(|row| row.progress == Progress::Finished);
            (!finished).then_some(month)
        }
    };
    Ok(Beside {
        open_actions: follow_on::open_of_case(tx, &reference).await?,
        unfinished_review,
        letters: usize::try_from(letters).unwrap_or(usize::MAX),
    })
}

/// Removes the bytes of files that belong to nothing any more, and then forgets them: what an erasure leaves that was broken off.
///
/// # Errors
/// When the store of files cannot be written; the next round goes on.
pub async fn remove_left_files(office: &Office) -> Result<(), ActError> {
    loop {
        let leaving = office
            .store
            .read(|tx| Box::pin(async move { erasure::leaving(tx, AT_ONCE).await }))
            .await?;
        let more = leaving.len() == AT_ONCE as usize;
        sweep::remove(office, leaving).await?;
        if !more {
            return Ok(());
        }
    }
}

/// Erases again what had been erased and came back with a backup: its key is destroyed, and its rows go. What the figures count of it stays.
/// Answers how many there were.
///
/// # Errors
/// When the store cannot be read or written; what is left is found the next time.
pub async fn finish_half_erased(office: &Office) -> Result<usize, ActError> {
    let mut finished = 0;
    loop {
        let now = office.now();
        let done = office
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let half = erasure::half_erased(tx, AT_ONCE).await?;
                    for reference in &half {
                        again(tx, reference, now).await?;
                    }
                    Ok::<_, ActError>(half.len())
                })
            })
            .await?;
        finished += done;
        if done < AT_ONCE as usize {
            break;
        }
    }
    if finished > 0 {
        remove_left_files(office).await?;
    }
    Ok(finished)
}

async fn again(tx: &mut Tx<'_>, stream: &str, now: Timestamp) -> Result<(), ActError> {
    let Ok(reference) = stream.parse::<Reference>() else {
        return Ok(());
    };
    let counted = facts::load(tx, &[reference.number()]).await?.pop();
    let closed_on = counted.as_ref().and_then(|facts| facts.spells.last()?.closed_on);
    let erased = Erased {
        reference,
        class: None,
        class_name: None,
        why: Why::Again,
        closed_on,
        facts: counted.map(Box::new),
    };
    record::put(tx, erased, (Actor::System, now)).await?;
    Ok(erasure::erase(tx, stream, now).await?)
}
