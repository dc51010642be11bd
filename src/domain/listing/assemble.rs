//! From a draft to `Terms`, or all faults at once.

use std::collections::BTreeMap;

use super::draft::{Draft, asked_fields, asks, decision_needed};
use super::read::Answers;
use crate::auction::Standby;
use crate::base::{Area, Fen};
use crate::category::{Direction, LandKind, Method, Mode, PriceUnit, PriorityClass, QuantityUnit, Variety};
use crate::funds::{DepositRule, Escalation, Plan, deposit};
use crate::lot::{Decision, DecisionBody, Ownership, Term, Terms, TitleDocument};
use crate::refusal::FieldFault;
use crate::rulebook::Rules;

/// Longest term that can be typed, in months: seventy years.
const TERM_MONTHS: u32 = 840;

/// The checked content of an application.
///
/// # Errors
/// Every field that is missing or wrong, with a sentence for the person.
pub fn assemble(draft: &Draft, variety: &Variety, rules: &Rules) -> Result<Terms, Vec<FieldFault>> {
    let mut a = Answers::new(draft);
    let object = object(&mut a, variety);
    let attributes = attributes(&mut a, variety, &object);
    let title = title(&mut a, variety, &attributes);
    let deal = deal(&mut a, variety, rules, object.quantity, object.unit);
    let conditions = conditions(&mut a, variety);
    let decision = if decision_needed(variety, object.ownership, conditions.members_only) {
        decision(&mut a, variety, deal.price)
    } else {
        None
    };
    let by_key = |key: &str| attributes.get(key).map(String::as_str);
    let land_type = variety.land_kind(by_key).filter(|k| matches!(k, LandKind::Paddy | LandKind::DryLand));
    if !a.faults.is_empty() {
        return Err(a.faults);
    }
    Ok(Terms {
        title: object.title,
        mode: deal.mode,
        method: deal.method,
        location: object.location,
        bounds: object.bounds,
        ownership: object.ownership,
        quantity: object.quantity,
        quantity_unit: object.unit,
        area: object.area,
        land_type,
        price: deal.price,
        price_unit: deal.unit,
        step: deal.step,
        term: deal.term,
        total: deal.total,
        first_year: deal.first_year,
        deposit: deal.deposit,
        payment: deal.payment,
        escalation: Escalation::None,
        title_document: title.document,
        present_use: title.present_use,
        planned_use: title.planned_use,
        basic_farmland: title.basic_farmland,
        encumbrances: title.encumbrances,
        disclosures: conditions.disclosures,
        conditions: conditions.conditions,
        members_only: conditions.members_only,
        priority: conditions.priority,
        standby: conditions.standby,
        decision,
        households: object.households,
        viewing: conditions.viewing,
        attributes,
    })
}

struct Object {
    title: String,
    location: String,
    bounds: [String; 4],
    ownership: Ownership,
    quantity: i64,
    unit: QuantityUnit,
    area: Option<Area>,
    households: u32,
}

fn object(a: &mut Answers<'_>, variety: &Variety) -> Object {
    let unit = match a.choice::<QuantityUnit>("o.unit", "计量单位") {
        Some(unit) if variety.quantity_units.contains(&unit) => unit,
        Some(_) => {
            a.fault("o.unit", "这个品种不用这个计量单位，请重新选择。");
            QuantityUnit::Item
        }
        None => QuantityUnit::Item,
    };
    let quantity = a.quantity("o.quantity", &variety.quantity_label);
    let area = match unit {
        QuantityUnit::Mu => Some(Area(quantity)),
        _ => a.optional_area("o.area", "占地面积"),
    };
    let ownership = Ownership::ALL.into_iter().find(|o| o.code() == a.raw("o.ownership"));
    if ownership.is_none() {
        a.fault("o.ownership", "请选择标的归谁所有。");
    }
    let bound = |a: &mut Answers<'_>, name: &str, label: &str| {
        if variety.field("boundaries").is_some_and(|f| f.required) {
            a.text(name, label, 60)
        } else {
            a.optional(name, label, 60)
        }
    };
    Object {
        title: a.text("o.title", "项目名称", 80),
        location: a.text("o.location", "坐落位置", 120),
        bounds: [
            bound(a, "o.east", "东至"),
            bound(a, "o.south", "南至"),
            bound(a, "o.west", "西至"),
            bound(a, "o.north", "北至"),
        ],
        ownership: ownership.unwrap_or(Ownership::Collective),
        quantity,
        unit,
        area,
        households: a.optional_number("o.households", "涉及农户数", 100_000),
    }
}

