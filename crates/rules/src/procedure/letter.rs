//! What each letter must say before it may be sent (P35).

use super::LetterKind;
use crate::coded::{Coded, coded};

/// The checklist of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRule {
    /// Which letter.
    pub kind: LetterKind,
    /// What it must say.
    pub must_say: Vec<MustSay>,
}

coded! {
    /// An item that a letter must hold.
    pub enum MustSay {
        /// The reference of the case (R85).
        Reference = "reference", "the reference";
        /// The stage (R25).
        Stage = "stage", "the stage";
        /// By when the decision comes (R25).
        DecisionDate = "decision_date", "the date of the decision";
        /// By when the next update comes (R25).
        NextUpdateDate = "next_update_date", "the date of the next update";
        /// The outcome.
        Outcome = "outcome", "the outcome";
        /// Why (R29).
        Reasons = "reasons", "the reasons";
        /// An answer to every point (R72).
        PointsAnswered = "points_answered", "an answer to each point";
        /// An apology where something is upheld.
        ApologyWhereUpheld = "apology_where_upheld", "an apology where the complaint is upheld";
        /// What was done.
        WhatWeDid = "what_we_did", "what we did";
        /// What will be done, by whom and when (R10).
        ActionsAndDates = "actions_and_dates", "what will change, who does it and by when";
        /// How to go to the next stage (R87).
        EscalationHow = "escalation_how", "how to ask for the next stage";
        /// By when to ask (A19).
        EscalationByDate = "escalation_by_date", "the date by which to ask";
        /// The new date (R76).
        NewDate = "new_date", "the new date";
        /// The date it replaces.
        OldDate = "old_date", "the date that it replaces";
        /// Where to go next (A37).
        Signpost = "signpost", "where else to turn";
        /// Who writes: name and job.
        NameAndJob = "name_and_job", "the name and job of the person who writes";
        /// Who deals with it now.
        WhoHandles = "who_handles", "who deals with the complaint";
        /// How to follow it and add to it.
        HowToTrack = "how_to_track", "how to follow the complaint";
        /// The news, or that there is none yet (R24).
        News = "news", "what happened since the last update";
        /// The definition of a complaint and how it was understood (LGSCO).
        ComplaintDefinition = "complaint_definition", "how we understood the complaint";
        /// The remedy offered.
        Remedy = "remedy", "what we offer to put it right";
        /// Which time limit applies (FCA DISP 1.6).
        TimeLimit = "time_limit", "which time limit applies";
        /// What happens to the matter after a withdrawal.
        HowToReturn = "how_to_return", "how to take the complaint up again";
        /// What we ask (A41).
        Question = "question", "what we ask";
        /// By when an answer is hoped for.
        AnswerBy = "answer_by", "the day by which we hope for an answer";
    }
}

impl Coded for LetterKind {
    const MEMBERS: &'static [Self] = &Self::ALL;

    fn as_code(self) -> &'static str {
        self.code()
    }
}
