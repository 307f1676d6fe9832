-- Files that came with words. Their bytes lie sealed in the folder of files, each under a key of its own; here lie these keys,
-- sealed. Not derived: without its row a file cannot be opened.

CREATE TABLE files (
    id         TEXT PRIMARY KEY,    -- random, and the name of the sealed bytes
    stream     TEXT,                -- the case that it belongs to; NULL while it waits for its form
    form       BLOB,                -- keyed hash of the form that it waits for; NULL once it belongs to a case
    number     BIGINT NOT NULL,     -- the order in which the files of a form were sent
    arrived_at BIGINT NOT NULL,
    size       BIGINT NOT NULL,     -- of the plain bytes; 0 until they are durable
    file_key   BLOB,                -- sealed: under the key of the case, or of the office while it waits; NULL before and after
    facts      BLOB                 -- sealed, while it waits: its name and the rest; the event says it afterwards
) WITHOUT ROWID;

CREATE INDEX files_waiting ON files (form, number) WHERE form IS NOT NULL;
CREATE INDEX files_stream ON files (stream) WHERE stream IS NOT NULL;
