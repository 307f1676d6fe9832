-- The access log: who of staff saw which case or took what along, when, by which way. Entries are numbered without a gap and never changed; what is
-- sealed of them stands in the log of events. An entry that was kept for long enough is emptied, and its hash stays.

CREATE TABLE looks (
    number    BIGINT PRIMARY KEY,
    at        BIGINT NOT NULL,
    reference TEXT COLLATE "C",                 -- the case; none for what is about no single case
    staff_id  BIGINT,               -- none once it is emptied, as is all below but the hash
    way       TEXT COLLATE "C",                 -- the code of the way
    about     TEXT COLLATE "C",                 -- the opaque name of a file, or how a list was narrowed, in codes
    salt      BYTEA,                 -- so that nobody finds out by trying what an emptied entry said
    hash      BYTEA NOT NULL
);

CREATE INDEX looks_case ON looks (reference, at, number);
CREATE INDEX looks_staff ON looks (staff_id, at, number);
CREATE INDEX looks_at ON looks (at, number);
