-- Loan rules: a matrix by place, tier and kind, kept in versions; what a code carries of it; renewals.

-- What the rules sort members by.
ALTER TABLE members ADD COLUMN tier text NOT NULL DEFAULT 'standard' CHECK (tier ~ '^[a-z0-9][a-z0-9 -]{0,29}$');
GRANT UPDATE (tier) ON members TO tessera_app;

-- A version is the whole matrix, and is never changed: whoever saves makes the next one.
CREATE TABLE loan_rules (
  tenant_id uuid NOT NULL REFERENCES tenants, version int NOT NULL CHECK (version > 0),
  rules jsonb NOT NULL, hours jsonb NOT NULL, saved_by uuid NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, version), FOREIGN KEY (tenant_id, saved_by) REFERENCES members (tenant_id, id)
);
ALTER TABLE loan_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE loan_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON loan_rules TO tessera_app
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT ON loan_rules TO tessera_app;

-- What was decided when the code was made. null: as the thing says, so long after it goes out, any number.
ALTER TABLE qr_codes
  ADD COLUMN loan_minutes int CHECK (loan_minutes BETWEEN 1 AND 525600), ADD COLUMN due_at timestamptz,
  ADD COLUMN loan_limit int CHECK (loan_limit >= 0);
ALTER TABLE checkouts ADD COLUMN renewals int NOT NULL DEFAULT 0;
GRANT UPDATE (due_at, renewals) ON checkouts TO tessera_app;

-- How many things somebody has now. Read by the index that is there: one more would cost every check-out, also without a limit.
CREATE FUNCTION open_loans(p_tenant uuid, p_holder uuid) RETURNS int LANGUAGE plpgsql STABLE SECURITY INVOKER AS $fn$
BEGIN
  RETURN (SELECT count(*)::int FROM checkouts WHERE tenant_id = p_tenant AND holder_id = p_holder AND returned_at IS NULL);
END $fn$;

-- The limit of a code whose scan was refused by it stands where the uses of a used one do.
CREATE OR REPLACE VIEW scan_answers WITH (security_invoker = true) AS
  SELECT s.tenant_id, s.scan_id, s.fingerprint, s.device_id, s.actor_id, s.outcome, s.reason, s.redemption_id, s.code_id,
         s.checkout_id, c.purpose,
         CASE WHEN s.reason = 'withdrawn' THEN s.decided_at ELSE coalesce(r.at, c.invalidated_at) END AS at,
         c.holder_id, holder.name AS holder, c.resource_id, resource.name AS resource, o.due_at, owner.name AS out_to,
         r.use_no, CASE WHEN s.reason = 'limit_reached' THEN c.loan_limit ELSE c.max_uses END AS max_uses, c.not_before,
         c.expires_at, coalesce(device.name, actor.name) AS desk,
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

-- Writes a fresh code down, as before, with what the rules decided for it.
DROP FUNCTION issue_code(uuid, uuid, bytea, bytea, text, text, uuid, uuid, int, int, timestamptz, timestamptz, uuid);
CREATE FUNCTION issue_code(
  p_tenant uuid, p_by uuid, p_lookup bytea, p_offline_id bytea, p_kind text, p_purpose text, p_resource uuid, p_holder uuid,
  p_mask int, p_max_uses int, p_not_before timestamptz, p_expires_at timestamptz, p_desk uuid, p_loan_minutes int,
  p_due_at timestamptz, p_loan_limit int)
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
  -- A code for another day is about the thing as it will be then, and about what its holder has by then.
  reason := CASE
    WHEN v_name IS NULL THEN 'not_found'
    WHEN NOT EXISTS (SELECT FROM members WHERE tenant_id = p_tenant AND id = p_holder AND left_at IS NULL) THEN 'not_found'
    WHEN p_desk IS NOT NULL
     AND NOT EXISTS (SELECT FROM devices WHERE tenant_id = p_tenant AND id = p_desk) THEN 'not_found'
    WHEN v_opens > v_now THEN NULL
    WHEN p_purpose = 'check_out' AND o.id IS NOT NULL THEN 'resource_unavailable'
    WHEN p_purpose = 'check_in' AND o.holder_id IS DISTINCT FROM p_holder THEN 'not_checked_out'
    WHEN p_loan_limit IS NOT NULL AND open_loans(p_tenant, p_holder) >= p_loan_limit THEN 'limit_reached' END;
  IF reason IS NULL THEN
    INSERT INTO qr_codes (tenant_id, id, lookup, offline_id, kind, purpose, holder_id, resource_id, mask, max_uses,
                          not_before, expires_at, desk_id, created_at, loan_minutes, due_at, loan_limit)
    VALUES (p_tenant, v_code, p_lookup, p_offline_id, p_kind, p_purpose, p_holder, p_resource, p_mask, p_max_uses,
            v_opens, p_expires_at, p_desk, v_now, p_loan_minutes, p_due_at, p_loan_limit);
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
    VALUES (p_tenant, 'code.issued', v_code, 0, p_by,
            jsonb_build_object('purpose', p_purpose, 'resourceId', p_resource, 'holderId', p_holder));
    code_id := v_code; issued_at := v_now; expires_at := p_expires_at;
  END IF;
  resource := v_name; due_at := o.due_at;
  RETURN NEXT;
