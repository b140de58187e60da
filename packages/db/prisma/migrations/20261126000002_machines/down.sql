-- Takes back everything of this migration. Desks that were locked or were to be wiped are blocked: nobody gets in by it.
DROP FUNCTION known_device, known_api_key, known_guest;
DROP TABLE guest_sessions, api_keys, device_requests;
DROP FUNCTION guest_ended, api_key_changed;
DROP TRIGGER device_stands ON devices;
DROP TRIGGER device_because ON devices;
DROP FUNCTION device_stands, device_because;
ALTER TABLE devices NO FORCE ROW LEVEL SECURITY;
UPDATE devices SET blocked_at = clock_timestamp() WHERE blocked_at IS NULL AND (locked_at IS NOT NULL OR wipe_asked_at IS NOT NULL);
ALTER TABLE devices FORCE ROW LEVEL SECURITY;
DROP POLICY gate_sees ON devices;
REVOKE UPDATE (blocked_at) ON devices FROM tessera_gate;
REVOKE UPDATE (name, blocked_at) ON devices FROM tessera_app;
ALTER TABLE devices DROP COLUMN scopes, DROP COLUMN locked_at, DROP COLUMN wipe_asked_at, DROP COLUMN wiped_at,
  DROP COLUMN because, DROP COLUMN last_seen_at;
CREATE FUNCTION device_blocked() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  VALUES (NEW.tenant_id, CASE WHEN NEW.blocked_at IS NULL THEN 'device.unblocked' ELSE 'device.blocked' END, NEW.id, 0, '{}');
  RETURN NULL;
END $$;
CREATE TRIGGER device_blocked AFTER UPDATE OF blocked_at ON devices FOR EACH ROW
  WHEN ((OLD.blocked_at IS NULL) <> (NEW.blocked_at IS NULL)) EXECUTE FUNCTION device_blocked();
