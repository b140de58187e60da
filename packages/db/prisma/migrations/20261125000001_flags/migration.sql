-- Flags that roll out by themselves and break before the users do: who a flag is for, who changed it, ramps, the breaker.

-- The names that the operators' documents use for tenants.
ALTER TABLE tenants
  ADD COLUMN is_active boolean NOT NULL DEFAULT true,
  ADD COLUMN tenant_id uuid GENERATED ALWAYS AS (id) STORED;

DROP TRIGGER flag_changed ON feature_flags;
DROP FUNCTION flag_changed;

-- One table for both documents: key and flag_name, enabled and is_enabled are kept in step. target_tenants is text, since
-- ARRAY['…'] is: NULL means all tenants, an empty list none, so taking the last tenant out does not let everybody in.
ALTER TABLE feature_flags
  ALTER COLUMN target_tenants DROP DEFAULT,
  ALTER COLUMN target_tenants DROP NOT NULL,
  ALTER COLUMN target_tenants TYPE text[] USING CASE WHEN target_tenants = '{}' THEN NULL ELSE target_tenants::text[] END,
  ADD COLUMN flag_name text, ADD COLUMN is_enabled boolean,
  ADD COLUMN tenant_share numeric(6, 3),
  ADD COLUMN denied jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN prerequisites text[] NOT NULL DEFAULT '{}',
  ADD COLUMN salt text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
  ADD COLUMN scheme text NOT NULL DEFAULT 'mm3-shift-1' CHECK (scheme = 'mm3-shift-1'),
  ADD COLUMN age_minutes int NOT NULL DEFAULT 1440 CHECK (age_minutes BETWEEN 1 AND 525600),
  ADD COLUMN age_after text NOT NULL DEFAULT 'keep' CHECK (age_after IN ('keep', 'off')),
  ADD COLUMN breaker_state text NOT NULL DEFAULT 'closed' CHECK (breaker_state IN ('closed', 'open', 'half_open')),
  ADD COLUMN breaker_since timestamptz, ADD COLUMN breaker_share numeric(6, 3), ADD COLUMN breaker_incident uuid,
  ADD COLUMN breaker_changed_at timestamptz, ADD COLUMN breaker_limits jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN touched int NOT NULL DEFAULT 0;
UPDATE feature_flags SET flag_name = key, is_enabled = enabled;

