-- What the review counts: facts of cases without names or words, in the clear, one row per case and one per part of it. All of it can be
-- built again from the events. Days are local dates (2026-09-30); codes are those of the rules and of the procedure.

CREATE TABLE case_facts (
    number           INTEGER PRIMARY KEY,
    reference        TEXT NOT NULL UNIQUE,
    kind             TEXT NOT NULL,
    counted          TEXT NOT NULL,
    channel          TEXT NOT NULL,
    complainant      TEXT NOT NULL,
    anonymous        BOOLEAN NOT NULL,
    restricted      BOOLEAN NOT NULL,
    vip              BOOLEAN NOT NULL,
    high_risk        BOOLEAN NOT NULL,
    urgency          TEXT NOT NULL,
    service          TEXT,
    problem          TEXT,
    received_on      TEXT NOT NULL,
    logged_on        TEXT NOT NULL,
    owned_on         TEXT,
    untriaged_due_on TEXT,
    ack_timing       TEXT NOT NULL,
    ack_due_on       TEXT,
    ack_minutes      BIGINT,
    ack_failures     BIGINT NOT NULL,
    letters_lost     BIGINT NOT NULL,
    has_job          BOOLEAN NOT NULL,
    root_cause       TEXT,
    learning         TEXT
);

-- Counts by month and category, and the search for clusters, read this index alone.
CREATE INDEX case_facts_received ON case_facts (received_on, kind, counted, service, problem, restricted, reference);

-- Every time that a case was open.
CREATE TABLE case_spells (
    number        BIGINT NOT NULL,
    ordinal       BIGINT NOT NULL,
    opened_on     TEXT NOT NULL,
    opened_by     TEXT NOT NULL,
    closed_on     TEXT,
    ending        TEXT,
    decided_stage BIGINT NOT NULL,
    days          BIGINT,
    satisfaction  TEXT,
    updates_owed  BIGINT NOT NULL,
    updates_made  BIGINT NOT NULL,
    is_long       BOOLEAN NOT NULL,     -- open for more than 92 days
    PRIMARY KEY (number, ordinal)
) WITHOUT ROWID;

-- What touches a period: begun in it or in the 92 days before, or still open, or one of the few that were open for long.
CREATE INDEX case_spells_opened ON case_spells (opened_on, closed_on, number);
CREATE INDEX case_spells_open ON case_spells (opened_on, number) WHERE closed_on IS NULL;
CREATE INDEX case_spells_long ON case_spells (closed_on, opened_on, number) WHERE is_long;

-- Every stay at a stage.
CREATE TABLE case_stays (
    number          BIGINT NOT NULL,
    ordinal         BIGINT NOT NULL,
    stage           BIGINT NOT NULL,
    way             TEXT NOT NULL,
    reason          TEXT NOT NULL,
    entered_on      TEXT NOT NULL,
    due_on          TEXT,
    last_day        TEXT,
    extended        BOOLEAN NOT NULL,
    told_on         TEXT,
    timing          TEXT,
    days            BIGINT,
    outcome         TEXT,
    earlier_outcome TEXT,
    satisfaction    TEXT,
    first_contact   BOOLEAN NOT NULL,
    sign_off        TEXT NOT NULL,
    same_decider    BOOLEAN NOT NULL,
    vip             BOOLEAN NOT NULL,
    in_figures      BOOLEAN NOT NULL,   -- of a complaint that the figures count
    PRIMARY KEY (number, ordinal)
) WITHOUT ROWID;

CREATE INDEX case_stays_told ON case_stays (told_on, in_figures, stage, timing) WHERE told_on IS NOT NULL;

-- What else can be counted on a day.
CREATE TABLE case_moments (
    number     BIGINT NOT NULL,
    ordinal    BIGINT NOT NULL,
    what       TEXT NOT NULL,
    happens_on TEXT NOT NULL,
    stage      BIGINT NOT NULL,
    code       TEXT,
    days       BIGINT NOT NULL,
    due_on     TEXT,
    promptness TEXT,
    PRIMARY KEY (number, ordinal)
) WITHOUT ROWID;

-- The reviews that were begun, one row a month.
CREATE TABLE reviews (
    month       TEXT PRIMARY KEY,       -- 2026-09
    progress    TEXT NOT NULL,
    opened_at   BIGINT NOT NULL,
    held_on     TEXT,
    finished_at BIGINT
) WITHOUT ROWID;

-- The register of follow-on actions. Days in the clear for the figures; words and owner sealed under the key of each action.
CREATE TABLE follow_on_actions (
    id            TEXT PRIMARY KEY,     -- FC-10482-1 or 2026-09-2
    reference     TEXT,                 -- the case that promised it
    status        TEXT NOT NULL,
    due_on        TEXT,
    proposed_on   TEXT,
    accepted_on   TEXT,
    done_on       TEXT,
    verified_on   TEXT,
    dropped_on    TEXT,
    published_on  TEXT,
    last_sequence BIGINT NOT NULL,
    card          BLOB NOT NULL         -- sealed
) WITHOUT ROWID;

CREATE INDEX follow_on_actions_open ON follow_on_actions (due_on, id)
    WHERE status IN ('proposed', 'accepted', 'in_progress');
CREATE INDEX follow_on_actions_published ON follow_on_actions (published_on, id) WHERE published_on IS NOT NULL;
CREATE INDEX follow_on_actions_case ON follow_on_actions (reference, id) WHERE reference IS NOT NULL;
