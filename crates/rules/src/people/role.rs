//! The closed list of roles that a procedure may name and a person may hold.

use crate::coded::coded;

coded! {
    /// A role held by people. The procedure's own words for them (its readings are in A33) are data; these are not.
    pub enum Role {
        /// Helpline and other frontline staff: log, acknowledge, categorise, resolve and close stage 1 (R58, R49).
        FrontlineHandler = "frontline_handler", "frontline handler";
        /// A frontline manager: handles stage 1, approves its extension (A10).
        FrontlineManager = "frontline_manager", "frontline manager";
        /// Triage, VIP and risk, assignment, assent to escalation, links and duplicates (A20).
        ComplaintsCoordinator = "complaints_coordinator", "complaints coordinator";
        /// The appropriate manager who investigates at stage 2 (R71).
        Investigator = "investigator", "investigator";
        /// The line manager of a named person, who handles sealed cases (R34).
        LineManager = "line_manager", "line manager";
        /// Senior Management: approves or returns responses (R78).
        SignOffAuthority = "sign_off_authority", "sign-off authority";
        /// Customer services senior manager: approves stage 2 extensions, holds the monthly review (R80).
        Reviewer = "reviewer", "customer services senior manager";
        /// IT management and other senior managers: read packs without personal data (R81).
        SeniorReader = "senior_reader", "senior reader";
        /// Carries out a follow-on action and reports it done (R10).
        ActionOwner = "action_owner", "action owner";
        /// Edits and publishes the procedure, holds the yearly review (R45).
        ProcedureOwner = "procedure_owner", "procedure owner";
        /// Training sessions, attendance and needs (R9, R47).
        TrainingLead = "training_lead", "training lead";
        /// Retention, holds, subject access, erasure, data protection complaints (A38).
        DataProtectionOfficer = "data_protection_officer", "data protection officer";
        /// Reads everything including the access log; of sealed cases only when and by whom (R89).
        Auditor = "auditor", "auditor";
        /// Runs the installation; sees no case by virtue of the role.
        Administrator = "administrator", "administrator";
    }
}

impl Role {
    /// The role with its article: "an investigator".
    pub fn with_article(self) -> String {
        let article = if self.words().starts_with(['a', 'e', 'i', 'o', 'u']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.words())
    }

    /// Whether the role may take a decision in a procedure: handle, approve, assent, sign off. Readers may not.
    #[must_use]
    pub const fn may_decide(self) -> bool {
        !matches!(
            self,
            Self::SeniorReader | Self::Auditor | Self::Administrator | Self::ActionOwner
        )
    }
}
