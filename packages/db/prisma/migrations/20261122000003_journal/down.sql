-- Takes back everything of this migration; the relay is again the one of the first.
DROP FUNCTION outbox_waiting, prune_scans, prune_idempotency, heads_to_seal, seal_head, subscribe_deliveries, claim_deliveries, settle_delivery;
DROP TABLE deliveries, delivery_consumers, journal_seals, watch_tasks;
DROP INDEX journal_at, redemptions_at, scans_decided_at;
DROP POLICY prune ON scans;
DROP POLICY prune ON idempotency;
DROP POLICY prune_sees ON idempotency;
DROP POLICY watch ON scans;
DROP POLICY watch ON redemptions;
DROP POLICY watch ON checkouts;
DROP POLICY watch ON stream_heads;
DROP POLICY watch ON outbox;
REVOKE SELECT (tenant_id, caller_id, key, at), DELETE ON idempotency FROM tessera_operator;
REVOKE SELECT, DELETE ON scans FROM tessera_operator;
REVOKE SELECT ON redemptions, checkouts, stream_heads, outbox FROM tessera_operator;

CREATE OR REPLACE FUNCTION relay_outbox(p_limit int) RETURNS SETOF journal
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET role = 'tessera_relay' AS $fn$
DECLARE r record; h stream_heads%ROWTYPE; j journal%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(7321001);
  FOR r IN
    WITH taken AS (
      DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT p_limit FOR UPDATE SKIP LOCKED) RETURNING *)
    SELECT * FROM taken ORDER BY tenant_id, id
  LOOP
    IF h.tenant_id IS DISTINCT FROM r.tenant_id THEN
      INSERT INTO stream_heads (tenant_id, seq, hash) VALUES (r.tenant_id, 0, '\x00') ON CONFLICT DO NOTHING;
      SELECT * INTO h FROM stream_heads WHERE tenant_id = r.tenant_id FOR UPDATE;
    END IF;
    j.tenant_id := r.tenant_id; j.seq := h.seq + 1; j.prev_hash := h.hash; j.type := r.type;
    j.entity_id := r.entity_id; j.entity_version := r.entity_version; j.actor_id := r.actor_id;
    j.device_id := r.device_id; j.scan_id := r.scan_id; j.payload := r.payload; j.at := r.at;
    j.hash := sha256(h.hash || convert_to(concat_ws(E'\x1f', j.tenant_id, j.seq, j.type, j.entity_id, j.entity_version,
      coalesce(j.actor_id::text, '-'), coalesce(j.device_id::text, '-'), coalesce(j.scan_id::text, '-'),
      to_char(j.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), j.payload::text), 'UTF8'));
    INSERT INTO journal SELECT j.*;
    h.seq := j.seq; h.hash := j.hash;
    UPDATE stream_heads SET seq = h.seq, hash = h.hash WHERE tenant_id = h.tenant_id;
    RETURN NEXT j;
  END LOOP;
END $fn$;
DROP FUNCTION journal_text;
