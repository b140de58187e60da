-- Takes back everything of this migration. Whoever was blocked by their address is served again: block desks and people first.
DROP FUNCTION blocked_now;
DROP TABLE security_alerts, platform_alerts, blocked_addresses, platform_blocked_addresses;
DROP FUNCTION security_alert_told, address_blocked;
DELETE FROM signals WHERE kind = 'security_alerts';
