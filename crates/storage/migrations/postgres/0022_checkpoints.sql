-- When checkpoints were signed, so that the last one of each month is found at once.
CREATE INDEX checkpoints_signed ON checkpoints (signed_at, size);
