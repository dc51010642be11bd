//! Lots with a result, from the publicity to the archive.

use crate::demo::project::{Goal, Project, Turn, lot};

/// Results posted, objected to, confirmed, waiting for approval or signature.
pub(super) fn results() -> Vec<Project> {
    vec![
        lot("0401", "zhujia", "旧村部办公楼", "村口")
            .of("420")
            .at_per("48000", "yuan_per_year")
            .years(5)
            .bidders("!company bidder-cheng")
            .until(Goal::Publicity, 1),
        lot("1201", "coop-huinong", "供销社农资仓库", "小泉村")
            .of("560")
            .at_per("52000", "yuan_per_year")
            .years(3)
            .bidders("company !bidder-li")
            .until(Goal::Publicity, 2),
        lot("0101", "farmer-jie", "界头连片水田", "大塅")
            .of("42.8")
            .at("%100")
            .years(6)
            .saying(&[("f.land_kind", "paddy")])
            .bidders("bidder-zeng !member-jie** company")
            .until(Goal::Publicity, 1),
        lot("0501", "xianglan", "高山冷水鱼塘", "源头")
            .of("8.6")
            .at("700")
            .years(5)
            .bidders("!bidder-cheng member-zhao*")
            .until(Goal::Objection, 1),
        lot("0402", "taiping", "集体光伏设备", "村部屋顶")
            .at_per("15000", "yuan_per_year")
            .by_mode("hire")
            .years(8)
            .saying(&[("f.asset_kind", "solar")])
            .bidders("!company firm-junan")
            .until(Goal::Annulled, 2),
        lot("0901", "wannian", "万年山塘", "万年组")
            .at("4600")
            .years(10)
            .bidders("!member-liao** bidder-li")
            .until(Goal::Confirmation, 1),
        lot("1101", "firm-yunchong", "茶叶加工厂经营权", "源峰村")
            .by_mode("lease")
            .at_per("68000", "yuan_per_year")
            .years(3)
            .saying(&[("f.subject_kind", "operation"), ("f.owner_nature", "private")])
            .bidders("!company firm-lingnan")
            .until(Goal::Confirmation, 2),
        lot("0301", "maojun", "后龙山荒坡", "后龙山")
            .of("120")
            .at("38")
            .years(20)
            .bidders("!bidder-zeng member-mao** firm-yunchong")
            .until(Goal::Approval, 2),
        lot("0502", "jietou", "机动水田", "河边")
            .of("58")
            .at("%98")
            .years(6)
            .saying(&[("f.land_kind", "paddy")])
            .bidders("!company member-jie*")
            .until(Goal::Approval, 1),
        lot("0501", "hongguan", "洪观水库尾塘", "水库尾")
            .of("28")
            .at("560")
            .years(6)
            .bidders("!bidder-xiao member-hong*")
            .until(Goal::ApprovalRefused, 2),
        lot("1001", "farmer-zhu", "闲置老屋", "6组")
            .of_unit("1", "set")
            .at("6000")
            .years(8)
            .saying(&[("f.planned_use", "homestay")])
            .bidders("!bidder-cheng")
            .until(Goal::ToSign, 1),
        lot("0601", "farmer-he", "资产股份12股", "4组")
            .of("12")
            .at("135")
            .bidders("member* !member-he*")
            .until(Goal::ToSign, 2),
    ]
}

/// Deals whose papers are printed: signed, paid, certified, and a few of the archive.
pub(super) fn closing() -> Vec<Project> {
    vec![
        lot("0501", "zongshi", "门口塘养殖水面", "3组")
            .of("32.6")
            .at("600")
            .years(5)
            .bidders("outsider !member-he** bidder-xiao")
            .until(Goal::Archived, 4),
        lot("0801", "jietou", "界头水渠清淤工程", "界头渠")
            .at("186000")
            .bidders("firm-junan !firm-hongtu firm-ruili")
            .until(Goal::Certified, 2),
        lot("0101", "farmer-mao", "毛俊连片水田", "大洞")
            .of("66")
            .at("%100")
            .years(6)
            .saying(&[("f.land_kind", "paddy")])
            .bidders("!company member-mao* bidder-li")
            .until(Goal::Archived, 6),
        lot("0401", "maojun", "毛俊集体厂房", "工业路")
            .of("860")
            .at_per("96000", "yuan_per_year")
            .years(5)
            .bidders("company !firm-lingnan bidder-li")
            .with(Turn::BidderLeaves)
            .until(Goal::AwaitingPayment, 2),
        lot("0401", "zongshi", "总市旧粮站", "粮站")
            .of("260")
            .at_per("31000", "yuan_per_year")
            .years(5)
            .bidders("!company outsider")
            .with(Turn::ObjectionDismissed)
            .until(Goal::ContractMade, 5),
        lot("0402", "qinghan", "集体水肥一体化设备", "大棚区")
            .at("58000")
            .by_mode("assign")
            .bidders("!company bidder-cheng")
            .until(Goal::AwaitingPayment, 1),
        lot("0502", "hongguan", "洪观机动地", "石马塅")
            .of("45")
            .at("%97")
            .years(5)
            .saying(&[("f.land_kind", "paddy")])
            .bidders("!member-hong** bidder-xiao")
            .until(Goal::Paid, 1),
        lot("0201", "xianglan", "湘蓝竹木林地", "竹林源")
            .of("420")
            .at("26")
            .years(20)
            .saying(&[("f.planned_use", "bamboo")])
            .bidders("!member-zhao* firm-yunchong")
            .until(Goal::Certifying, 1),
    ]
}

/// Deals handed over or on the way there.
pub(super) fn delivered() -> Vec<Project> {
    vec![
        lot("0901", "zhujia", "朱家山塘", "朱家组")
            .at("4400")
            .years(8)
            .bidders("!member-zhu** bidder-cheng")
            .until(Goal::Delivered, 1),
        lot("1301", "firm-lingnan", "烤烟移栽机实用新型专利", "专利转让")
            .by_mode("transfer")
            .at("86000")
            .saying(&[("f.ip_kind", "utility_model"), ("f.licence_kind", "none"), ("f.title_expiry", "2032-05-09")])
            .bidders("!firm-fengze company")
            .with(Turn::CertificateSentBack)
            .until(Goal::HandedOver, 1),
        lot("1201", "coop-huinong", "供销社临街门店", "小泉村")
            .of("120")
            .at_per("30000", "yuan_per_year")
            .years(3)
            .bidders("!bidder-zeng company")
            .with(Turn::NotRegistrable)
            .until(Goal::Registered, 1),
        lot("0802", "wannian", "复合肥采购", "村部")
            .at("146000")
            .bidders("firm-lingnan !firm-fengze company")
            .until(Goal::Certified, 3),
        lot("1102", "tea-farm", "茶场旧厂房", "场部")
            .of_unit("680", "square_metre")
            .by_mode("lease")
            .at_per("42000", "yuan_per_year")
            .years(5)
            .owned_by("state")
            .saying(&[("f.asset_kind", "house"), ("f.planned_use", "other")])
            .bidders("!firm-yunchong company")
            .until(Goal::Delivered, 2),
    ]
}
