//! Bank statements, the ledger, deposits and payments.
#![allow(missing_docs)]

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
