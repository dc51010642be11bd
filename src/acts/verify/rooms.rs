//! Every room's events against their leaves, the stored room against the engine's replay, and the
//! result against the room.

use serde_json::Value;

use super::log::{Index, Indexed};
use super::lots::difference;
use super::{Trouble, broken, ensure, same, transcript};
use crate::acts::bidding::{phase_name, wake_at};
use crate::acts::record;
use crate::crypto::keys::Keys;
use crate::domain::auction::{AcceptedKind, Close, Floors, Room, RoomEvent, replay};
use crate::domain::base::Instant;
use crate::domain::lot::{LotEvent, Outcome};
use crate::store::proof::{self, RoomRow};
use crate::store::{Read, lots};

/// All rooms, or those of one lot.
pub(super) fn all(
    db: &mut impl Read,
    keys: Option<&Keys>,
    index: &Index,
    only: Option<&str>,
) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let stored = proof::rooms(db, only)?;
    let mut events = 0;
    let none = Vec::new();
    for row in &stored {
        events += one(db, keys, row, index.rooms.get(&row.id).unwrap_or(&none))?;
    }
    let lost = index.rooms.iter().find(|(id, _)| only.is_none() && !stored.iter().any(|r| r.id == **id));
    if let Some((id, leaves)) = lost {
        let leaf = leaves.first().map(Indexed::place).unwrap_or_default();
        return Err(broken(format!("rooms 表：场次 {id}"), format!("{leaf} 记着这个场次，数据库里没有")));
    }
    Ok(vec![("竞价场次", stored.len() as u64), ("竞价事件", events)])
}

fn one(db: &mut impl Read, keys: Option<&Keys>, row: &RoomRow, leaves: &[Indexed]) -> Result<u64, Trouble> {
    let lot = leaves.first().map_or(row.lot_id.as_str(), |l| l.leaf.subject.as_str());
    let place = || format!("rooms 表：标的 {lot} 的场次");
    let stored: Room = serde_json::from_str(&row.state).map_err(|e| broken(place(), format!("读不出来（{e}）")))?;
    let rows = proof::room_events(db, &row.id)?;
    let public = transcript::read(leaves)?;
    let mut events = Vec::with_capacity(rows.len());
    for (n, leaf) in leaves.iter().enumerate() {
        let at = || format!("room_events 表：标的 {lot} 第 {} 条竞价事件", n + 1);
        let missing = || broken(at(), format!("缺失，{} 记着它", leaf.place()));
        let (seq, stamp, body) = rows.get(n).ok_or_else(missing)?;
        same(at, "seq", &usize::try_from(*seq).unwrap_or(0), &(n + 1))?;
        let event = event(keys, row, leaf, body, &at)?;
        same(at, "at", stamp, &event.at())?;
        events.push(event);
    }
    if let Some((seq, _, _)) = rows.get(leaves.len()) {
        return Err(broken(format!("room_events 表：标的 {lot} 第 {seq} 条竞价事件"), "日志里没有它的叶"));
    }
    if let Some(mut told) = public.rules {
        told.reserve = stored.rules().reserve;
        ensure(told == *stored.rules(), place, || {
            format!("竞价规则与开场时日志记的不同：{}", difference(stored.rules(), &told))
        })?;
    }
    replayed(&stored, &events, &place, lot)?;
    same(place, "列 phase", &row.phase.as_str(), &phase_name(&stored))?;
    same(place, "列 due_at", &row.due_at.map(Instant::from_utc), &wake_at(&stored))?;
    if let (Some(leaf), Ok(id)) = (leaves.first(), row.lot_id.parse()) {
        let named = lots::find(db, id)?.map(|s| record::subject(&s.lot));
        same(place, "列 lot_id 的标的", &named.as_deref(), &Some(leaf.leaf.subject.as_str()))?;
    }
    Ok(rows.len() as u64)
}

fn replayed(stored: &Room, events: &[RoomEvent], place: &impl Fn() -> String, lot: &str) -> Result<(), Trouble> {
    let fresh = Room::new(stored.rules().clone(), Floors::DEMO).map_err(|faults| {
        let faults: Vec<&str> = faults.iter().map(|f| f.zh()).collect();
        broken(place(), format!("竞价规则不成立：{}", faults.join("")))
    })?;
    let room = replay::check(fresh, events)
        .map_err(|d| transcript::divergence(format!("room_events 表：标的 {lot} 第 {} 条竞价事件", d.index + 1), &d))?;
    ensure(room == *stored, place, || {
        format!("按竞价规则重新运行得出的场次与存储的不同：{}", difference(stored, &room))
    })
}

/// A stored event must be what its leaf commits to and shows.
fn event(
    keys: Option<&Keys>,
    row: &RoomRow,
    leaf: &Indexed,
    body: &str,
    place: &impl Fn() -> String,
) -> Result<RoomEvent, Trouble> {
    let event: RoomEvent = serde_json::from_str(body).map_err(|e| broken(place(), format!("内容读不出来（{e}）")))?;
    let mut shown = serde_json::to_value(&event).map_err(|e| broken(place(), e.to_string()))?;
    if matches!(&event, RoomEvent::BidAccepted(bid) if bid.kind == AcceptedKind::Raise) {
        shown["rank"] = Value::Null;
    }
    let told = leaf.leaf.body.get("event").cloned().unwrap_or(Value::Null);
    ensure(told == shown, place, || format!("与 {} 不同：{}", leaf.place(), difference(&shown, &told)))?;
    if let Some(keys) = keys {
        let at = event.at().micros().to_string();
        let commitment = keys.commit(&["room_events", &row.id, &at], body).hex();
        ensure(commitment == leaf.text("record"), place, || format!("与 {} 的承诺不符，内容被改动过", leaf.place()))?;
    }
    Ok(event)
}

/// The stored result of every lot against its rooms: the same winner at the same price.
pub(super) fn results(db: &mut impl Read, only: Option<&str>) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let mut results = 0;
    for (id, no) in proof::lots(db)?.into_iter().filter(|(id, _)| only.is_none_or(|o| o == id)) {
        let Ok(lot) = id.parse() else { continue };
        let name = no.unwrap_or_else(|| id.clone());
        let mut closed = Vec::new();
        for row in proof::rooms(db, Some(&id))? {
            let room: Room = serde_json::from_str(&row.state)
                .map_err(|e| broken(format!("rooms 表：标的 {name} 的场次"), format!("读不出来（{e}）")))?;
            closed.extend(room.close().cloned());
        }
        let posted = lots::events(db, lot)?;
        let posted = posted.iter().filter_map(|r| match &r.event {
            LotEvent::ResultPosted { outcome, .. } if !outcome.negotiated => Some((r.at, outcome)),
            _ => None,
        });
        for (at, outcome) in posted {
            results += 1;
            result(&name, at, outcome, &closed)?;
        }
    }
    Ok(vec![("成交结果", results)])
}

fn result(name: &str, at: Instant, outcome: &Outcome, closed: &[Close]) -> Result<(), Trouble> {
    let won = closed.iter().any(|close| {
        matches!(close, Close::Won { bidder, price } if bidder.to_string() == outcome.bidder_no && *price == outcome.price)
    });
    ensure(
        won,
        || format!("标的 {name} {} 的成交结果", at.zh()),
        || format!("竞买号 {}、成交价 {}，没有哪一场竞价得出这个结果", outcome.bidder_no, outcome.price),
    )
}
