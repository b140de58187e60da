-- Things are made, changed, retired and brought back through the product.

-- A retired thing stays, so that its loans and the journal stay whole; nobody is shown it but those who run the shelf.
ALTER TABLE resources ADD COLUMN retired_at timestamptz;
GRANT INSERT, UPDATE (name, description, kind, place, loan_minutes, retired_at) ON resources TO tessera_app;

-- The console turns the pages of a list by name; two of one name by id.
DROP INDEX resources_name;
CREATE INDEX resources_name ON resources (tenant_id, name, id);

-- No code to take a retired thing is written down, whoever writes it. The thing is held until the code is there, so that
-- retiring it and issuing a code for it come one after the other.
CREATE FUNCTION refuse_retired() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  PERFORM FROM resources WHERE tenant_id = NEW.tenant_id AND id = NEW.resource_id AND retired_at IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION 'this thing is retired' USING ERRCODE = 'TS003'; END IF;
  RETURN NEW;
END $fn$;
CREATE TRIGGER no_code_for_retired BEFORE INSERT ON qr_codes FOR EACH ROW WHEN (NEW.purpose = 'check_out')
  EXECUTE FUNCTION refuse_retired();

-- Takes a thing out of use, unless it is out, and cancels the codes that could still take it. Locks in the order of
-- redeem_codes: codes, then the thing. What was not there, or is out, is told; nothing is changed then.
CREATE FUNCTION retire_resource(p_tenant uuid, p_resource uuid, p_by uuid, p_because text)
RETURNS TABLE (outcome text, holder text, due_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $fn$
#variable_conflict use_column
DECLARE v_now timestamptz := clock_timestamp(); r resources%ROWTYPE;
BEGIN
  PERFORM FROM qr_codes WHERE tenant_id = p_tenant AND resource_id = p_resource AND purpose = 'check_out'
     AND invalidated_at IS NULL AND uses < max_uses AND expires_at > v_now
   ORDER BY lookup FOR NO KEY UPDATE;
  SELECT * INTO r FROM resources WHERE tenant_id = p_tenant AND id = p_resource FOR UPDATE;
  IF NOT FOUND OR r.retired_at IS NOT NULL THEN
    RETURN QUERY SELECT 'not_found', NULL::text, NULL::timestamptz;
    RETURN;
  END IF;
  RETURN QUERY SELECT 'still_out', m.name, c.due_at FROM checkouts c
    JOIN members m ON m.tenant_id = c.tenant_id AND m.id = c.holder_id
   WHERE c.tenant_id = p_tenant AND c.resource_id = p_resource AND c.returned_at IS NULL;
  IF FOUND THEN RETURN; END IF;

  UPDATE resources SET retired_at = v_now, version = version + 1 WHERE tenant_id = p_tenant AND id = p_resource
  RETURNING * INTO r;
  UPDATE qr_codes SET invalidated_at = v_now, invalidated_by = p_by
   WHERE tenant_id = p_tenant AND resource_id = p_resource AND purpose = 'check_out'
     AND invalidated_at IS NULL AND uses < max_uses AND expires_at > v_now;
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  VALUES (p_tenant, 'resource.retired', p_resource, r.version, p_by, jsonb_build_object('name', r.name, 'because', p_because));
  RETURN QUERY SELECT 'done', NULL::text, NULL::timestamptz;
END $fn$;
