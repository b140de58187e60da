-- Flags are decided from memory, by what the gate reads. They name people of all tenants, so whoever works for one tenant
-- has no business there.
REVOKE SELECT ON feature_flags FROM tessera_app;