/// `东至机耕路，南至水圳，西至山脚，北至村道`; empty when nothing is given.
pub fn bounds_zh(bounds: &[String; 4]) -> String {
    let sides = ["东至", "南至", "西至", "北至"];
    let given = sides.iter().zip(bounds).filter(|(_, b)| !b.is_empty());
    given.map(|(side, b)| format!("{side}{b}")).collect::<Vec<_>>().join("，")
}

fn attributes(a: &mut Answers<'_>, variety: &Variety, object: &Object) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for field in asked_fields(variety) {
        let name = format!("f.{}", field.key);
        match field.read(a.raw(&name)) {
            Ok(Some(value)) => {
                found.insert(field.key.clone(), value);
            }
            Ok(None) => {}
            Err(fault) => a.fault(&name, fault.0),
        }
    }
    if variety.field("boundaries").is_some() {
        found.insert("boundaries".into(), bounds_zh(&object.bounds));
    }
    found
}

struct Title {
    document: TitleDocument,
    present_use: String,
    planned_use: String,
    basic_farmland: bool,
    encumbrances: String,
}

fn title(a: &mut Answers<'_>, variety: &Variety, attributes: &BTreeMap<String, String>) -> Title {
    let shown = |key: &str| {
        let field = variety.field(key)?;
        attributes.get(key).map(|stored| field.show(stored))
    };
    let text = |a: &mut Answers<'_>, key: &str, label: &str, max: usize| match shown(key) {
        Some(value) => value,
        None if asks(variety, key) => a.text(&format!("u.{key}"), label, max),
        None => String::new(),
    };
    let kind = text(a, "title_type", "权属凭证种类", 40);
    let number = text(a, "title_no", "权属凭证编号", 60);
    let expires = match attributes.get("title_expiry").map(|d| crate::base::Day::parse(d)) {
        Some(day) => day,
        None if asks(variety, "title_expiry") => a.optional_day("u.title_expiry", "权利到期日"),
        None => None,
    };
    let basic_farmland = match attributes.get("basic_farmland").map(String::as_str) {
        Some(value) => value == "yes",
        None if variety.land.is_some() && asks(variety, "basic_farmland") => {
            a.yes("u.basic_farmland", "是否永久基本农田")
        }
        None => false,
    };
    a.yes("u.disputed", "权属有没有争议");
    Title {
        document: TitleDocument { kind, number, expires },
        present_use: text(a, "present_use", "利用现状", 200),
        planned_use: text(a, "planned_use", "流转后用途", 200),
        basic_farmland,
        encumbrances: a.optional("u.encumbrances", "抵押、租赁等权利负担", 500),
    }
}

struct Deal {
    mode: Mode,
    method: Method,
    unit: PriceUnit,
    price: Fen,
    step: Fen,
    term: Option<Term>,
    total: Fen,
    first_year: Fen,
    deposit: Fen,
    payment: Plan,
}

fn deal(a: &mut Answers<'_>, variety: &Variety, rules: &Rules, quantity: i64, counted: QuantityUnit) -> Deal {
    let mode = a.choice::<Mode>("p.mode", "流转方式").filter(|m| variety.allows(*m));
    let unit = a.choice::<PriceUnit>("p.unit", "计价单位").filter(|u| variety.price_units.contains(u));
    if a.given("p.mode") && mode.is_none() {
        a.fault("p.mode", "这个品种没有这种流转方式，请重新选择。");
    }
    if a.given("p.unit") && unit.is_none() {
        a.fault("p.unit", "这个品种不用这种计价单位，请重新选择。");
    }
    let (mode, unit) = match (mode, unit) {
        (Some(mode), Some(unit)) => (mode, unit),
        (mode, unit) => (mode.unwrap_or(Mode::Lease), unit.unwrap_or(PriceUnit::Yuan)),
    };
    if !unit.fits(counted) {
        a.fault("p.unit", format!("计价单位“{}”与计量单位“{}”不一致，请改选。", unit.zh(), counted.zh()));
    }
    let price = a.money("p.price", "挂牌价");
    let term = term(a, mode.is_lease() || unit.needs_term());
    let months = term.map(|t| t.months);
    let total = unit.total(price, quantity, months).unwrap_or(Fen::ZERO);
    let first_year = unit.first_year(price, quantity, months).unwrap_or(total);
    let proposed = rules.proposed_step(variety, price).unwrap_or(Fen::yuan(1));
    let step = a.optional_money("p.step", "加价幅度").unwrap_or(proposed);
    if step > price && price > Fen::ZERO {
        a.fault("p.step", "加价幅度不能超过挂牌价，请调小。");
    }
    let base = deposit::base(mode, total, first_year, &rules.deposit);
    let usual = deposit::usual(variety.category(), base, &DepositRule::of(&rules.deposit));
    let deposit = match usual {
        Ok(deposit) => deposit.amount,
        Err(fault) => {
            if a.faults.is_empty() {
                a.fault("p.price", fault.to_string());
            }
            Fen::ZERO
        }
    };
    let payment = payment(a, mode);
    Deal { mode, method: method(variety), unit, price, step, term, total, first_year, deposit, payment }
}

