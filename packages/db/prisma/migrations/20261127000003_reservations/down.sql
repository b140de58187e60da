-- Takes back everything of this migration. The extension stays: others may use it by now.
SELECT edit_function('redeem_codes', ARRAY[
  ['SELECT b.n, c.id, c.version, c.holder_id, c.resource_id, c.lease_device',
   'SELECT b.n, c.id, c.version, c.holder_id, c.lease_device'],
  ['CASE WHEN j.reason = ''held_offline'' THEN j.lease_until
                    WHEN j.reason = ''queue_ahead'' THEN (SELECT claimed_until FROM resources
                      WHERE tenant_id = p_tenant AND id = j.resource_id) END AS held_until',
   'CASE WHEN j.reason = ''held_offline'' THEN j.lease_until END AS held_until'],
  ['                     WHEN c.purpose = ''check_out'' AND p_claimed[b.n] IS NULL AND EXISTS (
                       SELECT FROM resources WHERE tenant_id = p_tenant AND id = c.resource_id AND claimed_by IS NOT NULL
                          AND is_kept(resources, c.holder_id, v_now,
                                      due_by(v_now, c.due_at, c.loan_minutes, loan_minutes))) THEN ''queue_ahead''
                     WHEN c.loan_limit IS NOT NULL AND p_claimed[b.n] IS NULL
                      AND open_loans',
   '                     WHEN c.loan_limit IS NOT NULL AND p_claimed[b.n] IS NULL
                      AND open_loans'],
  ['WHERE tenant_id = p_tenant AND id = c.resource_id
                           AND (claimed_by IS NULL OR c.purpose <> ''check_out''
                             OR NOT is_kept(resources, c.holder_id, v_now, due_by(v_now, c.due_at, c.loan_minutes, loan_minutes)))
                           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) r',
   'WHERE tenant_id = p_tenant AND id = c.resource_id
                           LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) r'],
  ['WHERE tenant_id = p_tenant AND id = c.resource_id
                       AND (claimed_by IS NULL OR c.purpose <> ''check_out'' OR p_claimed[1] IS NOT NULL
                         OR NOT is_kept(resources, c.holder_id, v_now, due_by(v_now, c.due_at, c.loan_minutes, loan_minutes)))
                       LIMIT 1 FOR NO KEY UPDATE) r;',
   'WHERE tenant_id = p_tenant AND id = c.resource_id
                       LIMIT 1 FOR NO KEY UPDATE) r;']
]);
DROP TRIGGER resource_moved ON resources;
DROP FUNCTION resource_moved, settle_claims, is_kept;
ALTER TABLE resources DROP COLUMN claimed_by, DROP COLUMN claimed_from, DROP COLUMN claimed_until, DROP COLUMN is_queued;
ALTER TABLE tenants DROP COLUMN hold_minutes;
DROP TABLE queue_places, reservations;
