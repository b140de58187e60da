-- Takes back everything of this migration.
DROP TABLE request_steps, requests, request_kinds;
ALTER TABLE guest_sessions DROP COLUMN requests, DROP COLUMN shares;
