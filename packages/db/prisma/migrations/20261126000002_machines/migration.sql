-- Machines: kiosks that ask to become desks, what a desk may do, keys of programs, sessions of guests.
-- Whoever changes a row says who and why with set_config('app.member', …) and set_config('app.because', …), for the
-- transaction; operators' plain SQL says neither, and works all the same. Every change of rights is news.

ALTER TABLE devices
  ADD COLUMN scopes text[] NOT NULL DEFAULT '{redeem,undo,offline}',
  ADD COLUMN locked_at timestamptz, ADD COLUMN wipe_asked_at timestamptz, ADD COLUMN wiped_at timestamptz,
  ADD COLUMN because text, ADD COLUMN last_seen_at timestamptz;
GRANT UPDATE (name, scopes, blocked_at, locked_at, wipe_asked_at) ON devices TO tessera_app;
CREATE POLICY gate_sees ON devices FOR UPDATE TO tessera_gate USING (true) WITH CHECK (true);
GRANT UPDATE (last_seen_at, blocked_at, wiped_at) ON devices TO tessera_gate;
GRANT SELECT (scopes, locked_at, wipe_asked_at, wiped_at, because, last_seen_at), UPDATE (locked_at, wipe_asked_at) ON devices
  TO tessera_operator;

CREATE FUNCTION device_because() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.wiped_at IS NULL THEN NEW.because := nullif(current_setting('app.because', true), ''); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER device_because BEFORE UPDATE OF blocked_at, locked_at, wipe_asked_at ON devices FOR EACH ROW
  EXECUTE FUNCTION device_because();

CREATE FUNCTION device_stands() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
DECLARE
  who uuid := nullif(current_setting('app.member', true), '');
  why jsonb := jsonb_strip_nulls(jsonb_build_object('because', NEW.because));
  news text[] := '{}';
BEGIN
  IF NEW.wiped_at IS NOT NULL AND OLD.wiped_at IS NULL THEN
    news := '{device.wiped}';
  ELSE
    IF (OLD.blocked_at IS NULL) <> (NEW.blocked_at IS NULL) THEN
      news := news || CASE WHEN NEW.blocked_at IS NULL THEN 'device.unblocked' ELSE 'device.blocked' END;
    END IF;
    IF (OLD.locked_at IS NULL) <> (NEW.locked_at IS NULL) THEN
      news := news || CASE WHEN NEW.locked_at IS NULL THEN 'device.unlocked' ELSE 'device.locked' END;
    END IF;
    IF (OLD.wipe_asked_at IS NULL) <> (NEW.wipe_asked_at IS NULL) THEN
      news := news || CASE WHEN NEW.wipe_asked_at IS NULL THEN 'device.wipe_called_off' ELSE 'device.wipe_asked' END;
    END IF;
  END IF;
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  SELECT NEW.tenant_id, type, NEW.id, 0, who, why FROM unnest(news) type;
  IF (OLD.name, OLD.scopes) IS DISTINCT FROM (NEW.name, NEW.scopes) THEN
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
    VALUES (NEW.tenant_id, 'device.changed', NEW.id, 0, who, jsonb_build_object('name', NEW.name, 'scopes', NEW.scopes));
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER device_blocked ON devices;
DROP FUNCTION device_blocked;
CREATE TRIGGER device_stands AFTER UPDATE OF name, scopes, blocked_at, locked_at, wipe_asked_at, wiped_at ON devices
  FOR EACH ROW EXECUTE FUNCTION device_stands();

-- A kiosk that asks to become a desk. It has no tenant until staff approve it, so the key is the hash of its own secret, and
-- only the gate finds it.
CREATE TABLE device_requests (
  device_code_hash bytea PRIMARY KEY, user_code_hash bytea NOT NULL UNIQUE, browser text NOT NULL,
  asked_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, interval_seconds int NOT NULL, polled_at timestamptz,
  tenant_id uuid REFERENCES tenants, name text, scopes text[] NOT NULL DEFAULT '{}',
  settled_at timestamptz, settled_by uuid, collected_at timestamptz,
  CHECK ((tenant_id IS NULL) = (name IS NULL) AND (tenant_id IS NULL OR settled_at IS NOT NULL))
);
CREATE INDEX device_requests_expiry ON device_requests (expires_at);
CREATE POLICY gate ON device_requests TO tessera_gate USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON device_requests TO tessera_gate;

-- Keys of programs. The token is kept as its hash; after a rotation the one before is taken until old_until.
CREATE TABLE api_keys (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL, prefix text NOT NULL, scopes text[] NOT NULL,
  token_hash bytea NOT NULL UNIQUE, old_hash bytea UNIQUE, old_until timestamptz,
  expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, id)
);
CREATE POLICY gate ON api_keys FOR SELECT TO tessera_gate USING (true);
CREATE POLICY gate_sees ON api_keys FOR UPDATE TO tessera_gate USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (last_used_at) ON api_keys TO tessera_gate;
GRANT INSERT, UPDATE (prefix, token_hash, old_hash, old_until, revoked_at) ON api_keys TO tessera_app;
-- In an emergency: UPDATE api_keys SET revoked_at = CURRENT_TIMESTAMP WHERE revoked_at IS NULL AND …
CREATE POLICY operator ON api_keys TO tessera_operator USING (true) WITH CHECK (true);
GRANT SELECT (tenant_id, id, name, prefix, scopes, expires_at, last_used_at, revoked_at, created_at), UPDATE (revoked_at)
  ON api_keys TO tessera_operator;

