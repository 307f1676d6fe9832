//! A letter as it will go out, shown before it goes, with the checks that the procedure asks for (P35).

use casework::desk::CaseFile;
use casework::letter::without_way_back;
use documents::letter::check;
use rules::case::event::{DecisionRecorded, Event};
use rules::case::{Case, Change, Decision, LetterOwed};
use rules::letters::LetterKind;
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

/// The letter of a decision that is only drafted.
pub(crate) fn of_decision(seat: &Seat, file: &CaseFile, decision: &Decision, author: Option<StaffId>) -> Shown {
    let stage = file.case.stage();
    let recorded = DecisionRecorded {
        stage,
        outcome: decision.outcome,
        decision: decision.clone(),
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
    of_case(seat, file, after.as_ref().unwrap_or(&file.case), &owed)
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
    let must_say: &[MustSay] = setting.procedure.letter(owed.kind).map_or(&[], |rule| &rule.must_say);
    let checks = must_say
        .iter()
        .map(|item| match check(&rendered, &facts, &[item.code()]).is_empty() {
            true => Check::passed(&format!("Says {}", item.words())),
            false => Check::missing(&format!("It does not say {}", item.words())),
        })
        .collect();
    // The one who reads it here is not the one whom the link lets in.
    let blocks = blocks(&without_way_back(&rendered.text, &facts));
    Shown {
        letter: Letter {
            name,
            head: vec![format!("Subject: {}", rendered.subject)],
            blocks,
        },
        checks,
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
