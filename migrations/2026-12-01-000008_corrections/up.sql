-- Telephones, bank accounts and addresses that were mistyped: proposed by one who saw the original, confirmed by
-- another. What it was and what it shall be stand sealed; the scan is kept among the papers.
CREATE TABLE corrections (
    id TEXT NOT NULL PRIMARY KEY,
    party_id TEXT REFERENCES parties (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    before_sealed TEXT NOT NULL,
    after_sealed TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id),
    note TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('proposed', 'confirmed', 'rejected')),
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    decided_by TEXT,
    decided_at TIMESTAMP,
    decided_note TEXT NOT NULL,
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX corrections_by_account ON corrections (account_id);
CREATE INDEX corrections_by_status ON corrections (status);
