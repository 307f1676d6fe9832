-- What all cases together add to the figures of a day and of a month, and how those that are open stand now: kept beside the facts in the same
-- transaction, so that a month or a year is summed without reading its cases. All of it can be built again from the facts, and is when the
-- product starts on a database that has none.

CREATE TABLE tallies (
    place TEXT NOT NULL,                -- 'day 2026-09-14', 'month 2026-09', 'balance', 'now'
    what  TEXT NOT NULL,                -- what is counted there, as the rules write it
    n     BIGINT NOT NULL,              -- 0 where something was counted once and is not any more
    PRIMARY KEY (place, what)
) WITHOUT ROWID;

-- The register: how many actions stand where is kept as well (place 'actions', by status). And what was open in a stretch of days is found
-- without reading all that came after it: by the day on which it was over, not long after these, or among the few that were open for long.
ALTER TABLE follow_on_actions ADD COLUMN began_on TEXT;
ALTER TABLE follow_on_actions ADD COLUMN is_long BOOLEAN NOT NULL DEFAULT FALSE;    -- open for more than 184 days
UPDATE follow_on_actions SET began_on = COALESCE(proposed_on, accepted_on);
UPDATE follow_on_actions SET is_long = TRUE WHERE over_on IS NOT NULL AND julianday(over_on) - julianday(began_on) > 184;
DROP INDEX follow_on_actions_over;
CREATE INDEX follow_on_actions_over ON follow_on_actions (over_on, began_on, id, status, due_on, proposed_on, accepted_on, done_on, verified_on,
    dropped_on, published_on);
CREATE INDEX follow_on_actions_long ON follow_on_actions (over_on, began_on) WHERE is_long;

-- Months were summed from this one.
DROP INDEX case_stays_told;
