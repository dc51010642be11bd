//! The rules in force, chapter by chapter, in words.

use actix_web::HttpResponse;
use serde_json::Value;

use crate::domain::category::PriorityClass;
use crate::domain::rulebook;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Cell, Heading, Link, Panel, Rich, Row, Table, Tag, Tone};

/// A chapter's title and the beginnings of its keys.
const CHAPTERS: [(&str, &[&str]); 12] = [
    ("时间和范围", &["cal", "routing"]),
    ("受理和审核", &["review"]),
    ("公告期", &["listing"]),
    ("延期、变更、降价和中止", &["extend", "amend", "relist", "suspend"]),
    ("网上竞价", &["bid", "outage"]),
    ("书面报价和招标", &["sealed", "sole"]),
    ("优先权", &["priority"]),
    ("保证金和违约", &["deposit", "fail", "default"]),
    ("结果公示和异议", &["result"]),
    ("民主决策和审批", &["decision", "licence"]),
    ("签约、付款、鉴证和归档", &["contract", "pay", "cert", "handover", "fee"]),
    ("督办和参考价", &["lights", "guide"]),
];

/// A stored word as people say it.
fn word(key: &str, text: &str) -> String {
    if let Ok(class) = text.parse::<PriorityClass>() {
        return class.zh().to_owned();
    }
    let month_day = text.split_once('-').and_then(|(m, d)| Some((m.parse::<u8>().ok()?, d.parse::<u8>().ok()?)));
    match (key, text, month_day) {
        ("fee.table", "none", _) => "尚未批准，暂不收费".to_owned(),
        ("fee.table", ..) => "已设定，按公布的分档计算".to_owned(),
        (_, "none", _) => "不限".to_owned(),
        (_, _, Some((month, day))) => format!("{month}月{day}日"),
        _ => rulebook::zh(text).unwrap_or(text).to_owned(),
    }
}

/// A value with its unit.
fn shown(key: &str, value: &Value, unit: &str) -> String {
    match value {
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Null => "不限".to_owned(),
        Value::String(text) => word(key, text),
        Value::Array(all) => {
            let words: Vec<String> = all.iter().filter_map(Value::as_str).map(|t| word(key, t)).collect();
            words.join("，其次")
        }
        other => format!("{other} {unit}"),
    }
}

/// `GET /rules`
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    let rules = &cx.app.market.rules;
    let chapter = |(title, keys): &(&str, &[&str])| {
        let own = rules.entries().filter(|(key, ..)| key.split('.').next().is_some_and(|first| keys.contains(&first)));
        let rows = own.map(|(key, value, meta)| {
            let mut name = Rich::new().text(meta.label.clone());
            if meta.unconfirmed {
                name = name.text(" ").tag(Tag::new("待确认", Tone::Ochre));
            }
            let since = Rich::new().day(meta.effective_from).text("起施行");
            Row::new().cell(name).cell(shown(key, &value, &meta.unit)).cell(Cell::new(meta.citation.clone()).and(since))
        });
        Table::new(*title).columns(["规则", "规定", "依据"]).rows(rows)
    };
    let mut page = cx.page("交易规则").with(
        Heading::new("交易规则")
            .lead("系统按下列规则办理。项目发布公告时，当时的规则随公告冻结，以后修改不影响已发布的项目。"),
    );
    let waiting = rules.unconfirmed().len();
    if waiting > 0 {
        page = page.with(
            Panel::attention(format!("{waiting} 项规则待确认"))
                .say("标“待确认”的数值尚待县里正式文件确认，目前按国家和省的规定或者规则草案执行。"),
        );
    }
    let page = CHAPTERS.iter().fold(page, |page, c| page.with(chapter(c)));
    cx.ok(&page.say(Link::new("每一步由谁办、多久办完", "/process")))
}
