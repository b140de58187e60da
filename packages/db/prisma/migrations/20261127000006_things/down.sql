-- Takes back everything of this migration. Retired things are lent again.
DROP FUNCTION retire_resource(uuid, uuid, uuid, text);
DROP TRIGGER no_code_for_retired ON qr_codes;
DROP FUNCTION refuse_retired;
DROP INDEX resources_name;
CREATE INDEX resources_name ON resources (tenant_id, name);
REVOKE INSERT, UPDATE (name, description, kind, place, loan_minutes, retired_at) ON resources FROM tessera_app;
ALTER TABLE resources DROP COLUMN retired_at;
