-- Suspicion: alerts of a tenant and those that are nobody's, and addresses that nobody is served from.
-- Both kinds are kept twice: a tenant's own under row security, and what strangers do, for operators alone.

CREATE TABLE security_alerts (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL, severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  subject_kind text NOT NULL, subject_id text NOT NULL, evidence jsonb NOT NULL,
  first_at timestamptz NOT NULL, last_at timestamptz NOT NULL, raised_at timestamptz NOT NULL,
  count bigint NOT NULL CHECK (count > 0), acknowledged_at timestamptz, acknowledged_by uuid,
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, acknowledged_by) REFERENCES members (tenant_id, id)
);
-- One suspicion is one row for as long as nobody has looked at it.
CREATE UNIQUE INDEX security_alerts_open ON security_alerts (tenant_id, kind, subject_kind, subject_id)
  WHERE acknowledged_at IS NULL;
CREATE INDEX security_alerts_first ON security_alerts (tenant_id, first_at);

CREATE TABLE platform_alerts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind text NOT NULL, severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  subject_kind text NOT NULL, subject_id text NOT NULL, evidence jsonb NOT NULL,
  first_at timestamptz NOT NULL, last_at timestamptz NOT NULL, raised_at timestamptz NOT NULL,
  count bigint NOT NULL CHECK (count > 0), acknowledged_at timestamptz, acknowledged_by uuid
);
CREATE UNIQUE INDEX platform_alerts_open ON platform_alerts (kind, subject_kind, subject_id) WHERE acknowledged_at IS NULL;
CREATE INDEX platform_alerts_first ON platform_alerts (first_at);

-- An address of IPv4, or a /64 of IPv6, as the server calls it.
CREATE TABLE blocked_addresses (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  address text NOT NULL CHECK (length(address) BETWEEN 1 AND 45), because text NOT NULL, blocked_by uuid,
  blocked_at timestamptz NOT NULL DEFAULT clock_timestamp(), expires_at timestamptz,
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, address),
  FOREIGN KEY (tenant_id, blocked_by) REFERENCES members (tenant_id, id)
);
CREATE TABLE platform_blocked_addresses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  address text NOT NULL UNIQUE CHECK (length(address) BETWEEN 1 AND 45), because text NOT NULL, blocked_by uuid,
  blocked_at timestamptz NOT NULL DEFAULT clock_timestamp(), expires_at timestamptz
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['security_alerts', 'blocked_addresses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('CREATE POLICY operator ON %I TO tessera_operator USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
CREATE POLICY gate ON blocked_addresses FOR SELECT TO tessera_gate USING (true);
GRANT SELECT, UPDATE (acknowledged_at, acknowledged_by) ON security_alerts TO tessera_app;
GRANT SELECT, INSERT, DELETE, UPDATE (because, blocked_by, blocked_at, expires_at) ON blocked_addresses TO tessera_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON security_alerts, platform_alerts, platform_blocked_addresses TO tessera_operator;
GRANT SELECT, DELETE ON blocked_addresses TO tessera_operator;
GRANT SELECT (tenant_id, address, expires_at) ON blocked_addresses TO tessera_gate;
GRANT SELECT (address, expires_at) ON platform_blocked_addresses TO tessera_gate;

-- An alert that is new, or worse than before, is news. A critical one is a signal to the breakers, once.
CREATE FUNCTION security_alert_told() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.acknowledged_at IS NOT NULL THEN
    IF OLD.acknowledged_at IS NULL THEN
      INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
      VALUES (NEW.tenant_id, 'security.acknowledged', NEW.id, 0, NEW.acknowledged_by,
              jsonb_build_object('kind', NEW.kind, 'severity', NEW.severity, 'count', NEW.count));
    END IF;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.severity = OLD.severity THEN RETURN NULL; END IF;
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  VALUES (NEW.tenant_id, 'security.alerted', NEW.id, 0,
          jsonb_build_object('kind', NEW.kind, 'severity', NEW.severity, 'subject', NEW.subject_kind || ' ' || NEW.subject_id));
  IF NEW.severity = 'critical' THEN
    INSERT INTO signals (kind, at, detail, source)
    VALUES ('security_alerts', NEW.raised_at, format('%s of %s %s', NEW.kind, NEW.subject_kind, NEW.subject_id), NEW.id::text)
    ON CONFLICT (kind, source) DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER security_alert_told AFTER INSERT OR UPDATE OF severity, acknowledged_at ON security_alerts FOR EACH ROW
  EXECUTE FUNCTION security_alert_told();

-- Every block and its end is in the journal, through whichever door: of a tenant in its own, of all in everybody's.
CREATE FUNCTION address_blocked() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
DECLARE
  who uuid := nullif(current_setting('app.member', true), '');
  what text := 'address.blocked';
  one record; told jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN
    one := OLD; what := 'address.unblocked'; told := jsonb_build_object('address', OLD.address);
  ELSE
    one := NEW; told := jsonb_build_object('address', NEW.address, 'because', NEW.because, 'until', instant(NEW.expires_at));
  END IF;
  IF TG_TABLE_NAME = 'blocked_addresses' THEN
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
    VALUES (one.tenant_id, what, one.id, 0, who, told);
  ELSE
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
    SELECT id, what, one.id, 0, told || jsonb_build_object('everywhere', true, 'by', who) FROM tenants;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER address_blocked AFTER INSERT OR UPDATE OR DELETE ON blocked_addresses FOR EACH ROW EXECUTE FUNCTION address_blocked();
CREATE TRIGGER address_blocked AFTER INSERT OR UPDATE OR DELETE ON platform_blocked_addresses FOR EACH ROW
  EXECUTE FUNCTION address_blocked();

-- Everything that the gate keeps in memory.
CREATE FUNCTION blocked_now() RETURNS TABLE (tenant_id uuid, address text, expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET role = 'tessera_gate' AS $fn$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT b.tenant_id, b.address, b.expires_at FROM blocked_addresses b
    UNION ALL SELECT NULL, p.address, p.expires_at FROM platform_blocked_addresses p;
END $fn$;
