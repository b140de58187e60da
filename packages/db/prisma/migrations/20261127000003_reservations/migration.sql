-- Reservations that never overlap, and a queue for each thing. What comes first of both is written on the thing itself, so that
-- the hot statement reads it with the row that it holds anyway.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE reservations (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), resource_id uuid NOT NULL, holder_id uuid NOT NULL,
  from_at timestamptz NOT NULL, until_at timestamptz NOT NULL, made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz, ended_as text CHECK (ended_as IN ('cancelled', 'taken', 'passed')),
  PRIMARY KEY (tenant_id, id), CHECK (from_at < until_at), CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
  FOREIGN KEY (tenant_id, resource_id) REFERENCES resources (tenant_id, id),
  FOREIGN KEY (tenant_id, holder_id) REFERENCES members (tenant_id, id),
  -- Half open: one may begin when another ends.
  CONSTRAINT reservations_apart EXCLUDE USING gist (
    tenant_id WITH =, resource_id WITH =, tstzrange(from_at, until_at, '[)') WITH &&) WHERE (ended_at IS NULL)
);
CREATE INDEX reservations_holder ON reservations (tenant_id, holder_id, from_at);

-- Whoever waits; held_until: the thing is kept for them until then.
CREATE TABLE queue_places (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), resource_id uuid NOT NULL, member_id uuid NOT NULL,
  joined_at timestamptz NOT NULL DEFAULT clock_timestamp(), held_until timestamptz,
  ended_at timestamptz, ended_as text CHECK (ended_as IN ('left', 'taken', 'passed')),
  PRIMARY KEY (tenant_id, id), CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
  FOREIGN KEY (tenant_id, resource_id) REFERENCES resources (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id)
);
CREATE UNIQUE INDEX queue_places_once ON queue_places (tenant_id, resource_id, member_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX queue_places_one_hold ON queue_places (tenant_id, resource_id) WHERE ended_at IS NULL AND held_until IS NOT NULL;
CREATE INDEX queue_places_member ON queue_places (tenant_id, member_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['reservations', 'queue_places'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tessera_app', t);
  END LOOP;
END $$;
GRANT UPDATE (ended_at, ended_as) ON reservations TO tessera_app;
GRANT UPDATE (held_until, ended_at, ended_as) ON queue_places TO tessera_app;

-- How long a thing is kept for the first who waits.
ALTER TABLE tenants ADD COLUMN hold_minutes int NOT NULL DEFAULT 1440 CHECK (hold_minutes BETWEEN 1 AND 20160);

-- The first claim on a thing, by a hold or a reservation; and whether anybody waits.
ALTER TABLE resources
  ADD COLUMN claimed_by uuid, ADD COLUMN claimed_from timestamptz, ADD COLUMN claimed_until timestamptz,
  ADD COLUMN is_queued boolean NOT NULL DEFAULT false,
  ADD CHECK ((claimed_by IS NULL) = (claimed_until IS NULL) AND (claimed_by IS NULL) = (claimed_from IS NULL));
GRANT UPDATE (claimed_by, claimed_from, claimed_until, is_queued) ON resources TO tessera_app;
CREATE INDEX resources_claims ON resources (claimed_until) WHERE claimed_until IS NOT NULL;

-- Brings a thing's claims up to a moment: what was taken or has passed ends, the first who waits is offered a thing that is
-- there, and what comes first is written on the thing. Everything is told. The thing is held until the transaction ends.
CREATE FUNCTION settle_claims(p_tenant uuid, p_resource uuid, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $fn$
#variable_conflict use_column
DECLARE
  r resources%ROWTYPE; o checkouts%ROWTYPE; v_begins timestamptz; v_version bigint; v_tell boolean; v_queued boolean;
  v_who uuid; v_from timestamptz; v_until timestamptz;
BEGIN
  SELECT * INTO r FROM resources WHERE tenant_id = p_tenant AND id = p_resource FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO o FROM checkouts WHERE tenant_id = p_tenant AND resource_id = p_resource AND returned_at IS NULL;

  WITH ended AS (
    UPDATE queue_places SET ended_at = p_now, ended_as = CASE WHEN member_id = o.holder_id THEN 'taken' ELSE 'passed' END
     WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL
       AND (member_id = o.holder_id OR held_until <= p_now) RETURNING id, member_id, ended_as)
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  SELECT p_tenant, 'queue.left', id, 1, jsonb_build_object('resourceId', p_resource, 'holderId', member_id, 'as', ended_as)
    FROM ended;
  WITH ended AS (
    UPDATE reservations SET ended_at = p_now, ended_as = CASE WHEN until_at <= p_now THEN 'passed' ELSE 'taken' END
     WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL
       AND (until_at <= p_now OR (holder_id = o.holder_id AND from_at < o.due_at)) RETURNING id, holder_id, ended_as)
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  SELECT p_tenant, 'reservation.ended', id, 1, jsonb_build_object('resourceId', p_resource, 'holderId', holder_id, 'as', ended_as)
    FROM ended;

  IF o.id IS NOT NULL THEN
    -- It was there and is out again: a return was taken back. Whoever it was kept for is the first to wait, as before.
    UPDATE queue_places SET held_until = NULL
     WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL AND held_until IS NOT NULL;
  ELSE
    SELECT min(from_at) INTO v_begins FROM reservations
     WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL;
    IF (v_begins IS NULL OR v_begins > p_now) AND NOT EXISTS (
      SELECT FROM queue_places WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL
         AND held_until IS NOT NULL) THEN
      WITH held AS (
        UPDATE queue_places SET held_until = least(v_begins, p_now + make_interval(mins =>
                 (SELECT hold_minutes FROM tenants WHERE id = p_tenant)))
         WHERE tenant_id = p_tenant AND id = (
           SELECT id FROM queue_places WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL
            ORDER BY joined_at, id LIMIT 1)
        RETURNING id, member_id, held_until)
      INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
      SELECT p_tenant, 'queue.held', id, 0, jsonb_build_object('resourceId', p_resource, 'holderId', member_id,
               'until', iso_instant(held_until))
        FROM held;
    END IF;
  END IF;

  SELECT c.who, c.from_at, c.until_at INTO v_who, v_from, v_until FROM (
    SELECT member_id AS who, joined_at AS from_at, held_until AS until_at FROM queue_places
     WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL AND held_until IS NOT NULL
    UNION ALL
    SELECT holder_id, from_at, until_at FROM reservations
     WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL) c ORDER BY c.from_at LIMIT 1;
  v_queued := EXISTS (SELECT FROM queue_places WHERE tenant_id = p_tenant AND resource_id = p_resource AND ended_at IS NULL);
  IF (r.claimed_by, r.claimed_from, r.claimed_until, r.is_queued) IS NOT DISTINCT FROM (v_who, v_from, v_until, v_queued) THEN
    RETURN;
  END IF;
  -- Only what is so now is told of the thing, and only while it is there.
  v_tell := o.id IS NULL AND (coalesce(v_from <= p_now, false) OR coalesce(r.claimed_from <= p_now, false));
  UPDATE resources SET claimed_by = v_who, claimed_from = v_from, claimed_until = v_until, is_queued = v_queued,
         version = CASE WHEN v_tell THEN version + 1 ELSE version END
   WHERE tenant_id = p_tenant AND id = p_resource RETURNING version INTO v_version;
  IF v_tell THEN
    INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
    VALUES (p_tenant, 'resource.kept', p_resource, v_version, jsonb_build_object('resourceId', p_resource,
            'until', CASE WHEN v_from <= p_now THEN iso_instant(v_until) END, 'resourceVersion', v_version));
  END IF;
END $fn$;

-- A thing that went out or came back, and that somebody waits for. Of all others this is one look at their own row.
CREATE FUNCTION resource_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM settle_claims(NEW.tenant_id, NEW.id, clock_timestamp()); RETURN NULL; END $$;
CREATE TRIGGER resource_moved AFTER UPDATE OF version ON resources FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND (NEW.is_queued OR NEW.claimed_by IS NOT NULL)) EXECUTE FUNCTION resource_moved();

-- Whether a thing is kept for somebody else, for any part of the time until it would be due.
CREATE FUNCTION is_kept(r resources, p_holder uuid, p_now timestamptz, p_due timestamptz) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT r.claimed_by IS NOT NULL AND r.claimed_by <> p_holder AND r.claimed_until > p_now AND r.claimed_from < p_due $$;

-- redeem_codes as before, but nobody takes what is kept for another. What a desk accepted alone is out already.
SELECT edit_function('redeem_codes', ARRAY[
  ['WHERE tenant_id = p_tenant AND id = c.resource_id
                       LIMIT 1 FOR NO KEY UPDATE) r;',
   'WHERE tenant_id = p_tenant AND id = c.resource_id
                       AND (claimed_by IS NULL OR c.purpose <> ''check_out'' OR p_claimed[1] IS NOT NULL
                         OR NOT is_kept(resources, c.holder_id, v_now, due_by(v_now, c.due_at, c.loan_minutes, loan_minutes)))
                       LIMIT 1 FOR NO KEY UPDATE) r;'],
  ['WHERE tenant_id = p_tenant AND id = c.resource_id
                           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) r',
   'WHERE tenant_id = p_tenant AND id = c.resource_id
                           AND (claimed_by IS NULL OR c.purpose <> ''check_out''
                             OR NOT is_kept(resources, c.holder_id, v_now, due_by(v_now, c.due_at, c.loan_minutes, loan_minutes)))
                           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) r'],
  ['                     WHEN c.loan_limit IS NOT NULL AND p_claimed[b.n] IS NULL
                      AND open_loans',
   '                     WHEN c.purpose = ''check_out'' AND p_claimed[b.n] IS NULL AND EXISTS (
                       SELECT FROM resources WHERE tenant_id = p_tenant AND id = c.resource_id AND claimed_by IS NOT NULL
                          AND is_kept(resources, c.holder_id, v_now,
                                      due_by(v_now, c.due_at, c.loan_minutes, loan_minutes))) THEN ''queue_ahead''
                     WHEN c.loan_limit IS NOT NULL AND p_claimed[b.n] IS NULL
                      AND open_loans'],
  ['CASE WHEN j.reason = ''held_offline'' THEN j.lease_until END AS held_until',
   'CASE WHEN j.reason = ''held_offline'' THEN j.lease_until
                    WHEN j.reason = ''queue_ahead'' THEN (SELECT claimed_until FROM resources
                      WHERE tenant_id = p_tenant AND id = j.resource_id) END AS held_until'],
  ['SELECT b.n, c.id, c.version, c.holder_id, c.lease_device',
   'SELECT b.n, c.id, c.version, c.holder_id, c.resource_id, c.lease_device']
]);
