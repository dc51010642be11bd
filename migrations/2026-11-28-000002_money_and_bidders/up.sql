-- Whoever took his application back may apply and pay again: one application, several deposits after each
-- other, each with the order that gives it back.
CREATE TABLE holds_again (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    lot_id TEXT NOT NULL REFERENCES lots (id),
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    bank_line_id TEXT NOT NULL UNIQUE REFERENCES bank_lines (id),
    status TEXT NOT NULL CHECK (status IN ('held', 'converted', 'refunding', 'refunded', 'forfeited')),
    version BIGINT NOT NULL,
    refund_id TEXT
);
INSERT INTO holds_again (id, application_id, lot_id, amount_fen, bank_line_id, status, version, refund_id)
SELECT h.id, h.application_id, h.lot_id, h.amount_fen, h.bank_line_id, h.status, h.version,
    (SELECT MIN(r.id) FROM refunds r WHERE r.application_id = h.application_id AND r.kind = 'deposit')
FROM holds h;
DROP TABLE holds;
ALTER TABLE holds_again RENAME TO holds;
CREATE INDEX holds_by_lot ON holds (lot_id);
CREATE INDEX holds_by_application ON holds (application_id);

-- Until when a correction may be handed in.
ALTER TABLE applications ADD COLUMN correct_by TIMESTAMP;
UPDATE applications SET correct_by = decided_at WHERE status = 'correction';

-- Up to which moment a statement tells of the account.
ALTER TABLE statements ADD COLUMN through_at TIMESTAMP;
UPDATE statements SET through_at =
    (SELECT MAX(l.booked_at) FROM bank_lines l WHERE l.statement_id = statements.id);

-- When an order was made and checked; who reported with which words that the bank did not carry it out, and
-- the payment file whose order was opened again for it.
ALTER TABLE refunds ADD COLUMN made_at TIMESTAMP;
ALTER TABLE refunds ADD COLUMN checked_at TIMESTAMP;
ALTER TABLE refunds ADD COLUMN unpaid_by TEXT;
ALTER TABLE refunds ADD COLUMN unpaid_words TEXT NOT NULL DEFAULT '';
ALTER TABLE refunds ADD COLUMN unpaid_confirmed_by TEXT;
ALTER TABLE refunds ADD COLUMN reopened_file_id TEXT;
