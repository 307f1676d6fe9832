//! Another regime in a story: that it applies, and that what it asks for was done (A38).

use casework::handling::regime;
use rules::case::Reference;
use rules::case::RegimeTag;
use rules::case::event::RegimeDone;
use rules::handling::regime::Tagging;

use super::super::DemoError;
use super::super::story::What;
use super::Stage;

impl Stage<'_> {
    pub(super) async fn beside(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        match what {
            What::Regime {
                by,
                code,
                began_on,
                words,
            } => {
                let tagging = Tagging {
                    regime: code.clone(),
                    began_on: *began_on,
                    why: Some(words.clone()),
                };
                regime::tag(self.hand(reference, by)?, &tagging).await?;
            }
            What::RegimeDone { by, code, words } => {
                let case = self.file(reference).await?.case;
                let open = case.regime(code).into_iter().flat_map(RegimeTag::parts);
                for part in open.filter(|part| part.is_open()) {
                    let done = RegimeDone {
                        regime: code.clone(),
                        clock: part.clock.cloned(),
                        on: self.days.day(self.office.now()),
                        words: words.clone(),
                    };
                    regime::done(self.hand(reference, by)?, &done).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
