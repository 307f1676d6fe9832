//! A letter as it will go out, shown before it goes, with the checks that the procedure asks for (P35).

use casework::desk::CaseFile;
use casework::letter::without_way_back;
use casework::secrets::THEIR_LINK;
use documents::letter::{check, evidence};
use documents::readability::measure;
use rules::case::event::{DecisionRecorded, Event};
use rules::case::state::Draft;
use rules::case::{Case, Change, Decision, LetterOwed};
use rules::letters::{Composed, FixedLetter, LetterFacts, LetterKind};
use rules::people::{Actor, StaffId};
use rules::procedure::{MustSay, Response};

use super::brief::person;
use crate::page::letter_text::{Line, Part, parts};
use crate::staff::desk::Seat;
use crate::staff::parts::checks::{Check, CheckResult};
use crate::staff::parts::letter::{Block, Letter, Run};

/// A letter with its checks.
pub(crate) struct Shown {
    /// The letter.
    pub(crate) letter: Letter,
    /// What was looked at.
    pub(crate) checks: Vec<Check>,
}

impl Shown {
    /// Whether nothing that must be said is missing.
    pub(crate) fn ready(&self) -> bool {
        self.checks.iter().all(|check| check.result != CheckResult::Missing)
    }
}

/// The address that letters of this case go to, if they go by e-mail.
pub(crate) fn goes_by_email(file: &CaseFile) -> Option<String> {
    file.case.complainant.writes_to().map(str::to_owned)
}

/// Where a letter of this case goes, in a sentence.
pub(crate) fn goes(file: &CaseFile) -> String {
    match goes_by_email(file) {
        Some(address) => format!("This goes to {address} by email, and to the tracking page."),
        None => "This is shown on the tracking page: there is no email address to send it to.".to_owned(),
    }
}

/// The letter that a change would owe, as if the change were made now.
pub(crate) fn of_change(seat: &Seat, file: &CaseFile, change: &Change) -> Option<Shown> {
    let owed = change.letters.first()?;
    let after = file
        .case
        .preview(&change.events, Actor::Staff(seat.door.person().id), file.now)
        .ok()?;
    Some(of_case(seat, file, &after, owed))
}

/// The letter that waits for sign-off: as it was fixed, to the byte, or, where it was sent before letters were fixed, as it would go out now.
pub(crate) fn that_waits(seat: &Seat, file: &CaseFile, draft: &Draft) -> Shown {
    match &draft.letter {
        Some(letter) => of_fixed(seat, file, draft, letter),
        None => of_decision(seat, file, &draft.decision, draft.author),
    }
}

fn of_fixed(seat: &Seat, file: &CaseFile, draft: &Draft, letter: &FixedLetter) -> Shown {
    let (after, owed) = decided(file, &draft.decision, draft.author);
    let setting = file.in_force.setting(file.now);
    let facts = LetterFacts {
        // The one who reads it here is not the one whom the link lets in.
        tracking_link: THEIR_LINK.to_owned(),
        ..casework::letter::facts(seat.door.office(), &after, &owed, &setting)
    };
    shown(file, &letter.words, &facts, letter.kind)
}

/// The text of the letter of a drafted decision as it would go out now, without the way back of the complainant.
pub(crate) fn text_of(seat: &Seat, file: &CaseFile, decision: &Decision, author: Option<StaffId>) -> String {
    let (after, owed) = decided(file, decision, author);
    let setting = file.in_force.setting(file.now);
    let facts = casework::letter::facts(seat.door.office(), &after, &owed, &setting);
    match seat.site.wording().render(owed.kind, &facts) {
        Ok(letter) => without_way_back(&letter.text, &facts),
        Err(fault) => format!("The wording of this letter has a fault: {fault}"),
    }
}

/// The letter of a decision that is only drafted.
pub(crate) fn of_decision(seat: &Seat, file: &CaseFile, decision: &Decision, author: Option<StaffId>) -> Shown {
    let (after, owed) = decided(file, decision, author);
    of_case(seat, file, &after, &owed)
}

/// The case as if a drafted decision were made now, and the letter that it would owe.
fn decided(file: &CaseFile, decision: &Decision, author: Option<StaffId>) -> (Case, LetterOwed) {
    let stage = file.case.stage();
    let recorded = DecisionRecorded {
        stage,
        outcome: decision.outcome,
        decision: decision.clone(),
        letter_sha256: None,
    };
    let after = file
        .case
        .preview(&[Event::DecisionRecorded(recorded)], Actor::System, file.now);
    let written = file
        .in_force
        .procedure
        .stage_number(stage)
        .is_some_and(|stage| stage.response == Response::Written);
    let kind = if written {
        LetterKind::Stage2Decision
    } else {
        LetterKind::Stage1Decision
    };
    let owed = LetterOwed::written(kind, "", author);
    (after.unwrap_or_else(|_| file.case.clone()), owed)
}

