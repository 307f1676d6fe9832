-- The office: what leaves the house, who works here, and how people come back. What names a person is sealed or hashed.

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY,
    reference   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    channel     TEXT NOT NULL,
    state       TEXT NOT NULL,
    attempts    BIGINT NOT NULL,
    not_before  BIGINT NOT NULL,
    lease_until BIGINT,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT,
    last_error  BLOB,                   -- sealed: servers quote addresses
    payload     BLOB NOT NULL           -- sealed
);

CREATE INDEX outbox_unsent ON outbox (not_before, id) WHERE state IN ('waiting', 'sending', 'failed');
CREATE INDEX outbox_reference ON outbox (reference, id);

CREATE TABLE staff (
    id            INTEGER PRIMARY KEY,
    username_hash BLOB NOT NULL UNIQUE, -- keyed
    email_hash    BLOB NOT NULL UNIQUE, -- keyed
    active        BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    details       BLOB NOT NULL         -- sealed: name, address, roles, password hash
);

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,        -- keyed
    staff_id   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    idle_until BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    csrf       BLOB NOT NULL            -- sealed
) WITHOUT ROWID;

CREATE INDEX sessions_staff ON sessions (staff_id);

CREATE TABLE throttle (
    key_hash BLOB PRIMARY KEY,          -- keyed: keys hold addresses
    began_at BIGINT NOT NULL,
    hits     BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE idempotency (
    key_hash   BLOB PRIMARY KEY,        -- keyed
    claimed_at BIGINT NOT NULL,
    value      BLOB                     -- sealed; NULL until settled
) WITHOUT ROWID;

CREATE TABLE access_codes (
    reference TEXT PRIMARY KEY,
    code_hash BLOB NOT NULL             -- keyed
) WITHOUT ROWID;

CREATE TABLE link_tokens (
    token_hash BLOB PRIMARY KEY,        -- keyed
    reference  TEXT NOT NULL,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX link_tokens_reference ON link_tokens (reference);

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    next BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE procedures (
    id           TEXT NOT NULL,
    version      TEXT NOT NULL,
    valid_from   TEXT NOT NULL,
    text         TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    active       BOOLEAN NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE calendars (
    id           TEXT NOT NULL,
    version      TEXT NOT NULL,
    valid_from   TEXT NOT NULL,
    text         TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    active       BOOLEAN NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE settings (
    key        TEXT PRIMARY KEY,
    value      BLOB NOT NULL,           -- sealed: a setting may list people
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;
