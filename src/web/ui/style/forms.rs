//! Forms: blank, filled and faulty.

use crate::web::ui::*;

fn form(csrf: &str) -> Form {
    Form::post("/style/forms", csrf)
        .nonce("0192")
        .page_title("标的信息")
        .step(3, 7, "标的信息")
        .intro("这一页填要流转的地块或资产。可以随时停下，草稿会保存，换一台手机也能接着填。")
        .field(
            Field::text("title", "项目名称")
                .hint("乡镇、村、标的和方式，例如：塔峰镇界头村四组水田十年出租。")
                .limit(80),
        )
        .field(Field::select("village", "所在村", villages()).hint("没有村的填所在乡镇。"))
        .field(Field::area("area", "面积").hint(Rich::new().text("按权属证书上的数字填，最多四位小数。")))
        .field(Field::money("price", "挂牌单价").unit("元/亩/年").group("价格与期限", "单价和总价都会公示。"))
        .field(Field::number("years", "流转年数").unit("年"))
        .field(Field::date("start", "交付日期"))
        .field(Field::radio(
            "mode",
            "流转方式",
            [
                Choice::new("lease", "出租").hint("受让方按年付租金，土地权属不变"),
                Choice::new("share", "入股"),
                Choice::new("transfer", "转让").hint("须经发包方同意，转让后不能收回"),
            ],
        ))
        .field(
            Field::checkboxes("facility", "地上设施", [("road", "机耕路"), ("water", "灌溉渠"), ("power", "通电")])
                .optional(),
        )
        .field(Field::textarea("limits", "用途限制").rows(3).optional().limit(500))
        .field(
            Field::file("proof", "权属证书", ".pdf,.jpg,.png", 20)
                .hint("PDF、JPG 或 PNG，每份不超过 20 MB。")
                .have(Rich::new().link("承包经营权证.pdf", "#").text(" ").small("482 KB，昨天上传"))
                .group("材料与联系人", ""),
        )
        .field(Field::tel("phone", "联系电话"))
        .field(Field::datetime("visit", "看地时间").optional())
        .field(Field::fixed("转出方", "蓝山县塔峰镇界头村股份经济合作社"))
        .field(Field::password("password", "登录密码"))
        .field(Field::code("code", "短信验证码").hint("已发送到 138****5678，10分钟内有效。"))
        .field(Field::agree("truth", "以上内容真实。如有虚假，我愿承担由此造成的损失。"))
        .submit("保存并继续")
        .also("保存草稿", "then", "stay")
        .link("返回上一步", "/style")
        .autosave("/style/forms/draft")
}

fn villages() -> Vec<Choice> {
    let of = |township: &'static str, names: &'static [&'static str]| {
        names.iter().map(move |v| Choice::new(format!("{township}/{v}"), *v).group(township))
    };
    of("塔峰镇", &["界头村", "总市村", "团结村"]).chain(of("土市镇", &["泉塘村", "团结村"])).collect()
}

/// As it opens.
pub fn blank(chrome: Chrome) -> Page {
    let form = form(&chrome.csrf);
    Page::new(chrome).with(form)
}

/// As it comes back.
pub fn faulty(chrome: Chrome) -> Page {
    let typed = [
        ("title", "“><script>alert(1)</script> 塔峰镇界头村四组、五组、六组连片水田"),
        ("village", "土市镇/团结村"),
        ("area", "一百亩"),
        ("price", "42O"),
        ("years", "200"),
        ("mode", "lease"),
        ("facility", "road"),
        ("facility", "power"),
        ("limits", "只能种粮食作物。\n不得挖塘养鱼。"),
        ("phone", "1380013800"),
    ];
    let form = form(&chrome.csrf).fill(&typed).errors([
        ("area", "面积只能填写数字，例如 12.5。"),
        ("price", "金额只能填写数字，例如 1200 或 1,200.50。您填的“42O”里有字母。"),
        ("years", "流转年数超过承包期剩余的 21 年：《农村土地承包法》第三十八条。请填 21 或更少。"),
        ("mode", "转出方没有入股的决议，请改选或先上传决议。"),
        ("facility", "通电需要附电表号。"),
        ("proof", "“现场视频.mp4”不是可以接收的文件。请上传 PDF、JPG 或 PNG。"),
        ("code", "验证码不对，还可以再试2次。"),
        ("truth", "请先确认以上内容真实。"),
        ("", "这个项目刚被王小梅（塔峰镇便民服务中心）在 9:28 修改过，请核对后再提交。"),
    ]);
    Page::new(chrome.flash(Mood::Attention, "内容还没有保存，请先改正下面标红的地方。")).with(form)
}
