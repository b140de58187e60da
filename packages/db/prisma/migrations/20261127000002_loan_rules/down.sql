-- Takes back everything of this migration, and every version of the rules with it. Codes that are limited are cancelled: the
-- release before would let their holder take any number.
SELECT edit_function('take_leases', ARRAY[
  ['coalesce(c.loan_minutes, r.loan_minutes), o.holder_id',
   'r.loan_minutes, o.holder_id']
]);
SELECT edit_function('redeem_codes', ARRAY[
  ['''not_checked_out''
                     WHEN c.loan_limit IS NOT NULL AND p_claimed[b.n] IS NULL
                      AND open_loans(p_tenant, c.holder_id) >= c.loan_limit THEN ''limit_reached''
                   END AS reason',
   '''not_checked_out''
                   END AS reason'],
  ['v_now, k.due FROM k',
   'v_now, v_now + make_interval(mins => k.minutes) FROM k'],
  ['unnest(t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_due)
          AS k (n, code_at, thing_at, purpose, holder, thing, due)',
   'unnest(t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes)
          AS k (n, code_at, thing_at, purpose, holder, thing, minutes)'],
  ['                 due_by(v_now, c.due_at, c.loan_minutes, r.loan_minutes) AS due
            FROM unnest(v_todo) AS b (n),
                 LATERAL (SELECT ctid AS at, purpose, holder_id, resource_id, due_at, loan_minutes FROM qr_codes c
                           WHERE c.tenant_id = p_tenant AND c.lookup = p_lookups[b.n] AND c.loan_limit IS NULL',
   '                 r.loan_minutes
            FROM unnest(v_todo) AS b (n),
                 LATERAL (SELECT ctid AS at, purpose, holder_id, resource_id FROM qr_codes c
                           WHERE c.tenant_id = p_tenant AND c.lookup = p_lookups[b.n]'],
  ['array_agg(k.resource_id), array_agg(k.due)
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_due',
   'array_agg(k.resource_id), array_agg(k.loan_minutes)
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes'],
  ['                       LIMIT 1 FOR NO KEY UPDATE) r;
      IF v_limit IS NOT NULL AND t_n IS NOT NULL AND p_claimed[1] IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(t_holder[1]::text, 7321004));
        IF open_loans(p_tenant, t_holder[1]) >= v_limit THEN t_n := NULL; END IF;
      END IF;
    ELSE',
   '                       LIMIT 1 FOR NO KEY UPDATE) r;
    ELSE'],
  ['c.resource_id],
             ARRAY[due_by(v_now, c.due_at, c.loan_minutes, r.loan_minutes)], c.loan_limit
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_due, v_limit
        FROM (SELECT ctid AS at, purpose, holder_id, resource_id, due_at, loan_minutes, loan_limit FROM qr_codes',
   'c.resource_id],
             ARRAY[r.loan_minutes]
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes
        FROM (SELECT ctid AS at, purpose, holder_id, resource_id FROM qr_codes'],
  ['t_purpose text[]; t_holder uuid[]; t_thing uuid[]; t_due timestamptz[];
  v_limit int;       -- of a call with one scan',
   't_purpose text[]; t_holder uuid[]; t_thing uuid[]; t_minutes int[];']
]);
DROP FUNCTION edit_function, due_by;
DROP FUNCTION issue_code(uuid, uuid, bytea, bytea, text, text, uuid, uuid, int, int, timestamptz, timestamptz, uuid, int,
  timestamptz, int);
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
    WHEN NOT EXISTS (SELECT FROM members WHERE tenant_id = p_tenant AND id = p_holder AND left_at IS NULL) THEN 'not_found'
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
CREATE OR REPLACE VIEW scan_answers WITH (security_invoker = true) AS
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
DROP FUNCTION open_loans;
ALTER TABLE qr_codes NO FORCE ROW LEVEL SECURITY;
UPDATE qr_codes SET invalidated_at = clock_timestamp()
 WHERE loan_limit IS NOT NULL AND invalidated_at IS NULL AND uses < max_uses AND expires_at > clock_timestamp();
ALTER TABLE qr_codes FORCE ROW LEVEL SECURITY;
REVOKE UPDATE (due_at) ON checkouts FROM tessera_app;
ALTER TABLE checkouts DROP COLUMN renewals;
ALTER TABLE qr_codes DROP COLUMN loan_minutes, DROP COLUMN due_at, DROP COLUMN loan_limit;
DROP TABLE loan_rules;
ALTER TABLE members DROP COLUMN tier;
