-- Takes back everything of this migration.
DROP TABLE loan_reminders;
