//! The record of bids: numbers, amounts, times. Nobody's identity, and nothing about who registered.

use actix_web::{HttpRequest, web};

use super::cursor;
use super::lots::money;
use super::params::{Given, Kind, Param};
use super::problem::{ApiError, ApiResult};
use super::reply::{Fresh, json};
use super::shape::At;
use super::shapes::{Bid, BidPage};
use super::work;
use crate::context::App;
use crate::domain::base::Fen;
use crate::domain::category::PriceUnit;
use crate::store::Fault;
use crate::store::views::cases;
use crate::store::views::room;

const PAGE: i64 = 100;

/// What can be asked of the record.
pub const PARAMS: &[Param] = &[
    Param::new("limit", "每页个数，缺省 100", Kind::Whole(1, 500)),
    Param::new("cursor", "上一页给出的 next_cursor", Kind::Text(40)),
];

/// `GET /api/v1/lots/{lot_no}/bids`
pub async fn list(req: HttpRequest, app: web::Data<App>, lot_no: web::Path<String>) -> ApiResult {
    let given = Given::read(req.query_string(), PARAMS)?;
    let after: i64 = match given.text("cursor") {
        None => 0,
        Some(c) => cursor::read(&c)?.parse().map_err(|_| cursor::unknown())?,
    };
    let lot_no = lot_no.into_inner();
    let found = work(&app, move |app| {
        Ok(app.store.read(|db| {
            if let Some(view) = room::of(db, &lot_no)? {
                return Ok::<_, Fault>(Some((view.lot, view.bids)));
            }
            // Published, but without a room so far.
            Ok(cases::lot_by_no(db, &lot_no)?.filter(|l| l.public).map(|lot| (lot, Vec::new())))
        })?)
    })
    .await?;
    let (lot, bids) = found.ok_or_else(ApiError::not_found)?;
    let unit = lot.terms.as_ref().map_or(PriceUnit::Yuan, |t| t.price_unit);
    let page = usize::try_from(given.number("limit").unwrap_or(PAGE)).unwrap_or(usize::MAX);
    let rest: Vec<_> = bids.into_iter().filter(|b| b.seq > after).take(page.saturating_add(1)).collect();
    let (rest, more) = cursor::cut(rest, page);
    let next = rest.last().filter(|_| more).map(|b| cursor::make(&b.seq.to_string()));
    let items = rest.into_iter().map(|b| Bid {
        seq: b.seq,
        bidder_no: b.bidder_no,
        amount: money(Fen(b.amount_fen), unit),
        kind: b.kind,
        phase: b.phase,
        received_at: At(b.received_at),
        journal_index: b.journal_index,
    });
    json(&req, Fresh::Ask, &BidPage { items: items.collect(), next_cursor: next })
}
