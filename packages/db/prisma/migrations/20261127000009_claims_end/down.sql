-- Takes back everything of this migration. What ended with its thing or its member is called passed, or left.
DROP FUNCTION end_claims_of;
SELECT edit_function('settle_claims', ARRAY[
  ['(until_at <= p_now OR r.retired_at IS NOT NULL OR has_left(p_tenant, holder_id) OR (holder_id = o.holder_id',
   '(until_at <= p_now OR (holder_id = o.holder_id'],
  ['CASE WHEN until_at <= p_now THEN ''passed'' WHEN r.retired_at IS NOT NULL THEN ''retired''
              WHEN has_left(p_tenant, holder_id) THEN ''left'' ELSE ''taken'' END',
   'CASE WHEN until_at <= p_now THEN ''passed'' ELSE ''taken'' END'],
  ['(member_id = o.holder_id OR held_until <= p_now OR r.retired_at IS NOT NULL OR has_left(p_tenant, member_id))',
   '(member_id = o.holder_id OR held_until <= p_now)'],
  ['CASE WHEN member_id = o.holder_id THEN ''taken'' WHEN r.retired_at IS NOT NULL THEN ''retired''
              WHEN has_left(p_tenant, member_id) THEN ''left'' ELSE ''passed'' END',
   'CASE WHEN member_id = o.holder_id THEN ''taken'' ELSE ''passed'' END']
]);
DROP FUNCTION has_left;
ALTER TABLE reservations DISABLE ROW LEVEL SECURITY;
ALTER TABLE queue_places DISABLE ROW LEVEL SECURITY;
UPDATE reservations SET ended_as = 'passed' WHERE ended_as IN ('retired', 'left');
UPDATE queue_places SET ended_as = 'passed' WHERE ended_as = 'retired';
ALTER TABLE reservations ENABLE ROW LEVEL SECURITY, DROP CONSTRAINT reservations_ended_as_check,
  ADD CONSTRAINT reservations_ended_as_check CHECK (ended_as IN ('cancelled', 'taken', 'passed'));
ALTER TABLE queue_places ENABLE ROW LEVEL SECURITY, DROP CONSTRAINT queue_places_ended_as_check,
  ADD CONSTRAINT queue_places_ended_as_check CHECK (ended_as IN ('left', 'taken', 'passed'));
