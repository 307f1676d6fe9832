//! What is known of the mailbox before a message is read.

use crate::automatic::Own;

/// What is known of the mailbox.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The name by which the receiving mail server signs its findings (RFC 8601, authserv-id); nobody's findings are believed without it.
    pub authserv_id: Option<String>,
    /// Whether the receiving mail server is believed when it calls a message spam.
    pub spam_flags: SpamFlags,
    /// What is ours: nobody else wrote a message that carries it.
    pub own: Own,
}

/// Whether marks of spam are believed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SpamFlags {
    /// They are, on a message on which the same server left its findings about the sender: others can write such marks too.
    #[default]
    OfTheServer,
    /// They are not.
    Ignored,
}
