-- Labels of things: printed in batches before anybody knows where they will stick, bound by the first scan.

-- A batch has a number that people read on its labels.
CREATE TABLE label_batches (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  number int NOT NULL CHECK (number > 0), count int NOT NULL CHECK (count BETWEEN 1 AND 500),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(), made_by uuid NOT NULL,
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, number),
  FOREIGN KEY (tenant_id, made_by) REFERENCES members (tenant_id, id)
);
-- serial: number of the batch, then three digits for the label's place in it. A label that ended stays, and leads nowhere; who
-- scans one all the same is counted, until it leads somewhere again.
CREATE TABLE thing_labels (
  tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL DEFAULT gen_random_uuid(),
  key text NOT NULL CHECK (key ~ '^[0-9A-HJKMNP-TV-Z]{17}$'), batch_id uuid NOT NULL, serial int NOT NULL,
  resource_id uuid, bound_at timestamptz,
  ended_at timestamptz, ended_because text CHECK (ended_because IN ('retired', 'replaced')),
  dead_scans int NOT NULL DEFAULT 0, dead_scanned_at timestamptz,
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, key), UNIQUE (tenant_id, serial),
  FOREIGN KEY (tenant_id, batch_id) REFERENCES label_batches (tenant_id, id),
  FOREIGN KEY (tenant_id, resource_id) REFERENCES resources (tenant_id, id),
  CHECK ((resource_id IS NULL) = (bound_at IS NULL)), CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE INDEX thing_labels_resource ON thing_labels (tenant_id, resource_id);
GRANT INSERT ON label_batches, thing_labels TO tessera_app;
GRANT UPDATE (resource_id, bound_at, ended_at, ended_because, dead_scans, dead_scanned_at) ON thing_labels TO tessera_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['label_batches', 'thing_labels'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I TO tessera_app
      USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))$p$, t);
    EXECUTE format('GRANT SELECT ON %I TO tessera_app', t);
  END LOOP;
END $$;
