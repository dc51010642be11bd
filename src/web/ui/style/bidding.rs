//! The bidding room, confirm pages, papers.

use super::sample_now;
use crate::domain::base::{Fen, Instant};
use crate::web::ui::*;

const UNIT: &str = "元/亩/年";

fn shell(chrome: Chrome) -> Chrome {
    chrome.user("邓国强", "意向受让方").nav([
        NavItem::new("我的报名", "/style/list"),
        NavItem::new("竞价大厅", "/style/room"),
        NavItem::new("保证金", "/style/workspace"),
    ])
}

fn ladder(now: Instant) -> Ladder {
    Ladder::new(
        UNIT,
        Fen::yuan(420),
        [
            Rung::new("7731", Fen::yuan(480), now.plus_ms(-41_203)).note(Tag::new("优先权同价", Tone::Ochre)),
            Rung::new("2086", Fen::yuan(480), now.plus_ms(-65_877)).mine(),
            Rung::new("7731", Fen::yuan(450), now.plus_ms(-190_114)),
            Rung::new("2086", Fen::yuan(430), now.plus_ms(-600_402)).mine(),
            Rung::new("5519", Fen::yuan(420), now.plus_ms(-1_800_009)),
        ],
    )
}

fn bid_form(csrf: &str) -> BidForm {
    let quick = |yuan: i64, label: &str| {
        Form::post("/style/confirm", csrf)
            .field(Field::hidden("amount", Fen::yuan(yuan).decimal()))
            .submit(label)
            .weight(Weight::Secondary)
    };
    BidForm::new(
        Form::post("/style/confirm", csrf)
            .title("出价")
            .field(Field::money("amount", "您的报价").unit(UNIT).value("490").hint("下一步会让您再确认一次。"))
            .submit("去确认"),
    )
    .quick(quick(490, "490（加一档）"))
    .quick(quick(500, "500（加两档）"))
    .page("/style/confirm")
    .rule(Rich::new().text("加价幅度为10元的整数倍，报价不能撤回：").link("公告第六条", "#").text("。"))
}

/// The room.
pub fn room(chrome: Chrome) -> Page {
    let now = sample_now();
    let chrome = shell(chrome).refresh(5);
    let csrf = chrome.csrf.clone();
    let head = |standing| {
        Room::new("场次 20261123-004", "限时竞价")
            .limited()
            .price("当前最高价", Fen::yuan(480), UNIT)
            .total(Fen::yuan(608_880))
            .holder("竞买号 7731")
            .clock("本轮结束", now.plus_secs(139), now, "正在确认结果")
            .standing(standing)
            .stat("起始价", "420")
            .stat("加价幅度", "10")
            .stat("报价次数", "5")
    };
    Page::new(chrome)
        .with(Heading::new("界头村水田十年出租").kicker("LSNC431127100-01-202611-0007-01"))
        .with(
            Columns::new()
                .main(Live::still("live", now).with(head(Standing::Outbid("2086".to_owned(), Fen::yuan(480)))))
                .main(bid_form(&csrf))
                .aside(Live::still("ladder", now).with(ladder(now)))
                .aside(
                    Panel::info("您用不了实时更新也能竞价").say("页面每5秒自动刷新一次，报价以服务器收到的时间为准。"),
                ),
        )
        .with(
            Section::new("其他状态")
                .with(
                    Room::new("场次 20261123-005", "自由竞价")
                        .price("起始价", Fen::yuan(12_000), "元/年")
                        .clock("自由竞价结束", now.plus_mins(42), now, "即将进入限时竞价")
                        .standing(Standing::Ready("3307".to_owned())),
                )
                .with(head(Standing::Leading("7731".to_owned(), Fen::yuan(480))))
                .with(Room::new("场次 20261123-006", "待竞价").clock(
                    "竞价开始",
                    now.plus_mins(60 * 20),
                    now,
                    "即将开始",
                ))
                .with(Ladder::new(UNIT, Fen::yuan(420), [])),
        )
}

