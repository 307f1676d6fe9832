-- What all cases together add to the figures of a day and of a month, and how those that are open stand now: kept beside the facts in the same
-- transaction, so that a month or a year is summed without reading its cases. All of it can be built again from the facts, and is when the
-- product starts on a database that has none.

CREATE TABLE tallies (
    place TEXT NOT NULL,                -- 'day 2026-09-14', 'month 2026-09', 'balance', 'now'
    what  TEXT NOT NULL,                -- what is counted there, as the rules write it
    n     BIGINT NOT NULL,              -- 0 where something was counted once and is not any more
    PRIMARY KEY (place, what)
) WITHOUT ROWID;
