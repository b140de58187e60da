-- The whole protocol: many scans in one statement, undo and withdrawal, leases, scans handed in later, conflicts,
-- idempotency of the other mutations, and what a tenant may choose.

ALTER TABLE tenants
  ADD COLUMN number int GENERATED ALWAYS AS IDENTITY UNIQUE, -- names the tenant inside signed codes
  ADD COLUMN code_kind text NOT NULL DEFAULT 'compact' CHECK (code_kind IN ('compact', 'signed', 'rotating')),
  ADD COLUMN offline_policy text NOT NULL DEFAULT 'leased' CHECK (offline_policy IN ('deny', 'leased', 'open'));
CREATE POLICY settings ON tenants FOR UPDATE TO tessera_app
  USING (id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT UPDATE (code_kind, offline_policy) ON tenants TO tessera_app;

-- A desk's story of scans made without a network: numbered, and each hash chained to the one before.
ALTER TABLE devices
  ADD COLUMN chain_epoch int NOT NULL DEFAULT 1, ADD COLUMN chain_seq bigint NOT NULL DEFAULT 0,
  ADD COLUMN chain_hash bytea, ADD COLUMN quarantined_at timestamptz;
GRANT UPDATE (chain_epoch, chain_seq, chain_hash, quarantined_at) ON devices TO tessera_app;

ALTER TABLE qr_codes
  ADD COLUMN kind text NOT NULL DEFAULT 'compact' CHECK (kind IN ('compact', 'signed', 'rotating')),
  ADD COLUMN offline_id bytea,  -- a hash of the secret part that only who shows the code can compute
  ADD COLUMN last_step bigint,  -- the newest step a rotating code was used with
  ADD COLUMN desk_id uuid,      -- the desk it was made for
  ADD COLUMN lease_device uuid, ADD COLUMN lease_until timestamptz, -- until then only this desk may redeem it
  ADD CONSTRAINT qr_codes_lease CHECK ((lease_device IS NULL) = (lease_until IS NULL)),
  ADD CONSTRAINT qr_codes_desk FOREIGN KEY (tenant_id, desk_id) REFERENCES devices (tenant_id, id),
  ADD CONSTRAINT qr_codes_lease_desk FOREIGN KEY (tenant_id, lease_device) REFERENCES devices (tenant_id, id);
CREATE UNIQUE INDEX qr_codes_offline_id ON qr_codes (tenant_id, offline_id) WHERE offline_id IS NOT NULL;
CREATE INDEX qr_codes_leases ON qr_codes (tenant_id, lease_device) WHERE lease_device IS NOT NULL;
CREATE INDEX qr_codes_expiry ON qr_codes (tenant_id, expires_at);
GRANT UPDATE (last_step, lease_device, lease_until) ON qr_codes TO tessera_app;
-- Room on each page for the next version of a row that changes with every use.
ALTER TABLE qr_codes SET (fillfactor = 80);
ALTER TABLE resources SET (fillfactor = 80);
ALTER TABLE checkouts SET (fillfactor = 90);

-- Undo keeps the row. uses never goes down, so count(redemptions) = uses holds for ever.
ALTER TABLE redemptions
  ADD COLUMN undone_at timestamptz, ADD COLUMN undone_by uuid, ADD COLUMN undone_device uuid,
  ADD COLUMN undone_because text;
GRANT UPDATE (undone_at, undone_by, undone_device, undone_because) ON redemptions TO tessera_app;
ALTER TABLE checkouts ADD COLUMN undone_at timestamptz;
GRANT UPDATE (undone_at) ON checkouts TO tessera_app;

ALTER TABLE scans
  ALTER COLUMN fingerprint DROP NOT NULL, -- a withdrawn scan: nobody said what it was for
  ADD COLUMN claimed_at timestamptz, -- when the desk says it happened; null for a scan that was decided as it happened
  ADD COLUMN held_by uuid, ADD COLUMN held_until timestamptz; -- the lease that stood in its way

-- Things that went out offline on codes that could not be used any more. Never a second redemption.
CREATE TABLE redemption_conflicts (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), scan_id uuid NOT NULL, code_id uuid NOT NULL,
  reason text NOT NULL, device_id uuid, claimed_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), settled_at timestamptz, settled_by uuid, resolution text,
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, scan_id),
  FOREIGN KEY (tenant_id, code_id) REFERENCES qr_codes (tenant_id, id)
);
CREATE INDEX redemption_conflicts_open ON redemption_conflicts (tenant_id, created_at);

-- What each desk has told of its scans without a network, apart from what became of them: told again, it is known; told
-- differently under the same number, it is another desk's story.
CREATE TABLE handed_in (
  tenant_id uuid NOT NULL, device_id uuid NOT NULL, epoch int NOT NULL, seq bigint NOT NULL, scan_id uuid NOT NULL,
  hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, device_id, epoch, seq),
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices (tenant_id, id)
);

