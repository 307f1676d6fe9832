//! E-mail: letters going out.

pub mod outbound;

pub use outbound::{
    Accepted, LetterBoxSettings, OutgoingMail, SendError, SendErrorKind, SettingsError, SmtpSettings, Tls, Transport,
    letter_box, message_id,
};
