-- What all cases together add to the figures, kept beside the facts; and the register of actions, found by days. As in SQLite's step 14.

CREATE TABLE tallies (
    place TEXT COLLATE "C" NOT NULL,  -- 'day 2026-09-14', 'month 2026-09', 'balance', 'now', 'actions'
    what  TEXT COLLATE "C" NOT NULL,
    n     BIGINT NOT NULL,
    PRIMARY KEY (place, what)
);

ALTER TABLE follow_on_actions ADD COLUMN began_on TEXT COLLATE "C";
ALTER TABLE follow_on_actions ADD COLUMN is_long BOOLEAN NOT NULL DEFAULT FALSE;  -- open for more than 184 days
UPDATE follow_on_actions SET began_on = COALESCE(proposed_on, accepted_on);
UPDATE follow_on_actions SET is_long = TRUE WHERE over_on IS NOT NULL AND over_on::date - began_on::date > 184;
DROP INDEX follow_on_actions_over;
CREATE INDEX follow_on_actions_over ON follow_on_actions (over_on, began_on) INCLUDE (id, status, due_on, proposed_on, accepted_on, done_on,
    verified_on, dropped_on, published_on);
CREATE INDEX follow_on_actions_long ON follow_on_actions (over_on, began_on) WHERE is_long;

-- Months were summed from this one.
DROP INDEX case_stays_told;