/// The method of the room: ascending, or descending for purchases, where the variety allows one of them.
fn method(variety: &Variety) -> Method {
    let live = [Method::M1, Method::M7];
    live.into_iter().find(|m| variety.methods.contains(m)).unwrap_or(variety.default_method)
}

fn term(a: &mut Answers<'_>, needed: bool) -> Option<Term> {
    let typed = ["p.starts", "p.years", "p.months"].iter().any(|n| a.given(n));
    if !needed && !typed {
        return None;
    }
    let starts = a.day("p.starts", "起始日");
    let years = a.optional_number("p.years", "年数", 70);
    let months = a.optional_number("p.months", "月数", 11);
    let all = years * 12 + months;
    if all == 0 || all > TERM_MONTHS {
        a.fault("p.years", "请填写流转期限，至少 1 个月，最长 70 年。");
        return None;
    }
    starts.map(|starts| Term { starts, months: all })
}

fn payment(a: &mut Answers<'_>, mode: Mode) -> Plan {
    match a.raw("p.payment") {
        "ONE_OFF" => Plan::OneOff,
        "ANNUAL_PREPAID" if mode.is_lease() => Plan::AnnualPrepaid,
        "FIRST_TWO_THEN_ANNUAL" if mode.is_lease() => {
            let month = a.number("p.pay_month", "每年付款的月份", 1, 12);
            let day = a.number("p.pay_day", "每年付款的日期", 1, 28);
            Plan::FirstTwoThenAnnual { month, day }
        }
        "" => {
            a.fault("p.payment", "请选择付款方式。");
            Plan::OneOff
        }
        _ => {
            a.fault("p.payment", "这种付款方式只用于出租等有期限的流转，请改选一次性付清。");
            Plan::OneOff
        }
    }
}

fn decision(a: &mut Answers<'_>, variety: &Variety, price: Fen) -> Option<Decision> {
    let body = DecisionBody::ALL.into_iter().find(|b| b.code() == a.raw("d.body"));
    if body.is_none() {
        a.fault("d.body", "请选择作出决定的会议。");
    }
    let held = a.day("d.held", "会议日期");
    a.optional_day("d.noticed", "通知成员的日期");
    let eligible = a.number("d.eligible", "应到人数", 1, 100_000);
    let attended = a.number("d.attended", "实到人数", 1, 100_000);
    let votes_for = a.number("d.for", "同意票数", 0, 100_000);
    let against = a.number("d.against", "反对票数", 0, 100_000);
    let from = a.day("d.posted_from", "公示开始日");
    let to = a.day("d.posted_to", "公示结束日");
    let floor = a.money("d.floor", "表决的底价");
    let below = if variety.direction == Direction::Down { price > floor } else { price < floor };
    if below && price > Fen::ZERO && floor > Fen::ZERO {
        a.fault("d.floor", format!("挂牌价 {} 与表决的底价 {} 不符，请按决议更正。", price.figures(), floor.figures()));
    }
    Some(Decision {
        body: body?,
        held: held?,
        eligible,
        attended,
        votes_for,
        against,
        posted_from: from?,
        posted_to: to?,
        floor,
    })
}

struct Conditions {
    conditions: String,
    members_only: bool,
    priority: Vec<PriorityClass>,
    standby: Standby,
    disclosures: String,
    viewing: String,
}

fn conditions(a: &mut Answers<'_>, variety: &Variety) -> Conditions {
    let mode = a.raw("p.mode").parse::<Mode>().ok();
    let by_law = mode.is_some_and(|m| variety.receivers.members_only(m));
    let members_only = if by_law { true } else { a.yes("c.members_only", "是否只面向本集体成员") };
    let standby = if a.given("c.standby") { a.choice::<Standby>("c.standby", "候补竞买人") } else { None };
    let ticked: Vec<&str> = a.raw("c.priority").split(',').collect();
    let priority = variety.priority.iter().copied().filter(|p| ticked.contains(&p.name())).collect();
    Conditions {
        conditions: a.optional("c.conditions", "受让条件", 1000),
        members_only,
        priority,
        // Nobody stands by unless the application says so.
        standby: standby.unwrap_or(Standby::None),
        disclosures: a.optional("c.disclosures", "披露事项", 2000),
        viewing: a.text("c.viewing", "看地（看样）安排", 300),
    }
}