/// A letter about a case.
pub(crate) fn of_case(seat: &Seat, file: &CaseFile, case: &Case, owed: &LetterOwed) -> Shown {
    let setting = file.in_force.setting(file.now);
    let facts = casework::letter::facts(seat.door.office(), case, owed, &setting);
    let name = format!("Letter to {}", person(file));
    let rendered = match seat.site.wording().render(owed.kind, &facts) {
        Ok(rendered) => rendered,
        Err(fault) => {
            let checks = vec![Check::missing(&format!(
                "The wording of this letter has a fault: {fault}"
            ))];
            return Shown {
                letter: Letter {
                    name,
                    head: Vec::new(),
                    blocks: Vec::new(),
                },
                checks,
            };
        }
    };
    // The one who reads it here is not the one whom the link lets in.
    let words = Composed {
        text: without_way_back(&rendered.text, &facts),
        ..rendered.into()
    };
    let facts = LetterFacts {
        tracking_link: if facts.tracking_link.is_empty() {
            String::new()
        } else {
            THEIR_LINK.to_owned()
        },
        receipt_code: String::new(),
        ..facts
    };
    shown(file, &words, &facts, owed.kind)
}

/// A letter in words that staff may read, with its checks.
fn shown(file: &CaseFile, words: &Composed, facts: &LetterFacts, kind: LetterKind) -> Shown {
    let must_say: &[MustSay] = file.in_force.procedure.letter(kind).map_or(&[], |rule| &rule.must_say);
    let letter = documents::letter::Letter::from(words.clone());
    let parts = parts(&words.text);
    let checked = must_say
        .iter()
        .map(|item| match check(&letter, facts, &[item.code()]).is_empty() {
            true => {
                let place = evidence(facts, *item).and_then(|evidence| place(&letter.subject, &parts, &evidence));
                Check::passed(&format!("Says {}{}", item.words(), place.unwrap_or_default()))
            }
            false => Check::missing(&format!("It does not say {}", item.words())),
        });
    Shown {
        checks: checked.chain([readable(&words.text)]).collect(),
        letter: Letter {
            name: format!("Letter to {}", person(file)),
            head: vec![format!("Subject: {}", words.subject)],
            blocks: blocks(&words.text),
        },
    }
}

/// Where a letter says something: ", under \u{201c}What we found\u{201d}".
fn place(subject: &str, parts: &[Part], evidence: &str) -> Option<String> {
    let one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // The first words are enough to find the place, and a paragraph break within does not hide it.
    let wanted = one_line(evidence.trim().lines().next().unwrap_or_default());
    let mut heading: Option<&str> = None;
    for (at, part) in parts.iter().enumerate() {
        let words = match part {
            Part::Heading(words) => {
                heading = Some(words);
                words.clone()
            }
            Part::Paragraph(lines) => lines
                .iter()
                .map(|line| line.words.as_str())
                .collect::<Vec<_>>()
                .join(" "),
            Part::List(items) => items.join(" "),
        };
        if one_line(&words).contains(&wanted) {
            return Some(match heading {
                _ if at + 1 == parts.len() => ", at the end".to_owned(),
                Some(heading) => format!(", under \u{201c}{heading}\u{201d}"),
                None => ", at the beginning".to_owned(),
            });
        }
    }
    one_line(subject)
        .contains(&wanted)
        .then(|| ", in the subject".to_owned())
}

/// The age from which most people read a letter with ease; beyond it, it is worth a second look and stops nothing.
const OLDEST_READER: f64 = 14.0;

/// How hard it is to read: advice, and never a reason not to send it.
fn readable(text: &str) -> Check {
    let age = measure(text).reading_age();
    match age > OLDEST_READER {
        true => Check::look(&format!(
            "Hard to read: for readers of about {age:.0} years. Shorter sentences and plainer words help"
        )),
        false => Check::passed(&format!("Easy to read: for readers of about {age:.0} years")),
    }
}

/// The text of a letter as blocks.
fn blocks(text: &str) -> Vec<Block> {
    parts(text)
        .into_iter()
        .map(|part| match part {
            Part::Heading(words) => Block::Heading(words),
            Part::Paragraph(lines) => Block::Paragraph(runs(&lines)),
            Part::List(items) => Block::List(items),
        })
        .collect()
}

/// The lines of a paragraph. A link is the person's own way in, so staff see its name and not its address.
fn runs(lines: &[Line]) -> Vec<Run> {
    let mut runs = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let newline = if n > 0 { "\n" } else { "" };
        let gap = if line.link.is_some() && !line.words.is_empty() {
            " "
        } else {
            ""
        };
        runs.push(Run::Same(format!("{newline}{}{gap}", line.words)));
        runs.extend(line.link.as_ref().map(|link| Run::Link(link.words.clone())));
    }
    runs
}

#[cfg(test)]
mod tests {
    use hypertext::prelude::*;

    use super::*;

    #[test]
    fn a_letter_is_shown_with_its_headings_and_without_the_way_in() {
        let text = "Hello Priya.\n\nWhat we found\n\nTwo points restarted.\n\nUse our website:\nAsk for stage 2:\nhttps://feedback.example/track/FC-10482/k/0123456789abcdef\n\nAmara Osei\nIT Helpline";
        let letter = Letter {
            name: "Letter to Priya".to_owned(),
            head: Vec::new(),
            blocks: blocks(text),
        };
        let html = letter.render().into_inner();
        assert!(html.contains("What we found</h2>"), "{html}");
        assert!(
            html.contains(r#"<p>Use our website:<br><span class="fc-letter__link">Ask for stage 2</span></p>"#),
            "{html}"
        );
        assert!(html.contains("<p>Amara Osei<br>IT Helpline</p>"), "{html}");
        assert!(!html.contains("0123456789abcdef"), "{html}");
    }
}
