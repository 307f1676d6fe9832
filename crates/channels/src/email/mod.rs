//! E-mail: letters going out, messages coming in, and the tokens with which either signs in.

pub mod inbound;
pub mod oauth;
pub mod outbound;
mod sign_in;

pub use outbound::{
    Accepted, DkimSettings, LetterBoxSettings, OutgoingMail, Prepared, SendError, SendErrorKind, SettingsError,
    SmtpSettings, Step, Tls, Transport, inside, letter_box, message_id,
};
pub use sign_in::SignIn;
pub(crate) use sign_in::is_this_machine;
