//! The pages of the settings, and those that say one thing.

use super::super::access_log::{AccessLog, CaseSeen};
use super::super::all_cases::pass_on::PassOn;
use super::super::calendars::{Calendars, what_moves::WhatMoves};
use super::super::directory::Directory;
use super::super::go_on::GoOn;
use super::super::keeping::Keeping;
use super::super::kept::KeptPage;
use super::super::letter_keys::LetterKeys;
use super::super::mail::AsideList;
use super::super::mail::standing::MailStanding;
use super::super::me::Me;
use super::super::message::{Confirm, Message, Trouble};
use super::super::office_log::OfficeLog;
use super::super::people::People;
use super::super::people::leave::Leave;
use super::super::people::password::FirstPassword;
use super::super::people::person::PersonPage;
use super::super::redact::RedactPage;
use super::super::subject::SubjectAccess;
use super::super::vips::Vips;
use super::super::who::Who;
use super::{Named, named};

pub(super) fn settings() -> Vec<Named> {
    let mut all = personal_data();
    all.extend(letter_keys());
    all.extend(mail());
    all.extend([
        named("people", People::sample()),
        named("people-errors", People::sample_errors()),
        named("people-read-only", People::sample_read_only()),
        named("person", PersonPage::sample()),
        named("person-errors", PersonPage::sample_errors()),
        named("person-away", PersonPage::sample_away()),
        named("person-away-errors", PersonPage::sample_away_errors()),
        named("person-former", PersonPage::sample_former()),
        named("first-password", FirstPassword::sample()),
        named("first-password-errors", FirstPassword::sample_errors()),
        named("first-password-return", FirstPassword::sample_return()),
        named("first-password-own", FirstPassword::sample_own()),
        named("leave", Leave::sample()),
        named("leave-errors", Leave::sample_errors()),
        named("leave-nothing-open", Leave::sample_free()),
        named("leave-last-administrator", Leave::sample_last_administrator()),
        named("directory", Directory::sample()),
        named("directory-old", Directory::sample_old()),
        named("directory-none", Directory::sample_none()),
        named("who", Who::sample()),
        named("who-nobody", Who::sample_nobody()),
        named("who-fresh", Who::sample_fresh()),
        named("office-log", OfficeLog::sample()),
        named("office-log-empty", OfficeLog::sample_empty()),
        named("calendars", Calendars::sample()),
        named("calendars-errors", Calendars::sample_errors()),
        named("calendars-read-only", Calendars::sample_read_only()),
        named("calendars-what-moves", WhatMoves::sample()),
        named("calendars-nothing-moves", WhatMoves::sample_still()),
        named("pass-several-on", PassOn::sample()),
        named("pass-several-on-errors", PassOn::sample_errors()),
        named("pass-several-on-empty", PassOn::sample_empty()),
        named("vips", Vips::sample()),
        named("vips-errors", Vips::sample_errors()),
        named("vips-changed", Vips::sample_changed()),
        named("me", Me::sample()),
        named("me-errors", Me::sample_errors()),
        named("me-away", Me::sample_away()),
        named("me-away-errors", Me::sample_away_errors()),
        named("message", Message::sample()),
        named("confirm", Confirm::sample()),
        named("go-on", GoOn::sample()),
        named("go-on-files", GoOn::sample_files()),
        named("go-on-received", GoOn::sample_received()),
        named("go-on-other-session", GoOn::sample_other_session()),
        named("go-on-choice", GoOn::sample_choice()),
        named("error-403", Trouble::sample_forbidden()),
        named("error-404", Trouble::sample_not_found()),
        named("error-409", Trouble::sample_conflict()),
        named("error-422", Trouble::Unreadable),
        named("error-expired", Trouble::sample_expired()),
        named("error-expired-button", Trouble::sample_expired_button()),
        named("error-too-large", Trouble::sample_too_large()),
        named("error-503", Trouble::sample_busy()),
        named("error-503-button", Trouble::sample_busy_button()),
        named("error-503-not-now", Trouble::sample_not_now()),
        named("error-503-not-shown", Trouble::sample_not_shown()),
        named("error-500", Trouble::sample_broken()),
        named("error-500-kept", Trouble::sample_broken_kept()),
    ]);
    all
}

/// E-mail that is set aside, and how incoming mail stands.
fn mail() -> Vec<Named> {
    vec![
        named("mail", AsideList::sample()),
        named("mail-reports", AsideList::sample_reports()),
        named("mail-empty", AsideList::sample_empty()),
        named("mail-standing", MailStanding::sample()),
        named("mail-standing-alarms", MailStanding::sample_alarms()),
        named("mail-standing-empty", MailStanding::sample_empty()),
        named("mail-standing-trying", MailStanding::sample_trying()),
    ]
}

fn letter_keys() -> Vec<Named> {
    vec![
        named("letter-keys", LetterKeys::sample()),
        named("letter-keys-none", LetterKeys::sample_none()),
        named("letter-keys-errors", LetterKeys::sample_errors()),
        named("letter-keys-compare", LetterKeys::sample_compare()),
    ]
}

/// What is kept, who saw it, what was taken out, and copies of it.
fn personal_data() -> Vec<Named> {
    vec![
        named("keeping", Keeping::sample()),
        named("keeping-empty", Keeping::sample_empty()),
        named("kept", KeptPage::sample()),
        named("kept-held", KeptPage::sample_held()),
        named("access-log", AccessLog::sample()),
        named("access-log-own", AccessLog::sample_own()),
        named("access-log-errors", AccessLog::sample_errors()),
        named("case-seen", CaseSeen::sample()),
        named("case-seen-empty", CaseSeen::sample_empty()),
        named("redact", RedactPage::sample()),
        named("redact-found", RedactPage::sample_found()),
        named("redact-not-now", RedactPage::sample_not_now()),
        named("subject", SubjectAccess::sample()),
        named("subject-errors", SubjectAccess::sample_errors()),
        named("subject-cases", SubjectAccess::sample_cases()),
        named("subject-preview", SubjectAccess::sample_preview()),
    ]
}
