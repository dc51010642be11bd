-- A small county as the first migration kept it: a listing with one application whose deposit arrived.
-- Every constraint of that schema holds. The text of lots and events is not the program's own.
INSERT INTO meta (name, value) VALUES ('opened', '2026-03-02');
INSERT INTO serials (name, next_value) VALUES ('project', 2);
INSERT INTO parties (id, kind, name, id_sealed, id_lookup, phone_sealed, bank_sealed, bank_lookup, representative, address, township, village, member, verification, verified_by, verified_at, verification_note, agreed_electronic_at, created_at, version) VALUES
    ('00000000-0000-7000-8000-000000000001', 'collective', '源峰村股份经济合作社', 'sealed-1', 'lookup-1', 'sealed', 'sealed', 'bank-1', '李春生', '源峰村', '431127100', '源峰村', FALSE, 'verified', 'clerk', '2026-03-02 02:00:00', '登记证原件', NULL, '2026-03-02 01:00:00', 2),
    ('00000000-0000-7000-8000-000000000002', 'person', '盘小妹', 'sealed-2', 'lookup-2', 'sealed', 'sealed', 'bank-2', '', '源峰村二组', '431127100', '源峰村', TRUE, 'unverified', NULL, NULL, '', '2026-03-02 01:30:00', '2026-03-02 01:30:00', 1);
INSERT INTO accounts (id, login, password_hash, name, party_id, address_sealed, active, created_at, version) VALUES
    ('00000000-0000-7000-8000-000000000011', 'yuanfeng', '$argon2id$', '源峰村股份经济合作社', '00000000-0000-7000-8000-000000000001', 'sealed', TRUE, '2026-03-02 01:00:00', 1),
    ('00000000-0000-7000-8000-000000000012', 'xiaomei', '$argon2id$', '盘小妹', '00000000-0000-7000-8000-000000000002', 'sealed', TRUE, '2026-03-02 01:30:00', 1),
    ('00000000-0000-7000-8000-000000000013', 'finance', '$argon2id$', '周工', NULL, '', FALSE, '2026-03-02 01:00:00', 3);
INSERT INTO posts (id, account_id, role, scope, granted_by, granted_at, revoked_at) VALUES
    ('00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000013', 'finance', '"County"', NULL, '2026-03-02 01:00:00', NULL);
INSERT INTO sessions (token_hash, account_id, csrf, created_at, seen_at, expires_at) VALUES
    ('token', '00000000-0000-7000-8000-000000000012', 'csrf', '2026-03-02 01:30:00', '2026-03-02 01:40:00', '2026-03-02 13:30:00');
INSERT INTO one_time_codes (id, account_id, purpose, bound_hash, code_hash, created_at, expires_at, used_at, attempts) VALUES
    ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000012', 'apply', 'bound', 'hash', '2026-03-02 01:31:00', '2026-03-02 01:41:00', '2026-03-02 01:33:00', 1);
INSERT INTO projects (id, party_id, entered_by, project_no, variety, township, village, title, created_at, version) VALUES
    ('00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000011', 'HNLS-2026-0001', '0501', '431127100', '源峰村', '山塘承包经营权', '2026-03-02 02:30:00', 1);