-- Mutations other than redemption: one key, one fingerprint, one answer.
CREATE TABLE idempotency (
  tenant_id uuid NOT NULL, caller_id uuid NOT NULL, key uuid NOT NULL, procedure text NOT NULL, fingerprint bytea NOT NULL,
  answer jsonb, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, caller_id, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['redemption_conflicts', 'handed_in', 'idempotency'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tessera_app', t);
  END LOOP;
END $$;
GRANT UPDATE (settled_at, settled_by, resolution) ON redemption_conflicts TO tessera_app;
GRANT UPDATE (answer) ON idempotency TO tessera_app;

-- Every decided scan with what a person is told about it. The verdict is stored; names are looked up.
DROP FUNCTION answered_scan(uuid, uuid, bytea);
DROP FUNCTION redeem_code(uuid, uuid, bytea, bytea, text, uuid, uuid);
DROP VIEW scan_answers;
CREATE VIEW scan_answers WITH (security_invoker = true) AS
  SELECT s.tenant_id, s.scan_id, s.fingerprint, s.device_id, s.actor_id, s.outcome, s.reason, s.redemption_id, s.code_id,
         s.checkout_id, c.purpose,
         CASE WHEN s.reason = 'withdrawn' THEN s.decided_at ELSE coalesce(r.at, c.invalidated_at) END AS at,
         c.holder_id, holder.name AS holder, c.resource_id, resource.name AS resource, o.due_at, owner.name AS out_to,
         r.use_no, c.max_uses, c.not_before, c.expires_at, coalesce(device.name, actor.name) AS desk,
         canceller.name AS cancelled_by, r.undone_at, s.held_until, keeper.name AS held_by
    FROM scans s
    LEFT JOIN qr_codes c ON c.tenant_id = s.tenant_id AND c.id = s.code_id
    LEFT JOIN members holder ON holder.tenant_id = c.tenant_id AND holder.id = c.holder_id
    LEFT JOIN resources resource ON resource.tenant_id = c.tenant_id AND resource.id = c.resource_id
    LEFT JOIN redemptions r ON r.tenant_id = s.tenant_id AND r.id = s.redemption_id
    LEFT JOIN devices device ON device.tenant_id = r.tenant_id AND device.id = r.device_id
    LEFT JOIN members actor ON actor.tenant_id = r.tenant_id AND actor.id = r.actor_id
    LEFT JOIN members canceller ON canceller.tenant_id = c.tenant_id AND canceller.id = c.invalidated_by
    LEFT JOIN devices keeper ON keeper.tenant_id = s.tenant_id AND keeper.id = s.held_by
    LEFT JOIN checkouts o ON o.tenant_id = s.tenant_id AND o.id = s.checkout_id
    LEFT JOIN members owner ON owner.tenant_id = o.tenant_id AND owner.id = o.holder_id;
GRANT SELECT ON scan_answers TO tessera_app;

-- Stable, so that it can be planned as part of the statement that asks.
CREATE OR REPLACE FUNCTION iso_instant(t timestamptz) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- Decides up to 64 scans of one tenant, each on its own, in one commit. The n-th element of each array is the n-th scan.
--
-- Order of locks, the same for everybody: codes by look-up key, then resources by id, then check-outs. So two calls cannot
-- wait for each other. A call with several scans does not wait for a code at all: it gives such a scan back as 'contended',
-- and the caller sends it again alone.
-- Looked up one by one (LATERAL … LIMIT 1), with one plan for all calls: a plan made while the tables are small would read a
-- whole tenant, and a plan made for each call costs more than the work. ctid: the row is locked already.
-- Order of refusals: that of refusalFor() in domain/redemption/rules.ts.
-- A scan's row is written once, with its outcome, after everything it stands for. If it turns out then that a twin of a
-- scan was decided meanwhile, the whole call is undone (40001) and made again, and finds the twin's answer.
CREATE FUNCTION redeem_codes(
  p_tenant uuid, p_scans uuid[], p_lookups bytea[], p_fingerprints bytea[], p_sources text[], p_actors uuid[],
  p_devices uuid[], p_steps bigint[], p_claimed timestamptz[])
RETURNS TABLE (
  n int, outcome text, reason text, replayed boolean, redemption_id uuid, code_id uuid, checkout_id uuid, purpose text,
  at timestamptz, holder_id uuid, holder text, resource_id uuid, resource text, due_at timestamptz, out_to text,
  use_no int, max_uses int, not_before timestamptz, expires_at timestamptz, desk text, cancelled_by text,
  undone_at timestamptz, held_until timestamptz, held_by text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_app' SET lock_timeout = '800ms' SET plan_cache_mode = 'force_generic_plan' AS $fn$
#variable_conflict use_column
DECLARE
  v_now timestamptz := clock_timestamp();
  v_step bigint := floor(extract(epoch FROM v_now) / 30);
  v_all int := cardinality(p_scans);
  v_todo int[];      -- scans that are not decided yet
  v_known int[];     -- scans that were decided before this call
  v_code uuid;       -- of a call with one scan
  v_told int[] := '{}'; -- scans that got what they asked for, and were told so
  v_left int;        -- how many were left when the round began
  v_rounds int := 0;
  -- what this round takes, n-th element for n-th taken scan
  t_n int[]; t_code uuid[]; t_purpose text[]; t_holder uuid[]; t_resource uuid[];
  t_checkout uuid[]; t_due timestamptz[]; v_written int;
  -- what this round refuses
  r_n int[]; r_code uuid[]; r_version bigint[]; r_holder uuid[]; r_reason text[]; r_redemption uuid[]; r_checkout uuid[];
  r_held_by uuid[]; r_held_until timestamptz[];
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);

  -- 1 Who has been answered before is told again. A scan whose row was forgotten after its time is still known by its yes.
  IF EXISTS (SELECT FROM unnest(p_scans) AS b (scan), LATERAL (
              SELECT FROM redemptions r WHERE r.tenant_id = p_tenant AND r.scan_id = b.scan LIMIT 1) r) THEN
    INSERT INTO scans (tenant_id, scan_id, fingerprint, source, device_id, actor_id, decided_at, outcome, code_id,
                       redemption_id, checkout_id)
    SELECT p_tenant, b.scan, p_fingerprints[b.n], p_sources[b.n], r.device_id, r.actor_id, r.at, 'redeemed', r.code_id,
           r.id, r.checkout_id
      FROM unnest(p_scans) WITH ORDINALITY AS b (scan, n)
      JOIN redemptions r ON r.tenant_id = p_tenant AND r.scan_id = b.scan
      JOIN qr_codes c ON c.tenant_id = p_tenant AND c.id = r.code_id AND p_lookups[b.n] IN (c.lookup, c.offline_id)
    ON CONFLICT DO NOTHING;
  END IF;
  SELECT array_agg(b.n) FILTER (WHERE s.scan_id IS NULL), array_agg(b.n) FILTER (WHERE s.scan_id IS NOT NULL)
    INTO v_todo, v_known
    FROM unnest(p_scans) WITH ORDINALITY AS b (scan, n)
    LEFT JOIN LATERAL (SELECT * FROM scans WHERE tenant_id = p_tenant AND scan_id = b.scan LIMIT 1) s ON true;

  IF v_all = 1 AND v_todo IS NOT NULL THEN
    SELECT id INTO v_code FROM qr_codes WHERE tenant_id = p_tenant AND lookup = p_lookups[1];
    IF v_code IS NULL AND p_claimed[1] IS NOT NULL THEN
      SELECT id INTO v_code FROM qr_codes WHERE tenant_id = p_tenant AND offline_id = p_lookups[1];
    END IF;
  END IF;

  WHILE cardinality(v_todo) > 0 LOOP
    v_left := cardinality(v_todo);
    v_rounds := v_rounds + 1;

    -- 2 The first undecided scan of each code, and of each resource, may take: lock the codes that can be used.
    IF v_all = 1 THEN
      SELECT ARRAY[1], ARRAY[c.id], ARRAY[c.purpose], ARRAY[c.holder_id], ARRAY[c.resource_id]
        INTO t_n, t_code, t_purpose, t_holder, t_resource
        FROM (SELECT id, purpose, holder_id, resource_id FROM qr_codes
               WHERE tenant_id = p_tenant AND id = v_code
                 AND usable_code(qr_codes, v_now, v_step, p_devices[1], p_steps[1], p_claimed[1])
                 FOR UPDATE) c;
    ELSE
      SELECT array_agg(k.n), array_agg(k.id), array_agg(k.purpose), array_agg(k.holder_id), array_agg(k.resource_id)
        INTO t_n, t_code, t_purpose, t_holder, t_resource
        FROM (
          SELECT f.n, c.id, c.purpose, c.holder_id, c.resource_id
            FROM (
              SELECT DISTINCT ON (e.resource_id) e.n, e.id FROM (
                SELECT DISTINCT ON (c.id) b.n, c.id, c.resource_id
                  FROM unnest(v_todo) AS b (n), LATERAL (
                    SELECT id, resource_id FROM qr_codes c WHERE c.tenant_id = p_tenant AND c.lookup = p_lookups[b.n]
                       AND usable_code(c, v_now, v_step, p_devices[b.n], p_steps[b.n], NULL) LIMIT 1) c
                 WHERE p_claimed[b.n] IS NULL
                 ORDER BY c.id, b.n) e
               ORDER BY e.resource_id, e.n) f
            JOIN qr_codes c ON c.tenant_id = p_tenant AND c.id = f.id
           WHERE usable_code(c, v_now, v_step, p_devices[f.n], p_steps[f.n], NULL)
           ORDER BY c.lookup FOR UPDATE OF c SKIP LOCKED) k;
    END IF;

    IF t_n IS NOT NULL THEN
      PERFORM FROM unnest(ARRAY(SELECT u FROM unnest(t_resource) u ORDER BY u)) AS k (id), LATERAL (
        SELECT FROM resources r WHERE r.tenant_id = p_tenant AND r.id = k.id FOR NO KEY UPDATE) x;
      -- 3 The resource goes out or comes back. The index decides when it is already gone.
      WITH k AS (
        SELECT * FROM unnest(t_n, t_code, t_purpose, t_holder, t_resource) AS k (n, code, purpose, holder, resource)
      ), gone AS (
        INSERT INTO checkouts (tenant_id, resource_id, holder_id, out_at, due_at)
        SELECT p_tenant, k.resource, k.holder, v_now, v_now + make_interval(mins => r.loan_minutes)
          FROM k, LATERAL (SELECT loan_minutes FROM resources WHERE tenant_id = p_tenant AND id = k.resource LIMIT 1) r
         WHERE k.purpose = 'check_out'
         ORDER BY k.resource
        ON CONFLICT (tenant_id, resource_id) WHERE returned_at IS NULL DO NOTHING
        RETURNING resource_id, id, due_at
      ), back AS (
        UPDATE checkouts o SET returned_at = v_now
          FROM k, LATERAL (SELECT ctid, holder_id FROM checkouts
                            WHERE tenant_id = p_tenant AND resource_id = k.resource AND returned_at IS NULL LIMIT 1) x
         WHERE k.purpose = 'check_in' AND x.holder_id = k.holder AND o.ctid = x.ctid
        RETURNING o.resource_id, o.id, o.due_at
      )
      SELECT array_agg(k.n), array_agg(k.code), array_agg(k.purpose), array_agg(k.holder), array_agg(k.resource),
             array_agg(m.id), array_agg(m.due_at)
        INTO t_n, t_code, t_purpose, t_holder, t_resource, t_checkout, t_due
        FROM k JOIN (SELECT * FROM gone UNION ALL SELECT * FROM back) m ON m.resource_id = k.resource;
    END IF;

    IF t_n IS NOT NULL THEN
      -- 4 One use each, and everything it stands for, in one statement; whoever got it is told at once.
      RETURN QUERY WITH used AS (
        UPDATE qr_codes c SET uses = c.uses + 1, version = c.version + 1,
               last_step = CASE WHEN c.kind = 'rotating' THEN coalesce(p_steps[k.n], c.last_step) ELSE c.last_step END
          FROM unnest(t_n, t_code, t_resource, t_checkout, t_due) AS k (n, code, resource, checkout, due),
               LATERAL (SELECT ctid FROM qr_codes WHERE tenant_id = p_tenant AND id = k.code LIMIT 1) x
         WHERE c.ctid = x.ctid
        RETURNING k.n, c.id, c.uses, c.version, c.purpose, c.holder_id, c.max_uses, c.not_before, c.expires_at,
                  k.resource, k.checkout, k.due, gen_random_uuid() AS redemption
      ), moved AS (
        UPDATE resources r SET version = r.version + 1
          FROM unnest(t_resource) AS k (id),
               LATERAL (SELECT ctid FROM resources WHERE tenant_id = p_tenant AND id = k.id LIMIT 1) x
         WHERE r.ctid = x.ctid
        RETURNING r.id, r.version, r.name
      ), facts AS MATERIALIZED (
        SELECT u.*, p_scans[u.n] AS scan, p_actors[u.n] AS actor, p_devices[u.n] AS device, m.name AS thing,
               m.version AS resource_version
          FROM used u JOIN moved m ON m.id = u.resource
      ), yes AS (
        INSERT INTO redemptions (tenant_id, id, code_id, use_no, scan_id, checkout_id, device_id, actor_id, at)
        SELECT p_tenant, f.redemption, f.id, f.uses, f.scan, f.checkout, f.device, f.actor, v_now FROM facts f
      ), written AS (
        INSERT INTO scans (tenant_id, scan_id, fingerprint, source, device_id, actor_id, decided_at, outcome, code_id,
                           redemption_id, checkout_id, claimed_at)
        SELECT p_tenant, f.scan, p_fingerprints[f.n], p_sources[f.n], f.device, f.actor, v_now,
               'redeemed', f.id, f.redemption, f.checkout, p_claimed[f.n]
          FROM facts f ORDER BY f.scan
        ON CONFLICT (tenant_id, scan_id) DO NOTHING RETURNING scan_id
      ), told AS (
        INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload, at)
        SELECT p_tenant, 'code.redeemed', f.id, f.version, f.actor, f.device, f.scan, jsonb_build_object(
                 'redemptionId', f.redemption, 'checkoutId', f.checkout, 'purpose', f.purpose, 'resourceId', f.resource,
                 'holderId', f.holder_id, 'dueAt', iso_instant(f.due), 'useNo', f.uses,
                 'resourceVersion', f.resource_version), v_now
          FROM facts f
      )
      SELECT f.n, 'redeemed', NULL::text, false, f.redemption, f.id, f.checkout, f.purpose, v_now, f.holder_id, h.name,
             f.resource, f.thing, f.due, NULL::text, f.uses, f.max_uses, f.not_before, f.expires_at, NULL::text, NULL::text,
             NULL::timestamptz, NULL::timestamptz, NULL::text
        FROM facts f JOIN written w ON w.scan_id = f.scan, LATERAL (
          SELECT name FROM members WHERE tenant_id = p_tenant AND id = f.holder_id LIMIT 1) h;
      GET DIAGNOSTICS v_written = ROW_COUNT;
      IF v_written < cardinality(t_n) THEN RAISE EXCEPTION 'decided meanwhile' USING ERRCODE = '40001'; END IF;
      v_told := v_told || t_n;
      v_todo := ARRAY(SELECT u FROM unnest(v_todo) u WHERE u <> ALL (t_n));
    END IF;

    EXIT WHEN cardinality(v_todo) = 0;
    -- 5 Nothing taken: say why. No reason means that it can be used, and its turn has not come.
    SELECT array_agg(k.n), array_agg(k.id), array_agg(coalesce(k.version, 0)), array_agg(k.holder_id),
           array_agg(k.reason), array_agg(k.redemption), array_agg(k.checkout), array_agg(k.held_by),
           array_agg(k.held_until)
      INTO r_n, r_code, r_version, r_holder, r_reason, r_redemption, r_checkout, r_held_by, r_held_until
      FROM (
        SELECT j.n, j.id, j.version, j.holder_id, j.reason,
               CASE WHEN j.reason = 'already_redeemed' THEN (SELECT r.id FROM redemptions r
                 WHERE r.tenant_id = p_tenant AND r.code_id = j.id ORDER BY r.use_no DESC LIMIT 1) END AS redemption,
               CASE WHEN j.reason = 'resource_unavailable' THEN j.standing END AS checkout,
               CASE WHEN j.reason = 'held_offline' THEN j.lease_device END AS held_by,
               CASE WHEN j.reason = 'held_offline' THEN j.lease_until END AS held_until
          FROM (
            SELECT b.n, c.id, c.version, c.holder_id, c.lease_device, c.lease_until, o.id AS standing,
                   CASE
                     WHEN c.id IS NULL THEN 'not_found'
                     WHEN c.invalidated_at IS NOT NULL THEN 'revoked'
                     WHEN c.not_before > judged_at(v_now, p_claimed[b.n]) THEN 'not_yet_valid'
                     WHEN c.uses >= c.max_uses THEN 'already_redeemed'
                     WHEN c.expires_at <= judged_at(v_now, p_claimed[b.n]) THEN 'expired'
                     WHEN c.kind = 'rotating' AND p_claimed[b.n] IS NULL
                      AND abs(coalesce(p_steps[b.n], -2) - v_step) > 1 THEN 'rotating_code_stale'
                     WHEN c.kind = 'rotating' AND p_claimed[b.n] IS NULL
                      AND p_steps[b.n] <= coalesce(c.last_step, -1) THEN 'rotating_code_replayed'
                     WHEN c.lease_until > v_now AND c.lease_device IS DISTINCT FROM p_devices[b.n] THEN 'held_offline'
                     WHEN c.purpose = 'check_out' AND o.id IS NOT NULL THEN 'resource_unavailable'
                     WHEN c.purpose = 'check_in' AND o.holder_id IS DISTINCT FROM c.holder_id THEN 'not_checked_out'
                   END AS reason
              FROM unnest(v_todo) AS b (n)
              LEFT JOIN LATERAL (
                SELECT * FROM qr_codes q WHERE q.tenant_id = p_tenant AND q.lookup = p_lookups[b.n]
                UNION ALL
                SELECT * FROM qr_codes q
                 WHERE p_claimed[b.n] IS NOT NULL AND q.tenant_id = p_tenant AND q.offline_id = p_lookups[b.n]
                LIMIT 1) c ON true
              LEFT JOIN LATERAL (SELECT id, holder_id FROM checkouts WHERE tenant_id = p_tenant
                 AND resource_id = c.resource_id AND returned_at IS NULL LIMIT 1) o ON true
          ) j
         WHERE j.reason IS NOT NULL) k;

    IF r_n IS NOT NULL THEN
      WITH written AS (
        INSERT INTO scans (tenant_id, scan_id, fingerprint, source, device_id, actor_id, decided_at, outcome, reason,
                           code_id, redemption_id, checkout_id, held_by, held_until, claimed_at)
        SELECT p_tenant, p_scans[k.n], p_fingerprints[k.n], p_sources[k.n], p_devices[k.n], p_actors[k.n], v_now,
               'refused', k.reason, k.code, k.redemption, k.checkout, k.held_by, k.held_until, p_claimed[k.n]
          FROM unnest(r_n, r_code, r_reason, r_redemption, r_checkout, r_held_by, r_held_until)
            AS k (n, code, reason, redemption, checkout, held_by, held_until)
         ORDER BY p_scans[k.n]
        ON CONFLICT (tenant_id, scan_id) DO NOTHING RETURNING scan_id
      ), fresh AS (
        SELECT k.* FROM unnest(r_n, r_code, r_version, r_holder, r_reason) AS k (n, code, version, holder, reason)
          JOIN written w ON w.scan_id = p_scans[k.n]
      ), conflicts AS (
        INSERT INTO redemption_conflicts (tenant_id, scan_id, code_id, reason, device_id, claimed_at)
        SELECT p_tenant, p_scans[n], code, reason, p_devices[n], p_claimed[n] FROM fresh
         WHERE p_claimed[n] IS NOT NULL AND code IS NOT NULL
      ), told AS (
        INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload, at)
        SELECT p_tenant, CASE WHEN p_claimed[n] IS NOT NULL AND code IS NOT NULL THEN 'code.conflict' ELSE 'code.refused' END,
               coalesce(code, p_scans[n]), version, p_actors[n], p_devices[n], p_scans[n],
               jsonb_build_object('reason', reason, 'holderId', holder), v_now
          FROM fresh)
      SELECT array_agg(n) INTO t_n FROM fresh;
      -- A twin that was decided meanwhile has its own answer.
      v_known := v_known || ARRAY(SELECT u FROM unnest(r_n) u WHERE t_n IS NULL OR u <> ALL (t_n));
      v_todo := ARRAY(SELECT u FROM unnest(v_todo) u WHERE u <> ALL (r_n));
    END IF;

    EXIT WHEN cardinality(v_todo) = v_left AND (v_all > 1 OR v_rounds >= 3);
  END LOOP;

  IF cardinality(v_todo) > 0 AND v_all = 1 THEN RAISE EXCEPTION 'busy' USING ERRCODE = '55P03'; END IF;

  IF cardinality(v_told) < v_all THEN
  RETURN QUERY
    SELECT b.n::int, a.outcome, a.reason, b.n = ANY (coalesce(v_known, '{}')), a.redemption_id, a.code_id, a.checkout_id,
           a.purpose, a.at, a.holder_id, a.holder, a.resource_id, a.resource, a.due_at, a.out_to, a.use_no, a.max_uses,
           a.not_before, a.expires_at, a.desk, a.cancelled_by, a.undone_at, a.held_until, a.held_by
      FROM unnest(p_scans) WITH ORDINALITY AS b (scan, n)
      JOIN LATERAL (SELECT * FROM scan_answers WHERE tenant_id = p_tenant AND scan_id = b.scan LIMIT 1) a
        ON a.fingerprint = p_fingerprints[b.n] OR a.fingerprint IS NULL
     WHERE b.n <> ALL (v_told);
  END IF;
  -- What is missing there is said by the caller: 'contended' when its n is in the list below, else 'idempotency_mismatch'.
  IF cardinality(v_todo) > 0 THEN RETURN QUERY SELECT u, 'contended', NULL::text, false, NULL::uuid, NULL::uuid, NULL::uuid, NULL::text, NULL::timestamptz,
      NULL::uuid, NULL::text, NULL::uuid, NULL::text, NULL::timestamptz, NULL::text, NULL::int, NULL::int,
      NULL::timestamptz, NULL::timestamptz, NULL::text, NULL::text, NULL::timestamptz, NULL::timestamptz, NULL::text
    FROM unnest(v_todo) u;
  END IF;
