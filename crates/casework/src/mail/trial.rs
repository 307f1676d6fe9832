//! A trial of mail: asked for by a person, run by whoever holds the connections, and how its messages are known when they come back.
//!
//! What comes back is in the ledger like every other message, so a trial looks there and nowhere else. A message is taken for one of a trial only if a
//! machine wrote it, which is set aside in any case: the name changes the shelf on which it lies, and hides nothing that a person wrote.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rules::case::change::permit;
use rules::mail::{Fate, ReportKind, Trial};
use rules::people::{Act, Person};
use storage::{Keys, StorageError, leases, mail, settings};

use super::about::About;
use super::token;
use crate::nodes::TIMETABLE;
use crate::{ActError, Office};

/// Under which key the latest trial is kept.
const LATEST: &str = "mail_trial";
/// How long a message of a trial is known as one. Servers that put strangers off take them within minutes.
pub const NAME_HOLDS_FOR: SignedDuration = SignedDuration::from_hours(1);
/// As many messages of the ledger are looked at, the latest ones; a trial sends a handful.
const LOOKED_AT: u32 = 60;

/// By what a message of a trial is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialName {
    /// What stands before the at sign of its id: `trial.SECONDS.WORD.TOKEN`, signed, with the instant at which it ends.
    pub id: String,
    /// The word by chance that stands in its subject too.
    pub word: String,
}

/// A message of a trial, or a report about one, that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// Its word.
    pub word: String,
    /// By which way it came in, and when.
    pub by: (String, Timestamp),
    /// What a mail system says about it, where it is not the message that came but word that it did not arrive.
    pub failed: Option<String>,
}

/// Asks for a trial. One that is under way is not asked for again.
///
/// # Errors
/// When the person may not see how mail stands, or the store cannot be written.
pub async fn ask(office: &Office, by: &Person) -> Result<(), ActError> {
    permit(by, Act::SeeMail)?;
    let asked = Trial::asked(&by.name, office.now());
    replace(office, asked, |kept, now| {
        kept.is_none_or(|kept| !kept.is_under_way(now))
    })
    .await
    .map(drop)
}

/// Takes up the trial that somebody asked for; nothing where nobody did, or another node has it.
///
/// # Errors
/// When the store cannot be written.
pub async fn take_up(office: &Office) -> Result<Option<Trial>, ActError> {
    let now = office.now();
    let waits = |kept: &Trial| kept.began_at.is_none() && kept.is_under_way(now);
    let Some(mut trial) = latest(office).await?.filter(waits) else {
        return Ok(None);
    };
    let asked = trial.clone();
    trial.began_at = Some(now);
    let ours = replace(office, trial.clone(), move |kept, _| kept == Some(&asked)).await?;
    Ok(ours.then_some(trial))
}

/// Begins a trial that nobody else is to take up: a command runs it.
///
/// # Errors
/// When the store cannot be written.
pub async fn begin(office: &Office, by: &str) -> Result<Trial, ActError> {
    let now = office.now();
    let trial = Trial {
        began_at: Some(now),
        ..Trial::asked(by, now)
    };
    replace(office, trial.clone(), |_, _| true).await?;
    Ok(trial)
}

/// Notes how far a trial has come; of one that another took the place of, nothing.
///
/// # Errors
/// When the store cannot be written.
pub async fn note(office: &Office, trial: &Trial) -> Result<(), ActError> {
    let asked_at = trial.asked_at;
    let is_it = move |kept: Option<&Trial>, _| kept.is_some_and(|kept| kept.asked_at == asked_at);
    replace(office, trial.clone(), is_it).await.map(drop)
}

/// The latest trial, for the settings.
///
/// # Errors
/// When the person may not see how mail stands, or the store cannot be read.
pub async fn for_settings(office: &Office, by: &Person) -> Result<Option<Trial>, ActError> {
    permit(by, Act::SeeMail)?;
    latest(office).await
}

/// The latest trial.
///
/// # Errors
/// When the store cannot be read.
pub async fn latest(office: &Office) -> Result<Option<Trial>, ActError> {
    let kept = office.store.read(|tx| Box::pin(settings::get(tx, LATEST))).await?;
    Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose()?)
}

/// A name for a message of a trial, which holds for an hour.
///
/// # Errors
/// When the system has no chance to give.
pub fn name(office: &Office) -> Result<TrialName, ActError> {
    let chance = Keys::random::<5>()?;
    let word: String = chance.iter().map(|byte| format!("{byte:02x}")).collect();
    let id = token::of_trial(office, (office.now() + NAME_HOLDS_FOR).as_second(), &word);
    Ok(TrialName { id, word })
}

/// Which of these messages came in, and which are reported not to have arrived.
///
/// # Errors
/// When the store cannot be read.
pub async fn back(office: &Office, names: &[TrialName]) -> Result<Vec<Back>, ActError> {
    // Messages of a trial, and reports on them, are about no case.
    let (came, reported) = office
        .store
        .read(|tx| {
            Box::pin(async move {
                Ok::<_, StorageError>((
                    mail::about_no_case(tx, Fate::Trial, LOOKED_AT).await?,
                    mail::about_no_case(tx, Fate::Bounce, LOOKED_AT).await?,
                ))
            })
        })
        .await?;
    let mut back = Vec::new();
    for row in came.into_iter().chain(reported) {
        let Some(said) = About::of(&row.about)?.understood else {
            continue;
        };
        let failed = said.report.filter(|report| report.kind == ReportKind::Failed);
        let (names_it, failed) = match (row.fate, failed) {
            (Some(Fate::Trial), _) => (said.subject, None),
            (_, Some(report)) => {
                let recipient = report.recipients.first();
                let said = recipient.and_then(|recipient| recipient.diagnostic.clone());
                let reason = recipient.map(|recipient| recipient.reason.words().to_owned());
                (
                    report.letter.unwrap_or_default(),
                    said.or(reason).or_else(|| Some(report.kind.words().to_owned())),
                )
            }
            _ => continue,
        };
        if let Some(name) = names.iter().find(|name| names_it.contains(&name.word)) {
            back.push(Back {
                word: name.word.clone(),
                by: (row.mailbox, row.arrived_at),
                failed,
            });
        }
    }
    Ok(back)
}

/// Whether the product runs over this database and takes mail in, here or on another machine.
///
/// # Errors
/// When the store cannot be read.
pub async fn is_served(office: &Arc<Office>) -> Result<bool, ActError> {
    let now = office.now();
    let look = office
        .store
        .read(move |tx| Box::pin(async move { leases::is_taken(tx, TIMETABLE, now).await }));
    Ok(look.await?)
}

/// Puts a trial in the place of the one that is kept, where that is as it should be; false where it is not.
async fn replace(
    office: &Office,
    with: Trial,
    fits: impl Fn(Option<&Trial>, Timestamp) -> bool + Send + Sync + 'static,
) -> Result<bool, ActError> {
    let (now, json) = (office.now(), serde_json::to_string(&with)?);
    let fits = Arc::new(fits);
    let replaced = office.store.write(move |tx| {
        let (fits, json) = (fits.clone(), json.clone());
        Box::pin(async move {
            let kept = settings::get(tx, LATEST).await?;
            // One that a later version wrote otherwise is in nobody's way.
            let kept: Option<Trial> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
            if !fits(kept.as_ref(), now) {
                return Ok(false);
            }
            settings::put(tx, LATEST, &json, now).await?;
            Ok::<_, StorageError>(true)
        })
    });
    Ok(replaced.await?)
}
