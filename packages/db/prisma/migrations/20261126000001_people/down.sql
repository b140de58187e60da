-- Takes back everything of this migration. Whoever has left would be a member again, so they lose their sign-in first.
UPDATE members SET user_id = NULL WHERE left_at IS NOT NULL;
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('issue_code'::regproc), 'AND id = p_holder AND left_at IS NULL)', 'AND id = p_holder)');
END $$;
DROP TRIGGER staff_second_factor_changed ON tenants;
DROP TRIGGER second_factor_changed ON users;
DROP FUNCTION staff_second_factor_changed, second_factor_changed;
DROP TRIGGER member_changed ON members;
CREATE TRIGGER member_changed AFTER UPDATE OF role, user_id ON members FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.user_id IS DISTINCT FROM NEW.user_id) EXECUTE FUNCTION member_changed();

REVOKE INSERT, UPDATE (name, role, left_at) ON members FROM tessera_gate;
DROP POLICY gate_joins ON outbox;
DROP POLICY gate_joins_again ON members;
DROP POLICY gate_joins ON members;
DROP TABLE member_invitations;

REVOKE UPDATE (name, role, user_id, left_at) ON members FROM tessera_app;
REVOKE UPDATE (staff_second_factor) ON tenants FROM tessera_app;
ALTER TABLE tenants DROP COLUMN staff_second_factor;
ALTER TABLE members DROP COLUMN left_at;

REVOKE SELECT (id, email, two_factor_enabled) ON users FROM tessera_gate, tessera_app;
DROP POLICY own_people ON users;
DROP POLICY operator ON users;
DROP POLICY gate ON users;
DROP POLICY sign_in ON users;
ALTER TABLE users DISABLE ROW LEVEL SECURITY;
DROP TABLE passkeys, two_factors;
ALTER TABLE users DROP COLUMN two_factor_enabled;
