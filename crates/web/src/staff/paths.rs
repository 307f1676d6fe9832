//! The addresses of the staff pages, so that a template and the router can never disagree.

/// My work.
pub const MY_WORK: &str = "/staff";
/// Sign in.
pub const SIGN_IN: &str = "/staff/sign-in";
/// Sign out (POST).
pub const SIGN_OUT: &str = "/staff/sign-out";
/// Complaints that nobody has looked at yet.
pub const TRIAGE: &str = "/staff/triage";
/// All open cases.
pub const CASES: &str = "/staff/cases";
/// The list of all cases as a file, narrowed like its page.
pub const CASES_FILE: &str = "/staff/cases.csv";
/// Where several cases of that list are passed on.
pub const CASES_PASS_ON: &str = "/staff/cases/pass-on";
/// Search results, `?q=`.
pub const SEARCH: &str = "/staff/search";
/// Log a complaint.
pub const LOG: &str = "/staff/log";
/// The reference to read out after logging, `?ref=`.
pub const LOGGED: &str = "/staff/log/done";
/// Letters waiting for sign-off.
pub const SIGN_OFF: &str = "/staff/sign-off";
/// The job register.
pub const JOBS: &str = "/staff/jobs";
/// The months and their reviews.
pub const REVIEW: &str = "/staff/review";
/// The register of follow-on actions.
pub const ACTIONS: &str = "/staff/actions";
/// People and what they may do.
pub const PEOPLE: &str = "/staff/settings/people";
/// Calendars of working days.
pub const CALENDARS: &str = "/staff/settings/calendars";
/// What a change of a calendar would move, and the change itself (POST).
pub const CALENDAR_CHANGE: &str = "/staff/settings/calendars/change";
/// The list of VIPs.
pub const VIPS: &str = "/staff/settings/vips";
/// Who changed what in the office.
pub const OFFICE_LOG: &str = "/staff/settings/log";
/// The procedure in force.
pub const PROCEDURE: &str = "/staff/settings/procedure";
/// Where somebody gives a new version of the procedure; sent, it shows what would change.
pub const PROCEDURE_NEW: &str = "/staff/settings/procedure/new";
/// Where a version of the procedure is published (POST).
pub const PROCEDURE_PUBLISH: &str = "/staff/settings/procedure/publish";
/// A version of the procedure as a file, `?version=`.
pub const PROCEDURE_FILE: &str = "/staff/settings/procedure/file";
/// The categories.
pub const CATEGORIES: &str = "/staff/settings/categories";
/// The wording of letters.
pub const WORDING: &str = "/staff/settings/wording";
/// Letters that were sent.
pub const LETTERS: &str = "/staff/letters";
/// The person who is signed in.
pub const ME: &str = "/staff/me";
/// What the person who is signed in prefers (POST).
pub const PREFERENCES: &str = "/staff/me/preferences";

/// The case `reference`, timeline first.
pub fn case(reference: &str) -> String {
    format!("/staff/c/{reference}")
}

/// A page or an act of the case `reference`: "details", "jobs", "audit", "decide", "extend", "stage-2", "assign" ...
pub fn case_act(reference: &str, act: &str) -> String {
    format!("/staff/c/{reference}/{act}")
}

/// A task in the investigation of the case `reference`: "points", "conflict", "plan", "evidence", "interviews", "findings", "letter".
pub fn investigation_task(reference: &str, task: &str) -> String {
    format!("/staff/c/{reference}/investigation/{task}")
}

/// A file of the case `reference`.
pub fn file(reference: &str, id: &str) -> String {
    format!("/staff/c/{reference}/files/{id}")
}

/// Triage of the case `reference`.
pub fn triage(reference: &str) -> String {
    format!("{TRIAGE}/{reference}")
}

/// Where somebody says that the case `reference` is something else, while it is triaged (POST).
pub fn triage_kind(reference: &str) -> String {
    format!("{TRIAGE}/{reference}/kind")
}

/// Sign-off of the letter in the case `reference`.
pub fn sign_off(reference: &str) -> String {
    format!("{SIGN_OFF}/{reference}")
}

/// The member of staff with this number.
pub fn person(id: &str) -> String {
    format!("{PEOPLE}/{id}")
}

/// An act on the member of staff with this number: "password", "leave", "return".
pub fn person_act(id: &str, act: &str) -> String {
    format!("{PEOPLE}/{id}/{act}")
}

/// The wording of the letter `code`, or an act on it: "mail", "again".
pub fn wording(code: &str) -> String {
    format!("{WORDING}/{code}")
}

/// An act on the wording of the letter `code`: "mail" (as the e-mail), "again" (back to an earlier version).
pub fn wording_act(code: &str, act: &str) -> String {
    format!("{WORDING}/{code}/{act}")
}

/// A version of the wording of the letter `code`.
pub fn wording_version(code: &str, number: u32) -> String {
    format!("{WORDING}/{code}/versions/{number}")
}

/// The job `number` in the register.
pub fn job(number: &str) -> String {
    format!("{JOBS}/{number}")
}

/// The sent letter `id`.
pub fn letter(id: &str) -> String {
    format!("{LETTERS}/{id}")
}

/// The review of the month `code` ("2026-09").
pub fn review(code: &str) -> String {
    format!("{REVIEW}/{code}")
}

/// An act of the review of the month `code`: "note", "recommend", "freeze", "finish", "restate".
pub fn review_act(code: &str, act: &str) -> String {
    format!("{REVIEW}/{code}/{act}")
}

/// The follow-on action `id`.
pub fn action(id: &str) -> String {
    format!("{ACTIONS}/{id}")
}

/// Where the follow-on action `id` gets the words that everybody may read.
pub fn publish_action(id: &str) -> String {
    format!("{ACTIONS}/{id}/publish")
}

/// Where a published change is taken back (POST).
pub fn unpublish_action(id: &str) -> String {
    format!("{ACTIONS}/{id}/unpublish")
}
