//! The tables as diesel sees them, by what they are about. Held against both databases by the test `schema_agrees`.
#![allow(missing_docs)]

mod market;
mod money;
mod people;
mod record;

pub use market::*;
pub use money::*;
pub use people::*;
pub use record::*;

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
    corrections,
    refund_pauses,
    objections,
    certificates,
    settings,
    journal_leaves,
    journal_nodes,
    row_records,
    journal_head,
    tree_heads,
    outbox,
);
