-- A flag can be switched off whatever else it says, and the database takes no setting that a process could not read.

-- What the contract asks of a flag beside flag_problem, or NULL. A flag that cannot be read keeps its last good setting.
CREATE FUNCTION flag_misfit(f feature_flags) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN length(f.description) > 500 THEN 'description has more than 500 characters'
    WHEN array_ndims(f.target_tenants) > 1 OR array_ndims(f.prerequisites) > 1 THEN 'a list must not hold lists'
    WHEN cardinality(f.prerequisites) > 10 THEN 'no more than 10 flags can be waited for'
    WHEN f.salt = '' THEN 'salt must not be empty'
    ELSE (SELECT format('"%s" is no tenant''s id', t)
            FROM (SELECT unnest(f.target_tenants) UNION ALL SELECT jsonb_array_elements_text(f.denied->'tenants')) named (t)
           WHERE t !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' LIMIT 1)
  END $$;

-- What of a change has to be judged. Nonsense that came past the trigger, by a superuser or a restore, must not keep anybody
-- from switching the flag off, nor the breaker from tripping; and a kill does not wait until 100,000 ids were looked at.
CREATE FUNCTION flag_without_same(f feature_flags, was feature_flags) RETURNS feature_flags LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF f.description = was.description THEN f.description := ''; END IF;
  IF f.config = was.config THEN f.config := '{}'; END IF;
  IF f.denied = was.denied THEN f.denied := '{}'; END IF;
  IF f.breaker_limits = was.breaker_limits THEN f.breaker_limits := '{}'; END IF;
  IF f.target_tenants IS NOT DISTINCT FROM was.target_tenants THEN f.target_tenants := NULL; END IF;
  IF f.tenant_share IS NOT DISTINCT FROM was.tenant_share THEN f.tenant_share := NULL; END IF;
  IF f.prerequisites = was.prerequisites THEN f.prerequisites := '{}'; END IF;
  IF f.salt = was.salt THEN f.salt := 'same'; END IF;
  RETURN f;
END $$;

-- With the ids of tenants in small letters, as the others are.
CREATE FUNCTION flag_denied(denied jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(denied->'tenants') = 'array'
              THEN jsonb_set(denied, '{tenants}', lower(denied->>'tenants')::jsonb) ELSE denied END $$;

-- As before; the ids of tenants are compared in small letters, and only what was changed is judged.
CREATE OR REPLACE FUNCTION flag_set() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE problem text; judged feature_flags;
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.target_tenants := lower(NEW.target_tenants::text)::text[];
    NEW.denied := flag_denied(NEW.denied);
    NEW.key := coalesce(NEW.key, NEW.flag_name);
    NEW.flag_name := coalesce(NEW.flag_name, NEW.key);
    NEW.enabled := coalesce(NEW.is_enabled, NEW.enabled);
    NEW.is_enabled := NEW.enabled;
  ELSE
    IF NEW.target_tenants IS DISTINCT FROM OLD.target_tenants THEN
      NEW.target_tenants := lower(NEW.target_tenants::text)::text[];
    END IF;
    IF NEW.denied IS DISTINCT FROM OLD.denied THEN NEW.denied := flag_denied(NEW.denied); END IF;
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

  judged := NEW;
  IF TG_OP = 'UPDATE' AND NEW.key = OLD.key THEN judged := flag_without_same(NEW, OLD); END IF;
  problem := coalesce(flag_problem(judged), flag_misfit(judged));
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

-- As before; what changed is found by taking away what did not: putting it together with jsonb_object_agg took the embedded
-- database a minute for a list of 100,000 ids, this way two seconds.
CREATE OR REPLACE FUNCTION flag_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
DECLARE
  who text := coalesce(nullif(current_setting('app.actor', true), ''), session_user);
  door text := coalesce(nullif(current_setting('app.via', true), ''), 'sql');
  why text := nullif(current_setting('app.because', true), '');
  is_now jsonb := to_jsonb(NEW) - '{revision,updated_at,flag_name,is_enabled,touched,breaker_changed_at}'::text[];
  was jsonb; same text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.revision = OLD.revision THEN RETURN NULL; END IF;
    was := to_jsonb(OLD);
    SELECT coalesce(array_agg(n.key), '{}') INTO same FROM jsonb_each(is_now) n WHERE n.value = was->n.key;
    is_now := is_now - same;
    was := was - same - '{revision,updated_at,flag_name,is_enabled,touched,breaker_changed_at}'::text[];
  ELSE
    SELECT jsonb_object_agg(name, 'null'::jsonb) INTO was FROM jsonb_object_keys(is_now) name;
  END IF;
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
  -- What was asked of a kill goes with it: whoever wants to lift a newer one asks anew.
  IF TG_OP = 'UPDATE' AND NEW.killed_at IS DISTINCT FROM OLD.killed_at THEN
    UPDATE flag_approvals SET settled_at = clock_timestamp(), agreed = NEW.killed_at IS NULL
     WHERE key = NEW.key AND settled_at IS NULL;
  END IF;
  PERFORM pg_notify('tessera_flags', NEW.revision::text);
  RETURN NULL;
END $$;
