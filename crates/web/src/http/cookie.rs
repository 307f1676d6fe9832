//! Four cookies, each out of reach of scripts: a staff session, what staff prefer, a complainant who came by
//! code or link, and a line manager who reads with a code.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use super::site::Transport;

/// A cookie that this site sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// A staff session; sent to staff pages only.
    Staff,
    /// How a member of staff likes their pages: colours and keys.
    Preferences,
    /// The case that a complainant may see: reference and token. Gone after a day (IA: the confirmation stays reachable for 24 hours).
    Case,
    /// The sealed record that a line manager reads now. Gone after an hour, as the reading is.
    Reading,
}

impl Cookie {
    fn name(self) -> &'static str {
        match self {
            Cookie::Staff => "staff",
            Cookie::Preferences => "prefs",
            Cookie::Case => "case",
            Cookie::Reading => "reading",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Cookie::Staff | Cookie::Preferences => "/staff",
            Cookie::Case => "/",
            Cookie::Reading => "/handover",
        }
    }

    /// Seconds that a browser keeps it.
    fn lasts(self) -> u32 {
        match self {
            Cookie::Staff => 12 * 3600,
            Cookie::Preferences => 365 * 24 * 3600,
            Cookie::Case => 24 * 3600,
            Cookie::Reading => 3600,
        }
    }

    /// The header value that sets it. Values are hexadecimal digits, letters, hyphens and dots only.
    pub fn set(self, value: &str, transport: Transport) -> Option<HeaderValue> {
        let secure = if transport == Transport::Encrypted {
            "; Secure"
        } else {
            ""
        };
        let (name, path, lasts) = (self.name(), self.path(), self.lasts());
        let text = format!("{name}={value}; Path={path}; Max-Age={lasts}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&text).ok()
    }

    /// The header value that takes it away.
    pub fn clear(self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!(
            "{}=; Path={}; Max-Age=0; HttpOnly; SameSite=Lax",
            self.name(),
            self.path()
        ))
        .ok()
    }

    /// Its value in a request.
    pub fn read(self, headers: &HeaderMap) -> Option<String> {
        let lines = headers
            .get_all(COOKIE)
            .into_iter()
            .filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(';')).find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name.trim() == self.name()).then(|| value.trim().to_owned())
        })
    }
}