INSERT INTO lots (id, project_id, ord, lot_no, title, stage, published, category, variety, mode, township, village, transferor_id, transferee_id, price_fen, price_unit, total_fen, area, deal_price_fen, deal_total_fen, published_at, closes_at, session_at, limit_at, next_due_at, entered_at, certificate_no, search_text, draft, body, version) VALUES
    ('00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000041', 1, 'HNLS-2026-0001-01', '源峰村山塘', 'listed', TRUE, 5, '0501', 'lease', '431127100', '源峰村', '00000000-0000-7000-8000-000000000001', NULL, 50000, 'yuan_per_year', 250000, 125000, NULL, NULL, '2026-03-03 01:00:00', '2026-03-20 09:00:00', NULL, NULL, '2026-03-20 09:00:00', '2026-03-03 01:00:00', NULL, '山塘', '{}', '{}', 4),
    ('00000000-0000-7000-8000-000000000052', '00000000-0000-7000-8000-000000000041', 2, NULL, '源峰村另一口山塘', 'draft', FALSE, 5, '0501', 'lease', '431127100', '源峰村', '00000000-0000-7000-8000-000000000001', NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-02 02:30:00', NULL, '', '{}', '{}', 1);
INSERT INTO lot_events (lot_id, seq, at, account_id, post, kind, body) VALUES
    ('00000000-0000-7000-8000-000000000051', 1, '2026-03-02 02:30:00', '00000000-0000-7000-8000-000000000011', '', 'submitted', '{}'),
    ('00000000-0000-7000-8000-000000000051', 2, '2026-03-03 01:00:00', NULL, '', 'published', '{}');
INSERT INTO documents (id, owner_kind, owner_id, code, name, media_type, size_bytes, sm3, storage_key, visibility, uploaded_by, uploaded_at, superseded_by) VALUES
    ('00000000-0000-7000-8000-000000000061', 'lot', '00000000-0000-7000-8000-000000000051', 'T02', '登记证.pdf', 'application/pdf', 10, 'ab', 'ab', 'staff', NULL, '2026-03-02 02:40:00', NULL);
INSERT INTO applications (id, lot_id, party_id, account_id, status, body, sub_account, reviewer_id, reason, priority_rank, outsider, bidder_no, agreed_at, submitted_at, decided_at, created_at, version) VALUES
    ('00000000-0000-7000-8000-000000000071', '00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000012', 'submitted', '{}', '82010000000001', NULL, '', 1, FALSE, NULL, NULL, '2026-03-04 01:00:00', NULL, '2026-03-04 00:50:00', 2);
INSERT INTO statements (id, name, sm3, imported_by, imported_at, lines_count) VALUES
    ('00000000-0000-7000-8000-000000000081', '流水.csv', 'cd', '00000000-0000-7000-8000-000000000013', '2026-03-05 01:00:00', 1);
INSERT INTO bank_lines (id, statement_id, serial, booked_at, direction, name, account_sealed, account_lookup, bank, amount_fen, receiving_account, remark, status, matched_to, version) VALUES
    ('00000000-0000-7000-8000-000000000091', '00000000-0000-7000-8000-000000000081', 'S0001', '2026-03-04 06:00:00', 'in', '盘小妹', 'sealed', 'bank-2', '蓝山农商银行', 50000, '82010000000001', '', 'matched', '00000000-0000-7000-8000-000000000071', 2);
INSERT INTO holds (id, application_id, lot_id, amount_fen, bank_line_id, status, version) VALUES
    ('00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000071', '00000000-0000-7000-8000-000000000051', 50000, '00000000-0000-7000-8000-000000000091', 'held', 1);
BEGIN;
INSERT INTO ledger_lines (entry_id, ord, account, amount_fen) VALUES
    ('00000000-0000-7000-8000-0000000000b1', 0, 'bank', 50000),
    ('00000000-0000-7000-8000-0000000000b1', 1, 'deposit:00000000-0000-7000-8000-000000000071', -50000);
INSERT INTO ledger_entries (id, at, reason, idempotency_key, lot_id, actor_id, memo) VALUES
    ('00000000-0000-7000-8000-0000000000b1', '2026-03-05 01:00:00', 'deposit', 'line:S0001', '00000000-0000-7000-8000-000000000051', NULL, '');
COMMIT;
INSERT INTO ledger_chain (seq, entry_id, hash) VALUES (1, '00000000-0000-7000-8000-0000000000b1', 'ef');
INSERT INTO refunds (id, number, kind, lot_id, application_id, source_line_id, amount_fen, payee_name, payee_account_sealed, payee_account_lookup, payee_bank, reason, due_at, status, pause_reason, maker_id, checker_id, file_id, done_line_id, created_at, version) VALUES
    ('00000000-0000-7000-8000-0000000000c1', 'T20260001', 'suspense', NULL, NULL, '00000000-0000-7000-8000-000000000091', 1, '盘小妹', 'sealed', 'bank-2', '蓝山农商银行', '多付', '2026-03-10 09:00:00', 'due', '', NULL, NULL, NULL, NULL, '2026-03-05 02:00:00', 1);
INSERT INTO outbox (id, channel, account_id, address_sealed, topic, subject, body, lot_id, created_at, status, attempts, last_error, lease_until, sent_at, read_at) VALUES
    ('00000000-0000-7000-8000-0000000000d1', 'sms', '00000000-0000-7000-8000-000000000012', 'sealed', 'one_time_code', '验证码', '验证码 123456', NULL, '2026-03-02 01:31:00', 'sent', 1, '', NULL, '2026-03-02 01:31:01', NULL),
    ('00000000-0000-7000-8000-0000000000d2', 'inbox', '00000000-0000-7000-8000-000000000012', '', 'deposit_arrived', '保证金到账', '保证金已到账', '00000000-0000-7000-8000-000000000051', '2026-03-05 01:00:00', 'sent', 0, '', NULL, NULL, NULL);
