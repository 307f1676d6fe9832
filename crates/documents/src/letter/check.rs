//! The checklist of a letter: which items it must say and does not (P35). It looks at the finished words, whoever wrote them.

use rules::letters::{LetterFacts, PointAnswer};
use rules::procedure::MustSay;

use super::Letter;
use super::tidy::{one_line, tidy};

/// An item of the checklist that the letter does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The item, as the procedure names it: `decision_date`.
    pub item: String,
    /// What to tell the person who writes the letter.
    pub words: String,
}

/// The items of `must_say` that the plain text of the letter lacks, in the order asked for. A date or name counts as said only where
/// the fact is known and stands in the text. Items are those of [`MustSay`]; `tracking_link` is another name of `how_to_track`.
#[must_use]
pub fn check(letter: &Letter, facts: &LetterFacts, must_say: &[&str]) -> Vec<Missing> {
    let said = Said {
        text: format!("{} {}", one_line(&letter.subject), one_line(&letter.text)),
        facts: tidy(facts),
    };
    let missing = must_say.iter().filter_map(|name| {
        let code = if *name == "tracking_link" {
            "how_to_track"
        } else {
            *name
        };
        let words = match MustSay::from_code(code) {
            Some(item) if said.says(item) => return None,
            Some(item) => format!("The letter does not say {}.", item.words()),
            None => format!("\"{name}\" is not something that a letter can be checked for."),
        };
        Some(Missing {
            item: (*name).to_owned(),
            words,
        })
    });
    missing.collect()
}

/// Words by which somebody finds in the letter where it says an item; nothing where there is nothing to find, such as promises that were not made.
#[must_use]
pub fn evidence(facts: &LetterFacts, item: MustSay) -> Option<String> {
    let facts = tidy(facts);
    let point = facts.points.first().map(|point| point.finding.clone());
    let action = facts.actions.first().map(|action| action.text.clone());
    let words = match item {
        MustSay::Reference => facts.reference,
        MustSay::Stage => facts.stage,
        MustSay::DecisionDate if facts.decision_date.is_empty() => facts.missed_decision_date,
        MustSay::DecisionDate | MustSay::NewDate => facts.decision_date,
        MustSay::OldDate => facts.old_decision_date,
        MustSay::NextUpdateDate => facts.next_update_date,
        MustSay::Outcome => facts.outcome_sentence,
        MustSay::Reasons if facts.body.is_empty() => point.unwrap_or_default(),
        MustSay::Reasons | MustSay::News | MustSay::Question => facts.body,
        MustSay::PointsAnswered => point.unwrap_or(facts.body),
        MustSay::ApologyWhereUpheld if !facts.apology_owed => String::new(),
        MustSay::ApologyWhereUpheld => "sorry".to_owned(),
        MustSay::WhatWeDid => facts.what_we_did,
        MustSay::Remedy if facts.what_we_did.is_empty() => action.unwrap_or_default(),
        MustSay::Remedy => facts.what_we_did,
        MustSay::ActionsAndDates => action.unwrap_or_default(),
        MustSay::EscalationHow => "stage 2".to_owned(),
        MustSay::EscalationByDate | MustSay::TimeLimit => facts.escalate_by,
        MustSay::Signpost => facts.signpost,
        MustSay::NameAndJob => facts.signed_by,
        MustSay::WhoHandles => facts.handled_by,
        MustSay::HowToTrack => facts.tracking_link,
        MustSay::ComplaintDefinition => facts.about,
        MustSay::HowToReturn => "reply to ".to_owned(),
        MustSay::AnswerBy if facts.answer_by.is_empty() => facts.missed_answer_by,
        MustSay::AnswerBy => facts.answer_by,
    };
    (!words.is_empty()).then_some(words)
}

/// The finished text, all in one line, and what it should be saying.
struct Said {
    text: String,
    facts: LetterFacts,
}

