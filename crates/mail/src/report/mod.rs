//! What a mail system reports about a letter: the standards first (RFC 3464, RFC 8098, RFC 5965), then JSON, then free text by the
//! weight of what speaks for it.

mod addresses;
mod code;
mod delivery;
mod evidence;
mod feedback;
mod gathered;
mod notification;
mod original;
mod passed_on;
mod reason;
mod told;

use mail_parser::Message;
use rules::mail::Report;

use gathered::Gathered;

/// What a message reports about a letter, if it is the report of a mail system. What a person writes about a report, or passes on, is
/// none.
///
/// ```
/// let bounce = "From: MAILER-DAEMON@mail.example.org\r\nReturn-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n\
///               Your message could not be delivered:\r\n\r\n<ann@example.org>: 550 5.1.1 User unknown\r\n";
/// let message = mail_parser::MessageParser::default().parse(bounce).unwrap();
/// let report = mail::report::of(&message).unwrap();
/// assert_eq!(report.recipients[0].status.as_deref(), Some("5.1.1"));
/// assert_eq!(report.recipients[0].reason, rules::mail::Reason::UserUnknown);
/// ```
#[must_use]
pub fn of(message: &Message<'_>) -> Option<Report> {
    let gathered = Gathered::from(message);
    feedback::of(&gathered)
        .or_else(|| delivery::shown(&gathered))
        .or_else(|| delivery::of(&gathered))
        .or_else(|| notification::of(&gathered))
        .or_else(|| told::of(&gathered))
        .or_else(|| passed_on::of(&gathered))
}
