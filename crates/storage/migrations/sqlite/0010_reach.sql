-- What every page asks for, answered from indexes alone; and what grows with the years, bounded.

-- Whom a restricted case is kept from is asked of the index, not of the row.
DROP INDEX cases_restricted;
CREATE INDEX cases_restricted ON cases (reference, lane, state, owner_id) WHERE lane <> 'open';

-- What one service or one person had and is over, the latest first. Open work has indexes of its own, and must not be looked for among these.
CREATE INDEX cases_closed_service ON cases (service, received_at, number) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_closed_owner ON cases (owner_id, received_at, number) WHERE closed_at IS NOT NULL;

-- The last day on which something happened to an action that is over: nothing about it is counted from the next day on. None while it is open.
ALTER TABLE follow_on_actions ADD COLUMN over_on TEXT;
UPDATE follow_on_actions SET over_on = MAX(
    COALESCE(done_on, ''), COALESCE(verified_on, ''), COALESCE(dropped_on, ''), COALESCE(published_on, ''))
    WHERE status IN ('done', 'verified', 'dropped');
CREATE INDEX follow_on_actions_over ON follow_on_actions (over_on);
DROP INDEX follow_on_actions_open;
CREATE INDEX follow_on_actions_status ON follow_on_actions (status, due_on, reference);
CREATE INDEX follow_on_actions_done ON follow_on_actions (status, done_on DESC, id DESC);

-- Where in a document a word stands is kept: without it each hit was read and taken apart again to tell how well it fits.
DROP TABLE search_index;
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, summary, names, exact,
    content = 'search_documents', content_rowid = 'id', detail = 'full', tokenize = 'ascii'
);
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(1.0, 3.0, 6.0, 10.0)');
INSERT INTO search_index (search_index) VALUES ('rebuild');
