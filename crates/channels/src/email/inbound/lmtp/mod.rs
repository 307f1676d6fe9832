//! A door for mail servers (LMTP, RFC 2033): the server of the institution hands each message over, and keeps it until it is durable here.

mod address;
mod body;
mod conversation;
mod hand_over;
mod listen;
mod reply;

pub use address::Addresses;
pub use hand_over::{Envelope, HandFault, hand_over};
pub use listen::{Listen, Lmtp, LmtpSettings, Reach};
