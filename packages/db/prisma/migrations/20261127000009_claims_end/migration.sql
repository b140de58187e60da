-- A claim ends with the thing it is on, and with whom it is for: nobody waits for what is retired, and nothing is kept for
-- who has left.
ALTER TABLE reservations DROP CONSTRAINT reservations_ended_as_check,
  ADD CONSTRAINT reservations_ended_as_check CHECK (ended_as IN ('cancelled', 'taken', 'passed', 'retired', 'left'));
ALTER TABLE queue_places DROP CONSTRAINT queue_places_ended_as_check,
  ADD CONSTRAINT queue_places_ended_as_check CHECK (ended_as IN ('left', 'taken', 'passed', 'retired'));

CREATE FUNCTION has_left(p_tenant uuid, p_member uuid) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM members WHERE tenant_id = p_tenant AND id = p_member AND left_at IS NOT NULL) $$;

SELECT edit_function('settle_claims', ARRAY[
  ['CASE WHEN member_id = o.holder_id THEN ''taken'' ELSE ''passed'' END',
   'CASE WHEN member_id = o.holder_id THEN ''taken'' WHEN r.retired_at IS NOT NULL THEN ''retired''
              WHEN has_left(p_tenant, member_id) THEN ''left'' ELSE ''passed'' END'],
  ['(member_id = o.holder_id OR held_until <= p_now)',
   '(member_id = o.holder_id OR held_until <= p_now OR r.retired_at IS NOT NULL OR has_left(p_tenant, member_id))'],
  ['CASE WHEN until_at <= p_now THEN ''passed'' ELSE ''taken'' END',
   'CASE WHEN until_at <= p_now THEN ''passed'' WHEN r.retired_at IS NOT NULL THEN ''retired''
              WHEN has_left(p_tenant, holder_id) THEN ''left'' ELSE ''taken'' END'],
  ['(until_at <= p_now OR (holder_id = o.holder_id',
   '(until_at <= p_now OR r.retired_at IS NOT NULL OR has_left(p_tenant, holder_id) OR (holder_id = o.holder_id']
]);

-- Ends every claim of a member who has left, thing by thing, in the order in which everybody holds them.
CREATE FUNCTION end_claims_of(p_tenant uuid, p_member uuid, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $fn$
DECLARE v_thing uuid;
BEGIN
  FOR v_thing IN
    SELECT resource_id FROM queue_places WHERE tenant_id = p_tenant AND member_id = p_member AND ended_at IS NULL
     UNION SELECT resource_id FROM reservations WHERE tenant_id = p_tenant AND holder_id = p_member AND ended_at IS NULL
     ORDER BY 1
  LOOP
    PERFORM settle_claims(p_tenant, v_thing, p_now);
  END LOOP;
END $fn$;
