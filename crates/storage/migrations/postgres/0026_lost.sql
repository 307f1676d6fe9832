-- How many letters of a case did not arrive and are tried by nobody: a number beside the name of their list, on every page. Built again from the
-- events, like the rest of the row; for the rows that are there it is told by the last letter of each kind. And the list itself, without a look at
-- every letter that ever went out.

ALTER TABLE cases ADD COLUMN letters_lost BIGINT NOT NULL DEFAULT 0;

UPDATE cases
SET letters_lost = (
    SELECT COUNT(*) FROM outbox lost
    WHERE lost.reference = cases.reference AND lost.state = 'given_up'
        AND NOT EXISTS (SELECT 1 FROM outbox later
                        WHERE later.reference = lost.reference AND later.kind = lost.kind AND later.id > lost.id))
WHERE alerts > 0;

CREATE INDEX cases_letters_lost ON cases (lane, letters_lost, reference) WHERE letters_lost > 0;
CREATE INDEX outbox_given_up ON outbox (id) WHERE state = 'given_up';
