//! Publishing what an office is opened with: each version of the procedure and of its calendars once, with its event (R45, P22).

use jiff::Timestamp;
use rules::clock::Calendar;
use rules::office::event::Published;
use rules::office::publish::{Document, hash_of, keeps_the_past, publish};
use rules::people::Actor;
use storage::Tx;
use storage::published::{CALENDARS, PROCEDURES};

use crate::ActError;
use crate::office::{InForce, OfficeParts};
use crate::office_record::{Beside, write};

/// A version that is to be in force, with its text.
struct Edition {
    document: Document,
    version: Published,
    text: String,
}

/// Publishes what is not in force yet. The system does it: whoever changed the file is known to the machine, not to the office.
pub(crate) async fn publish_new(parts: &OfficeParts, active: &InForce) -> Result<(), ActError> {
    let now = parts.clock.now();
    let mut editions = vec![procedure(active)];
    for (name, text) in &parts.calendars {
        editions.push(calendar(name, text)?);
    }
    parts
        .store
        .write(move |tx| {
            Box::pin(async move {
                for Edition {
                    document,
                    version,
                    text,
                } in editions
                {
                    if let Document::Calendar = document {
                        check_the_past(tx, &version, &text, now).await?;
                    }
                    let kept = kept(tx, document, &version).await?;
                    let events =
                        publish(document, version, kept.as_deref()).map_err(|fault| ActError::Invalid(vec![fault]))?;
                    write(tx, (Actor::System, now), &events, &Beside::Text(text)).await?;
                }
                Ok(())
            })
        })
        .await
}

fn procedure(active: &InForce) -> Edition {
    Edition {
        document: Document::Procedure,
        version: Published {
            id: active.procedure.id.clone(),
            version: active.procedure.version.clone(),
            valid_from: active.procedure.valid_from,
            sha256: hash_of(&active.text),
        },
        text: active.text.clone(),
    }
}

fn calendar(name: &str, text: &str) -> Result<Edition, ActError> {
    let calendar = Calendar::parse(text, name).map_err(ActError::Invalid)?;
    Ok(Edition {
        document: Document::Calendar,
        version: Published {
            id: calendar.id().to_owned(),
            version: calendar.version().to_owned(),
            valid_from: *calendar.covered_days().start(),
            sha256: hash_of(text),
        },
        text: text.to_owned(),
    })
}

/// Holds a new version of a calendar against the one in force.
async fn check_the_past(tx: &mut Tx<'_>, version: &Published, text: &str, now: Timestamp) -> Result<(), ActError> {
    let Some(before) = CALENDARS.active(tx, &version.id).await? else {
        return Ok(());
    };
    let read = |text: &str| Calendar::parse(text, &version.id).map_err(ActError::Invalid);
    let (before, after) = (read(&before.text)?, read(text)?);
    let today = after.time_zone().to_datetime(now).date();
    keeps_the_past(&before, &after, today).map_err(|fault| ActError::Invalid(vec![fault]))
}

/// The text that is kept under the same id and version.
async fn kept(tx: &mut Tx<'_>, document: Document, version: &Published) -> Result<Option<String>, ActError> {
    let series = match document {
        Document::Procedure => &PROCEDURES,
        Document::Calendar => &CALENDARS,
    };
    let row = series.get(tx, &version.id, &version.version).await?;
    Ok(row.map(|row| row.text))
}
