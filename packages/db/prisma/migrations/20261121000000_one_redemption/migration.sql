-- The house of one redemption: tenants and their people, resources, codes, check-outs, the journal, the first flag.
--
-- Roles. The login role owns the tables and migrates; the product never works as it. Each statement of the product runs
-- as one of these, none of which can log in, is a superuser or may pass row security by:
--   tessera_gate      finds out who a caller is, before there is a tenant
--   tessera_app       serves one tenant, the one in app.tenant_id
--   tessera_relay     moves the outbox of every tenant into the journal
--   tessera_auth      sign-in of people
--   tessera_operator  runs the platform: flags, emergencies
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['tessera_gate', 'tessera_app', 'tessera_relay', 'tessera_auth', 'tessera_operator'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', r);
    END IF;
    -- Since PostgreSQL 16 the creator of a role may administer it but not yet work as it.
    IF NOT pg_has_role(current_user, r, CASE WHEN current_setting('server_version_num')::int >= 160000
                                             THEN 'SET' ELSE 'MEMBER' END) THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', r);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', r);
  END LOOP;
END $$;

-- People, as the sign-in library keeps them. Not a tenant's: one person may belong to several.
CREATE TABLE users (
  id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, email_verified boolean NOT NULL DEFAULT false,
  image text, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE sessions (
  id uuid PRIMARY KEY, token text NOT NULL UNIQUE, user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  expires_at timestamptz NOT NULL, ip_address text, user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE TABLE accounts (
  id uuid PRIMARY KEY, account_id text NOT NULL, provider_id text NOT NULL,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, password text,
  access_token text, refresh_token text, id_token text, access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz, scope text,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX accounts_user ON accounts (user_id);
CREATE TABLE verifications (
  id uuid PRIMARY KEY, identifier text NOT NULL, value text NOT NULL, expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verifications_identifier ON verifications (identifier);
GRANT SELECT, INSERT, UPDATE, DELETE ON users, sessions, accounts, verifications TO tessera_auth;

-- Tenants and who is in them.
CREATE TABLE tenants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{2,40}$'),
  name text NOT NULL, template text NOT NULL, time_zone text NOT NULL DEFAULT 'UTC',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE members (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  user_id uuid REFERENCES users ON DELETE SET NULL, name text NOT NULL,
  role text NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'staff', 'admin', 'operator')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, user_id)
);
CREATE INDEX members_user ON members (user_id);
CREATE TABLE devices (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(), name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE, blocked_at timestamptz, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
CREATE TABLE device_invitations (
  tenant_id uuid NOT NULL REFERENCES tenants, code_hash bytea NOT NULL UNIQUE, name text NOT NULL,
  reusable boolean NOT NULL DEFAULT false, expires_at timestamptz NOT NULL, used_at timestamptz,
  PRIMARY KEY (tenant_id, code_hash)
);

-- Things. version rises with each change of what people see of it, so that late news can be told from new news.
CREATE TABLE resources (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(), name text NOT NULL,
  description text NOT NULL DEFAULT '', kind text NOT NULL, place text NOT NULL DEFAULT '',
  loan_minutes int NOT NULL CHECK (loan_minutes BETWEEN 1 AND 525600), version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX resources_name ON resources (tenant_id, name);

-- Codes: never the text, only a keyed hash of its secret part. "Revoked" is invalidated_at.
CREATE TABLE qr_codes (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), lookup bytea NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('check_out', 'check_in')),
  holder_id uuid NOT NULL, resource_id uuid NOT NULL, mask smallint NOT NULL CHECK (mask BETWEEN 0 AND 7),
  uses int NOT NULL DEFAULT 0, max_uses int NOT NULL DEFAULT 1 CHECK (max_uses BETWEEN 1 AND 255),
  not_before timestamptz NOT NULL DEFAULT '-infinity', expires_at timestamptz NOT NULL,
  invalidated_at timestamptz, invalidated_by uuid, version bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, lookup), CHECK (uses BETWEEN 0 AND max_uses),
  FOREIGN KEY (tenant_id, holder_id) REFERENCES members (tenant_id, id),
  FOREIGN KEY (tenant_id, resource_id) REFERENCES resources (tenant_id, id)
);
CREATE TABLE checkouts (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), resource_id uuid NOT NULL,
  holder_id uuid NOT NULL, out_at timestamptz NOT NULL, due_at timestamptz NOT NULL, returned_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, holder_id) REFERENCES members (tenant_id, id),
  FOREIGN KEY (tenant_id, resource_id) REFERENCES resources (tenant_id, id)
);
CREATE UNIQUE INDEX checkouts_one_open ON checkouts (tenant_id, resource_id) WHERE returned_at IS NULL;
CREATE INDEX checkouts_holder ON checkouts (tenant_id, holder_id, out_at DESC);
CREATE TABLE redemptions (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), code_id uuid NOT NULL, use_no int NOT NULL,
  scan_id uuid NOT NULL, checkout_id uuid NOT NULL, device_id uuid, actor_id uuid, at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code_id, use_no), -- the second, independent guard
  UNIQUE (tenant_id, scan_id),
  FOREIGN KEY (tenant_id, code_id) REFERENCES qr_codes (tenant_id, id),
  FOREIGN KEY (tenant_id, checkout_id) REFERENCES checkouts (tenant_id, id)
);
-- One row per scan that reached the ledger: the decision, kept, so that the same scan id hears the same answer.
CREATE TABLE scans (
  tenant_id uuid NOT NULL, scan_id uuid NOT NULL, fingerprint bytea NOT NULL, source text NOT NULL,
  device_id uuid, actor_id uuid, decided_at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('pending', 'redeemed', 'refused')), reason text,
  code_id uuid,       -- the code it was about, when there is one
  redemption_id uuid, -- its own, or the one that took the code before
  checkout_id uuid,   -- the one it opened or closed, or the one that stood in its way
  PRIMARY KEY (tenant_id, scan_id)
);

