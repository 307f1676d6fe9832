//! The procedure as data: what ships is sound, what is broken is refused with its line, and the public page follows the data.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "procedure/broken.rs"]
mod broken;
#[path = "procedure/conditions.rs"]
mod conditions;
#[path = "procedure/desk.rs"]
mod desk;
#[path = "procedure/public_page.rs"]
mod public_page;
#[path = "procedure/shipped.rs"]
mod shipped;
#[path = "procedure/tried_out.rs"]
mod tried_out;
