//! Why a connection to a server is not encrypted as it has to be, in words for whoever looks after both.

use deadpool_postgres::PoolError;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;

use crate::database::dialect::postgres::chain;
use crate::{StorageError, certificates};

/// How the crate says that a server takes no encrypted connections; it says it in no other form.
const NONE: &str = "server does not support TLS";

/// What is wrong with the encryption, if that is why there is no connection.
pub(super) fn refusal(fault: &PoolError, asked: SslMode) -> Option<StorageError> {
    let PoolError::Backend(error) = fault else { return None };
    let words = match error.as_db_error() {
        Some(said) if asked == SslMode::Disable && *said.code() == SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            Some(format!(
                "the server lets nobody in who comes as we do ({}). If it asks for encryption, write ?sslmode=require behind the address in database",
                said.message()
            ))
        }
        Some(_) => None,
        None if chain(error).contains(NONE) => Some(
            "the server takes none. Let it (ssl = on, with a certificate); only on the machine itself and on a line that nobody else reads does \
             ?sslmode=disable make sense"
                .to_owned(),
        ),
        None => certificates::refusal(error, "database_roots ([storage])"),
    };
    words.map(StorageError::Encryption)
}
