//! The rooms as the public leaves tell them: the engine runs along each and must come to the same
//! winner as the posted result. Needs nothing but the log.

use std::collections::BTreeMap;

use serde_json::Value;

use super::log::{Index, Indexed};
use super::{Trouble, broken, ensure};
use crate::domain::auction::{Close, Floors, Room, RoomEvent, RoomRules, replay};

/// A room read from its leaves.
pub(super) struct Transcript {
    /// Its events, ranks put back where the close told them.
    pub events: Vec<RoomEvent>,
    /// The room's rules, once it opened; the reserve is not in them.
    pub rules: Option<RoomRules>,
}

/// Every room of the log, or of one lot.
pub(super) fn all(index: &Index, lot: Option<&str>) -> Result<Vec<(&'static str, u64)>, Trouble> {
    let mut counted = 0;
    let mut rooms: Vec<&Vec<Indexed>> = index.rooms.values().collect();
    rooms.sort_by_key(|leaves| leaves.first().map(|l| l.index));
    let wanted = lot.map(|id| subject(index, id));
    for leaves in rooms {
        let Some(first) = leaves.first() else { continue };
        if wanted.as_ref().is_some_and(|w| *w != first.leaf.subject) {
            continue;
        }
        let transcript = read(leaves)?;
        let Some(rules) = transcript.rules.clone() else { continue };
        let room = run(rules, &transcript.events, leaves)?;
        posted(index, leaves, &room)?;
        counted += 1;
    }
    Ok(vec![("重新运行的竞价场次", counted)])
}

/// What the journal calls the lot with this id.
fn subject(index: &Index, lot: &str) -> String {
    index.lots.get(lot).and_then(|leaves| leaves.last()).map(|l| l.leaf.subject.clone()).unwrap_or_default()
}

/// Reads the room's leaves.
pub(super) fn read(leaves: &[Indexed]) -> Result<Transcript, Trouble> {
    let mut events = Vec::with_capacity(leaves.len());
    let mut ranks: BTreeMap<u32, u8> = BTreeMap::new();
    let mut rules = None;
    for leaf in leaves {
        let field = |name: &str| leaf.leaf.body.get(name).cloned().unwrap_or(Value::Null);
        let unread = |what: &str, e: serde_json::Error| broken(leaf.place(), format!("{what}读不出来（{e}）"));
        events.push(serde_json::from_value(field("event")).map_err(|e| unread("竞价事件", e))?);
        match leaf.leaf.kind.as_str() {
            "room.opened" => {
                rules = Some(serde_json::from_value(field("rules")).map_err(|e| unread("竞价规则", e))?);
            }
            "room.closed" => ranks = serde_json::from_value(field("ranks")).map_err(|e| unread("优先顺位", e))?,
            _ => {}
        }
    }
    replay::with_ranks(&mut events, &ranks);
    Ok(Transcript { events, rules })
}

/// Runs the engine along the events.
fn run(rules: RoomRules, events: &[RoomEvent], leaves: &[Indexed]) -> Result<Room, Trouble> {
    let place = |n: usize| leaves.get(n).map(Indexed::place).unwrap_or_default();
    let mut room = Room::new(rules, Floors::DEMO).map_err(|faults| {
        let faults: Vec<&str> = faults.iter().map(|f| f.zh()).collect();
        broken(place(0), format!("竞价规则不成立：{}", faults.join("")))
    })?;
    // A reserve price is not published: a failure for its sake is taken as told.
    let hidden = matches!(events.last(), Some(RoomEvent::Closed { close: Close::FailedReserve, .. }));
    let told = if hidden { events.len().saturating_sub(1) } else { events.len() };
    room = replay::check(room, &events[..told]).map_err(|d| divergence(place(d.index), &d))?;
    Ok(if hidden { replay::fold(room, &events[told..]) } else { room })
}

/// The engine's words for an event it would not have written.
pub(super) fn divergence(place: String, d: &replay::Divergence) -> Trouble {
    let show = |e: &RoomEvent| serde_json::to_string(e).unwrap_or_default();
    let expected = d.expected.first().map_or("没有任何事件".to_owned(), show);
    broken(place, format!("按竞价规则重新运行得出 {expected}，记录却是 {}", show(&d.found)))
}

/// A room's winner must be the one in the result that followed the close.
fn posted(index: &Index, leaves: &[Indexed], room: &Room) -> Result<(), Trouble> {
    let Some(Close::Won { bidder, price }) = room.close() else { return Ok(()) };
    let Some(close) = leaves.last() else { return Ok(()) };
    let result = index
        .lots
        .values()
        .flatten()
        .filter(|l| l.leaf.subject == close.leaf.subject && l.leaf.kind == "lot.result_posted")
        .find(|l| l.index > close.index);
    let Some(result) = result else {
        return Err(broken(close.place(), format!("竞买号 {bidder} 以 {price} 胜出，之后却没有公示结果")));
    };
    let public = result.leaf.body.get("public");
    let told = |name: &str| public.and_then(|p| p.get(name)).cloned().unwrap_or(Value::Null);
    let same =
        told("bidder_no").as_str() == Some(bidder.to_string().as_str()) && told("price_fen").as_i64() == Some(price.0);
    ensure(
        same,
        || result.place(),
        || {
            format!(
                "公示的成交人 {}、成交价 {} 分，与竞价结果（竞买号 {bidder}、{} 分）不同",
                told("bidder_no"),
                told("price_fen"),
                price.0
            )
        },
    )
}
