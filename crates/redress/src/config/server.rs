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

/// The address of a public site, as links in letters begin with it.
pub(crate) fn is_public_url(text: &str) -> Result<(), String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    let named = host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    if named && !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>' | '@')) {
        Ok(())
    } else {
        Err(format!(
            "\"{text}\" is not the address of a site, like https://feedback.example.ac.uk"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::is_public_url;

    #[test]
    fn an_address_is_what_a_browser_can_open() {
        for good in [
            "https://feedback.example.ac.uk",
            "http://127.0.0.1:8080",
            "http://[::1]:80/it",
        ] {
            assert_eq!(is_public_url(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "nonsense",
            "ftp://foo",
            "https://",
            "https:///x",
            "https://a b",
            "https://x?y",
            "https://a@b",
        ] {
            assert!(is_public_url(bad).is_err(), "{bad}");
        }
    }
}
