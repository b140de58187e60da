-- Takes back everything of this migration. Members are served at desks.
ALTER TABLE tenants DROP COLUMN self_service;
