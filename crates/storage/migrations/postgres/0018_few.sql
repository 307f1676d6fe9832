-- Letters whose worker ended before it wrote down what became of them are looked for before each handful is taken: among those that are being sent,
-- which are few, and not among all that wait.
CREATE INDEX outbox_sending ON outbox (lease_until, id) WHERE state = 'sending';

-- What is restricted and open adds to the figures beside the names of the lists: counted on every page, and without reading a row.
CREATE INDEX cases_restricted_open ON cases (lane, state, owner_id, due_at, due_on, reference) WHERE closed_at IS NULL AND lane = 'restricted';
