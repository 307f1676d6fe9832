//! The wording as the office knows it: facts in, words out, and what the words lack (P35).

use rules::letters::{Compose, Composed, LetterFacts, LetterKind};
use rules::procedure::MustSay;

use super::{Letter, Wording, check};

impl Compose for Wording {
    fn compose(&self, kind: LetterKind, facts: &LetterFacts) -> Result<Composed, String> {
        let letter = self.render(kind, facts).map_err(|fault| fault.to_string())?;
        Ok(letter.into())
    }

    fn lacks(&self, words: &Composed, facts: &LetterFacts, must_say: &[MustSay]) -> Vec<MustSay> {
        let letter = Letter::from(words.clone());
        let missing = |item: &&MustSay| !check(&letter, facts, &[item.code()]).is_empty();
        must_say.iter().filter(missing).copied().collect()
    }
}

impl From<Letter> for Composed {
    fn from(letter: Letter) -> Composed {
        let Letter { subject, text, html } = letter;
        Composed { subject, text, html }
    }
}

impl From<Composed> for Letter {
    fn from(words: Composed) -> Letter {
        let Composed { subject, text, html } = words;
        Letter { subject, text, html }
    }
}
