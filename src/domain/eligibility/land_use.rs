//! Use control: E10 to E14 (rulebook 6.2).

use super::basis::Basis;
use super::facts::{CaseRules, Declared, ObjectFacts, PlannedUse};
use super::finding::{Finding, RuleId};
use crate::category::LandKind;

/// The sentence every notice of farmland carries (E12).
pub const NOTICE_WORDING: &str = "禁止非农化、防止非粮化";

fn is_arable(land: LandKind) -> bool {
    match land {
        LandKind::Paddy | LandKind::DryLand => true,
        LandKind::Orchard
        | LandKind::Forest
        | LandKind::Grass
        | LandKind::Water
        | LandKind::Waste
        | LandKind::Facility
        | LandKind::Irrigation
        | LandKind::Construction
        | LandKind::Homestead
        | LandKind::OtherLand => false,
    }
}

fn is_farmland(land: LandKind) -> bool {
    match land {
        LandKind::Paddy
        | LandKind::DryLand
        | LandKind::Orchard
        | LandKind::Forest
        | LandKind::Grass
        | LandKind::Water
        | LandKind::Waste
        | LandKind::Facility
        | LandKind::Irrigation => true,
        LandKind::Construction | LandKind::Homestead | LandKind::OtherLand => false,
    }
}

/// E10: farmland stays farmland.
pub fn e10(object: &ObjectFacts, rules: &CaseRules) -> Option<Finding> {
    let land = rules.land.filter(|land| is_farmland(*land))?;
    let (rule, basis) = (RuleId::E10, Basis::LandContract38);
    Some(match object.planned_use {
        None => Finding::fail(rule, basis, "请填写受让后的用途，流转不得改变土地的农业用途。"),
        Some(PlannedUse::Tourism) => {
            let text = "休闲农业、乡村旅游不得占用农用地搞建设，请核实具体项目和用地手续。";
            Finding::manual(rule, basis, text)
        }
        Some(planned) if !planned.is_agricultural() => {
            let text = format!("{}不能用于“{}”，流转不得改变土地的性质和农业用途。", land.zh(), planned.zh());
            Finding::fail(rule, basis, text)
        }
        Some(planned) => Finding::pass(rule, basis, format!("用于“{}”，没有改变农业用途。", planned.zh())),
    })
}

/// E11: what may not be done on arable land, and on permanent basic farmland.
pub fn e11(object: &ObjectFacts, rules: &CaseRules) -> Option<Finding> {
    let land = rules.land?;
    let planned = object.planned_use?;
    let (rule, basis) = (RuleId::E11, Basis::LandAdmin37);
    let farmland = object.basic_farmland;
    if !is_arable(land) && farmland != Declared::Yes {
        return None;
    }
    let no = |what: &str| Finding::fail(rule, basis, format!("{what}不得用于“{}”，请更改用途。", planned.zh()));
    Some(match planned {
        PlannedUse::Building | PlannedUse::Kiln | PlannedUse::Grave | PlannedUse::Quarry | PlannedUse::Industry => {
            no("耕地")
        }
        PlannedUse::Orchard | PlannedUse::Forestry | PlannedUse::FishPond => match farmland {
            Declared::Yes => no("永久基本农田"),
            Declared::NotStated => {
                let text = format!("用于“{}”，请先核实是否属于永久基本农田。", planned.zh());
                Finding::manual(rule, basis, text)
            }
            Declared::No => {
                let text = format!("耕地用于“{}”，不属于永久基本农田，但应当优先保障粮食种植。", planned.zh());
                Finding::warn(rule, Basis::Platform, text)
            }
        },
        PlannedUse::Livestock | PlannedUse::Facility | PlannedUse::Tourism => {
            let text = format!("耕地用于“{}”涉及设施农业用地，请核实是否占用永久基本农田和备案情况。", planned.zh());
            Finding::manual(rule, basis, text)
        }
        PlannedUse::Grain | PlannedUse::Crops | PlannedUse::Unchanged => {
            Finding::pass(rule, basis, format!("用于“{}”，符合耕地保护要求。", planned.zh()))
        }
    })
}

/// E12: the notice of farmland carries the wording.
pub fn e12(notice_text: &str, rules: &CaseRules) -> Option<Finding> {
    rules.land.filter(|land| is_farmland(*land))?;
    Some(if notice_text.contains(NOTICE_WORDING) {
        Finding::pass(RuleId::E12, Basis::Platform, "公告已写明用途提示。")
    } else {
        Finding::fail(RuleId::E12, Basis::Platform, format!("公告应当写明“{NOTICE_WORDING}”。"))
    })
}

/// E13: ecological public-welfare forest is looked at by the forestry department.
pub fn e13(object: &ObjectFacts, rules: &CaseRules) -> Option<Finding> {
    rules.land.filter(|land| *land == LandKind::Forest)?;
    let text = match object.ecological_forest {
        Declared::No => return Some(Finding::pass(RuleId::E13, Basis::Platform, "不属于生态公益林。")),
        Declared::Yes => "属于生态公益林，未经批准不得以采伐为目的利用，请林业部门出具意见。",
        Declared::NotStated => "没有说明是否属于生态公益林，请向林业部门核实。",
    };
    Some(Finding::manual(RuleId::E13, Basis::Platform, text))
}

/// E14: collective construction land is planned for industry or commerce, registered, and its
/// conditions are attached.
pub fn e14(rules: &CaseRules, registered: bool, conditions_attached: bool) -> Option<Finding> {
    rules.land.filter(|land| *land == LandKind::Construction)?;
    let (rule, basis) = (RuleId::E14, Basis::LandAdminRegs39);
    Some(match (registered, conditions_attached) {
        (true, true) => Finding::pass(rule, basis, "已依法登记，规划、产业和生态环境条件已附。"),
        (false, _) => Finding::fail(rule, basis, "集体经营性建设用地尚未依法登记，不能出让、出租。"),
        (true, false) => Finding::fail(rule, basis, "没有附规划条件、产业准入和生态环境保护要求，合同将无效，请补充。"),
    })
}
