//! The listing notice (挂牌公告, form F03) as structured text: one pure function. The page on which
//! the transferor confirms, the public page and the printed notice all show what it gives.
//!
//! **Invariant**: the text depends only on checked terms, the variety and the rules. Opening and
//! closing day are added at publication and stand beside it, so that the hash confirmed by the
//! transferor is the hash published.

use serde::{Deserialize, Serialize};

use super::assemble::bounds_zh;
pub use super::published::Published;
use crate::auction::sole::SolePolicy;
use crate::category::{Direction, LandKind, Variety};
use crate::eligibility::land_use::NOTICE_WORDING;
use crate::funds::{FeeTable, PlanKind};
use crate::gazette::Place;
use crate::lot::Terms;
use crate::rulebook::Rules;

/// One line of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Stable name, for papers that pick single lines.
    pub key: String,
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// A chapter of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The notice without its dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Title.
    pub title: String,
    /// Opening paragraph.
    pub intro: String,
    /// Chapters in the order of form F03.
    pub chapters: Vec<Chapter>,
}

impl Notice {
    /// The text that is hashed and confirmed.
    pub fn canonical(&self) -> String {
        // Strings only: always serialises, in the order of the fields.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The value of a line.
    pub fn line(&self, key: &str) -> Option<&str> {
        self.chapters.iter().flat_map(|c| &c.lines).find(|l| l.key == key).map(|l| l.value.as_str())
    }
}

/// What the notice is made of.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Checked content.
    pub terms: &'a Terms,
    /// The variety.
    pub variety: &'a Variety,
    /// The rules in force.
    pub rules: &'a Rules,
    /// Where the object lies.
    pub place: &'a Place,
    /// Project number.
    pub project_no: &'a str,
    /// Lot number.
    pub lot_no: &'a str,
    /// The transferor's name, a natural person's already masked (rulebook 9.6).
    pub transferor: &'a str,
    /// The centre's name.
    pub centre: &'a str,
    /// The centre's telephone and address.
    pub contact: &'a str,
    /// Telephone of the township's station; empty where none is known.
    pub station_phone: &'a str,
    /// The settlement account's sentence.
    pub account: &'a str,
    /// The fee table in force; `None` while none is approved.
    pub fees: Option<&'a FeeTable>,
    /// The benchmark's sentence, or why there is none.
    pub benchmark: &'a str,
}

/// The notice's title; an object already named after its mode (水田出租) does not say it twice.
fn title(object: &str, mode: &str) -> String {
    let mode = if object.ends_with(mode) { "" } else { mode };
    format!("{object}{mode}公告")
}

/// Makes the notice.
pub fn notice(s: &Source<'_>) -> Notice {
    let t = s.terms;
    Notice {
        title: title(&t.title, t.mode.zh()),
        intro: format!(
            "受{}委托，经乡镇服务站初审和{}审核，下列标的公开{}，欢迎符合条件的意向受让方报名。",
            s.transferor,
            s.centre,
            t.mode.zh()
        ),
        chapters: vec![
            Chapter { title: "一、标的".into(), lines: object(s) },
            Chapter { title: "二、价格与期限".into(), lines: price(s) },
            Chapter { title: "三、交易方式".into(), lines: trading(s) },
            Chapter { title: "四、保证金与付款".into(), lines: money(s) },
            Chapter { title: "五、受让条件与优先权".into(), lines: receiver(s) },
            Chapter { title: "六、成交、签约与违约".into(), lines: closing(s) },
            Chapter { title: "七、披露与联系".into(), lines: disclosures(s) },
        ],
    }
}

