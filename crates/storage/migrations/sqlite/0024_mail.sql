-- The ledger of incoming e-mail: every message that reached us, once, with what became of it. Its raw bytes are a file that waits, as files of forms
-- do, and becomes one of the case where the message ends there. Numbers and days are in the clear; who wrote what is sealed under the key of the office.

CREATE TABLE mail (
    id          BIGINT NOT NULL PRIMARY KEY,
    known_by    BLOB NOT NULL,               -- keyed hash of its own number and its body: the same message again is no other
    mailbox     TEXT NOT NULL,               -- by which way it came first
    arrived_at  BIGINT NOT NULL,
    arrived_on  TEXT NOT NULL,               -- that day where the office is
    size        BIGINT NOT NULL,
    file        TEXT,                        -- the raw bytes; none once they went to a case or were thrown away
    fate        TEXT,                        -- none until it has ended
    settled_at  BIGINT,
    reference   TEXT,                        -- the case where it ended
    tries       BIGINT NOT NULL DEFAULT 0,
    not_before  BIGINT NOT NULL,
    lease_until BIGINT,
    about       BLOB                         -- sealed: the envelope, and what was understood of it
);

CREATE UNIQUE INDEX mail_known ON mail (known_by);
CREATE INDEX mail_open ON mail (not_before, id) WHERE fate IS NULL;
CREATE INDEX mail_by_day ON mail (arrived_on, mailbox, fate);
CREATE INDEX mail_fates ON mail (fate, id);

-- Where it was met: the same message may be in several mailboxes, or twice in one.
CREATE TABLE mail_seen (
    mailbox  TEXT NOT NULL,
    validity BIGINT NOT NULL,
    uid      BIGINT NOT NULL,
    mail     BIGINT NOT NULL,
    PRIMARY KEY (mailbox, validity, uid)
);

-- How many messages were taken on a day, counted when they came: what the ledger says they became must add up to it.
CREATE TABLE mail_days (
    day     TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    seen    BIGINT NOT NULL DEFAULT 0,
    again   BIGINT NOT NULL DEFAULT 0,       -- met once more, and taken for the same
    PRIMARY KEY (day, mailbox)
);

-- How far each mailbox was read, and when it was last reached.
CREATE TABLE mailboxes (
    name       TEXT NOT NULL PRIMARY KEY,
    validity   BIGINT,
    uid        BIGINT,
    reached_at BIGINT,
    message_at BIGINT,
    fault      TEXT,                         -- why it cannot be reached; no name of a person
    fault_at   BIGINT
);

-- The message whose raw bytes these are: such a file waits for as long as its message does.
ALTER TABLE files ADD COLUMN mail BIGINT;
