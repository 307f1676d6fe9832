//! Facts as a letter may show them: one line where one line is meant, no invisible characters.

use rules::letters::{LetterFacts, PointAnswer, PromisedAction};
use rules::unseen::is_unseen;

/// The same facts, made safe to show. Names and titles cannot break a line, so they cannot pretend to be a paragraph of ours.
pub(super) fn tidy(facts: &LetterFacts) -> LetterFacts {
    LetterFacts {
        organisation: one_line(&facts.organisation),
        unit: one_line(&facts.unit),
        phone: one_line(&facts.phone),
        phone_hours: one_line(&facts.phone_hours),
        greeting: one_line(&facts.greeting),
        reference: one_line(&facts.reference),
        feedback: one_line(&facts.feedback),
        about: one_line(&facts.about),
        acting_for: one_line(&facts.acting_for),
        confidential: facts.confidential,
        enclosed: facts.enclosed,
        left_out: one_line(&facts.left_out),
        stage: one_line(&facts.stage),
        decision_date: one_line(&facts.decision_date),
        missed_decision_date: one_line(&facts.missed_decision_date),
        old_decision_date: one_line(&facts.old_decision_date),
        next_update_date: one_line(&facts.next_update_date),
        answer_by: one_line(&facts.answer_by),
        missed_answer_by: one_line(&facts.missed_answer_by),
        close_from: one_line(&facts.close_from),
        return_by: one_line(&facts.return_by),
        tracking_link: one_line(&facts.tracking_link),
        receipt_code: one_line(&facts.receipt_code),
        body: prose(&facts.body),
        what_we_did: prose(&facts.what_we_did),
        outcome_sentence: one_line(&facts.outcome_sentence),
        apology_owed: facts.apology_owed,
        points: facts.points.iter().map(tidy_point).collect(),
        actions: facts.actions.iter().map(tidy_action).collect(),
        escalate_by: one_line(&facts.escalate_by),
        signpost: prose(&facts.signpost),
        signed_by: one_line(&facts.signed_by),
        signed_job: one_line(&facts.signed_job),
        handled_by: one_line(&facts.handled_by),
    }
}

fn tidy_point(point: &PointAnswer) -> PointAnswer {
    PointAnswer {
        number: point.number,
        text: one_line(&point.text),
        finding: prose(&point.finding),
        outcome: one_line(&point.outcome),
        outcome_sentence: one_line(&point.outcome_sentence),
    }
}

fn tidy_action(action: &PromisedAction) -> PromisedAction {
    PromisedAction {
        text: one_line(&action.text),
        owner: one_line(&action.owner),
        by: one_line(&action.by),
    }
}

/// Words in one line, with single spaces.
pub(super) fn one_line(words: &str) -> String {
    let visible: String = words
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .filter(|character| is_shown(*character))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Paragraphs as a person typed them: at most one empty line between two, none at the ends.
fn prose(words: &str) -> String {
    let unix = words
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{85}'], "\n")
        .replace('\u{2029}', "\n\n");
    let mut lines: Vec<String> = Vec::new();
    for line in unix.split('\n') {
        let line = one_line(line);
        let follows_gap = lines.last().is_none_or(String::is_empty);
        if !(line.is_empty() && follows_gap) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// Controls do nothing in a letter; what nobody sees could make it read differently than it is kept.
fn is_shown(character: char) -> bool {
    !character.is_control() && !is_unseen(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_on_its_line() {
        assert_eq!(
            one_line(" Priya\r\n\r\nYour complaint\tis \u{202E}closed\u{0} "),
            "Priya Your complaint is closed"
        );
    }

    #[test]
    fn paragraphs_stay_and_the_rest_is_trimmed() {
        assert_eq!(prose("\r\n one \r\n\r\n\r\n\r\ntwo\rthree\n\n"), "one\n\ntwo\nthree");
    }
}
