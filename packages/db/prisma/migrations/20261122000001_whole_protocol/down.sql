-- Takes the whole protocol back: what it added is dropped, what it replaced is as it was before.
DROP FUNCTION redeem_codes(uuid, uuid[], bytea[], bytea[], text[], uuid[], uuid[], bigint[], timestamptz[]);
DROP FUNCTION hand_in(uuid, uuid, uuid[], bytea[], timestamptz[], bigint[], bytea[], bytea[]);
DROP FUNCTION take_leases(uuid, uuid, int, int);
DROP FUNCTION undo_scan(uuid, uuid, text, uuid, uuid);
DROP FUNCTION answered_scan(uuid, uuid);
DROP FUNCTION usable_code(qr_codes, timestamptz, bigint, uuid, bigint, timestamptz);
DROP FUNCTION judged_at(timestamptz, timestamptz);
DROP FUNCTION issue_code(uuid, uuid, bytea, bytea, text, text, uuid, uuid, int, int, timestamptz, timestamptz, uuid);
DROP VIEW scan_answers;
CREATE OR REPLACE FUNCTION iso_instant(t timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
DROP TABLE idempotency, handed_in, redemption_conflicts;
DELETE FROM scans WHERE fingerprint IS NULL;
ALTER TABLE scans DROP COLUMN claimed_at,
  DROP COLUMN held_by, DROP COLUMN held_until, ALTER COLUMN fingerprint SET NOT NULL;
ALTER TABLE checkouts DROP COLUMN undone_at;
ALTER TABLE redemptions DROP COLUMN undone_at, DROP COLUMN undone_by, DROP COLUMN undone_device, DROP COLUMN undone_because;
ALTER TABLE qr_codes DROP COLUMN kind, DROP COLUMN offline_id, DROP COLUMN last_step, DROP COLUMN desk_id,
  DROP COLUMN lease_device, DROP COLUMN lease_until;
DROP INDEX qr_codes_expiry;
ALTER TABLE devices DROP COLUMN chain_epoch, DROP COLUMN chain_seq, DROP COLUMN chain_hash, DROP COLUMN quarantined_at;
ALTER TABLE qr_codes RESET (fillfactor);
ALTER TABLE resources RESET (fillfactor);
ALTER TABLE checkouts RESET (fillfactor);
DROP POLICY settings ON tenants;
ALTER TABLE tenants DROP COLUMN number, DROP COLUMN code_kind, DROP COLUMN offline_policy;

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
