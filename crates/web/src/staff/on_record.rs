//! Nothing of a case is shown before the entry in the access log is kept: it is written while the page is made, and waited for here (R31).

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use casework::ActError;
use casework::looks::OnRecord;

use crate::http::Site;
use crate::public::answer::failed;

/// The entries of one request that are on their way into the log.
#[derive(Clone, Default)]
pub(crate) struct Entries(Arc<Mutex<Vec<OnRecord>>>);

impl Entries {
    /// One more.
    pub(crate) fn add(&self, entry: OnRecord) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    async fn kept(&self) -> Result<(), ActError> {
        let entries = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for entry in entries {
            entry.kept().await?;
        }
        Ok(())
    }
}

/// Holds an answer back until everything that it shows is on record. What leads elsewhere shows nothing, and tells of an act that was done.
pub(crate) async fn before_it_is_shown(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let entries = Entries::default();
    request.extensions_mut().insert(entries.clone());
    let answer = next.run(request).await;
    match entries.kept().await {
        Err(fault) if !answer.status().is_redirection() => failed(&site, &fault, None),
        _ => answer,
    }
}
