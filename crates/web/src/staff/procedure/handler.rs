//! Serving the procedure in force, as staff see it, and each version as a file.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use casework::procedures;
use rules::people::Act;

use super::Procedure;
use super::shown::shown;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};

/// The page.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    if let Err(fault) = seat.require(Act::SeeProcedure) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let published = asked.get("published");
    match shown(&seat) {
        Ok(page) => {
            let notice = page
                .versions
                .iter()
                .find(|version| version.name == published && !published.is_empty());
            let notice = notice.map(|version| format!("Version {} is published. {}.", version.name, version.when));
            seat.page(&Procedure { notice, ..page }).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// A version as its file.
pub async fn file(seat: Seat, asked: Asked) -> Response {
    match procedures::version(seat.door.office(), asked.get("version"), seat.door.person()) {
        Ok(version) => {
            let plain = |text: &str| -> String {
                let kept = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_');
                text.chars()
                    .map(|character| if kept(character) { character } else { '-' })
                    .collect()
            };
            let procedure = &version.procedure;
            let name = format!("{}-{}.toml", plain(&procedure.id), plain(&procedure.version));
            let headers = [
                (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
            ];
            (headers, version.text.clone()).into_response()
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}