END $fn$;

-- The moment a claim is judged at; see judgedAt() in domain/redemption/rules.ts.
CREATE FUNCTION judged_at(p_now timestamptz, p_claimed timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN p_claimed IS NULL THEN p_now ELSE least(p_now, greatest(p_claimed, p_now - interval '24 hours')) END $$;

-- Whether a code can be used by this scan: the predicate of the conditional write.
CREATE FUNCTION usable_code(
  c qr_codes, p_now timestamptz, p_step_now bigint, p_device uuid, p_step bigint, p_claimed timestamptz)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT c.invalidated_at IS NULL AND c.uses < c.max_uses
     AND c.not_before <= judged_at(p_now, p_claimed) AND c.expires_at > judged_at(p_now, p_claimed)
     AND (c.kind <> 'rotating' OR p_claimed IS NOT NULL
          OR (p_step BETWEEN p_step_now - 1 AND p_step_now + 1 AND p_step > coalesce(c.last_step, -1)))
     AND (c.lease_until IS NULL OR c.lease_until <= p_now OR c.lease_device = p_device) $$;

-- The answer that a scan has had already; no row when it never had one. Decides nothing.
CREATE FUNCTION answered_scan(p_tenant uuid, p_scan uuid) RETURNS SETOF scan_answers
LANGUAGE plpgsql STABLE SECURITY INVOKER SET role = 'tessera_app' AS $fn$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  RETURN QUERY SELECT a.* FROM scan_answers a WHERE a.tenant_id = p_tenant AND a.scan_id = p_scan;
END $fn$;

-- Takes a redemption back, or makes sure that a scan nobody has decided never becomes one. See ScanRecords.undo in
-- domain/redemption/ledger.ts. p_actor: staff, who may take back any; else the desk itself.
CREATE FUNCTION undo_scan(p_tenant uuid, p_scan uuid, p_because text, p_actor uuid, p_device uuid)
RETURNS TABLE (kind text, because text, at timestamptz, redemption_id uuid)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_app' SET lock_timeout = '800ms' AS $fn$
#variable_conflict use_column
DECLARE
  v_now timestamptz := clock_timestamp(); s scans%ROWTYPE; r redemptions%ROWTYPE; c qr_codes%ROWTYPE; o checkouts%ROWTYPE;
  v_resource_version bigint;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  -- The scan's row decides between this and a redemption that is under way: one of the two writes it.
  INSERT INTO scans (tenant_id, scan_id, source, device_id, actor_id, decided_at, outcome, reason)
  VALUES (p_tenant, p_scan, 'api', p_device, p_actor, v_now, 'refused', 'withdrawn')
  ON CONFLICT (tenant_id, scan_id) DO NOTHING;
  IF FOUND THEN
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload)
    VALUES (p_tenant, 'scan.withdrawn', p_scan, 0, p_actor, p_device, p_scan, jsonb_build_object('because', p_because));
    RETURN QUERY SELECT 'withdrawn', NULL::text, v_now, NULL::uuid; RETURN;
  END IF;

  SELECT * INTO s FROM scans WHERE tenant_id = p_tenant AND scan_id = p_scan;
  IF p_actor IS NULL AND s.device_id IS DISTINCT FROM p_device THEN
    RETURN QUERY SELECT 'refused', 'not_yours', NULL::timestamptz, NULL::uuid; RETURN;
  END IF;
  IF s.reason = 'withdrawn' THEN RETURN QUERY SELECT 'withdrawn', NULL::text, s.decided_at, NULL::uuid; RETURN; END IF;
  IF s.outcome <> 'redeemed' THEN RETURN QUERY SELECT 'refused', 'not_redeemed', NULL::timestamptz, NULL::uuid; RETURN; END IF;

  -- Locks in the order of redeem_codes.
  SELECT * INTO c FROM qr_codes WHERE tenant_id = p_tenant AND id = s.code_id FOR UPDATE;
  PERFORM FROM resources WHERE tenant_id = p_tenant AND id = c.resource_id FOR NO KEY UPDATE;
  SELECT * INTO r FROM redemptions WHERE tenant_id = p_tenant AND id = s.redemption_id FOR UPDATE;
  IF r.undone_at IS NOT NULL THEN RETURN QUERY SELECT 'undone', NULL::text, r.undone_at, r.id; RETURN; END IF;
  IF r.at < v_now - interval '15 minutes' THEN
    RETURN QUERY SELECT 'refused', 'too_late', NULL::timestamptz, NULL::uuid; RETURN;
  END IF;

  IF c.purpose = 'check_out' THEN
    UPDATE checkouts SET returned_at = v_now, undone_at = v_now
     WHERE tenant_id = p_tenant AND id = r.checkout_id AND returned_at IS NULL RETURNING * INTO o;
  ELSE
    UPDATE checkouts k SET returned_at = NULL
     WHERE k.tenant_id = p_tenant AND k.id = r.checkout_id AND k.returned_at IS NOT NULL AND NOT EXISTS (
       SELECT FROM checkouts later WHERE later.tenant_id = p_tenant AND later.resource_id = k.resource_id
          AND later.id <> k.id AND later.out_at >= k.returned_at) RETURNING * INTO o;
  END IF;
  IF o.id IS NULL THEN RETURN QUERY SELECT 'refused', 'moved_on', NULL::timestamptz, NULL::uuid; RETURN; END IF;

  UPDATE redemptions SET undone_at = v_now, undone_by = p_actor, undone_device = p_device, undone_because = p_because
   WHERE tenant_id = p_tenant AND id = r.id;
  UPDATE qr_codes SET version = version + 1 WHERE tenant_id = p_tenant AND id = c.id;
  UPDATE resources SET version = version + 1 WHERE tenant_id = p_tenant AND id = c.resource_id
  RETURNING version INTO v_resource_version;
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload)
  VALUES (p_tenant, 'code.undone', c.id, c.version + 1, p_actor, p_device, p_scan, jsonb_build_object(
    'redemptionId', r.id, 'resourceId', c.resource_id, 'holderId', c.holder_id, 'purpose', c.purpose,
    'dueAt', iso_instant(o.due_at), 'resourceVersion', v_resource_version, 'because', p_because));
  RETURN QUERY SELECT 'undone', NULL::text, v_now, r.id;
