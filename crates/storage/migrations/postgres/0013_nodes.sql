-- Several nodes over one database: which of them does what only one may do at a time, and what a node that was away has to hear of.

CREATE TABLE leases (
    name   TEXT COLLATE "C" PRIMARY KEY,
    holder TEXT COLLATE "C" NOT NULL,  -- a node, by a name that it gave itself at its start
    fence  BIGINT NOT NULL,  -- one more each time that the holder changes
    until  BIGINT NOT NULL
);

CREATE INDEX stream_keys_destroyed ON stream_keys (destroyed_at) WHERE destroyed_at IS NOT NULL;

-- The latest commit of each node: by it a node whose connection broke while the server was committing finds out whether it did.
CREATE TABLE node_commits (
    node   TEXT COLLATE "C" PRIMARY KEY,
    number BIGINT NOT NULL,
    at     BIGINT NOT NULL
);
