//! Whether a page of ours sent a request. What somebody wrote comes back in a page only then: a form on another site could put
//! words into their mouth.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::request::Parts;

use super::site::{Site, Transport};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Who sent a request, as the browser says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// A page of ours.
    OurPage,
    /// Another site, or a browser that does not say.
    Unknown,
}

impl Sender {
    /// Reads what the browser says: `Sec-Fetch-Site` decides; older browsers, and those without encryption, name the origin only.
    pub fn of(parts: &Parts, transport: Transport) -> Sender {
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let host = parts.uri.authority().map(|host| host.as_str()).or_else(|| text(HOST));
        let scheme = match transport {
            Transport::Encrypted => "https",
            Transport::Loopback => "http",
        };
        let ours = match (parts.headers.contains_key(FETCH_SITE), text(ORIGIN), host) {
            (true, ..) => text(FETCH_SITE) == Some("same-origin"),
            (false, Some(origin), Some(host)) => origin.eq_ignore_ascii_case(&format!("{scheme}://{host}")),
            (false, ..) => false,
        };
        if ours { Sender::OurPage } else { Sender::Unknown }
    }
}

impl FromRequestParts<Site> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Sender, Infallible> {
        Ok(Sender::of(parts, site.transport()))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn sender(transport: Transport, headers: &[(&str, &str)]) -> Sender {
        let request = headers
            .iter()
            .fold(Request::post("/staff/log"), |request, (name, value)| {
                request.header(*name, *value)
            });
        Sender::of(&request.body(()).unwrap().into_parts().0, transport)
    }

    #[test]
    fn a_page_of_ours_is_known_by_what_the_browser_says() {
        let host = ("host", "complaints.example:8080");
        for ours in [
            vec![("sec-fetch-site", "same-origin")],
            vec![host, ("origin", "http://complaints.example:8080")],
        ] {
            assert_eq!(sender(Transport::Loopback, &ours), Sender::OurPage, "{ours:?}");
        }
        let encrypted = [host, ("origin", "https://complaints.example:8080")];
        assert_eq!(sender(Transport::Encrypted, &encrypted), Sender::OurPage);
    }

    #[test]
    fn everybody_else_is_unknown() {
        let host = ("host", "complaints.example");
        let ours = ("origin", "https://complaints.example");
        for other in [
            vec![],
            vec![host],
            vec![ours],
            vec![host, ("origin", "null")],
            vec![host, ("origin", "https://evil.example")],
            vec![host, ("origin", "https://complaints.example.evil.example")],
            vec![host, ("origin", "http://complaints.example")],
            vec![host, ours, ("sec-fetch-site", "cross-site")],
            vec![host, ours, ("sec-fetch-site", "same-site")],
            vec![host, ours, ("sec-fetch-site", "none")],
        ] {
            assert_eq!(sender(Transport::Encrypted, &other), Sender::Unknown, "{other:?}");
        }
    }
}
