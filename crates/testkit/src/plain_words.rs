//! Letters in words without a wording file: every fact of the letter, one a line, so that a story can see what a letter was made from.

use rules::letters::{Compose, Composed, LetterFacts, LetterKind};
use rules::procedure::MustSay;

/// A wording that states every fact as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainWords;

/// Stands in words that a story wants to be found lacking: "[lacks outcome]".
const LACKS: &str = "[lacks ";

impl Compose for PlainWords {
    fn compose(&self, kind: LetterKind, facts: &LetterFacts) -> Result<Composed, String> {
        let facts = serde_json::to_value(facts).map_err(|error| error.to_string())?;
        let lines = facts.as_object().into_iter().flatten();
        let text: String = lines.map(|(name, fact)| format!("{name}: {fact}\n")).collect();
        Ok(Composed {
            subject: format!("Our letter: {}", kind.code()),
            html: format!("<pre>{text}</pre>"),
            text,
        })
    }

    fn lacks(&self, words: &Composed, _: &LetterFacts, must_say: &[MustSay]) -> Vec<MustSay> {
        let lacks = |item: &&MustSay| words.text.contains(&format!("{LACKS}{}]", item.code()));
        must_say.iter().filter(lacks).copied().collect()
    }
}
