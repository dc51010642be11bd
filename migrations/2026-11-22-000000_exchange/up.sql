-- The whole exchange, one portable schema for SQLite and PostgreSQL.
-- Ids are hyphenated UUIDs in TEXT, money is fen in BIGINT, instants are UTC TIMESTAMPs,
-- enums are TEXT with a CHECK. Guards that differ by engine stand in src/store/guards.rs.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE serials (
    name TEXT NOT NULL PRIMARY KEY,
    next_value BIGINT NOT NULL CHECK (next_value > 0)
);

CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until_at TIMESTAMP NOT NULL
);

CREATE TABLE parties (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'collective')),
    name TEXT NOT NULL,
    id_sealed TEXT NOT NULL,
    id_lookup TEXT NOT NULL UNIQUE,
    phone_sealed TEXT NOT NULL,
    bank_sealed TEXT NOT NULL,
    bank_lookup TEXT NOT NULL,
    representative TEXT NOT NULL,
    address TEXT NOT NULL,
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    member BOOLEAN NOT NULL,
    verification TEXT NOT NULL CHECK (verification IN ('unverified', 'verified', 'rejected')),
    verified_by TEXT,
    verified_at TIMESTAMP,
    verification_note TEXT NOT NULL,
    agreed_electronic_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CHECK (verification <> 'verified' OR verified_at IS NOT NULL)
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    party_id TEXT REFERENCES parties (id),
    address_sealed TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE posts (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    granted_by TEXT,
    granted_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX posts_by_account ON posts (account_id);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    csrf TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE TABLE throttles (
    name TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    since_at TIMESTAMP NOT NULL,
    blocked_until TIMESTAMP
);

CREATE TABLE one_time_codes (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    purpose TEXT NOT NULL,
    bound_hash TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    attempts BIGINT NOT NULL
);
CREATE INDEX one_time_codes_by_account ON one_time_codes (account_id);

CREATE TABLE form_receipts (
    form_id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    path TEXT NOT NULL,
    location TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE security_log (
    id TEXT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    account_id TEXT,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX security_log_by_time ON security_log (at);

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('party', 'project', 'lot', 'application', 'centre')),
    owner_id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sm3 TEXT NOT NULL,
    storage_key TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'parties', 'staff')),
    uploaded_by TEXT,
    uploaded_at TIMESTAMP NOT NULL,
    superseded_by TEXT
);
CREATE INDEX documents_by_owner ON documents (owner_kind, owner_id);

CREATE TABLE projects (
    id TEXT NOT NULL PRIMARY KEY,
    party_id TEXT NOT NULL REFERENCES parties (id),
    entered_by TEXT NOT NULL REFERENCES accounts (id),
    project_no TEXT UNIQUE,
    variety TEXT NOT NULL,
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    title TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX projects_by_party ON projects (party_id);

CREATE TABLE lots (
    id TEXT NOT NULL PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    ord BIGINT NOT NULL,
    lot_no TEXT UNIQUE,
    title TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('draft', 'first_review', 'first_correction', 'first_returned', 'acceptance', 'acceptance_correction', 'not_accepted', 'review', 'consultation', 'review_rejected', 'to_publish', 'listed', 'amended', 'extended', 'qualifying', 'qualified', 'scheduled', 'free_bidding', 'limited_bidding', 'bidding_paused', 'evaluation', 'draw', 'negotiation', 'publicity', 'objection_handling', 'confirmation', 'approval', 'to_sign', 'signed', 'awaiting_payment', 'paid', 'certifying', 'certified', 'delivered', 'handed_over', 'registered', 'archived', 'withdrawn', 'failed_no_applicant', 'failed_no_bid', 'failed_reserve', 'failed_competition', 'suspended', 'terminated', 'defaulted', 'annulled', 'certificate_revoked')),
    published BOOLEAN NOT NULL,
    category BIGINT NOT NULL CHECK (category BETWEEN 1 AND 14),
    variety TEXT NOT NULL,
    mode TEXT NOT NULL,
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    transferor_id TEXT NOT NULL REFERENCES parties (id),
    transferee_id TEXT REFERENCES parties (id),
    price_fen BIGINT,
    price_unit TEXT NOT NULL,
    total_fen BIGINT,
    area BIGINT,
    deal_price_fen BIGINT,
    deal_total_fen BIGINT,
    published_at TIMESTAMP,
    closes_at TIMESTAMP,
    session_at TIMESTAMP,
    limit_at TIMESTAMP,
    next_due_at TIMESTAMP,
    entered_at TIMESTAMP NOT NULL,
    certificate_no TEXT UNIQUE,
    search_text TEXT NOT NULL,
    draft TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (project_id, ord),
    CHECK (NOT published OR (lot_no IS NOT NULL AND price_fen IS NOT NULL AND published_at IS NOT NULL)),
    CHECK (stage NOT IN ('listed', 'extended') OR closes_at IS NOT NULL),
    CHECK (stage NOT IN ('scheduled', 'free_bidding', 'limited_bidding') OR session_at IS NOT NULL),
    CHECK (stage NOT IN ('publicity', 'confirmation', 'to_sign', 'awaiting_payment', 'certified', 'archived') OR deal_price_fen IS NOT NULL)
);
CREATE INDEX lots_by_stage ON lots (stage);
CREATE INDEX lots_by_due ON lots (next_due_at);
CREATE INDEX lots_by_transferor ON lots (transferor_id);
CREATE INDEX lots_by_publication ON lots (published, published_at);

