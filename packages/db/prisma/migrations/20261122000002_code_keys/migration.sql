-- The keys that codes are signed with. Nothing in a row is secret: the private key is derived, when it is needed, from
-- the deployment's secret and the salt, and is written down nowhere.
--   next      known to the desks ahead of its time      active    signs; one at a time
--   retiring  signs no more, still verifies for 36 hours retired   its codes are too old; its number may be used again
--   revoked   verifies nothing, at once and for ever
CREATE TABLE code_keys (
  tenant_id uuid NOT NULL REFERENCES tenants, key_id smallint NOT NULL CHECK (key_id BETWEEN 0 AND 255),
  id uuid NOT NULL DEFAULT gen_random_uuid(), -- of the key itself: a number comes round again
  state text NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'retired', 'revoked')),
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  salt bytea NOT NULL CHECK (length(salt) = 32), public_key bytea NOT NULL CHECK (length(public_key) = 32),
  changed_by uuid, version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, key_id)
);
CREATE UNIQUE INDEX code_keys_one_active ON code_keys (tenant_id) WHERE state = 'active';
CREATE UNIQUE INDEX code_keys_one_next ON code_keys (tenant_id) WHERE state = 'next';

ALTER TABLE code_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE code_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON code_keys TO tessera_app
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE (id, state, salt, public_key, changed_by) ON code_keys TO tessera_app;
-- In an emergency an operator may revoke by hand: UPDATE code_keys SET state = 'revoked' WHERE …
CREATE POLICY operator ON code_keys TO tessera_operator USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (state, changed_by) ON code_keys TO tessera_operator;

-- A key goes one way, through whichever door it is changed. Only a number whose key has long retired gets a new key.
CREATE FUNCTION code_key_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_new_key boolean := OLD.state = 'retired' AND NEW.state = 'next'
  AND OLD.id <> NEW.id AND OLD.salt <> NEW.salt AND OLD.public_key <> NEW.public_key;
BEGIN
  IF NOT is_new_key AND (OLD.state, NEW.state) NOT IN (
       ('next', 'active'), ('next', 'revoked'), ('active', 'retiring'), ('active', 'revoked'),
       ('retiring', 'retired'), ('retiring', 'revoked')) THEN
    RAISE EXCEPTION 'a key that is % cannot become %', OLD.state, NEW.state USING ERRCODE = '23514';
  END IF;
  NEW.version := OLD.version + 1;
  NEW.since := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER code_key_goes_on BEFORE UPDATE OF state ON code_keys FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION code_key_goes_on();

CREATE FUNCTION code_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a key is replaced by another, never changed' USING ERRCODE = '23514'; END $$;
CREATE TRIGGER code_key_stays BEFORE UPDATE OF id, salt, public_key ON code_keys FOR EACH ROW
  WHEN ((OLD.id, OLD.salt, OLD.public_key) IS DISTINCT FROM (NEW.id, NEW.salt, NEW.public_key)
        AND NOT (OLD.state = 'retired' AND NEW.state = 'next'))
  EXECUTE FUNCTION code_key_stays();

-- Each change is news. Not before the row is really written: a conflict may still leave an insert out.
CREATE FUNCTION code_key_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  VALUES (NEW.tenant_id, 'key.changed', NEW.id, NEW.version, NEW.changed_by,
          jsonb_build_object('keyId', NEW.key_id, 'state', NEW.state));
  RETURN NULL;
END $$;
CREATE TRIGGER code_key_changed AFTER INSERT OR UPDATE OF state ON code_keys FOR EACH ROW
  EXECUTE FUNCTION code_key_changed();
