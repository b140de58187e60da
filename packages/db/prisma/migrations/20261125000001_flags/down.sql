-- Takes back everything of this migration. A flag that was not for everybody is off afterwards, save one that names its tenants
-- and says no more: the release before knows no other way to keep anybody out, and takes an empty list for all.
DO $do$
DECLARE was text := pg_get_functiondef('redeem_codes'::regproc); is_now text;
BEGIN
  is_now := replace(was, $old$
      IF v_told < cardinality(t_n) THEN -- some things were out: what this call wrote itself, and not a twin meanwhile, was told
        t_n := ARRAY(SELECT b.n FROM unnest(t_n) AS b (n), LATERAL (
          SELECT FROM scans WHERE tenant_id = p_tenant AND scan_id = p_scans[b.n] AND xmin = pg_current_xact_id()::xid
           LIMIT 1) s);
$old$, $new$
      IF v_told < cardinality(t_n) THEN -- another was faster at the thing itself
        t_n := ARRAY(SELECT b.n FROM unnest(t_n) AS b (n), LATERAL (
          SELECT FROM scans WHERE tenant_id = p_tenant AND scan_id = p_scans[b.n] LIMIT 1) s);
$new$);
  IF is_now = was THEN RAISE EXCEPTION 'redeem_codes is not as it was left'; END IF;
  EXECUTE is_now;
END $do$;
DELETE FROM feature_flags WHERE key = 'ff/qr_unified_portal';
DROP POLICY operator ON scans;
REVOKE SELECT (tenant_id, decided_at) ON scans FROM tessera_operator;
DROP POLICY operator ON checkouts;
REVOKE SELECT (tenant_id, holder_id, out_at) ON checkouts FROM tessera_operator;
REVOKE SELECT (id, email) ON users FROM tessera_operator;
DROP TABLE alerts, incidents, flag_arrivals, server_processes, signals, flag_failures, flag_traffic, flag_cohort, flag_ramps,
  flag_approvals;
DROP TRIGGER tenants_changed ON tenants;
DROP TRIGGER flag_changed ON feature_flags;
DROP TRIGGER flag_set ON feature_flags;
DROP TRIGGER a_flags_in_turn ON feature_flags;
DROP FUNCTION flag_revisions, instant, tenants_changed, flag_changed, flag_set, flags_in_turn, flag_problem, flag_value_problem, flag_ids_problem;
DROP TABLE flag_history;
UPDATE feature_flags SET enabled = false
 WHERE target_tenants = '{}' OR tenant_share IS NOT NULL OR config->>'rollout' IN ('percentage', 'whitelist')
    OR denied <> '{}' OR prerequisites <> '{}' OR breaker_state <> 'closed';
UPDATE feature_flags SET target_tenants = '{}' WHERE target_tenants IS NULL;
ALTER TABLE feature_flags
  ALTER COLUMN target_tenants TYPE uuid[] USING target_tenants::uuid[],
  ALTER COLUMN target_tenants SET DEFAULT '{}', ALTER COLUMN target_tenants SET NOT NULL,
  DROP COLUMN flag_name, DROP COLUMN is_enabled, DROP COLUMN tenant_share, DROP COLUMN denied, DROP COLUMN prerequisites,
  DROP COLUMN salt, DROP COLUMN scheme, DROP COLUMN age_minutes, DROP COLUMN age_after, DROP COLUMN breaker_state,
  DROP COLUMN breaker_since, DROP COLUMN breaker_share, DROP COLUMN breaker_incident, DROP COLUMN breaker_limits, DROP COLUMN breaker_changed_at,
  DROP COLUMN touched;
ALTER TABLE tenants DROP COLUMN is_active, DROP COLUMN tenant_id;

CREATE FUNCTION flag_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := nextval('flag_revision');
  NEW.updated_at := clock_timestamp();
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  SELECT id, 'flag.changed', id, NEW.revision,
         jsonb_build_object('key', NEW.key, 'revision', NEW.revision, 'because', NEW.killed_because, 'by', NEW.killed_by,
                            'enabled', NEW.enabled AND NOT NEW.archived AND NEW.killed_at IS NULL)
    FROM tenants;
  RETURN NEW;
END $$;
CREATE TRIGGER flag_changed BEFORE INSERT OR UPDATE ON feature_flags FOR EACH ROW EXECUTE FUNCTION flag_changed();
