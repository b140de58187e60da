-- Takes back everything of this migration. Labels that hang on things lead nowhere then.
DROP TABLE thing_labels, label_batches;
