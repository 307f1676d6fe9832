//! How many automatic letters go to one address and about one case: the third layer against mail that goes round (RFC 3834, section 2).

use jiff::Timestamp;
use rules::case::Alert;
use rules::case::event::DeliveryFailed;
use rules::case::vocabulary::Means;
use rules::handling::post as rule;
use storage::{StorageError, throttle};

use super::post::{self, ToSend};
use crate::record::{By, change};
use crate::{ActError, Office};

/// How many automatic letters go out within a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AutomaticLimits {
    /// To one address.
    pub per_address: u32,
    /// About one case.
    pub per_case: u32,
    /// For how long they are counted, in hours, from the first on.
    pub hours: u32,
}

impl Default for AutomaticLimits {
    /// Twenty and ten in a day. Somebody who complains about ten things in an afternoon hears of each; two machines that answer each other stop before
    /// anybody has to look for what fills a mailbox.
    fn default() -> Self {
        AutomaticLimits {
            per_address: 20,
            per_case: 10,
            hours: 24,
        }
    }
}

/// Where an automatic letter stands that is about to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// It may go, and counts.
    Taken(Vec<String>),
    /// Too many went before it; why, and when the next may go.
    None(String, Timestamp),
}

/// Takes a place for a letter that is about to go. What a person wrote needs none, nor does what is shown or goes to a line manager, whose codes are counted where they
/// are asked for.
///
/// # Errors
/// When the store cannot be written.
pub async fn place(office: &Office, letter: &ToSend, limits: AutomaticLimits) -> Result<Place, ActError> {
    let Some(to) = letter.letter.to.as_deref().filter(|_| is_counted(letter)) else {
        return Ok(Place::Taken(Vec::new()));
    };
    let counted = [
        (
            format!("letters to {}", to.trim().to_lowercase()),
            limits.per_address,
            "to this address",
        ),
        (
            format!("letters about {}", letter.reference),
            limits.per_case,
            "about this case",
        ),
    ];
    let (now, window) = (office.now(), i64::from(limits.hours) * 3600);
    let taken = office.store.write_ready(move |tx| {
        let counted = counted.clone();
        Box::pin(async move {
            let mut keys: Vec<String> = Vec::new();
            for (key, most, what) in counted {
                let full = throttle::take_place(tx, &key, now, (i64::from(most), window)).await?;
                if let Some(until) = full {
                    for key in &keys {
                        throttle::give_place_back(tx, key).await?;
                    }
                    return Ok::<_, StorageError>(Place::None(words(most, what, limits.hours), until));
                }
                keys.push(key);
            }
            Ok(Place::Taken(keys))
        })
    });
    Ok(taken.await?)
}

/// Gives a place back: the letter was not taken by the mail server.
///
/// # Errors
/// When the store cannot be written.
pub async fn give_back(office: &Office, keys: Vec<String>) -> Result<(), ActError> {
    if keys.is_empty() {
        return Ok(());
    }
    let given = office.store.write_ready(move |tx| {
        let keys = keys.clone();
        Box::pin(async move {
            for key in &keys {
                throttle::give_place_back(tx, key).await?;
            }
            Ok::<_, StorageError>(())
        })
    });
    Ok(given.await?)
}

/// Holds a letter until there is a place for it; the case says so, once for as long as it is held.
///
/// # Errors
/// When it could not be saved.
pub async fn hold(office: &Office, letter: &ToSend, why: &str, until: Timestamp) -> Result<(), ActError> {
    if !post::is_held(office, letter).await? {
        return Ok(());
    }
    let kind = letter.letter.kind;
    change(office, &letter.reference, By::SYSTEM, |case, _| {
        let said = case.alerts.iter().any(
            |alert| matches!(alert, Alert::Undelivered { letter, reason, .. } if *letter == kind && reason == why),
        );
        Ok(match said {
            true => rules::case::Change::default(),
            false => rule::failed(DeliveryFailed {
                letter: kind,
                reason: why.to_owned(),
                attempts: letter.attempts.saturating_sub(1),
                given_up: false,
                came_back: None,
                may_have_gone: false,
            }),
        })
    })
    .await?;
    post::postpone(office, letter, until).await
}

fn is_counted(letter: &ToSend) -> bool {
    let kind = letter.letter.kind;
    letter.letter.by == Means::Email && kind.is_automatic() && !kind.is_for_holder()
}

fn words(most: u32, what: &str, hours: u32) -> String {
    format!(
        "{most} automatic letters went {what} within {hours} hours, so this one is held, in case two machines answer each other. \
         It goes out by itself once that time is over"
    )
}
