//! Who may do what: one table, printed to a golden file so that a change of rights is seen in review (model 3.1).

use super::role::Role;
use super::staff::Person;
use crate::coded::coded;

coded! {
    /// What a member of staff can do in the product.
    pub enum Act {
        /// Open the staff pages and see cases of the open lane; who sees a restricted one is decided in [`crate::confidential`].
        SeeCases = "see_cases", "see cases";
        /// Write down feedback for somebody.
        LogFeedback = "log_feedback", "log a complaint for someone";
        /// Judge a new case: category, urgency, risk, stage (A20).
        Triage = "triage", "triage new complaints";
        /// Set or change the category and the urgency.
        Categorise = "categorise", "change the category or the urgency";
        /// Mark a complainant as VIP with a reason (A11).
        FlagVip = "flag_vip", "mark a VIP";
        /// Take a case or pass it to someone.
        Assign = "assign", "take a case or pass it on";
        /// Write to the complainant or add a note.
        Write = "write", "write to the complainant or add a note";
        /// Record and send a stage 1 decision (R49: no approval needed).
        DecideFrontline = "decide_frontline", "record a stage 1 decision";
        /// Investigate and draft a stage 2 decision (R71).
        Investigate = "investigate", "investigate and write a stage 2 decision";
        /// Say that a declared conflict of interest does not stand in the way (P26).
        OverrideConflict = "override_conflict", "decide on a conflict of interest";
        /// Move a case to stage 2 (R69).
        MoveToStage2 = "move_to_stage_2", "move a case to stage 2";
        /// Assent to an escalation or refuse it (R68, A20).
        DecideEscalation = "decide_escalation", "decide on a request for stage 2";
        /// Ask for more time; who may grant it is in the procedure.
        AskExtension = "ask_extension", "ask for more time";
        /// Approve or return a letter (R78).
        SignOff = "sign_off", "approve or return a letter";
        /// Say that cases are about the same matter, or take that back (A27).
        LinkCases = "link_cases", "link cases about the same matter";
        /// Say that another regime applies too, and what became of what it asks for (A38).
        TagRegime = "tag_regime", "say what another regime asks for";
        /// Close, withdraw for the complainant, reclassify, reopen.
        Close = "close", "close or reopen a case";
        /// See the job register.
        SeeJobs = "see_jobs", "see the job register";
        /// Add people and give roles.
        ManagePeople = "manage_people", "add people and give roles";
        /// Read the procedure's versions and checks.
        SeeProcedure = "see_procedure", "see the procedure and its versions";
        /// Publish a procedure version (R45).
        PublishProcedure = "publish_procedure", "publish the procedure";
        /// Change the words of letters (R16).
        EditWording = "edit_wording", "change the wording of letters";
        /// Change the name, colours and picture of the pages.
        EditBrand = "edit_brand", "change the brand";
        /// Change the ways to complain: addresses, hours, which are offered (R11).
        EditWays = "edit_ways", "change the ways to complain";
        /// Read the audit trail of a case.
        SeeAudit = "see_audit", "read the audit trail";
        /// Read who changed what in the office: people, roles, procedure, calendars (R89).
        SeeOfficeLog = "see_office_log", "read the office log";
        /// Read the monthly review; whoever may not see cases reads it without personal data (R80, R81).
        SeeReviews = "see_reviews", "read the monthly review";
        /// Hold the monthly review: note, recommend, freeze, finish (R80, R82).
        HoldReviews = "hold_reviews", "hold the monthly review";
        /// See the register of follow-on actions (R10).
        SeeActions = "see_actions", "see follow-on actions";
        /// Report that a follow-on action is begun or done.
        CarryOutActions = "carry_out_actions", "report on a follow-on action";
        /// Accept a recommendation, change owner or date, drop it.
        AgreeActions = "agree_actions", "accept, change or drop a follow-on action";
        /// See for oneself that a follow-on action is done.
        VerifyActions = "verify_actions", "verify a follow-on action";
        /// Publish a change that was made (R39).
        PublishChanges = "publish_changes", "publish a change";
        /// Save a view of the list of all cases for everybody, rename or delete one.
        ShareViews = "share_views", "save a view for the whole office";
        /// See how the copy of the directory stands, and have it read again.
        KeepDirectory = "keep_directory", "look after the directory";
        /// Look somebody up in the directory: unit and line manager (R34, A15).
        LookUpPeople = "look_up_people", "look people up in the directory";
        /// Read letters in the demonstration's letter box.
        SeeLetterBox = "see_letter_box", "read the letter box";
        /// Say where an e-mail belongs that was set aside, and read those that were (R84).
        SortMail = "sort_mail", "say where an e-mail belongs";
        /// See whether what came by e-mail adds up, and how the mailboxes stand.
        SeeMail = "see_mail", "see how incoming mail stands";
        /// Restrict a case that is about a member of staff (R33, A16); whoever may not triage must be its owner.
        Restrict = "restrict", "restrict a case";
        /// Say whom of staff a restricted case is about (R28, R34).
        NameStaff = "name_staff", "say whom of staff a case is about";
        /// Open a restricted case to everybody who deals with cases (A13).
        OpenLane = "open_lane", "open a restricted case to everybody who deals with cases";
        /// Hand a case over to a line manager and take it out of what the office shares (R33, R34).
        Seal = "seal", "hand a case over to a line manager";
        /// See which cases line managers deal with, and chase them: reference, dates and stage, no words (R35).
        SeeSealed = "see_sealed", "see the list of sealed cases";
        /// Ask to open a sealed case by breaking the glass.
        OpenSealed = "open_sealed", "ask to open a sealed case";
        /// Agree, as the second person, that a sealed case is opened.
        AgreeToOpen = "agree_to_open", "agree that a sealed case is opened";
        /// Read who saw which case or took what along; everybody reads their own part of it (R31).
        SeeAccessLog = "see_access_log", "read the access log";
        /// See how long cases are kept, and which go next (P40).
        SeeKeeping = "see_keeping", "see how long cases are kept";
        /// Keep a case beyond its period: a legal hold.
        HoldCase = "hold_case", "hold a case";
        /// Lift such a hold.
        LiftHold = "lift_hold", "lift a hold";
        /// Erase a case because the person asks for it, or refuse that with its ground.
        EraseCase = "erase_case", "decide on a request to erase a case";
        /// Take words or a file out of a case for good: what should never have been written there (R31).
        Redact = "redact", "take words or files out of a case";
        /// Give somebody a copy of what is kept about them (UK GDPR article 15).
        ExportSubject = "export_subject", "make a copy of what is kept about a person";
    }
}

