//! Fills in the application of a project: what its description says, and for everything else the
//! form asks an answer that such an application might give.

use super::project::Project;
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::{Day, Fen};
use crate::domain::category::{FieldDef, FieldKind, LandKind, Mode, PriceUnit, Variety};
use crate::domain::gazette::{BenchmarkQuery, Place};
use crate::domain::listing::{self, Draft};
use crate::domain::refusal::Refusal;
use crate::store::parties::{self, PartyKind};
use crate::store::{Fault, Stop};

/// The draft of a project as it is typed on its first day.
pub(super) fn draft(
    app: &App,
    project: &Project,
    variety: &Variety,
    place: &Place,
    holder: &Actor,
    day: Day,
) -> Result<Draft, Stop> {
    let mut draft = Draft::new();
    let mut put = |name: &str, value: String| drop(draft.insert(name.to_owned(), value));
    for field in listing::asked_fields(variety) {
        if let Some(answer) = field_answer(field, project, place) {
            put(&format!("f.{}", field.key), answer);
        }
    }
    let mode = mode(project, variety)?;
    let unit = project.unit.unwrap_or_else(|| variety.quantity_units.first().map_or("", |u| u.name()));
    let owner = match project.owner {
        Some(owner) => owner,
        None => owner_of(app, holder)?,
    };
    put("o.title", title(project, place, mode));
    put("o.location", project.location.clone());
    for (name, bound) in [("east", "机耕路"), ("south", "水圳"), ("west", "山脚"), ("north", "村道")] {
        put(&format!("o.{name}"), bound.to_owned());
    }
    put("o.ownership", owner.to_owned());
    put("o.quantity", project.quantity.to_owned());
    put("o.unit", unit.to_owned());
    put("u.title_type", "集体资产台账".to_owned());
    put("u.title_no", format!("{}台账第{}号", place.village().unwrap_or("本场"), 100 + project.name.len()));
    put("u.present_use", "闲置，权属清楚，成交后即可交付".to_owned());
    put("u.planned_use", "按现有用途使用".to_owned());
    put("u.basic_farmland", "no".to_owned());
    put("u.disputed", "no".to_owned());
    put("p.mode", mode.name().to_owned());
    if project.years > 0 {
        put("p.starts", first_of_month(day.plus(120)).iso());
        put("p.years", project.years.to_string());
    }
    put("p.payment", if mode.is_lease() { "ANNUAL_PREPAID" } else { "ONE_OFF" }.to_owned());
    put("c.members_only", "no".to_owned());
    put("c.priority", variety.priority.iter().map(|p| p.name()).collect::<Vec<_>>().join(","));
    put("c.conditions", "信用良好，能够独立承担民事责任。".to_owned());
    put("c.viewing", format!("公告期内工作日上午九点至下午五点，联系{}信息员看样。", place.zh()));
    decision(&mut draft, day);
    price(app, project, variety, place, mode, &mut draft)?;
    draft.extend(project.answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    valuation(app, variety, day, &mut draft)?;
    Ok(draft)
}

/// `塔峰镇总市村门口塘出租`.
fn title(project: &Project, place: &Place, mode: Mode) -> String {
    let what = match mode {
        Mode::Tender | Mode::Procurement | Mode::InvestmentPromotion => String::new(),
        other => other.zh().to_owned(),
    };
    format!("{}{}{what}", place.zh(), project.name)
}

fn mode(project: &Project, variety: &Variety) -> Result<Mode, Stop> {
    let named = project.mode.and_then(|m| m.parse().ok());
    let mode = named.or_else(|| variety.listing_modes().next());
    Ok(mode.ok_or_else(|| Fault::Inconsistent(format!("{}: no mode", project.key)))?)
}

fn owner_of(app: &App, holder: &Actor) -> Result<&'static str, Stop> {
    let party = holder.party.ok_or(Refusal::NotFound)?;
    let kind = app.store.read(|db| parties::find(db, party))?.map(|p| p.kind);
    Ok(match kind {
        Some(PartyKind::Collective) => "collective",
        Some(PartyKind::Organisation) => "organisation",
        Some(PartyKind::Person) | None => "household",
    })
}

