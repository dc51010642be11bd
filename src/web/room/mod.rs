//! The bidding room in the browser: live page, bid and confirmation, receipts, record, outages.

mod bid;
mod blocks;
mod live;
mod negotiation;
mod outage;
mod pages;
mod receipt;

crate::routes! {
    get "/lots/{lot_no}/room" => pages::room;
    get "/lots/{lot_no}/room/offer" => pages::offer;
    get "/lots/{lot_no}/room/fragment" => live::fragment;
    get "/lots/{lot_no}/events" => live::events;
    get "/lots/{lot_no}/bids" => pages::record;
    post "/lots/{lot_no}/bids" => bid::post;
    get "/lots/{lot_no}/bids/{seq}" => receipt::page;
    get "/lots/{lot_no}/receipts/{seq}" => receipt::json;
    get "/cases/{id}/pause" => outage::pause_page;
    post "/cases/{id}/pause" => outage::pause_post;
    get "/cases/{id}/resumption" => outage::resume_page;
    post "/cases/{id}/resumption" => outage::resume_post;
    get "/cases/{id}/negotiation" => negotiation::page;
    post "/cases/{id}/negotiation" => negotiation::post;
}

use super::cx::Cx;
use super::error::WebResult;
use crate::acts::bidding;
use crate::domain::auction::Room;
use crate::domain::refusal::Refusal;
use crate::store::views::room::{Bidder, RoomView, of, of_bidder, seat};

/// Everything a page of the room needs, as of one instant.
struct Hall {
    view: RoomView,
    seat: Option<Bidder>,
    room: Room,
    lot_no: String,
}

impl Hall {
    async fn load(cx: &Cx, lot_no: &str) -> WebResult<Hall> {
        let party = cx.actor().and_then(|a| a.party);
        let now = cx.now();
        let lot_no = lot_no.to_owned();
        cx.run(move |app| {
            let found = app.store.read(|db| {
                let Some(view) = of(db, &lot_no)? else { return Ok(None) };
                let seat = seat(db, view.lot.id, party)?;
                Ok(Some((view, seat)))
            })?;
            let (view, seat) = found.ok_or(Refusal::NotFound)?;
            let room = bidding::seen_at(view.room.clone(), now);
            Ok(Hall { view, seat, room, lot_no })
        })
        .await
    }

    /// The same for a bidder's own place alone; `None` for who is no bidder here.
    async fn own_place(cx: &Cx, lot_no: &str) -> WebResult<Option<Hall>> {
        let Some(party) = cx.actor().and_then(|a| a.party) else { return Ok(None) };
        let now = cx.now();
        let lot_no = lot_no.to_owned();
        cx.run(move |app| {
            let found = app.store.read(|db| of_bidder(db, &lot_no, party))?;
            Ok(found.map(|(view, bidder)| {
                let room = bidding::seen_at(view.room.clone(), now);
                Hall { view, seat: Some(bidder), room, lot_no }
            }))
        })
        .await
    }

    fn unit(&self) -> &'static str {
        self.view.lot.terms.as_ref().map_or("元", |t| t.price_unit.zh())
    }

    fn title(&self) -> &str {
        self.view.lot.terms.as_ref().map_or("", |t| t.title.as_str())
    }

    fn path(&self, below: &str) -> String {
        format!("/lots/{}{below}", self.lot_no)
    }

    fn total(&self, price: crate::domain::base::Fen) -> Option<crate::domain::base::Fen> {
        let terms = self.view.lot.terms.as_ref()?;
        terms.price_unit.total(price, terms.quantity, terms.term.map(|t| t.months))
    }
}
