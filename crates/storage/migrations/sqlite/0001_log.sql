-- The log: keys, events, the audit tree above them, and its signed checkpoints. Nothing here is derived.
-- Instants are microseconds since 1970 (UTC); what is sealed is a BLOB.

CREATE TABLE stream_keys (
    stream       TEXT PRIMARY KEY,
    wrapped      BLOB,              -- NULL once destroyed: the row stays, so that no new key takes its place
    created_at   BIGINT NOT NULL,
    destroyed_at BIGINT
) WITHOUT ROWID;

CREATE TABLE events (
    position INTEGER PRIMARY KEY,   -- from 1 without gaps, over all streams
    stream   TEXT NOT NULL,
    sequence BIGINT NOT NULL,       -- from 1 without gaps, within the stream
    kind     TEXT NOT NULL,
    version  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    actor    TEXT NOT NULL,         -- a code, never a name
    payload  BLOB NOT NULL,         -- sealed
    UNIQUE (stream, sequence)
);

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'history is appended, never changed'); END;

CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'history is appended, never deleted'); END;

CREATE TABLE audit_nodes (
    level  BIGINT NOT NULL,         -- height above the leaves
    number BIGINT NOT NULL,         -- within the level, from 0
    hash   BLOB NOT NULL,
    PRIMARY KEY (level, number)
) WITHOUT ROWID;

CREATE TRIGGER audit_nodes_are_not_changed BEFORE UPDATE ON audit_nodes
BEGIN SELECT RAISE(ABORT, 'history is appended, never changed'); END;

CREATE TRIGGER audit_nodes_are_not_deleted BEFORE DELETE ON audit_nodes
BEGIN SELECT RAISE(ABORT, 'history is appended, never deleted'); END;

CREATE TABLE checkpoints (
    size      INTEGER PRIMARY KEY,  -- how many entries it covers
    note      TEXT NOT NULL,        -- the C2SP signed note
    signed_at BIGINT NOT NULL
);