END $fn$;

-- Sets codes aside for one desk; see Leases.take in domain/redemption/leases.ts.
CREATE FUNCTION take_leases(p_tenant uuid, p_device uuid, p_hours int, p_most int)
RETURNS TABLE (
  now timestamptz, until timestamptz, code_id uuid, offline_id bytea, purpose text, uses int, max_uses int,
  not_before timestamptz, expires_at timestamptz, holder_id uuid, holder text, resource_id uuid, resource text,
  loan_minutes int, out_to_id uuid, out_to text, due_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_app' SET lock_timeout = '800ms' AS $fn$
#variable_conflict use_column
DECLARE
  v_now timestamptz := clock_timestamp(); v_until timestamptz := v_now + make_interval(hours => p_hours);
  v_alone boolean; v_codes uuid[];
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  v_alone := NOT EXISTS (SELECT FROM devices WHERE tenant_id = p_tenant AND id <> p_device AND blocked_at IS NULL);
  WITH free AS (
    SELECT id FROM qr_codes c
     WHERE tenant_id = p_tenant AND invalidated_at IS NULL AND uses < max_uses AND c.expires_at > v_now
       AND c.offline_id IS NOT NULL AND kind <> 'rotating' AND (desk_id = p_device OR (desk_id IS NULL AND v_alone))
       AND (lease_until IS NULL OR lease_until <= v_now OR lease_device = p_device)
     ORDER BY c.expires_at, lookup LIMIT p_most FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE qr_codes c SET lease_device = p_device, lease_until = v_until, version = c.version + 1
      FROM free WHERE c.tenant_id = p_tenant AND c.id = free.id RETURNING c.id)
  SELECT array_agg(id) INTO v_codes FROM taken;
  IF v_codes IS NOT NULL THEN
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, device_id, payload)
    VALUES (p_tenant, 'device.leased', p_device, 0, p_device, jsonb_build_object('count', cardinality(v_codes)));
  END IF;
  RETURN QUERY
    SELECT v_now, v_until, c.id, c.offline_id, c.purpose, c.uses, c.max_uses, c.not_before, c.expires_at, c.holder_id,
           h.name, c.resource_id, r.name, r.loan_minutes, o.holder_id, w.name, o.due_at
      FROM (SELECT) one
      LEFT JOIN qr_codes c ON c.tenant_id = p_tenant AND c.id = ANY (v_codes)
      LEFT JOIN members h ON h.tenant_id = p_tenant AND h.id = c.holder_id
      LEFT JOIN resources r ON r.tenant_id = p_tenant AND r.id = c.resource_id
      LEFT JOIN checkouts o ON o.tenant_id = p_tenant AND o.resource_id = c.resource_id AND o.returned_at IS NULL
      LEFT JOIN members w ON w.tenant_id = p_tenant AND w.id = o.holder_id;
