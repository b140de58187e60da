-- Letters about loans: each step of each loan once. A renewed loan has another due moment, and gets its letters anew.
CREATE TABLE loan_reminders (
  tenant_id uuid NOT NULL, checkout_id uuid NOT NULL, step text NOT NULL CHECK (step IN ('tomorrow', 'today', 'overdue')),
  due_at timestamptz NOT NULL, sent_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, checkout_id, step, due_at),
  FOREIGN KEY (tenant_id, checkout_id) REFERENCES checkouts (tenant_id, id)
);
ALTER TABLE loan_reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE loan_reminders FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON loan_reminders TO tessera_app
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))
  WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT ON loan_reminders TO tessera_app;
