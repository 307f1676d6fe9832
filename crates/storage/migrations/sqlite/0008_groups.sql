-- Which cases are about the same matter: each beside the one that leads their group. Built again from the events.

CREATE TABLE case_groups (
    reference TEXT PRIMARY KEY,
    leading   TEXT NOT NULL             -- the leading case stands beside itself
) WITHOUT ROWID;

CREATE INDEX case_groups_leading ON case_groups (leading, reference);