-- What happens. The outbox is written with the change itself; the relay numbers it into the journal.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id uuid NOT NULL, type text NOT NULL,
  entity_id uuid NOT NULL, entity_version bigint NOT NULL, actor_id uuid, device_id uuid, scan_id uuid,
  payload jsonb NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE journal (
  tenant_id uuid NOT NULL, seq bigint NOT NULL, prev_hash bytea NOT NULL, hash bytea NOT NULL, type text NOT NULL,
  entity_id uuid NOT NULL, entity_version bigint NOT NULL, actor_id uuid, device_id uuid, scan_id uuid,
  payload jsonb NOT NULL, at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);
CREATE TABLE stream_heads (tenant_id uuid PRIMARY KEY, seq bigint NOT NULL, hash bytea NOT NULL);

-- Flags belong to the platform, not to a tenant.
CREATE SEQUENCE flag_revision;
CREATE TABLE feature_flags (
  key text PRIMARY KEY CHECK (key ~ '^[a-z][a-z0-9_/-]{2,60}$'), description text NOT NULL DEFAULT '',
  enabled boolean NOT NULL DEFAULT false, archived boolean NOT NULL DEFAULT false,
  killed_at timestamptz, killed_because text, killed_by text, target_tenants uuid[] NOT NULL DEFAULT '{}',
  config jsonb NOT NULL DEFAULT '{}', revision bigint NOT NULL DEFAULT 0, updated_at timestamptz NOT NULL DEFAULT now()
);