END $fn$;

-- Judges what a desk has accepted alone; see HandIns.judge in domain/redemption/hand-in.ts. The device's row is locked
-- first, so that one story of a device is told at a time. n = 0 and outcome 'quarantined': nothing was decided.
CREATE FUNCTION hand_in(
  p_tenant uuid, p_device uuid, p_scans uuid[], p_offline_ids bytea[], p_claimed timestamptz[], p_seqs bigint[],
  p_prevs bytea[], p_hashes bytea[])
RETURNS TABLE (
  n int, outcome text, reason text, replayed boolean, redemption_id uuid, code_id uuid, checkout_id uuid, purpose text,
  at timestamptz, holder_id uuid, holder text, resource_id uuid, resource text, due_at timestamptz, out_to text,
  use_no int, max_uses int, not_before timestamptz, expires_at timestamptz, desk text, cancelled_by text,
  undone_at timestamptz, held_until timestamptz, held_by text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_app' SET lock_timeout = '800ms' AS $fn$
#variable_conflict use_column
DECLARE d devices%ROWTYPE; v_missing bigint := 0; v_fits boolean := true;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT * INTO d FROM devices WHERE tenant_id = p_tenant AND id = p_device FOR NO KEY UPDATE;
  FOR i IN 1 .. cardinality(p_scans) LOOP
    EXIT WHEN d.quarantined_at IS NOT NULL;
    IF d.chain_hash IS NOT NULL AND p_seqs[i] <= d.chain_seq THEN
      v_fits := EXISTS (SELECT FROM handed_in WHERE tenant_id = p_tenant AND device_id = p_device AND epoch = d.chain_epoch
                           AND seq = p_seqs[i] AND scan_id = p_scans[i] AND hash = p_hashes[i]);
    ELSE
      v_fits := d.chain_hash IS NULL OR p_seqs[i] > d.chain_seq + 1 OR p_prevs[i] = d.chain_hash;
      IF d.chain_hash IS NOT NULL THEN v_missing := v_missing + p_seqs[i] - d.chain_seq - 1; END IF;
      d.chain_seq := p_seqs[i]; d.chain_hash := p_hashes[i];
    END IF;
    IF NOT v_fits THEN
      UPDATE devices SET quarantined_at = clock_timestamp() WHERE tenant_id = p_tenant AND id = p_device
      RETURNING quarantined_at INTO d.quarantined_at;
      INSERT INTO outbox (tenant_id, type, entity_id, entity_version, device_id, payload)
      VALUES (p_tenant, 'device.quarantined', p_device, 0, p_device, jsonb_build_object('seq', p_seqs[i]));
    END IF;
  END LOOP;
  IF d.quarantined_at IS NOT NULL THEN
    n := 0; outcome := 'quarantined'; at := d.quarantined_at; RETURN NEXT; RETURN;
  END IF;

  UPDATE devices SET chain_seq = d.chain_seq, chain_hash = d.chain_hash WHERE tenant_id = p_tenant AND id = p_device;
  INSERT INTO handed_in (tenant_id, device_id, epoch, seq, scan_id, hash)
  SELECT p_tenant, p_device, d.chain_epoch, t.seq, t.scan, t.hash FROM unnest(p_seqs, p_scans, p_hashes) AS t (seq, scan, hash)
  ON CONFLICT DO NOTHING;
  IF v_missing > 0 THEN
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, device_id, payload)
    VALUES (p_tenant, 'device.gap', p_device, 0, p_device, jsonb_build_object('missing', v_missing));
  END IF;
  -- In the order of everybody else's locks, before they are judged in the order in which they happened.
  PERFORM FROM (SELECT FROM qr_codes WHERE tenant_id = p_tenant AND offline_id = ANY (p_offline_ids)
                 ORDER BY lookup FOR UPDATE) x;
  PERFORM FROM (SELECT FROM resources WHERE tenant_id = p_tenant AND id IN (
                  SELECT resource_id FROM qr_codes WHERE tenant_id = p_tenant AND offline_id = ANY (p_offline_ids))
                 ORDER BY id FOR NO KEY UPDATE) x;
  -- One after the other: what a desk did in a row (out, then back) is judged in that order.
  FOR i IN 1 .. cardinality(p_scans) LOOP
    RETURN QUERY SELECT i, a.outcome, a.reason, a.replayed, a.redemption_id, a.code_id, a.checkout_id, a.purpose, a.at,
        a.holder_id, a.holder, a.resource_id, a.resource, a.due_at, a.out_to, a.use_no, a.max_uses, a.not_before,
        a.expires_at, a.desk, a.cancelled_by, a.undone_at, a.held_until, a.held_by
      FROM redeem_codes(p_tenant, p_scans[i:i], p_offline_ids[i:i], p_offline_ids[i:i], ARRAY['camera'], ARRAY[NULL::uuid],
        ARRAY[p_device], ARRAY[NULL::bigint], p_claimed[i:i]) a;
  END LOOP;
