-- Takes back everything of this migration. The roles stay: another database of the cluster may use them.
DROP FUNCTION redeem_code, answered_scan, issue_code, relay_outbox, journal_heads, pair_device, iso_instant;
DROP VIEW scan_answers, qr_audit_log;
DROP TABLE feature_flags, stream_heads, journal, outbox, scans, redemptions, checkouts, qr_codes, resources,
  device_invitations, devices, members, tenants, verifications, accounts, sessions, users CASCADE;
DROP FUNCTION refuse_change, code_cancelled, flag_changed;
DROP SEQUENCE flag_revision;
