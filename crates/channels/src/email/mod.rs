//! E-mail: letters going out.

pub mod outbound;

pub use outbound::{
    Accepted, DkimSettings, LetterBoxSettings, OutgoingMail, Prepared, SendError, SendErrorKind, SettingsError,
    SmtpSettings, Tls, Transport, inside, letter_box, message_id,
};
