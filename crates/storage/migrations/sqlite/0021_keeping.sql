-- How long cases are kept: the day on which each goes, beside the case, so that what goes next is read from an index. Built again from the events.

CREATE TABLE case_keeping (
    number     INTEGER PRIMARY KEY,
    reference  TEXT NOT NULL,
    class      TEXT,                -- the code of its class; none where no class fits it
    class_name TEXT,
    goes_on    TEXT,                -- the first day on which it is not kept any more; none where nobody can say it yet
    held       BOOLEAN NOT NULL
);

CREATE INDEX case_keeping_goes ON case_keeping (goes_on, number, class, held) WHERE goes_on IS NOT NULL;
CREATE INDEX case_keeping_held ON case_keeping (number) WHERE held;

-- Which cases stand among those that go next, since when, and on how many days they were seen there: nothing goes that nobody could stop. Not
-- derived: it is what the worker saw.

CREATE TABLE case_notices (
    number  INTEGER PRIMARY KEY,
    goes_on TEXT NOT NULL,
    since   TEXT NOT NULL,
    days    BIGINT NOT NULL,
    seen_on TEXT NOT NULL           -- the latest of these days
);

CREATE INDEX case_notices_goes ON case_notices (goes_on, number);

-- Which of the restricted cases are gone: lists of reviews go on leaving them out.
CREATE INDEX case_facts_restricted ON case_facts (number) WHERE restricted;
