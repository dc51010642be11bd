//! A workspace, full and empty.

use super::sample_now;
use crate::web::ui::*;

fn shell(chrome: Chrome, waiting: u32) -> Chrome {
    let path = chrome.path.clone();
    chrome.user("欧阳王小梅", "塔峰镇农村产权流转服务站 初审").nav([
        NavItem::new("待办", path).count(waiting),
        NavItem::new("全部项目", "/style/list"),
        NavItem::new("代录申请", "/style/forms"),
        NavItem::new("报名审核", "/style/lot"),
        NavItem::new("通知", "/style/confirm").count(if waiting > 0 { 12 } else { 0 }),
        NavItem::new("我的账号", "/style/paper"),
    ])
}

/// With work in it.
pub fn full(chrome: Chrome) -> Page {
    let now = sample_now();
    let chrome = shell(chrome, 4).demo("演示环境：这里的人名、项目和金额都是虚构的，业务时钟按 60 倍速运行。", 60);
    Page::new(chrome.flash(
        Mood::Success,
        Rich::new().text("已通过初审：").link("三里村水田", "#").text("。现在由县交易中心受理。"),
    ))
    .with(Heading::new("待办").lead("4件事等您处理，1件已超期。"))
    .with(Todos::new([
        Todo::new("初审：楠市镇环连村山塘养殖水面五年承包经营权出租", "#", Light::Red)
            .say("转出方 环连村股份经济合作社，11月18日提交")
            .due(Rich::new().text("应在 ").time(now.plus_mins(-960)).text(" 前办结")),
        Todo::new(
            "初审：塔峰镇界头村四组等三个村民小组连片水田及附属机耕道路十年经营权整体出租项目（第二标段）",
            "#",
            Light::Yellow,
        )
        .say("补正后再次提交")
        .due("今天 17:30 前（星期一）"),
        Todo::new("补正提醒：总市村旧校舍", "#", Light::Green).say("转出方还没有补正").due("11月26日（星期四）前"),
        Todo::new("移交登记：竹市村荒山", "#", Light::Green).due("11月30日（星期一）前"),
    ]))
    .with(Stats::new().stat("本月初审", "23", "件").stat("平均用时", "1.4", "个工作日").stat("一次通过", "78", "%"))
    .with(
        Section::new("最近办理").with(History::new([
            Entry::new(now.plus_mins(-20), Rich::new().text("通过初审 ").link("三里村水田", "#"), "王小梅"),
            Entry::new(now.plus_mins(-320), Rich::new().text("一次性告知补正 ").link("总市村旧校舍", "#"), "王小梅")
                .more("缺房屋安全鉴定。"),
        ])),
    )
}

/// With nothing in it.
pub fn empty(chrome: Chrome) -> Page {
    Page::new(shell(chrome, 0))
        .with(Heading::new("待办"))
        .with(Todos::new([]))
        .with(
            Table::new("我的报名")
                .columns(["项目", "状态"])
                .empty(Rich::new().text("您还没有报过名。").link("去看正在报名的项目", "/style/list")),
        )
        .with(Docs::new([]))
        .with(Panel::empty("没有通知").say("有新消息时会在这里和短信里告诉您。"))
        .with(
            Panel::error("没有找到这个项目")
                .say("地址可能抄错了，或者项目还没有公开。")
                .next(Link::new("看全部公告", "/style/list")),
        )
}
