//! All components, one after another.

use super::{PAGES, Swatches, sample_now};
use crate::domain::base::Fen;
use crate::web::ui::*;

/// The overview.
pub fn page(chrome: Chrome) -> Page {
    let pages = PAGES.iter().skip(1).fold(Rich::new().text("整页示例："), |rich, (name, title)| {
        rich.link(*title, format!("/style/{name}")).text("　")
    });
    Page::new(chrome)
        .with(Heading::new("样式总览").lead("本页列出所有页面共用的部件及其各种状态。新页面只用这里的部件拼成。"))
        .say(pages)
        .with(Section::new("颜色").with(Block::Swatches(Swatches)))
        .with(words())
        .with(panels())
        .with(buttons())
        .with(lists())
        .with(pictures())
        .with(tables())
        .with(flow())
}

fn words() -> Section {
    let now = sample_now();
    Section::new("文字、标签与灯")
        .with(
            Heading::new("塔峰镇界头村四组等三个村民小组连片水田及附属机耕道路十年经营权整体出租项目（第二标段）")
                .kicker("项目编号 LSNC431127100-01-202611-0007-02")
                .tag(Tag::new("公告中（报名中）", Tone::Green))
                .tag(Light::Yellow)
                .tag(Countdown::new("报名截止", now.plus_mins(60 * 28), now))
                .lead("标题、编号、标签与倒计时。名称再长也完整显示，不截断。"),
        )
        .with(
            Rich::new()
                .text("正文里可以有")
                .strong("强调")
                .text("、")
                .link("链接", "/style")
                .text("、金额 ")
                .money(Fen::yuan(1_234_567), "元")
                .text("、时间 ")
                .time(now)
                .text("、编号 ")
                .code("3F9A-77C2-01BE")
                .text(" 和")
                .small("旁注")
                .text("。"),
        )
        .with(Rich::new().light(Light::Green).text("　").light(Light::Yellow).text("　").light(Light::Red))
        .with(
            [Tone::Neutral, Tone::Green, Tone::Ochre, Tone::Red, Tone::Ink]
                .into_iter()
                .zip(["草稿", "报名中", "待补正", "流拍", "竞价中"])
                .fold(Rich::new(), |rich, (tone, word)| rich.tag(Tag::new(word, tone)).text(" ")),
        )
        .with(Countdown::new("限时竞价结束", now.plus_secs(95), now).seconds())
        .with(Countdown::new("报名截止", now.plus_mins(-3), now).over("已截止"))
}

fn panels() -> Section {
    Section::new("消息")
        .with(Panel::info("公示期内任何人都可以提出异议").say("公示期为5个工作日，异议由交易中心书面答复。"))
        .with(
            Panel::success("报名材料已提交")
                .say("交易中心在2个工作日内审核，结果会发短信告诉您。")
                .next(Link::new("查看我的报名", "#")),
        )
        .with(
            Panel::attention("还差一份材料")
                .say("请补交村民小组会议决议，须有三分之二以上成员签字。")
                .next(Link::new("去上传", "#").button(Weight::Primary)),
        )
        .with(
            Panel::error("这次报价没有被接受")
                .say("您报的是 455 元/亩/年。加价幅度为10元的整数倍：公告第六条。可报 460 元或更高。")
                .next(Link::new("重新报价", "#")),
        )
        .with(
            Panel::empty("还没有报名记录")
                .say("看中了哪个项目，在公告页点“我要报名”。")
                .next(Link::new("去看项目公告", "#").button(Weight::Secondary)),
        )
}

fn buttons() -> Section {
    let row = |weight| Rich::new().push(Span::Link(Link::new("提交初审", "#").button(weight)));
    Section::new("按钮与能办的事")
        .with(
            row(Weight::Primary)
                .text(" ")
                .push(Span::Link(Link::new("保存草稿", "#").button(Weight::Secondary)))
                .text(" ")
                .push(Span::Link(Link::new("退回申请", "#").button(Weight::Danger)))
                .text(" ")
                .push(Span::Link(Link::new("确认报价", "#").button(Weight::Seal)))
                .text(" ")
                .push(Span::Button(Button::post("已停用", "#", "").disabled()))
                .text(" ")
                .push(Span::Link(Link::new("下载公告", "#").button(Weight::Secondary).small().icon(Icon::Download))),
        )
        .with(
            Grid::new()
                .with(Actions::new([
                    Action::link("通过初审", "#", Weight::Primary).say("通过后转县交易中心受理，您不能再修改意见。"),
                    Action::link("一次性告知补正", "#", Weight::Secondary).say("只能退回一次，请把缺的材料一次列全。"),
                    Action::link("不予通过", "#", Weight::Danger),
                    Action::blocked("发布公告", "审核人不能同时是发布人，请由另一位工作人员办理。"),
                ]))
                .with(
                    Actions::new([])
                        .title("等待其他人办理")
                        .empty("现在轮到县农业农村局出具意见，期限是11月27日（星期五）。"),
                ),
        )
}

