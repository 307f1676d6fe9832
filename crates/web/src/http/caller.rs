//! From where a request came: only to slow down guessing, never stored in clear.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use super::site::{Proxy, Site};

/// The network address of a caller, as text; empty where there is none (a test without a socket).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller(pub String);

impl FromRequestParts<Site> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Caller, Infallible> {
        let forwarded = parts
            .headers
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok());
        // The last entry is the one that our own proxy wrote; those before it are anybody's claim.
        let forwarded = forwarded
            .and_then(|list| list.rsplit(',').next())
            .map(|last| last.trim().to_owned());
        let connection = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip().to_string());
        let address = match site.proxy() {
            Proxy::Trusted => forwarded.or(connection),
            Proxy::None => connection,
        };
        Ok(Caller(address.unwrap_or_default()))
    }
}
