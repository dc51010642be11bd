//! A project page.

use super::sample_now;
use crate::domain::base::{Area, Fen};
use crate::web::ui::*;

/// A lot that takes applications.
pub fn detail(mut chrome: Chrome) -> Page {
    let now = sample_now();
    chrome.title = "界头村水田十年出租".to_owned();
    Page::new(chrome)
        .with(
            Heading::new("塔峰镇界头村四组等三个村民小组连片水田十年经营权整体出租")
                .kicker("项目编号 LSNC431127100-01-202611-0007-01")
                .tag(Tag::new("公告中（报名中）", Tone::Green))
                .tag(Countdown::new("报名截止", now.plus_mins(60 * 77), now)),
        )
        .with(Phases::new([
            ("申请", State::Done),
            ("审核", State::Done),
            ("公告报名", State::Now),
            ("竞价", State::Next),
            ("公示", State::Next),
            ("签约", State::Next),
            ("付款", State::Next),
            ("鉴证", State::Next),
            ("交割", State::Next),
            ("归档", State::Next),
        ]))
        .with(
            Columns::new()
                .main(facts())
                .main(
                    Section::card("价格")
                        .with(
                            Price::new("挂牌价", Fen::yuan(420), "元/亩/年")
                                .total("十年合同总价", Fen::yuan(532_770))
                                .capitals(),
                        )
                        .with(
                            Band::new("元/亩/年", Fen::yuan(287), Fen::yuan(410), Fen::yuan(533), Fen::yuan(420))
                                .source("集体·经营权·水田二级，基准地价估价期日2022年1月1日。"),
                        ),
                )
                .main(
                    Section::card("公告与材料").with(Docs::new([
                        Doc::new("公告（盖章版）", "PDF", "#")
                            .size(183_000)
                            .by("蓝山县农村产权交易中心", now.plus_mins(-4000))
                            .hash("77c1aa09e3f2"),
                        Doc::new("地块四至图", "JPG", "#")
                            .size(1_830_000)
                            .by("界头村股份经济合作社", now.plus_mins(-9000))
                            .hash("0b91de77a2c4"),
                    ])),
                )
                .aside(Actions::new([
                    Action::link("我要报名", "#", Weight::Primary)
                        .say("需要登录。保证金 53,277 元，11月26日（星期四）17:00 前到账。"),
                    Action::link("收藏并提醒我", "#", Weight::Secondary),
                ]))
                .aside(Section::card("办理进度").with(spine())),
        )
}

fn facts() -> Section {
    Section::card("标的")
        .with(
            Facts::new()
                .two_columns()
                .row("转出方", "蓝山县塔峰镇界头村股份经济合作社")
                .row("交易品种", "农村承包土地经营权")
                .row("面积", Area(1_268_500))
                .hint("约 84,567 平方米，以实测为准")
                .row("四至", "东至机耕路，南至俊水河，西至三里村界，北至省道")
                .row("流转方式", "出租")
                .row("期限", "10年，自 2027年1月1日 至 2036年12月31日")
                .row("用途", "种植粮食作物")
                .row("竞价方式", Rich::new().text("网上多轮竞价，").link("公告第六条", "#"))
                .row("加价幅度", "10元/亩/年的整数倍"),
        )
        .with(
            Panel::attention("界头村股份经济合作社成员有优先权")
                .say("在同等条件下，本集体经济组织成员可以按同样的价格优先承租。报名时请一并提出。"),
        )
}

fn spine() -> Timeline {
    let now = sample_now();
    Timeline::new([
        Step::new("提交申请", State::Done).when(now.plus_mins(-20_000)).who("李大山"),
        Step::new("乡镇初审", State::Done).when(now.plus_mins(-17_000)).who("塔峰镇便民服务中心"),
        Step::new("部门会审", State::Skipped).note("本品种不需要"),
        Step::new("公告与报名", State::Now)
            .who("等待意向受让方报名")
            .due(Rich::new().text("截止 ").time(now.plus_mins(60 * 77)).text("（星期四）"))
            .light(Light::Green),
        Step::new("资格审查", State::Next).who("交易中心").due("报名截止后2个工作日"),
        Step::new("网上竞价", State::Next).due("预计 12月1日 9:00"),
        Step::new("成交公示", State::Next).due("5个工作日"),
        Step::new("签约、付款、鉴证", State::Next),
    ])
}
