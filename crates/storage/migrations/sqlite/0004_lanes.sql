-- Restricted cases: for whom each is as good as not there. Built again from the events, like the rows of cases.

CREATE TABLE case_kept_from (
    reference  TEXT NOT NULL,
    staff_hash BLOB NOT NULL,           -- keyed: whom a complaint is about stands nowhere in the clear
    PRIMARY KEY (reference, staff_hash)
) WITHOUT ROWID;

-- The few that a search has to leave out.
CREATE INDEX cases_restricted ON cases (reference) WHERE lane <> 'open';
