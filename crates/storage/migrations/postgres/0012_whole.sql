-- The whole schema as the twelve steps of SQLite leave it; what each table is for is said there at length.
-- Instants are microseconds since 1970 (UTC); what is sealed is BYTEA. Texts are compared byte by byte, as SQLite compares them.

-- The log: keys, events, the audit tree above them, and its signed checkpoints. Nothing here is derived.

CREATE TABLE stream_keys (
    stream       TEXT COLLATE "C" PRIMARY KEY,
    wrapped      BYTEA,  -- NULL once destroyed: the row stays, so that no new key takes its place
    created_at   BIGINT NOT NULL,
    destroyed_at BIGINT
);

CREATE TABLE events (
    position BIGINT PRIMARY KEY,  -- from 1 without gaps, over all streams
    stream   TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,  -- from 1 without gaps, within the stream
    kind     TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    actor    TEXT COLLATE "C" NOT NULL,  -- a code, never a name
    payload  BYTEA NOT NULL,  -- sealed
    UNIQUE (stream, sequence)
);
CREATE FUNCTION history_is_appended() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'history is appended, never changed or deleted'; END$$;
CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_appended();

CREATE TABLE audit_nodes (
    level  BIGINT NOT NULL,  -- height above the leaves
    number BIGINT NOT NULL,  -- within the level, from 0
    hash   BYTEA NOT NULL,
    PRIMARY KEY (level, number)
);
CREATE TRIGGER audit_nodes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_nodes
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_appended();

CREATE TABLE checkpoints (
    size      BIGINT PRIMARY KEY,  -- how many entries it covers
    note      TEXT COLLATE "C" NOT NULL,  -- the C2SP signed note
    signed_at BIGINT NOT NULL
);

-- What lists and searches need. All of it can be built again from the events.