END $fn$;

-- Changes a function's text in some places, each of which must be there.
CREATE FUNCTION edit_function(p_name regproc, p_changes text[]) RETURNS void LANGUAGE plpgsql AS $fn$
DECLARE v_text text := pg_get_functiondef(p_name); v_next text; i int;
BEGIN
  FOR i IN 1 .. array_length(p_changes, 1) LOOP
    v_next := replace(v_text, p_changes[i][1], p_changes[i][2]);
    IF v_next = v_text THEN RAISE EXCEPTION '% is not as it was left: "%"', p_name, p_changes[i][1]; END IF;
    v_text := v_next;
  END LOOP;
  EXECUTE v_text;
END $fn$;

-- redeem_codes as before, but a thing is due as its code says, and a code with a limit is not used by whoever has so many
-- things. Only such codes pay for it: their holder's check-outs go one after the other (the lock is taken last, and waited for
-- only by a scan that goes alone; in a call with several such a scan is 'contended'). What a desk accepted alone is out
-- already, and the limit says nothing of it.
SELECT edit_function('redeem_codes', ARRAY[
  ['t_purpose text[]; t_holder uuid[]; t_thing uuid[]; t_minutes int[];',
   't_purpose text[]; t_holder uuid[]; t_thing uuid[]; t_due timestamptz[];
  v_limit int;       -- of a call with one scan'],
  ['c.resource_id],
             ARRAY[r.loan_minutes]
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes
        FROM (SELECT ctid AS at, purpose, holder_id, resource_id FROM qr_codes',
   'c.resource_id],
             ARRAY[due_by(v_now, c.due_at, c.loan_minutes, r.loan_minutes)], c.loan_limit
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_due, v_limit
        FROM (SELECT ctid AS at, purpose, holder_id, resource_id, due_at, loan_minutes, loan_limit FROM qr_codes'],
  ['                       LIMIT 1 FOR NO KEY UPDATE) r;
    ELSE',
   '                       LIMIT 1 FOR NO KEY UPDATE) r;
      IF v_limit IS NOT NULL AND t_n IS NOT NULL AND p_claimed[1] IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(t_holder[1]::text, 7321004));
        IF open_loans(p_tenant, t_holder[1]) >= v_limit THEN t_n := NULL; END IF;
      END IF;
    ELSE'],
  ['array_agg(k.resource_id), array_agg(k.loan_minutes)
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes',
   'array_agg(k.resource_id), array_agg(k.due)
        INTO t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_due'],
  ['                 r.loan_minutes
            FROM unnest(v_todo) AS b (n),
                 LATERAL (SELECT ctid AS at, purpose, holder_id, resource_id FROM qr_codes c
                           WHERE c.tenant_id = p_tenant AND c.lookup = p_lookups[b.n]',
   '                 due_by(v_now, c.due_at, c.loan_minutes, r.loan_minutes) AS due
            FROM unnest(v_todo) AS b (n),
                 LATERAL (SELECT ctid AS at, purpose, holder_id, resource_id, due_at, loan_minutes FROM qr_codes c
                           WHERE c.tenant_id = p_tenant AND c.lookup = p_lookups[b.n] AND c.loan_limit IS NULL'],
  ['unnest(t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_minutes)
          AS k (n, code_at, thing_at, purpose, holder, thing, minutes)',
   'unnest(t_n, t_code_at, t_thing_at, t_purpose, t_holder, t_thing, t_due)
          AS k (n, code_at, thing_at, purpose, holder, thing, due)'],
  ['v_now, v_now + make_interval(mins => k.minutes) FROM k', 'v_now, k.due FROM k'],
  ['''not_checked_out''
                   END AS reason',
   '''not_checked_out''
                     WHEN c.loan_limit IS NOT NULL AND p_claimed[b.n] IS NULL
                      AND open_loans(p_tenant, c.holder_id) >= c.loan_limit THEN ''limit_reached''
                   END AS reason']
]);
CREATE FUNCTION due_by(p_now timestamptz, p_due timestamptz, p_minutes int, p_usual int) RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN p_due > p_now THEN p_due ELSE p_now + make_interval(mins => coalesce(p_minutes, p_usual)) END $$;

-- A desk alone goes by the length that the code carries too.
SELECT edit_function('take_leases', ARRAY[['r.loan_minutes, o.holder_id', 'coalesce(c.loan_minutes, r.loan_minutes), o.holder_id']]);
