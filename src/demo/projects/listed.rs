//! Lots that are listed or wait for a room, and listings that came to nothing.

use crate::demo::project::{Goal, Project, Turn, lot};

/// Lots that wait for a room: robots open one after the other.
pub(super) fn pool() -> Vec<Project> {
    const TEAM: &str = "outsider company robot-1 robot-2 robot-3";
    vec![
        lot("0501", "zongshi", "大塘养殖水面", "1组")
            .of("45.2")
            .at("520")
            .years(5)
            .bidders("outsider member** company robot-1 robot-2")
            .until(Goal::Qualified, 2),
        lot("0401", "jietou", "临街仓库", "国道旁")
            .of("320")
            .at_per("36000", "yuan_per_year")
            .years(5)
            .bidders(TEAM)
            .until(Goal::Qualified, 1),
        lot("0101", "farmer-he", "高标准农田连片水田", "长塅")
            .of("86.5")
            .at("%100")
            .years(6)
            .saying(&[("f.land_kind", "paddy")])
            .bidders("outsider member** company robot-1 robot-3")
            .until(Goal::Qualified, 2),
        lot("0701", "firm-fengze", "乘坐式插秧机3台", "尧仁村机库")
            .of("3")
            .at_per("26000", "yuan_per_machine")
            .saying(&[("f.machine_kind", "transplanter"), ("f.plate", "yes"), ("f.inspection_until", "2027-01-31")])
            .bidders(TEAM)
            .until(Goal::Qualified, 1),
        lot("0301", "maojun", "石背岭荒坡", "石背岭")
            .of("210")
            .at("36")
            .years(20)
            .bidders(TEAM)
            .until(Goal::Qualified, 2),
        lot("0901", "hongguan", "洪观提水泵站", "河坝")
            .at("5200")
            .years(8)
            .saying(&[("f.works_kind", "pump"), ("f.owner_kind", "collective")])
            .bidders(TEAM)
            .until(Goal::Qualified, 2),
        lot("0502", "qinghan", "机动旱地", "岭脚")
            .of("38")
            .at("%98")
            .years(5)
            .saying(&[("f.land_kind", "dry_land")])
            .bidders(TEAM)
            .until(Goal::Qualified, 1),
    ]
}

/// Listings that take applications, one of every kind.
pub(super) fn open() -> Vec<Project> {
    vec![
        lot("0101", "farmer-zhu", "朱家洞连片水田", "2组")
            .of("54.6")
            .at("%95")
            .years(5)
            .saying(&[("f.land_kind", "paddy")])
            .until(Goal::Listed, 2),
        lot("0102", "farmer-mao", "承包鱼塘", "下洞")
            .of("6.4")
            .at("480")
            .years(4)
            .saying(&[("f.land_kind", "water"), ("f.planned_use", "fish")])
            .until(Goal::Listed, 1),
        lot("0201", "jingzhu", "竹林集体林地", "荆竹源")
            .of("320")
            .at("28")
            .years(20)
            .saying(&[("f.tree_species", "毛竹"), ("f.planned_use", "bamboo")])
            .until(Goal::Listed, 3),
        lot("0202", "farmer-pan", "成熟杉木林木", "凌江源")
            .of("860")
            .at_per("520", "yuan_per_cubic_metre")
            .saying(&[("f.stand_area", "96.5"), ("f.stock", "860"), ("f.tree_species", "杉木")])
            .until(Goal::Listed, 2),
        lot("0302", "farmer-hong", "承包荒山", "石马岭").of("24").at("32").years(10).until(Goal::Listed, 1),
        lot("0503", "taiping", "河滩草地", "河滩")
            .of("66")
            .at("60")
            .years(5)
            .saying(&[("f.land_kind", "grass")])
            .until(Goal::Listed, 4),
        lot("0601", "farmer-tang", "资产股份20股", "5组").of("20").at("120").until(Goal::Listed, 1),
        lot("0702", "firm-fengze", "育秧大棚6座", "尧仁村")
            .of("4200")
            .at_per("9", "yuan_per_square_metre_year")
            .by_mode("hire")
            .years(5)
            .until(Goal::Listed, 1),
        lot("0801", "qinghan", "尧里组道路硬化工程", "尧里组").at("286000").until(Goal::Listed, 1),
        lot("1002", "farmer-jie", "闲置房屋及宅基地", "8组").of("1").at("46000").until(Goal::Listed, 1),
        lot("1102", "tea-farm", "高山茶园", "二工区")
            .of_unit("180", "mu")
            .by_mode("lease")
            .at_per("210", "yuan_per_mu_year")
            .years(8)
            .owned_by("state")
            .saying(&[("f.asset_kind", "tea_garden")])
            .until(Goal::Listed, 3),
        lot("1301", "firm-lingnan", "水稻育秧播种装置发明专利", "专利许可")
            .by_mode("licence")
            .at_per("12000", "yuan_per_year")
            .years(5)
            .saying(&[("f.title_expiry", "2041-05-09")])
            .until(Goal::Listed, 1),
        lot("1403", "wannian", "错季蔬菜一批", "万年洞").at("48000").until(Goal::Listed, 2),
        lot("0803", "jietou", "错季蔬菜基地项目", "界头洞").at("48000").years(15).until(Goal::Listed, 2),
        lot("0401", "taiping", "圩场摊位", "圩场")
            .of("90")
            .at_per("22", "yuan_per_square_metre_month")
            .years(3)
            .bidders("bidder-xiao member-peng*")
            .until(Goal::Listed, 4),
    ]
}

