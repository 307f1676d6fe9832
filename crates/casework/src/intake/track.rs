//! The complainant comes back: with reference and code, or by the link in a letter; reads, replies, says how to reach them, asks for stage 2,
//! stops it.

use std::sync::Arc;

use rules::case::vocabulary::Channel;
use rules::case::{Case, Reference, Refused};
use rules::confidential::Sight;
use rules::handling::attach::attach;
use rules::handling::{close, contact, correct, escalate, link};
use rules::intake::{RawContact, read_contact};
use rules::investigation::points::{self, Saying};
use rules::people::Actor;
use storage::{access, throttle};

use crate::desk::CaseFile;
use crate::files::{Form, clear, waiting};
use crate::record::{By, Seen, change, change_with_letters, load};
use crate::sealing::added;
use crate::{ActError, Office, vips};

/// A complainant who showed the code or the link of a case: the only way to the acts below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complainant {
    reference: Reference,
}

impl Complainant {
    /// The case that they may see.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }
}

/// How often a wrong code may be tried, and for how long it then stays shut (IA: 5 tries, then 15 minutes).
const TRIES: i64 = 5;
const WINDOW_SECONDS: i64 = 15 * 60;

/// Lets somebody in who knows reference and code. Any mismatch reads the same and takes as long, so that no half can be guessed: only
/// keyed hashes are compared, and nothing of the case is opened for it (invariant 12).
///
/// # Errors
/// [`ActError::NotFound`] for any mismatch; [`ActError::Throttled`] after five tries from one place or on one reference.
pub async fn enter_with_code(
    office: &Arc<Office>,
    reference: &str,
    code: &str,
    from: &str,
) -> Result<Complainant, ActError> {
    let (asked, typed) = counted_as(reference);
    let keys = [format!("track:from:{from}"), format!("track:reference:{typed}")];
    count_try(office, &keys).await?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let fits = office
        .store
        .read(move |tx| Box::pin(async move { access::check_code(tx, &typed, &digits).await }))
        .await?;
    let reference = asked.filter(|_| fits).ok_or(ActError::NotFound)?;
    forget_tries(office, keys).await?;
    Ok(Complainant { reference })
}

/// Lets somebody in who followed the link of a letter, or comes back with the cookie that it left.
///
/// Its 128 random bits cannot be guessed, so tries are not counted.
///
/// # Errors
/// [`ActError::NotFound`] for any mismatch.
pub async fn enter_with_link(office: &Arc<Office>, reference: &str, token: &str) -> Result<Complainant, ActError> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    let (asked, token) = (reference.to_string(), token.to_owned());
    let fits = office
        .store
        .read(move |tx| Box::pin(async move { access::check_link_token(tx, &asked, &token).await }))
        .await?;
    if fits {
        Ok(Complainant { reference })
    } else {
        Err(ActError::NotFound)
    }
}

/// Counts that somebody asked for the link of a case.
///
/// # Errors
/// [`ActError::Throttled`] after five requests from one place or for one reference; when it could not be saved.
pub async fn count_link_request(office: &Office, reference: &str, from: &str) -> Result<(), ActError> {
    let (_, typed) = counted_as(reference);
    count_try(
        office,
        &[format!("link:from:{from}"), format!("link:reference:{typed}")],
    )
    .await
}

/// Sends the link of a case where the address is the one that we have for it, to that address and to no other. Where they do not fit nothing
/// is sent; whoever asked is not told which it was.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn send_link(office: &Office, reference: &str, email: &str) -> Result<(), ActError> {
    let (Some(reference), _) = counted_as(reference) else {
        return Ok(());
    };
    let asked = change(office, &reference, By::SYSTEM, |case, _| {
        Ok(link::send_again(case, email))
    });
    match asked.await {
        Ok(_) | Err(ActError::NotFound) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// A reference can be typed in many ways: its tries are counted under one of them.
fn counted_as(reference: &str) -> (Option<Reference>, String) {
    let asked: Option<Reference> = reference.parse().ok();
    let typed = asked
        .as_ref()
        .map_or_else(|| reference.trim().to_owned(), Reference::to_string);
    (asked, typed)
}

async fn count_try(office: &Office, keys: &[String]) -> Result<(), ActError> {
    let (keys, now) = (keys.to_vec(), office.now());
    let most = office
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut most = 0;
                for key in &keys {
                    most = most.max(throttle::hit(tx, key, now, WINDOW_SECONDS).await?);
                }
                Ok::<i64, ActError>(most)
            })
        })
        .await?;
    if most > TRIES {
        Err(ActError::Throttled {
            tries: TRIES,
            minutes: WINDOW_SECONDS / 60,
        })
    } else {
        Ok(())
    }
}

