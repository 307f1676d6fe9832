//! The addresses of the public pages, in one place.

/// Home, with the published procedure.
pub const HOME: &str = "/";
/// The complaint form.
pub const COMPLAIN: &str = "/complain";
/// What a person sees after sending the form.
pub const COMPLAIN_SENT: &str = "/complain/sent";
/// Thanks, suggestions and comments (R1, R38).
pub const THANKS: &str = "/thanks";
/// Reference and code.
pub const TRACK: &str = "/track";
/// How to get the link again.
pub const LOST_CODE: &str = "/lost-code";
/// The published procedure on a page of its own, to print (R13).
pub const PROCEDURE: &str = "/procedure";
/// What complaints changed, and the figures (R39).
pub const CHANGES: &str = "/you-said-we-did";
/// How accessible the service is.
pub const ACCESSIBILITY: &str = "/accessibility";
/// Who sees what.
pub const PRIVACY: &str = "/privacy";
/// Which cookies there are.
pub const COOKIES: &str = "/cookies";
/// How anybody can check that our record was not changed: published checkpoints and the public key (R89).
pub const CHECKPOINTS: &str = "/checkpoints";
/// The public key, as text.
pub const PUBLIC_KEY: &str = "/checkpoints/key.txt";
/// The steps by which a receipt is checked, as text.
pub const HOW_TO_CHECK: &str = "/checkpoints/how-to-check.txt";
/// Where staff sign in.
pub const STAFF: &str = "/staff";

/// The checkpoint of a month ("2026-09"), or of the latest month that is over ("latest"), as text.
#[must_use]
pub fn checkpoint(month: &str) -> String {
    format!("{CHECKPOINTS}/of/{month}")
}

/// One complaint, for the person who made it.
#[must_use]
pub fn complaint(reference: &str) -> String {
    format!("{TRACK}/{reference}")
}

/// The link that lets a person in.
#[must_use]
pub fn link(reference: &str, token: &str) -> String {
    format!("{TRACK}/{reference}/k/{token}")
}

/// Where a person asks for stage 2.
#[must_use]
pub fn stage_2(reference: &str) -> String {
    format!("{TRACK}/{reference}/stage-2")
}

/// Where a person says whether we have understood them.
#[must_use]
pub fn points(reference: &str) -> String {
    format!("{TRACK}/{reference}/points")
}

/// Where a person stops their complaint.
#[must_use]
pub fn stop(reference: &str) -> String {
    format!("{TRACK}/{reference}/stop")
}

/// Where a person says how to reach them.
#[must_use]
pub fn contact(reference: &str) -> String {
    format!("{TRACK}/{reference}/contact")
}

/// A file of a complaint.
#[must_use]
pub fn file(reference: &str, id: &str) -> String {
    format!("{TRACK}/{reference}/files/{id}")
}

/// Where a person's reply is sent.
#[must_use]
pub fn reply(reference: &str) -> String {
    format!("{TRACK}/{reference}/reply")
}

/// Where a line manager finds a complaint that was handed over to them.
#[must_use]
pub fn handover(reference: &str, token: &str) -> String {
    format!("/handover/{reference}/{token}")
}
