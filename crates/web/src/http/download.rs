//! A file as an answer: saved, never shown, and cut off where its bytes are not those that were kept.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use casework::ActError;
use casework::files::Download;
use http_body::{Frame, SizeHint};
use tracing::error;

/// Should a browser show the file all the same, it runs nothing and reaches nothing.
const POLICY: &str = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The answer that holds a file.
pub(crate) fn answer(download: Download) -> Response {
    let (file, size) = (&download.file, download.file.size);
    let Ok(disposition) = HeaderValue::from_str(&disposition(file.name.as_str())) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(file.kind.media_type())),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_LENGTH, HeaderValue::from(size)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ];
    (headers, Body::new(Streaming::of(download))).into_response()
}

/// The name twice: for old programs in ASCII, for all others whole (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '_' };
    let ascii: String = name
        .chars()
        .map(|c| if matches!(c, '"' | '\\' | '%') { '_' } else { plain(c) })
        .collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

type Next = Pin<Box<dyn Future<Output = (Download, Result<Option<Vec<u8>>, ActError>)> + Send>>;

/// The bytes as the connection takes them: the next chunk is opened only when the last one has gone.
struct Streaming {
    next: Option<Next>,
    left: u64,
}

impl Streaming {
    fn of(download: Download) -> Streaming {
        let left = download.file.size;
        Streaming {
            next: Some(chunk(download)),
            left,
        }
    }
}

fn chunk(mut download: Download) -> Next {
    Box::pin(async move {
        let chunk = download.next_chunk().await;
        (download, chunk)
    })
}

impl HttpBody for Streaming {
    type Data = Bytes;
    type Error = ActError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ActError>>> {
        let Some(next) = &mut self.next else {
            return Poll::Ready(None);
        };
        let (download, opened) = ready!(next.as_mut().poll(context));
        self.next = None;
        match opened {
            Ok(Some(bytes)) => {
                self.left = self.left.saturating_sub(bytes.len() as u64);
                self.next = Some(chunk(download));
                Poll::Ready(Some(Ok(Frame::data(Bytes::from(bytes)))))
            }
            Ok(None) => Poll::Ready(None),
            Err(fault) => {
                // The connection breaks off, so that half a file is not taken for a whole one.
                error!(id = %download.file.id, %fault, "a file could not be read to its end");
                Poll::Ready(Some(Err(fault)))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_for_old_and_new_programs_and_breaks_no_header() {
        assert_eq!(
            disposition("a b.png"),
            "attachment; filename=\"a b.png\"; filename*=UTF-8''a%20b.png"
        );
        assert_eq!(
            disposition("écran 100%.png"),
            "attachment; filename=\"_cran 100_.png\"; filename*=UTF-8''%C3%A9cran%20100%25.png"
        );
        let hostile = disposition("a\"; filename=\"evil.exe\r\nSet-Cookie: x");
        assert!(HeaderValue::from_str(&hostile).is_ok());
        assert_eq!(hostile.matches('"').count(), 2);
    }
}