CREATE TABLE lot_events (
    lot_id TEXT NOT NULL REFERENCES lots (id),
    seq BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    account_id TEXT,
    post TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (lot_id, seq)
);

CREATE TABLE rounds (
    id TEXT NOT NULL PRIMARY KEY,
    lot_id TEXT NOT NULL REFERENCES lots (id),
    number BIGINT NOT NULL,
    notice_no TEXT NOT NULL UNIQUE,
    notice TEXT NOT NULL,
    notice_hash TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    snapshot_hash TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    deposit_fen BIGINT NOT NULL CHECK (deposit_fen >= 0),
    UNIQUE (lot_id, number)
);

CREATE TABLE applications (
    id TEXT NOT NULL PRIMARY KEY,
    lot_id TEXT NOT NULL REFERENCES lots (id),
    party_id TEXT NOT NULL REFERENCES parties (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'correction', 'qualified', 'refused', 'withdrawn')),
    body TEXT NOT NULL,
    sub_account TEXT NOT NULL UNIQUE,
    reviewer_id TEXT,
    reason TEXT NOT NULL,
    priority_rank BIGINT,
    outsider BOOLEAN NOT NULL,
    bidder_no TEXT,
    agreed_at TIMESTAMP,
    submitted_at TIMESTAMP,
    decided_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (lot_id, party_id),
    UNIQUE (lot_id, bidder_no)
);

CREATE TABLE sublog (
    lot_id TEXT NOT NULL REFERENCES lots (id),
    seq BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    sealed TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (lot_id, seq)
);

CREATE TABLE rooms (
    id TEXT NOT NULL PRIMARY KEY,
    lot_id TEXT NOT NULL REFERENCES lots (id),
    state TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('waiting', 'free', 'limited', 'paused', 'preparing', 'closed')),
    due_at TIMESTAMP,
    heartbeat_at TIMESTAMP,
    version BIGINT NOT NULL
);
CREATE INDEX rooms_by_lot ON rooms (lot_id);

CREATE TABLE room_events (
    room_id TEXT NOT NULL REFERENCES rooms (id),
    seq BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (room_id, seq)
);

CREATE TABLE bids (
    id TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms (id),
    lot_id TEXT NOT NULL REFERENCES lots (id),
    application_id TEXT NOT NULL REFERENCES applications (id),
    seq BIGINT NOT NULL,
    bidder_no TEXT NOT NULL,
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    kind TEXT NOT NULL CHECK (kind IN ('raise', 'match')),
    phase TEXT NOT NULL CHECK (phase IN ('free', 'limited')),
    received_at TIMESTAMP NOT NULL,
    journal_index BIGINT NOT NULL,
    receipt TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    UNIQUE (room_id, seq)
);
CREATE INDEX bids_by_lot ON bids (lot_id);

CREATE TABLE statements (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sm3 TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    lines_count BIGINT NOT NULL
);

