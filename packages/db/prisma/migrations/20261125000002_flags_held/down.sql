-- Takes back everything of this migration.
CREATE OR REPLACE FUNCTION flag_set() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION flag_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
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
DROP FUNCTION flag_denied, flag_without_same, flag_misfit;
