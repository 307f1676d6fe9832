//! Whether somebody who is named is complained about, praised, or only mentioned (A13).

use super::clause::{Clause, clauses};
use super::known;
use super::lexicon::Kinds;
use super::page::Page;
use super::unknown::Run;
use super::word::Gap;
use crate::coded::coded;

coded! {
    /// What a text says of somebody whom it names.
    pub enum Part {
        /// They write.
        Author = "author", "writes this";
        /// They stand in what is quoted.
        Quoted = "quoted", "stands in what is quoted";
        /// They are praised.
        Praised = "praised", "is praised";
        /// They are mentioned.
        Mentioned = "mentioned", "is mentioned";
        /// They are complained about.
        ComplainedOf = "complained_of", "seems to be complained about";
    }
}

/// A name and how sure it is that somebody of staff is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub run: Run,
    /// In the directory.
    pub of_staff: bool,
    /// Described and not named.
    pub described: bool,
    pub own: bool,
}

/// What a text says of everybody whom it names.
pub(super) fn parts(page: &Page<'_>, mentions: &[Mention]) -> Vec<Part> {
    let clauses = clauses(page);
    let reading = Reading {
        page,
        mentions,
        clauses,
    };
    mentions.iter().map(|mention| reading.part(*mention)).collect()
}

struct Reading<'p> {
    page: &'p Page<'p>,
    mentions: &'p [Mention],
    clauses: Vec<Clause>,
}

/// How many clauses on somebody may still be meant by "she".
const FURTHEST: usize = 5;

