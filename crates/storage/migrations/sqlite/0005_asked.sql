-- Of which role a case asks something, where its owner cannot answer it. Built again from the events, like the rest of the row.

ALTER TABLE cases ADD COLUMN asked_of TEXT;

CREATE INDEX cases_asked ON cases (asked_of, due_order, number) WHERE asked_of IS NOT NULL;
