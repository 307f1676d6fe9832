-- The cases to discuss in a month are picked without reading all cases of the month: what marks a case for discussion is kept beside its facts, in
-- the transaction that changes them. All of it can be built again from the facts.

CREATE TABLE case_marks (
    number    BIGINT NOT NULL,
    ordinal   BIGINT NOT NULL,
    why       TEXT NOT NULL,
    on_day    TEXT NOT NULL,            -- the day on which it happened, or since which it stands so
    once      TEXT,                     -- it counts once this day is over
    until_day TEXT,                     -- 'overdue' alone: the first day on which it no longer stood so
    PRIMARY KEY (number, ordinal)
) WITHOUT ROWID;

CREATE INDEX case_marks_day ON case_marks (on_day, number, why, once, until_day) WHERE why <> 'overdue';
CREATE INDEX case_marks_still ON case_marks (once, on_day, number, why, until_day) WHERE why = 'overdue' AND until_day IS NULL;
CREATE INDEX case_marks_then ON case_marks (until_day, once, on_day, number) WHERE why = 'overdue' AND until_day IS NOT NULL;

-- What was closed in a month; what was open for long has an index of its own.
CREATE INDEX case_spells_closed ON case_spells (closed_on, number, is_long) WHERE NOT is_long;

-- How complaints stood at the end of each month is tallied from here on (place 'end 2026-09'), and those that are open now with the month since
-- which they stand so. The product counts all cases once when it starts on a database without tallies; older versions count otherwise.
DELETE FROM tallies;
