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
/// The same, whatever view it opens with.
pub const CASES_OPEN: &str = "/staff/cases?state=open";
/// The list of all cases as a file, narrowed like its page.
pub const CASES_FILE: &str = "/staff/cases.csv";
/// Where several cases of that list are passed on.
pub const CASES_PASS_ON: &str = "/staff/cases/pass-on";
/// The saved views of that list (POST saves one).
pub const VIEWS: &str = "/staff/cases/views";
/// With which view the list opens (POST).
pub const VIEWS_START: &str = "/staff/cases/views/start";
/// How the numbers of the navigation stand now, and what happened on a case meanwhile; read by script.
pub const NOW: &str = "/staff/now";
/// Search results, `?q=`.
pub const SEARCH: &str = "/staff/search";
/// Log a complaint.
pub const LOG: &str = "/staff/log";
/// What is written so far while a call is logged (POST).
pub const LOG_DRAFT: &str = "/staff/log/draft";
/// Where that is thrown away (POST).
pub const LOG_DRAFT_DISCARD: &str = "/staff/log/draft/discard";
/// The reference to read out after logging, `?ref=`.
pub const LOGGED: &str = "/staff/log/done";
/// Letters waiting for sign-off.
pub const SIGN_OFF: &str = "/staff/sign-off";
/// The job register.
pub const JOBS: &str = "/staff/jobs";
/// The figures of any range of days.
pub const REPORTS: &str = "/staff/reports";
/// The same as a file.
pub const REPORTS_FILE: &str = "/staff/reports.csv";
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
/// The directory (POST has it read).
pub const DIRECTORY: &str = "/staff/settings/directory";
/// Keys of line managers, for letters that hold the complaint.
pub const LETTER_KEYS: &str = "/staff/settings/directory/keys";
/// Looking somebody up in it, `?name=`.
pub const WHO: &str = "/staff/who";
/// Cases that line managers deal with.
pub const SEALED: &str = "/staff/confidential";
/// How long cases are kept, and which go next.
pub const KEEPING: &str = "/staff/settings/keeping";
/// Who saw which case or took what along, `?who=&on=`; for most people their own part of it.
pub const ACCESS_LOG: &str = "/staff/settings/access";
/// The same as a file.
pub const ACCESS_LOG_FILE: &str = "/staff/settings/access.csv";
/// Copies of what is kept about somebody (POST finds, shows and makes them).
pub const SUBJECT: &str = "/staff/settings/subject-access";
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
/// The brand: name, colours, picture.
pub const BRAND: &str = "/staff/settings/brand";
/// The colours of a brand that is tried out, as a style sheet, `?accent=&link=`.
pub const BRAND_PREVIEW: &str = "/staff/settings/brand/preview.css";
/// The ways to complain.
pub const WAYS: &str = "/staff/settings/channels";
/// E-mail that is set aside.
pub const MAIL: &str = "/staff/mail";

/// How incoming mail stands.
pub const MAIL_STANDING: &str = "/staff/settings/mail";

/// Letters that did not arrive.
pub const UNDELIVERED: &str = "/staff/undelivered";
/// Letters that were sent.
pub const LETTERS: &str = "/staff/letters";
/// The person who is signed in.
pub const ME: &str = "/staff/me";
/// Who stands in for the person who is signed in while they are away (POST).
pub const AWAY: &str = "/staff/me/away";
/// Where that is taken back (POST).
pub const BACK: &str = "/staff/me/back";
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

/// What is written so far on a form of the case `reference` (POST): "message", "note", "decide".
pub fn draft(reference: &str, form: &str) -> String {
    format!("/staff/c/{reference}/drafts/{form}")
}

/// Where that is thrown away (POST).
pub fn draft_discard(reference: &str, form: &str) -> String {
    format!("/staff/c/{reference}/drafts/{form}/discard")
}

/// A saved view (POST renames it).
pub fn view(id: &str) -> String {
    format!("{VIEWS}/{id}")
}

/// Where a saved view is deleted (POST).
pub fn view_delete(id: &str) -> String {
    format!("{VIEWS}/{id}/delete")
}

/// A task in the investigation of the case `reference`: "points", "conflict", "plan", "evidence", "interviews", "findings", "letter".
pub fn investigation_task(reference: &str, task: &str) -> String {
    format!("/staff/c/{reference}/investigation/{task}")
}

/// A file of the case `reference`.
pub fn file(reference: &str, id: &str) -> String {
    format!("/staff/c/{reference}/files/{id}")
}

/// An e-mail of the case `reference` as it looked; `number` is that of its event.
pub fn mail_looked(reference: &str, number: u32) -> String {
    format!("/staff/c/{reference}/mail/{number}")
}

/// The document in the frame of that page.
pub fn mail_page(reference: &str, number: u32) -> String {
    format!("{}/page", mail_looked(reference, number))
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

/// Where words of that letter are changed.
pub fn sign_off_edit(reference: &str) -> String {
    format!("{SIGN_OFF}/{reference}/edit")
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
    // A number that somebody typed may be anything.
    let number: String = form_urlencoded::byte_serialize(number.as_bytes()).collect();
    format!("{JOBS}/{}", number.replace('+', "%20"))
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
