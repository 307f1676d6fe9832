//! What a fault in the conversation means for the letter, in words for the person who looks after it.

use std::error::Error as StdError;
use std::io;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;

pub(super) use super::error::Step;
use super::reply_code::reply_meaning;
use super::{SendError, SmtpSettings, Tls};
use crate::email::SignIn;

/// Replies that speak of our sign-in, not of the letter (RFC 4954, section 6): whoever runs the product must act, then the letter can go.
const SIGN_IN_REPLIES: [&str; 4] = ["530", "534", "535", "538"];
/// A server may write a page; the first lines say it.
const LONGEST_REPLY_CHARACTERS: usize = 300;

/// Only a refusal while the letter is handed over speaks about the letter: 5xx is for good, 4xx may pass (RFC 5321, section 4.2.1).
/// Everything before that is a fault of the server, the network or the settings, and the letter waits.
pub(super) fn fault(step: Step, settings: &SmtpSettings, error: &Error) -> SendError {
    let host = format!("{}:{}", settings.host, settings.port);
    let reason = reason(error);
    if step == Step::Securing || error.is_tls() || (settings.tls == Tls::Implicit && is_broken_handshake(error)) {
        let words = format!("An encrypted connection to {host} was not possible: {reason}.");
        return SendError::temporary(words).during(Step::Securing);
    }
    let code = error.status().map(|code| code.to_string());
    let is_sign_in = code
        .as_ref()
        .is_some_and(|code| SIGN_IN_REPLIES.contains(&code.as_str()));
    let failure = match step {
        Step::SigningIn if code.is_none() && !error.is_client() => {
            let words = format!("{host} broke off while we signed in: {reason}.");
            return SendError::temporary(words).during(Step::Connecting);
        }
        Step::SigningIn => {
            let with = match settings.sign_in {
                Some(SignIn::Token(_)) => "token",
                _ => "password",
            };
            let words = format!("{host} did not accept our user name and {with}: {reason}.");
            return SendError::temporary(words).during(Step::SigningIn);
        }
        _ if is_sign_in => {
            let words = format!("{host} wants us to sign in, or does not accept how we did: {reason}.");
            return SendError::temporary(words).during(Step::SigningIn);
        }
        Step::HandingOver if error.is_permanent() => {
            SendError::permanent(format!("{host} refused the letter: {reason}.")).meaning(reply_meaning(&reason))
        }
        // lettre says so where the address needs an extension that the server lacks (RFC 6531).
        Step::HandingOver if error.is_client() => {
            SendError::permanent(format!("{host} cannot take this letter: {reason}."))
        }
        Step::HandingOver if error.is_transient() => {
            SendError::temporary(format!("{host} cannot take the letter now: {reason}."))
                .meaning(reply_meaning(&reason))
        }
        Step::HandingOver => SendError::temporary(format!("The conversation with {host} broke off: {reason}.")),
        _ if code.is_some() => SendError::temporary(format!("{host} does not talk to us now: {reason}.")),
        _ => SendError::temporary(format!("We could not reach {host}: {reason}.")),
    };
    failure.during(step)
}

/// Nobody answered at the server's address.
pub(super) fn out_of_reach(settings: &SmtpSettings, error: &io::Error) -> SendError {
    let (host, port, reason) = (&settings.host, settings.port, short(&error.to_string()));
    SendError::temporary(format!("We could not reach {host}:{port}: {reason}.")).during(Step::Connecting)
}

/// Where encryption begins with the first byte, a handshake that fails comes as a fault of the connection: data that make no sense.
fn is_broken_handshake(error: &Error) -> bool {
    causes(error).any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|fault| fault.kind() == io::ErrorKind::InvalidData)
    })
}

/// The server fell silent.
pub(super) fn too_slow(step: Step, settings: &SmtpSettings) -> SendError {
    let doing = match step {
        Step::Connecting => "to our call",
        Step::Securing => "while we asked for encryption",
        Step::Token | Step::SigningIn => "while we signed in",
        Step::HandingOver => "while we handed over the letter",
    };
    let seconds = settings.timeout.as_secs_f64();
    SendError::temporary(format!(
        "{}:{} did not answer {doing} within {seconds} seconds.",
        settings.host, settings.port
    ))
    // It has not refused us: another token would change nothing.
    .during(if step == Step::SigningIn { Step::Connecting } else { step })
}

/// The code and the words of a reply, in one line.
pub(super) fn reply_words(response: &Response) -> String {
    short(&format!(
        "{} {}",
        response.code(),
        response.message().collect::<Vec<_>>().join(" ")
    ))
}

/// The innermost cause says most; the code of a reply stands before it.
fn reason(error: &Error) -> String {
    let words = causes(error)
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string);
    match error.status() {
        Some(code) => short(&format!("{code} {words}")),
        None => short(&words),
    }
}

fn causes(error: &Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

fn short(words: &str) -> String {
    let spaced: String = words
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches('.')
        .chars()
        .take(LONGEST_REPLY_CHARACTERS)
        .collect()
}