use Role::{
    ActionOwner, Administrator, Auditor, ComplaintsCoordinator, DataProtectionOfficer, FrontlineHandler,
    FrontlineManager, Investigator, ProcedureOwner, Reviewer, SeniorReader, SignOffAuthority,
};

/// The roles that may do an act. Whatever is not here is refused.
pub const fn allowed(act: Act) -> &'static [Role] {
    const HANDLERS: &[Role] = &[
        FrontlineHandler,
        FrontlineManager,
        ComplaintsCoordinator,
        Investigator,
        Reviewer,
        SignOffAuthority,
    ];
    const FRONT: &[Role] = &[FrontlineHandler, FrontlineManager, ComplaintsCoordinator];
    match act {
        Act::SeeCases | Act::SeeJobs => &[
            FrontlineHandler,
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
            SignOffAuthority,
            DataProtectionOfficer,
            Auditor,
        ],
        Act::LogFeedback | Act::Assign | Act::Write => HANDLERS,
        Act::AskExtension => &[
            FrontlineHandler,
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
        ],
        Act::Triage | Act::FlagVip | Act::LookUpPeople | Act::ShareViews | Act::SortMail => {
            &[FrontlineManager, ComplaintsCoordinator, Reviewer]
        }
        Act::Categorise => &[
            FrontlineHandler,
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
        ],
        Act::DecideFrontline => FRONT,
        Act::MoveToStage2 => &[FrontlineHandler, FrontlineManager, ComplaintsCoordinator, Reviewer],
        // The procedure says which of them handle its stage 2; the rules ask it.
        Act::Investigate => &[Investigator, ComplaintsCoordinator, Reviewer],
        Act::DecideEscalation | Act::NameStaff | Act::OverrideConflict | Act::Seal => {
            &[ComplaintsCoordinator, Reviewer]
        }
        Act::OpenLane => &[ComplaintsCoordinator],
        Act::SeeSealed => &[ComplaintsCoordinator, Reviewer, DataProtectionOfficer, Auditor],
        Act::OpenSealed => &[ComplaintsCoordinator, Reviewer, DataProtectionOfficer],
        // Never an administrator: who runs the product is not above it.
        Act::AgreeToOpen => &[Reviewer, DataProtectionOfficer],
        Act::SeeKeeping => &[
            DataProtectionOfficer,
            ComplaintsCoordinator,
            Auditor,
            ProcedureOwner,
            Administrator,
        ],
        Act::SeeAccessLog => &[DataProtectionOfficer, Auditor],
        Act::HoldCase => &[DataProtectionOfficer, ComplaintsCoordinator, Reviewer],
        Act::LiftHold | Act::EraseCase | Act::ExportSubject => &[DataProtectionOfficer],
        Act::Redact => &[DataProtectionOfficer, ComplaintsCoordinator],
        Act::SignOff => &[SignOffAuthority],
        Act::Close | Act::Restrict | Act::LinkCases => &[
            FrontlineHandler,
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
        ],
        Act::TagRegime => &[
            FrontlineHandler,
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
            DataProtectionOfficer,
        ],
        Act::ManagePeople | Act::KeepDirectory | Act::SeeLetterBox => &[Administrator],
        Act::SeeMail => &[
            FrontlineManager,
            ComplaintsCoordinator,
            Reviewer,
            Auditor,
            Administrator,
        ],
        Act::SeeOfficeLog => &[DataProtectionOfficer, Auditor, Administrator],
        Act::SeeReviews => &[Reviewer, SeniorReader, SignOffAuthority, Auditor],
        Act::HoldReviews | Act::VerifyActions | Act::PublishChanges => &[Reviewer],
        Act::SeeActions => &[
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
            SignOffAuthority,
            SeniorReader,
            ActionOwner,
            ProcedureOwner,
            Auditor,
        ],
        Act::CarryOutActions => &[
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
            ActionOwner,
        ],
        Act::AgreeActions => &[Reviewer, SeniorReader, SignOffAuthority],
        Act::PublishProcedure | Act::EditBrand | Act::EditWays => &[ProcedureOwner, Administrator],
        Act::EditWording => &[ComplaintsCoordinator, ProcedureOwner, Administrator],
        Act::SeeProcedure => &[
            FrontlineHandler,
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
            SignOffAuthority,
            SeniorReader,
            ProcedureOwner,
            DataProtectionOfficer,
            Auditor,
            Administrator,
        ],
        Act::SeeAudit => &[
            FrontlineManager,
            ComplaintsCoordinator,
            Investigator,
            Reviewer,
            SignOffAuthority,
            DataProtectionOfficer,
            Auditor,
        ],
    }
}

/// Whether a person may do an act, by any of their roles.
pub fn may(person: &Person, act: Act) -> bool {
    allowed(act).iter().any(|role| person.is(*role))
}

/// Who can do it, in words: "a complaints coordinator or a customer services senior manager".
pub fn who_may(act: Act) -> String {
    one_of(allowed(act))
}

/// One of these roles, in words: "an investigator or a complaints coordinator".
pub fn one_of(roles: &[Role]) -> String {
    let names: Vec<String> = roles.iter().map(|role| role.with_article()).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nobody".to_owned(),
    }
}

/// The table as text, one row per act: the golden file.
pub fn table() -> String {
    let mut text =
        String::from("# Who may do what. Made from crates/rules/src/people/permission.rs; a test keeps it so.\n");
    for act in Act::ALL {
        let roles: Vec<&str> = allowed(*act).iter().map(|role| role.code()).collect();
        text.push_str(&format!("{:<20} {}\n", act.code(), roles.join(" ")));
    }
    text
}