fn line(key: &str, label: &str, value: impl Into<String>) -> Line {
    Line { key: key.to_owned(), label: label.to_owned(), value: value.into() }
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

/// `32.6 亩`.
pub fn quantity_zh(terms: &Terms) -> String {
    format!("{} {}", crate::base::area::quantity_exact(terms.quantity), terms.quantity_unit.zh())
}

/// `5年，自2026年12月1日起至2031年11月30日止`; `None` where no term is named.
pub fn term_zh(terms: &Terms) -> Option<String> {
    let term = terms.term?;
    Some(format!("{}，自{}起至{}止", term.zh(), term.starts.zh(), term.ends().zh()))
}

fn object(s: &Source<'_>) -> Vec<Line> {
    let t = s.terms;
    let mut lines = vec![
        line("project_no", "项目编号", s.project_no),
        line("lot_no", "标的编号", s.lot_no),
        line("variety", "交易品种", format!("{}（{}）", s.variety.name, s.variety.category().zh())),
        line("transferor", "转出方", s.transferor),
        line("place", "所在地", s.place.zh()),
        line("location", "坐落", t.location.as_str()),
        line("quantity", &s.variety.quantity_label, quantity_zh(t)),
    ];
    let bounds = bounds_zh(&t.bounds);
    if !bounds.is_empty() {
        lines.push(line("bounds", "四至", bounds));
    }
    lines.push(line("ownership", "所有权人类型", t.ownership.zh()));
    if !t.title_document.kind.is_empty() || !t.title_document.number.is_empty() {
        let title = format!("{} {}", t.title_document.kind, t.title_document.number);
        lines.push(line("title", "权属凭证", title.trim()));
    }
    let own = s.variety.fields.iter().filter(|f| f.public && !SHOWN_ELSEWHERE.contains(&f.key.as_str()));
    for field in own {
        if let Some(stored) = t.attributes.get(&field.key).filter(|v| !v.is_empty()) {
            lines.push(line(&format!("f.{}", field.key), &field.label, field.show(stored)));
        }
    }
    if !t.present_use.is_empty() {
        lines.push(line("present_use", "利用现状", t.present_use.as_str()));
    }
    if !t.planned_use.is_empty() {
        lines.push(line("planned_use", "流转后用途", t.planned_use.as_str()));
    }
    let by_key = |key: &str| t.attributes.get(key).map(String::as_str);
    if s.variety.land_kind(by_key).is_some_and(is_farmland) {
        lines.push(line("use_control", "用途管制", format!("严格保护耕地，{NOTICE_WORDING}，不得改变农业用途。")));
    }
    if t.basic_farmland {
        lines.push(line("basic_farmland", "永久基本农田", "是，不得种植林果、挖塘养鱼。"));
    }
    lines
}

const SHOWN_ELSEWHERE: [&str; 5] = ["boundaries", "title_type", "title_no", "present_use", "planned_use"];

fn is_farmland(land: LandKind) -> bool {
    !matches!(land, LandKind::Construction | LandKind::Homestead | LandKind::OtherLand)
}

fn price(s: &Source<'_>) -> Vec<Line> {
    let t = s.terms;
    let mut lines = vec![
        line("mode", "流转方式", t.mode.zh()),
        line("price", "挂牌价", format!("{} {}", t.price.short(), t.price_unit.zh())),
        line("total", "按挂牌价计算的总价", format!("{} 元（人民币{}）", t.total.figures(), t.total.capitals())),
    ];
    if t.first_year != t.total {
        lines.push(line("first_year", "首年价款", format!("{} 元", t.first_year.figures())));
    }
    if let Some(term) = term_zh(t) {
        lines.push(line("term", "流转期限", term));
    }
    lines.push(line("escalation", "价格递增", t.escalation.zh().unwrap_or_else(|| "不递增".to_owned())));
    lines.push(line("benchmark", "基准地价", s.benchmark));
    if let Some(decision) = &t.decision {
        let text = format!(
            "{} {} 表决通过，底价 {} {}",
            decision.held.zh(),
            decision.body.zh(),
            decision.floor.short(),
            t.price_unit.zh()
        );
        lines.push(line("decision", "集体决策", text));
    }
    lines
}

fn trading(s: &Source<'_>) -> Vec<Line> {
    let (t, bid) = (s.terms, &s.rules.bid);
    let extension = if s.rules.extend.enabled {
        let e = &s.rules.extend;
        format!(
            "报名截止时不超过 {} 人报名的，按 {} 个工作日为一个周期延长，最多 {} 次",
            e.trigger_le, e.cycle_wd, e.max_cycles
        )
    } else {
        "不延长".to_owned()
    };
    vec![
        line("method", "交易方式", t.method.zh()),
        line("direction", "竞价方向", s.variety.direction.zh()),
        line("step", "加价幅度", format!("{} {}，每次报价应为其整数倍", t.step.short(), t.price_unit.zh())),
        line("max_step", "单次最大幅度", format!("不超过 {} 个加价幅度", bid.max_multiple)),
        line("reserve", "保留价", "不设保留价"),
        line("free", "自由竞价", format!("{} 分钟", bid.free_minutes)),
        line("limited", "限时竞价", format!("{} 秒，每次有效报价后重新计时，期满无人报价即结束", bid.limited_seconds)),
        line("session", "竞价时间", format!("竞买人名单确认后由县中心安排，至少提前 {} 个工作日通知", bid.notice_wd)),
        line("sole", "只有一名合格竞买人时", sole(s.variety.sole_policy)),
        line("extension", "公告延期", extension),
        line("closing_rule", "公告期", "自发布之日起计算，发布当日不计；起止时间见公告首部，截止以服务器时间为准"),
    ]
}

fn sole(policy: SolePolicy) -> String {
    policy.notice_zh().to_owned()
}

fn payment(t: &Terms) -> String {
    match &t.payment {
        crate::funds::Plan::FirstTwoThenAnnual { month, day } => {
            format!("{}，每年 {month} 月 {day} 日前付款", PlanKind::FirstTwoThenAnnual.zh())
        }
        other => other.kind().zh().to_owned(),
    }
}

fn money(s: &Source<'_>) -> Vec<Line> {
    let t = s.terms;
    vec![
        line("deposit", "交易保证金", format!("{} 元（人民币{}）", t.deposit.figures(), t.deposit.capitals())),
        line(
            "deposit_account",
            "保证金账户",
            format!("{}；须由报名人本人账户转入，附言写报名提交后“我的报名”页面显示的附言码", s.account),
        ),
        line("deposit_deadline", "到账期限", "公告截止前到账，以银行入账时间为准"),
        line(
            "deposit_treatment",
            "保证金处理",
            format!(
                "成交的转为首期价款；未成交的，自竞价结束之日起 {} 个工作日内原路退还，不计利息；\
                 异议处理、依法调查期间和候补竞买人的，暂停退还，原因消除后重新计算期限",
                s.rules.deposit.refund_wd
            ),
        ),
        line("standby", "候补竞买人", t.standby.notice_zh(s.rules.deposit.refund_wd)),
        line("payment", "付款方式", payment(t)),
        line("bond", "履约保证金", "不另行收取"),
        line("fees", "交易服务费", fees(s)),
    ]
}

/// The table itself, so that whoever bids can work the fee out and nothing later changes it (rulebook 5.6, 0.3).
fn fees(s: &Source<'_>) -> String {
    match s.fees {
        _ if s.variety.category().is_purchase() => "不收取".to_owned(),
        None => "没有批准的收费标准，本次交易不收取交易服务费".to_owned(),
        Some(table) => format!("由受让方承担，转出方不承担费用。{}", table.zh()),
    }
}

fn receiver(s: &Source<'_>) -> Vec<Line> {
    let t = s.terms;
    let who = if t.members_only {
        "仅限本集体经济组织成员"
    } else {
        "具有完全民事行为能力的自然人、依法设立的法人或者其他组织均可报名"
    };
    let priority = if t.priority.is_empty() {
        "不设优先权".to_owned()
    } else {
        let classes: Vec<&str> = t.priority.iter().map(|p| p.zh()).collect();
        format!("同等条件下依次为：{}", classes.join("、"))
    };
    let mut lines = vec![line("receivers", "受让方范围", who)];
    if !t.conditions.is_empty() {
        lines.push(line("conditions", "受让条件", t.conditions.as_str()));
    }
    lines.push(line("priority", "优先权", priority));
    if !t.priority.is_empty() {
        lines.push(line(
            "priority_claim",
            "优先权主张",
            "应当在报名时提出并提交证明材料；竞价中在同一价格上跟价即可优先，逾期视为放弃",
        ));
    }
    if s.variety.outsider_licence && !t.members_only {
        let text = "工商企业等社会资本受让土地经营权依法须经审批的，审批同意后才能签订合同；未获批准且无过错的，保证金全额退还";
        lines.push(line("licence", "审批", text));
    }
    lines
}

fn closing(s: &Source<'_>) -> Vec<Line> {
    let rules = s.rules;
    let down = s.variety.direction == Direction::Down;
    let winner = if down { "有效报价最低者" } else { "有效报价最高者" };
    vec![
        line(
            "winner",
            "成交规则",
            format!(
                "竞价结束时{winner}为受让方，结果公示 {} 个工作日",
                rules.publicity_days(s.variety.category(), s.terms.ownership)
            ),
        ),
        line(
            "formation",
            "合同成立",
            "公示期满没有未处理的异议，出具成交确认书时合同成立；依法须经批准的，自批准之日起生效",
        ),
        line(
            "forfeiture",
            "保证金不予退还的情形",
            "提供虚假材料或者隐瞒重要事实取得竞买资格的；与他人串通的；成交后无正当理由拒绝签约或者不按期付款的",
        ),
        line(
            "objection",
            "异议",
            "公示期内任何人可以在标的页面提出异议，县中心书面答复前公示期停止计算；电话、书面异议向下列县中心提出",
        ),
    ]
}

fn disclosures(s: &Source<'_>) -> Vec<Line> {
    let t = s.terms;
    let mut lines = vec![line("encumbrances", "权利负担", or(&t.encumbrances, "无"))];
    if !t.disclosures.is_empty() {
        lines.push(line("disclosures", "其他披露", t.disclosures.as_str()));
    }
    for (at, warning) in s.variety.warnings.iter().enumerate() {
        lines.push(line(&format!("warning.{at}"), "特别提示", warning.as_str()));
    }
    lines.push(line("viewing", "看地（看样）", t.viewing.as_str()));
    let station = format!("{}农村产权交易服务站，电话 {}", s.place.township_name(), or(s.station_phone, "待公布"));
    lines.push(line("station", "乡镇服务站", station));
    lines.push(line("contact", "县中心", format!("{}，{}", s.centre, or(s.contact, "联系方式见页脚"))));
    let attached = "合同文本（草案）、声明与保证、竞价须知，见标的页面；正式合同由平台按本公告和成交结果生成，标的、价款、期限、用途不另行约定";
    lines.push(line("attachments", "附件", attached));
    lines
}