CREATE TABLE bank_lines (
    id TEXT NOT NULL PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statements (id),
    serial TEXT NOT NULL UNIQUE,
    booked_at TIMESTAMP NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    name TEXT NOT NULL,
    account_sealed TEXT NOT NULL,
    account_lookup TEXT NOT NULL,
    bank TEXT NOT NULL,
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    receiving_account TEXT NOT NULL,
    remark TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unmatched', 'matched', 'returning', 'returned')),
    matched_to TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE ledger_entries (
    id TEXT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    lot_id TEXT,
    actor_id TEXT,
    memo TEXT NOT NULL
);

CREATE TABLE ledger_lines (
    entry_id TEXT NOT NULL REFERENCES ledger_entries (id) DEFERRABLE INITIALLY DEFERRED,
    ord BIGINT NOT NULL,
    account TEXT NOT NULL,
    amount_fen BIGINT NOT NULL CHECK (amount_fen <> 0),
    PRIMARY KEY (entry_id, ord)
);
CREATE INDEX ledger_lines_by_account ON ledger_lines (account);

CREATE TABLE ledger_chain (
    seq BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
    entry_id TEXT NOT NULL UNIQUE REFERENCES ledger_entries (id),
    hash TEXT NOT NULL
);

CREATE TABLE holds (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL UNIQUE REFERENCES applications (id),
    lot_id TEXT NOT NULL REFERENCES lots (id),
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    bank_line_id TEXT NOT NULL UNIQUE REFERENCES bank_lines (id),
    status TEXT NOT NULL CHECK (status IN ('held', 'converted', 'refunding', 'refunded', 'forfeited')),
    version BIGINT NOT NULL
);
CREATE INDEX holds_by_lot ON holds (lot_id);

CREATE TABLE payment_files (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    sm3 TEXT NOT NULL,
    content BYTEA NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);

CREATE TABLE refunds (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('deposit', 'release', 'suspense', 'excess')),
    lot_id TEXT REFERENCES lots (id),
    application_id TEXT REFERENCES applications (id),
    source_line_id TEXT REFERENCES bank_lines (id),
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    payee_name TEXT NOT NULL,
    payee_account_sealed TEXT NOT NULL,
    payee_account_lookup TEXT NOT NULL,
    payee_bank TEXT NOT NULL,
    reason TEXT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('due', 'paused', 'made', 'checked', 'sent', 'done')),
    pause_reason TEXT NOT NULL,
    maker_id TEXT,
    checker_id TEXT,
    file_id TEXT REFERENCES payment_files (id),
    done_line_id TEXT UNIQUE REFERENCES bank_lines (id),
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CHECK (status <> 'done' OR done_line_id IS NOT NULL),
    CHECK (checker_id IS NULL OR maker_id IS NULL OR checker_id <> maker_id)
);
CREATE INDEX refunds_by_status ON refunds (status);
CREATE INDEX refunds_by_lot ON refunds (lot_id);

CREATE TABLE objections (
    id TEXT NOT NULL PRIMARY KEY,
    lot_id TEXT NOT NULL REFERENCES lots (id),
    name TEXT NOT NULL,
    contact_sealed TEXT NOT NULL,
    account_id TEXT,
    content TEXT NOT NULL,
    filed_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    answer TEXT NOT NULL,
    sustained BOOLEAN,
    answered_by TEXT,
    answered_at TIMESTAMP
);
CREATE INDEX objections_by_lot ON objections (lot_id);

CREATE TABLE certificates (
    number TEXT NOT NULL PRIMARY KEY,
    lot_id TEXT NOT NULL UNIQUE REFERENCES lots (id),
    payload TEXT NOT NULL,
    signature TEXT NOT NULL,
    key_id TEXT NOT NULL,
    check_code TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents (id),
    status TEXT NOT NULL CHECK (status IN ('valid', 'revoked')),
    issued_at TIMESTAMP NOT NULL
);

CREATE TABLE settings (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    approval_document TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    approved_by TEXT,
    approved_at TIMESTAMP,
    status TEXT NOT NULL CHECK (status IN ('proposed', 'approved', 'rejected')),
    CHECK (approved_by IS NULL OR approved_by <> proposed_by)
);
CREATE INDEX settings_by_name ON settings (name);

CREATE TABLE journal_leaves (
    idx BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    leaf_hash TEXT NOT NULL
);
CREATE INDEX journal_leaves_by_subject ON journal_leaves (subject);

CREATE TABLE journal_nodes (
    level BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (level, idx)
);

CREATE TABLE journal_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    size BIGINT NOT NULL,
    peaks TEXT NOT NULL,
    version BIGINT NOT NULL
);
INSERT INTO journal_head (id, size, peaks, version) VALUES (1, 0, '[]', 0);

CREATE TABLE tree_heads (
    size BIGINT NOT NULL PRIMARY KEY,
    root TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    signature TEXT NOT NULL,
    key_id TEXT NOT NULL
);

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'mail', 'inbox')),
    account_id TEXT,
    address_sealed TEXT NOT NULL,
    topic TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    lot_id TEXT,
    created_at TIMESTAMP NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'failed')),
    attempts BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    lease_until TIMESTAMP,
    sent_at TIMESTAMP,
    read_at TIMESTAMP
);
CREATE INDEX outbox_by_status ON outbox (status);
CREATE INDEX outbox_by_account ON outbox (account_id);
