-- Links for whoever has a sealed case and no account: each found by a keyed hash, with the code that was sent to its mailbox and the reading that
-- the code began. Nothing of the case is in here.
CREATE TABLE handover_links (
    token_hash  BLOB NOT NULL PRIMARY KEY,
    reference   TEXT NOT NULL,
    number      BIGINT NOT NULL,    -- the event that asked for the handover
    made_at     BIGINT NOT NULL,
    code_hash   BLOB,               -- the latest code that was sent
    code_until  BIGINT,
    code_tries  BIGINT NOT NULL DEFAULT 0,
    read_hash   BLOB,               -- whoever gave that code reads until then
    read_until  BIGINT
) WITHOUT ROWID;

CREATE INDEX handover_links_reference ON handover_links (reference);

-- Sealed cases count beside the names of the lists as restricted ones do.
DROP INDEX cases_restricted_open;
CREATE INDEX cases_restricted_open ON cases (lane, state, owner_id, due_at, due_on, reference) WHERE closed_at IS NULL AND lane <> 'open';

-- Since when a stream has another key than at first: what lies before is in a sealed record. Nodes that were away look for it.
ALTER TABLE stream_keys ADD COLUMN replaced_at BIGINT;
CREATE INDEX stream_keys_replaced ON stream_keys (replaced_at) WHERE replaced_at IS NOT NULL;
