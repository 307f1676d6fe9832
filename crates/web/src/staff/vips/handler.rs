//! Serving the list of VIPs, for those who may mark one.

use axum::response::Response;
use casework::vips::{self, Written};

use super::Vips;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Unsaved, form};
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// The list.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = (asked.get("done") == "saved").then(|| "The list is saved.".to_owned());
    match read(&seat).await {
        Ok(Written { text, mark }) => {
            let form = form::fresh().answered(&[("list", &text)]);
            let page = Vips {
                notice,
                mark,
                now: None,
                form,
            };
            seat.page(&page).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// A new list.
pub async fn save(form: StaffForm) -> Response {
    let seat = &form.seat;
    let fault = match vips::set(form.seat.hand(&form.once()), form.get("list"), form.get("mark")).await {
        Ok(_) => return Done::see(&format!("{}?done=saved", paths::VIPS)),
        Err(fault) => fault,
    };
    let unsaved = Unsaved::because(&fault);
    let fault = Fault::from(fault);
    let (Some(errors), Ok(now)) = (fault.beside_fields("list"), read(seat).await) else {
        return fault.into_response(seat, &form.posted).await;
    };
    let page = match unsaved {
        // What they typed stands beside the list as it is: sent again, it takes its place.
        Unsaved::Meanwhile => Vips {
            notice: None,
            mark: now.mark,
            now: Some(now.text),
            form: form.state(),
        },
        Unsaved::Wrong => Vips {
            notice: None,
            mark: form.get("mark").to_owned(),
            now: None,
            form: FormState { errors, ..form.state() },
        },
    };
    seat.page_with(unsaved.status(), &page).await
}

async fn read(seat: &Seat) -> Result<Written, Fault> {
    Ok(vips::list(seat.door.office(), seat.door.person()).await?)
}
