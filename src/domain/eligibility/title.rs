//! Object and title: E01 to E08 (rulebook 6.1).

use super::basis::Basis;
use super::facts::{CaseRules, ConsentFacts, Declared, Limits, MortgageFacts, ObjectFacts, Owner};
use super::finding::{Finding, RuleId};
use super::term::TermFacts;
use crate::category::LandKind;

/// E01: the right may be traded, is undisputed, and the holder or his agent applies.
pub fn e01(object: &ObjectFacts) -> Finding {
    let rule = RuleId::E01;
    if object.forbidden_right {
        let text = "土地所有权和农户的土地承包权本身不能交易，只能流转经营权，请更正标的。";
        return Finding::fail(rule, Basis::LandContract38, text);
    }
    if !object.applicant_entitled {
        let text = "申请人不是权利人，也没有提交授权委托书，请由权利人申请或者补交委托书。";
        return Finding::fail(rule, Basis::Civil163, text);
    }
    match object.disputed {
        Declared::Yes => Finding::fail(rule, Basis::MarketNorms, "权属存在争议，请先依法解决争议后再申请。"),
        Declared::NotStated => Finding::manual(rule, Basis::MarketNorms, "没有说明权属是否有争议，请向申请人核实。"),
        Declared::No => Finding::pass(rule, Basis::MarketNorms, "权属清晰，申请人有权申请。"),
    }
}

/// E02: the title's number is that of the register, and it outlives the transfer.
pub fn e02(object: &ObjectFacts, term: Option<&TermFacts>) -> Finding {
    let (rule, title) = (RuleId::E02, &object.title);
    if title.number.is_empty() {
        return Finding::manual(rule, Basis::MarketNorms, "没有填写权证号码，请核对资产台账或者其他权属证明。");
    }
    if title.matches == Some(false) {
        let text = format!("权证号码 {} 与登记信息不一致，请核对证书原件后更正。", title.number);
        return Finding::fail(rule, Basis::MarketNorms, text);
    }
    if let (Some(expires), Some(term)) = (title.expires, term)
        && expires < term.end
    {
        let text =
            format!("权证有效期至 {}，早于流转到期日 {}，请缩短流转期限或者先办理续期。", expires.zh(), term.end.zh());
        return Finding::fail(rule, Basis::MarketNorms, text);
    }
    match title.matches {
        Some(true) => Finding::pass(rule, Basis::MarketNorms, "权证号码与登记信息一致，有效期覆盖流转期限。"),
        Some(false) | None => Finding::manual(rule, Basis::MarketNorms, "没有可以比对的登记信息，请人工核对权证原件。"),
    }
}

/// E03: not seized or frozen.
pub fn e03(object: &ObjectFacts) -> Finding {
    match object.frozen {
        Declared::Yes => {
            let text = "标的已被依法查封或者冻结，不能交易，解除后可以重新申请。";
            Finding::fail(RuleId::E03, Basis::Seizure, text)
        }
        Declared::NotStated => {
            Finding::manual(RuleId::E03, Basis::Seizure, "没有说明是否被查封或者冻结，请向登记机构核实。")
        }
        Declared::No => Finding::pass(RuleId::E03, Basis::Seizure, "没有被查封或者冻结。"),
    }
}

/// E04: a mortgage follows the thing; its holder must be told. Homesteads are not mortgaged.
pub fn e04(object: &ObjectFacts, rules: &CaseRules) -> Finding {
    let rule = RuleId::E04;
    match object.mortgage {
        MortgageFacts::None => Finding::pass(rule, Basis::Civil406, "标的没有设定抵押。"),
        MortgageFacts::NotStated => Finding::manual(rule, Basis::Civil406, "没有说明是否设定抵押，请核实。"),
        MortgageFacts::Exists { .. } if rules.land == Some(LandKind::Homestead) => {
            let text = "宅基地使用权除法律另有规定外不得抵押，请核实抵押的合法性。";
            Finding::manual(rule, Basis::Civil399, text)
        }
        MortgageFacts::Exists { forbids_transfer: true, .. } => {
            let text = "抵押合同约定不得转让，请先取得抵押权人同意变更约定或者解除抵押。";
            Finding::fail(rule, Basis::Civil406, text)
        }
        MortgageFacts::Exists { mortgagee_told: false, .. } => {
            let text = "标的已设定抵押，请上传已通知抵押权人的凭证或者抵押权人的书面意见。";
            Finding::fail(rule, Basis::Civil406, text)
        }
        MortgageFacts::Exists { .. } => {
            Finding::warn(rule, Basis::Civil406, "标的已设定抵押并已通知抵押权人，抵押随标的转移，公告应当披露。")
        }
    }
}

