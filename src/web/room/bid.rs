//! A bid in two posts: the first leads to the confirm page, the second places it.

use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

use super::pages::Said;
use super::{Hall, pages};
use crate::acts::bidding::{self, BidAnswer, BidOrder, Wanted};
use crate::domain::auction::BidRefusal;
use crate::domain::base::{Fen, Instant};
use crate::live::Ticket;
use crate::web::cx::Cx;
use crate::web::error::{WebError, WebResult};
use crate::web::post::Post;
use crate::web::server::ReceivedAt;
use crate::web::typed::Typed;
use crate::web::ui::{Confirm, Facts, Field, Form, NONCE_FIELD, Page, Rich};

/// The place in the lane that the bid got with its stamp; without the middleware's, one of now.
fn place_of(req: &HttpRequest, cx: &Cx, lot_no: &str, received: Instant) -> Ticket {
    let own = req.extensions_mut().remove::<Ticket>();
    own.unwrap_or_else(|| cx.app.hub.lane().enter(lot_no, received))
}

/// The stamp of the request's arrival; without the middleware's, now.
fn received(req: &HttpRequest, cx: &Cx) -> Instant {
    req.extensions().get::<ReceivedAt>().map_or_else(|| cx.now(), |stamp| stamp.0)
}

/// The order as typed; `None` when it is not what a page of the room sends. Only the confirm page says which
/// price was seen, and then it must: without it nothing guards against a price that has moved on.
fn order(cx: &Cx, typed: &Typed, received: Instant) -> Option<BidOrder> {
    let amount = typed.text("amount").to_owned();
    let wanted = match typed.text("kind") {
        "match" => Wanted::Match(amount),
        "raise" => Wanted::Raise(amount),
        _ => return None,
    };
    let seen_seq = match (typed.text("seen_seq"), typed.text("confirm")) {
        ("", "") => None,
        (seen, "" | "1") => Some(seen.parse().ok()?),
        _ => return None,
    };
    let key = typed.text(NONCE_FIELD);
    Some(BidOrder {
        wanted,
        seen_seq,
        confirmed_big: typed.ticked("big"),
        idempotency_key: if key.is_empty() || key.len() > 64 { cx.nonce() } else { key.to_owned() },
        received,
        address: cx.ip.clone(),
    })
}

