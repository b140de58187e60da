DROP TRIGGER members_kept ON members;
DROP TRIGGER resources_kept ON resources;
DROP TRIGGER checkouts_kept ON checkouts;
DROP FUNCTION refuse_orphans();
ALTER TABLE checkouts
  ADD CONSTRAINT checkouts_tenant_id_holder_id_fkey FOREIGN KEY (tenant_id, holder_id) REFERENCES members (tenant_id, id),
  ADD CONSTRAINT checkouts_tenant_id_resource_id_fkey FOREIGN KEY (tenant_id, resource_id) REFERENCES resources (tenant_id, id);
ALTER TABLE redemptions
  ADD CONSTRAINT redemptions_tenant_id_checkout_id_fkey FOREIGN KEY (tenant_id, checkout_id) REFERENCES checkouts (tenant_id, id);

CREATE OR REPLACE FUNCTION redeem_codes(
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
DROP FUNCTION decided_meanwhile();
