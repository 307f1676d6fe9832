//! A site with its office, and browsers that are signed in to it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use documents::letter::Wording;
use rules::case::Reference;
use rules::people::Person;
use testkit::office::{OpenOffice, Session};
use tower::ServiceExt;
use web::http::site::Proxy;
use web::page::public_shell::Institution;
use web::{Site, SiteParts, Transport, router};

/// A site that stands at Tuesday 9 June 2026, 9:15am, until it is moved.
pub(crate) struct OpenSite {
    pub(crate) office: OpenOffice,
    router: Router,
}

/// Somebody's browser.
pub(crate) struct Browser<'s> {
    site: &'s OpenSite,
    session: Option<Session>,
    /// What the link of a letter left: reference and token.
    case: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Where a redirect leads; empty where it is none.
    pub(crate) to: String,
    pub(crate) html: String,
}

impl OpenSite {
    pub(crate) async fn open() -> OpenSite {
        let office = OpenOffice::at(testkit::story::TUESDAY).await;
        let site = Site::new(SiteParts {
            office: office.office.clone(),
            institution: Institution::sample(),
            transport: Transport::Loopback,
            proxy: Proxy::None,
            letter_box: None,
            wording: Arc::new(Wording::built_in().unwrap()),
        });
        OpenSite {
            office,
            router: router(site),
        }
    }

    /// What a request is answered, with its headers.
    pub(crate) async fn answer(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// A browser that nobody signed in with.
    pub(crate) fn stranger(&self) -> Browser<'_> {
        Browser {
            site: self,
            session: None,
            case: None,
        }
    }

    /// The browser of the person who complained, who followed the link of a letter.
    pub(crate) async fn complainant(&self, reference: &Reference) -> Browser<'_> {
        let token = self.office.case(reference).await.received.link_token;
        Browser {
            case: Some(format!("{reference}.{token}")),
            ..self.stranger()
        }
    }

    /// The browser of a member of staff. Once for each person.
    pub(crate) async fn browser(&self, who: &Person) -> Browser<'_> {
        Browser {
            site: self,
            session: Some(self.office.sign_in(who).await),
            case: None,
        }
    }
}

impl Browser<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, String::new()).await
    }

    /// Sends a form with the token of the session.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.session.as_ref().map_or("", |session| &session.csrf);
        self.post_with(csrf, path, fields).await
    }

    /// Sends a form with any token.
    pub(crate) async fn post_with(&self, csrf: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", csrf).extend_pairs(fields);
        self.send(Method::POST, path, body.finish()).await
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("staff={}", session.token));
        }
        if let Some(case) = &self.case {
            request = request.header(header::COOKIE, format!("case={case}"));
        }
        let request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        let response = self.site.answer(request.unwrap()).await;
        let (parts, body) = response.into_parts();
        let location = parts.headers.get(header::LOCATION);
        let html = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            to: location.map_or_else(String::new, |to| to.to_str().unwrap().to_owned()),
            html: String::from_utf8(html.to_vec()).unwrap(),
        }
    }
}

impl Answer {
    /// A page that says all of this.
    #[track_caller]
    pub(crate) fn says(&self, status: u16, words: &[&str]) -> &Answer {
        assert_eq!(self.status.as_u16(), status, "to {:?}\n{}", self.to, self.html);
        // Where a long word may break says nothing to a reader.
        let html = self.html.replace("<wbr>", "");
        for word in words {
            assert!(html.contains(word), "no {word:?} in\n{html}");
        }
        self
    }

    /// A redirect to this address.
    #[track_caller]
    pub(crate) fn leads_to(&self, path: &str) {
        assert_eq!((self.status.as_u16(), self.to.as_str()), (303, path), "{}", self.html);
    }

    /// The value of a hidden field.
    #[track_caller]
    pub(crate) fn hidden(&self, name: &str) -> &str {
        let start = format!(r#"<input type="hidden" name="{name}" value=""#);
        let (_, rest) = self
            .html
            .split_once(&start)
            .unwrap_or_else(|| panic!("no hidden field {name} in\n{}", self.html));
        rest.split_once('"').map_or("", |(value, _)| value)
    }
}
