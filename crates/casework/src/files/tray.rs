//! The tray of one form: where its files wait until the form is taken. What nobody sends is thrown away after a day.

use std::sync::Arc;

use rules::files::{Brought, FileName, FileRefused};
use storage::files;

use super::arrival::Arrival;
use super::form::{Form, waiting};
use crate::{ActError, Office};

/// The tray of one form. Only a door makes one, and the key of the form is random, so nobody reaches into the tray of another.
#[derive(Clone)]
pub struct Tray {
    pub(super) office: Arc<Office>,
    pub(super) form: Form,
}

/// Why a file is not in the tray.
#[derive(Debug)]
pub enum NotTaken {
    /// It may not be taken: words for the person.
    Refused(FileRefused),
    /// It could not be kept.
    Broken {
        /// Words for the person.
        refused: FileRefused,
        /// What to log.
        fault: ActError,
    },
}

impl Tray {
    /// The tray of a form that has a key.
    pub(crate) fn of(office: &Arc<Office>, form: Option<Form>) -> Option<Tray> {
        let office = office.clone();
        form.map(|form| Tray { office, form })
    }

    /// What waits in it, in the order in which it came.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn waiting(&self) -> Result<Vec<Brought>, ActError> {
        waiting(&self.office, Some(&self.form)).await
    }

    /// Begins to take in a file, under the name that a browser sent.
    ///
    /// # Errors
    /// When there is no room for one more.
    pub async fn begin(&self, sent_name: &str) -> Result<Arrival, NotTaken> {
        let name = FileName::of(sent_name);
        match Arrival::begin(self, &name).await {
            Ok(Ok(arrival)) => Ok(arrival),
            Ok(Err(refused)) => Err(NotTaken::Refused(refused)),
            Err(fault) => Err(NotTaken::broken(name, fault)),
        }
    }

    /// Takes files out again that the person does not want to send. What is not in this tray stays where it is.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn leave_out(&self, ids: &[&str]) -> Result<(), ActError> {
        if ids.is_empty() {
            return Ok(());
        }
        let (ids, form): (Vec<String>, _) = (ids.iter().map(|id| (*id).to_owned()).collect(), self.form.clone());
        let dropped = self
            .office
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let mut dropped = Vec::new();
                    for id in ids {
                        if files::drop_waiting(tx, &id, form.as_str()).await? {
                            dropped.push(id);
                        }
                    }
                    Ok::<_, ActError>(dropped)
                })
            })
            .await?;
        super::sweep::remove(&self.office, dropped).await
    }
}

impl NotTaken {
    pub(super) fn broken(name: FileName, fault: ActError) -> NotTaken {
        NotTaken::Broken {
            refused: FileRefused::NotKept { name },
            fault,
        }
    }

    /// Words for the person.
    pub fn refused(&self) -> &FileRefused {
        match self {
            NotTaken::Refused(refused) | NotTaken::Broken { refused, .. } => refused,
        }
    }
}
