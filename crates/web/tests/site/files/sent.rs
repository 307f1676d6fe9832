//! Forms with files as browsers send them, and what comes back.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use rules::people::Person;

use crate::support::{Answer, OpenSite};

pub(crate) const MEGABYTE: usize = 1024 * 1024;
pub(crate) const BOUNDARY: &str = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

/// A form with files on its way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form {
    body: Vec<u8>,
}

impl Form {
    pub(crate) fn of(fields: &[(&str, &str)]) -> Form {
        fields
            .iter()
            .fold(Form::default(), |form, (name, value)| form.field(name, value))
    }

    pub(crate) fn field(mut self, name: &str, value: &str) -> Form {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        self.body.extend(head.as_bytes());
        self
    }

    pub(crate) fn file(mut self, name: &str, bytes: &[u8]) -> Form {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        self.body.extend(head.as_bytes());
        self.body.extend(bytes);
        self.body.extend(b"\r\n");
        self
    }

    /// The bytes that a browser sends.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [&self.body[..], format!("--{BOUNDARY}--\r\n").as_bytes()].concat()
    }
}

/// Whoever sends forms: a member of staff, or somebody outside.
pub(crate) struct Sender<'s> {
    pub(crate) site: &'s OpenSite,
    pub(crate) cookie: String,
    pub(crate) csrf: String,
    /// What the browser says of where the form stands.
    pub(crate) from: &'static str,
}

/// What came back, with its headers and bytes.
pub(crate) struct Whole {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Result<Vec<u8>, String>,
}

impl<'s> Sender<'s> {
    pub(crate) fn outside(site: &'s OpenSite) -> Sender<'s> {
        Sender {
            site,
            cookie: String::new(),
            csrf: String::new(),
            from: "none",
        }
    }

    pub(crate) async fn staff(site: &'s OpenSite, who: &Person) -> Sender<'s> {
        let session = site.office.sign_in(who).await;
        Sender {
            site,
            cookie: format!("staff={}", session.token),
            csrf: session.csrf,
            from: "none",
        }
    }

    /// The same browser, whose forms stand on pages of ours.
    pub(crate) fn on_our_pages(self) -> Sender<'s> {
        Sender {
            from: "same-origin",
            ..self
        }
    }

    pub(crate) async fn send(&self, path: &str, form: &Form) -> Answer {
        self.send_bytes(path, form.bytes(), BOUNDARY).await
    }

    /// Sends any bytes as a form with any boundary.
    pub(crate) async fn send_bytes(&self, path: &str, bytes: Vec<u8>, boundary: &str) -> Answer {
        let kind = format!("multipart/form-data; boundary={boundary}");
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", self.from)
            .body(Body::from(bytes));
        Answer::of(self.site.answer(request.unwrap()).await).await
    }

    /// A page as text.
    pub(crate) async fn page(&self, path: &str) -> String {
        let whole = self.asked(path, "identity").await;
        assert_eq!(whole.status, 200, "{path}");
        String::from_utf8(whole.bytes.unwrap()).unwrap()
    }

    /// Anything, for a browser that takes it compressed.
    pub(crate) async fn get(&self, path: &str) -> Whole {
        self.asked(path, "gzip, br").await
    }

    /// What anything is answered, as text that can be compared.
    pub(crate) async fn plain(&self, path: &str) -> (StatusCode, String) {
        let whole = self.asked(path, "identity").await;
        (
            whole.status,
            String::from_utf8_lossy(&whole.bytes.unwrap()).into_owned(),
        )
    }

    async fn asked(&self, path: &str, encodings: &str) -> Whole {
        let request = Request::builder().uri(path).header(header::COOKIE, &self.cookie);
        let request = request.header(header::ACCEPT_ENCODING, encodings).body(Body::empty());
        let (parts, body) = self.site.answer(request.unwrap()).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await;
        Whole {
            status: parts.status,
            headers: parts.headers,
            bytes: bytes.map(|bytes| bytes.to_vec()).map_err(|error| error.to_string()),
        }
    }

    /// A complaint with these files is taken; whoever sent it may come back to it.
    pub(crate) async fn complains(&mut self, key: &str, files: &[(&str, &[u8])]) -> String {
        let form = Form::of(&[("key", key), ("what", "The Wi-Fi dropped four times.")]);
        let form = files.iter().fold(form, |form, (name, bytes)| form.file(name, bytes));
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = Request::post("/complain").header(header::CONTENT_TYPE, kind);
        let answer = self.site.answer(request.body(Body::from(form.bytes())).unwrap()).await;
        let (parts, body) = answer.into_parts();
        let html = to_bytes(body, usize::MAX).await.unwrap();
        assert_eq!(parts.status, 303, "{}", String::from_utf8_lossy(&html));
        let cookie = parts.headers[header::SET_COOKIE].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        let (reference, _) = self.cookie.strip_prefix("case=").unwrap().split_once('.').unwrap();
        reference.to_owned()
    }
}

/// Bytes of this length that begin like a picture.
pub(crate) fn picture(length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0".to_vec();
    bytes.extend((bytes.len()..length).map(|n| (n * 7 % 251) as u8));
    bytes.truncate(length);
    bytes
}

/// The address of a link with these words.
pub(crate) fn link(html: &str, words: &str) -> String {
    let (before, _) = html
        .split_once(&format!("\">{words}</a>"))
        .unwrap_or_else(|| panic!("no link {words} in\n{html}"));
    before.rsplit_once("href=\"").unwrap().1.to_owned()
}
