//! Every route in one place: the table that a golden file keeps.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::csrf::CsrfLayer;
use tower_http::trace::TraceLayer;

use crate::http::patience::Patience;
use crate::http::posted::LARGEST_FORM;
use crate::http::{Site, assets, brand, headers, patience};
use crate::public::answer::troubled;
use crate::public::trouble::Trouble;
use crate::staff::on_record::before_it_is_shown;
use crate::{public, staff};

/// The site as a service.
pub fn router(site: Site) -> Router {
    let routes = Router::new()
        .merge(public::routes())
        .merge(staff::routes())
        .route("/assets/{*path}", get(assets::serve))
        .route(brand::PATH, get(brand::serve))
        .route("/health", get(|| async { "ok" }))
        .fallback(public::not_found);
    behind_the_door(site, routes, patience::USUAL)
}

/// What every request passes before a page sees it, the last of them first.
fn behind_the_door(site: Site, routes: Router<Site>, patience: Patience) -> Router {
    let elsewhere = site.clone();
    let not_ours = move |_| troubled(&elsewhere, Trouble::Forbidden, None);
    routes
        .layer(from_fn_with_state(site.clone(), before_it_is_shown))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CsrfLayer::new().with_rejection_response(not_ours))
        .layer(from_fn_with_state((site.clone(), patience), patience::wait))
        .layer(from_fn(headers::guard))
        // Assets come compressed already and pass through as they are.
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_shown)))
        .layer(TraceLayer::new_for_http())
        .with_state(site)
}

/// What is saved and not shown travels as it is: its length is promised.
fn is_shown(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(CONTENT_DISPOSITION)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::body::{Body, to_bytes};
    use axum::http::{Request, header};
    use documents::letter::Wording;
    use testkit::office::OpenOffice;
    use tower::ServiceExt as _;

    use super::*;
    use crate::http::site::Proxy;
    use crate::page::public_shell::Institution;
    use crate::{SiteParts, Transport};

    /// What somebody reads who asks for what never comes, and the headers that go with it.
    async fn impatient(request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let wording = Arc::new(Wording::built_in().unwrap());
        let site = Site::new(SiteParts {
            office: OpenOffice::at("2026-06-09 09:15").await.office,
            institution: Institution::sample(),
            transport: Transport::Loopback,
            proxy: Proxy::None,
            letter_box: None,
            wording,
        });
        let never = || async { std::future::pending::<&str>().await };
        let routes = Router::new().route("/never", get(never).post(never));
        let patience = Patience {
            page: Duration::ZERO,
            files: Duration::from_secs(600),
        };
        let answer = behind_the_door(site, routes, patience).oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let page = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(page.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn what_takes_too_long_is_told_on_a_page_that_says_what_to_do() {
        for (request, says) in [
            (
                Request::get("/never"),
                ["That took too long", "Load it again in a minute"],
            ),
            (
                Request::post("/never"),
                ["That took too long", "However often you send it, we keep it once"],
            ),
        ] {
            let (status, headers, page) = impatient(request.body(Body::empty()).unwrap()).await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(headers[header::RETRY_AFTER], "60");
            assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY), "{headers:?}");
            assert!(says.iter().all(|words| page.contains(words)), "{page}");
        }
    }

    #[tokio::test]
    async fn a_form_of_another_site_is_refused_on_a_page() {
        let request = Request::post("/never").header("sec-fetch-site", "cross-site");
        let (status, headers, page) = impatient(request.body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY), "{headers:?}");
        assert!(page.contains("The form did not come from our own page"), "{page}");
    }
}
