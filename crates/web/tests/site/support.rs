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
use testkit::people::{everybody, leila};
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
    /// Any other cookie, as the site set it.
    other: Option<String>,
    /// What it says of where a form was sent from.
    says: &'static [(&'static str, &'static str)],
}

/// What browsers of today say of a form on a page of ours.
const OUR_PAGE: &[(&str, &str)] = &[("sec-fetch-site", "same-origin")];

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Where a redirect leads; empty where it is none.
    pub(crate) to: String,
    pub(crate) html: String,
    /// The cookie that it sets, as a browser sends it back; empty where it sets none.
    pub(crate) cookie: String,
    /// The seconds after which to come back, where it says so.
    pub(crate) retry: Option<u32>,
}

impl OpenSite {
    pub(crate) async fn open() -> OpenSite {
        OpenSite::with(everybody()).await
    }

    /// One at which Leila looks after data protection as well.
    pub(crate) async fn open_with_leila() -> OpenSite {
        let mut people = everybody();
        people.push(leila());
        OpenSite::with(people).await
    }

    /// With these people, numbered from 1.
    pub(crate) async fn with(people: Vec<Person>) -> OpenSite {
        let wording = Arc::new(Wording::built_in().unwrap());
        let office = OpenOffice::worded_with(people, wording.clone(), testkit::story::TUESDAY).await;
        let site = Site::new(SiteParts {
            office: office.office.clone(),
            institution: Institution::sample(),
            transport: Transport::Loopback,
            proxy: Proxy::None,
            letter_box: None,
            wording,
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
            other: None,
            says: &[],
        }
    }

    /// The same browser after an answer that signed somebody in.
    pub(crate) fn signed_in_by(&self, answer: &Answer) -> Browser<'_> {
        let (_, token) = answer.cookie.split_once("staff=").unwrap();
        Browser {
            session: Some(Session {
                token: token.to_owned(),
                csrf: answer.hidden("csrf").to_owned(),
            }),
            ..self.stranger().on_our_pages()
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
            ..self.stranger()
        }
    }
}

impl Browser<'_> {
    /// The same browser, which says that its forms stand on pages of ours.
    pub(crate) fn on_our_pages(self) -> Self {
        self.saying(OUR_PAGE)
    }

    /// The same browser, with a cookie that an answer set.
    pub(crate) fn with_cookie(mut self, cookie: &str) -> Self {
        self.other = Some(cookie.to_owned());
        self
    }

    /// The same browser, which says something else.
    pub(crate) fn saying(mut self, says: &'static [(&'static str, &'static str)]) -> Self {
        self.says = says;
        self
    }

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

    /// Sends a form that is answered with a file to save: its type, its name as the header has it, and its bytes.
    pub(crate) async fn save(&self, path: &str, fields: &[(&str, &str)]) -> (String, String, Vec<u8>) {
        let csrf = self.session.as_ref().map_or("", |session| &session.csrf);
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", csrf).extend_pairs(fields);
        let response = self.response(Method::POST, path, body.finish()).await;
        let header = |name: header::HeaderName| {
            let value = response.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (kind, name) = (header(header::CONTENT_TYPE), header(header::CONTENT_DISPOSITION));
        (
            kind,
            name,
            to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec(),
        )
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Answer {
        Answer::of(self.response(method, path, body).await).await
    }

    async fn response(&self, method: Method, path: &str, body: String) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("staff={}", session.token));
        }
        if let Some(case) = &self.case {
            request = request.header(header::COOKIE, format!("case={case}"));
        }
        if let Some(other) = &self.other {
            request = request.header(header::COOKIE, other);
        }
        for (name, value) in self.says {
            request = request.header(*name, *value);
        }
        let request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.site.answer(request.unwrap()).await
    }
}

impl Answer {
    /// What a response holds.
    pub(crate) async fn of(response: Response) -> Answer {
        let (parts, body) = response.into_parts();
        let location = parts.headers.get(header::LOCATION);
        let cookie = parts
            .headers
            .get(header::SET_COOKIE)
            .map(|cookie| cookie.to_str().unwrap());
        let retry = parts.headers.get(header::RETRY_AFTER);
        let retry = retry.map(|seconds| seconds.to_str().unwrap().parse().unwrap());
        let html = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            to: location.map_or_else(String::new, |to| to.to_str().unwrap().to_owned()),
            html: String::from_utf8(html.to_vec()).unwrap(),
            cookie: cookie
                .and_then(|cookie| cookie.split(';').next())
                .unwrap_or_default()
                .to_owned(),
            retry,
        }
    }

    /// A page that says all of this. Whoever is to come back is told when.
    #[track_caller]
    pub(crate) fn says(&self, status: u16, words: &[&str]) -> &Answer {
        assert_eq!(self.status.as_u16(), status, "to {:?}\n{}", self.to, self.html);
        let is_to_come_back = matches!(status, 429 | 503);
        assert_eq!(self.retry.is_some(), is_to_come_back, "{status}: {:?}", self.retry);
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

    /// Every hidden field of a form, as its button would send them.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Vec<(String, String)> {
        let action = format!(r#"action="{action}""#);
        let form = self.html.split("<form ").find(|form| {
            let tag = form.split('>').next().unwrap_or_default();
            tag.contains(&action) && tag.contains(r#"method="post""#)
        });
        let form = form.unwrap_or_else(|| panic!("no form with {action} in\n{}", self.html));
        let form = form.split("</form>").next().unwrap_or_default();
        let fields = form.split(r#"<input type="hidden" name=""#).skip(1);
        fields
            .map(|field| {
                let (name, value) = field.split_once(r#"" value=""#).unwrap();
                (unescaped(name), unescaped(value.split('"').next().unwrap_or_default()))
            })
            .collect()
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

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}
