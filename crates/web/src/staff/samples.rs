//! Every staff page in every state, with made-up cases: for the render tests, the preview pages and the accessibility tests.

mod settings;

use super::actions::{ActionPage, ActionRegister, PublishChange};
use super::all_cases::AllCases;
use super::all_cases::views::Views;
use super::assign::Assign;
use super::brand::BrandPage;
use super::case::{CaseOutline, CasePage, CaseRail};
use super::categories::Categories;
use super::closing::{Close, Reopen, Withdraw};
use super::confidential::{Restrict, Restricted};
use super::consent::ConsentPage;
use super::contact::ContactPage;
use super::decide::{Decide, DecidePreview};
use super::escalation::{AskForStage2, Escalation};
use super::extend::{Extend, MoreTimeAsked};
use super::glass::{GlassPage, OpenedPage};
use super::group::CaseGroup;
use super::handover::HandoverPage;
use super::investigate::{FindingsPage, LetterPage, TaskList, TaskPage};
use super::jobs::{JobPage, JobRegister};
use super::letters::{LetterBox, LetterView};
use super::log::{LogComplaint, Logged};
use super::looked::LookedPage;
use super::meanwhile::{Interruption, Meanwhile};
use super::my_work::MyWork;
use super::new_issue::NewIssuePage;
use super::procedure::Procedure;
use super::procedure::new::NewProcedure;
use super::procedure::what_changes::WhatChanges;
use super::question::QuestionPage;
use super::regime::RegimePage;
use super::reports::ReportPage;
use super::review::{Finish, MonthPage, Recommend, ReviewList};
use super::sealed::SealedCases;
use super::search::SearchResults;
use super::sign_in::SignIn;
use super::sign_off::{EditLetter, SignOffLetter, SignOffList};
use super::stage_2::MoveToStage2;
use super::triage::{TriageCase, TriageList};
use super::undelivered::Undelivered;
use super::ways::WaysPage;
use super::wording::{WordingList, WordingPage, WordingVersion};
use crate::page::staff_shell::{StaffPage, StaffShell, Theme};

/// Every sample by name, as a whole document. A name is the page, then the state if it is not the plain one.
pub fn all_samples() -> Vec<(&'static str, String)> {
    let desk = StaffShell::sample();
    let manager = StaffShell {
        who_name: "Helen Marsh".to_owned(),
        who_role: "Senior manager".to_owned(),
        ..StaffShell::sample()
    };
    let mut samples = doors();
    for (name, page) in lists()
        .into_iter()
        .chain(cases())
        .chain(acts())
        .chain(investigating())
        .chain(published())
        .chain(about_staff())
        .chain(settings::settings())
    {
        samples.push((name, desk.draw(page.as_ref()).into_inner()));
    }
    for (name, page) in sign_off().into_iter().chain(reviews()) {
        samples.push((name, manager.draw(page.as_ref()).into_inner()));
    }
    let dark = StaffShell {
        theme: Theme::Dark,
        ..desk
    };
    samples.push(("case-dark", dark.draw(&CasePage::sample()).into_inner()));
    samples
}