impl Said {
    fn says(&self, item: MustSay) -> bool {
        let facts = &self.facts;
        match item {
            MustSay::Reference => self.has(&facts.reference),
            MustSay::Stage => self.has(&facts.stage),
            MustSay::DecisionDate => self.has(&facts.decision_date) || self.has(&facts.missed_decision_date),
            MustSay::NewDate => self.has(&facts.decision_date),
            MustSay::OldDate => self.has(&facts.old_decision_date),
            MustSay::NextUpdateDate => self.has(&facts.next_update_date),
            MustSay::Outcome => self.has(&facts.outcome_sentence),
            MustSay::Reasons => self.has_reasons(),
            MustSay::PointsAnswered => facts.points.iter().all(|point| self.answers(point)) && self.has_reasons(),
            MustSay::ApologyWhereUpheld => !facts.apology_owed || self.apologises(),
            MustSay::WhatWeDid => self.has(&facts.what_we_did),
            MustSay::ActionsAndDates => self.has_actions(),
            MustSay::Remedy => {
                !facts.apology_owed || self.has(&facts.what_we_did) || (!facts.actions.is_empty() && self.has_actions())
            }
            MustSay::EscalationHow => self.text.to_lowercase().contains("stage 2") && self.has_way_back(),
            MustSay::EscalationByDate | MustSay::TimeLimit => self.has(&facts.escalate_by),
            MustSay::Signpost => self.has(&facts.signpost),
            MustSay::NameAndJob => self.has(&facts.signed_by) && self.has(&facts.signed_job),
            MustSay::WhoHandles => self.has(&facts.handled_by),
            MustSay::HowToTrack => self.has(&facts.tracking_link),
            MustSay::News => {
                if facts.body.is_empty() {
                    self.has_no_news()
                } else {
                    self.has(&facts.body)
                }
            }
            MustSay::ComplaintDefinition => self.has(&facts.about) || self.has_points(),
            MustSay::HowToReturn => self.has_way_back(),
            MustSay::Question => self.has(&facts.body),
            MustSay::AnswerBy => self.has(&facts.answer_by) || self.has(&facts.missed_answer_by),
        }
    }

    /// True where the fact is known and the text says it, however the lines are broken.
    fn has(&self, fact: &str) -> bool {
        let fact = one_line(fact);
        !fact.is_empty() && self.text.contains(&fact)
    }

    fn has_reasons(&self) -> bool {
        let points = &self.facts.points;
        self.has(&self.facts.body) || (!points.is_empty() && points.iter().all(|point| self.has(&point.finding)))
    }

    fn has_points(&self) -> bool {
        let points = &self.facts.points;
        !points.is_empty() && points.iter().all(|point| self.has(&point.text))
    }

    /// The outcome of the only point is that of the complaint.
    fn answers(&self, point: &PointAnswer) -> bool {
        let outcome = self.has(&point.outcome)
            || self.has(&point.outcome_sentence)
            || (self.facts.points.len() == 1 && self.has(&self.facts.outcome_sentence));
        outcome && self.has(&point.text) && self.has(&point.finding)
    }

    /// Where nothing was promised, there is nothing to leave out.
    fn has_actions(&self) -> bool {
        self.facts
            .actions
            .iter()
            .all(|action| self.has(&action.text) && self.has(&action.owner) && self.has(&action.by))
    }

    /// Somewhere to turn to: a reply, a call or the page of the case.
    fn has_way_back(&self) -> bool {
        let lower = self.text.to_lowercase();
        lower.contains("reply to ") || self.has(&self.facts.phone) || self.has(&self.facts.tracking_link)
    }

    fn has_no_news(&self) -> bool {
        let lower = self.text.to_lowercase();
        lower.contains("nothing new") || lower.contains("no news")
    }

    /// A real apology, by us: the complainant's own words do not count, and "sorry you feel" is none (design guide, section 7).
    fn apologises(&self) -> bool {
        let mut ours = self.text.clone();
        for theirs in std::iter::once(&self.facts.about).chain(self.facts.points.iter().map(|point| &point.text)) {
            if !theirs.is_empty() {
                ours = ours.replace(theirs.as_str(), " ");
            }
        }
        let ours = ours
            .to_lowercase()
            .replace("sorry you feel", " ")
            .replace("sorry that you feel", " ")
            .replace("sorry if", " ");
        ["are sorry", "am sorry", "we apologise", "i apologise", "our apologies"]
            .iter()
            .any(|words| ours.contains(words))
    }
}
