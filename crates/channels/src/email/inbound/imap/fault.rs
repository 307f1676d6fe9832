//! What can go wrong with a mailbox, in words for whoever looks after it.

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImapFault {
    /// Nobody answers at the address of the server.
    #[error("{0}")]
    Unreached(String),
    /// The connection cannot be encrypted, or nobody vouches for the server.
    #[error("{0}")]
    Untrusted(String),
    /// The folder is not there, or not for us.
    #[error("{0}")]
    NoFolder(String),
    /// The server cannot be reached, went away or says nothing that could be understood: it is tried again on a new connection.
    #[error("{0}")]
    Gone(String),
    /// The server did not do what it was asked; the connection can go on.
    #[error("the server says: {0}")]
    Refused(String),
    /// It does not let us in.
    #[error("cannot sign in: {0}")]
    SignIn(String),
    /// What is missing here: room, the database.
    #[error("messages cannot be kept now and stay on the server: {0}")]
    House(String),
    /// The settings do not fit the server.
    #[error("{0}")]
    Settings(String),
}

impl ImapFault {
    /// A line that was cut, or never came about.
    pub(super) fn gone(words: impl Into<String>) -> ImapFault {
        ImapFault::Gone(words.into())
    }

    /// True where trying again soon does harm: many servers lock an account after some wrong passwords.
    pub(super) fn is_slow(&self) -> bool {
        matches!(
            self,
            ImapFault::SignIn(_) | ImapFault::Settings(_) | ImapFault::NoFolder(_)
        )
    }
}
