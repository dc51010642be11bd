-- Messages with a code in them: their text stands sealed here until they left, and nowhere after.
ALTER TABLE outbox ADD COLUMN body_sealed TEXT NOT NULL DEFAULT '';
UPDATE outbox SET body = '' WHERE topic IN ('one_time_code', 'password_reset') AND status <> 'pending';
