-- Two questions of the review that walked past everything that is over.

-- With the end in front, so that what is open is looked for among what is open.
DROP INDEX case_spells_open;
CREATE INDEX case_spells_open ON case_spells (closed_on, opened_on, number) WHERE closed_on IS NULL;

-- The latest complaints about one thing, without those about anything else in the same days.
CREATE INDEX case_facts_alike ON case_facts (service, problem, received_on, reference, kind, counted, restricted)
    WHERE service IS NOT NULL;
