//! The procedures.

use super::Series;
use crate::database::statements;

statements! {
    PUT = "INSERT INTO procedures (id, version, valid_from, text, published_at, active) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id, version) DO UPDATE SET active = excluded.active";
    RETIRE = "UPDATE procedures SET active = FALSE WHERE id = $1 AND version <> $2";
    GET = "SELECT id, version, valid_from, text, published_at, active FROM procedures WHERE id = $1 AND version = $2";
    ACTIVE = "SELECT id, version, valid_from, text, published_at, active FROM procedures
              WHERE id = $1 AND active ORDER BY valid_from DESC LIMIT 1";
    LIST = "SELECT id, version, valid_from, text, published_at, active FROM procedures
            ORDER BY published_at DESC, id, version DESC";
}

/// New cases begin under the active one.
pub static PROCEDURES: Series = Series {
    put: PUT,
    retire: RETIRE,
    get: GET,
    active: ACTIVE,
    list: LIST,
};
