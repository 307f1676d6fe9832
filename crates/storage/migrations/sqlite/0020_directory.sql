-- The directory as it was read last: a copy of what another system says of people, replaced whole, sealed under the key of the office. Nothing of it
-- is in the clear but where it came from, when, and how many people it holds.

CREATE TABLE directory (
    id           BIGINT NOT NULL PRIMARY KEY,   -- always 1
    reading      BIGINT NOT NULL DEFAULT 0,     -- grows with each copy that differs from the one before
    read_at      BIGINT,                        -- when it was last read whole, whether it differed or not
    changed_at   BIGINT,                        -- when this copy was made
    source       TEXT,
    people       BIGINT NOT NULL DEFAULT 0,
    content_hash BLOB,                          -- keyed: whether another reading says the same
    said         BLOB,                          -- sealed: what was odd in it
    asked_at     BIGINT,                        -- when somebody asked for a reading that was not tried yet
    tried_at     BIGINT,
    failures     BIGINT NOT NULL DEFAULT 0,     -- in a row, up to the latest try
    fault        TEXT                           -- why the latest try failed; no name of a person
);

CREATE TABLE directory_parts (
    part    BIGINT NOT NULL PRIMARY KEY,
    reading BIGINT NOT NULL,
    people  BLOB NOT NULL                       -- sealed: some hundred people
);