-- What was changed, by whom, through which door: only the columns that changed. For ever.
CREATE TABLE flag_history (
  revision bigint PRIMARY KEY, key text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  by text NOT NULL, via text NOT NULL, because text, before jsonb NOT NULL, after jsonb NOT NULL
);
CREATE INDEX flag_history_key ON flag_history (key, revision);
CREATE TRIGGER flag_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON flag_history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is wrong with a list of ids, or NULL.
CREATE FUNCTION flag_ids_problem(name text, ids jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN jsonb_typeof(ids) <> 'array' THEN format('%s must be a list of ids', name)
    WHEN jsonb_array_length(ids) > 100000
      THEN format('%s has %s ids, and no more than 100000 go into one list', name, jsonb_array_length(ids))
    WHEN EXISTS (SELECT FROM jsonb_array_elements(ids) e
                  WHERE jsonb_typeof(e) <> 'string' OR length(e #>> '{}') NOT BETWEEN 1 AND 200)
      THEN format('%s must hold texts of 1 to 200 characters', name)
  END $$;

-- What is wrong with one value of config, or NULL. What nobody reads is refused: a slip would mean "everybody".
CREATE FUNCTION flag_value_problem(name text, value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE kind text := jsonb_typeof(value);
BEGIN
  CASE
    WHEN name = 'rollout' THEN
      RETURN CASE WHEN value NOT IN ('"everyone"', '"whitelist"', '"percentage"')
                  THEN 'rollout must be "everyone", "whitelist" or "percentage"' END;
    WHEN name = 'unit' THEN
      RETURN CASE WHEN value NOT IN ('"user"', '"device"', '"tenant"', '"resource"')
                  THEN 'unit must be "user", "device", "tenant" or "resource"' END;
    WHEN name = 'percentage' THEN
      IF kind <> 'number' THEN RETURN 'percentage must be a number'; END IF;
      RETURN CASE WHEN value::numeric NOT BETWEEN 0 AND 100 OR scale(trim_scale(value::numeric)) > 3
                  THEN 'percentage must be 0 to 100 in steps of 0.001' END;
    WHEN name IN ('users', 'resources', 'devices') THEN RETURN flag_ids_problem(name, value);
    WHEN name IN ('camera_enabled', 'offline_enabled', 'short_urls_enabled') THEN
      RETURN CASE WHEN kind <> 'boolean' THEN format('%s must be true or false', name) END;
    WHEN name = 'max_requests_per_session' THEN
      IF kind <> 'number' THEN RETURN format('%s must be a number', name); END IF;
      RETURN CASE WHEN value::numeric NOT BETWEEN 1 AND 1000 OR scale(trim_scale(value::numeric)) > 0
                  THEN format('%s must be a whole number from 1 to 1000', name) END;
    ELSE RETURN format('config knows no %s', name);
  END CASE;
END $$;

-- What is wrong with a flag, or NULL.
CREATE FUNCTION flag_problem(f feature_flags) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE problem text;
BEGIN
  IF jsonb_typeof(f.config) <> 'object' THEN RETURN 'config must be an object'; END IF;
  IF jsonb_typeof(f.denied) <> 'object' THEN RETURN 'denied must be an object'; END IF;
  IF jsonb_typeof(f.breaker_limits) <> 'object' THEN RETURN 'breaker_limits must be an object'; END IF;
  SELECT flag_value_problem(e.key, e.value) INTO problem FROM jsonb_each(f.config) e
   WHERE flag_value_problem(e.key, e.value) IS NOT NULL LIMIT 1;
  IF problem IS NOT NULL THEN RETURN problem; END IF;
  IF f.config->>'rollout' = 'percentage' AND NOT f.config ? 'percentage' THEN
    RETURN 'a rollout by percentage needs a percentage';
  END IF;
  SELECT CASE WHEN e.key IN ('users', 'resources', 'devices', 'tenants') THEN flag_ids_problem(e.key, e.value)
              ELSE format('denied knows no %s', e.key) END INTO problem
    FROM jsonb_each(f.denied) e
   WHERE e.key NOT IN ('users', 'resources', 'devices', 'tenants') OR flag_ids_problem(e.key, e.value) IS NOT NULL LIMIT 1;
  IF problem IS NOT NULL THEN RETURN problem; END IF;
  IF cardinality(f.target_tenants) > 100000 THEN RETURN 'no more than 100000 tenants can be named'; END IF;
  SELECT format('"%s" is no tenant''s id', t) INTO problem FROM unnest(f.target_tenants) t
   WHERE t IS NULL OR t !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' LIMIT 1;
  IF problem IS NOT NULL THEN RETURN problem; END IF;
  IF f.tenant_share NOT BETWEEN 0 AND 100 THEN RETURN 'tenant_share must be 0 to 100'; END IF;
  IF (f.breaker_state = 'closed') <> (f.breaker_since IS NULL) OR (f.breaker_state = 'half_open') <> (f.breaker_share IS NOT NULL)
     OR (f.breaker_state <> 'closed') <> (f.breaker_incident IS NOT NULL) THEN
    RETURN 'the breaker is closed and nothing else, or has a time and an incident; only half open it has a share';
  END IF;
  SELECT format('there is no flag %s to wait for', p) INTO problem FROM unnest(f.prerequisites) p
   WHERE p <> f.key AND NOT EXISTS (SELECT FROM feature_flags WHERE key = p) LIMIT 1;
  IF problem IS NOT NULL THEN RETURN problem; END IF;
  IF EXISTS (
    WITH RECURSIVE waits (key) AS (
      SELECT unnest(f.prerequisites)
      UNION SELECT unnest(other.prerequisites) FROM waits JOIN feature_flags other ON other.key = waits.key AND other.key <> f.key)
    SELECT FROM waits WHERE key = f.key) THEN
    RETURN 'the flags would wait for each other';
  END IF;
  RETURN NULL;
END $$;

-- Revisions are given in the order in which changes are committed, so that whoever has seen one has seen all below it.
-- Taken before any row is locked, so that two who change several flags cannot hold each other up.
CREATE FUNCTION flags_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock(7321004); RETURN NULL; END $$;
CREATE TRIGGER a_flags_in_turn BEFORE INSERT OR UPDATE OR DELETE ON feature_flags
  FOR EACH STATEMENT EXECUTE FUNCTION flags_in_turn();

-- Keeps the two names of each thing in step (the one that was changed wins), refuses nonsense, gives the next revision.
-- A change that changes nothing gets none.
CREATE FUNCTION flag_set() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE problem text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.key := coalesce(NEW.key, NEW.flag_name);
    NEW.flag_name := coalesce(NEW.flag_name, NEW.key);
    NEW.enabled := coalesce(NEW.is_enabled, NEW.enabled);
    NEW.is_enabled := NEW.enabled;
  ELSE
    IF NEW.key IS DISTINCT FROM OLD.key AND NEW.flag_name IS NOT DISTINCT FROM OLD.flag_name THEN
      NEW.flag_name := NEW.key;
    ELSIF NEW.flag_name IS DISTINCT FROM OLD.flag_name AND NEW.key = OLD.key THEN
      NEW.key := NEW.flag_name;
    END IF;
    IF NEW.enabled IS DISTINCT FROM OLD.enabled AND NEW.is_enabled IS NOT DISTINCT FROM OLD.is_enabled THEN
      NEW.is_enabled := NEW.enabled;
    ELSIF NEW.is_enabled IS DISTINCT FROM OLD.is_enabled AND NEW.enabled = OLD.enabled THEN
      NEW.enabled := NEW.is_enabled;
    END IF;
  END IF;
  IF NEW.key IS DISTINCT FROM NEW.flag_name OR NEW.enabled IS DISTINCT FROM NEW.is_enabled THEN
    RAISE EXCEPTION 'key and flag_name, enabled and is_enabled must say the same' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    NEW.revision := OLD.revision;
    NEW.updated_at := OLD.updated_at;
    IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
  END IF;

  problem := flag_problem(NEW);
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION 'The flag % was not changed: %.', NEW.key, problem USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.breaker_state, NEW.breaker_share) IS DISTINCT FROM (OLD.breaker_state, OLD.breaker_share) THEN
    NEW.breaker_changed_at := coalesce(NEW.breaker_since, nullif(current_setting('app.at', true), '')::timestamptz, clock_timestamp());
  END IF;
  NEW.revision := nextval('flag_revision');
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER flag_set BEFORE INSERT OR UPDATE ON feature_flags FOR EACH ROW EXECUTE FUNCTION flag_set();

-- A flag that changed tells every tenant and every process, and what was changed is kept, through whichever door it came.
-- Who works for a person says so in app.actor, app.via and app.because, for one transaction.
CREATE FUNCTION flag_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
DECLARE
  who text := coalesce(nullif(current_setting('app.actor', true), ''), session_user);
  door text := coalesce(nullif(current_setting('app.via', true), ''), 'sql');
  why text := nullif(current_setting('app.because', true), '');
  was jsonb := '{}'; is_now jsonb;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.revision = OLD.revision THEN RETURN NULL; END IF;
    was := to_jsonb(OLD);
  END IF;
  SELECT coalesce(jsonb_object_agg(n.key, coalesce(was->n.key, 'null')), '{}'), coalesce(jsonb_object_agg(n.key, n.value), '{}')
    INTO was, is_now FROM jsonb_each(to_jsonb(NEW)) n
   WHERE n.value IS DISTINCT FROM was->n.key AND n.key NOT IN ('revision', 'updated_at', 'flag_name', 'is_enabled', 'touched', 'breaker_changed_at');
  why := coalesce(why, CASE WHEN is_now ? 'killed_at' THEN NEW.killed_because END);
  IF is_now <> '{}' THEN
    INSERT INTO flag_history (revision, key, by, via, because, before, after)
    VALUES (NEW.revision, NEW.key, who, door, why, was, is_now);
  END IF;
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  SELECT id, 'flag.changed', id, NEW.revision,
         jsonb_build_object('key', NEW.key, 'revision', NEW.revision, 'because', why, 'by', who, 'via', door,
                            'enabled', NEW.enabled AND NOT NEW.archived AND NEW.killed_at IS NULL AND NEW.breaker_state <> 'open')
    FROM tenants;
  -- A ramp that went on would switch the flag on again.
  IF door <> 'ramp' AND (NOT NEW.enabled OR NEW.archived OR NEW.killed_at IS NOT NULL OR NEW.breaker_state = 'open') THEN
    UPDATE flag_ramps SET state = 'paused', because = 'the flag was switched off: ' || coalesce(why, 'nobody said why'),
      version = version + 1 WHERE key = NEW.key AND state = 'running';
  END IF;
  PERFORM pg_notify('tessera_flags', NEW.revision::text);
  RETURN NULL;
END $$;
CREATE TRIGGER flag_changed AFTER INSERT OR UPDATE ON feature_flags FOR EACH ROW EXECUTE FUNCTION flag_changed();

-- A share of the tenants is another one when a tenant comes or goes.
CREATE FUNCTION tenants_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  UPDATE feature_flags SET touched = touched + 1 WHERE tenant_share IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER tenants_changed AFTER INSERT OR DELETE OR UPDATE OF is_active ON tenants
  FOR EACH STATEMENT EXECUTE FUNCTION tenants_changed();

-- A moment as every door writes it: ISO 8601 in UTC, to the millisecond.
CREATE FUNCTION instant(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- The cheapest question about flags: has any of them changed? Asked every second or two by every process.
CREATE FUNCTION flag_revisions() RETURNS TABLE (key text, revision bigint)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET role = 'tessera_gate' AS $fn$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT f.key, f.revision FROM feature_flags f;
END $fn$;

-- What waits for a second person.
CREATE TABLE flag_approvals (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), key text NOT NULL REFERENCES feature_flags ON UPDATE CASCADE ON DELETE CASCADE,
  act text NOT NULL CHECK (act IN ('restore')), because text NOT NULL, asked_by text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(), settled_at timestamptz, settled_by text, agreed boolean
);
CREATE INDEX flag_approvals_key ON flag_approvals (key, asked_at);

-- A flag's way from nobody to everybody, and the people who are asked first.
CREATE TABLE flag_ramps (
  key text PRIMARY KEY REFERENCES feature_flags ON UPDATE CASCADE ON DELETE CASCADE, steps jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('ready', 'running', 'paused', 'completed', 'rolled_back')), step int NOT NULL,
  step_since timestamptz, because text, version bigint NOT NULL DEFAULT 1, planned_by text, planned_because text
);
CREATE TABLE flag_cohort (
  key text NOT NULL REFERENCES feature_flags ON UPDATE CASCADE ON DELETE CASCADE, email text NOT NULL, place int NOT NULL,
  invited_at timestamptz NOT NULL DEFAULT clock_timestamp(), invited_by text NOT NULL, invited_because text,
  PRIMARY KEY (key, email)
);

-- What the breaker looks at. Traffic in slices of ten seconds: of those a flag is on for, by tenant; of all others, in one.
CREATE TABLE flag_traffic (
  key text NOT NULL, slice timestamptz NOT NULL, exposed boolean NOT NULL, of_tenant uuid NOT NULL,
  calls bigint NOT NULL, failures bigint NOT NULL,
  PRIMARY KEY (key, slice, exposed, of_tenant)
);
CREATE TABLE flag_failures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, at timestamptz NOT NULL, path text NOT NULL,
  failure text NOT NULL, of_tenant uuid, trace text NOT NULL
);
CREATE INDEX flag_failures_at ON flag_failures (key, at);
CREATE TABLE signals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('security_alerts', 'pool_exhausted', 'socket_crash')),
  at timestamptz NOT NULL DEFAULT clock_timestamp(), detail text NOT NULL, source text NOT NULL,
  UNIQUE (kind, source)
);
CREATE INDEX signals_at ON signals (at);

