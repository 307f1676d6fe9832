//! Acting a sign-off: the letter that waits is approved, changed, or sent back.

use casework::handling::approve;
use rules::case::Reference;
use rules::handling::sign_off::{Edit, Read};

use super::{Stage, said};
use crate::demo::DemoError;
use crate::demo::story::What;

impl Stage<'_> {
    pub(super) async fn signed_off(&self, reference: &Reference, what: &What) -> Result<(), DemoError> {
        let file = self.file(reference).await?;
        let draft = file.case.draft();
        let read = draft.map(Read::of).unwrap_or_default();
        match what {
            What::SentBack { by, words } => {
                approve::send_back(self.hand(reference, by)?, read.version, words).await?;
            }
            What::Changed {
                by,
                instead_of,
                says,
                why,
            } => {
                let edit = draft.map_or_else(Edit::default, |draft| Edit {
                    reasons: draft.decision.reasons.replacen(instead_of, says, 1),
                    what_we_did: draft.decision.what_we_did.clone(),
                    findings: Vec::new(),
                    why: why.clone(),
                });
                approve::edit(self.hand(reference, by)?, &read, &edit).await?;
            }
            What::Signed { by, words } => {
                approve::approve(self.hand(reference, by)?, &read, said(words)).await?;
            }
            _ => {}
        }
        Ok(())
    }
}
