-- Whoever may do less than before is news, through whichever door it was done: their sockets are closed at once, in every
-- process. The functions choose their role, since people sign out as tessera_auth and a person who is deleted takes
-- their memberships' user away as the owner of the table; neither may write to the outbox.

CREATE FUNCTION device_blocked() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  VALUES (NEW.tenant_id, CASE WHEN NEW.blocked_at IS NULL THEN 'device.unblocked' ELSE 'device.blocked' END, NEW.id, 0, '{}');
  RETURN NULL;
END $$;
CREATE TRIGGER device_blocked AFTER UPDATE OF blocked_at ON devices FOR EACH ROW
  WHEN ((OLD.blocked_at IS NULL) <> (NEW.blocked_at IS NULL)) EXECUTE FUNCTION device_blocked();

CREATE FUNCTION member_changed() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
  VALUES (NEW.tenant_id, 'member.changed', NEW.id, 0, jsonb_build_object('role', NEW.role, 'was', OLD.role));
  RETURN NULL;
END $$;
CREATE TRIGGER member_changed AFTER UPDATE OF role, user_id ON members FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.user_id IS DISTINCT FROM NEW.user_id) EXECUTE FUNCTION member_changed();

-- A session that had ended by itself is no news when its row goes.
CREATE FUNCTION session_ended() RETURNS trigger LANGUAGE plpgsql SET role = 'tessera_operator' AS $$
BEGIN
  INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, payload)
  SELECT tenant_id, 'session.ended', id, 0, id, '{}' FROM members WHERE user_id = OLD.user_id;
  RETURN NULL;
END $$;
CREATE TRIGGER session_ended AFTER DELETE ON sessions FOR EACH ROW
  WHEN (OLD.expires_at > clock_timestamp()) EXECUTE FUNCTION session_ended();

-- Operators block a desk, and let it in again; its token's hash they never see.
CREATE POLICY operator ON devices TO tessera_operator USING (true) WITH CHECK (true);
GRANT SELECT (tenant_id, id, name, blocked_at, quarantined_at, created_at), UPDATE (blocked_at) ON devices TO tessera_operator;
