//! The words that come with the product, one file per letter.

use rules::letters::LetterKind;

/// The language of the built-in files, and the folder in which a department keeps its own.
pub(super) const LANGUAGE: &str = "en";

/// The built-in wording file of a letter.
pub(super) fn source(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Acknowledgement => include_str!("../../letters/en/acknowledgement.txt"),
        LetterKind::FeedbackReceived => include_str!("../../letters/en/feedback_received.txt"),
        LetterKind::Update => include_str!("../../letters/en/update.txt"),
        LetterKind::Extension => include_str!("../../letters/en/extension.txt"),
        LetterKind::DateMoved => include_str!("../../letters/en/date_moved.txt"),
        LetterKind::ConsentAsked => include_str!("../../letters/en/consent_asked.txt"),
        LetterKind::Question => include_str!("../../letters/en/question.txt"),
        LetterKind::QuestionReminder => include_str!("../../letters/en/question_reminder.txt"),
        LetterKind::PointsToAgree => include_str!("../../letters/en/points_to_agree.txt"),
        LetterKind::Stage1Decision => include_str!("../../letters/en/stage_1_decision.txt"),
        LetterKind::Stage2Started => include_str!("../../letters/en/stage_2_started.txt"),
        LetterKind::Stage2Decision => include_str!("../../letters/en/stage_2_decision.txt"),
        LetterKind::EscalationRefused => include_str!("../../letters/en/escalation_refused.txt"),
        LetterKind::Withdrawn => include_str!("../../letters/en/withdrawn.txt"),
        LetterKind::ClosedWithoutDecision => include_str!("../../letters/en/closed_without_decision.txt"),
        LetterKind::LinkAgain => include_str!("../../letters/en/link_again.txt"),
        LetterKind::Handover => include_str!("../../letters/en/handover.txt"),
        LetterKind::HandoverReminder => include_str!("../../letters/en/handover_reminder.txt"),
        LetterKind::HandoverNews => include_str!("../../letters/en/handover_news.txt"),
        LetterKind::HandoverCode => include_str!("../../letters/en/handover_code.txt"),
    }
}
