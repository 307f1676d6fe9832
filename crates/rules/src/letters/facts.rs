//! What a letter may say: plain facts, gathered by an act, put into words by the wording files.

use serde::{Deserialize, Serialize};

/// The letters of a procedure, by the event that owes them (P35).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// We have your complaint (R18, R25).
    Acknowledgement,
    /// We have your thanks, suggestion or comment (R1, R38).
    FeedbackReceived,
    /// News, or word that there is none yet (R24, R62, R74).
    Update,
    /// We need longer, why, and the new date (R64, R76).
    Extension,
    /// The calendar of working days changed, and the date with it (A42).
    DateMoved,
    /// The person for whom they complain has to agree first (A29).
    ConsentAsked,
    /// We have to ask you something before we can go on (A41).
    Question,
    /// We asked you something and have no answer yet (A41).
    QuestionReminder,
    /// The points as we understood them: is that right? (R72, A25)
    PointsToAgree,
    /// A stage 1 decision, with the way to stage 2 (R63, R87).
    #[serde(rename = "stage_1_decision")]
    Stage1Decision,
    /// A manager is now investigating (R67, R69, R70).
    #[serde(rename = "stage_2_started")]
    Stage2Started,
    /// A written stage 2 decision (R75, R77).
    #[serde(rename = "stage_2_decision")]
    Stage2Decision,
    /// We will not look again, and why (R68).
    EscalationRefused,
    /// You asked us to stop and we have.
    Withdrawn,
    /// We have closed it without a decision, why, and where else to turn (A37, A38).
    ClosedWithoutDecision,
    /// The way back to your case, which you asked for again (R85).
    LinkAgain,
    /// To a line manager: a complaint about somebody who reports to you, and two links (R34, R35).
    Handover,
    /// To a line manager: you have not told us that you have it, or a date is near (A17).
    HandoverReminder,
    /// To a line manager: whoever complained has added something.
    HandoverNews,
    /// To a line manager: the code that opens what they are to read.
    HandoverCode,
}

impl LetterKind {
    /// Every kind, in the order in which a case meets them.
    pub const ALL: [LetterKind; 20] = [
        LetterKind::Acknowledgement,
        LetterKind::FeedbackReceived,
        LetterKind::Update,
        LetterKind::Extension,
        LetterKind::DateMoved,
        LetterKind::ConsentAsked,
        LetterKind::Question,
        LetterKind::QuestionReminder,
        LetterKind::PointsToAgree,
        LetterKind::Stage1Decision,
        LetterKind::Stage2Started,
        LetterKind::Stage2Decision,
        LetterKind::EscalationRefused,
        LetterKind::Withdrawn,
        LetterKind::ClosedWithoutDecision,
        LetterKind::LinkAgain,
        LetterKind::Handover,
        LetterKind::HandoverReminder,
        LetterKind::HandoverNews,
        LetterKind::HandoverCode,
    ];

    /// The name used in wording files, procedures and the log: `stage_1_decision`.
    pub fn code(self) -> &'static str {
        match self {
            LetterKind::Acknowledgement => "acknowledgement",
            LetterKind::FeedbackReceived => "feedback_received",
            LetterKind::Update => "update",
            LetterKind::Extension => "extension",
            LetterKind::DateMoved => "date_moved",
            LetterKind::ConsentAsked => "consent_asked",
            LetterKind::Question => "question",
            LetterKind::QuestionReminder => "question_reminder",
            LetterKind::PointsToAgree => "points_to_agree",
            LetterKind::Stage1Decision => "stage_1_decision",
            LetterKind::Stage2Started => "stage_2_started",
            LetterKind::Stage2Decision => "stage_2_decision",
            LetterKind::EscalationRefused => "escalation_refused",
            LetterKind::Withdrawn => "withdrawn",
            LetterKind::ClosedWithoutDecision => "closed_without_decision",
            LetterKind::LinkAgain => "link_again",
            LetterKind::Handover => "handover",
            LetterKind::HandoverReminder => "handover_reminder",
            LetterKind::HandoverNews => "handover_news",
            LetterKind::HandoverCode => "handover_code",
        }
    }

    /// What it is, in the middle of a sentence: "the decision".
    pub fn words(self) -> &'static str {
        match self {
            LetterKind::Acknowledgement | LetterKind::FeedbackReceived => "the acknowledgement",
            LetterKind::Update => "the update",
            LetterKind::Extension => "the notice of more time",
            LetterKind::DateMoved => "word of the new date",
            LetterKind::ConsentAsked => "the request for consent",
            LetterKind::Question => "the question",
            LetterKind::QuestionReminder => "the reminder of our question",
            LetterKind::PointsToAgree => "the points to agree",
            LetterKind::Stage1Decision | LetterKind::Stage2Decision => "the decision",
            LetterKind::Stage2Started => "word that stage 2 began",
            LetterKind::EscalationRefused => "the refusal of stage 2",
            LetterKind::Withdrawn => "word that it is stopped",
            LetterKind::ClosedWithoutDecision => "word that it is closed without a decision",
            LetterKind::LinkAgain => "their link",
            LetterKind::Handover => "the handover to a line manager",
            LetterKind::HandoverReminder => "the reminder to a line manager",
            LetterKind::HandoverNews => "word to a line manager that something was added",
            LetterKind::HandoverCode => "the code for a line manager",
        }
    }

    /// A letter by its name; nothing for any other text.
    pub fn from_code(code: &str) -> Option<LetterKind> {
        LetterKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// True for the letter that tells somebody that we have what they sent (R18).
    pub fn acknowledges(self) -> bool {
        matches!(self, LetterKind::Acknowledgement | LetterKind::FeedbackReceived)
    }

    /// True for a letter that tells what we found, or news of it: it waits for the consent of the person it is about (A29).
    pub fn tells(self) -> bool {
        self.decides()
            || matches!(
                self,
                LetterKind::Update | LetterKind::Question | LetterKind::QuestionReminder | LetterKind::PointsToAgree
            )
    }

    /// True for a letter to the line manager who has a sealed case, not to the complainant (R35).
    pub fn is_for_holder(self) -> bool {
        matches!(
            self,
            LetterKind::Handover | LetterKind::HandoverReminder | LetterKind::HandoverNews | LetterKind::HandoverCode
        )
    }

    /// True for what the system writes by itself, in answer to somebody or because a day came (RFC 3834): a mail loop is made of these.
    pub fn is_automatic(self) -> bool {
        self.acknowledges()
            || matches!(
                self,
                LetterKind::Withdrawn
                    | LetterKind::LinkAgain
                    | LetterKind::DateMoved
                    | LetterKind::QuestionReminder
                    | LetterKind::HandoverReminder
                    | LetterKind::HandoverNews
                    | LetterKind::HandoverCode
            )
    }

    /// True for the letter that carries a decision and so stops its clock (A7).
    pub fn decides(self) -> bool {
        matches!(self, LetterKind::Stage1Decision | LetterKind::Stage2Decision)
    }
}

