//! Published lots: the list and the single lot.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, web};

use super::cursor;
use super::params::{Given, Kind, Param};
use super::problem::{ApiError, ApiResult};
use super::reply::{Fresh, json};
use super::shape::{At, CategoryNo, Sm3};
use super::shapes::{
    Deal, ListingFrame, Lot as LotShape, LotDetail, LotPage, Money, NoticeChapter, NoticeLine, NoticeText,
    PublicDocument, PublicEvent, Quantity, SessionFrame, Term,
};
use super::work;
use crate::acts::frozen;
use crate::context::App;
use crate::domain::base::area::quantity_exact;
use crate::domain::base::ids::PartyId;
use crate::domain::base::{Area, Fen};
use crate::domain::category::{Category, Mode, PriceUnit, QuantityUnit};
use crate::domain::gazette::Place;
use crate::domain::listing::notice::Notice;
use crate::domain::lot::{Lot, Phase, Stage};
use crate::store::views::cases::{self, Case, Visibility};
use crate::store::views::open_data::{self, Query};
use crate::store::{Fault, Stop};
use crate::web::case::history;

/// Lots on a page unless the caller asks for another number.
const PAGE: i64 = 20;
/// Most lots on a page.
const MOST: i64 = 100;

/// The stages the public can meet; also the enum of openapi.
fn stages() -> Vec<(&'static str, &'static str)> {
    Stage::ALL.iter().map(|s| (s.name(), s.zh())).collect()
}

fn modes() -> Vec<(&'static str, &'static str)> {
    Mode::ALL.iter().map(|m| (m.name(), m.zh())).collect()
}

fn price_units() -> Vec<(&'static str, &'static str)> {
    PriceUnit::ALL.iter().map(|u| (u.name(), u.zh())).collect()
}

/// What can be asked of the list.
pub const PARAMS: &[Param] = &[
    Param::new("category", "交易品种大类，1 至 14", Kind::Whole(1, 14)),
    Param::new("township", "乡镇（场）：九位代码或名称", Kind::Text(20)),
    Param::new("village", "村或社区的名称", Kind::Text(40)),
    Param::new("mode", "流转方式", Kind::One(modes)),
    Param::new("stage", "所处环节，可以用逗号分开给出几个", Kind::Some(stages)),
    Param::new("q", "关键词，用空格分开，须全部出现", Kind::Text(80)),
    Param::new("price_unit", "计价单位；不同单位的价格不能相比", Kind::One(price_units)),
    Param::new("price_min", "挂牌价下限，元，按标的自己的计价单位", Kind::Money),
    Param::new("price_max", "挂牌价上限，元，按标的自己的计价单位", Kind::Money),
    Param::new("area_min", "面积下限，亩", Kind::Area),
    Param::new("area_max", "面积上限，亩", Kind::Area),
    Param::new("limit", "每页个数，缺省 20", Kind::Whole(1, MOST)),
    Param::new("cursor", "上一页给出的 next_cursor", Kind::Text(200)),
];

fn query(app: &App, given: &Given) -> Result<Query, ApiError> {
    let township = match given.text("township") {
        None => None,
        Some(typed) => {
            let divisions = &app.market.divisions;
            let by_code = typed.parse().ok().and_then(|code| divisions.township(code));
            let found = by_code.or_else(|| divisions.township_named(&typed));
            let found = found.ok_or_else(|| ApiError::parameter("township", "本县没有这个乡镇（场）"))?;
            Some(found.code.to_string())
        }
    };
    let (lowest, highest) = given.range("price_min", "price_max")?;
    let (smallest, largest) = given.range("area_min", "area_max")?;
    let words = given.text("q").unwrap_or_default();
    Ok(Query {
        category: given.number("category"),
        township,
        village: given.text("village"),
        mode: given.text("mode"),
        stages: given.several("stage").iter().filter_map(|name| Stage::from_name(name)).collect(),
        words: words.split_whitespace().map(str::to_owned).collect(),
        price_unit: given.text("price_unit"),
        price: (lowest.map(Fen), highest.map(Fen)),
        area: (smallest.map(Area), largest.map(Area)),
        after: given.text("cursor").map(|c| cursor::read(&c)).transpose()?,
    })
}

/// `GET /api/v1/lots`
pub async fn list(req: HttpRequest, app: web::Data<App>) -> ApiResult {
    let given = Given::read(req.query_string(), PARAMS)?;
    let query = query(&app, &given)?;
    let page = given.number("limit").unwrap_or(PAGE);
    let found = work(&app, move |app| {
        Ok(app.store.read(|db| {
            let Some(lots) = open_data::lots(db, &query, page + 1)? else { return Ok::<_, Fault>(None) };
            let names = open_data::names(db, &lots)?;
            Ok(Some((lots, names)))
        })?)
    })
    .await?;
    let (lots, names) = found.ok_or_else(cursor::unknown)?;
    let (lots, more) = cursor::cut(lots, usize::try_from(page).unwrap_or(usize::MAX));
    let next = lots.last().filter(|_| more).and_then(|l| l.lot_no.as_deref()).map(cursor::make);
    let items = lots.iter().map(|lot| shown(&app, lot, &names)).collect::<Result<_, _>>()?;
    json(&req, Fresh::Ask, &LotPage { items, next_cursor: next })
}