END $fn$;

-- Writes a fresh code down, with the check that its purpose makes sense now.
DROP FUNCTION issue_code(uuid, bytea, text, uuid, uuid, int, interval);
CREATE FUNCTION issue_code(
  p_tenant uuid, p_by uuid, p_lookup bytea, p_offline_id bytea, p_kind text, p_purpose text, p_resource uuid, p_holder uuid,
  p_mask int, p_max_uses int, p_not_before timestamptz, p_expires_at timestamptz, p_desk uuid)
RETURNS TABLE (reason text, code_id uuid, resource text, due_at timestamptz, issued_at timestamptz, expires_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_app' AS $fn$
#variable_conflict use_column
DECLARE
  v_now timestamptz := clock_timestamp(); v_name text; o checkouts%ROWTYPE; v_code uuid := gen_random_uuid();
  v_opens timestamptz := coalesce(p_not_before, '-infinity');
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);
  SELECT name INTO v_name FROM resources WHERE tenant_id = p_tenant AND id = p_resource;
  SELECT * INTO o FROM checkouts WHERE tenant_id = p_tenant AND resource_id = p_resource AND returned_at IS NULL;
  -- A code for another day is about the thing as it will be then.
  reason := CASE
    WHEN v_name IS NULL THEN 'not_found'
    WHEN NOT EXISTS (SELECT FROM members WHERE tenant_id = p_tenant AND id = p_holder) THEN 'not_found'
    WHEN p_desk IS NOT NULL
     AND NOT EXISTS (SELECT FROM devices WHERE tenant_id = p_tenant AND id = p_desk) THEN 'not_found'
    WHEN v_opens > v_now THEN NULL
    WHEN p_purpose = 'check_out' AND o.id IS NOT NULL THEN 'resource_unavailable'
    WHEN p_purpose = 'check_in' AND o.holder_id IS DISTINCT FROM p_holder THEN 'not_checked_out' END;
  IF reason IS NULL THEN
    INSERT INTO qr_codes (tenant_id, id, lookup, offline_id, kind, purpose, holder_id, resource_id, mask, max_uses,
                          not_before, expires_at, desk_id, created_at)
    VALUES (p_tenant, v_code, p_lookup, p_offline_id, p_kind, p_purpose, p_holder, p_resource, p_mask, p_max_uses,
            v_opens, p_expires_at, p_desk, v_now);
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
    VALUES (p_tenant, 'code.issued', v_code, 0, p_by,
            jsonb_build_object('purpose', p_purpose, 'resourceId', p_resource, 'holderId', p_holder));
    code_id := v_code; issued_at := v_now; expires_at := p_expires_at;
  END IF;
  resource := v_name; due_at := o.due_at;
  RETURN NEXT;
END $fn$;