-- Row security. nullif: the setting reads '' after the transaction that set it; then there is no tenant, and no row.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['members', 'devices', 'device_invitations', 'resources', 'qr_codes', 'checkouts',
                           'redemptions', 'scans', 'outbox', 'journal', 'stream_heads'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('GRANT SELECT ON %I TO tessera_app', t);
  END LOOP;
END $$;
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tenants FOR SELECT TO tessera_app
  USING (id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON tenants, feature_flags TO tessera_app;
GRANT INSERT ON device_invitations, qr_codes, checkouts, redemptions, scans, outbox TO tessera_app;
GRANT UPDATE (uses, version, invalidated_at, invalidated_by) ON qr_codes TO tessera_app;
GRANT UPDATE (returned_at) ON checkouts TO tessera_app;
GRANT UPDATE (outcome, reason, code_id, redemption_id, checkout_id) ON scans TO tessera_app;
GRANT UPDATE (version) ON resources TO tessera_app;

-- The gate reads across tenants, and only what tells who a caller is.
CREATE POLICY gate ON tenants FOR SELECT TO tessera_gate USING (true);
CREATE POLICY gate ON members FOR SELECT TO tessera_gate USING (true);
CREATE POLICY gate ON devices FOR SELECT TO tessera_gate USING (true);
GRANT SELECT ON tenants, members, devices, feature_flags TO tessera_gate;
-- Pairing: one unused invitation is used up and one device made, before the device has a tenant.
CREATE POLICY gate_pairs ON device_invitations TO tessera_gate USING (true) WITH CHECK (true);
CREATE POLICY gate_pairs ON devices FOR INSERT TO tessera_gate WITH CHECK (true);
CREATE POLICY gate_pairs ON outbox FOR INSERT TO tessera_gate WITH CHECK (type = 'device.paired');
GRANT SELECT, UPDATE (used_at) ON device_invitations TO tessera_gate;
GRANT INSERT ON devices, outbox TO tessera_gate;

CREATE POLICY relay ON outbox TO tessera_relay USING (true);
CREATE POLICY relay ON journal TO tessera_relay USING (true) WITH CHECK (true);
CREATE POLICY relay ON stream_heads TO tessera_relay USING (true) WITH CHECK (true);
GRANT SELECT, DELETE, UPDATE ON outbox TO tessera_relay;
GRANT SELECT, INSERT ON journal TO tessera_relay;
GRANT SELECT, INSERT, UPDATE ON stream_heads TO tessera_relay;

CREATE POLICY operator ON tenants TO tessera_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON members TO tessera_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON resources TO tessera_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON device_invitations TO tessera_operator USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON tenants, members, resources, device_invitations TO tessera_operator;
CREATE POLICY operator ON qr_codes TO tessera_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON outbox FOR INSERT TO tessera_operator WITH CHECK (true);
GRANT SELECT ON qr_codes, journal TO tessera_operator;
CREATE POLICY operator ON journal FOR SELECT TO tessera_operator USING (true);
GRANT UPDATE (invalidated_at, invalidated_by, version) ON qr_codes TO tessera_operator;
GRANT SELECT, INSERT, UPDATE ON feature_flags TO tessera_operator;
GRANT USAGE ON SEQUENCE flag_revision TO tessera_operator;
GRANT INSERT ON outbox TO tessera_operator;

-- Append only, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is append only' USING ERRCODE = '42501'; END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A code that is cancelled says so, through whichever door it was cancelled.
CREATE FUNCTION code_cancelled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  VALUES (NEW.tenant_id, 'code.revoked', NEW.id, NEW.version, NEW.invalidated_by,
          jsonb_build_object('holderId', NEW.holder_id));
  RETURN NEW;
END $$;
CREATE TRIGGER code_cancelled BEFORE UPDATE OF invalidated_at ON qr_codes FOR EACH ROW
  WHEN (OLD.invalidated_at IS NULL AND NEW.invalidated_at IS NOT NULL) EXECUTE FUNCTION code_cancelled();

-- A flag that changes gets the next revision and tells every tenant, through whichever door it was changed.
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

-- Every decided scan with what a person is told about it. The verdict is stored; names are looked up.
CREATE VIEW scan_answers WITH (security_invoker = true) AS
  SELECT s.tenant_id, s.scan_id, s.outcome, s.reason, s.redemption_id, s.code_id, s.checkout_id, c.purpose,
         coalesce(r.at, c.invalidated_at) AS at, c.holder_id, holder.name AS holder, c.resource_id,
         resource.name AS resource, o.due_at, owner.name AS out_to, r.use_no, c.max_uses, c.not_before, c.expires_at,
         coalesce(device.name, actor.name) AS desk, canceller.name AS cancelled_by
    FROM scans s
    LEFT JOIN qr_codes c ON c.tenant_id = s.tenant_id AND c.id = s.code_id
    LEFT JOIN members holder ON holder.tenant_id = c.tenant_id AND holder.id = c.holder_id
    LEFT JOIN resources resource ON resource.tenant_id = c.tenant_id AND resource.id = c.resource_id
    LEFT JOIN redemptions r ON r.tenant_id = s.tenant_id AND r.id = s.redemption_id
    LEFT JOIN devices device ON device.tenant_id = r.tenant_id AND device.id = r.device_id
    LEFT JOIN members actor ON actor.tenant_id = r.tenant_id AND actor.id = r.actor_id
    LEFT JOIN members canceller ON canceller.tenant_id = c.tenant_id AND canceller.id = c.invalidated_by
    LEFT JOIN checkouts o ON o.tenant_id = s.tenant_id AND o.id = s.checkout_id
    LEFT JOIN members owner ON owner.tenant_id = o.tenant_id AND owner.id = o.holder_id;
GRANT SELECT ON scan_answers TO tessera_app;

-- The operators' name for the journal.
CREATE VIEW qr_audit_log WITH (security_invoker = true) AS
  SELECT tenant_id, seq, type AS action, entity_id, entity_version, actor_id, device_id, scan_id, payload, at
    FROM journal;
GRANT SELECT ON qr_audit_log TO tessera_app, tessera_operator;

-- Decides one scan: one statement, one commit, no lock held while anything travels.
-- The order of the refusals is that of refusalFor() in domain/redemption/rules.ts.
CREATE FUNCTION redeem_code(
  p_tenant uuid, p_scan uuid, p_lookup bytea, p_fingerprint bytea, p_source text, p_actor uuid, p_device uuid)
RETURNS TABLE (
  outcome text, reason text, replayed boolean, redemption_id uuid, code_id uuid, checkout_id uuid, purpose text,
  at timestamptz, holder_id uuid, holder text, resource_id uuid, resource text, due_at timestamptz, out_to text,
  use_no int, max_uses int, not_before timestamptz, expires_at timestamptz, desk text, cancelled_by text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_app' SET lock_timeout = '800ms' AS $fn$
#variable_conflict use_column
DECLARE
  v_now timestamptz := clock_timestamp();
  c qr_codes%ROWTYPE; s scans%ROWTYPE; o checkouts%ROWTYPE;
  v_redemption uuid; v_reason text; v_resource_version bigint; v_replayed boolean := false;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);

  -- 1 Claim the scan id. A twin that is under way makes this wait until it has committed.
  INSERT INTO scans (tenant_id, scan_id, fingerprint, source, device_id, actor_id, decided_at, outcome)
  VALUES (p_tenant, p_scan, p_fingerprint, p_source, p_device, p_actor, v_now, 'pending')
  ON CONFLICT (tenant_id, scan_id) DO NOTHING;

  IF NOT FOUND THEN
    SELECT * INTO s FROM scans WHERE tenant_id = p_tenant AND scan_id = p_scan;
    IF s.fingerprint <> p_fingerprint THEN
      outcome := 'refused'; reason := 'idempotency_mismatch'; replayed := false; RETURN NEXT; RETURN;
    END IF;
    v_replayed := true;
  ELSE
    FOR attempt IN 1..3 LOOP
      BEGIN
        -- 2 Take one use, and the resource with it, or neither.
        UPDATE qr_codes SET uses = uses + 1, version = version + 1
         WHERE tenant_id = p_tenant AND lookup = p_lookup AND invalidated_at IS NULL AND uses < max_uses
           AND not_before <= v_now AND expires_at > v_now
        RETURNING * INTO c;
        IF FOUND THEN
          IF c.purpose = 'check_out' THEN
            INSERT INTO checkouts (tenant_id, resource_id, holder_id, out_at, due_at)
            SELECT p_tenant, c.resource_id, c.holder_id, v_now, v_now + make_interval(mins => loan_minutes)
              FROM resources WHERE tenant_id = p_tenant AND id = c.resource_id
            ON CONFLICT (tenant_id, resource_id) WHERE returned_at IS NULL DO NOTHING
            RETURNING * INTO o;
            IF NOT FOUND THEN RAISE EXCEPTION 'out' USING ERRCODE = 'TS001'; END IF;
          ELSE
            UPDATE checkouts SET returned_at = v_now
             WHERE tenant_id = p_tenant AND resource_id = c.resource_id AND holder_id = c.holder_id
               AND returned_at IS NULL
            RETURNING * INTO o;
            IF NOT FOUND THEN RAISE EXCEPTION 'not out' USING ERRCODE = 'TS002'; END IF;
          END IF;
          UPDATE resources SET version = version + 1 WHERE tenant_id = p_tenant AND id = c.resource_id
          RETURNING version INTO v_resource_version;
          v_redemption := gen_random_uuid();
          INSERT INTO redemptions (tenant_id, id, code_id, use_no, scan_id, checkout_id, device_id, actor_id, at)
          VALUES (p_tenant, v_redemption, c.id, c.uses, p_scan, o.id, p_device, p_actor, v_now);
          INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload)
          VALUES (p_tenant, 'code.redeemed', c.id, c.version, p_actor, p_device, p_scan, jsonb_build_object(
            'redemptionId', v_redemption, 'checkoutId', o.id, 'purpose', c.purpose, 'resourceId', c.resource_id,
            'holderId', c.holder_id, 'dueAt', iso_instant(o.due_at), 'useNo', c.uses,
            'resourceVersion', v_resource_version));
          UPDATE scans SET outcome = 'redeemed', code_id = c.id, redemption_id = v_redemption, checkout_id = o.id
           WHERE tenant_id = p_tenant AND scan_id = p_scan;
          EXIT;
        END IF;
      EXCEPTION
        -- What was written is undone; the variable still holds the row as it would have been.
        WHEN SQLSTATE 'TS001' THEN v_reason := 'resource_unavailable'; c.version := c.version - 1;
        WHEN SQLSTATE 'TS002' THEN v_reason := 'not_checked_out'; c.version := c.version - 1;
      END;

      -- 3 Nothing taken: say why. NULL means that it changed between the two statements: look again.
      IF v_reason IS NULL THEN
        SELECT * INTO c FROM qr_codes WHERE tenant_id = p_tenant AND lookup = p_lookup;
        v_reason := CASE
          WHEN c.id IS NULL THEN 'not_found'
          WHEN c.invalidated_at IS NOT NULL THEN 'revoked'
          WHEN c.not_before > v_now THEN 'not_yet_valid'
          WHEN c.uses >= c.max_uses THEN 'already_redeemed'
          WHEN c.expires_at <= v_now THEN 'expired' END;
      END IF;
      EXIT WHEN v_reason IS NOT NULL;
    END LOOP;

    IF v_reason IS NOT NULL THEN
      UPDATE scans SET outcome = 'refused', reason = v_reason, code_id = c.id,
        redemption_id = CASE WHEN v_reason = 'already_redeemed' THEN (SELECT r.id FROM redemptions r
          WHERE r.tenant_id = p_tenant AND r.code_id = c.id ORDER BY r.use_no DESC LIMIT 1) END,
        checkout_id = CASE WHEN v_reason = 'resource_unavailable' THEN (SELECT k.id FROM checkouts k
          WHERE k.tenant_id = p_tenant AND k.resource_id = c.resource_id AND k.returned_at IS NULL) END
       WHERE tenant_id = p_tenant AND scan_id = p_scan;
      INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload)
      VALUES (p_tenant, 'code.refused', coalesce(c.id, p_scan), coalesce(c.version, 0), p_actor, p_device, p_scan,
              jsonb_build_object('reason', v_reason, 'holderId', c.holder_id));
    ELSIF v_redemption IS NULL THEN
      RAISE EXCEPTION 'busy' USING ERRCODE = '55P03';
    END IF;
  END IF;

  RETURN QUERY SELECT a.outcome, a.reason, v_replayed, a.redemption_id, a.code_id, a.checkout_id, a.purpose, a.at,
      a.holder_id, a.holder, a.resource_id, a.resource, a.due_at, a.out_to, a.use_no, a.max_uses, a.not_before,
      a.expires_at, a.desk, a.cancelled_by
    FROM scan_answers a WHERE a.tenant_id = p_tenant AND a.scan_id = p_scan;
