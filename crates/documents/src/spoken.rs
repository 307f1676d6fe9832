//! What to say on the telephone: the same facts as the letter, for the ear (R19, A8).

use rules::letters::LetterFacts;

/// "Say this": the acknowledgement, to be read out while the person is on the line.
#[must_use]
pub fn acknowledgement(facts: &LetterFacts) -> String {
    let is_complaint = facts.feedback.is_empty() || facts.feedback == "complaint";
    let mut sentences = vec![match (is_complaint, facts.greeting.trim()) {
        (true, "") => "I am sorry about that, and thank you for telling us.".to_owned(),
        (true, name) => format!("I am sorry about that, {name}, and thank you for telling us."),
        (false, "") => "Thank you for telling us.".to_owned(),
        (false, name) => format!("Thank you for telling us, {name}."),
    }];
    sentences.push(format!("Your reference is {}.", spelled(&facts.reference)));
    if facts.confidential {
        sentences
            .push("Because it is about a member of staff, it goes to the complaints coordinator and not to my colleagues. The person it is about cannot read it.".to_owned());
    }
    if is_complaint {
        sentences.extend(dates(facts));
    }
    if !facts.receipt_code.is_empty() {
        sentences.push(format!("Your receipt code is {}.", spelled(&facts.receipt_code)));
    }
    sentences.push(if is_complaint {
        "How would you like to hear from us?".to_owned()
    } else {
        "You do not need to do anything more.".to_owned()
    });
    sentences.join(" ")
}

/// A reference or a code for the ear: "F C, one zero four eight two". Groups are set apart by a comma.
#[must_use]
pub fn spelled(code: &str) -> String {
    let groups = code
        .split(|character: char| !character.is_alphanumeric())
        .filter(|group| !group.is_empty());
    let spelled = groups.map(|group| group.chars().map(sound).collect::<Vec<_>>().join(" "));
    spelled.collect::<Vec<_>>().join(", ")
}

fn dates(facts: &LetterFacts) -> Vec<String> {
    let mut sentences = Vec::new();
    if !facts.decision_date.is_empty() {
        sentences.push(match facts.stage.as_str() {
            "" => format!(
                "We will give you a decision by the end of {}.",
                without_year(&facts.decision_date)
            ),
            stage => format!(
                "It is at {stage}: we will give you a decision by the end of {}.",
                without_year(&facts.decision_date)
            ),
        });
    }
    if !facts.next_update_date.is_empty() && facts.next_update_date != facts.decision_date {
        let day = without_year(&facts.next_update_date);
        sentences.push(format!("You will hear from us by {day}, even if there is no news."));
    }
    sentences
}

/// "Thursday 15 October": nobody says the year of next week.
fn without_year(date: &str) -> &str {
    match date.rsplit_once(' ') {
        Some((day, year)) if year.len() == 4 && year.chars().all(|character| character.is_ascii_digit()) => day,
        _ => date,
    }
}

fn sound(character: char) -> String {
    const DIGITS: [&str; 10] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    match character.to_digit(10).and_then(|digit| DIGITS.get(digit as usize)) {
        Some(word) => (*word).to_owned(),
        None => character.to_uppercase().to_string(),
    }
}
