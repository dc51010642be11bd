//! What is typed into the forms of a pond and of those who bid for it.

use nongquan::domain::application::{Answers, Body, Declaration};

/// What is typed into the application of a pond.
pub const POND: [(&str, &str); 48] = [
    ("o.title", "塔峰镇界头村门口塘五年承包经营"),
    ("o.location", "3组，村委会东侧"),
    ("o.east", "机耕路"),
    ("o.south", "水圳"),
    ("o.west", "山脚"),
    ("o.north", "村道"),
    ("o.ownership", "collective"),
    ("o.quantity", "32.6"),
    ("o.unit", "mu"),
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
    ("u.basic_farmland", "no"),
    ("u.disputed", "no"),
    ("u.encumbrances", ""),
    ("p.mode", "lease"),
    ("p.unit", "yuan_per_mu_year"),
    ("p.price", "600"),
    ("p.step", "10"),
    ("p.starts", "2026-06-01"),
    ("p.years", "5"),
    ("p.payment", "ANNUAL_PREPAID"),
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
    ("c.members_only", "no"),
    ("c.priority", "P4"),
    ("c.conditions", "不得投放肥水，养殖尾水达标排放"),
    ("c.disclosures", "灌溉季节须服从村里放水安排"),
    ("c.viewing", "公告期内工作日上午"),
    ("c.remarks", ""),
];

/// The papers of the checklist.
pub const PAPERS: [&str; 9] = ["t02", "t03", "t04", "t05", "t06", "t07", "t09", "t10", "t11"];
/// The columns of the bank's statement.
pub const HEAD: &str =
    "流水号,记账时间,收支方向,付款人户名,付款人账号,付款人开户行,对方户名,对方账号,对方开户行,金额,收款账号,摘要";

/// What a bidder fills in; a member claims the priority.
pub fn body(member: bool) -> Body {
    Body {
        declarations: Declaration::ALL.iter().map(|d| d.name().to_owned()).collect(),
        intended_use: "鱼类养殖".to_owned(),
        plan: "投放草鱼、鲢鱼，增氧机常年值守".to_owned(),
        answers: Answers {
            member: Some(member),
            ability: Some(true),
            staff_or_relative: Some(false),
            village_official: Some(false),
            agent: Some(false),
        },
        priority: member.then(|| "P4".parse().expect("the class")),
        priority_ground: if member { "界头村集体经济组织成员".to_owned() } else { String::new() },
        refund_account_confirmed: true,
    }
}