-- What runs, and how soon it went by a change of the flags.
CREATE TABLE server_processes (
  id uuid PRIMARY KEY, role text NOT NULL, started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp(), stopped_at timestamptz, flag_revision bigint NOT NULL DEFAULT 0
);
CREATE TABLE flag_arrivals (
  revision bigint NOT NULL, process_id uuid NOT NULL, ms double precision NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (revision, process_id)
);

-- Something went wrong that people have to look at; one for each rule and window. What they are told goes out as alerts.
CREATE TABLE incidents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), severity text NOT NULL CHECK (severity IN ('P0', 'P1', 'P2')), title text NOT NULL,
  key text NOT NULL, rule text NOT NULL, window_from timestamptz NOT NULL, evidence jsonb NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(), closed_at timestamptz, closed_by text, closed_because text,
  UNIQUE (key, rule, window_from)
);
CREATE TABLE alerts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, severity text NOT NULL CHECK (severity IN ('critical', 'warning', 'info')),
  title text NOT NULL, body text NOT NULL, incident_id uuid REFERENCES incidents, at timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT SELECT, INSERT ON flag_history TO tessera_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON flag_approvals, flag_ramps, flag_cohort, flag_traffic, flag_failures, signals,
  server_processes, flag_arrivals TO tessera_operator;
