//! What was chosen in a form, in words, where the form is shown again outside its page: the question, and the answer in place of its code.

use rules::case::event::{AnsweredBy, ConsentWay, EvidenceSight, Exemption, Ground, Sameness};
use rules::case::vocabulary::{
    Channel, ComplainantKind, Ending, FeedbackKind, LearningAnswer, Means, Outcome, ReplyBy, Satisfaction, StageReason,
    Urgency,
};
use rules::people::{Role, StaffId};
use rules::procedure::{CodedName, ExtensionReasons, Procedure};
use rules::sentence::capital;

use super::Seat;
use super::labels::is_number;

/// The question of a choice; a name that ends in `-` is that of one question for each point.
const QUESTIONS: &[(&str, &str)] = &[
    ("about", "Whom it is about"),
    ("about_staff", "About a member of staff"),
    ("action", "What happens next"),
    ("again", "Sent again"),
    ("answer", "Answer"),
    ("answered_by", "How it was answered"),
    ("ask_by", "How it is asked"),
    ("asked", "Request to erase it"),
    ("case", "Case"),
    ("cases", "Case"),
    ("channel", "How they asked"),
    ("confirms", "What they said to the notes"),
    ("decision", "What should happen to the letter"),
    ("delegate", "Who stands in"),
    ("ending", "Why it is closed"),
    ("exemption", "Ground"),
    ("feedback", "What it is"),
    ("give_to", "Given to"),
    ("ground", "Why it has to be opened"),
    ("handled", "Regime handled elsewhere"),
    ("how", "How"),
    ("investigator", "Who investigates"),
    ("kind", "Who they are"),
    ("learning", "Something to learn"),
    ("linked", "Case"),
    ("needs", "What it needs"),
    ("none", "No conflict of interest"),
    ("outcome", "Outcome"),
    ("point-", "Outcome of point"),
    ("points", "Point"),
    ("present", "Who was there"),
    ("problem", "What went wrong"),
    ("read", "Read, and not involved"),
    ("reason", "Why"),
    ("reason_code", "Why"),
    ("regime", "Regime"),
    ("remedy", "What is offered"),
    ("reply", "How it is told"),
    ("reply_by", "How they want to hear from us"),
    ("resolution", "How it was resolved"),
    ("roles", "Role"),
    ("root_cause", "Root cause"),
    ("said", "What they said"),
    ("same", "What they have in common"),
    ("satisfied", "Are they satisfied"),
    ("seen_by", "Who may see it"),
    ("service", "Service"),
    ("share", "Shown to everybody in the office"),
    ("taken", "Regime taken away"),
    ("to", "Who takes it"),
    ("told_by", "How they were told"),
    ("told_how", "How they told us"),
    ("urgency", "Urgency"),
    ("via", "How they contacted us"),
    ("vip", "VIP"),
    ("way", "How they agreed"),
];

/// Answers that no list of the rules holds: the field, the code, the words.
const ANSWERS: &[(&str, &str, &str)] = &[
    ("asked", "erase", "Erase it now"),
    ("asked", "refuse", "Refuse"),
    ("action", "take", "I take it"),
    ("action", "give", "Give it to someone"),
    ("action", "stage-2", "Start at stage 2"),
    ("answer", "accept", "Accept: investigate at stage 2"),
    ("answer", "refuse", "Refuse"),
    ("answer", "grant", "Grant more time"),
    ("ask_by", "letter", "By letter"),
    ("confirms", "yes", "They confirm the notes"),
    ("confirms", "no", "Something in them is wrong"),
    ("decision", "approve", "Sign off and send it now"),
    ("decision", "edit", "Change words first"),
    ("decision", "return", "Send it back"),
    ("needs", "complex", "It is particularly complex"),
    ("needs", "high-risk", "The risk is high"),
    ("needs", "investigation", "It needs an investigation"),
    ("outcome", "now", "Resolved in the conversation"),
    ("outcome", "mine", "Not yet, and I keep it"),
    ("outcome", "triage", "Not yet: triage chooses who takes it"),
    ("outcome", "stage-2", "It needs an investigation"),
    ("reply", "letter", "By letter"),
    ("said", "agree", "They agree"),
    ("said", "correct", "Something is wrong or missing"),
];

/// The question and the words of a choice; none where the field is no choice, or its code says nothing outside its page.
pub(crate) fn choice(seat: &Seat, name: &str, code: &str) -> Option<(String, String)> {
    let office = seat.door.office();
    let in_force = office.active();
    let question = question(name)?;
    let answer = fixed(name, code)
        .or_else(|| of_procedure(&in_force.procedure, name, code))
        .or_else(|| match name {
            "service" | "problem" => in_force.catalogue.name(name, code).map(str::to_owned),
            "to" | "give_to" | "investigator" | "delegate" | "about" | "present" => {
                let who = office.person_ever(StaffId(code.trim().parse().ok()?))?;
                Some(who.name)
            }
            _ => None,
        })?;
    Some((question, answer))
}