fn lists() -> Section {
    let now = sample_now();
    Section::new("清单、材料与记录")
        .with(
            Grid::new()
                .with(
                    Section::card("审核要点").with(Checklist::new([
                        Check::new("权属证明与申请人一致", Verdict::Pass),
                        Check::new("出租期限不超过承包期剩余期限", Verdict::Fail)
                            .why("申请 20 年，承包期到 2027年12月31日 止，还剩 1 年 1 个月。请改短期限。")
                            .cite("《农村土地承包法》第三十八条第三项"),
                        Check::new("是否涉及永久基本农田", Verdict::Manual).why("请对照国土空间规划图核对。"),
                        Check::new("联系电话可以接通", Verdict::Warn).why("两次未接。"),
                    ])),
                )
                .with(
                    Section::card("申请材料").with(Docs::new([
                        Doc::new("村民会议决议（三分之二以上成员签字）", "PDF", "#")
                            .size(482_133)
                            .by("李大山", now.plus_mins(-600))
                            .hash("9f2c7a11d0e4b7")
                            .state(Tag::new("已核对", Tone::Green)),
                        Doc::new(
                            "2019年土地承包经营权证书扫描件及历次变更登记页合并件_最终版_塔峰镇界头村四组.jpg",
                            "JPG",
                            "#",
                        )
                        .size(3_482_133)
                        .by("塔峰镇便民服务中心 王小梅", now.plus_mins(-90))
                        .hash("a1b2c3d4e5f6"),
                        Doc::missing("资产评估报告", "评估价高于50万元时需要，请在提交前上传。")
                            .state(Tag::new("缺少", Tone::Red)),
                    ])),
                ),
        )
        .with(
            Grid::new()
                .with(
                    Section::card("填写进度").with(
                        TaskList::new()
                            .done("转出方信息", "#", "界头村股份经济合作社")
                            .open("标的信息", "#", "面积、四至、用途")
                            .faulty("价格与期限", "#", "期限超过承包期")
                            .later("提交初审", "前面各项完成后才能提交"),
                    ),
                )
                .with(
                    Section::card("办理记录").with(History::new([
                        Entry::new(now.plus_mins(-2880), "提交申请", "李大山（转出方代表）"),
                        Entry::new(now.plus_mins(-1500), "一次性告知补正", "王小梅（塔峰镇）")
                            .more("缺村民会议决议；面积与证书不一致，请说明。"),
                        Entry::new(now.plus_mins(-60), "补正后再次提交", "李大山（转出方代表）"),
                    ])),
                ),
        )
        .with(
            Section::card("事实").with(
                Facts::new()
                    .two_columns()
                    .row("转出方", "蓝山县塔峰镇界头村股份经济合作社")
                    .row("面积", crate::domain::base::Area(1_268_500))
                    .hint("约 84,567 平方米")
                    .row("流转期限", "10年")
                    .change("/style")
                    .row("权属证号", "")
                    .strong("挂牌价", Rich::new().money(Fen::yuan(420), "元/亩/年"))
                    .row("签约时间", now),
            ),
        )
}

fn pictures() -> Section {
    Section::new("价格与图")
        .with(
            Grid::new()
                .with(
                    Section::card("价格").with(
                        Price::new("挂牌价", Fen::yuan(420), "元/亩/年")
                            .total("十年合同总价", Fen(53_277_000))
                            .capitals()
                            .note("按第三年起每年递增2%计算。"),
                    ),
                )
                .with(
                    Section::card("与基准价比").with(
                        Band::new("元/亩/年", Fen::yuan(287), Fen::yuan(410), Fen::yuan(533), Fen::yuan(420))
                            .source("基准地价估价期日2022年1月1日。"),
                    ),
                ),
        )
        .with(
            Grid::new()
                .with(Section::card("超出区间").with(Band::new(
                    "元/亩/年",
                    Fen::yuan(287),
                    Fen::yuan(410),
                    Fen::yuan(533),
                    Fen::yuan(760),
                )))
                .with(Section::card("没有基准价").with(Band::none("基准地价表没有养殖水面经营权的价格，不作比较。"))),
        )
        .with(
            Grid::new()
                .with(
                    Section::card("各乡镇成交").with(
                        Bars::new("2026年成交宗数")
                            .bar("塔峰镇", 48, "48宗")
                            .bar("楠市镇", 31, "31宗")
                            .bar("湘江源瑶族乡", 12, "12宗")
                            .hot()
                            .bar("荆竹瑶族乡", 0, "0宗"),
                    ),
                )
                .with(
                    Section::card("正在导出")
                        .with(Work::new("生成鉴证书", 37, 120).say("可以离开本页，完成后在“我的任务”里下载。")),
                ),
        )
}

