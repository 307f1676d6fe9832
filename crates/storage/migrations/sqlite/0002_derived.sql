-- What lists and searches need. All of it can be built again from the events.

CREATE TABLE cases (
    number            INTEGER PRIMARY KEY,
    reference         TEXT NOT NULL UNIQUE,
    kind              TEXT NOT NULL,
    state             TEXT NOT NULL,
    stage             BIGINT NOT NULL,
    lane              TEXT NOT NULL,
    owner_id          BIGINT,
    received_at       BIGINT NOT NULL,
    received_on       TEXT NOT NULL,
    due_on            TEXT,
    due_at            BIGINT,
    due_clock         TEXT,
    due_order         BIGINT NOT NULL,  -- due_at, or the largest number where nothing is due: lists end with these
    update_due_at     BIGINT,
    closed_at         BIGINT,
    urgency           BIGINT NOT NULL,
    vip               BOOLEAN NOT NULL,
    service           TEXT,
    problem           TEXT,
    channel           TEXT NOT NULL,
    alerts            BIGINT NOT NULL,
    extended          BOOLEAN NOT NULL,
    last_contact_at   BIGINT,
    procedure_version TEXT NOT NULL,
    last_sequence     BIGINT NOT NULL,
    card              BLOB NOT NULL     -- sealed
);

-- Lists of open work never touch a closed case.
CREATE INDEX cases_open_due ON cases (due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_urgent ON cases (urgency DESC, due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_owner ON cases (owner_id, due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_state ON cases (lane, state, due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_update ON cases (update_due_at, number) WHERE closed_at IS NULL AND update_due_at IS NOT NULL;
CREATE INDEX cases_open_received ON cases (received_at, number) WHERE closed_at IS NULL;

CREATE INDEX cases_received ON cases (received_at, number);

CREATE TABLE deadlines (
    reference TEXT NOT NULL,
    clock     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    due_at    BIGINT NOT NULL,
    due_on    TEXT,
    met       BOOLEAN NOT NULL,
    PRIMARY KEY (reference, clock, kind, due_at)
) WITHOUT ROWID;

CREATE INDEX deadlines_due ON deadlines (due_at, reference) WHERE NOT met;

CREATE TABLE jobs (
    number     TEXT PRIMARY KEY,
    reference  TEXT NOT NULL,
    profile    TEXT NOT NULL,
    parent     TEXT,
    status     TEXT NOT NULL,
    opened_at  BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX jobs_reference ON jobs (reference, number);
CREATE INDEX jobs_parent ON jobs (parent, number) WHERE parent IS NOT NULL;

CREATE TABLE job_updates (
    number   TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    text     BLOB NOT NULL,             -- sealed
    PRIMARY KEY (number, sequence)
) WITHOUT ROWID;

-- Keyed tokens only, parted by spaces, a column for each weight.
CREATE TABLE search_documents (
    id        INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    words     TEXT NOT NULL,
    summary   TEXT NOT NULL,
    names     TEXT NOT NULL,
    exact     TEXT NOT NULL
);

-- What is taken out is overwritten, not marked as gone: that is what 'secure-delete' is for, and why the tokens stay above.
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, summary, names, exact,
    content = 'search_documents', content_rowid = 'id', detail = 'column', tokenize = 'ascii'
);
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
-- How much a word weighs in each column: in a summary three times as much as in running words, and so on.
INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(1.0, 3.0, 6.0, 10.0)');
