//! Bid record (form F06), of rooms with a winner and of those that failed.

use std::collections::BTreeMap;

use super::super::deal::{Deal, both, price};
use super::head;
use super::result::gain;
use crate::acts::record;
use crate::context::App;
use crate::crypto::journal::Leaf;
use crate::domain::auction::{BidRefusal, RoomEvent};
use crate::domain::base::numbering::LotPaper;
use crate::domain::base::{Fen, Instant};
use crate::domain::lot::{LotEvent, Recorded};
use crate::live::REFUSALS_A_MINUTE;
use crate::papers::{BidLine, BidRecordPaper, Fact, Paper, PauseLine};
use crate::store::bids::StoredBid;
use crate::store::{Fault, Stop, bids, journal, lots, rooms};

/// The stored kind of a bid that matched a price by priority right.
pub(super) const MATCH: &str = "match";

/// The accepted bids of the deal's room in order; none without a room.
pub(super) fn bids_of(app: &App, deal: &Deal) -> Result<Vec<StoredBid>, Stop> {
    match &deal.lot.session {
        Some(session) => Ok(app.store.read(|db| bids::of_room(db, session.room))?),
        None => Ok(Vec::new()),
    }
}

/// 竞价记录 (F06): every bid by its number, never a name; every pause with its reason.
pub fn bid_record(app: &App, deal: &Deal) -> Result<Paper, Stop> {
    let terms = deal.terms()?;
    let outcome = deal.lot.outcome.as_ref();
    let session = deal.lot.session.as_ref().ok_or_else(|| deal.lot.wrong_stage())?;
    let made = bids_of(app, deal)?;
    let (events, room, qualified) = app.store.read(|db| {
        let room = rooms::events_of(db, session.room)?;
        Ok((lots::events(db, deal.lot.id)?, room, bids::bidders(db, deal.lot.id)?.len()))
    })?;
    let closed = room.iter().rev().find_map(|e| match e {
        RoomEvent::Closed { at, .. } => Some(*at),
        RoomEvent::Opened { .. }
        | RoomEvent::EnteredLimited { .. }
        | RoomEvent::BidAccepted(_)
        | RoomEvent::Frozen { .. }
        | RoomEvent::Resumed { .. }
        | RoomEvent::Continued { .. }
        | RoomEvent::Drawn { .. } => None,
    });
    let closed = closed.unwrap_or(deal.lot.entered_at);
    let limited = events.iter().find(|r| r.event.kind() == "limited_opened").map(|r| r.at);
    let refused = refused(app, deal, session.starts, closed)?;
    let line = |b: &StoredBid| BidLine {
        seq: b.seq.to_string(),
        bidder_no: b.bidder_no.clone(),
        amount: price(Fen(b.amount_fen), terms),
        received: b.received_at.clock_ms(),
        phase: if b.phase == "free" { "自由" } else { "限时" }.into(),
        priority: if b.kind == MATCH { "同价优先" } else { "" }.into(),
        outcome: "有效".into(),
        source: b.source.clone(),
    };
    let range = match (made.first(), made.last()) {
        (Some(first), Some(last)) => format!("{}至{}", first.journal_index, last.journal_index),
        _ => "无报价".to_owned(),
    };
    let result = match outcome {
        Some(outcome) if outcome.negotiated => "协商成交",
        Some(_) => "成交",
        None => deal.lot.stage.zh(),
    };
    Ok(BidRecordPaper {
        head: head(app, deal.paper_no(LotPaper::BidRecord, 1)?, closed.day()),
        project_no: deal.project_no(),
        lot_no: deal.lot_no(),
        object: terms.title.clone(),
        price: price(terms.price, terms),
        rules: format!(
            "{}，报价幅度{}，自由报价期{}秒，限时报价期{}秒",
            terms.method.zh(),
            price(terms.step, terms),
            session.free_ms / 1000,
            session.limited_ms / 1000
        ),
        bidders: outcome.map_or_else(|| format!("{qualified}人"), |o| format!("{}人", o.bidders)),
        opened: session.starts.zh_secs(),
        free_end: limited.map(|t| t.zh_secs()),
        closed: closed.zh_secs(),
        bids: made.iter().map(line).collect(),
        refused,
        pauses: pauses(&room, &events),
        result: result.into(),
        winner_no: outcome.map(|o| o.bidder_no.clone()),
        deal_price: outcome.map(|_| deal.deal_price()).transpose()?,
        deal_capitals: outcome.map(|o| both(o.total)),
        gain: outcome.map(|o| gain(deal, o)),
        notes: deal.lot.ending.iter().filter(|_| outcome.is_none()).cloned().collect(),
        evidence: vec![Fact::new("日志序号", range)],
        signatures: Vec::new(),
    }
    .into())
}

/// The bids that came while the room was open and were refused, counted by reason from the journal: who bid
/// what is told to nobody but himself. Later ones are no part of the session, so that the paper never changes.
fn refused(app: &App, deal: &Deal, opened: Instant, closed: Instant) -> Result<Vec<Fact>, Stop> {
    let leaves = app.store.read(|db| journal::leaves_about(db, &record::subject(&deal.lot)))?;
    let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
    for leaf in leaves.iter().filter(|l| l.kind == "bid.refused") {
        let at = Instant::from_utc(leaf.at);
        let told = Leaf::from_bytes(leaf.body.as_bytes()).map_err(|e| Fault::Inconsistent(e.to_string()))?;
        let code = told.body.get("code").and_then(serde_json::Value::as_str).unwrap_or_default();
        if opened <= at && at <= closed {
            *counts.entry(BidRefusal::heading(code).unwrap_or("其他原因")).or_default() += 1;
        }
    }
    let mut told: Vec<Fact> = counts.into_iter().map(|(reason, n)| Fact::new(reason, format!("{n}次"))).collect();
    if !told.is_empty() {
        told.push(Fact::new(
            "记载范围",
            format!("以日志为准；同一竞买号一分钟内超过{REFUSALS_A_MINUTE}次的部分不记载"),
        ));
    }
    Ok(told)
}

/// The room's pauses: since when, until when it went on, and what the public was told.
fn pauses(room: &[RoomEvent], events: &[Recorded]) -> Vec<PauseLine> {
    let mut told = events.iter().filter_map(|r| match &r.event {
        LotEvent::SessionPaused { reason } => Some(reason.clone()),
        _ => None,
    });
    let mut lines: Vec<(Instant, Option<Instant>, String)> = Vec::new();
    for event in room {
        match event {
            RoomEvent::Frozen { since, ground, .. } => {
                lines.push((*since, None, told.next().unwrap_or_else(|| ground.zh().to_owned())));
            }
            RoomEvent::Resumed { continues, .. } => {
                if let Some(last) = lines.last_mut() {
                    last.1 = Some(*continues);
                }
            }
            RoomEvent::Opened { .. }
            | RoomEvent::EnteredLimited { .. }
            | RoomEvent::BidAccepted(_)
            | RoomEvent::Continued { .. }
            | RoomEvent::Closed { .. }
            | RoomEvent::Drawn { .. } => {}
        }
    }
    let line = |(from, to, reason): (Instant, Option<Instant>, String)| PauseLine {
        from: from.zh_secs(),
        to: to.map_or_else(|| "没有恢复".to_owned(), |at| at.zh_secs()),
        reason,
    };
    lines.into_iter().map(line).collect()
}
