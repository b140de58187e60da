-- What a redemption costs: fewer statements for the same decisions, and no check of what is known to be so.

-- A check-out is written from a code whose own keys name its holder and its thing, and a redemption from the check-out that
-- the same statement made. Checking that again, row by row, was a fifth of the work. Nobody's role can delete what is
-- pointed at; the owner of the database is told no by these triggers, which cost a redemption nothing.
ALTER TABLE checkouts
  DROP CONSTRAINT checkouts_tenant_id_holder_id_fkey, DROP CONSTRAINT checkouts_tenant_id_resource_id_fkey;
ALTER TABLE redemptions DROP CONSTRAINT redemptions_tenant_id_checkout_id_fkey;
CREATE FUNCTION refuse_orphans() RETURNS trigger LANGUAGE plpgsql AS $fn$
DECLARE v_pointed_at boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE tenant_id = $1 AND %I = $2)', TG_ARGV[0], TG_ARGV[1])
    INTO v_pointed_at USING OLD.tenant_id, OLD.id;
  IF v_pointed_at THEN
    RAISE EXCEPTION '% still names this row of %', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = '23503';
  END IF;
  RETURN OLD;
END $fn$;
CREATE TRIGGER members_kept BEFORE DELETE ON members
  FOR EACH ROW EXECUTE FUNCTION refuse_orphans('checkouts', 'holder_id');
CREATE TRIGGER resources_kept BEFORE DELETE ON resources
  FOR EACH ROW EXECUTE FUNCTION refuse_orphans('checkouts', 'resource_id');
CREATE TRIGGER checkouts_kept BEFORE DELETE ON checkouts
  FOR EACH ROW EXECUTE FUNCTION refuse_orphans('redemptions', 'checkout_id');

-- A scan whose twin was decided meanwhile: the whole call is undone and made again, and finds the twin's answer.
CREATE FUNCTION decided_meanwhile() RETURNS text LANGUAGE plpgsql VOLATILE AS $fn$
BEGIN RAISE EXCEPTION 'decided meanwhile' USING ERRCODE = '40001'; END $fn$;

