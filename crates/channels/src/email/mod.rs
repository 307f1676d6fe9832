//! E-mail: letters going out, messages coming in, and the tokens with which either signs in.

pub mod inbound;
pub mod oauth;
pub mod outbound;

pub use outbound::{
    Accepted, LetterBoxSettings, OutgoingMail, Prepared, SendError, SendErrorKind, SettingsError, SmtpSettings, Tls,
    Transport, inside, letter_box, message_id,
};