impl Reading<'_> {
    fn part(&self, mention: Mention) -> Part {
        let run = mention.run;
        if self.page.words[run.first].quoted {
            return Part::Quoted;
        }
        if mention.own {
            return Part::Author;
        }
        if self.is_by_the_way(run) {
            return Part::Mentioned;
        }
        let place = self.clauses.partition_point(|clause| clause.last < run.first);
        let Some(clause) = self.clauses.get(place) else {
            return Part::Mentioned;
        };
        if mention.described {
            return self.part_of_described(place, run);
        }
        let thanked = self.is_thanked(run);
        if clause.against > 0 && !thanked && !self.is_only_praised(clause, run) {
            return Part::ComplainedOf;
        }
        if clause.amiss > 0 && clause.praise == 0 && (mention.of_staff || self.is_met(run)) {
            return Part::ComplainedOf;
        }
        if self.goes_on_about(place, run) || (clause.praise == 0 && self.came_before(place, mention)) {
            return Part::ComplainedOf;
        }
        if clause.praise > 0 || thanked {
            Part::Praised
        } else {
            Part::Mentioned
        }
    }

    /// Somebody who is described is complained of only where words are against how they behaved: much else goes wrong beside people at desks.
    fn part_of_described(&self, place: usize, run: Run) -> Part {
        let clause = &self.clauses[place];
        if clause.against > 0 && !self.is_only_praised(clause, run) {
            return Part::ComplainedOf;
        }
        let next = self
            .clauses
            .get(place + 1)
            .filter(|next| next.sentence <= clause.sentence + 1);
        let goes_on =
            next.is_some_and(|next| next.against > 0 && self.says_they(next) && !self.speaks_of_another(next, run));
        match (goes_on, clause.praise) {
            (true, _) => Part::ComplainedOf,
            (false, 1..) => Part::Praised,
            (false, 0) => Part::Mentioned,
        }
    }

    /// "my friend Tom", "Dear Sarah": nobody whom it is about.
    fn is_by_the_way(&self, run: Run) -> bool {
        let Some(before) = run.first.checked_sub(1).map(|at| &self.page.words[at]) else {
            return false;
        };
        if self.page.words[run.first].gap == Gap::Stop {
            return false;
        }
        let titled = usize::from(run.first > 1 && before.kinds.any(Kinds::TITLE));
        let greeting = &self.page.words[run.first - 1 - titled];
        let greeted = matches!(greeting.folded.as_str(), "hi" | "hello" | "dear" | "hey")
            && self.page.opens(run.first - 1 - titled);
        let near = self.page.words[run.first].gap == Gap::Near || self.page.words[run.first].gap == Gap::Comma;
        let kin = before.kinds.any(Kinds::KIN) && near && self.is_theirs(run.first - 1);
        let joined = before.folded == "and" && run.first > 2 && self.page.words[run.first - 2].kinds.any(Kinds::KIN);
        greeted || kin || joined
    }

    /// "my friend": of whoever writes.
    fn is_theirs(&self, at: usize) -> bool {
        let back = at.saturating_sub(2);
        self.page.words[back..at]
            .iter()
            .any(|word| matches!(word.folded.as_str(), "my" | "our" | "a" | "his" | "her"))
    }

    fn is_thanked(&self, run: Run) -> bool {
        let back = run.first.saturating_sub(3);
        let words = &self.page.words[back..run.first];
        let thanks = words.iter().position(|word| {
            matches!(
                word.folded.as_str(),
                "thanks" | "thank" | "thankful" | "grateful" | "kudos"
            )
        });
        thanks.is_some_and(|at| {
            back + at == 0
                || self.page.words[back + at - 1].folded != "no"
                || self.page.words[back + at].gap == Gap::Stop
        })
    }

    /// Praise stands next to the name, and what is amiss elsewhere in the clause: "Sarah was brilliant when my bag was stolen".
    fn is_only_praised(&self, clause: &Clause, run: Run) -> bool {
        let reach = &self.page.words[run.last + 1..(run.last + 6).min(clause.last + 1).max(run.last + 1)];
        let praise = reach.iter().position(|word| word.kinds.any(Kinds::PRAISE));
        let harm = reach.iter().position(|word| word.kinds.any(Kinds::HARM));
        clause.praise > 0 && praise.is_some_and(|praise| harm.is_none_or(|harm| praise < harm))
    }

    fn is_met(&self, run: Run) -> bool {
        let before = self
            .page
            .before(run.first)
            .is_some_and(|word| word.kinds.any(Kinds::DEALT | Kinds::TITLE));
        let after = self
            .page
            .after(run.last)
            .is_some_and(|word| word.kinds.any(Kinds::DOING));
        before || after || known::is_placed(self.page, run.last)
    }

    /// Whether a later clause complains of the same person.
    fn goes_on_about(&self, place: usize, run: Run) -> bool {
        let sentence = self.clauses[place].sentence;
        for clause in self.clauses.iter().skip(place + 1).take(FURTHEST) {
            if self.speaks_of_another(clause, run) {
                return false;
            }
            let pronoun = self.says_they(clause);
            if clause.sentence > sentence + 3 || (clause.sentence > sentence && !pronoun && !clause.complains()) {
                return false;
            }
            let same = clause.sentence == sentence && clause.against > 0;
            if (pronoun && clause.complains()) || same {
                return true;
            }
        }
        false
    }

    fn speaks_of_another(&self, clause: &Clause, run: Run) -> bool {
        let next = self
            .mentions
            .partition_point(|other| other.run.first < clause.first.max(run.last + 1));
        self.mentions
            .get(next)
            .is_some_and(|other| other.run.first <= clause.last)
    }

    /// Near its beginning a clause speaks of somebody who was named before.
    fn says_they(&self, clause: &Clause) -> bool {
        let reach = (clause.first + 6).min(clause.last + 1);
        let words = &self.page.words[clause.first..reach];
        let they = |word: &str| {
            matches!(
                word,
                "he" | "she" | "they" | "his" | "her" | "their" | "him" | "them" | "who" | "hes" | "shes"
            )
        };
        let first = words
            .iter()
            .take(2)
            .any(|word| word.kinds.any(Kinds::DOING | Kinds::HARM) && word.folded.ends_with("ed"));
        words.iter().any(|word| they(&word.folded)) || first
    }

    /// What was complained of before was done by whoever is named now: "… It was Tom." Whom the directory knows is meant sooner.
    fn came_before(&self, place: usize, mention: Mention) -> bool {
        let sentence = self.clauses[place].sentence;
        let nearby = |clause: &&Clause| clause.sentence + 1 >= sentence && clause.sentence <= sentence;
        let against = self.clauses[..place]
            .iter()
            .rev()
            .take(FURTHEST)
            .filter(nearby)
            .any(|clause| clause.against > 0);
        let words = &self.page.words[self.clauses[place].first..=self.clauses[place].last];
        let tells = words.iter().any(|word| {
            matches!(
                word.folded.as_str(),
                "name" | "called" | "was" | "by" | "spoke" | "responsible"
            )
        });
        let amiss = self.clauses.iter().any(Clause::complains) && mention.of_staff && self.is_met(mention.run);
        (against && tells) || amiss
    }
}