-- Decides up to 64 scans of one tenant, each on its own, in one commit. The n-th element of each array is the n-th scan.
--
-- Order of locks, the same for everybody: codes by look-up key, then resources by id, then check-outs. A call with several
-- scans waits for none of them: what somebody else holds it gives back as 'contended', and the caller sends it again alone.
-- Looked up one by one (LATERAL … LIMIT 1), with one plan for all calls: a plan made while the tables are small would read a
-- whole tenant, and a plan made for each call costs more than the work.
-- The addresses (ctid) of locked rows are kept for the write. They name one version of a row: one that changed all the same
-- is not there any more, and is not taken.
-- Order of refusals: that of refusalFor() in domain/redemption/rules.ts.
-- A scan's row is written once, with its outcome, after everything it stands for.
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
  v_forgotten int[]; -- scans whose row was pruned, known by their yes
  v_refused int[]; v_like int[]; -- scans that are refused, each with the first of its call that was refused the same
  v_left int;        -- how many were left when the round began
  v_rounds int := 0;
  v_told int;
  v_code uuid;       -- of a call with one scan
  -- what this round may take, n-th element for n-th scan; the two addresses are of rows that are locked
  t_n int[]; t_code_at tid[]; t_thing_at tid[]; t_purpose text[]; t_holder uuid[]; t_thing uuid[]; t_minutes int[];
  -- what this round refuses
  r_n int[]; r_code uuid[]; r_version bigint[]; r_holder uuid[]; r_reason text[]; r_redemption uuid[]; r_checkout uuid[];
  r_held_by uuid[]; r_held_until timestamptz[];
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant::text, true);

  -- 1 Who has been answered before is told again. A scan whose row was forgotten after its time is still known by its yes.
  SELECT array_agg(b.n) FILTER (WHERE s.scan_id IS NULL), array_agg(b.n) FILTER (WHERE s.scan_id IS NOT NULL),
         array_agg(b.n) FILTER (WHERE s.scan_id IS NULL AND r.scan_id IS NOT NULL)
    INTO v_todo, v_known, v_forgotten
    FROM unnest(p_scans) WITH ORDINALITY AS b (scan, n)
    LEFT JOIN LATERAL (SELECT scan_id FROM scans WHERE tenant_id = p_tenant AND scan_id = b.scan LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT scan_id FROM redemptions WHERE tenant_id = p_tenant AND scan_id = b.scan LIMIT 1) r ON true;
  IF v_forgotten IS NOT NULL THEN
    INSERT INTO scans (tenant_id, scan_id, fingerprint, source, device_id, actor_id, decided_at, outcome, code_id,
                       redemption_id, checkout_id)
    SELECT p_tenant, p_scans[b.n], p_fingerprints[b.n], p_sources[b.n], r.device_id, r.actor_id, r.at, 'redeemed', r.code_id,
           r.id, r.checkout_id
      FROM unnest(v_forgotten) AS b (n)
      JOIN redemptions r ON r.tenant_id = p_tenant AND r.scan_id = p_scans[b.n]
      JOIN qr_codes c ON c.tenant_id = p_tenant AND c.id = r.code_id AND p_lookups[b.n] IN (c.lookup, c.offline_id)
    ON CONFLICT DO NOTHING;
    v_known := v_known || v_forgotten;
    v_todo := ARRAY(SELECT u FROM unnest(v_todo) u WHERE u <> ALL (v_forgotten));
  END IF;

  IF v_all = 1 AND cardinality(v_todo) = 1 THEN
    SELECT id INTO v_code FROM qr_codes WHERE tenant_id = p_tenant AND lookup = p_lookups[1];
    IF v_code IS NULL AND p_claimed[1] IS NOT NULL THEN
      SELECT id INTO v_code FROM qr_codes WHERE tenant_id = p_tenant AND offline_id = p_lookups[1];
    END IF;
  END IF;

  WHILE cardinality(v_todo) > 0 LOOP
    v_left := cardinality(v_todo);
    v_rounds := v_rounds + 1;

    -- 2 The first undecided scan of each thing may take: lock the codes that can be used, and their things.
    IF v_all = 1 THEN
      SELECT v_todo, ARRAY[c.at], ARRAY[r.at], ARRAY[c.purpose], ARRAY[c.holder_id], ARRAY[c.resource_id],
             ARRAY[r.loan_minutes]
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes
        FROM (SELECT ctid AS at, purpose, holder_id, resource_id FROM qr_codes
               WHERE tenant_id = p_tenant AND id = v_code
                 AND usable_code(qr_codes, v_now, v_step, p_devices[1], p_steps[1], p_claimed[1])
                 LIMIT 1 FOR NO KEY UPDATE) c,
             LATERAL (SELECT ctid AS at, loan_minutes FROM resources WHERE tenant_id = p_tenant AND id = c.resource_id
                       LIMIT 1 FOR NO KEY UPDATE) r;
    ELSE
      SELECT array_agg(k.n), array_agg(k.code_at), array_agg(k.thing_at), array_agg(k.purpose), array_agg(k.holder_id),
             array_agg(k.resource_id), array_agg(k.loan_minutes)
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes
        FROM (
          SELECT DISTINCT ON (c.resource_id) b.n, c.at AS code_at, r.at AS thing_at, c.purpose, c.holder_id, c.resource_id,
                 r.loan_minutes
            FROM unnest(v_todo) AS b (n),
                 LATERAL (SELECT ctid AS at, purpose, holder_id, resource_id FROM qr_codes c
                           WHERE c.tenant_id = p_tenant AND c.lookup = p_lookups[b.n]
                             AND usable_code(c, v_now, v_step, p_devices[b.n], p_steps[b.n], NULL)
                           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) c,
                 LATERAL (SELECT ctid AS at, loan_minutes FROM resources WHERE tenant_id = p_tenant AND id = c.resource_id
                           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) r
           WHERE p_claimed[b.n] IS NULL
           ORDER BY c.resource_id, b.n) k;
    END IF;

    IF t_n IS NOT NULL THEN
      -- 3 The thing goes out or comes back, its code is used, and everything that stands for it is written, in one statement.
      -- An index decides when the thing is already out. Who gets what they asked for is told at once.
      RETURN QUERY WITH k AS (
        SELECT * FROM unnest(t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes)
          AS k (n, code_at, thing_at, purpose, holder, thing, minutes)
      ), gone AS (
        INSERT INTO checkouts (tenant_id, resource_id, holder_id, out_at, due_at)
        SELECT p_tenant, k.thing, k.holder, v_now, v_now + make_interval(mins => k.minutes) FROM k
         WHERE k.purpose = 'check_out'
        ON CONFLICT (tenant_id, resource_id) WHERE returned_at IS NULL DO NOTHING
        RETURNING resource_id, id, due_at
      ), back AS (
        UPDATE checkouts o SET returned_at = v_now
          FROM k, LATERAL (SELECT ctid, holder_id FROM checkouts
                            WHERE tenant_id = p_tenant AND resource_id = k.thing AND returned_at IS NULL LIMIT 1) x
         WHERE k.purpose = 'check_in' AND x.holder_id = k.holder AND o.ctid = x.ctid
        RETURNING o.resource_id, o.id, o.due_at
      ), moved AS (
        SELECT k.n, k.code_at, k.thing_at, m.id AS checkout, m.due_at AS due
          FROM k JOIN (SELECT * FROM gone UNION ALL SELECT * FROM back) m ON m.resource_id = k.thing
      ), things AS (
        UPDATE resources r SET version = r.version + 1 FROM moved m WHERE r.ctid = m.thing_at
        RETURNING m.n, m.code_at, m.checkout, m.due, r.name, r.version
      ), facts AS (
        UPDATE qr_codes c SET uses = c.uses + 1, version = c.version + 1,
               last_step = CASE WHEN c.kind = 'rotating' THEN coalesce(p_steps[t.n], c.last_step) ELSE c.last_step END
          FROM things t WHERE c.ctid = t.code_at
        RETURNING t.n, t.checkout, t.due, t.name AS thing, t.version AS thing_version, c.id, c.uses, c.version, c.purpose,
                  c.holder_id, c.resource_id, gen_random_uuid() AS redemption, p_scans[t.n] AS scan, p_actors[t.n] AS actor,
                  p_devices[t.n] AS device
      ), yes AS (
        INSERT INTO redemptions (tenant_id, id, code_id, use_no, scan_id, checkout_id, device_id, actor_id, at)
        SELECT p_tenant, f.redemption, f.id, f.uses, f.scan, f.checkout, f.device, f.actor, v_now FROM facts f
      ), written AS (
        INSERT INTO scans (tenant_id, scan_id, fingerprint, source, device_id, actor_id, decided_at, outcome, code_id,
                           redemption_id, checkout_id, claimed_at)
        SELECT p_tenant, f.scan, p_fingerprints[f.n], p_sources[f.n], f.device, f.actor, v_now,
               'redeemed', f.id, f.redemption, f.checkout, p_claimed[f.n]
          FROM facts f ORDER BY f.scan
        ON CONFLICT (tenant_id, scan_id) DO NOTHING RETURNING 1
      ), told AS (
        INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload, at)
        SELECT p_tenant, 'code.redeemed', f.id, f.version, f.actor, f.device, f.scan, jsonb_build_object(
                 'redemptionId', f.redemption, 'checkoutId', f.checkout, 'purpose', f.purpose, 'resourceId', f.resource_id,
                 'holderId', f.holder_id, 'dueAt', iso_instant(f.due), 'useNo', f.uses,
                 'resourceVersion', f.thing_version), v_now
          FROM facts f
      )
      SELECT f.n, CASE WHEN (SELECT count(*) FROM written) < (SELECT count(*) FROM facts) THEN decided_meanwhile() ELSE 'redeemed' END, NULL::text, false, f.redemption,
             f.id, f.checkout, f.purpose, v_now, f.holder_id, h.name, f.resource_id, f.thing, f.due, NULL::text, NULL::int,
             NULL::int, NULL::timestamptz, NULL::timestamptz, NULL::text, NULL::text, NULL::timestamptz, NULL::timestamptz,
             NULL::text
        FROM facts f, LATERAL (
          SELECT name FROM members WHERE tenant_id = p_tenant AND id = f.holder_id LIMIT 1) h;
      GET DIAGNOSTICS v_told = ROW_COUNT;
      IF v_told < cardinality(t_n) THEN -- another was faster at the thing itself
        t_n := ARRAY(SELECT b.n FROM unnest(t_n) AS b (n), LATERAL (
          SELECT FROM scans WHERE tenant_id = p_tenant AND scan_id = p_scans[b.n] LIMIT 1) s);
      END IF;
      v_todo := CASE WHEN v_told < v_left THEN ARRAY(SELECT u FROM unnest(v_todo) u WHERE u <> ALL (t_n)) ELSE '{}' END;
    END IF;

    EXIT WHEN cardinality(v_todo) = 0;
    -- 4 Nothing taken: say why. No reason means that it can be used, and its turn has not come.
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
        SELECT k.*, first_value(k.n) OVER (PARTITION BY k.code, k.reason ORDER BY k.n) AS like_n
          FROM unnest(r_n, r_code, r_version, r_holder, r_reason) AS k (n, code, version, holder, reason)
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
      SELECT array_agg(n), v_like || array_agg(like_n) INTO t_n, v_like FROM fresh;
      -- A twin that was decided meanwhile has its own answer.
      v_known := v_known || ARRAY(SELECT u FROM unnest(r_n) u WHERE t_n IS NULL OR u <> ALL (t_n));
      v_refused := v_refused || t_n;
      v_todo := ARRAY(SELECT u FROM unnest(v_todo) u WHERE u <> ALL (r_n));
    END IF;

    EXIT WHEN cardinality(v_todo) = v_left AND (v_all > 1 OR v_rounds >= 3);
  END LOOP;

  IF cardinality(v_todo) > 0 AND v_all = 1 THEN RAISE EXCEPTION 'busy' USING ERRCODE = '55P03'; END IF;

  IF v_known IS NOT NULL THEN
    RETURN QUERY
      SELECT b.n, a.outcome, a.reason, true, a.redemption_id, a.code_id, a.checkout_id, a.purpose, a.at, a.holder_id, a.holder,
             a.resource_id, a.resource, a.due_at, a.out_to, a.use_no, a.max_uses, a.not_before, a.expires_at, a.desk,
             a.cancelled_by, a.undone_at, a.held_until, a.held_by
        FROM unnest(v_known) AS b (n)
        JOIN LATERAL (SELECT * FROM scan_answers WHERE tenant_id = p_tenant AND scan_id = p_scans[b.n] LIMIT 1) a
          ON a.fingerprint = p_fingerprints[b.n] OR a.fingerprint IS NULL;
  END IF;
  -- A crowd at one code is refused for one reason: what it is told is looked up once.
  IF v_refused IS NOT NULL THEN
    RETURN QUERY
      WITH told AS MATERIALIZED (
        SELECT l.n AS like_n, a.*
          FROM (SELECT DISTINCT u AS n FROM unnest(v_like) u) l,
               LATERAL (SELECT * FROM scan_answers WHERE tenant_id = p_tenant AND scan_id = p_scans[l.n] LIMIT 1) a)
      SELECT b.n, a.outcome, a.reason, false, a.redemption_id, a.code_id, a.checkout_id, a.purpose, a.at, a.holder_id, a.holder,
             a.resource_id, a.resource, a.due_at, a.out_to, a.use_no, a.max_uses, a.not_before, a.expires_at, a.desk,
             a.cancelled_by, a.undone_at, a.held_until, a.held_by
        FROM unnest(v_refused, v_like) AS b (n, like_n) JOIN told a USING (like_n);
  END IF;
  -- What is missing there is said by the caller: 'contended' when its n is in the list below, else 'idempotency_mismatch'.
  IF cardinality(v_todo) > 0 THEN RETURN QUERY SELECT u, 'contended', NULL::text, false, NULL::uuid, NULL::uuid, NULL::uuid, NULL::text, NULL::timestamptz,
      NULL::uuid, NULL::text, NULL::uuid, NULL::text, NULL::timestamptz, NULL::text, NULL::int, NULL::int,
      NULL::timestamptz, NULL::timestamptz, NULL::text, NULL::text, NULL::timestamptz, NULL::timestamptz, NULL::text
    FROM unnest(v_todo) u;
  END IF;
END $fn$;
