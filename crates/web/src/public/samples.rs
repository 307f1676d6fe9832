//! Every public page in every state, drawn for an invented university: for the tests, the preview and the accessibility checks.

use hypertext::Rendered;

use super::{
    about::{AccessibilityPage, CookiesPage, LostCodePage, PrivacyPage, accessibility, cookies, lost_code, privacy},
    ask_stage_2::{AskStage2Page, ask_stage_2},
    changes::{ChangesPage, changes},
    checkpoints::{CheckpointsPage, checkpoints},
    complain::{ComplainPage, complain},
    confirmation::{ConfirmationPage, confirmation},
    contact::{ContactPage, contact},
    handover::{HandoverPage, ReadingPage, handover, reading_page},
    home::{HomePage, home},
    message::{MessagePage, message},
    procedure::{ProcedurePage, procedure},
    stop::{StopPage, stop},
    thanks::{ThanksPage, thanks},
    track::{TrackPage, track},
    track_start::{TrackStartPage, track_start},
    trouble::{TroublePage, trouble},
};
use crate::page::public_shell::Institution;

/// A name fit for a file, and the page, for every page in every state.
#[must_use]
pub fn all_samples() -> Vec<(String, String)> {
    let institution = Institution::sample();
    let mut samples = Vec::new();
    let mut add = |name: &str, page: Rendered<String>| samples.push((name.to_owned(), page.into_inner()));
    entry_pages(&institution, &mut add);
    tracking_pages(&institution, &mut add);
    holder_pages(&institution, &mut add);
    add(
        "accessibility",
        accessibility(&institution, &AccessibilityPage::sample()),
    );
    add("privacy", privacy(&institution, &PrivacyPage::sample()));
    for (name, page) in [
        ("checkpoints", CheckpointsPage::sample()),
        ("checkpoints-none", CheckpointsPage::sample_none()),
    ] {
        add(name, checkpoints(&institution, &page));
    }
    add("cookies", cookies(&institution, &CookiesPage::sample()));
    for (name, page) in [
        ("lost-code", LostCodePage::sample()),
        ("lost-code-errors", LostCodePage::sample_errors()),
        ("lost-code-sent", LostCodePage::sample_sent()),
        ("lost-code-wait", LostCodePage::sample_wait()),
    ] {
        add(name, lost_code(&institution, &page));
    }
    for (name, page) in TroublePage::samples() {
        add(&format!("trouble-{name}"), trouble(&institution, &page));
    }
    samples
}

fn entry_pages(institution: &Institution, add: &mut impl FnMut(&str, Rendered<String>)) {
    for (name, page) in [
        ("home", HomePage::sample()),
        ("home-form-down", HomePage::sample_form_down()),
    ] {
        add(name, home(institution, &page));
    }
    for (name, page) in [
        ("changes", ChangesPage::sample()),
        ("changes-empty", ChangesPage::sample_empty()),
    ] {
        add(name, changes(institution, &page));
    }
    add("procedure", procedure(institution, &ProcedurePage::sample()));
    for (name, page) in [
        ("complain", ComplainPage::sample()),
        ("complain-errors", ComplainPage::sample_errors()),
        ("complain-full", ComplainPage::sample_full()),
        ("complain-files", ComplainPage::sample_files()),
    ] {
        add(name, complain(institution, &page));
    }
    for (name, page) in [
        ("confirmation", ConfirmationPage::sample()),
        ("confirmation-anonymous", ConfirmationPage::sample_anonymous()),
        ("confirmation-email-failed", ConfirmationPage::sample_email_failed()),
        ("confirmation-confidential", ConfirmationPage::sample_confidential()),
    ] {
        add(name, confirmation(institution, &page));
    }
    for (name, page) in [
        ("thanks", ThanksPage::sample()),
        ("thanks-errors", ThanksPage::sample_errors()),
    ] {
        add(name, thanks(institution, &page));
    }
}

fn holder_pages(institution: &Institution, add: &mut impl FnMut(&str, Rendered<String>)) {
    for (name, page) in [
        ("handover", HandoverPage::sample()),
        ("handover-taken", HandoverPage::sample_taken()),
        ("handover-over", HandoverPage::sample_over()),
        ("handover-have", HandoverPage::sample_have()),
        ("handover-finished-errors", HandoverPage::sample_finished_errors()),
        ("handover-code-errors", HandoverPage::sample_code_errors()),
        ("handover-said", HandoverPage::sample_said()),
    ] {
        add(name, handover(institution, &page));
    }
    add("handover-reading", reading_page(institution, &ReadingPage::sample()));
}

fn tracking_pages(institution: &Institution, add: &mut impl FnMut(&str, Rendered<String>)) {
    for (name, page) in [
        ("track-start", TrackStartPage::sample()),
        ("track-start-mismatch", TrackStartPage::sample_mismatch()),
        ("track-start-wait", TrackStartPage::sample_wait()),
        ("track-start-kept", TrackStartPage::sample_kept()),
        ("track-start-kept-files", TrackStartPage::sample_kept_files()),
        ("track-start-kept-wait", TrackStartPage::sample_kept_wait()),
    ] {
        add(name, track_start(institution, &page));
    }
    for (name, page) in [
        ("track", TrackPage::sample()),
        ("track-new", TrackPage::sample_new()),
        ("track-held", TrackPage::sample_held()),
        ("track-question", TrackPage::sample_question()),
        ("track-points", TrackPage::sample_points()),
        ("track-points-errors", TrackPage::sample_points_errors()),
        ("track-points-agreed", TrackPage::sample_points_agreed()),
        ("track-undelivered", TrackPage::sample_undelivered()),
        ("track-extended", TrackPage::sample_extended()),
        ("track-decided", TrackPage::sample_decided()),
        ("track-decided-letter", TrackPage::sample_decided_letter()),
        ("track-decided-late", TrackPage::sample_decided_late()),
        ("track-stage-2-asked", TrackPage::sample_stage_2_asked()),
        ("track-ended", TrackPage::sample_ended()),
    ] {
        add(name, track(institution, &page));
    }
    for (name, page) in [
        ("ask-stage-2", AskStage2Page::sample()),
        ("ask-stage-2-late", AskStage2Page::sample_late()),
    ] {
        add(name, ask_stage_2(institution, &page));
    }
    for (name, page) in [
        ("contact", ContactPage::sample()),
        ("contact-errors", ContactPage::sample_errors()),
        ("contact-anonymous", ContactPage::sample_anonymous()),
    ] {
        add(name, contact(institution, &page));
    }
    add("stop", stop(institution, &StopPage::sample()));
    for (name, page) in [
        ("message", MessagePage::sample()),
        ("message-stage-2", MessagePage::sample_stage_2()),
        ("message-contact", MessagePage::sample_contact()),
        ("message-stopped", MessagePage::sample_stopped()),
        ("message-thanks", MessagePage::sample_thanks()),
    ] {
        add(name, message(institution, &page));
    }
}