/// One point of complaint and its answer, as a letter states it (A25).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointAnswer {
    /// 1, 2, 3 in the order agreed with the complainant.
    pub number: u32,
    /// What was complained about, in a line.
    pub text: String,
    /// What was found.
    pub finding: String,
    /// "upheld", "partly upheld", "not upheld" or "resolved".
    pub outcome: String,
    /// "We agree with this point." and its like.
    #[serde(default)]
    pub outcome_sentence: String,
}

/// Something that was promised, by whom and when (R10).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromisedAction {
    /// What will be done.
    pub text: String,
    /// Who will do it: a team or a job title.
    pub owner: String,
    /// By when, in words: "Friday 30 October 2026".
    pub by: String,
}

/// Everything a letter may state; what does not apply is empty. Dates are already words, so that text and HTML say the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterFacts {
    /// "Calderbrook University".
    pub organisation: String,
    /// "IT Services".
    pub unit: String,
    /// The line to call, "01632 960 417".
    pub phone: String,
    /// When somebody answers there, "Monday to Friday, 9am to 5pm"; empty in letters that were owed before they stated it.
    #[serde(default)]
    pub phone_hours: String,
    /// How to greet: "Priya" or empty for someone who gave no name.
    pub greeting: String,
    /// "FC-10482".
    pub reference: String,
    /// "complaint", "compliment", "suggestion" or "comment".
    pub feedback: String,
    /// A few words of what it is about.
    pub about: String,
    /// On whose behalf they complain; empty where it is their own.
    #[serde(default)]
    pub acting_for: String,
    /// True where it is restricted, because it is about a member of staff (R33).
    #[serde(default)]
    pub confidential: bool,
    /// True where the letter to a line manager holds the complaint itself, encrypted (R34).
    #[serde(default)]
    pub enclosed: bool,
    /// "2 files": what was too large to go into it; empty where nothing was.
    #[serde(default)]
    pub left_out: String,
    /// "stage 1" or "stage 2"; empty where no stage applies.
    pub stage: String,
    /// "Thursday 15 October 2026": the day by whose end the decision is due.
    pub decision_date: String,
    /// That day, once it has passed: it is owned up to, and not promised again.
    #[serde(default)]
    pub missed_decision_date: String,
    /// The date that an extension replaces.
    pub old_decision_date: String,
    /// When the next update comes, at the latest.
    pub next_update_date: String,
    /// By when we hope for an answer to our question, or to the points as we understood them.
    #[serde(default)]
    pub answer_by: String,
    /// That day, once it has passed.
    #[serde(default)]
    pub missed_answer_by: String,
    /// The first day on which we may close it because no answer came.
    #[serde(default)]
    pub close_from: String,
    /// The last day on which what was closed can be taken up again, where a letter says so.
    #[serde(default)]
    pub return_by: String,
    /// The address of the tracking page, with its private token.
    pub tracking_link: String,
    /// The receipt code in groups of four, only in the acknowledgement.
    pub receipt_code: String,
    /// The words that a person wrote: the update, the reason, the finding.
    pub body: String,
    /// What was done (stage 1).
    pub what_we_did: String,
    /// "We agree with your complaint." and its like; where there is no decision, what happens instead.
    pub outcome_sentence: String,
    /// True where the outcome is upheld or partly upheld, so that an apology is owed.
    pub apology_owed: bool,
    /// Points of complaint with their answers.
    pub points: Vec<PointAnswer>,
    /// What will change, who and by when.
    pub actions: Vec<PromisedAction>,
    /// The last day on which stage 2 can be asked for as of right; empty if there is none.
    pub escalate_by: String,
    /// Where to turn after the last stage (A37).
    pub signpost: String,
    /// Who signs: "Amara Osei".
    pub signed_by: String,
    /// Their job: "IT Helpline".
    pub signed_job: String,
    /// Who deals with it now: "Dana Kowalczyk, Service Delivery Manager".
    pub handled_by: String,
}
