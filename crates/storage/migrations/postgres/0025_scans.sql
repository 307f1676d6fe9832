-- Looking into files for viruses. What was said stands in the events of the case; here stands what is still to be looked at. Files that came before
-- are looked at too, once there is somebody to ask.

ALTER TABLE files ADD COLUMN scanned_at BIGINT;                     -- when somebody said what it is; none until then
ALTER TABLE files ADD COLUMN scan_after BIGINT NOT NULL DEFAULT 0;  -- until then: not to be asked again before
ALTER TABLE files ADD COLUMN scan_tries BIGINT NOT NULL DEFAULT 0;

CREATE INDEX files_unscanned ON files (scan_after, id) WHERE scanned_at IS NULL AND stream IS NOT NULL;