CREATE TABLE cases (
    number            BIGINT PRIMARY KEY,
    reference         TEXT COLLATE "C" NOT NULL UNIQUE,
    kind              TEXT COLLATE "C" NOT NULL,
    state             TEXT COLLATE "C" NOT NULL,
    stage             BIGINT NOT NULL,
    lane              TEXT COLLATE "C" NOT NULL,
    owner_id          BIGINT,
    received_at       BIGINT NOT NULL,
    received_on       TEXT COLLATE "C" NOT NULL,
    due_on            TEXT COLLATE "C",
    due_at            BIGINT,
    due_clock         TEXT COLLATE "C",
    due_order         BIGINT NOT NULL,  -- due_at, or the largest number where nothing is due: lists end with these
    update_due_at     BIGINT,
    closed_at         BIGINT,
    urgency           BIGINT NOT NULL,
    vip               BOOLEAN NOT NULL,
    service           TEXT COLLATE "C",
    problem           TEXT COLLATE "C",
    channel           TEXT COLLATE "C" NOT NULL,
    alerts            BIGINT NOT NULL,
    extended          BOOLEAN NOT NULL,
    last_contact_at   BIGINT,
    procedure_version TEXT COLLATE "C" NOT NULL,
    last_sequence     BIGINT NOT NULL,
    card              BYTEA NOT NULL,  -- sealed
    asked_of          TEXT COLLATE "C",
    waits_for_answer  BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX cases_open_due ON cases (due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_urgent ON cases (urgency DESC, due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_owner ON cases (owner_id, due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_state ON cases (lane, state, due_order, number) WHERE closed_at IS NULL;
CREATE INDEX cases_open_update ON cases (update_due_at, number) WHERE closed_at IS NULL AND update_due_at IS NOT NULL;
CREATE INDEX cases_open_received ON cases (received_at, number) WHERE closed_at IS NULL;
CREATE INDEX cases_received ON cases (received_at, number);
CREATE INDEX cases_asked ON cases (asked_of, due_order, number) WHERE asked_of IS NOT NULL;
CREATE INDEX cases_restricted ON cases (reference, lane, state, owner_id) WHERE lane <> 'open';
CREATE INDEX cases_closed_service ON cases (service, received_at, number) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_closed_owner ON cases (owner_id, received_at, number) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_waiting ON cases (due_order, number) WHERE waits_for_answer;

CREATE TABLE deadlines (
    reference TEXT COLLATE "C" NOT NULL,
    clock     TEXT COLLATE "C" NOT NULL,
    kind      TEXT COLLATE "C" NOT NULL,
    due_at    BIGINT NOT NULL,
    due_on    TEXT COLLATE "C",
    met       BOOLEAN NOT NULL,
    PRIMARY KEY (reference, clock, kind, due_at)
);
CREATE INDEX deadlines_due ON deadlines (due_at, reference) WHERE NOT met;

CREATE TABLE jobs (
    number     TEXT COLLATE "C" PRIMARY KEY,
    reference  TEXT COLLATE "C" NOT NULL,
    profile    TEXT COLLATE "C" NOT NULL,
    parent     TEXT COLLATE "C",
    status     TEXT COLLATE "C" NOT NULL,
    opened_at  BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX jobs_reference ON jobs (reference, number);
CREATE INDEX jobs_parent ON jobs (parent, number) WHERE parent IS NOT NULL;

CREATE TABLE job_updates (
    number   TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    text     BYTEA NOT NULL,  -- sealed
    PRIMARY KEY (number, sequence)
);

-- Keyed tokens only, parted by spaces, a column for each weight; the index is over all four, each token with its weight.
-- How much a weight counts is said by whoever searches.
CREATE TABLE search_documents (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference TEXT COLLATE "C" NOT NULL UNIQUE,
    words     TEXT COLLATE "C" NOT NULL,
    summary   TEXT COLLATE "C" NOT NULL,
    names     TEXT COLLATE "C" NOT NULL,
    exact     TEXT COLLATE "C" NOT NULL,
    tokens    tsvector GENERATED ALWAYS AS (
        CASE words WHEN '' THEN '' ELSE CAST(replace(words, ' ', ':1 ') || ':1' AS tsvector) END
        || CASE summary WHEN '' THEN '' ELSE CAST(replace(summary, ' ', ':1C ') || ':1C' AS tsvector) END
        || CASE names WHEN '' THEN '' ELSE CAST(replace(names, ' ', ':1B ') || ':1B' AS tsvector) END
        || CASE exact WHEN '' THEN '' ELSE CAST(replace(exact, ' ', ':1A ') || ':1A' AS tsvector) END) STORED
);
CREATE INDEX search_documents_tokens ON search_documents USING GIN (tokens);

-- The office: what leaves the house, who works here, and how people come back. What names a person is sealed or hashed.

CREATE TABLE outbox (
    id          BIGINT PRIMARY KEY,
    reference   TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    channel     TEXT COLLATE "C" NOT NULL,
    state       TEXT COLLATE "C" NOT NULL,
    attempts    BIGINT NOT NULL,
    not_before  BIGINT NOT NULL,
    lease_until BIGINT,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT,
    last_error  BYTEA,  -- sealed: servers quote addresses
    payload     BYTEA NOT NULL  -- sealed
);
CREATE INDEX outbox_unsent ON outbox (not_before, id) WHERE state IN ('waiting', 'sending', 'failed');
CREATE INDEX outbox_reference ON outbox (reference, id);

CREATE TABLE staff (
    id            BIGINT PRIMARY KEY,
    username_hash BYTEA NOT NULL UNIQUE,  -- keyed
    email_hash    BYTEA NOT NULL UNIQUE,  -- keyed
    active        BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    details       BYTEA NOT NULL  -- sealed: name, address, roles, password hash
);

CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY,  -- keyed
    staff_id   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    idle_until BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    csrf       BYTEA NOT NULL  -- sealed
);
CREATE INDEX sessions_staff ON sessions (staff_id);

CREATE TABLE throttle (
    key_hash BYTEA PRIMARY KEY,  -- keyed: keys hold addresses
    began_at BIGINT NOT NULL,
    hits     BIGINT NOT NULL
);

CREATE TABLE idempotency (
    key_hash   BYTEA PRIMARY KEY,  -- keyed
    claimed_at BIGINT NOT NULL,
    value      BYTEA  -- sealed; NULL until settled
);

CREATE TABLE access_codes (
    reference TEXT COLLATE "C" PRIMARY KEY,
    code_hash BYTEA NOT NULL  -- keyed
);

CREATE TABLE link_tokens (
    token_hash BYTEA PRIMARY KEY,  -- keyed
    reference  TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX link_tokens_reference ON link_tokens (reference);

CREATE TABLE counters (
    name TEXT COLLATE "C" PRIMARY KEY,
    next BIGINT NOT NULL
);

CREATE TABLE procedures (
    id           TEXT COLLATE "C" NOT NULL,
    version      TEXT COLLATE "C" NOT NULL,
    valid_from   TEXT COLLATE "C" NOT NULL,
    text         TEXT COLLATE "C" NOT NULL,
    published_at BIGINT NOT NULL,
    active       BOOLEAN NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE calendars (
    id           TEXT COLLATE "C" NOT NULL,
    version      TEXT COLLATE "C" NOT NULL,
    valid_from   TEXT COLLATE "C" NOT NULL,
    text         TEXT COLLATE "C" NOT NULL,
    published_at BIGINT NOT NULL,
    active       BOOLEAN NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE settings (
    key        TEXT COLLATE "C" PRIMARY KEY,
    value      BYTEA NOT NULL,  -- sealed: a setting may list people
    updated_at BIGINT NOT NULL
);

-- Restricted cases: for whom each is as good as not there. Built again from the events, like the rows of cases.

CREATE TABLE case_kept_from (
    reference  TEXT COLLATE "C" NOT NULL,
    staff_hash BYTEA NOT NULL,  -- keyed: whom a complaint is about stands nowhere in the clear
    PRIMARY KEY (reference, staff_hash)
);

-- What the review counts: facts of cases without names or words, in the clear. Built again from the events.

CREATE TABLE case_facts (
    number           BIGINT PRIMARY KEY,
    reference        TEXT COLLATE "C" NOT NULL UNIQUE,
    kind             TEXT COLLATE "C" NOT NULL,
    counted          TEXT COLLATE "C" NOT NULL,
    channel          TEXT COLLATE "C" NOT NULL,
    complainant      TEXT COLLATE "C" NOT NULL,
    anonymous        BOOLEAN NOT NULL,
    restricted       BOOLEAN NOT NULL,
    vip              BOOLEAN NOT NULL,
    high_risk        BOOLEAN NOT NULL,
    urgency          TEXT COLLATE "C" NOT NULL,
    service          TEXT COLLATE "C",
    problem          TEXT COLLATE "C",
    received_on      TEXT COLLATE "C" NOT NULL,
    logged_on        TEXT COLLATE "C" NOT NULL,
    owned_on         TEXT COLLATE "C",
    untriaged_due_on TEXT COLLATE "C",
    ack_timing       TEXT COLLATE "C" NOT NULL,
    ack_due_on       TEXT COLLATE "C",
    ack_minutes      BIGINT,
    ack_failures     BIGINT NOT NULL,
    letters_lost     BIGINT NOT NULL,
    has_job          BOOLEAN NOT NULL
);
CREATE INDEX case_facts_received ON case_facts (received_on, kind, counted, service, problem, restricted, reference);

CREATE TABLE case_spells (
    number        BIGINT NOT NULL,
    ordinal       BIGINT NOT NULL,
    opened_on     TEXT COLLATE "C" NOT NULL,
    opened_by     TEXT COLLATE "C" NOT NULL,
    closed_on     TEXT COLLATE "C",
    ending        TEXT COLLATE "C",
    decided_stage BIGINT NOT NULL,
    days          BIGINT,
    satisfaction  TEXT COLLATE "C",
    updates_owed  BIGINT NOT NULL,
    updates_made  BIGINT NOT NULL,
    is_long       BOOLEAN NOT NULL,  -- open for more than 92 days
    root_cause    TEXT COLLATE "C",
    learning      TEXT COLLATE "C",
    PRIMARY KEY (number, ordinal)
);
CREATE INDEX case_spells_opened ON case_spells (opened_on, closed_on, number);
CREATE INDEX case_spells_open ON case_spells (opened_on, number) WHERE closed_on IS NULL;
CREATE INDEX case_spells_long ON case_spells (closed_on, opened_on, number) WHERE is_long;

CREATE TABLE case_stays (
    number          BIGINT NOT NULL,
    ordinal         BIGINT NOT NULL,
    stage           BIGINT NOT NULL,
    way             TEXT COLLATE "C" NOT NULL,
    reason          TEXT COLLATE "C" NOT NULL,
    entered_on      TEXT COLLATE "C" NOT NULL,
    due_on          TEXT COLLATE "C",
    last_day        TEXT COLLATE "C",
    extended        BOOLEAN NOT NULL,
    told_on         TEXT COLLATE "C",
    timing          TEXT COLLATE "C",
    days            BIGINT,
    outcome         TEXT COLLATE "C",
    earlier_outcome TEXT COLLATE "C",
    satisfaction    TEXT COLLATE "C",
    first_contact   BOOLEAN NOT NULL,
    sign_off        TEXT COLLATE "C" NOT NULL,
    same_decider    BOOLEAN NOT NULL,
    vip             BOOLEAN NOT NULL,
    in_figures      BOOLEAN NOT NULL,  -- of a complaint that the figures count
    PRIMARY KEY (number, ordinal)
);
CREATE INDEX case_stays_told ON case_stays (told_on, in_figures, stage, timing) WHERE told_on IS NOT NULL;

CREATE TABLE case_moments (
    number     BIGINT NOT NULL,
    ordinal    BIGINT NOT NULL,
    what       TEXT COLLATE "C" NOT NULL,
    happens_on TEXT COLLATE "C" NOT NULL,
    stage      BIGINT NOT NULL,
    code       TEXT COLLATE "C",
    days       BIGINT NOT NULL,
    due_on     TEXT COLLATE "C",
    promptness TEXT COLLATE "C",
    PRIMARY KEY (number, ordinal)
);

CREATE TABLE reviews (
    month       TEXT COLLATE "C" PRIMARY KEY,  -- 2026-09
    progress    TEXT COLLATE "C" NOT NULL,
    opened_at   BIGINT NOT NULL,
    held_on     TEXT COLLATE "C",
    finished_at BIGINT
);

CREATE TABLE follow_on_actions (
    id            TEXT COLLATE "C" PRIMARY KEY,  -- FC-10482-1 or 2026-09-2
    reference     TEXT COLLATE "C",  -- the case that promised it
    status        TEXT COLLATE "C" NOT NULL,
    due_on        TEXT COLLATE "C",
    proposed_on   TEXT COLLATE "C",
    accepted_on   TEXT COLLATE "C",
    done_on       TEXT COLLATE "C",
    verified_on   TEXT COLLATE "C",
    dropped_on    TEXT COLLATE "C",
    published_on  TEXT COLLATE "C",
    last_sequence BIGINT NOT NULL,
    card          BYTEA NOT NULL,  -- sealed
    over_on       TEXT COLLATE "C"
);
CREATE INDEX follow_on_actions_published ON follow_on_actions (published_on, id) WHERE published_on IS NOT NULL;
CREATE INDEX follow_on_actions_case ON follow_on_actions (reference, id) WHERE reference IS NOT NULL;
CREATE INDEX follow_on_actions_over ON follow_on_actions (over_on);
CREATE INDEX follow_on_actions_status ON follow_on_actions (status, due_on, reference);
CREATE INDEX follow_on_actions_done ON follow_on_actions (status, done_on DESC, id DESC);

-- Files that came with words: where they stand, and their keys, sealed. Not derived.

CREATE TABLE files (
    id         TEXT COLLATE "C" PRIMARY KEY,  -- random, and the name of the sealed bytes
    stream     TEXT COLLATE "C",  -- the case that it belongs to; NULL while it waits for its form
    form       BYTEA,  -- keyed hash of the form that it waits for; NULL once it belongs to a case
    number     BIGINT NOT NULL,  -- the order in which the files of a form were sent
    arrived_at BIGINT NOT NULL,
    size       BIGINT NOT NULL,  -- of the plain bytes; 0 until they are durable
    file_key   BYTEA,  -- sealed: under the key of the case, or of the office while it waits; NULL before and after
    facts      BYTEA  -- sealed, while it waits: its name and the rest; the event says it afterwards
);
CREATE INDEX files_waiting ON files (form, number) WHERE form IS NOT NULL;
CREATE INDEX files_stream ON files (stream) WHERE stream IS NOT NULL;

-- Which cases are about the same matter: each beside the one that leads their group. Built again from the events.

CREATE TABLE case_groups (
    reference TEXT COLLATE "C" PRIMARY KEY,
    "leading" TEXT COLLATE "C" NOT NULL  -- the leading case stands beside itself
);
CREATE INDEX case_groups_leading ON case_groups ("leading", reference);

-- What somebody began to write on a form and has not sent: theirs alone.

CREATE TABLE drafts (
    staff_id   BIGINT NOT NULL,
    stream     TEXT COLLATE "C" NOT NULL,  -- the case, or the office
    form       TEXT COLLATE "C" NOT NULL,  -- which form: words begun as a note stay words of a note
    key_hash   BYTEA NOT NULL,  -- keyed: the act that sending the form is, by which the draft is found when it is done
    saved_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    fields     BYTEA NOT NULL,  -- sealed
    PRIMARY KEY (staff_id, stream, form)
);
CREATE INDEX drafts_key ON drafts (key_hash);
CREATE INDEX drafts_stream ON drafts (stream);
CREATE INDEX drafts_expires ON drafts (expires_at);
