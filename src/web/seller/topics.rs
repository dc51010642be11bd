//! The questions of each topic.

use crate::domain::auction::Standby;
use crate::domain::category::{FieldDef, FieldKind, QuantityUnit, Variety};
use crate::domain::funds::PlanKind;
use crate::domain::listing::{Topic, asked_fields, asks};
use crate::domain::lot::{DecisionBody, Ownership};
use crate::web::ui::{Choice, Field};

/// The fields of a topic for a variety.
pub fn fields(topic: Topic, variety: &Variety) -> Vec<Field> {
    match topic {
        Topic::Object => object(variety),
        Topic::Variety => asked_fields(variety).map(attribute).collect(),
        Topic::Title => title(variety),
        Topic::Price => price(variety),
        Topic::Decision => decision(),
        Topic::Conditions => conditions(variety),
    }
}

const YES_NO: [(&str, &str); 2] = [("yes", "是"), ("no", "否")];

fn object(variety: &Variety) -> Vec<Field> {
    let units = variety.quantity_units.iter().map(|u| Choice::new(u.name(), u.zh()));
    let owners = Ownership::ALL.iter().map(|o| Choice::new(o.code(), o.zh()));
    let mut all = vec![
        Field::text("o.title", "项目名称").hint("乡镇、村、标的和方式，例如：塔峰镇界头村门口塘五年承包。").limit(80),
        Field::text("o.location", "坐落位置").hint("村以下的地点，例如：3组、村委会东侧。").limit(120),
    ];
    if variety.land.is_some() {
        let wanted = variety.field("boundaries").is_some_and(|f| f.required);
        for (name, label) in [("o.east", "东至"), ("o.south", "南至"), ("o.west", "西至"), ("o.north", "北至")]
        {
            let field = Field::text(name, label).limit(60);
            all.push(if wanted { field } else { field.optional() });
        }
    }
    all.push(Field::radio("o.ownership", "标的归谁所有", owners.collect::<Vec<_>>()));
    all.push(Field::number("o.quantity", &variety.quantity_label).hint("只填数字，最多四位小数。"));
    let units: Vec<Choice> = units.collect();
    let unit = Field::select("o.unit", "计量单位", units);
    all.push(match variety.quantity_units.as_slice() {
        [only] => unit.value(only.name()),
        _ => unit,
    });
    if variety.quantity_units.iter().any(|u| *u != QuantityUnit::Mu) && variety.land.is_some() {
        all.push(Field::area("o.area", "占地面积").optional());
    }
    if variety.category().number() == 1 {
        all.push(Field::number("o.households", "涉及农户数").unit("户").optional());
        all.push(Field::number("o.authorised", "已签委托书的农户数").unit("户").optional());
    }
    all
}

fn attribute(def: &FieldDef) -> Field {
    let name = format!("f.{}", def.key);
    let options = || def.choices.iter().map(|c| Choice::new(&c.value, &c.label)).collect::<Vec<_>>();
    let field = match def.kind {
        FieldKind::Text if def.max.unwrap_or(500) > 100 => Field::textarea(name, &def.label).rows(3),
        FieldKind::Text => Field::text(name, &def.label),
        FieldKind::Number => Field::number(name, unit_label(def)),
        FieldKind::Area => Field::area(name, &def.label),
        FieldKind::Date => Field::date(name, &def.label),
        FieldKind::Choice if def.choices.len() > 5 => Field::select(name, &def.label, options()),
        FieldKind::Choice => Field::radio(name, &def.label, options()),
        FieldKind::YesNo => Field::radio(name, &def.label, YES_NO),
    };
    let field = if def.help.is_empty() { field } else { field.hint(&def.help) };
    if def.required { field } else { field.optional() }
}

fn unit_label(def: &FieldDef) -> String {
    match &def.unit {
        Some(unit) => format!("{}（{unit}）", def.label),
        None => def.label.clone(),
    }
}

fn title(variety: &Variety) -> Vec<Field> {
    let mut all = Vec::new();
    if asks(variety, "title_type") {
        all.push(Field::text("u.title_type", "权属凭证种类").hint("例如：不动产权证书、资产台账、购置发票。"));
    }
    if asks(variety, "title_no") {
        all.push(Field::text("u.title_no", "权属凭证编号").hint("没有编号的填“无”。"));
    }
    if asks(variety, "title_expiry") {
        let hint = "权证或者承包合同上写明的到期日；没有期限的不填。";
        all.push(Field::date("u.title_expiry", "权利到期日").hint(hint).optional());
    }
    if asks(variety, "present_use") {
        all.push(Field::textarea("u.present_use", "利用现状").rows(3));
    }
    if asks(variety, "planned_use") {
        all.push(Field::textarea("u.planned_use", "流转后用途").rows(3));
    }
    if variety.land.is_some() && asks(variety, "basic_farmland") {
        all.push(Field::radio("u.basic_farmland", "是否永久基本农田", YES_NO));
    }
    all.push(Field::radio("u.disputed", "权属有没有争议", [("no", "没有争议"), ("yes", "有争议")]));
    all.push(
        Field::textarea("u.encumbrances", "抵押、租赁等权利负担")
            .rows(3)
            .hint("没有的不填；有的写明权利人、期限和金额，公告会如实披露。")
            .optional(),
    );
    all
}

