//! What every answer carries, whatever page it holds.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};

use crate::support::OpenSite;

async fn get(site: &OpenSite, path: &str, encodings: &str) -> (HeaderMap, Vec<u8>) {
    let request = Request::get(path).header(header::ACCEPT_ENCODING, encodings);
    let answer = site.answer(request.body(Body::empty()).unwrap()).await;
    let headers = answer.headers().clone();
    (
        headers,
        to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec(),
    )
}

#[tokio::test]
async fn a_page_travels_compressed_to_a_browser_that_can_read_it() {
    let site = OpenSite::open().await;
    let (plain, whole) = get(&site, "/complain", "identity").await;
    assert!(!plain.contains_key(header::CONTENT_ENCODING));
    assert!(String::from_utf8(whole.clone()).unwrap().contains("What went wrong?"));

    let (headers, compressed) = get(&site, "/complain", "gzip, br").await;
    assert_eq!(headers[header::CONTENT_ENCODING], "gzip");
    assert!(
        compressed.len() * 2 < whole.len(),
        "{} of {}",
        compressed.len(),
        whole.len()
    );
    assert_eq!(headers["vary"], "accept-encoding", "a cache keeps the two apart");
}

#[tokio::test]
async fn nothing_is_kept_by_caches_or_framed_and_no_script_of_others_runs() {
    let site = OpenSite::open().await;
    for path in ["/", "/complain", "/track", "/staff/sign-in", "/no-such-page"] {
        let (headers, _) = get(&site, path, "identity").await;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    }
}
