//! With what the product signs in at a mail server, whether it reads or sends there.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use super::oauth::TokenSource;

/// With what one signs in.
#[derive(Clone)]
pub enum SignIn {
    /// A password.
    Password(String),
    /// A token of OAuth 2.0 (RFC 7628, or the older XOAUTH2 of Google and Microsoft).
    Token(Arc<TokenSource>),
}

impl fmt::Debug for SignIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignIn::Password(_) => formatter.write_str("Password(hidden)"),
            SignIn::Token(source) => formatter.debug_tuple("Token").field(source).finish(),
        }
    }
}

/// Whether a server is this machine: what goes there in the clear is heard by nobody else.
pub(crate) fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