/// `GET /api/v1/lots/{lot_no}`
pub async fn one(req: HttpRequest, app: web::Data<App>, lot_no: web::Path<String>) -> ApiResult {
    Given::read(req.query_string(), &[])?;
    let lot_no = lot_no.into_inner();
    let case = work(&app, move |app| Ok(app.store.read(|db| cases::case_by_no(db, &lot_no))?)).await?;
    let case = case.filter(|c| c.stored.lot.public).ok_or_else(ApiError::not_found)?;
    let parties = [Some(&case.transferor), case.transferee.as_ref()];
    let names = parties.into_iter().flatten().map(|p| (p.id, p.shown())).collect();
    let detail = LotDetail {
        base: shown(&app, &case.stored.lot, &names)?,
        notice: case.round.as_ref().map(|r| notice(&r.notice.notice)),
        documents: documents(&app, &case)?,
        history: history(&case),
    };
    json(&req, Fresh::Ask, &detail)
}

/// A price with its unit.
pub fn money(amount: Fen, unit: PriceUnit) -> Money {
    Money { fen: amount.0, yuan: amount.decimal(), unit, unit_name: unit.zh().to_owned() }
}

fn quantity(value: i64, unit: QuantityUnit) -> Quantity {
    Quantity { value: quantity_exact(value), unit, unit_name: unit.zh().to_owned() }
}

fn shown(app: &App, lot: &Lot, names: &BTreeMap<PartyId, String>) -> Result<LotShape, ApiError> {
    let terms = lot.terms().map_err(|refusal| ApiError::from(Stop::Refused(refusal)))?;
    let category = lot.variety.category();
    let variety = app.market.catalog.get(lot.variety);
    let name_of = |id: &PartyId| names.get(id).cloned().unwrap_or_default();
    let lot_no = lot.lot_no.clone().unwrap_or_default();
    let place: &Place = &lot.place;
    Ok(LotShape {
        project_no: lot.project_no.clone(),
        title: terms.title.clone(),
        category: CategoryNo(category.number()),
        category_name: Category::zh(category).to_owned(),
        variety: lot.variety.to_string(),
        variety_name: variety.map(|v| v.name.clone()).unwrap_or_default(),
        mode: terms.mode,
        method: terms.method,
        township: place.township_name().to_owned(),
        township_code: place.township().to_string(),
        village: place.village().map(str::to_owned),
        location: terms.location.clone(),
        transferor: name_of(&lot.transferor),
        stage: lot.stage,
        stage_name: lot.stage.zh().to_owned(),
        stage_since: At(lot.entered_at),
        ending: lot.ending.clone().filter(|_| lot.stage.phase() == Phase::Ended),
        quantity: quantity(terms.quantity, terms.quantity_unit),
        area: terms.area.map(|a| quantity(a.0, QuantityUnit::Mu)),
        term: terms.term.map(|t| Term { starts: t.starts.iso(), ends: t.ends().iso(), months: t.months }),
        price: money(terms.price, terms.price_unit),
        step: money(terms.step, terms.price_unit),
        total: money(terms.total, PriceUnit::Yuan),
        deposit: money(terms.deposit, PriceUnit::Yuan),
        listing: lot.listing.as_ref().map(|l| ListingFrame {
            notice_no: l.notice_no.clone(),
            round: l.number,
            opens: At(l.opens),
            closes: At(l.closes),
            notice_sm3: Sm3(l.notice_hash.clone()),
            rules_sm3: Sm3(l.snapshot_hash.clone()),
        }),
        session: lot.session.as_ref().map(|s| SessionFrame {
            starts: At(s.starts),
            free_ms: s.free_ms,
            limited_ms: s.limited_ms,
        }),
        result: lot.outcome.as_ref().map(|o| Deal {
            transferee: name_of(&o.party),
            bidder_no: o.bidder_no.clone(),
            price: money(o.price, terms.price_unit),
            total: money(o.total, PriceUnit::Yuan),
            premium_bp: o.premium_bp,
            bidders: o.bidders,
            bids: o.bids,
            negotiated: o.negotiated,
            publicity_ends: lot.publicity_ends.map(At),
        }),
        certificate_no: lot.certificate.issued_at.and(lot.certificate.number.clone()),
        page: format!("{}/lots/{lot_no}", app.config.base_url),
        lot_no,
    })
}

fn notice(notice: &Notice) -> NoticeText {
    let line = |l: &crate::domain::listing::notice::Line| NoticeLine {
        key: l.key.clone(),
        label: l.label.clone(),
        value: l.value.clone(),
    };
    let chapters = notice.chapters.iter();
    NoticeText {
        title: notice.title.clone(),
        intro: notice.intro.clone(),
        chapters: chapters
            .map(|c| NoticeChapter { title: c.title.clone(), lines: c.lines.iter().map(line).collect() })
            .collect(),
    }
}

fn documents(app: &App, case: &Case) -> Result<Vec<PublicDocument>, ApiError> {
    let variety = frozen::variety_of(app, case.round.as_ref(), case.stored.lot.variety)?;
    let title = |code: &str| variety.document(code).map_or_else(|| "公开材料".to_owned(), |rule| rule.title.clone());
    let open = case.documents.iter().filter(|d| d.visibility == Visibility::Public);
    let open = open.map(|d| PublicDocument {
        title: title(&d.code),
        media_type: d.media_type.clone(),
        size_bytes: d.size_bytes,
        sm3: Sm3(d.sm3.clone()),
        address: format!("{}/documents/{}", app.config.base_url, d.id),
    });
    Ok(open.collect())
}

fn history(case: &Case) -> Vec<PublicEvent> {
    let open = history::open(&case.events).into_iter();
    open.map(|r| PublicEvent {
        at: At(r.at),
        kind: r.event.kind().to_owned(),
        text: history::said(&r.event).0,
        post: r.post.clone(),
    })
    .collect()
}
