-- For tests only: `migrate` never runs it on a database whose journal has a leaf.
ALTER TABLE outbox DROP COLUMN body_sealed;