/// E05: an existing lease is disclosed; it may not overlap a new one. A sale does not break it.
pub fn e05(object: &ObjectFacts, rules: &CaseRules, term: Option<&TermFacts>) -> Finding {
    let rule = RuleId::E05;
    if object.leases.is_empty() {
        return Finding::pass(rule, Basis::Civil725, "标的上没有其他租赁。");
    }
    if let Some(term) = term.filter(|_| !rules.mode.is_sale()) {
        let overlapping = object.leases.iter().find(|l| l.from <= term.end && l.to.is_none_or(|to| to >= term.start));
        return match overlapping {
            Some(lease) => {
                let until = lease.to.map_or_else(|| "期限未定".to_owned(), |to| format!("至 {} 止", to.zh()));
                let text = format!("标的已有租赁（{until}），与本次流转期限重叠，请调整起始日或者先依法解除。");
                Finding::fail(rule, Basis::Civil725, text)
            }
            None => Finding::warn(rule, Basis::Civil725, "标的上有租赁，与本次流转期限不重叠，公告应当披露。"),
        };
    }
    Finding::warn(rule, Basis::Civil725, "标的上有租赁，转让不影响原租赁合同的效力，公告应当披露。")
}

/// E06: co-owners agree: two thirds of the shares, all joint owners, all adults of the household.
pub fn e06(object: &ObjectFacts) -> Finding {
    let rule = RuleId::E06;
    let (basis, enough, need) = match object.consent {
        ConsentFacts::Sole if object.owner == Owner::Household => {
            let text = "标的属于承包户，请对照承包经营权证核实家庭成员并补充同意书。";
            return Finding::manual(rule, Basis::LandContract24, text);
        }
        ConsentFacts::Sole => return Finding::pass(rule, Basis::Civil301, "标的没有其他共有人。"),
        ConsentFacts::Shares { consenting, all } => (
            Basis::Civil301,
            all > 0 && consenting <= all && u128::from(consenting) * 3 >= u128::from(all) * 2,
            format!("同意的份额为 {consenting}/{all}，按份共有须占份额三分之二以上的共有人同意。"),
        ),
        ConsentFacts::Joint { owners, consenting } => (
            Basis::Civil301,
            owners > 0 && consenting == owners,
            format!("共同共有人 {owners} 人，已同意 {consenting} 人，须全体同意。"),
        ),
        ConsentFacts::Household { adults, signed } => (
            Basis::LandContract24,
            adults > 0 && signed == adults,
            format!("承包户成年家庭成员 {adults} 人，已签字 {signed} 人，须全部签署同意书。"),
        ),
    };
    if enough {
        Finding::pass(rule, basis, format!("{need}已经满足。"))
    } else {
        Finding::fail(rule, basis, format!("{need}请补齐后重新提交。"))
    }
}

/// E07: no second open lot on the same object for overlapping terms.
pub fn e07(object: &ObjectFacts, term: Option<&TermFacts>) -> Finding {
    let apart = |lot: &super::facts::OpenLot| match (term, lot.from, lot.to) {
        (Some(term), Some(from), Some(to)) => to < term.start || from > term.end,
        _ => false,
    };
    let mut meeting: Vec<_> = object.open_lots.iter().filter(|lot| !apart(lot)).collect();
    meeting.sort_by_key(|lot| !lot.same_parcel);
    match meeting.first() {
        Some(lot) if !lot.same_parcel => {
            let text = format!("标的与正在交易的 {} 使用同一权属凭证，请人工核对是否重复挂牌。", lot.lot_no);
            Finding::manual(RuleId::E07, Basis::Platform, text)
        }
        Some(lot) => {
            let text = format!("标的与正在交易的 {} 重复，同一标的同一期间只能挂牌一次。", lot.lot_no);
            Finding::fail(RuleId::E07, Basis::Platform, text)
        }
        None if object.parcels.is_empty() => {
            Finding::manual(RuleId::E07, Basis::Platform, "没有地块代码或者资产编号，请人工核对是否重复挂牌。")
        }
        None => Finding::pass(RuleId::E07, Basis::Platform, "没有重复挂牌。"),
    }
}

/// E08: contracted and measured area are near each other.
pub fn e08(object: &ObjectFacts, limits: &Limits) -> Option<Finding> {
    let (contracted, measured) = (object.contracted?, object.measured?);
    let difference = (i128::from(contracted.0) - i128::from(measured.0)).abs();
    let tolerance = i128::from(contracted.0) * i128::from(limits.area_tolerance_bp);
    let figures = format!("确权面积 {contracted}，实测面积 {measured}");
    Some(if difference * 10_000 <= tolerance {
        Finding::pass(RuleId::E08, Basis::Platform, format!("{figures}，相差在允许范围内。"))
    } else if object.settle_by_measured {
        let text = format!("{figures}，相差较大，公告应当写明“以实测为准”并说明原因。");
        Finding::warn(RuleId::E08, Basis::Platform, text)
    } else {
        let text = format!("{figures}，相差较大，请核对面积，或者选择“以实测为准”结算。");
        Finding::warn(RuleId::E08, Basis::Platform, text)
    })
}
