-- Letters whose worker ended before it wrote down what became of them are looked for before each handful is taken: among those that are being sent,
-- which are few, and not among all that wait.
CREATE INDEX outbox_sending ON outbox (lease_until, id) WHERE state = 'sending';
