-- Questions that walked past everything that is over, or read whole rows to count them.

-- With the end in front, so that what is open is looked for among what is open.
DROP INDEX case_spells_open;
CREATE INDEX case_spells_open ON case_spells (closed_on, opened_on, number) WHERE closed_on IS NULL;

-- The latest complaints about one thing, without those about anything else in the same days.
CREATE INDEX case_facts_alike ON case_facts (service, problem, received_on, reference, kind, counted, restricted)
    WHERE service IS NOT NULL;

-- What is asked of somebody is counted on every page, and with what the count asks of a row in the index no row is read for it.
DROP INDEX cases_asked;
CREATE INDEX cases_asked ON cases (asked_of, due_order, number, owner_id, lane, state, reference)
    WHERE asked_of IS NOT NULL;