fn price(variety: &Variety) -> Vec<Field> {
    let modes: Vec<Choice> = variety.listing_modes().map(|m| Choice::new(m.name(), m.zh())).collect();
    let units: Vec<Choice> = variety.price_units.iter().map(|u| Choice::new(u.name(), u.zh())).collect();
    let plans = [PlanKind::OneOff, PlanKind::AnnualPrepaid, PlanKind::FirstTwoThenAnnual];
    vec![
        Field::radio("p.mode", "流转方式", modes).hint(&variety.term.text),
        Field::radio("p.unit", "计价单位", units),
        Field::money("p.price", "挂牌价").hint("按计价单位填写的单价，系统按数量和期限算出总价。"),
        Field::money("p.step", "加价幅度").hint("不填的按挂牌价的比例自动取整。").optional(),
        Field::date("p.starts", "起始日")
            .hint("受让方开始使用的日期；一次性转让所有权的不填期限。")
            .optional()
            .group("期限", ""),
        Field::number("p.years", "期限（年）").unit("年").optional(),
        Field::number("p.months", "另加（月）").unit("个月").optional(),
        Field::radio("p.payment", "付款方式", plans.map(|p| Choice::new(p.name(), p.zh()))).group("付款", ""),
        Field::number("p.pay_month", "每年付款的月份").unit("月").hint("只有首付两年的方式需要填。").optional(),
        Field::number("p.pay_day", "每年付款的日期").unit("日").optional(),
        Field::money("p.appraised", "评估价").hint("有评估报告的填写评估总价。").optional().group("评估", ""),
        Field::date("p.appraised_on", "评估基准日").optional(),
    ]
}

fn decision() -> Vec<Field> {
    let bodies = DecisionBody::ALL.iter().map(|b| Choice::new(b.code(), b.zh()));
    vec![
        Field::radio("d.body", "由哪个会议决定", bodies.collect::<Vec<_>>())
            .hint("标的不属于集体、不需要集体决策的，这一页可以不填。"),
        Field::date("d.noticed", "通知成员的日期").hint("成员大会应当提前十日通知。").optional(),
        Field::date("d.held", "会议日期"),
        Field::number("d.eligible", "应到人数").unit("人"),
        Field::number("d.attended", "实到人数").unit("人"),
        Field::number("d.for", "同意票数").unit("票"),
        Field::number("d.against", "反对票数").unit("票"),
        Field::date("d.posted_from", "公示开始日").group("公示", "决议要在村务公开栏公示，首日不计。"),
        Field::date("d.posted_to", "公示结束日"),
        Field::money("d.floor", "表决的底价").hint("按计价单位填写的单价。"),
    ]
}

fn conditions(variety: &Variety) -> Vec<Field> {
    let classes: Vec<Choice> = variety.priority.iter().map(|p| Choice::new(p.name(), p.zh()).hint(p.basis())).collect();
    let mut all = vec![Field::radio("c.members_only", "是否只面向本集体成员", YES_NO)];
    if !classes.is_empty() {
        all.push(Field::checkboxes("c.priority", "同等条件下的优先权", classes).optional());
    }
    let standby = Standby::ALL.iter().map(|s| Choice::new(s.name(), s.zh()));
    all.push(
        Field::radio("c.standby", "候补竞买人", standby.collect::<Vec<_>>())
            .hint("设候补的，公告写明：报价次优者的保证金保留到受让方签订合同。不选的按不设候补处理。")
            .optional(),
    );
    all.extend([
        Field::textarea("c.conditions", "受让条件")
            .hint("不得指向特定对象，不得限定本地户籍。没有特别要求的不填。")
            .limit(1000)
            .optional(),
        Field::textarea("c.disclosures", "披露事项")
            .hint("瑕疵、补贴归属、征收补偿分配、青苗和设施移交等，竞买人需要知道的都写上。")
            .limit(2000)
            .optional(),
        Field::textarea("c.viewing", "看地（看样）安排")
            .rows(3)
            .hint("时间、地点和联系方式。公告是公开的，电话请写乡镇服务站或县中心的固定电话，不要写手机号。")
            .limit(300),
    ]);
    all
}
