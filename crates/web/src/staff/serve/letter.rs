//! A letter as it will go out, shown before it goes, with the checks that the procedure asks for (P35).

use casework::desk::CaseFile;
use documents::letter::check;
use rules::case::event::{DecisionRecorded, Event};
use rules::case::{Case, Change, Decision, LetterOwed};
use rules::letters::LetterKind;
use rules::people::{Actor, StaffId};
use rules::procedure::{MustSay, Response};

use super::brief::person;
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
    let blocks = blocks(&rendered.text);
    Shown {
        letter: Letter {
            name,
            head: vec![format!("Subject: {}", rendered.subject)],
            blocks,
        },
        checks,
    }
}

/// Lines that were wrapped at this width belong together; shorter ones end where the writer ended them.
const WRAPPED: usize = 60;

/// Plain text as blocks: paragraphs and lists, with wrapped lines joined again.
fn blocks(text: &str) -> Vec<Block> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(block)
        .collect()
}

fn block(part: &str) -> Block {
    if !part.starts_with("- ") {
        return Block::Paragraph(vec![Run::Same(joined(part))]);
    }
    let mut items: Vec<String> = Vec::new();
    for line in part.lines() {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(item), _) => items.push(item.to_owned()),
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    Block::List(items)
}

fn joined(part: &str) -> String {
    let mut text = String::new();
    for line in part.lines() {
        text.push_str(line.trim_end());
        text.push(if line.chars().count() > WRAPPED { ' ' } else { '\n' });
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_joined_and_a_signature_keeps_its_lines() {
        let text = "We are sorry. Two Wi-Fi points on the second floor restarted four times on\nFriday afternoon.\n\n- one\n  more\n- two\n\nAmara Osei\nIT Helpline";
        let blocks = blocks(text);
        assert_eq!(
            blocks[0],
            Block::text("We are sorry. Two Wi-Fi points on the second floor restarted four times on Friday afternoon.")
        );
        assert_eq!(blocks[1], Block::List(vec!["one more".to_owned(), "two".to_owned()]));
        assert_eq!(blocks[2], Block::text("Amara Osei\nIT Helpline"));
    }
}