END $fn$;

-- The answer that a scan has had already; no row when it never had one. Decides nothing.
CREATE FUNCTION answered_scan(p_tenant uuid, p_scan uuid, p_fingerprint bytea) RETURNS SETOF scan_answers
LANGUAGE plpgsql STABLE SECURITY INVOKER SET role = 'tessera_app' AS $fn$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  RETURN QUERY SELECT a.* FROM scan_answers a JOIN scans s ON s.tenant_id = a.tenant_id AND s.scan_id = a.scan_id
   WHERE a.tenant_id = p_tenant AND a.scan_id = p_scan AND s.fingerprint = p_fingerprint;
END $fn$;

-- ISO 8601 in UTC with milliseconds, as JavaScript writes it.
CREATE FUNCTION iso_instant(t timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- Writes a fresh code down, with the check that its purpose makes sense now.
CREATE FUNCTION issue_code(
  p_tenant uuid, p_lookup bytea, p_purpose text, p_resource uuid, p_holder uuid, p_mask int, p_life interval)
RETURNS TABLE (reason text, code_id uuid, resource text, due_at timestamptz, issued_at timestamptz, expires_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_app' AS $fn$
#variable_conflict use_column
DECLARE
  v_now timestamptz := clock_timestamp(); v_name text; o checkouts%ROWTYPE; v_code uuid := gen_random_uuid();
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT name INTO v_name FROM resources WHERE tenant_id = p_tenant AND id = p_resource;
  SELECT * INTO o FROM checkouts WHERE tenant_id = p_tenant AND resource_id = p_resource AND returned_at IS NULL;
  reason := CASE
    WHEN v_name IS NULL THEN 'not_found'
    WHEN p_purpose = 'check_out' AND o.id IS NOT NULL THEN 'resource_unavailable'
    WHEN p_purpose = 'check_in' AND o.holder_id IS DISTINCT FROM p_holder THEN 'not_checked_out' END;
  IF reason IS NULL THEN
    INSERT INTO qr_codes (tenant_id, id, lookup, purpose, holder_id, resource_id, mask, expires_at, created_at)
    VALUES (p_tenant, v_code, p_lookup, p_purpose, p_holder, p_resource, p_mask, v_now + p_life, v_now);
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
    VALUES (p_tenant, 'code.issued', v_code, 0, p_holder,
            jsonb_build_object('purpose', p_purpose, 'resourceId', p_resource, 'holderId', p_holder));
    code_id := v_code; issued_at := v_now; expires_at := v_now + p_life;
  END IF;
  resource := v_name; due_at := o.due_at;
  RETURN NEXT;
END $fn$;

-- Moves up to p_limit rows of the outbox into the journal: numbered without gaps per tenant, each hash chained to the
-- one before. One relay at a time in the whole cluster, so that two cannot swap the order of one thing's events.
-- hash = SHA-256(prev_hash || canonical row), the canonical row being its fields joined by a unit separator (0x1f).
CREATE FUNCTION relay_outbox(p_limit int) RETURNS SETOF journal
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_relay' AS $fn$
DECLARE r record; h stream_heads%ROWTYPE; j journal%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(7321001);
  FOR r IN
    WITH taken AS (
      DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT p_limit FOR UPDATE SKIP LOCKED) RETURNING *)
    SELECT * FROM taken ORDER BY tenant_id, id
  LOOP
    IF h.tenant_id IS DISTINCT FROM r.tenant_id THEN
      INSERT INTO stream_heads (tenant_id, seq, hash) VALUES (r.tenant_id, 0, '\x00') ON CONFLICT DO NOTHING;
      SELECT * INTO h FROM stream_heads WHERE tenant_id = r.tenant_id FOR UPDATE;
    END IF;
    j.tenant_id := r.tenant_id; j.seq := h.seq + 1; j.prev_hash := h.hash; j.type := r.type;
    j.entity_id := r.entity_id; j.entity_version := r.entity_version; j.actor_id := r.actor_id;
    j.device_id := r.device_id; j.scan_id := r.scan_id; j.payload := r.payload; j.at := r.at;
    j.hash := sha256(h.hash || convert_to(concat_ws(E'\x1f', j.tenant_id, j.seq, j.type, j.entity_id, j.entity_version,
      coalesce(j.actor_id::text, '-'), coalesce(j.device_id::text, '-'), coalesce(j.scan_id::text, '-'),
      to_char(j.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), j.payload::text), 'UTF8'));
    INSERT INTO journal SELECT j.*;
    h.seq := j.seq; h.hash := j.hash;
    UPDATE stream_heads SET seq = h.seq, hash = h.hash WHERE tenant_id = h.tenant_id;
    RETURN NEXT j;
  END LOOP;
END $fn$;

-- How far the journal of each tenant reaches: for processes that did not relay the news themselves.
CREATE FUNCTION journal_heads() RETURNS TABLE (tenant_id uuid, seq bigint)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET role = 'tessera_relay' AS $fn$
#variable_conflict use_column
BEGIN RETURN QUERY SELECT tenant_id, seq FROM stream_heads; END $fn$;

-- Uses up an invitation and makes the device, or gives no row.
CREATE FUNCTION pair_device(p_code_hash bytea, p_token_hash bytea)
RETURNS TABLE (tenant_id uuid, device_id uuid, name text, tenant text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_gate' AS $fn$
#variable_conflict use_column
DECLARE i device_invitations%ROWTYPE; v_device uuid := gen_random_uuid();
BEGIN
  UPDATE device_invitations SET used_at = clock_timestamp()
   WHERE code_hash = p_code_hash AND expires_at > clock_timestamp() AND (used_at IS NULL OR reusable)
  RETURNING * INTO i;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO devices (tenant_id, id, name, token_hash) VALUES (i.tenant_id, v_device, i.name, p_token_hash);
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, device_id, payload)
  VALUES (i.tenant_id, 'device.paired', v_device, 0, v_device, jsonb_build_object('name', i.name));
  RETURN QUERY SELECT t.id, v_device, i.name, t.name FROM tenants t WHERE t.id = i.tenant_id;
END $fn$;

INSERT INTO feature_flags (key, description, enabled)
VALUES ('qr-checkout-enabled', 'Members check things out and in by QR code.', true);