/// Confirm page and step-up.
pub fn confirm(chrome: Chrome) -> Page {
    let csrf = chrome.csrf.clone();
    let facts = || {
        Facts::new()
            .row("项目", "界头村水田十年出租")
            .strong("报价", Rich::new().money(Fen::yuan(490), UNIT))
            .row("合同总价", Rich::new().money(Fen::yuan(621_565), "元").br().small(Fen::yuan(621_565).capitals()))
            .row("您的竞买号", "2086")
    };
    Page::new(shell(chrome)).narrow()
        .with(Confirm::new("确认报价", Form::post("#", &csrf).nonce("n1").field(Field::hidden("amount", "490.00")).submit("确认报价 490 元/亩/年").link("返回修改", "/style/room"))
            .facts(facts()).binding("报价一经确认就有法律约束力，不能撤回或修改。成交后不签约的，保证金不予退还：公告第九条。"))
        .with(Confirm::new("通过初审", Form::post("#", &csrf).submit("确认通过").link("返回", "/style/lot")).facts(Facts::new().row("项目", "三里村水田").row("您的意见", "材料齐全，同意转报。")).warning("通过后转县交易中心受理，您不能再修改意见。"))
        .with(StepUp::new("签署交易合同", Form::post("#", &csrf).submit("签署合同").link("先不签", "/style/lot"), "138****5678")
            .statement("本平台的屏幕签署不是第三方电子认证机构提供的可靠电子签名。双方都同意采用电子形式时才能使用，也可以改为线下签字后上传扫描件。")
            .facts(facts()).paper(Link::new("阅读合同全文（PDF）", "#")).hash("sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
            .resend(Button::post("重新发送", "#", &csrf)).errors([("code", "验证码已过期，请重新发送。")]))
}

/// Certificate and receipt.
pub fn paper(chrome: Chrome) -> Page {
    let now = sample_now();
    Page::new(shell(chrome))
        .with(Panel::success("鉴证书有效").say("编号、校验码和签名都与登记一致。"))
        .with(
            Paper::new("农村产权流转交易鉴证书", "湘蓝农鉴〔2026〕00018号")
                .with(
                    Facts::new()
                        .row("项目", "塔峰镇界头村四组等三个村民小组连片水田十年经营权整体出租")
                        .row("转出方", "界头村股份经济合作社")
                        .row("受让方", "邓*强")
                        .row("成交价", Rich::new().money(Fen::yuan(490), UNIT))
                        .row(
                            "合同总价",
                            Rich::new().money(Fen::yuan(621_565), "元").br().small(Fen::yuan(621_565).capitals()),
                        ),
                )
                .seal("蓝山县农村产权交易中心", "鉴证专用章")
                .qr("https://example.org/verify/LS-2026-00018", "扫码查验")
                .sign("蓝山县农村产权交易中心")
                .sign(now.day().zh()),
        )
        .with(
            Paper::new("报价回单", Rich::new().code("BID-20261123-004-0005"))
                .with(
                    Facts::new()
                        .row("竞买号", "2086")
                        .strong("报价", Rich::new().money(Fen::yuan(490), UNIT))
                        .row("服务器时间", now.clock_ms())
                        .row("日志序号", "18,204"),
                )
                .sign(now.zh_secs()),
        )
        .with(Panel::error("查无此证").say("请核对编号。编号形如“湘蓝农鉴〔2026〕00018号”。"))
}

/// A slide of the hall screen.
pub fn slide(turn: usize) -> (String, Slide) {
    let now = sample_now();
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let columns = row(["项目", "成交价", "溢价", "竞买号"]);
    match turn {
        1 => (
            "正在竞价".to_owned(),
            Slide::Room {
                title: "塔峰镇界头村四组等三个村民小组连片水田及附属机耕道路十年经营权整体出租项目（第二标段）"
                    .to_owned(),
                phase: "限时竞价".to_owned(),
                last: true,
                price: Some((Fen::yuan(480), UNIT.to_owned())),
                holder: "竞买号 7731".to_owned(),
                clock: Some(Countdown::new("距本轮结束", now.plus_secs(139), now).seconds()),
            },
        ),
        2 => (
            "最近成交".to_owned(),
            Slide::List {
                columns,
                rows: vec![
                    row(["楠市镇环连村山塘", "1,340 元/亩/年", "11.7%", "2086"]),
                    row(["土市镇泉塘村旧村部", "21,500 元/年", "19.4%", "5519"]),
                    row(["荆竹瑶族乡荆竹村山林", "1,286,000 元", "34.0%", "7731"]),
                ],
                empty: String::new(),
            },
        ),
        3 => ("今日竞价".to_owned(), Slide::List { columns, rows: Vec::new(), empty: "今天没有竞价。".to_owned() }),
        _ => ("温馨提示".to_owned(), Slide::Words("保证金只交到公告列明的账户，工作人员不收现金。".to_owned())),
    }
}
