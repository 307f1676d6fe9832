//! A form about a complaint, from the person who made it.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::response::{IntoResponse, Response};
use casework::desk::CaseFile;
use casework::intake::track::Complainant;

use super::answer::own_case;
use super::track_start::locked_out;
use crate::http::{Carried, Posted, Sender, Site};

/// A form that somebody sent about their own complaint. Whom this browser does not let in to it (any more) is answered with the page that
/// asks who they are and carries what they wrote.
pub(crate) struct OwnForm {
    /// Who sent it.
    pub(crate) who: Complainant,
    /// Their complaint, as it was when the form came.
    pub(crate) file: CaseFile,
    /// What they wrote.
    pub(crate) posted: Posted,
    /// The address that it was sent to.
    pub(crate) to: String,
}

impl FromRequest<Site> for OwnForm {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<OwnForm, Response> {
        let (mut parts, body) = request.into_parts();
        let sender = Sender::of(&parts, site.transport());
        let to = parts.uri.path().to_owned();
        let headers = parts.headers.clone();
        let Path(reference) = Path::<String>::from_request_parts(&mut parts, site)
            .await
            .map_err(IntoResponse::into_response)?;
        let posted = Posted::from_request(Request::from_parts(parts, body), site).await?;
        match own_case(site, &headers, &reference).await {
            Ok((who, file)) => Ok(OwnForm { who, file, posted, to }),
            Err(fault) => Err(locked_out(site, sender, &fault, Carried::of(&to, &posted))),
        }
    }
}
