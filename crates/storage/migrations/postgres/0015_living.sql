-- Which nodes are alive and which steps their versions know, so that no step takes away what one of them needs.

CREATE TABLE nodes (
    node  TEXT COLLATE "C" PRIMARY KEY,  -- by a name that it gave itself at its start
    knows BIGINT NOT NULL,  -- the latest step of its version
    until BIGINT NOT NULL  -- for how long it counts as alive if nothing more is heard of it, by the clock of the database
);