async fn forget_tries<const N: usize>(office: &Office, keys: [String; N]) -> Result<(), ActError> {
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                for key in &keys {
                    throttle::clear(tx, key).await?;
                }
                Ok(())
            })
        })
        .await
}

fn complainant(once: &str) -> By<'_> {
    By {
        actor: Actor::Complainant,
        seen: Seen::Whatever,
        least: Sight::Whole,
        once: Some(once),
    }
}

/// They reply or add something, with the files that wait for the form.
///
/// # Errors
/// When the words are missing, or it could not be saved.
pub async fn reply(office: &Office, who: &Complainant, words: &str, once: &str) -> Result<Case, ActError> {
    if is_sealed(office, who).await? {
        return added::message(office, &who.reference, words, complainant(once)).await;
    }
    let form = Form::reply(&who.reference, once);
    let files = waiting(office, form.as_ref()).await?;
    let case = change(office, &who.reference, complainant(once), |case, _| {
        attach(contact::message(case, words, Channel::Web)?, &files, case.sequence)
    })
    .await?;
    clear(office, form, &files).await;
    Ok(case)
}

/// Another complaint of the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TheirOther {
    /// Its reference.
    pub reference: Reference,
    /// A line to know it by.
    pub title: String,
    /// The secret of the link that leads there.
    pub link_token: String,
}

/// The complaints that came out of what somebody wrote to this one: theirs as much as this (A26).
///
/// # Errors
/// When one of them cannot be read.
pub async fn set_apart(office: &Office, file: &CaseFile) -> Result<Vec<TheirOther>, ActError> {
    let mut others = Vec::with_capacity(file.case.set_apart.len());
    for issue in &file.case.set_apart {
        let received = load(office, &issue.to).await?.case.received;
        others.push(TheirOther {
            reference: issue.to.clone(),
            title: received.title,
            link_token: received.link_token,
        });
    }
    Ok(others)
}

/// They say how to reach them from now on; what did not arrive follows.
///
/// # Errors
/// When a field cannot be used, or it could not be saved.
pub async fn correct_contact(
    office: &Office,
    who: &Complainant,
    typed: &RawContact,
    once: &str,
) -> Result<Case, ActError> {
    let contact = read_contact(typed)?;
    if is_sealed(office, who).await? {
        let words = "Your complaint has left our system, so we keep no address of yours any more. Tell the manager who deals with it, or add it in a message here.";
        return Err(Refused::NotNow(words.to_owned()).into());
    }
    let case = change_with_letters(office, &who.reference, complainant(once), |case, post| {
        correct::correct_own(case, post, &contact)
    })
    .await?;
    Ok(vips::after_a_correction(office, case).await)
}

/// They say whether the points are what they meant.
///
/// # Errors
/// When nothing is asked of them, they read an earlier letter, the words are missing, or it could not be saved.
pub async fn answer_points(
    office: &Office,
    who: &Complainant,
    (saying, round): (&Saying, u32),
    once: &str,
) -> Result<Case, ActError> {
    change(office, &who.reference, complainant(once), |case, setting| {
        points::answer(case, saying, round, setting)
    })
    .await
}

/// They ask for the next stage.
///
/// # Errors
/// When no decision was given yet, there is no further stage, or it could not be saved.
pub async fn ask_stage_2(office: &Office, who: &Complainant, words: &str, once: &str) -> Result<Case, ActError> {
    if is_sealed(office, who).await? {
        let said = (words, complainant(once));
        return added::with_act(office, &who.reference, said, |case, setting| {
            escalate::request(case, Channel::Web, None, setting)
        })
        .await;
    }
    let words = rules::intake::feedback::clean_text(words);
    let words = (!words.is_empty()).then_some(words);
    change(office, &who.reference, complainant(once), |case, setting| {
        escalate::request(case, Channel::Web, words.clone(), setting)
    })
    .await
}

/// They stop it.
///
/// # Errors
/// When it is over already, or it could not be saved.
pub async fn stop(office: &Office, who: &Complainant, reason: &str, once: &str) -> Result<Case, ActError> {
    if is_sealed(office, who).await? {
        let said = (reason, complainant(once));
        return added::with_act(office, &who.reference, said, |case, _| close::withdraw(case, "", None)).await;
    }
    change(office, &who.reference, complainant(once), |case, _| {
        close::withdraw(case, reason, None)
    })
    .await
}

/// Whether what they say goes into a sealed record. Asked before each act; an act that began before the sealing finds out when it writes.
async fn is_sealed(office: &Office, who: &Complainant) -> Result<bool, ActError> {
    Ok(load(office, &who.reference).await?.case.is_sealed())
}