CREATE FUNCTION api_key_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
DECLARE what text := 'api_key.created';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.revoked_at IS NOT DISTINCT FROM NEW.revoked_at AND OLD.token_hash = NEW.token_hash THEN RETURN NULL; END IF;
    what := CASE WHEN OLD.token_hash <> NEW.token_hash THEN 'api_key.rotated' ELSE 'api_key.revoked' END;
  END IF;
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  VALUES (NEW.tenant_id, what, NEW.id, 0, nullif(current_setting('app.member', true), '')::uuid,
          jsonb_build_object('name', NEW.name, 'prefix', NEW.prefix, 'scopes', NEW.scopes));
  RETURN NULL;
END $$;
CREATE TRIGGER api_key_changed AFTER INSERT OR UPDATE OF revoked_at, token_hash ON api_keys FOR EACH ROW
  EXECUTE FUNCTION api_key_changed();

-- Guests who opened a place's code: for some hours, in one tenant, at one place.
CREATE TABLE guest_sessions (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  token_hash bytea NOT NULL UNIQUE, place_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX guest_sessions_seen ON guest_sessions (tenant_id, last_seen_at);
CREATE POLICY gate ON guest_sessions FOR SELECT TO tessera_gate USING (true);
CREATE POLICY gate_sees ON guest_sessions FOR UPDATE TO tessera_gate USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (last_seen_at) ON guest_sessions TO tessera_gate;
GRANT INSERT, DELETE, UPDATE (ended_at) ON guest_sessions TO tessera_app;

CREATE FUNCTION guest_ended() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload) VALUES (NEW.tenant_id, 'guest.ended', NEW.id, 0, '{}');
  RETURN NULL;
END $$;
CREATE TRIGGER guest_ended AFTER UPDATE OF ended_at ON guest_sessions FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION guest_ended();

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['device_requests', 'api_keys', 'guest_sessions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('GRANT SELECT ON %I TO tessera_app', t);
  END LOOP;
END $$;

-- Who has this token? One look-up each. That somebody was seen is written once a minute, if nobody else has the row, and not
-- where nothing can be written: to be recognised must work there too.
CREATE FUNCTION known_device(p_token_hash bytea)
RETURNS TABLE (tenant_id uuid, tenant text, id uuid, name text, scopes text[], standing text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_gate' AS $fn$
#variable_conflict use_column
DECLARE d devices%ROWTYPE;
BEGIN
  SELECT * INTO d FROM devices WHERE token_hash = p_token_hash AND blocked_at IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  IF coalesce(d.last_seen_at < clock_timestamp() - interval '1 minute', true) AND current_setting('transaction_read_only') = 'off' THEN
    UPDATE devices SET last_seen_at = clock_timestamp()
     WHERE (tenant_id, id) = (SELECT tenant_id, id FROM devices WHERE tenant_id = d.tenant_id AND id = d.id FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  RETURN QUERY SELECT d.tenant_id, t.name, d.id, d.name, d.scopes,
    CASE WHEN d.wipe_asked_at IS NOT NULL THEN 'wiping' WHEN d.locked_at IS NOT NULL THEN 'locked' ELSE 'working' END
    FROM tenants t WHERE t.id = d.tenant_id;
END $fn$;

CREATE FUNCTION known_api_key(p_token_hash bytea)
RETURNS TABLE (tenant_id uuid, tenant text, id uuid, name text, scopes text[], ends_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_gate' AS $fn$
#variable_conflict use_column
DECLARE k api_keys%ROWTYPE;
BEGIN
  SELECT * INTO k FROM api_keys
   WHERE (token_hash = p_token_hash OR old_hash = p_token_hash AND old_until > clock_timestamp())
     AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp());
  IF NOT FOUND THEN RETURN; END IF;
  IF coalesce(k.last_used_at < clock_timestamp() - interval '1 minute', true) AND current_setting('transaction_read_only') = 'off' THEN
    UPDATE api_keys SET last_used_at = clock_timestamp()
     WHERE (tenant_id, id) = (SELECT tenant_id, id FROM api_keys WHERE tenant_id = k.tenant_id AND id = k.id FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  RETURN QUERY SELECT k.tenant_id, t.name, k.id, k.name, k.scopes,
    CASE WHEN k.token_hash = p_token_hash THEN k.expires_at ELSE least(k.expires_at, k.old_until) END
    FROM tenants t WHERE t.id = k.tenant_id;
END $fn$;

CREATE FUNCTION known_guest(p_token_hash bytea)
RETURNS TABLE (tenant_id uuid, tenant text, id uuid, place_id text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_gate' AS $fn$
#variable_conflict use_column
DECLARE g guest_sessions%ROWTYPE;
BEGIN
  SELECT * INTO g FROM guest_sessions
   WHERE token_hash = p_token_hash AND ended_at IS NULL AND last_seen_at > clock_timestamp() - interval '4 hours';
  IF NOT FOUND THEN RETURN; END IF;
  IF g.last_seen_at < clock_timestamp() - interval '1 minute' AND current_setting('transaction_read_only') = 'off' THEN
    UPDATE guest_sessions SET last_seen_at = clock_timestamp()
     WHERE (tenant_id, id) = (SELECT tenant_id, id FROM guest_sessions WHERE tenant_id = g.tenant_id AND id = g.id FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  RETURN QUERY SELECT g.tenant_id, t.name, g.id, g.place_id FROM tenants t WHERE t.id = g.tenant_id;
END $fn$;
