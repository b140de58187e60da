-- Takes back everything of this migration.
REVOKE SELECT (tenant_id, id, name, blocked_at, quarantined_at, created_at), UPDATE (blocked_at) ON devices FROM tessera_operator;
DROP POLICY operator ON devices;
DROP TRIGGER session_ended ON sessions;
DROP TRIGGER member_changed ON members;
DROP TRIGGER device_blocked ON devices;
DROP FUNCTION session_ended, member_changed, device_blocked;
