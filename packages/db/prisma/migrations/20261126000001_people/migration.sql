-- People: second factors and passkeys, invitations into a tenant, leaving it, and what a tenant asks of its staff.

-- As the sign-in library keeps them. Secrets and backup codes are encrypted with a key that is not in here.
ALTER TABLE users ADD COLUMN two_factor_enabled boolean NOT NULL DEFAULT false;
CREATE TABLE two_factors (
  id uuid PRIMARY KEY, secret text NOT NULL, backup_codes text NOT NULL,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, verified boolean NOT NULL DEFAULT true,
  failed_verification_count int NOT NULL DEFAULT 0, locked_until timestamptz
);
CREATE UNIQUE INDEX two_factors_user ON two_factors (user_id);
CREATE TABLE passkeys (
  id uuid PRIMARY KEY, name text, public_key text NOT NULL, user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE, counter int NOT NULL, device_type text NOT NULL, backed_up boolean NOT NULL,
  transports text, aaguid text, created_at timestamptz DEFAULT now()
);
CREATE INDEX passkeys_user ON passkeys (user_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON two_factors, passkeys TO tessera_auth;

-- A tenant sees the e-mail of its own people, and of nobody else. Not forced: embedded, sign-in runs as the owner.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY sign_in ON users TO tessera_auth USING (true) WITH CHECK (true);
CREATE POLICY gate ON users FOR SELECT TO tessera_gate USING (true);
CREATE POLICY operator ON users FOR SELECT TO tessera_operator USING (true);
CREATE POLICY own_people ON users FOR SELECT TO tessera_app
  USING (EXISTS (SELECT 1 FROM members m WHERE m.user_id = users.id));
GRANT SELECT (id, email, two_factor_enabled) ON users TO tessera_gate, tessera_app;

-- Whoever has left is nobody's member any more; what they borrowed stays on record. Erased, they have no name either.
ALTER TABLE members ADD COLUMN left_at timestamptz;
ALTER TABLE tenants ADD COLUMN staff_second_factor boolean NOT NULL DEFAULT false;
GRANT UPDATE (name, role, user_id, left_at) ON members TO tessera_app;
GRANT UPDATE (staff_second_factor) ON tenants TO tessera_app;

-- The link of an invitation holds a token; kept is its SHA-256.
CREATE TABLE member_invitations (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  email text NOT NULL CHECK (email = lower(email)),
  role text NOT NULL CHECK (role IN ('member', 'staff', 'admin', 'operator')),
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  invited_by uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL, accepted_at timestamptz, revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, invited_by) REFERENCES members (tenant_id, id)
);
CREATE UNIQUE INDEX member_invitations_open ON member_invitations (tenant_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
ALTER TABLE member_invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE member_invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON member_invitations TO tessera_app
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE (role, token_hash, invited_by, expires_at, revoked_at) ON member_invitations TO tessera_app;
CREATE POLICY operator ON member_invitations TO tessera_operator USING (true);
GRANT SELECT, DELETE ON member_invitations TO tessera_operator;

-- Joining: one open invitation is used up and one member made, before that person has the tenant.
CREATE POLICY gate_joins ON member_invitations TO tessera_gate USING (true) WITH CHECK (true);
CREATE POLICY gate_joins ON members FOR INSERT TO tessera_gate WITH CHECK (true);
CREATE POLICY gate_joins_again ON members FOR UPDATE TO tessera_gate USING (true) WITH CHECK (true);
CREATE POLICY gate_joins ON outbox FOR INSERT TO tessera_gate WITH CHECK (type = 'member.joined');
GRANT SELECT, UPDATE (accepted_at) ON member_invitations TO tessera_gate;
GRANT INSERT, UPDATE (name, role, left_at) ON members TO tessera_gate;

-- Rights end with leaving too, and change with a second factor where staff need one.
DROP TRIGGER member_changed ON members;
CREATE TRIGGER member_changed AFTER UPDATE OF role, user_id, left_at ON members FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.user_id IS DISTINCT FROM NEW.user_id
        OR OLD.left_at IS DISTINCT FROM NEW.left_at) EXECUTE FUNCTION member_changed();

CREATE FUNCTION second_factor_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  SELECT tenant_id, 'member.changed', id, 0, id, jsonb_build_object('secondFactor', NEW.two_factor_enabled)
    FROM members WHERE user_id = NEW.id AND left_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER second_factor_changed AFTER UPDATE OF two_factor_enabled ON users FOR EACH ROW
  WHEN (OLD.two_factor_enabled <> NEW.two_factor_enabled) EXECUTE FUNCTION second_factor_changed();

CREATE FUNCTION staff_second_factor_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  SELECT tenant_id, 'member.changed', id, 0, jsonb_build_object('secondFactorNeeded', NEW.staff_second_factor)
    FROM members WHERE tenant_id = NEW.id AND role <> 'member' AND left_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER staff_second_factor_changed AFTER UPDATE OF staff_second_factor ON tenants FOR EACH ROW
  WHEN (OLD.staff_second_factor <> NEW.staff_second_factor) EXECUTE FUNCTION staff_second_factor_changed();

-- Whoever has left gets no more codes.
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('issue_code'::regproc),
    'FROM members WHERE tenant_id = p_tenant AND id = p_holder)',
    'FROM members WHERE tenant_id = p_tenant AND id = p_holder AND left_at IS NULL)');
END $$;
