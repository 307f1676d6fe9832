-- Whether a question to the complainant waits for an answer, so that lists can be narrowed by it (A41). Built again from the events, like the
-- rest of the row; for the rows that are there it is told by which kind of event came last.

ALTER TABLE cases ADD COLUMN waits_for_answer BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE cases
SET waits_for_answer = TRUE
WHERE (SELECT MAX(sequence) FROM events WHERE stream = cases.reference AND kind = 'info.requested')
    > COALESCE((SELECT MAX(sequence) FROM events
                WHERE stream = cases.reference AND kind IN ('info.received', 'decision.recorded', 'case.closed')), 0);

CREATE INDEX cases_waiting ON cases (due_order, number) WHERE waits_for_answer;
