//! Projects, lots, applications, rooms and bids.
#![allow(missing_docs)]

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