GRANT SELECT, INSERT, UPDATE ON incidents, alerts TO tessera_operator;
-- Whose addresses are in a cohort, and who used what since they were invited: no name of a thing, no password.
GRANT SELECT (id, email) ON users TO tessera_operator;
CREATE POLICY operator ON checkouts FOR SELECT TO tessera_operator USING (true);
GRANT SELECT (tenant_id, holder_id, out_at) ON checkouts TO tessera_operator;
CREATE POLICY operator ON scans FOR SELECT TO tessera_operator USING (true);
GRANT SELECT (tenant_id, decided_at) ON scans TO tessera_operator;

INSERT INTO feature_flags (key, description, enabled, config)
VALUES ('ff/qr_unified_portal', 'Guests open the portal of a place by scanning its code.', false,
        '{"camera_enabled": true, "offline_enabled": true, "short_urls_enabled": true, "max_requests_per_session": 10}');

-- redeem_codes as before but for one thing: a scan of a thing that is out, whose twin was refused meanwhile, hears its twin's answer.
DO $do$
DECLARE was text := pg_get_functiondef('redeem_codes'::regproc); is_now text;
BEGIN
  is_now := replace(was, $old$
      IF v_told < cardinality(t_n) THEN -- another was faster at the thing itself
        t_n := ARRAY(SELECT b.n FROM unnest(t_n) AS b (n), LATERAL (
          SELECT FROM scans WHERE tenant_id = p_tenant AND scan_id = p_scans[b.n] LIMIT 1) s);
$old$, $new$
      IF v_told < cardinality(t_n) THEN -- some things were out: what this call wrote itself, and not a twin meanwhile, was told
        t_n := ARRAY(SELECT b.n FROM unnest(t_n) AS b (n), LATERAL (
          SELECT FROM scans WHERE tenant_id = p_tenant AND scan_id = p_scans[b.n] AND xmin = pg_current_xact_id()::xid
           LIMIT 1) s);
$new$);
  IF is_now = was THEN RAISE EXCEPTION 'redeem_codes is not as it was left'; END IF;
  EXECUTE is_now;
END $do$;