fn question(name: &str) -> Option<String> {
    if let Some((_, words)) = QUESTIONS.iter().find(|(field, _)| *field == name) {
        return Some((*words).to_owned());
    }
    let (field, number) = name.rsplit_once('-').filter(|(_, number)| is_number(number))?;
    let (_, words) = QUESTIONS
        .iter()
        .find(|(known, _)| known.strip_suffix('-') == Some(field))?;
    Some(format!("{words} {number}"))
}

/// Words that are the same in every office.
fn fixed(name: &str, code: &str) -> Option<String> {
    if let Some((_, _, words)) = ANSWERS
        .iter()
        .find(|(field, known, _)| *field == name && *known == code)
    {
        return Some((*words).to_owned());
    }
    let point = name.strip_prefix("point-").is_some_and(is_number);
    let words = match name {
        "seen_by" => EvidenceSight::from_code(code)?.words(),
        "how" | "told_by" | "told_how" | "ask_by" | "reply" => Means::from_code(code)?.words(),
        "via" | "channel" => Channel::from_code(code)?.words(),
        "reply_by" => ReplyBy::from_code(code)?.words(),
        "way" => ConsentWay::from_code(code)?.words(),
        "answered_by" => AnsweredBy::from_code(code)?.words(),
        "feedback" => FeedbackKind::from_code(code)?.words(),
        "kind" => ComplainantKind::from_code(code)?.words(),
        "urgency" => Urgency::from_code(code)?.words(),
        "outcome" => Outcome::from_code(code)?.words(),
        _ if point => Outcome::from_code(code)?.words(),
        "satisfied" => Satisfaction::from_code(code)?.words(),
        "learning" => LearningAnswer::from_code(code)?.words(),
        "reason" => StageReason::from_code(code)?.words(),
        "ground" => Ground::from_code(code)?.words(),
        "exemption" => Exemption::from_code(code)?.words(),
        "same" => Sameness::from_code(code)?.words(),
        "roles" => Role::from_code(code)?.words(),
        "about_staff" | "none" | "read" | "share" | "vip" if code == "yes" => "yes",
        "none" if code == "no" => "no",
        "case" | "cases" | "linked" | "points" => code,
        _ => return None,
    };
    Some(capital(words))
}

/// Words that the procedure of today gives a code.
fn of_procedure(procedure: &Procedure, name: &str, code: &str) -> Option<String> {
    let named = |list: &[CodedName]| {
        let entry = list.iter().find(|entry| entry.code == code);
        entry.map(|entry| entry.name.clone())
    };
    match name {
        "regime" | "handled" | "taken" => procedure.regime(code).map(|regime| regime.name.name.clone()),
        "remedy" => named(&procedure.remedies),
        "root_cause" => named(&procedure.root_causes),
        "resolution" => named(&procedure.resolution_kinds),
        "ending" => {
            let reason = procedure.closing_reasons.iter().find(|reason| reason.code == code);
            let words = || Ending::from_code(code).map(|ending| capital(ending.words()));
            reason.map(|reason| reason.name.clone()).or_else(words)
        }
        "reason_code" => procedure
            .stages
            .iter()
            .find_map(|stage| match &stage.extension.as_ref()?.reasons {
                ExtensionReasons::Codes(list) => named(list),
                ExtensionReasons::FreeText => None,
            }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::page::check;

    #[test]
    fn a_code_is_said_in_the_words_of_its_question() {
        assert_eq!(question("point-2").as_deref(), Some("Outcome of point 2"));
        assert_eq!(fixed("point-2", "partly_upheld").as_deref(), Some("Partly upheld"));
        assert_eq!(fixed("seen_by", "case").as_deref(), Some("Everybody on the case"));
        assert_eq!(
            fixed("answer", "accept").as_deref(),
            Some("Accept: investigate at stage 2")
        );
        // What people type is no code, and stays as it is.
        assert_eq!(fixed("answer", "I accept"), None);
        assert_eq!(fixed("reason", "They rang twice"), None);
        assert_eq!(question("note"), None);
    }

    #[test]
    fn every_choice_of_the_pages_has_a_question_but_those_that_their_page_alone_explains() {
        let here: BTreeSet<&str> = [
            "duty",
            "file",
            "keys",
            "leave",
            "leave_out",
            "no_logo",
            "open",
            "place",
            "retired",
            "start",
            "step",
            "theme",
            "told_letter",
            "which",
        ]
        .into();
        let mut unsaid = BTreeSet::new();
        for (_, html) in crate::staff::all_samples() {
            for form in html
                .split("<form")
                .skip(1)
                .filter(|form| form.contains(r#"method="post""#))
            {
                let form = form.split("</form>").next().unwrap_or_default();
                for (tag, attributes) in check::read(&format!("<form{form}</form>")).0 {
                    let says = |attribute: &str| attributes.get(attribute).map_or("", String::as_str);
                    let chosen = tag == "select" || matches!(says("type"), "radio" | "checkbox");
                    let name = says("name");
                    if chosen && question(name).is_none() && !here.contains(name) && !name.starts_with("rests-") {
                        unsaid.insert(name.to_owned());
                    }
                }
            }
        }
        assert_eq!(unsaid, BTreeSet::new());
    }
}
