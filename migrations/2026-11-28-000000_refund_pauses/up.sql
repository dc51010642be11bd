-- Why each payment waited, who said so, and who let it go on.
CREATE TABLE refund_pauses (
    id TEXT NOT NULL PRIMARY KEY,
    refund_id TEXT NOT NULL REFERENCES refunds (id),
    reason TEXT NOT NULL CHECK (reason IN ('objection', 'inquiry', 'standby')),
    words TEXT NOT NULL,
    ordered_by TEXT,
    ordered_post TEXT NOT NULL,
    ordered_at TIMESTAMP NOT NULL,
    lifted_words TEXT NOT NULL,
    lifted_by TEXT,
    lifted_post TEXT NOT NULL,
    lifted_at TIMESTAMP
);
CREATE INDEX refund_pauses_by_refund ON refund_pauses (refund_id);
