//! The tables as diesel sees them. Held against both databases by the test `schema_agrees`.
#![allow(missing_docs)]

diesel::table! {
    meta (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    serials (name) {
        name -> Text,
        next_value -> BigInt,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until_at -> Timestamp,
    }
}

diesel::table! {
    parties (id) {
        id -> Text,
        kind -> Text,
        name -> Text,
        id_sealed -> Text,
        id_lookup -> Text,
        phone_sealed -> Text,
        bank_sealed -> Text,
        bank_lookup -> Text,
        representative -> Text,
        address -> Text,
        township -> Text,
        village -> Text,
        member -> Bool,
        verification -> Text,
        verified_by -> Nullable<Text>,
        verified_at -> Nullable<Timestamp>,
        verification_note -> Text,
        agreed_electronic_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        login -> Text,
        password_hash -> Text,
        name -> Text,
        party_id -> Nullable<Text>,
        address_sealed -> Text,
        active -> Bool,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    posts (id) {
        id -> Text,
        account_id -> Text,
        role -> Text,
        scope -> Text,
        granted_by -> Nullable<Text>,
        granted_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        account_id -> Text,
        csrf -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    throttles (name) {
        name -> Text,
        failures -> BigInt,
        since_at -> Timestamp,
        blocked_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    one_time_codes (id) {
        id -> Text,
        account_id -> Text,
        purpose -> Text,
        bound_hash -> Text,
        code_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        attempts -> BigInt,
    }
}

diesel::table! {
    form_receipts (form_id) {
        form_id -> Text,
        account_id -> Text,
        path -> Text,
        location -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    security_log (id) {
        id -> Text,
        at -> Timestamp,
        account_id -> Nullable<Text>,
        kind -> Text,
        detail -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        owner_kind -> Text,
        owner_id -> Text,
        code -> Text,
        name -> Text,
        media_type -> Text,
        size_bytes -> BigInt,
        sm3 -> Text,
        storage_key -> Text,
        visibility -> Text,
        uploaded_by -> Nullable<Text>,
        uploaded_at -> Timestamp,
        superseded_by -> Nullable<Text>,
    }
}

diesel::table! {
    projects (id) {
        id -> Text,
        party_id -> Text,
        entered_by -> Text,
        project_no -> Nullable<Text>,
        variety -> Text,
        township -> Text,
        village -> Text,
        title -> Text,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    lots (id) {
        id -> Text,
        project_id -> Text,
        ord -> BigInt,
        lot_no -> Nullable<Text>,
        title -> Text,
        stage -> Text,
        published -> Bool,
        category -> BigInt,
        variety -> Text,
        mode -> Text,
        township -> Text,
        village -> Text,
        transferor_id -> Text,
        transferee_id -> Nullable<Text>,
        price_fen -> Nullable<BigInt>,
        price_unit -> Text,
        total_fen -> Nullable<BigInt>,
        area -> Nullable<BigInt>,
        deal_price_fen -> Nullable<BigInt>,
        deal_total_fen -> Nullable<BigInt>,
        published_at -> Nullable<Timestamp>,
        closes_at -> Nullable<Timestamp>,
        session_at -> Nullable<Timestamp>,
        limit_at -> Nullable<Timestamp>,
        next_due_at -> Nullable<Timestamp>,
        entered_at -> Timestamp,
        certificate_no -> Nullable<Text>,
        search_text -> Text,
        draft -> Text,
        body -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    lot_events (lot_id, seq) {
        lot_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        account_id -> Nullable<Text>,
        post -> Text,
        kind -> Text,
        body -> Text,
    }
}

diesel::table! {
    rounds (id) {
        id -> Text,
        lot_id -> Text,
        number -> BigInt,
        notice_no -> Text,
        notice -> Text,
        notice_hash -> Text,
        snapshot -> Text,
        snapshot_hash -> Text,
        published_at -> Timestamp,
        closes_at -> Timestamp,
        deposit_fen -> BigInt,
    }
}

diesel::table! {
    applications (id) {
        id -> Text,
        lot_id -> Text,
        party_id -> Text,
        account_id -> Text,
        status -> Text,
        body -> Text,
        sub_account -> Text,
        reviewer_id -> Nullable<Text>,
        reason -> Text,
        priority_rank -> Nullable<BigInt>,
        outsider -> Bool,
        bidder_no -> Nullable<Text>,
        agreed_at -> Nullable<Timestamp>,
        submitted_at -> Nullable<Timestamp>,
        decided_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> BigInt,
        correct_by -> Nullable<Timestamp>,
    }
}

diesel::table! {
    application_checks (id) {
        id -> Text,
        application_id -> Text,
        looked_up -> Text,
        checked_by -> Text,
        checked_at -> Timestamp,
    }
}

diesel::table! {
    sublog (lot_id, seq) {
        lot_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        sealed -> Text,
        hash -> Text,
    }
}

diesel::table! {
    rooms (id) {
        id -> Text,
        lot_id -> Text,
        state -> Text,
        phase -> Text,
        due_at -> Nullable<Timestamp>,
        heartbeat_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    room_events (room_id, seq) {
        room_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        body -> Text,
    }
}

diesel::table! {
    bids (id) {
        id -> Text,
        room_id -> Text,
        lot_id -> Text,
        application_id -> Text,
        seq -> BigInt,
        bidder_no -> Text,
        amount_fen -> BigInt,
        kind -> Text,
        phase -> Text,
        received_at -> Timestamp,
        journal_index -> BigInt,
        receipt -> Text,
        idempotency_key -> Text,
        source -> Text,
    }
}

diesel::table! {
    statements (id) {
        id -> Text,
        name -> Text,
        sm3 -> Text,
        imported_by -> Text,
        imported_at -> Timestamp,
        lines_count -> BigInt,
        through_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    bank_lines (id) {
        id -> Text,
        statement_id -> Text,
        serial -> Text,
        booked_at -> Timestamp,
        direction -> Text,
        name -> Text,
        account_sealed -> Text,
        account_lookup -> Text,
        bank -> Text,
        amount_fen -> BigInt,
        receiving_account -> Text,
        remark -> Text,
        status -> Text,
        matched_to -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    ledger_chain (seq) {
        seq -> BigInt,
        entry_id -> Text,
        hash -> Text,
    }
}

diesel::table! {
    ledger_entries (id) {
        id -> Text,
        at -> Timestamp,
        reason -> Text,
        idempotency_key -> Text,
        lot_id -> Nullable<Text>,
        actor_id -> Nullable<Text>,
        memo -> Text,
    }
}

diesel::table! {
    ledger_lines (entry_id, ord) {
        entry_id -> Text,
        ord -> BigInt,
        account -> Text,
        amount_fen -> BigInt,
    }
}

diesel::table! {
    holds (id) {
        id -> Text,
        application_id -> Text,
        lot_id -> Text,
        amount_fen -> BigInt,
        bank_line_id -> Text,
        status -> Text,
        version -> BigInt,
        refund_id -> Nullable<Text>,
    }
}

diesel::table! {
    payment_files (id) {
        id -> Text,
        number -> Text,
        sm3 -> Text,
        content -> Binary,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    refunds (id) {
        id -> Text,
        number -> Text,
        kind -> Text,
        lot_id -> Nullable<Text>,
        application_id -> Nullable<Text>,
        source_line_id -> Nullable<Text>,
        amount_fen -> BigInt,
        payee_name -> Text,
        payee_account_sealed -> Text,
        payee_account_lookup -> Text,
        payee_bank -> Text,
        reason -> Text,
        due_at -> Timestamp,
        status -> Text,
        pause_reason -> Text,
        maker_id -> Nullable<Text>,
        checker_id -> Nullable<Text>,
        file_id -> Nullable<Text>,
        done_line_id -> Nullable<Text>,
        created_at -> Timestamp,
        version -> BigInt,
        made_at -> Nullable<Timestamp>,
        checked_at -> Nullable<Timestamp>,
        unpaid_by -> Nullable<Text>,
        unpaid_words -> Text,
        unpaid_confirmed_by -> Nullable<Text>,
        reopened_file_id -> Nullable<Text>,
    }
}

diesel::table! {
    refund_pauses (id) {
        id -> Text,
        refund_id -> Text,
        reason -> Text,
        words -> Text,
        ordered_by -> Nullable<Text>,
        ordered_post -> Text,
        ordered_at -> Timestamp,
        lifted_words -> Text,
        lifted_by -> Nullable<Text>,
        lifted_post -> Text,
        lifted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    objections (id) {
        id -> Text,
        lot_id -> Text,
        name -> Text,
        contact_sealed -> Text,
        account_id -> Nullable<Text>,
        content -> Text,
        filed_at -> Timestamp,
        due_at -> Timestamp,
        answer -> Text,
        sustained -> Nullable<Bool>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    certificates (number) {
        number -> Text,
        lot_id -> Text,
        payload -> Text,
        signature -> Text,
        key_id -> Text,
        check_code -> Text,
        document_id -> Text,
        status -> Text,
        issued_at -> Timestamp,
    }
}

diesel::table! {
    settings (id) {
        id -> Text,
        name -> Text,
        value -> Text,
        approval_document -> Text,
        effective_from -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        approved_by -> Nullable<Text>,
        approved_at -> Nullable<Timestamp>,
        status -> Text,
    }
}

diesel::table! {
    journal_leaves (idx) {
        idx -> BigInt,
        at -> Timestamp,
        kind -> Text,
        subject -> Text,
        body -> Text,
        leaf_hash -> Text,
    }
}

diesel::table! {
    journal_nodes (level, idx) {
        level -> BigInt,
        idx -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    journal_head (id) {
        id -> BigInt,
        size -> BigInt,
        peaks -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    tree_heads (size) {
        size -> BigInt,
        root -> Text,
        at -> Timestamp,
        signature -> Text,
        key_id -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        channel -> Text,
        account_id -> Nullable<Text>,
        address_sealed -> Text,
        topic -> Text,
        subject -> Text,
        body -> Text,
        lot_id -> Nullable<Text>,
        created_at -> Timestamp,
        status -> Text,
        attempts -> BigInt,
        last_error -> Text,
        lease_until -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        read_at -> Nullable<Timestamp>,
        body_sealed -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    meta,
    serials,
    leases,
    parties,
    accounts,
    posts,
    sessions,
    throttles,
    one_time_codes,
    form_receipts,
    security_log,
    documents,
    projects,
    lots,
    lot_events,
    rounds,
    applications,
    application_checks,
    sublog,
    rooms,
    room_events,
    bids,
    statements,
    bank_lines,
    ledger_chain,
    ledger_entries,
    ledger_lines,
    holds,
    payment_files,
    refunds,
    refund_pauses,
    objections,
    certificates,
    settings,
    journal_leaves,
    journal_nodes,
    journal_head,
    tree_heads,
    outbox,
);
