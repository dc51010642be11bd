//! What several portal pages show: cards of lots.

use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::Instant;
use crate::domain::category::{Category, Mode};
use crate::domain::lot::{Phase, Stage};
use crate::domain::permit::Area;
use crate::store::views::portal::LotItem;
use crate::web::case::facts::tag_of;
use crate::web::ui::{Countdown, Flow, FlowStep, LotCard, Tag, Tone};

/// Township and village in words.
pub fn place(app: &App, item: &LotItem) -> String {
    let township = item.township.parse().ok().and_then(|code| app.market.divisions.township(code));
    format!("{}{}", township.map(|t| t.name.as_str()).unwrap_or_default(), item.village)
}

/// A lot as a card.
pub fn card(app: &App, item: &LotItem, now: Instant) -> LotCard {
    let category = Category::new(item.category).map(Category::zh).unwrap_or_default();
    let mut card = LotCard::new(&item.title, format!("/lots/{}", item.lot_no))
        .category(item.category, category)
        .fact(place(app, item))
        .stage(match item.stage {
            // A card has room for the word that matters.
            Stage::Listed => Tag::new("报名中", Tone::Green),
            stage => tag_of(stage),
        });
    if let Some(area) = item.area {
        card = card.fact(area.to_string());
    }
    if let Ok(mode) = item.mode.parse::<Mode>() {
        card = card.fact(mode.zh());
    }
    let unit = item.unit.zh();
    card = match item.deal_price {
        Some(deal) => card.price("成交价", deal, unit).total(item.deal_total.unwrap_or(item.total)),
        None => card.price("挂牌价", item.price, unit).total(item.total),
    };
    match foot(item, now) {
        Some(countdown) => card.foot(countdown),
        None => card,
    }
}

fn foot(item: &LotItem, now: Instant) -> Option<Countdown> {
    match item.stage {
        Stage::Listed | Stage::Extended => item.closes_at.map(|at| Countdown::new("报名截止", at, now)),
        Stage::Scheduled => item.session_at.map(|at| Countdown::new("竞价开始", at, now)),
        _ => None,
    }
}

/// Groups of stages that visitors filter by.
pub const GROUPS: [(&str, &str); 6] = [
    ("open", "报名中"),
    ("preparing", "报名截止，待竞价"),
    ("live", "竞价中"),
    ("publicity", "成交公示"),
    ("deal", "已成交"),
    ("ended", "未成交或已结束"),
];

/// The stages of a group; empty for an unknown name.
pub fn stages(group: &str) -> Vec<Stage> {
    let all = Stage::ALL.iter().copied().filter(|s| s.is_public());
    let fits = |s: &Stage| match group {
        "open" => s.takes_applications() || *s == Stage::Amended,
        "preparing" => matches!(s, Stage::Qualifying | Stage::Qualified | Stage::Scheduled),
        "live" => s.phase() == Phase::Bidding && *s != Stage::Scheduled,
        "publicity" => s.phase() == Phase::Result,
        "deal" => matches!(s.phase(), Phase::Contract | Phase::Payment | Phase::Closing),
        "ended" => s.phase() == Phase::Ended,
        _ => false,
    };
    all.filter(fits).collect()
}

/// Whether somebody with this account can start an application: right holders, and officers who help them.
pub fn may_start(actor: &Actor) -> bool {
    Area::StartProject.permits(actor) || Area::StartProjectFor.permits(actor)
}

/// The way through a trade as each side walks it, for who comes the first time.
pub fn guide() -> Flow {
    let lane = |steps: [(&str, &str); 5]| steps.map(|(name, say)| FlowStep::new(name).who(say));
    Flow::new()
        .lane(
            "我要转出（农户、村集体、单位）",
            lane([
                ("注册并核验身份", "带证件原件到乡镇服务站或县中心"),
                ("网上填申请", "村级信息员可以代办"),
                ("等待审核", "乡镇初审，县中心受理和审核"),
                ("确认公告，公开挂牌", "公告期满自动转入竞价"),
                ("签合同，收价款", "价款经中心专户划转"),
            ]),
        )
        .lane(
            "我要受让（任何符合条件的人和单位）",
            lane([
                ("注册并核验身份", "带证件原件到乡镇服务站或县中心"),
                ("看公告，网上报名", "先看地、看样，再报名"),
                ("交保证金", "从本人账户转入交易资金结算账户，附言写附言码；未成交全额退还"),
                ("网上竞价", "每次报价都有回单"),
                ("签合同，付款", "公示期满后办理，领取交易鉴证书"),
            ]),
        )
}
