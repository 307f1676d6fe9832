//! `[server]`: where the site listens and how it is reached.

use std::net::SocketAddr;

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Server {
    /// Address and port. Put a proxy that speaks https in front, and keep this on loopback.
    pub listen: SocketAddr,
    /// The address that people type, for links in letters.
    pub public_url: String,
    /// Whether a proxy in front writes `X-Forwarded-For`.
    #[serde(default)]
    pub behind_proxy: bool,
}

impl Server {
    /// Whether cookies demand encryption.
    pub(crate) fn transport(&self) -> web::Transport {
        if self.public_url.starts_with("https://") {
            web::Transport::Encrypted
        } else {
            web::Transport::Loopback
        }
    }

    /// Whose word is taken for the address of a caller.
    pub(crate) fn proxy(&self) -> web::http::site::Proxy {
        if self.behind_proxy {
            web::http::site::Proxy::Trusted
        } else {
            web::http::site::Proxy::None
        }
    }
}
