//! What the public door offers to a line manager who followed the link of a handover (R35).

use rules::confidential::sealing::report::Finished;

use super::PublicDoor;
use crate::ActError;
use crate::files::Download;
use crate::sealing::link::{self, AtTheLink, Opened, Standing};
use crate::sealing::record::SealedRecord;

impl PublicDoor {
    /// Lets somebody in by the link of a handover. See [`link::follow`].
    ///
    /// # Errors
    /// When it is no link of ours, or somebody else has the case now.
    pub async fn follow_handover(&self, reference: &str, token: &str) -> Result<AtTheLink, ActError> {
        link::follow(&self.office, reference, token).await
    }

    /// Where the case stands for them.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn handover_standing(&self, at: &AtTheLink) -> Result<Standing, ActError> {
        link::standing(&self.office, at).await
    }

    /// "I have it."
    ///
    /// # Errors
    /// When the case is with nobody any more, or it could not be saved.
    pub async fn handover_taken(&self, at: &AtTheLink, once: &str) -> Result<(), ActError> {
        link::have(&self.office, at, once).await
    }

    /// "I wrote to them."
    ///
    /// # Errors
    /// When it is finished, or it could not be saved.
    pub async fn handover_told(&self, at: &AtTheLink, once: &str) -> Result<(), ActError> {
        link::told(&self.office, at, once).await
    }

    /// "I have finished."
    ///
    /// # Errors
    /// When the day or the outcome cannot be, it is finished already, or it could not be saved.
    pub async fn handover_finished(&self, at: &AtTheLink, finished: &Finished, once: &str) -> Result<(), ActError> {
        link::finished(&self.office, at, finished, once).await
    }

    /// Sends a code to the mailbox on record.
    ///
    /// # Errors
    /// After too many in an hour, or when it could not be saved.
    pub async fn send_handover_code(&self, at: &AtTheLink) -> Result<(), ActError> {
        link::send_code(&self.office, at).await
    }

    /// Opens the record with a code.
    ///
    /// # Errors
    /// When it could not be saved.
    pub async fn open_handover(&self, at: &AtTheLink, code: &str) -> Result<Opened, ActError> {
        link::open(&self.office, at, code).await
    }

    /// The record, for whoever reads it now.
    ///
    /// # Errors
    /// [`ActError::NotFound`] once the reading is over.
    pub async fn read_handover(&self, at: &AtTheLink, reading: &str) -> Result<SealedRecord, ActError> {
        link::read(&self.office, at, reading).await
    }

    /// A file of the record.
    ///
    /// # Errors
    /// [`ActError::NotFound`] once the reading is over, or when there is none of that name.
    pub async fn handover_file(&self, at: &AtTheLink, reading: &str, id: &str) -> Result<Download, ActError> {
        link::file(&self.office, at, reading, id).await
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// When it could not be saved.
    pub async fn close_handover(&self, at: &AtTheLink) -> Result<(), ActError> {
        link::end(&self.office, at).await
    }
}