fn first_of_month(day: Day) -> Day {
    day.plus(1 - i64::from(day.day_of_month()))
}

/// The members met, were told in time, voted, and the decision hung out for more than a week.
fn decision(draft: &mut Draft, day: Day) {
    for (name, value) in [
        ("d.body", "members".to_owned()),
        ("d.noticed", day.plus(-30).iso()),
        ("d.held", day.plus(-15).iso()),
        ("d.eligible", "312".to_owned()),
        ("d.attended", "286".to_owned()),
        ("d.for", "271".to_owned()),
        ("d.against", "6".to_owned()),
        ("d.posted_from", day.plus(-14).iso()),
        ("d.posted_to", day.plus(-4).iso()),
    ] {
        draft.insert(name.to_owned(), value);
    }
}

/// The asking price: as described, or a share of the gazette's benchmark price, in whole yuan.
fn price(
    app: &App,
    project: &Project,
    variety: &Variety,
    place: &Place,
    mode: Mode,
    draft: &mut Draft,
) -> Result<(), Stop> {
    let named = project.per.and_then(|p| p.parse::<PriceUnit>().ok());
    let unit = named.or_else(|| variety.price_units.first().copied()).unwrap_or(PriceUnit::Yuan);
    let price = match project.price.strip_prefix('%').and_then(|p| p.parse::<i128>().ok()) {
        None => project.price.to_owned(),
        Some(percent) => {
            let given = project.answers.iter().find(|(name, _)| *name == "f.land_kind").map(|(_, v)| *v);
            let kind: Option<LandKind> = variety.land_kind(|key| (key == "land_kind").then_some(given).flatten());
            let query = BenchmarkQuery { land: kind, mode, unit, whole_term: false, collective: true };
            let found = app.market.benchmark(place, query).map_err(|e| Fault::Inconsistent(e.to_string()))?;
            let exact = found.price.checked_mul_ratio(percent, 100).unwrap_or(found.price);
            Fen::yuan(exact.0 / 100).decimal()
        }
    };
    draft.insert("p.unit".to_owned(), unit.name().to_owned());
    draft.insert("d.floor".to_owned(), price.clone());
    draft.insert("p.price".to_owned(), price);
    Ok(())
}

/// A report that values the object a little below what is asked.
fn valuation(app: &App, variety: &Variety, day: Day, draft: &mut Draft) -> Result<(), Stop> {
    let terms = listing::assemble(draft, variety, &app.market.rules).map_err(|faults| Refusal::Fields { faults })?;
    let value = terms.total.checked_mul_ratio(97, 100).unwrap_or(terms.total);
    draft.insert("p.appraised".to_owned(), Fen::yuan(value.0 / 100).decimal());
    draft.insert("p.appraised_on".to_owned(), day.plus(-45).iso());
    Ok(())
}

fn field_answer(field: &FieldDef, project: &Project, place: &Place) -> Option<String> {
    if !field.required {
        return None;
    }
    Some(match field.kind {
        FieldKind::Choice => field.choices.first()?.value.clone(),
        FieldKind::YesNo => {
            let yes = matches!(field.key.as_str(), "fire_safety" | "fees_paid" | "other_dwelling" | "felling_quota");
            if yes { "yes" } else { "no" }.to_owned()
        }
        FieldKind::Date => date(&field.key).to_owned(),
        FieldKind::Area if field.unit.as_deref() == Some("亩") && project.unit.is_none() => {
            project.quantity.to_owned()
        }
        FieldKind::Area => "36.5".to_owned(),
        FieldKind::Number => number(&field.key, project).to_owned(),
        FieldKind::Text => text(&field.key, project, place),
    })
}

fn date(key: &str) -> &'static str {
    match key {
        "granted_on" => "2022-05-10",
        "deliver_by" | "start_by" => "2026-06-30",
        "title_expiry" => "2055-12-31",
        _ => "2046-12-31",
    }
}

