-- The guest portal, second half: what guests can ask for, what they asked for, and every step of it.

-- A tenant's catalogue. options: [{"id", "label", "choices": [{"id", "label"}]}], of each exactly one is chosen.
CREATE TABLE request_kinds (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(), slug text NOT NULL,
  name text NOT NULL, picture text NOT NULL, hint text NOT NULL DEFAULT '', position int NOT NULL,
  options jsonb NOT NULL DEFAULT '[]', max_quantity int NOT NULL DEFAULT 1 CHECK (max_quantity BETWEEN 1 AND 99),
  takes_note boolean NOT NULL DEFAULT true, hours jsonb,
  expire_minutes int NOT NULL DEFAULT 240 CHECK (expire_minutes > 0),
  confirm_minutes int NOT NULL DEFAULT 30 CHECK (confirm_minutes > 0),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, slug)
);

-- state is as somebody left it. That time has passed over it (expires_at, confirm_by) is reckoned by whoever reads it.
CREATE TABLE requests (
  tenant_id uuid NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), kind_id uuid NOT NULL, place_id uuid NOT NULL,
  visit_id uuid NOT NULL, guest_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'received'
    CHECK (state IN ('received', 'accepted', 'in_progress', 'done', 'confirmed', 'declined', 'cancelled', 'expired')),
  options jsonb NOT NULL DEFAULT '{}', quantity int NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 99),
  note text NOT NULL DEFAULT '', times int NOT NULL DEFAULT 1,
  made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, accepted_at timestamptz, done_at timestamptz,
  confirm_by timestamptz, owner_id uuid, because text, stars smallint CHECK (stars BETWEEN 1 AND 5), comment text,
  version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, kind_id) REFERENCES request_kinds (tenant_id, id),
  FOREIGN KEY (tenant_id, visit_id, place_id) REFERENCES visits (tenant_id, id, place_id),
  FOREIGN KEY (tenant_id, guest_id) REFERENCES guest_sessions (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES members (tenant_id, id)
);
CREATE INDEX requests_made ON requests (tenant_id, made_at DESC);
CREATE INDEX requests_visit ON requests (tenant_id, visit_id);

-- Who did what, when. A guest is not a member: one of the two did it.
CREATE TABLE request_steps (
  tenant_id uuid NOT NULL, request_id uuid NOT NULL, n int NOT NULL, act text NOT NULL,
  guest_id uuid, member_id uuid, note text NOT NULL DEFAULT '', at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, request_id, n), CHECK ((guest_id IS NULL) <> (member_id IS NULL)),
  FOREIGN KEY (tenant_id, request_id) REFERENCES requests (tenant_id, id),
  FOREIGN KEY (tenant_id, guest_id) REFERENCES guest_sessions (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id)
);
CREATE INDEX request_steps_guest ON request_steps (tenant_id, guest_id);

-- How many requests a session has made, so that the last one allowed is the last under any crowd; and whether its guest lets
-- the others of the visit see them.
ALTER TABLE guest_sessions ADD COLUMN requests int NOT NULL DEFAULT 0, ADD COLUMN shares boolean NOT NULL DEFAULT false;
GRANT UPDATE (requests, shares) ON guest_sessions TO tessera_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['request_kinds', 'requests', 'request_steps'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tessera_app', t);
  END LOOP;
END $$;
GRANT UPDATE (state, times, expires_at, accepted_at, done_at, confirm_by, owner_id, because, stars, comment, version)
  ON requests TO tessera_app;
