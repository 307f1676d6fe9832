//! What a bucket answered, in words for whoever looks after it.

use std::error::Error as _;

use object_store::Error;
use object_store::client::{HttpError, HttpErrorKind};

use crate::certificates;

/// Whether the bucket did not do its work, so that asking again later may help. What it refuses stays refused.
pub(super) fn is_away(error: &Error) -> bool {
    let text = error.to_string();
    let refused = status(&text).is_some_and(|status| {
        let may_pass = status.starts_with("408") || status.starts_with("429");
        status.starts_with('4') && !may_pass
    });
    matches!(error, Error::Generic { .. }) && !refused
}

/// Whether what was to be put may be there all the same: an answer that got lost, or a second try that met the first.
pub(super) fn may_be_there(error: &Error) -> bool {
    match error {
        Error::AlreadyExists { .. } | Error::Precondition { .. } | Error::NotModified { .. } => true,
        // The upload in parts is not known any more: it was finished, or thrown away.
        Error::NotFound { .. } => code(&error.to_string()) == Some("NoSuchUpload"),
        _ => transport(error).is_some_and(|kind| kind != HttpErrorKind::Connect),
    }
}

/// Why a bucket cannot be used.
pub(super) fn why(error: &Error) -> String {
    if let Some(untrusted) = certificates::refusal(error, "roots ([files.s3])") {
        return untrusted;
    }
    let text = error.to_string();
    let code = code(&text);
    match (error, transport(error)) {
        (_, Some(HttpErrorKind::Timeout)) => "it takes too long to answer".to_owned(),
        (_, Some(_)) => "nobody answers at its address, or the connection breaks off".to_owned(),
        (Error::PermissionDenied { .. } | Error::Unauthenticated { .. }, _) => match code {
            Some(code) => format!("it refuses our keys, or what we ask with them ({code})"),
            None => "it refuses our keys, or what we ask with them".to_owned(),
        },
        (Error::NotFound { .. }, _) if code == Some("NoSuchBucket") => "there is no bucket of this name".to_owned(),
        _ => match status(&text) {
            Some(status) => format!("it answers {status}"),
            None => text,
        },
    }
}

/// What broke below HTTP, if something did.
fn transport(error: &Error) -> Option<HttpErrorKind> {
    let mut cause = error.source();
    while let Some(next) = cause {
        if let Some(http) = next.downcast_ref::<HttpError>() {
            return Some(http.kind());
        }
        cause = next.source();
    }
    None
}

/// The code within an answer of S3: `<Error><Code>NoSuchBucket</Code>`.
fn code(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<Code>")?;
    rest.split_once("</Code>").map(|(code, _)| code)
}

/// "503 Service Unavailable", where the crate's words hold one: it gives the status away in no other form.
fn status(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("status code: ")?;
    Some(rest.split_once(": ").map_or(rest, |(status, _)| status))
}
