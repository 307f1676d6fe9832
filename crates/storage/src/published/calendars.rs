//! The working-day calendars.

use super::Series;
use crate::database::statements;

statements! {
    PUT = "INSERT INTO calendars (id, version, valid_from, text, published_at, active) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id, version) DO UPDATE SET active = excluded.active";
    RETIRE = "UPDATE calendars SET active = FALSE WHERE id = $1 AND version <> $2";
    GET = "SELECT id, version, valid_from, text, published_at, active FROM calendars WHERE id = $1 AND version = $2";
    ACTIVE = "SELECT id, version, valid_from, text, published_at, active FROM calendars
              WHERE id = $1 AND active ORDER BY valid_from DESC LIMIT 1";
    LIST = "SELECT id, version, valid_from, text, published_at, active FROM calendars
            ORDER BY published_at DESC, id, version DESC";
}

/// Clocks count by the active one.
pub static CALENDARS: Series = Series {
    put: PUT,
    retire: RETIRE,
    get: GET,
    active: ACTIVE,
    list: LIST,
};