type Named = (&'static str, Box<dyn StaffPage>);

fn named(name: &'static str, page: impl StaffPage + 'static) -> Named {
    (name, Box::new(page))
}

fn doors() -> Vec<(&'static str, String)> {
    vec![
        ("sign-in", SignIn::sample().draw().into_inner()),
        ("sign-in-wrong", SignIn::sample_wrong().draw().into_inner()),
        ("sign-in-throttled", SignIn::sample_throttled().draw().into_inner()),
        ("sign-in-signed-out", SignIn::sample_signed_out().draw().into_inner()),
        ("sign-in-kept", SignIn::sample_kept().draw().into_inner()),
        ("sign-in-kept-files", SignIn::sample_kept_files().draw().into_inner()),
        ("sign-in-kept-wrong", SignIn::sample_kept_wrong().draw().into_inner()),
        (
            "sign-in-kept-throttled",
            SignIn::sample_kept_throttled().draw().into_inner(),
        ),
    ]
}

fn lists() -> Vec<Named> {
    vec![
        named("my-work", MyWork::sample()),
        named("my-work-late", MyWork::sample_late()),
        named("my-work-empty", MyWork::sample_empty()),
        named("all-cases", AllCases::sample()),
        named("views", Views::sample()),
        named("views-errors", Views::sample_errors()),
        named("views-empty", Views::sample_empty()),
        named("all-cases-empty", AllCases::sample_empty()),
        named("search", SearchResults::sample()),
        named("search-empty", SearchResults::sample_empty()),
        named("triage", TriageList::sample()),
        named("triage-empty", TriageList::sample_empty()),
        named("triage-case", TriageCase::sample()),
        named("triage-case-held", TriageCase::sample_held()),
        named("triage-case-thanks", TriageCase::sample_thanks()),
        named("triage-case-kind-errors", TriageCase::sample_kind_errors()),
        named("triage-case-errors", TriageCase::sample_errors()),
        named("jobs", JobRegister::sample()),
        named("jobs-empty", JobRegister::sample_empty()),
        named("job", JobPage::sample()),
        named("job-elsewhere", JobPage::sample_elsewhere()),
        named("undelivered", Undelivered::sample()),
        named("undelivered-sent", Undelivered::sample_sent()),
        named("undelivered-empty", Undelivered::sample_empty()),
        named("letters", LetterBox::sample()),
        named("letters-outbox", LetterBox::sample_outbox()),
        named("letters-empty", LetterBox::sample_empty()),
        named("letter", LetterView::sample()),
    ]
}

fn cases() -> Vec<Named> {
    vec![
        named("log", LogComplaint::sample()),
        named("log-blank", LogComplaint::sample_blank()),
        named("log-errors", LogComplaint::sample_errors()),
        named("logged", Logged::sample()),
        named("logged-resolved", Logged::sample_resolved()),
        named("logged-restricted", Logged::sample_restricted()),
        named("case", CasePage::sample()),
        named("case-note", CasePage::sample_note()),
        named("case-draft", CasePage::sample_draft()),
        named("case-interrupted", CasePage::sample_interrupted()),
        named("case-late", CasePage::sample_late()),
        named("case-extended", CasePage::sample_extended()),
        named("case-closed", CasePage::sample_closed()),
        named(
            "case-unowned",
            CasePage {
                rail: CaseRail::sample_unowned(),
                ..CasePage::sample()
            },
        ),
        named("case-without-consent", CasePage::sample_without_consent()),
        named("case-waiting", CasePage::sample_waiting()),
        named("case-in-group", CasePage::sample_in_group()),
        named("case-details", CasePage::sample_details()),
        named("case-details-stage-2", CasePage::sample_details_stage_2()),
        named("case-letters", CasePage::sample_letters()),
        named("case-no-letters", CasePage::sample_no_letters()),
        named("case-jobs", CasePage::sample_jobs()),
        named("case-jobs-none", CasePage::sample_jobs_none()),
        named("case-audit", CasePage::sample_audit()),
        named("case-mail", CasePage::sample_mail()),
        named("mail-looked", LookedPage::sample()),
        named("mail-looked-plain", LookedPage::sample_plain()),
        named("case-outline", CaseOutline::sample()),
        named("case-outline-sealed", CaseOutline::sample_sealed()),
    ]
}

fn acts() -> Vec<Named> {
    vec![
        named("case-with-regimes", CasePage::sample_with_regimes()),
        named("regimes", RegimePage::sample()),
        named("regimes-errors", RegimePage::sample_errors()),
        named("regimes-tagged", RegimePage::sample_tagged()),
        named("regimes-done-errors", RegimePage::sample_done_errors()),
        named("regimes-take-errors", RegimePage::sample_take_errors()),
        named("regimes-decided", RegimePage::sample_decided()),
        named("question", QuestionPage::sample()),
        named("question-errors", QuestionPage::sample_errors()),
        named("question-waits", QuestionPage::sample_waits()),
        named("question-answer-errors", QuestionPage::sample_answer_errors()),
        named("new-issue", NewIssuePage::sample()),
        named("new-issue-after", NewIssuePage::sample_after()),
        named("new-issue-errors", NewIssuePage::sample_errors()),
        named("new-issue-done", NewIssuePage::sample_done()),
        named("decide", Decide::sample()),
        named("decide-in-group", Decide::sample_in_group()),
        named(
            "decide-interrupted",
            Meanwhile {
                came: Interruption::sample(),
                page: Decide::sample(),
            },
        ),
        named("decide-errors", Decide::sample_errors()),
        named("decide-preview", DecidePreview::sample()),
        named("decide-preview-missing", DecidePreview::sample_missing()),
        named("extend", Extend::sample()),
        named("extend-errors", Extend::sample_errors()),
        named("extend-refused", Extend::sample_refused()),
        named("more-time", MoreTimeAsked::sample()),
        named("more-time-errors", MoreTimeAsked::sample_errors()),
        named("stage-2", MoveToStage2::sample()),
        named("stage-2-errors", MoveToStage2::sample_errors()),
        named("escalation", Escalation::sample()),
        named("escalation-errors", Escalation::sample_errors()),
        named("ask-stage-2", AskForStage2::sample()),
        named("ask-stage-2-errors", AskForStage2::sample_errors()),
        named("group", CaseGroup::sample()),
        named("group-errors", CaseGroup::sample_errors()),
        named("group-unlink-errors", CaseGroup::sample_unlink_errors()),
        named("assign", Assign::sample()),
        named("assign-errors", Assign::sample_errors()),
        named("contact", ContactPage::sample()),
        named("contact-errors", ContactPage::sample_errors()),
        named("contact-told-errors", ContactPage::sample_told_errors()),
        named("contact-in-order", ContactPage::sample_in_order()),
        named("consent", ConsentPage::sample()),
        named("consent-errors", ConsentPage::sample_errors()),
        named("consent-given", ConsentPage::sample_given()),
        named("consent-withdraw-errors", ConsentPage::sample_withdraw_errors()),
        named("consent-closed", ConsentPage::sample_closed()),
        named("close", Close::sample()),
        named("close-errors", Close::sample_errors()),
        named("close-preview", Close::sample_preview()),
        named("close-held", Close::sample_held()),
        named("close-anonymous", Close::sample_anonymous()),
        named("close-with-regime", Close::sample_regime()),
        named("withdraw", Withdraw::sample()),
        named("withdraw-errors", Withdraw::sample_errors()),
        named("reopen", Reopen::sample()),
        named("reopen-errors", Reopen::sample_errors()),
    ]
}

fn about_staff() -> Vec<Named> {
    vec![
        named("restrict", Restrict::sample()),
        named("restrict-errors", Restrict::sample_errors()),
        named("restricted", Restricted::sample()),
        named("restricted-unnamed", Restricted::sample_unnamed()),
        named("glass", GlassPage::sample()),
        named("glass-errors", GlassPage::sample_errors()),
        named("glass-answer", GlassPage::sample_answer()),
        named("glass-open", GlassPage::sample_open()),
        named("glass-reading", OpenedPage::sample()),
        named("sealed", SealedCases::sample()),
        named("sealed-empty", SealedCases::sample_empty()),
        named("handover", HandoverPage::sample()),
        named("handover-suggested", HandoverPage::sample_suggested()),
        named("handover-errors", HandoverPage::sample_errors()),
        named("handover-preview", HandoverPage::sample_preview()),
        named("handover-trouble", HandoverPage::sample_trouble()),
        named("handover-sealed", HandoverPage::sample_sealed()),
        named("restricted-read-only", Restricted::sample_read_only()),
    ]
}

fn investigating() -> Vec<Named> {
    vec![
        named("investigation", TaskList::sample()),
        named("investigation-begun", TaskList::sample_begun()),
        named("investigation-points", TaskPage::sample_points()),
        named("investigation-points-errors", TaskPage::sample_points_errors()),
        named("investigation-conflict", TaskPage::sample_conflict()),
        named("investigation-plan", TaskPage::sample_plan()),
        named("investigation-evidence", TaskPage::sample_evidence()),
        named("investigation-evidence-errors", TaskPage::sample_evidence_errors()),
        named("investigation-interviews", TaskPage::sample_interviews()),
        named("investigation-waiting", TaskPage::sample_waiting()),
        named("investigation-findings", FindingsPage::sample()),
        named("investigation-findings-errors", FindingsPage::sample_errors()),
        named("investigation-letter", LetterPage::sample()),
        named("investigation-in-group", LetterPage::sample_in_group()),
        named("investigation-unsigned", LetterPage::sample_unsigned()),
        named("investigation-returned", LetterPage::sample_returned()),
    ]
}

fn sign_off() -> Vec<Named> {
    vec![
        named("sign-off", SignOffList::sample()),
        named("sign-off-empty", SignOffList::sample_empty()),
        named("sign-off-letter", SignOffLetter::sample()),
        named("sign-off-letter-errors", SignOffLetter::sample_errors()),
        named("sign-off-letter-locked", SignOffLetter::sample_locked()),
        named("sign-off-edit", EditLetter::sample()),
        named("sign-off-edit-errors", EditLetter::sample_errors()),
    ]
}

fn reviews() -> Vec<Named> {
    vec![
        named("review", ReviewList::sample()),
        named("review-empty", ReviewList::sample_empty()),
        named("review-earlier", ReviewList::sample_earlier()),
        named("review-before-the-first", ReviewList::sample_before_the_first()),
        named("review-month", MonthPage::sample()),
        named("review-month-errors", MonthPage::sample_errors()),
        named("review-month-finished", MonthPage::sample_finished()),
        named("review-month-quiet", MonthPage::sample_quiet()),
        named("review-month-senior", MonthPage::sample_senior()),
        named("review-recommend", Recommend::sample()),
        named("review-recommend-errors", Recommend::sample_errors()),
        named("review-finish", Finish::sample()),
        named("review-finish-errors", Finish::sample_errors()),
        named("reports", ReportPage::sample()),
        named("reports-errors", ReportPage::sample_errors()),
        named("actions", ActionRegister::sample()),
        named("actions-empty", ActionRegister::sample_empty()),
        named("action", ActionPage::sample()),
        named("action-errors", ActionPage::sample_errors()),
        named("action-published", ActionPage::sample_published()),
        named("action-publish", PublishChange::sample()),
        named("action-publish-errors", PublishChange::sample_errors()),
    ]
}

fn published() -> Vec<Named> {
    vec![
        named("procedure", Procedure::sample()),
        named("procedure-unsound", Procedure::sample_unsound()),
        named("procedure-new", NewProcedure::sample()),
        named("procedure-new-findings", NewProcedure::sample_findings()),
        named("procedure-new-no-text", NewProcedure::sample_no_text()),
        named("procedure-what-changes", WhatChanges::sample()),
        named("procedure-what-changes-errors", WhatChanges::sample_errors()),
        named("procedure-what-changes-nothing", WhatChanges::sample_same()),
        named("categories", Categories::sample()),
        named("categories-errors", Categories::sample_errors()),
        named("categories-read-only", Categories::sample_read_only()),
        named("brand", BrandPage::sample()),
        named("brand-errors", BrandPage::sample_errors()),
        named("brand-changed", BrandPage::sample_changed()),
        named("channels", WaysPage::sample()),
        named("channels-errors", WaysPage::sample_errors()),
        named("channels-changed", WaysPage::sample_changed()),
        named("wording", WordingList::sample()),
        named("wording-letter", WordingPage::sample()),
        named("wording-letter-preview", WordingPage::sample_preview()),
        named("wording-letter-errors", WordingPage::sample_errors()),
        named("wording-letter-changed", WordingPage::sample_changed()),
        named("wording-letter-read-only", WordingPage::sample_read_only()),
        named("wording-version", WordingVersion::sample()),
    ]
}
