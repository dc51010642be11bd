//! Applications that are not published, or never will be.

use crate::demo::project::{Goal, Project, lot};

/// What is not public yet, or never will be.
pub(super) fn intake() -> Vec<Project> {
    vec![
        lot("0501", "zongshi", "新塘养殖水面", "7组").of("12.5").at("580").years(5).until(Goal::FirstReview, 1),
        lot("0101", "farmer-he", "河边水田", "2组")
            .of("9.6")
            .at("%95")
            .years(4)
            .saying(&[("f.land_kind", "paddy")])
            .on_behalf()
            .until(Goal::FirstReview, 1),
        lot("0401", "zongshi", "旧祠堂旁空房", "祠堂旁")
            .of("110")
            .at_per("9600", "yuan_per_year")
            .years(3)
            .until(Goal::Draft, 1),
        lot("0402", "maojun", "集体榨油设备", "油坊").at("32000").by_mode("assign").until(Goal::Draft, 2),
        lot("0301", "zhujia", "朱家荒坡", "背头岭").of("75").at("35").years(15).until(Goal::FirstReview, 2),
        lot("0502", "zongshi", "机动旱地", "坡脚")
            .of("16.4")
            .at("%96")
            .years(5)
            .saying(&[("f.land_kind", "dry_land")])
            .until(Goal::FirstCorrection, 2),
        lot("0201", "xianglan", "湘蓝集体林地", "大源").of("260").at("24").years(20).until(Goal::FirstReturned, 3),
        lot("0401", "jietou", "村部二楼", "村部")
            .of("210")
            .at_per("15000", "yuan_per_year")
            .years(3)
            .until(Goal::Acceptance, 1),
        lot("0901", "taiping", "太平灌溉泵站", "渠首")
            .at("3800")
            .years(6)
            .saying(&[("f.works_kind", "pump")])
            .until(Goal::Acceptance, 2),
        lot("0501", "wannian", "万年大塘", "大塘").of("22").at("500").years(5).until(Goal::AcceptanceCorrection, 2),
        lot("0702", "firm-fengze", "烘干棚", "尧仁村")
            .of("600")
            .at_per("14", "yuan_per_square_metre_year")
            .by_mode("hire")
            .years(5)
            .until(Goal::NotAccepted, 3),
        lot("0302", "farmer-mao", "承包荒坡", "洋田").of("18").at("30").years(8).until(Goal::Withdrawn, 3),
        lot("0101", "farmer-hong", "洪观旱地", "石马")
            .of("21")
            .at("%97")
            .years(5)
            .saying(&[("f.land_kind", "dry_land")])
            .until(Goal::Review, 1),
        lot("0701", "firm-fengze", "植保无人机2架", "尧仁村机库")
            .of("2")
            .at_per("12000", "yuan_per_machine")
            .saying(&[("f.machine_kind", "drone"), ("f.plate", "yes"), ("f.inspection_until", "2027-01-31")])
            .until(Goal::Review, 1),
        lot("0901", "qinghan", "清涵灌溉山塘", "清涵组").at("4200").years(6).until(Goal::Consultation, 1),
        lot("0301", "maojun", "毛俊荒滩", "河滩").of("44").at("28").years(10).until(Goal::Consultation, 2),
        lot("0803", "zhujia", "稻鱼综合种养项目", "朱家洞").at("26000").years(10).until(Goal::ReviewRejected, 3),
        lot("0501", "jietou", "界头门口塘", "1组").of("14.8").at("610").years(5).until(Goal::ToPublish, 1),
        lot("0802", "zongshi", "有机肥采购", "村部").at("168000").until(Goal::ToPublish, 1),
    ]
}