/// What came to nothing after publication, and what stands at the close of registration.
pub(super) fn failed() -> Vec<Project> {
    vec![
        lot("0201", "jingzhu", "阴山集体林地", "阴山").of("150").at("22").years(20).until(Goal::NoApplicant, 3),
        lot("0702", "firm-fengze", "旧鸡舍", "尧仁村")
            .of("800")
            .at_per("11", "yuan_per_square_metre_year")
            .by_mode("hire")
            .years(5)
            .until(Goal::NoApplicant, 4),
        lot("0801", "taiping", "太平渠维修工程", "太平渠")
            .at("96000")
            .bidders("firm-junan firm-hongtu")
            .until(Goal::NoCompetition, 2),
        lot("0502", "wannian", "万年机动地", "新塅")
            .of("26")
            .at("%99")
            .years(5)
            .saying(&[("f.land_kind", "paddy")])
            .bidders("bidder-li")
            .until(Goal::NoCompetition, 3),
        lot("0401", "hongguan", "旧碾米房", "石马组")
            .of("140")
            .at_per("7200", "yuan_per_year")
            .years(3)
            .bidders("!bidder-xiao")
            .until(Goal::Negotiation, 1),
        lot("0803", "qinghan", "观光果园项目", "清涵洞")
            .at("52000")
            .years(12)
            .bidders("!company")
            .until(Goal::Negotiation, 2),
        lot("0701", "firm-fengze", "联合收割机2台", "尧仁村机库")
            .of("2")
            .at_per("68000", "yuan_per_machine")
            .saying(&[("f.machine_kind", "harvester"), ("f.plate", "yes"), ("f.inspection_until", "2027-01-31")])
            .bidders("!bidder-li bidder-zeng")
            .with(Turn::StrayPayment)
            .until(Goal::NoBid, 2),
        lot("0501", "jietou", "界头山塘", "山塘口")
            .of("15.4")
            .at("560")
            .years(5)
            .bidders("outsider member-jie* company bidder-xiao")
            .with(Turn::BidderRefused)
            .until(Goal::ListFrozen, 1),
        lot("0501", "taiping", "太平塘", "3组")
            .of("19")
            .at("540")
            .years(5)
            .bidders("bidder-cheng bidder-zeng")
            .with(Turn::BidderCorrects)
            .until(Goal::Qualifying, 1),
        lot("0101", "farmer-tang", "清涵连片水田", "河边")
            .of("37")
            .at("%95")
            .years(5)
            .saying(&[("f.land_kind", "paddy")])
            .bidders("company bidder-xiao bidder-zeng")
            .until(Goal::Qualifying, 2),
    ]
}
