//! The portal: home page and list.

use super::sample_now;
use crate::domain::base::Fen;
use crate::web::ui::*;

const CATEGORIES: [(&str, u32); 14] = [
    ("农村承包土地经营权", 16),
    ("林权", 5),
    ("“四荒”使用权", 2),
    ("农村集体经营性资产", 7),
    ("农村集体资源性资产经营权", 9),
    ("农村集体经济组织股权", 1),
    ("农业生产设施设备", 3),
    ("农村建设项目招标、货物和服务采购、产业项目招商和转让等", 4),
    ("农村小型水利设施使用权", 2),
    ("依法可以交易的农村闲置宅基地使用权和房屋所有权", 0),
    ("涉农企业产权", 1),
    ("供销合作社产权", 1),
    ("农业类知识产权", 0),
    ("其他农村产权", 0),
];

fn lots() -> Vec<LotCard> {
    let now = sample_now();
    vec![
        LotCard::new("楠市镇环连村山塘养殖水面五年承包经营权出租", "/style/lot")
            .category(5, CATEGORIES[4].0)
            .fact("楠市镇环连村")
            .fact("38.60 亩")
            .fact("5年")
            .price("挂牌价", Fen::yuan(1_200), "元/亩/年")
            .total(Fen::yuan(231_600))
            .stage(Tag::new("报名中", Tone::Green))
            .foot(Countdown::new("报名截止", now.plus_mins(60 * 53), now)),
        LotCard::new(
            "塔峰镇界头村四组等三个村民小组连片水田及附属机耕道路十年经营权整体出租项目（第二标段）",
            "/style/lot",
        )
        .category(1, CATEGORIES[0].0)
        .fact("塔峰镇界头村")
        .fact("126.85 亩")
        .fact("10年")
        .price("当前价", Fen::yuan(455), "元/亩/年")
        .total(Fen::yuan(577_167))
        .stage(Tag::new("竞价中", Tone::Ink))
        .foot(Countdown::new("限时竞价结束", now.plus_secs(134), now).seconds()),
        LotCard::new("荆竹瑶族乡荆竹村集体山林经营权转让", "/style/lot")
            .category(2, "林权")
            .fact("荆竹瑶族乡荆竹村")
            .fact("860.00 亩")
            .fact("30年")
            .price("成交价", Fen::yuan(1_286_000), "元")
            .stage(Tag::new("成交公示", Tone::Ochre))
            .foot(Countdown::new("公示结束", now.plus_mins(60 * 90), now)),
        LotCard::new("土市镇泉塘村旧村部办公楼三年租赁", "/style/lot")
            .category(4, CATEGORIES[3].0)
            .fact("土市镇泉塘村")
            .fact("420 平方米")
            .fact("3年")
            .price("挂牌价", Fen::yuan(18_000), "元/年")
            .total(Fen::yuan(54_000))
            .stage(Tag::new("流标", Tone::Red))
            .foot("无人报名，可延牌"),
        LotCard::new("湘江源瑶族乡联村村集体茶园", "/style/lot")
            .category(5, CATEGORIES[4].0)
            .fact("湘江源瑶族乡联村村")
            .price("挂牌价", Fen::yuan(680), "元/亩/年")
            .stage(Tag::new("即将竞价", Tone::Neutral)),
        LotCard::new("新圩镇大树村灌溉水库使用权", "/style/lot")
            .category(9, CATEGORIES[8].0)
            .fact("新圩镇大树村")
            .fact("6年")
            .price("挂牌价", Fen::yuan(9_600), "元/年")
            .total(Fen::yuan(57_600))
            .stage(Tag::new("报名中", Tone::Green))
            .foot(Countdown::new("报名截止", now.plus_mins(45), now)),
    ]
}

/// The home page.
pub fn home(chrome: Chrome) -> Page {
    let cats = CATEGORIES.iter().enumerate().map(|(i, (name, count))| {
        Category::new(u8::try_from(i + 1).unwrap_or(14), *name, format!("/style/list?category={}", i + 1), *count)
    });
    Page::new(chrome)
        .top(
            Hero::new("蓝山县农村产权，公开挂牌，网上竞价")
                .lead("村里的地、林、水、房和设施，在这里公开流转。每一次报价都有回单，每一份鉴证书都能查验。")
                .search("/style/list", "q")
                .link(Link::new("我要转出", "/style/forms").button(Weight::Primary))
                .link(Link::new("我要受让", "/style/list").button(Weight::Secondary)),
        )
        .with(
            Stats::new()
                .stat("正在公告", "51", "个")
                .stat("本月成交", "18", "宗")
                .stat("本年成交额", "4,286.70", "万元")
                .stat("平均溢价", "11.4", "%")
                .note("成交价比起始价"),
        )
        .with(Section::new("正在报名").link(Link::new("全部公告", "/style/list")).with(LotCards::new(lots())))
        .with(Section::new("按交易品种看").with(Categories::new(cats)))
}

/// The list with its filters.
pub fn list(chrome: Chrome) -> Page {
    Page::new(chrome)
        .with(Heading::new("项目公告").lead("共 51 个项目。"))
        .with(
            Filters::new("/style/list")
                .field(Field::text("q", "关键词").value("水田"))
                .field(Field::select("category", "交易品种", [("1", CATEGORIES[0].0), ("2", "林权")]).value("1"))
                .field(Field::select("township", "乡镇", [("tf", "塔峰镇"), ("ns", "楠市镇")]))
                .field(Field::select("stage", "阶段", [("open", "报名中"), ("live", "竞价中")]))
                .chosen("水田", "?")
                .chosen(CATEGORIES[0].0, "?")
                .clear("/style/list"),
        )
        .with(LotCards::new(lots()).heading("项目"))
        .with(Pager::new("第 1—4 个，共 51 个").previous(Some("?")).next(Some("?after=4")))
        .with(LotCards::new([]).empty("没有符合条件的项目。换个乡镇或清空条件再试。"))
}