fn number<'a>(key: &str, project: &'a Project) -> &'a str {
    match key {
        "budget" | "ceiling_basis" => project.price,
        "bought_year" | "built_year" => "2019",
        "total_shares" => "12860",
        "holding_after" => "24",
        "book_value" => "86000",
        "investment" => "3200000",
        "depth" => "2.5",
        "warranty_pct" => "3",
        "duration" => "60",
        "stock" => "1280",
        "stand_age" => "22",
        "plot_area" => "160",
        "floor_area" | "built_area" => "240",
        "household_count" => "18",
        "parcel_count" => "26",
        _ => "12",
    }
}

/// Answers in words, by field.
fn text(key: &str, project: &Project, place: &Place) -> String {
    let said = match key {
        "address" | "location" | "site" | "delivery_place" => return format!("{}{}", place.zh(), project.location),
        "pond_name" | "project" | "ip_title" => return project.name.clone(),
        "title_no" => return format!("蓝农权证字第{:05}号", 20_000 + project.name.len() * 31 + project.location.len()),
        // No two projects on the same parcels.
        "parcel_codes" => {
            let seed = project.key.bytes().fold(7, |n: u32, b| n.wrapping_mul(31).wrapping_add(u32::from(b)));
            return format!("4311271002010{:06} 4311271002011{:06}", seed % 1_000_000, seed % 1_000_000);
        }
        "present_use" => "闲置，权属清楚，成交后三十日内交付",
        "compartment" => "3林班12小班",
        "tree_species" => "杉木、马尾松",
        "conservation" => "保留原有植被带，修截水沟和沉沙池",
        "structure" => "砖混结构，二层",
        "safety" => "经鉴定结构安全，可以正常使用",
        "negative_list" => "易燃易爆物品、噪声和异味扰民的行业",
        "model" => "4LZ-4.0型履带自走式",
        "engine_no" => "LS20190788",
        "condition" => "运转正常，保养记录齐全",
        "certificate_no" => "股证字第0108号",
        "charter_clause" => "章程第二十六条：股份可以在本集体成员之间转让，单户持股不超过总股数的百分之三",
        "approval_no" => "蓝农发〔2025〕18号",
        "scope" => "硬化村组道路1.2公里，宽3.5米，厚18厘米，配套涵管6处",
        "quality" => "符合国家现行验收规范，保修期一年",
        "contractor" => "具有建筑工程或市政公用工程施工总承包三级以上资质",
        "specification" => "高效复合肥（15-15-15）40吨，有机肥60吨，送货到村",
        "acceptance" => "到货三日内抽样检验，合格后十五日内付款",
        "supplier" => "具有合法经营资格，近三年没有产品质量处罚记录",
        "safety_class" => "二类，可以正常使用",
        "upkeep" => "受让方负责日常维修养护和汛期巡查",
        "irrigation_rule" => "优先保证农田灌溉，水费按现行标准收取",
        "company" => "蓝山县云冲茶业有限公司",
        "uscc" => "91431127MA4L12346X",
        "business" => "茶叶种植、加工和销售",
        "debts" => "应收账款12万元，应付账款9万元，没有对外担保",
        "owner_coop" => "蓝山县惠农供销合作社",
        "ip_no" => "ZL202110123456.7",
        "owners" => "湖南岭蓝农业科技有限公司",
        "field" => "适用于丘陵山区水稻育秧和烤烟移栽，已在三个乡镇应用",
        "content" => "建设标准化大棚60亩、冷库1座，发展错季蔬菜",
        "contribution" => "集体提供流转土地60亩、水电接口和机耕道路",
        "investor_duties" => "两年内完成投资，优先用工本村劳动力，按年公开收支",
        "profit" => "集体每年保底收益加利润的百分之十分成",
        "land_status" => "一般农用地，已办理设施农业用地备案",
        _ => "按现状提供，详见标的情况说明",
    };
    said.to_owned()
}
