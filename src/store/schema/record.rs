//! Objections, certificates, settings, the journal and outgoing messages.
#![allow(missing_docs)]

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
    row_records (seq) {
        seq -> BigInt,
        about -> Text,
        row_id -> Text,
        record -> Text,
        hash -> Text,
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
