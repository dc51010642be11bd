//! Accounts, parties, sessions and what the process keeps for itself.
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
    corrections (id) {
        id -> Text,
        party_id -> Nullable<Text>,
        account_id -> Text,
        before_sealed -> Text,
        after_sealed -> Text,
        document_id -> Nullable<Text>,
        note -> Text,
        status -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decided_note -> Text,
    }
}
