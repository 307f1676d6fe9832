//! Serving how incoming mail stands.

use axum::response::Response;
use casework::ActError;
use casework::mail::reconcile::{self, Alarm, Standing};
use casework::mail::trial;
use rules::clock::{full_date, short_date};
use rules::mail::Trial;
use rules::sentence::capital;

use super::standing::MailStanding;
use super::tried::Tried;
use crate::http::Posted;
use crate::page::words::count;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Wall, form};
use crate::staff::parts::notice::Alert;
use crate::staff::paths;

/// The page.
pub async fn show(seat: Seat) -> Response {
    match found(&seat).await {
        Ok((standing, tried)) => seat.page(&page(&seat.wall(), standing, tried)).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// Asks for a trial. It is run by whoever sends and fetches mail, and the page shows how far it has come.
pub async fn ask(form: StaffForm) -> Response {
    match trial::ask(form.seat.door.office(), form.seat.door.person()).await {
        Ok(()) => Done::see(&format!("{}#try", paths::MAIL_STANDING)),
        Err(fault) => Fault::from(fault).into_response(&form.seat, &form.posted).await,
    }
}

async fn found(seat: &Seat) -> Result<(Standing, Tried), ActError> {
    let (office, by) = (seat.door.office(), seat.door.person());
    let standing = reconcile::standing(office, by).await?;
    let tried = match trial::for_settings(office, by).await? {
        None => Tried::Never,
        Some(trial) => stands(&seat.wall(), trial, office.now()),
    };
    Ok((standing, tried))
}

fn stands(wall: &Wall, trial: Trial, now: jiff::Timestamp) -> Tried {
    let since = wall.when_inside(trial.asked_at);
    match trial.ended_at {
        Some(at) => Tried::Done {
            when: wall.when_inside(at),
            by: trial.asked_by,
            checks: trial.checks,
        },
        None if trial.is_under_way(now) => Tried::UnderWay {
            since,
            checks: trial.checks,
        },
        None => Tried::BrokeOff { since },
    }
}

fn page(wall: &Wall, standing: Standing, tried: Tried) -> MailStanding {
    let day = |(day, mailbox, counts): &(jiff::civil::Date, String, reconcile::Day)| {
        [
            short_date(*day),
            mailbox.clone(),
            counts.seen.to_string(),
            counts.cases.to_string(),
            counts.added.to_string(),
            counts.set_aside().to_string(),
            counts.open.to_string(),
            if counts.adds_up() { "Yes" } else { "No" }.to_owned(),
        ]
    };
    let when = |at: Option<jiff::Timestamp>| at.map_or_else(|| "Never".to_owned(), |at| wall.when(at));
    MailStanding {
        alarms: standing
            .alarms
            .iter()
            .map(|alarm| Alert::new(&words(wall, alarm)))
            .collect(),
        days: standing.days.iter().map(day).collect(),
        mailboxes: standing
            .mailboxes
            .into_iter()
            .map(|mailbox| {
                let trouble = mailbox
                    .fault
                    .map_or_else(|| "None".to_owned(), |(why, _)| capital(&why));
                [
                    mailbox.name,
                    when(mailbox.reached_at),
                    when(mailbox.message_at),
                    trouble,
                ]
            })
            .collect(),
        tried,
        form: form::fresh(),
    }
}

fn words(wall: &Wall, alarm: &Alarm) -> String {
    match alarm {
        Alarm::DoesNotAddUp {
            day,
            mailbox,
            counts: (seen, accounted),
        } => format!(
            "On {}, {} came by {mailbox} and {accounted} are accounted for.",
            full_date(*day),
            count(*seen, "message", "messages")
        ),
        Alarm::NoSuchCase { many } => format!(
            "{} said to be at a case that is not there.",
            match many {
                1 => "1 message is".to_owned(),
                many => format!("{many} messages are"),
            }
        ),
        Alarm::Slow { since } => format!(
            "A message that came {} has not come to its end. The log of the server says why.",
            wall.when_inside(*since)
        ),
        Alarm::Silent { mailbox, since } => format!(
            "Nothing came by {mailbox} since {}. Send it a message and see whether that arrives.",
            wall.when_inside(*since)
        ),
        Alarm::Unreached { mailbox, since, why } => {
            format!(
                "The mailbox {mailbox} cannot be reached since {}: {why}.",
                wall.when_inside(*since)
            )
        }
    }
}
