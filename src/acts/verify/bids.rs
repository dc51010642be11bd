//! Every stored bid against the room's event, its leaf and its signed receipt.

use super::log::{Index, Indexed};
use super::single::receipt_signature;
use super::{Trouble, broken, ensure, same};
use crate::acts::bidding::row_commitment;
use crate::crypto::keys::{Keys, PublicBundle};
use crate::crypto::receipt::SignedReceipt;
use crate::domain::auction::{AcceptedBid, AcceptedKind, RoomEvent, TradingPhase};
use crate::domain::base::Instant;
use crate::store::Read;
use crate::store::proof::{self, BidRow};

/// All bids, or those of one lot.
pub(super) fn all(
    db: &mut impl Read,
    public: &PublicBundle,
    keys: Option<&Keys>,
    index: &Index,
    only: Option<&str>,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let mut counted = 0;
    let none = Vec::new();
    for room in proof::rooms(db, only)? {
        let leaves = index.rooms.get(&room.id).unwrap_or(&none);
        let accepted: Vec<&Indexed> = leaves.iter().filter(|l| l.leaf.kind == "bid.accepted").collect();
        let rows = proof::bids(db, &room.id)?;
        for (n, leaf) in accepted.iter().enumerate() {
            let lot = &leaf.leaf.subject;
            let place = || format!("bids 表：标的 {lot} 第 {} 次报价", n + 1);
            let row = rows.get(n).ok_or_else(|| broken(place(), format!("缺失，{} 记着它", leaf.place())))?;
            same(place, "lot_id", &row.lot_id, &room.lot_id)?;
            one(row, leaf, &place)?;
            own(keys, &room.id, row, leaf, &place)?;
            receipt(row, leaf, public, &place)?;
        }
        if let Some(row) = rows.get(accepted.len()) {
            return Err(broken(format!("bids 表：场次 {} 第 {} 次报价", room.id, row.seq), "日志里没有它的叶"));
        }
        counted += rows.len() as u64;
    }
    Ok(vec![("报价和回执", counted)])
}

/// The bid that a leaf tells.
pub(super) fn told(leaf: &Indexed) -> Result<AcceptedBid, Trouble> {
    let event = leaf.leaf.body.get("event").cloned().unwrap_or_default();
    match serde_json::from_value(event) {
        Ok(RoomEvent::BidAccepted(bid)) => Ok(bid),
        Ok(_) => Err(broken(leaf.place(), "不是报价")),
        Err(e) => Err(broken(leaf.place(), format!("内容读不出来（{e}）"))),
    }
}

fn one(row: &BidRow, leaf: &Indexed, place: &impl Fn() -> String) -> Result<(), Trouble> {
    let bid = told(leaf)?;
    let (from, no) = (leaf.place(), bid.bidder.to_string());
    let equal = |column: &str, stored: String, expected: String| {
        ensure(stored == expected, place, || format!("列 {column} 是 {stored}，{from} 和报价回执记的是 {expected}"))
    };
    equal("amount_fen", row.amount_fen.to_string(), bid.price.0.to_string())?;
    equal("seq", row.seq.to_string(), bid.seq.to_string())?;
    equal("bidder_no", row.bidder_no.clone(), no.clone())?;
    let kind = match bid.kind {
        AcceptedKind::Raise => "raise",
        AcceptedKind::PriorityMatch => "match",
    };
    equal("kind", row.kind.clone(), kind.to_owned())?;
    let phase = match bid.phase {
        TradingPhase::Free => "free",
        TradingPhase::Limited => "limited",
    };
    equal("phase", row.phase.clone(), phase.to_owned())?;
    equal("received_at", Instant::from_utc(row.received_at).rfc3339(), bid.received.rfc3339())?;
    equal("journal_index", row.journal_index.to_string(), leaf.index.to_string())?;
    let of = row.application_lot == row.lot_id && row.application_no.as_deref() == Some(no.as_str());
    ensure(of, place, || format!("列 application_id 指向的申请不是本标的竞买号 {no} 的申请"))
}

/// What only the row says, against the commitment in its leaf; leaves of before there was one have none.
fn own(
    keys: Option<&Keys>,
    room: &str,
    row: &BidRow,
    leaf: &Indexed,
    place: &impl Fn() -> String,
) -> Result<(), Trouble> {
    let told = leaf.text("row");
    let Some(keys) = keys.filter(|_| !told.is_empty()) else { return Ok(()) };
    let own = [&row.id, &row.application_id, &row.idempotency_key, &row.source].map(String::as_str);
    ensure(row_commitment(keys, room, row.seq, own) == told, place, || {
        format!("id、application_id、idempotency_key 或 source 与 {} 的承诺不符，被改动过", leaf.place())
    })
}

fn receipt(row: &BidRow, leaf: &Indexed, public: &PublicBundle, place: &impl Fn() -> String) -> Result<(), Trouble> {
    let signed: SignedReceipt =
        serde_json::from_str(&row.receipt).map_err(|e| broken(place(), format!("回执读不出来（{e}）")))?;
    receipt_signature(&signed, public).map_err(|why| broken(place(), format!("回执：{why}")))?;
    let bid = told(leaf)?;
    let r = &signed.payload;
    let fits = r.lot_no == leaf.leaf.subject
        && r.bidder_no == bid.bidder.to_string()
        && r.amount_fen == bid.price
        && r.received_at == bid.received
        && r.seq == u64::from(bid.seq)
        && r.journal_index == leaf.index;
    ensure(fits, place, || format!("回执的内容与 {} 不同", leaf.place()))
}
