//! What comes after an act: go and look, see the form again with what to do, or a page that says why not.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::{ActError, Passing};
use rules::case::Refused;
use tracing::{error, warn};

use super::choices::choice;
use super::labels::called;
use super::seat::Seat;
use crate::http::carried::is_secret;
use crate::http::sent_form::LEAVE_OUT;
use crate::http::{Posted, later, once};
use crate::page::form::Errors;
use crate::staff::message::Trouble;
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// After an act: go and look.
pub(crate) struct Done;

impl Done {
    /// To a page; a second press lands there too.
    pub(crate) fn see(path: &str) -> Response {
        let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static(paths::MY_WORK));
        (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
    }
}

/// Why a page cannot be shown or an act was not done.
pub enum Fault {
    /// The act says so.
    Act(ActError),
    /// The words of the form are more than a form holds.
    TooLarge {
        /// Where it was sent.
        path: String,
    },
    /// The form's token is not that of this session.
    Expired {
        /// Where it was sent.
        path: String,
    },
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Fault {
        Fault::Act(error)
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Fault {
        Fault::Act(ActError::Refused(refused))
    }
}

impl Fault {
    /// The errors beside the fields of a form, if this is a refusal that a form can show; `first_field` takes what names no field.
    pub fn beside_fields(&self, first_field: &str) -> Option<Errors> {
        let Fault::Act(ActError::Refused(refused)) = self else {
            return None;
        };
        let mut errors = Errors::none();
        match refused {
            Refused::Fields { fields } => fields
                .iter()
                .for_each(|field| errors.add(field.field, field.message.clone())),
            Refused::NotAllowed { .. } => return None,
            other => errors.add(first_field, other.to_string()),
        }
        Some(errors)
    }

    /// The page that says why, with everything that was typed.
    pub async fn into_response(self, seat: &Seat, posted: &Posted) -> Response {
        let (status, trouble) = self.trouble(kept(seat, posted));
        let answer = seat.page_with(status, &trouble).await;
        match trouble {
            Trouble::Busy { .. } => later(answer, Passing::Flood),
            Trouble::NotNow { .. } => later(answer, Passing::Trouble),
            _ => answer,
        }
    }

    fn trouble(self, kept: Vec<(String, String)>) -> (StatusCode, Trouble) {
        match self {
            Fault::Expired { path } => (
                StatusCode::FORBIDDEN,
                Trouble::Expired {
                    kept,
                    again: Link::new("Open the page again", &path),
                },
            ),
            Fault::TooLarge { path } => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Trouble::TooLarge {
                    kept,
                    again: Link::new("Open the page again", &path),
                },
            ),
            Fault::Act(ActError::NotFound) => (StatusCode::NOT_FOUND, Trouble::NotFound { kept }),
            Fault::Act(ActError::Refused(refused)) => (StatusCode::FORBIDDEN, refusal(&refused, kept)),
            Fault::Act(stale @ ActError::Stale { .. }) => {
                let now = Link::new("See the case as it is now", paths::MY_WORK);
                (
                    StatusCode::CONFLICT,
                    Trouble::Conflict {
                        what_they_did: stale.to_string(),
                        kept,
                        now,
                        next: None,
                    },
                )
            }
            Fault::Act(fault) => other_fault(&fault, kept),
        }
    }
}

/// What no rule said: it may go well later, or something is broken.
fn other_fault(fault: &ActError, kept: Vec<(String, String)>) -> (StatusCode, Trouble) {
    match fault.passing() {
        Some(Passing::Flood) => (StatusCode::SERVICE_UNAVAILABLE, Trouble::Busy { kept }),
        Some(Passing::Trouble) => {
            warn!(%fault, "somebody at work was told to come back later");
            (StatusCode::SERVICE_UNAVAILABLE, Trouble::NotNow { kept })
        }
        None => {
            let incident = once::key()[..8].to_uppercase();
            error!(%incident, %fault, "a staff page could not be served");
            (StatusCode::INTERNAL_SERVER_ERROR, Trouble::Broken { kept, incident })
        }
    }
}

/// What somebody typed and chose, to be shown to them again: what the field is called, and the words. Never a secret.
pub(crate) fn kept(seat: &Seat, posted: &Posted) -> Vec<(String, String)> {
    typed(posted.fields())
        .filter_map(|(name, value)| choice(seat, name, value).or_else(|| Some((called(name, value)?, value.clone()))))
        .collect()
}

/// The fields of a form in which somebody typed or chose something. Never a secret.
pub(crate) fn typed(fields: &[(String, String)]) -> impl Iterator<Item = &(String, String)> {
    fields.iter().filter(|(name, value)| {
        !matches!(name.as_str(), "csrf" | "once" | "seen" | "made_from" | LEAVE_OUT)
            && !is_secret(name)
            && !value.trim().is_empty()
    })
}

fn refusal(refused: &Refused, kept: Vec<(String, String)>) -> Trouble {
    let (what, who_can) = match refused {
        Refused::NotAllowed { act } => (
            format!("You cannot {}.", act.words()),
            format!("Ask {}.", rules::people::permission::who_may(*act)),
        ),
        _ => ("This cannot be done now.".to_owned(), String::new()),
    };
    let why = if matches!(refused, Refused::NotAllowed { .. }) {
        "Your roles do not include it.".to_owned()
    } else {
        refused.to_string()
    };
    Trouble::Forbidden {
        what,
        why,
        who_can,
        kept,
    }
}