fn tables() -> Section {
    Section::new("表格")
        .with(
            Tabs::new("列表")
                .tab("待办", "#", true)
                .count(3)
                .tab("已办", "#", false)
                .count(128)
                .tab("全部", "#", false),
        )
        .with(waiting())
        .with(
            Table::new("退款单")
                .columns(["单号", "金额", "状态"])
                .empty("没有待复核的退款单。经办人制单后会出现在这里。"),
        )
}

fn waiting() -> Table {
    let now = sample_now();
    let columns = || {
        [
            Column::new("项目").sort("?s=t"),
            Column::new("阶段"),
            Column::numeric("挂牌价").sort("?s=p").sorted(false),
            Column::new("灯"),
            Column::new("期限"),
            Column::new(""),
        ]
    };
    let go = |what: &str| {
        Cell::actions([
            Rich::from(Link::new("办理", "#").button(Weight::Secondary).small().about(what)),
            Rich::from(
                Button::post("退回", "#", "")
                    .small()
                    .weight(Weight::Danger)
                    .confirm("确定退回这个申请吗？")
                    .about(what),
            ),
        ])
    };
    Table::new("待审核项目")
        .note("按期限先后排列")
        .columns(columns())
        .row(
            Row::new()
                .cell(
                    Cell::new(Link::new("楠市镇环连村山塘养殖水面五年承包经营权出租", "#"))
                        .and(Rich::new().small("LSNC431127103-05-202611-0012")),
                )
                .cell(Tag::new("待受理", Tone::Ochre))
                .cell(Cell::money(Fen::yuan(1_200), "元/亩/年"))
                .cell(Light::Red)
                .cell(now.plus_mins(-600))
                .cell(go("环连村山塘"))
                .light(Light::Red),
        )
        .row(
            Row::new()
                .cell(Cell::new(Link::new("塔峰镇三里村水田", "#")))
                .cell(Tag::new("审核中", Tone::Neutral))
                .cell(Cell::money(Fen(42_050), "元/亩/年"))
                .cell(Light::Yellow)
                .cell(now.plus_mins(300))
                .cell(go("三里村水田"))
                .light(Light::Yellow),
        )
        .row(
            Row::new()
                .cell(Cell::new(Link::new("荆竹瑶族乡荆竹村林权", "#")))
                .cell(Tag::new("审核中", Tone::Neutral))
                .cell(Cell::money(Fen::yuan(960_000), "元"))
                .cell(Light::Green)
                .cell(now.plus_mins(3000))
                .cell(go("荆竹村林权"))
                .mine(),
        )
        .total(
            Row::new()
                .cell("合计 3 宗")
                .cell("")
                .cell(Cell::money(Fen::yuan(961_620), "元"))
                .cell("")
                .cell("")
                .cell(""),
        )
        .pager(Pager::new("共 128 个，第 1—20 个").previous(None::<String>).next(Some("?after=x")))
}

fn flow() -> Section {
    Section::new("流程图").with(
        Flow::new()
            .lane(
                "申请与审核",
                [
                    FlowStep::new("提交申请").who("转出方"),
                    FlowStep::new("乡镇初审").who("乡镇服务站").limit("3个工作日").branch("可一次性补正"),
                    FlowStep::new("中心受理").who("交易中心").limit("2个工作日").branch("不予受理"),
                    FlowStep::new("部门会审").who("主管部门").limit("5个工作日").sometimes(),
                ],
            )
            .lane(
                "公告与竞价",
                [
                    FlowStep::new("发布公告").who("交易中心").limit("不少于10个工作日").branch("流标可延牌"),
                    FlowStep::new("资格审查").who("交易中心"),
                    FlowStep::new("网上竞价").who("意向受让方"),
                    FlowStep::new("成交公示").limit("5个工作日").branch("有异议先答复"),
                ],
            ),
    )
}
