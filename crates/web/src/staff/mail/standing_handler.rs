//! Serving how incoming mail stands.

use axum::response::Response;
use casework::mail::reconcile::{self, Alarm, Standing};
use rules::clock::{full_date, short_date};
use rules::sentence::capital;

use super::standing::MailStanding;
use crate::http::Posted;
use crate::page::words::count;
use crate::staff::desk::{Fault, Seat, Wall};
use crate::staff::parts::notice::Alert;

/// The page.
pub async fn show(seat: Seat) -> Response {
    match reconcile::standing(seat.door.office(), seat.door.person()).await {
        Ok(standing) => seat.page(&page(&seat.wall(), standing)).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

fn page(wall: &Wall, standing: Standing) -> MailStanding {
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
                let trouble = mailbox.fault.map(|(why, _)| capital(&why)).unwrap_or_default();
                [
                    mailbox.name,
                    when(mailbox.reached_at),
                    when(mailbox.message_at),
                    trouble,
                ]
            })
            .collect(),
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