/// `POST /lots/{lot_no}/bids`
pub(super) async fn post(post: Post, req: HttpRequest, lot_no: web::Path<String>) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let received = received(&req, &cx);
    let ticket = place_of(&req, &cx, &lot_no, received);
    if cx.actor().is_none() {
        return Err(WebError::LoginFirst { back: format!("/lots/{lot_no}/room") });
    }
    let Some(order) = order(&cx, &typed, received) else {
        let hall = Hall::load(&cx, &lot_no).await?;
        let said = "这次提交不完整，没有报价。请核对目前价格后，在竞价大厅重新报价。";
        let page = pages::offer_page(&cx, &hall, typed.text("amount"), Said::Room(said));
        return cx.answer(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    if typed.text("confirm") == "1" {
        place(&cx, &lot_no, &typed, order, ticket).await
    } else {
        drop(ticket);
        confirm(&cx, &lot_no, &typed, order).await
    }
}

/// The figures again, before the bid is placed. Nothing is recorded yet.
async fn confirm(cx: &Cx, lot_no: &str, typed: &Typed, order: BidOrder) -> WebResult<HttpResponse> {
    let hall = Hall::load(cx, lot_no).await?;
    let Some(seat) = &hall.seat else {
        return cx.answer(StatusCode::FORBIDDEN, &pages::offer_page(cx, &hall, "", Said::Nothing));
    };
    match bidding::preview(&hall.room, &hall.view.lot, seat, &order) {
        Ok(_) => cx.ok(&confirm_page(cx, &hall, typed, &order, None)),
        Err(refusal @ BidRefusal::NeedsSecondConfirmation { .. }) => {
            cx.ok(&confirm_page(cx, &hall, typed, &order, Some(&refusal)))
        }
        Err(refusal) => refused(cx, &hall, typed, &refusal),
    }
}

fn confirm_page(cx: &Cx, hall: &Hall, typed: &Typed, order: &BidOrder, big: Option<&BidRefusal>) -> Page {
    let matching = matches!(order.wanted, Wanted::Match(_));
    let price = Fen::parse(typed.text("amount")).unwrap_or(Fen::ZERO);
    let total = hall.total(price);
    let mut form = Form::post(hall.path("/bids"), cx.csrf())
        .nonce(cx.nonce())
        .field(Field::hidden("amount", price.decimal()))
        .field(Field::hidden("kind", if matching { "match" } else { "raise" }))
        .field(Field::hidden("seen_seq", hall.room.seq().to_string()))
        .field(Field::hidden("confirm", "1"))
        .submit(format!("确认报价 {} {}", price.short(), hall.unit()))
        .link("返回修改", hall.path("/room"));
    if let Some(refusal) = big {
        form = form.field(Field::agree("big", format!("我已核对大写金额（{}），确认按此金额报价", price.capitals())));
        if typed.text("confirm") == "1" {
            form = form.error("big", refusal.message());
        }
    }
    let mut facts = Facts::new()
        .row("标的", hall.title())
        .row("您的竞买号", hall.seat.as_ref().map(|s| s.no.to_string()).unwrap_or_default())
        .row("方式", if matching { "同价优先：以相同价格行使优先权" } else { "报价" })
        .strong("报价", Rich::new().money(price, hall.unit()).br().small(price.capitals()));
    if let Some(total) = total {
        facts = facts.row("合同总价", Rich::new().money(total, "元").br().small(total.capitals()));
    }
    if let Some(best) = hall.room.best_price() {
        facts = facts.row("目前价格", Rich::new().money(best, hall.unit()));
    }
    let mut page = Confirm::new("确认报价", form)
        .facts(facts)
        .binding("报价不可撤回：一经确认就有法律约束力，不能撤回或修改。竞得后不签约的，保证金按公告规定不予退还。");
    if let Some(refusal) = big {
        page = page.intro(refusal.message());
    }
    cx.page("确认报价").narrow().with(page)
}

/// A refusal as a page: what was wrong, the newest price, the form with what was typed.
fn refused(cx: &Cx, hall: &Hall, typed: &Typed, refusal: &BidRefusal) -> WebResult<HttpResponse> {
    let code = match refusal {
        BidRefusal::Stale { .. } | BidRefusal::BidClosed(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let text = refusal.zh();
    let of_amount = matches!(
        refusal,
        BidRefusal::BadNumber(_)
            | BidRefusal::FirstBelowStart { .. }
            | BidRefusal::StartTaken { .. }
            | BidRefusal::StepTooSmall { .. }
            | BidRefusal::NotMultiple { .. }
            | BidRefusal::StepTooBig { .. }
    );
    let said = if of_amount { Said::Amount(&text) } else { Said::Room(&text) };
    cx.answer(code, &pages::offer_page(cx, hall, typed.text("amount"), said))
}

async fn place(cx: &Cx, lot_no: &str, typed: &Typed, order: BidOrder, ticket: Ticket) -> WebResult<HttpResponse> {
    let actor = cx.need_actor()?.clone();
    // Later ones wait for it from now on, not only when the work has got a thread.
    ticket.line_up();
    let answer = {
        let (lot_no, order) = (lot_no.to_owned(), order.clone());
        cx.run(move |app| bidding::place_in_turn(app, &actor, &lot_no, &order, &ticket)).await
    };
    match answer {
        Ok(BidAnswer::Accepted(accepted)) => {
            let said = if accepted.repeated {
                "这次报价此前已经被接受，没有重复报价。"
            } else {
                "报价已被接受。请保存回单。"
            };
            Ok(cx.see_other_saying(&format!("/lots/{lot_no}/bids/{}", accepted.seq), said))
        }
        Ok(BidAnswer::Refused(refusal)) => {
            let hall = Hall::load(cx, lot_no).await?;
            match refusal {
                BidRefusal::NeedsSecondConfirmation { .. } if hall.seat.is_some() => {
                    let page = confirm_page(cx, &hall, typed, &order, Some(&refusal));
                    cx.answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
                }
                _ => refused(cx, &hall, typed, &refusal),
            }
        }
        Err(WebError::Refused(refusal)) if refusal.code() != "NOT_FOUND" => {
            let hall = Hall::load(cx, lot_no).await?;
            let text = refusal.to_string();
            let page = pages::offer_page(cx, &hall, typed.text("amount"), Said::Room(&text));
            cx.refuse(&refusal, &page)
        }
        Err(other) => Err(other),
    }
}
