//! The way back of a complainant: what their code and link are compared with, kept as keyed hashes and made again from the receipt.

use jiff::Timestamp;
use rules::case::Case;
use storage::{StorageError, Tx, access};

/// The code and the secret of the links of one case.
pub(crate) struct WayBack {
    receipt_code: String,
    link_token: String,
    since: Timestamp,
}

impl WayBack {
    /// As they were handed out with the receipt.
    pub(crate) fn of(case: &Case) -> WayBack {
        WayBack {
            receipt_code: case.received.receipt_code.clone(),
            link_token: case.received.link_token.clone(),
            since: case.logged_at,
        }
    }

    /// Keeps their hashes; keeping them again changes nothing.
    pub(crate) async fn keep(&self, tx: &mut Tx<'_>, reference: &str) -> Result<(), StorageError> {
        access::put_code(tx, reference, &self.receipt_code).await?;
        access::put_link_token(tx, reference, &self.link_token, self.since).await
    }
}
