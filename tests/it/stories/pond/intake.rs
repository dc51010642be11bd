//! The collective applies: every topic typed, every paper uploaded, handed in.

use super::Pond;
use crate::support::papers;

/// What is typed, topic by topic.
pub const TOPICS: [(&str, &[(&str, &str)]); 6] = [
    (
        "object",
        &[
            ("o.title", "塔峰镇界头村门口塘五年承包经营"),
            ("o.location", "3组，村委会东侧"),
            ("o.east", "机耕路"),
            ("o.south", "水圳"),
            ("o.west", "山脚"),
            ("o.north", "村道"),
            ("o.ownership", "collective"),
            ("o.quantity", "32.6"),
            ("o.unit", "mu"),
        ],
    ),
    (
        "variety",
        &[
            ("f.pond_name", "门口塘"),
            ("f.bank_area", "2.5"),
            ("f.depth", "1.8"),
            ("f.title_type", "ownership"),
            ("f.title_no", "蓝集有（2012）第0123号"),
            ("f.water_source", "stream"),
            ("f.irrigation_duty", "yes"),
            ("f.irrigated_area", "120"),
            ("f.present_use", "村集体自养，2026年4月30日前清塘交付"),
            ("f.planned_use", "fish"),
            ("f.facilities", "增氧机两台、管理房一间，随水面移交"),
            ("f.frozen", "no"),
            ("f.mortgaged", "no"),
        ],
    ),
    ("title", &[("u.basic_farmland", "no"), ("u.disputed", "no"), ("u.encumbrances", "")]),
    (
        "price",
        &[
            ("p.mode", "lease"),
            ("p.unit", "yuan_per_mu_year"),
            ("p.price", "600"),
            ("p.step", "10"),
            ("p.starts", "2026-06-01"),
            ("p.years", "5"),
            ("p.payment", "ANNUAL_PREPAID"),
        ],
    ),
    (
        "decision",
        &[
            ("d.body", "members"),
            ("d.noticed", "2026-01-05"),
            ("d.held", "2026-01-20"),
            ("d.eligible", "300"),
            ("d.attended", "260"),
            ("d.for", "240"),
            ("d.against", "12"),
            ("d.posted_from", "2026-01-21"),
            ("d.posted_to", "2026-02-05"),
            ("d.floor", "600"),
        ],
    ),
    (
        "conditions",
        &[
            ("c.members_only", "no"),
            ("c.priority", "P4"),
            ("c.conditions", "不得投放肥水，养殖尾水达标排放"),
            ("c.disclosures", "灌溉季节须服从村里放水安排；塘埂东段2025年加固"),
            ("c.viewing", "公告期内工作日上午，联系塔峰镇农村产权交易服务站0746-2213000"),
        ],
    ),
];

/// The papers of the checklist: key and name on the collective's machine.
const PAPERS: [(&str, &str); 9] = [
    ("t02", "登记证书.pdf"),
    ("t03", "集体土地所有权证.pdf"),
    ("t04", "成员大会决议.pdf"),
    ("t05", "乡镇批复.pdf"),
    ("t06", "现状照片.png"),
    ("t07", "底价依据.pdf"),
    ("t09", "流转方案.pdf"),
    ("t10", "承诺书.pdf"),
    ("t11", "账户证明.pdf"),
];

/// Starts the project and leaves it with nothing filled in.
pub fn start(pond: &mut Pond) {
    let collective = pond.browser("collective");
    collective.finds(&["/desk"], "/projects/new");
    let draft = collective.submit("/projects/new", "/projects", &[("variety", "0501")]);
    let tasks = draft.leads().to_owned();
    pond.case = tasks.trim_end_matches("/draft").to_owned();
}

/// Fills in every topic.
pub fn write(pond: &Pond) {
    let collective = pond.browser("collective");
    collective.finds(&[&pond.case, "/desk"], &pond.at("draft"));
    for (topic, typed) in TOPICS {
        let page = pond.at(&format!("draft/{topic}"));
        collective.finds(&[&pond.at("draft")], &page);
        let _ = collective.does(&page, &page, typed).says("已保存");
    }
}

/// Uploads every required paper but those in `without`.
pub fn hand_over_papers(pond: &Pond, without: &[&str]) {
    let page = pond.at("draft/papers");
    let files: Vec<(String, _)> = PAPERS
        .iter()
        .filter(|(key, _)| !without.contains(key))
        .map(|(key, name)| {
            let file = if name.ends_with(".png") {
                papers::png(name, [0x33, 0x77, 0x55])
            } else {
                papers::pdf(name, &format!("Paper {key} of the pond"))
            };
            (format!("paper.{key}"), file)
        })
        .collect();
    let chosen: Vec<(&str, _)> = files.iter().map(|(field, file)| (field.as_str(), file.clone())).collect();
    let collective = pond.browser("collective");
    collective.finds(&[&pond.at("draft")], &page);
    let sent = collective.upload(&page, &page, &[], &chosen);
    let count = format!("已上传 {} 份材料", chosen.len());
    let _ = collective.opened(sent.leads()).says(&count);
}

/// The whole application, handed in.
pub fn apply(pond: &mut Pond) {
    start(pond);
    write(pond);
    let collective = pond.browser("collective");
    let page = pond.at("submission");
    // A paper is missing: the page says which, and the direct way is refused as well.
    hand_over_papers(pond, &["t07"]);
    collective.finds(&[&pond.at("draft")], &page);
    let _ = collective.opened(&page).says("还缺必需的材料");
    let _ = collective.submit(&page, &page, &[("truth", "yes")]).refused(422, "底价及其依据");
    let rest = [("paper.t07", papers::pdf("底价依据.pdf", "Basis of the price"))];
    let papers = pond.at("draft/papers");
    let _ = collective.opened(collective.upload(&papers, &papers, &[], &rest).leads()).says("已上传 1 份材料");
    // Total, first year and deposit as the rules make them: 600 × 32.6 × 5, a year of it, a tenth of that.
    let shown = collective.opened(&page);
    for words in ["97,800.00", "19,560.00", "1,956.00", "玖万柒仟捌佰元整"] {
        assert!(shown.text().contains(words), "{words}: {}", shown.text());
    }
    let _ = collective.submit(&page, &page, &[]).refused(422, "请先确认内容真实");
    let _ = collective.does(&page, &page, &[("truth", "yes")]).says("等待乡镇服务站初审");
    let printed = pond.browser("collective").opened(&pond.case).link_saying("转出申请书").expect("the printed form");
    super::print::application(pond, &printed);
    pond.lot_no = pond.lot().lot_no.expect("a number from the submission on");
}
