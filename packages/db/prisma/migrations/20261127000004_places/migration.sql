-- The guest portal, first half: places with their labels, visits, and guests who belong to both.
-- Whoever changes a place says who with set_config('app.member', …), for the transaction; a guest's scan says nobody.

-- A tree: zones hold places, places are what a code hangs at. hours is null where a place keeps those of its zone.
CREATE TABLE places (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(), parent_id uuid,
  kind text NOT NULL CHECK (kind IN ('zone', 'room', 'table', 'cabin', 'spot')), name text NOT NULL,
  hours jsonb, retired_at timestamptz, created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, parent_id) REFERENCES places (tenant_id, id)
);
CREATE INDEX places_parent ON places (tenant_id, parent_id);

-- What is printed: 80 random bits and a check letter, and two pictures that the page behind it shows too. No secret: it hangs
-- on a wall. A label that was replaced stays known, so that who scans it is told so.
CREATE TABLE place_labels (
  tenant_id uuid NOT NULL, key text NOT NULL CHECK (key ~ '^[0-9A-HJKMNP-TV-Z]{17}$'), place_id uuid NOT NULL,
  signs text[] NOT NULL CHECK (cardinality(signs) = 2), retired_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, key), FOREIGN KEY (tenant_id, place_id) REFERENCES places (tenant_id, id)
);
CREATE UNIQUE INDEX place_labels_one_live ON place_labels (tenant_id, place_id) WHERE retired_at IS NULL;
CREATE INDEX place_labels_key ON place_labels (key);

-- From the first scan, or from when staff opened it, until staff end it. opened_by is null for a scan.
CREATE TABLE visits (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), place_id uuid NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(), opened_by uuid, ended_at timestamptz, ended_by uuid,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, id, place_id), -- so that a session cannot name a visit of another place
  FOREIGN KEY (tenant_id, place_id) REFERENCES places (tenant_id, id)
);
CREATE UNIQUE INDEX visits_one_open ON visits (tenant_id, place_id) WHERE ended_at IS NULL;
CREATE INDEX visits_recent ON visits (tenant_id, opened_at DESC);

-- Nothing could open a session before, and none would outlive the day.
TRUNCATE guest_sessions;
ALTER TABLE guest_sessions DROP COLUMN place_id;
ALTER TABLE guest_sessions
  ADD COLUMN place_id uuid NOT NULL, ADD COLUMN visit_id uuid NOT NULL, ADD COLUMN language text NOT NULL DEFAULT 'en',
  ADD FOREIGN KEY (tenant_id, visit_id, place_id) REFERENCES visits (tenant_id, id, place_id);
CREATE INDEX guest_sessions_visit ON guest_sessions (tenant_id, visit_id);
REVOKE DELETE ON guest_sessions FROM tessera_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['places', 'place_labels', 'visits'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('CREATE POLICY gate ON %I FOR SELECT TO tessera_gate USING (true)', t);
    EXECUTE format('GRANT SELECT ON %I TO tessera_app, tessera_gate', t);
    EXECUTE format('GRANT INSERT ON %I TO tessera_app', t);
  END LOOP;
END $$;
GRANT UPDATE (name, hours, retired_at) ON places TO tessera_app;
GRANT UPDATE (retired_at) ON place_labels TO tessera_app;
GRANT UPDATE (ended_at, ended_by) ON visits TO tessera_app;

-- What happens to visits is news, whoever makes it happen.
CREATE FUNCTION visit_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  VALUES (NEW.tenant_id, CASE TG_OP WHEN 'INSERT' THEN 'visit.opened' ELSE 'visit.ended' END, NEW.id, 0,
          CASE TG_OP WHEN 'INSERT' THEN NEW.opened_by ELSE NEW.ended_by END, jsonb_build_object('placeId', NEW.place_id));
  RETURN NULL;
END $$;
CREATE TRIGGER visit_opened AFTER INSERT ON visits FOR EACH ROW EXECUTE FUNCTION visit_changed();
CREATE TRIGGER visit_ended AFTER UPDATE OF ended_at ON visits FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION visit_changed();

-- Who has this token? As before, and at which visit.
DROP FUNCTION known_guest;
CREATE FUNCTION known_guest(p_token_hash bytea)
RETURNS TABLE (tenant_id uuid, tenant text, id uuid, place_id uuid, visit_id uuid)
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
  RETURN QUERY SELECT g.tenant_id, t.name, g.id, g.place_id, g.visit_id FROM tenants t WHERE t.id = g.tenant_id;
END $fn$;

-- What hangs where this key was read? Hours are the nearest ones up the tree. A tenant that is not active has no labels.
CREATE FUNCTION label_at(p_key text)
RETURNS TABLE (tenant_id uuid, tenant text, time_zone text, place_id uuid, place text, signs text[], hours jsonb, is_retired boolean)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET role = 'tessera_gate' AS $fn$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH RECURSIVE label AS (
      SELECT l.tenant_id, l.place_id, l.signs, l.retired_at, t.name AS tenant, t.time_zone
        FROM place_labels l JOIN tenants t ON t.id = l.tenant_id WHERE l.key = p_key AND t.is_active LIMIT 1
    ), up AS (
      SELECT p.*, 0 AS height FROM places p JOIN label l ON p.tenant_id = l.tenant_id AND p.id = l.place_id
      UNION ALL
      SELECT p.*, up.height + 1 FROM places p JOIN up ON p.tenant_id = up.tenant_id AND p.id = up.parent_id
    )
    SELECT l.tenant_id, l.tenant, l.time_zone, l.place_id, (SELECT name FROM up WHERE height = 0), l.signs,
           (SELECT hours FROM up WHERE hours IS NOT NULL ORDER BY height LIMIT 1),
           l.retired_at IS NOT NULL OR EXISTS (SELECT FROM up WHERE retired_at IS NOT NULL)
      FROM label l;
END $fn$;
