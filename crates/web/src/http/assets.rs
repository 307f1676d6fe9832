//! Style, script and typeface: found by their hashed names, sent compressed, kept by browsers for ever.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::assets::{self, Asset};

/// Answers with the asset at the request's path.
pub async fn serve(request: Request) -> Response {
    let Some(asset) = assets::find(request.uri().path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if request
        .headers()
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == asset.etag.as_bytes())
    {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let (encoding, bytes) = encoded(asset, request.headers());
    let answer = Response::builder()
        .header(CONTENT_TYPE, asset.content_type)
        .header(CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(ETAG, asset.etag)
        .header(VARY, "accept-encoding");
    let answer = encoding
        .into_iter()
        .fold(answer, |answer, encoding| answer.header(CONTENT_ENCODING, encoding));
    answer
        .body(Body::from(bytes))
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn encoded(asset: &Asset, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let takes = |name: &str| {
        accepted
            .split(',')
            .any(|part| part.split(';').next().unwrap_or("").trim() == name)
    };
    match (asset.brotli, asset.gzip) {
        (Some(brotli), _) if takes("br") => (Some("br"), brotli),
        (_, Some(gzip)) if takes("gzip") => (Some("gzip"), gzip),
        _ => (None, asset.plain),
    }
}
