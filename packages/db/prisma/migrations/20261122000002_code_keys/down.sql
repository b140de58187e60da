-- Takes back everything of this migration. Signed codes can no longer be made or read; compact ones are not touched.
DROP TABLE code_keys;
DROP FUNCTION code_key_goes_on, code_key_stays, code_key_changed;
