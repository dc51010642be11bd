//! The outcome of a negotiation with a sole bidder.

use actix_web::{HttpResponse, web};

use super::outage::{case, id, open, with};
use crate::acts::negotiation;
use crate::domain::lot::{Act, Lot};
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::{Reading, Typed};
use crate::web::ui::{Choice, Facts, Field, Form, Page, Rich};
use crate::web::upload::file;

fn form_page(cx: &Cx, lot: &Lot, typed: Option<&Typed>, refusal: Option<&Refusal>) -> Page {
    let unit = lot.terms.as_ref().map_or("元", |t| t.price_unit.zh());
    let mut facts = Facts::new().row("标的编号", lot.lot_no.clone().unwrap_or_default());
    if let Some(terms) = &lot.terms {
        facts = facts
            .row("标的", terms.title.clone())
            .row("挂牌价", Rich::new().money(terms.price, unit))
            .row("挂牌价合同总价", Rich::new().money(terms.total, "元"));
    }
    let form = Form::post(format!("/cases/{}/negotiation", lot.id), cx.csrf())
        .nonce(cx.nonce())
        .page_title("登记协商结果")
        .intro("只有一名合格意向受让方时，由交易中心组织双方协商，成交价不得低于挂牌价。达成一致的，登记后立即公示结果；没有达成一致的，交易终结，保证金全额退还。")
        .field(Field::radio(
            "result",
            "协商结果",
            [Choice::new("agreed", "达成一致"), Choice::new("failed", "没有达成一致")],
        ))
        .field(Field::money("price", "协商成交价").unit(unit).optional().hint("达成一致时填写。"))
        .field(
            Field::file("minutes", "双方签字的协商记录", ".pdf,.jpg,.jpeg,.png", 20)
                .optional()
                .hint("扫描件或照片。达成一致时必须上传。"),
        )
        .field(
            Field::textarea("reason", "没有达成一致的情况").rows(3).limit(300).optional().hint("没有达成一致时填写，双方会收到。"),
        )
        .submit("登记结果")
        .link("返回", format!("/cases/{}", lot.id));
    cx.page("登记协商结果").narrow().with(facts).with(with(form, typed, refusal))
}

/// `GET /cases/{id}/negotiation`
pub(super) async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let lot = open(&cx, &path, Act::RecordNegotiation).await?;
    cx.ok(&form_page(&cx, &lot, None, None))
}

/// `POST /cases/{id}/negotiation`
pub(super) async fn post(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let of = id(&path)?;
    let lot = case(&post.cx, &path, Act::RecordNegotiation).await?;
    post.gated(of, Act::RecordNegotiation)
        .act(
            move |app, actor, typed, files| {
                let mut reading = Reading::default();
                let agreed = reading.choice(typed, "result", "协商结果", |text| match text {
                    "agreed" => Some(true),
                    "failed" => Some(false),
                    _ => None,
                });
                if agreed == Some(false) {
                    reading.finish()?;
                    let minutes = file(&files, "minutes").map(|f| f.received()).transpose()?;
                    negotiation::not_agreed(app, actor, of, typed.raw("reason"), minutes)?;
                    return Ok((format!("/cases/{of}"), "已登记协商没有达成一致，交易终结，保证金退还。".to_owned()));
                }
                let price = reading.money(typed, "price");
                let minutes = file(&files, "minutes");
                if minutes.is_none() {
                    reading.fault("minutes", "请上传双方签字的协商记录");
                }
                reading.finish()?;
                let Some(minutes) = minutes else {
                    return Err(Refusal::field("minutes", "请上传双方签字的协商记录").into());
                };
                negotiation::record(app, actor, of, price, minutes.received()?)?;
                Ok((format!("/cases/{of}"), "协商结果已登记并公示。".to_owned()))
            },
            move |cx, typed, refusal| Ok(form_page(cx, &lot, Some(typed), Some(refusal))),
        )
        .await
}
